//! Results as plain Python objects, by way of the JSON they are stored as.

use jiff::civil::Date;
use pyo3::exceptions::PyRuntimeError;
use pyo3::prelude::*;
use pyo3::types::PyDict;
use serde::Serialize;
use serde_json::Value;

use crate::error::refused;

/// The JSON of what a user gave.
pub(crate) fn dumps(value: &Bound<'_, PyAny>) -> PyResult<String> {
    let options = PyDict::new(value.py());
    // Dates, as `tomllib` reads them, are written as JSON and TOML have them.
    options.set_item("default", value.py().get_type::<pyo3::types::PyString>())?;
    value.py().import("json")?.call_method("dumps", (value,), Some(&options))?.extract()
}

/// The dict of a result.
pub(crate) fn loads<'py>(py: Python<'py>, text: &str) -> PyResult<Bound<'py, PyDict>> {
    Ok(py.import("json")?.call_method1("loads", (text,))?.cast_into()?)
}

/// The JSON of a result, which is texts and finite numbers under text keys.
pub(crate) fn written(value: &impl Serialize) -> PyResult<String> {
    serde_json::to_string(value).map_err(|error| PyRuntimeError::new_err(error.to_string()))
}

/// A day, from a date or its ISO text.
pub(crate) fn date(day: &Bound<'_, PyAny>) -> PyResult<Date> {
    let text = day.str()?.extract::<String>()?;
    text.parse().map_err(|_| {
        let found = format!("{text:?} is no date; give a date, or a text such as \"2026-07-01\"");
        refused(&found, "unreadable-date")
    })
}

/// The JSON of what a user gave: a dict, a list, a text or a number.
pub(crate) fn value(given: &Bound<'_, PyAny>) -> PyResult<Value> {
    let text = dumps(given)?;
    serde_json::from_str(&text).map_err(|_| {
        let message = "a number is infinite or none at all; leave it out, or give a finite one";
        refused(&message, "not-finite")
    })
}

/// The JSON of what the core has.
pub(crate) fn value_of(of: &impl Serialize) -> PyResult<Value> {
    serde_json::to_value(of).map_err(|error| PyRuntimeError::new_err(error.to_string()))
}
