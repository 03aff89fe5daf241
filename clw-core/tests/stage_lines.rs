//! What Rust answers to single questions of the stages, for the other languages to compare their bytes
//! with; a few numbers of each are held to where they come from.

use std::fs;

use clw_core::request;
use serde_json::{Value, json};

fn is_close(found: &Value, expected: &Value) -> bool {
    match (found.as_f64(), expected.as_f64()) {
        (Some(found), Some(expected)) => (found - expected).abs() <= 1e-9 * expected.abs(),
        _ => found == expected,
    }
}

#[test]
fn golden_questions_have_one_line_each() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/golden/stages.json");
    let golden: Value = serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
    let mut lines = String::new();
    for case in golden["cases"].as_array().unwrap() {
        let line = match request::answer(&case["question"].to_string()) {
            Ok(answer) => {
                assert!(case.get("code").is_none(), "{case}: {answer:?}");
                let found: Value = serde_json::from_str(answer.to_json()).unwrap();
                for (at, expected) in case["expect"].as_object().unwrap() {
                    let value = found.pointer(at).unwrap();
                    assert!(is_close(value, expected), "{}, {at}: {value}", case["name"]);
                }
                assert!(!answer.sentence().is_empty() && !answer.brief().is_empty(), "{case}");
                let table = answer.table();
                assert!(table.rows.iter().all(|row| row.len() == table.headings.len()), "{case}");
                answer.to_json().to_owned()
            }
            Err(error) => {
                assert_eq!(case["code"], error.code(), "{}: {error}", case["name"]);
                json!({"code": error.code(), "message": error.to_string()}).to_string()
            }
        };
        lines.push_str(&line);
        lines.push('\n');
    }
    fs::write(concat!(env!("CARGO_TARGET_TMPDIR"), "/stages.jsonl"), lines).unwrap();
}
