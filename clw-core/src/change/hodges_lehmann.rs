//! The Hodges-Lehmann estimate of change and its interval, by counting Walsh averages.

use serde::{Deserialize, Serialize};

use super::sign_patterns::{Weighted, patterns_by_sum};
use super::{Continuity, PairCounts, SignedRankOptions, ZerosMethod};
use crate::estimate::{ConfidenceLevel, Degenerate, Estimate, Interval};
use crate::numeric::{normal, whole};

/// The Hodges-Lehmann estimate: the median of the Walsh averages of the changes.
///
/// It is the typical change in the sense of the signed rank test: moved back by so many points, the
/// sample would have W⁺ at its mean. The Walsh averages of n changes are the n(n + 1)/2 means of any
/// two of them, each with itself included; their median is also called the pseudomedian. The sample
/// is that of the test: the non-zero changes with [`ZerosMethod::Wilcox`], all with
/// [`ZerosMethod::Pratt`]. Hodges & Lehmann (1963), doi:10.1214/aoms/1177704172.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct HodgesLehmann {
    /// All pairs, those without change included.
    pub n: u64,
    /// Pairs whose changes are averaged.
    pub n_used: u64,
    /// Pairs without change.
    pub zeros: u64,
    /// What was done with them.
    pub zeros_method: ZerosMethod,
    /// The estimate, in units of the printed score.
    pub hodges_lehmann: f64,
    /// Its interval, when two changes are averaged.
    pub interval: Estimate<HodgesLehmannInterval>,
}

/// The interval of a Hodges-Lehmann estimate: from the k-th smallest Walsh average to the k-th
/// largest.
///
/// k is the largest for which the signed rank test of n untied changes rejects k − 1 at the level,
/// and 1 where there is none. Tukey (1949); with ties the interval covers at least so often:
/// Noether (1967), *Journal of the American Statistical Association* 62:184-188.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct HodgesLehmannInterval {
    /// The limits, in units of the printed score, and the level asked for.
    pub limits: Interval,
    /// The level that the k gives without ties. Below the level asked for only in samples too small
    /// to reach it, and by less than one step of the approximation.
    pub achieved_level: f64,
    /// How k was obtained.
    pub method: RankIntervalMethod,
}

/// How the rank of an interval's limits was obtained.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", rename_all_fields = "kebab-case")]
pub enum RankIntervalMethod {
    /// From all 2ⁿ sign patterns of the ranks 1 to n.
    Exact,
    /// From the normal distribution with mean n(n + 1)/4 and variance n(n + 1)(2n + 1)/24.
    NormalApproximation {
        /// Whether half a rank was allowed for.
        continuity: Continuity,
    },
}

impl HodgesLehmann {
    /// The estimate of a table, at a cost that depends on how many different changes there are.
    ///
    /// The zeros method, the exact limit and the continuity of the options apply.
    ///
    /// # Errors
    /// [`Degenerate::NoPairs`] for an empty table, [`Degenerate::AllDifferencesZero`] when nobody's
    /// score changed and zeros are left out.
    ///
    /// ```
    /// use clw_core::change::{HodgesLehmann, PairCounts, SignedRankOptions};
    /// use clw_core::estimate::ConfidenceLevel;
    /// use clw_core::instrument::{Direction, Points, Scale};
    ///
    /// let scale = Scale {
    ///     direction: Direction::HigherIsBetter,
    ///     steps_per_unit: 1,
    ///     lowest: Points(0),
    ///     highest: Points(10),
    /// };
    /// // Changes 1, 2 and 6: Walsh averages 1, 1.5, 2, 3.5, 4 and 6.
    /// let pairs = PairCounts::count_steps(scale, &[3, 3, 3], &[4, 5, 9])?;
    /// let options = SignedRankOptions::default();
    /// let typical = HodgesLehmann::of(&pairs, &options, ConfidenceLevel::default())?;
    /// assert_eq!(typical.hodges_lehmann, 2.75);
    /// let interval = typical.interval.computed().unwrap();
    /// assert_eq!((interval.limits.lower, interval.limits.upper), (1.0, 6.0));
    /// // Three changes reach 1 − 2/8 at most.
    /// assert_eq!(interval.achieved_level, 0.75);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn of(
        pairs: &PairCounts,
        options: &SignedRankOptions,
        level: ConfidenceLevel,
    ) -> Result<Self, Degenerate> {
        let mut changes = pairs.changes();
        let zeros = changes.get(&0).copied().unwrap_or(0);
        if options.zeros == ZerosMethod::Wilcox {
            changes.remove(&0);
        }
        if changes.is_empty() {
            return Err(pairs.nothing_changed());
        }
        let walsh = WalshAverages::of(changes);
        let units = f64::from(pairs.scale().steps_per_unit);
        let (lower, upper) = walsh.doubled_middle_two(None);
        Ok(Self {
            n: pairs.n(),
            n_used: walsh.n,
            zeros,
            zeros_method: options.zeros,
            hodges_lehmann: (lower + upper) as f64 / (4.0 * units),
            interval: walsh.interval(options, level, units).into(),
        })
    }
}

/// The Walsh averages of a sample, doubled so that they are whole; none is ever written out.
pub(super) struct WalshAverages {
    /// Different changes in ascending order, and how many people have each.
    changes: Vec<(i64, u64)>,
    n: u64,
}

impl WalshAverages {
    pub(super) fn of(changes: impl IntoIterator<Item = (i64, u64)>) -> Self {
        let changes: Vec<_> = changes.into_iter().filter(|&(_, pairs)| pairs > 0).collect();
        let n = changes.iter().map(|&(_, pairs)| pairs).sum();
        Self { changes, n }
    }

    /// n(n + 1)/2, which as n² below is less than 2⁶⁴ since n is less than 2³².
    const fn count(&self) -> u64 {
        if self.n.is_multiple_of(2) {
            self.n / 2 * (self.n + 1)
        } else {
            self.n * self.n.div_ceil(2)
        }
    }

    /// How many doubled averages are at most `limit`: one pass up and one down the changes.
    ///
    /// Of all n² ordered pairs each average is two, but for those of a change with itself.
    fn at_most(&self, limit: i64) -> u64 {
        let mut partners = self.changes.iter();
        let mut within = self.n;
        let (mut ordered, mut with_itself) = (0, 0);
        for &(change, pairs) in &self.changes {
            while let Some(&(partner, too_many)) = partners.as_slice().last()
                && change + partner > limit
            {
                within -= too_many;
                partners.next_back();
            }
            ordered += pairs * within;
            with_itself += if 2 * change <= limit { pairs } else { 0 };
        }
        // Both are even or odd, and their sum is at most n² + n < 2⁶⁴.
        (ordered + with_itself) / 2
    }

    /// The doubled average in place `place` of the ascending order, counted from 1.
    fn doubled_at(&self, place: u64) -> i64 {
        let (below, reaching) = self.around();
        self.doubled_between(place, (below, reaching), reaching)
    }

    /// One less than the smallest doubled average, and the largest.
    fn around(&self) -> (i64, i64) {
        let ends = self.changes.first().zip(self.changes.last());
        ends.map_or((-1, 0), |(lowest, highest)| (2 * lowest.0 - 1, 2 * highest.0))
    }

    /// The same, where it is known to be above `below` and at most `reaching`.
    ///
    /// Doubled averages are whole, so the place is found by halving their range, which takes at most
    /// 34 counts however many averages there are. From a guess within the range, strides that double
    /// make it small first.
    fn doubled_between(&self, place: u64, (below, reaching): (i64, i64), guess: i64) -> i64 {
        let (mut below, mut reaching, mut probe) = (below, reaching, guess);
        let mut stride = if below < guess && guess < reaching { 1 } else { reaching - below };
        while reaching - below > 1 {
            let inside = below < probe && probe < reaching;
            let middle = if inside { probe } else { below + (reaching - below) / 2 };
            if self.at_most(middle) >= place {
                reaching = middle;
                probe = middle.saturating_sub(stride);
            } else {
                below = middle;
                probe = middle.saturating_add(stride);
            }
            stride = stride.saturating_mul(2);
        }
        reaching
    }

    /// The doubled averages in the middle two places, which are one place of an odd number. Half
    /// their sum is the doubled median. A good guess saves time and changes nothing.
    pub(super) fn doubled_middle_two(&self, guess: Option<i64>) -> (i64, i64) {
        let (below, reaching) = self.around();
        let guess = guess.unwrap_or(reaching);
        let count = self.count();
        let lower = self.doubled_between(count.div_ceil(2), (below, reaching), guess);
        let upper = if count.is_multiple_of(2) {
            self.doubled_between(count / 2 + 1, (lower - 1, reaching), lower)
        } else {
            lower
        };
        (lower, upper)
    }

    fn interval(
        &self,
        options: &SignedRankOptions,
        level: ConfidenceLevel,
        units: f64,
    ) -> Result<HodgesLehmannInterval, Degenerate> {
        if self.n < 2 {
            return Err(Degenerate::OnePair);
        }
        let (place, achieved_level, method) = if self.n <= options.exact_limit.get() {
            let (place, achieved) = self.exact_place(level);
            (place, achieved, RankIntervalMethod::Exact)
        } else {
            let continuity = options.continuity;
            let (place, achieved) = self.normal_place(level, continuity);
            (place, achieved, RankIntervalMethod::NormalApproximation { continuity })
        };
        let limit = |place| self.doubled_at(place) as f64 / (2.0 * units);
        let (lower, upper) = (limit(place), limit(self.count() + 1 - place));
        Ok(HodgesLehmannInterval {
            limits: Interval { lower, upper, level },
            achieved_level,
            method,
        })
    }

    /// The largest k with P(W⁺ ≤ k − 1) at most half of what the level leaves, and its level.
    fn exact_place(&self, level: ConfidenceLevel) -> (u64, f64) {
        let half = usize::try_from(self.count() / 2).unwrap_or(usize::MAX);
        let ranks: Vec<_> = (1..=self.n).map(|weight| Weighted { weight, count: 1 }).collect();
        let patterns = patterns_by_sum::<f64>(&ranks, half);
        let chance = |patterns| libm::scalbn(patterns, -i32::try_from(self.n).unwrap_or(i32::MAX));
        let (mut place, mut beyond) = (0, 0.0);
        for at in patterns {
            // The outermost averages are the widest limits there are, whatever their level.
            if place > 0 && chance(beyond + at) > 0.5 * (1.0 - level.get()) {
                break;
            }
            place += 1;
            beyond += at;
        }
        (place, 1.0 - 2.0 * chance(beyond))
    }

    /// The largest k that the normal test of untied ranks rejects at k − 1, and its level.
    fn normal_place(&self, level: ConfidenceLevel, continuity: Continuity) -> (u64, f64) {
        let n = self.n as f64;
        let mean = self.count() as f64 / 2.0;
        let standard_deviation = libm::sqrt(n * (n + 1.0) * (2.0 * n + 1.0) / 24.0);
        let z = normal::upper_quantile(0.5 * (1.0 - level.get()));
        let allowed = match continuity {
            Continuity::Corrected => 0.5,
            Continuity::Uncorrected => 1.0,
        };
        let place = libm::floor(mean - z * standard_deviation + allowed).max(1.0);
        let beyond = normal::sf((mean + allowed - place) / standard_deviation);
        // At a level next to 0 the place would be past the middle, and the limits exchanged.
        (whole(place).min(self.count().div_ceil(2)), 1.0 - 2.0 * beyond)
    }
}
