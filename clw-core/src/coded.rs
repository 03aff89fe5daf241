//! Codes of errors that come through a parser.
//!
//! What is checked as it is read is refused in the middle of parsing, and all that serde lets through
//! of an error is its text. So the text carries the code, in brackets behind the message, and whoever
//! reads JSON takes it off again.

use std::fmt;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer};
use serde_json::Value;

use crate::json;

/// An error with a stable code.
pub(crate) trait Coded: fmt::Display {
    /// The stable name of the error.
    fn stable_code(&self) -> &str;
}

macro_rules! coded {
    ($($error:ty),+ $(,)?) => {$(
        impl Coded for $error {
            fn stable_code(&self) -> &str {
                self.code()
            }
        }
    )+};
}

coded!(
    crate::attrition::AttritionCountsError,
    crate::attrition::AttritionOptionsError,
    crate::caseload::CountOverflow,
    crate::change::ChangeOptionsError,
    crate::change::PairCountsError,
    crate::completion::ComparisonError,
    crate::disclosure::DisclosureError,
    crate::equity::EquityError,
    crate::estimate::LevelOutside,
    crate::indicator::IndicatorError,
    crate::instrument::DecimalError,
    crate::synthesis::SynthesisError,
    crate::value::ValueRefusal,
    crate::value::WellbyAssumptionsError,
);

/// Reads `$checked` as `$raw`, and refuses what its `TryFrom` refuses, code and all.
macro_rules! deserialize_checked {
    ($checked:ty, $raw:ty) => {
        impl<'de> serde::Deserialize<'de> for $checked {
            fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                $crate::coded::checked::<$raw, _, _>(from)
            }
        }
    };
}
pub(crate) use deserialize_checked;

pub(crate) fn checked<'de, Raw, Checked, D>(from: D) -> Result<Checked, D::Error>
where
    Raw: Deserialize<'de>,
    Checked: TryFrom<Raw, Error: Coded>,
    D: Deserializer<'de>,
{
    Checked::try_from(Raw::deserialize(from)?).map_err(refused)
}

/// An error as a parser passes it on.
#[expect(clippy::needless_pass_by_value, reason = "the signature of map_err")]
pub(crate) fn refused<E: serde::de::Error>(error: impl Coded) -> E {
    E::custom(format_args!("{error} [{}]", error.stable_code()))
}

/// Why JSON is refused: it cannot be read as what it should be, or holds what a check refuses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Unread {
    /// It is not such JSON.
    Unreadable {
        /// The stable code.
        code: &'static str,
        /// The parser's account.
        reason: String,
    },
    /// A check refused what it holds.
    Refused {
        /// The stable code.
        code: String,
        /// The message.
        message: String,
    },
}

impl From<serde_json::Error> for Unread {
    fn from(error: serde_json::Error) -> Self {
        let reason = error.to_string();
        let place = format!(" at line {} column {}", error.line(), error.column());
        let text = reason.strip_suffix(&place).unwrap_or(&reason);
        match coded(text).filter(|_| error.is_data()) {
            Some((message, code)) => {
                Self::Refused { code: code.to_owned(), message: message.to_owned() }
            }
            None => Self::Unreadable { code: unreadable(text), reason: in_words(&reason, text) },
        }
    }
}

/// The message and the code of an error that came through a parser; nothing of the parser's own.
pub(crate) fn coded(text: &str) -> Option<(&str, &str)> {
    let (message, code) = text.strip_suffix(']')?.rsplit_once(" [")?;
    let kebab = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    (!code.is_empty() && code.bytes().all(kebab)).then_some((message, code))
}

/// Reads options that were parsed already. The place that an error then has is one in a text that
/// nobody wrote, and is left out.
pub(crate) fn from_value<T: DeserializeOwned>(value: &Value) -> Result<T, Unread> {
    json::read(&value.to_string()).map_err(|error| {
        let place = format!(" at line {} column {}", error.line(), error.column());
        match error.into() {
            Unread::Unreadable { code, reason } => {
                let reason = reason.strip_suffix(&place).unwrap_or(&reason).to_owned();
                Unread::Unreadable { code, reason }
            }
            refused @ Unread::Refused { .. } => refused,
        }
    })
}

/// The parser's account without the names that Rust has for what it expected.
fn in_words(reason: &str, text: &str) -> String {
    let Some((found, expected)) = text.rsplit_once(", expected ") else {
        return reason.to_owned();
    };
    let words = match expected.split(' ').next().unwrap_or_default() {
        "u8" | "u16" | "u32" | "u64" | "usize" => "a whole number from 0 on",
        "i8" | "i16" | "i32" | "i64" => "a whole number",
        "f32" | "f64" => "a number",
        "struct" | "internally" => "an object with its fields",
        "enum" => "one of its names",
        _ => return reason.to_owned(),
    };
    let place = reason.strip_prefix(text).unwrap_or_default();
    format!("{found}, expected {words}{place}")
}

/// What kind of fault the parser found, by the words that serde has for each.
fn unreadable(text: &str) -> &'static str {
    let kinds = [
        ("unknown field", "unknown-field"),
        ("unknown variant", "unknown-choice"),
        ("missing field", "missing-field"),
        ("invalid type", "wrong-type"),
        ("invalid value", "wrong-value"),
    ];
    let kind = kinds.into_iter().find(|(words, _)| text.starts_with(words));
    kind.map_or("unreadable-json", |(_, code)| code)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::estimate::ConfidenceLevel;

    fn unread(json: &str) -> Unread {
        serde_json::from_str::<ConfidenceLevel>(json).unwrap_err().into()
    }

    #[test]
    fn a_code_comes_through_the_parser() {
        let message =
            "the confidence level is 95, not strictly between 0 and 1; write 0.95 for 95 %";
        let refused = Unread::Refused { code: "level-outside".into(), message: message.into() };
        assert_eq!(unread("95.0"), refused);
        let value = serde_json::json!(95.0);
        assert_eq!(
            Unread::from(serde_json::from_value::<ConfidenceLevel>(value).unwrap_err()),
            refused
        );
    }

    #[test]
    fn what_no_check_refused_has_no_code() {
        for (json, expected) in [
            ("[]", "wrong-type"),
            ("\"brackets [in-a-text]\"", "wrong-type"),
            ("{", "wrong-type"),
            ("]", "unreadable-json"),
            ("", "unreadable-json"),
        ] {
            let Unread::Unreadable { code, .. } = unread(json) else { panic!("{json} is read") };
            assert_eq!(code, expected, "{json}");
        }
    }

    #[test]
    fn what_was_expected_is_said_in_words() {
        let reason = |json: &str| {
            let read = serde_json::from_str::<crate::indicator::IndicatorTotal>(json);
            let Unread::Unreadable { reason, .. } = read.unwrap_err().into() else {
                panic!("{json}")
            };
            reason
        };
        assert_eq!(
            reason(r#"{"count": -1, "of": 2}"#),
            "invalid value: integer `-1`, expected a whole number from 0 on at line 1 column 12"
        );
        assert_eq!(
            reason("true"),
            "invalid type: boolean `true`, expected an object with its fields at line 1 column 4"
        );
    }

    #[test]
    fn an_option_misspelt_left_out_or_of_another_kind_has_its_code() {
        for (json, expected) in [
            (r#"{"from": "2024-01", "until": "2024-02"}"#, "unknown-field"),
            (r#"{"from": "2024-01"}"#, "missing-field"),
            (r#"{"from": 2024, "to": "2024-02"}"#, "wrong-type"),
        ] {
            let read = serde_json::from_str::<crate::indicator::IndicatorSpan>(json);
            let Unread::Unreadable { code, .. } = read.unwrap_err().into() else {
                panic!("{json}")
            };
            assert_eq!(code, expected, "{json}");
        }
        let read = serde_json::from_str::<crate::change::Alternative>("\"two\"");
        let Unread::Unreadable { code, .. } = read.unwrap_err().into() else {
            panic!("it is read")
        };
        assert_eq!(code, "unknown-choice");
    }
}
