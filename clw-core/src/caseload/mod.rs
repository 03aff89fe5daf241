//! What a programme knows about the people it sees: a person, their episodes, and what happened in
//! each.
//!
//! ```text
//! programme 1─* episode *─1 person
//! episode 1─* contact, hold, need, onward link, assessment, tangible outcome
//! ```
//!
//! A person is the unit that everything downstream folds over: one at a time, in any order.

mod account;
mod closure;
mod codes;
mod count;
mod episode;
mod total;

pub use account::{RowAccount, TableAccount};
pub(crate) use closure::days_between;
pub use closure::{Closure, ClosureBasis};
pub use codes::{
    AssessmentMode, AssessmentSetting, Attendance, ContactMode, ContactType, EndReason, Gender,
    OnwardStatus, PostcodeMatch, Rater, ReferralReason, ReferralSource, UnknownCode,
};
pub use count::CountOverflow;
pub(crate) use count::add_count;
pub use episode::{
    Assessment, Contact, Episode, Hold, Need, OnwardLink, Person, Reason, Simd, TangibleOutcome,
    When,
};
pub use total::RecordedTotal;

use serde::{Deserialize, Serialize};

/// A field of a record: its value, or which of the kinds of absence it is.
///
/// An analysis that treats the three absences alike asks for [`value`](Self::value).
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "kebab-case")]
pub enum Recorded<T> {
    /// It was recorded.
    Value(T),
    /// It was asked, and the answer was not known or not given.
    NotKnown,
    /// It does not apply, or is not due yet.
    NotApplicable,
    /// Nothing was recorded.
    #[default]
    Missing,
}

impl<T> Recorded<T> {
    /// The value, where there is one.
    pub const fn value(&self) -> Option<&T> {
        match self {
            Self::Value(value) => Some(value),
            Self::NotKnown | Self::NotApplicable | Self::Missing => None,
        }
    }
}

impl<T> From<Option<T>> for Recorded<T> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Missing, Self::Value)
    }
}
