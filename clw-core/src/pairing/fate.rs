//! What became of an episode on its way from a referral to a pair: one outcome, one enum.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::OrderedMap;
use crate::caseload::{CountOverflow, add_count};

/// An outcome that is counted: one of a few, in order.
pub trait Counted: Copy + Ord + 'static {
    /// All outcomes, in order.
    const ALL: &'static [Self];

    /// Its place among them.
    fn place(self) -> usize;
}

/// How many there were of each outcome. In JSON it is the outcomes that occurred, with their counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CountBy<K> {
    counts: Vec<u64>,
    of: core::marker::PhantomData<K>,
}

impl<K: Counted> Default for CountBy<K> {
    fn default() -> Self {
        Self { counts: vec![0; K::ALL.len()], of: core::marker::PhantomData }
    }
}

impl<K: Counted> CountBy<K> {
    /// Counts one more.
    pub fn add(&mut self, outcome: K) {
        self.add_many(outcome, 1);
    }

    /// Counts several more. Counting one by one comes nowhere near the limit of an integer; sums of
    /// what was read are [merged](Self::merge).
    pub(crate) fn add_many(&mut self, outcome: K, more: u64) {
        if let Some(count) = self.counts.get_mut(outcome.place()) {
            *count = count.saturating_add(more);
        }
    }

    /// Adds the counts of another.
    ///
    /// # Errors
    ///
    /// [`CountOverflow`] if a sum is beyond an integer.
    pub fn merge(&mut self, other: &Self) -> Result<(), CountOverflow> {
        self.counts.iter_mut().zip(&other.counts).try_for_each(|(own, more)| add_count(own, *more))
    }

    /// All of them together.
    ///
    /// # Errors
    ///
    /// [`CountOverflow`] if the sum is beyond an integer, as it can be only of counts that were read.
    pub fn total(&self) -> Result<u64, CountOverflow> {
        let mut total = 0;
        self.counts.iter().try_for_each(|count| add_count(&mut total, *count))?;
        Ok(total)
    }

    /// How many there were.
    #[must_use]
    pub fn get(&self, outcome: K) -> u64 {
        self.counts.get(outcome.place()).copied().unwrap_or(0)
    }

    /// The outcomes that occurred, in order, with their counts.
    pub fn iter(&self) -> impl Iterator<Item = (K, u64)> + '_ {
        let counts = K::ALL.iter().map(|outcome| (*outcome, self.get(*outcome)));
        counts.filter(|(_, count)| *count > 0)
    }
}

impl<K: Counted + Serialize> Serialize for CountBy<K> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.iter())
    }
}

impl<'de, K: Counted + Deserialize<'de>> Deserialize<'de> for CountBy<K> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut counts = Self::default();
        for (outcome, count) in OrderedMap::<K, u64>::deserialize(deserializer)? {
            if let Some(slot) = counts.counts.get_mut(outcome.place()) {
                *slot = count;
            }
        }
        Ok(counts)
    }
}

/// An enum whose members are counted, each with its code.
macro_rules! counted {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $code:literal,)+ }) => {
        $(#[$doc])*
        #[derive(
            Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize,
        )]
        pub enum $name { $($(#[$vdoc])* #[serde(rename = $code)] $variant,)+ }

        impl $crate::pairing::Counted for $name {
            const ALL: &'static [Self] = &[$(Self::$variant),+];

            fn place(self) -> usize {
                self as usize
            }
        }

        impl $name {
            /// The member's stable code.
            #[must_use]
            pub const fn code(self) -> &'static str {
                match self { $(Self::$variant => $code,)+ }
            }
        }
    };
}

pub(crate) use counted;

counted! {
    /// Where an episode's way ended under one measure and one pairing rule.
    ///
    /// Every episode has exactly one fate. The order is the order of the boxes they leave.
    Fate {
        /// The service did not take the referral on.
        NotAccepted = "not-accepted",
        /// Nothing says whether the referral was taken on.
        AcceptanceNotKnown = "acceptance-not-known",
        /// The person was taken on and never attended a contact.
        NotSeen = "not-seen",
        /// The plan does not ask this person for the measure.
        NotEligible = "not-eligible",
        /// Nobody recorded a questionnaire.
        BaselineMissing = "baseline-missing",
        /// There are questionnaires, and none has a score that can be used.
        BaselineUnscored = "baseline-unscored",
        /// The first scored sitting came too late to be a baseline.
        BaselineLate = "baseline-late",
        /// The person has died: nothing is due.
        NotDueDeceased = "not-due-deceased",
        /// The episode is on hold: nothing is due for now.
        NotDueOnHold = "not-due-on-hold",
        /// The follow-up is not due yet.
        NotDueYet = "not-due-yet",
        /// The follow-up is not due yet, though one was recorded already.
        NotDueFollowedUp = "not-due-followed-up",
        /// Whether the follow-up is due cannot be told from what was recorded.
        DueNotKnown = "due-not-known",
        /// It was due, and nobody recorded one.
        FollowUpMissing = "follow-up-missing",
        /// It was due, and what was recorded has no score that can be used: of a form without a date
        /// beside a baseline with one nobody knows whether it came later.
        FollowUpUnscored = "follow-up-unscored",
        /// There is a scored follow-up, but not where the end-point rule looks.
        FollowUpOutside = "follow-up-outside",
        /// There is a scored follow-up, and nobody knows whether it is where the end-point rule looks:
        /// it has neither the date nor the contact number that would tell.
        FollowUpTimeNotKnown = "follow-up-time-not-known",
        /// Baseline and follow-up make a pair.
        Paired = "paired",
    }
}

counted! {
    /// The boxes an episode passes through, each inside the one before.
    FlowBox {
        /// All episodes.
        Referred = "referred",
        /// The service took the referral on.
        Accepted = "accepted",
        /// The person attended a contact.
        Seen = "seen",
        /// The plan asks the person for the measure.
        Eligible = "eligible",
        /// There is a scored baseline.
        BaselineValid = "baseline-valid",
        /// The follow-up is due under the rule.
        Due = "due",
        /// There is a scored follow-up.
        FollowUpValid = "follow-up-valid",
        /// Baseline and follow-up make a pair under the rule.
        Paired = "paired",
    }
}

counted! {
    /// What became of one sitting under one measure and the main pairing rule.
    SittingRole {
        /// It is a baseline, paired or not.
        Baseline = "baseline",
        /// It is the follow-up of a pair.
        FollowUp = "follow-up",
        /// It was scored, and the rule chose others.
        NotChosen = "not-chosen",
        /// It was scored when a follow-up was due, and has neither the date nor the contact number that
        /// would tell whether the end-point rule may choose it.
        TimeNotKnown = "time-not-known",
        /// It could not be scored.
        Unscored = "unscored",
        /// It says the same as another of the same time.
        Repeated = "repeated",
        /// It contradicts another of the same time; neither is used.
        Conflicting = "conflicting",
        /// Another rater's answers of the same time are preferred.
        OtherRater = "other-rater",
        /// It is of another version of the instrument.
        OtherVersion = "other-version",
        /// It is dated before the referral.
        BeforeReferral = "before-referral",
        /// It is dated after the as-of date.
        AfterAsOf = "after-as-of",
        /// It has no date, while others of the episode have one.
        Undated = "undated",
    }
}

impl Fate {
    /// The last box that an episode of this fate was in.
    #[must_use]
    pub const fn last_box(self) -> FlowBox {
        match self {
            Self::NotAccepted | Self::AcceptanceNotKnown => FlowBox::Referred,
            Self::NotSeen => FlowBox::Accepted,
            Self::NotEligible => FlowBox::Seen,
            Self::BaselineMissing | Self::BaselineUnscored | Self::BaselineLate => {
                FlowBox::Eligible
            }
            Self::NotDueDeceased
            | Self::NotDueOnHold
            | Self::NotDueYet
            | Self::NotDueFollowedUp
            | Self::DueNotKnown => FlowBox::BaselineValid,
            Self::FollowUpMissing | Self::FollowUpUnscored => FlowBox::Due,
            Self::FollowUpOutside | Self::FollowUpTimeNotKnown => FlowBox::FollowUpValid,
            Self::Paired => FlowBox::Paired,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fates_are_listed_in_the_order_of_the_boxes_they_leave() {
        assert!(Fate::ALL.is_sorted_by_key(|fate| fate.last_box()));
    }
}
