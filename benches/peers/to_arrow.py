"""Writes the spreadsheet once more as a file of Arrow, for whoever begins at a frame: `to_arrow.py FOLDER`."""

from common import FOLDER
from frame_pyarrow import TYPES
from pyarrow import csv, ipc

read = csv.ConvertOptions(column_types=TYPES)
table = csv.read_csv(FOLDER / "assessments.csv", convert_options=read)
with ipc.new_file(str(FOLDER / "assessments.arrow"), table.schema) as file:
    file.write_table(table)
