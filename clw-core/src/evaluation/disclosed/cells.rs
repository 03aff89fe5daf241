//! The counts of an evaluation that are published, and every sum that links them.

use super::super::Evaluation;
use super::super::counts::MeasureCounts;
use super::super::findings::MeasureFindings;
use super::may_leave;
use crate::change::{AnyChangeCounts, ChangeDefinition, Transitions};
use crate::completion::{Flow, GroupBy};
use crate::disclosure::{DisclosureError, Publication, Tables};
use crate::estimate::{ConfidenceLevel, Share};
use crate::instrument::Direction;
use crate::pairing::{Counted, Fate, FlowBox};

/// Which count.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Key {
    /// The people.
    People,
    /// Episodes of people who had one before.
    Returns,
    /// The episodes.
    Episodes,
    /// The episodes of one sort of closure.
    Closure(usize),
    /// A count of a flow.
    Flow(Whose, Step),
    /// A count of pairs.
    Change(Whose, Outcome),
}

/// Whose count.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Whose {
    /// The place of the measure in the plan.
    pub(super) measure: usize,
    pub(super) part: Part,
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Part {
    /// Everybody's, under the main rule.
    All,
    /// Everybody's, under another rule, by its place.
    Compared(usize),
    /// A group's, under the main rule.
    Group(GroupBy, String),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Step {
    /// The episodes that were in a box.
    In(FlowBox),
    /// Those whose way ended so.
    Ended(Fate),
    /// Those who were in a box and not in the next.
    Left(FlowBox),
    /// Those who were in one of the [steps](STEPS) and not in the next of them.
    Gap(FlowBox),
    /// Those who were in a box and have no pair.
    Unpaired(FlowBox),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Outcome {
    /// Improved, same or worse by any amount.
    Any(usize),
    /// All who are not of one of these classes: a share of the pairs says how many they are.
    NotAny(usize),
    /// All who were due and of whom nobody knows that they improved: the bounds say how many.
    DueNotImproved,
    /// A class of a rule of reliable change, by its place.
    Rule(usize, usize),
    /// All who are not of one of these classes.
    NotRule(usize, usize),
    /// One class by one way of counting and one by another.
    Both([usize; 2], [usize; 2]),
    /// From a band to a band, in one of the transitions.
    Moved(usize, usize, usize),
    /// All from a band.
    From(usize, usize),
    /// All to a band.
    To(usize, usize),
    /// Improved, same or worse, within a band.
    Within(usize, usize),
}

/// The boxes that are published of a group.
pub(super) const STEPS: [FlowBox; 5] =
    [FlowBox::Referred, FlowBox::Eligible, FlowBox::BaselineValid, FlowBox::Due, FlowBox::Paired];

impl Whose {
    pub(super) fn all(measure: usize) -> Self {
        Self { measure, part: Part::All }
    }

    pub(super) fn group(measure: usize, by: GroupBy, name: &str) -> Self {
        Self { measure, part: Part::Group(by, name.to_owned()) }
    }

    pub(super) fn compared(measure: usize, rule: usize) -> Self {
        Self { measure, part: Part::Compared(rule) }
    }

    /// The key of a step. Until somebody is seen a count is one for all measures, and until they are
    /// found eligible one for all rules.
    pub(super) fn step(&self, step: Step) -> Key {
        let (step, last, next) = match step {
            Step::In(FlowBox::Paired) => (Step::Ended(Fate::Paired), FlowBox::Paired, None),
            Step::In(at) => (step, at, None),
            Step::Ended(fate) => (step, fate.last_box(), following(fate.last_box())),
            Step::Left(from) => (step, from, following(from)),
            Step::Gap(from) => (step, from, STEPS.into_iter().find(|at| *at > from)),
            Step::Unpaired(from) => (step, from, Some(FlowBox::Paired)),
        };
        let settled_at = next.unwrap_or(last);
        match &self.part {
            Part::Group(by, _) if by.depends_on_measure() => Key::Flow(self.clone(), step),
            Part::Group(by, name) if settled_at <= FlowBox::Seen => {
                Key::Flow(Self::group(0, *by, name), step)
            }
            Part::Group(..) => Key::Flow(self.clone(), step),
            _ if step == Step::In(FlowBox::Referred) => Key::Episodes,
            _ if settled_at <= FlowBox::Seen => Key::Flow(Self::all(0), step),
            _ if settled_at <= FlowBox::Eligible => Key::Flow(Self::all(self.measure), step),
            Part::All | Part::Compared(_) => Key::Flow(self.clone(), step),
        }
    }

    pub(super) fn change(&self, outcome: Outcome) -> Key {
        Key::Change(self.clone(), outcome)
    }

    pub(super) fn pairs(&self) -> Key {
        self.step(Step::In(FlowBox::Paired))
    }
}

/// The box after a box.
fn following(at: FlowBox) -> Option<FlowBox> {
    FlowBox::ALL.iter().copied().find(|next| *next > at)
}

pub(super) fn tables(evaluation: &Evaluation) -> Result<Tables<Key>, DisclosureError> {
    let counts = &evaluation.counts;
    let mut cells = Cells(Tables::new());
    cells.open(Key::People, counts.people)?;
    cells.open(Key::Episodes, counts.episodes)?;
    // Some may have come with later episodes only.
    if let Some(returns) = counts.episodes.checked_sub(counts.people) {
        cells.withheld(Key::Returns, returns)?;
        cells.sum(Key::Episodes, [Key::People, Key::Returns])?;
    }
    let closures = &counts.closures;
    let by_closure =
        [closures.open, closures.reopened, closures.recorded, closures.inferred_inactive];
    cells.parts(
        Key::Episodes,
        by_closure.into_iter().enumerate().map(|(at, n)| (Key::Closure(at), n)),
    )?;
    for (place, (found, counts)) in evaluation.findings.iter().zip(&counts.measures).enumerate() {
        cells.add_measure(place, found, counts)?;
    }
    Ok(cells.0)
}

struct Cells(Tables<Key>);

type Added = Result<(), DisclosureError>;

impl Cells {
    fn open(&mut self, key: Key, count: u64) -> Added {
        self.0.insert(key, count)
    }

    fn withheld(&mut self, key: Key, count: u64) -> Added {
        self.0.insert_as(key, count, Publication::Withheld)
    }

    fn sum(&mut self, total: Key, parts: impl IntoIterator<Item = Key>) -> Added {
        self.0.sum(total, parts)
    }

    /// Adds published parts of a total.
    fn parts(&mut self, total: Key, parts: impl IntoIterator<Item = (Key, u64)>) -> Added {
        let mut keys = Vec::new();
        for (key, count) in parts {
            self.open(key.clone(), count)?;
            keys.push(key);
        }
        self.sum(total, keys)
    }

    /// Adds parts of a total that are not published.
    fn withheld_parts(&mut self, total: Key, parts: impl IntoIterator<Item = (Key, u64)>) -> Added {
        let mut keys = Vec::new();
        for (key, count) in parts {
            self.withheld(key.clone(), count)?;
            keys.push(key);
        }
        self.sum(total, keys)
    }

    fn add_measure(
        &mut self,
        place: usize,
        found: &MeasureFindings,
        counts: &MeasureCounts,
    ) -> Added {
        let all = Whose::all(place);
        self.add_flow(&all, &counts.main.flow)?;
        self.add_steps(&all, &counts.main.flow)?;
        for (rule, compared) in counts.compared.iter().enumerate() {
            self.add_steps(&Whose::compared(place, rule), &compared.flow)?;
        }
        self.add_change(&all, found)?;
        let (improved, due) = (found.improved_bounds.improved, found.improved_bounds.due);
        let others = all.change(Outcome::DueNotImproved);
        self.withheld(others.clone(), due - improved)?;
        self.sum(all.step(Step::In(FlowBox::Due)), [all.change(Outcome::Any(0)), others])?;
        for by in counts.groups.kinds().filter(|by| may_leave(*by)) {
            self.add_groups(place, by, counts)?;
        }
        Ok(())
    }

    /// Every box and every fate.
    fn add_flow(&mut self, whose: &Whose, flow: &Flow) -> Added {
        for at in FlowBox::ALL {
            self.open(whose.step(Step::In(*at)), flow.in_box(*at))?;
        }
        for pair in FlowBox::ALL.windows(2) {
            let [from, to] = pair else { continue };
            let fates = Fate::ALL.iter().filter(|fate| fate.last_box() == *from);
            let left: Vec<(Key, u64)> =
                fates.map(|fate| (whose.step(Step::Ended(*fate)), flow.with_fate(*fate))).collect();
            self.withheld(whose.step(Step::Left(*from)), left.iter().map(|(_, n)| n).sum())?;
            self.parts(whose.step(Step::Left(*from)), left)?;
            let next = whose.step(Step::In(*to));
            self.sum(whose.step(Step::In(*from)), [next, whose.step(Step::Left(*from))])?;
        }
        Ok(())
    }

    /// The boxes that a group has too, with the complements of the rates between them.
    fn add_steps(&mut self, whose: &Whose, flow: &Flow) -> Added {
        for at in STEPS {
            self.open(whose.step(Step::In(at)), flow.in_box(at))?;
        }
        let complements = STEPS.windows(2).filter_map(|pair| match pair {
            [from, to] => Some((*from, *to, Step::Gap(*from))),
            _ => None,
        });
        let eligible = FlowBox::Eligible;
        let coverage = (eligible, FlowBox::Paired, Step::Unpaired(eligible));
        for (from, to, rest) in complements.chain([coverage]) {
            let count = flow.in_box(from) - flow.in_box(to);
            self.withheld(whose.step(rest), count)?;
            self.sum(whose.step(Step::In(from)), [whose.step(Step::In(to)), whose.step(rest)])?;
        }
        Ok(())
    }

    fn add_groups(&mut self, place: usize, by: GroupBy, counts: &MeasureCounts) -> Added {
        let all = Whose::all(place);
        let groups: Vec<(Whose, &Flow)> = counts
            .groups
            .groups(by)
            .map(|(name, counts)| (Whose::group(place, by, name), &counts.flow))
            .collect();
        for (whose, flow) in &groups {
            self.add_steps(whose, flow)?;
        }
        for (name, group) in counts.groups.groups(by) {
            let whose = Whose::group(place, by, name);
            let improved = AnyChangeCounts::of(&group.pairs, ConfidenceLevel::default()).improved;
            let of = (improved.count, improved.of);
            self.add_share(&whose, Outcome::Any(0), Outcome::NotAny(0), of)?;
        }
        let gaps = STEPS.into_iter().filter(|at| *at != FlowBox::Paired).map(Step::Gap);
        let coverage = Step::Unpaired(FlowBox::Eligible);
        for step in STEPS.into_iter().map(Step::In).chain(gaps).chain([coverage]) {
            self.sum(all.step(step), groups.iter().map(|(whose, _)| whose.step(step)))?;
        }
        for outcome in [Outcome::Any(0), Outcome::NotAny(0)] {
            let parts = groups.iter().map(|(whose, _)| whose.change(outcome));
            self.sum(all.change(outcome), parts)?;
        }
        Ok(())
    }

    /// A class of the pairs that is published as a share of them, and all others.
    fn add_share(
        &mut self,
        whose: &Whose,
        class: Outcome,
        others: Outcome,
        of: (u64, u64),
    ) -> Added {
        let (count, pairs) = of;
        self.open(whose.change(class), count)?;
        self.withheld(whose.change(others), pairs - count)?;
        self.sum(whose.pairs(), [whose.change(class), whose.change(others)])
    }

    /// Classes of all pairs, each published as a share of them.
    fn add_classes(
        &mut self,
        whose: &Whose,
        keys: impl Fn(usize) -> [Outcome; 2],
        shares: [&Share; 3],
    ) -> Added {
        for (class, share) in shares.into_iter().enumerate() {
            let [class, others] = keys(class);
            self.add_share(whose, class, others, (share.count, share.of))?;
        }
        self.sum(whose.pairs(), [0, 1, 2].map(|class| whose.change(keys(class)[0])))
    }

    fn add_change(&mut self, all: &Whose, found: &MeasureFindings) -> Added {
        let any = &found.change.any_change;
        let keys = |class| [Outcome::Any(class), Outcome::NotAny(class)];
        self.add_classes(all, keys, [&any.improved, &any.same, &any.worse])?;
        for (rule, counts) in found.change.reliable_change.iter().enumerate() {
            let keys = |class| [Outcome::Rule(rule, class), Outcome::NotRule(rule, class)];
            let shares = [&counts.improved, &counts.unchanged, &counts.deteriorated];
            self.add_classes(all, keys, shares)?;
        }
        self.add_agreement(all, found)?;
        for (set, transitions) in found.change.transitions.iter().enumerate() {
            self.add_transitions(all, set, transitions)?;
            self.add_moves_in_classes(all, set, found, transitions)?;
        }
        Ok(())
    }

    /// Who improves by one way of counting and not by another is a class too.
    fn add_agreement(&mut self, all: &Whose, found: &MeasureFindings) -> Added {
        let place = |of: &ChangeDefinition, from: usize| match of {
            ChangeDefinition::Any => Some(0),
            ChangeDefinition::Reliable { .. } => Some(from),
            ChangeDefinition::Important { .. } => None,
        };
        let outcome = |way: usize, class: usize| match way.checked_sub(1) {
            None => all.change(Outcome::Any(class)),
            Some(rule) => all.change(Outcome::Rule(rule, class)),
        };
        let rules = found.change.reliable_change.len();
        let ways =
            (0..=rules).flat_map(|first| (first + 1..=rules).map(move |second| (first, second)));
        let tables =
            found.change.agreement.iter().filter(|table| {
                place(&table.first, 1).is_some() && place(&table.second, 1).is_some()
            });
        for ((first, second), table) in ways.zip(tables) {
            let key = |a: usize, b: usize| all.change(Outcome::Both([first, second], [a, b]));
            for (a, row) in table.pairs.iter().enumerate() {
                let row = row.iter().enumerate().map(|(b, n)| (key(a, b), *n));
                self.withheld_parts(outcome(first, a), row)?;
            }
            for b in 0..3 {
                self.sum(outcome(second, b), [0, 1, 2].map(|a| key(a, b)))?;
            }
        }
        Ok(())
    }

    /// A table of moves with both its margins.
    fn add_transitions(&mut self, all: &Whose, set: usize, moves: &Transitions) -> Added {
        let bands = moves.bands.len();
        for (from, row) in moves.pairs.iter().enumerate() {
            self.open(all.change(Outcome::From(set, from)), row.iter().sum())?;
            let row = row.iter().enumerate();
            self.parts(
                all.change(Outcome::From(set, from)),
                row.map(|(to, n)| (all.change(Outcome::Moved(set, from, to)), *n)),
            )?;
        }
        for to in 0..bands {
            let column = moves.pairs.iter().filter_map(|row| row.get(to)).sum();
            self.open(all.change(Outcome::To(set, to)), column)?;
            let column = (0..bands).map(|from| all.change(Outcome::Moved(set, from, to)));
            self.sum(all.change(Outcome::To(set, to)), column)?;
        }
        for margin in [Outcome::From as fn(usize, usize) -> Outcome, Outcome::To] {
            self.sum(all.pairs(), (0..bands).map(|band| all.change(margin(set, band))))?;
        }
        Ok(())
    }

    /// Who moves to a better band has improved; those who improved within a band are the rest.
    fn add_moves_in_classes(
        &mut self,
        all: &Whose,
        set: usize,
        found: &MeasureFindings,
        moves: &Transitions,
    ) -> Added {
        let up_is_better = found.scale.direction == Direction::HigherIsBetter;
        let any = &found.change.any_change;
        let classes = [(0, any.improved.count, up_is_better), (2, any.worse.count, !up_is_better)];
        for (class, total, up) in classes {
            let (mut parts, mut crossed) = (Vec::new(), 0);
            for (from, row) in moves.pairs.iter().enumerate() {
                for (to, count) in row.iter().enumerate() {
                    if to != from && (to > from) == up {
                        parts.push(all.change(Outcome::Moved(set, from, to)));
                        crossed += count;
                    }
                }
            }
            // Bands run from the lowest score up, so that nobody crosses one the other way.
            if let Some(within) = total.checked_sub(crossed) {
                let rest = all.change(Outcome::Within(set, class));
                self.withheld(rest.clone(), within)?;
                self.sum(all.change(Outcome::Any(class)), parts.into_iter().chain([rest]))?;
            }
        }
        Ok(())
    }
}
