//! The records of a programme: `clw_core::import`.

use std::collections::BTreeMap;
use std::path::PathBuf;

use clw_core::evaluation::DueWindow;
use clw_core::import::{
    DryRun as CoreDryRun, Mapping as CoreMapping, PostcodeLookup as CoreLookup,
};
use clw_core::instrument::Registry;
use pyo3::prelude::*;
use pyo3::types::PyDict;

use crate::arguments::Count;
use crate::error::{raise, read, refused};
use crate::evaluation::threads_or_all;
use crate::html::{self, so_many};
use crate::instrument::{Local, add_local};
use crate::json;
use crate::person_table;
use crate::plan::Plan;
use crate::postcodes::PostcodeLookup;
use crate::source::Source;
use crate::watched::watched;

/// Which heading of which table holds which field, and how its cells are spelt.
///
/// A mapping is a TOML file. Tables given as frames need no `file` of their own that exists: the name
/// is what problems are told of.
///
/// >>> mapping = clw.Mapping.from_toml('''
/// ... [tables.assessments]
/// ... file = "forms.csv"
/// ... columns = { person = "id", date = "date", answers = ["Q1", "Q2", "Q3"] }
/// ... constants = { instrument = "ucla-3" }
/// ... ''')
#[pyclass(module = "clw", frozen, eq)]
#[derive(PartialEq)]
pub(crate) struct Mapping(pub(crate) CoreMapping);

#[pymethods]
impl Mapping {
    /// Reads a mapping from TOML. Raises `ClwError` for what is no mapping.
    #[staticmethod]
    fn from_toml(text: &str) -> PyResult<Self> {
        CoreMapping::from_toml(text).map(Self).map_err(raise)
    }

    /// Reads a mapping from a TOML file. Raises `OSError` where it cannot be read, else as `from_toml`.
    #[staticmethod]
    fn from_file(path: PathBuf) -> PyResult<Self> {
        Self::from_toml(&read(path)?)
    }

    /// Reads a mapping from a dict with the keys of its TOML. Raises `ClwError` for what is no mapping.
    #[staticmethod]
    fn from_dict(mapping: &Bound<'_, PyDict>) -> PyResult<Self> {
        let mapping = json::dumps("mapping", mapping)?;
        CoreMapping::from_json(&mapping).map(Self).map_err(json::refused_dict(&mapping))
    }

    /// The file of each table, as the mapping names it.
    #[getter]
    fn files(&self) -> BTreeMap<&'static str, &str> {
        self.0.files().map(|(table, file)| (table.name(), file)).collect()
    }

    /// The mapping in TOML, as `from_toml` reads it; the remarks of its own file are not kept.
    fn to_toml(&self) -> String {
        self.0.to_toml()
    }

    fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<(Bound<'py, PyAny>, (String,))> {
        Ok((py.import("clw._clw")?.getattr("_mapping")?, (self.0.to_json(),)))
    }

    fn __repr__(&self) -> String {
        let tables: Vec<&str> = self.0.files().map(|(table, _)| table.name()).collect();
        format!("<Mapping of {}>", tables.join(", "))
    }
}

/// A mapping that came from another process.
#[pyfunction]
pub(crate) fn _mapping(json: &str) -> PyResult<Mapping> {
    CoreMapping::from_json(json).map(Mapping).map_err(raise)
}

/// What would become of every row: how many are read and used, and each problem in full.
///
/// Printed, it is a table of counts and a list of problems. It holds cells of the records and is for
/// the programme's own use.
#[pyclass(module = "clw", frozen, eq)]
#[derive(PartialEq)]
pub(crate) struct DryRun(pub(crate) CoreDryRun);

#[pymethods]
impl DryRun {
    /// How many people there would be.
    #[getter]
    fn people(&self) -> u64 {
        self.0.people
    }

    /// The rows of each table: "read", "used", and how many were "rejected" and "warned" by code.
    #[getter]
    fn tables<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        json::loads(py, &json::written(&self.0.report.account)?)
    }

    /// Each problem in a sentence: where, what was found and the remedy.
    #[getter]
    fn problems(&self) -> Vec<String> {
        self.0.report.problems.iter().map(ToString::to_string).collect()
    }

    /// The result as plain dicts and lists.
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        json::loads(py, &json::written(&self.0)?)
    }

    /// Reads a dry run that `to_json` wrote. Raises `ClwError` for what is none.
    #[staticmethod]
    fn from_json(text: &str) -> PyResult<Self> {
        json::read(text).map(Self)
    }

    /// The result as JSON.
    fn to_json(&self) -> PyResult<String> {
        json::written(&self.0)
    }

    /// What became of these rows and of others of different people, with the first `problems` in full.
    fn merge(&self, other: &Self, problems: Count) -> PyResult<Self> {
        let mut both = self.0.clone();
        let added = both.merge(other.0.clone(), usize::try_from(problems.0).unwrap_or(usize::MAX));
        added.map_err(raise)?;
        Ok(Self(both))
    }

    fn __str__(&self) -> String {
        self.0.to_string()
    }

    /// What would become of the rows of each table; colours are the notebook's own.
    fn _repr_html_(&self) -> String {
        let CoreDryRun { people, report } = &self.0;
        let would = format!("There would be {}.", so_many(*people, "person", "people"));
        let untold = u64::try_from(report.problems.len()).unwrap_or(u64::MAX);
        let told = match so_many(untold, "problem is", "problems are") {
            _ if untold == 0 => "No problem was found.".to_owned(),
            problems => format!("{problems} told in `problems`."),
        };
        let tables = report.account.tables.iter().map(|(name, table)| (name.as_str(), table));
        html::accounts(&[&would, &told], tables)
    }

    fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<json::Stored<'py>> {
        json::stored::<Self>(py, self.to_json()?)
    }

    fn __repr__(&self) -> String {
        let account = self.0.report.account.tables.values();
        let (read, used) =
            account.fold((0, 0), |(read, used), table| (read + table.read, used + table.used));
        let people = so_many(self.0.people, "person", "people");
        format!("<DryRun: {people}, {used} of {read} rows used>")
    }
}

/// The records of a programme, read again by whatever is asked of them: a folder of files, or frames.
///
/// A frame is taken in once and read as the CSV it would be: whole floats without a fraction, real dates and
/// times as ISO, which the mapping's `dates` must then list, categories by their text, and rows are
/// numbered below a row of headings. `check` and `evaluate` take a caseload; `people` and
/// `follow_ups_due` are its lists for the programme's own use, with `threads` and `progress` as in
/// `evaluate`.
///
/// >>> import polars
/// >>> forms = polars.DataFrame({
/// ...     "id": ["a", "b", "a"], "date": ["2026-03-05", "2026-03-06", "2026-06-01"],
/// ...     "Q1": [3, 1, 1], "Q2": [3, 2, 1], "Q3": [3, 3, 2],
/// ... })
/// >>> caseload = clw.Caseload.from_frames({"assessments": forms}, mapping=clw.Mapping.from_toml('''
/// ... [tables.assessments]
/// ... file = "forms"
/// ... columns = { person = "id", date = "date", answers = ["Q1", "Q2", "Q3"] }
/// ... constants = { instrument = "ucla-3" }
/// ... '''))
/// >>> caseload
/// <Caseload of frames: assessments>
/// >>> clw.check(caseload)
/// <DryRun: 2 people, 3 of 3 rows used>
/// >>> plan = clw.Plan.from_toml('''
/// ... title = "Two people"
/// ... as-of = "2026-06-30"
/// ... measures = [{ instrument = "ucla-3" }]
/// ... pairing.baseline.rule = "first"
/// ... pairing.end-point.rule = "last"
/// ... pairing.due = { rule = "days-since-baseline", days = 28 }
/// ... ''')
/// >>> caseload.people(plan=plan).select("person", "fate", "change_score").rows()
/// [('a', 'paired', -5.0), ('b', 'follow-up-missing', None)]
/// >>> due = caseload.follow_ups_due(plan=plan, first="2026-07-01", last="2026-07-14")
/// >>> due.select("person", "state", "days_overdue").rows()
/// [('b', 'overdue', 89)]
#[pyclass(module = "clw", frozen)]
pub(crate) struct Caseload(pub(crate) Source);

/// The arguments that name a caseload where none was made before.
pub(crate) struct Unread<'a, 'py> {
    pub(crate) folder: Option<PathBuf>,
    pub(crate) frames: Option<&'a Bound<'py, PyDict>>,
    pub(crate) mapping: Option<&'a Bound<'py, Mapping>>,
    pub(crate) instruments: Local<'py>,
    pub(crate) postcodes: Option<&'a Bound<'py, PostcodeLookup>>,
}

impl Unread<'_, '_> {
    fn source(self) -> PyResult<Source> {
        let registry = add_local(Registry::new(), self.instruments)?;
        let mapping = self.mapping.map(|mapping| mapping.get().0.clone());
        let postcodes: Option<CoreLookup> = self.postcodes.map(|lookup| lookup.get().0.clone());
        match (self.folder, self.frames) {
            (Some(folder), None) => {
                let own = || Ok::<_, PyErr>(Mapping::from_file(folder.join("mapping.toml"))?.0);
                let mapping = mapping.map_or_else(own, Ok)?;
                Source::of_folder(folder, mapping, registry, postcodes)
            }
            (None, Some(frames)) => {
                let mapping = mapping.ok_or_else(|| {
                    refused(&"frames came without a mapping; give mapping= too", "no-mapping")
                })?;
                Source::of_frames(frames, mapping, registry, postcodes)
            }
            _ => Err(refused(&"give either a caseload, folder= or frames=", "either-or")),
        }
    }

    /// Lends the source of a caseload, or of one that these arguments make.
    pub(crate) fn or<T>(
        self,
        caseload: Option<&Bound<'_, Caseload>>,
        ask: impl FnOnce(&Source) -> PyResult<T>,
    ) -> PyResult<T> {
        let Some(caseload) = caseload else { return ask(&self.source()?) };
        let Self { folder, frames, mapping, instruments, postcodes } = self;
        let alone = folder.is_none() && frames.is_none() && mapping.is_none();
        if !alone || instruments.is_some() || postcodes.is_some() {
            let twice = "a caseload has its own records, mapping, instruments and postcodes; give \
                         either it or them";
            return Err(refused(&twice, "either-or"));
        }
        ask(&caseload.get().0)
    }
}

#[pymethods]
impl Caseload {
    /// The files of a folder, by its `mapping.toml` unless another is given, with the definitions of
    /// its `instruments/` and those given.
    #[staticmethod]
    #[pyo3(signature = (folder, *, mapping=None, instruments=None, postcodes=None))]
    fn from_folder(
        folder: PathBuf,
        mapping: Option<&Bound<'_, Mapping>>,
        instruments: Local<'_>,
        postcodes: Option<&Bound<'_, PostcodeLookup>>,
    ) -> PyResult<Self> {
        let folder = Some(folder);
        Unread { folder, frames: None, mapping, instruments, postcodes }.source().map(Self)
    }

    /// Frames of any library that speaks Arrow, by the names that a mapping gives their tables:
    /// "people", "episodes", "contacts", "assessments" and so on.
    #[staticmethod]
    #[pyo3(signature = (frames, *, mapping, instruments=None, postcodes=None))]
    fn from_frames(
        frames: &Bound<'_, PyDict>,
        mapping: &Bound<'_, Mapping>,
        instruments: Local<'_>,
        postcodes: Option<&Bound<'_, PostcodeLookup>>,
    ) -> PyResult<Self> {
        let (frames, mapping) = (Some(frames), Some(mapping));
        Unread { folder: None, frames, mapping, instruments, postcodes }.source().map(Self)
    }

    /// Each person's own scores and change, as a frame: a row for each measure and episode, whatever
    /// became of it.
    ///
    /// `fate` says "paired" or why not. Scores are in `…_points`, exact steps of the scale, and
    /// `…_score`; `change_score` and `change` say what changed, and a column for each rule of the
    /// plan, such as `reliable_change:nhs-england`, of which class that is. The frame is of the kind
    /// that the caseload was made from. It names people, and is never part of what is shared.
    #[pyo3(signature = (*, plan=None, threads=None, progress=None))]
    fn people<'py>(
        &self,
        py: Python<'py>,
        plan: Option<&Bound<'py, Plan>>,
        threads: Option<Count>,
        progress: Option<bool>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let (plan, registry) = Plan::for_source(plan, &self.0)?;
        let rows = watched(py, progress, |watch| {
            let import = self.0.import(&registry, watch)?;
            plan.person_table_of_import(import, threads_or_all(threads))
        });
        person_table::of_people(&rows?.map_err(raise)?.0)?.into_kind(self.0.kind, py)
    }

    /// Whose follow-up falls due between two days, both included, as a frame, the most urgent first.
    ///
    /// Days are dates or ISO texts. `state` is "overdue", "due", "on-hold" or "not-yet-knowable".
    #[pyo3(signature = (*, first, last, plan=None, threads=None, progress=None))]
    fn follow_ups_due<'py>(
        &self,
        py: Python<'py>,
        first: &Bound<'py, PyAny>,
        last: &Bound<'py, PyAny>,
        plan: Option<&Bound<'py, Plan>>,
        threads: Option<Count>,
        progress: Option<bool>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let (plan, registry) = Plan::for_source(plan, &self.0)?;
        let window = DueWindow::new(json::date(first)?, json::date(last)?).map_err(raise)?;
        let rows = watched(py, progress, |watch| {
            let import = self.0.import(&registry, watch)?;
            plan.due_list_of_import(import, window, threads_or_all(threads))
        });
        person_table::of_due(&rows?.map_err(raise)?.0)?.into_kind(self.0.kind, py)
    }

    fn __repr__(&self) -> String {
        let tables = self.0.tables().collect::<Vec<_>>().join(", ");
        match self.0.folder() {
            Some(folder) => format!("<Caseload of {}: {tables}>", folder.display()),
            None => format!("<Caseload of frames: {tables}>"),
        }
    }
}

/// Reads every row without evaluating it, and says what would become of each.
///
/// The records are a `caseload`, or what one is made of: a `folder`, or `frames` with a `mapping`.
/// `progress` and Ctrl-C are as in `evaluate`. Raises `ClwError` where the mapping does not fit; a bad
/// row is a problem of the result.
///
/// >>> import polars
/// >>> mapping = clw.Mapping.from_toml('''
/// ... [tables.assessments]
/// ... file = "forms"
/// ... columns = { person = "id", date = "date", answers = ["Q1", "Q2", "Q3"] }
/// ... constants = { instrument = "ucla-3" }
/// ... ''')
/// >>> forms = polars.DataFrame({
/// ...     "id": ["a", "b"], "date": ["2026-03-05", "5 March"], "Q1": [1, 1], "Q2": [2, 2], "Q3": [3, 3]
/// ... })
/// >>> found = clw.check(frames={"assessments": forms}, mapping=mapping)
/// >>> found
/// <DryRun: 1 person, 1 of 2 rows used>
/// >>> print(found.problems[0])
/// forms, row 3 (line 3): "date" holds "5 March", which is no date in a declared format (iso); correct it, or declare its format [unreadable-date]
#[pyfunction]
#[pyo3(signature = (
    caseload=None, *, folder=None, frames=None, mapping=None, instruments=None, postcodes=None,
    progress=None
))]
#[expect(clippy::too_many_arguments, reason = "keywords in Python")]
pub(crate) fn check(
    py: Python<'_>,
    caseload: Option<&Bound<'_, Caseload>>,
    folder: Option<PathBuf>,
    frames: Option<&Bound<'_, PyDict>>,
    mapping: Option<&Bound<'_, Mapping>>,
    instruments: Local<'_>,
    postcodes: Option<&Bound<'_, PostcodeLookup>>,
    progress: Option<bool>,
) -> PyResult<DryRun> {
    Unread { folder, frames, mapping, instruments, postcodes }.or(caseload, |source| {
        let registry = source.registry(Registry::new())?;
        let found = watched(py, progress, |watch| source.import(&registry, watch)?.dry_run());
        found?.map(DryRun).map_err(raise)
    })
}
