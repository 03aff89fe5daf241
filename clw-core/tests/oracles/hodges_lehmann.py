"""The Hodges-Lehmann estimate of change, with its exact and its normal interval.

    python clw-core/tests/oracles/hodges_lehmann.py > clw-core/tests/golden/hodges_lehmann.json

The sample is that of the test: the non-zero changes with `wilcox`, all of them with `pratt`. With
M = n(n + 1)/2 Walsh averages in ascending order W(1) … W(M) (each value with itself included), the
estimate is their median and an interval is [W(k), W(M + 1 − k)]:

* exact: the largest k with P(V ≤ k − 1) ≤ α/2, V the signed rank statistic of n untied values;
  1 where there is none. It achieves 1 − 2·P(V ≤ k − 1), which is then below the level asked for.
  Without ties that is the level; with ties at least so much (Noether 1967, Journal of the American
  Statistical Association 62:184-188).
* normal: the largest k that the normal test of untied ranks rejects at k − 1, with μ = M/2 and
  σ² = n(n + 1)(2n + 1)/24: ⌊μ − zσ + ½⌋ with continuity correction, ⌊μ − zσ⌋ + 1 without, at least 1.
  It achieves 1 − 2·Φ((k − ½ − μ)/σ) or 1 − 2·Φ((k − 1 − μ)/σ) by the same approximation.

R's wilcox.test(conf.int = TRUE, exact = TRUE) must give the same limits for samples without ties
and zeros (it does not report the level achieved, but the one asked for). R's normal interval is a
root found to 1e-4, so it is compared to that. For tied samples the conditional test is also
inverted in fractions, at every Walsh average and between any two, and what it keeps outside the
interval is printed: its levels differ from those of untied ranks, so a step now and then is no fault.
"""

import sys
from fractions import Fraction

import kit
import ranks
from kit import case, mp, of_differences

VALUES = {
    "n-used": (0, "counting"),
    "estimate": (0, "fractions, rounded once; R 4.2.2 wilcox.test(conf.int = TRUE)"),
    "interval-exact": (0, "fractions, rounded once; R 4.2.2 wilcox.test(conf.int = TRUE, exact = TRUE)"),
    "achieved-level-exact": (1e-15, "fractions, rounded once"),
    "interval-normal-corrected": (0, "fractions, k by mpmath 1.4.1; R 4.2.2 wilcox.test(exact = FALSE) to 1e-4"),
    "achieved-level-normal-corrected": (1e-12, "mpmath 1.4.1 erfc"),
    "interval-normal-uncorrected": (0, "fractions, k by mpmath 1.4.1"),
    "achieved-level-normal-uncorrected": (1e-12, "mpmath 1.4.1 erfc"),
}
EXACT_MOST = 200


class Walsh:
    """Walsh averages of integer steps as (value, how many), ascending."""

    def __init__(self, used):
        counts = {}
        for d in used:
            counts[d] = counts.get(d, 0) + 1
        doubled = {}
        values = sorted(counts)
        for i, a in enumerate(values):
            n = counts[a]
            doubled[2 * a] = doubled.get(2 * a, 0) + n * (n + 1) // 2
            for b in values[i + 1:]:
                doubled[a + b] = doubled.get(a + b, 0) + n * counts[b]
        self.steps = [(Fraction(d, 2), doubled[d]) for d in sorted(doubled)]
        self.m = sum(n for _, n in self.steps)

    def at(self, place):
        for value, n in self.steps:
            place -= n
            if place <= 0:
                return value
        raise IndexError(place)

    def median(self):
        return (self.at((self.m + 1) // 2) + self.at(self.m // 2 + 1)) / 2


def exact_place(n, alpha):
    counts, patterns = ranks.untied_at_most(n), 2**n
    k, below = 0, 0
    while Fraction(below + counts[k], patterns) <= alpha / 2:
        below += counts[k]
        k += 1
    k = max(k, 1)
    return k, 1 - 2 * Fraction(sum(counts[:k]), patterns)


def normal_place(n, level, corrected):
    mean = kit.mpf(n * (n + 1)) / 4
    sd = mp.sqrt(kit.mpf(n * (n + 1) * (2 * n + 1)) / 24)
    shift = kit.mpf(1) / 2 if corrected else kit.mpf(1)
    z = kit.normal_quantile((1 + kit.mpf(str(level))) / 2)
    k = max(1, int(mp.floor(mean - z * sd + shift)))
    return k, 1 - 2 * kit.normal_cdf((k - shift - mean) / sd)


def expected(used, unit, level):
    n, walsh = len(used), Walsh(used)
    row = {"n-used": n, "estimate": walsh.median() / unit}
    if n < 2:
        return row
    places = {
        "normal-corrected": normal_place(n, level, corrected=True),
        "normal-uncorrected": normal_place(n, level, corrected=False),
    }
    if n <= EXACT_MOST:
        places["exact"] = exact_place(n, 1 - Fraction(str(level)))
    for key, (k, achieved) in sorted(places.items()):
        row[f"interval-{key}"] = [walsh.at(k) / unit, walsh.at(walsh.m + 1 - k) / unit]
        row[f"achieved-level-{key}"] = achieved
    return row


def inverted(used, alpha):
    """The hull of the shifts that the exact conditional test does not reject at α."""
    steps = [value for value, _ in Walsh(used).steps]
    between = [(a + b) / 2 for a, b in zip(steps, steps[1:])]
    kept = []
    for shift in steps + between:
        left = [d - shift for d in used]
        if not any(left):
            kept.append((shift, shift))
            continue
        if ranks.exact_p(ranks.signed_ranks(left, "wilcox"))["two-sided"] > alpha:
            if shift in steps:
                kept.append((shift, shift))
            else:
                at = between.index(shift)
                kept.append((steps[at], steps[at + 1]))
    return min(low for low, _ in kept), max(high for _, high in kept)


def untied():
    return {
        "eight without ties": of_differences([3, -1, 7, 12, 5, -4, 9, 2]),
        "fifteen without ties": of_differences([1, -2, 4, 7, 11, 16, -3, 22, 29, 37, 46, -8, 56, 67, 79]),
        "six without ties": of_differences([2, 5, 11, -3, 23, 47]),
        "thirty without ties, hundredths": of_differences(
            [(k * k + 3 * k + 1) * (-1 if k % 4 == 0 else 1) for k in range(1, 31)], 100
        ),
    }


def main():
    rows, sheets = [], {**kit.samples(), **untied(), "nobody changed": kit.ALL_STILL, "one pair": kit.ONE_PAIR,
                        "all changed alike": kit.ALL_ALIKE}
    inside, wider = 0, []
    for name, pairs in sheets.items():
        differences = kit.differences(pairs)
        if len(differences) > 10_000:
            continue
        unit = pairs["scale"]["steps-per-unit"]
        for zeros in ("wilcox", "pratt"):
            used = [d for d in differences if d] if zeros == "wilcox" else differences
            for level in (0.95,) if len(used) > 60 else (0.9, 0.95, 0.99):
                options = {"zeros": zeros, "level": level}
                if not used:
                    rows.append(case(name, "hodges-lehmann", options, {"not-computed": "all-differences-zero"}, pairs))
                    break
                row = expected(used, unit, level)
                rows.append(case(name, "hodges-lehmann", options, row, pairs))
                if 2 <= len(used) <= 45 and row["achieved-level-exact"] >= Fraction(str(level)):
                    low, high = (value / unit for value in inverted(used, 1 - Fraction(str(level))))
                    ours = row["interval-exact"]
                    if not (ours[0] <= low and high <= ours[1]):
                        wider.append((name, options, [float(x) for x in ours], float(low), float(high)))
                    inside += 1
    print(f"inversion of the conditional test: {inside} compared, outside ours: {wider}", file=sys.stderr)
    beside_r(rows)
    versions = f"Python fractions, {kit.MPMATH}, R 4.2.2"
    kit.write("hodges_lehmann.py", versions, VALUES, rows)


def beside_r(rows):
    asked = []
    for row in rows:
        used = kit.differences(row["pairs"])
        if "interval-exact" in row["expected"] and len(set(map(abs, used))) == len(used) and 0 not in used:
            asked.append(row)
    payload = [{"cells": row["pairs"]["cells"], "level": row["options"]["level"]} for row in asked]
    for row, (estimate, low, high, _level, normal_low, normal_high) in zip(asked, kit.r("hodges_lehmann.R", payload)):
        unit, name = row["pairs"]["scale"]["steps-per-unit"], f"R {row['name']} {row['options']}"
        ours = row["expected"]
        kit.agree(f"{name} estimate", ours["estimate"], estimate / unit, 1e-12)
        kit.agree(f"{name} lower", ours["interval-exact"][0], low / unit, 1e-12)
        kit.agree(f"{name} upper", ours["interval-exact"][1], high / unit, 1e-12)
        if ours["n-used"] >= 15:
            width = ours["interval-exact"][1] - ours["interval-exact"][0]
            for ours_at, theirs in zip(ours["interval-normal-corrected"], (normal_low, normal_high)):
                if abs(ours_at - theirs / unit) > 2e-4 * max(1, width):
                    print(f"{name}: normal limit {ours_at}, R {theirs / unit}", file=sys.stderr)
    print(f"beside R: {len(asked)}", file=sys.stderr)


if __name__ == "__main__":
    main()
