"""Random-effects meta-analysis of programmes.

    python clw-core/tests/oracles/synthesis.py > clw-core/tests/golden/synthesis.json

* effects: [estimate, variance] of each programme. τ² by REML as the root of the slope of the restricted likelihood
  that lies highest, found by halving in 40-digit arithmetic between points of a fine grid; by Paule and Mandel as the
  root of Q(τ²) = k − 1; by DerSimonian and Laird from its formula. Means, Hartung and Knapp's standard error, Q, its
  χ² tail, the Q-profile interval, I², H² and the prediction interval follow by definition.
* shares: [x, n] of each programme on both scales, with Wilson's interval and the effect and variance of each.
R's metafor is run beside both: rma (REML, DL, PM; knha, adhoc, z), confint, escalc (PLO, PAS).

`bcg` are the log relative risks of tuberculosis of Colditz et al. (1994), `dat.bcg` of metadat: metafor's
documentation prints τ² = 0.3132, I² = 92.22 %, H² = 12.86, Q(12) = 152.2330.
"""

import random

import kit
from kit import Fraction, case, mp, mpf

SOURCE = "mpmath 1.4.1 at 40 digits; R 4.2.2 metafor 3.8-1"
VALUES = {
    "tau-squared": (1e-10, SOURCE),
    "tau-squared-interval": (1e-10, SOURCE),
    "mean": (1e-11, SOURCE + "; relative to the standard error"),
    "standard-error": (1e-11, SOURCE),
    "interval": (1e-11, SOURCE),
    "prediction-interval": (1e-11, "mpmath 1.4.1"),
    "q": (1e-12, SOURCE),
    "p": (1e-10, SOURCE),
    "i-squared": (1e-10, SOURCE),
    "i-squared-interval": (1e-10, "mpmath 1.4.1"),
    "h-squared": (1e-10, SOURCE),
    "h-squared-interval": (1e-10, "mpmath 1.4.1"),
    "weights": (1e-11, SOURCE),
    "not-pooled": (0, "definition"),
    "effects": (1e-14, SOURCE + " escalc: [effect, variance] of each"),
    "mean-as-printed": (1e-12, "mpmath 1.4.1"),
    "interval-as-printed": (1e-10, "mpmath 1.4.1"),
}


class At:
    def __init__(self, effects, tau_squared):
        self.w = [1 / (v + tau_squared) for _, v in effects]
        self.sum = sum(self.w)
        self.mean = sum(w * y for w, (y, _) in zip(self.w, effects)) / self.sum
        self.off = [(y - self.mean) ** 2 for y, _ in effects]
        self.q = sum(w * off for w, off in zip(self.w, self.off))
        self.spread = self.sum - sum(w * w for w in self.w) / self.sum

    def height(self):
        return sum(mp.log(w) for w in self.w) - mp.log(self.sum) - self.q

    def slope(self):
        return sum(w * w * off for w, off in zip(self.w, self.off)) - self.spread


def halved(low, high, falls):
    """The root of a function that falls through 0 between two points."""
    for _ in range(140):
        middle = (low + high) / 2
        low, high = (middle, high) if falls(middle) > 0 else (low, middle)
    return (low + high) / 2


def largest(effects):
    estimates = [y for y, _ in effects]
    return max((max(estimates) - min(estimates)) ** 2, max(v for _, v in effects))


def where(effects, falls):
    if falls(mpf(0)) <= 0:
        return mpf(0)
    high = largest(effects)
    while falls(high) > 0:
        high *= 4
    return halved(mpf(0), high, falls)


def tau_squared(effects, method):
    df = len(effects) - 1
    if method == "der-simonian-laird":
        at = At(effects, 0)
        return max(mpf(0), (at.q - df) / at.spread)
    if method == "paule-mandel":
        return where(effects, lambda tau2: At(effects, tau2).q - df)
    top = largest(effects)
    grid = [mpf(0)] + [top * mpf(10) ** (mpf(i) / 10) for i in range(-120, 21)]
    slopes = [At(effects, tau2).slope() for tau2 in grid]
    hills = [mpf(0)] if slopes[0] <= 0 else []
    for low, high, a, b in zip(grid, grid[1:], slopes, slopes[1:]):
        if a > 0 >= b:
            hills.append(halved(low, high, lambda tau2: At(effects, tau2).slope()))
    return max(hills, key=lambda tau2: At(effects, tau2).height())


def model(effects, options):
    k = len(effects)
    if k < 2:
        return {"not-pooled": ["no-programmes", "one-programme"][k]}
    effects = [(mpf(y), mpf(v)) for y, v in effects]
    level, df = mpf(str(options["level"])), k - 1
    tail = (1 - level) / 2
    tau2 = tau_squared(effects, options["tau-squared"])
    at, fixed = At(effects, tau2), At(effects, 0)
    t = kit.t_upper_quantile(tail, df)
    z = kit.normal_quantile(1 - tail)
    inflation, reach = {
        "hartung-knapp": (at.q / df, t),
        "hartung-knapp-at-least-one": (max(mpf(1), at.q / df), t),
        "wald": (mpf(1), z),
    }[options["interval"]]
    error = mp.sqrt(inflation / at.sum)
    typical = df / fixed.spread
    chi2 = [where(effects, lambda tau2, a=a: a - kit.chi2_sf(At(effects, tau2).q, df)) for a in (tail, 1 - tail)]

    def around(half):
        return [at.mean - half, at.mean + half]

    def i2(tau2):
        return tau2 / (tau2 + typical)

    def h2(tau2):
        return (tau2 + typical) / typical

    expected = {
        "tau-squared": tau2, "tau-squared-interval": chi2, "mean": at.mean, "standard-error": error,
        "interval": around(reach * error) if error > 0 else None,
        "q": fixed.q, "p": kit.chi2_sf(fixed.q, df),
        "i-squared": i2(tau2), "i-squared-interval": [i2(x) for x in chi2],
        "h-squared": h2(tau2), "h-squared-interval": [h2(x) for x in chi2],
        "weights": [w / at.sum for w in at.w],
    }
    left = k - (2 if options["prediction"] == "programmes-less-two" else 1)
    spread = mp.sqrt(tau2 + error**2)
    if left > 0 and spread > 0:
        expected["prediction-interval"] = around(kit.t_upper_quantile(tail, left) * spread)
    else:
        expected["prediction-interval"] = None
    return expected


def transformed(transform, x, n):
    if transform == "log-odds":
        half = mpf(1) / 2 if x in (0, n) else mpf(0)
        a, b = x + half, n - x + half
        return mp.log(a / b), 1 / a + 1 / b
    return mp.asin(mp.sqrt(kit.real(Fraction(x, n)))), 1 / (4 * mpf(n))


def printed(transform, effect):
    if transform == "log-odds":
        return 1 / (1 + mp.exp(-effect))
    return mp.sin(min(max(effect, mpf(0)), mp.pi / 2)) ** 2


def drawn(seed, k, tau, sizes, sd=1.0, mean=0.8):
    draw = random.Random(seed)
    effects = []
    for _ in range(k):
        n = draw.randint(*sizes)
        v = round(sd**2 * draw.uniform(0.8, 1.2) / n, 6)
        effects.append([round(draw.gauss(draw.gauss(mean, tau), v**0.5), 4), v])
    return effects


BCG = [
    (4, 119, 11, 128), (6, 300, 29, 274), (3, 228, 11, 209), (62, 13536, 248, 12619), (33, 5036, 47, 5761),
    (180, 1361, 372, 1079), (8, 2537, 10, 619), (505, 87886, 499, 87892), (29, 7470, 45, 7232), (17, 1699, 65, 1600),
    (186, 50448, 141, 27197), (5, 2493, 3, 2338), (27, 16886, 29, 17825),
]
BCG = [
    [float(mp.log(mpf(a) / (a + b)) - mp.log(mpf(c) / (c + d))),
     float(mpf(1) / a - mpf(1) / (a + b) + mpf(1) / c - mpf(1) / (c + d))]
    for a, b, c, d in BCG
]
EFFECTS = {
    "bcg": BCG,
    "27 programmes": drawn(1, 27, 0.3, (20, 400), 2.0),
    "27 programmes alike": drawn(2, 27, 0.0, (20, 400), 2.0),
    "five programmes": drawn(3, 5, 0.5, (15, 60), 2.0),
    "three programmes": drawn(4, 3, 0.4, (30, 200), 3.5),
    "two programmes": [[1.2, 0.04], [0.5, 0.09]],
    "two programmes alike": [[1.2, 0.04], [1.2, 0.09]],
    "three programmes with one result": [[0.7, 0.02], [0.7, 0.05], [0.7, 0.01]],
    "one large among small": [[0.4, 0.0001], [1.5, 0.2], [1.9, 0.3], [0.9, 0.25], [-0.2, 0.4]],
    "opposite results": [[2.0, 0.01], [-2.0, 0.01], [2.1, 0.02], [-1.9, 0.02]],
    "far below the typical": drawn(5, 12, 0.02, (100, 200), 3.0),
    "one programme": [[1.2, 0.04]],
    "no programme": [],
}
SHARES = {
    "five programmes": [[48, 120], [30, 90], [61, 110], [12, 40], [200, 310]],
    "none and all": [[0, 12], [9, 9], [5, 20], [14, 30]],
    "one with nobody": [[3, 10], [6, 9]],
    "a thousand and three": [[410, 1000], [1, 3]],
    "one programme": [[3, 10]],
}
OPTIONS = {
    "level": 0.95, "tau-squared": "restricted-maximum-likelihood", "interval": "hartung-knapp",
    "prediction": "programmes-less-two",
}
VARIED = [
    OPTIONS,
    OPTIONS | {"interval": "hartung-knapp-at-least-one", "prediction": "programmes-less-one"},
    OPTIONS | {"tau-squared": "der-simonian-laird", "interval": "wald"},
    OPTIONS | {"tau-squared": "paule-mandel", "level": 0.9},
]
METAFOR = {
    "restricted-maximum-likelihood": "REML", "der-simonian-laird": "DL", "paule-mandel": "PM",
    "hartung-knapp": "knha", "hartung-knapp-at-least-one": "adhoc", "wald": "z",
    "log-odds": "PLO", "arcsine-root": "PAS",
}

CASES, ASKED = [], []
for name, effects in EFFECTS.items():
    for options in VARIED if len(effects) > 1 else VARIED[:1]:
        row = case(name, "effects", options, model(effects, options), effects=effects)
        CASES.append(row)
        if len(effects) > 1 and "one result" not in name and name != "two programmes alike":
            ASKED.append((row, {
                "kind": "model", "y": [y for y, _ in effects], "v": [v for _, v in effects],
                "level": 100 * options["level"], "method": METAFOR[options["tau-squared"]],
                "test": METAFOR[options["interval"]],
            }))
for name, shares in SHARES.items():
    for transform in ("log-odds", "arcsine-root"):
        exact = [transformed(transform, x, n) for x, n in shares]
        expected = model(exact, OPTIONS)
        if "mean" in expected:
            expected["mean-as-printed"] = printed(transform, expected["mean"])
            ends = expected["interval"]
            expected["interval-as-printed"] = ends and [printed(transform, end) for end in ends]
        expected["effects"] = [list(effect) for effect in exact]
        row = case(name + ", " + transform, "shares", OPTIONS | {"transform": transform}, expected, shares=shares)
        CASES.append(row)
        ASKED.append((row, {
            "kind": "transform", "measure": METAFOR[transform], "x": [x for x, _ in shares], "n": [n for _, n in shares],
        }))

for (row, _), theirs in zip(ASKED, kit.r("synthesis.R", [asked for _, asked in ASKED])):
    ours, name = row["expected"], row["name"]
    if "effects" in theirs:
        listed = [[x] if not isinstance(x, list) else x for x in (theirs["effects"], theirs["variances"])]
        for (y, v), a, b in zip(ours["effects"], *listed):
            kit.agree(f"{name} effect", 3 + y, 3 + a, 1e-14)
            kit.agree(f"{name} variance", v, b, 1e-14)
        continue
    what = f"{name} {row['options']['tau-squared']} {row['options']['interval']}"
    scale = ours["standard-error"]
    kit.agree(f"{what} tau2", 1 + ours["tau-squared"] / scale**2, 1 + theirs["tau2"] / scale**2, 1e-9)
    kit.agree(f"{what} mean", ours["mean"] / scale + 5, theirs["mean"] / scale + 5, 1e-9)
    kit.agree(f"{what} error", scale, theirs["error"], 1e-9)
    for place in (0, 1):
        kit.agree(f"{what} interval", ours["interval"][place] / scale + 50, theirs["interval"][place] / scale + 50, 1e-9)
        if "tau2_interval" in theirs and isinstance(theirs["tau2_interval"][place], float):
            a, b = (1 + value[place] / scale**2 for value in (ours["tau-squared-interval"], theirs["tau2_interval"]))
            kit.agree(f"{what} tau2 interval", a, b, 1e-8)
    for key, other in (("q", "q"), ("p", "p"), ("h-squared", "h2")):
        kit.agree(f"{what} {key}", ours[key], theirs[other], 1e-9)
    kit.agree(f"{what} i2", 1 + ours["i-squared"], 1 + theirs["i2"], 1e-9)
    for a, b in zip(ours["weights"], theirs["weights"]):
        kit.agree(f"{what} weights", a, b, 1e-9)

bcg = CASES[0]["expected"]
assert (round(bcg["tau-squared"], 4), round(100 * bcg["i-squared"], 2), round(bcg["h-squared"], 2)) == (0.3132, 92.22, 12.86)
assert round(bcg["q"], 4) == 152.2330

kit.write("synthesis.py", "mpmath 1.4.1, R 4.2.2 with metafor 3.8-1", VALUES, CASES)
