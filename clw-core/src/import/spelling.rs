//! The many spellings of one thing: codes, yes and no, absences, labels of answers, occasions.

use super::ImportError;
use crate::OrderedMap;
use crate::caseload::{
    AssessmentMode, AssessmentSetting, Attendance, ContactMode, ContactType, EndReason, Gender,
    OnwardStatus, Rater, ReferralReason, ReferralSource,
};
use crate::score::Answer;

/// Spellings that mean nothing was recorded, unless the mapping has its own list.
pub(super) const BLANKS: &[&str] =
    &["-", "--", ".", "n/a", "#n/a", "na", "null", "nan", "none recorded", "not recorded"];
/// Spellings that mean it was asked and is not known, unless the mapping has its own list.
pub(super) const NOT_KNOWN: &[&str] = &["not known", "unknown", "don't know"];
/// Spellings that mean it does not apply, unless the mapping has its own list.
pub(super) const NOT_APPLICABLE: &[&str] = &["not applicable", "not due"];

/// The name of the list of spellings for true and false.
pub(super) const YES_NO: &str = "yes-no";

/// Every list that `[codes.<list>]` may extend, with its codes.
pub(super) const LISTS: &[(&str, &[&str])] = &[
    (ReferralSource::LIST, ReferralSource::CODES),
    (ReferralReason::LIST, ReferralReason::CODES),
    (Gender::LIST, Gender::CODES),
    (ContactType::LIST, ContactType::CODES),
    (ContactMode::LIST, ContactMode::CODES),
    (Attendance::LIST, Attendance::CODES),
    (EndReason::LIST, EndReason::CODES),
    (OnwardStatus::LIST, OnwardStatus::CODES),
    (AssessmentMode::LIST, AssessmentMode::CODES),
    (AssessmentSetting::LIST, AssessmentSetting::CODES),
    (Rater::LIST, Rater::CODES),
    (YES_NO, &["yes", "no"]),
];

/// A spelling without case, spaces and punctuation: `G.P.` and `gp ` are one.
///
/// A spelling without letters stays as it is: `-9` is not 9, and `1.0` is not 10.
pub(super) fn fold(spelling: &str) -> String {
    if !spelling.chars().any(char::is_alphabetic) {
        return spelling.trim().to_owned();
    }
    spelling.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// What stands for something else, by its folded spelling.
pub(super) type Labels<T> = OrderedMap<String, T>;

/// Adds a spelling; two spellings that fold alike must mean the same.
pub(super) fn add_label<T: PartialEq>(
    labels: &mut Labels<T>,
    place: impl FnOnce() -> String,
    spelling: &str,
    meaning: T,
) -> Result<(), ImportError> {
    let folded = fold(spelling);
    let taken = labels.get(&folded).is_some_and(|there| *there != meaning);
    if taken || folded.is_empty() {
        return Err(ImportError::SpellingTwice { place: place(), spelling: spelling.to_owned() });
    }
    labels.insert(folded, meaning);
    Ok(())
}

/// A set of bytes: whether each is in it, as every byte of every id is looked up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct ByteSet([bool; 256]);

impl Default for ByteSet {
    fn default() -> Self {
        Self([false; 256])
    }
}

impl ByteSet {
    pub(super) fn add(&mut self, byte: u8) {
        if let Some(slot) = self.0.get_mut(usize::from(byte)) {
            *slot = true;
        }
    }

    #[inline]
    pub(super) fn contains(&self, byte: u8) -> bool {
        self.0.get(usize::from(byte)) == Some(&true)
    }

    /// Whether any of the bytes is in it.
    #[inline]
    pub(super) fn meets(&self, bytes: &[u8]) -> bool {
        bytes.iter().fold(false, |any, byte| any | self.contains(*byte))
    }
}

impl FromIterator<u8> for ByteSet {
    fn from_iter<I: IntoIterator<Item = u8>>(bytes: I) -> Self {
        let mut set = Self::default();
        bytes.into_iter().for_each(|byte| set.add(byte));
        set
    }
}

/// The spellings of a mapping, checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Spellings {
    pub(super) blanks: Blanks,
    /// The same and those that count in answers only, such as -9.
    pub(super) answer_blanks: Blanks,
    pub(super) absences: Absences,
    pub(super) codes: OrderedMap<&'static str, Labels<&'static str>>,
    pub(super) answers: OrderedMap<String, Labels<Answer>>,
    pub(super) occasions: Labels<u32>,
}

/// What a spelling means for a field that may be absent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Absence {
    Missing,
    NotKnown,
    NotApplicable,
}

impl Spellings {
    /// Which absence the cell spells, if it spells one.
    pub(super) fn absence(&self, cell: &[u8]) -> Option<Absence> {
        if self.blanks.contains(cell) {
            return Some(Absence::Missing);
        }
        self.absences.find(cell)
    }

    /// The code of a list that the cell spells.
    pub(super) fn code(&self, list: &str, cell: &[u8]) -> Option<&'static str> {
        self.codes.get(list)?.get(&fold(core::str::from_utf8(cell).ok()?)).copied()
    }
}

/// The words for what is not known or does not apply.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Absences {
    words: Labels<Absence>,
    /// How they begin: most cells need no closer look.
    beginnings: ByteSet,
}

impl Absences {
    pub(super) fn new(words: Labels<Absence>) -> Self {
        let lower = words.keys().filter_map(|word| beginning(word.as_bytes()));
        let beginnings = lower.flat_map(|byte| [byte, byte.to_ascii_uppercase()]).collect();
        Self { words, beginnings }
    }

    fn find(&self, cell: &[u8]) -> Option<Absence> {
        let first = beginning(cell)?;
        if first.is_ascii() && !self.beginnings.contains(first) {
            return None;
        }
        self.words.get(&fold(core::str::from_utf8(cell).ok()?)).copied()
    }
}

/// The first byte that folding is sure to keep.
fn beginning(spelling: &[u8]) -> Option<u8> {
    let kept = |byte: &&u8| byte.is_ascii_alphanumeric() || !byte.is_ascii();
    spelling.iter().find(kept).or(spelling.first()).copied()
}

/// The spellings of a blank, which are compared without case only: most are mere punctuation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Blanks {
    /// Most cells are one byte long, and this answers for them.
    one_byte: ByteSet,
    longer: Vec<Box<[u8]>>,
    /// The lengths of the longer ones, a bit each: most cells need no closer look.
    lengths: u64,
}

impl Blanks {
    pub(super) fn new<'a>(spellings: impl Iterator<Item = &'a str>) -> Self {
        let mut blanks = Self { one_byte: ByteSet::default(), longer: Vec::new(), lengths: 0 };
        for spelling in spellings {
            match spelling.trim().as_bytes() {
                [] => {}
                [byte] => {
                    blanks.one_byte.add(byte.to_ascii_lowercase());
                    blanks.one_byte.add(byte.to_ascii_uppercase());
                }
                longer => {
                    blanks.lengths |= 1 << longer.len().min(63);
                    blanks.longer.push(longer.into());
                }
            }
        }
        blanks
    }

    #[inline]
    pub(super) fn contains(&self, cell: &[u8]) -> bool {
        match cell {
            [] => true,
            [byte] => self.one_byte.contains(*byte),
            _ => self.lengths >> cell.len().min(63) & 1 == 1 && self.is_longer(cell),
        }
    }

    fn is_longer(&self, cell: &[u8]) -> bool {
        self.longer.iter().any(|blank| blank.eq_ignore_ascii_case(cell))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_fold_to_one() {
        for (one, other) in
            [("G.P.", "gp "), ("Self - new", "self-new"), ("NON BINARY", "Non-binary")]
        {
            assert_eq!(fold(one), fold(other));
        }
    }

    #[test]
    fn numbers_keep_their_signs_and_points() {
        for (one, other) in [("-9", "9"), ("1.0", "10"), ("3;4", "34"), ("0-1", "01")] {
            assert_ne!(fold(one), fold(other));
        }
    }

    #[test]
    fn an_absence_may_be_a_number_or_a_mark() {
        let words = ["-99", "?", "Don't know"].map(|word| (fold(word), Absence::NotKnown));
        let absences = Absences::new(Labels::from(words));
        for cell in ["-99", "?", "DON’T KNOW", "dont know"] {
            assert_eq!(absences.find(cell.as_bytes()), Some(Absence::NotKnown), "{cell}");
        }
        for cell in ["99", "-", "", "9"] {
            assert_eq!(absences.find(cell.as_bytes()), None, "{cell}");
        }
    }

    #[test]
    fn blanks_are_compared_without_case() {
        let blanks = Blanks::new(BLANKS.iter().copied());
        for cell in ["", "-", ".", "N/A", "Null", "NaN", "None Recorded"] {
            assert!(blanks.contains(cell.as_bytes()), "{cell}");
        }
        for cell in ["0", "9", "99", "-9", "no"] {
            assert!(!blanks.contains(cell.as_bytes()), "{cell}");
        }
    }
}
