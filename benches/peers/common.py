"""What the peers share: the files, the clock and how a program tells what it measured."""

import json
import sys
from collections.abc import Callable
from pathlib import Path
from time import perf_counter
from typing import TypeVar

import numpy as np

FOLDER = Path(sys.argv[1])
ITEMS = 7

# Stewart-Brown et al. 2009, doi:10.1186/1477-7525-7-15: raw sums 7 to 35, in hundredths.
METRIC = [
    700, 951, 1125, 1240, 1333, 1408, 1475, 1532, 1584, 1636, 1688, 1743, 1798, 1859, 1925,
    1998, 2073, 2154, 2235, 2321, 2411, 2503, 2602, 2703, 2813, 2931, 3070, 3255, 3500,
]  # fmt: skip


def read_points() -> tuple[np.ndarray, np.ndarray]:
    baseline, follow_up = np.fromfile(FOLDER / "points.i32", "<i4").reshape(2, -1)
    return baseline, follow_up


T = TypeVar("T")


def repeat(times: int, work: Callable[[], T]) -> tuple[list[float], T]:
    """Does the work once to warm up and then so many times by the clock."""
    made = work()
    seconds = []
    for _ in range(times):
        start = perf_counter()
        made = work()
        seconds.append(perf_counter() - start)
    return seconds, made


def fit(work: Callable[[], T]) -> tuple[list[float], T]:
    """Does the work once to warm up and then for half a second by the clock, at least once.

    What takes seconds has nothing to gain from a warm-up and is done once in all.
    """
    start = perf_counter()
    made = work()
    seconds = [perf_counter() - start]
    if seconds[0] > 2:
        return seconds, made
    seconds.clear()
    until = perf_counter() + 0.5
    while not seconds or (len(seconds) < 1000 and perf_counter() < until):
        start = perf_counter()
        made = work()
        seconds.append(perf_counter() - start)
    return seconds, made


def report(seconds: list[float], check: dict, near: dict | None = None) -> None:
    """Tells the runner the seconds, the numbers that must equal those of clw, and those that must
    only be near them."""
    print(json.dumps({"seconds": seconds, "check": check, "near": near or {}}))
