//! How many people have each score of a scale.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::AttritionCountsError;
use crate::change::{Moments, PairCounts};
use crate::estimate::ScoreSums;
use crate::instrument::{Points, Scale};

/// How many people have each score of one scale: a histogram, exact, that adds.
///
/// In JSON it is the scale and the scores that occur in ascending order, each `[points, people]`;
/// reading it back repeats every check.
///
/// ```
/// use clw_core::attrition::ScoreCounts;
/// use clw_core::instrument::{Direction, Points, Scale};
///
/// let scale = Scale {
///     direction: Direction::HigherIsBetter,
///     steps_per_unit: 1,
///     lowest: Points(0),
///     highest: Points(10),
/// };
/// let mut unpaired = ScoreCounts::new(scale);
/// unpaired.add(Points(3), 2)?;
/// unpaired.add(Points(6), 1)?;
/// assert_eq!(unpaired.moments().mean.computed(), Some(&4.0));
/// # Ok::<(), clw_core::attrition::AttritionCountsError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(into = "Wire")]
pub struct ScoreCounts {
    scale: Scale,
    n: u64,
    scores: BTreeMap<i32, u64>,
}

crate::coded::deserialize_checked!(ScoreCounts, Wire);

impl ScoreCounts {
    /// The most people one histogram holds: as many as a table of pairs.
    pub const MAX_PEOPLE: u64 = PairCounts::MAX_PAIRS;

    /// A histogram without people.
    #[must_use]
    pub const fn new(scale: Scale) -> Self {
        Self { scale, n: 0, scores: BTreeMap::new() }
    }

    /// The baseline scores of the pairs of a table.
    #[must_use]
    pub fn of_baselines(pairs: &PairCounts) -> Self {
        let mut scores = BTreeMap::new();
        for cell in pairs.cells() {
            *scores.entry(cell.baseline.0).or_default() += cell.pairs;
        }
        Self { scale: *pairs.scale(), n: pairs.n(), scores }
    }

    /// Adds people with one score; zero people change nothing.
    ///
    /// # Errors
    /// When the score is off the scale, the scale has no steps or the histogram is full. It is then as
    /// it was.
    pub fn add(&mut self, points: Points, people: u64) -> Result<(), AttritionCountsError> {
        if !self.scale.contains(points) {
            return Err(AttritionCountsError::OffScale { points, scale: self.scale });
        }
        self.n = self.admit(people)?;
        if people > 0 {
            *self.scores.entry(points.0).or_default() += people;
        }
        Ok(())
    }

    /// Adds another histogram of the same scale.
    ///
    /// # Errors
    /// When the scales differ or the sum is more than [`MAX_PEOPLE`](Self::MAX_PEOPLE). The histogram
    /// is then as it was.
    pub fn merge(&mut self, other: &Self) -> Result<(), AttritionCountsError> {
        if self.scale != other.scale {
            let (left, right) = (self.scale, other.scale);
            return Err(AttritionCountsError::DifferentScales { left, right });
        }
        self.n = self.admit(other.n)?;
        for (&points, &people) in &other.scores {
            *self.scores.entry(points).or_default() += people;
        }
        Ok(())
    }

    fn admit(&self, more: u64) -> Result<u64, AttritionCountsError> {
        if self.scale.steps_per_unit == 0 {
            return Err(AttritionCountsError::NoSteps);
        }
        match self.n.checked_add(more) {
            Some(n) if n <= Self::MAX_PEOPLE => Ok(n),
            _ => Err(AttritionCountsError::TooManyPeople { held: self.n, more }),
        }
    }

    /// The scale.
    #[must_use]
    pub const fn scale(&self) -> &Scale {
        &self.scale
    }

    /// How many people there are.
    #[must_use]
    pub const fn n(&self) -> u64 {
        self.n
    }

    /// The scores that occur, ascending, with their people.
    pub fn scores(&self) -> impl Iterator<Item = (Points, u64)> + '_ {
        self.scores.iter().map(|(&points, &people)| (Points(points), people))
    }

    /// n, mean and SD (n − 1), in units of the printed score.
    #[must_use]
    pub fn moments(&self) -> Moments {
        let (sums, units) = (self.sums(), self.scale.steps_per_unit);
        Moments {
            n: self.n,
            mean: sums.mean(units).into(),
            standard_deviation: sums.standard_deviation(units).into(),
        }
    }

    /// No sum overflows: fewer than 2³² people with scores of at most 2³¹ steps.
    pub(super) fn sums(&self) -> ScoreSums {
        let mut sums = ScoreSums::default();
        self.scores.iter().for_each(|(&points, &people)| sums.add(points, people));
        sums
    }
}

/// The JSON form: scale, then `[points, people]` in ascending order.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Wire {
    scale: Scale,
    scores: Vec<(i32, u64)>,
}

impl From<ScoreCounts> for Wire {
    fn from(counts: ScoreCounts) -> Self {
        Self { scale: counts.scale, scores: counts.scores.into_iter().collect() }
    }
}

impl TryFrom<Wire> for ScoreCounts {
    type Error = AttritionCountsError;

    fn try_from(wire: Wire) -> Result<Self, AttritionCountsError> {
        let mut counts = Self::new(wire.scale);
        for (index, (points, people)) in wire.scores.into_iter().enumerate() {
            let last = counts.scores.last_key_value().map(|(&points, _)| points);
            if people == 0 || last >= Some(points) {
                return Err(AttritionCountsError::ScoreOutOfOrder { index });
            }
            counts.add(Points(points), people)?;
        }
        Ok(counts)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::estimate::Degenerate;
    use crate::instrument::Direction;

    const RAW: Scale = Scale {
        direction: Direction::HigherIsBetter,
        steps_per_unit: 1,
        lowest: Points(7),
        highest: Points(35),
    };

    fn counts(scores: &[(i32, u64)]) -> ScoreCounts {
        let mut counts = ScoreCounts::new(RAW);
        for &(points, people) in scores {
            counts.add(Points(points), people).unwrap();
        }
        counts
    }

    #[test]
    fn the_order_of_rows_and_parts_makes_no_difference() {
        let mut parts = counts(&[(20, 1), (9, 2)]);
        parts.merge(&counts(&[(9, 1), (20, 0)])).unwrap();
        assert_eq!(parts, counts(&[(9, 3), (20, 1)]));
        // A score that nobody has does not occur.
        assert_eq!(counts(&[(9, 3), (20, 0)]), counts(&[(9, 3)]));
        assert_eq!(parts.scores().count(), 2);
    }

    #[test]
    fn what_is_read_is_checked() {
        let json = serde_json::to_string(&counts(&[(9, 3), (20, 1)])).unwrap();
        assert!(json.ends_with(r#""scores":[[9,3],[20,1]]}"#), "{json}");
        assert_eq!(serde_json::from_str::<ScoreCounts>(&json).unwrap(), counts(&[(9, 3), (20, 1)]));
        for scores in ["[[20,1],[9,3]]", "[[9,3],[9,1]]", "[[9,0]]", "[[6,1]]", "[[9,4294967296]]"]
        {
            let json = json.replace("[[9,3],[20,1]]", scores);
            assert!(serde_json::from_str::<ScoreCounts>(&json).is_err(), "{scores}");
        }
    }

    #[test]
    fn nobody_and_one_person_have_no_spread() {
        let nobody = counts(&[]).moments();
        assert_eq!(nobody.mean.not_computed(), Some(Degenerate::NoScores));
        let one = counts(&[(9, 1)]).moments();
        assert_eq!(one.mean.computed(), Some(&9.0));
        assert_eq!(one.standard_deviation.not_computed(), Some(Degenerate::OneValue));
    }

    #[test]
    fn what_is_refused_leaves_the_histogram_as_it_was() {
        let mut histogram = counts(&[(9, 3)]);
        assert!(histogram.add(Points(36), 1).is_err());
        assert!(histogram.add(Points(9), u64::MAX).is_err());
        assert!(histogram.merge(&ScoreCounts::new(Scale { steps_per_unit: 2, ..RAW })).is_err());
        assert_eq!(histogram, counts(&[(9, 3)]));
    }
}
