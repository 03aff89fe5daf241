//! Columns of whole numbers, one person or one sitting a row.

use arrow_array::cast::AsArray;
use arrow_array::types::{
    Float32Type, Float64Type, Int8Type, Int16Type, Int32Type, Int64Type, UInt8Type, UInt16Type,
};
use arrow_array::{Array, ArrayRef};
use arrow_buffer::ScalarBuffer;
use arrow_schema::DataType;
use clw_core::score::{NotWhole, Offered, WholeColumn};
use pyo3::buffer::{Element, PyBuffer};
use pyo3::prelude::*;
use pyo3_arrow::input::AnyArray;

use crate::cells::Cells;
use crate::error::refused;
use crate::frame::arrow;
use crate::score::{kind, unordered};

/// A column of whole numbers: of a frame, of NumPy, or any values in order.
///
/// Floats that are whole count as such, as tables hold whole numbers beside blanks. What holds
/// nothing else is taken as it lies; every other column is read cell by cell, up to the one to blame.
pub(crate) fn whole(values: &Bound<'_, PyAny>, column: WholeColumn) -> PyResult<ScalarBuffer<i32>> {
    if let Some(chunks) = arrow_chunks(values)? {
        return values.py().detach(|| match plain_chunks(&chunks) {
            Some(whole) => Ok(whole),
            None => arrow_column(&chunks, column).map(ScalarBuffer::from),
        });
    }
    if let Some(whole) = plain_buffer(values)? {
        return Ok(whole);
    }
    let cells = each(values)?.into_iter().enumerate();
    cells.map(|(row, cell)| one(cell, column, row)).collect()
}

/// Whole numbers of 32 bits without a blank among them, lent where they lie as such.
fn plain_chunks(chunks: &[ArrayRef]) -> Option<ScalarBuffer<i32>> {
    if let [only] = chunks
        && only.null_count() == 0
        && let Some(numbers) = only.as_primitive_opt::<Int32Type>()
    {
        return Some(numbers.values().clone());
    }
    let mut whole = Vec::with_capacity(chunks.iter().map(Array::len).sum());
    for chunk in chunks.iter().filter(|chunk| !chunk.is_empty()) {
        if chunk.null_count() > 0 {
            return None;
        }
        let whole = &mut whole;
        match chunk.data_type() {
            DataType::Int8 => narrow(chunk.as_primitive::<Int8Type>().values(), whole)?,
            DataType::Int16 => narrow(chunk.as_primitive::<Int16Type>().values(), whole)?,
            DataType::Int32 => narrow(chunk.as_primitive::<Int32Type>().values(), whole)?,
            DataType::Int64 => narrow(chunk.as_primitive::<Int64Type>().values(), whole)?,
            DataType::UInt8 => narrow(chunk.as_primitive::<UInt8Type>().values(), whole)?,
            DataType::UInt16 => narrow(chunk.as_primitive::<UInt16Type>().values(), whole)?,
            DataType::Float32 => narrow(chunk.as_primitive::<Float32Type>().values(), whole)?,
            DataType::Float64 => narrow(chunk.as_primitive::<Float64Type>().values(), whole)?,
            _ => return None,
        }
    }
    Some(whole.into())
}

/// Adds numbers that are all whole and of 32 bits.
fn narrow<T: Narrow>(numbers: &[T], whole: &mut Vec<i32>) -> Option<()> {
    let mut fit = true;
    // To look at all of them and branch at none is what lets several go through at a time.
    whole.extend(numbers.iter().map(|number| {
        let narrow = number.narrow();
        fit &= narrow.is_some();
        narrow.unwrap_or_default()
    }));
    fit.then_some(())
}

/// A number that may be whole and of 32 bits.
trait Narrow: Copy {
    fn narrow(self) -> Option<i32>;
}

macro_rules! narrow {
    ($($whole:ty)+) => {$(
        impl Narrow for $whole {
            fn narrow(self) -> Option<i32> {
                i32::try_from(self).ok()
            }
        }
    )+};
}

narrow! { i8 i16 i32 i64 u8 u16 }

impl Narrow for f64 {
    fn narrow(self) -> Option<i32> {
        #[expect(clippy::cast_possible_truncation, reason = "compared with what it came from")]
        let whole = self as i32;
        #[expect(clippy::float_cmp, reason = "whole or not")]
        let same = f64::from(whole) == self;
        (same && whole > i32::MIN).then_some(whole)
    }
}

impl Narrow for f32 {
    fn narrow(self) -> Option<i32> {
        f64::from(self).narrow()
    }
}

/// The same of an object that lends its memory.
fn plain_buffer(values: &Bound<'_, PyAny>) -> PyResult<Option<ScalarBuffer<i32>>> {
    fn narrowed<T: Element + Narrow>(values: &Bound<'_, PyAny>) -> PyResult<Option<Vec<i32>>> {
        let numbers = lent::<T>(values)?;
        Ok(numbers.and_then(|numbers| {
            let mut whole = Vec::with_capacity(numbers.len());
            narrow(&numbers, &mut whole)?;
            Some(whole)
        }))
    }
    let kinds = [
        lent::<i32>,
        narrowed::<i64>,
        narrowed::<i16>,
        narrowed::<i8>,
        narrowed::<u8>,
        narrowed::<u16>,
        narrowed::<f64>,
        narrowed::<f32>,
    ];
    for kind in kinds {
        if let Some(whole) = kind(values)? {
            return Ok(Some(whole.into()));
        }
    }
    Ok(None)
}

/// A column of whole numbers and blanks: `None`, NaN and what a frame holds in their place.
pub(crate) fn whole_or_blank(
    values: &Bound<'_, PyAny>,
    column: WholeColumn,
) -> PyResult<Vec<Option<i32>>> {
    let cell = |(row, cell): (usize, Offered<'_>)| match cell {
        Offered::Nothing => Ok(None),
        Offered::Number(number) if number.is_nan() => Ok(None),
        cell => one(cell, column, row).map(Some),
    };
    each(values)?.into_iter().enumerate().map(cell).collect()
}

/// A column of counts.
pub(crate) fn counts(values: &Bound<'_, PyAny>, name: &str) -> PyResult<Vec<u64>> {
    let count = |(row, cell): (usize, Offered<'_>)| {
        let whole = match &cell {
            Offered::Whole(whole) => u64::try_from(*whole).ok(),
            Offered::Number(number) if number.fract() == 0.0 && (0.0..1e15).contains(number) => {
                number.to_string().parse().ok()
            }
            _ => None,
        };
        whole.ok_or_else(|| unfit(name, row, cell, "a count; give whole numbers from 0 on"))
    };
    each(values)?.into_iter().enumerate().map(count).collect()
}

/// A column of numbers and blanks.
pub(crate) fn numbers(values: &Bound<'_, PyAny>, name: &str) -> PyResult<Vec<Option<f64>>> {
    let number = |(row, cell): (usize, Offered<'_>)| match cell {
        Offered::Nothing => Ok(None),
        Offered::Number(number) if number.is_nan() => Ok(None),
        Offered::Number(number) if number.is_finite() => Ok(Some(number)),
        Offered::Whole(whole) => Ok(Some(whole as f64)),
        cell => Err(unfit(name, row, cell, "a number; give finite numbers or blanks")),
    };
    each(values)?.into_iter().enumerate().map(number).collect()
}

/// A column of texts, numbers and dates as they print; a blank is the text "not recorded".
pub(crate) fn texts(values: &Bound<'_, PyAny>, name: &str) -> PyResult<Vec<String>> {
    let text = |cell: Offered<'_>| match cell {
        Offered::Nothing => "not recorded".to_owned(),
        Offered::Number(number) if number.is_nan() => "not recorded".to_owned(),
        Offered::Text(text) => text.into_owned(),
        cell => shown(cell).trim_end_matches("T00:00:00").to_owned(),
    };
    if let Some(chunks) = arrow_chunks(values)? {
        let cells = arrow_cells(&chunks);
        return Ok(offered(&chunks, &cells).map(text).collect());
    }
    let row = |(row, value): (usize, PyResult<Bound<'_, PyAny>>)| {
        let value = value?;
        match kind(&value)? {
            Offered::Other(found) => match printed(&value)? {
                Some(printed) => Ok(text(Offered::Text(printed.into()))),
                None => {
                    let wanted = "a text; give texts, numbers or dates";
                    Err(unfit(name, row, Offered::Other(found), wanted))
                }
            },
            cell => Ok(text(cell)),
        }
    };
    rows(values)?.enumerate().map(row).collect()
}

/// What prints as one means it: truth values, dates, periods of time, ids.
fn printed(value: &Bound<'_, PyAny>) -> PyResult<Option<String>> {
    if let Ok(iso) = value.call_method0("isoformat") {
        let iso: String = iso.extract()?;
        return Ok(Some(iso.trim_end_matches("T00:00:00").to_owned()));
    }
    let prints = ["bool", "bool_", "Period", "UUID"].contains(&value.get_type().name()?.to_str()?);
    prints.then(|| value.str()?.extract()).transpose()
}

/// A column of yes and no, as truth values or as 1 and 0.
pub(crate) fn flags(values: &Bound<'_, PyAny>) -> PyResult<Vec<bool>> {
    let flag = |(row, cell): (usize, Offered<'_>)| match &cell {
        Offered::Whole(1) => Ok(true),
        Offered::Whole(0) => Ok(false),
        Offered::Other(text) if text.eq_ignore_ascii_case("true") => Ok(true),
        Offered::Other(text) if text.eq_ignore_ascii_case("false") => Ok(false),
        _ => Err(unfit("followed_up", row, cell, "yes or no; give True and False")),
    };
    each(values)?.into_iter().enumerate().map(flag).collect()
}

fn unfit(name: &str, row: usize, cell: Offered<'_>, wanted: &str) -> PyErr {
    let message = format!("row {row}: `{name}` is {}, not {wanted}", shown(cell));
    refused(&message, "unfit-cell")
}

/// The cells of a column of any kind.
fn each(values: &Bound<'_, PyAny>) -> PyResult<Vec<Offered<'static>>> {
    if let Some(chunks) = arrow_chunks(values)? {
        let cells = arrow_cells(&chunks);
        return Ok(offered(&chunks, &cells).map(owned).collect());
    }
    if let Some(numbers) = buffer(values)? {
        return Ok(numbers);
    }
    rows(values)?.map(|value| kind(&value?)).collect()
}

/// A cell that lends nothing.
fn owned(cell: Offered<'_>) -> Offered<'static> {
    match cell {
        Offered::Nothing => Offered::Nothing,
        Offered::Whole(whole) => Offered::Whole(whole),
        Offered::Number(number) => Offered::Number(number),
        Offered::Wide(digits) => Offered::Wide(digits.into_owned().into()),
        Offered::Text(text) => Offered::Text(text.into_owned().into()),
        Offered::Other(text) => Offered::Other(text.into_owned().into()),
    }
}

/// People's ids, compared as they print: texts and whole numbers.
pub(crate) fn ids(people: &Bound<'_, PyAny>) -> PyResult<Vec<String>> {
    let id = |(row, cell)| match id(row, cell)? {
        Ok(id) => Ok(id),
        Err(blank) => Err(not_an_id(row, blank)),
    };
    each(people)?.into_iter().enumerate().map(id).collect()
}

/// The same, or blank.
pub(crate) fn ids_or_blank(people: &Bound<'_, PyAny>) -> PyResult<Vec<Option<String>>> {
    each(people)?.into_iter().enumerate().map(|(row, cell)| Ok(id(row, cell)?.ok())).collect()
}

/// An id, or the cell where it is blank.
fn id(row: usize, cell: Offered<'_>) -> PyResult<Result<String, Offered<'_>>> {
    match cell {
        Offered::Nothing => Ok(Err(cell)),
        Offered::Number(id) if id.is_nan() => Ok(Err(cell)),
        Offered::Text(id) if id.trim().is_empty() => Ok(Err(Offered::Text(id))),
        Offered::Text(id) | Offered::Wide(id) => Ok(Ok(id.into_owned())),
        Offered::Whole(id) => Ok(Ok(id.to_string())),
        // Beside a blank, pandas makes floats of whole numbers.
        Offered::Number(id) if id.fract() == 0.0 => Ok(Ok(id.to_string())),
        other => Err(not_an_id(row, other)),
    }
}

fn not_an_id(row: usize, found: Offered<'_>) -> PyErr {
    let found = shown(found);
    let message = format!("row {row}: the person is {found}; give a text or a whole number");
    refused(&message, "not-an-id")
}

/// A column that speaks Arrow; what is not read that way, such as a series of polars that holds
/// nothing, is read row by row.
fn arrow_chunks(values: &Bound<'_, PyAny>) -> PyResult<Option<Vec<ArrayRef>>> {
    if !values.hasattr("__arrow_c_stream__")? && !values.hasattr("__arrow_c_array__")? {
        return Ok(None);
    }
    let chunks = values.extract::<AnyArray>().and_then(|array| Ok(array.into_chunked_array()?));
    let Ok(chunks) = chunks else { return Ok(None) };
    // What Arrow holds in place of a value of pandas' own, such as the number of a month.
    if chunks.field().metadata().contains_key("ARROW:extension:name") {
        return Ok(None);
    }
    let chunks = chunks.chunks().to_vec();
    chunks.iter().try_for_each(|chunk| chunk.to_data().validate_full()).map_err(arrow)?;
    Ok(Some(chunks))
}

fn arrow_cells(chunks: &[ArrayRef]) -> Vec<Cells<'_>> {
    chunks.iter().map(Cells::of).collect()
}

fn offered<'a>(
    chunks: &'a [ArrayRef],
    cells: &'a [Cells<'a>],
) -> impl Iterator<Item = Offered<'a>> + 'a {
    let chunks = chunks.iter().zip(cells);
    chunks.flat_map(|(chunk, cells)| (0..chunk.len()).map(|row| cells.offered(row)))
}

fn arrow_column(chunks: &[ArrayRef], column: WholeColumn) -> PyResult<Vec<i32>> {
    let cells = arrow_cells(chunks);
    offered(chunks, &cells).enumerate().map(|(row, cell)| one(cell, column, row)).collect()
}

/// The numbers of an object that lends its memory, as NumPy's arrays do.
fn buffer(values: &Bound<'_, PyAny>) -> PyResult<Option<Vec<Offered<'static>>>> {
    fn whole<T: Element + Into<i64>>(
        values: &Bound<'_, PyAny>,
    ) -> PyResult<Option<Vec<Offered<'static>>>> {
        let numbers = lent::<T>(values)?;
        Ok(numbers.map(|all| all.into_iter().map(|one| Offered::Whole(one.into())).collect()))
    }
    let kinds = [whole::<i64>, whole::<i32>, whole::<i16>, whole::<i8>, whole::<u8>, whole::<u16>];
    for kind in kinds {
        if let Some(numbers) = kind(values)? {
            return Ok(Some(numbers));
        }
    }
    let floats = lent::<f64>(values)?;
    Ok(floats.map(|all| all.into_iter().map(Offered::Number).collect()))
}

/// The numbers of one kind of an object that lends them.
fn lent<T: Element>(values: &Bound<'_, PyAny>) -> PyResult<Option<Vec<T>>> {
    match PyBuffer::<T>::get(values) {
        Ok(buffer) if buffer.dimensions() == 1 && of_this_machine(&buffer) => {
            // What a masked array lends holds values behind its mask.
            if values.hasattr("mask")? {
                return Ok(None);
            }
            buffer.to_vec(values.py()).map(Some)
        }
        _ => Ok(None),
    }
}

/// Whether numbers are in the byte order of the machine; NumPy reads others from files.
fn of_this_machine<T: Element>(buffer: &PyBuffer<T>) -> bool {
    let foreign: &[u8] = if cfg!(target_endian = "big") { b"<" } else { b">!" };
    !buffer.format().to_bytes().first().is_some_and(|order| foreign.contains(order))
}

fn one(cell: Offered<'_>, column: WholeColumn, row: usize) -> PyResult<i32> {
    let whole = match &cell {
        Offered::Whole(whole) => i32::try_from(*whole).ok(),
        Offered::Number(number) => number.narrow(),
        _ => None,
    };
    whole.ok_or_else(|| {
        let error = NotWhole { column, row, found: shown(cell) };
        refused(&error, error.code())
    })
}

/// A cell as Python prints it.
fn shown(cell: Offered<'_>) -> String {
    match cell {
        Offered::Nothing => "None".to_owned(),
        Offered::Whole(whole) => whole.to_string(),
        Offered::Number(number) if number.is_nan() => "nan".to_owned(),
        Offered::Number(number) => number.to_string(),
        Offered::Text(text) => format!("'{text}'"),
        Offered::Wide(text) | Offered::Other(text) => text.into_owned(),
    }
}

/// The rows of a column that has an order.
pub(crate) fn rows<'py>(
    values: &Bound<'py, PyAny>,
) -> PyResult<impl Iterator<Item = PyResult<Bound<'py, PyAny>>> + use<'py>> {
    if unordered(values) {
        let given = values.get_type().name()?;
        let message = format!("a column came as a {given}; give a list, one row after the other");
        return Err(refused(&message, "no-order"));
    }
    values.try_iter().map_err(|error| {
        let message =
            format!("a column cannot be read ({error}); give a list, one row after the other");
        refused(&message, "no-order")
    })
}
