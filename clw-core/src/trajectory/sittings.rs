//! People's sittings in time: the sample that everything here is computed from.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};

use super::TrajectoryError;
use crate::instrument::{Points, Scale};

/// One score of one person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct TimedScore {
    /// When, in whole units of the clock.
    pub time: i32,
    /// The score.
    pub points: Points,
}

/// What one unit of time is. It is printed beside every slope.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TimeUnit {
    /// A day, such as days since the first sitting.
    Day,
    /// A week.
    Week,
    /// A session: sittings are numbered, and the time between them does not count.
    Session,
}

impl std::str::FromStr for TimeUnit {
    type Err = TrajectoryError;

    fn from_str(name: &str) -> Result<Self, TrajectoryError> {
        let units = [Self::Day, Self::Week, Self::Session];
        let unknown = || TrajectoryError::UnknownUnit { name: name.to_owned() };
        units.into_iter().find(|unit| unit.to_string() == name).ok_or_else(unknown)
    }
}

impl fmt::Display for TimeUnit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Day => "day",
            Self::Week => "week",
            Self::Session => "session",
        })
    }
}

/// The sittings of people over time, on one scale and one clock.
///
/// It holds how many people have each sequence of scores, nobody's name, and adds up: merging the
/// parts of a sample gives the sample. The order of people and of a person's sittings has no effect.
///
/// ```
/// use clw_core::instrument::{Direction, Points, Scale};
/// use clw_core::trajectory::{TimeUnit, TimedScore, Trajectories};
///
/// let stages = Scale {
///     direction: Direction::HigherIsBetter,
///     steps_per_unit: 1,
///     lowest: Points(1),
///     highest: Points(10),
/// };
/// let mut people = Trajectories::new(stages, TimeUnit::Week)?;
/// let score = |time, points| TimedScore { time, points: Points(points) };
/// people.add(&[score(12, 5), score(0, 3)])?;
/// people.add(&[score(0, 4)])?;
/// assert_eq!((people.people(), people.sittings()), (2, 3));
/// let error = people.add(&[score(0, 3), score(0, 4)]).unwrap_err();
/// assert_eq!(error.code(), "two-at-one-time");
/// # Ok::<(), clw_core::trajectory::TrajectoryError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trajectories {
    scale: Scale,
    unit: TimeUnit,
    sequences: BTreeMap<Vec<(i32, i32)>, u64>,
    people: u64,
}

impl Trajectories {
    /// The most people there can be: every sum of theirs is then exact.
    pub const MAX_PEOPLE: u64 = 1 << 32;

    /// Nobody yet.
    ///
    /// # Errors
    /// [`TrajectoryError::NoSteps`] for a scale without a unit.
    pub const fn new(scale: Scale, unit: TimeUnit) -> Result<Self, TrajectoryError> {
        if scale.steps_per_unit == 0 {
            return Err(TrajectoryError::NoSteps);
        }
        Ok(Self { scale, unit, sequences: BTreeMap::new(), people: 0 })
    }

    /// Adds one person's sittings, in any order; a person without any changes nothing.
    ///
    /// # Errors
    /// When a score is off the scale, or two are of one time. Nothing is then added.
    pub fn add(&mut self, sittings: &[TimedScore]) -> Result<(), TrajectoryError> {
        self.add_many(sittings, 1)
    }

    /// Adds people who all have the same sittings; nobody, or no sittings, changes nothing.
    ///
    /// # Errors
    /// As for [`add`](Self::add), and when there are more people than can be counted.
    pub fn add_many(
        &mut self,
        sittings: &[TimedScore],
        people: u64,
    ) -> Result<(), TrajectoryError> {
        if let Some(off) = sittings.iter().find(|score| !self.scale.contains(score.points)) {
            let TimedScore { time, points } = *off;
            return Err(TrajectoryError::OffScale { time, points, scale: self.scale });
        }
        let mut person: Vec<(i32, i32)> =
            sittings.iter().map(|score| (score.time, score.points.0)).collect();
        person.sort_unstable();
        let mut neighbours = person.iter().zip(person.iter().skip(1));
        if let Some((&(time, _), _)) = neighbours.find(|(one, next)| one.0 == next.0) {
            return Err(TrajectoryError::TwoAtOneTime { time });
        }
        if !person.is_empty() && people > 0 {
            self.people = self.admit(people)?;
            *self.sequences.entry(person).or_default() += people;
        }
        Ok(())
    }

    /// Adds other people's sittings.
    ///
    /// # Errors
    /// When the scales or the units of time differ, or there are more people than can be counted.
    /// Nothing is then added.
    pub fn merge(&mut self, other: &Self) -> Result<(), TrajectoryError> {
        let (left, right) = ((self.scale, self.unit), (other.scale, other.unit));
        if left != right {
            return Err(TrajectoryError::DifferentClocks { left, right });
        }
        self.people = self.admit(other.people)?;
        for (person, people) in &other.sequences {
            *self.sequences.entry(person.clone()).or_default() += people;
        }
        Ok(())
    }

    /// The number of people after `more` are added, when there is room for them.
    const fn admit(&self, more: u64) -> Result<u64, TrajectoryError> {
        let held = self.people;
        match held.checked_add(more) {
            Some(people) if people <= Self::MAX_PEOPLE => Ok(people),
            _ => Err(TrajectoryError::TooManyPeople { held, more }),
        }
    }

    /// The scale of the scores.
    #[must_use]
    pub const fn scale(&self) -> &Scale {
        &self.scale
    }

    /// The unit of time.
    #[must_use]
    pub const fn unit(&self) -> TimeUnit {
        self.unit
    }

    /// How many people there are.
    #[must_use]
    pub const fn people(&self) -> u64 {
        self.people
    }

    /// How many sittings they have.
    #[must_use]
    pub fn sittings(&self) -> u64 {
        self.sequences().map(|(sittings, people)| sittings.len() as u64 * people).sum()
    }

    /// How many people have each number of sittings.
    #[must_use]
    pub fn people_by_sittings(&self) -> BTreeMap<usize, u64> {
        let mut people = BTreeMap::new();
        for (sittings, more) in self.sequences() {
            *people.entry(sittings.len()).or_default() += more;
        }
        people
    }

    /// Each sequence of `(time, points)` that somebody has, in the order of time, and how many do.
    pub(super) fn sequences(&self) -> impl Iterator<Item = (&[(i32, i32)], u64)> {
        self.sequences.iter().map(|(sittings, &people)| (sittings.as_slice(), people))
    }
}
