//! Plans, mappings and definitions: files that travel, with the same keys in every language.

use clw_core::evaluation::Plan;
use clw_core::import::{Mapping, PostcodeMapping};
#[cfg(feature = "all")]
use clw_core::instrument::Instrument;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::error::{Coded, raise_in_words, wrong_kind};
use crate::plain::{stringified, without_place};

#[wasm_bindgen(typescript_custom_section)]
const DOCUMENT: &str = r#"
/** A plan, mapping or definition: an object with the keys of its TOML file. */
export type TomlDocument = Record<string, unknown>;
"#;

/// The JSON of a document. Reading TOML itself would add a third to the module.
fn json(what: &str, value: &JsValue) -> Result<String, JsValue> {
    if value.is_object() {
        return stringified(what, value);
    }
    let expected = format!("the {what} came as no object; give one with the keys of its TOML file");
    Err(wrong_kind(&expected, "not-an-object"))
}

pub(crate) fn mapping(value: &JsValue) -> Result<Mapping, JsValue> {
    Mapping::from_json(&json("mapping", value)?).map_err(refused_document)
}

pub(crate) fn postcode_mapping(value: &JsValue) -> Result<PostcodeMapping, JsValue> {
    PostcodeMapping::from_json(&json("mapping of postcodes", value)?).map_err(refused_document)
}

pub(crate) fn plan(value: &JsValue) -> Result<Plan, JsValue> {
    Plan::from_json(&json("plan", value)?).map_err(refused_document)
}

#[cfg(feature = "all")]
pub(crate) fn definition(value: &JsValue) -> Result<Instrument, JsValue> {
    Instrument::from_json(&json("definition", value)?).map_err(refused_document)
}

/// The keys of a document are those of its TOML, and it has no place in JSON.
#[expect(clippy::needless_pass_by_value, reason = "the signature of map_err")]
fn refused_document<E: Coded>(error: E) -> JsValue {
    raise_in_words(&error, &without_place(&error.to_string()))
}
