//! What Rust says of every golden table and of golden forms to be paired, for the other languages to compare their bytes with.
//! That it is right is the business of the tests beside the statistics.

#![expect(clippy::unwrap_used, reason = "a test helper that fails, fails the test")]

use std::fs;

use clw_core::change::{
    Change, ChangeRequest, ChangeRequestError, MatchedPairs, MatchedPairsError, PairCounts,
    SittingColumns,
};
use clw_core::instrument::catalogue;
use clw_core::request::Answer;
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

fn golden(file: &str) -> Value {
    let path = format!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/golden/{}.json"), file);
    serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap()
}

#[test]
fn golden_tables_have_one_line_each() {
    let (mut lines, mut cases) = (String::new(), 0);
    for file in FILES {
        for case in golden(file)["cases"].as_array().unwrap() {
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

/// The pairs of one case; an id that is a number is the text that it prints as.
fn matched(case: &Value) -> Result<MatchedPairs, MatchedPairsError> {
    let instrument = catalogue::find(case["instrument"].as_str().unwrap()).unwrap();
    let measure = instrument.measure(case["measure"].as_str().unwrap()).unwrap();
    let ids = |name: &str| -> Vec<Option<String>> {
        let printed = |id: &Value| id.as_str().map_or_else(|| id.to_string(), str::to_owned);
        let ids = case["forms"].get(name).unwrap().as_array().unwrap();
        ids.iter().map(|id| (!id.is_null()).then(|| printed(id))).collect()
    };
    let points = |name: &str| -> Vec<Option<i32>> {
        serde_json::from_value(case["forms"].get(name).unwrap().clone()).unwrap()
    };
    let (first, before) = (ids("baseline-ids"), points("baseline"));
    let (second, after) = (ids("follow-up-ids"), points("follow-up"));
    let baseline = SittingColumns { ids: &first, points: &before };
    MatchedPairs::of(measure.scale(), &baseline, &SittingColumns { ids: &second, points: &after })
}

#[test]
fn golden_forms_have_one_line_each() {
    let mut lines = String::new();
    for case in golden("matched_pairs")["cases"].as_array().unwrap() {
        let line = match matched(case) {
            Ok(matched) => {
                let line = Answer::from(&matched).to_json().to_owned();
                let found: Value = serde_json::from_str(&line).unwrap();
                let expect = &case["expect"];
                assert_eq!(found["pairs"]["cells"], expect["cells"], "{case}");
                assert_eq!(found["baseline"], expect["baseline"], "{case}");
                assert_eq!(found["follow-up"], expect["follow-up"], "{case}");
                line
            }
            Err(e) => {
                assert_eq!(case["code"], e.code(), "{case}");
                json!({"code": e.code(), "message": e.to_string()}).to_string()
            }
        };
        lines.push_str(&line);
        lines.push('\n');
    }
    fs::write(concat!(env!("CARGO_TARGET_TMPDIR"), "/matched_pairs.jsonl"), lines).unwrap();
}
