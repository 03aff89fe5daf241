"""Arguments that several commands share."""

import argparse
from pathlib import Path

from .._clw import (
    Caseload,
    ClwError,
    DisclosedEvaluation,
    Evaluation,
    Instrument,
    Mapping,
    PostcodeLookup,
)
from ..sources import DATABASES, caseload, home, refused

SOURCE = """\
SOURCE is a folder that holds mapping.toml, which says which heading of which file holds which
field; the files it names, CSV, Excel or Parquet; plan.toml, which declares every rule of the
evaluation; and, where the programme has questionnaires of its own, instruments/*.toml. Or it is
one file, such as an Excel workbook, with the rest beside it. With --database the mapping names
tables of the database instead of files.
"""


class UsageError(Exception):
    """Arguments that do not go together."""


def add_source(command: argparse.ArgumentParser) -> None:
    command.add_argument("source", type=Path, nargs="?", metavar="SOURCE")
    command.add_argument(
        "--mapping", type=Path, metavar="FILE.TOML", help="another mapping than SOURCE's own"
    )
    command.add_argument(
        "--table",
        action="append",
        default=[],
        type=named,
        metavar="NAME=WHERE",
        help="a table from another file, or a table or query of the database; may be repeated",
    )
    command.add_argument("--database", metavar="URI", help=DATABASES)
    command.add_argument(
        "--postcodes",
        type=Path,
        metavar="FILE.TOML",
        help="a mapping of a directory of postcodes beside it, for places on SIMD",
    )
    add_instruments(command)


def add_instruments(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--instrument",
        type=Path,
        action="append",
        default=[],
        metavar="FILE.TOML",
        help="the definition of a local questionnaire; may be repeated",
    )


def add_public(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--public", action="store_true", help="also write what may be published: public.html, …"
    )
    command.add_argument(
        "--hide-up-to",
        type=count,
        metavar="COUNT",
        help="the largest count that is hidden; without it 4",
    )
    command.add_argument(
        "--zeros",
        choices=("shown", "hidden"),
        help="whether zeros are shown or hidden too; without it shown",
    )
    command.add_argument(
        "--rounding-base",
        type=count,
        metavar="BASE",
        help="round the counts that are shown to multiples of BASE",
    )
    command.add_argument(
        "--after",
        type=Path,
        action="append",
        metavar="EVALUATION.JSON",
        help="what was published before, the programme's own evaluation, the oldest first; may be "
        "repeated",
    )


def check_output(given: argparse.Namespace) -> None:
    """Whether the arguments that say what is written go together."""
    rule = {"--hide-up-to": given.hide_up_to, "--zeros": given.zeros}
    rule |= {"--rounding-base": given.rounding_base, "--after": given.after}
    for argument, value in rule.items():
        if value is not None and not given.public:
            raise UsageError(f"{argument} needs --public")
    for argument, asked in (("--tables", given.tables), ("--public", given.public)):
        if asked and given.output is None:
            raise UsageError(f"{argument} needs --output")


def public(given: argparse.Namespace, evaluation: Evaluation) -> DisclosedEvaluation | None:
    """The evaluation as it may be published, where that is asked for."""
    if not given.public:
        return None
    questionnaires = local(given)
    return evaluation.disclosed(
        hide_up_to=4 if given.hide_up_to is None else given.hide_up_to,
        zeros=given.zeros or "shown",
        rounding_base=given.rounding_base,
        after=[
            read_evaluation(path.read_text(encoding="utf-8"), path, questionnaires)
            for path in given.after or ()
        ],
    )


def read_evaluation(text: str, path: Path, questionnaires: list[Instrument]) -> Evaluation:
    """The evaluation that a file holds."""
    try:
        return Evaluation.from_json(text, instruments=questionnaires)
    except ClwError as error:
        raise refused(f"{path}: {error}", error.code) from error


def count(text: str) -> int:
    if not (text.isascii() and text.isdigit()):
        raise argparse.ArgumentTypeError(f"{text!r} is no whole number from 0 on")
    return int(text)


def named(text: str) -> tuple[str, str]:
    name, separator, rest = text.partition("=")
    if not (name and separator and rest):
        raise argparse.ArgumentTypeError(f"{text!r} is not NAME=WHERE")
    return name, rest


def read_source(given: argparse.Namespace) -> Caseload:
    if given.source is None and given.mapping is None:
        raise UsageError("give SOURCE, or --mapping with --database or --table")
    return caseload(
        given.source,
        mapping=Mapping.from_file(given.mapping) if given.mapping else None,
        tables=dict(given.table),
        database=given.database,
        instruments=local(given),
        postcodes=PostcodeLookup.from_file(given.postcodes) if given.postcodes else None,
    )


def local(given: argparse.Namespace) -> list[Instrument]:
    """The questionnaires given, and those of the folder."""
    source = getattr(given, "source", None)
    own = sorted((home(source) / "instruments").glob("*.toml")) if source else []
    paths = [*given.instrument, *own]
    return [Instrument.from_toml(path.read_text(encoding="utf-8")) for path in paths]
