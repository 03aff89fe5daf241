//! What people are placed along: deprivation, or how remote their area is.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::{Bands, SimdIndex};
use crate::caseload::{Person, PostcodeMatch, Recorded, Simd};

/// What people are placed along.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum Axis {
    /// Deprivation of the area, by one version of SIMD. Its bands have an order, from the most
    /// deprived, so an index of inequality can be fitted to them.
    Simd {
        /// The version.
        index: SimdIndex,
        /// Fifths or tenths.
        bands: Bands,
    },
    /// The Scottish Government urban-rural classification. Its classes are numbered, but class 8 is
    /// not more of anything than class 1 that a line could be fitted to: there are no indices.
    UrbanRural {
        /// How many classes are told apart.
        classes: UrbanRuralClasses,
    },
}

/// How many classes of the Scottish Government urban-rural classification are told apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum UrbanRuralClasses {
    /// Two: rural, and the rest.
    TwoFold,
    /// Three.
    ThreeFold,
    /// Six.
    SixFold,
    /// Eight.
    EightFold,
}

/// Where on an axis a person stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Placement {
    /// In this band. Along SIMD 1 is the most deprived, whichever way the version is numbered.
    Band(u8),
    /// In none.
    Nowhere(NotPlaced),
}

/// Why a person is in no band of an axis.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum NotPlaced {
    /// The record is of another version of SIMD.
    OtherVersion,
    /// The record has the quintile and not the decile.
    NoDecile,
    /// The record has a number that there is no band of.
    NoSuchBand,
    /// There is a postcode, and it could not be matched to a place.
    PostcodeNotMatched,
    /// It was asked for and is not known.
    NotKnown,
    /// It does not apply.
    NotApplicable,
    /// Nothing is recorded.
    NotRecorded,
}

impl Axis {
    /// How many bands or classes there are.
    #[must_use]
    pub const fn count(&self) -> u8 {
        match self {
            Self::Simd { bands, .. } => bands.count(),
            Self::UrbanRural { classes } => match classes {
                UrbanRuralClasses::TwoFold => 2,
                UrbanRuralClasses::ThreeFold => 3,
                UrbanRuralClasses::SixFold => 6,
                UrbanRuralClasses::EightFold => 8,
            },
        }
    }

    /// Where a person stands.
    ///
    /// ```
    /// use clw_core::caseload::{Person, Recorded, Simd};
    /// use clw_core::equity::{Axis, Bands, NotPlaced, Placement, SimdIndex};
    ///
    /// let axis = Axis::Simd { index: SimdIndex::known("2006")?, bands: Bands::Quintiles };
    /// let on = |version: &str, quintile| Person {
    ///     simd: Recorded::Value(Simd { version: version.into(), quintile, decile: None }),
    ///     ..Person::default()
    /// };
    /// // SIMD 2006 counts from the least deprived.
    /// assert_eq!(axis.place(&on("SIMD 2006", 1)), Placement::Band(5));
    /// // A place on another version is none on this.
    /// assert_eq!(axis.place(&on("2020v2", 1)), Placement::Nowhere(NotPlaced::OtherVersion));
    /// # Ok::<(), clw_core::equity::EquityError>(())
    /// ```
    #[must_use]
    pub fn place(&self, person: &Person) -> Placement {
        let band = match self {
            Self::Simd { index, bands } => on_simd(person).and_then(|simd| {
                if !index.is_of(simd) {
                    return Err(NotPlaced::OtherVersion);
                }
                match bands {
                    Bands::Quintiles => Ok(simd.quintile),
                    Bands::Deciles => simd.decile.ok_or(NotPlaced::NoDecile),
                }
            }),
            Self::UrbanRural { .. } => recorded(&person.urban_rural).copied(),
        };
        match band {
            Ok(band) if !(1..=self.count()).contains(&band) => {
                Placement::Nowhere(NotPlaced::NoSuchBand)
            }
            Ok(band) => Placement::Band(self.in_order(band)),
            Err(reason) => Placement::Nowhere(reason),
        }
    }

    /// The place of a band in the order of the axis, from its own number.
    pub(super) const fn in_order(&self, band: u8) -> u8 {
        match self {
            Self::Simd { index, bands } => index.rank_of(band, bands.count()),
            Self::UrbanRural { .. } => band,
        }
    }
}

impl fmt::Display for Axis {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Simd { index, bands } => write!(f, "{index} {}", bands.code()),
            Self::UrbanRural { .. } => write!(f, "{} urban-rural classes", self.count()),
        }
    }
}

fn on_simd(person: &Person) -> Result<&Simd, NotPlaced> {
    let unmatched = person.postcode_match.value().is_some_and(|m| *m != PostcodeMatch::Matched);
    recorded(&person.simd)
        .map_err(|why| if unmatched { NotPlaced::PostcodeNotMatched } else { why })
}

fn recorded<T>(value: &Recorded<T>) -> Result<&T, NotPlaced> {
    match value {
        Recorded::Value(value) => Ok(value),
        Recorded::NotKnown => Err(NotPlaced::NotKnown),
        Recorded::NotApplicable => Err(NotPlaced::NotApplicable),
        Recorded::Missing => Err(NotPlaced::NotRecorded),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn on(version: &str, quintile: u8, decile: Option<u8>) -> Recorded<Simd> {
        Recorded::Value(Simd { version: version.into(), quintile, decile })
    }

    #[test]
    fn everybody_has_a_place_or_a_reason() {
        let simd =
            |version: &str, bands| Axis::Simd { index: SimdIndex::known(version).unwrap(), bands };
        let (fifths, tenths) = (simd("2020v2", Bands::Quintiles), simd("2004", Bands::Deciles));
        let nowhere = Placement::Nowhere;
        for (axis, recorded, place) in [
            (&fifths, on("2020v2", 1, None), Placement::Band(1)),
            (&fifths, on("2020v2", 5, Some(10)), Placement::Band(5)),
            (&fifths, on("2020v2", 6, None), nowhere(NotPlaced::NoSuchBand)),
            (&fifths, on("2020v2", 0, None), nowhere(NotPlaced::NoSuchBand)),
            (&fifths, on("2016", 1, None), nowhere(NotPlaced::OtherVersion)),
            (&fifths, Recorded::NotKnown, nowhere(NotPlaced::NotKnown)),
            (&fifths, Recorded::NotApplicable, nowhere(NotPlaced::NotApplicable)),
            (&fifths, Recorded::Missing, nowhere(NotPlaced::NotRecorded)),
            (&tenths, on("2004", 1, Some(2)), Placement::Band(9)),
            (&tenths, on("2004", 1, None), nowhere(NotPlaced::NoDecile)),
        ] {
            let person = Person { simd: recorded, ..Person::default() };
            assert_eq!(axis.place(&person), place, "{person:?}");
        }
    }

    #[test]
    fn a_postcode_that_did_not_match_is_told_apart() {
        let axis = Axis::Simd { index: SimdIndex::known("2020v2").unwrap(), bands: Bands::Deciles };
        let person = |simd| Person {
            simd,
            postcode_match: Recorded::Value(PostcodeMatch::DeletedBefore),
            ..Person::default()
        };
        let unmatched = Placement::Nowhere(NotPlaced::PostcodeNotMatched);
        assert_eq!(axis.place(&person(Recorded::NotKnown)), unmatched);
        assert_eq!(axis.place(&person(on("2020v2", 2, Some(3)))), Placement::Band(3));
    }

    #[test]
    fn a_class_of_a_finer_classification_is_no_class_of_a_coarser() {
        let axis = Axis::UrbanRural { classes: UrbanRuralClasses::SixFold };
        let person = |class| Person { urban_rural: Recorded::Value(class), ..Person::default() };
        assert_eq!(axis.place(&person(6)), Placement::Band(6));
        assert_eq!(axis.place(&person(7)), Placement::Nowhere(NotPlaced::NoSuchBand));
        assert_eq!(axis.to_string(), "6 urban-rural classes");
    }
}
