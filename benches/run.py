#!/usr/bin/env python3
"""Runs each timed program of clw in turn with its peer and prints what came out.

Needs the release build of clw-benches and a Python that has requirements.txt; `make bench` sees to
both. Only the standard library is used here, so that this process stays small.
"""

import argparse
import json
import math
import os
import platform
import resource
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

BENCHES = Path(__file__).resolve().parent
ROOT = BENCHES.parent
PROGRAMS = ROOT / "target" / "release"
OUT = ROOT / "target" / "benches"


@dataclass(frozen=True)
class Comparison:
    """One program and its peer. The numbers both report must be equal."""

    name: str
    work: str
    ours: str
    peer: str
    peer_name: str
    people: int
    aim: float | None = None
    most_megabytes: int | None = None
    # Whether a run is one piece of work, so that the whole process is what a user waits for.
    once: bool = False
    check: bool = True


@dataclass
class Runs:
    """What one side took, a number for each round."""

    seconds: list[float] = field(default_factory=list)
    whole_seconds: list[float] = field(default_factory=list)
    processor_seconds: list[float] = field(default_factory=list)
    megabytes: list[float] = field(default_factory=list)


def comparisons(people: int, sizes: list[int]) -> list[Comparison]:
    def one(name, work, ours, peer, peer_name, aim=None, check=True):
        return Comparison(name, work, ours, peer, peer_name, people, aim, check=check)

    scoring = "two sittings a person, answers to points"
    wilcoxon = "columns of points to W⁺, z and p"
    micro = [
        one("score", scoring, "score complete", "score complete", "NumPy int8", 2),
        one("score-with-gaps", f"{scoring}, 1 % of forms with a gap", "score gappy", "score gappy",
            "NumPy int8", 2),
        one("score-unchecked", f"{scoring}, the peer without checks", "score complete",
            "score complete unchecked", "NumPy int8"),
        one("pair-counts", "columns of points to the table", "pair-counts", "pair_counts bincount",
            "NumPy bincount"),
        one("pair-counts-unique", "columns of points to the table", "pair-counts",
            "pair_counts unique", "NumPy unique"),
        one("wilcoxon", wilcoxon, "wilcoxon columns", "wilcoxon scipy", "SciPy", 20),
        one("wilcoxon-counting", wilcoxon, "wilcoxon columns", "wilcoxon numpy",
            "NumPy by counting"),
        one("wilcoxon-table", "from the table at hand", "wilcoxon table", "wilcoxon scipy",
            "SciPy"),
    ]  # fmt: skip
    whole = [
        Comparison("evaluate", "CSV to findings", "evaluate", "evaluate", "polars + SciPy", size,
                   aim=5, most_megabytes=150 if size >= 1_000_000 else None, once=True)
        for size in sizes
    ]  # fmt: skip
    return micro + whole


def folder(people: int) -> Path:
    path = OUT / f"people-{people}"
    if not (path / "points.i32").exists():
        print(f"making {people:,} people", file=sys.stderr)
        subprocess.run([PROGRAMS / "generate", path, str(people)], check=True)
    return path


def run(command: list) -> tuple[dict, float, resource.struct_rusage]:
    """What a program reports, its seconds from start to end, and what the system counted."""
    start = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
        output = process.stdout.read()
        # In place of wait(), because it also tells the memory and the processor time.
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    seconds = time.perf_counter() - start
    if process.returncode != 0:
        sys.exit(f"{' '.join(map(str, command))} ended with {process.returncode}")
    return json.loads(output), seconds, usage


def add(runs: Runs, command: list) -> dict:
    told, seconds, usage = run(command)
    # Whatever else the machine does only adds time, so the shortest repeat is nearest to the work.
    runs.seconds.append(min(told["seconds"]))
    runs.whole_seconds.append(seconds)
    runs.processor_seconds.append(usage.ru_utime + usage.ru_stime)
    runs.megabytes.append(usage.ru_maxrss / 1024)
    return told["check"]


def same(left: object, right: object) -> bool:
    if isinstance(left, dict) and isinstance(right, dict):
        return left.keys() == right.keys() and all(same(left[key], right[key]) for key in left)
    if isinstance(left, list) and isinstance(right, list):
        return len(left) == len(right) and all(map(same, left, right))
    if isinstance(left, float) or isinstance(right, float):
        # SciPy's p may be 0 where clw reports the smallest it tells.
        return math.isclose(left, right, rel_tol=1e-9, abs_tol=1e-300)
    return left == right


def compare(comparison: Comparison, rounds: int) -> dict:
    path = folder(comparison.people)
    program, *our_words = comparison.ours.split()
    script, *peer_words = comparison.peer.split()
    ours = [PROGRAMS / program, path, *our_words]
    peer = [sys.executable, BENCHES / "peers" / f"{script}.py", path, *peer_words]
    for command in (ours, peer):
        run(command)
    sides = (Runs(), Runs())
    for _ in range(rounds):
        checks = [add(side, command) for side, command in zip(sides, (ours, peer), strict=True)]
        if comparison.check and not same(*checks):
            sys.exit(f"{comparison.name}: clw found {checks[0]}, the peer {checks[1]}")
    return result(comparison, *sides)


def result(comparison: Comparison, ours: Runs, peer: Runs) -> dict:
    def ratio(kind: str) -> float:
        pairs = zip(vars(ours)[kind], vars(peer)[kind], strict=True)
        return median(peer / ours for ours, peer in pairs)

    def medians(runs: Runs) -> dict:
        return {kind: median(values) for kind, values in vars(runs).items()}

    return {
        "name": comparison.name,
        "work": comparison.work,
        "people": comparison.people,
        "peer-name": comparison.peer_name,
        "once": comparison.once,
        "aim": comparison.aim,
        "most-megabytes": comparison.most_megabytes,
        "ours": medians(ours),
        "peer": medians(peer),
        "ratio": {kind: ratio(kind) for kind in vars(ours)},
        "runs": {"ours": vars(ours), "peer": vars(peer)},
    }


def machine() -> dict:
    versions = subprocess.run(
        [sys.executable, "-m", "pip", "freeze", "--disable-pip-version-check"],
        capture_output=True, text=True, check=True,
    ).stdout.split()  # fmt: skip
    rustc = subprocess.run(["rustc", "--version"], capture_output=True, text=True, check=True)
    cpu = Path("/proc/cpuinfo")
    names = [line for line in cpu.read_text().splitlines() if line.startswith("model name")]
    return {
        "cores": os.cpu_count(),
        "processor": names[0].partition(": ")[2] if names else platform.processor(),
        "rustc": rustc.stdout.split()[1],
        "python": platform.python_version(),
        "packages": [v for v in versions if v.startswith(("numpy=", "polars=", "scipy="))],
        "load-at-start": os.getloadavg()[0],
    }


def duration(seconds: float) -> str:
    if seconds < 1e-3:
        return f"{seconds * 1e6:.1f} µs"
    return f"{seconds * 1e3:.2f} ms" if seconds < 0.1 else f"{seconds:.2f} s"


def verdict(row: dict) -> str:
    if row["aim"] is None:
        return ""
    kind = "whole_seconds" if row["once"] else "seconds"
    words = [f"≥ {row['aim']} ×: " + ("met" if row["ratio"][kind] >= row["aim"] else "**missed**")]
    if row["most-megabytes"] is not None:
        met = row["ours"]["megabytes"] < row["most-megabytes"]
        words.append(f"< {row['most-megabytes']} MB: " + ("met" if met else "**missed**"))
    return "; ".join(words)


def table(results: list[dict]) -> str:
    lines = [
        "| what | people | clw | peer | ratio | aim |",
        "|---|--:|--:|--:|--:|---|",
    ]
    for row in results:
        if row["once"]:
            continue
        ours, peer = duration(row["ours"]["seconds"]), duration(row["peer"]["seconds"])
        lines.append(
            f"| {row['name']}: {row['work']} | {row['people']:,} | {ours} | {peer} "
            f"({row['peer-name']}) | {row['ratio']['seconds']:.1f} × | {verdict(row)} |"
        )
    whole = [row for row in results if row["once"]]
    if not whole:
        return "\n".join(lines)
    lines += ["", "| CSV to findings | people | clw | polars + SciPy | ratio | aim |",
              "|---|--:|--:|--:|--:|---|"]  # fmt: skip
    kinds = {
        "whole_seconds": "whole process, wall clock",
        "seconds": "without start-up, wall clock",
        "processor_seconds": "whole process, processor time",
    }
    for row in whole:
        for kind, label in kinds.items():
            ours, peer = duration(row["ours"][kind]), duration(row["peer"][kind])
            aim = verdict(row) if kind == "whole_seconds" else ""
            ratio = f"{row['ratio'][kind]:.1f} ×"
            lines.append(f"| {label} | {row['people']:,} | {ours} | {peer} | {ratio} | {aim} |")
        memory = [f"{row[side]['megabytes']:.0f} MB" for side in ("ours", "peer")]
        lines.append(f"| peak memory | {row['people']:,} | {memory[0]} | {memory[1]} | "
                     f"{row['ratio']['megabytes']:.1f} × | |")  # fmt: skip
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=1_000_000, help="of the single steps")
    parser.add_argument("--sizes", type=int, nargs="*", default=[1_000, 100_000, 1_000_000],
                        help="people of the whole evaluation")  # fmt: skip
    parser.add_argument("--rounds", type=int, default=7, help="runs of each side, in turn")
    parser.add_argument("--only", nargs="*", help="names of comparisons, or how they start")
    arguments = parser.parse_args()
    chosen = comparisons(arguments.people, arguments.sizes)
    if arguments.only:
        chosen = [c for c in chosen if c.name.startswith(tuple(arguments.only))]
    OUT.mkdir(parents=True, exist_ok=True)
    facts = machine()
    results = []
    for comparison in chosen:
        print(f"{comparison.name}, {comparison.people:,} people", file=sys.stderr)
        results.append(compare(comparison, arguments.rounds))
    text = table(results)
    whole = {"machine": facts, "rounds": arguments.rounds, "results": results}
    (OUT / "results.json").write_text(json.dumps(whole, indent=2) + "\n")
    (OUT / "results.md").write_text(text + "\n")
    print(text)


if __name__ == "__main__":
    main()
