//! Declared rules in, evidence out: a [`Plan`] applied to people gives an [`Evaluation`] that says
//! how it was obtained and adds up with others made under the same plan.

mod attrition;
mod caution;
mod completeness;
mod counts;
mod disclosed;
mod due_list;
mod equity;
mod error;
mod evaluator;
mod findings;
mod follow_up;
mod help;
mod help_findings;
mod joint;
mod merge;
mod over_periods;
mod over_time;
mod partial;
mod person_table;
mod plan;
mod plan_names;
mod plan_remark;
mod quality;
#[cfg(feature = "import")]
mod streaming;
mod tally;

pub use attrition::{AttritionPlan, WeightingPlan};
pub use caution::{Caution, FEW_PAIRS};
pub use completeness::{CoreField, FieldCounts, FieldFindings};
pub use counts::{ClosureCounts, Counts, MeasureCounts, RuleCounts};
pub use disclosed::{
    ChangeLeftOut, DisclosedAfterExit, DisclosedAttrition, DisclosedBand, DisclosedBands,
    DisclosedBaseline, DisclosedBeforeAfter, DisclosedBenefit, DisclosedBox, DisclosedChange,
    DisclosedClasses, DisclosedClosures, DisclosedCompletion, DisclosedCompletionChart,
    DisclosedCompletionMonth, DisclosedCompletionPhase, DisclosedEquity, DisclosedEvaluation,
    DisclosedFate, DisclosedField, DisclosedFunnel, DisclosedGradients, DisclosedGroup,
    DisclosedGroupBox, DisclosedHelp, DisclosedIndicator, DisclosedIssue, DisclosedJoint,
    DisclosedLevel, DisclosedMeanChangeBounds, DisclosedMeans, DisclosedMeasure, DisclosedMethod,
    DisclosedNeedTally, DisclosedNeeds, DisclosedNeedsAbout, DisclosedNotPlaced, DisclosedOnward,
    DisclosedOtherLevels, DisclosedOutcomes, DisclosedOutcomesAbout, DisclosedOverTime,
    DisclosedPeriod, DisclosedPractice, DisclosedReferralChart, DisclosedReferralMonth,
    DisclosedReliableChange, DisclosedRule, DisclosedRuleName, DisclosedScores, DisclosedStatus,
    DisclosedTrait, DisclosedTransitions, DisclosedUptake, ReleaseError,
};
pub use due_list::{DueRow, DueState, DueWindow};
pub use equity::{EquityCounts, EquityPlan};
pub use error::{EvaluationError, MergeError, PlanError};
pub use evaluator::Evaluator;
pub use findings::{
    Benefit, BoxFindings, FateCount, FlowFindings, GroupFindings, MeasureFindings, RuleFindings,
    Valuation,
};
pub use follow_up::{AfterExit, AfterExitCounts, FollowUpTimes, TimeToFollowUp};
pub use help::{
    HelpCounts, ListCounts, NeedCounts, NeedTally, OnwardCounts, OutcomeCounts, Uptake,
};
pub use help_findings::{
    HelpFindings, NeedFindings, NeedsAbout, OnwardFindings, OutcomeFindings, OutcomesAbout,
    StatusShare, UptakeShare,
};
pub use joint::{AreaMoves, AreasForward, JointCounts, JointFindings};
pub use merge::{DefinitionUsed, Evaluation, Provenance, RecordFindings};
pub use over_periods::{
    BeforeAfterCounts, BeforeAfterFindings, BeforeAfterPlan, ControlChartPlan, OverPeriods,
};
pub use over_time::{Clock, OverTime};
pub use partial::PartialEvaluation;
pub use person_table::{ChangeRow, PersonRow, RuleClass, SittingRow};
pub use plan::{CheckedPlan, IndicatorPlan, MeasurePlan, Plan, RegressionPlan};
pub use plan_names::{NameCounts, NamedThing};
pub use plan_remark::PlanRemark;
pub use quality::{IssueCounts, IssueFindings, QualityIssue, SittingIssue};
