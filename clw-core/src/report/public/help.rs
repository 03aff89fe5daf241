//! What else came of it: needs, referrals onward, things that happened, and after the end.

use super::super::format::{count, decimal, mean_places, range, signed};
use super::super::table::Table;
use super::super::words;
use super::Part;
use super::counts::{HIDDEN, name, share_cells, share_of, shares, shown};
use crate::disclosure::{PublishedCount, PublishedShare};
use crate::evaluation::{
    DisclosedAfterExit, DisclosedBenefit, DisclosedEvaluation, DisclosedHelp, DisclosedMeasure,
    DisclosedNeedTally, DisclosedOutcomes, Plan, Uptake,
};
use crate::sentences::help;

pub(super) fn part(disclosed: &DisclosedEvaluation) -> Part {
    let help = &disclosed.help;
    let is_kept = |kept: &PublishedShare| kept.count != PublishedCount::Shown(0);
    let mut tables = vec![lists(help)];
    if is_kept(&help.needs.kept) {
        tables.push(needs(help));
    }
    if is_kept(&help.onward.kept) {
        tables.push(uptake(help));
    }
    if is_kept(&help.outcomes.kept) {
        tables.push(outcomes(help));
    }
    Part { said: money(&help.outcomes).into_iter().collect(), tables, ..Part::default() }
}

/// Of how many episodes each list is kept, and what is on it.
fn lists(help: &DisclosedHelp) -> Table {
    let mut table = shares("Lists kept, and episodes with something on them", "Episodes");
    let (needs, onward, outcomes) = (&help.needs, &help.onward, &help.outcomes);
    for (name, share) in [
        ("With a list of needs", &needs.kept),
        ("With a need, of these", &needs.with_any),
        ("With a need known not to be met, of these", &needs.with_unmet),
        ("With a list of referrals onward", &onward.kept),
        ("With a referral onward, of these", &onward.with_any),
        ("With one known to have been taken up, of these", &onward.with_taken_up),
        ("With a list of things that happened", &outcomes.kept),
        ("With one that happened, of these", &outcomes.with_any),
    ] {
        table.push(name, share_cells(share));
    }
    table
}

fn needs(help: &DisclosedHelp) -> Table {
    let mut table = Table::new("Needs", "About")
        .numbers("Found")
        .numbers("Met")
        .numbers("Not met")
        .numbers("Not recorded");
    let cells = |of: &DisclosedNeedTally| {
        let parts = [&of.met, &of.unmet, &of.not_known];
        let parts = parts.map(|share| shown(share.count));
        core::iter::once(shown(of.identified)).chain(parts).collect::<Vec<_>>()
    };
    for of in &help.needs.by_reason {
        table.push(words::code(of.reason.code()), cells(&of.needs));
    }
    table.push("All", cells(&help.needs.all));
    table
}

fn uptake(help: &DisclosedHelp) -> Table {
    let mut table = shares("Referrals onward, as far as is known", "What came of them");
    for of in &help.onward.uptake {
        let name = match of.uptake {
            Uptake::TakenUp => "Taken up",
            Uptake::NotTakenUp => "Not taken up",
            Uptake::NoLaterWord => "Made, and nobody heard since",
            Uptake::NotKnown => "No status is known",
        };
        table.push(name, share_cells(&of.referrals));
    }
    for of in &help.onward.by_status {
        table.push(format!("– {}", words::code(of.status.code())), share_cells(&of.referrals));
    }
    table
}

fn outcomes(help: &DisclosedHelp) -> Table {
    let mut table = shares("Things that happened: episodes with one", "About");
    for of in &help.outcomes.by_reason {
        table.push(words::code(of.reason.code()), share_cells(&of.episodes));
    }
    table
}

fn money(outcomes: &DisclosedOutcomes) -> Option<String> {
    let (with, all) = (outcomes.with_value.count.shown()?, outcomes.with_value.of.shown()?);
    let pence = outcomes.value_pence?;
    Some(format!(
        "{} of {} things that happened have a value in money recorded, £{} together, as the worker \
         wrote it down.",
        count(with),
        count(all),
        decimal(pence as f64 / 100.0, 0)
    ))
}

/// Scores long after the end, and what the plan makes of them besides.
pub(super) fn after_exit(plan: &Plan, measure: &DisclosedMeasure) -> Part {
    let Some(found) = &measure.after_exit else { return Part::default() };
    let said = help::end_point_after_exit(plan.pairing.end_point, found.days);
    Part {
        of: name(measure),
        said: said.into_iter().collect(),
        tables: vec![again(measure, found)],
        ..Part::default()
    }
}

fn again(measure: &DisclosedMeasure, found: &DisclosedAfterExit) -> Table {
    let caption = format!(
        "Asked again {} after the end or later: {}",
        words::days(found.days),
        share_of(&found.followed_up)
    );
    let mut table = Table::new(caption, "Stretch")
        .numbers("Pairs")
        .numbers("Improved")
        .numbers("Mean change")
        .numbers("Interval");
    let places = mean_places(&measure.scale);
    let cells = |of: &DisclosedBenefit| {
        let hidden = || HIDDEN.to_owned();
        let interval = of.means.and_then(|of| of.interval);
        vec![
            shown(of.improved.of),
            shown(of.improved.count),
            of.means.map_or_else(hidden, |of| signed(of.change, places)),
            interval.map_or_else(hidden, |of| range(of.lower, of.upper, places)),
        ]
    };
    table.push("From the baseline", cells(&found.since_baseline));
    table.push("From the end", cells(&found.since_exit));
    table
}
