//! What a statistician chooses before looking: the conventions of the signed rank test.

use serde::{Deserialize, Serialize};

use super::ChangeOptionsError;

/// The most non-zero differences for which the signed rank test is exact; 100 unless stated.
///
/// Up to [`MOST`](Self::MOST), the counts of all 2ⁿ sign patterns fit the integers they are kept in.
///
/// ```
/// use clw_core::change::ExactLimit;
///
/// assert_eq!(ExactLimit::default(), ExactLimit::new(100)?);
/// assert_eq!(ExactLimit::new(128).unwrap_err().code(), "exact-limit-too-high");
/// # Ok::<(), clw_core::change::ChangeOptionsError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "u64", into = "u64")]
pub struct ExactLimit(u64);

impl ExactLimit {
    /// The highest limit there is.
    pub const MOST: u64 = 127;

    /// A limit of so many differences; 0 asks for the normal approximation always.
    ///
    /// # Errors
    /// When it is above [`MOST`](Self::MOST).
    pub const fn new(differences: u64) -> Result<Self, ChangeOptionsError> {
        if differences <= Self::MOST {
            Ok(Self(differences))
        } else {
            Err(ChangeOptionsError::ExactLimitTooHigh { limit: differences })
        }
    }

    /// The number of differences.
    #[must_use]
    pub const fn get(self) -> u64 {
        self.0
    }
}

impl Default for ExactLimit {
    fn default() -> Self {
        Self(100)
    }
}

impl TryFrom<u64> for ExactLimit {
    type Error = ChangeOptionsError;

    fn try_from(differences: u64) -> Result<Self, ChangeOptionsError> {
        Self::new(differences)
    }
}

impl From<ExactLimit> for u64 {
    fn from(limit: ExactLimit) -> Self {
        limit.get()
    }
}

/// Whether the normal approximation moves a discrete statistic half a unit towards its mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Continuity {
    /// It does, as R's `wilcox.test` unless told not to. A statistic within half a unit of its
    /// mean has p = 1.
    #[default]
    Corrected,
    /// It does not, as SciPy's `wilcoxon` unless told to.
    Uncorrected,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_exact_limit_is_checked_when_read() {
        assert!(serde_json::from_str::<ExactLimit>("1000").is_err());
    }
}
