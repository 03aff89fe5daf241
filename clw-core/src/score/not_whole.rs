//! A column of whole numbers that held something else, as the bindings meet it.

use std::fmt;

/// What a column of whole numbers holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WholeColumn {
    /// Scores at the first sitting.
    Baseline,
    /// Scores at the second sitting.
    FollowUp,
    /// Scores at any sitting.
    Score,
    /// Times.
    Time,
}

/// A value that is not a whole number of 32 bits, in a column of such.
///
/// ```
/// use clw_core::score::{NotWhole, WholeColumn};
///
/// let error = NotWhole { column: WholeColumn::FollowUp, row: 3, found: "19.25".into() };
/// assert_eq!(
///     error.to_string(),
///     "row 3: the follow-up score is 19.25, not a whole number of 32 bits; give steps of the \
///      scale, such as 1925 for 19.25",
/// );
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotWhole {
    /// The column.
    pub column: WholeColumn,
    /// The row, counted from 0.
    pub row: usize,
    /// The value as its language prints it.
    pub found: String,
}

impl NotWhole {
    /// The stable name of the error, the same in Rust, Python and JavaScript.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        "not-whole"
    }
}

impl fmt::Display for NotWhole {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { column, row, found } = self;
        let steps = "steps of the scale, such as 1925 for 19.25";
        let (name, remedy) = match column {
            WholeColumn::Baseline => ("baseline score", steps),
            WholeColumn::FollowUp => ("follow-up score", steps),
            WholeColumn::Score => ("score", steps),
            WholeColumn::Time => ("time", "whole days, weeks or numbers of sessions"),
        };
        write!(f, "row {row}: the {name} is {found}, not a whole number of 32 bits; give {remedy}")
    }
}

impl std::error::Error for NotWhole {}
