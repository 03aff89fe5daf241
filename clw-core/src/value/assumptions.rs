//! What no record holds and a value cannot do without.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::instrument::Decimal;

/// How long a change lasts and how much of it the programme brought about: assumptions, both given by
/// whoever answers for them.
///
/// ```
/// use clw_core::value::WellbyAssumptions;
///
/// let json = r#"{"duration-years":1.5,"attributed-share":0.4}"#;
/// let assumptions: WellbyAssumptions = serde_json::from_str(json)?;
/// assert_eq!(assumptions.duration_years().to_string(), "1.5");
///
/// let error = serde_json::from_str::<WellbyAssumptions>(r#"{"duration-years":1}"#).unwrap_err();
/// assert!(error.to_string().starts_with("missing field `attributed-share`"));
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(into = "Wire")]
pub struct WellbyAssumptions {
    duration_years: Decimal,
    attributed_share: Decimal,
}

crate::coded::deserialize_checked!(WellbyAssumptions, Wire);

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Wire {
    duration_years: Decimal,
    attributed_share: Decimal,
}

impl WellbyAssumptions {
    /// The longest duration, in years.
    pub const LONGEST_YEARS: i32 = 100;

    /// The parts of a unit that both are counted in: six decimals.
    pub(super) const PARTS: u32 = 1_000_000;

    /// The years for which the mean change lasts, above 0, and the share of it that the programme
    /// brought about, from 0 to 1. Both exact, to six decimals.
    ///
    /// # Errors
    /// [`WellbyAssumptionsError`] names what is out of its range or has more decimals.
    pub fn new(
        duration_years: Decimal,
        attributed_share: Decimal,
    ) -> Result<Self, WellbyAssumptionsError> {
        let none = Decimal::from(0);
        if duration_years <= none || duration_years > Decimal::from(Self::LONGEST_YEARS) {
            return Err(WellbyAssumptionsError::DurationOutside { duration_years });
        }
        if attributed_share < none || attributed_share > Decimal::from(1) {
            return Err(WellbyAssumptionsError::ShareOutside { attributed_share });
        }
        let too_fine = |number: &Decimal| number.in_steps(Self::PARTS).is_none();
        match [duration_years, attributed_share].into_iter().find(too_fine) {
            Some(number) => Err(WellbyAssumptionsError::TooManyDecimals { number }),
            None => Ok(Self { duration_years, attributed_share }),
        }
    }

    /// The years for which the mean change lasts.
    #[must_use]
    pub const fn duration_years(&self) -> Decimal {
        self.duration_years
    }

    /// The share of the mean change that the programme brought about.
    #[must_use]
    pub const fn attributed_share(&self) -> Decimal {
        self.attributed_share
    }

    /// Duration times share, in millionths of millionths.
    pub(super) fn attributed_years(&self) -> i128 {
        let parts = |number: Decimal| i128::from(number.in_steps(Self::PARTS).unwrap_or(0));
        parts(self.duration_years) * parts(self.attributed_share)
    }
}

impl TryFrom<Wire> for WellbyAssumptions {
    type Error = WellbyAssumptionsError;

    fn try_from(wire: Wire) -> Result<Self, WellbyAssumptionsError> {
        Self::new(wire.duration_years, wire.attributed_share)
    }
}

impl From<WellbyAssumptions> for Wire {
    fn from(assumptions: WellbyAssumptions) -> Self {
        let WellbyAssumptions { duration_years, attributed_share } = assumptions;
        Self { duration_years, attributed_share }
    }
}

/// Why an assumption makes no sense.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum WellbyAssumptionsError {
    /// The duration is not above 0 or too long.
    DurationOutside {
        /// The years.
        duration_years: Decimal,
    },
    /// The share is not from 0 to 1.
    ShareOutside {
        /// The share.
        attributed_share: Decimal,
    },
    /// A number has more than six decimals.
    TooManyDecimals {
        /// The number.
        number: Decimal,
    },
}

impl WellbyAssumptionsError {
    /// The stable name of the error, the same in Rust, Python and JavaScript.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::DurationOutside { .. } => "duration-outside",
            Self::ShareOutside { .. } => "share-outside",
            Self::TooManyDecimals { .. } => "too-many-decimals",
        }
    }
}

impl fmt::Display for WellbyAssumptionsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::DurationOutside { duration_years } => write!(
                f,
                "the change is taken to last {duration_years} years, outside 0 to {}; give the years \
                 that there is evidence for",
                WellbyAssumptions::LONGEST_YEARS
            ),
            Self::ShareOutside { attributed_share } => write!(
                f,
                "the share attributed is {attributed_share}, outside 0 to 1; write 0.4 for 40 %"
            ),
            Self::TooManyDecimals { number } => {
                write!(f, "{number} has more than 6 decimals; round it")
            }
        }
    }
}

impl std::error::Error for WellbyAssumptionsError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_state_the_fact_the_limit_and_the_remedy() {
        let of = |years: &str, share: &str| {
            WellbyAssumptions::new(years.parse().unwrap(), share.parse().unwrap()).unwrap_err()
        };
        for (error, code, message) in [
            (
                of("0", "0.5"),
                "duration-outside",
                "the change is taken to last 0 years, outside 0 to 100; give the years that there is \
                 evidence for",
            ),
            (
                of("100.5", "0.5"),
                "duration-outside",
                "the change is taken to last 100.5 years, outside 0 to 100; give the years that \
                 there is evidence for",
            ),
            (
                of("1", "40"),
                "share-outside",
                "the share attributed is 40, outside 0 to 1; write 0.4 for 40 %",
            ),
            (
                of("1", "-0.1"),
                "share-outside",
                "the share attributed is -0.1, outside 0 to 1; write 0.4 for 40 %",
            ),
            (
                of("0.3333333", "1"),
                "too-many-decimals",
                "0.3333333 has more than 6 decimals; round it",
            ),
        ] {
            assert_eq!((error.code(), error.to_string().as_str()), (code, message));
        }
    }

    #[test]
    fn they_are_checked_when_read_and_have_no_default() {
        for json in [
            r#"{"attributed-share":0.5}"#,
            r#"{"duration-years":1,"attributed-share":2}"#,
            r#"{"duration-years":1,"attributed-share":0.5,"price-base":2025}"#,
        ] {
            assert!(serde_json::from_str::<WellbyAssumptions>(json).is_err(), "{json}");
        }
        let json = r#"{"duration-years":1.5,"attributed-share":0}"#;
        let read: WellbyAssumptions = serde_json::from_str(json).unwrap();
        let written = serde_json::to_string(&read).unwrap();
        assert_eq!(serde_json::from_str::<WellbyAssumptions>(&written).unwrap(), read);
    }
}
