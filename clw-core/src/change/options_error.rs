//! Why an option makes no sense.

use std::fmt;

use super::reference_numbers::{LARGEST, SMALLEST_SPREAD};
use super::{ExactLimit, PairCounts, Resamples};
use crate::instrument::{Decimal, Points};

/// Why an option of the change statistics was refused.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum ChangeOptionsError {
    /// An exact test was asked for more differences than [`ExactLimit::MOST`].
    ExactLimitTooHigh {
        /// The limit.
        limit: u64,
    },
    /// More resamples are asked for than [`Resamples::MOST`].
    TooManyResamples {
        /// How many.
        resamples: u64,
    },
    /// A standard deviation is not a number above 0 that scores can have.
    StandardDeviationOutside {
        /// The standard deviation.
        standard_deviation: f64,
    },
    /// A reliability is not at least 0 and below 1.
    ReliabilityOutside {
        /// The reliability.
        reliability: f64,
    },
    /// The lower margin of equivalence is not a number below the upper, or one is beyond all scores.
    MarginsOutOfOrder {
        /// The name of the margins.
        id: String,
        /// The lower margin.
        lower: f64,
        /// The upper margin.
        upper: f64,
    },
    /// A planned effect is not a number that scores can have.
    EffectOutside {
        /// The effect.
        effect: f64,
    },
    /// A standard error is not a number above 0 that scores can have.
    StandardErrorOutside {
        /// The standard error.
        standard_error: f64,
    },
    /// A power is not strictly between 0 and 1.
    PowerOutside {
        /// The power.
        power: f64,
    },
    /// A planned test has fewer than two pairs.
    TooFewPairsPlanned {
        /// The pairs.
        pairs: u64,
    },
    /// The largest table there is would not reach a power.
    PowerOutOfReach {
        /// The power asked for.
        power: f64,
    },
    /// A score of the table lies in no band of the band set.
    ScoreInNoBand {
        /// The score.
        points: Points,
    },
    /// A mean is not a number that scores can have.
    MeanOutside {
        /// The mean.
        mean: f64,
    },
    /// The changes of a sample vary no more than measurement error alone makes them.
    ReliabilityOfChangeNotPositive {
        /// 1 − 2·SEM²/S_D².
        reliability_of_change: f64,
    },
    /// The size of a change that matters is not above 0.
    ThresholdNotPositive {
        /// The size, in units of the printed score.
        threshold: Decimal,
    },
    /// McNemar's test was asked of a table that is not two by two.
    NotTwoByTwo {
        /// The categories of the table.
        categories: usize,
    },
    /// A p to be adjusted is not between 0 and 1.
    ProbabilityOutside {
        /// What it is of.
        name: String,
        /// The p.
        p: f64,
    },
}

impl ChangeOptionsError {
    /// The stable name of the error, the same in Rust, Python and JavaScript.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::ExactLimitTooHigh { .. } => "exact-limit-too-high",
            Self::TooManyResamples { .. } => "too-many-resamples",
            Self::StandardDeviationOutside { .. } => "standard-deviation-outside",
            Self::ReliabilityOutside { .. } => "reliability-outside",
            Self::MarginsOutOfOrder { .. } => "margins-out-of-order",
            Self::EffectOutside { .. } => "effect-outside",
            Self::StandardErrorOutside { .. } => "standard-error-outside",
            Self::PowerOutside { .. } => "power-outside",
            Self::TooFewPairsPlanned { .. } => "too-few-pairs-planned",
            Self::PowerOutOfReach { .. } => "power-out-of-reach",
            Self::ScoreInNoBand { .. } => "score-in-no-band",
            Self::MeanOutside { .. } => "mean-outside",
            Self::ReliabilityOfChangeNotPositive { .. } => "reliability-of-change-not-positive",
            Self::ThresholdNotPositive { .. } => "threshold-not-positive",
            Self::NotTwoByTwo { .. } => "not-two-by-two",
            Self::ProbabilityOutside { .. } => "probability-outside",
        }
    }
}

impl fmt::Display for ChangeOptionsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::ExactLimitTooHigh { limit } => write!(
                f,
                "the exact limit is {limit} differences, above {}; larger samples take the normal \
                 approximation",
                ExactLimit::MOST
            ),
            Self::TooManyResamples { resamples } => write!(
                f,
                "{resamples} resamples are asked for, above {}; 9999 are enough for most reports",
                Resamples::MOST
            ),
            Self::StandardDeviationOutside { standard_deviation } => write!(
                f,
                "the standard deviation is {standard_deviation}, not from {SMALLEST_SPREAD:e} to \
                 {LARGEST:e}; give that of a published sample"
            ),
            Self::ReliabilityOutside { reliability } => write!(
                f,
                "the reliability is {reliability}, not at least 0 and below 1; give a published \
                 coefficient"
            ),
            Self::MarginsOutOfOrder { id, lower, upper } => write!(
                f,
                "the margins {id} run from {lower} to {upper}, not from a number to a larger one \
                 within ±{LARGEST:e}; give the largest fall and the largest rise that do not matter"
            ),
            Self::EffectOutside { effect } => write!(
                f,
                "the planned effect is {effect}, not within ±{LARGEST:e}; give a mean change in \
                 units of the printed score"
            ),
            Self::StandardErrorOutside { standard_error } => write!(
                f,
                "the standard error is {standard_error}, not from {SMALLEST_SPREAD:e} to \
                 {LARGEST:e}; give the standard error of measurement"
            ),
            Self::PowerOutside { power } => {
                write!(f, "the power is {power}, not strictly between 0 and 1; write 0.8 for 80 %")
            }
            Self::TooFewPairsPlanned { pairs } => write!(
                f,
                "{pairs} pairs are planned, fewer than 2; a t test has a spread to estimate"
            ),
            Self::PowerOutOfReach { power } => write!(
                f,
                "a power of {power} would take more than {} pairs; plan for a larger effect",
                PairCounts::MAX_PAIRS
            ),
            Self::ScoreInNoBand { points: Points(points) } => write!(
                f,
                "a score of {points} points lies in none of the bands, fewer than 1; use a band \
                 set of the same measure"
            ),
            Self::MeanOutside { mean } => write!(
                f,
                "the mean is {mean}, not within ±{LARGEST:e}; give that of a published sample"
            ),
            Self::ReliabilityOfChangeNotPositive { reliability_of_change } => write!(
                f,
                "the reliability of change is {reliability_of_change}, not above 0, so changes \
                 vary no more than error alone makes them; use another method"
            ),
            Self::ThresholdNotPositive { threshold } => write!(
                f,
                "the size of an important change is {threshold}, not above 0; give the gain and \
                 the loss as sizes without a sign"
            ),
            Self::NotTwoByTwo { categories } => write!(
                f,
                "McNemar's test was asked of {categories} bands, not 2; use Bowker's test of \
                 symmetry, Stuart and Maxwell's of equal margins, or one cut"
            ),
            Self::ProbabilityOutside { name, p } => write!(
                f,
                "the p of {name} is {p}, outside 0..=1; leave out a measure that has none"
            ),
        }
    }
}

impl std::error::Error for ChangeOptionsError {}

#[cfg(test)]
mod tests {
    use super::super::{
        Alternative, EquivalenceMargins, MinimumDetectableChange, PlannedComparison,
    };
    use super::*;
    use crate::estimate::ConfidenceLevel;

    #[test]
    fn option_errors_state_the_fact_the_limit_and_the_remedy() {
        let planned = |effect| {
            PlannedComparison::new(effect, 4.0, Alternative::TwoSided, ConfidenceLevel::default())
        };
        let rows = [
            (
                ExactLimit::new(1024).unwrap_err(),
                "exact-limit-too-high",
                "the exact limit is 1024 differences, above 1023; larger samples take the normal \
                 approximation",
            ),
            (
                Resamples::new(1_000_001).unwrap_err(),
                "too-many-resamples",
                "1000001 resamples are asked for, above 1000000; 9999 are enough for most reports",
            ),
            (
                ChangeOptionsError::StandardDeviationOutside { standard_deviation: 0.0 },
                "standard-deviation-outside",
                "the standard deviation is 0, not from 1e-15 to 1e15; give that of a published sample",
            ),
            (
                EquivalenceMargins::new("one point", 1.0, f64::NAN).unwrap_err(),
                "margins-out-of-order",
                "the margins one point run from 1 to NaN, not from a number to a larger one within \
                 ±1e15; give the largest fall and the largest rise that do not matter",
            ),
            (
                planned(f64::INFINITY).unwrap_err(),
                "effect-outside",
                "the planned effect is inf, not within ±1e15; give a mean change in units of the \
                 printed score",
            ),
            (
                MinimumDetectableChange::of_standard_error(-1.0).unwrap_err(),
                "standard-error-outside",
                "the standard error is -1, not from 1e-15 to 1e15; give the standard error of \
                 measurement",
            ),
            (
                planned(1.0).unwrap().pairs_needed(80.0).unwrap_err(),
                "power-outside",
                "the power is 80, not strictly between 0 and 1; write 0.8 for 80 %",
            ),
            (
                planned(1.0).unwrap().power(1).unwrap_err(),
                "too-few-pairs-planned",
                "1 pairs are planned, fewer than 2; a t test has a spread to estimate",
            ),
            (
                planned(0.0).unwrap().pairs_needed(0.8).unwrap_err(),
                "power-out-of-reach",
                "a power of 0.8 would take more than 4294967295 pairs; plan for a larger effect",
            ),
            (
                ChangeOptionsError::ReliabilityOutside { reliability: 1.0 },
                "reliability-outside",
                "the reliability is 1, not at least 0 and below 1; give a published coefficient",
            ),
            (
                ChangeOptionsError::MeanOutside { mean: f64::INFINITY },
                "mean-outside",
                "the mean is inf, not within ±1e15; give that of a published sample",
            ),
            (
                ChangeOptionsError::ReliabilityOfChangeNotPositive { reliability_of_change: -0.5 },
                "reliability-of-change-not-positive",
                "the reliability of change is -0.5, not above 0, so changes vary no more than error \
                 alone makes them; use another method",
            ),
            (
                ChangeOptionsError::ThresholdNotPositive { threshold: Decimal::from(-3) },
                "threshold-not-positive",
                "the size of an important change is -3, not above 0; give the gain and the loss as \
                 sizes without a sign",
            ),
            (
                ChangeOptionsError::NotTwoByTwo { categories: 4 },
                "not-two-by-two",
                "McNemar's test was asked of 4 bands, not 2; use Bowker's test of symmetry, Stuart \
                 and Maxwell's of equal margins, or one cut",
            ),
            (
                ChangeOptionsError::ProbabilityOutside { name: "money".to_string(), p: 1.5 },
                "probability-outside",
                "the p of money is 1.5, outside 0..=1; leave out a measure that has none",
            ),
        ];
        for (error, code, message) in rows {
            assert_eq!((error.code(), error.to_string().as_str()), (code, message));
        }
    }
}
