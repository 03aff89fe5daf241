//! Completion, time to follow-up, and shares over periods and practices.

use clw_core::completion::TimesToFollowUp;
use pyo3::prelude::*;
use pyo3::types::PyDict;
use serde_json::{Value, json};

use super::{Answer, ask, count_of, finite, same_length};
use crate::arguments::Count;
use crate::columns::{self, counts, flags, numbers, texts};
use crate::error::refused;
use crate::given::Given;
use crate::json;
use crate::options::value;

/// The boxes from referred to paired and the rates between them.
#[pyclass(module = "clw", extends = Answer, frozen)]
pub(crate) struct Completion;

/// Kaplan and Meier's curve of time to follow-up.
#[pyclass(module = "clw", extends = Answer, frozen)]
pub(crate) struct Survival;

/// Shares or values by period within the limits of chance.
#[pyclass(module = "clw", extends = Answer, frozen)]
pub(crate) struct ControlChart;

/// Practices within the limits of chance, by size and without a ranking.
#[pyclass(module = "clw", extends = Answer, frozen)]
pub(crate) struct Funnel;

/// A share before and after, and the difference.
#[pyclass(module = "clw", extends = Answer, frozen)]
pub(crate) struct BeforeAfter;

/// Works out completion from the fates of episodes.
///
/// `flow` says how many episodes met each fate, as an evaluation has it: "paired",
/// "follow-up-missing", "not-due-yet" and so on. `improved` is how many of the pairs improved, for the
/// bounds on the share among all due. Raises `ClwError` for what is no fate or does not add up.
///
/// >>> found = clw.completion({"paired": 48, "follow-up-missing": 72, "not-due-yet": 30}, improved=30)
/// >>> found
/// <Completion: 150 referred, 120 due, 48 paired>
/// >>> found["rates"]["paired-completion"]["proportion"]["value"], found["improved-bounds"]["worst"]
/// (0.4, 0.25)
#[pyfunction]
#[pyo3(signature = (flow, *, improved=None, level=0.95))]
pub(crate) fn completion(
    flow: &Bound<'_, PyDict>,
    improved: Option<Count>,
    level: f64,
) -> PyResult<Py<Completion>> {
    let question = json!({"flow": value("flow", flow)?, "improved": improved, "level": finite("level", level)?});
    ask(flow.py(), "completion", question, Completion)
}

/// Draws Kaplan and Meier's curve of the share followed up.
///
/// `days` and `followed_up` are columns: row i is one person, watched for so many days and then
/// followed up, or last seen without. Or `counts` has both by day, as an evaluation has them:
/// `{28: {"followed-up": 3, "censored": 1}}`. `by` lists days to give the share for. `interval` is
/// "log-log", "log" or "plain". Raises `ClwError` for what is no count and an option that does not fit.
///
/// >>> curve = clw.survival([21, 28, 30, 35], [True, True, False, True], by=[28])
/// >>> curve["median"]["days"], curve["by-day"][0]["share"]
/// (28, 0.5)
#[pyfunction]
#[pyo3(signature = (days=None, followed_up=None, *, counts=None, by=None, interval="log-log", level=0.95))]
pub(crate) fn survival(
    py: Python<'_>,
    days: Option<&Bound<'_, PyAny>>,
    followed_up: Option<&Bound<'_, PyAny>>,
    counts: Option<&Bound<'_, PyDict>>,
    by: Option<&Bound<'_, PyAny>>,
    interval: &str,
    level: f64,
) -> PyResult<Py<Survival>> {
    let by_day = match (days, followed_up, counts) {
        (Some(days), Some(followed_up), None) => {
            let (days, seen) = (columns::counts(days, "days")?, flags(followed_up)?);
            same_length("followed_up", seen.len(), days.len())?;
            let mut times = TimesToFollowUp::default();
            for (day, seen) in days.into_iter().zip(seen) {
                let day = u32::try_from(day).map_err(|_| {
                    let message = format!("{day} days are more than {}; give whole days", u32::MAX);
                    refused(&message, "unfit-cell")
                })?;
                if seen { times.add_followed_up(day) } else { times.add_censored(day) }
            }
            json::value_of(&times)?
        }
        (None, None, Some(counts)) => value("counts", counts)?,
        _ => return Err(refused(&"give either days and followed_up, or counts=", "either-or")),
    };
    let by = by.map_or(Ok(Vec::new()), |by| Given::of("by", by).counts())?;
    let question =
        json!({"counts": by_day, "by": by, "interval": interval, "level": finite("level", level)?});
    ask(py, "survival", question, Survival)
}

/// Draws a p-chart of shares by period.
///
/// Row i of the columns is one period: its name, a count, and of how many. `limits` is "three-sigma"
/// or "exact-binomial"; `rules` names a source of rules for what is more than chance,
/// "nhs-england-making-data-count", "western-electric-1956" or "nelson-1984", or lists single ones.
/// Limits are worked out anew from the periods `recalculate_from` names, and from the first
/// `baseline_periods` only. Raises `ClwError` for an option that does not fit.
///
/// >>> months = ["2026-01", "2026-02", "2026-03"]
/// >>> chart = clw.p_chart(
/// ...     months, [12, 15, 8], [50, 50, 50], limits="three-sigma", rules="nhs-england-making-data-count"
/// ... )
/// >>> chart
/// <ControlChart: 3 periods, 0 beyond chance>
#[pyfunction]
#[pyo3(signature = (periods, counts, of, *, limits, rules, recalculate_from=None, baseline_periods=None))]
pub(crate) fn p_chart(
    periods: &Bound<'_, PyAny>,
    counts: &Bound<'_, PyAny>,
    of: &Bound<'_, PyAny>,
    limits: &str,
    rules: &Bound<'_, PyAny>,
    recalculate_from: Option<&Bound<'_, PyAny>>,
    baseline_periods: Option<Count>,
) -> PyResult<Py<ControlChart>> {
    let question = json!({
        "periods": named_counts(("periods", periods), counts, of)?,
        "limits": limits,
        "rules": value("rules", rules)?,
        "recalculate-from": months(recalculate_from)?,
        "baseline-periods": baseline_periods,
    });
    ask(periods.py(), "p-chart", question, ControlChart)
}

/// Draws an XmR chart of values by period; a blank is a period without one.
///
/// `constants` is "rounded", 2.66 and 3.268 as in textbooks, or "unrounded"; the other options are
/// those of `p_chart`. Raises `ClwError` for an option that does not fit.
///
/// >>> weeks = ["1", "2", "3", "4"]
/// >>> chart = clw.xmr_chart(weeks, [31, 35, None, 33], constants="rounded", rules="nelson-1984")
/// >>> chart["phases"][0]["centre"]
/// 33.0
#[pyfunction]
#[pyo3(signature = (periods, values, *, constants, rules, recalculate_from=None, baseline_periods=None))]
pub(crate) fn xmr_chart(
    periods: &Bound<'_, PyAny>,
    values: &Bound<'_, PyAny>,
    constants: &str,
    rules: &Bound<'_, PyAny>,
    recalculate_from: Option<&Bound<'_, PyAny>>,
    baseline_periods: Option<Count>,
) -> PyResult<Py<ControlChart>> {
    let (names, values) = (texts(periods, "periods")?, numbers(values, "values")?);
    same_length("values", values.len(), names.len())?;
    let rows = names.into_iter().zip(values);
    let rows: Value = rows.map(|(name, value)| json!({"name": name, "value": value})).collect();
    let question = json!({
        "periods": rows,
        "constants": constants,
        "rules": value("rules", rules)?,
        "recalculate-from": months(recalculate_from)?,
        "baseline-periods": baseline_periods,
    });
    ask(periods.py(), "xmr-chart", question, ControlChart)
}

/// Draws a funnel plot of practices: who lies outside what chance explains at their size.
///
/// Row i of the columns is one practice. `limits` is "exact-binomial", "interpolated-binomial",
/// "mid-p" or `{"normal-overdispersed": {"winsorised": 0.1}}`; `target` is "pooled" or
/// `{"given": 0.6}`. There is no ranking. Raises `ClwError` for an option that does not fit.
///
/// >>> clw.funnel(["Kirk", "Glen"], [48, 20], [120, 80])["target"]
/// 0.34
#[pyfunction]
#[pyo3(signature = (practices, counts, of, *, limits=None, target=None))]
pub(crate) fn funnel(
    practices: &Bound<'_, PyAny>,
    counts: &Bound<'_, PyAny>,
    of: &Bound<'_, PyAny>,
    limits: Option<&Bound<'_, PyAny>>,
    target: Option<&Bound<'_, PyAny>>,
) -> PyResult<Py<Funnel>> {
    let options = json!({
        "limits": limits.map_or(Ok("exact-binomial".into()), |of| value("limits", of))?,
        "target": target.map_or(Ok("pooled".into()), |of| value("target", of))?,
    });
    let rows = named_counts(("practices", practices), counts, of)?;
    let question = json!({"practices": rows, "options": options});
    ask(practices.py(), "funnel", question, Funnel)
}

/// Compares a share before and after, each a count and of how many, with Newcombe's interval.
///
/// >>> clw.before_after((48, 80), (56, 70))["difference"]["value"]
/// 0.2
#[pyfunction]
#[pyo3(signature = (before, after, *, level=0.95))]
pub(crate) fn before_after(
    py: Python<'_>,
    before: &Bound<'_, PyAny>,
    after: &Bound<'_, PyAny>,
    level: f64,
) -> PyResult<Py<BeforeAfter>> {
    let (before, after) = (count_of("before", before)?, count_of("after", after)?);
    let question = json!({"before": before, "after": after, "level": finite("level", level)?});
    ask(py, "before-after", question, BeforeAfter)
}

/// The periods from which on limits are worked out anew.
fn months(from: Option<&Bound<'_, PyAny>>) -> PyResult<Option<Vec<String>>> {
    from.map(|from| Given::of("recalculate_from", from).texts()).transpose()
}

/// Rows of named counts, such as practices or months, from three columns.
fn named_counts(
    (column, names): (&str, &Bound<'_, PyAny>),
    count: &Bound<'_, PyAny>,
    of: &Bound<'_, PyAny>,
) -> PyResult<Value> {
    let (names, count, of) = (texts(names, column)?, counts(count, "counts")?, counts(of, "of")?);
    same_length("counts", count.len(), names.len())?;
    same_length("of", of.len(), names.len())?;
    let rows = names.into_iter().zip(count).zip(of);
    Ok(rows.map(|((name, count), of)| json!({"name": name, "count": count, "of": of})).collect())
}
