//! Questions of several programmes, and of what a change is worth.

use serde::{Deserialize, Serialize};

use super::completion::or_dash;
use super::error::not_together;
use super::{Answer, NO_SCALE, Question as Asked, RequestError, Table, about};
use crate::change::PairCounts;
use crate::coded;
use crate::estimate::ConfidenceLevel;
use crate::sentences::about::interval;
use crate::sentences::format::{count, decimal};
use crate::sentences::{synthesis, value};
use crate::synthesis::{
    Effect, Pooling, ProgrammePairs, ProgrammeShare, RandomEffects, ShareTransform, Synthesis,
    SynthesisOptions,
};
use crate::value::{Wellby, WellbyAssumptions};

/// Programmes by their pairs, by counts of all, or by estimates with their variances.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct Question {
    pairs: Option<Vec<ProgrammePairs>>,
    shares: Option<Vec<ProgrammeShare>>,
    transform: Option<ShareTransform>,
    estimates: Option<Vec<NamedEffect>>,
    name: Option<String>,
    #[serde(default)]
    options: SynthesisOptions,
}

impl SynthesisOptions {
    /// Reads options from JSON; what they leave out has its default.
    ///
    /// # Errors
    /// When it is not such JSON, or an option is refused.
    pub fn from_json(text: &str) -> Result<Self, RequestError> {
        Ok(coded::options(text)?)
    }
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct NamedEffect {
    name: String,
    estimate: f64,
    variance: f64,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct EstimatesFound {
    options: SynthesisOptions,
    programmes: Vec<NamedEffect>,
    #[serde(flatten)]
    found: RandomEffects,
}

impl Asked for Question {
    fn answer(self) -> Result<Answer, RequestError> {
        let (options, name) = (&self.options, self.name.as_deref());
        match (self.pairs, self.shares, self.transform, self.estimates) {
            (Some(programmes), None, None, None) => {
                let scale = programmes.first().map_or(NO_SCALE, |first| *first.pairs.scale());
                let found = Synthesis::of_mean_changes(&programmes, options)?;
                let n = programmes.iter().map(|of| of.pairs.n()).sum();
                Ok(told(&found, synthesis::programmes(&about(scale, name, n), &found)))
            }
            (None, Some(programmes), Some(transform), None) => {
                let found = Synthesis::of_shares(&programmes, transform, options)?;
                Ok(told(&found, synthesis::programmes(&about(NO_SCALE, name, 0), &found)))
            }
            (None, None, None, Some(estimates)) => of_estimates(estimates, self.options),
            (pairs, shares, transform, estimates) => {
                let given = [
                    ("pairs", pairs.is_some()),
                    ("shares", shares.is_some()),
                    ("transform", transform.is_some()),
                    ("estimates", estimates.is_some()),
                ];
                let remedy = "give `pairs` alone, `shares` and `transform`, or `estimates` alone";
                Err(not_together(&given, remedy))
            }
        }
    }
}

fn told(found: &Synthesis, sentence: String) -> Answer {
    let row = |of: &crate::synthesis::ProgrammeEstimate| {
        vec![of.name.clone(), count(of.n), decimal(of.estimate, 3), interval(&of.interval, 3)]
    };
    let table = Table {
        headings: vec!["programme", "people", "estimate", "interval"],
        rows: found.programmes.iter().map(row).collect(),
    };
    let brief = format!("{} programmes", found.programmes.len());
    Answer::new(found, sentence, brief, table)
}

fn of_estimates(
    programmes: Vec<NamedEffect>,
    options: SynthesisOptions,
) -> Result<Answer, RequestError> {
    let effect = |of: &NamedEffect| Effect::new(of.estimate, of.variance);
    let effects = programmes.iter().map(effect).collect::<Result<Vec<_>, _>>()?;
    let found = RandomEffects::of(&effects, &options);
    let sentence = match &found.pooling {
        Pooling::NotPooled { reason } => {
            format!("The estimates are not put together, because {reason}.")
        }
        Pooling::Pooled(pooled) => synthesis::estimates(pooled),
    };
    let weights = found.weights.iter().map(|weight| decimal(*weight, 3)).map(Some);
    let weights = weights.chain(core::iter::repeat(None));
    let rows = programmes.iter().zip(weights).map(|(of, weight)| {
        let weight = weight.unwrap_or_else(|| "–".to_owned());
        vec![of.name.clone(), decimal(of.estimate, 3), decimal(libm::sqrt(of.variance), 3), weight]
    });
    let headings = vec!["estimate of", "estimate", "standard error", "weight"];
    let table = Table { headings, rows: rows.collect() };
    let brief = format!("{} estimates", programmes.len());
    Ok(Answer::new(&EstimatesFound { options, programmes, found }, sentence, brief, table))
}

/// Pairs of life satisfaction, and what their worth rests on.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct OfWellby {
    pairs: PairCounts,
    assumptions: WellbyAssumptions,
    #[serde(default)]
    level: ConfidenceLevel,
}

impl Asked for OfWellby {
    fn answer(self) -> Result<Answer, RequestError> {
        let Self { pairs, assumptions, level } = self;
        let (instrument, measure) = (Wellby::INSTRUMENT, Wellby::MEASURE);
        let found = Wellby::of(instrument, measure, &pairs, &assumptions, level)?;
        let about = about(*pairs.scale(), Some("life satisfaction"), pairs.n());
        let rows = found.values.iter().map(|of| {
            vec![
                format!("£{}", count(u64::from(of.pounds_per_wellby))),
                decimal(of.pounds, 0),
                or_dash(&of.interval, |limits| interval(limits, 0)),
            ]
        });
        let headings = vec!["for each WELLBY", "pounds", "interval"];
        let table = Table { headings, rows: rows.collect() };
        let brief = format!("{} pairs, {} WELLBYs", found.pairs, found.wellbys);
        Ok(Answer::new(&found, value::wellby(&about, &found), brief, table))
    }
}
