//! Results as plain Python objects, by way of the JSON they are stored as.

use jiff::civil::Date;
use pyo3::PyTypeInfo;
use pyo3::exceptions::{PyException, PyRuntimeError};
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyList, PyTuple};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::error::{ClwError, Coded, raise_in_words, refused};
use crate::options::{Step, joined, written as written_place};
use crate::score::type_name;

/// The JSON of what a user gave as a keyword.
pub(crate) fn dumps(keyword: &str, value: &Bound<'_, PyAny>) -> PyResult<String> {
    written_at(value, &[Step::Name(keyword.to_owned())])
}

/// The JSON of what a user gave at a place.
pub(crate) fn written_at(value: &Bound<'_, PyAny>, place: &[Step]) -> PyResult<String> {
    let py = value.py();
    let options = PyDict::new(py);
    options.set_item("default", wrap_pyfunction!(_plain, py)?)?;
    options.set_item("allow_nan", false)?;
    let written = py.import("json")?.call_method("dumps", (value,), Some(&options));
    written.and_then(|text| text.extract()).map_err(|error| {
        if error.is_instance_of::<ClwError>(py) || !error.is_instance_of::<PyException>(py) {
            return error;
        }
        let reason = error.value(py).to_string();
        if reason.starts_with("Out of range float") {
            let place = endless(value, place).unwrap_or_else(|| "a number is".to_owned());
            let message =
                format!("{place} infinite or none at all; leave it out, or give a finite one");
            return refused(&message, "not-finite");
        }
        let message =
            format!("the options cannot be read ({reason}); give texts, numbers, lists and dicts");
        refused(&message, "not-plain")
    })
}

/// Where the first number is that JSON cannot hold, and what it is.
fn endless(value: &Bound<'_, PyAny>, place: &[Step]) -> Option<String> {
    if let Ok(fields) = value.cast::<PyDict>() {
        let mut fields = fields.iter();
        return fields.find_map(|(name, value)| {
            endless(&value, &joined(place, Step::Name(name.to_string())))
        });
    }
    if value.is_instance_of::<PyList>() || value.is_instance_of::<PyTuple>() {
        let mut items = value.try_iter().ok()?.enumerate();
        return items.find_map(|(at, item)| endless(&item.ok()?, &joined(place, Step::Item(at))));
    }
    let number = value.extract::<f64>().ok().filter(|number| !number.is_finite())?;
    let number = number.to_string().to_lowercase();
    Some(format!("`{}` is {number},", written_place(place)))
}

/// A refusal of a dict that became this JSON.
pub(crate) fn refused_dict<E: Coded>(json: &str) -> impl Fn(E) -> PyErr {
    move |error| raise_in_words(&error, &clw_core::json::with_names(json, &error.to_string()))
}

/// What JSON does not know: numbers of NumPy, and dates, as `tomllib` reads them.
#[pyfunction]
fn _plain<'py>(value: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
    if let Ok(iso) = value.call_method0("isoformat") {
        return Ok(iso);
    }
    if let Ok(held) = value.call_method0("item") {
        return Ok(held);
    }
    if value.get_type().name()? == "Decimal" {
        return Ok(value.str()?.into_any());
    }
    let message =
        format!("the options hold {}; give texts, numbers, lists and dicts", type_name(value)?);
    Err(refused(&message, "not-plain"))
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

/// JSON that was written of what a user gave.
pub(crate) fn read_plain(text: &str) -> PyResult<Value> {
    serde_json::from_str(text).map_err(|error| {
        let message =
            format!("the options cannot be read ({error}); give plain texts and few levels");
        refused(&message, "not-plain")
    })
}

/// The JSON of what the core has.
pub(crate) fn value_of(of: &impl Serialize) -> PyResult<Value> {
    serde_json::to_value(of).map_err(|error| PyRuntimeError::new_err(error.to_string()))
}

/// What makes an object anew in another process, and of which JSON.
pub(crate) type Stored<'py> = (Bound<'py, PyAny>, (String,));

/// How an object whose class has `from_json` is pickled and copied.
pub(crate) fn stored<T: PyTypeInfo>(py: Python<'_>, json: String) -> PyResult<Stored<'_>> {
    Ok((py.get_type::<T>().getattr("from_json")?, (json,)))
}

/// A result that was written as JSON.
pub(crate) fn read<T: DeserializeOwned>(text: &str) -> PyResult<T> {
    serde_json::from_str(text).map_err(|error| {
        let message = format!("the text cannot be read: {error}; give what to_json wrote");
        refused(&message, "unreadable-json")
    })
}
