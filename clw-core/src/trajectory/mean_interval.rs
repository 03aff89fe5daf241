//! The interval of a mean.

use crate::estimate::{ConfidenceLevel, Interval};
use crate::numeric::student_t;

/// The t interval of a mean of n numbers.
pub(super) fn t_interval(
    n: u64,
    mean: f64,
    standard_deviation: f64,
    level: ConfidenceLevel,
) -> Interval {
    let quantile = student_t::upper_quantile(0.5 * (1.0 - level.get()), n.saturating_sub(1) as f64);
    let reach = quantile * standard_deviation / libm::sqrt(n as f64);
    Interval { lower: mean - reach, upper: mean + reach, level }
}
