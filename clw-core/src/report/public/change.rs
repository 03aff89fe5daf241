//! Classes of the pairs, and moves between bands.

use super::super::chart::{Chart, Class, ClassChart, ClassRow, Figure};
use super::super::table::Table;
use super::super::{view, words};
use super::Part;
use super::counts::{name, share_cells, shares, shown};
use crate::evaluation::{DisclosedClasses, DisclosedMeasure, DisclosedTransitions};
use crate::sentences::classes as told;

pub(super) fn part(measure: &DisclosedMeasure) -> Part {
    Part {
        of: name(measure),
        figures: figure(measure).into_iter().collect(),
        tables: core::iter::once(classes(measure))
            .chain(measure.change.transitions.iter().map(moves))
            .collect(),
        ..Part::default()
    }
}

/// The ways of counting, each with its classes.
fn ways(measure: &DisclosedMeasure) -> Vec<(String, &DisclosedClasses)> {
    let any = ("Any change".to_owned(), &measure.change.any_change);
    let rules = measure.change.reliable_change.iter();
    let rules = rules.map(|found| (told::rule_label(None, &found.rule), &found.classes));
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

fn moves(moves: &DisclosedTransitions) -> Table {
    let caption = format!("Moves between bands: {}", words::code(&moves.band_set));
    let table = Table::new(caption, "Before ↓ After →");
    let bands = moves.bands.iter().map(|band| words::code(band));
    let mut table = bands.fold(table, Table::numbers).numbers("All");
    for ((band, row), all) in moves.bands.iter().zip(&moves.pairs).zip(&moves.from) {
        table.push(words::code(band), row.iter().chain([all]).map(|count| shown(*count)).collect());
    }
    table.push("All", moves.to.iter().map(|count| shown(*count)).collect());
    table
}
