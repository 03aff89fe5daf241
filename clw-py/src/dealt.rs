//! Rows dealt out to the tasks of a cluster: `clw_core::import::Elsewhere`.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use arrow_array::builder::{BinaryBuilder, Int8Builder};
use arrow_array::cast::AsArray;
use arrow_array::types::{Int8Type, Int64Type};
use arrow_array::{Array, RecordBatch};
use clw_core::evaluation::PartialEvaluation as CorePartial;
use clw_core::import::{Elsewhere, Import, ImportReport, RowOwner, TableName};
use clw_core::instrument::Registry;
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;

use crate::caseload::{DryRun, Mapping};
use crate::error::raise;
use crate::evaluation::Evaluation;
use crate::frame::{Frame, arrow};
use crate::instrument::{Local, add_local};
use crate::plan::Plan;
use crate::postcodes::PostcodeLookup;
use crate::source::{headings, rows, table_name};

/// Which of these columns the mapping reads, and whether whose a row is goes by the episode alone.
///
/// Raises `ClwError` where a mapped heading is not among them or there twice.
#[pyfunction]
pub(crate) fn _dealt_by(
    table: &str,
    columns: Vec<String>,
    mapping: &Bound<'_, Mapping>,
    instruments: Local<'_>,
) -> PyResult<(Vec<String>, bool)> {
    let (name, mapping) = (table_name(table)?, &mapping.get().0);
    let registry = add_local(Registry::new(), instruments)?;
    let import = Import::new(mapping.clone(), &registry).map_err(raise)?;
    import.row_owners(name, columns.clone()).map_err(raise)?;
    let folded = |heading: &str| heading.trim().to_lowercase();
    let wanted: BTreeSet<String> = mapping.headings(name).map(folded).collect();
    let read = columns.into_iter().filter(|column| wanted.contains(&folded(column)));
    Ok((read.collect(), mapping.by_episode().any(|other| other == name)))
}

/// The rows of a frame as the import reads them, and whose each is.
///
/// `owner` is 0 for nobody, 1 for a person, 2 for whoever has an episode; `key` is the id of either;
/// `episode` is that of a row of episodes.
#[pyfunction]
pub(crate) fn _deal(
    py: Python<'_>,
    frame: &Bound<'_, PyAny>,
    table: &str,
    mapping: &Bound<'_, Mapping>,
    instruments: Local<'_>,
) -> PyResult<Frame> {
    let (name, mapping) = (table_name(table)?, &mapping.get().0);
    let registry = add_local(Registry::new(), instruments)?;
    let import = Import::new(mapping.clone(), &registry).map_err(raise)?;
    let table = Frame::read(frame)?;
    let names = table.names().map(str::to_owned).collect();
    let owners = import.row_owners(name, names).map_err(raise)?;
    py.detach(|| {
        let (mut csv, mut ends) = (String::new(), Vec::new());
        rows(&table, mapping.delimiter(name), &mut csv, |end| ends.push(end));
        let (mut owner, mut key) = (Int8Builder::new(), BinaryBuilder::new());
        let (mut episode, mut record) = (BinaryBuilder::new(), BinaryBuilder::new());
        owners.each(csv.as_bytes(), |of| {
            let (kind, id, described) = match of {
                RowOwner::Nobody => (0, &b""[..], None),
                RowOwner::Person { id, episode } => (1, id, episode),
                RowOwner::Episode(id) => (2, id, None),
            };
            owner.append_value(kind);
            key.append_value(id);
            episode.append_option(described);
        });
        let mut start = 0;
        for end in ends {
            record.append_value(csv.get(start..end).unwrap_or_default());
            start = end;
        }
        let batch = Frame::of(vec![
            ("owner".to_owned(), Arc::new(owner.finish())),
            ("key".to_owned(), Arc::new(key.finish())),
            ("episode".to_owned(), Arc::new(episode.finish())),
            ("record".to_owned(), Arc::new(record.finish())),
        ])?;
        let schema = batch.schema();
        Ok(Frame::new(vec![batch], schema))
    })
    .map_err(arrow)
}

/// Dealt rows of people who are wholly among them: `table`, `row`, `shared`, `record`.
struct Dealt {
    tables: Vec<DealtTable>,
    elsewhere: Elsewhere,
}

/// The rows of one table as CSV, with the numbers that they have where they come from.
struct DealtTable {
    name: TableName,
    csv: String,
    rows: Vec<u64>,
}

/// The tables by the numbers that dealt rows have for them, each with its headings.
type Columns = Vec<(String, Vec<String>)>;

impl Dealt {
    fn read(
        dealt: &Bound<'_, PyAny>,
        columns: Columns,
        mapping: &Mapping,
        kept: Vec<String>,
    ) -> PyResult<Self> {
        let mut elsewhere = Elsewhere::default();
        for table in kept {
            elsewhere.tables.insert(table_name(&table)?);
        }
        let mut tables = Vec::new();
        for (table, names) in columns {
            let name = table_name(&table)?;
            let names = names.iter().map(String::as_str);
            let csv = headings(names, mapping.0.delimiter(name));
            tables.push(DealtTable { name, csv, rows: Vec::new() });
        }
        let frame = Frame::read(dealt)?;
        for batch in frame.batches() {
            take(batch, &mut tables, &mut elsewhere)
                .ok_or_else(|| PyTypeError::new_err("these are no dealt rows"))?;
        }
        Ok(Self { tables, elsewhere })
    }

    fn import<'r>(
        self,
        mapping: &Mapping,
        registry: &Registry,
        postcodes: Option<&'r Bound<'_, PostcodeLookup>>,
    ) -> PyResult<(Import<'r>, Rows)> {
        let import = Import::new(mapping.0.clone(), registry).map_err(raise)?;
        let mut import = import.elsewhere(self.elsewhere);
        if let Some(postcodes) = postcodes {
            import = import.postcodes(&postcodes.get().0);
        }
        let mut numbers = Rows::new();
        for DealtTable { name, csv, rows } in self.tables {
            numbers.insert(name, rows);
            import = import.table(name, std::io::Cursor::new(csv.into_bytes()));
        }
        Ok((import, numbers))
    }
}

/// The rows of each table by the numbers that they have where they come from.
type Rows = BTreeMap<TableName, Vec<u64>>;

fn take(batch: &RecordBatch, tables: &mut [DealtTable], elsewhere: &mut Elsewhere) -> Option<()> {
    let table = batch.column_by_name("table")?.as_primitive_opt::<Int8Type>()?;
    let row = batch.column_by_name("row")?.as_primitive_opt::<Int64Type>()?;
    let shared = batch.column_by_name("shared")?.as_binary_opt::<i32>()?;
    let record = batch.column_by_name("record")?.as_binary_opt::<i32>()?;
    for at in 0..batch.num_rows() {
        let table = tables.get_mut(usize::try_from(table.value(at)).ok()?)?;
        table.csv.push_str(std::str::from_utf8(record.value(at)).ok()?);
        table.rows.push(u64::try_from(row.value(at)).ok()?);
        if shared.is_valid(at) {
            elsewhere.episodes_of_several.insert(shared.value(at).to_vec());
        }
    }
    Some(())
}

/// Tells problems of the rows as they are numbered where they come from.
fn renumber(report: &mut ImportReport, rows: &Rows) {
    for problem in &mut report.problems {
        let at = problem.row.checked_sub(2).and_then(|at| usize::try_from(at).ok());
        let number = rows.get(&problem.table).zip(at).and_then(|(rows, at)| rows.get(at));
        problem.row = number.copied().unwrap_or(problem.row);
        problem.line = problem.row;
    }
}

/// Counts dealt rows under a plan. `kept` are the tables of which some row anywhere may be someone's.
#[pyfunction]
#[pyo3(signature = (dealt, columns, kept, mapping, plan, instruments, postcodes=None))]
#[expect(clippy::too_many_arguments, reason = "keywords in Python")]
pub(crate) fn _count_dealt(
    py: Python<'_>,
    dealt: &Bound<'_, PyAny>,
    columns: Columns,
    kept: Vec<String>,
    mapping: &Bound<'_, Mapping>,
    plan: &Bound<'_, Plan>,
    instruments: Local<'_>,
    postcodes: Option<&Bound<'_, PostcodeLookup>>,
) -> PyResult<PartialEvaluation> {
    let (mapping, plan) = (mapping.get(), plan.get());
    let registry = add_local(plan.registry.clone(), instruments)?;
    let dealt = Dealt::read(dealt, columns, mapping, kept)?;
    let (import, _) = dealt.import(mapping, &registry, postcodes)?;
    let counted = py.detach(|| plan.checked.count_import(import, 1));
    counted.map(|(counted, _)| PartialEvaluation(counted)).map_err(raise)
}

/// Says what would become of dealt rows, with the first `problems` in full.
#[pyfunction]
#[pyo3(signature = (dealt, columns, kept, mapping, instruments, postcodes=None))]
pub(crate) fn _check_dealt(
    py: Python<'_>,
    dealt: &Bound<'_, PyAny>,
    columns: Columns,
    kept: Vec<String>,
    mapping: &Bound<'_, Mapping>,
    instruments: Local<'_>,
    postcodes: Option<&Bound<'_, PostcodeLookup>>,
) -> PyResult<DryRun> {
    let mapping = mapping.get();
    let registry = add_local(Registry::new(), instruments)?;
    let dealt = Dealt::read(dealt, columns, mapping, kept)?;
    let (import, rows) = dealt.import(mapping, &registry, postcodes)?;
    let mut found = py.detach(|| import.dry_run()).map_err(raise)?;
    renumber(&mut found.report, &rows);
    Ok(DryRun(found))
}

/// The counts of part of a caseload, of which nothing is worked out yet.
///
/// The tasks of a cluster each count their people; what follows is worked out once, of the sum.
#[pyclass(module = "clw._clw", frozen, eq)]
#[derive(PartialEq)]
pub(crate) struct PartialEvaluation(CorePartial);

#[pymethods]
impl PartialEvaluation {
    /// Reads counts that `to_json` wrote, made under `plan`. Raises `ClwError` for what is none.
    #[staticmethod]
    #[pyo3(signature = (text, *, plan))]
    fn from_json(text: &str, plan: &Bound<'_, Plan>) -> PyResult<Self> {
        CorePartial::from_json(text, &plan.get().registry).map(Self).map_err(raise)
    }

    /// The counts as JSON.
    fn to_json(&self) -> PyResult<String> {
        self.0.to_json().map_err(raise)
    }

    /// The counts of two parts together; the same person must not be in both.
    fn merge(&self, other: &Self) -> PyResult<Self> {
        let mut both = self.0.clone();
        both.add(&other.0).map_err(raise)?;
        Ok(Self(both))
    }

    /// What follows from the counts.
    fn evaluation(&self, py: Python<'_>) -> PyResult<Evaluation> {
        py.detach(|| self.0.evaluation()).map(Evaluation).map_err(raise)
    }
}
