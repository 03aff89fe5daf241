//! Two columns of points to the table of pair counts: `pair-counts FOLDER`.

use std::hint::black_box;

use clw_benches::files::{folder_argument, wellbeing};
use clw_benches::{Failure, timing};
use clw_core::change::PairCounts;
use serde_json::json;

fn main() -> Result<(), Failure> {
    let [baseline, follow_up] = folder_argument()?.read_points()?;
    let scale = wellbeing()?.scale();
    let (seconds, pairs) = timing::repeat(100, || {
        PairCounts::count_steps(scale, black_box(&baseline), black_box(&follow_up))
    });
    let pairs = pairs?;
    let checksum: i64 = pairs
        .cells()
        .zip(1..)
        .map(|(cell, place)| place * i64::try_from(cell.pairs).unwrap_or(0))
        .sum();
    let cells = pairs.cells().count();
    timing::report(&seconds, &json!({ "n": pairs.n(), "cells": cells, "checksum": checksum }))
}
