"""Expected values for the chi-squared and fair binomial tails, in 60-digit arithmetic.

    pip install mpmath==1.4.1
    python clw-core/tests/oracles/tails.py > clw-core/tests/golden/tails.json

The chi-squared tail is mpmath's regularised incomplete gamma function, the binomial tail a sum of
Python's integers. Arguments are doubles and are taken exactly; results are rounded once.
"""

import json
import random
from fractions import Fraction

import mpmath
from mpmath import mp, mpf

mp.dps = 60


def chi_squared_sf(x, df):
    return mp.gammainc(mpf(df) / 2, mpf(x) / 2, mp.inf, regularized=True)


def chi_squared_cases():
    rng = random.Random(20061)
    cases = [(0.0, 1), (0.0, 7), (1e-12, 1), (1e-12, 4), (3.841458820694124, 1), (1372.0, 1), (1370.0, 2)]
    for df in [1, 2, 3, 4, 5, 6, 9, 10, 15, 21, 28, 31, 32, 33, 45, 66, 120, 435, 3000]:
        for factor in [0.01, 0.3, 0.8, 0.97, 1.0, 1.001, 1.05, 1.3, 2.0, 4.0]:
            cases.append((rng.uniform(0.9, 1.1) * factor * df, df))
        for _ in range(6):
            cases.append((rng.uniform(0.0, 1300.0), df))
    rows = []
    for x, df in cases:
        p = chi_squared_sf(x, df)
        if p > mpf("1e-300"):
            rows.append({"x": x, "df": df, "expected": float(p)})
    return rows


def fair_binomial_cases():
    rng = random.Random(20062)
    cases = [(0, 1), (0, 2), (1, 2), (0, 60), (3, 60), (0, 990), (40, 1100), (499, 1000), (500, 1000)]
    cases += [(4900, 10_000), (3200, 10_000)]
    # Where the way of adding changes, and the most coins that are added.
    cases += [(64, 129), (65, 130), (64, 400), (65, 400), (49_000, 100_000), (50_000, 100_000)]
    for n in [5, 12, 30, 61, 127, 400, 900]:
        cases += [(rng.randrange(0, n // 2 + 1), n) for _ in range(6)]
    rows = []
    for k, n in cases:
        tail, point, total = 0, 1, 2**n
        for i in range(k):
            tail, point = tail + point, point * (n - i) // (i + 1)
        tail += point
        if Fraction(point, total) > Fraction(1, 10**300):
            rows.append({
                "k": k, "n": n,
                "point": float(Fraction(point, total)),
                "expected": float(Fraction(tail, total)),
            })
    return rows


def main():
    print("{")
    print(f'"made-by": "python clw-core/tests/oracles/tails.py, mpmath {mpmath.__version__}",')
    sections = {"chi-squared-sf": chi_squared_cases(), "fair-binomial": fair_binomial_cases()}
    for place, (name, rows) in enumerate(sections.items()):
        lines = ",\n".join(json.dumps(row) for row in rows)
        print(f'"{name}": [\n{lines}\n]' + ("," if place + 1 < len(sections) else ""))
    print("}")


if __name__ == "__main__":
    main()
