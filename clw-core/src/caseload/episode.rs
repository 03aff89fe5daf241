//! A person and their episodes.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{
    AssessmentMode, AssessmentSetting, Attendance, ContactMode, ContactType, EndReason, Gender,
    OnwardStatus, PostcodeMatch, Rater, Recorded, RecordedTotal, ReferralReason, ReferralSource,
};
use crate::score::Answer;

/// One person, under a pseudonymous id, with all their episodes.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub struct Person {
    /// The pseudonymous id that links the person's records. It never leaves the programme.
    pub id: String,
    /// The year of birth.
    pub birth_year: Recorded<i16>,
    /// The age band as the programme records it, for example `35-44`.
    pub age_band: Recorded<String>,
    /// How the person describes their gender.
    pub gender: Recorded<Gender>,
    /// The ethnic group as the programme records it.
    pub ethnicity: Recorded<String>,
    /// Deprivation of the area the person lives in. Not known where a postcode did not match.
    pub simd: Recorded<Simd>,
    /// How the postcode was matched, where there was one. The postcode itself is not kept.
    pub postcode_match: Recorded<PostcodeMatch>,
    /// The Scottish Government urban-rural class, 1 the most urban.
    pub urban_rural: Recorded<u8>,
    /// The person's episodes, in no promised order.
    pub episodes: Vec<Episode>,
}

/// A place on the Scottish Index of Multiple Deprivation, with the version that gave it.
///
/// Versions are never compared with each other: SIMD 2004 and 2006 even run the other way.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Simd {
    /// The version, for example `2020v2`.
    pub version: String,
    /// The quintile, 1 to 5.
    pub quintile: u8,
    /// The decile, 1 to 10, where it is recorded.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decile: Option<u8>,
}

/// One spell with the service, from a referral to a closure.
///
/// A person who returns has a new episode, and its scores are not the follow-up of the old one.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub struct Episode {
    /// The id, unique within the person.
    pub id: String,
    /// The programme, where a caseload covers several.
    pub programme: Recorded<String>,
    /// The practice the referral belongs to.
    pub practice: Recorded<String>,
    /// The link worker.
    pub worker: Recorded<String>,
    /// When the referral was made.
    pub referred: Recorded<Date>,
    /// Who made it.
    pub source: Recorded<ReferralSource>,
    /// Why it was made.
    pub reasons: Recorded<Vec<Reason>>,
    /// Whether the service took it on.
    pub accepted: Recorded<bool>,
    /// The first attended contact, where the source records it apart from the contacts.
    pub first_contact: Recorded<Date>,
    /// How many contacts were attended, where the source records only their number.
    pub attended_contacts: Recorded<u32>,
    /// The closure date as recorded; see [`Episode::closure`] for the one to rely on.
    pub closed: Recorded<Date>,
    /// Why it ended.
    pub end_reason: Recorded<EndReason>,
    /// Spells on hold.
    pub holds: Vec<Hold>,
    /// Contacts, in no promised order. Not known, as opposed to none, where the source keeps only
    /// the first session.
    pub contacts: Recorded<Vec<Contact>>,
    /// Questionnaires, in no promised order.
    pub assessments: Vec<Assessment>,
    /// Needs found; none found is an empty list, and missing where nobody keeps one.
    pub needs: Recorded<Vec<Need>>,
    /// Referrals onward, likewise.
    pub onward_links: Recorded<Vec<OnwardLink>>,
    /// Outcomes that are things that happened, not scores, likewise.
    pub outcomes: Recorded<Vec<TangibleOutcome>>,
}

impl Episode {
    /// The number of contacts attended up to `as_of`, where it is known.
    ///
    /// Listed contacts are counted; where they are not known the recorded number is taken.
    #[must_use]
    pub fn attended(&self, as_of: Date) -> Option<u32> {
        let listed = self.contacts.value().map(|contacts| {
            let attended = contacts.iter().filter(|contact| contact.is_attended(as_of));
            u32::try_from(attended.count()).unwrap_or(u32::MAX)
        });
        listed.or_else(|| self.attended_contacts.value().copied())
    }

    /// The date of the first contact attended up to `as_of`, where it is known.
    #[must_use]
    pub fn first_attended(&self, as_of: Date) -> Option<Date> {
        self.attended_dates(as_of).chain(self.first_contact_by(as_of)).min()
    }

    /// The date of the last contact attended up to `as_of`, where it is known.
    #[must_use]
    pub fn last_attended(&self, as_of: Date) -> Option<Date> {
        self.attended_dates(as_of).chain(self.first_contact_by(as_of)).max()
    }

    /// The date of the `n`th contact attended up to `as_of`, counted from 1, where contacts are
    /// listed.
    #[must_use]
    pub fn nth_attended(&self, n: u32, as_of: Date) -> Option<Date> {
        let mut dates: Vec<Date> = self.attended_dates(as_of).collect();
        dates.sort_unstable();
        dates.get(usize::try_from(n.checked_sub(1)?).ok()?).copied()
    }

    /// The main reason for the referral: the one marked as such, or the only one there is.
    ///
    /// Of several of which none is marked it is not known.
    #[must_use]
    pub fn main_reason(&self) -> Recorded<ReferralReason> {
        match &self.reasons {
            Recorded::Value(reasons) => match (reasons.iter().find(|of| of.primary), &**reasons) {
                (Some(main), _) => Recorded::Value(main.reason),
                (None, [only]) => Recorded::Value(only.reason),
                (None, []) => Recorded::Missing,
                (None, _) => Recorded::NotKnown,
            },
            Recorded::NotKnown => Recorded::NotKnown,
            Recorded::NotApplicable => Recorded::NotApplicable,
            Recorded::Missing => Recorded::Missing,
        }
    }

    /// Whether the episode is on hold on this date.
    #[must_use]
    pub fn on_hold(&self, on: Date) -> bool {
        self.holds.iter().any(|hold| hold.covers(on))
    }

    fn first_contact_by(&self, as_of: Date) -> Option<Date> {
        self.first_contact.value().copied().filter(|date| *date <= as_of)
    }

    fn attended_dates(&self, as_of: Date) -> impl Iterator<Item = Date> + '_ {
        let contacts = self.contacts.value().into_iter().flatten();
        contacts
            .filter(move |contact| contact.is_attended(as_of))
            .filter_map(|contact| contact.date.value().copied())
    }
}

/// A reason for referral.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Reason {
    /// What it is about.
    pub reason: ReferralReason,
    /// Whether it is the main one.
    pub primary: bool,
}

/// A spell in which an open episode is paused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Hold {
    /// The first day on hold.
    pub from: Date,
    /// The last day on hold; open-ended where it is absent.
    pub to: Option<Date>,
}

impl Hold {
    /// Whether the hold covers this date, its ends included.
    #[must_use]
    pub fn covers(&self, date: Date) -> bool {
        self.from <= date && self.to.is_none_or(|to| date <= to)
    }
}

/// One contact with the person or about them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub struct Contact {
    /// When it took place.
    pub date: Recorded<Date>,
    /// What it was for.
    pub kind: Recorded<ContactType>,
    /// How it took place.
    pub mode: Recorded<ContactMode>,
    /// Whether the person came.
    pub attendance: Recorded<Attendance>,
    /// How long it took.
    pub minutes: Recorded<u32>,
}

impl Contact {
    /// Whether this is an appointment that the person had attended by `as_of`.
    ///
    /// Liaison with others and enquiries are not appointments, whoever took part. An attended
    /// contact without a date counts as past.
    #[must_use]
    pub fn is_attended(&self, as_of: Date) -> bool {
        let appointment =
            !matches!(self.kind.value(), Some(ContactType::Liaison | ContactType::Enquiry));
        appointment
            && self.attendance == Recorded::Value(Attendance::Seen)
            && self.date.value().is_none_or(|date| *date <= as_of)
    }
}

/// Where a sitting stands in time.
///
/// Sources without dates may declare an order of occasions; labels such as "before" and "after"
/// are never ordered by themselves. A date and an occasion cannot be compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum When {
    /// On a date.
    Date(Date),
    /// At a numbered occasion, earlier numbers first.
    Occasion(u32),
}

impl When {
    /// The date, where there is one.
    #[must_use]
    pub const fn date(self) -> Option<Date> {
        match self {
            Self::Date(date) => Some(date),
            Self::Occasion(_) => None,
        }
    }
}

/// One questionnaire filled in at one sitting.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Assessment {
    /// The instrument's id.
    pub instrument: String,
    /// The instrument's version.
    pub version: String,
    /// When it was filled in.
    pub when: When,
    /// At which attended contact, counted from 1.
    #[serde(default)]
    pub contact_ordinal: Recorded<u32>,
    /// How it was filled in.
    #[serde(default)]
    pub mode: Recorded<AssessmentMode>,
    /// Where it was filled in.
    #[serde(default)]
    pub setting: Recorded<AssessmentSetting>,
    /// Whether someone helped.
    #[serde(default)]
    pub assisted: Recorded<bool>,
    /// Whose judgement the answers are.
    #[serde(default)]
    pub rater: Recorded<Rater>,
    /// When it was typed in.
    #[serde(default)]
    pub entered: Recorded<Date>,
    /// The answers in the instrument's item order.
    pub answers: Vec<Answer>,
    /// The totals that were recorded, in the order of the instrument's measures; empty where none was.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub totals: Vec<RecordedTotal>,
}

impl Assessment {
    /// A sitting of which nothing is recorded but what it must have.
    #[must_use]
    pub fn new(instrument: &str, version: &str, when: When, answers: Vec<Answer>) -> Self {
        Self {
            instrument: instrument.into(),
            version: version.into(),
            when,
            contact_ordinal: Recorded::Missing,
            mode: Recorded::Missing,
            setting: Recorded::Missing,
            assisted: Recorded::Missing,
            rater: Recorded::Missing,
            entered: Recorded::Missing,
            answers,
            totals: Vec::new(),
        }
    }
}

/// A need found, in the words of the referral reasons.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Need {
    /// What it is about.
    pub reason: ReferralReason,
    /// When it was found.
    pub identified: Recorded<Date>,
    /// Whether it was met.
    pub met: Recorded<bool>,
}

/// A referral onward to a group or service.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct OnwardLink {
    /// Where to, as the programme records it.
    pub destination: Recorded<String>,
    /// When it was made.
    pub made: Recorded<Date>,
    /// How far it is known to have come; whether it was taken up is often not known.
    pub status: Recorded<OnwardStatus>,
}

/// A thing that happened: a tenancy, a benefit award, a debt cleared.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct TangibleOutcome {
    /// What it is about.
    pub reason: ReferralReason,
    /// What happened, as the programme records it.
    pub description: Recorded<String>,
    /// When it happened.
    pub date: Recorded<Date>,
    /// Its worth in pence where it has one, for example a year's benefit award.
    pub value_pence: Recorded<i64>,
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_hold_covers_its_first_and_its_last_day() {
        let hold = Hold { from: date(2026, 3, 2), to: Some(date(2026, 3, 9)) };
        let days = [(3, 1), (3, 2), (3, 9), (3, 10)].map(|(month, day)| date(2026, month, day));
        assert_eq!(days.map(|day| hold.covers(day)), [false, true, true, false]);
        let open = Hold { to: None, ..hold };
        assert!(open.covers(date(2036, 3, 2)));
    }

    #[test]
    fn attended_contacts_are_counted_from_1_in_the_order_of_their_days() {
        let contact = |day, attendance| Contact {
            date: Recorded::Value(date(2026, 3, day)),
            attendance: Recorded::Value(attendance),
            ..Contact::default()
        };
        let contacts = vec![
            contact(20, Attendance::Seen),
            contact(2, Attendance::DidNotAttend),
            contact(9, Attendance::Seen),
            contact(30, Attendance::Seen),
        ];
        let episode = Episode { contacts: Recorded::Value(contacts), ..Episode::default() };
        let nth = [0, 1, 2, 3].map(|n| episode.nth_attended(n, date(2026, 3, 29)));
        assert_eq!(nth, [None, Some(date(2026, 3, 9)), Some(date(2026, 3, 20)), None]);
        assert_eq!(episode.attended(date(2026, 3, 29)), Some(2));
    }
}
