//! One person at a time into the counts.

use super::counts::{Counts, MeasureCounts};
use super::follow_up::WaitingTimes;
use super::joint::JointEpisode;
use super::plan::PlannedMeasure;
use super::plan_names::NamesSeen;
use super::tally::{GroupTallies, PairBuffer};
use super::{CheckedPlan, Evaluation, EvaluationError, MergeError, PartialEvaluation};
use crate::caseload::{Episode, Person, RowAccount};
use crate::completion::GroupContext;
use crate::pairing::{Pairing, PairingRule, SittingRole, Standing, Timeline, answers_to};
use crate::score::Answer;

/// Folds people into counts; several folds over parts of a caseload add up to the fold over all.
#[derive(Debug, Clone)]
pub struct Evaluator<'p> {
    plan: &'p CheckedPlan,
    counts: Counts,
    /// What is not counted yet, for each measure.
    waiting: Vec<Waiting>,
    groups: GroupTallies,
    names: NamesSeen,
}

/// The pairs of each rule, and the times to follow-up.
#[derive(Debug, Clone)]
struct Waiting {
    pairs: Vec<PairBuffer>,
    times: WaitingTimes,
}

/// One episode under one measure: what the main rule and the others make of it.
pub(super) struct Judged {
    pub(super) timeline: Timeline,
    pub(super) main: Pairing,
    pub(super) compared: Vec<Pairing>,
}

impl CheckedPlan {
    /// Evaluates people at hand. The result does not depend on their order.
    ///
    /// # Errors
    ///
    /// [`EvaluationError`] if there are more pairs than a table holds.
    pub fn evaluate<'a>(
        &self,
        people: impl IntoIterator<Item = &'a Person>,
        rows: &RowAccount,
    ) -> Result<Evaluation, EvaluationError> {
        let mut evaluator = Evaluator::new(self);
        for person in people {
            evaluator.add(person)?;
        }
        evaluator.finish(rows)
    }

    /// Judges one episode by every rule, for one measure.
    pub(super) fn judge(
        &self,
        planned: &PlannedMeasure,
        episode: &Episode,
        standing: &Standing,
    ) -> Judged {
        let referred = episode.referred.value().copied();
        let timeline =
            Timeline::of(episode, &planned.instrument, &planned.measure, referred, self.plan.as_of);
        let eligibility = planned.plan.eligibility.as_ref().unwrap_or(&self.plan.eligibility);
        let pair = |rule: &PairingRule| rule.pair(episode, standing, eligibility, &timeline);
        let main = pair(&self.plan.pairing);
        let compared = self.plan.compare.iter().map(pair).collect();
        Judged { timeline, main, compared }
    }

    /// Whether the episode had been referred by the as-of date, as far as is recorded.
    pub(super) fn includes(&self, episode: &Episode) -> bool {
        episode.referred.value().is_none_or(|referred| *referred <= self.plan.as_of)
    }

    pub(super) fn standing(&self, episode: &Episode) -> Standing {
        Standing::of(episode, self.plan.as_of, self.plan.infer_closure_after_days)
    }
}

impl<'p> Evaluator<'p> {
    /// An evaluator that has seen nobody.
    #[must_use]
    pub fn new(plan: &'p CheckedPlan) -> Self {
        let rules = 1 + plan.plan.compare.len();
        let pairs = vec![PairBuffer::default(); rules];
        let waiting = Waiting { pairs, times: WaitingTimes::default() };
        let groups = GroupTallies::new(plan);
        let waiting = vec![waiting; plan.measures.len()];
        let names = NamesSeen::new(&plan.plan);
        Self { plan, counts: Counts::new(plan), waiting, groups, names }
    }

    /// Counts one person with all their episodes.
    ///
    /// # Errors
    ///
    /// [`EvaluationError`] if there are more pairs than a table holds.
    pub fn add(&mut self, person: &Person) -> Result<(), EvaluationError> {
        self.counts.people += 1;
        self.counts.fields.add_person(person);
        if person.episodes.len() > 1 {
            let plan = self.plan;
            let begun = person.episodes.iter().filter(|episode| plan.includes(episode));
            let spells = begun.map(|episode| (episode, plan.standing(episode).closure));
            self.counts.issues.add_person(spells);
        }
        for episode in &person.episodes {
            if !self.plan.includes(episode) {
                self.counts.later_episodes += 1;
                continue;
            }
            self.add_episode(person, episode)?;
        }
        Ok(())
    }

    /// The evaluation of everyone counted, with the account of the rows they came from.
    ///
    /// # Errors
    ///
    /// [`EvaluationError`] if there are more pairs than a table holds.
    pub fn finish(self, rows: &RowAccount) -> Result<Evaluation, EvaluationError> {
        self.partial(rows)?.evaluation()
    }

    /// The counts of everyone counted, of which nothing is worked out yet, with the same account.
    ///
    /// # Errors
    ///
    /// [`EvaluationError`] if there are more pairs than a table holds.
    pub fn partial(mut self, rows: &RowAccount) -> Result<PartialEvaluation, EvaluationError> {
        self.flush()?;
        self.counts.rows.merge(rows).map_err(MergeError::Count)?;
        Ok(PartialEvaluation { plan: self.plan.clone(), counts: self.counts })
    }

    /// Adds what another evaluator of the same plan has counted.
    ///
    /// # Errors
    ///
    /// [`EvaluationError`] if there are more pairs than a table holds.
    pub fn absorb(&mut self, mut other: Self) -> Result<(), EvaluationError> {
        other.flush()?;
        self.counts.merge(&other.counts, self.plan)?;
        Ok(())
    }

    fn add_episode(&mut self, person: &Person, episode: &Episode) -> Result<(), EvaluationError> {
        let plan = self.plan;
        let standing = plan.standing(episode);
        self.counts.episodes += 1;
        self.counts.closures.add(standing.closure);
        self.counts.fields.add_episode(episode, &standing);
        self.counts.issues.add_episode(episode, &standing);
        self.counts.help.add(episode, &standing);
        self.names.add(episode);
        let context = GroupContext { person, episode, standing: &standing, measured: None };
        self.groups.next_episode();
        let measures = plan.measures.iter().zip(&mut self.counts.measures).zip(&mut self.waiting);
        let mut joint = vec![JointEpisode::default(); plan.joint.len()];
        for (place, ((planned, counts), waiting)) in measures.enumerate() {
            let judged = plan.judge(planned, episode, &standing);
            counts.add_sittings(&plan.plan.pairing, planned, episode, &standing, &judged);
            counts.issues.add_pairing(episode, &judged.main, standing.as_of);
            counts.follow_up_times.add(episode, &standing, &judged, &mut waiting.times);
            if let (Some(days), Some(after)) = (plan.plan.after_exit_days, &mut counts.after_exit) {
                after.add(days, &standing, &judged)?;
            }
            for (change, counts) in plan.plan.before_after.iter().zip(&mut counts.before_after) {
                counts.add(change, &plan.plan.pairing, episode, &standing, &judged.main);
            }
            counts.add_pairings(&judged, &mut waiting.pairs)?;
            let measured = Some((&plan.plan.pairing, &judged.main));
            let context = GroupContext { measured, ..context };
            self.groups.count(place, &context, &judged.main)?;
            let mut together = plan.joint.iter().zip(&mut joint);
            if let Some((_, of)) = together.find(|(joint, _)| joint.measures.contains(&place)) {
                of.add(planned.measure.scale().direction, &judged.main);
            }
        }
        for (counts, of) in self.counts.joint.iter_mut().zip(joint) {
            counts.add(of);
        }
        Ok(())
    }

    fn flush(&mut self) -> Result<(), EvaluationError> {
        self.names.flush(&self.plan.plan, &mut self.counts.names).map_err(MergeError::Count)?;
        for (counts, waiting) in self.counts.measures.iter_mut().zip(&mut self.waiting) {
            waiting.times.flush(&mut counts.follow_up_times);
            for (rule, buffer) in counts.rules_mut().zip(&mut waiting.pairs) {
                buffer.flush(&mut rule.pairs)?;
            }
        }
        self.groups.flush(&mut self.counts.measures)
    }
}

impl MeasureCounts {
    fn add_sittings(
        &mut self,
        rule: &PairingRule,
        planned: &PlannedMeasure,
        episode: &Episode,
        standing: &Standing,
        judged: &Judged,
    ) {
        let mut own = planned.instrument.measures().iter();
        let place = own.position(|own| own.id() == planned.measure.id()).unwrap_or(usize::MAX);
        for sitting in judged.timeline.sittings() {
            let role = rule.role(&judged.main, standing, sitting);
            self.sittings.add(role);
            if role == SittingRole::OtherVersion {
                continue;
            }
            if let Some(assessment) = episode.assessments.get(sitting.assessment) {
                let answers = || planned.measure.points(&assessment.answers);
                // Of a total alone it is not known which items were answered.
                if self.issues.add_total(assessment.total(place), answers) {
                    continue;
                }
                for answer in answers_to(&planned.measure, &assessment.answers) {
                    self.items_asked += 1;
                    self.items_answered += u64::from(matches!(answer, Answer::Given(_)));
                }
            }
        }
    }

    fn add_pairings(
        &mut self,
        judged: &Judged,
        buffers: &mut [PairBuffer],
    ) -> Result<(), EvaluationError> {
        let pairings = core::iter::once(&judged.main).chain(&judged.compared);
        for ((rule, buffer), pairing) in self.rules_mut().zip(buffers).zip(pairings) {
            rule.flow.add(pairing.fate);
            if let Some(pair) = pairing.pair() {
                buffer.add(pair, &mut rule.pairs)?;
            }
        }
        Ok(())
    }

    fn rules_mut(&mut self) -> impl Iterator<Item = &mut super::counts::RuleCounts> {
        core::iter::once(&mut self.main).chain(&mut self.compared)
    }
}
