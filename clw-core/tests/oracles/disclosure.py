"""Attacks what the library publishes of random tables, by integer programming.

The views are the library's own; what is expected of them is not: for each hidden small count SciPy's
`milp` (HiGHS) finds the least and the most it can be, given every shown count, every sum and the rule.
The same with nothing shown but zeros says how much there is to protect at all.

    disclosure.py            prints the golden file; runs the example `disclose` of the library
"""

import itertools
import json
import random
import subprocess
import sys
from pathlib import Path

import numpy as np
import scipy
from scipy.optimize import Bounds, LinearConstraint, milp

ROOT = Path(__file__).parents[3]
TOTAL, FIRST, SECOND = 255, 253, 254
FAR = 10**6


def axis(length, nested):
    """Which places make which total along one axis."""
    if not nested or length < 4:
        return [(TOTAL, list(range(length)))]
    middle = length // 2
    return [(FIRST, list(range(middle))), (SECOND, list(range(middle, length))), (TOTAL, [FIRST, SECOND])]


def table(lengths, nested, counts):
    """Cells with counts, and sums, of a table with all its margins."""
    inner = itertools.product(*(range(length) for length in lengths))
    cells = dict(zip(inner, itertools.cycle(counts)))
    sums = []
    for place, length in enumerate(lengths):
        for total, parts in axis(length, nested):
            made = {}
            for cell, count in cells.items():
                if cell[place] in parts:
                    key = cell[:place] + (total,) + cell[place + 1:]
                    made[key] = made.get(key, 0) + count
            cells.update(made)
    for place, length in enumerate(lengths):
        for total, parts in axis(length, nested):
            for cell in cells:
                if cell[place] == total:
                    sums.append((cell, [cell[:place] + (part,) + cell[place + 1:] for part in parts]))
    return cells, sums


def name(cell):
    return ".".join(f"{place:03}" for place in cell)


def hidden_by_the_library(cases):
    lines = []
    for case in cases:
        cells, sums = table(case["lengths"], case["nested"], case["counts"])
        lines.append(json.dumps({
            "cells": [[name(cell), count] for cell, count in cells.items()],
            "sums": [[name(total), [name(part) for part in parts]] for total, parts in sums],
            "profile": {"hide-up-to": case["hide-up-to"]},
        }))
    run = subprocess.run(
        ["cargo", "run", "--quiet", "--package", "clw-core", "--example", "disclose"],
        input="\n".join(lines) + "\n", capture_output=True, text=True, check=True, cwd=ROOT,
    )
    return [json.loads(line) for line in run.stdout.splitlines()]


def small_totals(cells, sums, sensitive):
    """The cells that belong to a sensitive total."""
    within = set()
    while True:
        before = len(within)
        for total, parts in sums:
            if total in sensitive or total in within:
                within.update(parts)
        if len(within) == before:
            return within


def bounds(cells, sums, limit, hidden):
    """The least and the most each sensitive cell can be."""
    sensitive = {cell for cell, count in cells.items() if 1 <= count <= limit}
    within = small_totals(cells, sums, sensitive)
    keys = sorted(cells)
    place = {cell: i for i, cell in enumerate(keys)}
    low, high = np.zeros(len(keys)), np.zeros(len(keys))
    for cell, i in place.items():
        if cell not in hidden:
            low[i] = high[i] = cells[cell]
        elif cell in within:
            low[i], high[i] = 0, limit
        elif cell in sensitive:
            low[i], high[i] = 1, limit
        else:
            low[i], high[i] = limit + 1, FAR
    matrix = np.zeros((len(sums), len(keys)))
    for row, (total, parts) in enumerate(sums):
        matrix[row, place[total]] -= 1
        for part in parts:
            matrix[row, place[part]] += 1
    equal = LinearConstraint(matrix, 0, 0)

    def reach(cell, sign):
        goal = np.zeros(len(keys))
        goal[place[cell]] = sign
        found = milp(goal, constraints=equal, bounds=Bounds(low, high), integrality=np.ones(len(keys)))
        if not found.success:
            sys.exit(f"{cell}: {found.message}")
        return round(sign * found.fun)

    return {cell: (reach(cell, 1), reach(cell, -1)) for cell in sorted(sensitive)}


def cases():
    draw = random.Random(20261122)
    shapes = [
        ((3, 3), False), ((4, 3), True), ((6, 4), True), ((8, 5), True), ((10, 4), False),
        ((12, 6), True), ((3, 3, 3), False), ((4, 3, 2), True), ((4, 4, 3), True),
    ]
    for number, ((lengths, nested), limit) in enumerate(itertools.product(shapes, (4, 9))):
        size = int(np.prod(lengths))
        kinds = [lambda: draw.randrange(6), lambda: draw.randrange(40), lambda: draw.randrange(2000)]
        counts = [draw.choices(kinds, (4, 3, 1))[0]() for _ in range(size)]
        shape = " by ".join(map(str, lengths)) + (", nested" if nested else "")
        yield {
            "name": f"{number + 1}: {shape}, hiding up to {limit}",
            "lengths": list(lengths), "nested": nested, "hide-up-to": limit, "counts": counts,
        }


def main():
    golden = list(cases())
    for case, names in zip(golden, hidden_by_the_library(golden)):
        cells, sums = table(case["lengths"], case["nested"], case["counts"])
        by_name = {name(cell): cell for cell in cells}
        hidden, limit = {by_name[n] for n in names}, case["hide-up-to"]
        sensitive = {cell for cell, count in cells.items() if 1 <= count <= limit}
        within = small_totals(cells, sums, sensitive)
        hideable = {c for c, n in cells.items() if n > 0 or c in within}
        published = bounds(cells, sums, limit, hidden)
        at_best = bounds(cells, sums, limit, hideable)
        case["hidden"] = names
        case["possible"] = [[name(cell), least, most] for cell, (least, most) in published.items()]
        wide = [c for c, (least, most) in published.items()
                if max(least, 1) <= max(at_best[c][0], 1) and most >= at_best[c][1]]
        case["as-wide-as-could-be"] = len(wide)
        for cell, (least, most) in published.items():
            if least == most or cell not in hidden or cell not in wide:
                print(f"{case['name']}: {name(cell)} is {least} to {most}", file=sys.stderr)
    print("{")
    print(f'"made-by": "python clw-core/tests/oracles/disclosure.py; SciPy {scipy.__version__} milp",')
    print('"cases": [')
    print(",\n".join(json.dumps(case) for case in golden))
    print("]}")


main()
