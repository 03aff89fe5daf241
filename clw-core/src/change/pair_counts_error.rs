//! Why pairs cannot be counted.

use std::fmt;

use super::{PairCounts, Sitting};
use crate::instrument::{Direction, Points, Scale};

/// Why pairs were not added to a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum PairCountsError {
    /// A score is not between the scale's lowest and highest points.
    OffScale {
        /// Its row, counted from 0, when it came in a column.
        row: Option<usize>,
        /// The sitting it was given for.
        sitting: Sitting,
        /// The score.
        points: Points,
        /// The scale it is off.
        scale: Scale,
    },
    /// The two columns are not of one length.
    UnequalColumns {
        /// Rows in the baseline column.
        baseline: usize,
        /// Rows in the follow-up column.
        follow_up: usize,
    },
    /// Two tables are on different scales.
    DifferentScales {
        /// The scale of the table that was to grow.
        left: Scale,
        /// The scale of the table that was to be added.
        right: Scale,
    },
    /// The sum is more than [`PairCounts::MAX_PAIRS`].
    TooManyPairs {
        /// Pairs in the table.
        held: u64,
        /// Pairs to be added.
        more: u64,
    },
    /// The scale has zero steps to a unit, so its points have no printed value.
    NoSteps,
    /// A serialised table is not in its one ordered form.
    CellOutOfOrder {
        /// The first offending cell, counted from 0.
        index: usize,
    },
    /// A serialised table holds a cell without pairs.
    EmptyCell {
        /// The first offending cell, counted from 0.
        index: usize,
    },
}

impl PairCountsError {
    /// The stable name of the error, the same in Rust, Python and JavaScript.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::OffScale { .. } => "score-off-scale",
            Self::UnequalColumns { .. } => "unequal-columns",
            Self::DifferentScales { .. } => "different-scales",
            Self::TooManyPairs { .. } => "too-many-pairs",
            Self::NoSteps => "scale-without-steps",
            Self::CellOutOfOrder { .. } => "cell-out-of-order",
            Self::EmptyCell { .. } => "empty-cell",
        }
    }
}

impl fmt::Display for PairCountsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::OffScale { row, sitting, points, scale } => {
                if let Some(row) = row {
                    write!(f, "row {row}: ")?;
                }
                let Scale { lowest: Points(lowest), highest: Points(highest), .. } = scale;
                let Points(points) = points;
                write!(
                    f,
                    "the {sitting} score is {points} points, outside {lowest}..={highest}; score \
                     the answers with the measure whose scale the table has"
                )
            }
            Self::UnequalColumns { baseline, follow_up } => write!(
                f,
                "the baseline column has {baseline} rows and the follow-up column {follow_up}; \
                 pair the sittings first, one row a person in both"
            ),
            Self::DifferentScales { left, right } => write!(
                f,
                "the tables are on different scales, {} and {}; merge tables of one measure and \
                 one version of it",
                Described(left),
                Described(right)
            ),
            Self::TooManyPairs { held, more } => write!(
                f,
                "{held} pairs and {more} more exceed {}; keep them in separate tables",
                PairCounts::MAX_PAIRS
            ),
            Self::NoSteps => f.write_str(
                "the scale has 0 steps to a unit, fewer than 1; give it 1 for whole points",
            ),
            Self::CellOutOfOrder { index } => write!(
                f,
                "cell {index} does not come after the one before it; list each pair of scores \
                 once, in ascending order of baseline and then follow-up"
            ),
            Self::EmptyCell { index } => {
                write!(f, "cell {index} holds 0 pairs, fewer than 1; leave empty cells out")
            }
        }
    }
}

impl std::error::Error for PairCountsError {}

/// A scale in words, for messages.
pub(super) struct Described<'a>(pub(super) &'a Scale);

impl fmt::Display for Described<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Scale { direction, steps_per_unit, lowest, highest } = self.0;
        let better = match direction {
            Direction::HigherIsBetter => "higher is better",
            Direction::LowerIsBetter => "lower is better",
        };
        write!(f, "{}..={} points of 1/{steps_per_unit}, {better}", lowest.0, highest.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RAW: Scale = Scale {
        direction: Direction::HigherIsBetter,
        steps_per_unit: 1,
        lowest: Points(7),
        highest: Points(35),
    };

    #[test]
    fn pair_count_errors_state_the_fact_the_limit_and_the_remedy() {
        let off = |pairs: [i32; 2], wide: bool| {
            let lowest = if wide { Points(-100_000) } else { RAW.lowest };
            let scale = Scale { lowest, ..RAW };
            PairCounts::count_steps(scale, &[18, pairs[0]], &[24, pairs[1]]).unwrap_err()
        };
        let mut pairs = PairCounts::count_steps(RAW, &[18], &[24]).unwrap();
        let falls = Scale { direction: Direction::LowerIsBetter, ..RAW };
        let rows = [
            (
                off([6, 99], false),
                "score-off-scale",
                "row 1: the baseline score is 6 points, outside 7..=35; score the answers with \
                 the measure whose scale the table has",
            ),
            (
                off([18, 300], true),
                "score-off-scale",
                "row 1: the follow-up score is 300 points, outside -100000..=35; score the \
                 answers with the measure whose scale the table has",
            ),
            (
                pairs.add(Points(18), Points(300)).unwrap_err(),
                "score-off-scale",
                "the follow-up score is 300 points, outside 7..=35; score the answers with the \
                 measure whose scale the table has",
            ),
            (
                PairCounts::count_steps(RAW, &[18], &[]).unwrap_err(),
                "unequal-columns",
                "the baseline column has 1 rows and the follow-up column 0; pair the sittings \
                 first, one row a person in both",
            ),
            (
                pairs.merge(&PairCounts::new(falls)).unwrap_err(),
                "different-scales",
                "the tables are on different scales, 7..=35 points of 1/1, higher is better and \
                 7..=35 points of 1/1, lower is better; merge tables of one measure and one \
                 version of it",
            ),
            (
                PairCountsError::TooManyPairs { held: 4_294_967_295, more: 1 },
                "too-many-pairs",
                "4294967295 pairs and 1 more exceed 4294967295; keep them in separate tables",
            ),
            (
                PairCounts::new(Scale { steps_per_unit: 0, ..RAW })
                    .add(Points(8), Points(9))
                    .unwrap_err(),
                "scale-without-steps",
                "the scale has 0 steps to a unit, fewer than 1; give it 1 for whole points",
            ),
            (
                PairCountsError::CellOutOfOrder { index: 4 },
                "cell-out-of-order",
                "cell 4 does not come after the one before it; list each pair of scores once, in \
                 ascending order of baseline and then follow-up",
            ),
            (
                PairCountsError::EmptyCell { index: 0 },
                "empty-cell",
                "cell 0 holds 0 pairs, fewer than 1; leave empty cells out",
            ),
        ];
        for (error, code, message) in rows {
            assert_eq!((error.code(), error.to_string().as_str()), (code, message));
        }
    }
}
