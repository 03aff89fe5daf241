//! One programme's return, and its file.

use serde::{Deserialize, Serialize};

use super::{Programme, ReturnError};
use crate::completion::GroupBy;
use crate::evaluation::{CheckedCounts, Counts, Evaluation, Plan, Provenance};
use crate::instrument::Registry;

/// The version of the file this library writes, and the newest it reads.
pub const FORMAT_VERSION: u32 = 1;

const FORMAT: &str = "clw-return";

/// The counts of a programme, ready to be added to those of others.
///
/// The file is JSON. Reading repeats
/// every check: that the plan can be carried out with the definitions at hand, that these are the
/// definitions it was made with, and that the counts add up.
#[derive(Debug, Clone, PartialEq)]
pub struct Return {
    programme: Programme,
    library: String,
    pub(super) checked: CheckedCounts,
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

/// The part of a file that says whether the rest can be read.
#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
struct Head {
    format: String,
    format_version: u32,
}

impl Return {
    /// The return of a programme whose caseload was evaluated.
    ///
    /// # Errors
    ///
    /// [`ReturnError::Nameless`], and [`ReturnError::GroupsWorkers`] where the plan breaks numbers
    /// down by link worker or practice: a return is about a programme.
    pub fn of(programme: Programme, evaluation: &Evaluation) -> Result<Self, ReturnError> {
        let plan = evaluation.plan().clone();
        let checked = CheckedCounts { plan, counts: evaluation.counts.clone() };
        Self::checked(programme, evaluation.provenance.library.clone(), checked)
    }

    fn checked(
        programme: Programme,
        library: String,
        checked: CheckedCounts,
    ) -> Result<Self, ReturnError> {
        programme.must_have_a_name()?;
        let within = [GroupBy::Worker, GroupBy::Practice];
        if let Some(by) = checked.plan.plan().group_by.iter().find(|by| within.contains(by)) {
            return Err(ReturnError::GroupsWorkers { by: *by });
        }
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
            format: FORMAT.to_owned(),
            format_version: FORMAT_VERSION,
            programme: self.programme.clone(),
            provenance,
            counts: self.checked.counts.clone(),
        };
        // Texts and integers under text keys, which JSON can always hold.
        serde_json::to_string(&stored).unwrap_or_default()
    }

    /// Reads a file.
    ///
    /// # Errors
    ///
    /// [`ReturnError`], if the text is no return, one of a newer format, one made with other
    /// definitions, or one whose counts do not add up.
    pub fn from_json(text: &str, registry: &Registry) -> Result<Self, ReturnError> {
        let Head { format, format_version } = serde_json::from_str(text).map_err(unreadable)?;
        if format != FORMAT {
            return Err(ReturnError::OtherFormat { found: format });
        }
        if format_version != FORMAT_VERSION {
            return Err(ReturnError::OtherVersion { found: format_version });
        }
        let stored: Stored = serde_json::from_str(text).map_err(unreadable)?;
        let checked = CheckedCounts::read(&stored.provenance, stored.counts, registry)?;
        Self::checked(stored.programme, stored.provenance.library, checked)
    }
}

#[expect(clippy::needless_pass_by_value, reason = "the signature of map_err")]
fn unreadable(error: serde_json::Error) -> ReturnError {
    ReturnError::Unreadable { reason: error.to_string() }
}
