//! What has to hold of a mapping before anything is read through it.

use std::collections::BTreeSet;

use crate::OrderedMap;

use super::constants::check_constants;
use super::dates::DateFormat;
use super::fields::{Field, Group};
use super::mapping::{AnswerCells, CellSource, Form, Mapping, Source, Table, TotalCell};
use super::raw::{RawAnswers, RawForm, RawMapping, RawSource, RawTable, RawTotal};
use super::spelling::{self, Absence, Absences, Blanks, Labels, Spellings, add_label, fold};
use super::{ImportError, TableName};
use crate::score::Answer;

impl TryFrom<RawMapping> for Mapping {
    type Error = ImportError;

    fn try_from(mut raw: RawMapping) -> Result<Self, ImportError> {
        // An empty section says nothing.
        raw.codes.retain(|_, codes| !codes.is_empty());
        raw.answers.retain(|_, labels| !labels.is_empty());
        let spellings = check_spellings(&raw)?;
        let mut tables = OrderedMap::new();
        if !raw.tables.0.contains_key(&TableName::Assessments) {
            return Err(ImportError::NoAssessments);
        }
        for (name, table) in &raw.tables.0 {
            tables.insert(*name, check_table(*name, table.clone())?);
        }
        let dates = raw.dates.iter().flatten().map(|name| {
            DateFormat::named(name)
                .ok_or_else(|| ImportError::UnknownDateFormat { found: name.clone() })
        });
        let mut dates: Vec<DateFormat> = dates.collect::<Result<_, _>>()?;
        if raw.dates.is_none() {
            dates.push(DateFormat::Iso);
        }
        let separators = raw.id_separators.as_deref();
        let id_separators = match separators {
            None => b"/;,|&".iter().copied().collect(),
            Some(list) => list
                .iter()
                .map(|text| separator("id-separators", text))
                .collect::<Result<_, _>>()?,
        };
        let list_separator = match &raw.list_separator {
            None => b';',
            Some(text) => separator("list-separator", text)?,
        };
        check_constants(&tables, &spellings, &dates)?;
        check_joins(&tables)?;
        Ok(Self { tables, spellings, dates, id_separators, list_separator, raw })
    }
}

/// A single ASCII character that cannot be part of an id, a code or the grammar of CSV.
fn separator(key: &'static str, text: &str) -> Result<u8, ImportError> {
    match text.as_bytes() {
        [byte] if byte.is_ascii() && !byte.is_ascii_alphanumeric() && !b"\"\r\n".contains(byte) => {
            Ok(*byte)
        }
        _ => Err(ImportError::BadSeparator { key, found: text.to_owned() }),
    }
}

fn check_table(name: TableName, raw: RawTable) -> Result<Table, ImportError> {
    let wide = raw.layout.is_some_and(super::raw::Layout::is_wide);
    let out_of_place = |key, belongs| ImportError::KeyOutOfPlace { table: name, key, belongs };
    if name != TableName::Assessments {
        if raw.layout.is_some() {
            return Err(out_of_place("layout", "[assessments]"));
        }
        if raw.columns.answers.is_some() {
            return Err(out_of_place("columns.answers", "[assessments]"));
        }
        if !raw.columns.totals.is_empty() {
            return Err(out_of_place("columns.totals", "[assessments]"));
        }
    }
    if wide && raw.columns.answers.is_some() {
        return Err(out_of_place("columns.answers", "a form, or to the layout long"));
    }
    if wide && !raw.columns.totals.is_empty() {
        return Err(out_of_place("columns.totals", "a form, or to the layout long"));
    }
    if !wide && !raw.forms.is_empty() {
        return Err(out_of_place("forms", "[assessments] with the layout wide"));
    }
    let RawTable { file, sheet, delimiter, heading_row, also, .. } = raw;
    let named = 1 + also.len();
    if named > MOST_FILES {
        return Err(ImportError::TooManyFiles { table: name, named, limit: MOST_FILES });
    }
    let first = RawSource { file, sheet, delimiter, heading_row };
    let sources = core::iter::once(first).chain(also).map(|source| check_source(name, source));
    let sources = sources.collect::<Result<_, _>>()?;
    let mut cells = Vec::new();
    let allowed: Vec<Field> =
        name.fields().filter(|field| !wide || field.group() != Group::Sitting).collect();
    let fields = take_fields(name, &allowed, raw.columns.fields, raw.constants, &mut cells)?;
    let mut forms = Vec::new();
    if raw.columns.answers.is_some() || !raw.columns.totals.is_empty() {
        let answers = answer_cells(raw.columns.answers, &mut cells)?;
        let totals = total_cells(raw.columns.totals, &mut cells);
        forms.push(Form { order: 0, fields: fields.clone(), answers, totals });
    }
    let mut raw_forms = raw.forms;
    raw_forms.sort_by_key(|form| form.order);
    for form in raw_forms {
        forms.push(check_form(form, &fields, &mut cells)?);
    }
    let table = Table { sources, wide, cells, fields, forms };
    check_needed(name, &table)?;
    Ok(table)
}

/// The most files of a table: the files of all tables are told apart by a byte.
const MOST_FILES: usize = 30;

fn check_source(table: TableName, raw: RawSource) -> Result<Source, ImportError> {
    let RawSource { file, sheet, delimiter, heading_row } = raw;
    let separated = delimiter.is_some();
    let delimiter = delimiter.map_or(Ok(b','), |text| separator("delimiter", &text))?;
    let source = Source { file, sheet, delimiter, heading_row };
    if separated && source.in_workbook() {
        let (key, belongs) = ("delimiter", "a CSV file");
        return Err(ImportError::KeyOutOfPlace { table, key, belongs });
    }
    if source.heading_row == Some(0) {
        return Err(ImportError::HeadingRowZero { table });
    }
    Ok(source)
}

fn take_fields(
    table: TableName,
    allowed: &[Field],
    columns: OrderedMap<String, String>,
    constants: OrderedMap<String, super::raw::Constant>,
    cells: &mut Vec<CellSource>,
) -> Result<OrderedMap<Field, usize>, ImportError> {
    let find = |name: &str| {
        allowed.iter().copied().find(|field| field.name() == name).ok_or_else(|| {
            ImportError::UnknownField {
                table,
                field: name.to_owned(),
                allowed: allowed.iter().map(|field| field.name()).collect(),
            }
        })
    };
    let mut fields = OrderedMap::new();
    for (name, heading) in columns {
        fields.insert(find(&name)?, cells.len());
        cells.push(CellSource::Heading(heading));
    }
    for (name, constant) in constants {
        let field = find(&name)?;
        if field.group() == Group::Key || field == Field::Postcode {
            let key = match field {
                Field::PersonId => "constants.person",
                Field::Postcode => "constants.postcode",
                _ => "constants.episode",
            };
            let belongs = match field {
                Field::Postcode => "columns, as each person has a postcode of their own",
                _ => "columns, as each row has an id of its own",
            };
            return Err(ImportError::KeyOutOfPlace { table, key, belongs });
        }
        if fields.insert(field, cells.len()).is_some() {
            return Err(ImportError::FieldTwice { table, field: field.name() });
        }
        cells.push(CellSource::Constant(field, constant.to_string()));
    }
    Ok(fields)
}

fn total_cells(
    totals: OrderedMap<String, RawTotal>,
    cells: &mut Vec<CellSource>,
) -> Vec<TotalCell> {
    let mut take = |(measure, RawTotal { column, kind })| {
        let cell = cells.len();
        cells.push(CellSource::Heading(column));
        TotalCell { measure, cell, kind }
    };
    totals.into_iter().map(&mut take).collect()
}

fn answer_cells(
    raw: Option<RawAnswers>,
    cells: &mut Vec<CellSource>,
) -> Result<AnswerCells, ImportError> {
    let mut take = |headings: Vec<String>| -> Result<Vec<usize>, ImportError> {
        let first = cells.len();
        let mut taken = BTreeSet::new();
        for heading in headings {
            if !taken.insert(heading.trim().to_lowercase()) {
                return Err(ImportError::HeadingForTwoItems { heading });
            }
            cells.push(CellSource::Heading(heading));
        }
        Ok((first..cells.len()).collect())
    };
    let Some(raw) = raw else { return Ok(AnswerCells::None) };
    Ok(match raw {
        RawAnswers::InOrder(headings) => AnswerCells::InOrder(take(headings)?),
        RawAnswers::ByInstrument(lists) => AnswerCells::ByInstrument(
            lists
                .into_iter()
                .map(|(name, headings)| Ok((name, take(headings)?)))
                .collect::<Result<_, _>>()?,
        ),
    })
}

fn check_form(
    raw: RawForm,
    row: &OrderedMap<Field, usize>,
    cells: &mut Vec<CellSource>,
) -> Result<Form, ImportError> {
    let table = TableName::Assessments;
    let allowed: Vec<Field> = table
        .fields()
        .filter(|field| matches!(field.group(), Group::Shared | Group::Sitting))
        .collect();
    let own = take_fields(table, &allowed, raw.columns.fields, raw.constants, cells)?;
    if raw.columns.answers.is_none() && raw.columns.totals.is_empty() {
        return Err(ImportError::FieldNotMapped { table, fields: vec!["answers", "totals"] });
    }
    // What the row says of all its forms holds for each, unless the form says otherwise.
    let shared = row.iter().filter(|(field, _)| field.group() == Group::Shared);
    let mut fields: OrderedMap<Field, usize> = shared.map(|(field, at)| (*field, *at)).collect();
    fields.extend(own);
    let answers = answer_cells(raw.columns.answers, cells)?;
    let totals = total_cells(raw.columns.totals, cells);
    Ok(Form { order: raw.order, fields, answers, totals })
}

/// Every row needs to say whose it is, and every sitting when and with what.
fn check_needed(name: TableName, table: &Table) -> Result<(), ImportError> {
    let has = |field: Field| table.fields.contains_key(&field);
    let missing = |fields: &[&'static str]| {
        Err(ImportError::FieldNotMapped { table: name, fields: fields.to_vec() })
    };
    let needed: &[Field] = match name {
        TableName::People | TableName::Episodes | TableName::Assessments => &[Field::PersonId],
        TableName::Contacts | TableName::OnwardLinks => &[],
        TableName::Needs => &[Field::NeedReason],
        TableName::Outcomes => &[Field::OutcomeReason],
        TableName::Holds => &[Field::HoldFrom],
    };
    if let Some(field) = needed.iter().find(|field| !has(**field)) {
        return missing(&[field.name()]);
    }
    if !has(Field::PersonId) && !has(Field::EpisodeId) {
        return missing(&["person", "episode"]);
    }
    if (has(Field::SimdQuintile) || has(Field::SimdDecile)) && !has(Field::SimdVersion) {
        return missing(&["simd-version"]);
    }
    if name != TableName::Assessments {
        return Ok(());
    }
    if table.forms.is_empty() {
        return missing(&["answers", "totals"]);
    }
    for form in &table.forms {
        let has = |field: Field| form.fields.contains_key(&field);
        let named = matches!(form.answers, AnswerCells::ByInstrument(_));
        if !has(Field::Instrument) && !named {
            return missing(&["instrument"]);
        }
        if !table.wide && !has(Field::SittingDate) && !has(Field::Occasion) {
            return missing(&["date", "occasion"]);
        }
    }
    Ok(())
}

/// A table without person ids needs one that says whose an episode is.
fn check_joins(tables: &OrderedMap<TableName, Table>) -> Result<(), ImportError> {
    let has = |table: &Table, field: Field| table.fields.contains_key(&field);
    let episodes = tables.get(&TableName::Episodes);
    let joins = episodes.is_some_and(|table| has(table, Field::EpisodeId));
    match tables.iter().find(|(_, table)| !has(table, Field::PersonId) && !joins) {
        Some((name, _)) => {
            Err(ImportError::FieldNotMapped { table: *name, fields: vec!["person"] })
        }
        None => Ok(()),
    }
}

fn check_spellings(raw: &RawMapping) -> Result<Spellings, ImportError> {
    let blanks = || match &raw.blanks {
        Some(list) => list.iter().map(String::as_str).collect::<Vec<_>>(),
        None => spelling::BLANKS.to_vec(),
    };
    let mut occasions = Labels::new();
    for (label, order) in &raw.occasions {
        add_label(&mut occasions, || "[occasions]".to_owned(), label, *order)?;
    }
    let mut answers = OrderedMap::new();
    for (instrument, labels) in &raw.answers {
        let mut known: Labels<Answer> = Labels::new();
        for (label, answer) in labels {
            add_label(&mut known, || format!("[answers.{instrument}]"), label, (*answer).into())?;
        }
        answers.insert(instrument.clone(), known);
    }
    let answer_blanks = raw.answer_blanks.iter().flatten().map(String::as_str);
    Ok(Spellings {
        blanks: Blanks::new(blanks().into_iter()),
        answer_blanks: Blanks::new(blanks().into_iter().chain(answer_blanks)),
        absences: check_absences(raw)?,
        codes: check_codes(&raw.codes)?,
        answers,
        occasions,
    })
}

fn check_absences(raw: &RawMapping) -> Result<Absences, ImportError> {
    let mut words = Labels::new();
    let lists = [
        ("not-known", &raw.not_known, spelling::NOT_KNOWN, Absence::NotKnown),
        ("not-applicable", &raw.not_applicable, spelling::NOT_APPLICABLE, Absence::NotApplicable),
    ];
    for (key, list, usual, absence) in lists {
        let usual = || usual.iter().map(|word| (*word).to_owned()).collect();
        for word in list.clone().unwrap_or_else(usual) {
            add_label(&mut words, || key.to_owned(), &word, absence)?;
        }
    }
    Ok(Absences::new(words))
}

type RawCodes = OrderedMap<String, OrderedMap<String, String>>;

fn check_codes(
    raw: &RawCodes,
) -> Result<OrderedMap<&'static str, Labels<&'static str>>, ImportError> {
    let lists = spelling::LISTS;
    if let Some(list) = raw.keys().find(|list| lists.iter().all(|(name, _)| name != list)) {
        return Err(ImportError::UnknownCodeList {
            list: list.clone(),
            allowed: lists.iter().map(|(name, _)| *name).collect(),
        });
    }
    let mut checked = OrderedMap::new();
    for (list, codes) in lists {
        let mut labels: Labels<&'static str> =
            codes.iter().map(|code| (fold(code), *code)).collect();
        if *list == spelling::YES_NO {
            labels.extend([("y", "yes"), ("true", "yes"), ("1", "yes")].map(owned));
            labels.extend([("n", "no"), ("false", "no"), ("0", "no")].map(owned));
        }
        for (spelling, code) in raw.get(*list).into_iter().flatten() {
            let known = codes.iter().find(|known| *known == code).ok_or_else(|| {
                ImportError::UnknownCode {
                    list,
                    spelling: spelling.clone(),
                    code: code.clone(),
                    allowed: codes.to_vec(),
                }
            })?;
            add_label(&mut labels, || format!("[codes.{list}]"), spelling, *known)?;
        }
        checked.insert(*list, labels);
    }
    Ok(checked)
}

fn owned((spelling, code): (&str, &'static str)) -> (String, &'static str) {
    (spelling.to_owned(), code)
}
