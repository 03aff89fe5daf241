//! One person's change: `clw_core::change::PersonChange`.

use clw_core::change::{self as core, AnyChange, ReliableChange};
use clw_core::instrument::{Certainty, Points};
use clw_core::score::WholeColumn;
use serde::Serialize;
use tsify::{Ts, Tsify};
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::error::{plain_object, refused};
use crate::instrument::find_measure;
use crate::number::whole_number;

/// How one person's score changed from one sitting to another.
#[derive(Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct PersonChange {
    /// The measure's id.
    pub measure: &'static str,
    /// The score at the first of the two sittings.
    pub baseline: SittingScore,
    /// The score at the second.
    pub follow_up: SittingScore,
    /// Follow-up − baseline, in units of the printed score. Its sign does not say what is better.
    pub change: f64,
    /// Which way the score moved, by any amount at all.
    #[tsify(type = "\"improved\" | \"same\" | \"worse\"")]
    pub any_change: AnyChange,
    /// Whether the change meets each change rule of the measure, in the measure's order.
    pub change_rules: Vec<RuleOutcome>,
}

/// A score of one sitting.
#[derive(Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct SittingScore {
    /// The exact score, in steps of the measure's scale.
    pub points: i32,
    /// The score as printed.
    pub value: f64,
    /// The id of its band in the default band set, where the measure has one.
    #[tsify(optional)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub band: Option<&'static str>,
}

/// What a change rule makes of a person's change.
#[derive(Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct RuleOutcome {
    /// The rule's id.
    pub rule: &'static str,
    /// What meeting it means, as printed in reports.
    pub label: &'static str,
    /// How sure the rule's threshold is.
    #[tsify(type = "Certainty")]
    pub certainty: Certainty,
    /// Better or worse by at least the threshold, or neither.
    #[tsify(type = "\"improved\" | \"unchanged\" | \"deteriorated\"")]
    pub outcome: ReliableChange,
}

/// How one person's score changed: by any amount, and by each change rule of the measure.
///
/// Points are whole steps of the measure's scale, as `score` gives them: 1925 for 19.25.
///
/// # Errors
///
/// An `Error` with `code`, for points off the scale and for an unknown instrument or measure.
#[wasm_bindgen(js_name = personChange)]
pub fn person_change(
    #[wasm_bindgen(unchecked_param_type = "string")] instrument: &JsValue,
    #[wasm_bindgen(unchecked_param_type = "string")] measure: &JsValue,
    #[wasm_bindgen(unchecked_param_type = "number")] baseline: &JsValue,
    #[wasm_bindgen(js_name = followUp, unchecked_param_type = "number")] follow_up: &JsValue,
) -> Result<Ts<PersonChange>, JsValue> {
    let measure = find_measure(instrument, measure)?;
    let baseline = Points(whole_number(baseline, WholeColumn::Baseline, 0)?);
    let follow_up = Points(whole_number(follow_up, WholeColumn::FollowUp, 0)?);
    let change = measure.person_change(baseline, follow_up);
    let change = change.map_err(|error| refused(&error, error.code()))?;
    plain_object(&PersonChange::from(change))
}

impl From<core::PersonChange<'static>> for PersonChange {
    fn from(person: core::PersonChange<'static>) -> Self {
        let core::PersonChange { measure, baseline, follow_up, change, any_change, change_rules } =
            person;
        Self {
            measure,
            baseline: baseline.into(),
            follow_up: follow_up.into(),
            change,
            any_change,
            change_rules: change_rules.into_iter().map(RuleOutcome::from).collect(),
        }
    }
}

impl From<core::SittingScore<'static>> for SittingScore {
    fn from(score: core::SittingScore<'static>) -> Self {
        Self { points: score.points.0, value: score.value, band: score.band }
    }
}

impl From<core::RuleOutcome<'static>> for RuleOutcome {
    fn from(of: core::RuleOutcome<'static>) -> Self {
        let core::RuleOutcome { rule, label, certainty, outcome } = of;
        Self { rule, label, certainty, outcome }
    }
}
