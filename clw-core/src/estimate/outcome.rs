//! Results that may not exist: a sample can be too small or too uniform for a statistic.

use std::fmt;

use serde::{Deserialize, Serialize};

/// Why a statistic does not exist for a sample. It is a fact about the sample, not a fault in it.
///
/// ```
/// use clw_core::estimate::Degenerate;
///
/// assert_eq!(Degenerate::OnePair.code(), "one-pair");
/// assert_eq!(Degenerate::OnePair.to_string(), "one pair has no spread to estimate from");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Degenerate {
    /// Nobody has both sittings.
    NoPairs,
    /// One pair: a mean exists, a spread does not.
    OnePair,
    /// Nobody's score moved.
    AllDifferencesZero,
    /// Everybody's score moved by the same number of points, so the SD of change is zero.
    AllDifferencesEqual,
    /// Every change is a rise, or every one a fall, so nothing tells how far they might differ.
    AllChangesInOneDirection,
    /// There is nobody to take a share of.
    EmptyDenominator,
    /// Nobody moved from one band to another.
    NobodyChangedBand,
    /// Everybody had the same baseline score, so its SD is zero.
    AllBaselinesEqual,
    /// The changes vary no more than measurement error alone makes them.
    ReliabilityOfChangeNotPositive,
    /// Everybody is of one and the same class.
    OneClass,
}

impl Degenerate {
    /// The stable name of the reason, the same in Rust, Python and JavaScript.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::NoPairs => "no-pairs",
            Self::OnePair => "one-pair",
            Self::AllDifferencesZero => "all-differences-zero",
            Self::AllDifferencesEqual => "all-differences-equal",
            Self::AllChangesInOneDirection => "all-changes-in-one-direction",
            Self::EmptyDenominator => "empty-denominator",
            Self::NobodyChangedBand => "nobody-changed-band",
            Self::AllBaselinesEqual => "all-baselines-equal",
            Self::ReliabilityOfChangeNotPositive => "reliability-of-change-not-positive",
            Self::OneClass => "one-class",
        }
    }
}

impl fmt::Display for Degenerate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NoPairs => "there are no pairs",
            Self::OnePair => "one pair has no spread to estimate from",
            Self::AllDifferencesZero => "nobody's score changed",
            Self::AllDifferencesEqual => "everybody's score changed by the same amount",
            Self::AllChangesInOneDirection => "all changes are in one direction",
            Self::EmptyDenominator => "there is nobody to take a share of",
            Self::NobodyChangedBand => "nobody moved from one band to another",
            Self::AllBaselinesEqual => "everybody had the same baseline score",
            Self::ReliabilityOfChangeNotPositive => {
                "the changes vary no more than measurement error alone makes them"
            }
            Self::OneClass => "everybody is of one and the same class",
        })
    }
}

impl std::error::Error for Degenerate {}

/// A result, or the reason why this sample has none. Never a NaN.
///
/// In JSON a computed value is the value itself; a missing one is `{"not-computed": "one-pair"}`.
///
/// ```
/// use clw_core::estimate::{Degenerate, Estimate};
///
/// let sd: Estimate<f64> = Estimate::NotComputed(Degenerate::OnePair);
/// assert_eq!(serde_json::to_string(&sd)?, r#"{"not-computed":"one-pair"}"#);
/// assert_eq!(serde_json::from_str::<Estimate<f64>>("3.9")?, Estimate::Computed(3.9));
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(from = "Wire<T>", into = "Wire<T>")]
#[serde(bound(serialize = "T: Clone + Serialize", deserialize = "T: Deserialize<'de>"))]
pub enum Estimate<T> {
    /// The statistic exists for this sample.
    Computed(T),
    /// It does not, and why.
    NotComputed(Degenerate),
}

impl<T> Estimate<T> {
    /// The value, when there is one.
    #[must_use]
    pub const fn computed(&self) -> Option<&T> {
        match self {
            Self::Computed(value) => Some(value),
            Self::NotComputed(_) => None,
        }
    }

    /// The reason there is no value, when there is none.
    #[must_use]
    pub const fn not_computed(&self) -> Option<Degenerate> {
        match self {
            Self::Computed(_) => None,
            Self::NotComputed(reason) => Some(*reason),
        }
    }
}

impl<T> From<Result<T, Degenerate>> for Estimate<T> {
    fn from(result: Result<T, Degenerate>) -> Self {
        result.map_or_else(Self::NotComputed, Self::Computed)
    }
}

impl<T> From<Estimate<T>> for Result<T, Degenerate> {
    fn from(estimate: Estimate<T>) -> Self {
        match estimate {
            Estimate::Computed(value) => Ok(value),
            Estimate::NotComputed(reason) => Err(reason),
        }
    }
}

/// The JSON form. The reason comes first: no computed value has a `not-computed` key.
#[derive(Serialize, Deserialize)]
#[serde(untagged)]
enum Wire<T> {
    #[serde(rename_all = "kebab-case")]
    NotComputed {
        not_computed: Degenerate,
    },
    Computed(T),
}

impl<T> From<Wire<T>> for Estimate<T> {
    fn from(wire: Wire<T>) -> Self {
        match wire {
            Wire::NotComputed { not_computed } => Self::NotComputed(not_computed),
            Wire::Computed(value) => Self::Computed(value),
        }
    }
}

impl<T> From<Estimate<T>> for Wire<T> {
    fn from(estimate: Estimate<T>) -> Self {
        match estimate {
            Estimate::NotComputed(not_computed) => Self::NotComputed { not_computed },
            Estimate::Computed(value) => Self::Computed(value),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const REASONS: &[(Degenerate, &str, &str)] = &[
        (Degenerate::NoPairs, "no-pairs", "there are no pairs"),
        (Degenerate::OnePair, "one-pair", "one pair has no spread to estimate from"),
        (Degenerate::AllDifferencesZero, "all-differences-zero", "nobody's score changed"),
        (
            Degenerate::AllDifferencesEqual,
            "all-differences-equal",
            "everybody's score changed by the same amount",
        ),
        (
            Degenerate::AllChangesInOneDirection,
            "all-changes-in-one-direction",
            "all changes are in one direction",
        ),
        (Degenerate::EmptyDenominator, "empty-denominator", "there is nobody to take a share of"),
        (
            Degenerate::NobodyChangedBand,
            "nobody-changed-band",
            "nobody moved from one band to another",
        ),
        (
            Degenerate::AllBaselinesEqual,
            "all-baselines-equal",
            "everybody had the same baseline score",
        ),
        (
            Degenerate::ReliabilityOfChangeNotPositive,
            "reliability-of-change-not-positive",
            "the changes vary no more than measurement error alone makes them",
        ),
        (Degenerate::OneClass, "one-class", "everybody is of one and the same class"),
    ];

    #[test]
    fn each_reason_has_one_code_in_rust_and_json_and_plain_words() {
        for &(reason, code, words) in REASONS {
            assert_eq!(reason.code(), code);
            assert_eq!(reason.to_string(), words);
            let estimate = Estimate::<f64>::NotComputed(reason);
            let json = format!(r#"{{"not-computed":"{code}"}}"#);
            assert_eq!(serde_json::to_string(&estimate).unwrap(), json);
            assert_eq!(serde_json::from_str::<Estimate<f64>>(&json).unwrap(), estimate);
        }
    }
}
