//! Comparisons against values made elsewhere, by the scripts of the same names in `tests/oracles`.

use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::*;
use crate::estimate::ConfidenceLevel;

#[derive(Deserialize)]
struct Golden<T> {
    cases: Vec<T>,
}

fn cases<T: DeserializeOwned>(json: &str) -> Vec<T> {
    serde_json::from_str::<Golden<T>>(json).unwrap().cases
}

#[track_caller]
fn close(name: &str, found: f64, expected: f64, off_by: f64) {
    assert!((found - expected).abs() <= off_by, "{name}: {found} for {expected}");
}

#[derive(Deserialize)]
struct Difference {
    name: String,
    before: (u64, u64),
    after: (u64, u64),
    options: Level,
    expected: ExpectedDifference,
}

#[derive(Deserialize)]
struct Level {
    level: ConfidenceLevel,
}

#[derive(Deserialize)]
struct ExpectedDifference {
    difference: f64,
    interval: (f64, f64),
}

/// Fractions and mpmath 1.4.1, with statsmodels 0.15.0 and Newcombe's table II beside them.
#[test]
fn differences_are_those_of_newcombes_method_10() {
    let cases = cases::<Difference>(include_str!("../../tests/golden/difference.json"));
    assert!(cases.len() >= 30);
    for case in cases {
        let [before, after] = [("before", case.before), ("after", case.after)]
            .map(|(name, (count, of))| NamedCount::new(name, count, of));
        let found = DifferenceOfShares::of(&before, &after, case.options.level).unwrap();
        let found = *found.difference.computed().unwrap();
        let (difference, (lower, upper)) = (case.expected.difference, case.expected.interval);
        close(&case.name, found.value, difference, 1e-15 * difference.abs());
        close(&case.name, found.interval.lower, lower, 1e-12 * (upper - lower));
        close(&case.name, found.interval.upper, upper, 1e-12 * (upper - lower));
    }
}
