//! When an episode is over.
//!
//! Few episodes are closed formally, and some closure dates are overtaken by later contacts. A
//! recorded date is kept only if it is on or after the last attended contact, the rule of Public
//! Health Scotland's psychological therapies data; an inactive episode may be taken as closed.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::Episode;

/// How a closure is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ClosureBasis {
    /// It was recorded.
    Recorded,
    /// Nothing happened for as long as the plan says.
    InferredInactive,
}

/// Whether an episode is over, as of a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Closure {
    /// It goes on.
    Open,
    /// It goes on: the recorded closure was overtaken by a later attended contact.
    Reopened {
        /// The closure date that was recorded.
        recorded: Date,
    },
    /// It is over.
    Closed {
        /// Since when.
        on: Date,
        /// How that is known.
        basis: ClosureBasis,
    },
}

impl Closure {
    /// The closure date, where the episode is over.
    #[must_use]
    pub const fn date(self) -> Option<Date> {
        match self {
            Self::Closed { on, .. } => Some(on),
            Self::Open | Self::Reopened { .. } => None,
        }
    }
}

impl Episode {
    /// Whether the episode is over on `as_of`.
    ///
    /// `inactive_days` is how long after the last sign of life (an attended contact, a dated
    /// assessment, the referral) an episode without a closure counts as closed; `None` infers
    /// nothing. An episode on hold is not inactive.
    #[must_use]
    pub fn closure(&self, as_of: Date, inactive_days: Option<u32>) -> Closure {
        let recorded = self.closed.value().copied().filter(|closed| *closed <= as_of);
        let overtaken = |closed: Date| self.last_attended(as_of).is_some_and(|last| last > closed);
        match recorded {
            Some(on) if !overtaken(on) => Closure::Closed { on, basis: ClosureBasis::Recorded },
            reopened => self
                .inactive_since(as_of, inactive_days)
                .map(|on| Closure::Closed { on, basis: ClosureBasis::InferredInactive })
                .or_else(|| reopened.map(|recorded| Closure::Reopened { recorded }))
                .unwrap_or(Closure::Open),
        }
    }

    /// The last sign of life, if it lies more than `inactive_days` before `as_of`.
    fn inactive_since(&self, as_of: Date, inactive_days: Option<u32>) -> Option<Date> {
        let limit = i64::from(inactive_days?);
        if self.on_hold(as_of) {
            return None;
        }
        let assessed = self.assessments.iter().filter_map(|a| a.when.date());
        let last = assessed
            .chain(self.last_attended(as_of))
            .chain(self.referred.value().copied())
            .filter(|date| *date <= as_of)
            .max()?;
        (days_between(last, as_of) > limit).then_some(last)
    }
}

/// The number of days from one civil date to another, negative when `to` is the earlier.
pub(crate) fn days_between(from: Date, to: Date) -> i64 {
    from.duration_until(to).as_hours() / 24
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::caseload::{Attendance, Contact, Hold, Recorded};

    fn episode(closed: Option<Date>, seen: &[Date]) -> Episode {
        let contacts = seen
            .iter()
            .map(|day| Contact {
                date: Recorded::Value(*day),
                attendance: Recorded::Value(Attendance::Seen),
                ..Contact::default()
            })
            .collect();
        Episode { closed: closed.into(), contacts: Recorded::Value(contacts), ..Episode::default() }
    }

    const AS_OF: Date = date(2026, 6, 30);

    #[test]
    fn a_closure_on_or_after_the_last_contact_is_kept() {
        let day = date(2026, 3, 1);
        let closure = episode(Some(day), &[date(2026, 1, 5), day]).closure(AS_OF, None);
        assert_eq!(closure, Closure::Closed { on: day, basis: ClosureBasis::Recorded });
    }

    #[test]
    fn a_closure_before_the_last_contact_is_repaired_to_open() {
        let closure = episode(Some(date(2026, 3, 1)), &[date(2026, 3, 2)]).closure(AS_OF, None);
        assert_eq!(closure, Closure::Reopened { recorded: date(2026, 3, 1) });
        assert_eq!(closure.date(), None);
    }

    #[test]
    fn a_closure_after_the_as_of_date_has_not_happened_yet() {
        let closure = episode(Some(date(2026, 7, 1)), &[]).closure(AS_OF, None);
        assert_eq!(closure, Closure::Open);
    }

    #[test]
    fn inactivity_closes_only_where_the_plan_says_how_long() {
        let quiet = episode(None, &[date(2026, 1, 1)]);
        assert_eq!(quiet.closure(AS_OF, None), Closure::Open);
        assert_eq!(quiet.closure(AS_OF, Some(180)), Closure::Open, "180 days is not more than 180");
        assert_eq!(
            quiet.closure(AS_OF, Some(179)),
            Closure::Closed { on: date(2026, 1, 1), basis: ClosureBasis::InferredInactive }
        );
    }

    #[test]
    fn an_episode_on_hold_is_not_inactive() {
        let mut held = episode(None, &[date(2025, 1, 1)]);
        held.holds.push(Hold { from: date(2025, 2, 1), to: None });
        assert_eq!(held.closure(AS_OF, Some(90)), Closure::Open);
    }
}
