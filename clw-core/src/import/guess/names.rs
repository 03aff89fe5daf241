//! What the fields and the tables are usually called.

use super::super::TableName;
use super::super::fields::Field;

/// The least that two names must be alike: above it are names of one word in another form.
const ALIKE: f64 = 0.9;

/// The words of a name, in lower case.
pub(super) fn words(name: &str) -> Vec<String> {
    let words = name.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect()
}

/// A name taken apart, once for all the names it is held against.
#[derive(Debug)]
pub(super) struct Wording<'n> {
    name: &'n str,
    words: Vec<String>,
    folded: String,
    /// How many letters there are, and how many of each, with those apart by 32 as one.
    length: u32,
    letters: [u32; 32],
}

impl<'n> Wording<'n> {
    pub(super) fn of(name: &'n str) -> Self {
        let words = words(name);
        let folded = words.concat();
        let (mut length, mut letters) = (0, [0; 32]);
        for letter in folded.chars() {
            length += 1;
            if let Some(count) = letters.get_mut(letter as usize % 32) {
                *count += 1;
            }
        }
        Self { name, words, folded, length, letters }
    }

    /// How well this heading goes with one of several names, and with which: 1 where they are the same.
    pub(super) fn likeness(&self, names: &[Wording<'static>]) -> Option<(f64, &'static str)> {
        if self.folded.is_empty() {
            return None;
        }
        let all = names.iter().map(|name| (self.alike(name), name.name));
        let best = all.reduce(|best, next| if next.0 > best.0 { next } else { best });
        best.filter(|(alike, _)| *alike >= ALIKE)
    }

    fn alike(&self, wanted: &Wording<'_>) -> f64 {
        if wanted.folded == self.folded {
            return 1.0;
        }
        if wanted.words.iter().all(|word| self.words.contains(word)) {
            let [shared, all] =
                [wanted, self].map(|one| u32::try_from(one.words.len()).unwrap_or(1));
            return ALIKE + 0.09 * f64::from(shared) / f64::from(all);
        }
        // Short names are alike by chance.
        if self.folded.len() < 5 || self.most_alike(wanted) < ALIKE {
            return 0.0;
        }
        0.98 * strsim::jaro_winkler(&wanted.folded, &self.folded)
    }

    /// What the likeness of letters is at most: all letters that both have, in the same order, after the
    /// longest beginning that counts. Nearly all pairs are told apart by it, at a fraction of the work.
    fn most_alike(&self, wanted: &Wording<'_>) -> f64 {
        let both = self.letters.iter().zip(&wanted.letters).map(|(own, other)| *own.min(other));
        let both = f64::from(both.sum::<u32>());
        let jaro = (both / f64::from(self.length) + both / f64::from(wanted.length) + 1.0) / 3.0;
        // The last digits may round either way.
        0.98 * (jaro + 0.4 * (1.0 - jaro)) + 1e-9
    }
}

/// Names that headings are held against.
pub(super) fn wordings(names: &'static [&'static str]) -> Vec<Wording<'static>> {
    names.iter().map(|name| Wording::of(name)).collect()
}

/// What a table's file or sheet is usually called.
pub(super) const fn table(name: TableName) -> &'static [&'static str] {
    match name {
        TableName::People => &["people", "clients", "persons", "participants", "patients"],
        TableName::Episodes => &["episodes", "referrals", "cases", "journeys"],
        TableName::Contacts => &["contacts", "appointments", "sessions", "activity", "visits"],
        TableName::Assessments => {
            &["assessments", "forms", "questionnaires", "scores", "measures", "wellbeing"]
        }
        TableName::Needs => &["needs", "issues", "concerns"],
        TableName::OnwardLinks => {
            &["onward links", "links", "onward referrals", "signposting", "destinations"]
        }
        TableName::Outcomes => &["outcomes", "tangible outcomes", "results", "achievements"],
        TableName::Holds => &["holds", "on hold", "pauses"],
    }
}

/// What the heading of a field usually is.
pub(super) const fn field(field: Field) -> &'static [&'static str] {
    match field {
        Field::PersonId => &[
            "person",
            "person id",
            "client",
            "client ref",
            "client id",
            "client number",
            "patient id",
            "participant id",
            "service user id",
            "urn",
            "id",
            "pseudonym",
        ],
        Field::EpisodeId => &[
            "episode",
            "episode id",
            "referral ref",
            "referral id",
            "referral number",
            "case id",
            "case ref",
        ],
        Field::BirthYear => &["birth year", "year of birth", "yob", "born"],
        Field::AgeBand => &["age band", "age group", "age range", "age"],
        Field::Gender => &["gender", "sex", "gender identity"],
        Field::Ethnicity => &["ethnicity", "ethnic group", "ethnic origin"],
        Field::SimdQuintile => &["simd quintile", "simd", "quintile", "deprivation quintile"],
        Field::SimdDecile => &["simd decile", "decile", "deprivation decile"],
        Field::SimdVersion => &["simd version", "simd release"],
        Field::Postcode => &["postcode", "post code", "home postcode"],
        Field::UrbanRural => &["urban rural", "urban rural class", "urban rural classification"],
        Field::Programme => &["programme", "project", "organisation", "provider"],
        Field::Practice => &["practice", "gp practice", "surgery", "medical practice"],
        Field::Worker => &["worker", "link worker", "clw", "community link worker", "practitioner"],
        Field::Referred => {
            &["referred", "referral date", "date of referral", "date referred", "referred on"]
        }
        Field::Source => {
            &["source", "referral source", "source of referral", "referred by", "referrer"]
        }
        Field::PrimaryReason => &[
            "primary reason",
            "main reason",
            "reason for referral",
            "referral reason",
            "presenting issue",
            "presenting need",
        ],
        Field::OtherReasons => &["other reasons", "secondary reasons", "additional reasons"],
        Field::Accepted => &["accepted", "referral accepted", "taken on"],
        Field::FirstContact => &[
            "first contact",
            "first seen",
            "date first seen",
            "first appointment",
            "first meeting",
            "date of first contact",
        ],
        Field::AttendedContacts => &[
            "attended contacts",
            "contacts attended",
            "number of contacts",
            "no of appointments",
            "appointments attended",
            "sessions attended",
            "number of sessions",
        ],
        Field::Closed => {
            &["closed", "date closed", "closure date", "date of closure", "discharge date"]
        }
        Field::EndReason => &[
            "end reason",
            "reason closed",
            "closure reason",
            "reason for closure",
            "reason for ending",
            "discharge reason",
        ],
        Field::ContactDate => {
            &["contact date", "date of contact", "appointment date", "session date", "date"]
        }
        Field::ContactKind => {
            &["kind", "contact type", "type of contact", "appointment type", "type"]
        }
        Field::ContactMode => {
            &["mode", "contact mode", "where or how", "contact method", "method", "how"]
        }
        Field::Attendance => &["attendance", "attended", "attendance status", "dna"],
        Field::Minutes => &["minutes", "mins", "duration", "duration minutes", "length"],
        Field::SittingDate => &[
            "date completed",
            "completion date",
            "assessment date",
            "date of assessment",
            "form date",
            "completed",
            "date",
        ],
        Field::Occasion => {
            &["occasion", "period", "time point", "timepoint", "stage", "wave", "pre post"]
        }
        Field::Instrument => &["instrument", "tool", "questionnaire", "assessment tool", "scale"],
        Field::Version => &["version", "tool version", "instrument version"],
        Field::Measure => &["measure", "subscale", "domain", "dimension"],
        Field::ContactOrdinal => &[
            "contact ordinal",
            "appointment no",
            "appointment number",
            "session number",
            "contact number",
            "visit number",
        ],
        Field::SittingMode => &["mode", "completed on", "how completed", "mode of completion"],
        Field::Setting => &["setting", "completed at", "where completed", "place", "location"],
        Field::Assisted => &["assisted", "helped", "with help", "completed with support"],
        Field::Rater => &["rater", "completed by", "rated by", "who completed"],
        Field::Entered => &["entered", "date entered", "data entry date", "input date"],
        Field::NeedReason => &["need", "type of need", "need type", "reason", "issue"],
        Field::Identified => &["identified", "date identified", "identified on", "date"],
        Field::Met => &["met", "need met", "resolved", "addressed"],
        Field::Destination => {
            &["destination", "linked to", "referred to", "signposted to", "service", "group"]
        }
        Field::Made => &["made", "date linked", "date made", "linked on", "date referred", "date"],
        Field::OnwardStatus => &["status", "latest status", "uptake", "taken up"],
        Field::OutcomeReason => &["about", "outcome type", "category", "reason", "type"],
        Field::Description => &["outcome", "description", "details", "what happened"],
        Field::OutcomeDate => &["outcome date", "date of outcome", "date"],
        Field::ValuePence => &["value pence", "pence"],
        Field::ValuePounds => {
            &["value pounds", "annual value", "value", "amount", "financial gain", "pounds"]
        }
        Field::HoldFrom => &["from", "on hold from", "hold start", "paused from", "start"],
        Field::HoldTo => &["to", "on hold until", "hold end", "paused until", "until", "end"],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_go_with_the_names_they_are_variants_of() {
        for (heading, name) in [
            ("Date of referral", Some("date of referral")),
            ("DATE_OF_REFERRAL", Some("date of referral")),
            ("Referral date (dd/mm/yyyy)", Some("referral date")),
            ("Refferal date", Some("referral date")),
            ("Notes", None),
            ("", None),
            ("Q1", None),
        ] {
            let found = Wording::of(heading).likeness(&wordings(field(Field::Referred)));
            assert_eq!(found.map(|(_, name)| name), name, "{heading}");
        }
    }

    #[test]
    fn names_that_are_not_looked_at_closely_are_not_alike() {
        let all: Vec<Wording<'static>> = TableName::ALL
            .iter()
            .flat_map(|name| name.fields())
            .flat_map(|one| wordings(field(one)))
            .collect();
        let mut close = 0;
        for (one, other) in all.iter().flat_map(|one| all.iter().map(move |other| (one, other))) {
            let alike = 0.98 * strsim::jaro_winkler(&other.folded, &one.folded);
            assert!(alike <= one.most_alike(other), "{} {}", one.name, other.name);
            close += usize::from(one.most_alike(other) >= ALIKE);
        }
        // A bound that holds everything possible would be of no use.
        assert!(10 * close < all.len() * all.len(), "{close} of {}", all.len() * all.len());
    }
}
