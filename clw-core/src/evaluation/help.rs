//! What help people had besides scores: needs found and met, referrals onward, things that happened.
//!
//! Each has a denominator of its own: the episodes of which it is recorded at all. Where a programme
//! keeps no such list, nothing follows about its people.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::counts::can_be_added;
use crate::OrderedMap;
use crate::caseload::{
    CountOverflow, Episode, Need, OnwardLink, OnwardStatus, Recorded, ReferralReason,
    TangibleOutcome, add_count,
};
use crate::pairing::{CountBy, Standing, counted};

/// The help recorded in the episodes of people seen, and in any other episode that has such a record.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct HelpCounts {
    /// The needs found.
    pub needs: NeedCounts,
    /// The referrals onward.
    pub onward: OnwardCounts,
    /// The outcomes that are things that happened.
    pub outcomes: OutcomeCounts,
}

/// In how many episodes a list is kept.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct ListCounts {
    /// Episodes with at least one record up to the as-of date.
    pub with_any: u64,
    /// Episodes with a list that holds none.
    pub with_none: u64,
    /// Episodes of which no list is kept.
    pub not_kept: u64,
}

/// Needs, in the words of the referral reasons.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct NeedCounts {
    /// The episodes.
    pub episodes: ListCounts,
    /// Episodes with a need that is known not to be met.
    pub with_unmet: u64,
    /// The needs, by what they are about.
    pub by_reason: OrderedMap<ReferralReason, NeedTally>,
}

/// What became of needs.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct NeedTally {
    /// Those met.
    pub met: u64,
    /// Those not met.
    pub unmet: u64,
    /// Those of which nobody recorded whether they were met.
    pub not_known: u64,
}

/// Referrals onward.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct OnwardCounts {
    /// The episodes.
    pub episodes: ListCounts,
    /// Episodes with a referral that is known to have been taken up.
    pub with_taken_up: u64,
    /// The referrals, by the last status known of them.
    pub by_status: OrderedMap<OnwardStatus, u64>,
    /// The referrals of which it was asked and is not known.
    pub status_not_known: u64,
    /// The referrals of which no status is recorded.
    pub status_not_recorded: u64,
}

/// Tangible outcomes.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct OutcomeCounts {
    /// The episodes.
    pub episodes: ListCounts,
    /// The episodes with an outcome of each kind; one may have several kinds.
    pub by_reason: OrderedMap<ReferralReason, u64>,
    /// The outcomes.
    pub outcomes: u64,
    /// Those with a value in money.
    pub with_value: u64,
    /// The value of these together, in pence.
    pub value_pence: i128,
}

counted! {
    /// What is known of whether a referral onward was taken up.
    Uptake {
        /// The person went at least once.
        TakenUp = "taken-up",
        /// The person or the service declined, or the person did not go.
        NotTakenUp = "not-taken-up",
        /// It was made, and nobody heard since.
        NoLaterWord = "no-later-word",
        /// No status is recorded, or it is not known.
        NotKnown = "not-known",
    }
}

impl Uptake {
    /// What a last known status says. To have been accompanied to a first meeting with a service is
    /// not to have taken it up.
    #[must_use]
    pub const fn of(status: OnwardStatus) -> Self {
        match status {
            OnwardStatus::AttendedOnce | OnwardStatus::Engaged | OnwardStatus::Completed => {
                Self::TakenUp
            }
            OnwardStatus::DeclinedByPerson
            | OnwardStatus::DeclinedByService
            | OnwardStatus::NotTakenUp => Self::NotTakenUp,
            OnwardStatus::Suggested
            | OnwardStatus::Signposted
            | OnwardStatus::Referred
            | OnwardStatus::Accompanied
            | OnwardStatus::Waiting => Self::NoLaterWord,
        }
    }
}

impl HelpCounts {
    pub(super) fn add(&mut self, episode: &Episode, standing: &Standing) {
        let as_of = standing.as_of;
        self.needs.add(&episode.needs, standing.seen, as_of);
        self.onward.add(&episode.onward_links, standing.seen, as_of);
        self.outcomes.add(&episode.outcomes, standing.seen, as_of);
    }

    pub(super) fn merge(&mut self, other: &Self) -> Result<(), CountOverflow> {
        self.needs.merge(&other.needs)?;
        self.onward.merge(&other.onward)?;
        self.outcomes.merge(&other.outcomes)
    }

    /// Whether no list is kept of more episodes than there are, and the parts add up.
    pub(super) fn fit(&self, episodes: u64) -> bool {
        let Self { needs, onward, outcomes } = self;
        let lists = [needs.episodes, onward.episodes, outcomes.episodes];
        let tallies = needs.by_reason.values();
        let unmet = tallies.clone().fold(0_u64, |sum, tally| sum.saturating_add(tally.unmet));
        let found = tallies.flat_map(|tally| [tally.met, tally.unmet, tally.not_known]);
        let unclear = [onward.status_not_known, onward.status_not_recorded];
        let links = onward.by_status.values().copied().chain(unclear);
        lists.iter().all(|list| list.total().is_ok_and(|total| total <= episodes))
            && can_be_added(found)
            && can_be_added(links)
            && can_be_added([outcomes.outcomes].into_iter())
            && needs.with_unmet <= needs.episodes.with_any
            && needs.with_unmet <= unmet
            && onward.with_taken_up <= onward.uptake().get(Uptake::TakenUp)
            && onward.with_taken_up <= onward.episodes.with_any
            && outcomes.by_reason.values().all(|with| *with <= outcomes.episodes.with_any)
            && outcomes.with_value <= outcomes.outcomes
            && outcomes.episodes.with_any <= outcomes.outcomes
    }
}

impl ListCounts {
    /// Counts an episode, unless its person was not seen and nothing is recorded either.
    fn add(&mut self, seen: bool, kept: bool, any: bool) {
        let slot = match (seen, kept, any) {
            (_, true, true) => &mut self.with_any,
            (true, true, false) => &mut self.with_none,
            (true, false, _) => &mut self.not_kept,
            (false, ..) => return,
        };
        *slot = slot.saturating_add(1);
    }

    fn merge(&mut self, other: Self) -> Result<(), CountOverflow> {
        add_count(&mut self.with_any, other.with_any)?;
        add_count(&mut self.with_none, other.with_none)?;
        add_count(&mut self.not_kept, other.not_kept)
    }

    fn total(self) -> Result<u64, CountOverflow> {
        let mut total = self.with_any;
        add_count(&mut total, self.with_none)?;
        add_count(&mut total, self.not_kept)?;
        Ok(total)
    }

    /// The episodes of which a list is kept.
    #[must_use]
    pub const fn kept(self) -> u64 {
        self.with_any.saturating_add(self.with_none)
    }
}

/// A record without a date is taken as past.
fn is_past(date: &Recorded<Date>, as_of: Date) -> bool {
    date.value().is_none_or(|date| *date <= as_of)
}

impl NeedCounts {
    fn add(&mut self, needs: &Recorded<Vec<Need>>, seen: bool, as_of: Date) {
        let kept = needs.value();
        let past = kept.into_iter().flatten().filter(|need| is_past(&need.identified, as_of));
        self.episodes.add(seen, kept.is_some(), past.clone().next().is_some());
        self.with_unmet += u64::from(past.clone().any(|need| need.met == Recorded::Value(false)));
        for need in past {
            let tally = self.by_reason.entry(need.reason).or_default();
            match need.met {
                Recorded::Value(true) => tally.met += 1,
                Recorded::Value(false) => tally.unmet += 1,
                _ => tally.not_known += 1,
            }
        }
    }

    fn merge(&mut self, other: &Self) -> Result<(), CountOverflow> {
        self.episodes.merge(other.episodes)?;
        add_count(&mut self.with_unmet, other.with_unmet)?;
        for (reason, tally) in &other.by_reason {
            let own = self.by_reason.entry(*reason).or_default();
            add_count(&mut own.met, tally.met)?;
            add_count(&mut own.unmet, tally.unmet)?;
            add_count(&mut own.not_known, tally.not_known)?;
        }
        Ok(())
    }
}

impl OnwardCounts {
    fn add(&mut self, links: &Recorded<Vec<OnwardLink>>, seen: bool, as_of: Date) {
        let kept = links.value();
        let past = kept.into_iter().flatten().filter(|link| is_past(&link.made, as_of));
        self.episodes.add(seen, kept.is_some(), past.clone().next().is_some());
        let taken_up = |link: &OnwardLink| {
            link.status.value().is_some_and(|status| Uptake::of(*status) == Uptake::TakenUp)
        };
        self.with_taken_up += u64::from(past.clone().any(taken_up));
        for link in past {
            match link.status {
                Recorded::Value(status) => *self.by_status.entry(status).or_default() += 1,
                Recorded::NotKnown => self.status_not_known += 1,
                Recorded::NotApplicable | Recorded::Missing => self.status_not_recorded += 1,
            }
        }
    }

    fn merge(&mut self, other: &Self) -> Result<(), CountOverflow> {
        self.episodes.merge(other.episodes)?;
        add_count(&mut self.with_taken_up, other.with_taken_up)?;
        for (status, links) in &other.by_status {
            add_count(self.by_status.entry(*status).or_default(), *links)?;
        }
        add_count(&mut self.status_not_known, other.status_not_known)?;
        add_count(&mut self.status_not_recorded, other.status_not_recorded)
    }

    /// The referrals by whether they were taken up, as far as is known.
    pub(super) fn uptake(&self) -> CountBy<Uptake> {
        let mut uptake = CountBy::default();
        for (status, links) in &self.by_status {
            uptake.add_many(Uptake::of(*status), *links);
        }
        uptake.add_many(Uptake::NotKnown, self.status_not_known);
        uptake.add_many(Uptake::NotKnown, self.status_not_recorded);
        uptake
    }
}

impl OutcomeCounts {
    fn add(&mut self, outcomes: &Recorded<Vec<TangibleOutcome>>, seen: bool, as_of: Date) {
        let kept = outcomes.value();
        let past = kept.into_iter().flatten().filter(|outcome| is_past(&outcome.date, as_of));
        self.episodes.add(seen, kept.is_some(), past.clone().next().is_some());
        for (place, outcome) in past.clone().enumerate() {
            self.outcomes += 1;
            if let Recorded::Value(pence) = outcome.value_pence {
                self.with_value += 1;
                self.value_pence += i128::from(pence);
            }
            // An episode counts once under each kind.
            if past.clone().take(place).all(|earlier| earlier.reason != outcome.reason) {
                *self.by_reason.entry(outcome.reason).or_default() += 1;
            }
        }
    }

    fn merge(&mut self, other: &Self) -> Result<(), CountOverflow> {
        self.episodes.merge(other.episodes)?;
        for (reason, episodes) in &other.by_reason {
            add_count(self.by_reason.entry(*reason).or_default(), *episodes)?;
        }
        add_count(&mut self.outcomes, other.outcomes)?;
        add_count(&mut self.with_value, other.with_value)?;
        self.value_pence = self.value_pence.saturating_add(other.value_pence);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::super::HelpFindings;
    use super::*;
    use crate::estimate::{ConfidenceLevel, Share};

    const AS_OF: Date = date(2026, 6, 30);

    fn counts(episodes: &[Episode]) -> HelpCounts {
        let mut counts = HelpCounts::default();
        for episode in episodes {
            counts.add(episode, &Standing::of(episode, AS_OF, None));
        }
        assert!(counts.fit(episodes.len() as u64));
        counts
    }

    fn seen() -> Episode {
        Episode { first_contact: Recorded::Value(date(2026, 1, 5)), ..Episode::default() }
    }

    #[test]
    fn a_list_that_nobody_keeps_is_in_no_denominator() {
        let need = |reason, met| Need { reason, identified: Recorded::Missing, met };
        let with = |needs| Episode { needs: Recorded::Value(needs), ..seen() };
        let later = Need {
            reason: ReferralReason::Abuse,
            identified: Recorded::Value(date(2026, 7, 1)),
            met: Recorded::Missing,
        };
        let housing = ReferralReason::Housing;
        let counts = counts(&[
            seen(),
            with(vec![]),
            with(vec![later]),
            with(vec![
                need(housing, Recorded::Value(true)),
                need(housing, Recorded::Value(false)),
                need(ReferralReason::Caring, Recorded::NotKnown),
            ]),
            // Not seen, and nobody keeps a list: not a gap. Not seen, with a need: a fact.
            Episode::default(),
            Episode {
                needs: Recorded::Value(vec![need(housing, Recorded::Missing)]),
                ..Episode::default()
            },
        ]);
        let found = HelpFindings::of(&counts, ConfidenceLevel::default()).needs;
        let share = |share: Share| (share.count, share.of);
        assert_eq!(share(found.kept), (4, 5));
        assert_eq!(share(found.with_any), (2, 4));
        assert_eq!(share(found.with_unmet), (1, 4));
        let [homes, caring] = found.by_reason.as_slice() else { panic!("two kinds") };
        assert_eq!((homes.reason, homes.identified), (housing, 3));
        assert_eq!([homes.met, homes.unmet, homes.not_known].map(|of| of.count), [1, 1, 1]);
        assert_eq!(share(caring.not_known), (1, 1));
    }

    #[test]
    fn whether_a_referral_onward_was_taken_up_is_often_not_known() {
        let link =
            |status| OnwardLink { destination: Recorded::Missing, made: Recorded::Missing, status };
        let statuses = OnwardStatus::ALL.iter().map(|status| Recorded::Value(*status));
        let links = statuses.chain([Recorded::NotKnown, Recorded::Missing]).map(link).collect();
        let counts = counts(&[Episode { onward_links: Recorded::Value(links), ..seen() }, seen()]);
        let found = HelpFindings::of(&counts, ConfidenceLevel::default()).onward;
        let uptake: Vec<(Uptake, u64)> =
            found.uptake.iter().map(|of| (of.uptake, of.referrals.count)).collect();
        let expected = [
            (Uptake::TakenUp, 3),
            (Uptake::NotTakenUp, 3),
            (Uptake::NoLaterWord, 5),
            (Uptake::NotKnown, 2),
        ];
        assert_eq!(uptake, expected);
        assert!(found.uptake.iter().all(|of| of.referrals.of == 13));
        assert_eq!(found.by_status.len(), 11);
        assert_eq!((found.with_taken_up.count, found.with_taken_up.of), (1, 1));
    }

    #[test]
    fn an_episode_counts_once_under_each_kind_of_outcome() {
        let outcome = |reason, value_pence, day| TangibleOutcome {
            reason,
            description: Recorded::Missing,
            date: Recorded::Value(day),
            value_pence,
        };
        let (benefits, debt) =
            (ReferralReason::WelfareAndSocialSecurity, ReferralReason::FinanceAndDebt);
        let may = date(2026, 5, 1);
        let counts = counts(&[
            Episode {
                outcomes: Recorded::Value(vec![
                    outcome(benefits, Recorded::Value(155_000), may),
                    outcome(benefits, Recorded::Value(-5_000), may),
                    outcome(debt, Recorded::NotKnown, may),
                    outcome(debt, Recorded::Value(99), date(2026, 7, 1)),
                ]),
                ..seen()
            },
            Episode { outcomes: Recorded::Value(Vec::new()), ..seen() },
        ]);
        let found = HelpFindings::of(&counts, ConfidenceLevel::default()).outcomes;
        assert_eq!((found.with_any.count, found.with_any.of), (1, 2));
        let by_reason: Vec<_> =
            found.by_reason.iter().map(|of| (of.reason, of.episodes.count)).collect();
        assert_eq!(by_reason, [(benefits, 1), (debt, 1)]);
        assert_eq!((found.with_value.count, found.with_value.of), (2, 3));
        assert_eq!(found.value_pence, 150_000);
    }
}
