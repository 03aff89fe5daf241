//! Data quality: what stands in the way of evidence, each with how often it was looked for.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::counts::MeasureCounts;
use crate::caseload::{
    Attendance, Closure, ClosureBasis, CountOverflow, Episode, Recorded, RecordedTotal,
    days_between,
};
use crate::estimate::{ConfidenceLevel, Share};
use crate::instrument::Points;
use crate::pairing::{CountBy, Counted, Pairing, SittingRole, Standing, counted};
use crate::score::Unscored;

counted! {
    /// One thing that may be wrong with the records of people and episodes.
    QualityIssue {
        /// A person has episodes that overlap under different programmes, or under different
        /// practices where no programme is recorded: perhaps one person's journey counted twice.
        /// Looked for among people with several dated episodes.
        EpisodesOverlap = "episodes-overlap",
        /// A person was referred twice on one day: perhaps one referral entered twice. Looked for
        /// among the same.
        ReferredTwiceOnOneDay = "referred-twice-on-one-day",
        /// How many contacts were attended is not known, as where a source keeps only the first
        /// session. Looked for in episodes of people seen.
        ContactsNotKnown = "contacts-not-known",
        /// The first attended contact is before the referral. Looked for where both have a date.
        SeenBeforeReferral = "seen-before-referral",
        /// The closure is before the referral. Looked for where both have a date.
        ClosedBeforeReferral = "closed-before-referral",
        /// A contact was attended after the recorded closure, which is therefore not taken as one.
        /// Looked for in episodes with a recorded closure.
        ContactAfterClosure = "contact-after-closure",
        /// Why the episode ended is not recorded. Looked for in episodes with a closure that is.
        EndReasonNotRecorded = "end-reason-not-recorded",
        /// A contact is marked as attended and dated after the as-of date. Looked for among attended
        /// contacts with a date.
        AttendedAfterAsOf = "attended-after-as-of",
    }
}

counted! {
    /// One thing that may be wrong with the questionnaires of one measure.
    SittingIssue {
        /// The baseline was filled in after several contacts, when help had already begun: two or
        /// more earlier days with an attended contact. Looked for among baselines with a date, of
        /// episodes whose contacts are listed.
        BaselineAfterSeveralContacts = "baseline-after-several-contacts",
        /// The questionnaire was typed in more than four weeks after it was filled in. Looked for
        /// among baselines and follow-ups with both dates.
        EnteredLate = "entered-late",
        /// Only its total is recorded, no answers; the total is its score. Looked for among sittings of
        /// the plan's version.
        TotalWithoutAnswers = "total-without-answers",
        /// Its total is not the score of its answers, which count. Looked for among sittings with both.
        TotalDisagrees = "total-disagrees",
        /// Its total is raw where the source is declared to record metric ones, or the other way round;
        /// it is no score. Looked for among sittings with a total.
        RawMixedWithMetric = "raw-mixed-with-metric",
        /// It is of another version of the instrument. Looked for among all sittings.
        OtherVersion = "other-version",
        /// It could not be scored. Looked for among all sittings.
        Unscored = "unscored",
        /// It contradicts another of the same time. Looked for among all sittings.
        Conflicting = "conflicting",
        /// It says the same as another of the same time. Looked for among all sittings.
        Repeated = "repeated",
        /// It is dated before the referral. Looked for among all sittings.
        BeforeReferral = "before-referral",
        /// It is dated after the as-of date. Looked for among all sittings.
        AfterAsOf = "after-as-of",
        /// It has no date, while others of the episode have. Looked for among all sittings.
        Undated = "undated",
    }
}

/// After how many days a form is typed in late.
const ENTERED_LATE_DAYS: i64 = 28;

/// How often each issue was looked for, and how often it was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(
    rename_all = "kebab-case",
    deny_unknown_fields,
    bound(serialize = "K: Counted + Serialize", deserialize = "K: Counted + Deserialize<'de>")
)]
pub struct IssueCounts<K> {
    /// How often it was looked for.
    pub looked_for: CountBy<K>,
    /// How often it was found.
    pub found: CountBy<K>,
}

impl<K: Counted> Default for IssueCounts<K> {
    fn default() -> Self {
        Self { looked_for: CountBy::default(), found: CountBy::default() }
    }
}

impl<K: Counted> IssueCounts<K> {
    fn look(&mut self, issue: K, found: bool) {
        self.looked_for.add(issue);
        if found {
            self.found.add(issue);
        }
    }

    pub(super) fn merge(&mut self, other: &Self) -> Result<(), CountOverflow> {
        self.looked_for.merge(&other.looked_for)?;
        self.found.merge(&other.found)
    }

    /// Whether nothing was found more often than it was looked for.
    pub(super) fn adds_up(&self) -> bool {
        K::ALL.iter().all(|issue| self.found.get(*issue) <= self.looked_for.get(*issue))
    }

    fn share(&self, issue: K, level: ConfidenceLevel) -> Share {
        Share::of(self.found.get(issue), self.looked_for.get(issue), level)
    }
}

impl IssueCounts<QualityIssue> {
    /// Looks at a person's episodes together, those that had begun.
    pub(super) fn add_person<'e>(
        &mut self,
        episodes: impl Iterator<Item = (&'e Episode, Closure)>,
    ) {
        let mut spells: Vec<Spell<'_>> = episodes.filter_map(Spell::of).collect();
        if spells.len() < 2 {
            return;
        }
        spells.sort_by_key(|spell| spell.from);
        let overlap = (1..).zip(&spells).any(|(next, spell)| {
            let later = spells.iter().skip(next);
            later.clone().any(|other| other.from <= spell.to && other.is_elsewhere(spell))
        });
        let twice = spells.chunk_by(|a, b| a.from == b.from).any(|day| {
            let mut pairs = (1..).zip(day);
            pairs.any(|(next, a)| day.iter().skip(next).any(|b| !a.is_elsewhere(b)))
        });
        self.look(QualityIssue::EpisodesOverlap, overlap);
        self.look(QualityIssue::ReferredTwiceOnOneDay, twice);
    }

    pub(super) fn add_episode(&mut self, episode: &Episode, standing: &Standing) {
        let as_of = standing.as_of;
        if standing.seen {
            self.look(QualityIssue::ContactsNotKnown, standing.attended.is_none());
        }
        let closed = episode.closed.value().filter(|closed| **closed <= as_of);
        if let Some(referred) = episode.referred.value() {
            if let Some(seen) = standing.first_attended {
                self.look(QualityIssue::SeenBeforeReferral, seen < *referred);
            }
            if let Some(closed) = closed {
                self.look(QualityIssue::ClosedBeforeReferral, closed < referred);
            }
        }
        if closed.is_some() {
            let kept =
                matches!(standing.closure, Closure::Closed { basis: ClosureBasis::Recorded, .. });
            self.look(QualityIssue::ContactAfterClosure, !kept);
            let reason = &episode.end_reason;
            self.look(QualityIssue::EndReasonNotRecorded, *reason == Recorded::Missing);
        }
        for contact in episode.contacts.value().into_iter().flatten() {
            if let (Recorded::Value(Attendance::Seen), Some(date)) =
                (contact.attendance, contact.date.value())
            {
                self.look(QualityIssue::AttendedAfterAsOf, *date > as_of);
            }
        }
    }
}

/// The time of one episode, and whose it is.
struct Spell<'e> {
    from: Date,
    to: Date,
    episode: &'e Episode,
}

impl<'e> Spell<'e> {
    fn of((episode, closure): (&'e Episode, Closure)) -> Option<Self> {
        let from = *episode.referred.value()?;
        Some(Self { from, to: closure.date().unwrap_or(Date::MAX), episode })
    }

    fn is_elsewhere(&self, other: &Self) -> bool {
        let (a, b) = (self.episode, other.episode);
        match (a.programme.value(), b.programme.value()) {
            (Some(a), Some(b)) => a != b,
            (None, None) => {
                let practices = a.practice.value().zip(b.practice.value());
                practices.is_some_and(|(a, b)| a != b)
            }
            _ => false,
        }
    }
}

impl IssueCounts<SittingIssue> {
    /// Looks at the total of a sitting beside its answers; whether there is a total alone.
    pub(super) fn add_total(
        &mut self,
        total: RecordedTotal,
        answers: impl FnOnce() -> Result<Points, Unscored>,
    ) -> bool {
        if total == RecordedTotal::NotRecorded {
            self.look(SittingIssue::TotalWithoutAnswers, false);
            return false;
        }
        let answers = answers();
        let alone = answers == Err(Unscored::AllBlank);
        self.look(SittingIssue::TotalWithoutAnswers, alone && total.score().is_some());
        self.look(SittingIssue::RawMixedWithMetric, total == RecordedTotal::OtherKind);
        if let (Some(total), Ok(answers)) = (total.score(), answers) {
            self.look(SittingIssue::TotalDisagrees, total != answers);
        }
        alone
    }

    /// Looks at the sittings that the main rule has chosen.
    pub(super) fn add_pairing(&mut self, episode: &Episode, pairing: &Pairing, as_of: Date) {
        let Some(baseline) = pairing.baseline else { return };
        if let (Some(contacts), Some(date)) = (episode.contacts.value(), baseline.when.date()) {
            let attended = contacts.iter().filter(|contact| contact.is_attended(as_of));
            let mut earlier = attended.filter_map(|c| c.date.value()).filter(|day| **day < date);
            let first = earlier.next();
            let late = earlier.any(|day| Some(day) != first);
            self.look(SittingIssue::BaselineAfterSeveralContacts, late);
        }
        for sitting in [pairing.baseline, pairing.follow_up].into_iter().flatten() {
            let form = episode.assessments.get(sitting.assessment);
            if let (Some(entered), Some(date)) =
                (form.and_then(|form| form.entered.value()), sitting.when.date())
            {
                let late = days_between(date, *entered) > ENTERED_LATE_DAYS;
                self.look(SittingIssue::EnteredLate, late);
            }
        }
    }
}

/// How often one issue was found, of how often it was looked for.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct IssueFindings<K> {
    /// The issue.
    pub issue: K,
    /// So often found of so often looked for. Nobody may have been there to look at.
    pub found: Share,
}

impl<K: Counted> IssueFindings<K> {
    pub(super) fn all(counts: &IssueCounts<K>, level: ConfidenceLevel) -> Vec<Self> {
        let all = K::ALL.iter();
        all.map(|&issue| Self { issue, found: counts.share(issue, level) }).collect()
    }
}

impl SittingIssue {
    /// What became of a sitting that has the issue, where that tells.
    pub(super) const fn role(self) -> Option<SittingRole> {
        Some(match self {
            Self::BaselineAfterSeveralContacts
            | Self::EnteredLate
            | Self::TotalWithoutAnswers
            | Self::TotalDisagrees
            | Self::RawMixedWithMetric => return None,
            Self::OtherVersion => SittingRole::OtherVersion,
            Self::Unscored => SittingRole::Unscored,
            Self::Conflicting => SittingRole::Conflicting,
            Self::Repeated => SittingRole::Repeated,
            Self::BeforeReferral => SittingRole::BeforeReferral,
            Self::AfterAsOf => SittingRole::AfterAsOf,
            Self::Undated => SittingRole::Undated,
        })
    }
}

impl IssueFindings<SittingIssue> {
    /// The issues that were counted, and those that follow from what became of each sitting.
    pub(super) fn of_measure(counts: &MeasureCounts, level: ConfidenceLevel) -> Vec<Self> {
        let sittings = counts.sittings.total().unwrap_or(u64::MAX);
        let found = |issue: SittingIssue| match issue.role() {
            Some(role) => Share::of(counts.sittings.get(role), sittings, level),
            None => counts.issues.share(issue, level),
        };
        SittingIssue::ALL.iter().map(|&issue| Self { issue, found: found(issue) }).collect()
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::caseload::Contact;
    use crate::pairing::{Fate, Scored};
    use crate::{caseload::Assessment, caseload::When};

    const AS_OF: Date = date(2026, 6, 30);

    fn spell(programme: &str, practice: &str, from: Date) -> Episode {
        let text = |text: &str| match text {
            "" => Recorded::Missing,
            text => Recorded::Value(text.to_owned()),
        };
        Episode {
            programme: text(programme),
            practice: text(practice),
            referred: Recorded::Value(from),
            ..Episode::default()
        }
    }

    /// Whether episodes overlap, and whether two are of one day; `None` where nobody could tell.
    fn of_person(episodes: &[(Episode, Closure)]) -> Option<(bool, bool)> {
        let mut issues = IssueCounts::<QualityIssue>::default();
        issues.add_person(episodes.iter().map(|(episode, closure)| (episode, *closure)));
        let found = |issue| issues.found.get(issue) == 1;
        (issues.looked_for.get(QualityIssue::EpisodesOverlap) == 1).then(|| {
            let twice = found(QualityIssue::ReferredTwiceOnOneDay);
            (found(QualityIssue::EpisodesOverlap), twice)
        })
    }

    #[test]
    fn overlapping_episodes_of_different_organisations_are_found() {
        let (march, may) = (date(2026, 3, 1), date(2026, 5, 1));
        let closed = |on| Closure::Closed { on, basis: ClosureBasis::Recorded };
        let cases = [
            (("A", "", march), Closure::Open, ("B", "", may), Some((true, false))),
            (("A", "", march), closed(may), ("B", "", may), Some((true, false))),
            (("A", "", march), closed(march), ("B", "", may), Some((false, false))),
            (("A", "x", march), Closure::Open, ("A", "y", may), Some((false, false))),
            (("", "x", march), Closure::Open, ("", "y", may), Some((true, false))),
            (("", "x", may), Closure::Open, ("", "x", may), Some((false, true))),
            (("A", "x", march), Closure::Open, ("", "y", may), Some((false, false))),
        ];
        for (place, (a, closure, b, expected)) in cases.into_iter().enumerate() {
            let episodes = [(spell(a.0, a.1, a.2), closure), (spell(b.0, b.1, b.2), Closure::Open)];
            assert_eq!(of_person(&episodes), expected, "case {place}");
        }
        let one = [(spell("A", "", march), Closure::Open)];
        assert_eq!(of_person(&one), None);
    }

    #[test]
    fn two_referrals_of_one_day_are_found_in_whatever_order_they_come() {
        let day = date(2026, 3, 1);
        let episode = |programme| (spell(programme, "", day), Closure::Open);
        for order in [["A", "A", "B"], ["A", "B", "A"], ["B", "A", "A"]] {
            assert_eq!(of_person(&order.map(episode)), Some((true, true)), "{order:?}");
        }
        assert_eq!(of_person(&["A", "B", "C"].map(episode)), Some((true, false)));
    }

    fn contact(day: Date) -> Contact {
        Contact {
            date: Recorded::Value(day),
            attendance: Recorded::Value(Attendance::Seen),
            ..Contact::default()
        }
    }

    #[test]
    fn issues_of_an_episode_have_each_its_own_denominator() {
        let mut issues = IssueCounts::<QualityIssue>::default();
        let mut add = |episode: &Episode| {
            issues.add_episode(episode, &Standing::of(episode, AS_OF, None));
        };
        add(&Episode::default());
        let mut odd = spell("", "", date(2026, 3, 1));
        odd.closed = Recorded::Value(date(2026, 2, 1));
        odd.contacts = Recorded::Value(vec![contact(date(2026, 2, 20)), contact(date(2026, 7, 1))]);
        add(&odd);
        let mut first_only = spell("", "", date(2026, 3, 1));
        first_only.first_contact = Recorded::Value(date(2026, 3, 1));
        first_only.contacts = Recorded::NotKnown;
        add(&first_only);
        let expected = [
            (QualityIssue::ContactsNotKnown, 1, 2),
            (QualityIssue::SeenBeforeReferral, 1, 2),
            (QualityIssue::ClosedBeforeReferral, 1, 1),
            (QualityIssue::ContactAfterClosure, 1, 1),
            (QualityIssue::EndReasonNotRecorded, 1, 1),
            (QualityIssue::AttendedAfterAsOf, 1, 2),
        ];
        for (issue, found, looked_for) in expected {
            let counted = (issues.found.get(issue), issues.looked_for.get(issue));
            assert_eq!(counted, (found, looked_for), "{issue:?}");
        }
    }

    #[test]
    fn a_baseline_after_several_contacts_and_a_form_typed_in_late_are_found() {
        let baseline_day = date(2026, 4, 1);
        let counted = |contacts: Recorded<Vec<Contact>>, entered: Recorded<Date>| {
            let mut form = Assessment::new("swemwbs", "2009", When::Date(baseline_day), Vec::new());
            form.entered = entered;
            let episode = Episode { contacts, assessments: vec![form], ..Episode::default() };
            let when = When::Date(baseline_day);
            let baseline = Scored { assessment: 0, when, contact: None, points: Points(700) };
            let pairing =
                Pairing { fate: Fate::FollowUpMissing, baseline: Some(baseline), follow_up: None };
            let mut issues = IssueCounts::<SittingIssue>::default();
            issues.add_pairing(&episode, &pairing, AS_OF);
            [SittingIssue::BaselineAfterSeveralContacts, SittingIssue::EnteredLate]
                .map(|issue| (issues.found.get(issue), issues.looked_for.get(issue)))
        };
        let march = |day| contact(date(2026, 3, day));
        let cases = [
            (Recorded::Value(vec![march(1), march(2)]), Some(date(2026, 4, 29)), [(1, 1), (0, 1)]),
            (Recorded::Value(vec![march(2), march(2)]), Some(date(2026, 4, 30)), [(0, 1), (1, 1)]),
            (Recorded::Value(vec![march(2), contact(baseline_day)]), None, [(0, 1), (0, 0)]),
            (Recorded::NotKnown, None, [(0, 0), (0, 0)]),
        ];
        for (contacts, entered, expected) in cases {
            assert_eq!(counted(contacts, entered.into()), expected);
        }
    }
}
