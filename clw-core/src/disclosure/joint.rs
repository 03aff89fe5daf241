//! Releases looked at together: what an attacker who holds all of them takes for possible.

use core::fmt::Debug;
use core::ops::RangeInclusive;
use std::collections::{BTreeMap, BTreeSet};

use super::lookalikes::Room;
use super::problem::{Place, Problem, UNLIMITED, capped};
use super::{InRelease, Profile, Published, Tables};

/// Releases by the places of their cells, the newest last. A cell has one place in all of them.
pub(super) struct Joint<K> {
    keys: Vec<K>,
    at: BTreeMap<K, usize>,
    releases: Vec<Release>,
    /// What lies between two releases, the later of which has the place in the outer list.
    between: Vec<Vec<Vec<Option<Between>>>>,
}

struct Release {
    /// The cells as they would be protected alone; `None` where the release has no such cell.
    places: Vec<Option<Place>>,
    sums: Vec<(usize, Vec<usize>)>,
    /// The sums that a cell is in.
    sums_with: BTreeMap<usize, Vec<usize>>,
    /// Whether each is shown; of a release nothing is, before it is published.
    shown: Vec<bool>,
}

/// The people by whom two counts of a cell differ.
#[derive(Debug, Clone, Copy)]
pub(super) struct Between {
    /// Whether the later count is no less.
    pub(super) grew: bool,
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
#[derive(Debug, Clone, Copy)]
pub(super) struct Small {
    pub(super) place: usize,
    pub(super) earlier: Option<usize>,
    pub(super) release: usize,
    /// How far it is to be able to lie off.
    pub(super) targets: [i64; 2],
}

impl Small {
    /// How far it is sought to lie off. Who does not guess that it is small takes it for larger too, were
    /// it the largest that is.
    pub(super) fn targets(&self, guesses: bool) -> [i64; 2] {
        let [below, above] = self.targets;
        [below, if above == 0 && !guesses { 1 } else { above }]
    }
}

/// The counts of all releases that an attacker takes for possible too, by how they differ from the true
/// ones: of each release the cells that do.
pub(super) type Deviations = Vec<BTreeMap<usize, i64>>;

impl<K: Ord + Clone + Debug> Joint<K> {
    pub(super) fn new() -> Self {
        let (keys, at) = (Vec::new(), BTreeMap::new());
        Self { keys, at, releases: Vec::new(), between: Vec::new() }
    }

    /// Adds the newest release; `published` where it is public.
    pub(super) fn push(
        &mut self,
        of: &Tables<K>,
        published: Option<&Published<K>>,
        profile: &Profile,
    ) {
        for key in of.cells.keys() {
            if !self.at.contains_key(key) {
                self.at.insert(key.clone(), self.keys.len());
                self.keys.push(key.clone());
            }
        }
        let later = Release::new(of, published, &self.at, profile);
        let limit = profile.hide_up_to();
        let since = self.releases.iter().map(|earlier| differences(earlier, &later, limit));
        self.between.push(since.collect());
        self.releases.push(later);
    }

    /// Shows of the newest release what is not hidden.
    pub(super) fn publish(&mut self, published: &Published<K>) {
        if let Some(now) = self.releases.last_mut() {
            now.show(published, &self.at);
        }
    }

    /// Takes the newest release back.
    pub(super) fn pop(&mut self) {
        self.releases.pop();
        self.between.pop();
    }

    pub(super) const fn now(&self) -> usize {
        self.releases.len().saturating_sub(1)
    }

    pub(super) fn key(&self, place: usize) -> Option<&K> {
        self.keys.get(place)
    }

    pub(super) fn name(&self, small: &Small) -> Option<InRelease<K>> {
        let key = self.key(small.place)?.clone();
        Some(match small.earlier {
            Some(earlier) => InRelease::Between(earlier, small.release, key),
            None => InRelease::Of(small.release, key),
        })
    }

    pub(super) fn place(&self, release: usize, place: usize) -> Option<Place> {
        self.releases.get(release)?.places.get(place).copied().flatten()
    }

    pub(super) fn is_shown(&self, release: usize, place: usize) -> bool {
        let release = self.releases.get(release);
        release.and_then(|of| of.shown.get(place)).copied().unwrap_or(false)
    }

    pub(super) fn between(&self, earlier: usize, later: usize, place: usize) -> Option<Between> {
        self.between.get(later)?.get(earlier)?.get(place).copied().flatten()
    }

    /// Some releases, one after the other, as one table, which differs from each of them by the same
    /// deviations. With `guesses` the attacker guesses which of the counts that are printed as gaps
    /// are small.
    pub(super) fn stretch(&self, of: RangeInclusive<usize>, guesses: bool) -> Problem {
        let places = (0..self.keys.len()).map(|place| self.joint_place(&of, place, guesses));
        let releases = of.clone().filter_map(|release| self.releases.get(release));
        let sums: BTreeSet<_> = releases.flat_map(|of| of.sums.iter().cloned()).collect();
        Problem::of(places.collect(), &sums.into_iter().collect::<Vec<_>>())
    }

    /// The cells of all releases, each for itself, and then those between each two. It is large: what
    /// is sought in it is sought near a cell.
    pub(super) fn each(&self) -> Problem {
        let (places, releases) = (self.keys.len(), self.releases.len());
        let (mut cells, mut sums) = (Vec::new(), Vec::new());
        for (release, of) in self.releases.iter().enumerate() {
            let at = |place: &usize| release * places + place;
            let own = |place| self.own_place(release, place, false).unwrap_or(Place::KNOWN);
            cells.extend((0..places).map(own));
            sums.extend(
                of.sums.iter().map(|(total, parts)| (at(total), parts.iter().map(at).collect())),
            );
        }
        for (earlier, later) in pairs(releases) {
            for place in 0..places {
                let between = self.between(earlier, later, place);
                if let Some(between) = between {
                    let (more, fewer) =
                        if between.grew { (later, earlier) } else { (earlier, later) };
                    sums.push((more * places + place, vec![fewer * places + place, cells.len()]));
                }
                cells.push(between.map_or(Place::KNOWN, |of| Place {
                    count: of.count,
                    room: of.room(),
                    starts_hidden: true,
                    ..Place::KNOWN
                }));
            }
        }
        Problem::of(cells, &sums)
    }

    /// The cell of a small count among [`each`](Self::each).
    pub(super) fn cell_of_each(&self, small: &Small) -> Option<usize> {
        let releases = self.releases.len();
        let of = match small.earlier {
            None => small.release,
            Some(earlier) => {
                let mut between = pairs(releases);
                releases + between.position(|pair| pair == (earlier, small.release))?
            }
        };
        Some(of * self.keys.len() + small.place)
    }

    /// The place of a cell of the newest release among [`each`](Self::each), and that of such a cell.
    pub(super) fn newest_of_each(&self) -> core::ops::Range<usize> {
        let start = self.now() * self.keys.len();
        start..start + self.keys.len()
    }

    /// The deviations of a walk among [`each`](Self::each).
    pub(super) fn deviations_of_each(&self, by: &[(usize, i64)]) -> Deviations {
        let places = self.keys.len();
        let mut all = vec![BTreeMap::new(); self.releases.len()];
        for (cell, by) in by {
            if let (Some(release), Some(place)) =
                (cell.checked_div(places), cell.checked_rem(places))
                && let Some(release) = all.get_mut(release)
            {
                release.insert(place, *by);
            }
        }
        all
    }

    fn joint_place(&self, of: &RangeInclusive<usize>, place: usize, guesses: bool) -> Place {
        let last = self.own_place(*of.end(), place, guesses);
        // What a release does not have it cannot give away.
        let mut joint = last.unwrap_or(Place { starts_hidden: true, ..Place::KNOWN });
        joint.room = Room { below: -UNLIMITED, above: UNLIMITED };
        for release in of.clone() {
            let Some(own) = self.own_place(release, place, guesses) else { continue };
            joint.room = joint.room.and(own.room);
            for other in (0..self.releases.len()).filter(|other| !of.contains(other)) {
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
    fn own_place(&self, release: usize, place: usize, guesses: bool) -> Option<Place> {
        let mut of = self.place(release, place)?;
        if self.is_shown(release, place) {
            return Some(Place { count: of.count, ..Place::KNOWN });
        }
        of.room = self.room(of, guesses);
        of.starts_hidden |= release < self.now() || self.is_few_since(release, place);
        // A gap that was there before says no more than it did, were it a gap of nobody.
        of.can_be_hidden |= of.is_printed && !of.is_known && self.was_hidden(release, place);
        Some(of)
    }

    /// Whether an earlier release has a gap there.
    fn was_hidden(&self, release: usize, place: usize) -> bool {
        let mut earlier = 0..release;
        earlier.any(|of| {
            self.place(of, place).is_some_and(|of| of.is_printed) && !self.is_shown(of, place)
        })
    }

    fn room(&self, of: Place, guesses: bool) -> Room {
        if guesses && of.is_printed && of.is_small() {
            of.room
        } else {
            Room::between(0, UNLIMITED, of.count)
        }
    }

    /// Whether a count would say, with one that an earlier release shows, that few came or left since.
    pub(super) fn is_few_since(&self, release: usize, place: usize) -> bool {
        (0..release).any(|earlier| {
            self.is_shown(earlier, place)
                && self.between(earlier, release, place).is_some_and(|of| of.is_few)
        })
    }

    /// The small counts of the newest release and between it and those before, in the order of the
    /// cells.
    pub(super) fn small(&self, profile: &Profile) -> Vec<Small> {
        let (mut small, release) = (Vec::new(), self.now());
        for place in self.at.values().copied() {
            let targets = self.place(release, place).and_then(|of| of.targets);
            small.extend(targets.map(|targets| Small { place, earlier: None, release, targets }));
            for earlier in 0..release {
                let between = self.between(earlier, release, place);
                small.extend(between.filter(|of| of.is_few).map(|of| {
                    let targets = targets_between(capped(of.count), capped(profile.hide_up_to()));
                    Small { place, earlier: Some(earlier), release, targets }
                }));
            }
        }
        small
    }

    /// Some counts of nobody follow from the form of the tables, whatever is hidden.
    pub(super) fn is_nobody(&self, small: &Small) -> bool {
        let of = self.place(small.release, small.place);
        small.earlier.is_none() && of.is_some_and(|of| of.count == 0)
    }

    /// By how many a small count differs in other counts.
    pub(super) fn changed(&self, small: &Small, by: &Deviations) -> i64 {
        let of = |release: usize| {
            by.get(release).and_then(|of| of.get(&small.place)).copied().unwrap_or(0)
        };
        let Some(earlier) = small.earlier else { return of(small.release) };
        let more = of(small.release) - of(earlier);
        let between = self.between(earlier, small.release, small.place);
        if between.is_none_or(|of| of.grew) { more } else { -more }
    }

    /// Whether the newest release would have these deviations with those of the releases before: its
    /// sums hold, what it shows is as it is, and no cell goes the other way.
    pub(super) fn goes_on(
        &self,
        by: &BTreeMap<usize, i64>,
        before: &Deviations,
        guesses: bool,
    ) -> bool {
        let now = self.now();
        let Some(release) = self.releases.get(now) else { return false };
        let own = |place: usize| by.get(&place).copied().unwrap_or(0);
        let fits = |place: usize| {
            let of = self.own_place(now, place, guesses).unwrap_or(Place::KNOWN);
            let may_vary = of.starts_hidden || of.can_be_hidden;
            let room = if may_vary { of.room } else { Room::NONE };
            (room.below..=room.above).contains(&own(place))
        };
        let holds = |sum: &usize| {
            release.sums.get(*sum).is_none_or(|(total, parts)| {
                parts.iter().map(|part| own(*part)).sum::<i64>() == own(*total)
            })
        };
        let stays = |earlier: usize, place: usize, was: i64| {
            let Some(between) = self.between(earlier, now, place) else { return true };
            let (room, more) = (between.room(), own(place) - was);
            room.below <= if between.grew { more } else { -more }
        };
        let sums = by.keys().filter_map(|place| release.sums_with.get(place)).flatten();
        by.keys().all(|place| fits(*place))
            && sums.into_iter().all(holds)
            && before.iter().enumerate().all(|(earlier, before)| {
                let more = by.keys().filter(|place| !before.contains_key(place));
                before.iter().all(|(place, was)| stays(earlier, *place, *was))
                    && more.into_iter().all(|place| stays(earlier, *place, 0))
            })
    }

    /// The newest release as one table, whose cells have the room that other counts of the releases
    /// before leave them, and the deviations of those cells that cannot stay as they are; `None` where
    /// some cell has no room at all.
    pub(super) fn after(
        &self,
        before: &Deviations,
        guesses: bool,
    ) -> Option<(Problem, Vec<(usize, i64)>)> {
        let now = self.now();
        let (mut places, mut forced) = (Vec::new(), Vec::new());
        for at in 0..self.keys.len() {
            let Some(mut place) = self.own_place(now, at, guesses) else {
                places.push(Place::KNOWN);
                continue;
            };
            for (earlier, before) in before.iter().enumerate() {
                let Some(between) = self.between(earlier, now, at) else { continue };
                let was = before.get(&at).copied().unwrap_or(0);
                let room = between.room();
                let room = if between.grew { room } else { room.reversed() };
                let moved = |end: i64| if end.abs() < UNLIMITED { end + was } else { end };
                let room = Room { below: moved(room.below), above: moved(room.above) };
                place.room = place.room.and(room);
            }
            let Room { below, above } = place.room;
            if below > above {
                return None;
            }
            if below > 0 || above < 0 {
                forced.push((at, if below > 0 { below } else { above }));
                place.room = Room { below: below.min(0), above: above.max(0) };
            }
            places.push(place);
        }
        let sums = self.releases.get(now).map(|of| of.sums.as_slice()).unwrap_or_default();
        Some((Problem::of(places, sums), forced))
    }

    /// The deviations of a walk among some releases.
    pub(super) fn deviations(
        &self,
        stretch: &RangeInclusive<usize>,
        by: &[(usize, i64)],
    ) -> Deviations {
        let of = |release: usize| {
            let own = by.iter().filter(|(place, _)| self.place(release, *place).is_some());
            own.copied().collect()
        };
        let releases = 0..self.releases.len();
        releases.map(|at| if stretch.contains(&at) { of(at) } else { BTreeMap::new() }).collect()
    }
}

impl Release {
    fn new<K: Ord + Clone + Debug>(
        of: &Tables<K>,
        published: Option<&Published<K>>,
        at: &BTreeMap<K, usize>,
        profile: &Profile,
    ) -> Self {
        let problem = Problem::new(of, profile);
        let mut places = vec![None; at.len()];
        let place = |key: &K| at.get(key).copied().unwrap_or_default();
        for (own, key) in of.cells.keys().enumerate() {
            if let Some(slot) = places.get_mut(place(key)) {
                *slot = Some(problem.place(own));
            }
        }
        let sums = of.sums.iter();
        let sums = sums.map(|(total, parts)| (place(total), parts.iter().map(place).collect()));
        let sums: Vec<(usize, Vec<usize>)> = sums.collect();
        let mut sums_with: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for (sum, (total, parts)) in sums.iter().enumerate() {
            for place in parts.iter().chain([total]) {
                sums_with.entry(*place).or_default().push(sum);
            }
        }
        let mut release = Self { places, sums, sums_with, shown: vec![false; at.len()] };
        if let Some(published) = published {
            release.show(published, at);
        }
        release
    }

    fn show<K: Ord>(&mut self, published: &Published<K>, at: &BTreeMap<K, usize>) {
        for (key, count) in published.iter() {
            if let Some(shown) = at.get(key).and_then(|place| self.shown.get_mut(*place)) {
                *shown = count.shown().is_some();
            }
        }
    }
}

/// How far a small difference is to be able to lie off. At an end of what is small its other value lies
/// beyond: more than the limit; or that nobody came or left, if no larger one is found.
const fn targets_between(count: i64, limit: i64) -> [i64; 2] {
    let most = if count == limit { limit + 1 } else { limit };
    if count == 1 { [most - count, -count] } else { [1 - count, most - count] }
}

/// The releases two by two, the older first.
fn pairs(releases: usize) -> impl Iterator<Item = (usize, usize)> {
    (0..releases).flat_map(|later| (0..later).map(move |earlier| (earlier, later)))
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
