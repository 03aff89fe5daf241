//! The door of the bindings: sittings and options in as JSON, a [`Course`] out as JSON.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::wire::Wire;
#[cfg(feature = "mixed-models")]
use super::{FittedModel, MixedModel};
use super::{
    MeanTrajectory, SlopeRule, Slopes, TimeGrouping, TimeUnit, Trajectories, TrajectoryError,
};
use crate::coded::{self, Unread};
use crate::estimate::ConfidenceLevel;
use crate::instrument::Decimal;
use crate::json;

/// In what people differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RandomEffects {
    /// In their level only: everybody's line has the same slope.
    Intercept,
    /// In level and slope, which may go together.
    InterceptAndSlope,
}

/// What to compute of people's sittings over time.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
pub struct TrajectoryOptions {
    /// The level of every interval.
    pub level: ConfidenceLevel,
    /// The mean at each time, once for each grouping; by occasion if nothing is said.
    pub means: Vec<TimeGrouping>,
    /// From which slope on a person is improving or worsening; any slope if nothing is said.
    pub slopes: SlopeRule,
    /// The mixed models to fit; none if nothing is said.
    pub mixed_models: Vec<RandomEffects>,
}

impl Default for TrajectoryOptions {
    fn default() -> Self {
        Self {
            level: ConfidenceLevel::default(),
            means: vec![TimeGrouping::Occasion],
            slopes: SlopeRule { at_least: Decimal::ZERO },
            mixed_models: Vec::new(),
        }
    }
}

/// How scores went over time: all that was asked for of one set of trajectories.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Course {
    /// What one unit of time is.
    pub unit: TimeUnit,
    /// The people, with one sitting at least.
    pub people: u64,
    /// Their sittings.
    pub sittings: u64,
    /// The mean at each time, for each grouping asked for.
    pub means: Vec<MeanTrajectory>,
    /// Each person's own slope.
    pub slopes: Slopes,
    /// The mixed models asked for.
    #[cfg(feature = "mixed-models")]
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub mixed_models: Vec<FittedModel>,
}

impl Course {
    /// Computes what the options ask for.
    ///
    /// # Errors
    /// When bins have no order, or mixed models are asked of a build without them.
    ///
    /// ```
    /// use clw_core::instrument::catalogue;
    /// use clw_core::trajectory::{Course, TimeUnit, TrajectoryOptions, Trajectories};
    ///
    /// let wellbeing = catalogue::find("swemwbs")?.measure("wellbeing")?;
    /// let (people, sessions, points) = (["a", "a", "b", "b"], [1, 2, 1, 2], [1798, 2154, 1925, 1925]);
    /// let trajectories =
    ///     Trajectories::gather(wellbeing.scale(), TimeUnit::Session, &people, &sessions, &points)?;
    /// let course = Course::of(&trajectories, &TrajectoryOptions::default())?;
    /// assert_eq!(course.slopes.improving.count, 1);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn of(
        people: &Trajectories,
        options: &TrajectoryOptions,
    ) -> Result<Self, TrajectoryRequestError> {
        let level = options.level;
        let mean = |grouping: &TimeGrouping| MeanTrajectory::of(people, grouping.clone(), level);
        #[cfg(not(feature = "mixed-models"))]
        if !options.mixed_models.is_empty() {
            return Err(TrajectoryRequestError::WithoutMixedModels);
        }
        Ok(Self {
            unit: people.unit(),
            people: people.people(),
            sittings: people.sittings(),
            means: options.means.iter().map(mean).collect::<Result<_, _>>()?,
            slopes: Slopes::of(people, options.slopes, level),
            #[cfg(feature = "mixed-models")]
            mixed_models: options
                .mixed_models
                .iter()
                .map(|&random_effects| FittedModel {
                    random_effects,
                    model: MixedModel::fit(people, random_effects, level).into(),
                })
                .collect(),
        })
    }

    /// Computes what options in JSON ask for; what they leave out has its default.
    ///
    /// # Errors
    /// As [`of`](Self::of), and when the options cannot be read.
    pub fn answer(people: &Trajectories, options: &str) -> Result<Self, TrajectoryRequestError> {
        Self::of(people, &coded::options(options).map_err(|error| unread("options", error))?)
    }

    /// The result as one line of JSON, the same bytes in every language.
    #[must_use]
    pub fn to_json(&self) -> String {
        // Texts and finite numbers under text keys, which JSON can always hold.
        json::write(self).unwrap_or_default()
    }
}

impl Trajectories {
    /// Reads what [`to_json`](Self::to_json) wrote; every check of adding is repeated.
    ///
    /// # Errors
    /// When the text is not such JSON, or what it holds is refused.
    pub fn from_json(text: &str) -> Result<Self, TrajectoryRequestError> {
        let wire: Wire = read("trajectories", text)?;
        Ok(Self::try_from(wire)?)
    }

    /// The sequences of sittings as one line of JSON, the same bytes in every language.
    #[must_use]
    pub fn to_json(&self) -> String {
        // Integers and texts under text keys, which JSON can always hold.
        json::write(&Wire::from(self)).unwrap_or_default()
    }
}

fn read<T: serde::de::DeserializeOwned>(
    what: &'static str,
    text: &str,
) -> Result<T, TrajectoryRequestError> {
    json::read(text).map_err(|error| unread(what, error))
}

fn unread(what: &'static str, error: impl Into<Unread>) -> TrajectoryRequestError {
    match error.into() {
        Unread::Unreadable { code, reason } => {
            TrajectoryRequestError::Unreadable { what, code, reason }
        }
        Unread::Refused { code, message } => TrajectoryRequestError::Refused { code, message },
    }
}

/// Why trajectories or a course asked for in JSON are refused.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum TrajectoryRequestError {
    /// Something in the JSON is refused by its own check.
    Refused {
        /// The stable name of that check's error.
        code: String,
        /// Its message.
        message: String,
    },
    /// The text is not the JSON of trajectories or of options.
    Unreadable {
        /// What it should have been.
        what: &'static str,
        /// The stable name of the kind of fault: `unknown-field`, `wrong-type` and the like.
        code: &'static str,
        /// The parser's account.
        reason: String,
    },
    /// The sittings or a grouping of them are refused.
    Trajectory(TrajectoryError),
    /// Mixed models are asked for and this build has none.
    WithoutMixedModels,
}

impl TrajectoryRequestError {
    /// The stable name of the error, the same in Rust, Python and JavaScript.
    #[must_use]
    pub const fn code(&self) -> &str {
        match self {
            Self::Refused { code, .. } => code.as_str(),
            Self::Unreadable { code, .. } => code,
            Self::Trajectory(error) => error.code(),
            Self::WithoutMixedModels => "without-mixed-models",
        }
    }
}

impl fmt::Display for TrajectoryRequestError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refused { message, .. } => f.write_str(message),
            Self::Unreadable { what, reason, .. } => {
                write!(f, "the {what} cannot be read: {reason}; correct that place")
            }
            Self::Trajectory(error) => error.fmt(f),
            Self::WithoutMixedModels => f.write_str(
                "mixed models were asked for, and the browser's build has none; fit them in Python \
                 or in Rust with the feature `mixed-models`",
            ),
        }
    }
}

impl std::error::Error for TrajectoryRequestError {}

impl From<TrajectoryError> for TrajectoryRequestError {
    fn from(error: TrajectoryError) -> Self {
        Self::Trajectory(error)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SITTINGS: &str = r#"{"scale":{"direction":"higher-is-better","steps-per-unit":1,"lowest":0,"highest":9},"unit":"day","sequences":[{"people":2,"sittings":[[0,3],[28,5]]}]}"#;

    #[test]
    fn trajectories_are_their_json() {
        let read = Trajectories::from_json(SITTINGS).unwrap();
        assert_eq!((read.people(), read.sittings()), (2, 4));
        assert_eq!(read.to_json(), SITTINGS);
    }

    #[test]
    fn what_is_left_out_has_its_default() {
        let people = Trajectories::from_json(SITTINGS).unwrap();
        let by_default = Course::answer(&people, "{}").unwrap();
        assert_eq!(by_default, Course::of(&people, &TrajectoryOptions::default()).unwrap());
        assert_eq!(serde_json::from_str::<Course>(&by_default.to_json()).unwrap(), by_default);
    }

    #[test]
    fn nobody_has_a_course() {
        let nobody = SITTINGS.replace(r#"{"people":2,"sittings":[[0,3],[28,5]]}"#, "");
        let people = Trajectories::from_json(&nobody).unwrap();
        let options = r#"{"mixed-models": ["intercept"]}"#;
        let course = Course::answer(&people, options).unwrap().to_json();
        assert!(course.contains(
            r#""mixed-models":[{"random-effects":"intercept","model":{"not-computed":"no-scores"}}]"#
        ));
    }

    #[test]
    fn refusals_state_the_fact_the_limit_and_the_remedy() {
        let people = Trajectories::from_json(SITTINGS).unwrap();
        let rows = [
            (
                Trajectories::from_json("[]").unwrap_err(),
                "wrong-type",
                "the trajectories cannot be read: invalid type: sequence, expected an object of a scale, \
                 a unit and its sequences at line 1 column 0; correct that place",
            ),
            (
                Trajectories::from_json(&SITTINGS.replace("28,5", "28,50")).unwrap_err(),
                "score-off-scale",
                "the score at time 28 is 50 points, outside 0..=9; score the answers with the \
                 measure whose scale the trajectories have",
            ),
            (
                Course::answer(
                    &people,
                    r#"{"means": [{"by": "bins", "edges": [0], "one-of-bin": "first"}]}"#,
                )
                .unwrap_err(),
                "edges-out-of-order",
                "the edges of the bins are not two or more in ascending order; give the first time \
                 of each bin and then the first time after the last",
            ),
            (
                TrajectoryRequestError::WithoutMixedModels,
                "without-mixed-models",
                "mixed models were asked for, and the browser's build has none; fit them in Python \
                 or in Rust with the feature `mixed-models`",
            ),
        ];
        for (error, code, message) in rows {
            assert_eq!((error.code(), error.to_string().as_str()), (code, message));
        }
    }
}
