//! Sittings over time: `clw_core::trajectory`.

use clw_core::instrument::Scale;
use clw_core::report::{self, NamedChart};
use clw_core::score::WholeColumn;
use clw_core::sentences::{About, trajectory as sentences};
use clw_core::trajectory::{self as core, TimeUnit};
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyList};

use crate::charts;
use crate::columns::{ids, whole};
use crate::error::refused;
use crate::html::{self, SHOWN_ROWS, escaped, so_many};
use crate::instrument::Measure;
use crate::json;
use crate::options;

/// How many people have each sequence of scores over time: more than two sittings each.
///
/// It holds nobody's name, and adds up: merging the parts of a sample gives the sample.
///
/// >>> wellbeing = clw.instrument("swemwbs").measures[0]
/// >>> people, sessions = ["a", "a", "a", "b", "b"], [1, 2, 3, 1, 2]
/// >>> scores = [1798, 1925, 2154, 2073, 2073]
/// >>> sittings = clw.Trajectories.gather(wellbeing, people, sessions, scores, unit="session")
/// >>> sittings.people, sittings.sittings
/// (2, 5)
#[pyclass(module = "clw", frozen, eq)]
#[derive(PartialEq, Eq)]
pub(crate) struct Trajectories(core::Trajectories);

#[pymethods]
impl Trajectories {
    /// Gathers long columns: row i is one sitting of the person named there, in any order of rows.
    ///
    /// People are named by texts or whole numbers. Times are whole: days or weeks since the person's
    /// first sitting, or numbers of sessions, as `unit` says ("day", "week" or "session"). Points are
    /// whole steps of the scale, 1925 for 19.25. Raises `ClwError` for columns of unequal length, a
    /// score off the scale, two scores of one person at one time, what is no id and what is not a whole
    /// number.
    #[staticmethod]
    #[pyo3(signature = (measure, people, times, points, *, unit))]
    fn gather(
        measure: &Measure,
        people: &Bound<'_, PyAny>,
        times: &Bound<'_, PyAny>,
        points: &Bound<'_, PyAny>,
        unit: &str,
    ) -> PyResult<Self> {
        let unit: TimeUnit = unit.parse().map_err(trajectory)?;
        let people = ids(people)?;
        let (times, points) =
            (whole(times, WholeColumn::Time)?, whole(points, WholeColumn::Score)?);
        let scale = measure.of.scale();
        core::Trajectories::gather(scale, unit, &people, &times, &points)
            .map(Self)
            .map_err(trajectory)
    }

    /// Reads trajectories that `to_json` wrote, here or in another language. Raises `ClwError` for any other.
    #[staticmethod]
    fn from_json(text: &str) -> PyResult<Self> {
        core::Trajectories::from_json(text).map(Self).map_err(request)
    }

    /// The trajectories as one line of JSON, the same bytes in every language.
    fn to_json(&self) -> String {
        self.0.to_json()
    }

    /// The number of people.
    #[getter]
    fn people(&self) -> u64 {
        self.0.people()
    }

    /// The number of their sittings.
    #[getter]
    fn sittings(&self) -> u64 {
        self.0.sittings()
    }

    /// Both samples together. Raises `ClwError` where their scales or clocks differ.
    fn merge(&self, other: &Self) -> PyResult<Self> {
        let mut together = self.0.clone();
        together.merge(&other.0).map_err(trajectory)?;
        Ok(Self(together))
    }

    /// Computes how scores went over time.
    ///
    /// `level` is the confidence level of all intervals. `means` lists groupings of time, by occasion
    /// if left out: `[{"by": "time"}, {"by": "occasion"}]`, or bins:
    /// `[{"by": "bins", "edges": [0, 28, 56], "one-of-bin": "last"}]`. `slopes` is the smallest slope
    /// of a person that counts as improving or worsening: `{"at-least": "0.5"}`. `mixed_models` lists
    /// linear mixed models to fit: `["intercept", "intercept-and-slope"]`. Raises `ClwError` for an
    /// option that does not fit.
    ///
    /// >>> wellbeing = clw.instrument("swemwbs").measures[0]
    /// >>> sittings = clw.Trajectories.gather(
    /// ...     wellbeing, ["a", "a", "b", "b"], [1, 2, 1, 2], [1798, 2154, 1925, 1925], unit="session"
    /// ... )
    /// >>> sittings.course()["slopes"]["improving"]["count"]
    /// 1
    #[pyo3(signature = (*, level=0.95, **options))]
    fn course(
        &self,
        py: Python<'_>,
        level: f64,
        options: Option<&Bound<'_, PyDict>>,
    ) -> PyResult<Course> {
        let given = options::keywords(py, options)?;
        given.set_item("level", level)?;
        let options = options::json(&given)?;
        let course = py.detach(|| core::Course::answer(&self.0, &options));
        let course =
            course.map_err(|error| options::refused_options(&options, &error, error.code()))?;
        Ok(Course { course, scale: *self.0.scale() })
    }

    /// How many people have how many sittings; colours are the notebook's own.
    fn _repr_html_(&self) -> String {
        let rows = self.0.people_by_sittings().into_iter();
        let rows: Vec<_> = rows
            .map(|(sittings, people)| vec![sittings.to_string(), people.to_string()])
            .take(SHOWN_ROWS)
            .collect();
        html::table(&[&self.told()], &["Sittings", "People"], &rows)
    }

    fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<json::Stored<'py>> {
        json::stored::<Self>(py, self.to_json())
    }

    fn __repr__(&self) -> String {
        format!("<Trajectories: {}>", self.told())
    }
}

impl Trajectories {
    fn told(&self) -> String {
        let people = so_many(self.0.people(), "person", "people");
        let sittings = so_many(self.0.sittings(), "sitting", "sittings");
        format!("{people}, {sittings} by {}", self.0.unit())
    }
}

/// A course that came from another process.
#[pyfunction]
pub(crate) fn _course(course: &str, scale: &str) -> PyResult<Course> {
    Ok(Course { course: json::read(course)?, scale: json::read(scale)? })
}

/// How scores went over time. A statistic that the sittings do not have says why.
///
/// `course["slopes"]` is an entry of `to_dict()`, with the keys of the JSON.
#[pyclass(module = "clw", frozen, eq)]
#[derive(PartialEq)]
pub(crate) struct Course {
    course: core::Course,
    scale: Scale,
}

impl Course {
    fn drawings(&self) -> Vec<NamedChart> {
        report::course_charts(&About::scale(self.scale, self.course.people), &self.course)
    }
}

#[pymethods]
impl Course {
    /// The number of people.
    #[getter]
    fn people(&self) -> u64 {
        self.course.people
    }

    /// The result as one line of JSON, the same bytes in every language.
    fn to_json(&self) -> String {
        self.course.to_json()
    }

    /// The result as plain dicts and lists, with the keys of its JSON.
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        json::loads(py, &self.to_json())
    }

    /// One part by its key, as in `to_dict()`.
    fn __getitem__<'py>(&self, py: Python<'py>, part: &str) -> PyResult<Bound<'py, PyAny>> {
        self.to_dict(py)?.as_any().get_item(part)
    }

    /// The charts as dicts: "id", "title", "description" and "vega-lite", a specification with its data.
    ///
    /// They are `means-by-occasion`, `-time` or `-bin`, one for each grouping asked for, and `slopes`. `theme` is "light" or "dark".
    #[pyo3(signature = (*, theme="light"))]
    fn charts<'py>(&self, py: Python<'py>, theme: &str) -> PyResult<Bound<'py, PyList>> {
        charts::specifications(py, self.drawings(), theme)
    }

    /// One chart as an object of Altair, by its id in `charts()`, or the first.
    ///
    /// A notebook shows it, and `.save("chart.svg")` or `.save("chart.png")` writes it. Needs
    /// `pip install "clw[charts]"`. `theme` is "light" or "dark"; unless told, dark where Altair's own is,
    /// as after `altair.theme.enable("dark")`. Raises `ClwError` where Altair is missing and for an unknown id
    /// or theme.
    #[pyo3(signature = (chart=None, /, *, theme=None))]
    fn chart<'py>(
        &self,
        py: Python<'py>,
        chart: Option<&str>,
        theme: Option<&str>,
    ) -> PyResult<Bound<'py, PyAny>> {
        charts::drawn(py, self.drawings(), chart, theme)
    }

    /// The means over time under their sentences; colours are the notebook's own.
    fn _repr_html_(&self) -> String {
        let about = About::scale(self.scale, self.course.people);
        let mut shown = String::new();
        for means in &self.course.means {
            let row = |at: &core::TrajectoryPoint| {
                let mean = at.mean.computed().map_or_else(String::new, |mean| format!("{mean:.2}"));
                let interval = at.interval.computed().map_or_else(String::new, |limits| {
                    format!("{:.2} to {:.2}", limits.lower, limits.upper)
                });
                let time = if at.from == at.to {
                    at.from.to_string()
                } else {
                    format!("{} to {}", at.from, at.to)
                };
                vec![time, at.n.to_string(), mean, interval]
            };
            let rows: Vec<_> = means.points.iter().take(SHOWN_ROWS).map(row).collect();
            let said = sentences::mean_trajectory(&about, means);
            shown += &html::table(&[&said], &["Time", "People", "Mean", "Interval"], &rows);
        }
        shown + &format!("<p>{}</p>", escaped(&sentences::slopes(&about, &self.course.slopes)))
    }

    fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<(Bound<'py, PyAny>, (String, String))> {
        let parts = (self.to_json(), json::written(&self.scale)?);
        Ok((py.import("clw._clw")?.getattr("_course")?, parts))
    }

    fn __repr__(&self) -> String {
        let people = so_many(self.course.people, "person", "people");
        let sittings = so_many(self.course.sittings, "sitting", "sittings");
        format!("<Course: {people}, {sittings} by {}>", self.course.unit)
    }
}

#[expect(clippy::needless_pass_by_value, reason = "the signature of map_err")]
fn trajectory(error: core::TrajectoryError) -> PyErr {
    refused(&error, error.code())
}

#[expect(clippy::needless_pass_by_value, reason = "the signature of map_err")]
fn request(error: core::TrajectoryRequestError) -> PyErr {
    refused(&error, error.code())
}
