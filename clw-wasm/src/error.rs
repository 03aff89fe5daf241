//! How the core's errors and results reach JavaScript.

use std::fmt::Display;

#[cfg(feature = "full")]
use clw_core::{
    disclosure::DisclosureError,
    evaluation::{EvaluationError, MergeError, PlanError, ReleaseError},
    import::ImportError,
    instrument::{CatalogueError, DefinitionError},
    returns::ReturnError,
};
use js_sys::{Array, Error, Object, Reflect, TypeError};
use serde::Serialize;
use tsify::{Ts, Tsify};
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsError, JsValue};

#[wasm_bindgen(typescript_custom_section)]
const CLW_ERROR: &str = r#"
/**
 * What is thrown for input that the library refuses: the message says what was found, the limit and the remedy.
 * A value of a kind that the function does not take is a `TypeError`.
 */
export interface ClwError extends Error {
  name: "ClwError" | "TypeError";
  /** The stable name of the problem, the same in Rust, Python and JavaScript. */
  code: string;
}
"#;

/// An `Error` with the code of the core's.
pub(crate) fn refused(message: &impl Display, code: &str) -> JsValue {
    let error = Error::new(&message.to_string());
    error.set_name("ClwError");
    with_code(error, code)
}

/// A `TypeError` with a code, for a value of a kind that the function does not take.
pub(crate) fn wrong_kind(message: &str, code: &str) -> JsValue {
    with_code(TypeError::new(message).into(), code)
}

fn with_code(error: Error, code: &str) -> JsValue {
    // Setting a field of a fresh `Error` cannot fail.
    let _ = Reflect::set(&error, &"code".into(), &code.into());
    error.into()
}

/// A text. What wasm-bindgen writes for `&str` reads whatever comes as one, until the module traps.
pub(crate) fn text(what: &str, value: &JsValue) -> Result<String, JsValue> {
    value.as_string().ok_or_else(|| {
        let message = format!("the {what} is of type {}; give a text", kind(value));
        wrong_kind(&message, "not-a-text")
    })
}

/// The type of a value as JavaScript calls it.
pub(crate) fn kind(value: &JsValue) -> String {
    if value.is_null() {
        "null".to_owned()
    } else {
        value.js_typeof().as_string().unwrap_or_default()
    }
}

/// Whether a value is a list, or an object of no class.
pub(crate) fn is_plain(value: &JsValue) -> bool {
    let prototype = Object::get_prototype_of(value);
    Array::is_array(value) || prototype.is_null() || Object::get_prototype_of(&prototype).is_null()
}

/// An error of the core.
#[cfg(feature = "full")]
pub(crate) trait Coded: Display {
    fn stable_name(&self) -> &str;
}

#[cfg(feature = "full")]
macro_rules! coded {
    ($($error:ty),+) => {$(
        impl Coded for $error {
            fn stable_name(&self) -> &str {
                self.code()
            }
        }
    )+};
}

#[cfg(feature = "full")]
coded!(
    CatalogueError,
    DefinitionError,
    DisclosureError,
    EvaluationError,
    ImportError,
    MergeError,
    PlanError,
    ReleaseError,
    ReturnError
);

/// Throws an error of the core, for `map_err`.
#[cfg(feature = "full")]
#[expect(clippy::needless_pass_by_value, reason = "the signature of map_err")]
pub(crate) fn raise<E: Coded>(error: E) -> JsValue {
    refused(&error, error.stable_name())
}

/// A result as a plain object.
pub(crate) fn plain_object<T: Tsify + Serialize>(result: &T) -> Result<Ts<T>, JsValue> {
    result.into_ts().map_err(|error| JsError::from(error).into())
}
