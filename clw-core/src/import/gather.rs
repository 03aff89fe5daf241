//! The second pass: a partition at a time, its records to people.

use super::partition::{Stream, hash_id};
use super::person::{Assembler, Entry};
use super::plan::TablePlan;
use super::record::unpack;
use crate::caseload::Person;

/// Gives every person of a partition to `each`.
pub(super) fn gather<'a: 'p, 'p>(
    streams: &'p [Stream],
    plans: &'a [TablePlan],
    assembler: &mut Assembler<'a>,
    mut each: impl FnMut(&Person),
) {
    let mut entries: Vec<Entry<'p>> = Vec::new();
    for (place, packed) in streams.iter().flat_map(Stream::iter) {
        let column = plans.get(usize::from(place.table)).and_then(|plan| plan.person);
        let id = unpack(packed).nth(column.unwrap_or(0)).unwrap_or_default().trim_ascii();
        entries.push(Entry { hash: hash_id(id), place, id, packed });
    }
    entries.sort_unstable_by_key(|entry| (entry.hash, entry.place));
    let mut cells = Vec::new();
    for group in entries.chunk_by_mut(|a, b| a.hash == b.hash) {
        let one_person = group.iter().all(|entry| Some(entry.id) == group.first().map(|e| e.id));
        if !one_person {
            group.sort_unstable_by_key(|entry| (entry.id, entry.place));
        }
        for entries in group.chunk_by(|a, b| a.id == b.id) {
            if let Some(person) = assembler.assemble(entries, &mut cells) {
                each(person);
            }
        }
    }
}
