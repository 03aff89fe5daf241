//! Plain objects as the core's JSON: options, and what is described in a few fields.

use std::fmt::Display;

use js_sys::Array;
use serde_json::{Map, Value};
use wasm_bindgen::JsValue;

use crate::error::{refused, wrong_kind};
use crate::plain::{camel_case, stringified, without_place};

/// The fields of a plain object, by their names in the core.
pub(crate) fn fields(what: &str, object: &JsValue) -> Result<Map<String, Value>, JsValue> {
    if object.is_object() && !Array::is_array(object) {
        let value = serde_json::from_str(&stringified(what, object)?).unwrap_or_default();
        if let Value::Object(fields) = renamed(value) {
            return Ok(fields);
        }
    }
    Err(wrong_kind(&format!("the {what} came as no plain object; give one"), "not-an-object"))
}

/// The fields of options, which may be left out.
pub(crate) fn options_of(options: &JsValue) -> Result<Map<String, Value>, JsValue> {
    if options.is_undefined() { Ok(Map::new()) } else { fields("options", options) }
}

/// A refusal of what came as an object: without a place in JSON that nobody wrote, and with the names of fields
/// as JavaScript has them.
pub(crate) fn refused_given(error: &impl Display, code: &str) -> JsValue {
    let message = error.to_string();
    let written = match code {
        "unknown-field" | "missing-field" | "wrong-type" | "wrong-value" => {
            let parts = message.split('`').enumerate();
            let named = parts
                .map(|(at, part)| if at % 2 == 1 { camel_case(part) } else { part.to_owned() });
            named.collect::<Vec<_>>().join("`")
        }
        _ => message,
    };
    refused(&without_place(&written), code)
}

fn renamed(value: Value) -> Value {
    match value {
        Value::Object(fields) => {
            fields.into_iter().map(|(key, value)| (kebab_case(&key), renamed(value))).collect()
        }
        Value::Array(values) => values.into_iter().map(renamed).collect(),
        other => other,
    }
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
