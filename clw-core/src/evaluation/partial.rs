//! Counts before anything follows from them: they travel between machines and add up.

use serde::{Deserialize, Serialize};

use super::merge::unreadable;
use super::{CheckedPlan, Counts, Evaluation, EvaluationError, Provenance};
use crate::instrument::Registry;
use crate::json;

/// The counts of part of a caseload, of which nothing is worked out yet.
///
/// [`Evaluation::merge`] works out everything that follows from each sum. Where many parts are added,
/// as the tasks of a cluster are, that is wanted once, at the end.
///
/// ```
/// use clw_core::evaluation::{Evaluator, PartialEvaluation, Plan};
/// use clw_core::instrument::Registry;
///
/// let registry = Registry::new();
/// let plan = Plan::from_toml(r#"
///     title = "Example Valley"
///     as-of = "2026-06-30"
///     measures = [{ instrument = "swemwbs" }]
///     pairing = { baseline.rule = "first", end-point.rule = "last", due.rule = "closed" }
/// "#)?.check(&registry)?;
/// let rows = Default::default();
/// let mut part = Evaluator::new(&plan).partial(&rows)?;
/// let sent = PartialEvaluation::from_json(&part.to_json()?, &registry)?;
/// part.add(&sent)?;
/// assert_eq!(part.evaluation()?, plan.evaluate([], &rows)?);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct PartialEvaluation {
    pub(crate) plan: CheckedPlan,
    pub(crate) counts: Counts,
}

/// What travels: everything but what follows.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct Stored {
    provenance: Provenance,
    counts: Counts,
}

impl PartialEvaluation {
    /// Checks counts that were stored.
    pub(crate) fn read(
        provenance: &Provenance,
        counts: Counts,
        registry: &Registry,
    ) -> Result<Self, EvaluationError> {
        let plan = provenance.plan.clone().check(registry)?;
        Provenance::of(&plan).must_have_the_rules_of(provenance)?;
        counts.fit(&plan).map_err(|what| EvaluationError::CountsDoNotFit { what })?;
        Ok(Self { plan, counts })
    }

    /// Adds the counts of others under the same plan. Nothing is added where that fails.
    ///
    /// # Errors
    ///
    /// [`MergeError`](super::MergeError) if they were made under different plans or definitions.
    pub fn add(&mut self, other: &Self) -> Result<(), EvaluationError> {
        Provenance::of(&self.plan).must_have_the_rules_of(&Provenance::of(&other.plan))?;
        let mut counts = self.counts.clone();
        counts.merge(&other.counts, &self.plan)?;
        self.counts = counts;
        Ok(())
    }

    /// What follows from the counts.
    ///
    /// # Errors
    ///
    /// [`EvaluationError`] as [`CheckedPlan::evaluate`].
    pub fn evaluation(&self) -> Result<Evaluation, EvaluationError> {
        Evaluation::of(&self.plan, self.counts.clone())
    }

    /// The counts as JSON.
    ///
    /// # Errors
    ///
    /// [`EvaluationError::Unreadable`] if it cannot be written, which no known content causes.
    pub fn to_json(&self) -> Result<String, EvaluationError> {
        let stored = Stored { provenance: Provenance::of(&self.plan), counts: self.counts.clone() };
        json::write(&stored).map_err(unreadable)
    }

    /// Reads counts back.
    ///
    /// # Errors
    ///
    /// As [`Evaluation::from_json`].
    pub fn from_json(text: &str, registry: &Registry) -> Result<Self, EvaluationError> {
        let Stored { provenance, counts } = json::read(text).map_err(unreadable)?;
        let counted = Self::read(&provenance, counts, registry)?;
        Provenance::of(&counted.plan).must_be_of_one_library(&provenance)?;
        Ok(counted)
    }
}
