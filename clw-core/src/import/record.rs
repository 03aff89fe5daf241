//! Blocks into records, and records into the compact form in which they wait for their person.

use memchr::{memchr, memchr2_iter};

/// What a block is made of.
pub(super) enum Split<'a> {
    /// One record.
    Record {
        /// The line of the block that the record begins on, from 0.
        line: u32,
        /// Its cells.
        cells: Cells<'a>,
    },
    /// The block, and so the file, ends inside a quoted cell.
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

    /// Writes the cells one behind the other, each behind its length; cells that are not mapped may
    /// be left empty.
    ///
    /// A length is one byte, or 255 and four bytes.
    pub(super) fn pack(self, mapped: &[bool], packed: &mut Vec<u8>) {
        packed.clear();
        if self.gap == 1 && self.bytes.len() < 255 {
            self.pack_short(packed);
            return;
        }
        for (place, cell) in self.iter().enumerate() {
            let cell = if mapped.get(place) == Some(&true) { cell } else { &[] };
            pack_cell(cell, packed);
        }
    }

    /// A short record as it stands, with each separator replaced by the length of the next cell.
    fn pack_short(self, packed: &mut Vec<u8>) {
        packed.push(0);
        packed.extend_from_slice(self.bytes);
        let mut before = 0;
        for end in self.ends {
            if let Some(slot) = packed.get_mut(before) {
                *slot = u8::try_from(end - before).unwrap_or(u8::MAX);
            }
            before = end + 1;
        }
    }
}

/// Adds one packed cell.
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

/// Reads packed cells back.
pub(super) fn unpack(mut packed: &[u8]) -> impl Iterator<Item = &[u8]> {
    core::iter::from_fn(move || {
        let (length, rest) = packed.split_first()?;
        let (length, rest) = if *length == u8::MAX {
            let (length, rest) = rest.split_first_chunk::<4>()?;
            (usize::try_from(u32::from_le_bytes(*length)).ok()?, rest)
        } else {
            (usize::from(*length), rest)
        };
        let (cell, rest) = rest.split_at_checked(length)?;
        packed = rest;
        Some(cell)
    })
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
        for (at, byte) in block.iter().enumerate() {
            if *byte == self.delimiter {
                ends.push(at - start);
            } else if *byte == b'\n' || *byte == b'\r' {
                let blank = at == start;
                if !blank || !ends.is_empty() {
                    ends.push(at - start);
                    let bytes = block.get(start..at).unwrap_or_default();
                    each(Split::Record { line, cells: Cells { bytes, ends, gap: 1 } });
                    ends.clear();
                }
                start = at + 1;
                line += u32::from(!(*byte == b'\n' && blank && follows_return(block, at)));
            }
        }
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
            if !ended {
                each(Split::Unclosed { line, lines: height });
                return line + height;
            }
            let bytes = self.unquoted.get(..written).unwrap_or_default();
            let ends = self.ends.get(..count).unwrap_or_default();
            each(Split::Record { line, cells: Cells { bytes, ends, gap: 0 } });
            line += height;
            at = end;
        }
    }
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
