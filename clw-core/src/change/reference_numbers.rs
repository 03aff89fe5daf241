//! Numbers from a published sample, checked once when they are read.

use serde::Serialize;

use super::ChangeOptionsError;

/// The largest number of printed scores, far beyond any scale: so that what is computed from such
/// numbers is finite.
pub(super) const LARGEST: f64 = 1e15;

/// The smallest spread of printed scores, for the same reason; no table has a smaller one above 0.
pub(super) const SMALLEST_SPREAD: f64 = 1e-15;

/// Whether a number can be of printed scores.
pub(super) fn is_of_scores(number: f64) -> bool {
    (-LARGEST..=LARGEST).contains(&number)
}

/// Whether a number can be the spread of printed scores.
pub(super) fn is_spread(number: f64) -> bool {
    (SMALLEST_SPREAD..=LARGEST).contains(&number)
}

/// A mean, in units of the printed score: a number within ±10¹⁵.
///
/// ```
/// use clw_core::change::Mean;
///
/// assert_eq!(Mean::new(23.61)?.get(), 23.61);
/// assert_eq!(Mean::new(f64::NAN).unwrap_err().code(), "mean-outside");
/// # Ok::<(), clw_core::change::ChangeOptionsError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[serde(into = "f64")]
pub struct Mean(f64);

crate::coded::deserialize_checked!(Mean, f64);

/// A standard deviation, in units of the printed score: a number above 0, from 10⁻¹⁵ to 10¹⁵.
///
/// ```
/// use clw_core::change::StandardDeviation;
///
/// assert_eq!(StandardDeviation::new(3.9)?.get(), 3.9);
/// assert_eq!(StandardDeviation::new(0.0).unwrap_err().code(), "standard-deviation-outside");
/// # Ok::<(), clw_core::change::ChangeOptionsError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[serde(into = "f64")]
pub struct StandardDeviation(f64);

crate::coded::deserialize_checked!(StandardDeviation, f64);

/// A reliability, the share of the variance of scores that is not error: at least 0 and below 1.
///
/// ```
/// use clw_core::change::ReliabilityCoefficient;
///
/// assert_eq!(ReliabilityCoefficient::new(0.81)?.get(), 0.81);
/// assert_eq!(ReliabilityCoefficient::new(1.0).unwrap_err().code(), "reliability-outside");
/// # Ok::<(), clw_core::change::ChangeOptionsError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[serde(into = "f64")]
pub struct ReliabilityCoefficient(f64);

crate::coded::deserialize_checked!(ReliabilityCoefficient, f64);

impl Mean {
    /// A mean.
    ///
    /// # Errors
    /// When it is not within ±10¹⁵.
    pub fn new(mean: f64) -> Result<Self, ChangeOptionsError> {
        if is_of_scores(mean) {
            Ok(Self(mean))
        } else {
            Err(ChangeOptionsError::MeanOutside { mean })
        }
    }

    /// The number.
    #[must_use]
    pub const fn get(self) -> f64 {
        self.0
    }
}

impl StandardDeviation {
    /// A standard deviation.
    ///
    /// # Errors
    /// When it is not from 10⁻¹⁵ to 10¹⁵.
    pub fn new(standard_deviation: f64) -> Result<Self, ChangeOptionsError> {
        if is_spread(standard_deviation) {
            Ok(Self(standard_deviation))
        } else {
            Err(ChangeOptionsError::StandardDeviationOutside { standard_deviation })
        }
    }

    /// The number.
    #[must_use]
    pub const fn get(self) -> f64 {
        self.0
    }
}

impl ReliabilityCoefficient {
    /// A reliability.
    ///
    /// # Errors
    /// When it is not at least 0 and below 1.
    pub const fn new(reliability: f64) -> Result<Self, ChangeOptionsError> {
        if reliability >= 0.0 && reliability < 1.0 {
            Ok(Self(reliability))
        } else {
            Err(ChangeOptionsError::ReliabilityOutside { reliability })
        }
    }

    /// The number.
    #[must_use]
    pub const fn get(self) -> f64 {
        self.0
    }
}

impl TryFrom<f64> for Mean {
    type Error = ChangeOptionsError;

    fn try_from(mean: f64) -> Result<Self, ChangeOptionsError> {
        Self::new(mean)
    }
}

impl TryFrom<f64> for StandardDeviation {
    type Error = ChangeOptionsError;

    fn try_from(standard_deviation: f64) -> Result<Self, ChangeOptionsError> {
        Self::new(standard_deviation)
    }
}

impl TryFrom<f64> for ReliabilityCoefficient {
    type Error = ChangeOptionsError;

    fn try_from(reliability: f64) -> Result<Self, ChangeOptionsError> {
        Self::new(reliability)
    }
}

impl From<Mean> for f64 {
    fn from(mean: Mean) -> Self {
        mean.get()
    }
}

impl From<StandardDeviation> for f64 {
    fn from(standard_deviation: StandardDeviation) -> Self {
        standard_deviation.get()
    }
}

impl From<ReliabilityCoefficient> for f64 {
    fn from(reliability: ReliabilityCoefficient) -> Self {
        reliability.get()
    }
}
