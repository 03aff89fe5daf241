//! Charts of results: `clw_core::report`.

use clw_core::report::{NamedChart, Theme};
use pyo3::prelude::*;
use pyo3::types::PyList;

use crate::error::refused;
use crate::json;

/// The charts as dicts, in the colours of a theme.
pub(crate) fn specifications<'py>(
    py: Python<'py>,
    charts: Vec<NamedChart>,
    theme: &str,
) -> PyResult<Bound<'py, PyList>> {
    let theme = read(theme)?;
    let charts: Vec<NamedChart> = charts.into_iter().map(|chart| chart.in_theme(theme)).collect();
    Ok(py.import("json")?.call_method1("loads", (json::written(&charts)?,))?.cast_into()?)
}

/// One chart by its id, or the first, as an object of Altair; in the theme of Altair unless told.
pub(crate) fn drawn<'py>(
    py: Python<'py>,
    charts: Vec<NamedChart>,
    id: Option<&str>,
    theme: Option<&str>,
) -> PyResult<Bound<'py, PyAny>> {
    let theme = theme.map(read).transpose()?;
    let known: Vec<String> = charts.iter().map(|chart| chart.id.clone()).collect();
    let found = charts.into_iter().find(|chart| id.is_none_or(|id| chart.id == id));
    let chart = found.ok_or_else(|| unknown(id, &known))?;
    let plot = py.import("clw.plot")?;
    let theme = match theme {
        Some(theme) => theme,
        None => read(&plot.call_method0("altair_theme")?.extract::<String>()?)?,
    };
    let specification = json::loads(py, &json::written(&chart.in_theme(theme).vega_lite)?)?;
    plot.call_method1("altair_chart", (specification,))
}

/// The most ids that a message lists; an evaluation may have a hundred.
const LISTED: usize = 8;

fn unknown(id: Option<&str>, known: &[String]) -> PyErr {
    let listed: Vec<&str> = known.iter().take(LISTED).map(String::as_str).collect();
    let there_are = match known.len().saturating_sub(LISTED) {
        _ if known.is_empty() => "there are none, as there is nothing to draw".to_owned(),
        0 => format!("there are `{}`", listed.join("`, `")),
        more => format!("there are `{}` and {more} more in `charts()`", listed.join("`, `")),
    };
    let asked = id.map_or_else(|| "a chart".to_owned(), |id| format!("the chart {id:?}"));
    refused(&format!("{asked} was asked for; {there_are}"), "unknown-chart")
}

fn read(theme: &str) -> PyResult<Theme> {
    match theme {
        "light" => Ok(Theme::Light),
        "dark" => Ok(Theme::Dark),
        other => Err(refused(
            &format!("the theme came as {other:?}; give \"light\" or \"dark\""),
            "unknown-theme",
        )),
    }
}
