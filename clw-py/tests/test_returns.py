"""Returns of programmes and the national picture made of them."""

import importlib
import json
from pathlib import Path
from typing import Any

import clw
import pytest

jsonschema: Any = importlib.import_module("jsonschema")
polars: Any = importlib.import_module("polars")

SCHEMA = Path(__file__).parents[2] / "clw-core" / "schemas" / "return-1.schema.json"
MAPPING = clw.Mapping.from_toml("""
[tables.assessments]
file = "forms"
columns = { person = "id", date = "date", answers = ["q1", "q2", "q3"] }
constants = { instrument = "ucla-3" }
""")
PLAN = """
title = "Link worker programmes, 2025"
as-of = "2026-06-30"
measures = [{ instrument = "ucla-3" }]
pairing.baseline.rule = "first"
pairing.end-point.rule = "last"
pairing.due = { rule = "days-since-baseline", days = 28 }
"""


def evaluated(people: range, plan: str = PLAN) -> clw.Evaluation:
    """Everybody goes from 6 to 3."""
    forms = polars.DataFrame(
        {
            "id": [person for person in people for _ in range(2)],
            "date": ["2026-01-05", "2026-05-05"] * len(people),
            **{question: [2, 1] * len(people) for question in ("q1", "q2", "q3")},
        }
    )
    frames = {"assessments": forms}
    return clw.evaluate(frames=frames, mapping=MAPPING, plan=clw.Plan.from_toml(plan))


def fife() -> clw.Return:
    return clw.Return.of(
        evaluated(range(30)),
        name="Fife",
        area="Fife",
        delivered_by="A charity",
        practices=12,
        link_workers_full_time_equivalent=7.5,
        note="Self-referral began in May.",
    )


def test_a_return_fits_its_published_schema() -> None:
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    for one in (fife(), clw.Return.of(evaluated(range(0)), name="Nobody yet")):
        validator.validate(one.to_dict())
        assert clw.Return.from_json(one.to_json()) == one
    assert not validator.is_valid({**fife().to_dict(), "people": []})
    assert fife().programme == "Fife"
    assert fife().to_dict()["programme"]["link-workers-full-time-equivalent"] == 7.5
    assert repr(fife()) == '<Return of "Fife">'


def test_returns_make_the_evaluation_of_everybody() -> None:
    skye = clw.Return.of(evaluated(range(30, 80)), name="Skye")
    national = clw.National.of([fife(), skye])
    assert national == clw.National.of([skye, fife()])
    assert national.evaluation == evaluated(range(80))
    assert national.to_dict() == json.loads(national.to_json())
    assert [one["people"] for one in national["programmes"]] == [30, 50]
    assert repr(national) == "<National: 2 open returns and 0 with small counts hidden>"


def test_small_counts_may_be_hidden() -> None:
    hidden = clw.Return.of(evaluated(range(30, 33)), name="Skye", hide_up_to=4)
    assert hidden.hides_small_counts
    assert clw.Return.from_json(hidden.to_json()) == hidden
    assert repr(hidden) == '<Return of "Skye", small counts hidden>'
    national = clw.National.of([fife(), hidden])
    assert [one["programme"]["name"] for one in national["disclosed"]] == ["Skye"]
    assert national.evaluation == evaluated(range(30))
    assert clw.National.of([hidden]).evaluation is None


@pytest.mark.parametrize(
    ("ask", "code"),
    [
        (lambda: clw.National.of([]), "no-returns"),
        (lambda: clw.National.of([fife(), fife()]), "same-programme"),
        (lambda: clw.Return.of(evaluated(range(1)), name=" "), "programme-without-name"),
        (
            lambda: clw.Return.of(evaluated(range(1), PLAN + 'group-by = ["worker"]'), name="Fife"),
            "return-groups-workers",
        ),
        (lambda: clw.Return.from_json("{}"), "unreadable-return"),
        (lambda: clw.Return.of(evaluated(range(1)), name="Fife", hide_up_to=1), "limit-too-low"),
        (
            lambda: clw.National.of(
                [
                    fife(),
                    clw.Return.of(evaluated(range(1), PLAN.replace("2025", "2024")), name="Skye"),
                ]
            ),
            "different-plans",
        ),
    ],
)
def test_what_does_not_fit_is_refused(ask: Any, code: str) -> None:
    with pytest.raises(clw.ClwError) as refused:
        ask()
    assert refused.value.code == code


def test_a_return_is_hidden_by_all_of_a_rule_or_none() -> None:
    rounded = clw.Return.of(evaluated(range(30)), name="Fife", hide_up_to=4, rounding_base=5)
    assert rounded.to_dict()["evaluation"]["profile"]["rounding"] == {
        "method": "conventional",
        "base": 5,
    }
    with pytest.raises(clw.ClwError, match="came without hide_up_to; give it too") as refused:
        clw.Return.of(evaluated(range(30)), name="Fife", rounding_base=5)
    assert refused.value.code == "missing-field"
