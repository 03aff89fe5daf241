//! What charts and comparisons refuse, and why.

use std::fmt;

/// Why counts cannot be charted or compared.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum ComparisonError {
    /// A numerator is above its denominator.
    MoreThanAll {
        /// The period or group.
        name: String,
        /// The numerator.
        count: u64,
        /// The denominator.
        of: u64,
    },
    /// The denominators add up to more than an integer holds.
    TotalTooLarge,
    /// A period or group occurs twice.
    NameTwice {
        /// Its name.
        name: String,
    },
    /// A period is named that is not among those given.
    UnknownPeriod {
        /// Its name.
        name: String,
    },
    /// Periods are not named in the order in which they are given.
    PeriodsOutOfOrder {
        /// The one named first.
        first: String,
        /// The one named next, which is not later.
        next: String,
    },
    /// A baseline of fewer than two periods.
    BaselineTooShort {
        /// The periods asked for.
        periods: u32,
    },
    /// A rule counts fewer than two points in a row.
    RunTooShort {
        /// The points asked for.
        points: u32,
    },
    /// A value is not a number, or too large to add up.
    ValueOutside {
        /// The period.
        name: String,
        /// The value.
        value: f64,
    },
    /// A target share is not strictly between 0 and 1.
    TargetOutside {
        /// The target.
        target: f64,
    },
    /// A share to winsorise on each side is not at least 0 and below one half.
    WinsorisedOutside {
        /// The share.
        share: f64,
    },
}

impl ComparisonError {
    /// The stable name of the error, the same in Rust, Python and JavaScript.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::MoreThanAll { .. } => "more-than-all",
            Self::TotalTooLarge => "total-too-large",
            Self::NameTwice { .. } => "name-twice",
            Self::UnknownPeriod { .. } => "unknown-period",
            Self::PeriodsOutOfOrder { .. } => "periods-out-of-order",
            Self::BaselineTooShort { .. } => "baseline-too-short",
            Self::RunTooShort { .. } => "run-too-short",
            Self::ValueOutside { .. } => "value-outside",
            Self::TargetOutside { .. } => "target-outside",
            Self::WinsorisedOutside { .. } => "winsorised-outside",
        }
    }
}

impl fmt::Display for ComparisonError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::MoreThanAll { name, count, of } => write!(
                f,
                "\"{name}\" counts {count} of {of}, more than all; count the numerator among those \
                 in the denominator"
            ),
            Self::TotalTooLarge => write!(
                f,
                "the denominators add up to more than {}; check the counts, for no caseload is that \
                 large",
                u64::MAX
            ),
            Self::NameTwice { name } => write!(
                f,
                "\"{name}\" occurs twice, more than once; add its counts up or give each its own \
                 name"
            ),
            Self::UnknownPeriod { name } => write!(
                f,
                "\"{name}\" is not one of the periods given; name one of them, as it is written \
                 there"
            ),
            Self::PeriodsOutOfOrder { first, next } => write!(
                f,
                "\"{next}\" does not come after \"{first}\" in the periods given; name periods in \
                 their order in time, each once"
            ),
            Self::BaselineTooShort { periods } => write!(
                f,
                "the baseline has {periods} periods, fewer than 2; fix the limits after more"
            ),
            Self::RunTooShort { points } => write!(
                f,
                "a rule asks for {points} points in a row, fewer than 2; use the length of its \
                 source"
            ),
            Self::ValueOutside { name, value } => write!(
                f,
                "the value of \"{name}\" is {value}, outside -1e100..=1e100; leave out a period \
                 without a value"
            ),
            Self::TargetOutside { target } => write!(
                f,
                "the target is {target}, not strictly between 0 and 1; write 0.6 for 60 %"
            ),
            Self::WinsorisedOutside { share } => write!(
                f,
                "the share winsorised on each side is {share}, outside 0..0.5; write 0.1 for a \
                 tenth on each side"
            ),
        }
    }
}

impl std::error::Error for ComparisonError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_state_the_fact_the_limit_and_the_remedy() {
        let march = || "2024-03".to_owned();
        let rows = [
            (
                ComparisonError::MoreThanAll { name: march(), count: 7, of: 5 },
                "more-than-all",
                "\"2024-03\" counts 7 of 5, more than all; count the numerator among those in the \
                 denominator",
            ),
            (
                ComparisonError::TotalTooLarge,
                "total-too-large",
                "the denominators add up to more than 18446744073709551615; check the counts, for no \
                 caseload is that large",
            ),
            (
                ComparisonError::NameTwice { name: march() },
                "name-twice",
                "\"2024-03\" occurs twice, more than once; add its counts up or give each its own \
                 name",
            ),
            (
                ComparisonError::UnknownPeriod { name: march() },
                "unknown-period",
                "\"2024-03\" is not one of the periods given; name one of them, as it is written \
                 there",
            ),
            (
                ComparisonError::PeriodsOutOfOrder { first: march(), next: "2024-01".to_owned() },
                "periods-out-of-order",
                "\"2024-01\" does not come after \"2024-03\" in the periods given; name periods in \
                 their order in time, each once",
            ),
            (
                ComparisonError::BaselineTooShort { periods: 1 },
                "baseline-too-short",
                "the baseline has 1 periods, fewer than 2; fix the limits after more",
            ),
            (
                ComparisonError::RunTooShort { points: 0 },
                "run-too-short",
                "a rule asks for 0 points in a row, fewer than 2; use the length of its source",
            ),
            (
                ComparisonError::ValueOutside { name: march(), value: f64::NAN },
                "value-outside",
                "the value of \"2024-03\" is NaN, outside -1e100..=1e100; leave out a period \
                 without a value",
            ),
            (
                ComparisonError::TargetOutside { target: 60.0 },
                "target-outside",
                "the target is 60, not strictly between 0 and 1; write 0.6 for 60 %",
            ),
            (
                ComparisonError::WinsorisedOutside { share: 0.5 },
                "winsorised-outside",
                "the share winsorised on each side is 0.5, outside 0..0.5; write 0.1 for a tenth \
                 on each side",
            ),
        ];
        for (error, code, message) in rows {
            assert_eq!((error.code(), error.to_string().as_str()), (code, message));
        }
    }
}
