//! A mapping: which heading of which file holds which field, and how its cells are spelt.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

use super::constants::check_constants;
use super::dates::DateFormat;
use super::fields::{Field, Group};
use super::raw::{RawAnswers, RawForm, RawMapping, RawTable, RawTotal, TotalKind};
use super::spelling::{
    self, Absence, Absences, Blanks, ByteSet, Labels, Spellings, add_label, fold,
};
use super::written::{self, Remarks};
use super::{ImportError, TableName};
use crate::score::Answer;

/// How a set of files is read: a checked mapping.
///
/// A mapping is a TOML file. `tables.<table>` names a file, and the `sheet` of it where it is a
/// workbook, and says which heading holds which field; `constants` gives a field the same value in
/// every row; `codes.<list>` maps spellings to codes; `answers.<instrument>` maps labels to numbers;
/// `occasions` orders sittings without dates; `totals.<measure>` beside the columns names a column
/// that holds a total, and says of which `kind`: `raw`, the sum of the answers, or `metric`, the
/// measure's score. Headings and spellings are compared without case and
/// outer spaces, spellings also without punctuation unless they have no letters. A code stands for
/// itself. Dates begin with 1901: an earlier one is a year of two digits or a spreadsheet's empty
/// date.
///
/// ```
/// use clw_core::import::Mapping;
///
/// let mapping = Mapping::from_toml(r#"
/// dates = ["iso", "dd/mm/yyyy"]
///
/// [tables.assessments]
/// file = "forms.csv"
/// constants = { instrument = "swemwbs" }
/// [tables.assessments.columns]
/// person = "Client"
/// date = "Completed"
/// answers = ["Q1", "Q2", "Q3", "Q4", "Q5", "Q6", "Q7"]
/// "#)?;
///
/// let error = Mapping::from_toml("[tables.assessments]\nfile = \"a.csv\"").unwrap_err();
/// assert_eq!(
///     error.to_string(),
///     "[assessments] maps no column to person, which every row needs; map one"
/// );
/// # Ok::<(), clw_core::import::ImportError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(try_from = "RawMapping")]
pub struct Mapping {
    pub(super) tables: BTreeMap<TableName, Table>,
    pub(super) spellings: Spellings,
    pub(super) dates: Vec<DateFormat>,
    /// Bytes that part two ids in one cell.
    pub(super) id_separators: ByteSet,
    /// What parts several codes in one cell.
    pub(super) list_separator: u8,
    /// As it was written.
    raw: RawMapping,
}

/// The columns and constants of one table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Table {
    pub(super) file: String,
    /// The sheet of the workbook, where the file is one.
    pub(super) sheet: Option<String>,
    pub(super) delimiter: u8,
    pub(super) wide: bool,
    /// What fields and answers are read from; the others point into this list.
    pub(super) cells: Vec<CellSource>,
    pub(super) fields: BTreeMap<Field, usize>,
    /// The sittings of a row: one in the long layout, several in the wide, none in other tables.
    pub(super) forms: Vec<Form>,
}

/// Where a cell comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum CellSource {
    Heading(String),
    Constant(Field, String),
}

/// One sitting in a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Form {
    /// The declared place in time among the row's forms; 0 in the long layout.
    pub(super) order: u32,
    pub(super) fields: BTreeMap<Field, usize>,
    pub(super) answers: AnswerCells,
    pub(super) totals: Vec<TotalCell>,
}

/// Which cell holds the total of a measure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct TotalCell {
    /// As the mapping names it.
    pub(super) measure: String,
    pub(super) cell: usize,
    pub(super) kind: TotalKind,
}

/// Which cells hold the answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum AnswerCells {
    /// The same for every instrument; one with fewer items uses the first ones.
    InOrder(Vec<usize>),
    /// Columns of its own for each instrument, by the name in the mapping.
    ByInstrument(BTreeMap<String, Vec<usize>>),
    /// None: only totals are recorded.
    None,
}

impl Mapping {
    /// Reads and checks a mapping.
    ///
    /// # Errors
    ///
    /// [`ImportError`] with the place in the mapping and what would be right there.
    pub fn from_toml(text: &str) -> Result<Self, ImportError> {
        let raw: RawMapping = toml::from_str(text).map_err(|error| {
            ImportError::MappingUnreadable { found: error.to_string().trim_end().to_owned() }
        })?;
        raw.try_into()
    }

    /// Reads and checks a mapping in JSON, with the keys of its TOML.
    ///
    /// # Errors
    ///
    /// [`ImportError`] with the place in the mapping and what would be right there.
    ///
    /// ```
    /// use clw_core::import::{Mapping, TableName};
    ///
    /// let mapping = Mapping::from_json(
    ///     r#"{"tables": {"assessments": {
    ///         "file": "forms.csv", "delimiter": ";", "constants": {"instrument": "ucla-3"},
    ///         "columns": {"person": "Client", "date": "Completed", "answers": ["Q1", "Q2", "Q3"]}
    ///     }}}"#,
    /// )?;
    /// assert_eq!(mapping.delimiter(TableName::Assessments), b';');
    /// # Ok::<(), clw_core::import::ImportError>(())
    /// ```
    pub fn from_json(text: &str) -> Result<Self, ImportError> {
        let raw: RawMapping = serde_json::from_str(text)
            .map_err(|error| ImportError::MappingUnreadable { found: error.to_string() })?;
        raw.try_into()
    }

    /// The mapping in TOML, to be read and changed by a person; its remarks are not kept.
    ///
    /// ```
    /// use clw_core::import::Mapping;
    ///
    /// let mapping = Mapping::from_json(
    ///     r#"{"tables": {"assessments": {"file": "forms.csv", "constants": {"instrument": "ucla-3"},
    ///         "columns": {"person": "Client", "date": "Completed", "answers": ["Q1", "Q2", "Q3"]}}}}"#,
    /// )?;
    /// assert_eq!(Mapping::from_toml(&mapping.to_toml())?, mapping);
    /// assert_eq!(Mapping::from_json(&mapping.to_json())?, mapping);
    /// # Ok::<(), clw_core::import::ImportError>(())
    /// ```
    #[must_use]
    pub fn to_toml(&self) -> String {
        written::toml(&self.raw, &Remarks::default())
    }

    /// The mapping in JSON, with the keys of its TOML.
    #[must_use]
    pub fn to_json(&self) -> String {
        // Texts and whole numbers under text keys, which JSON can always hold.
        serde_json::to_string(&self.raw).unwrap_or_default()
    }

    /// What parts the cells of a table; a comma where the mapping has not the table.
    #[must_use]
    pub fn delimiter(&self, table: TableName) -> u8 {
        self.tables.get(&table).map_or(b',', |table| table.delimiter)
    }

    /// Whether a table is read from a sheet of a workbook: the mapping names the sheet, or its file
    /// ends in `.xlsx` or `.xlsm`.
    #[must_use]
    pub fn in_workbook(&self, table: TableName) -> bool {
        let found = self.tables.get(&table);
        found.is_some_and(|table| table.sheet.is_some() || is_workbook(&table.file))
    }

    /// The first table that maps a postcode.
    pub(super) fn postcode_in(&self) -> Option<TableName> {
        let maps = |table: &Table| table.fields.contains_key(&Field::Postcode);
        self.tables.iter().find_map(|(name, table)| maps(table).then_some(*name))
    }

    /// The headings that are mapped in a table.
    pub fn headings(&self, table: TableName) -> impl Iterator<Item = &str> {
        let cells = self.tables.get(&table).into_iter().flat_map(|table| &table.cells);
        cells.filter_map(|cell| match cell {
            CellSource::Heading(heading) => Some(heading.as_str()),
            CellSource::Constant(..) => None,
        })
    }

    /// The tables that say whose their rows are by the episode alone.
    pub fn by_episode(&self) -> impl Iterator<Item = TableName> {
        let all = self.tables.iter();
        all.filter(|(_, table)| !table.fields.contains_key(&Field::PersonId)).map(|(name, _)| *name)
    }

    /// The files the mapping names, by table.
    pub fn files(&self) -> impl Iterator<Item = (TableName, &str)> {
        self.tables.iter().map(|(name, table)| (*name, table.file.as_str()))
    }
}

impl TryFrom<RawMapping> for Mapping {
    type Error = ImportError;

    fn try_from(mut raw: RawMapping) -> Result<Self, ImportError> {
        // An empty section says nothing.
        raw.codes.retain(|_, codes| !codes.is_empty());
        raw.answers.retain(|_, labels| !labels.is_empty());
        let spellings = check_spellings(&raw)?;
        let mut tables = BTreeMap::new();
        if !raw.tables.0.contains_key(&TableName::Assessments) {
            let found = "it has no [tables.assessments]".to_owned();
            return Err(ImportError::MappingUnreadable { found });
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

/// Whether a file of this name is a workbook.
pub(super) fn is_workbook(file: &str) -> bool {
    let ending = file.rsplit('.').next().unwrap_or_default();
    ["xlsx", "xlsm"].iter().any(|known| ending.eq_ignore_ascii_case(known))
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
    let workbook = raw.sheet.is_some() || is_workbook(&raw.file);
    if workbook && raw.delimiter.is_some() {
        return Err(out_of_place("delimiter", "a CSV file"));
    }
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
    let delimiter =
        raw.delimiter.as_deref().map_or(Ok(b','), |text| separator("delimiter", text))?;
    let table = Table { file: raw.file, sheet: raw.sheet, delimiter, wide, cells, fields, forms };
    check_needed(name, &table)?;
    Ok(table)
}

fn take_fields(
    table: TableName,
    allowed: &[Field],
    columns: BTreeMap<String, String>,
    constants: BTreeMap<String, super::raw::Constant>,
    cells: &mut Vec<CellSource>,
) -> Result<BTreeMap<Field, usize>, ImportError> {
    let find = |name: &str| {
        allowed.iter().copied().find(|field| field.name() == name).ok_or_else(|| {
            ImportError::UnknownField {
                table,
                field: name.to_owned(),
                allowed: allowed.iter().map(|field| field.name()).collect(),
            }
        })
    };
    let mut fields = BTreeMap::new();
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

fn total_cells(totals: BTreeMap<String, RawTotal>, cells: &mut Vec<CellSource>) -> Vec<TotalCell> {
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
    row: &BTreeMap<Field, usize>,
    cells: &mut Vec<CellSource>,
) -> Result<Form, ImportError> {
    let table = TableName::Assessments;
    let allowed: Vec<Field> = table
        .fields()
        .filter(|field| matches!(field.group(), Group::Shared | Group::Sitting))
        .collect();
    let own = take_fields(table, &allowed, raw.columns.fields, raw.constants, cells)?;
    if raw.columns.answers.is_none() && raw.columns.totals.is_empty() {
        return Err(ImportError::FieldNotMapped { table, field: "answers or totals" });
    }
    // What the row says of all its forms holds for each, unless the form says otherwise.
    let shared = row.iter().filter(|(field, _)| field.group() == Group::Shared);
    let mut fields: BTreeMap<Field, usize> = shared.map(|(field, at)| (*field, *at)).collect();
    fields.extend(own);
    let answers = answer_cells(raw.columns.answers, cells)?;
    let totals = total_cells(raw.columns.totals, cells);
    Ok(Form { order: raw.order, fields, answers, totals })
}

/// Every row needs to say whose it is, and every sitting when and with what.
fn check_needed(name: TableName, table: &Table) -> Result<(), ImportError> {
    let has = |field: Field| table.fields.contains_key(&field);
    let missing = |field| Err(ImportError::FieldNotMapped { table: name, field });
    let needed: &[Field] = match name {
        TableName::People | TableName::Episodes | TableName::Assessments => &[Field::PersonId],
        TableName::Contacts | TableName::OnwardLinks => &[],
        TableName::Needs => &[Field::NeedReason],
        TableName::Outcomes => &[Field::OutcomeReason],
        TableName::Holds => &[Field::HoldFrom],
    };
    if let Some(field) = needed.iter().find(|field| !has(**field)) {
        return missing(field.name());
    }
    if !has(Field::PersonId) && !has(Field::EpisodeId) {
        return missing("person or episode");
    }
    if (has(Field::SimdQuintile) || has(Field::SimdDecile)) && !has(Field::SimdVersion) {
        return missing("simd-version");
    }
    if name != TableName::Assessments {
        return Ok(());
    }
    if table.forms.is_empty() {
        return missing("answers or totals");
    }
    for form in &table.forms {
        let has = |field: Field| form.fields.contains_key(&field);
        let named = matches!(form.answers, AnswerCells::ByInstrument(_));
        if !has(Field::Instrument) && !named {
            return missing("instrument");
        }
        if !table.wide && !has(Field::SittingDate) && !has(Field::Occasion) {
            return missing("date or occasion");
        }
    }
    Ok(())
}

/// A table without person ids needs one that says whose an episode is.
fn check_joins(tables: &BTreeMap<TableName, Table>) -> Result<(), ImportError> {
    let has = |table: &Table, field: Field| table.fields.contains_key(&field);
    let episodes = tables.get(&TableName::Episodes);
    let joins = episodes.is_some_and(|table| has(table, Field::EpisodeId));
    match tables.iter().find(|(_, table)| !has(table, Field::PersonId) && !joins) {
        Some((name, _)) => Err(ImportError::FieldNotMapped { table: *name, field: "person" }),
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
    let mut answers = BTreeMap::new();
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

type RawCodes = BTreeMap<String, BTreeMap<String, String>>;

fn check_codes(
    raw: &RawCodes,
) -> Result<BTreeMap<&'static str, Labels<&'static str>>, ImportError> {
    let lists = spelling::LISTS;
    if let Some(list) = raw.keys().find(|list| lists.iter().all(|(name, _)| name != list)) {
        return Err(ImportError::UnknownCodeList {
            list: list.clone(),
            allowed: lists.iter().map(|(name, _)| *name).collect(),
        });
    }
    let mut checked = BTreeMap::new();
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
