//! In place of `workbook.rs` where none is opened: each is refused.

use clw_core::import::{Import, Preview, TableName};
use wasm_bindgen::JsValue;

use crate::error::refused;

/// No workbook of a source is open.
#[derive(Default)]
pub(crate) struct Workbooks {}

impl Workbooks {
    pub(crate) fn sheet(
        &mut self,
        _import: Import<'static>,
        name: TableName,
        _given: &JsValue,
    ) -> Result<Import<'static>, JsValue> {
        Err(not_opened(name.name()))
    }
}

pub(crate) fn previews(
    name: &str,
    _bytes: Vec<u8>,
    _heading_row: &dyn Fn(&str) -> Option<u32>,
) -> Result<Vec<Preview>, JsValue> {
    Err(not_opened(name))
}

fn not_opened(name: &str) -> JsValue {
    let message = format!(
        "a workbook came for `{name}`, which this build does not open; import `clw/all`, or save its sheets as CSV"
    );
    refused(&message, "not-built-in")
}
