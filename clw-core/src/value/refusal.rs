//! Why a change has no value in money.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::wellby::Wellby;

/// Why a change has no value in money.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(
    tag = "reason",
    rename_all = "kebab-case",
    rename_all_fields = "kebab-case",
    deny_unknown_fields
)]
#[non_exhaustive]
pub enum ValueRefusal {
    /// The measure is not the life satisfaction question.
    NotLifeSatisfaction {
        /// The instrument.
        instrument: String,
        /// The measure.
        measure: String,
    },
    /// The pairs are not on the scale of the life satisfaction question.
    OtherScale,
    /// There are too few pairs.
    TooFewPairs {
        /// The pairs there are.
        pairs: u64,
    },
}

impl ValueRefusal {
    /// The stable name of the reason, the same in Rust, Python and JavaScript.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::NotLifeSatisfaction { .. } => "not-life-satisfaction",
            Self::OtherScale => "other-scale",
            Self::TooFewPairs { .. } => "too-few-pairs",
        }
    }
}

impl fmt::Display for ValueRefusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotLifeSatisfaction { instrument, measure } => write!(
                f,
                "the measure is {measure:?} of {instrument:?}, and a WELLBY is a point of life \
                 satisfaction from 0 to 10; value \"{}\" of \"{}\"",
                Wellby::MEASURE,
                Wellby::INSTRUMENT
            ),
            Self::OtherScale => f.write_str(
                "the pairs are not on whole points from 0 to 10 of which more are better; count the \
                 answers to the life satisfaction question as they were given",
            ),
            Self::TooFewPairs { pairs } => write!(
                f,
                "there are {pairs} pairs, fewer than {}; wait until more people have both scores",
                Wellby::FEWEST_PAIRS
            ),
        }
    }
}

impl std::error::Error for ValueRefusal {}
