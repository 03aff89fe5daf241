//! Spreadsheets and frames of a programme: `clw_core::import`.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use arrow_array::RecordBatch;
use arrow_schema::ArrowError;
use clw_core::import::{
    DryRun as CoreDryRun, Import, ImportError, Mapping as CoreMapping, TableName,
};
use clw_core::instrument::Registry;
use clw_core::score::Offered;
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::PyDict;

use crate::cells::Cells;
use crate::error::{raise, read};
use crate::frame::{Frame, arrow};
use crate::instrument::{Local, add_local};
use crate::json;

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
pub(crate) struct Mapping(CoreMapping);

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
        CoreMapping::from_json(&json::dumps(mapping)?).map(Self).map_err(raise)
    }

    fn __repr__(&self) -> String {
        let tables: Vec<&str> = self.0.files().map(|(table, _)| table.name()).collect();
        format!("<Mapping of {}>", tables.join(", "))
    }
}

/// What would become of every row: how many are read and used, and each problem in full.
///
/// Printed, it is a table of counts and a list of problems. It holds cells of the records and is for
/// the programme's own use.
#[pyclass(module = "clw", frozen, eq)]
#[derive(PartialEq)]
pub(crate) struct DryRun(CoreDryRun);

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

    fn __str__(&self) -> String {
        self.0.to_string()
    }

    fn __repr__(&self) -> String {
        let account = self.0.report.account.tables.values();
        let (read, used) =
            account.fold((0, 0), |(read, used), table| (read + table.read, used + table.used));
        format!("<DryRun: {} people, {used} of {read} rows used>", self.0.people)
    }
}

/// The records of a programme: a folder of files, or frames.
pub(crate) struct Source {
    mapping: CoreMapping,
    folder: Option<PathBuf>,
    tables: BTreeMap<TableName, Vec<u8>>,
}

impl Source {
    /// A folder, with its own `mapping.toml` unless another is given, or frames with their mapping.
    pub(crate) fn new(
        folder: Option<PathBuf>,
        frames: Option<&Bound<'_, PyDict>>,
        mapping: Option<&Bound<'_, Mapping>>,
    ) -> PyResult<Self> {
        let given = mapping.map(|mapping| mapping.get().0.clone());
        match (folder, frames) {
            (Some(folder), None) => {
                let own = || Ok(Mapping::from_file(folder.join("mapping.toml"))?.0);
                let mapping = given.map_or_else(own, Ok::<_, PyErr>)?;
                Ok(Self { mapping, folder: Some(folder), tables: BTreeMap::new() })
            }
            (None, Some(frames)) => {
                let mapping = given.ok_or_else(|| {
                    PyTypeError::new_err("frames came without a mapping; give mapping= too")
                })?;
                let tables = frames.iter().map(|(name, frame)| {
                    let name = table_name(&name.extract::<String>()?)?;
                    Ok((name, csv(&frame, mapping.delimiter(name))?))
                });
                Ok(Self { tables: tables.collect::<PyResult<_>>()?, mapping, folder: None })
            }
            _ => Err(PyTypeError::new_err("give either folder= or frames=")),
        }
    }

    pub(crate) fn folder(&self) -> Option<&Path> {
        self.folder.as_deref()
    }

    /// The instruments of the folder's `instruments/` beside those given.
    pub(crate) fn registry(&self, registry: Registry, local: Local<'_>) -> PyResult<Registry> {
        let mut registry = add_local(registry, local)?;
        let definitions = self.folder.as_ref().map(|folder| folder.join("instruments"));
        for definitions in definitions.into_iter().filter(|path| path.is_dir()) {
            let mut paths: Vec<PathBuf> = std::fs::read_dir(definitions)?
                .map(|entry| Ok(entry?.path()))
                .collect::<PyResult<_>>()?;
            paths.retain(|path| path.extension().is_some_and(|kind| kind == "toml"));
            paths.sort();
            for path in paths {
                let text = read(path)?;
                let definition =
                    clw_core::instrument::Instrument::from_toml(&text).map_err(raise)?;
                registry.add(definition).map_err(raise)?;
            }
        }
        Ok(registry)
    }

    /// The import of these records.
    pub(crate) fn import(&self, registry: &Registry) -> Result<Import<'_>, ImportError> {
        let import = Import::new(self.mapping.clone(), registry)?;
        match &self.folder {
            Some(folder) => import.open(folder),
            None => Ok(self
                .tables
                .iter()
                .fold(import, |import, (name, csv)| import.table(*name, csv.as_slice()))),
        }
    }
}

/// Reads every row without evaluating it, and says what would become of each.
///
/// The records are a `folder` with a `mapping.toml`, or `frames`: a dict of tables by name ("people",
/// "episodes", "assessments" and the others of a mapping), with a `mapping`. Frames are read as the CSV
/// they would be: whole floats without a fraction, real dates and times as ISO, which the mapping's
/// `dates` must then list, categories by their text, and rows are numbered below a row of headings.
/// Raises `ClwError` where the mapping does not fit; a bad row is a problem of the result.
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
/// <DryRun: 1 people, 1 of 2 rows used>
/// >>> print(found.problems[0])
/// forms, row 3 (line 3): "date" holds "5 March", which is no date in a declared format (iso); correct it, or declare its format [unreadable-date]
#[pyfunction]
#[pyo3(signature = (*, folder=None, frames=None, mapping=None, instruments=None))]
pub(crate) fn check(
    py: Python<'_>,
    folder: Option<PathBuf>,
    frames: Option<&Bound<'_, PyDict>>,
    mapping: Option<&Bound<'_, Mapping>>,
    instruments: Local<'_>,
) -> PyResult<DryRun> {
    let source = Source::new(folder, frames, mapping)?;
    let registry = source.registry(Registry::new(), instruments)?;
    py.detach(|| source.import(&registry)?.dry_run()).map(DryRun).map_err(raise)
}

fn table_name(name: &str) -> PyResult<TableName> {
    TableName::ALL.iter().copied().find(|table| table.name() == name).ok_or_else(|| {
        let known: Vec<&str> = TableName::ALL.iter().map(|table| table.name()).collect();
        PyTypeError::new_err(format!(
            "a frame is given as {name:?}, which is no table; name it one of {}",
            known.join(", ")
        ))
    })
}

/// A frame as the CSV file that the import reads.
fn csv(frame: &Bound<'_, PyAny>, delimiter: u8) -> PyResult<Vec<u8>> {
    let table = Frame::read(frame)?;
    frame.py().detach(|| written(&table, char::from(delimiter))).map_err(arrow)
}

fn written(table: &Frame, delimiter: char) -> Result<Vec<u8>, ArrowError> {
    let mut text = String::new();
    let headings = table.schema().fields().iter().map(|field| field.name().as_str());
    row(&mut text, delimiter, headings.map(Into::into));
    for batch in table.batches() {
        let columns = batch.columns().iter().map(Cells::of).collect::<Result<Vec<_>, _>>()?;
        for at in 0..RecordBatch::num_rows(batch) {
            row(&mut text, delimiter, columns.iter().map(|cells| cell(cells.offered(at))));
        }
    }
    Ok(text.into_bytes())
}

fn cell(value: Offered<'_>) -> Cow<'_, str> {
    match value {
        Offered::Nothing => "".into(),
        Offered::Whole(whole) => whole.to_string().into(),
        Offered::Number(number) if number.is_nan() => "".into(),
        Offered::Number(number) => number.to_string().into(),
        Offered::Text(text) | Offered::Wide(text) | Offered::Other(text) => text,
    }
}

/// One row, its cells quoted so that nothing in them parts them.
fn row<'a>(text: &mut String, delimiter: char, cells: impl Iterator<Item = Cow<'a, str>>) {
    for (place, cell) in cells.enumerate() {
        if place > 0 {
            text.push(delimiter);
        }
        if cell.contains([delimiter, '"', '\n', '\r']) {
            text.push('"');
            text.push_str(&cell.replace('"', "\"\""));
            text.push('"');
        } else {
            text.push_str(&cell);
        }
    }
    text.push('\n');
}
