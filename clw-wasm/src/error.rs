//! How the core's errors and results reach JavaScript.

use std::fmt::Display;

#[cfg(feature = "full")]
use clw_core::{
    disclosure::DisclosureError,
    evaluation::{EvaluationError, MergeError, PlanError},
    import::ImportError,
    instrument::{CatalogueError, DefinitionError},
    returns::ReturnError,
};
use js_sys::{Error, Reflect};
use serde::Serialize;
use tsify::{Ts, Tsify};
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsError, JsValue};

#[wasm_bindgen(typescript_custom_section)]
const CLW_ERROR: &str = r#"
/** What is thrown for input that the library refuses: the message says what was found, the limit and the remedy. */
export interface ClwError extends Error {
  name: "ClwError";
  /** The stable name of the problem, the same in Rust, Python and JavaScript. */
  code: string;
}
"#;

/// An `Error` with the code of the core's.
pub(crate) fn refused(message: &impl Display, code: &str) -> JsValue {
    let error = Error::new(&message.to_string());
    error.set_name("ClwError");
    // Setting a field of a fresh `Error` cannot fail.
    let _ = Reflect::set(&error, &"code".into(), &code.into());
    error.into()
}

/// An error of the core.
#[cfg(feature = "full")]
pub(crate) trait Coded: Display {
    fn stable_name(&self) -> &'static str;
}

#[cfg(feature = "full")]
macro_rules! coded {
    ($($error:ty),+) => {$(
        impl Coded for $error {
            fn stable_name(&self) -> &'static str {
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
