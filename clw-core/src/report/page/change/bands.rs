//! Moves between bands, and the tests of them.

use maud::{Markup, html};

use super::super::super::format::{count, percent, printable};
use super::super::super::table::Table;
use super::super::super::view::View;
use crate::change::{TransitionTests, Transitions};
use crate::evaluation::FEW_PAIRS;
use crate::sentences::transitions;

pub(super) fn body(view: &View<'_>) -> Markup {
    let change = &view.findings.change;
    let about = view.about();
    html! {
        @for (moves, tests) in change.transitions.iter().zip(&change.transition_tests) {
            (table(view, moves).markup())
            p { (transitions::transitions(&about, moves)) }
            @if !view.is_few() { (tested(view, tests)) }
        }
    }
}

fn tested(view: &View<'_>, tests: &TransitionTests) -> Markup {
    html! {
        details {
            summary { "For statisticians: tests of these moves" }
            p { (transitions::transition_tests(&view.about(), tests)) }
        }
    }
}

/// From each band to each band: counts, and shares of the row where there are enough pairs.
fn table(view: &View<'_>, moves: &Transitions) -> Table {
    let band_set = view.measure.band_set(&moves.band_set).ok();
    let cut = moves.band_set.strip_prefix("cut-at-").filter(|_| band_set.is_none());
    let label = |id: &String| match (band_set, cut, id.as_str()) {
        (Some(set), ..) => {
            let band = set.bands.iter().find(|band| band.id == id.as_str());
            band.map_or_else(|| printable(id), |band| band.label.to_string())
        }
        (None, Some(cut), "below") => format!("Below {cut}"),
        (None, Some(cut), _) => format!("{cut} or more"),
        (None, None, id) => printable(id),
    };
    let labels: Vec<String> = moves.bands.iter().map(label).collect();
    let caption = match cut {
        Some(cut) => format!("Moves across a cut at {cut}"),
        None => {
            let set = transitions::band_set_label(&view.about(), &moves.band_set);
            format!("Moves between bands: {set}")
        }
    };
    let table = Table::new(caption, "Before ↓ After →").of(view.name());
    let mut table =
        labels.iter().fold(table, |table, label| table.numbers(label.as_str())).numbers("All");
    for (label, row) in labels.iter().zip(&moves.pairs) {
        let all: u64 = row.iter().sum();
        let cell = |&pairs: &u64| {
            if all == 0 || moves.n < FEW_PAIRS {
                count(pairs)
            } else {
                format!("{} ({})", count(pairs), percent(pairs as f64 / all as f64))
            }
        };
        let cells = row.iter().map(cell).chain([count(all)]).collect();
        table.push(label.as_str(), cells);
    }
    table
}
