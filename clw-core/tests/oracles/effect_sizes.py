"""Standardised mean changes, raw and Hedges-corrected, and common-language shares, with intervals.

    python clw-core/tests/oracles/effect_sizes.py > clw-core/tests/golden/effect_sizes.json

M is the mean change, S1 and S2 the SDs at the two sittings, Sd the SD of change, r the correlation,
all with n − 1. J = Γ(m/2)/(√(m/2)·Γ((m − 1)/2)) with m = n − 1 (Hedges 1981,
doi:10.3102/10769986006002107) corrects every form; a corrected interval is J times the raw one.

* cohens-dz = M/Sd, the standardised response mean. Interval: the noncentrality limits of t over √n
  (Steiger & Fouladi 1997; Cumming & Finch 2001, doi:10.1177/0013164401614002).
* glass-delta = M/S1. Interval `bonett`: d ± z·√(Sd²/(S1²(n − 1)) + d²/(2(n − 1))), for unequal
  variances (Bonett 2008, doi:10.1037/1082-989X.13.2.99). For the corrected form also `becker`:
  g ± z·√(2(1 − r)/n + g²/(2n)), for equal variances (Becker 1988,
  doi:10.1111/j.2044-8317.1988.tb00901.x), which is metafor's escalc(measure = "SMCR").
* cohens-dav = M/((S1 + S2)/2) (Cumming 2012, ISBN 978-0-415-87968-2; Lakens 2013,
  doi:10.3389/fpsyg.2013.00863) and cohens-d-pooled = M/√((S1² + S2²)/2). Intervals: the
  noncentrality limits times Sd/(√n·standardiser) (Algina & Keselman 2003,
  doi:10.1177/0013164403256358, for the pooled form).
* cohens-drm = M/Sd·√(2(1 − r)) (Morris & DeShon 2002, doi:10.1037/1082-989X.7.1.105). Interval:
  that of dz times √(2(1 − r)).
* common-language-share = share improved + half the share unchanged. Interval `tango`: Tango's score
  interval (1998, doi:10.1002/(SICI)1097-0258(19980430)17:8<891::AID-SIM780>3.0.CO;2-B) of the
  difference of shares improved − deteriorated, halved and moved by a half.
* common-language-normal = Φ(M/Sd), in the better direction, with Φ of the limits of dz (McGraw &
  Wong 1992, doi:10.1037/0033-2909.111.2.361).

metafor's escalc and effectsize's hedges_g must agree.
"""

import sys

import kit
from kit import Fraction, case, mp, mpf, table

SOURCE = "mpmath 1.4.1 from exact moments"
VALUES = {
    "n": (0, "counting"),
    "correlation": (1e-14, SOURCE),
    "hedges-j": (1e-14, "mpmath 1.4.1 loggamma"),
    "cohens-dz": (1e-14, SOURCE + "; effectsize 0.8.3 hedges_g / J"),
    "cohens-dz-corrected": (1e-13, SOURCE + "; effectsize 0.8.3 hedges_g; metafor 3.8.1 SMCC"),
    "glass-delta": (1e-14, SOURCE),
    "glass-delta-corrected": (1e-13, SOURCE + "; metafor 3.8.1 SMCR and SMCRH"),
    "cohens-dav": (1e-14, SOURCE),
    "cohens-dav-corrected": (1e-13, SOURCE),
    "cohens-d-pooled": (1e-14, SOURCE),
    "cohens-d-pooled-corrected": (1e-13, SOURCE),
    "cohens-drm": (1e-13, SOURCE),
    "cohens-drm-corrected": (1e-13, SOURCE),
    "common-language-share": (1e-15, "fractions, rounded once"),
    "common-language-normal": (1e-13, "mpmath 1.4.1 erfc"),
}
for key in list(VALUES)[3:]:
    if key.startswith("common-language"):
        VALUES[f"{key}-interval"] = (1e-9, "mpmath 1.4.1")
    elif key.startswith("glass"):
        VALUES[f"{key}-interval-bonett"] = (1e-12, "mpmath 1.4.1; metafor 3.8.1 SMCRH for its variance")
    else:
        VALUES[f"{key}-interval"] = (1e-9, "mpmath 1.4.1, the noncentral t integrated at 25 digits")
VALUES["glass-delta-corrected-interval-becker"] = (1e-12, "mpmath 1.4.1; metafor 3.8.1 escalc(measure = 'SMCR')")


def tango(up, down, n, z):
    """Where the score statistic of the difference of paired shares is ±z."""
    def statistic(delta):
        a = 2 * n
        b = -up - down + (2 * n - up + down) * delta
        c = -down * delta * (1 - delta)
        lesser = (mp.sqrt(b * b - 4 * a * c) - b) / (2 * a)
        variance = n * (2 * lesser + delta * (1 - delta))
        distance = up - down - n * delta
        if distance == 0:
            return mpf(0)
        return distance / mp.sqrt(variance) if variance > 0 else mp.inf * distance

    estimate = mpf(up - down) / n
    edges = []
    for sign, end in ((1, mpf(-1)), (-1, mpf(1))):
        inner, outer = estimate, end
        if inner == outer or abs(statistic(outer * (1 - mpf("1e-35")))) < z:
            edges.append(outer)
            continue
        for _ in range(140):
            middle = (inner + outer) / 2
            if sign * statistic(middle) < z:
                inner = middle
            else:
                outer = middle
        edges.append((inner + outer) / 2)
    return edges


def expected(pairs, level):
    unit = pairs["scale"]["steps-per-unit"]
    baseline, follow_up = kit.columns(pairs)
    n, m, vd = kit.moments(kit.differences(pairs), unit)
    _, _, v1 = kit.moments(baseline, unit)
    _, _, v2 = kit.moments(follow_up, unit)
    mean, sd, s1, s2 = kit.real(m), kit.root(vd), kit.root(v1), kit.root(v2)
    t, j = mean / (sd / mp.sqrt(n)), kit.hedges_j(n - 1) if n > 2 else None
    limits = kit.noncentrality_limits(t, n - 1, level)
    z = kit.normal_quantile((1 + mpf(str(level))) / 2)
    row = {"n": n, "hedges-j": j} if j is not None else {"n": n}

    def add(key, value, interval, method=""):
        row[key] = value
        row[f"{key}-interval{method}"] = list(interval)
        if j is not None:
            row[f"{key}-corrected"] = j * value
            row[f"{key}-corrected-interval{method}"] = [j * limit for limit in interval]

    add("cohens-dz", mean / sd, [limit / mp.sqrt(n) for limit in limits])
    if v1 > 0:
        d = mean / s1
        spread = z * mp.sqrt(kit.real(vd / v1) / (n - 1) + d * d / (2 * (n - 1)))
        add("glass-delta", d, (d - spread, d + spread), "-bonett")
    if v1 > 0 and v2 > 0:
        r = kit.real(kit.covariance(baseline, follow_up, unit)) / (s1 * s2)
        row["correlation"] = r
        if j is not None:
            g = row["glass-delta-corrected"]
            spread = z * mp.sqrt(2 * (1 - r) / n + g * g / (2 * n))
            row["glass-delta-corrected-interval-becker"] = [g - spread, g + spread]
        root_r = mp.sqrt(2 * (1 - r))
        if r < 1:
            add("cohens-drm", mean / sd * root_r, [limit / mp.sqrt(n) * root_r for limit in limits])
    if v1 > 0 or v2 > 0:
        for key, standardiser in (("cohens-dav", (s1 + s2) / 2), ("cohens-d-pooled", kit.root((v1 + v2) / 2))):
            add(key, mean / standardiser, [limit * sd / (mp.sqrt(n) * standardiser) for limit in limits])
    better = 1 if pairs["scale"]["direction"] == "higher-is-better" else -1
    row["common-language-normal"] = kit.normal_cdf(better * mean / sd)
    row["common-language-normal-interval"] = sorted(
        kit.normal_cdf(better * limit / mp.sqrt(n)) for limit in limits
    )
    row.update(common_language(pairs, level))
    return row


def common_language(pairs, level):
    gains = kit.gains(pairs)
    up, down, n = sum(g > 0 for g in gains), sum(g < 0 for g in gains), len(gains)
    z = kit.normal_quantile((1 + mpf(str(level))) / 2)
    return {
        "n": n,
        "common-language-share": Fraction(2 * up + n - up - down, 2 * n),
        "common-language-share-interval": [(1 + edge) / 2 for edge in tango(up, down, n, z)],
    }


def main():
    rows = []
    extra = {
        "no spread at baseline": table(kit.ONS4, [(4, 5), (4, 7), (4, 4), (4, 8), (4, 6)]),
        "no spread at follow-up": table(kit.ONS4, [(4, 7), (2, 7), (6, 7), (5, 7), (7, 7)]),
        "follow-up mirrors baseline": table(kit.ONS4, [(1, 9), (2, 8), (3, 7), (4, 6), (5, 5), (6, 4)]),
        "large effect": table(kit.ONS4, [(1, 8), (2, 9), (1, 9), (3, 10), (2, 8), (2, 10), (1, 9), (3, 9)]),
    }
    for name, pairs in {**kit.samples(), **extra}.items():
        if len(kit.differences(pairs)) > 10_000:
            continue
        for level in (0.95,) if len(kit.differences(pairs)) > 100 else (0.95, 0.9):
            rows.append(case(name, "effect-sizes", {"level": level}, expected(pairs, level), pairs))
    shares = {"everyone up": kit.ALL_ALIKE, "nobody changed": kit.ALL_STILL, "one pair": kit.ONE_PAIR,
              "a million on five stages": kit.samples()["a million on five stages"],
              "all down": table(kit.STAR, {(3, 2): 9}), "all down, lower is better": table(kit.PHQ9, {(9, 4): 12})}
    for name, pairs in shares.items():
        rows.append(case(name, "common-language-share", {"level": 0.95}, common_language(pairs, 0.95), pairs))
    for name, pairs, reason in (
        ("nobody", kit.NOBODY, "no-pairs"), ("one pair", kit.ONE_PAIR, "one-pair"),
        ("nobody changed", kit.ALL_STILL, "all-differences-zero"),
        ("all changed alike", kit.ALL_ALIKE, "all-differences-equal"),
    ):
        rows.append(case(name, "effect-sizes", {"level": 0.95}, {"not-computed": reason}, pairs))
    beside_r(rows)
    versions = f"Python fractions, {kit.MPMATH}, R 4.2.2 with metafor 3.8.1, effectsize 0.8.3"
    kit.write("effect_sizes.py", versions, VALUES, rows)


def beside_r(rows):
    asked = [row for row in rows if "glass-delta-corrected" in row["expected"] and "correlation" in row["expected"]]
    payload = [{
        "cells": row["pairs"]["cells"], "unit": row["pairs"]["scale"]["steps-per-unit"],
        "level": row["options"]["level"],
    } for row in asked]
    for row, (smcr, smcr_v, smcrh_v, smcc, g, g_low, g_high) in zip(asked, kit.r("effect_sizes.R", payload)):
        ours, name = row["expected"], f"{row['name']} {row['options']}"
        n, z = ours["n"], float(kit.normal_quantile((1 + mpf(str(row["options"]["level"]))) / 2))
        kit.agree(f"metafor SMCR {name}", ours["glass-delta-corrected"], smcr, 1e-9)
        low, high = ours["glass-delta-corrected-interval-becker"]
        kit.agree(f"metafor SMCR variance {name}", ((high - low) / 2 / z) ** 2, smcr_v, 1e-9)
        kit.agree(f"metafor SMCC {name}", ours["cohens-dz-corrected"], smcc, 1e-9)
        # metafor puts the corrected estimate into Bonett's variance and multiplies by J².
        low, high = ours["glass-delta-interval-bonett"]
        d, corrected, j = ours["glass-delta"], ours["glass-delta-corrected"], ours["hedges-j"]
        bonett = ((high - low) / 2 / z) ** 2 - (d * d - corrected * corrected) / (2 * (n - 1))
        kit.agree(f"metafor SMCRH variance {name}", j * j * bonett, smcrh_v, 1e-9)
        kit.agree(f"effectsize hedges_g {name}", ours["cohens-dz-corrected"], g, 1e-9)
        kit.agree(f"effectsize hedges_g lower {name}", ours["cohens-dz-corrected-interval"][0], g_low, 1e-4)
        kit.agree(f"effectsize hedges_g upper {name}", ours["cohens-dz-corrected-interval"][1], g_high, 1e-4)
    print(f"beside R: {len(asked)}", file=sys.stderr)


if __name__ == "__main__":
    main()
