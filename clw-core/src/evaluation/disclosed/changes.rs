//! Completion before and after changes, as published.

use serde::{Deserialize, Serialize};

use super::super::{BeforeAfterPlan, Evaluation};
use super::keys::{Part, When, Whose};
use super::over_time::both;
use super::{View, leaves};
use crate::completion::{DifferenceOfShares, GroupBy, NamedCount, ShareDifference};
use crate::disclosure::{PublishedCount, PublishedShare};
use crate::estimate::Estimate;

/// Completion before and after a change, as published.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct DisclosedBeforeAfter {
    /// The change and its months.
    pub change: BeforeAfterPlan,
    /// Pairs of those due, before.
    pub before: PublishedShare,
    /// Pairs of those due, after.
    pub after: PublishedShare,
    /// After less before; absent where a count is hidden.
    pub difference: Option<Estimate<ShareDifference>>,
    /// Why nothing of it is published, where that is so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub left_out: Option<ChangeLeftOut>,
}

/// Why nothing is published of a change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ChangeLeftOut {
    /// It is of some practices, where programmes are told apart.
    PracticesNotToldApart,
    /// It shares months and practices with a change of that name, which is published: the one taken
    /// from the other would be a count of people nobody counted.
    OverlapsWith(String),
}

/// The changes that are published, by their places in the plan.
pub(super) fn published_changes(evaluation: &Evaluation) -> Vec<usize> {
    let changes = 0..evaluation.plan().plan().before_after.len();
    let mut published = Vec::new();
    for at in changes {
        if left_out(evaluation, at, &published).is_none() {
            published.push(at);
        }
    }
    published
}

fn left_out(evaluation: &Evaluation, at: usize, published: &[usize]) -> Option<ChangeLeftOut> {
    let changes = &evaluation.plan().plan().before_after;
    let change = changes.get(at)?;
    if !change.practices.is_empty() && !leaves(GroupBy::Practice, evaluation) {
        return Some(ChangeLeftOut::PracticesNotToldApart);
    }
    let earlier = published.iter().filter(|of| **of < at).filter_map(|of| changes.get(*of));
    let mut overlapping = earlier.filter(|other| overlap(change, other));
    overlapping.next().map(|other| ChangeLeftOut::OverlapsWith(other.name.clone()))
}

/// Whether somebody may have been counted for both.
fn overlap(one: &BeforeAfterPlan, other: &BeforeAfterPlan) -> bool {
    let (all, any) = (Vec::is_empty, |of: &String| other.practices.contains(of));
    let practices = all(&one.practices) || all(&other.practices) || one.practices.iter().any(any);
    let spans = |of: &BeforeAfterPlan| [of.before, of.after];
    let months = spans(one)
        .into_iter()
        .any(|a| spans(other).into_iter().any(|b| a.from <= b.to && b.from <= a.to));
    practices && months
}

impl View<'_> {
    /// Before and after each change of the plan.
    pub(super) fn changes(
        &self,
        evaluation: &Evaluation,
        place: usize,
    ) -> Vec<DisclosedBeforeAfter> {
        let published = published_changes(evaluation);
        let changes = evaluation.plan().plan().before_after.iter().enumerate();
        changes
            .map(|(at, change)| {
                self.before_after(place, at, change, left_out(evaluation, at, &published))
            })
            .collect()
    }

    fn before_after(
        &self,
        place: usize,
        at: usize,
        change: &BeforeAfterPlan,
        left_out: Option<ChangeLeftOut>,
    ) -> DisclosedBeforeAfter {
        let share = |when| match left_out {
            Some(_) => {
                PublishedShare::of(PublishedCount::Hidden, PublishedCount::Hidden, self.level)
            }
            None => self.paired_of_due(&Whose::of(place, Part::Change((at, when)))),
        };
        let (before, after) = (share(When::Before), share(When::After));
        let named = |name, share: &PublishedShare| {
            both(share).map(|(count, of)| NamedCount::new(name, count, of))
        };
        let shown = named("before", &before).zip(named("after", &after));
        let difference = shown
            .and_then(|(before, after)| DifferenceOfShares::of(&before, &after, self.level).ok());
        DisclosedBeforeAfter {
            change: change.clone(),
            before,
            after,
            difference: difference.map(|of| of.difference),
            left_out,
        }
    }
}
