//! Who came in and who is missing: every episode, questionnaire and row accounted for.

use maud::{Markup, html};

use super::super::figures;
use super::super::format::{count, percent, percent_range, printable};
use super::super::table::Table;
use super::super::view::{View, noun};
use super::super::words;
use super::fold;
use crate::caseload::{RowAccount, TableAccount};
use crate::estimate::{Estimate, Share};
use crate::evaluation::{ClosureCounts, Evaluation};
use crate::pairing::{Counted, SittingRole};
use crate::sentences::Noun;

pub(super) fn body(evaluation: &Evaluation, views: &[View<'_>]) -> Markup {
    let counts = &evaluation.counts;
    html! {
        p { (who(evaluation)) }
        @if counts.later_episodes > 0 {
            p {
                (Noun::EPISODES.counted(counts.later_episodes))
                " referred after that day left out."
            }
        }
        @if let Some(main) = views.first() {
            (figures::flow(main).markup())
            (rates(main).markup())
        }
        @if views.len() > 1 {
            (fold("The same boxes for every measure", &boxes(views).markup()))
        }
        (fold("What became of each questionnaire", &sittings(views).markup()))
        (fold("Open and closed", &closures(counts.closures).markup()))
        @if !counts.rows.tables.is_empty() {
            (fold("What became of every row that was read", &html! {
                p { "Every row that was read is either used or rejected for one reason." }
                (rows(&counts.rows).markup())
            }))
        }
    }
}

fn who(evaluation: &Evaluation) -> String {
    let counts = &evaluation.counts;
    let people = Noun::PEOPLE.counted(counts.people);
    if noun(evaluation) == Noun::PEOPLE {
        return format!("{people} came in, each once.");
    }
    format!(
        "{people} came in with {}. An episode is one referral and what followed from it; who comes \
         back begins another. What is counted below is episodes.",
        Noun::EPISODES.counted(counts.episodes)
    )
}

fn rates(view: &View<'_>) -> Table {
    let rates = &view.findings.flow.rates;
    let mut table = Table::new("Completion", "Rate")
        .of(view.name())
        .numbers("Share")
        .numbers("Interval")
        .numbers("From")
        .text("What it says");
    let entries: [(&str, &Share, &str); 5] = [
        (
            "Baseline completion",
            &rates.baseline_completion,
            "of those eligible, have a scored baseline",
        ),
        (
            "Paired completion",
            &rates.paired_completion,
            "of those whose follow-up is due, have a pair: the headline",
        ),
        (
            "Coverage",
            &rates.coverage,
            "of those eligible, have a pair: whoever was never asked \
             counts against it",
        ),
        (
            "Timeliness",
            &rates.timeliness,
            "of those with a scored follow-up, have one where the end-point rule looks",
        ),
        (
            "Item completion",
            &view.findings.item_completion,
            "of the questions on all questionnaires, were answered",
        ),
    ];
    for (name, share, meaning) in entries {
        let (value, interval) = match share.proportion {
            Estimate::Computed(p) => {
                (percent(p.value), percent_range(p.interval.lower, p.interval.upper))
            }
            Estimate::NotComputed(_) => ("–".to_owned(), "–".to_owned()),
        };
        let from = format!("{} of {}", count(share.count), count(share.of));
        table.push(name, vec![value, interval, from, meaning.to_owned()]);
    }
    table
}

/// The boxes of all measures side by side.
fn boxes(views: &[View<'_>]) -> Table {
    let table = Table::new("The same boxes for every measure", "Box");
    let mut table = views.iter().fold(table, |table, view| table.numbers(view.name()));
    let main = views.first().map(|view| view.findings.flow.boxes.as_slice()).unwrap_or_default();
    for (place, found) in main.iter().enumerate() {
        let cell = |view: &View<'_>| {
            let found = view.findings.flow.boxes.get(place);
            count(found.map_or(0, |found| found.episodes))
        };
        table.push(words::flow_box(found.flow_box), views.iter().map(cell).collect());
    }
    table
}

fn sittings(views: &[View<'_>]) -> Table {
    let table = Table::new("What became of each questionnaire", "Questionnaire").under_heading();
    let mut table = views.iter().fold(table, |table, view| table.numbers(view.name()));
    let of = |view: &View<'_>, role: SittingRole| view.counts.sittings.get(role);
    for role in SittingRole::ALL {
        if views.iter().any(|view| of(view, *role) > 0) {
            let cells = views.iter().map(|view| count(of(view, *role))).collect();
            table.push(words::sitting_role(*role), cells);
        }
    }
    let all = |view: &View<'_>| count(view.counts.sittings.iter().map(|(_, n)| n).sum());
    table.push("All", views.iter().map(all).collect());
    table
}

fn closures(closures: ClosureCounts) -> Table {
    let mut table =
        Table::new("Whether episodes are over", "Closure").under_heading().numbers("Episodes");
    for (name, episodes) in [
        ("Open", closures.open),
        ("Open again: attended after the recorded closure", closures.reopened),
        ("Closed, as recorded", closures.recorded),
        ("Closed, inferred from inactivity", closures.inferred_inactive),
    ] {
        table.push(name, vec![count(episodes)]);
    }
    table
}

fn rows(rows: &RowAccount) -> Table {
    let mut table = Table::new("What became of every row", "Table")
        .under_heading()
        .numbers("Read")
        .numbers("Used")
        .numbers("Rejected")
        .text("Why rejected")
        .text("Used in spite of");
    for (name, account) in &rows.tables {
        let TableAccount { read, used, rejected, warned } = account;
        let all_rejected: u64 = rejected.values().sum();
        let reasons = [rejected, warned].map(|reasons| {
            let reasons: Vec<String> = reasons
                .iter()
                .map(|(code, rows)| {
                    format!("{} {}", count(*rows), printable(&code.replace('-', " ")))
                })
                .collect();
            if reasons.is_empty() { "–".to_owned() } else { reasons.join("; ") }
        });
        let [why, in_spite] = reasons;
        let cells = vec![count(*read), count(*used), count(all_rejected), why, in_spite];
        table.push(words::code(name), cells);
    }
    table
}
