//! Exact sums of scores, and the mean and SD they give.

use super::Degenerate;

/// n, Σx and Σx² of scores in steps.
///
/// Fewer than 2³² scores of at most 2³¹ steps each keep every product below 2¹²⁷.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct ScoreSums {
    pub(crate) n: u64,
    pub(crate) sum: i128,
    sum_of_squares: i128,
}

impl ScoreSums {
    pub(crate) fn add(&mut self, steps: i32, people: u64) {
        self.n += people;
        let (steps, people) = (i128::from(steps), i128::from(people));
        self.sum += people * steps;
        self.sum_of_squares += people * steps * steps;
    }

    /// In steps.
    pub(crate) fn mean_steps(&self) -> Result<f64, Degenerate> {
        self.mean(1)
    }

    /// In units of the printed score.
    pub(crate) fn mean(&self, steps_per_unit: u32) -> Result<f64, Degenerate> {
        if self.n == 0 {
            return Err(Degenerate::NoScores);
        }
        Ok(self.sum as f64 / (i128::from(self.n) * i128::from(steps_per_unit)) as f64)
    }

    /// (n·Σx² − (Σx)²) / (n(n − 1)) in squared steps, with one rounding above and one below the line.
    pub(crate) fn variance_steps(&self) -> Result<f64, Degenerate> {
        match self.n {
            0 => Err(Degenerate::NoScores),
            1 => Err(Degenerate::OneValue),
            n => {
                let n = i128::from(n);
                let squared_deviations = n * self.sum_of_squares - self.sum * self.sum;
                Ok(squared_deviations as f64 / (n * (n - 1)) as f64)
            }
        }
    }

    /// The square root of the variance, in units of the printed score.
    pub(crate) fn standard_deviation(&self, steps_per_unit: u32) -> Result<f64, Degenerate> {
        Ok(libm::sqrt(self.variance_steps()?) / f64::from(steps_per_unit))
    }
}
