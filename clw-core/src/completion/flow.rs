//! Counts of fates, from which every box follows.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::pairing::{Fate, FlowBox};

/// How many episodes met each fate under one measure and one pairing rule.
///
/// The boxes from referred to paired are sums of fates, so they add up by construction, and flows
/// of two caseloads add.
///
/// ```
/// use clw_core::completion::Flow;
/// use clw_core::pairing::{Fate, FlowBox};
///
/// let mut flow = Flow::default();
/// flow.add(Fate::Paired);
/// flow.add(Fate::FollowUpMissing);
/// flow.add(Fate::NotDueYet);
/// assert_eq!(flow.in_box(FlowBox::Referred), 3);
/// assert_eq!(flow.in_box(FlowBox::Due), 2);
/// assert_eq!(flow.in_box(FlowBox::Paired), 1);
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "BTreeMap<Fate, u64>", into = "BTreeMap<Fate, u64>")]
pub struct Flow {
    counts: [u64; Fate::ALL.len()],
}

impl Flow {
    /// Counts one episode.
    pub fn add(&mut self, fate: Fate) {
        self.add_many(fate, 1);
    }

    /// Adds the counts of another flow.
    pub fn merge(&mut self, other: &Self) {
        for fate in Fate::ALL {
            self.add_many(*fate, other.with_fate(*fate));
        }
    }

    /// The episodes of one fate.
    #[must_use]
    pub fn with_fate(&self, fate: Fate) -> u64 {
        self.counts.get(fate as usize).copied().unwrap_or(0)
    }

    /// The episodes that were in a box, whether or not they went on to the next.
    #[must_use]
    pub fn in_box(&self, flow_box: FlowBox) -> u64 {
        Fate::ALL
            .iter()
            .filter(|fate| fate.last_box() >= flow_box)
            .map(|fate| self.with_fate(*fate))
            .sum()
    }

    /// The fates of those who were in a box and did not go on to the next, with their counts.
    pub fn left_in(&self, flow_box: FlowBox) -> impl Iterator<Item = (Fate, u64)> + '_ {
        Fate::ALL
            .iter()
            .filter(move |fate| fate.last_box() == flow_box && **fate != Fate::Paired)
            .map(|fate| (*fate, self.with_fate(*fate)))
            .filter(|(_, count)| *count > 0)
    }

    fn add_many(&mut self, fate: Fate, count: u64) {
        if let Some(slot) = self.counts.get_mut(fate as usize) {
            *slot = slot.saturating_add(count);
        }
    }
}

impl From<BTreeMap<Fate, u64>> for Flow {
    fn from(counts: BTreeMap<Fate, u64>) -> Self {
        let mut flow = Self::default();
        for (fate, count) in counts {
            flow.add_many(fate, count);
        }
        flow
    }
}

impl From<Flow> for BTreeMap<Fate, u64> {
    fn from(flow: Flow) -> Self {
        let counts = Fate::ALL.iter().map(|fate| (*fate, flow.with_fate(*fate)));
        counts.filter(|(_, count)| *count > 0).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_box_is_the_next_one_and_those_left_in_it() {
        let mut flow = Flow::default();
        for (count, fate) in (1..).zip(Fate::ALL) {
            flow.add_many(*fate, count);
        }
        for pair in FlowBox::ALL.windows(2) {
            let left: u64 = flow.left_in(pair[0]).map(|(_, count)| count).sum();
            assert_eq!(flow.in_box(pair[0]), flow.in_box(pair[1]) + left);
        }
    }

    #[test]
    fn a_flow_is_written_as_the_fates_that_occurred() {
        let mut flow = Flow::default();
        flow.add(Fate::Paired);
        flow.add(Fate::NotDueYet);
        let json = serde_json::to_string(&flow).unwrap();
        assert_eq!(json, r#"{"not-due-yet":1,"paired":1}"#);
        assert_eq!(serde_json::from_str::<Flow>(&json).unwrap(), flow);
    }
}
