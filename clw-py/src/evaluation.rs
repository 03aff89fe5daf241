//! Evidence: `clw_core::evaluation`.

use std::path::PathBuf;
use std::thread::available_parallelism;

use clw_core::evaluation::{Evaluation as CoreEvaluation, FEW_PAIRS};
use clw_core::instrument::Registry;
use clw_core::report;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyList};

use crate::arguments::Count;
use crate::caseload::{Caseload, Mapping, Unread};
use crate::charts;
use crate::disclosed::{DisclosedEvaluation, profile};
use crate::error::{raise, refused};
use crate::given::Given;
use crate::html::{so_many, titled};
use crate::instrument::{Local, add_local};
use crate::json;
use crate::plan::Plan;
use crate::postcodes::PostcodeLookup;
use crate::watched::watched;

/// Evaluates the records of a programme under a plan.
///
/// The records are a `caseload`, or what one is made of: a `folder`, or `frames` with a `mapping`. The
/// `plan.toml` of a folder is used unless another plan is given. The work is shared by `threads`, all
/// there are unless told; the result does not depend on their number. A bad row is counted in the
/// result with its reason; `check` tells of each. A notebook shows how far long work is until it is
/// done, unless `progress` is False; a terminal does where it is True. Ctrl-C stops it. Raises `ClwError` where mapping and plan do not fit.
#[pyfunction]
#[pyo3(signature = (
    caseload=None, *, plan=None, folder=None, frames=None, mapping=None, instruments=None,
    postcodes=None, threads=None, progress=None
))]
#[expect(clippy::too_many_arguments, reason = "keywords in Python")]
pub(crate) fn evaluate(
    py: Python<'_>,
    caseload: Option<&Bound<'_, Caseload>>,
    plan: Option<&Bound<'_, Plan>>,
    folder: Option<PathBuf>,
    frames: Option<&Bound<'_, PyDict>>,
    mapping: Option<&Bound<'_, Mapping>>,
    instruments: Local<'_>,
    postcodes: Option<&Bound<'_, PostcodeLookup>>,
    threads: Option<Count>,
    progress: Option<bool>,
) -> PyResult<Evaluation> {
    Unread { folder, frames, mapping, instruments, postcodes }.or(caseload, |source| {
        let (plan, registry) = Plan::for_source(plan, source)?;
        let threads = threads_or_all(threads);
        let evaluated = watched(py, progress, |watch| {
            plan.evaluate_import(source.import(&registry, watch)?, threads)
        });
        evaluated?.map(|(evaluation, _)| Evaluation(evaluation)).map_err(raise)
    })
}

/// How many threads share the work: all there are unless told.
pub(crate) fn threads_or_all(threads: Option<Count>) -> usize {
    let told = threads.map(|Count(threads)| usize::try_from(threads).unwrap_or(usize::MAX));
    told.unwrap_or_else(|| available_parallelism().map_or(1, usize::from)).max(1)
}

/// The evidence of one or more caseloads under one plan. It holds nobody's row.
///
/// `evaluation["findings"]` is an entry of `to_dict()`, with the keys of the JSON.
#[pyclass(module = "clw", frozen, eq)]
#[derive(PartialEq)]
pub(crate) struct Evaluation(pub(crate) CoreEvaluation);

#[pymethods]
impl Evaluation {
    /// Reads an evaluation that `to_json` wrote; what follows from its counts is worked out anew.
    ///
    /// Raises `ClwError` for what is none, and for one made with other definitions.
    #[staticmethod]
    #[pyo3(signature = (text, *, instruments=None))]
    fn from_json(text: &str, instruments: Local<'_>) -> PyResult<Self> {
        let registry = add_local(Registry::new(), instruments)?;
        CoreEvaluation::from_json(text, &registry).map(Self).map_err(raise)
    }

    /// The evaluation as JSON, the same bytes in every language.
    fn to_json(&self) -> PyResult<String> {
        self.0.to_json().map_err(raise)
    }

    /// The evaluation as plain dicts and lists, with the keys of its JSON.
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        json::loads(py, &self.to_json()?)
    }

    /// One part by its key, as in `to_dict()`.
    fn __getitem__<'py>(&self, py: Python<'py>, part: &str) -> PyResult<Bound<'py, PyAny>> {
        self.to_dict(py)?.as_any().get_item(part)
    }

    /// The number of people.
    #[getter]
    fn people(&self) -> u64 {
        self.0.counts.people
    }

    /// The answer in plain words: the title, and a paragraph for each measure.
    #[getter]
    fn summary(&self) -> String {
        report::summary(&self.0)
    }

    /// The evaluation of two caseloads together; the same person must not be in both.
    ///
    /// Raises `ClwError` where they were made under different plans, definitions or versions, and for
    /// one evaluation given twice: the same object, or another of 30 people or more that is equal in
    /// every count. Of fewer people two caseloads may well be alike.
    fn merge(&self, other: &Self) -> PyResult<Self> {
        let alike = || self.0.counts.people >= FEW_PAIRS && self == other;
        if std::ptr::eq(self, other) || alike() {
            let twice = "both hold the same evaluation, and its people would count twice; give it \
                         once";
            return Err(refused(&twice, "same-evaluation"));
        }
        self.0.merge(&other.0).map(Self).map_err(raise)
    }

    /// The evaluation as it may leave the programme.
    ///
    /// Counts from 1 to `hide_up_to` are hidden, with whatever would give them away; `zeros` is
    /// "shown" or "hidden", `rounding_base` rounds what is shown. What is hidden is in no part of the
    /// result. Raises `ClwError` for a rule that gives counts away, such as a limit below 2, and
    /// for a limit above 20.
    ///
    /// `after` are the programme's own earlier evaluations, the oldest first, whose public forms by the
    /// same rule somebody may still hold: who compares them with this one learns no small count either.
    /// Raises `ClwError` where their plans differ in more than title, day and the months of indicators,
    /// and where a small count follows from what is public already.
    ///
    /// >>> public = clw.evaluate(folder="examples/caseload").disclosed(hide_up_to=9)
    /// >>> public
    /// <DisclosedEvaluation "Example Valley link workers, ...": counts from 1 to 9 hidden>
    #[pyo3(
        signature = (*, hide_up_to=Count(4), zeros="shown", rounding_base=None, after=None),
        text_signature = "($self, *, hide_up_to=4, zeros='shown', rounding_base=None, after=())"
    )]
    fn disclosed(
        &self,
        py: Python<'_>,
        hide_up_to: Count,
        zeros: &str,
        rounding_base: Option<Count>,
        after: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<DisclosedEvaluation> {
        let profile = profile(hide_up_to, zeros, rounding_base)?;
        let after = after.map_or(Ok(Vec::new()), |after| Given::of("after", after).objects())?;
        let earlier: Vec<_> = after.iter().map(|of: &Bound<'_, Self>| of.get().0.clone()).collect();
        let disclosed = py.detach(|| self.0.disclosed_after(&profile, &earlier));
        disclosed.map(DisclosedEvaluation).map_err(raise)
    }

    /// The report: one HTML file that stands alone. It holds small counts, for the programme's own use.
    fn report_html(&self, py: Python<'_>) -> String {
        py.detach(|| report::html(&self.0))
    }

    /// The charts as dicts: "id", "title", "description" and "vega-lite", a specification with its data.
    ///
    /// They are the pictures of the report, measure by measure. `theme` is "light" or "dark".
    #[pyo3(signature = (*, theme="light"))]
    fn charts<'py>(&self, py: Python<'py>, theme: &str) -> PyResult<Bound<'py, PyList>> {
        charts::specifications(py, report::charts(&self.0), theme)
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
        charts::drawn(py, report::charts(&self.0), chart, theme)
    }

    fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<json::Stored<'py>> {
        json::stored::<Self>(py, self.to_json()?)
    }

    fn __repr__(&self) -> String {
        let counts = &self.0.counts;
        let title = &self.0.plan().plan().title;
        let people = so_many(counts.people, "person", "people");
        let episodes = so_many(counts.episodes, "episode", "episodes");
        format!("<Evaluation {title:?}: {people}, {episodes}>")
    }

    /// The summary and a row for each measure; colours are the notebook's own.
    fn _repr_html_(&self) -> String {
        titled(&report::summary(&self.0), &report::overview(&self.0))
    }
}
