//! The search for enough tables to protect every sensitive count.

use std::collections::BTreeSet;

use super::lookalikes::{Lookalikes, Room};
use super::problem::Problem;

/// How many cells of a long sum a search near a cell begins with.
const WIDTHS: [usize; 2] = [8, 32];

/// Sums of more cells than this are long: a search near a cell does not look at all of them.
const SHORT_SUM: usize = 16;

/// For each cell of a long sum, how many cells a search near a cell looks at.
const CELLS_PER_WIDTH: usize = 16;

/// The tables found so far, and what had to be hidden to find them.
pub(super) struct Search<'p> {
    problem: &'p Problem,
    hidden: Vec<bool>,
    newly_hidden: Vec<usize>,
    /// The deviations of each table found since this was last asked.
    tables: Vec<Vec<(usize, i64)>>,
    /// How many hidden cells each sum has.
    gaps: Vec<usize>,
    /// The deviations of the tables found: the lowest and the highest of each cell.
    found: Vec<(i64, i64)>,
    /// All cells together; built when searches near a cell did not suffice.
    whole: Option<Part>,
}

/// Some cells, all others taken as shown. What is possible here is possible in the whole.
struct Part {
    /// In ascending order.
    cells: Vec<usize>,
    tables: Lookalikes,
}

impl<'p> Search<'p> {
    pub(super) fn new(problem: &'p Problem, hidden: Vec<bool>) -> Self {
        let is_hidden = |place: usize| hidden.get(place).copied().unwrap_or(false);
        let gaps = problem
            .sums()
            .iter()
            .map(|terms| terms.iter().filter(|(place, _)| is_hidden(*place)).count())
            .collect();
        let found = vec![(0, 0); hidden.len()];
        let (newly_hidden, tables) = (Vec::new(), Vec::new());
        Self { problem, gaps, found, hidden, newly_hidden, tables, whole: None }
    }

    /// Whether some table found has another count there.
    pub(super) fn is_used(&self, place: usize) -> bool {
        self.found.get(place).is_some_and(|found| *found != (0, 0))
    }

    /// Looks for a table in which a cell deviates by `target` from the truth, with what is hidden.
    pub(super) fn look(&mut self, place: usize, target: i64) -> bool {
        self.is_found(place, target)
            || self.look_near(place, target)
            || self.look_everywhere(place, target, false)
    }

    /// The same, hiding more until there is such a table or nothing that could be hidden would help.
    ///
    /// What is near is tried first: a walk among a few dozen cells costs a thousandth of one among
    /// all cells of two hundred groups.
    pub(super) fn protect(&mut self, place: usize, target: i64) -> bool {
        self.is_found(place, target)
            || self.look_near(place, target)
            || self.hide_near(place, target)
            || self.look_everywhere(place, target, true)
    }

    /// Looks near a cell, hiding more.
    pub(super) fn hide_near(&mut self, place: usize, target: i64) -> bool {
        WIDTHS.into_iter().any(|width| {
            let part = Part::of(self.problem, self.near(place, target, width), &self.hidden);
            part.is_some_and(|mut part| self.walk(&mut part, place, target, true))
        })
    }

    pub(super) fn is_found(&self, place: usize, target: i64) -> bool {
        let found = self.found.get(place);
        found.is_some_and(|(lowest, highest)| *lowest <= target && target <= *highest)
    }

    /// Looks near a cell.
    pub(super) fn look_near(&mut self, place: usize, target: i64) -> bool {
        WIDTHS.into_iter().any(|width| {
            let mut near = self.near(place, target, width);
            near.retain(|cell| self.is_hidden(*cell));
            let part = Part::of(self.problem, near, &self.hidden);
            part.is_some_and(|mut part| self.walk(&mut part, place, target, false))
        })
    }

    /// Looks among all cells, hiding more or not.
    pub(super) fn look_everywhere(&mut self, place: usize, target: i64, may_hide: bool) -> bool {
        let all = || Part::of(self.problem, (0..self.hidden.len()).collect(), &self.hidden);
        let Some(mut whole) = self.whole.take().or_else(all) else { return false };
        let reached = self.walk(&mut whole, place, target, may_hide);
        self.whole = Some(whole);
        reached
    }

    /// A table in which each of these cells deviates as far at least, hiding more or not.
    pub(super) fn look_for_all(
        &mut self,
        cells: &[(usize, i64)],
        may_hide: bool,
    ) -> Option<Vec<(usize, i64)>> {
        for &(cell, _) in cells {
            if !self.is_hidden(cell) {
                if !may_hide || !self.problem.place(cell).can_be_hidden {
                    return None;
                }
                self.hide(cell);
            }
        }
        let mut part = Part::of(self.problem, (0..self.hidden.len()).collect(), &self.hidden)?;
        for &(cell, target) in cells {
            let local = part.place_of(cell)?;
            while part.tables.deviation(local) * target.signum() < target.abs()
                && !part.tables.walk(local, target)
            {
                let more = if may_hide { self.cheapest(&part, local, target) } else { None };
                let more = more?;
                self.hide(more);
                part.give_room(self.problem, more);
            }
            // The cells that follow are not to take it back.
            let Room { below, above } = part.tables.room(local);
            let kept = if target > 0 { (target, above) } else { (below, target) };
            part.tables.set_room(local, Room { below: kept.0, above: kept.1 });
        }
        Some(part.deviations().collect())
    }

    fn walk(&mut self, part: &mut Part, place: usize, target: i64, may_hide: bool) -> bool {
        let Some(start) = part.place_of(place) else { return false };
        part.tables.restart();
        let reached = loop {
            if part.tables.walk(start, target) {
                break true;
            }
            let cheapest = if may_hide { self.cheapest(part, start, target) } else { None };
            let Some(cell) = cheapest else { break false };
            self.hide(cell);
            part.give_room(self.problem, cell);
        };
        let table: Vec<(usize, i64)> = part.deviations().collect();
        for &(cell, deviation) in &table {
            if let Some((lowest, highest)) = self.found.get_mut(cell) {
                (*lowest, *highest) = ((*lowest).min(deviation), (*highest).max(deviation));
            }
        }
        if !table.is_empty() {
            self.tables.push(table);
        }
        reached
    }

    /// The tables found since this was last asked, by their deviations.
    pub(super) fn tables_since(&mut self) -> Vec<Vec<(usize, i64)>> {
        core::mem::take(&mut self.tables)
    }

    /// What has been hidden since this was last asked.
    pub(super) fn hidden_since(&mut self) -> Vec<usize> {
        core::mem::take(&mut self.newly_hidden)
    }

    /// Hides what another search has hidden.
    pub(super) fn hide_too(&mut self, place: usize) {
        if !self.is_hidden(place) {
            self.hide(place);
            self.newly_hidden.pop();
        }
    }

    pub(super) fn is_hidden(&self, place: usize) -> bool {
        self.hidden.get(place).copied().unwrap_or(false)
    }

    fn hide(&mut self, place: usize) {
        self.newly_hidden.push(place);
        if let Some(hidden) = self.hidden.get_mut(place) {
            *hidden = true;
        }
        for &sum in self.problem.sums_with(place) {
            if let Some(gaps) = self.gaps.get_mut(sum) {
                *gaps += 1;
            }
        }
        if let Some(whole) = &mut self.whole {
            whole.give_room(self.problem, place);
        }
    }

    /// Of the counts one of which must be hidden: no headline if that can be, and one that leaves the
    /// fewest sums with a single gap, has room for the whole way, and is small.
    fn cheapest(&self, part: &Part, start: usize, target: i64) -> Option<usize> {
        let left = (target - part.tables.deviation(start)).abs();
        let cut = part.tables.cut(start, target).into_iter();
        let cut = cut.filter_map(|(local, sign)| Some((*part.cells.get(local)?, sign)));
        let costs = cut.filter_map(|(cell, sign)| {
            let place = self.problem.place(cell);
            let room = place.room.towards(sign);
            let cost = (place.is_headline, self.single_gaps(cell), room < left, place.count);
            (place.can_be_hidden && room > 0).then_some((cost, cell))
        });
        costs.min().map(|(_, cell)| cell)
    }

    /// How many more sums would have a single gap if a cell were hidden.
    fn single_gaps(&self, place: usize) -> i64 {
        let sums = self.problem.sums_with(place).iter();
        sums.map(|sum| match self.gaps.get(*sum) {
            Some(0) => 1,
            Some(1) => -1,
            _ => 0,
        })
        .sum()
    }

    /// The cells that share sums with a cell, and those that share sums with these, and so on; of
    /// long sums only some of the cell's own, first those that can make up for the cell's change.
    fn near(&self, place: usize, target: i64, width: usize) -> Vec<usize> {
        let (mut cells, mut seen) = (vec![place], BTreeSet::from([place]));
        let mut next = 0;
        while let Some(&cell) = cells.get(next) {
            for &sum in self.problem.sums_with(cell) {
                let terms = self.problem.sum(sum);
                let mut others: Vec<usize> = terms.iter().map(|(other, _)| *other).collect();
                if others.len() > SHORT_SUM {
                    if cell != place {
                        continue;
                    }
                    others.sort_by_cached_key(|&other| {
                        let room = self.problem.place(other).room.towards(-target.signum());
                        let room = room.min(target.abs());
                        let count = self.problem.place(other).count;
                        (room == 0, !self.is_hidden(other), -room, count, other)
                    });
                    others.truncate(width);
                }
                let new = others.into_iter().filter(|other| seen.insert(*other));
                cells.extend(new);
            }
            next += 1;
            if cells.len() > width * CELLS_PER_WIDTH {
                break;
            }
        }
        seen.into_iter().collect()
    }
}

impl Part {
    fn of(problem: &Problem, cells: Vec<usize>, hidden: &[bool]) -> Option<Self> {
        let is_hidden = |cell: usize| hidden.get(cell).copied().unwrap_or(false);
        let rooms = cells.iter().map(|cell| problem.room(*cell, is_hidden(*cell)));
        let touched: BTreeSet<usize> =
            cells.iter().flat_map(|cell| problem.sums_with(*cell)).copied().collect();
        let local =
            |(cell, factor): &(usize, i64)| Some((cells.binary_search(cell).ok()?, *factor));
        let sums: Vec<Vec<(usize, i64)>> = touched
            .iter()
            .map(|sum| problem.sum(*sum).iter().filter_map(local).collect())
            .collect();
        let tables = Lookalikes::new(rooms.collect(), &sums)?;
        Some(Self { cells, tables })
    }

    fn place_of(&self, cell: usize) -> Option<usize> {
        self.cells.binary_search(&cell).ok()
    }

    fn give_room(&mut self, problem: &Problem, cell: usize) {
        if let Some(local) = self.place_of(cell) {
            self.tables.set_room(local, problem.place(cell).room);
        }
    }

    /// The cells that differ from the true table, with by how much.
    fn deviations(&self) -> impl Iterator<Item = (usize, i64)> + '_ {
        let deviations = self.tables.deviations();
        deviations.filter_map(|(local, by)| Some((*self.cells.get(local)?, by)))
    }
}

#[cfg(test)]
mod tests {
    use super::super::problem::Place;
    use super::*;

    /// Of three hidden parts of a known total two deviate alike, so the third makes up for both.
    #[test]
    fn a_cell_keeps_its_deviation_while_others_are_given_theirs() {
        let part = Place {
            count: 20,
            room: Room { below: -20, above: 20 },
            starts_hidden: true,
            ..Place::KNOWN
        };
        let total = Place { count: 60, ..Place::KNOWN };
        let problem = Problem::of(vec![part, part, part, total], &[(3, vec![0, 1, 2])]);
        for (one, other, third) in
            [(0, 1, 2), (0, 2, 1), (1, 0, 2), (1, 2, 0), (2, 0, 1), (2, 1, 0)]
        {
            for by in [-1, 1] {
                let mut search = Search::new(&problem, vec![true, true, true, false]);
                let found = search.look_for_all(&[(one, by), (other, by)], false).unwrap();
                let mut expected = [(one, by), (other, by), (third, -2 * by)];
                expected.sort_unstable();
                assert_eq!(found, expected);
            }
        }
    }
}
