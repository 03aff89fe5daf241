//! Those without a follow-up: how they differ from those with one, and what that leaves unknown.
//!
//! Everyone here was due and has a baseline. The [`Attrition`] of a programme compares the paired with
//! the unpaired on each recorded trait by [standardised differences](StandardisedDifference), bounds
//! the share improved and the mean change of all who were due by what the scale allows, says how far
//! the unpaired would have had to move for the mean change to be zero ([`TippingPoint`]), and ends in
//! one [`AttritionVerdict`].
//!
//! [`Weighting`] weights the pairs so that they look like everybody due, as far as recorded: a
//! sensitivity result beside the others.
//!
//! Whether the unpaired did better or worse than the paired is in no record: people who are alike on
//! everything recorded may differ in how they fared, and that difference may be why they were not
//! followed up (missing not at random: Rubin 1976, doi:10.1093/biomet/63.3.581). So no verdict here
//! says that the pairs stand for everyone; the bounds alone hold whatever happened.

mod compare;
mod counts;
mod design;
mod error;
#[cfg(test)]
mod golden;
#[cfg(test)]
mod golden_weighting;
mod hajek;
mod logistic;
mod mean_bounds;
mod options;
mod profile_counts;
#[cfg(test)]
mod scenarios;
mod score_counts;
mod standardised_difference;
mod verdict;
mod weighting;

pub use compare::{
    Attrition, Comparison, DifferenceReading, LevelComparison, TraitComparison, TraitGroups,
};
pub use counts::{AttritionCounts, FollowUp, LevelCounts, PairedUnpaired};
pub use design::{ModelTerm, PooledLevels};
pub use error::{AttritionCountsError, AttritionOptionsError};
pub use mean_bounds::{MeanChangeBounds, TippingChange, TippingPoint};
pub use options::{AttritionOptions, CompletionPercent, DifferenceThreshold};
pub use profile_counts::{Profile, ProfileCell, ProfileCounts};
pub use score_counts::ScoreCounts;
pub use standardised_difference::{DifferenceForm, NotComparable, StandardisedDifference};
pub use verdict::AttritionVerdict;
pub use weighting::{
    ModelCoefficient, NotWeightable, WeightSummary, WeightVariance, Weighted, WeightedEstimate,
    Weighting, WeightingOptions,
};
