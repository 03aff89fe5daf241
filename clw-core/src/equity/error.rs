//! What is refused, and why.

use std::fmt;

use super::Bands;
use crate::change::{PairCounts, PairCountsError};

/// Why counts or rates of bands were not taken.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum EquityError {
    /// The number of bands is neither 5 nor 10.
    NeitherFifthsNorTenths {
        /// The number of bands.
        count: usize,
    },
    /// A band that there is not.
    BandOutside {
        /// The band.
        band: u8,
        /// The bands there are.
        bands: Bands,
    },
    /// A band is given more than once.
    BandTwice {
        /// The band.
        band: u8,
    },
    /// A rate that cannot be one of its kind.
    RateOutside {
        /// The band.
        band: u8,
        /// Its rate.
        rate: f64,
        /// The lowest rate there can be.
        lowest: f64,
        /// The highest.
        highest: f64,
    },
    /// More people of a band are counted than it has.
    CountAbovePopulation {
        /// The band.
        band: u8,
        /// The people counted.
        count: u64,
        /// The people it has.
        population: u64,
    },
    /// More people than can be counted.
    TooManyPeople {
        /// The people of all bands.
        people: u64,
    },
    /// The pairs of the bands cannot stand beside each other.
    Pairs(PairCountsError),
}

impl From<PairCountsError> for EquityError {
    fn from(error: PairCountsError) -> Self {
        Self::Pairs(error)
    }
}

impl EquityError {
    /// The stable name of the error, the same in Rust, Python and JavaScript.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::NeitherFifthsNorTenths { .. } => "neither-fifths-nor-tenths",
            Self::BandOutside { .. } => "band-outside",
            Self::BandTwice { .. } => "band-twice",
            Self::RateOutside { .. } => "rate-outside",
            Self::CountAbovePopulation { .. } => "count-above-population",
            Self::TooManyPeople { .. } => "too-many-people",
            Self::Pairs(error) => error.code(),
        }
    }
}

impl fmt::Display for EquityError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NeitherFifthsNorTenths { count } => write!(
                f,
                "there are {count} bands, neither 5 nor 10; group people into quintiles or deciles"
            ),
            Self::BandOutside { band, bands } => write!(
                f,
                "band {band} is outside 1..={}, the {}; number the bands from 1, the most deprived",
                bands.count(),
                bands.code()
            ),
            Self::BandTwice { band } => {
                write!(f, "band {band} is given twice, not once; add up the people of a band")
            }
            Self::RateOutside { band, rate, lowest, highest } => write!(
                f,
                "the rate of band {band} is {rate}, outside {lowest} to {highest}; state the kind \
                 and unit that the rates have"
            ),
            Self::CountAbovePopulation { band, count, population } => write!(
                f,
                "band {band} counts {count} of {population}, more than there are; count people of \
                 the denominator only, or compare rates"
            ),
            Self::TooManyPeople { people } => write!(
                f,
                "the bands hold {people} people, more than {}; check the populations",
                PairCounts::MAX_PAIRS
            ),
            Self::Pairs(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for EquityError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_state_the_fact_the_limit_and_the_remedy() {
        let rows = [
            (
                Bands::of_count(2).unwrap_err(),
                "neither-fifths-nor-tenths",
                "there are 2 bands, neither 5 nor 10; group people into quintiles or deciles",
            ),
            (
                EquityError::BandOutside { band: 6, bands: Bands::Quintiles },
                "band-outside",
                "band 6 is outside 1..=5, the quintiles; number the bands from 1, the most deprived",
            ),
            (
                EquityError::BandTwice { band: 3 },
                "band-twice",
                "band 3 is given twice, not once; add up the people of a band",
            ),
            (
                EquityError::RateOutside { band: 1, rate: 40.0, lowest: 0.0, highest: 1.0 },
                "rate-outside",
                "the rate of band 1 is 40, outside 0 to 1; state the kind and unit that the rates \
                 have",
            ),
            (
                EquityError::CountAbovePopulation { band: 2, count: 9, population: 8 },
                "count-above-population",
                "band 2 counts 9 of 8, more than there are; count people of the denominator only, \
                 or compare rates",
            ),
            (
                EquityError::TooManyPeople { people: 5_000_000_000 },
                "too-many-people",
                "the bands hold 5000000000 people, more than 4294967295; check the populations",
            ),
        ];
        for (error, code, message) in rows {
            assert_eq!((error.code(), error.to_string().as_str()), (code, message));
        }
    }
}
