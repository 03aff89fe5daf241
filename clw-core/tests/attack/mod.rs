//! An attacker on published tables, who knows the rule and the sums.
//!
//! It shares nothing with the library: the sums are solved exactly in whole numbers, and every cell is
//! then closed in from both sides by what the sums and the rule leave.

use std::collections::{BTreeMap, BTreeSet};

pub(super) const FAR: i128 = 1 << 40;

/// What the attacker holds: sums over cells, and between which values each cell lies.
pub(super) struct Attack<K> {
    sums: Vec<BTreeMap<K, i128>>,
    pub(super) between: BTreeMap<K, (i128, i128)>,
}

impl<K: Ord + Clone + std::fmt::Debug> Attack<K> {
    /// Shown counts are exact. A hidden one is 1 to the limit, above it, or, under a small total, 0
    /// to the limit: the attacker is told which, and is not told more. What `shown` does not have is
    /// hidden.
    pub(super) fn on(
        truth: &BTreeMap<K, u64>,
        sums: &[(K, Vec<K>)],
        shown: &BTreeMap<K, u64>,
        limit: u64,
    ) -> Self {
        let limit = i128::from(limit);
        let sensitive = |cell: &K| (1..=limit).contains(&i128::from(truth[cell]));
        let mut in_small = BTreeSet::new();
        loop {
            let before = in_small.len();
            for (total, parts) in sums {
                if sensitive(total) || in_small.contains(total) {
                    in_small.extend(parts.iter().cloned());
                }
            }
            if in_small.len() == before {
                break;
            }
        }
        let between = truth.iter().map(|(cell, count)| {
            let range = match shown.get(cell) {
                Some(shown) => {
                    assert_eq!(shown, count, "{cell:?}");
                    (i128::from(*shown), i128::from(*shown))
                }
                None if in_small.contains(cell) => (0, limit),
                None if sensitive(cell) => (1, limit),
                None if *count == 0 => (0, FAR),
                None => (limit + 1, FAR),
            };
            (cell.clone(), range)
        });
        let sums = sums.iter().map(|(total, parts)| {
            let mut terms = BTreeMap::from([(total.clone(), -1)]);
            for part in parts {
                *terms.entry(part.clone()).or_default() += 1;
            }
            terms
        });
        Self { between: between.collect(), sums: sums.collect() }
    }

    /// Adds every sum that elimination of the unknowns yields, in lowest whole numbers.
    fn eliminate(&mut self) {
        let unknown = |cell: &K| self.between[cell].0 < self.between[cell].1;
        let mut solved: Vec<(K, BTreeMap<K, i128>)> = Vec::new();
        for sum in &self.sums {
            let mut sum = sum.clone();
            for (pivot, row) in &solved {
                combine(&mut sum, row, pivot);
            }
            let Some(pivot) = sum.keys().find(|cell| unknown(cell)).cloned() else { continue };
            for (_, row) in &mut solved {
                combine(row, &sum, &pivot);
            }
            solved.push((pivot, sum));
        }
        self.sums.extend(solved.into_iter().map(|(_, row)| row));
    }

    /// Closes in on every cell until nothing moves.
    fn close_in(&mut self) {
        loop {
            let mut moved = false;
            for sum in &self.sums {
                for (cell, own) in sum {
                    let (mut least, mut most) = (0, 0);
                    for (other, factor) in sum.iter().filter(|(other, _)| *other != cell) {
                        let (low, high) = self.between[other];
                        least += (factor * low).min(factor * high);
                        most += (factor * low).max(factor * high);
                    }
                    // own · cell lies between −most and −least.
                    let (low, high) = if *own > 0 { (-most, -least) } else { (least, most) };
                    let range = self.between.get_mut(cell).unwrap();
                    let new = (
                        range.0.max(
                            low.div_euclid(own.abs()) + i128::from(low.rem_euclid(own.abs()) != 0),
                        ),
                        range.1.min(high.div_euclid(own.abs())),
                    );
                    assert!(new.0 <= new.1, "the attack lost the truth");
                    moved |= new != *range;
                    *range = new;
                }
            }
            if !moved {
                return;
            }
        }
    }

    /// The small counts that are shown or worked out, in the order of the cells.
    pub(super) fn caught(mut self, truth: &BTreeMap<K, u64>, limit: u64) -> Vec<(K, u64)> {
        self.eliminate();
        self.close_in();
        let small = truth.iter().filter(|(_, count)| (1..=limit).contains(*count));
        let caught = small.filter(|(cell, _)| self.between[*cell].0 == self.between[*cell].1);
        caught.map(|(cell, count)| (cell.clone(), *count)).collect()
    }
}

/// Takes `pivot` out of a sum by means of another.
fn combine<K: Ord + Clone>(sum: &mut BTreeMap<K, i128>, by: &BTreeMap<K, i128>, pivot: &K) {
    let Some(here) = sum.get(pivot).copied().filter(|factor| *factor != 0) else { return };
    let there = by[pivot];
    for factor in sum.values_mut() {
        *factor *= there;
    }
    for (cell, factor) in by {
        *sum.entry(cell.clone()).or_default() -= here * factor;
    }
    sum.retain(|_, factor| *factor != 0);
    let common = sum.values().fold(0, |a, b| gcd(a, *b)).max(1);
    sum.values_mut().for_each(|factor| *factor /= common);
}

fn gcd(a: i128, b: i128) -> i128 {
    if b == 0 { a.abs() } else { gcd(b, a % b) }
}
