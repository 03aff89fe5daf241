//! Writing, the counterpart of the walk that reads.

use serde::ser::{
    Error as _, Serialize, SerializeMap, SerializeSeq, SerializeStruct, SerializeStructVariant,
    SerializeTuple, SerializeTupleStruct, SerializeTupleVariant, Serializer,
};
use serde_json::Error;

/// What is written so far.
#[derive(Default)]
pub(super) struct Writer {
    pub(super) json: String,
}

impl Writer {
    /// What is neither list nor object.
    fn scalar<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Error> {
        self.json.push_str(&serde_json::to_string(value)?);
        Ok(())
    }

    fn text(&mut self, text: &str) -> Result<(), Error> {
        if text.bytes().any(|byte| matches!(byte, b'"' | b'\\' | 0..=0x1F)) {
            return self.scalar(text);
        }
        self.json.push('"');
        self.json.push_str(text);
        self.json.push('"');
        Ok(())
    }

    fn name(&mut self, name: &str) -> Result<(), Error> {
        self.text(name)?;
        self.json.push(':');
        Ok(())
    }

    fn open(&mut self, bracket: char, end: &'static str) -> Within<'_> {
        self.json.push(bracket);
        Within { writer: self, first: true, end }
    }

    /// A choice with values: an object with its name and them.
    fn variant(
        &mut self,
        name: &str,
        bracket: char,
        end: &'static str,
    ) -> Result<Within<'_>, Error> {
        self.json.push('{');
        self.name(name)?;
        Ok(self.open(bracket, end))
    }

    /// Makes a name of what was written from here on.
    fn as_name(&mut self, from: usize) -> Result<(), Error> {
        match self.json.as_bytes().get(from) {
            Some(b'"') => {}
            Some(b'{' | b'[' | b'n') | None => return Err(Error::custom("key must be a string")),
            Some(_) => {
                self.json.insert(from, '"');
                self.json.push('"');
            }
        }
        self.json.push(':');
        Ok(())
    }
}

/// A list or an object that is not closed yet.
pub(super) struct Within<'w> {
    writer: &'w mut Writer,
    first: bool,
    end: &'static str,
}

impl Within<'_> {
    fn next(&mut self) {
        if !std::mem::take(&mut self.first) {
            self.writer.json.push(',');
        }
    }

    fn item<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Error> {
        self.next();
        value.serialize(&mut *self.writer)
    }

    fn member_name(&mut self, name: &str) -> Result<(), Error> {
        self.next();
        self.writer.name(name)
    }

    fn close(self) -> Result<(), Error> {
        self.writer.json.push_str(self.end);
        Ok(())
    }
}

macro_rules! scalars {
    ($($method:ident $type:ty)+) => {$(
        fn $method(self, value: $type) -> Result<(), Error> {
            self.scalar(&value)
        }
    )+};
}

impl<'w> Serializer for &'w mut Writer {
    type Ok = ();
    type Error = Error;
    type SerializeSeq = Within<'w>;
    type SerializeTuple = Within<'w>;
    type SerializeTupleStruct = Within<'w>;
    type SerializeTupleVariant = Within<'w>;
    type SerializeMap = Within<'w>;
    type SerializeStruct = Within<'w>;
    type SerializeStructVariant = Within<'w>;

    scalars! {
        serialize_bool bool serialize_char char serialize_bytes &[u8]
        serialize_i8 i8 serialize_i16 i16 serialize_i32 i32 serialize_i64 i64 serialize_i128 i128
        serialize_u8 u8 serialize_u16 u16 serialize_u32 u32 serialize_u64 u64 serialize_u128 u128
        serialize_f32 f32 serialize_f64 f64
    }

    fn serialize_str(self, value: &str) -> Result<(), Error> {
        self.text(value)
    }

    fn serialize_none(self) -> Result<(), Error> {
        self.serialize_unit()
    }

    fn serialize_unit(self) -> Result<(), Error> {
        self.json.push_str("null");
        Ok(())
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<(), Error> {
        self.serialize_unit()
    }

    fn serialize_unit_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
    ) -> Result<(), Error> {
        self.text(variant)
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), Error> {
        value.serialize(self)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        value: &T,
    ) -> Result<(), Error> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<(), Error> {
        self.json.push('{');
        self.name(variant)?;
        value.serialize(&mut *self)?;
        self.json.push('}');
        Ok(())
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Within<'w>, Error> {
        Ok(self.open('[', "]"))
    }

    fn serialize_tuple(self, _: usize) -> Result<Within<'w>, Error> {
        Ok(self.open('[', "]"))
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Within<'w>, Error> {
        Ok(self.open('[', "]"))
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Within<'w>, Error> {
        self.variant(variant, '[', "]}")
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Within<'w>, Error> {
        Ok(self.open('{', "}"))
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Within<'w>, Error> {
        Ok(self.open('{', "}"))
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Within<'w>, Error> {
        self.variant(variant, '{', "}}")
    }
}

macro_rules! lists {
    ($($access:ident $method:ident)+) => {$(
        impl $access for Within<'_> {
            type Ok = ();
            type Error = Error;

            fn $method<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Error> {
                self.item(value)
            }

            fn end(self) -> Result<(), Error> {
                self.close()
            }
        }
    )+};
}

lists! {
    SerializeSeq serialize_element
    SerializeTuple serialize_element
    SerializeTupleStruct serialize_field
    SerializeTupleVariant serialize_field
}

macro_rules! objects {
    ($($access:ident)+) => {$(
        impl $access for Within<'_> {
            type Ok = ();
            type Error = Error;

            fn serialize_field<T: Serialize + ?Sized>(
                &mut self,
                name: &'static str,
                value: &T,
            ) -> Result<(), Error> {
                self.member_name(name)?;
                value.serialize(&mut *self.writer)
            }

            fn end(self) -> Result<(), Error> {
                self.close()
            }
        }
    )+};
}

objects! { SerializeStruct SerializeStructVariant }

impl SerializeMap for Within<'_> {
    type Ok = ();
    type Error = Error;

    fn serialize_key<K: Serialize + ?Sized>(&mut self, key: &K) -> Result<(), Error> {
        self.next();
        let from = self.writer.json.len();
        key.serialize(&mut *self.writer)?;
        self.writer.as_name(from)
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Error> {
        value.serialize(&mut *self.writer)
    }

    fn end(self) -> Result<(), Error> {
        self.close()
    }
}
