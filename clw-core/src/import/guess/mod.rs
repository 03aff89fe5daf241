//! A first mapping, guessed from headings and some rows, for a person to correct.
//!
//! ```text
//! previews ─▶ which table each is ─▶ which field each column is ─▶ items and instruments ─▶ mapping
//! ```
//!
//! Every guess says why. What a spelling stands for is proposed and never decided: until somebody
//! says so, the import rejects or warns of it.

mod fields;
mod items;
mod names;
mod open;
mod preview;
mod sittings;
mod spellings;
mod values;
mod wording;

use std::collections::BTreeSet;

use crate::OrderedMap;

use serde::Serialize;

pub use open::OpenPoint;
pub use preview::Preview;
pub use spellings::SpellingGuess;

use super::dates::DateFormat;
use super::fields::{Field, Kind};
use super::mapping::Mapping;
use super::raw::{RawMapping, RawSource, RawTable};
use super::written::{self, Remarks};
use super::{ImportError, TableName};
use crate::instrument::Registry;
use fields::Assigned;
use values::FORMATS;

/// A guessed mapping, and what it rests on.
///
/// In JSON `mapping` is the mapping itself, for [`Mapping::from_json`] once it has been corrected.
///
/// ```
/// use clw_core::import::{Preview, TableName, guess_mapping};
/// use clw_core::instrument::Registry;
///
/// let csv = "Client ref,Date completed,Q1,Q2,Q3,Q4,Q5,Q6,Q7\nA,05/03/2026,1,2,3,3,3,4,5\n";
/// let forms = Preview::csv("swemwbs.csv", csv.as_bytes())?;
/// let guess = guess_mapping(&[forms], &Registry::new());
///
/// assert_eq!(guess.tables[0].table, Some(TableName::Assessments));
/// let date = &guess.tables[0].columns[1];
/// assert_eq!(date.field.as_deref(), Some("date"));
/// assert_eq!(date.why.as_deref(), Some("its heading reads \"date completed\"; it holds dates"));
/// guess.mapping()?;
/// # Ok::<(), clw_core::import::ImportError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct MappingGuess {
    /// Each table that was given, in order.
    pub tables: Vec<TableGuess>,
    /// Spellings that mean nothing yet. None of them is in the mapping.
    pub spellings: Vec<SpellingGuess>,
    /// What a person has to decide or to check.
    pub open: Vec<OpenPoint>,
    mapping: RawMapping,
}

/// What a table that was given was taken for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct TableGuess {
    /// The file.
    pub file: String,
    /// The sheet, where the file is a workbook.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sheet: Option<String>,
    /// The row of the headings, from 1, where something that is none stands above them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub heading_row: Option<u32>,
    /// The table of the mapping, where there is a guess.
    pub table: Option<TableName>,
    /// Its columns, in order.
    pub columns: Vec<ColumnGuess>,
    /// The fields that the table can have, for choosing others.
    pub fields: Vec<&'static str>,
}

/// What a column was taken for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct ColumnGuess {
    /// The heading.
    pub heading: String,
    /// The field, `answers` for an item; none where the column is left out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
    /// Which of several sittings in a row it belongs to, by their order.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub form: Option<u32>,
    /// What the guess rests on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub why: Option<String>,
}

impl MappingGuess {
    /// The guessed mapping, checked.
    ///
    /// # Errors
    ///
    /// [`ImportError`] where something that every mapping needs could not be guessed.
    pub fn mapping(&self) -> Result<Mapping, ImportError> {
        self.mapping.clone().try_into()
    }

    /// The guessed mapping in TOML, with what each guess rests on as a remark beside it and the
    /// spellings as remarks below: to accept one is to remove its `#`.
    #[must_use]
    pub fn to_toml(&self) -> String {
        written::toml(&self.mapping, &self.remarks())
    }

    fn remarks(&self) -> Remarks {
        let mut remarks = Remarks {
            head: vec![
                "A first guess from the headings and some rows: every line is to be checked."
                    .into(),
                "What a spelling stands for is proposed below; remove the # where it is right."
                    .into(),
            ],
            ..Remarks::default()
        };
        remarks.head.extend(self.open.iter().map(|open| format!("To decide: {open}")));
        for table in &self.tables {
            let Some(name) = table.table else { continue };
            let unused = table.columns.iter().filter(|column| column.field.is_none());
            let unused: Vec<&str> = unused.map(|column| column.heading.as_str()).collect();
            if !unused.is_empty() {
                let unused = format!("not mapped: {}", unused.join(", "));
                remarks.tables.insert(name, one_line(&unused));
            }
            for column in &table.columns {
                if let (Some(field), Some(why)) = (&column.field, &column.why) {
                    let place = (name, column.form.unwrap_or(0), field.clone());
                    remarks.fields.entry(place).or_insert_with(|| one_line(why));
                }
            }
        }
        for guess in &self.spellings {
            let spelling = written::key(&guess.spelling);
            let line = match (&guess.meaning, guess.section.as_str()) {
                (Some(order), "occasions") => format!("{spelling} = {order}"),
                (Some(code), _) => format!("{spelling} = {}", written::string(code)),
                (None, _) => format!("{spelling} = ?"),
            };
            remarks.proposed.entry(guess.section.clone()).or_default().push(one_line(&line));
        }
        remarks
    }
}

/// A remark ends with its line.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Guesses a mapping from the beginnings of all tables that there are.
///
/// The same previews give the same guess. Nothing is guessed of the meaning of a code, a label or an
/// occasion; [`MappingGuess::spellings`] proposes it.
#[must_use]
pub fn guess_mapping(previews: &[Preview], registry: &Registry) -> MappingGuess {
    let mut guess = MappingGuess {
        tables: Vec::new(),
        spellings: Vec::new(),
        open: Vec::new(),
        mapping: RawMapping::default(),
    };
    let assigned = fields::assign(previews, registry);
    for (given, assigned) in previews.iter().zip(&assigned) {
        add_table(given, assigned.as_ref(), registry, &mut guess);
    }
    for (place, given) in previews.iter().enumerate() {
        if assigned.get(place).is_some_and(Option::is_none) {
            add_rest(place, given, (previews, &assigned), registry, &mut guess);
        }
    }
    for (given, table) in previews.iter().zip(&guess.tables) {
        guess.open.extend(totals(given, table));
        if table.table.is_some() && given.rows.is_empty() {
            let message = format!("whether {} is whole: no row is seen in it", named(given));
            guess.open.push(OpenPoint::of("no-rows", given, message));
        }
    }
    guess.mapping.dates = dates(previews, &assigned, &mut guess.open);
    if !guess.mapping.tables.0.contains_key(&TableName::Assessments) {
        let sentence = "which table holds the questionnaires: no columns look like answers";
        guess.open.push(OpenPoint::new("no-questionnaires", sentence.into()));
    }
    guess.spellings.sort();
    guess.spellings.dedup();
    guess
}

fn add_table(
    given: &Preview,
    assigned: Option<&Assigned>,
    registry: &Registry,
    guess: &mut MappingGuess,
) {
    let blank = |heading: &String| ColumnGuess {
        heading: heading.clone(),
        field: None,
        form: None,
        why: None,
    };
    let mut columns: Vec<ColumnGuess> = given.headings.iter().map(blank).collect();
    let Some(Assigned { table, fields, .. }) = assigned else {
        let (file, sheet) = (given.file.clone(), given.sheet.clone());
        let (heading_row, fields) = (given.heading_row, Vec::new());
        guess.tables.push(TableGuess { file, sheet, heading_row, table: None, columns, fields });
        return;
    };
    let mut raw =
        RawTable { file: given.file.clone(), sheet: given.sheet.clone(), ..RawTable::default() };
    raw.delimiter = delimiter(given);
    raw.heading_row = given.heading_row;
    for (field, found) in fields {
        raw.columns.fields.insert(field.name().to_owned(), heading(given, found.column));
        if let Some(column) = columns.get_mut(found.column) {
            column.field = Some(field.name().to_owned());
            column.why = Some(found.why.clone());
        }
        guess.spellings.extend(spellings::of_field(*field, given, found.column));
    }
    if *table == TableName::Assessments {
        sittings::add(given, fields, registry, &mut raw, &mut columns, guess);
    }
    guess.tables.push(TableGuess {
        file: given.file.clone(),
        sheet: given.sheet.clone(),
        heading_row: given.heading_row,
        table: Some(*table),
        columns,
        fields: table.fields().map(Field::name).collect(),
    });
    guess.mapping.tables.0.insert(*table, raw);
}

fn delimiter(given: &Preview) -> Option<String> {
    (given.delimiter != b',').then(|| char::from(given.delimiter).to_string())
}

/// Reads what was taken for no table below another one with its headings, or leaves it open.
fn add_rest(
    place: usize,
    given: &Preview,
    (previews, assigned): (&[Preview], &[Option<Assigned>]),
    registry: &Registry,
    guess: &mut MappingGuess,
) {
    let first = previews.iter().zip(assigned).enumerate().find_map(|(at, (other, assigned))| {
        let table = assigned.as_ref()?.table;
        same_headings(given, other).then_some((at, table))
    });
    let Some((first, table)) = first else { return guess.open.push(left_out(given, registry)) };
    let like = guess.tables.get(first).map(|table| (table.columns.clone(), table.fields.clone()));
    if let (Some(own), Some((columns, fields))) = (guess.tables.get_mut(place), like) {
        (own.table, own.columns, own.fields) = (Some(table), columns, fields);
    }
    if let Some(raw) = guess.mapping.tables.0.get_mut(&table) {
        let (file, sheet) = (given.file.clone(), given.sheet.clone());
        let (delimiter, heading_row) = (delimiter(given), given.heading_row);
        raw.also.push(RawSource { file, sheet, delimiter, heading_row });
    }
    let message = format!(
        "whether {} holds further {table}: its headings are those of another file, and its rows are \
         read below that one's",
        named(given)
    );
    guess.open.push(OpenPoint::of("read-below", given, message));
}

fn same_headings(one: &Preview, other: &Preview) -> bool {
    let folded = |given: &Preview| -> BTreeSet<String> {
        given.headings.iter().map(|heading| heading.to_lowercase()).collect()
    };
    folded(one) == folded(other)
}

/// Why nothing is read from a table that was given.
fn left_out(given: &Preview, registry: &Registry) -> OpenPoint {
    let name = named(given);
    match fields::alone(given, registry) {
        Some(table) => {
            let message = format!(
                "how {name} goes together with another table: both look like {table}, and their headings \
                 differ; give both the same headings, or nothing is read from {name}"
            );
            OpenPoint::of("headings-differ", given, message).about(vec![table.name().to_owned()])
        }
        None => {
            let message = format!("what {name} holds: its headings are those of no table");
            OpenPoint::of("unknown-table", given, message)
        }
    }
}

/// The columns left out that may hold totals of questionnaires, which no look can tell apart.
fn totals(given: &Preview, table: &TableGuess) -> Vec<OpenPoint> {
    let called = |heading: &str| {
        let words = wording::words(heading);
        ["total", "score", "raw", "metric"].iter().any(|word| words.iter().any(|own| own == word))
    };
    let left_out = (0..).zip(&table.columns).filter(|(_, column)| column.field.is_none());
    let holding = left_out.filter(|(at, column)| {
        called(&column.heading) && given.values(*at).next().is_some_and(is_number)
    });
    let sentence = |(_, column): (usize, &ColumnGuess)| {
        let message = format!(
            "whether {:?} of {} holds totals, raw or metric: no value tells; map it as totals.<measure>, \
             with its column and its kind",
            column.heading,
            named(given)
        );
        OpenPoint::of("totals", given, message).heading(&column.heading)
    };
    holding.map(sentence).collect()
}

/// Whether a cell holds digits, with a sign or a point.
fn is_number(cell: &str) -> bool {
    let unsigned = cell.strip_prefix(['-', '+']).unwrap_or(cell);
    let (whole, fraction) = unsigned.split_once('.').unwrap_or((unsigned, ""));
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    digits(whole) && digits(fraction) && !(whole.is_empty() && fraction.is_empty())
}

fn heading(given: &Preview, column: usize) -> String {
    given.headings.get(column).cloned().unwrap_or_default()
}

/// What a message calls a table that was given.
fn named(given: &Preview) -> String {
    match &given.sheet {
        Some(sheet) => format!("{}, sheet {sheet:?},", given.file),
        None => given.file.clone(),
    }
}

/// The formats that the dates are written in, and what there is to check about them.
fn dates(
    previews: &[Preview],
    assigned: &[Option<Assigned>],
    open: &mut Vec<OpenPoint>,
) -> Option<Vec<String>> {
    let (mut used, mut day_first) = (BTreeSet::new(), false);
    let mut in_numbers = false;
    for (given, assigned) in previews.iter().zip(assigned) {
        for (column, _) in given.headings.iter().enumerate() {
            let of_field = |(field, found): (&Field, &fields::Found)| {
                found.column == column && field.kind() == Kind::Date
            };
            let mapped = assigned.as_ref().is_some_and(|a| a.fields.iter().any(of_field));
            let all_dates = given.values(column).all(values::is_date);
            if !mapped && !all_dates {
                continue;
            }
            for cell in given.values(column) {
                let Some(at) = FORMATS.iter().position(|f| f.read(cell.as_bytes()).is_some())
                else {
                    continue;
                };
                used.insert(at);
                if FORMATS.get(at) == Some(&DateFormat::DayMonthYear) {
                    in_numbers = true;
                    let first = cell.split(|c: char| !c.is_ascii_digit()).next();
                    day_first |= first.is_some_and(|day| day.parse().is_ok_and(|day: u8| day > 12));
                }
            }
        }
    }
    if in_numbers && !day_first {
        let message = "whether the day or the month comes first in dates such as 05/03/2026: no date \
                       tells; the import takes the day first";
        open.push(OpenPoint::new("day-or-month", message.to_owned()));
    }
    let names = used.into_iter().filter_map(|at| FORMATS.get(at));
    let names: Vec<String> = names.map(|format| format.name().to_owned()).collect();
    (!names.is_empty()).then_some(names)
}

/// Fields by column, to look up what a column was taken for.
type Fields = OrderedMap<Field, fields::Found>;
