//! What Rust says of the golden sittings over time, for the other languages to compare their bytes
//! with. That it is right is the business of the tests beside the statistics.

#![expect(clippy::unwrap_used, reason = "a test helper that fails, fails the test")]

use std::fs;

use clw_core::trajectory::{Course, Trajectories};
use serde_json::{Value, json};

/// What every language is asked, and what the browser's build leaves to the others.
const ASKED: [(&str, &str); 2] = [
    ("course", r#"{"means": [{"by": "time"}, {"by": "occasion"}], "slopes": {"at-least": "0.5"}}"#),
    ("mixed_models", r#"{"mixed-models": ["intercept", "intercept-and-slope"]}"#),
];

#[test]
fn golden_sittings_have_one_line_each() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/golden/growth.json");
    let golden: Value = serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
    let cases = golden["cases"].as_array().unwrap();
    assert!(cases.len() >= 20);
    for (name, options) in ASKED {
        let mut lines = String::new();
        for case in cases {
            let trajectories = Trajectories::from_json(&sequences(&case["sittings"])).unwrap();
            let course = Course::answer(&trajectories, options).unwrap();
            let line = course.to_json();
            assert_eq!(serde_json::from_str::<Course>(&line).unwrap(), course, "{case}");
            lines.push_str(&line);
            lines.push('\n');
        }
        fs::write(format!("{}/{name}.jsonl", env!("CARGO_TARGET_TMPDIR")), lines).unwrap();
    }
}

/// Rows of person, time and points as one sequence a person.
fn sequences(sittings: &Value) -> String {
    let rows: Vec<(i64, i32, i32)> = serde_json::from_value(sittings["rows"].clone()).unwrap();
    let people: std::collections::BTreeSet<i64> = rows.iter().map(|row| row.0).collect();
    let sequence = |person| {
        let own = rows.iter().filter(|row| row.0 == person);
        let sittings: Vec<_> = own.map(|&(_, time, points)| (time, points)).collect();
        json!({ "people": 1, "sittings": sittings })
    };
    let sequences: Vec<Value> = people.into_iter().map(sequence).collect();
    json!({ "scale": sittings["scale"], "unit": "session", "sequences": sequences }).to_string()
}
