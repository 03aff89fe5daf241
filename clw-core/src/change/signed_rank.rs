//! Wilcoxon's signed rank test, exact with ties and zeros for the samples programmes have.

use serde::{Deserialize, Serialize};

use super::ranking::Ranking;
use super::sign_patterns::{Tails, Weighted};
use super::{Alternative, Continuity, ExactLimit, PairCounts, ZerosMethod};
use crate::estimate::Degenerate;
use crate::numeric::normal;

/// Wilcoxon's signed rank test of the changes in a paired sample.
///
/// The sizes of the changes are ranked, equal sizes share the mean of their ranks, and W⁺ is the
/// sum of the ranks of the positive changes. p is the chance of a W⁺ at least as far from its mean,
/// on the side or sides of the alternative, when each non-zero change is as likely to be negative
/// as positive.
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
    /// What p speaks against.
    pub alternative: Alternative,
    /// p, above 0 and at most 1. The smallest reported is 2.2e-308.
    pub p: f64,
    /// How p was obtained.
    pub method: SignedRankMethod,
}

/// How the p of a signed rank test was obtained.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", rename_all_fields = "kebab-case")]
pub enum SignedRankMethod {
    /// From all 2ⁿ sign patterns of the ranks the sample has, ties and zeros included: the `f64`
    /// nearest to the exact fraction up to 127 changes, and within 1e-12 of it above.
    Exact,
    /// From the normal distribution with the variance Σ rank²/4, which is
    /// n(n + 1)(2n + 1)/24 − Σ(t³ − t)/48 over the groups of t equal sizes where zeros are left out.
    NormalApproximation {
        /// The distance of W⁺ from its mean, in standard deviations.
        z: f64,
        /// Whether the distance was shortened by half a rank, or, on the side that a one-sided p is
        /// not about, lengthened.
        continuity: Continuity,
    },
}

/// The conventions of a signed rank test.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct SignedRankOptions {
    /// What is done with pairs without change.
    pub zeros: ZerosMethod,
    /// The most non-zero changes for which p is exact. Where zeros take ranks and there are tens of
    /// thousands of them, p is approximate at fewer.
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
    /// use clw_core::change::{
    ///     Alternative, PairCounts, SignedRank, SignedRankMethod, SignedRankOptions,
    /// };
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
    /// let test = SignedRank::of(&pairs, &SignedRankOptions::default(), Alternative::TwoSided)?;
    /// assert_eq!((test.w_plus, test.n_used, test.zeros, test.ties), (8.0, 4, 1, 3));
    /// // 8 or more in 4 of 16 patterns, and 2 or less in as many.
    /// assert_eq!((test.p, test.method), (0.5, SignedRankMethod::Exact));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn of(
        pairs: &PairCounts,
        options: &SignedRankOptions,
        alternative: Alternative,
    ) -> Result<Self, Degenerate> {
        let ranking = Ranking::of(&pairs.changes(), options.zeros);
        if ranking.n_used == 0 {
            return Err(pairs.nothing_changed());
        }
        let exact = ranking.n_used <= options.exact_limit.get();
        let (p, method) = match exact.then(|| exact_tails(&ranking)).flatten() {
            Some(tails) => (alternative.p(tails), SignedRankMethod::Exact),
            None => approximation(&ranking, options.continuity, alternative),
        };
        Ok(Self {
            n: pairs.n(),
            n_used: ranking.n_used,
            zeros: ranking.zeros,
            zeros_method: options.zeros,
            ties: ranking.ties(),
            w_plus: ranking.doubled_w_plus() as f64 / 2.0,
            alternative,
            p: p.clamp(f64::MIN_POSITIVE, 1.0),
            method,
        })
    }
}

fn exact_tails(ranking: &Ranking) -> Option<Tails> {
    let groups = ranking.groups.iter();
    let ranks = groups.map(|group| Weighted { weight: group.doubled_rank, count: group.pairs });
    Tails::of(&ranks.collect::<Vec<_>>(), ranking.doubled_w_plus())
}

/// p by z = (W⁺ − mean ± ½)/√variance, where the half rank makes p larger.
fn approximation(
    ranking: &Ranking,
    continuity: Continuity,
    alternative: Alternative,
) -> (f64, SignedRankMethod) {
    let (w, mean) = (2 * ranking.doubled_w_plus(), ranking.doubled_rank_sum());
    let half_a_rank = match continuity {
        Continuity::Corrected => 2.0,
        Continuity::Uncorrected => 0.0,
    };
    let quarters = w.abs_diff(mean) as f64;
    let quarters = if w < mean { 0.0 - quarters } else { quarters };
    let standard_deviations =
        |quarters: f64| quarters / libm::sqrt(ranking.sum_of_squared_doubled_ranks() as f64);
    let (z, p) = match alternative {
        Alternative::TwoSided => {
            let nearer = (libm::fabs(quarters) - half_a_rank).max(0.0);
            let z = standard_deviations(nearer);
            (if w < mean { 0.0 - z } else { z }, 2.0 * normal::sf(z))
        }
        Alternative::Greater => {
            let z = standard_deviations(quarters - half_a_rank);
            (z, normal::sf(z))
        }
        Alternative::Less => {
            let z = standard_deviations(quarters + half_a_rank);
            (z, normal::sf(-z))
        }
    };
    (p, SignedRankMethod::NormalApproximation { z, continuity })
}
