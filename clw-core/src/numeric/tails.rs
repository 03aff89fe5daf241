//! Chi-squared and binomial tails against `tests/golden/tails.json`, written by
//! `tests/oracles/tails.py`.

use serde::Deserialize;

use super::{binomial, gamma};

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
struct Golden {
    chi_squared_sf: Vec<ChiSquaredSf>,
    fair_binomial: Vec<FairBinomial>,
}

#[derive(Debug, Deserialize)]
struct ChiSquaredSf {
    x: f64,
    df: f64,
    expected: f64,
}

#[derive(Debug, Deserialize)]
struct FairBinomial {
    k: u64,
    n: u64,
    point: f64,
    expected: f64,
}

fn golden() -> Golden {
    serde_json::from_str(include_str!("../../tests/golden/tails.json")).unwrap()
}

#[track_caller]
fn assert_close(got: f64, expected: f64, case: &impl core::fmt::Debug) {
    let error = libm::fabs(got - expected) / expected;
    assert!(error <= 1e-12, "{case:?}: got {got:e}, relative error {error:e}");
}

#[test]
fn chi_squared_tail() {
    for case in golden().chi_squared_sf {
        assert_close(gamma::chi_squared_sf(case.x, case.df), case.expected, &case);
    }
}

#[test]
fn fair_binomial_tail() {
    for case in golden().fair_binomial {
        let tail = binomial::fair_tail(case.k, case.n);
        // To the last digit, as is promised of so many coins.
        assert_eq!((tail.point, tail.lower), (case.point, case.expected), "{case:?}");
        assert_close(tail.mid_lower, case.expected - 0.5 * case.point, &case);
    }
}
