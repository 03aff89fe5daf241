//! Tables by place instead of key, and what an attacker takes for possible.

use core::fmt::Debug;
use std::collections::BTreeMap;

use super::lookalikes::Room;
use super::tables::Cell;
use super::{Profile, Publication, Tables};

/// Above every deviation that a walk looks for, and far from where integers end.
const UNLIMITED: i64 = i64::MAX / 4;

/// Tables by place instead of key.
pub(super) struct Problem {
    profile: Profile,
    limit: i64,
    cells: Vec<Cell>,
    /// Terms that add up to zero.
    sums: Vec<Vec<(usize, i64)>>,
    /// The sums that a cell is in.
    sums_with: Vec<Vec<usize>>,
    /// Whether a cell belongs to a total that is sensitive.
    in_small_total: Vec<bool>,
}

impl Problem {
    pub(super) fn new<K: Ord + Clone + Debug>(tables: &Tables<K>, profile: &Profile) -> Self {
        let places: BTreeMap<&K, usize> = tables.cells.keys().zip(0..).collect();
        let place = |key: &K| places.get(key).copied().unwrap_or_default();
        let cells: Vec<Cell> = tables.cells.values().copied().collect();
        let sums: Vec<(usize, Vec<usize>)> = tables
            .sums
            .iter()
            .map(|(total, parts)| (place(total), parts.iter().map(place).collect()))
            .collect();
        let mut problem = Self {
            profile: *profile,
            limit: i64::try_from(profile.hide_up_to()).unwrap_or(UNLIMITED).min(UNLIMITED),
            in_small_total: vec![false; cells.len()],
            sums_with: vec![Vec::new(); cells.len()],
            cells,
            sums: Vec::new(),
        };
        problem.mark_small_totals(&sums);
        problem.keep_sums(&sums);
        problem
    }

    /// Counts of nobody that follow from the tables whatever is hidden: they are no secret.
    pub(super) fn make_known(&mut self, places: &[usize]) {
        for place in places {
            if let Some(cell) = self.cells.get_mut(*place) {
                cell.publication = Publication::Known;
            }
        }
    }

    /// What a sensitive total is made of is hidden with it, and what that is made of too.
    fn mark_small_totals(&mut self, sums: &[(usize, Vec<usize>)]) {
        loop {
            let mut marked = false;
            for (total, parts) in sums {
                if !self.is_sensitive(*total) && !self.is_in_small_total(*total) {
                    continue;
                }
                for part in parts {
                    if let Some(slot) = self.in_small_total.get_mut(*part)
                        && !core::mem::replace(slot, true)
                    {
                        marked = true;
                    }
                }
            }
            if !marked {
                return;
            }
        }
    }

    /// Sums as terms, without the zeros that everybody sees.
    fn keep_sums(&mut self, sums: &[(usize, Vec<usize>)]) {
        for (total, parts) in sums {
            let mut terms = BTreeMap::from([(*total, -1_i64)]);
            for part in parts {
                *terms.entry(*part).or_default() += 1;
            }
            terms.retain(|cell, factor| *factor != 0 && self.can_ever_vary(*cell));
            for cell in terms.keys() {
                if let Some(sums) = self.sums_with.get_mut(*cell) {
                    sums.push(self.sums.len());
                }
            }
            self.sums.push(terms.into_iter().collect());
        }
    }

    pub(super) fn len(&self) -> usize {
        self.cells.len()
    }

    pub(super) fn count(&self, place: usize) -> u64 {
        self.cell(place).count
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

    fn cell(&self, place: usize) -> Cell {
        let nobody = Cell { count: 0, publication: Publication::Known };
        self.cells.get(place).copied().unwrap_or(nobody)
    }

    fn is_in_small_total(&self, place: usize) -> bool {
        self.in_small_total.get(place).copied().unwrap_or(false)
    }

    pub(super) fn is_sensitive(&self, place: usize) -> bool {
        let Cell { count, publication } = self.cell(place);
        publication != Publication::Known && self.profile.is_sensitive(count)
    }

    /// Whether the profile itself hides the cell, or nothing shows it in the first place.
    pub(super) fn starts_hidden(&self, place: usize) -> bool {
        match self.cell(place).publication {
            Publication::Known => false,
            Publication::Withheld => true,
            Publication::Open | Publication::Headline => {
                self.is_sensitive(place) || self.is_in_small_total(place)
            }
        }
    }

    /// Whether a count can be hidden to protect another: small ones are hidden already, and a
    /// zero that is hidden without a sensitive total would not be taken for anything else.
    pub(super) fn can_be_hidden(&self, place: usize) -> bool {
        let Cell { count, publication } = self.cell(place);
        let shown = matches!(publication, Publication::Open | Publication::Headline);
        shown && count > self.profile.hide_up_to()
    }

    /// Whether a count is to be hidden after others.
    pub(super) fn is_headline(&self, place: usize) -> bool {
        self.cell(place).publication == Publication::Headline
    }

    fn can_ever_vary(&self, place: usize) -> bool {
        self.starts_hidden(place) || self.can_be_hidden(place)
    }

    /// What the attacker takes for possible of a hidden count, as a deviation from the truth.
    pub(super) fn room_when_hidden(&self, place: usize) -> Room {
        let Cell { count, publication } = self.cell(place);
        let count = i64::try_from(count).unwrap_or(i64::MAX);
        let small = self.is_sensitive(place) || self.is_in_small_total(place);
        let (least, most) = match (small, publication) {
            (true, _) if self.is_in_small_total(place) => (0, self.limit),
            (true, _) => (self.smallest_hidden(), self.limit),
            (false, Publication::Withheld) if count == 0 => (0, UNLIMITED),
            (false, _) => (self.limit + 1, UNLIMITED),
        };
        let above = if most == UNLIMITED { UNLIMITED } else { most - count };
        Room { below: least - count, above }
    }

    fn smallest_hidden(&self) -> i64 {
        i64::try_from(self.profile.smallest_hidden()).unwrap_or(0)
    }

    /// How far a sensitive count is to be able to lie off, downwards and upwards.
    pub(super) fn targets(&self, place: usize) -> [i64; 2] {
        let count = i64::try_from(self.cell(place).count).unwrap_or(i64::MAX);
        [self.smallest_hidden() - count, self.limit - count]
    }

    pub(super) fn sensitive(&self) -> impl Iterator<Item = usize> + '_ {
        (0..self.cells.len()).filter(|place| self.is_sensitive(*place))
    }

    pub(super) fn room(&self, place: usize, hidden: bool) -> Room {
        if hidden { self.room_when_hidden(place) } else { Room::NONE }
    }
}
