//! Questions before the first sitting, and of many tests together.

use serde::{Deserialize, Serialize};

use super::error::not_together;
use super::{Answer, NO_SCALE, Question, RequestError, Table, about};
use crate::change::{
    Alternative, MinimumDetectableChange, Multiplicity, NamedP, PairsNeeded, PlannedComparison,
};
use crate::estimate::ConfidenceLevel;
use crate::instrument::Scale;
use crate::sentences::format::{count, decimal, p_value, percent};
use crate::sentences::{planning, several};

/// A measure as its sentences name it, where one is given.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct OnMeasure {
    name: String,
    scale: Scale,
}

/// What is known of the measure.
fn on(measure: Option<&OnMeasure>) -> (Scale, Option<&str>) {
    measure.map_or((NO_SCALE, None), |on| (on.scale, Some(on.name.as_str())))
}

/// The chance that a planned paired t test sees a change.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct Power {
    effect: f64,
    standard_deviation_of_change: f64,
    pairs: u64,
    #[serde(default)]
    alternative: Alternative,
    #[serde(default)]
    level: ConfidenceLevel,
    measure: Option<OnMeasure>,
}

/// How many pairs it takes to see a change.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct Needed {
    effect: f64,
    standard_deviation_of_change: f64,
    power: f64,
    #[serde(default)]
    alternative: Alternative,
    #[serde(default)]
    level: ConfidenceLevel,
    measure: Option<OnMeasure>,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Planned {
    #[serde(flatten)]
    found: PairsNeeded,
    effect: f64,
    standard_deviation_of_change: f64,
    alternative: Alternative,
    level: ConfidenceLevel,
}

impl Planned {
    fn told(found: PairsNeeded, plan: &PlannedComparison, sentence: String) -> Answer {
        let table = Table {
            headings: vec!["pairs", "power"],
            rows: vec![vec![count(found.pairs), percent(found.power)]],
        };
        let brief = format!("{} pairs, power {}", found.pairs, found.power);
        let planned = Self {
            found,
            effect: plan.effect(),
            standard_deviation_of_change: plan.standard_deviation_of_change(),
            alternative: plan.alternative(),
            level: plan.level(),
        };
        Answer::new(&planned, sentence, brief, table)
    }
}

impl Question for Power {
    fn answer(self) -> Result<Answer, RequestError> {
        let spread = self.standard_deviation_of_change;
        let plan = PlannedComparison::new(self.effect, spread, self.alternative, self.level)?;
        let power = plan.power(self.pairs)?;
        let (scale, name) = on(self.measure.as_ref());
        let sentence = planning::power(&about(scale, name, self.pairs), &plan, power);
        Ok(Planned::told(PairsNeeded { pairs: self.pairs, power }, &plan, sentence))
    }
}

impl Question for Needed {
    fn answer(self) -> Result<Answer, RequestError> {
        let spread = self.standard_deviation_of_change;
        let plan = PlannedComparison::new(self.effect, spread, self.alternative, self.level)?;
        let found = plan.pairs_needed(self.power)?;
        let (scale, name) = on(self.measure.as_ref());
        let sentence = planning::pairs_needed(&about(scale, name, found.pairs), &plan, &found);
        Ok(Planned::told(found, &plan, sentence))
    }
}

/// The smallest change of one person that is more than the error of measurement.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct Detectable {
    standard_error_of_measurement: Option<f64>,
    standard_deviation: Option<crate::change::StandardDeviation>,
    reliability: Option<crate::change::ReliabilityCoefficient>,
    measure: Option<OnMeasure>,
}

impl Question for Detectable {
    fn answer(self) -> Result<Answer, RequestError> {
        let found = match (
            self.standard_error_of_measurement,
            self.standard_deviation,
            self.reliability,
        ) {
            (Some(error), None, None) => MinimumDetectableChange::of_standard_error(error)?,
            (None, Some(spread), Some(reliability)) => {
                MinimumDetectableChange::of_reliability(spread.get(), reliability.get())?
            }
            (error, spread, reliability) => {
                let given = [
                    ("standard-error-of-measurement", error.is_some()),
                    ("standard-deviation", spread.is_some()),
                    ("reliability", reliability.is_some()),
                ];
                let remedy = "give `standard-error-of-measurement` alone, or `standard-deviation` \
                              and `reliability`";
                return Err(not_together(&given, remedy));
            }
        };
        let (scale, name) = on(self.measure.as_ref());
        let sentence = planning::minimum_detectable_change(&about(scale, name, 1), &found);
        let (change, error) =
            (found.minimum_detectable_change, found.standard_error_of_measurement);
        let table = Table {
            headings: vec!["standard error of measurement", "minimum detectable change"],
            rows: vec![vec![decimal(error, 2), decimal(change, 2)]],
        };
        Ok(Answer::new(&found, sentence, format!("{change} points"), table))
    }
}

/// p-values adjusted for their number.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct Adjusted {
    p_values: Vec<NamedP>,
    method: Multiplicity,
}

impl Question for Adjusted {
    fn answer(self) -> Result<Answer, RequestError> {
        let found = self.method.adjust(&self.p_values)?;
        let sentence = several::adjusted_ps(&found, str::to_owned);
        let row = |of: &crate::change::AdjustedP| {
            vec![of.name.clone(), p_value(of.p), p_value(of.p_adjusted)]
        };
        let table = Table {
            headings: vec!["test", "p", "p adjusted"],
            rows: found.p_values.iter().map(row).collect(),
        };
        let how = several::multiplicity(self.method);
        let brief = format!("{} tests {how}", found.p_values.len());
        Ok(Answer::new(&found, sentence, brief, table))
    }
}
