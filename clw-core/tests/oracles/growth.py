"""More than two sittings: mean trajectories, slopes of persons, and linear mixed models by REML.

    python clw-core/tests/oracles/growth.py > clw-core/tests/golden/growth.json

`sittings` are [person, time, points]. y is the printed score.

* mean-trajectory: at each time n, mean, SD and the t interval of the mean.
* person-slopes: the least-squares slope of each person with at least two times, per unit of time.
* random-intercept y = b0 + b1·t + u0 + e, and random-intercept-and-slope with u0 + u1·t, (u0, u1)
  bivariate normal with an unstructured covariance (Laird & Ware 1982, doi:10.2307/2529876). Time is
  not centred. Restricted likelihood (Patterson & Thompson 1971, doi:10.1093/biomet/58.3.545), in
  lme4's convention: −½[Σ log|Vi| + log|ΣXi'Vi⁻¹Xi| + (N − 2)(1 + log(2πσ²))], V relative to the
  residual variance σ². Standard errors are those of generalised least squares at the estimates.

The optimum is found in 40-digit arithmetic by Newton's method on the relative covariance D, from
2 x 2 sums for each person: V⁻¹ = I − Z·D(I + Z'Z·D)⁻¹·Z'. R's lme4 and nlme must agree to what their
optimisers stop at. Where the likelihood is highest on the edge, the variance is 0 (`singular`); a
correlation of ±1 is searched with D of rank one.

Data: `potthoff & roy 1964`, distance in half millimetres at ages 8, 10, 12, 14 of 16 boys and 11
girls (doi:10.1093/biomet/51.3-4.313); the others are drawn from a seed.
"""

import random
import sys

import numpy as np
from scipy import optimize

import kit
from kit import Fraction, case, mp, mpf

SOURCE = "mpmath 1.4.1, Newton at 40 digits; R 4.2.2 lme4 1.1-31 lmer(REML = TRUE), nlme 3.1-162 lme"
VALUES = {
    "persons": (0, "counting"),
    "sittings": (0, "counting"),
    "intercept": (1e-6, SOURCE),
    "slope": (1e-6, SOURCE),
    "standard-error-intercept": (1e-6, SOURCE),
    "standard-error-slope": (1e-6, SOURCE),
    "variance-intercept": (1e-6, SOURCE + "; relative to max(value, residual variance / 1000)"),
    "variance-slope": (1e-6, SOURCE),
    "covariance-intercept-slope": (1e-6, SOURCE),
    "variance-residual": (1e-6, SOURCE),
    "log-restricted-likelihood": (1e-9, SOURCE),
    "singular": (0, "definition: the estimate lies on the edge of what covariances can be"),
    "trajectory": (1e-12, "fractions and mpmath 1.4.1: [time, n, mean, SD or null, lower or null, upper or null]"),
    "person-slopes": (1e-14, "fractions, rounded once: [person, slope]"),
}
ORTHODONT = [
    (52, 50, 58, 62), (43, 45, 46, 53), (46, 45, 48, 55), (51, 55, 53, 54), (40, 47, 45, 52), (49, 51, 54, 57),
    (44, 44, 49, 53), (48, 43, 49, 51), (46, 41, 62, 52), (55, 56, 62, 63), (46, 46, 47, 50), (43, 47, 48, 56),
    (34, 49, 52, 59), (45, 51, 51, 52), (46, 49, 52, 60), (44, 43, 47, 50), (42, 40, 43, 46), (42, 43, 48, 51),
    (41, 48, 49, 52), (47, 49, 50, 53), (43, 46, 45, 47), (40, 42, 42, 45), (43, 45, 46, 50), (46, 46, 47, 48),
    (40, 42, 44, 43), (33, 38, 38, 39), (49, 50, 56, 56),
]


def drawn(seed, on, persons, times, b0, b1, sd0, sd1, residual, keep=1.0):
    """Rounded and clipped scores; each later sitting is held with the chance `keep`."""
    draw, rows = random.Random(seed), []
    for person in range(1, persons + 1):
        u0, u1 = draw.gauss(0, sd0), draw.gauss(0, sd1)
        for place, time in enumerate(times):
            value = round((b0 + u0 + (b1 + u1) * time + draw.gauss(0, residual)) * on["steps-per-unit"])
            if place == 0 or draw.random() < keep:
                rows.append([person, time, min(max(value, on["lowest"]), on["highest"])])
    return {"scale": on, "rows": rows}


def opposed(seed):
    """Persons whose scores balance out: less alike within than between, so no variance of intercepts."""
    draw, rows = random.Random(seed), []
    for person in range(1, 13):
        swing = draw.randint(4, 9)
        for place, time in enumerate((0, 1, 2, 3)):
            rows.append([person, time, 40 + place + (swing if place % 2 == person % 2 else -swing)])
    return {"scale": kit.WEMWBS, "rows": rows}


def data():
    half_mm = kit.scale(20, 80, 2)
    return {
        "potthoff & roy 1964": {"scale": half_mm, "rows": [
            [person, age, y] for person, ys in enumerate(ORTHODONT, 1) for age, y in zip((8, 10, 12, 14), ys)]},
        "wemwbs, 40 persons, some sittings missed": drawn(41, kit.WEMWBS, 40, range(8), 40, 1.2, 7, 1.0, 4, 0.75),
        "phq-9, 30 persons, up to six sessions": drawn(42, kit.PHQ9, 30, range(6), 15, -1.4, 3.5, 0.8, 2.2, 0.8),
        "life satisfaction in weeks": drawn(43, kit.ONS4, 36, (0, 4, 8, 13), 4.5, 0.12, 1.2, 0.09, 0.9, 0.9),
        "swemwbs-like hundredths, 200 persons": drawn(44, kit.SWEMWBS, 200, range(5), 19.5, 0.6, 3, 0.6, 2, 0.7),
        "persons alike": opposed(45),
        "slopes alike": drawn(47, kit.WEMWBS, 18, range(4), 42, 1.0, 7, 0, 4),
    }


class Person:
    """Sums of (1, t) and y of one person, exact."""

    def __init__(self, times, ys):
        self.s = [[len(times), sum(times)], [sum(times), sum(t * t for t in times)]]
        self.zy = [sum(ys), sum(t * y for t, y in zip(times, ys))]
        self.yy = sum(y * y for y in ys)


def persons_of(sittings):
    by_person = {}
    for person, time, points in sittings["rows"]:
        by_person.setdefault(person, []).append((time, Fraction(points, sittings["scale"]["steps-per-unit"])))
    return by_person


def product(a, b):
    return [[sum(a[i][k] * b[k][j] for k in range(2)) for j in range(2)] for i in range(2)]


def inverse(a):
    determinant = a[0][0] * a[1][1] - a[0][1] * a[1][0]
    return [[a[1][1] / determinant, -a[0][1] / determinant], [-a[1][0] / determinant, a[0][0] / determinant]], determinant


def criterion(people, count, d, log=mp.log, pi=mp.pi):
    """−2 log restricted likelihood at the relative covariance d, and what belongs to it."""
    xvx, xvy, yvy, log_v = [[0, 0], [0, 0]], [0, 0], 0, 0
    for person in people:
        sd = product(person.s, d)
        inner, determinant = inverse([[1 + sd[0][0], sd[0][1]], [sd[1][0], 1 + sd[1][1]]])
        a = product(d, inner)  # V⁻¹ = I − Z·a·Z'
        log_v += log(determinant)
        sa = product(person.s, a)
        sas = product(sa, person.s)
        for i in range(2):
            xvy[i] += person.zy[i] - sum(sa[i][k] * person.zy[k] for k in range(2))
            for j in range(2):
                xvx[i][j] += person.s[i][j] - sas[i][j]
        yvy += person.yy - sum(person.zy[i] * a[i][j] * person.zy[j] for i in range(2) for j in range(2))
    covariance, determinant = inverse(xvx)
    beta = [sum(covariance[i][j] * xvy[j] for j in range(2)) for i in range(2)]
    variance = (yvy - sum(beta[i] * xvy[i] for i in range(2))) / (count - 2)
    return log_v + log(determinant) + (count - 2) * (1 + log(2 * pi * variance)), beta, covariance, variance


def newton(f, start):
    """The stationary point of f near a start, derivatives by central differences of 1e-9."""
    h, x = mpf("1e-9"), [mpf(value) for value in start]
    k = len(x)

    def at(shifts):
        return f([value + h * shifts.get(i, 0) for i, value in enumerate(x)])

    for _ in range(60):
        gradient = mp.matrix([(at({i: 1}) - at({i: -1})) / (2 * h) for i in range(k)])
        hessian = mp.matrix(k, k)
        for i in range(k):
            for j in range(k):
                if i == j:
                    hessian[i, i] = (at({i: 1}) - 2 * at({}) + at({i: -1})) / h**2
                elif i < j:
                    mixed = at({i: 1, j: 1}) - at({i: 1, j: -1}) - at({i: -1, j: 1}) + at({i: -1, j: -1})
                    hessian[i, j] = hessian[j, i] = mixed / (4 * h**2)
        step = mp.lu_solve(hessian, -gradient)
        x = [value + step[i] for i, value in enumerate(x)]
        if max(abs(step[i]) / max(abs(x[i]), mpf("1e-3")) for i in range(k)) < mpf("1e-14"):
            return x
    sys.exit("Newton's method did not settle")


SHAPES = {
    "random-intercept": [("interior", 1, lambda p: [[p[0], 0], [0, 0]])],
    "random-intercept-and-slope": [
        ("interior", 3, lambda p: [[p[0], p[1]], [p[1], p[2]]]),
        ("edge", 2, lambda p: [[p[0] * p[0], p[0] * p[1]], [p[0] * p[1], p[1] * p[1]]]),
    ],
}


def fit(sittings, model):
    by_person = persons_of(sittings)
    exact = [Person(*zip(*rows)) for rows in by_person.values()]
    people = []
    for person in exact:
        real = Person([0], [0])
        real.s = [[kit.real(Fraction(v)) for v in row] for row in person.s]
        real.zy, real.yy = [kit.real(v) for v in person.zy], kit.real(person.yy)
        people.append(real)
    floats = []
    for person in people:
        rough = Person([0], [0])
        rough.s, rough.zy = [[float(v) for v in row] for row in person.s], [float(v) for v in person.zy]
        rough.yy = float(person.yy)
        floats.append(rough)
    count = len(sittings["rows"])

    def by_factor(p):  # D = L·L', so every p is allowed
        l = [[p[0], 0.0], [p[1] if len(p) > 1 else 0.0, p[2] if len(p) > 2 else 0.0]]
        return product(l, [list(column) for column in zip(*l)])

    size = SHAPES[model][0][1]
    starts = [np.full(size, 0.5), np.array([1.0, -0.1, 0.3])[:size], np.array([1.0, 0.1, 0.1])[:size]]
    best = min((optimize.minimize(
        lambda p: criterion(floats, count, by_factor(p), np.log, np.pi)[0], start, method="Nelder-Mead",
        options={"xatol": 1e-10, "fatol": 1e-12, "maxiter": 8000, "maxfev": 8000}) for start in starts),
        key=lambda found: found.fun)
    d = by_factor(best.x)
    none = max(d[0][0], d[1][1]) < 1e-9
    singular = none or (size == 3 and d[0][0] * d[1][1] - d[0][1] ** 2 < 1e-7 * d[0][0] * d[1][1])
    if none:
        d = [[mpf(0), mpf(0)], [mpf(0), mpf(0)]]
        for nearby in ([[mpf("1e-9"), 0], [0, 0]], [[0, 0], [0, mpf("1e-9")]])[:1 if size == 1 else 2]:
            assert criterion(people, count, nearby)[0] > criterion(people, count, d)[0]
    else:
        _, free, shape = SHAPES[model][1 if singular else 0]
        start = best.x[:2] if free == 2 else [d[0][0], d[0][1], d[1][1]][:free]
        d = shape(newton(lambda p: criterion(people, count, shape(p))[0], start))
    deviance, beta, covariance, variance = criterion(people, count, d)
    row = {
        "persons": len(people), "sittings": count, "intercept": beta[0], "slope": beta[1],
        "standard-error-intercept": mp.sqrt(variance * covariance[0][0]),
        "standard-error-slope": mp.sqrt(variance * covariance[1][1]),
        "variance-intercept": variance * d[0][0], "variance-residual": variance,
        "log-restricted-likelihood": -deviance / 2, "singular": bool(singular),
    }
    if size == 3:
        row["variance-slope"], row["covariance-intercept-slope"] = variance * d[1][1], variance * d[0][1]
    return row


def trajectory(sittings, level):
    by_time = {}
    for _, time, points in sittings["rows"]:
        by_time.setdefault(time, []).append(points)
    rows = []
    for time, values in sorted(by_time.items()):
        n, mean, variance = kit.moments(values, sittings["scale"]["steps-per-unit"])
        if variance is None:
            rows.append([time, n, mean, None, None, None])
            continue
        reach = kit.t_upper_quantile((1 - mpf(str(level))) / 2, n - 1) * kit.root(variance / n)
        rows.append([time, n, mean, kit.root(variance), kit.real(mean) - reach, kit.real(mean) + reach])
    return {"trajectory": rows}


def person_slopes(sittings):
    rows = []
    for person, points in persons_of(sittings).items():
        n, t, y = len(points), sum(t for t, _ in points), sum(y for _, y in points)
        spread = n * sum(a * a for a, _ in points) - t * t
        if spread:
            rows.append([person, Fraction(n * sum(a * b for a, b in points) - t * y) / spread])
    return {"person-slopes": rows}


def main():
    rows = []
    for name, sittings in data().items():
        rows.append(case(name, "mean-trajectory", {"level": 0.95}, trajectory(sittings, 0.95), sittings=sittings))
        rows.append(case(name, "person-slopes", {}, person_slopes(sittings), sittings=sittings))
        for model in SHAPES:
            rows.append(case(name, model, {}, fit(sittings, model), sittings=sittings))
    short = {"scale": kit.ONS4, "rows": [[1, 0, 4], [2, 0, 6], [2, 1, 7], [3, 0, 5], [3, 2, 9]]}
    rows.append(case("a time with one person", "mean-trajectory", {"level": 0.95}, trajectory(short, 0.95), sittings=short))
    rows.append(case("a person with one sitting", "person-slopes", {}, person_slopes(short), sittings=short))
    beside_r(rows)
    versions = f"{kit.MPMATH}, R 4.2.2 with lme4 1.1-31, nlme 3.1-162"
    kit.write("growth.py", versions, VALUES, rows)


def beside_r(rows):
    asked = [row for row in rows if row["method"] in SHAPES]
    payload = [{"rows": row["sittings"]["rows"], "unit": row["sittings"]["scale"]["steps-per-unit"],
                "slope": row["method"] != "random-intercept"} for row in asked]
    keys = ("intercept", "slope", "standard-error-intercept", "standard-error-slope", "variance-residual",
            "variance-intercept", "variance-slope", "covariance-intercept-slope", "log-restricted-likelihood")
    for row, (by_lme4, by_nlme) in zip(asked, kit.r("growth.R", payload)):
        for tool, theirs in (("lme4", by_lme4), ("nlme", by_nlme)):
            if not isinstance(theirs, list):
                print(f"{tool} {row['name']} {row['method']}: {theirs}", file=sys.stderr)
                continue
            for key, other in zip(keys, theirs):
                if key in row["expected"] and isinstance(other, float):
                    near = 1e-4 if key.startswith(("variance", "covariance")) else 1e-5
                    kit.agree(f"{tool} {row['name']} {row['method']} {key}", row["expected"][key], other, near)


if __name__ == "__main__":
    main()
