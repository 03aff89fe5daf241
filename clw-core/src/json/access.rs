//! What lies in a list, an object or the variant of a choice.

use serde::de::{
    Deserialize as _, DeserializeSeed, Deserializer, EnumAccess, Error as _, MapAccess, SeqAccess,
    Unexpected, VariantAccess, Visitor,
};
use serde::forward_to_deserialize_any;
use serde_json::Error;

use super::reader::{Reader, visit_number};

/// The values of a list.
pub(super) struct Items<'r, 'de> {
    reader: &'r mut Reader<'de>,
    first: bool,
}

impl<'r, 'de> Items<'r, 'de> {
    pub(super) const fn of(reader: &'r mut Reader<'de>) -> Self {
        Self { reader, first: true }
    }

    fn more(&mut self) -> Result<bool, Error> {
        let reader = &mut *self.reader;
        if reader.peek() == Some(b']') {
            return Ok(false);
        }
        let separated = std::mem::take(&mut self.first) || reader.take(b',');
        if separated && reader.peek() != Some(b']') {
            return Ok(true);
        }
        Err(reader.broken("expected `,` or `]`"))
    }
}

impl<'de> SeqAccess<'de> for Items<'_, 'de> {
    type Error = Error;

    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, Error> {
        if self.more()? { seed.deserialize(&mut *self.reader).map(Some) } else { Ok(None) }
    }
}

/// The names and values of an object.
pub(super) struct Members<'r, 'de> {
    reader: &'r mut Reader<'de>,
    first: bool,
}

impl<'r, 'de> Members<'r, 'de> {
    pub(super) const fn of(reader: &'r mut Reader<'de>) -> Self {
        Self { reader, first: true }
    }

    fn more(&mut self) -> Result<bool, Error> {
        let reader = &mut *self.reader;
        if reader.peek() == Some(b'}') {
            return Ok(false);
        }
        let separated = std::mem::take(&mut self.first) || reader.take(b',');
        if separated && reader.peek() == Some(b'"') {
            return Ok(true);
        }
        Err(reader.broken("key must be a string"))
    }
}

impl<'de> MapAccess<'de> for Members<'_, 'de> {
    type Error = Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, Error> {
        if self.more()? { seed.deserialize(Key(self.reader)).map(Some) } else { Ok(None) }
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Error> {
        colon(self.reader)?;
        seed.deserialize(&mut *self.reader)
    }
}

fn colon(reader: &mut Reader<'_>) -> Result<(), Error> {
    if reader.take(b':') { Ok(()) } else { Err(reader.broken("expected `:`")) }
}

/// A name in an object, whose quotation mark is to be read next.
struct Key<'r, 'de>(&'r mut Reader<'de>);

impl Key<'_, '_> {
    fn number(&mut self) -> Result<serde_json::Number, Error> {
        self.0.take(b'"');
        if !matches!(self.0.byte(), Some(b'-' | b'0'..=b'9')) {
            let expected = "invalid value: expected key to be a number in quotes";
            return Err(self.0.place(Error::custom(expected)));
        }
        self.0.number()
    }

    fn end(&mut self) -> Result<(), Error> {
        if self.0.take_next(b'"') { Ok(()) } else { Err(self.0.broken("expected `\"`")) }
    }
}

macro_rules! number_keys {
    ($($method:ident)+) => {$(
        fn $method<V: Visitor<'de>>(mut self, visitor: V) -> Result<V::Value, Error> {
            let number = self.number()?;
            let key = visit_number(&number, visitor).map_err(|error| self.0.place(error))?;
            self.end().map(|()| key)
        }
    )+};
}

impl<'de> Deserializer<'de> for Key<'_, 'de> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_str(&self.0.text()?)
    }

    number_keys! {
        deserialize_i8 deserialize_i16 deserialize_i32 deserialize_i64 deserialize_u8 deserialize_u16
        deserialize_u32 deserialize_u64 deserialize_f32 deserialize_f64
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_some(self)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Error> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        self.0.deserialize_enum(name, variants, visitor)
    }

    forward_to_deserialize_any! {
        bool char str string bytes byte_buf unit unit_struct seq tuple tuple_struct map struct
        identifier ignored_any
    }
}

/// A choice with values: an object with its name and them.
pub(super) struct Variant<'r, 'de>(pub(super) &'r mut Reader<'de>);

impl<'de> EnumAccess<'de> for Variant<'_, 'de> {
    type Error = Error;
    type Variant = Self;

    fn variant_seed<V: DeserializeSeed<'de>>(self, seed: V) -> Result<(V::Value, Self), Error> {
        if self.0.peek() != Some(b'"') {
            return Err(self.0.broken("expected value"));
        }
        let variant = seed.deserialize(Key(&mut *self.0)).map_err(|error| self.0.place(error))?;
        colon(self.0)?;
        Ok((variant, self))
    }
}

impl<'de> VariantAccess<'de> for Variant<'_, 'de> {
    type Error = Error;

    fn unit_variant(self) -> Result<(), Error> {
        <()>::deserialize(self.0)
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<T::Value, Error> {
        seed.deserialize(self.0)
    }

    fn tuple_variant<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, Error> {
        self.0.deserialize_seq(visitor)
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        self.0.deserialize_map(visitor)
    }
}

/// A choice without values: its name.
pub(super) struct UnitVariant<'r, 'de>(pub(super) &'r mut Reader<'de>);

impl<'de> EnumAccess<'de> for UnitVariant<'_, 'de> {
    type Error = Error;
    type Variant = Self;

    fn variant_seed<V: DeserializeSeed<'de>>(self, seed: V) -> Result<(V::Value, Self), Error> {
        let variant = seed.deserialize(&mut *self.0)?;
        Ok((variant, self))
    }
}

fn lacks_values<T>(expected: &str) -> Result<T, Error> {
    Err(Error::invalid_type(Unexpected::UnitVariant, &expected))
}

impl<'de> VariantAccess<'de> for UnitVariant<'_, 'de> {
    type Error = Error;

    fn unit_variant(self) -> Result<(), Error> {
        Ok(())
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, _: T) -> Result<T::Value, Error> {
        lacks_values("newtype variant")
    }

    fn tuple_variant<V: Visitor<'de>>(self, _: usize, _: V) -> Result<V::Value, Error> {
        lacks_values("tuple variant")
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        _: &'static [&'static str],
        _: V,
    ) -> Result<V::Value, Error> {
        lacks_values("struct variant")
    }
}
