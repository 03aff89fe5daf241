//! Floor and ceiling: people at an end of the scale, whose score can move one way only.

use serde::{Deserialize, Serialize};

use super::classes::share_of_pairs;
use super::{PairCounts, Sitting};
use crate::estimate::{ConfidenceLevel, Share};

/// One end of a scale.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ScaleEnd {
    /// The lowest score there is.
    Lowest,
    /// The highest score there is.
    Highest,
}

/// How many people are at the ends of the scale at each sitting.
///
/// People at the best end at baseline cannot improve, and people at the best end at follow-up may
/// have improved by more than the measure shows; either hides change.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct ScaleEnds {
    /// Pairs.
    pub n: u64,
    /// The four shares: each end at each sitting.
    pub shares: Vec<ScaleEndShare>,
}

/// The people at one end of the scale at one sitting.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct ScaleEndShare {
    /// The sitting.
    pub sitting: Sitting,
    /// The end.
    pub end: ScaleEnd,
    /// The people there, of all pairs.
    pub share: Share,
    /// Whether they are more than [`ScaleEnds::EFFECT_PERCENT`] of the pairs: a floor or ceiling effect.
    pub is_effect: bool,
}

impl ScaleEnds {
    /// Above this percentage of people at an end there is a floor or ceiling effect.
    ///
    /// Terwee et al. (2007), doi:10.1016/j.jclinepi.2006.03.012.
    pub const EFFECT_PERCENT: u64 = 15;

    /// The shares of the pairs of a table.
    ///
    /// ```
    /// use clw_core::change::{PairCounts, ScaleEnd, ScaleEnds, Sitting};
    /// use clw_core::estimate::ConfidenceLevel;
    /// use clw_core::instrument::{Direction, Points, Scale};
    ///
    /// let stages = Scale {
    ///     direction: Direction::HigherIsBetter,
    ///     steps_per_unit: 1,
    ///     lowest: Points(1),
    ///     highest: Points(5),
    /// };
    /// let pairs = PairCounts::count_steps(stages, &[2, 3, 4, 2], &[5, 3, 5, 3])?;
    /// let ends = ScaleEnds::of(&pairs, ConfidenceLevel::default());
    /// let effects: Vec<_> = ends.effects().map(|end| (end.sitting, end.end, end.share.count)).collect();
    /// assert_eq!(effects, [(Sitting::FollowUp, ScaleEnd::Highest, 2)]);
    /// # Ok::<(), clw_core::change::PairCountsError>(())
    /// ```
    #[must_use]
    pub fn of(pairs: &PairCounts, level: ConfidenceLevel) -> Self {
        let scale = pairs.scale();
        let at = |(sitting, end)| {
            let share = share_of_pairs(pairs, level, |cell| {
                let points = match sitting {
                    Sitting::Baseline => cell.baseline,
                    Sitting::FollowUp => cell.follow_up,
                };
                points
                    == match end {
                        ScaleEnd::Lowest => scale.lowest,
                        ScaleEnd::Highest => scale.highest,
                    }
            });
            let is_effect = 100 * share.count > Self::EFFECT_PERCENT * share.of;
            ScaleEndShare { sitting, end, share, is_effect }
        };
        let places = [
            (Sitting::Baseline, ScaleEnd::Lowest),
            (Sitting::Baseline, ScaleEnd::Highest),
            (Sitting::FollowUp, ScaleEnd::Lowest),
            (Sitting::FollowUp, ScaleEnd::Highest),
        ];
        Self { n: pairs.n(), shares: places.map(at).into() }
    }

    /// The floor and ceiling effects.
    pub fn effects(&self) -> impl Iterator<Item = &ScaleEndShare> {
        self.shares.iter().filter(|end| end.is_effect)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::change::PairCell;
    use crate::instrument::{Direction, Points, Scale};

    #[test]
    fn an_effect_is_more_than_fifteen_in_a_hundred() {
        let scale = Scale {
            direction: Direction::LowerIsBetter,
            steps_per_unit: 1,
            lowest: Points(0),
            highest: Points(27),
        };
        for (at_end, effects) in [(15, 0), (16, 1)] {
            let mut pairs = PairCounts::new(scale);
            for (baseline, people) in [(0, at_end), (9, 100 - at_end)] {
                let (baseline, follow_up) = (Points(baseline), Points(5));
                pairs.add_many(PairCell { baseline, follow_up, pairs: people }).unwrap();
            }
            let ends = ScaleEnds::of(&pairs, ConfidenceLevel::default());
            assert_eq!(ends.effects().count(), effects);
        }
        let nobody = ScaleEnds::of(&PairCounts::new(scale), ConfidenceLevel::default());
        assert_eq!(nobody.effects().count(), 0);
    }
}
