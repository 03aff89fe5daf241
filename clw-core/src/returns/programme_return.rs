//! One programme's return, and its file.

use serde::{Deserialize, Serialize};

#[cfg(feature = "report")]
use super::ProgrammeMeasure;
use super::file::{self, Head};
use super::{FORMAT_VERSION, Programme, ReturnError};
use crate::evaluation::{Counts, Evaluation, PartialEvaluation, Plan, Provenance};
use crate::instrument::Registry;
#[cfg(feature = "report")]
use crate::instrument::Scale;
use crate::json;

/// The counts of a programme, ready to be added to those of others.
///
/// The file is JSON; its schema is `schemas/return-1.schema.json` of this package. Reading repeats
/// every check: that the plan can be carried out with the definitions at hand, that these are the
/// definitions it was made with, and that the counts add up.
#[derive(Debug, Clone, PartialEq)]
pub struct Return {
    programme: Programme,
    library: String,
    pub(super) checked: PartialEvaluation,
}

/// The file.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct Stored {
    format: String,
    format_version: u32,
    programme: Programme,
    provenance: Provenance,
    counts: Counts,
}

impl Return {
    /// What the format calls itself.
    pub(super) const FORMAT: &str = "clw-return";

    /// The return of a programme whose caseload was evaluated.
    ///
    /// # Errors
    ///
    /// [`ReturnError::Nameless`], and [`ReturnError::GroupsWorkers`] where the plan breaks numbers
    /// down by link worker or practice: a return is about a programme.
    pub fn of(programme: Programme, evaluation: &Evaluation) -> Result<Self, ReturnError> {
        let plan = evaluation.plan().clone();
        let mut counts = evaluation.counts.clone();
        // The names of its practices that a plan does not mention stay with the programme.
        counts.names.iter_mut().for_each(|name| name.nearest.clear());
        let checked = PartialEvaluation { plan, counts };
        Self::checked(programme, evaluation.provenance.library.clone(), checked)
    }

    fn checked(
        programme: Programme,
        library: String,
        checked: PartialEvaluation,
    ) -> Result<Self, ReturnError> {
        file::must_be_of_a_programme(&programme, checked.plan.plan())?;
        Ok(Self { programme, library, checked })
    }

    /// Who made it.
    #[must_use]
    pub const fn programme(&self) -> &Programme {
        &self.programme
    }

    /// The version of this library that counted.
    #[must_use]
    pub fn library(&self) -> &str {
        &self.library
    }

    /// The plan it was made under.
    #[must_use]
    pub const fn plan(&self) -> &Plan {
        self.checked.plan.plan()
    }

    /// What it found by each measure of its plan: its name as printed, its scale, and the findings.
    #[cfg(feature = "report")]
    pub(crate) fn measures(&self) -> impl Iterator<Item = (&str, &str, Scale, ProgrammeMeasure)> {
        let level = self.plan().interval_level;
        let planned = self.checked.plan.planned().iter().zip(&self.counts().measures);
        planned.map(move |(planned, counts)| {
            let (label, title) = (planned.measure.label(), planned.instrument.title());
            let found = ProgrammeMeasure::of(&counts.main, level);
            (label, title, planned.measure.scale(), found)
        })
    }

    /// What was counted.
    #[must_use]
    pub const fn counts(&self) -> &Counts {
        &self.checked.counts
    }

    /// The file. Equal returns have equal bytes.
    #[must_use]
    pub fn to_json(&self) -> String {
        let provenance =
            Provenance { library: self.library.clone(), ..Provenance::of(&self.checked.plan) };
        let stored = Stored {
            format: Self::FORMAT.to_owned(),
            format_version: FORMAT_VERSION,
            programme: self.programme.clone(),
            provenance,
            counts: self.checked.counts.clone(),
        };
        // Texts and integers under text keys, which JSON can always hold.
        json::write(&stored).unwrap_or_default()
    }

    /// Reads a file.
    ///
    /// # Errors
    ///
    /// [`ReturnError`], if the text is no return, one of a newer format, one made with other
    /// definitions, or one whose counts do not add up.
    pub fn from_json(text: &str, registry: &Registry) -> Result<Self, ReturnError> {
        Head::read(text)?.must_be(Self::FORMAT)?;
        let stored: Stored = file::read(text)?;
        let checked = PartialEvaluation::read(&stored.provenance, stored.counts, registry)?;
        Self::checked(stored.programme, stored.provenance.library, checked)
    }
}
