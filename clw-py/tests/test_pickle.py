"""Results go to other processes, and copies are equal."""

import copy
import importlib
import pickle
import sys
from pathlib import Path
from typing import Any

import clw
import pytest

pyarrow: Any = importlib.import_module("pyarrow")

EXAMPLES = Path(__file__).parents[2] / "examples"
EVALUATION = clw.evaluate(folder=EXAMPLES / "wide")
MEASURE = clw.instrument("ucla-3").measures[0]
PAIRS = clw.PairCounts.count(MEASURE, [8, 7, 9], [6, 6, 6])
SITTINGS = clw.Trajectories.gather(MEASURE, ["a", "a"], [1, 2], [6, 7], unit="session")
OPEN = clw.Return.of(EVALUATION, name="Fife")
SATISFACTION = clw.instrument("ons4").measures[0]

RESULTS: dict[str, Any] = {
    "measure": MEASURE,
    "item": clw.instrument("ucla-3").items[0],
    "score": clw.instrument("ucla-3").score([1, 2, 3]).measures[0],
    "problem": clw.instrument("ucla-3").score([1, 2, 7]).measures[0].problems[0],
    "matched": clw.PairCounts.matched(
        MEASURE, baseline_ids=[1], baseline=[8], follow_up_ids=[1], follow_up=[6]
    ),
    "course": SITTINGS.course(level=0.9),
    "national": clw.National.of([OPEN], synthesis={"level": 0.9}),
    "scores": clw.instrument("ons4").score([8, 7, 60, None]),
    "pairs": PAIRS,
    "change": PAIRS.change(measure=MEASURE, level=0.9, bootstrap={"resamples": 99, "seed": 1}),
    "change of a scale": PAIRS.change(),
    "sittings": SITTINGS,
    "check": clw.check(folder=EXAMPLES / "wide"),
    "evaluation": EVALUATION,
    "public": EVALUATION.disclosed(),
    "return": OPEN,
    "closed return": clw.Return.of(EVALUATION, name="Fife", hide_up_to=4),
    "adjusted": clw.adjusted_ps({"a": 0.01, "b": 0.04}, method="holm"),
    "attrition": clw.attrition(MEASURE, [3, 4, 5], [3, None, 4]),
    "before and after": clw.before_after((48, 80), (56, 70)),
    "completion": clw.completion({"paired": 3}),
    "control chart": clw.xmr_chart(["a", "b"], [1, 2], constants="rounded", rules="nelson-1984"),
    "funnel": clw.funnel(["Kirk", "Glen"], [48, 20], [120, 80]),
    "indicator": clw.indicator(["2025-01"], [1], [2], definition="coverage", length="month"),
    "inequality": clw.inequality(
        counts=[4, 3, 3, 2, 2],
        populations=[9] * 5,
        kind="proportion",
        better="lower-is-better",
    ),
    "minimum": clw.minimum_detectable_change(standard_error_of_measurement=2),
    "planned": clw.power(effect=1, standard_deviation_of_change=3, pairs=34),
    "protected": clw.protected_table({"a": 3, "b": 12}),
    "reach": clw.reach([60, 40], [3, 7]),
    "survival": clw.survival([21, 28], [True, True]),
    "synthesis": clw.synthesis(estimates={"a": (1, 1), "b": (2, 1)}),
    "wellby": clw.wellby(
        clw.PairCounts.count(SATISFACTION, [5] * 40, [6] * 20 + [7] * 20),
        duration_years=1,
        attributed_share=0.5,
    ),
}


@pytest.mark.parametrize("name", RESULTS)
def test_a_result_goes_to_another_process_and_is_equal(name: str) -> None:
    result = RESULTS[name]
    for twin in (
        pickle.loads(pickle.dumps(result)),
        copy.copy(result),
        copy.deepcopy({"of": result})["of"],
    ):
        assert type(twin) is type(result)
        assert twin == result
        assert repr(twin) == repr(result)
        if hasattr(result, "to_json"):
            assert twin.to_json() == result.to_json()
        if hasattr(result, "_repr_html_"):
            assert twin._repr_html_() == result._repr_html_()


def test_every_kind_of_answer_is_here() -> None:
    kinds = set(clw.Answer.__subclasses__()) - {clw.EquityTable}
    assert {type(result) for result in RESULTS.values()} >= kinds


def test_a_frame_goes_to_another_process_with_its_types() -> None:
    frame = clw.Frame.from_arrow(pyarrow.table({"id": [1, None], "name": ["a", "b"]}))
    assert copy.copy(frame) is copy.deepcopy(frame) is frame
    twin = pickle.loads(pickle.dumps(frame))
    assert pyarrow.table(twin).equals(pyarrow.table(frame))


def test_a_frame_needs_pyarrow_to_be_pickled(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(
        clw.ClwError, match="a frame is pickled by pyarrow, which is not "
    ) as refused:
        pickle.dumps(clw.Frame.from_texts([("id", ["a"])]))
    assert refused.value.code == "missing-extra"


def test_a_change_keeps_its_charts() -> None:
    change = RESULTS["change"]
    assert pickle.loads(pickle.dumps(change)).charts() == change.charts()
