use std::collections::BTreeMap;
use std::fmt::Debug;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{read, write};
use crate::estimate::Estimate;
use crate::evaluation::Plan;

#[derive(Debug, PartialEq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct Everything {
    text: String,
    letter: char,
    whole: i32,
    small: u8,
    real: f64,
    truth: bool,
    nothing: (),
    maybe: Option<Vec<u16>>,
    by_name: BTreeMap<String, Choice>,
    pair: (u64, i64),
    open: Value,
    found: Estimate<f64>,
    kind: Kind,
    name: Name,
    #[serde(default)]
    absent: Option<u8>,
}

#[derive(Debug, PartialEq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
enum Choice {
    Plain,
    With(u8),
    Two(u8, bool),
    Named { edge: u8 },
}

#[derive(Debug, PartialEq, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case", deny_unknown_fields)]
enum Kind {
    Counted { up_to: u8 },
}

#[derive(Debug, PartialEq, Deserialize, Serialize)]
struct Name(String);

const EVERYTHING: &str = r#"{
  "text": "a \"quoted\" \u00e9 text", "letter": "é", "whole": -7, "small": 200, "real": 1.25e-3,
  "truth": true, "nothing": null, "maybe": [1, 0, 65535],
  "by-name": {"1": "plain", "2": {"with": 3}, "3": {"two": [1, false]}, "40": {"named": {"edge": 9}}},
  "pair": [18446744073709551615, -9223372036854775808],
  "open": {"a": [null, true, -0, 1e5, "\n"], "b": {}}, "found": {"not-computed": "one-pair"},
  "kind": {"kind": "counted", "up_to": 4}, "name": "n"
}"#;

const PLAN: &str = r#"{"title": "Example Valley", "as-of": "2026-06-30",
  "measures": [{"instrument": "swemwbs"}],
  "pairing": {"baseline": {"rule": "first"}, "end-point": {"rule": "last"}, "due": {"rule": "closed"}}}"#;

/// What comes of a text, and of whatever it becomes by a slip, is what `serde_json` makes of it.
fn as_serde_json<T: DeserializeOwned + Debug + PartialEq>(text: &str) {
    let same = |text: &str| {
        let found = read::<T>(text).map_err(|error| error.to_string());
        let expected = serde_json::from_str::<T>(text).map_err(|error| error.to_string());
        // What is neither JSON nor what was expected is refused for the one or the other.
        let no_json = serde_json::from_str::<Value>(text).err().map(|error| error.to_string());
        if found != expected && found.as_ref().err() != no_json.as_ref() {
            panic!("{text}\n{found:?}\n{expected:?}");
        }
    };
    assert!(read::<T>(text).is_ok(), "{:?}", read::<T>(text));
    for (place, letter) in text.char_indices() {
        let (before, rest) = text.split_at(place);
        let after = rest.strip_prefix(letter).unwrap();
        same(before);
        for slip in
            ["", "0", "-1", "x", "\"", "{", "}", "]", ",", ":", " \n", "null", "\\u12", "1e999"]
        {
            same(&format!("{before}{slip}{after}"));
            same(&format!("{before}{slip}{letter}{after}"));
        }
    }
}

#[test]
fn errors_and_values_are_those_of_serde_json() {
    as_serde_json::<Everything>(EVERYTHING);
    as_serde_json::<Plan>(PLAN);
    as_serde_json::<Vec<f64>>(" [1, 0, -0.0, 0.5e1, 123456789012345678901234567890] ");
}

#[derive(Serialize)]
struct Written {
    unit: (),
    none: Option<u8>,
    bytes: &'static [u8],
    names: BTreeMap<(), u8>,
    tuple: (char, i128, bool),
    newtype: Name,
    #[serde(flatten)]
    choices: BTreeMap<String, Choice>,
}

#[test]
fn what_is_written_is_what_serde_json_writes() {
    fn same<T: Serialize>(value: &T) {
        let message = |error: serde_json::Error| error.to_string();
        assert_eq!(write(value).map_err(message), serde_json::to_string(value).map_err(message));
    }
    let choices = [Choice::Plain, Choice::With(1), Choice::Two(2, true), Choice::Named { edge: 3 }];
    let choices =
        choices.into_iter().enumerate().map(|(place, choice)| (place.to_string(), choice));
    same(&Written {
        unit: (),
        none: None,
        bytes: b"ab",
        names: BTreeMap::new(),
        tuple: ('"', i128::MIN, false),
        newtype: Name("a \"\\ \u{7f} \n \u{1} é".to_owned()),
        choices: choices.collect(),
    });
    same(&[0.0, -0.0, 1e-7, 1e21, 0.1 + 0.2, f64::NAN, f64::INFINITY, f64::MIN_POSITIVE]);
    same(&BTreeMap::from([(true, 1.5_f32)]));
    same(&BTreeMap::from([('x', u64::MAX)]));
    same(&BTreeMap::from([(-7, vec![Some("a"), None])]));
    same(&BTreeMap::from([(None::<u8>, 0)]));
    same(&BTreeMap::from([((), 0)]));
    same(&BTreeMap::from([([1, 2], 0)]));
    same(&serde_json::from_str::<Value>(EVERYTHING).unwrap());
    same(&serde_json::from_str::<Plan>(PLAN).unwrap());
}

fn without_place<T>(read: Result<T, serde_json::Error>) -> Result<T, Option<String>> {
    read.map_err(|error| error.to_string().split(" at line").next().map(str::to_owned))
}

#[test]
fn numbers_as_names() {
    for key in ["1", "255", "256", "-1", "01", "1.0", "", "x", "1x"] {
        let text = format!("{{\"{key}\": true}}");
        let expected = without_place(serde_json::from_str::<BTreeMap<u8, bool>>(&text));
        assert_eq!(without_place(read(&text)), expected, "{key}");
    }
}

#[test]
fn whole_numbers_of_128_bits() {
    for least in [i128::MIN.to_string(), format!("{}0", i128::MIN), "-0".into(), "\"x\"".into()] {
        for most in [u128::MAX.to_string(), format!("{}0", u128::MAX), "-1".into(), "\"1\"".into()]
        {
            let text = format!("[{least}, {most}]");
            let expected = without_place(serde_json::from_str::<(i128, u128)>(&text));
            assert_eq!(without_place(read(&text)), expected, "{text}");
        }
    }
}

#[test]
fn as_deep_as_serde_json() {
    for depth in [126, 127, 128, 129, 100_000] {
        let text = format!("{}{}", "[".repeat(depth), "]".repeat(depth));
        let expected = serde_json::from_str::<Value>(&text).map_err(|error| error.to_string());
        assert_eq!(read::<Value>(&text).map_err(|error| error.to_string()), expected, "{depth}");
    }
}

#[test]
fn fields_without_their_names_are_refused() {
    #[derive(Debug, Deserialize)]
    struct Field {
        #[serde(rename = "value")]
        _value: u8,
    }
    assert!(serde_json::from_str::<Field>("[1]").is_ok());
    let refused = read::<Field>("[1]").unwrap_err().to_string();
    assert_eq!(refused, "invalid type: sequence, expected struct Field at line 1 column 0");
}

#[test]
fn nor_are_they_the_tag_of_an_enum() {
    let rule = |text| read::<crate::pairing::DueRule>(text).map_err(|error| error.to_string());
    assert_eq!(rule("{\"rule\": \"closed\"}"), Ok(crate::pairing::DueRule::Closed));
    let refused = rule("[\"closed\"]").unwrap_err();
    assert!(
        refused.starts_with("invalid type: sequence, expected internally tagged enum DueRule"),
        "{refused}"
    );
    assert_eq!(read::<Value>("[[]]").unwrap(), serde_json::json!([[]]));
}
