//! Against values made elsewhere: `tests/oracles/weighting.py`.

use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::*;
use crate::estimate::{Estimate, Interval};
use crate::golden::{Golden, assert_all_within};

#[derive(Deserialize)]
struct Case {
    name: String,
    options: WeightingOptions,
    profiles: ProfileCounts,
    expected: Map<String, Value>,
}

fn term(of: &ModelTerm) -> Value {
    match of {
        ModelTerm::Constant => json!(["constant", null, null]),
        ModelTerm::BaselineScore { .. } => json!(["baseline-score", null, null]),
        ModelTerm::Level { of, level, reference } => json!([of, level, reference]),
    }
}

fn limits(interval: Estimate<Interval>) -> Value {
    match interval {
        Estimate::Computed(Interval { lower, upper, .. }) => json!([lower, upper]),
        Estimate::NotComputed(reason) => json!(reason),
    }
}

fn flat(weighting: &Weighting) -> Value {
    let weighted = match weighting {
        Weighting::NotWeighted(reason) => return json!({ "outcome": reason.code() }),
        Weighting::Weighted(weighted) => weighted,
    };
    let Weighted { weights, mean_change, share_improved, .. } = weighted;
    let model = || weighted.model.iter();
    json!({
        "outcome": "weighted",
        "paired": weighted.paired,
        "unpaired": weighted.unpaired,
        "terms": model().map(|of| term(&of.term)).collect::<Vec<_>>(),
        "log-odds": model().map(|of| of.log_odds).collect::<Vec<_>>(),
        "standard-errors": model().map(|of| of.standard_error).collect::<Vec<_>>(),
        "log-likelihood": weighted.log_likelihood,
        "weights": [weights.smallest, weights.mean, weights.largest, weights.effective_sample_size],
        "weighted-change": mean_change.weighted,
        "unweighted-change": mean_change.unweighted,
        "change-error": mean_change.standard_error,
        "change-interval": limits(mean_change.interval),
        "weighted-improved": share_improved.weighted,
        "improved-error": share_improved.standard_error,
        "improved-interval": limits(share_improved.interval),
    })
}

/// mpmath 1.4.1 at 40 digits; R 4.2.2 glm and survey 4.1-1, statsmodels 0.15.0 beside it.
#[test]
fn weights_and_weighted_means_are_those_of_every_row_written_out() {
    let golden: Golden<Case> = Golden::read(include_str!("../../tests/golden/weighting.json"));
    for case in &golden.cases {
        let found = flat(&Weighting::of(&case.profiles, &case.options));
        for (key, expected) in &case.expected {
            let what = format!("{}: {key}", case.name);
            match (key.as_str(), expected) {
                // Each to an error relative to the largest.
                ("log-odds" | "standard-errors" | "weights", Value::Array(all)) => {
                    let sizes = all.iter().filter_map(Value::as_f64).map(f64::abs);
                    let allowed = golden.tolerance(key) * sizes.fold(0.0, f64::max);
                    assert_all_within(&what, &found[key], expected, allowed);
                }
                ("terms", _) => assert_eq!(&found[key], expected, "{what}"),
                _ => golden.assert_found(&case.name, key, &found[key], expected),
            }
        }
    }
    assert!(golden.cases.len() >= 25);
}
