"""Caseloads read once and asked often: lists of people, whose follow-up is due, postcodes."""

import datetime
import importlib
import tomllib
from collections import Counter
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
PLAN = clw.Plan.from_file(CASELOAD / "plan.toml")
FOLDER = clw.Caseload.from_folder(CASELOAD)
READERS: dict[str, Any] = {
    "pandas": lambda path: pandas.read_csv(path, dtype=str),
    "polars": lambda path: polars.read_csv(path, infer_schema=False),
    "pyarrow": lambda path: polars.read_csv(path, infer_schema=False).to_arrow(),
    "duckdb": lambda path: duckdb.read_csv(str(path), all_varchar=True),
}
KINDS = {
    "pandas": pandas.DataFrame,
    "polars": polars.DataFrame,
    "pyarrow": pyarrow.Table,
    "duckdb": duckdb.DuckDBPyRelation,
}


def test_a_caseload_is_asked_again_and_again() -> None:
    assert clw.check(FOLDER) == clw.check(FOLDER) == clw.check(folder=CASELOAD)
    evaluation = clw.evaluate(FOLDER)
    assert evaluation == clw.evaluate(folder=CASELOAD)
    assert evaluation == clw.evaluate(FOLDER, plan=PLAN, threads=1)
    assert repr(FOLDER) == f"<Caseload of {CASELOAD}: {', '.join(sorted(FILES, key=order))}>"


def order(table: str) -> int:
    tables = repr(clw.Mapping.from_dict(MAPPING)).removeprefix("<Mapping of ").removesuffix(">")
    return tables.split(", ").index(table)


@pytest.mark.parametrize("library", READERS)
def test_lists_of_people_come_back_as_frames_of_the_same_library(library: str) -> None:
    frames = {name: READERS[library](path) for name, path in FILES.items()}
    caseload = clw.Caseload.from_frames(frames, mapping=clw.Mapping.from_dict(MAPPING))
    people = caseload.people(plan=PLAN)
    due = caseload.follow_ups_due(plan=PLAN, first="2026-04-01", last=datetime.date(2026, 4, 14))
    assert isinstance(people, KINDS[library])
    assert isinstance(due, KINDS[library])
    of_folder = polars.DataFrame(FOLDER.people())
    assert polars.DataFrame(pyarrow.table(arrow(people))).equals(of_folder)
    assert len(pyarrow.table(arrow(due))) == len(
        FOLDER.follow_ups_due(first="2026-04-01", last="2026-04-14")
    )


def arrow(frame: Any) -> Any:
    return frame.to_arrow_table() if isinstance(frame, duckdb.DuckDBPyRelation) else frame


def test_the_list_of_people_is_what_the_evaluation_counts() -> None:
    people = polars.DataFrame(FOLDER.people())
    evaluation = clw.evaluate(FOLDER)
    measures = people.partition_by("instrument", "measure", maintain_order=True)
    assert len(measures) == len(evaluation["counts"]["measures"])
    for rows, measure in zip(measures, evaluation["counts"]["measures"], strict=True):
        assert dict(Counter(rows["fate"])) == measure["main"]["flow"]
        pairs = rows.filter(polars.col("fate") == "paired")
        cells = Counter(zip(pairs["baseline_points"], pairs["follow_up_points"], strict=True))
        listed = [[*cell, count] for cell, count in sorted(cells.items())]
        assert listed == measure["main"]["pairs"]["cells"]
    assert people["person"].is_sorted()
    rules = [name for name in people.columns if name.startswith("reliable_change:")]
    assert rules
    for threads in (1, 2):
        assert polars.DataFrame(FOLDER.people(threads=threads)).equals(people)


def test_the_most_urgent_come_first() -> None:
    due = polars.DataFrame(FOLDER.follow_ups_due(first="2026-04-01", last="2026-04-14"))
    order = ["overdue", "due", "on-hold", "not-yet-knowable"]
    states = due["state"].to_list()
    assert states == sorted(states, key=order.index)
    assert due.filter(polars.col("state") == "overdue")["days_overdue"].min() > 0
    with pytest.raises(clw.ClwError, match=r"until.* is before from") as refused:
        FOLDER.follow_ups_due(first="2026-04-14", last="2026-04-01")
    assert refused.value.code == "rule-never-holds"
    with pytest.raises(clw.ClwError, match='"14 April" is no date') as refused:
        FOLDER.follow_ups_due(first="14 April", last="2026-04-15")
    assert refused.value.code == "unreadable-date"


POSTCODES = clw.Mapping.from_toml("""
[tables.people]
file = "people"
columns = { person = "id", postcode = "home" }
[tables.episodes]
file = "episodes"
columns = { person = "id", referred = "day" }
[tables.assessments]
file = "forms"
columns = { person = "id", date = "day", answers = ["q1", "q2", "q3"] }
constants = { instrument = "ucla-3" }
""")
EQUITY = """
title = "Where people live"
as-of = 2026-06-30
measures = [{ instrument = "ucla-3" }]
pairing.baseline.rule = "first"
pairing.end-point.rule = "last"
pairing.due = { rule = "days-since-baseline", days = 28 }
group-by = ["simd-quintile"]
"""
DIRECTORY = {"pc": ["EH1 1AA", "G1 1AA", "nowhere"], "q": [1, 5, 3]}
COLUMNS = {"postcode": "pc", "quintile": "q"}


def homes() -> dict[str, Any]:
    people = {"id": ["a", "b", "c"], "home": ["EH1 1AA", "g11aa", "ZE1 0AA"]}
    episodes = {"id": ["a", "b", "c"], "day": ["2026-01-05"] * 3}
    forms = {**episodes, "q1": [1, 2, 3], "q2": [1, 2, 3], "q3": [1, 2, 3]}
    tables = {"people": people, "episodes": episodes, "assessments": forms}
    return {name: polars.DataFrame(table) for name, table in tables.items()}


def test_postcodes_become_places_and_are_forgotten(tmp_path: Path) -> None:
    lookup = clw.PostcodeLookup.from_frame(
        polars.DataFrame(DIRECTORY), columns=COLUMNS, version="2020v2"
    )
    assert (lookup.version, len(lookup)) == ("2020v2", 2)
    assert lookup.account["rejected"] == {"not-a-postcode": 1}
    assert repr(lookup) == "<PostcodeLookup: 2 rows of SIMD 2020v2>"
    frames, plan = homes(), clw.Plan.from_dict(tomllib.loads(EQUITY))
    evaluation = clw.evaluate(frames=frames, mapping=POSTCODES, plan=plan, postcodes=lookup)
    caseload = clw.Caseload.from_frames(frames, mapping=POSTCODES, postcodes=lookup)
    assert clw.evaluate(caseload, plan=plan) == evaluation
    groups = evaluation["counts"]["measures"][0]["groups"]["simd-quintile"]
    assert {name: len(of["flow"]) for name, of in groups.items()} == {
        "SIMD 2020v2 quintile 1": 1,
        "SIMD 2020v2 quintile 5": 1,
        "not known": 1,
    }
    assert "EH1" not in evaluation.to_json()

    polars.DataFrame(DIRECTORY).write_csv(tmp_path / "simd.csv")
    mapping = tmp_path / "postcodes.toml"
    mapping.write_text(
        'file = "simd.csv"\ncolumns = { postcode = "pc", quintile = "q" }\n'
        'constants = { version = "2020v2" }\n',
        encoding="utf-8",
    )
    of_file = clw.PostcodeLookup.from_file(mapping)
    assert (
        clw.evaluate(frames=frames, mapping=POSTCODES, plan=plan, postcodes=of_file) == evaluation
    )


@pytest.mark.parametrize(
    ("ask", "code"),
    [
        (lambda: clw.check(frames=homes(), mapping=POSTCODES), "postcodes-without-lookup"),
        (
            lambda: clw.PostcodeLookup.from_frame(polars.DataFrame(DIRECTORY), columns=COLUMNS),
            "lookup-without",
        ),
        (
            lambda: clw.PostcodeLookup.from_frame(
                polars.DataFrame(DIRECTORY), columns={"quintile": "q"}, version="2020v2"
            ),
            "mapping-unreadable",
        ),
    ],
)
def test_what_does_not_fit_is_refused(ask: Any, code: str) -> None:
    with pytest.raises(clw.ClwError) as refused:
        ask()
    assert refused.value.code == code


def test_a_caseload_stands_alone() -> None:
    with pytest.raises(clw.ClwError, match="a caseload has its own records"):
        clw.check(FOLDER, folder=CASELOAD)
    with pytest.raises(clw.ClwError, match="frames came without a plan"):
        clw.Caseload.from_frames(homes(), mapping=clw.Mapping.from_dict(MAPPING)).people()
