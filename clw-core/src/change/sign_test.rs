//! The sign test: how many rose, of those whose score changed.

use serde::{Deserialize, Serialize};

use super::sign_patterns::Tails;
use super::{Alternative, PairCounts};
use crate::estimate::{ConfidenceLevel, Degenerate, Interval};
use crate::numeric::binomial::fair_tail;
use crate::numeric::proportion::clopper_pearson;

/// The exact sign test of the changes in a paired sample.
///
/// Of the pairs whose score changed, as many rises as falls would be expected if either were as
/// likely; the size of a change does not count. p is from the binomial distribution with ½. Two-sided,
/// it is twice the smaller tail. Dixon & Mood (1946), doi:10.1080/01621459.1946.10501898.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct SignTest {
    /// All pairs, those without change included.
    pub n: u64,
    /// Pairs with a change.
    pub n_used: u64,
    /// Pairs without change, which are left out.
    pub zeros: u64,
    /// Pairs with a rise.
    pub positive: u64,
    /// Pairs with a fall.
    pub negative: u64,
    /// What p speaks against.
    pub alternative: Alternative,
    /// p, above 0 and at most 1. The smallest reported is 2.2e-308.
    pub p: f64,
    /// Rises of all changes.
    pub share_positive: f64,
    /// Its exact limits: Clopper & Pearson (1934), doi:10.1093/biomet/26.4.404.
    pub interval: Interval,
}

impl SignTest {
    /// Tests the changes of a table.
    ///
    /// # Errors
    /// [`Degenerate::NoPairs`] for an empty table, [`Degenerate::AllDifferencesZero`] when nobody's
    /// score changed.
    ///
    /// ```
    /// use clw_core::change::{Alternative, PairCounts, SignTest};
    /// use clw_core::estimate::ConfidenceLevel;
    /// use clw_core::instrument::{Direction, Points, Scale};
    ///
    /// let scale = Scale {
    ///     direction: Direction::HigherIsBetter,
    ///     steps_per_unit: 1,
    ///     lowest: Points(1),
    ///     highest: Points(5),
    /// };
    /// // Three rises, one fall, one without change: 2 · (1 + 4)/16.
    /// let pairs = PairCounts::count_steps(scale, &[2, 2, 3, 1, 4], &[2, 3, 4, 3, 3])?;
    /// let test = SignTest::of(&pairs, Alternative::TwoSided, ConfidenceLevel::default())?;
    /// assert_eq!((test.positive, test.negative, test.zeros, test.p), (3, 1, 1, 0.625));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn of(
        pairs: &PairCounts,
        alternative: Alternative,
        level: ConfidenceLevel,
    ) -> Result<Self, Degenerate> {
        let with_sign = |sign: i64| -> u64 {
            let changed = pairs.cells().filter(|cell| cell.change_points().signum() == sign);
            changed.map(|cell| cell.pairs).sum()
        };
        let (positive, negative, zeros) = (with_sign(1), with_sign(-1), with_sign(0));
        let n_used = positive + negative;
        if n_used == 0 {
            return Err(pairs.nothing_changed());
        }
        let limits = clopper_pearson(positive, n_used, level.get());
        Ok(Self {
            n: pairs.n(),
            n_used,
            zeros,
            positive,
            negative,
            alternative,
            p: alternative.p(tails(positive, n_used)).clamp(f64::MIN_POSITIVE, 1.0),
            share_positive: positive as f64 / n_used as f64,
            interval: Interval { lower: limits.lower, upper: limits.upper, level },
        })
    }
}

/// The chances of at most, and at least, so many heads of fair coins.
fn tails(heads: u64, coins: u64) -> Tails {
    let tail = fair_tail(heads.min(coins - heads), coins);
    let larger = 1.0 - (tail.lower - tail.point);
    Tails::of_smaller(tail.lower, larger, heads.cmp(&(coins - heads)))
}
