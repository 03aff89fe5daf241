//! Columns of whole numbers, one person or one sitting a row.

use arrow_array::{Array, ArrayRef};
use arrow_schema::ArrowError;
use clw_core::score::{NotWhole, Offered, WholeColumn};
use pyo3::buffer::{Element, PyBuffer};
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3_arrow::input::AnyArray;

use crate::cells::Cells;
use crate::error::refused;
use crate::frame::arrow;
use crate::score::unordered;

/// A column of whole numbers: of a frame, of NumPy, or any values in order.
///
/// Floats that are whole count as such, as tables hold whole numbers beside blanks.
pub(crate) fn whole(values: &Bound<'_, PyAny>, column: WholeColumn) -> PyResult<Vec<i32>> {
    if let Some(chunks) = arrow_chunks(values)? {
        return values.py().detach(|| arrow_column(&chunks, column));
    }
    if let Some(numbers) = buffer(values)? {
        let offered = numbers.into_iter().enumerate();
        return offered.map(|(row, number)| one(number, column, row)).collect();
    }
    rows(values)?
        .enumerate()
        .map(|(row, value)| {
            let value = value?;
            let float = || Ok::<_, PyErr>(one(Offered::Number(value.extract()?), column, row));
            value.extract().or_else(|_| {
                if let Ok(Ok(whole)) = float() {
                    return Ok(whole);
                }
                let found = value.repr()?.extract()?;
                let error = NotWhole { column, row, found };
                Err(refused(&error, error.code()))
            })
        })
        .collect()
}

/// People's ids, compared as they print: texts and whole numbers.
pub(crate) fn ids(people: &Bound<'_, PyAny>) -> PyResult<Vec<String>> {
    let nobody = |row: usize, found: String| {
        let message = format!("row {row}: the person is {found}; give a text or a whole number");
        refused(&message, "not-an-id")
    };
    if let Some(chunks) = arrow_chunks(people)? {
        let cells = arrow_cells(&chunks)?;
        let id = |(row, cell): (usize, Offered<'_>)| match cell {
            Offered::Text(id) | Offered::Wide(id) => Ok(id.into_owned()),
            Offered::Whole(id) => Ok(id.to_string()),
            other => Err(nobody(row, shown(other))),
        };
        return offered(&chunks, &cells).enumerate().map(id).collect();
    }
    rows(people)?
        .enumerate()
        .map(|(row, person)| {
            let person = person?;
            let number = || person.extract::<i64>().map(|number| number.to_string());
            let id = person.extract::<String>().or_else(|_| number());
            id.or_else(|_| Err(nobody(row, person.repr()?.extract()?)))
        })
        .collect()
}

/// A column that speaks Arrow; what is not read that way, such as a series of polars that holds
/// nothing, is read row by row.
fn arrow_chunks(values: &Bound<'_, PyAny>) -> PyResult<Option<Vec<ArrayRef>>> {
    if !values.hasattr("__arrow_c_stream__")? && !values.hasattr("__arrow_c_array__")? {
        return Ok(None);
    }
    let chunks = values.extract::<AnyArray>().and_then(|array| Ok(array.into_chunked_array()?));
    Ok(chunks.ok().map(|chunks| chunks.chunks().to_vec()))
}

fn arrow_cells(chunks: &[ArrayRef]) -> PyResult<Vec<Cells>> {
    chunks.iter().map(Cells::of).collect::<Result<_, ArrowError>>().map_err(arrow)
}

fn offered<'a>(
    chunks: &'a [ArrayRef],
    cells: &'a [Cells],
) -> impl Iterator<Item = Offered<'a>> + 'a {
    let chunks = chunks.iter().zip(cells);
    chunks.flat_map(|(chunk, cells)| (0..chunk.len()).map(|row| cells.offered(row)))
}

fn arrow_column(chunks: &[ArrayRef], column: WholeColumn) -> PyResult<Vec<i32>> {
    let cells = arrow_cells(chunks)?;
    offered(chunks, &cells).enumerate().map(|(row, cell)| one(cell, column, row)).collect()
}

/// The numbers of an object that lends its memory, as NumPy's arrays do.
fn buffer(values: &Bound<'_, PyAny>) -> PyResult<Option<Vec<Offered<'static>>>> {
    fn of<T: Element>(values: &Bound<'_, PyAny>) -> PyResult<Option<Vec<T>>> {
        match PyBuffer::<T>::get(values) {
            Ok(buffer) if buffer.dimensions() == 1 => buffer.to_vec(values.py()).map(Some),
            _ => Ok(None),
        }
    }
    fn whole<T: Element + Into<i64>>(
        values: &Bound<'_, PyAny>,
    ) -> PyResult<Option<Vec<Offered<'static>>>> {
        let numbers = of::<T>(values)?;
        Ok(numbers.map(|all| all.into_iter().map(|one| Offered::Whole(one.into())).collect()))
    }
    let kinds = [whole::<i64>, whole::<i32>, whole::<i16>, whole::<i8>, whole::<u8>, whole::<u16>];
    for kind in kinds {
        if let Some(numbers) = kind(values)? {
            return Ok(Some(numbers));
        }
    }
    let floats = of::<f64>(values)?;
    Ok(floats.map(|all| all.into_iter().map(Offered::Number).collect()))
}

fn one(cell: Offered<'_>, column: WholeColumn, row: usize) -> PyResult<i32> {
    let whole = match &cell {
        Offered::Whole(whole) => i32::try_from(*whole).ok(),
        #[expect(clippy::cast_possible_truncation, reason = "whole and within i32 by the guard")]
        Offered::Number(number) if number.fract() == 0.0 && number.abs() <= f64::from(i32::MAX) => {
            Some(*number as i32)
        }
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
        return Err(PyTypeError::new_err(format!(
            "a column came as a {given}; give a list, one row after the other"
        )));
    }
    values.try_iter()
}
