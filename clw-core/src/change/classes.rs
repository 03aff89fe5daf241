//! Improved, same, worse: how many people's scores moved which way.

use serde::{Deserialize, Serialize};

use super::{PairCell, PairCounts};
use crate::estimate::{ConfidenceLevel, Share};
use crate::instrument::{Direction, Points, Scale};

/// Which way one person's score moved, by any amount at all.
///
/// The measure's direction decides what is better: a fall of PHQ-9 is an improvement.
///
/// ```
/// use clw_core::change::AnyChange;
/// use clw_core::instrument::{Direction, Points};
///
/// let (baseline, follow_up) = (Points(14), Points(9));
/// let class = |direction| AnyChange::of(direction, baseline, follow_up);
/// assert_eq!(class(Direction::LowerIsBetter), AnyChange::Improved);
/// assert_eq!(class(Direction::HigherIsBetter), AnyChange::Worse);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AnyChange {
    /// Better at follow-up.
    Improved,
    /// The same score twice.
    Same,
    /// Worse at follow-up.
    Worse,
}

impl AnyChange {
    /// The class's stable code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Improved => "improved",
            Self::Same => "same",
            Self::Worse => "worse",
        }
    }

    /// The class of a pair of scores.
    #[must_use]
    pub fn of(direction: Direction, baseline: Points, follow_up: Points) -> Self {
        match direction.gain(baseline, follow_up) {
            1.. => Self::Improved,
            0 => Self::Same,
            _ => Self::Worse,
        }
    }
}

/// How many people improved, stayed and got worse, by any amount.
///
/// Everybody is in exactly one class, and the three add up to n. Any change includes changes that
/// measurement error alone would make: read it beside
/// [`ReliableChangeCounts`](super::ReliableChangeCounts).
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct AnyChangeCounts {
    /// Pairs.
    pub n: u64,
    /// Better at follow-up.
    pub improved: Share,
    /// The same score twice.
    pub same: Share,
    /// Worse at follow-up.
    pub worse: Share,
}

impl AnyChangeCounts {
    /// The classes of the pairs of a table.
    ///
    /// ```
    /// use clw_core::change::{AnyChangeCounts, PairCounts};
    /// use clw_core::estimate::ConfidenceLevel;
    /// use clw_core::instrument::{Direction, Points, Scale};
    ///
    /// let loneliness = Scale {
    ///     direction: Direction::LowerIsBetter,
    ///     steps_per_unit: 1,
    ///     lowest: Points(3),
    ///     highest: Points(9),
    /// };
    /// let pairs = PairCounts::count_steps(loneliness, &[9, 7, 5], &[6, 7, 4])?;
    /// let classes = AnyChangeCounts::of(&pairs, ConfidenceLevel::default());
    /// assert_eq!((classes.improved.count, classes.same.count, classes.worse.count), (2, 1, 0));
    /// # Ok::<(), clw_core::change::PairCountsError>(())
    /// ```
    #[must_use]
    pub fn of(pairs: &PairCounts, level: ConfidenceLevel) -> Self {
        let Scale { direction, .. } = *pairs.scale();
        let share = |class| {
            share_of_pairs(pairs, level, |cell| {
                AnyChange::of(direction, cell.baseline, cell.follow_up) == class
            })
        };
        Self {
            n: pairs.n(),
            improved: share(AnyChange::Improved),
            same: share(AnyChange::Same),
            worse: share(AnyChange::Worse),
        }
    }
}

/// The share of the pairs of a table that are of one kind.
pub(super) fn share_of_pairs(
    pairs: &PairCounts,
    level: ConfidenceLevel,
    is_part: impl Fn(&PairCell) -> bool,
) -> Share {
    let part = pairs.cells().filter(is_part).map(|cell| cell.pairs).sum();
    Share::of(part, pairs.n(), level)
}
