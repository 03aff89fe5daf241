//! The areas of a star together: who moved forward in at least one, and area by area.

use maud::{Markup, html};

use super::super::super::figures;
use super::super::super::format::{count, half, p_value, percent};
use super::super::super::table::Table;
use super::super::super::view::Star;
use super::super::super::words::sentence_case;
use crate::evaluation::FEW_PAIRS;
use crate::sentences::several;

pub(super) fn body(star: &Star<'_>) -> Markup {
    let found = star.found;
    html! {
        div.measure {
            h3 { "The areas of " (star.title()) " together" }
            p { (several::forward_in_at_least_one(star.noun, found)) }
            @if found.episodes > 0 {
                @if let Some(figure) = figures::areas(star) { (figure.markup()) }
                (by_area(star).markup())
                p.aside {
                    "A move is any change of stage. By chance alone one of many areas moves, so each "
                    "area’s p is also given adjusted for the number of areas, "
                    (several::multiplicity(found.signed_rank.method)) "."
                }
                details {
                    summary { "In how many areas each one moved forward" }
                    (by_number(star).markup())
                }
            }
        }
    }
}

/// Area by area: who moved which way, the medians, and p by itself and adjusted.
fn by_area(star: &Star<'_>) -> Table {
    let mut table = Table::new("Area by area", "Area")
        .of(star.title())
        .numbers("Pairs")
        .numbers("Forward")
        .numbers("Same")
        .numbers("Back")
        .numbers("Median before")
        .numbers("Median after")
        .numbers("Signed rank p")
        .numbers("Adjusted p");
    for view in &star.areas {
        let any = &view.findings.change.any_change;
        let [before, after] =
            view.medians().map_or_else(|| ["–".to_owned(), "–".to_owned()], |both| both.map(half));
        let mut p_values = star.found.signed_rank.p_values.iter();
        let adjusted = p_values.find(|of| of.name == view.findings.measure);
        let [p, p_adjusted] = adjusted.map_or_else(
            || ["–".to_owned(), "–".to_owned()],
            |of| [of.p, of.p_adjusted].map(bare_p),
        );
        let [forward, same, back] =
            [&any.improved, &any.same, &any.worse].map(|of| count(of.count));
        let cells = vec![count(any.n), forward, same, back, before, after, p, p_adjusted];
        table.push(view.label(), cells);
    }
    table
}

/// A p without its letter, under a heading that has it.
fn bare_p(p: f64) -> String {
    p_value(p).trim_start_matches('p').trim_start_matches(['\u{a0}', '=']).to_owned()
}

/// How many moved forward in none, one, two and more of the areas.
fn by_number(star: &Star<'_>) -> Table {
    let mut table = Table::new("Areas moved forward in", "Areas")
        .of(star.title())
        .under_heading()
        .numbers(sentence_case(star.noun.several));
    let all = star.found.episodes;
    for row in &star.found.by_areas_forward {
        let number = if all < FEW_PAIRS {
            count(row.episodes)
        } else {
            format!("{} ({})", count(row.episodes), percent(row.episodes as f64 / all as f64))
        };
        table.push(count(row.areas.into()), vec![number]);
    }
    table
}
