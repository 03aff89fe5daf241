//! What a comparison goes by: every convention is a setting with a name.

use serde::{Deserialize, Serialize};

use super::AttritionOptionsError;
use crate::change::Multiplicity;
use crate::estimate::ConfidenceLevel;

/// What a comparison of paired and unpaired goes by.
///
/// ```
/// use clw_core::attrition::AttritionOptions;
///
/// let options: AttritionOptions = serde_json::from_str(r#"{"difference-threshold":0.2}"#)?;
/// assert_eq!(options.difference_threshold.get(), 0.2);
/// assert_eq!(options.least_completion_percent.get(), 50);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct AttritionOptions {
    /// The level of the intervals; one minus it is what chance may claim over all traits together.
    pub level: ConfidenceLevel,
    /// From which size on a difference counts.
    pub difference_threshold: DifferenceThreshold,
    /// How the p of the traits are adjusted for their number.
    pub multiplicity: Multiplicity,
    /// Below which completion nothing is concluded from a comparison.
    pub least_completion_percent: CompletionPercent,
}

/// The standardised difference from which on two groups count as different; 0.1 unless stated.
///
/// A convention of the propensity score literature, not a finding: Austin (2009),
/// doi:10.1002/sim.3697. It settles nothing alone; see
/// [`DifferenceReading`](super::DifferenceReading).
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[serde(into = "f64")]
pub struct DifferenceThreshold(f64);

crate::coded::deserialize_checked!(DifferenceThreshold, f64);

impl DifferenceThreshold {
    /// A threshold in SDs.
    ///
    /// # Errors
    /// When it is not a finite number above 0.
    pub fn new(threshold: f64) -> Result<Self, AttritionOptionsError> {
        if threshold > 0.0 && threshold.is_finite() {
            Ok(Self(threshold))
        } else {
            Err(AttritionOptionsError::ThresholdNotPositive { threshold })
        }
    }

    /// The threshold in SDs.
    #[must_use]
    pub const fn get(self) -> f64 {
        self.0
    }
}

impl Default for DifferenceThreshold {
    fn default() -> Self {
        Self(0.1)
    }
}

impl TryFrom<f64> for DifferenceThreshold {
    type Error = AttritionOptionsError;

    fn try_from(threshold: f64) -> Result<Self, AttritionOptionsError> {
        Self::new(threshold)
    }
}

impl From<DifferenceThreshold> for f64 {
    fn from(threshold: DifferenceThreshold) -> Self {
        threshold.get()
    }
}

/// The completion below which a comparison of traits concludes nothing; 50 % unless stated.
///
/// Half is where those who were not followed up begin to outnumber those who were. It is a choice of
/// this library, not a published limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(into = "u8")]
pub struct CompletionPercent(u8);

crate::coded::deserialize_checked!(CompletionPercent, u8);

impl CompletionPercent {
    /// A percentage of those due.
    ///
    /// # Errors
    /// When it is above 100.
    pub const fn new(percent: u8) -> Result<Self, AttritionOptionsError> {
        if percent <= 100 {
            Ok(Self(percent))
        } else {
            Err(AttritionOptionsError::PercentOutside { percent })
        }
    }

    /// The percentage.
    #[must_use]
    pub const fn get(self) -> u8 {
        self.0
    }

    /// Whether so many of so many reach it: exact.
    #[must_use]
    pub fn is_reached_by(self, paired: u64, due: u64) -> bool {
        100 * u128::from(paired) >= u128::from(self.0) * u128::from(due)
    }
}

impl Default for CompletionPercent {
    fn default() -> Self {
        Self(50)
    }
}

impl TryFrom<u8> for CompletionPercent {
    type Error = AttritionOptionsError;

    fn try_from(percent: u8) -> Result<Self, AttritionOptionsError> {
        Self::new(percent)
    }
}

impl From<CompletionPercent> for u8 {
    fn from(percent: CompletionPercent) -> Self {
        percent.get()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options_are_checked_when_read() {
        for json in [
            r#"{"difference-threshold":0}"#,
            r#"{"least-completion-percent":101}"#,
            r#"{"threshold":0.1}"#,
        ] {
            assert!(serde_json::from_str::<AttritionOptions>(json).is_err(), "{json}");
        }
        let json = r#"{"level":0.95,"difference-threshold":0.1,"multiplicity":"holm","least-completion-percent":50}"#;
        assert_eq!(serde_json::to_string(&AttritionOptions::default()).unwrap(), json);
    }

    #[test]
    fn half_is_reached_by_half() {
        let half = CompletionPercent::default();
        assert!(half.is_reached_by(1, 2));
        assert!(!half.is_reached_by(u64::MAX / 2, u64::MAX));
    }
}
