//! The second pass: a partition at a time, its records to people.

use super::partition::Stream;
use super::person::{Assembler, Entry};
use super::plan::TablePlan;
use crate::caseload::Person;

/// Gives every person of a partition to `each`.
pub(super) fn gather<'a: 'p, 'p>(
    streams: &'p [Stream],
    plans: &'a [TablePlan],
    assembler: &mut Assembler<'a>,
    mut each: impl FnMut(&Person),
) {
    let count: usize = streams.iter().map(Stream::len).sum();
    if count == 0 {
        return;
    }
    // About one record a bucket: to sort them costs next to nothing.
    let buckets = count.next_power_of_two();
    let bucket_of = |hash: u32| usize::try_from(hash).unwrap_or(0) & (buckets - 1);
    let records = || streams.iter().flat_map(Stream::iter);
    let mut ends = vec![0_u32; buckets];
    for record in records() {
        if let Some(count) = ends.get_mut(bucket_of(record.hash)) {
            *count += 1;
        }
    }
    let mut sum = 0;
    for end in &mut ends {
        sum += core::mem::replace(end, sum);
    }
    // Each end stands at the beginning of its bucket and moves on with every entry put there.
    let mut entries: Vec<Entry<'p>> = vec![Entry::default(); count];
    for stored in records() {
        if let Some(end) = ends.get_mut(bucket_of(stored.hash)) {
            if let Some(slot) = usize::try_from(*end).ok().and_then(|at| entries.get_mut(at)) {
                *slot = Entry::of(stored, plans);
            }
            *end += 1;
        }
    }
    let (mut rest, mut cells, mut start) = (entries.as_mut_slice(), Vec::new(), 0);
    for end in ends {
        let length = usize::try_from(end - start).unwrap_or(0);
        let Some((bucket, behind)) = rest.split_at_mut_checked(length) else { return };
        (rest, start) = (behind, end);
        bucket.sort_unstable_by_key(|entry| (entry.hash, entry.place));
        for alike in bucket.chunk_by_mut(|a, b| a.hash == b.hash) {
            // Two ids of one hash are seldom met; they are told apart all the same.
            if alike.iter().zip(alike.iter().skip(1)).all(|(a, b)| a.id == b.id) {
                if let Some(person) = assembler.assemble(alike, &mut cells) {
                    each(person);
                }
                continue;
            }
            alike.sort_unstable_by_key(|entry| (entry.id, entry.place));
            for entries in alike.chunk_by(|a, b| a.id == b.id) {
                if let Some(person) = assembler.assemble(entries, &mut cells) {
                    each(person);
                }
            }
        }
    }
}
