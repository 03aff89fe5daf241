//! The core's errors as one Python exception with their code.

use std::fmt::Display;

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

pub(crate) fn refused(message: &impl Display, code: &'static str) -> PyErr {
    let error = ClwError::new_err(message.to_string());
    Python::attach(|py| match error.value(py).setattr("code", code) {
        Ok(()) => error,
        Err(failed) => failed,
    })
}
