//! Columns of whole numbers, one person or one sitting a row.

#[cfg(feature = "all")]
use clw_core::score::WholeColumn;
use js_sys::{
    Array, ArrayBuffer, Int8Array, Int16Array, Int32Array, Map, Set, Uint8Array, Uint16Array,
};
use wasm_bindgen::{JsCast, JsValue};

use crate::error::wrong_kind;
#[cfg(feature = "all")]
use crate::number::whole_number;

/// A column of whole numbers.
#[cfg(feature = "all")]
pub(crate) fn whole(values: &JsValue, column: WholeColumn) -> Result<Vec<i32>, JsValue> {
    attached(values)?;
    if holds_narrow_integers(values) {
        // One copy in place of a call out for each row, which takes a hundred times as long.
        return Ok(Int32Array::new(values).to_vec());
    }
    let cells = rows(values)?.into_iter().enumerate();
    cells.map(|(row, value)| whole_number(&value, column, row)).collect()
}

/// A column of whole numbers and blanks.
#[cfg(feature = "all")]
pub(crate) fn whole_or_blank(
    values: &JsValue,
    column: WholeColumn,
) -> Result<Vec<Option<i32>>, JsValue> {
    attached(values)?;
    let cell = |(row, value): (usize, JsValue)| match is_blank(&value) {
        true => Ok(None),
        false => whole_number(&value, column, row).map(Some),
    };
    rows(values)?.into_iter().enumerate().map(cell).collect()
}

/// Whether nothing is given, in any of the ways that JavaScript has for it.
#[cfg(feature = "all")]
pub(crate) fn is_blank(value: &JsValue) -> bool {
    value.is_null() || value.is_undefined() || value.as_f64().is_some_and(f64::is_nan)
}

/// The rows of a column that has an order.
pub(crate) fn rows(values: &JsValue) -> Result<Array, JsValue> {
    let ordered =
        values.is_object() && !values.is_instance_of::<Map>() && !values.is_instance_of::<Set>();
    if ordered && js_sys::try_iter(values)?.is_some() {
        return Ok(Array::from(values));
    }
    let unordered = "a column came without an order; give a list, one row after the other";
    Err(wrong_kind(unordered, "no-order"))
}

/// Refuses a typed array whose buffer was sent to another thread: it looks like one of no rows.
pub(crate) fn attached(values: &JsValue) -> Result<(), JsValue> {
    if ArrayBuffer::is_view(values) && js_sys::try_iter(values).is_err() {
        let gone = "the buffer of a typed array was sent to another thread; send a copy of it";
        return Err(wrong_kind(gone, "detached-buffer"));
    }
    Ok(())
}

/// Whether every value is a whole number of 32 bits by the type of the column.
pub(crate) fn holds_narrow_integers(values: &JsValue) -> bool {
    values.is_instance_of::<Int32Array>()
        || values.is_instance_of::<Int16Array>()
        || values.is_instance_of::<Int8Array>()
        || values.is_instance_of::<Uint16Array>()
        || values.is_instance_of::<Uint8Array>()
}
