//! Whose rows are: columns of people's ids.

use js_sys::Number;
use wasm_bindgen::JsValue;

use crate::columns::{attached, is_blank, rows};
use crate::error::{kind, refused};

/// People's ids, compared as they print: texts and whole numbers.
pub(crate) fn ids(people: &JsValue) -> Result<Vec<String>, JsValue> {
    let id = |(row, person): (usize, JsValue)| {
        let id = printed(&person).filter(|id| !id.trim().is_empty());
        id.ok_or_else(|| not_an_id(row, &person))
    };
    attached(people)?;
    rows(people)?.into_iter().enumerate().map(id).collect()
}

/// The same, or blank. A text of white space is left as it is.
pub(crate) fn ids_or_blank(people: &JsValue) -> Result<Vec<Option<String>>, JsValue> {
    let id = |(row, person): (usize, JsValue)| match is_blank(&person) {
        true => Ok(None),
        false => printed(&person).map(Some).ok_or_else(|| not_an_id(row, &person)),
    };
    attached(people)?;
    rows(people)?.into_iter().enumerate().map(id).collect()
}

fn printed(person: &JsValue) -> Option<String> {
    let whole = || person.as_f64().filter(|_| Number::is_safe_integer(person));
    person.as_string().or_else(|| whole().map(|number| number.to_string()))
}

fn not_an_id(row: usize, person: &JsValue) -> JsValue {
    let found = match person.is_string() {
        true => "blank".to_owned(),
        false => format!("of type {}", kind(person)),
    };
    let message = format!("row {row}: the person is {found}; give a text or a whole number");
    refused(&message, "not-an-id")
}
