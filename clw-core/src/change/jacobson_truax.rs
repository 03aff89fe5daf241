//! Jacobson and Truax's reliable change: one critical change, whatever the baseline.

use serde::{Deserialize, Serialize};

use super::{ChangeOptionsError, ReliabilityCoefficient, StandardDeviation};
use crate::instrument::Scale;
use crate::numeric::whole;

/// Jacobson and Truax's reliable change, from the SD of a sample and the measure's reliability.
///
/// ```text
/// SEM = S·√(1 − r)    S_diff = √2·SEM    index = change / S_diff, reliable beyond ±1.96
/// ```
///
/// Jacobson & Truax (1991), doi:10.1037/0022-006X.59.1.12. Both numbers come from a published
/// sample, never from the people being judged unless that is stated.
///
/// ```
/// use clw_core::change::JacobsonTruax;
///
/// let textbook = JacobsonTruax::new(7.5, 0.80)?;
/// assert_eq!(format!("{:.3}", textbook.standard_error_of_measurement()), "3.354");
/// assert_eq!(format!("{:.3}", textbook.standard_error_of_difference()), "4.743");
/// assert_eq!(format!("{:.3}", textbook.reliable_change_index(47.5 - 32.5)), "3.162");
/// # Ok::<(), clw_core::change::ChangeOptionsError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct JacobsonTruax {
    standard_deviation: StandardDeviation,
    reliability: ReliabilityCoefficient,
}

impl JacobsonTruax {
    /// The index beyond which a change is reliable: the two-sided 5 % point of the normal
    /// distribution, with the two decimals of the paper.
    pub const CRITERION: f64 = 1.96;

    /// The rule for a standard deviation S in units of the printed score and a reliability r.
    ///
    /// # Errors
    /// When S is not from 10⁻¹⁵ to 10¹⁵, or r not at least 0 and below 1.
    pub fn new(standard_deviation: f64, reliability: f64) -> Result<Self, ChangeOptionsError> {
        let standard_deviation = StandardDeviation::new(standard_deviation)?;
        Ok(Self::from_numbers(standard_deviation, ReliabilityCoefficient::new(reliability)?))
    }

    pub(super) const fn from_numbers(
        standard_deviation: StandardDeviation,
        reliability: ReliabilityCoefficient,
    ) -> Self {
        Self { standard_deviation, reliability }
    }

    /// SEM = S·√(1 − r).
    #[must_use]
    pub fn standard_error_of_measurement(&self) -> f64 {
        standard_error_of_measurement(self.standard_deviation, self.reliability)
    }

    /// S_diff = √2·SEM, the standard error of the difference of two sittings.
    #[must_use]
    pub fn standard_error_of_difference(&self) -> f64 {
        libm::sqrt(2.0) * self.standard_error_of_measurement()
    }

    /// The change of one person, in units of the printed score, over S_diff.
    #[must_use]
    pub fn reliable_change_index(&self, change: f64) -> f64 {
        change / self.standard_error_of_difference()
    }

    /// The change whose index is 1.96, in units of the printed score; reliable changes exceed it.
    #[must_use]
    pub fn critical_change(&self) -> f64 {
        Self::CRITERION * self.standard_error_of_difference()
    }

    pub(super) fn fewest_steps(&self, scale: &Scale) -> u64 {
        let critical_steps = self.critical_change() * f64::from(scale.steps_per_unit);
        // No scale reaches 2^33 steps, and below that the number is exact.
        1 + whole(libm::floor(to_whole_steps(critical_steps)).min(8_589_934_592.0))
    }
}

/// SEM = S·√(1 − r).
pub(super) fn standard_error_of_measurement(
    standard_deviation: StandardDeviation,
    reliability: ReliabilityCoefficient,
) -> f64 {
    standard_deviation.get() * libm::sqrt(1.0 - reliability.get())
}

/// A number of steps that is whole but for rounding is that whole number.
pub(super) fn to_whole_steps(steps: f64) -> f64 {
    let nearest = libm::round(steps);
    if libm::fabs(steps - nearest) <= 1e-12 * libm::fabs(steps) { nearest } else { steps }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::instrument::{Direction, Points};

    const METRIC: Scale = Scale {
        direction: Direction::HigherIsBetter,
        steps_per_unit: 100,
        lowest: Points(700),
        highest: Points(3500),
    };

    /// Jacobson & Truax (1991), pages 13-14: pre 32.5, post 47.5, SD 7.5, r 0.80.
    #[test]
    fn textbook_case_of_jacobson_and_truax() {
        let rule = JacobsonTruax::new(7.5, 0.80).unwrap();
        let printed = [
            rule.standard_error_of_measurement(),
            rule.standard_error_of_difference(),
            rule.reliable_change_index(47.5 - 32.5),
        ]
        .map(|value| format!("{value:.3}"));
        assert_eq!(printed, ["3.354", "4.743", "3.162"]);
    }

    /// 1.96 · √2 · 3.90 · √(1 − r): bc, `1.96*sqrt(2)*3.9*sqrt(1-0.81)` = 4.7121, 0.845: 4.2560.
    #[test]
    fn swemwbs_from_two_reliabilities() {
        for (reliability, critical, fewest_steps) in [(0.81, "4.71", 472), (0.845, "4.26", 426)] {
            let rule = JacobsonTruax::new(3.90, reliability).unwrap();
            assert_eq!(format!("{:.2}", rule.critical_change()), critical);
            assert_eq!(rule.fewest_steps(&METRIC), fewest_steps);
        }
    }

    #[test]
    fn a_criterion_of_whole_steps_is_exceeded_not_met() {
        // r = ½ makes S_diff = S, and 1.96 · S whole hundredths.
        for hundredths in 1..2000_u32 {
            let rule = JacobsonTruax::new(f64::from(hundredths) / 4.0, 0.5).unwrap();
            assert_eq!(rule.fewest_steps(&METRIC), u64::from(hundredths) * 49 + 1);
        }
    }

    #[test]
    fn a_rule_without_a_spread_or_with_an_impossible_reliability_is_refused() {
        for sd in [0.0, -1.0, 1e-300, 1e300, f64::NAN, f64::INFINITY] {
            let error = JacobsonTruax::new(sd, 0.8).unwrap_err();
            assert_eq!(error.code(), "standard-deviation-outside");
        }
        for reliability in [1.0, -0.1, f64::NAN] {
            let error = JacobsonTruax::new(7.5, reliability).unwrap_err();
            assert_eq!(error.code(), "reliability-outside");
        }
    }
}
