//! Against values made elsewhere: `tests/oracles/attrition.py`.

use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::*;
use crate::change::PairCounts;
use crate::estimate::{ConfidenceLevel, Interval};
use crate::golden::{Golden, at_least};

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

fn golden() -> Golden<Case> {
    Golden::read(include_str!("../../tests/golden/attrition.json"))
}

impl Golden<Case> {
    fn of_method(&self, method: &str) -> impl Iterator<Item = &Case> {
        let cases = self.cases.iter().filter(|case| case.method == method);
        at_least(1, cases.collect()).into_iter()
    }

    /// Every expected value of a case in what was found.
    #[track_caller]
    fn assert_case(&self, case: &Case, found: &Value) {
        let name = format!("{}, {}", case.method, case.name);
        for (key, expected) in &case.expected {
            self.assert_found(&name, key, &found[key], expected);
        }
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
    for case in golden.of_method("levels") {
        let levels =
            case.levels.iter().map(|&(paired, unpaired)| PairedUnpaired { paired, unpaired });
        let level = ConfidenceLevel::default();
        golden.assert_case(case, &of_difference(StandardisedDifference::of_shares(levels, level)));
    }
    assert!(golden.of_method("levels").count() >= 15);
}

/// Fractions, mpmath 1.4.1 and R 4.2.2.
#[test]
fn standardised_differences_of_scores_are_those_of_fractions() {
    let golden = golden();
    for case in golden.of_method("scores") {
        let (pairs, unpaired) = (case.pairs.as_ref().unwrap(), case.unpaired.as_ref().unwrap());
        let baselines = ScoreCounts::of_baselines(pairs);
        let level = ConfidenceLevel::default();
        let difference = StandardisedDifference::of_means(&baselines, unpaired, level);
        golden.assert_case(case, &of_difference(difference));
    }
    assert!(golden.of_method("scores").count() >= 14);
}

/// Every unpaired person's change written out, in fractions.
#[test]
fn bounds_and_tipping_points_are_those_of_every_row_written_out() {
    let golden = golden();
    for case in golden.of_method("bounds") {
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
        golden.assert_case(case, &found);
    }
    assert!(golden.of_method("bounds").count() >= 14);
}
