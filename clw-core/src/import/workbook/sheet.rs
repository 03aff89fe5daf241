//! A sheet as the text of a CSV file, a line for each of its rows.

use quick_xml::events::{BytesStart, Event};

use super::DateFormat;
use super::cells::{Epoch, LAST_COLUMN, LAST_ROW, Shown, Texts, cell_place, number, on_one_line};
use super::package::{Fault, add_text, attribute};

/// What the cells of a sheet are read with.
pub(super) struct Reading<'a> {
    pub(super) texts: &'a Texts,
    pub(super) styles: &'a [Shown],
    pub(super) epoch: Epoch,
    pub(super) dates: DateFormat,
    pub(super) delimiter: u8,
    /// How many bytes the text may have.
    pub(super) limit: usize,
}

/// The rows of a sheet, one after the other.
pub(super) struct Rows<'a> {
    with: Reading<'a>,
    csv: Vec<u8>,
    /// How many columns there are: up to the last heading. Cells beyond have no heading, so nothing
    /// can be mapped to them.
    columns: Option<usize>,
    /// The row that is being read, and the last one that was written.
    row: u32,
    written: u32,
    column: usize,
    cells: Vec<String>,
    kind: Kind,
    style: usize,
    value: String,
    within_value: bool,
    phonetic: bool,
}

/// What the value of a cell is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Number,
    SharedText,
    Text,
    Flag,
    /// A date written out, as the strict form of the format allows.
    Date,
}

impl<'a> Rows<'a> {
    pub(super) const fn new(with: Reading<'a>) -> Self {
        Self {
            with,
            csv: Vec::new(),
            columns: None,
            row: 0,
            written: 0,
            column: 0,
            cells: Vec::new(),
            kind: Kind::Number,
            style: 0,
            value: String::new(),
            within_value: false,
            phonetic: false,
        }
    }

    /// The row that was being read last, from 1.
    pub(super) const fn row(&self) -> u32 {
        self.row
    }

    pub(super) fn into_csv(self) -> Vec<u8> {
        self.csv
    }

    /// Takes one piece of the sheet's XML.
    pub(super) fn take(&mut self, event: &Event<'_>) -> Result<(), Fault> {
        match event {
            Event::Start(tag) => match tag.local_name().as_ref() {
                "row" => self.begin_row(tag)?,
                "c" => self.begin_cell(tag)?,
                "rPh" => self.phonetic = true,
                "v" | "t" => self.within_value = !self.phonetic,
                _ => {}
            },
            Event::Empty(tag) => match tag.local_name().as_ref() {
                "row" => {
                    self.begin_row(tag)?;
                    self.end_row()?;
                }
                "c" => self.begin_cell(tag)?,
                _ => {}
            },
            Event::End(tag) => match tag.local_name().as_ref() {
                "row" => self.end_row()?,
                "c" => self.end_cell()?,
                "rPh" => self.phonetic = false,
                "v" | "t" => self.within_value = false,
                _ => {}
            },
            piece if self.within_value => add_text(piece, &mut self.value)?,
            _ => {}
        }
        Ok(())
    }

    fn begin_row(&mut self, tag: &BytesStart<'_>) -> Result<(), Fault> {
        let next = self.row + 1;
        let row = match attribute(tag, "r") {
            Some(row) => row.parse().unwrap_or(0),
            None => next,
        };
        if row < next || row > LAST_ROW {
            return Err(Fault::Damaged(format!("row {row} follows row {}", self.row)));
        }
        self.row = row;
        self.column = 0;
        self.cells.clear();
        Ok(())
    }

    fn begin_cell(&mut self, tag: &BytesStart<'_>) -> Result<(), Fault> {
        self.column = match attribute(tag, "r") {
            Some(name) => cell_place(&name)?.0,
            None => self.column + 1,
        };
        if self.column > LAST_COLUMN {
            return Err(Fault::damaged("it has a row with more cells than a sheet has columns"));
        }
        self.style = attribute(tag, "s").and_then(|style| style.parse().ok()).unwrap_or(0);
        self.kind = match attribute(tag, "t").as_deref() {
            None | Some("n") => Kind::Number,
            Some("s") => Kind::SharedText,
            Some("b") => Kind::Flag,
            Some("d") => Kind::Date,
            // Texts within the cell, results of formulas, and errors such as #N/A.
            Some(_) => Kind::Text,
        };
        self.value.clear();
        Ok(())
    }

    fn end_cell(&mut self) -> Result<(), Fault> {
        let beyond = self.columns.is_some_and(|columns| self.column > columns);
        if beyond || self.value.is_empty() {
            return Ok(());
        }
        let mut text = String::new();
        let value = self.value.as_str();
        match self.kind {
            Kind::Number => {
                let read = value.trim().parse().ok().filter(|value: &f64| value.is_finite());
                let number_of = |value| {
                    let shown = self.with.styles.get(self.style).copied();
                    let shown = shown.unwrap_or(Shown::Number);
                    number(value, shown, self.with.epoch, self.with.dates)
                };
                let wrong = || Fault::Damaged(format!("{value:?} is no number"));
                text = read.map(number_of).ok_or_else(wrong)?;
            }
            Kind::SharedText => {
                let place = value.trim().parse().ok();
                let found = place.and_then(|place| self.with.texts.get(place));
                let wrong = || Fault::Damaged(format!("it has no text {value}"));
                on_one_line(found.ok_or_else(wrong)?, &mut text);
            }
            Kind::Text => on_one_line(value, &mut text),
            Kind::Flag => text.push_str(if value.trim() == "1" { "TRUE" } else { "FALSE" }),
            Kind::Date => match DateFormat::Iso.read(value.trim().as_bytes()) {
                Some(day) => text = self.with.dates.write(day),
                None => on_one_line(value, &mut text),
            },
        }
        if self.cells.len() < self.column {
            self.cells.resize(self.column, String::new());
        }
        if let Some(cell) = self.cells.get_mut(self.column - 1) {
            *cell = text;
        }
        Ok(())
    }

    /// Writes the row, and before it a line for each row that holds nothing.
    fn end_row(&mut self) -> Result<(), Fault> {
        let last = self.cells.iter().rposition(|cell| !cell.trim().is_empty());
        let Some(last) = last else { return Ok(()) };
        let before = usize::try_from(self.row - self.written - 1).unwrap_or(usize::MAX);
        let (columns, blank) = match self.columns {
            Some(columns) => (columns, columns),
            // Empty lines stand above the headings without cells, and nothing is read from them.
            None => (*self.columns.insert(last + 1), 1),
        };
        if before.saturating_mul(blank) > self.with.limit {
            return Err(Fault::TooLarge);
        }
        for _ in 0..before {
            self.csv.resize(self.csv.len() + blank - 1, self.with.delimiter);
            self.csv.push(b'\n');
        }
        for column in 0..columns {
            if column > 0 {
                self.csv.push(self.with.delimiter);
            }
            write_cell(self.cells.get(column), self.with.delimiter, &mut self.csv);
        }
        self.csv.push(b'\n');
        self.written = self.row;
        if self.csv.len() > self.with.limit {
            return Err(Fault::TooLarge);
        }
        Ok(())
    }
}

fn write_cell(cell: Option<&String>, delimiter: u8, csv: &mut Vec<u8>) {
    let cell = cell.map_or("", String::as_str).as_bytes();
    if !cell.iter().any(|byte| *byte == delimiter || *byte == b'"') {
        return csv.extend_from_slice(cell);
    }
    csv.push(b'"');
    for byte in cell {
        if *byte == b'"' {
            csv.push(b'"');
        }
        csv.push(*byte);
    }
    csv.push(b'"');
}
