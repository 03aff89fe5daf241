//! Why an import cannot go ahead at all. A bad row is never an error: it is counted.

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
    /// The mapping has no table of assessments.
    NoAssessments,
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
        fields: Vec<&'static str>,
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
    /// A mapping counts rows from 0.
    HeadingRowZero {
        /// The table.
        table: TableName,
    },
    /// A table has more files than are read.
    TooManyFiles {
        /// The table.
        table: TableName,
        /// How many the mapping names.
        named: usize,
        /// The most there may be.
        limit: usize,
    },
    /// A table has another number of files than the mapping names for it.
    FilesNotGiven {
        /// The table.
        table: TableName,
        /// How many the mapping names.
        named: usize,
        /// How many were given.
        given: usize,
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
    /// Whoever [watches](super::Watch) the import stopped it.
    Stopped,
}

impl ImportError {
    /// The stable name of this error.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::MappingUnreadable { .. } => "mapping-unreadable",
            Self::NoAssessments => "no-assessments",
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
            Self::HeadingRowZero { .. } => "heading-row-zero",
            Self::TooManyFiles { .. } => "too-many-files",
            Self::FilesNotGiven { .. } => "files-not-given",
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
            Self::Stopped => "stopped",
        }
    }
}
