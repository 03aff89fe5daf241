"""Paired and unpaired side by side: standardised differences, bounds of the mean change, tipping points.

    python clw-core/tests/oracles/attrition.py > clw-core/tests/golden/attrition.json

`levels` are [paired, unpaired] of each level; `unpaired` is the histogram of the baselines of those
without a pair as `ScoreCounts` is written.

* levels: Yang & Dalton (2012) by the matrix, in fractions: the shares of all levels but the first, the mean of
  the two multinomial covariances inverted by elimination. R's `mahalanobis` beside it.
* scores: (mean − mean)/√((variance + variance)/2), each variance with n − 1, from fractions. R's `var` beside it.
* both: √(1/n + 1/m + d²/(2(n + m))) and the normal interval, cut off at 0 for levels; √(df(1/n + 1/m)); the χ²
  tail of d²nm/(n + m). mpmath at 40 digits.
* bounds: every unpaired person moved to one end of the scale, to the other, or left, each written out as a row;
  the mean change that makes the sum zero, and whether a mean within the ends does.

The levels of `race, tableone vignette` are printed with 0.036 in the vignette on standardised mean differences of
the R package tableone.
"""

import random

import kit
from kit import Fraction, case, mp, real

EXACT = "fractions, rounded once"
VALUES = {
    "value": (1e-14, "fractions and mpmath 1.4.1; R 4.2.2 mahalanobis, var"),
    "standard-error": (1e-14, "mpmath 1.4.1"),
    "interval": (1e-13, "mpmath 1.4.1"),
    "expected-by-chance": (1e-14, "mpmath 1.4.1"),
    "degrees-of-freedom": (0, "counting"),
    "p": (1e-11, "mpmath 1.4.1, incomplete gamma function"),
    "not-compared": (0, "definition: a group is empty or alone, or has no spread, or shares no level"),
    "mean-change-of-pairs": (1e-15, EXACT),
    "worst": (1e-15, EXACT),
    "best": (1e-15, EXACT),
    "baseline-carried-forward": (1e-15, EXACT),
    "tipping-outcome": (0, "definition: whether the ends of the scale allow the mean"),
    "tipping-change": (1e-15, EXACT),
    "tipping-difference": (1e-14, EXACT),
    "tipping-difference-in-sd": (1e-14, "fractions and mpmath 1.4.1"),
    "tipping-follow-up": (1e-15, EXACT),
}
OPTIONS = {"level": 0.95}


def solve(matrix, vector):
    """x of matrix·x = vector in fractions."""
    rows = [list(row) + [value] for row, value in zip(matrix, vector)]
    n = len(rows)
    for i in range(n):
        pivot = next(k for k in range(i, n) if rows[k][i] != 0)
        rows[i], rows[pivot] = rows[pivot], rows[i]
        rows[i] = [value / rows[i][i] for value in rows[i]]
        for k in range(n):
            if k != i:
                rows[k] = [a - rows[k][i] * b for a, b in zip(rows[k], rows[i])]
    return [row[-1] for row in rows]


def squared_distance(levels):
    levels = [level for level in levels if sum(level) > 0]
    n, m = (sum(column) for column in zip(*levels))
    p = [Fraction(a, n) for a, _ in levels[1:]]
    q = [Fraction(b, m) for _, b in levels[1:]]

    def covariance(shares, i, k):
        return shares[i] * (1 - shares[i]) if i == k else -shares[i] * shares[k]

    size = range(len(p))
    s = [[(covariance(p, i, k) + covariance(q, i, k)) / 2 for k in size] for i in size]
    delta = [a - b for a, b in zip(p, q)]
    return sum(d * x for d, x in zip(delta, solve(s, delta)))


def around(value, n, m, df, signed):
    """What stands beside a standardised difference."""
    imprecision = real(Fraction(1, n) + Fraction(1, m))
    error = mp.sqrt(imprecision + value**2 / (2 * (n + m)))
    reach = kit.normal_quantile(mp.mpf("0.975")) * error
    lower = value - reach
    return {
        "value": value,
        "standard-error": error,
        "interval": [lower if signed else max(lower, mp.mpf(0)), value + reach],
        "expected-by-chance": mp.sqrt(df * imprecision),
        "degrees-of-freedom": df,
        "p": kit.chi2_sf(value**2 / imprecision, df),
    }


def of_levels(levels):
    n, m = (sum(column) for column in zip(*levels)) if levels else (0, 0)
    occur = [level for level in levels if sum(level) > 0]
    if n == 0:
        return {"not-compared": "nobody-paired"}
    if m == 0:
        return {"not-compared": "nobody-unpaired"}
    if len(occur) == 1:
        return {"not-compared": "everybody-alike"}
    if not any(a > 0 and b > 0 for a, b in occur):
        return {"not-compared": "one-in-a-group" if 1 in (n, m) else "no-level-shared"}
    return around(kit.root(squared_distance(levels)), n, m, len(occur) - 1, signed=False)


def rows_of(histogram):
    return [points for points, people in histogram["scores"] for _ in range(people)]


def of_scores(pairs, unpaired):
    x, _ = kit.columns(pairs)
    y = rows_of(unpaired)
    if not x or not y:
        return {"not-compared": "nobody-unpaired" if x else "nobody-paired"}
    if min(len(x), len(y)) == 1:
        return {"not-compared": "one-in-a-group"}
    steps = pairs["scale"]["steps-per-unit"]
    (n, first, v1), (m, second, v2) = kit.moments(x, steps), kit.moments(y, steps)
    if v1 + v2 == 0:
        return {"not-compared": "everybody-alike" if first == second else "no-spread"}
    return around(real(first - second) / kit.root((v1 + v2) / 2), n, m, 1, signed=True)


def of_bounds(pairs, unpaired):
    on = pairs["scale"]
    steps = on["steps-per-unit"]
    changes, baselines = kit.differences(pairs), rows_of(unpaired)
    due, left = len(changes) + len(baselines), len(baselines)

    def mean_if(end):
        moved = [(b if end is None else end) - b for b in baselines]
        return Fraction(sum(changes) + sum(moved), due * steps)

    worst, best = on["lowest"], on["highest"]
    if on["direction"] == "lower-is-better":
        worst, best = best, worst
    of_pairs = Fraction(sum(changes), len(changes) * steps)
    expected = {
        "mean-change-of-pairs": of_pairs,
        "worst": mean_if(worst),
        "best": mean_if(best),
        "baseline-carried-forward": mean_if(None),
    }
    if left == 0:
        return expected | {"tipping-outcome": "everybody-paired"}
    if sum(changes) == 0:
        return expected | {"tipping-outcome": "already-zero"}
    tip = Fraction(-sum(changes), left * steps)
    least, most = (Fraction(sum(end - b for b in baselines), left * steps) for end in (on["lowest"], on["highest"]))
    expected |= {
        "tipping-outcome": "within-the-scale" if least <= tip <= most else "beyond-the-scale",
        "tipping-change": tip,
        "tipping-difference": tip - of_pairs,
        "tipping-follow-up": tip + Fraction(sum(baselines), left * steps),
    }
    _, _, variance = kit.moments(changes, steps)
    if variance:
        expected["tipping-difference-in-sd"] = real(tip - of_pairs) / kit.root(variance)
    return expected


def histogram(on, points):
    counts = {}
    for value in points:
        counts[value] = counts.get(value, 0) + 1
    return {"scale": on, "scores": [[value, n] for value, n in sorted(counts.items())]}


def drawn_baselines(seed, on, n, mean, sd, grid=None):
    pairs = kit.drawn(seed, on, n, mean, sd, 0, 0.0, grid)
    return histogram(on, kit.columns(pairs)[0])


def drawn_levels(seed, shares, n, tilt, m):
    """n paired of the shares, m unpaired of shares tilted towards the last level."""
    draw = random.Random(seed)
    tilted = [share * (1 + tilt * i) for i, share in enumerate(shares)]
    paired = draw.choices(range(len(shares)), shares, k=n)
    unpaired = draw.choices(range(len(shares)), tilted, k=m)
    return [[paired.count(i), unpaired.count(i)] for i in range(len(shares))]


LEVELS = {
    "race, tableone vignette": [[585, 335], [213, 142], [2753, 1707]],
    "two levels": [[30, 45], [70, 55]],
    "two levels, one rare": [[1, 0], [99, 50]],
    "simd quintiles": drawn_levels(1, [30, 25, 20, 15, 10], 130, 0.0, 870),
    "simd quintiles, more of the least deprived unpaired": drawn_levels(2, [30, 25, 20, 15, 10], 300, 0.4, 250),
    "eighteen reasons, a hundred people": drawn_levels(3, [30, 18, 12, 8, 7, 6, 5, 4, 3, 3, 2, 2, 1, 1, 1, 1, 1, 1], 60, 0.0, 40),
    "a level that only the unpaired have": [[20, 9], [0, 11], [15, 8]],
    "a level that nobody has": [[20, 9], [0, 0], [15, 8]],
    "one level shared, by one person": [[1, 40], [60, 0], [0, 30]],
    "ten million": [[4_000_000, 1_100_000], [1_500_000, 900_000], [1_000_000, 500_000], [600_000, 400_000]],
    "one unpaired": [[12, 1], [30, 0]],
    "all alike": [[12, 31]],
    "nothing shared": [[12, 0], [0, 31]],
    "nobody unpaired": [[12, 0], [3, 0]],
    "nobody": [],
}
SWEMWBS, GRID = kit.SWEMWBS, kit.SWEMWBS_GRID
PAIRED = kit.samples()
SCORES = {
    "swemwbs, the unpaired lower": (PAIRED["swemwbs, 68"], drawn_baselines(21, SWEMWBS, 240, 1780, 380, GRID)),
    "swemwbs, alike": (PAIRED["swemwbs, 200"], drawn_baselines(22, SWEMWBS, 90, 1950, 390, GRID)),
    "life satisfaction": (PAIRED["life satisfaction, 40"], drawn_baselines(23, kit.ONS4, 31, 4.6, 2.3)),
    "anxious, lower is better": (
        PAIRED["anxious, 30, lower is better"], drawn_baselines(24, kit.ONS4_ANXIOUS, 60, 6.4, 2.4)
    ),
    "phq-9, worse": (PAIRED["phq-9, 20, worse"], drawn_baselines(25, kit.PHQ9, 12, 12, 5)),
    "two and two": (PAIRED["two pairs"], histogram(kit.WEMWBS, [39, 41])),
    "few unpaired": (PAIRED["wemwbs, 1000"], drawn_baselines(26, kit.WEMWBS, 9, 44, 9)),
    "few unpaired of a large gain": (PAIRED["phq-9, 60, lower is better"], drawn_baselines(27, kit.PHQ9, 4, 14, 3)),
    "no change on average": (PAIRED["even split"], drawn_baselines(28, kit.ONS4, 20, 5, 2)),
    "a million": (
        PAIRED["a million on five stages"],
        {"scale": kit.STAR, "scores": [[1, 300_000], [2, 500_000], [3, 400_000], [4, 150_000], [5, 20_000]]},
    ),
    "one unpaired": (PAIRED["life satisfaction, 40"], histogram(kit.ONS4, [4])),
    "nobody unpaired": (PAIRED["life satisfaction, 40"], histogram(kit.ONS4, [])),
    "all alike": (kit.ALL_ALIKE | {"cells": [[5, 7, 4]]}, histogram(kit.ONS4, [5, 5, 5])),
    "each group alike": (kit.ALL_ALIKE | {"cells": [[5, 7, 4]]}, histogram(kit.ONS4, [3, 3, 3])),
}

CASES = [
    case(name, "levels", OPTIONS, of_levels(levels), levels=levels) for name, levels in LEVELS.items()
]
for name, (pairs, unpaired) in SCORES.items():
    CASES.append(case(name, "scores", OPTIONS, of_scores(pairs, unpaired), pairs, unpaired=unpaired))
    CASES.append(case(name, "bounds", {}, of_bounds(pairs, unpaired), pairs, unpaired=unpaired))

asked = [row for row in CASES if "value" in row["expected"] and "million" not in row["name"]]
payload = []
for row in asked:
    if row["method"] == "levels":
        paired, unpaired = (list(column) for column in zip(*row["levels"]))
    else:
        paired, unpaired = kit.columns(row["pairs"])[0], rows_of(row["unpaired"])
    payload.append({"kind": row["method"], "paired": paired, "unpaired": unpaired})
for row, value in zip(asked, kit.r("attrition.R", payload)):
    kit.agree(row["name"] + " R", row["expected"]["value"], value, 1e-12)
assert round(CASES[0]["expected"]["value"], 3) == 0.036

kit.write("attrition.py", "mpmath 1.4.1, R 4.2.2", VALUES, CASES)
