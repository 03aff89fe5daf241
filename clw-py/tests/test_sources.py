"""What a caseload may be read from: the same bytes from files, workbooks and databases."""

import importlib
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import clw
import pytest
from clw import sources
from clw.cli import main

duckdb: Any = importlib.import_module("duckdb")
csv: Any = importlib.import_module("pyarrow.csv")
parquet: Any = importlib.import_module("pyarrow.parquet")
pyarrow: Any = importlib.import_module("pyarrow")

ROOT = Path(__file__).parents[2]
CASELOAD = ROOT / "examples" / "caseload"
MAPPING = clw.Mapping.from_file(CASELOAD / "mapping.toml")
PLAN = clw.Plan.from_file(CASELOAD / "plan.toml")


def table(file: str) -> Any:
    """A file of the caseload as texts."""
    names = csv.read_csv(CASELOAD / file).column_names
    texts = csv.ConvertOptions(column_types=dict.fromkeys(names, pyarrow.string()))
    lines = csv.ParseOptions(newlines_in_values=True)
    return csv.read_csv(CASELOAD / file, convert_options=texts, parse_options=lines)


def in_parquet(folder: Path) -> list[str]:
    """A folder of which some files are Parquet."""
    text = (CASELOAD / "mapping.toml").read_text(encoding="utf-8")
    for name in ("people", "assessments"):
        text = text.replace(f"{name}.csv", f"{name}.parquet")
        parquet.write_table(table(f"{name}.csv"), folder / f"{name}.parquet")
    (folder / "mapping.toml").write_text(text, encoding="utf-8")
    shutil.copy(CASELOAD / "plan.toml", folder)
    for file in CASELOAD.glob("*.csv"):
        if file.stem not in ("people", "assessments"):
            shutil.copy(file, folder)
    return [str(folder)]


def in_duckdb(folder: Path) -> list[str]:
    file = folder / "records.duckdb"
    with duckdb.connect(str(file)) as database:
        for name in MAPPING.files.values():
            rows = table(name)  # found by its name in the query
            database.execute(f'CREATE TABLE "{name}" AS SELECT * FROM rows')
            assert rows.num_rows
    return ["--database", f"duckdb:{file}", *beside()]


def in_sqlite(folder: Path) -> list[str]:
    file = folder / "records.db"
    with closing(sqlite3.connect(file)) as database:
        for name in MAPPING.files.values():
            rows = table(name)
            columns = ", ".join(f'"{column}"' for column in rows.column_names)
            database.execute(f'CREATE TABLE "{name}" ({columns})')
            marks = ", ".join("?" * rows.num_columns)
            cells = zip(*(column.to_pylist() for column in rows.columns), strict=True)
            database.executemany(f'INSERT INTO "{name}" VALUES ({marks})', cells)
        database.commit()
    return ["--database", f"sqlite:{file}", *beside()]


def beside() -> list[str]:
    return ["--mapping", str(CASELOAD / "mapping.toml"), "--plan", str(CASELOAD / "plan.toml")]


def with_tables(folder: Path) -> list[str]:
    """A folder, but one table from elsewhere, and one from a query."""
    parquet.write_table(table("people.csv"), folder / "clients.parquet")
    return [str(CASELOAD), "--table", f"people={folder / 'clients.parquet'}"]


@pytest.mark.parametrize("where", [in_parquet, in_duckdb, in_sqlite, with_tables])
def test_a_caseload_is_the_same_wherever_it_is(
    where: Callable[[Path], list[str]], tmp_path: Path
) -> None:
    results = tmp_path / "results"
    assert main(["evaluate", *where(tmp_path), "--output", str(results)]) == 0
    written = (results / "evaluation.json").read_text(encoding="utf-8")
    assert written == clw.evaluate(folder=CASELOAD).to_json()


def test_a_column_of_sqlite_may_hold_numbers_texts_and_bytes(tmp_path: Path) -> None:
    file = tmp_path / "records.db"
    with closing(sqlite3.connect(file)) as database:
        database.execute("CREATE TABLE forms (who, q1)")
        rows: list[tuple[Any, Any]] = [(number, number % 3 + 1) for number in range(2000)]
        rows += [("x7", "often"), ("x8", b"3"), ("x9", b"\xff\x01"), ("x10", None)]
        database.executemany("INSERT INTO forms VALUES (?, ?)", rows)
        database.commit()
    cells = clw.Frame.from_arrow(sources.frame("forms", database=f"sqlite:{file}")).to_csv()
    lines = cells.splitlines()
    assert lines[1999:] == ["1998,1", "1999,2", "x7,often", "x8,3", "x9,b'\\xff\\x01'", "x10,"]


def test_a_query_is_scored_and_a_table_may_be_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    database = in_duckdb(tmp_path)[1]
    query = (
        'SELECT "Client ref", TRY_CAST("Q1" AS INT) AS companionship, 2 AS left_out, 3 AS isolated '
        'FROM "assessments.csv" LIMIT 10'
    )
    columns = ["--columns", "companionship,left_out,isolated"]
    scoring = ["score", query, "--database", database, "--instrument", "ucla-3"]
    assert main([*scoring, *columns]) == 0
    assert "of 10 rows scored" in capsys.readouterr().err
    some = 'people=SELECT * FROM "people.csv" LIMIT 5'
    found = sources.caseload(mapping=MAPPING, database=database, tables=dict([some.split("=", 1)]))
    assert clw.check(found).tables["people"]["read"] == 5


@pytest.mark.parametrize("library", ["pandas", "polars", "pyarrow", "duckdb"])
def test_one_library_alone_gives_the_same_bytes(library: str) -> None:
    script = ROOT / "examples" / "python" / f"with_{library}.py"
    command = [sys.executable, str(script), str(CASELOAD)]
    ran = subprocess.run(command, capture_output=True, check=True)
    assert ran.stdout.decode() == clw.evaluate(folder=CASELOAD).to_json()
    others = {"pandas", "polars", "duckdb"} - {library}
    code = script.read_text(encoding="utf-8")
    assert not any(f"import {other}" in code for other in others)


MISSING = "is read by a library that is not installed"


@pytest.mark.parametrize(
    ("module", "source", "database", "why"),
    [
        ("pyarrow", "x.parquet", None, f"Parquet {MISSING}"),
        ("duckdb", "x", "duckdb:{file}", f"DuckDB {MISSING}"),
        ("adbc_driver_sqlite", "x", "sqlite:{file}", f"SQLite {MISSING}"),
        ("adbc_driver_postgresql", "x", "postgresql://h/d", f"PostgreSQL {MISSING}"),
    ],
)
def test_a_library_that_is_missing_is_named_with_the_extra(
    module: str,
    source: str,
    database: str | None,
    why: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    file = tmp_path / "there"
    file.touch()
    for loaded in [name for name in sys.modules if name.split(".")[0] == module]:
        monkeypatch.delitem(sys.modules, loaded)
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(clw.ClwError, match=why) as refused:
        sources.frame(source, database=database and database.format(file=file))
    assert refused.value.code == "missing-extra"
    extra = {"pyarrow": "parquet"}.get(module, module.removeprefix("adbc_driver_"))
    assert f"install it with: pip install 'clw[{extra}]'" in str(refused.value)


@pytest.mark.parametrize(
    ("source", "database", "code", "why"),
    [
        ("x.ods", None, "unknown-kind", "x.ods is no file of a known kind (.csv, .tsv,"),
        ("{file}.parquet", None, "unreadable-source", "{file}.parquet cannot be read: "),
        ("x", "mysql:x", "unknown-database", "'mysql' is no known kind of database; give duckdb:"),
        ("x", "sqlite:nowhere.db", "no-database", "nowhere.db is no file; check the name of the"),
        ("x", "sqlite:{file}", "unreadable-source", "sqlite:{file}, 'x' cannot be read: "),
        ("x", "duckdb:{file}", "unreadable-source", "duckdb:{file}, 'x' cannot be read: "),
        (
            "x",
            "postgresql://me:secret@127.0.0.1:1/x",
            "unreadable-source",
            "postgresql://me@127.0.0.1:1/x, 'x' cannot be read: ",
        ),
    ],
)
def test_what_cannot_be_read_says_why(
    source: str, database: str | None, code: str, why: str, tmp_path: Path
) -> None:
    file = tmp_path / "there"
    file.write_text("no database at all, and long enough to be one", encoding="utf-8")
    with pytest.raises(clw.ClwError) as refused:
        sources.frame(source.format(file=file), database=database and database.format(file=file))
    assert refused.value.code == code
    assert str(refused.value).startswith(why.format(file=file))
    assert "secret" not in str(refused.value)


def test_tables_need_a_mapping_that_has_them() -> None:
    with pytest.raises(clw.ClwError, match="tables came without a mapping; give one too"):
        sources.caseload(tables={"people": "people.csv"})
    with pytest.raises(clw.ClwError, match="the table 'peeple' is not in the mapping, which has"):
        sources.caseload(CASELOAD, tables={"peeple": "people.csv"})
