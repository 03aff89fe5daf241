//! Published counts in words: each, or that it is hidden.

use super::super::format::{count, percent, percent_range};
use super::super::table::Table;
use super::super::view;
use crate::disclosure::{PublishedCount, PublishedShare};
use crate::estimate::{Estimate, Share};
use crate::evaluation::{DisclosedEvaluation, DisclosedMeasure};
use crate::sentences::Noun;

/// What stands in the place of what is not shown.
pub(in super::super) const HIDDEN: &str = "hidden";

/// Episodes are called people where it is shown that nobody has two.
pub(super) fn noun(disclosed: &DisclosedEvaluation) -> Noun {
    match (disclosed.people, disclosed.episodes) {
        (PublishedCount::Shown(people), PublishedCount::Shown(episodes)) if people == episodes => {
            Noun::PEOPLE
        }
        _ => Noun::EPISODES,
    }
}

pub(in super::super) fn name(measure: &DisclosedMeasure) -> String {
    view::measure_name(&measure.label, &measure.title)
}

pub(in super::super) fn shown(published: PublishedCount) -> String {
    published.shown().map_or_else(|| HIDDEN.to_owned(), count)
}

/// A share whose counts are both shown.
pub(super) fn whole(share: &PublishedShare) -> Option<Share> {
    Some(Share {
        count: share.count.shown()?,
        of: share.of.shown()?,
        proportion: share.proportion?,
    })
}

pub(super) fn share_cells(share: &PublishedShare) -> Vec<String> {
    let proportion = share.proportion.as_ref().and_then(Estimate::computed);
    let or_hidden = |text: Option<String>| match (text, share.proportion.is_some()) {
        (Some(text), _) => text,
        (None, true) => "–".to_owned(),
        (None, false) => HIDDEN.to_owned(),
    };
    vec![
        shown(share.count),
        shown(share.of),
        or_hidden(proportion.map(|of| percent(of.value))),
        or_hidden(proportion.map(|of| percent_range(of.interval.lower, of.interval.upper))),
    ]
}

pub(super) fn shares(caption: &str, first_column: &str) -> Table {
    Table::new(caption, first_column)
        .numbers("Count")
        .numbers("Of")
        .numbers("Share")
        .numbers("Interval")
}

/// `12 of 40 (30.0 %)`, as far as it is shown.
pub(in super::super) fn share_of(share: &PublishedShare) -> String {
    let basis = format!("{} of {}", shown(share.count), shown(share.of));
    match share.proportion.as_ref().and_then(Estimate::computed) {
        Some(found) => format!("{basis} ({})", percent(found.value)),
        None => basis,
    }
}
