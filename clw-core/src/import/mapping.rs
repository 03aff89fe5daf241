//! A mapping: which heading of which file holds which field, and how its cells are spelt.

use serde::Deserialize;

use super::dates::DateFormat;
use super::fields::Field;
use super::raw::{RawMapping, TotalKind};
use super::spelling::{ByteSet, Spellings};
use super::written::{self, Remarks};
use super::{ImportError, TableName};
use crate::OrderedMap;
use crate::json;
use crate::toml_read;

/// How a set of files is read: a checked mapping.
///
/// A mapping is a TOML file. `tables.<table>` names a file, and the `sheet` of it where it is a
/// workbook, and says which heading holds which field; `constants` gives a field the same value in
/// every row; `codes.<list>` maps spellings to codes; `answers.<instrument>` maps labels to numbers;
/// `occasions` orders sittings without dates; `totals.<measure>` beside the columns names a column
/// that holds a total, and says of which `kind`: `raw`, the sum of the answers, or `metric`, the
/// measure's score. `heading-row` says in which row the headings stand, where a title stands above
/// them, and `also` lists further files or sheets whose rows are read under the first one's.
/// Headings and spellings are compared without case and
/// outer spaces, spellings also without punctuation unless they have no letters. A code stands for
/// itself. Dates are `iso` (2026-03-05), `dd/mm/yyyy` (also with dots or dashes) or `dd-mmm-yyyy`
/// (05-Mar-2026), and begin with 1901: an earlier one is a year of two digits or a spreadsheet's
/// empty date.
///
/// ```
/// use clw_core::import::Mapping;
///
/// let mapping = Mapping::from_toml(r#"
/// dates = ["iso", "dd/mm/yyyy"]
///
/// [tables.assessments]
/// file = "forms.csv"
/// constants = { instrument = "swemwbs" }
/// [tables.assessments.columns]
/// person = "Client"
/// date = "Completed"
/// answers = ["Q1", "Q2", "Q3", "Q4", "Q5", "Q6", "Q7"]
/// "#)?;
///
/// let error = Mapping::from_toml("[tables.assessments]\nfile = \"a.csv\"").unwrap_err();
/// assert_eq!(
///     error.to_string(),
///     "[assessments] maps no column to person, which every row needs; map one"
/// );
/// # Ok::<(), clw_core::import::ImportError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(try_from = "RawMapping")]
pub struct Mapping {
    pub(super) tables: OrderedMap<TableName, Table>,
    pub(super) spellings: Spellings,
    pub(super) dates: Vec<DateFormat>,
    /// Bytes that part two ids in one cell.
    pub(super) id_separators: ByteSet,
    /// What parts several codes in one cell.
    pub(super) list_separator: u8,
    /// As it was written.
    pub(super) raw: RawMapping,
}

/// The columns and constants of one table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Table {
    /// Where its rows are: one file or sheet, or several under the same headings.
    pub(super) sources: Vec<Source>,
    pub(super) wide: bool,
    /// What fields and answers are read from; the others point into this list.
    pub(super) cells: Vec<CellSource>,
    pub(super) fields: OrderedMap<Field, usize>,
    /// The sittings of a row: one in the long layout, several in the wide, none in other tables.
    pub(super) forms: Vec<Form>,
}

/// A file with rows of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Source {
    pub(super) file: String,
    /// The sheet of the workbook, where the file is one.
    pub(super) sheet: Option<String>,
    pub(super) delimiter: u8,
    /// The row of the headings, from 1; without one the first that holds anything.
    pub(super) heading_row: Option<u32>,
}

impl Source {
    pub(super) fn in_workbook(&self) -> bool {
        self.sheet.is_some() || is_workbook(&self.file)
    }
}

/// Where a cell comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum CellSource {
    Heading(String),
    Constant(Field, String),
}

/// One sitting in a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Form {
    /// The declared place in time among the row's forms; 0 in the long layout.
    pub(super) order: u32,
    pub(super) fields: OrderedMap<Field, usize>,
    pub(super) answers: AnswerCells,
    pub(super) totals: Vec<TotalCell>,
}

/// Which cell holds the total of a measure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct TotalCell {
    /// As the mapping names it.
    pub(super) measure: String,
    pub(super) cell: usize,
    pub(super) kind: TotalKind,
}

/// Which cells hold the answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum AnswerCells {
    /// The same for every instrument; one with fewer items uses the first ones.
    InOrder(Vec<usize>),
    /// Columns of its own for each instrument, by the name in the mapping.
    ByInstrument(OrderedMap<String, Vec<usize>>),
    /// None: only totals are recorded.
    None,
}

impl Mapping {
    /// Reads and checks a mapping.
    ///
    /// # Errors
    ///
    /// [`ImportError`] with the place in the mapping and what would be right there.
    pub fn from_toml(text: &str) -> Result<Self, ImportError> {
        let raw: RawMapping = toml_read::read(text).map_err(|error| {
            ImportError::MappingUnreadable { found: error.to_string().trim_end().to_owned() }
        })?;
        raw.try_into()
    }

    /// Reads and checks a mapping in JSON, with the keys of its TOML.
    ///
    /// # Errors
    ///
    /// [`ImportError`] with the place in the mapping and what would be right there.
    ///
    /// ```
    /// use clw_core::import::{Mapping, TableName};
    ///
    /// let mapping = Mapping::from_json(
    ///     r#"{"tables": {"assessments": {
    ///         "file": "forms.csv", "delimiter": ";", "constants": {"instrument": "ucla-3"},
    ///         "columns": {"person": "Client", "date": "Completed", "answers": ["Q1", "Q2", "Q3"]}
    ///     }}}"#,
    /// )?;
    /// assert_eq!(mapping.delimiter(TableName::Assessments), b';');
    /// # Ok::<(), clw_core::import::ImportError>(())
    /// ```
    pub fn from_json(text: &str) -> Result<Self, ImportError> {
        let raw: RawMapping = json::read(text)
            .map_err(|error| ImportError::MappingUnreadable { found: error.to_string() })?;
        raw.try_into()
    }

    /// The mapping in TOML, to be read and changed by a person; its remarks are not kept.
    ///
    /// ```
    /// use clw_core::import::Mapping;
    ///
    /// let mapping = Mapping::from_json(
    ///     r#"{"tables": {"assessments": {"file": "forms.csv", "constants": {"instrument": "ucla-3"},
    ///         "columns": {"person": "Client", "date": "Completed", "answers": ["Q1", "Q2", "Q3"]}}}}"#,
    /// )?;
    /// assert_eq!(Mapping::from_toml(&mapping.to_toml())?, mapping);
    /// assert_eq!(Mapping::from_json(&mapping.to_json())?, mapping);
    /// # Ok::<(), clw_core::import::ImportError>(())
    /// ```
    #[must_use]
    pub fn to_toml(&self) -> String {
        written::toml(&self.raw, &Remarks::default())
    }

    /// The mapping in JSON, with the keys of its TOML.
    #[must_use]
    pub fn to_json(&self) -> String {
        // Texts and whole numbers under text keys, which JSON can always hold.
        json::write(&self.raw).unwrap_or_default()
    }

    /// What parts the cells of a table's first file; a comma where the mapping has not the table.
    #[must_use]
    pub fn delimiter(&self, table: TableName) -> u8 {
        self.first(table).map_or(b',', |source| source.delimiter)
    }

    /// Whether a table is read from a sheet of a workbook: the mapping names the sheet, or its file
    /// ends in `.xlsx` or `.xlsm`.
    #[must_use]
    pub fn in_workbook(&self, table: TableName) -> bool {
        self.first(table).is_some_and(Source::in_workbook)
    }

    fn first(&self, table: TableName) -> Option<&Source> {
        self.tables.get(&table)?.sources.first()
    }

    /// The first table that maps a postcode.
    pub(super) fn postcode_in(&self) -> Option<TableName> {
        let maps = |table: &Table| table.fields.contains_key(&Field::Postcode);
        self.tables.iter().find_map(|(name, table)| maps(table).then_some(*name))
    }

    /// The headings that are mapped in a table.
    pub fn headings(&self, table: TableName) -> impl Iterator<Item = &str> {
        let cells = self.tables.get(&table).into_iter().flat_map(|table| &table.cells);
        cells.filter_map(|cell| match cell {
            CellSource::Heading(heading) => Some(heading.as_str()),
            CellSource::Constant(..) => None,
        })
    }

    /// The tables that say whose their rows are by the episode alone.
    pub fn by_episode(&self) -> impl Iterator<Item = TableName> {
        let all = self.tables.iter();
        all.filter(|(_, table)| !table.fields.contains_key(&Field::PersonId)).map(|(name, _)| *name)
    }

    /// The tables in the order in which their files are given, each as often as the mapping names a
    /// file for it.
    pub fn sources(&self) -> impl Iterator<Item = TableName> {
        self.tables.iter().flat_map(|(name, table)| table.sources.iter().map(|_| *name))
    }

    /// The first file the mapping names for each table.
    pub fn files(&self) -> impl Iterator<Item = (TableName, &str)> {
        let all = self.tables.iter();
        all.filter_map(|(name, table)| Some((*name, table.sources.first()?.file.as_str())))
    }
}

/// Whether a file of this name is a workbook.
pub(super) fn is_workbook(file: &str) -> bool {
    let ending = file.rsplit('.').next().unwrap_or_default();
    ["xlsx", "xlsm"].iter().any(|known| ending.eq_ignore_ascii_case(known))
}
