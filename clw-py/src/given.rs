//! What was given in lists and dicts, each part refused by its place where it is not what it should be.

use pyo3::PyClass;
use pyo3::exceptions::PyOverflowError;
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyDict, PyList, PyTuple};

use crate::error::refused;
use crate::options::{Step, Steps, joined, written};
use crate::score::type_name;

/// The letters of a value that a message has room for.
const SHOWN_LETTERS: usize = 60;

/// A value and its place: the keyword, the name in its dict, the number in its list.
pub(crate) struct Given<'py> {
    value: Bound<'py, PyAny>,
    place: Steps,
}

impl<'py> Given<'py> {
    pub(crate) fn of(keyword: &str, value: &Bound<'py, PyAny>) -> Self {
        Self { value: value.clone(), place: vec![Step::Name(keyword.to_owned())] }
    }

    fn within(&self, step: Step, value: Bound<'py, PyAny>) -> Self {
        Self { value, place: joined(&self.place, step) }
    }

    /// What is told of a value that is not `wanted`; a long one by its kind.
    pub(crate) fn refused(&self, wanted: &str, code: &str) -> PyErr {
        let printed = self.value.repr().map(|found| found.to_string());
        let short = printed.ok().filter(|found| found.chars().count() <= SHOWN_LETTERS);
        let kind = || type_name(&self.value).unwrap_or_else(|_| "another value".to_owned());
        let found = short.unwrap_or_else(kind);
        refused(&format!("`{}` is {found}, {wanted}", written(&self.place)), code)
    }

    /// A whole number from 0 on.
    pub(crate) fn count(&self) -> PyResult<u64> {
        let count = (!self.is_flag()).then(|| self.value.extract().ok()).flatten();
        let wanted = || format!("no count; give a whole number in 0..={}", u64::MAX);
        count.ok_or_else(|| self.refused(&wanted(), "not-a-count"))
    }

    /// A finite number.
    pub(crate) fn number(&self) -> PyResult<f64> {
        let none = || self.refused("no number; give one", "not-a-number");
        let endless = |wanted| self.refused(wanted, "not-finite");
        if self.is_flag() {
            return Err(none());
        }
        match self.value.extract::<f64>() {
            Ok(number) if number.is_finite() => Ok(number),
            Ok(_) => Err(endless("no finite number; give one, or leave it out")),
            Err(error) if error.is_instance_of::<PyOverflowError>(self.value.py()) => {
                Err(endless("beyond 1.8e308; give a smaller number"))
            }
            Err(_) => Err(none()),
        }
    }

    fn is_flag(&self) -> bool {
        self.value.is_instance_of::<PyBool>()
    }

    pub(crate) fn text(&self) -> PyResult<String> {
        self.value.extract().map_err(|_| self.refused("no text; give one", "wrong-type"))
    }

    /// An object of one of the package's own classes.
    pub(crate) fn object<T: PyClass>(&self) -> PyResult<Bound<'py, T>> {
        let refusal = |name| self.refused(&format!("no `{name}`; give one"), "wrong-type");
        match self.value.cast::<T>() {
            Ok(object) => Ok(object.clone()),
            Err(_) => Err(refusal(T::type_object(self.value.py()).name()?)),
        }
    }

    pub(crate) fn objects<T: PyClass>(&self) -> PyResult<Vec<Bound<'py, T>>> {
        self.list()?.iter().map(Self::object).collect()
    }

    pub(crate) fn dict(&self) -> PyResult<Bound<'py, PyDict>> {
        let dict = self.value.cast::<PyDict>().cloned();
        dict.map_err(|_| self.refused("no dict; give one with its fields", "wrong-type"))
    }

    pub(crate) fn list(&self) -> PyResult<Vec<Self>> {
        let items: Result<Vec<Bound<'py, PyAny>>, _> = self.value.extract();
        let items = items.map_err(|_| self.refused("no list; give one", "wrong-type"))?;
        let item = |(at, item)| self.within(Step::Item(at), item);
        Ok(items.into_iter().enumerate().map(item).collect())
    }

    pub(crate) fn texts(&self) -> PyResult<Vec<String>> {
        self.list()?.iter().map(Self::text).collect()
    }

    pub(crate) fn counts(&self) -> PyResult<Vec<u64>> {
        self.list()?.iter().map(Self::count).collect()
    }

    /// One field of a dict, where it has it.
    pub(crate) fn field(&self, name: &str) -> PyResult<Option<Self>> {
        let value = self.dict()?.get_item(name)?;
        Ok(value.map(|value| self.within(Step::Name(name.to_owned()), value)))
    }

    /// Two values that belong together, such as a count and of how many.
    pub(crate) fn pair(&self) -> PyResult<(Self, Self)> {
        let is_list =
            self.value.is_instance_of::<PyTuple>() || self.value.is_instance_of::<PyList>();
        let pair = if is_list { self.list()?.try_into().ok() } else { None };
        let [one, other]: [Self; 2] =
            pair.ok_or_else(|| self.refused("no pair; give two values", "not-a-pair"))?;
        Ok((one, other))
    }

    /// The entries of a dict by their names.
    pub(crate) fn entries(&self) -> PyResult<Vec<(String, Self)>> {
        let entry = |(name, value): (Bound<'py, PyAny>, Bound<'py, PyAny>)| {
            let name = name_in(&written(&self.place), &name)?;
            Ok((name.clone(), self.within(Step::Name(name), value)))
        };
        self.dict()?.iter().map(entry).collect()
    }
}

/// A name in the dict that came by a keyword.
pub(crate) fn name_in(keyword: &str, name: &Bound<'_, PyAny>) -> PyResult<String> {
    name.extract().map_err(|_| {
        let found = name.repr().map_or_else(|_| "one".to_owned(), |found| found.to_string());
        refused(&format!("`{keyword}` has the name {found}, no text; give one"), "wrong-type")
    })
}
