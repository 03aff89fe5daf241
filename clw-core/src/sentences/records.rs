//! How complete the records are, and what is wrong with them.

use super::format::{count, percent};
use crate::evaluation::{
    CoreField, FieldFindings, IssueFindings, QualityIssue, RecordFindings, SittingIssue,
};

/// What a core field is called.
#[must_use]
pub const fn field(field: CoreField) -> &'static str {
    match field {
        CoreField::Age => "Age",
        CoreField::Gender => "Gender",
        CoreField::Simd => "SIMD quintile",
        CoreField::ReferralDate => "Date of referral",
        CoreField::ReferralSource => "Who referred",
        CoreField::ReferralReason => "Reason for referral",
        CoreField::FirstMeeting => "First meeting",
        CoreField::RepeatContacts => "Number of contacts",
        CoreField::OnwardReferral => "Referrals onward",
    }
}

/// What is wrong with the records of a person or an episode, and what it was looked for among.
#[must_use]
pub const fn issue(issue: QualityIssue) -> (&'static str, &'static str) {
    match issue {
        QualityIssue::EpisodesOverlap => {
            ("Overlapping episodes in different places", "people with several dated episodes")
        }
        QualityIssue::ReferredTwiceOnOneDay => {
            ("Referred twice on one day", "people with several dated episodes")
        }
        QualityIssue::ContactsNotKnown => {
            ("How many contacts were attended is not known", "episodes of people seen")
        }
        QualityIssue::SeenBeforeReferral => {
            ("Seen before the referral", "episodes with both dates")
        }
        QualityIssue::ClosedBeforeReferral => {
            ("Closed before the referral", "episodes with both dates")
        }
        QualityIssue::ContactAfterClosure => {
            ("A contact was attended after the closure", "episodes with a closure")
        }
        QualityIssue::EndReasonNotRecorded => {
            ("Why it ended is not recorded", "episodes with a closure")
        }
        QualityIssue::AttendedAfterAsOf => {
            ("Attended on a day that has not come yet", "attended contacts with a date")
        }
    }
}

/// What is wrong with the questionnaires of a measure, and what it was looked for among.
#[must_use]
pub const fn sitting_issue(issue: SittingIssue) -> (&'static str, &'static str) {
    match issue {
        SittingIssue::BaselineAfterSeveralContacts => {
            ("Baseline after several contacts", "baselines of episodes with listed contacts")
        }
        SittingIssue::EnteredLate => {
            ("Typed in more than four weeks later", "baselines and follow-ups with both dates")
        }
        SittingIssue::TotalWithoutAnswers => {
            ("Only the total is recorded, no answers", "sittings of the plan’s version")
        }
        SittingIssue::TotalDisagrees => {
            ("The total is not what the answers make", "sittings with answers and a total")
        }
        SittingIssue::RawMixedWithMetric => {
            ("Raw and metric totals are mixed", "sittings with a total")
        }
        SittingIssue::OtherVersion => ("Of another version of the questionnaire", "all sittings"),
        SittingIssue::Unscored => ("Could not be scored", "all sittings"),
        SittingIssue::Conflicting => ("Contradicts another of the same time", "all sittings"),
        SittingIssue::Repeated => ("Repeats another of the same time", "all sittings"),
        SittingIssue::BeforeReferral => ("Dated before the referral", "all sittings"),
        SittingIssue::AfterAsOf => ("Dated after the as-of date", "all sittings"),
        SittingIssue::Undated => ("Without a date, while others have one", "all sittings"),
    }
}

/// How many of the core fields are nearly always filled in, and which least often.
#[must_use]
pub fn fields(found: &[FieldFindings]) -> Option<String> {
    let filled = |of: &FieldFindings| Some((of.field, of.recorded.proportion.computed()?.value));
    let shares: Vec<(CoreField, f64)> = found.iter().filter_map(filled).collect();
    let nearly = shares.iter().filter(|(_, share)| *share >= 0.95).count();
    let least = shares.iter().min_by(|left, right| left.1.total_cmp(&right.1))?;
    let all = shares.len();
    if least.1 >= 1.0 {
        return Some(format!("All {all} core fields are filled in throughout."));
    }
    Some(format!(
        "{nearly} of {all} core fields are filled in at least 95\u{a0}% of the time; least often: {} ({}).",
        in_sentence(field(least.0)),
        percent(least.1)
    ))
}

/// How many kinds of problem were found, and the most frequent of them.
#[must_use]
pub fn issues(records: &RecordFindings) -> String {
    let found = records.issues.iter().filter(|of| of.found.count > 0);
    let kinds = found.clone().count();
    let looked_for = records.issues.iter().filter(|of| of.found.of > 0).count();
    let most = found.max_by(|left, right| share(left).total_cmp(&share(right)));
    match most {
        None if looked_for == 0 => "There was nothing to look for problems in.".to_owned(),
        None => format!("Of {looked_for} problems looked for not one was found."),
        Some(most) => format!(
            "Of {looked_for} problems looked for {kinds} occur; most often: {} ({} of {} {}).",
            in_sentence(issue(most.issue).0),
            count(most.found.count),
            count(most.found.of),
            issue(most.issue).1
        ),
    }
}

fn share(of: &IssueFindings<QualityIssue>) -> f64 {
    of.found.proportion.computed().map_or(0.0, |share| share.value)
}

/// A name as it stands within a sentence.
fn in_sentence(name: &str) -> String {
    if name.starts_with("SIMD") {
        return name.to_owned();
    }
    let mut letters = name.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}
