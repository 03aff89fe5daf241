"""The work of an evaluation with polars, each in the fastest of the ways tried.

Dates and codes are parsed as the file is scanned, and date and score share one integer, so that a
person's first and last scored forms are a minimum and a maximum. Sorting by date first, `sort_by`
within groups and `min_by` took more processor time, and the in-memory engine half as much again.
"""

from typing import NamedTuple

import numpy as np
import polars as pl
from common import BANDS, FOLDER, ITEMS, METRIC, SHIFT

QUESTIONS = [f"q{item}" for item in range(1, ITEMS + 1)]
SCHEMA = {"person": pl.String, "date": pl.Date, "mode": pl.String} | dict.fromkeys(
    QUESTIONS, pl.Int8
)


class Pairs(NamedTuple):
    baseline: np.ndarray
    follow_up: np.ndarray
    rows: int
    scored: int
    with_baseline: int


def at_hand(table) -> pl.DataFrame:
    return pl.DataFrame(table).rechunk()


def raw_sums() -> tuple[pl.Expr, pl.Expr]:
    """The sum, null beside a blank, and whether all answers are in range."""
    in_range = pl.all_horizontal(pl.col(question).is_between(1, 5) for question in QUESTIONS)
    return sum((pl.col(question) for question in QUESTIONS[1:]), start=pl.col(QUESTIONS[0])), in_range


def pairs(frame: pl.LazyFrame | pl.DataFrame | None) -> Pairs:
    """Of each person with a scored form the first and the last; without a frame, from CSV."""
    forms = pl.scan_csv(FOLDER / "assessments.csv", schema=SCHEMA) if frame is None else frame.lazy()
    raw, in_range = raw_sums()
    points = pl.lit(pl.Series(METRIC, dtype=pl.Int32)).gather(pl.when(in_range).then(raw - ITEMS))
    day = pl.col("date").to_physical().cast(pl.Int64)
    people = (
        forms.select("person", sitting=day * SHIFT + points)
        .group_by("person")
        .agg(
            rows=pl.len(),
            scored=pl.col("sitting").count(),
            baseline=pl.col("sitting").min() % SHIFT,
            follow_up=pl.col("sitting").max() % SHIFT,
        )
        .select("rows", "scored", "baseline", "follow_up")
        .collect(engine="streaming")
    )
    known = people.filter(pl.col("scored") > 0)
    paired = known.filter(pl.col("scored") > 1)
    return Pairs(
        paired["baseline"].to_numpy(), paired["follow_up"].to_numpy(),
        int(people["rows"].sum()), int(known["scored"].sum()), len(known),
    )  # fmt: skip


def score(frame: pl.DataFrame) -> pl.DataFrame:
    """Points, value, band and outcome of every form."""
    raw, in_range = raw_sums()
    place = pl.when(in_range).then(raw - ITEMS).cast(pl.UInt32)
    blanks = sum(pl.col(question).is_null().cast(pl.Int8) for question in QUESTIONS)
    points = pl.Series(METRIC, dtype=pl.Int32)
    frame = frame.lazy().select(place=place, blanks=blanks)
    place, blanks = pl.col("place"), pl.col("blanks")
    return frame.select(
        points=pl.lit(points).gather(place),
        value=pl.lit(points / 100).gather(place),
        band=pl.lit(pl.Series(BANDS)).gather(place),
        outcome=pl.when(place.is_not_null()).then(pl.lit("scored"))
        .when(blanks == ITEMS).then(pl.lit("all-blank"))
        .when(blanks > 0).then(pl.lit("blank"))
        .otherwise(pl.lit("out-of-range")),
    ).collect()  # fmt: skip


def tally(scored: pl.DataFrame) -> dict:
    return {
        "points": int(scored["points"].cast(pl.Int64).sum()),
        "bands": dict(scored["band"].drop_nulls().value_counts().iter_rows()),
        "outcomes": dict(scored["outcome"].value_counts().iter_rows()),
    }


def column(hundredths: np.ndarray) -> pl.Series:
    return pl.Series(hundredths)


def to_numpy(column: pl.Series) -> np.ndarray:
    return column.to_numpy()
