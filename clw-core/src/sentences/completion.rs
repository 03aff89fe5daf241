//! Who was followed up, and what a share improved could be among all who were due.

use super::about::{About, Noun, interval_of_percent};
use super::format::{count, one_or_count, percent};
use crate::completion::ImprovedBounds;
use crate::estimate::{Estimate, Share};
use crate::evaluation::FEW_PAIRS;

/// How many of those due have a pair.
#[must_use]
pub fn paired_completion(noun: Noun, paired: &Share) -> String {
    match paired.proportion {
        Estimate::Computed(proportion) => format!(
            "Of {} whose follow-up was due, {} ({}; {}) {} a pair of scores to compare.",
            noun.counted(paired.of),
            count(paired.count),
            percent(proportion.value),
            interval_of_percent(&proportion.interval),
            if paired.count == 1 { "has" } else { "have" }
        ),
        Estimate::NotComputed(_) => {
            format!("No follow-up was due, so there are no {} to compare.", noun.several)
        }
    }
}

/// The share improved, never without pairs, due, completion and bounds; nothing of few pairs.
#[must_use]
pub fn improved(about: &About<'_>, bounds: &ImprovedBounds, paired: &Share) -> Option<String> {
    let among_due = improved_among_due(about, bounds, paired)?;
    let share = bounds.improved as f64 / bounds.paired as f64;
    Some(format!(
        "{} of the {} with a pair ({}) scored better than before, by any amount. {among_due}",
        count(bounds.improved),
        count(bounds.paired),
        percent(share),
    ))
}

/// What the share improved could be among all who were due; nothing of few pairs.
#[must_use]
pub fn improved_among_due(
    about: &About<'_>,
    bounds: &ImprovedBounds,
    paired: &Share,
) -> Option<String> {
    let (worst, best) = (bounds.worst?, bounds.best?);
    let completion = paired.proportion.computed()?.value;
    (bounds.paired >= FEW_PAIRS).then(|| {
        format!(
            "Pairs are {} of those due: among all {} the share who improved could lie anywhere from \
             {} to {}.",
            percent(completion),
            about.noun.counted(bounds.due),
            percent(worst),
            percent(best)
        )
    })
}

/// What nobody knows.
#[must_use]
pub fn unknown(bounds: &ImprovedBounds) -> Option<String> {
    let unknown = bounds.due.saturating_sub(bounds.paired);
    (unknown > 0 && bounds.paired > 0)
        .then(|| format!("Nothing here says how the other {} did.", one_or_count(unknown)))
}
