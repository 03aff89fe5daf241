//! The indicators of the plan over their periods.

use super::super::format::{Month, percent, percent_range, printable};
use super::super::table::Table;
use super::Part;
use super::counts::{HIDDEN, name, share_of};
use crate::disclosure::PublishedShare;
use crate::estimate::Estimate;
use crate::evaluation::{DisclosedIndicator, DisclosedMeasure, DisclosedPeriod};
use crate::indicator::TargetComparison;
use crate::sentences::indicators as told;

pub(super) fn part(measure: &DisclosedMeasure) -> Part {
    Part {
        of: name(measure),
        tables: measure.indicators.iter().map(periods).collect(),
        ..Part::default()
    }
}

fn periods(found: &DisclosedIndicator) -> Table {
    let definition = found.indicator.definition();
    let title = printable(&definition.title);
    let title = match told::target_of(definition) {
        Some(target) => format!("{title}; target {target}"),
        None => title,
    };
    let mut table =
        Table::new(title, "Period").numbers("Share").numbers("Interval").numbers("From");
    if definition.target.is_some() {
        table = table.text("Beside the target");
    }
    for period in &found.periods {
        table.push(period_name(period), cells(found, &period.share, period.beside_target));
    }
    let whole = cells(found, &found.whole, found.whole_beside_target);
    table.push("All months reported", whole);
    table
}

/// A month in full, a longer period by its label; one that the span cuts says so.
fn period_name(period: &DisclosedPeriod) -> String {
    let name = Month::parse(&period.period).map_or_else(|| period.period.clone(), Month::long);
    match period.months_left_out {
        0 => name,
        1 => format!("{name} (1 month of it left out)"),
        months => format!("{name} ({months} months of it left out)"),
    }
}

fn cells(
    found: &DisclosedIndicator,
    share: &PublishedShare,
    beside: Option<TargetComparison>,
) -> Vec<String> {
    let [value, interval] = match &share.proportion {
        None => [HIDDEN.to_owned(), HIDDEN.to_owned()],
        Some(Estimate::NotComputed(_)) => ["–".to_owned(), "–".to_owned()],
        Some(Estimate::Computed(found)) => {
            let limits = found.interval;
            [percent(found.value), percent_range(limits.lower, limits.upper)]
        }
    };
    let basis = share_of(&PublishedShare { proportion: None, ..*share });
    let beside = match (share.proportion, beside) {
        (None, _) => HIDDEN,
        (_, beside) => beside.map_or("–", TargetComparison::words),
    };
    let target = found.indicator.definition().target.map(|_| beside.to_owned());
    [value, interval, basis].into_iter().chain(target).collect()
}
