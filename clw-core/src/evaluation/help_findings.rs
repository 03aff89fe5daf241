//! What follows from the counts of the help that people had: shares, each with its denominator.

use serde::Serialize;

use super::help::{
    HelpCounts, ListCounts, NeedCounts, NeedTally, OnwardCounts, OutcomeCounts, Uptake,
};
use crate::caseload::{OnwardStatus, ReferralReason};
use crate::estimate::{ConfidenceLevel, Share};
use crate::pairing::Counted;

/// What was found of the help that people had.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct HelpFindings {
    /// The needs.
    pub needs: NeedFindings,
    /// The referrals onward.
    pub onward: OnwardFindings,
    /// The tangible outcomes.
    pub outcomes: OutcomeFindings,
}

/// What was found of needs.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct NeedFindings {
    /// Episodes of which needs are recorded at all.
    pub kept: Share,
    /// Episodes with a need, of these.
    pub with_any: Share,
    /// Episodes with a need that is known not to be met, of these.
    pub with_unmet: Share,
    /// The needs of each kind.
    pub by_reason: Vec<NeedsAbout>,
}

/// The needs of one kind.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct NeedsAbout {
    /// What they are about.
    pub reason: ReferralReason,
    /// Those found.
    pub identified: u64,
    /// Those met, of these.
    pub met: Share,
    /// Those known not to be met.
    pub unmet: Share,
    /// Those of which nobody recorded it.
    pub not_known: Share,
}

/// What was found of referrals onward.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct OnwardFindings {
    /// Episodes of which referrals onward are recorded at all.
    pub kept: Share,
    /// Episodes with one, of these.
    pub with_any: Share,
    /// Episodes with one that is known to have been taken up, of these.
    pub with_taken_up: Share,
    /// The referrals by whether they were taken up, the explicit unknown among them.
    pub uptake: Vec<UptakeShare>,
    /// The referrals by their last known status, in the order of the list.
    pub by_status: Vec<StatusShare>,
}

/// The referrals onward of one uptake.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct UptakeShare {
    /// What is known.
    pub uptake: Uptake,
    /// So many of all referrals onward.
    pub referrals: Share,
}

/// The referrals onward of one last known status.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct StatusShare {
    /// The status.
    pub status: OnwardStatus,
    /// So many of all referrals onward.
    pub referrals: Share,
}

/// What was found of tangible outcomes.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct OutcomeFindings {
    /// Episodes of which outcomes are recorded at all.
    pub kept: Share,
    /// Episodes with an outcome, of these.
    pub with_any: Share,
    /// Episodes with an outcome of each kind, of these; one may have several kinds.
    pub by_reason: Vec<OutcomesAbout>,
    /// The outcomes with a value in money, of all.
    pub with_value: Share,
    /// The value of these together, in pence, as recorded.
    pub value_pence: i128,
}

/// The episodes with an outcome of one kind.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct OutcomesAbout {
    /// What it is about.
    pub reason: ReferralReason,
    /// So many of the episodes of which outcomes are recorded.
    pub episodes: Share,
}

impl HelpFindings {
    pub(super) fn of(counts: &HelpCounts, level: ConfidenceLevel) -> Self {
        Self {
            needs: NeedFindings::of(&counts.needs, level),
            onward: OnwardFindings::of(&counts.onward, level),
            outcomes: OutcomeFindings::of(&counts.outcomes, level),
        }
    }
}

impl ListCounts {
    fn shares(self, level: ConfidenceLevel) -> (Share, Share) {
        let of = self.kept().saturating_add(self.not_kept);
        (Share::of(self.kept(), of, level), Share::of(self.with_any, self.kept(), level))
    }
}

impl NeedFindings {
    fn of(counts: &NeedCounts, level: ConfidenceLevel) -> Self {
        let (kept, with_any) = counts.episodes.shares(level);
        let by_reason = counts.by_reason.iter().map(|(&reason, tally)| {
            let NeedTally { met, unmet, not_known } = *tally;
            let identified = met.saturating_add(unmet).saturating_add(not_known);
            let share = |needs| Share::of(needs, identified, level);
            NeedsAbout {
                reason,
                identified,
                met: share(met),
                unmet: share(unmet),
                not_known: share(not_known),
            }
        });
        let by_reason = by_reason.collect();
        let with_unmet = Share::of(counts.with_unmet, counts.episodes.kept(), level);
        Self { kept, with_any, with_unmet, by_reason }
    }
}

impl OnwardFindings {
    fn of(counts: &OnwardCounts, level: ConfidenceLevel) -> Self {
        let (kept, with_any) = counts.episodes.shares(level);
        let uptake = counts.uptake();
        let referrals = uptake.total().unwrap_or(u64::MAX);
        let share = |of: u64| Share::of(of, referrals, level);
        let by_status = counts.by_status.iter();
        Self {
            kept,
            with_any,
            with_taken_up: Share::of(counts.with_taken_up, counts.episodes.kept(), level),
            uptake: Uptake::ALL
                .iter()
                .map(|&of| UptakeShare { uptake: of, referrals: share(uptake.get(of)) })
                .collect(),
            by_status: by_status
                .map(|(&status, &links)| StatusShare { status, referrals: share(links) })
                .collect(),
        }
    }
}

impl OutcomeFindings {
    fn of(counts: &OutcomeCounts, level: ConfidenceLevel) -> Self {
        let (kept, with_any) = counts.episodes.shares(level);
        let by_reason = counts.by_reason.iter().map(|(&reason, &episodes)| OutcomesAbout {
            reason,
            episodes: Share::of(episodes, counts.episodes.kept(), level),
        });
        Self {
            kept,
            with_any,
            by_reason: by_reason.collect(),
            with_value: Share::of(counts.with_value, counts.outcomes, level),
            value_pence: counts.value_pence,
        }
    }
}
