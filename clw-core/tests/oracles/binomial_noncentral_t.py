"""Tails of the binomial and of the noncentral t distribution, by mpmath at 40 and 25 digits.

    python clw-core/tests/oracles/binomial_noncentral_t.py > clw-core/tests/golden/binomial_noncentral_t.json

* binomial-at-least: P(X >= k) for a k not below the mean, = I_p(k, n - k + 1), the incomplete beta function by continued
  fraction of Lentz at 60 digits; sums of fractions must agree where n is at most 400.
* clopper-pearson: roots of the same function.
* noncentral-t-above: P(T > t), the mean of a normal tail over u = ln s, s = √(χ²/df), by pieces
  around the peak of the integrand, which far out lies many widths from 0. `kit.noncentral_t_cdf`,
  whose pieces are around s = 1, must agree where that is enough.
"""

import math
import sys
from fractions import Fraction

import mpmath

import kit
from kit import mp, mpf

VALUES = {
    "area": (1e-12, "mpmath 1.4.1"),
    "interval": (1e-12, "mpmath 1.4.1"),
}


def incomplete_beta(x, a, b):
    """I_x(a, b) for x below a/(a + b): Lentz's continued fraction."""
    x, a, b = mpf(x), mpf(a), mpf(b)
    front = mp.exp(a * mp.log(x) + b * mp.log1p(-x) + mp.loggamma(a + b) - mp.loggamma(a) - mp.loggamma(b)) / a
    c, d = mpf(1), 1 - (a + b) * x / (a + 1)
    d = 1 / d
    value = d
    for m in range(1, 1_000_000):
        up = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        d, c = 1 / (1 + up * d), 1 + up / c
        value *= c * d
        down = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        d, c = 1 / (1 + down * d), 1 + down / c
        value *= c * d
        if abs(c * d - 1) < mpf(10) ** -45:
            return front * value
    sys.exit(f"no convergence at {x}, {a}, {b}")


def at_least(k, n, p):
    with mp.workdps(60):
        p = kit.real(Fraction(p))
        if mpf(k) / (n + 1) > p:
            return +incomplete_beta(p, k, n - k + 1)
        return 1 - incomplete_beta(1 - p, n - k + 1, k)


def in_fractions(k, n, p):
    p = Fraction(p)
    return sum(math.comb(n, i) * p**i * (1 - p) ** (n - i) for i in range(k, n + 1))


def limits(k, n, level):
    tail = (1 - mpf(str(level))) / 2

    def root(k):
        low, high = mpf(0), mpf(k) / n
        for _ in range(140):
            middle = (low + high) / 2
            low, high = (middle, high) if at_least_real(k, n, middle) < tail else (low, middle)
        return low

    return [root(k) if k else mpf(0), 1 - root(n - k) if k < n else mpf(1)]


def at_least_real(k, n, p):
    with mp.workdps(60):
        if mpf(k) / (n + 1) > p:
            return +incomplete_beta(p, k, n - k + 1)
        return 1 - incomplete_beta(1 - p, n - k + 1, k)


def noncentral_t_above(t, df, noncentrality):
    with mp.workdps(30):
        t, df, noncentrality = mpf(t), mpf(df), mpf(noncentrality)
        log_constant = mp.log(2) + df / 2 * mp.log(df / 2) - mp.loggamma(df / 2)

        def integrand(u):
            tail = kit.normal_sf(t * mp.exp(u) - noncentrality)
            return tail * mp.exp(log_constant + df * u - df * mp.exp(2 * u) / 2)

        peak = max((mpf(k) / 50 for k in range(-400, 100)), key=integrand)
        near = [peak + mpf(j) / 40 for j in range(-120, 121)]
        return mp.quad(integrand, [peak - 90, peak - 45, peak - 20, peak - 10, peak - 5, *near])


def main():
    rows = []
    for k, n, p in [
        (3, 8, 0.5), (8, 8, 0.5), (100, 128, 0.5), (64, 128, 0.5), (700, 1000, 0.5), (990, 1000, 0.5),
        (1000, 1000, 0.5), (501, 1000, 0.5), (1100, 1130, 0.5), (5_200, 10_000, 0.5),
        (6_800, 10_000, 0.5), (500_500, 1_000_000, 0.5), (518_000, 1_000_000, 0.5),
        (2_000_100_000, 4_000_000_000, 0.5), (2_001_000_000, 4_000_000_000, 0.5), (7, 300, 0.0078125),
        (40, 300, 0.0078125), (290, 300, 0.9375), (299, 300, 0.9375), (12, 1_000_000, 2.0**-20),
        (100, 1_000_000, 2.0**-20), (400_700, 1_000_000, 0.4),
    ]:
        area = at_least(k, n, p)
        if n <= 400:
            kit.agree(f"fractions {k} {n} {p}", area, in_fractions(k, n, p), 1e-15)
        rows.append(kit.case(f"{k} of {n} at {p}", "binomial-at-least", {"k": k, "n": n, "p": p}, {"area": area}))
    for k, n, level in [
        (0, 1, 0.95), (1, 1, 0.95), (1, 2, 0.5), (3, 700, 0.95), (350, 700, 0.99), (699, 700, 0.999), (0, 1_000_000, 0.95),
        (17, 1_000_000, 0.95), (500_123, 1_000_000, 0.95), (999_999, 1_000_000, 0.9),
    ]:
        options = {"k": k, "n": n, "level": level}
        rows.append(kit.case(f"{k} of {n}, {level}", "clopper-pearson", options, {"interval": limits(k, n, level)}))
    for t, df, noncentrality in [
        (2.0, 9, 0.0), (2.0, 9, 1.0), (2.0, 9, 6.0), (-2.0, 9, 1.0), (-2.0, 9, -6.0), (2.5, 1, 4.0), (12.0, 3, -2.0),
        (1.96, 999, 3.0), (1.96, 999, 12.0), (40.0, 30, 5.0), (5.0, 200, -20.0), (0.0, 12, 3.0),
    ]:
        above = noncentral_t_above(t, df, noncentrality)
        with mp.workdps(25):
            other = kit.noncentral_t_cdf(mpf(-t), df, mpf(-noncentrality))
        kit.agree(f"around 1: {t} {df} {noncentrality}", above, other, 1e-12)
        options = {"t": t, "df": df, "noncentrality": noncentrality}
        rows.append(kit.case(f"{t} on {df} about {noncentrality}", "noncentral-t-above", options, {"area": above}))
    kit.write("binomial_noncentral_t.py", f"mpmath {mpmath.__version__}", VALUES, rows)


if __name__ == "__main__":
    main()
