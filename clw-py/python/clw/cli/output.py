"""What commands write."""

import csv
import importlib
import io
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from .._clw import DisclosedEvaluation, Evaluation, Frame
from ..sources import needed
from ..tidy import COLUMNS, figures
from .terminal import paint

TABLES = ("csv", "parquet")


def show(
    evaluation: Evaluation,
    output: Path | None,
    tables: str | None = None,
    public: DisclosedEvaluation | None = None,
) -> None:
    """The files, and the answer in plain words."""
    if output is not None:
        output.mkdir(parents=True, exist_ok=True)
        write(output / "report.html", evaluation.report_html())
        write(output / "evaluation.json", evaluation.to_json())
        if tables:
            rows = [[row[column] for column in COLUMNS] for row in figures(evaluation)]
            write_rows(output / f"figures.{tables}", COLUMNS, rows)
        if public is not None:
            write(output / "public.html", public.report_html())
            write(output / "public.csv", public.csv())
            write(output / "public.json", public.to_json())
    title, _, rest = evaluation.summary.partition("\n")
    print(paint(title, "bold", sys.stdout))
    print(rest)


def write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="")
    print(path, file=sys.stderr)


def write_frame(path: Path, frame: Any) -> None:
    """A frame as CSV or Parquet, by the name of the file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.suffix.lower() == ".parquet":
        parquet = needed("pyarrow.parquet", "Parquet", "parquet")
        pyarrow = importlib.import_module("pyarrow")
        parquet.write_table(pyarrow.table(frame), path)
        print(path, file=sys.stderr)
    else:
        write(path, Frame.from_arrow(frame).to_csv())


def write_rows(path: Path, columns: Sequence[str], rows: list[list[Any]]) -> None:
    if path.suffix == ".parquet":
        parquet = needed("pyarrow.parquet", "Parquet", "parquet")
        pyarrow = importlib.import_module("pyarrow")
        by_column = zip(*rows, strict=True) if rows else [[] for _ in columns]
        table = {
            name: _column(pyarrow, list(cells))
            for name, cells in zip(columns, by_column, strict=True)
        }
        parquet.write_table(pyarrow.table(table), path)
        print(path, file=sys.stderr)
        return
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(rows)
    write(path, text.getvalue())


def _column(pyarrow: Any, cells: list[Any]) -> Any:
    """Figures are of one type, whether a column happens to hold whole ones only or not."""
    if any(isinstance(cell, float) for cell in cells):
        cells = [None if cell is None else float(cell) for cell in cells]
    return pyarrow.array(cells)
