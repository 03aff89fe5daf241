//! What is refused, and why.

use std::fmt;

use super::{PairedUnpaired, ScoreCounts};
use crate::instrument::{Points, Scale};

/// Why people were not counted.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum AttritionCountsError {
    /// A score is not between the scale's lowest and highest points.
    OffScale {
        /// The score.
        points: Points,
        /// The scale it is off.
        scale: Scale,
    },
    /// Two sets of counts are on different scales.
    DifferentScales {
        /// The scale of the one that was to grow.
        left: Scale,
        /// The scale of the one that was to be added.
        right: Scale,
    },
    /// More people than can be held.
    TooManyPeople {
        /// People held.
        held: u64,
        /// People to be added.
        more: u64,
    },
    /// The scale has zero steps to a unit, so its points have no printed value.
    NoSteps,
    /// A serialised histogram is not in its one ordered form.
    ScoreOutOfOrder {
        /// The first offending score, counted from 0.
        index: usize,
    },
    /// A serialised table of profiles is not in its one ordered form, or nobody has its sums.
    ProfileOutOfOrder {
        /// The first offending profile, counted from 0.
        index: usize,
    },
    /// A person did not come with one level for each trait.
    NotOneLevelEach {
        /// The traits.
        traits: usize,
        /// The levels that came.
        levels: usize,
    },
    /// Two sets of counts are of different traits.
    DifferentTraits {
        /// Those of the one that was to grow.
        left: Vec<String>,
        /// Those of the one that was to be added.
        right: Vec<String>,
    },
    /// A trait was counted of other people than the pairs and the unpaired baselines.
    OtherPeople {
        /// The trait.
        name: String,
        /// The paired and unpaired people of the trait.
        counted: PairedUnpaired,
        /// The pairs and the unpaired baselines.
        expected: PairedUnpaired,
    },
}

impl AttritionCountsError {
    /// The stable name of the error, the same in Rust, Python and JavaScript.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::OffScale { .. } => "score-off-scale",
            Self::DifferentScales { .. } => "different-scales",
            Self::TooManyPeople { .. } => "too-many-people",
            Self::NoSteps => "scale-without-steps",
            Self::ScoreOutOfOrder { .. } => "score-out-of-order",
            Self::ProfileOutOfOrder { .. } => "profile-out-of-order",
            Self::NotOneLevelEach { .. } => "not-one-level-each",
            Self::DifferentTraits { .. } => "different-traits",
            Self::OtherPeople { .. } => "other-people",
        }
    }
}

impl fmt::Display for AttritionCountsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::OffScale { points: Points(points), scale } => write!(
                f,
                "the score is {points} points, outside {}..={}; score the answers with the measure \
                 whose scale the counts have",
                scale.lowest.0, scale.highest.0
            ),
            Self::DifferentScales { left, right } => write!(
                f,
                "the counts are on different scales, {}..={} and {}..={} with {} and {} steps to a \
                 unit; add those of one measure",
                left.lowest.0,
                left.highest.0,
                right.lowest.0,
                right.highest.0,
                left.steps_per_unit,
                right.steps_per_unit
            ),
            Self::TooManyPeople { held, more } => write!(
                f,
                "{held} people and {more} more exceed {}; count them in several parts",
                ScoreCounts::MAX_PEOPLE
            ),
            Self::NoSteps => f.write_str(
                "the scale has 0 steps to a unit, fewer than 1; give it 1 for whole points",
            ),
            Self::ScoreOutOfOrder { index } => write!(
                f,
                "entry {index} of the scores is not above the one before it or has 0 people; list \
                 each score that occurs once, in ascending order"
            ),
            Self::ProfileOutOfOrder { index } => write!(
                f,
                "entry {index} of the profiles is not above the one before it or has sums that no \
                 people have; write the counts as they were read"
            ),
            Self::NotOneLevelEach { traits, levels } => write!(
                f,
                "a person has {levels} levels for {traits} traits, not one for each; write what is \
                 not recorded as a level of its own"
            ),
            Self::DifferentTraits { left, right } => write!(
                f,
                "the counts are of different traits, [{}] and [{}]; add those made under one plan",
                left.join(", "),
                right.join(", ")
            ),
            Self::OtherPeople { name, counted, expected } => write!(
                f,
                "{name:?} was counted of {} paired and {} unpaired people, not of the {} pairs and {} \
                 unpaired baselines; count each person due with a baseline once",
                counted.paired, counted.unpaired, expected.paired, expected.unpaired
            ),
        }
    }
}

impl std::error::Error for AttritionCountsError {}

/// Why an option makes no sense.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub enum AttritionOptionsError {
    /// The threshold of a standardised difference is not a finite number above 0.
    ThresholdNotPositive {
        /// The threshold.
        threshold: f64,
    },
    /// A percentage is above 100.
    PercentOutside {
        /// The percentage.
        percent: u8,
    },
}

impl AttritionOptionsError {
    /// The stable name of the error, the same in Rust, Python and JavaScript.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::ThresholdNotPositive { .. } => "threshold-not-positive",
            Self::PercentOutside { .. } => "percent-outside",
        }
    }
}

impl fmt::Display for AttritionOptionsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::ThresholdNotPositive { threshold } => write!(
                f,
                "the threshold of a standardised difference is {threshold}, not a finite number \
                 above 0; 0.1 is the usual one"
            ),
            Self::PercentOutside { percent } => write!(
                f,
                "the least completion is {percent} %, above 100; give a percentage of those due"
            ),
        }
    }
}

impl std::error::Error for AttritionOptionsError {}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::attrition::{CompletionPercent, DifferenceThreshold};
    use crate::instrument::Direction;

    #[test]
    fn errors_state_the_fact_the_limit_and_the_remedy() {
        let scale = Scale {
            direction: Direction::HigherIsBetter,
            steps_per_unit: 1,
            lowest: Points(7),
            highest: Points(35),
        };
        let rows = [
            (
                AttritionCountsError::OffScale { points: Points(300), scale },
                "score-off-scale",
                "the score is 300 points, outside 7..=35; score the answers with the measure whose \
                 scale the counts have",
            ),
            (
                AttritionCountsError::DifferentScales {
                    left: scale,
                    right: Scale { steps_per_unit: 100, ..scale },
                },
                "different-scales",
                "the counts are on different scales, 7..=35 and 7..=35 with 1 and 100 steps to a \
                 unit; add those of one measure",
            ),
            (
                AttritionCountsError::TooManyPeople { held: 1, more: u64::from(u32::MAX) },
                "too-many-people",
                "1 people and 4294967295 more exceed 4294967295; count them in several parts",
            ),
            (
                AttritionCountsError::NoSteps,
                "scale-without-steps",
                "the scale has 0 steps to a unit, fewer than 1; give it 1 for whole points",
            ),
            (
                AttritionCountsError::ScoreOutOfOrder { index: 1 },
                "score-out-of-order",
                "entry 1 of the scores is not above the one before it or has 0 people; list each \
                 score that occurs once, in ascending order",
            ),
            (
                AttritionCountsError::ProfileOutOfOrder { index: 0 },
                "profile-out-of-order",
                "entry 0 of the profiles is not above the one before it or has sums that no people \
                 have; write the counts as they were read",
            ),
            (
                AttritionCountsError::NotOneLevelEach { traits: 2, levels: 1 },
                "not-one-level-each",
                "a person has 1 levels for 2 traits, not one for each; write what is not recorded \
                 as a level of its own",
            ),
            (
                AttritionCountsError::DifferentTraits {
                    left: vec!["gender".into(), "age band".into()],
                    right: vec!["gender".into()],
                },
                "different-traits",
                "the counts are of different traits, [gender, age band] and [gender]; add those made \
                 under one plan",
            ),
            (
                AttritionCountsError::OtherPeople {
                    name: "gender".into(),
                    counted: PairedUnpaired { paired: 3, unpaired: 2 },
                    expected: PairedUnpaired { paired: 4, unpaired: 2 },
                },
                "other-people",
                "\"gender\" was counted of 3 paired and 2 unpaired people, not of the 4 pairs and 2 \
                 unpaired baselines; count each person due with a baseline once",
            ),
        ];
        for (error, code, message) in rows {
            assert_eq!((error.code(), error.to_string().as_str()), (code, message));
        }
    }

    #[test]
    fn options_state_the_fact_the_limit_and_the_remedy() {
        let rows = [
            (
                DifferenceThreshold::new(0.0).unwrap_err(),
                "threshold-not-positive",
                "the threshold of a standardised difference is 0, not a finite number above 0; 0.1 \
                 is the usual one",
            ),
            (
                DifferenceThreshold::new(f64::NAN).unwrap_err(),
                "threshold-not-positive",
                "the threshold of a standardised difference is NaN, not a finite number above 0; \
                 0.1 is the usual one",
            ),
            (
                CompletionPercent::new(101).unwrap_err(),
                "percent-outside",
                "the least completion is 101 %, above 100; give a percentage of those due",
            ),
        ];
        for (error, code, message) in rows {
            assert_eq!((error.code(), error.to_string().as_str()), (code, message));
        }
    }
}
