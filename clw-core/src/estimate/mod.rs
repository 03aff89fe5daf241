//! What an estimate is made of: a value with its interval, a share with its denominator, or the
//! reason why a sample has neither.

mod interval;
mod outcome;
mod score_sums;
mod share;

pub use interval::{ConfidenceLevel, Interval, LevelOutside};
pub use outcome::{Degenerate, Estimate};
pub(crate) use score_sums::ScoreSums;
pub use share::{Proportion, Share};
