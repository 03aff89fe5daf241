#!/usr/bin/env python3
"""One thread beside two, in turn in one process, of the wheel: `threads.py [PEOPLE] [ROUNDS]`.

Needs what `make bench` makes. Processor time beside the clock tells how far the machine was busy
with other things: where two threads take the processor time of one, and less by the clock, they
were at work side by side.
"""

import os
import sys
from pathlib import Path
from statistics import median
from threading import Thread
from time import perf_counter, process_time

PEOPLE = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
ROUNDS = int(sys.argv[2]) if len(sys.argv) > 2 else 7
HERE = Path(__file__).resolve().parent
sys.argv = [sys.argv[0], str(HERE.parent / "target" / "benches" / f"people-{PEOPLE}"), ""]
sys.path.insert(0, str(HERE / "peers"))

import clw  # noqa: E402
from wheel import FOLDER, MAPPING, PLAN, table  # noqa: E402

COLUMNS = [f"q{item}" for item in range(1, 8)]
instrument, frame = clw.instrument("swemwbs"), table()
mapping, plan = clw.Mapping.from_toml(MAPPING), clw.Plan.from_toml(PLAN)
caseload = clw.Caseload.from_frames({"assessments": frame}, mapping=mapping)
halves = frame.slice(0, len(frame) // 2), frame.slice(len(frame) // 2)


def score(rows, threads: int):
    return instrument.score_frame(rows, columns=COLUMNS, threads=threads)


def in_turn() -> None:
    for half in halves:
        score(half, 1)


def side_by_side() -> None:
    threads = [Thread(target=score, args=(half, 1)) for half in halves]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


WORKS = {
    "score_frame, threads=": (lambda: score(frame, 1), lambda: score(frame, 2)),
    "score_frame, in threads of Python": (in_turn, side_by_side),
    "evaluate a caseload of frames, threads=": tuple(
        lambda threads=threads: clw.evaluate(caseload, plan=plan, threads=threads)
        for threads in (1, 2)
    ),
    "evaluate CSV, threads=": tuple(
        lambda threads=threads: clw.evaluate(
            plan=plan, folder=FOLDER, mapping=mapping, threads=threads
        )
        for threads in (1, 2)
    ),
}

print("| work | one thread | two | ratio by the clock | best of each | processor: ratio |")
print("|---|--:|--:|--:|--:|--:|")
for name, sides in WORKS.items():
    runs = []
    for work in sides:
        work()
    for _ in range(ROUNDS):
        for work in sides:
            start, used = perf_counter(), process_time()
            work()
            runs.append((perf_counter() - start, process_time() - used))
    (one, two), (one_used, two_used) = (
        (kind[::2], kind[1::2]) for kind in zip(*runs, strict=True)
    )
    ratio = median(a / b for a, b in zip(one, two, strict=True))
    used = median(a / b for a, b in zip(one_used, two_used, strict=True))
    print(f"| {name} | {median(one) * 1e3:.0f} ms | {median(two) * 1e3:.0f} ms | {ratio:.2f} × "
          f"| {min(one) / min(two):.2f} × | {used:.2f} × |")  # fmt: skip
print(f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores, {PEOPLE:,} people")
