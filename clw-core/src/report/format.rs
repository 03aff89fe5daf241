//! Dates, lines and ranges as the page prints them; numbers are printed as in sentences.

use jiff::civil::Date;

use crate::instrument::{Points, Scale};
pub(super) use crate::sentences::format::*;

/// Two limits in a table: `2.03–2.70`, or `−0.50 to 1.20` where a dash would read as a minus.
pub(super) fn range(lower: f64, upper: f64, places: usize) -> String {
    let joint = if lower < 0.0 || upper < 0.0 { " to " } else { "–" };
    format!("{}{joint}{}", decimal(lower, places), decimal(upper, places))
}

/// Two proportions as a range of percentages in a table: `44.8–50.4 %`.
pub(super) fn percent_range(lower: f64, upper: f64) -> String {
    format!("{}–{}{NO_BREAK}%", percent_digits(lower), percent_digits(upper))
}

/// A civil date: `30 June 2026`.
pub(super) fn date(date: Date) -> String {
    format!("{}{NO_BREAK}{} {}", date.day(), month_name(date.month()), date.year())
}

/// A score as it lies on its grid: whole numbers without decimals, else up to two.
pub(super) fn score(scale: &Scale, points: Points) -> String {
    let places = match scale.steps_per_unit {
        0 | 1 => 0,
        2..=10 if 10 % scale.steps_per_unit == 0 => 1,
        _ => 2,
    };
    decimal(scale.value(points), places)
}

/// A month of the calendar written `2024-04`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Month {
    year: i32,
    month: i8,
}

impl Month {
    /// Reads `2024-04`; nothing else is a month.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let (year, month) = text.split_once('-')?;
        let (year, month) = (year.parse().ok()?, month.parse().ok()?);
        (text.len() == 7 && (1..=12).contains(&month)).then_some(Self { year, month })
    }

    /// Months since the year 0, to place it in time.
    pub(super) fn ordinal(self) -> i32 {
        self.year * 12 + i32::from(self.month) - 1
    }

    /// The month with this ordinal.
    pub(super) fn from_ordinal(ordinal: i32) -> Self {
        let month = i8::try_from(ordinal.rem_euclid(12)).unwrap_or(0) + 1;
        Self { year: ordinal.div_euclid(12), month }
    }

    /// `April 2024`.
    pub(super) fn long(self) -> String {
        format!("{} {}", month_name(self.month), self.year)
    }

    /// `Apr 24`.
    pub(super) fn short(self) -> String {
        let name: String = month_name(self.month).chars().take(3).collect();
        format!("{name} {:02}", self.year.rem_euclid(100))
    }
}

fn month_name(month: i8) -> &'static str {
    const NAMES: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    let place = usize::try_from(month - 1).unwrap_or(0);
    NAMES.get(place).copied().unwrap_or("")
}

/// Text in lines of at most `width` letters, parted at its spaces; a longer word is parted itself.
/// Nothing is left out.
pub(super) fn lines(text: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        for piece in pieces(word, width) {
            match lines.last_mut() {
                Some(line) if line.chars().count() + 1 + piece.chars().count() <= width => {
                    line.push(' ');
                    line.push_str(&piece);
                }
                _ => lines.push(piece),
            }
        }
    }
    lines
}

fn pieces(word: &str, width: usize) -> Vec<String> {
    let letters: Vec<char> = word.chars().collect();
    letters.chunks(width.max(1)).map(|piece| piece.iter().collect()).collect()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date as civil;

    use super::*;
    use crate::instrument::Direction;

    #[test]
    fn a_dash_never_stands_beside_a_minus() {
        assert_eq!(range(2.03, 2.7, 2), "2.03–2.70");
        assert_eq!(range(-0.5, 1.2, 2), "−0.50 to 1.20");
    }

    #[test]
    fn shares_in_a_table_share_their_unit() {
        assert_eq!(percent_range(0.4478, 0.5039), "44.8–50.4\u{a0}%");
    }

    #[test]
    fn dates_and_months_are_written_out() {
        assert_eq!(date(civil(2026, 6, 30)), "30\u{a0}June 2026");
        let april = Month::parse("2024-04").unwrap();
        assert_eq!((april.long(), april.short()), ("April 2024".to_owned(), "Apr 24".to_owned()));
        assert_eq!(Month::from_ordinal(april.ordinal() + 9), Month::parse("2025-01").unwrap());
        for not_a_month in ["2024-13", "2024-00", "not recorded", "2024-4", "24-04", "2024-04-01"] {
            assert_eq!(Month::parse(not_a_month), None, "{not_a_month}");
        }
    }

    #[test]
    fn scores_show_the_decimals_of_their_grid() {
        let scale = |steps_per_unit, highest| Scale {
            direction: Direction::HigherIsBetter,
            steps_per_unit,
            lowest: Points(0),
            highest: Points(highest),
        };
        assert_eq!(score(&scale(100, 3500), Points(1798)), "17.98");
        assert_eq!(score(&scale(1, 27), Points(14)), "14");
        assert_eq!(score(&scale(2, 20), Points(5)), "2.5");
        assert_eq!(score(&scale(3, 30), Points(10)), "3.33");
    }

    #[test]
    fn long_text_wraps_at_spaces_and_ends_in_an_ellipsis() {
        assert_eq!(lines("Kilmarrow Road Surgery", 26), ["Kilmarrow Road Surgery"]);
        assert_eq!(lines("one two three four five", 10), ["one two", "three four", "five"]);
        assert_eq!(lines("abcdefghijkl", 5), ["abcde", "fghij", "kl"]);
        assert!(lines("", 5).is_empty());
    }
}
