//! Those whose follow-up was due and who have none: how they differ, and what that leaves unknown.

use super::about::{About, Noun};
use super::format::{decimal, from_to, one_or_count, printable};
use crate::attrition::{
    Attrition, AttritionOptions, AttritionVerdict, Comparison, TippingChange, TippingPoint,
};

/// What the comparison of those with and without a follow-up comes to.
#[must_use]
pub fn verdict(noun: Noun, found: &Attrition) -> String {
    let others = found.completion.of.saturating_sub(found.completion.count);
    verdict_of(noun, others, &found.verdict, &found.options, |name| {
        found.traits.iter().find(|of| of.name == name).map(|of| of.comparison)
    })
}

/// What a verdict on those with and so many others without a follow-up says, with the size of each
/// difference named, where there is one.
#[must_use]
pub fn verdict_of(
    noun: Noun,
    others: u64,
    verdict: &AttritionVerdict,
    options: &AttritionOptions,
    comparison: impl Fn(&str) -> Option<Comparison>,
) -> String {
    match verdict {
        AttritionVerdict::NobodyDue => "No follow-up was due, so nobody is missing.".to_owned(),
        AttritionVerdict::EverybodyFollowedUp => {
            "Everybody whose follow-up was due has one, so nobody is missing.".to_owned()
        }
        AttritionVerdict::NobodyFollowedUp => {
            "Nobody has a follow-up, so nothing is known of change.".to_owned()
        }
        AttritionVerdict::CompletionTooLow { different_on } => format!(
            "Fewer than {}\u{a0}% of those due were followed up, so the pairs say little about the other \
             {}, {}.",
            options.least_completion_percent.get(),
            noun.counted(others),
            match different_on.as_slice() {
                [] => "however alike they look".to_owned(),
                traits => format!("who look different on {}", listed(traits, comparison)),
            }
        ),
        AttritionVerdict::LooksDifferent { different_on } => format!(
            "Those without a follow-up look different from those with one, on {}.",
            listed(different_on, comparison)
        ),
        AttritionVerdict::NoDifferenceFound { unclear_on } => format!(
            "No difference was found between those with and without a follow-up, and one cannot be \
             ruled out on {}.",
            listed(unclear_on, comparison)
        ),
        AttritionVerdict::LittleDifference => {
            "Those with and without a follow-up look much alike on what was compared; how the others \
             fared is still in no record."
                .to_owned()
        }
        AttritionVerdict::NothingToCompare => {
            "Nothing is recorded that tells those with a follow-up from those without.".to_owned()
        }
    }
}

/// The traits with the sizes of their standardised differences.
fn listed(names: &[String], comparison: impl Fn(&str) -> Option<Comparison>) -> String {
    let size = |name: &String| match comparison(name)? {
        Comparison::Compared { difference, .. } => Some(libm::fabs(difference.value)),
        Comparison::NotCompared { .. } => None,
    };
    let named = names.iter().map(|name| match size(name) {
        Some(size) => format!("{} ({}\u{a0}SD)", printable(name), decimal(size, 2)),
        None => printable(name),
    });
    let named: Vec<String> = named.collect();
    match named.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, others)) => format!("{} and {last}", others.join(", ")),
        None => String::new(),
    }
}

/// What the mean change could be among everyone due; nothing where everybody has a pair, or nobody.
#[must_use]
pub fn mean_bounds(about: &About<'_>, found: &Attrition) -> Option<String> {
    let bounds = found.mean_change_bounds.computed().filter(|bounds| bounds.unpaired > 0)?;
    let ends = [bounds.worst, bounds.best];
    Some(mean_between(about, bounds.unpaired, ends, bounds.baseline_carried_forward))
}

/// The mean change among everyone due: its ends, and what it would be had none of the others changed.
#[must_use]
pub fn mean_between(
    about: &About<'_>,
    others: u64,
    [worst, best]: [f64; 2],
    carried_forward: f64,
) -> String {
    format!(
        "How the other {} fared is in no record. Among everyone due the mean change could be anything \
         from {} points; had none of them changed, it would be {}.",
        one_or_count(others),
        from_to(worst.min(best), worst.max(best), about.places()),
        decimal(carried_forward, about.places())
    )
}

/// How the others would have to have fared for the mean change of everyone due to be zero.
#[must_use]
pub fn tipping_point(about: &About<'_>, found: &Attrition) -> Option<String> {
    found.tipping_point.computed().and_then(|tipping| tipping_at(about, tipping))
}

/// A tipping point; nothing where everybody has a pair.
#[must_use]
pub fn tipping_at(about: &About<'_>, found: &TippingPoint) -> Option<String> {
    let moved = |tipping: &TippingChange| {
        let change = tipping.mean_change_of_unpaired;
        let way = if change < 0.0 { "fallen" } else { "risen" };
        format!("{way} by {} points", decimal(libm::fabs(change), about.places()))
    };
    let had =
        "For everyone due to come out with no change on average, the others would have to have";
    match found {
        TippingPoint::EverybodyPaired => None,
        TippingPoint::AlreadyZero => {
            Some("The mean change of those followed up is zero as it is.".to_owned())
        }
        TippingPoint::WithinTheScale(tipping) => {
            Some(format!("{had} {} on average, which the scale allows.", moved(tipping)))
        }
        TippingPoint::BeyondTheScale(tipping) => Some(format!(
            "{had} {} on average, further than the scale goes: the direction stands whatever happened \
             to them.",
            moved(tipping)
        )),
    }
}
