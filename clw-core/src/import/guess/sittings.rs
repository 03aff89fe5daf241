//! The sittings in the rows of a table: which columns are answers, to what, and when.

use std::collections::BTreeSet;

use crate::OrderedMap;

use super::super::fields::Field;
use super::super::raw::{Constant, Layout, RawAnswers, RawColumns, RawForm, RawTable};
use super::super::row::whole_number;
use super::super::spelling::fold;
use super::items::{self, ItemGroup};
use super::{
    ColumnGuess, Fields, MappingGuess, OpenPoint, Preview, SpellingGuess, heading, named, values,
};
use crate::instrument::Registry;

/// Adds the columns of answers to a table of assessments.
pub(super) fn add(
    given: &Preview,
    fields: &Fields,
    registry: &Registry,
    raw: &mut RawTable,
    columns: &mut [ColumnGuess],
    guess: &mut MappingGuess,
) {
    let groups = items::groups(given);
    match groups.as_slice() {
        [] => add_named_items(given, registry, raw, columns),
        [one] => {
            let constant = constant(given, one, fields, registry, guess);
            raw.constants.extend(constant.clone().map(instrument));
            raw.columns.answers = Some(in_order(given, one));
            mark(columns, one, None);
            answers(given, groups.as_slice(), constant.as_deref(), fields, registry, guess);
        }
        several => add_wide(given, several, fields, registry, raw, columns, guess),
    }
    let timed = fields.contains_key(&Field::SittingDate) || fields.contains_key(&Field::Occasion);
    if raw.forms.is_empty() && !timed {
        guess.open.push(undated(given));
    }
}

/// Why nobody can tell when forms were filled in, and what would tell.
fn undated(given: &Preview) -> OpenPoint {
    let when = format!("when the questionnaires of {} were filled in", named(given));
    let holding = |holds: fn(&str) -> bool| {
        let mut columns = given.headings.iter().enumerate();
        columns.find(|(column, _)| {
            let mut values = given.values(*column).peekable();
            values.peek().is_some() && values.all(holds)
        })
    };
    if let Some((_, heading)) = holding(values::is_short_date) {
        let message = format!(
            "{when}: {heading:?} has years of two digits, of which no century is known; write them \
             with four, such as 05/04/2026"
        );
        return OpenPoint::of("years-of-two-digits", given, message).heading(heading);
    }
    if let Some((_, heading)) = holding(values::is_serial_day) {
        let message = format!(
            "{when}: {heading:?} may have the numbers that a spreadsheet counts days by; format the \
             column as dates there and save it again"
        );
        return OpenPoint::of("days-as-numbers", given, message).heading(heading);
    }
    OpenPoint::of("undated", given, format!("{when}: no column holds dates or occasions"))
}

fn add_named_items(
    given: &Preview,
    registry: &Registry,
    raw: &mut RawTable,
    columns: &mut [ColumnGuess],
) {
    let Some((tool, items)) = items::named_items(given, registry) else { return };
    for column in &items {
        if let Some(column) = columns.get_mut(*column) {
            column.field = Some("answers".to_owned());
            column.why = Some(format!("its heading is an item of {tool}"));
        }
    }
    let headings = items.iter().map(|column| heading(given, *column)).collect();
    raw.columns.answers = Some(RawAnswers::ByInstrument(OrderedMap::from([(tool, headings)])));
}

fn add_wide(
    given: &Preview,
    groups: &[ItemGroup],
    fields: &Fields,
    registry: &Registry,
    raw: &mut RawTable,
    columns: &mut [ColumnGuess],
    guess: &mut MappingGuess,
) {
    raw.layout = Some(Layout::Wide);
    let told = items::orders(groups);
    let ranks: BTreeSet<Option<u32>> = told.iter().copied().collect();
    let all_told = ranks.len() == told.len() && !told.contains(&None);
    if !all_told {
        let message = format!(
            "in which order the sittings of {} took place: their headings do not tell; they are taken \
             as they stand",
            named(given)
        );
        guess.open.push(OpenPoint::of("order-of-sittings", given, message));
    }
    let dates = items::dates(given);
    let mut tool = None;
    for ((place, group), told) in (1..).zip(groups).zip(told) {
        let rank = (1..).zip(&ranks).find(|(_, order)| **order == told).map(|(rank, _)| rank);
        let order = rank.filter(|_| all_told).unwrap_or(place);
        let constant = constant(given, group, fields, registry, guess);
        let mut form = RawForm {
            order,
            columns: RawColumns { answers: Some(in_order(given, group)), ..RawColumns::default() },
            constants: constant.clone().map(instrument).into_iter().collect(),
        };
        let is_free =
            |at| columns.get(at).is_some_and(|column: &ColumnGuess| column.field.is_none());
        if let Some(date) = items::date_of(&dates, group, told, is_free) {
            form.columns.fields.insert("date".to_owned(), heading(given, date));
            if let Some(column) = columns.get_mut(date) {
                column.field = Some("date".to_owned());
                column.form = Some(order);
                column.why =
                    Some("it holds dates, and its heading goes with the answers".to_owned());
            }
        }
        mark(columns, group, Some(order));
        raw.forms.push(form);
        tool = tool.or(constant);
    }
    answers(given, groups, tool.as_deref(), fields, registry, guess);
}

fn in_order(given: &Preview, group: &ItemGroup) -> RawAnswers {
    RawAnswers::InOrder(group.columns.iter().map(|column| heading(given, *column)).collect())
}

fn instrument(id: String) -> (String, Constant) {
    ("instrument".to_owned(), Constant::Text(id))
}

fn mark(columns: &mut [ColumnGuess], group: &ItemGroup, form: Option<u32>) {
    let size = group.columns.len();
    for column in &group.columns {
        if let Some(column) = columns.get_mut(*column) {
            column.field = Some("answers".to_owned());
            column.form = form;
            column.why = Some(format!("its heading is numbered 1 to {size}"));
        }
    }
}

/// The instrument of a group, where no column names it.
fn constant(
    given: &Preview,
    group: &ItemGroup,
    fields: &Fields,
    registry: &Registry,
    guess: &mut MappingGuess,
) -> Option<String> {
    if fields.contains_key(&Field::Instrument) {
        return None;
    }
    let measure = fields.get(&Field::Measure).map(|found| found.column);
    match items::instrument(given, group, measure, registry) {
        Ok((tool, why)) => {
            let place = named(given);
            let message = format!("whether the answers of {place} are to {tool}: {why}");
            let point = OpenPoint::of("questionnaire-guessed", given, message);
            push_once(&mut guess.open, point.about(vec![tool.clone()]));
            Some(tool)
        }
        Err(candidates) => {
            let size = group.columns.len();
            let known = match candidates.as_slice() {
                [] => "no instrument has as many that take such answers".to_owned(),
                some => format!("it may be {}", some.join(", ")),
            };
            let message = format!("to what the {size} answers of {} are; {known}", named(given));
            let point = OpenPoint::of("unknown-questionnaire", given, message);
            push_once(&mut guess.open, point.about(candidates));
            None
        }
    }
}

fn push_once(open: &mut Vec<OpenPoint>, point: OpenPoint) {
    if !open.contains(&point) {
        open.push(point);
    }
}

/// The labels among the answers, and the numbers that are no codes.
fn answers(
    given: &Preview,
    groups: &[ItemGroup],
    constant: Option<&str>,
    fields: &Fields,
    registry: &Registry,
    guess: &mut MappingGuess,
) {
    let tool_at = fields.get(&Field::Instrument).map(|found| found.column);
    let mut beyond: BTreeSet<i64> = BTreeSet::new();
    for row in &given.rows {
        let name = constant.or_else(|| row.get(tool_at?).map(String::as_str));
        let Some(tool) = name.and_then(|name| registry.find(name).ok()) else { continue };
        let codes =
            tool.items().iter().map(|item| (i64::from(item.lowest), i64::from(item.highest)));
        let lowest = codes.clone().map(|(low, _)| low).min().unwrap_or(0);
        let highest = codes.map(|(_, high)| high).max().unwrap_or(0);
        let columns = groups.iter().flat_map(|group| &group.columns);
        for cell in columns.filter_map(|column| row.get(*column)) {
            match whole_number(cell.as_bytes()) {
                Some(code) if (lowest..=highest).contains(&code) => {}
                Some(code) => drop(beyond.insert(code)),
                None if values::is_absent(cell) || guess.spellings.len() > 200 => {}
                None => guess.spellings.push(SpellingGuess {
                    section: format!("answers.{}", tool.id()),
                    spelling: fold(cell),
                    meaning: None,
                }),
            }
        }
    }
    if !beyond.is_empty() {
        let beyond: Vec<String> = beyond.iter().take(5).map(i64::to_string).collect();
        let message = format!(
            "what {} among the answers of {} stands for: no item takes it; a code for a missing \
             answer belongs in answer-blanks, anything else is a slip",
            beyond.join(", "),
            named(given)
        );
        let point = OpenPoint::of("unknown-answers", given, message);
        push_once(&mut guess.open, point.about(beyond));
    }
}
