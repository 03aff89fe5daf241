//! Excel workbooks: `clw_core::import::Workbook`.

use std::io::Cursor;

use clw_core::import::{Import, Preview, TableName, Workbook};
use js_sys::{Object, Reflect};
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::error::raise;
use crate::tables::Bytes;

#[wasm_bindgen(typescript_custom_section)]
const WORKBOOK: &str = r#"
export interface Source {
  /**
   * In place of tables, an Excel workbook (.xlsx, .xlsm) with a sheet for each. Among tables too, a workbook
   * may stand for those it has a sheet for. To `guessMapping`, a file is one where its name ends so.
   */
  workbook?: Uint8Array | ArrayBuffer | Blob;
}
"#;

/// The workbooks of a source, each opened once.
#[derive(Default)]
pub(crate) struct Workbooks(Vec<(JsValue, Workbook<'static>)>);

impl Workbooks {
    /// The import with the sheet that a workbook has for a table.
    pub(crate) fn sheet(
        &mut self,
        import: Import<'static>,
        name: TableName,
        given: &JsValue,
    ) -> Result<Import<'static>, JsValue> {
        if !self.0.iter().any(|(held, _)| Object::is(held, given)) {
            self.0.push((given.clone(), opened(given)?));
        }
        match self.0.iter_mut().find(|(held, _)| Object::is(held, given)) {
            Some((_, workbook)) => import.sheet(name, workbook).map_err(raise),
            None => Ok(import),
        }
    }
}

fn opened(given: &JsValue) -> Result<Workbook<'static>, JsValue> {
    let name = Reflect::get(given, &"name".into()).ok().and_then(|name| name.as_string());
    let name = name.unwrap_or_else(|| "workbook.xlsx".to_owned());
    Workbook::new(&name, Cursor::new(Bytes::of(given)?.all()?)).map_err(raise)
}

/// The beginnings of the sheets, their headings in the rows that are known.
pub(crate) fn previews(
    name: &str,
    bytes: Vec<u8>,
    heading_row: &dyn Fn(&str) -> Option<u32>,
) -> Result<Vec<Preview>, JsValue> {
    let mut workbook = Workbook::new(name, Cursor::new(bytes)).map_err(raise)?;
    Preview::workbook_from(heading_row, &mut workbook).map_err(raise)
}
