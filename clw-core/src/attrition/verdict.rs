//! What a comparison of paired and unpaired comes to.

use serde::{Deserialize, Serialize};

use super::compare::{Comparison, DifferenceReading, TraitComparison};
use super::options::AttritionOptions;

/// What a comparison of paired and unpaired comes to. The first of these that holds.
///
/// None says that the pairs stand for everybody: no record of a baseline can.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(
    tag = "kind",
    rename_all = "kebab-case",
    rename_all_fields = "kebab-case",
    deny_unknown_fields
)]
pub enum AttritionVerdict {
    /// Nobody was due.
    NobodyDue,
    /// Everybody due has a pair: there is no one to wonder about.
    EverybodyFollowedUp,
    /// Nobody due has a pair: there is nothing to wonder about.
    NobodyFollowedUp,
    /// Fewer were followed up than [`least-completion-percent`](AttritionOptions) of those due: too few
    /// to say anything of the rest, however alike they look.
    CompletionTooLow {
        /// The traits they nevertheless look different on.
        different_on: Vec<String>,
    },
    /// Those without a follow-up look different.
    LooksDifferent {
        /// On these traits.
        different_on: Vec<String>,
    },
    /// No difference was found, but some traits are too uncertain to tell.
    NoDifferenceFound {
        /// The traits a difference cannot be ruled out on.
        unclear_on: Vec<String>,
    },
    /// On every trait compared, a difference of the threshold or more is ruled out at the level set.
    LittleDifference,
    /// No trait could be compared.
    NothingToCompare,
}

impl AttritionVerdict {
    pub(crate) fn of(
        paired: u64,
        due: u64,
        traits: &[TraitComparison],
        options: &AttritionOptions,
    ) -> Self {
        let read_as = |reading| {
            let such = traits.iter().filter(move |of| of.reading() == Some(reading));
            such.map(|of| of.name.clone()).collect::<Vec<_>>()
        };
        match (paired, due) {
            (_, 0) => return Self::NobodyDue,
            (0, _) => return Self::NobodyFollowedUp,
            _ if paired >= due => return Self::EverybodyFollowedUp,
            _ => {}
        }
        let different_on = read_as(DifferenceReading::Different);
        let unclear_on = read_as(DifferenceReading::Unclear);
        if !options.least_completion_percent.is_reached_by(paired, due) {
            Self::CompletionTooLow { different_on }
        } else if !different_on.is_empty() {
            Self::LooksDifferent { different_on }
        } else if !unclear_on.is_empty() {
            Self::NoDifferenceFound { unclear_on }
        } else if traits.iter().any(|of| matches!(of.comparison, Comparison::Compared { .. })) {
            Self::LittleDifference
        } else {
            Self::NothingToCompare
        }
    }
}
