//! Means of people told apart in two ways: where two parts are almost the same people, the difference of
//! their sums is that of the few who are in one and not in the other.
//!
//! A practice may be all of an urban-rural class but two people, those who ended in a month nearly those
//! who were due in it. Who is in both is in no table, but the tables of pairs say how far two parts differ
//! at least: people of different scores are different people. So a mean stays where its part differs by
//! [`FEW_PAIRS`](super::super::FEW_PAIRS) pairs or more from every part of another division and from
//! several of them together, or not at all. What a division leaves of all pairs is a part of it too, and
//! so is what was published earlier.

use std::collections::BTreeMap;

use super::super::FEW_PAIRS;
use super::super::counts::MeasureCounts;
use super::came::Pairs;
use super::keys::{Part, Whose};
use super::{DisclosedMeans, DisclosedMeasure, View};
use crate::change::PairCounts;
use crate::completion::GroupBy;

/// By what people are told apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Everybody,
    Groups(GroupBy),
    Axis(usize),
    AfterExit,
}

/// Pairs by their scores; in what is left of a part there may be fewer than none.
type Table = BTreeMap<(i32, i32), i128>;

/// The parts of one division that have means, and what they leave of all pairs.
#[derive(Debug, Clone)]
struct Division {
    kind: Kind,
    /// Whether the same people may have another follow-up elsewhere.
    has_own_follow_ups: bool,
    parts: Vec<Table>,
}

fn table(pairs: &PairCounts) -> Table {
    pairs.cells().map(|of| ((of.baseline.0, of.follow_up.0), i128::from(of.pairs))).collect()
}

fn less(whole: &Table, part: &Table) -> Table {
    let mut left = whole.clone();
    for (cell, pairs) in part {
        *left.entry(*cell).or_default() -= pairs;
    }
    left
}

/// How many pairs are in the first and not in the second at least, and the other way round.
fn apart(left: &Table) -> [i128; 2] {
    [1, -1].map(|sign| left.values().map(|pairs| (sign * pairs).max(0)).sum())
}

/// The most sums that are tried before some are taken to be of few.
const MOST_TRIED: u32 = 10_000;

/// Whether a part differs by few from some of others together, and from which.
fn nearly(part: &Table, others: &[Table]) -> Option<Vec<usize>> {
    fn with(
        few: i128,
        left: &Table,
        others: &[Table],
        taken: &mut Vec<usize>,
        tried: &mut u32,
    ) -> Option<Vec<usize>> {
        let from = taken.last().map_or(0, |last| last + 1);
        for (at, other) in others.iter().enumerate().skip(from) {
            *tried += 1;
            let left = less(left, other);
            let [more, fewer] = apart(&left);
            // What is in the others and not in the part stays so, whatever else is taken.
            if fewer >= few {
                continue;
            }
            taken.push(at);
            if (more.max(fewer) > 0 && more < few) || *tried > MOST_TRIED {
                return Some(taken.clone());
            }
            if let Some(found) = with(few, &left, others, taken, tried) {
                return Some(found);
            }
            taken.pop();
        }
        None
    }
    let few = i128::from(FEW_PAIRS);
    with(few, part, others, &mut Vec::new(), &mut 0)
}

/// The same people by their baseline alone, which another follow-up does not change.
fn by_baseline(parts: &[Table]) -> Vec<Table> {
    let marginal = |part: &Table| {
        let mut marginal = Table::new();
        for ((baseline, _), pairs) in part {
            *marginal.entry((*baseline, 0)).or_default() += pairs;
        }
        marginal
    };
    parts.iter().map(marginal).collect()
}

impl Division {
    /// With what its parts leave of all pairs, where these have means as well.
    fn of(kind: Kind, mut parts: Vec<Table>, all: Option<&Table>) -> Self {
        if let Some(all) = all.filter(|_| !parts.is_empty()) {
            let rest = parts.iter().fold(all.clone(), |left, part| less(&left, part));
            if apart(&rest)[0] > 0 {
                parts.push(rest);
            }
        }
        Self { kind, has_own_follow_ups: kind == Kind::AfterExit, parts }
    }

    fn earlier(self) -> Self {
        Self { has_own_follow_ups: true, ..self }
    }

    /// A part that is nearly some of another division, if it is, or the smallest of several that
    /// together are nearly one of its parts.
    fn overlaps(&self, other: &Self) -> Option<usize> {
        let found = overlap(&self.parts, &other.parts);
        if !self.has_own_follow_ups && !other.has_own_follow_ups {
            return found;
        }
        found.or_else(|| overlap(&by_baseline(&self.parts), &by_baseline(&other.parts)))
    }
}

fn overlap(own: &[Table], others: &[Table]) -> Option<usize> {
    let nearly_others = own.iter().position(|part| nearly(part, others).is_some());
    nearly_others.or_else(|| {
        let found = others.iter().find_map(|part| nearly(part, own))?;
        let size = |at: &usize| own.get(*at).map_or(0, |part| apart(part)[0]);
        found.into_iter().min_by_key(size)
    })
}

/// A mean of this release, by its division.
struct Slot<'s> {
    kind: Kind,
    table: Table,
    means: &'s mut Option<DisclosedMeans>,
}

/// Leaves out the mean of the smallest part of a division, or the one at a place.
fn leave_out(slots: &mut [Slot<'_>], kind: Kind, place: usize) {
    let shown = |slot: &&mut Slot<'_>| slot.kind == kind && slot.means.is_some();
    let mut own: Vec<&mut Slot<'_>> = slots.iter_mut().filter(shown).collect();
    let sizes = own.iter().enumerate().map(|(at, slot)| (apart(&slot.table)[0], at));
    // What is left of all has no place of its own, and grows with the smallest part.
    let smallest = sizes.min().map_or(0, |(_, at)| at);
    let at = if place < own.len() { place } else { smallest };
    if let Some(slot) = own.get_mut(at) {
        *slot.means = None;
    }
}

impl View<'_> {
    /// Leaves out means of parts that are almost those of another division, in this release or an
    /// earlier one.
    pub(super) fn hide_means_that_overlap(
        &self,
        place: usize,
        counts: &MeasureCounts,
        measure: &mut DisclosedMeasure,
    ) {
        let all = table(&counts.main.pairs);
        let shown = Some(&all).filter(|_| measure.change.means.is_some());
        let mut known = self.known_before(place);
        known.extend(shown.map(|all| Division::of(Kind::Everybody, vec![all.clone()], None)));
        let mut slots = self.slots(place, counts, measure);
        let mut kinds: Vec<Kind> = slots.iter().map(|slot| slot.kind).collect();
        kinds.dedup();
        for kind in kinds {
            let shown = shown.filter(|_| kind != Kind::AfterExit);
            let division = loop {
                let own = slots.iter().filter(|of| of.kind == kind && of.means.is_some());
                let division = Division::of(kind, own.map(|of| of.table.clone()).collect(), shown);
                let mut others = known.iter().filter(|of| of.kind != kind);
                match others.find_map(|of| division.overlaps(of)) {
                    Some(at) => leave_out(&mut slots, kind, at),
                    None => break division,
                }
            };
            known.push(division);
        }
        for of in &mut measure.equity {
            let every = of.rows.iter().all(|row| row.means.is_some());
            if let Some(gradients) = of.gradients.as_mut().filter(|_| !every) {
                gradients.mean_change = None;
            }
        }
    }

    /// The means of parts, bands first.
    fn slots<'m>(
        &self,
        place: usize,
        counts: &MeasureCounts,
        measure: &'m mut DisclosedMeasure,
    ) -> Vec<Slot<'m>> {
        let of = |part: Part| {
            let whose = Whose::of(place, part);
            Pairs::Of(&whose).in_evaluation(self.evaluation).map(table).unwrap_or_default()
        };
        let mut slots = Vec::new();
        for (axis, equity) in measure.equity.iter_mut().enumerate() {
            slots.extend(equity.rows.iter_mut().map(|row| Slot {
                kind: Kind::Axis(axis),
                table: of(Part::Band(axis, row.band)),
                means: &mut row.means,
            }));
        }
        slots.extend(measure.groups.iter_mut().map(|group| Slot {
            kind: Kind::Groups(group.by),
            table: of(Part::Group(group.by, group.group.clone())),
            means: &mut group.means,
        }));
        let asked = measure.after_exit.as_mut().zip(counts.after_exit.as_ref());
        slots.extend(asked.map(|(of, counts)| Slot {
            kind: Kind::AfterExit,
            table: table(&counts.since_baseline),
            means: &mut of.since_baseline.means,
        }));
        slots
    }

    /// What earlier releases have means of, division by division.
    fn known_before(&self, place: usize) -> Vec<Division> {
        let measures = self.earlier.iter().filter_map(|release| {
            let counts = release.evaluation.counts.measures.get(place)?;
            Some((release, release.disclosed.measures.get(place)?, counts))
        });
        let mut known = Vec::new();
        for (release, measure, counts) in measures {
            let all = table(&counts.main.pairs);
            let shown = Some(&all).filter(|_| measure.change.means.is_some());
            let mut parts: Vec<(Kind, Vec<Table>)> = Vec::new();
            for (kind, part) in parts_with_means(measure) {
                let whose = Whose::of(place, part);
                let pairs = Pairs::Of(&whose).in_evaluation(release.evaluation);
                let table = pairs.map(table).unwrap_or_default();
                match parts.iter_mut().find(|(of, _)| *of == kind) {
                    Some((_, tables)) => tables.push(table),
                    None => parts.push((kind, vec![table])),
                }
            }
            known.extend(parts.into_iter().map(|(kind, of)| Division::of(kind, of, shown)));
            known.extend(shown.map(|all| Division::of(Kind::Everybody, vec![all.clone()], None)));
            let asked = measure.after_exit.as_ref().filter(|of| of.since_baseline.means.is_some());
            let asked = asked.and(counts.after_exit.as_ref());
            known.extend(asked.map(|counts| {
                Division::of(Kind::AfterExit, vec![table(&counts.since_baseline)], None)
            }));
        }
        known.into_iter().map(Division::earlier).collect()
    }
}

fn parts_with_means(measure: &DisclosedMeasure) -> Vec<(Kind, Part)> {
    let groups = measure.groups.iter().filter(|group| group.means.is_some());
    let groups = groups.map(|of| (Kind::Groups(of.by), Part::Group(of.by, of.group.clone())));
    let bands = measure.equity.iter().enumerate().flat_map(|(axis, of)| {
        let rows = of.rows.iter().filter(|row| row.means.is_some());
        rows.map(move |row| (Kind::Axis(axis), Part::Band(axis, row.band)))
    });
    groups.chain(bands).collect()
}
