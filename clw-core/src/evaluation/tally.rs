//! Counting while people go by: pairs wait in columns, and groups go by number.

use super::counts::MeasureCounts;
use super::equity::EquityTally;
use super::{CheckedPlan, EvaluationError, MergeError};
use crate::OrderedMap;
use crate::attrition::{AttritionCounts, LevelCounts, PairedUnpaired, ProfileCounts, ScoreCounts};
use crate::change::PairCounts;
use crate::completion::{CountsByGroup, Flow, GroupBy, GroupContext, GroupCounts, GroupOf};
use crate::indicator::NotFinished;
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
        pair: (Scored, Scored),
        pairs: &mut PairCounts,
    ) -> Result<(), EvaluationError> {
        self.add_up_to(BUFFERED_PAIRS, pair, pairs)
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

/// The fates of one group, and its pairs counted and waiting.
#[derive(Debug, Clone)]
pub(super) struct GroupTally {
    counts: GroupCounts,
    waiting: PairBuffer,
}

impl GroupTally {
    pub(super) fn new(scale: Scale) -> Self {
        Self { counts: GroupCounts::new(scale), waiting: PairBuffer::default() }
    }

    pub(super) fn add(&mut self, pairing: &Pairing) -> Result<(), EvaluationError> {
        self.counts.flow.add(pairing.fate);
        match pairing.pair() {
            Some(pair) => self.waiting.add_up_to(BUFFERED_IN_GROUP, pair, &mut self.counts.pairs),
            None => Ok(()),
        }
    }

    /// The counts; `None` where there is no episode.
    pub(super) fn finish(mut self) -> Result<Option<GroupCounts>, EvaluationError> {
        self.waiting.flush(&mut self.counts.pairs)?;
        let anybody = self.counts.flow.in_box(FlowBox::Referred) > 0;
        Ok(anybody.then_some(self.counts))
    }
}

/// Everything that is counted by group.
#[derive(Debug, Clone)]
pub(super) struct GroupTallies {
    kinds: Vec<GroupNumbers>,
    measures: Vec<MeasureTally>,
}

/// The groups of one kind, numbered in the order in which they are met.
#[derive(Debug, Clone)]
struct GroupNumbers {
    by: GroupBy,
    /// The names of the groups in the order of their numbers, and the numbers by the names.
    names: Vec<String>,
    numbers: OrderedMap<String, usize>,
    /// The numbers of those that are known without their names.
    without_text: OrderedMap<GroupOf<'static>, usize>,
    /// The group of the last episode looked at.
    last: Option<(Option<GroupOf<'static>>, usize)>,
    /// Whether that is the episode at hand.
    is_current: bool,
    /// Room to write a name in.
    text: String,
}

/// What is counted by group under one measure. Inner lists go by the number of the group.
#[derive(Debug, Clone)]
struct MeasureTally {
    scale: Scale,
    /// By what the plan counts by, which are the first of the kinds.
    groups: Vec<Vec<GroupTally>>,
    /// The finished episodes alone: the place of each of their kinds, and its groups.
    finished: Vec<(usize, Vec<GroupTally>)>,
    /// The others, by the reason.
    not_finished: OrderedMap<NotFinished, Flow>,
    /// Of those due, by the traits that paired and unpaired are compared on: the place of each among
    /// the kinds, and its levels.
    traits: Vec<(usize, Vec<PairedUnpaired>)>,
    unpaired: ScoreCounts,
    /// The places of the traits that pairs are weighted by, and the counts by all of them.
    profiles: Option<(Vec<usize>, ProfileCounts)>,
    equity: Vec<EquityTally>,
}

impl GroupTallies {
    pub(super) fn new(plan: &CheckedPlan) -> Self {
        let mut kinds = plan.counted_kinds();
        let groups = kinds.len();
        let attrition = &plan.plan.attrition;
        let weighted = attrition.weighting.iter().flat_map(|of| &of.traits);
        for by in attrition.traits.iter().chain(weighted) {
            if !kinds.contains(by) {
                kinds.push(*by);
            }
        }
        let place = |by: &GroupBy| kinds.iter().position(|kind| kind == by);
        let places = |of: &[GroupBy]| of.iter().filter_map(place).collect::<Vec<_>>();
        let finished = plan.finished_kinds();
        let measure = |scale: Scale| MeasureTally {
            scale,
            groups: vec![Vec::new(); groups],
            finished: places(&finished).into_iter().map(|kind| (kind, Vec::new())).collect(),
            not_finished: OrderedMap::new(),
            traits: places(&attrition.traits).into_iter().map(|of| (of, Vec::new())).collect(),
            profiles: attrition
                .weighting
                .as_ref()
                .map(|weighting| (places(&weighting.traits), weighting.counts(scale))),
            unpaired: ScoreCounts::new(scale),
            equity: plan.plan.equity.iter().map(|of| EquityTally::new(&of.axis, scale)).collect(),
        };
        let measures = plan.measures.iter().map(|planned| measure(planned.measure.scale()));
        let measures = measures.collect();
        Self { kinds: kinds.into_iter().map(GroupNumbers::new).collect(), measures }
    }

    /// Turns to the next episode.
    pub(super) fn next_episode(&mut self) {
        self.kinds.iter_mut().for_each(|kind| kind.is_current = false);
    }

    /// Counts the episode at hand under one measure.
    pub(super) fn count(
        &mut self,
        measure: usize,
        context: &GroupContext<'_>,
        pairing: &Pairing,
    ) -> Result<(), EvaluationError> {
        let Some(tally) = self.measures.get_mut(measure) else { return Ok(()) };
        for (kind, groups) in self.kinds.iter_mut().zip(&mut tally.groups) {
            let number = kind.number_of(context);
            let scale = tally.scale;
            at(groups, number, || GroupTally::new(scale)).map_or(Ok(()), |g| g.add(pairing))?;
        }
        match NotFinished::of(context.standing).filter(|_| !tally.finished.is_empty()) {
            Some(reason) => tally.not_finished.entry(reason).or_default().add(pairing.fate),
            None => tally.count_finished(&mut self.kinds, context, pairing)?,
        }
        for equity in &mut tally.equity {
            equity.add(context.person, pairing)?;
        }
        let Some(baseline) = pairing.baseline.filter(|_| pairing.is_due()) else { return Ok(()) };
        let paired = pairing.follow_up.is_some();
        if !paired {
            tally.unpaired.add(baseline.points, 1)?;
        }
        for (kind, levels) in &mut tally.traits {
            let Some(kind) = self.kinds.get_mut(*kind) else { continue };
            if let Some(level) = at(levels, kind.number_of(context), PairedUnpaired::default) {
                *(if paired { &mut level.paired } else { &mut level.unpaired }) += 1;
            }
        }
        if let Some((kinds, profiles)) = &mut tally.profiles {
            for kind in &*kinds {
                self.kinds.get_mut(*kind).map(|kind| kind.number_of(context));
            }
            let levels = kinds.iter().filter_map(|kind| self.kinds.get(*kind)?.name());
            let levels: Vec<&str> = levels.collect();
            let follow_up = pairing.follow_up.map(|sitting| sitting.points);
            profiles.add(baseline.points, follow_up, &levels)?;
        }
        Ok(())
    }

    /// Moves what was counted to the counts of the measures.
    pub(super) fn flush(&mut self, counts: &mut [MeasureCounts]) -> Result<(), EvaluationError> {
        for (counts, tally) in counts.iter_mut().zip(&mut self.measures) {
            for (kind, groups) in self.kinds.iter().zip(&mut tally.groups) {
                kind.move_groups(core::mem::take(groups), &mut counts.groups)?;
            }
            for (kind, groups) in &mut tally.finished {
                let Some(kind) = self.kinds.get(*kind) else { continue };
                kind.move_groups(core::mem::take(groups), &mut counts.finished)?;
            }
            for (reason, flow) in core::mem::take(&mut tally.not_finished) {
                let own = counts.not_finished.entry(reason).or_default();
                own.merge(&flow).map_err(MergeError::Count)?;
            }
            if let (Some(counts), Some((_, profiles))) = (&mut counts.profiles, &mut tally.profiles)
            {
                let none =
                    ProfileCounts::new(tally.scale, profiles.traits().iter().map(|of| &**of));
                counts.merge(&core::mem::replace(profiles, none))?;
            }
            let traits = tally.traits.iter_mut().filter_map(|(kind, levels)| {
                Some(self.kinds.get(*kind)?.levels(core::mem::take(levels)))
            });
            let none = ScoreCounts::new(tally.scale);
            let unpaired = core::mem::replace(&mut tally.unpaired, none);
            counts.attrition.merge(&AttritionCounts::from_parts(unpaired, traits.collect()))?;
            for (equity, tally) in counts.equity.iter_mut().zip(&mut tally.equity) {
                tally.flush(equity)?;
            }
        }
        Ok(())
    }
}

impl MeasureTally {
    /// Counts a finished episode by the months that indicators count them in, where any do.
    fn count_finished(
        &mut self,
        kinds: &mut [GroupNumbers],
        context: &GroupContext<'_>,
        pairing: &Pairing,
    ) -> Result<(), EvaluationError> {
        let scale = self.scale;
        for (kind, groups) in &mut self.finished {
            let Some(kind) = kinds.get_mut(*kind) else { continue };
            let number = kind.number_of(context);
            at(groups, number, || GroupTally::new(scale)).map_or(Ok(()), |g| g.add(pairing))?;
        }
        Ok(())
    }
}

/// The entry of this number, after all before it were made.
fn at<T>(entries: &mut Vec<T>, number: usize, none: impl Fn() -> T) -> Option<&mut T> {
    while entries.len() <= number {
        entries.push(none());
    }
    entries.get_mut(number)
}

impl GroupNumbers {
    fn new(by: GroupBy) -> Self {
        Self {
            by,
            names: Vec::new(),
            numbers: OrderedMap::new(),
            without_text: OrderedMap::new(),
            last: None,
            is_current: false,
            text: String::new(),
        }
    }

    /// The number of the group of the episode at hand; often it is that of the one before.
    fn number_of(&mut self, context: &GroupContext<'_>) -> usize {
        if let (Some((_, number)), true) = (self.last, self.is_current) {
            return number;
        }
        self.is_current = !self.by.depends_on_measure();
        let group = self.by.made_of(context);
        let without_text = group.without_text();
        let number = match (without_text, self.last) {
            (Some(group), Some((Some(last), number))) if group == last => number,
            (Some(known), _) => match self.without_text.get(&known) {
                Some(number) => *number,
                None => {
                    let number = self.named(group);
                    self.without_text.insert(known, number);
                    number
                }
            },
            (None, _) => self.named(group),
        };
        self.last = Some((without_text, number));
        number
    }

    /// The number of the group by its name, as two may be written alike.
    fn named(&mut self, group: GroupOf<'_>) -> usize {
        self.text.clear();
        group.write(&mut self.text);
        let is_here = |number: &usize| self.names.get(*number) == Some(&self.text);
        let last = self.last.map(|(_, number)| number).filter(is_here);
        if let Some(number) = last.or_else(|| self.numbers.get(&self.text).copied()) {
            return number;
        }
        let number = self.names.len();
        self.names.push(self.text.clone());
        self.numbers.insert(self.text.clone(), number);
        number
    }

    /// The name of the group of the last episode looked at.
    fn name(&self) -> Option<&str> {
        self.names.get(self.last?.1).map(String::as_str)
    }

    fn move_groups(
        &self,
        groups: Vec<GroupTally>,
        counts: &mut CountsByGroup,
    ) -> Result<(), EvaluationError> {
        for (tally, name) in groups.into_iter().zip(&self.names) {
            // A group met under another measure may be empty under this one.
            if let Some(group) = tally.finish()? {
                counts.add(self.by, name, &group)?;
            }
        }
        Ok(())
    }

    /// The levels of a trait that anybody due has.
    fn levels(&self, people: Vec<PairedUnpaired>) -> LevelCounts {
        let levels = self.names.iter().cloned().zip(people);
        let levels = levels.filter(|(_, people)| *people != PairedUnpaired::default());
        LevelCounts { name: self.by.name().to_owned(), levels: levels.collect() }
    }
}
