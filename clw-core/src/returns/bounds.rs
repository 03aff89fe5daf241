//! What counts can be where some are hidden.

use serde::Serialize;

use crate::disclosure::{Profile, PublishedCount, Rounding};
use crate::evaluation::{DisclosedMeasure, RuleCounts};
use crate::pairing::FlowBox;

/// The lowest and the highest that a count can be, given what is published.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct CountBounds {
    /// It is at least this.
    pub lowest: u64,
    /// It is at most this; absent where nothing published says so.
    pub highest: Option<u64>,
}

impl CountBounds {
    /// A count of which nothing is known.
    const ANY: Self = Self { lowest: 0, highest: None };

    /// A count that is known.
    #[must_use]
    pub const fn exactly(count: u64) -> Self {
        Self { lowest: count, highest: Some(count) }
    }

    /// A count as it was published. Of a rounded one it is what rounds to it; of a hidden one nothing
    /// is taken to be known, for it may be small or hidden to protect another.
    #[must_use]
    pub fn of(published: PublishedCount, profile: &Profile) -> Self {
        let PublishedCount::Shown(count) = published else {
            return Self::ANY;
        };
        match profile.rounding() {
            Rounding::None => Self::exactly(count),
            Rounding::Conventional { base } => Self {
                lowest: count.saturating_sub(base - base.div_ceil(2)),
                highest: Some(count.saturating_add(base.div_ceil(2) - 1)),
            },
        }
    }

    fn at_most(self, other: Self) -> Self {
        let highest = match (self.highest, other.highest) {
            (Some(own), Some(others)) => Some(own.min(others)),
            (own, others) => own.or(others),
        };
        Self { highest, ..self }
    }

    fn at_least(self, other: Self) -> Self {
        Self { lowest: self.lowest.max(other.lowest), ..self }
    }

    /// What is left of this when the other is taken away.
    fn less(self, other: Self) -> Self {
        Self { highest: self.highest.map(|all| all.saturating_sub(other.lowest)), ..self }
    }

    /// Both counts together.
    #[must_use]
    pub fn plus(self, other: Self) -> Self {
        let both = self.highest.zip(other.highest);
        Self {
            lowest: self.lowest.saturating_add(other.lowest),
            highest: both.map(|(own, others)| own.saturating_add(others)),
        }
    }
}

/// What completion and improvement can be over all programmes, hidden counts included.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct MeasureBounds {
    /// Those whose follow-up was due.
    pub due: CountBounds,
    /// Those of them with a pair.
    pub paired: CountBounds,
    /// Those of the pairs who improved, by any amount.
    pub improved: CountBounds,
    /// Those of the pairs who did not.
    pub not_improved: CountBounds,
    /// Paired of due.
    pub paired_completion: ShareBounds,
    /// Improved of all due, whatever happened to those without a pair and in the counts hidden.
    pub improved_of_due: ShareBounds,
}

/// The lowest and the highest that a share can be.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct ShareBounds {
    /// It is at least this; absent where its denominator has no highest.
    pub lowest: Option<f64>,
    /// It is at most this; absent where its denominator may be zero.
    pub highest: Option<f64>,
}

impl MeasureBounds {
    /// Of counts that are all known.
    pub(super) fn exactly(counts: &RuleCounts) -> Self {
        let improved = counts.pairs.improved();
        let [due, paired, improved, not_improved] = [
            counts.flow.in_box(FlowBox::Due),
            counts.pairs.n(),
            improved,
            counts.pairs.n().saturating_sub(improved),
        ]
        .map(CountBounds::exactly);
        Self::of(due, paired, improved, not_improved)
    }

    /// Of counts as they were published: nobody is in a box who was not in those before.
    pub(super) fn published(measure: &DisclosedMeasure, profile: &Profile) -> Self {
        let count = |count| CountBounds::of(count, profile);
        let boxes = |wanted: &dyn Fn(FlowBox) -> bool| {
            let boxes = measure.flow.iter().filter(|at| wanted(at.flow_box));
            boxes.map(|at| count(at.episodes)).collect::<Vec<_>>()
        };
        let in_box = |at: FlowBox| {
            let before = boxes(&|other| other <= at).into_iter();
            let own = before.reduce(|all, next| next.at_most(all)).unwrap_or(CountBounds::ANY);
            boxes(&|other| other > at).into_iter().fold(own, CountBounds::at_least)
        };
        let (due, paired) = (in_box(FlowBox::Due), in_box(FlowBox::Paired));
        let classes = &measure.change.any_change;
        let [improved, same, worse] =
            [classes.improved, classes.same, classes.worse].map(|share| count(share.count));
        let not_improved = same.plus(worse);
        let at_most_the_rest = |own: CountBounds, other| own.at_most(paired.less(other));
        Self::of(
            due,
            paired,
            at_most_the_rest(improved, not_improved),
            at_most_the_rest(not_improved, improved),
        )
    }

    pub(super) fn plus(self, other: Self) -> Self {
        Self::of(
            self.due.plus(other.due),
            self.paired.plus(other.paired),
            self.improved.plus(other.improved),
            self.not_improved.plus(other.not_improved),
        )
    }

    fn of(
        due: CountBounds,
        paired: CountBounds,
        improved: CountBounds,
        not_improved: CountBounds,
    ) -> Self {
        // Best: everybody due improved but those who are known not to have.
        let worst_share = ShareBounds::of(not_improved, due).lowest;
        Self {
            due,
            paired,
            improved,
            not_improved,
            paired_completion: ShareBounds::of(paired, due),
            improved_of_due: ShareBounds {
                lowest: ShareBounds::of(improved, due).lowest,
                highest: worst_share.map(|share| 1.0 - share),
            },
        }
    }
}

impl ShareBounds {
    fn of(count: CountBounds, of: CountBounds) -> Self {
        let share = |count: u64, of: u64| (of > 0).then(|| (count as f64 / of as f64).min(1.0));
        Self {
            lowest: of.highest.and_then(|of| share(count.lowest, of)),
            highest: count.highest.and_then(|count| share(count, of.lowest)),
        }
    }
}
