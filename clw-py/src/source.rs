//! What a caseload is read from: a folder of files, or frames.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;
use std::path::{Path, PathBuf};

use arrow_array::RecordBatch;
use clw_core::import::{Import, ImportError, Mapping, PostcodeLookup, TableName, Watch, Workbook};
use clw_core::instrument::Registry;
use pyo3::prelude::*;
use pyo3::types::PyDict;

use crate::cells::{Cells, write_cell};
use crate::error::{raise, read, read_bytes, refused};
use crate::evaluation::threads_or_all;
use crate::files::is_workbook;
use crate::frame::{Frame, Kind};
use crate::threads::in_order;
use crate::watched::PartsDone;

/// The data of a caseload.
enum Data {
    Folder(PathBuf),
    Tables(BTreeMap<TableName, Table>),
}

/// One table among others.
enum Table {
    /// The CSV file that the import reads, in parts.
    Csv(Vec<Vec<u8>>),
    /// A workbook, of which the mapping names the sheet.
    Workbook(PathBuf),
}

/// The records of a programme, with all that reading them takes.
pub(crate) struct Source {
    mapping: Mapping,
    data: Data,
    registry: Registry,
    postcodes: Option<PostcodeLookup>,
    /// The library that frames are given back in.
    pub(crate) kind: Kind,
}

impl Source {
    /// The files that a mapping names in a folder, with the definitions of its `instruments/`.
    pub(crate) fn of_folder(
        folder: PathBuf,
        mapping: Mapping,
        mut registry: Registry,
        postcodes: Option<PostcodeLookup>,
    ) -> PyResult<Self> {
        add_definitions(&folder.join("instruments"), &mut registry)?;
        let data = Data::Folder(folder);
        Ok(Self { mapping, data, registry, postcodes, kind: Kind::Other })
    }

    /// Frames by the names of their tables, in the library of the first.
    pub(crate) fn of_frames(
        frames: &Bound<'_, PyDict>,
        mapping: Mapping,
        registry: Registry,
        postcodes: Option<PostcodeLookup>,
    ) -> PyResult<Self> {
        let tables = frames.iter().map(|(name, frame)| {
            let name = table_name(&name.extract::<String>()?)?;
            let table = match frame.extract::<PathBuf>() {
                Ok(path) if is_workbook(&path) => Table::Workbook(path),
                Ok(path) => Table::Csv(vec![read_bytes(&path)?]),
                Err(_) => Table::Csv(mapped_csv(&frame, name, &mapping)?),
            };
            Ok((name, table))
        });
        let tables = tables.collect::<PyResult<_>>()?;
        let first = frames.values().iter().next();
        let kind = first.map_or(Ok(Kind::Other), |frame| Kind::of(&frame))?;
        Ok(Self { mapping, data: Data::Tables(tables), registry, postcodes, kind })
    }

    pub(crate) const fn folder(&self) -> Option<&PathBuf> {
        match &self.data {
            Data::Folder(folder) => Some(folder),
            Data::Tables(_) => None,
        }
    }

    /// The tables that there are, and in which file or frame.
    pub(crate) fn tables(&self) -> impl Iterator<Item = &'static str> {
        self.mapping.files().map(|(table, _)| table.name())
    }

    /// The instruments of the caseload beside those that are known.
    pub(crate) fn registry(&self, mut known: Registry) -> PyResult<Registry> {
        // Those that are known already change nothing.
        for instrument in self.registry.iter() {
            known.add(instrument.clone()).map_err(raise)?;
        }
        Ok(known)
    }

    /// The import of these records, for another thread to watch.
    pub(crate) fn import<'a>(
        &'a self,
        registry: &Registry,
        watch: &'a Watch,
    ) -> Result<Import<'a>, ImportError> {
        watch.expect(self.bytes());
        let mut import = Import::new(self.mapping.clone(), registry)?.watched(watch);
        if let Some(postcodes) = &self.postcodes {
            import = import.postcodes(postcodes);
        }
        match &self.data {
            Data::Folder(folder) => import.open(folder),
            Data::Tables(tables) => {
                tables.iter().try_fold(import, |import, (name, table)| match table {
                    Table::Csv(csv) => {
                        Ok(import.table(*name, Parts { next: csv.iter(), rest: &[] }))
                    }
                    Table::Workbook(path) => import.sheet(*name, &mut Workbook::open(path)?),
                })
            }
        }
    }

    /// How much there is to read, but for workbooks, of which that is not known before.
    fn bytes(&self) -> u64 {
        let table = |table: &Table| match table {
            Table::Csv(parts) => parts.iter().map(|part| part.len() as u64).sum(),
            Table::Workbook(_) => 0,
        };
        match &self.data {
            Data::Tables(tables) => tables.values().map(table).sum(),
            Data::Folder(folder) => {
                let files = self.mapping.files().map(|(_, file)| folder.join(file));
                let csv = files.filter(|path| !is_workbook(path));
                csv.filter_map(|path| Some(path.metadata().ok()?.len())).sum()
            }
        }
    }
}

/// The definitions of a folder, in the order of their names.
fn add_definitions(folder: &Path, registry: &mut Registry) -> PyResult<()> {
    if !folder.is_dir() {
        return Ok(());
    }
    let entries = std::fs::read_dir(folder)?.map(|entry| Ok(entry?.path()));
    let mut paths: Vec<PathBuf> = entries.collect::<PyResult<_>>()?;
    paths.retain(|path| path.extension().is_some_and(|kind| kind == "toml"));
    paths.sort();
    for path in paths {
        let definition = clw_core::instrument::Instrument::from_toml(&read(path)?);
        registry.add(definition.map_err(raise)?).map_err(raise)?;
    }
    Ok(())
}

pub(crate) fn table_name(name: &str) -> PyResult<TableName> {
    TableName::ALL.iter().copied().find(|table| table.name() == name).ok_or_else(|| {
        let known: Vec<&str> = TableName::ALL.iter().map(|table| table.name()).collect();
        let message = format!(
            "a frame is given as {name:?}, which is no table; name it one of {}",
            known.join(", ")
        );
        refused(&message, "unknown-table")
    })
}

/// A frame as the CSV file that the import reads.
pub(crate) fn csv(frame: &Bound<'_, PyAny>, delimiter: u8) -> PyResult<Vec<u8>> {
    let table = Frame::read(frame)?;
    Ok(frame.py().detach(|| written(&table, delimiter)).into_bytes())
}

/// The mapped columns of a frame as parts of a CSV file; the cells of the others are left blank.
fn mapped_csv(
    frame: &Bound<'_, PyAny>,
    name: TableName,
    mapping: &Mapping,
) -> PyResult<Vec<Vec<u8>>> {
    let table = Frame::read(frame)?;
    let folded = |heading: &str| heading.trim().to_lowercase();
    let wanted: BTreeSet<String> = mapping.headings(name).map(folded).collect();
    let mapped: Vec<bool> = table.names().map(|name| wanted.contains(&folded(name))).collect();
    let (delimiter, threads) = (mapping.delimiter(name), threads_or_all(None));
    Ok(frame.py().detach(|| {
        let parts: Vec<RecordBatch> = table.parts(threads).collect();
        let mut texts = in_order(threads, &parts, &PartsDone::default(), |part| {
            let mut text = String::new();
            write_rows(part, &mapped, delimiter, &mut text, |_| {});
            text.into_bytes()
        });
        texts.insert(0, headings(table.names(), delimiter).into_bytes());
        texts
    }))
}

/// The parts of a file one after the other.
struct Parts<'a> {
    next: std::slice::Iter<'a, Vec<u8>>,
    rest: &'a [u8],
}

impl Read for Parts<'_> {
    fn read(&mut self, to: &mut [u8]) -> std::io::Result<usize> {
        while self.rest.is_empty() {
            let Some(part) = self.next.next() else { return Ok(0) };
            self.rest = part;
        }
        self.rest.read(to)
    }
}

/// A frame as CSV, with its headings.
pub(crate) fn written(table: &Frame, delimiter: u8) -> String {
    let mut text = headings(table.names(), delimiter);
    rows(table, delimiter, &mut text, |_| {});
    text
}

/// A row of headings.
pub(crate) fn headings<'a>(names: impl Iterator<Item = &'a str>, delimiter: u8) -> String {
    let mut text = String::new();
    for (place, name) in names.enumerate() {
        if place > 0 {
            text.push(char::from(delimiter));
        }
        write_cell(name, delimiter, &mut text);
    }
    end_row(&mut text, 0);
    text
}

/// Writes the rows of a frame, and tells where each ends.
pub(crate) fn rows(table: &Frame, delimiter: u8, text: &mut String, mut ended: impl FnMut(usize)) {
    let all = vec![true; table.names().count()];
    for batch in table.batches() {
        write_rows(batch, &all, delimiter, text, &mut ended);
    }
}

/// Writes the cells of some columns, and tells where each row ends.
fn write_rows(
    batch: &RecordBatch,
    which: &[bool],
    delimiter: u8,
    text: &mut String,
    mut ended: impl FnMut(usize),
) {
    let columns = batch.columns().iter().zip(which);
    let columns: Vec<_> = columns.map(|(column, read)| read.then(|| Cells::of(column))).collect();
    for at in 0..batch.num_rows() {
        let start = text.len();
        for (place, cells) in columns.iter().enumerate() {
            if place > 0 {
                text.push(char::from(delimiter));
            }
            if let Some(cells) = cells {
                cells.write(at, delimiter, text);
            }
        }
        end_row(text, start);
        ended(text.len());
    }
}

fn end_row(text: &mut String, start: usize) {
    if text.len() == start {
        // A lone blank cell; without quotes the line would be no row at all.
        text.push_str("\"\"");
    }
    text.push('\n');
}
