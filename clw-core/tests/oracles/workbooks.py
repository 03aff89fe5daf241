"""Writes ../golden/workbooks: the same sheets by two independent writers of the Excel format.

openpyxl shares its texts between cells; XlsxWriter in constant memory writes them within each cell.

    target/oracle-venv/bin/pip install openpyxl==3.1.5 xlsxwriter==3.3.1
    target/oracle-venv/bin/python clw-core/tests/oracles/workbooks.py
"""

import datetime as dt
import pathlib

import openpyxl
import xlsxwriter

FOLDER = pathlib.Path(__file__).parent.parent / "golden" / "workbooks"

# A value, and the number format of its cell where it has one.
CLIENTS = [
    [("Client\nref", None), ("Gender", None), ("Born", None), ("SIMD", None), ("SIMD version", None)],
    [(101234567, "0000000000"), ("Female & co", None), (1950, "General"), (2.0, "0.0"), ("2020v2", None)],
    [None, None, None, None, None],
    [(1234567890, "0000000000"), ("Male", None), (1961, None), (5, None), ("2020v2", None)],
]
FORMS = [
    [("Client ref", None), ("Completed", None), ("Assisted", None), *((f"Q{n}", None) for n in range(1, 8))],
    [
        (101234567, "0000000000"),
        (dt.date(2026, 3, 5), "dd/mm/yyyy"),
        (True, None),
        *((score, None) for score in (3, 3.0, 2, 1, 5, 4, 3)),
    ],
    [
        (1234567890, "0000000000"),
        (dt.datetime(2026, 3, 6, 14, 30), "[$-809]dd mmmm yyyy hh:mm"),
        (False, None),
        *((score, None) for score in ("3", 4, 4, " 4 ", 4, "#N/A", 4)),
    ],
    [
        (1234567890, "0000000000"),
        (46100.5, None),
        None,
        *((score, None) for score in (1, 1, 1, 1, 1, 1, 1)),
    ],
]
SHEETS = {"Clients": CLIENTS, "Forms": FORMS}


def by_openpyxl(path):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in SHEETS.items():
        sheet = book.create_sheet(name)
        for row, cells in enumerate(rows, 1):
            for column, cell in enumerate(cells, 1):
                if cell is not None:
                    value, shown = cell
                    at = sheet.cell(row, column, value)
                    if shown:
                        at.number_format = shown
    book.save(path)


def by_xlsxwriter(path):
    book = xlsxwriter.Workbook(path, {"constant_memory": True, "default_date_format": "yyyy-mm-dd"})
    for name, rows in SHEETS.items():
        sheet = book.add_worksheet(name)
        for row, cells in enumerate(rows):
            for column, cell in enumerate(cells):
                if cell is not None:
                    value, shown = cell
                    sheet.write(row, column, value, book.add_format({"num_format": shown}) if shown else None)
    book.close()


FOLDER.mkdir(exist_ok=True)
by_openpyxl(FOLDER / "openpyxl.xlsx")
by_xlsxwriter(FOLDER / "xlsxwriter.xlsx")
