//! A postcode for as long as it is needed: to find a row, never to be shown.

use core::fmt;

/// A postcode in one spelling, with the letter of its part where it is split.
///
/// Spaces and case are read over. It cannot be turned back into text, and is not shown: neither its
/// `Debug` form nor anything made of it tells where somebody lives.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::import) struct Postcode(u64);

impl Postcode {
    /// Reads a postcode, if it is one: `EH1 1AA`, `eh11aa`, and `EH1 1AAB` for part B of it.
    pub(in crate::import) fn read(cell: &[u8]) -> Option<Self> {
        let text = core::str::from_utf8(cell).ok()?;
        let mut letters = [0; 8];
        let mut length = 0;
        for letter in text.chars().filter(|letter| !letter.is_whitespace()) {
            let letter = u8::try_from(letter).ok().filter(u8::is_ascii_alphanumeric)?;
            *letters.get_mut(length)? = letter.to_ascii_uppercase();
            length += 1;
        }
        let letters = letters.get(..length)?;
        if is_whole(letters) {
            return Some(Self::new(letters, 0));
        }
        match letters.split_last() {
            Some((part, whole)) if part.is_ascii_alphabetic() && is_whole(whole) => {
                Some(Self::new(whole, *part))
            }
            _ => None,
        }
    }

    fn new(whole: &[u8], part: u8) -> Self {
        Self(whole.iter().chain([&part]).fold(0, |code, letter| code << 8 | u64::from(*letter)))
    }

    /// The number that stands for it, by which it is stored.
    pub(super) const fn code(self) -> u64 {
        self.0
    }

    /// The postcode that a number stands for.
    pub(super) const fn of_code(code: u64) -> Self {
        Self(code)
    }

    /// The same with the letter of a part.
    pub(super) fn with_part(self, part: u8) -> Self {
        Self(self.whole() << 8 | u64::from(part.to_ascii_uppercase()))
    }

    /// The letter of its part, 0 where it names none.
    pub(super) const fn part(self) -> u64 {
        self.0 & 0xFF
    }

    /// What its parts have in common.
    pub(super) const fn whole(self) -> u64 {
        self.0 >> 8
    }
}

impl fmt::Debug for Postcode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Postcode(withheld)")
    }
}

/// Whether these are an outward code of a British shape and an inward code.
fn is_whole(letters: &[u8]) -> bool {
    let Some((outward, inward)) = letters.split_last_chunk::<3>() else { return false };
    let shape = |letter: &u8| if letter.is_ascii_digit() { b'9' } else { b'A' };
    let outward: Vec<u8> = outward.iter().map(shape).collect();
    let shapes: [&[u8]; 6] = [b"A9", b"A99", b"AA9", b"AA99", b"A9A", b"AA9A"];
    inward.each_ref().map(shape) == *b"9AA" && shapes.contains(&&*outward)
}

/// Whether a text has something in it that reads as a postcode.
pub(in crate::import) fn mentions_postcode(text: &str) -> bool {
    let words = || text.split(|letter: char| !letter.is_alphanumeric());
    let words: Vec<&str> = words().filter(|word| !word.is_empty()).collect();
    let pairs = words.windows(2).map(<[&str]>::concat);
    words.iter().any(|word| Postcode::read(word.as_bytes()).is_some())
        || pairs.into_iter().any(|pair| Postcode::read(pair.as_bytes()).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_postcode_has_many_spellings() {
        let whole = Postcode::read(b"EH1 1AA").unwrap();
        for spelling in ["eh1 1aa", "EH11AA", " EH1  1AA ", "EH1\u{a0}1aa"] {
            assert_eq!(Postcode::read(spelling.as_bytes()), Some(whole), "{spelling}");
        }
        let part = Postcode::read(b"EH1 1AAb").unwrap();
        assert_eq!((part.whole(), part.part()), (whole.whole(), u64::from(b'B')));
        assert_eq!(whole.with_part(b'b'), part);
        assert_eq!(format!("{part:?}"), "Postcode(withheld)");
    }

    #[test]
    fn what_has_no_shape_of_a_postcode_is_none() {
        for text in ["G1 1AA", "G12 8QQ", "EH1 1AA", "EH12 5AA", "W1A 1AA", "EC1A 1BB", "ZE1 0AAZ"]
        {
            assert!(Postcode::read(text.as_bytes()).is_some(), "{text}");
        }
        for text in [
            "",
            "EH1",
            "1AA",
            "EH1 AAA",
            "EHH1 1AA",
            "EH123 1AA",
            "EH1 1AAAA",
            "unknown",
            "EH1-1AA",
            "No fixed abode",
            "ÉH1 1AA",
            "12 High Street",
        ] {
            assert_eq!(Postcode::read(text.as_bytes()), None, "{text}");
        }
        assert_eq!(Postcode::read(b"EH1 1A\xFF"), None);
    }

    #[test]
    fn a_postcode_is_found_in_other_text() {
        for text in ["EH1 1AA", "12 High St, EH1 1AA", "x;eh11aa;y", "2026-01-05|G1 1AA"] {
            assert!(mentions_postcode(text), "{text}");
        }
        for text in ["", "2026-01-05", "P0012", "5 March", "a date in a declared format (iso)"] {
            assert!(!mentions_postcode(text), "{text}");
        }
    }
}
