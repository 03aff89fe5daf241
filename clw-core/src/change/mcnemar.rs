//! McNemar's test: whether more people crossed a cut one way than the other.

use serde::{Deserialize, Serialize};

use super::{ChangeOptionsError, Continuity, Transitions};
use crate::estimate::{Degenerate, Estimate};
use crate::numeric::binomial::fair_tail;
use crate::numeric::gamma::chi_squared_sf;

/// How the p of McNemar's test is obtained.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(tag = "method", from = "Wire", rename_all = "kebab-case")]
pub enum McNemarMethod {
    /// Twice the smaller tail of fair coins, one for each person who crossed; at most 1.
    #[default]
    Exact,
    /// The exact p less the probability of what was seen; where the crossings are equal, 1 less half
    /// of it. Less conservative than the exact p, and its level seldom above the nominal one.
    ///
    /// Fagerland, Lydersen & Laake (2013), doi:10.1186/1471-2288-13-91.
    MidP,
    /// The tail of the chi-squared distribution with one degree of freedom.
    ///
    /// Corrected for continuity as by Edwards (1948), doi:10.1007/BF02289261.
    ChiSquared {
        /// Whether the difference of the crossings is made smaller by 1 first.
        continuity: Continuity,
    },
}

/// The JSON form, in which a method that has no conventions refuses to be given one.
#[derive(Deserialize)]
#[serde(tag = "method", rename_all = "kebab-case", deny_unknown_fields)]
enum Wire {
    Exact {},
    MidP {},
    ChiSquared { continuity: Continuity },
}

impl From<Wire> for McNemarMethod {
    fn from(wire: Wire) -> Self {
        match wire {
            Wire::Exact {} => Self::Exact,
            Wire::MidP {} => Self::MidP,
            Wire::ChiSquared { continuity } => Self::ChiSquared { continuity },
        }
    }
}

/// McNemar's test of a table of two bands, two-sided.
///
/// It asks whether as many people would have gone up as down, had the two sittings the same share
/// of people in the upper band. People who stayed say nothing about that. With b who went up and c
/// who went down, b is half of b + c on average, and χ² = (b − c)²/(b + c), or
/// max(0, |b − c| − 1)²/(b + c) corrected. McNemar (1947), doi:10.1007/BF02295996.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct McNemar {
    /// Pairs.
    pub n: u64,
    /// Those who went from the lower band to the upper one.
    pub moved_up: u64,
    /// Those who went from the upper band to the lower one.
    pub moved_down: u64,
    /// How p was obtained.
    #[serde(flatten)]
    pub method: McNemarMethod,
    /// χ², on one degree of freedom, where p is from it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub chi_squared: Option<f64>,
    /// The two-sided p, above 0 and at most 1. The smallest reported is 2.2e-308.
    pub p: f64,
}

impl McNemar {
    /// Tests a table of two bands.
    ///
    /// Where nobody crossed, the exact p and the mid-p are 1, and χ² is
    /// [`Degenerate::NobodyChangedBand`]; without pairs there is [`Degenerate::NoPairs`].
    ///
    /// # Errors
    /// [`ChangeOptionsError::NotTwoByTwo`] for any other number of bands, which
    /// [`Bowker`](super::Bowker) and [`StuartMaxwell`](super::StuartMaxwell) test.
    ///
    /// ```
    /// use clw_core::change::{McNemar, McNemarMethod, Transitions};
    ///
    /// // Seven went up and one down: 2 · (1 + 8) / 2⁸.
    /// let caseness = Transitions {
    ///     band_set: "cut-at-10".to_string(),
    ///     bands: vec!["below".to_string(), "at-or-above".to_string()],
    ///     n: 21,
    ///     pairs: vec![vec![12, 7], vec![1, 1]],
    /// };
    /// let test = McNemar::of(&caseness, McNemarMethod::Exact)?;
    /// assert_eq!(test.computed().map(|test| test.p), Some(0.0703125));
    /// # Ok::<(), clw_core::change::ChangeOptionsError>(())
    /// ```
    pub fn of(
        transitions: &Transitions,
        method: McNemarMethod,
    ) -> Result<Estimate<Self>, ChangeOptionsError> {
        let [[_, moved_up], [moved_down, _]] = two_by_two(transitions)?;
        Ok(Self::of_crossings(transitions.n, moved_up, moved_down, method).into())
    }

    fn of_crossings(n: u64, up: u64, down: u64, method: McNemarMethod) -> Result<Self, Degenerate> {
        if n == 0 {
            return Err(Degenerate::NoPairs);
        }
        let (crossed, fewer, difference) = (up + down, up.min(down), up.abs_diff(down));
        let tail = || fair_tail(fewer, crossed);
        let (chi_squared, p) = match method {
            McNemarMethod::Exact => (None, 2.0 * tail().lower),
            McNemarMethod::MidP if difference == 0 => (None, 1.0 - 0.5 * tail().point),
            McNemarMethod::MidP => (None, 2.0 * tail().mid_lower),
            McNemarMethod::ChiSquared { .. } if crossed == 0 => {
                return Err(Degenerate::NobodyChangedBand);
            }
            McNemarMethod::ChiSquared { continuity } => {
                let distance = match continuity {
                    Continuity::Corrected => difference.saturating_sub(1),
                    Continuity::Uncorrected => difference,
                };
                let squared = u128::from(distance) * u128::from(distance);
                let chi_squared = squared as f64 / crossed as f64;
                (Some(chi_squared), chi_squared_sf(chi_squared, 1.0))
            }
        };
        let p = if crossed == 0 { 1.0 } else { p.clamp(f64::MIN_POSITIVE, 1.0) };
        Ok(Self { n, moved_up: up, moved_down: down, method, chi_squared, p })
    }
}

fn two_by_two(transitions: &Transitions) -> Result<[[u64; 2]; 2], ChangeOptionsError> {
    match transitions.pairs.as_slice() {
        [lower, upper] => match (lower.as_slice(), upper.as_slice()) {
            (&[a, b], &[c, d]) => Ok([[a, b], [c, d]]),
            _ => Err(ChangeOptionsError::NotTwoByTwo { categories: lower.len().max(upper.len()) }),
        },
        rows => Err(ChangeOptionsError::NotTwoByTwo { categories: rows.len() }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_method_is_read_with_its_own_conventions_and_no_others() {
        let continuity = Continuity::Uncorrected;
        for method in
            [McNemarMethod::Exact, McNemarMethod::MidP, McNemarMethod::ChiSquared { continuity }]
        {
            let test = McNemar::of_crossings(9, 5, 2, method).unwrap();
            let json = serde_json::to_string(&test).unwrap();
            assert_eq!(serde_json::from_str::<McNemar>(&json).unwrap(), test);
        }
        let exact = r#"{"method": "exact", "continuity": "corrected"}"#;
        assert!(serde_json::from_str::<McNemarMethod>(exact).is_err());
    }
}
