//! The counts of an evaluation that are published, and every sum that links them.
//!
//! A count that two tables print is one cell. Where two cells are of the same people by another way
//! of counting, a sum of one part says so: what is hidden in one table is hidden in all.

mod bands;
mod change;
mod flow;
mod groups;
mod help;
mod joint;
mod over_time;
mod periods;
mod records;

pub(super) use self::bands::grouping;
pub(super) use self::periods::{numerator, whose};
use super::super::Evaluation;
use super::super::counts::MeasureCounts;
use super::super::findings::MeasureFindings;
use super::keys::{ChangeClass, Key, Outcome, Step, Whose};
use super::leaves;
use super::levels::Pooled;
use crate::disclosure::{DisclosureError, Profile, Publication, Tables};
use crate::pairing::{Counted, FlowBox};

/// What is published together, and so which cells there are, hangs on the profile and on what was taken
/// together before.
pub(super) fn tables(
    evaluation: &Evaluation,
    profile: &Profile,
    pooled: &Pooled,
) -> Result<Tables<Key>, DisclosureError> {
    let counts = &evaluation.counts;
    let mut cells = Cells { tables: Tables::new(), profile: *profile, pooled };
    cells.headline(Key::People, counts.people)?;
    cells.headline(Key::Episodes, counts.episodes)?;
    // Some may have come with later episodes only.
    if let Some(returns) = counts.episodes.checked_sub(counts.people) {
        cells.withheld(Key::Returns, returns)?;
        cells.sum(Key::Episodes, [Key::People, Key::Returns])?;
    }
    let closures = &counts.closures;
    let by_closure =
        [closures.open, closures.reopened, closures.recorded, closures.inferred_inactive];
    cells.parts(
        Key::Episodes,
        by_closure.into_iter().enumerate().map(|(at, n)| (Key::Closure(at), n)),
    )?;
    for (place, (found, counts)) in evaluation.findings.iter().zip(&counts.measures).enumerate() {
        cells.add_measure(evaluation, place, found, counts)?;
    }
    for (star, (plan, counts)) in evaluation.plan().joint.iter().zip(&counts.joint).enumerate() {
        cells.add_star(star, &plan.measures, counts)?;
    }
    cells.add_records(counts)?;
    cells.add_help(&counts.help)?;
    Ok(cells.tables)
}

/// The tables while they are filled.
struct Cells<'p> {
    tables: Tables<Key>,
    profile: Profile,
    pooled: &'p Pooled,
}

type Added = Result<(), DisclosureError>;

impl Cells<'_> {
    fn open(&mut self, key: Key, count: u64) -> Added {
        self.tables.insert(key, count)
    }

    fn headline(&mut self, key: Key, count: u64) -> Added {
        self.tables.insert_as(key, count, Publication::Headline)
    }

    fn withheld(&mut self, key: Key, count: u64) -> Added {
        self.tables.insert_as(key, count, Publication::Withheld)
    }

    /// A whole without any part is nobody, which its own cell says as far as zeros are shown.
    fn sum(&mut self, total: Key, parts: impl IntoIterator<Item = Key>) -> Added {
        let mut parts = parts.into_iter().peekable();
        if parts.peek().is_none() { Ok(()) } else { self.tables.sum(total, parts) }
    }

    /// States a sum that holds if two ways of counting are of the same people. Where the counts say
    /// that they are not, nobody can rely on it.
    fn link(&mut self, total: Key, parts: impl IntoIterator<Item = Key>) {
        let parts = parts.into_iter().filter(|part| self.tables.contains(part)).collect::<Vec<_>>();
        let _ = self.sum(total, parts);
    }

    /// Adds published parts of a total.
    fn parts(&mut self, total: Key, parts: impl IntoIterator<Item = (Key, u64)>) -> Added {
        let mut keys = Vec::new();
        for (key, count) in parts {
            self.open(key.clone(), count)?;
            keys.push(key);
        }
        self.sum(total, keys)
    }

    /// Adds parts of a total that are not published.
    fn withheld_parts(&mut self, total: Key, parts: impl IntoIterator<Item = (Key, u64)>) -> Added {
        let mut keys = Vec::new();
        for (key, count) in parts {
            self.withheld(key.clone(), count)?;
            keys.push(key);
        }
        self.sum(total, keys)
    }

    fn add_measure(
        &mut self,
        evaluation: &Evaluation,
        place: usize,
        found: &MeasureFindings,
        counts: &MeasureCounts,
    ) -> Added {
        let all = Whose::all(place);
        for at in FlowBox::ALL {
            self.headline(all.step(Step::In(*at)), counts.main.flow.in_box(*at))?;
        }
        let flow = &counts.main.flow;
        // Of these the unpaired of each level are a share.
        let [due, paired] = [FlowBox::Due, FlowBox::Paired].map(|at| flow.in_box(at));
        self.open(all.step(Step::Lost(FlowBox::Due, FlowBox::Paired)), due - paired)?;
        self.add_flow(&all, flow)?;
        self.add_steps(&all, flow)?;
        for (rule, compared) in counts.compared.iter().enumerate() {
            self.add_steps(&Whose::compared(place, rule), &compared.flow)?;
        }
        self.add_change(&all, found)?;
        let (improved, due) = (found.improved_bounds.improved, found.improved_bounds.due);
        let others = all.change(Outcome::DueNotImproved);
        self.withheld(others.clone(), due - improved)?;
        self.sum(
            all.step(Step::In(FlowBox::Due)),
            [all.change(Outcome::Any(ChangeClass::Improved)), others],
        )?;
        let plan = evaluation.plan().plan();
        // What the first table of a group prints is printed, whatever others do with it.
        for (by, levels) in plan.attrition.traits.iter().zip(counts.attrition.traits()) {
            if leaves(*by, evaluation) {
                self.add_levels(place, *by, plan, levels)?;
            }
        }
        self.add_charted(place, evaluation, counts)?;
        for by in plan.group_by.iter().filter(|by| leaves(**by, evaluation)) {
            self.add_groups(place, *by, counts)?;
        }
        self.add_changes(place, evaluation, counts)?;
        for (axis, (of, counted)) in plan.equity.iter().zip(&counts.equity).enumerate() {
            self.add_bands(place, axis, of, counts, counted)?;
        }
        self.link_axes(place, evaluation, counts);
        self.add_indicators(place, counts, found)?;
        self.add_sittings(place, counts)?;
        counts.after_exit.as_ref().map_or(Ok(()), |counts| self.add_after_exit(place, counts))
    }
}
