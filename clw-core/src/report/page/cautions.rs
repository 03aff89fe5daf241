//! What a reader has to bear in mind, in plain words.

use maud::{Markup, html};

use super::super::sentences;
use super::super::view::View;
use crate::evaluation::Caution;

const TRIAL: (&str, &str) = (
    "Mercer SW, Fitzpatrick B, Grant L, et al. (2019). Effectiveness of Community-Links \
     Practitioners in Areas of High Socioeconomic Deprivation. Annals of Family Medicine \
     17(6):518-525",
    "https://doi.org/10.1370/afm.2429",
);

pub(super) fn body(views: &[View<'_>]) -> Markup {
    let cautions = common(views);
    let own = own(views);
    html! {
        @for (heading, words) in &cautions {
            h3 { (heading) }
            p { (words) }
        }
        p.source { (TRIAL.0) ". " a href=(TRIAL.1) { (TRIAL.1) } }
        @for (heading, sentences) in &own {
            h3 { (heading) }
            ul { @for sentence in sentences { li { (sentence) } } }
        }
    }
}

/// The cautions of all measures, each said once.
fn common(views: &[View<'_>]) -> Vec<(String, String)> {
    let mut said: Vec<(String, String)> = Vec::new();
    for view in views {
        for caution in &view.findings.cautions {
            if matches!(caution, Caution::Instrument { .. }) {
                continue;
            }
            let words = sentences::caution(caution, view.noun, &view.name());
            if !said.contains(&words) {
                said.push(words);
            }
        }
    }
    said
}

/// What each instrument's definition says itself.
fn own(views: &[View<'_>]) -> Vec<(String, Vec<String>)> {
    let mut said: Vec<(String, Vec<String>)> = Vec::new();
    for view in views {
        let heading = format!("About {}", view.short_title());
        let sentences: Vec<String> = view
            .findings
            .cautions
            .iter()
            .filter_map(|caution| match caution {
                Caution::Instrument { text } => Some(text.clone()),
                _ => None,
            })
            .collect();
        if !sentences.is_empty() && said.iter().all(|(said, _)| *said != heading) {
            said.push((heading, sentences));
        }
    }
    said
}
