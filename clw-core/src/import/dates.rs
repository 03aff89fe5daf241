//! Dates in the formats a mapping declares, never guessed beyond them.

use jiff::civil::Date;

/// A way to write a date.
///
/// A time of day after the date is read over. Years have four digits in all formats and begin with
/// [`EARLIEST_YEAR`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum DateFormat {
    /// `2026-03-05`.
    Iso,
    /// `05/03/2026`, also `5/3/2026`, `05.03.2026` and `05-03-2026`: the day first.
    DayMonthYear,
    /// `05-Mar-2026`, also `5 Mar 2026`.
    DayNamedMonthYear,
}

impl DateFormat {
    /// The format of this name.
    pub(super) fn named(name: &str) -> Option<Self> {
        match name.trim().to_ascii_lowercase().as_str() {
            "iso" | "yyyy-mm-dd" => Some(Self::Iso),
            "dd/mm/yyyy" => Some(Self::DayMonthYear),
            "dd-mmm-yyyy" => Some(Self::DayNamedMonthYear),
            _ => None,
        }
    }

    /// The name it has in a mapping.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Iso => "iso",
            Self::DayMonthYear => "dd/mm/yyyy",
            Self::DayNamedMonthYear => "dd-mmm-yyyy",
        }
    }

    /// The date as the format writes it.
    #[cfg(feature = "xlsx")]
    pub(super) fn write(self, date: Date) -> String {
        let (year, month, day) = (date.year(), date.month(), date.day());
        match self {
            Self::Iso => date.to_string(),
            Self::DayMonthYear => format!("{day:02}/{month:02}/{year:04}"),
            Self::DayNamedMonthYear => {
                let name = usize::try_from(month - 1).ok().and_then(|at| MONTHS.get(at));
                let name = String::from_utf8_lossy(name.map_or(&[], |name| name.as_slice()));
                format!("{day:02}-{name}-{year:04}")
            }
        }
    }

    pub(super) fn read(self, cell: &[u8]) -> Option<Date> {
        match self {
            Self::Iso => {
                let ([y3, y2, y1, y0, b'-', m1, m0, b'-', d1, d0], rest) =
                    cell.split_first_chunk()?
                else {
                    return None;
                };
                let year = 100 * two(*y3, *y2)? + two(*y1, *y0)?;
                date(year, two(*m1, *m0)?, two(*d1, *d0)?, rest)
            }
            Self::DayMonthYear => {
                let (day, rest) = short_number(cell)?;
                let (gap, rest) = rest.split_first().filter(|(gap, _)| b"/.-".contains(gap))?;
                let (month, rest) = short_number(rest)?;
                let (year, rest) = year(rest.strip_prefix(&[*gap])?)?;
                date(year, month, day, rest)
            }
            Self::DayNamedMonthYear => {
                let (day, rest) = short_number(cell)?;
                let ([gap, m0, m1, m2, same_gap], rest) = rest.split_first_chunk()?;
                if gap != same_gap || !b"- /".contains(gap) {
                    return None;
                }
                let name = [m0, m1, m2].map(u8::to_ascii_lowercase);
                let month = (1..).zip(MONTHS).find(|(_, month)| **month == name)?.0;
                let (year, rest) = year(rest)?;
                date(year, month, day, rest)
            }
        }
    }
}

/// Before it nobody was referred: what spreadsheets date earlier is a year of two digits (`0025`) or
/// a date cell that holds nothing (`1900-01-01`, `1899-12-30`).
const EARLIEST_YEAR: i16 = 1901;

const MONTHS: [&[u8; 3]; 12] = [
    b"jan", b"feb", b"mar", b"apr", b"may", b"jun", b"jul", b"aug", b"sep", b"oct", b"nov", b"dec",
];

/// The date in the first of the formats that reads it.
pub(super) fn read_date(formats: &[DateFormat], cell: &[u8]) -> Option<Date> {
    written(formats, cell).filter(|date| date.year() >= EARLIEST_YEAR)
}

/// A day of the calendar as if it were written in ISO, where that is among the formats.
pub(super) fn plain_date(
    formats: &[DateFormat],
    (year, month, day): (i16, i8, i8),
) -> Option<Date> {
    let read = year >= EARLIEST_YEAR && formats.contains(&DateFormat::Iso);
    if read { Date::new(year, month, day).ok() } else { None }
}

/// The names of the formats, and the earliest year if the cell is a date before it.
pub(super) fn limits(formats: &[DateFormat], cell: &[u8]) -> String {
    let names: Vec<&str> = formats.iter().map(|format| format.name()).collect();
    let names = names.join(", ");
    match written(formats, cell) {
        Some(date) if date.year() < EARLIEST_YEAR => format!("{names}; from {EARLIEST_YEAR} on"),
        _ => names,
    }
}

fn written(formats: &[DateFormat], cell: &[u8]) -> Option<Date> {
    formats.iter().find_map(|format| format.read(cell))
}

fn digit(byte: u8) -> Option<i16> {
    byte.is_ascii_digit().then(|| i16::from(byte - b'0'))
}

fn two(tens: u8, ones: u8) -> Option<i16> {
    Some(10 * digit(tens)? + digit(ones)?)
}

/// One or two digits.
fn short_number(cell: &[u8]) -> Option<(i16, &[u8])> {
    let (first, rest) = cell.split_first()?;
    match rest.split_first() {
        Some((second, rest)) if second.is_ascii_digit() => Some((two(*first, *second)?, rest)),
        _ => Some((digit(*first)?, rest)),
    }
}

/// Exactly four digits.
fn year(cell: &[u8]) -> Option<(i16, &[u8])> {
    let ([y3, y2, y1, y0], rest) = cell.split_first_chunk()?;
    Some((100 * two(*y3, *y2)? + two(*y1, *y0)?, rest))
}

fn date(year: i16, month: i16, day: i16, rest: &[u8]) -> Option<Date> {
    if !is_time_of_day(rest) {
        return None;
    }
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

/// Nothing, or what follows a date in a timestamp.
fn is_time_of_day(rest: &[u8]) -> bool {
    match rest.split_first() {
        None => true,
        Some((b' ' | b'T', time)) => {
            let marks = |byte: &u8| byte.is_ascii_digit() || b":.Z+-".contains(byte);
            time.contains(&b':') && time.iter().all(marks)
        }
        Some(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    const ALL: &[DateFormat] =
        &[DateFormat::Iso, DateFormat::DayMonthYear, DateFormat::DayNamedMonthYear];

    #[test]
    fn dates_are_read_in_the_declared_formats_only() {
        let day = Some(date(2026, 3, 5));
        for (formats, cell, expected) in [
            (ALL, "2026-03-05", day),
            (ALL, "2026-03-05 00:00:00", day),
            (ALL, "2026-03-05T09:30:00Z", day),
            (ALL, "05/03/2026", day),
            (ALL, "5/3/2026", day),
            (ALL, "05/03/2026 14:05", day),
            (ALL, "05.03.2026", day),
            (ALL, "5-3-2026", day),
            (ALL, "05.03/2026", None),
            (ALL, "05 03 2026", None),
            (ALL, "05-Mar-2026", day),
            (ALL, "5 MAR 2026", day),
            (&[DateFormat::Iso], "05/03/2026", None),
            (&[DateFormat::DayMonthYear], "2026-03-05", None),
            (ALL, "05/03/26", None),
            (ALL, "13/13/2026", None),
            (ALL, "0025-03-05", None),
            (ALL, "05/03/0025", None),
            (ALL, "01/01/1900", None),
            (ALL, "30-Dec-1899", None),
            (ALL, "1901-01-01", Some(date(1901, 1, 1))),
            (ALL, "2026-02-29", None),
            (ALL, "2026-3-5", None),
            (ALL, "2026-03-05x", None),
            (ALL, "2026-03-05 late", None),
            (ALL, "46086", None),
            (ALL, "", None),
            (ALL, "/", None),
        ] {
            assert_eq!(read_date(formats, cell.as_bytes()), expected, "{cell}");
        }
    }
}
