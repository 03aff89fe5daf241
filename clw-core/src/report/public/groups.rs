//! Groups of people: completion and benefit of each.

use super::super::chart::{Chart, DotChart, DotRow, Figure, Order, Unit};
use super::super::figures::FEW_DUE;
use super::super::format::{mean_places, percent, printable, range, signed};
use super::super::order::in_natural_order;
use super::super::table::Table;
use super::super::{view, words};
use super::Part;
use super::counts::{HIDDEN, name, share_cells, shown, whole};
use crate::completion::GroupBy;
use crate::disclosure::PublishedShare;
use crate::estimate::Estimate;
use crate::evaluation::{DisclosedGroup, DisclosedMeasure, Plan};
use crate::sentences::{Noun, completion};

pub(super) fn part(plan: &Plan, noun: Noun, measure: &DisclosedMeasure) -> Part {
    let by = || plan.group_by.iter().filter(|by| measure.groups.iter().any(|of| of.by == **by));
    Part {
        of: name(measure),
        figures: by().map(|by| figure(noun, measure, *by)).collect(),
        more: by().map(|by| groups(measure, *by)).collect(),
        ..Part::default()
    }
}

fn of_kind(measure: &DisclosedMeasure, by: GroupBy) -> Vec<&DisclosedGroup> {
    let mut groups: Vec<&DisclosedGroup> =
        measure.groups.iter().filter(|group| group.by == by).collect();
    in_natural_order(&mut groups, |group| &group.group);
    groups
}

fn group_name(group: &DisclosedGroup) -> String {
    if group.by.is_month() { printable(&group.group) } else { words::group(group.by, &group.group) }
}

fn groups(measure: &DisclosedMeasure, by: GroupBy) -> Table {
    let caption = format!("Groups: {}", by.name());
    let mut table = Table::new(caption, words::group_by(by));
    let groups = of_kind(measure, by);
    for at in groups.first().map(|group| group.boxes.as_slice()).unwrap_or_default() {
        table = table.numbers(words::flow_box(at.flow_box));
    }
    table = table.numbers("Paired completion").numbers("Improved").numbers("Mean change");
    table = table.numbers("Interval");
    let places = mean_places(&measure.scale);
    for group in groups {
        let completion = share_cells(&group.completion.paired_completion).into_iter().nth(2);
        let mean = group.means.as_ref();
        let mut cells: Vec<String> = group.boxes.iter().map(|at| shown(at.episodes)).collect();
        cells.extend(completion);
        cells.push(shown(group.improved.count));
        cells.push(mean.map_or_else(|| HIDDEN.to_owned(), |of| signed(of.change, places)));
        let interval = mean.and_then(|of| of.interval);
        cells.push(
            interval.map_or_else(|| HIDDEN.to_owned(), |of| range(of.lower, of.upper, places)),
        );
        table.push(group_name(group), cells);
    }
    table
}

/// A dot of a share whose counts are both shown.
pub(super) fn dot(label: String, share: &PublishedShare) -> DotRow {
    let proportion = share.proportion.as_ref().and_then(Estimate::computed);
    DotRow {
        label,
        value: proportion.map(|of| of.value),
        interval: proportion.map(|of| (of.interval.lower, of.interval.upper)),
        basis: format!("{} of {}", shown(share.count), shown(share.of)),
        few: share.of.shown().is_some_and(|of| of < FEW_DUE),
    }
}

fn figure(noun: Noun, measure: &DisclosedMeasure, by: GroupBy) -> Figure {
    let all = whole(&measure.completion.paired_completion);
    let row = |group: &&DisclosedGroup| dot(group_name(group), &group.completion.paired_completion);
    let overall = all.as_ref().and_then(|all| all.proportion.computed().copied());
    Figure {
        id: view::slug(&["completion-by", by.code(), &measure.instrument, &measure.measure]),
        title: format!("Follow-ups completed by {}", by.name()),
        of: name(measure),
        description: all.as_ref().map_or_else(
            || "One dot with its interval for each group whose counts are shown.".to_owned(),
            |all| completion::paired_completion(noun, all),
        ),
        chart: Chart::Dots(DotChart {
            unit: Unit::Proportion { name: "Paired completion" },
            order: if by.is_month() { Order::Months } else { Order::Down },
            label: words::group_by(by),
            rows: of_kind(measure, by).iter().map(row).collect(),
            reference: overall.map(|of| (of.value, format!("all: {}", percent(of.value)))),
        }),
    }
}
