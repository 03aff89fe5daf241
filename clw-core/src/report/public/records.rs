//! How complete the records are, and what is wrong with them.

use super::super::format::percent;
use super::super::table::Table;
use super::Part;
use super::counts::{HIDDEN, name, shown};
use crate::disclosure::PublishedShare;
use crate::estimate::Estimate;
use crate::evaluation::{DisclosedEvaluation, DisclosedMeasure};
use crate::sentences::records as told;

pub(super) fn part(disclosed: &DisclosedEvaluation) -> Part {
    Part { tables: vec![fields(disclosed)], more: vec![issues(disclosed)], ..Part::default() }
}

fn fields(disclosed: &DisclosedEvaluation) -> Table {
    let mut table = Table::new("What the core fields hold", "Field")
        .numbers("Recorded")
        .numbers("Of")
        .numbers("Share")
        .numbers("Asked, not known")
        .numbers("Nothing recorded")
        .numbers("Does not apply");
    for of in &disclosed.fields {
        let [count, all, share] = cells(&of.recorded);
        let absent = [of.not_known, of.missing, of.not_applicable].map(shown);
        let cells = [count, all, share].into_iter().chain(absent).collect();
        table.push(told::field(of.field), cells);
    }
    table
}

fn cells(share: &PublishedShare) -> [String; 3] {
    let proportion = match &share.proportion {
        Some(Estimate::Computed(found)) => percent(found.value),
        Some(Estimate::NotComputed(_)) => "–".to_owned(),
        None => HIDDEN.to_owned(),
    };
    [shown(share.count), shown(share.of), proportion]
}

fn heading() -> Table {
    Table::new("Every problem looked for", "Problem")
        .numbers("Found")
        .numbers("Of")
        .numbers("Share")
        .text("Looked for among")
}

fn issues(disclosed: &DisclosedEvaluation) -> Table {
    let mut table = heading();
    for of in &disclosed.issues {
        push(&mut table, told::issue(of.issue), &of.found);
    }
    table
}

fn push(table: &mut Table, (name, among): (&str, &str), found: &PublishedShare) {
    table.push(name, cells(found).into_iter().chain([among.to_owned()]).collect());
}

/// The problems of the questionnaires of a measure.
pub(super) fn sittings(measure: &DisclosedMeasure) -> Part {
    let mut table = heading();
    for of in &measure.issues {
        push(&mut table, told::sitting_issue(of.issue), &of.found);
    }
    Part { of: name(measure), more: vec![table], ..Part::default() }
}
