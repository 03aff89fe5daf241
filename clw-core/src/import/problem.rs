//! What was wrong with a row: counted always, told in full as far as there is room.

use core::fmt;
use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::TableName;

macro_rules! codes {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $code:literal,)+ }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum $name { $($(#[$vdoc])* #[serde(rename = $code)] $variant,)+ }

        impl $name {
            /// All of them, in order.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The stable code.
            #[must_use]
            pub const fn code(self) -> &'static str {
                match self { $(Self::$variant => $code,)+ }
            }
        }
    };
}

codes! {
    /// What was wrong: the first group of reasons rejects a row or a form, the second only warns.
    ProblemCode {
        /// The record has more or fewer cells than there are headings.
        MalformedRecord = "malformed-record",
        /// A quote in the record is not closed where its cell ends.
        UnclosedQuote = "unclosed-quote",
        /// Nothing is recorded in any mapped column.
        BlankRow = "blank-row",
        /// The row does not say whose it is.
        NoPersonId = "no-person-id",
        /// The row of a table without person ids names no episode.
        NoEpisodeId = "no-episode-id",
        /// One cell holds the ids of two people.
        TwoPersonIds = "two-person-ids",
        /// A mapped cell is far longer than anything it could hold.
        CellTooLong = "cell-too-long",
        /// A mapped cell is not UTF-8.
        InvalidUtf8 = "invalid-utf8",
        /// An earlier row says exactly the same.
        DuplicateRow = "duplicate-row",
        /// There is a table of people and the person is not in it.
        UnknownPerson = "unknown-person",
        /// There is a table of episodes and the person has no such episode in it.
        UnknownEpisode = "unknown-episode",
        /// The row names no episode, and which of several is meant cannot be told.
        EpisodeUnclear = "episode-unclear",
        /// A date that the record cannot do without is blank.
        MissingDate = "missing-date",
        /// A date that the record cannot do without cannot be read.
        UnreadableDate = "unreadable-date",
        /// The occasion is not one of those declared.
        UnknownOccasion = "unknown-occasion",
        /// A code that the record cannot do without is blank.
        MissingCode = "missing-code",
        /// A code is not on its list. It rejects a row that cannot do without, and warns elsewhere.
        UnknownCode = "unknown-code",
        /// The row does not name an instrument.
        MissingInstrument = "missing-instrument",
        /// The instrument is not in the registry.
        UnknownInstrument = "unknown-instrument",
        /// The instrument has no such measure.
        UnknownMeasure = "unknown-measure",
        /// There are answers beyond the items of the instrument, or too few columns for them.
        WrongNumberOfAnswers = "wrong-number-of-answers",
        /// An answer is neither a whole number nor a known label.
        UnreadableAnswer = "unreadable-answer",
        /// The answers to the same items differ between two rows of one form.
        ConflictingAnswers = "conflicting-answers",
        /// A later form is dated before the first one.
        FollowUpBeforeBaseline = "follow-up-before-baseline",
        /// A value is not what its field holds; the field is left empty.
        UnreadableValue = "unreadable-value",
        /// An answer is a code that its item does not have; the form is kept and not scored.
        AnswerOutOfRange = "answer-out-of-range",
        /// A total is one of the kind, raw or metric, that the mapping does not declare; it is no score.
        TotalOfOtherKind = "total-of-other-kind",
        /// A total is none that the measure can have; it is left out.
        UnreadableTotal = "unreadable-total",
        /// A total is not the score of the answers beside it; the answers count.
        TotalDisagrees = "total-disagrees",
        /// Two rows give a field different values; it becomes not known.
        ConflictingValue = "conflicting-value",
        /// The row has no form; it was used for what it says of the person or the episode.
        NoForm = "no-form",
    }
}

/// One thing that was wrong with one row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Problem {
    /// The table of the mapping.
    pub table: TableName,
    /// The file, as the mapping names it.
    pub file: String,
    /// The sheet, where the file is a workbook.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sheet: Option<String>,
    /// The row of the sheet; of a CSV file the record, counted with the headings as 1.
    pub row: u64,
    /// The line of the file on which the record begins, from 1.
    pub line: u64,
    /// The heading of the column, where one is to blame.
    pub column: Option<String>,
    /// The beginning of what the cell holds; of a malformed record how many cells it has.
    pub value: Option<String>,
    /// What was wrong.
    pub code: ProblemCode,
    /// What the value is held to, where it can be said in a word or two: the answers of the item (`0 to
    /// 10`), the date of the earlier form, what the field holds, the number of headings.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<String>,
    /// The section of the mapping that gives a spelling its meaning, where this one has none: `codes.source`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub section: Option<String>,
    /// Whether the row (in the wide layout: the form) was left out because of it.
    pub rejected: bool,
    /// The fact, the limit and the remedy.
    pub message: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { file, sheet, row, line, code, message, .. } = self;
        match sheet {
            Some(sheet) => write!(f, "{file}, sheet {sheet:?}, row {row}")?,
            None => write!(f, "{file}, row {row} (line {line})")?,
        }
        write!(f, ": {message} [{}]", code.code())
    }
}

/// Where a record stands: blocks and records in blocks count from 0.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Place {
    /// The table, by its place among the plans.
    pub(super) table: u8,
    pub(super) block: u32,
    pub(super) record: u32,
}

/// A problem before it is put into words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Finding {
    pub(super) code: ProblemCode,
    pub(super) rejected: bool,
    pub(super) tale: Tale,
}

impl Finding {
    /// The section of the mapping that gives a spelling its meaning.
    pub(super) fn section(&self) -> Option<String> {
        match self.code {
            ProblemCode::UnknownOccasion => Some("occasions".to_owned()),
            ProblemCode::UnknownCode => Some(format!("codes.{}", self.tale.detail)),
            ProblemCode::UnreadableAnswer => Some(format!("answers.{}", self.tale.detail)),
            _ => None,
        }
    }
}

/// What one table came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Tally {
    pub(super) read: u64,
    pub(super) used: u64,
    pub(super) rejected: [u64; ProblemCode::ALL.len()],
    pub(super) warned: [u64; ProblemCode::ALL.len()],
}

impl Default for Tally {
    fn default() -> Self {
        let none = [0; ProblemCode::ALL.len()];
        Self { read: 0, used: 0, rejected: none, warned: none }
    }
}

impl Tally {
    fn add(&mut self, other: &Self) {
        self.read += other.read;
        self.used += other.used;
        let pairs = |to: &mut [u64], from: &[u64]| {
            for (to, from) in to.iter_mut().zip(from) {
                *to += from;
            }
        };
        pairs(&mut self.rejected, &other.rejected);
        pairs(&mut self.warned, &other.warned);
    }
}

/// The counts and the first findings of one worker.
///
/// Only the findings of the first rows are kept, however the rows were spread over workers.
#[derive(Debug)]
pub(super) struct Log {
    /// The rows of each table, then the forms of wide rows.
    pub(super) tallies: Vec<Tally>,
    keep: usize,
    pub(super) findings: BTreeMap<(Place, u32), Finding>,
}

impl Log {
    pub(super) fn new(tables: usize, keep: usize) -> Self {
        Self { tallies: vec![Tally::default(); tables + 1], keep, findings: BTreeMap::new() }
    }

    /// The rows of a table.
    pub(super) fn rows(&mut self, place: Place) -> Option<&mut Tally> {
        self.tallies.get_mut(usize::from(place.table))
    }

    /// The forms of wide rows.
    pub(super) fn forms(&mut self) -> Option<&mut Tally> {
        self.tallies.last_mut()
    }

    pub(super) fn used(&mut self, place: Place) {
        if let Some(tally) = self.rows(place) {
            tally.used += 1;
        }
    }

    /// Leaves a row out.
    pub(super) fn reject(&mut self, place: Place, code: ProblemCode, tell: impl FnOnce() -> Tale) {
        if let Some(count) = self.rows(place).and_then(|t| t.rejected.get_mut(code as usize)) {
            *count += 1;
        }
        self.keep(place, code, true, tell);
    }

    /// Leaves a form of a wide row out.
    pub(super) fn reject_form(
        &mut self,
        place: Place,
        code: ProblemCode,
        tell: impl FnOnce() -> Tale,
    ) {
        if let Some(count) = self.forms().and_then(|t| t.rejected.get_mut(code as usize)) {
            *count += 1;
        }
        self.keep(place, code, true, tell);
    }

    /// Notes something about a row that is used all the same.
    pub(super) fn warn(&mut self, place: Place, code: ProblemCode, tell: impl FnOnce() -> Tale) {
        if let Some(count) = self.rows(place).and_then(|t| t.warned.get_mut(code as usize)) {
            *count += 1;
        }
        self.keep(place, code, false, tell);
    }

    fn keep(
        &mut self,
        place: Place,
        code: ProblemCode,
        rejected: bool,
        tell: impl FnOnce() -> Tale,
    ) {
        if self.findings.len() >= self.keep {
            match self.findings.last_key_value() {
                Some(((last, _), _)) if *last > place => {
                    self.findings.pop_last();
                }
                _ => return,
            }
        }
        let here = self.findings.range((place, 0)..=(place, u32::MAX)).next_back();
        let number = here.map_or(0, |((_, number), _)| number.saturating_add(1));
        self.findings.insert((place, number), Finding { code, rejected, tale: tell() });
    }

    /// Adds what another worker found.
    pub(super) fn merge(&mut self, other: Self) {
        for (tally, other) in self.tallies.iter_mut().zip(&other.tallies) {
            tally.add(other);
        }
        for ((place, _), Finding { code, rejected, tale }) in other.findings {
            self.keep(place, code, rejected, || tale);
        }
    }

    /// How many problems were counted, kept or not.
    pub(super) fn total(&self) -> u64 {
        let all = self.tallies.iter().flat_map(|tally| tally.rejected.iter().chain(&tally.warned));
        all.sum()
    }
}

/// What a finding tells beside its code.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Tale {
    /// The cell to blame.
    pub(super) cell: Option<usize>,
    /// The beginning of what the cell holds.
    pub(super) value: String,
    /// What the message needs beside the value and the limit.
    pub(super) detail: String,
    /// What the value is held to.
    pub(super) limit: Option<String>,
}

impl Tale {
    /// A cell and the beginning of what it holds.
    pub(super) fn of(cell: usize, value: &[u8]) -> Self {
        Self { cell: Some(cell), value: shortened(value), ..Self::default() }
    }

    pub(super) fn with(mut self, detail: impl Into<String>) -> Self {
        self.detail = detail.into();
        self
    }

    pub(super) fn held_to(mut self, limit: impl Into<String>) -> Self {
        self.limit = Some(limit.into());
        self
    }

    pub(super) fn detail(detail: impl Into<String>) -> Self {
        Self { detail: detail.into(), ..Self::default() }
    }
}

/// At most the first forty characters.
pub(super) fn shortened(value: &[u8]) -> String {
    const LONGEST: usize = 40;
    let text = String::from_utf8_lossy(value.get(..4 * LONGEST).unwrap_or(value));
    match text.char_indices().nth(LONGEST) {
        None => text.into_owned(),
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
    }
}

/// The fact, the limit and the remedy.
pub(super) fn message(finding: &Finding, heading: &str) -> String {
    let Tale { value, detail, limit, .. } = &finding.tale;
    let limit = limit.as_deref().unwrap_or_default();
    let section = finding.section().unwrap_or_default();
    match finding.code {
        ProblemCode::MalformedRecord => {
            format!(
                "the record has {value} cells under {limit} headings; look for a separator or a quote \
                 too many or too few"
            )
        }
        ProblemCode::UnclosedQuote => format!(
            "a quote in this record is not closed where its cell ends, so that {detail} were read as \
             one record; close the quote"
        ),
        ProblemCode::BlankRow => {
            "no mapped column holds anything; remove the row if it stands for nothing".to_owned()
        }
        ProblemCode::NoPersonId => {
            format!("{}; each row needs the id of one person", no_id(heading, value))
        }
        ProblemCode::NoEpisodeId => {
            format!("{}; each row needs the id of one episode", no_id(heading, value))
        }
        ProblemCode::TwoPersonIds => format!(
            "{heading:?} holds {value:?}, more than one id; give each person a row of their own, \
             or declare other id-separators"
        ),
        ProblemCode::CellTooLong => {
            format!("{heading:?} holds {detail}; shorten it, or leave the column unmapped")
        }
        ProblemCode::InvalidUtf8 => {
            format!("{heading:?} holds {value:?}, which is not UTF-8; save the file as CSV UTF-8")
        }
        ProblemCode::DuplicateRow => {
            "the row says the same as an earlier one, which was used; remove it".to_owned()
        }
        ProblemCode::UnknownPerson => {
            format!("{value:?} is not in the people table; add the person, or correct the id")
        }
        ProblemCode::UnknownEpisode => {
            format!("{detail}; add the episode, or correct the id")
        }
        ProblemCode::EpisodeUnclear => {
            format!("the row names no episode, and {detail}; map a column with the episode id")
        }
        ProblemCode::MissingDate => {
            format!("{heading:?} is blank, and the record cannot be placed in time; fill it in")
        }
        ProblemCode::UnreadableDate => format!(
            "{heading:?} holds {value:?}, which is no date in a declared format ({limit}); \
             correct it, or declare its format"
        ),
        ProblemCode::UnknownOccasion => {
            format!("{heading:?} holds {value:?}, which has no place in [{section}]; give it one")
        }
        ProblemCode::MissingCode => {
            format!("{heading:?} is blank; the record is of no use without it, so fill it in")
        }
        ProblemCode::UnknownCode => format!(
            "{heading:?} holds {value:?}, which is not on the list {detail}; correct it, or map \
             the spelling in [{section}]"
        ),
        ProblemCode::MissingInstrument => {
            format!("{heading:?} is blank; name the instrument")
        }
        ProblemCode::UnknownInstrument => format!("{heading:?} holds {value:?}: {detail}"),
        ProblemCode::UnknownMeasure => {
            format!("{heading:?} holds {value:?}, which is no measure; use one of {limit}")
        }
        ProblemCode::WrongNumberOfAnswers => format!("{detail}; check the instrument's name"),
        ProblemCode::AnswerOutOfRange => {
            format!(
                "{heading:?} holds {value:?}, and {detail} takes {limit}; correct it: until then the \
                 form is not scored"
            )
        }
        ProblemCode::UnreadableAnswer => format!(
            "{heading:?} holds {value:?}, which is neither a whole number nor a label; correct \
             it, or map it in [{section}]"
        ),
        ProblemCode::ConflictingAnswers => format!(
            "the answers to {detail} differ from those in another row of the same form, and \
             neither is used; keep the right row"
        ),
        ProblemCode::FollowUpBeforeBaseline => format!(
            "{heading:?} holds {value:?}, which is before {limit}, the date of an earlier form; \
             correct the one that is wrong"
        ),
        ProblemCode::UnreadableValue => {
            format!("{heading:?} holds {value:?}, which is not {limit}; correct it")
        }
        ProblemCode::TotalOfOtherKind => format!(
            "{heading:?} holds {value:?}, which can only be {detail}; correct it, or declare the kind \
             that the column holds: until then it is not taken as a score"
        ),
        ProblemCode::UnreadableTotal => {
            format!("{heading:?} holds {value:?}, which is no total ({detail}); it is left out")
        }
        ProblemCode::TotalDisagrees => format!(
            "{heading:?} holds {value:?}, {detail}; the answers count: correct the one that is wrong"
        ),
        ProblemCode::ConflictingValue => format!(
            "{heading:?} differs between rows of the same {detail}; it is taken as not known \
             until they agree"
        ),
        ProblemCode::NoForm => {
            "neither a date nor an answer is given; the row was used for what else it says"
                .to_owned()
        }
    }
}

fn no_id(heading: &str, value: &str) -> String {
    if value.is_empty() {
        format!("{heading:?} is blank")
    } else {
        format!("{heading:?} holds {value:?}, which is no id")
    }
}
