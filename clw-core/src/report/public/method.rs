//! How the public report was made: the rules of the plan, the questionnaires and their sources.

use maud::{Markup, html};

use super::super::format::printable;
use super::super::page::fold;
use super::super::page::method::{Measured, citation, rules};
use super::counts::name;
use crate::evaluation::{DisclosedEvaluation, DisclosedMeasure};
use crate::instrument::Source;

pub(super) fn body(disclosed: &DisclosedEvaluation) -> Markup {
    let measured = |of: &DisclosedMeasure| (name(of), of.method.missing_rule.clone());
    let measured: Vec<Measured> = disclosed.measures.iter().map(measured).collect();
    let provenance = &disclosed.provenance;
    html! {
        h3 { "The rules, declared beforehand" }
        (rules(&provenance.plan, &measured))
        h3 { "What is left out, and why" }
        ul {
            li {
                "How long a follow-up takes: its curve is a product over single days, of the few people \
                 who were followed up or lost from sight on each, and cannot be made of counts that \
                 are shown."
            }
            li {
                "Tests and their p-values, and means weighted to look like everybody due: they rest on \
                 tables of a few people each."
            }
            li { "Each link worker’s numbers: how one person’s work came out is for the programme." }
        }
        h3 { "The questionnaires" }
        dl {
            @for measure in &disclosed.measures {
                dt { (name(measure)) }
                dd {
                    (printable(&measure.title)) ", version " (printable(&measure.method.version)) "."
                    @if let Some(bands) = &measure.method.bands {
                        " Bands: " (printable(&bands.label)) "."
                    }
                }
            }
        }
        (fold("Sources", &html! {
            ul.sources { @for source in sources(disclosed) { li { (citation(source)) } } }
        }))
        (fold("Fingerprints of the definitions", &html! {
            dl {
                @for used in &provenance.definitions {
                    dt { (used.instrument) " " (used.version) }
                    dd { code { (used.fingerprint) } }
                }
            }
        }))
    }
}

/// The sources of all measures, each once.
fn sources(disclosed: &DisclosedEvaluation) -> Vec<&Source> {
    let mut seen: Vec<&Source> = Vec::new();
    for source in disclosed.measures.iter().flat_map(|measure| &measure.method.sources) {
        if !seen.contains(&source) {
            seen.push(source);
        }
    }
    seen
}
