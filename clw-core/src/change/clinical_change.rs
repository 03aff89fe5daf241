//! Reliable change and a cut-off combined: recovered, improved, unchanged, deteriorated.

use serde::{Deserialize, Serialize};

use super::classes::share_of_pairs;
use super::{CutOff, PairCounts, ReliableChange, ReliableChangeRule, Side};
use crate::estimate::{ConfidenceLevel, Share};
use crate::instrument::{Points, Scale};

/// What became of one person, by reliable change and a cut-off together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ClinicalChange {
    /// Reliably better, and from the clinical to the functional side.
    Recovered,
    /// Reliably better, and not across the cut-off.
    Improved,
    /// Not reliably different.
    Unchanged,
    /// Reliably worse.
    Deteriorated,
}

/// A rule of reliable change and a cut-off.
///
/// Jacobson & Truax (1991), doi:10.1037/0022-006X.59.1.12; "reliable recovery" in services for common
/// mental health problems.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct ClinicalChangeRule {
    /// When a change is reliable.
    pub reliable_change: ReliableChangeRule,
    /// Where the functional side starts.
    pub cut_off: CutOff,
}

impl ClinicalChangeRule {
    /// The names of its two parts, such as `jacobson-truax and cut-off c`.
    #[must_use]
    pub fn name(&self) -> String {
        format!("{} and cut-off {}", self.reliable_change.name(), self.cut_off.name())
    }

    /// The class of one pair of scores.
    ///
    /// ```
    /// use clw_core::change::{
    ///     ClinicalChange, ClinicalChangeRule, CutOff, PublishedThreshold, ReliableChangeRule,
    /// };
    /// use clw_core::instrument::{Points, catalogue};
    ///
    /// let phq_9 = catalogue::find("phq-9")?;
    /// let scale = phq_9.measures().first().ok_or("no measure")?.scale();
    /// let reliable = PublishedThreshold { id: "six-points".into(), fewest_steps: 6 };
    /// let rule = ClinicalChangeRule {
    ///     reliable_change: ReliableChangeRule::PublishedThreshold(reliable),
    ///     cut_off: CutOff::Published { id: "caseness".into(), worst_functional: Points(9) },
    /// };
    /// let class = |baseline, follow_up| rule.classify(&scale, Points(baseline), Points(follow_up));
    /// assert_eq!(class(15, 9), ClinicalChange::Recovered);
    /// assert_eq!(class(20, 14), ClinicalChange::Improved);
    /// assert_eq!(class(11, 8), ClinicalChange::Unchanged);
    /// assert_eq!(class(9, 15), ClinicalChange::Deteriorated);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn classify(&self, scale: &Scale, baseline: Points, follow_up: Points) -> ClinicalChange {
        let sides = [baseline, follow_up].map(|points| self.cut_off.side(scale, points));
        let crossed = sides == [Side::Clinical, Side::Functional];
        match self.reliable_change.classify(scale, baseline, follow_up) {
            ReliableChange::Improved if crossed => ClinicalChange::Recovered,
            ReliableChange::Improved => ClinicalChange::Improved,
            ReliableChange::Unchanged => ClinicalChange::Unchanged,
            ReliableChange::Deteriorated => ClinicalChange::Deteriorated,
        }
    }
}

/// How many people are of each class under one rule.
///
/// Everybody is in exactly one class, and the four add up to n. Only those on the clinical side at
/// baseline can recover, so recovery has a share of its own of them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct ClinicalChangeCounts {
    /// The rule.
    pub rule: ClinicalChangeRule,
    /// Its cut-off on this scale, in units of the printed score.
    pub cut_off_value: f64,
    /// Pairs.
    pub n: u64,
    /// Reliably better, and from the clinical to the functional side.
    pub recovered: Share,
    /// Reliably better, and not across the cut-off.
    pub improved: Share,
    /// Not reliably different.
    pub unchanged: Share,
    /// Reliably worse.
    pub deteriorated: Share,
    /// Those who recovered, of those on the clinical side at baseline.
    pub recovered_of_clinical: Share,
}

impl ClinicalChangeCounts {
    /// The classes of the pairs of a table under a rule.
    #[must_use]
    pub fn of(pairs: &PairCounts, rule: &ClinicalChangeRule, level: ConfidenceLevel) -> Self {
        let scale = pairs.scale();
        let share = |class| {
            share_of_pairs(pairs, level, |cell| {
                rule.classify(scale, cell.baseline, cell.follow_up) == class
            })
        };
        let is_clinical = |points| rule.cut_off.side(scale, points) == Side::Clinical;
        let clinical = pairs.cells().filter(|cell| is_clinical(cell.baseline));
        let recovered = share(ClinicalChange::Recovered);
        Self {
            rule: rule.clone(),
            cut_off_value: rule.cut_off.value(scale),
            n: pairs.n(),
            recovered,
            improved: share(ClinicalChange::Improved),
            unchanged: share(ClinicalChange::Unchanged),
            deteriorated: share(ClinicalChange::Deteriorated),
            recovered_of_clinical: Share::of(
                recovered.count,
                clinical.map(|cell| cell.pairs).sum(),
                level,
            ),
        }
    }
}
