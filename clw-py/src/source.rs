//! What a caseload is read from: a folder of files, or frames.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use clw_core::import::{Import, ImportError, Mapping, PostcodeLookup, TableName, Watch, Workbook};
use clw_core::instrument::Registry;
use pyo3::prelude::*;
use pyo3::types::PyDict;

use crate::at_hand::AtHand;
use crate::cells::{Cells, write_cell};
use crate::error::{raise, read, read_bytes, refused};
use crate::files::is_workbook;
use crate::frame::{Frame, Kind};
use crate::given::name_in;

/// The data of a caseload.
enum Data {
    Folder(PathBuf),
    Tables(BTreeMap<TableName, Table>),
}

/// One table among others.
enum Table {
    /// The bytes of a CSV file.
    Csv(Vec<u8>),
    /// The mapped columns of a frame.
    Frame(AtHand),
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
            let name = table_name(&name_in("frames", &name)?)?;
            let table = match frame.extract::<PathBuf>() {
                Ok(path) if is_workbook(&path) => Table::Workbook(path),
                Ok(path) => Table::Csv(read_bytes(&path)?),
                Err(_) => Table::Frame(AtHand::take(&frame, name, &mapping)?),
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
                    Table::Csv(csv) => Ok(import.table(*name, csv.as_slice())),
                    Table::Frame(frame) => Ok(import.columns(*name, frame.columns())),
                    Table::Workbook(path) => import.sheet(*name, &mut Workbook::open(path)?),
                })
            }
        }
    }

    /// How much there is to read of files, but for workbooks, of which that is not known before.
    fn bytes(&self) -> u64 {
        let table = |table: &Table| match table {
            Table::Csv(csv) => csv.len() as u64,
            Table::Frame(_) | Table::Workbook(_) => 0,
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
    for batch in table.batches() {
        let columns: Vec<_> = batch.columns().iter().map(Cells::of).collect();
        for at in 0..batch.num_rows() {
            let start = text.len();
            for (place, cells) in columns.iter().enumerate() {
                if place > 0 {
                    text.push(char::from(delimiter));
                }
                cells.write(at, delimiter, text);
            }
            end_row(text, start);
            ended(text.len());
        }
    }
}

fn end_row(text: &mut String, start: usize) {
    if text.len() == start {
        // A lone blank cell; without quotes the line would be no row at all.
        text.push_str("\"\"");
    }
    text.push('\n');
}
