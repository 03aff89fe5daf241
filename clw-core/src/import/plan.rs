//! A table of a mapping laid over the headings of its file.

use core::fmt;

use super::fields::{Field, Group};
use super::mapping::{AnswerCells, CellSource, Form, Source, Table};
use super::packed_form::PackedForms;
use super::raw::TotalKind;
use super::spelling::fold;
use super::tools::Tools;
use super::{ImportError, TableName};
use crate::OrderedMap;

/// Where to find what in the records of one file.
#[derive(Debug)]
pub(super) struct TablePlan {
    pub(super) name: TableName,
    pub(super) origin: Origin,
    pub(super) delimiter: u8,
    pub(super) wide: bool,
    /// Which of the file's columns are mapped; the others are never looked at.
    pub(super) mapped: Vec<bool>,
    /// The headings of the file.
    pub(super) headings: Vec<String>,
    /// Values that are the same in every row; they count as further cells behind the file's.
    pub(super) constants: Vec<Box<[u8]>>,
    /// The cell with the person id. Without one the episode id says whose the row is.
    pub(super) person: Option<usize>,
    /// The cells with the episode id and with the date of the referral.
    pub(super) episode: Option<usize>,
    pub(super) referred: Option<usize>,
    pub(super) programme: Option<usize>,
    /// Whether the rows say something of the person, and of the episode.
    pub(super) describes_person: bool,
    pub(super) describes_episode: bool,
    pub(super) fields: OrderedMap<Field, usize>,
    pub(super) forms: Vec<FormPlan>,
    /// How forms are packed that need no second look, where there may be such.
    pub(super) packed_forms: Option<PackedForms>,
}

/// Where the rows of a table come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Origin {
    pub(super) file: String,
    /// The sheet, where the file is a workbook.
    pub(super) sheet: Option<String>,
}

impl Origin {
    /// The file that the mapping names.
    pub(super) fn of(source: &Source) -> Self {
        Self { file: source.file.clone(), sheet: None }
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.sheet {
            Some(sheet) => write!(f, "{}, sheet {sheet:?}", self.file),
            None => f.write_str(&self.file),
        }
    }
}

/// Where to find one sitting in a record.
#[derive(Debug)]
pub(super) struct FormPlan {
    pub(super) order: u32,
    pub(super) fields: OrderedMap<Field, usize>,
    pub(super) date: Option<usize>,
    pub(super) occasion: Option<usize>,
    pub(super) instrument: Option<usize>,
    pub(super) version: Option<usize>,
    pub(super) measure: Option<usize>,
    /// Whether anything is mapped that says how the form was filled in.
    pub(super) has_more: bool,
    pub(super) answers: AnswerPlan,
    pub(super) totals: Vec<TotalPlan>,
}

/// Where to find the total of a measure.
#[derive(Debug)]
pub(super) struct TotalPlan {
    /// The measure's folded id.
    pub(super) measure: String,
    pub(super) at: usize,
    pub(super) kind: TotalKind,
}

#[derive(Debug)]
pub(super) enum AnswerPlan {
    InOrder(Vec<usize>),
    /// By the place of the instrument among the [`Tools`].
    ByInstrument(OrderedMap<usize, Vec<usize>>),
    None,
}

impl TablePlan {
    pub(super) fn new(
        name: TableName,
        (table, delimiter): (&Table, u8),
        origin: Origin,
        headings: Vec<String>,
        tools: &Tools,
    ) -> Result<Self, ImportError> {
        let mut mapped = vec![false; headings.len()];
        let mut constants: Vec<Box<[u8]>> = Vec::new();
        let mut places = Vec::with_capacity(table.cells.len());
        let by_name = by_name(&headings);
        for cell in &table.cells {
            let place = match cell {
                CellSource::Heading(heading) => {
                    let place = find_heading(&origin.to_string(), &headings, &by_name, heading)?;
                    if let Some(flag) = mapped.get_mut(place) {
                        *flag = true;
                    }
                    place
                }
                CellSource::Constant(_, text) => {
                    constants.push(text.as_bytes().into());
                    headings.len() + constants.len() - 1
                }
            };
            places.push(place);
        }
        let place = |cell: &usize| places.get(*cell).copied().unwrap_or(usize::MAX);
        let fields: OrderedMap<Field, usize> =
            table.fields.iter().map(|(field, cell)| (*field, place(cell))).collect();
        let describes = |group| fields.keys().any(|field| field.group() == group);
        let forms = table.forms.iter().map(|form| form_plan(form, &place, tools)).collect();
        Ok(Self {
            name,
            origin,
            delimiter,
            wide: table.wide,
            mapped,
            constants,
            person: fields.get(&Field::PersonId).copied(),
            episode: fields.get(&Field::EpisodeId).copied(),
            referred: fields.get(&Field::Referred).copied(),
            programme: fields.get(&Field::Programme).copied(),
            describes_person: describes(Group::Person),
            describes_episode: describes(Group::Episode),
            fields,
            forms,
            packed_forms: None,
            headings,
        })
    }

    /// Whether the file's column is mapped.
    pub(super) fn is_mapped(&self, column: usize) -> bool {
        self.mapped.get(column) == Some(&true)
    }

    /// The heading of a cell, or the name of the constant in its place.
    pub(super) fn heading(&self, cell: usize) -> &str {
        match self.headings.get(cell) {
            Some(heading) => heading,
            None => {
                let is_cell = |(_, place): &(&Field, &usize)| **place == cell;
                let mut all = self.fields.iter().chain(self.forms.iter().flat_map(|f| &f.fields));
                all.find(is_cell).map_or("", |(field, _)| field.name())
            }
        }
    }

    /// Whether a row is of use without a form, for what it says of the person or the episode.
    pub(super) const fn describes_people(&self) -> bool {
        self.describes_person || self.describes_episode
    }
}

fn form_plan(form: &Form, place: &impl Fn(&usize) -> usize, tools: &Tools) -> FormPlan {
    let all = |cells: &Vec<usize>| cells.iter().map(place).collect::<Vec<usize>>();
    let fields: OrderedMap<Field, usize> =
        form.fields.iter().map(|(field, cell)| (*field, place(cell))).collect();
    let answers = match &form.answers {
        AnswerCells::None => AnswerPlan::None,
        AnswerCells::InOrder(cells) => AnswerPlan::InOrder(all(cells)),
        AnswerCells::ByInstrument(lists) => AnswerPlan::ByInstrument(
            lists
                .iter()
                .filter_map(|(name, cells)| Some((tools.named(name)?, all(cells))))
                .collect(),
        ),
    };
    let totals = form.totals.iter().map(|total| TotalPlan {
        measure: fold(&total.measure),
        at: place(&total.cell),
        kind: total.kind,
    });
    let totals = totals.collect();
    let at = |field| fields.get(&field).copied();
    let more = [
        Field::ContactOrdinal,
        Field::SittingMode,
        Field::Setting,
        Field::Assisted,
        Field::Rater,
        Field::Entered,
    ];
    FormPlan {
        order: form.order,
        date: at(Field::SittingDate),
        occasion: at(Field::Occasion),
        instrument: at(Field::Instrument),
        version: at(Field::Version),
        measure: at(Field::Measure),
        has_more: more.into_iter().any(|field| fields.contains_key(&field)),
        answers,
        totals,
        fields,
    }
}

/// As headings are compared: without case and outer spaces.
fn compared(heading: &str) -> String {
    heading.trim().to_lowercase()
}

/// The places of each heading: a wide table asks for all of its headings, one after the other.
pub(super) fn by_name(headings: &[String]) -> OrderedMap<String, Vec<usize>> {
    let mut places: OrderedMap<String, Vec<usize>> = OrderedMap::new();
    for (place, heading) in (0..).zip(headings) {
        places.entry(compared(heading)).or_default().push(place);
    }
    places
}

/// The place of a heading among those of a file.
pub(super) fn find_heading(
    file: &str,
    headings: &[String],
    by_name: &OrderedMap<String, Vec<usize>>,
    wanted: &str,
) -> Result<usize, ImportError> {
    match by_name.get(&compared(wanted)).map(Vec::as_slice) {
        Some([place]) => Ok(*place),
        Some(_) => {
            Err(ImportError::HeadingTwice { file: file.to_owned(), heading: wanted.to_owned() })
        }
        None => {
            let wanted_fold = fold(wanted);
            let nearest = headings
                .iter()
                .filter(|heading| !heading.trim().is_empty())
                .min_by_key(|heading| strsim::levenshtein(&fold(heading), &wanted_fold));
            Err(ImportError::HeadingMissing {
                file: file.to_owned(),
                heading: wanted.to_owned(),
                nearest: nearest.map(|heading| heading.trim().to_owned()),
            })
        }
    }
}
