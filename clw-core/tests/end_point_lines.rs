//! Small caseloads under the end point `last-until-closure`: each comes to what was counted from its
//! rows, and is written as one line for the other languages to compare their bytes with.
#![cfg(feature = "import")]
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

use std::fs;

use clw_core::evaluation::Plan;
use clw_core::import::{Import, Mapping, TableName};
use clw_core::instrument::Registry;
use serde_json::{Value, json};

/// The plan of a case: that of all cases with its end point and its own settings.
fn plan(all: &Value, case: &Value) -> String {
    let mut plan = all.clone();
    plan["pairing"]["end-point"] = case["end-point"].clone();
    plan.as_object_mut().unwrap().extend(case["plan"].as_object().unwrap().clone());
    plan.to_string()
}

/// The evaluation of a case as one line of JSON.
fn evaluated(plan: Plan, mapping: &str, tables: &Value) -> String {
    let registry = Registry::new();
    let import = Import::new(Mapping::from_json(mapping).unwrap(), &registry).unwrap();
    let import = TableName::ALL.iter().fold(import, |import, name| match &tables[name.name()] {
        Value::String(csv) => import.table(*name, csv.as_bytes()),
        _ => import,
    });
    let (evaluation, _) = plan.check(&registry).unwrap().evaluate_import(import, 1).unwrap();
    evaluation.to_json().unwrap()
}

#[test]
fn golden_caseloads_come_to_what_their_rows_say() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/golden/end_point.json");
    let golden: Value = serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
    let mut lines = String::new();
    for case in golden["cases"].as_array().unwrap() {
        let name = &case["name"];
        let line = match Plan::from_json(&plan(&golden["plan"], case)) {
            Ok(plan) => {
                let line = evaluated(plan, &golden["mapping"].to_string(), &case["tables"]);
                let found: Value = serde_json::from_str(&line).unwrap();
                let (found, expect) = (&found["counts"]["measures"][0], &case["expect"]);
                assert_eq!(found["main"]["flow"], expect["flow"], "{name}");
                assert_eq!(found["main"]["pairs"]["cells"], expect["cells"], "{name}");
                assert_eq!(found["sittings"], expect["sittings"], "{name}");
                let after_exit = &found["after-exit"]["since-baseline"]["cells"];
                assert_eq!(after_exit, &expect["since-baseline"], "{name}");
                line
            }
            Err(error) => {
                assert_eq!(case["code"], error.code(), "{name}: {error}");
                // The place of the fault is told by line and column, or by its names, as the plan was given.
                json!({"code": error.code()}).to_string()
            }
        };
        lines.push_str(&line);
        lines.push('\n');
    }
    fs::write(concat!(env!("CARGO_TARGET_TMPDIR"), "/end_point.jsonl"), lines).unwrap();
}
