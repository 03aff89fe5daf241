//! The first pass: every record to the partition of its person.

use std::sync::{Mutex, PoisonError};

use super::block::BlockReader;
use super::columns::{ColumnReader, ColumnRow, Rows};
use super::mapping::Mapping;
use super::packed_form::{PackedForms, PackedRows};
use super::partition::{IdHash, PARTITIONS, Packing, Stored, Stream};
use super::plan::TablePlan;
use super::problem::{Log, Place, ProblemCode, Tale};
use super::record::{Cells, Split, Splitter, cell_length, pack_cell, unpack};
use super::row::trimmed;
use super::{Elsewhere, ImportError, TableName, Watch};

/// The most bytes a mapped cell may have: a spreadsheet cell holds no more than 32,767 characters.
const LONGEST_CELL: usize = 1 << 16;

/// What the records of one table come from.
pub(super) enum TableReader<'r> {
    Csv(BlockReader<'r>),
    Columns(ColumnReader<'r>),
}

/// Some records of one table; the room of a block of a file serves the next.
enum Block<'r> {
    Csv,
    Rows(Rows<'r>),
}

/// The tables, of which one block at a time goes to whichever worker is free.
pub(super) struct Sources<'r> {
    readers: Vec<TableReader<'r>>,
    current: u8,
    failed: Option<ImportError>,
    watch: &'r Watch,
}

impl<'r> Sources<'r> {
    pub(super) const fn new(readers: Vec<TableReader<'r>>, watch: &'r Watch) -> Self {
        Self { readers, current: 0, failed: None, watch }
    }

    fn next(&mut self, bytes: &mut Vec<u8>) -> Option<(u8, u32, Block<'r>)> {
        while self.failed.is_none() {
            if self.watch.is_stopped() {
                self.failed = Some(ImportError::Stopped);
                return None;
            }
            let next = match self.readers.get_mut(usize::from(self.current))? {
                TableReader::Csv(reader) => {
                    let next = reader.next(bytes);
                    self.watch.has_read(bytes.len());
                    next.map(|number| number.map(|number| (Block::Csv, number)))
                }
                TableReader::Columns(reader) => {
                    let next = reader.next();
                    self.watch.has_read(next.as_ref().map_or(0, |(rows, _)| rows.about_bytes()));
                    Ok(next.map(|(rows, number)| (Block::Rows(rows), number)))
                }
            };
            match next {
                Ok(Some((block, number))) => return Some((self.current, number, block)),
                Ok(None) => self.current += 1,
                Err(error) => self.failed = Some(error),
            }
        }
        None
    }

    pub(super) fn into_result(self) -> Result<(), ImportError> {
        self.failed.map_or(Ok(()), Err)
    }
}

/// How many records and lines a block has, and where they part ways.
#[derive(Debug)]
pub(super) struct BlockCount {
    pub(super) table: u8,
    pub(super) block: u32,
    pub(super) records: u32,
    pub(super) lines: u32,
    /// From which record on the line is how far ahead of the record.
    pub(super) ahead: Vec<(u32, u32)>,
}

/// What one worker made of its blocks.
pub(super) struct Scattered {
    /// The records by the hash of the person id.
    pub(super) people: Vec<Stream>,
    /// Records without person id, and which person each episode belongs to, by the hash of the
    /// episode id.
    pub(super) episodes: Vec<Stream>,
    pub(super) blocks: Vec<BlockCount>,
    pub(super) log: Log,
}

/// One record of a block.
enum Record<'a> {
    Cells(Cells<'a>),
    /// A row, and what is packed of its form.
    Row(ColumnRow<'a>, Option<&'a [u8]>),
    /// A quote that is not closed where its cell ends, with the lines read as one.
    Unclosed(u32),
}

/// Room that serves one record after the other.
#[derive(Default)]
struct Room {
    packed: Vec<u8>,
    bytes: Vec<u8>,
    ends: Vec<usize>,
}

/// What all workers read from.
pub(super) struct Scatter<'a> {
    pub(super) plans: &'a [TablePlan],
    pub(super) mapping: &'a Mapping,
    pub(super) keep: usize,
    pub(super) elsewhere: &'a Elsewhere,
}

impl Scatter<'_> {
    /// Whether some table says whose its rows are by the episode alone.
    pub(super) fn joins(&self) -> bool {
        self.plans.iter().any(|plan| plan.person.is_none())
    }

    pub(super) fn scattered(&self) -> Scattered {
        let streams = |count| core::iter::repeat_with(Stream::default).take(count).collect();
        Scattered {
            people: streams(PARTITIONS),
            episodes: streams(if self.joins() { PARTITIONS } else { 0 }),
            blocks: Vec::new(),
            log: Log::new(self.plans.len(), self.keep),
        }
    }

    /// Takes blocks until there are none left.
    pub(super) fn run(&self, sources: &Mutex<Sources<'_>>) -> Scattered {
        let mut done = self.scattered();
        let (mut bytes, mut room, mut rows_room) =
            (Vec::new(), Room::default(), PackedRows::default());
        loop {
            let next = sources.lock().unwrap_or_else(PoisonError::into_inner).next(&mut bytes);
            let Some((table, number, block)) = next else { return done };
            let Some(plan) = self.plans.get(usize::from(table)) else { return done };
            let mut count =
                BlockCount { table, block: number, records: 0, lines: 0, ahead: Vec::new() };
            let mut each = |line: u32, record: Record<'_>| {
                let ahead = line.saturating_sub(count.records);
                if count.ahead.last().map_or(0, |(_, ahead)| *ahead) != ahead {
                    count.ahead.push((count.records, ahead));
                }
                let place = Place { table, block: number, record: count.records };
                count.records += 1;
                self.take(&mut done, plan, place, &record, &mut room);
            };
            let lines = match block {
                Block::Csv => Splitter::new(plan.delimiter).split(&bytes, |split| match split {
                    Split::Record { line, cells } => each(line, Record::Cells(cells)),
                    Split::Unclosed { line, lines } => each(line, Record::Unclosed(lines)),
                }),
                Block::Rows(rows) => {
                    let forms = plan.packed_forms.as_ref();
                    rows.each(forms, &self.mapping.dates, &mut rows_room, |line, row, form| {
                        each(line, Record::Row(row, form));
                    })
                }
            };
            count.lines = lines;
            done.blocks.push(count);
        }
    }

    fn take(
        &self,
        done: &mut Scattered,
        plan: &TablePlan,
        place: Place,
        record: &Record<'_>,
        Room { packed, bytes, ends }: &mut Room,
    ) {
        if let Some(tally) = done.log.rows(place) {
            tally.read += 1;
        }
        let cells = match record {
            Record::Cells(cells) => *cells,
            Record::Row(row, form) => {
                if let (Some(person), Some(form)) = (plan.person, form) {
                    bytes.clear();
                    row.write_cell(person, bytes);
                    let id = trimmed(bytes);
                    if id.is_ascii() && self.is_one_id(id) {
                        return push_form(done, (place, id), form);
                    }
                }
                row.cells(plan.headings.len(), bytes, ends)
            }
            Record::Unclosed(lines) => {
                let tale = || Tale::detail(format!("{lines} lines"));
                return done.log.reject(place, ProblemCode::UnclosedQuote, tale);
            }
        };
        if let Err((code, tale)) = self.check(plan, cells) {
            return done.log.reject(place, code, || tale);
        }
        let cell = |at: usize| cells.get(at).map(trimmed).unwrap_or_default();
        let episode = plan.episode.map(cell);
        let Some(person) = plan.person.map(cell) else {
            let hash = IdHash::of(episode.unwrap_or_default());
            let stream = done.episodes.get_mut(hash.partition());
            return stream.into_iter().for_each(|of| push(of, (place, hash), plan, cells, packed));
        };
        let pack = |forms: &PackedForms| forms.pack(cells, &self.mapping.dates, packed);
        if person.is_ascii() && plan.packed_forms.as_ref().and_then(pack).is_some() {
            return push_form(done, (place, person), packed);
        }
        let hash = IdHash::of(person);
        if let Some(stream) = done.people.get_mut(hash.partition()) {
            push(stream, (place, hash), plan, cells, packed);
        }
        if let (TableName::Episodes, Some(episode)) = (plan.name, episode) {
            let hash = IdHash::of(episode);
            packed.clear();
            pack_cell(episode, packed);
            pack_cell(person, packed);
            if let Some(stream) = done.episodes.get_mut(hash.partition()) {
                let write = |chunk: &mut Vec<u8>| chunk.extend_from_slice(packed);
                stream.push((place, hash), Packing::Cells, packed.len(), write);
            }
        }
    }

    /// Whether this is the id of one person, so that no other cell has to be looked at.
    fn is_one_id(&self, id: &[u8]) -> bool {
        self.mapping.spellings.absence(id).is_none()
            && !is_spreadsheet_error(id)
            && !self.mapping.id_separators.meets(id)
            && id.len() <= LONGEST_CELL
    }

    /// Whether the record can be anyone's.
    pub(super) fn check(
        &self,
        plan: &TablePlan,
        cells: Cells<'_>,
    ) -> Result<(), (ProblemCode, Tale)> {
        let columns = plan.headings.len();
        // Spreadsheets are fond of empty cells behind the last column.
        let spare = || cells.iter().skip(columns).all(<[u8]>::is_empty);
        if cells.len() != columns && (cells.len() < columns || !spare()) {
            let tale = Tale { value: cells.len().to_string(), ..Tale::default() };
            return Err((ProblemCode::MalformedRecord, tale.held_to(columns.to_string())));
        }
        let blanks = &self.mapping.spellings.blanks;
        let (key, code) = match plan.person {
            Some(person) => (Some(person), ProblemCode::NoPersonId),
            None => (plan.episode, ProblemCode::NoEpisodeId),
        };
        let key = key.unwrap_or_default();
        let id = cells.get(key).map(trimmed).unwrap_or_default();
        let mapped = || (0..).zip(cells.iter()).filter(|(at, _)| plan.is_mapped(*at));
        if self.mapping.spellings.absence(id).is_some() || is_spreadsheet_error(id) {
            let blank_row = || mapped().all(|(_, cell)| blanks.contains(trimmed(cell)));
            return Err(if blanks.contains(id) && blank_row() {
                (ProblemCode::BlankRow, Tale::default())
            } else {
                (code, Tale::of(key, id))
            });
        }
        if plan.person.is_some() && self.mapping.id_separators.meets(id) {
            return Err((ProblemCode::TwoPersonIds, Tale::of(key, id)));
        }
        if cells.bytes() > LONGEST_CELL
            && let Some((at, cell)) = mapped().find(|(_, cell)| cell.len() > LONGEST_CELL)
        {
            let detail = format!("{} bytes, more than {LONGEST_CELL}", cell.len());
            return Err((ProblemCode::CellTooLong, Tale::of(at, cell).with(detail)));
        }
        Ok(())
    }

    /// Gives the records without person id to the person whose episode they name.
    pub(super) fn join(&self, streams: &[Stream], done: &mut Scattered) {
        let is_link = |place: Place| {
            self.plans.get(usize::from(place.table)).is_some_and(|p| p.name == TableName::Episodes)
        };
        let records = || streams.iter().flat_map(Stream::iter);
        let mut links: Vec<(&[u8], &[u8])> = records()
            .filter(|record| is_link(record.place))
            .filter_map(|record| {
                let mut cells = unpack(record.packed);
                Some((cells.next()?, cells.next()?))
            })
            .collect();
        links.sort_unstable();
        links.dedup();
        let mut packed = Vec::new();
        for Stored { place, packed: record, .. } in records().filter(|of| !is_link(of.place)) {
            let Some(plan) = self.plans.get(usize::from(place.table)) else { continue };
            let key = plan.episode.unwrap_or_default();
            let episode = unpack(record).nth(key).map(trimmed).unwrap_or_default();
            let first = links.partition_point(|(id, _)| *id < episode);
            let mut owners = links.iter().skip(first).take_while(|(id, _)| *id == episode);
            let tale = || Tale::of(key, episode);
            let shared = self.elsewhere.episodes_of_several.contains(episode);
            match (owners.next(), owners.next()) {
                (Some((_, person)), None) if !shared => {
                    packed.clear();
                    pack_cell(person, &mut packed);
                    packed.extend_from_slice(record);
                    let hash = IdHash::of(person);
                    if let Some(stream) = done.people.get_mut(hash.partition()) {
                        let write = |chunk: &mut Vec<u8>| chunk.extend_from_slice(&packed);
                        stream.push((place, hash), Packing::Cells, packed.len(), write);
                    }
                }
                (None, _) if !shared => done.log.reject(place, ProblemCode::UnknownEpisode, || {
                    let tale = tale();
                    let detail = format!("the episodes table has no episode {:?}", tale.value);
                    tale.with(detail)
                }),
                _ => done.log.reject(place, ProblemCode::EpisodeUnclear, || {
                    let tale = tale();
                    let detail = format!("several people have an episode {:?}", tale.value);
                    tale.with(detail)
                }),
            }
        }
    }
}

/// Adds a form that needs no second look to the stream of its person.
fn push_form(done: &mut Scattered, (place, person): (Place, &[u8]), form: &[u8]) {
    let hash = IdHash::of(person);
    if let Some(stream) = done.people.get_mut(hash.partition()) {
        stream.push((place, hash), Packing::Form, cell_length(person) + form.len(), |chunk| {
            pack_cell(person, chunk);
            chunk.extend_from_slice(form);
        });
    }
}

/// Adds a record to a stream, through `packed` where it cannot be copied as it stands.
fn push(
    stream: &mut Stream,
    of: (Place, IdHash),
    plan: &TablePlan,
    cells: Cells<'_>,
    packed: &mut Vec<u8>,
) {
    if let Some(length) = cells.packs_as_is() {
        stream.push(of, Packing::Cells, length, |chunk| cells.pack_as_is(chunk));
    } else {
        packed.clear();
        cells.pack(&plan.mapped, packed);
        let write = |chunk: &mut Vec<u8>| chunk.extend_from_slice(packed);
        stream.push(of, Packing::Cells, packed.len(), write);
    }
}

/// What a spreadsheet writes into a cell whose formula went wrong: it is nobody's id, though many rows
/// may have it (ECMA-376 part 1, 18.17.3, and the newer ones of Excel).
fn is_spreadsheet_error(id: &[u8]) -> bool {
    const ERRORS: [&[u8]; 10] = [
        b"#REF!", b"#N/A", b"#VALUE!", b"#NAME?", b"#DIV/0!", b"#NULL!", b"#NUM!", b"#SPILL!",
        b"#CALC!", b"#FIELD!",
    ];
    id.first() == Some(&b'#') && ERRORS.iter().any(|error| id.eq_ignore_ascii_case(error))
}
