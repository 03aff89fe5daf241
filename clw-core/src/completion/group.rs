//! Counts by group: the same boxes and the same pairs for each practice, worker, quintile or month.

use crate::OrderedMap;
use core::fmt::Write as _;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::Flow;
use crate::caseload::{Assessment, CountOverflow, Episode, Person, Recorded};
use crate::change::{PairCounts, PairCountsError};
use crate::instrument::Scale;
use crate::pairing::{Fate, Pairing, PairingRule, Standing};

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
    /// The Scottish Government urban-rural class, 1 the most urban.
    UrbanRural,
    /// The month of the referral.
    ReferralMonth,
    /// The month of the baseline.
    BaselineMonth,
    /// The month in which the follow-up fell due under the main rule.
    DueMonth,
    /// The month in which the episode ended.
    ClosureMonth,
    /// Who referred.
    ReferralSource,
    /// The main reason for the referral.
    ReferralReason,
    /// The age band.
    AgeBand,
    /// The gender.
    Gender,
    /// How the baseline was filled in.
    BaselineMode,
    /// Where the baseline was filled in.
    BaselineSetting,
}

/// What the group of an episode depends on.
#[derive(Debug, Clone, Copy)]
pub struct GroupContext<'a> {
    /// Whose episode it is.
    pub person: &'a Person,
    /// The episode.
    pub episode: &'a Episode,
    /// Where it stands on the as-of date.
    pub standing: &'a Standing,
    /// The main rule, and what it makes of the episode under the measure. A group that is the same
    /// under every measure does not hang on it.
    pub measured: Option<(&'a PairingRule, &'a Pairing)>,
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
            Self::UrbanRural => "urban-rural",
            Self::ReferralMonth => "referral-month",
            Self::BaselineMonth => "baseline-month",
            Self::DueMonth => "due-month",
            Self::ClosureMonth => "closure-month",
            Self::ReferralSource => "referral-source",
            Self::ReferralReason => "referral-reason",
            Self::AgeBand => "age-band",
            Self::Gender => "gender",
            Self::BaselineMode => "baseline-mode",
            Self::BaselineSetting => "baseline-setting",
        }
    }

    /// The name in words, as in a sentence.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Programme => "programme",
            Self::Practice => "practice",
            Self::Worker => "link worker",
            Self::SimdQuintile => "SIMD quintile",
            Self::UrbanRural => "urban-rural class",
            Self::ReferralMonth => "month of referral",
            Self::BaselineMonth => "month of the baseline",
            Self::DueMonth => "month the follow-up fell due",
            Self::ClosureMonth => "month the episode ended",
            Self::ReferralSource => "who referred",
            Self::ReferralReason => "main reason for referral",
            Self::AgeBand => "age band",
            Self::Gender => "gender",
            Self::BaselineMode => "how the baseline was filled in",
            Self::BaselineSetting => "where the baseline was filled in",
        }
    }

    /// What control charts are made by.
    pub(crate) const CHARTED: [Self; 2] = [Self::DueMonth, Self::ReferralMonth];

    /// Whether the group hangs on the sittings of the measure, so that one episode may be in another
    /// group under another measure.
    #[must_use]
    pub const fn depends_on_measure(self) -> bool {
        matches!(
            self,
            Self::BaselineMonth | Self::DueMonth | Self::BaselineMode | Self::BaselineSetting
        )
    }

    /// Whether the groups are months, written as `2025-03`.
    #[must_use]
    pub const fn is_month(self) -> bool {
        matches!(
            self,
            Self::ReferralMonth | Self::BaselineMonth | Self::DueMonth | Self::ClosureMonth
        )
    }

    /// The group an episode belongs to.
    ///
    /// Absent values form groups of their own: `not known`, `not applicable`, `not recorded`; so do
    /// `no baseline`, `not due` and `open`.
    #[must_use]
    pub fn group(self, context: &GroupContext<'_>) -> String {
        let mut text = String::new();
        self.write_group(context, &mut text);
        text
    }

    /// Writes the group behind what the text holds.
    pub(crate) fn write_group(self, context: &GroupContext<'_>, text: &mut String) {
        let GroupContext { person, episode, standing, measured } = *context;
        let baseline = measured.and_then(|(_, pairing)| pairing.baseline);
        match self {
            Self::Programme => label(&episode.programme, text, |name, text| text.push_str(name)),
            Self::Practice => label(&episode.practice, text, |name, text| text.push_str(name)),
            Self::Worker => label(&episode.worker, text, |name, text| text.push_str(name)),
            Self::SimdQuintile => label(&person.simd, text, |simd, text| {
                text.push_str("SIMD ");
                text.push_str(&simd.version);
                number(" quintile ", simd.quintile, text);
            }),
            Self::UrbanRural => {
                label(&person.urban_rural, text, |class, text| number("class ", *class, text));
            }
            Self::ReferralMonth => label(&episode.referred, text, |date, text| month(*date, text)),
            Self::BaselineMonth => match baseline {
                Some(baseline) => month_if_dated(baseline.when.date(), text),
                None => text.push_str(NO_BASELINE),
            },
            Self::DueMonth => match (measured, baseline) {
                (Some((rule, pairing)), Some(baseline)) if pairing.is_due() => {
                    month_if_dated(rule.due.falls_due(episode, standing, baseline), text);
                }
                (Some((_, pairing)), _) if pairing.fate == Fate::DueNotKnown => {
                    text.push_str("not known");
                }
                (_, Some(_)) => text.push_str("not due"),
                (_, None) => text.push_str(NO_BASELINE),
            },
            Self::ClosureMonth => match standing.closure.date() {
                Some(date) => month(date, text),
                None => text.push_str("open"),
            },
            Self::ReferralSource => {
                label(&episode.source, text, |source, text| text.push_str(source.code()));
            }
            Self::ReferralReason => label(&episode.main_reason(), text, |reason, text| {
                text.push_str(reason.code());
            }),
            Self::AgeBand => label(&person.age_band, text, |band, text| text.push_str(band)),
            Self::Gender => label(&person.gender, text, |of, text| text.push_str(of.code())),
            Self::BaselineMode => match context.baseline() {
                Some(form) => label(&form.mode, text, |mode, text| text.push_str(mode.code())),
                None => text.push_str(NO_BASELINE),
            },
            Self::BaselineSetting => match context.baseline() {
                Some(form) => label(&form.setting, text, |at, text| text.push_str(at.code())),
                None => text.push_str(NO_BASELINE),
            },
        }
    }
}

const NO_BASELINE: &str = "no baseline";

impl GroupContext<'_> {
    fn baseline(&self) -> Option<&Assessment> {
        let baseline = self.measured?.1.baseline?;
        self.episode.assessments.get(baseline.assessment)
    }
}

fn label<T>(recorded: &Recorded<T>, text: &mut String, write: impl Fn(&T, &mut String)) {
    match recorded {
        Recorded::Value(value) => write(value, text),
        Recorded::NotKnown => text.push_str("not known"),
        Recorded::NotApplicable => text.push_str("not applicable"),
        Recorded::Missing => text.push_str("not recorded"),
    }
}

// Writing to a string cannot fail.

fn number(before: &str, number: u8, text: &mut String) {
    let _ = write!(text, "{before}{number}");
}

fn month(date: Date, text: &mut String) {
    let _ = write!(text, "{:04}-{:02}", date.year(), date.month());
}

fn month_if_dated(date: Option<Date>, text: &mut String) {
    match date {
        Some(date) => month(date, text),
        None => text.push_str("not known"),
    }
}

/// What was counted of one group under one measure and the main rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct GroupCounts {
    /// The fates of its episodes.
    pub flow: Flow,
    /// Its pairs.
    pub pairs: PairCounts,
}

impl GroupCounts {
    /// A group without episodes.
    #[must_use]
    pub fn new(scale: Scale) -> Self {
        Self { flow: Flow::default(), pairs: PairCounts::new(scale) }
    }

    /// Adds the counts of the same group elsewhere.
    ///
    /// # Errors
    ///
    /// [`GroupMergeError`] if a count or a table is beyond its limit, or the scales differ.
    pub fn merge(&mut self, other: &Self) -> Result<(), GroupMergeError> {
        self.flow.merge(&other.flow).map_err(GroupMergeError::Count)?;
        self.pairs.merge(&other.pairs).map_err(GroupMergeError::Pairs)
    }
}

/// Why the counts of groups do not add up.
#[derive(Debug, Clone, PartialEq)]
pub enum GroupMergeError {
    /// A count is beyond an integer.
    Count(CountOverflow),
    /// Their pair-count tables do not add.
    Pairs(PairCountsError),
}

/// The counts of each group, for each thing grouped by.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct CountsByGroup {
    kinds: OrderedMap<GroupBy, OrderedMap<String, GroupCounts>>,
}

impl CountsByGroup {
    /// Adds the counts of one group.
    ///
    /// # Errors
    ///
    /// As for [`GroupCounts::merge`].
    pub fn add(
        &mut self,
        by: GroupBy,
        group: &str,
        counts: &GroupCounts,
    ) -> Result<(), GroupMergeError> {
        let groups = self.kinds.entry(by).or_default();
        match groups.get_mut(group) {
            Some(own) => own.merge(counts),
            None => {
                groups.insert(group.to_owned(), counts.clone());
                Ok(())
            }
        }
    }

    /// Adds the counts of other groups, group by group.
    ///
    /// # Errors
    ///
    /// As for [`GroupCounts::merge`].
    pub fn merge(&mut self, other: &Self) -> Result<(), GroupMergeError> {
        for (by, groups) in &other.kinds {
            groups.iter().try_for_each(|(group, counts)| self.add(*by, group, counts))?;
        }
        Ok(())
    }

    /// The groups of one kind, in the order of their names.
    pub fn groups(&self, by: GroupBy) -> impl Iterator<Item = (&str, &GroupCounts)> {
        let groups = self.kinds.get(&by).into_iter().flatten();
        groups.map(|(group, counts)| (group.as_str(), counts))
    }

    /// Whether nothing is grouped.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.kinds.is_empty()
    }

    /// What is grouped by.
    pub fn kinds(&self) -> impl Iterator<Item = GroupBy> + '_ {
        self.kinds.keys().copied()
    }

    /// All groups of one kind together.
    ///
    /// # Errors
    ///
    /// As for [`GroupCounts::merge`].
    pub fn together(&self, by: GroupBy, scale: Scale) -> Result<GroupCounts, GroupMergeError> {
        let mut all = GroupCounts::new(scale);
        self.groups(by).try_for_each(|(_, counts)| all.merge(counts))?;
        Ok(all)
    }
}
