//! A return whose small counts are hidden.

use serde::{Deserialize, Serialize};

use super::file::{self, Head};
use super::{Programme, ReturnError};
use crate::disclosure::Profile;
use crate::evaluation::{
    CheckedPlan, DisclosedEvaluation, Evaluation, EvaluationError, Provenance,
};
use crate::instrument::Registry;
use crate::json;

/// What a programme may publish of its counts, for a body that must not see small ones.
///
/// It does not add exactly: a hidden count can be more than one number, so a picture with such returns
/// states between which two its totals lie.
#[derive(Debug, Clone, PartialEq)]
pub struct DisclosedReturn {
    programme: Programme,
    evaluation: DisclosedEvaluation,
    pub(super) plan: CheckedPlan,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct Stored {
    format: String,
    format_version: u32,
    programme: Programme,
    evaluation: DisclosedEvaluation,
}

impl DisclosedReturn {
    /// What the format calls itself.
    pub(super) const FORMAT: &str = "clw-disclosed-return";

    /// The return of a programme under a disclosure profile.
    ///
    /// # Errors
    ///
    /// As for [`Return::of`](super::Return::of).
    pub fn of(
        programme: Programme,
        evaluation: &Evaluation,
        profile: &Profile,
    ) -> Result<Self, ReturnError> {
        let plan = evaluation.plan();
        // What needs no work is refused before it.
        file::must_be_of_a_programme(&programme, plan.plan())?;
        let evaluation = evaluation.disclosed(profile)?;
        Ok(Self { programme, evaluation, plan: plan.clone() })
    }

    /// Who made it.
    #[must_use]
    pub const fn programme(&self) -> &Programme {
        &self.programme
    }

    /// What is published.
    #[must_use]
    pub const fn evaluation(&self) -> &DisclosedEvaluation {
        &self.evaluation
    }

    /// The file. Equal returns have equal bytes.
    #[must_use]
    pub fn to_json(&self) -> String {
        let stored = Stored {
            format: Self::FORMAT.to_owned(),
            format_version: super::FORMAT_VERSION,
            programme: self.programme.clone(),
            evaluation: self.evaluation.clone(),
        };
        // Texts and finite numbers under text keys, which JSON can always hold.
        json::write(&stored).unwrap_or_default()
    }

    /// Reads a file.
    ///
    /// # Errors
    ///
    /// [`ReturnError`], if the text is no such return, one of another version, or one made with other
    /// definitions.
    pub fn from_json(text: &str, registry: &Registry) -> Result<Self, ReturnError> {
        Head::read(text)?.must_be(Self::FORMAT)?;
        let Stored { programme, evaluation, .. } = file::read(text)?;
        let plan =
            evaluation.provenance.plan.clone().check(registry).map_err(EvaluationError::from)?;
        let same_definitions = Provenance::of(&plan).must_have_the_rules_of(&evaluation.provenance);
        same_definitions.map_err(EvaluationError::from)?;
        if evaluation.measures.len() != plan.plan().measures.len() {
            return Err(EvaluationError::CountsDoNotFit { what: "the measures" }.into());
        }
        file::must_be_of_a_programme(&programme, plan.plan())?;
        Ok(Self { programme, evaluation, plan })
    }
}
