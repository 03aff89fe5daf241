//! Spreadsheets of a programme, read through a mapping.
//!
//! ```text
//! files, columns ─▶ blocks ─▶ records ─▶ partitions by person ─▶ one person at a time
//! ```
//!
//! A [`Mapping`] says which heading of which file holds which field and how its cells are spelt; an
//! [`Import`] reads the files. Every row that is read is used or rejected for a reason that is
//! counted; a bad row is never an error. No file is held in memory as a whole, and the result does
//! not depend on the number of threads, on how the files are cut into blocks, or (but for which row
//! a problem is told of) on the order of the rows.
//!
//! Where several rows describe one person or episode they must agree: a field in which they differ
//! is not known, with a warning, as nobody can say which row is right.

mod block;
mod columns;
mod constants;
mod dates;
mod dealt;
mod episodes;
mod error;
mod error_about;
mod error_text;
mod fields;
mod forms;
mod gather;
mod guess;
mod inputs;
mod mapping;
mod mapping_check;
mod merge;
mod packed_form;
mod partition;
mod parts;
mod person;
mod plan;
mod postcodes;
mod problem;
mod raw;
mod record;
mod report;
mod row;
mod run;
mod scatter;
mod spelling;
mod tools;
mod totals;
mod watch;
mod what;
#[cfg(feature = "xlsx")]
mod workbook;
mod workbook_error;
mod workers;
mod written;

use std::collections::BTreeMap;
use std::io::Read;
use std::path::Path;

pub use columns::{Column, Columns, iso_day};
pub use dealt::{Elsewhere, RowOwner, RowOwners};
pub use error::ImportError;
pub use error_about::About;
pub use fields::TableName;
pub use guess::{
    ColumnGuess, MappingGuess, OpenPoint, Preview, SpellingGuess, TableGuess, guess_mapping,
};
pub use mapping::Mapping;
pub use postcodes::{PostcodeLookup, PostcodeMapping, ResolvedPostcode, read_postcodes};
pub use problem::{Problem, ProblemCode};
pub use report::{DryRun, ImportReport};
pub use watch::Watch;
#[cfg(feature = "xlsx")]
pub use workbook::Workbook;
pub use workbook_error::WorkbookError;

use inputs::{Data, Input, Inputs};
use mapping::{Source, is_workbook};
#[cfg(feature = "xlsx")]
use plan::Origin;
use tools::Tools;

use crate::instrument::Registry;

/// An import of one caseload: a mapping, and data for each of its tables.
///
/// ```
/// use clw_core::import::{Import, Mapping, TableName};
/// use clw_core::instrument::Registry;
///
/// let mapping = Mapping::from_toml(r#"
/// [tables.assessments]
/// file = "forms.csv"
/// columns = { person = "Client", date = "Completed", answers = ["Q1", "Q2", "Q3"] }
/// constants = { instrument = "ucla-3" }
/// "#)?;
/// let forms = "Client,Completed,Q1,Q2,Q3\nA,2026-03-05,1,2,3\nA,5 March,1,1,1\n";
/// let import = Import::new(mapping, &Registry::new())?;
/// let (people, report) = import.table(TableName::Assessments, forms.as_bytes()).read()?;
///
/// assert_eq!(people[0].episodes[0].assessments.len(), 1);
/// assert_eq!(
///     report.problems[0].to_string(),
///     "forms.csv, row 3 (line 3): \"Completed\" holds \"5 March\", which is no date in a \
///      declared format (iso); correct it, or declare its format [unreadable-date]"
/// );
/// # Ok::<(), clw_core::import::ImportError>(())
/// ```
pub struct Import<'r> {
    mapping: Mapping,
    tools: Tools,
    inputs: Inputs<'r>,
    postcodes: Option<&'r PostcodeLookup>,
    elsewhere: Elsewhere,
    watch: Option<&'r Watch>,
    block_bytes: usize,
    problems_kept: usize,
}

impl<'r> Import<'r> {
    /// An import through this mapping, with these instruments, of no data yet.
    ///
    /// # Errors
    ///
    /// [`ImportError`] if the mapping names an instrument that the registry has not, or maps more or
    /// fewer columns than it has items.
    pub fn new(mapping: Mapping, registry: &Registry) -> Result<Self, ImportError> {
        let tools = Tools::new(&mapping, registry)?;
        Ok(Self {
            mapping,
            tools,
            inputs: Inputs::new(),
            postcodes: None,
            elsewhere: Elsewhere::default(),
            watch: None,
            block_bytes: 1 << 20,
            problems_kept: 100,
        })
    }

    /// Gives the data of a table, a CSV file with headings. Where the mapping names several files for
    /// it, each is given in turn.
    #[must_use]
    pub fn table(mut self, name: TableName, csv: impl Read + Send + 'r) -> Self {
        self.give(name, None, Input::file(csv));
        self
    }

    /// Gives the data of a table at hand, column by column.
    ///
    /// Problems are told of the rows of the CSV file that the table would be: the headings are row 1.
    #[must_use]
    pub fn columns(mut self, name: TableName, columns: Columns<'r>) -> Self {
        self.give(name, None, Input { data: Data::Columns(columns), origin: None });
        self
    }

    /// Keeps the data of a table's file, by its place in the mapping or behind those given already.
    fn give(&mut self, name: TableName, place: Option<usize>, input: Input<'r>) {
        let files = self.inputs.entry(name).or_default();
        let next = files.last_key_value().map_or(0, |(last, _)| last + 1);
        files.insert(place.unwrap_or(next), input);
    }

    /// Gives the data of all tables: the files of the folder that the mapping names, or the sheets
    /// of one workbook, whatever it is called.
    ///
    /// # Errors
    ///
    /// [`ImportError::Unreadable`] if one of them cannot be opened, [`ImportError::Workbook`] if a
    /// workbook or a sheet of it cannot be read.
    pub fn open(self, folder_or_workbook: &Path) -> Result<Self, ImportError> {
        let path = folder_or_workbook;
        if path.is_dir() || !is_workbook(&path.to_string_lossy()) {
            return self.open_folder(path);
        }
        let places = self.places();
        self.open_sheets(path, &places)
    }

    fn open_folder(mut self, folder: &Path) -> Result<Self, ImportError> {
        let mut workbooks: BTreeMap<String, Vec<(TableName, usize)>> = BTreeMap::new();
        let mut opened = Vec::new();
        for (name, place, source) in self.sources() {
            if source.in_workbook() {
                workbooks.entry(source.file.clone()).or_default().push((name, place));
                continue;
            }
            let file = std::fs::File::open(folder.join(&source.file)).map_err(|error| {
                ImportError::Unreadable { file: source.file.clone(), reason: error.to_string() }
            })?;
            opened.push((name, place, file));
        }
        for (name, place, file) in opened {
            self.give(name, Some(place), Input::file(file));
        }
        for (file, sheets) in workbooks {
            self = self.open_sheets(&folder.join(file), &sheets)?;
        }
        Ok(self)
    }

    /// Each file of each table that the mapping names, with its place among the table's.
    fn sources(&self) -> impl Iterator<Item = (TableName, usize, &Source)> {
        self.mapping.tables.iter().flat_map(|(name, table)| {
            table.sources.iter().enumerate().map(|(place, source)| (*name, place, source))
        })
    }

    fn places(&self) -> Vec<(TableName, usize)> {
        self.sources().map(|(name, place, _)| (name, place)).collect()
    }

    #[cfg(feature = "xlsx")]
    fn open_sheets(
        mut self,
        path: &Path,
        places: &[(TableName, usize)],
    ) -> Result<Self, ImportError> {
        let mut workbook = Workbook::open(path)?;
        for (name, place) in places {
            self.read_sheet(*name, *place, &mut workbook)?;
        }
        Ok(self)
    }

    #[cfg(not(feature = "xlsx"))]
    #[expect(clippy::unused_self, reason = "with the feature it reads the sheets")]
    fn open_sheets(self, path: &Path, _places: &[(TableName, usize)]) -> Result<Self, ImportError> {
        let file = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
        Err(ImportError::Workbook(WorkbookError::NotBuiltIn { file }))
    }

    /// Gives the data of a table, from the sheet that the mapping names; where it names none, from
    /// the only one. Where the mapping names several files for it, each is given in turn.
    ///
    /// # Errors
    ///
    /// [`ImportError::Workbook`] if there is no such sheet, or it cannot be read.
    #[cfg(feature = "xlsx")]
    pub fn sheet(
        mut self,
        name: TableName,
        workbook: &mut Workbook<'_>,
    ) -> Result<Self, ImportError> {
        let given = self.inputs.get(&name).and_then(BTreeMap::last_key_value);
        let place = given.map_or(0, |(last, _)| last + 1);
        self.read_sheet(name, place, workbook)?;
        Ok(self)
    }

    #[cfg(feature = "xlsx")]
    fn read_sheet(
        &mut self,
        name: TableName,
        place: usize,
        workbook: &mut Workbook<'_>,
    ) -> Result<(), ImportError> {
        let source = self.mapping.tables.get(&name).and_then(|table| table.sources.get(place));
        let source = source.ok_or(ImportError::TableNotMapped { table: name })?;
        let dates = self.mapping.dates.first().copied().unwrap_or(dates::DateFormat::Iso);
        let sheet = workbook.find(name, source.sheet.as_deref()).map(str::to_owned);
        let sheet = sheet.map_err(ImportError::Workbook)?;
        let csv = workbook.csv(&sheet, source.delimiter, dates).map_err(ImportError::Workbook)?;
        let origin = Origin { file: workbook.file().to_owned(), sheet: Some(sheet) };
        let input = Input { origin: Some(origin), ..Input::file(std::io::Cursor::new(csv)) };
        self.give(name, Some(place), input);
        Ok(())
    }

    /// Gives the data of all tables, each from its sheet of one workbook.
    ///
    /// # Errors
    ///
    /// [`ImportError::Workbook`] if there is no such sheet, or one cannot be read.
    #[cfg(feature = "xlsx")]
    pub fn workbook(mut self, workbook: &mut Workbook<'_>) -> Result<Self, ImportError> {
        for (name, place) in self.places() {
            self.read_sheet(name, place, workbook)?;
        }
        Ok(self)
    }

    /// Gives what turns postcodes into places on SIMD.
    ///
    /// A mapped `postcode` is looked up on the day of the person's latest referral and is then
    /// forgotten: the person has the place, unless the file itself records one, and how the look-up
    /// went. No problem that the report tells of holds a postcode.
    #[must_use]
    pub const fn postcodes(mut self, lookup: &'r PostcodeLookup) -> Self {
        self.postcodes = Some(lookup);
        self
    }

    /// Lets another thread see how far the work is, and stop it.
    #[must_use]
    pub const fn watched(mut self, watch: &'r Watch) -> Self {
        self.watch = Some(watch);
        self
    }

    /// How many bytes are read at a time, 1 MiB unless set. The result does not depend on it.
    #[must_use]
    pub const fn block_bytes(mut self, bytes: usize) -> Self {
        self.block_bytes = bytes;
        self
    }

    /// How many problems are told in full, 100 unless set. All are counted.
    #[must_use]
    pub const fn problems_kept(mut self, count: usize) -> Self {
        self.problems_kept = count;
        self
    }
}
