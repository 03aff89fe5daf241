//! Numbers as a publication prints them, exact.

use core::cmp::Ordering;
use core::fmt;
use core::str::FromStr;

use serde::de::{self, Deserializer, Visitor};
use serde::{Deserialize, Serialize, Serializer};

use crate::coded::refused;

/// The most significant digits a [`Decimal`] holds: every such number survives a trip through `f64`.
const MOST_DIGITS: usize = 15;

/// A decimal number exactly as a paper prints it: 2.87 is 287 hundredths, never a nearby float.
///
/// Thresholds and totals are compared as decimals, so that "at least 2.87" is decided exactly.
/// Trailing zeros carry no meaning: `7.00` equals `7`. At most 15 significant digits.
///
/// ```
/// use clw_core::instrument::Decimal;
///
/// let threshold: Decimal = "2.870".parse()?;
/// assert_eq!(threshold.to_string(), "2.87");
/// assert_eq!(threshold.in_steps(100), Some(287));
/// assert_eq!(threshold.in_steps(10), None);
/// # Ok::<(), clw_core::instrument::DecimalError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Decimal {
    pub(super) digits: i64,
    pub(super) places: u8,
}

impl Decimal {
    /// Nothing.
    pub const ZERO: Self = Self { digits: 0, places: 0 };

    fn normalised(mut digits: i64, mut places: u8) -> Self {
        while places > 0 && digits % 10 == 0 {
            digits /= 10;
            places -= 1;
        }
        Self { digits, places }
    }

    /// The number of decimals it needs, trailing zeros left out.
    #[must_use]
    pub const fn places(self) -> u8 {
        self.places
    }

    /// The nearest `f64`.
    #[must_use]
    #[expect(
        clippy::cast_precision_loss,
        reason = "both stay below 2^53, so the quotient is the one rounding"
    )]
    pub fn to_f64(self) -> f64 {
        self.digits as f64 / self.unit() as f64
    }

    /// The number in whole steps of `1 / steps_per_unit`, or `None` where it lies between steps.
    #[must_use]
    pub fn in_steps(self, steps_per_unit: u32) -> Option<i64> {
        let steps = self.scaled(steps_per_unit);
        let unit = i128::from(self.unit());
        (steps % unit == 0).then(|| i64::try_from(steps / unit).ok()).flatten()
    }

    /// The most whole steps of `1 / steps_per_unit` that do not exceed the number.
    #[must_use]
    pub fn steps_at_most(self, steps_per_unit: u32) -> i128 {
        self.scaled(steps_per_unit).div_euclid(i128::from(self.unit()))
    }

    /// The fewest whole steps of `1 / steps_per_unit` that reach the number.
    #[must_use]
    pub fn steps_at_least(self, steps_per_unit: u32) -> i128 {
        let unit = i128::from(self.unit());
        -(-self.scaled(steps_per_unit)).div_euclid(unit)
    }

    fn scaled(self, steps_per_unit: u32) -> i128 {
        i128::from(self.digits) * i128::from(steps_per_unit)
    }

    fn unit(self) -> i64 {
        10_i64.pow(u32::from(self.places))
    }
}

impl From<i32> for Decimal {
    fn from(whole: i32) -> Self {
        Self { digits: i64::from(whole), places: 0 }
    }
}

impl PartialOrd for Decimal {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Decimal {
    fn cmp(&self, other: &Self) -> Ordering {
        let left = i128::from(self.digits) * i128::from(other.unit());
        let right = i128::from(other.digits) * i128::from(self.unit());
        left.cmp(&right)
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.digits < 0 { "-" } else { "" };
        let (magnitude, unit) = (self.digits.unsigned_abs(), self.unit().unsigned_abs());
        write!(f, "{sign}{}", magnitude / unit)?;
        if self.places > 0 {
            write!(f, ".{:0width$}", magnitude % unit, width = usize::from(self.places))?;
        }
        Ok(())
    }
}

/// Why a text is not a [`Decimal`].
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum DecimalError {
    /// The text is not digits with at most one point.
    NotANumber {
        /// The text.
        text: String,
    },
    /// The number has more than 15 significant digits.
    TooManyDigits {
        /// The text.
        text: String,
    },
}

impl DecimalError {
    /// The stable name of the problem.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::NotANumber { .. } => "not-a-number",
            Self::TooManyDigits { .. } => "too-many-digits",
        }
    }
}

impl fmt::Display for DecimalError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotANumber { text } => write!(
                f,
                "{text:?} is not a decimal number; write digits with at most one point, as in 19.25"
            ),
            Self::TooManyDigits { text } => {
                write!(f, "{text:?} has more than {MOST_DIGITS} significant digits; shorten it")
            }
        }
    }
}

impl core::error::Error for DecimalError {}

impl FromStr for Decimal {
    type Err = DecimalError;

    fn from_str(text: &str) -> Result<Self, DecimalError> {
        let not_a_number = || DecimalError::NotANumber { text: text.into() };
        let trimmed = text.trim();
        let unsigned = trimmed.strip_prefix(['-', '+']).unwrap_or(trimmed);
        let (whole, fraction) = match unsigned.split_once('.') {
            Some((whole, fraction)) if !fraction.is_empty() => (whole, fraction),
            Some(_) => return Err(not_a_number()),
            None => (unsigned, ""),
        };
        let digits = [whole, fraction].concat();
        if whole.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(not_a_number());
        }
        let fraction = fraction.trim_end_matches('0');
        let digits = [whole, fraction].concat();
        if digits.trim_start_matches('0').len() > MOST_DIGITS || fraction.len() > MOST_DIGITS {
            return Err(DecimalError::TooManyDigits { text: text.into() });
        }
        let magnitude: i64 = digits.parse().map_err(|_| not_a_number())?;
        let signed = if trimmed.starts_with('-') { -magnitude } else { magnitude };
        let places = u8::try_from(fraction.len()).map_err(|_| not_a_number())?;
        Ok(Self::normalised(signed, places))
    }
}

impl Serialize for Decimal {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.places == 0 {
            serializer.serialize_i64(self.digits)
        } else {
            serializer.serialize_f64(self.to_f64())
        }
    }
}

impl<'de> Deserialize<'de> for Decimal {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(DecimalVisitor)
    }
}

struct DecimalVisitor;

impl Visitor<'_> for DecimalVisitor {
    type Value = Decimal;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a decimal number")
    }

    fn visit_i64<E: de::Error>(self, value: i64) -> Result<Decimal, E> {
        value.to_string().parse().map_err(refused)
    }

    fn visit_u64<E: de::Error>(self, value: u64) -> Result<Decimal, E> {
        value.to_string().parse().map_err(refused)
    }

    /// A float is read by its shortest spelling, which is the one that was written.
    fn visit_f64<E: de::Error>(self, value: f64) -> Result<Decimal, E> {
        value.to_string().parse().map_err(refused)
    }

    fn visit_str<E: de::Error>(self, value: &str) -> Result<Decimal, E> {
        value.parse().map_err(refused)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decimal(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    #[test]
    fn spellings_of_one_number_are_equal() {
        for text in ["19.25", "+19.25", " 19.250 ", "019.25"] {
            assert_eq!(decimal(text), Decimal { digits: 1925, places: 2 }, "{text}");
        }
        assert_eq!(decimal("-0.5").to_string(), "-0.5");
        assert_eq!(decimal("7.00").to_string(), "7");
        assert_eq!(decimal("0.05").to_string(), "0.05");
    }

    #[test]
    fn json_keeps_every_digit() {
        for text in ["28.13", "7", "-0.05", "0.1", "123456789012.345"] {
            let json = serde_json::to_string(&decimal(text)).unwrap();
            assert_eq!(json, text);
            assert_eq!(serde_json::from_str::<Decimal>(&json).unwrap(), decimal(text));
        }
        assert_eq!(serde_json::from_str::<Decimal>("\"2.87\"").unwrap(), decimal("2.87"));
    }

    #[test]
    fn order_and_steps_are_exact() {
        assert!(decimal("2.87") > decimal("2.869999999999"));
        assert_eq!(decimal("0.1").in_steps(858), None);
        assert_eq!(decimal("0.5").in_steps(858), Some(429));
        assert_eq!(decimal("-0.1").steps_at_most(1), -1);
        assert_eq!(decimal("19.5").steps_at_most(1), 19);
        assert_eq!(decimal("19.5").steps_at_least(1), 20);
        assert_eq!(decimal("19").steps_at_least(1), 19);
    }

    #[test]
    fn what_is_not_a_decimal_is_refused() {
        for text in ["", "-", ".5", "5.", "1e3", "NaN", "19,25", "1.2.3", "٣"] {
            let error = text.parse::<Decimal>().unwrap_err();
            assert_eq!(error.code(), "not-a-number", "{text}");
        }
        assert_eq!(
            "19,25".parse::<Decimal>().unwrap_err().to_string(),
            "\"19,25\" is not a decimal number; write digits with at most one point, as in 19.25"
        );
        let error = "1234567890123456".parse::<Decimal>().unwrap_err();
        assert_eq!(error.code(), "too-many-digits");
        assert_eq!(
            error.to_string(),
            "\"1234567890123456\" has more than 15 significant digits; shorten it"
        );
    }
}
