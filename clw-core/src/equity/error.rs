//! What is refused, and why.

use std::fmt;

use super::{Axis, FirstBand};
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
        /// How many bands there are.
        bands: u8,
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
    /// A version of SIMD that is blank or of no known edition, without the end that its band 1 is.
    UnknownSimdVersion {
        /// The version.
        version: String,
    },
    /// A version of SIMD is said to count from the other end than it does.
    FirstBandContradicted {
        /// The version.
        version: String,
        /// The end that its band 1 is.
        known: FirstBand,
    },
    /// The practice lists are not counted by what the records are.
    AxesDiffer {
        /// What the records are placed along.
        records: Axis,
        /// What the lists are counted by.
        lists: Axis,
    },
    /// Practice lists with another number of bands than their axis has.
    WrongNumberOfBands {
        /// What the lists are counted by.
        axis: Axis,
        /// How many numbers there are.
        given: usize,
    },
    /// The pairs of a band are not those that its flow counts.
    PairsNotOfFlow {
        /// The band.
        band: u8,
        /// The pairs that the flow counts.
        paired: u64,
        /// The pairs there are.
        pairs: u64,
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
    /// Whether so many people can be counted.
    pub(super) const fn check_people(people: u64) -> Result<(), Self> {
        if people > PairCounts::MAX_PAIRS {
            return Err(Self::TooManyPeople { people });
        }
        Ok(())
    }

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
            Self::UnknownSimdVersion { .. } => "unknown-simd-version",
            Self::FirstBandContradicted { .. } => "first-band-contradicted",
            Self::AxesDiffer { .. } => "axes-differ",
            Self::WrongNumberOfBands { .. } => "wrong-number-of-bands",
            Self::PairsNotOfFlow { .. } => "pairs-not-of-flow",
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
                "band {band} is outside 1..={bands}; number the bands from 1, along SIMD the most \
                 deprived"
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
            Self::UnknownSimdVersion { version } => write!(
                f,
                "the SIMD version {version:?} is of none of the editions 2004, 2006, 2009, 2012, 2016 \
                 and 2020; state which end its band 1 is"
            ),
            Self::FirstBandContradicted { version, known } => {
                let end = match known {
                    FirstBand::MostDeprived => "most",
                    FirstBand::LeastDeprived => "least",
                };
                write!(
                    f,
                    "band 1 of SIMD {version} is said to be the other end, and is the {end} \
                     deprived; leave the end out, or correct the version"
                )
            }
            Self::AxesDiffer { records, lists } => write!(
                f,
                "the records are by {records} and the practice lists by {lists}, which are not \
                 compared; count the lists by {records}"
            ),
            Self::WrongNumberOfBands { axis, given } => write!(
                f,
                "the practice lists have {given} numbers, not {} for {axis}; give one for each, in \
                 the order of their numbers",
                axis.count()
            ),
            Self::PairsNotOfFlow { band, paired, pairs } => write!(
                f,
                "band {band} has {pairs} pairs and its flow counts {paired}; take both from the \
                 same measure and rule"
            ),
            Self::Pairs(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for EquityError {}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::equity::{Bands, SimdIndex, UrbanRuralClasses};

    fn simd(version: &str) -> Axis {
        Axis::Simd { index: SimdIndex::known(version).unwrap(), bands: Bands::Quintiles }
    }

    #[test]
    fn errors_state_the_fact_the_limit_and_the_remedy() {
        let rows = [
            (
                Bands::of_count(2).unwrap_err(),
                "neither-fifths-nor-tenths",
                "there are 2 bands, neither 5 nor 10; group people into quintiles or deciles",
            ),
            (
                EquityError::BandOutside { band: 6, bands: 5 },
                "band-outside",
                "band 6 is outside 1..=5; number the bands from 1, along SIMD the most deprived",
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
            (
                SimdIndex::known("SIMD 2026").unwrap_err(),
                "unknown-simd-version",
                "the SIMD version \"2026\" is of none of the editions 2004, 2006, 2009, 2012, 2016 and \
                 2020; state which end its band 1 is",
            ),
            (
                SimdIndex::declared("2006", FirstBand::MostDeprived).unwrap_err(),
                "first-band-contradicted",
                "band 1 of SIMD 2006 is said to be the other end, and is the least deprived; leave \
                 the end out, or correct the version",
            ),
            (
                EquityError::AxesDiffer { records: simd("2020v2"), lists: simd("2016") },
                "axes-differ",
                "the records are by SIMD 2020v2 quintiles and the practice lists by SIMD 2016 \
                 quintiles, which are not compared; count the lists by SIMD 2020v2 quintiles",
            ),
            (
                EquityError::WrongNumberOfBands {
                    axis: Axis::UrbanRural { classes: UrbanRuralClasses::EightFold },
                    given: 6,
                },
                "wrong-number-of-bands",
                "the practice lists have 6 numbers, not 8 for 8 urban-rural classes; give one for \
                 each, in the order of their numbers",
            ),
            (
                EquityError::PairsNotOfFlow { band: 2, paired: 30, pairs: 31 },
                "pairs-not-of-flow",
                "band 2 has 31 pairs and its flow counts 30; take both from the same measure and \
                 rule",
            ),
        ];
        for (error, code, message) in rows {
            assert_eq!((error.code(), error.to_string().as_str()), (code, message));
        }
    }
}
