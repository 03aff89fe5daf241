"""Transitions between bands: McNemar, Bowker's symmetry, Stuart and Maxwell's marginal homogeneity.

    python clw-core/tests/oracles/transitions.py > clw-core/tests/golden/transitions.json

`cuts` are the lowest points of the second, third, … band. `moves[i][j]` counts pairs from band i to
band j, bands in the order of the scale.

* mcnemar, two bands, b = moves[0][1], c = moves[1][0], given b + c = m (McNemar 1947,
  doi:10.1007/BF02295996). exact: min(1, 2·P(X ≤ min(b, c))), X ~ Bin(m, ½). mid-p: exact less
  P(X = min(b, c)), and 1 − P(X = b)/2 where b = c (Fagerland, Lydersen & Laake 2013,
  doi:10.1186/1471-2288-13-91). asymptotic: (b − c)²/m on 1 df; corrected:
  max(0, |b − c| − 1)²/m (Edwards 1948, doi:10.1007/BF02289261). m = 0: exact p 1, no statistic.
* bowker: Σ (n_ij − n_ji)²/(n_ij + n_ji) over the pairs of bands between which somebody moved; df is
  the number of those pairs (Bowker 1948, doi:10.1080/01621459.1948.10483284).
* stuart-maxwell: d' V⁻ d, d_i = row − column total, V_ii = row + column − 2·n_ii,
  V_ij = −(n_ij + n_ji); V⁻ a generalised inverse, df the rank of V: the bands less the groups that
  moves connect (Stuart 1955, doi:10.1093/biomet/42.3-4.412; Maxwell 1970,
  doi:10.1192/bjp.116.535.651). A band nobody entered or left adds none.

Statistics are fractions, p mpmath's incomplete gamma function. R's mcnemar.test and statsmodels'
mcnemar and SquareTable must agree where every pair of bands has moves; with pairs that have none,
R gives NaN and statsmodels counts them in df.
"""

import math
import sys

import numpy as np
import statsmodels
from statsmodels.stats.contingency_tables import SquareTable
from statsmodels.stats.contingency_tables import mcnemar as sm_mcnemar

import kit
from kit import Fraction, case, table

VALUES = {
    "moves": (0, "counting"),
    "p-exact": (1e-15, "fractions, rounded once; statsmodels 0.15.0 mcnemar(exact=True)"),
    "p-mid": (1e-15, "fractions, rounded once"),
    "chi-squared": (1e-14, "fractions, rounded once; R 4.2.2 mcnemar.test(correct = FALSE); statsmodels 0.15.0"),
    "p": (1e-12, "mpmath 1.4.1 gammainc; R 4.2.2 mcnemar.test; statsmodels 0.15.0"),
    "chi-squared-corrected": (1e-14, "fractions, rounded once; R 4.2.2 mcnemar.test(correct = TRUE)"),
    "p-corrected": (1e-12, "mpmath 1.4.1 gammainc; R 4.2.2 mcnemar.test(correct = TRUE)"),
    "asymptotic-not-computed": (0, "definition: nobody changed band"),
    "df": (0, "counting"),
}


def moves_of(pairs, cuts):
    band = lambda points: sum(points >= cut for cut in cuts)
    moves = [[0] * (len(cuts) + 1) for _ in range(len(cuts) + 1)]
    for b, f, n in pairs["cells"]:
        moves[band(b)][band(f)] += n
    return moves


def mcnemar(moves):
    b, c = moves[0][1], moves[1][0]
    m, less = b + c, min(b, c)
    at = Fraction(math.comb(m, less), 2**m)
    tail = Fraction(sum(math.comb(m, i) for i in range(less + 1)), 2**m)
    row = {"p-exact": min(Fraction(1), 2 * tail), "p-mid": 1 - at / 2 if b == c else 2 * tail - at}
    if m == 0:
        return {"p-exact": Fraction(1), "p-mid": Fraction(1), "asymptotic-not-computed": "nobody-changed-band"}
    plain = Fraction((b - c) ** 2, m)
    corrected = Fraction(max(0, abs(b - c) - 1) ** 2, m)
    return {
        **row, "chi-squared": plain, "p": kit.chi2_sf(kit.real(plain), 1), "df": 1,
        "chi-squared-corrected": corrected, "p-corrected": kit.chi2_sf(kit.real(corrected), 1),
    }


def bowker(moves):
    k = len(moves)
    pairs = [(moves[i][j], moves[j][i]) for i in range(k) for j in range(i + 1, k) if moves[i][j] + moves[j][i]]
    if not pairs:
        return {"not-computed": "nobody-changed-band"}
    statistic = sum(Fraction((a - b) ** 2, a + b) for a, b in pairs)
    return {"chi-squared": statistic, "df": len(pairs), "p": kit.chi2_sf(kit.real(statistic), len(pairs))}


def stuart_maxwell(moves):
    """Gaussian elimination in fractions; d lies in the range of V, so dropped rows are consistent."""
    k = len(moves)
    row_sum = [sum(row) for row in moves]
    column_sum = [sum(row[j] for row in moves) for j in range(k)]
    d = [Fraction(row_sum[i] - column_sum[i]) for i in range(k)]
    v = [
        [Fraction(row_sum[i] + column_sum[i] - 2 * moves[i][i] if i == j else -(moves[i][j] + moves[j][i]))
         for j in range(k)]
        for i in range(k)
    ]
    system = [v[i] + [d[i]] for i in range(k)]
    pivots = []
    for column in range(k):
        lead = next((i for i in range(len(pivots), k) if system[i][column]), None)
        if lead is None:
            continue
        at = len(pivots)
        system[at], system[lead] = system[lead], system[at]
        system[at] = [value / system[at][column] for value in system[at]]
        for i in range(k):
            if i != at and system[i][column]:
                factor = system[i][column]
                system[i] = [a - factor * b for a, b in zip(system[i], system[at])]
        pivots.append(column)
    if not pivots:
        return {"not-computed": "nobody-changed-band"}
    assert all(system[i][k] == 0 for i in range(len(pivots), k))
    statistic = sum(d[column] * system[i][k] for i, column in enumerate(pivots))
    return {"chi-squared": statistic, "df": len(pivots), "p": kit.chi2_sf(kit.real(statistic), len(pivots))}


def complete(moves):
    k = len(moves)
    return all(moves[i][j] + moves[j][i] for i in range(k) for j in range(i + 1, k))


def two_by_two(stay_low, up, down, stay_high):
    return table(kit.ONS4, {k: n for k, n in {
        (3, 3): stay_low, (3, 8): up, (8, 3): down, (8, 8): stay_high}.items() if n})


def of_moves(moves):
    return table(kit.STAR, {
        (i + 1, j + 1): n for i, row in enumerate(moves) for j, n in enumerate(row) if n
    })


def main():
    samples = kit.samples()
    rows = []
    twos = [
        ("swemwbs, 68", samples["swemwbs, 68"], [1950]), ("swemwbs, 200", samples["swemwbs, 200"], [1950]),
        ("swemwbs, 12", samples["swemwbs, 12"], [2750]), ("phq-9, 60, lower is better", samples["phq-9, 60, lower is better"], [10]),
        ("life satisfaction, 40", samples["life satisfaction, 40"], [7]),
        ("wemwbs, 1000", samples["wemwbs, 1000"], [43]),
        ("fagerland's table 1, AHR", two_by_two(12, 7, 1, 1), [5]),
        ("nobody crossed", two_by_two(4, 0, 0, 9), [5]), ("everyone crossed up", two_by_two(0, 12, 0, 0), [5]),
        ("equal crossings", two_by_two(3, 6, 6, 2), [5]), ("differ by one", two_by_two(3, 6, 5, 2), [5]),
        ("one crossed", two_by_two(2, 1, 0, 0), [5]), ("many, p near 1e-281", two_by_two(10, 1100, 30, 10), [5]),
        ("ten thousand", two_by_two(4000, 3100, 2900, 0), [5]), ("all crossings up, 1000", two_by_two(0, 1000, 0, 0), [5]),
        ("empty table", kit.NOBODY, [5]),
    ]
    for name, pairs, cuts in twos:
        moves = moves_of(pairs, cuts)
        if not any(map(any, moves)):
            rows.append(case(name, "mcnemar", {"cuts": cuts}, {"not-computed": "no-pairs"}, pairs))
            continue
        row = {"moves": moves, **mcnemar(moves)}
        beside_statsmodels(name, moves, row)
        rows.append(case(name, "mcnemar", {"cuts": cuts}, row, pairs))
    star = [2, 3, 4, 5]
    many = [
        ("swemwbs bands, 68", samples["swemwbs, 68"], [1950, 2751]),
        ("swemwbs bands, 200", samples["swemwbs, 200"], [1950, 2751]),
        ("swemwbs bands, 12", samples["swemwbs, 12"], [1950, 2751]),
        ("ons4 bands, 40", samples["life satisfaction, 40"], [5, 7, 9]),
        ("anxious bands, 30", samples["anxious, 30, lower is better"], [2, 4, 6]),
        ("phq-9 bands, 60", samples["phq-9, 60, lower is better"], [5, 10, 15, 20]),
        ("wemwbs bands, 1000", samples["wemwbs, 1000"], [43, 60]),
        ("star, 25, a stage nobody touched", samples["star area, 25, many zeros"], star),
        ("star, a million", samples["a million on five stages"], star),
        ("stuart 1955, eyes of 7477 women", of_moves([
            [1520, 266, 124, 66], [234, 1512, 432, 78], [117, 362, 1772, 205], [36, 82, 179, 492]]), [2, 3, 4]),
        ("an empty middle band", of_moves([[5, 0, 7], [0, 0, 0], [2, 0, 4]]), [2, 3]),
        ("a band everybody stayed in", of_moves([[5, 0, 7], [0, 9, 0], [2, 0, 4]]), [2, 3]),
        ("two groups of bands without moves between", of_moves([
            [3, 8, 0, 0], [2, 4, 0, 0], [0, 0, 5, 1], [0, 0, 6, 2]]), [2, 3, 4]),
        ("symmetric", of_moves([[3, 4, 1], [4, 5, 2], [1, 2, 6]]), [2, 3]),
        ("homogeneous but not symmetric", of_moves([[3, 6, 1], [1, 5, 6], [6, 1, 6]]), [2, 3]),
        ("two bands", of_moves([[3, 9], [4, 5]]), [2]),
        ("nobody moved", of_moves([[3, 0, 0], [0, 5, 0], [0, 0, 6]]), [2, 3]),
        ("tail, 3000 up one", of_moves([[10, 900, 5], [60, 10, 850], [2, 70, 10]]), [2, 3]),
    ]
    for name, pairs, cuts in many:
        moves = moves_of(pairs, cuts)
        for method, test in (("bowker", bowker), ("stuart-maxwell", stuart_maxwell)):
            row = test(moves)
            if "not-computed" not in row:
                row = {"moves": moves, **row}
                beside_square_table(name, method, moves, row)
            rows.append(case(name, method, {"cuts": cuts}, row, pairs))
    beside_r(rows)
    versions = f"Python fractions, {kit.MPMATH}, statsmodels {statsmodels.__version__}, R 4.2.2"
    kit.write("transitions.py", versions, VALUES, rows)


def beside_statsmodels(name, moves, row):
    other = sm_mcnemar(np.array(moves), exact=True).pvalue
    kit.agree(f"statsmodels mcnemar exact {name}", row["p-exact"], min(1.0, other), 1e-9)
    if "p" in row:
        plain = sm_mcnemar(np.array(moves), exact=False, correction=False)
        corrected = sm_mcnemar(np.array(moves), exact=False, correction=True)
        kit.agree(f"statsmodels mcnemar {name}", row["p"], plain.pvalue, 1e-8)
        kit.agree(f"statsmodels mcnemar corrected {name}", row["p-corrected"], corrected.pvalue, 1e-8)


def beside_square_table(name, method, moves, row):
    square = SquareTable(np.array(moves, float), shift_zeros=False)
    try:
        other = square.symmetry() if method == "bowker" else square.homogeneity()
        statistic, p, df = other.statistic, other.pvalue, other.df
    except np.linalg.LinAlgError as error:
        print(f"statsmodels {method} {name}: {error}", file=sys.stderr)
        return
    if df != row["df"] or not np.isfinite(statistic):
        print(f"statsmodels {method} {name}: df {df}, statistic {statistic}; ours df {row['df']}, "
              f"statistic {float(row['chi-squared'])}", file=sys.stderr)
        return
    kit.agree(f"statsmodels {method} {name}", row["chi-squared"], statistic, 1e-9)
    kit.agree(f"statsmodels {method} {name} p", row["p"], p, 1e-7)


def beside_r(rows):
    asked = [row for row in rows if row["method"] in ("mcnemar", "bowker") and "chi-squared" in row["expected"]]
    for row, (plain, df, p, corrected, p_corrected) in zip(
        asked, kit.r("transitions.R", [row["expected"]["moves"] for row in asked])
    ):
        ours, name = row["expected"], f"R mcnemar.test {row['name']}"
        if not complete(ours["moves"]):
            print(f"{name}: statistic {plain}, df {df}; ours {float(ours['chi-squared'])}, df {ours['df']}", file=sys.stderr)
            continue
        kit.agree(f"{name} statistic", ours["chi-squared"], plain, 1e-9)
        kit.agree(f"{name} df", ours["df"], df)
        kit.agree(f"{name} p", ours["p"], p, 1e-8)
        if row["method"] == "mcnemar":
            kit.agree(f"{name} corrected", ours["chi-squared-corrected"], corrected, 1e-9)
            kit.agree(f"{name} p corrected", ours["p-corrected"], p_corrected, 1e-8)
    print(f"beside R: {len(asked)}", file=sys.stderr)


if __name__ == "__main__":
    main()
