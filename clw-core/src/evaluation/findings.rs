//! What follows from the counts: everything here is a function of integers.

use serde::Serialize;

use super::counts::{Counts, MeasureCounts};
use super::plan::PlannedMeasure;
use super::{
    AfterExit, Caution, CheckedPlan, EvaluationError, IssueFindings, OverPeriods, SittingIssue,
    TimeToFollowUp,
};
use crate::attrition::{Attrition, Weighting};
use crate::change::{
    Alternative, AnyChangeCounts, Change, ChangeOptions, ChangeOptionsError, Moments, PairCounts,
    PairedT,
};
use crate::completion::{CompletionRates, Flow, GroupBy, GroupCounts, ImprovedBounds};
use crate::equity::EquityTable;
use crate::estimate::{ConfidenceLevel, Estimate, Interval, Share};
use crate::instrument::Scale;
use crate::pairing::{Counted, Fate, FlowBox, PairingRule};
use crate::value::{ValueRefusal, Wellby, WellbyAssumptions};

/// What was found for one measure.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct MeasureFindings {
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
    /// Who came, who is due, who was followed up.
    pub flow: FlowFindings,
    /// Items answered of items asked, in all sittings of the plan's version.
    pub item_completion: Share,
    /// What changed among the pairs.
    pub change: Change,
    /// What the share improved could be among all who were due.
    pub improved_bounds: ImprovedBounds,
    /// Completion and benefit of each group.
    pub groups: Vec<GroupFindings>,
    /// How those due without a pair differ from those with one, and what that leaves unknown.
    pub attrition: Attrition,
    /// The pairs weighted to look like everybody due, where the plan says by what.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub weighting: Option<Weighting>,
    /// Completion month by month, practice by practice, before and after changes; indicators.
    pub over_periods: OverPeriods,
    /// The four questions of equity along each axis of the plan.
    pub equity: Vec<EquityTable>,
    /// How long it took to follow people up.
    pub time_to_follow_up: TimeToFollowUp,
    /// Those asked again some time after the end, where the plan says how long after.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub after_exit: Option<AfterExit>,
    /// What the change is worth in WELLBYs, where the plan gives the assumptions.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<Valuation>,
    /// What is wrong with the questionnaires.
    pub issues: Vec<IssueFindings<SittingIssue>>,
    /// Every pairing rule of the plan side by side, the main one first.
    pub rules: Vec<RuleFindings>,
    /// What a reader has to bear in mind.
    pub cautions: Vec<Caution>,
}

/// What a change is worth in money, or why it is not valued.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Valuation {
    /// It is valued.
    Valued(Box<Wellby>),
    /// It is not, and why.
    NotValued(ValueRefusal),
}

impl Valuation {
    fn of(
        planned: &PlannedMeasure,
        counts: &MeasureCounts,
        assumptions: WellbyAssumptions,
        level: ConfidenceLevel,
    ) -> Self {
        let (instrument, measure) = (planned.instrument.id(), planned.measure.id());
        let pairs = &counts.main.pairs;
        Wellby::of(instrument, measure, pairs, &assumptions, level)
            .map_or_else(Self::NotValued, |wellby| Self::Valued(Box::new(wellby)))
    }
}

/// One flow: its boxes, who left between them and the rates.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct FlowFindings {
    /// The boxes from referred to paired, each with those who did not go on to the next.
    pub boxes: Vec<BoxFindings>,
    /// The rates between the boxes.
    pub rates: CompletionRates,
}

/// One box of a flow.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct BoxFindings {
    /// The box.
    #[serde(rename = "box")]
    pub flow_box: FlowBox,
    /// The episodes in it.
    pub episodes: u64,
    /// Those who did not go on to the next box, by what became of them.
    pub left: Vec<FateCount>,
}

/// The episodes of one fate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct FateCount {
    /// The fate.
    pub fate: Fate,
    /// The episodes.
    pub episodes: u64,
}

/// One group: who came so far, and who benefited.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct GroupFindings {
    /// What is grouped by.
    pub by: GroupBy,
    /// The group.
    pub group: String,
    /// Its flow.
    pub flow: FlowFindings,
    /// What changed among its pairs.
    pub benefit: Benefit,
}

/// What changed among the pairs of one group.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Benefit {
    /// Mean and SD of follow-up − baseline, in units of the printed score.
    pub change: Moments,
    /// The t interval of the mean change.
    pub mean_change_interval: Estimate<Interval>,
    /// Mean and SD of the baseline scores: groups that start lower have more room to rise.
    pub baseline: Moments,
    /// Those who improved by any amount.
    pub improved: Share,
    /// What the share improved could be among all of the group who were due.
    pub improved_bounds: ImprovedBounds,
}

/// One pairing rule beside others.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct RuleFindings {
    /// The rule.
    pub rule: PairingRule,
    /// Pairs of those due under it.
    pub paired_completion: Share,
    /// What changed among its pairs.
    pub change: Change,
}

impl MeasureFindings {
    pub(super) fn all(plan: &CheckedPlan, counts: &Counts) -> Result<Vec<Self>, EvaluationError> {
        let measures = plan.measures.iter().zip(&counts.measures);
        measures.map(|(planned, counts)| Self::of(plan, planned, counts)).collect()
    }

    fn of(
        plan: &CheckedPlan,
        planned: &PlannedMeasure,
        counts: &MeasureCounts,
    ) -> Result<Self, EvaluationError> {
        let level = plan.plan.interval_level;
        let options = planned.change_options(level);
        let change = Change::of(&counts.main.pairs, &options)?;
        let due = counts.main.flow.in_box(FlowBox::Due);
        let axes = plan.plan.equity.iter().zip(&counts.equity);
        Ok(Self {
            instrument: planned.instrument.id().to_owned(),
            title: planned.instrument.title().to_owned(),
            measure: planned.measure.id().to_owned(),
            label: planned.measure.label().to_owned(),
            scale: planned.measure.scale(),
            flow: FlowFindings::of(&counts.main.flow, level),
            item_completion: Share::of(counts.items_answered, counts.items_asked, level),
            improved_bounds: ImprovedBounds::of(change.any_change.improved.count, change.n, due),
            change,
            groups: group_findings(&plan.plan.group_by, counts, level),
            attrition: plan.plan.attrition.compare(&counts.main.pairs, &counts.attrition, level)?,
            weighting: plan
                .plan
                .attrition
                .weighting
                .as_ref()
                .zip(counts.profiles.as_ref())
                .map(|(weighting, profiles)| weighting.weight(profiles, level)),
            over_periods: OverPeriods::of(plan, planned, counts)?,
            equity: axes.map(|(of, counts)| counts.table(of, level)).collect::<Result<_, _>>()?,
            value: planned.plan.value.map(|of| Valuation::of(planned, counts, of, level)),
            time_to_follow_up: TimeToFollowUp::of(&counts.follow_up_times, level),
            after_exit: plan
                .plan
                .after_exit_days
                .zip(counts.after_exit.as_ref())
                .map(|(days, counts)| AfterExit::of(days, counts, level)),
            issues: IssueFindings::of_measure(counts, level),
            rules: rule_findings(plan, counts, &options)?,
            cautions: Caution::all(planned, counts),
        })
    }
}

impl FlowFindings {
    fn of(flow: &Flow, level: ConfidenceLevel) -> Self {
        let left = |flow_box| {
            flow.left_in(flow_box).map(|(fate, episodes)| FateCount { fate, episodes }).collect()
        };
        let boxes = FlowBox::ALL.iter().map(|&flow_box| BoxFindings {
            flow_box,
            episodes: flow.in_box(flow_box),
            left: left(flow_box),
        });
        Self { boxes: boxes.collect(), rates: CompletionRates::of(flow, level) }
    }
}

/// The groups that the plan asks to see; some are counted for charts and indicators only.
fn group_findings(
    group_by: &[GroupBy],
    counts: &MeasureCounts,
    level: ConfidenceLevel,
) -> Vec<GroupFindings> {
    let groups = &counts.groups;
    groups
        .kinds()
        .filter(|by| group_by.contains(by))
        .flat_map(|by| {
            groups.groups(by).map(move |(group, counts)| GroupFindings {
                by,
                group: group.to_owned(),
                flow: FlowFindings::of(&counts.flow, level),
                benefit: Benefit::of(counts, level),
            })
        })
        .collect()
}

impl Benefit {
    fn of(counts: &GroupCounts, level: ConfidenceLevel) -> Self {
        Self::of_pairs(&counts.pairs, counts.flow.in_box(FlowBox::Due), level)
    }

    /// Of pairs that so many were due for.
    pub(super) fn of_pairs(pairs: &PairCounts, due: u64, level: ConfidenceLevel) -> Self {
        let improved = AnyChangeCounts::of(pairs, level).improved;
        let paired_t = PairedT::of(pairs, Alternative::TwoSided, level);
        Self {
            change: Moments::of_change(pairs),
            mean_change_interval: paired_t.map(|test| test.interval).into(),
            baseline: Moments::of_baseline(pairs),
            improved,
            improved_bounds: ImprovedBounds::of(improved.count, pairs.n(), due),
        }
    }
}

fn rule_findings(
    plan: &CheckedPlan,
    counts: &MeasureCounts,
    options: &ChangeOptions,
) -> Result<Vec<RuleFindings>, ChangeOptionsError> {
    let rules = core::iter::once(&plan.plan.pairing).chain(&plan.plan.compare);
    let counted = core::iter::once(&counts.main).chain(&counts.compared);
    rules
        .zip(counted)
        .map(|(rule, counts)| {
            Ok(RuleFindings {
                rule: rule.clone(),
                paired_completion: CompletionRates::of(&counts.flow, options.level)
                    .paired_completion,
                change: Change::of(&counts.pairs, options)?,
            })
        })
        .collect()
}
