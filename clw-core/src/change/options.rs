//! What a statistician chooses before looking: the alternative, and the conventions of rank tests.

use serde::{Deserialize, Serialize};

use super::ChangeOptionsError;
use super::sign_patterns::Tails;

/// What a p speaks against: a change either way, or one way only, named before looking.
///
/// Both one-sided forms are about the sign of follow-up − baseline, not about what is better.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Alternative {
    /// Scores rise or fall: twice the smaller of the two one-sided p, at most 1.
    #[default]
    TwoSided,
    /// Scores rise from baseline to follow-up.
    Greater,
    /// Scores fall. With the sittings exchanged it is [`Greater`](Self::Greater), to the bit.
    Less,
}

impl Alternative {
    /// The p of an observation with these tails.
    pub(super) fn p(self, tails: Tails) -> f64 {
        match self {
            Self::TwoSided => (2.0 * tails.at_most.min(tails.at_least)).min(1.0),
            Self::Greater => tails.at_least,
            Self::Less => tails.at_most,
        }
    }
}

/// What rank based methods do with pairs without change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ZerosMethod {
    /// They are left out before ranking, as Wilcoxon did.
    #[default]
    Wilcox,
    /// They are ranked with the others, then left out of the sums. Pratt (1959),
    /// doi:10.1080/01621459.1959.10501526.
    Pratt,
}

/// The most non-zero differences for which rank based results are exact; 100 unless stated.
///
/// Up to [`MOST`](Self::MOST), the number of all 2ⁿ sign patterns is within the range of an `f64`.
///
/// ```
/// use clw_core::change::ExactLimit;
///
/// assert_eq!(ExactLimit::default(), ExactLimit::new(100)?);
/// assert_eq!(ExactLimit::new(1024).unwrap_err().code(), "exact-limit-too-high");
/// # Ok::<(), clw_core::change::ChangeOptionsError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(into = "u64")]
pub struct ExactLimit(u64);

crate::coded::deserialize_checked!(ExactLimit, u64);

impl ExactLimit {
    /// The highest limit there is.
    pub const MOST: u64 = 1023;

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
        assert!(serde_json::from_str::<ExactLimit>("1024").is_err());
    }
}
