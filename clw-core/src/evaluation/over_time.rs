//! All scored sittings of a measure, for what happens between the first and the last.

use serde::{Deserialize, Serialize};

use super::CheckedPlan;
use crate::caseload::{Person, When, days_between};
use crate::pairing::Timeline;
use crate::trajectory::{TimeUnit, TimedScore, Trajectories, TrajectoryError};

/// What time is counted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Clock {
    /// Days since the episode's first scored sitting.
    DaysSinceFirst,
    /// The number of the scored sitting, from 1.
    Session,
}

/// The sittings of a measure over time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OverTime {
    /// The sittings, each episode as one person's.
    pub trajectories: Trajectories,
    /// Episodes with scored sittings that have an order and no dates, and so no place on a clock of
    /// days.
    pub episodes_without_dates: u64,
}

impl CheckedPlan {
    /// Every scored sitting of the episodes there were, of the measure at a place of the plan, counted
    /// from 0, whether or not it became part of a pair; `None` where the plan has no such place.
    ///
    /// # Errors
    ///
    /// [`TrajectoryError`], which no scored sitting causes.
    pub fn over_time<'a>(
        &self,
        place: usize,
        clock: Clock,
        people: impl IntoIterator<Item = &'a Person>,
    ) -> Result<Option<OverTime>, TrajectoryError> {
        let Some(planned) = self.measures.get(place) else { return Ok(None) };
        let unit = match clock {
            Clock::DaysSinceFirst => TimeUnit::Day,
            Clock::Session => TimeUnit::Session,
        };
        let mut trajectories = Trajectories::new(planned.measure.scale(), unit)?;
        let mut episodes_without_dates = 0;
        let episodes = people.into_iter().flat_map(|person| &person.episodes);
        for episode in episodes.filter(|episode| self.includes(episode)) {
            let (instrument, measure) = (&planned.instrument, &planned.measure);
            let referred = episode.referred.value().copied();
            let timeline = Timeline::of(episode, instrument, measure, referred, self.plan.as_of);
            match clock.times(&timeline) {
                Some(sittings) => trajectories.add(&sittings)?,
                None => episodes_without_dates += 1,
            }
        }
        Ok(Some(OverTime { trajectories, episodes_without_dates }))
    }
}

impl Clock {
    /// The scored sittings on this clock; `None` for sittings without dates on a clock of days.
    fn times(self, timeline: &Timeline) -> Option<Vec<TimedScore>> {
        let first = timeline.scored().next().map(|sitting| sitting.when);
        (1..)
            .zip(timeline.scored())
            .map(|(session, sitting)| {
                let time = match (self, first, sitting.when) {
                    (Self::Session, ..) => session,
                    (Self::DaysSinceFirst, Some(When::Date(first)), When::Date(date)) => {
                        days_between(first, date)
                    }
                    (Self::DaysSinceFirst, ..) => return None,
                };
                Some(TimedScore { time: i32::try_from(time).ok()?, points: sitting.points })
            })
            .collect()
    }
}
