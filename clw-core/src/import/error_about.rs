//! What an import error is about, for programs that say it in words of their own.

use serde::Serialize;

use super::{ImportError, TableName, WorkbookError};

/// The names and numbers of an [`ImportError`], each where it has one.
///
/// A page whose users never see a mapping tells them by its [code](ImportError::code) what is wrong, and by
/// these where. They are quoted in the message too, whose wording is no interface.
///
/// ```
/// use clw_core::import::{ImportError, Mapping, TableName};
///
/// let error = Mapping::from_toml("[tables.assessments]\nfile = \"forms.csv\"").unwrap_err();
/// assert_eq!(error.code(), "field-not-mapped");
/// assert_eq!(error.about().table, Some(TableName::Assessments));
/// assert_eq!(error.about().fields, ["person"]);
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct About<'e> {
    /// The table of the mapping.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub table: Option<TableName>,
    /// The file.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file: Option<&'e str>,
    /// The heading, as mapped.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub heading: Option<&'e str>,
    /// The field; several where one of them is needed.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<&'e str>,
    /// The id of the instrument.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub instrument: Option<&'e str>,
    /// How many columns or files there are.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub found: Option<usize>,
    /// How many there should be, or the most there may be.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub needed: Option<usize>,
}

impl ImportError {
    /// What this error is about.
    #[must_use]
    pub fn about(&self) -> About<'_> {
        let nothing = About::default();
        match self {
            Self::UnknownField { table, field, .. } => {
                About { table: Some(*table), fields: vec![field], ..nothing }
            }
            Self::FieldNotMapped { table, fields } => {
                About { table: Some(*table), fields: fields.clone(), ..nothing }
            }
            Self::FieldTwice { table, field } | Self::BadConstant { table, field, .. } => {
                About { table: Some(*table), fields: vec![field], ..nothing }
            }
            Self::KeyOutOfPlace { table, .. }
            | Self::UnknownTotal { table, .. }
            | Self::HeadingRowZero { table }
            | Self::TableNotGiven { table }
            | Self::TableNotMapped { table }
            | Self::PostcodesWithoutLookup { table } => About { table: Some(*table), ..nothing },
            Self::TooManyFiles { table, named: found, limit: needed }
            | Self::FilesNotGiven { table, given: found, named: needed } => {
                About { table: Some(*table), found: Some(*found), needed: Some(*needed), ..nothing }
            }
            Self::ItemCount { instrument, mapped, items, .. } => About {
                instrument: Some(instrument),
                found: Some(*mapped),
                needed: Some(*items),
                ..nothing
            },
            Self::HeadingForTwoItems { heading } => About { heading: Some(heading), ..nothing },
            Self::HeadingMissing { file, heading, .. } | Self::HeadingTwice { file, heading } => {
                About { file: Some(file), heading: Some(heading), ..nothing }
            }
            Self::EmptyFile { file }
            | Self::HeadingsNotUtf8 { file }
            | Self::HeadingsUnclosed { file, .. }
            | Self::RecordTooLong { file, .. }
            | Self::TooManyRecords { file }
            | Self::LookupWithout { file, .. }
            | Self::LookupEmpty { file, .. }
            | Self::LookupVersionsMixed { file, .. }
            | Self::Unreadable { file, .. } => About { file: Some(file), ..nothing },
            Self::Workbook(error) => of_workbook(error),
            Self::MappingUnreadable { .. }
            | Self::NoAssessments
            | Self::UnknownCodeList { .. }
            | Self::UnknownCode { .. }
            | Self::SpellingTwice { .. }
            | Self::UnknownDateFormat { .. }
            | Self::BadSeparator { .. }
            | Self::UnknownInstrument { .. }
            | Self::Stopped => nothing,
        }
    }
}

fn of_workbook(error: &WorkbookError) -> About<'_> {
    match error {
        WorkbookError::SheetNotNamed { file, table, .. } => {
            About { file: Some(file), table: Some(*table), ..About::default() }
        }
        WorkbookError::NotAWorkbook { file, .. }
        | WorkbookError::SheetMissing { file, .. }
        | WorkbookError::NotBuiltIn { file } => About { file: Some(file), ..About::default() },
        WorkbookError::Damaged { .. } | WorkbookError::TooLarge { .. } => About::default(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(error: &ImportError) -> String {
        serde_json::to_string(&error.about()).unwrap()
    }

    #[test]
    fn names_and_numbers_are_those_of_the_message() {
        let file = || "forms.csv".to_owned();
        let heading = || "Q 3".to_owned();
        let table = TableName::Assessments;
        for (error, expected) in [
            (
                ImportError::UnknownField { table, field: "colour".into(), allowed: vec!["date"] },
                r#"{"table":"assessments","fields":["colour"]}"#,
            ),
            (
                ImportError::FieldNotMapped { table, fields: vec!["date", "occasion"] },
                r#"{"table":"assessments","fields":["date","occasion"]}"#,
            ),
            (
                ImportError::FieldTwice { table, field: "mode" },
                r#"{"table":"assessments","fields":["mode"]}"#,
            ),
            (ImportError::HeadingRowZero { table }, r#"{"table":"assessments"}"#),
            (
                ImportError::TooManyFiles { table, named: 300, limit: 256 },
                r#"{"table":"assessments","found":300,"needed":256}"#,
            ),
            (
                ImportError::FilesNotGiven { table, named: 2, given: 3 },
                r#"{"table":"assessments","found":3,"needed":2}"#,
            ),
            (
                ImportError::ItemCount {
                    place: "[assessments]".into(),
                    instrument: "swemwbs".into(),
                    mapped: 6,
                    items: 7,
                },
                r#"{"instrument":"swemwbs","found":6,"needed":7}"#,
            ),
            (ImportError::HeadingForTwoItems { heading: heading() }, r#"{"heading":"Q 3"}"#),
            (
                ImportError::HeadingMissing { file: file(), heading: heading(), nearest: None },
                r#"{"file":"forms.csv","heading":"Q 3"}"#,
            ),
            (
                ImportError::HeadingTwice { file: file(), heading: heading() },
                r#"{"file":"forms.csv","heading":"Q 3"}"#,
            ),
            (ImportError::EmptyFile { file: file() }, r#"{"file":"forms.csv"}"#),
            (
                ImportError::Workbook(WorkbookError::SheetNotNamed {
                    file: file(),
                    table,
                    sheets: Vec::new(),
                }),
                r#"{"table":"assessments","file":"forms.csv"}"#,
            ),
            (
                ImportError::Workbook(WorkbookError::NotBuiltIn { file: file() }),
                r#"{"file":"forms.csv"}"#,
            ),
            (ImportError::NoAssessments, "{}"),
        ] {
            assert_eq!(told(&error), expected, "{error}");
        }
    }
}
