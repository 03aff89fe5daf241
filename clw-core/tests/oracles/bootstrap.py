"""Percentile and BCa intervals of five statistics of change, and how far chance may move them.

    python clw-core/tests/oracles/bootstrap.py > clw-core/tests/golden/bootstrap.json

A seeded interval has no expected value, but it has an expected place. Up to seven pairs the whole
bootstrap distribution is written out: every multinomial outcome, its chance and its statistics as
fractions. For larger samples scipy.stats.bootstrap draws it. With F that distribution, a limit that
is the quantile at p of R resamples lies, but for five standard errors of a share, between the
quantiles of F at p ± 5·sqrt(p(1 − p)(1/R + 1/S)), where S is SciPy's number of draws (no term where
F is exact). z0 is the normal quantile of a share with the same error, so the two quantiles of a BCa
interval are taken at both ends of z0 and widened in that way: [lowest, highest] for each limit.

z0 counts resamples equal to the estimate half, as SciPy does; R's boot counts only those below. The
acceleration is that of the jackknife (Efron & Tibshirani 1993, eq. 14.15) in fractions or mpmath,
boot's beside it; SciPy's own BCa limits must lie in the places made here.
"""

import math
import sys
import warnings
from itertools import combinations_with_replacement

import mpmath
import numpy as np
import scipy
from scipy import stats

import kit
from kit import Fraction, case, mp, mpf, of_differences, table

RESAMPLES = 19_999
DRAWS = 49_999
ERRORS = 5
STATISTICS = ("mean-change", "median-change", "cohens-dz", "hodges-lehmann", "share-improved")
VALUES = {
    key: (1e-12, "fractions and mpmath 1.4.1; limits and z0 are [lowest, highest] as the script says")
    for key in STATISTICS
}


class Root:
    """The square root of a fraction with its sign: ordered and compared exactly."""

    def __init__(self, square):
        self.square = square

    def __eq__(self, other):
        return self.square == other.square

    def __hash__(self):
        return hash(self.square)

    def __lt__(self, other):
        return self.square < other.square

    def real(self):
        return mp.sign(self.square) * kit.root(abs(self.square))


def real(value):
    return value.real() if isinstance(value, Root) else kit.real(value)


def middle(values):
    values = sorted(values)
    n = len(values)
    return Fraction(values[(n - 1) // 2] + values[n // 2]) / 2 if n else None


def dz(values):
    n, total = len(values), sum(values)
    squares = n * sum(v * v for v in values) - total * total
    return Root(Fraction(total * abs(total) * (n - 1), n * squares)) if squares else None


def pseudomedian(values, zeros):
    used = [v for v in values if v or zeros == "pratt"]
    doubled = middle(a + b for a, b in combinations_with_replacement(used, 2))
    return None if doubled is None else doubled / 2


def statistics(values, pairs, zeros):
    """The five of some differences in steps, in units, None where there is none."""
    units = pairs["scale"]["steps-per-unit"]
    better = 1 if pairs["scale"]["direction"] == "higher-is-better" else -1
    typical = pseudomedian(values, zeros)
    return {
        "mean-change": Fraction(sum(values), len(values) * units),
        "median-change": middle(values) / units,
        "cohens-dz": dz(values),
        "hodges-lehmann": None if typical is None else typical / units,
        "share-improved": Fraction(sum(better * v > 0 for v in values), len(values)),
    }


# The distribution of resamples: [(value, chance)] in order, and the chance of none

def enumerated(pairs, zeros):
    values = kit.differences(pairs)
    n, kinds = len(values), sorted(set(values))
    chances = {name: {} for name in STATISTICS}
    for drawn in combinations_with_replacement(kinds, n):
        chance = Fraction(math.factorial(n), n**n)
        for kind in kinds:
            chance *= Fraction(values.count(kind) ** drawn.count(kind), math.factorial(drawn.count(kind)))
        for name, value in statistics(drawn, pairs, zeros).items():
            chances[name][value] = chances[name].get(value, 0) + chance
    found = {}
    for name, by_value in chances.items():
        none = by_value.pop(None, Fraction(0))
        assert sum(by_value.values()) + none == 1
        found[name] = ([(v, by_value[v] / (1 - none)) for v in sorted(by_value)], none, None)
    return found


def batches(pairs, zeros):
    """The five as SciPy calls them: differences in steps along an axis."""
    better = 1 if pairs["scale"]["direction"] == "higher-is-better" else -1

    def walsh(x, axis):
        x = np.where(x == 0, np.nan, x) if zeros == "wilcox" else x
        i, j = np.triu_indices(x.shape[axis])
        sums = np.take(x, i, axis) + np.take(x, j, axis)
        sums.sort(axis=axis)
        used = np.sum(~np.isnan(sums), axis=axis, keepdims=True)
        low, high = (np.take_along_axis(sums, k, axis) for k in ((used - 1) // 2, used // 2))
        return np.squeeze(low + high, axis=axis) / 4

    return {
        "mean-change": lambda x, axis: np.sum(x, axis) / x.shape[axis],
        "median-change": np.median,
        "cohens-dz": lambda x, axis: np.mean(x, axis) / np.std(x, axis, ddof=1),
        "hodges-lehmann": walsh,
        "share-improved": lambda x, axis: np.mean(better * x > 0, axis),
    }


def drawn_by_scipy(pairs, zeros, level):
    """The distributions that SciPy draws, and the BCa limits it makes of them."""
    values = np.array(kit.differences(pairs), float)
    units = pairs["scale"]["steps-per-unit"]
    found = {}
    for statistic, of in batches(pairs, zeros).items():
        scale = 1 if statistic in ("cohens-dz", "share-improved") else units
        draw = dict(n_resamples=DRAWS, batch=2000, confidence_level=float(level), rng=1)
        with warnings.catch_warnings():
            # Of a jackknife without spread.
            warnings.simplefilter("ignore")
            run = stats.bootstrap((values,), of, method="BCa", **draw)
        # One resample in another order is another float.
        value, count = np.unique(np.round(run.bootstrap_distribution, 12), return_counts=True)
        distribution = [(float(v) / scale, Fraction(int(c), DRAWS)) for v, c in zip(value, count)]
        found[statistic] = (distribution, Fraction(0), [float(limit) / scale for limit in run.confidence_interval])
    return found


# Limits

def quantile(distribution, p, above):
    """The smallest value with a chance of at least p (more than p) at or below it."""
    reached = mpf(0)
    for value, chance in distribution:
        reached += kit.real(chance)
        if reached > p if above else reached >= p:
            return real(value)
    return real(distribution[-1][0])


def error(p, draws):
    return ERRORS * mp.sqrt(p * (1 - p) * (mpf(1) / RESAMPLES + draws))


def place(distribution, lowest, highest, draws):
    """Between which values the quantile at some p from lowest to highest lies."""
    low, high = lowest - error(lowest, draws), highest + error(highest, draws)
    slack = mpf(2) / RESAMPLES
    return [quantile(distribution, low - slack, False), quantile(distribution, high + slack, True)]


def tail(level):
    return (1 - mpf(level)) / 2


def percentile(distribution, level, draws):
    return {
        "lower": place(distribution, tail(level), tail(level), draws),
        "upper": place(distribution, 1 - tail(level), 1 - tail(level), draws),
    }


def acceleration(name, pairs, zeros):
    values = kit.differences(pairs)
    if len(values) < 2:
        return None, "jackknife-undefined"
    without = {d: statistics([v for k, v in enumerate(values) if k != values.index(d)], pairs, zeros)[name]
               for d in set(values)}
    if any(value is None for value in without.values()):
        return None, "jackknife-undefined"
    if len(set(without.values())) == 1:
        return None, "jackknife-without-spread"
    left = [without[v] for v in values]
    left = [v.real() for v in left] if isinstance(left[0], Root) else left
    mean = sum(left) / len(left)
    squares, cubes = (real(sum((mean - v) ** power for v in left)) for power in (2, 3))
    return cubes / (6 * squares ** mpf("1.5")), None


def bca(distribution, estimate, a, level, draws):
    """None where it depends on chance whether a limit lies within the resamples."""
    if distribution is None:
        return None
    near = [abs(real(v) - estimate) < mpf("1e-11") for v, _ in distribution]
    below = mp.fsum(kit.real(c) for (v, c), same in zip(distribution, near) if real(v) < estimate and not same)
    share = below + mp.fsum(kit.real(c) for (_, c), same in zip(distribution, near) if same) / 2
    shares = [share - error(share, draws), share + error(share, draws)]
    z0s = [kit.normal_quantile(s) for s in shares]
    z = kit.normal_quantile(1 - tail(level))
    limits = {}
    for key, side in (("lower", -z), ("upper", z)):
        ps = []
        for z0 in z0s:
            stretch = 1 - a * (z0 + side)
            ps.append(kit.normal_cdf(z0 + (z0 + side) / stretch) if stretch > 0 else mpf(side > 0))
        beyond = [not 1 <= (RESAMPLES + 1) * p <= RESAMPLES for p in ps]
        if any(beyond):
            return {"not-computed": "limit-beyond-resamples"} if all(beyond) else None
        limits[key] = place(distribution, min(ps), max(ps), draws)
    return {"bias-correction": z0s, "acceleration": a, **limits}


def expected(name, pairs, zeros, level, exact):
    estimates = statistics(kit.differences(pairs), pairs, zeros)
    found = enumerated(pairs, zeros) if exact else drawn_by_scipy(pairs, zeros, level)
    draws = mpf(0) if exact else mpf(1) / DRAWS
    row = {}
    for key in STATISTICS:
        if key == "share-improved" and estimates[key] in (0, 1):
            row[key] = {"not-computed": "one-class"}
            continue
        distribution, none, by_scipy = found[key]
        a, reason = acceleration(key, pairs, zeros)
        estimate = real(estimates[key])
        corrected = {"not-computed": reason} if a is None else bca(distribution, estimate, a, level, draws)
        spread = ERRORS * mp.sqrt(RESAMPLES * kit.real(none * (1 - none)))
        row[key] = {
            "estimate": estimate,
            "undefined-resamples": [RESAMPLES * kit.real(none) - spread, RESAMPLES * kit.real(none) + spread],
            "percentile": percentile(distribution, level, draws),
        }
        if corrected is not None:
            row[key]["bca"] = corrected
        if by_scipy and "lower" in corrected:
            for side, theirs in zip(("lower", "upper"), by_scipy):
                low, high = corrected[side]
                kit.agree(f"scipy BCa {name} {key} {side}", theirs, min(max(theirs, low), high), 1e-11)
    return row


def beside_r(asked):
    """boot's accelerations of samples in the better direction, of statistics that keep zeros."""
    found = kit.r("bootstrap.R", [{"gains": kit.gains(pairs)} for _, pairs in asked])
    for (name, pairs), accelerations in zip(asked, found):
        rises = pairs["scale"]["direction"] == "higher-is-better"
        for key, theirs in zip(STATISTICS, accelerations):
            ours, _ = acceleration(key, pairs, "pratt")
            if ours is not None:
                ours = ours if rises or key == "share-improved" else -ours
                kit.agree(f"boot acceleration {name} {key}", ours, theirs, 1e-8)
    print(f"beside R: {len(asked)}", file=sys.stderr)


TINY = {
    "two pairs": of_differences([1, 2]),
    "three, one still": of_differences([0, 2, 5]),
    "four with ties": of_differences([-1, 2, 2, 7]),
    "five, all up": of_differences([5, 3, 2, 14, 1]),
    "five, hundredths": of_differences([125, -55, 330, 64, 64], 100),
    "six, three still": of_differences([0, 0, 0, 1, 1, -2]),
    "six, lower is better": table(kit.PHQ9, [(14, 9), (11, 11), (20, 8), (9, 12), (16, 15), (18, 10)]),
    "seven, skewed": of_differences([1, 1, 2, 2, 3, 4, 27]),
    "seven, one moved": of_differences([0, 0, 0, 0, 0, 0, 4]),
}
MODERATE = (
    "wemwbs, 24", "star area, 25, many zeros", "anxious, 30, lower is better", "phq-9, 60, lower is better",
    "swemwbs, 68",
)


def main():
    rows = []
    samples = {**TINY, **{name: kit.samples()[name] for name in MODERATE}}
    for name, pairs in samples.items():
        exact = name in TINY
        for zeros in ("wilcox", "pratt"):
            for level in ("0.95", "0.8") if exact else ("0.95",):
                options = {"level": float(level), "zeros": zeros, "resamples": RESAMPLES, "seed": 1}
                rows.append(case(name, "bootstrap", options, expected(name, pairs, zeros, level, exact), pairs))
    beside_r([(name, pairs) for name, pairs in samples.items() if len(kit.differences(pairs)) > 2])
    for name, pairs, reason in (
        ("nobody", kit.NOBODY, "no-pairs"),
        ("one pair", kit.ONE_PAIR, "one-pair"),
        ("nobody changed", kit.ALL_STILL, "all-differences-zero"),
        ("all changed alike", kit.ALL_ALIKE, "all-differences-equal"),
    ):
        options = {"level": 0.95, "zeros": "wilcox", "resamples": RESAMPLES, "seed": 1}
        rows.append(case(name, "bootstrap", options, {"not-computed": reason}, pairs))
    versions = f"Python fractions, mpmath {mpmath.__version__}, scipy {scipy.__version__}, R 4.2.2, boot 1.3-28.1"
    kit.write("bootstrap.py", versions, VALUES, rows)


if __name__ == "__main__":
    main()
