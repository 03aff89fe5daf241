//! Who was followed up, and what a share improved could be among all who were due.

use super::about::{About, Noun, interval_of_percent};
use super::format::{count, percent};
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
    let (worst, best) = (bounds.worst?, bounds.best?);
    if bounds.paired < FEW_PAIRS {
        return None;
    }
    let share = bounds.improved as f64 / bounds.paired as f64;
    let completion = paired.proportion.computed()?.value;
    Some(format!(
        "{} of the {} with a pair ({}) scored better than before, by any amount. Pairs are {} of \
         those due: among all {} the share could lie anywhere from {} to {}.",
        count(bounds.improved),
        count(bounds.paired),
        percent(share),
        percent(completion),
        about.noun.counted(bounds.due),
        percent(worst),
        percent(best)
    ))
}

/// What nobody knows.
#[must_use]
pub fn unknown(bounds: &ImprovedBounds) -> Option<String> {
    let unknown = bounds.due.saturating_sub(bounds.paired);
    (unknown > 0 && bounds.paired > 0)
        .then(|| format!("Nothing here says how the other {} did.", count(unknown)))
}
