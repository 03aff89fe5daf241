//! The headings and the first rows of a table, before any mapping is at hand.

use std::io::Read;

use super::super::ImportError;
use super::super::block::BlockReader;
use super::super::record::{Split, Splitter};
use super::super::row::trimmed;
#[cfg(feature = "xlsx")]
use super::super::{Workbook, dates::DateFormat};

/// How many rows are looked at.
const ROWS: usize = 500;
/// How many bytes are read for them.
const BYTES: usize = 1 << 19;

/// The beginning of a table: its headings and some of its rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Preview {
    /// The file.
    pub file: String,
    /// The sheet, where the file is a workbook.
    pub sheet: Option<String>,
    /// What parts the cells of a CSV file.
    pub delimiter: u8,
    /// The headings, without outer spaces.
    pub headings: Vec<String>,
    /// The first rows, as many cells in each as there are headings.
    pub rows: Vec<Vec<String>>,
}

impl Preview {
    /// The beginning of a CSV file. It is taken to be parted by what parts its headings most often: a
    /// comma, a semicolon, a tab or a bar.
    ///
    /// # Errors
    ///
    /// [`ImportError`] if the file cannot be read, is empty, or its headings are not UTF-8.
    pub fn csv(file: &str, csv: impl Read) -> Result<Self, ImportError> {
        let mut bytes = Vec::new();
        let limit = u64::try_from(BYTES).unwrap_or(u64::MAX);
        csv.take(limit).read_to_end(&mut bytes).map_err(|error| ImportError::Unreadable {
            file: file.to_owned(),
            reason: error.to_string(),
        })?;
        if bytes.len() == BYTES {
            // What was cut off in the middle is not looked at.
            let end = memchr::memrchr(b'\n', &bytes).map_or(bytes.len(), |end| end + 1);
            bytes.truncate(end);
        }
        let mark = bytes.iter().position(|byte| b"\r\n".contains(byte)).unwrap_or(bytes.len());
        let first = bytes.get(..mark).unwrap_or_default();
        let count = |delimiter: &u8| first.iter().filter(|byte| *byte == delimiter).count();
        let most = b",;\t|".iter().rev().max_by_key(|delimiter| count(delimiter));
        Self::read(file, None, most.copied().unwrap_or(b','), &bytes)
    }

    /// The beginnings of the sheets of a workbook; those without a cell are left out.
    ///
    /// # Errors
    ///
    /// [`ImportError::Workbook`] if a sheet cannot be read.
    #[cfg(feature = "xlsx")]
    pub fn workbook(workbook: &mut Workbook<'_>) -> Result<Vec<Self>, ImportError> {
        let sheets: Vec<String> = workbook.sheets().map(str::to_owned).collect();
        let file = workbook.file().to_owned();
        let mut previews = Vec::new();
        for sheet in sheets {
            let csv = workbook.csv(&sheet, b',', DateFormat::Iso).map_err(ImportError::Workbook)?;
            if !csv.is_empty() {
                previews.push(Self::read(&file, Some(sheet), b',', &csv)?);
            }
        }
        Ok(previews)
    }

    fn read(
        file: &str,
        sheet: Option<String>,
        delimiter: u8,
        csv: &[u8],
    ) -> Result<Self, ImportError> {
        let mut reader = BlockReader::new(file, Box::new(csv), delimiter, csv.len() + 1);
        let (headings, _) = reader.headings()?;
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
        Ok(Self { file: file.to_owned(), sheet, delimiter, headings, rows })
    }

    /// The cells of a column that hold something, in order.
    pub(super) fn values(&self, column: usize) -> impl Iterator<Item = &str> {
        let cells = self.rows.iter().filter_map(move |row| row.get(column));
        cells.map(String::as_str).filter(|cell| !super::values::is_absent(cell))
    }
}
