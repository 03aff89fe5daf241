//! The indicators that the plan asks for, over their periods.

use maud::{Markup, html};

use super::super::format::{Month, count, percent, percent_range, printable};
use super::super::table::Table;
use super::super::view::View;
use super::super::words;
use super::{fold, main_and_others, off};
use crate::estimate::{Estimate, Share};
use crate::indicator::{IndicatorPeriod, IndicatorReport, PeriodLength, TargetComparison};
use crate::sentences::indicators as told;

pub(super) fn body(views: &[View<'_>]) -> Markup {
    let any = views.iter().any(|view| !view.findings.over_periods.indicators.is_empty());
    html! {
        @if any {
            (main_and_others(views, of_measure))
        } @else {
            (off("The plan names no indicators, so none are shown. Give “indicators” with a span of months, the \
                  length of a period, and which."))
        }
    }
}

fn of_measure(view: &View<'_>) -> Markup {
    let reports = &view.findings.over_periods.indicators;
    html! {
        @if reports.is_empty() { p { "No indicator of the plan is about this measure." } }
        ul { @for report in reports { li {
            (told::whole(report))
            @if let Some(unknown) = told::not_known_whether_finished(report) { " " (unknown) }
        } } }
        @if !reports.is_empty() {
            (fold("Period by period", &html! {
                @if reports.iter().any(|report| report.length != PeriodLength::Month) {
                    p.aside {
                        "Years are financial years, from April to March: H1 is April to September, Q1 April \
                         to June."
                    }
                }
                @for report in reports { (periods(view, report).markup()) }
            }))
        }
    }
}

fn periods(view: &View<'_>, report: &IndicatorReport) -> Table {
    let title = printable(&report.indicator.definition().title);
    let title = match told::target(report) {
        Some(target) => format!("{title}; target {target}"),
        None => title,
    };
    let mut table = Table::new(title, words::group_by(report.indicator.definition().month_of))
        .of(view.name())
        .numbers("Share")
        .numbers("Interval")
        .numbers("From");
    let has_target = report.indicator.definition().target.is_some();
    if has_target {
        table = table.text("Beside the target");
    }
    let mut push = |name: String, mut cells: Vec<String>| {
        cells.truncate(if has_target { 4 } else { 3 });
        table.push(name, cells);
    };
    for period in &report.periods {
        push(name(period), cells(&period.share, period.beside_target));
    }
    push("All months reported".to_owned(), cells(&report.whole, report.whole_beside_target));
    for (name, total) in
        [("Outside these months", report.outside_span), ("Without a month", report.without_month)]
    {
        let from = format!("{} of {}", count(total.count), count(total.of));
        push(name.to_owned(), vec!["–".into(), "–".into(), from, "–".into()]);
    }
    for (reason, episodes) in &report.not_finished {
        let cells = vec!["–".into(), "–".into(), count(*episodes), "–".into()];
        push(told::not_finished(*reason).to_owned(), cells);
    }
    table
}

/// A month in full, a longer period by its label; one that the span cuts says so.
fn name(period: &IndicatorPeriod) -> String {
    let name = Month::parse(&period.period).map_or_else(|| period.period.clone(), Month::long);
    match period.months_left_out {
        0 => name,
        1 => format!("{name} (1 month of it left out)"),
        months => format!("{name} ({months} months of it left out)"),
    }
}

fn cells(share: &Share, beside: Option<TargetComparison>) -> Vec<String> {
    let (value, interval) = match share.proportion {
        Estimate::Computed(found) => {
            (percent(found.value), percent_range(found.interval.lower, found.interval.upper))
        }
        Estimate::NotComputed(_) => ("–".to_owned(), "–".to_owned()),
    };
    let from = format!("{} of {}", count(share.count), count(share.of));
    vec![value, interval, from, beside.map_or("–", TargetComparison::words).to_owned()]
}
