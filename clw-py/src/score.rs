//! Answers to exact points: `clw_core::score`.

use std::borrow::Cow;

use clw_core::score::{self as core, Offered};
use pyo3::exceptions::PyKeyError;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyFrozenSet, PyInt, PyMapping, PySet, PyString, PyTuple};
use serde::{Deserialize, Serialize};

use crate::error::refused;
use crate::html;
use crate::json;

/// Whether the order of what came is not the order it was written in, or none at all.
pub(crate) fn unordered(values: &Bound<'_, PyAny>) -> bool {
    values.cast::<PyMapping>().is_ok()
        || values.cast::<PySet>().is_ok()
        || values.cast::<PyFrozenSet>().is_ok()
}

/// Names the kind of each value; what it means as an answer is the core's to say.
pub(crate) fn offered(answers: &Bound<'_, PyAny>) -> PyResult<Vec<Offered<'static>>> {
    if unordered(answers) {
        let given = answers.get_type().name()?;
        let message = format!("answers came as a {given}; give a list in form order");
        return Err(refused(&message, "no-order"));
    }
    answers.try_iter()?.map(|value| kind(&value?)).collect()
}

/// The kind of one value.
pub(crate) fn kind(value: &Bound<'_, PyAny>) -> PyResult<Offered<'static>> {
    if value.is_none() {
        return Ok(Offered::Nothing);
    }
    // NumPy's truth values are of a type of their own.
    if let Ok(flag) = value.extract::<bool>() {
        return Ok(Offered::Other(flag.to_string().into()));
    }
    if let Ok(text) = value.cast::<PyString>() {
        return Ok(Offered::Text(text.to_string_lossy().into_owned().into()));
    }
    // The blanks of pandas and of NumPy's masked arrays.
    if ["NAType", "NaTType", "MaskedConstant"].contains(&value.get_type().name()?.to_str()?) {
        return Ok(Offered::Nothing);
    }
    if let Ok(held) = value.call_method0("as_py") {
        return kind(&held);
    }
    // Whatever has `__index__` is whole, NumPy's integers among them.
    if let Ok(whole) = value.py().import("operator")?.call_method1("index", (value,)) {
        return Ok(match (whole.extract(), whole.cast::<PyInt>()) {
            (Ok(code), _) => Offered::Whole(code),
            (Err(_), Ok(wide)) => Offered::Wide(digits(wide)?.into()),
            (Err(_), Err(_)) => Offered::Other(type_name(value)?.into()),
        });
    }
    Ok(match value.extract() {
        Ok(number) => Offered::Number(number),
        Err(_) => Offered::Other(type_name(value)?.into()),
    })
}

/// The digits of an integer, in hexadecimal where Python refuses to write so many decimals.
fn digits(wide: &Bound<'_, PyInt>) -> PyResult<String> {
    match wide.str() {
        Ok(text) => text.extract(),
        Err(_) => wide.call_method1("__format__", ("#x",))?.extract(),
    }
}

pub(crate) fn type_name(value: &Bound<'_, PyAny>) -> PyResult<String> {
    Ok(format!("a value of type `{}`", value.get_type().name()?))
}

/// One form, scored: an entry for each measure of the instrument.
#[pyclass(module = "clw", frozen, eq)]
#[derive(PartialEq, Serialize, Deserialize)]
pub(crate) struct ScoreSheet {
    instrument: String,
    version: String,
    measures: Vec<MeasureScore>,
    json: String,
}

/// A score that came from another process.
#[pyfunction]
pub(crate) fn _measure_score(text: &str) -> PyResult<MeasureScore> {
    json::read(text)
}

/// A problem that came from another process.
#[pyfunction]
pub(crate) fn _problem(text: &str) -> PyResult<Problem> {
    json::read(text)
}

/// A sheet that came from another process.
#[pyfunction]
pub(crate) fn _score_sheet(text: &str) -> PyResult<ScoreSheet> {
    json::read(text)
}

impl From<core::ScoreSheet<'_>> for ScoreSheet {
    fn from(sheet: core::ScoreSheet<'_>) -> Self {
        Self {
            instrument: sheet.instrument.to_owned(),
            version: sheet.version.to_owned(),
            json: sheet.to_json(),
            measures: sheet.measures.into_iter().map(MeasureScore::from).collect(),
        }
    }
}

#[pymethods]
impl ScoreSheet {
    /// The instrument's id.
    #[getter]
    fn instrument(&self) -> &str {
        &self.instrument
    }

    /// The instrument's version.
    #[getter]
    fn version(&self) -> &str {
        &self.version
    }

    /// Its measures, in the instrument's order.
    #[getter]
    fn measures<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        PyTuple::new(py, self.measures.iter().cloned())
    }

    /// The measure of this id.
    fn __getitem__(&self, measure: &str) -> PyResult<MeasureScore> {
        let found = self.measures.iter().find(|entry| entry.measure == measure);
        found.cloned().ok_or_else(|| PyKeyError::new_err(measure.to_owned()))
    }

    /// The sheet as one line of JSON, the same bytes in every language.
    fn to_json(&self) -> &str {
        &self.json
    }

    /// The sheet as plain dicts and lists, with the keys of its JSON.
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        json::loads(py, &self.json)
    }

    /// Score and band of each measure, or what is wrong; colours are the notebook's own.
    fn _repr_html_(&self) -> String {
        let row = |entry: &MeasureScore| match &entry.outcome {
            Ok(Score { value, band, .. }) => {
                let band = band.as_ref().map_or_else(String::new, |(_, band)| band.clone());
                vec![entry.measure.clone(), value.to_string(), band]
            }
            Err(problems) => {
                let why: Vec<&str> = problems.iter().map(|problem| &*problem.message).collect();
                vec![entry.measure.clone(), String::new(), why.join("; ")]
            }
        };
        let rows: Vec<_> = self.measures.iter().map(row).collect();
        let scored = self.measures.iter().filter(|entry| entry.outcome.is_ok()).count();
        let of = rows.len();
        let said =
            format!("{}@{}: {scored} of {of} measures scored.", self.instrument, self.version);
        html::table(&[&said], &["Measure", "Score", "Band, or why there is no score"], &rows)
    }

    fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<json::Stored<'py>> {
        Ok((py.import("clw._clw")?.getattr("_score_sheet")?, (json::written(self)?,)))
    }

    fn __repr__(&self) -> String {
        let entries: Vec<_> = self.measures.iter().map(MeasureScore::summary).collect();
        format!("<ScoreSheet {}@{}: {}>", self.instrument, self.version, entries.join("; "))
    }
}

/// One measure of a form: its score, or every reason why there is none.
#[pyclass(module = "clw", frozen, eq)]
#[derive(PartialEq, Clone, Serialize, Deserialize)]
pub(crate) struct MeasureScore {
    measure: String,
    outcome: Result<Score, Vec<Problem>>,
}

#[derive(PartialEq, Clone, Serialize, Deserialize)]
struct Score {
    points: i32,
    value: f64,
    raw: i32,
    answered: usize,
    /// The band set and the band.
    band: Option<(String, String)>,
}

impl From<core::MeasureScore<'_>> for MeasureScore {
    fn from(entry: core::MeasureScore<'_>) -> Self {
        let outcome = match entry.outcome {
            core::Outcome::Scored(score) => Ok(Score {
                points: score.points.0,
                value: score.value,
                raw: score.raw,
                answered: score.answered,
                band: score.band.map(|band| (band.set.to_owned(), band.band.to_owned())),
            }),
            core::Outcome::NotScored { problems } => {
                Err(problems.iter().map(Problem::from).collect())
            }
        };
        Self { measure: entry.measure.to_owned(), outcome }
    }
}

impl MeasureScore {
    fn score(&self) -> Option<&Score> {
        self.outcome.as_ref().ok()
    }

    fn summary(&self) -> String {
        match &self.outcome {
            Ok(Score { value, band: None, .. }) => format!("{} {value}", self.measure),
            Ok(Score { value, band: Some((_, band)), .. }) => {
                format!("{} {value} ({band})", self.measure)
            }
            Err(problems) => {
                let codes: Vec<_> = problems.iter().map(|problem| &*problem.code).collect();
                format!("{} not scored ({})", self.measure, codes.join(", "))
            }
        }
    }
}

#[pymethods]
impl MeasureScore {
    /// The measure's id.
    #[getter]
    fn measure(&self) -> &str {
        &self.measure
    }

    /// "scored" or "not-scored".
    #[getter]
    fn outcome(&self) -> &'static str {
        match self.outcome {
            Ok(_) => "scored",
            Err(_) => "not-scored",
        }
    }

    /// The exact score, in steps of the measure's scale.
    #[getter]
    fn points(&self) -> Option<i32> {
        self.score().map(|score| score.points)
    }

    /// The score as printed.
    #[getter]
    fn value(&self) -> Option<f64> {
        self.score().map(|score| score.value)
    }

    /// The sum of the answered items, before it is multiplied, averaged or looked up.
    #[getter]
    fn raw(&self) -> Option<i32> {
        self.score().map(|score| score.raw)
    }

    /// The number of items answered.
    #[getter]
    fn answered(&self) -> Option<usize> {
        self.score().map(|score| score.answered)
    }

    /// The default band set's id, where the measure has one.
    #[getter]
    fn band_set(&self) -> Option<&str> {
        self.score()?.band.as_ref().map(|(set, _)| set.as_str())
    }

    /// The id of the score's band in the default band set.
    #[getter]
    fn band(&self) -> Option<&str> {
        self.score()?.band.as_ref().map(|(_, band)| band.as_str())
    }

    /// What is wrong, in form order; empty where there is a score.
    #[getter]
    fn problems<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        let problems = self.outcome.as_ref().err();
        PyTuple::new(py, problems.cloned().unwrap_or_default())
    }

    fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<json::Stored<'py>> {
        Ok((py.import("clw._clw")?.getattr("_measure_score")?, (json::written(self)?,)))
    }

    fn __repr__(&self) -> String {
        format!("<MeasureScore {}>", self.summary())
    }
}

/// What is wrong with one measure's answers.
#[pyclass(module = "clw", frozen, eq)]
#[derive(PartialEq, Clone, Serialize, Deserialize)]
pub(crate) struct Problem {
    code: Cow<'static, str>,
    item: Option<usize>,
    id: Option<String>,
    value: Option<i64>,
    limits: Option<(i32, i32)>,
    message: String,
}

impl From<&core::Problem<'_>> for Problem {
    fn from(problem: &core::Problem<'_>) -> Self {
        Self {
            code: problem.code().into(),
            item: problem.item(),
            id: problem.id().map(str::to_owned),
            value: problem.value(),
            limits: problem.limits(),
            message: problem.to_string(),
        }
    }
}

#[pymethods]
impl Problem {
    /// The stable name of the problem: "out-of-range", "not-applicable", "all-blank" or "blank".
    #[getter]
    fn code(&self) -> &str {
        &self.code
    }

    /// The item's number on the form, from 1, where the problem lies with one item.
    #[getter]
    fn item(&self) -> Option<usize> {
        self.item
    }

    /// The item's id, where the problem lies with one item.
    #[getter]
    fn id(&self) -> Option<&str> {
        self.id.as_deref()
    }

    /// The answer, where it is out of range.
    #[getter]
    fn value(&self) -> Option<i64> {
        self.value
    }

    /// The lowest code, where the answer is out of range.
    #[getter]
    fn lowest(&self) -> Option<i32> {
        self.limits.map(|(lowest, _)| lowest)
    }

    /// The highest code, where the answer is out of range.
    #[getter]
    fn highest(&self) -> Option<i32> {
        self.limits.map(|(_, highest)| highest)
    }

    /// What was found, the limit and the remedy.
    #[getter]
    fn message(&self) -> &str {
        &self.message
    }

    fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<json::Stored<'py>> {
        Ok((py.import("clw._clw")?.getattr("_problem")?, (json::written(self)?,)))
    }

    fn __repr__(&self) -> String {
        format!("<Problem {}: {}>", self.code, self.message)
    }
}
