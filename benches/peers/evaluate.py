"""The whole evaluation from CSV with polars (lazy, streaming) and SciPy: `evaluate.py FOLDER`.

Of the ways tried, this one is the fastest: dates and codes are parsed as the file is scanned, a
row is scored by a look-up of its sum, and date and score share one integer, so that a person's
first and last scored forms are a minimum and a maximum. Sorting by date first, `sort_by` within
groups and `min_by` took more processor time, and the in-memory engine half as much again.
"""

import json
from time import perf_counter

start = perf_counter()

import polars as pl  # noqa: E402
from common import FOLDER, ITEMS, METRIC  # noqa: E402
from scipy import stats  # noqa: E402

imported = perf_counter()

LEVEL = 0.95
QUESTIONS = [f"q{item}" for item in range(1, ITEMS + 1)]
SCHEMA = {"person": pl.String, "date": pl.Date, "mode": pl.String} | dict.fromkeys(
    QUESTIONS, pl.Int8
)
# Points fit twelve bits.
SHIFT = 1 << 12


def pairs_from_csv() -> tuple[pl.DataFrame, int]:
    """Each person with a scored form: the first, the last and how many; and the rows read."""
    in_range = pl.all_horizontal(pl.col(question).is_between(1, 5) for question in QUESTIONS)
    # A blank makes the sum null.
    raw = sum((pl.col(question) for question in QUESTIONS[1:]), start=pl.col(QUESTIONS[0]))
    points = pl.lit(pl.Series(METRIC, dtype=pl.Int32)).gather(pl.when(in_range).then(raw - ITEMS))
    day = pl.col("date").to_physical().cast(pl.Int64)
    people = (
        pl.scan_csv(FOLDER / "assessments.csv", schema=SCHEMA)
        .select("person", sitting=day * SHIFT + points)
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
    return people.filter(pl.col("scored") > 0), int(people["rows"].sum())


def wilson(part: int, whole: int) -> tuple[float, float]:
    interval = stats.binomtest(part, whole).proportion_ci(LEVEL, method="wilson")
    return float(interval.low), float(interval.high)


def evaluate() -> dict:
    people, rows = pairs_from_csv()
    pairs = people.filter(pl.col("scored") > 1)
    # Whole hundredths until the end: equal changes stay equal.
    baseline, follow_up = pairs["baseline"].to_numpy(), pairs["follow_up"].to_numpy()
    change = follow_up - baseline
    t = stats.ttest_1samp(change / 100, 0)
    interval = t.confidence_interval(LEVEL)
    signed_rank = stats.wilcoxon(change, zero_method="wilcox", correction=True, method="asymptotic")
    return {
        "rows": rows,
        "scored": int(people["scored"].sum()),
        "with-baseline": len(people),
        "paired": len(pairs),
        "baseline-mean": float(baseline.mean() / 100),
        "baseline-sd": float(baseline.std(ddof=1) / 100),
        "follow-up-mean": float(follow_up.mean() / 100),
        "follow-up-sd": float(follow_up.std(ddof=1) / 100),
        "mean-change": float(change.mean() / 100),
        "change-sd": float(change.std(ddof=1) / 100),
        "mean-change-interval": [float(interval.low), float(interval.high)],
        "t": float(t.statistic),
        "t-p": float(t.pvalue),
        "z": abs(float(signed_rank.zstatistic)),
        "wilcoxon-p": float(signed_rank.pvalue),
        "completion-interval": list(wilson(len(pairs), len(people))),
    }


check = evaluate()
end = perf_counter()
print(json.dumps({"seconds": [end - imported], "start-up": imported - start, "check": check}))
