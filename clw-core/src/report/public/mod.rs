//! What may leave the programme, as a page, as tables in CSV and as charts: all of them made of one
//! list of topics with their sentences, pictures and tables, and that of published counts only.

mod attrition;
mod change;
mod counts;
mod equity;
mod groups;
mod help;
mod hidden;
mod indicators;
mod method;
mod over_time;
mod people;
mod records;
mod summary;

use maud::{Markup, html};

use self::counts::noun;
pub(super) use self::counts::{HIDDEN, name, share_of, shown};
use super::NamedChart;
use super::chart::{Chart, Figure};
use super::format::printable;
use super::page::{Section, document, fold};
use super::table::Table;
use crate::evaluation::{Caution, DisclosedEvaluation, DisclosedMeasure};
use crate::sentences::{About, cautions};

/// What the report says on one question, measure by measure.
struct Topic {
    id: &'static str,
    heading: &'static str,
    parts: Vec<Part>,
}

/// What it says of one measure, or of all.
#[derive(Default)]
struct Part {
    /// The measure; blank where it is of all.
    of: String,
    said: Vec<String>,
    figures: Vec<Figure>,
    tables: Vec<Table>,
    /// Tables that a reader opens who wants to know more.
    more: Vec<Table>,
}

/// The report of an evaluation as it may leave the programme: one HTML file that stands alone.
///
/// Like [`html`](super::html), of what is published only: a hidden count is the word `hidden`, and
/// what rests on it is not there. The page says which counts are hidden.
///
/// ```
/// # use clw_core::{caseload::RowAccount, disclosure::Profile, evaluation::Plan};
/// # use clw_core::{instrument::Registry, report};
/// # let plan = Plan::from_toml(r#"
/// # title = "Example Valley"
/// # as-of = "2026-06-30"
/// # measures = [{ instrument = "swemwbs" }]
/// # pairing = { baseline = { rule = "first" }, end-point = { rule = "last" }, due = { rule = "closed" } }
/// # "#)?;
/// # let evaluation = plan.check(&Registry::new())?.evaluate([], &RowAccount::default())?;
/// let page = report::public_html(&evaluation.disclosed(&Profile::default())?);
/// assert!(page.contains("Counts from 1 to 4 are hidden"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use]
pub fn public_html(disclosed: &DisclosedEvaluation) -> String {
    let provenance = &disclosed.provenance;
    let mut sections = vec![
        Section { id: "summary", heading: "In short", body: summary::body(disclosed) },
        Section { id: "hidden", heading: "What is hidden", body: hidden::body(&disclosed.profile) },
    ];
    sections.extend(topics(disclosed).iter().map(|topic| Section {
        id: topic.id,
        heading: topic.heading,
        body: topic.markup(),
    }));
    sections.push(Section {
        id: "cautions",
        heading: "What to bear in mind",
        body: bear_in_mind(disclosed),
    });
    sections.push(Section {
        id: "method",
        heading: "How this was made",
        body: method::body(disclosed),
    });
    document(&provenance.plan, &provenance.library, &notice(), &sections).into_string()
}

/// The answer of [`public_html`] in plain text: the title, a paragraph for each measure, and what is
/// hidden.
///
/// ```
/// # use clw_core::{caseload::RowAccount, disclosure::Profile, evaluation::Plan};
/// # use clw_core::{instrument::Registry, report};
/// # let plan = Plan::from_toml(r#"
/// # title = "Example Valley"
/// # as-of = "2026-06-30"
/// # measures = [{ instrument = "swemwbs" }]
/// # pairing = { baseline = { rule = "first" }, end-point = { rule = "last" }, due = { rule = "closed" } }
/// # "#)?;
/// # let evaluation = plan.check(&Registry::new())?.evaluate([], &RowAccount::default())?;
/// let summary = report::public_summary(&evaluation.disclosed(&Profile::default())?);
/// assert!(summary.starts_with("Example Valley\n\n"), "{summary}");
/// assert!(summary.contains("\n\nCounts from 1 to 4 are hidden"), "{summary}");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use]
pub fn public_summary(disclosed: &DisclosedEvaluation) -> String {
    let mut paragraphs = vec![printable(&disclosed.provenance.plan.title)];
    paragraphs.extend(summary::paragraphs(disclosed));
    paragraphs.push(hidden::rule(&disclosed.profile));
    paragraphs.join("\n\n")
}

/// The tables of [`public_html`] as CSV: `measure,table,row,column,value`, one line for each cell.
///
/// ```
/// # use clw_core::{caseload::RowAccount, disclosure::Profile, evaluation::Plan};
/// # use clw_core::{instrument::Registry, report};
/// # let plan = Plan::from_toml(r#"
/// # title = "Example Valley"
/// # as-of = "2026-06-30"
/// # measures = [{ instrument = "swemwbs" }]
/// # pairing = { baseline = { rule = "first" }, end-point = { rule = "last" }, due = { rule = "closed" } }
/// # "#)?;
/// # let evaluation = plan.check(&Registry::new())?.evaluate([], &RowAccount::default())?;
/// let csv = report::public_csv(&evaluation.disclosed(&Profile::default())?);
/// assert!(csv.starts_with("measure,table,row,column,value\n,Whether episodes are over,Open,Episodes,0\n"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use]
pub fn public_csv(disclosed: &DisclosedEvaluation) -> String {
    let mut csv = "measure,table,row,column,value\n".to_owned();
    for part in topics(disclosed).into_iter().flat_map(|topic| topic.parts) {
        let of = part.of.clone();
        for table in part.all_tables() {
            table.of(of.as_str()).append_csv(&mut csv);
        }
    }
    csv
}

/// The charts of [`public_html`], measure by measure.
///
/// ```
/// # use clw_core::{caseload::RowAccount, disclosure::Profile, evaluation::Plan};
/// # use clw_core::{instrument::Registry, report};
/// # let plan = Plan::from_toml(r#"
/// # title = "Example Valley"
/// # as-of = "2026-06-30"
/// # measures = [{ instrument = "swemwbs" }]
/// # group-by = ["practice"]
/// # pairing = { baseline = { rule = "first" }, end-point = { rule = "last" }, due = { rule = "closed" } }
/// # "#)?;
/// # let evaluation = plan.check(&Registry::new())?.evaluate([], &RowAccount::default())?;
/// // Nobody was counted, so there are no groups to draw.
/// assert!(report::public_charts(&evaluation.disclosed(&Profile::default())?).is_empty());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use]
pub fn public_charts(disclosed: &DisclosedEvaluation) -> Vec<NamedChart> {
    let parts = topics(disclosed).into_iter().flat_map(|topic| topic.parts);
    parts.flat_map(|part| part.figures).map(NamedChart::of).collect()
}

fn topics(disclosed: &DisclosedEvaluation) -> Vec<Topic> {
    let each = |part: &dyn Fn(&DisclosedMeasure) -> Part| {
        disclosed.measures.iter().map(part).collect::<Vec<Part>>()
    };
    let noun = noun(disclosed);
    let topics = [
        Topic {
            id: "people",
            heading: "Who came in, and who is missing",
            parts: core::iter::once(people::closures(disclosed))
                .chain(each(&people::part))
                .collect(),
        },
        Topic {
            id: "change",
            heading: "What changed",
            parts: each(&change::part)
                .into_iter()
                .chain(disclosed.joint.iter().map(change::star))
                .collect(),
        },
        Topic {
            id: "missing",
            heading: "Those without a second score",
            parts: each(&|measure| attrition::part(noun, measure)),
        },
        Topic {
            id: "over-time",
            heading: "When and where follow\u{2011}ups are completed",
            parts: core::iter::once(over_time::referrals(disclosed))
                .chain(each(&over_time::part))
                .collect(),
        },
        Topic {
            id: "groups",
            heading: "Group by group",
            parts: each(&|measure| groups::part(&disclosed.provenance.plan, noun, measure)),
        },
        Topic {
            id: "equity",
            heading: "Who is reached, followed up and helped",
            parts: each(&|measure| equity::part(noun, measure)),
        },
        Topic {
            id: "help",
            heading: "What else came of it",
            parts: core::iter::once(help::part(disclosed))
                .chain(each(&|measure| help::after_exit(&disclosed.provenance.plan, measure)))
                .collect(),
        },
        Topic {
            id: "records",
            heading: "How good the records are",
            parts: core::iter::once(records::part(disclosed))
                .chain(each(&records::sittings))
                .collect(),
        },
        Topic { id: "indicators", heading: "Indicators", parts: each(&indicators::part) },
    ];
    topics.into_iter().filter(|topic| topic.parts.iter().any(|part| !part.is_empty())).collect()
}

impl Topic {
    /// What is of all measures and the main one open, the others folded.
    fn markup(&self) -> Markup {
        let parts = self.parts.iter().filter(|part| !part.is_empty());
        let (of_all, of_one): (Vec<&Part>, Vec<&Part>) = parts.partition(|part| part.of.is_empty());
        html! {
            @for part in of_all { (part.markup()) }
            @for (place, part) in of_one.iter().enumerate() {
                @if place == 0 {
                    @if of_one.len() > 1 { h3 { (part.of) } }
                    (part.markup())
                } @else {
                    details.other-measure {
                        summary { "The same for " (part.of) }
                        (part.markup())
                    }
                }
            }
        }
    }
}

impl Part {
    fn is_empty(&self) -> bool {
        let Self { of: _, said, figures, tables, more } = self;
        said.is_empty() && figures.is_empty() && tables.is_empty() && more.is_empty()
    }

    /// Its tables, and the numbers of pictures that no table of its own holds.
    fn all_tables(self) -> impl Iterator<Item = Table> {
        let alone = |of: &Figure| matches!(of.chart, Chart::Control(_) | Chart::Funnel(_));
        let pictures: Vec<Table> =
            self.figures.iter().filter(|of| alone(of)).map(Figure::table).collect();
        self.tables.into_iter().chain(pictures).chain(self.more)
    }

    fn markup(&self) -> Markup {
        html! {
            @for sentences in &self.said { p { (sentences) } }
            @for figure in &self.figures { (figure.markup()) }
            @for table in &self.tables { (table.clone().of(self.of.as_str()).markup()) }
            @if !self.more.is_empty() {
                (fold("More numbers", &html! {
                    @for table in &self.more { (table.clone().of(self.of.as_str()).markup()) }
                }))
            }
        }
    }
}

fn notice() -> Markup {
    html! {
        p.notice {
            strong { "Small counts are hidden. " }
            "Nobody’s scores are in this report, and no count of a few people."
        }
    }
}

/// What holds of every evaluation; the rest of the cautions name counts.
fn bear_in_mind(disclosed: &DisclosedEvaluation) -> Markup {
    let about = disclosed.measures.first().map(|measure| About::scale(measure.scale, 0));
    let said = [Caution::NoControlGroup, Caution::RegressionToTheMean];
    let said = said.iter().filter_map(|caution| cautions::caution(about.as_ref()?, caution));
    html! {
        @for words in said {
            h3 { (words.heading) }
            p { (words.meaning) }
        }
    }
}
