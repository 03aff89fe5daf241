//! Wilcoxon's signed rank test, exact with ties and zeros for the samples programmes have.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Continuity, ExactLimit, PairCounts};
use crate::estimate::Degenerate;
use crate::numeric::normal;

/// Wilcoxon's signed rank test of the changes in a paired sample, two-sided.
///
/// The sizes of the non-zero changes are ranked, equal sizes share the mean of their ranks, and
/// W⁺ is the sum of the ranks of the positive changes. p is the chance of a W⁺ at least as far
/// from its mean when each change is as likely to be negative as positive.
///
/// Wilcoxon (1945), doi:10.2307/3001968; ties and zeros: Pratt (1959),
/// doi:10.1080/01621459.1959.10501526.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct SignedRank {
    /// All pairs, those without change included.
    pub n: u64,
    /// Pairs with a change: those that are ranked.
    pub n_used: u64,
    /// Pairs without change.
    pub zeros: u64,
    /// What was done with them.
    pub zeros_method: ZerosMethod,
    /// Ranked pairs whose change has the same size as another's.
    pub ties: u64,
    /// W⁺, the sum of the ranks of the positive changes.
    pub w_plus: f64,
    /// The two-sided p, above 0 and at most 1. The smallest reported is 2.2e-308.
    pub p: f64,
    /// How p was obtained.
    pub method: SignedRankMethod,
}

/// What the signed rank test does with pairs without change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ZerosMethod {
    /// They are left out before ranking, as Wilcoxon did.
    Wilcox,
}

/// How the p of a signed rank test was obtained.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", rename_all_fields = "kebab-case")]
pub enum SignedRankMethod {
    /// From all 2ⁿ sign patterns of the ranks the sample has, ties included: the `f64` nearest to
    /// the exact fraction.
    Exact,
    /// From the normal distribution, its variance corrected for ties:
    /// n(n + 1)(2n + 1)/24 − Σ(t³ − t)/48 over the groups of t equal sizes.
    NormalApproximation {
        /// The distance of W⁺ from its mean, in standard deviations.
        z: f64,
        /// Whether the distance was shortened by half a rank.
        continuity: Continuity,
    },
}

/// The conventions of a signed rank test.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct SignedRankOptions {
    /// The most non-zero changes for which p is exact.
    pub exact_limit: ExactLimit,
    /// What the normal approximation does above that.
    pub continuity: Continuity,
}

impl SignedRank {
    /// Tests the changes of a table, at a cost that depends on how many sizes of change there are.
    ///
    /// # Errors
    /// [`Degenerate::NoPairs`] for an empty table, [`Degenerate::AllDifferencesZero`] when nobody's
    /// score changed.
    ///
    /// ```
    /// use clw_core::change::{PairCounts, SignedRank, SignedRankMethod, SignedRankOptions};
    /// use clw_core::instrument::{Direction, Points, Scale};
    ///
    /// let scale = Scale {
    ///     direction: Direction::HigherIsBetter,
    ///     steps_per_unit: 1,
    ///     lowest: Points(1),
    ///     highest: Points(5),
    /// };
    /// // Changes 0, +1, +1, +2, −1: sizes 1, 1, 1 share rank 2, and 2 has rank 4.
    /// let pairs = PairCounts::count_steps(scale, &[2, 2, 3, 1, 4], &[2, 3, 4, 3, 3])?;
    /// let test = SignedRank::of(&pairs, &SignedRankOptions::default())?;
    /// assert_eq!((test.w_plus, test.n_used, test.zeros, test.ties), (8.0, 4, 1, 3));
    /// // 8 or more in 4 of 16 patterns, and 2 or less in as many.
    /// assert_eq!((test.p, test.method), (0.5, SignedRankMethod::Exact));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn of(pairs: &PairCounts, options: &SignedRankOptions) -> Result<Self, Degenerate> {
        let ranking = Ranking::of(&pairs.changes());
        if ranking.n_used == 0 {
            return Err(if pairs.n() == 0 {
                Degenerate::NoPairs
            } else {
                Degenerate::AllDifferencesZero
            });
        }
        let (p, method) = if ranking.n_used <= options.exact_limit.get() {
            (ranking.exact_p(), SignedRankMethod::Exact)
        } else {
            let z = ranking.z(options.continuity);
            let p = 2.0 * normal::sf(libm::fabs(z));
            (p, SignedRankMethod::NormalApproximation { z, continuity: options.continuity })
        };
        Ok(Self {
            n: pairs.n(),
            n_used: ranking.n_used,
            zeros: pairs.n() - ranking.n_used,
            zeros_method: ZerosMethod::Wilcox,
            ties: ranking.ties(),
            w_plus: ranking.doubled_w_plus as f64 / 2.0,
            p: p.clamp(f64::MIN_POSITIVE, 1.0),
            method,
        })
    }
}

/// Non-zero changes of one size.
struct Tied {
    /// Twice their shared rank, a whole number.
    doubled_rank: u64,
    pairs: u64,
}

/// The ranks of the sizes of the non-zero changes. Ranks are doubled so that midranks are whole.
struct Ranking {
    groups: Vec<Tied>,
    n_used: u64,
    doubled_w_plus: u128,
}

impl Ranking {
    fn of(changes: &BTreeMap<i64, u64>) -> Self {
        let mut sizes = BTreeMap::<u64, (u64, u64)>::new();
        for (&change, &pairs) in changes.iter().filter(|&(&change, _)| change != 0) {
            let (all, positive) = sizes.entry(change.unsigned_abs()).or_default();
            *all += pairs;
            *positive += if change > 0 { pairs } else { 0 };
        }
        let mut ranking = Self { groups: Vec::new(), n_used: 0, doubled_w_plus: 0 };
        for (pairs, positive) in sizes.into_values() {
            // The ranks n + 1 to n + t have the mean n + (t + 1)/2.
            let doubled_rank = 2 * ranking.n_used + pairs + 1;
            ranking.doubled_w_plus += u128::from(doubled_rank) * u128::from(positive);
            ranking.n_used += pairs;
            ranking.groups.push(Tied { doubled_rank, pairs });
        }
        ranking
    }

    fn ties(&self) -> u64 {
        self.groups.iter().map(|group| group.pairs).filter(|&pairs| pairs > 1).sum()
    }

    /// Twice the sum of all ranks, n(n + 1).
    fn doubled_rank_sum(&self) -> u128 {
        u128::from(self.n_used) * u128::from(self.n_used + 1)
    }

    /// The share of the 2ⁿ sign patterns with W⁺ at least as far from its mean.
    ///
    /// Patterns are counted by their W⁺, one change at a time. By symmetry the lower tail is half
    /// of the answer, so nothing above the nearer of W⁺ and its mirror image is counted. Counts are
    /// whole, so the one rounding is the last. Needs n ≤ [`ExactLimit::MOST`].
    fn exact_p(&self) -> f64 {
        // Without ties all doubled ranks are even; with one tied group they are all the same.
        let unit = self.groups.iter().fold(0, |unit, group| gcd(unit, group.doubled_rank)).max(1);
        let mirrored = self.doubled_rank_sum() - self.doubled_w_plus;
        let nearer = mirrored.min(self.doubled_w_plus) / u128::from(unit);
        let mut patterns = vec![0_u128; usize::try_from(nearer).unwrap_or(usize::MAX) + 1];
        if let Some(none_positive) = patterns.first_mut() {
            *none_positive = 1;
        }
        let mut without = patterns.clone();
        for group in &self.groups {
            let rank = usize::try_from(group.doubled_rank / unit).unwrap_or(usize::MAX);
            for _ in 0..group.pairs {
                without.clone_from(&patterns);
                for (with, &one_fewer) in patterns.iter_mut().skip(rank).zip(&without) {
                    *with += one_fewer;
                }
            }
        }
        let tail: u128 = patterns.iter().sum();
        // 2·tail / 2ⁿ; halving is exact in floats, so only the conversion of the tail rounds.
        let half_of_all_patterns = (1_u128 << (self.n_used - 1)) as f64;
        (tail as f64 / half_of_all_patterns).min(1.0)
    }

    /// (W⁺ − n(n + 1)/4 ∓ ½) / √variance, from whole numbers.
    fn z(&self, continuity: Continuity) -> f64 {
        let (w, mean) = (2 * self.doubled_w_plus, self.doubled_rank_sum());
        let quarters_of_a_rank = w.abs_diff(mean).saturating_sub(match continuity {
            Continuity::Corrected => 2,
            Continuity::Uncorrected => 0,
        });
        let n = u128::from(self.n_used);
        let tie_terms = self.groups.iter().map(|group| {
            let t = u128::from(group.pairs);
            t * (t * t - 1)
        });
        let variance_48ths = 2 * n * (n + 1) * (2 * n + 1) - tie_terms.sum::<u128>();
        let z = quarters_of_a_rank as f64 * libm::sqrt(3.0 / variance_48ths as f64);
        if w < mean { 0.0 - z } else { z }
    }
}

const fn gcd(mut a: u64, mut b: u64) -> u64 {
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a
}
