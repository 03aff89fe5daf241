//! Intervals, and how sure they are.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A confidence level, strictly between 0 and 1; 0.95 unless stated otherwise.
///
/// One so near to 0 that 1 − level rounds to 1 counts as 0.
///
/// ```
/// use clw_core::estimate::ConfidenceLevel;
///
/// assert_eq!(ConfidenceLevel::default().get(), 0.95);
/// let error = ConfidenceLevel::new(95.0).unwrap_err();
/// assert_eq!(error.code(), "level-outside");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[serde(into = "f64")]
pub struct ConfidenceLevel(f64);

crate::coded::deserialize_checked!(ConfidenceLevel, f64);

impl ConfidenceLevel {
    /// A level as a proportion: 0.95, not 95.
    ///
    /// # Errors
    /// When it is not strictly between 0 and 1.
    pub fn new(level: f64) -> Result<Self, LevelOutside> {
        if 1.0 - level < 1.0 && level < 1.0 { Ok(Self(level)) } else { Err(LevelOutside { level }) }
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
    type Error = LevelOutside;

    fn try_from(level: f64) -> Result<Self, LevelOutside> {
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

/// A confidence level that is not strictly between 0 and 1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LevelOutside {
    /// The level.
    pub level: f64,
}

impl LevelOutside {
    /// The stable name of the error, the same in Rust, Python and JavaScript.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        "level-outside"
    }
}

impl fmt::Display for LevelOutside {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "the confidence level is {}, not strictly between 0 and 1; write 0.95 for 95 %",
            self.level
        )
    }
}

impl std::error::Error for LevelOutside {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_level_is_a_proportion() {
        for (level, message) in [
            (95.0, "the confidence level is 95, not strictly between 0 and 1; write 0.95 for 95 %"),
            (
                f64::NAN,
                "the confidence level is NaN, not strictly between 0 and 1; write 0.95 for 95 %",
            ),
            (0.0, "the confidence level is 0, not strictly between 0 and 1; write 0.95 for 95 %"),
        ] {
            assert_eq!(ConfidenceLevel::new(level).unwrap_err().to_string(), message);
        }
    }

    #[test]
    fn a_level_is_checked_when_read() {
        assert!(serde_json::from_str::<ConfidenceLevel>("1.0").is_err());
        assert!(serde_json::from_str::<ConfidenceLevel>("1e-17").is_err());
        let level = ConfidenceLevel::new(0.9).unwrap();
        assert_eq!(serde_json::from_str::<ConfidenceLevel>("0.9").unwrap(), level);
    }
}
