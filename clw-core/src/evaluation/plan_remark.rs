//! Where a plan and the records do not fit, so that something it asks for is of nobody.

use serde::{Deserialize, Serialize};

use super::plan_names::NamedThing;
use super::{CheckedPlan, Counts};
use crate::completion::Flow;
use crate::equity::NotPlaced;
use crate::indicator::{IndicatorReport, IndicatorSpan, Month};
use crate::pairing::FlowBox;

use super::findings::MeasureFindings;

/// A setting of the plan that no record answers to, mostly for a slip of the pen in it.
///
/// It is no error: a programme may have no episode yet in a practice that its plan names. But what
/// rests on the setting is then of nobody, and a reader has to know.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(
    tag = "code",
    rename_all = "kebab-case",
    rename_all_fields = "kebab-case",
    deny_unknown_fields
)]
pub enum PlanRemark {
    /// A practice or programme of the plan is in no record.
    NameInNoRecord {
        /// What it is the name of.
        of: NamedThing,
        /// The name.
        name: String,
        /// Where it stands, as paths into the plan with places counted from 1.
        settings: Vec<String>,
        /// The names in the records that are most like it, the nearest first; none where the records
        /// name no such thing.
        nearest: Vec<String>,
    },
    /// A measure is asked of nobody, though people were seen.
    NobodyAsked {
        /// The instrument's id.
        instrument: String,
        /// The measure's id.
        measure: String,
        /// The episodes of people seen.
        seen: u64,
    },
    /// No follow-up of any measure fell due in the months before or after a change.
    NobodyDueInMonths {
        /// The months, as a path into the plan with places counted from 1.
        setting: String,
        /// The months.
        months: IndicatorSpan,
    },
    /// Limits are to be worked out anew from a month that is in no chart.
    MonthNotCharted {
        /// The month.
        month: Month,
        /// The first and the last month of the chart of the main measure.
        charted: IndicatorSpan,
    },
    /// Every episode with a month is outside those that the indicators are reported for.
    NobodyInSpan {
        /// The months reported.
        span: IndicatorSpan,
    },
    /// All who have a place on SIMD have it on another version than the axis.
    OtherVersionOnly {
        /// The axis, in words.
        axis: String,
        /// Their episodes.
        episodes: u64,
    },
    /// The records hold nobody, as where files have headings and no rows.
    NoEpisodes,
}

impl PlanRemark {
    pub(super) fn all(
        checked: &CheckedPlan,
        counts: &Counts,
        findings: &[MeasureFindings],
    ) -> Vec<Self> {
        let mut remarks = names(checked, counts);
        remarks.extend(measures(checked, counts));
        remarks.extend(changes(checked, counts));
        remarks.extend(charts(checked, counts));
        remarks.extend(indicators(checked, findings));
        remarks.extend(axes(checked, counts));
        remarks.extend((counts.episodes == 0).then_some(Self::NoEpisodes));
        remarks
    }

    /// The remark's stable code.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::NameInNoRecord { .. } => "name-in-no-record",
            Self::NobodyAsked { .. } => "nobody-asked",
            Self::NobodyDueInMonths { .. } => "nobody-due-in-months",
            Self::MonthNotCharted { .. } => "month-not-charted",
            Self::NobodyInSpan { .. } => "nobody-in-span",
            Self::OtherVersionOnly { .. } => "other-version-only",
            Self::NoEpisodes => "no-episodes",
        }
    }
}

/// Without episodes there is nothing to hold a plan against.
fn names(checked: &CheckedPlan, counts: &Counts) -> Vec<PlanRemark> {
    let names = checked.plan.names().into_iter().zip(&counts.names);
    let missing = names.filter(|(_, found)| found.episodes == 0 && counts.episodes > 0);
    let remark = missing.map(|(of, found)| PlanRemark::NameInNoRecord {
        of: of.of,
        name: of.name.to_owned(),
        settings: of.settings,
        nearest: found.nearest.clone(),
    });
    remark.collect()
}

fn measures(checked: &CheckedPlan, counts: &Counts) -> Vec<PlanRemark> {
    let asked = checked.measures.iter().zip(&counts.measures).filter_map(|(planned, counts)| {
        let flow = &counts.main.flow;
        let seen = flow.in_box(FlowBox::Seen);
        (seen > 0 && flow.in_box(FlowBox::Eligible) == 0).then(|| PlanRemark::NobodyAsked {
            instrument: planned.instrument.id().to_owned(),
            measure: planned.measure.id().to_owned(),
            seen,
        })
    });
    asked.collect()
}

fn changes(checked: &CheckedPlan, counts: &Counts) -> Vec<PlanRemark> {
    let anybody_due = counts.measures.iter().any(|of| of.main.flow.in_box(FlowBox::Due) > 0);
    let mut remarks = Vec::new();
    for (place, change) in checked.plan.before_after.iter().enumerate().filter(|_| anybody_due) {
        let mut of = counts.measures.iter().filter_map(|of| of.before_after.get(place));
        let nobody = |flow: &Flow| flow.in_box(FlowBox::Due) == 0;
        let (before, after) =
            (of.clone().all(|of| nobody(&of.before)), of.all(|of| nobody(&of.after)));
        for (nobody, which, months) in
            [(before, "before", change.before), (after, "after", change.after)]
        {
            if nobody {
                let setting = format!("before-after.{}.{which}", place + 1);
                remarks.push(PlanRemark::NobodyDueInMonths { setting, months });
            }
        }
    }
    remarks
}

fn charts(checked: &CheckedPlan, counts: &Counts) -> Vec<PlanRemark> {
    let Some((plan, main)) = checked.plan.control_charts.as_ref().zip(counts.measures.first())
    else {
        return Vec::new();
    };
    let months = plan.completion_months(&main.groups);
    // Without a chart the reason for that is told, not every month that is not in it.
    let Some((&from, &to)) = months.first().zip(months.last()) else { return Vec::new() };
    let charted = IndicatorSpan { from, to };
    let outside = plan.recalculate_from.iter().filter(|month| !months.contains(month));
    outside.map(|&month| PlanRemark::MonthNotCharted { month, charted }).collect()
}

fn indicators(checked: &CheckedPlan, findings: &[MeasureFindings]) -> Option<PlanRemark> {
    let span = checked.plan.indicators.as_ref()?.span;
    let reports = || findings.iter().flat_map(|of| &of.over_periods.indicators);
    let nobody = |report: &IndicatorReport| report.whole.of == 0;
    let elsewhere = |report: &IndicatorReport| report.outside_span.of > 0;
    let none = reports().all(nobody) && reports().any(elsewhere);
    none.then_some(PlanRemark::NobodyInSpan { span })
}

fn axes(checked: &CheckedPlan, counts: &Counts) -> Vec<PlanRemark> {
    let Some(main) = counts.measures.first() else { return Vec::new() };
    let axes = checked.plan.equity.iter().zip(&main.equity);
    let other = axes.filter(|(_, found)| found.bands.is_empty()).filter_map(|(of, found)| {
        let flow = found.not_placed.get(&NotPlaced::OtherVersion)?;
        let episodes = flow.in_box(FlowBox::Referred);
        Some(PlanRemark::OtherVersionOnly { axis: of.axis.to_string(), episodes })
    });
    other.collect()
}
