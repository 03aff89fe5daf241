//! The batch kernel: a block of rows at a time.
//!
//! A block stays in the first-level cache. Each column adds its offset from the item's lowest code to
//! the block's sums and marks codes outside the range, in loops that compilers turn into vector
//! instructions; then one look-up or multiplication a row gives the points.

use super::Unscored;
use super::columns::{AnswerColumn, Codes, Validity};
use super::row::Tally;
use crate::instrument::{Measure, MeasureItem, Points, Scoring};

const BLOCK: usize = 1024;

/// How many rows are passed over at once while looking for those in trouble.
const GROUP: usize = 16;

/// Running totals of a block of rows, laid out so that no vector straddles two cache lines.
#[repr(C, align(64))]
struct Block<S> {
    /// How far the answered items lie above their lowest codes (or below their highest if reversed).
    offsets: [S; BLOCK],
    /// Above 0 where a code is outside its item's range.
    out_of_range: [u8; BLOCK],
    blank: [u8; BLOCK],
    not_applicable: [u8; BLOCK],
    /// Which rows of the current column count.
    answered: [u8; BLOCK],
}

impl Measure {
    pub(super) fn add_up<S: Sum>(
        &self,
        columns: &[AnswerColumn<'_>],
        points: &mut [Points],
        outcomes: &mut [Option<Unscored>],
    ) {
        let lanes: Vec<Box<dyn Lane<S> + '_>> = self
            .items()
            .iter()
            .filter_map(|item| Some(lane(columns.get(item.position)?, item)))
            .collect();
        let complete = self.complete_scoring();
        let mut block = Block::<S>::new();
        let mut start = 0;
        for (points, outcomes) in points.chunks_mut(BLOCK).zip(outcomes.chunks_mut(BLOCK)) {
            block.clear();
            for lane in &lanes {
                lane.add_to(&mut block, start);
            }
            self.finish(&block, &complete, points, outcomes);
            start += BLOCK;
        }
    }

    fn complete_scoring(&self) -> Complete<'_> {
        let lowest_raw = self.items().iter().map(|item| item.lowest).sum();
        match &self.scoring {
            Scoring::Linear { factors } => {
                Complete::Linear { lowest_raw, factor: factors.last().copied().unwrap_or(0) }
            }
            Scoring::Table { points, .. } if points.len() <= 256 => {
                let mut table = [Points(0); 256];
                for (row, points) in table.iter_mut().zip(points.iter()) {
                    *row = *points;
                }
                Complete::ShortTable(Box::new(table))
            }
            Scoring::Table { points, .. } => Complete::Table(points),
        }
    }

    fn finish<S: Sum>(
        &self,
        block: &Block<S>,
        complete: &Complete<'_>,
        points: &mut [Points],
        outcomes: &mut [Option<Unscored>],
    ) {
        match complete {
            Complete::Linear { lowest_raw, factor } => {
                for (points, offset) in points.iter_mut().zip(&block.offsets) {
                    *points =
                        Points((lowest_raw + i32::from((*offset).into())).wrapping_mul(*factor));
                }
            }
            Complete::ShortTable(table) => {
                for (points, offset) in points.iter_mut().zip(&block.offsets) {
                    *points =
                        table.get(usize::from(offset.low_byte())).copied().unwrap_or(Points(0));
                }
            }
            Complete::Table(table) => {
                for (points, offset) in points.iter_mut().zip(&block.offsets) {
                    *points =
                        table.get(usize::from((*offset).into())).copied().unwrap_or(Points(0));
                }
            }
        }
        outcomes.fill(None);
        let rows = points.chunks_mut(GROUP).zip(outcomes.chunks_mut(GROUP));
        let groups = (0..).step_by(GROUP).zip(block.groups_in_trouble());
        for ((first, in_trouble), (points, outcomes)) in groups.zip(rows) {
            if in_trouble {
                self.settle(block, first, points, outcomes);
            }
        }
    }

    /// Gives those rows of a group that are not complete their points by the missing rule, or the
    /// reason why they have none.
    fn settle<S: Sum>(
        &self,
        block: &Block<S>,
        first: usize,
        points: &mut [Points],
        outcomes: &mut [Option<Unscored>],
    ) {
        for (row, (points, outcome)) in (first..).zip(points.iter_mut().zip(outcomes)) {
            if block.in_trouble(row) {
                let result = self.points_of(self.tally_of(block, row));
                (*points, *outcome) = (result.unwrap_or(Points(0)), result.err());
            }
        }
    }

    fn tally_of<S: Sum>(&self, block: &Block<S>, row: usize) -> Tally {
        let of = |counts: &[u8; BLOCK]| counts.get(row).copied().map_or(0, usize::from);
        let (blank, not_applicable) = (of(&block.blank), of(&block.not_applicable));
        let answered = self.items().len().saturating_sub(blank + not_applicable);
        // A row that scores although items are absent has items of one range only.
        let lowest_raw: i32 = self.items().iter().take(answered).map(|item| item.lowest).sum();
        let offset: u16 = block.offsets.get(row).copied().unwrap_or_default().into();
        Tally {
            raw: lowest_raw + i32::from(offset),
            answered,
            blank,
            not_applicable,
            out_of_range: of(&block.out_of_range),
        }
    }
}

/// How a complete row's offset becomes points.
enum Complete<'a> {
    Linear {
        lowest_raw: i32,
        factor: i32,
    },
    /// With as many rows as a byte has values, a look-up needs no bounds check.
    ShortTable(Box<[Points; 256]>),
    Table(&'a [Points]),
}

impl<S: Sum> Block<S> {
    fn new() -> Self {
        Self {
            offsets: [S::default(); BLOCK],
            out_of_range: [0; BLOCK],
            blank: [0; BLOCK],
            not_applicable: [0; BLOCK],
            answered: [0; BLOCK],
        }
    }

    fn clear(&mut self) {
        self.offsets.fill(S::default());
        for counts in [&mut self.out_of_range, &mut self.blank, &mut self.not_applicable] {
            counts.fill(0);
        }
    }

    /// Counts the rows of a column that are blank or not applicable, and marks the others.
    fn mark_absent<T: Code>(
        &mut self,
        codes: &[T; BLOCK],
        validity: &Validity<'_>,
        marker: Option<T>,
        start: usize,
    ) {
        validity.write(start, &mut self.answered);
        for (blank, answered) in self.blank.iter_mut().zip(&self.answered) {
            *blank += 1 - answered;
        }
        if let Some(marker) = marker {
            let counts = self.answered.iter_mut().zip(&mut self.not_applicable);
            for (code, (answered, not_applicable)) in codes.iter().zip(counts) {
                let marked = u8::from(*code == marker) & *answered;
                *not_applicable += marked;
                *answered -= marked;
            }
        }
    }

    fn in_trouble(&self, row: usize) -> bool {
        let any = |counts: &[u8; BLOCK]| counts.get(row).is_some_and(|count| *count > 0);
        any(&self.out_of_range) || any(&self.blank) || any(&self.not_applicable)
    }

    /// Whether any row of a group has a code out of range or an item absent, for each group.
    fn groups_in_trouble(&self) -> impl Iterator<Item = bool> {
        fn bits(counts: &[u8; BLOCK]) -> impl Iterator<Item = u128> {
            counts.as_chunks().0.iter().map(|group: &[u8; GROUP]| u128::from_ne_bytes(*group))
        }
        let absent = bits(&self.blank).zip(bits(&self.not_applicable)).map(|(a, b)| a | b);
        bits(&self.out_of_range).zip(absent).map(|(outside, absent)| outside | absent != 0)
    }
}

/// One item's column, ready to be added to block after block.
trait Lane<S> {
    fn add_to(&self, block: &mut Block<S>, start: usize);
}

fn lane<'a, S: Sum>(column: &AnswerColumn<'a>, item: &MeasureItem) -> Box<dyn Lane<S> + 'a> {
    match column.codes {
        Codes::I8(codes) => Box::new(CodeLane::new(codes, column, item)),
        Codes::U8(codes) => Box::new(CodeLane::new(codes, column, item)),
        Codes::I16(codes) => Box::new(CodeLane::new(codes, column, item)),
        Codes::I32(codes) => Box::new(CodeLane::new(codes, column, item)),
        Codes::I64(codes) => Box::new(CodeLane::new(codes, column, item)),
    }
}

struct CodeLane<'a, T: Code> {
    codes: &'a [T],
    validity: Validity<'a>,
    not_applicable: Option<T>,
    /// The item's codes, as far as the type holds them.
    lowest: T,
    highest: T,
    width: T::Distance,
    /// What the nearest code the type holds adds to the offset: 0 unless the type cuts the range.
    base: u16,
    /// 1 where the type holds none of the item's codes.
    none_held: u8,
    reversed: bool,
}

impl<'a, T: Code> CodeLane<'a, T> {
    fn new(codes: &'a [T], column: &AnswerColumn<'a>, item: &MeasureItem) -> Self {
        let limits = (i64::from(item.lowest), i64::from(item.highest));
        let (lowest, highest) = (T::saturated(limits.0), T::saturated(limits.1));
        let (below, above) = (lowest.into() - limits.0, limits.1 - highest.into());
        let base = if item.reversed { above } else { below };
        Self {
            codes,
            validity: column.validity,
            not_applicable: column.not_applicable.and_then(|code| T::try_from(code).ok()),
            lowest,
            highest,
            width: highest.distance_from(lowest),
            base: u16::try_from(base).unwrap_or(0),
            none_held: u8::from(below < 0 || above < 0),
            reversed: item.reversed,
        }
    }

    /// What a code adds to the offset, and a number above 0 where it is outside the item's range.
    fn place<const REVERSED: bool>(&self, code: T) -> (u16, u8) {
        let distance = if REVERSED {
            self.highest.distance_from(code)
        } else {
            code.distance_from(self.lowest)
        };
        (T::low_bits(distance), T::excess(distance, self.width))
    }

    fn add_rows<S: Sum, const REVERSED: bool>(&self, block: &mut Block<S>, codes: &[T; BLOCK]) {
        let sums = block.offsets.iter_mut().zip(&mut block.out_of_range);
        for (code, (offset, out_of_range)) in codes.iter().zip(sums) {
            let (added, outside) = self.place::<REVERSED>(*code);
            *offset = offset.plus(S::low_bits(added));
            *out_of_range |= outside;
        }
    }

    fn add_answered_rows<S: Sum, const REVERSED: bool>(
        &self,
        block: &mut Block<S>,
        codes: &[T; BLOCK],
    ) {
        let sums = block.offsets.iter_mut().zip(&mut block.out_of_range);
        for ((code, answered), (offset, out_of_range)) in
            codes.iter().zip(&block.answered).zip(sums)
        {
            let (added, outside) = self.place::<REVERSED>(*code);
            // All bits or none: vectors of bytes have no multiplication.
            let mask = 0_u8.wrapping_sub(*answered);
            let added = added.wrapping_add(self.base) & u16::from_ne_bytes([mask; 2]);
            *offset = offset.plus(S::low_bits(added));
            *out_of_range |= (outside | self.none_held) & mask;
        }
    }
}

impl<S: Sum, T: Code> Lane<S> for CodeLane<'_, T> {
    fn add_to(&self, block: &mut Block<S>, start: usize) {
        let mut padded = [T::saturated(0); BLOCK];
        let codes = block_of(self.codes, start, &mut padded);
        let whole = self.base == 0 && self.none_held == 0 && self.not_applicable.is_none();
        if whole && matches!(self.validity, Validity::All) {
            if self.reversed {
                self.add_rows::<S, true>(block, codes);
            } else {
                self.add_rows::<S, false>(block, codes);
            }
            return;
        }
        block.mark_absent(codes, &self.validity, self.not_applicable, start);
        if self.reversed {
            self.add_answered_rows::<S, true>(block, codes);
        } else {
            self.add_answered_rows::<S, false>(block, codes);
        }
    }
}

/// A block's codes with its length in the type, on which the loops over it vectorise; the last block
/// is filled up with codes that no row stands for.
fn block_of<'a, T: Code>(
    codes: &'a [T],
    start: usize,
    padded: &'a mut [T; BLOCK],
) -> &'a [T; BLOCK] {
    let rest = codes.get(start..).unwrap_or_default();
    if let Some(block) = rest.first_chunk() {
        return block;
    }
    for (padded, code) in padded.iter_mut().zip(rest) {
        *padded = *code;
    }
    padded
}

/// The narrowest type that holds every sum of a measure's offsets: twice as many fit a vector.
pub(super) trait Sum: Copy + Default + Into<u16> {
    fn low_bits(value: u16) -> Self;
    fn plus(self, other: Self) -> Self;
    fn low_byte(self) -> u8;
}

impl Sum for u8 {
    fn low_bits(value: u16) -> Self {
        value.to_le_bytes()[0]
    }

    fn plus(self, other: Self) -> Self {
        self.wrapping_add(other)
    }

    fn low_byte(self) -> u8 {
        self
    }
}

impl Sum for u16 {
    fn low_bits(value: u16) -> Self {
        value
    }

    fn plus(self, other: Self) -> Self {
        self.wrapping_add(other)
    }

    fn low_byte(self) -> u8 {
        self.to_le_bytes()[0]
    }
}

/// An integer type that answer codes come in.
trait Code: Copy + PartialEq + Into<i64> + TryFrom<i64> {
    /// The unsigned type of the same width, in which every code outside a range is a large distance.
    type Distance: Copy + PartialOrd;

    /// The nearest value the type holds.
    fn saturated(value: i64) -> Self;
    fn distance_from(self, lowest: Self) -> Self::Distance;
    /// Above 0 where a distance is wider than the width.
    fn excess(distance: Self::Distance, width: Self::Distance) -> u8;
    /// A distance within an item's range fits 16 bits; the rest are out of range and never used.
    fn low_bits(distance: Self::Distance) -> u16;
}

macro_rules! code {
    ($code:ty, $distance:ty, $unsigned:expr, $excess:expr, $low_bits:expr) => {
        impl Code for $code {
            type Distance = $distance;

            fn saturated(value: i64) -> Self {
                let end = if value < 0 { Self::MIN } else { Self::MAX };
                Self::try_from(value).unwrap_or(end)
            }

            fn distance_from(self, lowest: Self) -> $distance {
                $unsigned(self.wrapping_sub(lowest))
            }

            fn excess(distance: $distance, width: $distance) -> u8 {
                $excess(distance, width)
            }

            #[inline]
            fn low_bits(distance: $distance) -> u16 {
                $low_bits(distance)
            }
        }
    };
}

// Vectors of bytes have a subtraction that stops at 0, but no comparison of unsigned numbers.
code!(i8, u8, i8::cast_unsigned, u8::saturating_sub, u16::from);
code!(u8, u8, core::convert::identity, u8::saturating_sub, u16::from);
code!(i16, u16, i16::cast_unsigned, is_above, core::convert::identity);
code!(i32, u32, i32::cast_unsigned, is_above, low_16_bits);
code!(i64, u64, i64::cast_unsigned, is_above, low_16_bits);

fn is_above<T: PartialOrd + Copy>(distance: T, width: T) -> u8 {
    u8::from(distance > width)
}

#[expect(clippy::cast_possible_truncation, reason = "the low bits are what is asked for")]
fn low_16_bits(distance: impl Into<u64>) -> u16 {
    distance.into() as u16
}
