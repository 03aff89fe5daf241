//! Who is reached, followed up and helped, by how deprived the area is that they live in.
//!
//! [`Axis`] says what people are placed along and in which band a person is; [`EquityTable`] answers
//! the four questions for each band: reach, engagement, completion, benefit. [`Inequality`] puts one
//! number on a rate over the bands by the method of the Scottish Public Health Observatory, and
//! [`PersonLevel`] the same number with the uncertainty that comes from people.
//!
//! Along SIMD, bands are numbered from 1, the most deprived, whichever way a version counts; and no
//! two versions are put into one table.

mod axis;
mod bands;
mod error;
#[cfg(test)]
mod golden;
mod indices;
mod kind;
mod person_level;
mod reach;
mod ridit;
mod simd;
mod table;
#[cfg(test)]
mod tests;

pub use axis::{Axis, NotPlaced, Placement, UrbanRuralClasses};
pub use bands::{BandCount, BandRate, Bands};
pub use error::EquityError;
pub use indices::{Inequality, RelativeIndex, SlopeIndex, WorseOff};
pub use kind::RateKind;
pub use person_level::{BandPairs, PersonLevel, PersonLevelMethod};
pub use reach::{ListPopulation, Reach, ReachRatio};
pub use simd::{FirstBand, SimdIndex};
pub use table::{
    BandEvidence, EquityRow, EquityTable, Gradient, Gradients, ListSource, MeanChange, NotPlacedRow,
};
