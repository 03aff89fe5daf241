//! Frames of answers to frames of scores: `clw_core::score`.

use std::sync::Arc;

use arrow_array::builder::StringBuilder;
use arrow_array::{ArrayRef, Float64Array, Int32Array, RecordBatch};
use arrow_buffer::NullBuffer;
use arrow_schema::ArrowError;
use clw_core::instrument::Instrument;
use clw_core::score::{ColumnError, ItemColumn, ReadColumn, ScoredRows};
use pyo3::PyErr;

use crate::cells::{Labels, item_column};
use crate::error::refused;
use crate::frame::{Frame, arrow};
use crate::threads::in_order;
use crate::watched::PartsDone;

/// Why a batch is not scored at all.
pub(crate) enum Unscorable {
    Columns(ColumnError),
    Arrow(ArrowError),
}

impl From<Unscorable> for PyErr {
    fn from(error: Unscorable) -> Self {
        match error {
            Unscorable::Columns(error) => refused(&error, error.code()),
            Unscorable::Arrow(error) => arrow(error),
        }
    }
}

/// Which columns of a frame are read and which go along.
pub(crate) struct Layout {
    pub(crate) answers: Vec<usize>,
    pub(crate) keep: Vec<usize>,
    pub(crate) labels: Labels,
}

/// More rows than these are done in parts, between which the work can be stopped.
const MOST_ROWS: usize = 1 << 20;

/// Scores every row of a frame, part by part.
pub(crate) fn score(
    instrument: &Instrument,
    frame: &Frame,
    layout: &Layout,
    threads: usize,
    watch: &PartsDone,
) -> Result<Frame, Unscorable> {
    let empty = RecordBatch::new_empty(Arc::clone(frame.schema()));
    let schema = batch(instrument, &empty, layout)?.schema();
    let rows: usize = frame.batches().iter().map(RecordBatch::num_rows).sum();
    let parts: Vec<RecordBatch> = frame.parts(threads.max(rows / MOST_ROWS)).collect();
    let scored = in_order(threads, &parts, watch, |rows| batch(instrument, rows, layout));
    Ok(Frame::new(scored.into_iter().collect::<Result<_, _>>()?, schema))
}

fn batch(
    instrument: &Instrument,
    rows: &RecordBatch,
    layout: &Layout,
) -> Result<RecordBatch, Unscorable> {
    let arrays = layout.answers.iter().map(|place| rows.column(*place));
    let columns = arrays.enumerate().map(|(place, array)| match instrument.items().get(place) {
        Some(item) => item_column(place + 1, item, array, &layout.labels),
        // Read by no item, so that the core refuses it.
        None => ItemColumn::Read(ReadColumn::default()),
    });
    let columns: Vec<ItemColumn<'_>> = columns.collect();
    let scored = instrument.score_table(&columns, rows.num_rows()).map_err(Unscorable::Columns)?;
    let kept = layout
        .keep
        .iter()
        .map(|place| (rows.schema().field(*place).name().clone(), Arc::clone(rows.column(*place))));
    let columns = kept.chain(scored.iter().flat_map(measure_columns)).collect();
    Frame::of(columns).map_err(Unscorable::Arrow)
}

/// Points, value, band, outcome and problem of one measure.
fn measure_columns(scored: &ScoredRows<'_>) -> Vec<(String, ArrayRef)> {
    let measure = scored.measure;
    let mut valid = vec![true; scored.points.len()];
    for row in &scored.unscored {
        if let Some(valid) = valid.get_mut(row.row) {
            *valid = false;
        }
    }
    let (mut band, mut outcome) = (StringBuilder::new(), StringBuilder::new());
    let mut problem = StringBuilder::new();
    let bands = measure.default_band_set();
    let mut unscored = scored.unscored.iter();
    for (points, valid) in scored.points.iter().zip(&valid) {
        if *valid {
            band.append_option(bands.and_then(|bands| Some(bands.band(*points)?.id.as_ref())));
            outcome.append_value("scored");
            problem.append_null();
        } else {
            let row = unscored.next();
            band.append_null();
            outcome.append_option(row.map(|row| row.code));
            problem.append_option(row.map(|row| row.problem.as_str()));
        }
    }
    let scale = measure.scale();
    let values = scored.points.iter().map(|points| scale.value(*points));
    let points = scored.points.iter().map(|points| points.0);
    let nulls = Some(NullBuffer::from(valid));
    let points = Int32Array::new(points.collect(), nulls.clone());
    let values = Float64Array::new(values.collect(), nulls);
    let name = measure.id().replace('-', "_");
    let columns: [(&str, ArrayRef); 5] = [
        ("points", Arc::new(points)),
        ("value", Arc::new(values)),
        ("band", Arc::new(band.finish())),
        ("outcome", Arc::new(outcome.finish())),
        ("problem", Arc::new(problem.finish())),
    ];
    columns.map(|(column, array)| (format!("{name}_{column}"), array)).into()
}
