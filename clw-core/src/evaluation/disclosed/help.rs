//! The help that people had besides scores, as published.

use serde::{Deserialize, Serialize};

use super::super::help::HelpCounts;
use super::super::{FEW_PAIRS, Uptake};
use super::View;
use super::keys::{Entry, HelpList, Key, Listed};
use crate::caseload::{OnwardStatus, ReferralReason};
use crate::disclosure::{PublishedCount, PublishedShare};
use crate::pairing::Counted;

/// The help that people had, as published.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct DisclosedHelp {
    /// The needs.
    pub needs: DisclosedNeeds,
    /// The referrals onward.
    pub onward: DisclosedOnward,
    /// The tangible outcomes.
    pub outcomes: DisclosedOutcomes,
}

/// Needs, as published.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct DisclosedNeeds {
    /// Episodes of which needs are recorded at all.
    pub kept: PublishedShare,
    /// Episodes with a need, of these.
    pub with_any: PublishedShare,
    /// Episodes with a need that is known not to be met, of these.
    pub with_unmet: PublishedShare,
    /// All needs.
    pub all: DisclosedNeedTally,
    /// The needs of each kind.
    pub by_reason: Vec<DisclosedNeedsAbout>,
}

/// The needs of one kind, as published.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct DisclosedNeedsAbout {
    /// What they are about.
    pub reason: ReferralReason,
    /// What became of them.
    pub needs: DisclosedNeedTally,
}

/// What became of needs, as published.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct DisclosedNeedTally {
    /// Those found.
    pub identified: PublishedCount,
    /// Those met, of these.
    pub met: PublishedShare,
    /// Those known not to be met.
    pub unmet: PublishedShare,
    /// Those of which nobody recorded it.
    pub not_known: PublishedShare,
}

/// Referrals onward, as published.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct DisclosedOnward {
    /// Episodes of which referrals onward are recorded at all.
    pub kept: PublishedShare,
    /// Episodes with one, of these.
    pub with_any: PublishedShare,
    /// Episodes with one that is known to have been taken up, of these.
    pub with_taken_up: PublishedShare,
    /// The referrals by whether they were taken up, the explicit unknown among them.
    pub uptake: Vec<DisclosedUptake>,
    /// The referrals by their last known status.
    pub by_status: Vec<DisclosedStatus>,
}

/// The referrals onward of one uptake, as published.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct DisclosedUptake {
    /// What is known.
    pub uptake: Uptake,
    /// So many of all referrals onward.
    pub referrals: PublishedShare,
}

/// The referrals onward of one last known status, as published.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct DisclosedStatus {
    /// The status.
    pub status: OnwardStatus,
    /// So many of all referrals onward.
    pub referrals: PublishedShare,
}

/// Tangible outcomes, as published.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct DisclosedOutcomes {
    /// Episodes of which outcomes are recorded at all.
    pub kept: PublishedShare,
    /// Episodes with an outcome, of these.
    pub with_any: PublishedShare,
    /// Episodes with an outcome of each kind, of these; one may have several kinds.
    pub by_reason: Vec<DisclosedOutcomesAbout>,
    /// The outcomes with a value in money, of all.
    pub with_value: PublishedShare,
    /// The value of these together, in pence; `None` where they are fewer than
    /// [`FEW_PAIRS`](super::super::FEW_PAIRS): of few amounts a sum may be mostly one person's.
    pub value_pence: Option<i128>,
}

/// The episodes with an outcome of one kind, as published.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct DisclosedOutcomesAbout {
    /// What it is about.
    pub reason: ReferralReason,
    /// So many of the episodes of which outcomes are recorded.
    pub episodes: PublishedShare,
}

impl View<'_> {
    pub(super) fn help(&self, counts: &HelpCounts) -> DisclosedHelp {
        DisclosedHelp {
            needs: self.needs(counts),
            onward: self.onward(counts),
            outcomes: self.outcomes(counts),
        }
    }

    fn listed(&self, list: HelpList, part: Listed, of: Listed) -> PublishedShare {
        self.share(&Key::Listed(list, part), &Key::Listed(list, of))
    }

    fn needs(&self, counts: &HelpCounts) -> DisclosedNeeds {
        let list = HelpList::Needs;
        let tally = |reason| {
            let key = |of| Key::Entries(list, reason, of);
            let share = |of| self.share(&key(of), &key(Entry::All));
            DisclosedNeedTally {
                identified: self.count(&key(Entry::All)),
                met: share(Entry::Met),
                unmet: share(Entry::Unmet),
                not_known: share(Entry::NotKnown),
            }
        };
        let about = |reason: &ReferralReason| DisclosedNeedsAbout {
            reason: *reason,
            needs: tally(Some(*reason)),
        };
        DisclosedNeeds {
            kept: self.listed(list, Listed::Kept, Listed::All),
            with_any: self.listed(list, Listed::WithAny, Listed::Kept),
            with_unmet: self.listed(list, Listed::WithSpecial, Listed::Kept),
            all: tally(None),
            by_reason: counts.needs.by_reason.keys().map(about).collect(),
        }
    }

    fn onward(&self, counts: &HelpCounts) -> DisclosedOnward {
        let list = HelpList::Onward;
        let all = Key::Entries(list, None, Entry::All);
        let uptake = |of: &Uptake| DisclosedUptake {
            uptake: *of,
            referrals: self.share(&Key::Uptake(*of), &all),
        };
        let status = |of: &OnwardStatus| DisclosedStatus {
            status: *of,
            referrals: self.share(&Key::Status(*of), &all),
        };
        DisclosedOnward {
            kept: self.listed(list, Listed::Kept, Listed::All),
            with_any: self.listed(list, Listed::WithAny, Listed::Kept),
            with_taken_up: self.listed(list, Listed::WithSpecial, Listed::Kept),
            uptake: Uptake::ALL.iter().map(uptake).collect(),
            by_status: counts.onward.by_status.keys().map(status).collect(),
        }
    }

    fn outcomes(&self, counts: &HelpCounts) -> DisclosedOutcomes {
        let list = HelpList::Outcomes;
        let key = |of| Key::Entries(list, None, of);
        let about = |reason: &ReferralReason| DisclosedOutcomesAbout {
            reason: *reason,
            episodes: self.listed(list, Listed::WithKind(*reason), Listed::Kept),
        };
        let with_value = self.share(&key(Entry::WithValue), &key(Entry::All));
        let shown = with_value.count.shown().is_some();
        let many = counts.outcomes.with_value >= FEW_PAIRS && !self.value_of_few_came();
        let many = shown && many;
        DisclosedOutcomes {
            kept: self.listed(list, Listed::Kept, Listed::All),
            with_any: self.listed(list, Listed::WithAny, Listed::Kept),
            by_reason: counts.outcomes.by_reason.keys().map(about).collect(),
            with_value,
            value_pence: many.then_some(counts.outcomes.value_pence),
        }
    }
}
