//! Arrow columns, cell by cell: what each is as an answer, or as text.

use std::borrow::Cow;
use std::collections::BTreeMap;

use arrow_array::cast::AsArray;
use arrow_array::types::{
    Date32Type, Decimal32Type, Decimal64Type, Decimal128Type, Decimal256Type, DecimalType,
    Float16Type, Float32Type, Float64Type, Int8Type, Int16Type, Int32Type, Int64Type,
    RunEndIndexType, UInt8Type, UInt16Type, UInt32Type, UInt64Type,
};
use arrow_array::{Array, ArrayAccessor, ArrayRef, LargeStringArray, StringArray, StringViewArray};
use arrow_buffer::NullBuffer;
use arrow_cast::display::{ArrayFormatter, FormatOptions};
use arrow_schema::DataType;
use clw_core::import::iso_day;
use clw_core::instrument::Item;
use clw_core::score::{AnswerColumn, Codes, ItemColumn, Offered, ReadColumn, Validity};

/// What the texts of a frame mean.
pub(crate) type Labels = BTreeMap<String, Offered<'static>>;

/// Whole numbers are scored where they lie and floats read many at a time; everything else is read
/// cell by cell.
pub(crate) fn item_column<'a>(
    number: usize,
    item: &Item,
    array: &'a ArrayRef,
    labels: &Labels,
) -> ItemColumn<'a> {
    let validity = array.nulls().map_or(Validity::All, |nulls| Validity::Bits {
        bytes: nulls.validity(),
        offset: nulls.offset(),
    });
    let codes = match array.data_type() {
        DataType::Int8 => Codes::I8(array.as_primitive::<Int8Type>().values()),
        DataType::UInt8 => Codes::U8(array.as_primitive::<UInt8Type>().values()),
        DataType::Int16 => Codes::I16(array.as_primitive::<Int16Type>().values()),
        DataType::Int32 => Codes::I32(array.as_primitive::<Int32Type>().values()),
        DataType::Int64 => Codes::I64(array.as_primitive::<Int64Type>().values()),
        DataType::Float32 => {
            let cells = array.as_primitive::<Float32Type>().values();
            return ItemColumn::Read(ReadColumn::of_numbers(number, item, cells, validity));
        }
        DataType::Float64 => {
            let cells = array.as_primitive::<Float64Type>().values();
            return ItemColumn::Read(ReadColumn::of_numbers(number, item, cells, validity));
        }
        _ => {
            let cells = Cells::of(array);
            let labelled = |cell| match cell {
                Offered::Text(text) => {
                    labels.get(text.as_ref()).cloned().unwrap_or(Offered::Text(text))
                }
                cell => cell,
            };
            let cells = (0..array.len()).map(|row| labelled(cells.offered(row)));
            return ItemColumn::Read(ReadColumn::read(number, item, cells));
        }
    };
    ItemColumn::Codes(AnswerColumn { codes, validity, not_applicable: None })
}

/// A column whose cells are read where they lie.
pub(crate) struct Cells<'a> {
    nulls: Option<&'a NullBuffer>,
    values: Values<'a>,
}

/// The cells of one type, or of one way to read it.
enum Values<'a> {
    Int8(&'a [i8]),
    Int16(&'a [i16]),
    Int32(&'a [i32]),
    Int64(&'a [i64]),
    UInt8(&'a [u8]),
    UInt16(&'a [u16]),
    UInt32(&'a [u32]),
    UInt64(&'a [u64]),
    Float32(&'a [f32]),
    Float64(&'a [f64]),
    /// Half floats and decimals, as the nearest float.
    Converted(Vec<f64>),
    Text(&'a StringArray),
    LargeText(&'a LargeStringArray),
    TextView(&'a StringViewArray),
    /// Bytes, which are texts where they are UTF-8.
    Bytes(Vec<&'a [u8]>),
    /// Categories and runs: where each row's value stands among the values.
    Elsewhere(Vec<usize>, Box<Cells<'a>>),
    /// Days since 1970-01-01, and what prints those of years that have not four digits.
    Days(&'a [i32], ArrayFormatter<'a>),
    Nothing,
    /// All others as they print.
    Printed(ArrayFormatter<'a>),
    /// What does not print, by its type.
    Unprintable(&'a DataType),
}

impl<'a> Cells<'a> {
    pub(crate) fn of(array: &'a ArrayRef) -> Self {
        Self { nulls: array.nulls(), values: Values::of(array) }
    }

    /// A cell as an answer may be offered.
    pub(crate) fn offered(&self, row: usize) -> Offered<'_> {
        if self.nulls.is_some_and(|nulls| nulls.is_null(row)) {
            return Offered::Nothing;
        }
        self.values.offered(row).unwrap_or(Offered::Nothing)
    }

    /// A cell as it prints; none where it is blank.
    pub(crate) fn text(&self, row: usize) -> Option<Cow<'_, str>> {
        match self.offered(row) {
            Offered::Nothing => None,
            Offered::Whole(whole) => Some(whole.to_string().into()),
            Offered::Number(number) => (!number.is_nan()).then(|| number.to_string().into()),
            Offered::Text(cell) | Offered::Wide(cell) | Offered::Other(cell) => Some(cell),
        }
    }

    /// A cell as a reader sees it, with no more digits than they take in.
    pub(crate) fn printed(&self, row: usize) -> String {
        match self.offered(row) {
            Offered::Number(number)
                if number != 0.0 && !(1e-4..1e15).contains(&number.abs()) && !number.is_nan() =>
            {
                format!("{number:e}")
            }
            _ => self.text(row).map_or_else(String::new, Cow::into_owned),
        }
    }

    /// Adds a cell to a row of CSV.
    pub(crate) fn write(&self, row: usize, delimiter: u8, text: &mut String) {
        if self.nulls.is_some_and(|nulls| nulls.is_null(row)) {
            return;
        }
        // What nearly all cells are needs no text of its own, where no number holds the delimiter.
        if b",;|\t".contains(&delimiter) {
            if let Values::Days(days, _) = &self.values
                && let Some(day) = days.get(row).and_then(|day| iso_day(*day))
            {
                return text.push_str(std::str::from_utf8(&day).unwrap_or_default());
            }
            if let Some(Offered::Whole(one @ 0..=9)) = self.values.offered(row) {
                return text.extend(u8::try_from(one).map(|one| char::from(b'0' + one)));
            }
        }
        if let Some(cell) = self.text(row) {
            write_cell(&cell, delimiter, text);
        }
    }
}

impl<'a> Values<'a> {
    fn of(array: &'a ArrayRef) -> Self {
        use DataType as T;
        match array.data_type() {
            T::Int8 => Self::Int8(array.as_primitive::<Int8Type>().values()),
            T::Int16 => Self::Int16(array.as_primitive::<Int16Type>().values()),
            T::Int32 => Self::Int32(array.as_primitive::<Int32Type>().values()),
            T::Int64 => Self::Int64(array.as_primitive::<Int64Type>().values()),
            T::UInt8 => Self::UInt8(array.as_primitive::<UInt8Type>().values()),
            T::UInt16 => Self::UInt16(array.as_primitive::<UInt16Type>().values()),
            T::UInt32 => Self::UInt32(array.as_primitive::<UInt32Type>().values()),
            T::UInt64 => Self::UInt64(array.as_primitive::<UInt64Type>().values()),
            T::Float16 => {
                let halves = array.as_primitive::<Float16Type>().values();
                Self::Converted(halves.iter().map(|half| half.to_f64()).collect())
            }
            T::Float32 => Self::Float32(array.as_primitive::<Float32Type>().values()),
            T::Float64 => Self::Float64(array.as_primitive::<Float64Type>().values()),
            T::Decimal32(..) => decimals::<Decimal32Type>(array),
            T::Decimal64(..) => decimals::<Decimal64Type>(array),
            T::Decimal128(..) => decimals::<Decimal128Type>(array),
            T::Decimal256(..) => decimals::<Decimal256Type>(array),
            T::Utf8 => Self::Text(array.as_string()),
            T::LargeUtf8 => Self::LargeText(array.as_string()),
            T::Utf8View => Self::TextView(array.as_string_view()),
            T::Binary => bytes(array.as_binary::<i32>()),
            T::LargeBinary => bytes(array.as_binary::<i64>()),
            T::BinaryView => bytes(array.as_binary_view()),
            T::FixedSizeBinary(_) => bytes(array.as_fixed_size_binary()),
            // Categories, whatever their values are.
            T::Dictionary(..) => {
                let categories = array.as_any_dictionary();
                if categories.values().is_empty() {
                    return Self::Nothing;
                }
                let values = Box::new(Cells::of(categories.values()));
                Self::Elsewhere(categories.normalized_keys(), values)
            }
            T::RunEndEncoded(ends, _) => match ends.data_type() {
                T::Int16 => runs::<Int16Type>(array),
                T::Int32 => runs::<Int32Type>(array),
                _ => runs::<Int64Type>(array),
            },
            T::Null => Self::Nothing,
            kind => match (kind, ArrayFormatter::try_new(array, &FormatOptions::new())) {
                (T::Date32, Ok(printed)) => {
                    Self::Days(array.as_primitive::<Date32Type>().values(), printed)
                }
                (_, Ok(printed)) => Self::Printed(printed),
                (_, Err(_)) => Self::Unprintable(kind),
            },
        }
    }

    fn offered(&self, row: usize) -> Option<Offered<'_>> {
        let whole = |whole: i64| Offered::Whole(whole);
        Some(match self {
            Self::Int8(values) => whole((*values.get(row)?).into()),
            Self::Int16(values) => whole((*values.get(row)?).into()),
            Self::Int32(values) => whole((*values.get(row)?).into()),
            Self::Int64(values) => whole(*values.get(row)?),
            Self::UInt8(values) => whole((*values.get(row)?).into()),
            Self::UInt16(values) => whole((*values.get(row)?).into()),
            Self::UInt32(values) => whole((*values.get(row)?).into()),
            Self::UInt64(values) => {
                let wide = *values.get(row)?;
                i64::try_from(wide).map_or_else(|_| Offered::Wide(wide.to_string().into()), whole)
            }
            Self::Float32(values) => Offered::Number((*values.get(row)?).into()),
            Self::Float64(values) => Offered::Number(*values.get(row)?),
            Self::Converted(values) => Offered::Number(*values.get(row)?),
            Self::Text(texts) => Offered::Text(texts.value(row).into()),
            Self::LargeText(texts) => Offered::Text(texts.value(row).into()),
            Self::TextView(texts) => Offered::Text(texts.value(row).into()),
            Self::Bytes(cells) => match std::str::from_utf8(cells.get(row)?) {
                Ok(text) => Offered::Text(text.into()),
                // Digits for bytes would pass for a number.
                Err(_) => Offered::Other(format!("b'{}'", cells.get(row)?.escape_ascii()).into()),
            },
            Self::Elsewhere(places, values) => values.offered(*places.get(row)?),
            Self::Nothing => Offered::Nothing,
            Self::Days(days, formatter) => {
                let day = iso_day(*days.get(row)?);
                let day = day.and_then(|day| Some(std::str::from_utf8(&day).ok()?.to_owned()));
                Offered::Other(day.unwrap_or_else(|| printed(formatter, row)).into())
            }
            Self::Printed(formatter) => Offered::Other(printed(formatter, row).into()),
            Self::Unprintable(kind) => Offered::Other(format!("a value of type `{kind}`").into()),
        })
    }
}

fn bytes<'a>(array: impl ArrayAccessor<Item = &'a [u8]> + Copy) -> Values<'a> {
    let cell = |row| if array.is_null(row) { &[][..] } else { array.value(row) };
    Values::Bytes((0..array.len()).map(cell).collect())
}

/// Decimals through their text, which is exact, so that each is the nearest float.
fn decimals<T: DecimalType>(array: &ArrayRef) -> Values<'_> {
    let decimals = array.as_primitive::<T>();
    let (precision, scale) = (decimals.precision(), decimals.scale());
    let number = |value: &T::Native| T::format_decimal(*value, precision, scale).parse();
    Values::Converted(decimals.values().iter().map(|v| number(v).unwrap_or(f64::NAN)).collect())
}

fn runs<R: RunEndIndexType>(array: &ArrayRef) -> Values<'_> {
    let Some(runs) = array.as_run_opt::<R>() else { return Values::Nothing };
    let places = (0..runs.len()).map(|row| runs.get_physical_index(row));
    Values::Elsewhere(places.collect(), Box::new(Cells::of(runs.values())))
}

/// Adds a cell, between quotes where anything in it would part it.
pub(crate) fn write_cell(cell: &str, delimiter: u8, text: &mut String) {
    let parts = |byte: u8| byte == delimiter || matches!(byte, b'"' | b'\n' | b'\r');
    if cell.bytes().any(parts) {
        text.push('"');
        text.push_str(&cell.replace('"', "\"\""));
        text.push('"');
    } else {
        text.push_str(cell);
    }
}

fn printed(formatter: &ArrayFormatter<'_>, row: usize) -> String {
    formatter.value(row).try_to_string().unwrap_or_else(|error| error.to_string())
}
