"""Slope and relative index of inequality, from the rates of bands and from people.

    python clw-core/tests/oracles/equity.py > clw-core/tests/golden/equity.json

* inequality: y of bands 1..K on x_i = sum_{j<i} p_j + p_i/2 by least squares with weights p; SII = -slope, t interval
  with K - 2 degrees of freedom; RII = SII / overall; PAR % = 100 S/(S + 1), S = sum (y_i/y_K - 1) p_i (ScotPHO).
  Everything but the root and the t quantile is in fractions. R's `lm(weights = p)` and statsmodels' WLS must agree.
* person-level: the same line over people, each at x of the band; variance of the slope by HC3, t with N - 2 degrees of
  freedom; RII by the delta method. One row for each person in fractions; R's `sandwich::vcovHC(type = "HC3")` and
  statsmodels' OLS (cov_type = "HC3", use_t) must agree.
* person-level-change: the same of follow-up - baseline.
* reach: share of referrals over the known share of the lists, with Wilson's limits of the first over the second, by
  mpmath; statsmodels' proportion_confint(method="wilson") must agree. `counts` are referrals of the band and of all,
  people of the band and of all.

`rates` are [band, rate, population]; a rate enters as the double it is. `counts` are [band, count, population].
"""

import random
import sys

import mpmath
import numpy as np
import statsmodels
import statsmodels.api as sm
from statsmodels.stats.proportion import proportion_confint

import kit
from kit import Fraction, case, mp

VALUES = {
    "overall": (4e-16, "fractions, rounded once"),
    "sii": (2e-14, "fractions, rounded once; R 4.2.2 lm(weights); statsmodels 0.15.0 WLS, OLS"),
    "sii-standard-error": (1e-11, "fractions and mpmath 1.4.1; R 4.2.2 lm(weights), sandwich 3.0-2; statsmodels 0.15.0"),
    "sii-interval": (1e-11, "mpmath 1.4.1; R 4.2.2; statsmodels 0.15.0"),
    "degrees-of-freedom": (0, "counting"),
    "rii": (2e-14, "fractions, rounded once"),
    "rii-interval": (1e-11, "mpmath 1.4.1; R 4.2.2 sandwich and deltas"),
    "par-percent": (1e-13, "fractions, rounded once"),
    "absolute-range": (1e-13, "fractions, rounded once"),
    "relative-range": (4e-16, "fractions, rounded once"),
    "worse-off": (0, "sign of the SII and the better direction"),
    "reach-ratio": (4e-16, "fractions, rounded once"),
    "reach-interval": (1e-12, "mpmath 1.4.1; statsmodels 0.15.0 proportion_confint(method='wilson')"),
    "sii-not-computed": (0, "definition: no error around the line"),
    "rii-not-computed": (0, "definition: no zero, or an overall rate of zero"),
    "relative-range-not-computed": (0, "definition: no zero, or a least deprived rate of zero"),
}


def ranks(populations):
    total, before, x = sum(populations), 0, []
    for n in populations:
        x.append(Fraction(2 * before + n, 2 * total))
        before += n
    return x


def worse_off(sii, better):
    if sii == 0:
        return "nobody"
    more = "most-deprived" if sii > 0 else "least-deprived"
    less = "least-deprived" if sii > 0 else "most-deprived"
    return more if better == "lower-is-better" else less


def interval(value, error, df, level):
    reach = kit.t_upper_quantile((1 - kit.mpf(str(level))) / 2, df) * error
    value = kit.real(value)
    return [value - reach, value + reach]


def put_interval(row, key, value, error, df, level):
    if error == 0:
        row["sii-not-computed"] = "no-residual-spread"
    else:
        row[key] = interval(value, error, df, level)


def ratios(row, kind, sii, overall, error, df, level):
    if kind != "ratio":
        row["rii-not-computed"] = "not-a-ratio-scale"
        return False
    if overall == 0:
        row["rii-not-computed"] = "compared-with-zero"
        return True
    row["rii"] = sii / overall
    if error is not None and error != 0:
        row["rii-interval"] = interval(sii / overall, error / kit.real(overall), df, level)
    return True


def inequality(rows, better, level, kind="ratio"):
    """`rows` are (rate, population) of bands 1..K, rates as fractions."""
    y, n = [Fraction(rate) for rate, _ in rows], [population for _, population in rows]
    total, x, k = sum(n), ranks(n), len(rows)
    p = [Fraction(population, total) for population in n]
    overall = sum(w * rate for w, rate in zip(p, y))
    spread = sum(w * (at - Fraction(1, 2)) ** 2 for w, at in zip(p, x))
    slope = sum(w * (at - Fraction(1, 2)) * (rate - overall) for w, at, rate in zip(p, x, y)) / spread
    squares = sum(w * (rate - overall - slope * (at - Fraction(1, 2))) ** 2 for w, at, rate in zip(p, x, y))
    error = kit.root(squares / (k - 2) / spread)
    sii, least = -slope, y[-1]
    row = {
        "overall": overall, "sii": sii, "sii-standard-error": error, "degrees-of-freedom": k - 2,
        "absolute-range": y[0] - least, "worse-off": worse_off(sii, better),
    }
    put_interval(row, "sii-interval", sii, error, k - 2, level)
    if ratios(row, kind, sii, overall, error, k - 2, level):
        if overall != 0:
            if least != 0:
                s = sum((rate / least - 1) * w for rate, w in zip(y, p))
                row["par-percent"] = 100 * s / (s + 1)
            else:  # The limit of S/(S + 1) as the least deprived rate goes to 0.
                row["par-percent"] = Fraction(100)
        if least == 0:
            row["relative-range-not-computed"] = "compared-with-zero"
        else:
            row["relative-range"] = y[0] / least
    else:
        row["relative-range-not-computed"] = "not-a-ratio-scale"
    return row


def person_level(bands, better, level, kind="ratio", unit=1):
    """`bands` are lists of whole outcomes of people, in bands 1..K."""
    sizes = [sum(times for _, times in band) for band in bands]
    total, x = sum(sizes), ranks(sizes)
    rows = [(at - Fraction(1, 2), Fraction(z, unit), times) for at, band in zip(x, bands) for z, times in band]
    overall = sum(z * times for _, z, times in rows) / total
    spread = sum(times * at * at for at, _, times in rows)
    slope = sum(times * at * (z - overall) for at, z, times in rows) / spread
    meat = [[Fraction(0), Fraction(0)], [Fraction(0), Fraction(0)]]
    for at, z, times in rows:
        residual = z - overall - slope * at
        weight = times * (residual / (1 - Fraction(1, total) - at * at / spread)) ** 2
        for i, left in enumerate((1, at)):
            for j, right in enumerate((1, at)):
                meat[i][j] += weight * left * right
    mean, both, variance = meat[0][0] / total**2, meat[0][1] / total / spread, meat[1][1] / spread**2
    sii = -slope
    error = kit.root(variance)
    row = {
        "overall": overall, "sii": sii, "sii-standard-error": error, "degrees-of-freedom": total - 2,
        "worse-off": worse_off(sii, better),
    }
    put_interval(row, "sii-interval", sii, error, total - 2, level)
    ratio_error = None
    if overall != 0:
        r = sii / overall
        ratio_error = kit.root(variance + r * r * mean + 2 * r * both)
    ratios(row, kind, sii, overall, ratio_error, total - 2, level)
    return row


def agree_slope(what, row, other):
    """A slope of exactly 0 comes out as rounding elsewhere."""
    if row["sii"] != 0 or abs(other) > 1e-14:
        kit.agree(what, row["sii"], other, 1e-8)


def beside_bands(name, rows, row, level):
    x, p = ranks([n for _, n in rows]), np.array([n for _, n in rows], float)
    y = np.array([float(rate) for rate, _ in rows])
    if "sii-interval" not in row:
        return None
    fit = sm.WLS(y, sm.add_constant(np.array([float(at) for at in x])), weights=p / p.sum()).fit()
    low, high = fit.conf_int(1 - level)[1]
    agree_slope(f"WLS {name}", row, -fit.params[1])
    kit.agree(f"WLS error {name}", row["sii-standard-error"], fit.bse[1], 1e-7)
    kit.agree(f"WLS lower {name}", row["sii-interval"][0], -high, 1e-7)
    kit.agree(f"WLS upper {name}", row["sii-interval"][1], -low, 1e-7)
    return {"x": [float(at) for at in x], "y": y.tolist(), "p": (p / p.sum()).tolist(), "level": level}


def beside_people(name, bands, row, level, unit=1):
    sizes = [sum(times for _, times in band) for band in bands]
    if "sii-interval" not in row or sum(sizes) > 20_000:
        return None
    x = ranks(sizes)
    rows = [(float(at), z / unit) for at, band in zip(x, bands) for z, times in band for _ in range(times)]
    at, z = np.array([r[0] for r in rows]), np.array([r[1] for r in rows])
    fit = sm.OLS(z, sm.add_constant(at)).fit(cov_type="HC3", use_t=True)
    low, high = fit.conf_int(1 - level)[1]
    agree_slope(f"OLS {name}", row, -fit.params[1])
    kit.agree(f"HC3 {name}", row["sii-standard-error"], fit.bse[1], 1e-8)
    kit.agree(f"HC3 lower {name}", row["sii-interval"][0], -high, 1e-7)
    kit.agree(f"HC3 upper {name}", row["sii-interval"][1], -low, 1e-7)
    return {"x": at.tolist(), "z": z.tolist(), "level": level}


def band_cases():
    check = [(40, 120), (35, 110), (30, 100), (26, 90), (22, 80)]
    yield "published check", check, "rate", "lower-is-better", 0.95, "ratio"
    yield "published check, 90 %", check, "rate", "lower-is-better", 0.9, "ratio"
    yield "equal populations, falling", [(0.5, 100), (0.41, 100), (0.38, 100), (0.3, 100), (0.22, 100)], "proportion", "lower-is-better", 0.95, "ratio"
    yield "rising, higher is better", [(0.31, 240), (0.35, 210), (0.44, 180), (0.47, 170), (0.52, 90)], "proportion", "higher-is-better", 0.95, "ratio"
    yield "falling, higher is better", [(0.61, 240), (0.55, 210), (0.54, 180), (0.47, 170), (0.42, 90)], "proportion", "higher-is-better", 0.95, "ratio"
    yield "u-shaped", [(0.5, 50), (0.3, 70), (0.2, 60), (0.3, 70), (0.5, 50)], "proportion", "lower-is-better", 0.95, "ratio"
    yield "nearly everybody in one band", [(0.4, 9000), (0.3, 3), (0.5, 2), (0.2, 1), (0.1, 4)], "proportion", "lower-is-better", 0.95, "ratio"
    yield "least deprived at zero", [(0.4, 90), (0.3, 80), (0.2, 70), (0.1, 60), (0.0, 50)], "proportion", "lower-is-better", 0.95, "ratio"
    yield "all equal", [(0.1, 90), (0.1, 80), (0.1, 70), (0.1, 60), (0.1, 50)], "proportion", "lower-is-better", 0.95, "ratio"
    yield "all zero", [(0.0, 90), (0.0, 80), (0.0, 70), (0.0, 60), (0.0, 50)], "proportion", "lower-is-better", 0.95, "ratio"
    yield "large rates", [(412.25, 90123), (371.5, 98711), (325.0, 101222), (288.75, 99871), (231.5, 97001)], "rate", "lower-is-better", 0.99, "ratio"
    yield "halves of Scotland", [(0.125, 1_090_000), (0.1, 1_085_000), (0.0875, 1_101_000), (0.075, 1_092_000), (0.05, 1_100_000)], "rate", "higher-is-better", 0.95, "ratio"
    deciles = [(0.62, 41), (0.58, 44), (0.57, 39), (0.51, 51), (0.53, 47), (0.44, 60), (0.41, 52), (0.43, 49), (0.37, 38), (0.3, 45)]
    yield "deciles", deciles, "proportion", "lower-is-better", 0.95, "ratio"
    yield "deciles, better", deciles, "proportion", "higher-is-better", 0.8, "ratio"
    yield "mean change", [(1.25, 40), (1.5, 35), (2.0, 30), (1.75, 28), (2.5, 20)], {"mean-change": kit.SWEMWBS}, "higher-is-better", 0.95, "no"
    yield "mean change of both signs", [(-1.25, 40), (0.5, 35), (-0.25, 30), (1.75, 28), (0.5, 20)], {"mean-change": kit.ONS4}, "higher-is-better", 0.95, "no"
    yield "mean score on a floor of 7", [(18.5, 40), (19.25, 35), (20.5, 30), (21.75, 28), (23.5, 20)], {"mean-score": kit.SWEMWBS}, "higher-is-better", 0.95, "no"
    yield "mean score on a floor of 0", [(7.5, 40), (6.25, 35), (5.5, 30), (5.75, 28), (4.5, 20)], {"mean-score": kit.ONS4_ANXIOUS}, "lower-is-better", 0.95, "ratio"
    for seed in range(8):
        draw = random.Random(100 + seed)
        k = 5 if seed < 5 else 10
        rows = [(draw.random(), draw.randrange(1, 10 ** draw.randrange(1, 7))) for _ in range(k)]
        better = ("lower-is-better", "higher-is-better")[seed % 2]
        yield f"drawn {seed}", rows, "proportion", better, 0.95, "ratio"


def person_cases():
    yield "completion", [(31, 120), (40, 110), (45, 100), (44, 90), (46, 80)], "higher-is-better", 0.95
    yield "completion, 90 %", [(31, 120), (40, 110), (45, 100), (44, 90), (46, 80)], "higher-is-better", 0.9
    yield "twenty people", [(1, 4), (2, 5), (2, 3), (3, 4), (4, 4)], "higher-is-better", 0.95
    yield "one a band", [(0, 1), (1, 1), (0, 1), (1, 1), (1, 1)], "higher-is-better", 0.95
    yield "nearly all in one band", [(400, 1000), (1, 1), (0, 1), (1, 2), (0, 1)], "higher-is-better", 0.95
    yield "everybody", [(120, 120), (110, 110), (100, 100), (90, 90), (80, 80)], "higher-is-better", 0.95
    yield "nobody", [(0, 120), (0, 110), (0, 100), (0, 90), (0, 80)], "higher-is-better", 0.95
    yield "only the least deprived", [(0, 120), (0, 110), (0, 100), (0, 90), (7, 80)], "higher-is-better", 0.95
    yield "equal shares", [(30, 120), (30, 120), (30, 120), (30, 120), (30, 120)], "lower-is-better", 0.95
    yield "a million", [(120_000, 240_000), (110_500, 220_000), (99_000, 200_000), (81_000, 180_000), (64_000, 160_000)], "lower-is-better", 0.99
    yield "deciles", [(25, 41), (26, 44), (22, 39), (26, 51), (25, 47), (26, 60), (21, 52), (21, 49), (14, 38), (13, 45)], "lower-is-better", 0.95
    for seed in range(6):
        draw = random.Random(200 + seed)
        sizes = [draw.randrange(1, 10 ** draw.randrange(1, 4)) for _ in range(5 if seed < 4 else 10)]
        yield f"drawn {seed}", [(draw.randint(0, n), n) for n in sizes], "higher-is-better", 0.95


def change_cases():
    def bands(seed, on, sizes, change, rise, change_sd, grid=None):
        return [kit.drawn(seed + i, on, n, *change[:2], change[2] + rise * i, change_sd, grid) for i, n in enumerate(sizes)]

    yield "swemwbs", bands(300, kit.SWEMWBS, [40, 35, 30, 28, 20], (1928, 392, 120), 40, 400, kit.SWEMWBS_GRID), 0.95
    yield "life satisfaction", bands(310, kit.ONS4, [14, 9, 11, 8, 6], (5.2, 2.2, 0.5), 0.3, 1.6), 0.9
    yield "anxious, lower is better", bands(320, kit.ONS4_ANXIOUS, [30, 25, 31, 22, 17], (5.8, 2.6, -1.0), 0.2, 2.2), 0.95
    yield "wemwbs deciles", bands(330, kit.WEMWBS, [12, 15, 9, 11, 13, 8, 14, 10, 7, 9], (42, 9, 4), -0.3, 7), 0.95
    yield "one a band", [kit.table(kit.ONS4, [pair]) for pair in [(3, 5), (4, 4), (6, 9), (5, 6), (7, 5)]], 0.95
    yield "everybody alike", [kit.table(kit.ONS4, [(3, 5)] * n) for n in (4, 3, 6, 2, 5)], 0.95
    yield "all still", [kit.table(kit.ONS4, [(3, 3)] * n) for n in (4, 3, 6, 2, 5)], 0.95


def reach(referred, all_referred, people, all_people, level):
    lists = Fraction(people, all_people)
    z, k, n = kit.normal_quantile((1 + kit.mpf(str(level))) / 2), referred, all_referred
    centre = k + z * z / 2
    half = z * mp.sqrt(kit.mpf(k) * (n - k) / n + z * z / 4)
    limits = [(centre - half) / (n + z * z) / kit.real(lists), (centre + half) / (n + z * z) / kit.real(lists)]
    other = proportion_confint(referred, all_referred, 1 - level, method="wilson")
    for limit, theirs in zip(limits, other):
        if abs(limit) > 1e-30:
            kit.agree(f"statsmodels Wilson {referred} of {all_referred}", limit, theirs / float(lists), 1e-9)
    return {"reach-ratio": Fraction(referred, all_referred) / lists, "reach-interval": limits}


def reach_cases():
    yield "as on the lists", (30, 100, 3000, 10_000), 0.95
    yield "twice as often", (60, 100, 3000, 10_000), 0.95
    yield "nobody", (0, 40, 1300, 13_000), 0.95
    yield "everybody", (40, 40, 1300, 13_000), 0.95
    yield "one", (1, 1, 1, 3), 0.9
    yield "many, 99 %", (123_456, 999_999, 1_090_000, 5_468_000), 0.99


def counted(table):
    counts = {}
    for b, f, n in table["cells"]:
        counts[f - b] = counts.get(f - b, 0) + n
    return sorted(counts.items())


def main():
    rows, in_r = [], []
    for name, bands, kind, better, level, ratio in band_cases():
        row = inequality(bands, better, level, ratio)
        in_r.append((f"R lm {name}", row, beside_bands(name, bands, row, level)))
        options = {"kind": kind, "better": better, "level": level}
        rates = [[i + 1, float(rate), n] for i, (rate, n) in enumerate(bands)]
        random.Random(1).shuffle(rates)
        rows.append(case(name, "inequality", options, row, rates=rates))
    for name, counts, better, level in person_cases():
        people = [[(1, count), (0, n - count)] for count, n in counts]
        row = person_level(people, better, level)
        in_r.append((f"R sandwich {name}", row, beside_people(name, people, row, level)))
        options = {"better": better, "level": level}
        counts = [[i + 1, count, n] for i, (count, n) in enumerate(counts)]
        rows.append(case(name, "person-level", options, row, counts=counts))
    for name, tables, level in change_cases():
        people, on = [counted(table) for table in tables], tables[0]["scale"]
        row = person_level(people, on["direction"], level, "no", on["steps-per-unit"])
        in_r.append((f"R sandwich {name}", row, beside_people(name, people, row, level, on["steps-per-unit"])))
        rows.append(case(name, "person-level-change", {"level": level}, row, bands=tables))
    for name, counts, level in reach_cases():
        rows.append(case(name, "reach", {"level": level}, reach(*counts, level), counts=[list(counts)]))
    beside_r([entry for entry in in_r if entry[2] is not None])
    versions = f"Python fractions, mpmath {mpmath.__version__}, statsmodels {statsmodels.__version__}, R 4.2.2"
    kit.write("equity.py", versions, VALUES, rows)


def beside_r(entries):
    for (name, row, _), found in zip(entries, kit.r("equity.R", [entry[2] for entry in entries])):
        agree_slope(name, row, found[0])
        kit.agree(f"{name} error", row["sii-standard-error"], found[1], 1e-8)
        kit.agree(f"{name} lower", row["sii-interval"][0], found[2], 1e-7)
        kit.agree(f"{name} upper", row["sii-interval"][1], found[3], 1e-7)
        if "rii-interval" in row:
            kit.agree(f"{name} RII lower", row["rii-interval"][0], found[4], 1e-7)
            kit.agree(f"{name} RII upper", row["rii-interval"][1], found[5], 1e-7)
    print(f"beside R: {len(entries)}", file=sys.stderr)


if __name__ == "__main__":
    main()
