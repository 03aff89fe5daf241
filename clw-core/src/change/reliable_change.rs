//! Reliable change: a person's change larger than measurement error alone would make.

use serde::{Deserialize, Serialize};

use super::classes::{gain_points, share_of_pairs};
use super::{ChangeOptionsError, PairCounts};
use crate::estimate::{ConfidenceLevel, Share};
use crate::instrument::{ChangeRule, Points, Scale};

/// Whether one person's change is beyond measurement error, and which way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ReliableChange {
    /// Reliably better.
    Improved,
    /// Not reliably different.
    Unchanged,
    /// Reliably worse.
    Deteriorated,
}

impl ReliableChange {
    /// The class's stable code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Improved => "improved",
            Self::Unchanged => "unchanged",
            Self::Deteriorated => "deteriorated",
        }
    }
}

/// The rule by which a change is reliable. Published rules disagree, so a result names its own.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "method", rename_all = "kebab-case")]
pub enum ReliableChangeRule {
    /// A threshold as published for a measure.
    PublishedThreshold(PublishedThreshold),
    /// Jacobson and Truax's criterion from a standard deviation and a reliability.
    JacobsonTruax(JacobsonTruax),
}

/// A threshold for change as published for a measure, on the measure's scale.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct PublishedThreshold {
    /// The name of the rule among the measure's change rules.
    pub id: String,
    /// The smallest change, in steps of the scale, that meets the threshold: of a metric in
    /// hundredths, 300 for "at least 3" and 301 for "more than 3".
    pub fewest_steps: u64,
}

impl ReliableChangeRule {
    /// The smallest change on a scale, in its steps, that the rule calls reliable.
    #[must_use]
    pub fn fewest_steps(&self, scale: &Scale) -> u64 {
        match self {
            Self::PublishedThreshold(rule) => rule.fewest_steps,
            Self::JacobsonTruax(rule) => rule.fewest_steps(scale),
        }
    }

    /// The class of one pair of scores.
    ///
    /// ```
    /// use clw_core::change::{PublishedThreshold, ReliableChange, ReliableChangeRule};
    /// use clw_core::instrument::{Direction, Points, Scale};
    ///
    /// let swemwbs = Scale {
    ///     direction: Direction::HigherIsBetter,
    ///     steps_per_unit: 100,
    ///     lowest: Points(700),
    ///     highest: Points(3500),
    /// };
    /// let at_least_3 = PublishedThreshold { id: "nhs-england".into(), fewest_steps: 300 };
    /// let at_least_3 = ReliableChangeRule::PublishedThreshold(at_least_3);
    /// let class = |baseline, follow_up| at_least_3.classify(&swemwbs, baseline, follow_up);
    /// assert_eq!(class(Points(1798), Points(2154)), ReliableChange::Improved);
    /// assert_eq!(class(Points(1798), Points(1925)), ReliableChange::Unchanged);
    /// assert_eq!(class(Points(2154), Points(1798)), ReliableChange::Deteriorated);
    /// ```
    #[must_use]
    pub fn classify(&self, scale: &Scale, baseline: Points, follow_up: Points) -> ReliableChange {
        let gain = gain_points(scale.direction, baseline, follow_up);
        match gain.signum() {
            1 if gain.unsigned_abs() >= self.fewest_steps(scale) => ReliableChange::Improved,
            -1 if gain.unsigned_abs() >= self.fewest_steps(scale) => ReliableChange::Deteriorated,
            _ => ReliableChange::Unchanged,
        }
    }
}

impl From<&ChangeRule> for ReliableChangeRule {
    fn from(rule: &ChangeRule) -> Self {
        let fewest_steps = u64::from(rule.fewest_steps.unsigned_abs());
        Self::PublishedThreshold(PublishedThreshold { id: rule.id.to_string(), fewest_steps })
    }
}

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
#[serde(try_from = "JacobsonTruaxWire", into = "JacobsonTruaxWire")]
pub struct JacobsonTruax {
    standard_deviation: f64,
    reliability: f64,
}

impl JacobsonTruax {
    /// The index beyond which a change is reliable: the two-sided 5 % point of the normal
    /// distribution, with the two decimals of the paper.
    pub const CRITERION: f64 = 1.96;

    /// The rule for a standard deviation S in units of the printed score and a reliability r.
    ///
    /// # Errors
    /// When S is not a number above 0, or r not at least 0 and below 1.
    pub fn new(standard_deviation: f64, reliability: f64) -> Result<Self, ChangeOptionsError> {
        if !(standard_deviation > 0.0 && standard_deviation.is_finite()) {
            Err(ChangeOptionsError::StandardDeviationNotPositive { standard_deviation })
        } else if (0.0..1.0).contains(&reliability) {
            Ok(Self { standard_deviation, reliability })
        } else {
            Err(ChangeOptionsError::ReliabilityOutside { reliability })
        }
    }

    /// SEM = S·√(1 − r).
    #[must_use]
    pub fn standard_error_of_measurement(&self) -> f64 {
        self.standard_deviation * libm::sqrt(1.0 - self.reliability)
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

    fn fewest_steps(&self, scale: &Scale) -> u64 {
        let critical_steps = self.critical_change() * f64::from(scale.steps_per_unit);
        let nearest = libm::round(critical_steps);
        // A criterion that is a whole number of steps but for rounding is that number of steps.
        let whole = libm::fabs(critical_steps - nearest) <= 1e-12 * critical_steps;
        let not_exceeding = if whole { nearest } else { libm::floor(critical_steps) };
        // No scale reaches 2^33 steps, and below that the number is exact.
        1 + integer(not_exceeding.min(8_589_934_592.0))
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "called with whole numbers from 0 to 2^33"
)]
const fn integer(whole: f64) -> u64 {
    whole as u64
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct JacobsonTruaxWire {
    standard_deviation: f64,
    reliability: f64,
}

impl TryFrom<JacobsonTruaxWire> for JacobsonTruax {
    type Error = ChangeOptionsError;

    fn try_from(wire: JacobsonTruaxWire) -> Result<Self, ChangeOptionsError> {
        Self::new(wire.standard_deviation, wire.reliability)
    }
}

impl From<JacobsonTruax> for JacobsonTruaxWire {
    fn from(rule: JacobsonTruax) -> Self {
        Self { standard_deviation: rule.standard_deviation, reliability: rule.reliability }
    }
}

/// How many people improved and deteriorated reliably under one rule.
///
/// Everybody is in exactly one class, and the three add up to n.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct ReliableChangeCounts {
    /// The rule.
    pub rule: ReliableChangeRule,
    /// The smallest change it calls reliable on this scale, in units of the printed score.
    pub smallest_reliable_change: f64,
    /// Pairs.
    pub n: u64,
    /// Reliably better.
    pub improved: Share,
    /// Not reliably different.
    pub unchanged: Share,
    /// Reliably worse.
    pub deteriorated: Share,
}

impl ReliableChangeCounts {
    /// The classes of the pairs of a table under a rule.
    ///
    /// ```
    /// use clw_core::change::{
    ///     JacobsonTruax, PairCounts, ReliableChangeCounts, ReliableChangeRule,
    /// };
    /// use clw_core::estimate::ConfidenceLevel;
    /// use clw_core::instrument::{Direction, Points, Scale};
    ///
    /// let scale = Scale {
    ///     direction: Direction::HigherIsBetter,
    ///     steps_per_unit: 1,
    ///     lowest: Points(0),
    ///     highest: Points(100),
    /// };
    /// // 1.96 · 4.743 = 9.297, so a change of 10 is reliable and one of 9 is not.
    /// let rule = ReliableChangeRule::JacobsonTruax(JacobsonTruax::new(7.5, 0.80)?);
    /// let pairs = PairCounts::count_steps(scale, &[30, 30, 30], &[40, 39, 20])?;
    /// let classes = ReliableChangeCounts::of(&pairs, &rule, ConfidenceLevel::default());
    /// assert_eq!(classes.smallest_reliable_change, 10.0);
    /// assert_eq!(classes.improved.count, 1);
    /// assert_eq!(classes.unchanged.count, 1);
    /// assert_eq!(classes.deteriorated.count, 1);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn of(pairs: &PairCounts, rule: &ReliableChangeRule, level: ConfidenceLevel) -> Self {
        let scale = pairs.scale();
        let share = |class| {
            share_of_pairs(pairs, level, |cell| {
                rule.classify(scale, cell.baseline, cell.follow_up) == class
            })
        };
        Self {
            rule: rule.clone(),
            smallest_reliable_change: rule.fewest_steps(scale) as f64
                / f64::from(scale.steps_per_unit.max(1)),
            n: pairs.n(),
            improved: share(ReliableChange::Improved),
            unchanged: share(ReliableChange::Unchanged),
            deteriorated: share(ReliableChange::Deteriorated),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::instrument::Direction;

    const METRIC: Scale = Scale {
        direction: Direction::HigherIsBetter,
        steps_per_unit: 100,
        lowest: Points(700),
        highest: Points(3500),
    };

    fn published(id: &str, fewest_steps: u64) -> ReliableChangeRule {
        let id = id.to_string();
        ReliableChangeRule::PublishedThreshold(PublishedThreshold { id, fewest_steps })
    }

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
        for sd in [0.0, -1.0, f64::NAN, f64::INFINITY] {
            let error = JacobsonTruax::new(sd, 0.8).unwrap_err();
            assert_eq!(error.code(), "standard-deviation-not-positive");
        }
        for reliability in [1.0, -0.1, f64::NAN] {
            let error = JacobsonTruax::new(7.5, reliability).unwrap_err();
            assert_eq!(error.code(), "reliability-outside");
        }
    }

    #[test]
    fn a_rule_is_written_by_its_method_and_checked_when_read() {
        let rows = [
            (
                published("nhs", 300),
                r#"{"method":"published-threshold","id":"nhs","fewest-steps":300}"#,
            ),
            (
                ReliableChangeRule::JacobsonTruax(JacobsonTruax::new(7.5, 0.8).unwrap()),
                r#"{"method":"jacobson-truax","standard-deviation":7.5,"reliability":0.8}"#,
            ),
        ];
        for (rule, json) in rows {
            assert_eq!(serde_json::to_string(&rule).unwrap(), json);
            assert_eq!(serde_json::from_str::<ReliableChangeRule>(json).unwrap(), rule);
        }
        let impossible = r#"{"method":"jacobson-truax","standard-deviation":7.5,"reliability":2}"#;
        assert!(serde_json::from_str::<ReliableChangeRule>(impossible).is_err());
        let unknown = r#"{"method":"published-threshold","id":"a","fewest-steps":3,"strict":true}"#;
        assert!(serde_json::from_str::<ReliableChangeRule>(unknown).is_err());
    }

    #[test]
    fn nobody_is_both_improved_and_deteriorated() {
        let wide = Scale { lowest: Points(0), highest: Points(60), ..METRIC };
        let mut pairs = PairCounts::new(wide);
        for (baseline, follow_up) in (0..=60).flat_map(|b| (0..=60).map(move |f| (b, f))) {
            pairs.add(Points(baseline), Points(follow_up)).unwrap();
        }
        // A threshold of 0 would have both directions met by no change at all.
        for fewest_steps in [0, 1, 30, 61] {
            let rule = published("local", fewest_steps);
            let classes = ReliableChangeCounts::of(&pairs, &rule, ConfidenceLevel::default());
            let [up, same, down] = [classes.improved, classes.unchanged, classes.deteriorated];
            assert_eq!(up.count + same.count + down.count, classes.n);
            assert_eq!(up, down);
            assert!(same.count >= 61);
        }
    }
}
