//! How the report was made: rules, definitions, reference values, sources.

use maud::{Markup, html};

use super::super::format::{count, date, level, points, score};
use super::super::table::Table;
use super::super::view::View;
use super::super::words;
use super::fold;
use crate::evaluation::{DefinitionUsed, Evaluation, Plan};
use crate::instrument::{Instrument, Source, Text, Threshold, Wording};
use crate::sentences::about::better;

pub(super) fn body(evaluation: &Evaluation, views: &[View<'_>]) -> Markup {
    let instruments = instruments(views);
    let definitions = &evaluation.provenance.definitions;
    html! {
        h3 { "The rules, declared beforehand" }
        (rules(&evaluation.provenance.plan, &measured(views)))
        (fold("The questionnaires", &html! {
            @for instrument in &instruments { (questionnaire(instrument, definitions)) }
        }))
        (fold("Reference values", &html! {
            p {
                "Where published values disagree, the plan chooses by name. The last column says how \
                 sure each is."
            }
            (reference_values(views).markup())
        }))
        (fold("Sources", &html! {
            @for instrument in &instruments {
                ul.sources { @for source in instrument.sources() { li { (citation(source)) } } }
            }
        }))
    }
}

/// The instruments of the measures, each once.
fn instruments<'a>(views: &[View<'a>]) -> Vec<&'a Instrument> {
    let mut seen: Vec<&Instrument> = Vec::new();
    for view in views {
        if seen.iter().all(|instrument| instrument.id() != view.instrument.id()) {
            seen.push(view.instrument);
        }
    }
    seen
}

/// A measure's name and its rule for missing answers.
pub(in super::super) type Measured = (String, String);

fn measured(views: &[View<'_>]) -> Vec<Measured> {
    views.iter().map(|view| (view.name(), view.measure.missing_rule().to_owned())).collect()
}

/// The rules of a plan in words, with those of its measures in the plan's order.
pub(in super::super) fn rules(plan: &Plan, measures: &[Measured]) -> Markup {
    let inferred = plan.infer_closure_after_days.map_or_else(
        || {
            "Nothing is inferred: an episode is closed when a closure is recorded and no attended \
            appointment follows it."
                .to_owned()
        },
        |limit| {
            format!(
                "An episode without a closure counts as closed after more than {} without a sign \
                 of life, unless it is on hold.",
                words::days(limit)
            )
        },
    );
    let missing = measures.iter().map(|(name, rule)| format!("{name}: {}", missing_rule(rule)));
    let missing: Vec<String> = missing.collect();
    let grouped: Vec<&str> = plan.group_by.iter().map(|by| words::group_by(*by)).collect();
    let grouped = if grouped.is_empty() { "nothing".to_owned() } else { grouped.join("; ") };
    let rules = [
        ("Judged on", format!("{}; later events have not happened yet.", date(plan.as_of))),
        ("Asked", format!("{}.", asked(measures, plan))),
        ("Baseline", format!("{}.", words::baseline(plan.pairing.baseline))),
        ("Follow-up", format!("{}.", words::end_point(plan.pairing.end_point))),
        (
            "Due",
            format!(
                "when {}; never from those who have died or are on hold.",
                words::due(&plan.pairing.due)
            ),
        ),
        ("Closure", inferred),
        ("Grouped by", format!("{grouped}.")),
        ("Missing answers", format!("{}.", missing.join("; "))),
        ("Intervals", format!("at the {} level.", level(plan.interval_level))),
    ];
    html! { dl.rules { @for (name, words) in rules { dt { (name) } dd { (words) } } } }
}

/// Whom the plan asks, and whom the measures with a rule of their own ask.
fn asked(measures: &[Measured], plan: &Plan) -> String {
    let own = plan.measures.iter().zip(measures).filter_map(|(measure, (name, _))| {
        let eligibility = measure.eligibility.as_ref()?;
        Some(format!("{name}: {}", words::eligibility(eligibility)))
    });
    core::iter::once(words::eligibility(&plan.eligibility))
        .chain(own)
        .collect::<Vec<_>>()
        .join("; ")
}

fn missing_rule(id: &str) -> String {
    match id {
        "refuse" => "every question must be answered".to_owned(),
        other => format!("the rule “{other}” of the questionnaire’s definition"),
    }
}

fn questionnaire(instrument: &Instrument, definitions: &[DefinitionUsed]) -> Markup {
    let used = definitions.iter().find(|used| used.instrument == instrument.id());
    let wording = match instrument.rights().wording {
        Wording::NeutralLabels => "this library holds topics only, not the questions",
        Wording::Shipped => "its licence allows the wording to be included",
    };
    html! {
        h4 { (instrument.title()) }
        dl {
            dt { "Version" } dd { (instrument.version()) }
            dt { "Questions" } dd { (count(instrument.items().len() as u64)) }
            dt { "Rights" }
            dd { (instrument.rights().holder) ". " (instrument.rights().licence) " (" (wording) ")" }
            @if let Some(used) = used {
                dt { "Fingerprint of the definition" }
                dd { code { (used.fingerprint) } }
            }
        }
    }
}

/// What the results were compared with, where that is from, and how sure it is.
fn reference_values(views: &[View<'_>]) -> Table {
    let mut table = Table::new("Reference values chosen by the plan", "Measure")
        .under_heading()
        .text("Use")
        .text("Value")
        .text("Source")
        .text("Certainty");
    for view in views {
        let mut push = |kind: &str, value: String, sources: &[Text], certainty| {
            let cells = vec![
                kind.to_owned(),
                value,
                cited(view.instrument, sources),
                words::certainty(certainty).to_owned(),
            ];
            table.push(view.name(), cells);
        };
        let measure = view.measure;
        let scale = measure.scale();
        let range = format!(
            "{} to {}, {}",
            score(&scale, scale.lowest),
            score(&scale, scale.highest),
            better(scale.direction)
        );
        push("Scoring", range, measure.sources(), measure.certainty());
        if let Some(set) = view.band_set {
            let band = |band: &crate::instrument::Band| {
                let (low, high) = (score(&scale, band.lowest), score(&scale, band.highest));
                format!("{} {low}–{high}", band.label)
            };
            let bands: Vec<String> = set.bands.iter().map(band).collect();
            let value = format!("{}: {}", set.label, bands.join(", "));
            push("Bands", value, &set.sources, set.certainty);
        }
        for found in &view.findings.change.reliable_change {
            let crate::change::ReliableChangeRule::PublishedThreshold(rule) = &found.rule else {
                continue;
            };
            if let Some(rule) = view.change_rule(&rule.id) {
                let threshold = match rule.threshold {
                    Threshold::AtLeast(change) => format!("{} or more", points(change)),
                    Threshold::MoreThan(change) => format!("more than {}", points(change)),
                };
                let value = format!("{} ({threshold})", rule.label);
                push("Reliable change", value, &rule.sources, rule.certainty);
            }
        }
    }
    table
}

/// The first words of the sources cited, enough to find them in the list.
fn cited(instrument: &Instrument, ids: &[Text]) -> String {
    let short = |id: &Text| {
        let citation = instrument.source(id).map_or(id.as_ref(), |source| source.citation.as_ref());
        let end =
            citation.find(").").map_or(citation, |end| citation.get(..=end).unwrap_or(citation));
        end.to_owned()
    };
    let cited: Vec<String> = ids.iter().map(short).collect();
    if cited.is_empty() { "–".to_owned() } else { cited.join("; ") }
}

/// A source in full; only an `https` address becomes a link.
pub(in super::super) fn citation(source: &Source) -> Markup {
    html! {
        (source.citation) ". "
        @if source.locator.starts_with("https://") {
            a href=(source.locator) { (source.locator) }
        } @else {
            (source.locator)
        }
    }
}
