//! The rules by which two sittings become a pair, each declared and none a silent default.

use jiff::civil::Date;
use serde::{Deserialize, Deserializer, Serialize};

/// Which sitting is the baseline.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "rule", rename_all = "kebab-case", deny_unknown_fields)]
pub enum BaselineRule {
    /// The first scored sitting of the episode, however late.
    #[serde(deserialize_with = "no_settings")]
    First,
    /// The first scored sitting, if it is at most this many days after the first attended contact.
    FirstWithin {
        /// The days allowed, 0 for the same day.
        days: u32,
    },
}

/// Which later sitting is the end point.
///
/// The last appointment is seldom known in advance, so programmes differ in what they call the end;
/// comparing several rules on the same records shows how much hangs on the choice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "rule", rename_all = "kebab-case", deny_unknown_fields)]
pub enum EndPoint {
    /// The last scored sitting after the baseline.
    #[serde(deserialize_with = "no_settings")]
    Last,
    /// The last scored sitting after the baseline and up to the end of support: at most some days after
    /// the closure. While an episode goes on, reopened or not, that is the last one.
    ///
    /// A sitting long after the end, as in a call that asks what has lasted, is then no end point; with
    /// [`Last`](Self::Last) it is.
    ///
    /// Of an episode without dated sittings that is over, those at a numbered contact count: whoever is
    /// seen after the closure is not closed. Of any other nobody knows whether it was before the end;
    /// it is counted as [`TimeNotKnown`](super::SittingRole::TimeNotKnown), and the episode, if it has
    /// no other, as [`FollowUpTimeNotKnown`](super::Fate::FollowUpTimeNotKnown).
    LastUntilClosure {
        /// How many days after the closure, recorded or inferred, still count, 0 for the day itself.
        days: u32,
    },
    /// The scored sitting at the `n`th attended contact.
    NthContact {
        /// The contact, counted from 1.
        n: u32,
    },
    /// The scored sitting nearest to a number of days after the baseline; the earlier of two
    /// equally near.
    WithinDays {
        /// The days after the baseline that are aimed at.
        target: u32,
        /// How many days before or after the target still count.
        window: u32,
    },
    /// The last scored sitting within some days of the closure, before or after it.
    AtClosure {
        /// How many days before or after the closure still count.
        window: u32,
    },
    /// The first scored sitting at the `n`th attended contact or after it.
    FirstAfter {
        /// The contact, counted from 1.
        n: u32,
    },
}

/// When a follow-up counts as due. Until then its absence is not a gap.
///
/// Whatever the rule, nothing is due from a person who has died or is on hold.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "rule", rename_all = "kebab-case", deny_unknown_fields)]
pub enum DueRule {
    /// From everyone with a baseline, for data collected at fixed occasions.
    #[serde(deserialize_with = "no_settings")]
    Everyone,
    /// Once the episode is closed.
    #[serde(deserialize_with = "no_settings")]
    Closed,
    /// Once this many contacts were attended.
    AttendedAtLeast {
        /// The number of attended contacts.
        contacts: u32,
    },
    /// Once this many days have passed since the baseline.
    DaysSinceBaseline {
        /// The number of days.
        days: u32,
    },
    /// As soon as one of several rules says so.
    AnyOf {
        /// The rules.
        rules: Vec<DueRule>,
    },
}

/// Who of the people seen is asked to fill in the measure.
///
/// A measure that only some practices ask, or that is asked since some day, is not missing from
/// everybody else: they are not eligible, and do not count against its completion.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "rule", rename_all = "kebab-case", deny_unknown_fields)]
pub enum Eligibility {
    /// Everyone who attended a first contact.
    #[serde(deserialize_with = "no_settings")]
    #[default]
    Seen,
    /// Everyone who attended this many contacts; NHS Talking Therapies asks for two.
    AttendedAtLeast {
        /// The number of attended contacts.
        contacts: u32,
    },
    /// Everyone whose first attended contact was in these days, both included. Where its date is not
    /// known the date of the referral decides, and where neither is known the person is not asked.
    FirstSeenBetween {
        /// The first day; from the beginning if absent.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[serde(deserialize_with = "crate::stored_date::optional::deserialize")]
        from: Option<Date>,
        /// The last day; to this day if absent.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[serde(deserialize_with = "crate::stored_date::optional::deserialize")]
        until: Option<Date>,
    },
    /// Everyone of these practices, named as the caseload names them.
    Practices {
        /// The practices.
        practices: Vec<String>,
    },
    /// Everyone of these programmes, named as the caseload names them.
    Programmes {
        /// The programmes.
        programmes: Vec<String>,
    },
    /// Everyone whom each of several rules asks.
    AllOf {
        /// The rules.
        rules: Vec<Eligibility>,
    },
}

/// One full way of making pairs.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct PairingRule {
    /// Which sitting is the baseline.
    pub baseline: BaselineRule,
    /// Which later sitting is the end point.
    pub end_point: EndPoint,
    /// When the end point counts as due.
    pub due: DueRule,
}

/// Refuses settings of a rule that has none: serde would read over them, and `first` with `days`
/// would not be the rule that was meant.
fn no_settings<'de, D: Deserializer<'de>>(rule: D) -> Result<(), D::Error> {
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct NoSettings {}
    NoSettings::deserialize(rule).map(|NoSettings {}| ())
}
