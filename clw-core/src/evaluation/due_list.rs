//! Whose follow-up falls due: a list for the programme's own use. It is never part of what is shared.

use jiff::Span;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::plan::PlannedMeasure;
use super::{CheckedPlan, PlanError};
use crate::caseload::{Closure, ClosureBasis, EndReason, Episode, Person, Recorded, days_between};
use crate::pairing::{EndPoint, Scored, Standing, counted};

/// The days a list is made for, both included, for example the coming fortnight.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct DueWindow {
    from: Date,
    until: Date,
}

impl DueWindow {
    /// The days from the one to the other.
    ///
    /// # Errors
    ///
    /// [`PlanError::RuleNeverHolds`] if the last day is before the first.
    pub fn new(from: Date, until: Date) -> Result<Self, PlanError> {
        if until < from {
            let (setting, found) = ("until", "before from");
            let needed = "give a day on or after it";
            return Err(PlanError::RuleNeverHolds { setting, found, needed });
        }
        Ok(Self { from, until })
    }
}

counted! {
    /// How urgent a follow-up is.
    DueState {
        /// It fell due before the first day of the list.
        Overdue = "overdue",
        /// It falls due on a day of the list, or its time has come.
        Due = "due",
        /// The episode is on hold, and nothing is due for now.
        OnHold = "on-hold",
        /// When it falls due hangs on what has not happened yet, such as the closure, or is not
        /// recorded.
        NotYetKnowable = "not-yet-knowable",
    }
}

/// One follow-up that is wanted, under one measure and the main rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct DueRow {
    /// How urgent it is.
    pub state: DueState,
    /// When it falls due, where that can be told.
    pub due: Option<Date>,
    /// How many days before the first day of the list that was.
    pub days_overdue: Option<i64>,
    /// The last day on which it would still count, where the end-point rule has one.
    pub counts_until: Option<Date>,
    /// The link worker, where recorded.
    pub worker: Option<String>,
    /// The practice, where recorded.
    pub practice: Option<String>,
    /// The person's id.
    pub person: String,
    /// The episode's id.
    pub episode: String,
    /// The instrument.
    pub instrument: String,
    /// The measure.
    pub measure: String,
    /// The date of the baseline, where sittings are dated.
    pub baseline: Option<Date>,
}

impl CheckedPlan {
    /// The follow-ups that are wanted: of each person with a baseline and no follow-up that the main
    /// rule can use, but for those who have died, whose follow-up falls due after the window, or for
    /// whom it would come too late to count.
    ///
    /// Everything is as recorded by the plan's as-of date, but for a death: whenever it was recorded,
    /// nothing is wanted of the person in any episode. A follow-up that has to lie near a number
    /// of days after the baseline is wanted as soon as it can count, before its absence is a gap. The
    /// rows are ordered by urgency, then by date, worker, person, episode and measure.
    #[must_use]
    pub fn due_list<'a>(
        &self,
        people: impl IntoIterator<Item = &'a Person>,
        window: DueWindow,
    ) -> Vec<DueRow> {
        let rows = people.into_iter().flat_map(|person| self.due_rows(person, window));
        in_order(rows.collect())
    }

    /// What is wanted of one person, in the order of episodes and measures.
    pub(super) fn due_rows(&self, person: &Person, window: DueWindow) -> Vec<DueRow> {
        let mut rows = Vec::new();
        // Nobody writes to the dead: the list knows of every death on record, whichever episode it
        // ended and whether or not the as-of date had come.
        let died = |episode: &Episode| episode.end_reason == Recorded::Value(EndReason::Deceased);
        if person.episodes.iter().any(died) {
            return rows;
        }
        for episode in person.episodes.iter().filter(|episode| self.includes(episode)) {
            let standing = self.standing(episode);
            let of_measure = |planned| self.due_row(person, episode, &standing, planned, window);
            rows.extend(self.measures.iter().filter_map(of_measure));
        }
        rows
    }

    fn due_row(
        &self,
        person: &Person,
        episode: &Episode,
        standing: &Standing,
        planned: &PlannedMeasure,
        window: DueWindow,
    ) -> Option<DueRow> {
        let judged = self.judge(planned, episode, standing);
        let rule = &self.plan.pairing;
        let baseline = judged.main.baseline?;
        if rule.has_follow_up(episode, standing, &judged.timeline, baseline) {
            return None;
        }
        let (counts_from, counts_until) = rule.end_point.span(standing, baseline);
        if counts_until.is_some_and(|last| last < window.from) {
            return None;
        }
        let due = rule.due.falls_due(episode, standing, baseline);
        let state = match due {
            _ if standing.on_hold => DueState::OnHold,
            Some(due) if due < window.from => DueState::Overdue,
            Some(due) if due <= window.until => DueState::Due,
            _ if counts_from.is_some_and(|first| first <= window.until) => DueState::Due,
            Some(_) => return None,
            None if judged.main.is_due() => DueState::Overdue,
            None => DueState::NotYetKnowable,
        };
        let is_overdue = state == DueState::Overdue;
        Some(DueRow {
            state,
            due,
            days_overdue: due.filter(|_| is_overdue).map(|due| days_between(due, window.from)),
            counts_until,
            worker: episode.worker.value().cloned(),
            practice: episode.practice.value().cloned(),
            person: person.id.clone(),
            episode: episode.id.clone(),
            instrument: planned.instrument.id().to_owned(),
            measure: planned.measure.id().to_owned(),
            baseline: baseline.when.date(),
        })
    }
}

/// By urgency, then by date, worker, person and episode; measures stay in the order of the plan.
pub(super) fn in_order(mut rows: Vec<DueRow>) -> Vec<DueRow> {
    rows.sort_by(|a, b| {
        let order = |row: &DueRow| (row.state, row.due);
        order(a)
            .cmp(&order(b))
            .then_with(|| a.worker.cmp(&b.worker))
            .then_with(|| a.person.cmp(&b.person))
            .then_with(|| a.episode.cmp(&b.episode))
    });
    rows
}

impl EndPoint {
    /// The first and the last day on which a follow-up of this baseline counts, where the rule has
    /// such days and they are known. An open episode has no day after its closure, and one that is
    /// closed for want of activity would not be, were there a form.
    fn span(self, standing: &Standing, baseline: Scored) -> (Option<Date>, Option<Date>) {
        let after = |from: Option<Date>, days: u32| {
            from?.checked_add(Span::new().try_days(days).ok()?).ok()
        };
        let began = baseline.when.date();
        let ended = match standing.closure {
            Closure::Closed { on, basis: ClosureBasis::Recorded } => Some(on),
            _ => None,
        };
        match self {
            Self::WithinDays { target, window } => (
                after(began, target.saturating_sub(window).max(1)),
                after(began, target.saturating_add(window)),
            ),
            Self::LastUntilClosure { days } | Self::AtClosure { window: days } => {
                (None, after(ended, days))
            }
            Self::Last | Self::NthContact { .. } | Self::FirstAfter { .. } => (None, None),
        }
    }
}
