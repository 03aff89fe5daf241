//! The door of the bindings: tables and options in as JSON, a [`Change`] out as JSON.

use std::fmt;

use serde_json::{Map, Value};

use super::pair_counts_error::Described;
use super::{Change, ChangeOptions, ChangeOptionsError, PairCounts, PairCountsError, Watch};
use crate::coded::{self, Unread};
use crate::estimate::{ConfidenceLevel, LevelOutside};
use crate::instrument::{Measure, Scale, UnknownName};
use crate::json;

/// A change asked for in JSON, with band sets and change rules named as their measure names them.
///
/// ```
/// use clw_core::change::{ChangeRequest, PairCounts};
/// use clw_core::instrument::catalogue;
///
/// let swemwbs = catalogue::find("swemwbs")?;
/// let wellbeing = swemwbs.measure("wellbeing")?;
/// let pairs = PairCounts::count_steps(wellbeing.scale(), &[1798, 1925], &[2154, 2073])?;
/// let request = ChangeRequest {
///     level: 0.9,
///     options: r#"{"band-sets": ["england-2010-2013"], "signed-rank": {"zeros": "pratt"}}"#,
///     measure: Some(wellbeing),
/// };
/// let change = request.answer(&pairs)?;
/// assert_eq!(change.transitions[0].pairs[0], [0, 2, 0]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Copy)]
pub struct ChangeRequest<'a> {
    /// The confidence level of all intervals, as a proportion.
    pub level: f64,
    /// A JSON object of [`ChangeOptions`] by their kebab-case names, the level apart, where
    /// `band-sets` and `change-rules` are lists of names. What is left out has its default.
    pub options: &'a str,
    /// The measure of the table, needed where band sets or change rules are named.
    pub measure: Option<&'a Measure>,
}

impl ChangeRequest<'_> {
    /// Computes the change of a table.
    ///
    /// # Errors
    /// When the level, the options or the measure do not fit the table.
    pub fn answer(&self, pairs: &PairCounts) -> Result<Change, ChangeRequestError> {
        self.answer_watched(pairs, &Watch::default())
    }

    /// Computes the change of a table while somebody watches.
    ///
    /// # Errors
    /// As for [`answer`](Self::answer), and when it is stopped.
    pub fn answer_watched(
        &self,
        pairs: &PairCounts,
        watch: &Watch,
    ) -> Result<Change, ChangeRequestError> {
        let mut given: Map<String, Value> = read("options", self.options)?;
        let band_sets: Vec<String> = names(&mut given, "band-sets")?;
        let change_rules: Vec<String> = names(&mut given, "change-rules")?;
        let mut options: ChangeOptions =
            coded::from_value(&Value::Object(given)).map_err(|error| unread("options", error))?;
        options.level = ConfidenceLevel::new(self.level)?;
        for name in &band_sets {
            options
                .band_sets
                .push(self.measure_of(pairs, "band set", name)?.band_set(name)?.clone());
        }
        for name in &change_rules {
            let rule = self.measure_of(pairs, "change rule", name)?.change_rule(name)?;
            options.reliable_change_rules.push(rule.into());
        }
        let change = Change::watched(pairs, &options, watch)?;
        if watch.is_stopped() { Err(ChangeRequestError::Stopped) } else { Ok(change) }
    }

    fn measure_of(
        &self,
        pairs: &PairCounts,
        kind: &'static str,
        name: &str,
    ) -> Result<&Measure, ChangeRequestError> {
        let measure = self
            .measure
            .ok_or_else(|| ChangeRequestError::MeasureNotGiven { kind, name: name.into() })?;
        if measure.scale() == *pairs.scale() {
            Ok(measure)
        } else {
            let (measure, table) = (measure.scale(), *pairs.scale());
            Err(ChangeRequestError::OtherMeasure { measure, table })
        }
    }
}

impl PairCounts {
    /// Reads a table from its JSON form; every check of counting is repeated.
    ///
    /// # Errors
    /// When the text is not such JSON, or what it holds is no table.
    pub fn from_json(text: &str) -> Result<Self, ChangeRequestError> {
        let wire: super::pair_counts::Wire = read("table", text)?;
        Ok(Self::try_from(wire)?)
    }

    /// The table as one line of JSON, the same bytes in every language.
    #[must_use]
    pub fn to_json(&self) -> String {
        // Integers and texts under text keys, which JSON can always hold.
        json::write(self).unwrap_or_default()
    }
}

impl Change {
    /// The result as one line of JSON, the same bytes in every language.
    #[must_use]
    pub fn to_json(&self) -> String {
        // Texts and finite numbers under text keys, which JSON can always hold.
        json::write(self).unwrap_or_default()
    }
}

fn names(given: &mut Map<String, Value>, key: &str) -> Result<Vec<String>, ChangeRequestError> {
    let listed = given.remove(key).map_or_else(|| Ok(Vec::new()), |of| coded::from_value(&of));
    listed.map_err(|error| unread("options", error))
}

fn read<T: serde::de::DeserializeOwned>(
    what: &'static str,
    text: &str,
) -> Result<T, ChangeRequestError> {
    json::read(text).map_err(|error| unread(what, error))
}

fn unread(what: &'static str, error: impl Into<Unread>) -> ChangeRequestError {
    match error.into() {
        Unread::Unreadable { code, reason } => {
            ChangeRequestError::Unreadable { what, code, reason }
        }
        Unread::Refused { code, message } => ChangeRequestError::Refused { code, message },
    }
}

/// Why a table or a change asked for in JSON is refused.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum ChangeRequestError {
    /// Something in the JSON is refused by its own check.
    Refused {
        /// The stable name of that check's error.
        code: String,
        /// Its message.
        message: String,
    },
    /// The text is not the JSON of a table or of options.
    Unreadable {
        /// What it should have been.
        what: &'static str,
        /// The stable name of the kind of fault: `unknown-field`, `wrong-type` and the like.
        code: &'static str,
        /// The parser's account.
        reason: String,
    },
    /// The table is refused.
    PairCounts(PairCountsError),
    /// The confidence level is no level.
    Level(LevelOutside),
    /// A band set or change rule stands for nothing.
    UnknownName(UnknownName),
    /// A band set or change rule is named, and no measure is.
    MeasureNotGiven {
        /// What is named.
        kind: &'static str,
        /// Its name.
        name: String,
    },
    /// The measure is on another scale than the table.
    OtherMeasure {
        /// The scale of the measure.
        measure: Scale,
        /// The scale of the table.
        table: Scale,
    },
    /// An option is refused.
    Options(ChangeOptionsError),
    /// Whoever watches has stopped it.
    Stopped,
}

impl ChangeRequestError {
    /// The stable name of the error, the same in Rust, Python and JavaScript.
    #[must_use]
    pub const fn code(&self) -> &str {
        match self {
            Self::Refused { code, .. } => code.as_str(),
            Self::Unreadable { code, .. } => code,
            Self::PairCounts(error) => error.code(),
            Self::Level(error) => error.code(),
            Self::UnknownName(error) => error.code(),
            Self::MeasureNotGiven { .. } => "measure-not-given",
            Self::OtherMeasure { .. } => "other-measure",
            Self::Options(error) => error.code(),
            Self::Stopped => "stopped",
        }
    }
}

impl fmt::Display for ChangeRequestError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refused { message, .. } => f.write_str(message),
            Self::Unreadable { what, reason, .. } => {
                write!(f, "the {what} cannot be read: {reason}; correct that place")
            }
            Self::PairCounts(error) => error.fmt(f),
            Self::Level(error) => error.fmt(f),
            Self::UnknownName(error) => error.fmt(f),
            Self::MeasureNotGiven { kind, name } => {
                write!(
                    f,
                    "the {kind} `{name}` was asked for without a measure; give the measure of the table"
                )
            }
            Self::OtherMeasure { measure, table } => write!(
                f,
                "the measure is on the scale {} and the table on {}; give the measure of the table",
                Described(measure),
                Described(table)
            ),
            Self::Options(error) => error.fmt(f),
            Self::Stopped => f.write_str(
                "the change was stopped before its end; compute it again for its result",
            ),
        }
    }
}

impl std::error::Error for ChangeRequestError {}

impl From<PairCountsError> for ChangeRequestError {
    fn from(error: PairCountsError) -> Self {
        Self::PairCounts(error)
    }
}

impl From<LevelOutside> for ChangeRequestError {
    fn from(error: LevelOutside) -> Self {
        Self::Level(error)
    }
}

impl From<UnknownName> for ChangeRequestError {
    fn from(error: UnknownName) -> Self {
        Self::UnknownName(error)
    }
}

impl From<ChangeOptionsError> for ChangeRequestError {
    fn from(error: ChangeOptionsError) -> Self {
        Self::Options(error)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::instrument::catalogue;

    const SWEMWBS: &str = r#"{"scale":{"direction":"higher-is-better","steps-per-unit":100,"lowest":700,"highest":3500},"cells":[[1798,2154,2]]}"#;

    #[test]
    fn a_table_is_its_json() {
        assert_eq!(PairCounts::from_json(SWEMWBS).unwrap().to_json(), SWEMWBS);
    }

    #[test]
    fn refusals_state_the_fact_the_limit_and_the_remedy() {
        let pairs = PairCounts::from_json(SWEMWBS).unwrap();
        let find = |instrument: &str, id| catalogue::find(instrument).unwrap().measure(id).unwrap();
        let (wellbeing, depression) = (find("swemwbs", "wellbeing"), find("phq-9", "depression"));
        let ask = |level, options, measure| {
            ChangeRequest { level, options, measure }.answer(&pairs).unwrap_err()
        };
        let rows = [
            (
                PairCounts::from_json("[]").unwrap_err(),
                "wrong-type",
                "the table cannot be read: invalid type: sequence, expected an object of a scale and its cells \
                 at line 1 column 0; correct that place",
            ),
            (
                PairCounts::from_json(&SWEMWBS.replace("54,2]", "54,0]")).unwrap_err(),
                "empty-cell",
                "cell 0 holds 0 pairs, fewer than 1; leave empty cells out",
            ),
            (
                ask(95.0, "{}", None),
                "level-outside",
                "the confidence level is 95, not strictly between 0 and 1; write 0.95 for 95 %",
            ),
            (
                ask(0.95, r#"{"band-sets": ["low"]}"#, None),
                "measure-not-given",
                "the band set `low` was asked for without a measure; give the measure of the table",
            ),
            (
                ask(0.95, r#"{"change-rules": ["nhs-talking-therapies"]}"#, Some(depression)),
                "other-measure",
                "the measure is on the scale 0..=27 points of 1/1, lower is better and the table \
                 on 700..=3500 points of 1/100, higher is better; give the measure of the table",
            ),
            (
                ask(0.95, r#"{"change-rules": ["nhs"]}"#, Some(wellbeing)),
                "unknown-name",
                "`wellbeing` has no change rule `nhs`; it has `nhs-england`, \
                 `shah-2018-2.77-sem`, `shah-2018-1-sem`",
            ),
            (
                ask(0.95, r#"{"signed-rank": {"exact-limit": 1024}}"#, None),
                "exact-limit-too-high",
                "the exact limit is 1024 differences, above 1023; larger samples take the normal \
                 approximation",
            ),
        ];
        for (error, code, message) in rows {
            assert_eq!((error.code(), error.to_string().as_str()), (code, message));
        }
        let unknown = ask(0.95, r#"{"level": 0.9}"#, None).to_string();
        assert!(unknown.starts_with("the options cannot be read: unknown field `level`, expected"));
    }
}
