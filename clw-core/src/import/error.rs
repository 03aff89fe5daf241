//! Why an import cannot go ahead at all. A bad row is never an error: it is counted.

use core::fmt;

use super::postcodes::{WITHHELD, mentions_postcode};
use super::{TableName, WorkbookError};

/// What is wrong with a mapping, or with the files it describes.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum ImportError {
    /// The mapping is not what a mapping looks like.
    MappingUnreadable {
        /// What the parser found, with its place.
        found: String,
    },
    /// A table maps a field that it cannot have.
    UnknownField {
        /// The table.
        table: TableName,
        /// What the mapping calls the field.
        field: String,
        /// The fields the table can have.
        allowed: Vec<&'static str>,
    },
    /// A table has no column for a field that every row needs.
    FieldNotMapped {
        /// The table.
        table: TableName,
        /// The fields of which one is needed.
        field: &'static str,
    },
    /// A field is mapped and also given as a constant.
    FieldTwice {
        /// The table.
        table: TableName,
        /// The field.
        field: &'static str,
    },
    /// A key does not belong to this layout or to this table.
    KeyOutOfPlace {
        /// The table.
        table: TableName,
        /// The key.
        key: &'static str,
        /// Where it belongs.
        belongs: &'static str,
    },
    /// There is no such code list.
    UnknownCodeList {
        /// What the mapping calls it.
        list: String,
        /// The lists there are.
        allowed: Vec<&'static str>,
    },
    /// A spelling is mapped to something that is not on the list.
    UnknownCode {
        /// The list.
        list: &'static str,
        /// The spelling.
        spelling: String,
        /// What it is mapped to.
        code: String,
        /// The codes there are.
        allowed: Vec<&'static str>,
    },
    /// Two spellings that count as the same are mapped to different codes.
    SpellingTwice {
        /// Where.
        place: String,
        /// The spelling.
        spelling: String,
    },
    /// A date format is not known.
    UnknownDateFormat {
        /// What the mapping says.
        found: String,
    },
    /// A separator or a delimiter is not one plain character.
    BadSeparator {
        /// The key.
        key: &'static str,
        /// What the mapping says.
        found: String,
    },
    /// The mapping names an instrument that is not there.
    UnknownInstrument {
        /// Where in the mapping.
        place: String,
        /// What is wrong with the name, and the names there are.
        why: String,
    },
    /// The item columns are not as many as the instrument has items.
    ItemCount {
        /// Where in the mapping.
        place: String,
        /// The instrument's id.
        instrument: String,
        /// How many columns are mapped.
        mapped: usize,
        /// How many items there are.
        items: usize,
    },
    /// A total is mapped for a measure that there is not.
    UnknownTotal {
        /// The table.
        table: TableName,
        /// What the mapping calls the measure.
        measure: String,
        /// The measures with the nearest names.
        near: Vec<String>,
    },
    /// One heading is mapped to two items of one form.
    HeadingForTwoItems {
        /// The heading.
        heading: String,
    },
    /// A constant cannot be read as its field.
    BadConstant {
        /// The table.
        table: TableName,
        /// The field.
        field: &'static str,
        /// What the mapping says.
        found: String,
        /// What is expected.
        expected: String,
    },
    /// The mapping has a table for which no data was given.
    TableNotGiven {
        /// The table.
        table: TableName,
    },
    /// Data was given for a table that the mapping does not have.
    TableNotMapped {
        /// The table.
        table: TableName,
    },
    /// A file holds nothing.
    EmptyFile {
        /// The file.
        file: String,
    },
    /// A mapped heading is not in the file.
    HeadingMissing {
        /// The file.
        file: String,
        /// The heading as mapped.
        heading: String,
        /// The heading of the file that comes nearest.
        nearest: Option<String>,
    },
    /// A mapped heading is in the file more than once.
    HeadingTwice {
        /// The file.
        file: String,
        /// The heading.
        heading: String,
    },
    /// The headings are not UTF-8.
    HeadingsNotUtf8 {
        /// The file.
        file: String,
    },
    /// The headings do not end, because a quote in them is not closed.
    HeadingsUnclosed {
        /// The file.
        file: String,
        /// How they begin.
        beginning: String,
    },
    /// A record does not end, most likely because a quote is not closed.
    RecordTooLong {
        /// The file.
        file: String,
        /// How it begins.
        beginning: String,
        /// The largest record that is read.
        limit: usize,
    },
    /// The file has more records than can be numbered.
    TooManyRecords {
        /// The file.
        file: String,
    },
    /// Postcodes are mapped and there is nothing to look them up in.
    PostcodesWithoutLookup {
        /// The table.
        table: TableName,
    },
    /// The mapping of a look-up does not say where the band or the version stands.
    LookupWithout {
        /// The file of the look-up.
        file: String,
        /// What it lacks, as the message says it.
        what: &'static str,
    },
    /// No row of a look-up can be used.
    LookupEmpty {
        /// The file.
        file: String,
        /// The rows it has.
        read: u64,
    },
    /// A look-up holds more than one version of SIMD.
    LookupVersionsMixed {
        /// The file.
        file: String,
        /// Two of the versions.
        versions: [String; 2],
    },
    /// A workbook, or a sheet of it, cannot be read.
    Workbook(WorkbookError),
    /// A file cannot be opened or read.
    Unreadable {
        /// The file.
        file: String,
        /// What the system said.
        reason: String,
    },
}

impl ImportError {
    /// The stable name of this error.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::MappingUnreadable { .. } => "mapping-unreadable",
            Self::UnknownField { .. } => "unknown-field",
            Self::FieldNotMapped { .. } => "field-not-mapped",
            Self::FieldTwice { .. } => "field-twice",
            Self::KeyOutOfPlace { .. } => "key-out-of-place",
            Self::UnknownCodeList { .. } => "unknown-code-list",
            Self::UnknownCode { .. } => "unknown-code",
            Self::SpellingTwice { .. } => "spelling-twice",
            Self::UnknownDateFormat { .. } => "unknown-date-format",
            Self::BadSeparator { .. } => "bad-separator",
            Self::UnknownInstrument { .. } => "unknown-instrument",
            Self::ItemCount { .. } => "item-count",
            Self::UnknownTotal { .. } => "unknown-total",
            Self::HeadingForTwoItems { .. } => "heading-for-two-items",
            Self::BadConstant { .. } => "bad-constant",
            Self::TableNotGiven { .. } => "table-not-given",
            Self::TableNotMapped { .. } => "table-not-mapped",
            Self::EmptyFile { .. } => "empty-file",
            Self::HeadingMissing { .. } => "heading-missing",
            Self::HeadingTwice { .. } => "heading-twice",
            Self::HeadingsNotUtf8 { .. } => "headings-not-utf8",
            Self::HeadingsUnclosed { .. } => "headings-unclosed",
            Self::RecordTooLong { .. } => "record-too-long",
            Self::TooManyRecords { .. } => "too-many-records",
            Self::PostcodesWithoutLookup { .. } => "postcodes-without-lookup",
            Self::LookupWithout { .. } => "lookup-without",
            Self::LookupEmpty { .. } => "lookup-empty",
            Self::LookupVersionsMixed { .. } => "lookup-versions-mixed",
            Self::Workbook(error) => error.code(),
            Self::Unreadable { .. } => "unreadable",
        }
    }
}

impl fmt::Display for ImportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TableNotGiven { .. }
            | Self::TableNotMapped { .. }
            | Self::EmptyFile { .. }
            | Self::HeadingMissing { .. }
            | Self::HeadingTwice { .. }
            | Self::HeadingsNotUtf8 { .. }
            | Self::HeadingsUnclosed { .. }
            | Self::RecordTooLong { .. }
            | Self::TooManyRecords { .. }
            | Self::Unreadable { .. } => self.about_files(f),
            Self::Workbook(error) => error.fmt(f),
            Self::PostcodesWithoutLookup { .. }
            | Self::LookupWithout { .. }
            | Self::LookupEmpty { .. }
            | Self::LookupVersionsMixed { .. } => self.about_postcodes(f),
            _ => self.about_mapping(f),
        }
    }
}

impl ImportError {
    fn about_mapping(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::MappingUnreadable { found } => write!(f, "the mapping cannot be read: {found}"),
            Self::UnknownField { table, field, allowed } => {
                write!(f, "[{table}] has no field {field:?}; its fields are {}", allowed.join(", "))
            }
            Self::FieldNotMapped { table, field } => {
                write!(f, "[{table}] maps no column to {field}, which every row needs; map one")
            }
            Self::FieldTwice { table, field } => write!(
                f,
                "[{table}] gives {field} both as a column and as a constant; remove one of them"
            ),
            Self::KeyOutOfPlace { table, key, belongs } => {
                write!(f, "[{table}] has the key {key}, which belongs to {belongs}; remove it")
            }
            Self::UnknownCodeList { list, allowed } => {
                write!(f, "[codes.{list}] is no code list; the lists are {}", allowed.join(", "))
            }
            Self::UnknownCode { list, spelling, code, allowed } => write!(
                f,
                "[codes.{list}] maps {spelling:?} to {code:?}, which is not on the list; use one \
                 of {}",
                allowed.join(", ")
            ),
            Self::SpellingTwice { place, spelling } => write!(
                f,
                "{place} maps the spelling {spelling:?} to two things; spellings that differ only \
                 in case, spaces and punctuation are one, so keep one of them"
            ),
            Self::UnknownDateFormat { found } => write!(
                f,
                "the date format {found:?} is not known; use iso, dd/mm/yyyy or dd-mmm-yyyy"
            ),
            Self::BadSeparator { key, found } => write!(
                f,
                "{key} holds {found:?}; each one is a single ASCII character other than a letter, \
                 a digit, a quote or a line end"
            ),
            Self::UnknownInstrument { place, why } => write!(f, "{place}: {why}"),
            Self::ItemCount { place, instrument, mapped, items } => write!(
                f,
                "{place} maps {mapped} item columns for {instrument}, which has {items} items; map \
                 one column an item, in the order of the questionnaire"
            ),
            Self::UnknownTotal { table, measure, near } => write!(
                f,
                "[{table}] maps the total of {measure:?}, which is no measure of any instrument; the \
                 nearest are {}",
                near.join(", ")
            ),
            Self::HeadingForTwoItems { heading } => write!(
                f,
                "[assessments] maps the heading {heading:?} to two items of one form; map one \
                 column an item, in the order of the questionnaire"
            ),
            Self::BadConstant { table, field, found, expected } => write!(
                f,
                "[{table}.constants] gives {field} as {found:?}, which is not {expected}; correct \
                 it"
            ),
            _ => Ok(()),
        }
    }

    fn about_postcodes(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::PostcodesWithoutLookup { table } => write!(
                f,
                "[{table}] maps postcode, and there is no look-up of postcodes; give one, or leave \
                 the column out"
            ),
            Self::LookupWithout { file, what } => {
                write!(f, "the mapping of the look-up {file} has {what}; map one")
            }
            Self::LookupEmpty { file, read } => write!(
                f,
                "the look-up {file} has {read} rows, none of them a postcode with a quintile or \
                 decile; check which columns are mapped"
            ),
            Self::LookupVersionsMixed { file, versions: [one, other] } => write!(
                f,
                "the look-up {file} holds SIMD {one} and SIMD {other}, and versions are never \
                 mixed; keep the rows of one"
            ),
            _ => Ok(()),
        }
    }

    /// The same without what it quotes of the cells of a file that holds postcodes.
    pub(super) fn without_cells(mut self) -> Self {
        match &mut self {
            Self::HeadingsUnclosed { beginning, .. } | Self::RecordTooLong { beginning, .. } => {
                WITHHELD.clone_into(beginning);
            }
            // A file without headings has its first person where they should be.
            Self::HeadingMissing { nearest, .. } => {
                nearest.take_if(|nearest| mentions_postcode(nearest));
            }
            _ => {}
        }
        self
    }

    fn about_files(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TableNotGiven { table } => write!(
                f,
                "the mapping has [{table}], and no data was given for it; give the data, or remove \
                 the table from the mapping"
            ),
            Self::TableNotMapped { table } => write!(
                f,
                "data was given for {table}, and the mapping has no [{table}]; map its columns, or \
                 leave the data out"
            ),
            Self::EmptyFile { file } => {
                write!(f, "{file} is empty; its first row must hold the headings")
            }
            Self::HeadingMissing { file, heading, nearest } => {
                write!(f, "{file} has no heading {heading:?}")?;
                if let Some((delimiter, all)) = other_delimiter(heading, nearest.as_deref()) {
                    return write!(
                        f,
                        ", but {all:?} in one; give the table the delimiter {delimiter:?} in the \
                         mapping"
                    );
                }
                match nearest {
                    Some(nearest) => write!(f, "; the nearest is {nearest:?}: correct the mapping"),
                    None => write!(f, "; correct the mapping"),
                }
            }
            Self::HeadingTwice { file, heading } => write!(
                f,
                "{file} has the heading {heading:?} more than once, so which column is meant is \
                 not clear; rename one of them"
            ),
            Self::HeadingsNotUtf8 { file } => {
                write!(f, "the headings of {file} are not UTF-8; save the file as CSV UTF-8")
            }
            Self::HeadingsUnclosed { file, beginning } => write!(
                f,
                "the headings of {file} begin with {beginning:?} and do not end; look for a quote \
                 in them that is not closed"
            ),
            Self::RecordTooLong { file, beginning, limit } => write!(
                f,
                "{file} has a record of more than {} MiB, beginning {beginning:?}; look for a \
                 quote in it that is not closed",
                limit / (1 << 20)
            ),
            Self::TooManyRecords { file } => {
                write!(f, "{file} has more records than 4,294,967,295; split it")
            }
            Self::Unreadable { file, reason } => {
                write!(f, "{file} cannot be read: {reason}; check its name and its permissions")
            }
            _ => Ok(()),
        }
    }
}

/// What parts the headings, where they were read as one that holds the heading looked for.
fn other_delimiter<'n>(heading: &str, nearest: Option<&'n str>) -> Option<(&'static str, &'n str)> {
    let nearest = nearest?;
    let sought = heading.trim().to_lowercase();
    let parts = |delimiter: &&&str| {
        let mut cells = nearest.split(**delimiter);
        nearest.contains(**delimiter) && cells.any(|cell| cell.trim().to_lowercase() == sought)
    };
    [",", ";", "\t", "|"].iter().find(parts).map(|delimiter| (*delimiter, nearest))
}

impl core::error::Error for ImportError {}
