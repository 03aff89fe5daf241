//! Completion over months and practices and referrals over months, as published.
//!
//! All of it is made of the counts that are shown, and of nothing else. A centre line, a pooled target
//! or a limit that rested on a hidden count too would give it away to who holds the others: they are
//! worked out again from what is left. So between two releases there is nothing to compare but the
//! counts themselves.
//!
//! The time to a follow-up is not published: its curve is a product over days, of the few people who
//! were followed up or lost from sight on each of them.

use serde::{Deserialize, Serialize};

use super::super::counts::MeasureCounts;
use super::super::{ControlChartPlan, Evaluation};
use super::keys::{Step, Whose};
use super::{DisclosedBeforeAfter, View, leaves};
use crate::completion::{
    ControlChartOptions, ControlLimits, FunnelBand, FunnelOptions, FunnelPlot, FunnelPosition,
    GroupBy, NamedCount, Overdispersion, PChart, PChartLimits, PeriodValue, SpecialCause, XmrChart,
    XmrConstants,
};
use crate::disclosure::{PublishedCount, PublishedShare, Zeros};
use crate::pairing::FlowBox;

/// Completion of one measure over months and practices and before and after changes, as published.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct DisclosedOverTime {
    /// Paired completion by month, where the plan asks for control charts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub completion_chart: Option<DisclosedCompletionChart>,
    /// Paired completion by practice, where the plan asks for a funnel and practices may leave the
    /// programme.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub completion_funnel: Option<DisclosedFunnel>,
    /// Paired completion before and after each change of the plan.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub before_after: Vec<DisclosedBeforeAfter>,
}

/// A control chart of paired completion, as published: a p-chart of the months whose counts are shown.
///
/// A month with a hidden count is a gap, as one in which nobody was due: average, limits and rules
/// pass over it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct DisclosedCompletionChart {
    /// How the limits were made.
    pub limits: PChartLimits,
    /// The rules and phases asked for.
    pub options: ControlChartOptions,
    /// The phases, in their order in time.
    pub phases: Vec<DisclosedCompletionPhase>,
}

/// Months that share a centre, as published.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct DisclosedCompletionPhase {
    /// The share of those behind the limits together; absent where no month is shown.
    pub centre: Option<f64>,
    /// All months of the phase.
    pub months: Vec<DisclosedCompletionMonth>,
}

/// Completion of those whose follow-up fell due in one month, as published.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct DisclosedCompletionMonth {
    /// The month.
    pub month: String,
    /// Pairs of those due.
    pub completion: PublishedShare,
    /// The limits at this denominator; absent in a gap.
    pub limits: Option<ControlLimits>,
    /// The rules it is part of.
    pub special_causes: Vec<SpecialCause>,
}

/// A control chart of the number of referrals, as published: an XmR chart of the months whose count is
/// shown. A month with a hidden count is a gap.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct DisclosedReferralChart {
    /// The constants.
    pub constants: XmrConstants,
    /// The rules and phases asked for.
    pub options: ControlChartOptions,
    /// The mean of the months behind the limits; absent where no month is shown.
    pub centre: Option<f64>,
    /// The limits; absent where no two neighbouring months are shown.
    pub limits: Option<ControlLimits>,
    /// The months, in their order.
    pub months: Vec<DisclosedReferralMonth>,
}

/// The referrals of one month, as published.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct DisclosedReferralMonth {
    /// The month.
    pub month: String,
    /// Its referrals.
    pub referrals: PublishedCount,
    /// The rules it is part of.
    pub special_causes: Vec<SpecialCause>,
}

/// A funnel over practices, as published: of those whose counts are shown, without an order but that
/// of their names.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct DisclosedFunnel {
    /// How it was made.
    pub options: FunnelOptions,
    /// The share that all are compared with: of the practices shown, unless the plan gives one.
    /// Absent where none is shown, or all of them are alike.
    pub target: Option<f64>,
    /// The overdispersion among the practices shown, where the limits allow for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub overdispersion: Option<Overdispersion>,
    /// Every practice with somebody due, in the order of the names.
    pub practices: Vec<DisclosedPractice>,
    /// The limits from the smallest denominator shown to the largest, for drawing.
    pub curve: Vec<FunnelBand>,
}

/// One practice in a funnel, as published.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct DisclosedPractice {
    /// Its name.
    pub practice: String,
    /// Pairs of those due.
    pub completion: PublishedShare,
    /// The limits at this denominator; absent where a count is hidden.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub band: Option<FunnelBand>,
    /// Where it lies; absent where a count is hidden.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub position: Option<FunnelPosition>,
}

/// Whether a group of practices is a practice, rather than those of whom none is recorded.
pub(super) fn is_practice(name: &str) -> bool {
    !["not known", "not applicable", "not recorded"].contains(&name)
}

impl View<'_> {
    pub(super) fn over_time(
        &self,
        evaluation: &Evaluation,
        place: usize,
        counts: &MeasureCounts,
    ) -> DisclosedOverTime {
        let plan = evaluation.plan().plan();
        let funnel = plan.funnel.filter(|_| leaves(GroupBy::Practice, evaluation));
        DisclosedOverTime {
            completion_chart: self.completion_chart(evaluation, place, counts),
            completion_funnel: funnel.and_then(|options| self.funnel(place, counts, options)),
            before_after: self.changes(evaluation, place),
        }
    }

    /// Pairs of those due. Who is in no table is nobody.
    pub(super) fn paired_of_due(&self, whose: &Whose) -> PublishedShare {
        let count = |at| {
            let all = Whose::all(whose.measure).step(Step::In(at));
            let count = self.published.get(&whose.step(Step::In(at)));
            count.unwrap_or_else(|| self.nobody_of(self.count(&all)))
        };
        PublishedShare::of(count(FlowBox::Paired), count(FlowBox::Due), self.level)
    }

    /// A part without anybody, as far as zeros are shown.
    fn nobody_of(&self, whole: PublishedCount) -> PublishedCount {
        match (self.profile.zeros(), whole) {
            (Zeros::Shown, PublishedCount::Shown(_)) => PublishedCount::Shown(0),
            _ => PublishedCount::Hidden,
        }
    }

    fn completion_chart(
        &self,
        evaluation: &Evaluation,
        place: usize,
        counts: &MeasureCounts,
    ) -> Option<DisclosedCompletionChart> {
        let plan = evaluation.plan().plan().control_charts.as_ref()?;
        let months = plan.completion_months(&counts.groups).into_iter();
        let months: Vec<String> = months.map(|month| month.to_string()).collect();
        let share =
            |month: &String| self.paired_of_due(&Whose::group(place, GroupBy::DueMonth, month));
        let shares: Vec<PublishedShare> = months.iter().map(share).collect();
        let shown = months.iter().zip(&shares).map(|(month, share)| {
            let (count, of) = both(share).unwrap_or((0, 0));
            NamedCount::new(month, count, of)
        });
        let chart = plan.completion_of(&shown.collect::<Vec<_>>()).ok()?;
        let mut shares = shares.into_iter();
        let phases = chart.phases.into_iter().map(|phase| DisclosedCompletionPhase {
            centre: phase.centre.computed().copied(),
            months: phase
                .points
                .into_iter()
                .zip(shares.by_ref())
                .map(|(point, completion)| DisclosedCompletionMonth {
                    month: point.period,
                    completion,
                    limits: point.limits,
                    special_causes: point.special_causes,
                })
                .collect(),
        });
        let phases = phases.collect();
        let PChart { limits, options, phases: _ } = chart;
        Some(DisclosedCompletionChart { limits, options, phases })
    }

    /// The number of referrals by month, where the plan asks for control charts.
    pub(super) fn referral_chart(&self, evaluation: &Evaluation) -> Option<DisclosedReferralChart> {
        let plan = evaluation.plan().plan();
        let charts = plan.control_charts.as_ref()?;
        let groups = &evaluation.counts.measures.first()?.groups;
        let months = ControlChartPlan::referral_months(groups, plan.as_of).into_iter();
        let months: Vec<String> = months.map(|month| month.to_string()).collect();
        let referrals = |month: &String| {
            let key =
                Whose::group(0, GroupBy::ReferralMonth, month).step(Step::In(FlowBox::Referred));
            let all = self.count(&super::keys::Key::Episodes);
            self.published.get(&key).unwrap_or_else(|| self.nobody_of(all))
        };
        let referrals: Vec<PublishedCount> = months.iter().map(referrals).collect();
        let values = months.iter().zip(&referrals).map(|(month, count)| PeriodValue {
            name: month.clone(),
            value: count.shown().map(|count| count as f64),
        });
        let chart = charts.referrals_of(&values.collect::<Vec<_>>()).ok()?;
        let XmrChart { constants, options, phases } = chart;
        let phase = phases.into_iter().next();
        let (centre, limits) = phase.as_ref().map_or((None, None), |phase| {
            (phase.centre.computed().copied(), phase.limits.computed().copied())
        });
        let points = phase.into_iter().flat_map(|phase| phase.points).zip(referrals);
        let months = points.map(|(point, referrals)| DisclosedReferralMonth {
            month: point.period,
            referrals,
            special_causes: point.special_causes,
        });
        Some(DisclosedReferralChart {
            constants,
            options,
            centre,
            limits,
            months: months.collect(),
        })
    }

    fn funnel(
        &self,
        place: usize,
        counts: &MeasureCounts,
        options: FunnelOptions,
    ) -> Option<DisclosedFunnel> {
        let groups = counts.groups.groups(GroupBy::Practice);
        let due = groups.filter(|(name, of)| is_practice(name) && of.flow.in_box(FlowBox::Due) > 0);
        let practices: Vec<(&str, PublishedShare)> = due
            .map(|(name, _)| {
                (name, self.paired_of_due(&Whose::group(place, GroupBy::Practice, name)))
            })
            .collect();
        let shown = practices.iter().filter_map(|(name, share)| {
            let (count, of) = both(share)?;
            Some(NamedCount::new(*name, count, of))
        });
        let plot = FunnelPlot::of(&shown.collect::<Vec<_>>(), options).ok()?;
        let practice = |(name, completion): (&str, PublishedShare)| {
            let point = plot.points.iter().find(|point| point.name == name);
            DisclosedPractice {
                practice: name.to_owned(),
                completion,
                band: point.and_then(|point| point.band.computed().copied()),
                position: point.and_then(|point| point.position.computed().copied()),
            }
        };
        Some(DisclosedFunnel {
            options,
            target: plot.target.computed().copied(),
            overdispersion: plot.overdispersion,
            practices: practices.into_iter().map(practice).collect(),
            curve: plot.curve.clone(),
        })
    }
}

/// Numerator and denominator, where both are shown.
pub(super) fn both(share: &PublishedShare) -> Option<(u64, u64)> {
    share.count.shown().zip(share.of.shown())
}
