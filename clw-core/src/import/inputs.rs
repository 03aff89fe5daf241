//! The data of each table, opened as far as its headings.

use std::collections::BTreeMap;
use std::io::Read;

use super::block::BlockReader;
use super::columns::{BYTES_OF_A_ROW, ColumnReader};
use super::mapping::Source;
use super::packed_form::PackedForms;
use super::plan::{Origin, TablePlan};
use super::scatter::TableReader;
use super::tools::Tools;
use super::{Columns, ImportError, Mapping, TableName};

/// The data of one file of a table.
pub(super) struct Input<'r> {
    pub(super) data: Data<'r>,
    /// Where it comes from, if not from the file that the mapping names.
    pub(super) origin: Option<Origin>,
}

pub(super) enum Data<'r> {
    Csv(Box<dyn Read + Send + 'r>),
    Columns(Columns<'r>),
}

impl<'r> Input<'r> {
    pub(super) fn file(csv: impl Read + Send + 'r) -> Self {
        Self { data: Data::Csv(Box::new(csv)), origin: None }
    }
}

/// The files of each table, by their places in the mapping.
pub(super) type Inputs<'r> = BTreeMap<TableName, BTreeMap<usize, Input<'r>>>;

/// The files, and of each the row of its headings and how many lines they end behind.
pub(super) type LaidOut<'r> = (Vec<TablePlan>, Vec<TableReader<'r>>, Vec<(u32, u32)>);

/// Reads the headings of all files and finds the mapped columns.
pub(super) fn lay_out<'r>(
    mapping: &Mapping,
    tools: &Tools,
    mut inputs: Inputs<'r>,
    block_bytes: usize,
) -> Result<LaidOut<'r>, ImportError> {
    let (mut plans, mut readers, mut places) = (Vec::new(), Vec::new(), Vec::new());
    for (name, table) in &mapping.tables {
        let files = inputs.remove(name).ok_or(ImportError::TableNotGiven { table: *name })?;
        let (named, given) = (table.sources.len(), files.len());
        if named != given {
            return Err(ImportError::FilesNotGiven { table: *name, named, given });
        }
        for (source, input) in table.sources.iter().zip(files.into_values()) {
            let origin = input.origin.unwrap_or_else(|| Origin::of(source));
            let (headings, place, reader) = opened(source, &origin, input.data, block_bytes)?;
            let laid = (table, source.delimiter);
            let mut plan = TablePlan::new(*name, laid, origin, headings, tools)?;
            plan.packed_forms = PackedForms::of(&plan, mapping, tools);
            plans.push(plan);
            readers.push(reader);
            places.push(place);
        }
    }
    match inputs.into_keys().next() {
        Some(table) => Err(ImportError::TableNotMapped { table }),
        None => Ok((plans, readers, places)),
    }
}

/// The headings of a file, the row and the lines they end at, and what reads the rows behind them.
type Opened<'r> = (Vec<String>, (u32, u32), TableReader<'r>);

fn opened<'r>(
    source: &Source,
    origin: &Origin,
    data: Data<'r>,
    block_bytes: usize,
) -> Result<Opened<'r>, ImportError> {
    match data {
        Data::Csv(csv) => {
            let (file, row) = (origin.to_string(), source.heading_row);
            let mut reader = BlockReader::new(&file, csv, source.delimiter, block_bytes);
            let (headings, lines) = reader.headings(row)?;
            Ok((headings, (row.unwrap_or(1), lines), TableReader::Csv(reader)))
        }
        Data::Columns(mut columns) => {
            let mut headings = core::mem::take(&mut columns.headings);
            // Readers of files leave the mark of one where it stood.
            if let Some(first) = headings.first_mut()
                && let Some(marked) = first.strip_prefix('\u{feff}')
            {
                *first = marked.to_owned();
            }
            let reader = ColumnReader::new(columns, block_bytes / BYTES_OF_A_ROW);
            Ok((headings, (1, 1), TableReader::Columns(reader)))
        }
    }
}
