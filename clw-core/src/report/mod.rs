//! An evaluation as one page for people, and as chart specifications.
//!
//! ```text
//! findings ─▶ sentences, tables, charts ─▶ one HTML file, or Vega-Lite specifications
//! ```
//!
//! Numbers are rounded as in [`sentences`](crate::sentences). The page needs no network, no script
//! and no second file, and prints on A4.

mod chart;
mod figures;
mod format;
mod order;
mod overview;
mod page;
mod public;
mod table;
mod view;
mod words;

use serde::Serialize;
use serde_json::Value;

pub use chart::Theme;
pub use overview::{national_overview, overview, public_overview, return_overview};
pub use public::{public_charts, public_csv, public_html, public_summary};

use crate::change::{Change, PairCounts};
use crate::evaluation::Evaluation;
use crate::sentences::About;
use crate::sentences::help::end_point_after_exit;
use crate::sentences::plan_remarks::plan_remark;
use crate::trajectory::Course;

/// The report of an evaluation: one HTML file that stands alone.
///
/// It answers in the order of a reader's questions: what came of it, who came in and who is
/// missing, what changed, how groups and end-point rules differ, what to bear in mind, how it was
/// made. Numbers of people are never far from a share: a share improved comes with pairs, those
/// due, completion and the bounds among all who were due. With fewer than
/// [`FEW_PAIRS`](crate::evaluation::FEW_PAIRS) pairs there is no headline.
///
/// It holds small counts: it is for the programme's own use. What may leave it is [`public_html`].
///
/// ```
/// use clw_core::caseload::RowAccount;
/// use clw_core::evaluation::Plan;
/// use clw_core::instrument::Registry;
/// use clw_core::report;
///
/// let plan = Plan::from_toml(r#"
/// title = "Example Valley"
/// as-of = "2026-06-30"
/// measures = [{ instrument = "swemwbs" }]
/// pairing = { baseline = { rule = "first" }, end-point = { rule = "last" }, due = { rule = "closed" } }
/// "#)?;
/// let evaluation = plan.check(&Registry::new())?.evaluate([], &RowAccount::default())?;
/// let page = report::html(&evaluation);
/// assert!(page.starts_with("<!DOCTYPE html><html lang=\"en-GB\">"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use]
pub fn html(evaluation: &Evaluation) -> String {
    page::page(evaluation).into_string()
}

/// The answer in plain words: the title, a paragraph for each measure and what of the plan no record
/// answers to, as the page opens, and whether the plan's end point takes what was answered long after
/// the end.
///
/// ```
/// # use clw_core::{caseload::RowAccount, evaluation::Plan, instrument::Registry, report};
/// # let plan = Plan::from_toml(r#"
/// # title = "Example Valley"
/// # as-of = "2026-06-30"
/// # measures = [{ instrument = "swemwbs" }]
/// # pairing = { baseline = { rule = "first" }, end-point = { rule = "last" }, due = { rule = "closed" } }
/// # "#)?;
/// # let evaluation = plan.check(&Registry::new())?.evaluate([], &RowAccount::default())?;
/// let summary = report::summary(&evaluation);
/// assert!(summary.starts_with("Example Valley\n\n"), "{summary}");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use]
pub fn summary(evaluation: &Evaluation) -> String {
    let mut paragraphs = vec![format::printable(&evaluation.provenance.plan.title)];
    for view in view::views(evaluation) {
        paragraphs.push(format!("{}: {}", view.name(), page::summary::paragraph(&view)));
    }
    paragraphs.extend(evaluation.records.plan_remarks.iter().map(plan_remark));
    let plan = &evaluation.provenance.plan;
    paragraphs.extend(
        plan.after_exit_days.and_then(|days| end_point_after_exit(plan.pairing.end_point, days)),
    );
    paragraphs.join("\n\n")
}

/// A chart that any Vega-Lite viewer draws.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct NamedChart {
    /// What it is called by, in kebab-case, unique among the charts of an evaluation: for example
    /// `flow-swemwbs-wellbeing`.
    pub id: String,
    /// Its heading.
    pub title: String,
    /// What a reader who cannot see it should know of it.
    pub description: String,
    /// The Vega-Lite version 5 specification with its data; nothing is loaded from elsewhere.
    pub vega_lite: Value,
}

/// The charts of an evaluation: measure by measure, of the areas of a star together, of the records.
///
/// They are drawn from the same models as the pictures of [`html`], so the two cannot disagree.
///
/// ```
/// # use clw_core::{caseload::RowAccount, evaluation::Plan, instrument::Registry, report};
/// # let plan = Plan::from_toml(r#"
/// # title = "Example Valley"
/// # as-of = "2026-06-30"
/// # measures = [{ instrument = "swemwbs" }]
/// # pairing = { baseline = { rule = "first" }, end-point = { rule = "last" }, due = { rule = "closed" } }
/// # "#)?;
/// # let evaluation = plan.check(&Registry::new())?.evaluate([], &RowAccount::default())?;
/// let charts = report::charts(&evaluation);
/// assert_eq!(charts[0].id, "flow-swemwbs-wellbeing");
/// assert_eq!(charts[0].vega_lite["mark"]["type"], "bar");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use]
pub fn charts(evaluation: &Evaluation) -> Vec<NamedChart> {
    let views = view::views(evaluation);
    let stars = view::stars(evaluation, &views);
    let figures =
        views.iter().flat_map(figures::all).chain(stars.iter().filter_map(figures::areas));
    figures.chain(figures::records::all(&evaluation.records)).map(NamedChart::of).collect()
}

/// The charts of one paired sample: `moves`, where each one started and ended, `estimates`, how much
/// the scores changed, and `classes`, who improved by each way of counting.
///
/// Without pairs there are none, and with fewer than [`FEW_PAIRS`](crate::evaluation::FEW_PAIRS)
/// neither classes nor a dot for an estimate: its interval alone.
///
/// ```
/// use clw_core::change::{Change, ChangeOptions, PairCounts};
/// use clw_core::instrument::catalogue;
/// use clw_core::report;
/// use clw_core::sentences::About;
///
/// let loneliness = catalogue::find("ucla-3")?.measure("loneliness")?;
/// let pairs = PairCounts::count_steps(loneliness.scale(), &[8, 7, 9], &[6, 6, 6])?;
/// let change = Change::of(&pairs, &ChangeOptions::default())?;
/// let charts = report::change_charts(&About::measure(loneliness, pairs.n()), &pairs, &change);
/// assert_eq!(charts.iter().map(|chart| chart.id.as_str()).collect::<Vec<_>>(), ["moves", "estimates"]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use]
pub fn change_charts(about: &About<'_>, pairs: &PairCounts, change: &Change) -> Vec<NamedChart> {
    figures::samples::of_change(about, pairs, change).into_iter().map(NamedChart::of).collect()
}

/// The charts of scores over time: `means-by-occasion`, `-time` or `-bin`, one for each grouping that
/// was asked for, and `slopes`, which way each person's own line goes.
///
/// ```
/// use clw_core::instrument::catalogue;
/// use clw_core::report;
/// use clw_core::sentences::About;
/// use clw_core::trajectory::{Course, TimeUnit, Trajectories, TrajectoryOptions};
///
/// let wellbeing = catalogue::find("swemwbs")?.measure("wellbeing")?;
/// let (people, sessions, points) = (["a", "a", "b", "b"], [1, 2, 1, 2], [1798, 2154, 1925, 1925]);
/// let sittings =
///     Trajectories::gather(wellbeing.scale(), TimeUnit::Session, &people, &sessions, &points)?;
/// let course = Course::of(&sittings, &TrajectoryOptions::default())?;
/// let charts = report::course_charts(&About::measure(wellbeing, course.people), &course);
/// assert_eq!(charts[0].title, "The mean score at each sitting, Mental wellbeing");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use]
pub fn course_charts(about: &About<'_>, course: &Course) -> Vec<NamedChart> {
    figures::samples::of_course(about, course).into_iter().map(NamedChart::of).collect()
}

impl NamedChart {
    /// The chart in the colours of a theme; charts come in those of [`Theme::Light`].
    #[must_use]
    pub fn in_theme(mut self, theme: Theme) -> Self {
        if let Value::Object(specification) = &mut self.vega_lite {
            specification.insert("params".to_owned(), theme.params());
        }
        self
    }

    fn of(figure: chart::Figure) -> Self {
        Self {
            title: figure.full_title(),
            vega_lite: figure.vega_lite(),
            id: figure.id,
            description: figure.description,
        }
    }
}
