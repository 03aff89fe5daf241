"""Columns of answers to points with NumPy: `score.py FOLDER complete|gappy [unchecked]`.

Bytes stay bytes: sums of seven codes fit int8, so every step but the look-up is one vector
instruction for 64 rows. Blocks keep the temporaries in the second-level cache, outputs are
allocated once, and `mode="clip"` spares the look-up its copy of the output.
"""

import sys

import numpy as np
from common import FOLDER, ITEMS, METRIC, repeat, report

BLOCK = 1 << 17
LOWEST, HIGHEST = 1, 5

kind = sys.argv[2]
checked = "unchecked" not in sys.argv
answers = np.fromfile(FOLDER / f"answers-{kind}.i8", np.int8).reshape(2, ITEMS, -1)
rows = answers.shape[2]
points = np.empty((2, rows), np.int32)
unscored = np.zeros((2, rows), bool)
table = np.zeros(ITEMS * HIGHEST + 1, np.int32)
table[ITEMS:] = METRIC
raw = np.empty(BLOCK, np.int8)
above = np.empty(BLOCK, np.uint8)
highest_above = np.empty(BLOCK, np.uint8)


def mark_outside(columns: np.ndarray, unscored: np.ndarray) -> None:
    """Marks the rows with a code outside the range: below it, unsigned bytes wrap to above it."""
    codes, size = columns.view(np.uint8), columns.shape[1]
    np.subtract(codes[0], LOWEST, out=highest_above[:size])
    for column in codes[1:]:
        np.subtract(column, LOWEST, out=above[:size])
        np.maximum(highest_above[:size], above[:size], out=highest_above[:size])
    np.greater(highest_above[:size], HIGHEST - LOWEST, out=unscored)


def score_block(columns: np.ndarray, points: np.ndarray, unscored: np.ndarray) -> None:
    sums = raw[: columns.shape[1]]
    np.add(columns[0], columns[1], out=sums)
    for column in columns[2:]:
        np.add(sums, column, out=sums)
    if checked:
        # Where gaps are to be expected, looking for any before looking for each costs more.
        if kind == "complete" and columns.min() >= LOWEST and columns.max() <= HIGHEST:
            unscored[:] = False
        else:
            mark_outside(columns, unscored)
    np.take(table, sums, out=points, mode="clip")


def score() -> None:
    for sitting in range(2):
        for start in range(0, rows, BLOCK):
            block = slice(start, start + BLOCK)
            score_block(
                answers[sitting, :, block], points[sitting, block], unscored[sitting, block]
            )


seconds, _ = repeat(100, score)
if not checked:
    mark_all = [mark_outside(answers[s, :, b : b + BLOCK], unscored[s, b : b + BLOCK])
                for s in range(2) for b in range(0, rows, BLOCK)]  # fmt: skip
scored = [
    [int((~unscored[sitting]).sum()), int(points[sitting][~unscored[sitting]].sum(dtype=np.int64))]
    for sitting in range(2)
]
report(seconds, {"scored-and-sum": scored})
