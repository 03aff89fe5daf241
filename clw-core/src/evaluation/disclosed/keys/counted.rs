//! What is counted besides ways and pairs: records, help, stars and those asked again.

use crate::caseload::ReferralReason;

/// What a field held.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in super::super) enum Held {
    Value,
    NotKnown,
    Missing,
    NotApplicable,
    /// All but those that it does not apply to.
    Applying,
}

/// How often a problem was looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in super::super) enum Look {
    LookedFor,
    Found,
    NotFound,
    /// Of those there could have been something to look at, the rest.
    NotLookedFor,
}

/// A list of help.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in super::super) enum HelpList {
    Needs,
    Onward,
    Outcomes,
}

/// Episodes by what is on a list of theirs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in super::super) enum Listed {
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
pub(in super::super) enum Entry {
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
pub(in super::super) enum Areas {
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
pub(in super::super) enum Again {
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
