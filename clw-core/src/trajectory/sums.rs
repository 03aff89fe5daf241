//! Exact sums of scores, and the mean, SD and interval they give.

use crate::estimate::{ConfidenceLevel, Degenerate, Interval};
use crate::numeric::student_t;

/// n, Σx and Σx² of scores in steps.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct ScoreSums {
    pub(super) n: u64,
    sum: i128,
    sum_of_squares: i128,
}

impl ScoreSums {
    pub(super) fn add(&mut self, steps: i32, people: u64) {
        self.n += people;
        let (steps, people) = (i128::from(steps), i128::from(people));
        self.sum += people * steps;
        self.sum_of_squares += people * steps * steps;
    }

    /// In units of the printed score.
    pub(super) fn mean(&self, steps_per_unit: u32) -> Result<f64, Degenerate> {
        if self.n == 0 {
            return Err(Degenerate::NoScores);
        }
        Ok(self.sum as f64 / (i128::from(self.n) * i128::from(steps_per_unit)) as f64)
    }

    /// √((n·Σx² − (Σx)²) / (n(n − 1))), in units of the printed score.
    pub(super) fn standard_deviation(&self, steps_per_unit: u32) -> Result<f64, Degenerate> {
        match self.n {
            0 => Err(Degenerate::NoScores),
            1 => Err(Degenerate::OneValue),
            n => {
                let n = i128::from(n);
                let squared_deviations = n * self.sum_of_squares - self.sum * self.sum;
                let variance = squared_deviations as f64 / (n * (n - 1)) as f64;
                Ok(libm::sqrt(variance) / f64::from(steps_per_unit))
            }
        }
    }
}

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
