//! What is refused, and why.

use std::fmt;

use crate::caseload::CountOverflow;
use crate::instrument::Decimal;

/// Why an indicator cannot be read or worked out.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum IndicatorError {
    /// The text is no definition.
    Unreadable {
        /// The parser's account, with the place.
        reason: String,
    },
    /// A field is refused by its own check.
    Refused {
        /// The stable name of that check's error.
        code: String,
        /// Its message.
        message: String,
    },
    /// A field is empty.
    Blank {
        /// The field.
        field: &'static str,
    },
    /// The counts are to be grouped by something that is no month.
    NotByMonth {
        /// The code of what they are to be grouped by.
        by: &'static str,
    },
    /// The numerator counts episodes that the denominator does not.
    NotPartOfDenominator {
        /// The numerator.
        numerator: String,
        /// The code of the denominator.
        denominator: &'static str,
    },
    /// The target is no proportion.
    TargetOutside {
        /// The target.
        target: Decimal,
    },
    /// A text is no month.
    NotAMonth {
        /// The text.
        text: String,
    },
    /// The months end before they begin.
    SpanBackwards {
        /// The first month.
        from: String,
        /// The last month.
        to: String,
    },
    /// A rule of reliable change is named that was not given.
    UnknownRule {
        /// Its name.
        rule: String,
        /// The names there are.
        known: Vec<String>,
    },
    /// The episodes were not grouped by the month that the indicator counts by.
    NotGrouped {
        /// The code of the month.
        by: &'static str,
    },
    /// No indicator of the library has this id.
    UnknownIndicator {
        /// The id.
        id: String,
        /// The ids there are.
        known: Vec<String>,
    },
    /// Counts of months are given without any month.
    NoMonths,
    /// A month is given twice.
    MonthTwice {
        /// The month.
        month: String,
    },
    /// More are counted in a month than there are.
    MoreThanAll {
        /// The month.
        month: String,
        /// The numerator.
        count: u64,
        /// The denominator.
        of: u64,
    },
    /// The indicator is about finished episodes, and they were not counted.
    FinishedNotCounted,
    /// The counts add up to more than an integer holds.
    Count(CountOverflow),
}

impl IndicatorError {
    /// The stable name of the error, the same in Rust, Python and JavaScript.
    #[must_use]
    pub const fn code(&self) -> &str {
        match self {
            Self::Unreadable { .. } => "unreadable-indicator",
            Self::Refused { code, .. } => code.as_str(),
            Self::Blank { .. } => "blank-field",
            Self::NotByMonth { .. } => "not-by-month",
            Self::NotPartOfDenominator { .. } => "not-part-of-denominator",
            Self::TargetOutside { .. } => "target-outside",
            Self::NotAMonth { .. } => "not-a-month",
            Self::SpanBackwards { .. } => "span-backwards",
            Self::UnknownRule { .. } => "unknown-rule",
            Self::NotGrouped { .. } => "not-grouped",
            Self::UnknownIndicator { .. } => "unknown-indicator",
            Self::NoMonths => "no-months",
            Self::MonthTwice { .. } => "month-twice",
            Self::MoreThanAll { .. } => "more-than-all",
            Self::FinishedNotCounted => "finished-not-counted",
            Self::Count(overflow) => overflow.code(),
        }
    }
}

impl fmt::Display for IndicatorError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreadable { reason } => write!(
                f,
                "the indicator cannot be read: {reason}; write the fields of a definition and no \
                 others"
            ),
            Self::Refused { message, .. } => f.write_str(message),
            Self::Blank { field } => write!(
                f,
                "the {field} of the indicator is empty, shorter than 1 character; fill it in"
            ),
            Self::NotByMonth { by } => write!(
                f,
                "the indicator counts by {by}, which is no month; use referral-month, \
                 baseline-month, due-month or closure-month"
            ),
            Self::NotPartOfDenominator { numerator, denominator } => write!(
                f,
                "the numerator {numerator} is no part of the denominator {denominator}; take a \
                 denominator that everybody in the numerator has passed"
            ),
            Self::TargetOutside { target } => {
                write!(f, "the target is {target}, outside 0..=1; write 0.6 for 60 %")
            }
            Self::NotAMonth { text } => write!(
                f,
                "\"{text}\" is not a month from 0000-01 to 9999-12; write 2025-03 for March 2025"
            ),
            Self::SpanBackwards { from, to } => write!(
                f,
                "the report ends in {to}, before it begins in {from}; give the earlier month first"
            ),
            Self::UnknownRule { rule, known } => write!(
                f,
                "the rule of reliable change \"{rule}\" is not one of those of the plan ({}); name \
                 one of them or add it to the plan",
                if known.is_empty() { "none".to_owned() } else { known.join(", ") }
            ),
            Self::NotGrouped { by } => write!(
                f,
                "the episodes are not counted by {by}, which the indicator needs; add it to what \
                 the plan groups by"
            ),
            Self::UnknownIndicator { id, known } => write!(
                f,
                "the library has no indicator {id:?}; name one of {}, or give a definition",
                known.join(", ")
            ),
            Self::NoMonths => f.write_str(
                "counts of 0 months were given, and no span of months; give at least one of either",
            ),
            Self::MonthTwice { month } => {
                write!(f, "the month {month} is given twice; add its counts up and give it once")
            }
            Self::MoreThanAll { month, count, of } => {
                write!(f, "{count} of {of} are counted in {month}; count no more than all")
            }
            Self::FinishedNotCounted => f.write_str(
                "the indicator is about finished episodes, of which 0 counts were given; count \
                 those that are closed after two attended contacts apart",
            ),
            Self::Count(overflow) => overflow.fmt(f),
        }
    }
}

impl std::error::Error for IndicatorError {}

impl From<CountOverflow> for IndicatorError {
    fn from(overflow: CountOverflow) -> Self {
        Self::Count(overflow)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_state_the_fact_the_limit_and_the_remedy() {
        let text = |text: &str| text.to_owned();
        let overflow = CountOverflow { left: 1, right: u64::MAX };
        let rows = [
            (
                IndicatorError::Unreadable { reason: text("expected `=` at line 2") },
                "unreadable-indicator",
                "the indicator cannot be read: expected `=` at line 2; write the fields of a \
                 definition and no others",
            ),
            (
                IndicatorError::Blank { field: "title" },
                "blank-field",
                "the title of the indicator is empty, shorter than 1 character; fill it in",
            ),
            (
                IndicatorError::NotByMonth { by: "practice" },
                "not-by-month",
                "the indicator counts by practice, which is no month; use referral-month, \
                 baseline-month, due-month or closure-month",
            ),
            (
                IndicatorError::NotPartOfDenominator {
                    numerator: text("box seen"),
                    denominator: "due",
                },
                "not-part-of-denominator",
                "the numerator box seen is no part of the denominator due; take a denominator that \
                 everybody in the numerator has passed",
            ),
            (
                IndicatorError::TargetOutside { target: 60.into() },
                "target-outside",
                "the target is 60, outside 0..=1; write 0.6 for 60 %",
            ),
            (
                IndicatorError::NotAMonth { text: text("March") },
                "not-a-month",
                "\"March\" is not a month from 0000-01 to 9999-12; write 2025-03 for March 2025",
            ),
            (
                IndicatorError::SpanBackwards { from: text("2025-03"), to: text("2024-04") },
                "span-backwards",
                "the report ends in 2024-04, before it begins in 2025-03; give the earlier month \
                 first",
            ),
            (
                IndicatorError::UnknownRule {
                    rule: text("nhs"),
                    known: vec![text("a"), text("b")],
                },
                "unknown-rule",
                "the rule of reliable change \"nhs\" is not one of those of the plan (a, b); name \
                 one of them or add it to the plan",
            ),
            (
                IndicatorError::UnknownIndicator {
                    id: text("x"),
                    known: vec![text("a"), text("b")],
                },
                "unknown-indicator",
                "the library has no indicator \"x\"; name one of a, b, or give a definition",
            ),
            (
                IndicatorError::NoMonths,
                "no-months",
                "counts of 0 months were given, and no span of months; give at least one of either",
            ),
            (
                IndicatorError::MonthTwice { month: text("2025-03") },
                "month-twice",
                "the month 2025-03 is given twice; add its counts up and give it once",
            ),
            (
                IndicatorError::MoreThanAll { month: text("2025-03"), count: 3, of: 2 },
                "more-than-all",
                "3 of 2 are counted in 2025-03; count no more than all",
            ),
            (
                IndicatorError::NotGrouped { by: "due-month" },
                "not-grouped",
                "the episodes are not counted by due-month, which the indicator needs; add it to \
                 what the plan groups by",
            ),
            (
                IndicatorError::FinishedNotCounted,
                "finished-not-counted",
                "the indicator is about finished episodes, of which 0 counts were given; count \
                 those that are closed after two attended contacts apart",
            ),
            (
                IndicatorError::Count(overflow),
                "count-overflow",
                "the counts 1 and 18446744073709551615 add up to more than 18446744073709551615; \
                 one of them was not counted, so make both evaluations again",
            ),
        ];
        for (error, code, message) in rows {
            assert_eq!((error.code(), error.to_string().as_str()), (code, message));
        }
    }
}
