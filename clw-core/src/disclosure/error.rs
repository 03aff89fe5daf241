//! Why tables cannot be published.

use core::fmt;

/// Why tables, or the rule they are to be published under, are refused.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum DisclosureError {
    /// A profile that hides ones only, so that each gap says one.
    LimitTooLow {
        /// The largest count it hides.
        hide_up_to: u64,
    },
    /// A profile that calls counts small that are not.
    LimitTooHigh {
        /// The largest count it hides.
        hide_up_to: u64,
        /// The largest limit there may be.
        highest: u64,
    },
    /// A rounding that does nothing, or that rounds a count that is shown to nobody.
    BaseOutside {
        /// The base.
        base: u64,
        /// The largest base there may be with the limit of the profile.
        highest: u64,
    },
    /// One cell was given two counts.
    TwoCounts {
        /// The cell.
        cell: String,
        /// The count it has.
        held: u64,
        /// The count that was to be added.
        given: u64,
    },
    /// A sum names a cell that was not given.
    UnknownCell {
        /// The cell.
        cell: String,
    },
    /// Parts do not add up to their total.
    DoesNotAddUp {
        /// The total.
        total: String,
        /// Its count.
        count: u64,
        /// What its parts add up to.
        parts: u128,
    },
    /// A sensitive count follows from what is public already, whatever else is hidden.
    CannotBeProtected {
        /// The cell.
        cell: String,
    },
}

impl DisclosureError {
    /// The stable name of this error.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::LimitTooLow { .. } => "limit-too-low",
            Self::LimitTooHigh { .. } => "limit-too-high",
            Self::BaseOutside { .. } => "rounding-base-outside",
            Self::TwoCounts { .. } => "two-counts-of-one-cell",
            Self::UnknownCell { .. } => "unknown-cell",
            Self::DoesNotAddUp { .. } => "parts-do-not-add-up",
            Self::CannotBeProtected { .. } => "cannot-be-protected",
        }
    }
}

impl fmt::Display for DisclosureError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::LimitTooLow { hide_up_to } => write!(
                f,
                "counts up to {hide_up_to} are hidden, fewer than up to 2, so that a gap gives \
                 its count away; hide counts up to 2 at least"
            ),
            Self::LimitTooHigh { hide_up_to, highest } => write!(
                f,
                "counts up to {hide_up_to} are hidden, more than up to {highest}, which no rule calls \
                 small; hide counts up to {highest} at most"
            ),
            Self::BaseOutside { base, highest } => write!(
                f,
                "counts are rounded to base {base}, outside 2..={highest}; a base in this range \
                 rounds, and rounds no count that is shown to 0"
            ),
            Self::TwoCounts { cell, held, given } => write!(
                f,
                "cell {cell} has a count of {held} and was given another, {given}; cells that \
                 count different people need different keys"
            ),
            Self::UnknownCell { cell } => write!(
                f,
                "a sum names cell {cell}, which has no count; add the cell before the sum"
            ),
            Self::DoesNotAddUp { total, count, parts } => write!(
                f,
                "total {total} is {count} and its parts add up to {parts}; a sum needs all parts \
                 of its total, each once"
            ),
            Self::CannotBeProtected { cell } => write!(
                f,
                "a small count follows from counts that are public already, whatever is hidden: \
                 {cell}; leave its table out or merge its groups"
            ),
        }
    }
}

impl core::error::Error for DisclosureError {}

#[cfg(test)]
mod tests {
    use super::*;
    use DisclosureError as Error;

    #[test]
    fn each_error_has_a_code_and_says_fact_limit_and_remedy() {
        let cell = || "practice/North/paired".to_owned();
        let rows = [
            (
                Error::LimitTooLow { hide_up_to: 1 },
                "limit-too-low",
                "counts up to 1 are hidden, fewer than up to 2, so that a gap gives its count \
                 away; hide counts up to 2 at least",
            ),
            (
                Error::LimitTooHigh { hide_up_to: 21, highest: 20 },
                "limit-too-high",
                "counts up to 21 are hidden, more than up to 20, which no rule calls small; hide \
                 counts up to 20 at most",
            ),
            (
                Error::BaseOutside { base: 11, highest: 10 },
                "rounding-base-outside",
                "counts are rounded to base 11, outside 2..=10; a base in this range rounds, and \
                 rounds no count that is shown to 0",
            ),
            (
                Error::TwoCounts { cell: cell(), held: 7, given: 9 },
                "two-counts-of-one-cell",
                "cell practice/North/paired has a count of 7 and was given another, 9; cells that \
                 count different people need different keys",
            ),
            (
                Error::UnknownCell { cell: cell() },
                "unknown-cell",
                "a sum names cell practice/North/paired, which has no count; add the cell before \
                 the sum",
            ),
            (
                Error::DoesNotAddUp { total: cell(), count: 12, parts: 13 },
                "parts-do-not-add-up",
                "total practice/North/paired is 12 and its parts add up to 13; a sum needs all \
                 parts of its total, each once",
            ),
            (
                Error::CannotBeProtected { cell: cell() },
                "cannot-be-protected",
                "a small count follows from counts that are public already, whatever is hidden: \
                 practice/North/paired; leave its table out or merge its groups",
            ),
        ];
        for (error, code, words) in rows {
            assert_eq!((error.code(), error.to_string().as_str()), (code, words));
        }
    }
}
