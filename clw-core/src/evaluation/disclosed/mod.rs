//! An evaluation as it may leave the programme: what is hidden is not in it.

#[cfg(test)]
mod attacked;
mod attrition;
mod came;
mod cells;
mod change;
mod changes;
mod equity;
mod groups;
mod help;
mod indicators;
mod keys;
mod leaves_open;
mod levels;
mod means;
mod measure;
mod over_time;
mod overlap;
mod records;
mod releases;
mod star;
mod words;

use serde::{Deserialize, Serialize};

pub use self::attrition::{
    DisclosedAttrition, DisclosedBaseline, DisclosedLevel, DisclosedMeanChangeBounds,
    DisclosedOtherLevels, DisclosedScores, DisclosedTrait,
};
use self::cells::tables;
pub use self::change::{
    DisclosedChange, DisclosedClasses, DisclosedReliableChange, DisclosedTransitions,
};
pub use self::changes::{ChangeLeftOut, DisclosedBeforeAfter};
pub use self::equity::{DisclosedBand, DisclosedEquity, DisclosedGradients, DisclosedNotPlaced};
pub use self::groups::{DisclosedGroup, DisclosedGroupBox};
pub use self::help::{
    DisclosedHelp, DisclosedNeedTally, DisclosedNeeds, DisclosedNeedsAbout, DisclosedOnward,
    DisclosedOutcomes, DisclosedOutcomesAbout, DisclosedStatus, DisclosedUptake,
};
pub use self::indicators::{DisclosedIndicator, DisclosedPeriod};
use self::keys::Key;
use self::levels::Pooled;
pub use self::means::DisclosedMeans;
pub use self::measure::{
    DisclosedBands, DisclosedBox, DisclosedCompletion, DisclosedFate, DisclosedMeasure,
    DisclosedMethod, DisclosedRule, DisclosedRuleName,
};
pub use self::over_time::{
    DisclosedCompletionChart, DisclosedCompletionMonth, DisclosedCompletionPhase, DisclosedFunnel,
    DisclosedOverTime, DisclosedPractice, DisclosedReferralChart, DisclosedReferralMonth,
};
pub use self::records::{DisclosedField, DisclosedIssue};
use self::releases::Release;
pub use self::releases::ReleaseError;
pub use self::star::{DisclosedAfterExit, DisclosedBenefit, DisclosedJoint};
use super::{Evaluation, EvaluationError, Provenance, QualityIssue};
use crate::completion::GroupBy;
use crate::disclosure::{DisclosureError, Profile, Published, PublishedCount, PublishedShare};
use crate::estimate::ConfidenceLevel;
use crate::json;

/// An evaluation after disclosure control: the one source of every table, sentence, chart and file
/// that is published.
///
/// Its counts are protected together, over all measures, rules, groups and classes, with the sums
/// between them; [`disclosure`](crate::disclosure) says against whom. Shares, bounds and means are
/// made of what is shown. What is hidden is not in it, so nothing that is made of it can give it
/// away, and no two things made of it can disagree.
///
/// Under every profile it leaves out the pair-count tables, least and greatest scores, medians,
/// times to follow-up, p-values and the tests they are of, results weighted by a model, what single
/// rows were rejected for, means of fewer than [`FEW_PAIRS`](super::FEW_PAIRS) pairs, and the groups
/// of each link worker: how one person's work came out is for the programme. Where several programmes
/// are told apart, practices are not: each lies in a programme, which no table says and everybody
/// knows.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct DisclosedEvaluation {
    /// How the evaluation was obtained.
    pub provenance: Provenance,
    /// What was hidden.
    pub profile: Profile,
    /// The people.
    pub people: PublishedCount,
    /// Their episodes.
    pub episodes: PublishedCount,
    /// Whether the episodes are over.
    pub closures: DisclosedClosures,
    /// The number of referrals by month, where the plan asks for control charts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub referral_chart: Option<DisclosedReferralChart>,
    /// Each measure of the plan.
    pub measures: Vec<DisclosedMeasure>,
    /// Each instrument with several measures in the plan.
    pub joint: Vec<DisclosedJoint>,
    /// How complete the core fields are.
    pub fields: Vec<DisclosedField>,
    /// What is wrong with the records of people and episodes.
    pub issues: Vec<DisclosedIssue<QualityIssue>>,
    /// The help people had besides scores.
    pub help: DisclosedHelp,
}

/// How many episodes are open or closed, as published.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct DisclosedClosures {
    /// No closure.
    pub open: PublishedCount,
    /// A closure that a later attended contact overtook.
    pub reopened: PublishedCount,
    /// A recorded closure.
    pub recorded: PublishedCount,
    /// A closure inferred from inactivity.
    pub inferred_inactive: PublishedCount,
}

impl Evaluation {
    /// The evaluation as it may be published under a profile, when nothing was published of it before;
    /// [`disclosed_after`](Self::disclosed_after) is for the releases that follow.
    ///
    /// ```
    /// use clw_core::caseload::RowAccount;
    /// use clw_core::disclosure::{Profile, PublishedCount};
    /// use clw_core::evaluation::Plan;
    /// use clw_core::instrument::Registry;
    ///
    /// let plan = Plan::from_toml(r#"
    /// title = "Example Valley"
    /// as-of = "2026-06-30"
    /// measures = [{ instrument = "swemwbs" }]
    /// pairing = { baseline = { rule = "first" }, end-point = { rule = "last" }, due = { rule = "closed" } }
    /// "#)?;
    /// let evaluation = plan.check(&Registry::new())?.evaluate([], &RowAccount::default())?;
    /// let disclosed = evaluation.disclosed(&Profile::default())?;
    /// assert_eq!(disclosed.episodes, PublishedCount::Shown(0));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`DisclosureError`], which no evaluation of people causes.
    pub fn disclosed(&self, profile: &Profile) -> Result<DisclosedEvaluation, DisclosureError> {
        let published = tables(self, profile, &Pooled::default())?.hide(profile);
        let published = published
            .map_err(|cell| DisclosureError::CannotBeProtected { cell: cell.in_words(self) })?;
        Ok(self.seen_through(&published, &[], &Pooled::default()))
    }

    /// What is published, after releases that are public.
    fn seen_through(
        &self,
        published: &Published<Key>,
        earlier: &[Release<'_>],
        pooled: &Pooled,
    ) -> DisclosedEvaluation {
        let (profile, level) = (*published.profile(), self.plan().plan().interval_level);
        let view = View { evaluation: self, published, earlier, pooled, profile, level };
        let closure = |place| view.count(&Key::Closure(place));
        let measures = self.counts.measures.iter().zip(&self.findings).enumerate();
        let joint = self.joint_findings.iter().enumerate();
        DisclosedEvaluation {
            provenance: self.provenance.clone(),
            profile,
            people: view.count(&Key::People),
            episodes: view.count(&Key::Episodes),
            closures: DisclosedClosures {
                open: closure(0),
                reopened: closure(1),
                recorded: closure(2),
                inferred_inactive: closure(3),
            },
            referral_chart: view.referral_chart(self),
            measures: measures
                .map(|(place, (counts, found))| view.measure(self, place, counts, found))
                .collect(),
            joint: joint.map(|(star, found)| view.joint(star, found)).collect(),
            fields: view.fields(),
            issues: view.issues(),
            help: view.help(&self.counts.help),
        }
    }
}

impl DisclosedEvaluation {
    /// What is published as JSON. Equal evaluations have equal bytes under equal profiles.
    ///
    /// # Errors
    ///
    /// [`EvaluationError::Unreadable`] if it cannot be written, which no known content causes.
    pub fn to_json(&self) -> Result<String, EvaluationError> {
        json::write(self).map_err(|error| EvaluationError::Unreadable { reason: error.to_string() })
    }

    /// Reads what was published.
    ///
    /// # Errors
    ///
    /// [`EvaluationError::Unreadable`] if the text is nothing of the kind.
    pub fn from_json(text: &str) -> Result<Self, EvaluationError> {
        json::read(text).map_err(|error| EvaluationError::Unreadable { reason: error.to_string() })
    }
}

/// The published counts by what they are of.
struct View<'v> {
    evaluation: &'v Evaluation,
    published: &'v Published<Key>,
    earlier: &'v [Release<'v>],
    pooled: &'v Pooled,
    profile: Profile,
    level: ConfidenceLevel,
}

impl View<'_> {
    /// What is not in the tables is not published.
    fn count(&self, key: &Key) -> PublishedCount {
        self.published.get(key).unwrap_or(PublishedCount::Hidden)
    }

    fn share(&self, count: &Key, of: &Key) -> PublishedShare {
        PublishedShare::of(self.count(count), self.count(of), self.level)
    }
}

/// Whether groups of this kind may leave the programme.
fn leaves(by: GroupBy, evaluation: &Evaluation) -> bool {
    let plan = evaluation.plan().plan();
    let told_apart = || {
        let counted = evaluation.counts.measures.iter();
        let mut programmes = counted.map(|counts| {
            let levels = counts.attrition.traits().iter();
            let levels = levels.filter(|of| of.name == GroupBy::Programme.name());
            let levels = levels.map(|of| of.levels.len()).max().unwrap_or(0);
            levels.max(counts.groups.groups(GroupBy::Programme).count())
        });
        let published = plan.group_by.iter().chain(&plan.attrition.traits);
        published.copied().any(|by| by == GroupBy::Programme) && programmes.any(|of| of > 1)
    };
    match by {
        GroupBy::Worker => false,
        GroupBy::Practice => !told_apart(),
        _ => true,
    }
}
