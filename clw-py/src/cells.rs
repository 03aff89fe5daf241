//! Arrow columns, cell by cell: what each is as an answer, or as text.

use std::collections::BTreeMap;

use arrow_array::cast::AsArray;
use arrow_array::types::{
    Float64Type, Int8Type, Int16Type, Int32Type, Int64Type, UInt8Type, UInt64Type,
};
use arrow_array::{Array, ArrayRef};
use arrow_cast::cast;
use arrow_cast::display::{ArrayFormatter, FormatOptions};
use arrow_schema::{ArrowError, DataType};
use clw_core::instrument::Item;
use clw_core::score::{AnswerColumn, Codes, ItemColumn, Offered, ReadColumn, Validity};

/// What the texts of a frame mean.
pub(crate) type Labels = BTreeMap<String, Offered<'static>>;

/// Whole numbers are scored where they lie; everything else is read cell by cell.
pub(crate) fn item_column<'a>(
    number: usize,
    item: &Item,
    array: &'a ArrayRef,
    labels: &Labels,
) -> Result<ItemColumn<'a>, ArrowError> {
    let codes = match array.data_type() {
        DataType::Int8 => Codes::I8(array.as_primitive::<Int8Type>().values()),
        DataType::UInt8 => Codes::U8(array.as_primitive::<UInt8Type>().values()),
        DataType::Int16 => Codes::I16(array.as_primitive::<Int16Type>().values()),
        DataType::Int32 => Codes::I32(array.as_primitive::<Int32Type>().values()),
        DataType::Int64 => Codes::I64(array.as_primitive::<Int64Type>().values()),
        _ => {
            let cells = Cells::of(array)?;
            let labelled = |cell| match cell {
                Offered::Text(text) => {
                    labels.get(text.as_ref()).cloned().unwrap_or(Offered::Text(text))
                }
                cell => cell,
            };
            let cells = (0..array.len()).map(|row| labelled(cells.offered(row)));
            return Ok(ItemColumn::Read(ReadColumn::read(number, item, cells)));
        }
    };
    let validity = array.nulls().map_or(Validity::All, |nulls| Validity::Bits {
        bytes: nulls.validity(),
        offset: nulls.offset(),
    });
    Ok(ItemColumn::Codes(AnswerColumn { codes, validity, not_applicable: None }))
}

/// A column brought to one of a few types.
#[derive(Debug)]
pub(crate) enum Cells {
    Whole(ArrayRef),
    Wide(ArrayRef),
    Number(ArrayRef),
    Text(ArrayRef),
    Other(ArrayRef),
}

impl Cells {
    pub(crate) fn of(array: &ArrayRef) -> Result<Self, ArrowError> {
        use DataType as T;
        Ok(match array.data_type() {
            T::Int8 | T::Int16 | T::Int32 | T::Int64 | T::UInt8 | T::UInt16 | T::UInt32 => {
                Self::Whole(cast(array, &T::Int64)?)
            }
            T::UInt64 => Self::Wide(array.clone()),
            T::Float16
            | T::Float32
            | T::Float64
            | T::Decimal32(..)
            | T::Decimal64(..)
            | T::Decimal128(..)
            | T::Decimal256(..) => Self::Number(cast(array, &T::Float64)?),
            T::Utf8 | T::LargeUtf8 | T::Utf8View => Self::Text(cast(array, &T::LargeUtf8)?),
            // Categories, whatever their values are.
            T::Dictionary(_, values) => Self::of(&cast(array, values)?)?,
            T::RunEndEncoded(_, values) => Self::of(&cast(array, values.data_type())?)?,
            _ => Self::Other(array.clone()),
        })
    }

    /// A cell as an answer may be offered.
    pub(crate) fn offered(&self, row: usize) -> Offered<'_> {
        match self {
            Self::Whole(array)
            | Self::Wide(array)
            | Self::Number(array)
            | Self::Text(array)
            | Self::Other(array)
                if array.is_null(row) || array.data_type() == &DataType::Null =>
            {
                Offered::Nothing
            }
            Self::Whole(array) => Offered::Whole(array.as_primitive::<Int64Type>().value(row)),
            Self::Wide(array) => {
                let wide = array.as_primitive::<UInt64Type>().value(row);
                i64::try_from(wide)
                    .map_or_else(|_| Offered::Wide(wide.to_string().into()), Offered::Whole)
            }
            Self::Number(array) => Offered::Number(array.as_primitive::<Float64Type>().value(row)),
            Self::Text(array) => Offered::Text(array.as_string::<i64>().value(row).into()),
            Self::Other(array) => Offered::Other(shown(array, row).into()),
        }
    }
}

/// A cell of any other type as it prints, or its type where it does not.
fn shown(array: &ArrayRef, row: usize) -> String {
    let options = FormatOptions::default();
    let formatter = ArrayFormatter::try_new(array, &options);
    formatter
        .and_then(|formatter| formatter.value(row).try_to_string())
        .unwrap_or_else(|_| format!("a value of type `{}`", array.data_type()))
}
