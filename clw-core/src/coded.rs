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

/// Reads options that were parsed already.
pub(crate) fn from_value<T: DeserializeOwned>(value: &Value) -> Result<T, Unread> {
    options(&value.to_string())
}

/// Reads options that came as objects of another language. Nobody wrote the text that they became, so
/// an error has the names that lead to the option in place of a line and a column.
pub(crate) fn options<T: DeserializeOwned>(text: &str) -> Result<T, Unread> {
    json::read(text).map_err(|error| {
        let (line, column) = (error.line(), error.column());
        match error.into() {
            Unread::Unreadable { code, reason } => {
                let place = format!(" at line {line} column {column}");
                let reason = reason.strip_suffix(&place).unwrap_or(&reason);
                let option = json::path(text, line, column);
                Unread::Unreadable { code, reason: of_option(&option, reason) }
            }
            refused @ Unread::Refused { .. } => refused,
        }
    })
}

/// The parser's account of an option: its name, then what it is and what was expected.
fn of_option(option: &str, reason: &str) -> String {
    let misnamed = reason.strip_prefix("unknown field `").and_then(|rest| rest.split_once('`'));
    let option = match misnamed {
        // The path may end at the name that is not known, or above it.
        Some((name, _)) => {
            let above = option.strip_suffix(name).unwrap_or(option);
            above.strip_suffix('.').unwrap_or(above)
        }
        None => option,
    };
    let wrong = ["invalid type: ", "invalid value: "];
    match wrong.into_iter().find_map(|words| reason.strip_prefix(words)) {
        _ if option.is_empty() => reason.to_owned(),
        Some(account) => {
            let (found, expected) = account.rsplit_once(", expected ").unwrap_or((account, "it"));
            format!("`{option}` is {}, not {expected}", found_in_words(found))
        }
        None => format!("`{option}`: {}", reason.replacen("unknown variant", "unknown choice", 1)),
    }
}

/// What the parser found, without the name that it has for the kind of it.
fn found_in_words(found: &str) -> &str {
    let kinds = ["boolean ", "integer ", "floating point ", "string "];
    match (found, kinds.into_iter().find_map(|kind| found.strip_prefix(kind))) {
        ("sequence", _) => "a list",
        ("map", _) => "an object",
        (_, Some(value)) => value.trim_matches('`'),
        (other, None) => other,
    }
}

/// The parser's account without the names that Rust has for what it expected.
fn in_words(reason: &str, text: &str) -> String {
    let Some((found, expected)) = text.rsplit_once(", expected ") else {
        return reason.to_owned();
    };
    let is_large = found.starts_with("invalid value: integer `") && !found.contains("`-");
    let words = match expected.split(' ').next().unwrap_or_default() {
        "u8" if is_large => "a whole number up to 255",
        "u16" if is_large => "a whole number up to 65535",
        "u32" if is_large => "a whole number up to 4294967295",
        "u8" | "u16" | "u32" | "u64" | "usize" => "a whole number from 0 on",
        "i8" | "i16" | "i32" | "i64" => "a whole number",
        "f32" | "f64" => "a number",
        "struct" | "internally" => "an object with its fields",
        "enum" => "one of its names",
        "a" if expected == "a map" => "an object",
        "a" if expected == "a sequence" => "a list",
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
        let days = r#"{"rule": "last-until-closure", "days": 4294967296}"#;
        let read = serde_json::from_str::<crate::pairing::EndPoint>(days);
        let Unread::Unreadable { reason: too_large, .. } = read.unwrap_err().into() else {
            panic!("{days} is read")
        };
        assert_eq!(
            too_large,
            "invalid value: integer `4294967296`, expected a whole number up to 4294967295"
        );
        assert_eq!(
            reason("true"),
            "invalid type: boolean `true`, expected an object with its fields at line 1 column 4"
        );
    }

    #[test]
    fn an_account_names_the_option() {
        use crate::change::ChangeOptions;
        let account = |given: &str| {
            let value: Value = serde_json::from_str(given).unwrap();
            match from_value::<ChangeOptions>(&value).unwrap_err() {
                Unread::Unreadable { reason, .. } => reason,
                Unread::Refused { message, .. } => message,
            }
        };
        for (given, expected) in [
            (r#"{"bootstrap": true}"#, "`bootstrap` is true, not an object with its fields"),
            (
                r#"{"bootstrap": {"seed": 1, "resamples": -1}}"#,
                "`bootstrap.resamples` is -1, not a whole number from 0 on",
            ),
            (
                r#"{"bootstrap": {"resample": 9}}"#,
                "`bootstrap`: unknown field `resample`, expected `resamples` or `seed`",
            ),
            (r#"{"mcnemar": 5}"#, "`mcnemar` is 5, not an object with its fields"),
            (r#"{"mcnemar": {}}"#, "`mcnemar`: missing field `method`"),
            (
                r#"{"alternative": "two"}"#,
                "`alternative`: unknown choice `two`, expected one of `two-sided`, `greater`, `less`",
            ),
            (r#"{"cuts": [20, "low"]}"#, "`cuts.2` is \"low\", not a whole number"),
        ] {
            assert_eq!(account(given), expected, "{given}");
        }
        assert!(
            account(r#"{"bootstraps": {}}"#).starts_with("unknown field `bootstraps`, expected")
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
