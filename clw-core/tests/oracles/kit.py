"""What the oracle scripts share: pair tables, exact moments, reference distributions, R, and output.

Nothing here is read by the library. Samples are pair tables in the form in which `PairCounts` is
written; moments are fractions; distributions are mpmath's at 40 digits, each by a definition the
library does not use (erfc, incomplete beta and gamma functions, numerical integration).
"""

import json
import random
import subprocess
import sys
from fractions import Fraction
from pathlib import Path

import mpmath
from mpmath import mp, mpf

mp.dps = 40
HERE = Path(__file__).parent
MPMATH = f"mpmath {mpmath.__version__}"


# Samples

def scale(lowest, highest, steps_per_unit=1, direction="higher-is-better"):
    return {
        "direction": direction,
        "steps-per-unit": steps_per_unit,
        "lowest": lowest,
        "highest": highest,
    }


SWEMWBS = scale(700, 3500, 100)
SWEMWBS_GRID = [
    700, 951, 1125, 1240, 1333, 1408, 1475, 1532, 1584, 1636, 1688, 1743, 1798, 1859, 1925, 1998,
    2073, 2154, 2235, 2321, 2411, 2503, 2602, 2703, 2813, 2931, 3070, 3255, 3500,
]
ONS4 = scale(0, 10)
ONS4_ANXIOUS = scale(0, 10, direction="lower-is-better")
STAR = scale(1, 5)
PHQ9 = scale(0, 27, direction="lower-is-better")
WEMWBS = scale(14, 70)


def table(on, pairs):
    """A pair table of [(baseline, follow-up), …] or {(baseline, follow-up): pairs}."""
    counts = dict(pairs) if isinstance(pairs, dict) else {}
    if not counts:
        for pair in pairs:
            counts[tuple(pair)] = counts.get(tuple(pair), 0) + 1
    return {"scale": on, "cells": [[b, f, n] for (b, f), n in sorted(counts.items())]}


def of_differences(differences, steps_per_unit=1):
    """The table of some differences, each from the lowest baseline that keeps it on the scale."""
    widest = max([abs(d) for d in differences] + [1])
    on = scale(0, widest, steps_per_unit)
    return table(on, [(max(0, -d), max(0, d)) for d in differences])


def columns(pairs):
    """Both columns of a table in steps, one row for each person."""
    rows = [(b, f) for b, f, n in pairs["cells"] for _ in range(n)]
    return [b for b, _ in rows], [f for _, f in rows]


def differences(pairs):
    return [f - b for b, f, n in pairs["cells"] for _ in range(n)]


def gains(pairs):
    """Differences in the better direction."""
    sign = 1 if pairs["scale"]["direction"] == "higher-is-better" else -1
    return [sign * d for d in differences(pairs)]


def drawn(seed, on, n, mean, sd, change, change_sd, grid=None):
    """n pairs of rounded normal scores, clipped to the scale or moved to the nearest grid value."""
    draw = random.Random(seed)

    def place(value):
        if grid is not None:
            return min(grid, key=lambda g: abs(g - value))
        return min(max(round(value), on["lowest"]), on["highest"])

    pairs = []
    for _ in range(n):
        baseline = draw.gauss(mean, sd)
        pairs.append((place(baseline), place(baseline + draw.gauss(change, change_sd))))
    return table(on, pairs)


def samples():
    """Samples like those of programmes, by name."""
    return {
        "swemwbs, 12": drawn(1, SWEMWBS, 12, 1900, 350, 250, 300, SWEMWBS_GRID),
        "swemwbs, 68": drawn(2, SWEMWBS, 68, 1928, 392, 200, 420, SWEMWBS_GRID),
        "wemwbs, 24": drawn(3, WEMWBS, 24, 42, 9, 4, 7),
        "life satisfaction, 40": drawn(4, ONS4, 40, 5.5, 2.2, 0.8, 1.6),
        "anxious, 30, lower is better": drawn(5, ONS4_ANXIOUS, 30, 5.8, 2.6, -1.1, 2.2),
        "star area, 25, many zeros": drawn(6, STAR, 25, 2.4, 1.0, 0.4, 0.7),
        "phq-9, 60, lower is better": drawn(7, PHQ9, 60, 14.5, 5.5, -4.5, 5.0),
        "phq-9, 20, worse": drawn(8, PHQ9, 20, 11, 5, 2.5, 4.0),
        "two pairs": table(WEMWBS, [(40, 43), (38, 37)]),
        "three pairs": table(WEMWBS, [(40, 45), (38, 37), (50, 52)]),
        "five pairs, all up": table(WEMWBS, [(40, 45), (38, 41), (50, 52), (30, 44), (41, 42)]),
        "even split": table(ONS4, {(5, 6): 15, (5, 5): 40, (5, 4): 15}),
        "swemwbs, 200": drawn(9, SWEMWBS, 200, 1950, 390, 60, 380, SWEMWBS_GRID),
        "wemwbs, 1000": drawn(10, WEMWBS, 1000, 44, 9, 0.5, 8),
        "a million on five stages": table(
            STAR,
            {
                (1, 1): 90_000, (1, 2): 60_000, (1, 3): 20_000, (2, 1): 35_000, (2, 2): 180_000,
                (2, 3): 85_000, (2, 4): 15_000, (3, 2): 55_000, (3, 3): 200_000, (3, 4): 70_000,
                (3, 5): 9_000, (4, 2): 6_000, (4, 3): 40_000, (4, 4): 80_000, (4, 5): 25_000,
                (5, 3): 2_000, (5, 4): 8_000, (5, 5): 20_000,
            },
        ),
    }


NOBODY = table(ONS4, [])
ONE_PAIR = table(ONS4, [(4, 7)])
ONE_STILL = table(ONS4, [(4, 4)])
ALL_STILL = table(ONS4, [(3, 3), (5, 5), (5, 5), (8, 8)])
ALL_ALIKE = table(ONS4, [(3, 5), (5, 7), (5, 7), (8, 10)])


# Exact moments

def moments(values, steps_per_unit):
    """n, mean and variance (n − 1) of whole steps, in units of the printed score."""
    n = len(values)
    mean = Fraction(sum(values), n)
    if n < 2:
        return n, mean / steps_per_unit, None
    variance = sum(Fraction(v * v) for v in values) - n * mean * mean
    return n, mean / steps_per_unit, variance / (n - 1) / steps_per_unit**2


def covariance(x, y, steps_per_unit):
    n = len(x)
    cross = sum(a * b for a, b in zip(x, y)) - Fraction(sum(x) * sum(y), n)
    return cross / (n - 1) / steps_per_unit**2


def real(value):
    """A fraction or double as an mpf, exactly."""
    if isinstance(value, Fraction):
        return mpf(value.numerator) / value.denominator
    return mpf(value)


def root(value):
    return mp.sqrt(real(value))


def nearest(value):
    """The double nearest to an exact or high-precision value; the smallest normal one for less.

    That is how the library reports a p that is positive but below every double.
    """
    near = value.numerator / value.denominator if isinstance(value, Fraction) else float(value)
    return max(near, sys.float_info.min) if value > 0 else near


# Distributions

def normal_cdf(z):
    return mp.erfc(-z / mp.sqrt(2)) / 2


def normal_sf(z):
    return mp.erfc(z / mp.sqrt(2)) / 2


def normal_quantile(p):
    return mp.sqrt(2) * mp.erfinv(2 * mpf(p) - 1)


def t_sf(t, df):
    if t < 0:
        return 1 - t_sf(-t, df)
    df = mpf(df)
    return mp.betainc(df / 2, mpf(1) / 2, 0, df / (df + t * t), regularized=True) / 2


def t_upper_quantile(p, df):
    from scipy import stats

    start = mpf(float(stats.t.isf(float(p), df)))
    return mp.findroot(lambda q: mp.log(t_sf(q, df) / p), start)


def chi2_sf(x, df):
    return mp.gammainc(mpf(df) / 2, mpf(x) / 2, mp.inf, regularized=True)


def noncentral_t_cdf(t, df, noncentrality):
    """P(T ≤ t), the mean of a normal distribution function over s = √(χ²/df)."""
    df = mpf(df)
    log_constant = mp.log(2) + df / 2 * mp.log(df / 2) - mp.loggamma(df / 2)
    width = 1 / mp.sqrt(2 * df)

    def integrand(s):
        if s == 0:
            return mpf(0)
        log_density = log_constant + (df - 1) * mp.log(s) - df * s * s / 2
        return normal_cdf(t * s - noncentrality) * mp.exp(log_density)

    edges = [max(mpf(0), 1 + k * width) for k in (-60, -16, -8, -4, -2, 0, 2, 4, 8, 16, 60)]
    return mp.quad(integrand, sorted(set(edges)))


def noncentrality_limits(t, df, level):
    """The noncentralities at which t has (1 − level)/2 above and below it (Steiger & Fouladi)."""
    from scipy import optimize, stats

    if t == 0:  # P(T ≤ 0) is that of the normal alone
        z = normal_quantile((1 + mpf(str(level))) / 2)
        return -z, z

    if t < 0:
        low, high = noncentrality_limits(-t, df, level)
        return -high, -low

    def limit(area):
        rough = optimize.brentq(
            lambda d: float(stats.nct.cdf(float(t), df, d)) - float(area),
            float(t) - 6 - abs(float(t)),
            float(t) + 6 + abs(float(t)),
        )
        with mp.workdps(25):
            gap = lambda delta: noncentral_t_cdf(t, df, delta) - area
            return mp.findroot(gap, (mpf(rough) - mpf("1e-3"), mpf(rough) + mpf("1e-3")), tol=1e-18)

    tail = (1 - mpf(str(level))) / 2
    return limit(1 - tail), limit(tail)


def hedges_j(df):
    """The exact small-sample correction Γ(m/2) / (√(m/2) Γ((m − 1)/2)), Hedges (1981)."""
    m = mpf(df)
    return mp.exp(mp.loggamma(m / 2) - mp.loggamma((m - 1) / 2)) / mp.sqrt(m / 2)


# R

def r(script, payload):
    """What an R script beside this file prints for a payload, numbers to 17 digits."""
    run = subprocess.run(
        ["Rscript", "--vanilla", str(HERE / script)],
        input=json.dumps(payload), capture_output=True, text=True, check=False,
    )
    if run.returncode != 0:
        sys.exit(f"{script}: {run.stderr}")
    return numbers(json.loads(run.stdout))


def numbers(node):
    if isinstance(node, dict):
        return {key: numbers(value) for key, value in node.items()}
    if isinstance(node, list):
        return [numbers(value) for value in node]
    try:
        return float(node)
    except (TypeError, ValueError):
        return node


# Agreement and output

DISAGREEMENTS = []


def agree(what, ours, theirs, relative=1e-9):
    """Notes on stderr where another tool is further away than it should be."""
    ours, theirs = float(ours), float(theirs)
    gap = abs(ours - theirs) / max(abs(ours), 1e-300) if ours != theirs else 0.0
    if not gap <= relative:
        DISAGREEMENTS.append(what)
        print(f"disagrees: {what}: expected {ours!r}, other {theirs!r}", file=sys.stderr)
    return gap <= relative


def rounded(node):
    if isinstance(node, dict):
        return {key: rounded(value) for key, value in node.items()}
    if isinstance(node, (list, tuple)):
        return [rounded(value) for value in node]
    if isinstance(node, (Fraction, mpf)):
        return nearest(node)
    return node


def case(name, method, options, expected, pairs=None, **more):
    row = {"name": name, "method": method}
    if pairs is not None:
        row["pairs"] = pairs
    return {**row, **more, "options": options, "expected": rounded(expected)}


def write(script, versions, values, cases):
    """Prints a golden file: what made it, every expected value's source and tolerance, the cases."""
    for row in cases:
        for key in row["expected"]:
            if key != "not-computed" and key not in values:
                sys.exit(f"{row['name']}: no source is stated for {key}")
    names = [row["method"] + row["name"] + json.dumps(row["options"]) for row in cases]
    if len(set(names)) != len(names):
        sys.exit("two cases have one name: " + str({n for n in names if names.count(n) > 1}))
    print("{")
    print(f'"made-by": {json.dumps(f"python clw-core/tests/oracles/{script}; {versions}")},')
    print('"values": {')
    print(",\n".join(
        f'{json.dumps(key)}: {json.dumps({"tolerance": tolerance, "source": source}, ensure_ascii=False)}'
        for key, (tolerance, source) in values.items()
    ))
    print("},")
    print('"cases": [')
    print(",\n".join(json.dumps(row, ensure_ascii=False) for row in cases))
    print("]}")
    print(f"{script}: {len(cases)} cases", file=sys.stderr)
