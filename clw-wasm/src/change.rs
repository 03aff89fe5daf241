//! Pairs to paired statistics: `clw_core::change`.

use clw_core::change::{self as core, ChangeRequest};
use clw_core::sentences::ChangeInWords;
use js_sys::{JSON, Map as JsMap, Set, TypeError};
use serde_json::{Map, Value};
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};

use crate::error::refused;
use crate::instrument::find;

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = include_str!("change.d.ts");

/// Counts two columns of points: row i of both is one person's pair.
///
/// Points are whole steps of the measure's scale, as `score` gives them: 1925 for 19.25. Pair the
/// forms first; a blank has no place here.
///
/// # Errors
///
/// An `Error` with `code`, for columns of unequal length, a score off the scale and an unknown
/// measure; a `TypeError` for what is not a whole number of 32 bits.
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
    let (baseline, follow_up) = (points(baseline)?, points(follow_up)?);
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

/// A column of whole numbers.
fn points(column: &JsValue) -> Result<Vec<i32>, JsValue> {
    let ordered =
        column.is_object() && !column.is_instance_of::<JsMap>() && !column.is_instance_of::<Set>();
    let values = if ordered { js_sys::try_iter(column)? } else { None };
    let values = values.ok_or_else(|| {
        TypeError::new("a column came without an order; give a list, one person a row")
    })?;
    values.enumerate().map(|(row, value)| whole(row, &value?)).collect()
}

fn whole(row: usize, value: &JsValue) -> Result<i32, JsValue> {
    let number = value.as_f64().unwrap_or(f64::NAN);
    // Out of range saturates and NaN becomes 0, so that neither compares equal.
    #[expect(clippy::cast_possible_truncation, clippy::float_cmp, reason = "compared right after")]
    let points = Some(number as i32).filter(|&points| f64::from(points) == number);
    points.ok_or_else(|| {
        TypeError::new(&format!("row {row} is not a whole number of points; give 1925 for 19.25"))
            .into()
    })
}

/// The fields of a plain object, by their names in the core.
fn fields(object: &JsValue) -> Result<Map<String, Value>, JsValue> {
    let text = JSON::stringify(object).ok().and_then(|text| text.as_string()).unwrap_or_default();
    match serde_json::from_str(&text) {
        Ok(value @ Value::Object(_)) => match renamed(value, &kebab_case) {
            Value::Object(fields) => Ok(fields),
            _ => Ok(Map::new()),
        },
        _ => Err(TypeError::new("a table or its options came as no plain object").into()),
    }
}

/// The core's JSON as a plain object.
fn plain(json: &str) -> Result<JsValue, JsValue> {
    let value = serde_json::from_str(json).map(|value| renamed(value, &camel_case));
    JSON::parse(&value.unwrap_or_default().to_string())
}

fn renamed(value: Value, name: &impl Fn(&str) -> String) -> Value {
    match value {
        Value::Object(fields) => {
            fields.into_iter().map(|(key, value)| (name(&key), renamed(value, name))).collect()
        }
        Value::Array(values) => values.into_iter().map(|value| renamed(value, name)).collect(),
        other => other,
    }
}

fn camel_case(kebab: &str) -> String {
    let mut words = kebab.split('-');
    let first = words.next().unwrap_or_default().to_owned();
    words.fold(first, |mut name, word| {
        let mut letters = word.chars();
        name.extend(letters.next().map(|letter| letter.to_ascii_uppercase()));
        name.push_str(letters.as_str());
        name
    })
}

fn kebab_case(camel: &str) -> String {
    camel.chars().fold(String::new(), |mut name, letter| {
        if letter.is_ascii_uppercase() {
            name.push('-');
        }
        name.push(letter.to_ascii_lowercase());
        name
    })
}
