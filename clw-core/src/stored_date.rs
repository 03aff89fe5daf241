//! Dates in stored documents: `2026-03-05`, and no other way to write one.
//!
//! The parser that comes with the type of dates takes times of day, offsets and time zones too, and the
//! words for what can be wrong with them are more than a tenth of the texts of a browser's module.

use jiff::civil::Date;
use serde::de::{Error, Unexpected};
use serde::{Deserialize, Deserializer};

pub(crate) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Date, D::Error> {
    let text = String::deserialize(from)?;
    let refused = || D::Error::invalid_value(Unexpected::Str(&text), &"a date such as 2026-03-05");
    date(text.as_bytes()).ok_or_else(refused)
}

/// A date, or none.
pub(crate) mod optional {
    use super::{Date, Deserialize, Deserializer};

    /// A date where an `Option` holds it.
    #[derive(Deserialize)]
    struct Stored(#[serde(deserialize_with = "super::deserialize")] Date);

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(
        from: D,
    ) -> Result<Option<Date>, D::Error> {
        Ok(Option::<Stored>::deserialize(from)?.map(|Stored(date)| date))
    }
}

fn date(text: &[u8]) -> Option<Date> {
    let [y3, y2, y1, y0, b'-', m1, m0, b'-', d1, d0] = text else { return None };
    let number = |digits: &[&u8]| {
        digits.iter().try_fold(0_i16, |number, digit| {
            digit.is_ascii_digit().then(|| 10 * number + i16::from(**digit - b'0'))
        })
    };
    let (month, day) = (number(&[m1, m0])?, number(&[d1, d0])?);
    let (month, day) = (i8::try_from(month).ok()?, i8::try_from(day).ok()?);
    Date::new(number(&[y3, y2, y1, y0])?, month, day).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, Deserialize, PartialEq)]
    struct Document {
        #[serde(deserialize_with = "deserialize")]
        on: Date,
        #[serde(default, deserialize_with = "optional::deserialize")]
        until: Option<Date>,
    }

    #[test]
    fn a_date_is_read_as_it_is_written() {
        for text in ["0001-01-01", "2024-02-29", "2026-03-05", "9999-12-31"] {
            let date: Date = text.parse().unwrap();
            let read: Document = crate::json::read(&format!("{{\"on\":\"{date}\"}}")).unwrap();
            assert_eq!(read, Document { on: date, until: None });
            let until = format!("{{\"on\":\"{date}\",\"until\":\"{date}\"}}");
            assert_eq!(crate::json::read::<Document>(&until).unwrap().until, Some(date));
        }
        let none: Document = crate::json::read(r#"{"on":"2026-03-05","until":null}"#).unwrap();
        assert_eq!(none.until, None);
    }

    #[test]
    fn whatever_else_is_refused() {
        for text in [
            "",
            "2026-03-5",
            "05/03/2026",
            "2026-02-29",
            "2026-13-01",
            "2026-00-01",
            "20260305",
            "2026-03-05T00:00",
            "2026-03-0x",
            "２026-03-05",
        ] {
            let read = crate::json::read::<Document>(&format!("{{\"on\":\"{text}\"}}"));
            let expected =
                format!("invalid value: string {text:?}, expected a date such as 2026-03-05");
            let refused = read.unwrap_err().to_string();
            assert!(refused.starts_with(&expected), "{refused}");
        }
        let number = crate::json::read::<Document>(r#"{"on":5}"#).unwrap_err().to_string();
        assert!(number.starts_with("invalid type: integer `5`, expected a string"), "{number}");
    }
}
