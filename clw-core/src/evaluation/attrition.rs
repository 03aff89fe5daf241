//! How those without a follow-up differ, and what that leaves unknown, under a plan.

use serde::{Deserialize, Serialize};

use crate::attrition::{
    Attrition, AttritionCounts, AttritionCountsError, AttritionOptions, CompletionPercent,
    DifferenceThreshold,
};
use crate::change::{Multiplicity, PairCounts};
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
        let Self { traits: _, difference_threshold, multiplicity, least_completion_percent } =
            *self;
        let options = AttritionOptions {
            level,
            difference_threshold,
            multiplicity,
            least_completion_percent,
        };
        Attrition::of(pairs, counts, &options)
    }
}
