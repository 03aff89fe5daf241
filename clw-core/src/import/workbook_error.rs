//! Why a workbook cannot be read.

use core::fmt;

use super::TableName;

/// What is wrong with a workbook, or with the sheet that is wanted of it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum WorkbookError {
    /// The file is not a workbook of the kind that can be read.
    NotAWorkbook {
        /// The file.
        file: String,
        /// What it is instead, or what was found.
        found: String,
    },
    /// The workbook has no sheet of this name.
    SheetMissing {
        /// The file.
        file: String,
        /// The name as the mapping has it.
        sheet: String,
        /// The names of its sheets.
        sheets: Vec<String>,
    },
    /// The mapping names no sheet, and the workbook has several or none.
    SheetNotNamed {
        /// The file.
        file: String,
        /// The table.
        table: TableName,
        /// The names of its sheets.
        sheets: Vec<String>,
    },
    /// A part of the workbook is not what the format asks for.
    Damaged {
        /// The file, with the sheet and the row where they are known.
        place: String,
        /// What was found.
        found: String,
    },
    /// A part of the workbook expands beyond the limit.
    TooLarge {
        /// The file, with the sheet where it is known.
        place: String,
        /// The limit in bytes.
        limit: usize,
    },
    /// This build reads no workbooks.
    NotBuiltIn {
        /// The file.
        file: String,
    },
}

impl WorkbookError {
    /// The stable name of this error.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::NotAWorkbook { .. } => "not-a-workbook",
            Self::SheetMissing { .. } => "sheet-missing",
            Self::SheetNotNamed { .. } => "sheet-not-named",
            Self::Damaged { .. } => "workbook-damaged",
            Self::TooLarge { .. } => "workbook-too-large",
            Self::NotBuiltIn { .. } => "workbooks-not-built-in",
        }
    }
}

impl fmt::Display for WorkbookError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let quoted = |names: &[String]| {
            let names: Vec<String> = names.iter().map(|name| format!("{name:?}")).collect();
            names.join(", ")
        };
        match self {
            Self::NotAWorkbook { file, found } => write!(
                f,
                "{file} is no workbook that can be read ({found}); save it as an Excel workbook \
                 (.xlsx) without a password, or as CSV UTF-8"
            ),
            Self::SheetMissing { file, sheet, sheets } => write!(
                f,
                "{file} has no sheet {sheet:?}; its sheets are {}: correct the mapping",
                quoted(sheets)
            ),
            Self::SheetNotNamed { file, sheets, table } => write!(
                f,
                "[{table}] names no sheet, and {file} has {}: {}; give the table a sheet in the \
                 mapping",
                sheets.len(),
                quoted(sheets)
            ),
            Self::Damaged { place, found } => {
                write!(f, "{place} cannot be read: {found}; open the workbook and save it again")
            }
            Self::TooLarge { place, limit } => write!(
                f,
                "{place} expands to more than {limit} bytes, far more than a caseload has; remove \
                 what does not belong there, or save the sheet as CSV UTF-8"
            ),
            Self::NotBuiltIn { file } => write!(
                f,
                "{file} is a workbook, and this build reads CSV alone; save each sheet as CSV \
                 UTF-8, or build with the feature xlsx"
            ),
        }
    }
}

impl core::error::Error for WorkbookError {}
