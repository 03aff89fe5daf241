//! A linear mixed model of scores over time, by restricted maximum likelihood.

use serde::{Deserialize, Serialize};

use super::restricted_likelihood::{Fit, RestrictedLikelihood, Symmetric};
use super::search::{Factor, lowest};
use super::{RandomEffects, TimeUnit, Trajectories};
use crate::estimate::{ConfidenceLevel, Degenerate, Estimate, Interval};
use crate::numeric::normal;

/// A coefficient of the line of the average person.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct FixedEffect {
    /// The estimate.
    pub estimate: f64,
    /// Its standard error, that of generalised least squares at the estimated variances.
    pub standard_error: f64,
    /// Wald's interval: the estimate ± the normal quantile times the standard error. It is a little
    /// narrow with few people, as the variances are taken as known.
    pub interval: Interval,
}

/// A line for the average person, and how people differ from it.
///
/// score = (β₀ + u₀) + (β₁ + u₁)·time + error, with (u₀, u₁) of each person and the errors normal. It
/// uses every sitting of everybody, those seen once too, and weighs people by what is known of them. It
/// takes who stopped coming to have done so for reasons that their scores so far show. Laird & Ware
/// (1982), doi:10.2307/2529876; variances by restricted likelihood, Patterson & Thompson (1971),
/// doi:10.1093/biomet/58.3.545.
///
/// Scores are in units of the printed score and time is not centred: the intercept is at time 0.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct MixedModel {
    /// People.
    pub people: u64,
    /// Their sittings.
    pub sittings: u64,
    /// What one unit of time is.
    pub unit: TimeUnit,
    /// In what people differ.
    pub random_effects: RandomEffects,
    /// β₀, the average person's score at time 0.
    pub intercept: FixedEffect,
    /// β₁, the average person's change for each unit of time.
    pub slope: FixedEffect,
    /// The variance of people's u₀.
    pub variance_intercept: f64,
    /// The variance of people's u₁, where they differ in slope.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub variance_slope: Option<f64>,
    /// The covariance of the two.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub covariance_intercept_slope: Option<f64>,
    /// The variance of the errors, σ².
    pub variance_residual: f64,
    /// The restricted log likelihood, with the constants that lme4 gives it.
    pub log_restricted_likelihood: f64,
    /// Whether the likelihood is highest on the edge of what variances can be: people do not differ
    /// in one of the effects, or their level and slope go together entirely.
    pub singular: bool,
}

/// A model that was asked for, or why the sittings have none.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct FittedModel {
    /// In what people were to differ.
    pub random_effects: RandomEffects,
    /// The model.
    pub model: Estimate<MixedModel>,
}

/// A likelihood this close to the highest, for each unit of it, is the highest: rounding is larger.
const AS_HIGH: f64 = 1e-9;

/// What is left of the scores' squares must be more than this part of them.
const RESIDUAL: f64 = 1e-12;

impl MixedModel {
    /// Fits the model.
    ///
    /// The search is by derivatives and always takes the same steps; the result does not depend on
    /// the order of people, nor on which parts of the sample were merged.
    ///
    /// # Errors
    /// [`Degenerate::NoScores`]; [`Degenerate::OneTime`]; [`Degenerate::TooFewSittings`] when there are
    /// not more sittings than random effects; [`Degenerate::NoResidualSpread`] when everybody's scores
    /// lie on lines; [`Degenerate::NotConverged`].
    ///
    /// ```
    /// use clw_core::estimate::ConfidenceLevel;
    /// use clw_core::instrument::{Direction, Points, Scale};
    /// use clw_core::trajectory::{
    ///     MixedModel, RandomEffects, TimeUnit, TimedScore, Trajectories,
    /// };
    ///
    /// let scale = Scale {
    ///     direction: Direction::HigherIsBetter,
    ///     steps_per_unit: 1,
    ///     lowest: Points(0),
    ///     highest: Points(50),
    /// };
    /// let mut people = Trajectories::new(scale, TimeUnit::Session)?;
    /// for scores in [[10, 13, 15], [20, 21, 24], [31, 33, 34]] {
    ///     let score = |(time, points)| TimedScore { time, points: Points(points) };
    ///     people.add(&(0..).zip(scores).map(score).collect::<Vec<_>>())?;
    /// }
    /// let level = ConfidenceLevel::default();
    /// let model = MixedModel::fit(&people, RandomEffects::Intercept, level)?;
    /// // Everybody was seen at the same times: the mean slope of 5/2, 4/2 and 3/2.
    /// assert!((model.slope.estimate - 2.0).abs() < 1e-12);
    /// assert!(model.variance_intercept > 100.0 * model.variance_residual);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn fit(
        people: &Trajectories,
        random_effects: RandomEffects,
        level: ConfidenceLevel,
    ) -> Result<Self, Degenerate> {
        if people.sittings() == 0 {
            return Err(Degenerate::NoScores);
        }
        let likelihood = RestrictedLikelihood::of(people).ok_or(Degenerate::OneTime)?;
        let effects_of_one = match random_effects {
            RandomEffects::Intercept => 1,
            RandomEffects::InterceptAndSlope => 2,
        };
        if likelihood.sittings <= (effects_of_one * likelihood.people).max(2) {
            return Err(Degenerate::TooFewSittings);
        }
        let (factor, fit) = highest(&likelihood, random_effects)?;
        Ok(Self::of(people, random_effects, level, &likelihood, factor, &fit))
    }

    /// From steps and centred time to units and time itself.
    fn of(
        people: &Trajectories,
        random_effects: RandomEffects,
        level: ConfidenceLevel,
        sums: &RestrictedLikelihood,
        factor: Factor,
        fit: &Fit,
    ) -> Self {
        let steps = f64::from(people.scale().steps_per_unit);
        let (time, shift) = (sums.time_unit, sums.time_centre / sums.time_unit);
        let residual = fit.residual_variance / (steps * steps);
        let uncentred = |s: Symmetric| Symmetric {
            a: residual * (s.a - 2.0 * shift * s.b + shift * shift * s.c),
            b: residual * (s.b - shift * s.c) / time,
            c: residual * s.c / (time * time),
        };
        let (effects, errors) = (uncentred(factor.squared()), uncentred(fit.covariance));
        let [level_at_centre, slope] = fit.coefficients;
        let quantile = normal::upper_quantile(0.5 * (1.0 - level.get()));
        let fixed = |estimate: f64, variance: f64| {
            let standard_error = libm::sqrt(variance);
            let reach = quantile * standard_error;
            let interval = Interval { lower: estimate - reach, upper: estimate + reach, level };
            FixedEffect { estimate, standard_error, interval }
        };
        let with_slope = random_effects == RandomEffects::InterceptAndSlope;
        let in_units = fit.deviance + 2.0 * libm::log(time) - 2.0 * sums.df() * libm::log(steps);
        Self {
            people: sums.people,
            sittings: sums.sittings,
            unit: people.unit(),
            random_effects,
            intercept: fixed(
                (sums.score_centre + level_at_centre - shift * slope) / steps,
                errors.a,
            ),
            slope: fixed(slope / (time * steps), errors.c),
            variance_intercept: effects.a,
            variance_slope: with_slope.then_some(effects.c),
            covariance_intercept_slope: with_slope.then_some(effects.b),
            variance_residual: residual,
            log_restricted_likelihood: -0.5 * in_units,
            singular: factor.is_singular(random_effects),
        }
    }
}

/// The factor with the highest likelihood: inside, or on an edge where that is as high.
fn highest(
    likelihood: &RestrictedLikelihood,
    random_effects: RandomEffects,
) -> Result<(Factor, Fit), Degenerate> {
    let start = match random_effects {
        RandomEffects::Intercept => Factor([1.0, 0.0, 0.0]),
        RandomEffects::InterceptAndSlope => Factor([1.0, 0.0, 1.0]),
    };
    let has_error = |fit: &Fit| {
        let left = fit.residual_variance * likelihood.df();
        left > RESIDUAL * likelihood.sum_of_squares()
    };
    let none = Factor([0.0; 3]);
    if !has_error(&likelihood.at(none.squared())) {
        return Err(Degenerate::NoResidualSpread);
    }
    let free = match random_effects {
        RandomEffects::Intercept => [true, false, false],
        RandomEffects::InterceptAndSlope => [true; 3],
    };
    let inside = lowest(likelihood, start, free);
    let edges = match (random_effects, &inside) {
        (RandomEffects::Intercept, _) => vec![],
        (_, found) => {
            let near = found.map_or(start, |(factor, _)| factor);
            let Factor([a, b, c]) = near;
            // People differ in slope only, or in both with level and slope entirely together.
            vec![
                lowest(likelihood, Factor([0.0, 0.0, libm::hypot(b, c)]), [false, false, true]),
                lowest(likelihood, Factor([a, b, 0.0]), [true, true, false]),
            ]
        }
    };
    // The fewest effects first; each later one has to be better by more than rounding.
    let mut found: Option<(Factor, Fit)> = None;
    let candidates = core::iter::once(Some((none, likelihood.at(none.squared()))));
    for (factor, fit) in candidates.chain(edges).chain([inside]).flatten() {
        let best = found.map_or(f64::INFINITY, |(_, fit)| fit.deviance);
        if fit.deviance < best - AS_HIGH * libm::fabs(fit.deviance).max(1.0) {
            found = Some((factor, fit));
        }
    }
    match (inside, found) {
        (Some(_), Some((factor, fit))) if has_error(&fit) => Ok((factor, fit)),
        (Some(_), Some(_)) => Err(Degenerate::NoResidualSpread),
        _ => Err(Degenerate::NotConverged),
    }
}
