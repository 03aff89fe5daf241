//! The one place that rounds: numbers, dates and foreign text as they are printed.

use jiff::civil::Date;

use crate::instrument::{Points, Scale};

/// A space that does not break a line, as between a number and its unit.
pub(super) const NO_BREAK: char = '\u{a0}';

/// A count, with thousands apart: `1,215`.
pub(super) fn count(count: u64) -> String {
    thousands(&count.to_string())
}

/// A number to a fixed number of decimals: `1,234.50`, `−0.7`, never `-0.0`.
pub(super) fn decimal(value: f64, places: usize) -> String {
    let digits = format!("{:.places$}", value.abs());
    let is_zero = !digits.contains(|digit: char| ('1'..='9').contains(&digit));
    let sign = if value < 0.0 && !is_zero { "−" } else { "" };
    let (whole, fraction) = digits.split_once('.').unwrap_or((&digits, ""));
    let point = if fraction.is_empty() { "" } else { "." };
    format!("{sign}{}{point}{fraction}", thousands(whole))
}

/// A number with its sign, as a change is printed: `+2.36`, `−0.50`, `0.00`.
pub(super) fn signed(value: f64, places: usize) -> String {
    let text = decimal(value, places);
    if value > 0.0 && text.contains(|digit: char| ('1'..='9').contains(&digit)) {
        format!("+{text}")
    } else {
        text
    }
}

/// Two limits in a table: `2.03–2.70`, or `−0.50 to 1.20` where a dash would read as a minus.
pub(super) fn range(lower: f64, upper: f64, places: usize) -> String {
    let joint = if lower < 0.0 || upper < 0.0 { " to " } else { "–" };
    format!("{}{joint}{}", decimal(lower, places), decimal(upper, places))
}

/// Two limits in a sentence: `2.03 to 2.70`.
pub(super) fn from_to(lower: f64, upper: f64, places: usize) -> String {
    format!("{} to {}", decimal(lower, places), decimal(upper, places))
}

/// A proportion as a percentage: `47.6 %`. What is neither none nor all is not printed as such.
pub(super) fn percent(proportion: f64) -> String {
    format!("{}{NO_BREAK}%", percent_digits(proportion))
}

/// Two proportions as a range of percentages in a table: `44.8–50.4 %`.
pub(super) fn percent_range(lower: f64, upper: f64) -> String {
    format!("{}–{}{NO_BREAK}%", percent_digits(lower), percent_digits(upper))
}

/// Two proportions as limits in a sentence, the unit left to the text before: `44.8 to 50.4`.
pub(super) fn percent_from_to(lower: f64, upper: f64) -> String {
    format!("{} to {}", percent_digits(lower), percent_digits(upper))
}

fn percent_digits(proportion: f64) -> String {
    let percent = 100.0 * proportion;
    if percent > 0.0 && percent < 0.05 {
        "<0.1".to_owned()
    } else if (99.95..100.0).contains(&percent) {
        ">99.9".to_owned()
    } else {
        decimal(percent, 1)
    }
}

/// A confidence level: `95 %`, `99.9 %`.
pub(super) fn level(level: f64) -> String {
    let digits = decimal(100.0 * level, 6);
    format!("{}{NO_BREAK}%", digits.trim_end_matches('0').trim_end_matches('.'))
}

/// A p value, never printed as nought: `p < 0.001`, `p = 0.034`.
pub(super) fn p_value(p: f64) -> String {
    if p < 0.001 {
        format!("p{NO_BREAK}<{NO_BREAK}0.001")
    } else if p >= 0.9995 {
        format!("p{NO_BREAK}>{NO_BREAK}0.999")
    } else {
        format!("p{NO_BREAK}={NO_BREAK}{}", decimal(p, 3))
    }
}

/// A civil date: `30 June 2026`.
pub(super) fn date(date: Date) -> String {
    format!("{}{NO_BREAK}{} {}", date.day(), month_name(date.month()), date.year())
}

/// How many decimals a mean on a scale is printed with: enough to see a change of one hundredth of
/// the scale's range.
pub(super) fn mean_places(scale: &Scale) -> usize {
    let range = scale.value(scale.highest) - scale.value(scale.lowest);
    let hundredths = scale.steps_per_unit >= 100;
    if hundredths || range <= 12.0 { 2 } else { 1 }
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

fn thousands(digits: &str) -> String {
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// Foreign text as it may be printed: control characters, which no XML may hold, and the invisible
/// ones that turn the reading direction of what follows are shown as `\u{fffd}`.
pub(super) fn printable(text: &str) -> String {
    let turns_text = |letter| matches!(letter, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let forbidden = |letter: char| {
        letter.is_control() || turns_text(letter) || matches!(letter, '\u{fffe}' | '\u{ffff}')
    };
    text.chars().map(|letter| if forbidden(letter) { '\u{fffd}' } else { letter }).collect()
}

/// Text cut into lines of at most `width` letters at its spaces, at most `most` of them; what does
/// not fit is marked by an ellipsis.
pub(super) fn lines(text: &str, width: usize, most: usize) -> Vec<String> {
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
    if lines.len() > most {
        lines.truncate(most);
        if let Some(last) = lines.last_mut() {
            *last = last.chars().take(width.saturating_sub(1)).chain(['…']).collect();
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
    fn counts_have_thousands_apart() {
        for (number, text) in [
            (0, "0"),
            (999, "999"),
            (1215, "1,215"),
            (1_234_567, "1,234,567"),
            (u64::MAX, "18,446,744,073,709,551,615"),
        ] {
            assert_eq!(count(number), text);
        }
    }

    #[test]
    fn decimals_never_show_a_negative_nought() {
        for (value, places, text) in [
            (2.360_55, 2, "2.36"),
            (-1.155_96, 2, "−1.16"),
            (-0.004, 2, "0.00"),
            (1234.5, 1, "1,234.5"),
            (7.0, 0, "7"),
            (-0.0, 0, "0"),
        ] {
            assert_eq!(decimal(value, places), text);
        }
        assert_eq!(
            [signed(2.36, 2), signed(-2.36, 2), signed(0.001, 2)],
            ["+2.36", "−2.36", "0.00"]
        );
    }

    #[test]
    fn a_dash_never_stands_beside_a_minus() {
        assert_eq!(range(2.03, 2.7, 2), "2.03–2.70");
        assert_eq!(range(-0.5, 1.2, 2), "−0.50 to 1.20");
        assert_eq!(from_to(2.03, 2.7, 2), "2.03 to 2.70");
    }

    #[test]
    fn percentages_keep_none_and_all_apart_from_nearly() {
        for (proportion, text) in [
            (0.0, "0.0\u{a0}%"),
            (0.000_1, "<0.1\u{a0}%"),
            (578.0 / 1215.0, "47.6\u{a0}%"),
            (0.9999, ">99.9\u{a0}%"),
            (1.0, "100.0\u{a0}%"),
        ] {
            assert_eq!(percent(proportion), text);
        }
        assert_eq!(percent_range(0.4478, 0.5039), "44.8–50.4\u{a0}%");
        assert_eq!(percent_from_to(0.4478, 0.5039), "44.8 to 50.4");
    }

    #[test]
    fn levels_show_the_decimals_they_have() {
        let texts = [0.95, 0.9, 0.999].map(level);
        assert_eq!(texts, ["95\u{a0}%", "90\u{a0}%", "99.9\u{a0}%"]);
    }

    #[test]
    fn p_is_never_printed_as_nought_or_one() {
        for (p, text) in [
            (f64::MIN_POSITIVE, "p\u{a0}<\u{a0}0.001"),
            (0.001, "p\u{a0}=\u{a0}0.001"),
            (0.0344, "p\u{a0}=\u{a0}0.034"),
            (1.0, "p\u{a0}>\u{a0}0.999"),
        ] {
            assert_eq!(p_value(p), text);
        }
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
        let places = [scale(100, 3500), scale(1, 10), scale(1, 27), scale(3, 30)];
        assert_eq!(places.map(|scale| mean_places(&scale)), [2, 2, 1, 2]);
    }

    #[test]
    fn foreign_text_cannot_break_xml_or_turn_the_line() {
        assert_eq!(printable("Dr\u{0} \u{202e}Evil\n"), "Dr\u{fffd} \u{fffd}Evil\u{fffd}");
        assert_eq!(printable("Càrn Beag & Sons <1>"), "Càrn Beag & Sons <1>");
    }

    #[test]
    fn long_text_wraps_at_spaces_and_ends_in_an_ellipsis() {
        assert_eq!(lines("Kilmarrow Road Surgery", 26, 2), ["Kilmarrow Road Surgery"]);
        assert_eq!(lines("one two three four", 10, 2), ["one two", "three four"]);
        assert_eq!(lines("one two three four five", 10, 2), ["one two", "three fou…"]);
        assert_eq!(lines("abcdefghijkl", 5, 2), ["abcde", "fghi…"]);
        assert!(lines("", 5, 2).is_empty());
    }
}
