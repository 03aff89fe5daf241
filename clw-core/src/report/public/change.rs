//! Classes of the pairs, and moves between bands.

use super::super::chart::{Chart, Class, ClassChart, ClassRow, Figure};
use super::super::format::printable;
use super::super::table::Table;
use super::super::{view, words};
use super::Part;
use super::counts::{name, share_cells, shares, shown};
use crate::change::ReliableChangeRule;
use crate::evaluation::{DisclosedClasses, DisclosedJoint, DisclosedMeasure, DisclosedTransitions};
use crate::sentences::classes as told;

pub(super) fn part(measure: &DisclosedMeasure) -> Part {
    Part {
        of: name(measure),
        figures: figure(measure).into_iter().collect(),
        tables: core::iter::once(classes(measure))
            .chain(measure.change.transitions.iter().map(|of| moves(measure, of)))
            .collect(),
        ..Part::default()
    }
}

/// The areas of a star together.
pub(super) fn star(found: &DisclosedJoint) -> Part {
    let title = printable(&found.title);
    let mut table = shares("The areas together", "Episodes with a pair in an area");
    table.push("Forward in one area at least", share_cells(&found.forward_in_at_least_one));
    table.push("Back in one area at least", share_cells(&found.back_in_at_least_one));
    table.push("Forward in one and back in another", share_cells(&found.forward_and_back));
    let mut areas = Table::new("In how many areas they moved forward", "Areas").numbers("Episodes");
    for (number, episodes) in found.by_areas_forward.iter().enumerate() {
        areas.push(number.to_string(), vec![shown(*episodes)]);
    }
    let tables = vec![star_completion(found), table];
    Part { of: title, tables, more: vec![areas], ..Part::default() }
}

/// Who was asked again: an area without a baseline is not due, and takes nothing away.
fn star_completion(found: &DisclosedJoint) -> Table {
    let mut table = shares("Followed up", "Of those due in one area at least");
    table.push("With a pair in one area at least", share_cells(&found.paired_completion));
    table.push("With a pair in each area that was due", share_cells(&found.paired_throughout));
    table
}

/// The ways of counting, each with its classes.
fn ways(measure: &DisclosedMeasure) -> Vec<(String, &DisclosedClasses)> {
    let any = ("Any change".to_owned(), &measure.change.any_change);
    let rules = measure.change.reliable_change.iter();
    let label = |rule: &ReliableChangeRule| {
        let named = measure.method.change_rules.iter().find(|of| of.rule == rule.name());
        named.map_or_else(|| told::rule_label(None, rule), |of| printable(&of.label))
    };
    let rules = rules.map(|found| (label(&found.rule), &found.classes));
    core::iter::once(any).chain(rules).collect()
}

/// Bars of the ways of counting whose classes are all shown; none where there is no such way.
fn figure(measure: &DisclosedMeasure) -> Option<Figure> {
    let row = |(label, classes): (String, &DisclosedClasses)| {
        let parts = [
            (Class::Improved, classes.improved.count.shown()?),
            (Class::Same, classes.same.count.shown()?),
            (Class::Worse, classes.worse.count.shown()?),
        ];
        let anybody = parts.iter().any(|(_, count)| *count > 0);
        anybody.then(|| ClassRow { label, parts: parts.to_vec() })
    };
    let rows: Vec<ClassRow> = ways(measure).into_iter().filter_map(row).collect();
    let named = rows.iter().map(|row| row.label.as_str()).collect::<Vec<_>>().join("; ");
    (!rows.is_empty()).then(|| Figure {
        id: view::slug(&["classes", &measure.instrument, &measure.measure]),
        title: "Who improved, by each way of counting".to_owned(),
        of: name(measure),
        description: format!(
            "Bars of the pairs divided into improved, no such change and worse, one for each way of \
             counting whose counts are shown: {named}."
        ),
        chart: Chart::Classes(ClassChart { label: "Rule", rows }),
    })
}

fn classes(measure: &DisclosedMeasure) -> Table {
    let mut table = shares("Improved, no such change and worse", "Class");
    for (rule, classes) in ways(measure) {
        table.push(format!("{rule}: improved"), share_cells(&classes.improved));
        table.push(format!("{rule}: no such change"), share_cells(&classes.same));
        table.push(format!("{rule}: worse"), share_cells(&classes.worse));
    }
    table
}

fn moves(measure: &DisclosedMeasure, moves: &DisclosedTransitions) -> Table {
    let set = measure.method.bands.as_ref().filter(|set| set.band_set == moves.band_set);
    let label = set.map_or_else(|| words::code(&moves.band_set), |set| printable(&set.label));
    let bands: Vec<String> = match set {
        Some(set) => set.bands.iter().map(|band| printable(band)).collect(),
        None => moves.bands.iter().map(|band| words::code(band)).collect(),
    };
    let table = Table::new(format!("Moves between bands: {label}"), "Before ↓ After →");
    let mut table = bands.iter().fold(table, Table::numbers).numbers("All");
    for ((band, row), all) in bands.iter().zip(&moves.pairs).zip(&moves.from) {
        table.push(band, row.iter().chain([all]).map(|count| shown(*count)).collect());
    }
    table.push("All", moves.to.iter().map(|count| shown(*count)).collect());
    table
}
