//! What a caseload is read from: a folder of files, or frames.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use arrow_array::RecordBatch;
use clw_core::import::{Import, ImportError, Mapping, PostcodeLookup, TableName};
use clw_core::instrument::Registry;
use clw_core::score::Offered;
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::PyDict;

use crate::cells::Cells;
use crate::error::{raise, read, read_bytes};
use crate::frame::{Frame, Kind};

/// The data of a caseload.
enum Data {
    Folder(PathBuf),
    /// Each table as the CSV file that the import reads.
    Tables(BTreeMap<TableName, Vec<u8>>),
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
                Ok(path) => read_bytes(&path)?,
                Err(_) => csv(&frame, mapping.delimiter(name))?,
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

    /// The import of these records.
    pub(crate) fn import(&self, registry: &Registry) -> Result<Import<'_>, ImportError> {
        let mut import = Import::new(self.mapping.clone(), registry)?;
        if let Some(postcodes) = &self.postcodes {
            import = import.postcodes(postcodes);
        }
        match &self.data {
            Data::Folder(folder) => import.open(folder),
            Data::Tables(tables) => Ok(tables
                .iter()
                .fold(import, |import, (name, csv)| import.table(*name, csv.as_slice()))),
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
        PyTypeError::new_err(format!(
            "a frame is given as {name:?}, which is no table; name it one of {}",
            known.join(", ")
        ))
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
    row(&mut text, char::from(delimiter), names.map(Into::into));
    text
}

/// Writes the rows of a frame, and tells where each ends.
pub(crate) fn rows(table: &Frame, delimiter: u8, text: &mut String, mut ended: impl FnMut(usize)) {
    for batch in table.batches() {
        let columns: Vec<Cells<'_>> = batch.columns().iter().map(Cells::of).collect();
        for at in 0..RecordBatch::num_rows(batch) {
            let cells = columns.iter().map(|cells| cell(cells.offered(at)));
            row(text, char::from(delimiter), cells);
            ended(text.len());
        }
    }
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
    let start = text.len();
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
    if text.len() == start {
        // A lone blank cell; without quotes the line would be no row at all.
        text.push_str("\"\"");
    }
    text.push('\n');
}
