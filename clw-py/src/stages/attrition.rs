//! Those with a follow-up beside those without.

use clw_core::request::{TraitColumn, attrition_of_columns};
use clw_core::score::WholeColumn;
use pyo3::prelude::*;
use pyo3::types::PyDict;
use serde_json::Value;

use super::{Answer, answered};
use crate::columns::{texts, whole, whole_or_blank};
use crate::given::name_in;
use crate::instrument::Measure;
use crate::options::{refused_options, value};

/// Those with a follow-up beside those without, and what that leaves unknown.
#[pyclass(module = "clw", extends = Answer, frozen)]
pub(crate) struct Attrition;

/// Compares those with a follow-up with those without.
///
/// Row i of all columns is one person whose follow-up is due and who has a baseline; `follow_up` is
/// blank for those without one. `traits` are further columns by name, such as the age band; a blank
/// there is a level of its own. Points are whole steps of the scale, 1925 for 19.25. `options` are
/// those of the comparison by the names of the JSON, such as `{"difference-threshold": 0.2}`, and
/// `weighting` those of the weights, `{"variance": "weights-as-estimated"}`. Raises `ClwError` for
/// columns of unequal length, a score off the scale and an option that does not fit.
///
/// >>> wellbeing = clw.instrument("swemwbs").measures[0]
/// >>> found = clw.attrition(
/// ...     wellbeing, [1798, 1925, 2154, 1743], [2154, 2073, None, 2321],
/// ...     traits={"gender": ["woman", "man", "man", "woman"]},
/// ... )
/// >>> found
/// <Attrition: 3 of 4 followed up, 2 traits compared>
/// >>> found["verdict"]["kind"]
/// 'no-difference-found'
#[pyfunction]
#[pyo3(signature = (measure, baseline, follow_up, *, traits=None, options=None, weighting=None))]
pub(crate) fn attrition(
    py: Python<'_>,
    measure: &Measure,
    baseline: &Bound<'_, PyAny>,
    follow_up: &Bound<'_, PyAny>,
    traits: Option<&Bound<'_, PyDict>>,
    options: Option<&Bound<'_, PyDict>>,
    weighting: Option<&Bound<'_, PyDict>>,
) -> PyResult<Py<Attrition>> {
    let baseline = whole(baseline, WholeColumn::Baseline)?;
    let follow_up = whole_or_blank(follow_up, WholeColumn::FollowUp)?;
    let of_trait = |(name, levels): (Bound<'_, PyAny>, Bound<'_, PyAny>)| {
        let name = name_in("traits", &name)?;
        Ok(TraitColumn { levels: texts(&levels, &name)?, name })
    };
    let traits: Vec<TraitColumn> =
        traits.into_iter().flatten().map(of_trait).collect::<PyResult<_>>()?;
    let mut how = serde_json::Map::new();
    for (name, given) in [("options", options), ("weighting", weighting)] {
        if let Some(given) = given {
            how.insert(name.into(), value(name, given)?);
        }
    }
    let (scale, name) = (measure.of.scale(), measure.of.label());
    let how = Value::Object(how).to_string();
    let told =
        py.detach(|| attrition_of_columns(scale, name, &baseline, &follow_up, &traits, &how));
    answered(py, told.map_err(|error| refused_options(&how, &error, error.code()))?, Attrition)
}
