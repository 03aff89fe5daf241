//! The result of an evaluation, and adding results.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::over_periods::is_none;
use super::plan::PlannedMeasure;
use super::{
    CheckedPlan, Counts, EvaluationError, FieldFindings, HelpFindings, IssueFindings,
    JointFindings, MeasureFindings, MergeError, PartialEvaluation, Plan, PlanRemark, QualityIssue,
};
use crate::completion::XmrChart;
use crate::instrument::Registry;
use crate::json;

/// The evidence of one or more caseloads under one plan.
///
/// The counts are the whole of it: the findings follow from them, so evaluations of the parts of a
/// caseload [merge](Self::merge) into the evaluation of the whole, byte for byte. No row of a
/// person is in it.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Evaluation {
    /// How it was obtained.
    pub provenance: Provenance,
    /// What was counted.
    pub counts: Counts,
    /// What follows from the counts, for each measure of the plan.
    pub findings: Vec<MeasureFindings>,
    /// What follows for each instrument with several measures in the plan.
    pub joint_findings: Vec<JointFindings>,
    /// What follows about the records, whatever the measure.
    pub records: RecordFindings,
    #[serde(skip)]
    plan: CheckedPlan,
}

/// What was found about the records of people and episodes.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct RecordFindings {
    /// How complete the core fields are.
    pub fields: Vec<FieldFindings>,
    /// What is wrong with the records.
    pub issues: Vec<IssueFindings<QualityIssue>>,
    /// The help people had besides scores.
    pub help: HelpFindings,
    /// The number of referrals by month, where the plan asks for control charts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub referral_chart: Option<XmrChart>,
    /// How many were made before a year or more in which none was: they are not in the chart.
    #[serde(skip_serializing_if = "is_none")]
    pub referrals_before_chart: u64,
    /// Settings of the plan that no record answers to.
    pub plan_remarks: Vec<PlanRemark>,
}

impl RecordFindings {
    fn of(
        checked: &CheckedPlan,
        counts: &Counts,
        findings: &[MeasureFindings],
    ) -> Result<Self, EvaluationError> {
        let plan = &checked.plan;
        let level = plan.interval_level;
        // The first measure counts every episode, as they all do.
        let charted = plan.control_charts.as_ref().zip(counts.measures.first());
        let chart = charted.map(|(charts, of)| charts.referrals(&of.groups, plan.as_of));
        let chart = chart.transpose()?;
        let (referral_chart, referrals_before_chart) =
            chart.map_or((None, 0), |(chart, before)| (Some(chart), before));
        Ok(Self {
            fields: FieldFindings::all(&counts.fields, level),
            issues: IssueFindings::all(&counts.issues, level),
            help: HelpFindings::of(&counts.help, level),
            referral_chart,
            referrals_before_chart,
            plan_remarks: PlanRemark::all(checked, counts, findings),
        })
    }
}

/// How an evaluation was obtained.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Provenance {
    /// The version of this library.
    pub library: String,
    /// The rules it was made under.
    pub plan: Plan,
    /// The definition of each measure's instrument, in the plan's order.
    pub definitions: Vec<DefinitionUsed>,
}

/// Which definition of an instrument was used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct DefinitionUsed {
    /// The instrument's id.
    pub instrument: String,
    /// Its version.
    pub version: String,
    /// A digest of its definition: equal if and only if every number in it is.
    pub fingerprint: String,
}

/// An evaluation as stored. The findings are not read: they follow from the counts.
#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct Stored {
    provenance: Provenance,
    counts: Counts,
    #[serde(rename = "findings")]
    _findings: serde::de::IgnoredAny,
    #[serde(rename = "joint-findings")]
    _joint_findings: serde::de::IgnoredAny,
    #[serde(rename = "records")]
    _records: serde::de::IgnoredAny,
}

impl Evaluation {
    pub(super) fn of(plan: &CheckedPlan, counts: Counts) -> Result<Self, EvaluationError> {
        let findings = MeasureFindings::all(plan, &counts)?;
        let joint_findings = JointFindings::all(plan, &counts.joint, &findings)?;
        let records = RecordFindings::of(plan, &counts, &findings)?;
        let provenance = Provenance::of(plan);
        Ok(Self { provenance, counts, findings, joint_findings, records, plan: plan.clone() })
    }

    /// The plan it was made under.
    #[must_use]
    pub const fn plan(&self) -> &CheckedPlan {
        &self.plan
    }

    /// The evaluation of two caseloads together. The same person must not be in both.
    ///
    /// # Errors
    ///
    /// [`MergeError`] if they were made under different plans, definitions or library versions.
    pub fn merge(&self, other: &Self) -> Result<Self, EvaluationError> {
        self.provenance.must_be_of_one_library(&other.provenance)?;
        self.provenance.must_have_the_rules_of(&other.provenance)?;
        let mut counts = self.counts.clone();
        counts.merge(&other.counts, &self.plan)?;
        Self::of(&self.plan, counts)
    }

    /// The evaluation as JSON. Equal evaluations have equal bytes.
    ///
    /// # Errors
    ///
    /// [`EvaluationError::Unreadable`] if it cannot be written, which no known content causes.
    pub fn to_json(&self) -> Result<String, EvaluationError> {
        json::write(self).map_err(unreadable)
    }

    /// Reads an evaluation back. Its findings are worked out anew from its counts.
    ///
    /// # Errors
    ///
    /// [`EvaluationError`] if the text is not an evaluation, if the registry lacks an instrument
    /// of its plan, or if it was made with another definition or library version.
    pub fn from_json(text: &str, registry: &Registry) -> Result<Self, EvaluationError> {
        let Stored { provenance, counts, .. } = json::read(text).map_err(unreadable)?;
        let counted = PartialEvaluation::read(&provenance, counts, registry)?;
        Provenance::of(&counted.plan).must_be_of_one_library(&provenance)?;
        counted.evaluation()
    }
}

#[expect(clippy::needless_pass_by_value, reason = "the signature of map_err")]
pub(super) fn unreadable(error: serde_json::Error) -> EvaluationError {
    EvaluationError::Unreadable { reason: error.to_string() }
}

impl Provenance {
    pub(crate) fn of(plan: &CheckedPlan) -> Self {
        let definition = |planned: &PlannedMeasure| DefinitionUsed {
            instrument: planned.instrument.id().to_owned(),
            version: planned.instrument.version().to_owned(),
            fingerprint: planned.instrument.fingerprint(),
        };
        Self {
            library: env!("CARGO_PKG_VERSION").to_owned(),
            plan: plan.plan.clone(),
            definitions: plan.measures.iter().map(definition).collect(),
        }
    }

    pub(super) fn must_be_of_one_library(&self, other: &Self) -> Result<(), MergeError> {
        if self.library == other.library {
            return Ok(());
        }
        let (left, right) = (self.library.clone(), other.library.clone());
        Err(MergeError::DifferentLibraries { left, right })
    }

    pub(crate) fn must_have_the_rules_of(&self, other: &Self) -> Result<(), MergeError> {
        if self.plan != other.plan {
            return Err(different_plans(&self.plan, &other.plan));
        }
        for (left, right) in self.definitions.iter().zip(&other.definitions) {
            if left != right {
                return Err(MergeError::DifferentDefinitions {
                    instrument: left.instrument.clone(),
                    left: left.fingerprint.clone(),
                    right: right.fingerprint.clone(),
                });
            }
        }
        Ok(())
    }
}

fn different_plans(left: &Plan, right: &Plan) -> MergeError {
    // Through the text, which is written elsewhere too: a way straight to a value is code of its own.
    let json = |plan| {
        let text = json::write(plan).unwrap_or_default();
        serde_json::from_str(&text).unwrap_or_default()
    };
    let (setting, left, right) = first_difference(String::new(), &json(left), &json(right))
        .unwrap_or_else(|| ("a setting".to_owned(), String::new(), String::new()));
    MergeError::DifferentPlans { setting, left, right }
}

/// The path and the two values of the first place where two JSON values differ.
fn first_difference(path: String, left: &Value, right: &Value) -> Option<(String, String, String)> {
    let below = |key: &str| match path.as_str() {
        "" => key.to_owned(),
        path => format!("{path}.{key}"),
    };
    match (left, right) {
        (Value::Object(a), Value::Object(b)) => {
            let keys = a.keys().chain(b.keys().filter(|key| !a.contains_key(*key)));
            keys.into_iter().find_map(|key| {
                let absent = &Value::Null;
                first_difference(
                    below(key),
                    a.get(key).unwrap_or(absent),
                    b.get(key).unwrap_or(absent),
                )
            })
        }
        (Value::Array(a), Value::Array(b)) if a.len() == b.len() => a
            .iter()
            .zip(b)
            .enumerate()
            .find_map(|(place, (a, b))| first_difference(below(&(place + 1).to_string()), a, b)),
        _ if left == right => None,
        _ => Some((path, left.to_string(), right.to_string())),
    }
}
