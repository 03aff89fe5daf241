//! The tables of a caseload and the fields that a mapping may give each.

use core::fmt;

use serde::{Deserialize, Serialize};

use crate::caseload as codes;

/// A table of a mapping.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TableName {
    /// One row a person.
    People,
    /// One row an episode.
    Episodes,
    /// One row a contact.
    Contacts,
    /// One row an assessment (layout `long`) or a person (layout `wide`).
    Assessments,
    /// One row a need.
    Needs,
    /// One row a referral onward.
    OnwardLinks,
    /// One row a tangible outcome.
    Outcomes,
    /// One row a spell on hold.
    Holds,
}

impl TableName {
    /// All tables, in the order in which they are read.
    pub const ALL: &'static [Self] = &[
        Self::People,
        Self::Episodes,
        Self::Contacts,
        Self::Assessments,
        Self::Needs,
        Self::OnwardLinks,
        Self::Outcomes,
        Self::Holds,
    ];

    /// The name it has in a mapping.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::People => "people",
            Self::Episodes => "episodes",
            Self::Contacts => "contacts",
            Self::Assessments => "assessments",
            Self::Needs => "needs",
            Self::OnwardLinks => "onward-links",
            Self::Outcomes => "outcomes",
            Self::Holds => "holds",
        }
    }

    const fn groups(self) -> &'static [Group] {
        match self {
            Self::People | Self::Episodes => &[Group::Key, Group::Person, Group::Episode],
            Self::Contacts => &[Group::Key, Group::Contact],
            Self::Assessments => {
                &[Group::Key, Group::Person, Group::Episode, Group::Shared, Group::Sitting]
            }
            Self::Needs => &[Group::Key, Group::Need],
            Self::OnwardLinks => &[Group::Key, Group::OnwardLink],
            Self::Outcomes => &[Group::Key, Group::Outcome],
            Self::Holds => &[Group::Key, Group::Hold],
        }
    }

    /// The fields the table can have, by name.
    pub(super) fn fields(self) -> impl Iterator<Item = Field> {
        Field::ALL.iter().copied().filter(move |field| self.groups().contains(&field.group()))
    }
}

impl fmt::Display for TableName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// Which record a field belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Group {
    Key,
    Person,
    Episode,
    Contact,
    /// Fields of a sitting that in the wide layout may belong to the row or to a form.
    Shared,
    /// Fields of a sitting that in the wide layout belong to a form.
    Sitting,
    Need,
    OnwardLink,
    Outcome,
    Hold,
}

macro_rules! fields {
    ($($variant:ident = $group:ident $name:literal,)+) => {
        /// A field of a record, as a mapping names it.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        pub(super) enum Field { $($variant,)+ }

        impl Field {
            pub(super) const ALL: &'static [Self] = &[$(Self::$variant,)+];

            pub(super) const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)+ }
            }

            pub(super) const fn group(self) -> Group {
                match self { $(Self::$variant => Group::$group,)+ }
            }
        }
    };
}

fields! {
    PersonId = Key "person",
    EpisodeId = Key "episode",
    BirthYear = Person "birth-year",
    AgeBand = Person "age-band",
    Gender = Person "gender",
    Ethnicity = Person "ethnicity",
    SimdQuintile = Person "simd-quintile",
    SimdDecile = Person "simd-decile",
    SimdVersion = Person "simd-version",
    Postcode = Person "postcode",
    UrbanRural = Person "urban-rural",
    Programme = Episode "programme",
    Practice = Episode "practice",
    Worker = Episode "worker",
    Referred = Episode "referred",
    Source = Episode "source",
    PrimaryReason = Episode "primary-reason",
    OtherReasons = Episode "other-reasons",
    Accepted = Episode "accepted",
    FirstContact = Episode "first-contact",
    AttendedContacts = Episode "attended-contacts",
    Closed = Episode "closed",
    EndReason = Episode "end-reason",
    ContactDate = Contact "date",
    ContactKind = Contact "kind",
    ContactMode = Contact "mode",
    Attendance = Contact "attendance",
    Minutes = Contact "minutes",
    SittingDate = Sitting "date",
    Occasion = Sitting "occasion",
    Instrument = Shared "instrument",
    Version = Shared "version",
    Measure = Sitting "measure",
    ContactOrdinal = Sitting "contact-ordinal",
    SittingMode = Shared "mode",
    Setting = Shared "setting",
    Assisted = Shared "assisted",
    Rater = Shared "rater",
    Entered = Shared "entered",
    NeedReason = Need "reason",
    Identified = Need "identified",
    Met = Need "met",
    Destination = OnwardLink "destination",
    Made = OnwardLink "made",
    OnwardStatus = OnwardLink "status",
    OutcomeReason = Outcome "reason",
    Description = Outcome "description",
    OutcomeDate = Outcome "date",
    ValuePence = Outcome "value-pence",
    ValuePounds = Outcome "value-pounds",
    HoldFrom = Hold "from",
    HoldTo = Hold "to",
}

/// How the cells of a field are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Text,
    Date,
    Flag,
    Code(&'static str),
    /// A whole number from the first to the last.
    Number(i64, i64),
    /// A sum of money, with at most two decimals.
    Money,
    Instrument,
    Measure,
    Occasion,
}

impl Field {
    pub(super) const fn kind(self) -> Kind {
        let count = Kind::Number(0, u32::MAX as i64);
        match self {
            Self::PersonId
            | Self::EpisodeId
            | Self::AgeBand
            | Self::Ethnicity
            | Self::SimdVersion
            | Self::Postcode
            | Self::Programme
            | Self::Practice
            | Self::Worker
            | Self::Version
            | Self::Destination
            | Self::Description => Kind::Text,
            Self::Referred
            | Self::FirstContact
            | Self::Closed
            | Self::ContactDate
            | Self::SittingDate
            | Self::Entered
            | Self::Identified
            | Self::Made
            | Self::OutcomeDate
            | Self::HoldFrom
            | Self::HoldTo => Kind::Date,
            Self::Accepted | Self::Assisted | Self::Met => Kind::Flag,
            Self::Gender => Kind::Code(codes::Gender::LIST),
            Self::Source => Kind::Code(codes::ReferralSource::LIST),
            Self::PrimaryReason | Self::OtherReasons | Self::NeedReason | Self::OutcomeReason => {
                Kind::Code(codes::ReferralReason::LIST)
            }
            Self::EndReason => Kind::Code(codes::EndReason::LIST),
            Self::ContactKind => Kind::Code(codes::ContactType::LIST),
            Self::ContactMode => Kind::Code(codes::ContactMode::LIST),
            Self::Attendance => Kind::Code(codes::Attendance::LIST),
            Self::SittingMode => Kind::Code(codes::AssessmentMode::LIST),
            Self::Setting => Kind::Code(codes::AssessmentSetting::LIST),
            Self::Rater => Kind::Code(codes::Rater::LIST),
            Self::OnwardStatus => Kind::Code(codes::OnwardStatus::LIST),
            Self::BirthYear => Kind::Number(1850, 2150),
            Self::SimdQuintile => Kind::Number(1, 5),
            Self::SimdDecile => Kind::Number(1, 10),
            Self::UrbanRural => Kind::Number(1, 8),
            Self::AttendedContacts | Self::Minutes => count,
            Self::ContactOrdinal => Kind::Number(1, u32::MAX as i64),
            Self::ValuePence | Self::ValuePounds => Kind::Money,
            Self::Instrument => Kind::Instrument,
            Self::Measure => Kind::Measure,
            Self::Occasion => Kind::Occasion,
        }
    }
}

impl Kind {
    /// What a cell must hold, as an error says it.
    pub(super) fn expected(self, dates: &str) -> String {
        match self {
            Self::Text => "a text".to_owned(),
            Self::Date => format!("a date in a declared format ({dates})"),
            Self::Flag => "yes or no".to_owned(),
            Self::Code(list) => format!("a code of the list {list}"),
            Self::Number(low, high) => format!("a whole number from {low} to {high}"),
            Self::Money => "a sum of money".to_owned(),
            Self::Instrument => "an instrument of the registry".to_owned(),
            Self::Measure => "a measure of the instrument".to_owned(),
            Self::Occasion => "a label in [occasions]".to_owned(),
        }
    }
}
