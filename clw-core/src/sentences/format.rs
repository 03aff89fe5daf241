//! The one place that rounds: numbers as they are printed, in sentences and on the page.

use crate::estimate::ConfidenceLevel;
use crate::instrument::{Decimal, Scale};

/// A space that does not break a line, as between a number and its unit.
pub(crate) const NO_BREAK: char = '\u{a0}';

/// A count, with thousands apart: `1,215`.
pub(crate) fn count(count: u64) -> String {
    thousands(&count.to_string())
}

/// A count behind "the other": `one`, and from two on the number.
pub(crate) fn one_or_count(others: u64) -> String {
    if others == 1 { "one".to_owned() } else { count(others) }
}

/// A number to a fixed number of decimals: `1,234.50`, `−0.7`, never `-0.0`.
pub(crate) fn decimal(value: f64, places: usize) -> String {
    decimal_of_power_of_ten(value, 0, places)
}

/// A number times a power of ten, to a fixed number of decimals. Both steps are taken on the shortest
/// digits that stand for the number, and halves go away from zero, as on paper:
/// 93 % of 55 % is 0.5115, and prints as 51.2 % though no binary fraction is exactly that.
fn decimal_of_power_of_ten(value: f64, power: usize, places: usize) -> String {
    let shortest = value.abs().to_string();
    let (whole, fraction) = shortest.split_once('.').unwrap_or((&shortest, ""));
    let kept = whole.len() + power + places;
    let zeros = std::iter::repeat(b'0');
    let mut digits: Vec<u8> =
        whole.bytes().chain(fraction.bytes()).chain(zeros).take(kept).collect();
    if fraction.as_bytes().get(power + places).is_some_and(|next| *next >= b'5') {
        add_one_in_the_last_place(&mut digits);
    }
    let digits: String = digits.into_iter().map(char::from).collect();
    let (whole, fraction) = digits.split_at_checked(digits.len() - places).unwrap_or((&digits, ""));
    let whole = whole.trim_start_matches('0');
    let whole = if whole.is_empty() { "0" } else { whole };
    let is_zero = digits.bytes().all(|digit| digit == b'0');
    let sign = if value < 0.0 && !is_zero { "−" } else { "" };
    let point = if fraction.is_empty() { "" } else { "." };
    format!("{sign}{}{point}{fraction}", thousands(whole))
}

fn add_one_in_the_last_place(digits: &mut Vec<u8>) {
    for digit in digits.iter_mut().rev() {
        if *digit < b'9' {
            *digit += 1;
            return;
        }
        *digit = b'0';
    }
    digits.insert(0, b'1');
}

/// A median, which lies on the grid or half-way between two scores: `3`, `3.5`, `18.75`.
pub(crate) fn half(value: f64) -> String {
    let text = decimal(value, 2);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// A number of points as it is written in a rule: `1 point`, `2.5 points`.
pub(crate) fn points(number: Decimal) -> String {
    let noun = if number == Decimal::from(1) { "point" } else { "points" };
    format!("{number} {noun}")
}

/// A number with its sign, as a change is printed: `+2.36`, `−0.50`, `0.00`.
pub(crate) fn signed(value: f64, places: usize) -> String {
    let text = decimal(value, places);
    if value > 0.0 && text.contains(|digit: char| ('1'..='9').contains(&digit)) {
        format!("+{text}")
    } else {
        text
    }
}

/// Two limits in a sentence: `2.03 to 2.70`.
pub(crate) fn from_to(lower: f64, upper: f64, places: usize) -> String {
    format!("{} to {}", decimal(lower, places), decimal(upper, places))
}

/// A proportion as a percentage: `47.6 %`. What is neither none nor all is not printed as such.
pub(crate) fn percent(proportion: f64) -> String {
    format!("{}{NO_BREAK}%", percent_digits(proportion))
}

/// Two proportions as limits in a sentence, the unit left to the text before: `44.8 to 50.4`.
pub(crate) fn percent_from_to(lower: f64, upper: f64) -> String {
    format!("{} to {}", percent_digits(lower), percent_digits(upper))
}

pub(crate) fn percent_digits(proportion: f64) -> String {
    let percent = 100.0 * proportion;
    if percent > 0.0 && percent < 0.05 {
        "<0.1".to_owned()
    } else if (99.95..100.0).contains(&percent) {
        ">99.9".to_owned()
    } else {
        decimal_of_power_of_ten(proportion, 2, 1)
    }
}

/// A confidence level with all the decimals it has: `95 %`, `99.9 %`.
pub(crate) fn level(level: ConfidenceLevel) -> String {
    // Twelve decimals leave rounding out; a level beyond them has all of its digits.
    let digits = format!("{:.12}", level.get());
    let is_rounded_away = matches!(digits.as_str(), "0.000000000000" | "1.000000000000");
    let digits = if is_rounded_away { level.get().to_string() } else { digits };
    let digits = digits.trim_end_matches('0');
    let fraction = digits.split_once('.').map_or("", |(_, fraction)| fraction);
    let (whole, rest) = match fraction.split_at_checked(2) {
        Some((whole, rest)) => (whole.trim_start_matches('0').to_owned(), rest),
        None => (format!("{}0", fraction.trim_start_matches('0')), ""),
    };
    let whole = if whole.is_empty() { "0" } else { &whole };
    let point = if rest.is_empty() { "" } else { "." };
    format!("{whole}{point}{rest}{NO_BREAK}%")
}

/// A p value, never printed as nought: `p < 0.001`, `p = 0.034`.
pub(crate) fn p_value(p: f64) -> String {
    if p < 0.001 {
        format!("p{NO_BREAK}<{NO_BREAK}0.001")
    } else if p >= 0.9995 {
        format!("p{NO_BREAK}>{NO_BREAK}0.999")
    } else {
        format!("p{NO_BREAK}={NO_BREAK}{}", decimal(p, 3))
    }
}

/// How many decimals a mean on a scale is printed with: enough to see a change of one hundredth of
/// the scale's range.
pub(crate) fn mean_places(scale: &Scale) -> usize {
    let range = scale.value(scale.highest) - scale.value(scale.lowest);
    let hundredths = scale.steps_per_unit >= 100;
    if hundredths || range <= 12.0 { 2 } else { 1 }
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
pub(crate) fn printable(text: &str) -> String {
    let turns_text = |letter| matches!(letter, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let forbidden = |letter: char| {
        letter.is_control() || turns_text(letter) || matches!(letter, '\u{fffe}' | '\u{ffff}')
    };
    text.chars().map(|letter| if forbidden(letter) { '\u{fffd}' } else { letter }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::instrument::{Direction, Points};

    #[test]
    fn one_other_is_a_word() {
        assert_eq!([1, 2, 1000].map(one_or_count), ["one", "2", "1,000"]);
    }

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
    fn halves_are_rounded_away_from_zero_as_on_paper() {
        // Python 3.11: Decimal(repr(x)).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP).
        for (value, places, text) in [
            (0.5, 0, "1"),
            (1.005, 2, "1.01"),
            (2.345, 2, "2.35"),
            (-0.125, 2, "−0.13"),
            (9.995, 2, "10.00"),
            (0.1 + 0.2, 1, "0.3"),
            (1e21, 0, "1,000,000,000,000,000,000,000"),
        ] {
            assert_eq!(decimal(value, places), text);
        }
        // The bounds of 93 % improved with 55 % completed.
        assert_eq!(percent_from_to(0.5115, 0.9615), "51.2 to 96.2");
    }

    #[test]
    fn limits_in_a_sentence_have_words_between() {
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
        assert_eq!(percent_from_to(0.4478, 0.5039), "44.8 to 50.4");
    }

    #[test]
    fn levels_show_all_the_decimals_they_have() {
        for (proportion, text) in [
            (0.95, "95\u{a0}%"),
            (0.9, "90\u{a0}%"),
            (0.57, "57\u{a0}%"),
            (0.999, "99.9\u{a0}%"),
            (0.999_999_999, "99.9999999\u{a0}%"),
            (0.05, "5\u{a0}%"),
            (0.001, "0.1\u{a0}%"),
            (1e-9, "0.0000001\u{a0}%"),
            (2.0 * 0.95 - 1.0, "90\u{a0}%"),
            (1.0 - 1e-14, "99.999999999999\u{a0}%"),
        ] {
            assert_eq!(level(ConfidenceLevel::new(proportion).unwrap()), text);
        }
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
    fn means_show_a_hundredth_of_the_range() {
        let scale = |steps_per_unit, highest| Scale {
            direction: Direction::HigherIsBetter,
            steps_per_unit,
            lowest: Points(0),
            highest: Points(highest),
        };
        let places = [scale(100, 3500), scale(1, 10), scale(1, 27), scale(3, 30)];
        assert_eq!(places.map(|scale| mean_places(&scale)), [2, 2, 1, 2]);
    }

    #[test]
    fn foreign_text_cannot_break_xml_or_turn_the_line() {
        assert_eq!(printable("Dr\u{0} \u{202e}Evil\n"), "Dr\u{fffd} \u{fffd}Evil\u{fffd}");
        assert_eq!(printable("Càrn Beag & Sons <1>"), "Càrn Beag & Sons <1>");
    }
}
