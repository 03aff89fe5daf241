//! How the core's errors and results reach JavaScript.

use std::fmt::Display;

use js_sys::{Error, Reflect};
use serde::Serialize;
use tsify::{Ts, Tsify};
use wasm_bindgen::{JsError, JsValue};

/// An `Error` with the code of the core's.
pub(crate) fn refused(message: &impl Display, code: &str) -> JsValue {
    let error = Error::new(&message.to_string());
    error.set_name("ClwError");
    // Setting a field of a fresh `Error` cannot fail.
    let _ = Reflect::set(&error, &"code".into(), &code.into());
    error.into()
}

/// A result as a plain object.
pub(crate) fn plain_object<T: Tsify + Serialize>(result: &T) -> Result<Ts<T>, JsValue> {
    result.into_ts().map_err(|error| JsError::from(error).into())
}
