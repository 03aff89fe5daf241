//! Sittings over time: `clw_core::trajectory`.

use clw_core::score::WholeColumn;
use clw_core::trajectory::{self as core, TimeUnit};
use serde_json::Value;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::columns::whole;
use crate::error::{refused, text};
use crate::given::{fields, options_of, refused_given};
use crate::ids::ids;
use crate::instrument::find_measure;
use crate::plain::plain;

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = include_str!("trajectory.d.ts");

/// Gathers long columns: row i is one sitting of the person named there, in any order of rows.
///
/// People are named by texts or whole numbers. Times are whole: days or weeks since the person's
/// first sitting, or numbers of sessions, as the unit says. Points are whole steps of the scale, as
/// `score` gives them: 1925 for 19.25.
///
/// # Errors
///
/// An `Error` with `code`, for columns of unequal length, a score off the scale, two scores of one
/// person at one time, what is not a whole number, a blank id, an unknown measure or unit, and what has
/// no order.
#[wasm_bindgen(unchecked_return_type = "Trajectories")]
pub fn trajectories(
    #[wasm_bindgen(unchecked_param_type = "string")] instrument: &JsValue,
    #[wasm_bindgen(unchecked_param_type = "string")] measure: &JsValue,
    #[wasm_bindgen(unchecked_param_type = "TimeUnit")] unit: &JsValue,
    #[wasm_bindgen(unchecked_param_type = "Iterable<string | number>")] people: &JsValue,
    #[wasm_bindgen(unchecked_param_type = "Iterable<number>")] times: &JsValue,
    #[wasm_bindgen(unchecked_param_type = "Iterable<number>")] points: &JsValue,
) -> Result<JsValue, JsValue> {
    let scale = find_measure(instrument, measure)?.scale();
    let unit: TimeUnit = text("unit", unit)?.parse().map_err(trajectory)?;
    let people = ids(people)?;
    let (times, points) = (whole(times, WholeColumn::Time)?, whole(points, WholeColumn::Score)?);
    let gathered = core::Trajectories::gather(scale, unit, &people, &times, &points);
    plain(&gathered.map_err(trajectory)?.to_json())
}

/// Reads trajectories from one line of JSON that any of the languages wrote.
///
/// # Errors
///
/// An `Error` with `code`, for any other text.
#[wasm_bindgen(js_name = trajectoriesFromJson, unchecked_return_type = "Trajectories")]
pub fn trajectories_from_json(
    #[wasm_bindgen(js_name = text, unchecked_param_type = "string")] json: &JsValue,
) -> Result<JsValue, JsValue> {
    plain(&core::Trajectories::from_json(&text("text", json)?).map_err(request)?.to_json())
}

/// Trajectories as one line of JSON, the same bytes in every language.
///
/// # Errors
///
/// An `Error` with `code`, for an object that is none.
#[wasm_bindgen(js_name = trajectoriesJson)]
pub fn trajectories_json(
    #[wasm_bindgen(unchecked_param_type = "Trajectories")] trajectories: &JsValue,
) -> Result<String, JsValue> {
    read(trajectories).map(|trajectories| trajectories.to_json())
}

/// Both samples together.
///
/// # Errors
///
/// An `Error` with `code`, where the scales or clocks differ.
#[wasm_bindgen(js_name = mergeTrajectories, unchecked_return_type = "Trajectories")]
pub fn merge_trajectories(
    #[wasm_bindgen(unchecked_param_type = "Trajectories")] left: &JsValue,
    #[wasm_bindgen(unchecked_param_type = "Trajectories")] right: &JsValue,
) -> Result<JsValue, JsValue> {
    let mut together = read(left)?;
    together.merge(&read(right)?).map_err(trajectory)?;
    plain(&together.to_json())
}

/// Computes how scores went over time: means and slopes. Mixed models are left to Python and Rust.
///
/// # Errors
///
/// An `Error` with `code`, for an option that does not fit.
#[wasm_bindgen(unchecked_return_type = "Course")]
pub fn course(
    #[wasm_bindgen(unchecked_param_type = "Trajectories")] trajectories: &JsValue,
    #[wasm_bindgen(unchecked_optional_param_type = "CourseOptions")] options: &JsValue,
) -> Result<JsValue, JsValue> {
    plain(&course_json(trajectories, options)?)
}

/// Computes as `course` does, into one line of JSON: the same bytes in every language.
///
/// # Errors
///
/// As `course`.
#[wasm_bindgen(js_name = courseJson)]
pub fn course_json(
    #[wasm_bindgen(unchecked_param_type = "Trajectories")] trajectories: &JsValue,
    #[wasm_bindgen(unchecked_optional_param_type = "CourseOptions")] options: &JsValue,
) -> Result<String, JsValue> {
    let given = options_of(options)?;
    let course = core::Course::answer(&read(trajectories)?, &Value::Object(given).to_string());
    course.map(|course| course.to_json()).map_err(request)
}

fn read(trajectories: &JsValue) -> Result<core::Trajectories, JsValue> {
    let text = Value::Object(fields("trajectories", trajectories)?).to_string();
    core::Trajectories::from_json(&text).map_err(request)
}

#[expect(clippy::needless_pass_by_value, reason = "the signature of map_err")]
fn trajectory(error: core::TrajectoryError) -> JsValue {
    refused(&error, error.code())
}

#[expect(clippy::needless_pass_by_value, reason = "the signature of map_err")]
fn request(error: core::TrajectoryRequestError) -> JsValue {
    refused_given(&error, error.code())
}
