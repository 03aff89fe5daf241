"""How much memory Spark's Python workers take as a caseload grows: python benches/spark_memory.py

Made-up people with an episode, two forms and three contacts each go through `clw.spark.evaluate` in a
`local-cluster` of two worker processes. The resident memory of the Python workers is read from /proc
ten times a second; the largest is printed, with that of a worker that has only imported its libraries.
"""

import argparse
import os
import sys
import tempfile
import threading
import time
from pathlib import Path

import duckdb
import pyspark

MAPPING = """
[tables.episodes]
file = "episodes"
columns = { person = "person", episode = "episode", referred = "day" }
[tables.contacts]
file = "contacts"
columns = { episode = "episode", date = "day", attendance = "attendance" }
[tables.assessments]
file = "forms"
constants = { instrument = "swemwbs" }
[tables.assessments.columns]
person = "person"
date = "day"
answers = ["q1", "q2", "q3", "q4", "q5", "q6", "q7"]
"""
PLAN = """
title = "Made up"
as-of = "2026-06-30"
measures = [{ instrument = "swemwbs" }]
pairing.baseline.rule = "first"
pairing.end-point.rule = "last"
pairing.due = { rule = "days-since-baseline", days = 84 }
"""
ANSWERS = ", ".join(f"1 + (hash(i * 2 + k, {n}) % 5)::INT AS q{n}" for n in range(1, 8))
TABLES = {
    "episodes": "SELECT 'P' || i AS person, 'E' || i AS episode, '2026-01-05' AS day "
    "FROM range({people}) t(i)",
    "contacts": "SELECT 'E' || (i // 3) AS episode, '2026-02-0' || (1 + i % 3) AS day, "
    "'seen' AS attendance FROM range(3 * {people}) t(i)",
    "assessments": f"SELECT 'P' || i AS person, CASE k WHEN 0 THEN '2026-01-09' ELSE '2026-05-05' "
    f"END AS day, {ANSWERS} FROM range({{people}}) t(i), range(2) s(k)",
}


def workers() -> dict[int, int]:
    """The resident bytes of each Python worker."""
    found = {}
    for status in Path("/proc").glob("[0-9]*/status"):
        try:
            command = (status.parent / "cmdline").read_bytes()
            if b"pyspark.daemon" in command or b"pyspark.worker" in command:
                lines = dict(line.split(":", 1) for line in status.read_text().splitlines())
                found[int(status.parent.name)] = 1024 * int(lines["VmRSS"].split()[0])
        except (OSError, KeyError, ValueError):
            continue
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("people", type=int, nargs="*", default=[100_000, 1_000_000])
    given = parser.parse_args()
    os.environ |= {
        "SPARK_HOME": str(Path(pyspark.__file__).parent),
        "PYSPARK_PYTHON": sys.executable,
        "SPARK_LOCAL_IP": "127.0.0.1",
    }
    import clw.spark
    from pyspark.sql import SparkSession

    builder = SparkSession.builder.master("local-cluster[2,1,1024]").appName("clw")
    for key, value in {
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.log.level": "ERROR",
        "spark.sql.shuffle.partitions": "4",
        # Few and large partitions: what is shown is that a task does not hold its own.
        "spark.sql.adaptive.enabled": "false",
    }.items():
        builder = builder.config(key, value)
    session = builder.getOrCreate()
    mapping, plan = clw.Mapping.from_toml(MAPPING), clw.Plan.from_toml(PLAN)
    for people in given.people:
        with tempfile.TemporaryDirectory() as folder:
            for name, query in TABLES.items():
                query = query.format(people=people)
                duckdb.sql(f"COPY ({query}) TO '{folder}/{name}.parquet'")
            frames = {name: session.read.parquet(f"{folder}/{name}.parquet") for name in TABLES}
            largest, done = 0, threading.Event()

            def watch() -> None:
                nonlocal largest
                while not done.wait(0.1):
                    largest = max(largest, *workers().values(), 0)

            watching = threading.Thread(target=watch)
            watching.start()
            begun = time.monotonic()
            evaluation = clw.spark.evaluate(frames=frames, mapping=mapping, plan=plan)
            seconds = time.monotonic() - begun
            done.set()
            watching.join()
            assert evaluation.people == people
            print(
                f"{people:>9} people, {6 * people:>9} rows: {seconds:6.1f} s, "
                f"largest Python worker {largest / 2**20:6.1f} MiB"
            )
    session.stop()


if __name__ == "__main__":
    main()
