"""What is Python's own of sittings over time. Values are compared in test_golden.py."""

import importlib
import json
import re
from typing import Any

import clw
import pytest

pyarrow: Any = importlib.import_module("pyarrow")

PEOPLE = ["a", "b", "a", "a", "b", "c"]
DAYS = [0, 0, 28, 56, 28, 0]
POINTS = [1798, 1925, 2154, 2321, 1925, 2073]


def wellbeing() -> clw.Measure:
    return clw.instrument("swemwbs").measures[0]


def gathered(**columns: Any) -> clw.Trajectories:
    given: dict[str, Any] = {
        "people": PEOPLE,
        "times": DAYS,
        "points": POINTS,
        "unit": "day",
    } | columns
    return clw.Trajectories.gather(wellbeing(), **given)


def test_rows_come_in_any_order_and_ids_in_two_kinds() -> None:
    backwards = gathered(people=PEOPLE[::-1], times=DAYS[::-1], points=POINTS[::-1])
    numbered = gathered(people=[ord(person) for person in PEOPLE])
    assert gathered() == backwards == numbered
    assert (gathered().people, gathered().sittings) == (3, 6)
    assert repr(gathered()) == "<Trajectories: 3 people, 6 sittings by day>"
    assert clw.Trajectories.from_json(gathered().to_json()) == gathered()


def test_merging_is_gathering_the_whole() -> None:
    parts = [
        gathered(
            people=[p for p in PEOPLE if p in own],
            times=[t for p, t in zip(PEOPLE, DAYS, strict=True) if p in own],
            points=[s for p, s in zip(PEOPLE, POINTS, strict=True) if p in own],
        )
        for own in ("a", "bc")
    ]
    assert parts[0].merge(parts[1]) == gathered()


def test_a_course_reads_as_dict_and_json() -> None:
    course = gathered().course(level=0.9, means=[{"by": "time"}], slopes={"at-least": "0.05"})
    assert course.to_dict() == json.loads(course.to_json())
    assert course.people == course["people"] == 3
    # The means of 17.98, 19.25, 20.73; of 21.54, 19.25; and 23.21.
    assert [p["n"] for p in course["means"][0]["points"]] == [3, 2, 1]
    assert course["means"][0]["points"][1]["mean"] == pytest.approx(20.395, rel=1e-15)
    # Person a rises by (23.21 - 17.98) / 56 a day, person b stays.
    assert course["slopes"]["improving"]["count"] == 1
    assert course["slopes"]["without-slope"] == 1
    assert "mixed-models" not in course.to_dict()
    nobody = gathered(people=[], times=[], points=[]).course(mixed_models=["intercept"])
    assert nobody["mixed-models"][0]["model"] == {"not-computed": "no-scores"}
    assert repr(nobody) == "<Course: 0 people, 0 sittings by day>"


@pytest.mark.parametrize(
    ("ask", "code", "message"),
    [
        (
            lambda: gathered(unit="month"),
            "unknown-unit",
            "`month` is no unit of time; give `day`, `week` or `session`",
        ),
        (
            lambda: gathered(times=DAYS[1:]),
            "unequal-columns",
            "the column of people has 6 rows, that of times 5 and that of scores 6; ",
        ),
        (
            lambda: gathered(times=[0.5, *DAYS[1:]]),
            "not-whole",
            "row 0: the time is 0.5, not a whole number of 32 bits; give whole days, ",
        ),
        (
            lambda: gathered(points=[19, *POINTS[1:]]),
            "score-off-scale",
            "the score at time 0 is 19 points, outside 700..=3500; ",
        ),
        (lambda: gathered(times=[0] * 6), "two-at-one-time", "one person has two scores at time 0"),
        (
            lambda: gathered().merge(gathered(unit="session")),
            "different-clocks",
            "the trajectories are of different scales or clocks, day and session; ",
        ),
        (
            lambda: clw.Trajectories.from_json("{"),
            "unreadable-json",
            "the trajectories cannot be read: ",
        ),
        (
            lambda: gathered().course(mean=[]),
            "unknown-field",
            "there is no option `mean`; name one of `level`, `means`, `slopes`, `mixed_models`",
        ),
        (
            lambda: gathered().course(means=[{"by": "bins", "edges": [1], "one_of_bin": "first"}]),
            "unknown-field",
            "`means[0]` has `one_of_bin`, not `edges` or `one-of-bin`; name one of these, ",
        ),
        (
            lambda: gathered().course(mixed_models=["random"]),
            "unknown-choice",
            "`mixed_models[0]` is `random`, not `intercept` or `intercept-and-slope`; name one of "
            "these",
        ),
        (
            lambda: gathered().course(level=95),
            "level-outside",
            "the confidence level is 95, ",
        ),
    ],
)
def test_what_does_not_fit_is_refused(ask: Any, code: str, message: str) -> None:
    with pytest.raises(clw.ClwError, match=re.escape(message)) as refused:
        ask()
    assert refused.value.code == code


def test_people_have_ids() -> None:
    for nobody in (None, 1.5, float("nan")):
        with pytest.raises(clw.ClwError, match=f"row 0: the person is {nobody!r}; ") as refused:
            gathered(people=[nobody, *PEOPLE[1:]])
        assert refused.value.code == "not-an-id"


def test_people_may_be_a_column_of_a_frame() -> None:
    assert gathered(people=pyarrow.chunked_array([PEOPLE[:1], PEOPLE[1:]])) == gathered()
