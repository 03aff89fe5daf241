#!/usr/bin/env python3
"""Runs each timed program of clw in turn with its peer and prints what came out.

Needs the release build of clw-benches and a Python that has the wheel and requirements.txt;
`make bench` sees to all. Only the standard library is used here, so that this process stays small.
"""

import argparse
import json
import math
import os
import platform
import resource
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from comparisons import (
    GROWTH,
    PROGRAMS,
    ROOT,
    Comparison,
    command,
    evaluations,
    from_python,
    lacks,
    paired,
    steps,
)

OUT = ROOT / "target" / "benches"
PACKAGES = ("numpy=", "pandas=", "pingouin=", "polars=", "pyarrow=", "scipy=")


@dataclass
class Runs:
    """What one side took, a number for each round."""

    seconds: list[float] = field(default_factory=list)
    whole_seconds: list[float] = field(default_factory=list)
    processor_seconds: list[float] = field(default_factory=list)
    # Of one repeat, all threads together, where the program told it.
    work_processor_seconds: list[float] = field(default_factory=list)
    megabytes: list[float] = field(default_factory=list)


def folder(people: int) -> Path:
    path = OUT / f"people-{people}"
    if not (path / "points.i32").exists():
        print(f"making {people:,} people", file=sys.stderr)
        subprocess.run([PROGRAMS / "generate", path, str(people)], check=True)
    if not (path / "assessments.arrow").exists():
        subprocess.run(command("to_arrow.py", path), check=True)
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
    if "processor" in told:
        runs.work_processor_seconds.append(told["processor"])
    runs.megabytes.append(usage.ru_maxrss / 1024)
    return told


def same(ours: object, peer: object, within: float = 0.0) -> bool:
    """Whether clw has everything that the peer found, the same."""
    if isinstance(ours, dict) and isinstance(peer, dict):
        return all(key in ours and same(ours[key], peer[key], within) for key in peer)
    if isinstance(ours, list) and isinstance(peer, list):
        return len(ours) == len(peer) and all(
            same(*pair, within) for pair in zip(ours, peer, strict=True)
        )
    if isinstance(ours, float) or isinstance(peer, float):
        # SciPy's p may be 0 where clw reports the smallest it tells.
        return math.isclose(ours, peer, rel_tol=1e-9, abs_tol=within or 1e-300)
    return ours == peer


def agree(ours: dict, peer: dict, within: float) -> bool:
    """Whether both found the same; where the peer's numbers vary, near enough."""
    exact, near = ours["check"], ours.get("near", {})
    # What clw has nearly, a peer that works as clw does has the same.
    return same(near | exact, peer["check"]) and same(exact | near, peer.get("near", {}), within)


def compare(comparison: Comparison, rounds: int) -> dict:
    path = folder(comparison.people)
    commands = [command(words, path) for words in (comparison.ours, comparison.peer)]
    if comparison.most_rounds is None:
        for first in commands:
            run(first)
    sides = (Runs(), Runs())
    for _ in range(min(rounds, comparison.most_rounds or rounds)):
        told = [add(side, words) for side, words in zip(sides, commands, strict=True)]
        if not agree(*told, comparison.within):
            sys.exit(f"{comparison.name}: clw found {told[0]}, {comparison.peer_name} {told[1]}")
    return result(comparison, *sides)


def growth(sizes: list[int], results: list[dict], rounds: int) -> str:
    """How the cost grows with n: the medians just measured, and those of the table at hand."""
    at = {(row[side], row["people"]): row[of]["seconds"]
          for row in results for side, of in (("ours-command", "ours"), ("peer-command", "peer"))}  # fmt: skip
    lines = ["| what | by | " + " | ".join(f"n = {size:,}" for size in sizes) + " |",
             "|---|---|" + "--:|" * len(sizes)]  # fmt: skip
    for work, by, words in GROWTH:
        cells = []
        for size in sizes:
            if (words, size) not in at and by.startswith("clw") and not lacks(words):
                runs = Runs()
                for _ in range(rounds):
                    add(runs, command(words, folder(size)))
                at[words, size] = median(runs.seconds)
            seconds = at.get((words, size))
            cells.append("" if seconds is None else duration(seconds))
        if any(cells):
            lines.append(f"| {work} | {by} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def result(comparison: Comparison, ours: Runs, peer: Runs) -> dict:
    # Not all programs tell all.
    kinds = [kind for kind in vars(ours) if vars(ours)[kind] and vars(peer)[kind]]

    def ratio(kind: str) -> float:
        pairs = zip(vars(ours)[kind], vars(peer)[kind], strict=True)
        return median(peer / ours for ours, peer in pairs)

    def medians(runs: Runs) -> dict:
        return {kind: median(vars(runs)[kind]) for kind in kinds}

    return {
        "name": comparison.name,
        "work": comparison.work,
        "people": comparison.people,
        "peer-name": comparison.peer_name,
        "ours-command": comparison.ours,
        "peer-command": comparison.peer,
        "once": comparison.once,
        "aim": comparison.aim,
        "most-megabytes": comparison.most_megabytes,
        "ours": medians(ours),
        "peer": medians(peer),
        "ratio": {kind: ratio(kind) for kind in kinds},
        "runs": {"ours": vars(ours), "peer": vars(peer)},
    }


def first_line(words: list[str]) -> str | None:
    if shutil.which(words[0]) is None:
        return None
    told = subprocess.run(words, capture_output=True, text=True)
    return (told.stdout or told.stderr).partition("\n")[0]


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
        "packages": [v for v in versions if v.startswith(PACKAGES)],
        "r": first_line(["Rscript", "--version"]),
        "node": first_line(["node", "--version"]),
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
        if row["once"] or row["name"].startswith("python-"):
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


def of_python(results: list[dict]) -> str:
    """The wheel beside its peers: the work alone by the clock and in processor time, and the whole
    process with its start-up and its most memory."""
    lines = ["| what | people | by | wall clock | processor | whole process | memory | "
             "wall clock: ratio | processor: ratio | whole process: ratio |",
             "|---|--:|---|--:|--:|--:|--:|--:|--:|--:|"]  # fmt: skip
    kinds = ("seconds", "work_processor_seconds", "whole_seconds")
    told = set()
    for row in results:
        head = f"| {row['name'].removeprefix('python-')} | {row['people']:,} | "

        def cells(side: str, row: dict = row) -> str:
            times = " | ".join(duration(row[side][kind]) for kind in kinds)
            return f"{times} | {row[side]['megabytes']:.0f} MB | "

        if (row["name"], row["people"]) not in told:
            told.add((row["name"], row["people"]))
            lines.append(head + "clw | " + cells("ours") + "| | |")
        ratios = " | ".join(f"{row['ratio'][kind]:.1f} ×" for kind in kinds)
        lines.append(head + f"{row['peer-name']} | " + cells("peer") + ratios + " |")
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=1_000_000, help="of the single steps")
    parser.add_argument("--sizes", type=int, nargs="*", default=[1_000, 100_000, 1_000_000],
                        help="people of the whole evaluation")  # fmt: skip
    parser.add_argument("--paired-sizes", type=int, nargs="*", default=[100, 10_000, 1_000_000],
                        help="people of the paired statistics")  # fmt: skip
    parser.add_argument("--python-sizes", type=int, nargs="*", default=[1_000, 100_000, 1_000_000],
                        help="people of what is called from Python")  # fmt: skip
    parser.add_argument("--rounds", type=int, default=7, help="runs of each side, in turn")
    parser.add_argument("--only", nargs="*", help="names of comparisons, or how they start")
    arguments = parser.parse_args()
    chosen = [
        *steps(arguments.people),
        *paired(arguments.paired_sizes),
        *evaluations(arguments.sizes),
        *from_python(arguments.python_sizes),
    ]
    if arguments.only:
        chosen = [c for c in chosen if c.name.startswith(tuple(arguments.only))]
    OUT.mkdir(parents=True, exist_ok=True)
    facts = machine()
    results = []
    for comparison in chosen:
        print(f"{comparison.name}, {comparison.people:,} people", file=sys.stderr)
        if missing := lacks(comparison.ours) or lacks(comparison.peer):
            print(f"left out {comparison.peer_name}: no {missing}", file=sys.stderr)
            continue
        results.append(compare(comparison, arguments.rounds))
    text = table(results)
    if any(row["name"].startswith("paired-") for row in results):
        text += "\n\n" + growth(arguments.paired_sizes, results, arguments.rounds)
    if wheel := [row for row in results if row["name"].startswith("python-")]:
        wheel.sort(key=lambda row: (row["name"], row["people"]))
        text += "\n\n" + of_python(wheel)
    whole = {"machine": facts, "rounds": arguments.rounds, "results": results}
    (OUT / "results.json").write_text(json.dumps(whole, indent=2) + "\n")
    (OUT / "results.md").write_text(text + "\n")
    print(text)


if __name__ == "__main__":
    main()
