//! Shares: a numerator and a denominator, never one without the other.

use serde::{Deserialize, Serialize};

use super::{ConfidenceLevel, Degenerate, Estimate, Interval};
use crate::numeric::proportion;

/// So many of so many, with the proportion where there is one.
///
/// ```
/// use clw_core::estimate::{ConfidenceLevel, Share};
///
/// let paired = Share::of(48, 120, ConfidenceLevel::default());
/// let proportion = paired.proportion.computed().unwrap();
/// assert_eq!(proportion.value, 0.4);
/// assert!(proportion.interval.contains(0.4));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Share {
    /// The numerator.
    pub count: u64,
    /// The denominator.
    pub of: u64,
    /// The one over the other, where the denominator is not 0.
    pub proportion: Estimate<Proportion>,
}

/// A proportion between 0 and 1, with its Wilson score interval.
///
/// Wilson (1927), doi:10.1080/01621459.1927.10502953.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Proportion {
    /// The proportion.
    pub value: f64,
    /// Its interval.
    pub interval: Interval,
}

impl Share {
    /// `count` of `of`, with a Wilson score interval at `level`.
    #[must_use]
    pub fn of(count: u64, of: u64, level: ConfidenceLevel) -> Self {
        let proportion = proportion::wilson(count, of, level.get()).map(|limits| {
            let value = count as f64 / of as f64;
            // Where everybody or nobody is counted, the limit is the value but for rounding.
            let (lower, upper) = (limits.lower.min(value), limits.upper.max(value));
            Proportion { value, interval: Interval { lower, upper, level } }
        });
        Self { count, of, proportion: proportion.ok_or(Degenerate::EmptyDenominator).into() }
    }
}
