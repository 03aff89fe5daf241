//! What a reader has to bear in mind, in plain words.

use maud::{Markup, html};

use super::super::view::View;
use crate::evaluation::Caution;
use crate::sentences::cautions;

const TRIAL: (&str, &str) = (
    "Mercer SW, Fitzpatrick B, Grant L, et al. (2019). Effectiveness of Community-Links \
     Practitioners in Areas of High Socioeconomic Deprivation. Annals of Family Medicine \
     17(6):518-525",
    "https://doi.org/10.1370/afm.2429",
);

pub(super) fn body(views: &[View<'_>]) -> Markup {
    html! {
        @for Said { heading, meaning, here, source } in common(views) {
            h3 { (heading) }
            p { (meaning) }
            @if source {
                p.source { (TRIAL.0) ". " a href=(TRIAL.1) { (TRIAL.1) } }
            }
            @if !here.is_empty() { ul { @for sentence in here { li { (sentence) } } } }
        }
        @for (heading, sentences) in own(views) {
            h3 { (heading) }
            ul { @for sentence in sentences { li { (sentence) } } }
        }
    }
}

/// One caution, with what it says of each measure.
struct Said {
    heading: &'static str,
    meaning: &'static str,
    here: Vec<String>,
    /// Whether it rests on the trial.
    source: bool,
}

/// The cautions of all measures, each said once.
fn common(views: &[View<'_>]) -> Vec<Said> {
    let mut all: Vec<Said> = Vec::new();
    for view in views {
        for caution in &view.findings.cautions {
            let Some(words) = cautions::caution(&view.about(), caution) else {
                continue;
            };
            match all.iter_mut().find(|said| said.heading == words.heading) {
                Some(said) => said.here.extend(words.here),
                None => all.push(Said {
                    heading: words.heading,
                    meaning: words.meaning,
                    here: words.here.into_iter().collect(),
                    source: matches!(caution, Caution::NoControlGroup),
                }),
            }
        }
    }
    all
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
