//! What is refused, and why.

use std::fmt;

use crate::instrument::Scale;

/// Why programmes cannot be put together.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum SynthesisError {
    /// Two programmes have one name.
    TwoOfOneName {
        /// The name.
        name: String,
    },
    /// A programme's pairs are on another scale than those of the first.
    DifferentScales {
        /// The programme.
        name: String,
        /// Its scale.
        scale: Scale,
        /// The scale of the first.
        first: Scale,
    },
    /// A programme has more people counted than there are.
    CountAboveTotal {
        /// The programme.
        name: String,
        /// The people counted.
        count: u64,
        /// The people there are.
        of: u64,
    },
    /// An estimate is not a number within ±10⁶⁰.
    EstimateOutside {
        /// The estimate.
        estimate: f64,
    },
    /// A variance is not a number of 10⁻⁶⁰ to 10⁶⁰.
    VarianceOutside {
        /// The variance.
        variance: f64,
    },
}

impl SynthesisError {
    /// The stable name of the error, the same in Rust, Python and JavaScript.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::TwoOfOneName { .. } => "two-of-one-name",
            Self::DifferentScales { .. } => "different-scales",
            Self::CountAboveTotal { .. } => "count-above-total",
            Self::EstimateOutside { .. } => "estimate-outside",
            Self::VarianceOutside { .. } => "variance-outside",
        }
    }
}

impl fmt::Display for SynthesisError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TwoOfOneName { name } => write!(
                f,
                "{name:?} is the name of two programmes, more than 1; merge their counts or name \
                 them apart"
            ),
            Self::DifferentScales { name, scale, first } => write!(
                f,
                "the pairs of {name:?} are on the scale {}..={} with {} steps to a unit, not on the \
                 {}..={} with {} of the first programme; put programmes of one measure together",
                scale.lowest.0,
                scale.highest.0,
                scale.steps_per_unit,
                first.lowest.0,
                first.highest.0,
                first.steps_per_unit
            ),
            Self::CountAboveTotal { name, count, of } => write!(
                f,
                "{name:?} counts {count} of {of} people, more than there are; give the numerator and \
                 then the denominator"
            ),
            Self::EstimateOutside { estimate } => {
                write!(
                    f,
                    "an estimate is {estimate}, outside -1e60..=1e60; leave out what has none"
                )
            }
            Self::VarianceOutside { variance } => {
                write!(f, "a variance is {variance}, outside 1e-60..=1e60; leave out what has none")
            }
        }
    }
}

impl std::error::Error for SynthesisError {}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::instrument::{Direction, Points};

    #[test]
    fn errors_state_the_fact_the_limit_and_the_remedy() {
        let first = Scale {
            direction: Direction::HigherIsBetter,
            steps_per_unit: 1,
            lowest: Points(0),
            highest: Points(10),
        };
        let name = || "Harbour".to_owned();
        let rows = [
            (
                SynthesisError::TwoOfOneName { name: name() },
                "two-of-one-name",
                "\"Harbour\" is the name of two programmes, more than 1; merge their counts or name \
                 them apart",
            ),
            (
                SynthesisError::DifferentScales {
                    name: name(),
                    scale: Scale { steps_per_unit: 100, ..first },
                    first,
                },
                "different-scales",
                "the pairs of \"Harbour\" are on the scale 0..=10 with 100 steps to a unit, not on \
                 the 0..=10 with 1 of the first programme; put programmes of one measure together",
            ),
            (
                SynthesisError::CountAboveTotal { name: name(), count: 3, of: 2 },
                "count-above-total",
                "\"Harbour\" counts 3 of 2 people, more than there are; give the numerator and then \
                 the denominator",
            ),
            (
                SynthesisError::EstimateOutside { estimate: f64::NAN },
                "estimate-outside",
                "an estimate is NaN, outside -1e60..=1e60; leave out what has none",
            ),
            (
                SynthesisError::VarianceOutside { variance: 0.0 },
                "variance-outside",
                "a variance is 0, outside 1e-60..=1e60; leave out what has none",
            ),
        ];
        for (error, code, message) in rows {
            assert_eq!((error.code(), error.to_string().as_str()), (code, message));
        }
    }
}
