//! Field completeness: how often each core field of a caseload holds a value, and what else it holds.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::caseload::{CountOverflow, Episode, Person, Recorded, add_count};
use crate::estimate::{ConfidenceLevel, Share};
use crate::pairing::{CountBy, Counted, Standing, counted};

counted! {
    /// A field that link worker programmes in Scotland mostly record, or that evidence needs.
    ///
    /// The list is what most of 27 programmes said they record (Voluntary Health Scotland, *Essential
    /// Connections*, 2023), with the date of the referral, without which nothing has an order.
    CoreField {
        /// The age band, or the year of birth.
        Age = "age",
        /// The gender.
        Gender = "gender",
        /// The SIMD quintile with its version.
        Simd = "simd",
        /// The date of the referral.
        ReferralDate = "referral-date",
        /// Who referred.
        ReferralSource = "referral-source",
        /// Why.
        ReferralReason = "referral-reason",
        /// The date of the first attended contact. It does not apply to those not seen.
        FirstMeeting = "first-meeting",
        /// How many contacts were attended. It does not apply to those not seen.
        RepeatContacts = "repeat-contacts",
        /// The referrals onward, if any. It does not apply to those not seen.
        OnwardReferral = "onward-referral",
    }
}

impl CoreField {
    /// Whether it belongs to the person, whatever their episodes.
    #[must_use]
    pub const fn is_of_person(self) -> bool {
        matches!(self, Self::Age | Self::Gender | Self::Simd)
    }
}

/// How often each core field held a value, and how often each kind of absence.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct FieldCounts {
    /// A value.
    pub value: CountBy<CoreField>,
    /// It was asked, and is not known.
    pub not_known: CountBy<CoreField>,
    /// It does not apply.
    pub not_applicable: CountBy<CoreField>,
    /// Nothing was recorded.
    pub missing: CountBy<CoreField>,
}

impl FieldCounts {
    fn add<T>(&mut self, field: CoreField, recorded: &Recorded<T>) {
        let of_kind = match recorded {
            Recorded::Value(_) => &mut self.value,
            Recorded::NotKnown => &mut self.not_known,
            Recorded::NotApplicable => &mut self.not_applicable,
            Recorded::Missing => &mut self.missing,
        };
        of_kind.add(field);
    }

    pub(super) fn add_person(&mut self, person: &Person) {
        match (&person.age_band, &person.birth_year) {
            (Recorded::Value(_), _) => self.add(CoreField::Age, &person.age_band),
            (_, Recorded::Value(_)) => self.add(CoreField::Age, &person.birth_year),
            (Recorded::Missing, year) => self.add(CoreField::Age, year),
            (band, _) => self.add(CoreField::Age, band),
        }
        self.add(CoreField::Gender, &person.gender);
        self.add(CoreField::Simd, &person.simd);
    }

    pub(super) fn add_episode(&mut self, episode: &Episode, standing: &Standing) {
        self.add(CoreField::ReferralDate, &episode.referred);
        self.add(CoreField::ReferralSource, &episode.source);
        match &episode.reasons {
            Recorded::Value(none) if none.is_empty() => self.missing.add(CoreField::ReferralReason),
            reasons => self.add(CoreField::ReferralReason, reasons),
        }
        let is_not_seen = !standing.seen && standing.attended == Some(0);
        if is_not_seen || standing.accepted == Some(false) {
            for field in
                [CoreField::FirstMeeting, CoreField::RepeatContacts, CoreField::OnwardReferral]
            {
                self.not_applicable.add(field);
            }
            return;
        }
        match standing.first_attended {
            Some(_) => self.value.add(CoreField::FirstMeeting),
            None => self.add(CoreField::FirstMeeting, &without_value(&episode.first_contact)),
        }
        match (standing.attended, &episode.contacts) {
            (Some(_), _) => self.value.add(CoreField::RepeatContacts),
            (None, contacts) => self.add(CoreField::RepeatContacts, contacts),
        }
        self.add(CoreField::OnwardReferral, &episode.onward_links);
    }

    pub(super) fn merge(&mut self, other: &Self) -> Result<(), CountOverflow> {
        self.value.merge(&other.value)?;
        self.not_known.merge(&other.not_known)?;
        self.not_applicable.merge(&other.not_applicable)?;
        self.missing.merge(&other.missing)
    }

    /// Whether each field was looked at once a person or an episode.
    pub(super) fn fit(&self, people: u64, episodes: u64) -> bool {
        CoreField::ALL.iter().all(|field| {
            let kinds = [&self.value, &self.not_known, &self.not_applicable, &self.missing];
            let mut all = 0;
            let sum = kinds.iter().try_for_each(|kind| add_count(&mut all, kind.get(*field)));
            sum.is_ok() && all == if field.is_of_person() { people } else { episodes }
        })
    }
}

/// A date of a first contact that lies after the as-of date is none yet.
const fn without_value(date: &Recorded<Date>) -> Recorded<Date> {
    match *date {
        Recorded::Value(_) => Recorded::Missing,
        absence => absence,
    }
}

/// What one core field held.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct FieldFindings {
    /// The field.
    pub field: CoreField,
    /// Values of all people or episodes that the field applies to.
    pub recorded: Share,
    /// It was asked, and is not known.
    pub not_known: u64,
    /// It does not apply.
    pub not_applicable: u64,
    /// Nothing was recorded.
    pub missing: u64,
}

impl FieldFindings {
    pub(super) fn all(counts: &FieldCounts, level: ConfidenceLevel) -> Vec<Self> {
        let findings = CoreField::ALL.iter().map(|&field| {
            let [value, not_known, not_applicable, missing] =
                [&counts.value, &counts.not_known, &counts.not_applicable, &counts.missing]
                    .map(|kind| kind.get(field));
            let applies = value.saturating_add(not_known).saturating_add(missing);
            let recorded = Share::of(value, applies, level);
            Self { field, recorded, not_known, not_applicable, missing }
        });
        findings.collect()
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::caseload::{Gender, Reason, ReferralSource};

    /// The kind of absence of each core field: `v`alue, `k` not known, `a` not applicable, `m`issing.
    fn kinds(person: &Person, episode: &Episode) -> String {
        let mut counts = FieldCounts::default();
        counts.add_person(person);
        counts.add_episode(episode, &Standing::of(episode, date(2026, 6, 30), None));
        assert!(counts.fit(1, 1));
        let kind = |field: &CoreField| match field {
            field if counts.value.get(*field) == 1 => 'v',
            field if counts.not_known.get(*field) == 1 => 'k',
            field if counts.not_applicable.get(*field) == 1 => 'a',
            _ => 'm',
        };
        CoreField::ALL.iter().map(kind).collect()
    }

    #[test]
    fn each_field_holds_a_value_or_one_kind_of_absence() {
        let nobody = (Person::default(), Episode::default());
        assert_eq!(kinds(&nobody.0, &nobody.1), "mmmmmmmmm");
        let person = Person {
            birth_year: Recorded::Value(1980),
            age_band: Recorded::NotKnown,
            gender: Recorded::Value(Gender::Woman),
            simd: Recorded::NotKnown,
            ..Person::default()
        };
        let mut episode = Episode {
            referred: Recorded::Value(date(2026, 3, 1)),
            source: Recorded::Value(ReferralSource::Gp),
            reasons: Recorded::NotKnown,
            first_contact: Recorded::Value(date(2026, 3, 9)),
            contacts: Recorded::NotKnown,
            ..Episode::default()
        };
        assert_eq!(kinds(&person, &episode), "vvkvvkvkm");
        episode.attended_contacts = Recorded::Value(4);
        episode.onward_links = Recorded::Value(Vec::new());
        episode.reasons = Recorded::Value(Vec::<Reason>::new());
        assert_eq!(kinds(&person, &episode), "vvkvvmvvv");
        episode.accepted = Recorded::Value(false);
        assert_eq!(kinds(&person, &episode), "vvkvvmaaa");
        // A first contact after the as-of date has not happened yet.
        episode.accepted = Recorded::Missing;
        episode.first_contact = Recorded::Value(date(2026, 7, 1));
        assert_eq!(kinds(&person, &episode), "vvkvvmmvv");
    }

    #[test]
    fn what_does_not_apply_is_not_in_the_denominator() {
        let mut counts = FieldCounts::default();
        let not_seen = Episode { contacts: Recorded::Value(Vec::new()), ..Episode::default() };
        counts.add_episode(&not_seen, &Standing::of(&not_seen, date(2026, 6, 30), None));
        let found = FieldFindings::all(&counts, ConfidenceLevel::default());
        let of = |field| found.iter().find(|of: &&FieldFindings| of.field == field).unwrap();
        assert_eq!(of(CoreField::RepeatContacts).recorded.of, 0);
        assert_eq!(of(CoreField::RepeatContacts).not_applicable, 1);
        assert_eq!(of(CoreField::ReferralSource).recorded.of, 1);
    }
}
