//! Questions about those without a follow-up.

use serde::{Deserialize, Serialize};

use super::completion::or_dash;
use super::error::UnequalColumns;
use super::{Answer, Question as Asked, RequestError, Table, about};
use crate::attrition::{
    Attrition, AttritionCounts, AttritionOptions, Comparison, DifferenceReading, FollowUp,
    ProfileCounts, Weighting, WeightingOptions,
};
use crate::change::{PairCell, PairCounts};
use crate::coded;
use crate::instrument::{Points, Scale};
use crate::sentences::about::interval;
use crate::sentences::format::{decimal, percent, signed};
use crate::sentences::{Noun, attrition, weighting};

/// Pairs and counts of the unpaired, and how to compare them.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct Question {
    pairs: PairCounts,
    counts: AttritionCounts,
    profiles: Option<ProfileCounts>,
    name: Option<String>,
    #[serde(default)]
    options: AttritionOptions,
    #[serde(default)]
    weighting: WeightingOptions,
}

/// How to compare those with and without a follow-up, and to weight those with one.
#[derive(Deserialize, Default)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
struct How {
    options: AttritionOptions,
    weighting: WeightingOptions,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Found {
    #[serde(flatten)]
    attrition: Attrition,
    #[serde(skip_serializing_if = "Option::is_none")]
    weighting: Option<Weighting>,
}

/// What is recorded of everybody by one name, such as their age band: a level for each row.
#[derive(Debug, Clone)]
pub struct TraitColumn {
    /// The name.
    pub name: String,
    /// The levels.
    pub levels: Vec<String>,
}

/// Answers the question of attrition from columns: row i of all is one person who is due and has a
/// baseline, with a follow-up or none.
///
/// `options` is a JSON object of `options` and `weighting`, as the question `attrition` has them.
///
/// # Errors
/// When the columns are of unequal length, a score is off the scale, or an option is refused.
///
/// ```
/// use clw_core::instrument::catalogue;
/// use clw_core::request::{TraitColumn, attrition_of_columns};
///
/// let wellbeing = catalogue::find("swemwbs")?.measure("wellbeing")?;
/// let baseline = [1798, 1925, 2154, 1743];
/// let follow_up = [Some(2154), Some(2073), None, Some(2321)];
/// let gender = TraitColumn {
///     name: "gender".to_owned(),
///     levels: ["woman", "man", "man", "woman"].map(str::to_owned).into(),
/// };
/// let scale = wellbeing.scale();
/// let told = attrition_of_columns(scale, wellbeing.label(), &baseline, &follow_up, &[gender], "{}")?;
/// assert_eq!(told.brief(), "3 of 4 followed up, 2 traits compared");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn attrition_of_columns(
    scale: Scale,
    name: &str,
    baseline: &[i32],
    follow_up: &[Option<i32>],
    traits: &[TraitColumn],
    options: &str,
) -> Result<Answer, RequestError> {
    let How { options, weighting } = coded::options(options)?;
    let baselines = baseline.len();
    let lengths = traits.iter().map(|of| (of.name.as_str(), of.levels.len()));
    for (name, rows) in core::iter::once(("follow_up", follow_up.len())).chain(lengths) {
        if rows != baselines {
            return Err(
                UnequalColumns { name, rows, first: "baseline", expected: baselines }.into()
            );
        }
    }
    let names = || traits.iter().map(|of| of.name.as_str());
    let mut pairs = PairCounts::new(scale);
    let mut counts = AttritionCounts::new(scale, names());
    let mut profiles = ProfileCounts::new(scale, names());
    for (row, (&first, &second)) in baseline.iter().zip(follow_up).enumerate() {
        let level = |of: &'_ TraitColumn| of.levels.get(row).map_or("", String::as_str).to_owned();
        let levels: Vec<String> = traits.iter().map(level).collect();
        let levels: Vec<&str> = levels.iter().map(String::as_str).collect();
        let (first, second) = (Points(first), second.map(Points));
        if let Some(second) = second {
            pairs.add_many(PairCell { baseline: first, follow_up: second, pairs: 1 })?;
        }
        let outcome = second.map_or(FollowUp::Unpaired, |_| FollowUp::Paired);
        counts.add(first, outcome, &levels)?;
        profiles.add(first, second, &levels)?;
    }
    let (profiles, name) = (Some(profiles), Some(name.to_owned()));
    Question { pairs, counts, profiles, name, options, weighting }.answer()
}

impl Asked for Question {
    fn answer(self) -> Result<Answer, RequestError> {
        let found = Found {
            attrition: Attrition::of(&self.pairs, &self.counts, &self.options)?,
            weighting: self.profiles.map(|of| Weighting::of(&of, &self.weighting)),
        };
        let about = about(*self.pairs.scale(), self.name.as_deref(), self.pairs.n());
        let of = &found.attrition;
        let sentences = [
            Some(attrition::verdict(Noun::PEOPLE, of)),
            attrition::mean_bounds(&about, of),
            attrition::tipping_point(&about, of),
            found.weighting.as_ref().map(|found| weighting::weighting(&about, found)),
        ];
        let sentence = sentences.into_iter().flatten().collect::<Vec<_>>().join(" ");
        let completion = &of.completion;
        let (paired, due, traits) = (completion.count, completion.of, of.traits.len());
        let brief = format!("{paired} of {due} followed up, {traits} traits compared");
        let rows = of.traits.iter().map(|of| match &of.comparison {
            Comparison::Compared { difference, reading, .. } => vec![
                of.name.clone(),
                decimal(difference.value, 2),
                interval(&difference.interval, 2),
                words(*reading).to_owned(),
            ],
            Comparison::NotCompared { reason } => {
                vec![of.name.clone(), "–".to_owned(), "–".to_owned(), reason.to_string()]
            }
        });
        let mut rows: Vec<_> = rows.collect();
        let bounds = or_dash(&of.mean_change_bounds, |bounds| {
            format!("{} to {}", signed(bounds.worst, 2), signed(bounds.best, 2))
        });
        let whole =
            |what: &str, value: String| vec![what.to_owned(), value, String::new(), String::new()];
        rows.push(whole("mean change of all due, at worst and best", bounds));
        let improved = &of.improved_bounds;
        if let (Some(worst), Some(best)) = (improved.worst, improved.best) {
            let limits = format!("{} to {}", percent(worst), percent(best));
            rows.push(whole("improved of all due, at worst and best", limits));
        }
        let headings = vec!["trait", "standardised difference", "interval", "reading"];
        Ok(Answer::new(&found, sentence, brief, Table { headings, rows }))
    }
}

const fn words(reading: DifferenceReading) -> &'static str {
    match reading {
        DifferenceReading::Different => "different",
        DifferenceReading::Little => "little difference",
        DifferenceReading::Unclear => "unclear",
    }
}
