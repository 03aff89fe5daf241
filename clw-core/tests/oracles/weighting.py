"""Inverse-probability weighting of the pairs.

    python clw-core/tests/oracles/weighting.py > clw-core/tests/golden/weighting.json

`profiles` is as `ProfileCounts` is written. Everybody is written out as a row; the model and both variances are
computed from the rows in 40-digit arithmetic:

* the logistic model by Newton's method on the log likelihood, its columns a constant, (baseline − mean)/SD (n − 1)
  over all due, and each level against the commonest. A level with fewer than `fewest-of-a-level` paired or unpaired
  is taken together with other such levels; where these are still too few they count as the commonest. A column that
  is a combination of those before it is left out.
* weighted means Σwy/Σw, w = 1/P(paired); stabilised weights; Kish's effective sample size.
* weights-as-known: n/(n − 1)·Σw²(y − μ)²/(Σw)². R's survey (svymean, svyciprop by log odds) and statsmodels' WLS
  with HC1 beside it.
* weights-as-estimated: the sandwich A⁻¹BA⁻ᵀ of the stacked estimating equations x(R − π) and R(y − μ)/π, A by central
  differences with a step of 10⁻¹⁵.
"""

import random

import numpy as np
import statsmodels.api as sm

import kit
from kit import Fraction, case, mp, mpf

SOURCE = "mpmath 1.4.1, Newton at 40 digits; R 4.2.2 glm, survey 4.1-1; statsmodels 0.15.0 WLS HC1"
VALUES = {
    "outcome": (0, "definition"),
    "paired": (0, "counting"),
    "unpaired": (0, "counting"),
    "terms": (0, "definition: [kind or trait, level or null, reference or null]"),
    "log-odds": (1e-9, SOURCE + "; relative to the largest of the model"),
    "standard-errors": (1e-9, SOURCE),
    "log-likelihood": (1e-12, SOURCE),
    "weights": (1e-10, "the same: smallest, mean, largest stabilised weight, effective sample size"),
    "weighted-change": (1e-10, SOURCE + "; relative to the SD of change"),
    "unweighted-change": (1e-14, "fractions"),
    "change-error": (1e-10, SOURCE),
    "change-interval": (1e-10, SOURCE),
    "weighted-improved": (1e-10, SOURCE),
    "improved-error": (1e-10, SOURCE),
    "improved-interval": (1e-10, SOURCE),
}


def logistic(x):
    return 1 / (1 + mp.exp(-x))


def columns_of(on, people, traits, fewest):
    """The terms of the model and everybody's values, [baseline, follow-up or None, levels] each."""
    baselines = [b for b, _, _ in people]
    n = len(people)
    mean = Fraction(sum(baselines), n)
    variance = sum((b - mean) ** 2 for b in baselines) / Fraction(n - 1) if n > 1 else Fraction(0)
    terms, columns = [["constant", None, None]], [[mpf(1)] * n]
    if variance > 0:
        sd = kit.root(variance)
        terms.append(["baseline-score", None, None])
        columns.append([kit.real(b - mean) / sd for b in baselines])
    for place, trait in enumerate(traits):
        held = [levels[place] for _, _, levels in people]
        paired = [follow_up is not None for _, follow_up, _ in people]
        count = {level: [0, 0] for level in sorted(set(held))}
        for level, has in zip(held, paired):
            count[level][0 if has else 1] += 1
        common = [level for level, of in count.items() if min(of) >= fewest]
        if not common:
            continue
        reference = max(common, key=lambda level: (sum(count[level]), [-ord(c) for c in level]))
        rare = [level for level in count if level not in common]
        together = [sum(count[level][i] for level in rare) for i in (0, 1)]
        for level in common:
            if level != reference:
                terms.append([trait, level, reference])
                columns.append([mpf(int(own == level)) for own in held])
        if rare and min(together) >= fewest:
            terms.append([trait, "other levels", reference])
            columns.append([mpf(int(own in rare)) for own in held])
    return terms, [list(row) for row in zip(*columns)]


def grouped(rows, paired):
    """Equal rows of values together: values, paired, unpaired."""
    cells = {}
    for row, has in zip(rows, paired):
        cell = cells.setdefault(tuple(row), [0, 0])
        cell[0 if has else 1] += 1
    return [(list(values), n, m) for values, (n, m) in cells.items()]


def fit(cells, size):
    beta = mp.matrix([mpf(0)] * size)
    for _ in range(60):
        gradient, information = mp.matrix(size, 1), mp.matrix(size, size)
        for x, n, m in cells:
            chance = logistic(sum(a * b for a, b in zip(x, beta)))
            for i in range(size):
                gradient[i] += x[i] * (n - (n + m) * chance)
                for k in range(i + 1):
                    information[i, k] += x[i] * x[k] * (n + m) * chance * (1 - chance)
        for i in range(size):
            for k in range(i):
                information[k, i] = information[i, k]
        step = mp.lu_solve(information, gradient)
        beta += step
        if max(abs(s) for s in step) < mpf(10) ** -34:
            return beta, information
        if max(abs(b) for b in beta) > 40:
            return None
    return None


def independent(rows):
    """Columns that are no combination of those before them."""
    matrix = np.array([[float(v) for v in row] for row in rows])
    kept = []
    for place in range(matrix.shape[1]):
        if np.linalg.matrix_rank(matrix[:, kept + [place]], tol=1e-8 * np.sqrt(len(rows))) == len(kept) + 1:
            kept.append(place)
    return kept


def mean_and_error(rows, paired, beta, y, known):
    """Hájek's mean of y over the pairs, its standard error."""
    chances = [logistic(sum(a * b for a, b in zip(x, beta))) for x in rows]
    followed = [(c, v) for c, has, v in zip(chances, paired, y) if has]
    total = sum(1 / c for c, _ in followed)
    mean = sum(v / c for c, v in followed) / total
    n = len(followed)
    if known:
        square = mpf(n) / (n - 1) * sum(((v - mean) / c) ** 2 for c, v in followed)
        return mean, mp.sqrt(square) / total
    kinds = {}
    for x, has, v in zip(rows, paired, y):
        key = (tuple(x), v if has else None)
        kinds[key] = kinds.get(key, 0) + 1
    size = len(beta)

    def equations(x, v, theta):
        chance = logistic(sum(a * b for a, b in zip(x, theta)))
        has = 0 if v is None else 1
        last = (v - theta[size]) / chance if has else mpf(0)
        return [a * (has - chance) for a in x] + [last]

    theta = [*beta, mean]
    step = mpf(10) ** -15
    a, b = mp.matrix(size + 1, size + 1), mp.matrix(size + 1, size + 1)
    for (x, v), count in kinds.items():
        psi = equations(x, v, theta)
        for i in range(size + 1):
            for k in range(size + 1):
                b[i, k] += count * psi[i] * psi[k]
        for k in range(size + 1):
            up, down = list(theta), list(theta)
            up[k] += step
            down[k] -= step
            moved = zip(equations(x, v, up), equations(x, v, down))
            for i, (high, low) in enumerate(moved):
                a[i, k] -= count * (high - low) / (2 * step)
    inverse = a**-1
    return mean, mp.sqrt((inverse * b * inverse.T)[size, size])


R_ASKED, R_ROWS = [], []


def expected(name, on, traits, people, options):
    steps = on["steps-per-unit"]
    paired = [follow_up is not None for _, follow_up, _ in people]
    n, m = sum(paired), len(people) - sum(paired)
    if n == 0:
        return {"outcome": "nobody-paired"}
    if n == 1:
        return {"outcome": "one-pair"}
    if m == 0:
        return {"outcome": "nobody-unpaired"}
    terms, rows = columns_of(on, people, traits, options["fewest-of-a-level"])
    kept = independent(rows)
    design = [[row[i] for i in kept] for row in rows]
    found = fit(grouped(design, paired), len(kept))
    if found is None:
        return {"outcome": "separated"}
    beta, information = found
    inverse = information**-1
    log_odds, errors = [None] * len(terms), [None] * len(terms)
    for place, column in enumerate(kept):
        log_odds[column], errors[column] = beta[place], mp.sqrt(inverse[place, place])
    chances = [logistic(sum(a * b for a, b in zip(x, beta))) for x in design]
    likelihood = sum(mp.log(c if has else 1 - c) for c, has in zip(chances, paired))
    weights = [kit.real(Fraction(n, n + m)) / c for c, has in zip(chances, paired) if has]
    worse = -1 if on["direction"] == "lower-is-better" else 1
    change = [mpf(f - b) / steps if f is not None else None for b, f, _ in people]
    improved = [mpf(int(worse * (f - b) > 0)) if f is not None else None for b, f, _ in people]
    known = options["variance"] == "weights-as-known"
    mean, error = mean_and_error(design, paired, list(beta), change, known)
    share, share_error = mean_and_error(design, paired, list(beta), improved, known)
    level = mpf(str(options["level"]))
    reach = kit.t_upper_quantile((1 - level) / 2, n - 1)
    changes = [f - b for b, f, _ in people if f is not None]
    result = {
        "outcome": "weighted",
        "paired": n,
        "unpaired": m,
        "terms": terms,
        "log-odds": log_odds,
        "standard-errors": errors,
        "log-likelihood": likelihood,
        "weights": [min(weights), sum(weights) / n, max(weights), sum(weights) ** 2 / sum(w * w for w in weights)],
        "weighted-change": mean,
        "unweighted-change": Fraction(sum(changes), n * steps),
        "change-error": error,
        "change-interval": [mean - reach * error, mean + reach * error],
        "weighted-improved": share,
        "improved-error": share_error,
    }
    if 0 < share < 1:
        odds, half = mp.log(share / (1 - share)), reach * share_error / (share * (1 - share))
        result["improved-interval"] = [logistic(odds - half), logistic(odds + half)]
    else:
        result["improved-interval"] = "one-class"
    if known and len(people) < 3000:
        R_ASKED.append((name, result, kept))
        R_ROWS.append({
            "x": [[float(v) for v in row] for row in design],
            "paired": [int(has) for has in paired],
            "change": [float(c) if c is not None else 0.0 for c in change],
            "improved": [int(i) if i is not None else 0 for i in improved],
            "level": options["level"],
        })
        followed = [i for i, has in enumerate(paired) if has]
        wls = sm.WLS(
            [float(change[i]) for i in followed], np.ones(n), [float(1 / chances[i]) for i in followed]
        ).fit(cov_type="HC1")
        kit.agree(name + " WLS mean", mean, wls.params[0], 1e-10)
        kit.agree(name + " WLS HC1", error, wls.bse[0], 1e-10)
    return result


def check_r():
    for (name, ours, kept), theirs in zip(R_ASKED, kit.r("weighting.R", R_ROWS)):
        def listed(value):
            return value if isinstance(value, list) else [value]

        for place, odds, error in zip(kept, listed(theirs["coefficients"]), listed(theirs["errors"])):
            largest = max(abs(v) for v in ours["log-odds"] if v is not None)
            kit.agree(f"{name} log odds", 2 + ours["log-odds"][place] / largest, 2 + odds / float(largest), 1e-8)
            kit.agree(f"{name} errors", ours["standard-errors"][place], error, 1e-7)
        for key, theirs_key, tolerance in [
            ("log-likelihood", "log_likelihood", 1e-11), ("weighted-change", "change", 1e-8),
            ("change-error", "change_error", 1e-8), ("weighted-improved", "improved", 1e-9),
        ]:
            kit.agree(f"{name} {key}", ours[key], theirs[theirs_key], tolerance)
        for key, theirs_key in [("change-interval", "change_interval"), ("improved-interval", "improved_interval")]:
            if theirs_key in theirs:
                for a, b in zip(ours[key], theirs[theirs_key]):
                    kit.agree(f"{name} {key}", a, b, 1e-7)


def profiles(on, traits, people):
    """As `ProfileCounts` is written."""
    better = -1 if on["direction"] == "lower-is-better" else 1
    cells = {}
    for baseline, follow_up, levels in people:
        cell = cells.setdefault((baseline, tuple(levels)), [0, 0, 0, 0, 0])
        if follow_up is None:
            cell[1] += 1
        else:
            change = follow_up - baseline
            for i, more in enumerate((1, 0, int(better * change > 0), change, change * change)):
                cell[i] += more
    keys = ("paired", "unpaired", "improved", "change-steps", "change-steps-squared")
    rows = [
        [{"baseline-steps": baseline, "levels": list(levels)}, dict(zip(keys, cell))]
        for (baseline, levels), cell in sorted(cells.items())
    ]
    return {"scale": on, "traits": traits, "cells": rows}


def drawn(seed, on, n, mean, sd, change, traits, chance, grid=None):
    """People whose chance of a follow-up depends on what is recorded, and whose change may too."""
    draw = random.Random(seed)
    people = []
    for _ in range(n):
        levels = [draw.choices(list(shares), list(shares.values()))[0] for shares in traits.values()]

        def place(value):
            if grid is not None:
                return min(grid, key=lambda g: abs(g - value))
            return min(max(round(value), on["lowest"]), on["highest"])

        baseline = place(draw.gauss(mean, sd))
        moved = place(baseline + draw.gauss(change + 0.1 * sd * ("man" in levels), 0.8 * sd))
        odds = chance((baseline - mean) / sd, levels)
        people.append([baseline, moved if draw.random() < float(logistic(mpf(odds))) else None, levels])
    return people


GENDER = {"woman": 60, "man": 35, "not recorded": 5}
SIMD = {"quintile 1": 35, "quintile 2": 25, "quintile 3": 18, "quintile 4": 12, "quintile 5": 10}
SOURCE_OF = {"gp": 60, "nurse": 20, "self": 12, "hospital": 3, "pharmacist": 3, "police": 2}


def by_baseline(z, levels):
    return 0.2 + 0.6 * z


def by_all(z, levels):
    return -0.3 + 0.4 * z + 0.7 * ("woman" in levels) - 0.5 * ("quintile 1" in levels)


SAMPLES = {
    "swemwbs, gender and simd": (
        kit.SWEMWBS, ["gender", "simd"],
        drawn(1, kit.SWEMWBS, 300, 1900, 380, 200, {"gender": GENDER, "simd": SIMD}, by_all, kit.SWEMWBS_GRID),
    ),
    "life satisfaction, simd": (kit.ONS4, ["simd"], drawn(2, kit.ONS4, 150, 5, 2, 0.8, {"simd": SIMD}, by_all)),
    "phq-9, lower is better": (kit.PHQ9, ["gender"], drawn(3, kit.PHQ9, 400, 14, 5, -3, {"gender": GENDER}, by_all)),
    "baseline alone": (kit.ONS4, [], drawn(4, kit.ONS4, 80, 5, 2, 0.5, {}, by_baseline)),
    "rare levels": (
        kit.WEMWBS, ["gender", "source"],
        drawn(5, kit.WEMWBS, 160, 42, 9, 4, {"gender": GENDER, "source": SOURCE_OF}, by_all),
    ),
    "three traits": (
        kit.STAR, ["gender", "simd", "source"],
        drawn(6, kit.STAR, 600, 2.6, 1, 0.5, {"gender": GENDER, "simd": SIMD, "source": SOURCE_OF}, by_all),
    ),
    "one trait, same baselines": (
        kit.ONS4, ["gender"],
        [[5, f, [g]] for g, f, n in [("woman", 7, 24), ("woman", 5, 6), ("woman", None, 10),
                                     ("man", 6, 7), ("man", 4, 3), ("man", None, 30)] for _ in range(n)],
    ),
    "one trait not recorded with the other": (
        kit.ONS4, ["gender", "simd"],
        [[b, f, lv] for (b, f, lv), n in [
            ((4, 6, ["woman", "most deprived"]), 20), ((5, None, ["woman", "most deprived"]), 12),
            ((3, 3, ["man", "least deprived"]), 9), ((6, None, ["man", "least deprived"]), 14),
            ((6, 7, ["woman", "least deprived"]), 11), ((4, None, ["woman", "least deprived"]), 8),
            ((5, 8, ["man", "most deprived"]), 6), ((3, None, ["man", "most deprived"]), 13),
            ((4, 5, ["not recorded", "not recorded"]), 7), ((6, None, ["not recorded", "not recorded"]), 9),
        ] for _ in range(n)],
    ),
    "everybody improved": (
        kit.ONS4, ["gender"],
        [[b, f, [g]] for b, f, g, n in [(3, 5, "woman", 20), (4, 7, "man", 9), (3, None, "woman", 9),
                                        (6, None, "man", 12), (5, 6, "man", 5)] for _ in range(n)],
    ),
    "few people": (kit.ONS4, ["gender"], drawn(8, kit.ONS4, 24, 5, 2, 1, {"gender": {"woman": 1, "man": 1}}, by_baseline)),
    "twenty thousand": (
        kit.SWEMWBS, ["gender"],
        drawn(9, kit.SWEMWBS, 20_000, 1900, 380, 200, {"gender": GENDER}, by_all, kit.SWEMWBS_GRID),
    ),
    "nobody low was followed up": (
        kit.ONS4, [],
        [[b, f, []] for b, f, n in [(2, None, 20), (3, None, 20), (6, 7, 10), (7, 7, 10), (8, None, 0)] for _ in range(n)],
    ),
    "nobody paired": (kit.ONS4, ["gender"], [[5, None, ["woman"]]] * 3),
    "one pair": (kit.ONS4, ["gender"], [[5, 6, ["woman"]]] + [[5, None, ["man"]]] * 3),
    "nobody unpaired": (kit.ONS4, ["gender"], [[5, 6, ["woman"]]] * 3),
    "nobody": (kit.ONS4, ["gender"], []),
}
OPTIONS = {"level": 0.95, "variance": "weights-as-known", "fewest-of-a-level": 5}
CASES = []
for name, (on, traits, people) in SAMPLES.items():
    asked = [OPTIONS, OPTIONS | {"variance": "weights-as-estimated"}]
    if name == "rare levels":
        asked += [OPTIONS | {"fewest-of-a-level": 1}, OPTIONS | {"fewest-of-a-level": 30, "level": 0.9}]
    if len(people) < 4:
        asked = asked[:1]
    for options in asked:
        if name == "twenty thousand" and options is not asked[0]:
            continue
        result = expected(name, on, traits, people, options)
        CASES.append(case(name, "weighting", options, result, profiles=profiles(on, traits, people)))
check_r()

kit.write("weighting.py", "mpmath 1.4.1, R 4.2.2 with survey 4.1-1, statsmodels 0.15.0", VALUES, CASES)
