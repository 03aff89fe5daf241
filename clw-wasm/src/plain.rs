//! The core's JSON as plain objects, and back.

use std::fmt::Display;

use clw_core::json;
use js_sys::{Array, JSON};
use serde::Serialize;
use serde_json::{Map, Value};
use wasm_bindgen::{JsError, JsValue};

use crate::error::{is_plain, refused, wrong_kind};

/// The fields of a plain object, by their names in the core.
pub(crate) fn fields(what: &str, object: &JsValue) -> Result<Map<String, Value>, JsValue> {
    if object.is_object() && !Array::is_array(object) {
        let value = serde_json::from_str(&stringified(what, object)?).unwrap_or_default();
        if let Value::Object(fields) = renamed(value, &kebab_case) {
            return Ok(fields);
        }
    }
    Err(wrong_kind(&format!("the {what} came as no plain object; give one"), "not-an-object"))
}

/// The fields of options, which may be left out.
pub(crate) fn options_of(options: &JsValue) -> Result<Map<String, Value>, JsValue> {
    if options.is_undefined() { Ok(Map::new()) } else { fields("options", options) }
}

/// The JSON of an object, or why it has none. By itself JSON leaves out a `Map`, a promise and a function,
/// and makes nothing of NaN, so that what was asked for would not be done, and nobody told.
pub(crate) fn stringified(what: &str, object: &JsValue) -> Result<String, JsValue> {
    let mut refusal = None;
    let json = JSON::stringify_with_replacer_func(
        object,
        &mut |key, value| {
            if let (Some((found, remedy, code)), None) = (unwritable(&value), &refusal) {
                let key = String::from(key);
                let place = if key.is_empty() {
                    format!("the {what} came as")
                } else {
                    format!("`{key}` of the {what} is")
                };
                refusal = Some(wrong_kind(&format!("{place} {found}; {remedy}"), code));
            }
            // A `BigInt` would stop the writing.
            Ok(refusal.is_none().then_some(value))
        },
        None,
    );
    match (refusal, json) {
        (Some(refusal), _) => Err(refusal),
        (None, Ok(text)) => Ok(text.into()),
        (None, Err(_)) => {
            let message =
                format!("the {what} cannot be written as JSON; leave out what holds itself");
            Err(wrong_kind(&message, "not-json"))
        }
    }
}

/// What is wrong with a value that JSON cannot hold, the remedy and the code.
fn unwritable(value: &JsValue) -> Option<(&'static str, &'static str, &'static str)> {
    if value.is_bigint() {
        Some(("a BigInt", "give a number", "not-a-number"))
    } else if value.as_f64().is_some_and(|number| !number.is_finite()) {
        Some(("NaN or infinite", "give a finite number, or leave it out", "not-a-number"))
    } else if value.is_function() || value.is_symbol() || value.is_object() && !is_plain(value) {
        let remedy = "give plain objects and lists, and await promises";
        Some(("no plain object", remedy, "not-an-object"))
    } else {
        None
    }
}

/// A refusal of what came as an object: without a place in JSON that nobody wrote, and with the names of fields
/// as JavaScript has them.
pub(crate) fn refused_given(error: &impl Display, code: &str) -> JsValue {
    let message = error.to_string();
    let written = match code {
        "unknown-field" | "missing-field" => {
            let parts = message.split('`').enumerate();
            let named = parts
                .map(|(at, part)| if at % 2 == 1 { camel_case(part) } else { part.to_owned() });
            named.collect::<Vec<_>>().join("`")
        }
        _ => message,
    };
    refused(&without_place(&written), code)
}

/// Without a place in JSON, which nobody wrote where an object was given.
pub(crate) fn without_place(message: &str) -> String {
    let Some((before, place)) = message.split_once(" at line ") else { return message.to_owned() };
    let rest = place.trim_start_matches(|c: char| c.is_ascii_digit());
    let rest = rest.strip_prefix(" column ").unwrap_or(rest);
    format!("{before}{}", rest.trim_start_matches(|c: char| c.is_ascii_digit()))
}

/// The core's JSON as a plain object.
pub(crate) fn plain(json: &str) -> Result<JsValue, JsValue> {
    let value = serde_json::from_str(json).map(|value| renamed(value, &camel_case));
    JSON::parse(&value.unwrap_or_default().to_string())
}

/// A result of the core as a plain object.
pub(crate) fn plain_of(result: &impl Serialize) -> Result<JsValue, JsValue> {
    plain(&written(result)?)
}

/// The JSON of a result, which is texts and finite numbers under text keys.
pub(crate) fn written(result: &impl Serialize) -> Result<String, JsValue> {
    json::write(result).map_err(|error| JsError::from(error).into())
}

/// The objects whose keys are not names of fields but of tables and problems.
const BY_NAME: [&str; 3] = ["account", "rejected", "warned"];

/// Without one of its parts, which has a way of its own.
pub(crate) fn plain_without(part: &str, json: &str) -> Result<JsValue, JsValue> {
    let mut parts: Map<String, Value> = serde_json::from_str(json).unwrap_or_default();
    parts.remove(part);
    plain(&Value::Object(parts).to_string())
}

fn renamed(value: Value, name: &impl Fn(&str) -> String) -> Value {
    match value {
        Value::Object(fields) => fields
            .into_iter()
            .map(|(key, value)| match value {
                Value::Object(named) if BY_NAME.contains(&key.as_str()) => {
                    let entry = |(key, value)| (key, renamed(value, name));
                    (key, named.into_iter().map(entry).collect())
                }
                value => (name(&key), renamed(value, name)),
            })
            .collect(),
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
