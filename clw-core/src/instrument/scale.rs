//! The scale a measure is read on: exact points, their unit and the better direction.

use serde::{Deserialize, Serialize};

/// A score as a whole number of steps of its measure's grid.
///
/// A step is `1 / steps_per_unit` of the [`Scale`] the points belong to: hundredths for the SWEMWBS
/// metric score, ones for a sum of items. Sums of points are therefore exact.
///
/// There is no ordering: which of two scores is *better* depends on the measure's [`Direction`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Points(pub i32);

/// Which way a measure moves when a person's life gets better.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Direction {
    /// More points are better, as in SWEMWBS.
    HigherIsBetter,
    /// Fewer points are better, as in PHQ-9 or the ONS anxiety question.
    LowerIsBetter,
}

impl Direction {
    /// The number of points by which `to` is better than `from`: negative when it is worse.
    ///
    /// Two scores of 32 bits can lie further apart than 32 bits hold.
    ///
    /// ```
    /// use clw_core::instrument::{Direction, Points};
    ///
    /// assert_eq!(Direction::HigherIsBetter.gain(Points(14), Points(9)), -5);
    /// assert_eq!(Direction::LowerIsBetter.gain(Points(14), Points(9)), 5);
    /// ```
    #[must_use]
    pub fn gain(self, from: Points, to: Points) -> i64 {
        let change = i64::from(to.0) - i64::from(from.0);
        match self {
            Self::HigherIsBetter => change,
            Self::LowerIsBetter => -change,
        }
    }
}

/// The grid a measure's scores lie on, and its better direction.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Scale {
    /// Which way is better.
    pub direction: Direction,
    /// How many steps make one unit of the printed score: 100 for two decimals.
    pub steps_per_unit: u32,
    /// The lowest score there is.
    pub lowest: Points,
    /// The highest score there is.
    pub highest: Points,
}

impl Scale {
    /// The printed value of a score, the nearest `f64` to `points / steps_per_unit`.
    #[must_use]
    #[inline]
    pub fn value(&self, points: Points) -> f64 {
        f64::from(points.0) / f64::from(self.steps_per_unit)
    }

    /// Whether a score lies on the grid's range, its ends included.
    #[must_use]
    pub const fn contains(&self, points: Points) -> bool {
        self.lowest.0 <= points.0 && points.0 <= self.highest.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 2³² − 1, from one end of 32 bits to the other.
    #[test]
    fn a_gain_is_exact_from_end_to_end() {
        let (lowest, highest) = (Points(i32::MIN), Points(i32::MAX));
        assert_eq!(Direction::HigherIsBetter.gain(lowest, highest), 4_294_967_295);
        assert_eq!(Direction::LowerIsBetter.gain(lowest, highest), -4_294_967_295);
    }
}
