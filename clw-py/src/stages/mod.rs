//! Single stages: `clw_core::request`.

use clw_core::request::{self, Table};
use pyo3::PyClass;
use pyo3::prelude::*;
use pyo3::types::PyDict;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::change::{self, PairCounts};
use crate::error::refused;
use crate::given::Given;
use crate::html;
use crate::json;
use crate::options::{Step, Steps, refused_keywords};

pub(crate) mod attrition;
pub(crate) mod completion;
pub(crate) mod disclosure;
pub(crate) mod equity;
pub(crate) mod indicators;
pub(crate) mod planning;
pub(crate) mod synthesis;

/// What a single stage answers: a result with its sentence.
#[pyclass(module = "clw", frozen, eq, subclass)]
#[derive(PartialEq, Serialize, Deserialize)]
pub(crate) struct Answer {
    json: String,
    sentence: String,
    brief: String,
    headings: Vec<String>,
    rows: Vec<Vec<String>>,
}

impl From<request::Answer> for Answer {
    fn from(answer: request::Answer) -> Self {
        let Table { headings, rows } = answer.table();
        Self {
            json: answer.to_json().to_owned(),
            sentence: answer.sentence().to_owned(),
            brief: answer.brief().to_owned(),
            headings: headings.iter().map(|&heading| heading.to_owned()).collect(),
            rows: rows.clone(),
        }
    }
}

#[pymethods]
impl Answer {
    /// The result in plain words.
    #[getter]
    fn sentence(&self) -> &str {
        &self.sentence
    }

    /// The result as one line of JSON, the same bytes in every language.
    fn to_json(&self) -> &str {
        &self.json
    }

    /// The result as plain dicts and lists, with the keys of its JSON.
    pub(crate) fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        json::loads(py, &self.json)
    }

    /// One part by its key, as in `to_dict()`.
    fn __getitem__<'py>(&self, py: Python<'py>, part: &str) -> PyResult<Bound<'py, PyAny>> {
        self.to_dict(py)?.as_any().get_item(part)
    }

    /// The table under its sentence; colours are the notebook's own.
    fn _repr_html_(&self) -> String {
        html::table(&[&self.sentence], &self.headings, &self.rows)
    }

    fn __reduce__<'py>(slf: &Bound<'py, Self>) -> PyResult<(Bound<'py, PyAny>, (String, String))> {
        let (py, kind) = (slf.py(), slf.get_type().name()?.extract()?);
        Ok((py.import("clw._clw")?.getattr("_answer")?, (kind, json::written(slf.get())?)))
    }

    fn __repr__(slf: &Bound<'_, Self>) -> PyResult<String> {
        Ok(format!("<{}: {}>", slf.get_type().name()?, slf.get().brief))
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
    let answer = py.detach(|| request::answer(&question));
    let answer = answer.map_err(|error| {
        refused_keywords(&question, &|place| keywords(compute, place), &error, error.code())
    })?;
    answered(py, answer, kind)
}

/// A place in a question from the keyword on: what is an option within another there may be one by itself.
fn keywords(compute: &str, mut place: Steps) -> Steps {
    let first = match place.first_mut() {
        Some(Step::Name(name)) => name,
        _ => return place,
    };
    match (compute, first.as_str()) {
        ("indicator", "indicator") => "definition".clone_into(first),
        ("funnel", "options") | ("wellby", "assumptions") | ("protected-table", "profile") => {
            place.remove(0);
        }
        _ => {}
    }
    place
}

/// An answer as one of its kind.
pub(crate) fn answered<Kind: PyClass<BaseType = Answer>>(
    py: Python<'_>,
    answer: request::Answer,
    kind: Kind,
) -> PyResult<Py<Kind>> {
    made(py, answer.into(), kind)
}

fn made<Kind: PyClass<BaseType = Answer>>(
    py: Python<'_>,
    answer: Answer,
    kind: Kind,
) -> PyResult<Py<Kind>> {
    Py::new(py, PyClassInitializer::from(answer).add_subclass(kind))
}

/// Makes one of the kinds of answers by the name of its class.
macro_rules! of_kind {
    ($py:ident, $name:ident, $answer:ident; $($stage:ident::$kind:ident),+ $(,)?) => {
        match $name {
            $(stringify!($kind) => made($py, $answer, $stage::$kind)?.into_any(),)+
            other => return Err(refused(&format!("{other:?} is no kind of answer"), "unknown-choice")),
        }
    };
}

/// An answer that came from another process, of the kind of this name.
#[pyfunction]
pub(crate) fn _answer(py: Python<'_>, kind: &str, text: &str) -> PyResult<Py<PyAny>> {
    let answer: Answer = json::read(text)?;
    Ok(of_kind!(
        py, kind, answer;
        change::MatchedPairs,
        attrition::Attrition,
        completion::BeforeAfter,
        completion::Completion,
        completion::ControlChart,
        completion::Funnel,
        completion::Survival,
        disclosure::ProtectedTable,
        equity::EquityTable,
        equity::Inequality,
        equity::Reach,
        indicators::Indicator,
        planning::AdjustedPs,
        planning::MinimumDetectableChange,
        planning::PlannedTest,
        synthesis::Synthesis,
        synthesis::Wellby,
    ))
}

/// A number that JSON can hold; NaN would become a blank there, which means the default.
fn finite(name: &str, number: f64) -> PyResult<f64> {
    if number.is_finite() {
        return Ok(number);
    }
    let message = format!("`{name}` is {number}, no finite number; give one, or leave it out");
    Err(refused(&message, "not-finite"))
}

/// A list of the entries of a dict that came by a keyword, by their names.
fn by_name(
    keyword: &str,
    given: &Bound<'_, PyDict>,
    entry: impl Fn(String, &Given<'_>) -> PyResult<Value>,
) -> PyResult<Vec<Value>> {
    let entries = Given::of(keyword, given.as_any()).entries()?.into_iter();
    entries.map(|(name, of)| entry(name, &of)).collect()
}

/// A count and of how many, which came by a keyword.
fn count_of(keyword: &str, given: &Bound<'_, PyAny>) -> PyResult<Value> {
    let (count, of) = Given::of(keyword, given).pair()?;
    Ok(json!({"count": count.count()?, "of": of.count()?}))
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
