//! Many forms at once: `clw_core::score::ItemColumn`.

use clw_core::instrument::Instrument;
use clw_core::score::{ItemColumn, Offered, ReadColumn, ScoredRows};
use js_sys::{Array, Float64Array, Int32Array, Object, Reflect};
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};

use crate::columns::{attached, holds_narrow_integers, rows};
use crate::error::refused;
use crate::instrument::find;
use crate::score::{cells, offered};

#[wasm_bindgen(typescript_custom_section)]
const SCORED_FORMS: &str = r#"
/** One measure of many forms, a row each. */
export interface ScoredForms {
  /** The measure's id. */
  measure: string;
  /** The exact score of each row, in steps of the measure's scale; -2147483648, which no scale has, where it is not scored. */
  points: Int32Array;
  /** The score of each row as printed; NaN where it is not scored. */
  values: Float64Array;
  /** The rows that are not scored, from 0, in order: the code of the first problem, and what is wrong, item by item. */
  unscored: { row: number; code: string; problem: string }[];
}

/** The answers of many forms to one item: a typed array is copied at once, a list read one by one. */
export type AnswerColumn = Iterable<Answer>;
"#;

/// Scores many forms at once: a column of answers for each item, in form order or by the ids of the items.
///
/// A form that makes no score says why and stops no other.
///
/// # Errors
///
/// An `Error` with `code`, for an unknown instrument or item, for too many or too few columns, and where
/// they are of different lengths.
#[wasm_bindgen(js_name = scoreAll, unchecked_return_type = "ScoredForms[]")]
pub fn score_all(
    #[wasm_bindgen(unchecked_param_type = "string")] instrument: &JsValue,
    #[wasm_bindgen(unchecked_param_type = "Iterable<AnswerColumn> | Record<string, AnswerColumn>")]
    columns: &JsValue,
) -> Result<Array, JsValue> {
    let instrument = find(instrument)?;
    let given = cells(instrument, columns)?.collect::<Result<Vec<_>, _>>()?;
    let columns = given.iter().enumerate().map(|(at, values)| Column::of(at, values, instrument));
    let columns = columns.collect::<Result<Vec<_>, _>>()?;
    let rows = columns.first().map_or(0, Column::rows);
    let tables: Vec<ItemColumn<'_>> = columns.iter().map(Column::item).collect();
    let scored = instrument.score_table(&tables, rows);
    let scored = scored.map_err(|error| refused(&error, error.code()))?;
    scored.iter().map(scored_forms).collect()
}

/// A column of answers, and how many rows it has.
enum Column {
    Whole(Vec<i32>),
    Read(ReadColumn, usize),
}

impl Column {
    fn of(at: usize, values: &JsValue, instrument: &Instrument) -> Result<Self, JsValue> {
        attached(values)?;
        if holds_narrow_integers(values) {
            return Ok(Self::Whole(Int32Array::new(values).to_vec()));
        }
        let cells: Vec<Offered<'_>> = if values.is_instance_of::<Float64Array>() {
            Float64Array::new(values).to_vec().into_iter().map(Offered::Number).collect()
        } else {
            rows(values)?.iter().map(offered).collect()
        };
        let rows = cells.len();
        // A column beyond the last item is refused with the whole of them.
        let item = instrument.items().get(at).or_else(|| instrument.items().last());
        let read = item.map(|item| ReadColumn::read(at + 1, item, cells)).unwrap_or_default();
        Ok(Self::Read(read, rows))
    }

    fn rows(&self) -> usize {
        match self {
            Self::Whole(codes) => codes.len(),
            Self::Read(_, rows) => *rows,
        }
    }

    fn item(&self) -> ItemColumn<'_> {
        match self {
            Self::Whole(codes) => ItemColumn::Codes(codes.as_slice().into()),
            Self::Read(read, _) => ItemColumn::Read(read.clone()),
        }
    }
}

/// Where there is no score: on no scale, so that whoever counts points refuses it.
const NO_POINTS: i32 = i32::MIN;

fn scored_forms(of: &ScoredRows<'_>) -> Result<JsValue, JsValue> {
    let scale = of.measure.scale();
    let mut points: Vec<i32> = of.points.iter().map(|points| points.0).collect();
    let mut values: Vec<f64> = of.points.iter().map(|points| scale.value(*points)).collect();
    let unscored = Array::new();
    for row in &of.unscored {
        if let Some((points, value)) = points.get_mut(row.row).zip(values.get_mut(row.row)) {
            (*points, *value) = (NO_POINTS, f64::NAN);
        }
        let entry = Object::new();
        Reflect::set(&entry, &"row".into(), &(row.row as f64).into())?;
        Reflect::set(&entry, &"code".into(), &row.code.into())?;
        Reflect::set(&entry, &"problem".into(), &(&*row.problem).into())?;
        unscored.push(&entry);
    }
    let object = Object::new();
    for (key, value) in [
        ("measure", JsValue::from(of.measure.id())),
        ("points", Int32Array::from(points.as_slice()).into()),
        ("values", Float64Array::from(values.as_slice()).into()),
        ("unscored", unscored.into()),
    ] {
        Reflect::set(&object, &key.into(), &value)?;
    }
    Ok(object.into())
}
