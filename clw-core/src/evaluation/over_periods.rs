//! Completion month by month, practice by practice, and before and after a change, under a plan.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::counts::MeasureCounts;
use super::plan::PlannedMeasure;
use super::{CheckedPlan, EvaluationError, IndicatorPlan, MergeError, PlanError};
use crate::OrderedMap;
use crate::caseload::{Episode, add_count};
use crate::completion::{
    ComparisonError, ControlChartOptions, CountsByGroup, DifferenceOfShares, Flow, FunnelOptions,
    FunnelPlot, GroupBy, NamedCount, PChart, PChartLimits, PeriodValue, RuleSet, XmrChart,
    XmrConstants,
};
use crate::estimate::ConfidenceLevel;
use crate::indicator::{Indicator, IndicatorInput, IndicatorReport, IndicatorSpan, Month};
use crate::pairing::{Counted, Fate, FlowBox, Pairing, PairingRule, Standing};

/// The control charts of an evaluation: paired completion by the month in which the follow-up fell
/// due, and the number of referrals by month.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct ControlChartPlan {
    /// By which rules a point is more than chance.
    pub rule_set: RuleSet,
    /// How the limits of completion are made.
    pub limits: PChartLimits,
    /// What the mean moving range of the referrals is multiplied by.
    pub constants: XmrConstants,
    /// The months from which on centre and limits of completion are worked out anew, in order. One
    /// in which the chart has no point changes nothing, and is told.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub recalculate_from: Vec<Month>,
    /// After how many months centre and limits stay fixed; all of them count if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub baseline_periods: Option<u32>,
}

impl ControlChartPlan {
    pub(super) fn check(&self) -> Result<(), PlanError> {
        if !self.recalculate_from.is_sorted_by(|a, b| a < b) {
            let (setting, found) = ("control-charts.recalculate-from", "out of order");
            let needed = "give the months in their order in time";
            return Err(PlanError::RuleNeverHolds { setting, found, needed });
        }
        let none = PChart::of(&[], self.limits, self.options(Vec::new()));
        none.map(|_| ()).map_err(PlanError::Comparison)
    }

    fn options(&self, recalculate_from: Vec<String>) -> ControlChartOptions {
        ControlChartOptions {
            recalculate_from,
            baseline_periods: self.baseline_periods,
            ..ControlChartOptions::new(self.rule_set)
        }
    }

    /// Paired completion by the month in which the follow-up fell due, and how many fell due so long
    /// before that they are in no chart. Who has no such month is in none of them.
    pub(super) fn completion(
        &self,
        groups: &CountsByGroup,
    ) -> Result<(PChart, u64), ComparisonError> {
        let mut months = by_month(groups, GroupBy::DueMonth, |flow| {
            (flow.in_box(FlowBox::Paired), flow.in_box(FlowBox::Due))
        });
        let before = take_those_long_before(&mut months).map(|(_, due)| due);
        let before = before.fold(0, u64::saturating_add);
        let months: Vec<NamedCount> = all_months(&months)
            .map(|month| {
                let (count, of) = months.get(&month).copied().unwrap_or((0, 0));
                NamedCount::new(month.to_string(), count, of)
            })
            .collect();
        Ok((self.completion_of(&months)?, before))
    }

    /// Paired completion by month.
    pub(super) fn completion_of(&self, months: &[NamedCount]) -> Result<PChart, ComparisonError> {
        let from = self.recalculate_from.iter().map(Month::to_string);
        let charted = from.filter(|from| months.iter().any(|month| month.name == *from));
        PChart::of(months, self.limits, self.options(charted.collect()))
    }

    /// The months that completion is charted for.
    pub(super) fn completion_months(&self, groups: &CountsByGroup) -> Vec<Month> {
        let mut months = by_month(groups, GroupBy::DueMonth, |_| (0, 0));
        drop(take_those_long_before(&mut months));
        all_months(&months).collect()
    }

    /// The number of referrals by month, but for the month of the as-of date if that was not over, and
    /// how many were made so long before that they are in no chart.
    pub(super) fn referrals(
        &self,
        groups: &CountsByGroup,
        as_of: Date,
    ) -> Result<(XmrChart, u64), ComparisonError> {
        let mut months =
            by_month(groups, GroupBy::ReferralMonth, |flow| (flow.in_box(FlowBox::Referred), 0));
        if as_of.last_of_month() != as_of {
            months.remove(&Month::of(as_of));
        }
        let before = take_those_long_before(&mut months).map(|(referrals, _)| referrals);
        let before = before.fold(0, u64::saturating_add);
        let periods = all_months(&months).map(|month| {
            let referrals = months.get(&month).map_or(0, |(count, _)| *count);
            PeriodValue { name: month.to_string(), value: Some(referrals as f64) }
        });
        Ok((self.referrals_of(&periods.collect::<Vec<_>>())?, before))
    }

    /// The months that the number of referrals is charted for.
    pub(super) fn referral_months(groups: &CountsByGroup, as_of: Date) -> Vec<Month> {
        let mut months = by_month(groups, GroupBy::ReferralMonth, |_| (0, 0));
        if as_of.last_of_month() != as_of {
            months.remove(&Month::of(as_of));
        }
        drop(take_those_long_before(&mut months));
        all_months(&months).collect()
    }

    /// The number of referrals by month.
    pub(super) fn referrals_of(&self, months: &[PeriodValue]) -> Result<XmrChart, ComparisonError> {
        XmrChart::of(months, self.constants, self.options(Vec::new()))
    }
}

/// After so many months without anybody a chart begins anew: a year typed wrongly would make of two
/// years of records hundreds of empty months, and of their average next to nothing.
const LONGEST_GAP: i32 = 12;

/// Takes away the months before the last such gap.
fn take_those_long_before<T>(
    months: &mut OrderedMap<Month, T>,
) -> impl Iterator<Item = T> + use<T> {
    let gap = |(month, next): &(&Month, &Month)| next.months_since(**month) > LONGEST_GAP;
    let first = months.keys().zip(months.keys().skip(1)).rfind(gap).map(|(_, first)| *first);
    let kept = first.map(|first| months.split_off(&first));
    let before = kept.map(|kept| core::mem::replace(months, kept));
    before.into_iter().flat_map(OrderedMap::into_values)
}

fn by_month(
    groups: &CountsByGroup,
    by: GroupBy,
    count: impl Fn(&Flow) -> (u64, u64),
) -> OrderedMap<Month, (u64, u64)> {
    let months = groups.groups(by);
    months.filter_map(|(group, of)| Some((group.parse().ok()?, count(&of.flow)))).collect()
}

/// The months from the first to the last; one in which there was nobody is a gap, not left out.
fn all_months<T>(months: &OrderedMap<Month, T>) -> impl Iterator<Item = Month> {
    let first = months.first_key_value().map(|(month, _)| *month);
    let last = months.last_key_value().map(|(month, _)| *month);
    core::iter::successors(first, |month| Some(month.plus(1)))
        .take_while(move |month| Some(*month) <= last)
}

/// Paired completion by practice, in a funnel. Episodes of which no practice is recorded are not in
/// it.
fn funnel(groups: &CountsByGroup, options: FunnelOptions) -> Result<FunnelPlot, ComparisonError> {
    let named = groups.groups(GroupBy::Practice);
    let named = named.filter(|(practice, _)| {
        !["not known", "not applicable", "not recorded"].contains(practice)
    });
    let practices = named.map(|(practice, counts)| {
        let flow = &counts.flow;
        NamedCount::new(practice, flow.in_box(FlowBox::Paired), flow.in_box(FlowBox::Due))
    });
    FunnelPlot::of(&practices.collect::<Vec<_>>(), options)
}

/// A change, for example of how forms are filled in, and the months before and after it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct BeforeAfterPlan {
    /// What changed, as printed in the report.
    pub name: String,
    /// The months before, by when the follow-up fell due.
    pub before: IndicatorSpan,
    /// The months after; those in which the change came in can be left out of both.
    pub after: IndicatorSpan,
    /// The practices it concerned; all if empty.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub practices: Vec<String>,
}

impl BeforeAfterPlan {
    pub(super) fn check(&self) -> Result<(), PlanError> {
        let Self { before, after, .. } = self;
        if before.from <= before.to && before.to < after.from && after.from <= after.to {
            return Ok(());
        }
        let (setting, found) = ("before-after", "out of order");
        let needed = "give months before, and months after these";
        Err(PlanError::RuleNeverHolds { setting, found, needed })
    }
}

/// The fates of those whose follow-up fell due before a change, and after it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct BeforeAfterCounts {
    /// Before.
    pub before: Flow,
    /// After.
    pub after: Flow,
}

impl BeforeAfterCounts {
    pub(super) fn add(
        &mut self,
        plan: &BeforeAfterPlan,
        rule: &PairingRule,
        episode: &Episode,
        standing: &Standing,
        pairing: &Pairing,
    ) {
        let practice = episode.practice.value();
        if !plan.practices.is_empty() && practice.is_none_or(|of| !plan.practices.contains(of)) {
            return;
        }
        let baseline = pairing.baseline.filter(|_| pairing.is_due());
        let due = baseline.and_then(|from| rule.due.falls_due(episode, standing, from));
        let Some(month) = due.map(Month::of) else { return };
        if (plan.before.from..=plan.before.to).contains(&month) {
            self.before.add(pairing.fate);
        } else if (plan.after.from..=plan.after.to).contains(&month) {
            self.after.add(pairing.fate);
        }
    }

    pub(super) fn merge(&mut self, other: &Self) -> Result<(), MergeError> {
        self.before.merge(&other.before)?;
        Ok(self.after.merge(&other.after)?)
    }

    /// Whether these are of those due in a whole.
    pub(super) fn fit(&self, whole: &Flow) -> bool {
        Fate::ALL.iter().all(|fate| {
            let mut both = self.before.with_fate(*fate);
            let sum = add_count(&mut both, self.after.with_fate(*fate));
            let is_due = fate.last_box() >= FlowBox::Due;
            sum.is_ok() && both <= if is_due { whole.with_fate(*fate) } else { 0 }
        })
    }
}

/// Paired completion before and after a change.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct BeforeAfterFindings {
    /// The change and its months.
    pub change: BeforeAfterPlan,
    /// Completion in both, and the difference.
    pub completion: DifferenceOfShares,
}

impl BeforeAfterFindings {
    pub(super) fn of(
        plan: &BeforeAfterPlan,
        counts: &BeforeAfterCounts,
        level: ConfidenceLevel,
    ) -> Result<Self, ComparisonError> {
        let share = |name, flow: &Flow| {
            NamedCount::new(name, flow.in_box(FlowBox::Paired), flow.in_box(FlowBox::Due))
        };
        let (before, after) = (share("before", &counts.before), share("after", &counts.after));
        let completion = DifferenceOfShares::of(&before, &after, level)?;
        Ok(Self { change: plan.clone(), completion })
    }
}

/// What was found for one measure over months and practices.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct OverPeriods {
    /// Paired completion by month, where the plan asks for control charts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub completion_chart: Option<PChart>,
    /// How many fell due before a year or more in which nobody did: they are not in the chart.
    #[serde(skip_serializing_if = "is_none")]
    pub due_before_chart: u64,
    /// Paired completion by practice, where the plan asks for a funnel.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub completion_funnel: Option<FunnelPlot>,
    /// Paired completion before and after each change of the plan.
    pub before_after: Vec<BeforeAfterFindings>,
    /// The plan's indicators, but for those by a rule that the measure does not have.
    pub indicators: Vec<IndicatorReport>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "the signature of serde")]
pub(super) const fn is_none(count: &u64) -> bool {
    *count == 0
}

impl OverPeriods {
    pub(super) fn of(
        checked: &CheckedPlan,
        planned: &PlannedMeasure,
        counts: &MeasureCounts,
    ) -> Result<Self, EvaluationError> {
        let plan = &checked.plan;
        let charts = plan.control_charts.as_ref();
        let chart = charts.map(|charts| charts.completion(&counts.groups)).transpose()?;
        let (chart, due_before_chart) = chart.map_or((None, 0), |(chart, due)| (Some(chart), due));
        let funnel = plan.funnel.map(|options| funnel(&counts.groups, options)).transpose()?;
        let changes = plan.before_after.iter().zip(&counts.before_after);
        let change =
            |(change, counts)| BeforeAfterFindings::of(change, counts, plan.interval_level);
        Ok(Self {
            completion_chart: chart,
            due_before_chart,
            completion_funnel: funnel,
            before_after: changes.map(change).collect::<Result<_, _>>()?,
            indicators: indicator_reports(checked, planned, counts)?,
        })
    }
}

fn indicator_reports(
    plan: &CheckedPlan,
    planned: &PlannedMeasure,
    counts: &MeasureCounts,
) -> Result<Vec<IndicatorReport>, EvaluationError> {
    let Some(IndicatorPlan { span, length, .. }) = plan.plan.indicators else {
        return Ok(Vec::new());
    };
    let rules = planned.reliable_change_rules();
    let input = IndicatorInput {
        all_episodes: &counts.groups,
        finished: Some(&counts.finished),
        not_finished: Some(&counts.not_finished),
        reliable_change: &rules,
    };
    let has_rule = |indicator: &&Indicator| {
        let rule = indicator.definition().numerator.rule();
        rule.is_none_or(|name| rules.iter().any(|rule| rule.name() == name))
    };
    let reports = plan.indicators.iter().filter(has_rule).map(|indicator| {
        IndicatorReport::of(indicator, input, span, length, plan.plan.interval_level)
    });
    Ok(reports.collect::<Result<_, _>>()?)
}
