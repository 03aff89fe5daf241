//! So many of so many in one month, practice or mode: what charts over time and funnels are made of.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::ComparisonError;

/// A numerator and a denominator under a name: of a period, a practice, a mode.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct NamedCount {
    /// The period, practice or mode.
    pub name: String,
    /// The numerator.
    pub count: u64,
    /// The denominator; 0 is a gap, not a share of 0.
    pub of: u64,
}

impl NamedCount {
    /// `count` of `of` under a name.
    #[must_use]
    pub fn new(name: impl Into<String>, count: u64, of: u64) -> Self {
        Self { name: name.into(), count, of }
    }

    /// The share, where the denominator is not 0.
    #[must_use]
    pub fn share(&self) -> Option<f64> {
        (self.of > 0).then(|| self.count as f64 / self.of as f64)
    }
}

/// Refuses a name that occurs twice, a numerator above its denominator, and denominators that do not
/// add up to an integer: where they do, numerators do too.
pub(super) fn check(counts: &[NamedCount]) -> Result<(), ComparisonError> {
    check_names(counts.iter().map(|count| count.name.as_str()))?;
    if let Some(NamedCount { name, count, of }) = counts.iter().find(|count| count.count > count.of)
    {
        return Err(ComparisonError::MoreThanAll { name: name.clone(), count: *count, of: *of });
    }
    let total = counts.iter().try_fold(0_u64, |total, count| total.checked_add(count.of));
    total.map(|_| ()).ok_or(ComparisonError::TotalTooLarge)
}

/// Refuses a name that occurs twice.
pub(super) fn check_names<'a>(
    mut names: impl Iterator<Item = &'a str>,
) -> Result<(), ComparisonError> {
    let mut seen = BTreeSet::new();
    match names.find(|name| !seen.insert(*name)) {
        Some(name) => Err(ComparisonError::NameTwice { name: name.to_owned() }),
        None => Ok(()),
    }
}
