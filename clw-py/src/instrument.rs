//! Questionnaires: `clw_core::instrument`.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;

use clw_core::instrument::{self as core, Registry, catalogue};
use clw_core::score::{Offered, ScoreError};
use pyo3::Borrowed;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyTuple};

use crate::arguments::Count;
use crate::cells::Labels;
use crate::error::{raise, refused};
use crate::evaluation::threads_or_all;
use crate::frame::Frame;
use crate::given::{Given, name_in};
use crate::json;
use crate::score::{ScoreSheet, kind, offered};
use crate::score_frame::{self, Layout};
use crate::watched::watched;

/// Lists the instruments that come with the library.
#[pyfunction]
pub(crate) fn instruments() -> Vec<Instrument> {
    catalogue::all().iter().map(Instrument::shared).collect()
}

/// Finds an instrument by its name or an alias, with `@` and a version where several are known.
///
/// Case, spaces and hyphens make no difference. Raises `ClwError` where there is none.
///
/// >>> clw.instrument("SWMWBS").id
/// 'swemwbs'
#[pyfunction]
pub(crate) fn instrument(name: &str) -> PyResult<Instrument> {
    catalogue::find(name).map(Instrument::shared).map_err(raise)
}

/// The local instruments of a call, as the keyword `instruments` gives them.
pub(crate) type Local<'py> = Option<Instruments<'py>>;

pub(crate) struct Instruments<'py>(Vec<Bound<'py, Instrument>>);

impl<'py> FromPyObject<'_, 'py> for Instruments<'py> {
    type Error = PyErr;

    fn extract(given: Borrowed<'_, 'py, PyAny>) -> PyResult<Self> {
        Given::of("instruments", &given).objects().map(Self)
    }
}

/// A registry with these local instruments too.
pub(crate) fn add_local(mut registry: Registry, local: Local<'_>) -> PyResult<Registry> {
    for instrument in local.into_iter().flat_map(|local| local.0) {
        registry.add((*instrument.get().0).clone()).map_err(raise)?;
    }
    Ok(registry)
}

fn read_labels(labels: Option<&Bound<'_, PyDict>>) -> PyResult<Labels> {
    let meant = |(text, answer): (Bound<'_, PyAny>, Bound<'_, PyAny>)| {
        let (text, meant) = (name_in("labels", &text)?, kind(&answer)?);
        match &meant {
            Offered::Nothing | Offered::Whole(_) => {}
            Offered::Number(number) if number.is_nan() || number.fract() == 0.0 => {}
            Offered::Text(answer) if answer == "not-applicable" => {}
            _ => {
                let message = format!(
                    "the label {text:?} stands for {}, which is no answer; give a whole number, None \
                     or \"not-applicable\"",
                    answer.repr()?
                );
                return Err(refused(&message, "not-an-answer"));
            }
        }
        Ok((text, meant))
    };
    labels.into_iter().flatten().map(meant).collect()
}

/// An instrument that came from another process.
#[pyfunction]
pub(crate) fn _instrument(text: &str) -> PyResult<Instrument> {
    core::Instrument::from_json(text).map(Arc::new).map(Instrument).map_err(raise)
}

/// A questionnaire: its items, and the measures it yields.
#[pyclass(module = "clw", frozen, eq)]
#[derive(PartialEq)]
pub(crate) struct Instrument(pub(crate) Arc<core::Instrument>);

impl Instrument {
    /// Of a built-in definition the clone copies references, not text.
    pub(crate) fn shared(instrument: &core::Instrument) -> Self {
        Self(Arc::new(instrument.clone()))
    }
}

#[pymethods]
impl Instrument {
    /// Reads and checks the definition of a local instrument in TOML.
    ///
    /// Bands must tile the scores, tables cover every sum, items exist and numbers cite a source, as
    /// for the instruments that come with the library. Raises `ClwError` with the first check that
    /// fails.
    ///
    /// >>> walking = clw.Instrument.from_toml('''
    /// ... id = "walking"
    /// ... version = "1"
    /// ... title = "Days walked"
    /// ... rights = { holder = "The programme", licence = "Free to use", wording = "shipped" }
    /// ... items = [{ id = "days", label = "Days walked last week", lowest = 0, highest = 7 }]
    /// ... measures = [{ direction = "higher-is-better", items = ["days"], rule = { kind = "each-item" }, certainty = "local" }]
    /// ... ''')
    /// >>> walking.score([5])["days"].value
    /// 5.0
    #[staticmethod]
    fn from_toml(text: &str) -> PyResult<Self> {
        core::Instrument::from_toml(text).map(Arc::new).map(Self).map_err(raise)
    }

    /// Checks the definition of a local instrument given as a dict with the keys of its TOML.
    ///
    /// Raises `ClwError` with the first check that fails.
    #[staticmethod]
    fn from_dict(definition: &Bound<'_, PyDict>) -> PyResult<Self> {
        let text = json::dumps("definition", definition)?;
        let read = core::Instrument::from_json(&text).map_err(json::refused_dict(&text))?;
        Ok(Self(Arc::new(read)))
    }

    /// The definition as plain dicts and lists, as `from_dict` reads it.
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        json::loads(py, &json::written(&*self.0)?)
    }

    /// The name it is known by.
    #[getter]
    fn id(&self) -> &str {
        self.0.id()
    }

    /// Which edition it is; scores of two versions are never compared.
    #[getter]
    fn version(&self) -> &str {
        self.0.version()
    }

    /// The name printed in reports.
    #[getter]
    fn title(&self) -> &str {
        self.0.title()
    }

    /// A digest of the whole definition, which tells two definitions under one name apart.
    #[getter]
    fn fingerprint(&self) -> String {
        self.0.fingerprint()
    }

    /// The questions, in the order they are answered.
    #[getter]
    fn items<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        PyTuple::new(py, self.0.items().iter().cloned().map(Item))
    }

    /// What it yields.
    #[getter]
    fn measures<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        let whose =
            |of: &core::Measure| Measure { of: of.clone(), instrument: Arc::clone(&self.0) };
        PyTuple::new(py, self.0.measures().iter().map(whose))
    }

    /// Scores one form: one answer for each item, in form order.
    ///
    /// An answer is a whole number, `None` or NaN for a blank, or "not-applicable". A code outside its
    /// item's range is a problem of the measures it belongs to, not an exception. Raises `ClwError` for
    /// a value that is no answer, such as 1.5, "2" or True, and for too many or too few; `TypeError` for
    /// a set or a dict, whose order is not the form's.
    ///
    /// >>> clw.instrument("swemwbs").score([3, 3, 3, 3, 3, 3, 3])["wellbeing"].value
    /// 19.25
    fn score(&self, answers: &Bound<'_, PyAny>) -> PyResult<ScoreSheet> {
        let answers = self.0.answers(&offered(answers)?);
        let sheet = answers.and_then(|answers| Ok(self.0.score(&answers)?.into()));
        sheet.map_err(|error: ScoreError| refused(&error, error.code()))
    }

    /// Scores every row of a frame and gives back a frame of the same library, row by row.
    ///
    /// `columns` names the columns of the items, in form order; without it they are named as the
    /// items. For each measure come its `points`, `value`, `band`, `outcome` ("scored", or the code of
    /// the first problem) and `problem` (what was found, the limit and the remedy), each with the
    /// measure's id before it: `wellbeing_points`. `keep` names columns that go along, such as an id;
    /// a pandas frame keeps its index. `labels` says what texts and categories mean:
    /// `{"often": 3, "prefer not to say": None}`. The rows are shared by `threads`, all there are unless
    /// told; the result does not depend on their number. `progress` and Ctrl-C are as in `evaluate`.
    ///
    /// A cell is an answer as in `score`; NaN, None and NA are blanks. A bad cell costs the measures it
    /// belongs to in its own row and raises nothing. Frames come from any library that speaks Arrow's
    /// PyCapsule interface: polars, pyarrow, duckdb, and pandas with pyarrow installed. Raises `ClwError`
    /// for a column that is missing or there twice and for one that Arrow cannot hold, such as numbers
    /// among texts in pandas; `TypeError` for what is no frame.
    ///
    /// >>> import pyarrow
    /// >>> forms = pyarrow.table({"id": ["a", "b"], "q1": [1, 2], "q2": [2, None], "q3": [3.0, 9.0]})
    /// >>> loneliness = clw.instrument("ucla-3")
    /// >>> scored = loneliness.score_frame(forms, columns=["q1", "q2", "q3"], keep=["id"])
    /// >>> scored["loneliness_points"].to_pylist(), scored["loneliness_outcome"].to_pylist()
    /// ([6, None], ['scored', 'out-of-range'])
    #[pyo3(signature = (frame, *, columns=None, keep=None, labels=None, threads=None, progress=None))]
    fn score_frame<'py>(
        &self,
        frame: &Bound<'py, PyAny>,
        columns: Option<&Bound<'py, PyAny>>,
        keep: Option<&Bound<'py, PyAny>>,
        labels: Option<&Bound<'py, PyDict>>,
        threads: Option<Count>,
        progress: Option<bool>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let items = || self.0.items().iter().map(|item| item.id.to_string()).collect();
        let answers = columns.map(|names| Given::of("columns", names).texts()).transpose()?;
        let keep = keep.map_or(Ok(Vec::new()), |names| Given::of("keep", names).texts())?;
        let answers = answers.unwrap_or_else(items);
        let mut kept = Vec::new();
        let table = Frame::read_some(frame, |frame| {
            let answers = frame.places(&answers)?;
            kept = frame.places(&keep)?;
            Ok(Some([answers, kept.clone()].concat()))
        })?;
        let layout = Layout { answers: answers.len(), labels: read_labels(labels)? };
        let threads = threads_or_all(threads);
        let scored = watched(frame.py(), progress, |watch| {
            score_frame::score(&self.0, &table, &layout, threads, watch)
        });
        scored??.with_names_of_their_own()?.beside(frame, &kept)
    }

    fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<(Bound<'py, PyAny>, (String,))> {
        Ok((py.import("clw._clw")?.getattr("_instrument")?, (json::written(&*self.0)?,)))
    }

    fn __hash__(&self) -> u64 {
        let mut hasher = DefaultHasher::new();
        (self.0.id(), self.0.version()).hash(&mut hasher);
        hasher.finish()
    }

    fn __repr__(&self) -> String {
        format!("<Instrument {}@{}: {}>", self.0.id(), self.0.version(), self.0.title())
    }
}

/// A question that came from another process.
#[pyfunction]
pub(crate) fn _item(text: &str) -> PyResult<Item> {
    json::read(text).map(Item)
}

/// One question and the codes it may be answered with.
#[pyclass(module = "clw", frozen, eq)]
#[derive(PartialEq)]
pub(crate) struct Item(core::Item);

#[pymethods]
impl Item {
    /// The name it is known by.
    #[getter]
    fn id(&self) -> &str {
        &self.0.id
    }

    /// Its topic, or its wording where the rights allow it.
    #[getter]
    fn label(&self) -> &str {
        &self.0.label
    }

    /// The lowest code.
    #[getter]
    fn lowest(&self) -> i32 {
        self.0.lowest
    }

    /// The highest code.
    #[getter]
    fn highest(&self) -> i32 {
        self.0.highest
    }

    fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<json::Stored<'py>> {
        Ok((py.import("clw._clw")?.getattr("_item")?, (json::written(&self.0)?,)))
    }

    fn __repr__(&self) -> String {
        format!("<Item {}: {}..={}>", self.0.id, self.0.lowest, self.0.highest)
    }
}

/// One score that an instrument yields.
#[pyclass(module = "clw", frozen, eq)]
#[derive(Clone)]
pub(crate) struct Measure {
    pub(crate) of: core::Measure,
    instrument: Arc<core::Instrument>,
}

impl PartialEq for Measure {
    fn eq(&self, other: &Self) -> bool {
        self.of == other.of
    }
}

/// A measure that came from another process.
#[pyfunction]
pub(crate) fn _measure(instrument: &Instrument, name: &str) -> PyResult<Measure> {
    let found = instrument.0.measure(name);
    let of = found.map_err(|error| refused(&error, "unknown-measure"))?.clone();
    Ok(Measure { of, instrument: Arc::clone(&instrument.0) })
}

type Named = (Instrument, String);

#[pymethods]
impl Measure {
    /// The name it is known by.
    #[getter]
    fn id(&self) -> &str {
        self.of.id()
    }

    /// The name printed in reports.
    #[getter]
    fn label(&self) -> &str {
        self.of.label()
    }

    /// Which way is better: "higher-is-better" or "lower-is-better".
    #[getter]
    fn direction(&self) -> &'static str {
        match self.of.scale().direction {
            core::Direction::HigherIsBetter => "higher-is-better",
            core::Direction::LowerIsBetter => "lower-is-better",
        }
    }

    /// The lowest possible score.
    #[getter]
    fn lowest(&self) -> f64 {
        self.of.scale().value(self.of.scale().lowest)
    }

    /// The highest possible score.
    #[getter]
    fn highest(&self) -> f64 {
        self.of.scale().value(self.of.scale().highest)
    }

    fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<(Bound<'py, PyAny>, Named)> {
        let named = (Instrument(Arc::clone(&self.instrument)), self.of.id().to_owned());
        Ok((py.import("clw._clw")?.getattr("_measure")?, named))
    }

    fn __repr__(&self) -> String {
        let (id, direction) = (self.of.id(), self.direction());
        format!("<Measure {id}: {}..={}, {direction}>", self.lowest(), self.highest())
    }
}
