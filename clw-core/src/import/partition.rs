//! Records waiting for the other records of their person.
//!
//! Every worker spreads its records over the same partitions by a hash of the id, so that one
//! partition has all records of its people and is small enough for the cache.

use super::problem::Place;

/// How many partitions there are: the values of one byte of the hash.
pub(super) const PARTITIONS: usize = 256;

const FIRST_CHUNK: usize = 1 << 10;
const LARGEST_CHUNK: usize = 1 << 15;
const LONGEST_HEADER: usize = 8 + 9 + 4;

/// The bit of a length that says how the record is packed, and the length that follows by itself.
const FORM: u16 = 1 << 15;
const LONG: u16 = FORM - 1;

/// The hash of an id. Nothing that is printed depends on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct IdHash(u64);

impl IdHash {
    pub(super) fn of(id: &[u8]) -> Self {
        use core::hash::{BuildHasher, Hasher};
        let mut hasher = foldhash::fast::FixedState::with_seed(0).build_hasher();
        hasher.write(id);
        Self(hasher.finish())
    }

    /// The partition of the id, by the highest byte.
    pub(super) fn partition(self) -> usize {
        usize::try_from(self.0 >> 56).unwrap_or(0)
    }

    /// What tells the ids of a partition apart, but for very few.
    fn within_partition(self) -> u32 {
        let [b0, b1, b2, b3, ..] = self.0.to_le_bytes();
        u32::from_le_bytes([b0, b1, b2, b3])
    }
}

/// How a record is packed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Packing {
    /// As its cells.
    #[default]
    Cells,
    /// As the id of a person and a form.
    Form,
}

/// Records in the order in which they were written, in chunks of which only the last has room.
#[derive(Debug, Default)]
pub(super) struct Stream {
    full: Vec<Vec<u8>>,
    open: Vec<u8>,
    records: usize,
    last: Option<Place>,
}

/// A record in a stream.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Stored<'s> {
    pub(super) place: Place,
    /// Of the hash of the id what the partition does not say.
    pub(super) hash: u32,
    pub(super) packing: Packing,
    pub(super) packed: &'s [u8],
}

impl Stream {
    /// Adds a record of this length, which `write` appends.
    ///
    /// Before it stand two bytes for how far it is from the record before (0: its place follows), two
    /// for how it is packed and its length (32,767: its length follows), and four for the hash.
    pub(super) fn push(
        &mut self,
        (place, hash): (Place, IdHash),
        packing: Packing,
        length: usize,
        write: impl FnOnce(&mut Vec<u8>),
    ) {
        let needed = LONGEST_HEADER + length;
        if self.open.capacity() - self.open.len() < needed {
            let size = (2 * self.open.capacity()).clamp(FIRST_CHUNK, LARGEST_CHUNK).max(needed);
            let full = core::mem::replace(&mut self.open, Vec::with_capacity(size));
            self.full.push(full);
        }
        let step = self.last.map_or(0, |last| step(last, place));
        let short = u16::try_from(length).unwrap_or(LONG).min(LONG);
        self.last = Some(place);
        self.records += 1;
        let form = if packing == Packing::Form { FORM } else { 0 };
        let ([step0, step1], [short0, short1]) = (step.to_le_bytes(), (short | form).to_le_bytes());
        let [hash0, hash1, hash2, hash3] = hash.within_partition().to_le_bytes();
        let header = [step0, step1, short0, short1, hash0, hash1, hash2, hash3];
        self.open.extend_from_slice(&header);
        if step == 0 {
            self.open.push(place.table);
            self.open.extend_from_slice(&place.block.to_le_bytes());
            self.open.extend_from_slice(&place.record.to_le_bytes());
        }
        if short == LONG {
            let length = u32::try_from(length).unwrap_or(u32::MAX);
            self.open.extend_from_slice(&length.to_le_bytes());
        }
        write(&mut self.open);
    }

    /// How many records there are.
    pub(super) const fn len(&self) -> usize {
        self.records
    }

    /// The records in order.
    pub(super) fn iter(&self) -> impl Iterator<Item = Stored<'_>> {
        let mut chunks = self.full.iter().chain([&self.open]);
        let mut place = Place { table: 0, block: 0, record: 0 };
        let mut rest: &[u8] = &[];
        core::iter::from_fn(move || {
            while rest.is_empty() {
                rest = chunks.next()?;
            }
            let [step0, step1, short0, short1, hash @ ..]: [u8; 8] = take(&mut rest)?;
            let step = u16::from_le_bytes([step0, step1]);
            let short = u16::from_le_bytes([short0, short1]);
            if step == 0 {
                let [table] = take(&mut rest)?;
                let block = u32::from_le_bytes(take(&mut rest)?);
                place = Place { table, block, record: u32::from_le_bytes(take(&mut rest)?) };
            } else {
                place.record += u32::from(step);
            }
            let length = match short & LONG {
                LONG => usize::try_from(u32::from_le_bytes(take(&mut rest)?)).ok()?,
                short => usize::from(short),
            };
            let (packed, behind) = rest.split_at_checked(length)?;
            rest = behind;
            let packing = if short & FORM == 0 { Packing::Cells } else { Packing::Form };
            Some(Stored { place, hash: u32::from_le_bytes(hash), packing, packed })
        })
    }
}

/// How many records further on in the same block; 0 where that says nothing.
fn step(last: Place, next: Place) -> u16 {
    let same_block = (last.table, last.block) == (next.table, next.block);
    let step = next.record.checked_sub(last.record).filter(|_| same_block);
    step.and_then(|step| u16::try_from(step).ok()).unwrap_or(0)
}

fn take<const N: usize>(bytes: &mut &[u8]) -> Option<[u8; N]> {
    let (taken, rest) = bytes.split_first_chunk()?;
    *bytes = rest;
    Some(*taken)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn records_come_back_with_their_places_and_in_order() {
        let long = vec![7; 100_000];
        let at = |table, block, record| Place { table, block, record };
        let written: Vec<(Place, &[u8])> = vec![
            (at(0, 0, 0), b"a"),
            (at(0, 0, 1), b""),
            (at(0, 0, 300), &long),
            (at(0, 0, 301), &long[..32_766]),
            (at(0, 0, 302), &long[..32_767]),
            (at(0, 7, 2), b"b"),
            (at(3, 70_000, 4_000_000_000), b"c"),
            (at(3, 70_000, 4_000_000_001), b"d"),
            (at(1, 0, 0), b"e"),
        ];
        let mut stream = Stream::default();
        let hash = IdHash::of(b"a");
        let packings = || [Packing::Cells, Packing::Form].into_iter().cycle();
        for ((place, record), packing) in written.iter().zip(packings()) {
            let write = |chunk: &mut Vec<u8>| chunk.extend_from_slice(record);
            stream.push((*place, hash), packing, record.len(), write);
        }
        let written = written.into_iter().zip(packings()).map(|((place, packed), packing)| {
            Stored { place, hash: hash.within_partition(), packing, packed }
        });
        assert_eq!(stream.iter().collect::<Vec<_>>(), written.collect::<Vec<_>>());
    }
}
