//! The page: its frame and its sections in the order of a reader's questions.

mod cautions;
mod change;
mod compare;
pub(super) mod equity;
mod help;
mod indicators;
pub(super) mod method;
mod missing;
mod over_time;
mod people;
mod records;
pub(super) mod summary;

use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::format::{date, printable};
use super::view::{View, noun, views};
use crate::evaluation::{Evaluation, Plan};

/// The style sheet, inline in the page.
const STYLE: &str = include_str!("style.css");

/// Nothing is loaded and nothing runs, whatever texts the page was made from.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'";

/// A section of the page, for its heading and the table of contents.
pub(super) struct Section {
    pub(super) id: &'static str,
    pub(super) heading: &'static str,
    pub(super) body: Markup,
}

pub(super) fn page(evaluation: &Evaluation) -> Markup {
    let provenance = &evaluation.provenance;
    let sections = sections(evaluation, &views(evaluation));
    document(&provenance.plan, &provenance.library, &own_use(), &sections)
}

/// The frame of a page: what it is of, a notice to its readers, and its sections.
pub(super) fn document(
    plan: &Plan,
    library: &str,
    notice: &Markup,
    sections: &[Section],
) -> Markup {
    let title = match plan.title.trim() {
        "" => "Evaluation without a name".to_owned(),
        title => printable(title),
    };
    html! {
        (DOCTYPE)
        html lang="en-GB" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                meta http-equiv="Content-Security-Policy" content=(POLICY);
                title { (title) ": outcomes to " (date(plan.as_of)) }
                style { (PreEscaped(STYLE)) }
            }
            body {
                a.skip href="#summary" { "Skip to the summary" }
                header {
                    p.kicker { "Outcomes report" }
                    h1 { bdi { (title) } }
                    p.as-of { "As of " (date(plan.as_of)) }
                    (notice)
                }
                nav aria-label="Contents" {
                    ol {
                        @for section in sections {
                            li { a href={ "#" (section.id) } { (section.heading) } }
                        }
                    }
                }
                main {
                    @for section in sections {
                        section id=(section.id) aria-labelledby={ (section.id) "-heading" } {
                            h2 id={ (section.id) "-heading" } { (section.heading) }
                            (section.body)
                        }
                    }
                }
                footer {
                    p {
                        "Made by clw " (library)
                        " on the programme’s own computer. Nothing was sent anywhere."
                    }
                }
            }
        }
    }
}

fn own_use() -> Markup {
    html! {
        p.notice {
            strong { "For the programme’s own use. " }
            "This report holds small counts, from which a person could be recognised. \
             Share it only after disclosure control was applied."
        }
    }
}

fn sections(evaluation: &Evaluation, views: &[View<'_>]) -> Vec<Section> {
    let mut sections = vec![
        Section { id: "summary", heading: "In short", body: summary::body(evaluation, views) },
        Section {
            id: "people",
            heading: "Who came in, and who is missing",
            body: people::body(evaluation, views),
        },
        Section { id: "change", heading: "What changed", body: change::body(evaluation, views) },
    ];
    let records = &evaluation.records;
    sections.extend([
        Section {
            id: "missing",
            heading: "Those without a second score",
            body: missing::body(views),
        },
        Section {
            id: "over-time",
            heading: "When and where follow\u{2011}ups are completed",
            body: over_time::body(records, views),
        },
    ]);
    sections.extend(compare::rules(views).map(|body| Section {
        id: "rules",
        heading: "How much hangs on the end point",
        body,
    }));
    sections.extend([
        Section {
            id: "equity",
            heading: "Who is reached, followed up and helped",
            body: equity::body(views),
        },
        Section {
            id: "help",
            heading: "What else came of it",
            body: help::body(records, noun(evaluation), views),
        },
        Section {
            id: "records",
            heading: "How good the records are",
            body: records::body(records, views),
        },
        Section { id: "indicators", heading: "Indicators", body: indicators::body(views) },
    ]);
    sections.extend([
        Section { id: "cautions", heading: "What to bear in mind", body: cautions::body(views) },
        Section {
            id: "method",
            heading: "How this was made",
            body: method::body(evaluation, views),
        },
    ]);
    sections
}

/// The part for each measure: the main one open, the others folded.
fn main_and_others(views: &[View<'_>], part: impl Fn(&View<'_>) -> Markup) -> Markup {
    html! {
        @for (place, view) in views.iter().enumerate() {
            @if place == 0 {
                @if views.len() > 1 { h3 { (view.name()) } }
                (part(view))
            } @else {
                details.other-measure {
                    summary { "The same for " (view.name()) }
                    (part(view))
                }
            }
        }
    }
}

/// A part that a reader opens who wants to know more.
pub(super) fn fold(what: &str, part: &Markup) -> Markup {
    html! { details.more { summary { (what) } (part) } }
}

/// Why something is not shown, and what would show it.
fn off(reason: &str) -> Markup {
    html! { p.off { (reason) } }
}
