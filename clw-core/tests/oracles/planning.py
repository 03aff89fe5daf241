"""Regression to the mean, minimum detectable change, and the power of a planned paired t test.

    python clw-core/tests/oracles/planning.py > clw-core/tests/golden/planning.json

* regression-to-the-mean, for each reliability or correlation rho: people below a cut-off c are
  expected to gain σw²/√(σb² + σw²) · φ(z)/(1 − Φ(z)), σw² = (1 − rho)σ², σb² = rho·σ²,
  z = (μ − c)/σ (Barnett, van der Pols & Dobson 2005, doi:10.1093/ije/dyh299); above a cut-off, where
  lower is better, z = (c − μ)/σ and they are expected to lose as much. `shift` is the expected
  change, signed: for μ 23.6, σ 3.9, c 20 it is 2.85, 1.71 and 0.57 at rho 0.5, 0.7 and 0.9. Without
  a cut-off it is (1 − rho)(μ − mean at baseline).
* minimum-detectable-change: 1.96·√2·SEM, SEM = S·√(1 − r), 1.96 as printed (MDC95).
* paired-t-power: P(|T| > t) for T noncentral with df n − 1 and noncentrality √n·effect/SD of change;
  both tails count (R: strict = TRUE); one-sided only the upper. `pairs-needed` is the fewest n ≥ 2
  whose power is at least the one asked for.
"""

import math
import sys

from scipy import stats

import kit
from kit import Fraction, case, mp

VALUES = {
    "shift": (1e-12, "mpmath 1.4.1"),
    "standard-error-of-measurement": (1e-14, "mpmath 1.4.1"),
    "minimum-detectable-change": (1e-14, "mpmath 1.4.1"),
    "power": (1e-9, "mpmath 1.4.1, the noncentral t integrated; R 4.2.2 power.t.test(type = 'paired', strict = TRUE)"),
    "pairs-needed": (0, "mpmath 1.4.1; R 4.2.2 power.t.test, rounded up"),
    "power-with-pairs-needed": (1e-9, "mpmath 1.4.1, the noncentral t integrated"),
}


def exactly(decimal):
    return kit.real(Fraction(str(decimal)))


def truncated_shift(mean, sd, cut, rho, selected):
    mean, sd, cut, rho = map(exactly, (mean, sd, cut, rho))
    sign = 1 if selected == "below" else -1
    z = sign * (mean - cut) / sd
    within, between = (1 - rho) * sd**2, rho * sd**2
    density = mp.exp(-z * z / 2) / mp.sqrt(2 * mp.pi)
    return sign * within / mp.sqrt(between + within) * density / kit.normal_sf(z)


def power(n, effect, sd, alpha, sides):
    df, alpha = n - 1, exactly(alpha)
    critical = kit.t_upper_quantile(alpha / sides, df)
    delta = mp.sqrt(n) * exactly(effect) / exactly(sd)
    with mp.workdps(25):
        # P(T > t) with δ is P(T ≤ −t) with −δ: no 1 − cdf.
        above = kit.noncentral_t_cdf(-critical, df, -delta)
        return above + (kit.noncentral_t_cdf(-critical, df, delta) if sides == 2 else 0)


def pairs_needed(wanted, effect, sd, alpha, sides):
    """From SciPy's start, walked to the fewest in high precision."""
    def rough(n):
        critical, delta = stats.t.isf(alpha / sides, n - 1), math.sqrt(n) * effect / sd
        lower = stats.nct.cdf(-critical, n - 1, delta) if sides == 2 else 0.0
        return stats.nct.sf(critical, n - 1, delta) + (lower if lower == lower else 0.0)

    n = 2
    while rough(n) < wanted:
        n += 1
    while n > 2 and power(n - 1, effect, sd, alpha, sides) >= exactly(wanted):
        n -= 1
    while power(n, effect, sd, alpha, sides) < exactly(wanted):
        n += 1
    return n


def main():
    rows = []
    panels = [
        ("swemwbs below 20", 23.6, 3.9, 20, "below"), ("phq-9 above 9", 4.3, 4.2, 9, "above"),
        ("wemwbs below 43", 49.4, 8.96, 43, "below"), ("cut at the mean", 50, 10, 50, "below"),
        ("cut far above the mean", 23.6, 3.9, 35, "below"), ("cut far below the mean", 23.6, 3.9, 7, "below"),
        ("cut nine SDs out", 50, 2, 32, "below"),
    ]
    for name, mean, sd, cut, selected in panels:
        for rho in (0.3, 0.5, 0.7, 0.9) if name.startswith("swemwbs") else (0.5, 0.8):
            options = {"mean": mean, "standard-deviation": sd, "cut-off": cut, "selected": selected, "correlation": rho}
            shift = truncated_shift(mean, sd, cut, rho, selected)
            rows.append(case(name, "regression-to-the-mean", options, {"shift": shift}))
    printed = [f"{row['expected']['shift']:.2f}" for row in rows[1:4]]
    assert printed == ["2.85", "1.71", "0.57"], printed
    for mean, baseline, rho in ((23.6, 19.28, 0.5), (23.6, 19.28, 0.81), (4.3, 15.2, 0.7), (50, 50, 0.6), (10, 3, 0)):
        options = {"mean": mean, "mean-at-baseline": baseline, "correlation": rho}
        shift = (1 - Fraction(str(rho))) * (Fraction(str(mean)) - Fraction(str(baseline)))
        rows.append(case("without a cut-off", "regression-to-the-mean", options, {"shift": shift}))
    for name, sd, r in (("swemwbs, alpha", 3.9, 0.81), ("swemwbs, separation", 3.9, 0.845), ("wemwbs", 8.96, 0.83),
                        ("jacobson & truax", 7.5, 0.8), ("no reliability", 2.5, 0), ("nearly perfect", 5, 0.999)):
        sem = exactly(sd) * mp.sqrt(1 - exactly(r))
        rows.append(case(name, "minimum-detectable-change", {"standard-deviation": sd, "reliability": r},
                         {"standard-error-of-measurement": sem, "minimum-detectable-change": exactly(1.96) * mp.sqrt(2) * sem}))
    plans = [
        (30, 2, 4, 0.05, 2), (30, 1, 4, 0.05, 2), (10, 3, 4, 0.05, 2), (68, 1.03, 3.9, 0.05, 2), (200, 0.5, 4, 0.05, 2),
        (2, 1, 1, 0.05, 2), (5, 0, 1, 0.05, 2), (25, 0.1, 1, 0.01, 2), (50, 2.87, 4.2, 0.001, 2), (30, 2, 4, 0.05, 1),
        (15, 0.5, 1, 0.025, 1), (12, 9, 4, 0.05, 2), (1000, 0.1, 1, 0.05, 2),
    ]
    for n, effect, sd, alpha, sides in plans:
        options = {"pairs": n, "effect": effect, "standard-deviation-of-change": sd, "alpha": alpha, "sides": sides}
        rows.append(case(f"{n} pairs, {effect} of {sd}", "paired-t-power", options,
                         {"power": power(n, effect, sd, alpha, sides)}))
    wanted = [
        (0.8, 2, 4, 0.05, 2), (0.9, 2, 4, 0.05, 2), (0.8, 1.03, 3.9, 0.05, 2), (0.8, 0.5, 1, 0.05, 1), (0.95, 0.2, 1, 0.05, 2),
        (0.8, 5, 1, 0.05, 2), (0.9, 1, 1, 0.01, 2), (0.5, 3, 4, 0.05, 2),
    ]
    for goal, effect, sd, alpha, sides in wanted:
        options = {"power": goal, "effect": effect, "standard-deviation-of-change": sd, "alpha": alpha, "sides": sides}
        n = pairs_needed(goal, effect, sd, alpha, sides)
        rows.append(case(f"power {goal} for {effect} of {sd}", "pairs-needed", options,
                         {"pairs-needed": n, "power-with-pairs-needed": power(n, effect, sd, alpha, sides)}))
    beside_r(rows)
    kit.write("planning.py", f"{kit.MPMATH}, R 4.2.2", VALUES, rows)


def beside_r(rows):
    asked = [row for row in rows if row["method"] in ("paired-t-power", "pairs-needed")]
    for row, theirs in zip(asked, kit.r("planning.R", [row["options"] for row in asked])):
        ours, name = row["expected"], f"power.t.test {row['name']} {row['options']}"
        if "power" in ours:
            if row["options"]["effect"] == 0:
                print(f"{name}: R {theirs}, ours {ours['power']}", file=sys.stderr)
            kit.agree(name, ours["power"], theirs, 1e-7)
        elif isinstance(theirs, float) and ours["pairs-needed"] != math.ceil(theirs - 1e-6):
            print(f"{name}: R {theirs}, ours {ours['pairs-needed']}", file=sys.stderr)
        elif not isinstance(theirs, float):
            print(f"{name}: R {theirs}", file=sys.stderr)


if __name__ == "__main__":
    main()
