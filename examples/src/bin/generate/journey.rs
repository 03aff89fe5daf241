//! What happens after a referral: acceptance, contacts, holds and closure.

use crate::programme::{AS_OF, Day, Practice, working_day};
use crate::random::Draws;

/// One contact, kept or not.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Contact {
    pub(crate) day: Day,
    pub(crate) kind: &'static str,
    pub(crate) mode: &'static str,
    /// Empty where nothing was recorded, as for an appointment yet to come.
    pub(crate) attendance: &'static str,
    pub(crate) minutes: Option<i32>,
}

/// A spell on hold, open-ended where it has no last day.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Hold {
    pub(crate) from: Day,
    pub(crate) to: Option<Day>,
    pub(crate) why: &'static str,
}

/// What happened after a referral.
#[derive(Debug, Clone, Default)]
pub(crate) struct Journey {
    pub(crate) accepted: bool,
    /// In order of date.
    pub(crate) contacts: Vec<Contact>,
    /// Days of the attended appointments, in order.
    pub(crate) attended: Vec<Day>,
    pub(crate) holds: Vec<Hold>,
    /// The closure as recorded, which may be wrong.
    pub(crate) closed: Option<Day>,
    pub(crate) end_reason: &'static str,
}

impl Journey {
    /// Draws what happens after a referral on `referred`.
    pub(crate) fn draw(
        draws: &mut Draws,
        practice: &Practice,
        quintile: Option<i32>,
        referred: Day,
    ) -> Self {
        let mut journey = Self { accepted: draws.chance(0.93), ..Self::default() };
        let first = working_day(referred + 4 + draws.between(0, 20) + draws.between(0, 20));
        let comes = 0.80 + 0.025 * f64::from(quintile.unwrap_or(3));
        if !journey.accepted {
            let reason = draws.weighted(&[(5, "inappropriate"), (4, "declined"), (1, "escalated")]);
            journey.close(referred + draws.between(1, 21), reason);
        } else if first > AS_OF {
            journey.book(draws, first);
        } else if draws.chance(comes) {
            journey.see(draws, practice, first);
        } else {
            journey.try_in_vain(draws, first);
        }
        journey
    }

    fn close(&mut self, day: Day, reason: &'static str) {
        if day <= AS_OF {
            self.closed = Some(day);
            self.end_reason = reason;
        }
    }

    /// An appointment after the day of the extract: nothing is known about attendance yet.
    fn book(&mut self, draws: &mut Draws, day: Day) {
        let mode = draws.weighted(&MODES);
        self.contacts.push(Contact {
            day,
            kind: "appointment",
            mode,
            attendance: "",
            minutes: None,
        });
    }

    fn miss(&mut self, draws: &mut Draws, day: Day, kind: &'static str) {
        let mode = draws.weighted(&MODES);
        let attendance = draws.weighted(&[
            (5, "did-not-attend"),
            (3, "cancelled-by-person"),
            (1, "cancelled-by-service"),
        ]);
        self.contacts.push(Contact { day, kind, mode, attendance, minutes: None });
    }

    fn try_in_vain(&mut self, draws: &mut Draws, first: Day) {
        let mut day = first;
        for _ in 0..draws.between(1, 3) {
            if day <= AS_OF {
                self.miss(draws, day, "first-assessment");
                day = working_day(day + draws.between(7, 28));
            }
        }
        if draws.chance(0.6) {
            let reason = draws.weighted(&[(6, "stopped-attending"), (3, "declined"), (1, "moved")]);
            self.close(day + draws.between(7, 40), reason);
        }
    }

    fn see(&mut self, draws: &mut Draws, practice: &Practice, first: Day) {
        let planned = draws.weighted(&PLANNED_CONTACTS);
        let pause_after = draws.between(1, 6);
        let pauses = draws.chance(0.09);
        let mut day = first;
        for number in 1..=planned {
            if number > 1 && draws.chance(0.16) {
                self.miss(draws, day, "appointment");
                day = working_day(day + draws.between(5, 14));
            }
            if day > AS_OF {
                self.book(draws, day);
                return;
            }
            self.attend(draws, day, number);
            if pauses && number == pause_after.min(planned - 1) {
                match self.pause(draws, day) {
                    Some(end) => day = end,
                    None => return,
                }
            }
            day = working_day(day + draws.between(9, 30));
        }
        self.finish(draws, practice);
    }

    fn attend(&mut self, draws: &mut Draws, day: Day, number: i32) {
        let kind = match number {
            1 => "first-assessment",
            _ => draws.weighted(&[
                (80, "appointment"),
                (7, "brief"),
                (7, "accompaniment"),
                (6, "review"),
            ]),
        };
        let minutes =
            Some(5 * if kind == "brief" { draws.between(1, 3) } else { draws.between(5, 12) });
        let mode = draws.weighted(&MODES);
        self.contacts.push(Contact { day, kind, mode, attendance: "seen", minutes });
        self.attended.push(day);
        if draws.chance(0.12) {
            let kind = draws.weighted(&[(3, "liaison"), (1, "enquiry")]);
            let attendance = draws.weighted(&[(1, "seen"), (2, "")]);
            let later = working_day(day + draws.between(1, 6));
            if later <= AS_OF {
                let contact =
                    Contact { day: later, kind, mode: "phone", attendance, minutes: Some(10) };
                self.contacts.push(contact);
            }
        }
    }

    /// Puts the episode on hold; the day the hold ends, or `None` if it has not.
    fn pause(&mut self, draws: &mut Draws, day: Day) -> Option<Day> {
        let from = day + draws.between(3, 10);
        if from > AS_OF {
            return Some(day);
        }
        let why = draws.weighted(&HOLD_REASONS);
        let to = Some(from + draws.between(40, 140))
            .filter(|to| *to <= AS_OF - 10 && !draws.chance(0.4));
        self.holds.push(Hold { from, to, why });
        to
    }

    fn finish(&mut self, draws: &mut Draws, practice: &Practice) {
        let Some(last) = self.attended.last().copied() else { return };
        if draws.chance(0.015) {
            return self.close(last + draws.between(4, 60), "deceased");
        }
        // Few episodes are closed formally; where only the first session is recorded, more are.
        let formally = if practice.contacts_listed { 0.48 } else { 0.7 };
        if draws.chance(formally) {
            let few = self.attended.len() < 4;
            let reason = draws.weighted(if few { &SHORT_ENDS } else { &LONG_ENDS });
            self.close(last + draws.between(0, 28), reason);
        }
    }
}

const PLANNED_CONTACTS: [(u32, i32); 12] = [
    (11, 1),
    (12, 2),
    (12, 3),
    (17, 4),
    (13, 5),
    (11, 6),
    (7, 7),
    (6, 8),
    (4, 9),
    (3, 10),
    (2, 12),
    (2, 14),
];

const MODES: [(u32, &str); 8] = [
    (42, "practice"),
    (10, "home"),
    (7, "community"),
    (3, "outdoors"),
    (30, "phone"),
    (4, "video"),
    (2, "text"),
    (2, "group"),
];

const HOLD_REASONS: [(u32, &str); 4] =
    [(3, "waiting for another service"), (2, "in hospital"), (2, "away"), (2, "asked for a break")];

const SHORT_ENDS: [(u32, &str); 7] = [
    (20, "agreed"),
    (12, "goals-met"),
    (18, "linked-no-further-need"),
    (34, "stopped-attending"),
    (6, "declined"),
    (6, "moved"),
    (4, "escalated"),
];

const LONG_ENDS: [(u32, &str); 7] = [
    (34, "agreed"),
    (26, "goals-met"),
    (20, "linked-no-further-need"),
    (12, "stopped-attending"),
    (3, "moved"),
    (3, "escalated"),
    (2, "service-ended"),
];
