//! Frames of any library that speaks the Arrow PyCapsule interface, in and out.

use std::collections::BTreeSet;
use std::sync::Arc;

use arrow_array::ffi_stream::FFI_ArrowArrayStream;
use arrow_array::{Array, ArrayRef, RecordBatch, RecordBatchIterator, StringArray};
use arrow_schema::{ArrowError, DataType, Field, FieldRef, Schema, SchemaRef};
use pyo3::exceptions::PyException;
use pyo3::prelude::*;
use pyo3::types::{PyCapsule, PyDict, PySlice};
use pyo3_arrow::input::AnyRecordBatch;

use crate::cells::Cells;
use crate::error::refused;
use crate::html::{self, SHOWN_ROWS};
use crate::source::written;

/// A table of results, for every library that reads Arrow.
///
/// `polars.DataFrame(frame)`, `pyarrow.table(frame)` and `pandas.DataFrame.from_arrow(frame)` take it;
/// DuckDB reads it by its name in a query.
#[pyclass(module = "clw", frozen)]
pub(crate) struct Frame {
    batches: Vec<RecordBatch>,
    schema: SchemaRef,
}

impl Frame {
    /// Reads all of a frame.
    pub(crate) fn read(frame: &Bound<'_, PyAny>) -> PyResult<Self> {
        Self::read_some(frame, |_| Ok(None))
    }

    /// Reads the columns of a frame in the places that are wanted; the others are not even looked at.
    pub(crate) fn read_some(
        frame: &Bound<'_, PyAny>,
        places: impl FnOnce(&Self) -> PyResult<Option<Vec<usize>>>,
    ) -> PyResult<Self> {
        let read = Self::unchecked(frame, places)?;
        let mut columns = read.batches.iter().flat_map(RecordBatch::columns);
        frame.py().detach(|| columns.try_for_each(validate)).map_err(arrow)?;
        Ok(read)
    }

    /// The same, where whoever looks at a column [validates](validate) it first.
    pub(crate) fn unchecked(
        frame: &Bound<'_, PyAny>,
        places: impl FnOnce(&Self) -> PyResult<Option<Vec<usize>>>,
    ) -> PyResult<Self> {
        let py = frame.py();
        if !frame.hasattr("__arrow_c_stream__")? && !frame.hasattr("__arrow_c_array__")? {
            let given = frame.get_type().name()?;
            let collected =
                if frame.hasattr("collect")? { ", here what collect() gives" } else { "" };
            let message = format!(
                "a frame came as a {given}, which does not speak Arrow; give a frame of polars, \
                 pandas, pyarrow or duckdb{collected}"
            );
            return Err(refused(&message, UNREADABLE));
        }
        let opened = without_null_columns(frame)
            .and_then(|frame| frame.extract::<AnyRecordBatch>()?.into_reader());
        let reader = opened.map_err(|error| unreadable(py, error))?;
        let all = Self { batches: Vec::new(), schema: reader.schema() };
        let places = places(&all)?;
        let schema = match &places {
            Some(places) => Arc::new(all.schema.project(places).map_err(arrow)?),
            None => all.schema,
        };
        let some = |batch: RecordBatch| match &places {
            Some(places) => batch.project(places),
            None => Ok(batch),
        };
        let batches = reader.map(|batch| batch.and_then(some));
        let batches = py.detach(|| batches.collect::<Result<Vec<_>, ArrowError>>());
        Ok(Self { batches: batches.map_err(arrow)?, schema })
    }

    /// Refuses two columns of one name, which no library takes back.
    pub(crate) fn with_names_of_their_own(self) -> PyResult<Self> {
        let mut known = BTreeSet::new();
        let mut names = self.schema.fields().iter().map(|field| field.name());
        let twice = names.find(|name| !known.insert(*name)).map(|name| {
            refused(
                &format!(
                    "the result would have two columns {name:?}; give each column of `keep` once, \
                     and rename one that has the name of a result"
                ),
                COLUMN_TWICE,
            )
        });
        twice.map_or(Ok(self), Err)
    }

    /// One batch of columns with these names.
    pub(crate) fn of(columns: Vec<(String, ArrayRef)>) -> Result<RecordBatch, ArrowError> {
        Self::of_fields(columns.into_iter().map(|(name, array)| {
            let field = Field::new(name, array.data_type().clone(), true);
            (Arc::new(field), array)
        }))
    }

    /// One batch of columns with all that is said of them, such as of which extension type they are.
    pub(crate) fn of_fields(
        columns: impl Iterator<Item = (FieldRef, ArrayRef)>,
    ) -> Result<RecordBatch, ArrowError> {
        let (fields, arrays): (Vec<_>, Vec<_>) = columns.unzip();
        RecordBatch::try_new(Arc::new(Schema::new(fields)), arrays)
    }

    pub(crate) const fn new(batches: Vec<RecordBatch>, schema: SchemaRef) -> Self {
        Self { batches, schema }
    }

    pub(crate) fn batches(&self) -> &[RecordBatch] {
        &self.batches
    }

    /// The rows in order, in parts that so many threads can share.
    pub(crate) fn parts(&self, threads: usize) -> impl Iterator<Item = RecordBatch> {
        let rows = self.__len__().div_ceil(threads.max(1)).max(FEWEST_ROWS);
        self.batches.iter().flat_map(move |batch| {
            let starts = (0..batch.num_rows()).step_by(rows);
            starts.map(move |start| batch.slice(start, rows.min(batch.num_rows() - start)))
        })
    }

    /// The names of the columns.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.schema.fields().iter().map(|field| field.name().as_str())
    }

    pub(crate) fn schema(&self) -> &SchemaRef {
        &self.schema
    }

    /// The places of the columns of these names.
    pub(crate) fn places(&self, names: &[String]) -> PyResult<Vec<usize>> {
        names.iter().map(|name| self.place(name)).collect()
    }

    fn place(&self, name: &str) -> PyResult<usize> {
        let fields = self.schema.fields().iter().enumerate();
        let mut found = fields.filter(|(_, field)| field.name() == name).map(|(place, _)| place);
        match (found.next(), found.next()) {
            (Some(place), None) => Ok(place),
            (Some(_), Some(_)) => Err(refused(
                &format!("the frame has more than one column {name:?}; rename the others"),
                COLUMN_TWICE,
            )),
            (None, _) => {
                let known: Vec<&str> =
                    self.schema.fields().iter().map(|field| field.name().as_str()).collect();
                Err(refused(
                    &format!(
                        "the frame has no column {name:?} among `{}`; name the columns in `columns`",
                        known.join("`, `")
                    ),
                    "missing-column",
                ))
            }
        }
    }

    /// The table as a library has it.
    pub(crate) fn into_kind(self, kind: Kind, py: Python<'_>) -> PyResult<Bound<'_, PyAny>> {
        let table = Bound::new(py, self)?;
        match kind {
            Kind::Polars => py.import("polars")?.call_method1("DataFrame", (table,)),
            Kind::PyArrow => py.import("pyarrow")?.call_method1("table", (table,)),
            Kind::DuckDb => {
                let table = py.import("pyarrow")?.call_method1("table", (table,))?;
                py.import("duckdb")?.call_method1("from_arrow", (table,))
            }
            Kind::Pandas => pandas(&table),
            Kind::Other => Ok(table.into_any()),
        }
    }

    /// The table as the library of `like` has it, row by row beside it. Its first columns are those of
    /// `like` in these places.
    ///
    /// Of a frame of pandas they are taken as they are, with types that Arrow does not know, and with
    /// them the class of the frame.
    pub(crate) fn beside<'py>(
        self,
        like: &Bound<'py, PyAny>,
        kept: &[usize],
    ) -> PyResult<Bound<'py, PyAny>> {
        let kind = Kind::of(like)?;
        if kind != Kind::Pandas || like.len()? != self.__len__() {
            return self.into_kind(kind, like.py());
        }
        let (_, width): (usize, usize) = like.getattr("shape")?.extract()?;
        let index = like.getattr("index")?;
        // Behind the columns Arrow has those of the index.
        if kept.iter().any(|place| *place >= width) {
            let table = self.into_kind(kind, like.py())?;
            table.setattr("index", index)?;
            return Ok(table);
        }
        let scored = self.without_first(kept.len()).map_err(arrow)?.into_kind(kind, like.py())?;
        scored.setattr("index", index)?;
        let rows = PySlice::full(like.py());
        let own = like.getattr("iloc")?.get_item((rows, kept.to_vec()))?;
        let options = PyDict::new(like.py());
        options.set_item("axis", 1)?;
        like.py().import("pandas")?.call_method("concat", (vec![own, scored],), Some(&options))
    }

    fn without_first(self, columns: usize) -> Result<Self, ArrowError> {
        let places: Vec<usize> = (columns..self.schema.fields().len()).collect();
        let schema = Arc::new(self.schema.project(&places)?);
        let batches = self.batches.iter().map(|batch| batch.project(&places));
        Ok(Self { batches: batches.collect::<Result<_, _>>()?, schema })
    }
}

/// Refuses texts that are not UTF-8 and categories that do not exist; not every library sees to that.
pub(crate) fn validate(column: &ArrayRef) -> Result<(), ArrowError> {
    column.to_data().validate_full()
}

/// What the library of a frame says when it cannot give it as Arrow; `KeyboardInterrupt` stays itself.
fn unreadable(py: Python<'_>, error: PyErr) -> PyErr {
    if !error.is_instance_of::<PyException>(py) {
        return error;
    }
    let refusal = refused(
        &format!(
            "the frame cannot be read through Arrow ({error}); give each column one type and a \
             name of its own, or leave out the columns that are not needed"
        ),
        UNREADABLE,
    );
    refusal.set_cause(py, Some(error));
    refusal
}

/// Fewer rows than these are done before another thread is up.
const FEWEST_ROWS: usize = 1 << 14;

const COLUMN_TWICE: &str = "column-twice";
const UNREADABLE: &str = "unreadable-frame";

/// The library that a frame is of.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Polars,
    Pandas,
    PyArrow,
    DuckDb,
    /// One that is not known by name, which reads a `clw.Frame`.
    Other,
}

impl Kind {
    pub(crate) fn of(frame: &Bound<'_, PyAny>) -> PyResult<Self> {
        // Of a subclass it is the library of what it was made from.
        for class in frame.get_type().mro() {
            let module: String = class.getattr("__module__")?.extract()?;
            return Ok(match module.split('.').next().unwrap_or_default() {
                "polars" => Self::Polars,
                "pandas" => Self::Pandas,
                "pyarrow" => Self::PyArrow,
                "_duckdb" | "duckdb" => Self::DuckDb,
                _ => continue,
            });
        }
        Ok(Self::Other)
    }
}

/// A frame whose columns all have a type: polars gives one that holds nothing a buffer, which the C
/// interface of Arrow does not allow.
fn without_null_columns<'py>(frame: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
    if Kind::of(frame)? != Kind::Polars || !frame.hasattr("columns")? {
        return Ok(frame.clone());
    }
    let polars = frame.py().import("polars")?;
    let types = PyDict::new(frame.py());
    types.set_item(polars.getattr("Null")?, polars.getattr("Int8")?)?;
    frame.call_method1("cast", (types,))
}

/// Whole numbers stay whole beside blanks.
fn pandas<'py>(table: &Bound<'py, Frame>) -> PyResult<Bound<'py, PyAny>> {
    let py = table.py();
    let (arrow, pandas) = (py.import("pyarrow")?, py.import("pandas")?);
    let whole = PyDict::new(py);
    whole.set_item(arrow.call_method0("int32")?, pandas.call_method0("Int32Dtype")?)?;
    whole.set_item(arrow.call_method0("int64")?, pandas.call_method0("Int64Dtype")?)?;
    let options = PyDict::new(py);
    options.set_item("types_mapper", whole.getattr("get")?)?;
    arrow.call_method1("table", (table,))?.call_method("to_pandas", (), Some(&options))
}

#[pymethods]
impl Frame {
    /// Takes in a frame of any library that speaks Arrow.
    #[staticmethod]
    fn from_arrow(frame: &Bound<'_, PyAny>) -> PyResult<Self> {
        Self::read(frame)
    }

    /// A frame of texts: columns by name, each with a text or None for every row.
    #[staticmethod]
    fn from_texts(columns: Vec<(String, Vec<Option<String>>)>) -> PyResult<Self> {
        let column = |(name, texts)| (name, Arc::new(StringArray::from(texts)) as ArrayRef);
        let batch = Self::of(columns.into_iter().map(column).collect()).map_err(arrow)?;
        let schema = batch.schema();
        Ok(Self { batches: vec![batch], schema })
    }

    /// The table as CSV with a row of headings.
    fn to_csv(&self, py: Python<'_>) -> String {
        py.detach(|| written(self, b','))
    }

    /// The names of the columns.
    #[getter]
    fn columns(&self) -> Vec<&str> {
        self.names().collect()
    }

    /// The number of rows.
    fn __len__(&self) -> usize {
        self.batches.iter().map(RecordBatch::num_rows).sum()
    }

    /// The table as an Arrow stream, for libraries that read one.
    #[pyo3(signature = (requested_schema=None))]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<&Bound<'py, PyCapsule>>,
    ) -> PyResult<Bound<'py, PyCapsule>> {
        // A wish that the interface lets pass: whoever asks casts. Casts between all types are large.
        let _ = requested_schema;
        let batches = self.batches.clone().into_iter().map(Ok);
        let reader = RecordBatchIterator::new(batches, Arc::clone(&self.schema));
        let stream = FFI_ArrowArrayStream::new(Box::new(reader));
        PyCapsule::new_with_value(py, stream, c"arrow_array_stream")
    }

    /// Nothing of a frame changes, so that a copy of it is itself.
    fn __copy__(slf: Py<Self>) -> Py<Self> {
        slf
    }

    fn __deepcopy__(slf: Py<Self>, memo: &Bound<'_, PyDict>) -> Py<Self> {
        let _ = memo;
        slf
    }

    /// How a frame is pickled: as one of pyarrow.
    fn __reduce__<'py>(
        slf: &Bound<'py, Self>,
    ) -> PyResult<(Bound<'py, PyAny>, (Bound<'py, PyAny>,))> {
        let py = slf.py();
        let arrow = py.import("pyarrow").map_err(|_| {
            let message = "a frame is pickled by pyarrow, which is not installed; install it, or \
                           pickle the frame as one of another library";
            refused(&message, "missing-extra")
        })?;
        Ok((py.get_type::<Self>().getattr("from_arrow")?, (arrow.call_method1("table", (slf,))?,)))
    }

    /// The first rows, each column under its name and type; colours are the notebook's own.
    fn _repr_html_(&self) -> String {
        let (rows, columns) = (self.__len__(), self.names().count());
        let mut said = format!("{}, {}.", lines("row", rows), lines("column", columns));
        if rows > SHOWN_ROWS {
            said.push_str(&format!(" The first {SHOWN_ROWS}:"));
        }
        let headings: Vec<String> = self
            .schema
            .fields()
            .iter()
            .map(|field| format!("{} ({})", field.name(), kind(field.data_type())))
            .collect();
        let mut shown = Vec::new();
        for batch in &self.batches {
            let cells: Vec<Cells<'_>> = batch.columns().iter().map(Cells::of).collect();
            let more = (0..batch.num_rows()).take(SHOWN_ROWS.saturating_sub(shown.len()));
            shown.extend(more.map(|row| cells.iter().map(|cells| cells.printed(row)).collect()));
        }
        html::table(&[&said], &headings, &shown)
    }

    fn __repr__(&self) -> String {
        format!("<Frame: {} of {}>", lines("row", self.__len__()), self.columns().join(", "))
    }
}

fn lines(of: &str, number: usize) -> String {
    html::so_many(u64::try_from(number).unwrap_or(u64::MAX), of, &format!("{of}s"))
}

/// What a type is called by those who do not know Arrow.
fn kind(of: &DataType) -> String {
    match of {
        DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View => "text".to_owned(),
        DataType::Date32 | DataType::Date64 => "date".to_owned(),
        DataType::Dictionary(_, values) => kind(values),
        other => other.to_string().to_lowercase(),
    }
}

#[expect(clippy::needless_pass_by_value, reason = "the signature of map_err")]
pub(crate) fn arrow(error: ArrowError) -> PyErr {
    refused(&format!("the columns cannot be read through Arrow: {error}"), UNREADABLE)
}
