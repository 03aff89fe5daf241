//! Refused values as messages repeat them.
//!
//! The standard library prints floats and quotes texts with tables that are as large as all of scoring,
//! which a form on a web page would have to fetch.

use core::fmt::{self, Display, Write};

/// A text in quotes, with its control characters spelt out.
pub(crate) struct Quoted<'a>(pub(crate) &'a str);

impl Display for Quoted<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_char('"')?;
        for letter in self.0.chars() {
            if letter.is_control() || letter == '"' || letter == '\\' {
                letter.escape_default().try_for_each(|letter| f.write_char(letter))?;
            } else {
                f.write_char(letter)?;
            }
        }
        f.write_char('"')
    }
}

/// The most characters of a refused value that its error repeats.
const SHOWN: usize = 40;

/// A text, cut off with `…` where a message would be lost in it.
pub(crate) fn shortened(text: &str) -> String {
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) => text.get(..end).map_or_else(String::new, |head| format!("{head}…")),
        None => text.into(),
    }
}

/// A text whose numbers have no more digits than a reader takes in: the others are cut off with `…`.
pub(crate) fn with_short_numbers(text: String) -> String {
    let (mut short, mut digits) = (String::with_capacity(text.len()), 0_u32);
    for letter in text.chars() {
        digits = if letter.is_ascii_digit() { digits.saturating_add(1) } else { 0 };
        match digits {
            0..MOST_DIGITS => short.push(letter),
            MOST_DIGITS => short.push('…'),
            _ => {}
        }
    }
    if short.len() < text.len() { short } else { text }
}

/// A float is told apart by 17 digits, an integer of 64 bits has 20.
const MOST_DIGITS: u32 = 25;

/// 10²², the largest power of ten that a float holds.
const MOST_DECIMALS: u32 = 22;

/// 10¹⁵: a float holds any fifteen digits for sure.
const SURE: f64 = 1e15;

/// 2⁵³, from which on whole floats are further apart than 1.
const WHOLE: f64 = 9_007_199_254_740_992.0;

/// A float in as few decimals as tell it apart from its neighbours, or cut off with `…` where that
/// takes more digits than a float holds for sure. Whole numbers have all their digits.
pub(crate) fn shown(value: f64) -> String {
    let sign = if value.is_sign_negative() { "-" } else { "" };
    let size = libm::fabs(value);
    if !value.is_finite() {
        return if value.is_nan() { "NaN".to_owned() } else { format!("{sign}inf") };
    }
    if libm::trunc(size) >= size {
        return format!("{sign}{}", whole(size));
    }
    let (mut unit, mut cut) = (1.0, String::new());
    for decimals in 1..=MOST_DECIMALS {
        unit *= 10.0;
        let digits = libm::round(size * unit);
        if digits >= SURE {
            break;
        }
        cut = with_decimals(digits, decimals);
        // Both are exact, so that the quotient is the float nearest to the decimal number.
        if digits / unit - size == 0.0 {
            return format!("{sign}{cut}");
        }
    }
    format!("{sign}{cut}…")
}

/// Whole digits below 10¹⁵ with a point before the last ones.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "whole, and below 10^15"
)]
fn with_decimals(digits: f64, decimals: u32) -> String {
    let mut text = (digits as u64).to_string();
    let decimals = usize::try_from(decimals).unwrap_or_default();
    while text.len() <= decimals {
        text.insert(0, '0');
    }
    text.insert(text.len() - decimals, '.');
    text
}

/// The digits of a whole float: those of a number below 2⁵³, doubled until it is as large.
fn whole(size: f64) -> String {
    let (mut rest, mut doublings) = (size, 0);
    while rest >= WHOLE {
        rest /= 2.0;
        doublings += 1;
    }
    // Lowest digit first.
    let mut digits: Vec<u8> = Vec::new();
    loop {
        let tens = libm::trunc(rest / 10.0);
        digits.push(digit(rest - tens * 10.0));
        rest = tens;
        if rest < 1.0 {
            break;
        }
    }
    for _ in 0..doublings {
        let mut carried = 0;
        for digit in &mut digits {
            let doubled = *digit * 2 + carried;
            (*digit, carried) = (doubled % 10, doubled / 10);
        }
        if carried > 0 {
            digits.push(carried);
        }
    }
    digits.iter().rev().map(|digit| char::from(b'0' + digit)).collect()
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "from 0 to 9")]
const fn digit(value: f64) -> u8 {
    value as u8
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_quoted_as_debug_quotes_them() {
        for text in ["", "2", "a \"b\" c", "back\\slash", "tab\there", "Òran é 😀", "line\nbreak"]
        {
            assert_eq!(Quoted(text).to_string(), format!("{text:?}"));
        }
    }

    #[test]
    fn floats_print_as_display_prints_them() {
        let whole =
            [0.0, -0.0, 1.0, -3.0, 1e15, 9_007_199_254_740_993.0, 1e19, -1e19, 1e23, f64::MAX];
        let parts = [0.5, -1.5, 7.5, 0.1, 2.7, 19.25, 1e-7, 0.000_123, 123_456.789, -99.99, 1e-22];
        let none = [f64::NAN, f64::INFINITY, f64::NEG_INFINITY];
        for value in whole {
            assert_eq!(shown(value), format!("{value:.0}"));
        }
        for value in parts.into_iter().chain(none) {
            assert_eq!(shown(value), value.to_string());
        }
    }

    #[test]
    fn what_takes_too_many_digits_is_cut_off() {
        for (value, text) in [
            (0.1 + 0.2, "0.300000000000000…"),
            (1.0 / 3.0, "0.333333333333333…"),
            (1e-30, "0.0000000000000000000000…"),
        ] {
            assert_eq!(shown(value), text);
        }
    }
}
