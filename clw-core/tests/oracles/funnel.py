"""Funnel plots of shares: exact, mid-p, interpolated and overdispersed limits.

    python clw-core/tests/oracles/funnel.py > clw-core/tests/golden/funnel.json

`practices` are [name, count, of]. With target θ and tails t of 0.025 and 0.001, F the binomial
distribution function with n and θ, summed in mpmath at 40 digits:

* exact-binomial: the smallest r with F(r) ≥ t and the smallest with F(r) ≥ 1 − t, over n (R: qbinom).
* mid-p: the smallest r with F(r) − P(r)/2 > t and the largest with 1 − F(r) + P(r)/2 > t, over n.
* interpolated-binomial: (r − α)/n with r as for exact and α = (F(r) − p)/P(r), p = t and 1 − t, cut at
  0 and 1: Spiegelhalter (2005), appendix A.1.1, doi:10.1002/sim.1970.
* normal-overdispersed: θ ± z·√(max(φ, 1)·θ(1 − θ)/n); φ the mean square of z scores winsorised by
  SciPy's mstats.winsorize.

`points` are [name, share, lower 95, upper 95, lower 99.8, upper 99.8, position] by denominator and name.
"""

import functools
import random

import mpmath
import numpy as np
import scipy
from scipy.stats import mstats

import kit
from kit import Fraction, case, mp, mpf

SOURCE = "mpmath 1.4.1, binomial terms summed; R 4.2.2 qbinom"
VALUES = {
    "target": (0, "fractions, rounded once"),
    "points": (1e-12, SOURCE),
    "estimated": (1e-12, "mpmath 1.4.1; SciPy 1.17.1 mstats.winsorize"),
    "winsorised-each-side": (0, "SciPy 1.17.1 mstats.winsorize"),
    "without-denominator": (0, "counting"),
}
TAILS = (Fraction(25, 1000), Fraction(1, 1000))
METHODS = ["exact-binomial", "mid-p", "interpolated-binomial", {"normal-overdispersed": {"winsorised": 0.1}}]


def drawn(seed, practices, largest, share, spread):
    """Practices that differ by chance and by `spread`."""
    draw = random.Random(seed)
    rows = []
    for nth in range(practices):
        of = draw.randint(0, largest)
        chance = min(max(draw.gauss(share, spread), 0.01), 0.99)
        rows.append([f"practice {nth + 1}", sum(draw.random() < chance for _ in range(of)), of])
    return rows


SAMPLES = {
    "12 small practices": drawn(1, 12, 25, 0.4, 0.0),
    "36 practices, overdispersed": drawn(2, 36, 120, 0.55, 0.15),
    "practices with few completing": drawn(3, 15, 60, 0.13, 0.05),
    "nearly everybody": drawn(4, 10, 80, 0.97, 0.0),
    "large areas": [["a", 1_650, 3_000], ["b", 2_990, 5_200], ["c", 410, 800], ["d", 0, 40], ["e", 40, 40]],
    "one": [["a", 3, 7]],
}


@functools.cache
def distribution(n, p):
    """P(r) and F(r) for all r."""
    term, total, points, below = (1 - kit.real(p)) ** n, mpf(0), [], []
    odds = kit.real(p) / (1 - kit.real(p))
    for r in range(n + 1):
        total += term
        points.append(term)
        below.append(total)
        term *= mpf(n - r) / (r + 1) * odds
    return points, below


def smallest(below, tail):
    return next(r for r, area in enumerate(below) if area >= tail)


def limits(method, n, p, t, phi, asked):
    points, below = distribution(n, p)
    t = kit.real(t)
    if method == "exact-binomial":
        ends = smallest(below, t), smallest(below, 1 - t)
        asked += [([n, float(p), float(t)], ends[0]), ([n, float(p), float(1 - t)], ends[1])]
        return [Fraction(end, n) for end in ends]
    if method == "mid-p":
        inside = [r for r in range(n + 1) if below[r] - points[r] / 2 > t and 1 - below[r] + points[r] / 2 > t]
        return [Fraction(inside[0], n), Fraction(inside[-1], n)]
    if method == "interpolated-binomial":
        ends = []
        for area in (t, 1 - t):
            r = smallest(below, area)
            ends.append((r - (below[r] - area) / points[r]) / n)
        return [max(ends[0], mpf(0)), min(ends[1], mpf(1))]
    by = kit.normal_quantile(1 - t) * mp.sqrt(max(phi, mpf(1)) * kit.real(p * (1 - p)) / n)
    return [max(kit.real(p) - by, mpf(0)), min(kit.real(p) + by, mpf(1))]


def overdispersion(rows, p, share):
    scores = [kit.real(Fraction(count, of) - p) / mp.sqrt(kit.real(p * (1 - p)) / of) for _, count, of in rows]
    order = np.argsort(np.argsort([float(z) for z in scores], kind="stable"), kind="stable")
    places = mstats.winsorize(order, limits=(share, share))
    scores = sorted(scores)
    moved = int(sum(1 for z in order if z < min(places)))
    return mp.fsum(scores[int(place)] ** 2 for place in places) / len(scores), moved


def position(share, pairs):
    for (lower, upper), name in zip(reversed(pairs), ("99-8", "95")):
        if kit.real(share) > kit.real(upper):
            return f"more-than-expected-{name}"
        if kit.real(share) < kit.real(lower):
            return f"fewer-than-expected-{name}"
    return "as-expected"


def main():
    rows, asked = [], []
    for name, practices in SAMPLES.items():
        for target in ("pooled", {"given": 0.5}):
            people = sorted((row for row in practices if row[2]), key=lambda row: (row[2], row[0]))
            pooled = Fraction(sum(row[1] for row in people), sum(row[2] for row in people))
            p = pooled if target == "pooled" else Fraction(1, 2)
            for method in METHODS:
                key = method if isinstance(method, str) else "normal-overdispersed"
                phi, moved = overdispersion(people, p, 0.1)
                points = []
                for practice, count, of in people:
                    pairs = [limits(key, of, p, t, phi, asked) for t in TAILS]
                    share = Fraction(count, of)
                    points.append([practice, share, *pairs[0], *pairs[1], position(share, pairs)])
                expected = {
                    "target": p, "points": points,
                    "without-denominator": sorted(row[0] for row in practices if not row[2]),
                }
                if key == "normal-overdispersed":
                    expected |= {"estimated": phi, "winsorised-each-side": moved}
                rows.append(case(name, "funnel", {"limits": method, "target": target}, expected, practices=practices))
    for (question, ours), theirs in zip(asked, kit.r("qbinom.R", [question for question, _ in asked])):
        kit.agree(f"qbinom {question}", ours, theirs, 0)
    versions = f"mpmath {mpmath.__version__}, R 4.2.2, SciPy {scipy.__version__}"
    kit.write("funnel.py", versions, VALUES, rows)


if __name__ == "__main__":
    main()
