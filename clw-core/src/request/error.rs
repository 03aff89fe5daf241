//! Why a question is not answered.

use std::fmt;

use super::NAMES;
use crate::coded::{Coded, Unread};
use crate::shown::with_short_numbers;

/// Why a question has no answer.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum RequestError {
    /// The text is not the JSON of what is asked for.
    Unreadable {
        /// What it was to be.
        what: &'static str,
        /// The stable name of the kind of fault.
        code: &'static str,
        /// The parser's account.
        reason: String,
    },
    /// Nothing is computed by this name.
    UnknownQuestion {
        /// The name.
        name: String,
    },
    /// The stage refuses what the question holds.
    Refused {
        /// The stable name of the stage's error.
        code: String,
        /// Its message.
        message: String,
    },
}

impl RequestError {
    /// The stable name of the error, the same in Rust, Python and JavaScript.
    #[must_use]
    pub const fn code(&self) -> &str {
        match self {
            Self::Unreadable { code, .. } => code,
            Self::UnknownQuestion { .. } => "unknown-question",
            Self::Refused { code, .. } => code.as_str(),
        }
    }
}

impl fmt::Display for RequestError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreadable { what, reason, .. } => {
                write!(f, "the {what} cannot be read: {reason}; correct that place")
            }
            Self::UnknownQuestion { name } => {
                write!(f, "nothing computes {name:?}; ask for one of {}", NAMES.join(", "))
            }
            Self::Refused { message, .. } => f.write_str(message),
        }
    }
}

impl std::error::Error for RequestError {}

impl<E: Coded> From<E> for RequestError {
    fn from(error: E) -> Self {
        Self::Refused {
            code: error.stable_code().to_owned(),
            message: with_short_numbers(error.to_string()),
        }
    }
}

impl From<serde_json::Error> for RequestError {
    fn from(error: serde_json::Error) -> Self {
        Unread::from(error).into()
    }
}

impl From<Unread> for RequestError {
    fn from(error: Unread) -> Self {
        match error {
            Unread::Unreadable { code, reason } => {
                Self::Unreadable { what: "options", code, reason }
            }
            Unread::Refused { code, message } => Self::Refused { code, message },
        }
    }
}

/// A refusal of options of which some go together: names those that are given.
pub(super) fn not_together(options: &[(&str, bool)], remedy: &str) -> RequestError {
    let given = options.iter().filter(|(_, given)| *given).map(|(name, _)| format!("`{name}`"));
    let given: Vec<String> = given.collect();
    let fact = match given.as_slice() {
        [] => "nothing to work with is given".to_owned(),
        [one] => format!("{one} is given alone"),
        several => format!("{} are given together", several.join(", ")),
    };
    RequestError::Refused { code: "missing-field".to_owned(), message: format!("{fact}; {remedy}") }
}

/// A column that has another number of rows than the first.
pub(super) struct UnequalColumns<'a> {
    pub(super) name: &'a str,
    pub(super) rows: usize,
    pub(super) first: &'a str,
    pub(super) expected: usize,
}

impl fmt::Display for UnequalColumns<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { name, rows, first, expected } = self;
        write!(
            f,
            "the column {name:?} has {rows} rows and {first:?} has {expected}; give as many in both"
        )
    }
}

impl Coded for UnequalColumns<'_> {
    fn stable_code(&self) -> &str {
        "unequal-columns"
    }
}
