//! Reading and writing JSON, with little code for each type.
//!
//! `serde_json` compiles its whole way through objects and lists anew for every type: in a browser that
//! is most of what has to be fetched. Here the same code walks them for all types; texts and numbers are
//! left to `serde_json`, and so is the account of what is no JSON. What is written are its bytes, and
//! errors are its own, at the same places. Only a list in place of an object with names is refused, which
//! `serde_json` would take for its fields in their order.

mod access;
mod path;
mod reader;
#[cfg(test)]
mod tests;
mod writer;

use serde::Serialize;
use serde::de::DeserializeOwned;

pub(crate) use self::path::path;
use self::reader::Reader;
#[cfg(feature = "toml")]
pub(crate) use self::reader::is_tagged;
use self::writer::Writer;

/// Reads a value from the whole of a text.
///
/// # Errors
///
/// As `serde_json::from_str`.
///
/// ```
/// let level: clw_core::estimate::ConfidenceLevel = clw_core::json::read("0.9")?;
/// assert_eq!(level.get(), 0.9);
/// let error = clw_core::json::read::<Vec<u8>>("[1, 300]").unwrap_err();
/// assert_eq!(error.to_string(), "invalid value: integer `300`, expected u8 at line 1 column 7");
/// # Ok::<(), serde_json::Error>(())
/// ```
pub fn read<T: DeserializeOwned>(text: &str) -> Result<T, serde_json::Error> {
    let mut reader = Reader::new(text);
    let value = T::deserialize(&mut reader)?;
    reader.end()?;
    Ok(value)
}

/// A message with the names that lead to its place, in place of the line and column that it has: for who
/// gave an object and never saw the text that it became.
///
/// ```
/// use clw_core::json::with_names;
///
/// let message = "the plan cannot be read: invalid type: integer `1`, expected a string at line 1 column 25";
/// assert_eq!(
///     with_names(r#"{"measures":[{"measure":1}]}"#, message),
///     "the plan cannot be read: invalid type: integer `1`, expected a string at `measures.1.measure`"
/// );
/// ```
#[must_use]
pub fn with_names(text: &str, message: &str) -> String {
    let placed = message.rsplit_once(" at line ").and_then(|(before, place)| {
        let (line, place) = place.split_once(" column ")?;
        let digits = place.bytes().take_while(u8::is_ascii_digit).count();
        let (column, after) = place.split_at_checked(digits)?;
        Some((before, path(text, line.parse().ok()?, column.parse().ok()?), after))
    });
    match placed {
        None => message.to_owned(),
        Some((before, names, after)) if names.is_empty() => format!("{before}{after}"),
        Some((before, names, after)) => format!("{before} at `{names}`{after}"),
    }
}

/// Writes a value in one line.
///
/// # Errors
///
/// As `serde_json::to_string`: a name that is neither a text nor a number.
///
/// ```
/// use std::collections::BTreeMap;
///
/// assert_eq!(clw_core::json::write(&BTreeMap::from([(7, ("a", 0.5))]))?, r#"{"7":["a",0.5]}"#);
/// # Ok::<(), serde_json::Error>(())
/// ```
pub fn write<T: Serialize + ?Sized>(value: &T) -> Result<String, serde_json::Error> {
    let mut writer = Writer::default();
    value.serialize(&mut writer)?;
    Ok(writer.json)
}
