//! Returns of programmes and the national picture: `clw_core::returns`.

use clw_core::instrument::{Decimal, Registry};
use clw_core::report;
use clw_core::request::Table;
use clw_core::returns::{
    DisclosedReturn, National as CoreNational, NationalPicture, Programme, Return as OpenReturn,
    ReturnFile,
};
use clw_core::synthesis::SynthesisOptions;
use pyo3::prelude::*;
use pyo3::types::PyDict;

use crate::arguments::Count;
use crate::disclosed::profile;
use crate::error::{raise, refused};
use crate::evaluation::Evaluation;
use crate::given::Given;
use crate::html::{self, so_many};
use crate::instrument::{Local, add_local};
use crate::json;
use crate::options::{self, Step, Steps, refused_keywords};

/// What a programme sends so that its evidence adds to a national picture: counts, and nobody's row.
#[pyclass(module = "clw", frozen, eq)]
#[derive(PartialEq)]
pub(crate) struct Return(ReturnFile);

impl Return {
    fn about(&self) -> &Programme {
        match &self.0 {
            ReturnFile::Open(open) => open.programme(),
            ReturnFile::Disclosed(disclosed) => disclosed.programme(),
        }
    }
}

#[pymethods]
impl Return {
    /// The return of the programme called `name`, whose caseload was evaluated.
    ///
    /// The other texts and numbers are what a reader has to know beside its counts; what is not given
    /// is absent. With `hide_up_to`, counts from 1 to that are hidden with what would give them away,
    /// for a body that must not see small ones, and `zeros` and `rounding_base` are those of
    /// `Evaluation.disclosed`; the picture then states bounds. Raises `ClwError` for a plan that groups
    /// by link worker or practice, and for a limit outside 2 to 20.
    #[staticmethod]
    #[pyo3(signature = (
        evaluation, *, name, area=None, delivered_by=None, practices=None,
        link_workers_full_time_equivalent=None, note=None, hide_up_to=None,
        zeros="shown", rounding_base=None
    ))]
    #[expect(clippy::too_many_arguments, reason = "keywords in Python")]
    fn of(
        py: Python<'_>,
        evaluation: &Evaluation,
        name: String,
        area: Option<String>,
        delivered_by: Option<String>,
        practices: Option<Count>,
        link_workers_full_time_equivalent: Option<&Bound<'_, PyAny>>,
        note: Option<String>,
        hide_up_to: Option<Count>,
        zeros: &str,
        rounding_base: Option<Count>,
    ) -> PyResult<Self> {
        let decimal = |number: &Bound<'_, PyAny>| {
            number.str()?.extract::<String>()?.parse::<Decimal>().map_err(raise)
        };
        let link_workers_full_time_equivalent =
            link_workers_full_time_equivalent.map(decimal).transpose()?;
        let programme = Programme {
            name,
            area,
            delivered_by,
            practices: practices.map(|Count(practices)| practices),
            link_workers_full_time_equivalent,
            note,
        };
        let Some(limit) = hide_up_to else {
            if zeros != "shown" || rounding_base.is_some() {
                let message = "zeros and rounding_base came without hide_up_to; give it too";
                return Err(refused(&message, "missing-field"));
            }
            let open = OpenReturn::of(programme, &evaluation.0).map_err(raise)?;
            return Ok(Self(open.into()));
        };
        let profile = profile(limit, zeros, rounding_base)?;
        let hidden = py.detach(|| DisclosedReturn::of(programme, &evaluation.0, &profile));
        Ok(Self(hidden.map_err(raise)?.into()))
    }

    /// Reads a return of either kind that `to_json` wrote, here or in another language.
    ///
    /// Every check is repeated: Raises `ClwError` for what is no return, one made with other
    /// definitions, and one whose counts do not add up.
    #[staticmethod]
    #[pyo3(signature = (text, *, instruments=None))]
    fn from_json(text: &str, instruments: Local<'_>) -> PyResult<Self> {
        let registry = add_local(Registry::new(), instruments)?;
        ReturnFile::from_json(text, &registry).map(Self).map_err(raise)
    }

    /// The return as JSON, the same bytes in every language.
    fn to_json(&self) -> String {
        match &self.0 {
            ReturnFile::Open(open) => open.to_json(),
            ReturnFile::Disclosed(disclosed) => disclosed.to_json(),
        }
    }

    /// The return as plain dicts and lists, with the keys of its JSON.
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        json::loads(py, &self.to_json())
    }

    /// The name of the programme.
    #[getter]
    fn programme(&self) -> &str {
        &self.about().name
    }

    /// Whether small counts are hidden.
    #[getter]
    fn hides_small_counts(&self) -> bool {
        matches!(self.0, ReturnFile::Disclosed(_))
    }

    /// What it says of each measure; colours are the notebook's own.
    fn _repr_html_(&self) -> String {
        let Programme { name, area, delivered_by, note, .. } = self.about();
        let told = [Some(name), area.as_ref(), delivered_by.as_ref(), note.as_ref()];
        let about = told.into_iter().flatten().map(String::as_str).collect::<Vec<_>>().join(" · ");
        let holds = match &self.0 {
            ReturnFile::Open(open) => {
                so_many(open.counts().people, "person", "people")
                    + ", with small counts as they are."
            }
            ReturnFile::Disclosed(disclosed) => {
                let most = disclosed.evaluation().profile.hide_up_to();
                format!("Counts up to {most} are hidden, with what would give them away.")
            }
        };
        let Table { headings, rows } = report::return_overview(&self.0);
        html::table(&[&about, &holds], &headings, &rows)
    }

    fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<json::Stored<'py>> {
        json::stored::<Self>(py, self.to_json())
    }

    fn __repr__(&self) -> String {
        let hidden = if self.hides_small_counts() { ", small counts hidden" } else { "" };
        format!("<Return of {:?}{hidden}>", self.programme())
    }
}

/// A picture that came from another process: what it was made of, put together anew.
#[pyfunction]
pub(crate) fn _national(
    py: Python<'_>,
    returns: Vec<Bound<'_, Return>>,
    synthesis: &str,
) -> PyResult<National> {
    let returns = returns.into_iter().map(|one| one.get().0.clone()).collect();
    National::made(py, returns, json::read(synthesis)?)
}

/// Programmes together, and each beside the others in the order of names. There is no ranking.
///
/// `national["programmes"]` is an entry of `to_dict()`, with the keys of the JSON.
#[pyclass(module = "clw", frozen, eq)]
pub(crate) struct National {
    picture: NationalPicture,
    /// What it was made of, for whoever makes it anew in another process.
    returns: Vec<ReturnFile>,
    synthesis: SynthesisOptions,
}

impl PartialEq for National {
    fn eq(&self, other: &Self) -> bool {
        self.picture == other.picture
    }
}

type Parts = (Vec<Return>, String);

#[pymethods]
impl National {
    /// The picture that these returns make; their order has no effect.
    ///
    /// `synthesis` holds options of putting the programmes together, as those of `clw.synthesis`.
    /// Raises `ClwError` for no returns, two of one programme, returns made under different plans or
    /// definitions, and an option that does not fit.
    #[staticmethod]
    #[pyo3(signature = (returns, *, synthesis=None))]
    fn of(
        py: Python<'_>,
        returns: &Bound<'_, PyAny>,
        synthesis: Option<&Bound<'_, PyDict>>,
    ) -> PyResult<Self> {
        let options = match synthesis {
            Some(given) => {
                let given = options::value("synthesis", given)?.to_string();
                let within = |place: Steps| {
                    [Step::Name("synthesis".to_owned())].into_iter().chain(place).collect()
                };
                let read = SynthesisOptions::from_json(&given);
                read.map_err(|error| refused_keywords(&given, &within, &error, error.code()))?
            }
            None => SynthesisOptions::default(),
        };
        let returns = Given::of("returns", returns).objects()?.into_iter();
        Self::made(py, returns.map(|one: Bound<'_, Return>| one.get().0.clone()).collect(), options)
    }

    /// Everybody of the open returns together, as if all rows had been in one place; `None` where
    /// every return has its small counts hidden.
    #[getter]
    fn evaluation(&self) -> Option<Evaluation> {
        self.picture.evaluation.clone().map(Evaluation)
    }

    /// The picture as JSON, the same bytes in every language.
    fn to_json(&self) -> PyResult<String> {
        json::written(&self.picture)
    }

    /// The picture as plain dicts and lists, with the keys of its JSON.
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        json::loads(py, &self.to_json()?)
    }

    /// One part by its key, as in `to_dict()`.
    fn __getitem__<'py>(&self, py: Python<'py>, part: &str) -> PyResult<Bound<'py, PyAny>> {
        self.to_dict(py)?.as_any().get_item(part)
    }

    /// Each programme beside the others, in the order of names; colours are the notebook's own.
    fn _repr_html_(&self) -> String {
        let Table { headings, rows } = report::national_overview(&self.picture);
        let said = format!("{}, in the order of names: this is no ranking.", self.told());
        html::table(&[&said], &headings, &rows)
    }

    fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<(Bound<'py, PyAny>, Parts)> {
        let returns = self.returns.iter().cloned().map(Return).collect();
        let parts = (returns, json::written(&self.synthesis)?);
        Ok((py.import("clw._clw")?.getattr("_national")?, parts))
    }

    fn __repr__(&self) -> String {
        format!("<National: {}>", self.told())
    }
}

impl National {
    fn made(
        py: Python<'_>,
        returns: Vec<ReturnFile>,
        synthesis: SynthesisOptions,
    ) -> PyResult<Self> {
        let mut national = CoreNational::new();
        for one in &returns {
            national.add(one.clone()).map_err(raise)?;
        }
        let picture = py.detach(|| national.picture(&synthesis)).map_err(raise)?;
        Ok(Self { picture, returns, synthesis })
    }

    fn told(&self) -> String {
        let count = |returns: usize| u64::try_from(returns).unwrap_or(u64::MAX);
        let (open, hidden) = (self.picture.programmes.len(), self.picture.disclosed.len());
        let open = so_many(count(open), "open return", "open returns");
        format!("{open} and {hidden} with small counts hidden")
    }
}
