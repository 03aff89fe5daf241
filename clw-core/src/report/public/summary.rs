//! The answer for each measure: nothing is said without all the counts it rests on.

use maud::{Markup, html};

use super::super::format::{count, decimal, mean_places, signed};
use super::counts::{name, noun, whole};
use crate::disclosure::PublishedCount;
use crate::evaluation::{DisclosedEvaluation, DisclosedMeans, DisclosedMeasure, FEW_PAIRS};
use crate::sentences::{About, Noun, completion};

pub(super) fn body(disclosed: &DisclosedEvaluation) -> Markup {
    html! {
        @for measure in &disclosed.measures {
            p { strong { (name(measure)) } ". " (summary(noun(disclosed), measure)) }
        }
    }
}

/// The same in plain text, a paragraph for each measure.
pub(super) fn paragraphs(disclosed: &DisclosedEvaluation) -> impl Iterator<Item = String> {
    let noun = noun(disclosed);
    let measures = disclosed.measures.iter();
    measures.map(move |measure| format!("{}: {}", name(measure), summary(noun, measure)))
}

fn summary(noun: Noun, measure: &DisclosedMeasure) -> String {
    let mut sentences = Vec::new();
    let paired = whole(&measure.completion.paired_completion);
    sentences.push(paired.as_ref().map_or_else(
        || "How many of those due have a pair of scores is hidden.".to_owned(),
        |paired| completion::paired_completion(noun, paired),
    ));
    let change = &measure.change;
    sentences.push(match (&change.means, change.pairs) {
        (Some(means), PublishedCount::Shown(pairs)) => mean_change(measure, means, pairs),
        (None, PublishedCount::Shown(0)) => return sentences.join(" "),
        _ => format!(
            "No mean is shown: it takes {FEW_PAIRS} pairs, and counts that do not follow from it."
        ),
    });
    if let (Some(paired), Some(bounds)) = (&paired, &change.improved_bounds) {
        let about = About { noun, ..About::scale(measure.scale, bounds.paired) };
        sentences.extend(completion::improved(&about, bounds, paired));
        sentences.extend(completion::unknown(bounds));
    }
    sentences.join(" ")
}

fn mean_change(measure: &DisclosedMeasure, means: &DisclosedMeans, pairs: u64) -> String {
    let places = mean_places(&measure.scale);
    let interval = means.interval.map_or_else(
        || "no interval, because everybody’s score changed alike".to_owned(),
        |limits| crate::sentences::about::interval(&limits, places),
    );
    format!(
        "Among {} pairs the mean score was {} before and changed by {} points ({interval}); {}.",
        count(pairs),
        decimal(means.baseline, places),
        signed(means.change, places),
        crate::sentences::about::better(measure.scale.direction)
    )
}
