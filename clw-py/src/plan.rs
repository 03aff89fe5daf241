//! Declared rules: `clw_core::evaluation::Plan`.

use std::path::PathBuf;

use clw_core::evaluation::{CheckedPlan, Plan as CorePlan};
use clw_core::instrument::{Registry, catalogue};
use pyo3::prelude::*;
use pyo3::types::PyDict;

use crate::error::{raise, read, refused};
use crate::instrument::{Instrument, Local, add_local};
use crate::json;
use crate::source::Source;

/// What is evaluated and by which rules, every name in it found.
///
/// A plan is a TOML file; the report and every stored result repeat it. `instruments` are the local
/// ones that it may name beside those that come with the library.
///
/// >>> plan = clw.Plan.from_toml('''
/// ... title = "Example Valley"
/// ... as-of = "2026-06-30"
/// ... measures = [{ instrument = "swemwbs", change-rules = ["nhs-england"] }]
/// ... pairing = { baseline.rule = "first", end-point.rule = "last", due.rule = "closed" }
/// ... ''')
/// >>> plan.title, plan.to_dict()["measures"][0]["change-rules"]
/// ('Example Valley', ['nhs-england'])
#[pyclass(module = "clw", frozen, eq)]
pub(crate) struct Plan {
    pub(crate) checked: CheckedPlan,
    pub(crate) registry: Registry,
}

impl PartialEq for Plan {
    fn eq(&self, other: &Self) -> bool {
        self.checked == other.checked
    }
}

impl Plan {
    pub(crate) fn check(plan: CorePlan, registry: Registry) -> PyResult<Self> {
        Ok(Self { checked: plan.check(&registry).map_err(raise)?, registry })
    }

    /// The plan given, or else that of the folder, with the instruments of both.
    pub(crate) fn for_source(
        plan: Option<&Bound<'_, Self>>,
        source: &Source,
    ) -> PyResult<(CheckedPlan, Registry)> {
        if let Some(plan) = plan {
            let Self { checked, registry } = plan.get();
            return Ok((checked.clone(), source.registry(registry.clone())?));
        }
        let folder = source
            .folder()
            .ok_or_else(|| refused(&"frames came without a plan; give plan= too", "no-plan"))?;
        let registry = source.registry(Registry::new())?;
        let own = Self::read_toml(&read(folder.join("plan.toml"))?, registry.clone())?;
        Ok((own.checked, registry))
    }

    pub(crate) fn read_toml(text: &str, registry: Registry) -> PyResult<Self> {
        Self::check(CorePlan::from_toml(text).map_err(raise)?, registry)
    }

    fn read_json(text: &str, instruments: Local<'_>) -> PyResult<Self> {
        Self::check(
            CorePlan::from_json(text).map_err(json::refused_dict(text))?,
            add_local(Registry::new(), instruments)?,
        )
    }
}

type Pickled = (String, Vec<Instrument>);

/// A plan that came from another process.
#[pyfunction]
pub(crate) fn _plan(json: &str, instruments: Local<'_>) -> PyResult<Plan> {
    Plan::read_json(json, instruments)
}

#[pymethods]
impl Plan {
    /// Reads a plan from TOML. Raises `ClwError` for what is no plan or names what is not there.
    #[staticmethod]
    #[pyo3(signature = (text, *, instruments=None))]
    fn from_toml(text: &str, instruments: Local<'_>) -> PyResult<Self> {
        Self::read_toml(text, add_local(Registry::new(), instruments)?)
    }

    /// Reads a plan from a TOML file. Raises `OSError` where it cannot be read, else as `from_toml`.
    #[staticmethod]
    #[pyo3(signature = (path, *, instruments=None))]
    fn from_file(path: PathBuf, instruments: Local<'_>) -> PyResult<Self> {
        Self::from_toml(&read(path)?, instruments)
    }

    /// Reads a plan from a dict with the keys of its TOML. Raises `ClwError` as `from_toml` does.
    #[staticmethod]
    #[pyo3(signature = (plan, *, instruments=None))]
    fn from_dict(plan: &Bound<'_, PyDict>, instruments: Local<'_>) -> PyResult<Self> {
        Self::read_json(&json::dumps("plan", plan)?, instruments)
    }

    /// The name of the evaluation, as printed in the report.
    #[getter]
    fn title(&self) -> &str {
        &self.checked.plan().title
    }

    /// The plan as plain dicts and lists, as `from_dict` reads it.
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        json::loads(py, &json::written(self.checked.plan())?)
    }

    fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<(Bound<'py, PyAny>, Pickled)> {
        let local = self.registry.iter().skip(catalogue::all().len()).map(Instrument::shared);
        let parts = (json::written(self.checked.plan())?, local.collect());
        Ok((py.import("clw._clw")?.getattr("_plan")?, parts))
    }

    fn __repr__(&self) -> String {
        let plan = self.checked.plan();
        let measures: Vec<String> = plan.measures.iter().map(|of| of.instrument.clone()).collect();
        format!("<Plan {:?} as of {}: {}>", plan.title, plan.as_of, measures.join(", "))
    }
}
