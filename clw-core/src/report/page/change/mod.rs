//! What changed, measure by measure, and the areas of a star together.

mod areas;
mod bands;
mod expected;
mod persons;
mod scores;
mod statistics;

use maud::{Markup, html};

use super::super::figures;
use super::super::format::printable;
use super::super::view::{Star, View, stars};
use crate::evaluation::{Evaluation, JointFindings};
use crate::sentences::{classes, completion, mean, several as told};

pub(super) fn body(evaluation: &Evaluation, views: &[View<'_>]) -> Markup {
    let stars = stars(evaluation, views);
    let is_area = |view: &View<'_>| stars.iter().any(|star| star.holds(view));
    let first = views.first().map(View::name);
    let is_first = |view: &View<'_>| first.as_ref() == Some(&view.name());
    html! {
        @for star in &stars { (areas::body(star)) }
        @for view in views {
            @if is_area(view) {
                details.other-measure {
                    summary { "More about " (view.name()) }
                    (measure(view))
                }
            } @else if is_first(view) {
                div.measure {
                    h3 { (view.name()) }
                    (measure(view))
                }
            } @else {
                details.other-measure {
                    summary { "The same for " (view.name()) }
                    (measure(view))
                }
            }
        }
        @for found in several(evaluation, &stars) {
            details.other-measure {
                summary { "For statisticians: the measures of " (printable(&found.title)) " together" }
                p {
                    (told::adjusted_ps(&found.signed_rank, |id| label(views, found, id)))
                    " Each is the p of Wilcoxon’s signed rank test."
                }
            }
        }
    }
}

/// The instruments with several measures in the plan that are no stars.
fn several<'a>(evaluation: &'a Evaluation, stars: &[Star<'_>]) -> Vec<&'a JointFindings> {
    let is_star =
        |found: &&JointFindings| stars.iter().any(|star| star.found.instrument == found.instrument);
    evaluation.joint_findings.iter().filter(|found| !is_star(found)).collect()
}

/// The name in print of a measure of an instrument.
fn label(views: &[View<'_>], found: &JointFindings, id: &str) -> String {
    let mut of = views.iter().filter(|view| view.findings.instrument == found.instrument);
    of.find(|view| view.findings.measure == id).map_or_else(|| id.to_owned(), View::label)
}

fn measure(view: &View<'_>) -> Markup {
    html! {
        @if view.findings.change.n == 0 {
            p { (mean::mean_change(&view.about(), &view.findings.change)) }
        } @else if view.is_few() {
            (few(view))
        } @else {
            (enough(view))
        }
    }
}

/// Counts, range and interval, and why there is no more.
fn few(view: &View<'_>) -> Markup {
    let change = &view.findings.change;
    html! {
        p { (mean::mean_change(&view.about(), change)) }
        p {
            @if let Some(range) = mean::range_of_change(&view.counts.main.pairs) { (range) " " }
            (classes::any_change(&view.about(), &change.any_change))
        }
        (persons::counts_only(view).markup())
        @if let Some(figure) = figures::moves(view) { (figure.markup()) }
        (bands::body(view))
        (expected::body(view))
    }
}

fn enough(view: &View<'_>) -> Markup {
    let (about, bounds) = (view.about(), &view.findings.improved_bounds);
    let paired = &view.findings.flow.rates.paired_completion;
    // What ordinal scores lead with has the share improved in it.
    let improved = if view.is_ordinal() {
        completion::improved_among_due(&about, bounds, paired)
    } else {
        completion::improved(&about, bounds, paired)
    };
    html! {
        p { (view.headline()) @if let Some(improved) = improved { " " (improved) } }
        @if let Some(figure) = figures::moves(view) { (figure.markup()) }
        (scores::before_and_after(view).markup())
        (scores::size_of_change(view).markup())
        (expected::body(view))
        (persons::body(view))
        (bands::body(view))
        (statistics::body(view))
    }
}
