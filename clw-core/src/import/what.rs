//! What a row of any but the people and episodes tables holds.

use jiff::civil::Date;

use super::TableName;
use super::fields::Field;
use super::forms::{FormReader, ParsedForm, Refusal};
use super::problem::{Log, ProblemCode, Tale};
use super::row::Row;
use crate::caseload::{
    Attendance, Contact, ContactMode, ContactType, Hold, Need, OnwardLink, OnwardStatus,
    TangibleOutcome,
};

/// A record before it belongs to an episode.
#[derive(Debug)]
pub(super) enum What {
    /// A row that says only who the person or the episode is.
    Nothing,
    Form(ParsedForm),
    /// The forms of a wide row.
    Forms(Vec<ParsedForm>),
    Contact(Contact),
    Need(Need),
    OnwardLink(OnwardLink),
    Outcome(TangibleOutcome),
    Hold(Hold),
}

/// The record of a row, and the date that tells which episode it belongs to.
pub(super) fn read_what(
    row: &Row<'_>,
    forms: &mut FormReader<'_>,
    log: &mut Log,
) -> Result<(What, Option<Date>), Refusal> {
    let fields = &row.plan.fields;
    Ok(match row.plan.name {
        TableName::People | TableName::Episodes => (What::Nothing, None),
        TableName::Assessments if row.plan.wide => read_wide(row, forms, log),
        TableName::Assessments => read_long(row, forms, log)?,
        TableName::Contacts => {
            let contact = Contact {
                date: row.date(log, fields, Field::ContactDate),
                kind: row.code(log, fields, Field::ContactKind, ContactType::from_code),
                mode: row.code(log, fields, Field::ContactMode, ContactMode::from_code),
                attendance: row.code(log, fields, Field::Attendance, Attendance::from_code),
                minutes: row.number(log, fields, Field::Minutes),
            };
            (What::Contact(contact), contact.date.value().copied())
        }
        TableName::Needs => {
            let reason = row.reason(Field::NeedReason)?;
            let identified = row.date(log, fields, Field::Identified);
            let met = row.flag(log, fields, Field::Met);
            (What::Need(Need { reason, identified, met }), identified.value().copied())
        }
        TableName::OnwardLinks => {
            let destination = row.text(log, fields, Field::Destination);
            let made = row.date(log, fields, Field::Made);
            let status = row.code(log, fields, Field::OnwardStatus, OnwardStatus::from_code);
            let link = OnwardLink { destination, made, status };
            (What::OnwardLink(link), made.value().copied())
        }
        TableName::Outcomes => {
            let reason = row.reason(Field::OutcomeReason)?;
            let description = row.text(log, fields, Field::Description);
            let date = row.date(log, fields, Field::OutcomeDate);
            let value_pence = row.pence(log, fields);
            let outcome = TangibleOutcome { reason, description, date, value_pence };
            (What::Outcome(outcome), date.value().copied())
        }
        TableName::Holds => {
            let from =
                row.needed_date(fields.get(&Field::HoldFrom).copied().unwrap_or_default())?;
            // Without its last day a hold would never end, and nothing would ever be due.
            let last = row.filled(fields, Field::HoldTo);
            let to = last.map(|(at, _)| row.needed_date(at)).transpose()?;
            (What::Hold(Hold { from, to }), Some(from))
        }
    })
}

fn read_long(
    row: &Row<'_>,
    forms: &mut FormReader<'_>,
    log: &mut Log,
) -> Result<(What, Option<Date>), Refusal> {
    let form = match row.plan.forms.first() {
        Some(form) => forms.read(row, form, log)?,
        None => None,
    };
    Ok(match form {
        Some(form) => {
            let date = form.assessment.when.date();
            (What::Form(form), date)
        }
        None => {
            log.warn(row.place, ProblemCode::NoForm, Tale::default);
            (What::Nothing, None)
        }
    })
}

/// The forms of a wide row. One that cannot be used is left out by itself.
fn read_wide(row: &Row<'_>, forms: &mut FormReader<'_>, log: &mut Log) -> (What, Option<Date>) {
    let mut parsed: Vec<ParsedForm> = Vec::new();
    let mut anything = false;
    for form in &row.plan.forms {
        let read = match forms.read(row, form, log) {
            Ok(None) => continue,
            Ok(Some(form)) => Ok(form),
            Err(refusal) => Err(refusal),
        };
        anything = true;
        if let Some(tally) = log.forms() {
            tally.read += 1;
        }
        match read.and_then(|new| in_order(row, form.date, &parsed, new)) {
            Ok(form) => parsed.push(form),
            Err((code, tale)) => log.reject_form(row.place, code, || tale),
        }
    }
    if !anything {
        log.warn(row.place, ProblemCode::NoForm, Tale::default);
    }
    let date = parsed.iter().find_map(|form| form.assessment.when.date());
    (What::Forms(parsed), date)
}

/// Refuses a form that is dated before an earlier one of the same instrument.
fn in_order(
    row: &Row<'_>,
    date_at: Option<usize>,
    earlier: &[ParsedForm],
    form: ParsedForm,
) -> Result<ParsedForm, Refusal> {
    let same = |other: &&ParsedForm| other.assessment.instrument == form.assessment.instrument;
    let first = earlier.iter().filter(same).find_map(|first| first.assessment.when.date());
    match (first, form.assessment.when.date()) {
        (Some(first), Some(date)) if date < first => {
            let at = date_at.unwrap_or_default();
            let tale = Tale::of(at, row.at(at)).held_to(first.to_string());
            Err((ProblemCode::FollowUpBeforeBaseline, tale))
        }
        _ => Ok(form),
    }
}
