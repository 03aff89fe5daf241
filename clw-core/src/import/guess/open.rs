//! What a guess leaves to a person.

use core::fmt;

use serde::Serialize;

use super::Preview;

/// What a person has to decide or to check, in words and in parts for a page that has its own words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct OpenPoint {
    /// The stable name of what is open.
    pub code: &'static str,
    /// The file it is about; none where it is about all of them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
    /// The sheet, where the file is a workbook.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sheet: Option<String>,
    /// The column it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub heading: Option<String>,
    /// Values or instruments that it is about.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub about: Vec<String>,
    /// A sentence, in the words of a mapping.
    pub message: String,
}

impl OpenPoint {
    pub(super) const fn new(code: &'static str, message: String) -> Self {
        Self { code, file: None, sheet: None, heading: None, about: Vec::new(), message }
    }

    pub(super) fn of(code: &'static str, given: &Preview, message: String) -> Self {
        let (file, sheet) = (Some(given.file.clone()), given.sheet.clone());
        Self { file, sheet, ..Self::new(code, message) }
    }

    pub(super) fn heading(self, heading: &str) -> Self {
        Self { heading: Some(heading.to_owned()), ..self }
    }

    pub(super) fn about(self, about: Vec<String>) -> Self {
        Self { about, ..self }
    }
}

impl fmt::Display for OpenPoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}
