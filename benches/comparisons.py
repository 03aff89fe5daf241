"""What is compared with what: each program of clw, its peer and the work that both do."""

import shutil
import subprocess
import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path

BENCHES = Path(__file__).resolve().parent
ROOT = BENCHES.parent
PROGRAMS = ROOT / "target" / "release"


@dataclass(frozen=True)
class Comparison:
    """One program and its peer. The numbers that the peer reports must equal those of clw."""

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
    # How far apart those numbers may be that differ by chance or by how a root is found.
    within: float = 0.0
    # Where the peer takes half a minute: run this often, the first time too.
    most_rounds: int | None = None


def command(words: str, folder: Path) -> list:
    """What to start: a program of clw, or a script with its interpreter."""
    name, *rest = words.split()
    script = BENCHES / "peers" / name
    start = {
        ".py": [sys.executable, script],
        ".R": ["Rscript", "--vanilla", script],
        ".mjs": ["node", script],
    }.get(script.suffix, [PROGRAMS / name])
    return [*start, folder, *rest]


@cache
def lacks(words: str) -> str | None:
    """What has to be installed before a script can run, if anything."""
    suffix = Path(words.split()[0]).suffix
    if suffix == ".R":
        packages = "for (name in c('boot', 'exactRankTests')) loadNamespace(name)"
        if shutil.which("Rscript") is None:
            return "Rscript"
        if subprocess.run(["Rscript", "--vanilla", "-e", packages], capture_output=True).returncode:
            return "R's boot and exactRankTests"
    if suffix == ".mjs":
        if shutil.which("node") is None:
            return "node"
        for built in ("target/npm/node_modules", "clw-wasm/dist/clw.js"):
            if not (ROOT / built).exists():
                return built
    return None


def steps(people: int) -> list[Comparison]:
    """The single steps of an evaluation."""

    def one(name, work, ours, peer, peer_name, aim=None):
        return Comparison(name, work, ours, peer, peer_name, people, aim)

    scoring = "two sittings a person, answers to points"
    wilcoxon = "columns of points to W⁺, z and p"
    return [
        one("score", scoring, "score complete", "score.py complete", "NumPy int8", 2),
        one("score-with-gaps", f"{scoring}, 1 % of forms with a gap", "score gappy",
            "score.py gappy", "NumPy int8", 2),
        one("score-unchecked", f"{scoring}, the peer without checks", "score complete",
            "score.py complete unchecked", "NumPy int8"),
        one("pair-counts", "columns of points to the table", "pair-counts",
            "pair_counts.py bincount", "NumPy bincount"),
        one("pair-counts-unique", "columns of points to the table", "pair-counts",
            "pair_counts.py unique", "NumPy unique"),
        one("wilcoxon", wilcoxon, "wilcoxon columns", "wilcoxon.py scipy", "SciPy", 20),
        one("wilcoxon-counting", wilcoxon, "wilcoxon columns", "wilcoxon.py numpy",
            "NumPy by counting"),
        one("wilcoxon-table", "from the table at hand", "wilcoxon table", "wilcoxon.py scipy",
            "SciPy"),
    ]  # fmt: skip


def evaluations(sizes: list[int]) -> list[Comparison]:
    """The whole way from a spreadsheet to findings."""
    return [
        Comparison("evaluate", "CSV to findings", "evaluate", "evaluate.py polars scipy csv",
                   "polars + SciPy", size,
                   aim=5, most_megabytes=150 if size >= 1_000_000 else None, once=True)
        for size in sizes
    ]  # fmt: skip


# The libraries of frames, with whose statistics.
FRAMES = [
    ("polars scipy", "polars + SciPy"),
    ("polars numpy", "polars + NumPy"),
    ("pyarrow numpy", "pyarrow + NumPy"),
    ("pandas scipy", "pandas + SciPy"),
    ("pandas pingouin", "pandas + pingouin"),
]


def from_python(sizes: list[int]) -> list[Comparison]:
    """The wheel beside the libraries that a notebook would use in its place."""
    rows = [
        ("python-score", "frame of answers to frame of scores", "score",
         f"score_frame.py {library}", library)
        for library in ("polars", "pyarrow", "pandas")
    ]  # fmt: skip
    for name, work, ours, peer in (
        ("python-paired", "two columns to findings", "paired", "paired_frame.py {}"),
        ("python-evaluate-csv", "CSV to findings", "evaluate csv", "evaluate.py {} csv"),
        ("python-evaluate-arrow", "frame to findings", "evaluate arrow", "evaluate.py {} arrow"),
    ):
        rows += [(name, work, ours, peer.format(words), label) for words, label in FRAMES]
    return [
        Comparison(name, work, f"wheel.py {ours}", peer, label, size,
                   most_rounds=1 if (peer, size) in SLOW else None)
        for name, work, ours, peer, label in rows
        for size in sizes
    ]  # fmt: skip


# The work, the peer and its script, and the most people that it can do in a minute or so.
PAIRED = [
    ("t", "SciPy ttest_rel", "paired.py scipy t", None),
    ("t", "NumPy", "paired.py numpy t", None),
    ("t", "pingouin ttest", "paired.py pingouin t", None),
    ("t", "R t.test", "paired.R t", None),
    ("dz", "SciPy nct and brentq", "paired.py scipy dz", None),
    ("signed-rank", "SciPy wilcoxon", "paired.py scipy signed-rank", None),
    ("signed-rank", "NumPy by counting", "paired.py numpy signed-rank", None),
    ("signed-rank", "pingouin wilcoxon", "paired.py pingouin signed-rank", 10_000),
    ("exact", "NumPy, the same recursion", "paired.py numpy exact", 100),
    ("exact", "R exactRankTests", "paired.R exact", 100),
    ("hodges-lehmann", "NumPy by counting", "paired.py numpy hodges-lehmann", None),
    ("hodges-lehmann", "R wilcox.test", "paired.R hodges-lehmann", None),
    ("bootstrap", "SciPy bootstrap", "bootstrap.py scipy", 10_000),
    ("bootstrap", "NumPy multinomial", "bootstrap.py numpy", None),
    ("bootstrap", "R boot", "paired.R bootstrap", 10_000),
    ("change", "SciPy and NumPy", "paired.py scipy change", None),
]
IN_NODE = [
    ("t", "@stdlib/stats-ttest", "paired.mjs stdlib t", None),
    ("signed-rank", "@stdlib/stats-wilcoxon", "paired.mjs stdlib signed-rank", 10_000),
    ("moments", "simple-statistics", "paired.mjs simple-statistics moments", None),
]
WORK = {
    "t": "paired t test, interval of the mean change",
    "dz": "d_z with its noncentral t interval",
    "signed-rank": "signed rank test, z and p",
    "exact": "signed rank test, exact p with ties and zeros",
    "hodges-lehmann": "signed rank test, Hodges-Lehmann estimate and interval",
    "bootstrap": "9,999 resamples, BCa intervals of mean and d_z",
    "change": "everything in `Change`",
    "moments": "mean, SD and t",
}
# Two draws of 9,999 resamples put a limit about 0.05 standard errors apart. R finds
# its limits as roots, not among the Walsh averages, and lets ties change the variance on the way.
WITHIN = {"bootstrap": 0.2, "hodges-lehmann": 0.011}
SLOW = {
    ("paired.R hodges-lehmann", 1_000_000),
    ("paired.R bootstrap", 10_000),
    ("evaluate.py pandas scipy csv", 1_000_000),
    ("evaluate.py pandas pingouin csv", 1_000_000),
}


def paired(sizes: list[int]) -> list[Comparison]:
    """The paired statistics, from columns, at several sizes."""
    rows = [(*row, f"paired {row[0]} columns") for row in PAIRED]
    rows += [(*row, f"paired.mjs clw {row[0]}") for row in IN_NODE]
    return [
        Comparison(f"paired-{work}", WORK[work], ours, peer, peer_name, size,
                   within=WITHIN.get(work, 0.0),
                   most_rounds=1 if (peer, size) in SLOW else None)
        for work, peer_name, peer, most, ours in rows
        for size in sizes
        if most is None or size <= most
    ]  # fmt: skip


# The rows of the table of growth: what is timed, and the command.
GROWTH = [
    ("columns to the table", "clw", "pair-counts"),
    *((WORK[work], "clw, from the table", f"paired {work} table")
      for work in ("t", "dz", "signed-rank", "hodges-lehmann", "bootstrap", "change")),
    *((WORK[work], "clw, from columns", f"paired {work} columns")
      for work in ("t", "signed-rank", "bootstrap", "change")),
    (WORK["change"], "clw in Node, from the table", "paired.mjs clw table"),
    (WORK["change"], "clw in Node, from columns", "paired.mjs clw t"),
    *((WORK[work], name, script) for work, name, script, _ in PAIRED + IN_NODE if work != "exact"),
]  # fmt: skip
