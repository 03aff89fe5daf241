//! From postcodes to places on SIMD: `clw_core::import::PostcodeLookup`.

use std::path::PathBuf;

use clw_core::caseload::TableAccount;
use clw_core::import::{PostcodeLookup as CoreLookup, PostcodeMapping, read_postcodes};
use pyo3::prelude::*;
use pyo3::types::PyDict;

use crate::error::{open, raise, read};
use crate::given::Given;
use crate::html;
use crate::json;
use crate::source::csv;

/// Postcodes with their places on one version of the Scottish Index of Multiple Deprivation (SIMD).
///
/// `check`, `evaluate` and `Caseload` take one where a mapping has a column of postcodes: each is
/// looked up on the day of the person's latest referral, and then forgotten.
///
/// >>> import polars
/// >>> directory = polars.DataFrame({"pc": ["EH1 1AA", "EH1 1AB"], "q": [2, 5]})
/// >>> columns = {"postcode": "pc", "quintile": "q"}
/// >>> clw.PostcodeLookup.from_frame(directory, columns=columns, version="2020v2")
/// <PostcodeLookup: 2 rows of SIMD 2020v2>
#[pyclass(module = "clw", frozen)]
pub(crate) struct PostcodeLookup(pub(crate) CoreLookup, TableAccount);

#[pymethods]
impl PostcodeLookup {
    /// Reads the file that a mapping in TOML describes and that lies beside it.
    ///
    /// The mapping has `file`, `columns` as in `from_frame`, and `constants.version` unless a column
    /// holds it. Raises `ClwError` for what is no such mapping, or holds no row that can be used, and
    /// `OSError` where a file cannot be read.
    #[staticmethod]
    fn from_file(py: Python<'_>, mapping: PathBuf) -> PyResult<Self> {
        let described = PostcodeMapping::from_toml(&read(&mapping)?).map_err(raise)?;
        let mut beside = mapping;
        beside.set_file_name(described.file());
        let file = open(&beside)?;
        let read = py.detach(|| read_postcodes(&described, file));
        read.map(|(lookup, account)| Self(lookup, account)).map_err(raise)
    }

    /// Reads a frame whose `columns` are named by what they hold: "postcode", "quintile" or "decile"
    /// or both, and where there are such "part", "introduced", "deleted" and "version".
    ///
    /// `version` is the version of SIMD where no column holds it, `dates` lists the formats of dates
    /// as a mapping does. Raises `ClwError` as `from_file` does.
    #[staticmethod]
    #[pyo3(signature = (frame, *, columns, version=None, dates=None))]
    fn from_frame(
        frame: &Bound<'_, PyAny>,
        columns: &Bound<'_, PyDict>,
        version: Option<&str>,
        dates: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<Self> {
        let py = frame.py();
        let mapping = PyDict::new(py);
        mapping.set_item("file", "the frame of postcodes")?;
        mapping.set_item("columns", columns)?;
        if let Some(dates) = dates {
            mapping.set_item("dates", Given::of("dates", dates).texts()?)?;
        }
        let constants = PyDict::new(py);
        if let Some(version) = version {
            constants.set_item("version", version)?;
        }
        mapping.set_item("constants", constants)?;
        let mapping =
            PostcodeMapping::from_json(&json::dumps("mapping", &mapping)?).map_err(raise)?;
        let rows = csv(frame, b',')?;
        let read = py.detach(|| read_postcodes(&mapping, rows.as_slice()));
        read.map(|(lookup, account)| Self(lookup, account)).map_err(raise)
    }

    /// The version of SIMD.
    #[getter]
    fn version(&self) -> &str {
        self.0.version()
    }

    /// What became of the rows: "read", "used", and how many were "rejected" and "warned" by code.
    #[getter]
    fn account<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        json::loads(py, &json::written(&self.1)?)
    }

    fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<(Bound<'py, PyAny>, (String, String))> {
        let parts = (self.0.to_json(), json::written(&self.1)?);
        Ok((py.import("clw._clw")?.getattr("_postcodes")?, parts))
    }

    /// What became of the rows; colours are the notebook's own.
    fn _repr_html_(&self) -> String {
        let said = format!("Places on SIMD {}.", self.0.version());
        html::accounts(&[&said], std::iter::once(("postcodes", &self.1)))
    }

    /// The number of rows that are used.
    fn __len__(&self) -> usize {
        self.0.rows()
    }

    fn __repr__(&self) -> String {
        let rows = u64::try_from(self.__len__()).unwrap_or(u64::MAX);
        let rows = html::so_many(rows, "row", "rows");
        format!("<PostcodeLookup: {rows} of SIMD {}>", self.0.version())
    }
}

/// A look-up that came from another process, with the account of its rows.
#[pyfunction]
pub(crate) fn _postcodes(lookup: &str, account: &str) -> PyResult<PostcodeLookup> {
    let lookup = CoreLookup::from_json(lookup).map_err(raise)?;
    Ok(PostcodeLookup(lookup, json::read(account)?))
}
