//! Whole numbers of 32 bits, one value at a time.

use clw_core::score::{NotWhole, WholeColumn};
use js_sys::{JSON, Number};
use wasm_bindgen::JsValue;

use crate::error::refused;

/// The whole number in a row of a column.
pub(crate) fn whole_number(
    value: &JsValue,
    column: WholeColumn,
    row: usize,
) -> Result<i32, JsValue> {
    steps(value).ok_or_else(|| {
        let found = printed(value);
        let error = NotWhole { column, row, found };
        refused(&error, error.code())
    })
}

fn steps(value: &JsValue) -> Option<i32> {
    let number = value.as_f64()?;
    // Out of range saturates and NaN becomes 0, so that neither compares equal.
    #[expect(clippy::cast_possible_truncation, clippy::float_cmp, reason = "compared right after")]
    Some(number as i32).filter(|&steps| f64::from(steps) == number)
}

/// A value as JavaScript writes it.
fn printed(value: &JsValue) -> String {
    let number =
        || Some(String::from(Number::from(value.as_f64()?).to_string_with_radix(10).ok()?));
    let text = || JSON::stringify(value).ok()?.as_string();
    let kind = || value.js_typeof().as_string().unwrap_or_default();
    number().or_else(text).unwrap_or_else(kind)
}
