//! Counts as they may be published.

use pyo3::prelude::*;
use pyo3::types::PyDict;
use serde_json::json;

use super::{Answer, ask, by_name};
use crate::arguments::Count;
use crate::disclosed::profile;
use crate::given::Given;
use crate::json::value_of;
use crate::options::value;

/// Counts as they may be published.
#[pyclass(module = "clw", extends = Answer, frozen)]
pub(crate) struct ProtectedTable;

/// Hides small counts, and whatever would give them away.
///
/// `cells` are counts by name; `sums` says which add up to which, total by total:
/// `{"All": ["North", "South"]}`. Counts from 1 to `hide_up_to` are small; `zeros` is "shown" or
/// "hidden", `rounding_base` rounds what is shown. Raises `ClwError` for counts that do not add up and
/// for what cannot be protected.
///
/// >>> found = clw.protected_table(
/// ...     {"North": 3, "South": 12, "West": 20, "All": 35}, sums={"All": ["North", "South", "West"]}
/// ... )
/// >>> found["cells"]
/// {'All': 35, 'North': 'hidden', 'South': 'hidden', 'West': 20}
#[pyfunction]
#[pyo3(
    signature = (cells, *, sums=None, hide_up_to=Count(4), zeros="shown", rounding_base=None),
    text_signature = "(cells, *, sums=None, hide_up_to=4, zeros='shown', rounding_base=None)"
)]
pub(crate) fn protected_table(
    cells: &Bound<'_, PyDict>,
    sums: Option<&Bound<'_, PyDict>>,
    hide_up_to: Count,
    zeros: &str,
    rounding_base: Option<Count>,
) -> PyResult<Py<ProtectedTable>> {
    let sum =
        |total: String, parts: &Given<'_>| Ok(json!({"total": total, "parts": parts.texts()?}));
    let question = json!({
        "cells": value("cells", cells)?,
        "sums": sums.map(|sums| by_name("sums", sums, sum)).transpose()?,
        "profile": value_of(&profile(hide_up_to, zeros, rounding_base)?)?,
    });
    ask(cells.py(), "protected-table", question, ProtectedTable)
}
