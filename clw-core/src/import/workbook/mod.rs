//! Workbooks in the Excel format `.xlsx`: each sheet is a table.
//!
//! ```text
//! archive ─▶ parts ─▶ XML ─▶ cells ─▶ one line of CSV a row ─▶ the import
//! ```
//!
//! A sheet is read as the CSV file that a spreadsheet would save it as, so that everything behind is
//! the same for both: numbers as shown (`3`, not `3.0`), dates in a format the mapping declares,
//! `TRUE` and `FALSE`, errors such as `#N/A` as their text. No part is expanded beyond a limit.

mod cells;
mod package;
mod sheet;

use std::fs::File;
use std::io::{BufReader, Cursor, Read, Seek};
use std::path::Path;

use quick_xml::events::Event;

use super::dates::DateFormat;
use super::workbook_error::WorkbookError;
use super::{ImportError, TableName};
use cells::{Epoch, Shown, Texts};
use package::{Package, Source, attribute};
use sheet::{Reading, Rows};

/// How many bytes a part of a workbook may expand to, and a sheet may have as text: 512 MiB.
const LIMIT: usize = 512 << 20;

/// An open workbook.
///
/// ```no_run
/// use clw_core::import::Workbook;
///
/// let workbook = Workbook::open("caseload.xlsx".as_ref())?;
/// println!("{}", workbook.sheets().collect::<Vec<_>>().join(", "));
/// # Ok::<(), clw_core::import::ImportError>(())
/// ```
pub struct Workbook<'b> {
    package: Package<'b>,
    /// The name and the part of each sheet, in order.
    sheets: Vec<(String, String)>,
    epoch: Epoch,
    shared: Shared,
}

/// What all sheets refer to, read with the first of them.
#[derive(Default)]
struct Shared {
    parts: [Option<String>; 2],
    texts: Texts,
    styles: Vec<Shown>,
}

impl<'b> Workbook<'b> {
    /// A workbook from what holds it; `file` is what messages call it.
    ///
    /// # Errors
    ///
    /// [`ImportError::Workbook`] if it is no workbook in the format `.xlsx`.
    pub fn new(file: &str, source: impl Read + Seek + Send + 'b) -> Result<Self, ImportError> {
        Self::read(file, Box::new(source)).map_err(ImportError::Workbook)
    }

    /// A workbook from its bytes, as a browser has them.
    ///
    /// # Errors
    ///
    /// [`ImportError::Workbook`] if it is no workbook in the format `.xlsx`.
    pub fn from_bytes(file: &str, bytes: &'b [u8]) -> Result<Self, ImportError> {
        Self::new(file, Cursor::new(bytes))
    }

    /// Opens the workbook at this path.
    ///
    /// # Errors
    ///
    /// [`ImportError::Unreadable`] if it cannot be opened, [`ImportError::Workbook`] if it is no
    /// workbook in the format `.xlsx`.
    pub fn open(path: &Path) -> Result<Self, ImportError> {
        let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy();
        let file = File::open(path).map_err(|error| ImportError::Unreadable {
            file: name.clone().into_owned(),
            reason: error.to_string(),
        })?;
        Self::new(&name, BufReader::new(file))
    }

    /// How many bytes a part may expand to, and a sheet may have as text; 512 MiB unless set.
    #[must_use]
    pub const fn limit_bytes(mut self, bytes: usize) -> Self {
        self.package.limit = bytes;
        self
    }

    /// What messages call the workbook.
    #[must_use]
    pub fn file(&self) -> &str {
        &self.package.file
    }

    /// The names of its sheets, in order, hidden ones among them.
    pub fn sheets(&self) -> impl Iterator<Item = &str> {
        self.sheets.iter().map(|(name, _)| name.as_str())
    }

    fn read(file: &str, mut source: Box<dyn Source + 'b>) -> Result<Self, WorkbookError> {
        refuse_other_formats(file, &mut source)?;
        let mut package = Package::open(file, source, LIMIT)?;
        let none = |found: &str| {
            let (file, found) = (file.to_owned(), found.to_owned());
            WorkbookError::NotAWorkbook { file, found }
        };
        let of_kind = |relations: &[(String, String, String)], kind: &str| {
            let mut all = relations.iter();
            let found = all.find(|(_, of, _)| of.rsplit('/').next() == Some(kind));
            found.map(|(_, _, part)| part.clone())
        };
        let main = of_kind(&package.relations("")?, "officeDocument");
        let main = main.ok_or_else(|| none("an archive without a workbook"))?;
        if main.ends_with(".bin") {
            return Err(none("a binary workbook, .xlsb"));
        }
        let relations = package.relations(&main)?;
        let (mut listed, mut epoch) = (Vec::new(), Epoch::From1900);
        let there = package.read(&main, file, |event| {
            let (Event::Start(tag) | Event::Empty(tag)) = &event else { return Ok(()) };
            match tag.local_name().as_ref() {
                "workbookPr" => {
                    let old = attribute(tag, "date1904");
                    if matches!(old.as_deref(), Some("1" | "true" | "on")) {
                        epoch = Epoch::From1904;
                    }
                }
                "sheet" => listed.push((attribute(tag, "name"), attribute(tag, "id"))),
                _ => {}
            }
            Ok(())
        })?;
        if !there {
            return Err(none("an archive without a workbook"));
        }
        let sheets = listed.into_iter().filter_map(|(name, id)| {
            let id = id?;
            let (_, kind, part) = relations.iter().find(|(known, ..)| *known == id)?;
            // Sheets of charts hold no cells.
            kind.ends_with("/worksheet").then(|| Some((name?, part.clone())))?
        });
        let parts = ["sharedStrings", "styles"].map(|kind| of_kind(&relations, kind));
        let sheets = sheets.collect();
        let shared = Shared { parts, ..Shared::default() };
        Ok(Self { package, sheets, epoch, shared })
    }

    /// The sheet of this name, or the only one where the mapping names none.
    pub(super) fn find(
        &self,
        table: TableName,
        sheet: Option<&str>,
    ) -> Result<&str, WorkbookError> {
        let (file, sheets) =
            (self.file().to_owned(), || self.sheets().map(str::to_owned).collect());
        let Some(sheet) = sheet else {
            return match self.sheets.as_slice() {
                [(only, _)] => Ok(only),
                _ => Err(WorkbookError::SheetNotNamed { file, table, sheets: sheets() }),
            };
        };
        let key = |name: &str| name.trim().to_lowercase();
        let found = self.sheets().find(|name| key(name) == key(sheet));
        let sheet = || sheet.to_owned();
        found.ok_or_else(|| WorkbookError::SheetMissing { file, sheet: sheet(), sheets: sheets() })
    }

    /// The sheet of this name as a CSV file with commas, its dates as ISO.
    ///
    /// # Errors
    ///
    /// [`ImportError::Workbook`] if there is no such sheet, or it cannot be read.
    pub fn sheet_csv(&mut self, sheet: &str) -> Result<Vec<u8>, ImportError> {
        let sheet = self.find(TableName::Assessments, Some(sheet)).map(str::to_owned);
        let csv = sheet.and_then(|sheet| self.csv(&sheet, b',', DateFormat::Iso));
        csv.map_err(ImportError::Workbook)
    }

    /// A sheet as the text of a CSV file, whose lines are its rows.
    pub(super) fn csv(
        &mut self,
        sheet: &str,
        delimiter: u8,
        dates: DateFormat,
    ) -> Result<Vec<u8>, WorkbookError> {
        let Self { package, shared, .. } = self;
        let [texts, styles] = shared.parts.each_mut().map(Option::take);
        if let Some(part) = texts {
            shared.texts = Texts::read(package, &part)?;
        }
        if let Some(part) = styles {
            shared.styles = cells::styles(package, &part)?;
        }
        let part = self.sheets.iter().find(|(name, _)| name == sheet);
        let part = part.map(|(_, part)| part.as_str()).unwrap_or_default();
        let mut rows = Rows::new(Reading {
            texts: &shared.texts,
            styles: &shared.styles,
            epoch: self.epoch,
            dates,
            delimiter,
            limit: package.limit,
        });
        let place = format!("{}, sheet {sheet:?}", package.file);
        match package.read(part, &place, |event| rows.take(&event)) {
            Ok(true) => Ok(rows.into_csv()),
            Ok(false) => {
                Err(WorkbookError::Damaged { place, found: "the sheet is not there".to_owned() })
            }
            Err(WorkbookError::Damaged { place, found }) => {
                let place = format!("{place}, row {}", rows.row().max(1));
                Err(WorkbookError::Damaged { place, found })
            }
            Err(error) => Err(error),
        }
    }
}

/// Names the formats that a workbook is often mistaken for.
fn refuse_other_formats(file: &str, source: &mut dyn Source) -> Result<(), WorkbookError> {
    let mut beginning = [0; 4];
    let read = source.read_exact(&mut beginning).and_then(|()| source.rewind());
    let found = match (read, &beginning) {
        (Err(_), _) => "it is too short",
        (Ok(()), b"PK\x03\x04") => return Ok(()),
        (Ok(()), b"\xD0\xCF\x11\xE0") => "an Excel 97-2003 workbook, or one with a password",
        (Ok(()), _) => "it does not begin as one",
    };
    Err(WorkbookError::NotAWorkbook { file: file.to_owned(), found: found.to_owned() })
}
