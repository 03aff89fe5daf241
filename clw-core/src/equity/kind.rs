//! What kind of number a rate is: what it may be, and whether a ratio of two means something.

use serde::{Deserialize, Serialize};

use super::EquityError;
use crate::estimate::Degenerate;
use crate::instrument::Scale;

/// What kind of number is compared between bands.
///
/// It decides what values are possible, and whether one may be divided by another. A mean score may
/// only where the scale begins at 0: a SWEMWBS of 28 is not twice one of 14, as its floor is 7. A
/// mean change may not, as it can be of either sign.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RateKind {
    /// A share, 0 to 1.
    Proportion,
    /// A rate of anything that is counted, 0 to 10¹².
    Rate,
    /// A mean score on a scale, in units of the printed score.
    MeanScore(Scale),
    /// A mean of follow-up − baseline on a scale, in units of the printed score.
    MeanChange(Scale),
}

impl RateKind {
    /// Whether the rate of a band is possible.
    pub(super) fn check(self, band: u8, rate: f64) -> Result<(), EquityError> {
        let (lowest, highest) = match self {
            Self::Proportion => (0.0, 1.0),
            Self::Rate => (0.0, 1e12),
            Self::MeanScore(scale) => (scale.value(scale.lowest), scale.value(scale.highest)),
            Self::MeanChange(scale) => {
                let range = scale.value(scale.highest) - scale.value(scale.lowest);
                (-range, range)
            }
        };
        if lowest <= rate && rate <= highest {
            Ok(())
        } else {
            Err(EquityError::RateOutside { band, rate, lowest, highest })
        }
    }

    /// The base of a ratio, or why there can be none.
    pub(super) fn ratio_to(self, base: f64) -> Result<f64, Degenerate> {
        match self {
            Self::MeanChange(_) => Err(Degenerate::NotARatioScale),
            Self::MeanScore(scale) if scale.lowest.0 != 0 => Err(Degenerate::NotARatioScale),
            _ if base <= 0.0 => Err(Degenerate::ComparedWithZero),
            _ => Ok(base),
        }
    }
}
