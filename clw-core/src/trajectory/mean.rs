//! The mean at each time.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::mean_interval::t_interval;
use super::{TimeUnit, Trajectories, TrajectoryError};
use crate::estimate::{ConfidenceLevel, Estimate, Interval, ScoreSums};

/// Which sittings of different people are taken together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "by", from = "Wire", rename_all = "kebab-case", rename_all_fields = "kebab-case")]
pub enum TimeGrouping {
    /// Those of the same time.
    Time,
    /// Everybody's first, everybody's second, and so on, whenever they were.
    Occasion,
    /// Those from one edge to before the next; each person counts once in a bin.
    Bins {
        /// The first time of each bin, and then the first time after the last, ascending.
        edges: Vec<i32>,
        /// Which of several sittings of a person in one bin counts.
        one_of_bin: OneOfBin,
    },
}

/// The JSON form, in which a grouping that has no bins refuses to be given any.
#[derive(Deserialize)]
#[serde(tag = "by", rename_all = "kebab-case", rename_all_fields = "kebab-case")]
#[serde(deny_unknown_fields)]
enum Wire {
    Time {},
    Occasion {},
    Bins { edges: Vec<i32>, one_of_bin: OneOfBin },
}

impl From<Wire> for TimeGrouping {
    fn from(wire: Wire) -> Self {
        match wire {
            Wire::Time {} => Self::Time,
            Wire::Occasion {} => Self::Occasion,
            Wire::Bins { edges, one_of_bin } => Self::Bins { edges, one_of_bin },
        }
    }
}

/// Which of several sittings of one person in one bin of time counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum OneOfBin {
    /// The first.
    First,
    /// The last.
    Last,
}

/// The mean score at each time, with the people behind it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct MeanTrajectory {
    /// What one unit of time is; an occasion is counted from 1.
    pub unit: TimeUnit,
    /// Which sittings were taken together.
    pub grouping: TimeGrouping,
    /// All people, with one sitting at least.
    pub people: u64,
    /// All their sittings.
    pub sittings: u64,
    /// Sittings that are not in any mean: outside the bins, or not the one of their bin.
    pub sittings_left_out: u64,
    /// The means, in the order of time.
    pub points: Vec<TrajectoryPoint>,
}

/// The mean score at one time.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct TrajectoryPoint {
    /// The time, the number of the occasion, or the first time of the bin.
    pub from: i32,
    /// The same, or the last time of the bin.
    pub to: i32,
    /// The people.
    pub n: u64,
    /// Their mean, in units of the printed score.
    pub mean: Estimate<f64>,
    /// Their standard deviation (n − 1).
    pub standard_deviation: Estimate<f64>,
    /// The t interval of the mean.
    pub interval: Estimate<Interval>,
}

impl MeanTrajectory {
    /// The mean at each time, occasion or bin. Bins in which nobody was seen have no mean.
    ///
    /// # Errors
    /// [`TrajectoryError::EdgesOutOfOrder`] when the edges make no bins.
    ///
    /// ```
    /// use clw_core::estimate::ConfidenceLevel;
    /// use clw_core::instrument::{Direction, Points, Scale};
    /// use clw_core::trajectory::{
    ///     MeanTrajectory, OneOfBin, TimeGrouping, TimeUnit, TimedScore, Trajectories,
    /// };
    ///
    /// let scale = Scale {
    ///     direction: Direction::HigherIsBetter,
    ///     steps_per_unit: 1,
    ///     lowest: Points(0),
    ///     highest: Points(10),
    /// };
    /// let mut people = Trajectories::new(scale, TimeUnit::Day)?;
    /// let score = |time, points| TimedScore { time, points: Points(points) };
    /// people.add(&[score(0, 3), score(20, 5), score(27, 7)])?;
    /// people.add(&[score(3, 4), score(25, 6)])?;
    /// let bins = TimeGrouping::Bins { edges: vec![0, 14, 28, 42], one_of_bin: OneOfBin::Last };
    /// let means = MeanTrajectory::of(&people, bins, ConfidenceLevel::default())?;
    /// let printed: Vec<_> = means.points.iter().map(|p| (p.from, p.to, p.n, p.mean.computed())).collect();
    /// assert_eq!(printed, [(0, 13, 2, Some(&3.5)), (14, 27, 2, Some(&6.5)), (28, 41, 0, None)]);
    /// assert_eq!(means.sittings_left_out, 1);
    /// # Ok::<(), clw_core::trajectory::TrajectoryError>(())
    /// ```
    pub fn of(
        people: &Trajectories,
        grouping: TimeGrouping,
        level: ConfidenceLevel,
    ) -> Result<Self, TrajectoryError> {
        let mut sums: BTreeMap<(i32, i32), ScoreSums> = BTreeMap::new();
        if let TimeGrouping::Bins { edges, .. } = &grouping {
            if edges.len() < 2 || !edges.is_sorted_by(|edge, next| edge < next) {
                return Err(TrajectoryError::EdgesOutOfOrder);
            }
            sums.extend(bins(edges).map(|bin| (bin, ScoreSums::default())));
        }
        for (sittings, count) in people.sequences() {
            for (span, steps) in grouping.spans(sittings) {
                sums.entry(span).or_default().add(steps, count);
            }
        }
        let counted: u64 = sums.values().map(|sums| sums.n).sum();
        let steps_per_unit = people.scale().steps_per_unit;
        let point = |(&(from, to), sums): (&(i32, i32), &ScoreSums)| {
            let (mean, sd) = (sums.mean(steps_per_unit), sums.standard_deviation(steps_per_unit));
            let interval = mean.and_then(|mean| Ok(t_interval(sums.n, mean, sd?, level)));
            TrajectoryPoint {
                from,
                to,
                n: sums.n,
                mean: mean.into(),
                standard_deviation: sd.into(),
                interval: interval.into(),
            }
        };
        Ok(Self {
            unit: people.unit(),
            people: people.people(),
            sittings: people.sittings(),
            sittings_left_out: people.sittings() - counted,
            points: sums.iter().map(point).collect(),
            grouping,
        })
    }
}

/// The first and last time of each bin.
fn bins(edges: &[i32]) -> impl Iterator<Item = (i32, i32)> {
    edges.iter().zip(edges.iter().skip(1)).map(|(&from, &next)| (from, next - 1))
}

impl TimeGrouping {
    /// The scores of one person that count, each with the span of time it counts for.
    fn spans(&self, sittings: &[(i32, i32)]) -> Vec<((i32, i32), i32)> {
        match self {
            Self::Time => sittings.iter().map(|&(time, steps)| ((time, time), steps)).collect(),
            Self::Occasion => {
                let occasions = (1..).zip(sittings);
                occasions.map(|(occasion, &(_, steps))| ((occasion, occasion), steps)).collect()
            }
            Self::Bins { edges, one_of_bin } => bins(edges)
                .filter_map(|(from, to)| {
                    let mut within = sittings.iter().filter(|(time, _)| (from..=to).contains(time));
                    let one = match one_of_bin {
                        OneOfBin::First => within.next(),
                        OneOfBin::Last => within.next_back(),
                    };
                    one.map(|&(_, steps)| ((from, to), steps))
                })
                .collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_grouping_is_read_with_its_own_bins_and_no_others() {
        let bins = TimeGrouping::Bins { edges: vec![0, 7], one_of_bin: OneOfBin::Last };
        for grouping in [TimeGrouping::Time, TimeGrouping::Occasion, bins] {
            let json = serde_json::to_string(&grouping).unwrap();
            assert_eq!(serde_json::from_str::<TimeGrouping>(&json).unwrap(), grouping);
        }
        let time = r#"{"by": "time", "edges": [0, 7]}"#;
        assert!(serde_json::from_str::<TimeGrouping>(time).is_err());
    }
}
