"""Individual change: six indices, cut-offs a, b and c, and the classes that combine them.

    python clw-core/tests/oracles/individual_change.py > clw-core/tests/golden/individual_change.json

x is baseline, y follow-up, M1, S1 and M2, S2 the means and SDs of the sample at the two sittings, r
the reliability (r2 that of the follow-up), rho the correlation of the sittings, SEM = S1·√(1 − r):

* jacobson-truax (y − x)/(√2·SEM), Jacobson & Truax (1991), doi:10.1037/0022-006X.59.1.12
* edwards-nunnally (y − (r(x − M1) + M1))/SEM, Speer (1992), doi:10.1037/0022-006X.60.3.402
* gulliksen-lord-novick ((y − M1) − r(x − M1))/(S1·√(1 − r²)), Hsu (1989,
  Behavioral Assessment 11:459-467)
* hsu-linn-lord ((y − M2) − r(x − M1))/(S1·√(1 − r²)), Hsu (1989)
* nunnally-kotsch (y − (r(x − M1) + M1))/√(r²S1²(1 − r) + S1²(1 − r2)), Nunnally & Kotsch (1983),
  British Journal of Clinical Psychology 22:83-93
* hageman-arrindell ((y − x)·rdd + (M2 − M1)(1 − rdd))/(√rdd·√2·SEM) with
  rdd = (S1²r1 + S2²r2 − 2·S1·S2·rho)/(S1² + S2² − 2·S1·S2·rho) and rk = (Sk² − SEM²)/Sk²,
  Hageman & Arrindell (1999), doi:10.1016/S0005-7967(99)00032-7. Not computed where rdd ≤ 0.

A change is reliable when the index is beyond ±1.96 (±1.65 for hageman-arrindell), strictly.
Cut-offs: a = M_clin ± 2·S_clin towards the functional side, b = M_func ∓ 2·S_func towards the
clinical side, c = (S_clin·M_func + S_func·M_clin)/(S_clin + S_func). A person is on the functional
side when strictly beyond the cut-off in the better direction. Classes: deteriorated and improved
are reliable; recovered is improved from the clinical to the functional side; all else is unchanged.

Computed by mpmath at 40 digits from exact moments; every decimal option is taken exactly, and no
index here lies within 1e-9 of its criterion.
"""

from fractions import Fraction

import kit
from kit import case, mp, mpf

SOURCE = "mpmath 1.4.1 from exact moments and the formulas named in the script"
VALUES = {
    "standard-error-of-measurement": (1e-14, SOURCE),
    "indices": (1e-12, SOURCE + ": [baseline, follow-up, index] for each cell, relative to max(1, |index|)"),
    "reliability-of-change": (1e-12, SOURCE + ", rdd"),
    "improved": (0, "counting"),
    "unchanged": (0, "counting"),
    "deteriorated": (0, "counting"),
    "recovered": (0, "counting"),
    "cut-off": (1e-14, "fractions, rounded once"),
}
METHODS = (
    "jacobson-truax", "edwards-nunnally", "gulliksen-lord-novick", "hsu-linn-lord", "nunnally-kotsch",
    "hageman-arrindell",
)


def exactly(decimal):
    return Fraction(str(decimal))


class Sample:
    """Moments of both sittings in units of the printed score."""

    def __init__(self, pairs):
        self.unit = pairs["scale"]["steps-per-unit"]
        baseline, follow_up = kit.columns(pairs)
        self.n, self.m1, self.v1 = kit.moments(baseline, self.unit)
        _, self.m2, self.v2 = kit.moments(follow_up, self.unit)
        self.cov = kit.covariance(baseline, follow_up, self.unit)


def index_of(method, s, r, r_follow_up):
    """The index as a function of (x, y), and rdd where there is one."""
    sem2 = s.v1 * (1 - r)
    sem, s1 = kit.root(sem2), kit.root(s.v1)
    if method == "jacobson-truax":
        return lambda x, y: kit.real(y - x) / (mp.sqrt(2) * sem), None
    expected = lambda x: r * (x - s.m1) + s.m1
    if method == "edwards-nunnally":
        return lambda x, y: kit.real(y - expected(x)) / sem, None
    if method == "gulliksen-lord-novick":
        return lambda x, y: kit.real(y - s.m1 - r * (x - s.m1)) / (s1 * kit.root(1 - r * r)), None
    if method == "hsu-linn-lord":
        return lambda x, y: kit.real(y - s.m2 - r * (x - s.m1)) / (s1 * kit.root(1 - r * r)), None
    if method == "nunnally-kotsch":
        error = kit.root(r * r * s.v1 * (1 - r) + s.v1 * (1 - r_follow_up))
        return lambda x, y: kit.real(y - expected(x)) / error, None
    # S1²r1 + S2²r2 is S1² + S2² − 2·SEM², and S1·S2·rho the covariance.
    rdd = (s.v1 + s.v2 - 2 * sem2 - 2 * s.cov) / (s.v1 + s.v2 - 2 * s.cov)
    if rdd <= 0:
        return None, rdd
    error = kit.root(rdd) * mp.sqrt(2) * sem
    return lambda x, y: kit.real((y - x) * rdd + (s.m2 - s.m1) * (1 - rdd)) / error, rdd


def classes(pairs, index, criterion, cut_off=None):
    sign = 1 if pairs["scale"]["direction"] == "higher-is-better" else -1
    unit = pairs["scale"]["steps-per-unit"]
    found = {"improved": 0, "unchanged": 0, "deteriorated": 0}
    if cut_off is not None:
        found["recovered"] = 0
    indices = []
    for b, f, n in pairs["cells"]:
        x, y = Fraction(b, unit), Fraction(f, unit)
        value = index(x, y)
        assert abs(abs(value) - criterion) > mpf("1e-9"), (b, f, value)
        indices.append([b, f, float(value)])
        if sign * value > criterion:
            crossed = cut_off is not None and sign * x <= sign * cut_off < sign * y
            found["recovered" if crossed else "improved"] += n
        elif sign * value < -criterion:
            found["deteriorated"] += n
        else:
            found["unchanged"] += n
    return indices, found


def cut_off(kind, clinical, functional):
    """a, b or c; clinical and functional are (mean, SD)."""
    (mc, sc), (mf, sf) = ((exactly(m), exactly(s)) for m, s in (clinical, functional))
    towards = 1 if mf > mc else -1
    if kind == "a":
        return mc + towards * 2 * sc
    if kind == "b":
        return mf - towards * 2 * sf
    return (sc * mf + sf * mc) / (sc + sf)


def main():
    rows = []
    reliability = {
        "swemwbs, 12": (0.81, 0.84), "swemwbs, 68": (0.81, 0.845), "wemwbs, 24": (0.89, 0.83),
        "life satisfaction, 40": (0.7, 0.65), "anxious, 30, lower is better": (0.6, 0.7),
        "phq-9, 60, lower is better": (0.84, 0.86), "phq-9, 20, worse": (0.84, 0.8),
        "swemwbs, 200": (0.845, 0.81), "wemwbs, 1000": (0.89, 0.89), "three pairs": (0.8, 0.8),
    }
    tables = kit.samples()
    for name, (r, r_follow_up) in reliability.items():
        pairs = tables[name]
        sample = Sample(pairs)
        for method in METHODS:
            if name in ("wemwbs, 1000", "swemwbs, 200") and method not in ("jacobson-truax", "hageman-arrindell"):
                continue
            options = {"method": method, "reliability": r}
            if method == "nunnally-kotsch":
                options["reliability-follow-up"] = r_follow_up
            index, rdd = index_of(method, sample, exactly(r), exactly(r_follow_up))
            if index is None:
                rows.append(case(name, "reliable-change", options,
                                 {"not-computed": "reliability-of-change-not-positive"}, pairs))
                continue
            criterion = mpf("1.65") if method == "hageman-arrindell" else mpf("1.96")
            indices, found = classes(pairs, index, criterion)
            row = {"standard-error-of-measurement": kit.root(sample.v1 * (1 - exactly(r)))}
            if rdd is not None:
                row["reliability-of-change"] = rdd
            rows.append(case(name, "reliable-change", options, {**row, "indices": indices, **found}, pairs))
    norms = {  # clinical and functional mean and SD, SD and reliability for Jacobson-Truax
        "swemwbs, 68": ((19.28, 3.921), (23.61, 3.9), 3.9, 0.81),
        "swemwbs, 200": ((19.28, 3.921), (23.61, 3.9), 3.9, 0.845),
        "wemwbs, 24": ((39.5, 8.1), (49.4, 8.96), 8.96, 0.89),
        "phq-9, 60, lower is better": ((15.3, 5.1), (4.3, 4.2), 5.1, 0.84),
        "anxious, 30, lower is better": ((6.1, 2.4), (2.9, 2.7), 2.4, 0.7),
    }
    for name, (clinical, functional, sd, r) in norms.items():
        pairs = tables[name]
        error = mp.sqrt(2) * kit.root(exactly(sd) ** 2 * (1 - exactly(r)))
        for kind in "abc":
            edge = cut_off(kind, clinical, functional)
            _, found = classes(pairs, lambda x, y: kit.real(y - x) / error, mpf("1.96"), edge)
            options = {
                "cut-off": kind, "clinical": {"mean": clinical[0], "standard-deviation": clinical[1]},
                "functional": {"mean": functional[0], "standard-deviation": functional[1]},
                "standard-deviation": sd, "reliability": r,
            }
            rows.append(case(name, "clinical-significance", options, {"cut-off": edge, **found}, pairs))
    for name, pairs in (("on the cut-off", kit.table(kit.WEMWBS, [(30, 45), (30, 44), (30, 46), (45, 60), (44, 60)])),):
        # c = 45 exactly: 45 is not yet beyond it.
        clinical, functional = (40, 5), (50, 5)
        _, found = classes(pairs, lambda x, y: kit.real(y - x), mpf("1.96"), cut_off("c", clinical, functional))
        options = {
            "cut-off": "c", "clinical": {"mean": 40, "standard-deviation": 5},
            "functional": {"mean": 50, "standard-deviation": 5}, "standard-deviation": 1, "reliability": 0.5,
        }
        rows.append(case(name, "clinical-significance", options,
                         {"cut-off": cut_off("c", clinical, functional), **found}, pairs))
    versions = f"Python fractions, {kit.MPMATH}"
    kit.write("individual_change.py", versions, VALUES, rows)


if __name__ == "__main__":
    main()
