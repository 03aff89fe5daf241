//! What changed, measure by measure.

use maud::{Markup, html};

use super::super::figures;
use super::super::format::{
    count, decimal, level, mean_places, percent, percent_from_to, percent_range, range, signed,
};
use super::super::table::Table;
use super::super::view::View;
use crate::change::{Moments, Transitions};
use crate::estimate::{Estimate, Share};
use crate::evaluation::FEW_PAIRS;
use crate::sentences::{about, classes, completion, effect_sizes, mean, ranks};

pub(super) fn body(views: &[View<'_>]) -> Markup {
    html! { @for view in views { (measure(view)) } }
}

fn measure(view: &View<'_>) -> Markup {
    let change = &view.findings.change;
    html! {
        div.measure {
            h3 { (view.name()) }
            @if change.n == 0 {
                p { (mean::mean_change(&view.about(), change)) }
            } @else if view.is_few() {
                (few(view))
            } @else {
                (enough(view))
            }
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
        (counts_only(view).markup())
        @if let Some(figure) = figures::moves(view) { (figure.markup()) }
        @for transitions in &change.transitions { (moves_between_bands(view, transitions).markup()) }
    }
}

fn counts_only(view: &View<'_>) -> Table {
    let change = &view.findings.change;
    let mut table = Table::new("Counts only", "Way of counting")
        .of(view.name())
        .numbers("Improved")
        .numbers("No such change")
        .numbers("Worse")
        .numbers("Pairs");
    let any = &change.any_change;
    let cells = |parts: [&Share; 3]| {
        let parts = parts.map(|share| count(share.count));
        parts.into_iter().chain([count(change.n)]).collect()
    };
    table.push("Any change", cells([&any.improved, &any.same, &any.worse]));
    for found in &change.reliable_change {
        let label = figures::rule_label(view, found);
        table.push(label, cells([&found.improved, &found.unchanged, &found.deteriorated]));
    }
    table
}

fn enough(view: &View<'_>) -> Markup {
    let found = view.findings;
    let (told_of, paired) = (view.about(), &found.flow.rates.paired_completion);
    html! {
        p {
            (mean::mean_change(&told_of, &found.change)) " "
            @if let Some(sentence) = completion::improved(&told_of, &found.improved_bounds, paired) {
                (sentence)
            }
        }
        @if let Some(figure) = figures::moves(view) { (figure.markup()) }
        (means(view).markup())
        @if let Some(figure) = figures::classes(view) { (figure.markup()) }
        (shares(view).markup())
        @if !found.change.reliable_change.is_empty() {
            p.aside {
                "A person’s change counts as reliable where it is larger than the questionnaire’s \
                 own error would make it. Published thresholds differ, so each is named and shown \
                 beside the others."
            }
        }
        @for transitions in &found.change.transitions {
            (moves_between_bands(view, transitions).markup())
        }
        (tests(view).markup())
    }
}

fn means(view: &View<'_>) -> Table {
    let change = &view.findings.change;
    let places = mean_places(&view.findings.scale);
    let mut table = Table::new("Scores of those with a pair", "Score")
        .of(view.name())
        .numbers("Pairs")
        .numbers("Mean")
        .numbers("Standard deviation")
        .numbers(interval_heading(view));
    let number = |value: Estimate<f64>, print: fn(f64, usize) -> String| {
        value.computed().map_or_else(|| "–".to_owned(), |value| print(*value, places))
    };
    let row = |moments: &Moments, print: fn(f64, usize) -> String, interval: String| {
        let spread = number(moments.standard_deviation, decimal);
        vec![count(moments.n), number(moments.mean, print), spread, interval]
    };
    let interval = match &change.paired_t {
        Estimate::Computed(test) => range(test.interval.lower, test.interval.upper, places),
        Estimate::NotComputed(reason) => format!("none: {reason}"),
    };
    table.push("Before", row(&change.baseline, decimal, "–".to_owned()));
    table.push("After", row(&change.follow_up, decimal, "–".to_owned()));
    table.push("Change", row(&change.change, signed, interval));
    table
}

fn interval_heading(view: &View<'_>) -> String {
    let of = |test: &crate::change::PairedT| level(test.interval.level);
    let level = view.findings.change.paired_t.computed().map(of);
    format!("{} interval of the mean", level.unwrap_or_default()).trim_start().to_owned()
}

/// Shares by each way of counting, each with its interval and its bounds among all who were due.
fn shares(view: &View<'_>) -> Table {
    let (change, due) = (&view.findings.change, view.findings.improved_bounds.due);
    let mut table = Table::new("Improved, no such change and worse", "Rule")
        .of(view.name())
        .numbers("Smallest change")
        .numbers("Improved")
        .numbers("Interval")
        .numbers("Among all due")
        .numbers("No such change")
        .numbers("Worse");
    let share = |share: &Share| match share.proportion {
        Estimate::Computed(p) => format!("{} ({})", count(share.count), percent(p.value)),
        Estimate::NotComputed(_) => count(share.count),
    };
    let interval = |share: &Share| match share.proportion {
        Estimate::Computed(p) => percent_range(p.interval.lower, p.interval.upper),
        Estimate::NotComputed(_) => "–".to_owned(),
    };
    let bounds = |improved: &Share| {
        let found = crate::completion::ImprovedBounds::of(improved.count, improved.of, due);
        let limits = found.worst.zip(found.best);
        limits.map_or_else(
            || "–".to_owned(),
            |(worst, best)| format!("{}\u{a0}%", percent_from_to(worst, best)),
        )
    };
    let cells = |smallest: String, parts: [&Share; 3]| {
        let [improved, same, worse] = parts;
        vec![
            smallest,
            share(improved),
            interval(improved),
            bounds(improved),
            share(same),
            share(worse),
        ]
    };
    let any = &change.any_change;
    table.push("Any change", cells("any".to_owned(), [&any.improved, &any.same, &any.worse]));
    for found in &change.reliable_change {
        let places = mean_places(&view.findings.scale);
        let smallest = found.smallest_reliable_change;
        let smallest = smallest.map_or_else(|| "–".to_owned(), |change| decimal(change, places));
        let parts = [&found.improved, &found.unchanged, &found.deteriorated];
        table.push(figures::rule_label(view, found), cells(smallest, parts));
    }
    table
}

/// From each band to each band: counts, and shares of the row where there are enough pairs.
fn moves_between_bands(view: &View<'_>, transitions: &Transitions) -> Table {
    let band_set = view.band_set.filter(|set| set.id == transitions.band_set.as_str());
    let label = |id: &String| {
        let bands = band_set.map(|set| set.bands.as_ref()).unwrap_or_default();
        let band = bands.iter().find(|band| band.id == id.as_str());
        band.map_or_else(|| id.clone(), |band| band.label.to_string())
    };
    let labels: Vec<String> = transitions.bands.iter().map(label).collect();
    let set = band_set
        .map_or_else(|| transitions.band_set.replace('-', " "), |set| set.label.to_string());
    let table =
        Table::new(format!("Moves between bands: {set}"), "Before ↓ After →").of(view.name());
    let mut table =
        labels.iter().fold(table, |table, label| table.numbers(label.as_str())).numbers("All");
    for (label, row) in labels.iter().zip(&transitions.pairs) {
        let all: u64 = row.iter().sum();
        let cell = |&pairs: &u64| {
            if all == 0 || transitions.n < FEW_PAIRS {
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

fn tests(view: &View<'_>) -> Table {
    let change = &view.findings.change;
    let mut table = Table::new("For statisticians", "Method").of(view.name()).text("Result");
    let or_reason = |result: Result<String, String>| vec![result.unwrap_or_else(|why| why)];
    let none = |reason: &crate::estimate::Degenerate| format!("not computed: {reason}");
    let t = match &change.paired_t {
        Estimate::Computed(test) => Ok(mean::paired_t_figures(test)),
        Estimate::NotComputed(reason) => Err(none(reason)),
    };
    let ranks = match &change.signed_rank {
        Estimate::Computed(test) => Ok(ranks::signed_rank_figures(test)),
        Estimate::NotComputed(reason) => Err(none(reason)),
    };
    let effect = match &change.cohens_dz {
        Estimate::Computed(effect) => Ok(format!(
            "{} ({}, {})",
            decimal(effect.cohens_dz, 2),
            about::interval(&effect.interval, 2),
            effect_sizes::method(effect.interval_method)
        )),
        Estimate::NotComputed(reason) => Err(none(reason)),
    };
    table.push("Student’s paired t test", or_reason(t));
    table.push("Wilcoxon’s signed rank test", or_reason(ranks));
    table.push("Cohen’s dz: mean change in SDs of the change", or_reason(effect));
    let independent = "Student’s t; each episode counts by itself, also where a person has two";
    table.push("Interval of the mean change", vec![independent.to_owned()]);
    table.push("Intervals of shares", vec!["Wilson’s score interval".to_owned()]);
    table
}
