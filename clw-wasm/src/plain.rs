//! The core's JSON as plain objects, and back.

use clw_core::json;
use js_sys::{JSON, TypeError};
use serde::Serialize;
use serde_json::{Map, Value};
use wasm_bindgen::{JsError, JsValue};

/// The fields of a plain object, by their names in the core.
pub(crate) fn fields(object: &JsValue) -> Result<Map<String, Value>, JsValue> {
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
