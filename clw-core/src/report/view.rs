//! An evaluation as the report reads it: each measure's findings beside its counts and definition.

use super::format::{mean_places, printable};
use crate::OrderedMap;
use crate::change::PairCell;
use crate::completion::{GroupBy, KaplanMeier, SurvivalInterval};
use crate::estimate::ConfidenceLevel;
use crate::evaluation::{Evaluation, FEW_PAIRS, JointFindings, MeasureCounts, MeasureFindings};
use crate::instrument::{BandSet, ChangeRule, Instrument, LevelOfMeasurement, Measure, Points};
use crate::sentences::{About, Noun, classes, mean, ranks};

/// One measure of an evaluation.
#[derive(Clone, Copy)]
pub(super) struct View<'a> {
    pub(super) findings: &'a MeasureFindings,
    pub(super) counts: &'a MeasureCounts,
    pub(super) instrument: &'a Instrument,
    pub(super) measure: &'a Measure,
    pub(super) band_set: Option<&'a BandSet>,
    pub(super) noun: Noun,
    /// Of every interval.
    pub(super) level: ConfidenceLevel,
    /// What those with and without a follow-up are compared on.
    pub(super) traits: &'a [GroupBy],
}

/// The areas of an instrument whose scores are ordinal, together: a star.
pub(super) struct Star<'a> {
    pub(super) found: &'a JointFindings,
    pub(super) areas: Vec<View<'a>>,
    pub(super) noun: Noun,
}

/// The measures of an evaluation, the main one first.
pub(super) fn views(evaluation: &Evaluation) -> Vec<View<'_>> {
    let noun = noun(evaluation);
    let counted = evaluation.findings.iter().zip(&evaluation.counts.measures);
    let planned = evaluation.plan().planned();
    let level = evaluation.plan().plan().interval_level;
    counted
        .zip(planned)
        .map(|((findings, counts), planned)| View {
            findings,
            counts,
            instrument: &planned.instrument,
            measure: &planned.measure,
            band_set: planned.band_set(),
            noun,
            level,
            traits: &evaluation.plan().plan().attrition.traits,
        })
        .collect()
}

/// The stars of an evaluation, in the order of the plan.
pub(super) fn stars<'a>(evaluation: &'a Evaluation, views: &[View<'a>]) -> Vec<Star<'a>> {
    let star = |found: &'a JointFindings| {
        let areas = views.iter().filter(|view| view.findings.instrument == found.instrument);
        let areas: Vec<View<'a>> = areas.copied().collect();
        Star { found, areas, noun: noun(evaluation) }
    };
    let all = evaluation.joint_findings.iter().map(star);
    all.filter(|star| star.areas.iter().all(View::is_ordinal)).collect()
}

impl<'a> Star<'a> {
    /// Its title, as it may be printed.
    pub(super) fn title(&self) -> String {
        printable(&self.found.title)
    }

    /// Whether a measure is one of its areas.
    pub(super) fn holds(&self, view: &View<'_>) -> bool {
        self.found.instrument == view.findings.instrument
    }

    /// A name of its own within the page, for a part of it.
    pub(super) fn id(&self, part: &str) -> String {
        slug(&[part, &self.found.instrument])
    }
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
        measure_name(&self.findings.label, &self.findings.title)
    }

    /// The measure's name, as it may be printed.
    pub(super) fn label(&self) -> String {
        printable(&self.findings.label)
    }

    /// The part of the instrument's title in brackets, or the whole of it.
    pub(super) fn short_title(&self) -> &'a str {
        short_title(&self.findings.title)
    }

    /// A name of its own within the page, for a part of it.
    pub(super) fn id(&self, part: &str) -> String {
        slug(&[part, &self.findings.instrument, &self.findings.measure])
    }

    /// Whether there are too few pairs for a headline.
    pub(super) const fn is_few(&self) -> bool {
        self.findings.change.n < FEW_PAIRS
    }

    /// Whether its scores are an order of steps, so that ranks come first.
    pub(super) fn is_ordinal(&self) -> bool {
        self.measure.level_of_measurement() == LevelOfMeasurement::Ordinal
    }

    /// How many decimals its means have.
    pub(super) fn places(&self) -> usize {
        mean_places(&self.findings.scale)
    }

    /// What changed, in a sentence or two: of the mean, or of ordinal scores who moved and the median.
    pub(super) fn headline(&self) -> String {
        let (about, change) = (self.about(), &self.findings.change);
        match self.medians() {
            Some([before, after]) if self.is_ordinal() && !self.is_few() => format!(
                "{} {}",
                classes::any_change(&about, &change.any_change),
                ranks::medians(&about, before, after)
            ),
            _ => mean::mean_change(&about, change),
        }
    }

    /// The medians before and after, in units of the printed score; none without pairs.
    pub(super) fn medians(&self) -> Option<[f64; 2]> {
        let pairs = &self.counts.main.pairs;
        let of = |score: fn(&PairCell) -> Points| {
            let mut people = OrderedMap::<i32, u64>::new();
            for cell in pairs.cells() {
                *people.entry(score(&cell).0).or_default() += cell.pairs;
            }
            let at = |place: u64| {
                let mut below = 0;
                let reaches = |&(_, n): &(&i32, &u64)| {
                    below += n;
                    below > place
                };
                people.iter().find(reaches).map(|(&steps, _)| pairs.scale().value(Points(steps)))
            };
            let (lower, upper) = (at(pairs.n().saturating_sub(1) / 2)?, at(pairs.n() / 2)?);
            Some(f64::midpoint(lower, upper))
        };
        Some([of(|cell| cell.baseline)?, of(|cell| cell.follow_up)?])
    }

    /// How many are not yet followed up, day by day.
    pub(super) fn follow_up_curve(&self) -> KaplanMeier {
        let days = &self.counts.follow_up_times.days;
        KaplanMeier::of(days, SurvivalInterval::default(), self.level)
    }

    /// A change rule of the measure by its id.
    pub(super) fn change_rule(&self, id: &str) -> Option<&'a ChangeRule> {
        self.measure.change_rule(id).ok()
    }
}

/// `Mental wellbeing (SWEMWBS)`: a measure's label and its instrument's short name.
pub(super) fn measure_name(label: &str, title: &str) -> String {
    let short = short_title(title);
    printable(&if label == short { label.to_owned() } else { format!("{label} ({short})") })
}

/// The part of an instrument's title in brackets, or the whole of it.
fn short_title(title: &str) -> &str {
    let short = title.strip_suffix(')').and_then(|title| title.rsplit_once('('));
    short.map_or(title, |(_, short)| short)
}

/// Kebab-case of the letters and digits of several texts.
pub(super) fn slug(parts: &[&str]) -> String {
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
