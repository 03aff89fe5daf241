//! How those without a follow-up differ, and what that leaves unknown, under a plan.

use serde::{Deserialize, Serialize};

use crate::attrition::{
    Attrition, AttritionCounts, AttritionCountsError, AttritionOptions, CompletionPercent,
    DifferenceThreshold, ProfileCounts, WeightVariance, Weighting, WeightingOptions,
};
use crate::caseload::add_count;
use crate::change::{Multiplicity, PairCounts, PairSums};
use crate::completion::GroupBy;
use crate::estimate::ConfidenceLevel;
use crate::instrument::Scale;

/// On what those with and without a follow-up are compared, and by which conventions.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub struct AttritionPlan {
    /// The traits, beside the baseline score: unless stated age band, gender, SIMD quintile, referral
    /// source and main reason, which most programmes record.
    pub traits: Vec<GroupBy>,
    /// From which size on a difference counts.
    pub difference_threshold: DifferenceThreshold,
    /// How the p of the traits are adjusted for their number.
    pub multiplicity: Multiplicity,
    /// Below which completion nothing is concluded from a comparison.
    pub least_completion_percent: CompletionPercent,
    /// By what the pairs are weighted to look like everybody due; they are not if absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub weighting: Option<WeightingPlan>,
}

/// By what the pairs are weighted to look like everybody due, as a sensitivity result.
///
/// It takes counts by every combination of the traits and the baseline score: the finest that an
/// evaluation holds, and of few people each. So it is counted only where a plan asks for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct WeightingPlan {
    /// The traits, beside the baseline score.
    pub traits: Vec<GroupBy>,
    /// How the standard errors are estimated.
    #[serde(default)]
    pub variance: WeightVariance,
    /// Levels with fewer paired or unpaired people are taken together.
    #[serde(default = "fewest_of_a_level")]
    pub fewest_of_a_level: u64,
}

fn fewest_of_a_level() -> u64 {
    WeightingOptions::default().fewest_of_a_level
}

impl WeightingPlan {
    pub(super) fn counts(&self, scale: Scale) -> ProfileCounts {
        ProfileCounts::new(scale, self.traits.iter().map(|by| by.name()))
    }

    /// Whether these are counts of the people of these pairs and of so many without, by these traits,
    /// and the sums of their changes those of the pairs.
    pub(super) fn fits(
        &self,
        counts: &ProfileCounts,
        scale: Scale,
        pairs: &PairCounts,
        unpaired: u64,
    ) -> bool {
        let (mut all_paired, mut all_unpaired, mut improved) = (0, 0, 0);
        let (mut change, mut squared) = (0_i128, 0_i128);
        let sum = counts.cells().try_for_each(|(_, cell)| {
            // 64 bits each, of fewer than 2³² profiles.
            change += i128::from(cell.change_steps);
            squared += i128::from(cell.change_steps_squared);
            add_count(&mut improved, cell.improved)?;
            add_count(&mut all_paired, cell.paired)?;
            add_count(&mut all_unpaired, cell.unpaired)
        });
        let of_pairs = PairSums::of(pairs);
        sum.is_ok()
            && (all_paired, all_unpaired, improved) == (pairs.n(), unpaired, pairs.improved())
            && (change, squared) == (of_pairs.change(), of_pairs.change_squared())
            && *counts.scale() == scale
            && counts.traits().iter().map(String::as_str).eq(self.traits.iter().map(|of| of.name()))
    }

    pub(super) fn weight(&self, counts: &ProfileCounts, level: ConfidenceLevel) -> Weighting {
        let Self { traits: _, variance, fewest_of_a_level } = *self;
        Weighting::of(counts, &WeightingOptions { level, variance, fewest_of_a_level })
    }
}

impl Default for AttritionPlan {
    fn default() -> Self {
        let AttritionOptions {
            level: _,
            difference_threshold,
            multiplicity,
            least_completion_percent,
        } = AttritionOptions::default();
        Self {
            traits: vec![
                GroupBy::AgeBand,
                GroupBy::Gender,
                GroupBy::SimdQuintile,
                GroupBy::ReferralSource,
                GroupBy::ReferralReason,
            ],
            difference_threshold,
            multiplicity,
            least_completion_percent,
            weighting: None,
        }
    }
}

impl AttritionPlan {
    pub(super) fn counts(&self, scale: Scale) -> AttritionCounts {
        AttritionCounts::new(scale, self.traits.iter().map(|by| by.name()))
    }

    /// Whether these are the traits that were counted.
    pub(super) fn fits(&self, counts: &AttritionCounts) -> bool {
        let counted = counts.traits().iter().map(|of| of.name.as_str());
        counted.eq(self.traits.iter().map(|by| by.name()))
    }

    pub(super) fn compare(
        &self,
        pairs: &PairCounts,
        counts: &AttritionCounts,
        level: ConfidenceLevel,
    ) -> Result<Attrition, AttritionCountsError> {
        let Self { difference_threshold, multiplicity, least_completion_percent, .. } = *self;
        let options = AttritionOptions {
            level,
            difference_threshold,
            multiplicity,
            least_completion_percent,
        };
        Attrition::of(pairs, counts, &options)
    }
}
