//! The module against `tests/golden/numeric.json`, written by `tests/oracles/numeric.py`.

use serde::Deserialize;

use super::{Limits, binomial, normal, proportion, student_t};
use crate::golden::{Golden, assert_within, at_least};

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
struct Numeric {
    normal_sf: Vec<NormalSf>,
    normal_upper_quantile: Vec<NormalUpperQuantile>,
    t_two_sided_p: Vec<TwoSidedP>,
    t_upper_quantile: Vec<TUpperQuantile>,
    noncentrality_limits: Vec<NoncentralityLimits>,
    wilson: Vec<Wilson>,
}

#[derive(Debug, Deserialize)]
struct NormalSf {
    z: f64,
    expected: f64,
}

#[derive(Debug, Deserialize)]
struct NormalUpperQuantile {
    p: f64,
    expected: f64,
}

#[derive(Debug, Deserialize)]
struct TwoSidedP {
    t: f64,
    df: f64,
    expected: f64,
}

#[derive(Debug, Deserialize)]
struct TUpperQuantile {
    p: f64,
    df: f64,
    expected: f64,
}

#[derive(Debug, Deserialize)]
struct NoncentralityLimits {
    t: f64,
    df: f64,
    level: f64,
    lower: f64,
    upper: f64,
}

#[derive(Debug, Deserialize)]
struct Wilson {
    k: u64,
    n: u64,
    level: f64,
    lower: f64,
    upper: f64,
}

fn golden() -> Numeric {
    serde_json::from_str(include_str!("../../tests/golden/numeric.json")).unwrap()
}

#[track_caller]
fn assert_close(got: f64, expected: f64, relative: f64, case: &impl core::fmt::Debug) {
    assert_within(&format!("{case:?}"), got, expected, relative * libm::fabs(expected));
}

#[track_caller]
fn assert_limits(got: Limits, lower: f64, upper: f64, relative: f64, case: &impl core::fmt::Debug) {
    assert_close(got.lower, lower, relative, case);
    assert_close(got.upper, upper, relative, case);
}

#[test]
fn normal_tail() {
    for case in at_least(20, golden().normal_sf) {
        assert_close(normal::sf(case.z), case.expected, 1e-12, &case);
    }
}

#[test]
fn normal_quantile() {
    for case in at_least(20, golden().normal_upper_quantile) {
        assert_close(normal::upper_quantile(case.p), case.expected, 1e-12, &case);
    }
    assert_eq!(normal::upper_quantile(0.5).to_bits(), 0);
}

#[test]
fn t_tail() {
    for case in at_least(30, golden().t_two_sided_p) {
        assert_close(student_t::two_sided_p(case.t, case.df), case.expected, 1e-12, &case);
        assert_close(student_t::two_sided_p(-case.t, case.df), case.expected, 1e-12, &case);
    }
}

#[test]
fn t_quantile() {
    for case in at_least(40, golden().t_upper_quantile) {
        assert_close(student_t::upper_quantile(case.p, case.df), case.expected, 1e-12, &case);
    }
}

#[test]
fn noncentrality_limits() {
    for case in at_least(20, golden().noncentrality_limits) {
        let got = student_t::noncentrality_limits(case.t, case.df, case.level);
        assert_limits(got, case.lower, case.upper, 1e-9, &case);
    }
}

#[test]
fn wilson() {
    for case in at_least(10, golden().wilson) {
        let got = proportion::wilson(case.k, case.n, case.level).unwrap();
        assert_limits(got, case.lower, case.upper, 1e-12, &case);
    }
    assert_eq!(proportion::wilson(0, 0, 0.95), None);
    assert_eq!(proportion::wilson(3, 2, 0.95), None);
}

/// 48 of 120 as the statistics texts print it, who round z to 1.96.
#[test]
fn wilson_at_z_of_one_point_nine_six() {
    let level = 1.0 - 2.0 * normal::sf(1.96);
    let got = proportion::wilson(48, 120, level).unwrap();
    assert_limits(got, 0.316_762_65, 0.489_441_40, 1e-7, &"48 of 120");
}

/// A case of `tests/golden/binomial_noncentral_t.json`, written by `tests/oracles/binomial_noncentral_t.py`.
#[derive(Debug, Deserialize)]
#[serde(tag = "method", rename_all = "kebab-case")]
enum TailCase {
    BinomialAtLeast { options: Trials, expected: Area },
    ClopperPearson { options: Observed, expected: Ends },
    NoncentralTAbove { options: Noncentral, expected: Area },
}

#[derive(Debug, Deserialize)]
struct Trials {
    k: u64,
    n: u64,
    p: f64,
}

#[derive(Debug, Deserialize)]
struct Observed {
    k: u64,
    n: u64,
    level: f64,
}

#[derive(Debug, Deserialize)]
struct Noncentral {
    t: f64,
    df: f64,
    noncentrality: f64,
}

#[derive(Debug, Deserialize)]
struct Area {
    area: f64,
}

#[derive(Debug, Deserialize)]
struct Ends {
    interval: (f64, f64),
}

#[test]
fn tails_down_to_the_smallest() {
    let golden = include_str!("../../tests/golden/binomial_noncentral_t.json");
    for case in at_least(40, Golden::<TailCase>::read(golden).cases) {
        match &case {
            TailCase::BinomialAtLeast { options: Trials { k, n, p }, expected } => {
                let chances = binomial::Chances { p: *p, q: 1.0 - p };
                assert_close(binomial::outer_tail(*k, *n, chances), expected.area, 1e-12, &case);
            }
            TailCase::ClopperPearson { options: Observed { k, n, level }, expected } => {
                let got = proportion::clopper_pearson(*k, *n, *level);
                let (lower, upper) = expected.interval;
                let allowed = 1e-12 * (upper - lower);
                assert_within(&format!("{case:?}"), got.lower, lower, allowed);
                assert_within(&format!("{case:?}"), got.upper, upper, allowed);
            }
            TailCase::NoncentralTAbove { options, expected } => {
                let Noncentral { t, df, noncentrality } = *options;
                let got = student_t::above(t, df, noncentrality);
                assert_close(got, expected.area, 1e-12, &case);
            }
        }
    }
}
