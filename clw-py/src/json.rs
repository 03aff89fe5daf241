//! Results as plain Python objects, by way of the JSON they are stored as.

use std::fmt::Display;

use jiff::civil::Date;
use pyo3::PyTypeInfo;
use pyo3::exceptions::{PyException, PyRuntimeError};
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyList, PyTuple};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::error::{ClwError, Coded, refused};
use crate::score::type_name;

/// The JSON of what a user gave.
pub(crate) fn dumps(value: &Bound<'_, PyAny>) -> PyResult<String> {
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
            let place = endless(value, "").unwrap_or_else(|| "a number is".to_owned());
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
fn endless(value: &Bound<'_, PyAny>, path: &str) -> Option<String> {
    let below = |name: &Bound<'_, PyAny>, value: &Bound<'_, PyAny>| {
        let name = name.str().ok()?;
        let dot = if path.is_empty() { "" } else { "." };
        endless(value, &format!("{path}{dot}{name}"))
    };
    if let Ok(fields) = value.cast::<PyDict>() {
        return fields.iter().find_map(|(name, value)| below(&name, &value));
    }
    if value.is_instance_of::<PyList>() || value.is_instance_of::<PyTuple>() {
        let items = value.try_iter().ok()?.enumerate();
        return items
            .filter_map(|(at, item)| Some((at + 1, item.ok()?)))
            .find_map(|(at, item)| below(&at.into_pyobject(value.py()).ok()?.into_any(), &item));
    }
    let number = value.extract::<f64>().ok().filter(|number| !number.is_finite())?;
    let number = number.to_string().to_lowercase();
    Some(if path.is_empty() { format!("{number} is") } else { format!("`{path}` is {number},") })
}

/// Options by the names of the JSON; what is None is left out.
pub(crate) fn options<'py>(
    py: Python<'py>,
    given: Option<&Bound<'py, PyDict>>,
) -> PyResult<Bound<'py, PyDict>> {
    let options = PyDict::new(py);
    for (name, value) in given.into_iter().flatten().filter(|(_, value)| !value.is_none()) {
        options.set_item(name.extract::<String>()?.replace('_', "-"), value)?;
    }
    Ok(options)
}

/// A refusal of options that were given by keyword: their names have underscores, what is in them
/// hyphens.
pub(crate) fn refused_options(message: &impl Display, code: &str) -> PyErr {
    let message = message.to_string();
    let Some((before, account)) = message.split_once("the options cannot be read: ") else {
        return refused(&message, code);
    };
    let misnamed = account.starts_with("unknown field");
    let named = account.split('`').enumerate().map(|(at, part)| match part.split_once('.') {
        _ if at % 2 == 0 || !(misnamed || at == 1) => part.to_owned(),
        Some((option, rest)) => format!("{}.{rest}", option.replace('-', "_")),
        None => part.replace('-', "_"),
    });
    let account = named.collect::<Vec<_>>().join("`");
    refused(&format!("{before}the options cannot be read: {account}"), code)
}

/// A refusal of a dict that became this JSON.
pub(crate) fn refused_dict<E: Coded>(json: &str) -> impl Fn(E) -> PyErr {
    move |error| {
        let message = clw_core::json::with_names(json, &error.to_string());
        refused(&message, error.stable_name())
    }
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

/// The JSON of what a user gave: a dict, a list, a text or a number.
pub(crate) fn value(given: &Bound<'_, PyAny>) -> PyResult<Value> {
    let text = dumps(given)?;
    serde_json::from_str(&text).map_err(|error| {
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
