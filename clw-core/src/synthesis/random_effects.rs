//! The mean of several effects that need not be one and the same.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::error::SynthesisError;
use super::heterogeneity::Heterogeneity;
use super::model::{At, tau_squared};
use super::options::{PooledIntervalMethod, SynthesisOptions};
use crate::estimate::Interval;
use crate::numeric::{normal, student_t};

/// An estimate and its variance, above 0, of sizes that no sum of squares overflows.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[serde(into = "Wire")]
pub struct Effect {
    estimate: f64,
    variance: f64,
}

crate::coded::deserialize_checked!(Effect, Wire);

impl Effect {
    /// An estimate with the square of its standard error.
    ///
    /// # Errors
    /// [`SynthesisError::EstimateOutside`] and [`SynthesisError::VarianceOutside`].
    pub fn new(estimate: f64, variance: f64) -> Result<Self, SynthesisError> {
        if !(-1e60..=1e60).contains(&estimate) {
            return Err(SynthesisError::EstimateOutside { estimate });
        }
        if !(1e-60..=1e60).contains(&variance) {
            return Err(SynthesisError::VarianceOutside { variance });
        }
        Ok(Self { estimate, variance })
    }

    /// The estimate.
    #[must_use]
    pub const fn estimate(&self) -> f64 {
        self.estimate
    }

    /// The square of its standard error.
    #[must_use]
    pub const fn variance(&self) -> f64 {
        self.variance
    }
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Wire {
    estimate: f64,
    variance: f64,
}

impl From<Effect> for Wire {
    fn from(Effect { estimate, variance }: Effect) -> Self {
        Self { estimate, variance }
    }
}

impl TryFrom<Wire> for Effect {
    type Error = SynthesisError;

    fn try_from(Wire { estimate, variance }: Wire) -> Result<Self, SynthesisError> {
        Self::new(estimate, variance)
    }
}

/// The mean of several effects under the random-effects model: y = μ + u + e, u with variance τ²
/// between programmes and e with the variance v within each.
///
/// ```
/// use clw_core::synthesis::{Effect, Pooling, RandomEffects, SynthesisOptions};
///
/// let effects = [(1.0, 0.1), (2.0, 0.1), (3.0, 0.1)].map(|(y, v)| Effect::new(y, v));
/// let effects = effects.into_iter().collect::<Result<Vec<_>, _>>()?;
/// let Pooling::Pooled(pooled) = RandomEffects::of(&effects, &SynthesisOptions::default()).pooling
/// else {
///     panic!("three effects can be pooled");
/// };
/// // The variance of 1, 2 and 3 is 1, of which 0.1 is within.
/// assert!((pooled.heterogeneity.tau_squared - 0.9).abs() < 1e-12);
/// assert!((pooled.mean - 2.0).abs() < 1e-12);
/// # Ok::<(), clw_core::synthesis::SynthesisError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct RandomEffects {
    /// The share of the weight that each effect has, in the order given, each where there is a mean.
    pub weights: Vec<f64>,
    /// The mean and what belongs to it, or why there is none.
    pub pooling: Pooling,
}

/// A mean, or why there is none.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "outcome", rename_all = "kebab-case")]
pub enum Pooling {
    /// There is one.
    Pooled(Box<Pooled>),
    /// There is none.
    NotPooled {
        /// Why.
        reason: NotPooled,
    },
}

/// Why effects have no mean of their own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum NotPooled {
    /// No programme has an estimate with a variance.
    NoProgrammes,
    /// One programme: its own result is all there is.
    OneProgramme,
}

impl NotPooled {
    /// The stable name of the reason, the same in Rust, Python and JavaScript.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::NoProgrammes => "no-programmes",
            Self::OneProgramme => "one-programme",
        }
    }
}

impl fmt::Display for NotPooled {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NoProgrammes => "no programme has a result to put together",
            Self::OneProgramme => "one programme alone has nothing to be put together with",
        })
    }
}

/// The mean over programmes, on the scale of the effects.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Pooled {
    /// The programmes, k.
    pub programmes: u64,
    /// The mean, Σwy/Σw with w = 1/(v + τ²).
    pub mean: f64,
    /// Its standard error by the method of the interval.
    pub standard_error: f64,
    /// Its interval; absent where all estimates are equal and Hartung and Knapp's has no width.
    pub interval: Option<Interval>,
    /// Where the true effect of another programme may lie, ±t·√(τ² + SE²): absent where no degrees of
    /// freedom are left.
    pub prediction_interval: Option<Interval>,
    /// How much the programmes differ.
    pub heterogeneity: Heterogeneity,
}

impl RandomEffects {
    /// Pools effects. Their order makes no difference, to the last bit.
    #[must_use]
    pub fn of(effects: &[Effect], options: &SynthesisOptions) -> Self {
        let given = effects;
        let mut effects = effects.to_vec();
        effects.sort_by(|left, right| {
            let by_estimate = left.estimate.total_cmp(&right.estimate);
            by_estimate.then(left.variance.total_cmp(&right.variance))
        });
        let effects = effects.as_slice();
        let reason = match effects {
            [] => Some(NotPooled::NoProgrammes),
            [_] => Some(NotPooled::OneProgramme),
            _ => None,
        };
        if let Some(reason) = reason {
            return Self { weights: Vec::new(), pooling: Pooling::NotPooled { reason } };
        }
        let tau_squared = tau_squared(effects, options.tau_squared);
        let at = At::of(effects, tau_squared);
        let weight = |effect: &Effect| 1.0 / (effect.variance + tau_squared) / at.weights;
        Self {
            weights: given.iter().map(weight).collect(),
            pooling: Pooling::Pooled(Box::new(Pooled::of(effects, tau_squared, &at, options))),
        }
    }
}

impl Pooled {
    fn of(effects: &[Effect], tau_squared: f64, at: &At, options: &SynthesisOptions) -> Self {
        let programmes = effects.len() as u64;
        let df = (programmes - 1) as f64;
        let tail = 0.5 * (1.0 - options.level.get());
        let t = || student_t::upper_quantile(tail, df);
        let (inflation, quantile) = match options.interval {
            PooledIntervalMethod::HartungKnapp => (at.q / df, t()),
            PooledIntervalMethod::HartungKnappAtLeastOne => ((at.q / df).max(1.0), t()),
            PooledIntervalMethod::Wald => (1.0, normal::upper_quantile(tail)),
        };
        let standard_error = libm::sqrt(inflation / at.weights);
        let around = |half: f64| Interval {
            lower: at.mean - half,
            upper: at.mean + half,
            level: options.level,
        };
        let prediction = options.prediction.of(programmes).map(|df| {
            let spread = libm::sqrt(tau_squared + standard_error * standard_error);
            around(student_t::upper_quantile(tail, df as f64) * spread)
        });
        Self {
            programmes,
            mean: at.mean,
            standard_error,
            interval: (standard_error > 0.0).then(|| around(quantile * standard_error)),
            prediction_interval: prediction.filter(|interval| interval.lower < interval.upper),
            heterogeneity: Heterogeneity::of(effects, tau_squared, options),
        }
    }
}
