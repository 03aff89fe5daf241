//! How far those with and without a follow-up lie apart.

use super::super::chart::{Chart, DotChart, DotRow, Figure, Order, Unit};
use super::super::format::{count, decimal, printable};
use super::super::view::View;
use super::super::words;
use crate::attrition::Comparison;

/// The standardised differences of the traits, as sizes; none where nothing could be compared.
pub(in super::super) fn differences(view: &View<'_>) -> Option<Figure> {
    let found = &view.findings.attrition;
    let rows: Vec<DotRow> =
        found.traits.iter().filter_map(|of| row(&of.name, &of.comparison)).collect();
    let threshold = found.options.difference_threshold.get();
    (!rows.is_empty()).then(|| Figure {
        id: view.id("differences"),
        title: "How far those without a follow-up differ".to_owned(),
        of: view.name(),
        description: format!(
            "One dot with its interval for each of {} recorded traits: the standardised difference \
             between those with and without a follow-up, without its sign. A dashed line stands at {}, from \
             where on a difference counts.",
            count(rows.len() as u64),
            decimal(threshold, 2)
        ),
        chart: Chart::Dots(DotChart {
            unit: Unit::Size { name: "Difference in SD" },
            order: Order::Down,
            label: "Trait",
            rows,
            reference: Some((threshold, format!("counts from {}", decimal(threshold, 2)))),
        }),
    })
}

/// The size of one difference; none where the two could not be compared.
pub(in super::super) fn row(name: &str, of: &Comparison) -> Option<DotRow> {
    let Comparison::Compared { difference, reading, .. } = of else { return None };
    let (lower, upper) = (difference.interval.lower, difference.interval.upper);
    let ends = (libm::fabs(lower), libm::fabs(upper));
    let nearest = if lower <= 0.0 && upper >= 0.0 { 0.0 } else { ends.0.min(ends.1) };
    Some(DotRow {
        label: words::sentence_case(&printable(name)),
        value: Some(libm::fabs(difference.value)),
        interval: Some((nearest, ends.0.max(ends.1))),
        basis: words::difference_reading(*reading).to_owned(),
        few: false,
    })
}
