//! What changed among the pairs, as published.

use std::rc::Rc;

use serde::{Deserialize, Serialize};

use super::super::Evaluation;
use super::super::counts::MeasureCounts;
use super::super::findings::MeasureFindings;
use super::super::plan::PlannedMeasure;
use super::keys::{ChangeClass, Key, Outcome, Step, Whose};
use super::means::{Division, improved_or_not};
use super::{DisclosedMeans, View};
use crate::change::{AnyChange, PairCell, PairCounts, ReliableChangeRule};
use crate::completion::ImprovedBounds;
use crate::disclosure::{PublishedCount, PublishedShare};
use crate::instrument::Points;
use crate::pairing::FlowBox;

/// What changed among the pairs of a measure, as published.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct DisclosedChange {
    /// The pairs.
    pub pairs: PublishedCount,
    /// Means before and after; `None` where there are few pairs or a count would follow.
    pub means: Option<DisclosedMeans>,
    /// Improved, same and worse, by any amount.
    pub any_change: DisclosedClasses,
    /// What the share improved could be among all due; `None` where it rests on a hidden count.
    pub improved_bounds: Option<ImprovedBounds>,
    /// The same by each rule of reliable change.
    pub reliable_change: Vec<DisclosedReliableChange>,
    /// Moves between bands.
    pub transitions: Vec<DisclosedTransitions>,
}

/// Improved, same and worse, as published; each of all pairs.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct DisclosedClasses {
    /// Better.
    pub improved: PublishedShare,
    /// Neither.
    pub same: PublishedShare,
    /// Worse.
    pub worse: PublishedShare,
}

/// The classes of one rule of reliable change, as published.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct DisclosedReliableChange {
    /// The rule.
    pub rule: ReliableChangeRule,
    /// The classes.
    pub classes: DisclosedClasses,
}

/// Moves between bands, as published.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct DisclosedTransitions {
    /// The band set, or the cut.
    pub band_set: String,
    /// The bands' ids, in order.
    pub bands: Vec<String>,
    /// `pairs[from][to]`.
    pub pairs: Vec<Vec<PublishedCount>>,
    /// All from each band.
    pub from: Vec<PublishedCount>,
    /// All to each band.
    pub to: Vec<PublishedCount>,
}

impl View<'_> {
    pub(super) fn change(
        &self,
        evaluation: &Evaluation,
        place: usize,
        counts: &MeasureCounts,
        found: &MeasureFindings,
    ) -> DisclosedChange {
        let all = &Whose::all(place);
        let classes = |key: &dyn Fn(ChangeClass) -> Outcome| {
            let [improved, same, worse] =
                ChangeClass::ALL.map(|class| self.share(&all.change(key(class)), &all.pairs()));
            DisclosedClasses { improved, same, worse }
        };
        let any_change = classes(&Outcome::Any);
        let due = self.count(&all.step(Step::In(FlowBox::Due))).shown();
        let bounds = any_change.improved.count.shown().zip(any_change.improved.of.shown()).zip(due);
        let reliable = found.change.reliable_change.iter().enumerate();
        let pairs = &counts.main.pairs;
        let planned = evaluation.plan().measures.get(place);
        let divisions: Vec<Division<'_>> = core::iter::once(self.any_change(all, pairs))
            .chain(planned.into_iter().flat_map(|planned| margins(all, planned)))
            .collect();
        let means = self.means(all, pairs, &divisions);
        DisclosedChange {
            pairs: self.count(&all.pairs()),
            means,
            any_change,
            improved_bounds: bounds
                .map(|((improved, paired), due)| ImprovedBounds::of(improved, paired, due)),
            reliable_change: reliable
                .map(|(rule, counts)| DisclosedReliableChange {
                    rule: counts.rule.clone(),
                    classes: classes(&|class| Outcome::Rule(rule, class)),
                })
                .collect(),
            transitions: self.transitions(all, found),
        }
    }

    /// Improved, same and worse.
    fn any_change<'d>(&self, all: &Whose, pairs: &'d PairCounts) -> Division<'d> {
        let direction = pairs.scale().direction;
        let class_of = move |cell: &PairCell| {
            Some(match AnyChange::of(direction, cell.baseline, cell.follow_up) {
                AnyChange::Improved => 0,
                AnyChange::Same => 1,
                AnyChange::Worse => 2,
            })
        };
        let classes = ChangeClass::ALL.map(|class| all.change(Outcome::Any(class)));
        Division { classes: classes.into(), class_of: Box::new(class_of) }
    }

    /// Improved, and all others.
    pub(super) fn improved<'d>(&self, whose: &Whose, pairs: &'d PairCounts) -> Division<'d> {
        let improved = ChangeClass::Improved;
        let classes = [Outcome::Any(improved), Outcome::NotAny(improved)];
        let classes = classes.map(|class| whose.change(class));
        Division { classes: classes.into(), class_of: improved_or_not(pairs) }
    }

    fn transitions(&self, all: &Whose, found: &MeasureFindings) -> Vec<DisclosedTransitions> {
        let count = |outcome| self.count(&all.change(outcome));
        let transitions = found.change.transitions.iter().enumerate();
        transitions
            .map(|(set, moves)| {
                let bands = 0..moves.bands.len();
                let row = |from| bands.clone().map(move |to| Outcome::Moved(set, from, to));
                DisclosedTransitions {
                    band_set: moves.band_set.clone(),
                    bands: moves.bands.clone(),
                    pairs: bands.clone().map(|from| row(from).map(count).collect()).collect(),
                    from: bands.clone().map(|band| count(Outcome::From(set, band))).collect(),
                    to: bands.clone().map(|band| count(Outcome::To(set, band))).collect(),
                }
            })
            .collect()
    }
}

/// The bands before and after, and the sides of each cut.
fn margins<'d>(all: &Whose, planned: &'d PlannedMeasure) -> Vec<Division<'d>> {
    let options = planned.change_options(crate::estimate::ConfidenceLevel::default());
    let bands = planned.band_set().into_iter().map(|set| {
        let position: Position<'d> = Box::new(move |points| set.position(points));
        (set.bands.len(), position)
    });
    let cuts = options.cuts.into_iter().map(|cut| {
        let position: Position<'d> =
            Box::new(move |points: Points| Some(usize::from(points.0 >= cut.0)));
        (2, position)
    });
    let mut divisions = Vec::new();
    for (set, (count, position)) in bands.chain(cuts).enumerate() {
        let position = Rc::new(position);
        let keys = |of: fn(usize, usize) -> Outcome| {
            (0..count).map(|band| all.change(of(set, band))).collect::<Vec<Key>>()
        };
        let before = Rc::clone(&position);
        divisions.push(Division {
            classes: keys(Outcome::From),
            class_of: Box::new(move |cell| before(cell.baseline)),
        });
        divisions.push(Division {
            classes: keys(Outcome::To),
            class_of: Box::new(move |cell| position(cell.follow_up)),
        });
    }
    divisions
}

type Position<'d> = Box<dyn Fn(Points) -> Option<usize> + 'd>;
