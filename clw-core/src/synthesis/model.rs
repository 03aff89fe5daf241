//! The random-effects model at a given variance between programmes, and where that variance lies.

use super::options::TauSquaredMethod;
use super::random_effects::Effect;
use crate::numeric::root;

/// Weighted sums at one τ².
#[derive(Debug, Clone, Copy)]
pub(super) struct At {
    /// Σw, w = 1/(v + τ²).
    pub(super) weights: f64,
    /// Σw − Σw²/Σw.
    pub(super) spread_of_weights: f64,
    /// Σwy/Σw.
    pub(super) mean: f64,
    /// Σw(y − μ)².
    pub(super) q: f64,
    /// Σw²(y − μ)².
    weighted_q: f64,
    /// Σ ln w.
    log_weights: f64,
}

impl At {
    pub(super) fn of(effects: &[Effect], tau_squared: f64) -> Self {
        let weight = |effect: &Effect| 1.0 / (effect.variance() + tau_squared);
        let sum = |of: &dyn Fn(&Effect) -> f64| effects.iter().map(of).sum::<f64>();
        let weights = sum(&|effect| weight(effect));
        // About the first, so that equal estimates have exactly their own mean.
        let first = effects.first().map_or(0.0, Effect::estimate);
        let above = sum(&|effect| weight(effect) * (effect.estimate() - first));
        let mean = first + above / weights;
        // (Σw)² − Σw² is twice the sum of all products, which does not cancel.
        let (_, products) = effects
            .iter()
            .map(weight)
            .fold((0.0, 0.0), |(before, sum), weight| (before + weight, sum + before * weight));
        let off = |effect: &Effect| {
            let off = effect.estimate() - mean;
            weight(effect) * off * off
        };
        Self {
            weights,
            spread_of_weights: 2.0 * products / weights,
            mean,
            q: sum(&|effect| off(effect)),
            weighted_q: sum(&|effect| weight(effect) * off(effect)),
            log_weights: sum(&|effect| libm::log(weight(effect))),
        }
    }

    /// Twice the restricted log likelihood, without its constant.
    fn twice_log_likelihood(&self) -> f64 {
        self.log_weights - libm::log(self.weights) - self.q
    }

    /// Its slope in τ².
    fn slope(&self) -> f64 {
        self.weighted_q - self.spread_of_weights
    }
}

/// τ² of two effects or more.
pub(super) fn tau_squared(effects: &[Effect], method: TauSquaredMethod) -> f64 {
    let df = effects.len() as f64 - 1.0;
    match method {
        TauSquaredMethod::RestrictedMaximumLikelihood => restricted_maximum(effects),
        TauSquaredMethod::DerSimonianLaird => {
            let fixed = At::of(effects, 0.0);
            ((fixed.q - df) / fixed.spread_of_weights).max(0.0)
        }
        TauSquaredMethod::PauleMandel => where_q_is(effects, |q| df - q),
    }
}

/// Where the restricted likelihood is highest: on a grid of powers of 2 first, for there may be more
/// than one hill, and then where its slope is 0.
fn restricted_maximum(effects: &[Effect]) -> f64 {
    let largest = largest_variance(effects);
    let grid =
        core::iter::once(0.0).chain((-40..=10).map(|power| largest * libm::exp2(power.into())));
    let grid: Vec<f64> = grid.collect();
    let height = |tau_squared: f64| At::of(effects, tau_squared).twice_log_likelihood();
    let highest = |best: (usize, f64), (place, tau_squared): (usize, &f64)| {
        let height = height(*tau_squared);
        if height > best.1 { (place, height) } else { best }
    };
    let (place, _) = grid.iter().enumerate().fold((0, f64::NEG_INFINITY), highest);
    let at = |place: usize| grid.get(place).copied().unwrap_or(largest);
    let (low, high) = (at(place.saturating_sub(1)), at(place + 1));
    if place == 0 && At::of(effects, 0.0).slope() <= 0.0 {
        return 0.0;
    }
    halved((low, high), |tau_squared| -At::of(effects, tau_squared).slope())
}

/// The τ² at which `rise`, which rises as Q falls with τ², is 0; 0 where it is not negative there.
pub(super) fn where_q_is(effects: &[Effect], rise: impl Fn(f64) -> f64) -> f64 {
    let value = |tau_squared: f64| rise(At::of(effects, tau_squared).q);
    if value(0.0) >= 0.0 {
        return 0.0;
    }
    let mut high = largest_variance(effects);
    // Q falls as 1/τ², so some twenty doublings are many.
    while value(high) < 0.0 && high < f64::MAX / 2.0 {
        high *= 2.0;
    }
    halved((0.0, high), value)
}

/// The root of a function that rises through 0 between two ends, by halving.
fn halved(ends: (f64, f64), value: impl Fn(f64) -> f64) -> f64 {
    root::increasing(ends, 0.5 * (ends.0 + ends.1), |x| root::Point {
        value: value(x),
        slope: f64::NAN,
        tolerance: 0.0,
    })
}

/// A variance of the size of the largest there can be: of the estimates, or within a programme.
fn largest_variance(effects: &[Effect]) -> f64 {
    let fold = |start: f64, choose: fn(f64, f64) -> f64, of: fn(&Effect) -> f64| {
        effects.iter().map(of).fold(start, choose)
    };
    let highest = fold(f64::NEG_INFINITY, f64::max, Effect::estimate);
    let lowest = fold(f64::INFINITY, f64::min, Effect::estimate);
    let range = highest - lowest;
    (range * range).max(fold(0.0, f64::max, Effect::variance))
}
