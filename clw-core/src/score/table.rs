//! Tables of other libraries: every row is scored or says why not, and none stops the others.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::columns::{AnswerColumn, Codes, ColumnError, Validity};
use super::offered::answer;
use super::{Answer, Offered, Unscored};
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
            let read = match answer(number, item, &cell) {
                Ok(Answer::Given(NOT_APPLICABLE)) => {
                    answer(number, item, &Offered::Wide(NOT_APPLICABLE.to_string().into()))
                }
                read => read,
            };
            let (code, answered) = match read {
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

    /// Reads a column of floats, in which many tables hold whole numbers beside blanks: as
    /// [`read`](Self::read) does, where each is an [`Offered::Number`] or, unless answered,
    /// [`Offered::Nothing`].
    ///
    /// ```
    /// use clw_core::instrument::catalogue;
    /// use clw_core::score::{Offered, ReadColumn, Validity};
    ///
    /// let item = &catalogue::find("ons4")?.items()[0];
    /// let cells = [8.0, f64::NAN, 6.5];
    /// assert_eq!(
    ///     ReadColumn::of_numbers(1, item, &cells, Validity::All),
    ///     ReadColumn::read(1, item, cells.map(Offered::Number)),
    /// );
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn of_numbers<N: Copy + Into<f64>>(
        number: usize,
        item: &Item,
        cells: &[N],
        validity: Validity<'_>,
    ) -> Self {
        let mut given = vec![0; cells.len()];
        validity.write(0, &mut given);
        let cells = || cells.iter().zip(&given).map(|(cell, given)| ((*cell).into(), *given == 1));
        let mut all_whole = true;
        // To look at all of them and branch at none is what lets several go through at a time.
        let whole = cells().map(|(cell, given): (f64, bool)| {
            #[expect(clippy::cast_possible_truncation, reason = "compared with what it came from")]
            let code = cell as i32;
            let answered = given & !cell.is_nan();
            #[expect(clippy::float_cmp, reason = "whole or not")]
            let same = f64::from(code) == cell;
            all_whole &= same | !answered;
            (if answered { i64::from(code) } else { 0 }, answered)
        });
        let (codes, answered) = whole.unzip();
        if all_whole {
            return Self { codes, answered, refused: BTreeMap::new() };
        }
        let offered = |(cell, given)| if given { Offered::Number(cell) } else { Offered::Nothing };
        Self::read(number, item, cells().map(offered))
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
    /// What is wrong, item by item: what was found, the limit and the remedy. Rows with the same thing
    /// wrong share the text.
    pub problem: Arc<str>,
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
        let mut refused = self.refused(columns).into_iter().peekable();
        let mut told = Told { measure: self, answers, form: Vec::new(), texts: Vec::new() };
        let mut unscored = Vec::new();
        for (first, outcomes) in (0..).step_by(GROUP).zip(outcomes.chunks(GROUP)) {
            let none_refused = refused.peek().is_none_or(|(row, _)| *row >= first + GROUP);
            // To look at all of them and branch at none is what lets several go through at a time.
            if none_refused && outcomes.iter().fold(true, |all, reason| all & reason.is_none()) {
                continue;
            }
            for (row, reason) in (first..).zip(outcomes) {
                let refused = refused.next_if(|(refused, _)| *refused == row);
                let (code, problem) = match (refused, reason) {
                    (Some((_, (code, problem))), _) => (code, problem.into()),
                    (None, Some(reason)) => (reason.code(), told.problem(row, *reason)),
                    (None, None) => continue,
                };
                unscored.push(UnscoredRow { row, code, problem });
                if let Some(points) = points.get_mut(row) {
                    *points = Points(0);
                }
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

/// How many rows are passed over at once while looking for those without a score.
const GROUP: usize = 64;

/// How many different findings are remembered with their texts.
const TOLD: usize = 64;

/// What was wrong with forms so far. Most lack one of a few things, which are put into words once.
struct Told<'a> {
    measure: &'a Measure,
    answers: &'a [AnswerColumn<'a>],
    /// The form in hand, see [`read`](Self::read).
    form: Vec<Answer>,
    texts: Vec<(Vec<Answer>, Arc<str>)>,
}

impl Told<'_> {
    fn problem(&mut self, row: usize, reason: Unscored) -> Arc<str> {
        self.read(row);
        if let Some((_, text)) = self.texts.iter().find(|(form, _)| *form == self.form) {
            return Arc::clone(text);
        }
        let problems = self.measure.problems(&self.form, reason);
        let texts: Vec<String> = problems.iter().map(ToString::to_string).collect();
        let text: Arc<str> = texts.join("; ").into();
        if self.texts.len() < TOLD {
            self.texts.push((self.form.clone(), Arc::clone(&text)));
        }
        text
    }

    /// Reads a form as far as it can be at fault: an answer in its range stands as the lowest that its
    /// item has, and items of other measures are blank.
    fn read(&mut self, row: usize) {
        self.form.clear();
        self.form.resize(self.answers.len(), Answer::Blank);
        for item in self.measure.items() {
            let column = self.answers.get(item.position);
            let answer = column.map_or(Answer::Blank, |column| column.answer(row));
            if let Some(place) = self.form.get_mut(item.position) {
                *place = match answer {
                    Answer::Given(code) if item.credit(code).is_some() => {
                        Answer::Given(item.lowest.into())
                    }
                    answer => answer,
                };
            }
        }
    }
}

impl AnswerColumn<'_> {
    fn answer(&self, row: usize) -> Answer {
        match self.codes.get(row).filter(|_| self.validity.holds(row)) {
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
            let problem = unscored.map(|one| (one.code, one.problem.to_string()));
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
            [Offered::Number(i64::MIN as f64), Offered::Whole(1), Offered::Whole(1)],
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
                (0, "out-of-range"),
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
    fn floats_are_read_as_each_would_be() {
        let item = &catalogue::find("ucla-3").unwrap().items()[0];
        let plain = [1.0, 3.0, -0.0, 9.0, f64::NAN, 1e9, -2_147_483_648.0];
        for odd in [&[][..], &[1.5], &[1e19], &[f64::INFINITY], &[-9_223_372_036_854_775_808.0]] {
            let numbers = [&plain, odd].concat();
            // One bit for each, from the fourth on, so that every third is a blank.
            let bits = [0b1101_1011_u8, 0b1011_0110];
            let given = |row: usize| (bits[(row + 3) / 8] >> ((row + 3) % 8)) & 1 == 1;
            for blanks in [false, true] {
                let validity =
                    if blanks { Validity::Bits { bytes: &bits, offset: 3 } } else { Validity::All };
                let cells = numbers.iter().enumerate().map(|(row, number)| {
                    if blanks && !given(row) { Offered::Nothing } else { Offered::Number(*number) }
                });
                assert_eq!(
                    ReadColumn::of_numbers(1, item, &numbers, validity),
                    ReadColumn::read(1, item, cells),
                    "{numbers:?}"
                );
            }
        }
        let narrow = ReadColumn::of_numbers(1, item, &[2.0_f32, 0.1, f32::NAN], Validity::All);
        let wide = [2.0, f64::from(0.1_f32), f64::NAN].map(Offered::Number);
        assert_eq!(narrow, ReadColumn::read(1, item, wide));
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
