//! Applying one pairing rule to one episode.

use jiff::Span;
use jiff::civil::Date;

use super::rules::{BaselineRule, DueRule, Eligibility, EndPoint, PairingRule};
use super::timeline::{Scored, Sitting, Timeline};
use super::{Fate, FlowBox, SittingRole, Standing};
use crate::caseload::{Episode, Recorded, When, days_between};

/// What one rule makes of one episode: its fate, and the sittings that decided it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pairing {
    /// Where the episode's way ended.
    pub fate: Fate,
    /// The baseline, where there is a scored one that is not late.
    pub baseline: Option<Scored>,
    /// The follow-up, of a pair only.
    pub follow_up: Option<Scored>,
}

impl Pairing {
    /// The two sittings, baseline first, of a pair only.
    #[must_use]
    pub fn pair(&self) -> Option<(Scored, Scored)> {
        let paired = self.fate == Fate::Paired;
        self.baseline.zip(self.follow_up).filter(|_| paired)
    }

    /// Whether the follow-up is due under the rule, paired or not.
    #[must_use]
    pub const fn is_due(&self) -> bool {
        matches!(self.fate.last_box(), FlowBox::Due | FlowBox::FollowUpValid | FlowBox::Paired)
    }
}

impl PairingRule {
    /// Judges one episode by this rule.
    #[must_use]
    pub fn pair(
        &self,
        episode: &Episode,
        standing: &Standing,
        eligibility: &Eligibility,
        timeline: &Timeline,
    ) -> Pairing {
        let without = |fate| Pairing { fate, baseline: None, follow_up: None };
        if let Some(fate) = before_baseline(episode, standing, eligibility) {
            return without(fate);
        }
        let Some(baseline) = timeline.scored().next() else {
            let recorded = timeline.sittings().iter().any(is_recorded);
            return without(if recorded { Fate::BaselineUnscored } else { Fate::BaselineMissing });
        };
        if !self.baseline.allows(baseline, standing) {
            return without(Fate::BaselineLate);
        }
        let (fate, follow_up) = self.after_baseline(episode, standing, timeline, baseline);
        Pairing { fate, baseline: Some(baseline), follow_up }
    }

    /// What became of a sitting of an episode that this rule has judged.
    #[must_use]
    pub fn role(&self, pairing: &Pairing, standing: &Standing, sitting: &Sitting) -> SittingRole {
        let is = |of: Option<Scored>| of.is_some_and(|of| of.assessment == sitting.assessment);
        match sitting.outcome {
            Err(role) => role,
            Ok(_) if is(pairing.baseline) => SittingRole::Baseline,
            Ok(_) if is(pairing.follow_up) => SittingRole::FollowUp,
            Ok(_)
                if pairing.is_due()
                    && !self.end_point.can_place(standing, sitting.when, sitting.contact) =>
            {
                SittingRole::TimeNotKnown
            }
            Ok(_) => SittingRole::NotChosen,
        }
    }

    /// Whether there is a sitting that the end-point rule takes as the follow-up of this baseline,
    /// due or not.
    pub(crate) fn has_follow_up(
        &self,
        episode: &Episode,
        standing: &Standing,
        timeline: &Timeline,
        baseline: Scored,
    ) -> bool {
        let mut later = timeline.scored();
        later.next();
        self.end_point.choose(episode, standing, baseline, later).is_some()
    }

    fn after_baseline(
        &self,
        episode: &Episode,
        standing: &Standing,
        timeline: &Timeline,
        baseline: Scored,
    ) -> (Fate, Option<Scored>) {
        let later = || {
            let mut scored = timeline.scored();
            scored.next();
            scored
        };
        if standing.deceased {
            return (Fate::NotDueDeceased, None);
        }
        if standing.on_hold {
            return (Fate::NotDueOnHold, None);
        }
        match self.due.says(standing, baseline) {
            Due::Yes => {}
            Due::NotKnown => return (Fate::DueNotKnown, None),
            Due::No if later().next().is_some() => return (Fate::NotDueFollowedUp, None),
            Due::No => return (Fate::NotDueYet, None),
        }
        if let Some(follow_up) = self.end_point.choose(episode, standing, baseline, later()) {
            return (Fate::Paired, Some(follow_up));
        }
        let recorded_later =
            timeline.sittings().iter().any(|s| is_recorded(s) && may_follow(s.when, baseline.when));
        let not_placed = |s: Scored| !self.end_point.can_place(standing, s.when, s.contact);
        let fate = if later().any(not_placed) {
            Fate::FollowUpTimeNotKnown
        } else if later().next().is_some() {
            Fate::FollowUpOutside
        } else if recorded_later {
            Fate::FollowUpUnscored
        } else {
            Fate::FollowUpMissing
        };
        (fate, None)
    }
}

fn before_baseline(
    episode: &Episode,
    standing: &Standing,
    eligibility: &Eligibility,
) -> Option<Fate> {
    match standing.accepted {
        Some(false) => return Some(Fate::NotAccepted),
        None => return Some(Fate::AcceptanceNotKnown),
        Some(true) => {}
    }
    if !standing.seen {
        return Some(Fate::NotSeen);
    }
    (!eligibility.asks(episode, standing)).then_some(Fate::NotEligible)
}

impl Eligibility {
    /// Whether the rule asks a person who was seen.
    fn asks(&self, episode: &Episode, standing: &Standing) -> bool {
        let named = |list: &[String], name: &Recorded<String>| {
            name.value().is_some_and(|name| list.contains(name))
        };
        match self {
            Self::Seen => true,
            Self::AttendedAtLeast { contacts } => standing.attended.unwrap_or(1) >= *contacts,
            Self::FirstSeenBetween { from, until } => {
                let seen = standing.first_attended.or_else(|| episode.referred.value().copied());
                seen.is_some_and(|seen| {
                    from.is_none_or(|from| from <= seen) && until.is_none_or(|until| seen <= until)
                })
            }
            Self::Practices { practices } => named(practices, &episode.practice),
            Self::Programmes { programmes } => named(programmes, &episode.programme),
            Self::AllOf { rules } => rules.iter().all(|rule| rule.asks(episode, standing)),
        }
    }
}

impl BaselineRule {
    fn allows(self, baseline: Scored, standing: &Standing) -> bool {
        match self {
            Self::First => true,
            Self::FirstWithin { days } => {
                match (standing.first_attended, baseline.when.date()) {
                    (Some(first), Some(date)) => days_between(first, date) <= i64::from(days),
                    // Without the dates a baseline at the first contact is known to be in time.
                    _ => baseline.contact == Some(1),
                }
            }
        }
    }
}

impl EndPoint {
    /// Whether what is known of a sitting tells if the rule may choose it.
    fn can_place(self, standing: &Standing, when: When, contact: Option<u32>) -> bool {
        let is_over = standing.closure.date().is_some();
        match (self, when) {
            (_, When::Date(_)) | (Self::Last, _) => true,
            (Self::NthContact { .. } | Self::FirstAfter { .. }, _) => contact.is_some(),
            (Self::LastUntilClosure { .. }, _) => contact.is_some() || !is_over,
            (Self::AtClosure { .. }, _) => !is_over,
            (Self::WithinDays { .. }, _) => false,
        }
    }

    fn choose(
        self,
        episode: &Episode,
        standing: &Standing,
        baseline: Scored,
        mut later: impl DoubleEndedIterator<Item = Scored>,
    ) -> Option<Scored> {
        match self {
            Self::Last => later.next_back(),
            Self::LastUntilClosure { days } => match standing.closure.date() {
                None => later.next_back(),
                Some(closed) => later.rfind(|s| match s.when.date() {
                    Some(sat) => days_between(closed, sat) <= i64::from(days),
                    None => s.contact.is_some(),
                }),
            },
            Self::NthContact { n } => {
                let date = episode.nth_attended(n, standing.as_of);
                later.find(|s| match s.contact {
                    Some(contact) => contact == n,
                    None => date.is_some() && s.when.date() == date,
                })
            }
            Self::FirstAfter { n } => {
                let date = episode.nth_attended(n, standing.as_of);
                later.find(|s| match (s.contact, s.when.date(), date) {
                    (Some(contact), _, _) => contact >= n,
                    (None, Some(sat), Some(nth)) => sat >= nth,
                    _ => false,
                })
            }
            Self::WithinDays { target, window } => {
                let from = baseline.when.date()?;
                later
                    .filter_map(|s| {
                        let days = days_between(from, s.when.date()?);
                        Some(((days - i64::from(target)).abs(), s))
                    })
                    .filter(|(off, _)| *off <= i64::from(window))
                    .min_by_key(|(off, _)| *off)
                    .map(|(_, sitting)| sitting)
            }
            Self::AtClosure { window } => {
                let closed = standing.closure.date()?;
                later.rfind(|s| {
                    s.when
                        .date()
                        .is_some_and(|sat| days_between(closed, sat).abs() <= i64::from(window))
                })
            }
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Due {
    Yes,
    No,
    NotKnown,
}

impl From<bool> for Due {
    fn from(due: bool) -> Self {
        if due { Self::Yes } else { Self::No }
    }
}

impl DueRule {
    /// The day on which the follow-up of an episode with this baseline falls due, past or to come,
    /// where it can be told: nobody knows yet when an open episode will close.
    ///
    /// A follow-up that was due before there was a baseline is due from the baseline on.
    #[must_use]
    pub fn falls_due(
        &self,
        episode: &Episode,
        standing: &Standing,
        baseline: Scored,
    ) -> Option<Date> {
        let from = baseline.when.date();
        let since = |date: Date| from.map_or(date, |from| date.max(from));
        match self {
            Self::Everyone => from,
            Self::Closed => standing.closure.date().map(since),
            Self::AttendedAtLeast { contacts: 0 } => from,
            Self::AttendedAtLeast { contacts } => {
                episode.nth_attended(*contacts, standing.as_of).map(since)
            }
            Self::DaysSinceBaseline { days } => {
                from?.checked_add(Span::new().try_days(*days).ok()?).ok()
            }
            Self::AnyOf { rules } => {
                rules.iter().filter_map(|rule| rule.falls_due(episode, standing, baseline)).min()
            }
        }
    }

    fn says(&self, standing: &Standing, baseline: Scored) -> Due {
        match self {
            Self::Everyone => Due::Yes,
            Self::Closed => standing.closure.date().is_some().into(),
            // A sitting numbered as the fourth contact does not show that the fourth is due: only
            // those with a follow-up would be shown to be due, and completion would look perfect.
            Self::AttendedAtLeast { contacts } => {
                standing.attended.map_or(Due::NotKnown, |attended| (attended >= *contacts).into())
            }
            Self::DaysSinceBaseline { days } => {
                baseline.when.date().map_or(Due::NotKnown, |date| {
                    (days_between(date, standing.as_of) >= i64::from(*days)).into()
                })
            }
            Self::AnyOf { rules } => {
                let mut answer = Due::No;
                for rule in rules {
                    match rule.says(standing, baseline) {
                        Due::Yes => return Due::Yes,
                        Due::NotKnown => answer = Due::NotKnown,
                        Due::No => {}
                    }
                }
                answer
            }
        }
    }
}

/// Whether somebody had recorded the sitting by the as-of date, whatever became of it.
fn is_recorded(sitting: &Sitting) -> bool {
    sitting.outcome != Err(SittingRole::AfterAsOf)
}

/// Whether one came after the other, or nobody knows: of one with a date and one without.
fn may_follow(a: When, b: When) -> bool {
    match (a, b) {
        (When::Date(a), When::Date(b)) => a > b,
        (When::Occasion(a), When::Occasion(b)) => a > b,
        _ => true,
    }
}
