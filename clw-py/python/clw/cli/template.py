"""`clw template`: a first mapping and a first plan, to be corrected."""

import argparse
import datetime
import re
import shlex
import tomllib
from pathlib import Path
from typing import Any

from .._clw import Instrument, guess_mapping, instrument
from ..sources import CSV, DATABASES, PARQUET, WORKBOOK, frame, home, refused
from .arguments import UsageError, add_instruments, local, named
from .output import write

SUMMARY = "guess a first mapping and write a first plan"
HELP = """\
Looks at the headings and first rows of the files of a folder, or of a workbook, and writes
mapping.toml and plan.toml beside them, as a beginning. Each guess says why it was made; what a
spelling stands for is only proposed, as a remark to be accepted by removing its #. Every line is
for a person to check; then `clw check` says what would become of each row. A file that is there
already is not touched.

examples:
  clw template caseload
  clw template records.xlsx
  clw template --database sqlite:records.db --table assessments=forms --output caseload
"""

PLAN = """\
# A first plan: every line is to be checked. The result repeats it.
title = {title}
# The day that everything is judged on: who is due, who is still open.
as-of = "{today}"
# What is evaluated. `clw instruments` lists the questionnaires and their measures.
measures = [
{measures}]

[pairing]
# The first score is the baseline, and the last one up to four weeks after the end the follow-up.
baseline.rule = "first"
end-point = {{ rule = "last-until-closure", days = 28 }}
# Whose follow-up is due: whoever has had a baseline for so long.
due = {{ rule = "days-since-baseline", days = 84 }}
"""


def add_arguments(command: argparse.ArgumentParser) -> None:
    command.add_argument("source", type=Path, nargs="?", metavar="SOURCE")
    command.add_argument(
        "--table",
        action="append",
        default=[],
        type=named,
        metavar="NAME=WHERE",
        help="a file, or a table or query of the database; may be repeated",
    )
    command.add_argument("--database", metavar="URI", help=DATABASES)
    add_instruments(command)
    command.add_argument("--output", type=Path, metavar="DIR", help="where to write; beside SOURCE")


def run(given: argparse.Namespace) -> int:
    tables = [(where, frame(where, database=given.database)) for _, where in given.table]
    if given.source is not None:
        tables += files(given.source)
    if not tables:
        raise UsageError("give SOURCE or --table")
    mapping = guess_mapping(tables, instruments=local(given))
    source = given.source or Path()
    output = given.output or home(source)
    output.mkdir(parents=True, exist_ok=True)
    title = output.resolve().name
    for name, text in (
        ("mapping.toml", mapping),
        ("plan.toml", plan(mapping, title, local(given))),
    ):
        path = output / name
        if path.exists():
            print(f"{path} is there already and was not touched")
        else:
            write(path, text)
    command = ["clw", "check"]
    command += [str(given.source)] if given.source else []
    command += ["--mapping", str(output / "mapping.toml")] if output != home(source) else []
    command += ["--database", given.database] if given.database else []
    print(f"check every line of them, then: {shlex.join(command)}")
    return 0


def files(source: Path) -> list[tuple[str, Any]]:
    """The tables of a folder or a workbook, under the names a mapping gives them."""
    if not source.is_dir():
        return [(source.name, source if source.suffix.lower() in WORKBOOK else frame(source))]
    paths = sorted(source.iterdir())
    known = [path for path in paths if path.suffix.lower() in (*CSV, *PARQUET, *WORKBOOK)]
    if not known:
        kinds = ", ".join((*CSV, *PARQUET, *WORKBOOK))
        raise refused(f"{source} holds no file of a known kind ({kinds})", "no-tables")
    return [(path.name, frame(path) if path.suffix.lower() in PARQUET else path) for path in known]


def plan(mapping: str, title: str, own: list[Instrument]) -> str:
    """A plan of the questionnaires that the mapping names, with all their measures."""
    # A guess may leave a mapping unfinished, but it is TOML.
    found = sorted(set(instruments_of(tomllib.loads(mapping)))) or ["swemwbs"]
    measures = "".join(f"  {measure},\n" for name in found for measure in measures_of(name, own))
    quoted = '"' + re.sub(r'["\\]', "", title) + '"'
    return PLAN.format(title=quoted, today=datetime.date.today(), measures=measures)


def measures_of(name: str, own: list[Instrument]) -> list[str]:
    """The entries of a plan for a questionnaire: a single measure need not be named."""
    tool = next((tool for tool in own if tool.id == name), None) or instrument(name)
    if len(tool.measures) == 1:
        return [f'{{ instrument = "{name}" }}']
    return [f'{{ instrument = "{name}", measure = "{measure.id}" }}' for measure in tool.measures]


def instruments_of(node: Any) -> list[str]:
    if isinstance(node, list):
        return [name for part in node for name in instruments_of(part)]
    if not isinstance(node, dict):
        return []
    own = [name for key, name in node.items() if key == "instrument" and isinstance(name, str)]
    constants = node.get("constants", {})
    answers = node.get("columns", {}).get("answers")
    named = [constants["instrument"]] if "instrument" in constants else []
    named += answers if isinstance(answers, dict) else []
    below = [
        part for key, part in node.items() if key not in ("columns", "constants", "instrument")
    ]
    return named + (own if not named and "file" not in node else []) + instruments_of(below)
