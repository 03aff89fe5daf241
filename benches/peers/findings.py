"""Two columns of scores, in whole hundredths, to findings, as each library does it best.

`numpy` counts the distinct changes first and works on those, as clw does. `pingouin` has the t test
of pingouin; its signed rank test writes out all n² differences, so that SciPy does it from a thousand
pairs on.
"""

import importlib

import numpy as np

LEVEL = 0.95
MOST_FOR_PINGOUIN = 1_000


def scipy_t(stats, baseline: np.ndarray, follow_up: np.ndarray) -> dict:
    test = stats.ttest_1samp((follow_up - baseline) / 100, 0)
    limits = test.confidence_interval(LEVEL)
    return {"t": test.statistic, "mean-change-interval": list(limits), "t-p": test.pvalue}


def scipy_signed_rank(stats, change: np.ndarray) -> dict:
    test = stats.wilcoxon(change, zero_method="wilcox", correction=True, method="asymptotic")
    return {"z": abs(test.zstatistic), "wilcoxon-p": test.pvalue}


def scipy(stats, baseline: np.ndarray, follow_up: np.ndarray) -> dict:
    change = follow_up - baseline
    return scipy_t(stats, baseline, follow_up) | scipy_signed_rank(stats, change)


def scipy_share(stats, part: int, whole: int) -> list[float]:
    limits = stats.binomtest(part, whole).proportion_ci(LEVEL, method="wilson")
    return [float(limits.low), float(limits.high)]


def numpy(special, baseline: np.ndarray, follow_up: np.ndarray) -> dict:
    change = follow_up - baseline
    lowest, n = int(change.min()), len(change)
    pairs = np.bincount(change - lowest)
    places = np.flatnonzero(pairs)
    values, pairs = places + lowest, pairs[places]
    mean = values @ pairs / n / 100
    error = ((values / 100 - mean) ** 2 @ pairs / (n - 1) / n) ** 0.5
    t, reach = mean / error, special.stdtrit(n - 1, (1 + LEVEL) / 2) * error
    of_size = np.bincount(np.abs(values), pairs)
    of_size[0] = 0
    rank = np.cumsum(of_size) - (of_size - 1) / 2
    rises, used = values > 0, of_size.sum()
    w_plus = rank[values[rises]] @ pairs[rises]
    variance = used * (used + 1) * (2 * used + 1) / 24 - (of_size**3 - of_size).sum() / 48
    z = max(abs(w_plus - used * (used + 1) / 4) - 0.5, 0) / variance**0.5
    return {
        "t": t,
        "mean-change-interval": [mean - reach, mean + reach],
        "t-p": 2 * special.stdtr(n - 1, -abs(t)),
        "z": z,
        "wilcoxon-p": 2 * special.ndtr(-z),
    }


def numpy_share(special, part: int, whole: int) -> list[float]:
    z, share = special.ndtri((1 + LEVEL) / 2), part / whole
    middle = (share + z**2 / (2 * whole)) / (1 + z**2 / whole)
    reach = z / (1 + z**2 / whole) * (share * (1 - share) / whole + z**2 / (4 * whole**2)) ** 0.5
    return [middle - reach, middle + reach]


def pingouin(modules, baseline: np.ndarray, follow_up: np.ndarray) -> dict:
    pingouin, stats = modules
    # With an effect size, power and a Bayes factor. The interval is rounded to hundredths.
    row = pingouin.ttest(follow_up / 100, baseline / 100, paired=True).iloc[0]
    told = {"t": row["T"], "t-p": row["p_val"]}
    if len(baseline) > MOST_FOR_PINGOUIN:
        return told | scipy_signed_rank(stats, follow_up - baseline)
    row = pingouin.wilcoxon(
        follow_up, baseline, zero_method="wilcox", correction=True, method="asymptotic"
    ).iloc[0]
    return told | {"wilcoxon-p": row["p_val"]}


class Statistics:
    """The statistics of one library, imported beforehand."""

    def __init__(self, name: str) -> None:
        stats = importlib.import_module("scipy.special" if name == "numpy" else "scipy.stats")
        self.share_of = numpy_share if name == "numpy" else scipy_share
        self.stats, self.modules = stats, stats
        self.work = {"scipy": scipy, "numpy": numpy, "pingouin": pingouin}[name]
        if name == "pingouin":
            self.modules = importlib.import_module("pingouin"), stats

    def of(self, baseline: np.ndarray, follow_up: np.ndarray) -> dict:
        """Means, SDs, the t test with its interval, and the signed rank test."""
        found = self.work(self.modules, baseline, follow_up)
        found |= {
            "baseline-mean": baseline.mean() / 100,
            "baseline-sd": baseline.std(ddof=1) / 100,
            "follow-up-mean": follow_up.mean() / 100,
            "follow-up-sd": follow_up.std(ddof=1) / 100,
            "mean-change": (follow_up - baseline).mean() / 100,
            "change-sd": (follow_up - baseline).std(ddof=1) / 100,
        }
        return {k: [*map(float, v)] if isinstance(v, list) else float(v) for k, v in found.items()}

    def share(self, part: int, whole: int) -> list[float]:
        return [float(limit) for limit in self.share_of(self.stats, part, whole)]
