//! What the tables and the fields are usually called: the vocabulary that guesses go by.

use super::super::TableName;
use super::super::fields::Field;

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
            "chi",
            "chi number",
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
        Field::Referred => &[
            "referred",
            "referral date",
            "date of referral",
            "date referred",
            "referred on",
            "referral received",
        ],
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
        Field::Attendance => &[
            "attendance",
            "attended",
            "attendance status",
            "dna",
            "outcome",
            "appointment outcome",
            "appointment status",
        ],
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
