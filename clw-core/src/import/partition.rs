//! Records waiting for the other records of their person.
//!
//! Every worker spreads its records over the same partitions by a hash of the id, so that one
//! partition has all records of its people and is small enough for the cache.

use super::problem::Place;

/// How many partitions there are: the values of one byte of the hash.
pub(super) const PARTITIONS: usize = 256;

const FIRST_CHUNK: usize = 1 << 10;
const LARGEST_CHUNK: usize = 1 << 15;

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

/// Records in the order in which they were written, in chunks that are freed one by one.
#[derive(Debug, Default)]
pub(super) struct Stream {
    chunks: Vec<Vec<u8>>,
    last: Option<Place>,
}

impl Stream {
    /// Adds a record: how far on it stands, its length, its bytes.
    pub(super) fn push(&mut self, place: Place, record: &[u8]) {
        let mut header = Header::default();
        match self.last {
            Some(last)
                if (last.table, last.block) == (place.table, place.block)
                    && last.record < place.record =>
            {
                header.number(u64::from(place.record - last.record));
            }
            _ => {
                header.number(0);
                header.number(u64::from(place.table));
                header.number(u64::from(place.block));
                header.number(u64::from(place.record));
            }
        }
        self.last = Some(place);
        header.number(u64::try_from(record.len()).unwrap_or(u64::MAX));
        let header = header.bytes();
        let needed = header.len() + record.len();
        let next = match self.chunks.last() {
            Some(chunk) if chunk.capacity() - chunk.len() >= needed => None,
            Some(chunk) => Some((2 * chunk.capacity()).min(LARGEST_CHUNK)),
            None => Some(FIRST_CHUNK),
        };
        if let Some(size) = next {
            self.chunks.push(Vec::with_capacity(size.max(needed)));
        }
        if let Some(chunk) = self.chunks.last_mut() {
            chunk.extend_from_slice(header);
            chunk.extend_from_slice(record);
        }
    }

    /// The records with their places, in order.
    pub(super) fn iter(&self) -> impl Iterator<Item = (Place, &[u8])> {
        let mut place = Place { table: 0, block: 0, record: 0 };
        let mut chunks = self.chunks.iter();
        let mut rest: &[u8] = &[];
        core::iter::from_fn(move || {
            while rest.is_empty() {
                rest = chunks.next()?;
            }
            let step = take_number(&mut rest)?;
            if step == 0 {
                place.table = u8::try_from(take_number(&mut rest)?).ok()?;
                place.block = u32::try_from(take_number(&mut rest)?).ok()?;
                place.record = u32::try_from(take_number(&mut rest)?).ok()?;
            } else {
                place.record += u32::try_from(step).ok()?;
            }
            let length = usize::try_from(take_number(&mut rest)?).ok()?;
            let (record, behind) = rest.split_at_checked(length)?;
            rest = behind;
            Some((place, record))
        })
    }
}

/// A few numbers of seven bits a byte, the lowest first, the highest bit set on all but the last.
#[derive(Debug)]
struct Header {
    bytes: [u8; 40],
    length: usize,
}

impl Default for Header {
    fn default() -> Self {
        Self { bytes: [0; 40], length: 0 }
    }
}

impl Header {
    fn number(&mut self, mut number: u64) {
        loop {
            let [low, ..] = number.to_le_bytes();
            number >>= 7;
            if let Some(slot) = self.bytes.get_mut(self.length) {
                *slot = if number == 0 { low & 0x7F } else { low | 0x80 };
            }
            self.length += 1;
            if number == 0 {
                return;
            }
        }
    }

    fn bytes(&self) -> &[u8] {
        self.bytes.get(..self.length).unwrap_or_default()
    }
}

fn take_number(bytes: &mut &[u8]) -> Option<u64> {
    let mut number = 0;
    for shift in (0..64).step_by(7) {
        let (byte, rest) = bytes.split_first()?;
        *bytes = rest;
        number |= u64::from(byte & 0x7F) << shift;
        if byte & 0x80 == 0 {
            return Some(number);
        }
    }
    None
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
            stream.push(*place, record);
        }
        assert_eq!(stream.iter().collect::<Vec<_>>(), written);
    }
}
