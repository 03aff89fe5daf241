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
    /// A limit is more extreme than every resample drawn; more resamples may reach it.
    LimitBeyondResamples,
    /// Every resample has a value above that of the sample, or every one below it.
    AllResamplesOnOneSide,
    /// Patterns of signs were to be drawn at random, and none was asked for.
    NoPatternsDrawn,
    /// Whichever pair is left out, the statistic is the same.
    JackknifeWithoutSpread,
    /// There is a pair without which the statistic does not exist.
    JackknifeUndefined,
    /// Nobody moved from one band to another.
    NobodyChangedBand,
    /// Everybody had the same baseline score, so its SD is zero.
    AllBaselinesEqual,
    /// Everybody had the same follow-up score, so its SD is zero.
    AllFollowUpsEqual,
    /// The follow-up is the baseline moved or stretched by the same for everybody.
    PerfectCorrelation,
    /// Two pairs leave one degree of freedom, too few to correct for.
    TwoPairs,
    /// The changes vary no more than measurement error alone makes them.
    ReliabilityOfChangeNotPositive,
    /// Everybody is of one and the same class.
    OneClass,
    /// One of the deprivation bands has no rate, so there is no line through all of them.
    MissingBand,
    /// One of the deprivation bands has nobody in it, so it has no rate.
    EmptyBand,
    /// The rate that a ratio compares with is zero.
    ComparedWithZero,
    /// The values have no zero that makes a ratio of them mean something.
    NotARatioScale,
    /// There are no scores of the time or group asked about.
    NoScores,
    /// One value: a mean exists, a spread does not.
    OneValue,
    /// All scores are of one time, so there is no slope.
    OneTime,
    /// Nobody has scores at two times, so nobody has a slope.
    NobodySeenTwice,
    /// There are no more scores than intercepts and slopes of people to tell from error.
    TooFewSittings,
    /// Everybody's scores lie on a line, so there is no error to compare with.
    NoResidualSpread,
    /// The search for the highest likelihood did not settle.
    NotConverged,
    /// Nobody had been followed up by then, so the curve has not begun to fall.
    NobodyFollowedUpYet,
    /// Everybody had been followed up by then, so nothing is left to vary.
    EverybodyFollowedUp,
    /// Nobody was watched for that long, so what share is followed up by then is unknown.
    NobodyStillWatched,
    /// The share followed up never reaches one half.
    MedianNotReached,
    /// No period has a value.
    NoPeriods,
    /// No two neighbouring periods have values, so nothing tells how much they vary.
    NoNeighbouringPeriods,
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
            Self::LimitBeyondResamples => "limit-beyond-resamples",
            Self::AllResamplesOnOneSide => "all-resamples-on-one-side",
            Self::NoPatternsDrawn => "no-patterns-drawn",
            Self::JackknifeWithoutSpread => "jackknife-without-spread",
            Self::JackknifeUndefined => "jackknife-undefined",
            Self::NobodyChangedBand => "nobody-changed-band",
            Self::AllBaselinesEqual => "all-baselines-equal",
            Self::AllFollowUpsEqual => "all-follow-ups-equal",
            Self::PerfectCorrelation => "perfect-correlation",
            Self::TwoPairs => "two-pairs",
            Self::ReliabilityOfChangeNotPositive => "reliability-of-change-not-positive",
            Self::OneClass => "one-class",
            Self::MissingBand => "missing-band",
            Self::EmptyBand => "empty-band",
            Self::ComparedWithZero => "compared-with-zero",
            Self::NotARatioScale => "not-a-ratio-scale",
            Self::NoScores => "no-scores",
            Self::OneValue => "one-value",
            Self::OneTime => "one-time",
            Self::NobodySeenTwice => "nobody-seen-twice",
            Self::TooFewSittings => "too-few-sittings",
            Self::NoResidualSpread => "no-residual-spread",
            Self::NotConverged => "not-converged",
            Self::NobodyFollowedUpYet => "nobody-followed-up-yet",
            Self::EverybodyFollowedUp => "everybody-followed-up",
            Self::NobodyStillWatched => "nobody-still-watched",
            Self::MedianNotReached => "median-not-reached",
            Self::NoPeriods => "no-periods",
            Self::NoNeighbouringPeriods => "no-neighbouring-periods",
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
            Self::LimitBeyondResamples => "a limit lies beyond all resamples drawn",
            Self::AllResamplesOnOneSide => "all resamples lie on one side of the sample's value",
            Self::NoPatternsDrawn => "no pattern of signs was drawn to compare with",
            Self::JackknifeWithoutSpread => "the value is the same whichever pair is left out",
            Self::JackknifeUndefined => "the value does not exist without one of the pairs",
            Self::NobodyChangedBand => "nobody moved from one band to another",
            Self::AllBaselinesEqual => "everybody had the same baseline score",
            Self::AllFollowUpsEqual => "everybody had the same follow-up score",
            Self::PerfectCorrelation => "follow-up and baseline are perfectly correlated",
            Self::TwoPairs => "two pairs are too few for a correction",
            Self::ReliabilityOfChangeNotPositive => {
                "the changes vary no more than measurement error alone makes them"
            }
            Self::OneClass => "everybody is of one and the same class",
            Self::MissingBand => "a band has no rate",
            Self::EmptyBand => "a band has nobody in it",
            Self::ComparedWithZero => "the rate to compare with is zero",
            Self::NotARatioScale => {
                "the values have no zero that makes a ratio of them mean something"
            }
            Self::NoScores => "there are no scores",
            Self::OneValue => "one value has no spread to estimate from",
            Self::OneTime => "the scores are all of one time",
            Self::NobodySeenTwice => "nobody has scores at two times",
            Self::TooFewSittings => {
                "there are no more scores than people's own effects to estimate"
            }
            Self::NoResidualSpread => "everything lies on its line without any error",
            Self::NotConverged => "the search for the highest likelihood did not settle",
            Self::NoPeriods => "no period has a value",
            Self::NoNeighbouringPeriods => "no two neighbouring periods have values",
            Self::NobodyFollowedUpYet => "nobody had been followed up by then",
            Self::EverybodyFollowedUp => "everybody had been followed up by then",
            Self::NobodyStillWatched => "nobody was watched for that long",
            Self::MedianNotReached => {
                "fewer than half are followed up as long as anybody is watched"
            }
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
            Degenerate::LimitBeyondResamples,
            "limit-beyond-resamples",
            "a limit lies beyond all resamples drawn",
        ),
        (
            Degenerate::AllResamplesOnOneSide,
            "all-resamples-on-one-side",
            "all resamples lie on one side of the sample's value",
        ),
        (
            Degenerate::NoPatternsDrawn,
            "no-patterns-drawn",
            "no pattern of signs was drawn to compare with",
        ),
        (
            Degenerate::JackknifeWithoutSpread,
            "jackknife-without-spread",
            "the value is the same whichever pair is left out",
        ),
        (
            Degenerate::JackknifeUndefined,
            "jackknife-undefined",
            "the value does not exist without one of the pairs",
        ),
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
            Degenerate::AllFollowUpsEqual,
            "all-follow-ups-equal",
            "everybody had the same follow-up score",
        ),
        (
            Degenerate::PerfectCorrelation,
            "perfect-correlation",
            "follow-up and baseline are perfectly correlated",
        ),
        (Degenerate::TwoPairs, "two-pairs", "two pairs are too few for a correction"),
        (
            Degenerate::ReliabilityOfChangeNotPositive,
            "reliability-of-change-not-positive",
            "the changes vary no more than measurement error alone makes them",
        ),
        (Degenerate::OneClass, "one-class", "everybody is of one and the same class"),
        (Degenerate::MissingBand, "missing-band", "a band has no rate"),
        (Degenerate::EmptyBand, "empty-band", "a band has nobody in it"),
        (Degenerate::ComparedWithZero, "compared-with-zero", "the rate to compare with is zero"),
        (
            Degenerate::NotARatioScale,
            "not-a-ratio-scale",
            "the values have no zero that makes a ratio of them mean something",
        ),
        (Degenerate::NoScores, "no-scores", "there are no scores"),
        (Degenerate::OneValue, "one-value", "one value has no spread to estimate from"),
        (Degenerate::OneTime, "one-time", "the scores are all of one time"),
        (Degenerate::NobodySeenTwice, "nobody-seen-twice", "nobody has scores at two times"),
        (
            Degenerate::TooFewSittings,
            "too-few-sittings",
            "there are no more scores than people's own effects to estimate",
        ),
        (
            Degenerate::NoResidualSpread,
            "no-residual-spread",
            "everything lies on its line without any error",
        ),
        (
            Degenerate::NotConverged,
            "not-converged",
            "the search for the highest likelihood did not settle",
        ),
        (
            Degenerate::NobodyFollowedUpYet,
            "nobody-followed-up-yet",
            "nobody had been followed up by then",
        ),
        (
            Degenerate::EverybodyFollowedUp,
            "everybody-followed-up",
            "everybody had been followed up by then",
        ),
        (
            Degenerate::NobodyStillWatched,
            "nobody-still-watched",
            "nobody was watched for that long",
        ),
        (Degenerate::NoPeriods, "no-periods", "no period has a value"),
        (
            Degenerate::NoNeighbouringPeriods,
            "no-neighbouring-periods",
            "no two neighbouring periods have values",
        ),
        (
            Degenerate::MedianNotReached,
            "median-not-reached",
            "fewer than half are followed up as long as anybody is watched",
        ),
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
