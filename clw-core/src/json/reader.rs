//! The walk through a text. What depends on the type that is read is kept short: it is compiled for each.

use std::borrow::Cow;
use std::str::FromStr;

use serde::de::{Deserializer, Error as _, Expected, IgnoredAny, Unexpected, Visitor};
use serde_json::{Error, Number, Value};

use super::access::{Items, Members, UnitVariant, Variant};

/// How many lists and objects may lie in one another, as in `serde_json`.
const DEPTH: u8 = 127;

/// A text, and how far it is read.
pub(super) struct Reader<'de> {
    text: &'de str,
    at: usize,
    depth: u8,
}

/// What is neither list nor object.
enum Scalar<'de> {
    Null,
    Bool(bool),
    Number(Number),
    Text(Cow<'de, str>),
}

impl<'de> Reader<'de> {
    pub(super) const fn new(text: &'de str) -> Self {
        Self { text, at: 0, depth: 0 }
    }

    /// That nothing follows.
    pub(super) fn end(&mut self) -> Result<(), Error> {
        match self.peek() {
            None => Ok(()),
            Some(_) => Err(self.broken("trailing characters")),
        }
    }

    fn rest(&self) -> &'de str {
        self.text.get(self.at..).unwrap_or_default()
    }

    /// The byte to be read next, white space or not.
    pub(super) fn byte(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// The byte to be read next after white space.
    pub(super) fn peek(&mut self) -> Option<u8> {
        loop {
            let byte = self.byte();
            match byte {
                Some(b' ' | b'\n' | b'\t' | b'\r') => self.at += 1,
                _ => return byte,
            }
        }
    }

    /// Reads one byte, if it is this one.
    pub(super) fn take(&mut self, byte: u8) -> bool {
        let found = self.peek() == Some(byte);
        self.at += usize::from(found);
        found
    }

    /// Reads one byte, if it is this one and no white space stands before it.
    pub(super) fn take_next(&mut self, byte: u8) -> bool {
        let found = self.byte() == Some(byte);
        self.at += usize::from(found);
        found
    }

    /// Why this is no JSON, in the words of `serde_json`; where it is JSON and was read for something
    /// else, those given.
    #[cold]
    pub(super) fn broken(&self, otherwise: &str) -> Error {
        let read: Result<Value, Error> = serde_json::from_str(self.text);
        read.err().unwrap_or_else(|| self.place_at(self.at + 1, &otherwise))
    }

    /// An error at the place that is reached, unless it has one.
    #[cold]
    pub(super) fn place(&self, error: Error) -> Error {
        if error.line() == 0 { self.place_at(self.at, &error) } else { error }
    }

    fn place_at(&self, at: usize, error: &dyn std::fmt::Display) -> Error {
        let before = self.text.as_bytes().get(..at.min(self.text.len())).unwrap_or_default();
        let lines = before.split(|byte| *byte == b'\n');
        let column = lines.clone().next_back().map_or(0, <[u8]>::len);
        Error::custom(format_args!("{error} at line {} column {column}", lines.count()))
    }

    /// That something else stands here.
    #[cold]
    fn unexpected(&mut self, expected: &dyn Expected) -> Error {
        let found = match self.peek() {
            Some(b'[') => Error::invalid_type(Unexpected::Seq, expected),
            Some(b'{') => Error::invalid_type(Unexpected::Map, expected),
            _ => match self.scalar() {
                Err(error) => return error,
                Ok(Scalar::Null) => Error::invalid_type(Unexpected::Unit, expected),
                Ok(Scalar::Bool(found)) => Error::invalid_type(Unexpected::Bool(found), expected),
                Ok(Scalar::Text(found)) => Error::invalid_type(Unexpected::Str(&found), expected),
                Ok(Scalar::Number(found)) => Error::invalid_type(unexpected(&found), expected),
            },
        };
        self.place(found)
    }

    fn scalar(&mut self) -> Result<Scalar<'de>, Error> {
        Ok(match self.peek() {
            Some(b'"') => Scalar::Text(self.text()?),
            Some(b'-' | b'0'..=b'9') => Scalar::Number(self.number()?),
            Some(b'n') => {
                self.word("null")?;
                Scalar::Null
            }
            Some(b't') => {
                self.word("true")?;
                Scalar::Bool(true)
            }
            _ => {
                self.word("false")?;
                Scalar::Bool(false)
            }
        })
    }

    fn word(&mut self, word: &str) -> Result<(), Error> {
        if self.rest().starts_with(word) {
            self.at += word.len();
            Ok(())
        } else {
            Err(self.broken("expected value"))
        }
    }

    /// The text whose quotation mark is to be read next.
    pub(super) fn text(&mut self) -> Result<Cow<'de, str>, Error> {
        let plain = |byte: &u8| !matches!(byte, b'"' | b'\\' | 0..=0x1F);
        let length = self.rest().bytes().skip(1).take_while(plain).count();
        let end = self.at + 1 + length;
        if self.text.as_bytes().get(end) == Some(&b'"') {
            let text = self.text.get(self.at + 1..end).unwrap_or_default();
            self.at = end + 1;
            return Ok(Cow::Borrowed(text));
        }
        let mut values = serde_json::Deserializer::from_str(self.rest()).into_iter::<String>();
        let text = values.next().and_then(Result::ok).map(Cow::Owned);
        self.at += values.byte_offset();
        text.ok_or_else(|| self.broken("expected value"))
    }

    /// The number whose first byte is to be read next.
    pub(super) fn number(&mut self) -> Result<Number, Error> {
        let written = self.written_number();
        let number = written.parse().map_err(|_| self.broken("invalid number"))?;
        self.at += written.len();
        Ok(number)
    }

    /// A whole number of 128 bits.
    fn wide<T: FromStr>(&mut self) -> Result<T, Error> {
        self.peek();
        let written = self.written_number();
        if written.is_empty() {
            return Err(self.broken("invalid number"));
        }
        let number = written.parse::<Number>().ok().and_then(|_| written.parse().ok());
        // A fault lies at its last digit.
        self.at += written.len() - 1;
        let number = number.ok_or_else(|| self.broken("number out of range"))?;
        self.at += 1;
        Ok(number)
    }

    fn written_number(&self) -> &'de str {
        let part = |byte: &u8| matches!(byte, b'0'..=b'9' | b'-' | b'+' | b'.' | b'e' | b'E');
        let length = self.rest().bytes().take_while(part).count();
        self.rest().get(..length).unwrap_or_default()
    }

    fn ignore(&mut self) -> Result<(), Error> {
        let mut values = serde_json::Deserializer::from_str(self.rest()).into_iter::<IgnoredAny>();
        let ignored = values.next().and_then(Result::ok);
        self.at += values.byte_offset();
        ignored.map(drop).ok_or_else(|| self.broken("expected value"))
    }

    fn expect_text(&mut self, expected: &dyn Expected) -> Result<Cow<'de, str>, Error> {
        if self.peek() == Some(b'"') { self.text() } else { Err(self.unexpected(expected)) }
    }

    fn expect_number(&mut self, expected: &dyn Expected) -> Result<Number, Error> {
        match self.peek() {
            Some(b'-' | b'0'..=b'9') => self.number(),
            _ => Err(self.unexpected(expected)),
        }
    }

    fn expect_bool(&mut self, expected: &dyn Expected) -> Result<bool, Error> {
        match self.peek() {
            Some(b't') => self.word("true").map(|()| true),
            Some(b'f') => self.word("false").map(|()| false),
            _ => Err(self.unexpected(expected)),
        }
    }

    fn expect_null(&mut self, expected: &dyn Expected) -> Result<(), Error> {
        if self.peek() == Some(b'n') { self.word("null") } else { Err(self.unexpected(expected)) }
    }

    fn open(&mut self, bracket: u8, expected: &dyn Expected) -> Result<(), Error> {
        if self.peek() != Some(bracket) {
            return Err(self.unexpected(expected));
        }
        if self.depth == DEPTH {
            return Err(self.broken("recursion limit exceeded"));
        }
        self.depth += 1;
        self.at += 1;
        Ok(())
    }

    fn close(&mut self, bracket: u8) -> Result<(), Error> {
        self.depth -= 1;
        if self.take(bracket) {
            return Ok(());
        }
        let more = if bracket == b']' { "trailing characters" } else { "trailing comma" };
        if bracket == b']' && self.take(b',') {
            self.peek();
        }
        Err(self.broken(more))
    }

    /// The error within a list or an object, placed behind what of it was read.
    #[cold]
    fn leave(&mut self, bracket: u8, error: Error) -> Error {
        if error.line() == 0 && !self.take(bracket) && bracket == b']' && self.take(b',') {
            self.peek();
        }
        self.place(error)
    }

    fn list<V: Visitor<'de>>(&mut self, visitor: V) -> Result<V::Value, Error> {
        self.open(b'[', &visitor)?;
        match visitor.visit_seq(Items::of(self)) {
            Ok(list) => self.close(b']').map(|()| list),
            Err(error) => Err(self.leave(b']', error)),
        }
    }

    fn object<V: Visitor<'de>>(&mut self, visitor: V) -> Result<V::Value, Error> {
        self.open(b'{', &visitor)?;
        match visitor.visit_map(Members::of(self)) {
            Ok(object) => self.close(b'}').map(|()| object),
            Err(error) => Err(self.leave(b'}', error)),
        }
    }
}

/// Whether an enum is to be read whose tag is one of its fields: of a list the first would be taken for
/// the tag, and only what is expected tells of it.
pub(crate) fn is_tagged(expected: &dyn Expected) -> bool {
    expected.to_string().starts_with("internally tagged enum")
}

fn unexpected(number: &Number) -> Unexpected<'_> {
    let whole = number.as_u64().map(Unexpected::Unsigned);
    let whole = whole.or_else(|| number.as_i64().map(Unexpected::Signed));
    whole.unwrap_or_else(|| Unexpected::Float(number.as_f64().unwrap_or_default()))
}

pub(super) fn visit_number<'de, V: Visitor<'de>>(
    number: &Number,
    visitor: V,
) -> Result<V::Value, Error> {
    match unexpected(number) {
        Unexpected::Unsigned(whole) => visitor.visit_u64(whole),
        Unexpected::Signed(whole) => visitor.visit_i64(whole),
        Unexpected::Float(value) => visitor.visit_f64(value),
        other => Err(Error::invalid_type(other, &visitor)),
    }
}

macro_rules! numbers {
    ($($method:ident)+) => {$(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
            let number = self.expect_number(&visitor)?;
            visit_number(&number, visitor).map_err(|error| self.place(error))
        }
    )+};
}

impl<'de> Deserializer<'de> for &mut Reader<'de> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.peek() {
            Some(b'[') if is_tagged(&visitor) => return Err(self.unexpected(&visitor)),
            Some(b'[') => return self.list(visitor),
            Some(b'{') => return self.object(visitor),
            _ => {}
        }
        let visited = match self.scalar()? {
            Scalar::Null => visitor.visit_unit(),
            Scalar::Bool(value) => visitor.visit_bool(value),
            Scalar::Number(number) => visit_number(&number, visitor),
            Scalar::Text(text) => visitor.visit_str(&text),
        };
        visited.map_err(|error| self.place(error))
    }

    numbers! {
        deserialize_i8 deserialize_i16 deserialize_i32 deserialize_i64 deserialize_u8 deserialize_u16
        deserialize_u32 deserialize_u64 deserialize_f32 deserialize_f64
    }

    fn deserialize_i128<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_i128(self.wide()?).map_err(|error| self.place(error))
    }

    fn deserialize_u128<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_u128(self.wide()?).map_err(|error| self.place(error))
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        let value = self.expect_bool(&visitor)?;
        visitor.visit_bool(value).map_err(|error| self.place(error))
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        let text = self.expect_text(&visitor)?;
        visitor.visit_str(&text).map_err(|error| self.place(error))
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.deserialize_str(visitor)
    }

    fn deserialize_char<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.deserialize_str(visitor)
    }

    fn deserialize_identifier<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.deserialize_str(visitor)
    }

    fn deserialize_bytes<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.deserialize_any(visitor)
    }

    fn deserialize_byte_buf<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.deserialize_any(visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        if self.peek() != Some(b'n') {
            return visitor.visit_some(self);
        }
        self.word("null")?;
        visitor.visit_none()
    }

    fn deserialize_unit<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.expect_null(&visitor)?;
        visitor.visit_unit().map_err(|error| self.place(error))
    }

    fn deserialize_unit_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Error> {
        self.deserialize_unit(visitor)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Error> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.list(visitor)
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, Error> {
        self.list(visitor)
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: usize,
        visitor: V,
    ) -> Result<V::Value, Error> {
        self.list(visitor)
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.object(visitor)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        self.object(visitor)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        match self.peek() {
            Some(b'"') => visitor.visit_enum(UnitVariant(self)),
            Some(b'{') => {
                self.open(b'{', &"an object")?;
                let value = visitor.visit_enum(Variant(&mut *self))?;
                self.depth -= 1;
                if self.take(b'}') { Ok(value) } else { Err(self.broken("expected value")) }
            }
            _ => Err(self.broken("expected value")),
        }
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.ignore()?;
        visitor.visit_unit()
    }
}
