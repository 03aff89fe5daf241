"""What a caseload may be read from beside CSV files: workbooks, Parquet files and databases.

Each is read by a library that is installed only where it is wanted; without it, the error names
what to install. Nothing is interpreted here: types, dates and spellings are the mapping's matter.
"""

import importlib
import re
import shlex
from collections.abc import Mapping as Table
from contextlib import closing
from os import PathLike
from pathlib import Path
from types import MappingProxyType
from typing import Any

from ._clw import Caseload, ClwError, Instrument, Mapping, PostcodeLookup

__all__ = ["caseload", "frame"]

CSV = (".csv", ".tsv", ".txt")
PARQUET = (".parquet", ".pq")
WORKBOOK = (".xlsx", ".xlsm")
KINDS = (*CSV, *PARQUET, *WORKBOOK)
DATABASES = "duckdb:FILE, sqlite:FILE or postgresql://USER@HOST/NAME"


def caseload(
    folder: str | PathLike[str] | None = None,
    *,
    mapping: Mapping | None = None,
    tables: Table[str, str] | None = None,
    database: str | None = None,
    instruments: list[Instrument] | None = None,
    postcodes: PostcodeLookup | None = None,
) -> Caseload:
    """The caseload of a folder or workbook, of a database, or of single tables.

    A `folder` holds the files that its `mapping.toml` names, CSV, Parquet or workbooks; a workbook
    holds a sheet for each table, and the mapping is beside it, as it is for a single file. With a
    `database` the mapping names tables of it instead of files.
    `tables` says for single tables where they are instead: a file, or a table or query of the
    database. Raises `ClwError` for what cannot be read.
    """
    given = dict(tables or {})
    if mapping is None and folder is not None:
        mapping = _own_mapping(Path(folder))
    options: dict[str, Any] = {"instruments": instruments, "postcodes": postcodes}
    if folder is not None and mapping is not None and database is None and not given:
        # One workbook has all the tables, whatever the mapping calls their files.
        root = Path(folder) if _kind(folder) in WORKBOOK else home(folder)
        if root.is_file() or not any(_kind(file) in PARQUET for file in mapping.files.values()):
            return Caseload.from_folder(root, mapping=mapping, **options)
    if mapping is None:
        raise refused("tables came without a mapping; give one too", "no-mapping")
    if unknown := sorted(set(given) - set(mapping.files)):
        known = ", ".join(mapping.files)
        raise refused(
            f"the table {unknown[0]!r} is not in the mapping, which has {known}; map it",
            "table-not-mapped",
        )
    frames = {}
    for name, file in mapping.files.items():
        where = given.get(name, file)
        if database is None and name not in given and folder is not None:
            where = str(home(folder) / where)
        frames[name] = frame(where, database=database)
    return Caseload.from_frames(frames, mapping=mapping, **options)


def frame(source: str | PathLike[str], *, database: str | None = None) -> Any:
    """A table for the frames of a caseload: of a file, or of a database.

    A CSV file or a workbook comes back as its path, for the import to read; a Parquet file as a
    pyarrow table.
    In a `database`, the source is a table of it or a query. Raises `ClwError` for what cannot be
    read.
    """
    if database is not None:
        # A file beside a database, such as a list that is kept by hand.
        if _kind(source) in KINDS and Path(source).is_file():
            return frame(source)
        return _query(database, str(source))
    path = Path(source)
    kind = _kind(path)
    if kind in (*CSV, *WORKBOOK):
        return path
    if kind in PARQUET:
        parquet = needed("pyarrow.parquet", "Parquet", "parquet")
        try:
            return parquet.read_table(path)
        except (OSError, ValueError) as error:
            raise _unreadable(str(path), error) from error
    raise refused(
        f"{path} is no file of a known kind ({', '.join(KINDS)}); name one, "
        "or give the database that it is a table of",
        "unknown-kind",
    )


def home(source: str | PathLike[str]) -> Path:
    """The folder of mapping and plan: a folder itself, or the one that a file is in."""
    path = Path(source)
    return path.parent if _kind(path) in KINDS and not path.is_dir() else path


def _own_mapping(source: Path) -> Mapping:
    """The mapping beside the tables."""
    if not source.exists():
        raise refused(f"{source} is not there; name a folder or a file that is", "no-source")
    path = home(source) / "mapping.toml"
    if not path.is_file():
        command = shlex.join(["clw", "template", str(source)])
        raise refused(f"{path} is not there; write a first one with: {command}", "no-mapping")
    return Mapping.from_file(path)


def _query(database: str, source: str) -> Any:
    """The rows of a table or a query."""
    scheme, _, file = database.partition(":")
    is_query = re.search(r"\s", source.strip()) is not None
    quoted = source.replace('"', '""')
    query = source if is_query else f'SELECT * FROM "{quoted}"'
    if scheme in ("duckdb", "sqlite") and not Path(file).is_file():
        raise refused(f"{file} is no file; check the name of the database", "no-database")
    match scheme:
        case "duckdb":
            ask, driver = _duckdb, needed("duckdb", "DuckDB", "duckdb")
        case "sqlite":
            ask, driver = _sqlite, needed("adbc_driver_sqlite.dbapi", "SQLite", "sqlite")
        case "postgresql" | "postgres":
            driver = needed("adbc_driver_postgresql.dbapi", "PostgreSQL", "postgresql")
            ask, file = _adbc, database
        case _:
            raise refused(
                f"{scheme!r} is no known kind of database; give {DATABASES}", "unknown-database"
            )
    try:
        return ask(driver, file, query)
    except Exception as error:  # Each library has exceptions of its own.
        raise _unreadable(f"{_shown(database)}, {source!r}", error) from error


def _duckdb(driver: Any, database: str, query: str) -> Any:
    with driver.connect(database, read_only=True) as connection:
        return connection.sql(query).to_arrow_table()


def _sqlite(driver: Any, database: str, query: str) -> Any:
    # SQLite's columns have no type: the driver takes that of the first batch for all, and texts for
    # numbers and texts. So all rows are one batch.
    return _adbc(driver, database, query, {"adbc.sqlite.query.batch_rows": str(2**30)})


def _adbc(
    driver: Any, database: str, query: str, options: Table[str, str] = MappingProxyType({})
) -> Any:
    with closing(driver.connect(database)) as connection, closing(connection.cursor()) as cursor:
        cursor.adbc_statement.set_options(**options)
        cursor.execute(query)
        return cursor.fetch_arrow_table()


def needed(module: str, what: str, extra: str) -> Any:
    """A library that is installed only where it is wanted."""
    try:
        _ = importlib.import_module("pyarrow")
        return importlib.import_module(module)
    except ImportError as error:
        raise refused(
            f"{what} is read by a library that is not installed ({error}); install it with: "
            f"pip install 'clw[{extra}]'",
            "missing-extra",
        ) from error


def _kind(path: str | PathLike[str]) -> str:
    return Path(path).suffix.lower()


def _shown(database: str) -> str:
    """The database without a password."""
    return re.sub(r"(//[^:/@]*):[^@/]*@", r"\1@", database)


def _unreadable(name: str, error: Exception) -> ClwError:
    reason = " ".join(str(error).split())
    return refused(f"{name} cannot be read: {reason}", "unreadable-source")


def refused(message: str, code: str) -> ClwError:
    error = ClwError(message)
    error.code, error.about = code, {}
    return error
