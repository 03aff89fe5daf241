//! The core's errors as one Python exception with their code.

use std::fmt::Display;
use std::fs::File;
use std::io;
use std::path::Path;

use clw_core::caseload::CountOverflow;
use clw_core::disclosure::DisclosureError;
use clw_core::evaluation::{EvaluationError, MergeError, PlanError, ReleaseError};
use clw_core::import::{About, ImportError};
use clw_core::instrument::{CatalogueError, DecimalError, DefinitionError};
use clw_core::request::RequestError;
use clw_core::returns::ReturnError;
use pyo3::create_exception;
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;

use crate::json::{loads, written};

create_exception!(
    clw,
    ClwError,
    PyValueError,
    "Input that the library refuses; the message says what was found, the limit and the remedy.\n\n\
     `code` is the stable name of the problem, the same in Rust, Python and JavaScript. `about` holds the \
     names and numbers that the message of a refused mapping or file quotes, for other words: `table`, \
     `file`, `heading`, `fields`, `instrument`, `found` and `needed`, each where it has one."
);

pub(crate) fn refused(message: &impl Display, code: &str) -> PyErr {
    refused_about(message, code, &About::default())
}

fn refused_about(message: &impl Display, code: &str, about: &About<'_>) -> PyErr {
    let error = ClwError::new_err(message.to_string());
    let described = Python::attach(|py| {
        error.value(py).setattr("code", code)?;
        error.value(py).setattr("about", loads(py, &written(about)?)?)
    });
    match described {
        Ok(()) => error,
        Err(failed) => failed,
    }
}

/// An error of the core.
pub(crate) trait Coded: Display {
    fn stable_name(&self) -> &str;

    /// What the error is about, for words that are not the message's.
    fn about(&self) -> About<'_> {
        About::default()
    }
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
    MergeError,
    PlanError,
    ReleaseError,
    RequestError,
    ReturnError
);

impl Coded for ImportError {
    fn stable_name(&self) -> &str {
        self.code()
    }

    fn about(&self) -> About<'_> {
        self.about()
    }
}

/// Raises an error of the core, for `map_err`.
#[expect(clippy::needless_pass_by_value, reason = "the signature of map_err")]
pub(crate) fn raise<E: Coded>(error: E) -> PyErr {
    raise_in_words(&error, &error)
}

/// Raises an error of the core with another message.
pub(crate) fn raise_in_words(error: &impl Coded, message: &impl Display) -> PyErr {
    refused_about(message, error.stable_name(), &error.about())
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
