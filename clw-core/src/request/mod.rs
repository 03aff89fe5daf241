//! The door of the bindings to single stages: a question in JSON, an [`Answer`] in JSON.
//!
//! A question is an object whose `compute` names what is asked; the rest is what that takes, by the
//! names of the stage's own types. What it leaves out has its default. An answer is the result of the
//! stage, with its sentence.
//!
//! | `compute` | takes | stage |
//! |---|---|---|
//! | `completion` | `flow`, `improved` | [`completion`](crate::completion) |
//! | `survival` | `counts` by day, `by` days, `interval` | |
//! | `p-chart` | `periods`, `limits`, `rules` | |
//! | `xmr-chart` | `periods`, `constants`, `rules` | |
//! | `funnel` | `practices`, `options` | |
//! | `before-after` | `before` and `after`, each a count `of` all | |
//! | `attrition` | `pairs`, `counts`, `profiles`, `options`, `weighting` | [`attrition`](crate::attrition) |
//! | `inequality` | `counts` or `rates` by band, `kind`, `better` | [`equity`](crate::equity) |
//! | `reach` | `referred` and `lists`, by band | |
//! | `equity-table` | `axis`, `bands`, `not-placed`, `lists` | |
//! | `indicator` | `indicator`, `target`, `months` with a count `of` all, `length`, `span` | [`indicator`](crate::indicator) |
//! | `power`, `pairs-needed` | the change planned for | [`change`](crate::change) |
//! | `minimum-detectable-change` | a standard error, or a standard deviation and a reliability | |
//! | `adjusted-ps` | `p-values`, `method` | |
//! | `synthesis` | `programmes` with pairs, counts or estimates, `options` | [`synthesis`](crate::synthesis) |
//! | `wellby` | `pairs` of life satisfaction, `assumptions` | [`value`](crate::value) |
//! | `protected-table` | `cells`, `sums`, `profile` | [`disclosure`](crate::disclosure) |
//!
//! ```
//! use clw_core::request;
//!
//! let answer = request::answer(r#"{"compute": "reach", "referred": [60, 40], "lists": [3, 7]}"#)?;
//! assert!(answer.to_json().starts_with(r#"{"bands":[{"band":1,"#));
//! # Ok::<(), clw_core::request::RequestError>(())
//! ```

mod attrition;
mod completion;
mod disclosure;
mod equity;
mod error;
mod indicators;
mod matched_pairs;
mod planning;
mod synthesis;
#[cfg(test)]
mod tests;

pub use attrition::{TraitColumn, attrition_of_columns};
pub use error::RequestError;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use crate::coded;
use crate::instrument::{Direction, Points, Scale};
use crate::json;
use crate::sentences::About;
use crate::shown::with_short_numbers;

/// What is said in answer to a question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    json: String,
    sentence: String,
    brief: String,
    table: Table,
}

/// A result as a table of texts, rounded for a reader.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Table {
    /// The headings.
    pub headings: Vec<&'static str>,
    /// The rows, with a cell for each heading.
    pub rows: Vec<Vec<String>>,
}

#[derive(Serialize)]
struct Told<'a, T> {
    #[serde(flatten)]
    result: &'a T,
    sentence: &'a str,
}

impl Answer {
    fn new<T: Serialize>(result: &T, sentence: String, brief: String, table: Table) -> Self {
        // Texts and finite numbers under text keys, which JSON can always hold.
        let json = json::write(&Told { result, sentence: &sentence }).unwrap_or_default();
        Self { json, sentence, brief: with_short_numbers(brief), table }
    }

    /// The result with its sentence as one line of JSON, the same bytes in every language.
    #[must_use]
    pub fn to_json(&self) -> &str {
        &self.json
    }

    /// The result in plain words.
    #[must_use]
    pub fn sentence(&self) -> &str {
        &self.sentence
    }

    /// What the result is of, in a few words.
    #[must_use]
    pub fn brief(&self) -> &str {
        &self.brief
    }

    /// The result as a table.
    #[must_use]
    pub const fn table(&self) -> &Table {
        &self.table
    }
}

/// Answers a question.
///
/// # Errors
/// When it is no such question, or the stage refuses what it holds.
pub fn answer(question: &str) -> Result<Answer, RequestError> {
    let mut given: Map<String, Value> = json::read(question)?;
    let name = given.remove("compute").unwrap_or_default();
    let name = name.as_str().unwrap_or_default();
    let known = QUESTIONS.iter().find(|(known, _)| *known == name);
    let (_, ask) = known.ok_or_else(|| RequestError::UnknownQuestion { name: name.to_owned() })?;
    ask(&Value::Object(given))
}

/// Reads what a binding was given as JSON: a profile of disclosure, a programme. `what` is what messages
/// call it.
///
/// # Errors
/// When the text is not such JSON, with the code of what is wrong with it, or a check refuses what it
/// holds, with that check's own code.
///
/// ```
/// use clw_core::disclosure::Profile;
/// use clw_core::request;
///
/// let profile: Profile = request::read("profile", r#"{"hide-up-to": 4}"#)?;
/// assert_eq!(profile, Profile::default());
/// let refused = request::read::<Profile>("profile", r#"{"hide-up-to": 1}"#).unwrap_err();
/// assert_eq!(refused.code(), "limit-too-low");
/// # Ok::<(), request::RequestError>(())
/// ```
pub fn read<T: DeserializeOwned>(what: &'static str, json: &str) -> Result<T, RequestError> {
    crate::json::read(json).map_err(|error| match error.into() {
        RequestError::Unreadable { code, reason, .. } => {
            RequestError::Unreadable { what, code, reason }
        }
        refused => refused,
    })
}

type Ask = fn(&Value) -> Result<Answer, RequestError>;

/// The questions, and their names alone: a message that lists the names holds none of what answers them,
/// so that a browser which asks nothing does not fetch it.
macro_rules! questions {
    ($($name:literal $question:ty,)+) => {
        const NAMES: &[&str] = &[$($name),+];
        const QUESTIONS: &[(&str, Ask)] = &[$(($name, ask::<$question>)),+];
    };
}

questions! {
    "completion" completion::Completion,
    "survival" completion::Survival,
    "p-chart" completion::Shares,
    "xmr-chart" completion::Values,
    "funnel" completion::Funnel,
    "before-after" completion::BeforeAndAfter,
    "attrition" attrition::Question,
    "inequality" equity::OfBands,
    "reach" equity::OfReach,
    "equity-table" equity::OfTable,
    "indicator" indicators::OfMonths,
    "power" planning::Power,
    "pairs-needed" planning::Needed,
    "minimum-detectable-change" planning::Detectable,
    "adjusted-ps" planning::Adjusted,
    "synthesis" synthesis::Question,
    "wellby" synthesis::OfWellby,
    "protected-table" disclosure::Question,
}

/// A question that has been read.
trait Question: DeserializeOwned {
    fn answer(self) -> Result<Answer, RequestError>;
}

fn ask<Q: Question>(given: &Value) -> Result<Answer, RequestError> {
    coded::from_value::<Q>(given)?.answer()
}

/// A scale that sentences about counts ask for and do not read.
const NO_SCALE: Scale = Scale {
    direction: Direction::HigherIsBetter,
    steps_per_unit: 1,
    lowest: Points(0),
    highest: Points(1),
};

/// So many pairs on a scale, of a measure by its name where it has one.
fn about(scale: Scale, name: Option<&str>, n: u64) -> About<'_> {
    let about = About::scale(scale, n);
    match name {
        Some(name) => About { name: name.into(), ..about },
        None => about,
    }
}
