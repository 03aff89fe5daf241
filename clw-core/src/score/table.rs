//! Tables of other libraries: every row is scored or says why not, and none stops the others.

use std::collections::BTreeMap;

use super::columns::{AnswerColumn, Codes, ColumnError, Validity};
use super::offered::answer;
use super::{Answer, Offered, Problem, Unscored};
use crate::instrument::{Instrument, Item, Measure, Points};

/// What stands for "not applicable" among codes that were read cell by cell.
const NOT_APPLICABLE: i64 = i64::MIN;

/// The answers to one item, as a table holds them.
#[derive(Debug, Clone)]
pub enum ItemColumn<'a> {
    /// Integers, scored where they lie.
    Codes(AnswerColumn<'a>),
    /// Cells of any kind, read one by one.
    Read(ReadColumn),
}

/// A column whose cells were read one by one: answers, and cells that are none.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ReadColumn {
    codes: Vec<i64>,
    answered: Vec<bool>,
    /// What is wrong with a row's cell: the code and the text.
    refused: BTreeMap<usize, (&'static str, String)>,
}

impl ReadColumn {
    /// Reads the cells of an item, which has this number on the form, from 1.
    ///
    /// A cell is an answer as in [`Instrument::answers`]; what is none is told of its own row.
    pub fn read<'v>(
        number: usize,
        item: &Item,
        cells: impl IntoIterator<Item = Offered<'v>>,
    ) -> Self {
        let mut column = Self::default();
        for (row, cell) in cells.into_iter().enumerate() {
            let cell = match cell {
                Offered::Whole(NOT_APPLICABLE) => Offered::Wide(NOT_APPLICABLE.to_string().into()),
                cell => cell,
            };
            let (code, answered) = match answer(number, item, &cell) {
                Ok(Answer::Given(code)) => (code, true),
                Ok(Answer::NotApplicable) => (NOT_APPLICABLE, true),
                Ok(Answer::Blank) => (0, false),
                Err(error) => {
                    column.refused.insert(row, (error.code(), error.to_string()));
                    (0, false)
                }
            };
            column.codes.push(code);
            column.answered.push(answered);
        }
        column
    }
}

impl ItemColumn<'_> {
    fn answers(&self) -> AnswerColumn<'_> {
        match self {
            Self::Codes(column) => *column,
            Self::Read(column) => AnswerColumn {
                codes: Codes::I64(&column.codes),
                validity: Validity::Flags(&column.answered),
                not_applicable: Some(NOT_APPLICABLE),
            },
        }
    }
}

/// One measure of every row of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScoredRows<'i> {
    /// The measure.
    pub measure: &'i Measure,
    /// The points of each row; 0, which means nothing, in those that are not scored.
    pub points: Vec<Points>,
    /// The rows that are not scored, in order.
    pub unscored: Vec<UnscoredRow>,
}

/// A row that makes no score.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnscoredRow {
    /// The row, from 0.
    pub row: usize,
    /// The stable name of the first problem: `not-an-answer`, or a code of [`Unscored`].
    pub code: &'static str,
    /// What is wrong, item by item: what was found, the limit and the remedy.
    pub problem: String,
}

impl Instrument {
    /// Scores every row of a table: `columns` are its items in form order.
    ///
    /// A row that makes no score says why; a cell that is no answer costs the measures that its item
    /// belongs to, in its own row.
    ///
    /// # Errors
    ///
    /// [`ColumnError`] where there are not as many columns as items, or their lengths differ.
    ///
    /// ```
    /// use clw_core::instrument::{Points, catalogue};
    /// use clw_core::score::{ItemColumn, Offered, ReadColumn};
    ///
    /// let ons4 = catalogue::find("ons4")?;
    /// let cells = [Offered::Whole(8), Offered::Text("eight".into())];
    /// let columns: Vec<ItemColumn> = (1..)
    ///     .zip(ons4.items())
    ///     .map(|(number, item)| ItemColumn::Read(ReadColumn::read(number, item, cells.clone())))
    ///     .collect();
    /// let scored = ons4.score_table(&columns, 2)?;
    /// assert_eq!(scored[0].points[0], Points(8));
    /// assert_eq!(scored[0].unscored[0].row, 1);
    /// assert_eq!(scored[0].unscored[0].code, "not-an-answer");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn score_table(
        &self,
        columns: &[ItemColumn<'_>],
        rows: usize,
    ) -> Result<Vec<ScoredRows<'_>>, ColumnError> {
        if columns.len() > self.items().len() {
            return Err(ColumnError::Surplus { items: self.items().len(), columns: columns.len() });
        }
        let answers: Vec<AnswerColumn<'_>> = columns.iter().map(ItemColumn::answers).collect();
        let measures = self.measures().iter();
        measures.map(|measure| measure.score_rows(columns, &answers, rows)).collect()
    }
}

impl Measure {
    fn score_rows(
        &self,
        columns: &[ItemColumn<'_>],
        answers: &[AnswerColumn<'_>],
        rows: usize,
    ) -> Result<ScoredRows<'_>, ColumnError> {
        let (mut points, mut outcomes) = (vec![Points(0); rows], vec![None; rows]);
        self.points_of_columns(answers, &mut points, &mut outcomes)?;
        let refused = self.refused(columns);
        let mut told: Vec<(Vec<Problem<'_>>, String)> = Vec::new();
        let mut problem = |row: usize, outcome: Option<Unscored>| match (refused.get(&row), outcome)
        {
            (Some((code, problem)), _) => Some(UnscoredRow { row, code, problem: problem.clone() }),
            (None, Some(reason)) => {
                let form: Vec<Answer> = answers.iter().map(|column| column.answer(row)).collect();
                let problem = in_words(self.problems(&form, reason), &mut told);
                Some(UnscoredRow { row, code: reason.code(), problem })
            }
            (None, None) => None,
        };
        let unscored: Vec<UnscoredRow> =
            outcomes.iter().enumerate().filter_map(|(row, reason)| problem(row, *reason)).collect();
        for row in &unscored {
            if let Some(points) = points.get_mut(row.row) {
                *points = Points(0);
            }
        }
        Ok(ScoredRows { measure: self, points, unscored })
    }

    /// The rows in which a cell of this measure is no answer, with all that is wrong of that kind.
    fn refused(&self, columns: &[ItemColumn<'_>]) -> BTreeMap<usize, (&'static str, String)> {
        let mut all: BTreeMap<usize, (&'static str, String)> = BTreeMap::new();
        for item in self.items() {
            let Some(ItemColumn::Read(column)) = columns.get(item.position) else { continue };
            for (row, (code, text)) in &column.refused {
                all.entry(*row)
                    .and_modify(|(_, texts)| *texts = format!("{texts}; {text}"))
                    .or_insert_with(|| (*code, text.clone()));
            }
        }
        all
    }
}

/// How many different findings are remembered with their texts.
const TOLD: usize = 64;

/// What is wrong with a form; most forms lack one of a few things, which are put into words once.
fn in_words<'i>(problems: Vec<Problem<'i>>, told: &mut Vec<(Vec<Problem<'i>>, String)>) -> String {
    if let Some((_, text)) = told.iter().find(|(known, _)| *known == problems) {
        return text.clone();
    }
    let texts: Vec<String> = problems.iter().map(ToString::to_string).collect();
    let text = texts.join("; ");
    if told.len() < TOLD {
        told.push((problems, text.clone()));
    }
    text
}

impl AnswerColumn<'_> {
    fn answer(&self, row: usize) -> Answer {
        let mut answered = [0];
        self.validity.write(row, &mut answered);
        match self.codes.get(row).filter(|_| answered == [1]) {
            None => Answer::Blank,
            code if code == self.not_applicable => Answer::NotApplicable,
            Some(code) => Answer::Given(code),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::instrument::catalogue;

    /// A UCLA-3 form of 1..=3 in three columns, read cell by cell.
    fn ucla_3(rows: &[[Offered<'static>; 3]]) -> Vec<(i32, &'static str, String)> {
        let ucla_3 = catalogue::find("ucla-3").unwrap();
        let columns: Vec<ItemColumn<'_>> = (0..3)
            .map(|at| {
                let cells = rows.iter().map(|row| row[at].clone());
                ItemColumn::Read(ReadColumn::read(at + 1, &ucla_3.items()[at], cells))
            })
            .collect();
        let scored = ucla_3.score_table(&columns, rows.len()).unwrap().remove(0);
        let row = |(row, points): (usize, &Points)| {
            let unscored = scored.unscored.iter().find(|unscored| unscored.row == row);
            let problem = unscored.map(|one| (one.code, one.problem.clone()));
            let (code, problem) = problem.unwrap_or(("scored", String::new()));
            (points.0, code, problem)
        };
        scored.points.iter().enumerate().map(row).collect()
    }

    #[test]
    fn a_row_is_scored_or_says_why_not() {
        let text = |text: &'static str| Offered::Text(text.into());
        let scored = ucla_3(&[
            [Offered::Whole(1), Offered::Number(2.0), Offered::Whole(3)],
            [Offered::Whole(1), text("often"), Offered::Number(1.5)],
            [Offered::Whole(1), Offered::Whole(9), Offered::Nothing],
            [Offered::Whole(i64::MIN), Offered::Whole(1), Offered::Whole(1)],
            [Offered::Nothing, Offered::Number(f64::NAN), Offered::Nothing],
            [text("not-applicable"), Offered::Whole(1), Offered::Whole(1)],
        ]);
        let codes: Vec<_> = scored.iter().map(|(points, code, _)| (*points, *code)).collect();
        assert_eq!(
            codes,
            [
                (6, "scored"),
                (0, "not-an-answer"),
                (0, "out-of-range"),
                (0, "out-of-range"),
                (0, "all-blank"),
                (0, "not-applicable"),
            ]
        );
        let problem = &scored[1].2;
        assert!(
            problem.contains("was answered \"often\", which is not a whole number"),
            "{problem}"
        );
        assert!(problem.contains("; item 3 ("), "{problem}");
        assert!(problem.contains("was answered 1.5, which is not a whole number"), "{problem}");
        assert!(scored[3].2.contains("was answered -9223372036854775808, outside 1..=3"));
    }

    #[test]
    fn a_cell_that_is_no_answer_costs_its_own_measure_alone() {
        let ons4 = catalogue::find("ons4").unwrap();
        let codes: [i8; 1] = [7];
        let mut columns = vec![ItemColumn::Codes(AnswerColumn::from(codes.as_slice())); 4];
        let cells = [Offered::Other("true".into())];
        columns[2] = ItemColumn::Read(ReadColumn::read(3, &ons4.items()[2], cells));
        let scored = ons4.score_table(&columns, 1).unwrap();
        let unscored: Vec<_> = scored.iter().map(|measure| measure.unscored.len()).collect();
        assert_eq!(unscored, [0, 0, 1, 0]);
        columns.push(columns[0].clone());
        let error = ons4.score_table(&columns, 1).unwrap_err();
        assert_eq!(error.code(), "surplus-column");
        assert_eq!(
            error.to_string(),
            "5 columns were given for 4 items; give one for each item of the instrument, in form order"
        );
    }
}
