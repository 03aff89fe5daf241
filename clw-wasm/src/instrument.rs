//! Questionnaires: `clw_core::instrument`.

#[cfg(feature = "full")]
use std::cell::Cell;

#[cfg(feature = "full")]
use clw_core::instrument::Registry;
#[cfg(not(feature = "full"))]
use clw_core::instrument::catalogue;
use clw_core::instrument::{self as definitions, Certainty, Direction, Scale, Wording};
use serde::Serialize;
use tsify::{Ts, Tsify};
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

#[cfg(feature = "full")]
use crate::error::raise;
use crate::error::{plain_object, refused, text};

#[wasm_bindgen(typescript_custom_section)]
const CERTAINTY: &str = r#"
/**
 * How sure the library is of a number: two independent sources agree, one source states it, it is quoted
 * widely and was not found in its source, or it is a programme's own choice.
 */
export type Certainty = "firm" | "one-source" | "unverified" | "local";
"#;

/// A questionnaire: its items, and the measures it yields.
#[derive(Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct Instrument {
    /// The name it is known by.
    pub id: &'static str,
    /// Which edition it is; scores of two versions are never compared.
    pub version: &'static str,
    /// The name printed in reports.
    pub title: &'static str,
    /// Who owns it and what may be shipped of it.
    pub rights: Rights,
    /// The questions, in the order they are answered.
    pub items: Vec<Item>,
    /// What it yields.
    pub measures: Vec<Measure>,
}

/// Who owns an instrument and what may be shipped of it.
#[derive(Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct Rights {
    /// The holder of the rights.
    pub holder: &'static str,
    /// What a programme has to do before it uses the instrument.
    pub licence: &'static str,
    /// Whether the labels of the items only name their topics, or are the questionnaire's own wording.
    #[tsify(type = "\"neutral-labels\" | \"shipped\"")]
    pub wording: Wording,
}

/// One question and the codes it may be answered with.
#[derive(Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct Item {
    /// The name it is known by.
    pub id: &'static str,
    /// Its topic, or its wording where the rights allow it.
    pub label: &'static str,
    /// The lowest code.
    pub lowest: i32,
    /// The highest code.
    pub highest: i32,
}

/// One score that an instrument yields.
#[derive(Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct Measure {
    /// The name it is known by.
    pub id: &'static str,
    /// The name printed in reports.
    pub label: &'static str,
    /// Which way is better.
    #[tsify(type = "\"higher-is-better\" | \"lower-is-better\"")]
    pub direction: Direction,
    /// The lowest possible score, as printed.
    pub lowest: f64,
    /// The highest possible score, as printed.
    pub highest: f64,
    /// How many points make 1 of the printed score.
    pub steps_per_unit: u32,
    /// The ids of the items it is scored from, in form order.
    pub items: Vec<&'static str>,
    /// The ways to cut it into bands.
    pub band_sets: Vec<BandSet>,
    /// The band set used where none is named, where the measure has one.
    #[tsify(optional)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub default_band_set: Option<&'static str>,
    /// The thresholds for a person's change.
    pub change_rules: Vec<ChangeRule>,
}

/// A named way to cut a measure into bands.
#[derive(Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct BandSet {
    /// The name it is known by.
    pub id: &'static str,
    /// The name printed in reports.
    pub label: &'static str,
    /// How sure its edges are.
    #[tsify(type = "Certainty")]
    pub certainty: Certainty,
    /// The bands, from the lowest score to the highest.
    pub bands: Vec<Band>,
}

/// One band of a measure.
#[derive(Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct Band {
    /// The name it is known by.
    pub id: &'static str,
    /// The name printed in reports.
    pub label: &'static str,
    /// The lowest score there is in the band, as printed.
    pub lowest: f64,
    /// The highest score there is in the band, as printed.
    pub highest: f64,
}

/// A named threshold for a person's change.
#[derive(Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct ChangeRule {
    /// The name it is known by.
    pub id: &'static str,
    /// What meeting it means, as printed in reports.
    pub label: &'static str,
    /// How sure the threshold is.
    #[tsify(type = "Certainty")]
    pub certainty: Certainty,
    /// The smallest change that meets it, in points.
    pub fewest_points: i32,
}

/// Lists the instruments that come with the library, and those that were added.
///
/// # Errors
///
/// None in practice.
#[wasm_bindgen]
pub fn instruments() -> Result<Vec<Ts<Instrument>>, JsValue> {
    known().map(|known| plain_object(&Instrument::from(known))).collect()
}

/// Finds an instrument by its name or an alias, with `@` and a version where several are known.
///
/// Case, spaces and hyphens make no difference.
///
/// # Errors
///
/// An `Error` with `code`, where there is none.
#[wasm_bindgen]
pub fn instrument(
    #[wasm_bindgen(unchecked_param_type = "string")] name: &JsValue,
) -> Result<Ts<Instrument>, JsValue> {
    find(name).and_then(|found| plain_object(&Instrument::from(found)))
}

/// Adds a local instrument for as long as the page or program runs: from then on its name stands for it
/// wherever an instrument is named.
///
/// The definition passes the checks of the built-in instruments: bands tile the scores, tables cover every
/// sum, items exist and numbers cite a source. Adding the same one twice changes nothing.
///
/// # Errors
///
/// An `Error` with `code`: the first check it fails, or a name that is taken.
#[cfg(feature = "all")]
#[wasm_bindgen(js_name = addInstrument)]
pub fn add_instrument(
    #[wasm_bindgen(unchecked_param_type = "TomlDocument")] definition: &JsValue,
) -> Result<Ts<Instrument>, JsValue> {
    let local = crate::document::definition(definition)?;
    let name = format!("{}@{}", local.id(), local.version());
    let mut more = registry().clone();
    more.add(local).map_err(raise)?;
    REGISTRY.set(Box::leak(Box::new(more)));
    plain_object(&Instrument::from(named(&name)?))
}

#[cfg(feature = "full")]
thread_local! {
    /// What is added is kept: results name the parts of instruments, and a page has few.
    static REGISTRY: Cell<&'static Registry> = Cell::new(Box::leak(Box::new(Registry::new())));
}

#[cfg(feature = "full")]
fn known() -> impl Iterator<Item = &'static definitions::Instrument> {
    registry().iter()
}

#[cfg(not(feature = "full"))]
fn known() -> impl Iterator<Item = &'static definitions::Instrument> {
    catalogue::all().iter()
}

#[cfg(feature = "full")]
pub(crate) fn registry() -> &'static Registry {
    REGISTRY.get()
}

/// The instrument of a name that JavaScript gave.
pub(crate) fn find(name: &JsValue) -> Result<&'static definitions::Instrument, JsValue> {
    named(&text("instrument", name)?)
}

/// The measure of names that JavaScript gave.
pub(crate) fn find_measure(
    instrument: &JsValue,
    measure: &JsValue,
) -> Result<&'static definitions::Measure, JsValue> {
    measure_named(&text("instrument", instrument)?, &text("measure", measure)?)
}

pub(crate) fn measure_named(
    instrument: &str,
    measure: &str,
) -> Result<&'static definitions::Measure, JsValue> {
    let measure = named(instrument)?.measure(measure);
    measure.map_err(|error| refused(&error, error.code()))
}

#[cfg(feature = "full")]
fn named(name: &str) -> Result<&'static definitions::Instrument, JsValue> {
    registry().find(name).map_err(raise)
}

#[cfg(not(feature = "full"))]
fn named(name: &str) -> Result<&'static definitions::Instrument, JsValue> {
    catalogue::find(name).map_err(|error| refused(&error, error.code()))
}

impl From<&'static definitions::Instrument> for Instrument {
    fn from(instrument: &'static definitions::Instrument) -> Self {
        let definitions::Rights { holder, licence, wording } = instrument.rights();
        Self {
            id: instrument.id(),
            version: instrument.version(),
            title: instrument.title(),
            rights: Rights { holder, licence, wording: *wording },
            items: instrument.items().iter().map(Item::from).collect(),
            measures: instrument.measures().iter().map(Measure::from).collect(),
        }
    }
}

impl From<&'static definitions::Item> for Item {
    fn from(item: &'static definitions::Item) -> Self {
        Self { id: &item.id, label: &item.label, lowest: item.lowest, highest: item.highest }
    }
}

impl From<&'static definitions::Measure> for Measure {
    fn from(measure: &'static definitions::Measure) -> Self {
        let scale = measure.scale();
        let set = |set| BandSet::of(set, scale);
        Self {
            id: measure.id(),
            label: measure.label(),
            direction: scale.direction,
            lowest: scale.value(scale.lowest),
            highest: scale.value(scale.highest),
            steps_per_unit: scale.steps_per_unit,
            items: measure.items().iter().map(|item| item.id.as_ref()).collect(),
            band_sets: measure.band_sets().iter().map(set).collect(),
            default_band_set: measure.default_band_set().map(|set| set.id.as_ref()),
            change_rules: measure.change_rules().iter().map(ChangeRule::from).collect(),
        }
    }
}

impl BandSet {
    fn of(set: &'static definitions::BandSet, scale: Scale) -> Self {
        let band = |band: &'static definitions::Band| Band {
            id: &band.id,
            label: &band.label,
            lowest: scale.value(band.lowest),
            highest: scale.value(band.highest),
        };
        let bands = set.bands.iter().map(band).collect();
        Self { id: &set.id, label: &set.label, certainty: set.certainty, bands }
    }
}

impl From<&'static definitions::ChangeRule> for ChangeRule {
    fn from(rule: &'static definitions::ChangeRule) -> Self {
        let (id, label, certainty) = (&rule.id, &rule.label, rule.certainty);
        Self { id, label, certainty, fewest_points: rule.fewest_steps }
    }
}
