//! Questionnaires as data: a plain definition, the checks it must pass, and the catalogue.

mod baked;
pub mod catalogue;
mod check;
mod checked;
mod decimal;
mod definition;
mod error;
mod grid;
mod measure;
mod pack;
mod reference;
mod scale;
#[cfg(test)]
mod tests;

pub use catalogue::{CatalogueError, Registry};
pub use checked::Instrument;
pub use decimal::{Decimal, DecimalError};
pub use definition::{
    BandDefinition, BandSetDefinition, Certainty, ChangeRuleDefinition, Definition, Item,
    LevelOfMeasurement, List, MeasureDefinition, MissingRule, MissingRuleDefinition, Norm,
    Reliability, ReliabilityKind, Rights, Rule, Source, TableRow, TerminologyCode, Text, Threshold,
    Wording,
};
pub use error::{DefinitionError, UnknownName};
pub(crate) use measure::Scoring;
pub use measure::{Band, BandSet, ChangeRule, Measure, MeasureItem};
pub use scale::{Direction, Points, Scale};
