//! The names of boxes, fates, rules and groups in plain words.

use core::iter::once;

use super::chart::Leaving;
use super::format::{Month, count, date, printable};
use crate::attrition::DifferenceReading;
use crate::change::{HodgesLehmann, ZerosMethod};
use crate::completion::GroupBy;
use crate::equity::NotPlaced;
use crate::instrument::Certainty;
use crate::pairing::{
    BaselineRule, DueRule, Eligibility, EndPoint, Fate, FlowBox, PairingRule, SittingRole,
};

pub(super) const fn flow_box(flow_box: FlowBox) -> &'static str {
    match flow_box {
        FlowBox::Referred => "Referred",
        FlowBox::Accepted => "Taken on",
        FlowBox::Seen => "Seen at least once",
        FlowBox::Eligible => "Eligible for the questionnaire",
        FlowBox::BaselineValid => "Has a scored baseline",
        FlowBox::Due => "Follow-up is due",
        FlowBox::FollowUpValid => "Has a scored follow-up",
        FlowBox::Paired => "Paired: before and after",
    }
}

pub(super) const fn fate(fate: Fate) -> &'static str {
    match fate {
        Fate::NotAccepted => "not taken on by the service",
        Fate::AcceptanceNotKnown => "not recorded whether taken on",
        Fate::NotSeen => "taken on, never seen",
        Fate::NotEligible => "not eligible for this questionnaire",
        Fate::BaselineMissing => "no questionnaire recorded",
        Fate::BaselineUnscored => "questionnaire could not be used",
        Fate::BaselineLate => "first one too late to be a baseline",
        Fate::NotDueDeceased => "have died",
        Fate::NotDueOnHold => "on hold",
        Fate::NotDueYet => "not due yet",
        Fate::NotDueFollowedUp => "not due yet, followed up early",
        Fate::DueNotKnown => "not known whether due",
        Fate::FollowUpMissing => "no follow-up recorded",
        Fate::FollowUpUnscored => "follow-up could not be used",
        Fate::FollowUpOutside => "followed up, not when the rule asks",
        Fate::FollowUpTimeNotKnown => "followed up, not known when",
        Fate::Paired => "paired",
    }
}

pub(super) const fn leaving(fate: Fate) -> Leaving {
    match fate {
        Fate::NotAccepted | Fate::NotSeen => Leaving::NotStarted,
        Fate::NotEligible
        | Fate::NotDueDeceased
        | Fate::NotDueOnHold
        | Fate::NotDueYet
        | Fate::NotDueFollowedUp => Leaving::NotDue,
        Fate::AcceptanceNotKnown
        | Fate::BaselineMissing
        | Fate::BaselineUnscored
        | Fate::BaselineLate
        | Fate::DueNotKnown
        | Fate::FollowUpMissing
        | Fate::FollowUpUnscored
        | Fate::FollowUpOutside
        | Fate::FollowUpTimeNotKnown
        | Fate::Paired => Leaving::Missing,
    }
}

pub(super) const fn sitting_role(role: SittingRole) -> &'static str {
    match role {
        SittingRole::Baseline => "Used as a baseline",
        SittingRole::FollowUp => "Used as the follow-up of a pair",
        SittingRole::NotChosen => "Scored, and the rule chose another",
        SittingRole::TimeNotKnown => "Scored, without the date or contact number the rule asks for",
        SittingRole::Unscored => "Could not be scored",
        SittingRole::Repeated => "Repeats another of the same time",
        SittingRole::Conflicting => "Contradicts another of the same time; neither is used",
        SittingRole::OtherRater => "Another rater of the same time is preferred",
        SittingRole::OtherVersion => "Another version of the questionnaire",
        SittingRole::BeforeReferral => "Dated before the referral",
        SittingRole::AfterAsOf => "Dated after the as-of date",
        SittingRole::Undated => "Has no date, while others of the episode have",
    }
}

/// The heading of a grouping, as in "By practice".
pub(super) const fn group_by(by: GroupBy) -> &'static str {
    match by {
        GroupBy::Programme => "Programme",
        GroupBy::Practice => "Practice",
        GroupBy::Worker => "Link worker",
        GroupBy::SimdQuintile => "SIMD quintile (1 is the most deprived)",
        GroupBy::UrbanRural => "Urban-rural class (1 is the most urban)",
        GroupBy::ReferralMonth => "Month of referral",
        GroupBy::BaselineMonth => "Month of the baseline",
        GroupBy::DueMonth => "Month the follow-up fell due",
        GroupBy::ClosureMonth => "Month the episode ended",
        GroupBy::ReferralReason => "Main reason for referral",
        GroupBy::ReferralSource => "Who referred",
        GroupBy::AgeBand => "Age band",
        GroupBy::Gender => "Gender",
        GroupBy::BaselineMode => "How the baseline was filled in",
        GroupBy::BaselineSetting => "Where the baseline was filled in",
    }
}

/// A group's name as printed: codes as words, names as they are, months in full.
pub(super) fn group(by: GroupBy, group: &str) -> String {
    if group.trim().is_empty() {
        return "(no name)".to_owned();
    }
    match by {
        GroupBy::ReferralMonth
        | GroupBy::BaselineMonth
        | GroupBy::DueMonth
        | GroupBy::ClosureMonth => {
            Month::parse(group).map_or_else(|| group.to_owned(), Month::long)
        }
        GroupBy::ReferralSource
        | GroupBy::ReferralReason
        | GroupBy::Gender
        | GroupBy::BaselineMode
        | GroupBy::BaselineSetting => code(group),
        GroupBy::Programme
        | GroupBy::Practice
        | GroupBy::Worker
        | GroupBy::SimdQuintile
        | GroupBy::UrbanRural
        | GroupBy::AgeBand => printable(group),
    }
}

/// The name of the typical change, which is that of nobody else where those without change are left out.
pub(super) fn typical_change(found: Option<&HodgesLehmann>) -> &'static str {
    match found {
        Some(found) if found.zeros_method == ZerosMethod::Wilcox && found.zeros > 0 => {
            "Typical change of those who changed (Hodges-Lehmann)"
        }
        _ => "Typical change (Hodges-Lehmann)",
    }
}

/// What a difference between those with and without a follow-up comes to.
pub(super) const fn difference_reading(reading: DifferenceReading) -> &'static str {
    match reading {
        DifferenceReading::Different => "different",
        DifferenceReading::Little => "little",
        DifferenceReading::Unclear => "unclear",
    }
}

/// Why somebody is on no band of an axis.
pub(super) const fn not_placed(reason: NotPlaced) -> &'static str {
    match reason {
        NotPlaced::OtherVersion => "of another version of SIMD",
        NotPlaced::NoDecile => "quintile recorded, decile not",
        NotPlaced::NoSuchBand => "a number that is no band",
        NotPlaced::PostcodeNotMatched => "postcode could not be matched",
        NotPlaced::NotKnown => "asked for, not known",
        NotPlaced::NotApplicable => "does not apply",
        NotPlaced::NotRecorded => "not recorded",
    }
}

/// A text that begins with a capital, where its first letter is one of western Europe: the table of
/// all capitals of all scripts would be 12 KB of what a browser fetches.
pub(super) fn sentence_case(text: &str) -> String {
    let capital = |letter: char| match letter {
        'à'..='ö' | 'ø'..='þ' => char::from_u32(u32::from(letter) - 0x20).unwrap_or(letter),
        _ => letter.to_ascii_uppercase(),
    };
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| once(capital(first)).chain(letters).collect())
}

/// A kebab-case code as words: `first-contact-physiotherapist` as `First contact physiotherapist`.
pub(super) fn code(code: &str) -> String {
    match code {
        "gp" => "GP".to_owned(),
        "non-binary" => "Non-binary".to_owned(),
        "self-new" => "Self-referred, new".to_owned(),
        "self-returning" => "Self-referred, returning".to_owned(),
        code => sentence_case(&printable(code).replace('-', " ")),
    }
}

pub(super) const fn certainty(certainty: Certainty) -> &'static str {
    match certainty {
        Certainty::Firm => "two independent sources agree",
        Certainty::OneSource => "one source states it",
        Certainty::Unverified => "unverified: quoted widely, not found in its source",
        Certainty::Local => "local: the programme's own choice, published nowhere",
    }
}

/// A pairing rule in a few words, for a row of a picture.
pub(super) fn rule_short(rule: &PairingRule) -> String {
    let end_point = match rule.end_point {
        EndPoint::Last => "The last one".to_owned(),
        EndPoint::LastUntilClosure { days: 0 } => "The last one until closure".to_owned(),
        EndPoint::LastUntilClosure { days } => format!("Until closure + {}", self::days(days)),
        EndPoint::NthContact { n } => format!("At appointment {n}"),
        EndPoint::WithinDays { target, window } => format!("{target} days ± {window}"),
        EndPoint::AtClosure { window } => format!("At closure ± {window} days"),
        EndPoint::FirstAfter { n } => format!("First from appointment {n} on"),
    };
    match rule.baseline {
        BaselineRule::First => end_point,
        BaselineRule::FirstWithin { days } => format!("{end_point}; baseline within {days} days"),
    }
}

pub(super) fn end_point(end_point: EndPoint) -> String {
    match end_point {
        EndPoint::Last => "the last scored questionnaire after the baseline".to_owned(),
        EndPoint::LastUntilClosure { days: 0 } => {
            "the last scored questionnaire after the baseline, none after the closure".to_owned()
        }
        EndPoint::LastUntilClosure { days: limit } => format!(
            "the last scored questionnaire after the baseline, at most {} after the closure",
            days(limit)
        ),
        EndPoint::NthContact { n } => {
            format!("the scored questionnaire at attended appointment {n}")
        }
        EndPoint::WithinDays { target, window } => format!(
            "the scored questionnaire nearest to {} after the baseline, at most {} earlier or later",
            days(target),
            days(window)
        ),
        EndPoint::AtClosure { window } => format!(
            "the last scored questionnaire at most {} before or after the closure",
            days(window)
        ),
        EndPoint::FirstAfter { n } => {
            format!("the first scored questionnaire at attended appointment {n} or later")
        }
    }
}

pub(super) fn baseline(rule: BaselineRule) -> String {
    match rule {
        BaselineRule::First => "the first scored questionnaire of the episode".to_owned(),
        BaselineRule::FirstWithin { days: limit } => format!(
            "the first scored questionnaire, if it is at most {} after the first attended \
             appointment",
            days(limit)
        ),
    }
}

pub(super) fn due(rule: &DueRule) -> String {
    match rule {
        DueRule::Everyone => "there is a baseline".to_owned(),
        DueRule::Closed => "the episode is closed".to_owned(),
        DueRule::AttendedAtLeast { contacts } => {
            let were = if *contacts == 1 { "was" } else { "were" };
            format!("at least {} {were} attended", appointments(*contacts))
        }
        DueRule::DaysSinceBaseline { days: limit } => {
            format!("{} have passed since the baseline", days(*limit))
        }
        DueRule::AnyOf { rules } => {
            let parts: Vec<String> = rules.iter().map(due).collect();
            if parts.is_empty() { "never".to_owned() } else { parts.join(", or ") }
        }
    }
}

pub(super) fn eligibility(rule: &Eligibility) -> String {
    let list =
        |names: &[String]| names.iter().map(|name| printable(name)).collect::<Vec<_>>().join(", ");
    match rule {
        Eligibility::Seen => "everyone who was seen at least once".to_owned(),
        Eligibility::AttendedAtLeast { contacts } => {
            let was = if *contacts == 1 { "was" } else { "were" };
            format!("everyone for whom {} {was} attended", appointments(*contacts))
        }
        Eligibility::FirstSeenBetween { from, until } => match (from, until) {
            (Some(from), Some(until)) => {
                format!("everyone first seen from {} to {}", date(*from), date(*until))
            }
            (Some(from), None) => format!("everyone first seen on or after {}", date(*from)),
            (None, Some(until)) => format!("everyone first seen on or before {}", date(*until)),
            (None, None) => "everyone whose first appointment or referral has a date".to_owned(),
        },
        Eligibility::Practices { practices } => format!("everyone of {}", list(practices)),
        Eligibility::Programmes { programmes } => format!("everyone of {}", list(programmes)),
        Eligibility::AllOf { rules } => {
            rules.iter().map(eligibility).collect::<Vec<_>>().join(" and, of those, ")
        }
    }
}

fn appointments(number: u32) -> String {
    let noun = if number == 1 { "appointment" } else { "appointments" };
    format!("{number}\u{a0}{noun}")
}

pub(super) fn days(number: u32) -> String {
    let noun = if number == 1 { "day" } else { "days" };
    format!("{}\u{a0}{noun}", count(u64::from(number)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_begin_with_a_capital() {
        for (text, expected) in
            [("days", "Days"), ("ìre", "Ìre"), ("þing", "Þing"), ("÷", "÷"), ("ß", "ß"), ("", "")]
        {
            assert_eq!(sentence_case(text), expected);
        }
    }

    #[test]
    fn rules_read_as_sentences() {
        let rule = DueRule::AnyOf {
            rules: vec![DueRule::Closed, DueRule::AttendedAtLeast { contacts: 4 }],
        };
        assert_eq!(
            due(&rule),
            "the episode is closed, or at least 4\u{a0}appointments were attended"
        );
    }

    #[test]
    fn codes_become_words_and_names_stay() {
        assert_eq!(group(GroupBy::ReferralSource, "gp"), "GP");
        assert_eq!(group(GroupBy::BaselineMode, "in-person"), "In person");
        assert_eq!(group(GroupBy::Gender, "non-binary"), "Non-binary");
        assert_eq!(group(GroupBy::ReferralSource, "self-new"), "Self-referred, new");
        assert_eq!(group(GroupBy::AgeBand, "16-24"), "16-24");
        assert_eq!(group(GroupBy::Practice, "stow-on-the-moor"), "stow-on-the-moor");
        assert_eq!(group(GroupBy::ReferralMonth, "2025-02"), "February 2025");
        assert_eq!(group(GroupBy::ReferralMonth, "not recorded"), "not recorded");
        assert_eq!(group(GroupBy::Worker, " "), "(no name)");
    }

    #[test]
    fn one_is_singular() {
        assert_eq!((days(1), days(28)), ("1\u{a0}day".to_owned(), "28\u{a0}days".to_owned()));
    }
}
