//! Returns of programmes and the national picture: `clw_core::returns`.

use clw_core::returns::{National as CoreNational, NationalPicture, ReturnFile};
use clw_core::synthesis::SynthesisOptions;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::columns::rows;
use crate::error::{raise, text};
use crate::evaluation::Evaluation;
use crate::instrument::registry;
use crate::plain::{plain_without, written};

/// The picture that returns of programmes make, each the JSON that `returnJson` gives; their order has
/// no effect.
///
/// # Errors
///
/// An `Error` with `code`, for what is no return, one whose counts do not add up, no returns, two of one
/// programme, and returns made under different plans or definitions.
#[wasm_bindgen]
pub fn national(
    #[wasm_bindgen(unchecked_param_type = "Iterable<string>")] returns: &JsValue,
) -> Result<National, JsValue> {
    let mut national = CoreNational::new();
    for given in rows(returns)? {
        let file = ReturnFile::from_json(&text("return", &given)?, registry()).map_err(raise)?;
        national.add(file).map_err(raise)?;
    }
    national.picture(&SynthesisOptions::default()).map(National).map_err(raise)
}

/// Programmes together, and each beside the others in the order of names. There is no ranking.
#[wasm_bindgen]
pub struct National(NationalPicture);

#[wasm_bindgen]
impl National {
    /// Everybody of the open returns together, as if all rows had been in one place; undefined where
    /// every return has its small counts hidden.
    #[wasm_bindgen(getter)]
    #[must_use]
    pub fn evaluation(&self) -> Option<Evaluation> {
        self.0.evaluation.clone().map(Evaluation)
    }

    /// The picture as JSON, the same bytes in every language.
    #[wasm_bindgen(js_name = toJson)]
    pub fn to_json(&self) -> Result<String, JsValue> {
        written(&self.0)
    }

    /// The picture as a plain object; the evaluation of everybody is `evaluation`.
    #[wasm_bindgen(js_name = toObject, unchecked_return_type = "NationalObject")]
    pub fn to_object(&self) -> Result<JsValue, JsValue> {
        plain_without("evaluation", &self.to_json()?)
    }
}
