//! Forms of two sittings put together by id: `clw_core::change::MatchedPairs`.

use clw_core::change::{MatchedPairs, SittingColumns};
use clw_core::request::Answer;
use clw_core::score::WholeColumn;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::columns::whole_or_blank;
use crate::error::{refused, wrong_kind};
use crate::ids::ids_or_blank;
use crate::instrument::find_measure;
use crate::plain::plain;
use crate::tables::{field, known_parts};

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = r#"
/** Two sittings: row i of the ids and of the scores beside them is one form, in any order of rows. */
export interface FormsById {
  /** Whose the forms at baseline are: texts or whole numbers, or blank. */
  baselineIds: Iterable<string | number | null | undefined>;
  /** Their scores in whole steps of the scale, or blank. */
  baseline: Iterable<number | null | undefined>;
  /** Whose the forms at follow-up are. */
  followUpIds: Iterable<string | number | null | undefined>;
  /** Their scores. */
  followUp: Iterable<number | null | undefined>;
}

/** The pairs, what became of every form, and both in plain words. */
export type MatchedPairsInWords = MatchedPairs & { sentence: string };
"#;

/// Puts the forms of two sittings together by whose they are, in any order of rows.
///
/// Each sitting may hold people whom the other has not. Ids are compared as they print, without white
/// space around them, so that 7 and "7" are one person. A blank id or score is `null`, `undefined` or NaN,
/// an id also an empty text; it is counted in the account. Points are those of `pairCounts`.
///
/// # Errors
///
/// An `Error` with `code`, for columns of unequal length, an id that a sitting has twice, a score off the
/// scale, what is no id and what is not a whole number of 32 bits, an unknown measure, and columns that
/// are missing, unknown or without an order.
#[wasm_bindgen(js_name = matchedPairs, unchecked_return_type = "MatchedPairsInWords")]
pub fn matched_pairs(
    #[wasm_bindgen(unchecked_param_type = "string")] instrument: &JsValue,
    #[wasm_bindgen(unchecked_param_type = "string")] measure: &JsValue,
    #[wasm_bindgen(unchecked_param_type = "FormsById")] forms: &JsValue,
) -> Result<JsValue, JsValue> {
    plain(&matched_pairs_json(instrument, measure, forms)?)
}

/// Puts forms together as `matchedPairs` does, into one line of JSON: the same bytes in every language.
///
/// # Errors
///
/// As `matchedPairs`.
#[wasm_bindgen(js_name = matchedPairsJson)]
pub fn matched_pairs_json(
    #[wasm_bindgen(unchecked_param_type = "string")] instrument: &JsValue,
    #[wasm_bindgen(unchecked_param_type = "string")] measure: &JsValue,
    #[wasm_bindgen(unchecked_param_type = "FormsById")] forms: &JsValue,
) -> Result<String, JsValue> {
    let scale = find_measure(instrument, measure)?.scale();
    let names = ["baselineIds", "baseline", "followUpIds", "followUp"];
    known_parts("object of forms", &names, forms)?;
    let [first, before, second, after] = names.map(|name| column(forms, name));
    let (first, second) = (ids_or_blank(&first?)?, ids_or_blank(&second?)?);
    let before = whole_or_blank(&before?, WholeColumn::Baseline)?;
    let after = whole_or_blank(&after?, WholeColumn::FollowUp)?;
    let baseline = SittingColumns { ids: &first, points: &before };
    let follow_up = SittingColumns { ids: &second, points: &after };
    let matched = MatchedPairs::of(scale, &baseline, &follow_up);
    let matched = matched.map_err(|error| refused(&error, error.code()))?;
    Ok(Answer::from(&matched).to_json().to_owned())
}

fn column(forms: &JsValue, name: &str) -> Result<JsValue, JsValue> {
    let column = field(forms, name)?;
    if column.is_undefined() {
        let message =
            format!("the object of forms has no `{name}`; give a list, one row after the other");
        return Err(wrong_kind(&message, "missing-field"));
    }
    Ok(column)
}
