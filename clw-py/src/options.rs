//! Options as Python gives them, and what is refused of them in the names that Python has.

use std::fmt::Display;

use pyo3::prelude::*;
use pyo3::types::PyDict;
use serde_json::Value;

use crate::error::refused;
use crate::json::{read_plain, written_at};

/// Keywords by the names of the JSON; what is None is left out.
pub(crate) fn keywords<'py>(
    py: Python<'py>,
    given: Option<&Bound<'py, PyDict>>,
) -> PyResult<Bound<'py, PyDict>> {
    let options = PyDict::new(py);
    for (name, value) in given.into_iter().flatten().filter(|(_, value)| !value.is_none()) {
        options.set_item(name.extract::<String>()?.replace('_', "-"), value)?;
    }
    Ok(options)
}

/// The JSON of keywords.
pub(crate) fn json(keywords: &Bound<'_, PyDict>) -> PyResult<String> {
    written_at(keywords.as_any(), &[])
}

/// The JSON of what was given by one keyword.
pub(crate) fn value(keyword: &str, given: &Bound<'_, PyAny>) -> PyResult<Value> {
    read_plain(&written_at(given, &[Step::Name(keyword.to_owned())])?)
}

/// A place in what was given, as names and places in lists from the keyword on.
pub(crate) type Steps = Vec<Step>;

#[derive(Clone)]
pub(crate) enum Step {
    Name(String),
    Item(usize),
}

/// A place as Python writes it: `signed_rank["exact-limit"]`, `cuts[1]`. A keyword has underscores, what
/// is in it the names of the JSON.
pub(crate) fn written(steps: &[Step]) -> String {
    steps.iter().fold(String::new(), |place, step| match step {
        Step::Name(keyword) if place.is_empty() => keyword.replace('-', "_"),
        Step::Name(name) => format!("{place}[{name:?}]"),
        Step::Item(at) => format!("{place}[{at}]"),
    })
}

/// The steps of a path of the core's, which has dots between names and counts items from 1. Of what the
/// core reads twice it begins within a keyword.
fn steps(path: &str, given: &Value) -> Steps {
    let (whole, found) = walked(path, given);
    if found {
        return whole;
    }
    let within = given.as_object().into_iter().flatten().find_map(|(keyword, node)| {
        let (steps, found) = walked(path, node);
        found.then(|| [Step::Name(keyword.clone())].into_iter().chain(steps).collect())
    });
    within.unwrap_or(whole)
}

/// The steps, and whether they lead to something.
fn walked(path: &str, given: &Value) -> (Steps, bool) {
    let (mut steps, mut rest, mut node) = (Steps::new(), path, Some(given));
    while !rest.is_empty() {
        let fields = node.and_then(Value::as_object).into_iter().flatten();
        let leads = |name: &str| match rest.strip_prefix(name) {
            Some(rest) => rest.is_empty() || rest.starts_with('.'),
            None => false,
        };
        let longest = fields.map(|(name, _)| name.as_str()).filter(|name| leads(name));
        let first = rest.split('.').next().unwrap_or(rest);
        let name = longest.max_by_key(|name| name.len()).unwrap_or(first);
        rest = rest.get(name.len() + 1..).unwrap_or_default();
        let place = name.parse::<usize>().ok().filter(|_| node.is_some_and(Value::is_array));
        let step = match place {
            Some(place) => Step::Item(place.saturating_sub(1)),
            None => Step::Name(name.to_owned()),
        };
        node = node.and_then(|node| match &step {
            Step::Name(name) => node.get(name),
            Step::Item(at) => node.get(at),
        });
        steps.push(step);
    }
    (steps, node.is_some())
}

/// The number or truth value that a path of the core's leads to, from the top or within a keyword.
fn scalar<'a>(path: &str, given: &'a Value) -> Option<(Steps, &'a Value)> {
    let whole = (Steps::new(), given);
    let within = given.as_object().into_iter().flatten();
    let within = within.map(|(keyword, node)| (vec![Step::Name(keyword.clone())], node));
    core::iter::once(whole).chain(within).find_map(|(start, node)| {
        let (steps, _) = walked(path, node);
        let found = steps.iter().try_fold(node, |node, step| match step {
            Step::Name(name) => node.get(name),
            Step::Item(at) => node.get(at),
        })?;
        let is_scalar = found.is_number() || found.is_boolean();
        is_scalar.then(|| (start.into_iter().chain(steps).collect(), found))
    })
}

/// Where in what was given `holds` is true, if that is one place.
fn only_place(given: &Value, holds: &dyn Fn(&Value) -> bool) -> Option<Steps> {
    let mut found = places(given, &[], holds);
    found.pop().filter(|_| found.is_empty())
}

fn places(node: &Value, at: &[Step], holds: &dyn Fn(&Value) -> bool) -> Vec<Steps> {
    let below = |(step, node): (Step, &Value)| places(node, &joined(at, step), holds);
    let own = holds(node).then(|| at.to_vec());
    let deeper: Vec<Steps> = match node {
        Value::Object(fields) => {
            fields.iter().map(|(name, of)| (Step::Name(name.clone()), of)).flat_map(below).collect()
        }
        Value::Array(items) => {
            items.iter().enumerate().map(|(at, of)| (Step::Item(at), of)).flat_map(below).collect()
        }
        _ => Vec::new(),
    };
    own.into_iter().chain(deeper).collect()
}

/// A step further.
pub(crate) fn joined(place: &[Step], step: Step) -> Steps {
    place.iter().cloned().chain([step]).collect()
}

/// A refusal of options, which became this JSON: what the core's reader says of that, said of what was given.
pub(crate) fn refused_options(given: &str, message: &impl Display, code: &str) -> PyErr {
    refused_keywords(given, &|steps| steps, message, code)
}

/// The same, where `keywords` makes of a place in the JSON that from the keyword on.
pub(crate) fn refused_keywords(
    given: &str,
    keywords: &dyn Fn(Steps) -> Steps,
    message: &impl Display,
    code: &str,
) -> PyErr {
    let message = message.to_string();
    let account = message
        .strip_prefix("the options cannot be read: ")
        .and_then(|account| account.strip_suffix("; correct that place"));
    let told = match account {
        Some(account) => {
            let given = serde_json::from_str(given).unwrap_or_default();
            said(account, &given, keywords).unwrap_or_else(|| message.clone())
        }
        // Which of the keywords go together is named as the JSON has them.
        None if code == "missing-field" => keyword_names(&message),
        None => message,
    };
    refused(&told, code)
}

/// The account in Python's words; `None` where it is of no form that is known.
fn said(account: &str, given: &Value, keywords: &dyn Fn(Steps) -> Steps) -> Option<String> {
    let (told, account) = match account.strip_prefix('`').and_then(|rest| rest.split_once('`')) {
        Some((path, account)) => (path, account),
        None => ("", account),
    };
    let path = if told.is_empty() { Steps::new() } else { steps(told, given) };
    let place = |steps: Steps| written(&keywords(steps));
    if account == ": expected value" {
        let (at, found) = scalar(told, given)?;
        let found = found.to_string();
        return Some(format!(
            "`{}` is {}, not one of its names; give one",
            place(at),
            in_python(&found)
        ));
    }
    if let Some(found) = account.strip_prefix(" is ") {
        let (found, wanted) = found.rsplit_once(", not ")?;
        let (found, wanted) = (in_python(found), in_python(wanted));
        return Some(format!("`{}` is {found}, not {wanted}; give one", place(path)));
    }
    let account = account.strip_prefix(": ").unwrap_or(account);
    if let Some(name) = account.strip_prefix("missing field `") {
        let name = name.strip_suffix('`')?;
        return Some(match place(path).as_str() {
            "" => format!("`{}` is missing; give it", name.replace('-', "_")),
            place => format!("`{place}` has no `{name}`; add it"),
        });
    }
    if let Some((name, known)) = unknown(account, &["unknown field `"]) {
        return Some(surplus(&place(only_place(given, &has(name)).unwrap_or(path)), name, known));
    }
    let (name, known) = unknown(account, &["unknown choice `", "unknown variant `"])?;
    // A name that is one of a few, such as that of a count, is the last step of its own path.
    if let Some((Step::Name(last), above)) = path.split_last()
        && last == name
    {
        let above = only_place(given, &has(name)).unwrap_or_else(|| above.to_vec());
        return Some(surplus(&place(above), name, known));
    }
    let none_of = none_of(known);
    Some(match place(only_place(given, &|node| node == name).unwrap_or(path)).as_str() {
        "" => format!("`{name}` is {none_of}; name one of these"),
        place => format!("`{place}` is `{name}`, {none_of}; name one of these"),
    })
}

fn has(name: &str) -> impl Fn(&Value) -> bool {
    move |node| node.get(name).is_some()
}

/// A name that is given, and is none of those that there are.
fn unknown<'a>(account: &'a str, begins: &[&str]) -> Option<(&'a str, &'a str)> {
    let rest = begins.iter().find_map(|words| account.strip_prefix(words))?;
    let (name, known) = rest.split_once("`, ")?;
    let known = known.strip_prefix("expected ").unwrap_or_default();
    Some((name, known.strip_prefix("one of ").unwrap_or(known)))
}

/// What is said of a name that a place has and should not have; without a place, it is a keyword.
fn surplus(place: &str, name: &str, known: &str) -> String {
    match (place, known) {
        ("", known) => {
            let (name, known) = (name.replace('-', "_"), keyword_names(known));
            format!("there is no option `{name}`; name one of {known}")
        }
        (place, "") => format!("`{place}` has `{name}`, where nothing more is; leave it out"),
        (place, known) => {
            let none_of = none_of(known);
            format!("`{place}` has `{name}`, {none_of}; name one of these, or leave it out")
        }
    }
}

fn none_of(known: &str) -> String {
    let few = if known.contains(", ") { "none of" } else { "not" };
    format!("{few} {known}")
}

/// What JSON calls a value or a kind of values, as Python does.
fn in_python(words: &str) -> String {
    match words {
        "true" => "True".to_owned(),
        "false" => "False".to_owned(),
        "null" => "None".to_owned(),
        words => words.replace("an object", "a dict"),
    }
}

/// A text with the names in it as keywords have them.
fn keyword_names(text: &str) -> String {
    let parts = text.split('`').enumerate();
    let parts = parts.map(|(at, part)| match at % 2 {
        1 => part.replace('-', "_"),
        _ => part.to_owned(),
    });
    parts.collect::<Vec<_>>().join("`")
}
