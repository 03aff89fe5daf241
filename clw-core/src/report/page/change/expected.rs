//! What has to be held beside a change: the ends of the scale, and regression to the mean.

use maud::{Markup, html};

use super::super::super::format::{decimal, signed};
use super::super::super::table::Table;
use super::super::super::view::View;
use crate::change::RegressionToTheMean;
use crate::estimate::Estimate;
use crate::sentences::scale;

pub(super) fn body(view: &View<'_>) -> Markup {
    let change = &view.findings.change;
    let about = view.about();
    html! {
        @if change.scale_ends.effects().next().is_some() {
            p.beside { (scale::scale_ends(&about, &change.scale_ends)) }
        }
        @if let Some(found) = &change.regression_to_the_mean {
            p.beside { (scale::regression_to_the_mean(&about, found)) }
            details {
                summary { "The change that would be expected, reliability by reliability" }
                (panel(view, found).markup())
            }
        }
    }
}

/// What would be expected at each reliability, with nothing done and nobody truly changed.
fn panel(view: &View<'_>, found: &RegressionToTheMean) -> Table {
    let table = Table::new("Expected by regression to the mean alone", "Reliability")
        .of(view.name())
        .under_heading()
        .numbers("From their mean at first");
    let mut table = match found.rule.cut_off {
        Some(cut_off) => table.numbers(format!("If selected for being worse than {cut_off}")),
        None => table,
    };
    for row in &found.panel {
        let expected = match row.expected_change {
            Estimate::Computed(change) => signed(change, view.places()),
            Estimate::NotComputed(_) => "–".to_owned(),
        };
        let selected = row.expected_change_of_selected.map(|change| signed(change, view.places()));
        let cells = [expected].into_iter().chain(selected).collect();
        table.push(decimal(row.reliability.get(), 1), cells);
    }
    table
}
