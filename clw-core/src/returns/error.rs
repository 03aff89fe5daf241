//! Why a return cannot be made, read or added.

use core::fmt;

use super::FORMAT_VERSION;
use crate::completion::GroupBy;
use crate::disclosure::DisclosureError;
use crate::evaluation::EvaluationError;
use crate::synthesis::SynthesisError;

/// Why a return is refused. Nothing of it is then in the picture.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum ReturnError {
    /// The text is not a return.
    Unreadable {
        /// The parser's account, with the place.
        reason: String,
    },
    /// The text is a file of another kind.
    OtherFormat {
        /// What it says it is.
        found: String,
        /// What it should be.
        needed: &'static str,
    },
    /// The file is of another version.
    OtherVersion {
        /// The version it says it has.
        found: u32,
    },
    /// The programme has no name.
    Nameless,
    /// The plan breaks numbers down to people who work in the programme.
    GroupsWorkers {
        /// What it counts by.
        by: GroupBy,
    },
    /// A programme of this name has been added.
    SameProgramme {
        /// The name.
        name: String,
    },
    /// There is nobody in the picture.
    NoReturns,
    /// Small counts cannot be hidden.
    Disclosure(DisclosureError),
    /// The programmes cannot be put beside each other.
    Synthesis(SynthesisError),
    /// The counts cannot be read, do not add up or do not add to the others.
    Evaluation(EvaluationError),
}

impl ReturnError {
    /// The stable name of this error.
    #[must_use]
    pub const fn code(&self) -> &str {
        match self {
            Self::Unreadable { .. } => "unreadable-return",
            Self::OtherFormat { .. } => "no-return",
            Self::OtherVersion { .. } => "other-return-version",
            Self::Nameless => "programme-without-name",
            Self::GroupsWorkers { .. } => "return-groups-workers",
            Self::SameProgramme { .. } => "same-programme",
            Self::NoReturns => "no-returns",
            Self::Disclosure(error) => error.code(),
            Self::Synthesis(error) => error.code(),
            Self::Evaluation(error) => error.code(),
        }
    }
}

impl fmt::Display for ReturnError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreadable { reason } => {
                write!(f, "the return cannot be read: {reason}; ask for the file again")
            }
            Self::OtherFormat { found, needed } => {
                write!(f, "the file says it is `{found}`, not a `{needed}`; give a return")
            }
            Self::OtherVersion { found } => write!(
                f,
                "the return is of version {found}, and this library reads {FORMAT_VERSION}; \
                 write and read returns with libraries of one format"
            ),
            Self::Nameless => {
                f.write_str("the programme of the return has no name; give the name it is known by")
            }
            Self::GroupsWorkers { by } => write!(
                f,
                "the plan counts by {}, and a return is about a whole programme; leave {} out of \
                 group-by and of the traits of attrition{} in the plan of the return",
                by.code(),
                by.code(),
                if *by == GroupBy::Practice { ", and the funnel out," } else { "" }
            ),
            Self::SameProgramme { name } => write!(
                f,
                "a return of `{name}` has been added; add one of each programme, or name them apart"
            ),
            Self::NoReturns => {
                f.write_str("no return has been added, fewer than 1; add one to make a picture")
            }
            Self::Disclosure(error) => error.fmt(f),
            Self::Synthesis(error) => error.fmt(f),
            Self::Evaluation(error) => error.fmt(f),
        }
    }
}

impl core::error::Error for ReturnError {}

impl From<EvaluationError> for ReturnError {
    fn from(error: EvaluationError) -> Self {
        Self::Evaluation(error)
    }
}

impl From<DisclosureError> for ReturnError {
    fn from(error: DisclosureError) -> Self {
        Self::Disclosure(error)
    }
}

impl From<SynthesisError> for ReturnError {
    fn from(error: SynthesisError) -> Self {
        Self::Synthesis(error)
    }
}
