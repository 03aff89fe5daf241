//! What is refused, and why.

use std::fmt;

use super::TimeUnit;
use crate::instrument::{Points, Scale};

/// Why a person's sittings were not taken, or cannot be grouped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
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
        ];
        for (error, code, message) in rows {
            assert_eq!((error.code(), error.to_string().as_str()), (code, message));
        }
    }
}
