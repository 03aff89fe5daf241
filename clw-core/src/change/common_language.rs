//! The effect size in plain words: how many of a hundred are better off.

use serde::{Deserialize, Serialize};

use super::effect_size::standardised;
use super::moments::Sample;
use super::{AnyChangeCounts, EffectIntervalMethod, PairCounts};
use crate::estimate::{ConfidenceLevel, Degenerate, Interval};
use crate::instrument::Direction;
use crate::numeric::{Limits, normal, proportion};

/// A share of people better off at follow-up, from 0 to 1: a half where as many are worse off.
///
/// The better direction is the measure's, so unlike other effect sizes it is above a half for an
/// improvement, whichever way the scores go.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct CommonLanguage {
    /// The share.
    pub share: f64,
    /// Its interval.
    pub interval: Interval,
    /// How the interval was obtained.
    pub interval_method: EffectIntervalMethod,
}

impl CommonLanguage {
    /// The share improved and half of the share unchanged.
    ///
    /// # Errors
    /// [`Degenerate::NoPairs`] for an empty table.
    ///
    /// ```
    /// use clw_core::change::{CommonLanguage, PairCounts};
    /// use clw_core::estimate::ConfidenceLevel;
    /// use clw_core::instrument::{Direction, Points, Scale};
    ///
    /// let loneliness = Scale {
    ///     direction: Direction::LowerIsBetter,
    ///     steps_per_unit: 1,
    ///     lowest: Points(3),
    ///     highest: Points(9),
    /// };
    /// // Two less lonely, one unchanged, one lonelier.
    /// let pairs = PairCounts::count_steps(loneliness, &[9, 7, 5, 4], &[6, 7, 4, 5])?;
    /// let better = CommonLanguage::of(&pairs, ConfidenceLevel::default())?;
    /// assert_eq!(better.share, 0.625);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn of(pairs: &PairCounts, level: ConfidenceLevel) -> Result<Self, Degenerate> {
        let classes = AnyChangeCounts::of(pairs, level);
        let (improved, worse) = (classes.improved.count, classes.worse.count);
        let n = classes.n;
        if n == 0 {
            return Err(Degenerate::NoPairs);
        }
        let share = (n + improved - worse) as f64 / (2 * n) as f64;
        let Limits { lower, upper } = proportion::tango(improved, worse, n, level.get());
        let (lower, upper) = (0.5 * (1.0 + lower), 0.5 * (1.0 + upper));
        Ok(Self {
            share,
            interval: Interval { lower: lower.min(share), upper: upper.max(share), level },
            interval_method: EffectIntervalMethod::Tango,
        })
    }

    /// The share improved that a normal distribution of changes with the mean and SD of the table
    /// would have: Φ(d_z) in the better direction, with Φ of the limits of d_z.
    ///
    /// McGraw & Wong (1992), doi:10.1037/0033-2909.111.2.361.
    ///
    /// # Errors
    /// As for [`CohensDz::of`](super::CohensDz::of).
    pub fn of_normal(pairs: &PairCounts, level: ConfidenceLevel) -> Result<Self, Degenerate> {
        let (dz, limits) = standardised(&Sample::of_change(pairs), level)?;
        let (dz, limits) = match pairs.scale().direction {
            Direction::HigherIsBetter => (dz, limits),
            Direction::LowerIsBetter => {
                (-dz, Limits { lower: -limits.upper, upper: -limits.lower })
            }
        };
        Ok(Self {
            share: normal::sf(-dz),
            interval: Interval {
                lower: normal::sf(-limits.lower),
                upper: normal::sf(-limits.upper),
                level,
            },
            interval_method: EffectIntervalMethod::NoncentralT,
        })
    }
}
