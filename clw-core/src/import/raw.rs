//! A mapping as written: nothing in it has been checked beyond its shape.

use core::fmt;
use std::collections::BTreeMap;

use serde::Deserialize;

use super::TableName;
use crate::score::Answer;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct RawMapping {
    pub(super) tables: RawTables,
    pub(super) dates: Option<Vec<String>>,
    pub(super) blanks: Option<Vec<String>>,
    pub(super) answer_blanks: Option<Vec<String>>,
    pub(super) not_known: Option<Vec<String>>,
    pub(super) not_applicable: Option<Vec<String>>,
    pub(super) id_separators: Option<Vec<String>>,
    pub(super) list_separator: Option<String>,
    #[serde(default)]
    pub(super) occasions: BTreeMap<String, u32>,
    #[serde(default)]
    pub(super) codes: BTreeMap<String, BTreeMap<String, String>>,
    #[serde(default)]
    pub(super) answers: BTreeMap<String, BTreeMap<String, RawAnswer>>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct RawTables {
    people: Option<RawTable>,
    episodes: Option<RawTable>,
    contacts: Option<RawTable>,
    assessments: RawTable,
    needs: Option<RawTable>,
    onward_links: Option<RawTable>,
    outcomes: Option<RawTable>,
    holds: Option<RawTable>,
}

impl RawTables {
    /// The tables there are, in the order in which they are read.
    pub(super) fn named(self) -> impl Iterator<Item = (TableName, RawTable)> {
        let tables = [
            self.people,
            self.episodes,
            self.contacts,
            Some(self.assessments),
            self.needs,
            self.onward_links,
            self.outcomes,
            self.holds,
        ];
        let named = TableName::ALL.iter().zip(tables);
        named.filter_map(|(name, table)| Some((*name, table?)))
    }
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct RawTable {
    pub(super) file: String,
    pub(super) sheet: Option<String>,
    pub(super) layout: Option<Layout>,
    pub(super) delimiter: Option<String>,
    #[serde(default)]
    pub(super) columns: RawColumns,
    #[serde(default)]
    pub(super) constants: BTreeMap<String, Constant>,
    #[serde(default)]
    pub(super) forms: Vec<RawForm>,
}

#[derive(Debug, Clone, Copy, Deserialize)]
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

#[derive(Debug, Default, Deserialize)]
pub(super) struct RawColumns {
    pub(super) answers: Option<RawAnswers>,
    #[serde(flatten)]
    pub(super) fields: BTreeMap<String, String>,
}

#[derive(Debug, Deserialize)]
#[serde(untagged, expecting = "a list of headings, or a table of such lists by instrument")]
pub(super) enum RawAnswers {
    InOrder(Vec<String>),
    ByInstrument(BTreeMap<String, Vec<String>>),
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct RawForm {
    pub(super) order: u32,
    #[serde(default)]
    pub(super) columns: RawColumns,
    #[serde(default)]
    pub(super) constants: BTreeMap<String, Constant>,
}

/// A text or a whole number, read as if it stood in a cell.
#[derive(Debug, Deserialize)]
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
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(untagged, expecting = "a whole number, \"blank\" or \"not-applicable\"")]
pub(super) enum RawAnswer {
    Given(i64),
    Other(NoAnswer),
}

#[derive(Debug, Clone, Copy, Deserialize)]
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
