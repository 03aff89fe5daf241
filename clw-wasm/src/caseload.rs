//! Spreadsheets of a programme: `clw_core::import`.

use clw_core::import::guess_mapping as guess;
use js_sys::{JSON, Reflect};
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::instrument::registry;
use crate::plain::{plain, plain_of, written};
use crate::tables::{Reading, previews};

#[wasm_bindgen(typescript_custom_section)]
const GUESS: &str = r#"
/** A guessed mapping, and what it rests on. */
export interface MappingGuess {
  /** Each table that was given, in order. */
  tables: TableGuess[];
  /** Spellings that mean nothing yet. None of them is in the mapping. */
  spellings: { section: string; spelling: string; meaning?: string | null }[];
  /** What a person has to decide or to check. */
  open: OpenPoint[];
  /** The mapping itself, with the keys of its TOML, to be corrected and given to `dryRun`. */
  mapping: TomlDocument;
  /** The same as TOML to save, with what each guess rests on as a remark beside it. */
  toml: string;
}

/** What a person has to decide or to check. */
export interface OpenPoint {
  /** The stable name of what is open. */
  code:
    | "unknown-table" | "headings-differ" | "read-below" | "no-rows" | "no-questionnaires" | "totals"
    | "day-or-month" | "undated" | "years-of-two-digits" | "days-as-numbers" | "order-of-sittings" | "questionnaire-guessed"
    | "unknown-questionnaire" | "unknown-answers";
  /** The file or sheet it is about, unless it is about all of them. */
  file?: string;
  sheet?: string;
  /** The column it is about. */
  heading?: string;
  /** The values, instruments or table it is about. */
  about?: string[];
  /** A sentence, in the words of a mapping. */
  message: string;
}

/** What a file or sheet was taken for. */
export interface TableGuess {
  file: string;
  sheet?: string;
  /** The row of the headings, from 1, where something that is none stands above them. */
  headingRow?: number;
  /** The table of the mapping; null where there is no guess. */
  table: TableName | null;
  columns: ColumnGuess[];
  /** The fields that the table can have, for choosing others. */
  fields: string[];
}

/** What a column was taken for. */
export interface ColumnGuess {
  heading: string;
  /** The field, `answers` for an item; absent where the column is left out. */
  field?: string;
  /** Which of several sittings in a row it belongs to, by their order. */
  form?: number;
  /** What the guess rests on. */
  why?: string;
}
"#;

/// Reads every row without evaluating it, and says what would become of each.
///
/// It holds cells of the records and is for the programme's own use.
///
/// # Errors
///
/// An `Error` with `code`, where the mapping does not fit; a bad row is a problem of the result.
#[wasm_bindgen(js_name = dryRun, unchecked_return_type = "DryRun")]
#[expect(
    clippy::redundant_closure_for_method_calls,
    reason = "the method by itself is of one lifetime only"
)]
pub fn dry_run(
    #[wasm_bindgen(unchecked_param_type = "Source")] source: &JsValue,
) -> Result<JsValue, JsValue> {
    plain_of(&Reading::of(source)?.read(|import| import.dry_run())?)
}

/// Guesses a mapping from the headings and first rows of files, for a person to correct.
///
/// What a spelling stands for is proposed and never decided.
///
/// # Errors
///
/// An `Error` with `code`, for a file that cannot be read.
#[wasm_bindgen(js_name = guessMapping, unchecked_return_type = "MappingGuess")]
pub fn guess_mapping(
    #[wasm_bindgen(unchecked_param_type = "Iterable<NamedFile>")] files: &JsValue,
) -> Result<JsValue, JsValue> {
    let guessed = guess(&previews(files)?, registry());
    let json = written(&guessed)?;
    let object = plain(&json)?;
    // The mapping keeps the keys of its TOML.
    let mapping = Reflect::get(&JSON::parse(&json)?, &"mapping".into())?;
    Reflect::set(&object, &"mapping".into(), &mapping)?;
    Reflect::set(&object, &"toml".into(), &guessed.to_toml().into())?;
    Ok(object)
}
