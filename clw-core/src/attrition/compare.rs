//! The paired and the unpaired of one measure side by side.

use serde::{Deserialize, Serialize};

use super::counts::{AttritionCounts, LevelCounts, PairedUnpaired};
use super::error::AttritionCountsError;
use super::mean_bounds::{MeanChangeBounds, TippingPoint};
use super::options::AttritionOptions;
use super::score_counts::ScoreCounts;
use super::standardised_difference::{NotComparable, StandardisedDifference, of_one_level};
use super::verdict::AttritionVerdict;
use crate::change::{ChangeOptionsError, Moments, NamedP, PairCounts};
use crate::completion::ImprovedBounds;
use crate::estimate::{ConfidenceLevel, Estimate, Share};

/// Those due with a baseline, with and without a follow-up: how they differ and what is not known.
///
/// ```
/// use clw_core::attrition::{Attrition, AttritionCounts, AttritionOptions, FollowUp};
/// use clw_core::change::PairCounts;
/// use clw_core::instrument::{Direction, Points, Scale};
///
/// let scale = Scale {
///     direction: Direction::HigherIsBetter,
///     steps_per_unit: 1,
///     lowest: Points(0),
///     highest: Points(10),
/// };
/// let pairs = PairCounts::count_steps(scale, &[4, 5], &[6, 7])?;
/// let mut counts = AttritionCounts::new(scale, ["gender"]);
/// counts.add(Points(4), FollowUp::Paired, &["woman"])?;
/// counts.add(Points(5), FollowUp::Paired, &["man"])?;
/// counts.add(Points(4), FollowUp::Unpaired, &["man"])?;
/// counts.add(Points(4), FollowUp::Unpaired, &["not recorded"])?;
///
/// let attrition = Attrition::of(&pairs, &counts, &AttritionOptions::default())?;
/// let bounds = attrition.mean_change_bounds.computed().unwrap();
/// // (2·2 − 2·4)/4 and (2·2 + 2·6)/4
/// assert_eq!((bounds.worst, bounds.best), (-1.0, 4.0));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Attrition {
    /// What the comparison goes by.
    pub options: AttritionOptions,
    /// The pairs of those due with a baseline.
    pub completion: Share,
    /// The baseline score and then each trait, in the order counted.
    pub traits: Vec<TraitComparison>,
    /// What the share improved could be among all who were due. Improved is a change of any size in the
    /// better direction.
    pub improved_bounds: ImprovedBounds,
    /// What the mean change could be among all who were due.
    pub mean_change_bounds: Estimate<MeanChangeBounds>,
    /// How the unpaired would have to have changed for the mean change of all to be zero.
    pub tipping_point: Estimate<TippingPoint>,
    /// What it comes to.
    pub verdict: AttritionVerdict,
}

/// One trait of the paired and of the unpaired.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct TraitComparison {
    /// The trait, in words.
    pub name: String,
    /// The two groups.
    pub groups: TraitGroups,
    /// How far they lie apart.
    pub comparison: Comparison,
}

/// What the two groups are like.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(
    tag = "kind",
    rename_all = "kebab-case",
    rename_all_fields = "kebab-case",
    deny_unknown_fields
)]
pub enum TraitGroups {
    /// A score, in units of the printed score.
    Scores {
        /// Of those with a pair.
        paired: Moments,
        /// Of those without.
        unpaired: Moments,
    },
    /// Levels, in the order of their names.
    Levels {
        /// Each with its shares.
        levels: Vec<LevelComparison>,
    },
}

/// One level of a trait among the paired and among the unpaired.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct LevelComparison {
    /// The level.
    pub level: String,
    /// The pairs of this level, of all pairs.
    pub paired: Share,
    /// The unpaired of this level, of all unpaired.
    pub unpaired: Share,
    /// The standardised difference of the two shares, this level against all others, positive where it
    /// is commoner among the paired; absent where nobody or everybody is of it in both groups, or
    /// everybody in one and nobody in the other.
    pub standardised_difference: Option<f64>,
}

/// How far two groups lie apart on one trait, or why that cannot be said.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(
    tag = "outcome",
    rename_all = "kebab-case",
    rename_all_fields = "kebab-case",
    deny_unknown_fields
)]
pub enum Comparison {
    /// By their standardised difference.
    Compared {
        /// The difference.
        difference: StandardisedDifference,
        /// Its p adjusted for the number of traits compared.
        p_adjusted: f64,
        /// What the two come to.
        reading: DifferenceReading,
    },
    /// There is none.
    NotCompared {
        /// Why.
        reason: NotComparable,
    },
}

/// What a standardised difference, its interval and its p come to under the threshold set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DifferenceReading {
    /// It reaches the threshold, and chance alone rarely makes as much (adjusted p below 1 − level); or
    /// each group is all alike and the two have nothing in common.
    Different,
    /// It is below the threshold, and so is everything in its interval.
    Little,
    /// Neither: a difference that matters can be neither shown nor ruled out.
    Unclear,
}

impl Attrition {
    /// The name of the first trait compared.
    pub const BASELINE_SCORE: &'static str = "baseline score";

    /// Compares the pairs of a table with those counted as unpaired.
    ///
    /// # Errors
    /// [`AttritionCountsError::DifferentScales`] when the pairs are on another scale than the unpaired
    /// baselines; [`AttritionCountsError::OtherPeople`] when a trait was not counted of the same people.
    pub fn of(
        pairs: &PairCounts,
        counts: &AttritionCounts,
        options: &AttritionOptions,
    ) -> Result<Self, AttritionCountsError> {
        let unpaired = counts.unpaired();
        if pairs.scale() != unpaired.scale() {
            let (left, right) = (*pairs.scale(), *unpaired.scale());
            return Err(AttritionCountsError::DifferentScales { left, right });
        }
        let people = PairedUnpaired { paired: pairs.n(), unpaired: unpaired.n() };
        for of_trait in counts.traits() {
            let (counted, expected) = (of_trait.totals(), people);
            if counted != expected {
                let name = of_trait.name.clone();
                return Err(AttritionCountsError::OtherPeople { name, counted, expected });
            }
        }
        let due = people.paired + people.unpaired;
        let baselines = ScoreCounts::of_baselines(pairs);
        let scores = Some((&baselines, unpaired));
        let traits = TraitComparison::all(scores, counts.traits(), options);
        Ok(Self {
            options: *options,
            completion: Share::of(people.paired, due, options.level),
            improved_bounds: ImprovedBounds::of(pairs.improved(), people.paired, due),
            mean_change_bounds: MeanChangeBounds::of(pairs, unpaired).into(),
            tipping_point: TippingPoint::of(pairs, unpaired).into(),
            verdict: AttritionVerdict::of(people.paired, due, &traits, options),
            traits,
        })
    }
}

impl TraitComparison {
    /// The comparisons on the baseline score, where the scores of both are given, and on traits.
    pub(crate) fn all<'a>(
        scores: Option<(&ScoreCounts, &ScoreCounts)>,
        traits: impl IntoIterator<Item = &'a LevelCounts>,
        options: &AttritionOptions,
    ) -> Vec<Self> {
        let level = options.level;
        let baseline = scores.map(|(paired, unpaired)| Unadjusted {
            name: Attrition::BASELINE_SCORE.to_owned(),
            groups: TraitGroups::Scores { paired: paired.moments(), unpaired: unpaired.moments() },
            difference: StandardisedDifference::of_means(paired, unpaired, level),
        });
        let levels = traits.into_iter().map(|of_trait| of_levels(of_trait, level));
        adjusted(baseline.into_iter().chain(levels).collect(), options)
    }

    /// What the comparison comes to; `None` where there is nobody, or no difference, to compare.
    #[must_use]
    pub const fn reading(&self) -> Option<DifferenceReading> {
        match self.comparison {
            Comparison::Compared { reading, .. } => Some(reading),
            Comparison::NotCompared { reason } if reason.is_complete_difference() => {
                Some(DifferenceReading::Different)
            }
            Comparison::NotCompared { reason: NotComparable::OneInAGroup } => {
                Some(DifferenceReading::Unclear)
            }
            Comparison::NotCompared { .. } => None,
        }
    }
}

/// A trait before its p is adjusted.
struct Unadjusted {
    name: String,
    groups: TraitGroups,
    difference: Result<StandardisedDifference, NotComparable>,
}

fn of_levels(of_trait: &LevelCounts, level: ConfidenceLevel) -> Unadjusted {
    let people = of_trait.totals();
    let shares = of_trait.levels.iter().map(|(name, of)| LevelComparison {
        level: name.clone(),
        paired: Share::of(of.paired, people.paired, level),
        unpaired: Share::of(of.unpaired, people.unpaired, level),
        standardised_difference: of_one_level(*of, people),
    });
    Unadjusted {
        name: of_trait.name.clone(),
        groups: TraitGroups::Levels { levels: shares.collect() },
        difference: StandardisedDifference::of_shares(of_trait.levels.values().copied(), level),
    }
}

fn adjusted(traits: Vec<Unadjusted>, options: &AttritionOptions) -> Vec<TraitComparison> {
    let differences = traits.iter().filter_map(|of| of.difference.ok());
    let p = differences.map(|difference| NamedP { name: String::new(), p: difference.p });
    let of_p = |p: Vec<NamedP>| -> Result<Vec<f64>, ChangeOptionsError> {
        let adjusted = options.multiplicity.adjust(&p)?.p_values;
        Ok(adjusted.into_iter().map(|of| of.p_adjusted).collect())
    };
    // Every p lies between 0 and 1, which is all that is ever refused.
    let mut p_adjusted = of_p(p.collect()).unwrap_or_default().into_iter();
    let comparison = |difference| match difference {
        Err(reason) => Comparison::NotCompared { reason },
        Ok(difference) => {
            let p_adjusted = p_adjusted.next().unwrap_or(1.0);
            let reading = DifferenceReading::of(&difference, p_adjusted, options);
            Comparison::Compared { difference, p_adjusted, reading }
        }
    };
    let comparisons: Vec<_> = traits.iter().map(|of| of.difference).map(comparison).collect();
    let named = traits.into_iter().zip(comparisons);
    named
        .map(|(Unadjusted { name, groups, .. }, comparison)| TraitComparison {
            name,
            groups,
            comparison,
        })
        .collect()
}

impl DifferenceReading {
    fn of(
        difference: &StandardisedDifference,
        p_adjusted: f64,
        options: &AttritionOptions,
    ) -> Self {
        let threshold = options.difference_threshold.get();
        if libm::fabs(difference.value) >= threshold && p_adjusted < 1.0 - options.level.get() {
            Self::Different
        } else if difference.largest_within_interval() < threshold {
            Self::Little
        } else {
            Self::Unclear
        }
    }
}
