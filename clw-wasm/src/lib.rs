//! The WebAssembly module behind the npm package: converts, calls `clw-core`, converts back.

pub mod change;
mod columns;
mod error;
pub mod instrument;
mod plain;
pub mod score;
pub mod trajectory;

use wasm_bindgen::prelude::wasm_bindgen;

/// The version of the library.
#[wasm_bindgen]
#[must_use]
pub fn version() -> String {
    env!("CARGO_PKG_VERSION").to_owned()
}
