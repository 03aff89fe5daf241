//! The mapped columns of a frame, as the import reads tables at hand: `clw_core::import::Columns`.

use std::collections::BTreeSet;
use std::sync::Arc;

use arrow_array::cast::AsArray;
use arrow_array::types::{
    ArrowDictionaryKeyType, ArrowPrimitiveType, Date32Type, Float32Type, Float64Type, Int8Type,
    Int16Type, Int32Type, Int64Type, TimestampMicrosecondType, TimestampMillisecondType,
    TimestampNanosecondType, TimestampSecondType, UInt8Type, UInt16Type, UInt32Type, UInt64Type,
};
use arrow_array::{Array, ArrayRef, PrimitiveArray, StringArray};
use arrow_buffer::{ArrowNativeType, NullBuffer};
use arrow_schema::{ArrowError, DataType, TimeUnit};
use clw_core::import::{Column, Columns, Mapping, TableName, iso_day};
use clw_core::score::{Codes, Validity};
use pyo3::prelude::*;

use crate::cells::Cells;
use crate::evaluation::threads_or_all;
use crate::frame::{Frame, Kind, arrow, validate};
use crate::threads::in_order;
use crate::watched::PartsDone;

/// The mapped columns of a frame, part by part, each of a type that [`column`] lends as it lies.
pub(crate) struct AtHand {
    headings: Vec<String>,
    parts: Vec<(usize, Vec<Option<ArrayRef>>)>,
}

impl AtHand {
    /// Takes the columns of a frame that the mapping asks for.
    pub(crate) fn take(
        frame: &Bound<'_, PyAny>,
        name: TableName,
        mapping: &Mapping,
    ) -> PyResult<Self> {
        // Arrays of pandas may lie in memory that its users write to.
        let lent = Kind::of(frame)? == Kind::Pandas;
        let table = Frame::unchecked(frame, |_| Ok(None))?;
        let folded = |heading: &str| heading.trim().to_lowercase();
        let wanted: BTreeSet<String> = mapping.headings(name).map(folded).collect();
        let bare = |heading: &str| folded(heading.strip_prefix('\u{feff}').unwrap_or(heading));
        let mapped: Vec<bool> = table.names().map(|name| wanted.contains(&bare(name))).collect();
        let headings = table.names().map(str::to_owned).collect();
        let threads = threads_or_all(None);
        let parts = frame.py().detach(|| {
            let parts: Vec<_> = table.parts(threads).collect();
            in_order(threads, &parts, &PartsDone::default(), |part| {
                let checked = |column: &ArrayRef| {
                    validate(column)?;
                    Ok(readable(column, lent))
                };
                let columns = part.columns().iter().zip(&mapped);
                let columns =
                    columns.map(|(column, read)| read.then(|| checked(column)).transpose());
                Ok((part.num_rows(), columns.collect::<Result<_, ArrowError>>()?))
            })
        });
        let parts = parts.into_iter().collect::<Result<_, ArrowError>>().map_err(arrow)?;
        Ok(Self { headings, parts })
    }

    /// The columns as the import reads them.
    pub(crate) fn columns(&self) -> Columns<'_> {
        let mut columns = Columns::new(self.headings.iter().map(String::as_str));
        for (rows, part) in &self.parts {
            let part = part.iter().map(|array| array.as_ref().map_or_else(Column::blank, column));
            columns.push(*rows, part.collect());
        }
        columns
    }
}

/// The cells of an array in a type that [`column`] lends; the cells of any other as texts.
fn readable(array: &ArrayRef, lent: bool) -> ArrayRef {
    use DataType as T;
    match array.data_type() {
        T::Int64 if lent => whole_owned(array),
        T::Int8 if lent => owned::<Int8Type>(array),
        T::UInt8 if lent => owned::<UInt8Type>(array),
        T::Int16 if lent => owned::<Int16Type>(array),
        T::Int32 if lent => owned::<Int32Type>(array),
        T::Float64 if lent => owned::<Float64Type>(array),
        T::Int8 | T::UInt8 | T::Int16 | T::Int32 | T::Int64 | T::Float64 => Arc::clone(array),
        T::UInt16 => Arc::new(array.as_primitive::<UInt16Type>().unary::<_, Int32Type>(i32::from)),
        T::UInt32 => Arc::new(array.as_primitive::<UInt32Type>().unary::<_, Int64Type>(i64::from)),
        T::Float32 => {
            Arc::new(array.as_primitive::<Float32Type>().unary::<_, Float64Type>(f64::from))
        }
        T::Utf8 | T::LargeUtf8 | T::Utf8View => Arc::clone(array),
        T::Date32 if have_iso_days(array) => Arc::clone(array),
        T::Timestamp(unit, None) if whole_days(array, *unit) && lent => match unit {
            TimeUnit::Second => owned::<TimestampSecondType>(array),
            TimeUnit::Millisecond => owned::<TimestampMillisecondType>(array),
            TimeUnit::Microsecond => owned::<TimestampMicrosecondType>(array),
            TimeUnit::Nanosecond => owned::<TimestampNanosecondType>(array),
        },
        T::Timestamp(unit, None) if whole_days(array, *unit) => Arc::clone(array),
        T::Dictionary(..) => {
            let categories = array.as_any_dictionary();
            categories.with_values(Arc::new(texts(categories.values())))
        }
        _ => Arc::new(texts(array)),
    }
}

/// A copy of the numbers.
fn owned<T: ArrowPrimitiveType>(array: &ArrayRef) -> ArrayRef {
    let numbers = array.as_primitive::<T>();
    Arc::new(PrimitiveArray::<T>::new(numbers.values().to_vec().into(), numbers.nulls().cloned()))
}

/// A copy of whole numbers, in bytes where they are as small as answers are.
fn whole_owned(array: &ArrayRef) -> ArrayRef {
    let numbers = array.as_primitive::<Int64Type>();
    let bytes: Option<Vec<i8>> = numbers.values().iter().map(|n| i8::try_from(*n).ok()).collect();
    match bytes {
        Some(bytes) => {
            Arc::new(PrimitiveArray::<Int8Type>::new(bytes.into(), numbers.nulls().cloned()))
        }
        None => owned::<Int64Type>(array),
    }
}

/// The cells of any array, as they print.
fn texts(array: &ArrayRef) -> StringArray {
    let cells = Cells::of(array);
    (0..array.len()).map(|row| cells.text(row)).collect()
}

/// A column of one of the types that [`readable`] gives.
fn column(array: &ArrayRef) -> Column<'_> {
    use DataType as T;
    let valid = validity(array.nulls());
    match array.data_type() {
        T::Int8 => Column::whole(Codes::I8(array.as_primitive::<Int8Type>().values()), valid),
        T::UInt8 => Column::whole(Codes::U8(array.as_primitive::<UInt8Type>().values()), valid),
        T::Int16 => Column::whole(Codes::I16(array.as_primitive::<Int16Type>().values()), valid),
        T::Int32 => Column::whole(Codes::I32(array.as_primitive::<Int32Type>().values()), valid),
        T::Int64 => Column::whole(Codes::I64(array.as_primitive::<Int64Type>().values()), valid),
        T::Float64 => Column::numbers(array.as_primitive::<Float64Type>().values(), valid),
        T::Date32 => Column::days(array.as_primitive::<Date32Type>().values(), valid),
        T::Timestamp(unit, _) => {
            let (times, day) = (times(array), day_of(*unit));
            Column::written(valid, move |row, cell| {
                if let Some(iso) = times.get(row).and_then(|time| iso_at(*time, day)) {
                    cell.extend_from_slice(&iso);
                    cell.extend_from_slice(b"T00:00:00");
                }
            })
        }
        T::Utf8 => {
            let texts = array.as_string::<i32>();
            Column::texts(valid, |row| texts.value(row))
        }
        T::LargeUtf8 => {
            let texts = array.as_string::<i64>();
            Column::texts(valid, |row| texts.value(row))
        }
        T::Utf8View => {
            let texts = array.as_string_view();
            Column::texts(valid, |row| texts.value(row))
        }
        T::Dictionary(keys, _) => match **keys {
            T::Int8 => categories::<Int8Type>(array),
            T::Int16 => categories::<Int16Type>(array),
            T::Int32 => categories::<Int32Type>(array),
            T::Int64 => categories::<Int64Type>(array),
            T::UInt8 => categories::<UInt8Type>(array),
            T::UInt16 => categories::<UInt16Type>(array),
            T::UInt32 => categories::<UInt32Type>(array),
            _ => categories::<UInt64Type>(array),
        },
        _ => Column::blank(),
    }
}

fn validity(nulls: Option<&NullBuffer>) -> Validity<'_> {
    nulls.map_or(Validity::All, |nulls| Validity::Bits {
        bytes: nulls.validity(),
        offset: nulls.offset(),
    })
}

/// A column of categories, each with its text.
fn categories<K: ArrowDictionaryKeyType>(array: &ArrayRef) -> Column<'_> {
    let categories = array.as_dictionary::<K>();
    let (keys, texts) = (categories.keys().values(), categories.values().as_string::<i32>());
    Column::written(validity(array.nulls()), move |row, cell| {
        let place = keys.get(row).map(|key| key.as_usize());
        if let Some(place) = place.filter(|place| texts.is_valid(*place)) {
            cell.extend_from_slice(texts.value(place).as_bytes());
        }
    })
}

/// How many units a day has.
const fn day_of(unit: TimeUnit) -> i64 {
    86_400
        * match unit {
            TimeUnit::Second => 1,
            TimeUnit::Millisecond => 1_000,
            TimeUnit::Microsecond => 1_000_000,
            TimeUnit::Nanosecond => 1_000_000_000,
        }
}

/// The numbers of an array of times.
fn times(array: &ArrayRef) -> &[i64] {
    let none: &[i64] = &[];
    match array.data_type() {
        DataType::Timestamp(TimeUnit::Second, _) => {
            array.as_primitive::<TimestampSecondType>().values()
        }
        DataType::Timestamp(TimeUnit::Millisecond, _) => {
            array.as_primitive::<TimestampMillisecondType>().values()
        }
        DataType::Timestamp(TimeUnit::Microsecond, _) => {
            array.as_primitive::<TimestampMicrosecondType>().values()
        }
        DataType::Timestamp(TimeUnit::Nanosecond, _) => {
            array.as_primitive::<TimestampNanosecondType>().values()
        }
        _ => none,
    }
}

/// The day that begins at this time, of a year of four digits.
fn iso_at(time: i64, day: i64) -> Option<[u8; 10]> {
    (time % day == 0).then(|| iso_day(i32::try_from(time / day).ok()?))?
}

/// Whether all times are the beginnings of such days.
fn whole_days(array: &ArrayRef, unit: TimeUnit) -> bool {
    let day = day_of(unit);
    let rows = times(array).iter().enumerate();
    rows.filter(|(row, _)| array.is_valid(*row)).all(|(_, time)| iso_at(*time, day).is_some())
}

/// Whether all days have such a year: those that do lie between two days.
fn have_iso_days(array: &ArrayRef) -> bool {
    let days = array.as_primitive::<Date32Type>();
    let has_iso_day = |days: Option<i32>| days.is_none_or(|days| iso_day(days).is_some());
    if days.null_count() == 0 {
        let days = || days.values().iter().copied();
        has_iso_day(days().min()) && has_iso_day(days().max())
    } else {
        let days = || days.iter().flatten();
        has_iso_day(days().min()) && has_iso_day(days().max())
    }
}
