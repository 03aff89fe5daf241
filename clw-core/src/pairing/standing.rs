//! Where an episode stands on the as-of date, read once and used by every rule.

use jiff::civil::Date;

use crate::caseload::{Assessment, Closure, EndReason, Episode, Recorded};

/// What the pairing rules need to know of an episode besides its sittings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// The day everything is judged on.
    pub as_of: Date,
    /// Whether the service took the person on, where that is known.
    pub accepted: Option<bool>,
    /// Whether the person was seen.
    pub seen: bool,
    /// The attended contacts, where their number is known.
    pub attended: Option<u32>,
    /// The first attended contact, where its date is known.
    pub first_attended: Option<Date>,
    /// Whether the episode is over.
    pub closure: Closure,
    /// Whether it is open and on hold.
    pub on_hold: bool,
    /// Whether the person had died by then.
    pub deceased: bool,
}

impl Standing {
    /// Reads an episode as it stands on `as_of`.
    ///
    /// Later evidence speaks for an earlier step that was not recorded: a person who was seen had
    /// been accepted, and one who filled in a questionnaire had been seen. What *was* recorded is
    /// never overruled.
    #[must_use]
    pub fn of(episode: &Episode, as_of: Date, infer_closure_after_days: Option<u32>) -> Self {
        let attended = episode.attended(as_of);
        let first_attended = episode.first_attended(as_of);
        let seen = match attended {
            Some(n) if n > 0 => true,
            Some(_) => first_attended.is_some(),
            None => {
                let assessed = |a: &Assessment| a.when.date().is_none_or(|date| date <= as_of);
                first_attended.is_some() || episode.assessments.iter().any(assessed)
            }
        };
        let accepted = match episode.accepted {
            Recorded::Value(accepted) => Some(accepted),
            _ if seen => Some(true),
            _ => None,
        };
        let closure = episode.closure(as_of, infer_closure_after_days);
        let ended = episode.closed.value().is_none_or(|closed| *closed <= as_of);
        Self {
            as_of,
            accepted,
            seen,
            attended,
            first_attended,
            closure,
            on_hold: closure.date().is_none() && episode.on_hold(as_of),
            deceased: ended && episode.end_reason == Recorded::Value(EndReason::Deceased),
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::caseload::When;

    const AS_OF: Date = date(2026, 6, 30);

    fn assessed() -> Episode {
        let when = When::Date(date(2026, 1, 1));
        let assessment = Assessment::new("swemwbs", "2009", when, Vec::new());
        Episode { assessments: vec![assessment], ..Episode::default() }
    }

    #[test]
    fn a_questionnaire_shows_that_the_person_was_seen_and_accepted() {
        let standing = Standing::of(&assessed(), AS_OF, None);
        assert_eq!((standing.accepted, standing.seen), (Some(true), true));
    }

    #[test]
    fn a_questionnaire_of_a_later_day_shows_nothing_yet() {
        let standing = Standing::of(&assessed(), date(2025, 12, 31), None);
        assert_eq!((standing.accepted, standing.seen), (None, false));
    }

    #[test]
    fn a_death_of_a_later_day_has_not_happened_yet() {
        for (closed, deceased) in [
            (Recorded::Value(AS_OF), true),
            (Recorded::Value(date(2026, 7, 1)), false),
            (Recorded::Missing, true),
        ] {
            let end_reason = Recorded::Value(EndReason::Deceased);
            let episode = Episode { end_reason, closed, ..assessed() };
            assert_eq!(Standing::of(&episode, AS_OF, None).deceased, deceased, "{closed:?}");
        }
    }

    #[test]
    fn a_recorded_refusal_is_not_overruled() {
        let refused = Episode { accepted: Recorded::Value(false), ..assessed() };
        assert_eq!(Standing::of(&refused, AS_OF, None).accepted, Some(false));
    }

    #[test]
    fn unknown_contacts_are_neither_none_nor_one() {
        let unknown = Episode { contacts: Recorded::NotKnown, ..Episode::default() };
        let standing = Standing::of(&unknown, AS_OF, None);
        assert_eq!((standing.attended, standing.seen), (None, false));
        let none = Episode { contacts: Recorded::Value(Vec::new()), ..Episode::default() };
        assert_eq!(Standing::of(&none, AS_OF, None).attended, Some(0));
    }
}
