//! An evaluation as the report reads it: each measure's findings beside its counts and definition.

use super::format::printable;
use crate::evaluation::{Evaluation, FEW_PAIRS, MeasureCounts, MeasureFindings};
use crate::instrument::{BandSet, ChangeRule, Instrument, Measure};
use crate::sentences::{About, Noun};

/// One measure of an evaluation.
#[derive(Clone, Copy)]
pub(super) struct View<'a> {
    pub(super) findings: &'a MeasureFindings,
    pub(super) counts: &'a MeasureCounts,
    pub(super) instrument: &'a Instrument,
    pub(super) measure: &'a Measure,
    pub(super) band_set: Option<&'a BandSet>,
    pub(super) noun: Noun,
}

/// The measures of an evaluation, the main one first.
pub(super) fn views(evaluation: &Evaluation) -> Vec<View<'_>> {
    let noun = noun(evaluation);
    let counted = evaluation.findings.iter().zip(&evaluation.counts.measures);
    let planned = evaluation.plan().planned();
    counted
        .zip(planned)
        .map(|((findings, counts), planned)| View {
            findings,
            counts,
            instrument: &planned.instrument,
            measure: &planned.measure,
            band_set: planned.band_set(),
            noun,
        })
        .collect()
}

/// Episodes are called people where nobody has two.
pub(super) const fn noun(evaluation: &Evaluation) -> Noun {
    if evaluation.counts.people == evaluation.counts.episodes {
        Noun::PEOPLE
    } else {
        Noun::EPISODES
    }
}

impl<'a> View<'a> {
    /// What its sentences are about: the pairs of the main rule.
    pub(super) fn about(&self) -> About<'a> {
        About {
            name: self.name().into(),
            scale: self.findings.scale,
            n: self.findings.change.n,
            noun: self.noun,
            measure: Some(self.measure),
        }
    }

    /// `Mental wellbeing (SWEMWBS)`: the measure and the instrument's short name.
    pub(super) fn name(&self) -> String {
        let (label, short) = (self.findings.label.as_str(), self.short_title());
        printable(&if label == short { label.to_owned() } else { format!("{label} ({short})") })
    }

    /// The part of the instrument's title in brackets, or the whole of it.
    pub(super) fn short_title(&self) -> &'a str {
        let title = self.findings.title.as_str();
        let short = title.strip_suffix(')').and_then(|title| title.rsplit_once('('));
        short.map_or(title, |(_, short)| short)
    }

    /// A name of its own within the page, for a part of it.
    pub(super) fn id(&self, part: &str) -> String {
        slug(&[part, &self.findings.instrument, &self.findings.measure])
    }

    /// Whether there are too few pairs for a headline.
    pub(super) const fn is_few(&self) -> bool {
        self.findings.change.n < FEW_PAIRS
    }

    /// A change rule of the measure by its id.
    pub(super) fn change_rule(&self, id: &str) -> Option<&'a ChangeRule> {
        self.measure.change_rule(id).ok()
    }
}

/// Kebab-case of the letters and digits of several texts.
fn slug(parts: &[&str]) -> String {
    let joined = parts.join("-").to_lowercase();
    let words = joined.split(|letter: char| !letter.is_ascii_alphanumeric());
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    words.join("-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_kebab_case_whatever_they_are_made_of() {
        assert_eq!(slug(&["flow", "swemwbs", "wellbeing"]), "flow-swemwbs-wellbeing");
        assert_eq!(slug(&["flow", "Örtlich & \"neu\"", "v1.2"]), "flow-rtlich-neu-v1-2");
    }
}
