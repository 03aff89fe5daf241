//! Columns of whole numbers, one person or one sitting a row.

use clw_core::score::{NotWhole, WholeColumn};
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;

use crate::error::refused;
use crate::score::unordered;

/// A column of whole numbers, NumPy's among them.
pub(crate) fn whole(values: &Bound<'_, PyAny>, column: WholeColumn) -> PyResult<Vec<i32>> {
    rows(values)?
        .enumerate()
        .map(|(row, value)| {
            let value = value?;
            value.extract().or_else(|_| {
                let found = value.repr()?.extract()?;
                let error = NotWhole { column, row, found };
                Err(refused(&error, error.code()))
            })
        })
        .collect()
}

/// The rows of a column that has an order.
pub(crate) fn rows<'py>(
    values: &Bound<'py, PyAny>,
) -> PyResult<impl Iterator<Item = PyResult<Bound<'py, PyAny>>> + use<'py>> {
    if unordered(values) {
        let given = values.get_type().name()?;
        return Err(PyTypeError::new_err(format!(
            "a column came as a {given}; give a list, one row after the other"
        )));
    }
    values.try_iter()
}
