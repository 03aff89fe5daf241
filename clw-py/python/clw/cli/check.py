"""`clw check`: what would become of every row."""

import argparse
import re
import sys

from .._clw import check
from .arguments import SOURCE, add_source, read_source
from .terminal import Progress, paint

SUMMARY = "say what would become of every row"
HELP = f"""\
Reads every row, evaluates nothing, and says which rows would not be used and why: in which file, in
which row and line, what was found and the remedy.

{SOURCE}
examples:
  clw check caseload
  clw check records.xlsx --mapping mapping.toml
  clw check --mapping mapping.toml --database sqlite:records.db
"""
MARKS = {"rejected": "red", "warning": "yellow"}


def add_arguments(command: argparse.ArgumentParser) -> None:
    add_source(command)


def run(given: argparse.Namespace) -> int:
    with Progress():
        found = check(read_source(given))
    for line in str(found).splitlines():
        mark = re.match(r"(rejected|warning):", line)
        if mark:
            line = paint(mark[0], MARKS[mark[1]], sys.stdout) + line.removeprefix(mark[0])
        print(line)
    rejected = any(table["rejected"] for table in found.tables.values())
    return 3 if rejected else 0
