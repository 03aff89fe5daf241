//! Tables at hand, column by column: frames, sheets and the arrays of a page, beneath the CSV reader.
//!
//! A cell is what it would be in a CSV file, so that everything behind reads both alike; there is no
//! file, though, to write and to split again.

use core::ops::Range;
use std::io::Write as _;
use std::sync::Arc;

use jiff::civil::Date;

use super::dates::{DateFormat, plain_date};
use super::packed_form::{PackedForms, PackedRows};
use super::record::Cells;
use crate::score::{Answer, Codes, Validity};

/// About how many bytes a row has as text, so that blocks of rows and of files are alike.
pub(super) const BYTES_OF_A_ROW: usize = 64;

/// A table at hand: headings, and rows in parts that all have these columns.
///
/// ```
/// use clw_core::import::{Column, Columns, Import, Mapping, TableName};
/// use clw_core::instrument::Registry;
/// use clw_core::score::{Codes, Validity};
///
/// let mapping = Mapping::from_toml(r#"
/// [tables.assessments]
/// file = "forms"
/// columns = { person = "Client", date = "Completed", answers = ["Q1", "Q2", "Q3"] }
/// constants = { instrument = "ucla-3" }
/// "#)?;
/// let clients = ["A", "B"];
/// let answers = || Column::whole(Codes::I8(&[1, 2]), Validity::All);
/// let mut forms = Columns::new(["Client", "Completed", "Q1", "Q2", "Q3"]);
/// forms.push(2, vec![
///     Column::texts(Validity::All, |row| clients[row]),
///     Column::days(&[20_517, 20_518], Validity::All),
///     answers(), answers(), answers(),
/// ]);
/// let import = Import::new(mapping, &Registry::new())?;
/// let (people, report) = import.columns(TableName::Assessments, forms).read()?;
/// assert_eq!((people.len(), report.problems.len()), (2, 0));
/// # Ok::<(), clw_core::import::ImportError>(())
/// ```
#[derive(Debug)]
pub struct Columns<'a> {
    pub(super) headings: Vec<String>,
    parts: Vec<Arc<Part<'a>>>,
}

/// Some rows of a table.
#[derive(Debug)]
pub(super) struct Part<'a> {
    rows: usize,
    columns: Vec<Column<'a>>,
}

/// One column of some rows.
pub struct Column<'a> {
    values: Values<'a>,
    validity: Validity<'a>,
}

/// Adds the cell of a row.
type WriteCell<'a> = dyn Fn(usize, &mut Vec<u8>) + Send + Sync + 'a;

enum Values<'a> {
    Blank,
    Whole(Codes<'a>),
    Numbers(&'a [f64]),
    Days(&'a [i32]),
    Written(Box<WriteCell<'a>>),
}

impl<'a> Columns<'a> {
    /// A table with these headings and without rows.
    pub fn new<H: Into<String>>(headings: impl IntoIterator<Item = H>) -> Self {
        Self { headings: headings.into_iter().map(Into::into).collect(), parts: Vec::new() }
    }

    /// Adds so many rows, of which each column has all. A column that is not there holds nothing.
    pub fn push(&mut self, rows: usize, columns: Vec<Column<'a>>) {
        self.parts.push(Arc::new(Part { rows, columns }));
    }

    /// About how many bytes all rows have as text.
    pub(super) fn about_bytes(&self) -> usize {
        self.parts.iter().map(|part| part.rows.saturating_mul(BYTES_OF_A_ROW)).sum()
    }
}

impl<'a> Column<'a> {
    /// A column that holds nothing, such as one that no mapping asks for.
    #[must_use]
    pub const fn blank() -> Self {
        Self { values: Values::Blank, validity: Validity::All }
    }

    /// Whole numbers, as their digits.
    #[must_use]
    pub const fn whole(codes: Codes<'a>, validity: Validity<'a>) -> Self {
        Self { values: Values::Whole(codes), validity }
    }

    /// Numbers, whole ones as their digits. What is not a number is a blank.
    #[must_use]
    pub const fn numbers(numbers: &'a [f64], validity: Validity<'a>) -> Self {
        Self { values: Values::Numbers(numbers), validity }
    }

    /// Days since 1970-01-01, as `2026-03-05`. One in no year of four digits is its number.
    #[must_use]
    pub const fn days(days: &'a [i32], validity: Validity<'a>) -> Self {
        Self { values: Values::Days(days), validity }
    }

    /// Texts by row.
    pub fn texts(
        validity: Validity<'a>,
        text: impl Fn(usize) -> &'a str + Send + Sync + 'a,
    ) -> Self {
        Self::written(validity, move |row, cell| cell.extend_from_slice(text(row).as_bytes()))
    }

    /// Cells of any other kind, which are written by row as UTF-8.
    pub fn written(
        validity: Validity<'a>,
        write: impl Fn(usize, &mut Vec<u8>) + Send + Sync + 'a,
    ) -> Self {
        Self { values: Values::Written(Box::new(write)), validity }
    }

    /// Adds the cell of a row.
    #[inline]
    fn write(&self, row: usize, cell: &mut Vec<u8>) {
        if !self.validity.holds(row) {
            return;
        }
        match &self.values {
            Values::Blank => {}
            Values::Whole(codes) => match codes.get(row) {
                Some(digit @ 0..=9) => cell.extend(u8::try_from(digit).map(|one| b'0' + one)),
                Some(code) => write(cell, format_args!("{code}")),
                None => {}
            },
            Values::Numbers(numbers) => match numbers.get(row) {
                Some(number) if !number.is_nan() => write_number(*number, cell),
                _ => {}
            },
            Values::Days(days) => match days.get(row).map(|days| (days, iso_day(*days))) {
                Some((_, Some(day))) => cell.extend_from_slice(&day),
                Some((days, None)) => write(cell, format_args!("{days}")),
                None => {}
            },
            Values::Written(write) => write(row, cell),
        }
    }

    /// The day in a row of a column of days, since 1970-01-01.
    pub(super) fn day(&self, row: usize) -> Option<i32> {
        let Values::Days(days) = self.values else { return None };
        days.get(row).copied().filter(|_| self.validity.holds(row))
    }

    /// The answer in a row, where the cell says it plainly.
    #[inline]
    pub(super) fn answer(&self, row: usize) -> Option<Answer> {
        if !self.validity.holds(row) {
            return Some(Answer::Blank);
        }
        match &self.values {
            Values::Blank => Some(Answer::Blank),
            Values::Whole(codes) => Some(codes.get(row).into()),
            Values::Numbers(numbers) => match numbers.get(row) {
                Some(number) if !number.is_nan() => Some(Answer::Given(small(*number)?.into())),
                _ => Some(Answer::Blank),
            },
            Values::Days(_) | Values::Written(_) => None,
        }
    }
}

/// The date of a day since 1970-01-01, where ISO is among the formats.
pub(super) fn date_of(day: i32, formats: &[DateFormat]) -> Option<Date> {
    plain_date(formats, civil(day)?)
}

impl core::fmt::Debug for Column<'_> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(match self.values {
            Values::Blank => "blank",
            Values::Whole(_) => "whole numbers",
            Values::Numbers(_) => "numbers",
            Values::Days(_) => "days",
            Values::Written(_) => "cells",
        })
    }
}

/// Hands out the rows of a table in blocks, so that several workers can take one each.
#[derive(Debug)]
pub(super) struct ColumnReader<'a> {
    parts: std::vec::IntoIter<Arc<Part<'a>>>,
    part: Option<Arc<Part<'a>>>,
    next: usize,
    rows: usize,
    blocks: u32,
}

/// Some rows that stand one behind the other.
#[derive(Debug)]
pub(super) struct Rows<'a> {
    part: Arc<Part<'a>>,
    rows: Range<usize>,
}

impl<'a> ColumnReader<'a> {
    /// Blocks of so many rows at most.
    pub(super) fn new(table: Columns<'a>, rows: usize) -> Self {
        Self { parts: table.parts.into_iter(), part: None, next: 0, rows: rows.max(1), blocks: 0 }
    }

    /// The next rows, and the number of their block; `None` at the end.
    pub(super) fn next(&mut self) -> Option<(Rows<'a>, u32)> {
        loop {
            if let Some(part) = self.part.as_ref().filter(|part| self.next < part.rows) {
                let end = part.rows.min(self.next.saturating_add(self.rows));
                let rows = Rows { part: Arc::clone(part), rows: self.next..end };
                let number = self.blocks;
                (self.next, self.blocks) = (end, number.saturating_add(1));
                return Some((rows, number));
            }
            (self.part, self.next) = (Some(self.parts.next()?), 0);
        }
    }
}

impl Rows<'_> {
    /// About how many bytes the rows have as text.
    pub(super) fn about_bytes(&self) -> usize {
        self.rows.len().saturating_mul(BYTES_OF_A_ROW)
    }

    /// Gives each row with its line and, where it is a form that needs no second look, what is packed
    /// of it behind the person's id; says how many rows there are.
    pub(super) fn each(
        &self,
        forms: Option<&PackedForms>,
        formats: &[DateFormat],
        room: &mut PackedRows,
        mut each: impl FnMut(u32, ColumnRow<'_>, Option<&[u8]>),
    ) -> u32 {
        let (columns, mut line) = (self.part.columns.as_slice(), 0);
        for start in self.rows.clone().step_by(ROWS_AT_ONCE) {
            let rows = start..self.rows.end.min(start.saturating_add(ROWS_AT_ONCE));
            if let Some(forms) = forms {
                forms.pack_rows(columns, rows.clone(), formats, room);
            }
            for (place, row) in rows.enumerate() {
                each(line, ColumnRow { columns, row }, forms.and_then(|_| room.get(place)));
                line += 1;
            }
        }
        line
    }
}

/// Of how many rows a column is read before the next, so that what is packed of them stays in cache.
const ROWS_AT_ONCE: usize = 256;

/// One row of a table at hand.
#[derive(Debug, Clone, Copy)]
pub(super) struct ColumnRow<'a> {
    columns: &'a [Column<'a>],
    row: usize,
}

impl ColumnRow<'_> {
    /// Writes one cell.
    pub(super) fn write_cell(&self, column: usize, cell: &mut Vec<u8>) {
        if let Some(column) = self.columns.get(column) {
            column.write(self.row, cell);
        }
    }

    /// Writes the cells under so many headings into the room given, as a record.
    pub(super) fn cells<'c>(
        &self,
        headings: usize,
        bytes: &'c mut Vec<u8>,
        ends: &'c mut Vec<usize>,
    ) -> Cells<'c> {
        bytes.clear();
        ends.clear();
        for column in 0..headings {
            if column > 0 {
                // Between two cells lies a byte, as in a record that needs no second look.
                bytes.push(0);
            }
            self.write_cell(column, bytes);
            ends.push(bytes.len());
        }
        Cells::with_gaps(bytes, ends)
    }
}

/// A whole number without a point, as a spreadsheet shows it.
fn write_number(number: f64, cell: &mut Vec<u8>) {
    match small(number) {
        // Of one digit are nearly all.
        Some(digit @ 0..=9) => cell.push(b'0' + digit),
        _ => write(cell, format_args!("{number}")),
    }
}

/// A whole number of a byte. Nought may have a sign, and then is none.
fn small(number: f64) -> Option<u8> {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "compared below")]
    let byte = number as u8;
    (f64::from(byte).to_bits() == number.to_bits()).then_some(byte)
}

/// Writing into memory cannot fail.
fn write(cell: &mut Vec<u8>, what: core::fmt::Arguments<'_>) {
    let _ = cell.write_fmt(what);
}

/// A day as `2026-03-05`, from the days since 1970-01-01; none if its year has not four digits.
///
/// ```
/// assert_eq!(clw_core::import::iso_day(20_517).as_ref(), Some(b"2026-03-05"));
/// ```
#[must_use]
pub fn iso_day(days: i32) -> Option<[u8; 10]> {
    let (year, month, day) = civil(days)?;
    let digit = |number: i16| u8::try_from(number % 10).map_or(b'0', |digit| b'0' + digit);
    let [y, m, d] = [year, month.into(), day.into()];
    let (y3, y2, y1, y0) = (digit(y / 1000), digit(y / 100), digit(y / 10), digit(y));
    Some([y3, y2, y1, y0, b'-', digit(m / 10), digit(m), b'-', digit(d / 10), digit(d)])
}

/// The year, the month and the day, from the days since 1970-01-01; none if the year has not four digits.
///
/// Years are counted from March, so that a leap day is the last (Hinnant, "chrono-compatible
/// low-level date algorithms", `civil_from_days`).
fn civil(days: i32) -> Option<(i16, i8, i8)> {
    let days = u32::try_from(days.checked_add(719_468)?).ok()?;
    let (era, day_of_era) = (days / 146_097, days % 146_097);
    let year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 };
    let year = era * 400 + year_of_era + u32::from(month <= 2);
    let year = i16::try_from(year).ok().filter(|year| *year <= 9999)?;
    Some((year, i8::try_from(month).ok()?, i8::try_from(day).ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::{Import, Mapping, TableName};
    use crate::instrument::Registry;

    const MAPPING: &str = r#"
        [tables.assessments]
        file = "forms"
        columns = { person = "who", date = "on", answers = ["one", "two", "three"] }
        constants = { instrument = "ucla-3" }
    "#;
    const HEADINGS: [&str; 6] = ["\u{feff}who", "note", "on", "one", "two", "three"];

    fn import<'r>() -> Import<'r> {
        Import::new(Mapping::from_toml(MAPPING).unwrap(), &Registry::new()).unwrap()
    }

    #[test]
    fn a_table_at_hand_is_read_as_its_file_is() {
        let who = [" a\u{a0}", "b,\"b\"", "", "a", "d", "a", "#REF!"];
        let days = [20_517, 20_517, 20_517, -719_469, 2_932_897, 20_600, 20_517];
        let one: [i64; 7] = [1, 2, 3, 1, 1, i64::MIN, 1];
        let two = [2.0, f64::NAN, 3.0, 1.5, -0.0, 10.0, 1.0];
        let three = [true, true, false, true, true, true, true];
        let csv = "who,note,on,one,two,three\n\
            \u{20}a\u{a0},,2026-03-05,1,2,1\n\
            \"b,\"\"b\"\"\",,2026-03-05,2,,1\n\
            ,,2026-03-05,3,3,\n\
            a,,-719469,1,1.5,1\n\
            d,,2932897,1,-0,1\n\
            a,,2026-05-27,-9223372036854775808,10,1\n\
            #REF!,,2026-03-05,1,1,1\n";
        let expected = import().table(TableName::Assessments, csv.as_bytes()).dry_run().unwrap();
        assert!(expected.report.problems.len() > 5);
        for (parts, block_bytes) in [(1, 1 << 20), (2, 1), (7, 200)] {
            let mut columns = Columns::new(HEADINGS);
            let places: Vec<usize> = (0..7).collect();
            for part in places.chunks(7_usize.div_ceil(parts)) {
                let (start, end) = (part[0], part[part.len() - 1] + 1);
                let who = &who[start..end];
                columns.push(
                    end - start,
                    vec![
                        Column::texts(Validity::All, |row| who[row]),
                        Column::blank(),
                        Column::days(&days[start..end], Validity::All),
                        Column::whole(Codes::I64(&one[start..end]), Validity::All),
                        Column::numbers(&two[start..end], Validity::All),
                        Column::whole(Codes::I8(&[1; 7]), Validity::Flags(&three[start..end])),
                    ],
                );
            }
            let import = import().block_bytes(block_bytes).columns(TableName::Assessments, columns);
            assert_eq!(import.dry_run().unwrap(), expected, "{parts} {block_bytes}");
        }
    }

    #[test]
    fn a_column_that_is_not_there_holds_nothing_and_a_heading_is_looked_for() {
        let mut columns = Columns::new(HEADINGS);
        columns.push(2, vec![Column::texts(Validity::All, |_| "a")]);
        columns.push(0, Vec::new());
        let found = import().columns(TableName::Assessments, columns).dry_run().unwrap();
        let rejected = &found.report.account.tables["assessments"].rejected;
        assert_eq!(rejected.iter().collect::<Vec<_>>(), [(&"missing-date".to_owned(), &2)]);
        let none = import().columns(TableName::Assessments, Columns::new(["who"]));
        assert_eq!(none.dry_run().unwrap_err().code(), "heading-missing");
        let none = import().columns(TableName::Assessments, Columns::new(HEADINGS));
        assert_eq!(none.dry_run().unwrap().people, 0);
    }

    #[test]
    fn days_are_written_as_iso_in_years_of_four_digits() {
        let shown = |days| iso_day(days).map(|day| String::from_utf8(day.into()).unwrap());
        for (days, text) in [
            (0, Some("1970-01-01")),
            (-719_468, Some("0000-03-01")),
            (19_782, Some("2024-02-29")),
            (2_932_896, Some("9999-12-31")),
            (2_932_897, None),
            (-719_469, None),
            (i32::MAX, None),
        ] {
            assert_eq!(shown(days).as_deref(), text, "{days}");
        }
    }
}
