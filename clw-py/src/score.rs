//! Answers to exact points: `clw_core::score`.

use clw_core::score::{self as core, Offered, Outcome, Score};
use pyo3::exceptions::{PyKeyError, PyTypeError};
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyDict, PyFrozenSet, PyInt, PyMapping, PySet, PyString, PyTuple};

/// Whether the order of what came is not the order it was written in, or none at all.
pub(crate) fn unordered(values: &Bound<'_, PyAny>) -> bool {
    values.cast::<PyMapping>().is_ok()
        || values.cast::<PySet>().is_ok()
        || values.cast::<PyFrozenSet>().is_ok()
}

/// Names the kind of each value; what it means as an answer is the core's to say.
pub(crate) fn offered<'py>(answers: &Bound<'py, PyAny>) -> PyResult<Vec<Offered<'py>>> {
    if unordered(answers) {
        let given = answers.get_type().name()?;
        return Err(PyTypeError::new_err(format!(
            "answers came as a {given}; give a list in form order"
        )));
    }
    answers.try_iter()?.map(|value| kind(&value?)).collect()
}

fn kind<'py>(value: &Bound<'py, PyAny>) -> PyResult<Offered<'py>> {
    if value.is_none() {
        return Ok(Offered::Nothing);
    }
    if let Ok(flag) = value.cast::<PyBool>() {
        return Ok(Offered::Other(flag.is_true().to_string().into()));
    }
    if let Ok(text) = value.cast::<PyString>() {
        return Ok(Offered::Text(text.to_string_lossy().into_owned().into()));
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

fn type_name(value: &Bound<'_, PyAny>) -> PyResult<String> {
    Ok(format!("a value of type `{}`", value.get_type().name()?))
}

/// One form, scored: an entry for each measure of the instrument.
#[pyclass(module = "clw", frozen, eq)]
#[derive(PartialEq)]
pub(crate) struct ScoreSheet(pub(crate) core::ScoreSheet<'static>);

#[pymethods]
impl ScoreSheet {
    /// The instrument's id.
    #[getter]
    fn instrument(&self) -> &str {
        self.0.instrument
    }

    /// The instrument's version.
    #[getter]
    fn version(&self) -> &str {
        self.0.version
    }

    /// Its measures, in the instrument's order.
    #[getter]
    fn measures<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        PyTuple::new(py, self.0.measures.iter().cloned().map(MeasureScore))
    }

    /// The measure of this id.
    fn __getitem__(&self, measure: &str) -> PyResult<MeasureScore> {
        let found = self.0.measures.iter().find(|entry| entry.measure == measure);
        found.cloned().map(MeasureScore).ok_or_else(|| PyKeyError::new_err(measure.to_owned()))
    }

    /// The sheet as one line of JSON, the same bytes in every language.
    fn to_json(&self) -> String {
        self.0.to_json()
    }

    /// The sheet as plain dicts and lists, with the keys of its JSON.
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let parsed = py.import("json")?.call_method1("loads", (self.to_json(),))?;
        Ok(parsed.cast_into::<PyDict>()?)
    }

    fn __repr__(&self) -> String {
        let entries: Vec<_> = self.0.measures.iter().map(summary).collect();
        format!("<ScoreSheet {}@{}: {}>", self.0.instrument, self.0.version, entries.join("; "))
    }
}

/// One measure of a form: its score, or every reason why there is none.
#[pyclass(module = "clw", frozen, eq)]
#[derive(PartialEq)]
pub(crate) struct MeasureScore(core::MeasureScore<'static>);

impl MeasureScore {
    fn score(&self) -> Option<&Score<'_>> {
        self.0.outcome.score()
    }
}

#[pymethods]
impl MeasureScore {
    /// The measure's id.
    #[getter]
    fn measure(&self) -> &str {
        self.0.measure
    }

    /// "scored" or "not-scored".
    #[getter]
    fn outcome(&self) -> &'static str {
        match self.0.outcome {
            Outcome::Scored(_) => "scored",
            Outcome::NotScored { .. } => "not-scored",
        }
    }

    /// The exact score, in steps of the measure's scale.
    #[getter]
    fn points(&self) -> Option<i32> {
        self.score().map(|score| score.points.0)
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
        self.score()?.band.map(|band| band.set)
    }

    /// The id of the score's band in the default band set.
    #[getter]
    fn band(&self) -> Option<&str> {
        self.score()?.band.map(|band| band.band)
    }

    /// What is wrong, in form order; empty where there is a score.
    #[getter]
    fn problems<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        let problems = match &self.0.outcome {
            Outcome::Scored(_) => &[][..],
            Outcome::NotScored { problems } => problems,
        };
        PyTuple::new(py, problems.iter().cloned().map(Problem))
    }

    fn __repr__(&self) -> String {
        format!("<MeasureScore {}>", summary(&self.0))
    }
}

fn summary(entry: &core::MeasureScore<'_>) -> String {
    match &entry.outcome {
        Outcome::Scored(Score { value, band: None, .. }) => format!("{} {value}", entry.measure),
        Outcome::Scored(Score { value, band: Some(band), .. }) => {
            format!("{} {value} ({})", entry.measure, band.band)
        }
        Outcome::NotScored { problems } => {
            let codes: Vec<_> = problems.iter().map(core::Problem::code).collect();
            format!("{} not scored ({})", entry.measure, codes.join(", "))
        }
    }
}

/// What is wrong with one measure's answers.
#[pyclass(module = "clw", frozen, eq)]
#[derive(PartialEq)]
pub(crate) struct Problem(core::Problem<'static>);

#[pymethods]
impl Problem {
    /// The stable name of the problem: "out-of-range", "not-applicable", "all-blank" or "blank".
    #[getter]
    fn code(&self) -> &'static str {
        self.0.code()
    }

    /// The item's number on the form, from 1, where the problem lies with one item.
    #[getter]
    fn item(&self) -> Option<usize> {
        self.0.item()
    }

    /// The item's id, where the problem lies with one item.
    #[getter]
    fn id(&self) -> Option<&str> {
        self.0.id()
    }

    /// The answer, where it is out of range.
    #[getter]
    fn value(&self) -> Option<i64> {
        self.0.value()
    }

    /// The lowest code, where the answer is out of range.
    #[getter]
    fn lowest(&self) -> Option<i32> {
        self.0.limits().map(|(lowest, _)| lowest)
    }

    /// The highest code, where the answer is out of range.
    #[getter]
    fn highest(&self) -> Option<i32> {
        self.0.limits().map(|(_, highest)| highest)
    }

    /// What was found, the limit and the remedy.
    #[getter]
    fn message(&self) -> String {
        self.0.to_string()
    }

    fn __repr__(&self) -> String {
        format!("<Problem {}: {}>", self.0.code(), self.0)
    }
}
