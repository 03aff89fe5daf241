//! What happened to each person, by each way of counting, and how far the ways agree.

use maud::{Markup, html};

use super::super::super::figures;
use super::super::super::format::{count, decimal, percent, percent_from_to, percent_range, range};
use super::super::super::table::Table;
use super::super::super::view::View;
use super::scores::interval_heading;
use crate::change::{ChangeAgreement, ImportantChangeCounts, ReliableChangeCounts};
use crate::completion::ImprovedBounds;
use crate::estimate::{Estimate, Share};
use crate::instrument::Threshold;
use crate::sentences::classes;

pub(super) fn body(view: &View<'_>) -> Markup {
    let change = &view.findings.change;
    let has_reliable = !change.reliable_change.is_empty() || !change.sample_rules.is_empty();
    html! {
        @if let Some(figure) = figures::classes(view) { (figure.markup()) }
        (shares(view).markup())
        @if has_reliable {
            p.aside {
                "A person’s change counts as reliable where it is larger than the questionnaire’s \
                 own error would make it. Published thresholds differ, so each is named and shown \
                 beside the others."
                @if !change.important_change.is_empty() {
                    " An important change is one that matters by the anchor named; of two sizes, the \
                     first is for the better and the second for the worse."
                }
            }
        }
        @if !change.clinical_change.is_empty() { (across_cut_offs(view).markup()) }
        @if change.agreement.len() > 1 || has_reliable {
            details {
                summary { "How far these ways of counting agree" }
                p {
                    "Each asks another question of the same people, so they need not agree. Where they \
                     do not, a headline depends on the question."
                }
                (agreement(view).markup())
            }
        }
    }
}

/// Counts of each way of counting, of a sample too small for shares.
pub(super) fn counts_only(view: &View<'_>) -> Table {
    let mut table = Table::new("Counts only", "Way of counting")
        .of(view.name())
        .numbers("Improved")
        .numbers("No such change")
        .numbers("Worse")
        .numbers("Pairs");
    for Way { label, parts, .. } in ways(view) {
        let parts = parts.map(|share| count(share.count));
        let cells = parts.into_iter().chain([count(view.findings.change.n)]).collect();
        table.push(label, cells);
    }
    table
}

/// One way of counting who changed: improved, no such change, worse.
struct Way<'a> {
    label: String,
    smallest: String,
    parts: [&'a Share; 3],
}

fn ways<'a>(view: &View<'a>) -> Vec<Way<'a>> {
    let change = &view.findings.change;
    let any = &change.any_change;
    let any = Way {
        label: "Any change".to_owned(),
        smallest: "any".to_owned(),
        parts: [&any.improved, &any.same, &any.worse],
    };
    let reliable = |found: &'a ReliableChangeCounts| {
        let smallest = found.smallest_reliable_change;
        let smallest = smallest.map(|change| decimal(change, view.places()));
        Way {
            label: classes::rule_label(Some(view.measure), &found.rule),
            smallest: smallest.unwrap_or_else(|| "differs".to_owned()),
            parts: [&found.improved, &found.unchanged, &found.deteriorated],
        }
    };
    let important = |found: &'a ImportantChangeCounts| Way {
        label: classes::anchor_label(found.rule.anchor()),
        smallest: thresholds(found),
        parts: [&found.improved, &found.unimportant, &found.deteriorated],
    };
    let of_sample = change.sample_rules.iter().filter_map(|found| found.classes.computed());
    let of_sample = of_sample
        .map(reliable)
        .map(|way| Way { label: figures::of_these_pairs(&way.label), ..way });
    let named = change.reliable_change.iter().map(reliable);
    let important = change.important_change.iter().map(important);
    core::iter::once(any).chain(named).chain(of_sample).chain(important).collect()
}

/// `3 / 2` where what matters for the better and for the worse differs.
fn thresholds(found: &ImportantChangeCounts) -> String {
    let size = |threshold| match threshold {
        Threshold::AtLeast(change) => change.to_string(),
        Threshold::MoreThan(change) => format!("over {change}"),
    };
    let [gain, loss] = [found.rule.improvement(), found.rule.deterioration()].map(size);
    if gain == loss { gain } else { format!("{gain} / {loss}") }
}

/// Shares by each way of counting, each with its interval and its bounds among all who were due.
fn shares(view: &View<'_>) -> Table {
    let due = view.findings.improved_bounds.due;
    let mut table = Table::new("Improved, no such change and worse", "Rule")
        .of(view.name())
        .numbers("From, points")
        .numbers("Improved")
        .numbers(interval_heading(view.level))
        .numbers("Among all due")
        .numbers("No such change")
        .numbers("Worse");
    for Way { label, smallest, parts: [improved, same, worse] } in ways(view) {
        let bounds = ImprovedBounds::of(improved.count, improved.of, due);
        let bounds = bounds.worst.zip(bounds.best).map_or_else(
            || "–".to_owned(),
            |(worst, best)| format!("{}\u{a0}%", percent_from_to(worst, best)),
        );
        let [improved_share, same, worse] = [improved, same, worse].map(share);
        table.push(label, vec![smallest, improved_share, interval(improved), bounds, same, worse]);
    }
    table
}

fn share(share: &Share) -> String {
    match share.proportion {
        Estimate::Computed(p) => format!("{} ({})", count(share.count), percent(p.value)),
        Estimate::NotComputed(_) => count(share.count),
    }
}

fn interval(share: &Share) -> String {
    match share.proportion {
        Estimate::Computed(p) => percent_range(p.interval.lower, p.interval.upper),
        Estimate::NotComputed(_) => "–".to_owned(),
    }
}

/// Reliable change and a cut-off together.
fn across_cut_offs(view: &View<'_>) -> Table {
    let mut table = Table::new("Reliable change and a cut-off", "Rule")
        .of(view.name())
        .numbers("Cut-off")
        .numbers("Recovered: better and across")
        .numbers("Better, not across")
        .numbers("Not reliably different")
        .numbers("Worse")
        .numbers("Recovered, of those who could");
    for found in &view.findings.change.clinical_change {
        let recovered = &found.recovered_of_clinical;
        let cells = vec![
            decimal(found.cut_off_value, view.places()),
            share(&found.recovered),
            share(&found.improved),
            share(&found.unchanged),
            share(&found.deteriorated),
            format!("{} of {}", share(recovered), count(recovered.of)),
        ];
        table.push(classes::rule_label(Some(view.measure), &found.rule.reliable_change), cells);
    }
    table
}

/// Every two ways of counting side by side.
fn agreement(view: &View<'_>) -> Table {
    let mut table = Table::new("Two ways of counting side by side", "The two ways")
        .of(view.name())
        .under_heading()
        .numbers("Both better")
        .numbers("Both neither")
        .numbers("Both worse")
        .numbers("They differ")
        .numbers("Agree")
        .numbers("Cohen’s κ");
    for found in &view.findings.change.agreement {
        let ChangeAgreement { pairs: [[better, ..], [_, neither, _], [.., worse]], .. } = found;
        let [first, second] = [&found.first, &found.second]
            .map(|way| classes::definition_label(Some(view.measure), way));
        let differ = found.n.saturating_sub(found.agreed.count);
        let agree = found.agreed.proportion.computed();
        let kappa = match &found.cohens_kappa {
            Estimate::Computed(of) => {
                let limits = range(of.interval.lower, of.interval.upper, 2);
                format!("{} ({limits})", decimal(of.kappa, 2))
            }
            Estimate::NotComputed(reason) => format!("none: {reason}"),
        };
        let [better, neither, worse, differ] = [*better, *neither, *worse, differ].map(count);
        let agree = agree.map_or_else(|| "–".to_owned(), |of| percent(of.value));
        table
            .push(format!("{first}; {second}"), vec![better, neither, worse, differ, agree, kappa]);
    }
    table
}
