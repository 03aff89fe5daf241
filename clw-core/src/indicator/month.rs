//! Months, and the periods of the financial year that they add up to.

use std::fmt;
use std::str::FromStr;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::IndicatorError;

const MONTHS_OF_YEAR: i32 = 12;

/// The place of April among the months of a year, counted from 0.
const APRIL: i32 = 3;

/// A month of a year, written `2025-03`.
///
/// ```
/// use clw_core::indicator::{Month, PeriodLength};
///
/// let march: Month = "2025-03".parse()?;
/// assert_eq!(PeriodLength::FinancialYear.label(march), "2024-25");
/// assert_eq!(PeriodLength::Quarter.label(march), "2024-25 Q4");
/// assert_eq!(PeriodLength::FinancialYear.first_month(march).to_string(), "2024-04");
/// # Ok::<(), clw_core::indicator::IndicatorError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(into = "String")]
pub struct Month {
    /// Months since January of the year 0.
    since_year_0: i32,
}

crate::coded::deserialize_checked!(Month, String);

impl Month {
    /// The month of a day.
    #[must_use]
    pub fn of(date: Date) -> Self {
        let (year, month) = (i32::from(date.year()), i32::from(date.month()));
        Self { since_year_0: year * MONTHS_OF_YEAR + month - 1 }
    }

    pub(crate) const fn plus(self, months: i32) -> Self {
        Self { since_year_0: self.since_year_0 + months }
    }

    pub(crate) const fn months_since(self, earlier: Self) -> i32 {
        self.since_year_0 - earlier.since_year_0
    }
}

impl FromStr for Month {
    type Err = IndicatorError;

    fn from_str(text: &str) -> Result<Self, IndicatorError> {
        let number = |digits: &str, length: usize| {
            let all = digits.len() == length && digits.bytes().all(|byte| byte.is_ascii_digit());
            all.then(|| digits.parse::<i32>().ok()).flatten()
        };
        let parts = text.split_once('-').and_then(|(year, month)| {
            let month = number(month, 2).filter(|month| (1..=MONTHS_OF_YEAR).contains(month))?;
            Some(Self { since_year_0: number(year, 4)? * MONTHS_OF_YEAR + month - 1 })
        });
        parts.ok_or_else(|| IndicatorError::NotAMonth { text: text.to_owned() })
    }
}

impl TryFrom<String> for Month {
    type Error = IndicatorError;

    fn try_from(text: String) -> Result<Self, IndicatorError> {
        text.parse()
    }
}

impl From<Month> for String {
    fn from(month: Month) -> Self {
        month.to_string()
    }
}

impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let year = self.since_year_0.div_euclid(MONTHS_OF_YEAR);
        write!(f, "{year:04}-{:02}", self.since_year_0.rem_euclid(MONTHS_OF_YEAR) + 1)
    }
}

/// How long a reporting period is. All but the month are parts of a financial year, April to March.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PeriodLength {
    /// A month.
    Month,
    /// Three months from April, July, October or January.
    Quarter,
    /// Six months from April or October.
    HalfYear,
    /// Twelve months from April.
    FinancialYear,
}

impl PeriodLength {
    pub(super) const fn months(self) -> i32 {
        match self {
            Self::Month => 1,
            Self::Quarter => 3,
            Self::HalfYear => 6,
            Self::FinancialYear => MONTHS_OF_YEAR,
        }
    }

    /// The first month of the period that a month is in.
    #[must_use]
    pub const fn first_month(self, month: Month) -> Month {
        month.plus(-(month.since_year_0 - APRIL).rem_euclid(self.months()))
    }

    /// The name of the period that a month is in: `2025-03`, `2024-25 Q4`, `2024-25 H2`, `2024-25`.
    #[must_use]
    pub fn label(self, month: Month) -> String {
        let since_april = month.since_year_0 - APRIL;
        let year = since_april.div_euclid(MONTHS_OF_YEAR);
        let part = since_april.rem_euclid(MONTHS_OF_YEAR) / self.months() + 1;
        let next = (year + 1).rem_euclid(100);
        match self {
            Self::Month => month.to_string(),
            Self::Quarter => format!("{year}-{next:02} Q{part}"),
            Self::HalfYear => format!("{year}-{next:02} H{part}"),
            Self::FinancialYear => format!("{year}-{next:02}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_follow_the_financial_year() {
        for (month, quarter, half, year) in [
            ("2024-03", "2023-24 Q4", "2023-24 H2", "2023-24"),
            ("2024-04", "2024-25 Q1", "2024-25 H1", "2024-25"),
            ("2024-09", "2024-25 Q2", "2024-25 H1", "2024-25"),
            ("2024-10", "2024-25 Q3", "2024-25 H2", "2024-25"),
            ("2025-01", "2024-25 Q4", "2024-25 H2", "2024-25"),
            ("2099-12", "2099-00 Q3", "2099-00 H2", "2099-00"),
        ] {
            let found: Month = month.parse().unwrap();
            assert_eq!(found.to_string(), month);
            assert_eq!(PeriodLength::Month.label(found), month);
            assert_eq!(PeriodLength::Quarter.label(found), quarter);
            assert_eq!(PeriodLength::HalfYear.label(found), half);
            assert_eq!(PeriodLength::FinancialYear.label(found), year);
        }
        let first =
            |length: PeriodLength| length.first_month("2025-02".parse().unwrap()).to_string();
        assert_eq!(first(PeriodLength::Month), "2025-02");
        assert_eq!(first(PeriodLength::Quarter), "2025-01");
        assert_eq!(first(PeriodLength::HalfYear), "2024-10");
        assert_eq!(first(PeriodLength::FinancialYear), "2024-04");
    }

    #[test]
    fn what_is_no_month_is_refused() {
        for text in ["", "2024", "2024-00", "2024-13", "24-01", "2024-1", "+024-01", "not due"] {
            assert_eq!(text.parse::<Month>().unwrap_err().code(), "not-a-month", "{text}");
        }
    }
}
