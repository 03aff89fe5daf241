//! One row of answers to points, without allocation.

use super::{Answer, Unscored};
use crate::instrument::{Measure, MeasureItem, Points, Scoring};

/// What a row of answers adds up to, before any missing rule.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Tally {
    /// The sum of the answered items, reversed items counted from the other end.
    pub(super) raw: i32,
    pub(super) answered: usize,
    pub(super) blank: usize,
    pub(super) not_applicable: usize,
    pub(super) out_of_range: usize,
}

impl MeasureItem {
    /// What a code adds to the sum, or `None` outside the item's codes.
    pub(super) fn credit(&self, code: i64) -> Option<i32> {
        let code = i32::try_from(code).ok()?;
        if code < self.lowest || code > self.highest {
            return None;
        }
        Some(if self.reversed { self.lowest + self.highest - code } else { code })
    }
}

impl Measure {
    /// The points of one row of answers, or the first reason why there are none.
    ///
    /// `answers` are those of the whole instrument in form order; one that is not there counts as
    /// blank. Nothing is allocated. [`Instrument::score`](crate::instrument::Instrument::score) says
    /// more about the same row: raw sum, band, and each problem by item.
    ///
    /// # Errors
    ///
    /// [`Unscored`], in its order of precedence.
    ///
    /// ```
    /// use clw_core::instrument::{Points, catalogue};
    /// use clw_core::score::{Answer, Unscored};
    ///
    /// let wellbeing = catalogue::find("swemwbs")?.measure("wellbeing")?;
    /// let mut answers = [3, 3, 3, 3, 3, 3, 3].map(Answer::Given);
    /// assert_eq!(wellbeing.points(&answers), Ok(Points(1925)));
    /// answers[2] = Answer::Given(300);
    /// assert_eq!(wellbeing.points(&answers), Err(Unscored::OutOfRange));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn points(&self, answers: &[Answer]) -> Result<Points, Unscored> {
        self.points_of(self.tally(answers))
    }

    pub(super) fn tally(&self, answers: &[Answer]) -> Tally {
        let mut tally = Tally::default();
        for item in self.items() {
            match answers.get(item.position).copied().unwrap_or(Answer::Blank) {
                Answer::Given(code) => match item.credit(code) {
                    Some(credit) => {
                        tally.raw += credit;
                        tally.answered += 1;
                    }
                    None => tally.out_of_range += 1,
                },
                Answer::Blank => tally.blank += 1,
                Answer::NotApplicable => tally.not_applicable += 1,
            }
        }
        tally
    }

    pub(super) fn points_of(&self, tally: Tally) -> Result<Points, Unscored> {
        if tally.out_of_range > 0 {
            return Err(Unscored::OutOfRange);
        }
        if tally.not_applicable > 0
            && (!self.not_applicable_allowed || tally.answered + tally.blank == 0)
        {
            return Err(Unscored::NotApplicable);
        }
        if tally.blank > 0 && tally.answered == 0 {
            return Err(Unscored::AllBlank);
        }
        if tally.blank > self.blanks_allowed() {
            return Err(Unscored::Blank);
        }
        self.points_of_raw(tally.raw, tally.answered).ok_or(Unscored::Blank)
    }

    /// The most blank items with which the missing rule still makes a score.
    pub(super) fn blanks_allowed(&self) -> usize {
        match &self.scoring {
            Scoring::Linear { factors } if !self.not_applicable_allowed => {
                factors.iter().filter(|factor| **factor != 0).count().saturating_sub(1)
            }
            Scoring::Linear { .. } | Scoring::Table { .. } => 0,
        }
    }
}
