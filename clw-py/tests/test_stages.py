"""Single stages, from columns of every kind, and what they show of themselves."""

import importlib
import json
import re
from collections.abc import Callable
from typing import Any, cast

import clw
import pytest

numpy: Any = importlib.import_module("numpy")
pandas: Any = importlib.import_module("pandas")
polars: Any = importlib.import_module("polars")
pyarrow: Any = importlib.import_module("pyarrow")

WELLBEING = clw.instrument("swemwbs").measures[0]
SATISFACTION = clw.instrument("ons4").measures[0]
DAYS, SEEN = [21, 28, 30, 35], [True, True, False, True]
BASELINE, FOLLOW_UP = [1798, 1925, 2154, 1743], [2154, 2073, None, 2321]
GENDER = ["woman", "man", None, "woman"]

KINDS: dict[str, Any] = {
    "list": list,
    "pandas": pandas.Series,
    "polars": polars.Series,
    "pyarrow": pyarrow.array,
}


@pytest.mark.parametrize("kind", KINDS)
def test_columns_of_any_library_answer_alike(kind: str) -> None:
    make = KINDS[kind]
    curve = clw.survival(make(DAYS), make(SEEN), by=[28])
    assert curve == clw.survival(DAYS, SEEN, by=[28])
    assert curve["by-day"][0]["share"] == 0.5
    found = clw.attrition(
        WELLBEING, make(BASELINE), make(FOLLOW_UP), traits={"gender": make(GENDER)}
    )
    assert found == clw.attrition(WELLBEING, BASELINE, FOLLOW_UP, traits={"gender": GENDER})
    assert found["completion"] == {
        "count": 3,
        "of": 4,
        "proportion": found["completion"]["proportion"],
    }
    names, counts, of = make(["Kirk", "Glen"]), make([48, 20]), make([120, 80])
    assert clw.funnel(names, counts, of) == clw.funnel(["Kirk", "Glen"], [48, 20], [120, 80])


def test_numpy_columns_answer_alike() -> None:
    assert clw.survival(numpy.array(DAYS), numpy.array(SEEN)) == clw.survival(DAYS, SEEN)
    blank = numpy.array([2154, 2073, numpy.nan, 2321])
    assert clw.attrition(WELLBEING, numpy.array(BASELINE), blank) == clw.attrition(
        WELLBEING, BASELINE, FOLLOW_UP
    )


def answers() -> list[Any]:
    pairs = clw.PairCounts.count(SATISFACTION, [5] * 30 + [4] * 10, [6] * 40)
    months = ["2026-01", "2026-02", "2026-03"]
    fifths = [40, 35, 30, 26, 22]
    rules: Any = "nelson-1984"
    axis = {"simd": {"index": {"version": "2020v2"}, "bands": "quintiles"}}
    band = {"band": 1, "flow": {"paired": 40}, "pairs": pairs}
    return [
        clw.completion({"paired": 48, "follow-up-missing": 72}, improved=30),
        clw.survival(DAYS, SEEN),
        clw.p_chart(months, [12, 15, 8], [50] * 3, limits="three-sigma", rules=rules),
        clw.xmr_chart(months, [31, None, 33.5], constants="unrounded", rules=rules),
        clw.funnel(["Kirk & <Co>", "Glen"], [48, 20], [120, 80], target={"given": 0.4}),
        clw.before_after((48, 80), (56, 70), level=0.9),
        clw.attrition(WELLBEING, BASELINE, FOLLOW_UP, weighting={"fewest-of-a-level": 1}),
        clw.inequality(
            counts=fifths, populations=[99] * 5, kind="proportion", better="lower-is-better"
        ),
        clw.reach([60, 40], [3000, 7000]),
        clw.equity_table([band], axis=axis, not_placed={"not-known": {"paired": 1}}),
        clw.power(effect=1.5, standard_deviation_of_change=3, pairs=34, measure=WELLBEING),
        clw.pairs_needed(effect=1.5, standard_deviation_of_change=3, power=0.8),
        clw.minimum_detectable_change(standard_deviation=3.9, reliability=0.81),
        clw.adjusted_ps({"wellbeing": 0.01, "loneliness": 0.04}, method="benjamini-hochberg"),
        clw.synthesis(pairs={"Kirk": pairs, "Glen": pairs}, measure=SATISFACTION),
        clw.wellby(pairs, duration_years=1.5, attributed_share="0.4"),
        clw.protected_table({"North": 3, "All": 3}, sums={"All": ["North"]}, hide_up_to=9),
    ]


@pytest.mark.parametrize("at", range(17))
def test_an_answer_reads_as_words_table_dict_and_json(at: int) -> None:
    answer = answers()[at]
    assert answer == answers()[at]
    assert answer.to_dict() == json.loads(answer.to_json())
    assert answer.sentence == answer["sentence"]
    assert re.fullmatch(rf"<{type(answer).__name__}: .+>", repr(answer))
    page = answer._repr_html_()
    assert page.startswith("<p>")
    assert page.count("<tr>") >= 2
    assert "<Co>" not in page
    assert "NaN" not in page
    with pytest.raises(AttributeError):
        answer.sentence = "another"
    with pytest.raises(KeyError, match="nothing"):
        answer["nothing"]


@pytest.mark.parametrize(
    ("ask", "code"),
    [
        (lambda: clw.completion({"vanished": 1}), "unknown-choice"),
        (lambda: clw.completion({"paired": 1}, improved=2), "more-than-all"),
        (lambda: clw.completion({"paired": 1}, level=95), "level-outside"),
        (lambda: clw.survival([1, 2], [True]), "unequal-columns"),
        (lambda: clw.survival([-1], [True]), "unfit-cell"),
        (lambda: clw.survival([1], polars.Series(["yes"])), "unfit-cell"),
        (lambda: clw.survival(counts={1: {"seen": 1}}), "unknown-field"),
        (lambda: clw.funnel(["Kirk"], [5], [4]), "more-than-all"),
        (lambda: clw.funnel(["Kirk", "Kirk"], [1, 1], [4, 4]), "name-twice"),
        (lambda: clw.funnel(["Kirk"], [1], [4], target={"given": 60}), "target-outside"),
        (
            lambda: clw.xmr_chart(["1"], [float("inf")], constants="rounded", rules="nelson-1984"),
            "unfit-cell",
        ),
        (
            lambda: clw.p_chart(["1"], [1], [2], limits="three-sigma", rules=[{"trend": 1}]),
            "wrong-type",
        ),
        (lambda: clw.attrition(WELLBEING, [1798], [19]), "score-off-scale"),
        (lambda: clw.attrition(WELLBEING, [1798], [None, None]), "unequal-columns"),
        (lambda: clw.attrition(WELLBEING, [1798], [1.5]), "not-whole"),
        (
            lambda: clw.attrition(WELLBEING, [], [], options={"difference-threshold": 0}),
            "threshold-not-positive",
        ),
        (lambda: clw.reach([1], [1, 2]), "unequal-columns"),
        (
            lambda: clw.pairs_needed(effect=1, standard_deviation_of_change=0, power=0.8),
            "standard-deviation-outside",
        ),
        (lambda: clw.minimum_detectable_change(reliability=0.9), "missing-field"),
        (lambda: clw.adjusted_ps({"x": 2}, method="holm"), "probability-outside"),
        (lambda: clw.synthesis(), "missing-field"),
        (lambda: clw.synthesis(estimates={"x": (1, 0)}), "variance-outside"),
        (
            lambda: clw.wellby(
                clw.PairCounts.count(SATISFACTION, [5], [6]), duration_years=1, attributed_share=1
            ),
            "too-few-pairs",
        ),
        (lambda: clw.protected_table({"a": 1}, hide_up_to=1), "limit-too-low"),
        (lambda: clw.protected_table({"a": 1}, sums={"b": ["a"]}), "unknown-cell"),
    ],
)
def test_what_does_not_fit_is_refused_with_a_code_of_its_own(ask: Any, code: str) -> None:
    with pytest.raises(clw.ClwError) as refused:
        ask()
    assert refused.value.code == code


@pytest.mark.parametrize(
    "ask",
    [
        lambda: clw.survival(),
        lambda: clw.survival(DAYS, SEEN, counts={}),
        lambda: clw.inequality(populations=[1] * 5, kind="rate", better="lower-is-better"),
        lambda: clw.reach({1: 2}, {1: 2}),
    ],
)
def test_what_is_no_question_is_refused(ask: Any) -> None:
    with pytest.raises(clw.ClwError, match="give "):
        ask()


@pytest.mark.parametrize(
    ("ask", "words"),
    [
        (
            lambda: clw.completion({"paired": -1}),
            '`flow["paired"]` is -1, not a whole number from 0 on',
        ),
        (
            lambda: clw.completion({"paired": cast("Any", float("nan"))}),
            '`flow["paired"]` is nan, infinite or none at all',
        ),
        (
            lambda: clw.attrition(WELLBEING, [1798], [None], options={"difference-threshold": "x"}),
            '`options["difference-threshold"]` is "x", not a number; give one',
        ),
        (
            lambda: clw.before_after((48, 80), (56, 70), level=float("inf")),
            "`level` is inf",
        ),
        (
            lambda: clw.survival([1], [1], interval=cast("Any", "wide")),
            "`interval` is `wide`, none of `plain`, `log`, `log-log`; name one of these",
        ),
        (
            lambda: clw.Plan.from_dict({"title": 1}),
            "the plan cannot be read: invalid type: integer `1`, expected a string at `title`",
        ),
        (
            lambda: clw.Mapping.from_dict({"tables": {"x": 1}}),
            "`holds` at `tables.x`",
        ),
        (lambda: clw.completion({"paired": 1}, improved=True), "True is no count"),
        (
            lambda: clw.before_after((48, 80), cast("Any", (56,))),
            "`after` is (56,), no pair; give two values",
        ),
        (
            lambda: clw.synthesis(estimates={"Kirk": cast("Any", (1.2, 0.04, 3))}),
            '`estimates["Kirk"]` is (1.2, 0.04, 3), no pair; give two values',
        ),
        (
            lambda: clw.minimum_detectable_change(standard_error_of_measurement=1e300),
            "is 10000000000000000",
        ),
    ],
)
def test_what_is_refused_is_said_in_words_and_few_digits(
    ask: Callable[[], object], words: str
) -> None:
    with pytest.raises(clw.ClwError) as refused:
        ask()
    assert words in str(refused.value)
    assert len(str(refused.value)) < 200


AXIS: dict[str, Any] = {"simd": {"index": {"version": "2020v2"}, "bands": "quintiles"}}
COUNT = "no count; give a whole number in 0..=18446744073709551615"


def ask(compute: str, *given: Any, **options: Any) -> Callable[[], object]:
    return lambda: getattr(clw, compute)(*given, **options)


@pytest.mark.parametrize(
    ("ask", "message", "code"),
    [
        (
            ask("synthesis", shares={"A": (1.5, 2)}),
            f'`shares["A"][0]` is 1.5, {COUNT}',
            "not-a-count",
        ),
        (
            ask("synthesis", shares={"A": (1, True)}),
            f'`shares["A"][1]` is True, {COUNT}',
            "not-a-count",
        ),
        (
            ask("synthesis", shares={"A": 3}),
            '`shares["A"]` is 3, no pair; give two values',
            "not-a-pair",
        ),
        (
            ask("synthesis", shares={1: (1, 2)}),
            "`shares` has the name 1, no text; give one",
            "wrong-type",
        ),
        (
            ask("synthesis", pairs={"B": 3}),
            '`pairs["B"]` is 3, no `PairCounts`; give one',
            "wrong-type",
        ),
        (
            ask("synthesis", pairs={"B": list(range(100))}),
            '`pairs["B"]` is a value of type `list`, no `PairCounts`; give one',
            "wrong-type",
        ),
        (
            ask("synthesis", estimates={"A": (1, "x")}),
            "`estimates[\"A\"][1]` is 'x', no number; give one",
            "not-a-number",
        ),
        (
            ask("synthesis", estimates={"A": (1, float("nan"))}),
            '`estimates["A"][1]` is nan, no finite number; give one, or leave it out',
            "not-finite",
        ),
        (
            ask("synthesis", estimates={"A": (10**309, 1)}),
            '`estimates["A"][0]` is a value of type `int`, beyond 1.8e308; give a smaller number',
            "not-finite",
        ),
        (
            ask("adjusted_ps", {"a": None}, method="holm"),
            '`p_values["a"]` is None, no number; give one',
            "not-a-number",
        ),
        (
            ask("protected_table", {"a": 1, "b": 1}, sums={"a": "b"}),
            "`sums[\"a\"]` is 'b', no list; give one",
            "wrong-type",
        ),
        (
            ask("protected_table", {"a": 1, "b": 1}, sums={"a": [3]}),
            '`sums["a"][0]` is 3, no text; give one',
            "wrong-type",
        ),
        (
            ask("equity_table", [3], axis=AXIS),
            "`bands[0]` is 3, no dict; give one with its fields",
            "wrong-type",
        ),
        (
            ask("equity_table", [{"band": 1, "pairs": 3}], axis=AXIS),
            '`bands[0]["pairs"]` is 3, no `PairCounts`; give one',
            "wrong-type",
        ),
        (
            ask("attrition", WELLBEING, [1798], [None], traits={3: ["a"]}),
            "`traits` has the name 3, no text; give one",
            "wrong-type",
        ),
        (ask("survival", [1], [True], by=[-1]), f"`by[0]` is -1, {COUNT}", "not-a-count"),
        (ask("survival", [1], [True], by=3), "`by` is 3, no list; give one", "wrong-type"),
        (ask("before_after", (1, 2.5), (1, 2)), f"`before[1]` is 2.5, {COUNT}", "not-a-count"),
        (
            ask("p_chart", ["a"], [1], [2], limits="three-sigma", rules="x", recalculate_from="a"),
            "`recalculate_from` is 'a', no list; give one",
            "wrong-type",
        ),
        (
            ask("p_chart", ["a"], [1], [2], limits="three-sigma", rules=[3]),
            "`rules[0]` is 3, not one of its names; give one",
            "unreadable-json",
        ),
        (
            ask("funnel", ["a"], [1], [2], limits=True),
            "`limits` is True, not one of its names; give one",
            "unreadable-json",
        ),
        (
            ask("indicator", ["2025-01"], [1], [2], definition="x", length="y", without_month=(1,)),
            "`without_month` is (1,), no pair; give two values",
            "not-a-pair",
        ),
        (
            ask("indicator", ["2025-01"], [1], [2], definition=3, length="quarter"),
            "`definition` is 3, neither a text nor a dict; give the id of an indicator, or its "
            "fields",
            "wrong-type",
        ),
        (
            lambda: clw.Plan.from_dict({}, instruments=cast("Any", [3])),
            "`instruments[0]` is 3, no `Instrument`; give one",
            "wrong-type",
        ),
        (
            lambda: clw.National.of(cast("Any", [3])),
            "`returns[0]` is 3, no `Return`; give one",
            "wrong-type",
        ),
    ],
)
def test_what_does_not_fit_a_list_or_dict_is_refused_at_its_place(
    ask: Callable[[], object], message: str, code: str
) -> None:
    with pytest.raises(clw.ClwError) as refused:
        ask()
    assert (str(refused.value), refused.value.code) == (message, code)


def test_two_values_may_come_as_a_list() -> None:
    shares = {"Kirk": [1, 2], "Glen": [2, 3]}
    pooled = clw.synthesis(shares=cast("Any", shares), transform="log-odds")
    tuples = {"Kirk": (1, 2), "Glen": (2, 3)}
    assert pooled == clw.synthesis(shares=tuples, transform="log-odds")


TOGETHER = "give `pairs` alone, `shares` and `transform`, or `estimates` alone"
OF_ERROR = "give `standard_error_of_measurement` alone, or `standard_deviation` and `reliability`"
EFFECTS = {"Kirk": (1.2, 0.04), "Glen": (2.0, 0.09)}
TAU = "`level`, `tau-squared`, `interval`, `prediction`"


@pytest.mark.parametrize(
    ("ask", "message"),
    [
        (lambda: clw.synthesis(), f"nothing to work with is given; {TOGETHER}"),
        (
            lambda: clw.synthesis(shares={"Kirk": (1, 2)}),
            f"`shares` is given alone; {TOGETHER}",
        ),
        (
            lambda: clw.synthesis(estimates=EFFECTS, transform="log-odds"),
            f"`transform`, `estimates` are given together; {TOGETHER}",
        ),
        (
            lambda: clw.synthesis(shares={"Kirk": (1, 2)}, transform=cast("Any", "logit")),
            "`transform` is `logit`, not `log-odds` or `arcsine-root`; name one of these",
        ),
        (
            lambda: clw.synthesis(estimates=EFFECTS, options={"tau_squared": 1}),
            f"`options` has `tau_squared`, none of {TAU}; name one of these, or leave it out",
        ),
        (
            lambda: clw.synthesis(estimates=EFFECTS, options={"tau-squared": "dl"}),
            '`options["tau-squared"]` is `dl`, none of `restricted-maximum-likelihood`, '
            "`der-simonian-laird`, `paule-mandel`; name one of these",
        ),
        (
            lambda: clw.synthesis(estimates=EFFECTS, options={"tau-squared": float("nan")}),
            '`options["tau-squared"]` is nan, infinite or none at all; leave it out, or give a '
            "finite one",
        ),
        (
            lambda: clw.National.of([], synthesis={"tau": 1}),
            f"`synthesis` has `tau`, none of {TAU}; name one of these, or leave it out",
        ),
        (
            lambda: clw.minimum_detectable_change(),
            f"nothing to work with is given; {OF_ERROR}",
        ),
        (
            lambda: clw.minimum_detectable_change(standard_deviation=2),
            f"`standard_deviation` is given alone; {OF_ERROR}",
        ),
        (
            lambda: clw.minimum_detectable_change(
                standard_error_of_measurement=1, standard_deviation=2
            ),
            f"`standard_error_of_measurement`, `standard_deviation` are given together; {OF_ERROR}",
        ),
        (
            lambda: clw.funnel(["a"], [1], [2], limits=cast("Any", "wide")),
            "`limits` is `wide`, none of `exact-binomial`, `interpolated-binomial`, `mid-p`, "
            "`normal-overdispersed`; name one of these",
        ),
        (
            lambda: clw.xmr_chart(
                ["a"], [1.0], constants="rounded", rules=[{"run-on-one-side": {"point": 7}}]
            ),
            '`rules[0]["run-on-one-side"]` has `point`, not `points`; name one of these, or leave '
            "it out",
        ),
        (
            lambda: clw.protected_table({"St. Andrews": 1, "2025": -1}),
            '`cells["2025"]` is -1, not a whole number from 0 on; give one',
        ),
        (
            lambda: clw.protected_table({"St. Andrews": -1}),
            '`cells["St. Andrews"]` is -1, not a whole number from 0 on; give one',
        ),
        (
            lambda: clw.Plan.from_dict({"measures": [{"instrument": float("inf")}]}),
            '`plan["measures"][0]["instrument"]` is inf, infinite or none at all; leave it out, '
            "or give a finite one",
        ),
    ],
)
def test_options_are_refused_by_the_names_and_places_that_python_has(
    ask: Callable[[], object], message: str
) -> None:
    with pytest.raises(clw.ClwError) as refused:
        ask()
    assert str(refused.value) == message
