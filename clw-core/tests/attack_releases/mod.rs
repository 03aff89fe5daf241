//! An attacker who holds several releases.

use std::collections::BTreeMap;

use clw_core::disclosure::{InRelease, Published, PublishedCount, Tables};

use super::attack::{Attack, FAR};

/// The small counts that follow from releases together, and the small numbers by which they differ: for
/// who knows all that is shown, every sum, and of each group whether it grew or shrank.
pub(super) fn caught_in_releases<K: Ord + Clone + std::fmt::Debug>(
    releases: &[(Tables<K>, Published<K>)],
    limit: u64,
) -> Vec<(InRelease<K>, u64)> {
    let (mut truth, mut shown, mut sums) = (BTreeMap::new(), BTreeMap::new(), Vec::new());
    for (release, (tables, published)) in releases.iter().enumerate() {
        let own = |key: &K| InRelease::Of(release, key.clone());
        for (total, parts) in tables.sums() {
            sums.push((own(total), parts.iter().map(own).collect::<Vec<_>>()));
        }
        for (key, count) in tables.iter() {
            truth.insert(own(key), count);
            let published = published.get(key).and_then(PublishedCount::shown);
            published.map(|count| shown.insert(own(key), count));
            for (earlier, (before, _)) in releases[..release].iter().enumerate() {
                let Some(was) = before.count(key) else { continue };
                let between = InRelease::Between(earlier, release, key.clone());
                truth.insert(between.clone(), count.abs_diff(was));
                let (more, fewer) = (own(key), InRelease::Of(earlier, key.clone()));
                let (more, fewer) = if count < was { (fewer, more) } else { (more, fewer) };
                sums.push((more, vec![fewer, between]));
            }
        }
    }
    // By number: keys with names are slow to compare.
    let cells: Vec<InRelease<K>> = truth.keys().cloned().collect();
    let at: BTreeMap<&InRelease<K>, usize> = cells.iter().zip(0..).collect();
    let sums: Vec<(usize, Vec<usize>)> = sums
        .iter()
        .map(|(total, parts)| (at[total], parts.iter().map(|part| at[part]).collect()))
        .collect();
    let by_number = |of: &BTreeMap<InRelease<K>, u64>| -> BTreeMap<usize, u64> {
        of.iter().map(|(cell, count)| (at[cell], *count)).collect()
    };
    let truth = by_number(&truth);
    let mut attack = Attack::on(&truth, &sums, &by_number(&shown), limit);
    // Of what is hidden nobody tells why.
    for range in attack.between.values_mut().filter(|range| range.0 < range.1) {
        *range = (0, FAR);
    }
    let caught = attack.caught(&truth, limit).into_iter();
    caught.map(|(cell, count)| (cells[cell].clone(), count)).collect()
}
