//! Those whose follow-up was due, with one and without.

use super::super::chart::{Chart, DotChart, DotRow, Figure, Order, Unit};
use super::super::format::{decimal, mean_places, printable};
use super::super::table::Table;
use super::super::{figures, view, words};
use super::Part;
use super::counts::{HIDDEN, name, share_of};
use crate::attrition::{Attrition, Comparison};
use crate::disclosure::PublishedCount;
use crate::evaluation::{DisclosedAttrition, DisclosedMeasure, DisclosedScores, DisclosedTrait};
use crate::sentences::{About, Noun, attrition as told};

pub(super) fn part(noun: Noun, measure: &DisclosedMeasure) -> Part {
    let found = &measure.attrition;
    if found.completion.of == PublishedCount::Shown(0) {
        return Part { of: name(measure), ..Part::default() };
    }
    Part {
        of: name(measure),
        said: said(noun, measure),
        figures: figure(measure).into_iter().collect(),
        more: vec![side_by_side(measure)],
        ..Part::default()
    }
}

fn said(noun: Noun, measure: &DisclosedMeasure) -> Vec<String> {
    let found = &measure.attrition;
    let shown = found.completion.count.shown().zip(found.completion.of.shown());
    let (Some((paired, due)), Some(verdict)) = (shown, &found.verdict) else {
        return vec!["How those without a follow-up differ is hidden.".to_owned()];
    };
    let others = due.saturating_sub(paired);
    let compared = |name: &str| rows(found).find(|(of, _)| *of == name).map(|(_, of)| of);
    let verdict = told::verdict_of(noun, others, verdict, &found.options, compared);
    let about = About { noun, ..About::scale(measure.scale, paired) };
    let bounds = found.mean_change_bounds.filter(|_| others > 0).map(|bounds| {
        let ends = [bounds.worst, bounds.best];
        told::mean_between(&about, others, ends, bounds.baseline_carried_forward)
    });
    let tipping = found.tipping_point.and_then(|tipping| told::tipping_at(&about, &tipping));
    let unknown: Vec<String> = bounds.into_iter().chain(tipping).collect();
    let unknown = (!unknown.is_empty()).then(|| unknown.join(" "));
    let caveats = taken_together(found).into_iter().chain(not_compared(found));
    core::iter::once(verdict).chain(caveats).chain(unknown).collect()
}

/// Of which traits the verdict takes levels together.
fn taken_together(found: &DisclosedAttrition) -> Option<String> {
    let traits = found.traits.iter().filter(|of| of.comparison.is_some());
    let traits = traits.filter(|of| of.other_levels.is_some()).map(|of| of.by.name());
    let traits: Vec<&str> = traits.collect();
    (!traits.is_empty()).then(|| {
        format!(
            "Levels of few people, with others where it takes them, are compared as one: {}.",
            traits.join(", ")
        )
    })
}

/// What the verdict cannot take into account.
fn not_compared(found: &DisclosedAttrition) -> Option<String> {
    let score = found.baseline_score.is_none().then_some(Attrition::BASELINE_SCORE);
    let hidden = found.traits.iter().filter(|of| of.comparison.is_none());
    let hidden: Vec<&str> = score.into_iter().chain(hidden.map(|of| of.by.name())).collect();
    (!hidden.is_empty()).then(|| {
        format!("Not compared here, because counts are small and hidden: {}.", hidden.join(", "))
    })
}

/// The comparisons that are published, by their names.
fn rows(found: &DisclosedAttrition) -> impl Iterator<Item = (&'static str, Comparison)> {
    let score = found.baseline_score.map(|of| (Attrition::BASELINE_SCORE, of.comparison));
    let traits = found.traits.iter().filter_map(|of| Some((of.by.name(), of.comparison?)));
    score.into_iter().chain(traits)
}

fn figure(measure: &DisclosedMeasure) -> Option<Figure> {
    let found = &measure.attrition;
    let rows = rows(found).filter_map(|(name, of)| figures::attrition::row(name, &of));
    let rows: Vec<DotRow> = rows.collect();
    let threshold = found.options.difference_threshold.get();
    (!rows.is_empty()).then(|| Figure {
        id: view::slug(&["differences", &measure.instrument, &measure.measure]),
        title: "How far those without a follow-up differ".to_owned(),
        of: name(measure),
        description: format!(
            "One dot with its interval for each trait whose counts are shown: the standardised \
             difference between those with and without a follow-up, without its sign. A dashed line \
             stands at {}, from where on a difference counts.",
            decimal(threshold, 2)
        ),
        chart: Chart::Dots(DotChart {
            unit: Unit::Size { name: "Difference in SD" },
            order: Order::Down,
            label: "Trait",
            rows,
            reference: Some((threshold, format!("counts from {}", decimal(threshold, 2)))),
        }),
    })
}

/// Every level of every trait, of those with and without a follow-up.
fn side_by_side(measure: &DisclosedMeasure) -> Table {
    let found = &measure.attrition;
    let mut table = Table::new("With and without a follow-up, side by side", "Trait and level")
        .numbers("With a follow-up")
        .numbers("Without")
        .numbers("Difference, SD");
    let places = mean_places(&measure.scale);
    let score = |of: Option<DisclosedScores>| {
        let told = |of: DisclosedScores| {
            format!("{} ({})", decimal(of.mean, places), decimal(of.standard_deviation, places))
        };
        of.map_or_else(|| HIDDEN.to_owned(), told)
    };
    let baseline = found.baseline_score;
    table.push(
        "Baseline score: mean (SD)",
        vec![
            score(baseline.map(|of| of.paired)),
            score(baseline.map(|of| of.unpaired)),
            difference(baseline.map(|of| of.comparison)),
        ],
    );
    for of in &found.traits {
        push_trait(&mut table, of);
    }
    table
}

fn push_trait(table: &mut Table, of: &DisclosedTrait) {
    let name = words::sentence_case(of.by.name());
    let dash = || "–".to_owned();
    table.push(format!("{name}: all levels"), vec![dash(), dash(), difference(of.comparison)]);
    for level in &of.levels {
        let cells = vec![share_of(&level.paired), share_of(&level.unpaired), dash()];
        table.push(format!("{name}: {}", words::group(of.by, &level.level)), cells);
    }
    if let Some(others) = &of.other_levels {
        let cells = vec![share_of(&others.paired), share_of(&others.unpaired), dash()];
        let levels = others.levels.iter().map(|level| words::group(of.by, level));
        let levels = levels.collect::<Vec<_>>().join(", ");
        table.push(format!("{name}: other levels ({levels})"), cells);
    }
}

fn difference(of: Option<Comparison>) -> String {
    match of {
        None => HIDDEN.to_owned(),
        Some(Comparison::Compared { difference, reading, .. }) => {
            format!("{}: {}", decimal(difference.value, 2), words::difference_reading(reading))
        }
        Some(Comparison::NotCompared { reason }) => printable(&format!("none: {reason}")),
    }
}
