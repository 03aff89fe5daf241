//! Cases whose expected values were made elsewhere, as `tests/oracles` writes them to `tests/golden`.

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

/// One file: what is said of each value, and the cases.
#[derive(Deserialize)]
pub(crate) struct Golden<C> {
    #[serde(default)]
    values: Map<String, Value>,
    pub(crate) cases: Vec<C>,
}

impl<C: DeserializeOwned> Golden<C> {
    pub(crate) fn read(json: &str) -> Self {
        serde_json::from_str(json).unwrap()
    }
}

impl<C> Golden<C> {
    /// How far a value may be off, relative to whatever it is compared with.
    #[track_caller]
    pub(crate) fn tolerance(&self, key: &str) -> f64 {
        self.values[key]["tolerance"].as_f64().unwrap()
    }

    /// A number to the tolerance that the file states for it, relative to the number expected.
    #[track_caller]
    pub(crate) fn assert_value(&self, case: &str, key: &str, found: f64, expected: &Value) {
        let expected = expected.as_f64().unwrap();
        let allowed = self.tolerance(key) * expected.abs();
        assert_within(&format!("{case}: {key}"), found, expected, allowed);
    }

    /// A number, two limits or a word to the tolerance that the file states for it; limits relative to
    /// the distance between them.
    #[track_caller]
    pub(crate) fn assert_found(&self, case: &str, key: &str, found: &Value, expected: &Value) {
        let size = match expected {
            Value::Array(ends) => (number(&ends[1]) - number(&ends[0])).abs(),
            Value::Number(_) => number(expected).abs(),
            _ => 0.0,
        };
        assert_all_within(&format!("{case}: {key}"), found, expected, self.tolerance(key) * size);
    }
}

fn number(value: &Value) -> f64 {
    value.as_f64().unwrap()
}

/// A list of so many cases at least: of none every test would hold.
#[track_caller]
pub(crate) fn at_least<C>(least: usize, cases: Vec<C>) -> Vec<C> {
    assert!(cases.len() >= least, "{} cases, fewer than {least}", cases.len());
    cases
}

/// A number that is off by no more than is allowed. NaN is off by more.
#[track_caller]
pub(crate) fn assert_within(what: &str, found: f64, expected: f64, allowed: f64) {
    let off = (found - expected).abs();
    assert!(off <= allowed, "{what}: {found:e} is not {expected:e}, but off by {off:e}");
}

/// Numbers, or lists of them as long as expected, each off by no more than is allowed; anything else the
/// same.
#[track_caller]
pub(crate) fn assert_all_within(what: &str, found: &Value, expected: &Value, allowed: f64) {
    match (found, expected) {
        (Value::Array(found), Value::Array(expected)) => {
            assert_eq!(found.len(), expected.len(), "{what}");
            for (found, expected) in found.iter().zip(expected) {
                assert_all_within(what, found, expected, allowed);
            }
        }
        (Value::Number(_), Value::Number(_)) => {
            assert_within(what, number(found), number(expected), allowed);
        }
        _ => assert_eq!(found, expected, "{what}"),
    }
}
