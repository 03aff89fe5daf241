//! How much programmes differ beyond what chance makes of their samples.

use serde::{Deserialize, Serialize};

use super::model::{At, where_q_is};
use super::options::SynthesisOptions;
use super::random_effects::Effect;
use crate::estimate::Interval;
use crate::numeric::gamma;

/// How much programmes differ beyond what chance makes of their samples.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Heterogeneity {
    /// τ², the variance between programmes, on the scale of the effects.
    pub tau_squared: f64,
    /// τ, the SD between programmes.
    pub tau: f64,
    /// The Q-profile interval of τ²: the values at which Σ(y − μ)²/(v + τ²) is within the central part
    /// of χ² with k − 1 degrees of freedom; 0 to 0 where it is below at τ² = 0 already. Viechtbauer
    /// (2007), doi:10.1002/sim.2514.
    pub tau_squared_interval: Interval,
    /// Cochran's Q, Σ(y − μ)²/v about the mean that weights by 1/v alone.
    pub q: f64,
    /// k − 1.
    pub degrees_of_freedom: u64,
    /// The p of Q: how often programmes that differ by chance alone would differ as much.
    pub p: f64,
    /// I² = τ²/(τ² + s²), the share of the variance that is between programmes, with the typical
    /// variance within them s² = (k − 1)Σw/((Σw)² − Σw²), w = 1/v. Higgins & Thompson (2002),
    /// doi:10.1002/sim.1186.
    pub i_squared: f64,
    /// Its interval, from that of τ².
    pub i_squared_interval: Interval,
    /// H² = (τ² + s²)/s².
    pub h_squared: f64,
    /// Its interval, from that of τ².
    pub h_squared_interval: Interval,
}

impl Heterogeneity {
    /// Of two effects or more.
    pub(super) fn of(effects: &[Effect], tau_squared: f64, options: &SynthesisOptions) -> Self {
        let level = options.level;
        let fixed = At::of(effects, 0.0);
        let df = effects.len() as f64 - 1.0;
        let tail = 0.5 * (1.0 - level.get());
        let profile = |area: f64| where_q_is(effects, |q| gamma::chi_squared_sf(q, df) - area);
        let limits = [profile(tail), profile(1.0 - tail)];
        let typical = df / fixed.spread_of_weights;
        let i_squared = |tau_squared: f64| tau_squared / (tau_squared + typical);
        let h_squared = |tau_squared: f64| (tau_squared + typical) / typical;
        let interval = |[lower, upper]: [f64; 2]| Interval { lower, upper, level };
        Self {
            tau_squared,
            tau: libm::sqrt(tau_squared),
            tau_squared_interval: interval(limits),
            q: fixed.q,
            degrees_of_freedom: effects.len() as u64 - 1,
            p: gamma::chi_squared_sf(fixed.q, df).clamp(f64::MIN_POSITIVE, 1.0),
            i_squared: i_squared(tau_squared),
            i_squared_interval: interval(limits.map(i_squared)),
            h_squared: h_squared(tau_squared),
            h_squared_interval: interval(limits.map(h_squared)),
        }
    }
}
