"""Odd frames and columns: an answer for every row or a refusal with a code, nothing else."""

import datetime as dt
import importlib
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import clw
import numpy as np
import polars as pl
import pytest
from hypothesis import HealthCheck, given, reject, settings
from hypothesis import strategies as st

# They come without types.
pd: Any = importlib.import_module("pandas")
pa: Any = importlib.import_module("pyarrow")

# The same examples in every run, and none kept in the tree.
ODD = settings(
    derandomize=True,
    database=None,
    deadline=None,
    max_examples=200,
    suppress_health_check=list(HealthCheck),
)

LONELINESS = clw.instrument("ucla-3")
MEASURE = LONELINESS.measures[0]
NAMES = ["companionship", "left-out", "isolated"]

PLAIN = st.one_of(st.none(), st.integers(0, 5))
CELLS: dict[str, st.SearchStrategy[Any]] = {
    "answers": PLAIN,
    "wide": st.integers(-(2**63), 2**64 - 1),
    "huge": st.integers(-(10**40), 10**40),
    "floats": st.floats(),
    "halves": st.sampled_from([1.0, 2.5, float("nan"), float("inf"), -0.0, 1e300]),
    "texts": st.text(max_size=4),
    "labels": st.sampled_from(["often", "3", "", " 2", "not-applicable", None]),
    "booleans": st.booleans() | st.none(),
    "bytes": st.binary(max_size=3),
    "lists": st.lists(PLAIN, max_size=2),
    "dicts": st.fixed_dictionaries({"a": PLAIN}),
    "dates": st.dates(),
    "times": st.datetimes(timezones=st.none() | st.just(dt.UTC)),
    "spans": st.timedeltas(max_value=dt.timedelta(days=9), min_value=dt.timedelta(0)),
    "decimals": st.decimals(allow_nan=False, allow_infinity=False, places=1, max_value=9),
    "nothing": st.none(),
    "missing": st.sampled_from([1, None, float("nan"), pd.NA, pd.NaT]),
    "mixed": st.sampled_from([1, "2", 3.0, None, b"x", [1], True, Decimal(2), 10**30, object()]),
    "complex": st.complex_numbers(max_magnitude=9),
}


@st.composite
def column(draw: st.DrawFn, rows: int) -> list[Any]:
    cells = CELLS[draw(st.sampled_from(sorted(CELLS)))]
    return draw(st.lists(cells, min_size=rows, max_size=rows))


@st.composite
def columns(draw: st.DrawFn, names: list[str], most_rows: int = 4) -> dict[str, list[Any]]:
    rows = draw(st.integers(0, most_rows))
    known = draw(st.lists(st.sampled_from(names), max_size=len(names), unique=True))
    # Most of the time there is something to read.
    known = draw(st.sampled_from([known, names, names]))
    return {name: draw(column(rows)) for name in known}


def pandas_kinds(data: dict[str, list[Any]]) -> list[Callable[[], Any]]:
    def doubled() -> Any:
        frame = pd.DataFrame(data)
        return pd.concat([frame, frame], axis=1)

    return [
        lambda: pd.DataFrame(data),
        lambda: pd.DataFrame(data, dtype=object),
        lambda: pd.DataFrame(data, dtype="category"),
        lambda: pd.DataFrame(data).convert_dtypes(),
        lambda: pd.DataFrame(data, dtype="Int64"),
        lambda: pd.DataFrame(data, index=[7] * len(next(iter(data.values()), []))),
        lambda: pd.DataFrame(data).set_axis(range(len(data)), axis=1),
        lambda: pd.DataFrame(data).set_index(next(iter(data)), drop=False),
        lambda: pd.DataFrame(data).astype(pd.SparseDtype()),
        doubled,
    ]


def other_kinds(data: dict[str, list[Any]]) -> list[Callable[[], Any]]:
    return [
        lambda: pl.DataFrame(data, strict=False),
        lambda: pl.DataFrame({k: pl.Series(v, dtype=pl.Object) for k, v in data.items()}),
        lambda: pl.DataFrame(data).cast(pl.Categorical),
        lambda: pa.table(data),
        lambda: pa.table({k: pa.array(v).dictionary_encode() for k, v in data.items()}),
        lambda: pa.Table.from_arrays([pa.array(v) for v in data.values()], ["twice"] * len(data)),
        lambda: pa.RecordBatch.from_pydict(data),
    ]


def made(draw: st.DrawFn, kinds: list[Callable[[], Any]]) -> Any:
    """A frame or column that its own library agrees to make."""
    try:
        return draw(st.sampled_from(kinds))()
    except Exception:
        reject()


@st.composite
def frames(draw: st.DrawFn, names: list[str]) -> Any:
    data = draw(columns(names))
    return made(draw, [*pandas_kinds(data), *other_kinds(data)])


@st.composite
def series(draw: st.DrawFn) -> Any:
    values = draw(column(draw(st.integers(0, 3))))
    kinds: list[Callable[[], Any]] = [
        lambda: values,
        lambda: tuple(values),
        lambda: iter(values),
        lambda: np.array(values),
        lambda: np.array(values, dtype=object),
        lambda: np.array([values]),
        lambda: np.ma.masked_array(values, mask=[True] * len(values)),
        lambda: pd.Series(values),
        lambda: pd.Series(values, dtype="category"),
        lambda: pd.Series(values, dtype="Int64"),
        lambda: pd.Series(values, index=[1] * len(values)),
        lambda: pl.Series(values, strict=False),
        lambda: pl.Series(values, dtype=pl.Categorical),
        lambda: pa.array(values),
        lambda: pa.chunked_array([values, values]),
        lambda: pa.array(values).dictionary_encode(),
    ]
    return made(draw, kinds)


def answered(call: Callable[[], Any]) -> Any:
    """The answer, or none where the call was refused with a code and a message."""
    refusal: clw.ClwError | None = None
    try:
        return call()
    except clw.ClwError as refused:
        refusal = refused
    assert isinstance(refusal, ValueError)
    assert refusal.code.replace("-", "").isalpha(), refusal.code
    assert str(refusal).strip()
    return None


@ODD
@given(frame=frames(NAMES), keep=st.lists(st.sampled_from(NAMES), max_size=2))
def test_a_frame_is_scored_row_by_row_or_refused(frame: Any, keep: list[str]) -> None:
    scored = answered(lambda: LONELINESS.score_frame(frame, columns=NAMES, keep=keep))
    if scored is not None:
        assert len(scored) == len(frame)
        assert type(scored) is (pa.Table if isinstance(frame, pa.RecordBatch) else type(frame))


@ODD
@given(baseline=series(), follow_up=series())
def test_pairs_are_counted_or_refused(baseline: Any, follow_up: Any) -> None:
    answered(lambda: clw.PairCounts.count(MEASURE, baseline, follow_up).change())


@ODD
@given(people=series(), times=series(), points=series())
def test_sittings_are_gathered_or_refused(people: Any, times: Any, points: Any) -> None:
    def course() -> clw.Course:
        sittings = clw.Trajectories.gather(MEASURE, people, times, points, unit="day")
        return sittings.course()

    answered(course)


MAPPING = clw.Mapping.from_toml("""
[tables.assessments]
file = "forms"
columns = { person = "id", date = "date", answers = ["Q1", "Q2", "Q3"] }
constants = { instrument = "ucla-3" }
""")
PLAN = clw.Plan.from_toml("""
title = "Odd"
as-of = "2026-06-30"
measures = [{ instrument = "ucla-3" }]
pairing = { baseline.rule = "first", end-point.rule = "last", due.rule = "everyone" }
""")


@ODD
@given(forms=frames(["id", "date", "Q1", "Q2", "Q3"]))
def test_records_are_evaluated_or_refused(forms: Any) -> None:
    tables = {"assessments": forms}
    dry = answered(lambda: clw.check(frames=tables, mapping=MAPPING))
    evaluation = answered(lambda: clw.evaluate(plan=PLAN, frames=tables, mapping=MAPPING))
    assert (dry is None) == (evaluation is None)
    if dry is not None:
        assert dry.tables["assessments"]["read"] == len(forms)
        assert evaluation.people == dry.people


@pytest.mark.parametrize("kind", [pd.DataFrame, pl.DataFrame, pa.table])
def test_a_million_rows_are_scored(kind: Callable[[dict[str, Any]], Any]) -> None:
    answers = np.arange(1_000_000, dtype=np.int8) % 4
    scored = LONELINESS.score_frame(kind(dict.fromkeys(NAMES, answers)), columns=NAMES)
    assert len(scored) == 1_000_000
    outcomes, rows = np.unique(np.array(scored["loneliness_outcome"]), return_counts=True)
    assert (list(outcomes), list(rows)) == (["out-of-range", "scored"], [250_000, 750_000])


def test_names_of_results_are_not_taken_twice() -> None:
    frame = pl.DataFrame({name: [1] for name in [*NAMES, "loneliness_points"]})
    for keep in (["isolated", "isolated"], ["loneliness_points"]):
        with pytest.raises(
            clw.ClwError, match=f'the result would have two columns "{keep[0]}"; '
        ) as refused:
            LONELINESS.score_frame(frame, columns=NAMES, keep=keep)
        assert refused.value.code == "column-twice"


def test_what_arrow_cannot_hold_names_the_column() -> None:
    frame = pd.DataFrame({name: [1, "2"] for name in NAMES}, dtype=object)
    with pytest.raises(
        clw.ClwError, match=r"column companionship .* give each column one type"
    ) as refused:
        LONELINESS.score_frame(frame)
    assert refused.value.code == "unreadable-frame"
    assert isinstance(refused.value.__cause__, pa.ArrowInvalid)
