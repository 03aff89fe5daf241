//! Groups of people, as published.

use serde::{Deserialize, Serialize};

use super::super::Evaluation;
use super::super::counts::MeasureCounts;
use super::cells::grouping;
use super::keys::{ChangeClass, Outcome, STEPS, Step, Whose};
use super::means::hide_means_that_leave_few;
use super::{DisclosedCompletion, DisclosedMeans, View, leaves};
use crate::completion::{GroupBy, GroupCounts};
use crate::disclosure::{PublishedCount, PublishedShare};
use crate::pairing::FlowBox;

/// One group of a measure, as published.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct DisclosedGroup {
    /// What is grouped by.
    pub by: GroupBy,
    /// The group.
    pub group: String,
    /// The boxes referred, eligible, baseline valid, due and paired.
    pub boxes: Vec<DisclosedGroupBox>,
    /// The rates between them.
    pub completion: DisclosedCompletion,
    /// Those with a better score, of its pairs.
    pub improved: PublishedShare,
    /// Means; `None` where there are few pairs, where few are left when the groups with means are
    /// subtracted from all, and where the groups are bands of an axis of the plan, which have them.
    pub means: Option<DisclosedMeans>,
}

/// The episodes of a group in one box, as published.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct DisclosedGroupBox {
    /// The box.
    #[serde(rename = "box")]
    pub flow_box: FlowBox,
    /// The episodes in it.
    pub episodes: PublishedCount,
}

impl View<'_> {
    pub(super) fn groups(
        &self,
        evaluation: &Evaluation,
        place: usize,
        counts: &MeasureCounts,
    ) -> Vec<DisclosedGroup> {
        let plan = evaluation.plan().plan();
        let mut all = Vec::new();
        for by in counts.groups.kinds().filter(|by| plan.group_by.contains(by)) {
            if !leaves(by, evaluation) {
                continue;
            }
            let groups = counts.groups.groups(by);
            let mut groups: Vec<(u64, DisclosedGroup)> = groups
                .map(|(name, group)| (group.pairs.n(), self.group(place, by, name, group)))
                .collect();
            // The bands of an axis are the same people, and have the means.
            if plan.equity.iter().any(|of| grouping(&of.axis) == by) {
                groups.iter_mut().for_each(|(_, group)| group.means = None);
            }
            let pairs = counts.main.pairs.n();
            hide_means_that_leave_few(pairs, &mut groups, |of| of.0, |of| &mut of.1.means);
            let whose = |of: &(u64, DisclosedGroup)| Whose::group(place, by, &of.1.group);
            self.hide_means_of_few_who_came(&counts.main.pairs, &mut groups, whose, |of| {
                &mut of.1.means
            });
            all.extend(groups.into_iter().map(|(_, group)| group));
        }
        all
    }

    fn group(&self, place: usize, by: GroupBy, name: &str, counts: &GroupCounts) -> DisclosedGroup {
        let whose = Whose::group(place, by, name);
        let in_box = |at| DisclosedGroupBox {
            flow_box: at,
            episodes: self.count(&whose.step(Step::In(at))),
        };
        let pairs = &counts.pairs;
        DisclosedGroup {
            by,
            group: name.to_owned(),
            boxes: STEPS.into_iter().map(in_box).collect(),
            completion: self.completion(&whose),
            improved: self
                .share(&whose.change(Outcome::Any(ChangeClass::Improved)), &whose.pairs()),
            means: self.means(&whose, pairs, &[self.improved(&whose, pairs)]),
        }
    }
}
