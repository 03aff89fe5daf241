//! Who is reached, followed up and helped, by how deprived the area is that they live in.
//!
//! Bands are numbered from 1, the most deprived, to 5 or 10. [`Inequality`] puts one number on a
//! rate over them by the method of the Scottish Public Health Observatory, and [`PersonLevel`] the
//! same number with the uncertainty that comes from people.

mod bands;
mod error;
#[cfg(test)]
mod golden;
mod indices;
mod kind;
mod person_level;
mod ridit;

pub use bands::{BandCount, BandRate, Bands};
pub use error::EquityError;
pub use indices::{Inequality, RelativeIndex, SlopeIndex, WorseOff};
pub use kind::RateKind;
pub use person_level::{BandPairs, PersonLevel, PersonLevelMethod};
