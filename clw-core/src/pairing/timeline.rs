//! The sittings of one measure in one episode, scored and put in order.

use core::cmp::Ordering;

use jiff::civil::Date;

use super::SittingRole;
use crate::caseload::{Assessment, Episode, Rater, Recorded, When};
use crate::instrument::{Instrument, Measure, Points};
use crate::score::{Answer, Unscored};

/// One sitting, as the rules see it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sitting {
    /// Its place in the episode's list of assessments.
    pub assessment: usize,
    /// When it took place.
    pub when: When,
    /// At which attended contact, where that is known.
    pub contact: Option<u32>,
    /// Its score, or why it cannot be used.
    pub outcome: Result<Points, SittingRole>,
}

/// The sittings of one measure in one episode, in the order of time.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Timeline {
    sittings: Vec<Sitting>,
}

impl Timeline {
    /// Scores and orders the episode's sittings of `measure`, and says of each unusable one why.
    ///
    /// Two sittings of the same time are one if they agree, and neither is used if they do not; a
    /// total without answers agrees with answers that make it. Of two raters the worker is preferred,
    /// as is the practice with outcome stars.
    #[must_use]
    pub fn of(
        episode: &Episode,
        instrument: &Instrument,
        measure: &Measure,
        referred: Option<Date>,
        as_of: Date,
    ) -> Self {
        let assessments = &episode.assessments;
        let place = instrument.measures().iter().position(|own| own.id() == measure.id());
        let place = place.unwrap_or(usize::MAX);
        let dated = assessments.iter().any(|a| a.when.date().is_some());
        let outcome = |assessment: &Assessment| {
            if assessment.version != instrument.version() {
                return Err(SittingRole::OtherVersion);
            }
            match assessment.when {
                When::Date(date) if referred.is_some_and(|referred| date < referred) => {
                    return Err(SittingRole::BeforeReferral);
                }
                When::Date(date) if date > as_of => return Err(SittingRole::AfterAsOf),
                When::Occasion(_) if dated => return Err(SittingRole::Undated),
                When::Date(_) | When::Occasion(_) => {}
            }
            assessment.points(measure, place).map_err(|_| SittingRole::Unscored)
        };
        let mut sittings: Vec<Sitting> = assessments
            .iter()
            .enumerate()
            .filter(|(_, a)| a.instrument == instrument.id())
            .map(|(place, a)| Sitting {
                assessment: place,
                when: a.when,
                contact: a.contact_ordinal.value().copied(),
                outcome: outcome(a),
            })
            .collect();
        sittings.sort_by(|a, b| in_time(a.when, b.when));
        for group in sittings.chunk_by_mut(|a, b| a.when == b.when) {
            if group.len() > 1 {
                settle(group, assessments, measure);
            }
        }
        Self { sittings }
    }

    /// Every sitting, the unusable ones included.
    #[must_use]
    pub fn sittings(&self) -> &[Sitting] {
        &self.sittings
    }

    /// The scored sittings, in order.
    #[must_use]
    pub fn scored(&self) -> impl DoubleEndedIterator<Item = Scored> + '_ {
        self.sittings.iter().filter_map(|sitting| {
            let points = sitting.outcome.ok()?;
            let Sitting { assessment, when, contact, .. } = *sitting;
            Some(Scored { assessment, when, contact, points })
        })
    }
}

/// A sitting with a score.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Scored {
    /// Its place in the episode's list of assessments.
    pub assessment: usize,
    /// When it took place.
    pub when: When,
    /// At which attended contact, where that is known.
    pub contact: Option<u32>,
    /// The score.
    pub points: Points,
}

fn in_time(a: When, b: When) -> Ordering {
    match (a, b) {
        (When::Date(a), When::Date(b)) => a.cmp(&b),
        (When::Occasion(a), When::Occasion(b)) => a.cmp(&b),
        (When::Date(_), When::Occasion(_)) => Ordering::Less,
        (When::Occasion(_), When::Date(_)) => Ordering::Greater,
    }
}

/// Settles which of the scored sittings of one moment is used.
fn settle(group: &mut [Sitting], assessments: &[Assessment], measure: &Measure) {
    let of = |sitting: &Sitting| assessments.get(sitting.assessment);
    let by_worker =
        |sitting: &Sitting| of(sitting).is_some_and(|a| a.rater == Recorded::Value(Rater::Worker));
    let worker_scored = group.iter().any(|s| s.outcome.is_ok() && by_worker(s));
    if worker_scored {
        for sitting in group.iter_mut().filter(|s| s.outcome.is_ok() && !by_worker(s)) {
            sitting.outcome = Err(SittingRole::OtherRater);
        }
    }
    let answers = |sitting: &Sitting| -> Option<Vec<Answer>> {
        let form =
            of(sitting).filter(|form| measure.points(&form.answers) != Err(Unscored::AllBlank));
        form.map(|form| answers_to(measure, &form.answers).collect())
    };
    let mut scored: Vec<&mut Sitting> = group.iter_mut().filter(|s| s.outcome.is_ok()).collect();
    // A total alone says no more than its score; one with its answers is kept before it.
    scored.sort_by_key(|sitting| answers(sitting).is_none());
    let mut first: Option<(Option<Points>, Option<Vec<Answer>>)> = None;
    let mut agree = true;
    for sitting in &scored {
        let said = (sitting.outcome.ok(), answers(sitting));
        match (&first, &said) {
            (None, _) => first = Some(said),
            (Some((_, Some(first))), (_, Some(answers))) => agree &= first == answers,
            (Some((first, _)), (points, _)) => agree &= first == points,
        }
    }
    let kept = usize::from(agree);
    for sitting in scored.into_iter().skip(kept) {
        sitting.outcome = Err(if agree { SittingRole::Repeated } else { SittingRole::Conflicting });
    }
}

/// The answers to the items of one measure, out of those of the whole instrument.
pub(crate) fn answers_to<'a>(
    measure: &'a Measure,
    answers: &'a [Answer],
) -> impl Iterator<Item = Answer> + 'a {
    let answer = |position| answers.get(position).copied().unwrap_or(Answer::Blank);
    measure.items().iter().map(move |item| answer(item.position))
}
