//! Counts by group: the same boxes and the same pairs for each practice, worker, quintile or month.

use core::fmt::{self, Write as _};

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::Flow;
use crate::OrderedMap;
use crate::caseload::{Assessment, CountOverflow, Episode, Person, Recorded, Simd};
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
        self.made_of(context).write(&mut text);
        text
    }

    /// What the group of an episode is made of.
    pub(crate) fn made_of<'a>(self, context: &GroupContext<'a>) -> GroupOf<'a> {
        use GroupOf::{Class, Name, Word};
        let GroupContext { person, episode, standing, measured } = *context;
        let baseline = measured.and_then(|(_, pairing)| pairing.baseline);
        match self {
            Self::Programme => recorded(&episode.programme, |name| Name(name)),
            Self::Practice => recorded(&episode.practice, |name| Name(name)),
            Self::Worker => recorded(&episode.worker, |name| Name(name)),
            Self::SimdQuintile => recorded(&person.simd, GroupOf::Quintile),
            Self::UrbanRural => recorded(&person.urban_rural, |class| Class(*class)),
            Self::ReferralMonth => recorded(&episode.referred, |date| GroupOf::month(*date)),
            Self::BaselineMonth => match baseline {
                Some(baseline) => GroupOf::month_if_dated(baseline.when.date()),
                None => Word(NO_BASELINE),
            },
            Self::DueMonth => match (measured, baseline) {
                (Some((rule, pairing)), Some(baseline)) if pairing.is_due() => {
                    GroupOf::month_if_dated(rule.due.falls_due(episode, standing, baseline))
                }
                (Some((_, pairing)), _) if pairing.fate == Fate::DueNotKnown => Word("not known"),
                (_, Some(_)) => Word("not due"),
                (_, None) => Word(NO_BASELINE),
            },
            Self::ClosureMonth => standing.closure.date().map_or(Word("open"), GroupOf::month),
            Self::ReferralSource => recorded(&episode.source, |source| Word(source.code())),
            Self::ReferralReason => recorded(&episode.main_reason(), |reason| Word(reason.code())),
            Self::AgeBand => recorded(&person.age_band, |band| Name(band)),
            Self::Gender => recorded(&person.gender, |gender| Word(gender.code())),
            Self::BaselineMode => match context.baseline() {
                Some(form) => recorded(&form.mode, |mode| Word(mode.code())),
                None => Word(NO_BASELINE),
            },
            Self::BaselineSetting => match context.baseline() {
                Some(form) => recorded(&form.setting, |setting| Word(setting.code())),
                None => Word(NO_BASELINE),
            },
        }
    }
}

/// What a group is made of, of which its name is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum GroupOf<'a> {
    /// A code, or a word for what is absent.
    Word(&'static str),
    /// A year and a month of it.
    Month(i16, i8),
    /// An urban-rural class.
    Class(u8),
    /// A place on SIMD.
    Quintile(&'a Simd),
    /// A name that the programme gave.
    Name(&'a str),
}

impl GroupOf<'_> {
    fn month(date: Date) -> Self {
        Self::Month(date.year(), date.month())
    }

    fn month_if_dated(date: Option<Date>) -> Self {
        date.map_or(Self::Word("not known"), Self::month)
    }

    /// The same, where it is one of few that need no text of a record.
    pub(crate) const fn without_text(self) -> Option<GroupOf<'static>> {
        match self {
            Self::Word(word) => Some(GroupOf::Word(word)),
            Self::Month(year, month) => Some(GroupOf::Month(year, month)),
            Self::Class(class) => Some(GroupOf::Class(class)),
            Self::Quintile(_) | Self::Name(_) => None,
        }
    }

    /// Writes the name of the group behind what the text holds.
    pub(crate) fn write(self, text: &mut String) {
        // Writing to a string cannot fail.
        let _ = match self {
            Self::Word(word) => text.write_str(word),
            Self::Name(name) => text.write_str(name),
            Self::Month(year, month) => write!(text, "{year:04}-{month:02}"),
            Self::Class(class) => write!(text, "class {class}"),
            Self::Quintile(simd) => {
                write!(text, "SIMD {} quintile {}", simd.version, simd.quintile)
            }
        };
    }
}

const NO_BASELINE: &str = "no baseline";

impl<'a> GroupContext<'a> {
    fn baseline(&self) -> Option<&'a Assessment> {
        let baseline = self.measured?.1.baseline?;
        self.episode.assessments.get(baseline.assessment)
    }
}

fn recorded<'v, 'a, T>(value: &'v Recorded<T>, of: impl Fn(&'v T) -> GroupOf<'a>) -> GroupOf<'a> {
    match value {
        Recorded::Value(value) => of(value),
        Recorded::NotKnown => GroupOf::Word("not known"),
        Recorded::NotApplicable => GroupOf::Word("not applicable"),
        Recorded::Missing => GroupOf::Word("not recorded"),
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

impl GroupMergeError {
    /// The stable name of the error, the same in Rust, Python and JavaScript.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Count(error) => error.code(),
            Self::Pairs(error) => error.code(),
        }
    }
}

impl fmt::Display for GroupMergeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Count(error) => error.fmt(f),
            Self::Pairs(error) => error.fmt(f),
        }
    }
}

impl core::error::Error for GroupMergeError {}

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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::instrument::{Direction, Points};

    const SCALE: Scale = Scale {
        direction: Direction::HigherIsBetter,
        steps_per_unit: 1,
        lowest: Points(0),
        highest: Points(10),
    };

    #[test]
    fn groups_that_do_not_add_up_say_why_in_the_words_of_what_does_not() {
        let flow = format!(r#"{{"paired":{}}}"#, u64::MAX);
        let full =
            GroupCounts { flow: serde_json::from_str(&flow).unwrap(), ..GroupCounts::new(SCALE) };
        let other_scale = GroupCounts::new(Scale { steps_per_unit: 10, ..SCALE });
        for (more, code, message) in [
            (
                &full,
                "count-overflow",
                "the counts 18446744073709551615 and 18446744073709551615 add up to more than \
                 18446744073709551615; one of them was not counted, so make both evaluations again",
            ),
            (
                &other_scale,
                "different-scales",
                "the tables are on different scales, 0..=10 points of 1/1, higher is better and \
                 0..=10 points of 1/10, higher is better; merge tables of one measure and one \
                 version of it",
            ),
        ] {
            let error = full.clone().merge(more).unwrap_err();
            assert_eq!((error.code(), error.to_string().as_str()), (code, message));
        }
    }
}
