//! How complete the records are, and what is wrong with them.

use maud::{Markup, html};

use super::super::figures;
use super::super::format::{count, percent};
use super::super::table::Table;
use super::super::view::View;
use super::fold;
use crate::estimate::{Estimate, Share};
use crate::evaluation::RecordFindings;
use crate::sentences::records as told;

pub(super) fn body(records: &RecordFindings, views: &[View<'_>]) -> Markup {
    html! {
        p {
            @if let Some(fields) = told::fields(&records.fields) { (fields) " " }
            (told::issues(records))
        }
        @if let Some(figure) = figures::records::fields(records) {
            (fold("What the core fields hold", &html! {
                p.aside {
                    "The fields that most link worker programmes record, each of all people or episodes that \
                     it applies to. Asked and not known is an answer; nothing recorded is a gap."
                }
                (figure.markup())
            }))
        }
        (fold("Every problem looked for", &html! {
            p.aside {
                "Each with how often it was found, of how often there was something to look at. A nought is \
                 a finding; a dash means that nobody could tell."
            }
            (issues(records).markup())
            @for view in views { (sittings(view).markup()) }
        }))
    }
}

fn issues(records: &RecordFindings) -> Table {
    let mut table = heading("People and episodes");
    for of in &records.issues {
        let (name, among) = told::issue(of.issue);
        table.push(name, cells(&of.found, among));
    }
    table
}

fn sittings(view: &View<'_>) -> Table {
    let mut table = heading(format!("Questionnaires, {}", view.name()));
    for of in &view.findings.issues {
        let (name, among) = told::sitting_issue(of.issue);
        table.push(name, cells(&of.found, among));
    }
    table
}

fn heading(caption: impl Into<String>) -> Table {
    Table::new(caption, "Problem")
        .numbers("Found")
        .numbers("Of")
        .numbers("Share")
        .text("Looked for among")
}

fn cells(found: &Share, among: &str) -> Vec<String> {
    let share = match found.proportion {
        Estimate::Computed(share) => percent(share.value),
        Estimate::NotComputed(_) => "–".to_owned(),
    };
    let times = if found.of == 0 { "–".to_owned() } else { count(found.count) };
    vec![times, count(found.of), share, among.to_owned()]
}
