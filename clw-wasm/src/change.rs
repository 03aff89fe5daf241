//! Pairs to paired statistics: `clw_core::change`.

use clw_core::change::{self as core, ChangeRequest};
use clw_core::instrument::Measure;
use clw_core::score::WholeColumn;
use clw_core::sentences::ChangeInWords;
use serde_json::Value;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::columns::whole;
use crate::error::{refused, text as given_text, wrong_kind};
use crate::given::{fields, options_of, refused_given};
use crate::instrument::{find_measure, measure_named};
use crate::plain::plain;

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = include_str!("change.d.ts");

/// Counts two columns of points: row i of both is one person's pair.
///
/// Points are whole steps of the measure's scale, as `score` gives them: 1925 for 19.25. Pair the
/// forms first; a blank has no place here.
///
/// # Errors
///
/// An `Error` with `code`, for columns of unequal length, a score off the scale, what is not a whole
/// number of 32 bits, an unknown measure and what has no order.
#[wasm_bindgen(js_name = pairCounts, unchecked_return_type = "PairCounts")]
pub fn pair_counts(
    #[wasm_bindgen(unchecked_param_type = "string")] instrument: &JsValue,
    #[wasm_bindgen(unchecked_param_type = "string")] measure: &JsValue,
    #[wasm_bindgen(unchecked_param_type = "Iterable<number>")] baseline: &JsValue,
    #[wasm_bindgen(js_name = followUp, unchecked_param_type = "Iterable<number>")]
    follow_up: &JsValue,
) -> Result<JsValue, JsValue> {
    let scale = find_measure(instrument, measure)?.scale();
    let baseline = whole(baseline, WholeColumn::Baseline)?;
    let follow_up = whole(follow_up, WholeColumn::FollowUp)?;
    let counted = core::PairCounts::count_steps(scale, &baseline, &follow_up);
    plain(&counted.map_err(|error| refused(&error, error.code()))?.to_json())
}

/// Reads a table from one line of JSON that any of the languages wrote.
///
/// # Errors
///
/// An `Error` with `code`, for any other text.
#[wasm_bindgen(js_name = pairCountsFromJson, unchecked_return_type = "PairCounts")]
pub fn pair_counts_from_json(
    #[wasm_bindgen(unchecked_param_type = "string")] text: &JsValue,
) -> Result<JsValue, JsValue> {
    let read = core::PairCounts::from_json(&given_text("text", text)?);
    plain(&read.map_err(|error| refused(&error, error.code()))?.to_json())
}

/// The table as one line of JSON, the same bytes in every language.
///
/// # Errors
///
/// An `Error` with `code`, for an object that is no table.
#[wasm_bindgen(js_name = pairCountsJson)]
pub fn pair_counts_json(
    #[wasm_bindgen(unchecked_param_type = "PairCounts")] pairs: &JsValue,
) -> Result<String, JsValue> {
    table(pairs).map(|table| table.to_json())
}

/// The table of both samples pooled.
///
/// # Errors
///
/// An `Error` with `code`, where the scales differ.
#[wasm_bindgen(js_name = mergePairCounts, unchecked_return_type = "PairCounts")]
pub fn merge_pair_counts(
    #[wasm_bindgen(unchecked_param_type = "PairCounts")] left: &JsValue,
    #[wasm_bindgen(unchecked_param_type = "PairCounts")] right: &JsValue,
) -> Result<JsValue, JsValue> {
    let mut pooled = table(left)?;
    pooled.merge(&table(right)?).map_err(|error| refused(&error, error.code()))?;
    plain(&pooled.to_json())
}

/// Computes every paired statistic of a table.
///
/// # Errors
///
/// An `Error` with `code`, for an option that does not fit.
#[wasm_bindgen(unchecked_return_type = "ChangeInWords")]
pub fn change(
    #[wasm_bindgen(unchecked_param_type = "PairCounts")] pairs: &JsValue,
    #[wasm_bindgen(unchecked_optional_param_type = "ChangeOptions")] options: &JsValue,
) -> Result<JsValue, JsValue> {
    plain(&change_json(pairs, options)?)
}

/// Computes as `change` does, into one line of JSON: the same bytes in every language.
///
/// # Errors
///
/// As `change`.
#[wasm_bindgen(js_name = changeJson)]
pub fn change_json(
    #[wasm_bindgen(unchecked_param_type = "PairCounts")] pairs: &JsValue,
    #[wasm_bindgen(unchecked_optional_param_type = "ChangeOptions")] options: &JsValue,
) -> Result<String, JsValue> {
    let mut given = options_of(options)?;
    let level = match given.remove("level") {
        None => 0.95,
        Some(level) => level.as_f64().unwrap_or(f64::NAN),
    };
    let measure = measure_of(given.remove("instrument"), given.remove("measure"))?;
    let request = ChangeRequest { level, options: &Value::Object(given).to_string(), measure };
    let answered = ChangeInWords::answer(&request, &table(pairs)?);
    answered.map(|change| change.to_json()).map_err(|error| refused_given(&error, error.code()))
}

fn measure_of(
    instrument: Option<Value>,
    measure: Option<Value>,
) -> Result<Option<&'static Measure>, JsValue> {
    match (instrument, measure) {
        (None, None) => Ok(None),
        (Some(Value::String(instrument)), Some(Value::String(measure))) => {
            measure_named(&instrument, &measure).map(Some)
        }
        _ => {
            let message = "the options do not name an instrument and its measure, both as texts; give both, or neither";
            Err(wrong_kind(message, "not-a-text"))
        }
    }
}

fn table(pairs: &JsValue) -> Result<core::PairCounts, JsValue> {
    let text = Value::Object(fields("table", pairs)?).to_string();
    core::PairCounts::from_json(&text).map_err(|error| refused_given(&error, error.code()))
}
