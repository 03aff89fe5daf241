//! The files of a caseload, read a piece at a time from where JavaScript holds them.

use std::cell::Cell;
use std::io;
use std::rc::Rc;

use clw_core::import::{Import, Preview, TableName, Workbook};
use js_sys::{Array, ArrayBuffer, Function, Object, Reflect, Uint8Array};
use send_wrapper::SendWrapper;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};

use crate::columns::{attached, rows};
use crate::document::mapping;
use crate::error::{Coded, kind, raise, text, wrong_kind};
use crate::instrument::registry;

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
  /** The CSV file of each table that the mapping names. */
  tables?: { [name in TableName]?: Table };
  /** In place of tables, an Excel workbook (.xlsx) with a sheet for each. */
  workbook?: Uint8Array | ArrayBuffer | Blob;
  /** Told after each piece that was read: bytes so far, of all files. */
  onProgress?: (read: number, total: number) => void;
}

/** A file to guess a mapping from, by the name that the mapping is to give it. */
export interface NamedFile {
  /** Its name; a workbook's ends in .xlsx. */
  name: string;
  /** What is in it, as in a `Source`. */
  content: Table;
}
"#;

#[wasm_bindgen]
extern "C" {
    type Blob;
    #[wasm_bindgen(method, getter)]
    fn size(this: &Blob) -> f64;
    #[wasm_bindgen(method)]
    fn slice(this: &Blob, from: f64, to: f64) -> Blob;

    type FileReaderSync;
    #[wasm_bindgen(catch, constructor)]
    fn new() -> Result<FileReaderSync, JsValue>;
    #[wasm_bindgen(catch, method, js_name = readAsArrayBuffer)]
    fn read_as_array_buffer(this: &FileReaderSync, blob: &Blob) -> Result<ArrayBuffer, JsValue>;
}

/// The records that an object describes, ready to be read.
pub(crate) struct Reading {
    import: Import<'static>,
    progress: Rc<Progress>,
}

impl Reading {
    /// Opens what the object gives.
    pub(crate) fn of(source: &JsValue) -> Result<Self, JsValue> {
        known_parts(source)?;
        let import =
            Import::new(mapping(&field(source, "mapping")?)?, registry()).map_err(raise)?;
        let told = told(&field(source, "onProgress")?)?;
        let workbook = field(source, "workbook")?;
        if !workbook.is_undefined() {
            let file = Bytes::of(&workbook)?;
            let progress = Rc::new(Progress { total: file.size(), told, ..Progress::default() });
            let bytes = file.all()?;
            let name =
                Reflect::get(&workbook, &"name".into()).ok().and_then(|name| name.as_string());
            let name = name.unwrap_or_else(|| "workbook.xlsx".to_owned());
            let mut workbook = Workbook::from_bytes(&name, &bytes).map_err(raise)?;
            let import = import.workbook(&mut workbook).map_err(raise)?;
            progress.more(file.size())?;
            return Ok(Self { import, progress });
        }
        let given = field(source, "tables")?;
        let object = given.dyn_ref::<Object>().ok_or_else(|| {
            let expected =
                "tables came as no object; give one with a file for each table of the mapping";
            wrong_kind(expected, "not-an-object")
        })?;
        let entries = Object::entries(object);
        let tables = entries.iter().map(|entry| {
            let (name, table) = (Reflect::get_u32(&entry, 0)?, Reflect::get_u32(&entry, 1)?);
            Ok((table_name(&name.as_string().unwrap_or_default())?, Bytes::of(&table)?))
        });
        let tables: Vec<(TableName, Bytes)> = tables.collect::<Result<_, JsValue>>()?;
        let total = tables.iter().map(|(_, bytes)| bytes.size()).sum();
        let progress = Rc::new(Progress { total, told, ..Progress::default() });
        let import = tables.into_iter().fold(import, |import, (name, bytes)| {
            let file = TableFile { bytes, at: 0.0, progress: Rc::clone(&progress) };
            // A module has one thread, and its values never leave it.
            import.table(name, OneThread(SendWrapper::new(file)))
        });
        Ok(Self { import, progress })
    }

    /// Reads it; what `onProgress` throws goes through to whoever gave it.
    pub(crate) fn read<T, E: Coded>(
        self,
        read: impl FnOnce(Import<'static>) -> Result<T, E>,
    ) -> Result<T, JsValue> {
        let result = read(self.import);
        match self.progress.thrown.take() {
            Some(thrown) => Err(thrown),
            None => result.map_err(raise),
        }
    }
}

/// Refuses what would be passed over.
fn known_parts(source: &JsValue) -> Result<(), JsValue> {
    const KNOWN: [&str; 5] = ["mapping", "tables", "workbook", "plan", "onProgress"];
    let keys = source.dyn_ref::<Object>().map(Object::keys).unwrap_or_default();
    let mut keys = keys.iter().filter_map(|key| key.as_string());
    match keys.find(|key| !KNOWN.contains(&key.as_str())) {
        None => Ok(()),
        Some(key) => {
            let known = KNOWN.join("`, `");
            let message =
                format!("the source has `{key}`, which is none of `{known}`; leave it out");
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
        if name.to_ascii_lowercase().ends_with(".xlsx") {
            let bytes = bytes.all()?;
            let mut workbook = Workbook::from_bytes(&name, &bytes).map_err(raise)?;
            previews.extend(Preview::workbook(&mut workbook).map_err(raise)?);
        } else {
            let progress = Rc::new(Progress::default());
            let reader = OneThread(SendWrapper::new(TableFile { bytes, at: 0.0, progress }));
            previews.push(Preview::csv(&name, reader).map_err(raise)?);
        }
    }
    Ok(previews)
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
enum Bytes {
    Array(Uint8Array),
    File { blob: Blob, reader: FileReaderSync },
}

impl Bytes {
    fn of(table: &JsValue) -> Result<Self, JsValue> {
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

    fn all(&self) -> Result<Vec<u8>, JsValue> {
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
