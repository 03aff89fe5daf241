//! Each question of equity by band, with its interval.

use super::super::chart::{Chart, DotChart, DotRow, Figure, Order, Unit};
use super::super::format::{count, printable};
use super::super::view::View;
use super::share_row;
use crate::equity::{EquityRow, EquityTable};
use crate::estimate::Estimate;
use crate::evaluation::FEW_PAIRS;
use crate::sentences::equity as told;

/// The pictures of every axis of a measure.
pub(in super::super) fn all(view: &View<'_>) -> Vec<Figure> {
    let axes = view.findings.equity.iter().enumerate();
    axes.flat_map(|(place, table)| panels(view, place, table)).collect()
}

/// The questions of one axis: reach where the practice lists are given, engagement, completion, benefit.
pub(in super::super) fn panels(view: &View<'_>, place: usize, table: &EquityTable) -> Vec<Figure> {
    if table.placed.count == 0 {
        return Vec::new();
    }
    let rows = |row: &dyn Fn(&EquityRow, String) -> DotRow| -> Vec<DotRow> {
        table.rows.iter().map(|of| row(of, told::band(&table.axis, of.band))).collect()
    };
    let figure = |part: &str, title: &str, unit: Unit, rows: Vec<DotRow>, reference| Figure {
        id: view.id(&format!("equity-{}-{part}", place + 1)),
        title: title.to_owned(),
        of: format!("{}, {}", view.name(), printable(&told::axis(&table.axis))),
        description: format!(
            "One dot with its interval for each of {} bands, in their order.",
            count(rows.len() as u64)
        ),
        chart: Chart::Dots(DotChart { unit, order: Order::Down, label: "Band", rows, reference }),
    };
    let reach = table.lists.is_some().then(|| {
        let equal = Some((1.0, "as on the lists".to_owned()));
        let unit = Unit::Size { name: "Reach ratio" };
        figure("reach", "Referred, beside the practice lists", unit, rows(&reach_row), equal)
    });
    let shares = |name| Unit::Proportion { name };
    let places = view.places();
    let others = [
        figure(
            "engagement",
            "Seen, of those referred",
            shares("Seen"),
            rows(&|of, label| share_row(label, &of.engagement)),
            None,
        ),
        figure(
            "completion",
            "Followed up, of those due",
            shares("Paired completion"),
            rows(&|of, label| share_row(label, &of.completion)),
            None,
        ),
        figure(
            "benefit",
            "Mean change, of pairs",
            Unit::Change { name: "Mean change in points", places },
            rows(&benefit_row),
            None,
        ),
    ];
    reach.into_iter().chain(others).collect()
}

fn reach_row(of: &EquityRow, label: String) -> DotRow {
    let ratio = of.reach.as_ref().and_then(|reach| reach.reach_ratio.computed().copied());
    DotRow {
        label,
        value: ratio.map(|ratio| ratio.value),
        interval: ratio.map(|ratio| (ratio.interval.lower, ratio.interval.upper)),
        basis: format!("{} referred", count(of.referred)),
        few: false,
    }
}

fn benefit_row(of: &EquityRow, label: String) -> DotRow {
    let few = of.improved.of < FEW_PAIRS;
    let mean = of.mean_change.computed().copied();
    let interval = mean.and_then(|mean| match mean.interval {
        Estimate::Computed(limits) => Some((limits.lower, limits.upper)),
        Estimate::NotComputed(_) => None,
    });
    DotRow {
        label,
        value: mean.filter(|_| !few).map(|mean| mean.value),
        interval,
        basis: format!("{} pairs", count(of.improved.of)),
        few,
    }
}
