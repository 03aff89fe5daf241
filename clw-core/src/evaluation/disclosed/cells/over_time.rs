//! Completion by month and by practice, the number of referrals by month, and before and after changes.

use super::super::super::counts::MeasureCounts;
use super::super::super::{BeforeAfterPlan, ControlChartPlan, Evaluation, Plan};
use super::super::changes::published_changes;
use super::super::keys::{Along, COMPLETION, Key, Part, Side, Step, When, Whose};
use super::super::leaves;
use super::super::over_time::is_practice;
use super::{Added, Cells};
use crate::completion::{Flow, GroupBy};
use crate::disclosure::{DisclosureError, Publication, Zeros};
use crate::indicator::{IndicatorSpan, Month};
use crate::pairing::FlowBox;

/// Those due before or after a change.
struct Counted<'p> {
    side: Side,
    months: IndicatorSpan,
    change: &'p BeforeAfterPlan,
}

impl Cells<'_> {
    /// What control charts and the funnel show, as far as no group shows it.
    pub(super) fn add_charted(
        &mut self,
        place: usize,
        evaluation: &Evaluation,
        counts: &MeasureCounts,
    ) -> Added {
        let plan = evaluation.plan().plan();
        let open = |printed: bool| if printed { Publication::Open } else { Publication::Withheld };
        let charts = plan.control_charts.as_ref();
        if let Some(charts) = charts.filter(|_| !plan.group_by.contains(&GroupBy::DueMonth)) {
            let months = charts.completion_months(&counts.groups);
            let is_charted = |name: &str| open(name.parse().is_ok_and(|of| months.contains(&of)));
            self.add_completion_by(place, GroupBy::DueMonth, counts, is_charted)?;
        }
        if plan.control_charts.is_some() && place == 0 {
            self.add_referrals(plan, counts)?;
        }
        let has_groups = plan.group_by.contains(&GroupBy::Practice);
        if plan.funnel.is_some() && !has_groups && leaves(GroupBy::Practice, evaluation) {
            let is_practice = |name: &str| open(is_practice(name));
            self.add_completion_by(place, GroupBy::Practice, counts, is_practice)?;
        }
        Ok(())
    }

    /// Those due of each group, with a pair and without. A group of whom nobody is due has no cells:
    /// that it is in no table says so.
    fn add_completion_by(
        &mut self,
        place: usize,
        by: GroupBy,
        counts: &MeasureCounts,
        publication: impl Fn(&str) -> Publication,
    ) -> Added {
        let mut all = Vec::new();
        let groups = counts.groups.groups(by);
        for (name, group) in groups.filter(|(_, of)| of.flow.in_box(FlowBox::Due) > 0) {
            let whose = Whose::group(place, by, name);
            let published = [publication(name), publication(name), Publication::Withheld];
            self.add_completion(&whose, &group.flow, published)?;
            all.push(whose);
        }
        for step in COMPLETION {
            self.sum(Whose::all(place).step(step), all.iter().map(|whose| whose.step(step)))?;
        }
        Ok(())
    }

    fn add_completion(&mut self, whose: &Whose, flow: &Flow, as_: [Publication; 3]) -> Added {
        let [due, paired] = [FlowBox::Due, FlowBox::Paired].map(|at| flow.in_box(at));
        let keys = COMPLETION.map(|step| whose.step(step));
        for ((key, count), publication) in keys.iter().zip([due, paired, due - paired]).zip(as_) {
            self.tables.insert_as(key.clone(), count, publication)?;
        }
        let [due, paired, lost] = keys;
        self.sum(due, [paired, lost])
    }

    /// The referrals of each month, which are the same under all measures.
    fn add_referrals(&mut self, plan: &Plan, counts: &MeasureCounts) -> Added {
        if plan.group_by.contains(&GroupBy::ReferralMonth) {
            return Ok(());
        }
        let charted = ControlChartPlan::referral_months(&counts.groups, plan.as_of);
        let mut months = Vec::new();
        for (name, group) in counts.groups.groups(GroupBy::ReferralMonth) {
            let key =
                Whose::group(0, GroupBy::ReferralMonth, name).step(Step::In(FlowBox::Referred));
            let printed = name.parse().is_ok_and(|month| charted.contains(&month));
            let publication = if printed { Publication::Open } else { Publication::Withheld };
            self.tables.insert_as(
                key.clone(),
                group.flow.in_box(FlowBox::Referred),
                publication,
            )?;
            months.push(key);
        }
        self.sum(Key::Episodes, months)
    }

    /// Those due before and after each change, and who is left when they are taken out of their
    /// months, of their practices, or of everybody.
    ///
    /// The months are told by charts or by indicators where they are told at all, and the practices
    /// by groups or by the funnel.
    pub(super) fn add_changes(
        &mut self,
        place: usize,
        evaluation: &Evaluation,
        counts: &MeasureCounts,
    ) -> Added {
        let plan = evaluation.plan().plan();
        let mut sides = Vec::new();
        for at in published_changes(evaluation) {
            let counted = plan.before_after.get(at).zip(counts.before_after.get(at));
            let Some((change, counted)) = counted else { continue };
            for (when, months, flow) in [
                (When::Before, change.before, &counted.before),
                (When::After, change.after, &counted.after),
            ] {
                // A side without anybody is in no table, as a group of whom nobody is due.
                if flow.in_box(FlowBox::Due) == 0 {
                    continue;
                }
                let side = (at, when);
                let whose = Whose::of(place, Part::Change(side));
                let open = [Publication::Open, Publication::Open, Publication::Withheld];
                self.add_completion(&whose, flow, open)?;
                sides.push(Counted { side, months, change });
            }
        }
        if sides.is_empty() {
            return Ok(());
        }
        let due = |name| Whose::group(place, GroupBy::DueMonth, name).step(Step::In(FlowBox::Due));
        let mut months = counts.groups.groups(GroupBy::DueMonth);
        if !months.any(|(name, _)| self.tables.contains(&due(name))) {
            self.add_completion_by(place, GroupBy::DueMonth, counts, |_| Publication::Withheld)?;
        }
        for (first, one) in sides.iter().enumerate() {
            self.add_beside(place, &[one], counts)?;
            for other in sides.iter().skip(first + 1) {
                self.add_beside(place, &[one, other], counts)?;
            }
        }
        let all: Vec<&Counted<'_>> = sides.iter().collect();
        self.add_rest_of(place, &Whose::all(place), &all, Along::Everybody)
    }

    /// Who is left of the months of some sides, and of their practices.
    fn add_beside(
        &mut self,
        place: usize,
        sides: &[&Counted<'_>],
        counts: &MeasureCounts,
    ) -> Added {
        let named: Vec<Side> = sides.iter().map(|of| of.side).collect();
        let around = |along| Whose::of(place, Part::Around(named.clone(), along));
        let in_all =
            |month: Month, of: &&Counted<'_>| (of.months.from..=of.months.to).contains(&month);
        let months = counts.groups.groups(GroupBy::DueMonth).filter(|(name, _)| {
            name.parse().is_ok_and(|month| sides.iter().any(|of| in_all(month, of)))
        });
        let months: Vec<Whose> =
            months.map(|(name, _)| Whose::group(place, GroupBy::DueMonth, name)).collect();
        match sides {
            [one] if one.change.practices.is_empty() => {
                let whose = Whose::of(place, Part::Change(one.side));
                for step in COMPLETION {
                    self.link(whose.step(step), months.iter().map(|month| month.step(step)));
                }
            }
            _ => {
                let whole = around(Along::Months);
                if self.add_whole(&whole, &months)? {
                    self.add_rest_of(place, &whole, sides, Along::Months)?;
                }
            }
        }
        if sides.iter().any(|of| of.change.practices.is_empty()) {
            return self.add_rest_of(place, &Whose::all(place), sides, Along::Everybody);
        }
        let practices = counts.groups.groups(GroupBy::Practice).map(|(name, _)| name);
        let named_by = |name: &&str| {
            sides.iter().any(|of| of.change.practices.iter().any(|practice| practice == name))
        };
        let practices: Vec<Whose> = practices
            .filter(named_by)
            .map(|name| Whose::group(place, GroupBy::Practice, name))
            .collect();
        let whole = around(Along::Practices);
        if self.add_whole(&whole, &practices)? {
            self.add_rest_of(place, &whole, sides, Along::Practices)?;
        }
        Ok(())
    }

    /// Some groups together; `false` where none of them is in the tables.
    fn add_whole(&mut self, whole: &Whose, groups: &[Whose]) -> Result<bool, DisclosureError> {
        let mut any = false;
        for step in COMPLETION {
            let parts = groups.iter().map(|group| group.step(step));
            let parts: Vec<Key> = parts.filter(|part| self.tables.contains(part)).collect();
            if !parts.is_empty() {
                any = true;
                let count = parts.iter().filter_map(|part| self.tables.count(part)).sum();
                self.withheld(whole.step(step), count)?;
                self.sum(whole.step(step), parts)?;
            }
        }
        Ok(any)
    }

    /// What is left of a whole without some of its parts.
    fn add_rest_of(
        &mut self,
        place: usize,
        whole: &Whose,
        sides: &[&Counted<'_>],
        along: Along,
    ) -> Added {
        let named = sides.iter().map(|of| of.side).collect();
        let rest = Whose::of(place, Part::Beside(named, along));
        for step in COMPLETION {
            let parts: Vec<Key> =
                sides.iter().map(|of| Whose::of(place, Part::Change(of.side)).step(step)).collect();
            let counted: u64 = parts.iter().filter_map(|part| self.tables.count(part)).sum();
            let left =
                self.tables.count(&whole.step(step)).and_then(|all| all.checked_sub(counted));
            let Some(left) = left else { continue };
            // Where zeros are hidden too, this one is none that anybody is to wonder about.
            let rest = (left > 0 || self.profile.zeros() == Zeros::Shown).then(|| rest.step(step));
            if let Some(rest) = &rest {
                self.withheld(rest.clone(), left)?;
            }
            self.sum(whole.step(step), parts.into_iter().chain(rest))?;
        }
        Ok(())
    }
}
