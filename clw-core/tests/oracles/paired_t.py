"""The paired t test with three alternatives, and equivalence by two one-sided tests.

    python clw-core/tests/oracles/paired_t.py > clw-core/tests/golden/paired_t.json

t and p are mpmath's at 40 digits from exact sums, p by the incomplete beta function. R's t.test,
SciPy's ttest_rel and statsmodels' ttost_paired must agree. One-sided intervals have one finite
limit, the t quantile of the whole level away. Equivalence against margins [lower, upper] in units
of the printed score: Schuirmann (1987), doi:10.1007/BF01068419; p is the greater of the two
one-sided p, and the interval that lies within the margins when p < α has the level 1 − 2α.
"""

import numpy as np
import scipy
import statsmodels
from scipy import stats
from statsmodels.stats.weightstats import ttost_paired

import kit
from kit import Fraction, case, of_differences

VALUES = {
    "n": (0, "counting"),
    "mean-change": (1e-15, "fractions, rounded once"),
    "standard-error": (1e-15, "mpmath 1.4.1"),
    "t": (1e-14, "mpmath 1.4.1; scipy 1.17.1 ttest_rel; R 4.2.2 t.test(paired = TRUE)"),
    "p": (1e-12, "mpmath 1.4.1 betainc; scipy 1.17.1 ttest_rel; R 4.2.2 t.test(alternative = …)"),
    "interval": (1e-12, "mpmath 1.4.1, relative to its width; R 4.2.2 t.test"),
    "lower-limit": (1e-12, "mpmath 1.4.1, relative to its distance from the mean; R 4.2.2 t.test(alternative = 'greater')"),
    "upper-limit": (1e-12, "mpmath 1.4.1, relative to its distance from the mean; R 4.2.2 t.test(alternative = 'less')"),
    "t-above-lower": (1e-13, "mpmath 1.4.1; statsmodels 0.15.0 ttost_paired"),
    "p-above-lower": (1e-12, "mpmath 1.4.1; statsmodels 0.15.0 ttost_paired"),
    "t-below-upper": (1e-13, "mpmath 1.4.1; statsmodels 0.15.0 ttost_paired"),
    "p-below-upper": (1e-12, "mpmath 1.4.1; statsmodels 0.15.0 ttost_paired"),
    "p-equivalence": (1e-12, "mpmath 1.4.1; statsmodels 0.15.0 ttost_paired"),
    "interval-equivalence": (1e-12, "mpmath 1.4.1, level 1 − 2·(1 − level), relative to its width"),
}


def summary(pairs):
    n, mean, variance = kit.moments(kit.differences(pairs), pairs["scale"]["steps-per-unit"])
    return n, mean, kit.root(variance / n)


def t_test(pairs, level):
    n, mean, error = summary(pairs)
    t, level = kit.real(mean) / error, kit.mpf(str(level))
    both, one = kit.t_upper_quantile((1 - level) / 2, n - 1), kit.t_upper_quantile(1 - level, n - 1)
    up, down = kit.t_sf(t, n - 1), kit.t_sf(-t, n - 1)
    middle = kit.real(mean)
    return {
        "n": n, "mean-change": mean, "standard-error": error, "t": t,
        "p": {"two-sided": 2 * min(up, down), "less": down, "greater": up},
        "interval": [middle - both * error, middle + both * error],
        "lower-limit": middle - one * error,
        "upper-limit": middle + one * error,
    }


def equivalence(pairs, margins, level):
    n, mean, error = summary(pairs)
    lower, upper = (Fraction(str(margin)) for margin in margins)
    above, below = kit.real(mean - lower) / error, kit.real(mean - upper) / error
    p_above, p_below = kit.t_sf(above, n - 1), kit.t_sf(-below, n - 1)
    reach = kit.t_upper_quantile(1 - kit.mpf(str(level)), n - 1) * error
    row = {
        "n": n, "t-above-lower": above, "p-above-lower": p_above, "t-below-upper": below,
        "p-below-upper": p_below, "p-equivalence": max(p_above, p_below),
        "interval-equivalence": [kit.real(mean) - reach, kit.real(mean) + reach],
    }
    if len(kit.differences(pairs)) < 10_000:
        unit = pairs["scale"]["steps-per-unit"]
        baseline, follow_up = (np.array(column) / unit for column in kit.columns(pairs))
        p, first, second = ttost_paired(follow_up, baseline, float(lower), float(upper))
        for what, ours, other in (
            ("p", row["p-equivalence"], p), ("t above", above, first[0]), ("p above", p_above, first[1]),
            ("t below", below, second[0]), ("p below", p_below, second[1]),
        ):
            kit.agree(f"statsmodels ttost {pairs['scale']} {margins} {what}", ours, other, 1e-8)
    return row


def main():
    rows = []
    tails = {
        "101 strongly up": of_differences([20 + (k * 7) % 5 for k in range(101)]),
        "101 mostly up": of_differences([1] * 60 + [0] * 30 + [2] * 11),
        "260 strongly up, p near 1e-284": of_differences([9 + k % 3 for k in range(260)]),
        "260 strongly down": of_differences([-(9 + k % 3) for k in range(260)]),
        "mean exactly zero": of_differences([3, -3, 1, -1, 0, 2, -2]),
    }
    for name, pairs in {**kit.samples(), **tails}.items():
        if len(kit.differences(pairs)) > 10_000:
            continue
        for level in (0.95, 0.9):
            rows.append(case(name, "paired-t", {"level": level}, t_test(pairs, level), pairs))
    margins = {
        "swemwbs, 12": [(-1, 1), (-3, 3)], "swemwbs, 68": [(-3, 3), (-1.03, 2.87)],
        "wemwbs, 24": [(-9, 9), (-3, 3)], "life satisfaction, 40": [(-1, 1), (-0.5, 0.5)],
        "anxious, 30, lower is better": [(-1, 1)], "star area, 25, many zeros": [(-0.5, 0.5), (-1, 1)],
        "phq-9, 60, lower is better": [(-5, 5)], "three pairs": [(-9, 9)], "even split": [(-0.2, 0.2), (-0.5, 0.5)],
        "swemwbs, 200": [(-1, 1), (-0.5, 3)], "wemwbs, 1000": [(-1, 1), (-3, 3)],
    }
    for name, pairs in kit.samples().items():
        for pair in margins.get(name, []):
            options = {"margins": list(pair), "level": 0.95}
            rows.append(case(name, "equivalence", options, equivalence(pairs, pair, 0.95), pairs))
    for name, pairs, reason in (
        ("nobody", kit.NOBODY, "no-pairs"), ("one pair", kit.ONE_PAIR, "one-pair"),
        ("nobody changed", kit.ALL_STILL, "all-differences-zero"),
        ("all changed alike", kit.ALL_ALIKE, "all-differences-equal"),
    ):
        rows.append(case(name, "paired-t", {"level": 0.95}, {"not-computed": reason}, pairs))
        rows.append(case(name, "equivalence", {"margins": [-1, 1], "level": 0.95}, {"not-computed": reason}, pairs))
    beside_others(rows)
    versions = (
        f"Python fractions, {kit.MPMATH}, scipy {scipy.__version__}, "
        f"statsmodels {statsmodels.__version__}, R 4.2.2"
    )
    kit.write("paired_t.py", versions, VALUES, rows)


def beside_others(rows):
    asked = [row for row in rows if "t" in row["expected"]]
    payload = [{
        "cells": row["pairs"]["cells"], "unit": row["pairs"]["scale"]["steps-per-unit"],
        "level": row["options"]["level"],
    } for row in asked]
    for row, theirs in zip(asked, kit.r("paired_t.R", payload)):
        ours, name = row["expected"], f"R {row['name']}"
        mine = [ours["t"], ours["p"]["two-sided"], ours["p"]["less"], ours["p"]["greater"],
                *ours["interval"], ours["lower-limit"], ours["upper-limit"]]
        for what, a, b in zip(("t", "p", "less", "greater", "low", "high", "lower", "upper"), mine, theirs):
            if a != 0 or abs(b) > 1e-12:
                kit.agree(f"{name} {what}", a, b, 1e-8)
        baseline, follow_up = (np.array(column, float) for column in kit.columns(row["pairs"]))
        for alternative, p in ours["p"].items():
            kit.agree(f"scipy {row['name']} {alternative}", p,
                      stats.ttest_rel(follow_up, baseline, alternative=alternative).pvalue, 1e-8)


if __name__ == "__main__":
    main()
