//! The core's JSON as plain objects.

use clw_core::json;
use js_sys::{JSON, Object, Reflect};
use serde::Serialize;
use wasm_bindgen::{JsCast, JsError, JsValue};

use crate::error::{is_plain, wrong_kind};

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

/// Without a place in JSON, which nobody wrote where an object was given.
pub(crate) fn without_place(message: &str) -> String {
    let Some((before, place)) = message.split_once(" at line ") else { return message.to_owned() };
    let rest = place.trim_start_matches(|c: char| c.is_ascii_digit());
    let rest = rest.strip_prefix(" column ").unwrap_or(rest);
    format!("{before}{}", rest.trim_start_matches(|c: char| c.is_ascii_digit()))
}

/// The core's JSON as a plain object.
pub(crate) fn plain(json: &str) -> Result<JsValue, JsValue> {
    JSON::parse(&renamed(json))
}

/// Without one of its parts, which has a way of its own.
pub(crate) fn plain_without(part: &str, json: &str) -> Result<JsValue, JsValue> {
    let object = plain(json)?;
    Reflect::delete_property::<Object>(object.unchecked_ref(), &part.into())?;
    Ok(object)
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

/// JSON as the core writes it, without spaces, with the names of fields as JavaScript has them.
fn renamed(json: &str) -> String {
    let mut written = String::with_capacity(json.len());
    // Of each object that is open, whether its keys stay.
    let (mut open, mut by_name) = (Vec::new(), false);
    let mut rest = json;
    while let Some(at) = rest.find(['"', '{', '}', '[']) {
        let (before, found) = rest.split_at(at);
        written.push_str(before);
        let (found, behind) = if found.starts_with('"') {
            found.split_at(length_of_text(found))
        } else {
            found.split_at(1)
        };
        match found {
            "{" => open.push(std::mem::take(&mut by_name)),
            "}" => _ = open.pop(),
            "[" => by_name = false,
            text if behind.starts_with(':') => {
                by_name = BY_NAME.contains(&text.trim_matches('"'));
                if open.last() == Some(&false) {
                    written.push_str(&camel_case(text));
                    rest = behind;
                    continue;
                }
            }
            _ => {}
        }
        written.push_str(found);
        rest = behind;
    }
    written + rest
}

/// The bytes of a text that begins with its quotation mark.
fn length_of_text(json: &str) -> usize {
    let mut escaped = false;
    let end = json.bytes().skip(1).position(|byte| {
        let is_end = byte == b'"' && !escaped;
        escaped = byte == b'\\' && !escaped;
        is_end
    });
    end.map_or(json.len(), |end| end + 2)
}

pub(crate) fn camel_case(kebab: &str) -> String {
    let mut words = kebab.split('-');
    let first = words.next().unwrap_or_default().to_owned();
    words.fold(first, |mut name, word| {
        let mut letters = word.chars();
        name.extend(letters.next().map(|letter| letter.to_ascii_uppercase()));
        name.push_str(letters.as_str());
        name
    })
}
