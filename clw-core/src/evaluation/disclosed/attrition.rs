//! Those with and without a follow-up side by side, as published.
//!
//! A standardised difference over levels is a function of their counts, so it is made of the published
//! ones and is there where all of them are. Levels of few people are taken together for it, by a rule
//! that [`levels`](super::levels) states. That of the baseline score rests on two means and two SDs,
//! each of [`FEW_PAIRS`] people at least. The bounds of the mean change and the tipping point rest on
//! the same means. The weighted results do not leave the programme: their model is fitted to counts by
//! every combination of the traits, of few people each.

use serde::{Deserialize, Serialize};

use super::super::counts::MeasureCounts;
use super::super::findings::MeasureFindings;
use super::super::{Evaluation, FEW_PAIRS};
use super::keys::{Step, Whose};
use super::levels::Levels;
use super::{DisclosedMeans, View, leaves};
use crate::attrition::{
    AttritionOptions, AttritionVerdict, Comparison, LevelCounts, PairedUnpaired, ScoreCounts,
    TippingPoint, TraitComparison,
};
use crate::change::Moments;
use crate::completion::GroupBy;
use crate::disclosure::PublishedShare;
use crate::pairing::FlowBox;

/// Those due with a baseline, with and without a follow-up, as published.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct DisclosedAttrition {
    /// What the comparison goes by.
    pub options: AttritionOptions,
    /// The pairs of those due with a baseline.
    pub completion: PublishedShare,
    /// The baseline score; `None` where the scores of either are of too few people.
    pub baseline_score: Option<DisclosedBaseline>,
    /// Each trait, in the plan's order.
    pub traits: Vec<DisclosedTrait>,
    /// What the mean change could be among all due, where both means are published.
    pub mean_change_bounds: Option<DisclosedMeanChangeBounds>,
    /// How the unpaired would have to have changed for the mean change of all to be zero, likewise.
    pub tipping_point: Option<TippingPoint>,
    /// What the comparisons that are published come to; `None` where completion is hidden.
    pub verdict: Option<AttritionVerdict>,
}

/// The baseline scores of both, as published.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct DisclosedBaseline {
    /// Of those with a pair.
    pub paired: DisclosedScores,
    /// Of those without.
    pub unpaired: DisclosedScores,
    /// How far they lie apart.
    pub comparison: Comparison,
}

/// Mean and SD of scores, in units of the printed score.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct DisclosedScores {
    /// The mean.
    pub mean: f64,
    /// The SD (n − 1).
    pub standard_deviation: f64,
}

/// One trait of the paired and of the unpaired, as published.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct DisclosedTrait {
    /// The trait.
    pub by: GroupBy,
    /// Each level with its shares, but for those taken together.
    pub levels: Vec<DisclosedLevel>,
    /// The levels of few people and as many others as it takes, together.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub other_levels: Option<DisclosedOtherLevels>,
    /// How far the two lie apart, all other levels being one; `None` where a count is hidden.
    pub comparison: Option<Comparison>,
}

/// One level of a trait, as published.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct DisclosedLevel {
    /// The level.
    pub level: String,
    /// The pairs of this level, of all pairs.
    pub paired: PublishedShare,
    /// The unpaired of this level, of all unpaired.
    pub unpaired: PublishedShare,
}

/// Some levels of a trait taken together, as published.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct DisclosedOtherLevels {
    /// Which they are.
    pub levels: Vec<String>,
    /// The pairs of these levels, of all pairs.
    pub paired: PublishedShare,
    /// The unpaired of these levels, of all unpaired.
    pub unpaired: PublishedShare,
}

/// What the mean change could be among all who were due, as published.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct DisclosedMeanChangeBounds {
    /// If every unpaired person were at the worst end of the scale.
    pub worst: f64,
    /// If every unpaired person were at the best end of the scale.
    pub best: f64,
    /// If no unpaired person's score had changed.
    pub baseline_carried_forward: f64,
}

impl View<'_> {
    pub(super) fn attrition(
        &self,
        evaluation: &Evaluation,
        place: usize,
        counts: &MeasureCounts,
        found: &MeasureFindings,
        means: Option<&DisclosedMeans>,
    ) -> DisclosedAttrition {
        let all = Whose::all(place);
        let completion = self.completion(&all).paired_completion;
        let unpaired = counts.attrition.unpaired();
        let shown = completion.proportion.is_some();
        let again = self.unpaired_were_shown(place);
        let both = means.filter(|_| shown && unpaired.n() >= FEW_PAIRS && !again);
        let baselines = both.map(|_| (ScoreCounts::of_baselines(&counts.main.pairs), unpaired));
        let plan = &evaluation.plan().plan().attrition;
        let by = plan.traits.iter().zip(counts.attrition.traits());
        let by: Vec<_> = by.filter(|(by, _)| leaves(**by, evaluation)).collect();
        let mut traits: Vec<DisclosedTrait> =
            by.iter().map(|(by, of)| self.trait_of(place, **by, of)).collect();
        let whole: Vec<Option<LevelCounts>> =
            traits.iter().zip(&by).map(|(of, (_, counts))| of.whole(&counts.name)).collect();
        let options = &found.attrition.options;
        let scores = baselines.as_ref().map(|(paired, unpaired)| (paired, *unpaired));
        let compared = TraitComparison::all(scores, whole.iter().flatten(), options);
        for (of, whole) in traits.iter_mut().zip(&whole) {
            of.comparison = whole.as_ref().and_then(|whole| comparison(&compared, &whole.name));
        }
        let bounds = found.attrition.mean_change_bounds.computed().filter(|_| both.is_some());
        let tipping = found.attrition.tipping_point.computed().filter(|_| both.is_some());
        let shown = completion.count.shown().zip(completion.of.shown());
        DisclosedAttrition {
            options: *options,
            completion,
            baseline_score: scores.and_then(|(paired, unpaired)| {
                Some(DisclosedBaseline {
                    paired: DisclosedScores::of(&paired.moments())?,
                    unpaired: DisclosedScores::of(&unpaired.moments())?,
                    comparison: comparison(&compared, crate::attrition::Attrition::BASELINE_SCORE)?,
                })
            }),
            traits,
            mean_change_bounds: bounds.map(|bounds| DisclosedMeanChangeBounds {
                worst: bounds.worst,
                best: bounds.best,
                baseline_carried_forward: bounds.baseline_carried_forward,
            }),
            tipping_point: tipping.copied(),
            verdict: shown
                .map(|(paired, due)| AttritionVerdict::of(paired, due, &compared, options)),
        }
    }

    /// The levels on their own and together, as published.
    fn trait_of(&self, place: usize, by: GroupBy, of: &LevelCounts) -> DisclosedTrait {
        let all = Whose::all(place);
        let shares = |whose: &Whose| {
            let paired = self.share(&whose.pairs(), &all.pairs());
            (paired, self.share(&whose.step(UNPAIRED), &all.step(UNPAIRED)))
        };
        let levels = Levels::of(of, &self.profile, self.pooled.of(place, by));
        let alone = levels.alone.iter().map(|(name, _)| {
            let (paired, unpaired) = shares(&Whose::group(place, by, name));
            DisclosedLevel { level: (*name).to_owned(), paired, unpaired }
        });
        let other_levels = levels.whose_together(place, by).map(|whose| {
            let (paired, unpaired) = shares(&whose);
            let levels = levels.together.iter().map(|(name, _)| (*name).to_owned()).collect();
            DisclosedOtherLevels { levels, paired, unpaired }
        });
        DisclosedTrait { by, levels: alone.collect(), other_levels, comparison: None }
    }
}

impl DisclosedTrait {
    /// The published counts of all levels; `None` where one is hidden.
    fn whole(&self, name: &str) -> Option<LevelCounts> {
        let counts = |paired: &PublishedShare, unpaired: &PublishedShare| {
            let (paired, unpaired) = (paired.count.shown()?, unpaired.count.shown()?);
            Some(PairedUnpaired { paired, unpaired })
        };
        let alone = self.levels.iter();
        let alone = alone.map(|of| Some((of.level.clone(), counts(&of.paired, &of.unpaired)?)));
        // Named as no level is: levels are joined by what none of them holds.
        let together = self.other_levels.iter();
        let together =
            together.map(|of| Some((of.levels.join("\u{1f}"), counts(&of.paired, &of.unpaired)?)));
        let levels = alone.chain(together).collect::<Option<_>>()?;
        Some(LevelCounts { name: name.to_owned(), levels })
    }
}

const UNPAIRED: Step = Step::Lost(FlowBox::Due, FlowBox::Paired);

fn comparison(compared: &[TraitComparison], name: &str) -> Option<Comparison> {
    compared.iter().find(|of| of.name == name).map(|of| of.comparison)
}

impl DisclosedScores {
    fn of(moments: &Moments) -> Option<Self> {
        let standard_deviation = *moments.standard_deviation.computed()?;
        Some(Self { mean: *moments.mean.computed()?, standard_deviation })
    }
}
