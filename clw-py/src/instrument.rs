//! Questionnaires: `clw_core::instrument`.

use clw_core::instrument::{self as core, catalogue};
use pyo3::prelude::*;
use pyo3::types::PyTuple;

use crate::error::refused;
use crate::score::{ScoreSheet, offered};

/// Lists the instruments that come with the library.
#[pyfunction]
pub(crate) fn instruments() -> Vec<Instrument> {
    catalogue::all().iter().map(Instrument).collect()
}

/// Finds an instrument by its name or an alias, with `@` and a version where several are known.
///
/// Case, spaces and hyphens make no difference. Raises `ClwError` where there is none.
///
/// >>> clw.instrument("SWMWBS").id
/// 'swemwbs'
#[pyfunction]
pub(crate) fn instrument(name: &str) -> PyResult<Instrument> {
    catalogue::find(name).map(Instrument).map_err(|error| refused(&error, error.code()))
}

/// A questionnaire: its items, and the measures it yields.
#[pyclass(module = "clw", frozen, eq)]
#[derive(PartialEq)]
pub(crate) struct Instrument(&'static core::Instrument);

#[pymethods]
impl Instrument {
    /// The name it is known by.
    #[getter]
    fn id(&self) -> &str {
        self.0.id()
    }

    /// Which edition it is; scores of two versions are never compared.
    #[getter]
    fn version(&self) -> &str {
        self.0.version()
    }

    /// The name printed in reports.
    #[getter]
    fn title(&self) -> &str {
        self.0.title()
    }

    /// The questions, in the order they are answered.
    #[getter]
    fn items<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        PyTuple::new(py, self.0.items().iter().map(Item))
    }

    /// What it yields.
    #[getter]
    fn measures<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        PyTuple::new(py, self.0.measures().iter().map(Measure))
    }

    /// Scores one form: one answer for each item, in form order.
    ///
    /// An answer is a whole number, `None` or NaN for a blank, or "not-applicable". A code outside its
    /// item's range is a problem of the measures it belongs to, not an exception. Raises `ClwError` for
    /// a value that is no answer, such as 1.5, "2" or True, and for too many or too few; `TypeError` for
    /// a set or a dict, whose order is not the form's.
    ///
    /// >>> clw.instrument("swemwbs").score([3, 3, 3, 3, 3, 3, 3])["wellbeing"].value
    /// 19.25
    fn score(&self, answers: &Bound<'_, PyAny>) -> PyResult<ScoreSheet> {
        let offered = offered(answers)?;
        let scored = self.0.answers(&offered).and_then(|answers| self.0.score(&answers));
        scored.map(ScoreSheet).map_err(|error| refused(&error, error.code()))
    }

    fn __hash__(&self) -> u64 {
        std::ptr::from_ref(self.0).addr() as u64
    }

    fn __repr__(&self) -> String {
        format!("<Instrument {}@{}: {}>", self.0.id(), self.0.version(), self.0.title())
    }
}

/// One question and the codes it may be answered with.
#[pyclass(module = "clw", frozen, eq)]
#[derive(PartialEq)]
pub(crate) struct Item(&'static core::Item);

#[pymethods]
impl Item {
    /// The name it is known by.
    #[getter]
    fn id(&self) -> &str {
        &self.0.id
    }

    /// Its topic, or its wording where the rights allow it.
    #[getter]
    fn label(&self) -> &str {
        &self.0.label
    }

    /// The lowest code.
    #[getter]
    fn lowest(&self) -> i32 {
        self.0.lowest
    }

    /// The highest code.
    #[getter]
    fn highest(&self) -> i32 {
        self.0.highest
    }

    fn __repr__(&self) -> String {
        format!("<Item {}: {}..={}>", self.0.id, self.0.lowest, self.0.highest)
    }
}

/// One score that an instrument yields.
#[pyclass(module = "clw", frozen, eq)]
#[derive(PartialEq)]
pub(crate) struct Measure(pub(crate) &'static core::Measure);

#[pymethods]
impl Measure {
    /// The name it is known by.
    #[getter]
    fn id(&self) -> &str {
        self.0.id()
    }

    /// The name printed in reports.
    #[getter]
    fn label(&self) -> &str {
        self.0.label()
    }

    /// Which way is better: "higher-is-better" or "lower-is-better".
    #[getter]
    fn direction(&self) -> &'static str {
        match self.0.scale().direction {
            core::Direction::HigherIsBetter => "higher-is-better",
            core::Direction::LowerIsBetter => "lower-is-better",
        }
    }

    /// The lowest possible score.
    #[getter]
    fn lowest(&self) -> f64 {
        self.0.scale().value(self.0.scale().lowest)
    }

    /// The highest possible score.
    #[getter]
    fn highest(&self) -> f64 {
        self.0.scale().value(self.0.scale().highest)
    }

    fn __repr__(&self) -> String {
        let (id, direction) = (self.0.id(), self.direction());
        format!("<Measure {id}: {}..={}, {direction}>", self.lowest(), self.highest())
    }
}
