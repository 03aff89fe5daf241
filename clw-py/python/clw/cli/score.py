"""`clw score`: scores beside the answers of a file."""

import argparse
import csv
import io
import re
import sys
from collections import Counter
from pathlib import Path
from typing import Any

from .._clw import Frame, Instrument, _sheet, _sheets, instrument
from ..sources import CSV, DATABASES, WORKBOOK, frame, refused
from .arguments import UsageError
from .output import write_frame
from .terminal import Progress

SUMMARY = "score a file of answers"
HELP = """\
Scores every row of a file of answers and writes the file again with the scores beside them: for
each measure its points, value, band, outcome and problem. A row that makes no score says why in
the last two: which item, what was found, the limit and the remedy. Nothing is guessed: a text is
an answer only where it is a number or --label says what it stands for. Rows of a CSV file or a
sheet that hold nothing at all are left out.

ANSWERS is a CSV, Excel or Parquet file, or with --database a table or query. --instrument is a
name of `clw instruments` or the definition of a local questionnaire.

examples:
  clw score forms.csv --instrument swemwbs --columns Q1,Q2,Q3,Q4,Q5,Q6,Q7 --output scored.csv
  clw score forms.csv --instrument ucla-3 --label often=3 --label "hardly ever=1"
  clw score "SELECT * FROM forms" --database sqlite:records.db --instrument local.toml
"""


def add_arguments(command: argparse.ArgumentParser) -> None:
    command.add_argument("answers", metavar="ANSWERS")
    command.add_argument("--instrument", required=True, metavar="NAME or FILE.TOML")
    command.add_argument(
        "--columns",
        metavar="A,B,…",
        help="the columns of the items, in form order; without it those of their ids, which "
        "`clw instruments NAME` lists",
    )
    command.add_argument(
        "--keep", metavar="A,B,…", help="the columns that go along, such as an id; without it all"
    )
    command.add_argument(
        "--label",
        action="append",
        default=[],
        type=label,
        metavar="TEXT=ANSWER",
        help="what a text stands for: a number, blank or not-applicable; may be repeated",
    )
    command.add_argument("--sheet", metavar="NAME", help="which sheet of a workbook with several")
    command.add_argument("--database", metavar="URI", help=DATABASES)
    command.add_argument(
        "--output",
        type=Path,
        metavar="FILE",
        help="a .csv or .parquet to write; without it the terminal",
    )
    command.add_argument(
        "--strict", action="store_true", help="exit with 3 if any row has no score"
    )


def label(text: str) -> tuple[str, int | str | None]:
    name, separator, answer = text.rpartition("=")
    if separator and re.fullmatch(r"-?\d+", answer):
        return name, int(answer)
    if separator and answer in ("blank", "not-applicable"):
        return name, None if answer == "blank" else answer
    raise argparse.ArgumentTypeError(
        f"{text!r} is not TEXT=ANSWER with a number, blank or not-applicable"
    )


def run(given: argparse.Namespace) -> int:
    questionnaire = find(given.instrument)
    check_output(given)
    with Progress():
        scored = score(questionnaire, given)
    if given.output is None:
        print(scored.to_csv(), end="")
    else:
        write_frame(given.output, scored)
    unscored = report(questionnaire, scored)
    return 3 if given.strict and unscored else 0


def check_output(given: argparse.Namespace) -> None:
    """Whether a file can be written as its name says, without losing the answers."""
    if given.output is None:
        return
    if given.output.suffix.lower() not in (".csv", ".parquet"):
        raise UsageError(f"--output {given.output} is neither .csv nor .parquet")
    if (
        given.output.exists()
        and Path(given.answers).exists()
        and given.output.samefile(given.answers)
    ):
        raise UsageError(f"--output {given.output} is the file of the answers; name another")


def score(questionnaire: Instrument, given: argparse.Namespace) -> Frame:
    labels: dict[str, Any] = dict(given.label)
    path = Path(given.answers)
    if given.database is None and path.suffix.lower() in (*CSV, *WORKBOOK):
        answers, numbers = read_texts(path, given.sheet)
        labels = numbers | labels
    else:
        answers = frame(given.answers, database=given.database)
    items = listed(given.columns) or [item.id for item in questionnaire.items]
    keep = Frame.from_arrow(answers).columns if given.keep is None else listed(given.keep)
    return Frame.from_arrow(
        questionnaire.score_frame(answers, columns=items, keep=keep, labels=labels)
    )


def find(name: str) -> Instrument:
    path = Path(name)
    if path.suffix == ".toml":
        return Instrument.from_toml(path.read_text(encoding="utf-8"))
    return instrument(name)


def listed(names: str | None) -> list[str]:
    return [name.strip() for name in names.split(",")] if names else []


def read_texts(path: Path, sheet: str | None) -> tuple[Frame, dict[str, Any]]:
    """The texts of a CSV file or a sheet, and which are whole numbers: a CSV has no types."""
    if path.suffix.lower() in WORKBOOK:
        text = _sheet(str(path), sheet or the_only_sheet(path))
    else:
        try:
            text = path.read_text(encoding="utf-8-sig")
            # In UTF-16 without its mark every other byte is 0, and what is left may well be UTF-8.
            if "\0" in text:
                raise UnicodeError("it holds a byte 0")
        except UnicodeError as error:
            raise refused(f"{path} is not UTF-8; save it as CSV UTF-8", "not-utf8") from error
    # What holds nothing at all, as rows of a sheet do, is a blank line of a file.
    read = csv.reader(io.StringIO(text, newline=""), delimiter=parted(text))
    rows = [row for row in read if any(cell.strip() for cell in row)]
    if not rows:
        raise refused(f"{path} is empty; its first row must hold the headings", "empty-file")
    headings, *cells = rows
    for number, row in enumerate(cells, 2):
        if len(row) != len(headings):
            raise refused(
                f"{path}, row {number}: {len(row)} cells under {len(headings)} headings; look for "
                "a separator or a quote that is missing",
                "malformed-record",
            )
    columns = [[cell.strip() or None for cell in column] for column in zip(*cells, strict=True)]
    columns = columns or [[] for _ in headings]
    texts = Frame.from_texts(list(zip(headings, columns, strict=True)))
    distinct = {cell for column in columns for cell in column if cell}
    whole = (text for text in distinct if re.fullmatch(r"[+-]?\d{1,15}(\.0*)?", text))
    return texts, {text: int(text.partition(".")[0]) for text in whole}


def parted(text: str) -> str:
    """What parts the headings most often, as where a mapping is guessed."""
    headings = text.lstrip().partition("\n")[0]
    return max(",;\t|", key=headings.count)


def the_only_sheet(path: Path) -> str:
    sheets = _sheets(str(path))
    if len(sheets) != 1:
        raise refused(
            f"{path} has the sheets {', '.join(sheets) or 'none'}; say with --sheet which one",
            "sheet-not-named",
        )
    return sheets[0]


def report(questionnaire: Instrument, scored: Frame) -> int:
    """Says on standard error how many rows of each measure have no score, and why."""
    names = scored.columns
    rows = list(csv.reader(scored.to_csv().splitlines(keepends=True)))[1:]
    unscored = 0
    for measure in questionnaire.measures:
        place = names.index(f"{measure.id.replace('-', '_')}_outcome")
        outcomes = Counter(row[place] for row in rows)
        scores = outcomes.pop("scored", 0)
        why = ", ".join(f"{count} {code}" for code, count in sorted(outcomes.items()))
        unscored += sum(outcomes.values())
        print(
            f"{measure.id}: {scores} of {len(rows)} rows scored" + (f"; {why}" if why else ""),
            file=sys.stderr,
        )
    return unscored
