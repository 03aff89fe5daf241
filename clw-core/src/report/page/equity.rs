//! Who is reached, followed up and helped, by how deprived or how remote the area is.

use maud::{Markup, html};

use super::super::figures;
use super::super::format::{
    count, date, decimal, percent, percent_range, printable, range, signed,
};
use super::super::table::Table;
use super::super::view::View;
use super::super::words;
use super::{fold, main_and_others, off};
use crate::equity::{Axis, EquityRow, EquityTable, Gradient, Gradients, Inequality, SlopeIndex};
use crate::estimate::{Estimate, Interval, Share};
use crate::evaluation::FEW_PAIRS;
use crate::sentences::equity::{self as told, SlopeOf};

pub(super) fn body(views: &[View<'_>]) -> Markup {
    let is_planned = views.first().is_some_and(|main| !main.findings.equity.is_empty());
    html! {
        @if is_planned {
            (main_and_others(views, of_measure))
        } @else {
            (off("The plan names no axis of equity, so nobody is told apart by deprivation here. Give \
                  “equity” with the version of SIMD that the records go by."))
        }
    }
}

fn of_measure(view: &View<'_>) -> Markup {
    html! {
        @for (place, table) in view.findings.equity.iter().enumerate() {
            h3 { (printable(&told::axis(&table.axis))) }
            (axis(view, place, table))
        }
    }
}

fn axis(view: &View<'_>, place: usize, table: &EquityTable) -> Markup {
    let panels = figures::equity::panels(view, place, table);
    html! {
        p { (told::placed(view.noun, table)) }
        @if let Some(gradients) = &table.gradients {
            ul { @for sentence in slopes(view, table, gradients) { li { (sentence) } } }
        }
        @if !panels.is_empty() {
            @if table.lists.is_none() {
                (off("No practice lists were given, so reach is not shown. Give “lists” with the people of \
                      each band on the lists of the practices served."))
            }
            @let pictures = html! { div.panels { @for figure in &panels { (figure.markup()) } } };
            @if place == 0 { (pictures) } @else { (fold("The questions as pictures", &pictures)) }
            (fold("The four questions as a table", &html! {
                (questions(view, table).markup())
                @if let Some(lists) = &table.lists {
                    p.source {
                        "Practice lists: " (printable(&lists.source)) ", " (date(lists.as_of)) ", "
                        (count(lists.people)) " people, and " (count(lists.not_placed)) " in no band."
                    }
                }
            }))
            @if let Some(gradients) = &table.gradients {
                (fold("Indices of inequality", &indices(view, gradients)))
            }
        }
        @if !table.not_placed.is_empty() {
            (fold("Those in no band", &html! { (not_placed(view, table).markup()) }))
        }
    }
}

/// Reach at the most deprived end, and the slopes of completion and of change.
fn slopes(view: &View<'_>, table: &EquityTable, gradients: &Gradients) -> Vec<String> {
    let reach = table.rows.first().and_then(|row| row.reach.as_ref()).and_then(told::reach);
    let few = view.is_few();
    let points = SlopeOf::Points { places: view.places() };
    let slopes = [
        ("Seen, of those referred", SlopeOf::Share, &gradients.engagement, true),
        ("Followed up, of those due", SlopeOf::Share, &gradients.completion, true),
        ("Mean change, of pairs", points, &gradients.mean_change, !few),
    ];
    let slopes = slopes.into_iter().filter(|(.., shown)| *shown);
    let slopes = slopes.map(|(what, of, found, _)| told::slope(what, of, &found.of_people));
    reach.into_iter().chain(slopes).collect()
}

fn questions(view: &View<'_>, table: &EquityTable) -> Table {
    let heading = match table.axis {
        Axis::Simd { .. } => "Band, by deprivation",
        Axis::UrbanRural { .. } => "Class",
    };
    let mut printed = Table::new("Reached, seen, followed up, helped", heading)
        .of(view.name())
        .numbers("Referred");
    if table.lists.is_some() {
        printed = printed.numbers("Share of lists").numbers("Reach ratio");
    }
    printed = printed
        .numbers("Seen, of referred")
        .numbers("Followed up, of due")
        .numbers("Mean change")
        .numbers("Improved, of pairs");
    for row in &table.rows {
        printed.push(told::band(&table.axis, row.band), row_cells(view, row));
    }
    printed
}

fn row_cells(view: &View<'_>, row: &EquityRow) -> Vec<String> {
    let reach = row.reach.as_ref().map(|reach| {
        let of_lists = reach.share_of_lists.computed();
        let ratio = reach.reach_ratio.computed();
        let share = of_lists.map_or_else(dash, |share| percent(*share));
        let ratio = ratio.map_or_else(dash, |of| with_range(of.value, &of.interval, 2));
        [share, ratio]
    });
    let places = view.places();
    let mean = match row.mean_change.computed() {
        _ if row.improved.of < FEW_PAIRS => "too few pairs".to_owned(),
        None => dash(),
        Some(mean) => match mean.interval.computed() {
            Some(limits) => {
                format!("{} ({})", signed(mean.value, places), limits_of(limits, places))
            }
            None => signed(mean.value, places),
        },
    };
    let tail = [share(&row.engagement), share(&row.completion), mean, share(&row.improved)];
    let head = core::iter::once(count(row.referred));
    head.chain(reach.into_iter().flatten()).chain(tail).collect()
}

fn dash() -> String {
    "–".to_owned()
}

/// `12 of 40 (30.0 %)`.
fn share(share: &Share) -> String {
    let basis = format!("{} of {}", count(share.count), count(share.of));
    match share.proportion {
        Estimate::Computed(found) => format!("{basis} ({})", percent(found.value)),
        Estimate::NotComputed(_) => basis,
    }
}

fn with_range(value: f64, interval: &Interval, places: usize) -> String {
    format!("{} ({})", decimal(value, places), limits_of(interval, places))
}

fn limits_of(interval: &Interval, places: usize) -> String {
    range(interval.lower, interval.upper, places)
}

fn indices(view: &View<'_>, gradients: &Gradients) -> Markup {
    html! {
        p.aside {
            "The slope index (SII) is the fitted value at the most deprived end less that at the least. The \
             relative index (RII) is the slope index over the value of everybody. The population \
             attributable risk (PAR) is how much lower the value of everybody would be if all had that of \
             the least deprived. Two intervals stand side by side: how far the bands lie from a line, as \
             the Scottish Public Health Observatory computes it, and how far people differ."
        }
        (index_table(view, gradients).markup())
    }
}

fn index_table(view: &View<'_>, gradients: &Gradients) -> Table {
    let mut table = Table::new("How unequal each answer is", "Answer")
        .of(view.name())
        .numbers("SII")
        .numbers("Interval, bands")
        .numbers("Interval, people")
        .numbers("RII")
        .numbers("PAR");
    let points = Printed { factor: 1.0, places: view.places() };
    let share = Printed { factor: 100.0, places: 1 };
    let mut push = |name: &str, printed: &Printed, gradient: &Gradient| {
        let people = gradient.of_people.computed().map(|found| &found.slope_index);
        table.push(name, index_cells(printed, &gradient.of_bands, people));
    };
    push("Seen, of referred, % points", &share, &gradients.engagement);
    push("Followed up, of due, % points", &share, &gradients.completion);
    push("Mean change, points", &points, &gradients.mean_change);
    push("Improved, of pairs, % points", &share, &gradients.improved);
    if let Some(reach) = &gradients.reach {
        let thousand = Printed { factor: 1000.0, places: 1 };
        table.push("Referrals for each 1,000 on the lists", index_cells(&thousand, reach, None));
    }
    table
}

/// How a slope is printed.
pub(in super::super) struct Printed {
    pub(in super::super) factor: f64,
    pub(in super::super) places: usize,
}

impl Printed {
    fn limits(&self, slope: Option<&SlopeIndex>) -> String {
        let limits = slope.and_then(|slope| slope.interval.computed());
        limits.map_or_else(dash, |limits| {
            range(self.factor * limits.lower, self.factor * limits.upper, self.places)
        })
    }
}

pub(in super::super) fn index_cells(
    printed: &Printed,
    of_bands: &Estimate<Inequality>,
    of_people: Option<&SlopeIndex>,
) -> Vec<String> {
    let Estimate::Computed(found) = of_bands else { return vec![dash(); 5] };
    let slope = &found.slope_index;
    let relative = found.relative_index.computed();
    let risk = found.population_attributable_risk_percent.computed();
    vec![
        signed(printed.factor * slope.value, printed.places),
        printed.limits(Some(slope)),
        printed.limits(of_people),
        relative.map_or_else(dash, |relative| signed(relative.value, 2)),
        risk.map_or_else(dash, |risk| format!("{}\u{a0}%", decimal(*risk, 1))),
    ]
}

fn not_placed(view: &View<'_>, table: &EquityTable) -> Table {
    let mut printed = Table::new("In no band", "Why")
        .of(view.name())
        .numbers("Referred")
        .numbers("Seen, of referred")
        .numbers("Followed up, of due")
        .numbers("Interval");
    for (reason, row) in &table.not_placed {
        let completion = row.completion.proportion.computed();
        let interval = completion
            .map_or_else(dash, |found| percent_range(found.interval.lower, found.interval.upper));
        let cells =
            vec![count(row.referred), share(&row.engagement), share(&row.completion), interval];
        printed.push(words::sentence_case(words::not_placed(*reason)), cells);
    }
    printed
}
