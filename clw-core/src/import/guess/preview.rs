//! The headings and the first rows of a table, before any mapping is at hand.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;

use super::super::ImportError;
use super::super::block::{BlockReader, record_ends};
use super::super::problem::shortened;
use super::super::record::{Split, Splitter};
use super::super::row::trimmed;
#[cfg(feature = "xlsx")]
use super::super::{Workbook, dates::DateFormat};

/// How many rows are looked at.
const ROWS: usize = 500;
/// How many bytes are read for them.
const BYTES: usize = 1 << 19;

/// In how many rows the headings are looked for.
const TITLE_ROWS: usize = 20;

/// How evenly a mark parts the first rows: how many in a thousand have the number of cells that most have,
/// and that number. Commas in a title, in a text or in decimals do so less than what parts the cells.
fn evenness(delimiter: u8, csv: &[u8]) -> (usize, usize) {
    let (mut start, mut rows, mut by_width) = (0, 0, BTreeMap::<usize, usize>::new());
    for end in record_ends(csv, delimiter).take(ROWS) {
        let record = csv.get(start..end).unwrap_or_default();
        start = end;
        Splitter::new(delimiter).split(record, |split| match split {
            Split::Record { cells, .. } if !record.trim_ascii().is_empty() => {
                rows += 1;
                *by_width.entry(cells.len()).or_default() += 1;
            }
            _ => {}
        });
    }
    let most = by_width.iter().max_by_key(|(width, rows)| (**rows, **width));
    match most {
        Some((width, alike)) if *width > 1 => (alike * 1000 / rows, *width),
        _ => (0, 0),
    }
}

/// The row of the headings, where a title or nothing stands above them.
fn row_of_headings(delimiter: u8, csv: &[u8]) -> Option<u32> {
    let csv = csv.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(csv);
    let (mut start, mut widths) = (0, Vec::new());
    for (row, end) in (1_u32..).zip(record_ends(csv, delimiter)).take(TITLE_ROWS) {
        let record = csv.get(start..end).unwrap_or_default();
        start = end;
        Splitter::new(delimiter).split(record, |split| {
            let Split::Record { cells, .. } = split else { return };
            let filled: Vec<&[u8]> =
                cells.iter().map(trimmed).filter(|cell| !cell.is_empty()).collect();
            let different: BTreeSet<&[u8]> = filled.iter().copied().collect();
            let texts = different.len() == filled.len()
                && filled.iter().all(|cell| cell.iter().any(u8::is_ascii_alphabetic));
            widths.push((row, filled.len(), texts));
        });
    }
    let widest = widths.iter().map(|(_, width, _)| *width).max()?;
    let (_, first, _) = *widths.first()?;
    // A title, a date or a name: fewer cells than half of the table.
    if widest < 3 || 2 * first >= widest {
        return None;
    }
    let headings = widths.iter().find(|(_, width, texts)| *texts && 4 * width >= 3 * widest);
    headings.map(|(row, ..)| *row)
}

/// The beginning of a table: its headings and some of its rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Preview {
    /// The file.
    pub file: String,
    /// The sheet, where the file is a workbook.
    pub sheet: Option<String>,
    /// What parts the cells of a CSV file.
    pub delimiter: u8,
    /// The row of the headings, from 1, where something that is none stands above them.
    pub heading_row: Option<u32>,
    /// The headings, without outer spaces.
    pub headings: Vec<String>,
    /// The first rows, as many cells in each as there are headings.
    pub rows: Vec<Vec<String>>,
}

impl Preview {
    /// The beginning of a CSV file. It is taken to be parted by what parts most of its rows into equally
    /// many cells: a comma, a semicolon, a tab or a bar.
    ///
    /// # Errors
    ///
    /// [`ImportError`] if the file cannot be read, is empty, its headings are not UTF-8, or they do not
    /// end within 512 KiB.
    pub fn csv(file: &str, csv: impl Read) -> Result<Self, ImportError> {
        Self::csv_from(file, None, csv)
    }

    /// As [`Preview::csv`], with the headings in this row, from 1. Without one they are taken to be in
    /// the first row of which most cells are filled, all with different texts, where a title stands
    /// above them.
    ///
    /// # Errors
    ///
    /// As [`Preview::csv`].
    pub fn csv_from(
        file: &str,
        heading_row: Option<u32>,
        csv: impl Read,
    ) -> Result<Self, ImportError> {
        let mut bytes = Vec::new();
        let limit = u64::try_from(BYTES).unwrap_or(u64::MAX);
        csv.take(limit).read_to_end(&mut bytes).map_err(|error| ImportError::Unreadable {
            file: file.to_owned(),
            reason: error.to_string(),
        })?;
        if bytes.len() == BYTES {
            // What was cut off in the middle is not looked at; of headings nothing else would be left.
            let end = memchr::memrchr2(b'\n', b'\r', &bytes);
            let end = end.ok_or_else(|| ImportError::RecordTooLong {
                file: file.to_owned(),
                beginning: shortened(&bytes),
                limit: BYTES,
            })?;
            bytes.truncate(end + 1);
        }
        if !bytes.ends_with(b"\n") {
            bytes.push(b'\n');
        }
        // The first of those that come out alike.
        let fits = |delimiter: &&u8| evenness(**delimiter, &bytes);
        let most = b",;\t|".iter().rev().max_by_key(fits);
        Self::read(file, None, (most.copied().unwrap_or(b','), heading_row), &bytes)
    }

    /// The beginnings of the sheets of a workbook; those without a cell are left out.
    ///
    /// # Errors
    ///
    /// [`ImportError::Workbook`] if a sheet cannot be read.
    #[cfg(feature = "xlsx")]
    pub fn workbook(workbook: &mut Workbook<'_>) -> Result<Vec<Self>, ImportError> {
        Self::workbook_from(&|_| None, workbook)
    }

    /// As [`Preview::workbook`], with the headings of a sheet in the row that `heading_row` gives for
    /// its name, if it gives one.
    ///
    /// # Errors
    ///
    /// As [`Preview::workbook`].
    #[cfg(feature = "xlsx")]
    pub fn workbook_from(
        heading_row: &dyn Fn(&str) -> Option<u32>,
        workbook: &mut Workbook<'_>,
    ) -> Result<Vec<Self>, ImportError> {
        let sheets: Vec<String> = workbook.sheets().map(str::to_owned).collect();
        let file = workbook.file().to_owned();
        let mut previews = Vec::new();
        for sheet in sheets {
            let csv = workbook.csv(&sheet, b',', DateFormat::Iso).map_err(ImportError::Workbook)?;
            if !csv.is_empty() {
                let from = (b',', heading_row(&sheet));
                previews.push(Self::read(&file, Some(sheet), from, &csv)?);
            }
        }
        Ok(previews)
    }

    fn read(
        file: &str,
        sheet: Option<String>,
        (delimiter, heading_row): (u8, Option<u32>),
        csv: &[u8],
    ) -> Result<Self, ImportError> {
        let heading_row = heading_row.or_else(|| row_of_headings(delimiter, csv));
        let mut reader = BlockReader::new(file, Box::new(csv), delimiter, csv.len() + 1);
        let (headings, _) = reader.headings(heading_row)?;
        let headings: Vec<String> = headings.iter().map(|text| text.trim().to_owned()).collect();
        let (mut block, mut rows) = (Vec::new(), Vec::new());
        reader.next(&mut block)?;
        Splitter::new(delimiter).split(&block, |split| {
            if let (Split::Record { cells, .. }, true) = (split, rows.len() < ROWS) {
                let text = |cell| String::from_utf8_lossy(trimmed(cell)).into_owned();
                let mut row: Vec<String> = cells.iter().map(text).collect();
                row.resize(headings.len(), String::new());
                rows.push(row);
            }
        });
        Ok(Self { file: file.to_owned(), sheet, delimiter, heading_row, headings, rows })
    }

    /// The cells of a column that hold something, in order.
    pub(super) fn values(&self, column: usize) -> impl Iterator<Item = &str> {
        let cells = self.rows.iter().filter_map(move |row| row.get(column));
        cells.map(String::as_str).filter(|cell| !super::values::is_absent(cell))
    }
}
