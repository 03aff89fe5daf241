"""`clw merge`: evaluations of several programmes together."""

import argparse
from functools import reduce
from pathlib import Path

from .._clw import Evaluation
from ..sources import refused
from .arguments import add_instruments, add_public, check_output, local, public, read_evaluation
from .output import TABLES, show
from .terminal import Progress

SUMMARY = "add evaluations of several programmes"
HELP = """\
Adds evaluations of different people made under one plan: the result is that of everybody's
records in one place, byte for byte. It writes the same files as `clw evaluate`, but no list of
people: an evaluation holds counts, and nobody's row.

examples:
  clw merge east/evaluation.json west/evaluation.json --output together
"""


def add_arguments(command: argparse.ArgumentParser) -> None:
    command.add_argument("evaluations", type=Path, nargs="+", metavar="EVALUATION.JSON")
    add_instruments(command)
    command.add_argument("--output", type=Path, metavar="DIR", help="where to write the files")
    command.add_argument("--tables", choices=TABLES, help="also write figures, of this kind")
    add_public(command)


def run(given: argparse.Namespace) -> int:
    check_output(given)
    questionnaires = local(given)

    held: dict[str, Path] = {}
    for path in given.evaluations:
        text = path.read_text(encoding="utf-8")
        if text in held:
            raise refused(
                f"{held[text]} and {path} hold the same evaluation, and its people would count "
                "twice; give it once",
                "same-evaluation",
            )
        held[text] = path
    with Progress():
        merged = reduce(
            Evaluation.merge, [read_evaluation(*one, questionnaires) for one in held.items()]
        )
        disclosed = public(given, merged)
    show(merged, given.output, given.tables, disclosed)
    return 0
