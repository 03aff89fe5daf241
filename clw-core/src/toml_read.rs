//! Reading TOML by the names of its fields.
//!
//! The parser takes a list for the fields of a table in their order, so that a setting could stand at a
//! place where nobody reads what it is. Here such a list is refused, where it stands and with the names
//! that belong there, as [`json`](crate::json) refuses it.

use core::fmt;

use serde::de::{
    DeserializeOwned, DeserializeSeed, Deserializer, EnumAccess, Error, Expected, MapAccess,
    SeqAccess, VariantAccess, Visitor,
};

use crate::json::is_tagged;

/// Reads a value from the whole of a text.
///
/// # Errors
///
/// As `toml::from_str`, and for a list in place of a table with names.
pub(crate) fn read<T: DeserializeOwned>(text: &str) -> Result<T, toml::de::Error> {
    T::deserialize(Named(toml::Deserializer::parse(text)?))
}

/// What is read, and all within it, by names.
struct Named<T>(T);

/// Takes what is read, within it by names as well.
struct Taker<V> {
    visitor: V,
    /// The names of the fields that belong here.
    fields: &'static [&'static str],
}

impl<V> Taker<V> {
    const fn of(visitor: V) -> Self {
        Self { visitor, fields: &[] }
    }
}

/// A list where fields with names belong, and what would be right.
struct Unnamed(&'static [&'static str]);

impl fmt::Display for Unnamed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(
            "a list without names stands where fields belong; write each value behind its name",
        )?;
        match self.0 {
            [] => Ok(()),
            [fields @ .., last] if fields.len() < 3 => {
                f.write_str(", as in { ")?;
                fields.iter().try_for_each(|field| write!(f, "{field} = …, "))?;
                write!(f, "{last} = … }}")
            }
            [first, ..] => write!(f, ", as in {{ {first} = …, and so on }}"),
        }
    }
}

macro_rules! forwarded {
    ($($method:ident)+) => {$(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, D::Error> {
            self.0.$method(Taker::of(visitor))
        }
    )+};
}

impl<'de, D: Deserializer<'de>> Deserializer<'de> for Named<D> {
    type Error = D::Error;

    forwarded! {
        deserialize_any deserialize_bool deserialize_i8 deserialize_i16 deserialize_i32
        deserialize_i64 deserialize_i128 deserialize_u8 deserialize_u16 deserialize_u32
        deserialize_u64 deserialize_u128 deserialize_f32 deserialize_f64 deserialize_char
        deserialize_str deserialize_string deserialize_bytes deserialize_byte_buf
        deserialize_option deserialize_unit deserialize_seq deserialize_map
        deserialize_identifier deserialize_ignored_any
    }

    fn deserialize_unit_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, D::Error> {
        self.0.deserialize_unit_struct(name, Taker::of(visitor))
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, D::Error> {
        self.0.deserialize_newtype_struct(name, Taker::of(visitor))
    }

    fn deserialize_tuple<V: Visitor<'de>>(
        self,
        len: usize,
        visitor: V,
    ) -> Result<V::Value, D::Error> {
        self.0.deserialize_tuple(len, Taker::of(visitor))
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        len: usize,
        visitor: V,
    ) -> Result<V::Value, D::Error> {
        self.0.deserialize_tuple_struct(name, len, Taker::of(visitor))
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, D::Error> {
        self.0.deserialize_struct(name, fields, Taker { visitor, fields })
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, D::Error> {
        self.0.deserialize_enum(name, variants, Taker::of(visitor))
    }
}

macro_rules! taken {
    ($($method:ident($value:ty))+) => {$(
        fn $method<E: Error>(self, value: $value) -> Result<V::Value, E> {
            self.visitor.$method(value)
        }
    )+};
}

impl<'de, V: Visitor<'de>> Visitor<'de> for Taker<V> {
    type Value = V::Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.visitor.expecting(f)
    }

    taken! {
        visit_bool(bool) visit_i64(i64) visit_i128(i128) visit_u64(u64) visit_u128(u128)
        visit_f64(f64) visit_str(&str) visit_borrowed_str(&'de str) visit_string(String)
    }

    fn visit_some<D: Deserializer<'de>>(self, some: D) -> Result<V::Value, D::Error> {
        self.visitor.visit_some(Named(some))
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, of: D) -> Result<V::Value, D::Error> {
        self.visitor.visit_newtype_struct(Named(of))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, list: A) -> Result<V::Value, A::Error> {
        if !self.fields.is_empty() || is_tagged(&self.visitor as &dyn Expected) {
            return Err(Error::custom(Unnamed(self.fields)));
        }
        self.visitor.visit_seq(Named(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, table: A) -> Result<V::Value, A::Error> {
        self.visitor.visit_map(Named(table))
    }

    fn visit_enum<A: EnumAccess<'de>>(self, choice: A) -> Result<V::Value, A::Error> {
        self.visitor.visit_enum(Named(choice))
    }
}

impl<'de, S: DeserializeSeed<'de>> DeserializeSeed<'de> for Named<S> {
    type Value = S::Value;

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<S::Value, D::Error> {
        self.0.deserialize(Named(from))
    }
}

impl<'de, A: SeqAccess<'de>> SeqAccess<'de> for Named<A> {
    type Error = A::Error;

    fn next_element_seed<S: DeserializeSeed<'de>>(
        &mut self,
        seed: S,
    ) -> Result<Option<S::Value>, A::Error> {
        self.0.next_element_seed(Named(seed))
    }

    fn size_hint(&self) -> Option<usize> {
        self.0.size_hint()
    }
}

impl<'de, A: MapAccess<'de>> MapAccess<'de> for Named<A> {
    type Error = A::Error;

    fn next_key_seed<S: DeserializeSeed<'de>>(
        &mut self,
        seed: S,
    ) -> Result<Option<S::Value>, A::Error> {
        self.0.next_key_seed(seed)
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, A::Error> {
        self.0.next_value_seed(Named(seed))
    }

    fn size_hint(&self) -> Option<usize> {
        self.0.size_hint()
    }
}

impl<'de, A: EnumAccess<'de>> EnumAccess<'de> for Named<A> {
    type Error = A::Error;
    type Variant = Named<A::Variant>;

    fn variant_seed<S: DeserializeSeed<'de>>(
        self,
        seed: S,
    ) -> Result<(S::Value, Self::Variant), A::Error> {
        self.0.variant_seed(seed).map(|(name, of)| (name, Named(of)))
    }
}

impl<'de, A: VariantAccess<'de>> VariantAccess<'de> for Named<A> {
    type Error = A::Error;

    fn unit_variant(self) -> Result<(), A::Error> {
        self.0.unit_variant()
    }

    fn newtype_variant_seed<S: DeserializeSeed<'de>>(self, seed: S) -> Result<S::Value, A::Error> {
        self.0.newtype_variant_seed(Named(seed))
    }

    fn tuple_variant<V: Visitor<'de>>(self, len: usize, visitor: V) -> Result<V::Value, A::Error> {
        self.0.tuple_variant(len, Taker::of(visitor))
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, A::Error> {
        self.0.struct_variant(fields, Taker { visitor, fields })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evaluation::Plan;
    use crate::instrument::Instrument;

    const PLAN: &str = r#"title = "Example Valley"
as-of = "2026-06-30"
measures = [{ instrument = "swemwbs" }]
pairing.baseline.rule = "first"
pairing.end-point.rule = "last"
pairing.due = { rule = "attended-at-least", contacts = 4 }
indicators.span = { from = "2024-04", to = "2026-06" }
indicators.length = "half-year"
indicators.own = [{ id = "own", title = "Own", numerator = { reliably-improved = "nhs-england" }, \
denominator = "due", month-of = "due-month", direction = "higher-is-better", \
source = { id = "us", citation = "Agreed", locator = "local" } }]
equity = [{ axis.simd = { index.version = "2020v2", bands = "quintiles" } }]
"#;

    const LOCAL: &str = r#"id = "tool"
version = "1"
title = "Tool"
rights = { holder = "The programme", licence = "Free to use", wording = "shipped" }
items = [{ id = "days", label = "Days walked", lowest = 0, highest = 7 }]

[[measures]]
direction = "higher-is-better"
items = ["days"]
rule = { kind = "each-item" }
certainty = "local"
"#;

    fn assert_refused(error: &dyn fmt::Display, place: &str, example: &str) {
        let error = error.to_string();
        let refused = "a list without names stands where fields belong; write each value behind its \
                       name";
        assert!(error.contains(&format!("at {place}\n")), "{error}");
        assert!(error.trim_end().ends_with(&format!("\n{refused}{example}")), "{error}");
    }

    #[test]
    fn a_plan_with_a_list_for_its_fields_is_refused_where_it_stands() {
        let plan = PLAN.replace("\\\n", "");
        assert!(Plan::from_toml(&plan).is_ok());
        for (from, to, place, words) in [
            (
                r#"span = { from = "2024-04", to = "2026-06" }"#,
                r#"span = ["2024-04", "2026-06"]"#,
                "line 7, column 19",
                ", as in { from = …, to = … }",
            ),
            (
                r#"[{ instrument = "swemwbs" }]"#,
                r#"[["swemwbs"]]"#,
                "line 3, column 13",
                ", as in { instrument = …, and so on }",
            ),
            (
                r#"{ rule = "attended-at-least", contacts = 4 }"#,
                r#"["attended-at-least", 4]"#,
                "line 6, column 15",
                "",
            ),
            (
                r#"{ id = "us", citation = "Agreed", locator = "local" }"#,
                r#"["us", "Agreed", "local"]"#,
                "line 9, column 185",
                ", as in { id = …, citation = …, locator = … }",
            ),
            (
                r#"{ index.version = "2020v2", bands = "quintiles" }"#,
                r#"[{ version = "2020v2" }, "quintiles"]"#,
                "line 10, column 25",
                ", as in { index = …, bands = … }",
            ),
        ] {
            assert!(plan.contains(from), "{from}");
            let error = Plan::from_toml(&plan.replace(from, to)).unwrap_err();
            assert_eq!(error.code(), "unreadable-plan");
            assert_refused(&error, place, words);
        }
    }

    #[test]
    fn so_is_a_definition() {
        assert!(Instrument::from_toml(LOCAL).is_ok());
        for (from, to, place, words) in [
            (
                r#"{ id = "days", label = "Days walked", lowest = 0, highest = 7 }"#,
                r#"["days", "Days walked", 0, 7]"#,
                "line 5, column 10",
                ", as in { id = …, and so on }",
            ),
            (r#"{ kind = "each-item" }"#, r#"["each-item"]"#, "line 10, column 8", ""),
        ] {
            assert!(LOCAL.contains(from), "{from}");
            let error = Instrument::from_toml(&LOCAL.replace(from, to)).unwrap_err();
            assert_refused(&error, place, words);
        }
    }

    #[cfg(feature = "import")]
    #[test]
    fn so_is_a_mapping() {
        use crate::import::{Mapping, PostcodeMapping};
        let error = Mapping::from_toml("tables.assessments = [\"forms.csv\"]").unwrap_err();
        assert_refused(&error, "line 1, column 22", ", as in { file = …, and so on }");
        let error = PostcodeMapping::from_toml("columns = [\"Postcode\"]").unwrap_err();
        assert_refused(&error, "line 1, column 11", ", as in { postcode = …, and so on }");
    }
}
