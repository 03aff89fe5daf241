"""One paired statistic of two columns: `paired.py FOLDER scipy|numpy|pingouin WORK`.

`scipy` and `pingouin` are called as their users call them. `numpy` is the strongest way we know:
it counts the distinct changes first and works on those, as clw does. Columns of points in `float64`
and of whole hundredths are at hand before the clock starts; ranks are of the hundredths, so that
equal changes stay equal.
"""

import sys
from typing import NamedTuple

import numpy as np
from common import fit, read_points, report
from scipy import optimize, special, stats

if sys.argv[2] == "pingouin":
    import pingouin


class Sample(NamedTuple):
    """Both sittings, in points and in hundredths."""

    baseline: np.ndarray
    follow_up: np.ndarray
    steps: np.ndarray

    @classmethod
    def of(cls, steps: np.ndarray) -> "Sample":
        baseline, follow_up = steps / 100
        return cls(baseline, follow_up, steps)


def counted(steps: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The distinct changes in hundredths, ascending, and how many people have each."""
    change = steps[1] - steps[0]
    lowest = int(change.min())
    pairs = np.bincount(change - lowest)
    places = np.flatnonzero(pairs)
    return places + lowest, pairs[places]


# ── the paired t test, and the mean change with its interval ──


def t_scipy(sample: Sample) -> dict:
    test = stats.ttest_rel(sample.follow_up, sample.baseline)
    return {"t": test.statistic, "limits": list(test.confidence_interval()), "p": test.pvalue}


def t_numpy(sample: Sample) -> dict:
    change = sample.follow_up - sample.baseline
    df = len(change) - 1
    mean, error = change.mean(), change.std(ddof=1) / len(change) ** 0.5
    t, reach = mean / error, special.stdtrit(df, 0.975) * error
    return {"t": t, "limits": [mean - reach, mean + reach], "p": 2 * special.stdtr(df, -abs(t))}


def t_pingouin(sample: Sample) -> dict:
    # With an effect size, power and a Bayes factor. The interval is rounded to hundredths.
    row = pingouin.ttest(sample.follow_up, sample.baseline, paired=True).iloc[0]
    return {"t": row["T"], "p": row["p_val"]}


# ── d_z, with its interval by the noncentral t distribution ──


def dz_scipy(sample: Sample) -> dict:
    change = sample.follow_up - sample.baseline
    t, df, root = stats.ttest_1samp(change, 0).statistic, len(change) - 1, len(change) ** 0.5
    reach = 8 + abs(t) / root

    def limit(tail):
        return optimize.brentq(lambda delta: tail(t, df, delta) - 0.025, t - reach, t + reach)

    limits = [limit(stats.nct.sf) / root, limit(stats.nct.cdf) / root]
    return {"dz": t / root, "limits": limits}


# ── the signed rank test by the normal approximation ──


def signed_rank_scipy(sample: Sample) -> dict:
    test = stats.wilcoxon(
        sample.steps[1], sample.steps[0], zero_method="wilcox", correction=True, method="asymptotic"
    )
    return {"z": abs(test.zstatistic), "p": test.pvalue}


def signed_rank_numpy(sample: Sample) -> dict:
    values, pairs = counted(sample.steps)
    of_size = np.bincount(np.abs(values), pairs)
    of_size[0] = 0
    rank = np.cumsum(of_size) - (of_size - 1) / 2
    rises, n = values > 0, of_size.sum()
    w_plus = rank[values[rises]] @ pairs[rises]
    variance = n * (n + 1) * (2 * n + 1) / 24 - (of_size**3 - of_size).sum() / 48
    z = max(abs(w_plus - n * (n + 1) / 4) - 0.5, 0) / variance**0.5
    return {"z": z, "p": 2 * special.ndtr(-z)}


def signed_rank_pingouin(sample: Sample) -> dict:
    # With the share of all n² differences above zero, for which it writes them all out.
    row = pingouin.wilcoxon(
        sample.steps[1], sample.steps[0], zero_method="wilcox", correction=True, method="asymptotic"
    ).iloc[0]
    return {"p": row["p_val"]}


# ── the signed rank test with its exact p ──


def exact_scipy(sample: Sample) -> dict:
    # Of the ranks 1 to n, which is another p: there is none for tied ranks.
    change = sample.steps[1] - sample.steps[0]
    return {"p": stats.wilcoxon(change[change != 0], method="exact").pvalue}


def exact_numpy(sample: Sample) -> dict:
    change = sample.steps[1] - sample.steps[0]
    change = change[change != 0]
    ranks = (2 * stats.rankdata(np.abs(change))).astype(np.int64)
    patterns = np.zeros(ranks.sum() + 1)
    patterns[0] = 1
    reached = 0
    for rank in ranks:
        # The right side is complete before anything is added to the left.
        patterns[rank : reached + rank + 1] += patterns[: reached + 1]
        reached += rank
    w_plus = ranks[change > 0].sum()
    tails = patterns[: w_plus + 1].sum(), patterns[w_plus:].sum()
    return {"p": min(1.0, 2 * min(tails) / 2.0 ** len(change))}


# ── Hodges and Lehmann's estimate, with its interval ──


def hodges_lehmann_numpy(sample: Sample) -> dict:
    """From the counts of the distinct Walsh averages, by the conventions of clw."""
    values, pairs = counted(sample.steps)
    values, pairs = values[values != 0], pairs[values != 0]
    n, lowest = float(pairs.sum()), 2 * values[0]
    sums = np.add.outer(values, values).ravel() - lowest
    ordered = np.bincount(sums, np.outer(pairs, pairs).ravel())
    ordered[2 * values - lowest] += pairs
    at_most = np.cumsum(ordered) / 2
    count = at_most[-1]
    deviation = (n * (n + 1) * (2 * n + 1) / 24) ** 0.5
    place = np.floor(count / 2 - special.ndtri(0.975) * deviation + 0.5)
    places = [place, count + 1 - place, np.ceil(count / 2), count // 2 + 1]
    lower, upper, *middle = (np.searchsorted(at_most, places) + lowest) / 200
    return {"estimate": sum(middle) / 2, "limits": [lower, upper]}


# ── a report on a paired sample ──


def change_scipy(sample: Sample) -> dict:
    """What SciPy has of the statistics in `Change`, and what takes a few lines of NumPy."""
    change = sample.follow_up - sample.baseline
    columns = (sample.baseline, sample.follow_up, change)
    n, rises, falls = len(change), int((change > 0).sum()), int((change < 0).sum())
    signs = stats.binomtest(rises, rises + falls)
    shares = [stats.binomtest(count, n).proportion_ci(method="wilson") for count in (rises, falls)]
    return {
        "means": [column.mean() for column in columns],
        "deviations": [column.std(ddof=1) for column in columns],
        "t": t_scipy(sample)["limits"],
        "z": signed_rank_scipy(sample)["z"],
        "hodges-lehmann": hodges_lehmann_numpy(sample)["limits"],
        "sign": [signs.pvalue, *signs.proportion_ci(method="exact")],
        "dz": dz_scipy(sample)["limits"],
        "correlation": stats.pearsonr(sample.baseline, sample.follow_up).statistic,
        "shares": [list(limits) for limits in shares],
    }


WAYS = {
    "scipy": {
        "t": t_scipy,
        "dz": dz_scipy,
        "signed-rank": signed_rank_scipy,
        "exact": exact_scipy,
        "change": change_scipy,
    },
    "numpy": {
        "t": t_numpy,
        "signed-rank": signed_rank_numpy,
        "exact": exact_numpy,
        "hodges-lehmann": hodges_lehmann_numpy,
    },
    "pingouin": {"t": t_pingouin, "signed-rank": signed_rank_pingouin},
}

way, work = sys.argv[2:]
statistic = WAYS[way][work]
steps = np.stack(read_points())
sample = Sample.of(steps)
seconds, told = fit(lambda: statistic(sample))
if work in ("t", "signed-rank"):
    # p of everybody is 0 in floats.
    told["p"] = statistic(Sample.of(steps[:, :100]))["p"]
report(seconds, told)
