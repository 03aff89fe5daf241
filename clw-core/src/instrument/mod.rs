//! Questionnaires as data: a plain definition, the checks it must pass, and the catalogue.

mod scale;

pub use scale::{Direction, Points, Scale};
