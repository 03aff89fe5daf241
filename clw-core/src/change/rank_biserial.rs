//! The effect size of the signed rank test.

use serde::{Deserialize, Serialize};

use super::ranking::Ranking;
use super::{EffectIntervalMethod, PairCounts, ZerosMethod};
use crate::estimate::{ConfidenceLevel, Degenerate, Estimate, Interval};
use crate::numeric::normal;

/// The matched-pairs rank-biserial correlation: how far the ranks of rises outweigh those of falls.
///
/// 1 where every change is a rise, −1 where every one is a fall, 0 where they balance; its sign is
/// that of the change. r = (W⁺ − W⁻)/(W⁺ + W⁻): Kerby (2014), doi:10.2466/11.IT.3.1. The interval is
/// tanh(atanh r ± z·SE) with the standard error of r where rises and falls are as likely,
/// √(Σ rank²)/Σ rank, ties and zeros as in the test.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct RankBiserial {
    /// All pairs, those without change included.
    pub n: u64,
    /// Pairs with a change: those that are ranked.
    pub n_used: u64,
    /// Pairs without change.
    pub zeros: u64,
    /// What was done with them.
    pub zeros_method: ZerosMethod,
    /// r, from −1 to 1.
    pub rank_biserial: f64,
    /// Its interval, unless all changes have one direction.
    pub interval: Estimate<Interval>,
    /// How the interval was obtained.
    pub interval_method: EffectIntervalMethod,
}

impl RankBiserial {
    /// The correlation of a table.
    ///
    /// # Errors
    /// As for [`SignedRank::of`](super::SignedRank::of).
    ///
    /// ```
    /// use clw_core::change::{PairCounts, RankBiserial, ZerosMethod};
    /// use clw_core::estimate::ConfidenceLevel;
    /// use clw_core::instrument::{Direction, Points, Scale};
    ///
    /// let scale = Scale {
    ///     direction: Direction::HigherIsBetter,
    ///     steps_per_unit: 1,
    ///     lowest: Points(1),
    ///     highest: Points(5),
    /// };
    /// // Changes 0, +1, +1, +2, −1: W⁺ = 8 and W⁻ = 2.
    /// let pairs = PairCounts::count_steps(scale, &[2, 2, 3, 1, 4], &[2, 3, 4, 3, 3])?;
    /// let effect = RankBiserial::of(&pairs, ZerosMethod::Wilcox, ConfidenceLevel::default())?;
    /// assert_eq!(effect.rank_biserial, 0.6);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn of(
        pairs: &PairCounts,
        zeros_method: ZerosMethod,
        level: ConfidenceLevel,
    ) -> Result<Self, Degenerate> {
        let ranking = Ranking::of(&pairs.changes(), zeros_method);
        if ranking.n_used == 0 {
            return Err(pairs.nothing_changed());
        }
        let (up, all) = (ranking.doubled_w_plus(), ranking.doubled_rank_sum());
        let size = (2 * up).abs_diff(all) as f64 / all as f64;
        let rank_biserial = if 2 * up < all { 0.0 - size } else { size };
        let interval = if up == 0 || up == all {
            Err(Degenerate::AllChangesInOneDirection)
        } else {
            let standard_error =
                libm::sqrt(ranking.sum_of_squared_doubled_ranks() as f64) / all as f64;
            let reach = normal::upper_quantile(0.5 * (1.0 - level.get())) * standard_error;
            let centre = libm::atanh(rank_biserial);
            let (lower, upper) = (libm::tanh(centre - reach), libm::tanh(centre + reach));
            Ok(Interval { lower, upper, level })
        };
        Ok(Self {
            n: pairs.n(),
            n_used: ranking.n_used,
            zeros: ranking.zeros,
            zeros_method,
            rank_biserial,
            interval: interval.into(),
            interval_method: EffectIntervalMethod::FisherZ,
        })
    }
}
