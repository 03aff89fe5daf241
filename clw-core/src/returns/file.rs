//! What the files of both kinds of return have in common.

use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::{DisclosedReturn, Programme, Return, ReturnError};
use crate::completion::GroupBy;
use crate::evaluation::Plan;
use crate::instrument::Registry;
use crate::json;

/// The version of the files this library writes and reads.
pub const FORMAT_VERSION: u32 = 1;

/// A return of either kind, as a file has it.
#[derive(Debug, Clone, PartialEq)]
pub enum ReturnFile {
    /// All counts: it adds exactly.
    Open(Box<Return>),
    /// Small counts hidden: it adds within bounds.
    Disclosed(Box<DisclosedReturn>),
}

impl ReturnFile {
    /// Reads a file of either kind.
    ///
    /// # Errors
    ///
    /// As for [`Return::from_json`] and [`DisclosedReturn::from_json`].
    pub fn from_json(text: &str, registry: &Registry) -> Result<Self, ReturnError> {
        if Head::read(text)?.format == DisclosedReturn::FORMAT {
            Ok(DisclosedReturn::from_json(text, registry)?.into())
        } else {
            Ok(Return::from_json(text, registry)?.into())
        }
    }
}

impl From<Return> for ReturnFile {
    fn from(open: Return) -> Self {
        Self::Open(Box::new(open))
    }
}

impl From<DisclosedReturn> for ReturnFile {
    fn from(disclosed: DisclosedReturn) -> Self {
        Self::Disclosed(Box::new(disclosed))
    }
}

/// The part of a file that says whether the rest can be read.
#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) struct Head {
    format: String,
    format_version: u32,
}

impl Head {
    pub(super) fn read(text: &str) -> Result<Self, ReturnError> {
        read(text)
    }

    pub(super) fn must_be(self, format: &'static str) -> Result<(), ReturnError> {
        if self.format != format {
            return Err(ReturnError::OtherFormat { found: self.format, needed: format });
        }
        if self.format_version != FORMAT_VERSION {
            return Err(ReturnError::OtherVersion { found: self.format_version });
        }
        Ok(())
    }
}

pub(super) fn read<T: DeserializeOwned>(text: &str) -> Result<T, ReturnError> {
    json::read(text).map_err(|error| ReturnError::Unreadable { reason: error.to_string() })
}

/// Refuses a return without a name, or one that breaks numbers down to people who work in it.
pub(super) fn must_be_of_a_programme(
    programme: &Programme,
    plan: &Plan,
) -> Result<(), ReturnError> {
    if programme.name.trim().is_empty() {
        return Err(ReturnError::Nameless);
    }
    let traits = plan.attrition.weighting.iter().flat_map(|weighting| &weighting.traits);
    let listed = plan.group_by.iter().chain(&plan.attrition.traits).chain(traits);
    let charted = plan.funnel.map(|_| GroupBy::Practice);
    let within = [GroupBy::Worker, GroupBy::Practice];
    match listed.copied().chain(charted).find(|by| within.contains(by)) {
        Some(by) => Err(ReturnError::GroupsWorkers { by }),
        None => Ok(()),
    }
}
