//! Returns added up.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{Programme, Return, ReturnError};
use crate::change::{Alternative, AnyChangeCounts, PairedT};
use crate::completion::CompletionRates;
use crate::estimate::{ConfidenceLevel, Estimate};
use crate::evaluation::{CheckedCounts, Evaluation, RuleCounts};

/// Returns of programmes, added one by one.
///
/// What is held does not grow with the people: a sum of counts, and one line for each programme.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct National {
    together: Option<CheckedCounts>,
    programmes: BTreeMap<String, ProgrammeFindings>,
}

/// What programmes found together, and each beside the others.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct NationalPicture {
    /// Everybody together, as if all rows had been in one place.
    pub evaluation: Evaluation,
    /// Each programme, in the order of names.
    pub programmes: Vec<ProgrammeFindings>,
}

/// One programme beside the others.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct ProgrammeFindings {
    /// The programme and its context.
    pub programme: Programme,
    /// The version of this library that counted.
    pub library: String,
    /// Its people.
    pub people: u64,
    /// What it found by each measure, in the plan's order.
    pub measures: Vec<ProgrammeMeasure>,
}

/// What one programme found by one measure.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct ProgrammeMeasure {
    /// Who was asked and who answered twice.
    pub rates: CompletionRates,
    /// Any change, among the pairs.
    pub any_change: AnyChangeCounts,
    /// The mean change with its interval.
    pub mean_change: Estimate<PairedT>,
}

impl National {
    /// No returns yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a return. The order of returns has no effect.
    ///
    /// # Errors
    ///
    /// [`ReturnError`] if there is one of this programme, or it was made under another plan or with
    /// other definitions than those before. Nothing is then added, and others can be.
    #[expect(clippy::needless_pass_by_value, reason = "a return is added once")]
    pub fn add(&mut self, programme: Return) -> Result<(), ReturnError> {
        let name = programme.programme().name.clone();
        if self.programmes.contains_key(&name) {
            return Err(ReturnError::SameProgramme { name });
        }
        match &mut self.together {
            Some(together) => together.add(&programme.checked)?,
            none => *none = Some(programme.checked.clone()),
        }
        self.programmes.insert(name, ProgrammeFindings::of(&programme));
        Ok(())
    }

    /// The picture so far.
    ///
    /// # Errors
    ///
    /// [`ReturnError::NoReturns`].
    pub fn picture(&self) -> Result<NationalPicture, ReturnError> {
        let together = self.together.as_ref().ok_or(ReturnError::NoReturns)?;
        let programmes = self.programmes.values().cloned().collect();
        Ok(NationalPicture { evaluation: together.evaluation()?, programmes })
    }
}

impl ProgrammeFindings {
    fn of(programme: &Return) -> Self {
        let level = programme.plan().interval_level;
        let measures = programme.counts().measures.iter();
        Self {
            programme: programme.programme().clone(),
            library: programme.library().to_owned(),
            people: programme.counts().people,
            measures: measures.map(|measure| ProgrammeMeasure::of(&measure.main, level)).collect(),
        }
    }
}

impl ProgrammeMeasure {
    fn of(counts: &RuleCounts, level: ConfidenceLevel) -> Self {
        Self {
            rates: CompletionRates::of(&counts.flow, level),
            any_change: AnyChangeCounts::of(&counts.pairs, level),
            mean_change: PairedT::of(&counts.pairs, Alternative::TwoSided, level).into(),
        }
    }
}
