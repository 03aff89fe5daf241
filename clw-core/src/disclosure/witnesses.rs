//! The search for other counts of several releases that would be published exactly alike.
//!
//! Such counts were found for the releases before; they *go on* with the newest release as it is, or
//! changed there as in the release before it. For what does not go on, and for the small counts that are
//! new, others are sought: the releases from some one on are changed by the same deviations, so that the
//! search is that of one table, whose cells have the room that is left by what each of these releases
//! says and by how many it differs from those before.

use core::fmt::Debug;
use core::ops::RangeInclusive;
use std::collections::{BTreeMap, BTreeSet};

use super::joint::{Deviations, Joint, Small};
use super::problem::Problem;
use super::search::Search;
use super::suppression::determined;

/// Other counts of all releases that would be published alike.
#[derive(Debug, Clone)]
pub(super) struct Witness {
    pub(super) by: Deviations,
    /// Whether they stand against an attacker who guesses which gaps are small.
    pub(super) guesses: bool,
}

/// Some releases, one after the other, as they are changed together.
pub(super) struct Stretch {
    releases: RangeInclusive<usize>,
    guesses: bool,
    problem: Problem,
}

impl Stretch {
    /// Those with the newest release last, and against who guesses before against who does not.
    pub(super) fn each<K: Ord + Clone + Debug>(joint: &Joint<K>) -> Vec<Self> {
        let ends = |guesses| {
            let lasts = 0..=joint.now();
            lasts.flat_map(move |last| (0..=last).rev().map(move |first| (first..=last, guesses)))
        };
        let stretch = |(releases, guesses): (RangeInclusive<usize>, bool)| {
            let problem = joint.stretch(releases.clone(), guesses);
            Self { releases, guesses, problem }
        };
        ends(true).chain(ends(false)).map(stretch).collect()
    }

    /// How far the cell of a small count is to deviate for the count to deviate by `target`.
    fn target<K: Ord + Clone + Debug>(
        &self,
        joint: &Joint<K>,
        small: &Small,
        target: i64,
    ) -> Option<i64> {
        let later = self.releases.contains(&small.release);
        let Some(earlier) = small.earlier else { return later.then_some(target) };
        let between = joint.between(earlier, small.release, small.place)?;
        let target = if later == between.grew { target } else { -target };
        (self.releases.contains(&earlier) != later).then_some(target)
    }
}

/// The small counts of some releases, and what was found of them.
pub(super) struct Witnesses<'j, K> {
    joint: &'j Joint<K>,
    may_hide: bool,
    small: &'j [Small],
    /// The small counts of each cell.
    small_at: BTreeMap<usize, Vec<usize>>,
    /// By how many each was found to deviate at most, downwards and upwards: against who guesses, and
    /// against who does not.
    found: Vec<[(i64, i64); 2]>,
    stretches: &'j [Stretch],
    searches: Vec<Search<'j>>,
    /// Those of the releases before that do not go on with the newest as it is.
    before: Vec<Witness>,
    kept: Vec<Witness>,
}

impl<'j, K: Ord + Clone + Debug> Witnesses<'j, K> {
    /// `may_hide` is whether more of the newest release may be hidden than starts so; if not, all is
    /// hidden that is not shown.
    pub(super) fn new(
        joint: &'j Joint<K>,
        small: &'j [Small],
        stretches: &'j [Stretch],
        may_hide: bool,
    ) -> Self {
        let search = |of: &'j Stretch| {
            let is_hidden = |at| {
                let place = of.problem.place(at);
                place.starts_hidden || (!may_hide && place.can_be_hidden)
            };
            Search::new(&of.problem, (0..of.problem.len()).map(is_hidden).collect())
        };
        let mut small_at: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for (at, of) in small.iter().enumerate() {
            small_at.entry(of.place).or_default().push(at);
        }
        Self {
            joint,
            may_hide,
            small,
            small_at,
            found: vec![[(0, 0); 2]; small.len()],
            stretches,
            searches: stretches.iter().map(search).collect(),
            before: Vec::new(),
            kept: Vec::new(),
        }
    }

    /// Finds other values of all small counts, first with those of the releases before.
    pub(super) fn find(&mut self, before: &[Witness]) {
        for witness in before {
            let by = BTreeMap::new();
            if self.joint.goes_on(&by, &witness.by, witness.guesses) {
                self.keep(gone_on(witness, by));
            } else {
                self.before.push(witness.clone());
            }
        }
        for at in 0..self.small.len() {
            self.protect(at);
        }
        self.look_in_each();
    }

    /// What no stretch of releases opens is sought among other counts of each release for itself.
    fn look_in_each(&mut self) {
        let bare: Vec<usize> = (0..self.small.len()).filter(|at| !self.is_open(*at)).collect();
        if bare.is_empty() {
            return;
        }
        let problem = self.joint.each();
        let newest = self.joint.newest_of_each();
        let is_hidden = |cell: usize| match cell.checked_sub(newest.start) {
            Some(place) if newest.contains(&cell) => self.is_hidden(place),
            _ => problem.place(cell).starts_hidden,
        };
        let mut search = Search::new(&problem, (0..problem.len()).map(is_hidden).collect());
        for at in bare {
            let Some(small) = self.small.get(at).copied() else { continue };
            let Some(cell) = self.joint.cell_of_each(&small) else { continue };
            for target in small.targets(false) {
                let _ = self.is_open(at)
                    || search.look_near(cell, target)
                    || (self.may_hide && search.hide_near(cell, target));
                for table in search.tables_since() {
                    let by = self.joint.deviations_of_each(&table);
                    self.keep(Witness { by, guesses: false });
                }
            }
            let hidden = search.hidden_since().into_iter();
            let hidden: Vec<usize> = hidden.filter_map(|of| of.checked_sub(newest.start)).collect();
            self.hide_everywhere(&hidden);
        }
    }

    /// The small counts of which no other value was found.
    pub(super) fn bare(&self) -> impl Iterator<Item = &Small> {
        let open = self.small.iter().enumerate().filter(|(at, _)| !self.is_open(*at));
        open.map(|(_, small)| small).filter(|small| !self.joint.is_nobody(small))
    }

    fn found(&self, at: usize, guesses: bool) -> (i64, i64) {
        let found = self.found.get(at).copied().unwrap_or_default();
        let [careful, plain] = found;
        if guesses { careful } else { plain }
    }

    fn is_open(&self, at: usize) -> bool {
        self.found(at, true) != (0, 0) || self.found(at, false) != (0, 0)
    }

    /// A small count of the newest release is to be able to be anything that is small; any other is to
    /// have two values at least.
    fn protect(&mut self, at: usize) {
        let Some(small) = self.small.get(at).copied() else { return };
        let of_now = small.earlier.is_none() && small.release == self.joint.now();
        let whole_range = of_now && self.may_hide;
        for guesses in [true, false] {
            if self.is_open(at) && !(guesses && whole_range) {
                return;
            }
            for target in small.targets(guesses) {
                let (least, most) = self.found(at, guesses);
                let reached = (least..=most).contains(&target);
                if reached || (!whole_range && self.is_open(at)) {
                    continue;
                }
                let _ = self.look(at, target, guesses, false, Search::look_near)
                    || self.carry(at, guesses)
                    || (self.may_hide && self.look(at, target, guesses, true, Search::hide_near));
            }
            for target in small.targets(guesses) {
                let _ = self.is_open(at)
                    || self.look(at, target, guesses, false, |of, cell, by| {
                        of.look_everywhere(cell, by, false)
                    })
                    || (self.may_hide
                        && self.look(at, target, guesses, true, |of, cell, by| {
                            of.look_everywhere(cell, by, true)
                        }));
            }
        }
    }

    /// Lets a witness of the releases before that gives a small count another value go on: with the
    /// newest release changed as the one before it, or else in some other way.
    fn carry(&mut self, at: usize, guesses: bool) -> bool {
        let Some(small) = self.small.get(at).copied() else { return false };
        if small.release == self.joint.now() {
            return false;
        }
        let changes =
            |of: &Witness| of.guesses >= guesses && self.joint.changed(&small, &of.by) != 0;
        let places: Vec<usize> = self
            .before
            .iter()
            .enumerate()
            .filter(|(_, of)| changes(of))
            .map(|(at, _)| at)
            .collect();
        let repeated =
            places.iter().any(|place| self.go_on(*place, guesses, |of, by, _| of.repeated(by)));
        repeated || places.iter().any(|place| self.go_on(*place, guesses, Self::in_some_way))
    }

    fn go_on(
        &mut self,
        place: usize,
        guesses: bool,
        how: impl Fn(&Self, &Witness, bool) -> Option<BTreeMap<usize, i64>>,
    ) -> bool {
        let Some(witness) = self.before.get(place) else { return false };
        let Some(by) = how(self, witness, guesses) else { return false };
        let may = self.may_hide || by.keys().all(|cell| self.is_hidden(*cell));
        if !may || !self.joint.goes_on(&by, &witness.by, guesses) {
            return false;
        }
        let cells: Vec<usize> = by.keys().copied().collect();
        let witness = Witness { guesses, ..gone_on(witness, by) };
        self.hide_everywhere(&cells);
        self.keep(witness);
        true
    }

    fn repeated(&self, witness: &Witness) -> Option<BTreeMap<usize, i64>> {
        let last = witness.by.last()?.iter();
        let now = self.joint.now();
        let last = last.filter(|(place, _)| self.joint.place(now, **place).is_some());
        Some(last.map(|(place, by)| (*place, *by)).collect())
    }

    fn in_some_way(&self, witness: &Witness, guesses: bool) -> Option<BTreeMap<usize, i64>> {
        let (problem, forced) = self.joint.after(&witness.by, guesses)?;
        let hidden = (0..problem.len()).map(|cell| self.is_hidden(cell)).collect();
        let table = Search::new(&problem, hidden).look_for_all(&forced, self.may_hide)?;
        Some(table.into_iter().collect())
    }

    /// Whether the newest release hides a cell.
    fn is_hidden(&self, cell: usize) -> bool {
        let now = self.joint.now();
        let mut searches = self.stretches.iter().zip(&self.searches);
        let alone = searches.find(|(of, _)| of.releases == (now..=now));
        alone.is_some_and(|(_, search)| search.is_hidden(cell))
    }

    fn hide_everywhere(&mut self, cells: &[usize]) {
        let now = self.joint.now();
        for (search, of) in self.searches.iter_mut().zip(self.stretches) {
            if *of.releases.end() == now {
                cells.iter().for_each(|cell| search.hide_too(*cell));
            }
        }
    }

    /// Looks among the releases from each one on, with what is hidden.
    fn look(
        &mut self,
        at: usize,
        target: i64,
        guesses: bool,
        hides: bool,
        mut look: impl FnMut(&mut Search<'j>, usize, i64) -> bool,
    ) -> bool {
        let Some(small) = self.small.get(at).copied() else { return false };
        let now = self.joint.now();
        for (place, stretch) in self.stretches.iter().enumerate() {
            if stretch.guesses != guesses || (hides && *stretch.releases.end() < now) {
                continue;
            }
            let Some(by) = stretch.target(self.joint, &small, target) else { continue };
            let Some(search) = self.searches.get_mut(place) else { continue };
            let reached = look(search, small.place, by);
            let tables = search.tables_since();
            self.hide_what_was_hidden(place);
            for table in tables {
                let by = self.joint.deviations(&stretch.releases, &table);
                self.keep(Witness { by, guesses });
            }
            if reached {
                return true;
            }
        }
        false
    }

    fn hide_what_was_hidden(&mut self, search: usize) {
        let hidden = self.searches.get_mut(search).map(Search::hidden_since).unwrap_or_default();
        self.hide_everywhere(&hidden);
    }

    /// Keeps what gives some small count a value that was not found yet.
    fn keep(&mut self, witness: Witness) {
        let cells: BTreeSet<usize> = witness.by.iter().flat_map(|of| of.keys().copied()).collect();
        let mut is_new = false;
        for cell in cells {
            for at in self.small_at.get(&cell).into_iter().flatten() {
                let Some(small) = self.small.get(*at) else { continue };
                let by = self.joint.changed(small, &witness.by);
                let Some([careful, plain]) = self.found.get_mut(*at) else { continue };
                let found = if witness.guesses { careful } else { plain };
                let wider = (found.0.min(by), found.1.max(by));
                is_new |= wider != *found;
                *found = wider;
            }
        }
        if is_new {
            self.kept.push(witness);
        }
    }

    /// What was found, and what is hidden in the newest release for it.
    pub(super) fn needed(self) -> (Vec<Witness>, BTreeSet<usize>) {
        let now = self.joint.now();
        let used: BTreeSet<usize> = self
            .kept
            .iter()
            .filter_map(|of| of.by.get(now))
            .flat_map(BTreeMap::keys)
            .copied()
            .collect();
        let mut stretches = self.stretches.iter();
        let alone = stretches.find(|of| !of.guesses && of.releases == (now..=now));
        let Some(Stretch { problem: alone, .. }) = alone else { return (self.kept, used) };
        let starts = |place: usize| {
            alone.place(place).starts_hidden && self.joint.place(now, place).is_some()
        };
        let hidden: Vec<bool> =
            (0..alone.len()).map(|place| starts(place) || used.contains(&place)).collect();
        let known: BTreeSet<usize> = determined(alone, &hidden).into_iter().collect();
        let is_known = |place: &usize| {
            let few = self.joint.is_few_since(now, *place);
            let small = self.joint.place(now, *place).is_some_and(|of| of.targets.is_some());
            known.contains(place) && !few && !small && !used.contains(place)
        };
        let hidden = hidden.iter().enumerate().filter(|(_, hidden)| **hidden);
        let hidden = hidden.map(|(place, _)| place).filter(|place| !is_known(place)).collect();
        (self.kept, hidden)
    }
}

/// With the newest release changed so.
fn gone_on(witness: &Witness, by: BTreeMap<usize, i64>) -> Witness {
    let mut all = witness.by.clone();
    all.push(by);
    Witness { by: all, guesses: witness.guesses }
}
