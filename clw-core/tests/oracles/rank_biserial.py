"""The matched-pairs rank-biserial correlation with Fisher's z interval.

    python clw-core/tests/oracles/rank_biserial.py > clw-core/tests/golden/rank_biserial.json

r = (W⁺ − W⁻)/(W⁺ + W⁻) of the non-zero changes, ranked without the zeros (`wilcox`) or with them
(`pratt`): Kerby (2014), doi:10.2466/11.IT.3.1. Interval: tanh(atanh(r) ± z·SE), the SE being that of
r when there is no effect, √(Σ rank²)/Σ rank over the ranks of the non-zero changes. Without ties and
zeros that is √((2n³ + 3n² + n)/6) / ((n² + n)/2), the standard error documented for
effectsize::rank_biserial (Ben-Shachar, Lüdecke & Makowski 2020, doi:10.21105/joss.02815), which must
agree there. It is asked for the one-sample form on the differences: its paired form counts the
zeros of a column where it should count the zeros of the differences. With ties effectsize keeps the
standard error of untied ranks, so its intervals are wider. Where all changes have one direction,
r = ±1 has no such interval (effectsize gives 1 to 1).
"""

import kit
import ranks
from kit import Fraction, case, mp

VALUES = {
    "n-used": (0, "counting"),
    "rank-biserial": (1e-15, "fractions, rounded once; effectsize 0.8.3 rank_biserial; pingouin 0.7.0 wilcoxon"),
    "interval": (1e-12, "mpmath 1.4.1; effectsize 0.8.3 rank_biserial where there are no ties"),
    "interval-not-computed": (0, "definition: atanh(±1) is infinite"),
}


def expected(differences, zeros, level):
    ranked = ranks.signed_ranks(differences, zeros)
    squares = kit.root(sum(rank * rank for _, rank in ranked))
    up = sum(rank for value, rank in ranked if value > 0)
    total = sum(rank for _, rank in ranked)
    r = Fraction(2 * up - total) / total
    row = {"n-used": len(ranked), "rank-biserial": r}
    if abs(r) == 1:
        row["interval-not-computed"] = "all-changes-in-one-direction"
        return row
    reach = kit.normal_quantile((1 + kit.mpf(str(level))) / 2) * squares / kit.real(total)
    middle = mp.atanh(kit.real(r))
    row["interval"] = [mp.tanh(middle - reach), mp.tanh(middle + reach)]
    return row


def main():
    rows = []
    sheets = {
        **kit.samples(),
        "one pair": kit.ONE_PAIR,
        "all changed alike": kit.ALL_ALIKE,
        "eight without ties": kit.of_differences([3, -1, 7, 12, 5, -4, 9, 2]),
        "eight without ties, two zeros": kit.of_differences([3, -1, 7, 12, 5, -4, 9, 2, 0, 0]),
        "fifteen without ties": kit.of_differences([1, -2, 4, 7, 11, 16, -3, 22, 29, 37, 46, -8, 56, 67, 79]),
        "thirty without ties": kit.of_differences([k * k if k % 3 else -k * k for k in range(1, 31)]),
    }
    for name, pairs in sheets.items():
        differences = kit.differences(pairs)
        if len(differences) > 10_000:
            continue
        for zeros in ("wilcox", "pratt"):
            for level in (0.95,) if zeros == "pratt" else (0.95, 0.9):
                options = {"zeros": zeros, "level": level}
                rows.append(case(name, "rank-biserial", options, expected(differences, zeros, level), pairs))
    for name, pairs, reason in (
        ("nobody", kit.NOBODY, "no-pairs"),
        ("nobody changed", kit.ALL_STILL, "all-differences-zero"),
    ):
        rows.append(case(name, "rank-biserial", {"zeros": "wilcox", "level": 0.95}, {"not-computed": reason}, pairs))
    beside_others(rows)
    versions = f"Python fractions, {kit.MPMATH}, R 4.2.2 with effectsize 0.8.3, pingouin 0.7.0"
    kit.write("rank_biserial.py", versions, VALUES, rows)


def beside_others(rows):
    import pingouin

    asked = [
        row for row in rows
        if "rank-biserial" in row["expected"] and row["options"]["zeros"] == "wilcox" and row["expected"]["n-used"] > 1
    ]
    payload = [{"cells": row["pairs"]["cells"], "level": row["options"]["level"]} for row in asked]
    for row, (r, low, high) in zip(asked, kit.r("rank_biserial.R", payload)):
        name, ours = f"effectsize {row['name']} {row['options']}", row["expected"]
        kit.agree(f"{name} r", ours["rank-biserial"], r, 1e-12)
        sizes = [abs(d) for d in kit.differences(row["pairs"]) if d]
        if "interval" in ours and len(set(sizes)) == len(sizes):
            kit.agree(f"{name} lower", ours["interval"][0], low, 1e-9)
            kit.agree(f"{name} upper", ours["interval"][1], high, 1e-9)
        baseline, follow_up = kit.columns(row["pairs"])
        other = pingouin.wilcoxon(follow_up, baseline)["RBC"].iloc[0]
        kit.agree(f"pingouin {row['name']}", ours["rank-biserial"], other, 1e-9)


if __name__ == "__main__":
    main()
