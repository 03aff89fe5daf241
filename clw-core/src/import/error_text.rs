//! What each import error says: the fact, the limit, the remedy.

use core::fmt;

use super::ImportError;
use super::postcodes::{WITHHELD, mentions_postcode};

impl fmt::Display for ImportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::HeadingRowZero { .. }
            | Self::TooManyFiles { .. }
            | Self::FilesNotGiven { .. }
            | Self::TableNotGiven { .. }
            | Self::TableNotMapped { .. }
            | Self::EmptyFile { .. }
            | Self::HeadingMissing { .. }
            | Self::HeadingTwice { .. }
            | Self::HeadingsNotUtf8 { .. }
            | Self::HeadingsUnclosed { .. }
            | Self::RecordTooLong { .. }
            | Self::TooManyRecords { .. }
            | Self::Unreadable { .. } => self.about_files(f),
            Self::Stopped => {
                write!(f, "the import was stopped before its end; run it again for its result")
            }
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
            Self::NoAssessments => write!(
                f,
                "the mapping has no [tables.assessments], and without questionnaires there is nothing \
                 to evaluate; add it"
            ),
            Self::UnknownField { table, field, allowed } => {
                write!(f, "[{table}] has no field {field:?}; its fields are {}", allowed.join(", "))
            }
            Self::FieldNotMapped { table, fields } => write!(
                f,
                "[{table}] maps no column to {}, which every row needs; map one",
                fields.join(" or ")
            ),
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
            Self::HeadingRowZero { table } => write!(
                f,
                "[{table}] has its headings in row 0, and rows are counted from 1; give the row as the \
                 spreadsheet shows it"
            ),
            Self::TooManyFiles { table, named, limit } => write!(
                f,
                "[{table}] names {named} files, above {limit}; put the rows of several into one"
            ),
            Self::FilesNotGiven { table, named, given } => write!(
                f,
                "[{table}] names {named} files and {given} came; give each in its order, or leave the \
                 others out of `also`"
            ),
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
                "{file} has a record of more than {}, beginning {beginning:?}; look for a quote in it \
                 that is not closed, and leave columns out that nobody reads",
                binary_size(*limit)
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

/// A number of bytes in the largest unit that has one whole.
fn binary_size(bytes: usize) -> String {
    match bytes >> 20 {
        0 => format!("{} KiB", bytes >> 10),
        whole => format!("{whole} MiB"),
    }
}
