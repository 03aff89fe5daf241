//! Inverse-probability weighting: the pairs made to look like everybody due, as far as recorded.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::design::{Design, ModelTerm, PooledLevels};
use super::hajek::{self, Pairs};
use super::logistic::{self, Fit, NotFitted};
use super::profile_counts::{ProfileCell, ProfileCounts};
use crate::estimate::{ConfidenceLevel, Estimate, Interval};

/// What a weighting goes by.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct WeightingOptions {
    /// The level of the intervals.
    pub level: ConfidenceLevel,
    /// How the standard errors are estimated.
    pub variance: WeightVariance,
    /// A level of a trait with fewer paired or fewer unpaired people is taken together with other such
    /// levels. 5 unless stated, a choice of this library: without it a level that nobody or everybody
    /// was followed up from leaves the model without an end.
    pub fewest_of_a_level: u64,
}

impl Default for WeightingOptions {
    fn default() -> Self {
        let (level, variance) = (ConfidenceLevel::default(), WeightVariance::default());
        Self { level, variance, fewest_of_a_level: 5 }
    }
}

/// How the standard error of a weighted mean is estimated: both are robust, from the residuals.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum WeightVariance {
    /// As if the weights had been known: n/(n − 1)·Σw²(y − μ)²/(Σw)² over the n pairs, the sandwich HC1
    /// of a weighted mean and what survey software gives. With equal weights it is that of the paired
    /// t interval. Usually the wider of the two.
    #[default]
    WeightsAsKnown,
    /// With the weights estimated by the model: the sandwich of both sets of estimating equations
    /// together. Lunceford & Davidian (2004), doi:10.1002/sim.1903.
    WeightsAsEstimated,
}

/// Results weighted by the inverse chance of being followed up, or why there are none.
///
/// A sensitivity result beside the unweighted, never instead of it: it corrects for what the model
/// holds and for nothing else, and whoever was not followed up because of how they fared is beyond it.
///
/// ```
/// use clw_core::attrition::{ProfileCounts, Weighting, WeightingOptions};
/// use clw_core::instrument::{Direction, Points, Scale};
///
/// let scale = Scale {
///     direction: Direction::HigherIsBetter,
///     steps_per_unit: 1,
///     lowest: Points(0),
///     highest: Points(10),
/// };
/// let mut profiles = ProfileCounts::new(scale, ["gender"]);
/// for (gender, change, paired, unpaired) in [("woman", 2, 30, 10), ("man", 1, 10, 30)] {
///     for _ in 0..paired {
///         profiles.add(Points(5), Some(Points(5 + change)), &[gender])?;
///     }
///     for _ in 0..unpaired {
///         profiles.add(Points(5), None, &[gender])?;
///     }
/// }
/// let Weighting::Weighted(weighted) = Weighting::of(&profiles, &WeightingOptions::default()) else {
///     panic!("there is a result");
/// };
/// // 1.75 of the pairs, of whom three in four are women; 1.5 of all, of whom half are.
/// assert_eq!(weighted.mean_change.unweighted, 1.75);
/// assert!((weighted.mean_change.weighted - 1.5).abs() < 1e-12);
/// # Ok::<(), clw_core::attrition::AttritionCountsError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "outcome", rename_all = "kebab-case")]
pub enum Weighting {
    /// There are weights.
    Weighted(Weighted),
    /// There are none.
    NotWeighted(NotWeightable),
}

/// Why there are no weights.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(
    tag = "reason",
    rename_all = "kebab-case",
    rename_all_fields = "kebab-case",
    deny_unknown_fields
)]
pub enum NotWeightable {
    /// Nobody has a pair.
    NobodyPaired,
    /// One person has a pair.
    OnePair,
    /// Everybody has a pair, so all weights are 1.
    NobodyUnpaired,
    /// The model tells paired and unpaired apart without fail, at least for some: nobody who was
    /// followed up can stand for those who were not.
    Separated {
        /// The term that does so most of all.
        by: ModelTerm,
    },
    /// The search for the highest likelihood did not settle.
    NotConverged,
}

/// Results weighted by the inverse chance of being followed up.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Weighted {
    /// What the weighting goes by.
    pub options: WeightingOptions,
    /// The pairs.
    pub paired: u64,
    /// Those due without a pair.
    pub unpaired: u64,
    /// The logistic model of being followed up, in the order of its terms.
    pub model: Vec<ModelCoefficient>,
    /// Levels too rare to stand alone.
    pub pooled_levels: Vec<PooledLevels>,
    /// Σ ln P over all due at the maximum.
    pub log_likelihood: f64,
    /// The weights.
    pub weights: WeightSummary,
    /// The mean change, in units of the printed score, with a t interval of n − 1 degrees of freedom.
    pub mean_change: WeightedEstimate,
    /// The share improved, by any amount, with the t interval of its log odds.
    pub share_improved: WeightedEstimate,
}

/// One coefficient of the model.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct ModelCoefficient {
    /// What it is of.
    pub term: ModelTerm,
    /// The log odds of being followed up that it adds; absent where the term says what others say.
    pub log_odds: Option<f64>,
    /// Its standard error, from the inverse of the information.
    pub standard_error: Option<f64>,
}

/// Stabilised weights of the pairs: the share paired of all, over the modelled chance of each person.
///
/// Their mean is about 1 where the model fits. Robins, Hernán & Brumback (2000),
/// doi:10.1097/00001648-200009000-00011.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct WeightSummary {
    /// The smallest.
    pub smallest: f64,
    /// The mean.
    pub mean: f64,
    /// The largest: so many people one of the pairs stands for, in shares of those due.
    pub largest: f64,
    /// (Σw)²/Σw²: so many pairs of equal weight would be as precise. Kish (1965), Survey Sampling.
    pub effective_sample_size: f64,
}

/// A statistic of the pairs, with and without weights.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct WeightedEstimate {
    /// With weights.
    pub weighted: f64,
    /// Without.
    pub unweighted: f64,
    /// Weighted − unweighted: what the weights change.
    pub difference: f64,
    /// The standard error of the weighted.
    pub standard_error: f64,
    /// The interval of the weighted.
    pub interval: Estimate<Interval>,
}

impl Weighting {
    /// Weights the pairs of a table of profiles.
    ///
    /// P(paired) is modelled by a constant, the baseline score in SDs and the levels of each trait
    /// against the one most people have. Hájek's estimator, Σwy/Σw. Seaman & White (2013),
    /// doi:10.1177/0962280210395740.
    #[must_use]
    pub fn of(profiles: &ProfileCounts, options: &WeightingOptions) -> Self {
        weighted(profiles, options).map_or_else(Self::NotWeighted, Self::Weighted)
    }
}

impl NotWeightable {
    /// The stable name of the reason, the same in Rust, Python and JavaScript.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::NobodyPaired => "nobody-paired",
            Self::OnePair => "one-pair",
            Self::NobodyUnpaired => "nobody-unpaired",
            Self::Separated { .. } => "separated",
            Self::NotConverged => "not-converged",
        }
    }
}

impl fmt::Display for NotWeightable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NobodyPaired => f.write_str("nobody has a follow-up to weight"),
            Self::OnePair => f.write_str("one pair alone cannot stand for others"),
            Self::NobodyUnpaired => f.write_str("everybody has a follow-up, so all count the same"),
            Self::Separated { by } => {
                f.write_str(
                    "some of those without a follow-up have nobody like them with one, by ",
                )?;
                match by {
                    ModelTerm::Constant => f.write_str("all that was recorded"),
                    ModelTerm::BaselineScore { .. } => f.write_str("the baseline score"),
                    ModelTerm::Level { of, level, .. } => write!(f, "{of}: {level}"),
                }
            }
            Self::NotConverged => {
                f.write_str("the search for the highest likelihood did not settle")
            }
        }
    }
}

fn weighted(
    profiles: &ProfileCounts,
    options: &WeightingOptions,
) -> Result<Weighted, NotWeightable> {
    let total = |count: fn(&ProfileCell) -> u64| {
        profiles.cells().map(|(_, cell)| count(cell)).fold(0_u64, u64::saturating_add)
    };
    let (paired, unpaired) = (total(|cell| cell.paired), total(|cell| cell.unpaired));
    match (paired, unpaired) {
        (0, _) => return Err(NotWeightable::NobodyPaired),
        (1, _) => return Err(NotWeightable::OnePair),
        (_, 0) => return Err(NotWeightable::NobodyUnpaired),
        _ => {}
    }
    let design = Design::of(profiles, options.fewest_of_a_level);
    let fit = logistic::fit(design.cells(), design.terms.len()).map_err(|error| match error {
        NotFitted::NotConverged => NotWeightable::NotConverged,
        NotFitted::Separated(place) => NotWeightable::Separated {
            by: design.terms.get(place).cloned().unwrap_or(ModelTerm::Constant),
        },
    })?;
    let overall = paired as f64 / (paired as f64 + unpaired as f64);
    let pairs = Pairs { paired, options, fit: &fit, people: hajek::people(&design, &fit) };
    let units = f64::from(profiles.scale().steps_per_unit);
    let change_steps = pairs.estimate(|people| &people.change_steps);
    Ok(Weighted {
        options: *options,
        paired,
        unpaired,
        weights: pairs.summary(overall),
        mean_change: pairs.mean_change(change_steps, units),
        share_improved: pairs.share_improved(pairs.estimate(|people| &people.improved)),
        model: model(&design, &fit),
        log_likelihood: fit.log_likelihood,
        pooled_levels: design.pooled,
    })
}

fn model(design: &Design<'_>, fit: &Fit) -> Vec<ModelCoefficient> {
    let terms = design.terms.iter().zip(fit.coefficients());
    let coefficient = |(term, coefficient): (&ModelTerm, Option<(f64, f64)>)| ModelCoefficient {
        term: term.clone(),
        log_odds: coefficient.map(|(log_odds, _)| log_odds),
        standard_error: coefficient.map(|(_, error)| error),
    };
    terms.map(coefficient).collect()
}
