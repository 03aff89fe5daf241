//! A form that is still being filled in: complete, incomplete or invalid, item by item.

use serde::Serialize;

use super::offered::answer;
use super::{Answer, Offered, Problem, ScoreError};
use crate::instrument::{Instrument, Item, Measure};

/// How far a form is filled in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct FormCheck<'a> {
    /// The instrument's id.
    pub instrument: &'a str,
    /// The instrument's version.
    pub version: &'a str,
    /// The one thing to know of it.
    pub state: FormState,
    /// The number of items answered with a code they have, or with a mark that a measure allows.
    pub answered: usize,
    /// The ids of the items that are blank, in form order.
    pub blank: Vec<&'a str>,
    /// What cannot stand, in form order.
    pub problems: Vec<FormProblem<'a>>,
}

/// The one thing to know of a form. Something wrong comes before something missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum FormState {
    /// Every item is answered.
    Complete,
    /// Nothing is wrong, and at least one item is blank.
    Incomplete,
    /// At least one answer cannot stand.
    Invalid,
}

/// An answer that cannot stand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct FormProblem<'a> {
    /// The item's number on the form, from 1.
    pub item: usize,
    /// The item's id.
    pub id: &'a str,
    /// The stable name of the problem: `not-an-answer`, `out-of-range` or `not-applicable`.
    pub code: &'static str,
    /// What was found, the limit and the remedy.
    pub message: String,
}

impl FormCheck<'_> {
    /// The check as one line of JSON, the same bytes in every language.
    #[must_use]
    pub fn to_json(&self) -> String {
        // Texts and whole numbers under text keys, which JSON can always hold.
        serde_json::to_string(self).unwrap_or_default()
    }
}

impl Instrument {
    /// Says how far a form is filled in, from values of another language, one for each item.
    ///
    /// What [`answers`](Self::answers) refuses is a problem of its item here, so that a form can be
    /// checked while it is being filled in. A blank that a missing rule allows is still a blank: the
    /// form is incomplete, and [`score`](Self::score) may score it.
    ///
    /// # Errors
    ///
    /// [`ScoreError::WrongNumberOfAnswers`] only.
    ///
    /// ```
    /// use clw_core::instrument::catalogue;
    /// use clw_core::score::{FormState, Offered};
    ///
    /// let ons4 = catalogue::find("ons4")?;
    /// let mut form = [Offered::Whole(8), Offered::Whole(7), Offered::Nothing, Offered::Nothing];
    /// let check = ons4.check(&form)?;
    /// assert_eq!((check.state, check.answered), (FormState::Incomplete, 2));
    /// assert_eq!(check.blank, ["happy", "anxious"]);
    /// form[1] = Offered::Whole(11);
    /// assert_eq!(ons4.check(&form)?.state, FormState::Invalid);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn check(&self, offered: &[Offered<'_>]) -> Result<FormCheck<'_>, ScoreError> {
        self.check_number_of_answers(offered.len())?;
        let (mut answered, mut blank, mut problems) = (0, Vec::new(), Vec::new());
        for (number, (item, value)) in (1..).zip(self.items().iter().zip(offered)) {
            match self.standing(number, item, value) {
                Ok(Answer::Blank) => blank.push(item.id.as_ref()),
                Ok(_) => answered += 1,
                Err((code, message)) => {
                    problems.push(FormProblem { item: number, id: &item.id, code, message });
                }
            }
        }
        let state = match (problems.is_empty(), blank.is_empty()) {
            (false, _) => FormState::Invalid,
            (true, false) => FormState::Incomplete,
            (true, true) => FormState::Complete,
        };
        let (instrument, version) = (self.id(), self.version());
        Ok(FormCheck { instrument, version, state, answered, blank, problems })
    }

    /// The answer, where it can stand.
    fn standing(
        &self,
        number: usize,
        item: &Item,
        value: &Offered<'_>,
    ) -> Result<Answer, (&'static str, String)> {
        let read =
            answer(number, item, value).map_err(|error| (error.code(), error.to_string()))?;
        let problem = match read {
            Answer::Given(code) if !item.holds(code) => {
                let (lowest, highest) = (item.lowest, item.highest);
                Problem::OutOfRange { item: number, id: &item.id, value: code, lowest, highest }
            }
            Answer::NotApplicable => match self.refusing_not_applicable(item) {
                Some(measure) => Problem::NotApplicable { item: number, id: &item.id, measure },
                None => return Ok(read),
            },
            Answer::Given(_) | Answer::Blank => return Ok(read),
        };
        Err((problem.code(), problem.to_string()))
    }

    /// The first measure that would make no score of the item marked as not applicable.
    fn refusing_not_applicable(&self, item: &Item) -> Option<&str> {
        let refusing = self.measures().iter().find(|measure| {
            !measure.not_applicable_allowed
                && measure.items().iter().any(|scored| scored.id == item.id)
        });
        refusing.map(Measure::id)
    }
}

impl Item {
    fn holds(&self, code: i64) -> bool {
        (i64::from(self.lowest)..=i64::from(self.highest)).contains(&code)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::instrument::catalogue;

    fn check(instrument: &str, values: &[Offered<'_>]) -> (FormState, usize, Vec<String>) {
        let instrument = catalogue::find(instrument).unwrap();
        let check = instrument.check(values).unwrap();
        assert_eq!(
            check.answered + check.blank.len() + check.problems.len(),
            instrument.items().len()
        );
        let told = check.problems.into_iter().map(|problem| problem.message).collect();
        (check.state, check.answered, told)
    }

    #[test]
    fn every_item_is_answered_blank_or_wrong() {
        use Offered::{Nothing, Number, Text, Whole};
        let none = Vec::<String>::new;
        let rows = [
            ([Nothing, Nothing, Nothing, Nothing], FormState::Incomplete, 0, none()),
            ([Whole(0), Whole(10), Number(5.0), Whole(1)], FormState::Complete, 4, none()),
            (
                [Number(f64::NAN), Number(7.5), Whole(-1), Whole(1)],
                FormState::Invalid,
                1,
                vec![
                    "item 2 (`worthwhile`) was answered 7.5, which is not a whole number; \
                     give its code, a blank or `not-applicable`"
                        .into(),
                    "item 3 (`happy`) was answered -1, outside 0..=10; correct it or leave it blank"
                        .into(),
                ],
            ),
            (
                [Whole(0), Whole(0), Whole(0), Text("not-applicable".into())],
                FormState::Invalid,
                3,
                vec![
                    "item 4 (`anxious`) is marked not applicable, which `anxious` does not allow; \
                     answer it"
                        .into(),
                ],
            ),
        ];
        for (values, state, answered, told) in rows {
            assert_eq!(check("ons4", &values), (state, answered, told));
        }
    }

    #[test]
    fn a_mark_that_is_allowed_answers_the_item() {
        let star = Instrument::from_json(
            r#"{"id": "star", "version": "1", "title": "Star", "sources": [],
                "rights": {"holder": "The programme", "licence": "Free", "wording": "shipped"},
                "items": [{"id": "work", "label": "Work", "lowest": 1, "highest": 5},
                          {"id": "home", "label": "Home", "lowest": 1, "highest": 5}],
                "measures": [{"id": "all", "label": "All", "direction": "higher-is-better",
                              "items": ["work", "home"], "rule": {"kind": "mean"}, "certainty": "local",
                              "missing-rules": [{"id": "drop", "rule": {"kind": "not-applicable"}, "certainty": "local"}],
                              "default-missing-rule": "drop"}]}"#,
        )
        .unwrap();
        let check = star.check(&[Offered::Text("not-applicable".into()), Offered::Whole(4)]);
        assert_eq!(
            check.unwrap().to_json(),
            r#"{"instrument":"star","version":"1","state":"complete","answered":2,"blank":[],"problems":[]}"#
        );
    }

    #[test]
    fn the_number_of_answers_is_checked_first() {
        let error = catalogue::find("ons4").unwrap().check(&[]).unwrap_err();
        assert_eq!(error.code(), "wrong-number-of-answers");
    }
}
