//! The ranks of the sizes of change, from which every rank based result is computed.

use std::collections::BTreeMap;

use super::ZerosMethod;

/// Non-zero changes of one size.
pub(super) struct Tied {
    /// Twice their shared rank, a whole number.
    pub(super) doubled_rank: u64,
    pub(super) pairs: u64,
    positive: u64,
}

/// The ranks of the sizes of the non-zero changes. Ranks are doubled so that midranks are whole.
pub(super) struct Ranking {
    pub(super) groups: Vec<Tied>,
    pub(super) n_used: u64,
    pub(super) zeros: u64,
}

impl Ranking {
    /// Ranks the sizes of the changes; with [`ZerosMethod::Pratt`] the zeros take the first ranks
    /// and are then left out.
    pub(super) fn of(changes: &BTreeMap<i64, u64>, zeros_method: ZerosMethod) -> Self {
        let mut sizes = BTreeMap::<u64, (u64, u64)>::new();
        for (&change, &pairs) in changes {
            let (all, positive) = sizes.entry(change.unsigned_abs()).or_default();
            *all += pairs;
            *positive += if change > 0 { pairs } else { 0 };
        }
        let zeros = sizes.remove(&0).map_or(0, |(pairs, _)| pairs);
        let mut ranked = match zeros_method {
            ZerosMethod::Wilcox => 0,
            ZerosMethod::Pratt => zeros,
        };
        let mut ranking = Self { groups: Vec::new(), n_used: 0, zeros };
        for (pairs, positive) in sizes.into_values() {
            // The ranks r + 1 to r + t have the mean r + (t + 1)/2.
            ranking.groups.push(Tied { doubled_rank: 2 * ranked + pairs + 1, pairs, positive });
            ranked += pairs;
            ranking.n_used += pairs;
        }
        ranking
    }

    /// Pairs whose change has the same size as another's.
    pub(super) fn ties(&self) -> u64 {
        self.groups.iter().map(|group| group.pairs).filter(|&pairs| pairs > 1).sum()
    }

    /// 2·W⁺, twice the sum of the ranks of the positive changes.
    pub(super) fn doubled_w_plus(&self) -> u128 {
        self.sum(|group| u128::from(group.doubled_rank) * u128::from(group.positive))
    }

    /// 2·(W⁺ + W⁻), twice the sum of all ranks.
    pub(super) fn doubled_rank_sum(&self) -> u128 {
        self.sum(|group| u128::from(group.doubled_rank) * u128::from(group.pairs))
    }

    /// 4·Σ rank², which carries the terms for ties and zeros: 16 times the variance of W⁺ when
    /// either sign is as likely.
    ///
    /// Without zeros it is n(n + 1)(2n + 1)·⅔ − Σ(t³ − t)/3 over the groups of t equal sizes. Below
    /// 2³² pairs it is below 2¹⁰⁰.
    pub(super) fn sum_of_squared_doubled_ranks(&self) -> u128 {
        self.sum(|group| {
            let doubled_rank = u128::from(group.doubled_rank);
            doubled_rank * doubled_rank * u128::from(group.pairs)
        })
    }

    fn sum(&self, term: impl Fn(&Tied) -> u128) -> u128 {
        self.groups.iter().map(term).sum()
    }
}
