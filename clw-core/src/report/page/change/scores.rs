//! Scores before and after, and how large the change is.

use super::super::super::format::{count, decimal, half, level, range, signed};
use super::super::super::table::Table;
use super::super::super::view::View;
use super::super::super::words;
use crate::change::{HodgesLehmann, Moments, PairedT, ZerosMethod};
use crate::estimate::{ConfidenceLevel, Estimate};

/// Where scores lie at each sitting: the mean first, or for ordinal scores the median.
pub(super) fn before_and_after(view: &View<'_>) -> Table {
    let change = &view.findings.change;
    let columns = ["Mean", "Standard deviation"];
    let table = Table::new("Scores of those with a pair", "Score").of(view.name()).numbers("Pairs");
    let mut table = if view.is_ordinal() {
        columns.into_iter().fold(table.numbers("Median"), Table::numbers)
    } else {
        columns.into_iter().fold(table, Table::numbers).numbers("Median")
    };
    let number = |value: Estimate<f64>| {
        let places = view.places();
        value.computed().map_or_else(|| "–".to_owned(), |value| decimal(*value, places))
    };
    for (name, moments, median) in [
        ("Before", &change.baseline, view.medians().map(|[before, _]| before)),
        ("After", &change.follow_up, view.medians().map(|[_, after]| after)),
    ] {
        let Moments { n, mean, standard_deviation } = *moments;
        let median = median.map_or_else(|| "–".to_owned(), half);
        let means = [number(mean), number(standard_deviation)];
        let mut cells = vec![count(n)];
        if view.is_ordinal() {
            cells.push(median);
            cells.extend(means);
        } else {
            cells.extend(means);
            cells.push(median);
        }
        table.push(name, cells);
    }
    table
}

/// The mean change and the typical change side by side, each with its interval.
pub(super) fn size_of_change(view: &View<'_>) -> Table {
    let change = &view.findings.change;
    let mut table = Table::new("How large the change is", "Change")
        .of(view.name())
        .numbers("Points")
        .numbers(interval_heading(view.level))
        .text("What it is");
    let mean = mean_row(view, &change.paired_t);
    let typical = typical_row(view, &change.hodges_lehmann);
    let rows = if view.is_ordinal() { [typical, mean] } else { [mean, typical] };
    for (name, cells) in rows {
        table.push(name, cells);
    }
    table
}

pub(super) fn interval_heading(of: ConfidenceLevel) -> String {
    format!("{} interval", level(of))
}

fn mean_row(view: &View<'_>, test: &Estimate<PairedT>) -> (&'static str, Vec<String>) {
    let mean = view.findings.change.change.mean;
    let mean = mean.computed().map_or_else(|| "–".to_owned(), |mean| signed(*mean, view.places()));
    let interval = match test {
        Estimate::Computed(test) => range(test.interval.lower, test.interval.upper, view.places()),
        Estimate::NotComputed(reason) => format!("none: {reason}"),
    };
    let what = if view.is_ordinal() {
        "takes the steps of the scale to be equally far apart, which nobody knows"
    } else {
        "the average over all pairs; interval by Student’s t"
    };
    ("Mean change", vec![mean, interval, what.to_owned()])
}

fn typical_row(view: &View<'_>, found: &Estimate<HodgesLehmann>) -> (&'static str, Vec<String>) {
    let found = match found {
        Estimate::Computed(found) => found,
        Estimate::NotComputed(reason) => {
            let name = words::typical_change(None);
            return (name, vec!["–".to_owned(), format!("none: {reason}"), String::new()]);
        }
    };
    let interval = match &found.interval {
        Estimate::Computed(of) => range(of.limits.lower, of.limits.upper, view.places()),
        Estimate::NotComputed(reason) => format!("none: {reason}"),
    };
    let whose = match found.zeros_method {
        ZerosMethod::Wilcox if found.zeros > 0 => {
            format!("of the {} whose score changed", count(found.n_used))
        }
        _ => "of all pairs".to_owned(),
    };
    let what = format!("the middle of all averages of two changes, {whose}; few extremes move it");
    let name = words::typical_change(Some(found));
    (name, vec![signed(found.hodges_lehmann, view.places()), interval, what])
}
