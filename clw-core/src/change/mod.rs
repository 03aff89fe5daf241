//! What changed between two sittings: the pair-count table and every paired result read from it.
//!
//! Scores lie on a finite grid, so a paired sample is a table of how many people went from each
//! score to each other score. [`PairCounts`] is that table. It is exact, it adds, and everything
//! here is computed from it, at a cost that does not grow with the number of people.
//!
//! Change is follow-up − baseline. Whether a change is an improvement depends on the measure's
//! [`Direction`](crate::instrument::Direction); the sign of the change does not.

mod classes;
mod effect_size;
mod equivalence;
mod error;
#[cfg(test)]
mod golden;
#[cfg(test)]
mod golden_means;
#[cfg(test)]
mod golden_ranks;
#[cfg(test)]
mod golden_transitions;
mod hodges_lehmann;
mod mcnemar;
mod moments;
mod multiplicity;
mod options;
mod pair_counts;
mod paired_t;
mod planning;
mod rank_biserial;
mod ranking;
mod reliable_change;
mod sign_flip;
mod sign_patterns;
mod sign_test;
mod signed_rank;
mod summary;
mod symmetry;
mod tally;
mod transitions;

pub use classes::{AnyChange, AnyChangeCounts};
pub use effect_size::{CohensDz, EffectIntervalMethod};
pub use equivalence::{Equivalence, EquivalenceMargins, OneSidedT};
pub use error::{ChangeOptionsError, PairCountsError};
pub use hodges_lehmann::{HodgesLehmann, HodgesLehmannInterval, RankIntervalMethod};
pub use mcnemar::{McNemar, McNemarMethod};
pub use moments::{Moments, PairSums};
pub use multiplicity::{AdjustedP, AdjustedPs, Multiplicity, NamedP};
pub use options::{Alternative, Continuity, ExactLimit, ZerosMethod};
pub use pair_counts::{PairCell, PairCounts, Sitting};
pub use paired_t::PairedT;
pub use planning::{MinimumDetectableChange, PairsNeeded, PlannedComparison};
pub use rank_biserial::RankBiserial;
pub use reliable_change::{
    JacobsonTruax, PublishedThreshold, ReliableChange, ReliableChangeCounts, ReliableChangeRule,
};
pub use sign_flip::{SignFlip, SignFlipMethod, SignFlipOptions};
pub use sign_test::SignTest;
pub use signed_rank::{SignedRank, SignedRankMethod, SignedRankOptions};
pub use summary::{Change, ChangeOptions};
pub use symmetry::{Bowker, StuartMaxwell, TransitionTests};
pub use transitions::Transitions;
