//! Evidence: `clw_core::evaluation`.

use clw_core::evaluation::Evaluation as CoreEvaluation;
use clw_core::report;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::document::plan;
use crate::error::{raise, refused};
use crate::instrument::registry;
use crate::plain::{plain_of, plain_without};
use crate::tables::{Reading, field};

/// Evaluates the records of a programme under a plan.
///
/// A bad row is counted in the result with its reason; `dryRun` tells of each.
///
/// # Errors
///
/// An `Error` with `code`, where mapping and plan do not fit.
#[wasm_bindgen]
pub fn evaluate(
    #[wasm_bindgen(unchecked_param_type = "Source & { plan: TomlDocument }")] source: &JsValue,
) -> Result<Evaluation, JsValue> {
    let plan = plan(&field(source, "plan")?)?.check(registry()).map_err(raise)?;
    let (evaluation, _) = Reading::of(source)?.read(|import| plan.evaluate_import(import, 1))?;
    Ok(Evaluation(evaluation))
}

/// The evidence of one or more caseloads under one plan. It holds nobody's row.
#[wasm_bindgen]
pub struct Evaluation(pub(crate) CoreEvaluation);

#[wasm_bindgen]
impl Evaluation {
    /// The evaluation as JSON, the same bytes in every language.
    #[wasm_bindgen(js_name = toJson)]
    pub fn to_json(&self) -> Result<String, JsValue> {
        self.0.to_json().map_err(raise)
    }

    /// The evaluation as a plain object: how it was obtained and what follows from the counts, which
    /// are in `toJson`, by the names of groups as they came.
    #[wasm_bindgen(js_name = toObject, unchecked_return_type = "EvaluationObject")]
    pub fn to_object(&self) -> Result<JsValue, JsValue> {
        plain_without("counts", &self.to_json()?)
    }

    /// What follows from the counts, for each measure of the plan.
    #[wasm_bindgen(getter, unchecked_return_type = "EvaluationObject[\"findings\"]")]
    pub fn findings(&self) -> Result<JsValue, JsValue> {
        plain_of(&self.0.findings)
    }

    /// The number of people.
    #[wasm_bindgen(getter)]
    #[must_use]
    pub fn people(&self) -> f64 {
        self.0.counts.people as f64
    }

    /// The answer in plain words: the title, and a paragraph for each measure.
    #[wasm_bindgen(getter)]
    #[must_use]
    pub fn summary(&self) -> String {
        report::summary(&self.0)
    }

    /// The report: one HTML file that stands alone. It holds small counts, for the programme's own use.
    #[wasm_bindgen(js_name = reportHtml)]
    #[must_use]
    pub fn report_html(&self) -> String {
        report::html(&self.0)
    }

    /// The evaluation of two caseloads together; the same person must not be in both.
    ///
    /// # Errors
    ///
    /// An `Error` with `code`, for one and the same, and where they were made under different plans,
    /// definitions or versions.
    pub fn merge(&self, other: &Self) -> Result<Self, JsValue> {
        if std::ptr::eq(self, other) {
            let twice =
                "both are the same evaluation, and its people would count twice; give it once";
            return Err(refused(&twice, "same-evaluation"));
        }
        self.0.merge(&other.0).map(Self).map_err(raise)
    }
}
