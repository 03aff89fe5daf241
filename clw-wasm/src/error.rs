//! How the core's errors and results reach JavaScript.

use std::fmt::Display;

#[cfg(feature = "full")]
use clw_core::{
    disclosure::DisclosureError,
    evaluation::{EvaluationError, MergeError, PlanError, ReleaseError},
    import::{About, ImportError},
    instrument::{CatalogueError, DefinitionError},
    returns::ReturnError,
};
use js_sys::{Array, Error, Object, Reflect, TypeError};
use serde::Serialize;
use tsify::{Ts, Tsify};
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsError, JsValue};

#[cfg(feature = "full")]
use crate::plain::plain_of;

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
  /** Of a mapping or its files: the names and numbers that the message quotes, for other words. */
  about?: {
    /** The table of the mapping. */
    table?: string;
    file?: string;
    heading?: string;
    /** The field; several where one of them is needed. */
    fields?: string[];
    /** The id of the instrument. */
    instrument?: string;
    /** How many columns or files there are. */
    found?: number;
    /** How many there should be, or the most there may be. */
    needed?: number;
  };
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

    /// What the error is about, for words that are not the message's.
    fn about(&self) -> Option<About<'_>> {
        None
    }
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
    MergeError,
    PlanError,
    ReleaseError,
    ReturnError
);

#[cfg(feature = "full")]
impl Coded for ImportError {
    fn stable_name(&self) -> &str {
        self.code()
    }

    fn about(&self) -> Option<About<'_>> {
        Some(self.about())
    }
}

/// Throws an error of the core, for `map_err`.
#[cfg(feature = "full")]
#[expect(clippy::needless_pass_by_value, reason = "the signature of map_err")]
pub(crate) fn raise<E: Coded>(error: E) -> JsValue {
    raise_in_words(&error, &error)
}

/// Throws an error of the core with another message.
#[cfg(feature = "full")]
pub(crate) fn raise_in_words(error: &impl Coded, message: &impl Display) -> JsValue {
    let thrown = refused(message, error.stable_name());
    if let Some(Ok(about)) = error.about().map(|about| plain_of(&about)) {
        // As with the code.
        let _ = Reflect::set(&thrown, &"about".into(), &about);
    }
    thrown
}

/// A result as a plain object.
pub(crate) fn plain_object<T: Tsify + Serialize>(result: &T) -> Result<Ts<T>, JsValue> {
    result.into_ts().map_err(|error| JsError::from(error).into())
}
