//! Before the first sitting: how many pairs it takes, and how small a change can be seen.

use super::about::{About, sides};
use super::format::{count, decimal, level, percent, signed};
use crate::change::{MinimumDetectableChange, PairsNeeded, PlannedComparison};

/// How many pairs a planned test needs; `about` says on which measure.
#[must_use]
pub fn pairs_needed(about: &About<'_>, plan: &PlannedComparison, found: &PairsNeeded) -> String {
    let places = about.places();
    format!(
        "To see a mean change of {} points on {} where changes have a standard deviation of {}, a \
         paired t test ({}, intervals of {}) needs {}\u{a0}pairs for a chance of {}. More have to \
         start, since not everybody is followed up.",
        signed(plan.effect(), places),
        about.name(),
        decimal(plan.standard_deviation_of_change(), places),
        sides(plan.alternative()),
        level(plan.level()),
        count(found.pairs),
        percent(found.power)
    )
}

/// The chance that a planned test sees the change with so many pairs as `about` has.
#[must_use]
pub fn power(about: &About<'_>, plan: &PlannedComparison, power: f64) -> String {
    let places = about.places();
    format!(
        "With {}, a paired t test ({}, intervals of {}) has a chance of {} to see a mean change of {} \
         points on {} where changes have a standard deviation of {}.",
        about.pairs(),
        sides(plan.alternative()),
        level(plan.level()),
        percent(power),
        signed(plan.effect(), places),
        about.name(),
        decimal(plan.standard_deviation_of_change(), places)
    )
}

/// The smallest change of one person that measurement error alone would seldom make.
#[must_use]
pub fn minimum_detectable_change(about: &About<'_>, found: &MinimumDetectableChange) -> String {
    // Of one person’s change; a place more than of a mean, as it is compared with.
    let places = about.places().max(2);
    format!(
        "One person’s change on {} has to be larger than {} points to be more than the \
         questionnaire’s own error would make in 95 of 100 cases (standard error of measurement {} \
         points).",
        about.name(),
        decimal(found.minimum_detectable_change, places),
        decimal(found.standard_error_of_measurement, places)
    )
}
