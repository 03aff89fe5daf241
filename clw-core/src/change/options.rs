//! What a statistician chooses before looking: the interval level and the test's conventions.

use serde::{Deserialize, Serialize};

use super::ChangeOptionsError;

/// A confidence level, strictly between 0 and 1; 0.95 unless stated otherwise.
///
/// ```
/// use clw_core::change::ConfidenceLevel;
///
/// assert_eq!(ConfidenceLevel::default().get(), 0.95);
/// let error = ConfidenceLevel::new(95.0).unwrap_err();
/// assert_eq!(error.code(), "level-outside");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "f64", into = "f64")]
pub struct ConfidenceLevel(f64);

impl ConfidenceLevel {
    /// A level as a proportion: 0.95, not 95.
    ///
    /// # Errors
    /// When it is not strictly between 0 and 1.
    pub fn new(level: f64) -> Result<Self, ChangeOptionsError> {
        if level > 0.0 && level < 1.0 {
            Ok(Self(level))
        } else {
            Err(ChangeOptionsError::LevelOutside { level })
        }
    }

    /// The level as a proportion.
    #[must_use]
    pub const fn get(self) -> f64 {
        self.0
    }
}

impl Default for ConfidenceLevel {
    fn default() -> Self {
        Self(0.95)
    }
}

impl TryFrom<f64> for ConfidenceLevel {
    type Error = ChangeOptionsError;

    fn try_from(level: f64) -> Result<Self, ChangeOptionsError> {
        Self::new(level)
    }
}

impl From<ConfidenceLevel> for f64 {
    fn from(level: ConfidenceLevel) -> Self {
        level.get()
    }
}

/// The limits that an estimate lies between, and how sure that is.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Interval {
    /// The lower limit.
    pub lower: f64,
    /// The upper limit.
    pub upper: f64,
    /// The confidence level of the two.
    pub level: ConfidenceLevel,
}

impl Interval {
    /// Whether a value lies between the limits, both included.
    #[must_use]
    pub fn contains(&self, value: f64) -> bool {
        self.lower <= value && value <= self.upper
    }
}

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
    fn options_are_checked_when_read() {
        assert!(serde_json::from_str::<ConfidenceLevel>("1.0").is_err());
        assert!(serde_json::from_str::<ExactLimit>("1000").is_err());
        let level = ConfidenceLevel::new(0.9).unwrap();
        assert_eq!(serde_json::from_str::<ConfidenceLevel>("0.9").unwrap(), level);
    }
}
