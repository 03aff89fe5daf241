//! Tables by place instead of key, and what an attacker takes for possible.

use core::fmt::Debug;
use std::collections::BTreeMap;

use super::lookalikes::Room;
use super::tables::Cell;
use super::{Profile, Publication, Tables};

/// Above every deviation that a walk looks for, and far from where integers end.
pub(super) const UNLIMITED: i64 = i64::MAX / 4;

/// Tables by place instead of key.
#[derive(Debug)]
pub(super) struct Problem {
    places: Vec<Place>,
    /// Terms that add up to zero.
    sums: Vec<Vec<(usize, i64)>>,
    /// The sums that a cell is in.
    sums_with: Vec<Vec<usize>>,
}

/// A cell, and what may become of its count.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place {
    pub(super) count: u64,
    /// What the attacker takes for possible of it when it is hidden, as a deviation from the truth.
    pub(super) room: Room,
    /// Whether the profile itself hides it, or nothing shows it in the first place.
    pub(super) starts_hidden: bool,
    /// Whether it can be hidden to protect another: small ones are hidden already, and a zero that is
    /// hidden without a sensitive total would not be taken for anything else.
    pub(super) can_be_hidden: bool,
    /// Whether it is to be hidden after others.
    pub(super) is_headline: bool,
    /// Whether it is published at all, if only as a gap.
    pub(super) is_printed: bool,
    /// Whether it is public whatever is published.
    pub(super) is_known: bool,
    /// Of a sensitive count, how far it is to be able to lie off, downwards and upwards.
    pub(super) targets: Option<[i64; 2]>,
}

impl Place {
    /// A count that everybody knows.
    pub(super) const KNOWN: Self = Self {
        count: 0,
        room: Room::NONE,
        starts_hidden: false,
        can_be_hidden: false,
        is_headline: false,
        is_printed: false,
        is_known: true,
        targets: None,
    };

    fn of(cell: Cell, in_small_total: bool, profile: &Profile) -> Self {
        let Cell { count, publication } = cell;
        let sensitive = is_sensitive(cell, profile);
        let small = sensitive || in_small_total;
        let shown = matches!(publication, Publication::Open | Publication::Headline);
        let [least_hidden, limit] = [profile.smallest_hidden(), profile.hide_up_to()].map(capped);
        let (least, most) = match publication {
            _ if in_small_total => (0, limit),
            _ if sensitive => (least_hidden, limit),
            Publication::Withheld if count == 0 => (0, UNLIMITED),
            _ => (limit + 1, UNLIMITED),
        };
        Self {
            count,
            room: Room::between(least, most, count),
            starts_hidden: publication == Publication::Withheld || (shown && small),
            can_be_hidden: shown && count > profile.hide_up_to(),
            is_headline: publication == Publication::Headline,
            is_printed: cell.is_printed(),
            is_known: publication == Publication::Known,
            targets: sensitive.then(|| [least_hidden, limit].map(|to| to - capped(count))),
        }
    }

    /// Whether it is small, or belongs to what is.
    pub(super) const fn is_small(&self) -> bool {
        self.room.above < UNLIMITED
    }

    fn can_ever_vary(&self) -> bool {
        self.starts_hidden || self.can_be_hidden
    }
}

impl Room {
    /// From the least to the most that a count is taken for, as deviations from it.
    pub(super) fn between(least: i64, most: i64, count: u64) -> Self {
        let count = i64::try_from(count).unwrap_or(i64::MAX);
        let above = if most == UNLIMITED { UNLIMITED } else { most - count };
        Self { below: least - count, above }
    }

    /// That of the other side of a difference.
    pub(super) const fn reversed(self) -> Self {
        Self { below: -self.above, above: -self.below }
    }

    /// What both leave.
    pub(super) fn and(self, other: Self) -> Self {
        Self { below: self.below.max(other.below), above: self.above.min(other.above) }
    }
}

pub(super) fn capped(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(UNLIMITED).min(UNLIMITED)
}

fn is_sensitive(cell: Cell, profile: &Profile) -> bool {
    cell.publication != Publication::Known && profile.is_sensitive(cell.count)
}

/// What a sensitive total is made of is hidden with it, and what that is made of too.
pub(super) fn in_small_totals(sums: &[(usize, Vec<usize>)], is_sensitive: &[bool]) -> Vec<bool> {
    let mut small = vec![false; is_sensitive.len()];
    let is = |of: &[bool], place: usize| of.get(place).copied().unwrap_or(false);
    loop {
        let mut marked = false;
        for (total, parts) in sums {
            if !is(is_sensitive, *total) && !is(&small, *total) {
                continue;
            }
            for part in parts {
                if let Some(slot) = small.get_mut(*part)
                    && !core::mem::replace(slot, true)
                {
                    marked = true;
                }
            }
        }
        if !marked {
            return small;
        }
    }
}

impl Problem {
    pub(super) fn new<K: Ord + Clone + Debug>(tables: &Tables<K>, profile: &Profile) -> Self {
        let at: BTreeMap<&K, usize> = tables.cells.keys().zip(0..).collect();
        let place = |key: &K| at.get(key).copied().unwrap_or_default();
        let sums: Vec<(usize, Vec<usize>)> = tables
            .sums
            .iter()
            .map(|(total, parts)| (place(total), parts.iter().map(place).collect()))
            .collect();
        let sensitive: Vec<bool> =
            tables.cells.values().map(|cell| is_sensitive(*cell, profile)).collect();
        let small = in_small_totals(&sums, &sensitive);
        let cells = tables.cells.values().zip(small);
        Self::of(cells.map(|(cell, small)| Place::of(*cell, small, profile)).collect(), &sums)
    }

    /// Counts of nobody that follow from the tables whatever is hidden: they are no secret.
    pub(super) fn make_known(&mut self, places: &[usize]) {
        for place in places {
            if let Some(slot) = self.places.get_mut(*place) {
                *slot = Place::KNOWN;
            }
        }
    }

    pub(super) fn of(places: Vec<Place>, sums: &[(usize, Vec<usize>)]) -> Self {
        let sums_with = vec![Vec::new(); places.len()];
        let mut problem = Self { places, sums: Vec::new(), sums_with };
        problem.keep_sums(sums);
        problem
    }

    /// Sums as terms, without the zeros that everybody sees.
    fn keep_sums(&mut self, sums: &[(usize, Vec<usize>)]) {
        for (total, parts) in sums {
            let mut terms = BTreeMap::from([(*total, -1_i64)]);
            for part in parts {
                *terms.entry(*part).or_default() += 1;
            }
            terms.retain(|cell, factor| *factor != 0 && self.place(*cell).can_ever_vary());
            for cell in terms.keys() {
                if let Some(sums) = self.sums_with.get_mut(*cell) {
                    sums.push(self.sums.len());
                }
            }
            self.sums.push(terms.into_iter().collect());
        }
    }

    pub(super) fn len(&self) -> usize {
        self.places.len()
    }

    pub(super) fn place(&self, place: usize) -> Place {
        self.places.get(place).copied().unwrap_or(Place::KNOWN)
    }

    /// The sums as terms that add up to zero.
    pub(super) fn sums(&self) -> &[Vec<(usize, i64)>] {
        &self.sums
    }

    pub(super) fn sum(&self, sum: usize) -> &[(usize, i64)] {
        self.sums.get(sum).map_or(&[], Vec::as_slice)
    }

    /// The sums that a cell is in.
    pub(super) fn sums_with(&self, place: usize) -> &[usize] {
        self.sums_with.get(place).map_or(&[], Vec::as_slice)
    }

    /// The sensitive counts, with how far each is to be able to lie off.
    pub(super) fn sensitive(&self) -> impl Iterator<Item = (usize, [i64; 2])> + '_ {
        let targets = self.places.iter().map(|place| place.targets).enumerate();
        targets.filter_map(|(place, targets)| Some((place, targets?)))
    }

    pub(super) fn room(&self, place: usize, hidden: bool) -> Room {
        if hidden { self.place(place).room } else { Room::NONE }
    }
}
