//! Tables that would be published exactly alike, found by whole steps from the true one.
//!
//! A table with the same sums differs from the true one by *deviations* that the sums take to zero.
//! The sums are kept solved for some cells, the basic ones, in terms of the others; a step changes
//! one cell that is not basic and all basic cells with it. This is the simplex method for bounded
//! variables, walked in whole numbers: what it stands on is always a table, never an approximation
//! to one.

use std::collections::BTreeSet;

/// How far a cell's count can lie from the true one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Room {
    /// At most 0.
    pub(super) below: i64,
    /// At least 0.
    pub(super) above: i64,
}

impl Room {
    /// The room of a count that is shown.
    pub(super) const NONE: Self = Self { below: 0, above: 0 };

    /// How far it reaches upwards or downwards.
    pub(super) const fn towards(self, sign: i64) -> i64 {
        if sign > 0 { self.above } else { self.below.saturating_neg() }
    }
}

/// A sum solved for a cell: all terms add up to zero.
#[derive(Debug, Clone)]
struct Row {
    basic: usize,
    /// In the order of the cells, none zero, without a common divisor.
    terms: Vec<(usize, i64)>,
}

impl Row {
    fn factor(&self, cell: usize) -> i64 {
        let place = self.terms.binary_search_by_key(&cell, |(of, _)| *of);
        place.ok().and_then(|place| self.terms.get(place)).map_or(0, |(_, factor)| *factor)
    }
}

/// All tables with the sums of the true one, and the one stood on.
#[derive(Debug, Clone)]
pub(super) struct Lookalikes {
    room: Vec<Room>,
    deviation: Vec<i64>,
    rows: Vec<Row>,
    row_of_basic: Vec<Option<usize>>,
    /// The rows in which a cell stands.
    rows_with: Vec<BTreeSet<usize>>,
}

/// What changing one cell comes to.
struct Step {
    size: i64,
    /// The row whose basic cell has no room left after the step.
    blocked_by: Option<usize>,
}

impl Lookalikes {
    /// `sums` are terms that add up to zero. Cells with room become basic before others, so that a
    /// row solved for a cell without room holds no cell with room. `None` where the numbers would
    /// grow too long to be kept whole.
    pub(super) fn new(room: Vec<Room>, sums: &[Vec<(usize, i64)>]) -> Option<Self> {
        let cells = room.len();
        let mut tables = Self {
            room,
            deviation: vec![0; cells],
            rows: Vec::new(),
            row_of_basic: vec![None; cells],
            rows_with: vec![BTreeSet::new(); cells],
        };
        for terms in sums {
            tables.add(terms.clone())?;
        }
        Some(tables)
    }

    pub(super) fn room(&self, cell: usize) -> Room {
        self.room.get(cell).copied().unwrap_or_default()
    }

    pub(super) fn set_room(&mut self, cell: usize, room: Room) {
        if let Some(slot) = self.room.get_mut(cell) {
            *slot = room;
        }
    }

    pub(super) fn deviation(&self, cell: usize) -> i64 {
        self.deviation.get(cell).copied().unwrap_or(0)
    }

    /// The cells that differ from the true table, with by how much.
    pub(super) fn deviations(&self) -> impl Iterator<Item = (usize, i64)> + '_ {
        let deviations = self.deviation.iter().copied().enumerate();
        deviations.filter(|(_, deviation)| *deviation != 0)
    }

    /// Back to the true table.
    pub(super) fn restart(&mut self) {
        self.deviation.fill(0);
    }

    /// Whether the sums alone fix the cell, whatever room the others have.
    pub(super) fn is_determined(&self, cell: usize) -> bool {
        let Some(row) = self.row_of_basic.get(cell).copied().flatten() else {
            return self.room(cell) == Room::NONE;
        };
        let others = self.rows.get(row).map(|row| row.terms.as_slice()).unwrap_or_default();
        others.iter().all(|(other, _)| *other == cell || self.room(*other) == Room::NONE)
    }

    /// Walks until the cell deviates by `target`, and says whether it got there.
    pub(super) fn walk(&mut self, cell: usize, target: i64) -> bool {
        // Each step but the degenerate ones brings the cell nearer; Bland's rule ends those, and the
        // limit guards against what whole steps may add to it.
        let limit = 100 + 4 * self.rows.len();
        for _ in 0..limit {
            if self.deviation(cell) == target {
                return true;
            }
            if !self.advance(cell, target) {
                return false;
            }
        }
        false
    }

    /// The cells without room one of which would need some for `cell` to come nearer to `target`,
    /// each with the sign it would move by.
    pub(super) fn cut(&self, cell: usize, target: i64) -> Vec<(usize, i64)> {
        let entering = self.entering(cell, target);
        entering.into_iter().filter(|(other, _)| self.room(*other) == Room::NONE).collect()
    }

    /// The cells that would take `cell` towards `target`, with the sign they would move by.
    fn entering(&self, cell: usize, target: i64) -> Vec<(usize, i64)> {
        let sign = (target - self.deviation(cell)).signum();
        let Some(row) = self.row_of_basic.get(cell).copied().flatten() else {
            return vec![(cell, sign)];
        };
        let Some(row) = self.rows.get(row) else { return Vec::new() };
        let own = row.factor(cell).signum();
        let others = row.terms.iter().filter(|(other, _)| *other != cell);
        others.map(|(other, factor)| (*other, -sign * own * factor.signum())).collect()
    }

    /// One step, or one exchange of a basic cell; `false` where there is neither.
    fn advance(&mut self, cell: usize, target: i64) -> bool {
        let left = (target - self.deviation(cell)).abs();
        let mut exchange = None;
        for (other, sign) in self.entering(cell, target) {
            if self.room_left(other, sign) == 0 {
                continue;
            }
            let step = self.step(other, sign, cell, left);
            if step.size > 0 {
                self.take(other, sign * step.size);
                // Where the numbers would grow too long the next step finds the way blocked.
                let _ = step.blocked_by.and_then(|row| self.exchange(row, other));
                return true;
            }
            exchange = exchange.or(step.blocked_by.map(|row| (row, other)));
        }
        exchange.is_some_and(|(row, other)| self.exchange(row, other).is_some())
    }

    fn room_left(&self, cell: usize, sign: i64) -> i64 {
        self.room(cell).towards(sign).saturating_sub(sign * self.deviation(cell))
    }

    /// The largest whole step of `entering` that keeps all cells within their room, and takes
    /// `cell` no further than `left`.
    fn step(&self, entering: usize, sign: i64, cell: usize, left: i64) -> Step {
        let mut size = self.room_left(entering, sign);
        if entering == cell {
            size = size.min(left);
        }
        // A step has to be a multiple of this for all basic cells to stay whole.
        let mut unit = 1_i64;
        let mut tightest: Option<(i64, usize, usize)> = None;
        for &place in self.rows_with.get(entering).into_iter().flatten() {
            let Some(row) = self.rows.get(place) else { continue };
            let (moved, basic) = (row.factor(entering), row.factor(row.basic));
            let share = basic.abs() / gcd(basic, moved).max(1);
            unit = unit.saturating_mul(share / gcd(unit, share).max(1));
            let towards = -sign * moved.signum() * basic.signum();
            let mut room = self.room_left(row.basic, towards);
            if row.basic == cell {
                room = room.min(left);
            }
            let most = room.saturating_mul(basic.abs()) / moved.abs().max(1);
            if self.room_left(row.basic, towards) == room
                && tightest.is_none_or(|least| (most, row.basic) < (least.0, least.1))
            {
                tightest = Some((most, row.basic, place));
            }
            size = size.min(most);
        }
        let size = size - size % unit;
        let blocked_by = tightest.filter(|(most, ..)| *most == size).map(|(.., place)| place);
        Step { size, blocked_by }
    }

    fn take(&mut self, entering: usize, by: i64) {
        let rows: Vec<usize> =
            self.rows_with.get(entering).into_iter().flatten().copied().collect();
        for place in rows {
            let Some(row) = self.rows.get(place) else { continue };
            let (basic, moved) = (row.factor(row.basic), row.factor(entering));
            if let Some(deviation) = self.deviation.get_mut(row.basic) {
                *deviation -= by * moved / basic;
            }
        }
        if let Some(deviation) = self.deviation.get_mut(entering) {
            *deviation += by;
        }
    }

    /// Solves a row for another of its cells; `None` where the numbers would grow too long.
    fn exchange(&mut self, place: usize, entering: usize) -> Option<()> {
        self.eliminate_elsewhere(place, entering)?;
        let row = self.rows.get(place)?.clone();
        *self.row_of_basic.get_mut(row.basic)? = None;
        self.replace(place, Row { basic: entering, terms: row.terms });
        Some(())
    }

    /// Adds a sum, solved for a cell that has room if one has.
    fn add(&mut self, mut terms: Vec<(usize, i64)>) -> Option<()> {
        let cells: Vec<usize> = terms.iter().map(|(cell, _)| *cell).collect();
        for cell in cells {
            let row = self.row_of_basic.get(cell).copied().flatten();
            if let Some(row) = row.and_then(|row| self.rows.get(row)) {
                terms = eliminated(&terms, &row.terms, cell)?;
            }
        }
        let order = |&&(cell, factor): &&(usize, i64)| {
            let with = self.rows_with.get(cell).map_or(0, BTreeSet::len);
            (self.room(cell) == Room::NONE, factor.abs(), with, cell)
        };
        // A sum that follows from those before adds nothing.
        let Some(&(basic, _)) = terms.iter().min_by_key(order) else { return Some(()) };
        let place = self.rows.len();
        self.rows.push(Row { basic, terms: Vec::new() });
        self.replace(place, Row { basic, terms });
        self.eliminate_elsewhere(place, basic)
    }

    /// Takes the basic cell of a row out of all other rows; nothing is changed for `None`.
    fn eliminate_elsewhere(&mut self, place: usize, basic: usize) -> Option<()> {
        let pivot = self.rows.get(place)?.terms.clone();
        let with = self.rows_with.get(basic)?.iter().copied().filter(|other| *other != place);
        let changed = with.map(|other| {
            let row = self.rows.get(other)?;
            let terms = eliminated(&row.terms, &pivot, basic)?;
            Some((other, Row { basic: row.basic, terms }))
        });
        for (other, row) in changed.collect::<Option<Vec<_>>>()? {
            self.replace(other, row);
        }
        Some(())
    }

    /// Puts a row in its place and keeps the indexes true.
    fn replace(&mut self, place: usize, row: Row) {
        let Some(slot) = self.rows.get_mut(place) else { return };
        let basic = row.basic;
        let old = core::mem::replace(slot, row);
        let new = self.rows.get(place).map(|row| row.terms.as_slice()).unwrap_or_default();
        let (mut before, mut after) = (old.terms.iter().peekable(), new.iter().peekable());
        // Most cells stay, and a row may have thousands: only the others touch the index.
        loop {
            match (before.peek().map(|term| term.0), after.peek().map(|term| term.0)) {
                (None, None) => break,
                (Some(a), Some(b)) if a == b => {
                    before.next();
                    after.next();
                }
                (Some(a), b) if b.is_none_or(|b| a < b) => {
                    before.next();
                    self.rows_with.get_mut(a).map(|rows| rows.remove(&place));
                }
                (_, Some(b)) => {
                    after.next();
                    self.rows_with.get_mut(b).map(|rows| rows.insert(place));
                }
                (Some(_), None) => break,
            }
        }
        if let Some(slot) = self.row_of_basic.get_mut(basic) {
            *slot = Some(place);
        }
    }
}

const fn gcd(mut a: i64, mut b: i64) -> i64 {
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a.abs()
}

/// `terms` with `cell` eliminated by means of `by`, in lowest terms; `None` where a number would not
/// fit.
fn eliminated(
    terms: &[(usize, i64)],
    by: &[(usize, i64)],
    cell: usize,
) -> Option<Vec<(usize, i64)>> {
    let factor = |of: &[(usize, i64)]| {
        let place = of.binary_search_by_key(&cell, |(other, _)| *other).ok()?;
        of.get(place).map(|(_, factor)| *factor)
    };
    let (here, there) = (factor(terms)?, factor(by)?);
    let common = gcd(here, there);
    let (times, minus) = (there / common, here / common);
    let mut result = Vec::with_capacity(terms.len() + by.len());
    let (mut left, mut right) = (terms.iter().peekable(), by.iter().peekable());
    loop {
        let next = match (left.peek(), right.peek()) {
            (None, None) => break,
            (Some(a), Some(b)) => a.0.min(b.0),
            (Some(one), None) | (None, Some(one)) => one.0,
        };
        let a = left.next_if(|term| term.0 == next).map_or(0, |term| term.1);
        let b = right.next_if(|term| term.0 == next).map_or(0, |term| term.1);
        let factor = times.checked_mul(a)?.checked_sub(minus.checked_mul(b)?)?;
        if factor != 0 {
            result.push((next, factor));
        }
    }
    let common = result.iter().fold(0, |common, (_, factor)| gcd(common, *factor)).max(1);
    for (_, factor) in &mut result {
        *factor /= common;
    }
    Some(result)
}
