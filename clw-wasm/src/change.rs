//! Pairs to paired statistics: `clw_core::change`.

use clw_core::change::{self as core, ChangeRequest};
use clw_core::score::WholeColumn;
use clw_core::sentences::ChangeInWords;
use serde_json::{Map, Value};
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::columns::whole;
use crate::error::refused;
use crate::instrument::find;
use crate::plain::{fields, plain};

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
/// number of 32 bits and an unknown measure; a `TypeError` for what has no order.
#[wasm_bindgen(js_name = pairCounts, unchecked_return_type = "PairCounts")]
pub fn pair_counts(
    instrument: &str,
    measure: &str,
    #[wasm_bindgen(unchecked_param_type = "Iterable<number>")] baseline: &JsValue,
    #[wasm_bindgen(js_name = followUp, unchecked_param_type = "Iterable<number>")]
    follow_up: &JsValue,
) -> Result<JsValue, JsValue> {
    let measure = find(instrument)?.measure(measure);
    let scale = measure.map_err(|error| refused(&error, error.code()))?.scale();
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
pub fn pair_counts_from_json(text: &str) -> Result<JsValue, JsValue> {
    let read = core::PairCounts::from_json(text);
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
#[wasm_bindgen(unchecked_return_type = "Change")]
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
    let level = if options.is_undefined() {
        options
    } else {
        &js_sys::Reflect::get(options, &"level".into())?
    };
    let level = if level.is_undefined() { 0.95 } else { level.as_f64().unwrap_or(f64::NAN) };
    let mut given = if options.is_undefined() { Map::new() } else { fields(options)? };
    given.remove("level");
    let (instrument, measure) = (given.remove("instrument"), given.remove("measure"));
    let measure = match (
        instrument.as_ref().and_then(Value::as_str),
        measure.as_ref().and_then(Value::as_str),
    ) {
        (Some(instrument), Some(measure)) => Some(
            find(instrument)?.measure(measure).map_err(|error| refused(&error, error.code()))?,
        ),
        _ => None,
    };
    let request = ChangeRequest { level, options: &Value::Object(given).to_string(), measure };
    let answered = ChangeInWords::answer(&request, &table(pairs)?);
    answered.map(|change| change.to_json()).map_err(|error| refused(&error, error.code()))
}

fn table(pairs: &JsValue) -> Result<core::PairCounts, JsValue> {
    let text = Value::Object(fields(pairs)?).to_string();
    core::PairCounts::from_json(&text).map_err(|error| refused(&error, error.code()))
}
