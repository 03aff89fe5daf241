//! Of whom a count is, and what it says of their way and of their pairs.

use super::Key;
use crate::completion::GroupBy;
use crate::indicator::Month;
use crate::pairing::{Counted, Fate, FlowBox};

/// Whose count.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(in super::super) struct Whose {
    /// The place of the measure in the plan.
    pub(in super::super) measure: usize,
    pub(in super::super) part: Part,
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(in super::super) enum Part {
    /// Everybody's, under the main rule.
    All,
    /// Everybody's, under another rule, by its place.
    Compared(usize),
    /// A group's, under the main rule. A level of a trait is a group.
    Group(GroupBy, String),
    /// Of some levels of a trait that are published together.
    Levels(GroupBy, Vec<String>),
    /// A band's, along an axis of equity by its place.
    Band(usize, u8),
    /// Of all who are in a band of an axis.
    Placed(usize),
    /// Of all who are in none.
    Nowhere(usize),
    /// Of those counted in some months for indicators.
    Period(Months),
    /// Of those of a fifth of whom no tenth of this axis is known.
    Undivided(usize, u8),
    /// Of those due before or after a change of the plan, by its place.
    Change(Side),
    /// Of all due in the months of some sides of changes, or at their practices.
    Around(Vec<Side>, Along),
    /// Of these all who are counted on none of the sides.
    Beside(Vec<Side>, Along),
}

/// Before or after a change of the plan, by its place.
pub(in super::super) type Side = (usize, When);

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in super::super) enum When {
    Before,
    After,
}

/// What the sides of changes are cut out of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in super::super) enum Along {
    Months,
    Practices,
    Everybody,
}

/// Episodes by a month of theirs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in super::super) struct Months {
    /// Whether of the finished episodes alone.
    pub(in super::super) finished: bool,
    pub(in super::super) by: GroupBy,
    pub(in super::super) slot: Slot,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in super::super) enum Slot {
    /// In a period, by its first month.
    In(Month),
    /// In any of them.
    Whole,
    /// In none.
    Elsewhere,
    /// In a period, and not finished.
    Unfinished(Month),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in super::super) enum Step {
    /// The episodes that were in a box.
    In(FlowBox),
    /// Those whose way ended so.
    Ended(Fate),
    /// Those whose way ended otherwise, of those in the last box of a fate.
    EndedOtherwise(Fate),
    /// Those who were in the first box and not in the second.
    Lost(FlowBox, FlowBox),
}

/// Which way a pair went, by any amount or by a rule of reliable change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in super::super) enum ChangeClass {
    Improved,
    Same,
    Worse,
}

impl ChangeClass {
    /// In the order of shares and of tables of agreement.
    pub(in super::super) const ALL: [Self; 3] = [Self::Improved, Self::Same, Self::Worse];
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in super::super) enum Outcome {
    /// Improved, same or worse by any amount.
    Any(ChangeClass),
    /// All who are not of one of these classes: a share of the pairs says how many they are.
    NotAny(ChangeClass),
    /// All who were due and of whom nobody knows that they improved: the bounds say how many.
    DueNotImproved,
    /// A class of a rule of reliable change, by its place.
    Rule(usize, ChangeClass),
    /// All who are not of one of these classes.
    NotRule(usize, ChangeClass),
    /// One class by one way of counting and one by another.
    Both([usize; 2], [ChangeClass; 2]),
    /// From a band to a band, in one of the transitions.
    Moved(usize, usize, usize),
    /// All from a band.
    From(usize, usize),
    /// All to a band.
    To(usize, usize),
    /// Improved, same or worse, within a band.
    Within(usize, ChangeClass),
}

/// The boxes that are published of a group.
pub(in super::super) const STEPS: [FlowBox; 5] =
    [FlowBox::Referred, FlowBox::Eligible, FlowBox::BaselineValid, FlowBox::Due, FlowBox::Paired];

/// The boxes that are published of a band.
pub(in super::super) const BAND_STEPS: [FlowBox; 4] =
    [FlowBox::Referred, FlowBox::Seen, FlowBox::Due, FlowBox::Paired];

/// What completion is made of: those due, those with a pair and those without.
pub(in super::super) const COMPLETION: [Step; 3] =
    [Step::In(FlowBox::Due), Step::In(FlowBox::Paired), Step::Lost(FlowBox::Due, FlowBox::Paired)];

impl Whose {
    pub(in super::super) const fn all(measure: usize) -> Self {
        Self { measure, part: Part::All }
    }

    pub(in super::super) fn group(measure: usize, by: GroupBy, name: &str) -> Self {
        Self { measure, part: Part::Group(by, name.to_owned()) }
    }

    pub(in super::super) const fn compared(measure: usize, rule: usize) -> Self {
        Self { measure, part: Part::Compared(rule) }
    }

    pub(in super::super) const fn of(measure: usize, part: Part) -> Self {
        Self { measure, part }
    }

    /// The key of a step. Until somebody is seen a count is one for all measures, and until they are
    /// found eligible one for all rules.
    pub(in super::super) fn step(&self, step: Step) -> Key {
        let (step, settled_at) = match step {
            Step::In(FlowBox::Paired) => (Step::Ended(Fate::Paired), FlowBox::Paired),
            Step::In(at) => (step, at),
            Step::Ended(fate) | Step::EndedOtherwise(fate) => {
                (step, following(fate.last_box()).unwrap_or(FlowBox::Paired))
            }
            Step::Lost(_, to) => (step, to),
        };
        let under = |measure| Key::Flow(Self { measure, part: self.part.clone() }, step);
        match &self.part {
            Part::Group(by, _) if by.depends_on_measure() => under(self.measure),
            Part::Period(_) => under(self.measure),
            Part::All | Part::Compared(_) if step == Step::In(FlowBox::Referred) => Key::Episodes,
            Part::All | Part::Compared(_) if settled_at <= FlowBox::Seen => {
                Key::Flow(Self::all(0), step)
            }
            Part::Compared(_) if settled_at <= FlowBox::Eligible => {
                Key::Flow(Self::all(self.measure), step)
            }
            _ if settled_at <= FlowBox::Seen => under(0),
            _ => under(self.measure),
        }
    }

    pub(in super::super) fn change(&self, outcome: Outcome) -> Key {
        Key::Change(self.clone(), outcome)
    }

    pub(in super::super) fn pairs(&self) -> Key {
        self.step(Step::In(FlowBox::Paired))
    }
}

/// The box after a box.
pub(in super::super) fn following(at: FlowBox) -> Option<FlowBox> {
    FlowBox::ALL.iter().copied().find(|next| *next > at)
}
