//! Answers as they come in, and what can be wrong with them.

use core::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// One answer on a form.
///
/// A code is a wide integer, so that a value such as 300 is refused by its item's range and never by
/// the type that carries it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Answer {
    /// The code that was ticked.
    Given(i64),
    /// Nothing was ticked.
    Blank,
    /// The item was marked as not applicable.
    NotApplicable,
}

impl From<Option<i64>> for Answer {
    fn from(code: Option<i64>) -> Self {
        code.map_or(Self::Blank, Self::Given)
    }
}

/// An answer in JSON: a code, `null` for a blank, or `"not-applicable"`.
#[derive(Serialize, Deserialize)]
#[serde(untagged)]
enum Wire {
    Code(i64),
    NotApplicable(NotApplicable),
    Blank(()),
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum NotApplicable {
    NotApplicable,
}

impl Serialize for Answer {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let wire = match self {
            Self::Given(code) => Wire::Code(*code),
            Self::Blank => Wire::Blank(()),
            Self::NotApplicable => Wire::NotApplicable(NotApplicable::NotApplicable),
        };
        wire.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Answer {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(match Wire::deserialize(deserializer)? {
            Wire::Code(code) => Self::Given(code),
            Wire::Blank(()) => Self::Blank,
            Wire::NotApplicable(NotApplicable::NotApplicable) => Self::NotApplicable,
        })
    }
}

/// Why one row of answers makes no score, without naming the items: small, and free to make.
///
/// Where several reasons hold, the first of this list is given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Unscored {
    /// An answer lies outside its item's codes.
    OutOfRange,
    /// An item is marked not applicable and the missing rule does not drop items.
    NotApplicable,
    /// None of the measure's items was answered.
    AllBlank,
    /// More items are blank than the missing rule allows.
    Blank,
}

impl Unscored {
    /// The stable name of the reason.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::OutOfRange => "out-of-range",
            Self::NotApplicable => "not-applicable",
            Self::AllBlank => "all-blank",
            Self::Blank => "blank",
        }
    }
}

impl fmt::Display for Unscored {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::OutOfRange => "an answer lies outside its item's codes",
            Self::NotApplicable => "an item is marked not applicable",
            Self::AllBlank => "no item was answered",
            Self::Blank => "too many items are blank",
        })
    }
}

impl core::error::Error for Unscored {}

/// What is wrong with one measure's answers, naming the item, its value and the limits.
///
/// Items are numbered from 1, as on the form.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Problem<'a> {
    /// An answer lies outside its item's codes.
    OutOfRange {
        /// The item's number on the form, from 1.
        item: usize,
        /// The item's id.
        id: &'a str,
        /// The answer.
        value: i64,
        /// The lowest code.
        lowest: i32,
        /// The highest code.
        highest: i32,
    },
    /// An item is marked not applicable and nothing scores the measure without it.
    NotApplicable {
        /// The item's number on the form, from 1.
        item: usize,
        /// The item's id.
        id: &'a str,
        /// The measure.
        measure: &'a str,
    },
    /// None of the measure's items was answered.
    AllBlank {
        /// The measure.
        measure: &'a str,
        /// The number of its items.
        items: usize,
    },
    /// An item is blank, one of more than the missing rule allows.
    Blank {
        /// The item's number on the form, from 1.
        item: usize,
        /// The item's id.
        id: &'a str,
        /// The measure.
        measure: &'a str,
        /// The number of blank items in the measure.
        blank: usize,
        /// The most that its missing rule allows.
        allowed: usize,
    },
}

impl<'a> Problem<'a> {
    /// The stable name of the problem, the same as the row's [`Unscored::code`].
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::OutOfRange { .. } => Unscored::OutOfRange.code(),
            Self::NotApplicable { .. } => Unscored::NotApplicable.code(),
            Self::AllBlank { .. } => Unscored::AllBlank.code(),
            Self::Blank { .. } => Unscored::Blank.code(),
        }
    }

    /// The item's number on the form, from 1, where the problem lies with one item.
    #[must_use]
    pub const fn item(&self) -> Option<usize> {
        match self {
            Self::OutOfRange { item, .. }
            | Self::NotApplicable { item, .. }
            | Self::Blank { item, .. } => Some(*item),
            Self::AllBlank { .. } => None,
        }
    }

    /// The item's id, where the problem lies with one item.
    #[must_use]
    pub const fn id(&self) -> Option<&'a str> {
        match self {
            Self::OutOfRange { id, .. }
            | Self::NotApplicable { id, .. }
            | Self::Blank { id, .. } => Some(id),
            Self::AllBlank { .. } => None,
        }
    }

    /// The answer, where it is out of range.
    #[must_use]
    pub const fn value(&self) -> Option<i64> {
        match self {
            Self::OutOfRange { value, .. } => Some(*value),
            Self::NotApplicable { .. } | Self::AllBlank { .. } | Self::Blank { .. } => None,
        }
    }

    /// The lowest and the highest code, where the answer is out of their range.
    #[must_use]
    pub const fn limits(&self) -> Option<(i32, i32)> {
        match self {
            Self::OutOfRange { lowest, highest, .. } => Some((*lowest, *highest)),
            Self::NotApplicable { .. } | Self::AllBlank { .. } | Self::Blank { .. } => None,
        }
    }
}

impl fmt::Display for Problem<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::OutOfRange { item, id, value, lowest, highest } => write!(
                f,
                "item {item} (`{id}`) was answered {value}, outside {lowest}..={highest}; correct it or leave it blank"
            ),
            Self::NotApplicable { item, id, measure } => write!(
                f,
                "item {item} (`{id}`) is marked not applicable, which `{measure}` does not allow; answer it"
            ),
            Self::AllBlank { measure, items: 1 } => {
                write!(f, "the one item of `{measure}` is blank; answer it")
            }
            Self::AllBlank { measure, items } => {
                write!(f, "all {items} items of `{measure}` are blank; answer them")
            }
            Self::Blank { item, id, measure, blank, allowed } => write!(
                f,
                "item {item} (`{id}`) is blank; `{measure}` allows {allowed} blank and has {blank}; answer it"
            ),
        }
    }
}

impl core::error::Error for Problem<'_> {}

#[derive(Serialize)]
struct ProblemFields<'a> {
    code: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    item: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    value: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    lowest: Option<i32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    highest: Option<i32>,
    message: String,
}

impl Serialize for Problem<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let (lowest, highest) = self.limits().unzip();
        let fields = ProblemFields {
            code: self.code(),
            item: self.item(),
            id: self.id(),
            value: self.value(),
            lowest,
            highest,
            message: self.to_string(),
        };
        fields.serialize(serializer)
    }
}

/// Why answers could not be matched to an instrument's items.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum ScoreError {
    /// There are more or fewer answers than items.
    WrongNumberOfAnswers {
        /// The instrument.
        instrument: String,
        /// The number of its items.
        items: usize,
        /// The number of answers.
        answers: usize,
    },
    /// An answer is a whole number too wide to score or to report as a [`Problem`].
    OutOfRange {
        /// The item's number on the form, from 1.
        item: usize,
        /// The item's id.
        id: String,
        /// The answer's digits, shortened where they are many.
        value: String,
        /// The lowest code.
        lowest: i32,
        /// The highest code.
        highest: i32,
    },
    /// A value is neither a whole number nor a blank.
    NotAnAnswer {
        /// The item's number on the form, from 1.
        item: usize,
        /// The item's id.
        id: String,
        /// The value as printed, shortened where it is long.
        given: String,
    },
}

impl ScoreError {
    /// The stable name of the problem.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::WrongNumberOfAnswers { .. } => "wrong-number-of-answers",
            Self::OutOfRange { .. } => Unscored::OutOfRange.code(),
            Self::NotAnAnswer { .. } => "not-an-answer",
        }
    }
}

impl fmt::Display for ScoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::WrongNumberOfAnswers { instrument, items, answers } => write!(
                f,
                "{answers} answers were given for the {items} items of `{instrument}`; give one for each item, blanks included"
            ),
            Self::OutOfRange { item, id, value, lowest, highest } => write!(
                f,
                "item {item} (`{id}`) was answered {value}, outside {lowest}..={highest}; correct it or leave it blank"
            ),
            Self::NotAnAnswer { item, id, given } => write!(
                f,
                "item {item} (`{id}`) was answered {given}, which is not a whole number; give its code, a blank or `not-applicable`"
            ),
        }
    }
}

impl core::error::Error for ScoreError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reasons_say_what_is_wrong() {
        for (reason, code, text) in [
            (Unscored::OutOfRange, "out-of-range", "an answer lies outside its item's codes"),
            (Unscored::NotApplicable, "not-applicable", "an item is marked not applicable"),
            (Unscored::AllBlank, "all-blank", "no item was answered"),
            (Unscored::Blank, "blank", "too many items are blank"),
        ] {
            assert_eq!((reason.code(), reason.to_string().as_str()), (code, text));
        }
    }
}
