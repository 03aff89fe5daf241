//! Whole columns of answers to points, with nothing allocated for a row.

use core::fmt;

use super::Unscored;
use crate::instrument::{Measure, Points};

/// The answers to one item, a row for each form.
#[derive(Debug, Clone, Copy)]
pub struct AnswerColumn<'a> {
    /// The codes; what stands in a blank row does not matter.
    pub codes: Codes<'a>,
    /// Which rows are answered.
    pub validity: Validity<'a>,
    /// The code that marks an item as not applicable, where one is used.
    pub not_applicable: Option<i64>,
}

/// Answer codes in the integer type they were read as.
#[derive(Debug, Clone, Copy)]
pub enum Codes<'a> {
    /// Signed bytes.
    I8(&'a [i8]),
    /// Unsigned bytes.
    U8(&'a [u8]),
    /// 16-bit integers.
    I16(&'a [i16]),
    /// 32-bit integers.
    I32(&'a [i32]),
    /// 64-bit integers.
    I64(&'a [i64]),
}

/// Which rows of a column are answered.
#[derive(Debug, Clone, Copy)]
pub enum Validity<'a> {
    /// All of them.
    All,
    /// Those that are `true`.
    Flags(&'a [bool]),
    /// Those whose bit is set, lowest bit first, as Arrow lays out its validity.
    Bits {
        /// The bits, eight to a byte.
        bytes: &'a [u8],
        /// The bit of the first row.
        offset: usize,
    },
}

macro_rules! from_slice {
    ($($variant:ident: $code:ty),*) => {$(
        impl<'a> From<&'a [$code]> for AnswerColumn<'a> {
            /// A column without blanks.
            fn from(codes: &'a [$code]) -> Self {
                Self { codes: Codes::$variant(codes), validity: Validity::All, not_applicable: None }
            }
        }
    )*};
}

from_slice!(I8: i8, U8: u8, I16: i16, I32: i32, I64: i64);

impl Codes<'_> {
    /// The code in this row.
    #[inline]
    pub(crate) fn get(&self, row: usize) -> Option<i64> {
        Some(match self {
            Self::I8(codes) => (*codes.get(row)?).into(),
            Self::U8(codes) => (*codes.get(row)?).into(),
            Self::I16(codes) => (*codes.get(row)?).into(),
            Self::I32(codes) => (*codes.get(row)?).into(),
            Self::I64(codes) => *codes.get(row)?,
        })
    }

    const fn len(&self) -> usize {
        match self {
            Self::I8(codes) => codes.len(),
            Self::U8(codes) => codes.len(),
            Self::I16(codes) => codes.len(),
            Self::I32(codes) => codes.len(),
            Self::I64(codes) => codes.len(),
        }
    }
}

impl Validity<'_> {
    /// Whether this row is answered.
    #[inline]
    pub(crate) fn holds(&self, row: usize) -> bool {
        match self {
            Self::All => true,
            Self::Flags(flags) => flags.get(row) == Some(&true),
            Self::Bits { bytes, offset } => {
                let bit = offset + row;
                bytes.get(bit / 8).is_some_and(|byte| (byte >> (bit % 8)) & 1 == 1)
            }
        }
    }

    fn covers(&self, rows: usize) -> bool {
        match self {
            Self::All => true,
            Self::Flags(flags) => flags.len() == rows,
            Self::Bits { bytes, offset } => {
                bytes.len().saturating_mul(8) >= offset.saturating_add(rows)
            }
        }
    }

    /// Writes 1 for each answered row of a block and 0 for each blank.
    pub(super) fn write(&self, start: usize, answered: &mut [u8]) {
        match self {
            Self::All => answered.fill(1),
            Self::Flags(flags) => {
                for (answered, flag) in answered.iter_mut().zip(flags.iter().skip(start)) {
                    *answered = u8::from(*flag);
                }
            }
            Self::Bits { bytes, offset } => {
                for (bit, answered) in (offset + start..).step_by(64).zip(answered.chunks_mut(64)) {
                    match bits_from(bytes, bit) {
                        u64::MAX => answered.fill(1),
                        bits => {
                            let eights = answered.chunks_mut(8).zip(bits.to_le_bytes());
                            for (answered, byte) in eights {
                                let eight = spread(byte);
                                answered.copy_from_slice(eight.split_at(answered.len()).0);
                            }
                        }
                    }
                }
            }
        }
    }
}

/// The 64 bits from this one on, lowest first; 0 for those beyond the end.
fn bits_from(bytes: &[u8], bit: usize) -> u64 {
    let rest = bytes.get(bit / 8..).unwrap_or_default();
    let first = rest.first_chunk().copied().unwrap_or_else(|| {
        let mut first = [0; 8];
        for (first, byte) in first.iter_mut().zip(rest) {
            *first = *byte;
        }
        first
    });
    let low = u64::from_le_bytes(first);
    match bit % 8 {
        0 => low,
        shift => (low >> shift) | (u64::from(rest.get(8).copied().unwrap_or(0)) << (64 - shift)),
    }
}

/// A byte for each bit, 0 or 1, lowest first.
fn spread(bits: u8) -> [u8; 8] {
    const ONES: u64 = 0x0101_0101_0101_0101;
    // In byte i the bit i and no other; added to 127, any bit reaches the highest of its byte.
    let each = (u64::from(bits) * ONES) & 0x8040_2010_0804_0201;
    (((each + 0x7f * ONES) >> 7) & ONES).to_le_bytes()
}

/// Why columns could not be scored.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum ColumnError {
    /// There is no column for an item.
    Missing {
        /// The item's number on the form, from 1.
        item: usize,
        /// The item's id.
        id: String,
        /// The number of columns.
        columns: usize,
    },
    /// There are more columns than items.
    Surplus {
        /// The number of items.
        items: usize,
        /// The number of columns.
        columns: usize,
    },
    /// A column, its validity or an output has another number of rows than the first column.
    Length {
        /// What differs.
        what: String,
        /// The rows of the first column.
        rows: usize,
    },
}

impl ColumnError {
    /// The stable name of the problem.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Missing { .. } => "missing-column",
            Self::Surplus { .. } => "surplus-column",
            Self::Length { .. } => "column-length",
        }
    }
}

impl fmt::Display for ColumnError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing { item, id, columns } => write!(
                f,
                "item {item} (`{id}`) has no column among the {columns} given; give one for each item of the instrument, in form order"
            ),
            Self::Surplus { items, columns } => write!(
                f,
                "{columns} columns were given for {items} items; give one for each item of the instrument, in form order"
            ),
            Self::Length { what, rows } => {
                write!(f, "{what} does not have {rows} rows; give all of them the same length")
            }
        }
    }
}

impl core::error::Error for ColumnError {}

impl Measure {
    /// The points of every row of a table, and for each row without points the reason.
    ///
    /// `columns` are those of the whole instrument in form order; `points` and `outcomes` take one
    /// entry for each row. `outcomes` holds `None` for a scored row; the points of the others are 0
    /// and mean nothing. The result of each row is that of [`points`](Self::points).
    ///
    /// # Errors
    ///
    /// [`ColumnError`] where an item has no column or lengths differ; nothing is written then.
    ///
    /// ```
    /// use clw_core::instrument::{Points, catalogue};
    /// use clw_core::score::{AnswerColumn, Unscored};
    ///
    /// let wellbeing = catalogue::find("swemwbs")?.measure("wellbeing")?;
    /// let codes: [i8; 3] = [3, 5, 9];
    /// let columns = [AnswerColumn::from(codes.as_slice()); 7];
    /// let (mut points, mut outcomes) = ([Points(0); 3], [None; 3]);
    /// wellbeing.points_of_columns(&columns, &mut points, &mut outcomes)?;
    /// assert_eq!(points, [Points(1925), Points(3500), Points(0)]);
    /// assert_eq!(outcomes, [None, None, Some(Unscored::OutOfRange)]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn points_of_columns(
        &self,
        columns: &[AnswerColumn<'_>],
        points: &mut [Points],
        outcomes: &mut [Option<Unscored>],
    ) -> Result<(), ColumnError> {
        self.check_columns(columns, points.len(), outcomes.len())?;
        let widths = self.items().iter().map(|item| item.highest - item.lowest);
        if widths.sum::<i32>() <= i32::from(u8::MAX) {
            self.add_up::<u8>(columns, points, outcomes);
        } else {
            self.add_up::<u16>(columns, points, outcomes);
        }
        Ok(())
    }

    fn check_columns(
        &self,
        columns: &[AnswerColumn<'_>],
        points: usize,
        outcomes: usize,
    ) -> Result<(), ColumnError> {
        for item in self.items() {
            let number = item.position + 1;
            let column = columns.get(item.position).ok_or_else(|| ColumnError::Missing {
                item: number,
                id: item.id.to_string(),
                columns: columns.len(),
            })?;
            if column.codes.len() != points || !column.validity.covers(points) {
                return Err(ColumnError::Length { what: format!("column {number}"), rows: points });
            }
        }
        if outcomes == points {
            Ok(())
        } else {
            Err(ColumnError::Length { what: "the list of outcomes".into(), rows: points })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bits_are_spread_from_any_offset() {
        let words = [u64::MAX, 0, 0x0123_4567_89ab_cdef, u64::MAX, u64::MAX, 0xfeed];
        let bytes: Vec<u8> = words.iter().flat_map(|word| word.to_le_bytes()).take(43).collect();
        let one = |bit: usize| (bytes[bit / 8] >> (bit % 8)) & 1;
        for offset in 0..9 {
            for start in [0, 1, 64, 200] {
                let rows = bytes.len() * 8 - offset - start;
                let mut answered = vec![7; rows];
                Validity::Bits { bytes: &bytes, offset }.write(start, &mut answered);
                let each: Vec<u8> = (0..rows).map(|row| one(offset + start + row)).collect();
                assert_eq!(answered, each, "{offset} {start}");
            }
        }
    }
}
