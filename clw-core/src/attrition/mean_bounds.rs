//! What the mean change of all who were due could be, and where it would be zero.

use serde::{Deserialize, Serialize};

use super::score_counts::ScoreCounts;
use crate::change::{Moments, PairCounts, PairSums};
use crate::estimate::{Degenerate, Estimate};
use crate::instrument::Direction;

/// What the mean change could be among all who were due, whatever happened to the unpaired.
///
/// A scale has ends: nobody's score can lie beyond them. So with the baselines of the unpaired known,
/// the mean change of everybody due lies between that where every unpaired person is at the worst end
/// now and that where every one is at the best: Manski (1990), *American Economic Review* 80:319-323.
/// Changes are follow-up − baseline, in units of the printed score; the worst change is the positive
/// one where fewer points are better.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct MeanChangeBounds {
    /// The pairs.
    pub paired: u64,
    /// Those due without a pair.
    pub unpaired: u64,
    /// The mean change of the pairs.
    pub mean_change_of_pairs: f64,
    /// The mean change of all due if every unpaired person were at the worst end of the scale.
    pub worst: f64,
    /// The mean change of all due if every unpaired person were at the best end of the scale.
    pub best: f64,
    /// The mean change of all due if no unpaired person's score had changed: baseline carried forward,
    /// a marker between the bounds and no estimate.
    pub baseline_carried_forward: f64,
}

/// How the unpaired would have to have changed for the mean change of all due to be zero.
///
/// A small distance from the pairs says that the result rests on who was followed up; one that the
/// scale does not allow says that it does not. Campbell, Pennello & Yue (2011),
/// doi:10.1080/10543406.2011.550094.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(tag = "outcome", rename_all = "kebab-case")]
pub enum TippingPoint {
    /// Everybody due has a pair: nothing is left to tip.
    EverybodyPaired,
    /// The mean change of the pairs is zero as it is.
    AlreadyZero,
    /// The scale allows it.
    WithinTheScale(TippingChange),
    /// The scale does not allow it: the mean change of all due has the sign of that of the pairs.
    BeyondTheScale(TippingChange),
}

/// A mean change of the unpaired that takes the mean change of all due to zero.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct TippingChange {
    /// The mean change of the unpaired, in units of the printed score: −Σ change of the pairs over the
    /// number of the unpaired.
    pub mean_change_of_unpaired: f64,
    /// The same less the mean change of the pairs.
    pub difference_from_pairs: f64,
    /// That difference in SDs of the change of the pairs.
    pub difference_in_standard_deviations: Estimate<f64>,
    /// The mean follow-up score of the unpaired at that point.
    pub mean_follow_up_of_unpaired: f64,
}

impl MeanChangeBounds {
    /// Of the pairs of a table and the baselines of those without a pair, on one scale.
    pub(super) fn of(pairs: &PairCounts, unpaired: &ScoreCounts) -> Result<Self, Degenerate> {
        let known = Known::of(pairs, unpaired)?;
        let [lowest, highest] = known.unpaired_reach();
        let (worst, best) = match pairs.scale().direction {
            Direction::HigherIsBetter => (lowest, highest),
            Direction::LowerIsBetter => (highest, lowest),
        };
        let due = known.paired + known.unpaired;
        let mean = |unpaired_change: i128| known.mean(known.change + unpaired_change, due);
        Ok(Self {
            paired: known.paired,
            unpaired: known.unpaired,
            mean_change_of_pairs: known.mean(known.change, known.paired),
            worst: mean(worst),
            best: mean(best),
            baseline_carried_forward: mean(0),
        })
    }

    /// Whether the mean change of all due has one sign whatever happened to the unpaired.
    #[must_use]
    pub fn sign_is_certain(&self) -> bool {
        (self.worst > 0.0 && self.best > 0.0) || (self.worst < 0.0 && self.best < 0.0)
    }
}

impl TippingPoint {
    /// Of the pairs of a table and the baselines of those without a pair, on one scale.
    pub(super) fn of(pairs: &PairCounts, unpaired: &ScoreCounts) -> Result<Self, Degenerate> {
        let known = Known::of(pairs, unpaired)?;
        if known.unpaired == 0 {
            return Ok(Self::EverybodyPaired);
        }
        if known.change == 0 {
            return Ok(Self::AlreadyZero);
        }
        let mean_change_of_unpaired = known.mean(-known.change, known.unpaired);
        let difference = mean_change_of_unpaired - known.mean(known.change, known.paired);
        let in_standard_deviations = |spread: f64| {
            if spread > 0.0 {
                Ok(difference / spread)
            } else {
                Err(Degenerate::AllDifferencesEqual)
            }
        };
        let spread = Result::from(Moments::of_change(pairs).standard_deviation);
        let tipping = TippingChange {
            mean_change_of_unpaired,
            difference_from_pairs: difference,
            difference_in_standard_deviations: spread.and_then(in_standard_deviations).into(),
            mean_follow_up_of_unpaired: known
                .mean(known.unpaired_baseline - known.change, known.unpaired),
        };
        let [lowest, highest] = known.unpaired_reach();
        Ok(if (lowest..=highest).contains(&-known.change) {
            Self::WithinTheScale(tipping)
        } else {
            Self::BeyondTheScale(tipping)
        })
    }

    /// The change at which it tips, where there is one.
    #[must_use]
    pub const fn change(&self) -> Option<&TippingChange> {
        match self {
            Self::EverybodyPaired | Self::AlreadyZero => None,
            Self::WithinTheScale(change) | Self::BeyondTheScale(change) => Some(change),
        }
    }
}

/// Exact sums in steps: of the changes of the pairs and of the baselines of the unpaired.
struct Known {
    steps_per_unit: u32,
    ends: [i128; 2],
    paired: u64,
    change: i128,
    unpaired: u64,
    unpaired_baseline: i128,
}

impl Known {
    fn of(pairs: &PairCounts, unpaired: &ScoreCounts) -> Result<Self, Degenerate> {
        if pairs.n() == 0 {
            return Err(Degenerate::NoPairs);
        }
        let scale = pairs.scale();
        Ok(Self {
            steps_per_unit: scale.steps_per_unit,
            ends: [scale.lowest, scale.highest].map(|points| i128::from(points.0)),
            paired: pairs.n(),
            change: PairSums::of(pairs).change(),
            unpaired: unpaired.n(),
            unpaired_baseline: unpaired.sums().sum,
        })
    }

    /// The least and the greatest sum of changes that the ends of the scale leave the unpaired.
    fn unpaired_reach(&self) -> [i128; 2] {
        self.ends.map(|end| i128::from(self.unpaired) * end - self.unpaired_baseline)
    }

    /// A sum of steps over a number of people, in units, rounded above and below the line.
    fn mean(&self, steps: i128, people: u64) -> f64 {
        steps as f64 / (u128::from(people) * u128::from(self.steps_per_unit)) as f64
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::instrument::{Points, Scale};

    const SCALE: Scale = Scale {
        direction: Direction::HigherIsBetter,
        steps_per_unit: 1,
        lowest: Points(0),
        highest: Points(10),
    };

    fn sample(scale: Scale, pairs: &[(i32, i32)], unpaired: &[i32]) -> (PairCounts, ScoreCounts) {
        let (baseline, follow_up): (Vec<_>, Vec<_>) = pairs.iter().copied().unzip();
        let mut baselines = ScoreCounts::new(scale);
        unpaired.iter().for_each(|&points| baselines.add(Points(points), 1).unwrap());
        (PairCounts::count_steps(scale, &baseline, &follow_up).unwrap(), baselines)
    }

    #[test]
    fn the_worst_end_is_the_one_the_direction_says() {
        let scale = Scale { direction: Direction::LowerIsBetter, ..SCALE };
        let (pairs, unpaired) = sample(scale, &[(6, 4), (7, 5)], &[6, 6]);
        let bounds = MeanChangeBounds::of(&pairs, &unpaired).unwrap();
        assert_eq!((bounds.worst, bounds.best), (1.0, -4.0));
        assert!(!bounds.sign_is_certain());
    }

    #[test]
    fn it_tips_at_the_very_end_of_the_scale_and_not_beyond() {
        // Two pairs up by 3 each: the two unpaired would have to fall by 3 each.
        for (baseline, possible) in [(3, true), (2, false)] {
            let (pairs, unpaired) = sample(SCALE, &[(4, 7), (5, 8)], &[baseline, baseline]);
            let tipping = TippingPoint::of(&pairs, &unpaired).unwrap();
            assert_eq!(matches!(tipping, TippingPoint::WithinTheScale(_)), possible);
            let change = tipping.change().unwrap();
            assert_eq!(
                (change.mean_change_of_unpaired, change.mean_follow_up_of_unpaired),
                (-3.0, f64::from(baseline - 3))
            );
            let spread = change.difference_in_standard_deviations;
            assert_eq!(spread.not_computed(), Some(Degenerate::AllDifferencesEqual));
            let bounds = MeanChangeBounds::of(&pairs, &unpaired).unwrap();
            assert_eq!(bounds.sign_is_certain(), !possible);
        }
    }

    #[test]
    fn without_pairs_without_unpaired_and_without_change() {
        let (nobody, unpaired) = sample(SCALE, &[], &[5]);
        assert_eq!(MeanChangeBounds::of(&nobody, &unpaired), Err(Degenerate::NoPairs));
        assert_eq!(TippingPoint::of(&nobody, &unpaired), Err(Degenerate::NoPairs));
        let (pairs, nobody) = sample(SCALE, &[(4, 7)], &[]);
        let bounds = MeanChangeBounds::of(&pairs, &nobody).unwrap();
        let MeanChangeBounds { worst, best, baseline_carried_forward, .. } = bounds;
        assert_eq!((worst, best, baseline_carried_forward), (3.0, 3.0, 3.0));
        assert_eq!(TippingPoint::of(&pairs, &nobody), Ok(TippingPoint::EverybodyPaired));
        let (pairs, unpaired) = sample(SCALE, &[(4, 7), (7, 4)], &[5]);
        assert_eq!(TippingPoint::of(&pairs, &unpaired), Ok(TippingPoint::AlreadyZero));
    }

    #[test]
    fn in_json_the_outcome_and_its_numbers_stand_side_by_side() {
        let (pairs, unpaired) = sample(SCALE, &[(4, 5), (4, 7)], &[5, 5]);
        let tipping = TippingPoint::of(&pairs, &unpaired).unwrap();
        let json = serde_json::to_string(&tipping).unwrap();
        assert!(
            json.starts_with(r#"{"outcome":"within-the-scale","mean-change-of-unpaired":-2.0,"#),
            "{json}"
        );
        assert_eq!(serde_json::from_str::<TippingPoint>(&json).unwrap(), tipping);
    }
}
