//! What a change in life satisfaction is worth in money, to those who appraise by it.
//!
//! A [`Wellby`] is worked out where its [`WellbyAssumptions`] are given, and not otherwise: how long the
//! change lasts and how much of it is owed to the programme are in no record, so neither has a default.

mod assumptions;
mod refusal;
mod wellby;

pub use assumptions::{WellbyAssumptions, WellbyAssumptionsError};
pub use refusal::ValueRefusal;
pub use wellby::{Wellby, WellbyEnd, WellbyValue};
