//! The files of a caseload, read a piece at a time from where JavaScript holds them.

use std::cell::Cell;
use std::io;
use std::rc::Rc;

use clw_core::import::{Import, Mapping, PostcodeLookup, Preview, TableName, read_postcodes};
use js_sys::{Array, ArrayBuffer, Function, Object, Reflect, Uint8Array};
use send_wrapper::SendWrapper;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};

use crate::columns::{attached, rows};
use crate::document::{mapping, postcode_mapping};
use crate::error::{Coded, kind, raise, text, wrong_kind};
use crate::instrument::registry;
use crate::workbook::{self, Workbooks};

#[wasm_bindgen(typescript_custom_section)]
const SOURCE: &str = r#"
/** The tables that a mapping may name. */
export type TableName =
  | "people" | "episodes" | "assessments" | "contacts" | "needs" | "onward-links" | "outcomes" | "holds";

/**
 * A CSV file with headings: its text, its bytes, or in a worker a `File` or other `Blob`, of which only
 * a piece at a time is in memory.
 */
export type Table = string | Uint8Array | ArrayBuffer | Blob;

/** The records of a programme. */
export interface Source {
  /** Which heading of which table holds which field, and how its cells are spelt. */
  mapping: TomlDocument;
  /** The file of each table that the mapping names. A list where it names several (`also`), in its order. */
  tables?: { [name in TableName]?: Table | Table[] };
  /**
   * What turns postcodes into places on SIMD: a CSV file and its mapping, with `file`, `columns`
   * (`postcode`, `quintile` or `decile`, `introduced`, `deleted`, `version`) and `constants.version`.
   * Each postcode is looked up on the day of the referral and then forgotten.
   */
  postcodes?: { mapping: TomlDocument; file: Table };
  /** Told after each piece that was read: bytes so far, of all files. */
  onProgress?: (read: number, total: number) => void;
}

/** A file to guess a mapping from, by the name that the mapping is to give it. */
export interface NamedFile {
  /** The row of the headings from 1, of a workbook by its sheets; found out where it is left out. */
  headingRow?: number | Record<string, number>;
  /** Its name. */
  name: string;
  /** What is in it, as in a `Source`. */
  content: Table;
}
"#;

#[wasm_bindgen]
extern "C" {
    pub(crate) type Blob;
    #[wasm_bindgen(method, getter)]
    fn size(this: &Blob) -> f64;
    #[wasm_bindgen(method)]
    fn slice(this: &Blob, from: f64, to: f64) -> Blob;

    pub(crate) type FileReaderSync;
    #[wasm_bindgen(catch, constructor)]
    fn new() -> Result<FileReaderSync, JsValue>;
    #[wasm_bindgen(catch, method, js_name = readAsArrayBuffer)]
    fn read_as_array_buffer(this: &FileReaderSync, blob: &Blob) -> Result<ArrayBuffer, JsValue>;
}

/// The records that an object describes, ready to be read.
pub(crate) struct Reading {
    import: Import<'static>,
    postcodes: Option<PostcodeLookup>,
    progress: Rc<Progress>,
}

impl Reading {
    /// Opens what the object gives.
    pub(crate) fn of(source: &JsValue) -> Result<Self, JsValue> {
        const KNOWN: [&str; 6] =
            ["mapping", "tables", "workbook", "postcodes", "plan", "onProgress"];
        known_parts("source", &KNOWN, source)?;
        let mapping = mapping(&field(source, "mapping")?)?;
        let files = Files::of(source, &mapping)?;
        let mut import = Import::new(mapping, registry()).map_err(raise)?;
        let progress = Rc::new(Progress {
            total: files.bytes(),
            told: told(&field(source, "onProgress")?)?,
            ..Progress::default()
        });
        let mut workbooks = Workbooks::default();
        for (name, given) in &files.0 {
            if given.is_workbook {
                import = workbooks.sheet(import, *name, &given.table)?;
                progress.more(given.bytes)?;
            } else {
                let bytes = Bytes::of(&given.table)?;
                let file = TableFile { bytes, at: 0.0, progress: Rc::clone(&progress) };
                // A module has one thread, and its values never leave it.
                import = import.table(*name, OneThread(SendWrapper::new(file)));
            }
        }
        let postcodes = lookup(&field(source, "postcodes")?)?;
        Ok(Self { import, postcodes, progress })
    }

    /// Reads it; what `onProgress` throws goes through to whoever gave it.
    pub(crate) fn read<T, E: Coded>(
        self,
        read: impl FnOnce(Import<'_>) -> Result<T, E>,
    ) -> Result<T, JsValue> {
        let Self { import, postcodes, progress } = self;
        let result = match &postcodes {
            Some(lookup) => read(import.postcodes(lookup)),
            None => read(import),
        };
        match progress.thrown.take() {
            Some(thrown) => Err(thrown),
            None => result.map_err(raise),
        }
    }
}

/// The files that were given, with the table of each.
struct Files(Vec<(TableName, Given)>);

struct Given {
    table: JsValue,
    is_workbook: bool,
    /// Its size; of a workbook, the share of one of the sheets that are read.
    bytes: f64,
}

impl Files {
    fn of(source: &JsValue, mapping: &Mapping) -> Result<Self, JsValue> {
        let workbook = field(source, "workbook")?;
        let mut files = Vec::new();
        if workbook.is_undefined() {
            let given = field(source, "tables")?;
            let object = given.dyn_ref::<Object>().ok_or_else(|| {
                let expected =
                    "tables came as no object; give one with a file for each table of the mapping";
                wrong_kind(expected, "not-an-object")
            })?;
            for entry in Object::entries(object) {
                let (name, given) = (Reflect::get_u32(&entry, 0)?, Reflect::get_u32(&entry, 1)?);
                let name = table_name(&name.as_string().unwrap_or_default())?;
                let all =
                    if Array::is_array(&given) { Array::from(&given) } else { Array::of1(&given) };
                for table in all {
                    files.push((name, Given::of(table)?));
                }
            }
        } else {
            for name in mapping.sources() {
                files.push((name, Given { is_workbook: true, ..Given::of(workbook.clone())? }));
            }
        }
        let tables: Vec<JsValue> = files.iter().map(|(_, given)| given.table.clone()).collect();
        for (_, given) in files.iter_mut().filter(|(_, given)| given.is_workbook) {
            let sheets = tables.iter().filter(|table| Object::is(table, &given.table)).count();
            given.bytes /= sheets as f64;
        }
        Ok(Self(files))
    }

    fn bytes(&self) -> f64 {
        self.0.iter().map(|(_, given)| given.bytes).sum()
    }
}

impl Given {
    fn of(table: JsValue) -> Result<Self, JsValue> {
        let bytes = Bytes::of(&table)?;
        let beginning = bytes.piece(0.0, bytes.size().min(4.0))?.to_vec();
        Ok(Self { is_workbook: beginning == b"PK\x03\x04", bytes: bytes.size(), table })
    }
}

/// What turns postcodes into places on SIMD, where it is given.
fn lookup(given: &JsValue) -> Result<Option<PostcodeLookup>, JsValue> {
    if given.is_undefined() {
        return Ok(None);
    }
    let mapping = postcode_mapping(&field(given, "mapping")?)?;
    let bytes = Bytes::of(&field(given, "file")?)?;
    let progress = Rc::new(Progress::default());
    let file = OneThread(SendWrapper::new(TableFile { bytes, at: 0.0, progress }));
    read_postcodes(&mapping, file).map(|(lookup, _)| Some(lookup)).map_err(raise)
}

/// Refuses what would be passed over.
pub(crate) fn known_parts(what: &str, known: &[&str], object: &JsValue) -> Result<(), JsValue> {
    let keys = object.dyn_ref::<Object>().map(Object::keys).unwrap_or_default();
    let mut keys = keys.iter().filter_map(|key| key.as_string());
    match keys.find(|key| !known.contains(&key.as_str())) {
        None => Ok(()),
        Some(key) => {
            let known = known.join("`, `");
            let message =
                format!("the {what} has `{key}`, which is none of `{known}`; leave it out");
            Err(wrong_kind(&message, "unknown-field"))
        }
    }
}

fn told(on_progress: &JsValue) -> Result<Option<Function>, JsValue> {
    if on_progress.is_undefined() || on_progress.is_null() {
        return Ok(None);
    }
    on_progress.dyn_ref::<Function>().cloned().map(Some).ok_or_else(|| {
        let message = format!("onProgress is of type {}; give a function", kind(on_progress));
        wrong_kind(&message, "not-a-function")
    })
}

/// The beginnings of the files that are to be mapped.
pub(crate) fn previews(files: &JsValue) -> Result<Vec<Preview>, JsValue> {
    let mut previews = Vec::new();
    for file in rows(files)? {
        let name = text("file's name", &field(&file, "name")?)?;
        let bytes = Bytes::of(&field(&file, "content")?)?;
        let ending = name.to_ascii_lowercase();
        let row = field(&file, "headingRow")?;
        if ending.ends_with(".xlsx") || ending.ends_with(".xlsm") {
            let of_sheet = |sheet: &str| {
                heading_row(&Reflect::get(row.dyn_ref::<Object>()?, &sheet.into()).ok()?)
            };
            previews.extend(workbook::previews(&name, bytes.all()?, &of_sheet)?);
        } else {
            let progress = Rc::new(Progress::default());
            let reader = OneThread(SendWrapper::new(TableFile { bytes, at: 0.0, progress }));
            previews.push(Preview::csv_from(&name, heading_row(&row), reader).map_err(raise)?);
        }
    }
    Ok(previews)
}

/// A row from 1 on; anything else leaves it to be found out.
fn heading_row(row: &JsValue) -> Option<u32> {
    let row = row.as_f64().filter(|row| row.fract() == 0.0 && (1.0..1e6).contains(row))?;
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "from 1 to 1e6")]
    Some(row as u32)
}

/// A field of an object, undefined where it has none.
pub(crate) fn field(object: &JsValue, name: &str) -> Result<JsValue, JsValue> {
    if object.is_object() {
        return Reflect::get(object, &name.into());
    }
    let expected = format!("what was given is no object; give one with {name}");
    Err(wrong_kind(&expected, "not-an-object"))
}

fn table_name(name: &str) -> Result<TableName, JsValue> {
    TableName::ALL.iter().copied().find(|table| table.name() == name).ok_or_else(|| {
        let known: Vec<&str> = TableName::ALL.iter().map(|table| table.name()).collect();
        let known = known.join(", ");
        let message =
            format!("a file is given as `{name}`, which is no table; name it one of {known}");
        wrong_kind(&message, "unknown-table")
    })
}

/// Where the bytes of a file are.
pub(crate) enum Bytes {
    Array(Uint8Array),
    File { blob: Blob, reader: FileReaderSync },
}

impl Bytes {
    pub(crate) fn of(table: &JsValue) -> Result<Self, JsValue> {
        if let Some(text) = table.as_string() {
            return Ok(Self::Array(Uint8Array::from(text.as_bytes())));
        }
        attached(table)?;
        if table.is_instance_of::<Uint8Array>() {
            return Ok(Self::Array(table.clone().unchecked_into()));
        }
        if table.is_instance_of::<ArrayBuffer>() {
            return viewed(table).map(Self::Array);
        }
        if !table.is_instance_of::<Blob>() {
            let found = kind(table);
            let message = format!("a table is of type {found}; give a text, bytes or a Blob");
            return Err(wrong_kind(&message, "not-a-file"));
        }
        let reader = FileReaderSync::new().map_err(|_| {
            let message =
                "a file is read here only in a worker; give its bytes: await file.arrayBuffer()";
            wrong_kind(message, "only-in-a-worker")
        })?;
        Ok(Self::File { blob: table.clone().unchecked_into(), reader })
    }

    fn size(&self) -> f64 {
        match self {
            Self::Array(array) => f64::from(array.length()),
            Self::File { blob, .. } => blob.size(),
        }
    }

    pub(crate) fn all(&self) -> Result<Vec<u8>, JsValue> {
        Ok(self.piece(0.0, self.size())?.to_vec())
    }

    fn piece(&self, from: f64, to: f64) -> Result<Uint8Array, JsValue> {
        match self {
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "both are within the length of the array, which has 32 bits"
            )]
            Self::Array(array) => Ok(array.subarray(from as u32, to as u32)),
            Self::File { blob, reader } => {
                let piece = reader.read_as_array_buffer(&blob.slice(from, to))?;
                Ok(Uint8Array::new(&piece.into()))
            }
        }
    }
}

/// A view of a buffer, which one that was sent to another thread has not.
fn viewed(buffer: &JsValue) -> Result<Uint8Array, JsValue> {
    let class = Reflect::get(&js_sys::global(), &"Uint8Array".into())?.unchecked_into::<Function>();
    let view = Reflect::construct(&class, &Array::of1(buffer)).map_err(|_| {
        let gone = "the buffer of a table was sent to another thread; send a copy of it";
        wrong_kind(gone, "detached-buffer")
    })?;
    Ok(view.unchecked_into())
}

/// How far the reading of all files is.
#[derive(Default)]
struct Progress {
    read: Cell<f64>,
    total: f64,
    told: Option<Function>,
    /// What `onProgress` threw.
    thrown: Cell<Option<JsValue>>,
}

impl Progress {
    fn more(&self, bytes: f64) -> Result<(), JsValue> {
        self.read.set(self.read.get() + bytes);
        let Some(told) = &self.told else { return Ok(()) };
        let (read, total) = (self.read.get().into(), self.total.into());
        told.call2(&JsValue::UNDEFINED, &read, &total).map(|_| ()).inspect_err(|thrown| {
            self.thrown.set(Some(thrown.clone()));
        })
    }
}

struct TableFile {
    bytes: Bytes,
    at: f64,
    progress: Rc<Progress>,
}

impl TableFile {
    fn read(&mut self, into: &mut [u8]) -> Result<usize, JsValue> {
        let to = (self.at + into.len() as f64).min(self.bytes.size());
        let piece = self.bytes.piece(self.at, to)?;
        let length = piece.length() as usize;
        let Some(into) = into.get_mut(..length) else { return Ok(0) };
        piece.copy_to(into);
        self.at = to;
        if length > 0 {
            self.progress.more(f64::from(piece.length()))?;
        }
        Ok(length)
    }
}

struct OneThread(SendWrapper<TableFile>);

impl io::Read for OneThread {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        self.0.read(into).map_err(|error| {
            let text = error.dyn_ref::<js_sys::Error>().map(|error| String::from(error.message()));
            io::Error::other(text.unwrap_or_else(|| "JavaScript refused".to_owned()))
        })
    }
}
