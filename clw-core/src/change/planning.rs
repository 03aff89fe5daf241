//! Before the first sitting: how many pairs a comparison needs, and how small a change can be seen.

use serde::{Deserialize, Serialize};

use super::reference_numbers::{is_of_scores, is_spread};
use super::{Alternative, ChangeOptionsError, JacobsonTruax, PairCounts};
use crate::estimate::ConfidenceLevel;
use crate::numeric::student_t;

/// A paired t test that is being planned.
///
/// Its power is the chance that p is below α when the mean change in the population is the effect:
/// T is then noncentral with n − 1 degrees of freedom and noncentrality √n · effect / SD of change.
/// Cohen (1988), ISBN 978-0-8058-0283-2, chapter 2; both tails count for a two-sided test.
///
/// ```
/// use clw_core::change::{Alternative, PlannedComparison};
/// use clw_core::estimate::ConfidenceLevel;
///
/// // Two points, where changes have an SD of four.
/// let level = ConfidenceLevel::default();
/// let planned = PlannedComparison::new(2.0, 4.0, Alternative::TwoSided, level)?;
/// assert_eq!(planned.pairs_needed(0.8)?.pairs, 34);
/// assert!(planned.power(30)? < 0.8);
/// # Ok::<(), clw_core::change::ChangeOptionsError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PlannedComparison {
    effect: f64,
    standard_deviation_of_change: f64,
    alternative: Alternative,
    level: ConfidenceLevel,
}

/// The fewest pairs that give a planned test a power.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct PairsNeeded {
    /// Pairs: people with both sittings, so more have to start.
    pub pairs: u64,
    /// The power with so many, at least the one asked for.
    pub power: f64,
}

impl PlannedComparison {
    /// An effect and an SD of change, both in units of the printed score; α is 1 − the level.
    ///
    /// # Errors
    /// When the effect is not within ±10¹⁵ or the SD not from 10⁻¹⁵ to 10¹⁵.
    pub fn new(
        effect: f64,
        standard_deviation_of_change: f64,
        alternative: Alternative,
        level: ConfidenceLevel,
    ) -> Result<Self, ChangeOptionsError> {
        let standard_deviation = standard_deviation_of_change;
        if !is_of_scores(effect) {
            Err(ChangeOptionsError::EffectOutside { effect })
        } else if is_spread(standard_deviation) {
            Ok(Self { effect, standard_deviation_of_change, alternative, level })
        } else {
            Err(ChangeOptionsError::StandardDeviationOutside { standard_deviation })
        }
    }

    /// The mean change that is looked for, in units of the printed score.
    #[must_use]
    pub const fn effect(&self) -> f64 {
        self.effect
    }

    /// The SD of change that is expected, in units of the printed score.
    #[must_use]
    pub const fn standard_deviation_of_change(&self) -> f64 {
        self.standard_deviation_of_change
    }

    /// What the p of the test is to speak against.
    #[must_use]
    pub const fn alternative(&self) -> Alternative {
        self.alternative
    }

    /// 1 − α.
    #[must_use]
    pub const fn level(&self) -> ConfidenceLevel {
        self.level
    }

    /// The power with so many pairs.
    ///
    /// # Errors
    /// With fewer than two.
    pub fn power(&self, pairs: u64) -> Result<f64, ChangeOptionsError> {
        if pairs < 2 {
            return Err(ChangeOptionsError::TooFewPairsPlanned { pairs });
        }
        let df = (pairs - 1) as f64;
        let standardised = self.effect / self.standard_deviation_of_change;
        let noncentrality = libm::sqrt(pairs as f64) * standardised;
        let alpha = 1.0 - self.level.get();
        let above = |alpha, noncentrality| {
            student_t::above(student_t::upper_quantile(alpha, df), df, noncentrality)
        };
        Ok(match self.alternative {
            Alternative::TwoSided => {
                above(0.5 * alpha, noncentrality) + above(0.5 * alpha, -noncentrality)
            }
            Alternative::Greater => above(alpha, noncentrality),
            Alternative::Less => above(alpha, -noncentrality),
        })
    }

    /// The fewest pairs, at least two, with a power.
    ///
    /// # Errors
    /// When the power is not strictly between 0 and 1, or when it would take more pairs than a table
    /// holds.
    pub fn pairs_needed(&self, power: f64) -> Result<PairsNeeded, ChangeOptionsError> {
        if !(power > 0.0 && power < 1.0) {
            return Err(ChangeOptionsError::PowerOutside { power });
        }
        // Power rises with n: double until there is enough, then halve the gap.
        let (mut too_few, mut enough) = (1, 2);
        while self.power(enough)? < power {
            if enough >= PairCounts::MAX_PAIRS {
                return Err(ChangeOptionsError::PowerOutOfReach { power });
            }
            (too_few, enough) = (enough, (2 * enough).min(PairCounts::MAX_PAIRS));
        }
        while enough - too_few > 1 {
            let middle = too_few + (enough - too_few) / 2;
            if self.power(middle)? < power {
                too_few = middle;
            } else {
                enough = middle;
            }
        }
        Ok(PairsNeeded { pairs: enough, power: self.power(enough)? })
    }
}

/// The smallest change of one person that measurement error alone would seldom make.
///
/// MDC95 = 1.96 · √2 · SEM, with the two decimals of the literature: the change that
/// [`JacobsonTruax`] calls reliable when it is exceeded.
///
/// ```
/// use clw_core::change::MinimumDetectableChange;
///
/// let published = MinimumDetectableChange::of_reliability(3.9, 0.81)?;
/// assert_eq!(format!("{:.2}", published.minimum_detectable_change), "4.71");
/// # Ok::<(), clw_core::change::ChangeOptionsError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct MinimumDetectableChange {
    /// The standard error of measurement, in units of the printed score.
    pub standard_error_of_measurement: f64,
    /// MDC95, in units of the printed score.
    pub minimum_detectable_change: f64,
}

impl MinimumDetectableChange {
    /// From a published standard error of measurement.
    ///
    /// # Errors
    /// When it is not from 10⁻¹⁵ to 10¹⁵.
    pub fn of_standard_error(standard_error: f64) -> Result<Self, ChangeOptionsError> {
        if is_spread(standard_error) {
            Ok(Self {
                standard_error_of_measurement: standard_error,
                minimum_detectable_change: JacobsonTruax::CRITERION
                    * (libm::sqrt(2.0) * standard_error),
            })
        } else {
            Err(ChangeOptionsError::StandardErrorOutside { standard_error })
        }
    }

    /// From a published SD and reliability: SEM = S·√(1 − r).
    ///
    /// # Errors
    /// As for [`JacobsonTruax::new`].
    pub fn of_reliability(
        standard_deviation: f64,
        reliability: f64,
    ) -> Result<Self, ChangeOptionsError> {
        let rule = JacobsonTruax::new(standard_deviation, reliability)?;
        Self::of_standard_error(rule.standard_error_of_measurement())
    }
}
