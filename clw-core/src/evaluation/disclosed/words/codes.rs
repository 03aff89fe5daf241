//! The fixed words for what a cell counts.

use super::super::keys::{
    Again, ChangeClass, Entry, Held, HelpList, Listed, Look, Months, Slot, Step,
};
use crate::pairing::FlowBox;

/// A code as words.
pub(super) fn plain(code: &str) -> String {
    code.replace('-', " ")
}

fn boxes(at: FlowBox) -> String {
    plain(at.code())
}

pub(super) fn steps(step: Step) -> String {
    match step {
        Step::In(at) => boxes(at),
        Step::Ended(fate) => plain(fate.code()),
        Step::EndedOtherwise(fate) => {
            format!("{}, and not {}", boxes(fate.last_box()), plain(fate.code()))
        }
        Step::Lost(from, to) => format!("{}, and not {}", boxes(from), boxes(to)),
    }
}

pub(super) fn periods(of: Months) -> String {
    let finished = if of.finished { "finished episodes, " } else { "" };
    let slot = match of.slot {
        Slot::In(month) => format!("in the period from {month}"),
        Slot::Whole => "in any period".to_owned(),
        Slot::Elsewhere => "in no period".to_owned(),
        Slot::Unfinished(month) => format!("in the period from {month}, not finished"),
    };
    format!("{finished}{} {slot}", of.by.name())
}

pub(super) const fn classes(class: ChangeClass) -> &'static str {
    match class {
        ChangeClass::Improved => "improved",
        ChangeClass::Same => "the same",
        ChangeClass::Worse => "worse",
    }
}

pub(super) const fn fields(held: Held) -> &'static str {
    match held {
        Held::Value => "known",
        Held::NotKnown => "not known",
        Held::Missing => "missing",
        Held::NotApplicable => "not applicable",
        Held::Applying => "applicable",
    }
}

pub(super) const fn looks(look: Look) -> &'static str {
    match look {
        Look::LookedFor => "looked at",
        Look::Found => "found",
        Look::NotFound => "not found",
        Look::NotLookedFor => "not looked at",
    }
}

pub(super) const fn lists(list: HelpList) -> &'static str {
    match list {
        HelpList::Needs => "needs",
        HelpList::Onward => "referrals onward",
        HelpList::Outcomes => "tangible outcomes",
    }
}

pub(super) fn listings(listed: Listed) -> String {
    let words = match listed {
        Listed::All => "that could have a list",
        Listed::Others => "that could have none",
        Listed::Unseen => "with a list, never seen",
        Listed::Kept => "with a list",
        Listed::NotKept => "without a list",
        Listed::WithAny => "with an entry",
        Listed::WithNone => "without an entry",
        Listed::WithSpecial => "with an unmet need, or a referral taken up",
        Listed::WithoutSpecial => "with entries, none unmet or taken up",
        Listed::WithKind(kind) => return format!("with {}", plain(kind.code())),
        Listed::WithoutKind(kind) => {
            return format!("with entries, none of {}", plain(kind.code()));
        }
    };
    words.to_owned()
}

pub(super) const fn entries(entry: Entry) -> &'static str {
    match entry {
        Entry::All => "all",
        Entry::Met => "met",
        Entry::Unmet => "unmet",
        Entry::NotKnown => "not known",
        Entry::More => "beyond the first of each episode",
        Entry::MoreSpecial => "unmet or taken up, beyond the first of each episode",
        Entry::WithValue => "with a value",
        Entry::WithoutValue => "without a value",
        Entry::Kinds => "kinds",
        Entry::MoreKinds => "kinds beyond the first of each episode",
        Entry::Repeated => "of a kind that the episode has already",
    }
}

pub(super) const fn agains(again: Again) -> &'static str {
    match again {
        Again::Ended => "ended so long ago",
        Again::NotEnded => "not ended so long ago",
        Again::Asked => "asked",
        Again::NotAsked => "not asked",
        Again::AskedImproved => "improved since the baseline",
        Again::AskedNotImproved => "not improved since the baseline",
        Again::SinceExit => "with a score at the end",
        Again::NotSinceExit => "without a score at the end",
        Again::SinceExitImproved => "improved since the end",
        Again::SinceExitNotImproved => "not improved since the end",
    }
}
