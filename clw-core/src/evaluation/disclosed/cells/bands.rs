//! Bands of an axis of equity, and what other tables say of the same people.

use super::super::super::counts::MeasureCounts;
use super::super::super::{EquityCounts, EquityPlan, Evaluation};
use super::super::keys::{BAND_STEPS, ChangeClass, Key, Outcome, Part, Step, Whose};
use super::groups::Share;
use super::{Added, Cells};
use crate::caseload::{Person, Recorded, Simd};
use crate::completion::{Flow, GroupBy};
use crate::disclosure::Tables;
use crate::equity::{Axis, Bands, Placement};
use crate::pairing::FlowBox;

impl Cells<'_> {
    pub(super) fn add_bands(
        &mut self,
        place: usize,
        axis: usize,
        plan: &EquityPlan,
        counts: &MeasureCounts,
        counted: &EquityCounts,
    ) -> Added {
        let all = Whose::all(place);
        self.add_chain(&all, &counts.main.flow, &BAND_STEPS)?;
        let empty = (Flow::default(), crate::change::PairCounts::new(*counts.main.pairs.scale()));
        let bands = (1..=plan.axis.count()).map(|band| {
            let whose = Whose::of(place, Part::Band(axis, band));
            let found = counted.bands.get(&band);
            let (flow, pairs) = found.map_or((&empty.0, &empty.1), |of| (&of.flow, &of.pairs));
            Share::of(whose, flow, pairs)
        });
        let mut shares: Vec<Share<'_>> = bands.collect();
        let mut nowhere = Flow::default();
        for flow in counted.not_placed.values() {
            // Parts of a whole that was counted: their sum fits.
            let _ = nowhere.merge(flow);
        }
        let all_improved = Share::of(all, &counts.main.flow, &counts.main.pairs).improved;
        let placed_improved: u64 = shares.iter().map(|share| share.improved).sum();
        let placed_referred = shares.iter().map(|share| share.flow.in_box(FlowBox::Referred)).sum();
        let placed = Whose::of(place, Part::Placed(axis)).step(Step::In(FlowBox::Referred));
        shares.push(Share {
            whose: Whose::of(place, Part::Nowhere(axis)),
            flow: &nowhere,
            improved: all_improved.saturating_sub(placed_improved),
        });
        for share in &shares {
            self.add_chain(&share.whose, share.flow, &BAND_STEPS)?;
        }
        self.divide(place, &shares, &BAND_STEPS, None)?;
        self.open(placed.clone(), placed_referred)?;
        let referred = |share: &Share<'_>| share.whose.step(Step::In(FlowBox::Referred));
        let bands = shares.iter().take(shares.len() - 1).map(referred);
        self.sum(placed, bands)
    }

    /// The bands of one axis are groups of the plan, bands of another axis, or parts of these.
    pub(super) fn link_axes(
        &mut self,
        place: usize,
        evaluation: &Evaluation,
        counts: &MeasureCounts,
    ) {
        let axes = || evaluation.plan().plan().equity.iter().map(|of| &of.axis).enumerate();
        for (at, axis) in axes() {
            let band = |band| Whose::of(place, Part::Band(at, band));
            for of in 1..=axis.count() {
                let groups = groups_in_band(place, axis, of, counts);
                self.link_people(&band(of), &groups);
            }
            for (earlier, other) in axes().take(at) {
                let both = |of| (Whose::of(place, Part::Band(earlier, of)), band(of));
                if let (Axis::UrbanRural { .. }, Axis::UrbanRural { .. }) = (axis, other) {
                    // Classes go by their number, however many are told apart.
                    for (left, right) in (1..=axis.count().min(other.count())).map(both) {
                        self.link_people(&left, &[right]);
                    }
                }
                self.link_tenths(place, (earlier, other), (at, axis));
                self.link_tenths(place, (at, axis), (earlier, other));
            }
            if let Axis::Simd { bands: Bands::Deciles, .. } = axis {
                for fifth in 1..=5 {
                    for whole in groups_in_fifth(place, axis, fifth, counts) {
                        self.link_fifth(place, at, fifth, &whole);
                    }
                }
            }
        }
    }

    /// Says of each count of some people that those of others together are the same.
    fn link_people(&mut self, whole: &Whose, parts: &[Whose]) {
        let steps = [
            Step::In(FlowBox::Referred),
            Step::In(FlowBox::Seen),
            Step::In(FlowBox::Due),
            Step::In(FlowBox::Paired),
            Step::Lost(FlowBox::Due, FlowBox::Paired),
        ];
        for step in steps {
            self.link(whole.step(step), parts.iter().map(|part| part.step(step)));
        }
        for outcome in [Outcome::Any(ChangeClass::Improved), Outcome::NotAny(ChangeClass::Improved)]
        {
            self.link(whole.change(outcome), parts.iter().map(|part| part.change(outcome)));
        }
    }

    /// Two tenths are a fifth of the same version.
    fn link_tenths(&mut self, place: usize, fifths: (usize, &Axis), tenths: (usize, &Axis)) {
        if let (
            Axis::Simd { index: of, bands: Bands::Quintiles },
            Axis::Simd { index, bands: Bands::Deciles },
        ) = (fifths.1, tenths.1)
            && of == index
        {
            for fifth in 1..=5 {
                let whole = Whose::of(place, Part::Band(fifths.0, fifth));
                self.link_fifth(place, tenths.0, fifth, &whole);
            }
        }
    }

    /// A fifth is two tenths, and those of whom the tenth is not recorded.
    fn link_fifth(&mut self, place: usize, tenths: usize, fifth: u8, whole: &Whose) {
        let tenth = |of| Whose::of(place, Part::Band(tenths, of));
        let halves = [tenth(2 * fifth - 1), tenth(2 * fifth)];
        let rest = Whose::of(place, Part::Undivided(tenths, fifth));
        let keys = |key: &dyn Fn(&Whose) -> Key| {
            (key(whole), [key(&halves[0]), key(&halves[1])], key(&rest))
        };
        let steps = BAND_STEPS.map(|at| keys(&|whose| whose.step(Step::In(at))));
        let improved = keys(&|whose| whose.change(Outcome::Any(ChangeClass::Improved)));
        for (whole, halves, rest) in steps.into_iter().chain([improved]) {
            let Some(undivided) = undivided(&self.tables, &whole, &halves) else { continue };
            if self.withheld(rest.clone(), undivided).is_ok() {
                self.link(whole, halves.into_iter().chain([rest]));
            }
        }
    }
}

/// How many of a fifth are in neither of its tenths.
fn undivided(tables: &Tables<Key>, whole: &Key, halves: &[Key; 2]) -> Option<u64> {
    let halves = tables.count(&halves[0])?.checked_add(tables.count(&halves[1])?)?;
    tables.count(whole)?.checked_sub(halves)
}

/// The groups of the plan, and the levels of its traits, that a band consists of.
fn groups_in_band(place: usize, axis: &Axis, band: u8, counts: &MeasureCounts) -> Vec<Whose> {
    let by = grouping(axis);
    let names = names(counts, by).filter(|name| {
        let placed = person(by, name).map(|person| axis.place(&person));
        placed == Some(Placement::Band(band))
    });
    names.map(|name| Whose::group(place, by, name)).collect()
}

/// The groups that are a fifth of an axis of tenths.
fn groups_in_fifth(place: usize, axis: &Axis, fifth: u8, counts: &MeasureCounts) -> Vec<Whose> {
    match axis {
        Axis::Simd { index, .. } => {
            let fifths = Axis::Simd { index: index.clone(), bands: Bands::Quintiles };
            groups_in_band(place, &fifths, fifth, counts)
        }
        Axis::UrbanRural { .. } => Vec::new(),
    }
}

/// What groups of an axis go by.
pub(in super::super) const fn grouping(axis: &Axis) -> GroupBy {
    match axis {
        Axis::Simd { .. } => GroupBy::SimdQuintile,
        Axis::UrbanRural { .. } => GroupBy::UrbanRural,
    }
}

fn names(counts: &MeasureCounts, by: GroupBy) -> impl Iterator<Item = &str> {
    let levels = counts.attrition.traits().iter().filter(move |of| of.name == by.name());
    let levels = levels.flat_map(|of| of.levels.keys().map(String::as_str));
    let groups: Vec<&str> = counts.groups.groups(by).map(|(name, _)| name).collect();
    let more: Vec<&str> = levels.filter(|name| !groups.contains(name)).collect();
    groups.into_iter().chain(more)
}

/// Anybody of a group of that name.
fn person(by: GroupBy, name: &str) -> Option<Person> {
    if by == GroupBy::UrbanRural {
        let class = name.strip_prefix("class ")?.parse().ok()?;
        return Some(Person { urban_rural: Recorded::Value(class), ..Person::default() });
    }
    let (version, quintile) = name.strip_prefix("SIMD ")?.rsplit_once(" quintile ")?;
    let simd = Simd { version: version.to_owned(), quintile: quintile.parse().ok()?, decile: None };
    Some(Person { simd: Recorded::Value(simd), ..Person::default() })
}
