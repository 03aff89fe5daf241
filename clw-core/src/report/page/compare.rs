//! How the end-point rules differ.

use maud::{Markup, html};

use super::super::figures;
use super::super::format::{count, mean_places, percent, range, signed};
use super::super::table::Table;
use super::super::view::View;
use super::super::words;
use super::{fold, main_and_others};
use crate::estimate::Estimate;
use crate::evaluation::{FEW_PAIRS, RuleFindings};

/// The rules side by side; nothing where the plan compares none.
pub(super) fn rules(views: &[View<'_>]) -> Option<Markup> {
    views.iter().any(|view| view.findings.rules.len() > 1).then(|| {
        html! {
            p {
                "The last appointment is seldom known in advance, so programmes differ in which \
                 questionnaire they call the end. Each rule below reads the same records. The first \
                 is the rule of this report."
            }
            (main_and_others(views, |view| html! {
                @for figure in figures::rules(view) { (figure.markup()) }
                (fold("The rules in words", &side_by_side(view).markup()))
            }))
        }
    })
}

fn side_by_side(view: &View<'_>) -> Table {
    let mut table = Table::new("The rules in words", "Rule")
        .of(view.name())
        .text("End point")
        .text("Due when")
        .numbers("Paired of due")
        .numbers("Completion")
        .numbers("Mean change")
        .numbers("Interval");
    let places = mean_places(&view.findings.scale);
    for found in &view.findings.rules {
        let RuleFindings { rule, paired_completion: paired, change } = found;
        let completion =
            paired.proportion.computed().map_or_else(|| "–".to_owned(), |p| percent(p.value));
        let (mean, interval) = match &change.paired_t {
            Estimate::Computed(test) => (
                signed(test.mean_change, places),
                range(test.interval.lower, test.interval.upper, places),
            ),
            Estimate::NotComputed(reason) => ("–".to_owned(), format!("none: {reason}")),
        };
        let mean = if change.n < FEW_PAIRS { "too few pairs".to_owned() } else { mean };
        table.push(
            words::rule_short(rule),
            vec![
                words::end_point(rule.end_point),
                words::due(&rule.due),
                format!("{} of {}", count(paired.count), count(paired.of)),
                completion,
                mean,
                interval,
            ],
        );
    }
    table
}
