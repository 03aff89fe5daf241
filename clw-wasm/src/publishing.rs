//! What an evaluation is taken elsewhere as, and evaluations that come back: `clw_core::disclosure`, `clw_core::returns`
//! and the charts of `clw_core::report`.

use clw_core::disclosure::Profile;
use clw_core::evaluation::{DisclosedEvaluation as CoreDisclosed, Evaluation as CoreEvaluation};
use clw_core::report::{self, NamedChart, Theme};
use clw_core::request;
use clw_core::returns::{DisclosedReturn, Programme, Return};
use js_sys::{Array, Function, JSON, Object, Reflect};
use serde::de::DeserializeOwned;
use serde_json::Value;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};

use crate::columns::rows;
use crate::error::{raise, refused, text, wrong_kind};
use crate::evaluation::Evaluation;
use crate::given::{fields, refused_given};
use crate::instrument::registry;
use crate::plain::plain;
use crate::tables::field;

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = r#"
/** A chart that any Vega-Lite viewer draws. */
export interface NamedChart {
  /** What it is called by, unique among the charts of an evaluation. */
  id: string;
  /** Its heading. */
  title: string;
  /** What a reader who cannot see it should know of it. */
  description: string;
  /** The Vega-Lite version 5 specification with its data; nothing is loaded from elsewhere. */
  vegaLite: Record<string, unknown>;
}

/** A programme as it describes itself in a return. */
export interface Programme {
  /** Its name, unique in a national picture. */
  name: string;
  /** The area it serves. */
  area?: string;
  /** Who delivers it. */
  deliveredBy?: string;
  /** The number of practices it works with. */
  practices?: number;
  /** The number of link workers, in full-time equivalents. */
  linkWorkersFullTimeEquivalent?: number | string;
  /** What a reader has to know beside the counts. */
  note?: string;
}

/** Which counts are hidden. */
export interface DisclosureProfile {
  /** Counts from 1 to this are hidden; 2 or more. Without a profile, 4. */
  hideUpTo: number;
  /** Whether counts of nobody are hidden too. */
  zeros?: "shown" | "hidden";
  /** Whether what is shown is rounded, in steps. */
  rounding?: { method: "none" } | { method: "conventional"; base: number };
}
"#;

#[wasm_bindgen]
impl Evaluation {
    /// Reads an evaluation that `toJson` wrote, here or in another language; what follows from its
    /// counts is worked out anew.
    ///
    /// # Errors
    ///
    /// An `Error` with `code`, for what is none and for one made with other definitions.
    #[wasm_bindgen(js_name = fromJson)]
    pub fn from_json(
        #[wasm_bindgen(js_name = text, unchecked_param_type = "string")] json: &JsValue,
    ) -> Result<Self, JsValue> {
        CoreEvaluation::from_json(&text("evaluation", json)?, registry()).map(Self).map_err(raise)
    }

    /// The charts of the report, for white paper or for a dark page.
    ///
    /// # Errors
    ///
    /// An `Error` with `code`, for another theme.
    #[wasm_bindgen(unchecked_return_type = "NamedChart[]")]
    pub fn charts(
        &self,
        #[wasm_bindgen(unchecked_optional_param_type = "\"light\" | \"dark\"")] theme: &JsValue,
    ) -> Result<Array, JsValue> {
        drawn(report::charts(&self.0), theme)
    }

    /// The evaluation as it may leave the programme: small counts are hidden, with what would give
    /// them away.
    ///
    /// `after` are the programme's own earlier evaluations, or their JSON, the oldest first, whose
    /// public forms by the same profile are public already.
    ///
    /// # Errors
    ///
    /// An `Error` with `code`, for a limit below 2, for a plan whose counts cannot be hidden, and
    /// where a small count follows from what is public already.
    pub fn disclosed(
        &self,
        #[wasm_bindgen(unchecked_optional_param_type = "DisclosureProfile")] profile: &JsValue,
        #[wasm_bindgen(unchecked_optional_param_type = "Iterable<Evaluation | string>")]
        after: &JsValue,
    ) -> Result<DisclosedEvaluation, JsValue> {
        let profile = disclosure_profile(profile)?;
        let disclosed = self.0.disclosed_after(&profile, &releases(after)?);
        disclosed.map(DisclosedEvaluation).map_err(raise)
    }

    /// The return of the programme that was evaluated, as JSON: counts, and nobody's row.
    ///
    /// With a profile, small counts are hidden, for a body that must not see them; a national picture
    /// then states bounds.
    ///
    /// # Errors
    ///
    /// An `Error` with `code`, for a plan that groups by link worker or practice, and for a limit
    /// below 2.
    #[wasm_bindgen(js_name = returnJson)]
    pub fn return_json(
        &self,
        #[wasm_bindgen(unchecked_param_type = "Programme")] programme: &JsValue,
        #[wasm_bindgen(unchecked_optional_param_type = "DisclosureProfile")] profile: &JsValue,
    ) -> Result<String, JsValue> {
        let programme: Programme = given("programme", programme)?;
        if profile.is_undefined() {
            return Ok(Return::of(programme, &self.0).map_err(raise)?.to_json());
        }
        let profile = disclosure_profile(profile)?;
        Ok(DisclosedReturn::of(programme, &self.0, &profile).map_err(raise)?.to_json())
    }
}

/// An evaluation as it may leave the programme: what is published, and the word for what is not.
#[wasm_bindgen]
pub struct DisclosedEvaluation(CoreDisclosed);

#[wasm_bindgen]
impl DisclosedEvaluation {
    /// The published counts as JSON, the same bytes in every language.
    #[wasm_bindgen(js_name = toJson)]
    pub fn to_json(&self) -> Result<String, JsValue> {
        self.0.to_json().map_err(raise)
    }

    /// The published counts as a plain object.
    #[wasm_bindgen(js_name = toObject, unchecked_return_type = "DisclosedEvaluationObject")]
    pub fn to_object(&self) -> Result<JsValue, JsValue> {
        plain(&self.to_json()?)
    }

    /// The report of what is published: one HTML file that stands alone.
    #[wasm_bindgen(js_name = reportHtml)]
    #[must_use]
    pub fn report_html(&self) -> String {
        report::public_html(&self.0)
    }

    /// The tables of the report as CSV: `measure,table,row,column,value`.
    #[must_use]
    pub fn csv(&self) -> String {
        report::public_csv(&self.0)
    }

    /// The charts of the report, for white paper or for a dark page.
    ///
    /// # Errors
    ///
    /// An `Error` with `code`, for another theme.
    #[wasm_bindgen(unchecked_return_type = "NamedChart[]")]
    pub fn charts(
        &self,
        #[wasm_bindgen(unchecked_optional_param_type = "\"light\" | \"dark\"")] theme: &JsValue,
    ) -> Result<Array, JsValue> {
        drawn(report::public_charts(&self.0), theme)
    }
}

fn drawn(charts: Vec<NamedChart>, theme: &JsValue) -> Result<Array, JsValue> {
    let theme = colours(theme)?;
    charts.into_iter().map(|one| chart(&one.in_theme(theme))).collect()
}

fn colours(theme: &JsValue) -> Result<Theme, JsValue> {
    if theme.is_undefined() {
        return Ok(Theme::Light);
    }
    match text("theme", theme)?.as_str() {
        "light" => Ok(Theme::Light),
        "dark" => Ok(Theme::Dark),
        other => {
            let message = format!("the theme came as {other:?}; give \"light\" or \"dark\"");
            Err(refused(&message, "unknown-theme"))
        }
    }
}

/// A chart whose specification keeps its own keys.
fn chart(chart: &NamedChart) -> Result<JsValue, JsValue> {
    let object = Object::new();
    for (key, text) in
        [("id", &chart.id), ("title", &chart.title), ("description", &chart.description)]
    {
        Reflect::set(&object, &key.into(), &text.into())?;
    }
    let specification = JSON::parse(&chart.vega_lite.to_string())?;
    Reflect::set(&object, &"vegaLite".into(), &specification)?;
    Ok(object.into())
}

/// The earlier evaluations of a programme. Each is read from its JSON: a list cannot lend what it holds.
fn releases(after: &JsValue) -> Result<Vec<CoreEvaluation>, JsValue> {
    if after.is_undefined() {
        return Ok(Vec::new());
    }
    let json = |release: JsValue| {
        if release.is_string() {
            return Ok(release);
        }
        let write = field(&release, "toJson")?.dyn_into::<Function>().map_err(|_| {
            wrong_kind(
                "an earlier release is no evaluation; give one, or its JSON",
                "not-an-evaluation",
            )
        })?;
        write.call0(&release)
    };
    let read = |release| Ok(Evaluation::from_json(&json(release)?)?.0);
    rows(after)?.into_iter().map(read).collect()
}

fn disclosure_profile(value: &JsValue) -> Result<Profile, JsValue> {
    if value.is_undefined() { Ok(Profile::default()) } else { given("profile", value) }
}

/// What an object stands for in the core.
fn given<T: DeserializeOwned>(what: &'static str, object: &JsValue) -> Result<T, JsValue> {
    request::read(what, &Value::Object(fields(what, object)?).to_string())
        .map_err(|error| refused_given(&error, error.code()))
}
