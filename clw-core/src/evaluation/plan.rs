//! The declared rules of an evaluation: every convention by name, none silent.

use std::collections::BTreeSet;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::PlanError;
use crate::completion::GroupBy;
use crate::estimate::ConfidenceLevel;
use crate::instrument::{BandSet, ChangeRule, Instrument, Measure, Registry};
use crate::pairing::{DueRule, Eligibility, EndPoint, PairingRule};

/// What is evaluated and by which rules. It is written into every result.
///
/// Evaluations can be merged only if they were made under the same plan.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Plan {
    /// The name of the evaluation, as printed in the report.
    pub title: String,
    /// The day on which everything is judged; later events have not happened yet.
    pub as_of: Date,
    /// The measures; the first is the main one.
    pub measures: Vec<MeasurePlan>,
    /// Who of the people seen is asked to fill them in.
    #[serde(default)]
    pub eligibility: Eligibility,
    /// How pairs are made.
    pub pairing: PairingRule,
    /// Other ways to make pairs, shown beside the main one.
    #[serde(default)]
    pub compare: Vec<PairingRule>,
    /// After how many days without a sign of life an open episode counts as closed; none if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub infer_closure_after_days: Option<u32>,
    /// What completion is broken down by.
    #[serde(default)]
    pub group_by: Vec<GroupBy>,
    /// The level of every interval.
    #[serde(default)]
    pub interval_level: ConfidenceLevel,
}

/// One measure of a plan, with the reference values chosen for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct MeasurePlan {
    /// The instrument: its id, an alias, or `id@version` where there are several versions.
    pub instrument: String,
    /// The measure's id; may be absent where the instrument has one measure.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub measure: Option<String>,
    /// The missing rule by name; the instrument's own default if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub missing_rule: Option<String>,
    /// The band set by name; no transitions are shown if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bands: Option<String>,
    /// The change rules by name; each is shown beside the others.
    #[serde(default)]
    pub change_rules: Vec<String>,
}

/// A plan whose every name has been found: the only form that evaluates.
#[derive(Debug, Clone, PartialEq)]
pub struct CheckedPlan {
    pub(super) plan: Plan,
    pub(super) measures: Vec<PlannedMeasure>,
}

/// A measure of a checked plan.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct PlannedMeasure {
    pub(crate) instrument: Instrument,
    pub(crate) measure: Measure,
    pub(super) plan: MeasurePlan,
}

impl Plan {
    /// Reads a plan from TOML.
    ///
    /// # Errors
    ///
    /// [`PlanError::Unreadable`] with the place and the reason.
    #[cfg(feature = "toml")]
    pub fn from_toml(text: &str) -> Result<Self, PlanError> {
        toml::from_str(text).map_err(|error| PlanError::Unreadable { reason: error.to_string() })
    }

    /// Finds every instrument, measure, band set and change rule the plan names.
    ///
    /// # Errors
    ///
    /// The first name that is not found, with those there are; an entry that is there twice; a rule
    /// that nothing can meet.
    pub fn check(self, registry: &Registry) -> Result<CheckedPlan, PlanError> {
        if self.measures.is_empty() {
            return Err(PlanError::NoMeasures);
        }
        let measures: Vec<PlannedMeasure> =
            self.measures.iter().map(|measure| measure.find(registry)).collect::<Result<_, _>>()?;
        let name = |m: &PlannedMeasure| {
            format!("{}@{} {}", m.instrument.id(), m.instrument.version(), m.measure.id())
        };
        once("measures", measures.iter().map(name))?;
        for measure in &self.measures {
            once("change-rules", measure.change_rules.iter().cloned())?;
        }
        once("group-by", self.group_by.iter().map(|by| by.code().to_owned()))?;
        for rule in core::iter::once(&self.pairing).chain(&self.compare) {
            can_hold(rule)?;
        }
        Ok(CheckedPlan { plan: self, measures })
    }
}

/// Refuses a list that names something twice.
fn once(list: &'static str, names: impl Iterator<Item = String>) -> Result<(), PlanError> {
    let mut seen = BTreeSet::new();
    for name in names {
        if let Some(name) = seen.replace(name) {
            return Err(PlanError::NamedTwice { list, name });
        }
    }
    Ok(())
}

fn can_hold(rule: &PairingRule) -> Result<(), PlanError> {
    if let EndPoint::NthContact { n: 0 } | EndPoint::FirstAfter { n: 0 } = rule.end_point {
        let (setting, found) = ("end-point.n", "0");
        let needed = "contacts are counted from 1";
        return Err(PlanError::RuleNeverHolds { setting, found, needed });
    }
    can_be_due(&rule.due)
}

fn can_be_due(due: &DueRule) -> Result<(), PlanError> {
    match due {
        DueRule::AnyOf { rules } if rules.is_empty() => Err(PlanError::RuleNeverHolds {
            setting: "due.rules",
            found: "empty",
            needed: "give at least one rule",
        }),
        DueRule::AnyOf { rules } => rules.iter().try_for_each(can_be_due),
        _ => Ok(()),
    }
}

impl CheckedPlan {
    /// The plan as written.
    #[must_use]
    pub const fn plan(&self) -> &Plan {
        &self.plan
    }

    /// The measures with the definitions that were found for them.
    #[cfg(feature = "report")]
    pub(crate) fn planned(&self) -> &[PlannedMeasure] {
        &self.measures
    }
}

impl MeasurePlan {
    fn find(&self, registry: &Registry) -> Result<PlannedMeasure, PlanError> {
        let instrument = registry.find(&self.instrument)?;
        let id = match (&self.measure, instrument.measures()) {
            (Some(id), _) => id.clone(),
            (None, [only]) => only.id().to_owned(),
            (None, several) => {
                return Err(PlanError::MeasureNotNamed {
                    instrument: instrument.id().to_owned(),
                    known: several.iter().map(|measure| measure.id().to_owned()).collect(),
                });
            }
        };
        let instrument = match &self.missing_rule {
            Some(rule) => instrument.with_missing_rule(&id, rule)?,
            None => instrument.clone(),
        };
        let measure = instrument.measure(&id)?.clone();
        if let Some(bands) = &self.bands {
            measure.band_set(bands)?;
        }
        for rule in &self.change_rules {
            measure.change_rule(rule)?;
        }
        Ok(PlannedMeasure { instrument, measure, plan: self.clone() })
    }
}

impl PlannedMeasure {
    /// The band set the plan names.
    pub(crate) fn band_set(&self) -> Option<&BandSet> {
        self.plan.bands.as_deref().and_then(|id| self.measure.band_set(id).ok())
    }

    /// The change rules the plan names, in its order.
    pub(super) fn change_rules(&self) -> impl Iterator<Item = &ChangeRule> {
        self.plan.change_rules.iter().filter_map(|id| self.measure.change_rule(id).ok())
    }
}
