//! One form, scored: every measure with its score or each of its problems.

use serde::Serialize;

use super::{Answer, Problem, ScoreError, Unscored};
use crate::instrument::{Instrument, Measure, Points};

/// One form, scored: an entry for each measure of the instrument.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct ScoreSheet<'a> {
    /// The instrument's id.
    pub instrument: &'a str,
    /// The instrument's version.
    pub version: &'a str,
    /// Its measures, in the instrument's order.
    pub measures: Vec<MeasureScore<'a>>,
}

/// One measure of a form.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct MeasureScore<'a> {
    /// The measure's id.
    pub measure: &'a str,
    /// Its score, or why there is none.
    #[serde(flatten)]
    pub outcome: Outcome<'a>,
}

/// A score, or every reason why there is none.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "outcome", rename_all = "kebab-case")]
pub enum Outcome<'a> {
    /// The answers make a score.
    Scored(Score<'a>),
    /// The answers make no score.
    NotScored {
        /// What is wrong, in form order.
        problems: Vec<Problem<'a>>,
    },
}

/// A score with what it was made from.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Score<'a> {
    /// The exact score, in steps of the measure's scale.
    pub points: Points,
    /// The score as printed: `points / steps_per_unit`.
    pub value: f64,
    /// The sum of the answered items, before it is multiplied, averaged or looked up.
    pub raw: i32,
    /// The number of items answered.
    pub answered: usize,
    /// Its band in the default band set, where the measure has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub band: Option<BandName<'a>>,
}

/// A band and the band set it belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct BandName<'a> {
    /// The band set's id.
    pub set: &'a str,
    /// The band's id.
    pub band: &'a str,
}

impl ScoreSheet<'_> {
    /// The outcome of the measure of this name.
    #[must_use]
    pub fn outcome(&self, measure: &str) -> Option<&Outcome<'_>> {
        let found = self.measures.iter().find(|entry| entry.measure == measure);
        found.map(|entry| &entry.outcome)
    }

    /// The sheet as one line of JSON, the same bytes in every language.
    #[must_use]
    pub fn to_json(&self) -> String {
        // Texts and finite numbers under text keys, which JSON can always hold.
        serde_json::to_string(self).unwrap_or_default()
    }
}

impl Outcome<'_> {
    /// The score, where there is one.
    #[must_use]
    pub const fn score(&self) -> Option<&Score<'_>> {
        match self {
            Self::Scored(score) => Some(score),
            Self::NotScored { .. } => None,
        }
    }

    /// The problems, none where there is a score.
    #[must_use]
    pub fn problems(&self) -> &[Problem<'_>] {
        match self {
            Self::Scored(_) => &[],
            Self::NotScored { problems } => problems,
        }
    }
}

impl Instrument {
    /// Scores one form: each measure on its own, so one blank does not cost the others.
    ///
    /// `answers` holds one entry for each item, in form order, blanks included. An incomplete form
    /// makes no score unless the measure's missing rule says how.
    ///
    /// # Errors
    ///
    /// [`ScoreError::WrongNumberOfAnswers`] only; anything wrong with an answer is a [`Problem`] of
    /// the measures it belongs to.
    ///
    /// ```
    /// use clw_core::instrument::catalogue;
    /// use clw_core::score::Answer;
    ///
    /// let ons4 = catalogue::find("ons4")?;
    /// let answers = [Answer::Given(8), Answer::Given(7), Answer::Given(12), Answer::Blank];
    /// let sheet = ons4.score(&answers)?;
    /// assert_eq!(sheet.outcome("life-satisfaction").and_then(|o| o.score()).map(|s| s.value), Some(8.0));
    /// assert_eq!(
    ///     sheet.outcome("happy").map(|o| o.problems()[0].to_string()).as_deref(),
    ///     Some("item 3 (`happy`) was answered 12, outside 0..=10; correct it or leave it blank"),
    /// );
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn score(&self, answers: &[Answer]) -> Result<ScoreSheet<'_>, ScoreError> {
        self.check_number_of_answers(answers.len())?;
        let measures = self.measures().iter().map(|measure| MeasureScore {
            measure: measure.id(),
            outcome: measure.outcome(answers),
        });
        Ok(ScoreSheet {
            instrument: self.id(),
            version: self.version(),
            measures: measures.collect(),
        })
    }

    pub(super) fn check_number_of_answers(&self, answers: usize) -> Result<(), ScoreError> {
        if answers == self.items().len() {
            return Ok(());
        }
        Err(ScoreError::WrongNumberOfAnswers {
            instrument: self.id().into(),
            items: self.items().len(),
            answers,
        })
    }
}

impl Measure {
    fn outcome(&self, answers: &[Answer]) -> Outcome<'_> {
        let tally = self.tally(answers);
        match self.points_of(tally) {
            Ok(points) => Outcome::Scored(Score {
                points,
                value: self.scale().value(points),
                raw: tally.raw,
                answered: tally.answered,
                band: self.default_band_set().and_then(|set| {
                    let band = set.band(points)?;
                    Some(BandName { set: &set.id, band: &band.id })
                }),
            }),
            Err(reason) => Outcome::NotScored { problems: self.problems(answers, reason) },
        }
    }

    pub(super) fn problems(&self, answers: &[Answer], reason: Unscored) -> Vec<Problem<'_>> {
        if reason == Unscored::AllBlank {
            let items = self.items().len();
            return vec![Problem::AllBlank { measure: self.id(), items }];
        }
        let (blank, allowed) = (self.tally(answers).blank, self.blanks_allowed());
        let mut problems = Vec::new();
        for item in self.items() {
            let (number, id, measure) = (item.position + 1, item.id.as_ref(), self.id());
            match answers.get(item.position).copied().unwrap_or(Answer::Blank) {
                Answer::Given(value) if item.credit(value).is_none() => {
                    let (lowest, highest) = (item.lowest, item.highest);
                    problems.push(Problem::OutOfRange { item: number, id, value, lowest, highest });
                }
                Answer::NotApplicable
                    if !self.not_applicable_allowed || reason == Unscored::NotApplicable =>
                {
                    problems.push(Problem::NotApplicable { item: number, id, measure });
                }
                Answer::Blank if blank > allowed => {
                    problems.push(Problem::Blank { item: number, id, measure, blank, allowed });
                }
                Answer::Given(_) | Answer::NotApplicable | Answer::Blank => {}
            }
        }
        problems
    }
}
