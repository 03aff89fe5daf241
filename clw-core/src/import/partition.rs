//! Records waiting for the other records of their person.
//!
//! Every worker spreads its records over the same partitions by a hash of the id, so that one
//! partition has all records of its people and is small enough for the cache.

use super::problem::Place;

/// How many partitions there are: the values of one byte of the hash.
pub(super) const PARTITIONS: usize = 256;

const FIRST_CHUNK: usize = 1 << 10;
const LARGEST_CHUNK: usize = 1 << 15;
const LONGEST_HEADER: usize = 4 + 9 + 4;

/// The partition of an id, by the highest byte of its hash.
pub(super) fn partition_of(hash: u64) -> usize {
    usize::try_from(hash >> 56).unwrap_or(0)
}

/// The hash of an id. Nothing that is printed depends on it.
pub(super) fn hash_id(id: &[u8]) -> u64 {
    use core::hash::{BuildHasher, Hasher};
    let mut hasher = foldhash::fast::FixedState::with_seed(0).build_hasher();
    hasher.write(id);
    hasher.finish()
}

/// Records in the order in which they were written, in chunks of which only the last has room.
#[derive(Debug, Default)]
pub(super) struct Stream {
    full: Vec<Vec<u8>>,
    open: Vec<u8>,
    records: usize,
    last: Option<Place>,
}

impl Stream {
    /// Adds a record of this length, which `write` appends.
    ///
    /// Before it stand two bytes for how far it is from the record before (0: its place follows) and
    /// two for its length (65,535: its length follows).
    pub(super) fn push(&mut self, place: Place, length: usize, write: impl FnOnce(&mut Vec<u8>)) {
        let needed = LONGEST_HEADER + length;
        if self.open.capacity() - self.open.len() < needed {
            let size = (2 * self.open.capacity()).clamp(FIRST_CHUNK, LARGEST_CHUNK).max(needed);
            let full = core::mem::replace(&mut self.open, Vec::with_capacity(size));
            self.full.push(full);
        }
        let step = self.last.map_or(0, |last| step(last, place));
        let short = u16::try_from(length).unwrap_or(u16::MAX);
        self.last = Some(place);
        self.records += 1;
        let ([step0, step1], [short0, short1]) = (step.to_le_bytes(), short.to_le_bytes());
        self.open.extend_from_slice(&[step0, step1, short0, short1]);
        if step == 0 {
            self.open.push(place.table);
            self.open.extend_from_slice(&place.block.to_le_bytes());
            self.open.extend_from_slice(&place.record.to_le_bytes());
        }
        if short == u16::MAX {
            let length = u32::try_from(length).unwrap_or(u32::MAX);
            self.open.extend_from_slice(&length.to_le_bytes());
        }
        write(&mut self.open);
    }

    /// How many records there are.
    pub(super) const fn len(&self) -> usize {
        self.records
    }

    /// The records with their places, in order.
    pub(super) fn iter(&self) -> impl Iterator<Item = (Place, &[u8])> {
        let mut chunks = self.full.iter().chain([&self.open]);
        let mut place = Place { table: 0, block: 0, record: 0 };
        let mut rest: &[u8] = &[];
        core::iter::from_fn(move || {
            while rest.is_empty() {
                rest = chunks.next()?;
            }
            let step = u16::from_le_bytes(take(&mut rest)?);
            let short = u16::from_le_bytes(take(&mut rest)?);
            if step == 0 {
                let [table] = take(&mut rest)?;
                let block = u32::from_le_bytes(take(&mut rest)?);
                place = Place { table, block, record: u32::from_le_bytes(take(&mut rest)?) };
            } else {
                place.record += u32::from(step);
            }
            let length = match short {
                u16::MAX => usize::try_from(u32::from_le_bytes(take(&mut rest)?)).ok()?,
                short => usize::from(short),
            };
            let (record, behind) = rest.split_at_checked(length)?;
            rest = behind;
            Some((place, record))
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
            (at(0, 7, 2), b"b"),
            (at(3, 70_000, 4_000_000_000), b"c"),
            (at(3, 70_000, 4_000_000_001), b"d"),
            (at(1, 0, 0), b"e"),
        ];
        let mut stream = Stream::default();
        for (place, record) in &written {
            stream.push(*place, record.len(), |chunk| chunk.extend_from_slice(record));
        }
        assert_eq!(stream.iter().collect::<Vec<_>>(), written);
    }
}
