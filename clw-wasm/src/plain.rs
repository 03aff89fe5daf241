//! The core's JSON as plain objects, and back.

use js_sys::{JSON, TypeError};
use serde_json::{Map, Value};
use wasm_bindgen::JsValue;

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
