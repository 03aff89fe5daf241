//! Counting while people go by: pairs wait in columns, and groups go by number.

use std::collections::BTreeMap;

use super::EvaluationError;
use super::counts::MeasureCounts;
use crate::change::PairCounts;
use crate::completion::{GroupBy, GroupContext, GroupCounts};
use crate::instrument::{Points, Scale};
use crate::pairing::{FlowBox, Pairing, Scored};

/// Pairs waiting to be counted: counting columns is faster than counting one pair at a time.
#[derive(Debug, Clone, Default)]
pub(super) struct PairBuffer {
    baseline: Vec<Points>,
    follow_up: Vec<Points>,
}

/// How many pairs of all people wait at most, and how many of one group.
const BUFFERED_PAIRS: usize = 1 << 14;
const BUFFERED_IN_GROUP: usize = 1 << 12;

impl PairBuffer {
    pub(super) fn add(
        &mut self,
        (baseline, follow_up): (Scored, Scored),
        pairs: &mut PairCounts,
    ) -> Result<(), EvaluationError> {
        self.add_up_to(BUFFERED_PAIRS, (baseline, follow_up), pairs)
    }

    fn add_up_to(
        &mut self,
        most: usize,
        (baseline, follow_up): (Scored, Scored),
        pairs: &mut PairCounts,
    ) -> Result<(), EvaluationError> {
        self.baseline.push(baseline.points);
        self.follow_up.push(follow_up.points);
        if self.baseline.len() >= most { self.flush(pairs) } else { Ok(()) }
    }

    pub(super) fn flush(&mut self, pairs: &mut PairCounts) -> Result<(), EvaluationError> {
        if self.baseline.is_empty() {
            return Ok(());
        }
        let counted = PairCounts::count(*pairs.scale(), &self.baseline, &self.follow_up)?;
        self.baseline.clear();
        self.follow_up.clear();
        Ok(pairs.merge(&counted)?)
    }
}

/// The groups of everything the plan counts by.
#[derive(Debug, Clone)]
pub(super) struct GroupTallies {
    kinds: Vec<GroupNumbers>,
    /// For each measure, for each kind, the groups by number.
    measures: Vec<Vec<Vec<GroupTally>>>,
}

/// The groups of one kind, numbered in the order in which they are met.
#[derive(Debug, Clone)]
struct GroupNumbers {
    by: GroupBy,
    numbers: BTreeMap<String, usize>,
    /// The group of the episode at hand, and its number.
    text: String,
    number: Option<usize>,
    /// Room to write a group in.
    other: String,
}

#[derive(Debug, Clone)]
struct GroupTally {
    counts: GroupCounts,
    waiting: PairBuffer,
}

impl GroupTallies {
    pub(super) fn new(kinds: impl IntoIterator<Item = GroupBy>, measures: usize) -> Self {
        let kinds: Vec<GroupNumbers> = kinds.into_iter().map(GroupNumbers::new).collect();
        let measures = vec![vec![Vec::new(); kinds.len()]; measures];
        Self { kinds, measures }
    }

    /// Finds the groups of an episode that are the same under every measure.
    pub(super) fn meet(&mut self, context: &GroupContext<'_>) {
        let kinds = self.kinds.iter_mut().filter(|kind| !kind.by.depends_on_measure());
        kinds.for_each(|kind| kind.meet(context));
    }

    /// Counts the episode that was met under one measure.
    pub(super) fn count(
        &mut self,
        measure: usize,
        scale: Scale,
        context: &GroupContext<'_>,
        pairing: &Pairing,
    ) -> Result<(), EvaluationError> {
        let Some(of_measure) = self.measures.get_mut(measure) else { return Ok(()) };
        for (kind, tallies) in self.kinds.iter_mut().zip(of_measure) {
            if kind.by.depends_on_measure() {
                kind.meet(context);
            }
            let Some(number) = kind.number else { continue };
            while tallies.len() <= number {
                let counts = GroupCounts::new(scale);
                tallies.push(GroupTally { counts, waiting: PairBuffer::default() });
            }
            let Some(tally) = tallies.get_mut(number) else { continue };
            tally.counts.flow.add(pairing.fate);
            if let Some(pair) = pairing.pair() {
                tally.waiting.add_up_to(BUFFERED_IN_GROUP, pair, &mut tally.counts.pairs)?;
            }
        }
        Ok(())
    }

    /// Moves what was counted to the counts of the measures.
    pub(super) fn flush(&mut self, counts: &mut [MeasureCounts]) -> Result<(), EvaluationError> {
        for (counts, of_measure) in counts.iter_mut().zip(&mut self.measures) {
            for (kind, tallies) in self.kinds.iter().zip(of_measure) {
                let mut tallies = core::mem::take(tallies);
                for (group, number) in &kind.numbers {
                    let Some(tally) = tallies.get_mut(*number) else { continue };
                    tally.waiting.flush(&mut tally.counts.pairs)?;
                    // A group met under another measure may be empty under this one.
                    if tally.counts.flow.in_box(FlowBox::Referred) > 0 {
                        counts.groups.add(kind.by, group, &tally.counts)?;
                    }
                }
            }
        }
        Ok(())
    }
}

impl GroupNumbers {
    fn new(by: GroupBy) -> Self {
        let (text, other) = (String::new(), String::new());
        Self { by, numbers: BTreeMap::new(), text, number: None, other }
    }

    /// Finds the group of an episode; often it is that of the one before.
    fn meet(&mut self, context: &GroupContext<'_>) {
        self.other.clear();
        self.by.write_group(context, &mut self.other);
        if self.number.is_some() && self.other == self.text {
            return;
        }
        core::mem::swap(&mut self.text, &mut self.other);
        self.number = self.numbers.get(&self.text).copied().or_else(|| {
            let number = self.numbers.len();
            self.numbers.insert(self.text.clone(), number);
            Some(number)
        });
    }
}
