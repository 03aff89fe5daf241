//! What the spellings of codes may stand for: proposals, until somebody says so.

use std::collections::BTreeSet;

use serde::Serialize;

use super::super::fields::{Field, Kind};
use super::super::spelling::{LISTS, YES_NO, fold};
use super::Preview;
use super::items::order;
use super::wording::words;

/// A spelling that means nothing to the import yet, and what it may stand for.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct SpellingGuess {
    /// The section of the mapping that would hold it: `codes.gender`, `occasions`, `answers.swemwbs`.
    pub section: String,
    /// The spelling.
    pub spelling: String,
    /// What it may stand for, where there is a guess.
    pub meaning: Option<String>,
}

/// Other words for a code, which no likeness of letters would find.
const WORDS: &[(&str, &str)] = &[
    ("female", "woman"),
    ("f", "woman"),
    ("male", "man"),
    ("m", "man"),
    ("general practitioner", "gp"),
    ("practice nurse", "nurse"),
    ("self referral", "self-new"),
    ("self", "self-new"),
    ("dna", "did-not-attend"),
    ("attended", "seen"),
    ("surgery", "practice"),
    ("telephone", "phone"),
    ("tel", "phone"),
    ("online", "digital"),
    ("face to face", "in-person"),
    ("benefits", "welfare-and-social-security"),
    ("debt", "finance-and-debt"),
    ("loneliness", "isolation-and-loneliness"),
    ("died", "deceased"),
    ("disengaged", "stopped-attending"),
];

/// More spellings than this are no codes but free text.
const MOST: usize = 60;

/// The spellings of a column that its field does not know.
pub(super) fn of_field(field: Field, given: &Preview, column: usize) -> Vec<SpellingGuess> {
    let list = match field.kind() {
        Kind::Code(list) => list,
        Kind::Flag => YES_NO,
        Kind::Occasion => return occasions(given, column),
        _ => return Vec::new(),
    };
    let codes = LISTS.iter().find(|(name, _)| *name == list).map_or(&[][..], |(_, codes)| codes);
    let known = |spelling: &str| {
        let folded = fold(spelling);
        let flag = list == YES_NO && ["y", "n", "true", "false", "1", "0"].contains(&&*folded);
        flag || codes.iter().any(|code| fold(code) == folded)
    };
    let parted = field == Field::OtherReasons;
    let all = given.values(column).flat_map(|cell| {
        let parts = cell.split(move |c| parted && c == ';');
        parts.map(str::trim)
    });
    let mut seen = BTreeSet::new();
    let new = all.filter(|spelling| !spelling.is_empty() && !known(spelling));
    let new: Vec<&str> =
        new.filter(|spelling| seen.insert(fold(spelling))).take(MOST + 1).collect();
    if new.len() > MOST {
        return Vec::new();
    }
    let mut guesses: Vec<SpellingGuess> = new
        .into_iter()
        .map(|spelling| SpellingGuess {
            section: format!("codes.{list}"),
            spelling: spelling.to_lowercase(),
            meaning: meaning(spelling, codes).map(str::to_owned),
        })
        .collect();
    guesses.sort();
    guesses
}

/// The code that a spelling may stand for.
fn meaning<'c>(spelling: &str, codes: &[&'c str]) -> Option<&'c str> {
    let own = words(spelling);
    let said = WORDS.iter().find(|(word, _)| words(word) == own);
    if let Some(code) = said.and_then(|(_, code)| codes.iter().find(|known| *known == code)) {
        return Some(code);
    }
    // Most of the words are the same, or nearly all of the letters; a tie tells nothing.
    let shared = |code: &str| {
        let wanted = words(code);
        let shared = wanted.iter().filter(|word| own.contains(word)).count();
        (2 * shared > wanted.len().max(own.len())).then_some(shared)
    };
    let mut by_words: Vec<(usize, &str)> =
        codes.iter().filter_map(|code| Some((shared(code)?, *code))).collect();
    by_words.sort_by_key(|(shared, _)| core::cmp::Reverse(*shared));
    match by_words.as_slice() {
        [(one, _), (other, _), ..] if one == other => return None,
        [(_, code), ..] => return Some(code),
        [] => {}
    }
    let alike = |code: &str| strsim::jaro_winkler(&fold(code), &fold(spelling));
    let scored = codes.iter().map(|code| (alike(code), *code));
    let best = scored.reduce(|best, next| if next.0 > best.0 { next } else { best });
    best.filter(|(alike, _)| *alike >= 0.93).map(|(_, code)| code)
}

/// The labels of occasions, with their order where their names tell one.
fn occasions(given: &Preview, column: usize) -> Vec<SpellingGuess> {
    let labels: BTreeSet<&str> = given.values(column).collect();
    let ranks: BTreeSet<u32> = labels.iter().filter_map(|label| order(label)).collect();
    let rank = |wanted: u32| (1..).zip(&ranks).find(|(_, order)| **order == wanted);
    let guess = |label: &str| SpellingGuess {
        section: "occasions".to_owned(),
        spelling: label.to_owned(),
        meaning: order(label).and_then(rank).map(|(rank, _): (u32, _)| rank.to_string()),
    };
    labels.into_iter().map(guess).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::caseload::{Attendance, Gender, ReferralSource};

    #[test]
    fn spellings_are_given_the_code_that_they_most_likely_stand_for() {
        for (spelling, codes, code) in [
            ("Female", Gender::CODES, Some("woman")),
            ("Non binary", Gender::CODES, Some("non-binary")),
            ("practice nurse", ReferralSource::CODES, Some("nurse")),
            ("Did not attend", Attendance::CODES, Some("did-not-attend")),
            ("zzz", Gender::CODES, None),
        ] {
            assert_eq!(meaning(spelling, codes), code, "{spelling}");
        }
    }
}
