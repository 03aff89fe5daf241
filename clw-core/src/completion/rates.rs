//! The rates between the boxes, each a numerator and a denominator.

use serde::{Deserialize, Serialize};

use super::Flow;
use crate::estimate::{ConfidenceLevel, Share};
use crate::pairing::FlowBox;

/// The completion rates of one flow, with Wilson intervals.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct CompletionRates {
    /// Scored baselines of those eligible.
    pub baseline_completion: Share,
    /// Pairs of those whose follow-up is due and who have a baseline: the headline.
    pub paired_completion: Share,
    /// Pairs of all eligible, the strict rate: whoever was never asked counts against it.
    pub coverage: Share,
    /// Pairs of all with a scored follow-up: how many follow-ups lie where the rule looks.
    pub timeliness: Share,
}

impl CompletionRates {
    /// The rates of a flow, with intervals at `level`.
    #[must_use]
    pub fn of(flow: &Flow, level: ConfidenceLevel) -> Self {
        let rate = |part, whole| Share::of(flow.in_box(part), flow.in_box(whole), level);
        Self {
            baseline_completion: rate(FlowBox::BaselineValid, FlowBox::Eligible),
            paired_completion: rate(FlowBox::Paired, FlowBox::Due),
            coverage: rate(FlowBox::Paired, FlowBox::Eligible),
            timeliness: rate(FlowBox::Paired, FlowBox::FollowUpValid),
        }
    }
}

/// What the share improved could be among all who were due, whatever happened to the unpaired.
///
/// With `p` improved of the pairs and paired completion `c` the bounds are `p·c` and `p·c + 1 − c`:
/// with 13 % completion, 93 % improved means anything from 12.1 % to 99.1 %.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct ImprovedBounds {
    /// Those who improved.
    pub improved: u64,
    /// The pairs.
    pub paired: u64,
    /// Those whose follow-up was due, paired or not.
    pub due: u64,
    /// The share improved if nobody unpaired improved; absent where nobody was due.
    pub worst: Option<f64>,
    /// The share improved if everybody unpaired improved; absent where nobody was due.
    pub best: Option<f64>,
}

impl ImprovedBounds {
    /// The bounds for `improved` of `paired`, of whom `due` were due.
    #[must_use]
    pub fn of(improved: u64, paired: u64, due: u64) -> Self {
        let share = |count| (due > 0).then(|| count as f64 / due as f64);
        Self {
            improved,
            paired,
            due,
            worst: share(improved),
            best: share(improved.saturating_add(due.saturating_sub(paired))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pairing::Fate;

    /// Voluntary Health Scotland (2023): "93 % improved" at 13 % and at 55 % completion, as p·c and
    /// p·c + 1 − c of exact fractions.
    #[test]
    fn bounds_follow_from_completion() {
        for (improved, paired, due, worst, best) in
            [(1209, 1300, 10_000, 0.1209, 0.9909), (5115, 5500, 10_000, 0.5115, 0.9615)]
        {
            let bounds = ImprovedBounds::of(improved, paired, due);
            assert_eq!((bounds.worst, bounds.best), (Some(worst), Some(best)));
        }
    }

    #[test]
    fn nobody_due_has_no_bounds() {
        let bounds = ImprovedBounds::of(0, 0, 0);
        assert_eq!((bounds.worst, bounds.best), (None, None));
    }

    #[test]
    fn not_yet_due_is_not_missing() {
        let mut flow = Flow::default();
        flow.add(Fate::Paired);
        flow.add(Fate::NotDueYet);
        let rates = CompletionRates::of(&flow, ConfidenceLevel::default());
        assert_eq!(rates.paired_completion.of, 1);
        assert_eq!(rates.coverage.of, 2);
    }
}
