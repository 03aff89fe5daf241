//! Declared rules in, evidence out: a [`Plan`] applied to people gives an [`Evaluation`] that says
//! how it was obtained and adds up with others made under the same plan.

mod caution;
mod counts;
mod error;
mod evaluator;
mod findings;
mod joint;
mod merge;
mod over_time;
mod person_table;
mod plan;
#[cfg(feature = "import")]
mod streaming;
mod tally;

pub use caution::{Caution, FEW_PAIRS};
pub use counts::{ClosureCounts, Counts, MeasureCounts, RuleCounts};
pub use error::{EvaluationError, MergeError, PlanError};
pub use evaluator::Evaluator;
pub use findings::{
    Benefit, BoxFindings, FateCount, FlowFindings, GroupFindings, MeasureFindings, RuleFindings,
};
pub use joint::{AreaMoves, AreasForward, JointCounts, JointFindings};
pub use merge::{DefinitionUsed, Evaluation, Provenance};
pub use over_time::{Clock, OverTime};
pub use person_table::{ChangeRow, PersonRow, RuleClass, SittingRow};
pub use plan::{CheckedPlan, MeasurePlan, Plan, RegressionPlan};
