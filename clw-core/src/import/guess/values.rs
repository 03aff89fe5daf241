//! Whether the cells of a column can be what a field holds.

use std::collections::BTreeSet;

use super::super::dates::{DateFormat, read_date};
use super::super::fields::{Field, Kind};
use super::super::row::whole_number;
use super::super::spelling::{self, fold};
use super::Preview;
use crate::instrument::{Instrument, Registry};

/// Most different codes that a list is likely to be spelt in.
const MOST_CODES: usize = 60;
const MOST_OCCASIONS: usize = 12;

pub(super) const FORMATS: [DateFormat; 3] =
    [DateFormat::Iso, DateFormat::DayMonthYear, DateFormat::DayNamedMonthYear];

/// Whether a cell says that there is nothing, or nothing known.
pub(super) fn is_absent(cell: &str) -> bool {
    let words = [spelling::BLANKS, spelling::NOT_KNOWN, spelling::NOT_APPLICABLE];
    cell.is_empty() || words.iter().any(|list| list.iter().any(|w| cell.eq_ignore_ascii_case(w)))
}

/// How a column fits a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fit {
    /// Its cells are of the field's kind.
    Fits,
    /// It holds nothing to judge by, or the field may hold anything.
    NothingAgainst,
    /// Its cells are of another kind.
    No,
}

pub(super) fn fit(field: Field, given: &Preview, column: usize, registry: &Registry) -> Fit {
    let values: Vec<&str> = given.values(column).collect();
    if values.is_empty() {
        return Fit::NothingAgainst;
    }
    let most = |holds: &dyn Fn(&str) -> bool| {
        let holding = values.iter().filter(|value| holds(value)).count();
        if 10 * holding >= 8 * values.len() { Fit::Fits } else { Fit::No }
    };
    // One cell may hold several reasons.
    let parts = values.iter().flat_map(|value| value.split(';').map(str::trim));
    let different = || parts.clone().collect::<BTreeSet<_>>().len();
    match field.kind() {
        Kind::Date => most(&is_date),
        Kind::Flag => most(&is_flag),
        Kind::Number(low, high) => most(&|value| {
            whole_number(value.as_bytes()).is_some_and(|number| (low..=high).contains(&number))
        }),
        Kind::Money => most(&is_money),
        Kind::Instrument => most(&|value| registry.find(value).is_ok()),
        Kind::Measure => most(&|value| {
            let value = fold(value);
            let mut measures = registry.iter().flat_map(Instrument::measures);
            measures.any(|measure| fold(measure.id()) == value)
        }),
        Kind::Occasion if different() > MOST_OCCASIONS => Fit::No,
        Kind::Occasion => Fit::NothingAgainst,
        Kind::Code(_) if different() > MOST_CODES || most(&is_date) == Fit::Fits => Fit::No,
        Kind::Text if most(&is_date) == Fit::Fits => Fit::No,
        Kind::Code(_) | Kind::Text => Fit::NothingAgainst,
    }
}

pub(super) fn is_date(value: &str) -> bool {
    read_date(&FORMATS, value.as_bytes()).is_some()
}

/// A date whose year has two digits, which no format reads: nobody can tell the century.
pub(super) fn is_short_date(value: &str) -> bool {
    let parts: Vec<&str> = value.split(['/', '-', '.']).collect();
    let short =
        |part: &&str| (1..=2).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
    parts.len() == 3 && parts.iter().all(short)
}

/// A whole number that a spreadsheet shows in the place of a day from 1982 to 2064.
pub(super) fn is_serial_day(value: &str) -> bool {
    whole_number(value.as_bytes()).is_some_and(|number| (30_000..60_000).contains(&number))
}

fn is_flag(value: &str) -> bool {
    ["yes", "no", "y", "n", "true", "false", "1", "0"].contains(&fold(value).as_str())
}

fn is_money(value: &str) -> bool {
    let plain = value.trim_start_matches('£').replace(',', "");
    let digits = |byte: u8| byte.is_ascii_digit() || byte == b'.';
    !plain.is_empty() && plain.bytes().all(digits)
}
