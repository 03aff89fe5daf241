//! The integers an evaluation rests on. They add, so evaluations merge.

use serde::{Deserialize, Serialize};

use super::plan::PlannedMeasure;
use super::{
    AfterExitCounts, BeforeAfterCounts, CheckedPlan, EquityCounts, FieldCounts, FollowUpTimes,
    HelpCounts, IssueCounts, JointCounts, MergeError, NameCounts, QualityIssue, SittingIssue,
};
use crate::OrderedMap;
use crate::attrition::{AttritionCounts, ProfileCounts};
use crate::caseload::{Closure, ClosureBasis, CountOverflow, RowAccount, add_count};
use crate::change::PairCounts;
use crate::completion::{CountsByGroup, Flow};
use crate::indicator::NotFinished;
use crate::instrument::Scale;
use crate::pairing::{CountBy, Counted, Fate, FlowBox, SittingRole};

/// Everything that was counted, in the order of the plan's measures.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Counts {
    /// The people.
    pub people: u64,
    /// Their episodes up to the as-of date.
    pub episodes: u64,
    /// Episodes referred after the as-of date, which are left out of everything else.
    pub later_episodes: u64,
    /// How the episodes' closures are known.
    pub closures: ClosureCounts,
    /// What became of the rows read.
    pub rows: RowAccount,
    /// What the core fields held.
    pub fields: FieldCounts,
    /// What is wrong with the records of people and episodes.
    pub issues: IssueCounts<QualityIssue>,
    /// How often the records hold each name of a practice or programme that the plan mentions.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub names: Vec<NameCounts>,
    /// The help people had besides scores.
    pub help: HelpCounts,
    /// The counts of each measure.
    pub measures: Vec<MeasureCounts>,
    /// The counts of each instrument with several measures in the plan.
    pub joint: Vec<JointCounts>,
}

/// How many episodes are open or closed, and how that is known.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct ClosureCounts {
    /// No closure.
    pub open: u64,
    /// A closure date that a later attended contact overtook: counted as open.
    pub reopened: u64,
    /// A recorded closure.
    pub recorded: u64,
    /// A closure inferred from inactivity.
    pub inferred_inactive: u64,
}

/// The counts of one measure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct MeasureCounts {
    /// What became of each sitting under the main rule.
    pub sittings: CountBy<SittingRole>,
    /// What is wrong with the sittings that the main rule chose.
    pub issues: IssueCounts<SittingIssue>,
    /// The items answered, in all sittings of the plan's version.
    pub items_answered: u64,
    /// The items asked, in the same sittings.
    pub items_asked: u64,
    /// The main rule.
    pub main: RuleCounts,
    /// The main rule's fates and pairs by group.
    pub groups: CountsByGroup,
    /// The same of the finished episodes alone, by the months that indicators count them in.
    #[serde(default, skip_serializing_if = "CountsByGroup::is_empty")]
    pub finished: CountsByGroup,
    /// The other episodes, by why they are not finished, where indicators ask for the finished.
    #[serde(default, skip_serializing_if = "OrderedMap::is_empty")]
    pub not_finished: OrderedMap<NotFinished, Flow>,
    /// Those due, by every combination of what the pairs are weighted by, where they are.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub profiles: Option<ProfileCounts>,
    /// Those whose follow-up fell due before and after each change of the plan.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub before_after: Vec<BeforeAfterCounts>,
    /// Those due under the main rule: the baselines of those without a pair, and the traits of both.
    pub attrition: AttritionCounts,
    /// The main rule's fates and pairs along each axis of the plan.
    pub equity: Vec<EquityCounts>,
    /// The other rules, in the plan's order.
    pub compared: Vec<RuleCounts>,
    /// The days from each baseline to the first sitting after it.
    pub follow_up_times: FollowUpTimes,
    /// Those asked again some time after the end, where the plan says how long after.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after_exit: Option<AfterExitCounts>,
}

/// What one pairing rule made of the episodes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct RuleCounts {
    /// The fates of the episodes.
    pub flow: Flow,
    /// The pairs.
    pub pairs: PairCounts,
}

impl Counts {
    /// Nothing counted yet.
    #[must_use]
    pub(super) fn new(plan: &CheckedPlan) -> Self {
        let measure = |planned: &PlannedMeasure| {
            let rule = RuleCounts {
                flow: Flow::default(),
                pairs: PairCounts::new(planned.measure.scale()),
            };
            MeasureCounts {
                sittings: CountBy::default(),
                items_answered: 0,
                items_asked: 0,
                compared: vec![rule.clone(); plan.plan.compare.len()],
                main: rule,
                groups: CountsByGroup::default(),
                finished: CountsByGroup::default(),
                not_finished: OrderedMap::new(),
                profiles: plan
                    .plan
                    .attrition
                    .weighting
                    .as_ref()
                    .map(|weighting| weighting.counts(planned.measure.scale())),
                before_after: vec![BeforeAfterCounts::default(); plan.plan.before_after.len()],
                attrition: plan.plan.attrition.counts(planned.measure.scale()),
                equity: vec![EquityCounts::default(); plan.plan.equity.len()],
                issues: IssueCounts::default(),
                follow_up_times: FollowUpTimes::default(),
                after_exit: plan
                    .plan
                    .after_exit_days
                    .map(|_| AfterExitCounts::new(planned.measure.scale())),
            }
        };
        Self {
            people: 0,
            episodes: 0,
            later_episodes: 0,
            closures: ClosureCounts::default(),
            rows: RowAccount::default(),
            fields: FieldCounts::default(),
            issues: IssueCounts::default(),
            names: NameCounts::none(&plan.plan),
            help: HelpCounts::default(),
            measures: plan.measures.iter().map(measure).collect(),
            joint: plan.joint.iter().map(JointCounts::new).collect(),
        }
    }

    /// Whether these are counts of this plan: counts that were stored may have been edited.
    ///
    /// # Errors
    ///
    /// Which counts are not.
    pub(super) fn fit(&self, plan: &CheckedPlan) -> Result<(), &'static str> {
        if self.measures.len() != plan.measures.len() {
            return Err("the measures");
        }
        if self.closures.total() != Ok(self.episodes) {
            return Err("the closures");
        }
        if !self.rows.adds_up() {
            return Err("the rows");
        }
        if !self.fields.fit(self.people, self.episodes) {
            return Err("the fields");
        }
        if !self.issues.adds_up() {
            return Err("the issues");
        }
        if !NameCounts::fit(&self.names, &plan.plan, self.episodes) {
            return Err("the names");
        }
        if !self.help.fit(self.episodes) {
            return Err("the needs, referrals onward and outcomes");
        }
        let mut measures = plan.measures.iter().zip(&self.measures);
        measures.try_for_each(|(planned, counts)| counts.fit(plan, planned, self.episodes))?;
        let joint = self.joint.len() == plan.joint.len()
            && self.joint.iter().zip(&plan.joint).all(|(counts, plan)| {
                let areas = plan.measures.iter().filter_map(|place| self.measures.get(*place));
                counts.fit(plan, areas.map(|area| &area.main))
            });
        if joint { Ok(()) } else { Err("the joint counts") }
    }

    /// Adds counts made under the same plan.
    pub(super) fn merge(&mut self, other: &Self, plan: &CheckedPlan) -> Result<(), MergeError> {
        add_count(&mut self.people, other.people)?;
        add_count(&mut self.episodes, other.episodes)?;
        add_count(&mut self.later_episodes, other.later_episodes)?;
        self.closures.merge(other.closures)?;
        self.rows.merge(&other.rows)?;
        self.fields.merge(&other.fields)?;
        self.issues.merge(&other.issues)?;
        let names = plan.plan.names();
        for ((own, others), of) in self.names.iter_mut().zip(&other.names).zip(names) {
            own.merge(others)?;
            own.settle(of.name);
        }
        self.help.merge(&other.help)?;
        for (own, others) in self.measures.iter_mut().zip(&other.measures) {
            own.merge(others)?;
        }
        for (own, others) in self.joint.iter_mut().zip(&other.joint) {
            own.merge(others)?;
        }
        Ok(())
    }
}

/// More than any caseload holds, and few enough that those of 65,536 returns add up.
const MOST: u64 = 1 << 48;

/// Whether counts of one thing by kind are as many as there can be, and so add up.
pub(super) fn can_be_added(mut counts: impl Iterator<Item = u64>) -> bool {
    let sum = counts.try_fold(0, u64::checked_add);
    sum.is_some_and(|sum| sum <= MOST)
}

impl ClosureCounts {
    pub(super) const fn add(&mut self, closure: Closure) {
        let slot = match closure {
            Closure::Open => &mut self.open,
            Closure::Reopened { .. } => &mut self.reopened,
            Closure::Closed { basis: ClosureBasis::Recorded, .. } => &mut self.recorded,
            Closure::Closed { basis: ClosureBasis::InferredInactive, .. } => {
                &mut self.inferred_inactive
            }
        };
        *slot += 1;
    }

    fn merge(&mut self, other: Self) -> Result<(), CountOverflow> {
        add_count(&mut self.open, other.open)?;
        add_count(&mut self.reopened, other.reopened)?;
        add_count(&mut self.recorded, other.recorded)?;
        add_count(&mut self.inferred_inactive, other.inferred_inactive)
    }

    fn total(self) -> Result<u64, CountOverflow> {
        let Self { open, reopened, recorded, inferred_inactive } = self;
        let mut total = open;
        [reopened, recorded, inferred_inactive]
            .into_iter()
            .try_for_each(|episodes| add_count(&mut total, episodes))?;
        Ok(total)
    }
}

impl MeasureCounts {
    fn fit(
        &self,
        plan: &CheckedPlan,
        planned: &PlannedMeasure,
        episodes: u64,
    ) -> Result<(), &'static str> {
        let (scale, flow) = (planned.measure.scale(), &self.main.flow);
        let checks: [(bool, &'static str); 12] = [
            (self.rules_fit(plan, scale, episodes), "the fates and pairs"),
            (self.sittings_fit(), "the sittings"),
            (self.items_answered <= self.items_asked, "the items answered"),
            (self.issues.adds_up(), "the issues"),
            (self.groups_fit(plan, scale, episodes), "the groups"),
            (self.finished_fit(plan, scale), "the finished episodes"),
            (self.attrition_fits(plan), "those without a follow-up"),
            (self.profiles_fit(plan, scale), "the profiles"),
            (self.equity_fits(plan, scale), "the bands"),
            (self.changes_fit(plan), "those before and after a change"),
            (
                self.follow_up_times.fit(flow.in_box(FlowBox::BaselineValid)),
                "the times to follow-up",
            ),
            (self.after_exit_fits(plan, scale), "those asked after the end"),
        ];
        checks.iter().find(|(fits, _)| !fits).map_or(Ok(()), |(_, what)| Err(*what))
    }

    fn rules_fit(&self, plan: &CheckedPlan, scale: Scale, episodes: u64) -> bool {
        let mut rules = core::iter::once(&self.main).chain(&self.compared);
        self.compared.len() == plan.plan.compare.len()
            && rules.all(|rule| *rule.pairs.scale() == scale && rule.adds_up_to(episodes))
    }

    /// Every grouping is there, if there is anybody to group, and has everybody in it.
    fn groups_fit(&self, plan: &CheckedPlan, scale: Scale, episodes: u64) -> bool {
        let whole = |by| {
            let together = self.groups.together(by, scale);
            together.is_ok_and(|all| all.flow == self.main.flow && all.pairs == self.main.pairs)
        };
        let planned = plan.counted_kinds();
        let all_there = episodes == 0 || self.groups.kinds().count() == planned.len();
        all_there && self.groups.kinds().all(|by| planned.contains(&by) && whole(by))
    }

    /// Each baseline and each follow-up of a pair is one sitting.
    fn sittings_fit(&self) -> bool {
        let (sittings, flow) = (&self.sittings, &self.main.flow);
        can_be_added(sittings.iter().map(|(_, sittings)| sittings))
            && sittings.get(SittingRole::Baseline) == flow.in_box(FlowBox::BaselineValid)
            && sittings.get(SittingRole::FollowUp) == self.main.pairs.n()
    }

    /// Those due without a pair.
    fn unpaired(&self) -> u64 {
        let flow = &self.main.flow;
        flow.in_box(FlowBox::Due).saturating_sub(flow.in_box(FlowBox::Paired))
    }

    fn attrition_fits(&self, plan: &CheckedPlan) -> bool {
        let (of, level) = (&plan.plan.attrition, plan.plan.interval_level);
        of.fits(&self.attrition)
            && self.attrition.unpaired().n() == self.unpaired()
            && of.compare(&self.main.pairs, &self.attrition, level).is_ok()
    }

    fn profiles_fit(&self, plan: &CheckedPlan, scale: Scale) -> bool {
        match (&plan.plan.attrition.weighting, &self.profiles) {
            (None, None) => true,
            (Some(of), Some(counts)) => of.fits(counts, scale, &self.main.pairs, self.unpaired()),
            _ => false,
        }
    }

    fn equity_fits(&self, plan: &CheckedPlan, scale: Scale) -> bool {
        let mut axes = plan.plan.equity.iter().zip(&self.equity);
        self.equity.len() == plan.plan.equity.len()
            && axes.all(|(of, counts)| counts.fit(&of.axis, &self.main, scale))
    }

    fn changes_fit(&self, plan: &CheckedPlan) -> bool {
        self.before_after.len() == plan.plan.before_after.len()
            && self.before_after.iter().all(|counts| counts.fit(&self.main.flow))
    }

    fn after_exit_fits(&self, plan: &CheckedPlan, scale: Scale) -> bool {
        self.after_exit.is_some() == plan.plan.after_exit_days.is_some()
            && self.after_exit.as_ref().is_none_or(|counts| {
                counts.fit(scale) && counts.closed <= self.main.flow.in_box(FlowBox::BaselineValid)
            })
    }

    /// Whether the finished episodes are the same under each grouping, and make up all with the others.
    fn finished_fit(&self, plan: &CheckedPlan, scale: Scale) -> bool {
        let planned = plan.finished_kinds();
        if planned.is_empty() {
            return self.finished.is_empty() && self.not_finished.is_empty();
        }
        let mut first = None;
        let each = self.finished.kinds().all(|by| {
            let Ok(all) = self.finished.together(by, scale) else { return false };
            let some = |fate: &Fate| all.flow.with_fate(*fate) <= self.main.flow.with_fate(*fate);
            let pairs = all.pairs.n() == all.flow.with_fate(Fate::Paired);
            let within = planned.contains(&by) && Fate::ALL.iter().all(some) && pairs;
            within && *first.get_or_insert_with(|| all.clone()) == all
        });
        let mut everybody = first.map(|finished| finished.flow).unwrap_or_default();
        let sum = self.not_finished.values().try_for_each(|flow| everybody.merge(flow));
        each && sum.is_ok() && everybody == self.main.flow
    }

    fn merge(&mut self, other: &Self) -> Result<(), MergeError> {
        self.sittings.merge(&other.sittings)?;
        add_count(&mut self.items_answered, other.items_answered)?;
        add_count(&mut self.items_asked, other.items_asked)?;
        self.main.merge(&other.main)?;
        self.groups.merge(&other.groups)?;
        self.finished.merge(&other.finished)?;
        for (reason, flow) in &other.not_finished {
            self.not_finished.entry(*reason).or_default().merge(flow)?;
        }
        if let (Some(own), Some(others)) = (&mut self.profiles, &other.profiles) {
            own.merge(others)?;
        }
        for (own, others) in self.before_after.iter_mut().zip(&other.before_after) {
            own.merge(others)?;
        }
        self.attrition.merge(&other.attrition)?;
        for (own, others) in self.equity.iter_mut().zip(&other.equity) {
            own.merge(others)?;
        }
        self.issues.merge(&other.issues)?;
        self.follow_up_times.merge(&other.follow_up_times)?;
        if let (Some(own), Some(others)) = (&mut self.after_exit, &other.after_exit) {
            own.merge(others)?;
        }
        for (own, others) in self.compared.iter_mut().zip(&other.compared) {
            own.merge(others)?;
        }
        Ok(())
    }
}

impl RuleCounts {
    /// Whether every episode has a fate, and every paired one a pair.
    fn adds_up_to(&self, episodes: u64) -> bool {
        self.flow.episodes() == Ok(episodes) && self.flow.with_fate(Fate::Paired) == self.pairs.n()
    }

    fn merge(&mut self, other: &Self) -> Result<(), MergeError> {
        self.flow.merge(&other.flow)?;
        Ok(self.pairs.merge(&other.pairs)?)
    }
}
