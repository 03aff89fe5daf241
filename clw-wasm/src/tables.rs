//! The files of a caseload, read a piece at a time from where JavaScript holds them.

use std::io;
use std::rc::Rc;

use clw_core::import::{Import, Preview, TableName, Workbook};
use js_sys::{ArrayBuffer, Function, Object, Reflect, TypeError, Uint8Array};
use send_wrapper::SendWrapper;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};

use crate::columns::rows;
use crate::document::mapping;
use crate::error::raise;
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

/// The import of the records that an object describes.
pub(crate) fn import(source: &JsValue) -> Result<Import<'static>, JsValue> {
    let import = Import::new(mapping(&field(source, "mapping")?)?, registry()).map_err(raise)?;
    let workbook = field(source, "workbook")?;
    if !workbook.is_undefined() {
        let bytes = Bytes::of(&workbook)?.all()?;
        let name = field(&workbook, "name")?.as_string();
        let name = name.unwrap_or_else(|| "workbook.xlsx".to_owned());
        let mut workbook = Workbook::from_bytes(&name, &bytes).map_err(raise)?;
        return import.workbook(&mut workbook).map_err(raise);
    }
    let given = field(source, "tables")?;
    let object = given.dyn_ref::<Object>().ok_or_else(|| {
        TypeError::new(
            "tables came as no object; give one with a file for each table of the mapping",
        )
    })?;
    let entries = Object::entries(object);
    let tables = entries.iter().map(|entry| {
        let (name, table) = (Reflect::get_u32(&entry, 0)?, Reflect::get_u32(&entry, 1)?);
        Ok((table_name(&name.as_string().unwrap_or_default())?, Bytes::of(&table)?))
    });
    let tables: Vec<(TableName, Bytes)> = tables.collect::<Result<_, JsValue>>()?;
    let total = tables.iter().map(|(_, bytes)| bytes.size()).sum();
    let told = field(source, "onProgress")?.dyn_into().ok();
    let progress = Rc::new(Progress { read: 0.0.into(), total, told });
    Ok(tables.into_iter().fold(import, |import, (name, bytes)| {
        let file = TableFile { bytes, at: 0.0, progress: Rc::clone(&progress) };
        // A module has one thread, and its values never leave it.
        import.table(name, OneThread(SendWrapper::new(file)))
    }))
}

/// The beginnings of the files that are to be mapped.
pub(crate) fn previews(files: &JsValue) -> Result<Vec<Preview>, JsValue> {
    let mut previews = Vec::new();
    for file in rows(files)? {
        let name = field(&file, "name")?.as_string().unwrap_or_default();
        let bytes = Bytes::of(&field(&file, "content")?)?;
        if name.to_ascii_lowercase().ends_with(".xlsx") {
            let bytes = bytes.all()?;
            let mut workbook = Workbook::from_bytes(&name, &bytes).map_err(raise)?;
            previews.extend(Preview::workbook(&mut workbook).map_err(raise)?);
        } else {
            let progress = Rc::new(Progress { read: 0.0.into(), total: bytes.size(), told: None });
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
    Err(TypeError::new(&expected).into())
}

fn table_name(name: &str) -> Result<TableName, JsValue> {
    TableName::ALL.iter().copied().find(|table| table.name() == name).ok_or_else(|| {
        let known: Vec<&str> = TableName::ALL.iter().map(|table| table.name()).collect();
        let known = known.join(", ");
        TypeError::new(&format!(
            "a file is given as `{name}`, which is no table; name it one of {known}"
        ))
        .into()
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
        if table.is_instance_of::<Uint8Array>() {
            return Ok(Self::Array(table.clone().unchecked_into()));
        }
        if table.is_instance_of::<ArrayBuffer>() {
            return Ok(Self::Array(Uint8Array::new(table)));
        }
        if !table.is_instance_of::<Blob>() {
            let expected = "a table came as no file; give a text, bytes or a Blob";
            return Err(TypeError::new(expected).into());
        }
        let reader = FileReaderSync::new().map_err(|_| {
            TypeError::new(
                "a file is read here only in a worker; give its bytes: await file.arrayBuffer()",
            )
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

/// How far the reading of all files is.
struct Progress {
    read: std::cell::Cell<f64>,
    total: f64,
    told: Option<Function>,
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
        let Progress { read, total, told } = &*self.progress;
        read.set(read.get() + f64::from(piece.length()));
        if let (Some(told), true) = (told, length > 0) {
            told.call2(&JsValue::UNDEFINED, &read.get().into(), &(*total).into())?;
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
