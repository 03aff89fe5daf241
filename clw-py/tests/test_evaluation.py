"""Plans, dry runs and evaluations, from folders and from frames of four libraries."""

import csv
import datetime
import importlib
import json
import tomllib
from pathlib import Path
from typing import Any

import clw
import pytest

duckdb: Any = importlib.import_module("duckdb")
pandas: Any = importlib.import_module("pandas")
polars: Any = importlib.import_module("polars")
pyarrow: Any = importlib.import_module("pyarrow")

CASELOAD = Path(__file__).parents[2] / "examples" / "caseload"
MAPPING = tomllib.loads((CASELOAD / "mapping.toml").read_text(encoding="utf-8"))
FILES = {name: CASELOAD / table["file"] for name, table in MAPPING["tables"].items()}


def folder() -> clw.Evaluation:
    return clw.evaluate(folder=CASELOAD)


def columns(path: Path) -> dict[str, list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        headings, *rows = csv.reader(file)
    return {heading: [row[at] for row in rows] for at, heading in enumerate(headings)}


READERS: dict[str, Any] = {
    "pandas": lambda path: pandas.read_csv(path, dtype=str),
    "pandas, types guessed": lambda path: pandas.read_csv(path),
    "pandas, categories": lambda path: pandas.read_csv(path, dtype="category"),
    "polars": lambda path: polars.read_csv(path, infer_schema=False),
    "polars, types guessed": lambda path: polars.read_csv(path, infer_schema_length=None),
    "pyarrow": lambda path: pyarrow.table(columns(path)),
    "duckdb": lambda path: duckdb.read_csv(str(path), all_varchar=True),
}


@pytest.mark.parametrize("library", READERS)
def test_frames_of_any_library_make_the_evaluation_of_the_files(library: str) -> None:
    frames = {name: READERS[library](path) for name, path in FILES.items()}
    evaluation = clw.evaluate(
        frames=frames,
        mapping=clw.Mapping.from_dict(MAPPING),
        plan=clw.Plan.from_file(CASELOAD / "plan.toml"),
    )
    assert evaluation.to_json() == folder().to_json()


def test_an_evaluation_reads_as_words_dict_and_json() -> None:
    evaluation = folder()
    truth = json.loads((CASELOAD / "truth.json").read_text(encoding="utf-8"))
    assert evaluation.to_dict() == json.loads(evaluation.to_json())
    assert evaluation.people == evaluation["counts"]["people"]
    assert truth
    assert evaluation.summary.startswith(
        "Example Valley link workers, April 2024 to March 2026\n\n"
    )
    assert clw.Evaluation.from_json(evaluation.to_json()) == evaluation
    assert evaluation.report_html().startswith('<!DOCTYPE html><html lang="en-GB">')
    assert evaluation.charts()[0]["id"] == "flow-swemwbs-wellbeing"
    assert evaluation._repr_html_().startswith("<section><h4>Example Valley link workers, ")
    assert repr(evaluation).startswith('<Evaluation "Example Valley link workers, ')
    assert clw.evaluate(folder=CASELOAD, threads=1) == evaluation
    with pytest.raises(KeyError, match="nothing"):
        evaluation["nothing"]


FORMS = clw.Mapping.from_toml("""
[tables.assessments]
file = "forms"
columns = { person = "id", date = "date", answers = ["q1", "q2", "q3"] }
constants = { instrument = "ucla-3" }
""")
PLAN = """
title = "Two parts <make> a whole"
as-of = 2026-06-30
measures = [{ instrument = "ucla-3" }]
pairing = { baseline.rule = "first", end-point.rule = "last", due.rule = "first-seen" }
"""


def forms(people: range) -> Any:
    """Two forms of each: a 6 in January and a 3 in May."""
    day = datetime.date
    return polars.DataFrame(
        {
            "id": [person for person in people for _ in range(2)],
            "date": [day(2026, 1, 5), day(2026, 5, 5)] * len(people),
            "q1": [2.0, 1.0] * len(people),
            "q2": [2, 1] * len(people),
            "q3": ["2", "1"] * len(people),
        }
    )


def plan() -> clw.Plan:
    return clw.Plan.from_dict({**tomllib.loads(PLAN), "pairing": PAIRING})


PAIRING = {
    "baseline": {"rule": "first"},
    "end-point": {"rule": "last"},
    "due": {"rule": "days-since-baseline", "days": 28},
}


def evaluated(people: range) -> clw.Evaluation:
    return clw.evaluate(frames={"assessments": forms(people)}, mapping=FORMS, plan=plan())


def test_the_parts_of_a_caseload_merge_into_the_whole() -> None:
    whole = evaluated(range(10))
    merged = evaluated(range(3)).merge(evaluated(range(3, 10)))
    assert merged.to_json() == whole.to_json()
    assert whole["counts"]["measures"][0]["main"]["pairs"]["cells"] == [[6, 3, 10]]
    assert "<h4>Two parts &lt;make&gt; a whole</h4>" in whole._repr_html_()
    other = clw.Plan.from_dict({**plan().to_dict(), "title": "Another"})
    frames = {"assessments": forms(range(2))}
    with pytest.raises(clw.ClwError, match="the plans differ in title") as refused:
        whole.merge(clw.evaluate(frames=frames, mapping=FORMS, plan=other))
    assert refused.value.code == "different-plans"


def test_a_dry_run_accounts_for_every_row() -> None:
    rows = {
        "id": ["a", "b", "", 'c "d"'],
        "notes": ["two\nlines", 'a "b", c', None, ";"],
        "date": ["2026-01-05", "5 January", "2026-01-05", "2026-01-05"],
        **{question: ["1"] * 4 for question in ("q1", "q2", "q3")},
    }
    found = clw.check(frames={"assessments": polars.DataFrame(rows)}, mapping=FORMS)
    table = found.tables["assessments"]
    assert (table["read"], table["used"]) == (4, 2)
    assert sum(table["rejected"].values()) == 2
    assert found.people == 2
    assert [problem.split(":")[0] for problem in found.problems] == [
        "forms, row 3 (line 3)",
        "forms, row 4 (line 4)",
    ]
    assert str(found).splitlines()[0].split() == ["table", "read", "used", "rejected"]
    assert found.to_dict()["people"] == 2
    assert repr(found) == "<DryRun: 2 people, 2 of 4 rows used>"
    assert clw.check(folder=CASELOAD).people == folder().people


def test_a_local_instrument_is_evaluated() -> None:
    definition = clw.instrument("ucla-3").to_dict()
    definition.update(id="three-questions", aliases=[])
    local = clw.Instrument.from_dict(definition)
    mapping = clw.Mapping.from_toml("""
    [tables.assessments]
    file = "forms"
    columns = { person = "id", date = "date", answers = ["q1", "q2", "q3"] }
    constants = { instrument = "three-questions" }
    """)
    rules = {**plan().to_dict(), "measures": [{"instrument": "three-questions"}]}
    local_plan = clw.Plan.from_dict(rules, instruments=[local])
    frames = {"assessments": forms(range(4))}
    evaluation = clw.evaluate(frames=frames, mapping=mapping, plan=local_plan)
    assert evaluation["counts"]["measures"][0]["main"]["pairs"]["cells"] == [[6, 3, 4]]
    again = clw.Evaluation.from_json(evaluation.to_json(), instruments=[local])
    assert again == evaluation
    with pytest.raises(clw.ClwError) as refused:
        clw.Evaluation.from_json(evaluation.to_json())
    assert refused.value.code == "unknown-instrument"


def test_a_plan_reads_as_dict() -> None:
    assert clw.Plan.from_dict(plan().to_dict()) == plan()
    assert plan().title == "Two parts <make> a whole"
    assert repr(plan()) == '<Plan "Two parts <make> a whole" as of 2026-06-30: ucla-3>'
    assert repr(FORMS) == "<Mapping of assessments>"


@pytest.mark.parametrize(
    ("ask", "code"),
    [
        (lambda: clw.Plan.from_toml("title ="), "unreadable-plan"),
        (lambda: clw.Plan.from_dict({"title": "x"}), "unreadable-plan"),
        (lambda: clw.Plan.from_dict({"interval-level": 95.0}), "level-outside"),
        (
            lambda: clw.Plan.from_dict(
                {**plan().to_dict(), "measures": [{"instrument": "nothing"}]}
            ),
            "unknown-instrument",
        ),
        (lambda: clw.Mapping.from_toml("[tables]"), "no-assessments"),
        (lambda: clw.Mapping.from_dict({"tables": {}}), "no-assessments"),
        (lambda: clw.check(frames={}, mapping=FORMS), "table-not-given"),
        (
            lambda: clw.check(
                frames={"assessments": forms(range(1)), "people": forms(range(1))}, mapping=FORMS
            ),
            "table-not-mapped",
        ),
        (
            lambda: clw.check(frames={"assessments": forms(range(1)).drop("q3")}, mapping=FORMS),
            "heading-missing",
        ),
        (lambda: clw.Evaluation.from_json("{"), "unreadable-evaluation"),
    ],
)
def test_what_does_not_fit_is_refused(ask: Any, code: str) -> None:
    with pytest.raises(clw.ClwError) as refused:
        ask()
    assert refused.value.code == code
    assert isinstance(refused.value.about, dict)


def test_a_refused_mapping_or_file_says_what_it_is_about() -> None:
    with pytest.raises(clw.ClwError) as refused:
        clw.check(frames={"assessments": forms(range(1)).drop("q3")}, mapping=FORMS)
    assert refused.value.about == {"file": "forms", "heading": "q3"}
    with pytest.raises(clw.ClwError) as refused:
        clw.Mapping.from_dict({"tables": {"assessments": {"file": "forms.csv"}}})
    assert refused.value.about == {"table": "assessments", "fields": ["person"]}
    with pytest.raises(clw.ClwError) as refused:
        clw.instrument("nothing")
    assert refused.value.about == {}


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({}, "give either a caseload, folder= or frames="),
        ({"folder": CASELOAD, "frames": {}}, "give either a caseload, folder= or frames="),
        ({"frames": {}}, "frames came without a mapping"),
        ({"frames": {"forms": 3}, "mapping": FORMS}, "'forms'|\"forms\".*which is no table"),
        ({"frames": {"assessments": 3}, "mapping": FORMS}, "does not speak Arrow"),
    ],
)
def test_what_is_no_caseload_is_refused(given: dict[str, Any], message: str) -> None:
    with pytest.raises(clw.ClwError, match=message):
        clw.check(**given)


def test_a_file_that_is_not_there_is_named() -> None:
    with pytest.raises(FileNotFoundError, match=r"nowhere.mapping\.toml cannot be read"):
        clw.check(folder=CASELOAD / "nowhere")
    with pytest.raises(clw.ClwError, match="without a plan"):
        clw.evaluate(frames={"assessments": forms(range(1))}, mapping=FORMS)


def test_the_same_evaluation_is_not_added_to_itself() -> None:
    whole = clw.evaluate(folder=Path(__file__).parents[2] / "examples" / "wide")
    same = clw.Evaluation.from_json(whole.to_json())
    with pytest.raises(clw.ClwError, match="both hold the same evaluation") as refused:
        whole.merge(same)
    assert refused.value.code == "same-evaluation"
    few = evaluated(range(2))
    assert few.merge(evaluated(range(2))).people == 2 * few.people
    with pytest.raises(clw.ClwError, match="both hold the same evaluation"):
        few.merge(few)
