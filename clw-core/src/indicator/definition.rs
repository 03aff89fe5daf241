//! What an indicator is.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::IndicatorError;
use crate::change::{AnyChange, PairCell, PairCounts, ReliableChange, ReliableChangeRule};
use crate::coded::Unread;
#[cfg(feature = "toml")]
use crate::coded::coded;
use crate::completion::{GroupBy, GroupCounts};
use crate::instrument::{Decimal, Direction, Source};
use crate::json;
use crate::pairing::{Fate, FlowBox};
#[cfg(feature = "toml")]
use crate::toml_read;

/// Whose episodes an indicator is about.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum IndicatorPopulation {
    /// Everybody's.
    #[default]
    AllEpisodes,
    /// Those that are closed after two attended contacts at least: "finished a course of treatment" in
    /// NHS Talking Therapies, whose shares are of all of these, whether or not there is a second score.
    Finished,
}

/// What is counted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum IndicatorCount {
    /// Episodes that were in a box.
    Box(FlowBox),
    /// Episodes of one fate.
    Fate(Fate),
    /// Pairs that improved by any amount.
    Improved,
    /// Pairs that got worse by any amount.
    Worse,
    /// Pairs that improved reliably, by the rule of this name.
    ReliablyImproved(String),
    /// Pairs that deteriorated reliably, by the rule of this name.
    ReliablyDeteriorated(String),
}

impl IndicatorCount {
    /// The last box that everybody counted was in.
    fn within(&self) -> FlowBox {
        match self {
            Self::Box(flow_box) => *flow_box,
            Self::Fate(fate) => fate.last_box(),
            Self::Improved
            | Self::Worse
            | Self::ReliablyImproved(_)
            | Self::ReliablyDeteriorated(_) => FlowBox::Paired,
        }
    }

    /// The rule of reliable change that it names.
    pub(crate) fn rule(&self) -> Option<&str> {
        match self {
            Self::ReliablyImproved(rule) | Self::ReliablyDeteriorated(rule) => Some(rule),
            Self::Box(_) | Self::Fate(_) | Self::Improved | Self::Worse => None,
        }
    }

    /// How many there are; 0 of a rule that is not given.
    pub(super) fn of(&self, counts: &GroupCounts, rule: Option<&ReliableChangeRule>) -> u64 {
        let pairs = &counts.pairs;
        let any = |class| {
            let direction = pairs.scale().direction;
            pairs_where(pairs, |cell| {
                AnyChange::of(direction, cell.baseline, cell.follow_up) == class
            })
        };
        let reliable = |class| {
            rule.map_or(0, |rule| {
                pairs_where(pairs, |cell| {
                    rule.classify(pairs.scale(), cell.baseline, cell.follow_up) == class
                })
            })
        };
        match self {
            Self::Box(flow_box) => counts.flow.in_box(*flow_box),
            Self::Fate(fate) => counts.flow.with_fate(*fate),
            Self::Improved => any(AnyChange::Improved),
            Self::Worse => any(AnyChange::Worse),
            Self::ReliablyImproved(_) => reliable(ReliableChange::Improved),
            Self::ReliablyDeteriorated(_) => reliable(ReliableChange::Deteriorated),
        }
    }
}

fn pairs_where(pairs: &PairCounts, keep: impl Fn(&PairCell) -> bool) -> u64 {
    pairs.cells().filter(|cell| keep(cell)).map(|cell| cell.pairs).sum()
}

impl fmt::Display for IndicatorCount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Box(flow_box) => write!(f, "box {}", flow_box.code()),
            Self::Fate(fate) => write!(f, "fate {}", fate.code()),
            Self::Improved => f.write_str("improved"),
            Self::Worse => f.write_str("worse"),
            Self::ReliablyImproved(rule) => write!(f, "reliably-improved {rule}"),
            Self::ReliablyDeteriorated(rule) => write!(f, "reliably-deteriorated {rule}"),
        }
    }
}

/// An indicator as it is written, unchecked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct IndicatorDefinition {
    /// Its stable name.
    pub id: String,
    /// Its name, for print.
    pub title: String,
    /// Whose episodes it is about.
    #[serde(default)]
    pub population: IndicatorPopulation,
    /// What is counted.
    pub numerator: IndicatorCount,
    /// Of what: the episodes of the population that were in this box.
    pub denominator: FlowBox,
    /// The month an episode is counted in.
    pub month_of: GroupBy,
    /// Which way is better.
    pub direction: Direction,
    /// The share aimed at, between 0 and 1: at least so much where higher is better, at most where
    /// lower is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub target: Option<Decimal>,
    /// Where the definition comes from.
    pub source: Source,
}

/// A checked indicator: its numerator is part of its denominator, and it is counted by months.
///
/// ```
/// use clw_core::indicator::Indicator;
///
/// let json = r#"{
///     "id": "paired-completion", "title": "Paired completion",
///     "numerator": {"box": "paired"}, "denominator": "due", "month-of": "due-month",
///     "direction": "higher-is-better", "target": 0.6,
///     "source": {"id": "local", "citation": "Funding agreement, schedule 2", "locator": "local"}
/// }"#;
/// let indicator = Indicator::from_json(json)?;
/// assert_eq!(indicator.definition().title, "Paired completion");
/// let turned = json.replace(r#"{"box": "paired"}"#, r#"{"box": "seen"}"#);
/// assert_eq!(Indicator::from_json(&turned).unwrap_err().code(), "not-part-of-denominator");
/// # Ok::<(), clw_core::indicator::IndicatorError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(into = "IndicatorDefinition")]
pub struct Indicator(IndicatorDefinition);

crate::coded::deserialize_checked!(Indicator, IndicatorDefinition);

impl Indicator {
    /// Checks a definition.
    ///
    /// # Errors
    /// [`IndicatorError::Blank`], [`IndicatorError::NotByMonth`],
    /// [`IndicatorError::NotPartOfDenominator`], [`IndicatorError::TargetOutside`].
    pub fn new(definition: IndicatorDefinition) -> Result<Self, IndicatorError> {
        let IndicatorDefinition { id, title, numerator, denominator, month_of, source, .. } =
            &definition;
        let texts: [(&'static str, &str); 4] = [
            ("id", id),
            ("title", title),
            ("source's citation", &source.citation),
            ("source's locator", &source.locator),
        ];
        if let Some((field, _)) = texts.into_iter().find(|(_, text)| text.trim().is_empty()) {
            return Err(IndicatorError::Blank { field });
        }
        if !month_of.is_month() {
            return Err(IndicatorError::NotByMonth { by: month_of.code() });
        }
        if numerator.within() < *denominator {
            let (numerator, denominator) = (numerator.to_string(), denominator.code());
            return Err(IndicatorError::NotPartOfDenominator { numerator, denominator });
        }
        match definition.target {
            Some(target) if target < Decimal::ZERO || target > Decimal::from(1) => {
                Err(IndicatorError::TargetOutside { target })
            }
            _ => Ok(Self(definition)),
        }
    }

    /// Reads and checks a definition in JSON.
    ///
    /// # Errors
    /// [`IndicatorError::Unreadable`] where the fields cannot be read, [`IndicatorError::Refused`] where
    /// one is refused by its own check, else as [`Indicator::new`].
    pub fn from_json(text: &str) -> Result<Self, IndicatorError> {
        let definition = json::read(text).map_err(|error| match Unread::from(error) {
            Unread::Refused { code, message } => IndicatorError::Refused { code, message },
            Unread::Unreadable { reason, .. } => IndicatorError::Unreadable { reason },
        });
        Self::new(definition?)
    }

    /// Reads and checks a definition in TOML.
    ///
    /// # Errors
    /// As for [`Indicator::from_json`].
    #[cfg(feature = "toml")]
    pub fn from_toml(text: &str) -> Result<Self, IndicatorError> {
        let definition = toml_read::read(text).map_err(|error| match coded(error.message()) {
            Some((message, code)) => {
                IndicatorError::Refused { code: code.to_owned(), message: message.to_owned() }
            }
            None => IndicatorError::Unreadable { reason: error.to_string() },
        });
        Self::new(definition?)
    }

    /// The indicators that come with the library, in its order: paired completion, coverage, any
    /// improvement, and reliable improvement of all who finished. None has a target: that is for those
    /// who agree on it.
    ///
    /// # Errors
    /// [`IndicatorError::Unreadable`], which a test rules out.
    pub fn built_in() -> Result<Vec<Self>, IndicatorError> {
        json::read(include_str!("built_in.json"))
            .map_err(|error| IndicatorError::Unreadable { reason: error.to_string() })
    }

    /// What it is.
    #[must_use]
    pub const fn definition(&self) -> &IndicatorDefinition {
        &self.0
    }
}

impl TryFrom<IndicatorDefinition> for Indicator {
    type Error = IndicatorError;

    fn try_from(definition: IndicatorDefinition) -> Result<Self, IndicatorError> {
        Self::new(definition)
    }
}

impl From<Indicator> for IndicatorDefinition {
    fn from(indicator: Indicator) -> Self {
        indicator.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn definition() -> IndicatorDefinition {
        IndicatorDefinition {
            id: "paired-completion".into(),
            title: "Paired completion".into(),
            population: IndicatorPopulation::AllEpisodes,
            numerator: IndicatorCount::Box(FlowBox::Paired),
            denominator: FlowBox::Due,
            month_of: GroupBy::DueMonth,
            direction: Direction::HigherIsBetter,
            target: None,
            source: Source { id: "a".into(), citation: "b".into(), locator: "local".into() },
        }
    }

    #[test]
    fn a_numerator_is_part_of_its_denominator() {
        use IndicatorCount::{Box, Fate as OfFate, Improved, ReliablyImproved};
        let rows = [
            (Box(FlowBox::Paired), FlowBox::Paired, true),
            (Box(FlowBox::Seen), FlowBox::Due, false),
            (OfFate(Fate::FollowUpMissing), FlowBox::Due, true),
            (OfFate(Fate::NotDueYet), FlowBox::Due, false),
            (Improved, FlowBox::Referred, true),
            (ReliablyImproved("a".into()), FlowBox::Paired, true),
        ];
        for (numerator, denominator, fits) in rows {
            let found =
                Indicator::new(IndicatorDefinition { numerator, denominator, ..definition() });
            assert_eq!(found.is_ok(), fits, "{found:?}");
            if let Err(error) = found {
                assert_eq!(error.code(), "not-part-of-denominator");
            }
        }
    }

    #[test]
    fn what_cannot_be_an_indicator_is_refused() {
        let decimal = |text: &str| Some(text.parse().unwrap());
        let rows = [
            (IndicatorDefinition { id: " ".into(), ..definition() }, "blank-field"),
            (IndicatorDefinition { month_of: GroupBy::Practice, ..definition() }, "not-by-month"),
            (IndicatorDefinition { target: decimal("60"), ..definition() }, "target-outside"),
            (IndicatorDefinition { target: decimal("-0.1"), ..definition() }, "target-outside"),
        ];
        for (definition, code) in rows {
            assert_eq!(Indicator::new(definition).unwrap_err().code(), code);
        }
        for target in ["0", "1", "0.65"] {
            let target = decimal(target);
            assert!(Indicator::new(IndicatorDefinition { target, ..definition() }).is_ok());
        }
    }

    #[cfg(feature = "toml")]
    #[test]
    fn toml_and_json_say_the_same() {
        let toml = r#"
            id = "reliable-improvement"
            title = "Reliable improvement of all who finished"
            population = "finished"
            numerator = { reliably-improved = "nhs-talking-therapies" }
            denominator = "referred"
            month-of = "closure-month"
            direction = "higher-is-better"
            target = 0.67

            [source]
            id = "nhs-talking-therapies"
            citation = "NHS England. NHS Talking Therapies for anxiety and depression manual"
            locator = "https://www.england.nhs.uk/publication/the-improving-access-to-psychological-therapies-manual/"
        "#;
        let indicator = Indicator::from_toml(toml).unwrap();
        let json = serde_json::to_string(&indicator).unwrap();
        assert_eq!(Indicator::from_json(&json).unwrap(), indicator);
        let unknown = toml.replace("title =", "formula =");
        assert_eq!(Indicator::from_toml(&unknown).unwrap_err().code(), "unreadable-indicator");
    }
}
