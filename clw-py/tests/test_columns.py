"""Columns and options of every kind: read as meant, or refused with a code."""

import datetime
import importlib
import pickle
import uuid
from typing import Any

import clw
import pytest

numpy: Any = importlib.import_module("numpy")
pandas: Any = importlib.import_module("pandas")
polars: Any = importlib.import_module("polars")
pyarrow: Any = importlib.import_module("pyarrow")

LONELINESS = clw.instrument("ucla-3").measures[0]
DUE = {"paired": 48, "follow-up-missing": 72}


def masked(values: list[float], mask: list[int]) -> Any:
    return numpy.ma.masked_array(values, mask=mask)


@pytest.mark.parametrize("kind", [">i2", "<i2", ">i8", "<i8", ">f8", "<f8"])
def test_numbers_of_either_byte_order_are_read_alike(kind: str) -> None:
    found = clw.reach(numpy.array([1, 2], kind), numpy.array([10, 20], kind))
    assert found == clw.reach([1, 2], [10, 20])
    counted = clw.PairCounts.count(LONELINESS, numpy.array([3, 9], kind), [4, 4])
    assert counted.cells == ((3, 4, 1), (9, 4, 1))


@pytest.mark.parametrize(
    "blank", [None, float("nan"), pandas.NA, pandas.NaT, numpy.ma.masked, pyarrow.scalar(None)]
)
def test_a_blank_of_any_library_is_a_blank(blank: Any) -> None:
    found = clw.attrition(LONELINESS, [3, 4, 5], [3, blank, 5])
    assert found == clw.attrition(LONELINESS, [3, 4, 5], [3, None, 5])
    problems = clw.instrument("ucla-3").score([1, blank, 3])["loneliness"].problems
    assert [problem.code for problem in problems] == ["blank"]
    with pytest.raises(clw.ClwError) as refused:
        clw.PairCounts.count(LONELINESS, [3, blank], [4, 4])
    assert refused.value.code == "not-whole"


def test_behind_a_mask_is_nothing() -> None:
    found = clw.attrition(LONELINESS, [3, 4, 5], masked([3, 4, 5], [0, 1, 0]))
    assert found == clw.attrition(LONELINESS, [3, 4, 5], [3, None, 5])
    with pytest.raises(clw.ClwError, match="row 1: the baseline score is None"):
        clw.PairCounts.count(LONELINESS, masked([3, 4], [0, 1]), [4, 4])


def test_scalars_of_arrow_are_answers() -> None:
    questionnaire = clw.instrument("ucla-3")
    assert questionnaire.score(pyarrow.array([1, None, 3])) == questionnaire.score([1, None, 3])


@pytest.mark.parametrize("truth", [True, numpy.bool_(True)])
def test_truth_is_no_answer(truth: Any) -> None:
    with pytest.raises(clw.ClwError) as refused:
        clw.instrument("ucla-3").score([truth, 1, 1])
    assert refused.value.code == "not-an-answer"
    with pytest.raises(clw.ClwError):
        clw.PairCounts.count(LONELINESS, [truth], [4])


MONTHS = ["2026-01-01", "2026-02-01", "2026-03-01"]
DAYS = [datetime.date.fromisoformat(day) for day in MONTHS]


@pytest.mark.parametrize(
    "periods",
    [
        DAYS,
        pandas.DatetimeIndex(MONTHS),
        pandas.Series(pandas.DatetimeIndex(MONTHS)),
        polars.Series(DAYS),
        numpy.array(MONTHS, "datetime64[D]").astype(object),
    ],
)
def test_periods_may_be_dates(periods: Any) -> None:
    assert names(periods) == MONTHS


def names(periods: Any) -> list[str]:
    chart = clw.p_chart(
        periods, [1, 2, 3], [9, 9, 9], limits="three-sigma", rules="western-electric-1956"
    )
    return [point["period"] for point in chart["phases"][0]["points"]]


def test_periods_may_be_months() -> None:
    months = pandas.period_range("2026-01", periods=3, freq="M")
    expected = ["2026-01", "2026-02", "2026-03"]
    assert names(months) == names(pandas.Series(months)) == names(list(months)) == expected


def test_what_has_no_name_is_refused() -> None:
    with pytest.raises(clw.ClwError, match=r"row 0: `periods` is a value of type `object`, not"):
        names([object(), "b", "c"])
    traits: dict[str, Any] = {"place": [uuid.UUID(int=1), {}]}
    with pytest.raises(clw.ClwError, match=r"row 1: `place` is a value of type `dict`, not a te"):
        clw.attrition(LONELINESS, [3, 4], [3, None], traits=traits)


@pytest.mark.parametrize("person", ["", "  ", True, numpy.bool_(False), None, 1.5])
def test_what_names_nobody_is_no_id(person: Any) -> None:
    for people in ([person], polars.Series([person], strict=False)):
        with pytest.raises(clw.ClwError) as refused:
            clw.Trajectories.gather(LONELINESS, people, [0], [4], unit="day")
        assert refused.value.code == "not-an-id"


def test_an_id_may_be_a_whole_float() -> None:
    people = pandas.Series([1, 2, 2]).astype(float)
    gathered = clw.Trajectories.gather(LONELINESS, people, [0, 0, 7], [4, 4, 5], unit="day")
    assert gathered == clw.Trajectories.gather(
        LONELINESS, [1, 2, 2], [0, 0, 7], [4, 4, 5], unit="day"
    )


NAN = float("nan")


@pytest.mark.parametrize(
    "ask",
    [
        lambda level: clw.completion(DUE, level=level),
        lambda level: clw.survival([1, 2], [True, False], level=level),
        lambda level: clw.before_after((1, 2), (1, 2), level=level),
        lambda level: clw.reach([1, 2], [10, 20], level=level),
        lambda level: clw.power(effect=1, standard_deviation_of_change=1, pairs=9, level=level),
        lambda effect: clw.pairs_needed(effect=effect, standard_deviation_of_change=1, power=0.8),
        lambda error: clw.minimum_detectable_change(standard_error_of_measurement=error),
        lambda p: clw.adjusted_ps({"one": p}, method="holm"),
        lambda estimate: clw.synthesis(estimates={"Kirk": (estimate, 1), "Glen": (1, 1)}),
        lambda threshold: clw.attrition(
            LONELINESS, [3, 4], [3, None], options={"difference-threshold": threshold}
        ),
        lambda level: pairs().change(bootstrap=level),
    ],
)
@pytest.mark.parametrize("number", [NAN, float("inf")])
def test_what_is_no_finite_number_is_no_default(ask: Any, number: float) -> None:
    with pytest.raises(clw.ClwError) as refused:
        ask(number)
    assert refused.value.code == "not-finite"


def pairs() -> clw.PairCounts:
    return clw.PairCounts.count(LONELINESS, [8, 7, 9], [6, 6, 6])


@pytest.mark.parametrize(
    "ask",
    [
        lambda number: clw.completion(DUE, improved=number),
        lambda number: clw.protected_table({"All": 9}, hide_up_to=number),
        lambda number: clw.evaluate(folder="examples/wide", threads=number),
    ],
)
@pytest.mark.parametrize("number", [-1, 10**30])
def test_what_is_no_count_has_a_code(ask: Any, number: int) -> None:
    with pytest.raises(
        clw.ClwError, match=f"^{number} is no count; give a whole number in 0"
    ) as no:
        ask(number)
    assert no.value.code == "not-a-count"


def test_options_may_hold_numbers_of_numpy() -> None:
    fates = pandas.Series(["paired", "paired", "follow-up-missing"]).value_counts()
    assert clw.completion(dict(fates)) == clw.completion({"paired": 2, "follow-up-missing": 1})
    change = pairs().change(cuts=[numpy.int64(7)], bootstrap={"resamples": numpy.int32(99)})
    assert change == pairs().change(cuts=[7], bootstrap={"resamples": 99})


HERSELF: dict[str, Any] = {}
HERSELF["herself"] = HERSELF
DEEP: Any = 1
for _ in range(900):
    DEEP = [DEEP]


@pytest.mark.parametrize("options", [HERSELF, {"a": object()}, {"a": "\ud800"}, {"a": DEEP}])
def test_options_that_are_no_plain_values_are_refused(options: dict[str, Any]) -> None:
    with pytest.raises(clw.ClwError, match="the options") as refused:
        clw.attrition(LONELINESS, [3, 4], [3, None], options=options)
    assert refused.value.code == "not-plain"


def not_utf8() -> Any:
    starts = pyarrow.py_buffer(numpy.array([0, 2, 4], "i4").tobytes())
    texts = pyarrow.py_buffer(b"a\xffb\xff")
    return pyarrow.Array.from_buffers(pyarrow.string(), 2, [None, starts, texts])


@pytest.mark.parametrize(
    "column",
    [
        not_utf8(),
        pyarrow.DictionaryArray.from_arrays(
            pyarrow.array([7, 0]), pyarrow.array([1, 2]), safe=False
        ),
    ],
)
def test_what_arrow_does_not_allow_is_refused(column: Any) -> None:
    table = pyarrow.table({item.id: column for item in clw.instrument("ucla-3").items})
    for ask in (
        lambda: clw.Frame.from_arrow(table),
        lambda: clw.instrument("ucla-3").score_frame(table),
        lambda: clw.PairCounts.count(LONELINESS, column, column),
        lambda: clw.reach(column, [1, 2]),
    ):
        with pytest.raises(clw.ClwError) as refused:
            ask()
        assert refused.value.code == "unreadable-frame"


def test_a_dry_run_that_is_none_has_a_code() -> None:
    with pytest.raises(clw.ClwError, match="give what to_json wrote") as refused:
        clw.DryRun.from_json("{}")
    assert refused.value.code == "unreadable-json"


def test_a_lazy_frame_is_to_be_collected() -> None:
    with pytest.raises(clw.ClwError, match=r"here what collect\(\) gives"):
        clw.Frame.from_arrow(polars.LazyFrame({"a": [1]}))


def test_a_look_up_of_postcodes_goes_to_other_processes() -> None:
    lookup = clw.PostcodeLookup.from_frame(
        polars.DataFrame({"pc": ["EH1 1AA", "x"], "d": [3, 5]}),
        columns={"postcode": "pc", "decile": "d"},
        version="2020v2",
    )
    arrived = pickle.loads(pickle.dumps(lookup))
    assert repr(arrived) == repr(lookup)
    assert arrived.account == lookup.account
