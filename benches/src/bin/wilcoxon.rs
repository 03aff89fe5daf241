//! Wilcoxon's signed rank test of two columns of points: `wilcoxon FOLDER columns|table`.
//!
//! `columns` counts the pairs first; `table` starts from the table of pair counts, which an
//! evaluation has made already.

use std::hint::black_box;

use clw_benches::files::{folder_argument, wellbeing};
use clw_benches::{Failure, timing};
use clw_core::change::{Alternative, PairCounts, SignedRank, SignedRankMethod, SignedRankOptions};
use clw_core::instrument::Scale;
use serde_json::json;

fn main() -> Result<(), Failure> {
    let from = std::env::args().nth(2).ok_or("the start is missing; give columns or table")?;
    let [baseline, follow_up] = folder_argument()?.read_points()?;
    let scale = wellbeing()?.scale();
    let (seconds, test) = if from == "table" {
        let pairs = PairCounts::count_steps(scale, &baseline, &follow_up)?;
        timing::repeat(1000, || of_table(black_box(&pairs)))
    } else {
        timing::repeat(100, || of_columns(scale, black_box(&baseline), black_box(&follow_up)))
    };
    let SignedRankMethod::NormalApproximation { z, .. } = test?.method else {
        return Err("a sample of this size is not tested exactly".into());
    };
    let some = baseline.iter().zip(&follow_up).take(2000);
    let (baseline, follow_up): (Vec<i32>, Vec<i32>) = some.unzip();
    let test = of_columns(scale, &baseline, &follow_up)?;
    timing::report(&seconds, &json!({ "z": z, "p-of-first-2000": test.p }))
}

fn of_columns(scale: Scale, baseline: &[i32], follow_up: &[i32]) -> Result<SignedRank, Failure> {
    of_table(&PairCounts::count_steps(scale, baseline, follow_up)?)
}

fn of_table(pairs: &PairCounts) -> Result<SignedRank, Failure> {
    Ok(SignedRank::of(pairs, &SignedRankOptions::default(), Alternative::TwoSided)?)
}
