//! Questionnaires: `clw_core::instrument`.

use clw_core::instrument::{self as definitions, Direction, catalogue};
use serde::Serialize;
use tsify::{Ts, Tsify};
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::error::{plain_object, refused};

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
    /// The questions, in the order they are answered.
    pub items: Vec<Item>,
    /// What it yields.
    pub measures: Vec<Measure>,
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
    /// The lowest possible score.
    pub lowest: f64,
    /// The highest possible score.
    pub highest: f64,
}

/// Lists the instruments that come with the library.
///
/// # Errors
///
/// None in practice.
#[wasm_bindgen]
pub fn instruments() -> Result<Vec<Ts<Instrument>>, JsValue> {
    catalogue::all().iter().map(|known| plain_object(&Instrument::from(known))).collect()
}

/// Finds an instrument by its name or an alias, with `@` and a version where several are known.
///
/// Case, spaces and hyphens make no difference.
///
/// # Errors
///
/// An `Error` with `code`, where there is none.
#[wasm_bindgen]
pub fn instrument(name: &str) -> Result<Ts<Instrument>, JsValue> {
    find(name).and_then(|found| plain_object(&Instrument::from(found)))
}

pub(crate) fn find(name: &str) -> Result<&'static definitions::Instrument, JsValue> {
    catalogue::find(name).map_err(|error| refused(&error, error.code()))
}

impl From<&'static definitions::Instrument> for Instrument {
    fn from(instrument: &'static definitions::Instrument) -> Self {
        Self {
            id: instrument.id(),
            version: instrument.version(),
            title: instrument.title(),
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
        Self {
            id: measure.id(),
            label: measure.label(),
            direction: scale.direction,
            lowest: scale.value(scale.lowest),
            highest: scale.value(scale.highest),
        }
    }
}
