//! Against values made elsewhere: `tests/oracles/synthesis.py`.

use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::*;
use crate::estimate::Interval;
use crate::golden::{Golden, assert_all_within};

#[derive(Deserialize)]
struct Case {
    name: String,
    method: String,
    options: Map<String, Value>,
    expected: Map<String, Value>,
    #[serde(default)]
    effects: Vec<(f64, f64)>,
    #[serde(default)]
    shares: Vec<(u64, u64)>,
}

impl Case {
    fn options(&self) -> (SynthesisOptions, Option<ShareTransform>) {
        let mut options = self.options.clone();
        let transform = options.remove("transform");
        let transform = transform.map(|transform| serde_json::from_value(transform).unwrap());
        (serde_json::from_value(Value::Object(options)).unwrap(), transform)
    }
}

fn limits(interval: Option<Interval>) -> Value {
    interval.map_or(Value::Null, |interval| json!([interval.lower, interval.upper]))
}

fn flat(pooling: &Pooling, weights: &[f64]) -> Value {
    let pooled = match pooling {
        Pooling::NotPooled { reason } => return json!({ "not-pooled": reason }),
        Pooling::Pooled(pooled) => pooled,
    };
    let of = &pooled.heterogeneity;
    json!({
        "tau-squared": of.tau_squared,
        "tau-squared-interval": limits(Some(of.tau_squared_interval)),
        "mean": pooled.mean,
        "standard-error": pooled.standard_error,
        "interval": limits(pooled.interval),
        "prediction-interval": limits(pooled.prediction_interval),
        "q": of.q,
        "p": of.p,
        "i-squared": of.i_squared,
        "i-squared-interval": limits(Some(of.i_squared_interval)),
        "h-squared": of.h_squared,
        "h-squared-interval": limits(Some(of.h_squared_interval)),
        "weights": weights,
    })
}

/// What a difference is compared with: limits with their distance, a mean with its standard error, a
/// variance between programmes with the squared standard error where it is smaller, other numbers with
/// themselves and those of a list with 1.
fn size(key: &str, expected: &Value, all: &Map<String, Value>) -> f64 {
    let of = |value: &Value| value.as_f64().unwrap().abs();
    let error = all.get("standard-error").map_or(0.0, of);
    match (key, expected) {
        (_, Value::Array(ends)) if key.contains("interval") => {
            (of(&ends[1]) - ends[0].as_f64().unwrap()).abs()
        }
        ("mean", _) if error > 0.0 => error,
        ("tau-squared", _) => of(expected).max(error * error),
        (_, Value::Number(_)) => of(expected),
        _ => 1.0,
    }
}

fn assert_found(golden: &Golden<Case>, case: &Case, found: &Value) {
    for (key, expected) in &case.expected {
        let what = format!("{} {:?}: {key}", case.name, case.options);
        let allowed = golden.tolerance(key) * size(key, expected, &case.expected);
        assert_all_within(&what, &found[key], expected, allowed);
    }
}

/// mpmath 1.4.1 at 40 digits, and R 4.2.2 metafor 3.8-1.
#[test]
fn effects_and_shares_are_pooled_as_metafor_pools_them() {
    let golden: Golden<Case> = Golden::read(include_str!("../../tests/golden/synthesis.json"));
    for case in &golden.cases {
        let (options, transform) = case.options();
        let found = if let Some(transform) = transform {
            let share = |(place, &(count, of)): (usize, &(u64, u64))| ProgrammeShare {
                name: place.to_string(),
                context: Context::new(),
                count,
                of,
            };
            let shares: Vec<_> = case.shares.iter().enumerate().map(share).collect();
            let synthesis = Synthesis::of_shares(&shares, transform, &options).unwrap();
            let programmes = || synthesis.programmes.iter();
            let weights: Vec<f64> = programmes().filter_map(|of| of.weight).collect();
            let mut found = flat(&synthesis.pooling, &weights);
            found["mean-as-printed"] = json!(synthesis.mean);
            found["interval-as-printed"] = limits(synthesis.interval);
            let effect = |of: &ProgrammeEstimate| [of.effect.estimate(), of.effect.variance()];
            found["effects"] = json!(programmes().map(effect).collect::<Vec<_>>());
            found
        } else {
            let effects: Vec<_> =
                case.effects.iter().map(|&(y, v)| Effect::new(y, v).unwrap()).collect();
            let RandomEffects { weights, pooling } = RandomEffects::of(&effects, &options);
            flat(&pooling, &weights)
        };
        assert_eq!(case.method == "shares", transform.is_some());
        assert_found(&golden, case, &found);
    }
    assert!(golden.cases.len() >= 50);
}
