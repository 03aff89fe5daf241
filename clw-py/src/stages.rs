//! Single stages: `clw_core::request`.

use clw_core::completion::TimesToFollowUp;
use clw_core::request::{Answer, Table, TraitColumn, answer, attrition_of_columns};
use clw_core::score::WholeColumn;
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::PyDict;
use serde_json::{Value, json};

use crate::change::PairCounts;
use crate::columns::{self, counts, flags, numbers, texts, whole, whole_or_blank};
use crate::error::{raise, refused};
use crate::html::escaped;
use crate::instrument::Measure;
use crate::json::{self, value};

/// A class of answers, each with what all of them have.
macro_rules! answers {
    ($($(#[$doc:meta])* $name:ident,)+) => {$(
        $(#[$doc])*
        #[pyclass(module = "clw", frozen, eq)]
        #[derive(PartialEq)]
        pub(crate) struct $name(Answer);

        #[pymethods]
        impl $name {
            /// The result in plain words.
            #[getter]
            fn sentence(&self) -> &str {
                self.0.sentence()
            }

            /// The result as one line of JSON, the same bytes in every language.
            fn to_json(&self) -> &str {
                self.0.to_json()
            }

            /// The result as plain dicts and lists, with the keys of its JSON.
            fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
                json::loads(py, self.0.to_json())
            }

            /// One part by its key, as in `to_dict()`.
            fn __getitem__<'py>(
                &self,
                py: Python<'py>,
                part: &str,
            ) -> PyResult<Bound<'py, PyAny>> {
                self.to_dict(py)?.as_any().get_item(part)
            }

            /// The table and its sentence; colours are the notebook's own.
            fn _repr_html_(&self) -> String {
                shown(&self.0)
            }

            fn __repr__(&self) -> String {
                format!("<{}: {}>", stringify!($name), self.0.brief())
            }
        }
    )+};
}

answers! {
    /// The boxes from referred to paired and the rates between them.
    Completion,
    /// Kaplan and Meier's curve of time to follow-up.
    Survival,
    /// Shares or values by period within the limits of chance.
    ControlChart,
    /// Practices within the limits of chance, by size and without a ranking.
    Funnel,
    /// A share before and after, and the difference.
    BeforeAfter,
    /// Those with a follow-up beside those without, and what that leaves unknown.
    Attrition,
    /// The slope and relative index of inequality over bands of deprivation.
    Inequality,
    /// Referrals beside the people on the practice lists, band by band.
    Reach,
    /// Reach, engagement, completion and benefit, band by band.
    EquityTable,
    /// The pairs and the power of a planned paired t test.
    PlannedTest,
    /// The smallest change of one person that is more than the error of measurement.
    MinimumDetectableChange,
    /// p-values adjusted for their number.
    AdjustedPs,
    /// Several programmes put together.
    Synthesis,
    /// What a change in life satisfaction is worth.
    Wellby,
    /// Counts as they may be published.
    ProtectedTable,
}

/// A table under its sentence, as a notebook shows it.
fn shown(answer: &Answer) -> String {
    let Table { headings, rows } = answer.table();
    let row = |tag: &str, cells: &mut dyn Iterator<Item = &str>| {
        let cells = cells.map(|cell| format!("<{tag}>{}</{tag}>", escaped(cell)));
        format!("<tr>{}</tr>", cells.collect::<String>())
    };
    let head = row("th", &mut headings.iter().copied());
    let body = rows.iter().map(|cells| row("td", &mut cells.iter().map(String::as_str)));
    format!(
        "<p>{}</p><table><thead>{head}</thead><tbody>{}</tbody></table>",
        escaped(answer.sentence()),
        body.collect::<String>()
    )
}

/// Asks the core what `compute` names, of the options that were given.
fn ask(py: Python<'_>, compute: &str, mut options: Value) -> PyResult<Answer> {
    if let Some(options) = options.as_object_mut() {
        options.retain(|_, value| !value.is_null());
        options.insert("compute".into(), compute.into());
    }
    let question = options.to_string();
    py.detach(|| answer(&question)).map_err(raise)
}

/// Rows of named counts, such as practices or months, from three columns.
fn named_counts(
    names: &Bound<'_, PyAny>,
    count: &Bound<'_, PyAny>,
    of: &Bound<'_, PyAny>,
) -> PyResult<Value> {
    let (names, count, of) = (texts(names)?, counts(count, "counts")?, counts(of, "of")?);
    same_length("counts", count.len(), names.len())?;
    same_length("of", of.len(), names.len())?;
    let rows = names.into_iter().zip(count).zip(of);
    Ok(rows.map(|((name, count), of)| json!({"name": name, "count": count, "of": of})).collect())
}

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
    improved: Option<u64>,
    level: f64,
) -> PyResult<Completion> {
    let question = json!({"flow": value(flow)?, "improved": improved, "level": level});
    ask(flow.py(), "completion", question).map(Completion)
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
    by: Option<Vec<u32>>,
    interval: &str,
    level: f64,
) -> PyResult<Survival> {
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
        (None, None, Some(counts)) => value(counts)?,
        _ => return Err(PyTypeError::new_err("give either days and followed_up, or counts=")),
    };
    let by = by.unwrap_or_default();
    let question = json!({"counts": by_day, "by": by, "interval": interval, "level": level});
    ask(py, "survival", question).map(Survival)
}

/// Draws a p-chart of shares by period.
///
/// Row i of the columns is one period: its name, a count, and of how many. `limits` is "three-sigma"
/// or "exact-binomial"; `rules` names a source of rules for what is more than chance,
/// "nhs-england-making-data-count", "western-electric1956" or "nelson1984", or lists single ones.
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
    recalculate_from: Option<Vec<String>>,
    baseline_periods: Option<u32>,
) -> PyResult<ControlChart> {
    let question = json!({
        "periods": named_counts(periods, counts, of)?,
        "limits": limits,
        "rules": value(rules)?,
        "recalculate-from": recalculate_from.map(Value::from),
        "baseline-periods": baseline_periods,
    });
    ask(periods.py(), "p-chart", question).map(ControlChart)
}

/// Draws an XmR chart of values by period; a blank is a period without one.
///
/// `constants` is "rounded", 2.66 and 3.268 as in textbooks, or "unrounded"; the other options are
/// those of `p_chart`. Raises `ClwError` for an option that does not fit.
///
/// >>> weeks = ["1", "2", "3", "4"]
/// >>> chart = clw.xmr_chart(weeks, [31, 35, None, 33], constants="rounded", rules="nelson1984")
/// >>> chart["phases"][0]["centre"]
/// 33.0
#[pyfunction]
#[pyo3(signature = (periods, values, *, constants, rules, recalculate_from=None, baseline_periods=None))]
pub(crate) fn xmr_chart(
    periods: &Bound<'_, PyAny>,
    values: &Bound<'_, PyAny>,
    constants: &str,
    rules: &Bound<'_, PyAny>,
    recalculate_from: Option<Vec<String>>,
    baseline_periods: Option<u32>,
) -> PyResult<ControlChart> {
    let (names, values) = (texts(periods)?, numbers(values, "values")?);
    same_length("values", values.len(), names.len())?;
    let rows = names.into_iter().zip(values);
    let rows: Value = rows.map(|(name, value)| json!({"name": name, "value": value})).collect();
    let question = json!({
        "periods": rows,
        "constants": constants,
        "rules": value(rules)?,
        "recalculate-from": recalculate_from.map(Value::from),
        "baseline-periods": baseline_periods,
    });
    ask(periods.py(), "xmr-chart", question).map(ControlChart)
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
) -> PyResult<Funnel> {
    let options = json!({
        "limits": limits.map_or(Ok("exact-binomial".into()), value)?,
        "target": target.map_or(Ok("pooled".into()), value)?,
    });
    let rows = named_counts(practices, counts, of)?;
    let question = json!({"practices": rows, "options": options});
    ask(practices.py(), "funnel", question).map(Funnel)
}

/// Compares a share before and after, each a count and of how many, with Newcombe's interval.
///
/// >>> clw.before_after((48, 80), (56, 70))["difference"]["value"]
/// 0.2
#[pyfunction]
#[pyo3(signature = (before, after, *, level=0.95))]
pub(crate) fn before_after(
    py: Python<'_>,
    before: (u64, u64),
    after: (u64, u64),
    level: f64,
) -> PyResult<BeforeAfter> {
    let counted = |(count, of): (u64, u64)| json!({"count": count, "of": of});
    let question = json!({"before": counted(before), "after": counted(after), "level": level});
    ask(py, "before-after", question).map(BeforeAfter)
}

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
) -> PyResult<Attrition> {
    let baseline = whole(baseline, WholeColumn::Baseline)?;
    let follow_up = whole_or_blank(follow_up, WholeColumn::FollowUp)?;
    let of_trait = |(name, levels): (Bound<'_, PyAny>, Bound<'_, PyAny>)| {
        Ok(TraitColumn { name: name.extract()?, levels: texts(&levels)? })
    };
    let traits: Vec<TraitColumn> =
        traits.into_iter().flatten().map(of_trait).collect::<PyResult<_>>()?;
    let mut how = serde_json::Map::new();
    for (name, given) in [("options", options), ("weighting", weighting)] {
        if let Some(given) = given {
            how.insert(name.into(), value(given)?);
        }
    }
    let (scale, name) = (measure.0.scale(), measure.0.label());
    let how = Value::Object(how).to_string();
    let told =
        py.detach(|| attrition_of_columns(scale, name, &baseline, &follow_up, &traits, &how));
    told.map(Attrition).map_err(raise)
}

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
) -> PyResult<Inequality> {
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
        _ => return Err(PyTypeError::new_err("give either counts= or rates=")),
    };
    same_length("populations", populations_of.len(), given.len())?;
    let bands = (1..).zip(given.into_iter().zip(populations_of));
    let bands: Value = bands
        .map(|(band, (given, people))| json!({"band": band, key: given, "population": people}))
        .collect();
    let question = json!({name: bands, "kind": value(kind)?, "better": better, "level": level});
    ask(populations.py(), "inequality", question).map(Inequality)
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
) -> PyResult<Reach> {
    let counted = columns::counts(referred, "referred")?;
    let listed = columns::counts(lists, "lists")?;
    let question = json!({"referred": counted, "lists": listed, "level": level});
    ask(referred.py(), "reach", question).map(Reach)
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
    bands: Vec<Bound<'_, PyDict>>,
    axis: &Bound<'_, PyDict>,
    not_placed: Option<&Bound<'_, PyDict>>,
    lists: Option<&Bound<'_, PyDict>>,
    level: f64,
) -> PyResult<EquityTable> {
    let band = |band: Bound<'_, PyDict>| {
        let others = band.copy()?;
        let pairs = others.get_item("pairs")?;
        if pairs.is_some() {
            others.del_item("pairs")?;
        }
        let mut fields = value(&others)?;
        if let (Some(pairs), Some(fields)) = (pairs, fields.as_object_mut()) {
            fields.insert("pairs".into(), pairs_of(pairs.cast::<PairCounts>()?.get())?);
        }
        Ok(fields)
    };
    let question = json!({
        "axis": value(axis)?,
        "bands": bands.into_iter().map(band).collect::<PyResult<Vec<_>>>()?,
        "not-placed": not_placed.map(|of| value(of)).transpose()?,
        "lists": lists.map(|of| value(of)).transpose()?,
        "level": level,
    });
    ask(axis.py(), "equity-table", question).map(EquityTable)
}

/// What the sentences of a plan call its measure.
fn named(measure: Option<&Bound<'_, Measure>>) -> PyResult<Option<Value>> {
    let told = |of: &Bound<'_, Measure>| {
        let measure = &of.get().0;
        Ok(json!({"name": measure.label(), "scale": json::value_of(&measure.scale())?}))
    };
    measure.map(told).transpose()
}

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
    pairs: u64,
    alternative: &str,
    level: f64,
    measure: Option<&Bound<'_, Measure>>,
) -> PyResult<PlannedTest> {
    let question = json!({
        "effect": effect,
        "standard-deviation-of-change": standard_deviation_of_change,
        "pairs": pairs,
        "alternative": alternative,
        "level": level,
        "measure": named(measure)?,
    });
    ask(py, "power", question).map(PlannedTest)
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
) -> PyResult<PlannedTest> {
    let question = json!({
        "effect": effect,
        "standard-deviation-of-change": standard_deviation_of_change,
        "power": power,
        "alternative": alternative,
        "level": level,
        "measure": named(measure)?,
    });
    ask(py, "pairs-needed", question).map(PlannedTest)
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
) -> PyResult<MinimumDetectableChange> {
    let question = json!({
        "standard-error-of-measurement": standard_error_of_measurement,
        "standard-deviation": standard_deviation,
        "reliability": reliability,
        "measure": named(measure)?,
    });
    ask(py, "minimum-detectable-change", question).map(MinimumDetectableChange)
}

/// Adjusts p-values for their number, by "holm" or "benjamini-hochberg".
///
/// >>> adjusted = clw.adjusted_ps({"wellbeing": 0.01, "loneliness": 0.04}, method="holm")
/// >>> [of["p-adjusted"] for of in adjusted["p-values"]]
/// [0.02, 0.04]
#[pyfunction]
#[pyo3(signature = (p_values, *, method))]
pub(crate) fn adjusted_ps(p_values: &Bound<'_, PyDict>, method: &str) -> PyResult<AdjustedPs> {
    let each = p_values
        .iter()
        .map(|(name, p)| Ok(json!({"name": name.extract::<String>()?, "p": p.extract::<f64>()?})));
    let listed: Value = each.collect::<PyResult<Vec<Value>>>()?.into();
    let question = json!({"p-values": listed, "method": method});
    ask(p_values.py(), "adjusted-ps", question).map(AdjustedPs)
}

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
) -> PyResult<Synthesis> {
    let of_pairs = |name: String, of: &Bound<'_, PyAny>| {
        Ok(json!({"name": name, "pairs": pairs_of(of.cast::<PairCounts>()?.get())?}))
    };
    let of_shares = |name: String, of: &Bound<'_, PyAny>| {
        let (count, of): (u64, u64) = of.extract()?;
        Ok(json!({"name": name, "count": count, "of": of}))
    };
    let of_estimates = |name: String, of: &Bound<'_, PyAny>| {
        let (estimate, variance): (f64, f64) = of.extract()?;
        Ok(json!({"name": name, "estimate": estimate, "variance": variance}))
    };
    let question = json!({
        "pairs": pairs.map(|of| by_name(of, of_pairs)).transpose()?,
        "shares": shares.map(|of| by_name(of, of_shares)).transpose()?,
        "transform": transform,
        "estimates": estimates.map(|of| by_name(of, of_estimates)).transpose()?,
        "name": measure.map(|measure| measure.get().0.label().to_owned()),
        "options": options.map(|of| value(of)).transpose()?,
    });
    ask(py, "synthesis", question).map(Synthesis)
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
) -> PyResult<Wellby> {
    // As they print, so that 0.1 is a tenth.
    let printed = |number: &Bound<'_, PyAny>| number.str()?.extract::<String>();
    let question = json!({
        "pairs": pairs_of(pairs)?,
        "assumptions": {
            "duration-years": printed(duration_years)?,
            "attributed-share": printed(attributed_share)?,
        },
        "level": level,
    });
    ask(py, "wellby", question).map(Wellby)
}

/// Hides small counts, and whatever would give them away.
///
/// `cells` are counts by name; `sums` says which add up to which, total by total:
/// `{"All": ["North", "South"]}`. Counts from 1 to `hide_up_to` are small; `zeros` is "shown" or
/// "hidden", `rounding_base` rounds what is shown. Raises `ClwError` for counts that do not add up and
/// for what cannot be protected.
///
/// >>> found = clw.protected_table(
/// ...     {"North": 3, "South": 12, "West": 20, "All": 35}, sums={"All": ["North", "South", "West"]}
/// ... )
/// >>> found["cells"]
/// {'All': 35, 'North': 'hidden', 'South': 'hidden', 'West': 20}
#[pyfunction]
#[pyo3(signature = (cells, *, sums=None, hide_up_to=4, zeros="shown", rounding_base=None))]
pub(crate) fn protected_table(
    cells: &Bound<'_, PyDict>,
    sums: Option<&Bound<'_, PyDict>>,
    hide_up_to: u64,
    zeros: &str,
    rounding_base: Option<u64>,
) -> PyResult<ProtectedTable> {
    let sum = |total: String, parts: &Bound<'_, PyAny>| {
        Ok(json!({"total": total, "parts": parts.extract::<Vec<String>>()?}))
    };
    let rounding = match rounding_base {
        Some(base) => json!({"method": "conventional", "base": base}),
        None => json!({"method": "none"}),
    };
    let question = json!({
        "cells": value(cells)?,
        "sums": sums.map(|sums| by_name(sums, sum)).transpose()?,
        "profile": {"hide-up-to": hide_up_to, "zeros": zeros, "rounding": rounding},
    });
    ask(cells.py(), "protected-table", question).map(ProtectedTable)
}

/// A list of the entries of a dict, by their names.
fn by_name(
    entries: &Bound<'_, PyDict>,
    entry: impl Fn(String, &Bound<'_, PyAny>) -> PyResult<Value>,
) -> PyResult<Vec<Value>> {
    entries.iter().map(|(name, of)| entry(name.extract()?, &of)).collect()
}

fn pairs_of(pairs: &PairCounts) -> PyResult<Value> {
    json::value_of(&pairs.0)
}

/// A column of another length than the first is refused, with the names of neither lost.
fn same_length(name: &str, rows: usize, expected: usize) -> PyResult<()> {
    if rows == expected {
        return Ok(());
    }
    let message = format!(
        "the column `{name}` has {rows} rows and the first {expected}; give as many in both"
    );
    Err(refused(&message, "unequal-columns"))
}
