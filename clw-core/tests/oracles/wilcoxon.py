"""Wilcoxon's signed rank test: zeros `wilcox` and `pratt`, three alternatives, exact and normal.

    python clw-core/tests/oracles/wilcoxon.py > clw-core/tests/golden/wilcoxon.json

Exact p are fractions over the 2^n sign patterns of the ranks the sample has, ties and zeros
included, by polynomials in Python's integers; up to 12 ranks they are also written out pattern by
pattern and must be equal. Normal p are mpmath's erfc at 40 digits. SciPy and R's coin are run
beside them where they compute the same and must agree.
"""

import random
import warnings

import numpy as np
import scipy
from scipy import stats

import kit
import ranks
from kit import case, of_differences

VALUES = {
    "n": (0, "counting"),
    "n-used": (0, "counting"),
    "zeros": (0, "counting"),
    "ties": (0, "counting: ranked non-zero changes of a size that another has"),
    "w-plus": (0, "fractions; equals scipy 1.17.1 stats.rankdata"),
    "p-exact": (0, "fractions over 2^n sign patterns, rounded once; 1e-12 above 127 ranks"),
    "z-corrected": (1e-12, "mpmath 1.4.1, W+ half a rank nearer to its mean, never past it"),
    "z-uncorrected": (1e-12, "mpmath 1.4.1; scipy 1.17.1 wilcoxon(method='asymptotic'); coin 1.4.2"),
    "p-normal-corrected": (1e-12, "mpmath 1.4.1 erfc; scipy 1.17.1 wilcoxon(correction=True)"),
    "p-normal-uncorrected": (1e-12, "mpmath 1.4.1 erfc; scipy 1.17.1 wilcoxon(correction=False)"),
}
EXACT_MOST = 200


def expected(differences, zeros, exact=True):
    ranked = ranks.signed_ranks(differences, zeros)
    sizes = [abs(value) for value, _ in ranked]
    row = {
        "n": len(differences),
        "n-used": len(ranked),
        "zeros": len(differences) - len(ranked),
        "ties": sum(n for n in np.unique(sizes, return_counts=True)[1].tolist() if n > 1),
        "w-plus": sum(rank for value, rank in ranked if value > 0) ,
    }
    if exact:
        row["p-exact"] = ranks.exact_p(ranked)
        if len(ranked) <= 12:
            assert row["p-exact"] == ranks.enumerated_p(ranked)
    for key, corrected in (("corrected", True), ("uncorrected", False)):
        row[f"p-normal-{key}"], row[f"z-{key}"] = ranks.normal_p(ranked, corrected)
    return row


def beside_scipy(name, differences, zeros, row):
    for key, correction in (("corrected", True), ("uncorrected", False)):
        for alternative, p in row[f"p-normal-{key}"].items():
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                other = stats.wilcoxon(
                    differences, zero_method=zeros, correction=correction,
                    alternative=alternative, method="asymptotic",
                ).pvalue
            kit.agree(f"scipy {name} {zeros} {key} {alternative}", p, other, 1e-9)
    if "p-exact" in row and len(set(map(abs, differences))) == len(differences) and 0 not in differences:
        for alternative, p in row["p-exact"].items():
            other = stats.wilcoxon(differences, alternative=alternative, method="exact").pvalue
            kit.agree(f"scipy exact {name} {alternative}", p, other, 1e-12)


def small_samples():
    draw = random.Random(20190501)
    for n in range(1, 13):
        for kind in ("few sizes", "some zeros"):
            choice = (-2, -1, 1, 1, 2, 3) if kind == "few sizes" else (-2, -1, 0, 0, 1, 2, 3, 4)
            sample = [draw.choice(choice) for _ in range(n)]
            if any(sample):
                yield f"{n} of {kind}", of_differences(sample)


def extremes():
    """Samples whose p is tiny; exact p of those above the limit come from the truncated product."""
    yield "127 all up", of_differences(list(range(1, 128))), True
    yield "127 all down on four sizes", of_differences([-(1 + k % 4) for k in range(127)]), True
    yield "500 all up on five sizes", of_differences([1 + k % 5 for k in range(500)]), True
    yield "900 up, one down by the least", of_differences([-1] + [2 + k % 9 for k in range(900)]), True
    yield "996 all up, p near 1e-300", of_differences([3] * 996), True
    yield "1800 up, z near 37", of_differences([1 + k % 29 for k in range(1800)]), False
    yield "1800 down, z near −37", of_differences([-(1 + k % 29) for k in range(1800)]), False
    against = (2, 9, 34, 39, 56, 60, 68, 98)
    yield "one to a hundred, eight against", of_differences(
        [-d if d in against else d for d in range(1, 101)]
    ), True


def main():
    rows = []
    for name, pairs in list(kit.samples().items()) + list(small_samples()):
        differences = kit.differences(pairs)
        for zeros in ("wilcox", "pratt"):
            big = len(differences) > 10_000
            exact = sum(d != 0 for d in differences) <= EXACT_MOST
            if big:
                row = million(pairs, zeros)
            else:
                row = expected(differences, zeros, exact)
                beside_scipy(name, differences, zeros, row)
            wide = exact and row["n-used"] > 127
            more = {"tolerance": {"p-exact": 1e-12}} if wide else {}
            rows.append(case(name, "wilcoxon", {"zeros": zeros}, row, pairs, **more))
    for name, pairs, exact in extremes():
        row = expected(kit.differences(pairs), "wilcox", exact)
        more = {"tolerance": {"p-exact": 1e-12}} if exact and row["n-used"] > 127 else {}
        rows.append(case(name, "wilcoxon", {"zeros": "wilcox"}, row, pairs, **more))
    for name, pairs, reason in (
        ("nobody", kit.NOBODY, "no-pairs"),
        ("one pair without change", kit.ONE_STILL, "all-differences-zero"),
        ("nobody changed", kit.ALL_STILL, "all-differences-zero"),
    ):
        for zeros in ("wilcox", "pratt"):
            rows.append(case(name, "wilcoxon", {"zeros": zeros}, {"not-computed": reason}, pairs))
    beside_coin(rows)
    swapped(rows)
    versions = f"Python fractions, {kit.MPMATH}, scipy {scipy.__version__}, R 4.2.2 with coin 1.4.2"
    kit.write("wilcoxon.py", versions, VALUES, rows)


def million(pairs, zeros):
    """The same formulas on counts, for a table too long to write out."""
    sizes = {}
    for b, f, n in pairs["cells"]:
        up, all_of = sizes.get(abs(f - b), (0, 0))
        sizes[abs(f - b)] = (up + n * (f > b), all_of + n)
    place = sizes.get(0, (0, 0))[1] if zeros == "pratt" else 0
    groups = []
    for size in sorted(s for s in sizes if s):
        up, n = sizes[size]
        groups.append((kit.Fraction(2 * place + n + 1, 2), up, n))
        place += n
    observed = sum(rank * up for rank, up, _ in groups)
    distance = observed - sum(rank * n for rank, _, n in groups) / 2
    sd = kit.root(sum(rank * rank * n for rank, _, n in groups) / 4)
    row = {
        "n": sum(n for *_, n in pairs["cells"]),
        "n-used": sum(n for *_, n in groups),
        "zeros": sizes.get(0, (0, 0))[1],
        "ties": sum(n for *_, n in groups if n > 1),
        "w-plus": observed,
    }
    for key, half in (("corrected", kit.Fraction(1, 2)), ("uncorrected", kit.Fraction(0))):
        z = kit.real(abs(distance) - half) / sd * (1 if distance > 0 else -1)
        row[f"z-{key}"] = z
        row[f"p-normal-{key}"] = {
            "two-sided": 2 * kit.normal_sf(abs(z)),
            "less": kit.normal_cdf(kit.real(distance + half) / sd),
            "greater": kit.normal_sf(kit.real(distance - half) / sd),
        }
    return row


def beside_coin(rows):
    asked = [row for row in rows if "pairs" in row and 1 < row["expected"].get("n", 0) < 10_000]
    for row, (z, p_exact) in zip(asked, kit.r("wilcoxon.R", [
        {"cells": row["pairs"]["cells"], "zeros": row["options"]["zeros"]} for row in asked
    ])):
        name = f"coin {row['name']} {row['options']['zeros']}"
        kit.agree(f"{name} z", row["expected"]["z-uncorrected"], z, 1e-9)
        if p_exact != "NA" and "p-exact" in row["expected"]:
            kit.agree(f"{name} exact p", row["expected"]["p-exact"]["two-sided"], p_exact, 1e-9)


def swapped(rows):
    """Less and greater exchange, to the bit, when the sittings do."""
    for row in rows:
        if row["expected"].get("n", 10**6) > 60:
            continue
        back = [f - b for b, f, n in row["pairs"]["cells"] for _ in range(n)]
        if not any(back):
            continue
        other = ranks.exact_p(ranks.signed_ranks([-d for d in back], row["options"]["zeros"]))
        ours = row["expected"]["p-exact"]
        assert ours["less"] == kit.nearest(other["greater"]), row["name"]
        assert ours["greater"] == kit.nearest(other["less"]), row["name"]


if __name__ == "__main__":
    main()
