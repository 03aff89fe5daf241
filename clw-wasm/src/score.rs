//! Answers to exact points: `clw_core::score`.

use clw_core::instrument::Instrument;
use clw_core::score::{self as scoring, FormState, Offered, Outcome};
use js_sys::{BigInt, Map, Object, Reflect, Set};
use serde::Serialize;
use tsify::{Ts, Tsify};
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};

use crate::error::{is_plain, plain_object, refused, wrong_kind};
use crate::instrument::find;

#[wasm_bindgen(typescript_custom_section)]
const ANSWER: &str = r#"
/** A whole number, null, undefined or NaN for a blank, or the mark "not-applicable". */
export type Answer = number | bigint | "not-applicable" | null | undefined;
"#;

/// One form, scored: an entry for each measure of the instrument.
#[derive(Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct ScoreSheet {
    /// The instrument's id.
    pub instrument: &'static str,
    /// The instrument's version.
    pub version: &'static str,
    /// Its measures, in the instrument's order.
    pub measures: Vec<MeasureScore>,
}

/// One measure of a form: its score, or every reason why there is none.
#[derive(Serialize, Tsify)]
#[serde(tag = "outcome", rename_all = "kebab-case", rename_all_fields = "camelCase")]
pub enum MeasureScore {
    /// The answers make a score.
    Scored {
        /// The measure's id.
        measure: &'static str,
        /// The exact score, in steps of the measure's scale.
        points: i32,
        /// The score as printed.
        value: f64,
        /// The sum of the answered items, before it is multiplied, averaged or looked up.
        raw: i32,
        /// The number of items answered.
        answered: usize,
        /// Its band in the default band set, where the measure has one.
        #[tsify(optional)]
        #[serde(skip_serializing_if = "Option::is_none")]
        band: Option<BandName>,
    },
    /// The answers make no score.
    NotScored {
        /// The measure's id.
        measure: &'static str,
        /// What is wrong, in form order.
        problems: Vec<Problem>,
    },
}

/// A band and the band set it belongs to.
#[derive(Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct BandName {
    /// The band set's id.
    pub set: &'static str,
    /// The band's id.
    pub band: &'static str,
}

/// What is wrong with one measure's answers.
#[derive(Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct Problem {
    /// The stable name of the problem.
    #[tsify(type = "\"out-of-range\" | \"not-applicable\" | \"all-blank\" | \"blank\"")]
    pub code: &'static str,
    /// The item's number on the form, from 1, where the problem lies with one item.
    #[tsify(optional)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub item: Option<usize>,
    /// The item's id, where the problem lies with one item.
    #[tsify(optional)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<&'static str>,
    /// The answer, where it is out of range.
    #[tsify(optional)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<f64>,
    /// The lowest code, where the answer is out of range.
    #[tsify(optional)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lowest: Option<i32>,
    /// The highest code, where the answer is out of range.
    #[tsify(optional)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub highest: Option<i32>,
    /// What was found, the limit and the remedy.
    pub message: String,
}

/// Scores one form: one answer for each item of the instrument, in form order, or by the ids of the items.
///
/// A code outside its item's range is a problem of the measures it belongs to, not an exception.
///
/// # Errors
///
/// An `Error` with `code`, for a value that is no answer, such as 1.5, `"2"` or `true`, for too many or
/// too few, and for an unknown instrument.
#[wasm_bindgen]
pub fn score(
    #[wasm_bindgen(unchecked_param_type = "string")] instrument: &JsValue,
    #[wasm_bindgen(unchecked_param_type = "Iterable<Answer> | Record<string, Answer>")]
    answers: &JsValue,
) -> Result<Ts<ScoreSheet>, JsValue> {
    sheet(instrument, answers).and_then(|sheet| plain_object(&ScoreSheet::from(sheet)))
}

#[cfg(feature = "full")]
/// Scores one form as `score` does, into one line of JSON: the same bytes in every language.
///
/// # Errors
///
/// As `score`.
#[wasm_bindgen(js_name = scoreJson)]
pub fn score_json(
    #[wasm_bindgen(unchecked_param_type = "string")] instrument: &JsValue,
    #[wasm_bindgen(unchecked_param_type = "Iterable<Answer> | Record<string, Answer>")]
    answers: &JsValue,
) -> Result<String, JsValue> {
    sheet(instrument, answers).map(|sheet| sheet.to_json())
}

/// How far a form is filled in.
#[derive(Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct FormCheck {
    /// The instrument's id.
    pub instrument: &'static str,
    /// The instrument's version.
    pub version: &'static str,
    /// The one thing to know of it. Something wrong comes before something missing.
    #[tsify(type = "\"complete\" | \"incomplete\" | \"invalid\"")]
    pub state: FormState,
    /// The number of items answered with a code they have, or with a mark that a measure allows.
    pub answered: usize,
    /// The ids of the items that are blank, in form order.
    pub blank: Vec<&'static str>,
    /// What cannot stand, in form order.
    pub problems: Vec<FormProblem>,
}

/// An answer that cannot stand.
#[derive(Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct FormProblem {
    /// The item's number on the form, from 1.
    pub item: usize,
    /// The item's id.
    pub id: &'static str,
    /// The stable name of the problem.
    #[tsify(type = "\"not-an-answer\" | \"out-of-range\" | \"not-applicable\"")]
    pub code: &'static str,
    /// What was found, the limit and the remedy.
    pub message: String,
}

/// Says how far a form is filled in: one answer for each item of the instrument, in form order, or by the
/// ids of the items.
///
/// What `score` throws for is a problem of its item here. A blank that a missing rule allows is still a
/// blank: the form is incomplete, and `score` may score it.
///
/// # Errors
///
/// An `Error` with `code`, for too many or too few answers and for an unknown instrument.
#[wasm_bindgen]
pub fn check(
    #[wasm_bindgen(unchecked_param_type = "string")] instrument: &JsValue,
    #[wasm_bindgen(unchecked_param_type = "Iterable<unknown> | Record<string, unknown>")]
    answers: &JsValue,
) -> Result<Ts<FormCheck>, JsValue> {
    let instrument = find(instrument)?;
    let check = instrument.check(&values(instrument, answers)?);
    let check = check.map_err(|error| refused(&error, error.code()))?;
    plain_object(&FormCheck::from(check))
}

fn sheet(instrument: &JsValue, answers: &JsValue) -> Result<scoring::ScoreSheet<'static>, JsValue> {
    let instrument = find(instrument)?;
    let values = values(instrument, answers)?;
    let scored = instrument.answers(&values).and_then(|answers| instrument.score(&answers));
    scored.map_err(|error| refused(&error, error.code()))
}

/// The values of a form, in its order.
fn values(
    instrument: &'static Instrument,
    answers: &JsValue,
) -> Result<Vec<Offered<'static>>, JsValue> {
    cells(instrument, answers)?.map(|value| Ok(offered(value?))).collect()
}

/// What is given for each item: a list in form order, or a record by item, in which what is left out is undefined.
pub(crate) fn cells(
    instrument: &'static Instrument,
    given: &JsValue,
) -> Result<Box<dyn Iterator<Item = Result<JsValue, JsValue>>>, JsValue> {
    let ordered =
        given.is_object() && !given.is_instance_of::<Map>() && !given.is_instance_of::<Set>();
    if let Some(list) = if ordered { js_sys::try_iter(given)? } else { None } {
        return Ok(Box::new(list));
    }
    let Some(record) = given.dyn_ref::<Object>().filter(|_| ordered && is_plain(given)) else {
        let message =
            "answers came without an order; give a list in form order, or a record by item";
        return Err(wrong_kind(message, "no-order"));
    };
    let ids = || instrument.items().iter().map(|item| item.id.as_ref());
    let mut keys = Object::keys(record)
        .iter()
        .filter_map(|key| key.as_string())
        .collect::<Vec<_>>()
        .into_iter();
    if let Some(foreign) = keys.find(|key| ids().all(|id| id != key)) {
        let known = ids().collect::<Vec<_>>().join("`, `");
        let message = format!("`{}` has no item `{foreign}`; it has `{known}`", instrument.id());
        return Err(refused(&message, "unknown-name"));
    }
    let record = given.clone();
    Ok(Box::new(ids().map(move |id| Reflect::get(&record, &id.into()))))
}

/// Names the kind of a value; what it means as an answer is the core's to say.
pub(crate) fn offered(value: JsValue) -> Offered<'static> {
    if value.is_null() || value.is_undefined() {
        Offered::Nothing
    } else if let Some(number) = value.as_f64() {
        Offered::Number(number)
    } else if let Some(text) = value.as_string() {
        Offered::Text(text.into())
    } else if let Some(flag) = value.as_bool() {
        Offered::Other(flag.to_string().into())
    } else if value.is_bigint() {
        i64::try_from(value).map_or_else(|wide| Offered::Wide(digits(wide).into()), Offered::Whole)
    } else {
        let kind = value.js_typeof().as_string().unwrap_or_default();
        Offered::Other(format!("a value of type `{kind}`").into())
    }
}

fn digits(wide: JsValue) -> String {
    wide.unchecked_into::<BigInt>().to_string(10).map(String::from).unwrap_or_default()
}

impl From<scoring::ScoreSheet<'static>> for ScoreSheet {
    fn from(sheet: scoring::ScoreSheet<'static>) -> Self {
        Self {
            instrument: sheet.instrument,
            version: sheet.version,
            measures: sheet.measures.into_iter().map(MeasureScore::from).collect(),
        }
    }
}

impl From<scoring::MeasureScore<'static>> for MeasureScore {
    fn from(entry: scoring::MeasureScore<'static>) -> Self {
        let measure = entry.measure;
        match entry.outcome {
            Outcome::Scored(scoring::Score { points, value, raw, answered, band }) => {
                let band = band.map(|scoring::BandName { set, band }| BandName { set, band });
                Self::Scored { measure, points: points.0, value, raw, answered, band }
            }
            Outcome::NotScored { problems } => {
                Self::NotScored { measure, problems: problems.iter().map(Problem::from).collect() }
            }
        }
    }
}

impl From<&scoring::Problem<'static>> for Problem {
    fn from(problem: &scoring::Problem<'static>) -> Self {
        let (lowest, highest) = problem.limits().unzip();
        Self {
            code: problem.code(),
            item: problem.item(),
            id: problem.id(),
            value: problem.value().map(|value| value as f64),
            lowest,
            highest,
            message: problem.to_string(),
        }
    }
}

impl From<scoring::FormCheck<'static>> for FormCheck {
    fn from(check: scoring::FormCheck<'static>) -> Self {
        let scoring::FormCheck { instrument, version, state, answered, blank, problems } = check;
        let problem = |of: scoring::FormProblem<'static>| FormProblem {
            item: of.item,
            id: of.id,
            code: of.code,
            message: of.message,
        };
        let problems = problems.into_iter().map(problem).collect();
        Self { instrument, version, state, answered, blank, problems }
    }
}
