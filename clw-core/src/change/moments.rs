//! Means and standard deviations, from sums that are exact.

use serde::{Deserialize, Serialize};

use super::PairCounts;
use crate::estimate::{Degenerate, Estimate};
use crate::instrument::Scale;

/// The exact sums of a table, in steps of its scale.
///
/// They are whole numbers, so they do not depend on the order of rows, threads or machines, and
/// the sums of a pooled sample are the sums of its parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct PairSums {
    /// How many pairs: n.
    pub n: u64,
    /// Σ baseline.
    pub baseline: i128,
    /// Σ follow-up.
    pub follow_up: i128,
    /// Σ baseline².
    pub baseline_squared: i128,
    /// Σ follow-up².
    pub follow_up_squared: i128,
    /// Σ baseline · follow-up.
    pub product: i128,
}

impl PairSums {
    /// The sums over all pairs of a table.
    ///
    /// No sum overflows: a table holds fewer than 2³² pairs of scores of at most 2³¹ steps.
    #[must_use]
    pub fn of(pairs: &PairCounts) -> Self {
        pairs.cells().fold(Self::default(), |sums, cell| {
            let pairs = i128::from(cell.pairs);
            let (baseline, follow_up) = (i128::from(cell.baseline.0), i128::from(cell.follow_up.0));
            Self {
                n: sums.n + cell.pairs,
                baseline: sums.baseline + pairs * baseline,
                follow_up: sums.follow_up + pairs * follow_up,
                baseline_squared: sums.baseline_squared + pairs * baseline * baseline,
                follow_up_squared: sums.follow_up_squared + pairs * follow_up * follow_up,
                product: sums.product + pairs * baseline * follow_up,
            }
        })
    }

    /// Σ (follow-up − baseline).
    #[must_use]
    pub const fn change(&self) -> i128 {
        self.follow_up - self.baseline
    }

    /// Σ (follow-up − baseline)².
    #[must_use]
    pub const fn change_squared(&self) -> i128 {
        self.baseline_squared - 2 * self.product + self.follow_up_squared
    }
}

/// One sample of numbers: its size, mean and standard deviation, in units of the printed score.
///
/// The mean is Σx / n and the standard deviation has n − 1 in its denominator. Both come from exact
/// sums, with one rounding at the end: the NIST reference sets are met to 14 digits and more.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Moments {
    /// The pairs behind both numbers.
    pub n: u64,
    /// The mean, when there is a pair.
    pub mean: Estimate<f64>,
    /// The sample standard deviation (n − 1), when there are two pairs.
    pub standard_deviation: Estimate<f64>,
}

impl Moments {
    /// Of the baseline scores of the pairs.
    ///
    /// People with a baseline and no follow-up are not in a table of pairs, and so not in this.
    #[must_use]
    pub fn of_baseline(pairs: &PairCounts) -> Self {
        Sample::of_baseline(pairs).moments()
    }

    /// Of the follow-up scores of the pairs.
    #[must_use]
    pub fn of_follow_up(pairs: &PairCounts) -> Self {
        Sample::of_follow_up(pairs).moments()
    }

    /// Of the changes, follow-up − baseline.
    ///
    /// ```
    /// use clw_core::change::{Moments, PairCounts};
    /// use clw_core::estimate::Estimate;
    /// use clw_core::instrument::{Direction, Points, Scale};
    ///
    /// let scale = Scale {
    ///     direction: Direction::HigherIsBetter,
    ///     steps_per_unit: 100,
    ///     lowest: Points(700),
    ///     highest: Points(3500),
    /// };
    /// // Changes of 1.25, −0.55 and 3.30 metric points.
    /// let (baseline, follow_up) = ([1798, 1743, 1925], [1923, 1688, 2255]);
    /// let change = Moments::of_change(&PairCounts::count_steps(scale, &baseline, &follow_up)?);
    /// assert_eq!(change.mean, Estimate::Computed(4.0 / 3.0));
    /// # Ok::<(), clw_core::change::PairCountsError>(())
    /// ```
    #[must_use]
    pub fn of_change(pairs: &PairCounts) -> Self {
        Sample::of_change(pairs).moments()
    }
}

/// A sample as its exact sums: what every estimate from means and SDs is computed from.
#[derive(Debug, Clone, Copy)]
pub(super) struct Sample {
    n: u64,
    steps_per_unit: u32,
    sum: i128,
    /// n·Σx² − (Σx)², which is n(n−1) times the variance in squared steps.
    n_sum_of_squared_deviations: u128,
}

impl Sample {
    /// Of so many numbers of fewer than 2³² steps each.
    pub(super) const fn new(n: u64, scale: &Scale, sum: i128, sum_of_squares: i128) -> Self {
        // n < 2³² and |x| < 2³² keep both products below 2¹²⁸.
        let squared_sum = sum.unsigned_abs() * sum.unsigned_abs();
        let n_sum_of_squares = n as u128 * sum_of_squares.unsigned_abs();
        Self {
            n,
            steps_per_unit: scale.steps_per_unit,
            sum,
            n_sum_of_squared_deviations: n_sum_of_squares - squared_sum,
        }
    }

    pub(super) fn of_change(pairs: &PairCounts) -> Self {
        let sums = PairSums::of(pairs);
        Self::new(sums.n, pairs.scale(), sums.change(), sums.change_squared())
    }

    pub(super) fn of_baseline(pairs: &PairCounts) -> Self {
        let sums = PairSums::of(pairs);
        Self::new(sums.n, pairs.scale(), sums.baseline, sums.baseline_squared)
    }

    pub(super) fn of_follow_up(pairs: &PairCounts) -> Self {
        let sums = PairSums::of(pairs);
        Self::new(sums.n, pairs.scale(), sums.follow_up, sums.follow_up_squared)
    }

    fn moments(self) -> Moments {
        Moments {
            n: self.n,
            mean: self.mean().into(),
            standard_deviation: self.standard_deviation().into(),
        }
    }

    pub(super) const fn n(&self) -> u64 {
        self.n
    }

    /// n(n − 1) times the variance in squared steps, rounded once.
    pub(super) const fn n_sum_of_squared_deviations(&self) -> f64 {
        self.n_sum_of_squared_deviations as f64
    }

    /// Σx / n in units.
    pub(super) fn mean(&self) -> Result<f64, Degenerate> {
        if self.n == 0 {
            return Err(Degenerate::NoPairs);
        }
        Ok(self.sum as f64 / (self.n * u64::from(self.steps_per_unit)) as f64)
    }

    /// √((n·Σx² − (Σx)²) / (n(n − 1))) in units; zero when all are equal.
    pub(super) fn standard_deviation(&self) -> Result<f64, Degenerate> {
        match self.n {
            0 => Err(Degenerate::NoPairs),
            1 => Err(Degenerate::OnePair),
            n => {
                let squared_deviations = self.n_sum_of_squared_deviations as f64;
                let variance_steps = squared_deviations / (n * (n - 1)) as f64;
                Ok(libm::sqrt(variance_steps) / f64::from(self.steps_per_unit))
            }
        }
    }

    /// The t statistic of the mean, Σx·√((n − 1) / (n·Σx² − (Σx)²)): no unit, no cancellation.
    pub(super) fn t_statistic(&self) -> Result<f64, Degenerate> {
        match (self.n, self.n_sum_of_squared_deviations, self.sum) {
            (0, ..) => Err(Degenerate::NoPairs),
            (1, ..) => Err(Degenerate::OnePair),
            (_, 0, 0) => Err(Degenerate::AllDifferencesZero),
            (_, 0, _) => Err(Degenerate::AllDifferencesEqual),
            (n, squared_deviations, sum) => {
                Ok(sum as f64 * libm::sqrt((n - 1) as f64 / squared_deviations as f64))
            }
        }
    }
}
