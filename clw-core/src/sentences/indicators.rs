//! Indicators over the periods of a report.

use super::about::interval_of_percent;
use super::format::{count, percent, percent_digits, printable};
use crate::estimate::Estimate;
use crate::indicator::{IndicatorDefinition, IndicatorReport, NotFinished};
use crate::instrument::Direction;

/// An indicator over all months reported, beside its target.
#[must_use]
pub fn whole(report: &IndicatorReport) -> String {
    let definition = report.indicator.definition();
    let title = printable(&definition.title);
    let counts = format!("{} of {}", count(report.whole.count), count(report.whole.of));
    let Estimate::Computed(share) = report.whole.proportion else {
        return format!("{title}: there is nobody to take a share of.");
    };
    let found = format!(
        "{title}: {} ({counts}; {})",
        percent(share.value),
        interval_of_percent(&share.interval)
    );
    match (target(report), report.whole_beside_target) {
        (Some(target), Some(beside)) => {
            format!("{found}; the target is {target}, and this is {}.", beside.words())
        }
        _ => format!("{found}."),
    }
}

/// How many may be finished or not, for want of a number of contacts; nothing of none.
#[must_use]
pub fn not_known_whether_finished(report: &IndicatorReport) -> Option<String> {
    let episodes = *report.not_finished.get(&NotFinished::ContactsNotKnown)?;
    let (are, they) = if episodes == 1 { ("episode is", "it") } else { ("episodes are", "they") };
    Some(format!(
        "{} closed {are} left out: how many contacts were attended is not known, so nobody can tell \
         whether {they} finished a course.",
        count(episodes)
    ))
}

/// Why episodes are not counted as finished, as the line of a table.
#[must_use]
pub const fn not_finished(reason: NotFinished) -> &'static str {
    match reason {
        NotFinished::Open => "Not finished: still open",
        NotFinished::FewerContacts => "Not finished: closed after fewer than two contacts",
        NotFinished::ContactsNotKnown => "Not known: closed, number of contacts not known",
    }
}

/// The target in words; none where none is set.
#[must_use]
pub fn target(report: &IndicatorReport) -> Option<String> {
    target_of(report.indicator.definition())
}

/// The target of a definition in words; none where none is set.
#[must_use]
pub fn target_of(definition: &IndicatorDefinition) -> Option<String> {
    let digits = percent_digits(definition.target?.to_f64());
    Some(match definition.direction {
        Direction::HigherIsBetter => format!("{digits}\u{a0}% at least"),
        Direction::LowerIsBetter => format!("{digits}\u{a0}% at most"),
    })
}
