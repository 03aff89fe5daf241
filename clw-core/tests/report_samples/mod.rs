//! Evaluations made from counts, so that a test states exactly what the report is made from.

use clw_core::caseload::RowAccount;
use clw_core::evaluation::{Evaluation, Plan};
use clw_core::instrument::Registry;
use serde_json::{Value, json};

pub(crate) const PLAN: &str = r#"
title = "Example Valley"
as-of = "2026-06-30"
group-by = ["practice", "simd-quintile", "referral-month"]

[[measures]]
instrument = "swemwbs"
bands = "england-2010-2013"
change-rules = ["nhs-england", "shah-2018-2.77-sem"]

[pairing]
baseline.rule = "first"
end-point.rule = "last"
due.rule = "any-of"
due.rules = [{ rule = "closed" }, { rule = "attended-at-least", contacts = 4 }]

[[compare]]
baseline.rule = "first"
end-point = { rule = "nth-contact", n = 4 }
due = { rule = "attended-at-least", contacts = 4 }
"#;

/// An evaluation under a plan whose counts are set by `edit`; its findings follow from them.
pub(crate) fn evaluation(plan: &str, edit: impl FnOnce(&mut Value)) -> Evaluation {
    let registry = Registry::new();
    let plan = Plan::from_toml(plan).unwrap().check(&registry).unwrap();
    let empty = plan.evaluate([], &RowAccount::default()).unwrap();
    let mut json: Value = serde_json::from_str(&empty.to_json().unwrap()).unwrap();
    edit(&mut json["counts"]);
    Evaluation::from_json(&json.to_string(), &registry).unwrap()
}

/// Fates that give 100 referred, 80 due and `pairs` paired, and as many pairs: of each ten, six up
/// by 4.37 points, one the same and three down by 1.27.
pub(crate) fn with_pairs(pairs: u64) -> Evaluation {
    evaluation(PLAN, |counts| {
        let flow = json!({
            "not-accepted": 5, "not-seen": 3, "baseline-missing": 2, "not-due-yet": 7,
            "not-due-deceased": 3, "follow-up-missing": 80 - pairs, "paired": pairs,
        });
        let down = pairs * 3 / 10;
        let same = pairs / 10;
        let cells =
            json!([[1798, 1798, same], [1798, 2235, pairs - down - same], [1925, 1798, down],]);
        let cells: Vec<&Value> =
            cells.as_array().unwrap().iter().filter(|cell| cell[2] != 0).collect();
        counts["people"] = json!(100);
        counts["episodes"] = json!(100);
        counts["measures"][0]["main"]["flow"] = flow.clone();
        counts["measures"][0]["main"]["pairs"]["cells"] = json!(cells);
        counts["measures"][0]["groups"] = json!({
            "practice": {"Ardmoran": flow, "Balnacorrie": {"follow-up-missing": 3, "paired": 1}},
            "simd-quintile": {"SIMD 2020 quintile 1": flow, "not recorded": {"paired": 2}},
            "referral-month": {"2025-11": flow, "2026-02": {"follow-up-missing": 9}},
        });
        counts["rows"] = json!({
            "assessments": {
                "read": 160, "used": 157, "rejected": {"out-of-range": 3}, "warned": {},
            },
        });
    })
}
