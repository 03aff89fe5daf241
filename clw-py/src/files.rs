//! Files before a mapping is at hand: `clw_core::import::{Preview, Workbook}`.

use std::path::PathBuf;

use clw_core::import::{Preview, Workbook, guess_mapping as guess};
use clw_core::instrument::Registry;
use pyo3::prelude::*;

use crate::error::{open, raise, read_bytes};
use crate::instrument::{Local, add_local};
use crate::source::csv;

/// Guesses a first mapping, as TOML with what each guess rests on beside it.
///
/// `tables` are files, CSV or a workbook, or frames, each under the name that the mapping gives it.
/// What cannot be told is left open and what a spelling stands for is only proposed: every line is
/// for a person to check. Raises `ClwError` for a file that cannot be read.
///
/// >>> import polars
/// >>> forms = polars.DataFrame({"Client": ["a"], "Completed": ["2026-03-05"], "Notes": ["x"]})
/// >>> "person = \"Client\"" in clw.guess_mapping([("forms.csv", forms)])
/// True
#[pyfunction]
#[pyo3(signature = (tables, *, instruments=None))]
pub(crate) fn guess_mapping(
    tables: Vec<(String, Bound<'_, PyAny>)>,
    instruments: Local<'_>,
) -> PyResult<String> {
    let registry = add_local(Registry::new(), instruments)?;
    let mut previews = Vec::new();
    for (name, table) in tables {
        let Ok(path) = table.extract::<PathBuf>() else {
            let csv = csv(&table, b',')?;
            previews.push(Preview::csv(&name, csv.as_slice()).map_err(raise)?);
            continue;
        };
        if is_workbook(&path) {
            let bytes = read_bytes(&path)?;
            let mut workbook = Workbook::from_bytes(&name, &bytes).map_err(raise)?;
            previews.extend(Preview::workbook(&mut workbook).map_err(raise)?);
        } else {
            previews.push(Preview::csv(&name, open(&path)?).map_err(raise)?);
        }
    }
    Ok(guess(&previews, &registry).to_toml())
}

pub(crate) fn is_workbook(path: &std::path::Path) -> bool {
    let kind = path.extension().and_then(|kind| kind.to_str()).unwrap_or_default();
    ["xlsx", "xlsm"].iter().any(|known| kind.eq_ignore_ascii_case(known))
}

/// The names of the sheets of a workbook.
#[pyfunction]
pub(crate) fn _sheets(path: &str) -> PyResult<Vec<String>> {
    let workbook = Workbook::open(path.as_ref()).map_err(raise)?;
    Ok(workbook.sheets().map(str::to_owned).collect())
}

/// A sheet of a workbook as CSV.
#[pyfunction]
pub(crate) fn _sheet(path: &str, sheet: &str) -> PyResult<String> {
    let mut workbook = Workbook::open(path.as_ref()).map_err(raise)?;
    let csv = workbook.sheet_csv(sheet).map_err(raise)?;
    Ok(String::from_utf8_lossy(&csv).into_owned())
}
