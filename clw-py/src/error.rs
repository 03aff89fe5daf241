//! The core's errors as one Python exception with their code.

use std::fmt::Display;
use std::fs::File;
use std::io;
use std::path::Path;

use clw_core::caseload::CountOverflow;
use clw_core::disclosure::DisclosureError;
use clw_core::evaluation::{EvaluationError, MergeError, PlanError, ReleaseError};
use clw_core::import::ImportError;
use clw_core::instrument::{CatalogueError, DecimalError, DefinitionError};
use clw_core::request::RequestError;
use clw_core::returns::ReturnError;
use pyo3::create_exception;
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;

create_exception!(
    clw,
    ClwError,
    PyValueError,
    "Input that the library refuses; the message says what was found, the limit and the remedy.\n\n\
     `code` is the stable name of the problem, the same in Rust, Python and JavaScript."
);

pub(crate) fn refused(message: &impl Display, code: &str) -> PyErr {
    let error = ClwError::new_err(message.to_string());
    Python::attach(|py| match error.value(py).setattr("code", code) {
        Ok(()) => error,
        Err(failed) => failed,
    })
}

/// An error of the core.
pub(crate) trait Coded: Display {
    fn stable_name(&self) -> &str;
}

macro_rules! coded {
    ($($error:ty),+) => {$(
        impl Coded for $error {
            fn stable_name(&self) -> &str {
                self.code()
            }
        }
    )+};
}

coded!(
    CatalogueError,
    CountOverflow,
    DecimalError,
    DefinitionError,
    DisclosureError,
    EvaluationError,
    ImportError,
    MergeError,
    PlanError,
    ReleaseError,
    RequestError,
    ReturnError
);

/// Raises an error of the core, for `map_err`.
#[expect(clippy::needless_pass_by_value, reason = "the signature of map_err")]
pub(crate) fn raise<E: Coded>(error: E) -> PyErr {
    refused(&error, error.stable_name())
}

/// The text of a file; the system's own error does not say of which.
pub(crate) fn read(path: impl AsRef<Path>) -> PyResult<String> {
    let path = path.as_ref();
    Ok(std::fs::read_to_string(path).map_err(|error| named(path, &error))?)
}

/// The bytes of a file.
pub(crate) fn read_bytes(path: &Path) -> PyResult<Vec<u8>> {
    Ok(std::fs::read(path).map_err(|error| named(path, &error))?)
}

/// A file to be read.
pub(crate) fn open(path: &Path) -> PyResult<File> {
    Ok(File::open(path).map_err(|error| named(path, &error))?)
}

fn named(path: &Path, error: &io::Error) -> io::Error {
    io::Error::new(error.kind(), format!("{} cannot be read: {error}", path.display()))
}
