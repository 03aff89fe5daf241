//! Frames of answers to frames of scores: `clw_core::score`.

use std::ops::Range;
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

/// What a frame holds: columns of answers first, and then those that go along.
pub(crate) struct Layout {
    pub(crate) answers: usize,
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
    let (answers, kept) = rows.columns().split_at_checked(layout.answers).unwrap_or_default();
    let arrays = answers.iter().enumerate();
    let columns = arrays.map(|(place, array)| match instrument.items().get(place) {
        Some(item) => item_column(place + 1, item, array, &layout.labels),
        // Read by no item, so that the core refuses it.
        None => ItemColumn::Read(ReadColumn::default()),
    });
    let columns: Vec<ItemColumn<'_>> = columns.collect();
    let scored = instrument.score_table(&columns, rows.num_rows()).map_err(Unscorable::Columns)?;
    let schema = rows.schema();
    let fields = schema.fields().iter().skip(layout.answers);
    let mut columns: Vec<(FieldRef, ArrayRef)> =
        fields.cloned().zip(kept.iter().cloned()).collect();
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
    let band = bands(measure, &points, &unscored, is_scored.clone())?;
    let (outcome, problem) = outcomes(rows, &unscored, is_not)?;
    let values: Vec<f64> = points.iter().map(|points| scale.value(*points)).collect();
    let points: Vec<i32> = points.into_iter().map(|points| points.0).collect();
    let name = measure.id().replace('-', "_");
    let columns: [(&str, ArrayRef); 5] = [
        ("points", Arc::new(Int32Array::new(points.into(), is_scored.clone()))),
        ("value", Arc::new(Float64Array::new(values.into(), is_scored))),
        ("band", Arc::new(band)),
        ("outcome", Arc::new(outcome)),
        ("problem", Arc::new(problem)),
    ];
    Ok(columns.map(|(column, array)| (format!("{name}_{column}"), array)).into())
}

/// The names of the bands, none where there is no score or no set of bands.
fn bands(
    measure: &Measure,
    points: &[Points],
    unscored: &[UnscoredRow],
    is_scored: Option<NullBuffer>,
) -> Result<StringArray, ArrowError> {
    if measure.default_band_set().is_none() {
        return Ok(StringArray::new_null(points.len()));
    }
    let bands = BandTexts::of(measure);
    let mut band = Texts::new(points.len(), points.len() * bands.longest);
    for (scored, unscored) in stretches(points.len(), unscored) {
        band.push_each(points.get(scored).unwrap_or_default(), &bands);
        band.push_nothing(usize::from(unscored.is_some()));
    }
    band.finish(is_scored)
}

/// What became of each row, and what is wrong with those that are not scored.
fn outcomes(
    rows: usize,
    unscored: &[UnscoredRow],
    is_not: NullBuffer,
) -> Result<(StringArray, StringArray), ArrowError> {
    if unscored.is_empty() {
        return Ok((StringArray::new_repeated(SCORED, rows), StringArray::new_null(rows)));
    }
    let codes: usize = unscored.iter().map(|row| row.code.len()).sum();
    let problems = unscored.iter().map(|row| row.problem.len()).sum();
    let mut outcome = Texts::new(rows, rows * SCORED.len() + codes);
    let mut problem = Texts::new(rows, problems);
    let many = SCORED.repeat(MANY);
    for (scored, unscored) in stretches(rows, unscored) {
        outcome.push_repeated(SCORED, &many, scored.len());
        problem.push_nothing(scored.len());
        if let Some(row) = unscored {
            outcome.push(row.code);
            problem.push(&row.problem);
        }
    }
    Ok((outcome.finish(None)?, problem.finish(Some(is_not))?))
}

const SCORED: &str = "scored";

/// How often a text is written out beforehand that many rows have.
const MANY: usize = 128;

/// The rows with a score from one without to the next, each time with that one.
fn stretches(
    rows: usize,
    unscored: &[UnscoredRow],
) -> impl Iterator<Item = (Range<usize>, Option<&UnscoredRow>)> {
    let ends = unscored.iter().map(|row| (row.row, Some(row))).chain([(rows, None)]);
    ends.scan(0, |start, (end, row)| {
        let scored = *start..end;
        *start = end + 1;
        Some((scored, row))
    })
}

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
    lowest: i64,
    is_wide: bool,
    longest: usize,
    /// By the steps above the lowest score, or on a very wide scale by the place among the scores.
    places: Vec<u16>,
    texts: Vec<Padded<'i>>,
}

impl<'i> BandTexts<'i> {
    fn of(measure: &'i Measure) -> Self {
        const WIDE: i64 = 1 << 16;
        let (lowest, highest) = (measure.scale().lowest.0, measure.scale().highest.0);
        let lowest = i64::from(lowest);
        let mut this = Self {
            measure,
            lowest,
            is_wide: i64::from(highest) - lowest >= WIDE,
            longest: 0,
            places: Vec::new(),
            texts: vec![Padded::new("")],
        };
        for points in measure.values() {
            let band = measure.default_band_set().and_then(|bands| bands.band(*points));
            let Some(band) = band else { continue };
            let known = this.texts.iter().position(|text| text.text == band.id.as_ref());
            let place = known.unwrap_or_else(|| {
                this.texts.push(Padded::new(&band.id));
                this.longest = this.longest.max(band.id.len());
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
        if self.is_wide {
            return self.measure.position(points).unwrap_or(usize::MAX);
        }
        usize::try_from(i64::from(points.0) - self.lowest).unwrap_or(usize::MAX)
    }

    #[inline]
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
    fn new(rows: usize, bytes: usize) -> Self {
        let mut ends = Vec::with_capacity(rows + 1);
        ends.push(0);
        Self { ends, bytes: Vec::with_capacity(bytes + Padded::BYTES) }
    }

    /// Where the texts end so far. Parts of frames are far too small for more.
    fn end(&self) -> i32 {
        i32::try_from(self.bytes.len()).unwrap_or(i32::MAX)
    }

    fn push_each(&mut self, points: &[Points], bands: &BandTexts<'_>) {
        let Self { ends, bytes } = self;
        if bands.longest > Padded::BYTES {
            return points.iter().for_each(|points| self.push(bands.text(*points).text));
        }
        let mut end = bytes.len();
        // Room for all of them and the last one's padding, so that nothing grows on the way.
        bytes.resize(end + points.len() * bands.longest + Padded::BYTES, 0);
        ends.extend(points.iter().map(|points| {
            let Padded { text, bytes: padded } = bands.text(*points);
            let room = bytes.get_mut(end..).and_then(<[u8]>::first_chunk_mut);
            if let Some(room) = room {
                *room = *padded;
            }
            end += text.len();
            i32::try_from(end).unwrap_or(i32::MAX)
        }));
        bytes.truncate(end);
    }

    /// Adds a text for each of so many rows; `many` is the text written out [`MANY`] times.
    fn push_repeated(&mut self, text: &str, many: &str, rows: usize) {
        let (first, step) = (self.end(), i32::try_from(text.len()).unwrap_or(i32::MAX));
        let rows_of = 1..=i32::try_from(rows).unwrap_or(i32::MAX);
        self.ends.extend(rows_of.map(|row| first + row * step));
        for start in (0..rows).step_by(MANY) {
            let bytes = MANY.min(rows - start) * text.len();
            self.bytes.extend_from_slice(many.as_bytes().get(..bytes).unwrap_or_default());
        }
    }

    fn push(&mut self, text: &str) {
        self.bytes.extend_from_slice(text.as_bytes());
        self.ends.push(self.end());
    }

    fn push_nothing(&mut self, rows: usize) {
        self.ends.resize(self.ends.len() + rows, self.end());
    }

    fn finish(self, nulls: Option<NullBuffer>) -> Result<StringArray, ArrowError> {
        StringArray::try_new(OffsetBuffer::new(self.ends.into()), self.bytes.into(), nulls)
    }
}
