//! Columns of answers to points, two sittings a person: `score FOLDER complete|gappy`.

use std::hint::black_box;

use clw_benches::files::{folder_argument, wellbeing};
use clw_benches::{Failure, timing};
use clw_core::instrument::Points;
use serde_json::json;

fn main() -> Result<(), Failure> {
    let kind = std::env::args().nth(2).ok_or("the kind is missing; give complete or gappy")?;
    let columns = folder_argument()?.read_answers(&kind)?;
    let sittings: Vec<_> = columns.sittings().collect();
    let measure = wellbeing()?;
    let blank = (vec![Points(0); columns.rows()], vec![None; columns.rows()]);
    let mut scored = vec![blank; sittings.len()];
    let (seconds, result) = timing::repeat(100, || {
        for (columns, (points, outcomes)) in black_box(&sittings).iter().zip(&mut scored) {
            measure.points_of_columns(columns, points, outcomes)?;
        }
        black_box(&scored);
        Ok::<(), Failure>(())
    });
    result?;
    let sums = scored.iter().map(|(points, outcomes)| {
        let of_scored = points.iter().zip(outcomes).filter(|(_, outcome)| outcome.is_none());
        (of_scored.clone().count(), of_scored.map(|(points, _)| i64::from(points.0)).sum::<i64>())
    });
    timing::report(&seconds, &json!({ "scored-and-sum": sums.collect::<Vec<_>>() }))
}
