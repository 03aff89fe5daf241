//! Whole columns of answers to points, without allocation.
//!
//! Rows are taken in blocks that stay in the first-level cache. Each column adds its offset from the
//! item's lowest code to a block of sums and marks codes outside the range, in loops that compilers
//! turn into vector instructions; then one look-up or multiplication a row gives the points.

use core::fmt;

use super::Unscored;
use super::row::Tally;
use crate::instrument::{Measure, MeasureItem, Points, Scoring};

const BLOCK: usize = 1024;

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
    fn write(&self, start: usize, answered: &mut [u8]) {
        match self {
            Self::All => answered.fill(1),
            Self::Flags(flags) => {
                for (answered, flag) in answered.iter_mut().zip(flags.iter().skip(start)) {
                    *answered = u8::from(*flag);
                }
            }
            Self::Bits { bytes, offset } => {
                for (row, answered) in answered.iter_mut().enumerate() {
                    let bit = offset + start + row;
                    *answered = bytes.get(bit / 8).map_or(0, |byte| (byte >> (bit % 8)) & 1);
                }
            }
        }
    }
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
            Self::Length { what, rows } => {
                write!(f, "{what} does not have {rows} rows; give all of them the same length")
            }
        }
    }
}

impl core::error::Error for ColumnError {}

/// Running totals of a block of rows.
struct Block {
    /// How far the answered items lie above their lowest codes (or below their highest if reversed).
    offsets: [u16; BLOCK],
    out_of_range: [u8; BLOCK],
    blank: [u8; BLOCK],
    not_applicable: [u8; BLOCK],
    /// Which rows of the current column count.
    answered: [u8; BLOCK],
}

impl Measure {
    /// The points of every row of a table, and for each row without points the reason.
    ///
    /// `columns` are those of the whole instrument in form order; `points` and `outcomes` take one
    /// entry for each row. `outcomes` holds `None` for a scored row; the points of the others are 0
    /// and mean nothing. The result of each row is that of [`points`](Self::points). Nothing is
    /// allocated.
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
        let complete = self.complete_scoring();
        let mut block = Block::new();
        let mut start = 0;
        for (points, outcomes) in points.chunks_mut(BLOCK).zip(outcomes.chunks_mut(BLOCK)) {
            block.clear();
            let end = start + points.len();
            for item in self.items() {
                if let Some(column) = columns.get(item.position) {
                    block.add(column, item, start, end);
                }
            }
            self.finish(&block, complete, points, outcomes);
            start = end;
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

    fn complete_scoring(&self) -> Complete<'_> {
        let lowest_raw = self.items().iter().map(|item| item.lowest).sum();
        match &self.scoring {
            Scoring::Linear { factors } => {
                Complete::Linear { lowest_raw, factor: factors.last().copied().unwrap_or(0) }
            }
            Scoring::Table { points, .. } => Complete::Table(points),
        }
    }

    fn finish(
        &self,
        block: &Block,
        complete: Complete<'_>,
        points: &mut [Points],
        outcomes: &mut [Option<Unscored>],
    ) {
        match complete {
            Complete::Linear { lowest_raw, factor } => {
                for (points, offset) in points.iter_mut().zip(&block.offsets) {
                    *points = Points((lowest_raw + i32::from(*offset)).wrapping_mul(factor));
                }
            }
            Complete::Table(table) => {
                for (points, offset) in points.iter_mut().zip(&block.offsets) {
                    *points = table.get(usize::from(*offset)).copied().unwrap_or(Points(0));
                }
            }
        }
        outcomes.fill(None);
        if block.is_clean() {
            return;
        }
        let rows = points.iter_mut().zip(outcomes);
        let counts = block.out_of_range.iter().zip(&block.blank).zip(&block.not_applicable);
        for ((row, counts), offset) in rows.zip(counts).zip(&block.offsets) {
            let ((out_of_range, blank), not_applicable) = counts;
            if out_of_range | blank | not_applicable != 0 {
                let tally = self.tally_of(*offset, *out_of_range, *blank, *not_applicable);
                let result = self.points_of(tally);
                (*row.0, *row.1) = (result.unwrap_or(Points(0)), result.err());
            }
        }
    }

    fn tally_of(&self, offset: u16, out_of_range: u8, blank: u8, not_applicable: u8) -> Tally {
        let absent = usize::from(blank) + usize::from(not_applicable);
        let answered = self.items().len().saturating_sub(absent + usize::from(out_of_range));
        // A row that scores although items are absent has items of one range only.
        let lowest_raw: i32 = self.items().iter().take(answered).map(|item| item.lowest).sum();
        Tally {
            raw: lowest_raw + i32::from(offset),
            answered,
            blank: usize::from(blank),
            not_applicable: usize::from(not_applicable),
            out_of_range: usize::from(out_of_range),
        }
    }
}

/// How a complete row's offset becomes points.
#[derive(Clone, Copy)]
enum Complete<'a> {
    Linear { lowest_raw: i32, factor: i32 },
    Table(&'a [Points]),
}

impl Block {
    const fn new() -> Self {
        Self {
            offsets: [0; BLOCK],
            out_of_range: [0; BLOCK],
            blank: [0; BLOCK],
            not_applicable: [0; BLOCK],
            answered: [0; BLOCK],
        }
    }

    fn clear(&mut self) {
        self.offsets.fill(0);
        for counts in [&mut self.out_of_range, &mut self.blank, &mut self.not_applicable] {
            counts.fill(0);
        }
    }

    fn is_clean(&self) -> bool {
        let any = |counts: &[u8; BLOCK]| counts.iter().fold(0, |any, count| any | count);
        any(&self.out_of_range) | any(&self.blank) | any(&self.not_applicable) == 0
    }

    fn add(&mut self, column: &AnswerColumn<'_>, item: &MeasureItem, start: usize, end: usize) {
        match column.codes {
            Codes::I8(codes) => self.add_codes(codes, column, item, start, end),
            Codes::U8(codes) => self.add_codes(codes, column, item, start, end),
            Codes::I16(codes) => self.add_codes(codes, column, item, start, end),
            Codes::I32(codes) => self.add_codes(codes, column, item, start, end),
            Codes::I64(codes) => self.add_codes(codes, column, item, start, end),
        }
    }

    fn add_codes<T: Code>(
        &mut self,
        codes: &[T],
        column: &AnswerColumn<'_>,
        item: &MeasureItem,
        start: usize,
        end: usize,
    ) {
        let codes = codes.get(start..end).unwrap_or_default();
        let range = CodeRange::new(item);
        if matches!(column.validity, Validity::All) && column.not_applicable.is_none() {
            let sums = self.offsets.iter_mut().zip(&mut self.out_of_range);
            for (code, (offset, out_of_range)) in codes.iter().zip(sums) {
                let (added, outside) = range.place(*code);
                *offset = offset.wrapping_add(added);
                *out_of_range |= outside;
            }
            return;
        }
        self.mark_absent(codes, column, start);
        let sums = self.offsets.iter_mut().zip(&mut self.out_of_range);
        for ((code, answered), (offset, out_of_range)) in codes.iter().zip(&self.answered).zip(sums)
        {
            let (added, outside) = range.place(*code);
            *offset = offset.wrapping_add(added.wrapping_mul(u16::from(*answered)));
            *out_of_range |= outside & answered;
        }
    }

    /// Counts the rows of a column that are blank or not applicable, and marks the others.
    fn mark_absent<T: Code>(&mut self, codes: &[T], column: &AnswerColumn<'_>, start: usize) {
        let answered = self.answered.get_mut(..codes.len()).unwrap_or_default();
        column.validity.write(start, answered);
        for (blank, answered) in self.blank.iter_mut().zip(answered.iter()) {
            *blank += 1 - answered;
        }
        if let Some(marker) = column.not_applicable.and_then(|code| T::try_from(code).ok()) {
            let counts = answered.iter_mut().zip(&mut self.not_applicable);
            for (code, (answered, not_applicable)) in codes.iter().zip(counts) {
                let marked = u8::from(*code == marker) & *answered;
                *not_applicable += marked;
                *answered -= marked;
            }
        }
    }
}

/// An item's codes, as far as an integer type can hold them.
struct CodeRange<T: Code> {
    lowest: T,
    width: T::Distance,
    /// What a code at `lowest` adds to the offset.
    base: u16,
    /// 1, or −1 modulo 2¹⁶ for a reversed item.
    sign: u16,
    /// 1 where the type holds none of the item's codes.
    none_held: u8,
}

impl<T: Code> CodeRange<T> {
    fn new(item: &MeasureItem) -> Self {
        let (lowest, highest) = (i64::from(item.lowest), i64::from(item.highest));
        let (held_lowest, held_highest) = (T::saturated(lowest), T::saturated(highest));
        let above = held_lowest.into() - lowest;
        let base = if item.reversed { highest - lowest - above } else { above };
        Self {
            lowest: held_lowest,
            width: held_highest.distance_from(held_lowest),
            base: u16::try_from(base).unwrap_or(0),
            sign: if item.reversed { u16::MAX } else { 1 },
            none_held: u8::from(above < 0 || held_highest.into() > highest),
        }
    }

    /// What a code adds to the offset, and 1 where it is outside the item's range.
    fn place(&self, code: T) -> (u16, u8) {
        let distance = code.distance_from(self.lowest);
        let outside = u8::from(distance > self.width) | self.none_held;
        let added = self.base.wrapping_add(T::low_bits(distance).wrapping_mul(self.sign));
        (added, outside)
    }
}

/// An integer type that answer codes come in.
trait Code: Copy + PartialEq + Into<i64> + TryFrom<i64> {
    /// The unsigned type of the same width, in which every code outside a range is a large distance.
    type Distance: Copy + PartialOrd;

    /// The nearest value the type holds.
    fn saturated(value: i64) -> Self;
    fn distance_from(self, lowest: Self) -> Self::Distance;
    /// A distance within an item's range fits 16 bits; the rest are out of range and never used.
    fn low_bits(distance: Self::Distance) -> u16;
}

macro_rules! code {
    ($code:ty, $distance:ty, $unsigned:expr, $low_bits:expr) => {
        impl Code for $code {
            type Distance = $distance;

            fn saturated(value: i64) -> Self {
                let end = if value < 0 { Self::MIN } else { Self::MAX };
                Self::try_from(value).unwrap_or(end)
            }

            fn distance_from(self, lowest: Self) -> $distance {
                $unsigned(self.wrapping_sub(lowest))
            }

            #[inline]
            fn low_bits(distance: $distance) -> u16 {
                $low_bits(distance)
            }
        }
    };
}

code!(i8, u8, i8::cast_unsigned, u16::from);
code!(u8, u8, core::convert::identity, u16::from);
code!(i16, u16, i16::cast_unsigned, core::convert::identity);
code!(i32, u32, i32::cast_unsigned, low_16_bits);
code!(i64, u64, i64::cast_unsigned, low_16_bits);

#[expect(clippy::cast_possible_truncation, reason = "the low bits are what is asked for")]
fn low_16_bits(distance: impl Into<u64>) -> u16 {
    distance.into() as u16
}
