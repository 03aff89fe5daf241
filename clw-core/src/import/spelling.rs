//! The many spellings of one thing: codes, yes and no, absences, labels of answers, occasions.

use std::collections::{BTreeMap, BTreeSet};

use super::ImportError;
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
pub(super) fn fold(spelling: &str) -> String {
    spelling.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// What stands for something else, by its folded spelling.
pub(super) type Labels<T> = BTreeMap<String, T>;

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

/// The spellings of a mapping, checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Spellings {
    pub(super) blanks: Blanks,
    /// The same and those that count in answers only, such as -9.
    pub(super) answer_blanks: Blanks,
    pub(super) not_known: BTreeSet<String>,
    pub(super) not_applicable: BTreeSet<String>,
    pub(super) codes: BTreeMap<&'static str, Labels<&'static str>>,
    pub(super) answers: BTreeMap<String, Labels<Answer>>,
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
        if cell.iter().all(u8::is_ascii_digit) {
            return None;
        }
        let folded = fold(core::str::from_utf8(cell).ok()?);
        if self.not_known.contains(&folded) {
            Some(Absence::NotKnown)
        } else {
            self.not_applicable.contains(&folded).then_some(Absence::NotApplicable)
        }
    }

    /// The code of a list that the cell spells.
    pub(super) fn code(&self, list: &str, cell: &[u8]) -> Option<&'static str> {
        self.codes.get(list)?.get(&fold(core::str::from_utf8(cell).ok()?)).copied()
    }
}

/// The spellings of a blank, which are compared without case only: most are mere punctuation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Blanks {
    /// Most cells are one byte long, and this answers for them.
    one_byte: Vec<bool>,
    longer: Vec<Box<[u8]>>,
}

impl Blanks {
    pub(super) fn new<'a>(spellings: impl Iterator<Item = &'a str>) -> Self {
        let mut blanks = Self { one_byte: vec![false; 256], longer: Vec::new() };
        for spelling in spellings {
            match spelling.trim().as_bytes() {
                [] => {}
                [byte] => {
                    for byte in [byte.to_ascii_lowercase(), byte.to_ascii_uppercase()] {
                        if let Some(flag) = blanks.one_byte.get_mut(usize::from(byte)) {
                            *flag = true;
                        }
                    }
                }
                longer => blanks.longer.push(longer.into()),
            }
        }
        blanks
    }

    pub(super) fn contains(&self, cell: &[u8]) -> bool {
        match cell {
            [] => true,
            [byte] => self.one_byte.get(usize::from(*byte)) == Some(&true),
            _ => self.longer.iter().any(|blank| blank.eq_ignore_ascii_case(cell)),
        }
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
