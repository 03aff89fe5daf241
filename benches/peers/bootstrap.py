"""BCa intervals of the mean change and d_z from 9,999 resamples: `bootstrap.py FOLDER scipy|numpy`.

`scipy` is `scipy.stats.bootstrap`, vectorised, both statistics of the same resamples, in batches
that stay in cache. `numpy` draws how often each distinct change comes up in a resample, as clw
does, or people where there are few; its jackknife leaves out one of each distinct change.
"""

import sys
from functools import partial

import numpy as np
from common import fit, read_points, report
from scipy import special, stats

RESAMPLES = 9_999
SEED = 78_125
# From 0.25 to 16 million were tried.
BATCH_CELLS = 500_000


def mean_and_dz(changes: np.ndarray, axis: int = -1) -> np.ndarray:
    mean = changes.mean(axis=axis)
    return np.stack([mean, mean / changes.std(axis=axis, ddof=1)])


def scipy(change: np.ndarray) -> list:
    points = change / 100
    interval = stats.bootstrap(
        (points,), mean_and_dz, n_resamples=RESAMPLES, vectorized=True, method="BCa",
        batch=max(1, BATCH_CELLS // len(points)), rng=np.random.default_rng(SEED),
    ).confidence_interval  # fmt: skip
    return [list(limits) for limits in zip(*interval, strict=True)]


def numpy(change: np.ndarray) -> list:
    lowest, n = int(change.min()), len(change)
    pairs = np.bincount(change - lowest)
    places = np.flatnonzero(pairs)
    pairs, values = pairs[places], (places + lowest) / 100
    middle = values @ pairs / n
    centred = values - middle
    # The quickest of NumPy's streams.
    draws = np.random.Generator(np.random.SFC64(SEED))
    if n < 4 * len(values):
        people = np.repeat(centred, pairs)[draws.integers(0, n, (RESAMPLES, n), np.int32)]
        sums, squares = people.sum(axis=1), np.einsum("ij,ij->i", people, people)
    else:
        resamples = draws.multinomial(n, pairs / n, RESAMPLES)
        sums, squares = (resamples @ np.stack([centred, centred**2], axis=1)).T

    def both(n, sums, squares):
        means = middle + sums / n
        return means, means / np.sqrt((squares - sums**2 / n) / (n - 1))

    of_all = centred**2 @ pairs
    estimates = both(n, 0, of_all)
    jackknives = both(n - 1, -centred, of_all - centred**2)
    drawn = both(n, sums, squares)
    return [
        bca(*statistic, pairs / n, n) for statistic in zip(estimates, jackknives, drawn, strict=True)
    ]


def bca(estimate: float, without: np.ndarray, drawn: np.ndarray, shares, n: int) -> list[float]:
    """The limits, from the statistic without one of each distinct change and of the resamples."""
    influence = without @ shares - without
    cubes, squares = influence**3 @ shares, influence**2 @ shares
    acceleration = cubes / (6 * squares**1.5 * n**0.5)
    below = ((drawn < estimate).mean() + (drawn <= estimate).mean()) / 2
    z = special.ndtri(below) + special.ndtri([0.025, 0.975])
    places = special.ndtr(special.ndtri(below) + z / (1 - acceleration * z))
    return list(np.quantile(drawn, places))


baseline, follow_up = read_points()
change = follow_up - baseline
seconds, limits = fit(partial({"scipy": scipy, "numpy": numpy}[sys.argv[2]], change))
mean, dz = mean_and_dz(change / 100).tolist()
root = len(change) ** 0.5
# Two draws of resamples agree within a share of the standard error.
errors = [mean / dz / root, (1 + dz**2 / 2) ** 0.5 / root]
near = [
    [(limit - estimate) / error for limit in of_statistic]
    for of_statistic, estimate, error in zip(limits, (mean, dz), errors, strict=True)
]
report(seconds, {"mean": mean, "dz": dz}, {"mean": near[0], "dz": near[1]})
