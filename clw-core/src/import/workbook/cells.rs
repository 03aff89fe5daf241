//! What the cells of a workbook show: numbers, dates and texts as a CSV file would have them.

use jiff::Span;
use jiff::civil::{Date, date};
use quick_xml::events::Event;

use super::package::{Fault, Package, add_text, attribute};
use super::{DateFormat, WorkbookError};

/// How a number is shown, as far as it matters to what it says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shown {
    Number,
    /// With noughts before it up to so many digits, as ids are.
    Digits(usize),
    Date,
    Time,
}

/// The shared texts of a workbook, one behind the other.
#[derive(Debug, Default)]
pub(super) struct Texts {
    all: String,
    ends: Vec<usize>,
}

impl Texts {
    pub(super) fn get(&self, place: usize) -> Option<&str> {
        let start = match place.checked_sub(1) {
            Some(before) => *self.ends.get(before)?,
            None => 0,
        };
        self.all.get(start..*self.ends.get(place)?)
    }

    /// Reads the shared texts; a workbook may have none.
    pub(super) fn read(package: &mut Package<'_>, part: &str) -> Result<Self, WorkbookError> {
        let mut texts = Self::default();
        let (mut within_text, mut phonetic) = (false, false);
        let place = format!("the texts of {}", package.file);
        package.read(part, &place, |event| {
            match &event {
                Event::Start(tag) => match tag.local_name().as_ref() {
                    "rPh" => phonetic = true,
                    "t" => within_text = !phonetic,
                    _ => {}
                },
                Event::Empty(tag) if tag.local_name().as_ref() == "si" => {
                    texts.ends.push(texts.all.len());
                }
                Event::End(tag) => match tag.local_name().as_ref() {
                    "rPh" => phonetic = false,
                    "t" => within_text = false,
                    "si" => texts.ends.push(texts.all.len()),
                    _ => {}
                },
                piece if within_text => add_text(piece, &mut texts.all)?,
                _ => {}
            }
            Ok(())
        })?;
        Ok(texts)
    }
}

/// How the numbers of each cell style are shown, by the style's place.
pub(super) fn styles(package: &mut Package<'_>, part: &str) -> Result<Vec<Shown>, WorkbookError> {
    let mut own: Vec<(u32, Shown)> = Vec::new();
    let (mut styles, mut within_cells) = (Vec::new(), false);
    let place = format!("the styles of {}", package.file);
    package.read(part, &place, |event| {
        match &event {
            Event::Start(tag) | Event::Empty(tag) => {
                let number = |name| attribute(tag, name).and_then(|id| id.parse::<u32>().ok());
                match tag.local_name().as_ref() {
                    "numFmt" => {
                        let code = attribute(tag, "formatCode").unwrap_or_default();
                        own.extend(number("numFmtId").map(|id| (id, shown_as(&code))));
                    }
                    "cellXfs" => within_cells = matches!(event, Event::Start(_)),
                    "xf" if within_cells => {
                        let id = number("numFmtId").unwrap_or(0);
                        let found = own.iter().find(|(own, _)| *own == id);
                        styles.push(found.map_or_else(|| built_in(id), |(_, shown)| *shown));
                    }
                    _ => {}
                }
            }
            Event::End(tag) if tag.local_name().as_ref() == "cellXfs" => within_cells = false,
            _ => {}
        }
        Ok(())
    })?;
    Ok(styles)
}

/// The number formats that every workbook has without naming them (ECMA-376 part 1, 18.8.30).
const fn built_in(id: u32) -> Shown {
    match id {
        14..=17 | 22 | 27..=31 | 36 | 50..=58 => Shown::Date,
        18..=21 | 32..=35 | 45..=47 => Shown::Time,
        _ => Shown::Number,
    }
}

/// What a format code shows: only its letters outside quotes and brackets count.
fn shown_as(code: &str) -> Shown {
    let first = code.split(';').next().unwrap_or_default();
    if first.len() > 1 && first.len() < 32 && first.bytes().all(|byte| byte == b'0') {
        return Shown::Digits(first.len());
    }
    let (mut letters, mut rest) = (String::new(), code.chars());
    while let Some(letter) = rest.next() {
        match letter {
            '"' => drop(rest.by_ref().find(|c| *c == '"')),
            '\\' | '_' | '*' => drop(rest.next()),
            '[' => {
                let inside: String = rest.by_ref().take_while(|c| *c != ']').collect();
                let inside = inside.to_ascii_lowercase();
                // A time that goes on beyond a day, as in [h]:mm; all else is a colour or a country.
                if !inside.is_empty() && inside.chars().all(|c| "hms".contains(c)) {
                    letters.push_str(&inside);
                }
            }
            ';' => break,
            letter => letters.push(letter.to_ascii_lowercase()),
        }
    }
    let letters = letters.replace("am/pm", "h").replace("a/p", "h");
    if letters == "general" {
        return Shown::Number;
    }
    let has = |wanted: &[char]| letters.contains(wanted);
    match (has(&['d', 'y']), has(&['h', 's']), has(&['m'])) {
        (true, ..) | (false, false, true) => Shown::Date,
        (false, true, _) => Shown::Time,
        (false, false, false) => Shown::Number,
    }
}

/// The days from which a workbook counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Epoch {
    /// From 1900, with a 29 February 1900 that never was.
    From1900,
    /// From 1904, as old workbooks of the Macintosh do.
    From1904,
}

/// A number as its cell shows it. Dates are written in the format that they will be read in.
pub(super) fn number(value: f64, shown: Shown, epoch: Epoch, dates: DateFormat) -> String {
    let in_time = match shown {
        Shown::Date => moment(value, epoch, dates),
        Shown::Time => time(value),
        Shown::Digits(digits) => {
            let text = fifteen_digits(value);
            let whole = text.bytes().all(|byte| byte.is_ascii_digit());
            whole.then(|| format!("{text:0>digits$}"))
        }
        Shown::Number => None,
    };
    in_time.unwrap_or_else(|| fifteen_digits(value))
}

/// The digits that spreadsheets show at most: 23.209999999999997 is the 23.21 that was meant.
fn fifteen_digits(value: f64) -> String {
    let rounded: f64 = format!("{value:.14e}").parse().unwrap_or(value);
    // Nought has a sign that no spreadsheet shows.
    format!("{}", rounded + 0.0)
}

/// Whole days and the seconds beyond them, of a number that can be a date.
fn days_and_seconds(value: f64) -> Option<(i32, u32)> {
    const LAST_DAY: f64 = 2_958_465.0;
    if !(0.0..=LAST_DAY + 1.0).contains(&value) {
        return None;
    }
    let seconds: u64 = format!("{:.0}", value * 86_400.0).parse().ok()?;
    Some((i32::try_from(seconds / 86_400).ok()?, u32::try_from(seconds % 86_400).ok()?))
}

fn moment(value: f64, epoch: Epoch, dates: DateFormat) -> Option<String> {
    let (days, seconds) = days_and_seconds(value)?;
    let day_nought: Date = match epoch {
        Epoch::From1904 => date(1904, 1, 1),
        Epoch::From1900 if days < 60 => date(1899, 12, 31),
        Epoch::From1900 => date(1899, 12, 30),
    };
    let day = day_nought.checked_add(Span::new().try_days(days).ok()?).ok()?;
    let day = dates.write(day);
    Some(if seconds == 0 { day } else { format!("{day} {}", clock(0, seconds)) })
}

fn time(value: f64) -> Option<String> {
    let (days, seconds) = days_and_seconds(value)?;
    Some(clock(days, seconds))
}

fn clock(days: i32, seconds: u32) -> String {
    let hours = i64::from(days) * 24 + i64::from(seconds / 3600);
    format!("{hours:02}:{:02}:{:02}", seconds / 60 % 60, seconds % 60)
}

/// The text that a cell shows on one line: line breaks within it are spaces.
pub(super) fn on_one_line(text: &str, line: &mut String) {
    let mut rest = text;
    while let Some(at) = rest.find(['\r', '\n', '_']) {
        let (before, from) = rest.split_at(at);
        line.push_str(before);
        let (mark, behind) = escaped(from).unwrap_or_else(|| {
            let mut letters = from.chars();
            (letters.next().unwrap_or(' '), letters.as_str())
        });
        match mark {
            '\r' | '\n' if line.ends_with(' ') => {}
            '\r' | '\n' => line.push(' '),
            mark => line.push(mark),
        }
        rest = behind;
    }
    line.push_str(rest);
}

/// A character that XML cannot hold, as `_x000D_` for a carriage return.
fn escaped(text: &str) -> Option<(char, &str)> {
    let digits = text.strip_prefix("_x")?.get(..4)?;
    let rest = text.get(6..)?.strip_prefix('_')?;
    let all_hex = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    let code = u32::from_str_radix(digits, 16).ok().filter(|_| all_hex)?;
    Some((char::from_u32(code)?, rest))
}

/// The place of a cell from a name such as `C5`: its column and its row, from 1.
pub(super) fn cell_place(name: &str) -> Result<(usize, u32), Fault> {
    let wrong = || Fault::Damaged(format!("{name:?} names no cell"));
    let digits = name.find(|c: char| c.is_ascii_digit()).ok_or_else(wrong)?;
    let (letters, row) = name.split_at(digits);
    let mut column = 0;
    for letter in letters.bytes() {
        let letter = letter.to_ascii_uppercase();
        if !letter.is_ascii_uppercase() || column > LAST_COLUMN {
            return Err(wrong());
        }
        column = column * 26 + usize::from(letter - b'A') + 1;
    }
    let row: u32 = row.parse().map_err(|_| wrong())?;
    if column == 0 || column > LAST_COLUMN || row == 0 || row > LAST_ROW {
        return Err(wrong());
    }
    Ok((column, row))
}

/// The last column and the last row that the format has.
pub(super) const LAST_COLUMN: usize = 16_384;
pub(super) const LAST_ROW: u32 = 1_048_576;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn format_codes_are_dates_times_or_numbers() {
        for (code, shown) in [
            ("General", Shown::Number),
            ("0.00", Shown::Number),
            ("0000000000", Shown::Digits(10)),
            ("0", Shown::Number),
            ("#,##0.00", Shown::Number),
            ("[$£-809]#,##0.00;[Red]-[$£-809]#,##0.00", Shown::Number),
            ("0.00E+00", Shown::Number),
            ("\"day \"0", Shown::Number),
            ("0\\d", Shown::Number),
            ("dd/mm/yyyy", Shown::Date),
            ("[$-809]dd mmmm yyyy;@", Shown::Date),
            ("mmm", Shown::Date),
            ("yyyy-mm-dd hh:mm", Shown::Date),
            ("h:mm AM/PM", Shown::Time),
            ("[h]:mm", Shown::Time),
            ("mm:ss", Shown::Time),
        ] {
            assert_eq!(shown_as(code), shown, "{code}");
        }
    }

    /// Dates by serial number as `openpyxl.utils.datetime.from_excel` of openpyxl 3.1.5 gives them.
    #[test]
    fn numbers_are_written_as_a_sheet_shows_them() {
        let of = |value, shown| number(value, shown, Epoch::From1900, DateFormat::Iso);
        for (value, shown, text) in [
            (3.0, Shown::Number, "3"),
            (-9.0, Shown::Number, "-9"),
            (-0.0, Shown::Number, "0"),
            (19.25, Shown::Number, "19.25"),
            (23.209_999_999_999_997, Shown::Number, "23.21"),
            (0.1 + 0.2, Shown::Number, "0.3"),
            (1_234_567_890.0, Shown::Number, "1234567890"),
            (101_234_567.0, Shown::Digits(10), "0101234567"),
            (1.5, Shown::Digits(4), "1.5"),
            (46_086.0, Shown::Date, "2026-03-05"),
            (46_086.604_166_666_664, Shown::Date, "2026-03-05 14:30:00"),
            (46_086.999_999, Shown::Date, "2026-03-06"),
            (61.0, Shown::Date, "1900-03-01"),
            (1.0, Shown::Date, "1900-01-01"),
            (-1.0, Shown::Date, "-1"),
            (3e6, Shown::Date, "3000000"),
            (0.604_166_666_666_666_6, Shown::Time, "14:30:00"),
            (1.5, Shown::Time, "36:00:00"),
        ] {
            assert_eq!(of(value, shown), text);
        }
        let other = number(46_086.0, Shown::Date, Epoch::From1900, DateFormat::DayMonthYear);
        assert_eq!(other, "05/03/2026");
        let old = number(44_624.0, Shown::Date, Epoch::From1904, DateFormat::DayNamedMonthYear);
        assert_eq!(old, "05-mar-2026");
    }

    #[test]
    fn a_text_of_several_lines_stands_on_one() {
        for (text, line) in [
            ("Client\nref", "Client ref"),
            ("Client \r\nref", "Client ref"),
            ("a_x000D_\nb", "a b"),
            ("client_ref", "client_ref"),
            ("_x0041_", "A"),
            ("_x004_", "_x004_"),
            ("_xé000_", "_xé000_"),
        ] {
            let mut found = String::new();
            on_one_line(text, &mut found);
            assert_eq!(found, line, "{text:?}");
        }
    }

    #[test]
    fn cells_have_places() {
        let place = |name| cell_place(name).ok();
        for (name, at) in [
            ("A1", Some((1, 1))),
            ("Z9", Some((26, 9))),
            ("AA10", Some((27, 10))),
            ("XFD1048576", Some((16_384, 1_048_576))),
            ("XFE1", None),
            ("A1048577", None),
            ("A0", None),
            ("1", None),
            ("A", None),
            ("$A$1", None),
            ("AAAAAAAAAAAAAAAAAAAAAAAAAA1", None),
        ] {
            assert_eq!(place(name), at, "{name}");
        }
    }
}
