//! Adding counts that may have been read from a file.

use core::fmt;

/// Two counts whose sum is beyond what an integer holds, so that one of them was never counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CountOverflow {
    /// The one count.
    pub left: u64,
    /// The other.
    pub right: u64,
}

impl CountOverflow {
    /// The stable name of the error, the same in Rust, Python and JavaScript.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        "count-overflow"
    }
}

impl fmt::Display for CountOverflow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "the counts {} and {} add up to more than {}; \
             one of them was not counted, so make both evaluations again",
            self.left,
            self.right,
            u64::MAX
        )
    }
}

impl core::error::Error for CountOverflow {}

/// Adds `more` to `count`, which is then the count of both parts together.
pub(crate) fn add_count(count: &mut u64, more: u64) -> Result<(), CountOverflow> {
    *count = count.checked_add(more).ok_or(CountOverflow { left: *count, right: more })?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sum_beyond_an_integer_is_refused_and_changes_nothing() {
        let mut count = u64::MAX - 1;
        assert_eq!(add_count(&mut count, 1), Ok(()));
        let error = add_count(&mut count, 2).unwrap_err();
        assert_eq!((count, error.code()), (u64::MAX, "count-overflow"));
        assert_eq!(
            error.to_string(),
            "the counts 18446744073709551615 and 2 add up to more than 18446744073709551615; \
             one of them was not counted, so make both evaluations again"
        );
    }
}
