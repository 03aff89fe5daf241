//! Pairs to paired statistics: `clw_core::change`.

use clw_core::change::{self as core, ChangeRequest};
use clw_core::report::{self, NamedChart};
use clw_core::score::WholeColumn;
use clw_core::sentences::{About, ChangeInWords};
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyList, PyTuple};

use crate::charts;
use crate::columns::{ids_or_blank, whole, whole_or_blank};
use crate::error::refused;
use crate::given::Given;
use crate::html::{self, SHOWN_ROWS, escaped, so_many};
use crate::instrument::Measure;
use crate::json;
use crate::options;
use crate::stages::{Answer, answered};
use crate::watched::watched;

/// How many people went from each score to each other score: the whole of a paired sample.
///
/// It holds nobody's row, and tables of one measure add up: that of a pooled sample is the sum of
/// those of its parts.
///
/// >>> wellbeing = clw.instrument("swemwbs").measures[0]
/// >>> pairs = clw.PairCounts.count(wellbeing, [1798, 1925, 2154], [2154, 2073, 2073])
/// >>> pairs.n, pairs.cells
/// (3, ((1798, 2154, 1), (1925, 2073, 1), (2154, 2073, 1)))
#[pyclass(module = "clw", frozen, eq, hash)]
#[derive(PartialEq, Eq, Hash)]
pub(crate) struct PairCounts(pub(crate) core::PairCounts);

#[pymethods]
impl PairCounts {
    /// Counts two columns of points: row i of both is one person's pair.
    ///
    /// Points are whole steps of the measure's scale, as `MeasureScore.points` has them: 1925 for
    /// 19.25. A blank has no place here: columns that hold other people, or the same people in another
    /// order, are put together by `matched`. Raises `ClwError` for columns of
    /// unequal length, for a score off the scale and for what is not a whole number of 32 bits,
    /// `TypeError` for what has no order.
    #[staticmethod]
    fn count(
        py: Python<'_>,
        measure: &Measure,
        baseline: &Bound<'_, PyAny>,
        follow_up: &Bound<'_, PyAny>,
    ) -> PyResult<Self> {
        let scale = measure.of.scale();
        let baseline = whole(baseline, WholeColumn::Baseline)?;
        let follow_up = whole(follow_up, WholeColumn::FollowUp)?;
        let counted = py.detach(|| core::PairCounts::count_steps(scale, &baseline, &follow_up));
        counted.map(Self).map_err(|error| refused(&error, error.code()))
    }

    /// Puts the forms of two sittings together by whose they are, in any order of rows.
    ///
    /// Row i of `baseline_ids` and `baseline` is one form, and so for the follow-up; each sitting may
    /// hold people whom the other has not. People are named by texts or whole numbers, compared as they
    /// print without white space around them, so that 7, 7.0 and "7" are one. A blank id or a blank
    /// score is counted in the account. Points are those of `count`.
    ///
    /// Raises `ClwError` for columns of unequal length, an id that a sitting has twice, a score off the
    /// scale, what is no id and what is not a whole number.
    ///
    /// >>> matched = clw.PairCounts.matched(
    /// ...     clw.instrument("ucla-3").measures[0],
    /// ...     baseline_ids=["a", "b", "c", None], baseline=[8, 7, 9, 6],
    /// ...     follow_up_ids=["c", "a", "d"], follow_up=[6, 5, 4],
    /// ... )
    /// >>> matched
    /// <MatchedPairs: 2 pairs of 4 forms at baseline and 3 at follow-up>
    /// >>> matched.pairs.cells
    /// ((8, 5, 1), (9, 6, 1))
    /// >>> matched["baseline"]["only-at-this-sitting"], matched["baseline"]["without-id"]
    /// (1, 1)
    #[staticmethod]
    #[pyo3(signature = (measure, *, baseline_ids, baseline, follow_up_ids, follow_up))]
    fn matched(
        py: Python<'_>,
        measure: &Measure,
        baseline_ids: &Bound<'_, PyAny>,
        baseline: &Bound<'_, PyAny>,
        follow_up_ids: &Bound<'_, PyAny>,
        follow_up: &Bound<'_, PyAny>,
    ) -> PyResult<Py<MatchedPairs>> {
        let scale = measure.of.scale();
        let (first, second) = (ids_or_blank(baseline_ids)?, ids_or_blank(follow_up_ids)?);
        let before = whole_or_blank(baseline, WholeColumn::Baseline)?;
        let after = whole_or_blank(follow_up, WholeColumn::FollowUp)?;
        let matched = py.detach(|| {
            let baseline = core::SittingColumns { ids: &first, points: &before };
            let follow_up = core::SittingColumns { ids: &second, points: &after };
            core::MatchedPairs::of(scale, &baseline, &follow_up)
        });
        let matched = matched.map_err(|error| refused(&error, error.code()))?;
        answered(py, (&matched).into(), MatchedPairs)
    }

    /// Reads a table that `to_json` wrote, here or in another language. Raises `ClwError` for any other.
    #[staticmethod]
    fn from_json(text: &str) -> PyResult<Self> {
        let read = core::PairCounts::from_json(text);
        read.map(Self).map_err(|error| refused(&error, error.code()))
    }

    /// The table as one line of JSON, the same bytes in every language.
    fn to_json(&self) -> String {
        self.0.to_json()
    }

    /// The number of pairs.
    #[getter]
    fn n(&self) -> u64 {
        self.0.n()
    }

    /// The cells that hold anybody, as (baseline, follow-up, pairs) in ascending order.
    #[getter]
    fn cells<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        let cells: Vec<_> =
            self.0.cells().map(|cell| (cell.baseline.0, cell.follow_up.0, cell.pairs)).collect();
        PyTuple::new(py, cells)
    }

    /// The table of both samples pooled. Raises `ClwError` where the scales differ.
    fn merge(&self, other: &Self) -> PyResult<Self> {
        let mut pooled = self.0.clone();
        pooled.merge(&other.0).map_err(|error| refused(&error, error.code()))?;
        Ok(Self(pooled))
    }

    /// Computes every paired statistic of the table.
    ///
    /// `level` is the confidence level of all intervals. `band_sets` and `change_rules` are names of
    /// `measure`, the measure of the table, to count moves between bands and reliable change by.
    /// Further options go by the names of the core's `ChangeOptions`, with underscores, and what is in
    /// them by the names of the JSON, with hyphens:
    ///
    /// - `alternative="greater"` or `"less"`: what the p of every test speaks against
    /// - `signed_rank={"zeros": "pratt", "exact-limit": 100, "continuity": "corrected"}`
    /// - `sign_flip={"patterns": 9999, "seed": 0}`, `bootstrap={"resamples": 9999, "seed": 0}`
    /// - `equivalence_margins=[{"id": "one point", "lower": -1, "upper": 1}]`
    /// - `reliable_change_rules=[{"method": "jacobson-truax", "standard-deviation": 3.9,
    ///   "reliability": 0.81}]`, and `sample_rules=[{"method": "hsu-linn-lord", "reliability": 0.81}]`
    ///   with the means and SDs of the pairs themselves
    /// - `clinical_change_rules=[{"reliable-change": …, "cut-off": {"cut-off": "a", "clinical":
    ///   {"mean": 19, "standard-deviation": 3}}}]`, and b, c and `published` likewise
    /// - `important_change_rules=[{"anchor": "rating of overall change", "improvement":
    ///   {"at-least": 1.5}, "deterioration": {"more-than": 1}}]`
    /// - `cuts=[1925]`, `mcnemar={"method": "mid-p"}`
    /// - `regression_to_the_mean={"population": {"mean": 23.6, "standard-deviation": 3.9},
    ///   "cut-off": 20}`
    ///
    /// An option that is None is left out. Many resamples or patterns take long: a notebook shows how far
    /// they are, unless `progress` is False; a terminal does where it is True. Ctrl-C stops them. Raises
    /// `ClwError` for an option that does not fit.
    ///
    /// >>> pairs = clw.PairCounts.count(clw.instrument("ucla-3").measures[0], [8, 7, 9], [6, 6, 6])
    /// >>> pairs.change(alternative="less")["signed-rank"]["p"]
    /// 0.125
    #[pyo3(signature = (
        *, measure=None, level=0.95, band_sets=None, change_rules=None, progress=None, **options
    ))]
    #[expect(clippy::too_many_arguments, reason = "keywords in Python")]
    fn change(
        &self,
        py: Python<'_>,
        measure: Option<&Measure>,
        level: f64,
        band_sets: Option<&Bound<'_, PyAny>>,
        change_rules: Option<&Bound<'_, PyAny>>,
        progress: Option<bool>,
        options: Option<&Bound<'_, PyDict>>,
    ) -> PyResult<Change> {
        let given = options::keywords(py, options)?;
        for (keyword, names) in [("band_sets", band_sets), ("change_rules", change_rules)] {
            let names = names.map_or(Ok(Vec::new()), |names| Given::of(keyword, names).texts())?;
            given.set_item(keyword.replace('_', "-"), names)?;
        }
        let options = options::json(&given)?;
        computed(py, self, measure, (level, options), progress)
    }

    /// The cells that hold anybody, in printed scores; colours are the notebook's own.
    fn _repr_html_(&self) -> String {
        let scale = self.0.scale();
        let row = |cell: core::PairCell| {
            let (before, after) = (scale.value(cell.baseline), scale.value(cell.follow_up));
            vec![before.to_string(), after.to_string(), cell.pairs.to_string()]
        };
        let rows: Vec<_> = self.0.cells().take(SHOWN_ROWS).map(row).collect();
        let cells = self.0.cells().count();
        let pairs = so_many(self.0.n(), "pair", "pairs");
        let ways = so_many(u64::try_from(cells).unwrap_or(u64::MAX), "way", "ways");
        let mut said = format!("{pairs} went from one score to another in {ways}.");
        if cells > rows.len() {
            said.push_str(&format!(" The first {SHOWN_ROWS}:"));
        }
        html::table(&[&said], &["Baseline", "Follow-up", "Pairs"], &rows)
    }

    fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<json::Stored<'py>> {
        json::stored::<Self>(py, self.to_json())
    }

    fn __repr__(&self) -> String {
        let cells = u64::try_from(self.0.cells().count()).unwrap_or(u64::MAX);
        let pairs = so_many(self.0.n(), "pair", "pairs");
        format!("<PairCounts: {pairs} in {}>", so_many(cells, "cell", "cells"))
    }
}

/// The pairs of two sittings, and what became of every form of theirs.
#[pyclass(module = "clw", extends = Answer, frozen)]
pub(crate) struct MatchedPairs;

#[pymethods]
impl MatchedPairs {
    /// The pairs.
    #[getter]
    fn pairs(slf: &Bound<'_, Self>) -> PyResult<PairCounts> {
        let matched = slf.as_super().get().to_dict(slf.py())?;
        PairCounts::from_json(&json::dumps("pairs", &matched.as_any().get_item("pairs")?)?)
    }
}

/// Everything about one paired sample. A statistic that the sample does not have says why.
///
/// `change["paired-t"]` is an entry of `to_dict()`, with the keys of the JSON, and
/// `change["sentences"]["paired-t"]` says it in plain words.
#[pyclass(module = "clw", frozen, eq)]
pub(crate) struct Change {
    told: ChangeInWords,
    pairs: core::PairCounts,
    /// What was asked, for whoever asks it anew in another process.
    measure: Option<Measure>,
    level: f64,
    options: String,
}

impl PartialEq for Change {
    fn eq(&self, other: &Self) -> bool {
        (&self.told, &self.pairs, &self.measure) == (&other.told, &other.pairs, &other.measure)
    }
}

/// The change of a table, as it was asked for here or in another process.
#[pyfunction]
pub(crate) fn _change(
    py: Python<'_>,
    pairs: &PairCounts,
    measure: Option<&Measure>,
    level: f64,
    options: String,
) -> PyResult<Change> {
    computed(py, pairs, measure, (level, options), Some(false))
}

fn computed(
    py: Python<'_>,
    pairs: &PairCounts,
    measure: Option<&Measure>,
    (level, options): (f64, String),
    progress: Option<bool>,
) -> PyResult<Change> {
    let request =
        ChangeRequest { level, options: &options, measure: measure.map(|measure| &measure.of) };
    let answer = |watch: &core::Watch| ChangeInWords::answer_watched(&request, &pairs.0, watch);
    let told = watched(py, progress, answer)?;
    let told = told.map_err(|error| options::refused_options(&options, &error, error.code()))?;
    Ok(Change { told, pairs: pairs.0.clone(), measure: measure.cloned(), level, options })
}

type Asked = (PairCounts, Option<Measure>, f64, String);

impl Change {
    fn drawings(&self) -> Vec<NamedChart> {
        let n = self.pairs.n();
        let scale = *self.pairs.scale();
        let measure = self.measure.as_ref().filter(|measure| measure.of.scale() == scale);
        let about = measure
            .map_or_else(|| About::scale(scale, n), |measure| About::measure(&measure.of, n));
        report::change_charts(&about, &self.pairs, &self.told.change)
    }
}

#[pymethods]
impl Change {
    /// The number of pairs.
    #[getter]
    fn n(&self) -> u64 {
        self.told.change.n
    }

    /// The result as one line of JSON, the same bytes in every language.
    fn to_json(&self) -> String {
        self.told.to_json()
    }

    /// The result as plain dicts and lists, with the keys of its JSON.
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        json::loads(py, &self.to_json())
    }

    /// One statistic by its key, as in `to_dict()`.
    fn __getitem__<'py>(&self, py: Python<'py>, statistic: &str) -> PyResult<Bound<'py, PyAny>> {
        self.to_dict(py)?.as_any().get_item(statistic)
    }

    /// The charts as dicts: "id", "title", "description" and "vega-lite", a specification with its data.
    ///
    /// They are `moves`, `estimates` and, of 30 pairs or more, `classes`. `theme` is "light" or "dark".
    #[pyo3(signature = (*, theme="light"))]
    fn charts<'py>(&self, py: Python<'py>, theme: &str) -> PyResult<Bound<'py, PyList>> {
        charts::specifications(py, self.drawings(), theme)
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
        charts::drawn(py, self.drawings(), chart, theme)
    }

    /// Each statistic that the sample has, by the key it has here, in a sentence.
    fn _repr_html_(&self, py: Python<'_>) -> PyResult<String> {
        let sentences = self.__getitem__(py, "sentences")?.cast_into::<PyDict>()?;
        let row = |(key, sentence): (Bound<'_, PyAny>, Bound<'_, PyAny>)| {
            let (key, sentence) = (key.extract::<String>()?, sentence.extract::<String>()?);
            let left = "style=\"text-align: left\"";
            Ok(format!(
                "<tr><td {left}><code>{}</code></td><td {left}>{}</td></tr>",
                escaped(&key),
                escaped(&sentence)
            ))
        };
        let rows: String = sentences.iter().map(row).collect::<PyResult<_>>()?;
        Ok(format!("<table><tbody>{rows}</tbody></table>"))
    }

    fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<(Bound<'py, PyAny>, Asked)> {
        let Self { pairs, measure, level, options, .. } = self;
        let asked = (PairCounts(pairs.clone()), measure.clone(), *level, options.clone());
        Ok((py.import("clw._clw")?.getattr("_change")?, asked))
    }

    fn __repr__(&self) -> String {
        let mean = self.told.change.paired_t.computed();
        let mean = mean.map_or_else(
            || "no interval of the mean change".to_owned(),
            |t| {
                let (lower, upper) = (t.interval.lower, t.interval.upper);
                format!("mean change {:.3} ({lower:.3}, {upper:.3})", t.mean_change)
            },
        );
        format!("<Change: n = {}, {mean}>", self.told.change.n)
    }
}
