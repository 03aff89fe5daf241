//! What help people had besides scores, and how those fared who were asked again after the end.

use maud::{Markup, html};

use super::super::figures;
use super::super::format::{count, decimal, percent, percent_range, range};
use super::super::table::Table;
use super::super::view::View;
use super::super::words;
use super::{fold, off};
use crate::estimate::{Estimate, Share};
use crate::evaluation::{
    AfterExit, Benefit, OnwardFindings, OutcomeFindings, RecordFindings, Valuation,
};
use crate::sentences::{Noun, help, value as value_in_words};

pub(super) fn body(records: &RecordFindings, noun: Noun, views: &[View<'_>]) -> Markup {
    html! {
        h3 { "Needs" }
        (needs(records, noun))
        h3 { "Referrals onward" }
        (onward(records, noun))
        h3 { "Things that happened" }
        (outcomes(records, noun))
        h3 { "After the end" }
        (after_exit(views))
        (value(views))
    }
}

fn needs(records: &RecordFindings, noun: Noun) -> Markup {
    html! {
        @match help::needs(noun, &records.help.needs) {
            Some(sentence) => {
                p { (sentence) }
                @if let Some(figure) = figures::records::needs(records) {
                    (fold("Needs of each kind", &figure.markup()))
                }
            }
            None => (off("No list of needs is kept, so none are shown. Give a table of needs with what each \
                          is about and whether it was met.")),
        }
    }
}

fn onward(records: &RecordFindings, noun: Noun) -> Markup {
    html! {
        @match help::onward(noun, &records.help.onward) {
            Some(sentence) => {
                p { (sentence) }
                @if let Some(figure) = figures::records::onward(records) {
                    (figure.markup())
                    (fold("Each status", &html! { (statuses(&records.help.onward).markup()) }))
                }
            }
            None => (off("No list of referrals onward is kept, so none are shown. Give a table of them with \
                          the last known status of each.")),
        }
    }
}

/// The last known status of each referral onward, the unknown last.
fn statuses(found: &OnwardFindings) -> Table {
    let mut table = Table::new("Referrals onward by their last known status", "Status")
        .numbers("Referrals")
        .numbers("Of all")
        .numbers("Interval");
    for of in &found.by_status {
        table.push(words::code(of.status.code()), share_cells(&of.referrals));
    }
    let unknown = found.uptake.iter().find(|of| of.uptake == crate::evaluation::Uptake::NotKnown);
    if let Some(unknown) = unknown {
        table.push("No status is known", share_cells(&unknown.referrals));
    }
    table
}

fn share_cells(share: &Share) -> Vec<String> {
    let (of_all, interval) = match share.proportion {
        Estimate::Computed(found) => {
            (percent(found.value), percent_range(found.interval.lower, found.interval.upper))
        }
        Estimate::NotComputed(_) => ("–".to_owned(), "–".to_owned()),
    };
    vec![count(share.count), of_all, interval]
}

fn outcomes(records: &RecordFindings, noun: Noun) -> Markup {
    let found = &records.help.outcomes;
    html! {
        @match help::outcomes(noun, found) {
            Some(sentence) => {
                p { (sentence) }
                @if !found.by_reason.is_empty() {
                    (fold("What happened, by what it is about", &html! {
                        (kinds(noun, found).markup())
                    }))
                }
            }
            None => (off("No list of things that happened is kept, such as a benefit awarded or a home \
                          found, so none are shown.")),
        }
    }
}

fn kinds(noun: Noun, found: &OutcomeFindings) -> Table {
    let whose = words::sentence_case(noun.several);
    let mut table = Table::new("Things that happened", "About")
        .numbers(format!("{whose} with one"))
        .numbers("Of all with a list")
        .numbers("Interval");
    for of in &found.by_reason {
        table.push(words::code(of.reason.code()), share_cells(&of.episodes));
    }
    table
}

fn after_exit(views: &[View<'_>]) -> Markup {
    let asked = views.iter().filter_map(|view| Some((view, view.findings.after_exit.as_ref()?)));
    let asked: Vec<_> = asked.collect();
    html! {
        @if asked.is_empty() {
            (off("The plan does not say after how many days a questionnaire counts as one after the end, so \
                  those asked again are not shown. Give “after-exit-days”."))
        }
        @for (view, found) in &asked { p { (help::after_exit(&view.about(), found)) } }
        @if let Some(said) = asked.first().and_then(|(view, found)| end_point(view, found)) {
            (off(&said))
        }
        @if !asked.is_empty() {
            (fold("Scores long after the end", &html! { (changes(&asked).markup()) }))
        }
    }
}

/// Whether the rule of this report may take what was answered long after the end as the end of support.
fn end_point(view: &View<'_>, found: &AfterExit) -> Option<String> {
    let rule = &view.findings.rules.first()?.rule;
    help::end_point_after_exit(rule.end_point, found.days)
}

/// Off unless the plan gives the assumptions it rests on.
fn value(views: &[View<'_>]) -> Markup {
    let asked = views.iter().filter_map(|view| Some((view, view.findings.value.as_ref()?)));
    let asked: Vec<_> = asked.collect();
    html! {
        @if !asked.is_empty() {
            h3 { "What it is worth by the Treasury’s unit value" }
        }
        @for (view, valuation) in asked {
            @match valuation {
                Valuation::Valued(found) => p { (value_in_words::wellby(&view.about(), found)) },
                Valuation::NotValued(refusal) => (off(&value_in_words::refused(refusal))),
            }
        }
    }
}

fn changes(asked: &[(&View<'_>, &AfterExit)]) -> Table {
    let mut table = Table::new("Change up to long after the end", "Measure and stretch")
        .numbers("Pairs")
        .numbers("Mean change")
        .numbers("Interval")
        .numbers("Improved");
    for (view, found) in asked {
        for (stretch, benefit) in
            [("from the baseline", &found.since_baseline), ("from the end", &found.since_exit)]
        {
            table.push(format!("{}, {stretch}", view.name()), benefit_cells(view, benefit));
        }
    }
    table
}

fn benefit_cells(view: &View<'_>, benefit: &Benefit) -> Vec<String> {
    let places = view.places();
    let few = benefit.change.n < crate::evaluation::FEW_PAIRS;
    let dash = || "–".to_owned();
    let mean = benefit.change.mean.computed().filter(|_| !few);
    let limits = benefit.mean_change_interval.computed();
    let improved = &benefit.improved;
    let share = improved.proportion.computed().filter(|_| !few);
    vec![
        count(benefit.change.n),
        mean.map_or_else(
            || if few { "too few pairs".to_owned() } else { dash() },
            |mean| super::super::format::signed(*mean, places),
        ),
        limits.map_or_else(dash, |limits| range(limits.lower, limits.upper, places)),
        share.map_or_else(
            || count(improved.count),
            |share| {
                format!("{} ({}\u{a0}%)", count(improved.count), decimal(100.0 * share.value, 1))
            },
        ),
    ]
}
