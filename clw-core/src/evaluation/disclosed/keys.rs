//! Which count: the names of the cells that are protected together.

use super::super::{CoreField, QualityIssue, SittingIssue, Uptake};
use crate::caseload::{OnwardStatus, ReferralReason};
use crate::completion::GroupBy;
use crate::indicator::Month;
use crate::pairing::{Counted, Fate, FlowBox, SittingRole};

/// Which count; printed in [plain words](super::words).
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
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
    /// What a core field held.
    Field(CoreField, Held),
    /// Of those of whom a core field of people is absent, the episodes beyond their first.
    Returning(CoreField, Held),
    /// A problem of the records.
    Issue(QualityIssue, Look),
    /// A problem of the sittings of a measure.
    SittingIssue(usize, SittingIssue, Look),
    /// The sittings of a measure that became of one role.
    Sittings(usize, SittingRole),
    /// All sittings of a measure.
    AllSittings(usize),
    /// The sittings of a measure in none of the roles that are problems.
    UsefulSittings(usize),
    /// The episodes of a list of help.
    Listed(HelpList, Listed),
    /// The entries of a list of help, all or of one kind.
    Entries(HelpList, Option<ReferralReason>, Entry),
    /// Referrals onward by whether they were taken up.
    Uptake(Uptake),
    /// Referrals onward by the last known status.
    Status(OnwardStatus),
    /// Referrals onward without a status.
    NoStatus(usize),
    /// The episodes with a pair in an area of a star, by its place.
    Star(usize, Areas),
    /// Those asked again long after the end.
    AfterExit(usize, Again),
}

/// What a field held.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Held {
    Value,
    NotKnown,
    Missing,
    NotApplicable,
    /// All but those that it does not apply to.
    Applying,
}

/// How often a problem was looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Look {
    LookedFor,
    Found,
    NotFound,
    /// Of those there could have been something to look at, the rest.
    NotLookedFor,
}

/// A list of help.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum HelpList {
    Needs,
    Onward,
    Outcomes,
}

/// Episodes by what is on a list of theirs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Listed {
    /// Those who could have a list.
    All,
    /// Episodes that could not.
    Others,
    /// With a list though never seen.
    Unseen,
    Kept,
    NotKept,
    WithAny,
    WithNone,
    /// With a need that is not met, or a referral that was taken up.
    WithSpecial,
    /// With entries, none of them of that sort.
    WithoutSpecial,
    /// With an entry of a kind.
    WithKind(ReferralReason),
    /// With entries, none of the kind.
    WithoutKind(ReferralReason),
}

/// Entries of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Entry {
    All,
    Met,
    Unmet,
    NotKnown,
    /// Beyond the first of each episode.
    More,
    /// Of the special sort, beyond the first of each episode.
    MoreSpecial,
    WithValue,
    WithoutValue,
    /// Each episode's kinds, counted once.
    Kinds,
    /// Kinds beyond the first of each episode.
    MoreKinds,
    /// Entries of a kind that an episode has already.
    Repeated,
}

/// Episodes by the areas of a star in which they moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Areas {
    All,
    /// Forward in so many.
    ForwardIn(usize),
    Forward,
    Back,
    NotBack,
    Both,
    ForwardOnly,
    BackOnly,
    /// Neither forward nor back in any.
    Neither,
    /// Without a pair in one area, by the place of its measure.
    WithoutPair(usize),
    /// Forward elsewhere and not in one area.
    ForwardElsewhere(usize),
    /// Back elsewhere and not in one area.
    BackElsewhere(usize),
    /// Forward in one area and not in all.
    ForwardNotInAll(usize),
    /// Moves forward, of all areas together.
    Moves,
    /// Moves back, of all areas together.
    MovesBack,
    /// Those beyond the first of each episode.
    MoreMovesBack,
    /// Pairs, of all areas together.
    Pairs,
    /// Those beyond the first of each episode.
    MorePairs,
    /// Due in one area at least.
    Due,
    /// Due, and without a pair in any.
    WithoutAnyPair,
    /// With a pair in each area in which it is due.
    Throughout,
    /// Due, and without a pair in one area or more of those in which it is.
    NotThroughout,
    /// With a pair, and without one in another area in which it is due.
    NotInEach,
    /// Due elsewhere and not in one area.
    NotDueIn(usize),
    /// Without a pair elsewhere, and in one area with a pair or not due.
    LostElsewhere(usize),
    /// Follow-ups due, of all areas together.
    Dues,
    /// Those beyond the first of each episode.
    MoreDues,
    /// Follow-ups missing, of all areas together.
    Losses,
    /// Those beyond the first of each episode.
    MoreLosses,
}

/// Those asked again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Again {
    Ended,
    /// With a baseline, and not ended so long ago.
    NotEnded,
    Asked,
    NotAsked,
    AskedImproved,
    AskedNotImproved,
    SinceExit,
    NotSinceExit,
    SinceExitImproved,
    SinceExitNotImproved,
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
pub(super) type Side = (usize, When);

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum When {
    Before,
    After,
}

/// What the sides of changes are cut out of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Along {
    Months,
    Practices,
    Everybody,
}

/// Episodes by a month of theirs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Months {
    /// Whether of the finished episodes alone.
    pub(super) finished: bool,
    pub(super) by: GroupBy,
    pub(super) slot: Slot,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Slot {
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
pub(super) enum Step {
    /// The episodes that were in a box.
    In(FlowBox),
    /// Those whose way ended so.
    Ended(Fate),
    /// Those whose way ended otherwise, of those in the last box of a fate.
    EndedOtherwise(Fate),
    /// Those who were in the first box and not in the second.
    Lost(FlowBox, FlowBox),
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

/// The boxes that are published of a band.
pub(super) const BAND_STEPS: [FlowBox; 4] =
    [FlowBox::Referred, FlowBox::Seen, FlowBox::Due, FlowBox::Paired];

/// What completion is made of: those due, those with a pair and those without.
pub(super) const COMPLETION: [Step; 3] =
    [Step::In(FlowBox::Due), Step::In(FlowBox::Paired), Step::Lost(FlowBox::Due, FlowBox::Paired)];

impl Whose {
    pub(super) const fn all(measure: usize) -> Self {
        Self { measure, part: Part::All }
    }

    pub(super) fn group(measure: usize, by: GroupBy, name: &str) -> Self {
        Self { measure, part: Part::Group(by, name.to_owned()) }
    }

    pub(super) const fn compared(measure: usize, rule: usize) -> Self {
        Self { measure, part: Part::Compared(rule) }
    }

    pub(super) const fn of(measure: usize, part: Part) -> Self {
        Self { measure, part }
    }

    /// The key of a step. Until somebody is seen a count is one for all measures, and until they are
    /// found eligible one for all rules.
    pub(super) fn step(&self, step: Step) -> Key {
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

    pub(super) fn change(&self, outcome: Outcome) -> Key {
        Key::Change(self.clone(), outcome)
    }

    pub(super) fn pairs(&self) -> Key {
        self.step(Step::In(FlowBox::Paired))
    }
}

/// The box after a box.
pub(super) fn following(at: FlowBox) -> Option<FlowBox> {
    FlowBox::ALL.iter().copied().find(|next| *next > at)
}
