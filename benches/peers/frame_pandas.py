"""The work of an evaluation with pandas, as its users write it, with the quicker way where there are two."""

from typing import NamedTuple

import numpy as np
import pandas as pd
from common import BANDS, FOLDER, ITEMS, METRIC, SHIFT

QUESTIONS = [f"q{item}" for item in range(1, ITEMS + 1)]
POINTS = np.array(METRIC, np.int32)
BAND_NAMES = ["low", "medium", "high"]
BAND_CODES = np.array([BAND_NAMES.index(band) for band in BANDS], np.int8)


class Pairs(NamedTuple):
    baseline: np.ndarray
    follow_up: np.ndarray
    rows: int
    scored: int
    with_baseline: int


def at_hand(table) -> pd.DataFrame:
    frame = table.to_pandas()
    return frame.assign(date=pd.to_datetime(frame["date"]))


def places(frame: pd.DataFrame) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The sum above the lowest, whether the form is scored, and its blanks."""
    # One matrix: pandas sums rows of a frame more slowly.
    answers = frame[QUESTIONS].to_numpy()
    scored = ((answers >= 1) & (answers <= 5)).all(axis=1)
    blanks = np.isnan(answers).sum(axis=1)
    return np.where(scored, answers.sum(axis=1) - ITEMS, 0).astype(np.int8), scored, blanks


def pairs(frame: pd.DataFrame | None) -> Pairs:
    """Of each person with a scored form the first and the last; without a frame, from CSV."""
    if frame is None:
        # The reader of pyarrow: pandas' own took several times as long.
        frame = pd.read_csv(
            FOLDER / "assessments.csv", engine="pyarrow", parse_dates=["date"],
            usecols=["person", "date", *QUESTIONS],
        )  # fmt: skip
    place, scored, _ = places(frame)
    day = frame["date"].to_numpy().astype("datetime64[D]").astype(np.int64)
    sitting = pd.Series(day * SHIFT + POINTS[place])[scored]
    people = sitting.groupby(frame["person"][scored], sort=False)
    people = people.agg(["min", "max", "count"])
    paired = people[people["count"] > 1]
    return Pairs(
        (paired["min"] % SHIFT).to_numpy(), (paired["max"] % SHIFT).to_numpy(),
        len(frame), int(scored.sum()), len(people),
    )  # fmt: skip


def score(frame: pd.DataFrame) -> pd.DataFrame:
    """Points, value, band and outcome of every form."""
    place, scored, blanks = places(frame)
    points = pd.Series(POINTS[place], dtype="Int32").where(scored)
    band = pd.Categorical.from_codes(np.where(scored, BAND_CODES[place], -1), BAND_NAMES)
    outcome = np.select(
        [scored, blanks == ITEMS, blanks > 0], [0, 2, 1], default=3
    )
    outcomes = ["scored", "blank", "all-blank", "out-of-range"]
    return pd.DataFrame({
        "points": points,
        "value": np.where(scored, POINTS[place] / 100, np.nan),
        "band": band,
        "outcome": pd.Categorical.from_codes(outcome, outcomes),
    })  # fmt: skip


def tally(scored: pd.DataFrame) -> dict:
    def counts(column: str) -> dict:
        return {k: int(n) for k, n in scored[column].value_counts().items() if n}

    points = int(scored["points"].sum())
    return {"points": points, "bands": counts("band"), "outcomes": counts("outcome")}


def column(hundredths: np.ndarray) -> pd.Series:
    return pd.Series(hundredths)


def to_numpy(column: pd.Series) -> np.ndarray:
    return column.to_numpy()
