//! More than two sittings: how scores go over time, for the group and for each person.
//!
//! A person's sittings are points at whole times: days since the first, or the number of the session.
//! [`Trajectories`] holds them, and like a pair-count table it adds. From it come the [mean at each
//! time](MeanTrajectory), each person's [least-squares slope](Slopes) and, with the feature
//! `mixed-models`, a linear mixed model ([`MixedModel`]).
//!
//! Who is still there changes from one time to the next: a mean that rises may be that of fewer
//! people, so each time carries its own n. A mixed model uses every sitting of everybody.

mod error;
#[cfg(test)]
mod golden;
mod mean;
mod mean_interval;
#[cfg(feature = "mixed-models")]
mod mixed_model;
mod request;
#[cfg(feature = "mixed-models")]
mod restricted_likelihood;
#[cfg(feature = "mixed-models")]
mod search;
mod sittings;
mod slopes;
mod wire;

pub use error::TrajectoryError;
pub use mean::{MeanTrajectory, OneOfBin, TimeGrouping, TrajectoryPoint};
#[cfg(feature = "mixed-models")]
pub use mixed_model::{FittedModel, FixedEffect, MixedModel};
pub use request::{Course, RandomEffects, TrajectoryOptions, TrajectoryRequestError};
pub use sittings::{TimeUnit, TimedScore, Trajectories};
pub use slopes::{PersonSlope, SlopeClass, SlopeRule, Slopes};
