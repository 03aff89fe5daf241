//! How many pairs a plan needs, and what tells of one person.

use pyo3::prelude::*;
use pyo3::types::PyDict;
use serde_json::{Value, json};

use super::{Answer, ask, by_name, finite};
use crate::arguments::Count;
use crate::given::Given;
use crate::instrument::Measure;
use crate::json;

/// The pairs and the power of a planned paired t test.
#[pyclass(module = "clw", extends = Answer, frozen)]
pub(crate) struct PlannedTest;

/// The smallest change of one person that is more than the error of measurement.
#[pyclass(module = "clw", extends = Answer, frozen)]
pub(crate) struct MinimumDetectableChange;

/// p-values adjusted for their number.
#[pyclass(module = "clw", extends = Answer, frozen)]
pub(crate) struct AdjustedPs;

/// Works out the chance that a paired t test with so many pairs sees a change.
///
/// `effect` is the mean change to be seen and `standard_deviation_of_change` that of the changes, in
/// units of the printed score. `alternative` is "two-sided", "greater" or "less". Raises `ClwError` for
/// an option that does not fit.
///
/// >>> clw.power(effect=1.5, standard_deviation_of_change=3, pairs=34)
/// <PlannedTest: 34 pairs, power 0.807...>
#[pyfunction]
#[pyo3(signature = (
    *, effect, standard_deviation_of_change, pairs, alternative="two-sided", level=0.95, measure=None
))]
pub(crate) fn power(
    py: Python<'_>,
    effect: f64,
    standard_deviation_of_change: f64,
    pairs: Count,
    alternative: &str,
    level: f64,
    measure: Option<&Bound<'_, Measure>>,
) -> PyResult<Py<PlannedTest>> {
    let question = json!({
        "effect": finite("effect", effect)?,
        "standard-deviation-of-change":
            finite("standard_deviation_of_change", standard_deviation_of_change)?,
        "pairs": pairs,
        "alternative": alternative,
        "level": finite("level", level)?,
        "measure": named(measure)?,
    });
    ask(py, "power", question, PlannedTest)
}

/// Works out how many pairs a paired t test needs for a chance of `power` to see a change.
///
/// The other options are those of `clw.power`.
///
/// >>> clw.pairs_needed(effect=1.5, standard_deviation_of_change=3, power=0.8)["pairs"]
/// 34
#[pyfunction]
#[pyo3(signature = (
    *, effect, standard_deviation_of_change, power, alternative="two-sided", level=0.95, measure=None
))]
pub(crate) fn pairs_needed(
    py: Python<'_>,
    effect: f64,
    standard_deviation_of_change: f64,
    power: f64,
    alternative: &str,
    level: f64,
    measure: Option<&Bound<'_, Measure>>,
) -> PyResult<Py<PlannedTest>> {
    let question = json!({
        "effect": finite("effect", effect)?,
        "standard-deviation-of-change":
            finite("standard_deviation_of_change", standard_deviation_of_change)?,
        "power": finite("power", power)?,
        "alternative": alternative,
        "level": finite("level", level)?,
        "measure": named(measure)?,
    });
    ask(py, "pairs-needed", question, PlannedTest)
}

/// Works out the smallest change of one person that is more than the error of measurement.
///
/// From `standard_error_of_measurement`, or from `standard_deviation` and `reliability`.
///
/// >>> found = clw.minimum_detectable_change(standard_error_of_measurement=2)
/// >>> round(found["minimum-detectable-change"], 2)
/// 5.54
#[pyfunction]
#[pyo3(signature = (
    *, standard_error_of_measurement=None, standard_deviation=None, reliability=None, measure=None
))]
pub(crate) fn minimum_detectable_change(
    py: Python<'_>,
    standard_error_of_measurement: Option<f64>,
    standard_deviation: Option<f64>,
    reliability: Option<f64>,
    measure: Option<&Bound<'_, Measure>>,
) -> PyResult<Py<MinimumDetectableChange>> {
    let question = json!({
        "standard-error-of-measurement": standard_error_of_measurement.map(|of| finite("standard_error_of_measurement", of)).transpose()?,
        "standard-deviation": standard_deviation.map(|of| finite("standard_deviation", of)).transpose()?,
        "reliability": reliability.map(|of| finite("reliability", of)).transpose()?,
        "measure": named(measure)?,
    });
    ask(py, "minimum-detectable-change", question, MinimumDetectableChange)
}

/// Adjusts p-values for their number, by "holm" or "benjamini-hochberg".
///
/// >>> adjusted = clw.adjusted_ps({"wellbeing": 0.01, "loneliness": 0.04}, method="holm")
/// >>> [of["p-adjusted"] for of in adjusted["p-values"]]
/// [0.02, 0.04]
#[pyfunction]
#[pyo3(signature = (p_values, *, method))]
pub(crate) fn adjusted_ps(p_values: &Bound<'_, PyDict>, method: &str) -> PyResult<Py<AdjustedPs>> {
    let each = |name: String, p: &Given<'_>| Ok(json!({"name": name, "p": p.number()?}));
    let question = json!({"p-values": by_name("p_values", p_values, each)?, "method": method});
    ask(p_values.py(), "adjusted-ps", question, AdjustedPs)
}

/// What the sentences of a plan call its measure.
fn named(measure: Option<&Bound<'_, Measure>>) -> PyResult<Option<Value>> {
    let told = |of: &Bound<'_, Measure>| {
        let measure = &of.get().of;
        Ok(json!({"name": measure.label(), "scale": json::value_of(&measure.scale())?}))
    };
    measure.map(told).transpose()
}
