"""The difference of two shares of different people, with Newcombe's interval.

    python clw-core/tests/oracles/difference.py > clw-core/tests/golden/difference.json

`before` and `after` are [count, of]; the difference is after less before. Limits are those of
method 10 of Newcombe (1998), doi:10.1002/(SICI)1097-0258(19980430)17:8<873::AID-SIM779>3.0.CO;2-I, from
Wilson's limits, the roots of (p − θ)² = z²·θ(1 − θ)/n found by mpmath. The eight contrasts of the
paper's table II are there with its four printed digits, and statsmodels beside all.
"""

import sys

import mpmath
from statsmodels.stats.proportion import confint_proportions_2indep

import kit
from kit import Fraction, case, mp, mpf

VALUES = {
    "difference": (1e-15, "fractions"),
    "interval": (1e-12, "mpmath 1.4.1; statsmodels 0.15.0 confint_proportions_2indep(method='newcomb'); Newcombe (1998)"),
}
# (a, m, b, n) with a/m − b/n, and the printed limits of method 10.
PRINTED = [
    ((56, 70, 48, 80), (0.0524, 0.3339)), ((9, 10, 3, 10), (0.1705, 0.8090)), ((6, 7, 2, 7), (0.0582, 0.8062)),
    ((5, 56, 0, 29), (-0.0381, 0.1926)), ((0, 10, 0, 20), (-0.1611, 0.2775)), ((0, 10, 0, 10), (-0.2775, 0.2775)),
    ((10, 10, 0, 20), (0.6791, 1.0)), ((10, 10, 0, 10), (0.6075, 1.0)),
]
OTHERS = [
    (55, 100, 13, 100), (13, 100, 55, 100), (1, 1, 0, 1), (0, 1, 1, 1), (1, 3, 1, 3), (250, 1000, 251, 1003),
    (123_456, 1_000_000, 123_000, 1_000_000), (1, 1_000_000, 0, 50), (999_999, 1_000_000, 40, 40), (7, 12, 300, 900),
    (32, 245, 98, 100), (0, 400, 3, 900),
]


def wilson(k, n, z):
    """Both roots of n(k/n − θ)² = z²·θ(1 − θ) by the quadratic formula at 60 digits."""
    with mp.workdps(60):
        k, n = mpf(k), mpf(n)
        a, b, c = n + z * z, -(2 * k + z * z), k * k / n
        root = mp.sqrt(b * b - 4 * a * c)
        return (-b - root) / (2 * a), (-b + root) / (2 * a)


def newcombe(after, m, before, n, level):
    z = kit.normal_quantile((1 + mpf(str(level))) / 2)
    p2, p1 = mpf(after) / m, mpf(before) / n
    (l2, u2), (l1, u1) = wilson(after, m, z), wilson(before, n, z)
    d = p2 - p1
    return (max(d - mp.sqrt((p2 - l2) ** 2 + (u1 - p1) ** 2), mpf(-1)),
            min(d + mp.sqrt((u2 - p2) ** 2 + (p1 - l1) ** 2), mpf(1)))


def main():
    rows = []
    asked = [(counts, 0.95) for counts, _ in PRINTED]
    asked += [(counts, level) for counts in OTHERS for level in (0.95, 0.99)]
    for (after, m, before, n), level in asked:
        limits = newcombe(after, m, before, n, level)
        name = f"{after}/{m} less {before}/{n}"
        difference = Fraction(after, m) - Fraction(before, n)
        rows.append(case(name, "newcombe-10", {"level": level}, {"difference": difference, "interval": limits},
                         before=[before, n], after=[after, m]))
        other = confint_proportions_2indep(after, m, before, n, method="newcomb", compare="diff", alpha=1 - level)
        for ours, theirs in zip(limits, other):
            kit.agree(f"statsmodels {name} {level}", ours, min(max(theirs, -1), 1), 1e-7)
    for (counts, printed), row in zip(PRINTED, rows):
        for ours, theirs in zip(row["expected"]["interval"], printed):
            if abs(ours - theirs) > 5.1e-5:
                sys.exit(f"{counts}: {ours} is not the {theirs} printed")
    kit.write("difference.py", f"mpmath {mpmath.__version__}, statsmodels 0.15.0", VALUES, rows)


if __name__ == "__main__":
    main()
