//! Plans, mappings and definitions: files that travel, with the same keys in every language.

use clw_core::evaluation::Plan;
use clw_core::import::Mapping;
use clw_core::instrument::Instrument;
use js_sys::{JSON, TypeError};
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::error::raise;

#[wasm_bindgen(typescript_custom_section)]
const DOCUMENT: &str = r#"
/** A plan, mapping or definition: an object with the keys of its TOML file. */
export type TomlDocument = Record<string, unknown>;
"#;

/// The JSON of a document. Reading TOML itself would add a third to the module.
fn json(what: &str, value: &JsValue) -> Result<String, JsValue> {
    let json = value.is_object().then(|| JSON::stringify(value).ok()?.as_string());
    json.flatten().ok_or_else(|| {
        let expected =
            format!("the {what} came as no object; give one with the keys of its TOML file");
        TypeError::new(&expected).into()
    })
}

pub(crate) fn mapping(value: &JsValue) -> Result<Mapping, JsValue> {
    Mapping::from_json(&json("mapping", value)?).map_err(raise)
}

pub(crate) fn plan(value: &JsValue) -> Result<Plan, JsValue> {
    Plan::from_json(&json("plan", value)?).map_err(raise)
}

pub(crate) fn definition(value: &JsValue) -> Result<Instrument, JsValue> {
    Instrument::from_json(&json("definition", value)?).map_err(raise)
}
