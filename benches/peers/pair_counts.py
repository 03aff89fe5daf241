"""Two columns of points to the table of pair counts with NumPy: `pair_counts.py FOLDER WAY`.

`unique` makes one number of each pair and counts the distinct ones (a hash table since NumPy 2.3);
`bincount` knows the 29 scores beforehand and counts into 29 × 29 cells, block by block.
"""

import sys

import numpy as np
from common import METRIC, read_points, repeat, report

LOWEST, HIGHEST = METRIC[0], METRIC[-1]
WIDTH = HIGHEST - LOWEST + 1
BLOCK = 1 << 16

baseline, follow_up = read_points()
place = np.zeros(HIGHEST + 1, np.intp)
place[METRIC] = np.arange(len(METRIC))
row_start = place * len(METRIC)
cell = np.empty((2, BLOCK), np.intp)


def refuse_off_scale(points: np.ndarray) -> None:
    if points.min() < LOWEST or points.max() > HIGHEST:
        raise ValueError("a score is off the scale")


def unique() -> np.ndarray:
    refuse_off_scale(baseline)
    refuse_off_scale(follow_up)
    return np.unique((baseline - LOWEST) * WIDTH + (follow_up - LOWEST), return_counts=True)[1]


def bincount() -> np.ndarray:
    cells = len(METRIC) ** 2
    counts = np.zeros(cells, np.int64)
    for start in range(0, len(baseline), BLOCK):
        first, second = baseline[start : start + BLOCK], follow_up[start : start + BLOCK]
        refuse_off_scale(first)
        refuse_off_scale(second)
        row, column = cell[:, : len(first)]
        np.take(row_start, first, out=row, mode="clip")
        np.take(place, second, out=column, mode="clip")
        counts += np.bincount(np.add(row, column, out=row), minlength=cells)
    return counts[counts > 0]


ways = {"unique": unique, "bincount": bincount}
seconds, counts = repeat(100, ways[sys.argv[2]])
checksum = int((counts * np.arange(1, len(counts) + 1)).sum())
report(seconds, {"n": int(counts.sum()), "cells": len(counts), "checksum": checksum})
