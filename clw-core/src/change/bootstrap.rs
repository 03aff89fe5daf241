//! Bootstrap intervals, from people drawn anew out of the table.

use serde::{Deserialize, Serialize};

use super::bootstrap_limits::{Distribution, acceleration};
use super::bootstrap_resample::Urn;
use super::moments::Sample;
use super::{BcaInterval, ChangeOptionsError, PairCounts, Watch, ZerosMethod};
use crate::estimate::{ConfidenceLevel, Degenerate, Estimate, Interval};
use crate::numeric::random::{Purpose, Stream};

/// Bootstrap intervals of five statistics of change: how far each would move with other people.
///
/// A resample is n pairs drawn with replacement from the n there are. Efron & Tibshirani (1993), *An
/// Introduction to the Bootstrap*, ISBN 978-0-412-04231-7. People are drawn by their change, in time
/// that depends on how many different changes there are and not on n. All statistics are of the same
/// resamples, and a seed gives the same ones on every platform.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Bootstrap {
    /// Pairs in the sample, and in every resample.
    pub n: u64,
    /// How many resamples were drawn.
    pub resamples: Resamples,
    /// What their stream of random numbers started from.
    pub seed: u32,
    /// What the Hodges-Lehmann estimate did with pairs without change.
    pub zeros_method: ZerosMethod,
    /// Mean of follow-up − baseline, in units of the printed score.
    pub mean_change: BootstrapEstimate,
    /// Median of follow-up − baseline: of an even number, half-way between the middle two.
    pub median_change: BootstrapEstimate,
    /// Mean change in standard deviations of the change.
    pub cohens_dz: BootstrapEstimate,
    /// Median of the Walsh averages of the changes.
    pub hodges_lehmann: BootstrapEstimate,
    /// Share of pairs with any change for the better, where it is neither 0 nor 1: such a share has
    /// no other resamples.
    pub share_improved: Estimate<BootstrapEstimate>,
}

/// A statistic and its intervals from the bootstrap.
///
/// A limit is a quantile of the values in the R resamples that have one: the value in place
/// (R + 1)·p of their order, between two places in proportion, for which 9,999 resamples at 0.95 have
/// places 250 and 9,750. Where the place is before the first or after the last, there is no interval.
/// Neither interval need contain the estimate, though most do.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct BootstrapEstimate {
    /// Pairs.
    pub n: u64,
    /// The statistic of the sample.
    pub estimate: f64,
    /// Resamples without a value, which both intervals leave out: for d_z those in which everybody
    /// changed by the same amount, for the Hodges-Lehmann estimate those in which nobody changed and
    /// zeros are left out. Where they are many, the statistic is unsure beyond its limits.
    pub undefined_resamples: u64,
    /// From the quantile at (1 − level)/2 to that at (1 + level)/2. Efron & Tibshirani (1993), §13.3.
    pub percentile: Estimate<Interval>,
    /// The same with the quantiles corrected for bias and for a spread that changes with the value.
    pub bca: Estimate<BcaInterval>,
}

/// How resamples are drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct BootstrapOptions {
    /// How many; 9,999 unless stated.
    pub resamples: Resamples,
    /// What their stream of random numbers starts from; 0 unless stated.
    pub seed: u32,
}

/// How many resamples, or patterns of signs, are drawn; 9,999 unless stated.
///
/// ```
/// use clw_core::change::Resamples;
///
/// assert_eq!(Resamples::default(), Resamples::new(9_999)?);
/// assert_eq!(Resamples::new(10_000_000).unwrap_err().code(), "too-many-resamples");
/// # Ok::<(), clw_core::change::ChangeOptionsError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(into = "u64")]
pub struct Resamples(u32);

crate::coded::deserialize_checked!(Resamples, u64);

impl Resamples {
    /// The highest number there is: their values are held in memory.
    pub const MOST: u32 = 1_000_000;

    /// So many resamples.
    ///
    /// # Errors
    /// When they are more than [`MOST`](Self::MOST).
    pub fn new(resamples: u64) -> Result<Self, ChangeOptionsError> {
        match u32::try_from(resamples) {
            Ok(number) if number <= Self::MOST => Ok(Self(number)),
            _ => Err(ChangeOptionsError::TooManyResamples { resamples }),
        }
    }

    /// The number of resamples.
    #[must_use]
    pub const fn get(self) -> u32 {
        self.0
    }
}

impl Default for Resamples {
    fn default() -> Self {
        Self(9_999)
    }
}

impl TryFrom<u64> for Resamples {
    type Error = ChangeOptionsError;

    fn try_from(resamples: u64) -> Result<Self, ChangeOptionsError> {
        Self::new(resamples)
    }
}

impl From<Resamples> for u64 {
    fn from(resamples: Resamples) -> Self {
        Self::from(resamples.get())
    }
}

impl Bootstrap {
    /// Draws resamples of a table.
    ///
    /// The zeros method is that of the Hodges-Lehmann estimate.
    ///
    /// # Errors
    /// [`Degenerate::NoPairs`] and [`Degenerate::OnePair`] for fewer than two pairs,
    /// [`Degenerate::AllDifferencesZero`] and [`Degenerate::AllDifferencesEqual`] when everybody
    /// changed by the same amount, so that every resample is the sample.
    ///
    /// ```
    /// use clw_core::change::{Bootstrap, BootstrapOptions, PairCounts, ZerosMethod};
    /// use clw_core::estimate::ConfidenceLevel;
    /// use clw_core::instrument::{Direction, Points, Scale};
    ///
    /// let scale = Scale {
    ///     direction: Direction::HigherIsBetter,
    ///     steps_per_unit: 1,
    ///     lowest: Points(0),
    ///     highest: Points(10),
    /// };
    /// // Changes 1, 1, 2, 3, 6 and −1.
    /// let pairs = PairCounts::count_steps(scale, &[3; 6], &[4, 4, 5, 6, 9, 2])?;
    /// let options = BootstrapOptions::default();
    /// let bootstrap =
    ///     Bootstrap::of(&pairs, &options, ZerosMethod::Wilcox, ConfidenceLevel::default())?;
    /// assert_eq!((bootstrap.n, bootstrap.mean_change.estimate), (6, 2.0));
    /// let bca = bootstrap.mean_change.bca.computed().unwrap();
    /// assert!(bca.limits.contains(2.0));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn of(
        pairs: &PairCounts,
        options: &BootstrapOptions,
        zeros_method: ZerosMethod,
        level: ConfidenceLevel,
    ) -> Result<Self, Degenerate> {
        Self::watched(pairs, options, zeros_method, level, &Watch::default())
    }

    /// The same while somebody watches; of fewer resamples, and good for nothing, once stopped.
    pub(super) fn watched(
        pairs: &PairCounts,
        options: &BootstrapOptions,
        zeros_method: ZerosMethod,
        level: ConfidenceLevel,
        watch: &Watch,
    ) -> Result<Self, Degenerate> {
        // Without a spread every resample is the sample, and no statistic moves.
        Sample::of_change(pairs).t_statistic()?;
        let &BootstrapOptions { resamples, seed } = options;
        watch.expect(resamples.get());
        let urn = Urn::of(pairs, zeros_method);
        let mut statistics = urn.values().map(Statistic::of);
        let mut stream = Stream::new(seed, Purpose::Bootstrap);
        for values in urn.resampled(&mut stream, resamples.get()).take_while(|_| watch.goes_on()) {
            for (statistic, value) in statistics.iter_mut().zip(values) {
                statistic.drawn.extend(value);
            }
        }
        for (values, pairs) in urn.without_one() {
            for (statistic, value) in statistics.iter_mut().zip(values) {
                statistic.without_one.push((value, pairs));
            }
        }
        let [mean_change, median_change, cohens_dz, hodges_lehmann, share_improved] =
            statistics.map(|statistic| statistic.with_intervals(pairs.n(), resamples, level));
        let share_improved = share_improved.and_then(Self::share);
        Ok(Self {
            n: pairs.n(),
            resamples,
            seed,
            zeros_method,
            mean_change: mean_change?,
            median_change: median_change?,
            cohens_dz: cohens_dz?,
            hodges_lehmann: hodges_lehmann?,
            share_improved: share_improved.into(),
        })
    }

    /// A share of everybody or of nobody is that of every resample too.
    fn share(share: BootstrapEstimate) -> Result<BootstrapEstimate, Degenerate> {
        let moves = share.estimate > 0.0 && share.estimate < 1.0;
        if moves { Ok(share) } else { Err(Degenerate::OneClass) }
    }
}

/// What is known of one statistic.
struct Statistic {
    /// Its value in the sample.
    estimate: Option<f64>,
    /// Its value in each resample that has one.
    drawn: Vec<f64>,
    /// Its value without one pair, and how many pairs that is true of.
    without_one: Vec<(Option<f64>, u64)>,
}

impl Statistic {
    const fn of(estimate: Option<f64>) -> Self {
        Self { estimate, drawn: Vec::new(), without_one: Vec::new() }
    }

    fn with_intervals(
        self,
        n: u64,
        resamples: Resamples,
        level: ConfidenceLevel,
    ) -> Result<BootstrapEstimate, Degenerate> {
        let estimate = self.estimate.ok_or(Degenerate::NoPairs)?;
        let undefined_resamples = u64::from(resamples) - self.drawn.len() as u64;
        let distribution = Distribution::of(self.drawn);
        let bca = acceleration(&self.without_one)
            .and_then(|acceleration| distribution.bca(estimate, acceleration, level));
        Ok(BootstrapEstimate {
            n,
            estimate,
            undefined_resamples,
            percentile: distribution.percentile(level).into(),
            bca: bca.into(),
        })
    }
}
