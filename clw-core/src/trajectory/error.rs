//! What is refused, and why.

use std::fmt;

use super::{TimeUnit, Trajectories};
use crate::instrument::{Points, Scale};
use crate::shown::shortened;

/// Why a person's sittings were not taken, or cannot be grouped.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum TrajectoryError {
    /// A score is not between the scale's lowest and highest points.
    OffScale {
        /// The time it was given for.
        time: i32,
        /// The score.
        points: Points,
        /// The scale it is off.
        scale: Scale,
    },
    /// One person has two scores of one time.
    TwoAtOneTime {
        /// The time.
        time: i32,
    },
    /// The scale has zero steps to a unit, so its points have no printed value.
    NoSteps,
    /// Two sets of trajectories are of different scales or of different clocks.
    DifferentClocks {
        /// The scale and clock of the one that was to grow.
        left: (Scale, TimeUnit),
        /// Those of the one that was to be added.
        right: (Scale, TimeUnit),
    },
    /// The edges of the bins are not in ascending order, or fewer than two.
    EdgesOutOfOrder,
    /// The three columns are not of one length.
    UnequalColumns {
        /// Rows in the column of people.
        people: usize,
        /// Rows in the column of times.
        times: usize,
        /// Rows in the column of scores.
        points: usize,
    },
    /// The sum is more than [`Trajectories::MAX_PEOPLE`].
    TooManyPeople {
        /// The people held.
        held: u64,
        /// Those to be added.
        more: u64,
    },
    /// No unit of time has this name.
    UnknownUnit {
        /// The name given.
        name: String,
    },
}

impl TrajectoryError {
    /// The stable name of the error, the same in Rust, Python and JavaScript.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::OffScale { .. } => "score-off-scale",
            Self::TwoAtOneTime { .. } => "two-at-one-time",
            Self::NoSteps => "scale-without-steps",
            Self::DifferentClocks { .. } => "different-clocks",
            Self::EdgesOutOfOrder => "edges-out-of-order",
            Self::UnequalColumns { .. } => "unequal-columns",
            Self::TooManyPeople { .. } => "too-many-people",
            Self::UnknownUnit { .. } => "unknown-unit",
        }
    }
}

impl fmt::Display for TrajectoryError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::OffScale { time, points: Points(points), scale } => write!(
                f,
                "the score at time {time} is {points} points, outside {}..={}; score the answers \
                 with the measure whose scale the trajectories have",
                scale.lowest.0, scale.highest.0
            ),
            Self::TwoAtOneTime { time } => write!(
                f,
                "one person has two scores at time {time}, more than 1; settle which of them holds \
                 first"
            ),
            Self::NoSteps => f.write_str(
                "the scale has 0 steps to a unit, fewer than 1; give it 1 for whole points",
            ),
            Self::DifferentClocks { left: (_, left), right: (_, right) } => write!(
                f,
                "the trajectories are of different scales or clocks, {left} and {right}; merge \
                 those of one measure and one clock"
            ),
            Self::EdgesOutOfOrder => f.write_str(
                "the edges of the bins are not two or more in ascending order; give the first time \
                 of each bin and then the first time after the last",
            ),
            Self::UnequalColumns { people, times, points } => write!(
                f,
                "the column of people has {people} rows, that of times {times} and that of scores \
                 {points}; give one row a sitting in all three"
            ),
            Self::TooManyPeople { held, more } => write!(
                f,
                "{held} people and {more} more exceed {}; keep them apart",
                Trajectories::MAX_PEOPLE
            ),
            Self::UnknownUnit { name } => {
                let name = shortened(name);
                write!(f, "`{name}` is no unit of time; give `day`, `week` or `session`")
            }
        }
    }
}

impl std::error::Error for TrajectoryError {}

#[cfg(test)]
mod tests {
    use super::*;
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
                TrajectoryError::OffScale { time: 28, points: Points(300), scale },
                "score-off-scale",
                "the score at time 28 is 300 points, outside 7..=35; score the answers with the \
                 measure whose scale the trajectories have",
            ),
            (
                TrajectoryError::TwoAtOneTime { time: 3 },
                "two-at-one-time",
                "one person has two scores at time 3, more than 1; settle which of them holds first",
            ),
            (
                TrajectoryError::NoSteps,
                "scale-without-steps",
                "the scale has 0 steps to a unit, fewer than 1; give it 1 for whole points",
            ),
            (
                TrajectoryError::DifferentClocks {
                    left: (scale, TimeUnit::Day),
                    right: (scale, TimeUnit::Session),
                },
                "different-clocks",
                "the trajectories are of different scales or clocks, day and session; merge those \
                 of one measure and one clock",
            ),
            (
                TrajectoryError::EdgesOutOfOrder,
                "edges-out-of-order",
                "the edges of the bins are not two or more in ascending order; give the first time \
                 of each bin and then the first time after the last",
            ),
            (
                TrajectoryError::UnequalColumns { people: 3, times: 2, points: 3 },
                "unequal-columns",
                "the column of people has 3 rows, that of times 2 and that of scores 3; give one \
                 row a sitting in all three",
            ),
            (
                TrajectoryError::TooManyPeople { held: 4_294_967_296, more: 1 },
                "too-many-people",
                "4294967296 people and 1 more exceed 4294967296; keep them apart",
            ),
            (
                TrajectoryError::UnknownUnit { name: "month".into() },
                "unknown-unit",
                "`month` is no unit of time; give `day`, `week` or `session`",
            ),
        ];
        for (error, code, message) in rows {
            assert_eq!((error.code(), error.to_string().as_str()), (code, message));
        }
    }
}
