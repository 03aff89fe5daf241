//! The cells of one record as values.

use jiff::civil::Date;

use super::dates::{DateFormat, limits, read_date};
use super::fields::{Field, Kind};
use super::forms::Refusal;
use super::mapping::Mapping;
use super::packed_form::PackedForm;
use super::plan::TablePlan;
use super::problem::{Log, Place, ProblemCode, Tale};
use super::record::unpack_cell;
use super::spelling::{Absence, YES_NO};
use crate::OrderedMap;
use crate::caseload::{Recorded, ReferralReason, Simd};

/// Where a record or a form has its fields.
pub(super) type Fields = OrderedMap<Field, usize>;

/// One record with all that is needed to read it.
#[derive(Clone, Copy)]
pub(super) struct Row<'a> {
    pub(super) plan: &'a TablePlan,
    pub(super) mapping: &'a Mapping,
    pub(super) place: Place,
    /// The cells of the file, without outer spaces, then the constants.
    pub(super) cells: &'a [&'a [u8]],
    /// The form, where the row is packed as one and has no cells.
    pub(super) form: Option<PackedForm<'a>>,
}

impl<'a> Row<'a> {
    /// The cell in this place.
    #[inline]
    pub(super) fn at(&self, at: usize) -> &'a [u8] {
        self.cells.get(at).copied().unwrap_or_default()
    }

    /// The cell of a field, where the field is mapped.
    pub(super) fn cell(&self, fields: &Fields, field: Field) -> Option<(usize, &'a [u8])> {
        let at = *fields.get(&field)?;
        Some((at, self.at(at)))
    }

    /// The cell of a field, where it holds more than an absence.
    pub(super) fn filled(&self, fields: &Fields, field: Field) -> Option<(usize, &'a [u8])> {
        let at = *fields.get(&field)?;
        Some((at, self.filled_at(at)?))
    }

    /// The cell in this place, where it holds more than an absence.
    pub(super) fn filled_at(&self, at: usize) -> Option<&'a [u8]> {
        let cell = self.at(at);
        self.mapping.spellings.absence(cell).is_none().then_some(cell)
    }

    /// Reads a field that the record can do without: what cannot be read is left out, and noted.
    fn read<T>(
        &self,
        log: &mut Log,
        fields: &Fields,
        field: Field,
        parse: impl FnOnce(&[u8]) -> Option<T>,
    ) -> Recorded<T> {
        let Some((at, cell)) = self.cell(fields, field) else { return Recorded::Missing };
        let spellings = &self.mapping.spellings;
        let kind = field.kind();
        // A mapped spelling wins over the usual words for an absence.
        let coded = matches!(kind, Kind::Code(_) | Kind::Flag) && !cell.is_empty();
        if !coded && let Some(absence) = spellings.absence(cell) {
            return absence.into();
        }
        if let Some(value) = parse(cell) {
            return Recorded::Value(value);
        }
        if let Some(absence) = spellings.absence(cell) {
            return absence.into();
        }
        let code = match kind {
            Kind::Code(_) | Kind::Flag => ProblemCode::UnknownCode,
            _ => ProblemCode::UnreadableValue,
        };
        let tale = || Tale::of(at, cell);
        log.warn(self.place, code, || match kind {
            Kind::Code(list) => tale().with(list),
            Kind::Flag => tale().with(YES_NO),
            kind => tale().held_to(kind.expected(&self.date_limits(cell))),
        });
        Recorded::Missing
    }

    fn date_limits(&self, cell: &[u8]) -> String {
        limits(&self.mapping.dates, cell)
    }

    pub(super) fn text(&self, log: &mut Log, fields: &Fields, field: Field) -> Recorded<String> {
        self.read(log, fields, field, |cell| Some(core::str::from_utf8(cell).ok()?.to_owned()))
    }

    pub(super) fn date(&self, log: &mut Log, fields: &Fields, field: Field) -> Recorded<Date> {
        let formats: &[DateFormat] = &self.mapping.dates;
        self.read(log, fields, field, |cell| read_date(formats, cell))
    }

    pub(super) fn flag(&self, log: &mut Log, fields: &Fields, field: Field) -> Recorded<bool> {
        let spellings = &self.mapping.spellings;
        self.read(log, fields, field, |cell| Some(spellings.code(YES_NO, cell)? == "yes"))
    }

    pub(super) fn code<T, E>(
        &self,
        log: &mut Log,
        fields: &Fields,
        field: Field,
        from_code: impl FnOnce(&str) -> Result<T, E>,
    ) -> Recorded<T> {
        let Kind::Code(list) = field.kind() else { return Recorded::Missing };
        let spellings = &self.mapping.spellings;
        self.read(log, fields, field, |cell| from_code(spellings.code(list, cell)?).ok())
    }

    pub(super) fn number<T: TryFrom<i64>>(
        &self,
        log: &mut Log,
        fields: &Fields,
        field: Field,
    ) -> Recorded<T> {
        let Kind::Number(low, high) = field.kind() else { return Recorded::Missing };
        self.read(log, fields, field, |cell| {
            let number = whole_number(cell).filter(|number| (low..=high).contains(number))?;
            T::try_from(number).ok()
        })
    }

    /// An amount in pence, from a field in pence or one in pounds.
    pub(super) fn pence(&self, log: &mut Log, fields: &Fields) -> Recorded<i64> {
        match self.read(log, fields, Field::ValuePence, whole_number) {
            Recorded::Missing => self.read(log, fields, Field::ValuePounds, pounds_in_pence),
            value => value,
        }
    }

    /// A code that the record cannot do without.
    pub(super) fn reason(&self, field: Field) -> Result<ReferralReason, Refusal> {
        let (at, cell) = self.cell(&self.plan.fields, field).unwrap_or_default();
        let spellings = &self.mapping.spellings;
        let code = spellings.code(ReferralReason::LIST, cell);
        match code.map(ReferralReason::from_code) {
            Some(Ok(reason)) => Ok(reason),
            _ if spellings.absence(cell).is_some() => {
                Err((ProblemCode::MissingCode, Tale::of(at, cell)))
            }
            _ => {
                let tale = Tale::of(at, cell).with(ReferralReason::LIST);
                Err((ProblemCode::UnknownCode, tale))
            }
        }
    }

    /// A date that the record cannot do without.
    pub(super) fn needed_date(&self, at: usize) -> Result<Date, Refusal> {
        let cell = self.at(at);
        if let Some(date) = read_date(&self.mapping.dates, cell) {
            return Ok(date);
        }
        Err(match self.mapping.spellings.absence(cell) {
            Some(_) => (ProblemCode::MissingDate, Tale::of(at, cell)),
            None => {
                (ProblemCode::UnreadableDate, Tale::of(at, cell).held_to(self.date_limits(cell)))
            }
        })
    }

    /// The other reasons for a referral: one code, or several in one cell.
    pub(super) fn other_reasons(&self, log: &mut Log) -> Vec<ReferralReason> {
        let fields = &self.plan.fields;
        let Some((at, cell)) = self.filled(fields, Field::OtherReasons) else { return Vec::new() };
        let spellings = &self.mapping.spellings;
        let find = |cell: &[u8]| {
            let code = spellings.code(ReferralReason::LIST, cell)?;
            ReferralReason::from_code(code).ok()
        };
        if let Some(reason) = find(cell) {
            return vec![reason];
        }
        let mut reasons = Vec::new();
        for part in cell.split(|byte| *byte == self.mapping.list_separator) {
            let part = part.trim_ascii();
            match find(part) {
                Some(reason) => reasons.push(reason),
                None if spellings.absence(part).is_some() => {}
                None => log.warn(self.place, ProblemCode::UnknownCode, || {
                    Tale::of(at, part).with(ReferralReason::LIST)
                }),
            }
        }
        reasons
    }

    /// Deprivation: the quintile, or the decile from which it follows, with its version.
    pub(super) fn simd(&self, log: &mut Log) -> Recorded<Simd> {
        let fields = &self.plan.fields;
        let quintile: Recorded<u8> = self.number(log, fields, Field::SimdQuintile);
        let decile: Recorded<u8> = self.number(log, fields, Field::SimdDecile);
        let implied = decile.value().map(|decile| decile.div_ceil(2));
        let (quintile, decile) = match (quintile, implied) {
            (Recorded::Value(quintile), Some(implied)) if quintile != implied => {
                let (at, cell) = self.cell(fields, Field::SimdDecile).unwrap_or_default();
                let limit = format!("within quintile {quintile}");
                log.warn(self.place, ProblemCode::UnreadableValue, || {
                    Tale::of(at, cell).held_to(limit)
                });
                (quintile, None)
            }
            (Recorded::Value(quintile), _) => (quintile, decile.value().copied()),
            (_, Some(implied)) => (implied, decile.value().copied()),
            (Recorded::NotKnown, None) => return Recorded::NotKnown,
            (Recorded::NotApplicable, None) => return Recorded::NotApplicable,
            (Recorded::Missing, None) => return absent(&decile),
        };
        match self.text(log, fields, Field::SimdVersion) {
            Recorded::Value(version) => Recorded::Value(Simd { version, quintile, decile }),
            _ => {
                let (at, cell) = self.cell(fields, Field::SimdVersion).unwrap_or_default();
                log.warn(self.place, ProblemCode::UnreadableValue, || {
                    Tale::of(at, cell)
                        .held_to("a version of SIMD, without which a quintile says nothing")
                });
                Recorded::Missing
            }
        }
    }
}

/// The cells of a packed record, without outer spaces, and behind them the constants.
pub(super) fn unpack_row<'p>(
    plan: &'p TablePlan,
    packed: &'p [u8],
    cells: &mut Vec<&'p [u8]>,
) -> Result<(), Refusal> {
    let mut rest = packed;
    if plan.person.is_none() {
        unpack_cell(&mut rest);
    }
    for _ in 0..plan.headings.len() {
        let Some(cell) = unpack_cell(&mut rest) else { break };
        cells.push(trimmed(cell));
    }
    // The lengths are ASCII too while all cells are short, as they are in nearly every record.
    if !packed.is_ascii() {
        for (column, cell) in cells.iter_mut().enumerate() {
            match core::str::from_utf8(cell) {
                Ok(text) => *cell = text.trim().as_bytes(),
                Err(_) if plan.is_mapped(column) => {
                    return Err((ProblemCode::InvalidUtf8, Tale::of(column, cell)));
                }
                Err(_) => {}
            }
        }
    }
    cells.extend(plan.constants.iter().map(|constant| &**constant));
    Ok(())
}

/// The cell without outer spaces, no-break spaces among them, and without outer marks that nobody
/// sees, such as that of a file joined below another; nearly all cells have none.
#[inline]
pub(super) fn trimmed(cell: &[u8]) -> &[u8] {
    match cell {
        [] => cell,
        [only] if only.is_ascii_graphic() => cell,
        [first, .., last] if first.is_ascii_graphic() && last.is_ascii_graphic() => cell,
        _ => trimmed_text(cell),
    }
}

fn trimmed_text(cell: &[u8]) -> &[u8] {
    let unseen = |letter: char| {
        let is_mark = matches!(letter, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}');
        is_mark || letter.is_whitespace() || letter.is_control()
    };
    core::str::from_utf8(cell)
        .map_or(cell.trim_ascii(), |text| text.trim_matches(unseen).as_bytes())
}

/// The absence of one value as the absence of another.
pub(super) fn absent<T, U>(value: &Recorded<T>) -> Recorded<U> {
    match value {
        Recorded::NotKnown => Recorded::NotKnown,
        Recorded::NotApplicable => Recorded::NotApplicable,
        Recorded::Missing | Recorded::Value(_) => Recorded::Missing,
    }
}

impl<T> From<Absence> for Recorded<T> {
    fn from(absence: Absence) -> Self {
        match absence {
            Absence::Missing => Self::Missing,
            Absence::NotKnown => Self::NotKnown,
            Absence::NotApplicable => Self::NotApplicable,
        }
    }
}

/// A whole number. Decimals may only be noughts, as spreadsheets write `4.0` for 4.
pub(super) fn whole_number(cell: &[u8]) -> Option<i64> {
    let text = core::str::from_utf8(cell).ok()?;
    let whole = match text.split_once('.') {
        Some((whole, noughts)) if !whole.is_empty() && noughts.bytes().all(|b| b == b'0') => whole,
        Some(_) => return None,
        None => text,
    };
    whole.parse().ok()
}

/// Pounds with at most two decimals, as `£1,234.50`, in pence.
fn pounds_in_pence(cell: &[u8]) -> Option<i64> {
    let text = core::str::from_utf8(cell).ok()?.trim_start_matches('£').trim();
    let (pounds, pence) = text.split_once('.').unwrap_or((text, ""));
    let pounds = pounds.replace(',', "");
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if pounds.is_empty() || !digits(&pounds) || !digits(pence) || pence.len() > 2 {
        return None;
    }
    let pence: i64 = format!("{pence:0<2}").parse().ok()?;
    pounds.parse::<i64>().ok()?.checked_mul(100)?.checked_add(pence)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_numbers_may_be_written_with_noughts_behind_the_point() {
        for (cell, number) in [
            ("4", Some(4)),
            ("-9", Some(-9)),
            ("4.0", Some(4)),
            ("4.", Some(4)),
            ("1.5", None),
            ("2x", None),
            ("abc", None),
            (".0", None),
            ("1e3", None),
            ("99999999999999999999", None),
        ] {
            assert_eq!(whole_number(cell.as_bytes()), number, "{cell}");
        }
    }

    #[test]
    fn pounds_are_read_to_the_penny() {
        for (cell, pence) in [
            ("1550.00", Some(155_000)),
            ("£1,234.5", Some(123_450)),
            ("7", Some(700)),
            ("1.234", None),
            ("-5", None),
            ("", None),
        ] {
            assert_eq!(pounds_in_pence(cell.as_bytes()), pence, "{cell}");
        }
    }
}
