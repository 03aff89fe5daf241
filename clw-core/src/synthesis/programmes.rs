//! Programmes beside each other, and their mean.

use std::collections::BTreeSet;

use crate::OrderedMap;

use serde::{Deserialize, Serialize};

use super::error::SynthesisError;
use super::options::{ShareTransform, SynthesisOptions};
use super::random_effects::{Effect, Pooling, RandomEffects};
use crate::change::{Alternative, PairCounts, PairedT};
use crate::estimate::{Degenerate, Estimate, Interval, Share};
use crate::instrument::Scale;

/// What a reader has to know of a programme before comparing it: whom it sees, where and how, each in
/// words.
pub type Context = OrderedMap<String, String>;

/// A programme with its table of pairs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct ProgrammePairs {
    /// The programme.
    pub name: String,
    /// Its context.
    #[serde(default)]
    pub context: Context,
    /// Its pairs.
    pub pairs: PairCounts,
}

/// A programme with so many of so many people.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct ProgrammeShare {
    /// The programme.
    pub name: String,
    /// Its context.
    #[serde(default)]
    pub context: Context,
    /// The people counted.
    pub count: u64,
    /// The people there are.
    pub of: u64,
}

/// What is put together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(
    tag = "kind",
    rename_all = "kebab-case",
    rename_all_fields = "kebab-case",
    deny_unknown_fields
)]
pub enum Statistic {
    /// The mean change, in units of the printed score.
    MeanChange,
    /// A share, pooled on a transformed scale.
    Share {
        /// The scale.
        transform: ShareTransform,
    },
}

/// Programmes in the order given, and the mean over them.
///
/// ```
/// use clw_core::synthesis::{ProgrammeShare, ShareTransform, Synthesis, SynthesisOptions};
///
/// let share = |name: &str, count, of| ProgrammeShare {
///     name: name.into(),
///     context: [("setting".to_owned(), "island practices".to_owned())].into(),
///     count,
///     of,
/// };
/// let programmes = [share("Harbour", 48, 120), share("Glen", 30, 90), share("Kirk", 61, 110)];
/// let synthesis =
///     Synthesis::of_shares(&programmes, ShareTransform::LogOdds, &SynthesisOptions::default())?;
/// assert_eq!(synthesis.programmes[1].name, "Glen");
/// let mean = synthesis.mean.unwrap();
/// assert!(mean > 0.333 && mean < 0.555);
/// # Ok::<(), clw_core::synthesis::SynthesisError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Synthesis {
    /// What it goes by.
    pub options: SynthesisOptions,
    /// What is put together.
    pub statistic: Statistic,
    /// The programmes with an estimate, in the order given.
    pub programmes: Vec<ProgrammeEstimate>,
    /// The programmes without one, in the order given.
    pub left_out: Vec<LeftOut>,
    /// The model, on the scale of the effects.
    pub pooling: Pooling,
    /// The mean as printed: points or a share.
    pub mean: Option<f64>,
    /// Its interval as printed.
    pub interval: Option<Interval>,
    /// Where the true value of another programme may lie, as printed.
    pub prediction_interval: Option<Interval>,
}

/// One programme.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct ProgrammeEstimate {
    /// The programme.
    pub name: String,
    /// Its context.
    pub context: Context,
    /// The people behind its estimate.
    pub n: u64,
    /// Its estimate as printed: points or a share.
    pub estimate: f64,
    /// Its own interval as printed: of t for a mean, Wilson's for a share.
    pub interval: Interval,
    /// What enters the model.
    pub effect: Effect,
    /// Its share of the weight; absent where nothing is pooled.
    pub weight: Option<f64>,
}

/// A programme that has no estimate with a variance.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct LeftOut {
    /// The programme.
    pub name: String,
    /// Its context.
    pub context: Context,
    /// The people it has.
    pub n: u64,
    /// Why.
    pub reason: Degenerate,
}

impl Synthesis {
    /// Of the mean changes of programmes on one scale.
    ///
    /// A programme with fewer than two pairs, or whose changes are all equal, has no variance of its
    /// own and is left out with its reason.
    ///
    /// # Errors
    /// [`SynthesisError::TwoOfOneName`] and [`SynthesisError::DifferentScales`].
    pub fn of_mean_changes(
        programmes: &[ProgrammePairs],
        options: &SynthesisOptions,
    ) -> Result<Self, SynthesisError> {
        named_apart(programmes.iter().map(|programme| &programme.name))?;
        on_one_scale(programmes)?;
        let (mut found, mut left_out) = (Vec::new(), Vec::new());
        for ProgrammePairs { name, context, pairs } in programmes {
            let (name, context, n) = (name.clone(), context.clone(), pairs.n());
            match PairedT::of(pairs, Alternative::TwoSided, options.level) {
                Ok(test) => found.push(ProgrammeEstimate {
                    name,
                    context,
                    n,
                    estimate: test.mean_change,
                    interval: test.interval,
                    effect: Effect::new(
                        test.mean_change,
                        test.standard_error * test.standard_error,
                    )?,
                    weight: None,
                }),
                Err(reason) => left_out.push(LeftOut { name, context, n, reason }),
            }
        }
        Ok(Self::pooled(Statistic::MeanChange, found, left_out, options))
    }

    /// Of the shares of programmes.
    ///
    /// # Errors
    /// [`SynthesisError::TwoOfOneName`] and [`SynthesisError::CountAboveTotal`].
    pub fn of_shares(
        programmes: &[ProgrammeShare],
        transform: ShareTransform,
        options: &SynthesisOptions,
    ) -> Result<Self, SynthesisError> {
        named_apart(programmes.iter().map(|programme| &programme.name))?;
        let (mut found, mut left_out) = (Vec::new(), Vec::new());
        for ProgrammeShare { name, context, count, of } in programmes {
            let (name, context, n) = (name.clone(), context.clone(), *of);
            if count > of {
                return Err(SynthesisError::CountAboveTotal { name, count: *count, of: n });
            }
            match Share::of(*count, n, options.level).proportion {
                Estimate::NotComputed(reason) => {
                    left_out.push(LeftOut { name, context, n, reason });
                }
                Estimate::Computed(proportion) => {
                    let (effect, variance) = transform.effect(*count, n);
                    found.push(ProgrammeEstimate {
                        name,
                        context,
                        n,
                        estimate: proportion.value,
                        interval: proportion.interval,
                        effect: Effect::new(effect, variance)?,
                        weight: None,
                    });
                }
            }
        }
        Ok(Self::pooled(Statistic::Share { transform }, found, left_out, options))
    }

    fn pooled(
        statistic: Statistic,
        mut programmes: Vec<ProgrammeEstimate>,
        left_out: Vec<LeftOut>,
        options: &SynthesisOptions,
    ) -> Self {
        let effects: Vec<Effect> = programmes.iter().map(|programme| programme.effect).collect();
        let RandomEffects { weights, pooling } = RandomEffects::of(&effects, options);
        for (programme, weight) in programmes.iter_mut().zip(weights) {
            programme.weight = Some(weight);
        }
        let printed = |effect: f64| match statistic {
            Statistic::MeanChange => effect,
            Statistic::Share { transform } => transform.share(effect),
        };
        let limits = |interval: Interval| Interval {
            lower: printed(interval.lower),
            upper: printed(interval.upper),
            ..interval
        };
        let (mean, interval, prediction_interval) = match &pooling {
            Pooling::NotPooled { .. } => (None, None, None),
            Pooling::Pooled(pooled) => (
                Some(printed(pooled.mean)),
                pooled.interval.map(limits),
                pooled.prediction_interval.map(limits),
            ),
        };
        Self {
            options: *options,
            statistic,
            programmes,
            left_out,
            pooling,
            mean,
            interval,
            prediction_interval,
        }
    }
}

fn named_apart<'a>(names: impl Iterator<Item = &'a String>) -> Result<(), SynthesisError> {
    let mut seen = BTreeSet::new();
    for name in names {
        if !seen.insert(name) {
            return Err(SynthesisError::TwoOfOneName { name: name.clone() });
        }
    }
    Ok(())
}

fn on_one_scale(programmes: &[ProgrammePairs]) -> Result<(), SynthesisError> {
    let first = programmes.first().map(|programme| *programme.pairs.scale());
    let differs = |scale: Scale| first.is_some_and(|first| first != scale);
    match programmes.iter().find(|programme| differs(*programme.pairs.scale())) {
        Some(ProgrammePairs { name, pairs, .. }) => Err(SynthesisError::DifferentScales {
            name: name.clone(),
            scale: *pairs.scale(),
            first: first.unwrap_or(*pairs.scale()),
        }),
        None => Ok(()),
    }
}
