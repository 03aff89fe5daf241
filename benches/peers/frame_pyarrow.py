"""The work of an evaluation with pyarrow and NumPy: columns of bytes, look-ups by place."""

from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from common import BANDS, FOLDER, ITEMS, METRIC, SHIFT
from pyarrow import csv

QUESTIONS = [f"q{item}" for item in range(1, ITEMS + 1)]
TYPES = {"person": pa.string(), "date": pa.date32()} | dict.fromkeys(QUESTIONS, pa.int8())
POINTS = np.array(METRIC, np.int32)
# Behind the codes of bands and outcomes.
BAND_NAMES = ["low", "medium", "high"]
BAND_CODES = np.array([BAND_NAMES.index(band) for band in BANDS], np.int8)
OUTCOMES = ["scored", "blank", "all-blank", "out-of-range"]


class Pairs(NamedTuple):
    baseline: np.ndarray
    follow_up: np.ndarray
    rows: int
    scored: int
    with_baseline: int


def at_hand(table: pa.Table) -> pa.Table:
    return table


def places(table: pa.Table) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The sum above the lowest, whether the form is scored, and its blanks."""
    raw = np.zeros(len(table), np.int8)
    blanks = np.zeros(len(table), np.int8)
    out_of_range = np.zeros(len(table), bool)
    for question in QUESTIONS:
        column = table[question]
        if column.null_count:
            blanks += pc.is_null(column).to_numpy()
            column = pc.fill_null(column, 1)
        codes = column.to_numpy()
        out_of_range |= (codes < 1) | (codes > 5)
        raw += codes
    scored = (blanks == 0) & ~out_of_range
    return np.where(scored, raw - ITEMS, 0), scored, blanks


def pairs(table: pa.Table | None) -> Pairs:
    """Of each person with a scored form the first and the last; without a table, from CSV."""
    if table is None:
        read = csv.ConvertOptions(column_types=TYPES, include_columns=list(TYPES))
        table = csv.read_csv(FOLDER / "assessments.csv", convert_options=read)
    place, scored, _ = places(table)
    day = table["date"].cast(pa.int32()).to_numpy().astype(np.int64)
    sitting = pa.array(day * SHIFT + POINTS[place], mask=~scored)
    forms = pa.table({"person": table["person"], "sitting": sitting})
    people = forms.group_by("person", use_threads=True).aggregate(
        [("sitting", "min"), ("sitting", "max"), ("sitting", "count")]
    )
    forms_of = people["sitting_count"].to_numpy()
    paired = people.filter(pa.array(forms_of > 1))
    first, last = (paired[f"sitting_{end}"].to_numpy() % SHIFT for end in ("min", "max"))
    rows, known = len(table), int((forms_of > 0).sum())
    return Pairs(first, last, rows, int(forms_of.sum()), known)


def score(table: pa.Table) -> pa.Table:
    """Points, value, band and outcome of every form."""
    place, scored, blanks = places(table)
    points, missing = POINTS[place], ~scored
    outcome = np.where(scored, 0, np.where(blanks == 0, 3, np.where(blanks == ITEMS, 2, 1)))
    band = pa.array(BAND_CODES[place], mask=missing)
    return pa.table({
        "points": pa.array(points, mask=missing),
        "value": pa.array(points / 100, mask=missing),
        "band": pc.take(pa.array(BAND_NAMES), band),
        "outcome": pc.take(pa.array(OUTCOMES), pa.array(outcome.astype(np.int8))),
    })  # fmt: skip


def tally(scored: pa.Table) -> dict:
    def counts(column: str) -> dict:
        found = pc.value_counts(scored[column].drop_null()).to_pylist()
        return {row["values"]: row["counts"] for row in found}

    points = pc.sum(scored["points"]).as_py()
    return {"points": points, "bands": counts("band"), "outcomes": counts("outcome")}


def column(hundredths: np.ndarray) -> pa.Array:
    return pa.array(hundredths)


def to_numpy(column: pa.Array) -> np.ndarray:
    return column.to_numpy()
