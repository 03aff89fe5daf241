//! Code lists: the closed vocabularies of link worker records.
//!
//! The lists follow what programmes in Scotland record (Voluntary Health Scotland, *Essential
//! Connections*, 2023) and the fields of the Primary Care Improvement Plans. "Not known" is not a
//! member of any list: it is an absence, see [`Recorded`](super::Recorded).

use core::fmt;

/// A value that is on none of a list's codes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownCode {
    /// The list that was searched, for example `referral-source`.
    pub list: &'static str,
    /// What was found.
    pub value: String,
    /// The codes of the list, in its order.
    pub allowed: &'static [&'static str],
}

impl UnknownCode {
    /// The stable name of this error.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        "unknown-code"
    }
}

impl fmt::Display for UnknownCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} has no code {:?}; use one of {}, or map this spelling to one",
            self.list,
            self.value,
            self.allowed.join(", ")
        )
    }
}

impl core::error::Error for UnknownCode {}

macro_rules! code_list {
    ($(#[$doc:meta])* $name:ident, $list:literal { $($(#[$vdoc:meta])* $variant:ident = $code:literal,)+ }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        pub enum $name {
            $($(#[$vdoc])* #[serde(rename = $code)] #[doc = concat!("`", $code, "`")] $variant,)+
        }

        impl $name {
            /// The name of the list.
            pub const LIST: &'static str = $list;
            /// The codes in the list's order.
            pub const CODES: &'static [&'static str] = &[$($code),+];
            /// The members in the list's order.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The member's stable code.
            #[must_use]
            pub const fn code(self) -> &'static str {
                match self { $(Self::$variant => $code,)+ }
            }

            /// The member with this code.
            ///
            /// # Errors
            ///
            /// [`UnknownCode`] lists the codes there are.
            pub fn from_code(code: &str) -> Result<Self, UnknownCode> {
                match code {
                    $($code => Ok(Self::$variant),)+
                    _ => Err(UnknownCode { list: $list, value: code.to_owned(), allowed: Self::CODES }),
                }
            }
        }
    };
}

code_list! {
    /// Who referred the person.
    ReferralSource, "referral-source" {
        Gp = "gp",
        Nurse = "nurse",
        MentalHealthPractitioner = "mental-health-practitioner",
        Reception = "reception",
        DistrictNurse = "district-nurse",
        HealthVisitor = "health-visitor",
        FirstContactPhysiotherapist = "first-contact-physiotherapist",
        Pharmacist = "pharmacist",
        OtherPracticeTeam = "other-practice-team",
        Hospital = "hospital",
        SocialWork = "social-work",
        ThirdSector = "third-sector",
        SelfNew = "self-new",
        SelfReturning = "self-returning",
        CarerOrFamily = "carer-or-family",
        Proactive = "proactive",
        Other = "other",
    }
}

code_list! {
    /// Why the person was referred; also what a need is about.
    ReferralReason, "referral-reason" {
        MentalHealth = "mental-health",
        IsolationAndLoneliness = "isolation-and-loneliness",
        Housing = "housing",
        WelfareAndSocialSecurity = "welfare-and-social-security",
        FinanceAndDebt = "finance-and-debt",
        Trauma = "trauma",
        Bereavement = "bereavement",
        Abuse = "abuse",
        Relationships = "relationships",
        LongTermCondition = "long-term-condition",
        PhysicalActivity = "physical-activity",
        Caring = "caring",
        EmploymentAndLearning = "employment-and-learning",
        Immigration = "immigration",
        SubstanceUse = "substance-use",
        FoodAndFuel = "food-and-fuel",
        Other = "other",
    }
}

code_list! {
    /// How the person describes their gender.
    Gender, "gender" {
        Woman = "woman",
        Man = "man",
        NonBinary = "non-binary",
        Other = "other",
        PreferNotToSay = "prefer-not-to-say",
    }
}

code_list! {
    /// What a contact was for.
    ContactType, "contact-type" {
        FirstAssessment = "first-assessment",
        Appointment = "appointment",
        Brief = "brief",
        Enquiry = "enquiry",
        Accompaniment = "accompaniment",
        Liaison = "liaison",
        Review = "review",
    }
}

code_list! {
    /// How or where a contact took place.
    ContactMode, "contact-mode" {
        Practice = "practice",
        Home = "home",
        Community = "community",
        Outdoors = "outdoors",
        Phone = "phone",
        Video = "video",
        Text = "text",
        Group = "group",
    }
}

code_list! {
    /// Whether the person came.
    Attendance, "attendance" {
        Seen = "seen",
        CancelledByService = "cancelled-by-service",
        CancelledByPerson = "cancelled-by-person",
        DidNotAttend = "did-not-attend",
    }
}

code_list! {
    /// Why an episode ended. Being on hold is not an end.
    EndReason, "end-reason" {
        Agreed = "agreed",
        GoalsMet = "goals-met",
        LinkedNoFurtherNeed = "linked-no-further-need",
        StoppedAttending = "stopped-attending",
        Declined = "declined",
        Moved = "moved",
        Escalated = "escalated",
        Inappropriate = "inappropriate",
        Deceased = "deceased",
        ServiceEnded = "service-ended",
        InferredInactive = "inferred-inactive",
    }
}

code_list! {
    /// How far an onward referral is known to have come.
    OnwardStatus, "onward-status" {
        Suggested = "suggested",
        Signposted = "signposted",
        Referred = "referred",
        Accompanied = "accompanied",
        Waiting = "waiting",
        DeclinedByPerson = "declined-by-person",
        DeclinedByService = "declined-by-service",
        AttendedOnce = "attended-once",
        Engaged = "engaged",
        Completed = "completed",
        NotTakenUp = "not-taken-up",
    }
}

code_list! {
    /// How a questionnaire was filled in.
    AssessmentMode, "assessment-mode" {
        Paper = "paper",
        Digital = "digital",
        Phone = "phone",
        Video = "video",
        InPerson = "in-person",
    }
}

code_list! {
    /// Where a questionnaire was filled in.
    AssessmentSetting, "assessment-setting" {
        Practice = "practice",
        Home = "home",
        Community = "community",
        Remote = "remote",
    }
}

code_list! {
    /// Whose judgement the answers are. A star may be scored by the person and by the worker.
    Rater, "rater" {
        Person = "person",
        Worker = "worker",
        Joint = "joint",
    }
}

code_list! {
    /// How a person's postcode was turned into a place on SIMD, or why it was not.
    PostcodeMatch, "postcode-match" {
        /// It has one place.
        Matched = "matched",
        /// It was deleted before the referral.
        DeletedBefore = "deleted-before",
        /// It was introduced after the referral.
        IntroducedAfter = "introduced-after",
        /// It is not in the look-up.
        NotFound = "not-found",
        /// It is split over areas of different quintiles.
        SplitAmbiguous = "split-ambiguous",
        /// It was reissued elsewhere, and there is no day of referral to choose by.
        DayNeeded = "day-needed",
        /// The records of the person hold several postcodes.
        SeveralPostcodes = "several-postcodes",
        /// What is recorded is not a postcode.
        NotAPostcode = "not-a-postcode",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_round_trip_and_match_their_serde_names() {
        for (member, code) in ReferralSource::ALL.iter().zip(ReferralSource::CODES) {
            assert_eq!(ReferralSource::from_code(code), Ok(*member));
            assert_eq!(serde_json::to_string(member).unwrap(), format!("{code:?}"));
        }
    }

    #[test]
    fn an_unknown_code_lists_the_codes_there_are() {
        assert_eq!(
            Rater::from_code("nurse").unwrap_err().to_string(),
            "rater has no code \"nurse\"; use one of person, worker, joint, \
             or map this spelling to one"
        );
    }
}
