//! Rows that hold the items of one measure become whole forms.

use super::merge::Differences;
use super::problem::{Log, Place, ProblemCode, Tale};
use super::tools::Tools;
use super::totals;
use crate::caseload::{Assessment, When};

/// A row with the items of one measure; the form's other items are blank.
#[derive(Debug)]
pub(super) struct Part {
    pub(super) episode: usize,
    pub(super) place: Place,
    pub(super) wide: bool,
    /// The instrument and its measure.
    pub(super) part: (usize, usize),
    pub(super) assessment: Assessment,
}

impl Part {
    /// Which form of the person the row belongs to.
    fn form(&self) -> impl Ord + use<> {
        let when = match self.assessment.when {
            When::Date(date) => (0, Some(date), 0),
            When::Occasion(occasion) => (1, None, occasion),
        };
        (self.episode, when, self.part.0, self.assessment.rater)
    }
}

/// Takes what else a row says into its form.
type MergeRow<'m> = dyn FnMut(&Part, &mut Assessment, &mut Differences, &mut Log) + 'm;

/// Puts forms together, each with its episode.
///
/// Rows that give the same items the same answers are one; rows that give them different answers
/// are all left out, as nobody can say which is right.
pub(super) fn settle_parts(
    mut parts: Vec<Part>,
    tools: &Tools,
    log: &mut Log,
    merge: &mut MergeRow<'_>,
) -> Vec<(usize, Assessment)> {
    parts.sort_by_key(|part| (part.form(), part.part.1, part.place));
    let mut forms = Vec::new();
    for rows in parts.chunk_by(|a, b| a.form() == b.form()) {
        let mut whole: Option<Assessment> = None;
        let mut differ = 0;
        for rows in rows.chunk_by(|a, b| a.part == b.part) {
            let Some((first, others)) = rows.split_first() else { continue };
            let differs = |row: &Part| {
                row.assessment.answers != first.assessment.answers
                    || row.assessment.totals != first.assessment.totals
            };
            if others.iter().any(differs) {
                let measure = measure(tools, first.part);
                for row in rows {
                    reject(log, row, ProblemCode::ConflictingAnswers, measure);
                }
                continue;
            }
            match first.wide {
                true => log.forms().into_iter().for_each(|tally| tally.used += 1),
                false => log.used(first.place),
            }
            for row in others {
                reject(log, row, ProblemCode::DuplicateRow, "");
            }
            let form = whole.get_or_insert_with(|| first.assessment.clone());
            add_answers(form, first, tools);
            totals::join(form, &first.assessment, first.part.1);
            for row in rows {
                merge(row, form, &mut differ, log);
            }
        }
        if let (Some(form), Some(first)) = (whole, rows.first()) {
            forms.push((first.episode, form));
        }
    }
    forms
}

fn reject(log: &mut Log, row: &Part, code: ProblemCode, detail: &str) {
    if row.wide {
        log.reject_form(row.place, code, || Tale::detail(detail));
    } else {
        log.reject(row.place, code, || Tale::detail(detail));
    }
}

fn measure(tools: &Tools, (tool, measure): (usize, usize)) -> &str {
    let found = tools.get(tool).and_then(|tool| tool.measures.get(measure));
    found.map_or("", |(id, _)| id)
}

fn add_answers(form: &mut Assessment, part: &Part, tools: &Tools) {
    let (tool, measure) = part.part;
    let measure = tools.get(tool).and_then(|tool| tool.measures.get(measure));
    for item in measure.map(|(_, items)| items).into_iter().flatten() {
        if let (Some(slot), Some(answer)) =
            (form.answers.get_mut(*item), part.assessment.answers.get(*item))
        {
            *slot = *answer;
        }
    }
}
