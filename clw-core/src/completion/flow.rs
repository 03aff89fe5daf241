//! Counts of fates, from which every box follows.

use serde::{Deserialize, Serialize};

use crate::caseload::CountOverflow;
use crate::pairing::{CountBy, Fate, FlowBox};

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
#[serde(transparent)]
pub struct Flow {
    fates: CountBy<Fate>,
}

impl Flow {
    /// Counts one episode.
    pub fn add(&mut self, fate: Fate) {
        self.fates.add(fate);
    }

    /// Adds the counts of another flow.
    ///
    /// # Errors
    ///
    /// [`CountOverflow`] if a sum is beyond an integer.
    pub fn merge(&mut self, other: &Self) -> Result<(), CountOverflow> {
        self.fates.merge(&other.fates)
    }

    /// All episodes, whatever their fate.
    ///
    /// # Errors
    ///
    /// [`CountOverflow`] if the sum is beyond an integer, as it can be only of a flow that was read.
    pub fn episodes(&self) -> Result<u64, CountOverflow> {
        self.fates.total()
    }

    /// The episodes of one fate.
    #[must_use]
    pub fn with_fate(&self, fate: Fate) -> u64 {
        self.fates.get(fate)
    }

    /// The episodes that were in a box, whether or not they went on to the next.
    #[must_use]
    pub fn in_box(&self, flow_box: FlowBox) -> u64 {
        let fates = self.fates.iter().filter(|(fate, _)| fate.last_box() >= flow_box);
        fates.fold(0, |sum, (_, episodes)| sum.saturating_add(episodes))
    }

    /// The fates of those who were in a box and did not go on to the next, with their counts.
    pub fn left_in(&self, flow_box: FlowBox) -> impl Iterator<Item = (Fate, u64)> + '_ {
        let here = move |fate: Fate| fate.last_box() == flow_box && fate != Fate::Paired;
        self.fates.iter().filter(move |(fate, _)| here(*fate))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pairing::Counted;

    #[test]
    fn each_box_is_the_next_one_and_those_left_in_it() {
        let mut flow = Flow::default();
        for (count, fate) in (1..).zip(Fate::ALL) {
            (0..count).for_each(|_| flow.add(*fate));
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
