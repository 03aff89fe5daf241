"""`clw evaluate`: a caseload under its plan."""

import argparse
import sys
from pathlib import Path

from .._clw import Caseload, Plan, check, evaluate
from ..sources import home
from .arguments import (
    SOURCE,
    UsageError,
    add_public,
    add_source,
    check_output,
    count,
    local,
    public,
    read_source,
)
from .output import TABLES, show, write_frame
from .terminal import Progress

SUMMARY = "evaluate a caseload under its plan"
HELP = f"""\
Evaluates a caseload under its plan and prints the answer in plain words. With --output it also
writes report.html, which stands alone, and evaluation.json, which `clw merge` adds to others.
With --tables it adds two tables for spreadsheets and Power BI: figures, a row for each number
with its interval and n, and people, a row for each person, episode and measure with scores,
change and what became of it. All of it holds small counts, and people are named: it is for the
programme's own use.

What may leave the programme comes with --public: public.html, public.csv and public.json, in which
counts from 1 to 4, or to --hide-up-to, are hidden with whatever would give them away.

{SOURCE}
examples:
  clw evaluate caseload --output results
  clw evaluate caseload --output results --tables parquet
  clw evaluate caseload --output results --public --hide-up-to 9
  clw evaluate records.xlsx --mapping mapping.toml --plan plan.toml
  clw evaluate --mapping mapping.toml --plan plan.toml --database duckdb:records.duckdb
  clw evaluate caseload --table assessments=forms.parquet
"""


def add_arguments(command: argparse.ArgumentParser) -> None:
    add_source(command)
    command.add_argument(
        "--plan", type=Path, metavar="FILE.TOML", help="another plan than SOURCE's own"
    )
    command.add_argument(
        "--threads", type=count, help="how many threads share the work; without it all there are"
    )
    command.add_argument("--output", type=Path, metavar="DIR", help="where to write the files")
    command.add_argument("--tables", choices=TABLES, help="also write tables, of this kind")
    add_public(command)
    command.add_argument(
        "--strict", action="store_true", help="evaluate only if all rows can be used"
    )


def run(given: argparse.Namespace) -> int:
    check_output(given)
    path = given.plan or (home(given.source) / "plan.toml" if given.source else None)
    if path is None:
        raise UsageError("give --plan, as there is no folder that holds one")
    with Progress():
        caseload = read_source(given)
        plan = Plan.from_file(path, instruments=local(given))
        rejected = count_rejected(caseload) if given.strict else 0
    if rejected:
        rows = "row" if rejected == 1 else "rows"
        print(
            f"clw: {rejected} {rows} would not be used, and --strict evaluates only where all are; "
            "see clw check",
            file=sys.stderr,
        )
        return 3
    with Progress():
        evaluation = evaluate(caseload, plan=plan, threads=given.threads)
        disclosed = public(given, evaluation)
        people = caseload.people(plan=plan) if given.tables else None
    if people is not None:
        write_frame(given.output / f"people.{given.tables}", people)
    show(evaluation, given.output, given.tables, disclosed)
    return 0


def count_rejected(caseload: Caseload) -> int:
    tables = check(caseload).tables.values()
    return sum(sum(table["rejected"].values()) for table in tables)
