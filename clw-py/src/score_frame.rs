//! Frames of answers to frames of scores: `clw_core::score`.

use std::sync::Arc;

use arrow_array::{ArrayRef, Float64Array, Int32Array, RecordBatch, StringArray};
use arrow_buffer::{BooleanBufferBuilder, NullBuffer, OffsetBuffer};
use arrow_schema::{ArrowError, Field, FieldRef};
use clw_core::instrument::{Instrument, Measure, Points};
use clw_core::score::{ColumnError, ItemColumn, ReadColumn, ScoredRows, UnscoredRow};
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
    let schema = rows.schema();
    let kept = layout.keep.iter();
    let kept = kept.map(|place| (schema.field(*place).clone().into(), rows.column(*place).clone()));
    let mut columns: Vec<(FieldRef, ArrayRef)> = kept.collect();
    for scored in scored {
        let named = measure_columns(scored).map_err(Unscorable::Arrow)?;
        columns.extend(named.into_iter().map(|(name, array)| {
            (Field::new(name, array.data_type().clone(), true).into(), array)
        }));
    }
    Frame::of_fields(columns.into_iter()).map_err(Unscorable::Arrow)
}

/// Points, value, band, outcome and problem of one measure.
fn measure_columns(scored: ScoredRows<'_>) -> Result<Vec<(String, ArrayRef)>, ArrowError> {
    let ScoredRows { measure, points, unscored } = scored;
    let (rows, scale) = (points.len(), measure.scale());
    let (is_scored, is_not) = validity(rows, &unscored);
    let bands = BandTexts::of(measure);
    let mut band = Texts::new(rows, bands.longest());
    let mut outcome = Texts::new(rows, SCORED.len());
    let mut problem = Texts::new(rows, 0);
    let scored = Padded::new(SCORED);
    let mut start = 0;
    // From each row without a score to the next.
    for end in unscored.iter().map(|row| Some((row.row, row))).chain([None]) {
        let (next, row) = end.map_or((rows, None), |(next, row)| (next, Some(row)));
        for points in points.get(start..next).unwrap_or_default() {
            band.push(bands.text(*points));
            outcome.push(&scored);
            problem.push_nothing();
        }
        if let Some(row) = row {
            band.push_nothing();
            outcome.push(&Padded::new(row.code));
            problem.push(&Padded::new(&row.problem));
            start = next + 1;
        }
    }
    let values: Vec<f64> = points.iter().map(|points| scale.value(*points)).collect();
    let points: Vec<i32> = points.into_iter().map(|points| points.0).collect();
    let bands = match measure.default_band_set() {
        Some(_) => is_scored.clone(),
        None => Some(NullBuffer::new_null(rows)),
    };
    let name = measure.id().replace('-', "_");
    let columns: [(&str, ArrayRef); 5] = [
        ("points", Arc::new(Int32Array::new(points.into(), is_scored.clone()))),
        ("value", Arc::new(Float64Array::new(values.into(), is_scored))),
        ("band", Arc::new(band.finish(bands)?)),
        ("outcome", Arc::new(outcome.finish(None)?)),
        ("problem", Arc::new(problem.finish(Some(is_not))?)),
    ];
    Ok(columns.map(|(column, array)| (format!("{name}_{column}"), array)).into())
}

const SCORED: &str = "scored";

/// Which rows have a score, and which a problem.
fn validity(rows: usize, unscored: &[UnscoredRow]) -> (Option<NullBuffer>, NullBuffer) {
    if unscored.is_empty() {
        return (None, NullBuffer::new_null(rows));
    }
    let mut problems = BooleanBufferBuilder::new(rows);
    for row in unscored {
        problems.append_n(row.row.saturating_sub(problems.len()), false);
        problems.append(true);
    }
    problems.append_n(rows.saturating_sub(problems.len()), false);
    let problems = problems.finish();
    (Some(NullBuffer::new(!&problems)), NullBuffer::new(problems))
}

/// The names of the bands by score: to look one up takes less time than to search for it.
struct BandTexts<'i> {
    measure: &'i Measure,
    /// By the steps above the lowest score, or on a very wide scale by the place among the scores.
    places: Vec<u16>,
    texts: Vec<Padded<'i>>,
}

impl<'i> BandTexts<'i> {
    fn of(measure: &'i Measure) -> Self {
        let mut this = Self { measure, places: Vec::new(), texts: vec![Padded::new("")] };
        for points in measure.values() {
            let band = measure.default_band_set().and_then(|bands| bands.band(*points));
            let Some(band) = band else { continue };
            let known = this.texts.iter().position(|text| text.text == band.id.as_ref());
            let place = known.unwrap_or_else(|| {
                this.texts.push(Padded::new(&band.id));
                this.texts.len() - 1
            });
            let key = this.key(*points);
            if key == usize::MAX {
                continue;
            }
            this.places.resize(key, 0);
            this.places.push(u16::try_from(place).unwrap_or(0));
        }
        this
    }

    #[inline]
    fn key(&self, points: Points) -> usize {
        const WIDE: i64 = 1 << 16;
        let scale = self.measure.scale();
        let above = |points: Points| i64::from(points.0) - i64::from(scale.lowest.0);
        if above(scale.highest) < WIDE {
            usize::try_from(above(points)).unwrap_or(usize::MAX)
        } else {
            self.measure.position(points).unwrap_or(usize::MAX)
        }
    }

    fn longest(&self) -> usize {
        self.texts.iter().map(|text| text.text.len()).max().unwrap_or(0)
    }

    fn text(&self, points: Points) -> &Padded<'i> {
        const NONE: &Padded<'static> = &Padded { text: "", bytes: [0; Padded::BYTES] };
        let place = self.places.get(self.key(points)).copied().unwrap_or(0);
        self.texts.get(usize::from(place)).unwrap_or(NONE)
    }
}

/// A text in bytes of a number that is known beforehand, which are copied at a stroke.
struct Padded<'t> {
    text: &'t str,
    bytes: [u8; Padded::BYTES],
}

impl<'t> Padded<'t> {
    const BYTES: usize = 16;

    fn new(text: &'t str) -> Self {
        let mut bytes = [0; Self::BYTES];
        for (byte, of) in bytes.iter_mut().zip(text.bytes()) {
            *byte = of;
        }
        Self { text, bytes }
    }
}

/// A column of texts in the making.
struct Texts {
    ends: Vec<i32>,
    bytes: Vec<u8>,
}

impl Texts {
    fn new(rows: usize, longest: usize) -> Self {
        let mut ends = Vec::with_capacity(rows + 1);
        ends.push(0);
        Self { ends, bytes: Vec::with_capacity(rows * longest + Padded::BYTES) }
    }

    #[inline]
    fn push(&mut self, text: &Padded<'_>) {
        let end = self.bytes.len() + text.text.len();
        if text.text.len() <= Padded::BYTES {
            self.bytes.extend_from_slice(&text.bytes);
            self.bytes.truncate(end);
        } else {
            self.bytes.extend_from_slice(text.text.as_bytes());
        }
        self.push_nothing();
    }

    #[inline]
    fn push_nothing(&mut self) {
        // Parts of frames are far too small for more.
        self.ends.push(i32::try_from(self.bytes.len()).unwrap_or(i32::MAX));
    }

    fn finish(self, nulls: Option<NullBuffer>) -> Result<StringArray, ArrowError> {
        StringArray::try_new(OffsetBuffer::new(self.ends.into()), self.bytes.into(), nulls)
    }
}
