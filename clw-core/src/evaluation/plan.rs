//! The declared rules of an evaluation: every convention by name, none silent.

use std::collections::BTreeSet;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{AttritionPlan, BeforeAfterPlan, ControlChartPlan, EquityPlan, PlanError};
use crate::change::{
    ChangeOptions, ClinicalChangeRule, ImportantChangeRule, McNemarMethod, Mean, Multiplicity,
    Population, RegressionToTheMeanRule, ReliableChangeRule, SampleRule, StandardDeviation,
};
use crate::coded::Unread;
#[cfg(feature = "toml")]
use crate::coded::coded;
use crate::completion::{FunnelOptions, FunnelPlot, GroupBy};
use crate::estimate::ConfidenceLevel;
use crate::indicator::{
    Indicator, IndicatorError, IndicatorPopulation, IndicatorSpan, PeriodLength,
};
use crate::instrument::{BandSet, Decimal, Instrument, Measure, Points, Registry};
use crate::json;
use crate::pairing::{DueRule, Eligibility, EndPoint, PairingRule};
#[cfg(feature = "toml")]
use crate::toml_read;
use crate::value::WellbyAssumptions;

/// What is evaluated and by which rules. It is written into every result.
///
/// Evaluations can be merged only if they were made under the same plan.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Plan {
    /// The name of the evaluation, as printed in the report.
    pub title: String,
    /// The day on which everything is judged; later events have not happened yet.
    #[serde(deserialize_with = "crate::stored_date::deserialize")]
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
    /// From how many days after the end on a sitting counts as one after exit; those are not looked
    /// for if absent. An end point that reaches so far takes the same sitting for the end of support,
    /// as [`EndPoint::Last`] does; [`EndPoint::LastUntilClosure`] of fewer days does not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after_exit_days: Option<u32>,
    /// What completion and benefit are broken down by.
    #[serde(default)]
    pub group_by: Vec<GroupBy>,
    /// On what those with and without a follow-up are compared.
    #[serde(default)]
    pub attrition: AttritionPlan,
    /// Along what equity is looked at; it is not if empty.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub equity: Vec<EquityPlan>,
    /// Control charts of completion and referrals; there are none if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub control_charts: Option<ControlChartPlan>,
    /// How a funnel of completion by practice is made; there is none if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub funnel: Option<FunnelOptions>,
    /// Changes whose months before and after are compared.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub before_after: Vec<BeforeAfterPlan>,
    /// The indicators reported; there are none if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub indicators: Option<IndicatorPlan>,
    /// The level of every interval.
    #[serde(default)]
    pub interval_level: ConfidenceLevel,
    /// How the p of several measures of one instrument are adjusted for their number.
    #[serde(default)]
    pub multiplicity: Multiplicity,
}

/// One measure of a plan, with the reference values chosen for it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct MeasurePlan {
    /// The instrument: its id, an alias, or `id@version` where there are several versions.
    pub instrument: String,
    /// The measure's id; may be absent where the instrument has one measure.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub measure: Option<String>,
    /// Who is asked to fill in this one; whom the plan asks if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub eligibility: Option<Eligibility>,
    /// The missing rule by name; the instrument's own default if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub missing_rule: Option<String>,
    /// The band set by name; no transitions are shown if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bands: Option<String>,
    /// The change rules by name; each is shown beside the others.
    #[serde(default)]
    pub change_rules: Vec<String>,
    /// Rules of reliable change with numbers of the plan's own, shown after those by name.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub reliable_change: Vec<ReliableChangeRule>,
    /// Methods of reliable change that take their means and SDs from the pairs themselves.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sample_rules: Vec<SampleRule>,
    /// Rules of reliable change with a cut-off: recovered, improved, unchanged, deteriorated.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub clinical_change: Vec<ClinicalChangeRule>,
    /// Rules of important change.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub important_change: Vec<ImportantChangeRule>,
    /// Cuts to count moves across, in units of the printed score: below, and at or above.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cuts: Vec<Decimal>,
    /// How McNemar's p is obtained, where there are two bands.
    #[serde(default)]
    pub mcnemar: McNemarMethod,
    /// What the change in life satisfaction is valued by, in the Treasury's WELLBYs; it is not if
    /// absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<WellbyAssumptions>,
    /// What to work out regression to the mean against; there is no panel if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub regression_to_the_mean: Option<RegressionPlan>,
}

/// Which indicators are reported, and over which periods.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct IndicatorPlan {
    /// The months reported.
    pub span: IndicatorSpan,
    /// How long a period is.
    pub length: PeriodLength,
    /// Indicators of the library, by their ids.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub built_in: Vec<String>,
    /// Indicators of the plan's own.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub own: Vec<Indicator>,
}

/// The population that people are drawn from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct RegressionPlan {
    /// Its norm by name, which must have a standard deviation.
    pub norm: String,
    /// The score people had to be worse than to come, in units of the printed score, if there was
    /// such a rule.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cut_off: Option<Decimal>,
}

/// A plan whose every name has been found: the only form that evaluates.
#[derive(Debug, Clone, PartialEq)]
pub struct CheckedPlan {
    pub(super) plan: Plan,
    pub(super) measures: Vec<PlannedMeasure>,
    pub(super) joint: Vec<JointPlan>,
    /// The indicators, those of the library first.
    pub(super) indicators: Vec<Indicator>,
}

/// The measures of an instrument that has several in the plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct JointPlan {
    pub(super) instrument: String,
    version: String,
    /// Their places in the plan.
    pub(super) measures: Vec<usize>,
}

/// A measure of a checked plan.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct PlannedMeasure {
    pub(crate) instrument: Instrument,
    pub(crate) measure: Measure,
    pub(super) plan: MeasurePlan,
    pub(super) regression: Option<RegressionToTheMeanRule>,
}

impl Plan {
    /// Reads a plan from TOML.
    ///
    /// # Errors
    ///
    /// [`PlanError::Unreadable`] with the place and the reason, [`PlanError::Refused`] for a setting
    /// that its own check refuses.
    #[cfg(feature = "toml")]
    pub fn from_toml(text: &str) -> Result<Self, PlanError> {
        toml_read::read(text).map_err(|error| match coded(error.message()) {
            Some((message, code)) => PlanError::Refused {
                code: code.to_owned(),
                place: line_of(text, error.span().map_or(0, |span| span.start)),
                message: message.to_owned(),
            },
            None => PlanError::Unreadable { reason: error.to_string() },
        })
    }

    /// Reads a plan in JSON, with the keys of its TOML.
    ///
    /// # Errors
    ///
    /// [`PlanError::Unreadable`] if it is not one, [`PlanError::Refused`] for a setting that its own
    /// check refuses.
    pub fn from_json(text: &str) -> Result<Self, PlanError> {
        json::read(text).map_err(|error| {
            let place = json::path(text, error.line(), error.column());
            match Unread::from(error) {
                Unread::Refused { code, message } => PlanError::Refused { code, place, message },
                Unread::Unreadable { reason, .. } => PlanError::Unreadable { reason },
            }
        })
    }

    /// Finds every instrument, measure, band set and change rule the plan names.
    ///
    /// What may well be meant passes without a word, as what a rule makes of the records cannot be seen
    /// here: an end point so late that it takes what was answered long after the end
    /// ([`after_exit_days`](Self::after_exit_days)) is pointed out by the report, in the public form
    /// and in the summary, a setting that no record answers to by a
    /// [`PlanRemark`](super::PlanRemark).
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
            once("reliable-change", measure.reliable_change.iter().map(written))?;
            once("sample-rules", measure.sample_rules.iter().map(written))?;
            once("clinical-change", measure.clinical_change.iter().map(written))?;
            once("important-change", measure.important_change.iter().map(written))?;
            once("cuts", measure.cuts.iter().map(Decimal::to_string))?;
        }
        once("group-by", self.group_by.iter().map(|by| by.code().to_owned()))?;
        once("attrition.traits", self.attrition.traits.iter().map(|by| by.code().to_owned()))?;
        once("equity", self.equity.iter().map(|of| written(&of.axis)))?;
        self.equity.iter().try_for_each(EquityPlan::check)?;
        if let Some(weighting) = &self.attrition.weighting {
            let traits = weighting.traits.iter();
            once("attrition.weighting.traits", traits.map(|by| by.code().to_owned()))?;
        }
        self.control_charts.as_ref().map_or(Ok(()), ControlChartPlan::check)?;
        if let Some(funnel) = self.funnel {
            FunnelPlot::of(&[], funnel).map_err(PlanError::Comparison)?;
        }
        self.before_after.iter().try_for_each(BeforeAfterPlan::check)?;
        once("before-after", self.before_after.iter().map(|change| change.name.clone()))?;
        let indicators = self.indicators.as_ref().map(IndicatorPlan::find);
        let indicators = indicators.transpose()?.unwrap_or_default();
        for indicator in &indicators {
            must_be_known(indicator, &measures)?;
        }
        let own = self.measures.iter().filter_map(|measure| measure.eligibility.as_ref());
        core::iter::once(&self.eligibility).chain(own).try_for_each(can_be_asked)?;
        for rule in core::iter::once(&self.pairing).chain(&self.compare) {
            can_hold(rule)?;
        }
        let joint = JointPlan::all(&measures);
        Ok(CheckedPlan { plan: self, measures, joint, indicators })
    }
}

/// The line of a text that a byte is in, by its number and its first words.
#[cfg(feature = "toml")]
fn line_of(text: &str, byte: usize) -> String {
    let before = text.get(..byte).unwrap_or(text);
    let number = before.matches('\n').count();
    let line: String =
        text.lines().nth(number).unwrap_or_default().trim().chars().take(80).collect();
    format!("line {} ({line})", number + 1)
}

impl JointPlan {
    fn all(measures: &[PlannedMeasure]) -> Vec<Self> {
        let mut all: Vec<Self> = Vec::new();
        for (place, planned) in measures.iter().enumerate() {
            let (id, version) = (planned.instrument.id(), planned.instrument.version());
            match all.iter_mut().find(|of| of.instrument == id && of.version == version) {
                Some(of) => of.measures.push(place),
                None => all.push(Self {
                    instrument: id.to_owned(),
                    version: version.to_owned(),
                    measures: vec![place],
                }),
            }
        }
        all.retain(|of| of.measures.len() > 1);
        all
    }
}

impl IndicatorPlan {
    fn find(&self) -> Result<Vec<Indicator>, PlanError> {
        if self.span.to < self.span.from {
            let (from, to) = (self.span.from.to_string(), self.span.to.to_string());
            return Err(PlanError::Indicator(IndicatorError::SpanBackwards { from, to }));
        }
        let known = Indicator::built_in().map_err(PlanError::Indicator)?;
        let mut indicators = Vec::new();
        for id in &self.built_in {
            let found = known.iter().find(|indicator| indicator.definition().id == *id);
            indicators.push(found.cloned().ok_or_else(|| PlanError::UnknownIndicator {
                id: id.clone(),
                known: known.iter().map(|of| of.definition().id.clone()).collect(),
            })?);
        }
        indicators.extend(self.own.iter().cloned());
        let ids = indicators.iter().map(|indicator| indicator.definition().id.clone());
        once("indicators", ids)?;
        Ok(indicators)
    }
}

/// Refuses an indicator with a rule of reliable change that no measure of the plan has.
fn must_be_known(indicator: &Indicator, measures: &[PlannedMeasure]) -> Result<(), PlanError> {
    let Some(rule) = indicator.definition().numerator.rule() else { return Ok(()) };
    let rules = measures.iter().flat_map(PlannedMeasure::reliable_change_rules);
    let known: Vec<String> = rules.map(|rule| rule.name().to_owned()).collect();
    if known.iter().any(|known| known == rule) {
        return Ok(());
    }
    Err(PlanError::Indicator(IndicatorError::UnknownRule { rule: rule.to_owned(), known }))
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

/// A rule as it stands in the plan.
fn written(rule: &impl Serialize) -> String {
    serde_json::to_string(rule).unwrap_or_default()
}

fn can_be_asked(eligibility: &Eligibility) -> Result<(), PlanError> {
    let never = |setting, found, needed| Err(PlanError::RuleNeverHolds { setting, found, needed });
    match eligibility {
        Eligibility::FirstSeenBetween { from: Some(from), until: Some(until) } if from > until => {
            never("eligibility.until", "before from", "give a day on or after it")
        }
        Eligibility::Practices { practices } if practices.is_empty() => {
            never("eligibility.practices", "empty", "name at least one practice")
        }
        Eligibility::Programmes { programmes } if programmes.is_empty() => {
            never("eligibility.programmes", "empty", "name at least one programme")
        }
        Eligibility::Practices { practices: names }
        | Eligibility::Programmes { programmes: names } => {
            once("eligibility", names.iter().cloned())
        }
        Eligibility::AllOf { rules } if rules.is_empty() => {
            never("eligibility.rules", "empty", "give at least one rule")
        }
        Eligibility::AllOf { rules } => rules.iter().try_for_each(can_be_asked),
        _ => Ok(()),
    }
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

    /// Everything that fates and pairs are counted by: what the plan groups by, and what charts,
    /// funnel and indicators are made from.
    pub(super) fn counted_kinds(&self) -> Vec<GroupBy> {
        let plan = &self.plan;
        let charts = plan.control_charts.iter().flat_map(|_| GroupBy::CHARTED);
        let funnel = plan.funnel.iter().map(|_| GroupBy::Practice);
        let indicators = self.indicators.iter().map(|of| of.definition().month_of);
        let mut kinds = plan.group_by.clone();
        for by in charts.chain(funnel).chain(indicators) {
            if !kinds.contains(&by) {
                kinds.push(by);
            }
        }
        kinds
    }

    /// By which months the finished episodes are counted apart.
    pub(super) fn finished_kinds(&self) -> Vec<GroupBy> {
        let definitions = self.indicators.iter().map(Indicator::definition);
        let finished = definitions.filter(|of| of.population == IndicatorPopulation::Finished);
        let mut kinds: Vec<GroupBy> = finished.map(|of| of.month_of).collect();
        kinds.sort_unstable();
        kinds.dedup();
        kinds
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
        let regression = self.regression_to_the_mean.as_ref();
        let regression = regression.map(|of| of.find(&measure)).transpose()?;
        Ok(PlannedMeasure { instrument, measure, plan: self.clone(), regression })
    }
}

impl RegressionPlan {
    fn find(&self, measure: &Measure) -> Result<RegressionToTheMeanRule, PlanError> {
        let norm = measure.norm(&self.norm)?;
        let without_spread = || PlanError::NormWithoutSpread { norm: self.norm.clone() };
        let standard_deviation = norm.standard_deviation.ok_or_else(without_spread)?;
        let population = Population {
            mean: Mean::new(norm.mean.to_f64()).map_err(|_| without_spread())?,
            standard_deviation: StandardDeviation::new(standard_deviation.to_f64())
                .map_err(|_| without_spread())?,
        };
        Ok(RegressionToTheMeanRule { population, cut_off: self.cut_off })
    }
}

impl PlannedMeasure {
    /// The band set the plan names.
    pub(crate) fn band_set(&self) -> Option<&BandSet> {
        self.plan.bands.as_deref().and_then(|id| self.measure.band_set(id).ok())
    }

    /// The rules of reliable change: those the plan names, then those with numbers of its own.
    pub(super) fn reliable_change_rules(&self) -> Vec<ReliableChangeRule> {
        let named = self.plan.change_rules.iter();
        let named = named.filter_map(|id| self.measure.change_rule(id).ok()).map(Into::into);
        named.chain(self.plan.reliable_change.iter().cloned()).collect()
    }

    /// What to compute of the measure's pairs.
    pub(super) fn change_options(&self, level: ConfidenceLevel) -> ChangeOptions {
        let steps_per_unit = self.measure.scale().steps_per_unit;
        let at_least = |cut: &Decimal| i32::try_from(cut.steps_at_least(steps_per_unit)).ok();
        ChangeOptions {
            level,
            reliable_change_rules: self.reliable_change_rules(),
            sample_rules: self.plan.sample_rules.clone(),
            clinical_change_rules: self.plan.clinical_change.clone(),
            important_change_rules: self.plan.important_change.clone(),
            band_sets: self.band_set().cloned().into_iter().collect(),
            cuts: self.plan.cuts.iter().filter_map(at_least).map(Points).collect(),
            mcnemar: self.plan.mcnemar,
            regression_to_the_mean: self.regression,
            ..ChangeOptions::default()
        }
    }
}
