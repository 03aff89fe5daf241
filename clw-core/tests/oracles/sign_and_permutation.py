"""The exact sign test and the exact sign-flip permutation test of the mean change.

    python clw-core/tests/oracles/sign_and_permutation.py > clw-core/tests/golden/sign_and_permutation.json

Sign test: of the non-zero changes, as many positive as not; p by binomial sums in fractions
(Dixon & Mood 1946, doi:10.1080/01621459.1946.10501898). Share of positive among non-zero changes
with Clopper & Pearson's (1934, doi:10.1093/biomet/26.4.404) interval, R's binom.test beside it.

Permutation: each change is as likely to have either sign (Fisher 1935, The Design of Experiments,
§21); p is the share of the 2^n sign patterns whose sum is at least as far from 0, at most, or at
least the observed one. The sums are counted by polynomials in Python's integers; up to 12 non-zero
changes all patterns are also written out. SciPy's permutation_test, exact, must agree.
"""

import itertools
import math
import sys

import numpy as np
import scipy
from scipy import stats

import kit
from kit import Fraction, case, mp, mpf, of_differences

VALUES = {
    "n-used": (0, "counting"),
    "positive": (0, "counting"),
    "negative": (0, "counting"),
    "zeros": (0, "counting"),
    "p": (1e-14, "fractions, rounded once; R 4.2.2 binom.test; scipy 1.17.1 permutation_test(n_resamples=inf)"),
    "share-positive": (1e-15, "fractions, rounded once"),
    "share-positive-interval": (1e-12, "mpmath 1.4.1, roots of the binomial tails; R 4.2.2 binom.test"),
}
EXACT_MOST = 127


def at_least(n, k):
    return Fraction(sum(math.comb(n, i) for i in range(k, n + 1)), 2**n)


def three(less, greater):
    return {"two-sided": min(Fraction(1), 2 * min(less, greater)), "less": less, "greater": greater}


def clopper_pearson(k, n, level):
    tail = (1 - mpf(str(level))) / 2

    def above(p, at_least_k):
        return mp.betainc(at_least_k, n - at_least_k + 1, 0, p, regularized=True)

    bracket = (mpf("1e-30"), 1 - mpf("1e-30"))
    low = mpf(0) if k == 0 else bisect(lambda p: above(p, k) - tail, *bracket)
    high = mpf(1) if k == n else bisect(lambda p: (1 - tail) - above(p, k + 1), *bracket, falling=True)
    return [low, high]


def bisect(f, low, high, falling=False):
    for _ in range(130):
        middle = (low + high) / 2
        if (f(middle) < 0) != falling:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def sign_test(differences, level):
    up, down = sum(d > 0 for d in differences), sum(d < 0 for d in differences)
    n = up + down
    return {
        "n-used": n, "positive": up, "negative": down, "zeros": len(differences) - n,
        "p": three(at_least(n, down), at_least(n, up)),
        "share-positive": Fraction(up, n),
        "share-positive-interval": clopper_pearson(up, n, level),
    }


def permutation(differences):
    """The sum of signed sizes is 2·(sum of the positive) − total, so positive sums are counted."""
    sizes = [abs(d) for d in differences if d]
    unit = math.gcd(*sizes)
    sizes = [size // unit for size in sizes]
    observed = sum(d for d in differences if d > 0) // unit
    bits = len(sizes) + 1
    product = 1
    for size in sizes:
        product += product << (size * bits)
    raw = product.to_bytes((sum(sizes) + 1) * bits // 8 + 1, "little")
    field = (1 << bits) - 1
    less = greater = 0
    for s in range(sum(sizes) + 1):
        start = s * bits
        chunk = int.from_bytes(raw[start // 8:(start + bits) // 8 + 1], "little")
        count = (chunk >> (start % 8)) & field
        less += count if s <= observed else 0
        greater += count if s >= observed else 0
    patterns = 2 ** len(sizes)
    p = three(Fraction(less, patterns), Fraction(greater, patterns))
    if len(sizes) <= 12:
        assert p == written_out([d for d in differences if d])
    return {"n-used": len(sizes), "zeros": len(differences) - len(sizes), "p": p}


def written_out(used):
    less = greater = far = 0
    for signs in itertools.product((-1, 1), repeat=len(used)):
        total = sum(sign * abs(d) for sign, d in zip(signs, used))
        less += total <= sum(used)
        greater += total >= sum(used)
        far += abs(total) >= abs(sum(used))
    patterns = 2 ** len(used)
    return {key: Fraction(n, patterns) for key, n in (("two-sided", far), ("less", less), ("greater", greater))}


def beside_scipy(name, differences, p):
    used = np.array([d for d in differences if d])
    if not 2 <= len(used) <= 12:
        return
    for alternative, ours in p.items():
        other = stats.permutation_test(
            (used,), np.sum, permutation_type="samples", n_resamples=np.inf, alternative=alternative
        ).pvalue
        kit.agree(f"scipy permutation {name} {alternative}", ours, other, 1e-12)


def main():
    rows = []
    sheets = {
        **kit.samples(),
        "one pair": kit.ONE_PAIR,
        "all changed alike": kit.ALL_ALIKE,
        "127 all up": of_differences([1 + k % 7 for k in range(127)]),
        "ten mixed, hundredths": of_differences([125, -55, 330, 64, 64, -64, 259, 73, -18, 11], 100),
        "sums that tie": of_differences([1, 1, 2, 2, 3, -3, 4, -4]),
    }
    for name, pairs in sheets.items():
        differences = kit.differences(pairs)
        if len(differences) > 10_000:
            continue
        for level in (0.95, 0.9):
            rows.append(case(name, "sign", {"level": level}, sign_test(differences, level), pairs))
        if sum(d != 0 for d in differences) <= EXACT_MOST:
            row = permutation(differences)
            beside_scipy(name, differences, row["p"])
            rows.append(case(name, "sign-flip-permutation", {}, row, pairs))
    for name, pairs, reason in (
        ("nobody", kit.NOBODY, "no-pairs"),
        ("nobody changed", kit.ALL_STILL, "all-differences-zero"),
    ):
        rows.append(case(name, "sign", {"level": 0.95}, {"not-computed": reason}, pairs))
        rows.append(case(name, "sign-flip-permutation", {}, {"not-computed": reason}, pairs))
    beside_r(rows)
    versions = f"Python fractions, {kit.MPMATH}, scipy {scipy.__version__}, R 4.2.2"
    kit.write("sign_and_permutation.py", versions, VALUES, rows)


def beside_r(rows):
    asked = [row for row in rows if "share-positive" in row["expected"]]
    payload = [
        {"positive": row["expected"]["positive"], "n": row["expected"]["n-used"], "level": row["options"]["level"]}
        for row in asked
    ]
    for row, (two, less, greater, low, high) in zip(asked, kit.r("sign.R", payload)):
        ours, name = row["expected"], f"binom.test {row['name']} {row['options']}"
        for key, other in (("two-sided", two), ("less", less), ("greater", greater)):
            kit.agree(f"{name} {key}", ours["p"][key], other, 1e-9)
        kit.agree(f"{name} lower", ours["share-positive-interval"][0], low, 1e-9)
        kit.agree(f"{name} upper", ours["share-positive-interval"][1], high, 1e-9)
    print(f"beside R: {len(asked)}", file=sys.stderr)


if __name__ == "__main__":
    main()
