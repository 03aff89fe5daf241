//! Indicators as data: a numerator, a denominator, a month to count by and perhaps a target, each by
//! name.
//!
//! Funders ask for different figures of the same caseload. An [`Indicator`] is a definition in TOML or
//! JSON over a closed set of counts, checked when it is read; there are no formulas, and a numerator
//! that is no part of its denominator is refused. An [`IndicatorReport`] adds its counts up over months,
//! quarters, half-years or financial years from April to March.

mod definition;
mod error;
mod month;
mod report;
#[cfg(test)]
mod tests;

pub use definition::{Indicator, IndicatorCount, IndicatorDefinition, IndicatorPopulation};
pub use error::IndicatorError;
pub use month::{Month, PeriodLength};
pub use report::{
    IndicatorInput, IndicatorMonth, IndicatorPeriod, IndicatorReport, IndicatorSpan,
    IndicatorTotal, NotFinished, TargetComparison,
};
