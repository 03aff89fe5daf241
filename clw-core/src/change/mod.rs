//! What changed between two sittings: the pair-count table and every paired result read from it.
//!
//! Scores lie on a finite grid, so a paired sample is a table of how many people went from each
//! score to each other score. [`PairCounts`] is that table. It is exact, it adds, and everything
//! here is computed from it, at a cost that does not grow with the number of people.
//!
//! Change is follow-up − baseline. Whether a change is an improvement depends on the measure's
//! [`Direction`](crate::instrument::Direction); the sign of the change does not.

mod moments;
mod outcome;
mod pair_counts;
mod tally;

pub use moments::{Moments, PairSums};
pub use outcome::{Degenerate, Estimate};
pub use pair_counts::{PairCell, PairCounts, PairCountsError, Sitting};
