//! Single stages: `clw_core::request`.

use clw_core::request::{self, Table};
use pyo3::PyClass;
use pyo3::prelude::*;
use pyo3::types::PyDict;
use serde_json::Value;

use crate::change::PairCounts;
use crate::error::{raise, refused};
use crate::html;
use crate::json;

pub(crate) mod attrition;
pub(crate) mod completion;
pub(crate) mod disclosure;
pub(crate) mod equity;
pub(crate) mod indicators;
pub(crate) mod planning;
pub(crate) mod synthesis;

/// What a single stage answers: a result with its sentence.
#[pyclass(module = "clw", frozen, eq, subclass)]
#[derive(PartialEq)]
pub(crate) struct Answer(request::Answer);

#[pymethods]
impl Answer {
    /// The result in plain words.
    #[getter]
    fn sentence(&self) -> &str {
        self.0.sentence()
    }

    /// The result as one line of JSON, the same bytes in every language.
    fn to_json(&self) -> &str {
        self.0.to_json()
    }

    /// The result as plain dicts and lists, with the keys of its JSON.
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        json::loads(py, self.0.to_json())
    }

    /// One part by its key, as in `to_dict()`.
    fn __getitem__<'py>(&self, py: Python<'py>, part: &str) -> PyResult<Bound<'py, PyAny>> {
        self.to_dict(py)?.as_any().get_item(part)
    }

    /// The table under its sentence; colours are the notebook's own.
    fn _repr_html_(&self) -> String {
        let Table { headings, rows } = self.0.table();
        html::table(&[self.0.sentence()], headings, rows)
    }

    fn __repr__(slf: &Bound<'_, Self>) -> PyResult<String> {
        Ok(format!("<{}: {}>", slf.get_type().name()?, slf.get().0.brief()))
    }
}

/// Asks the core what `compute` names, of the options that were given.
fn ask<Kind: PyClass<BaseType = Answer>>(
    py: Python<'_>,
    compute: &str,
    mut options: Value,
    kind: Kind,
) -> PyResult<Py<Kind>> {
    if let Some(options) = options.as_object_mut() {
        options.retain(|_, value| !value.is_null());
        options.insert("compute".into(), compute.into());
    }
    let question = options.to_string();
    let answer = py.detach(|| request::answer(&question)).map_err(raise)?;
    answered(py, answer, kind)
}

/// An answer as one of its kind.
fn answered<Kind: PyClass<BaseType = Answer>>(
    py: Python<'_>,
    answer: request::Answer,
    kind: Kind,
) -> PyResult<Py<Kind>> {
    Py::new(py, PyClassInitializer::from(Answer(answer)).add_subclass(kind))
}

/// A number that JSON can hold; NaN would become a blank there, which means the default.
fn finite(name: &str, number: f64) -> PyResult<f64> {
    if number.is_finite() {
        return Ok(number);
    }
    let message = format!("`{name}` is {number}, no finite number; give one, or leave it out");
    Err(refused(&message, "not-finite"))
}

/// A list of the entries of a dict, by their names.
fn by_name(
    entries: &Bound<'_, PyDict>,
    entry: impl Fn(String, &Bound<'_, PyAny>) -> PyResult<Value>,
) -> PyResult<Vec<Value>> {
    entries.iter().map(|(name, of)| entry(name.extract()?, &of)).collect()
}

fn pairs_of(pairs: &PairCounts) -> PyResult<Value> {
    json::value_of(&pairs.0)
}

/// A column of another length than the first is refused, with the names of neither lost.
fn same_length(name: &str, rows: usize, expected: usize) -> PyResult<()> {
    if rows == expected {
        return Ok(());
    }
    let message = format!(
        "the column `{name}` has {rows} rows and the first {expected}; give as many in both"
    );
    Err(refused(&message, "unequal-columns"))
}
