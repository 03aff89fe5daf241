"""Caseloads on Spark: each task scores, pairs and counts its own people, and the driver adds.

The records of a person stand in several tables, and one pairing needs them all. So every row is
dealt to the person it is of. A first pass finds the key of each row as the import itself would, and
packs what is mapped of it into one binary cell. Spark shuffles the rows of all tables together by
that key and sorts them by key, table and row. A second pass cuts this stream between two people
whenever `CHUNK_ROWS` have gathered, and scores, pairs and counts the chunk. So a task holds one
chunk, or one person where they have more rows, however large its partition is: the sort spills to
disk and Python does not grow. (A cogroup would join two tables only, and holds a whole group.)

Rows that say whose they are by the episode alone are first joined to the episodes. Which episodes
several people have, and which tables have no usable row anywhere, are what a task cannot know by
itself, so it is told. What comes back is one set of counts from each task; they add up exactly, and
what follows from them is worked out once. The result is what `clw.evaluate` and `clw.check` make of
the same frames in one place, byte for byte, the account of every row included.
"""

import json
from collections.abc import Callable, Iterator, Sequence
from collections.abc import Mapping as Table
from functools import partial, reduce
from typing import Any, Protocol, TypeAlias, TypeVar

from ._clw import (
    DryRun,
    Evaluation,
    Instrument,
    Mapping,
    PartialEvaluation,
    Plan,
    PostcodeLookup,
    _check_dealt,
    _count_dealt,
    _deal,
    _dealt_by,
)

try:
    import pyarrow  # type: ignore[import-untyped]
    from pyarrow import compute
    from pyspark import TaskContext
    from pyspark.sql import Column, DataFrame
    from pyspark.sql import functions as sql
    from pyspark.sql.pandas.types import from_arrow_schema, to_arrow_schema
    from pyspark.sql.types import TimestampType
except ImportError as _missing:
    raise ImportError(
        f"{_missing}; install what clw.spark needs: pip install 'clw[spark]'"
    ) from _missing

__all__ = ["CHUNK_ROWS", "check", "evaluate", "score"]

CHUNK_ROWS = 1 << 16
"""How many rows a task gathers before it counts the people that it has in full."""

# Whose a row is, as the extension has it; and a row that says how many rows a partition has.
NOBODY, PERSON, EPISODE, PARTITION = range(4)
# As in Spark's own ids of rows: the partition above, the row within it below.
ROW_BITS = 33
KEYED = {
    "table": pyarrow.int8(),
    "row": pyarrow.int64(),
    "owner": pyarrow.int8(),
    "key": pyarrow.binary(),
}
DEALT = pyarrow.schema(KEYED | {"episode": pyarrow.binary(), "record": pyarrow.binary()})
COUNTED = pyarrow.schema(KEYED | {"shared": pyarrow.binary(), "record": pyarrow.binary()})
# What a task answers: its counts, the tables of which it saw a usable row, and how many rows each
# partition of each table has.
ANSWER = pyarrow.schema(
    {
        "counts": pyarrow.string(),
        "kept": pyarrow.int8(),
        "table": pyarrow.int8(),
        "first": pyarrow.int64(),
        "rows": pyarrow.int64(),
    }
)

Batches: TypeAlias = Iterator[pyarrow.RecordBatch]
# The tables by number, each with its headings.
Columns: TypeAlias = list[tuple[str, list[str]]]


class Counted(Protocol):
    """What was counted of some people."""

    def to_json(self) -> str: ...


C = TypeVar("C", bound=Counted)
Count: TypeAlias = Callable[[pyarrow.Table, Columns, list[str]], C]
Merge: TypeAlias = Callable[[C, C], C]


def score(
    df: DataFrame,
    instrument: Instrument,
    *,
    columns: Sequence[str] | None = None,
    keep: Sequence[str] | None = None,
    labels: dict[str, Any] | None = None,
) -> DataFrame:
    """Scores every row of a Spark frame in its workers, as `Instrument.score_frame` does.

    The columns and their types are those of `score_frame`; `keep` names what goes along, such as an
    id. Nothing is computed before the frame is used. Raises `ClwError` at once for a column that is
    missing or there twice.
    """
    work = partial(_score_batches, instrument=instrument, columns=columns, keep=keep, labels=labels)
    empty = to_arrow_schema(df.schema).empty_table()
    schema = next(work(iter(empty.to_batches() or [_empty_batch(empty.schema)]))).schema
    items = [item.id for item in instrument.items] if columns is None else columns
    needed = _columns(df, dict.fromkeys([*items, *(keep or [])]))
    return df.select(needed).mapInArrow(work, from_arrow_schema(schema))


def evaluate(
    *,
    frames: Table[str, DataFrame],
    mapping: Mapping,
    plan: Plan,
    instruments: Sequence[Instrument] | None = None,
    postcodes: PostcodeLookup | None = None,
) -> Evaluation:
    """Evaluates the records of a programme in Spark frames under a plan.

    `frames` are tables by name, as `clw.evaluate` has them; only what is mapped of them is read,
    and no row leaves the cluster. `postcodes` goes to every task. A column with times is read in
    the time zone of the session. Raises `ClwError` before any work where mapping, plan and frames
    do not fit; a bad row is counted in the result with its reason, and `check` tells of each.
    """
    local = list(instruments or [])
    count = partial(
        _count_dealt, mapping=mapping, plan=plan, instruments=local, postcodes=postcodes
    )
    read = partial(PartialEvaluation.from_json, plan=plan)
    counted, _ = _run(frames, mapping, local, count, PartialEvaluation.merge, read)
    return counted.evaluation()


def check(
    *,
    frames: Table[str, DataFrame],
    mapping: Mapping,
    instruments: Sequence[Instrument] | None = None,
    postcodes: PostcodeLookup | None = None,
    problems: int = 100,
) -> DryRun:
    """Reads every row of Spark frames without evaluating it, and says what would become of each.

    As `clw.check` does, but only the first `problems` are told in full; all are counted. Rows are
    numbered in the order in which Spark reads the frame, below a row of headings. Raises `ClwError`
    before any work where mapping and frames do not fit.
    """
    local = list(instruments or [])
    count = partial(_check_dealt, mapping=mapping, instruments=local, postcodes=postcodes)
    merge = partial(DryRun.merge, problems=problems)
    found, partitions = _run(frames, mapping, local, count, merge, DryRun.from_json)
    return _numbered(found, partitions, sorted(frames))


def _run(
    frames: Table[str, DataFrame],
    mapping: Mapping,
    instruments: list[Instrument],
    count: Callable[..., C],
    merge: Merge[C],
    read: Callable[[str], C],
) -> tuple[C, list[tuple[int, int, int]]]:
    """Counts everybody; with it the table, first row and number of rows of each partition."""
    read_by = {
        name: _dealt_by(name, frame.columns, mapping, instruments) for name, frame in frames.items()
    }
    names = sorted(frames)
    columns = [(name, read_by[name][0]) for name in names]
    # Of no rows: what does not fit is refused here, and every table has its place in the account.
    nobody = count(COUNTED.empty_table(), columns, [])
    dealt = [
        _dealt(frames[name], read_by[name][0], number, name, mapping, instruments)
        for number, name in enumerate(names)
    ]
    by_episode = [read_by[name][1] for name in names]
    rows = _owned(dealt, by_episode, names.index("episodes") if "episodes" in names else None)
    kept = set(range(len(names)))
    while True:
        work = partial(
            _count_batches,
            count=count,
            merge=merge,
            columns=columns,
            kept=[names[number] for number in sorted(kept)],
        )
        answers = rows.mapInArrow(work, from_arrow_schema(ANSWER)).collect()
        found = {answer.kept for answer in answers if answer.kept is not None}
        # Almost always every table has a usable row; where not, the tasks are told and count again.
        if found >= kept:
            break
        kept = found
    counts = (read(answer.counts) for answer in answers if answer.counts is not None)
    partitions = [
        (answer.table, answer.first, answer.rows) for answer in answers if answer.rows is not None
    ]
    return reduce(merge, counts, nobody), sorted(partitions)


def _dealt(
    frame: DataFrame,
    columns: list[str],
    number: int,
    name: str,
    mapping: Mapping,
    instruments: list[Instrument],
) -> DataFrame:
    """The rows of a table, each with whose it is."""
    work = partial(
        _deal_batches, number=number, name=name, mapping=mapping, instruments=instruments
    )
    return frame.select(_columns(frame, columns)).mapInArrow(work, from_arrow_schema(DEALT))


def _columns(frame: DataFrame, names: Sequence[str] | dict[str, None]) -> list[Column]:
    """Columns by their exact names; times without a zone, as frames in one place have them."""
    found = []
    for name in names:
        column = frame["`" + name.replace("`", "``") + "`"]
        if isinstance(frame.schema[name].dataType, TimestampType):
            column = column.cast("timestamp_ntz").alias(name)
        found.append(column)
    return found


def _owned(dealt: list[DataFrame], by_episode: list[bool], episodes: int | None) -> DataFrame:
    """The rows of all tables, sorted so that each person's stand together, in one partition."""
    tables = list(zip(dealt, by_episode, strict=True))
    direct = [
        table.withColumn("shared", sql.lit(None).cast("binary"))
        for table, joins in tables
        if not joins
    ]
    joined = [table for table, joins in tables if joins]
    if joined and episodes is not None:
        direct.append(_joined(reduce(DataFrame.unionAll, joined), dealt[episodes]))
    rows = reduce(DataFrame.unionAll, [table.select(COUNTED.names) for table in direct])
    return (
        rows.withColumn("key", _key(sql.col("owner") == PERSON))
        .repartition(sql.col("key"))
        .sortWithinPartitions("key", "table", "row")
    )


def _joined(rows: DataFrame, episodes: DataFrame) -> DataFrame:
    """Rows that name an episode, of the person who has it: of nobody, where none or several do."""
    links = (
        episodes.where(sql.col("owner") == PERSON)
        .groupBy(sql.col("episode").alias("link"))
        .agg(sql.min("key").alias("least"), sql.max("key").alias("greatest"))
    )
    names_one = sql.col("owner") == EPISODE
    of_one = names_one & (sql.col("least") == sql.col("greatest"))
    of_several = names_one & (sql.col("least") != sql.col("greatest"))
    return rows.join(links, _key(names_one) == sql.col("link"), "left").select(
        "table",
        "row",
        sql.when(of_one, PERSON)
        .when(names_one, NOBODY)
        .otherwise(sql.col("owner"))
        .cast("tinyint")
        .alias("owner"),
        sql.when(of_one, sql.col("least")).otherwise(sql.col("key")).alias("key"),
        sql.when(of_several, sql.col("key")).alias("shared"),
        "record",
    )


def _key(applies: Column) -> Column:
    """The key where it applies; other rows are spread by their number, to crowd no partition."""
    spread = sql.concat_ws("/", "table", "row").cast("binary")
    return sql.when(applies, sql.col("key")).otherwise(spread)


def _score_batches(batches: Batches, *, instrument: Instrument, **options: Any) -> Batches:
    for batch in batches:
        table = pyarrow.Table.from_batches([batch])
        scored = instrument.score_frame(table, **options)
        yield from scored.to_batches() or [_empty_batch(scored.schema)]


def _deal_batches(
    batches: Batches, *, number: int, name: str, mapping: Mapping, instruments: list[Instrument]
) -> Batches:
    """A task of the first pass."""
    context = TaskContext.get()
    first = (context.partitionId() if context else 0) << ROW_BITS
    row = first
    for batch in batches:
        dealt = pyarrow.table(_deal(batch, name, mapping, instruments))
        rows = dealt.num_rows
        columns = [
            pyarrow.array([number] * rows, pyarrow.int8()),
            pyarrow.array(range(row, row + rows), pyarrow.int64()),
            *(dealt[name].combine_chunks() for name in ("owner", "key", "episode", "record")),
        ]
        yield pyarrow.RecordBatch.from_arrays(columns, schema=DEALT)
        row += rows
    total = {"table": number, "row": first, "owner": PARTITION, "key": b"", "episode": None}
    total["record"] = str(row - first).encode()
    yield pyarrow.RecordBatch.from_pylist([total], schema=DEALT)


def _count_batches(
    batches: Batches, *, count: Count[C], merge: Merge[C], columns: Columns, kept: list[str]
) -> Batches:
    """A task of the second pass."""
    counted: C | None = None
    used: set[int] = set()
    totals: list[dict[str, Any]] = []
    for rows in _whole_people(_without_totals(batches, totals)):
        part = count(rows, columns, kept)
        counted = part if counted is None else merge(counted, part)
        tables = rows.filter(compute.equal(rows["owner"], PERSON))["table"]
        used.update(tables.unique().to_pylist())
    answers: list[dict[str, Any]] = [{"kept": table} for table in sorted(used)]
    answers.extend(totals)
    if counted is not None:
        answers.append({"counts": counted.to_json()})
    yield pyarrow.RecordBatch.from_pylist(answers, schema=ANSWER)


def _without_totals(batches: Batches, totals: list[dict[str, Any]]) -> Batches:
    """The batches without the rows that say how many a partition has, which go to `totals`."""
    for batch in batches:
        total = compute.equal(batch["owner"], PARTITION)
        for row in batch.filter(total).to_pylist():
            totals.append({"table": row["table"], "first": row["row"], "rows": int(row["record"])})
        yield batch.filter(compute.invert(total))


def _whole_people(batches: Batches, most: int = CHUNK_ROWS) -> Iterator[pyarrow.Table]:
    """Sorted rows in tables that end between two people, as soon as there are `most` rows."""
    held: list[pyarrow.RecordBatch] = []
    rows = 0
    for batch in batches:
        if batch.num_rows == 0:
            continue
        keys = batch["key"]
        last = keys[-1]
        # Where the rows of the last person begin, who may go on in the next batch.
        cut = batch.num_rows - compute.sum(compute.equal(keys, last)).as_py()
        goes_on = cut == 0 and bool(held) and held[-1]["key"][-1].equals(last)
        rows += batch.num_rows
        if rows < most or goes_on:
            held.append(batch)
            continue
        ended = [*held, batch.slice(0, cut)]
        if sum(part.num_rows for part in ended) > 0:
            yield pyarrow.Table.from_batches(ended)
        held, rows = [batch.slice(cut)], batch.num_rows - cut
    if held:
        yield pyarrow.Table.from_batches(held)


def _numbered(found: DryRun, partitions: list[tuple[int, int, int]], names: list[str]) -> DryRun:
    """The problems told by the rows of whole tables instead of those of their partitions."""
    starts: dict[tuple[str, int], int] = {}
    row, before = 0, -1
    for table, first, rows in partitions:
        row = row if table == before else 2
        starts[names[table], first >> ROW_BITS] = row
        row, before = row + rows, table
    told = found.to_dict()
    for problem in told["problems"]:
        partition, within = divmod(problem["row"], 1 << ROW_BITS)
        problem["row"] = problem["line"] = starts[problem["table"], partition] + within
    return DryRun.from_json(json.dumps(told))


def _empty_batch(schema: pyarrow.Schema) -> pyarrow.RecordBatch:
    return pyarrow.RecordBatch.from_pylist([], schema=schema)
