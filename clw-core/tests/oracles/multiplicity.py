"""p-values of several measures adjusted by Holm and by Benjamini and Hochberg.

    python clw-core/tests/oracles/multiplicity.py > clw-core/tests/golden/multiplicity.json

With p(1) ≤ … ≤ p(m): Holm (1979, Scandinavian Journal of Statistics 6:65-70) adjusts p(i) to
max over j ≤ i of min(1, (m − j + 1)·p(j)); Benjamini & Hochberg (1995,
doi:10.1111/j.2517-6161.1995.tb02031.x) to min over j ≥ i of min(1, m·p(j)/j). Order is that of the
input. Doubles are taken exactly as fractions and rounded once; R's p.adjust and statsmodels'
multipletests must agree. `p-adjusted` of a sample's areas starts from exact signed rank p.
"""

import random
from fractions import Fraction

import statsmodels
from statsmodels.stats.multitest import multipletests

import kit
import ranks
from kit import case

VALUES = {
    "p-adjusted": (1e-15, "fractions, rounded once; R 4.2.2 p.adjust; statsmodels 0.15.0 multipletests"),
    "p": (0, "fractions, exact two-sided signed rank p of each table"),
}


def holm(ps):
    order = sorted(range(len(ps)), key=lambda i: ps[i])
    adjusted, highest = [None] * len(ps), Fraction(0)
    for place, i in enumerate(order):
        highest = max(highest, min(Fraction(1), (len(ps) - place) * ps[i]))
        adjusted[i] = highest
    return adjusted


def benjamini_hochberg(ps):
    order = sorted(range(len(ps)), key=lambda i: ps[i])
    adjusted, lowest = [None] * len(ps), Fraction(1)
    for place in range(len(ps), 0, -1):
        i = order[place - 1]
        lowest = min(lowest, ps[i] * len(ps) / place)
        adjusted[i] = lowest
    return adjusted


METHODS = {"holm": (holm, "holm"), "benjamini-hochberg": (benjamini_hochberg, "fdr_bh")}


def main():
    draw = random.Random(20190507)
    lists = {
        "one": [0.03], "two": [0.04, 0.01], "ties": [0.02, 0.02, 0.02, 0.5], "descending": [0.9, 0.5, 0.1, 0.05, 0.01],
        "some 1": [1.0, 0.2, 1.0, 0.004], "tiny": [1e-300, 8.12511917099255e-17, 0.03, 0.5],
        "Benjamini & Hochberg 1995, table": [
            0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719,
            0.6528, 0.7590, 1.0],
        "eight areas": [0.001, 0.013, 0.029, 0.004, 0.65, 0.2, 0.048, 0.0498],
        "all large": [0.7, 0.8, 0.95], "twenty drawn": [draw.random() ** 3 for _ in range(20)],
    }
    rows = []
    for name, ps in lists.items():
        for method, (adjust, _) in METHODS.items():
            expected = {"p-adjusted": adjust([Fraction(p) for p in ps])}
            rows.append(case(name, method, {"p": ps}, expected))
    rows.append(case("none", "holm", {"p": []}, {"p-adjusted": []}))
    rows.append(case("none", "benjamini-hochberg", {"p": []}, {"p-adjusted": []}))
    for name, areas in (
        ("a star of four areas", [kit.drawn(s, kit.STAR, 25, 2.4, 1, shift, 0.8) for s, shift in
                                  ((21, 0.6), (22, 0.3), (23, 0.0), (24, 0.9))]),
        ("four wellbeing measures", [kit.drawn(s, kit.ONS4, 40, 5.5, 2, shift, 1.7) for s, shift in
                                     ((31, 0.8), (32, 0.7), (33, 0.5), (34, -0.9))]),
    ):
        ps = [kit.nearest(ranks.exact_p(ranks.signed_ranks(kit.differences(t), "wilcox"))["two-sided"]) for t in areas]
        for method, (adjust, _) in METHODS.items():
            expected = {"p": ps, "p-adjusted": adjust([Fraction(p) for p in ps])}
            rows.append(case(name, method, {"test": "wilcoxon"}, expected, measures=areas))
    beside_others(rows)
    kit.write("multiplicity.py", f"Python fractions, statsmodels {statsmodels.__version__}, R 4.2.2", VALUES, rows)


def beside_others(rows):
    asked = [row for row in rows if row["expected"]["p-adjusted"]]
    given = [row["options"].get("p") or row["expected"]["p"] for row in asked]
    payload = [{"p": [repr(p) for p in ps], "method": row["method"]} for row, ps in zip(asked, given)]
    for row, ps, theirs in zip(asked, given, kit.r("multiplicity.R", payload)):
        other = multipletests(ps, method=METHODS[row["method"]][1])[1]
        for ours, a, b in zip(row["expected"]["p-adjusted"], theirs, other):
            kit.agree(f"p.adjust {row['method']} {row['name']}", ours, a, 1e-14)
            kit.agree(f"multipletests {row['method']} {row['name']}", ours, b, 1e-14)


if __name__ == "__main__":
    main()
