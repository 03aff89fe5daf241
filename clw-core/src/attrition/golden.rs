//! Against values made elsewhere: `tests/oracles/attrition.py`.

use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::*;
use crate::change::PairCounts;
use crate::estimate::{ConfidenceLevel, Interval};

#[derive(Deserialize)]
struct Golden {
    values: Map<String, Value>,
    cases: Vec<Case>,
}

#[derive(Deserialize)]
struct Case {
    name: String,
    method: String,
    expected: Map<String, Value>,
    #[serde(default)]
    levels: Vec<(u64, u64)>,
    pairs: Option<PairCounts>,
    unpaired: Option<ScoreCounts>,
}

fn golden() -> Golden {
    serde_json::from_str(include_str!("../../tests/golden/attrition.json")).unwrap()
}

impl Golden {
    fn cases(&self, method: &str) -> impl Iterator<Item = &Case> {
        self.cases.iter().filter(move |case| case.method == method)
    }

    /// Every expected value of a case in what was found, each to its tolerance.
    #[track_caller]
    fn assert_found(&self, case: &Case, found: &Value) {
        for (key, expected) in &case.expected {
            let tolerance = self.values[key]["tolerance"].as_f64().unwrap();
            let what = format!("{}, {}: {key}", case.method, case.name);
            assert_close(&what, &found[key], expected, tolerance);
        }
    }
}

#[track_caller]
pub(super) fn assert_close(what: &str, found: &Value, expected: &Value, tolerance: f64) {
    match (found, expected) {
        (Value::Array(found), Value::Array(expected)) => {
            let ends = [expected[0].as_f64().unwrap(), expected[1].as_f64().unwrap()];
            for (found, expected) in found.iter().zip(ends) {
                let off = (found.as_f64().unwrap() - expected).abs();
                assert!(off <= tolerance * (ends[1] - ends[0]), "{what}: {found} is not {ends:?}");
            }
        }
        (Value::Number(found), Value::Number(expected)) => {
            let (found, expected) = (found.as_f64().unwrap(), expected.as_f64().unwrap());
            let off = (found - expected).abs();
            assert!(off <= tolerance * expected.abs(), "{what}: {found:e} is not {expected:e}");
        }
        _ => assert_eq!(found, expected, "{what}"),
    }
}

fn of_difference(difference: Result<StandardisedDifference, NotComparable>) -> Value {
    match difference {
        Err(reason) => json!({ "not-compared": reason }),
        Ok(difference) => {
            let Interval { lower, upper, .. } = difference.interval;
            let mut found = serde_json::to_value(difference).unwrap();
            found["interval"] = json!([lower, upper]);
            found
        }
    }
}

/// Fractions, mpmath 1.4.1 and R 4.2.2.
#[test]
fn standardised_differences_of_levels_are_those_of_the_matrix() {
    let golden = golden();
    for case in golden.cases("levels") {
        let levels =
            case.levels.iter().map(|&(paired, unpaired)| PairedUnpaired { paired, unpaired });
        let level = ConfidenceLevel::default();
        golden.assert_found(case, &of_difference(StandardisedDifference::of_shares(levels, level)));
    }
    assert!(golden.cases("levels").count() >= 15);
}

/// Fractions, mpmath 1.4.1 and R 4.2.2.
#[test]
fn standardised_differences_of_scores_are_those_of_fractions() {
    let golden = golden();
    for case in golden.cases("scores") {
        let (pairs, unpaired) = (case.pairs.as_ref().unwrap(), case.unpaired.as_ref().unwrap());
        let baselines = ScoreCounts::of_baselines(pairs);
        let level = ConfidenceLevel::default();
        let difference = StandardisedDifference::of_means(&baselines, unpaired, level);
        golden.assert_found(case, &of_difference(difference));
    }
    assert!(golden.cases("scores").count() >= 14);
}

/// Every unpaired person's change written out, in fractions.
#[test]
fn bounds_and_tipping_points_are_those_of_every_row_written_out() {
    let golden = golden();
    for case in golden.cases("bounds") {
        let (pairs, unpaired) = (case.pairs.as_ref().unwrap(), case.unpaired.as_ref().unwrap());
        let mut found =
            serde_json::to_value(MeanChangeBounds::of(pairs, unpaired).unwrap()).unwrap();
        let tipping = TippingPoint::of(pairs, unpaired).unwrap();
        found["tipping-outcome"] = serde_json::to_value(tipping).unwrap()["outcome"].take();
        if let Some(change) = tipping.change() {
            found["tipping-change"] = json!(change.mean_change_of_unpaired);
            found["tipping-difference"] = json!(change.difference_from_pairs);
            found["tipping-difference-in-sd"] = json!(change.difference_in_standard_deviations);
            found["tipping-follow-up"] = json!(change.mean_follow_up_of_unpaired);
        }
        golden.assert_found(case, &found);
    }
    assert!(golden.cases("bounds").count() >= 14);
}
