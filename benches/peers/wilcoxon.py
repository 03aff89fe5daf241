"""Wilcoxon's signed rank test of two columns of points: `wilcoxon.py FOLDER scipy|numpy`.

Zeros are dropped, the variance is corrected for ties and p comes from the normal distribution with
the continuity correction, as clw does at this size. `scipy` is the test as its users call it;
`numpy` uses, as clw does, that few sizes of change are distinct, and counts instead of sorting.
The changes are whole hundredths, so that equal ones stay equal in floats.
"""

import sys

import numpy as np
from common import read_points, repeat, report
from scipy import stats

baseline, follow_up = read_points()


def scipy(baseline: np.ndarray, follow_up: np.ndarray) -> tuple[float, float]:
    """z and p."""
    test = stats.wilcoxon(
        follow_up, baseline, zero_method="wilcox", correction=True, method="asymptotic"
    )
    return abs(float(test.zstatistic)), float(test.pvalue)


def numpy(baseline: np.ndarray, follow_up: np.ndarray) -> tuple[float, float]:
    """z and p."""
    change = follow_up - baseline
    size = np.abs(change)
    pairs = np.bincount(size)
    positive = np.bincount(size[change > 0], minlength=len(pairs))
    pairs[0] = 0
    positive, pairs = positive[pairs > 0], pairs[pairs > 0]
    rank = np.cumsum(pairs) - (pairs - 1) / 2
    n, w_plus = float(pairs.sum()), float(rank @ positive)
    variance = n * (n + 1) * (2 * n + 1) / 24 - float((pairs**3.0 - pairs).sum()) / 48
    z = max(abs(w_plus - n * (n + 1) / 4) - 0.5, 0) / variance**0.5
    return z, float(2 * stats.norm.sf(z))


way = {"scipy": scipy, "numpy": numpy}[sys.argv[2]]
seconds, (z, _) = repeat(5, lambda: way(baseline, follow_up))
some = slice(2000)
report(seconds, {"z": z, "p-of-first-2000": way(baseline[some], follow_up[some])[1]})
