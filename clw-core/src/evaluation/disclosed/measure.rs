//! What is published of one measure: its flow, its rates and its rules.

use serde::{Deserialize, Serialize};

use super::super::counts::MeasureCounts;
use super::super::findings::MeasureFindings;
use super::super::plan::PlannedMeasure;
use super::super::{Evaluation, SittingIssue};
use super::keys::{Step, Whose};
use super::{
    DisclosedAfterExit, DisclosedAttrition, DisclosedChange, DisclosedEquity, DisclosedGroup,
    DisclosedIndicator, DisclosedIssue, DisclosedOverTime, View,
};
use crate::change::ReliableChangeRule;
use crate::disclosure::{PublishedCount, PublishedShare};
use crate::instrument::{Scale, Source};
use crate::pairing::{Counted, Fate, FlowBox, PairingRule};

/// What is published of one measure.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct DisclosedMeasure {
    /// The instrument's id.
    pub instrument: String,
    /// Its name, for print.
    pub title: String,
    /// The measure's id.
    pub measure: String,
    /// Its name, for print.
    pub label: String,
    /// The scale its scores lie on.
    pub scale: Scale,
    /// How it was scored, and by what it was judged.
    pub method: DisclosedMethod,
    /// The boxes from referred to paired, each with those who did not go on to the next.
    pub flow: Vec<DisclosedBox>,
    /// The rates between them.
    pub completion: DisclosedCompletion,
    /// What changed among the pairs.
    pub change: DisclosedChange,
    /// Completion over months and practices, and before and after changes.
    #[serde(default)]
    pub over_time: DisclosedOverTime,
    /// The groups of the plan.
    pub groups: Vec<DisclosedGroup>,
    /// Those due with and without a follow-up.
    pub attrition: DisclosedAttrition,
    /// The four questions of equity along each axis of the plan.
    pub equity: Vec<DisclosedEquity>,
    /// Those asked again some time after the end, where the plan says how long after.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after_exit: Option<DisclosedAfterExit>,
    /// The plan's indicators.
    pub indicators: Vec<DisclosedIndicator>,
    /// What is wrong with the questionnaires.
    pub issues: Vec<DisclosedIssue<SittingIssue>>,
    /// Completion under every pairing rule of the plan, the main one first.
    pub rules: Vec<DisclosedRule>,
}

/// What a reader needs to know of a measure's definition.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct DisclosedMethod {
    /// The instrument's version.
    pub version: String,
    /// The rule for missing answers, by its id.
    pub missing_rule: String,
    /// The bands that moves are counted between, by the name of their set.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bands: Option<DisclosedBands>,
    /// The rules of reliable change with the names that are printed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub change_rules: Vec<DisclosedRuleName>,
    /// What the instrument and its reference values are published in.
    pub sources: Vec<Source>,
}

/// A published rule of reliable change and its name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct DisclosedRuleName {
    /// The rule's id.
    pub rule: String,
    /// Its name.
    pub label: String,
}

/// The bands of a measure, with the names that are printed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct DisclosedBands {
    /// The set's id.
    pub band_set: String,
    /// Its name.
    pub label: String,
    /// Each band's name, in order.
    pub bands: Vec<String>,
}

impl DisclosedMethod {
    fn of(planned: &PlannedMeasure) -> Self {
        let (instrument, measure) = (&planned.instrument, &planned.measure);
        let name = |rule: &ReliableChangeRule| {
            let rule = measure.change_rule(rule.name()).ok()?;
            Some(DisclosedRuleName { rule: rule.id.to_string(), label: rule.label.to_string() })
        };
        Self {
            version: instrument.version().to_owned(),
            missing_rule: measure.missing_rule().to_owned(),
            bands: planned.band_set().map(|set| DisclosedBands {
                band_set: set.id.to_string(),
                label: set.label.to_string(),
                bands: set.bands.iter().map(|band| band.label.to_string()).collect(),
            }),
            change_rules: planned.reliable_change_rules().iter().filter_map(name).collect(),
            sources: instrument.sources().to_vec(),
        }
    }
}

/// One box of a flow, as published.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct DisclosedBox {
    /// The box.
    #[serde(rename = "box")]
    pub flow_box: FlowBox,
    /// The episodes in it.
    pub episodes: PublishedCount,
    /// What became of those who did not go on to the next box: every fate, also where it is nobody's.
    pub left: Vec<DisclosedFate>,
}

/// The episodes of one fate, as published.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct DisclosedFate {
    /// The fate.
    pub fate: Fate,
    /// The episodes.
    pub episodes: PublishedCount,
}

/// The completion rates of a flow, as published.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct DisclosedCompletion {
    /// Scored baselines of those eligible.
    pub baseline_completion: PublishedShare,
    /// Pairs of those whose follow-up is due and who have a baseline: the headline.
    pub paired_completion: PublishedShare,
    /// Pairs of all eligible.
    pub coverage: PublishedShare,
}

/// Completion under one pairing rule, as published.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct DisclosedRule {
    /// The rule.
    pub rule: PairingRule,
    /// Pairs of those due under it.
    pub paired_completion: PublishedShare,
}

impl View<'_> {
    pub(super) fn measure(
        &self,
        evaluation: &Evaluation,
        place: usize,
        counts: &MeasureCounts,
        found: &MeasureFindings,
    ) -> DisclosedMeasure {
        let all = Whose::all(place);
        let change = self.change(evaluation, place, counts, found);
        let means = change.means.as_ref();
        let mut measure = DisclosedMeasure {
            instrument: found.instrument.clone(),
            title: found.title.clone(),
            measure: found.measure.clone(),
            label: found.label.clone(),
            scale: found.scale,
            method: evaluation
                .plan()
                .measures
                .get(place)
                .map(DisclosedMethod::of)
                .unwrap_or_default(),
            flow: FlowBox::ALL.iter().map(|at| self.flow_box(&all, *at)).collect(),
            completion: self.completion(&all),
            over_time: self.over_time(evaluation, place, counts),
            groups: self.groups(evaluation, place, counts),
            attrition: self.attrition(evaluation, place, counts, found, means),
            equity: self.equity(evaluation, place, counts, found),
            after_exit: self.after_exit(evaluation.plan().plan().after_exit_days, place, counts),
            indicators: self.indicators(place, found),
            issues: self.sitting_issues(place),
            change,
            rules: self.rules(evaluation, place),
        };
        self.hide_means_that_overlap(place, counts, &mut measure);
        self.hide_means_of_few_without_exit(place, counts, &mut measure);
        measure
    }

    fn flow_box(&self, whose: &Whose, at: FlowBox) -> DisclosedBox {
        let here = |fate: &&Fate| fate.last_box() == at && **fate != Fate::Paired;
        let fate = |fate: &Fate| DisclosedFate {
            fate: *fate,
            episodes: self.count(&whose.step(Step::Ended(*fate))),
        };
        DisclosedBox {
            flow_box: at,
            episodes: self.count(&whose.step(Step::In(at))),
            left: Fate::ALL.iter().filter(here).map(fate).collect(),
        }
    }

    pub(super) fn completion(&self, whose: &Whose) -> DisclosedCompletion {
        let rate = |part, of| self.share(&whose.step(Step::In(part)), &whose.step(Step::In(of)));
        DisclosedCompletion {
            baseline_completion: rate(FlowBox::BaselineValid, FlowBox::Eligible),
            paired_completion: rate(FlowBox::Paired, FlowBox::Due),
            coverage: rate(FlowBox::Paired, FlowBox::Eligible),
        }
    }

    fn rules(&self, evaluation: &Evaluation, place: usize) -> Vec<DisclosedRule> {
        let plan = evaluation.plan().plan();
        let parts = (0..plan.compare.len()).map(|rule| Whose::compared(place, rule));
        let rules = core::iter::once(&plan.pairing).chain(&plan.compare);
        let whose = core::iter::once(Whose::all(place)).chain(parts);
        rules
            .zip(whose)
            .map(|(rule, whose)| DisclosedRule {
                rule: rule.clone(),
                paired_completion: self.completion(&whose).paired_completion,
            })
            .collect()
    }
}
