"""Time to follow-up: Kaplan and Meier's curve, Greenwood's variance, three intervals, the median.

    python clw-core/tests/oracles/survival.py > clw-core/tests/golden/survival.json

`days` are [day, followed up, censored]; a follow-up goes before a censoring of the same day. The curve
is a product of fractions; Greenwood's sum is a fraction; the limits are mpmath's at 40 digits, cut at 0
and 1. `points` are [at risk, S, standard error or null, lower or null, upper or null] of each day: no
limits before the first follow-up and none once nobody is left (R: the limits 1 and 1, and NaN). The
median is the first day with S ≤ 1/2, its limits the first days on which the limits of S are
(Brookmeyer & Crowley 1982); where S is 1/2 exactly R gives the middle of the days on which it is.
`by` are [day, share followed up or null, lower or null, upper or null].

Data: remission of acute leukaemia on 6-MP and on placebo (Freireich et al. 1963, as printed in Cox &
Oakes 1984 and with S(6) = 0.857, S(23) = 0.448, median 23 in textbooks since); acute myelogenous
leukaemia with and without maintenance (Miller 1981); the others are drawn from a seed.
"""

import random

import mpmath
import numpy as np

import kit
from kit import Fraction, case, mp

SOURCE = "fractions and mpmath 1.4.1; R 4.2.2 survival 3.5-3 survfit(conf.type)"
VALUES = {
    "people": (0, "counting"),
    "followed-up": (0, "counting"),
    "points": (1e-12, SOURCE),
    "median": (0, SOURCE + "; lifelines 0.30.3"),
    "median-lower": (0, SOURCE),
    "median-upper": (0, SOURCE),
    "by": (1e-12, SOURCE),
}
Z = {0.9: kit.normal_quantile(kit.mpf("0.95")), 0.95: kit.normal_quantile(kit.mpf("0.975"))}


def days(followed_up, censored):
    return [[day, followed_up.count(day), censored.count(day)] for day in sorted(set(followed_up + censored))]


def drawn(seed, people, mean, watched, every=1):
    """Exponential times, watched for up to so many days, in steps of `every` so that days tie."""
    draw = random.Random(seed)
    up, out = [], []
    for _ in range(people):
        time = 1 + int(draw.expovariate(1 / mean)) // every * every
        end = 1 + draw.randrange(watched) // every * every
        (up if time <= end else out).append(min(time, end))
    return days(up, out)


SAMPLES = {
    "leukaemia, 6-mp": days([6, 6, 6, 7, 10, 13, 16, 22, 23], [6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35]),
    "leukaemia, placebo": days([1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23], []),
    "leukaemia, maintained": days([9, 13, 18, 23, 31, 34, 48], [13, 28, 45, 161]),
    "leukaemia, not maintained": days([5, 5, 8, 8, 12, 23, 27, 30, 33, 43, 45], [16]),
    "follow-up after 28 days, many ties": drawn(1, 200, 45, 180, 7),
    "no ties to speak of": drawn(2, 60, 80, 365),
    "few followed up": drawn(3, 120, 900, 120),
    "ten thousand": drawn(4, 10_000, 60, 200, 14),
    "a million": [[14, 90_000, 20_000], [28, 310_000, 45_000], [56, 160_000, 125_000], [84, 60_000, 190_000]],
    "nobody censored, half on one day": days([7, 7, 14, 21], []),
    "half exactly after a censoring": days([3, 9], [5, 30]),
    "everybody on one day": days([28, 28, 28], []),
    "everybody on one day but one censored on it": days([28, 28, 28], [28]),
    "all censored": days([], [3, 8, 8, 90]),
    "one followed up": days([12], []),
    "one censored": days([], [12]),
    "the last is followed up": days([5, 20], [5, 6]),
    "on the first day": days([0, 0, 4], [0, 9]),
}


def curve(rows, method, level):
    at_risk, s, g = sum(d + c for _, d, c in rows), Fraction(1), Fraction(0)
    points = []
    for _, d, c in rows:
        s *= Fraction(at_risk - d, at_risk)
        if s:
            g += Fraction(d, at_risk * (at_risk - d))
        points.append((at_risk, s, None, None, None) if not s else (at_risk, s, *limits(s, g, method, level)))
        at_risk -= d + c
    return points


def limits(s, g, method, level):
    s, root = kit.real(s), mp.sqrt(kit.real(g))
    if g == 0:
        return root, None, None
    width = Z[level] * root
    lower, upper = {
        "plain": lambda: (s - s * width, s + s * width),
        "log": lambda: (s * mp.exp(-width), s * mp.exp(width)),
        "log-log": lambda: (s ** mp.exp(-width / mp.log(s)), s ** mp.exp(width / mp.log(s))),
    }[method]()
    return s * root, max(lower, mp.mpf(0)), min(upper, mp.mpf(1))


def half(rows, points, at):
    reached = (day for (day, _, _), point in zip(rows, points) if point[at] is not None and point[at] <= Fraction(1, 2))
    return next(reached, None)


def by_day(rows, points, day):
    before = [point for row, point in zip(rows, points) if row[0] <= day]
    if day > rows[-1][0] and before[-1][1] > 0:
        return [day, None, None, None]
    if not before:
        return [day, 0, None, None]
    _, s, _, lower, upper = before[-1]
    return [day, 1 - s, *(None if end is None else 1 - end for end in (upper, lower))]


def main():
    rows = []
    for name, counts in SAMPLES.items():
        for method in ("plain", "log", "log-log"):
            for level in (0.95, 0.9) if name.startswith("leukaemia") else (0.95,):
                points = curve(counts, method, level)
                last = counts[-1][0]
                expected = {
                    "people": sum(d + c for _, d, c in counts),
                    "followed-up": sum(d for _, d, _ in counts),
                    "points": points,
                    "by": [by_day(counts, points, day) for day in sorted({0, 10, 28, last - 1, last, last + 1} - {-1})],
                }
                median = half(counts, points, 1)
                if median is not None:
                    expected["median"] = median
                    expected["median-lower"] = half(counts, points, 3)
                    expected["median-upper"] = half(counts, points, 4)
                rows.append(case(name, "kaplan-meier", {"interval": method, "level": level}, expected, days=counts))
    beside_r(rows)
    beside_lifelines(rows)
    kit.write("survival.py", f"mpmath {mpmath.__version__}, R 4.2.2 survival 3.5-3, lifelines 0.30.3", VALUES, rows)


def beside_r(rows):
    asked = [{"days": row["days"], "method": row["options"]["interval"], "level": row["options"]["level"]} for row in rows]
    for row, theirs in zip(rows, kit.r("survival.R", asked)):
        ours = row["expected"]
        for at, key in enumerate(["at_risk", "survival", "standard_error", "lower", "upper"]):
            column = theirs[key] if isinstance(theirs[key], list) else [theirs[key]]
            for point, value in zip(ours["points"], column, strict=True):
                if point[at] is not None:
                    kit.agree(f"survfit {row['name']} {row['options']} {key}", point[at], value)
        for key in ("median", "median_lower", "median_upper"):
            mine = ours.get(key.replace("_", "-"))
            if isinstance(theirs[key], float) and theirs[key] == theirs[key] or mine is not None:
                kit.agree(f"survfit {row['name']} {row['options']} {key}", -1 if mine is None else mine, theirs[key])


def beside_lifelines(rows):
    from lifelines import KaplanMeierFitter

    for row in (row for row in rows if row["options"]["interval"] == "log-log"):
        table = np.array(row["days"], dtype=float)
        fit = KaplanMeierFitter().fit(
            np.repeat(table[:, 0], 2), np.tile([1, 0], len(table)), weights=table[:, 1:].ravel(),
            alpha=1 - row["options"]["level"],
        )
        for (day, _, _), point in zip(row["days"], row["expected"]["points"]):
            name = f"lifelines {row['name']} day {day}"
            kit.agree(name, point[1], fit.survival_function_at_times(day).iloc[0])
            if point[3] is not None:
                for at, end in ((3, 0), (4, 1)):
                    kit.agree(f"{name} limit", point[at], fit.confidence_interval_.loc[day].iloc[end])
        median = fit.median_survival_time_
        kit.agree(f"lifelines {row['name']} median", row["expected"].get("median", np.inf), median)


if __name__ == "__main__":
    main()
