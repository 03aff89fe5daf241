"""The command `clw`: instruments, a dry run, an evaluation and its report, and merging."""

import argparse
import sys
from collections.abc import Sequence
from functools import reduce
from pathlib import Path

from ._clw import (
    ClwError,
    Evaluation,
    Instrument,
    Mapping,
    Plan,
    check,
    evaluate,
    instruments,
)

EXIT_CODES = """\
exit codes:
  0  done
  1  refused: what was found, the limit and the remedy are on standard error
  2  the command line cannot be read
  3  check: done, and some rows would not be used
"""

FOLDER = """\
The folder holds mapping.toml, which says which heading of which CSV file holds which field; the
files it names; plan.toml, which declares every rule of the evaluation; and, where the programme has
questionnaires of its own, instruments/*.toml.
"""

CHECK = "Reads every row, evaluates nothing, and says which rows would not be used and why."

EVALUATE = """\
Evaluates a folder under its plan and prints the answer in plain words. With --output it also writes
report.html, which stands alone, and evaluation.json, which `clw merge` adds to others.
Both hold small counts and are for the programme's own use.
"""

MERGE = """\
Adds evaluations of different people made under one plan: the result is that of everybody's records
in one place, byte for byte. It writes the same files as `clw evaluate`.
"""


def parser() -> argparse.ArgumentParser:
    """The command line, whose --help teaches."""
    raw = argparse.RawDescriptionHelpFormatter
    whole = argparse.ArgumentParser(
        prog="clw",
        description="Outcomes of community link worker programmes.",
        epilog="a first look: clw check FOLDER, then clw evaluate FOLDER --output RESULTS\n\n"
        + EXIT_CODES,
        formatter_class=raw,
    )
    commands = whole.add_subparsers(dest="command", required=True, metavar="COMMAND")

    listing = commands.add_parser(
        "instruments", help="list the questionnaires that come with the library"
    )
    listing.set_defaults(run=list_instruments)

    checking = commands.add_parser(
        "check",
        help="say what would become of every row",
        description=f"{CHECK}\n\n{FOLDER}",
        epilog=EXIT_CODES,
        formatter_class=raw,
    )
    checking.set_defaults(run=run_check)

    evaluating = commands.add_parser(
        "evaluate",
        help="evaluate a folder under its plan",
        description=f"{EVALUATE}\n{FOLDER}",
        epilog=EXIT_CODES,
        formatter_class=raw,
    )
    evaluating.add_argument("--plan", type=Path, help="another plan than the folder's")
    evaluating.add_argument("--threads", type=int, help="how many share the work; all there are")
    evaluating.set_defaults(run=run_evaluate)

    for command in (checking, evaluating):
        command.add_argument("folder", type=Path, metavar="FOLDER")
        command.add_argument("--mapping", type=Path, help="another mapping than the folder's")

    merging = commands.add_parser(
        "merge",
        help="add evaluations of several programmes",
        description=MERGE,
        epilog=EXIT_CODES,
        formatter_class=raw,
    )
    merging.add_argument("evaluations", type=Path, nargs="+", metavar="EVALUATION.JSON")
    merging.set_defaults(run=run_merge)

    for command in (evaluating, merging):
        command.add_argument("--output", type=Path, metavar="DIR", help="where to write the files")
    for command in (checking, evaluating, merging):
        command.add_argument(
            "--instrument",
            type=Path,
            action="append",
            default=[],
            metavar="FILE.TOML",
            help="the definition of a local questionnaire; may be given several times",
        )
    return whole


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command and returns its exit code."""
    given = parser().parse_args(arguments)
    try:
        code: int = given.run(given)
    except (ClwError, OSError) as error:
        print(f"clw: {error}", file=sys.stderr)
        return 1
    return code


def list_instruments(_given: argparse.Namespace) -> int:
    for instrument in instruments():
        measures = ", ".join(measure.id for measure in instrument.measures)
        print(f"{f'{instrument.id}@{instrument.version}':<32} {instrument.title}: {measures}")
    return 0


def run_check(given: argparse.Namespace) -> int:
    found = check(folder=given.folder, mapping=mapping(given), instruments=local(given))
    print(found, end="")
    rejected = any(table["rejected"] for table in found.tables.values())
    return 3 if rejected else 0


def run_evaluate(given: argparse.Namespace) -> int:
    questionnaires = local(given)
    plan = Plan.from_file(given.plan, instruments=questionnaires) if given.plan else None
    evaluation = evaluate(
        plan=plan,
        folder=given.folder,
        mapping=mapping(given),
        instruments=questionnaires,
        threads=given.threads,
    )
    show(evaluation, given.output)
    return 0


def run_merge(given: argparse.Namespace) -> int:
    questionnaires = local(given)
    read = [
        Evaluation.from_json(path.read_text(encoding="utf-8"), instruments=questionnaires)
        for path in given.evaluations
    ]
    show(reduce(Evaluation.merge, read), given.output)
    return 0


def mapping(given: argparse.Namespace) -> Mapping | None:
    return Mapping.from_file(given.mapping) if given.mapping else None


def local(given: argparse.Namespace) -> list[Instrument]:
    return [Instrument.from_toml(path.read_text(encoding="utf-8")) for path in given.instrument]


def show(evaluation: Evaluation, output: Path | None) -> None:
    print(evaluation.summary)
    if output is None:
        return
    output.mkdir(parents=True, exist_ok=True)
    for name, text in (
        ("report.html", evaluation.report_html()),
        ("evaluation.json", evaluation.to_json()),
    ):
        (output / name).write_text(text, encoding="utf-8", newline="")
        print(f"\n{output / name}", end="")
    print()


if __name__ == "__main__":
    sys.exit(main())
