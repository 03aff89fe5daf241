"""Spark on two real worker processes: the bytes of one machine, and memory that does not grow."""

import importlib
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import clw
import pytest

pyarrow: Any = importlib.import_module("pyarrow")
pyspark: Any = importlib.import_module("pyspark")
spark: Any = importlib.import_module("clw.spark")

CASELOAD = Path(__file__).parents[2] / "examples" / "caseload"
MAPPING = """
[tables.people]
file = "people"
columns = { person = "who", gender = "gender" }
[tables.episodes]
file = "episodes"
columns = { person = "who", episode = "spell", referred = "on" }
[tables.contacts]
file = "contacts"
columns = { episode = "spell", date = "on", kind = "kind", attendance = "attendance" }
[tables.needs]
file = "needs"
columns = { episode = "spell", reason = "reason" }
[tables.assessments]
file = "forms"
columns = { person = "who", episode = "spell", date = "on", answers = ["one", "two", "three"] }
constants = { instrument = "ucla-3" }
"""
PLAN = """
title = "Five people"
as-of = "2026-06-30"
measures = [{ instrument = "ucla-3", measure = "loneliness" }]
pairing.baseline.rule = "first"
pairing.end-point.rule = "last"
pairing.due = { rule = "days-since-baseline", days = 28 }
"""
# An episode of two people, one that nobody has, rows without ids, one that repeats another, and a
# table none of whose rows is anyone's.
TABLES: dict[str, list[dict[str, Any]]] = {
    "people": [{"who": who, "gender": "woman", "notes": "left alone"} for who in "abcd"]
    + [{"who": "", "gender": "", "notes": "x"}, {"who": "a/b", "gender": "man", "notes": None}],
    "episodes": [
        {"who": "a", "spell": "1", "on": "2026-01-05"},
        {"who": "b", "spell": "2", "on": "2026-01-06"},
        {"who": " c ", "spell": " 3", "on": "2026-01-07"},
        {"who": "a", "spell": "both", "on": "2026-02-05"},
        {"who": "b", "spell": "both", "on": "2026-02-06"},
        {"who": "nobody", "spell": "4", "on": "2026-02-06"},
        {"who": None, "spell": "5", "on": "2026-02-06"},
    ],
    "contacts": [
        {"spell": spell, "on": "2026-01-20", "kind": "appointment", "attendance": "seen"}
        for spell in ("1", "1", "2", "3 ", "both", "none", "none", "4", None, "")
    ],
    "needs": [{"spell": spell, "reason": "housing"} for spell in ("both", "none")],
    "assessments": [
        {"who": who, "spell": spell, "on": on, "one": 1, "two": two, "three": 3.0}
        for who, spell in (("a", "1"), ("b", "2"), ("c", "3"), ("d", None), (None, "1"))
        for on, two in (("2026-01-09", 3), ("2026-05-05", 2), ("9 May", 7))
    ],
}


@pytest.fixture(scope="module")
def session() -> Iterator[Any]:
    """Two worker processes with a JVM each, and Python workers of their own."""
    os.environ |= {
        "SPARK_HOME": str(Path(pyspark.__file__).parent),
        "PYSPARK_PYTHON": sys.executable,
        "SPARK_LOCAL_IP": "127.0.0.1",
    }
    builder = importlib.import_module("pyspark.sql").SparkSession.builder
    builder = builder.master("local-cluster[2,1,1024]").appName("clw")
    for key, value in {
        # No task starts before both have said that they are there.
        "spark.scheduler.minRegisteredResourcesRatio": "1.0",
        "spark.scheduler.maxRegisteredResourcesWaitingTime": "120s",
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.log.level": "ERROR",
        "spark.sql.shuffle.partitions": "3",
        "spark.sql.execution.arrow.maxRecordsPerBatch": "500",
    }.items():
        builder = builder.config(key, value)
    running = builder.getOrCreate()
    yield running
    running.stop()


def frames(session: Any, tables: dict[str, Any], parts: int = 1) -> dict[str, Any]:
    """Frames of which some have several partitions."""
    several = ("people", "contacts", "assessments")
    return {
        name: session.createDataFrame(table).coalesce(parts if name in several else 1)
        for name, table in tables.items()
    }


def without_lines(found: Any) -> Any:
    """A dry run without the lines of the CSV that only one machine writes."""
    told = found.to_dict()
    return told | {"problems": [problem | {"line": 0} for problem in told["problems"]]}


@pytest.mark.filterwarnings("ignore:PySpark does not yet:FutureWarning")
def test_a_caseload_in_two_processes_is_the_caseload_in_one(session: Any) -> None:
    mapping = clw.Mapping.from_file(CASELOAD / "mapping.toml")
    plan = clw.Plan.from_file(CASELOAD / "plan.toml")
    csv, text = importlib.import_module("pyarrow.csv"), pyarrow.string()
    tables = {}
    for name, file in mapping.files.items():
        names = csv.read_csv(CASELOAD / file).column_names
        options = csv.ConvertOptions(column_types=dict.fromkeys(names, text))
        parsing = csv.ParseOptions(newlines_in_values=True)
        tables[name] = csv.read_csv(CASELOAD / file, convert_options=options, parse_options=parsing)
    dealt = frames(session, tables, parts=2)
    evaluation = spark.evaluate(frames=dealt, mapping=mapping, plan=plan)
    assert session._jsc.sc().getExecutorMemoryStatus().size() == 3  # and the driver
    assert evaluation.to_json() == clw.evaluate(folder=CASELOAD).to_json()
    found = spark.check(frames=dealt, mapping=mapping)
    assert without_lines(found) == without_lines(clw.check(frames=tables, mapping=mapping))


@pytest.mark.filterwarnings("ignore:PySpark does not yet:FutureWarning")
def test_every_row_is_accounted_for_as_on_one_machine(session: Any) -> None:
    mapping, plan = clw.Mapping.from_toml(MAPPING), clw.Plan.from_toml(PLAN)
    tables = {name: pyarrow.Table.from_pylist(rows) for name, rows in TABLES.items()}
    dealt = frames(session, tables, parts=2)
    here = clw.evaluate(frames=tables, mapping=mapping, plan=plan)
    evaluation = spark.evaluate(frames=dealt, mapping=mapping, plan=plan)
    assert evaluation.to_json() == here.to_json()
    account = evaluation["counts"]["rows"]
    assert account["contacts"]["rejected"] == {
        "duplicate-row": 1,
        "episode-unclear": 1,
        "no-episode-id": 2,
        "unknown-episode": 2,
        "unknown-person": 1,
    }
    assert account["needs"]["used"] == 0
    for name, table in tables.items():
        assert account[name]["read"] == table.num_rows
    found, whole = (
        spark.check(frames=dealt, mapping=mapping),
        clw.check(frames=tables, mapping=mapping),
    )
    assert without_lines(found) == without_lines(whole)
    first = spark.check(frames=dealt, mapping=mapping, problems=3).to_dict()
    assert first["problems"] == found.to_dict()["problems"][:3]
    assert first["problems-untold"] == len(whole.problems) - 3


@pytest.mark.filterwarnings("ignore:PySpark does not yet:FutureWarning")
def test_postcodes_become_places_in_the_tasks(session: Any) -> None:
    mapping = clw.Mapping.from_toml(MAPPING.replace('gender = "gender"', 'postcode = "home"'))
    plan = clw.Plan.from_toml('group-by = ["simd-quintile"]\n' + PLAN)
    homes = [{"who": who, "home": home} for who, home in (("a", "EH1 1AA"), ("b", "EH1 1AB"))]
    tables = {name: pyarrow.Table.from_pylist(rows) for name, rows in TABLES.items()}
    tables["people"] = pyarrow.Table.from_pylist(homes)
    directory = pyarrow.table({"pc": ["EH1 1AA", "EH1 1AB"], "q": [2, 5]})
    columns = {"postcode": "pc", "quintile": "q"}
    lookup = clw.PostcodeLookup.from_frame(directory, columns=columns, version="2020v2")
    dealt = frames(session, tables, parts=2)
    here = clw.evaluate(frames=tables, mapping=mapping, plan=plan, postcodes=lookup)
    assert "SIMD 2020v2 quintile 5" in here.to_json()
    there = spark.evaluate(frames=dealt, mapping=mapping, plan=plan, postcodes=lookup)
    assert there.to_json() == here.to_json()
    found = spark.check(frames=dealt, mapping=mapping, postcodes=lookup)
    assert found.people == clw.check(frames=tables, mapping=mapping, postcodes=lookup).people
    with pytest.raises(clw.ClwError) as refused:
        spark.check(frames=dealt, mapping=mapping)
    assert refused.value.code == "postcodes-without-lookup"


@pytest.mark.filterwarnings("ignore:PySpark does not yet:FutureWarning")
def test_scores_are_those_of_a_frame_in_one_place(session: Any) -> None:
    instrument = clw.instrument("ucla-3")
    forms = pyarrow.Table.from_pylist(TABLES["assessments"])
    options: dict[str, Any] = {"columns": ["one", "two", "three"], "keep": ["who", "on"]}
    scored = spark.score(session.createDataFrame(forms), instrument, **options)
    here = instrument.score_frame(forms, **options)
    assert scored.toArrow().to_pylist() == here.to_pylist()
    refused = r"the frame has no column \"four\" among `who`, `spell`"
    with pytest.raises(clw.ClwError, match=refused):
        spark.score(session.createDataFrame(forms), instrument, columns=["one", "two", "four"])


@pytest.mark.filterwarnings("ignore:PySpark does not yet:FutureWarning")
def test_what_does_not_fit_is_refused_before_any_work(session: Any) -> None:
    mapping, plan = clw.Mapping.from_toml(MAPPING), clw.Plan.from_toml(PLAN)
    tables = {name: pyarrow.Table.from_pylist(rows) for name, rows in TABLES.items()}
    dealt = frames(session, tables)
    for wrong, code in (
        (dealt | {"people": dealt["people"].withColumnRenamed("who", "whom")}, "heading-missing"),
        (dealt | {"holds": dealt["people"]}, "table-not-mapped"),
        ({name: frame for name, frame in dealt.items() if name != "needs"}, "table-not-given"),
    ):
        with pytest.raises(clw.ClwError) as refused:
            spark.evaluate(frames=wrong, mapping=mapping, plan=plan)
        assert refused.value.code == code


def batches(people: list[int], size: int) -> Iterator[Any]:
    """Sorted rows of people, of whom each has so many, in batches of a size."""
    keys = [str(person).encode() for person, rows in enumerate(people, 100) for _ in range(rows)]
    for start in range(0, len(keys), size):
        yield pyarrow.RecordBatch.from_pydict({"key": pyarrow.array(keys[start : start + size])})


@pytest.mark.parametrize("size", [1, 3, 10, 64, 1000])
@pytest.mark.parametrize("people", [[1] * 500, [7] * 80, [1, 300, 2, 1, 64, 64, 1], [5], []])
def test_a_task_holds_a_chunk_or_one_person_and_cuts_between_people(
    people: list[int], size: int
) -> None:
    most, taken = 64, []

    def counted() -> Iterator[Any]:
        for batch in batches(people, size):
            taken.append(batch.num_rows)
            yield batch

    given = 0
    seen: list[bytes] = []
    for rows in spark._whole_people(counted(), most):
        # What has been read and not been given yet is all that is held.
        assert sum(taken) - given <= most + size + max(people)
        given += rows.num_rows
        keys = rows["key"].to_pylist()
        assert not set(keys) & set(seen)
        seen += keys
    assert seen == [key for batch in batches(people, size) for key in batch["key"].to_pylist()]


def test_spark_is_imported_only_where_it_is_asked_for() -> None:
    loaded = "import sys, clw; print(any(name in sys.modules for name in ('pyspark', 'pyarrow')))"
    ran = subprocess.run([sys.executable, "-c", loaded], capture_output=True, check=True)
    assert ran.stdout == b"False\n"
    without = "import sys; sys.modules['pyspark'] = None; import clw.spark"
    ran = subprocess.run([sys.executable, "-c", without], capture_output=True, check=False)
    assert b"install what clw.spark needs: pip install 'clw[spark]'" in ran.stderr


def test_what_a_task_is_sent_comes_out_as_it_went_in() -> None:
    pickle = importlib.import_module("pickle")
    mapping = clw.Mapping.from_toml(MAPPING)
    table = {"file": "forms", "columns": {"person": "who", "date": "on", "answers": ["one"]}}
    walking = clw.Instrument.from_toml(
        'id = "walking"\nversion = "1"\ntitle = "Days walked"\n'
        'rights = { holder = "The programme", licence = "Free", wording = "shipped" }\n'
        'items = [{ id = "days", label = "Days walked", lowest = 0, highest = 7 }]\n'
        'measures = [{ direction = "higher-is-better", items = ["days"], '
        'rule = { kind = "each-item" }, certainty = "local" }]'
    )
    other = clw.Mapping.from_dict(
        {"tables": {"assessments": table | {"constants": {"instrument": "walking"}}}}
    )
    plan = PLAN.replace('instrument = "ucla-3", measure = "loneliness"', 'instrument = "walking"')
    local = clw.Plan.from_toml(plan, instruments=[walking])
    for sent in (mapping, other, walking, local, clw.Plan.from_toml(PLAN)):
        assert pickle.loads(pickle.dumps(sent)) == sent
    assert mapping.files["assessments"] == "forms"
    found = clw.check(
        frames={
            "assessments": pyarrow.table(
                {"who": ["a", ""], "on": ["2026-01-05", ""], "one": [1, 2]}
            )
        },
        mapping=other,
        instruments=[walking],
    )
    assert clw.DryRun.from_json(found.to_json()) == found
    assert found.merge(found, 1).to_dict()["problems-untold"] == 1
    with pytest.raises(ValueError, match="missing field"):
        clw.DryRun.from_json(json.dumps({}))
