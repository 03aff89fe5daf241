//! Reliable change: a person's change larger than measurement error alone would make.

use serde::{Deserialize, Serialize};

use super::classes::share_of_pairs;
use super::expected_follow_up::ExpectedFollowUp;
use super::{
    EdwardsNunnally, GulliksenLordNovick, HagemanArrindell, HsuLinnLord, JacobsonTruax,
    NunnallyKotsch, PairCounts,
};
use crate::estimate::{ConfidenceLevel, Share};
use crate::instrument::{ChangeRule, Direction, Points, Scale};

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
    /// Edwards and Nunnally's, about the estimated true baseline.
    EdwardsNunnally(EdwardsNunnally),
    /// Gulliksen, Lord and Novick's, about the follow-up predicted from the baseline.
    GulliksenLordNovick(GulliksenLordNovick),
    /// Hsu, Linn and Lord's, about the follow-up predicted from the baseline and the group's change.
    HsuLinnLord(HsuLinnLord),
    /// Nunnally and Kotsch's, with the reliability of both sittings.
    NunnallyKotsch(NunnallyKotsch),
    /// Hageman and Arrindell's, about the change a person is estimated to have truly made.
    HagemanArrindell(HagemanArrindell),
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

/// What a rule looks at: the change alone, or the follow-up beside what was expected.
enum Criterion {
    FewestSteps(u64),
    Expected(ExpectedFollowUp),
}

impl ReliableChangeRule {
    fn criterion(&self, scale: &Scale) -> Criterion {
        match self {
            Self::PublishedThreshold(rule) => Criterion::FewestSteps(rule.fewest_steps),
            Self::JacobsonTruax(rule) => Criterion::FewestSteps(rule.fewest_steps(scale)),
            Self::EdwardsNunnally(rule) => Criterion::Expected(rule.expected()),
            Self::GulliksenLordNovick(rule) => Criterion::Expected(rule.expected()),
            Self::HsuLinnLord(rule) => Criterion::Expected(rule.expected()),
            Self::NunnallyKotsch(rule) => Criterion::Expected(rule.expected()),
            Self::HagemanArrindell(rule) => Criterion::Expected(rule.expected()),
        }
    }

    /// The name of the rule: that of a published threshold, or the method.
    #[must_use]
    pub fn name(&self) -> &str {
        match self {
            Self::PublishedThreshold(rule) => &rule.id,
            Self::JacobsonTruax(_) => "jacobson-truax",
            Self::EdwardsNunnally(_) => "edwards-nunnally",
            Self::GulliksenLordNovick(_) => "gulliksen-lord-novick",
            Self::HsuLinnLord(_) => "hsu-linn-lord",
            Self::NunnallyKotsch(_) => "nunnally-kotsch",
            Self::HagemanArrindell(_) => "hageman-arrindell",
        }
    }

    /// The smallest change on a scale, in its steps, that the rule calls reliable in either
    /// direction; `None` where that depends on the baseline or on the direction.
    #[must_use]
    pub fn fewest_steps(&self, scale: &Scale) -> Option<u64> {
        match self.criterion(scale) {
            Criterion::FewestSteps(fewest) => Some(fewest),
            Criterion::Expected(_) => None,
        }
    }

    /// The index of one pair of scores, which is compared with the method's criterion; `None` for a
    /// threshold, which has none. It is positive where the follow-up is higher than expected.
    ///
    /// ```
    /// use clw_core::change::{JacobsonTruax, ReliableChangeRule};
    /// use clw_core::instrument::{Direction, Points, Scale};
    ///
    /// let scale = Scale {
    ///     direction: Direction::LowerIsBetter,
    ///     steps_per_unit: 10,
    ///     lowest: Points(0),
    ///     highest: Points(1000),
    /// };
    /// let textbook = ReliableChangeRule::JacobsonTruax(JacobsonTruax::new(7.5, 0.80)?);
    /// let index = textbook.index(&scale, Points(325), Points(475)).unwrap_or_default();
    /// assert_eq!(format!("{index:.3}"), "3.162");
    /// # Ok::<(), clw_core::change::ChangeOptionsError>(())
    /// ```
    #[must_use]
    pub fn index(&self, scale: &Scale, baseline: Points, follow_up: Points) -> Option<f64> {
        let (x, y) = (scale.value(baseline), scale.value(follow_up));
        match (self, self.criterion(scale)) {
            (_, Criterion::Expected(expected)) => Some(expected.index(x, y)),
            (Self::JacobsonTruax(rule), _) => Some(rule.reliable_change_index(y - x)),
            _ => None,
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
        let (better, reliable) = match self.criterion(scale) {
            Criterion::FewestSteps(fewest) => {
                let gain = scale.direction.gain(baseline, follow_up);
                (gain.signum(), gain.unsigned_abs() >= fewest)
            }
            Criterion::Expected(expected) => {
                let index = expected.index(scale.value(baseline), scale.value(follow_up));
                let higher = if index > 0.0 { 1 } else { -1 };
                let better = match scale.direction {
                    Direction::HigherIsBetter => higher,
                    Direction::LowerIsBetter => -higher,
                };
                (better, expected.is_reliable(index))
            }
        };
        match better {
            1 if reliable => ReliableChange::Improved,
            -1 if reliable => ReliableChange::Deteriorated,
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

/// How many people improved and deteriorated reliably under one rule.
///
/// Everybody is in exactly one class, and the three add up to n.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct ReliableChangeCounts {
    /// The rule.
    pub rule: ReliableChangeRule,
    /// The smallest change it calls reliable on this scale, in units of the printed score; absent
    /// where that depends on the baseline or on the direction.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub smallest_reliable_change: Option<f64>,
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
    /// assert_eq!(classes.smallest_reliable_change, Some(10.0));
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
            smallest_reliable_change: rule
                .fewest_steps(scale)
                .map(|steps| steps as f64 / f64::from(scale.steps_per_unit.max(1))),
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
