//! Deprivation bands: fifths or tenths of the population, in order.

use serde::{Deserialize, Serialize};

use super::EquityError;
use crate::OrderedMap;
use crate::estimate::Degenerate;

/// Into how many bands people are put, band 1 the most deprived.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Bands {
    /// Fifths, 1 to 5.
    Quintiles,
    /// Tenths, 1 to 10.
    Deciles,
}

impl Bands {
    /// The bands of which there are `count`.
    ///
    /// # Errors
    /// When it is neither 5 nor 10. Two bands would leave the line no degree of freedom.
    pub const fn of_count(count: usize) -> Result<Self, EquityError> {
        match count {
            5 => Ok(Self::Quintiles),
            10 => Ok(Self::Deciles),
            count => Err(EquityError::NeitherFifthsNorTenths { count }),
        }
    }

    /// How many bands there are.
    #[must_use]
    pub const fn count(self) -> u8 {
        match self {
            Self::Quintiles => 5,
            Self::Deciles => 10,
        }
    }

    /// The stable code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Quintiles => "quintiles",
            Self::Deciles => "deciles",
        }
    }
}

/// The rate of one band, and the people whose rate it is.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct BandRate {
    /// The band, 1 the most deprived.
    pub band: u8,
    /// The rate, in a unit of the caller's choice, the same for all bands.
    pub rate: f64,
    /// The denominator of the rate.
    pub population: u64,
}

/// So many of the people of one band.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct BandCount {
    /// The band, 1 the most deprived.
    pub band: u8,
    /// The numerator.
    pub count: u64,
    /// The denominator.
    pub population: u64,
}

/// Something of one band.
pub(super) trait Banded: Copy {
    fn band(&self) -> u8;
    fn population(&self) -> u64;
}

impl Banded for BandRate {
    fn band(&self) -> u8 {
        self.band
    }

    fn population(&self) -> u64 {
        self.population
    }
}

impl Banded for BandCount {
    fn band(&self) -> u8 {
        self.band
    }

    fn population(&self) -> u64 {
        self.population
    }
}

/// All bands once each, in the order of their numbers, with somebody in each.
///
/// The outer error is a fault in what was given, the inner one a fact about it.
pub(super) fn in_order<T: Banded>(
    bands: Bands,
    rows: &[T],
) -> Result<Result<Vec<T>, Degenerate>, EquityError> {
    let mut ordered = OrderedMap::new();
    for row in rows {
        let band = row.band();
        if !(1..=bands.count()).contains(&band) {
            return Err(EquityError::BandOutside { band, bands: bands.count() });
        }
        if ordered.insert(band, *row).is_some() {
            return Err(EquityError::BandTwice { band });
        }
    }
    let people = rows.iter().fold(0_u64, |sum, row| sum.saturating_add(row.population()));
    EquityError::check_people(people)?;
    let ordered: Vec<T> = ordered.into_values().collect();
    if ordered.len() < usize::from(bands.count()) {
        return Ok(Err(Degenerate::MissingBand));
    }
    if ordered.iter().any(|row| row.population() == 0) {
        return Ok(Err(Degenerate::EmptyBand));
    }
    Ok(Ok(ordered))
}
