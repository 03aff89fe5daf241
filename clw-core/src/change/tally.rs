//! Counting two columns of scores into cells, by indexing where the grid is small and by sorting
//! where it is not.

use std::collections::BTreeMap;

use super::Sitting;

/// The first score outside the bounds.
pub(super) struct TallyError {
    pub(super) row: usize,
    pub(super) sitting: Sitting,
    pub(super) steps: i32,
}

/// A grid with this many points is indexed even by a handful of rows.
const SMALL_GRID: usize = 1 << 12;

/// A table with this many cells is indexed even by a handful of rows.
const SMALL_TABLE: usize = 1 << 14;

/// Beyond the small sizes, at most this many slots for each row: above it, sorting is cheaper.
const SLOTS_PER_ROW: usize = 4;

/// How many rows hold each pair of scores. The columns are of one length.
pub(super) fn tally<T: Copy>(
    bounds: (i32, i32),
    baseline: &[T],
    follow_up: &[T],
    steps: impl Fn(T) -> i32 + Copy,
) -> Result<BTreeMap<(i32, i32), u64>, TallyError> {
    let room = baseline.len().saturating_mul(SLOTS_PER_ROW);
    let grid_points = usize::try_from(i64::from(bounds.1) - i64::from(bounds.0) + 1).unwrap_or(0);
    let seen = (grid_points <= room.max(SMALL_GRID))
        .then(|| ScoresSeen::find(bounds.0, grid_points, [baseline, follow_up], steps));
    match seen {
        Some(None) => Err(first_outside(bounds, baseline, follow_up, steps)),
        Some(Some(seen)) if seen.table_size() <= room.max(SMALL_TABLE) => {
            Ok(seen.count(baseline, follow_up, steps))
        }
        _ => by_sorting(bounds, baseline, follow_up, steps),
    }
}

/// Which scores of the grid occur, and each one's place among them: 29 of the 2,801 hundredths
/// between 7.00 and 35.00 for SWEMWBS, so that the table of cells stays in the nearest cache.
struct ScoresSeen {
    lowest: i32,
    places: Vec<u32>,
    scores: Vec<i32>,
}

impl ScoresSeen {
    /// `None` when a score lies outside the grid.
    fn find<T: Copy>(
        lowest: i32,
        grid_points: usize,
        columns: [&[T]; 2],
        steps: impl Fn(T) -> i32,
    ) -> Option<Self> {
        let mut places = vec![0_u32; grid_points];
        for column in columns {
            for &value in column {
                *places.get_mut(offset(steps(value), lowest))? = 1;
            }
        }
        let mut scores = Vec::new();
        let mut score = lowest;
        for place in &mut places {
            if *place == 1 {
                *place = u32::try_from(scores.len()).ok()?;
                scores.push(score);
            }
            score = score.wrapping_add(1);
        }
        Some(Self { lowest, places, scores })
    }

    fn table_size(&self) -> usize {
        self.scores.len().saturating_mul(self.scores.len())
    }

    fn count<T: Copy>(
        &self,
        baseline: &[T],
        follow_up: &[T],
        steps: impl Fn(T) -> i32,
    ) -> BTreeMap<(i32, i32), u64> {
        let width = self.scores.len();
        let place = |value| self.places.get(offset(steps(value), self.lowest)).copied();
        let mut counts = vec![0_u32; self.table_size()];
        for (&baseline, &follow_up) in baseline.iter().zip(follow_up) {
            // Every score was found on the grid before, so nothing is passed over here.
            if let (Some(row), Some(column)) = (place(baseline), place(follow_up))
                && let Some(count) = counts.get_mut(row as usize * width + column as usize)
            {
                *count += 1;
            }
        }
        let rows = self.scores.iter().zip(counts.chunks(width.max(1)));
        let cells = rows.flat_map(|(&baseline, row)| {
            self.scores.iter().zip(row).map(move |(&follow_up, &n)| ((baseline, follow_up), n))
        });
        cells.filter(|&(_, n)| n > 0).map(|(pair, n)| (pair, u64::from(n))).collect()
    }
}

/// Steps above the lowest score; a score below it wraps to beyond any grid of `i32`.
fn offset(steps: i32, lowest: i32) -> usize {
    steps.wrapping_sub(lowest).cast_unsigned() as usize
}

fn by_sorting<T: Copy>(
    bounds: (i32, i32),
    baseline: &[T],
    follow_up: &[T],
    steps: impl Fn(T) -> i32 + Copy,
) -> Result<BTreeMap<(i32, i32), u64>, TallyError> {
    let on_scale = |value: T| bounds.0 <= steps(value) && steps(value) <= bounds.1;
    let rows = baseline.iter().zip(follow_up);
    let pairs = rows.map(|(&baseline, &follow_up)| {
        (on_scale(baseline) && on_scale(follow_up)).then(|| (steps(baseline), steps(follow_up)))
    });
    let Some(mut pairs) = pairs.collect::<Option<Vec<_>>>() else {
        return Err(first_outside(bounds, baseline, follow_up, steps));
    };
    pairs.sort_unstable();
    let runs = pairs.chunk_by(|left, right| left == right);
    Ok(runs.filter_map(|run| Some((*run.first()?, run.len() as u64))).collect())
}

/// The first row with a score outside the bounds; called only when there is one.
fn first_outside<T: Copy>(
    (lowest, highest): (i32, i32),
    baseline: &[T],
    follow_up: &[T],
    steps: impl Fn(T) -> i32,
) -> TallyError {
    let rows = baseline.iter().zip(follow_up).enumerate();
    let scores = rows.flat_map(|(row, (&baseline, &follow_up))| {
        [(row, Sitting::Baseline, steps(baseline)), (row, Sitting::FollowUp, steps(follow_up))]
    });
    let mut outside = scores.filter(|&(.., steps)| steps < lowest || highest < steps);
    let (row, sitting, steps) = outside.next().unwrap_or((0, Sitting::Baseline, lowest));
    TallyError { row, sitting, steps }
}
