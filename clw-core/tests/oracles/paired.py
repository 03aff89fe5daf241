"""Reference values of the paired statistics for samples too large to enumerate by hand.

    pip install scipy==1.17.1 mpmath==1.4.1
    python clw-core/tests/oracles/paired.py > clw-core/tests/golden/paired.json

A sample is a list of [difference, pairs]. What comes from where:

* `exact-p`: the distribution of W+ as the product of the polynomials 1 + x^rank in Python's
  integers, ranks by scipy.stats.rankdata, p the fraction rounded once.
* `scipy-exact-p`: scipy.stats.wilcoxon(method="exact"), samples without ties only.
* `normal-p`, `normal-z`: scipy.stats.wilcoxon(method="asymptotic", zero_method="wilcox"), with
  and without continuity correction.
* `t`, `t-p`, `t-interval`: mpmath at 50 digits from exact sums, p by the incomplete beta function.
* `scipy-t`, `scipy-t-p`: scipy.stats.ttest_rel.
* `dz-interval`: Steiger and Fouladi's limits of the noncentrality, divided by the root of n: mpmath
  at 25 digits, the noncentral t integrated numerically.
"""

import json
import random
from fractions import Fraction

import mpmath
import numpy as np
from scipy import stats

mpmath.mp.dps = 50
SEED = 20190402
EXACT_MOST = 127


def expand(counts):
    return np.repeat([d for d, _ in counts], [n for _, n in counts])


def exact_p(differences):
    used = differences[differences != 0]
    doubled = [int(rank) for rank in 2 * stats.rankdata(np.abs(used))]
    patterns = 1  # a polynomial in x = 2^bits, one coefficient in each field of bits
    bits = len(used) + 1
    for rank in doubled:
        patterns += patterns << (rank * bits)
    w = sum(rank for rank, d in zip(doubled, used) if d > 0)
    total = sum(doubled)
    field = (1 << bits) - 1
    as_far = sum(
        (patterns >> (s * bits)) & field
        for s in range(total + 1)
        if abs(2 * s - total) >= abs(2 * w - total)
    )
    p = Fraction(as_far, 2 ** len(used))
    return p.numerator / p.denominator


def t_results(counts):
    n = sum(k for _, k in counts)
    s1 = sum(d * k for d, k in counts)
    s2 = sum(d * d * k for d, k in counts)
    mean = mpmath.mpf(s1) / n
    sd = mpmath.sqrt(mpmath.mpf(n * s2 - s1 * s1) / (n * (n - 1)))
    se = sd / mpmath.sqrt(n)
    t = mean / se
    df = n - 1

    def two_sided(value):
        half, lone = mpmath.mpf(df) / 2, mpmath.mpf(1) / 2
        return mpmath.betainc(half, lone, 0, df / (df + value**2), regularized=True)

    start = mpmath.mpf(stats.t.isf(0.025, df))
    quantile = mpmath.findroot(lambda q: two_sided(q) - mpmath.mpf(5) / 100, start)
    return {
        "mean": float(mean),
        "sd": float(sd),
        "t": float(t),
        "t-p": float(two_sided(abs(t))),
        "t-interval": [float(mean - quantile * se), float(mean + quantile * se)],
    }, float(t), n


def noncentral_t_cdf(t, df, noncentrality):
    """P(T <= t), the mean of a normal distribution function over s = sqrt(chi2 / df)."""
    log_constant = mpmath.log(2) + df / 2 * mpmath.log(df / 2) - mpmath.loggamma(df / 2)
    width = 1 / mpmath.sqrt(2 * df)

    def integrand(s):
        log_density = log_constant + (df - 1) * mpmath.log(s) - df * s * s / 2
        return mpmath.ncdf(t * s - noncentrality) * mpmath.exp(log_density)

    edges = [max(mpmath.mpf(0), 1 + k * width) for k in (-60, -16, -8, -4, -2, 0, 2, 4, 8, 16, 60)]
    return mpmath.quad(integrand, sorted(set(edges)))


def dz_interval(t, n):
    t, df = mpmath.mpf(t), mpmath.mpf(n - 1)

    def limit(area, start):
        with mpmath.workdps(25):
            gap = lambda delta: noncentral_t_cdf(t, df, delta) - area
            return float(mpmath.findroot(gap, (start - 0.1, start + 0.1), tol=1e-20) / mpmath.sqrt(n))

    return [limit(mpmath.mpf("0.975"), t - 2), limit(mpmath.mpf("0.025"), t + 2)]


def case(name, counts, with_dz=True):
    differences = expand(counts)
    used = differences[differences != 0]
    row = {"name": name, "counts": counts}
    exact = len(used) <= EXACT_MOST
    if exact:
        row["exact-p"] = exact_p(differences)
        if len(set(abs(used))) == len(used):
            row["scipy-exact-p"] = float(stats.wilcoxon(used, method="exact").pvalue)
    for key, correction in (("corrected", True), ("uncorrected", False)):
        normal = stats.wilcoxon(
            differences, zero_method="wilcox", correction=correction, method="asymptotic"
        )
        row[f"normal-p-{key}"] = float(normal.pvalue)
        row[f"normal-z-{key}"] = float(normal.zstatistic)
    ranks = stats.rankdata(np.abs(used))
    row["w-plus"] = float(ranks[used > 0].sum())
    exact_t, t, n = t_results(counts)
    row.update(exact_t)
    scipy_t = stats.ttest_1samp(differences, 0)
    row["scipy-t"], row["scipy-t-p"] = float(scipy_t.statistic), float(scipy_t.pvalue)
    if with_dz:
        row["dz-interval"] = dz_interval(t, n)
    return row


def counted(differences):
    values, counts = np.unique(np.asarray(differences), return_counts=True)
    return [[int(d), int(n)] for d, n in zip(values, counts)]


def main():
    draw = random.Random(SEED)

    def sample(n, mean, sd, step):
        return counted([round(draw.gauss(mean, sd) / step) * step for _ in range(n)])

    against = (2, 9, 34, 39, 56, 60, 68, 98)
    rows = [
        case("one to a hundred, eight against", counted([-d if d in against else d for d in range(1, 101)])),
        case("fifteen up, fifteen down, forty the same", [[-1, 15], [0, 40], [1, 15]]),
        case("fifty without ties", counted([d if draw.random() < 0.7 else -d for d in range(1, 51)])),
    ]
    for n in (13, 20, 30, 40, 68, 90, 100, 127):
        rows.append(case(f"{n} in whole points", sample(n, 2, 4, 1)))
    for n in (25, 75):
        rows.append(case(f"{n} on five stages", [[d, k] for d, k in sample(n, 0.5, 1.3, 1) if abs(d) <= 4]))
    for n in (200, 1000, 20000):
        rows.append(case(f"{n} in whole points", sample(n, 0.2, 4, 1)))
    rows.append(case("a million on five stages", [[-2, 40000], [-1, 160000], [0, 596000], [1, 163000], [2, 41000]], with_dz=False))
    print("{")
    print(f'"made-by": "python clw-core/tests/oracles/paired.py, seed {SEED}, scipy 1.17.1, mpmath 1.4.1",')
    print('"cases": [')
    print(",\n".join(json.dumps(row) for row in rows))
    print("]}")


if __name__ == "__main__":
    main()
