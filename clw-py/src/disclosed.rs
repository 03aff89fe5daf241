//! What may leave the programme: `clw_core::evaluation::DisclosedEvaluation`.

use clw_core::disclosure::{Profile, Rounding, Zeros};
use clw_core::evaluation::DisclosedEvaluation as CoreDisclosed;
use clw_core::report;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyList};

use crate::arguments::Count;
use crate::charts;
use crate::error::{raise, refused};
use crate::html::titled;
use crate::json;

/// The rule of what is hidden, by the options that say it everywhere.
pub(crate) fn profile(
    Count(hide_up_to): Count,
    zeros: &str,
    rounding_base: Option<Count>,
) -> PyResult<Profile> {
    let zeros = match zeros {
        "shown" => Zeros::Shown,
        "hidden" => Zeros::Hidden,
        other => {
            let message = format!("zeros came as {other:?}; give \"shown\" or \"hidden\"");
            return Err(refused(&message, "unknown-choice"));
        }
    };
    let rounding =
        rounding_base.map_or(Rounding::None, |Count(base)| Rounding::Conventional { base });
    Profile::new(hide_up_to, zeros, rounding).map_err(raise)
}

/// An evaluation as it may leave the programme: small counts are hidden, with what would give them away.
///
/// What is hidden is in no part of it, so its report, tables and charts can be published as they are.
/// `public["measures"]` is an entry of `to_dict()`, with the keys of the JSON; a hidden count is
/// "hidden" there.
#[pyclass(module = "clw", frozen, eq)]
#[derive(PartialEq)]
pub(crate) struct DisclosedEvaluation(pub(crate) CoreDisclosed);

#[pymethods]
impl DisclosedEvaluation {
    /// Reads what `to_json` wrote. Raises `ClwError` for anything else.
    #[staticmethod]
    fn from_json(text: &str) -> PyResult<Self> {
        CoreDisclosed::from_json(text).map(Self).map_err(raise)
    }

    /// What is published as JSON, the same bytes in every language.
    fn to_json(&self) -> PyResult<String> {
        self.0.to_json().map_err(raise)
    }

    /// What is published as plain dicts and lists, with the keys of its JSON.
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        json::loads(py, &self.to_json()?)
    }

    /// One part by its key, as in `to_dict()`.
    fn __getitem__<'py>(&self, py: Python<'py>, part: &str) -> PyResult<Bound<'py, PyAny>> {
        self.to_dict(py)?.as_any().get_item(part)
    }

    /// The answer in plain words: the title, a paragraph for each measure, and what is hidden.
    #[getter]
    fn summary(&self) -> String {
        report::public_summary(&self.0)
    }

    /// The report of what is published: one HTML file that stands alone.
    fn report_html(&self, py: Python<'_>) -> String {
        py.detach(|| report::public_html(&self.0))
    }

    /// The tables of the report as CSV: "measure", "table", "row", "column" and "value".
    fn csv(&self, py: Python<'_>) -> String {
        py.detach(|| report::public_csv(&self.0))
    }

    /// The charts of the report as dicts: "id", "title", "description" and "vega-lite".
    ///
    /// `theme` is "light" or "dark".
    #[pyo3(signature = (*, theme="light"))]
    fn charts<'py>(&self, py: Python<'py>, theme: &str) -> PyResult<Bound<'py, PyList>> {
        charts::specifications(py, report::public_charts(&self.0), theme)
    }

    /// One chart as an object of Altair, by its id in `charts()`, or the first.
    ///
    /// A notebook shows it, and `.save("chart.svg")` or `.save("chart.png")` writes it. Needs
    /// `pip install "clw[charts]"`. `theme` is "light" or "dark"; unless told, dark where Altair's own is,
    /// as after `altair.theme.enable("dark")`. Raises `ClwError` where Altair is missing and for an unknown id
    /// or theme.
    #[pyo3(signature = (chart=None, /, *, theme=None))]
    fn chart<'py>(
        &self,
        py: Python<'py>,
        chart: Option<&str>,
        theme: Option<&str>,
    ) -> PyResult<Bound<'py, PyAny>> {
        charts::drawn(py, report::public_charts(&self.0), chart, theme)
    }

    fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<json::Stored<'py>> {
        json::stored::<Self>(py, self.to_json()?)
    }

    fn __repr__(&self) -> String {
        let CoreDisclosed { provenance, profile, .. } = &self.0;
        let (least, most) = (profile.smallest_hidden(), profile.hide_up_to());
        let title = &provenance.plan.title;
        format!("<DisclosedEvaluation {title:?}: counts from {least} to {most} hidden>")
    }

    /// The summary and a row for each measure; colours are the notebook's own.
    fn _repr_html_(&self) -> String {
        titled(&report::public_summary(&self.0), &report::public_overview(&self.0))
    }
}
