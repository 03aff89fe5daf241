//! The pair-count table: how many people went from each score to each other score.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};

use super::PairCountsError;
use super::tally::{self, TallyError};
use crate::estimate::Degenerate;
use crate::instrument::{Points, Scale};

/// How many people went from each baseline score to each follow-up score, on one scale.
///
/// The table is the whole of a paired sample as far as any paired statistic is concerned: means,
/// SDs, tests, effect sizes, classes of change and transitions are all functions of it. It holds
/// nobody's row, and tables of the same scale [add up](Self::merge) exactly, so the table of a
/// pooled sample is the sum of the tables of its parts.
///
/// In JSON it is the scale and the non-empty cells in ascending order, each
/// `[baseline, follow-up, pairs]` in points of the scale; reading it back repeats every check.
///
/// ```
/// use clw_core::change::PairCounts;
/// use clw_core::instrument::{Direction, Points, Scale};
///
/// let scale = Scale {
///     direction: Direction::HigherIsBetter,
///     steps_per_unit: 1,
///     lowest: Points(7),
///     highest: Points(35),
/// };
/// let baseline = [Points(18), Points(21), Points(18)];
/// let follow_up = [Points(24), Points(20), Points(24)];
/// let pairs = PairCounts::count(scale, &baseline, &follow_up)?;
/// assert_eq!(pairs.n(), 3);
/// assert_eq!(pairs.get(Points(18), Points(24)), 2);
/// # Ok::<(), clw_core::change::PairCountsError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
#[serde(into = "Wire")]
pub struct PairCounts {
    scale: Scale,
    n: u64,
    cells: BTreeMap<(i32, i32), u64>,
}

crate::coded::deserialize_checked!(PairCounts, Wire);

/// One cell of a [`PairCounts`] table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct PairCell {
    /// The score at the first sitting.
    pub baseline: Points,
    /// The score at the second sitting.
    pub follow_up: Points,
    /// How many people have this pair of scores, at least one.
    pub pairs: u64,
}

impl PairCell {
    /// Follow-up − baseline, in points.
    #[must_use]
    pub fn change_points(&self) -> i64 {
        i64::from(self.follow_up.0) - i64::from(self.baseline.0)
    }
}

impl PairCounts {
    /// The most pairs one table holds, 4,294,967,295: half of humankind.
    ///
    /// With it, no sum of squares of any scale overflows the integers it is kept in.
    pub const MAX_PAIRS: u64 = u32::MAX as u64;

    /// A table without pairs.
    #[must_use]
    pub const fn new(scale: Scale) -> Self {
        Self { scale, n: 0, cells: BTreeMap::new() }
    }

    /// Counts two columns of equal length: row `i` of both is one person's pair.
    ///
    /// The order of the rows has no effect on the table. A million pairs take a few milliseconds.
    ///
    /// # Errors
    /// When the columns differ in length, when a score is off the scale (the first such row is
    /// named), or when there are more than [`MAX_PAIRS`](Self::MAX_PAIRS) rows.
    pub fn count(
        scale: Scale,
        baseline: &[Points],
        follow_up: &[Points],
    ) -> Result<Self, PairCountsError> {
        Self::count_by(scale, baseline, follow_up, |points| points.0)
    }

    /// [`count`](Self::count) of columns that hold the points as plain integers.
    ///
    /// # Errors
    /// As for [`count`](Self::count).
    pub fn count_steps(
        scale: Scale,
        baseline: &[i32],
        follow_up: &[i32],
    ) -> Result<Self, PairCountsError> {
        Self::count_by(scale, baseline, follow_up, |steps| steps)
    }

    fn count_by<T: Copy>(
        scale: Scale,
        baseline: &[T],
        follow_up: &[T],
        steps: impl Fn(T) -> i32 + Copy,
    ) -> Result<Self, PairCountsError> {
        if baseline.len() != follow_up.len() {
            return Err(PairCountsError::UnequalColumns {
                baseline: baseline.len(),
                follow_up: follow_up.len(),
            });
        }
        let mut table = Self::new(scale);
        table.admit(baseline.len() as u64)?;
        let bounds = (scale.lowest.0, scale.highest.0);
        table.cells = tally::tally(bounds, baseline, follow_up, steps).map_err(|error| {
            let TallyError { row, sitting, steps } = error;
            PairCountsError::OffScale { row: Some(row), sitting, points: Points(steps), scale }
        })?;
        table.n = baseline.len() as u64;
        Ok(table)
    }

    /// Adds one person's pair.
    ///
    /// # Errors
    /// When a score is off the scale or the table is full.
    pub fn add(&mut self, baseline: Points, follow_up: Points) -> Result<(), PairCountsError> {
        self.add_many(PairCell { baseline, follow_up, pairs: 1 })
    }

    /// Adds `cell.pairs` people with the same pair of scores; zero people change nothing.
    ///
    /// # Errors
    /// As for [`add`](Self::add). The table is then as it was.
    pub fn add_many(&mut self, cell: PairCell) -> Result<(), PairCountsError> {
        let PairCell { baseline, follow_up, pairs } = cell;
        for (sitting, points) in [(Sitting::Baseline, baseline), (Sitting::FollowUp, follow_up)] {
            if !self.scale.contains(points) {
                let scale = self.scale;
                return Err(PairCountsError::OffScale { row: None, sitting, points, scale });
            }
        }
        self.n = self.admit(pairs)?;
        if pairs > 0 {
            *self.cells.entry((baseline.0, follow_up.0)).or_default() += pairs;
        }
        Ok(())
    }

    /// Adds another table of the same scale: the table of the two samples pooled.
    ///
    /// # Errors
    /// When the scales differ, or when the sum is more than [`MAX_PAIRS`](Self::MAX_PAIRS). The
    /// table is then as it was.
    pub fn merge(&mut self, other: &Self) -> Result<(), PairCountsError> {
        if self.scale != other.scale {
            return Err(PairCountsError::DifferentScales { left: self.scale, right: other.scale });
        }
        self.n = self.admit(other.n)?;
        for (&pair, &pairs) in &other.cells {
            *self.cells.entry(pair).or_default() += pairs;
        }
        Ok(())
    }

    /// The number of pairs after `more` are added, when the table has room for them.
    fn admit(&self, more: u64) -> Result<u64, PairCountsError> {
        if self.scale.steps_per_unit == 0 {
            return Err(PairCountsError::NoSteps);
        }
        match self.n.checked_add(more) {
            Some(n) if n <= Self::MAX_PAIRS => Ok(n),
            _ => Err(PairCountsError::TooManyPairs { held: self.n, more }),
        }
    }

    /// The same people with the sittings exchanged: every change has the opposite sign.
    #[must_use]
    pub fn swapped(&self) -> Self {
        let cells = self
            .cells
            .iter()
            .map(|(&(baseline, follow_up), &pairs)| ((follow_up, baseline), pairs));
        Self { scale: self.scale, n: self.n, cells: cells.collect() }
    }

    /// The scale both sittings are read on.
    #[must_use]
    pub const fn scale(&self) -> &Scale {
        &self.scale
    }

    /// How many pairs the table holds.
    #[must_use]
    pub const fn n(&self) -> u64 {
        self.n
    }

    /// Why there is no result about changes, where the table holds none.
    pub(super) const fn nothing_changed(&self) -> Degenerate {
        if self.n == 0 { Degenerate::NoPairs } else { Degenerate::AllDifferencesZero }
    }

    /// How many people's follow-up is better than their baseline, by any amount.
    pub(crate) fn improved(&self) -> u64 {
        let direction = self.scale.direction;
        let better = |cell: &PairCell| direction.gain(cell.baseline, cell.follow_up) > 0;
        self.cells().filter(better).map(|cell| cell.pairs).sum()
    }

    /// How many people went from `baseline` to `follow_up`.
    #[must_use]
    pub fn get(&self, baseline: Points, follow_up: Points) -> u64 {
        self.cells.get(&(baseline.0, follow_up.0)).copied().unwrap_or(0)
    }

    /// The non-empty cells, in ascending order of baseline and then follow-up points.
    pub fn cells(&self) -> impl Iterator<Item = PairCell> {
        self.cells.iter().map(|(&(baseline, follow_up), &pairs)| PairCell {
            baseline: Points(baseline),
            follow_up: Points(follow_up),
            pairs,
        })
    }

    /// How many people changed by each number of points, in ascending order of change.
    #[must_use]
    pub fn changes(&self) -> BTreeMap<i64, u64> {
        let mut changes = BTreeMap::new();
        for cell in self.cells() {
            *changes.entry(cell.change_points()).or_default() += cell.pairs;
        }
        changes
    }
}

/// Which of the two sittings of a pair.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Sitting {
    /// The first.
    Baseline,
    /// The second.
    FollowUp,
}

impl fmt::Display for Sitting {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Baseline => "baseline",
            Self::FollowUp => "follow-up",
        })
    }
}

/// The JSON form: scale, then `[baseline, follow-up, pairs]` in ascending order.
#[derive(Serialize, Deserialize)]
#[serde(
    deny_unknown_fields,
    rename_all = "kebab-case",
    expecting = "an object of a scale and its cells"
)]
pub(super) struct Wire {
    scale: Scale,
    cells: Vec<(i32, i32, u64)>,
}

impl From<PairCounts> for Wire {
    fn from(table: PairCounts) -> Self {
        let cells = table.cells.into_iter();
        Self {
            scale: table.scale,
            cells: cells.map(|((baseline, follow_up), n)| (baseline, follow_up, n)).collect(),
        }
    }
}

impl TryFrom<Wire> for PairCounts {
    type Error = PairCountsError;

    fn try_from(wire: Wire) -> Result<Self, PairCountsError> {
        let mut table = Self::new(wire.scale);
        for (index, (baseline, follow_up, pairs)) in wire.cells.into_iter().enumerate() {
            let last = table.cells.last_key_value().map(|(&pair, _)| pair);
            if last >= Some((baseline, follow_up)) {
                return Err(PairCountsError::CellOutOfOrder { index });
            }
            if pairs == 0 {
                return Err(PairCountsError::EmptyCell { index });
            }
            let (baseline, follow_up) = (Points(baseline), Points(follow_up));
            table.add_many(PairCell { baseline, follow_up, pairs })?;
        }
        Ok(table)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::instrument::Direction;

    const RAW: Scale = Scale {
        direction: Direction::HigherIsBetter,
        steps_per_unit: 1,
        lowest: Points(7),
        highest: Points(35),
    };

    fn table(pairs: &[(i32, i32)]) -> PairCounts {
        let (baseline, follow_up): (Vec<_>, Vec<_>) = pairs.iter().copied().unzip();
        PairCounts::count_steps(RAW, &baseline, &follow_up).unwrap()
    }

    #[test]
    fn counting_columns_adding_rows_and_merging_parts_give_one_table() {
        let pairs = [(18, 24), (7, 35), (18, 24), (35, 7), (24, 18)];
        let counted = table(&pairs);
        let mut added = PairCounts::new(RAW);
        for (baseline, follow_up) in pairs {
            added.add(Points(baseline), Points(follow_up)).unwrap();
        }
        let mut merged = table(&pairs[..2]);
        merged.merge(&table(&pairs[2..])).unwrap();
        assert_eq!(counted, added);
        assert_eq!(counted, merged);
        assert_eq!(counted.n(), 5);
        assert_eq!(counted.get(Points(18), Points(24)), 2);
        assert_eq!(counted.get(Points(8), Points(24)), 0);
    }

    #[test]
    fn a_grid_too_wide_to_index_is_counted_by_sorting_to_the_same_cells() {
        let wide = Scale { lowest: Points(i32::MIN), highest: Points(i32::MAX), ..RAW };
        let (baseline, follow_up) = ([5, i32::MIN, 5, i32::MAX], [-5, 9, -5, i32::MIN]);
        let pairs = PairCounts::count_steps(wide, &baseline, &follow_up).unwrap();
        let cells: Vec<_> = pairs.cells().map(|c| (c.baseline.0, c.follow_up.0, c.pairs)).collect();
        assert_eq!(cells, [(i32::MIN, 9, 1), (5, -5, 2), (i32::MAX, i32::MIN, 1)]);
        let change = -(i64::from(u32::MAX));
        assert_eq!(pairs.changes().into_iter().next(), Some((change, 1)));
    }

    #[test]
    fn the_json_form_is_compact_ordered_and_checked_when_read() {
        let pairs = table(&[(18, 24), (7, 35), (18, 24)]);
        let json = concat!(
            r#"{"scale":{"direction":"higher-is-better","steps-per-unit":1,"lowest":7,"highest":35},"#,
            r#""cells":[[7,35,1],[18,24,2]]}"#
        );
        assert_eq!(serde_json::to_string(&pairs).unwrap(), json);
        assert_eq!(serde_json::from_str::<PairCounts>(json).unwrap(), pairs);
        let refused = [
            ("[[7,35,1],[7,35,1]]", PairCountsError::CellOutOfOrder { index: 1 }),
            ("[[18,24,2],[7,35,1]]", PairCountsError::CellOutOfOrder { index: 1 }),
            ("[[7,35,0]]", PairCountsError::EmptyCell { index: 0 }),
        ];
        for (cells, error) in refused {
            let json = json.replace("[[7,35,1],[18,24,2]]", cells);
            let message = serde_json::from_str::<PairCounts>(&json).unwrap_err().to_string();
            assert_eq!(message, format!("{error} [{}]", error.code()));
        }
        assert!(serde_json::from_str::<PairCounts>(&json.replace("7,35,1", "6,35,1")).is_err());
    }

    #[test]
    fn an_empty_table_is_a_table() {
        let empty = table(&[]);
        assert_eq!(empty, PairCounts::new(RAW));
        assert_eq!((empty.n(), empty.cells().count()), (0, 0));
        let backwards = Scale { lowest: Points(1), highest: Points(0), ..RAW };
        assert!(PairCounts::count_steps(backwards, &[], &[]).is_ok());
        assert!(PairCounts::count_steps(backwards, &[0], &[1]).is_err());
    }

    #[test]
    fn a_refused_pair_or_table_leaves_the_table_as_it_was() {
        let mut pairs = table(&[(18, 24)]);
        let before = pairs.clone();
        let full =
            PairCell { baseline: Points(7), follow_up: Points(8), pairs: PairCounts::MAX_PAIRS };
        let mut other = PairCounts::new(RAW);
        other.add_many(full).unwrap();
        assert!(pairs.add(Points(18), Points(36)).is_err());
        assert!(pairs.add_many(full).is_err());
        assert!(pairs.merge(&other).is_err());
        assert!(pairs.merge(&PairCounts::new(Scale { steps_per_unit: 10, ..RAW })).is_err());
        assert_eq!(pairs, before);
    }
}
