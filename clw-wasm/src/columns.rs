//! Columns of whole numbers, one person or one sitting a row.

use clw_core::score::{NotWhole, WholeColumn};
use js_sys::{JSON, Map, Set, TypeError};
use wasm_bindgen::{JsCast, JsValue};

use crate::error::refused;

/// A column of whole numbers.
pub(crate) fn whole(values: &JsValue, column: WholeColumn) -> Result<Vec<i32>, JsValue> {
    let cell = |(row, value): (usize, Result<JsValue, JsValue>)| {
        let value = value?;
        steps(&value).ok_or_else(|| {
            let found = printed(&value);
            let error = NotWhole { column, row, found };
            refused(&error, error.code())
        })
    };
    rows(values)?.enumerate().map(cell).collect()
}

/// The rows of a column that has an order.
pub(crate) fn rows(values: &JsValue) -> Result<js_sys::IntoIter, JsValue> {
    let ordered =
        values.is_object() && !values.is_instance_of::<Map>() && !values.is_instance_of::<Set>();
    let rows = if ordered { js_sys::try_iter(values)? } else { None };
    let unordered = "a column came without an order; give a list, one row after the other";
    rows.ok_or_else(|| TypeError::new(unordered).into())
}

fn steps(value: &JsValue) -> Option<i32> {
    let number = value.as_f64()?;
    // Out of range saturates and NaN becomes 0, so that neither compares equal.
    #[expect(clippy::cast_possible_truncation, clippy::float_cmp, reason = "compared right after")]
    Some(number as i32).filter(|&steps| f64::from(steps) == number)
}

/// A value as JavaScript writes it.
fn printed(value: &JsValue) -> String {
    let text = || JSON::stringify(value).ok()?.as_string();
    let kind = || value.js_typeof().as_string().unwrap_or_default();
    value.as_f64().map(|number| number.to_string()).or_else(text).unwrap_or_else(kind)
}
