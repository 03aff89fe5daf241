//! A file in blocks that end where a record ends, so that several workers can take one each.

use std::io::Read;

use memchr::{memchr, memchr2, memchr3, memrchr};

use super::ImportError;
use super::record::{Split, Splitter, lines};

/// The largest record that is read: beyond it a quote was most likely never closed.
const LONGEST_RECORD: usize = 64 << 20;

/// Hands out the blocks of one file.
pub(super) struct BlockReader<'r> {
    file: String,
    reader: Box<dyn Read + Send + 'r>,
    delimiter: u8,
    block_size: usize,
    /// The beginning of the next block: what was read beyond the end of a record.
    carry: Vec<u8>,
    blocks: u32,
    at_end: bool,
}

impl<'r> BlockReader<'r> {
    pub(super) fn new(
        file: &str,
        reader: Box<dyn Read + Send + 'r>,
        delimiter: u8,
        block_size: usize,
    ) -> Self {
        let carry = Vec::new();
        Self {
            file: file.to_owned(),
            reader,
            delimiter,
            block_size,
            carry,
            blocks: 0,
            at_end: false,
        }
    }

    /// Takes the headings off the file, with what stands above them: the record of this number from 1,
    /// or the first that holds anything. Says how many lines they have together.
    pub(super) fn headings(&mut self, row: Option<u32>) -> Result<(Vec<String>, u32), ImportError> {
        let (mut head, mut block) = (Vec::new(), Vec::new());
        let start = loop {
            self.fill(&mut block)?;
            head.extend_from_slice(&block);
            let mark = if head.starts_with(b"\xEF\xBB\xBF") { 3 } else { 0 };
            let body = head.get(mark..).unwrap_or_default();
            let start = match row.and_then(|row| usize::try_from(row).ok()?.checked_sub(2)) {
                Some(above) => record_ends(body, self.delimiter).nth(above),
                None if row.is_some() => Some(0),
                None => body.iter().position(|byte| !b"\r\n".contains(byte)),
            };
            if start.is_some() || block.is_empty() {
                break start.map_or(head.len(), |start| mark + start);
            }
        };
        let (blank, body) = head.split_at_checked(start).unwrap_or_default();
        let end = record_ends(body, self.delimiter).next().unwrap_or(body.len());
        let (first, rest) = body.split_at_checked(end).unwrap_or_default();
        let (mut headings, mut unclosed) = (None, false);
        Splitter::new(self.delimiter).split(first, |record| match record {
            Split::Record { cells, .. } => {
                // In UTF-16 without its mark every other byte is 0, and what is left may well be UTF-8.
                let text = |cell| {
                    let text = core::str::from_utf8(cell).ok()?;
                    (!text.contains('\0')).then(|| text.to_owned())
                };
                headings = cells.iter().map(text).collect();
            }
            Split::Unclosed { .. } => unclosed = true,
        });
        let file = || self.file.clone();
        if first.is_empty() {
            return Err(ImportError::EmptyFile { file: file() });
        }
        if unclosed {
            return Err(ImportError::HeadingsUnclosed {
                file: file(),
                beginning: beginning(first),
            });
        }
        let headings: Vec<String> =
            headings.ok_or_else(|| ImportError::HeadingsNotUtf8 { file: file() })?;
        let mut carry = rest.to_vec();
        carry.append(&mut self.carry);
        self.carry = carry;
        Ok((headings, lines(blank, 0, blank.len()) + lines(first, 0, first.len())))
    }

    /// Fills `block` with the next whole records, and gives its number; `None` at the end.
    pub(super) fn next(&mut self, block: &mut Vec<u8>) -> Result<Option<u32>, ImportError> {
        self.fill(block)?;
        if block.is_empty() {
            return Ok(None);
        }
        let number = self.blocks;
        let too_many = || ImportError::TooManyRecords { file: self.file.clone() };
        self.blocks = number.checked_add(1).ok_or_else(too_many)?;
        Ok(Some(number))
    }

    fn fill(&mut self, block: &mut Vec<u8>) -> Result<(), ImportError> {
        block.clear();
        block.append(&mut self.carry);
        let mut wanted = self.block_size.max(1);
        while !self.at_end {
            block.reserve(wanted + 64);
            let limit = u64::try_from(wanted).unwrap_or(u64::MAX);
            let read = self.reader.by_ref().take(limit).read_to_end(block).map_err(|error| {
                ImportError::Unreadable { file: self.file.clone(), reason: error.to_string() }
            })?;
            if read < wanted {
                self.at_end = true;
                // With a line end behind the last record, every record has one.
                if block.last().is_some_and(|byte| *byte != b'\n') {
                    block.push(b'\n');
                }
                break;
            }
            if let Some(end) = last_record_end(block, self.delimiter) {
                self.carry.extend_from_slice(block.get(end..).unwrap_or_default());
                block.truncate(end);
                break;
            }
            if block.len() >= LONGEST_RECORD {
                // No record ends in the block, so it begins with the one that is too long.
                return Err(ImportError::RecordTooLong {
                    file: self.file.clone(),
                    beginning: beginning(block),
                    limit: LONGEST_RECORD,
                });
            }
            wanted = block.len().min(LONGEST_RECORD - block.len());
        }
        Ok(())
    }
}

fn beginning(record: &[u8]) -> String {
    String::from_utf8_lossy(record.get(..40).unwrap_or(record)).into_owned()
}

/// Where the last whole record ends.
fn last_record_end(block: &[u8], delimiter: u8) -> Option<usize> {
    if memchr(b'"', block).is_some() {
        return record_ends(block, delimiter).last();
    }
    // A carriage return at the very end may be the first half of a line end.
    let body = block.get(..block.len().saturating_sub(1)).unwrap_or_default();
    memrchr(b'\n', block).or_else(|| memrchr(b'\r', body)).map(|at| at + 1)
}

/// Where records end in a block that begins with one.
///
/// As in `csv-core`: a quote counts only at the beginning of a cell, two quotes inside are one, and
/// a carriage return, a line feed or both end a record.
pub(super) fn record_ends(block: &[u8], delimiter: u8) -> impl Iterator<Item = usize> {
    let mut at = 0;
    core::iter::from_fn(move || {
        loop {
            if block.get(at) == Some(&b'"') {
                at = quoted_end(block, at + 1)?;
            }
            at += memchr3(delimiter, b'\n', b'\r', block.get(at..)?)?;
            let end = block.get(at).copied();
            at += 1;
            if end == Some(b'\r') {
                // Behind the last byte of a block may stand the other half of a line end.
                at += usize::from(*block.get(at)? == b'\n');
            }
            if end != Some(delimiter) {
                return Some(at);
            }
        }
    })
}

/// Whether text follows a quote that closes a cell of several lines. The quote was to open a cell
/// then, and one before it was never closed.
pub(super) fn swallows_lines(record: &[u8], delimiter: u8) -> bool {
    let mut at = 0;
    while let Some(first) = record.get(at) {
        if *first == b'"' {
            let Some(end) = quoted_end(record, at + 1) else { return false };
            let cell = record.get(at..end).unwrap_or_default();
            let behind = record.get(end..).unwrap_or_default().iter().find(|b| **b != b' ');
            let is_text = behind.is_some_and(|b| *b != delimiter && !b"\r\n".contains(b));
            if is_text && memchr2(b'\n', b'\r', cell).is_some() {
                return true;
            }
            at = end;
        }
        let Some(rest) = memchr(delimiter, record.get(at..).unwrap_or_default()) else {
            return false;
        };
        at += rest + 1;
    }
    false
}

/// The place behind the quote that closes a cell whose content begins at `at`.
fn quoted_end(block: &[u8], mut at: usize) -> Option<usize> {
    loop {
        at += memchr(b'"', block.get(at..)?)? + 1;
        if block.get(at) != Some(&b'"') {
            return Some(at);
        }
        at += 1;
    }
}
