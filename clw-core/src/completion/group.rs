//! Flows by group: the same boxes for each practice, worker, quintile or month.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::Flow;
use crate::caseload::{Assessment, Episode, Person, Recorded};
use crate::pairing::Fate;

/// What episodes are grouped by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum GroupBy {
    /// The programme.
    Programme,
    /// The practice.
    Practice,
    /// The link worker.
    Worker,
    /// The SIMD quintile, 1 the most deprived, together with the version.
    SimdQuintile,
    /// The month of the referral.
    ReferralMonth,
    /// Who referred.
    ReferralSource,
    /// The age band.
    AgeBand,
    /// The gender.
    Gender,
    /// How the baseline was filled in.
    BaselineMode,
    /// Where the baseline was filled in.
    BaselineSetting,
}

impl GroupBy {
    /// The stable code, as in a plan.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Programme => "programme",
            Self::Practice => "practice",
            Self::Worker => "worker",
            Self::SimdQuintile => "simd-quintile",
            Self::ReferralMonth => "referral-month",
            Self::ReferralSource => "referral-source",
            Self::AgeBand => "age-band",
            Self::Gender => "gender",
            Self::BaselineMode => "baseline-mode",
            Self::BaselineSetting => "baseline-setting",
        }
    }

    /// The group an episode belongs to.
    ///
    /// Absent values form groups of their own: `not known`, `not applicable`, `not recorded`.
    #[must_use]
    pub fn group(
        self,
        person: &Person,
        episode: &Episode,
        baseline: Option<&Assessment>,
    ) -> String {
        match self {
            Self::Programme => label(&episode.programme, Clone::clone),
            Self::Practice => label(&episode.practice, Clone::clone),
            Self::Worker => label(&episode.worker, Clone::clone),
            Self::SimdQuintile => label(&person.simd, |simd| {
                format!("SIMD {} quintile {}", simd.version, simd.quintile)
            }),
            Self::ReferralMonth => {
                label(&episode.referred, |date| format!("{:04}-{:02}", date.year(), date.month()))
            }
            Self::ReferralSource => label(&episode.source, |source| source.code().to_owned()),
            Self::AgeBand => label(&person.age_band, Clone::clone),
            Self::Gender => label(&person.gender, |gender| gender.code().to_owned()),
            Self::BaselineMode => {
                of_baseline(baseline, |a| label(&a.mode, |m| m.code().to_owned()))
            }
            Self::BaselineSetting => {
                of_baseline(baseline, |a| label(&a.setting, |s| s.code().to_owned()))
            }
        }
    }
}

fn label<T>(recorded: &Recorded<T>, text: impl Fn(&T) -> String) -> String {
    match recorded {
        Recorded::Value(value) => text(value),
        Recorded::NotKnown => "not known".to_owned(),
        Recorded::NotApplicable => "not applicable".to_owned(),
        Recorded::Missing => "not recorded".to_owned(),
    }
}

fn of_baseline(baseline: Option<&Assessment>, text: impl Fn(&Assessment) -> String) -> String {
    baseline.map_or_else(|| "no baseline".to_owned(), text)
}

/// The flow of each group, for each thing grouped by.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct FlowByGroup {
    flows: BTreeMap<GroupBy, BTreeMap<String, Flow>>,
}

impl FlowByGroup {
    /// Counts one episode in its group.
    pub fn add(&mut self, by: GroupBy, group: String, fate: Fate) {
        self.flows.entry(by).or_default().entry(group).or_default().add(fate);
    }

    /// Adds the counts of other groups, group by group.
    pub fn merge(&mut self, other: &Self) {
        for (by, groups) in &other.flows {
            let own = self.flows.entry(*by).or_default();
            for (group, flow) in groups {
                own.entry(group.clone()).or_default().merge(flow);
            }
        }
    }

    /// The groups of one kind, in the order of their names.
    pub fn groups(&self, by: GroupBy) -> impl Iterator<Item = (&str, &Flow)> {
        let groups = self.flows.get(&by).into_iter().flatten();
        groups.map(|(group, flow)| (group.as_str(), flow))
    }

    /// What the flows are grouped by.
    pub fn kinds(&self) -> impl Iterator<Item = GroupBy> + '_ {
        self.flows.keys().copied()
    }
}
