"""What the peers share: the files, the clock and how a program tells what it measured."""

import json
import sys
from collections.abc import Callable
from pathlib import Path
from time import perf_counter, process_time
from typing import TypeVar

import numpy as np

FOLDER = Path(sys.argv[1])
ITEMS = 7

# Stewart-Brown et al. 2009, doi:10.1186/1477-7525-7-15: raw sums 7 to 35, in hundredths.
METRIC = [
    700, 951, 1125, 1240, 1333, 1408, 1475, 1532, 1584, 1636, 1688, 1743, 1798, 1859, 1925,
    1998, 2073, 2154, 2235, 2321, 2411, 2503, 2602, 2703, 2813, 2931, 3070, 3255, 3500,
]  # fmt: skip

# Ng Fat et al. 2017, the band of each raw sum: the 15th and 85th centiles, England 2010-13.
BANDS = ["low" if score < 1950 else "medium" if score <= 2750 else "high" for score in METRIC]

# What a day is multiplied by to share a number with the score of the day.
SHIFT = 1 << 12


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
    seconds, _, made = fit_both(work)
    return seconds, made


def fit_both(work: Callable[[], T]) -> tuple[list[float], float, T]:
    """The same, with the processor time of one repeat, all threads together."""
    used, start = process_time(), perf_counter()
    made = work()
    seconds, used = [perf_counter() - start], process_time() - used
    if seconds[0] > 2:
        return seconds, used, made
    seconds.clear()
    used, until = process_time(), perf_counter() + 0.5
    while not seconds or (len(seconds) < 1000 and perf_counter() < until):
        start = perf_counter()
        made = work()
        seconds.append(perf_counter() - start)
    return seconds, (process_time() - used) / len(seconds), made


def report(
    seconds: list[float], check: dict, near: dict | None = None, processor: float | None = None
) -> None:
    """Tells the runner the seconds, the numbers that must equal those of clw, those that must only be
    near them, and the processor time of all threads where it was taken."""
    told = {"seconds": seconds, "check": check, "near": near or {}}
    print(json.dumps(told | ({} if processor is None else {"processor": processor})))
