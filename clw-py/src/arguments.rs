//! Arguments that are refused in the package's own words.

use pyo3::Borrowed;
use pyo3::exceptions::PyOverflowError;
use pyo3::prelude::*;
use pyo3::types::PyBool;
use serde::Serialize;

use crate::error::refused;

/// A whole number from 0 on; Python alone would say of -1 that it overflows.
#[derive(Clone, Copy, Serialize)]
pub(crate) struct Count(pub(crate) u64);

impl FromPyObject<'_, '_> for Count {
    type Error = PyErr;

    fn extract(given: Borrowed<'_, '_, PyAny>) -> PyResult<Self> {
        let flag = given.is_instance_of::<PyBool>();
        let read = if flag { Err(PyOverflowError::new_err("")) } else { given.extract() };
        read.map(Self).map_err(|error: PyErr| {
            if !error.is_instance_of::<PyOverflowError>(given.py()) {
                return error;
            }
            let found =
                given.repr().map_or_else(|_| "the number".into(), |found| found.to_string());
            let most = u64::MAX;
            refused(
                &format!("{found} is no count; give a whole number in 0..={most}"),
                "not-a-count",
            )
        })
    }
}
