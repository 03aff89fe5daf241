//! Chi-squared and binomial tails against `tests/golden/tails.json`, written by
//! `tests/oracles/tails.py`.

use serde::Deserialize;

use super::{binomial, gamma};
use crate::golden::{assert_within, at_least};

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
struct Tails {
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

fn golden() -> Tails {
    serde_json::from_str(include_str!("../../tests/golden/tails.json")).unwrap()
}

#[track_caller]
fn assert_close(got: f64, expected: f64, case: &impl core::fmt::Debug) {
    assert_within(&format!("{case:?}"), got, expected, 1e-12 * expected);
}

#[test]
fn chi_squared_tail() {
    for case in at_least(310, golden().chi_squared_sf) {
        assert_close(gamma::chi_squared_sf(case.x, case.df), case.expected, &case);
    }
}

#[test]
fn fair_binomial_tail() {
    for case in at_least(50, golden().fair_binomial) {
        let tail = binomial::fair_tail(case.k, case.n);
        // To the last digit, as is promised of so many coins.
        assert_eq!((tail.point, tail.lower), (case.point, case.expected), "{case:?}");
        assert_close(tail.mid_lower, case.expected - 0.5 * case.point, &case);
    }
}
