//! Versions of the Scottish Index of Multiple Deprivation, and which way each is numbered.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::EquityError;
use crate::caseload::Simd;

/// Which end of the population band 1 of a version of SIMD is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FirstBand {
    /// Band 1 is the most deprived, as from SIMD 2009 on.
    MostDeprived,
    /// Band 1 is the least deprived, as in SIMD 2004 and 2006.
    LeastDeprived,
}

/// The editions of SIMD, by year, with the end that their band 1 is.
///
/// The data dictionaries of Public Health Scotland's open data give the population-weighted
/// quintiles and deciles of SIMD 2004 and 2006 as "least deprived to most deprived" and those of the
/// later ones the other way: <https://www.opendata.nhs.scot/dataset/scottish-index-of-multiple-deprivation>.
const EDITIONS: [(&str, FirstBand); 6] = [
    ("2004", FirstBand::LeastDeprived),
    ("2006", FirstBand::LeastDeprived),
    ("2009", FirstBand::MostDeprived),
    ("2012", FirstBand::MostDeprived),
    ("2016", FirstBand::MostDeprived),
    ("2020", FirstBand::MostDeprived),
];

/// One version of SIMD, and which end its band 1 is.
///
/// Versions are never compared with each other: they rank other areas by other measures, and two of
/// them count from the other end. Two spellings of one version, `SIMD 2020 v2` and `2020v2`, are the
/// same; `2020` and `2020v2` are not.
///
/// ```
/// use clw_core::equity::{FirstBand, SimdIndex};
///
/// assert_eq!(SimdIndex::known("SIMD 2020v2")?.first_band(), FirstBand::MostDeprived);
/// assert_eq!(SimdIndex::known("2006")?.first_band(), FirstBand::LeastDeprived);
/// // An edition yet to come says which way it runs.
/// let next = SimdIndex::declared("2026", FirstBand::MostDeprived)?;
/// assert_eq!(next.version(), "2026");
/// # Ok::<(), clw_core::equity::EquityError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
#[serde(into = "Wire")]
pub struct SimdIndex {
    version: String,
    first_band: FirstBand,
}

crate::coded::deserialize_checked!(SimdIndex, Wire);

impl SimdIndex {
    /// A version of one of the editions from 2004 to 2020.
    ///
    /// # Errors
    /// When it is of none of them.
    pub fn known(version: &str) -> Result<Self, EquityError> {
        let version = canonical(version);
        match first_band(&version) {
            Some(first_band) => Ok(Self { version, first_band }),
            None => Err(EquityError::UnknownSimdVersion { version }),
        }
    }

    /// A version with the end that its band 1 is.
    ///
    /// # Errors
    /// When the version is blank, or is known to count from the other end.
    pub fn declared(version: &str, declared: FirstBand) -> Result<Self, EquityError> {
        let version = canonical(version);
        match first_band(&version) {
            Some(known) if known != declared => {
                Err(EquityError::FirstBandContradicted { version, known })
            }
            None if version.is_empty() => Err(EquityError::UnknownSimdVersion { version }),
            _ => Ok(Self { version, first_band: declared }),
        }
    }

    /// The version, in one spelling.
    #[must_use]
    pub fn version(&self) -> &str {
        &self.version
    }

    /// The end that band 1 of the version is.
    #[must_use]
    pub const fn first_band(&self) -> FirstBand {
        self.first_band
    }

    /// Whether a place on SIMD is of this version.
    #[must_use]
    pub fn is_of(&self, simd: &Simd) -> bool {
        simd.version == self.version || canonical(&simd.version) == self.version
    }

    /// The number of a band counted from the most deprived, from its number in the version.
    pub(super) const fn rank_of(&self, band: u8, bands: u8) -> u8 {
        match self.first_band {
            FirstBand::MostDeprived => band,
            FirstBand::LeastDeprived => bands + 1 - band,
        }
    }
}

impl fmt::Display for SimdIndex {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SIMD {}", self.version)
    }
}

/// Lower case, without spaces, hyphens or the name of the index.
fn canonical(version: &str) -> String {
    let kept = version.chars().filter(|c| !c.is_whitespace() && !matches!(c, '-' | '_'));
    let lower = kept.collect::<String>().to_lowercase();
    lower.strip_prefix("simd").unwrap_or(&lower).to_owned()
}

/// Of a version of a known edition: its year, and behind that no further digit.
fn first_band(version: &str) -> Option<FirstBand> {
    EDITIONS.iter().find_map(|(year, first_band)| {
        let revision = version.strip_prefix(year)?;
        let is_revision = revision.is_empty() || revision.starts_with('v');
        is_revision.then_some(*first_band)
    })
}

/// The JSON form: a known edition need not say which way it runs.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Wire {
    version: String,
    #[serde(default)]
    first_band: Option<FirstBand>,
}

impl From<SimdIndex> for Wire {
    fn from(index: SimdIndex) -> Self {
        Self { version: index.version, first_band: Some(index.first_band) }
    }
}

impl TryFrom<Wire> for SimdIndex {
    type Error = EquityError;

    fn try_from(wire: Wire) -> Result<Self, EquityError> {
        match wire.first_band {
            Some(first_band) => Self::declared(&wire.version, first_band),
            None => Self::known(&wire.version),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_has_one_spelling() {
        for (text, version) in [
            ("2020v2", "2020v2"),
            ("SIMD 2020 v2", "2020v2"),
            ("simd2020V2", "2020v2"),
            ("SIMD-2016", "2016"),
            ("2009v2", "2009v2"),
        ] {
            assert_eq!(SimdIndex::known(text).unwrap().version(), version);
        }
        for text in ["", "SIMD", "2026", "20200", "Carstairs 2011"] {
            assert_eq!(SimdIndex::known(text).unwrap_err().code(), "unknown-simd-version");
        }
        let place = |version: &str| Simd { version: version.into(), quintile: 1, decile: None };
        let index = SimdIndex::known("2020v2").unwrap();
        assert!(index.is_of(&place("SIMD 2020 v2")));
        assert!(!index.is_of(&place("2020")));
    }

    #[test]
    fn two_editions_count_from_the_other_end() {
        for (version, of_five, of_ten) in [("2004", 5, 10), ("2006", 5, 10), ("2012", 1, 1)] {
            let index = SimdIndex::known(version).unwrap();
            assert_eq!(index.rank_of(1, 5), of_five);
            assert_eq!(index.rank_of(1, 10), of_ten);
        }
        let error = SimdIndex::declared("SIMD 2006", FirstBand::MostDeprived).unwrap_err();
        assert_eq!(error.code(), "first-band-contradicted");
    }

    #[test]
    fn json_says_which_way_a_version_runs() {
        let index: SimdIndex = serde_json::from_str(r#"{"version":"SIMD 2004"}"#).unwrap();
        let json = r#"{"version":"2004","first-band":"least-deprived"}"#;
        assert_eq!(serde_json::to_string(&index).unwrap(), json);
        assert!(serde_json::from_str::<SimdIndex>(r#"{"version":"2031"}"#).is_err());
        let next = r#"{"version":"2031","first-band":"most-deprived"}"#;
        assert!(serde_json::from_str::<SimdIndex>(next).is_ok());
    }
}
