//! Who made a return, and what a reader has to know beside its numbers.

use serde::{Deserialize, Serialize};

use crate::instrument::Decimal;
use crate::synthesis::Context;

/// A programme, as it stands beside its numbers.
///
/// What is not stated is absent, never guessed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Programme {
    /// Its name, by which returns are told apart.
    pub name: String,
    /// The area it serves, such as a health and social care partnership.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub area: Option<String>,
    /// Who employs the link workers, such as a third sector organisation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub delivered_by: Option<String>,
    /// The practices it works in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub practices: Option<u64>,
    /// Its link workers, in full-time equivalents.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub link_workers_full_time_equivalent: Option<Decimal>,
    /// What a reader has to know, in the programme's words: who is seen, what changed in the period.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

impl Programme {
    /// A programme of which only the name is stated.
    #[must_use]
    pub fn named(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            area: None,
            delivered_by: None,
            practices: None,
            link_workers_full_time_equivalent: None,
            note: None,
        }
    }

    /// What is stated beside the name, each in words.
    pub(super) fn context(&self) -> Context {
        let practices = self.practices.map(|practices| practices.to_string());
        let workers = self.link_workers_full_time_equivalent.map(|workers| workers.to_string());
        [
            ("area", self.area.clone()),
            ("delivered-by", self.delivered_by.clone()),
            ("practices", practices),
            ("link-workers-full-time-equivalent", workers),
            ("note", self.note.clone()),
        ]
        .into_iter()
        .filter_map(|(about, words)| Some((about.to_owned(), words?)))
        .collect()
    }
}
