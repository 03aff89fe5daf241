"""Expected values for the private `numeric` module, in 40-digit arithmetic.

    pip install mpmath==1.4.1
    python clw-core/tests/oracles/numeric.py > clw-core/tests/golden/numeric.json

Every function is computed by another formula than the library's: the normal by mpmath's erfc,
Student's t by the incomplete beta function, noncentral t by the Poisson mixture of incomplete
beta functions (Guenther 1978), summed downwards in its stable direction, Wilson's limits by
the textbook quotient. Arguments are doubles and are taken exactly; results are rounded once.
"""

import json
import sys

import mpmath
from mpmath import mp, mpf

mp.dps = 40


def normal_sf(z):
    return mp.erfc(z / mp.sqrt(2)) / 2


def normal_upper_quantile(p):
    if p > mpf(1) / 2:
        return -normal_upper_quantile(1 - p)
    guess = mp.sqrt(-2 * mp.log(2 * p))
    for _ in range(200):
        area = normal_sf(guess)
        step = (mp.log(area) - mp.log(p)) * area / mp.npdf(guess)
        guess += step
        if abs(step) <= mpf(10) ** -36 * abs(guess):
            break
    return guess


def t_sf(t, df):
    """The area above t >= 0."""
    return mp.betainc(df / 2, mpf(1) / 2, 0, df / (df + t * t), regularized=True) / 2


def t_density(t, df):
    log = mp.loggamma((df + 1) / 2) - mp.loggamma(df / 2) - mp.log(df * mp.pi) / 2
    return mp.exp(log - (df + 1) / 2 * mp.log1p(t * t / df))


def t_upper_quantile(p, df):
    """Newton's method on the logarithms, from the normal quantile."""
    guess = normal_upper_quantile(p)
    for _ in range(2000):
        area = t_sf(guess, df)
        step = mp.log(area / p) * area / (guess * t_density(guess, df))
        guess *= mp.exp(step)
        if abs(step) <= mpf(10) ** -34:
            break
    return guess


def beta_term(a, b, x):
    """x^a (1 - x)^b / (a B(a, b)), by which I_x(a, b) exceeds I_x(a + 1, b)."""
    log_beta = mp.loggamma(a) + mp.loggamma(b) - mp.loggamma(a + b)
    return mp.exp(a * mp.log(x) + b * mp.log1p(-x) - log_beta) / a


def beta_area(a, b, x, term):
    """I_x(a, b), by mpmath for small b, which is slow for large b, where the sum of terms is short."""
    if b < 60:
        return mp.betainc(a, b, 0, x, regularized=True)
    area = mpf(0)
    while term > area * mpf(10) ** -45:
        area += term
        term *= x * (a + b) / (a + 1)
        a += 1
    return area


def noncentral_t_cdf(t, df, ncp):
    """P(T <= t): Phi(-ncp) + 1/2 sum of p_j I(j + 1/2) + q_j I(j + 1), for t >= 0."""
    if t < 0:
        return 1 - noncentral_t_cdf(-t, df, -ncp)
    x, b, half = t * t / (df + t * t), df / 2, ncp * ncp / 2
    # Outside these the Poisson weight is below 1e-80 of its peak.
    first = max(0, int(half - 20 * mp.sqrt(half) - 200))
    last = int(half + 20 * mp.sqrt(half) + 200)
    total = mpf(0)
    for offset, factor in ((mpf(1) / 2, 1), (mpf(1), ncp / mp.sqrt(2))):
        a = last + offset
        term = beta_term(a, b, x)
        beta = beta_area(a, b, x, term)
        weight = factor * mp.exp(-half + last * mp.log(half) - mp.loggamma(a + mpf(1) / 2))
        for j in range(last, first - 1, -1):
            total += weight * beta
            if j > first:
                a = j - 1 + offset
                term *= (a + 1) / (x * (a + b))
                beta += term
                weight *= (a + mpf(1) / 2) / half
    return normal_sf(ncp) + total / 2


def noncentrality(t, df, p):
    """The ncp with area p above t: by the secant method, from the normal approximation, which is
    near for many degrees of freedom; for few by halving between z_p and z_p + t S first."""
    near = -normal_upper_quantile(p)

    def excess(ncp):
        return 1 - noncentral_t_cdf(t, df, ncp) - p

    spread = mp.sqrt(1 + t * t / (2 * df))
    start = t + near * spread
    if df < 9:
        low, high = sorted((near, near + 4 * t))
        while high - low > spread / 50:
            start = (low + high) / 2
            low, high = (low, start) if excess(start) > 0 else (start, high)
    root = mp.findroot(excess, (start, start + spread / 500), solver="secant", tol=1e-25, verify=False)
    assert abs(excess(root)) < 1e-20
    return root


def noncentrality_limits(t, df, level):
    p = (1 - level) / 2
    return noncentrality(t, df, p), -noncentrality(-t, df, p)


def wilson(k, n, level):
    z = normal_upper_quantile((1 - level) / 2)
    share = mpf(k) / n
    centre = share + z * z / (2 * n)
    half = z * mp.sqrt(share * (1 - share) / n + z * z / (4 * mpf(n) ** 2))
    scale = 1 + z * z / n
    return (centre - half) / scale, (centre + half) / scale


NORMAL_SF = [-10, -5, -2, -1, -0.5, -1e-10, 0, 0.1, 0.5, 1, 1.96, 2, 3, 4.5, 5, 8, 10, 15, 20, 25, 30, 35, 37]
NORMAL_P = [1 - 1e-10, 0.975, 0.9, 0.7, 0.5000001, 0.4999999, 0.49, 0.45, 0.3, 0.25, 0.2, 0.1, 0.05, 0.025, 0.005]
NORMAL_P += [1e-3, 1e-6, 1e-10, 1e-16, 1e-50, 1e-100, 1e-200, 1e-300]
T_P = [
    (0.001, 1), (1, 1), (12.7, 1), (1e10, 1), (1e299, 1), (0.5, 1.5), (3, 2), (1e149, 2), (2, 2.5), (1e60, 5),
    (2.5, 5), (1.1, 9.7), (4, 12), (30, 15), (2, 20), (7.5, 28.4), (2.04, 30), (1e10, 30), (1e5, 33), (0.01, 64),
    (3, 99), (10, 100), (40, 100), (1000, 100), (1.96, 1234.5), (50, 1234.5), (2.5, 1e4), (36, 1e4), (0.3, 1e6),
    (5, 1e6), (30, 1e6), (37, 1e6),
]
T_QUANTILE = [(p, df) for df in (1, 2, 3.5, 9, 29, 99, 1234.5, 1e6) for p in (0.45, 0.1, 0.025, 0.005, 1e-10)]
T_QUANTILE += [(1e-300, 1), (1e-300, 2), (1e-300, 5.5), (1e-300, 30), (1e-300, 1000), (1e-300, 1e6), (0.975, 12)]
LIMITS = [
    (t, df, 0.95)
    for t, df in (
        (2.5, 1), (-2.5, 1), (300, 1), (0.3, 2), (12, 2), (1, 4.5), (3, 9), (20, 9), (0.1, 9), (-4, 15), (3, 20),
        (8, 29), (45, 29), (2, 99), (38, 99), (60, 99), (0.5, 999), (25, 999), (120, 999), (5, 1e4), (80, 1e4),
        (2, 1e6), (500, 999999), (-800, 999999),
    )
]
LIMITS += [(3, 20, 0.8), (3, 20, 0.99), (40, 50, 0.999)]
WILSON = [
    (48, 120, 0.95), (0, 10, 0.95), (10, 10, 0.95), (1, 10, 0.95), (1, 2, 0.95), (3, 7, 0.8), (7, 30, 0.99),
    (1, 1000000, 0.95), (999999, 1000000, 0.95), (400000, 1000000, 0.999), (1, 1000000000, 0.95),
]


def exact(*arguments):
    return [mpf(a) for a in arguments]


def limits(names, cases, function):
    for case in cases:
        print(*case, file=sys.stderr)
        lower, upper = function(*exact(*case))
        yield dict(zip(names, case)) | {"lower": float(lower), "upper": float(upper)}


def points(names, cases, function):
    for case in cases:
        yield dict(zip(names, case)) | {"expected": float(function(*exact(*case)))}


def main():
    golden = {
        "tool": f"mpmath {mpmath.__version__}",
        "command": "python clw-core/tests/oracles/numeric.py > clw-core/tests/golden/numeric.json",
        "normal-sf": list(points(["z"], [(z,) for z in NORMAL_SF], normal_sf)),
        "normal-upper-quantile": list(points(["p"], [(p,) for p in NORMAL_P], normal_upper_quantile)),
        "t-two-sided-p": list(points(["t", "df"], T_P, lambda t, df: 2 * t_sf(t, df))),
        "t-upper-quantile": list(
            points(
                ["p", "df"],
                T_QUANTILE,
                lambda p, df: t_upper_quantile(p, df) if p < 0.5 else -t_upper_quantile(1 - p, df),
            )
        ),
        "noncentrality-limits": list(limits(["t", "df", "level"], LIMITS, noncentrality_limits)),
        "wilson": list(limits(["k", "n", "level"], WILSON, wilson)),
    }
    sections = ",\n".join(
        f'"{name}": ' + (json.dumps(part) if isinstance(part, str) else "[\n" + ",\n".join(map(json.dumps, part)) + "\n]")
        for name, part in golden.items()
    )
    print("{\n" + sections + "\n}")


if __name__ == "__main__":
    main()
