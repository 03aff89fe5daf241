//! Important change: large enough to matter to people, by an anchor.

use serde::{Deserialize, Serialize};

use super::classes::share_of_pairs;
use super::{ChangeOptionsError, PairCounts};
use crate::estimate::{ConfidenceLevel, Share};
use crate::instrument::{Decimal, Points, Scale, Threshold};

/// Whether one person's change is large enough to matter, and which way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ImportantChange {
    /// Importantly better.
    Improved,
    /// Not by enough to matter.
    Unimportant,
    /// Importantly worse.
    Deteriorated,
}

/// The smallest changes that matter, for better and for worse, by an anchor outside the measure.
///
/// People notice a loss sooner than a gain of the same size, or later, so the two bounds are given
/// separately: de Vet et al. (2007), doi:10.1007/s11136-006-9109-9. Unlike a reliable change, an
/// important one may be within measurement error.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(into = "Wire")]
pub struct ImportantChangeRule(Wire);

crate::coded::deserialize_checked!(ImportantChangeRule, Wire);

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Wire {
    anchor: String,
    improvement: Threshold,
    deterioration: Threshold,
}

impl ImportantChangeRule {
    /// The rule of an anchor, such as a rating of overall change, with the size of a gain and of a
    /// loss that matter, in units of the printed score.
    ///
    /// # Errors
    /// [`ChangeOptionsError::ThresholdNotPositive`] when a size is not above 0.
    pub fn new(
        anchor: impl Into<String>,
        improvement: Threshold,
        deterioration: Threshold,
    ) -> Result<Self, ChangeOptionsError> {
        Wire { anchor: anchor.into(), improvement, deterioration }.try_into()
    }

    /// The anchor.
    #[must_use]
    pub fn anchor(&self) -> &str {
        &self.0.anchor
    }

    /// The smallest gain that matters.
    #[must_use]
    pub const fn improvement(&self) -> Threshold {
        self.0.improvement
    }

    /// The smallest loss that matters.
    #[must_use]
    pub const fn deterioration(&self) -> Threshold {
        self.0.deterioration
    }

    /// The class of one pair of scores, decided exactly.
    ///
    /// ```
    /// use clw_core::change::{ImportantChange, ImportantChangeRule};
    /// use clw_core::instrument::{Direction, Points, Scale, Threshold};
    ///
    /// let swemwbs = Scale {
    ///     direction: Direction::HigherIsBetter,
    ///     steps_per_unit: 100,
    ///     lowest: Points(700),
    ///     highest: Points(3500),
    /// };
    /// let gain = Threshold::AtLeast("1.5".parse()?);
    /// let loss = Threshold::MoreThan(1.into());
    /// let rule = ImportantChangeRule::new("rating of overall change", gain, loss)?;
    /// let class = |follow_up| rule.classify(&swemwbs, Points(2000), Points(follow_up));
    /// assert_eq!(class(2150), ImportantChange::Improved);
    /// assert_eq!(class(2149), ImportantChange::Unimportant);
    /// assert_eq!(class(1900), ImportantChange::Unimportant);
    /// assert_eq!(class(1899), ImportantChange::Deteriorated);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn classify(&self, scale: &Scale, baseline: Points, follow_up: Points) -> ImportantChange {
        let gain = i128::from(scale.direction.gain(baseline, follow_up));
        let fewest = |threshold: Threshold| match threshold {
            Threshold::AtLeast(change) => change.steps_at_least(scale.steps_per_unit),
            Threshold::MoreThan(change) => change.steps_at_most(scale.steps_per_unit) + 1,
        };
        if gain > 0 && gain >= fewest(self.0.improvement) {
            ImportantChange::Improved
        } else if gain < 0 && -gain >= fewest(self.0.deterioration) {
            ImportantChange::Deteriorated
        } else {
            ImportantChange::Unimportant
        }
    }
}

impl TryFrom<Wire> for ImportantChangeRule {
    type Error = ChangeOptionsError;

    fn try_from(wire: Wire) -> Result<Self, ChangeOptionsError> {
        let size = |threshold| match threshold {
            Threshold::AtLeast(change) | Threshold::MoreThan(change) => change,
        };
        let mut sizes = [wire.improvement, wire.deterioration].into_iter().map(size);
        match sizes.find(|change| *change <= Decimal::from(0)) {
            Some(threshold) => Err(ChangeOptionsError::ThresholdNotPositive { threshold }),
            None => Ok(Self(wire)),
        }
    }
}

impl From<ImportantChangeRule> for Wire {
    fn from(rule: ImportantChangeRule) -> Self {
        rule.0
    }
}

/// How many people's change is large enough to matter under one rule.
///
/// Everybody is in exactly one class, and the three add up to n.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct ImportantChangeCounts {
    /// The rule.
    pub rule: ImportantChangeRule,
    /// Pairs.
    pub n: u64,
    /// Importantly better.
    pub improved: Share,
    /// Not by enough to matter.
    pub unimportant: Share,
    /// Importantly worse.
    pub deteriorated: Share,
}

impl ImportantChangeCounts {
    /// The classes of the pairs of a table under a rule.
    #[must_use]
    pub fn of(pairs: &PairCounts, rule: &ImportantChangeRule, level: ConfidenceLevel) -> Self {
        let scale = pairs.scale();
        let share = |class| {
            share_of_pairs(pairs, level, |cell| {
                rule.classify(scale, cell.baseline, cell.follow_up) == class
            })
        };
        Self {
            rule: rule.clone(),
            n: pairs.n(),
            improved: share(ImportantChange::Improved),
            unimportant: share(ImportantChange::Unimportant),
            deteriorated: share(ImportantChange::Deteriorated),
        }
    }
}
