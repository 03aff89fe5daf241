//! Need, reach and benefit over bands of deprivation.

use pyo3::prelude::*;
use pyo3::types::PyDict;
use serde_json::{Value, json};

use super::{Answer, ask, finite, pairs_of, same_length};
use crate::change::PairCounts;
use crate::columns::{self, numbers};
use crate::error::refused;
use crate::given::Given;
use crate::options::value;

/// The slope and relative index of inequality over bands of deprivation.
#[pyclass(module = "clw", extends = Answer, frozen)]
pub(crate) struct Inequality;

/// Referrals beside the people on the practice lists, band by band.
#[pyclass(module = "clw", extends = Answer, frozen)]
pub(crate) struct Reach;

/// Reach, engagement, completion and benefit, band by band.
#[pyclass(module = "clw", extends = Answer, frozen)]
pub(crate) struct EquityTable;

/// Works out the slope and the relative index of inequality over bands of deprivation.
///
/// Row i of the columns is band i, the most deprived first, of five or ten: how many are counted
/// there, or its rate, and how many people it has. `better` is "higher-is-better" or
/// "lower-is-better"; `kind` is "proportion", a count of people among people, or "rate". Raises
/// `ClwError` for another number of bands and what is no rate of its kind.
///
/// >>> found = clw.inequality(
/// ...     rates=[40, 35, 30, 26, 22], populations=[120, 110, 100, 90, 80],
/// ...     kind="rate", better="lower-is-better",
/// ... )
/// >>> found["of-bands"]["worse-off"]
/// 'most-deprived'
#[pyfunction]
#[pyo3(signature = (*, counts=None, rates=None, populations, kind, better, level=0.95))]
pub(crate) fn inequality(
    counts: Option<&Bound<'_, PyAny>>,
    rates: Option<&Bound<'_, PyAny>>,
    populations: &Bound<'_, PyAny>,
    kind: &Bound<'_, PyAny>,
    better: &str,
    level: f64,
) -> PyResult<Py<Inequality>> {
    let populations_of = columns::counts(populations, "populations")?;
    let (name, key, given): (_, _, Vec<Value>) = match (counts, rates) {
        (Some(of), None) => (
            "counts",
            "count",
            columns::counts(of, "counts")?.into_iter().map(Into::into).collect(),
        ),
        (None, Some(of)) => {
            ("rates", "rate", numbers(of, "rates")?.into_iter().map(Into::into).collect())
        }
        _ => return Err(refused(&"give either counts= or rates=", "either-or")),
    };
    same_length("populations", populations_of.len(), given.len())?;
    let bands = (1..).zip(given.into_iter().zip(populations_of));
    let bands: Value = bands
        .map(|(band, (given, people))| json!({"band": band, key: given, "population": people}))
        .collect();
    let question = json!({name: bands, "kind": value("kind", kind)?, "better": better, "level": finite("level", level)?});
    ask(populations.py(), "inequality", question, Inequality)
}

/// Compares referrals with the people on the practice lists, band by band, the most deprived first.
///
/// >>> found = clw.reach([60, 40], [3000, 7000])
/// >>> found["bands"][0]["reach-ratio"]["value"]
/// 2.0
#[pyfunction]
#[pyo3(signature = (referred, lists, *, level=0.95))]
pub(crate) fn reach(
    referred: &Bound<'_, PyAny>,
    lists: &Bound<'_, PyAny>,
    level: f64,
) -> PyResult<Py<Reach>> {
    let counted = columns::counts(referred, "referred")?;
    let listed = columns::counts(lists, "lists")?;
    let question = json!({"referred": counted, "lists": listed, "level": finite("level", level)?});
    ask(referred.py(), "reach", question, Reach)
}

/// Makes the table of reach, engagement, completion and benefit by band.
///
/// `bands` lists what is known of each: its number "band", its "flow" by fate and its "pairs", a
/// `PairCounts`. `axis` is `{"simd": {"index": {"version": "2020v2"}, "bands": "quintiles"}}` or
/// `{"urban-rural": {"classes": "six-fold"}}`. `not_placed` has the flows of those in no band by the
/// reason, and `lists` the people on the practice lists. Raises `ClwError` for what does not fit.
#[pyfunction]
#[pyo3(signature = (bands, *, axis, not_placed=None, lists=None, level=0.95))]
pub(crate) fn equity_table(
    bands: &Bound<'_, PyAny>,
    axis: &Bound<'_, PyDict>,
    not_placed: Option<&Bound<'_, PyDict>>,
    lists: Option<&Bound<'_, PyDict>>,
    level: f64,
) -> PyResult<Py<EquityTable>> {
    let band = |band: &Given<'_>| {
        let others = band.dict()?.copy()?;
        let pairs = band.field("pairs")?;
        if pairs.is_some() {
            others.del_item("pairs")?;
        }
        let mut fields = value("bands", &others)?;
        if let (Some(pairs), Some(fields)) = (pairs, fields.as_object_mut()) {
            fields.insert("pairs".into(), pairs_of(pairs.object::<PairCounts>()?.get())?);
        }
        Ok(fields)
    };
    let bands = Given::of("bands", bands).list()?;
    let question = json!({
        "axis": value("axis", axis)?,
        "bands": bands.iter().map(band).collect::<PyResult<Vec<_>>>()?,
        "not-placed": not_placed.map(|of| value("not_placed", of)).transpose()?,
        "lists": lists.map(|of| value("lists", of)).transpose()?,
        "level": finite("level", level)?,
    });
    ask(axis.py(), "equity-table", question, EquityTable)
}
