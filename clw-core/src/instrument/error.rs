//! Why a definition is not an instrument.

use core::fmt;

use super::Decimal;
use crate::shown::shortened;

/// Why a definition was refused.
///
/// `place` names where in the definition, such as ``measure `wellbeing`, band set `england` ``.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
#[expect(missing_docs, reason = "each variant says what its fields hold")]
pub enum DefinitionError {
    /// The text is not a definition in the format named.
    Unreadable { format: &'static str, message: String },
    /// An id is not in kebab-case.
    InvalidId { place: String, id: String },
    /// An id occurs twice.
    DuplicateId { place: String, id: String },
    /// A text or list that must say something is empty.
    Empty { place: String },
    /// An item's lowest code is not below its highest.
    AnswerRange { item: String, lowest: i32, highest: i32 },
    /// A measure lists an item there is none of.
    UnknownItem { measure: String, item: String },
    /// `each-item` takes names from the items, every other rule gives its own.
    MeasureName { place: String, each_item: bool },
    /// A sum is multiplied by less than 1.
    Multiply { measure: String, multiply: i32 },
    /// The table has no row for a possible sum.
    TableGap { measure: String, raw: i32 },
    /// The table has two rows for one sum.
    TableRepeat { measure: String, raw: i32 },
    /// The table has a row for a sum outside the possible ones.
    TableOutside { measure: String, raw: i32, lowest: i32, highest: i32 },
    /// The scores or their common denominator do not fit the exact scale.
    ScaleTooLarge { measure: String },
    /// A missing rule cannot be used with the measure's scoring rule.
    MissingRule { measure: String, rule: String, reason: &'static str },
    /// A band gives two lower or two upper edges.
    BandEdges { place: String, band: String },
    /// A score lies in no band.
    BandGap { place: String, score: String },
    /// A score lies in two bands.
    BandOverlap { place: String, score: String, first: String, second: String },
    /// A band holds no score, or comes after a band of higher scores.
    BandOrder { place: String, band: String },
    /// A number lies outside what it can be.
    NumberOutside { place: String, value: Decimal, lowest: String, highest: String },
    /// A number has no source, and is not marked as local.
    SourceMissing { place: String },
    /// A number cites a source that is not listed.
    SourceUnknown { place: String, source: String },
    /// A source's locator is neither an `https://` address nor an ISBN.
    Locator { source: String, locator: String },
    /// A default names nothing that exists.
    UnknownDefault { place: String, id: String },
    /// A default rests on a number that was not found in its source.
    UnverifiedDefault { place: String, id: String },
}

impl DefinitionError {
    /// The stable name of the problem.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Unreadable { .. } => "unreadable",
            Self::InvalidId { .. } => "invalid-id",
            Self::DuplicateId { .. } => "duplicate-id",
            Self::Empty { .. } => "empty",
            Self::AnswerRange { .. } => "answer-range",
            Self::UnknownItem { .. } => "unknown-item",
            Self::MeasureName { .. } => "measure-name",
            Self::Multiply { .. } => "multiply",
            Self::TableGap { .. } => "table-gap",
            Self::TableRepeat { .. } => "table-repeat",
            Self::TableOutside { .. } => "table-outside",
            Self::ScaleTooLarge { .. } => "scale-too-large",
            Self::MissingRule { .. } => "missing-rule",
            Self::BandEdges { .. } => "band-edges",
            Self::BandGap { .. } => "band-gap",
            Self::BandOverlap { .. } => "band-overlap",
            Self::BandOrder { .. } => "band-order",
            Self::NumberOutside { .. } => "number-outside",
            Self::SourceMissing { .. } => "source-missing",
            Self::SourceUnknown { .. } => "source-unknown",
            Self::Locator { .. } => "locator",
            Self::UnknownDefault { .. } => "unknown-default",
            Self::UnverifiedDefault { .. } => "unverified-default",
        }
    }
}

impl fmt::Display for DefinitionError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreadable { format, message } => {
                write!(f, "not a definition in {format}: {message}")
            }
            Self::InvalidId { place, id } => write!(
                f,
                "{place}: {id:?} is not an id; write lower-case letters, digits, `-` and `.`, beginning and ending with a letter or digit"
            ),
            Self::DuplicateId { place, id } => {
                write!(f, "{place}: `{id}` occurs twice; give each its own id")
            }
            Self::Empty { place } => write!(f, "{place} is empty; fill it in"),
            Self::AnswerRange { item, lowest, highest } => write!(
                f,
                "item `{item}`: codes {lowest}..={highest} hold fewer than two answers; `lowest` must be below `highest`"
            ),
            Self::UnknownItem { measure, item } => write!(
                f,
                "measure `{measure}`: there is no item `{item}`; list only ids from `items`"
            ),
            Self::MeasureName { place, each_item: true } => write!(
                f,
                "{place}: rule `each-item` names its measures after their items; remove `id` and `label`"
            ),
            Self::MeasureName { place, each_item: false } => {
                write!(f, "{place} has no name; give it an `id` and a `label`")
            }
            Self::Multiply { measure, multiply } => write!(
                f,
                "measure `{measure}`: a sum cannot be multiplied by {multiply}; use 1 or more"
            ),
            Self::TableGap { measure, raw } => {
                write!(f, "measure `{measure}`: the table has no row for the sum {raw}; add it")
            }
            Self::TableRepeat { measure, raw } => {
                write!(f, "measure `{measure}`: the table has two rows for the sum {raw}; keep one")
            }
            Self::TableOutside { measure, raw, lowest, highest } => write!(
                f,
                "measure `{measure}`: the table has a row for the sum {raw}, outside {lowest}..={highest}; remove it"
            ),
            Self::ScaleTooLarge { measure } => write!(
                f,
                "measure `{measure}`: the scores do not fit an exact scale (codes up to a million, sums spanning at most 65535, steps within 32 bits); use fewer items or shorter answer ranges"
            ),
            Self::MissingRule { measure, rule, reason } => {
                write!(f, "measure `{measure}`, missing rule `{rule}`: {reason}")
            }
            Self::BandEdges { place, band } => write!(
                f,
                "{place}: band `{band}` has two edges on one side; keep one of `at-least` and `more-than`, and one of `at-most` and `less-than`"
            ),
            Self::BandGap { place, score } => {
                write!(f, "{place}: the score {score} lies in no band; move an edge to cover it")
            }
            Self::BandOverlap { place, score, first, second } => write!(
                f,
                "{place}: the score {score} lies in both `{first}` and `{second}`; move an edge"
            ),
            Self::BandOrder { place, band } => write!(
                f,
                "{place}: band `{band}` holds no score or comes after a band of higher scores; list the bands from the lowest score to the highest"
            ),
            Self::NumberOutside { place, value, lowest, highest } => {
                write!(f, "{place}: {value} is outside {lowest}..={highest}; correct it")
            }
            Self::SourceMissing { place } => write!(
                f,
                "{place} cites no source; name one in `sources`, or mark it `certainty = \"local\"`"
            ),
            Self::SourceUnknown { place, source } => write!(
                f,
                "{place} cites `{source}`, which is not in the instrument's `sources`; add it there"
            ),
            Self::Locator { source, locator } => write!(
                f,
                "source `{source}`: {locator:?} does not locate it; give an https:// address or isbn:"
            ),
            Self::UnknownDefault { place, id } => {
                write!(f, "{place}: the default `{id}` is not defined; define it or name another")
            }
            Self::UnverifiedDefault { place, id } => write!(
                f,
                "{place}: the default `{id}` is unverified; only a verified or local choice can be a default"
            ),
        }
    }
}

impl core::error::Error for DefinitionError {}

/// A measure, band set, change rule or other reference that an instrument does not have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownName {
    /// What was looked for, such as `band set`.
    pub kind: &'static str,
    /// The name that was not found.
    pub name: String,
    /// The instrument or measure it was looked for in.
    pub owner: String,
    /// The names there are.
    pub known: Vec<String>,
}

impl UnknownName {
    /// The stable name of the problem.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        "unknown-name"
    }
}

impl fmt::Display for UnknownName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { kind, name, owner, known } = self;
        write!(f, "`{owner}` has no {kind} `{}`; ", shortened(name))?;
        if known.is_empty() {
            write!(f, "it has none")
        } else {
            write!(f, "it has `{}`", known.join("`, `"))
        }
    }
}

impl core::error::Error for UnknownName {}
