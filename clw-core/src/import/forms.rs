//! One sitting out of a record.

use super::fields::Field;
use super::packed_form::{PackedForm, PackedForms};
use super::plan::{AnswerPlan, FormPlan};
use super::problem::{Log, ProblemCode, Tale};
use super::row::{Row, whole_number};
use super::spelling::{Absence, Spellings, fold};
use super::tools::{Tool, Tools};
use super::totals;
use crate::caseload::{Assessment, AssessmentMode, AssessmentSetting, Rater, Recorded, When};
use crate::score::Answer;

/// A sitting before it belongs to an episode.
#[derive(Debug)]
pub(super) struct ParsedForm {
    /// Boxed, as it is handed on several times: its texts and answers are long to move.
    pub(super) assessment: Box<Assessment>,
    /// The instrument and the measure of it that the row holds, where it is not the whole form.
    pub(super) part: Option<(usize, usize)>,
}

/// Why a form cannot be used.
pub(super) type Refusal = (ProblemCode, Tale);

/// Reads forms; remembers which name stands for which instrument.
#[derive(Debug)]
#[expect(clippy::vec_box, reason = "what is boxed is handed on in its box")]
pub(super) struct FormReader<'a> {
    tools: &'a Tools,
    known: Vec<(Box<[u8]>, usize)>,
    /// What forms are read into, with the room of the texts and answers of earlier ones.
    boxes: Vec<Box<Assessment>>,
    /// What episodes had too many of.
    spare: Vec<Assessment>,
}

impl<'a> FormReader<'a> {
    pub(super) const fn new(tools: &'a Tools) -> Self {
        Self { tools, known: Vec::new(), boxes: Vec::new(), spare: Vec::new() }
    }

    pub(super) const fn tools(&self) -> &'a Tools {
        self.tools
    }

    /// Takes assessments back that an episode has too many of.
    pub(super) fn keep(&mut self, spare: impl Iterator<Item = Assessment>) {
        self.spare.extend(spare);
    }

    /// An assessment to be filled.
    pub(super) fn spare(&mut self) -> Assessment {
        let none = || Assessment::new("", "", When::Occasion(0), Vec::new());
        self.spare.pop().unwrap_or_else(none)
    }

    /// Takes a box back to read into it again.
    pub(super) fn keep_box(&mut self, boxed: Box<Assessment>) {
        self.boxes.push(boxed);
    }

    /// Takes a form's assessment out of its box.
    pub(super) fn unbox(&mut self, mut boxed: Box<Assessment>) -> Assessment {
        let assessment = core::mem::replace(&mut *boxed, self.spare());
        self.boxes.push(boxed);
        assessment
    }

    /// The form at this place of the record; none if nothing is there.
    pub(super) fn read(
        &mut self,
        row: &Row<'_>,
        form: &FormPlan,
        log: &mut Log,
    ) -> Result<Option<ParsedForm>, Refusal> {
        if let (Some(packed), Some(forms)) = (row.form, &row.plan.packed_forms) {
            return Ok(self.unpack(packed, forms));
        }
        let tools = self.tools;
        let may_be_absent = row.plan.wide || row.plan.describes_people();
        let no_date = || form.date.is_none_or(|at| row.filled_at(at).is_none());
        let empty = || no_answers(row, form) && totals::none(row, &form.totals);
        if may_be_absent && no_date() && empty() {
            return Ok(None);
        }
        let at = self.instrument(row, form)?;
        let Some(tool) = tools.get(at) else { return Ok(None) };
        let when = when(row, form)?;
        let measure = measure(row, form, tool)?;
        let cells = match &form.answers {
            AnswerPlan::None => {
                totals::needed(&form.totals, tool)?;
                &[]
            }
            AnswerPlan::InOrder(cells) => cells.as_slice(),
            AnswerPlan::ByInstrument(lists) => {
                let none = || {
                    let detail = format!("no columns are mapped for the answers to {}", tool.id);
                    (ProblemCode::WrongNumberOfAnswers, Tale::detail(detail))
                };
                lists.get(&at).ok_or_else(none)?.as_slice()
            }
        };
        let mut assessment = self.blank(tool, when);
        let part = measure.map(|measure| (at, measure));
        let items = measure.and_then(|at| tool.measures.get(at)).map(|(_, items)| items.as_slice());
        if matches!(form.answers, AnswerPlan::None) {
            assessment.answers.resize(tool.items, Answer::Blank);
        } else if let Err(refusal) = read_answers(row, tool, items, cells, &mut assessment.answers)
        {
            self.boxes.push(assessment);
            return Err(refusal);
        }
        warn_of_code_out_of_range(row, tool, items, cells, &assessment.answers, log);
        if let (false, Some(instrument)) = (form.totals.is_empty(), tools.instrument(at)) {
            let of = (tool, instrument);
            totals::read(row, &form.totals, of, measure, &mut assessment, log);
        }
        if form.has_more {
            circumstances(row, form, log, &mut assessment);
        }
        Ok(Some(ParsedForm { assessment, part }))
    }

    /// A form that was packed.
    fn unpack(&mut self, packed: PackedForm<'_>, forms: &PackedForms) -> Option<ParsedForm> {
        let (date, answers) = packed.unpack()?;
        let mut assessment = self.blank(self.tools.get(forms.tool)?, When::Date(date));
        assessment.answers.extend(answers);
        Some(ParsedForm { assessment, part: None })
    }

    fn blank(&mut self, tool: &Tool, now: When) -> Box<Assessment> {
        let none = || Box::new(Assessment::new("", "", now, Vec::new()));
        let mut boxed = self.boxes.pop().unwrap_or_else(none);
        refill(&mut boxed, tool, now);
        boxed
    }

    fn instrument(&mut self, row: &Row<'_>, form: &FormPlan) -> Result<usize, Refusal> {
        let Some(at) = form.instrument else {
            // Columns for one instrument alone say which it is.
            return match &form.answers {
                AnswerPlan::ByInstrument(lists) if lists.len() == 1 => {
                    Ok(lists.keys().next().copied().unwrap_or_default())
                }
                _ => Err((ProblemCode::MissingInstrument, Tale::detail("instrument"))),
            };
        };
        let name = row.at(at);
        let version = form.version.and_then(|at| row.filled_at(at));
        let found = match version {
            None => self.known.iter().find(|(known, _)| **known == *name),
            Some(_) => None,
        };
        if let Some((_, place)) = found {
            return Ok(*place);
        }
        if row.mapping.spellings.absence(name).is_some() {
            return Err((ProblemCode::MissingInstrument, Tale::of(at, name)));
        }
        let text = String::from_utf8_lossy(name);
        let full = match version {
            None => text.into_owned(),
            Some(version) => format!("{text}@{}", String::from_utf8_lossy(version)),
        };
        match self.tools.find(&full) {
            Ok(place) => {
                // Few names are met; a file with very many is not sped up by keeping them.
                if version.is_none() && self.known.len() < 64 {
                    self.known.push((name.into(), place));
                }
                Ok(place)
            }
            Err(detail) => Err((ProblemCode::UnknownInstrument, Tale::of(at, name).with(detail))),
        }
    }
}

/// Leaves of an assessment its room alone: nothing is known yet but by which instrument and when.
pub(super) fn refill(assessment: &mut Assessment, tool: &Tool, now: When) {
    let Assessment {
        instrument,
        version,
        when,
        contact_ordinal,
        mode,
        setting,
        assisted,
        rater,
        entered,
        answers,
        totals,
    } = assessment;
    instrument.clone_from(&tool.id);
    version.clone_from(&tool.version);
    answers.clear();
    totals.clear();
    *when = now;
    *contact_ordinal = Recorded::Missing;
    *mode = Recorded::Missing;
    *setting = Recorded::Missing;
    *assisted = Recorded::Missing;
    *rater = Recorded::Missing;
    *entered = Recorded::Missing;
}

fn when(row: &Row<'_>, form: &FormPlan) -> Result<When, Refusal> {
    if let Some(at) = form.date {
        match row.needed_date(at) {
            Err((ProblemCode::MissingDate, _)) if form.occasion.is_some() => {}
            date => return date.map(When::Date),
        }
    }
    let Some(at) = form.occasion else { return Ok(When::Occasion(form.order)) };
    let cell = row.at(at);
    let spellings = &row.mapping.spellings;
    let label = fold(core::str::from_utf8(cell).unwrap_or_default());
    match spellings.occasions.get(&label) {
        Some(order) => Ok(When::Occasion(*order)),
        None if spellings.absence(cell).is_some() => {
            Err((ProblemCode::MissingDate, Tale::of(at, cell)))
        }
        None => Err((ProblemCode::UnknownOccasion, Tale::of(at, cell))),
    }
}

/// Which measure's items the row holds, where a column says so.
fn measure(row: &Row<'_>, form: &FormPlan, tool: &Tool) -> Result<Option<usize>, Refusal> {
    let Some(at) = form.measure else { return Ok(None) };
    let cell = row.at(at);
    let wanted = fold(core::str::from_utf8(cell).unwrap_or_default());
    let found = tool.measures.iter().position(|(id, _)| *id == wanted);
    found.map(Some).ok_or_else(|| {
        let known: Vec<&str> = tool.measures.iter().map(|(id, _)| id.as_str()).collect();
        (ProblemCode::UnknownMeasure, Tale::of(at, cell).held_to(known.join(", ")))
    })
}

fn circumstances(row: &Row<'_>, form: &FormPlan, log: &mut Log, assessment: &mut Assessment) {
    let fields = &form.fields;
    assessment.contact_ordinal = row.number(log, fields, Field::ContactOrdinal);
    assessment.mode = row.code(log, fields, Field::SittingMode, AssessmentMode::from_code);
    assessment.setting = row.code(log, fields, Field::Setting, AssessmentSetting::from_code);
    assessment.assisted = row.flag(log, fields, Field::Assisted);
    assessment.rater = row.code(log, fields, Field::Rater, Rater::from_code);
    assessment.entered = row.date(log, fields, Field::Entered);
}

/// Whether none of the cells for answers holds one.
fn no_answers(row: &Row<'_>, form: &FormPlan) -> bool {
    let blank = |at: &usize| row.mapping.spellings.answer_blanks.contains(row.at(*at));
    match &form.answers {
        AnswerPlan::None => true,
        AnswerPlan::InOrder(cells) => cells.iter().all(blank),
        AnswerPlan::ByInstrument(lists) => lists.values().flatten().all(blank),
    }
}

/// Reads the answers to the instrument's items, or to those of one of its measures.
fn read_answers(
    row: &Row<'_>,
    tool: &Tool,
    items: Option<&[usize]>,
    cells: &[usize],
    answers: &mut Vec<Answer>,
) -> Result<(), Refusal> {
    let wanted = items.map_or(tool.items, <[usize]>::len);
    let Some((cells, spare)) = cells.split_at_checked(wanted) else {
        let (id, columns) = (&tool.id, cells.len());
        let detail =
            format!("{id} has {wanted} answers in a row, and there are {columns} columns for them");
        return Err((ProblemCode::WrongNumberOfAnswers, Tale::detail(detail)));
    };
    let spellings = &row.mapping.spellings;
    let cell = |at: usize| row.at(at);
    answers.resize(tool.items, Answer::Blank);
    let refuse =
        |at: usize| (ProblemCode::UnreadableAnswer, Tale::of(at, cell(at)).with(&*tool.id));
    match items {
        None => {
            for (slot, at) in answers.iter_mut().zip(cells) {
                *slot = read_answer(cell(*at), tool, spellings).ok_or_else(|| refuse(*at))?;
            }
        }
        Some(items) => {
            for (item, at) in items.iter().zip(cells) {
                let answer = read_answer(cell(*at), tool, spellings).ok_or_else(|| refuse(*at))?;
                answers.get_mut(*item).into_iter().for_each(|slot| *slot = answer);
            }
        }
    }
    let filled = |at: &&usize| !spellings.answer_blanks.contains(cell(**at));
    spare.iter().find(filled).map_or(Ok(()), |at| {
        let (id, heading) = (&tool.id, row.plan.heading(*at));
        let detail = format!("{id} has {wanted} answers in a row, and {heading:?} holds one more");
        Err((ProblemCode::WrongNumberOfAnswers, Tale::of(*at, cell(*at)).with(detail)))
    })
}

/// Notes the first code that its item does not have. Scoring will refuse the form.
fn warn_of_code_out_of_range(
    row: &Row<'_>,
    tool: &Tool,
    items: Option<&[usize]>,
    cells: &[usize],
    answers: &[Answer],
    log: &mut Log,
) {
    let outside = |item: usize| match (answers.get(item)?, tool.codes.get(item)?) {
        (Answer::Given(code), (lowest, highest)) if !(lowest..=highest).contains(&code) => {
            Some((format!("item {} of {}", item + 1, tool.id), format!("{lowest} to {highest}")))
        }
        _ => None,
    };
    let item = |place: usize| items.map_or(Some(place), |items| items.get(place).copied());
    let mut places = cells.iter().enumerate();
    let found = places.find_map(|(place, at)| Some((*at, outside(item(place)?)?)));
    if let Some((at, (item, limit))) = found {
        let tale = || Tale::of(at, row.at(at)).with(item).held_to(limit);
        log.warn(row.place, ProblemCode::AnswerOutOfRange, tale);
    }
}

#[inline]
fn read_answer(cell: &[u8], tool: &Tool, spellings: &Spellings) -> Option<Answer> {
    match cell {
        [digit @ b'0'..=b'9'] if tool.plain_codes => Some(Answer::Given(i64::from(digit - b'0'))),
        _ => read_any_answer(cell, tool, spellings),
    }
}

fn read_any_answer(cell: &[u8], tool: &Tool, spellings: &Spellings) -> Option<Answer> {
    if cell.is_empty() {
        return Some(Answer::Blank);
    }
    if !tool.labels.is_empty()
        && let Some(answer) = tool.labels.get(&fold(core::str::from_utf8(cell).ok()?))
    {
        return Some(*answer);
    }
    if spellings.answer_blanks.contains(cell) {
        return Some(Answer::Blank);
    }
    if let Some(code) = whole_number(cell) {
        return Some(Answer::Given(code));
    }
    match spellings.absence(cell)? {
        Absence::NotApplicable => Some(Answer::NotApplicable),
        Absence::Missing | Absence::NotKnown => Some(Answer::Blank),
    }
}
