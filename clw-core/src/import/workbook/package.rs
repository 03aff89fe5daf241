//! The parts of a workbook: XML in a ZIP archive, never expanded beyond a limit.

use std::io::{self, BufReader, Read, Seek};

use quick_xml::XmlVersion;
use quick_xml::events::{BytesStart, Event};
use zip::ZipArchive;
use zip::result::ZipError;

use super::WorkbookError;

/// What a workbook is read from.
pub(super) trait Source: Read + Seek + Send {}
impl<T: Read + Seek + Send> Source for T {}

/// The largest piece of XML between two tags: a cell holds no more than 32,767 characters.
const LONGEST_EVENT: u64 = 1 << 20;

/// The deepest that tags lie within each other; a worksheet needs fewer than ten levels.
const DEEPEST: usize = 64;

/// An open archive.
pub(super) struct Package<'b> {
    pub(super) file: String,
    zip: ZipArchive<Box<dyn Source + 'b>>,
    /// How many bytes a part may expand to.
    pub(super) limit: usize,
}

/// What stops the reading of a part.
pub(super) enum Fault {
    Damaged(String),
    TooLarge,
}

impl Fault {
    pub(super) fn damaged(found: impl Into<String>) -> Self {
        Self::Damaged(found.into())
    }
}

impl<'b> Package<'b> {
    pub(super) fn open(
        file: &str,
        source: Box<dyn Source + 'b>,
        limit: usize,
    ) -> Result<Self, WorkbookError> {
        match ZipArchive::new(source) {
            Ok(zip) => Ok(Self { file: file.to_owned(), zip, limit }),
            Err(error) => {
                Err(WorkbookError::NotAWorkbook { file: file.to_owned(), found: error.to_string() })
            }
        }
    }

    /// Shows each piece of a part's XML; whether there is such a part. `place` is how a message
    /// calls the part.
    pub(super) fn read(
        &mut self,
        part: &str,
        place: &str,
        mut each: impl FnMut(Event<'_>) -> Result<(), Fault>,
    ) -> Result<bool, WorkbookError> {
        let limit = self.limit;
        let fail = |fault| {
            let place = place.to_owned();
            match fault {
                Fault::Damaged(found) => WorkbookError::Damaged { place, found },
                Fault::TooLarge => WorkbookError::TooLarge { place, limit },
            }
        };
        let entry = match self.zip.by_name(part) {
            Ok(entry) => entry,
            Err(ZipError::FileNotFound) => return Ok(false),
            Err(error) => return Err(fail(Fault::Damaged(error.to_string()))),
        };
        let left = u64::try_from(limit).unwrap_or(u64::MAX);
        let bounded = Bounded { inner: entry, left, event: 0, exceeded: None };
        let mut reader = quick_xml::Reader::from_reader(BufReader::with_capacity(1 << 15, bounded));
        let (mut buffer, mut depth) = (Vec::new(), 0_usize);
        loop {
            buffer.clear();
            reader.get_mut().get_mut().event = 0;
            let event = match reader.read_event_into(&mut buffer) {
                Ok(event) => event,
                Err(error) => {
                    let exceeded = reader.get_mut().get_mut().exceeded.take();
                    return Err(fail(
                        exceeded.unwrap_or_else(|| Fault::Damaged(error.to_string())),
                    ));
                }
            };
            match &event {
                Event::Eof if depth > 0 => return Err(fail(Fault::damaged("it ends too early"))),
                Event::Eof => return Ok(true),
                Event::DocType(_) => {
                    return Err(fail(Fault::damaged("it declares a document type")));
                }
                Event::Start(_) => depth += 1,
                Event::End(_) => depth = depth.saturating_sub(1),
                _ => {}
            }
            if depth > DEEPEST {
                return Err(fail(Fault::damaged("its tags are nested too deeply")));
            }
            each(event).map_err(fail)?;
        }
    }

    /// The relations of a part to others: the id, the kind and the path of each.
    pub(super) fn relations(
        &mut self,
        part: &str,
    ) -> Result<Vec<(String, String, String)>, WorkbookError> {
        let (folder, name) = part.rsplit_once('/').unwrap_or(("", part));
        let path = match folder {
            "" => format!("_rels/{name}.rels"),
            folder => format!("{folder}/_rels/{name}.rels"),
        };
        let place = self.file.clone();
        let mut relations = Vec::new();
        self.read(&path, &place, |event| {
            let (Event::Start(tag) | Event::Empty(tag)) = &event else { return Ok(()) };
            if tag.local_name().as_ref() == "Relationship" {
                let id = attribute(tag, "Id").unwrap_or_default();
                let kind = attribute(tag, "Type").unwrap_or_default();
                let target = attribute(tag, "Target").unwrap_or_default();
                relations.push((id, kind, resolved(folder, &target)));
            }
            Ok(())
        })?;
        Ok(relations)
    }
}

/// The path of a target that is given from a folder.
fn resolved(folder: &str, target: &str) -> String {
    if let Some(absolute) = target.strip_prefix('/') {
        return absolute.to_owned();
    }
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in target.split('/') {
        match part {
            "." | "" => {}
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    parts.join("/")
}

/// The value of an attribute, whatever prefix its name has.
pub(super) fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let mut all = tag.attributes();
    let found = all.with_checks(false).flatten().find(|a| a.key.local_name().as_ref() == name)?;
    Some(found.normalized_value(XmlVersion::default()).ok()?.into_owned())
}

/// Adds the text of a piece of XML; other pieces have none.
pub(super) fn add_text(event: &Event<'_>, text: &mut String) -> Result<(), Fault> {
    match event {
        Event::Text(piece) => text.push_str(piece),
        Event::CData(piece) => text.push_str(piece),
        Event::GeneralRef(reference) => {
            let named = match &**reference {
                "amp" => Some('&'),
                "lt" => Some('<'),
                "gt" => Some('>'),
                "quot" => Some('"'),
                "apos" => Some('\''),
                _ => reference.resolve_char_ref().ok().flatten(),
            };
            let unknown = || Fault::Damaged(format!("&{}; stands for nothing", &**reference));
            text.push(named.ok_or_else(unknown)?);
        }
        _ => {}
    }
    Ok(())
}

/// A reader that refuses to go on beyond a number of bytes, of the whole and of one event.
struct Bounded<R> {
    inner: R,
    left: u64,
    event: u64,
    exceeded: Option<Fault>,
}

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        let bytes = u64::try_from(read).unwrap_or(u64::MAX);
        self.event = self.event.saturating_add(bytes);
        let fault = if bytes > self.left {
            Fault::TooLarge
        } else if self.event > LONGEST_EVENT {
            Fault::damaged("it holds a text longer than any cell")
        } else {
            self.left -= bytes;
            return Ok(read);
        };
        self.exceeded = Some(fault);
        Err(io::Error::other("the limit"))
    }
}
