//! Trajectories as JSON, and from the long columns that people keep them in.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{TimeUnit, TimedScore, Trajectories, TrajectoryError};
use crate::instrument::{Points, Scale};

/// The JSON form: scale, unit, then each sequence of `[time, points]` in ascending order.
#[derive(Serialize, Deserialize)]
#[serde(
    deny_unknown_fields,
    rename_all = "kebab-case",
    expecting = "an object of a scale, a unit and its sequences"
)]
pub(super) struct Wire {
    scale: Scale,
    unit: TimeUnit,
    sequences: Vec<Sequence>,
}

/// A sequence of sittings and how many people have it.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Sequence {
    people: u64,
    sittings: Vec<(i32, i32)>,
}

impl From<&Trajectories> for Wire {
    fn from(trajectories: &Trajectories) -> Self {
        let sequence = |(sittings, people): (&[(i32, i32)], u64)| Sequence {
            people,
            sittings: sittings.into(),
        };
        Self {
            scale: *trajectories.scale(),
            unit: trajectories.unit(),
            sequences: trajectories.sequences().map(sequence).collect(),
        }
    }
}

impl TryFrom<Wire> for Trajectories {
    type Error = TrajectoryError;

    fn try_from(wire: Wire) -> Result<Self, TrajectoryError> {
        let mut trajectories = Self::new(wire.scale, wire.unit)?;
        for Sequence { people, sittings } in wire.sequences {
            let score = |(time, points)| TimedScore { time, points: Points(points) };
            let sittings: Vec<TimedScore> = sittings.into_iter().map(score).collect();
            trajectories.add_many(&sittings, people)?;
        }
        Ok(trajectories)
    }
}

impl Trajectories {
    /// Gathers long columns: row i is one sitting of the person named there, in any order of rows.
    ///
    /// # Errors
    /// When the columns are of unequal length, a score is off the scale, or one person has two scores
    /// of one time.
    ///
    /// ```
    /// use clw_core::instrument::catalogue;
    /// use clw_core::trajectory::{TimeUnit, Trajectories};
    ///
    /// let wellbeing = catalogue::find("swemwbs")?.measure("wellbeing")?;
    /// let (people, days) = (["a", "b", "a"], [0, 0, 28]);
    /// let gathered =
    ///     Trajectories::gather(wellbeing.scale(), TimeUnit::Day, &people, &days, &[1798, 1925, 2154])?;
    /// assert_eq!((gathered.people(), gathered.sittings()), (2, 3));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn gather<P: Ord>(
        scale: Scale,
        unit: TimeUnit,
        people: &[P],
        times: &[i32],
        points: &[i32],
    ) -> Result<Self, TrajectoryError> {
        if people.len() != times.len() || people.len() != points.len() {
            let (people, times, points) = (people.len(), times.len(), points.len());
            return Err(TrajectoryError::UnequalColumns { people, times, points });
        }
        let mut sittings: BTreeMap<&P, Vec<TimedScore>> = BTreeMap::new();
        for ((person, &time), &points) in people.iter().zip(times).zip(points) {
            sittings.entry(person).or_default().push(TimedScore { time, points: Points(points) });
        }
        let mut gathered = Self::new(scale, unit)?;
        sittings.values().try_for_each(|person| gathered.add(person))?;
        Ok(gathered)
    }
}
