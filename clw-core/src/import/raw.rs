//! A mapping as written: nothing in it has been checked beyond its shape.

use core::fmt;

use serde::{Deserialize, Serialize};

use super::TableName;
use crate::OrderedMap;
use crate::score::Answer;

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct RawMapping {
    pub(super) tables: RawTables,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) dates: Option<Vec<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) blanks: Option<Vec<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) answer_blanks: Option<Vec<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) not_known: Option<Vec<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) not_applicable: Option<Vec<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) id_separators: Option<Vec<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) list_separator: Option<String>,
    #[serde(default, skip_serializing_if = "OrderedMap::is_empty")]
    pub(super) occasions: OrderedMap<String, u32>,
    #[serde(default, skip_serializing_if = "OrderedMap::is_empty")]
    pub(super) codes: OrderedMap<String, OrderedMap<String, String>>,
    #[serde(default, skip_serializing_if = "OrderedMap::is_empty")]
    pub(super) answers: OrderedMap<String, OrderedMap<String, RawAnswer>>,
}

/// The tables there are, in the order in which they are read.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct RawTables(pub(super) OrderedMap<TableName, RawTable>);

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct RawTable {
    pub(super) file: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) sheet: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) layout: Option<Layout>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) delimiter: Option<String>,
    /// The row of the headings, from 1, where it is not the first that holds anything.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) heading_row: Option<u32>,
    /// Further files or sheets with rows of the table, under the same headings.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) also: Vec<RawSource>,
    #[serde(default)]
    pub(super) columns: RawColumns,
    #[serde(default, skip_serializing_if = "OrderedMap::is_empty")]
    pub(super) constants: OrderedMap<String, Constant>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) forms: Vec<RawForm>,
}

/// A file or a sheet, and where its table begins.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct RawSource {
    pub(super) file: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) sheet: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) delimiter: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) heading_row: Option<u32>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Layout {
    Long,
    Wide,
}

impl Layout {
    pub(super) const fn is_wide(self) -> bool {
        matches!(self, Self::Wide)
    }
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct RawColumns {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) answers: Option<RawAnswers>,
    /// By measure.
    #[serde(default, skip_serializing_if = "OrderedMap::is_empty")]
    pub(super) totals: OrderedMap<String, RawTotal>,
    #[serde(flatten)]
    pub(super) fields: OrderedMap<String, String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged, expecting = "a list of headings, or a table of such lists by instrument")]
pub(super) enum RawAnswers {
    InOrder(Vec<String>),
    ByInstrument(OrderedMap<String, Vec<String>>),
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct RawForm {
    pub(super) order: u32,
    #[serde(default)]
    pub(super) columns: RawColumns,
    #[serde(default, skip_serializing_if = "OrderedMap::is_empty")]
    pub(super) constants: OrderedMap<String, Constant>,
}

/// The column of a measure's total, and what the total is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct RawTotal {
    pub(super) column: String,
    pub(super) kind: TotalKind,
}

/// What a recorded total is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum TotalKind {
    /// The sum of the answers.
    Raw,
    /// The measure's score, which for some is looked up or multiplied.
    Metric,
}

impl TotalKind {
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Raw => "raw",
            Self::Metric => "metric",
        }
    }

    pub(super) const fn other(self) -> Self {
        match self {
            Self::Raw => Self::Metric,
            Self::Metric => Self::Raw,
        }
    }
}

/// A text or a whole number, read as if it stood in a cell.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged, expecting = "a text, a whole number, true or false")]
pub(super) enum Constant {
    Text(String),
    Number(i64),
    Flag(bool),
}

impl fmt::Display for Constant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) => f.write_str(text.trim()),
            Self::Number(number) => number.fmt(f),
            Self::Flag(flag) => flag.fmt(f),
        }
    }
}

/// What a label stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged, expecting = "a whole number, \"blank\" or \"not-applicable\"")]
pub(super) enum RawAnswer {
    Given(i64),
    Other(NoAnswer),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum NoAnswer {
    Blank,
    NotApplicable,
}

impl From<RawAnswer> for Answer {
    fn from(raw: RawAnswer) -> Self {
        match raw {
            RawAnswer::Given(code) => Self::Given(code),
            RawAnswer::Other(NoAnswer::Blank) => Self::Blank,
            RawAnswer::Other(NoAnswer::NotApplicable) => Self::NotApplicable,
        }
    }
}
