//! Blocks into records, and records into the compact form in which they wait for their person.

use memchr::{memchr, memchr2_iter};

use super::block::swallows_lines;

/// What a block is made of.
pub(super) enum Split<'a> {
    /// One record.
    Record {
        /// The line of the block that the record begins on, from 0.
        line: u32,
        /// Its cells.
        cells: Cells<'a>,
    },
    /// A quoted cell that goes on beyond its end, to the end of the file or to the next quote.
    Unclosed {
        /// The line of the block that the record begins on, from 0.
        line: u32,
        /// How many lines it has.
        lines: u32,
    },
}

/// The cells of one record, without their quotes.
#[derive(Clone, Copy)]
pub(super) struct Cells<'a> {
    bytes: &'a [u8],
    /// Where each cell ends in `bytes`.
    ends: &'a [usize],
    /// How many bytes lie between two cells: one where `bytes` is the record as it stands.
    gap: usize,
}

impl<'a> Cells<'a> {
    /// Cells with one byte between each two, of no meaning.
    pub(super) const fn with_gaps(bytes: &'a [u8], ends: &'a [usize]) -> Self {
        Self { bytes, ends, gap: 1 }
    }

    pub(super) const fn len(self) -> usize {
        self.ends.len()
    }

    /// How many bytes the record has, about.
    pub(super) const fn bytes(self) -> usize {
        self.bytes.len()
    }

    pub(super) fn get(self, place: usize) -> Option<&'a [u8]> {
        let start = match place.checked_sub(1) {
            Some(before) => self.ends.get(before)? + self.gap,
            None => 0,
        };
        self.bytes.get(start..*self.ends.get(place)?)
    }

    pub(super) fn iter(self) -> impl Iterator<Item = &'a [u8]> {
        let mut start = 0;
        self.ends.iter().map(move |end| {
            let cell = self.bytes.get(start..*end).unwrap_or_default();
            start = end + self.gap;
            cell
        })
    }

    /// Whether the record can be packed as it stands, and how many bytes that takes.
    pub(super) fn packs_as_is(self) -> Option<usize> {
        (self.gap == 1 && self.bytes.len() < 255).then_some(1 + self.bytes.len())
    }

    /// Packs a short record as it stands: each separator becomes the length of the next cell.
    pub(super) fn pack_as_is(self, packed: &mut Vec<u8>) {
        let mut before = packed.len();
        let first = before + 1;
        packed.push(0);
        packed.extend_from_slice(self.bytes);
        for end in self.ends {
            let end = first + end;
            if let Some(slot) = packed.get_mut(before) {
                *slot = u8::try_from(end - before - 1).unwrap_or(u8::MAX);
            }
            before = end;
        }
    }

    /// Packs the cells one behind the other, each behind its length; those not mapped are left empty.
    pub(super) fn pack(self, mapped: &[bool], packed: &mut Vec<u8>) {
        for (place, cell) in self.iter().enumerate() {
            let cell = if mapped.get(place) == Some(&true) { cell } else { &[] };
            pack_cell(cell, packed);
        }
    }
}

/// Adds one packed cell. Its length is one byte, or 255 and four bytes.
pub(super) fn pack_cell(cell: &[u8], packed: &mut Vec<u8>) {
    match u8::try_from(cell.len()) {
        Ok(length) if length < u8::MAX => packed.push(length),
        _ => {
            packed.push(u8::MAX);
            let length = u32::try_from(cell.len()).unwrap_or(u32::MAX);
            packed.extend_from_slice(&length.to_le_bytes());
        }
    }
    packed.extend_from_slice(cell);
}

/// How many bytes a packed cell has.
pub(super) const fn cell_length(cell: &[u8]) -> usize {
    cell.len() + if cell.len() < 255 { 1 } else { 5 }
}

/// Reads packed cells back.
pub(super) fn unpack(mut packed: &[u8]) -> impl Iterator<Item = &[u8]> {
    core::iter::from_fn(move || unpack_cell(&mut packed))
}

/// Takes the first packed cell.
#[inline]
pub(super) fn unpack_cell<'p>(packed: &mut &'p [u8]) -> Option<&'p [u8]> {
    let (length, rest) = packed.split_first()?;
    let (length, rest) = if *length == u8::MAX {
        let (length, rest) = rest.split_first_chunk::<4>()?;
        (usize::try_from(u32::from_le_bytes(*length)).ok()?, rest)
    } else {
        (usize::from(*length), rest)
    };
    let (cell, rest) = rest.split_at_checked(length)?;
    *packed = rest;
    Some(cell)
}

/// Splits blocks; its buffers serve all blocks of a worker.
pub(super) struct Splitter {
    delimiter: u8,
    ends: Vec<usize>,
    unquoted: Vec<u8>,
}

impl Splitter {
    pub(super) const fn new(delimiter: u8) -> Self {
        Self { delimiter, ends: Vec::new(), unquoted: Vec::new() }
    }

    /// Gives each record of a block that ends with a line end, and says how many lines it has.
    ///
    /// Blank lines are no records.
    pub(super) fn split(&mut self, block: &[u8], each: impl FnMut(Split<'_>)) -> u32 {
        if memchr(b'"', block).is_some() {
            self.split_quoted(block, each)
        } else {
            self.split_plain(block, each)
        }
    }

    /// A block without quotes needs no state but the last separator.
    fn split_plain(&mut self, block: &[u8], mut each: impl FnMut(Split<'_>)) -> u32 {
        let ends = &mut self.ends;
        ends.clear();
        let (mut start, mut line) = (0, 0);
        each_mark(block, self.delimiter, |at, byte| {
            if byte == self.delimiter {
                ends.push(at - start);
                return;
            }
            let blank = at == start;
            if !blank {
                ends.push(at - start);
                let bytes = block.get(start..at).unwrap_or_default();
                each(Split::Record { line, cells: Cells { bytes, ends, gap: 1 } });
                ends.clear();
            }
            start = at + 1;
            line += u32::from(!(byte == b'\n' && blank && follows_return(block, at)));
        });
        line
    }

    fn split_quoted(&mut self, block: &[u8], mut each: impl FnMut(Split<'_>)) -> u32 {
        let mut reader = csv_core::ReaderBuilder::new().delimiter(self.delimiter).build();
        self.unquoted.resize(block.len().max(self.unquoted.len()), 0);
        let (mut at, mut line) = (0, 0);
        loop {
            // The reader would skip line ends itself, but they count as lines.
            let skipped = at;
            while block.get(at).is_some_and(|byte| b"\r\n".contains(byte)) {
                at += 1;
            }
            line += lines(block, skipped, at);
            if at == block.len() {
                return line;
            }
            let (mut count, mut written, mut end) = (0, 0, at);
            let ended = loop {
                if self.ends.len() < count + 64 {
                    self.ends.resize(count + 64, 0);
                }
                let (result, read, wrote, ends) = reader.read_record(
                    block.get(end..).unwrap_or_default(),
                    self.unquoted.get_mut(written..).unwrap_or_default(),
                    self.ends.get_mut(count..).unwrap_or_default(),
                );
                end += read;
                written += wrote;
                count += ends;
                match result {
                    csv_core::ReadRecordResult::OutputEndsFull => {}
                    csv_core::ReadRecordResult::Record => break true,
                    _ => break false,
                }
            };
            let height = lines(block, at, end);
            let record = block.get(at..end).unwrap_or_default();
            if !ended || (height > 1 && swallows_lines(record, self.delimiter)) {
                each(Split::Unclosed { line, lines: height });
            } else {
                let bytes = self.unquoted.get(..written).unwrap_or_default();
                let ends = self.ends.get(..count).unwrap_or_default();
                each(Split::Record { line, cells: Cells { bytes, ends, gap: 0 } });
            }
            line += height;
            at = end;
        }
    }
}

/// Gives every separator and line end of a block, eight bytes at a time.
///
/// Cells are a few bytes long, too short for `memchr`, whose every call costs as much as ten bytes.
fn each_mark(block: &[u8], delimiter: u8, mut each: impl FnMut(usize, u8)) {
    let (words, rest) = block.as_chunks::<8>();
    let patterns = [delimiter, b'\n', b'\r'].map(|byte| u64::from_le_bytes([byte; 8]));
    for (number, word) in words.iter().enumerate() {
        let bytes = u64::from_le_bytes(*word);
        let mut marks = patterns.iter().fold(0, |marks, pattern| marks | zeros(bytes ^ pattern));
        while marks != 0 {
            let shift = marks.trailing_zeros() & !7;
            let [byte, ..] = (bytes >> shift).to_le_bytes();
            each(8 * number + usize::try_from(shift / 8).unwrap_or_default(), byte);
            marks &= marks - 1;
        }
    }
    for (at, byte) in (8 * words.len()..).zip(rest) {
        if *byte == delimiter || b"\r\n".contains(byte) {
            each(at, *byte);
        }
    }
}

/// The highest bit of every byte that is zero.
const fn zeros(bytes: u64) -> u64 {
    const LOW_BITS: u64 = u64::from_le_bytes([0x7F; 8]);
    !(((bytes & LOW_BITS) + LOW_BITS) | bytes | LOW_BITS)
}

/// How many lines end in this part of a block: at a carriage return, a line feed, or both.
pub(super) fn lines(block: &[u8], from: usize, to: usize) -> u32 {
    let part = block.get(from..to).unwrap_or_default();
    let ends = memchr2_iter(b'\r', b'\n', part)
        .filter(|at| part.get(*at) == Some(&b'\r') || !follows_return(block, from + at));
    u32::try_from(ends.count()).unwrap_or(u32::MAX)
}

fn follows_return(block: &[u8], at: usize) -> bool {
    at.checked_sub(1).and_then(|before| block.get(before)) == Some(&b'\r')
}
