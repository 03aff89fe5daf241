//! Several programmes together: random-effects meta-analysis, for what cannot simply be added.
//!
//! Tables of pairs add, and the sum is what happened to everybody ([`PairCounts::merge`]). A
//! [`Synthesis`] answers another question: what programmes of this kind achieve on average, how much
//! they differ beyond chance, and what the next one may expect. Programmes stand in the order they were
//! given, each with its context: they differ in whom they see, and an order by outcome would be read as
//! one by merit.
//!
//! [`PairCounts::merge`]: crate::change::PairCounts::merge

mod error;
#[cfg(test)]
mod golden;
mod heterogeneity;
mod model;
mod options;
mod programmes;
mod random_effects;
#[cfg(test)]
mod tests;

pub use error::SynthesisError;
pub use heterogeneity::Heterogeneity;
pub use options::{
    PooledIntervalMethod, PredictionDegreesOfFreedom, ShareTransform, SynthesisOptions,
    TauSquaredMethod,
};
pub use programmes::{
    Context, LeftOut, ProgrammeEstimate, ProgrammePairs, ProgrammeShare, Statistic, Synthesis,
};
pub use random_effects::{Effect, NotPooled, Pooled, Pooling, RandomEffects};
