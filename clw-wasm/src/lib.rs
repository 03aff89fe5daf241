//! The WebAssembly module behind the npm package: converts, calls `clw-core`, converts back.

#[cfg(feature = "full")]
pub mod caseload;
#[cfg(feature = "all")]
pub mod change;
#[cfg(feature = "full")]
mod columns;
#[cfg(feature = "full")]
mod document;
mod error;
#[cfg(feature = "full")]
pub mod evaluation;
#[cfg(feature = "all")]
mod given;
#[cfg(feature = "all")]
mod ids;
pub mod instrument;
#[cfg(feature = "all")]
pub mod matched_pairs;
mod number;
pub mod person_change;
#[cfg(feature = "full")]
mod plain;
#[cfg(feature = "all")]
pub mod publishing;
#[cfg(feature = "all")]
pub mod returns;
pub mod score;
#[cfg(feature = "full")]
pub mod score_all;
#[cfg(feature = "full")]
mod tables;
#[cfg(feature = "all")]
pub mod trajectory;
#[cfg(feature = "all")]
mod workbook;
#[cfg(all(feature = "full", not(feature = "all")))]
#[path = "no_workbook.rs"]
mod workbook;

use wasm_bindgen::prelude::wasm_bindgen;

/// The version of the library.
#[wasm_bindgen]
#[must_use]
pub fn version() -> String {
    env!("CARGO_PKG_VERSION").to_owned()
}
