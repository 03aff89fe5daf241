//! Who is reached, followed up and helped, by how deprived or how remote the area is.

use super::super::chart::{Chart, DotChart, DotRow, Figure, Order, Unit};
use super::super::format::{count, date, decimal, mean_places, percent, printable, range, signed};
use super::super::page::equity::{Printed, index_cells};
use super::super::table::Table;
use super::super::view;
use super::Part;
use super::counts::{HIDDEN, name, share_of, shown, whole};
use super::groups::dot;
use crate::equity::{Axis, Gradient, Inequality, Reach, ReachRatio};
use crate::estimate::{Estimate, Interval};
use crate::evaluation::{
    DisclosedBand, DisclosedEquity, DisclosedGradients, DisclosedMeans, DisclosedMeasure,
};
use crate::sentences::Noun;
use crate::sentences::equity::{self as told, SlopeOf};

pub(super) fn part(noun: Noun, measure: &DisclosedMeasure) -> Part {
    let axes = || measure.equity.iter().enumerate();
    let places = mean_places(&measure.scale);
    Part {
        of: name(measure),
        said: axes().flat_map(|(_, axis)| said(noun, places, axis)).collect(),
        figures: axes().flat_map(|(place, axis)| figures(measure, place, axis)).collect(),
        tables: axes().map(|(_, axis)| questions(axis, places)).collect(),
        more: axes().filter_map(|(_, axis)| indices(axis, places)).collect(),
    }
}

fn said(noun: Noun, places: usize, found: &DisclosedEquity) -> Vec<String> {
    let axis = printable(&told::axis(&found.axis));
    let placed = whole(&found.placed).map_or_else(
        || format!("How many could be placed on {axis} is hidden."),
        |placed| told::placed_on(noun, &found.axis, &placed),
    );
    let lists = found.lists.as_ref().map(|lists| {
        format!(
            "Practice lists: {}, {}, {} people, and {} in no band.",
            printable(&lists.source),
            date(lists.as_of),
            count(lists.people),
            count(lists.not_placed)
        )
    });
    let reach = found.rows.first().and_then(|row| row.reach.as_ref()).and_then(told::reach);
    let slopes = found.gradients.iter().flat_map(|gradients| slopes(gradients, places));
    let first = [Some(placed), lists].into_iter().flatten().collect::<Vec<_>>().join(" ");
    let rest = reach.into_iter().chain(slopes).collect::<Vec<_>>().join(" ");
    [first, rest].into_iter().filter(|text| !text.is_empty()).collect()
}

fn slopes(gradients: &DisclosedGradients, places: usize) -> Vec<String> {
    let points = SlopeOf::Points { places };
    [
        ("Seen, of those referred", SlopeOf::Share, &gradients.engagement),
        ("Followed up, of those due", SlopeOf::Share, &gradients.completion),
        ("Mean change, of pairs", points, &gradients.mean_change),
    ]
    .into_iter()
    .map(|(what, of, found)| match found {
        Some(found) => told::slope(what, of, &found.of_people),
        None => format!("{what}: no slope over the bands is shown, as a band is hidden."),
    })
    .collect()
}

fn figures(measure: &DisclosedMeasure, place: usize, found: &DisclosedEquity) -> Vec<Figure> {
    if found.placed.count.shown() == Some(0) {
        return Vec::new();
    }
    let number = (place + 1).to_string();
    let figure =
        |part: &str, title: &str, unit: Unit, row: &dyn Fn(&DisclosedBand, String) -> DotRow| {
            let rows = found.rows.iter().map(|of| row(of, told::band(&found.axis, of.band)));
            let rows: Vec<DotRow> = rows.collect();
            Figure {
                id: view::slug(&["equity", &number, part, &measure.instrument, &measure.measure]),
                title: title.to_owned(),
                of: format!("{}, {}", name(measure), printable(&told::axis(&found.axis))),
                description: "One dot with its interval for each band whose counts are shown."
                    .to_owned(),
                chart: Chart::Dots(DotChart {
                    unit,
                    order: Order::Down,
                    label: "Band",
                    rows,
                    reference: (part == "reach").then(|| (1.0, "as on the lists".to_owned())),
                }),
            }
        };
    let places = mean_places(&measure.scale);
    let reach = found.lists.as_ref().map(|_| {
        let unit = Unit::Size { name: "Reach ratio" };
        figure("reach", "Referred, beside the practice lists", unit, &reach_row)
    });
    let shares = |name| Unit::Proportion { name };
    let others = [
        figure("engagement", "Seen, of those referred", shares("Seen"), &|of, label| {
            dot(label, &of.engagement)
        }),
        figure(
            "completion",
            "Followed up, of those due",
            shares("Paired completion"),
            &|of, label| dot(label, &of.completion),
        ),
        figure(
            "benefit",
            "Mean change, of pairs",
            Unit::Change { name: "Mean change", places },
            &benefit_row,
        ),
    ];
    reach.into_iter().chain(others).collect()
}

fn ratio(row: &DisclosedBand) -> Option<ReachRatio> {
    row.reach.as_ref().and_then(|reach| reach.reach_ratio.computed().copied())
}

fn reach_row(of: &DisclosedBand, label: String) -> DotRow {
    let ratio = ratio(of);
    DotRow {
        label,
        value: ratio.map(|ratio| ratio.value),
        interval: ratio.map(|ratio| (ratio.interval.lower, ratio.interval.upper)),
        basis: format!("{} referred", shown(of.referred)),
        few: false,
    }
}

fn benefit_row(of: &DisclosedBand, label: String) -> DotRow {
    let interval = of.means.and_then(|of| of.interval);
    DotRow {
        label,
        value: of.means.map(|of| of.change),
        interval: interval.map(|of| (of.lower, of.upper)),
        basis: match of.means {
            Some(_) => format!("{} pairs", shown(of.improved.of)),
            None => format!("{} pairs, mean hidden", shown(of.improved.of)),
        },
        few: false,
    }
}

fn questions(found: &DisclosedEquity, places: usize) -> Table {
    let heading = match found.axis {
        Axis::Simd { .. } => "Band, by deprivation",
        Axis::UrbanRural { .. } => "Class",
    };
    let caption =
        format!("Reached, seen, followed up, helped: {}", printable(&told::axis(&found.axis)));
    let mut table = Table::new(caption, heading).numbers("Referred");
    if found.lists.is_some() {
        table = table.numbers("Share of lists").numbers("Reach ratio");
    }
    table = table
        .numbers("Seen, of referred")
        .numbers("Followed up, of due")
        .numbers("Mean change")
        .numbers("Improved, of pairs");
    for row in &found.rows {
        let mut cells = vec![shown(row.referred)];
        if found.lists.is_some() {
            cells.extend(reach_cells(row.reach.as_ref()));
        }
        cells.extend([
            share_of(&row.engagement),
            share_of(&row.completion),
            mean(row.means.as_ref(), places),
            share_of(&row.improved),
        ]);
        table.push(told::band(&found.axis, row.band), cells);
    }
    let nowhere = &found.not_placed;
    let mut cells = vec![shown(nowhere.engagement.of)];
    if found.lists.is_some() {
        cells.extend([dash(), dash()]);
    }
    cells.extend([share_of(&nowhere.engagement), share_of(&nowhere.completion), dash(), dash()]);
    table.push("In no band", cells);
    table
}

fn dash() -> String {
    "–".to_owned()
}

fn reach_cells(reach: Option<&Reach>) -> [String; 2] {
    let Some(reach) = reach else { return [HIDDEN.to_owned(), HIDDEN.to_owned()] };
    let with_interval =
        |of: &ReachRatio| format!("{} ({})", decimal(of.value, 2), limits(&of.interval, 2));
    [
        reach.share_of_lists.computed().map_or_else(dash, |share| percent(*share)),
        reach.reach_ratio.computed().map_or_else(dash, with_interval),
    ]
}

fn mean(of: Option<&DisclosedMeans>, places: usize) -> String {
    match of {
        None => HIDDEN.to_owned(),
        Some(DisclosedMeans { change, interval: Some(interval), .. }) => {
            format!("{} ({})", signed(*change, places), limits(interval, places))
        }
        Some(DisclosedMeans { change, .. }) => signed(*change, places),
    }
}

fn limits(interval: &Interval, places: usize) -> String {
    range(interval.lower, interval.upper, places)
}

/// How unequal each answer is; none along an axis without an order of advantage.
fn indices(found: &DisclosedEquity, places: usize) -> Option<Table> {
    let gradients = found.gradients.as_ref()?;
    let caption = format!("How unequal each answer is: {}", printable(&told::axis(&found.axis)));
    let mut table = Table::new(caption, "Answer")
        .numbers("SII")
        .numbers("Interval, bands")
        .numbers("Interval, people")
        .numbers("RII")
        .numbers("PAR");
    let points = Printed { factor: 1.0, places };
    let share = Printed { factor: 100.0, places: 1 };
    let of = |printed: &Printed, gradient: &Option<Gradient>| match gradient {
        None => vec![HIDDEN.to_owned(); 5],
        Some(gradient) => {
            let people = gradient.of_people.computed().map(|found| &found.slope_index);
            index_cells(printed, &gradient.of_bands, people)
        }
    };
    table.push("Seen, of referred, % points", of(&share, &gradients.engagement));
    table.push("Followed up, of due, % points", of(&share, &gradients.completion));
    table.push("Mean change, points", of(&points, &gradients.mean_change));
    table.push("Improved, of pairs, % points", of(&share, &gradients.improved));
    if found.lists.is_some() {
        let thousand = Printed { factor: 1000.0, places: 1 };
        let reach = |of: &Estimate<Inequality>| index_cells(&thousand, of, None);
        let cells = gradients.reach.as_ref().map_or_else(|| vec![HIDDEN.to_owned(); 5], reach);
        table.push("Referrals for each 1,000 on the lists", cells);
    }
    Some(table)
}
