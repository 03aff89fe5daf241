//! Those whose follow-up was due and who have none.

use maud::{Markup, html};

use super::super::figures;
use super::super::format::{count, decimal, percent, printable};
use super::super::table::Table;
use super::super::view::View;
use super::super::words;
use super::{fold, main_and_others, off};
use crate::attrition::{Comparison, LevelComparison, TraitComparison, TraitGroups};
use crate::change::Moments;
use crate::estimate::{Estimate, Share};
use crate::sentences::{attrition, weighting};

pub(super) fn body(views: &[View<'_>]) -> Markup {
    main_and_others(views, of_measure)
}

fn of_measure(view: &View<'_>) -> Markup {
    let (found, about) = (&view.findings.attrition, view.about());
    let bounds = attrition::mean_bounds(&about, found).filter(|_| !view.is_few());
    let tipping = attrition::tipping_point(&about, found).filter(|_| !view.is_few());
    html! {
        p { (attrition::verdict(view.noun, found)) }
        @if bounds.is_some() || tipping.is_some() {
            p {
                @if let Some(bounds) = &bounds { (bounds) " " }
                @if let Some(tipping) = &tipping { (tipping) }
            }
        }
        @match &view.findings.weighting {
            Some(found) => p { (weighting::weighting(&about, found)) },
            None => (off("The plan asks for no weighting, so no weighted result is shown beside this one. Give \
                          “attrition.weighting” with the traits to weight by.")),
        }
        @if let Some(figure) = figures::attrition::differences(view) {
            (fold("How they differ, trait by trait", &html! {
                p.aside {
                    "A standardised difference tells how far two groups lie apart, in standard deviations. \
                     Alike on what is recorded does not mean alike in how people fared."
                }
                (figure.markup())
                (fold("Each level of each trait", &html! { (side_by_side(view).markup()) }))
            }))
        }
    }
}

/// Every level of every trait, of those with and without a follow-up.
fn side_by_side(view: &View<'_>) -> Table {
    let mut table = Table::new("With and without a follow-up, side by side", "Trait")
        .of(view.name())
        .text("Level")
        .numbers("With a follow-up")
        .numbers("Without")
        .numbers("Difference, SD");
    let traits = &view.findings.attrition.traits;
    let by = |name: &str| view.traits.iter().find(|by| by.name() == name);
    for of in traits {
        let name = words::sentence_case(&printable(&of.name));
        match &of.groups {
            TraitGroups::Scores { paired, unpaired } => {
                let [with, without] = [paired, unpaired].map(|moments| mean(view, moments));
                table.push(name, vec!["Mean (SD)".to_owned(), with, without, difference(of)]);
            }
            TraitGroups::Levels { levels } => {
                let all = vec!["All levels".into(), "–".into(), "–".into(), difference(of)];
                table.push(name.as_str(), all);
                for level in levels {
                    let name = by(&of.name).map(|by| words::group(*by, &level.level));
                    table.push(
                        "",
                        level_cells(name.unwrap_or_else(|| printable(&level.level)), level),
                    );
                }
            }
        }
    }
    table
}

fn level_cells(level: String, of: &LevelComparison) -> Vec<String> {
    let share = |share: &Share| match share.proportion {
        Estimate::Computed(found) => format!("{} ({})", count(share.count), percent(found.value)),
        Estimate::NotComputed(_) => count(share.count),
    };
    let difference = of.standardised_difference;
    vec![
        level,
        share(&of.paired),
        share(&of.unpaired),
        difference.map_or_else(|| "–".to_owned(), |value| decimal(value, 2)),
    ]
}

fn mean(view: &View<'_>, moments: &Moments) -> String {
    let places = view.places();
    match (moments.mean.computed(), moments.standard_deviation.computed()) {
        (Some(mean), Some(spread)) => {
            format!("{} ({})", decimal(*mean, places), decimal(*spread, places))
        }
        (Some(mean), None) => decimal(*mean, places),
        (None, _) => "–".to_owned(),
    }
}

fn difference(of: &TraitComparison) -> String {
    match of.comparison {
        Comparison::Compared { difference, reading, .. } => {
            format!("{}: {}", decimal(difference.value, 2), words::difference_reading(reading))
        }
        Comparison::NotCompared { reason } => format!("none: {reason}"),
    }
}
