//! Tables of several releases that would be published exactly alike.
//!
//! Another table for one release leaves the others as they are; another for a *stretch* of releases,
//! one after the other, differs from each of them by the same deviations. Either way the search is that
//! of one table: the sums are those of its releases, and a cell has the room that is left by what each
//! release says of it and by how many it differs from the releases outside. So the cost grows with the
//! number of stretches and not with the size of a system of all releases.

use core::fmt::Debug;
use std::collections::{BTreeMap, BTreeSet};

use super::lookalikes::Room;
use super::problem::{Place, Problem, UNLIMITED, capped};
use super::search::Search;
use super::suppression::determined;
use super::{InRelease, Profile, Published, Tables};

/// Releases by the places of their cells, the one to be published last.
pub(super) struct Releases<K> {
    /// Whether the attacker guesses which of the counts that are printed as gaps are small.
    guesses: bool,
    keys: Vec<K>,
    releases: Vec<Release>,
    /// What lies between two releases, the later of which has the place in the outer list.
    between: Vec<Vec<Vec<Option<Between>>>>,
}

struct Release {
    /// The cells as they would be protected alone; `None` where the release has no such cell.
    places: Vec<Option<Place>>,
    sums: Vec<(usize, Vec<usize>)>,
    /// Whether each is shown; of the last release nothing is, before it is published.
    shown: Vec<bool>,
}

/// The people by whom two counts of a cell differ.
#[derive(Debug, Clone, Copy)]
struct Between {
    /// Whether the later count is no less.
    grew: bool,
    count: u64,
    is_few: bool,
}

impl Between {
    /// What the attacker takes for possible of it, as a deviation: that it is not the other way round.
    fn room(self) -> Room {
        Room::between(0, UNLIMITED, self.count)
    }
}

/// A small count that must not follow: that of a cell in a release, or by how many it differs between
/// two.
#[derive(Debug)]
struct Small<'r, K> {
    key: &'r K,
    place: usize,
    earlier: Option<usize>,
    release: usize,
    targets: [i64; 2],
}

impl<K: Clone> Small<'_, K> {
    fn name(&self) -> InRelease<K> {
        let key = self.key.clone();
        match self.earlier {
            Some(earlier) => InRelease::Between(earlier, self.release, key),
            None => InRelease::Of(self.release, key),
        }
    }
}

/// Releases whose counts are changed together.
struct System {
    of: Of,
    problem: Problem,
}

/// Which releases, and which cells their problem has.
enum Of {
    /// Some one after the other, by the same deviations: a cell for each place.
    Stretch { first: usize, last: usize },
    /// Each by its own: the cells of each release, and then those between two.
    Each { places: usize, releases: usize },
}

impl System {
    /// The cell that changes a small count, and by how much for the count to change by `target`.
    fn cell<K>(
        &self,
        small: &Small<'_, K>,
        between: Option<Between>,
        target: i64,
    ) -> Option<(usize, i64)> {
        let Small { place, release, .. } = *small;
        match self.of {
            Of::Stretch { first, last } => {
                let contains = |release| first <= release && release <= last;
                let later = contains(release);
                let Some((earlier, between)) = small.earlier.zip(between) else {
                    return later.then_some((place, target));
                };
                let by = if later == between.grew { target } else { -target };
                (contains(earlier) != later).then_some((place, by))
            }
            Of::Each { places, releases } => {
                let of = match small.earlier {
                    None => release,
                    Some(earlier) => releases + pair(earlier, release),
                };
                Some((of * places + place, target))
            }
        }
    }

    /// The cell of a place in the last release, where it can be changed there.
    fn cell_now(&self, now: usize, place: usize) -> Option<usize> {
        match self.of {
            Of::Stretch { last, .. } => (last == now).then_some(place),
            Of::Each { places, .. } => Some(now * places + place),
        }
    }

    /// The place of a cell of the last release.
    fn place_now(&self, now: usize, cell: usize) -> Option<usize> {
        match self.of {
            Of::Stretch { last, .. } => (last == now).then_some(cell),
            Of::Each { places, .. } => cell.checked_sub(now * places).filter(|at| *at < places),
        }
    }
}

/// The place of a pair of releases among all pairs.
const fn pair(earlier: usize, later: usize) -> usize {
    later * later.saturating_sub(1) / 2 + earlier
}

impl<K: Ord + Clone + Debug> Releases<K> {
    pub(super) fn new(
        profile: &Profile,
        earlier: &[(&Tables<K>, &Published<K>)],
        now: &Tables<K>,
    ) -> Self {
        let tables = || earlier.iter().map(|(tables, _)| *tables).chain([now]);
        let keys: BTreeSet<&K> = tables().flat_map(|of| of.cells.keys()).collect();
        let at: BTreeMap<&K, usize> = keys.iter().copied().zip(0..).collect();
        let release = |of: &Tables<K>, published: Option<&Published<K>>| {
            Release::new(of, published, &at, profile)
        };
        let releases: Vec<Release> = earlier
            .iter()
            .map(|(of, published)| release(of, Some(published)))
            .chain([release(now, None)])
            .collect();
        let between = releases.iter().enumerate().map(|(after, later)| {
            releases
                .iter()
                .take(after)
                .map(|earlier| differences(earlier, later, profile.hide_up_to()))
                .collect()
        });
        let between = between.collect();
        let keys = keys.into_iter().cloned().collect();
        Self { guesses: true, keys, releases, between }
    }

    fn now(&self) -> usize {
        self.releases.len().saturating_sub(1)
    }

    fn place(&self, release: usize, place: usize) -> Option<Place> {
        self.releases.get(release)?.places.get(place).copied().flatten()
    }

    fn is_shown(&self, release: usize, place: usize) -> bool {
        let release = self.releases.get(release);
        release.and_then(|of| of.shown.get(place)).copied().unwrap_or(false)
    }

    fn between(&self, earlier: usize, later: usize, place: usize) -> Option<Between> {
        self.between.get(later)?.get(earlier)?.get(place).copied().flatten()
    }

    /// The cells of some releases as those of one table.
    fn stretch(&self, first: usize, last: usize) -> System {
        let places = (0..self.keys.len()).map(|place| self.joint_place(first, last, place));
        let releases = self.releases.iter().take(last + 1).skip(first);
        let sums: BTreeSet<_> = releases.flat_map(|of| of.sums.iter().cloned()).collect();
        let sums: Vec<_> = sums.into_iter().collect();
        let problem = Problem::of(places.collect(), &sums);
        System { of: Of::Stretch { first, last }, problem }
    }

    /// The cells of all releases, each for itself, and what lies between them.
    fn each(&self) -> System {
        let (places, releases) = (self.keys.len(), self.releases.len());
        let (mut cells, mut sums) = (Vec::new(), Vec::new());
        for (release, of) in self.releases.iter().enumerate() {
            let at = |place: &usize| release * places + place;
            cells.extend((0..places).map(|place| self.own_place(release, place)));
            sums.extend(
                of.sums.iter().map(|(total, parts)| (at(total), parts.iter().map(at).collect())),
            );
        }
        for later in 0..releases {
            for earlier in 0..later {
                for place in 0..places {
                    let between = self.between(earlier, later, place);
                    let at = |of: usize| of * places + place;
                    if let Some(between) = between {
                        let (more, fewer) =
                            if between.grew { (later, earlier) } else { (earlier, later) };
                        let difference = releases + pair(earlier, later);
                        sums.push((at(more), vec![at(fewer), at(difference)]));
                    }
                    cells.push(between.map_or(Place::KNOWN, |of| Place {
                        count: of.count,
                        room: of.room(),
                        starts_hidden: true,
                        ..Place::KNOWN
                    }));
                }
            }
        }
        System { of: Of::Each { places, releases }, problem: Problem::of(cells, &sums) }
    }

    fn joint_place(&self, first: usize, last: usize, place: usize) -> Place {
        let mut joint = self.own_place(last, place);
        let inside = first..=last;
        for release in inside.clone() {
            joint.room = joint.room.and(self.own_place(release, place).room);
            for other in (0..self.releases.len()).filter(|other| !inside.contains(other)) {
                let (earlier, later) = (release.min(other), release.max(other));
                if let Some(between) = self.between(earlier, later, place) {
                    let same = (later == release) == between.grew;
                    let room = between.room();
                    joint.room = joint.room.and(if same { room } else { room.reversed() });
                }
            }
        }
        joint
    }

    /// A cell of one release, whatever the others say.
    fn own_place(&self, release: usize, place: usize) -> Place {
        let Some(mut of) = self.place(release, place) else { return Place::KNOWN };
        if self.is_shown(release, place) {
            return Place { count: of.count, ..Place::KNOWN };
        }
        if !self.guesses || !of.is_printed || !of.is_small() {
            of.room = Room::between(0, UNLIMITED, of.count);
        }
        of.starts_hidden |= release < self.now() || self.is_few_since(release, place);
        of
    }

    /// Whether a count would say, with one that an earlier release shows, that few came or left since.
    fn is_few_since(&self, release: usize, place: usize) -> bool {
        (0..release).any(|earlier| {
            self.is_shown(earlier, place)
                && self.between(earlier, release, place).is_some_and(|of| of.is_few)
        })
    }

    /// The counts that must not follow, in the order of the cells.
    fn small(&self, profile: &Profile) -> Vec<Small<'_, K>> {
        let mut small = Vec::new();
        for (place, key) in self.keys.iter().enumerate() {
            for release in 0..self.releases.len() {
                let targets = self.place(release, place).and_then(|of| of.targets);
                small.extend(targets.map(|targets| Small {
                    key,
                    place,
                    earlier: None,
                    release,
                    targets,
                }));
                for earlier in 0..release {
                    let between = self.between(earlier, release, place);
                    small.extend(between.filter(|of| of.is_few).map(|of| {
                        let ends = [1, capped(profile.hide_up_to())];
                        let targets = ends.map(|end| end - capped(of.count));
                        Small { key, place, earlier: Some(earlier), release, targets }
                    }));
                }
            }
        }
        small
    }

    /// Some counts of nobody follow from the form of the tables, whatever is hidden.
    fn is_nobody(&self, small: &Small<'_, K>) -> bool {
        let of = self.place(small.release, small.place);
        small.earlier.is_none() && of.is_some_and(|of| of.count == 0)
    }

    fn systems(&self) -> Vec<System> {
        let now = self.now();
        let ends = (0..=now).rev().flat_map(|last| (0..=last).map(move |first| (first, last)));
        ends.map(|(first, last)| self.stretch(first, last)).chain([self.each()]).collect()
    }

    /// The cells of the last release that are hidden: enough against who guesses which gaps are small,
    /// and where nothing is, against who does not.
    pub(super) fn hide(mut self, profile: &Profile) -> Result<BTreeSet<K>, InRelease<K>> {
        self.hide_from_who_guesses(profile).or_else(|_| {
            self.guesses = false;
            self.hide_from_who_guesses(profile)
        })
    }

    fn hide_from_who_guesses(&self, profile: &Profile) -> Result<BTreeSet<K>, InRelease<K>> {
        let systems = self.systems();
        let mut searches = Searches::new(self, &systems, true);
        let small = self.small(profile);
        for of in &small {
            searches.protect(of);
        }
        if let Some(of) = small.iter().find(|of| !searches.is_open(of) && !self.is_nobody(of)) {
            return Err(of.name());
        }
        let needed = searches.needed().into_iter();
        Ok(needed.filter_map(|place| self.keys.get(place).cloned()).collect())
    }

    /// The small counts of which no other value is found when these cells of the last release are
    /// shown.
    pub(super) fn exposed(mut self, profile: &Profile, shown: &Published<K>) -> Vec<InRelease<K>> {
        let is_shown = |key: &K| shown.get(key).is_some_and(|count| count.shown().is_some());
        let shown: Vec<bool> = self.keys.iter().map(is_shown).collect();
        self.guesses = false;
        if let Some(now) = self.releases.last_mut() {
            now.shown = shown;
        }
        let systems = self.systems();
        let mut searches = Searches::new(&self, &systems, false);
        let small = self.small(profile);
        let exposed = small
            .iter()
            .filter(|of| !self.is_nobody(of))
            .filter(|of| !searches.find(of))
            .map(Small::name);
        exposed.collect()
    }
}

impl Release {
    fn new<K: Ord + Clone + Debug>(
        of: &Tables<K>,
        published: Option<&Published<K>>,
        at: &BTreeMap<&K, usize>,
        profile: &Profile,
    ) -> Self {
        let problem = Problem::new(of, profile);
        let (mut places, mut shown) = (vec![None; at.len()], vec![false; at.len()]);
        let place = |key: &K| at.get(key).copied().unwrap_or_default();
        for (own, key) in of.cells.keys().enumerate() {
            if let (Some(slot), Some(shown)) =
                (places.get_mut(place(key)), shown.get_mut(place(key)))
            {
                *slot = Some(problem.place(own));
                let count = published.and_then(|published| published.get(key));
                *shown = count.is_some_and(|count| count.shown().is_some());
            }
        }
        let sums = of.sums.iter();
        let sums = sums.map(|(total, parts)| (place(total), parts.iter().map(place).collect()));
        Self { places, sums: sums.collect(), shown }
    }
}

/// By how many the cells of two releases differ.
fn differences(earlier: &Release, later: &Release, limit: u64) -> Vec<Option<Between>> {
    let cells = earlier.places.iter().zip(&later.places);
    let between = |(was, is): (&Option<Place>, &Option<Place>)| {
        let [was, is] = [was.as_ref()?.count, is.as_ref()?.count];
        let count = is.abs_diff(was);
        Some(Between { grew: is >= was, count, is_few: (1..=limit).contains(&count) })
    };
    cells.map(between).collect()
}

/// A search in each system; what is hidden in the last release is hidden in all.
struct Searches<'r, K> {
    releases: &'r Releases<K>,
    systems: &'r [System],
    searches: Vec<Search<'r>>,
}

impl<'r, K: Ord + Clone + Debug> Searches<'r, K> {
    /// `may_hide` is whether more of the last release may be hidden than starts so; if not, all is
    /// hidden that is not shown.
    fn new(releases: &'r Releases<K>, systems: &'r [System], may_hide: bool) -> Self {
        let search = |of: &'r System| {
            let cells = 0..of.problem.len();
            let is_hidden = |at| {
                let place = of.problem.place(at);
                place.starts_hidden || (!may_hide && place.can_be_hidden)
            };
            Search::new(&of.problem, cells.map(is_hidden).collect())
        };
        Self { releases, systems, searches: systems.iter().map(search).collect() }
    }

    /// The searches that can change a count, with the cells and deviations that change it so.
    fn of(&self, small: &Small<'_, K>, target: i64) -> Vec<(usize, (usize, i64))> {
        let between = small
            .earlier
            .and_then(|earlier| self.releases.between(earlier, small.release, small.place));
        let cells = self.systems.iter().map(|of| of.cell(small, between, target));
        cells.enumerate().filter_map(|(at, cell)| Some((at, cell?))).collect()
    }

    /// Whether some other value was found.
    fn is_open(&self, small: &Small<'_, K>) -> bool {
        let of = self.of(small, 0).into_iter();
        let mut searches = of.filter_map(|(at, (cell, _))| Some((self.searches.get(at)?, cell)));
        searches.any(|(search, cell)| search.is_used(cell))
    }

    /// Looks for other values with what is hidden.
    fn find(&mut self, small: &Small<'_, K>) -> bool {
        for everywhere in [false, true] {
            for target in small.targets {
                let _ = self.is_open(small)
                    || self.try_each(small, target, |search, cell, by| {
                        if everywhere {
                            search.look_everywhere(cell, by, false)
                        } else {
                            search.look_near(cell, by)
                        }
                    });
            }
        }
        self.is_open(small)
    }

    /// The same, hiding more of the last release. A small count of that release is to be able to be
    /// anything that is small; any other is to have two values at least.
    fn protect(&mut self, small: &Small<'_, K>) {
        let of_now = small.earlier.is_none() && small.release == self.releases.now();
        for target in small.targets {
            let found = self.try_each(small, target, |of, cell, by| of.is_found(cell, by))
                || self.try_each(small, target, Search::look_near);
            if !found && (of_now || !self.is_open(small)) {
                self.hide_in_each(small, target, Search::hide_near);
            }
        }
        for target in small.targets {
            let _ = self.is_open(small)
                || self.try_each(small, target, |of, cell, by| of.look_everywhere(cell, by, false))
                || self
                    .hide_in_each(small, target, |of, cell, by| of.look_everywhere(cell, by, true));
        }
    }

    fn try_each(
        &mut self,
        small: &Small<'_, K>,
        target: i64,
        mut look: impl FnMut(&mut Search<'r>, usize, i64) -> bool,
    ) -> bool {
        let of = self.of(small, target);
        of.into_iter().any(|(at, (cell, by))| {
            self.searches.get_mut(at).is_some_and(|search| look(search, cell, by))
        })
    }

    fn hide_in_each(
        &mut self,
        small: &Small<'_, K>,
        target: i64,
        mut hide: impl FnMut(&mut Search<'r>, usize, i64) -> bool,
    ) -> bool {
        let now = self.releases.now();
        for (at, (cell, by)) in self.of(small, target) {
            let system = self.systems.get(at).filter(|of| of.cell_now(now, 0).is_some());
            let Some((search, system)) = self.searches.get_mut(at).zip(system) else { continue };
            let found = hide(search, cell, by);
            let hidden = search.hidden_since();
            let hidden = hidden.into_iter().filter_map(|cell| system.place_now(now, cell));
            for place in hidden {
                for (other, of) in self.searches.iter_mut().zip(self.systems) {
                    if let Some(cell) = of.cell_now(now, place) {
                        other.hide_too(cell);
                    }
                }
            }
            if found {
                return true;
            }
        }
        false
    }

    /// What is hidden in the last release, by place.
    fn needed(&self) -> Vec<usize> {
        let now = self.releases.now();
        let systems = || self.systems.iter().zip(&self.searches);
        let used = |place: usize| {
            systems().any(|(of, search)| {
                of.cell_now(now, place).is_some_and(|cell| search.is_used(cell))
            })
        };
        let alone = self.systems.iter().find(|system| match system.of {
            Of::Stretch { first, last } => (first, last) == (now, now),
            Of::Each { .. } => false,
        });
        let Some(System { problem: alone, .. }) = alone else { return Vec::new() };
        let places = 0..alone.len();
        let hidden: Vec<bool> =
            places.clone().map(|place| alone.place(place).starts_hidden || used(place)).collect();
        let known: BTreeSet<usize> = determined(alone, &hidden).into_iter().collect();
        let is_known = |place: &usize| {
            let few = self.releases.is_few_since(now, *place);
            let small = self.releases.place(now, *place).is_some_and(|of| of.targets.is_some());
            known.contains(place) && !few && !small && !used(*place)
        };
        let hidden = places.zip(hidden).filter(|(_, hidden)| *hidden).map(|(place, _)| place);
        hidden.filter(|place| !is_known(place)).collect()
    }
}
