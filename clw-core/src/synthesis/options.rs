//! What a meta-analysis goes by: every convention has a name.

use serde::{Deserialize, Serialize};

use crate::estimate::ConfidenceLevel;

/// What a meta-analysis goes by.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct SynthesisOptions {
    /// The level of the intervals.
    pub level: ConfidenceLevel,
    /// How the variance between programmes is estimated.
    pub tau_squared: TauSquaredMethod,
    /// How the interval of the mean is formed.
    pub interval: PooledIntervalMethod,
    /// The degrees of freedom of the prediction interval.
    pub prediction: PredictionDegreesOfFreedom,
}

/// How τ², the variance between programmes, is estimated.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TauSquaredMethod {
    /// Where the restricted likelihood is highest. Viechtbauer (2005), doi:10.3102/10769986030003261.
    #[default]
    RestrictedMaximumLikelihood,
    /// From Q: max(0, (Q − (k − 1)) / (Σw − Σw²/Σw)), w = 1/v. DerSimonian & Laird (1986),
    /// doi:10.1016/0197-2456(86)90046-2.
    DerSimonianLaird,
    /// Where the weighted squares of the random-effects model are k − 1. Paule & Mandel (1982),
    /// doi:10.6028/jres.087.022.
    PauleMandel,
}

/// How the interval of the mean is formed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PooledIntervalMethod {
    /// t with k − 1 degrees of freedom, the variance times q = Σw(y − μ)²/(k − 1): Hartung & Knapp
    /// (2001), doi:10.1002/sim.791. With few programmes it is honest where the normal one is too narrow.
    #[default]
    HartungKnapp,
    /// The same with max(1, q), never narrower than t with the variance unadjusted: Knapp & Hartung
    /// (2003), doi:10.1002/sim.1482.
    HartungKnappAtLeastOne,
    /// Normal, ±z/√Σw.
    Wald,
}

/// The degrees of freedom of the prediction interval.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PredictionDegreesOfFreedom {
    /// k − 2: Higgins, Thompson & Spiegelhalter (2009), doi:10.1111/j.1467-985X.2008.00552.x. Three
    /// programmes at least.
    #[default]
    ProgrammesLessTwo,
    /// k − 1, as the R package metafor has it.
    ProgrammesLessOne,
}

impl PredictionDegreesOfFreedom {
    /// The degrees of freedom for so many programmes, where any are left.
    pub(super) const fn of(self, programmes: u64) -> Option<u64> {
        let less = match self {
            Self::ProgrammesLessTwo => 2,
            Self::ProgrammesLessOne => 1,
        };
        if programmes > less { Some(programmes - less) } else { None }
    }
}

/// The scale on which shares are pooled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ShareTransform {
    /// Log odds, ln(x/(n − x)) with variance 1/x + 1/(n − x); a half is added to both counts of a
    /// programme where one of them is 0.
    LogOdds,
    /// The arcsine of the root, asin √(x/n) with variance 1/(4n): defined for none and for all.
    ArcsineRoot,
}

impl ShareTransform {
    /// The transformed share of x in n, and its variance; `n > 0`.
    pub(super) fn effect(self, x: u64, n: u64) -> (f64, f64) {
        let (x, rest) = (x as f64, (n - x) as f64);
        match self {
            Self::LogOdds => {
                let half = if x > 0.0 && rest > 0.0 { 0.0 } else { 0.5 };
                let (x, rest) = (x + half, rest + half);
                (libm::log(x / rest), 1.0 / x + 1.0 / rest)
            }
            // asin √p = atan √(p/(1 − p)), which keeps its digits near 1.
            Self::ArcsineRoot => (libm::atan2(libm::sqrt(x), libm::sqrt(rest)), 0.25 / n as f64),
        }
    }

    /// The share that a point on the transformed scale stands for; beyond its ends none or all.
    pub(super) fn share(self, effect: f64) -> f64 {
        match self {
            Self::LogOdds => 1.0 / (1.0 + libm::exp(-effect)),
            Self::ArcsineRoot => {
                let sine = libm::sin(effect.clamp(0.0, core::f64::consts::FRAC_PI_2));
                sine * sine
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_comes_back_from_either_scale() {
        for transform in [ShareTransform::LogOdds, ShareTransform::ArcsineRoot] {
            for (x, n) in [(1, 4), (48, 120), (999, 1000)] {
                let (effect, _) = transform.effect(x, n);
                let share = transform.share(effect);
                assert!((share - x as f64 / n as f64).abs() < 1e-15, "{transform:?} {x}/{n}");
            }
        }
        let (all, _) = ShareTransform::ArcsineRoot.effect(5, 5);
        assert_eq!(
            (ShareTransform::ArcsineRoot.share(all), ShareTransform::ArcsineRoot.share(-0.1)),
            (1.0, 0.0)
        );
    }

    #[test]
    fn options_are_read_by_name() {
        let json = r#"{"level":0.9,"tau-squared":"paule-mandel","interval":"wald"}"#;
        let options: SynthesisOptions = serde_json::from_str(json).unwrap();
        assert_eq!(options.tau_squared, TauSquaredMethod::PauleMandel);
        assert_eq!(options.prediction, PredictionDegreesOfFreedom::ProgrammesLessTwo);
        assert!(serde_json::from_str::<SynthesisOptions>(r#"{"tau":"reml"}"#).is_err());
    }
}
