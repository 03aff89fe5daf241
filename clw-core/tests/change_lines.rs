//! What Rust says of every golden table, for the other languages to compare their bytes with.
//! That it is right is the business of the tests beside the statistics.

#![expect(clippy::unwrap_used, reason = "a test helper that fails, fails the test")]

use std::fs;

use clw_core::change::{Change, ChangeRequest, ChangeRequestError, PairCounts};
use clw_core::instrument::catalogue;
use clw_core::sentences::ChangeInWords;
use serde_json::{Value, json};

const FILES: [&str; 6] =
    ["change", "wilcoxon", "hodges_lehmann", "paired_t", "effect_sizes", "transitions"];

/// The change of one case: as `change.json` asks, by the defaults in the files of single statistics.
fn change(case: &Value, asks: bool) -> Result<ChangeInWords, ChangeRequestError> {
    let pairs = PairCounts::from_json(&case["pairs"].to_string())?;
    let name = case["instrument"].as_str();
    let instrument = name.map(|name| catalogue::find(name).unwrap());
    let measure = instrument.map(|i| i.measure(case["measure"].as_str().unwrap()).unwrap());
    let options = case.get("options").filter(|_| asks).map_or("{}".into(), Value::to_string);
    let level = case["level"].as_f64().unwrap_or(0.95);
    ChangeInWords::answer(&ChangeRequest { level, options: &options, measure }, &pairs)
}

#[test]
fn golden_tables_have_one_line_each() {
    let (mut lines, mut cases) = (String::new(), 0);
    for file in FILES {
        let path = format!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/golden/{}.json"), file);
        let golden: Value = serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
        for case in golden["cases"].as_array().unwrap() {
            let line = match change(case, file == "change") {
                Ok(told) => {
                    let line = told.to_json();
                    let mut read: Value = serde_json::from_str(&line).unwrap();
                    read.as_object_mut().unwrap().remove("sentences");
                    let change: Change = serde_json::from_value(read).unwrap();
                    assert_eq!(change, told.change, "{case}");
                    line
                }
                Err(e) => json!({"code": e.code(), "message": e.to_string()}).to_string(),
            };
            assert!(!line.contains("null"), "{file}, {}: {line}", case["name"]);
            lines.push_str(&line);
            lines.push('\n');
            cases += 1;
        }
    }
    assert!(cases >= 350);
    fs::write(concat!(env!("CARGO_TARGET_TMPDIR"), "/change.jsonl"), lines).unwrap();
}
