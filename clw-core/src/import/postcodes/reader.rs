//! A look-up from a file, through a mapping of its own.

use std::io::Read;

use jiff::civil::Date;
use serde::Deserialize;

use super::code::Postcode;
use super::lookup::{PostcodeLookup, PostcodeRow};
use crate::OrderedMap;
use crate::caseload::TableAccount;
use crate::import::ImportError;
use crate::import::block::BlockReader;
use crate::import::dates::{DateFormat, read_date};
use crate::import::plan::{by_name, find_heading};
use crate::import::record::{Cells, Split, Splitter};
use crate::import::row::{trimmed, whole_number};
use crate::json;
use crate::toml_read;

/// How much of the file is read at a time.
const BLOCK_BYTES: usize = 1 << 20;

/// Which column of a look-up of postcodes holds what.
///
/// `postcode` and one of `quintile` and `decile` are needed, and the version of SIMD, as a column or
/// as a constant. `introduced` and `deleted` are the first and last day of use, `part` the letter of
/// a part where the file does not write it behind the postcode. Dates are in the formats of `dates`,
/// `iso` unless stated. A directory with columns for several versions is read through a mapping for
/// each.
///
/// ```
/// use clw_core::import::PostcodeMapping;
///
/// let mapping = PostcodeMapping::from_toml(r#"
/// file = "postcodes.csv"
/// dates = ["dd/mm/yyyy"]
/// [columns]
/// postcode = "Postcode"
/// part = "SplitChar"
/// introduced = "DateOfIntroduction"
/// deleted = "DateOfDeletion"
/// quintile = "SIMD2020v2Quintile"
/// decile = "SIMD2020v2Decile"
/// [constants]
/// version = "2020v2"
/// "#)?;
/// assert_eq!(mapping.file(), "postcodes.csv");
/// # Ok::<(), clw_core::import::ImportError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct PostcodeMapping {
    file: String,
    #[serde(default)]
    delimiter: Option<char>,
    #[serde(default)]
    dates: Option<Vec<String>>,
    columns: Columns,
    #[serde(default)]
    constants: Constants,
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Columns {
    postcode: String,
    part: Option<String>,
    introduced: Option<String>,
    deleted: Option<String>,
    quintile: Option<String>,
    decile: Option<String>,
    version: Option<String>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Constants {
    version: Option<String>,
}

impl PostcodeMapping {
    /// Reads and checks a mapping.
    ///
    /// # Errors
    /// When it is not one, or does not say where the band or the version stands.
    pub fn from_toml(text: &str) -> Result<Self, ImportError> {
        let read: Result<Self, _> = toml_read::read(text);
        read.map_err(|error| unreadable(&error))?.checked()
    }

    /// Reads and checks a mapping with the keys of its TOML.
    ///
    /// # Errors
    /// As [`from_toml`](Self::from_toml).
    pub fn from_json(text: &str) -> Result<Self, ImportError> {
        let read: Result<Self, _> = json::read(text);
        read.map_err(|error| unreadable(&error))?.checked()
    }

    fn checked(self) -> Result<Self, ImportError> {
        let Columns { quintile, decile, version, .. } = &self.columns;
        let constant = self.constants.version.as_deref().map(str::trim);
        let lacks = |what| Err(ImportError::LookupWithout { file: self.file.clone(), what });
        if quintile.is_none() && decile.is_none() {
            return lacks("neither quintile nor decile");
        }
        if version.is_some() == constant.is_some() || constant.is_some_and(str::is_empty) {
            return lacks("no version, or both a column and a constant of it");
        }
        self.formats()?;
        self.delimiter()?;
        Ok(self)
    }

    /// The file that it is of.
    #[must_use]
    pub fn file(&self) -> &str {
        &self.file
    }

    fn formats(&self) -> Result<Vec<DateFormat>, ImportError> {
        let Some(names) = &self.dates else { return Ok(vec![DateFormat::Iso]) };
        let unknown = |found: &String| ImportError::UnknownDateFormat { found: found.clone() };
        names.iter().map(|name| DateFormat::named(name).ok_or_else(|| unknown(name))).collect()
    }

    fn delimiter(&self) -> Result<u8, ImportError> {
        let delimiter = self.delimiter.unwrap_or(',');
        let fits = delimiter.is_ascii() && !delimiter.is_ascii_alphanumeric();
        match u8::try_from(delimiter) {
            Ok(byte) if fits && !b"\"\r\n".contains(&byte) => Ok(byte),
            _ => Err(ImportError::BadSeparator { key: "delimiter", found: delimiter.to_string() }),
        }
    }
}

fn unreadable(error: &impl ToString) -> ImportError {
    ImportError::MappingUnreadable { found: error.to_string().trim_end().to_owned() }
}

/// Reads a look-up, and says what became of its rows.
///
/// A row is left out where its postcode is none (`not-a-postcode`), it has no quintile or decile
/// (`no-band`), a date cannot be read (`unreadable-date`), or it has more or fewer cells than there
/// are headings (`malformed-record`). A decile outside the quintile is left out alone, and counted as
/// `decile-outside-quintile`.
///
/// # Errors
/// When the file cannot be read, a heading is not in it, it holds more than one version of SIMD, or
/// no row can be used.
pub fn read_postcodes(
    mapping: &PostcodeMapping,
    csv: impl Read + Send,
) -> Result<(PostcodeLookup, TableAccount), ImportError> {
    read(mapping, Box::new(csv)).map_err(ImportError::without_cells)
}

fn read<'r>(
    mapping: &PostcodeMapping,
    csv: Box<dyn Read + Send + 'r>,
) -> Result<(PostcodeLookup, TableAccount), ImportError> {
    let delimiter = mapping.delimiter()?;
    let mut reader = BlockReader::new(&mapping.file, csv, delimiter, BLOCK_BYTES);
    let (headings, _) = reader.headings(None)?;
    let mut rows = Rows::new(mapping, &headings)?;
    let (mut block, mut splitter) = (Vec::new(), Splitter::new(delimiter));
    while reader.next(&mut block)?.is_some() {
        splitter.split(&block, |split| rows.take(&split));
    }
    rows.into_lookup(&mapping.file)
}

/// The rows of a file as they are read.
struct Rows<'a> {
    formats: Vec<DateFormat>,
    headings: usize,
    places: Places,
    constant: Option<&'a str>,
    /// The versions met, with the rows of each; more than one is an error.
    versions: OrderedMap<String, u64>,
    rows: Vec<PostcodeRow>,
    account: TableAccount,
}

/// Where each column stands.
struct Places {
    postcode: usize,
    part: Option<usize>,
    introduced: Option<usize>,
    deleted: Option<usize>,
    quintile: Option<usize>,
    decile: Option<usize>,
    version: Option<usize>,
}

impl<'a> Rows<'a> {
    fn new(mapping: &'a PostcodeMapping, headings: &[String]) -> Result<Self, ImportError> {
        let by_name = by_name(headings);
        let place = |heading: &String| find_heading(&mapping.file, headings, &by_name, heading);
        let optional = |heading: &Option<String>| heading.as_ref().map(place).transpose();
        let columns = &mapping.columns;
        let places = Places {
            postcode: place(&columns.postcode)?,
            part: optional(&columns.part)?,
            introduced: optional(&columns.introduced)?,
            deleted: optional(&columns.deleted)?,
            quintile: optional(&columns.quintile)?,
            decile: optional(&columns.decile)?,
            version: optional(&columns.version)?,
        };
        Ok(Self {
            formats: mapping.formats()?,
            headings: headings.len(),
            places,
            constant: mapping.constants.version.as_deref().map(str::trim),
            versions: OrderedMap::new(),
            rows: Vec::new(),
            account: TableAccount::default(),
        })
    }

    fn take(&mut self, split: &Split<'_>) {
        self.account.read += 1;
        let row = match split {
            Split::Record { cells, .. } => self.row(*cells),
            Split::Unclosed { .. } => Err("unclosed-quote"),
        };
        match row {
            Ok(row) => {
                self.account.used += 1;
                self.rows.push(row);
            }
            Err(reason) => *self.account.rejected.entry(reason.to_owned()).or_default() += 1,
        }
    }

    fn row(&mut self, cells: Cells<'_>) -> Result<PostcodeRow, &'static str> {
        let columns = self.headings;
        if cells.len() < columns || cells.iter().skip(columns).any(|cell| !cell.is_empty()) {
            return Err("malformed-record");
        }
        let cell = |place: usize| cells.get(place).map(trimmed).unwrap_or_default();
        let at = |place: Option<usize>| place.map(cell).filter(|cell| !cell.is_empty());
        let postcode = Postcode::read(cell(self.places.postcode)).ok_or("not-a-postcode")?;
        let part = at(self.places.part).filter(|part| part.len() == 1 && part.is_ascii());
        let postcode = match part.and_then(|part| part.first()) {
            Some(part) if part.is_ascii_alphabetic() => postcode.with_part(*part),
            _ => postcode,
        };
        let (quintile, decile) = self.band(at(self.places.quintile), at(self.places.decile))?;
        let date = |place| read_day(&self.formats, at(place));
        let (introduced, deleted) = (date(self.places.introduced)?, date(self.places.deleted)?);
        let version = match self.places.version {
            Some(place) => core::str::from_utf8(cell(place)).unwrap_or_default(),
            None => self.constant.unwrap_or_default(),
        };
        if version.is_empty() {
            return Err("no-version");
        }
        match self.versions.get_mut(version) {
            Some(rows) => *rows += 1,
            None => _ = self.versions.insert(version.to_owned(), 1),
        }
        Ok(PostcodeRow { postcode, introduced, deleted, quintile, decile })
    }

    /// The quintile, or the decile from which it follows.
    fn band(
        &mut self,
        quintile: Option<&[u8]>,
        decile: Option<&[u8]>,
    ) -> Result<(u8, Option<u8>), &'static str> {
        let number = |cell: Option<&[u8]>, highest: u8| {
            let number = cell.and_then(whole_number).and_then(|number| u8::try_from(number).ok());
            number.filter(|number| (1..=highest).contains(number))
        };
        let (quintile, decile) = (number(quintile, 5), number(decile, 10));
        match (quintile, decile) {
            (None, None) => Err("no-band"),
            (None, Some(decile)) => Ok((decile.div_ceil(2), Some(decile))),
            (Some(quintile), Some(decile)) if decile.div_ceil(2) != quintile => {
                let warned = &mut self.account.warned;
                *warned.entry("decile-outside-quintile".to_owned()).or_default() += 1;
                Ok((quintile, None))
            }
            (Some(quintile), decile) => Ok((quintile, decile)),
        }
    }

    fn into_lookup(self, file: &str) -> Result<(PostcodeLookup, TableAccount), ImportError> {
        let file = || file.to_owned();
        let mut versions = self.versions.into_keys();
        let Some(version) = versions.next() else {
            return Err(ImportError::LookupEmpty { file: file(), read: self.account.read });
        };
        if let Some(other) = versions.next() {
            return Err(ImportError::LookupVersionsMixed {
                file: file(),
                versions: [version, other],
            });
        }
        Ok((PostcodeLookup::new(version, self.rows), self.account))
    }
}

/// A day that may be left blank.
fn read_day(formats: &[DateFormat], cell: Option<&[u8]>) -> Result<Option<Date>, &'static str> {
    let Some(cell) = cell else { return Ok(None) };
    read_date(formats, cell).map(Some).ok_or("unreadable-date")
}
