"""Control charts: p-charts with both kinds of limits, individuals and moving ranges, rules, phases.

    python clw-core/tests/oracles/control_chart.py > clw-core/tests/golden/control_chart.json

p-chart: centre Σ count / Σ of over the baseline of a phase; limits p ± 3√(p(1 − p)/n) cut at 0 and 1, or
the smallest counts r with F(r) ≥ Q(3) and F(r) ≥ 1 − Q(3), over n (R: qbinom), Q(3) = 0.00135. Chart of
individuals: mean ± 2.66 (or 3√π/2) mean moving ranges, moving ranges up to 3.268 (or 1 + 3√(π/2 − 1)) of
them; no range across a gap. `points` are [value or null, lower, upper, [[rule, side], …]], and for
individuals [value or null, moving range or null, outside, [[rule, side], …]].

Rules are found by trying every stretch of points of the stated length against the words of the rule.
Published: orange juice cans and the viscosity of primer, both in Montgomery, Introduction to Statistical
Quality Control, whose printed centres and limits are checked here.
"""

import random
import sys

import mpmath

import kit
from kit import Fraction, case, mp, mpf

SOURCE = "fractions and mpmath 1.4.1; Montgomery where published; rules by exhaustive search"
VALUES = {"phases": (1e-12, SOURCE + "; R 4.2.2 qbinom for exact limits")}

ORANGE_JUICE = [12, 15, 8, 10, 4, 7, 16, 9, 14, 10, 5, 6, 17, 12, 22, 8, 10, 5, 13, 11, 20, 18, 24, 15, 9, 12, 7, 13, 9, 6]
VISCOSITY = [33.75, 33.05, 34.00, 33.81, 33.46, 34.02, 33.68, 33.27, 33.49, 33.20, 33.62, 33.00, 33.54, 33.12, 33.84]
NHS = ["point-outside-limits", {"run-on-one-side": {"points": 7}}, {"trend": {"points": 7}},
       "two-of-three-beyond-two-sigma-all-on-one-side"]
WESTERN = ["point-outside-limits", "two-of-three-beyond-two-sigma", "four-of-five-beyond-one-sigma",
           {"run-on-one-side": {"points": 8}}]
NELSON = ["point-outside-limits", {"run-on-one-side": {"points": 9}}, {"trend": {"points": 6}}, "fourteen-alternating",
          "two-of-three-beyond-two-sigma", "four-of-five-beyond-one-sigma", "fifteen-within-one-sigma",
          "eight-beyond-one-sigma"]


# Rules, each over every stretch of points; a point is (value, distance from the centre in sigma, outside).

def stretches(points, length):
    for start in range(len(points) - length + 1):
        yield start, points[start:start + length]


def found(points, rule):
    """{(place, side)} of the points that are part of a pattern."""
    name, length = (rule, None) if isinstance(rule, str) else next((key, value["points"]) for key, value in rule.items())
    marks = set()
    for side, sign in (("above", 1), ("below", -1)):
        beyond = lambda point, sigmas: sign * point[1] > sigmas
        if name == "point-outside-limits":
            marks |= {(at, side) for at, point in enumerate(points) if point[2] == sign}
        for of, least, sigmas, all_there, names in (
            (3, 2, 2, False, ("two-of-three-beyond-two-sigma",)),
            (3, 2, 2, True, ("two-of-three-beyond-two-sigma-all-on-one-side",)),
            (5, 4, 1, False, ("four-of-five-beyond-one-sigma",)),
        ):
            if name in names:
                for start, window in stretches(points, of):
                    hits = [start + at for at, point in enumerate(window) if beyond(point, sigmas)]
                    if len(hits) >= least and not (all_there and any(sign * point[1] <= 0 for point in window)):
                        marks |= {(at, side) for at in hits}
        if name == "run-on-one-side":
            for start, window in stretches(points, length):
                if all(beyond(point, 0) for point in window):
                    marks |= {(start + at, side) for at in range(length)}
        if name == "trend":
            for start, window in stretches(points, length):
                if all(sign * (b[0] - a[0]) > 0 for a, b in zip(window, window[1:])):
                    marks |= {(start + at, side) for at in range(length)}
        if name == "fourteen-alternating":
            for start, window in stretches(points, 14):
                if all(sign * (-1) ** at * (b[0] - a[0]) > 0 for at, (a, b) in enumerate(zip(window, window[1:]))):
                    marks |= {(start + at, None) for at in range(14)}
    if name == "fifteen-within-one-sigma":
        for start, window in stretches(points, 15):
            if all(abs(point[1]) <= 1 for point in window):
                marks |= {(start + at, None) for at in range(15)}
    if name == "eight-beyond-one-sigma":
        for start, window in stretches(points, 8):
            if all(abs(point[1]) > 1 for point in window):
                marks |= {(start + at, None) for at in range(8)}
    return marks


def causes(points, rules):
    marks = [(rule, found(points, rule)) for rule in rules]
    return [[[rule, side] for rule, where in marks for side in ("above", "below", None) if (at, side) in where]
            for at in range(len(points))]


def side_of(value, lower, upper):
    return 1 if value > upper else -1 if value < lower else 0


def phases(names, starts):
    cuts = sorted({0, *(names.index(start) for start in starts), len(names)})
    return [range(a, b) for a, b in zip(cuts, cuts[1:])]


# Charts

def exact(n, p, asked):
    tail = kit.normal_sf(mpf(3))
    term, below, ends = (1 - kit.real(p)) ** n, mpf(0), []
    for r in range(n + 1):
        below += term
        while len(ends) < 2 and below >= (tail, 1 - tail)[len(ends)]:
            ends.append(r)
        term *= mpf(n - r) / (r + 1) * kit.real(p) / kit.real(1 - p)
    asked += [([n, float(p), float(tail)], ends[0]), ([n, float(p), float(1 - tail)], ends[1])]
    return [Fraction(end, n) for end in ends]


def p_chart(name, counts, limits, rules, asked, starts=(), baseline=None):
    names = [f"{at + 1:03}" for at in range(len(counts))]
    result = []
    for places in phases(names, starts):
        drawn = [counts[at] for at in places if counts[at][1]]
        behind = drawn[:baseline]
        p = Fraction(sum(count for count, _ in behind), sum(of for _, of in behind))
        points, ends = [], []
        for count, of in drawn:
            sigma = mp.sqrt(kit.real(p * (1 - p)) / of)
            pair = exact(of, p, asked) if limits == "exact-binomial" else [
                max(kit.real(p) - 3 * sigma, mpf(0)), min(kit.real(p) + 3 * sigma, mpf(1))]
            share = Fraction(count, of)
            points.append((share, kit.real(share - p) / sigma, side_of(kit.real(share), *map(kit.real, pair))))
            ends.append(pair)
        drawn_causes, at = causes(points, rules), 0
        rows = []
        for place in places:
            if counts[place][1]:
                rows.append([points[at][0], *ends[at], drawn_causes[at]])
                at += 1
            else:
                rows.append([None, None, None, []])
        result.append({"baseline-periods": len(behind), "centre": p, "points": rows})
    options = {"limits": limits, "rules": rules, "recalculate-from": list(starts), "baseline-periods": baseline}
    return case(name, "p-chart", options, {"phases": result}, counts=counts)


def xmr(name, values, constants, rules, starts=(), baseline=None):
    names = [f"{at + 1:03}" for at in range(len(values))]
    of_values, of_ranges = {
        "rounded": (mpf("2.66"), mpf("3.268")),
        "unrounded": (3 * mp.sqrt(mp.pi) / 2, 1 + 3 * mp.sqrt(mp.pi / 2 - 1)),
    }[constants]
    result = []
    for places in phases(names, starts):
        ranges = [None if at == places[0] or values[at] is None or values[at - 1] is None
                  else abs(Fraction(values[at]) - Fraction(values[at - 1])) for at in places]
        drawn = [(Fraction(values[at]), moved) for at, moved in zip(places, ranges) if values[at] is not None]
        behind = drawn[:baseline]
        centre = sum(value for value, _ in behind) / len(behind)
        known = [moved for _, moved in behind if moved is not None]
        mean_range = sum(known) / len(known)
        by = of_values * kit.real(mean_range)
        lower, upper, most = kit.real(centre) - by, kit.real(centre) + by, of_ranges * kit.real(mean_range)
        points = [(value, 3 * kit.real(value - centre) / by, side_of(kit.real(value), lower, upper)) for value, _ in drawn]
        marks = iter(causes(points, rules))
        rows = [[None, None, False, []] if values[at] is None
                else [values[at], moved, moved is not None and kit.real(moved) > most, next(marks)]
                for at, moved in zip(places, ranges)]
        result.append({"baseline-periods": len(behind), "centre": centre, "mean-moving-range": mean_range,
                       "lower": lower, "upper": upper, "moving-range-limit": most, "points": rows})
    options = {"constants": constants, "rules": rules, "recalculate-from": list(starts), "baseline-periods": baseline}
    return case(name, "xmr", options, {"phases": result}, values=values)


def drawn_counts(seed, months, largest, share, later=None, empty=0.1):
    draw = random.Random(seed)
    rows = []
    for month in range(months):
        of = 0 if draw.random() < empty else draw.randint(1, largest)
        chance = share if later is None or month < months // 2 else later
        rows.append([sum(draw.random() < chance for _ in range(of)), of])
    return rows


def drawn_values(seed, months, mean, sd, drift=0.0, empty=0.1):
    draw = random.Random(seed)
    return [None if draw.random() < empty else round(draw.gauss(mean + drift * month, sd) * 8) / 8 for month in range(months)]


def printed(row, phase, key, expected, digits):
    value = row["expected"]["phases"][phase]
    value = value[key] if isinstance(key, str) else value["points"][0][key]
    # The book rounds the means before it works out the limits, so the last digit may be the next one.
    if abs(value - expected) > 10**-digits:
        sys.exit(f"{row['name']}: {key} is {value}, not the {expected} printed")


def main():
    rows, asked = [], []
    juice = [[count, 50] for count in ORANGE_JUICE]
    rows.append(p_chart("orange juice cans", juice, "three-sigma", WESTERN, asked))
    for key, value in (("centre", 0.2313), (1, 0.0524), (2, 0.4102)):
        printed(rows[-1], 0, key, value, 4)
    kept = [row for at, row in enumerate(juice) if at not in (14, 22)]
    rows.append(p_chart("orange juice cans but samples 15 and 23", kept, "three-sigma", WESTERN, asked))
    for key, value in (("centre", 0.2150), (1, 0.0407), (2, 0.3893)):
        printed(rows[-1], 0, key, value, 4)
    rows.append(xmr("viscosity of primer", VISCOSITY, "unrounded", NELSON))
    for key, value in (("centre", 33.52), ("mean-moving-range", 0.48), ("lower", 32.24), ("upper", 34.80)):
        printed(rows[-1], 0, key, value, 2)
    rows.append(xmr("viscosity of primer", VISCOSITY, "rounded", NHS))
    samples = {
        "monthly completion": drawn_counts(1, 36, 30, 0.4),
        "completion that rises half-way": drawn_counts(2, 40, 40, 0.13, 0.55),
        "few in a month": drawn_counts(3, 30, 4, 0.5),
        "hundreds a month": drawn_counts(4, 48, 400, 0.5, 0.56, 0.0),
    }
    for name, counts in samples.items():
        for limits in ("three-sigma", "exact-binomial"):
            for rules in (NHS, WESTERN, NELSON):
                rows.append(p_chart(name, counts, limits, rules, asked))
            rows.append(p_chart(name, counts, limits, NELSON, asked, baseline=12))
            rows.append(p_chart(name, counts, limits, NHS, asked, starts=("011", "021"), baseline=6))
    steady = [[2, 4] if month % 2 else [1, 4] for month in range(20)] + [[2, 5]] * 16
    rows.append(p_chart("up and down, then still", steady, "three-sigma", NELSON, asked))
    rising = [[12 + month, 60] for month in range(9)] + [[20 - month, 60] for month in range(4)] + [[15, 60]] * 4
    rows.append(p_chart("up for nine months", rising, "exact-binomial", NHS, asked))
    series = {
        "days to follow-up": drawn_values(5, 36, 42, 6),
        "days to follow-up, falling": drawn_values(6, 30, 60, 3, -1.0, 0.0),
        "a step": [40.0, 41.5, 39.0, 40.5, 41.0, 39.5, 40.0, 42.0, 48.0, 49.5, 47.0, 48.5, 47.5, 49.0, 48.0],
        "up for eight, down for seven": [44.0, 41.0, 41.5, 42.0, 43.5, 44.0, 46.0, 48.0, 49.0, 47.5, 46.0, 45.5, 44.5, 43.0,
                                         42.5, 42.5, 43.0, 44.0, 45.0, 45.5, 44.0],
        "up and down": [40.0 + (2 if month % 2 else -2) for month in range(18)] + [60.0, 40.0],
    }
    for name, values in series.items():
        for constants in ("rounded", "unrounded"):
            for rules in (NHS, WESTERN, NELSON):
                rows.append(xmr(name, values, constants, rules))
            rows.append(xmr(name, values, constants, NELSON, baseline=8))
            rows.append(xmr(name, values, constants, NHS, starts=("009",)))
    for (question, ours), theirs in zip(asked, kit.r("qbinom.R", [question for question, _ in asked])):
        kit.agree(f"qbinom {question}", ours, theirs, 0)
    kit.write("control_chart.py", f"mpmath {mpmath.__version__}, R 4.2.2", VALUES, rows)


if __name__ == "__main__":
    main()
