//! Groups of people, and the levels of the traits that paired and unpaired are compared on: a level is
//! a group, and its cells are those of the group.

use super::super::super::Plan;
use super::super::super::counts::MeasureCounts;
use super::super::keys::{COMPLETION, ChangeClass, Key, Outcome, STEPS, Step, Whose};
use super::super::levels::Levels;
use super::{Added, Cells};
use crate::attrition::{LevelCounts, PairedUnpaired};
use crate::change::PairCounts;
use crate::completion::{Flow, GroupBy};
use crate::disclosure::Publication;
use crate::pairing::FlowBox;

/// A part of all people, for which boxes and the improved are published.
pub(super) struct Share<'c> {
    pub(super) whose: Whose,
    pub(super) flow: &'c Flow,
    pub(super) improved: u64,
}

impl<'c> Share<'c> {
    pub(super) fn of(whose: Whose, flow: &'c Flow, pairs: &PairCounts) -> Self {
        Self { whose, flow, improved: pairs.improved() }
    }
}

impl Cells<'_> {
    pub(super) fn add_groups(
        &mut self,
        place: usize,
        by: GroupBy,
        counts: &MeasureCounts,
    ) -> Added {
        let groups = counts.groups.groups(by);
        let share = |(name, group): (&str, &'_ crate::completion::GroupCounts)| {
            (Whose::group(place, by, name), group.clone())
        };
        let groups: Vec<_> = groups.map(share).collect();
        let shares: Vec<Share<'_>> = groups
            .iter()
            .map(|(whose, group)| Share::of(whose.clone(), &group.flow, &group.pairs))
            .collect();
        let coverage = Step::Lost(FlowBox::Eligible, FlowBox::Paired);
        for share in &shares {
            self.add_steps(&share.whose, share.flow)?;
        }
        self.divide(place, &shares, &STEPS, Some(coverage))?;
        self.link_absences(place, by);
        Ok(())
    }

    /// Parts that are everybody together, box by box, with those lost between, and their improved.
    pub(super) fn divide(
        &mut self,
        place: usize,
        shares: &[Share<'_>],
        boxes: &[FlowBox],
        more: Option<Step>,
    ) -> Added {
        let all = Whose::all(place);
        for Share { whose, flow, improved } in shares {
            let of = (*improved, flow.in_box(FlowBox::Paired));
            self.add_share(
                whose,
                Outcome::Any(ChangeClass::Improved),
                Outcome::NotAny(ChangeClass::Improved),
                of,
            )?;
        }
        let lost = boxes.windows(2).filter_map(|pair| match pair {
            [from, to] => Some(Step::Lost(*from, *to)),
            _ => None,
        });
        for step in boxes.iter().map(|at| Step::In(*at)).chain(lost).chain(more) {
            self.sum(all.step(step), shares.iter().map(|share| share.whose.step(step)))?;
        }
        for outcome in [Outcome::Any(ChangeClass::Improved), Outcome::NotAny(ChangeClass::Improved)]
        {
            let parts = shares.iter().map(|share| share.whose.change(outcome));
            self.sum(all.change(outcome), parts)?;
        }
        Ok(())
    }

    /// Who has no baseline, is not due or still open is in a group of that name and in the flow.
    fn link_absences(&mut self, place: usize, by: GroupBy) {
        let all = Whose::all(place);
        let referred = |name| Whose::group(place, by, name).step(Step::In(FlowBox::Referred));
        let lost = |from, to| vec![all.step(Step::Lost(from, to))];
        let chain = [FlowBox::Referred, FlowBox::Eligible, FlowBox::BaselineValid];
        let without = [lost(chain[0], chain[1]), lost(chain[1], chain[2])].concat();
        if by.depends_on_measure() {
            self.link(referred("no baseline"), without);
        }
        if by == GroupBy::DueMonth {
            self.link(referred("not due"), lost(FlowBox::BaselineValid, FlowBox::Due));
        }
        if by == GroupBy::ClosureMonth {
            self.link(referred("open"), [Key::Closure(0), Key::Closure(1)]);
        }
    }

    /// Those due of each level of a trait, with a pair and without, and of the levels taken together.
    pub(super) fn add_levels(
        &mut self,
        place: usize,
        by: GroupBy,
        plan: &Plan,
        of: &LevelCounts,
    ) -> Added {
        use Publication::{Open, Withheld};
        let charted = (by == GroupBy::Practice && plan.funnel.is_some())
            || (by == GroupBy::DueMonth && plan.control_charts.is_some());
        let is_group = charted || plan.group_by.contains(&by);
        let levels = Levels::of(of, &self.profile, self.pooled.of(place, by));
        let of_group = if is_group { Open } else { Withheld };
        for (name, counts) in &levels.alone {
            let whose = Whose::group(place, by, name);
            self.add_level(&whose, counts, [of_group, Open, Open])?;
        }
        for (name, counts) in &levels.together {
            let whose = Whose::group(place, by, name);
            self.add_level(&whose, counts, [of_group, of_group, Withheld])?;
        }
        let group = |name: &str| Whose::group(place, by, name);
        if let Some(whose) = levels.whose_together(place, by) {
            self.add_level(&whose, &levels.sums(), [Withheld, Open, Open])?;
            for step in COMPLETION {
                let parts = levels.together.iter().map(|(name, _)| group(name).step(step));
                self.sum(whose.step(step), parts)?;
            }
        }
        for step in COMPLETION {
            let parts = of.levels.keys().map(|name| group(name).step(step));
            self.sum(Whose::all(place).step(step), parts)?;
        }
        Ok(())
    }

    fn add_level(&mut self, whose: &Whose, of: &PairedUnpaired, as_: [Publication; 3]) -> Added {
        let PairedUnpaired { paired, unpaired } = *of;
        let [due, with, without] = COMPLETION.map(|step| whose.step(step));
        for ((key, count), publication) in
            [&due, &with, &without].into_iter().zip([paired + unpaired, paired, unpaired]).zip(as_)
        {
            self.tables.insert_as(key.clone(), count, publication)?;
        }
        self.sum(due, [with, without])
    }
}
