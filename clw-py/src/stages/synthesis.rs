//! Programmes put together, and what a change is worth.

use pyo3::prelude::*;
use pyo3::types::PyDict;
use serde_json::json;

use super::{Answer, ask, by_name, finite, pairs_of};
use crate::change::PairCounts;
use crate::given::Given;
use crate::instrument::Measure;
use crate::options::value;

/// Several programmes put together.
#[pyclass(module = "clw", extends = Answer, frozen)]
pub(crate) struct Synthesis;

/// What a change in life satisfaction is worth.
#[pyclass(module = "clw", extends = Answer, frozen)]
pub(crate) struct Wellby;

/// Puts several programmes together by random effects, and says how far they differ.
///
/// One of: `pairs`, the `PairCounts` of each programme by its name; `shares`, a count and of how many,
/// pooled on the scale that `transform` names, "log-odds" or "arcsine-root"; or `estimates`, each with
/// its variance. `options` go by the names of the JSON: `{"tau-squared": "der-simonian-laird",
/// "interval": "wald", "prediction": "programmes-less-one", "level": 0.9}`. There is no ranking.
/// Raises `ClwError` for what does not fit.
///
/// >>> found = clw.synthesis(estimates={"Kirk": (1.2, 0.04), "Glen": (2.0, 0.09), "Skye": (1.5, 0.05)})
/// >>> found["pooling"]["programmes"]
/// 3
#[pyfunction]
#[pyo3(signature = (*, pairs=None, shares=None, transform=None, estimates=None, measure=None, options=None))]
pub(crate) fn synthesis(
    py: Python<'_>,
    pairs: Option<&Bound<'_, PyDict>>,
    shares: Option<&Bound<'_, PyDict>>,
    transform: Option<&str>,
    estimates: Option<&Bound<'_, PyDict>>,
    measure: Option<&Bound<'_, Measure>>,
    options: Option<&Bound<'_, PyDict>>,
) -> PyResult<Py<Synthesis>> {
    let of_pairs = |name: String, of: &Given<'_>| {
        Ok(json!({"name": name, "pairs": pairs_of(of.object::<PairCounts>()?.get())?}))
    };
    let of_shares = |name: String, of: &Given<'_>| {
        let (count, of) = of.pair()?;
        Ok(json!({"name": name, "count": count.count()?, "of": of.count()?}))
    };
    let of_estimates = |name: String, of: &Given<'_>| {
        let (estimate, variance) = of.pair()?;
        Ok(json!({"name": name, "estimate": estimate.number()?, "variance": variance.number()?}))
    };
    let question = json!({
        "pairs": pairs.map(|of| by_name("pairs", of, of_pairs)).transpose()?,
        "shares": shares.map(|of| by_name("shares", of, of_shares)).transpose()?,
        "transform": transform,
        "estimates": estimates.map(|of| by_name("estimates", of, of_estimates)).transpose()?,
        "name": measure.map(|measure| measure.get().of.label().to_owned()),
        "options": options.map(|of| value("options", of)).transpose()?,
    });
    ask(py, "synthesis", question, Synthesis)
}

/// What the pairs of life satisfaction (ONS4) are worth by HM Treasury's value of a WELLBY.
///
/// `duration_years` is how long the change is taken to last and `attributed_share` how much of it is
/// put down to the programme: neither has a default. Raises `ClwError` for other pairs and too few.
///
/// >>> satisfaction = clw.instrument("ons4").measures[0]
/// >>> pairs = clw.PairCounts.count(satisfaction, [5] * 32 + [6] * 8, [6] * 40)
/// >>> worth = clw.wellby(pairs, duration_years=1, attributed_share=0.5)
/// >>> worth["values"][1]["pounds"]
/// 208000.0
#[pyfunction]
#[pyo3(signature = (pairs, *, duration_years, attributed_share, level=0.95))]
pub(crate) fn wellby(
    py: Python<'_>,
    pairs: &PairCounts,
    duration_years: &Bound<'_, PyAny>,
    attributed_share: &Bound<'_, PyAny>,
    level: f64,
) -> PyResult<Py<Wellby>> {
    // As they print, so that 0.1 is a tenth.
    let printed = |number: &Bound<'_, PyAny>| number.str()?.extract::<String>();
    let question = json!({
        "pairs": pairs_of(pairs)?,
        "assumptions": {
            "duration-years": printed(duration_years)?,
            "attributed-share": printed(attributed_share)?,
        },
        "level": finite("level", level)?,
    });
    ask(py, "wellby", question, Wellby)
}
