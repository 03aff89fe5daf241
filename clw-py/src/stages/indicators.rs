//! Indicators of counts by month.

use pyo3::prelude::*;
use pyo3::types::{PyDict, PyString};
use serde_json::{Value, json};

use super::{Answer, ask, count_of, finite, same_length};
use crate::columns::{self, texts};
use crate::error::refused;
use crate::given::Given;
use crate::options::value;

/// The shares of an indicator by period, beside its target.
#[pyclass(module = "clw", extends = Answer, frozen)]
pub(crate) struct Indicator;

/// Works out an indicator of counts by month: its share in each period, beside the target.
///
/// Row i of the columns is one month, such as "2025-03": a count, and of how many. `definition` is the id
/// of an indicator of the library, "paired-completion", "coverage", "improved-of-pairs",
/// "improved-of-due" or "talking-therapies-reliable-improvement", or a dict with the fields of one: "id", "title", "numerator",
/// "denominator", "month-of", "direction" and "source". `length` is "month", "quarter", "half-year" or
/// "financial-year". `target` is the share aimed at; without it, that of the definition. `first` and
/// `last` are the months that the report begins and ends with, `without_month` a count and of how many
/// that have none. Raises `ClwError` for what is no month, one given twice, and an option that does not fit.
///
/// >>> found = clw.indicator(
/// ...     ["2025-01", "2025-02", "2025-04"], [20, 25, 12], [40, 50, 40],
/// ...     definition="paired-completion", length="quarter", target=0.6,
/// ... )
/// >>> [(of["period"], of["share"]["count"], of["beside-target"]) for of in found["periods"]]
/// [('2024-25 Q4', 45, 'not-distinguishable'), ('2025-26 Q1', 12, 'short-of-target')]
#[pyfunction]
#[pyo3(signature = (
    months, counts, of, *, definition, length, target=None, first=None, last=None,
    without_month=None, level=0.95
))]
#[expect(clippy::too_many_arguments, reason = "keywords in Python")]
pub(crate) fn indicator(
    months: &Bound<'_, PyAny>,
    counts: &Bound<'_, PyAny>,
    of: &Bound<'_, PyAny>,
    definition: &Bound<'_, PyAny>,
    length: &str,
    target: Option<f64>,
    first: Option<&str>,
    last: Option<&str>,
    without_month: Option<&Bound<'_, PyAny>>,
    level: f64,
) -> PyResult<Py<Indicator>> {
    if !definition.is_instance_of::<PyString>() && !definition.is_instance_of::<PyDict>() {
        let wanted = "neither a text nor a dict; give the id of an indicator, or its fields";
        return Err(Given::of("definition", definition).refused(wanted, "wrong-type"));
    }
    let names = texts(months, "months")?;
    let (count, all) = (columns::counts(counts, "counts")?, columns::counts(of, "of")?);
    same_length("counts", count.len(), names.len())?;
    same_length("of", all.len(), names.len())?;
    let rows = names.into_iter().zip(count).zip(all);
    let rows: Value = rows
        .map(|((month, count), of)| json!({"month": month, "count": count, "of": of}))
        .collect();
    let span = match (first, last) {
        (Some(first), Some(last)) => Some(json!({"from": first, "to": last})),
        (None, None) => None,
        _ => return Err(refused(&"give both first and last, or neither", "either-or")),
    };
    let question = json!({
        "indicator": value("definition", definition)?,
        "target": target.map(|target| finite("target", target)).transpose()?,
        "months": rows,
        "without-month": without_month.map(|of| count_of("without_month", of)).transpose()?,
        "span": span,
        "length": length,
        "level": finite("level", level)?,
    });
    ask(months.py(), "indicator", question, Indicator)
}
