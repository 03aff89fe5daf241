//! One person at a time into the counts.

use super::counts::{Counts, MeasureCounts};
use super::plan::PlannedMeasure;
use super::{AreaMoves, CheckedPlan, Evaluation, EvaluationError};
use crate::caseload::{Episode, Person, RowAccount};
use crate::change::{AnyChange, PairCounts};
use crate::completion::GroupBy;
use crate::instrument::Points;
use crate::pairing::{Pairing, PairingRule, SittingRole, Standing, Timeline, answers_to};
use crate::score::Answer;

/// Folds people into counts; several folds over parts of a caseload add up to the fold over all.
#[derive(Debug, Clone)]
pub struct Evaluator<'p> {
    plan: &'p CheckedPlan,
    counts: Counts,
    pairs: Vec<PairBuffers>,
}

/// Pairs waiting to be counted, per rule of one measure: counting columns is faster than counting
/// one pair at a time.
type PairBuffers = Vec<PairBuffer>;

#[derive(Debug, Clone, Default)]
struct PairBuffer {
    baseline: Vec<Points>,
    follow_up: Vec<Points>,
}

const BUFFERED_PAIRS: usize = 1 << 14;

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
        let pair =
            |rule: &PairingRule| rule.pair(episode, standing, self.plan.eligibility, &timeline);
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
        let buffers = vec![PairBuffer::default(); rules];
        Self { plan, counts: Counts::new(plan), pairs: vec![buffers; plan.measures.len()] }
    }

    /// Counts one person with all their episodes.
    ///
    /// # Errors
    ///
    /// [`EvaluationError`] if there are more pairs than a table holds.
    pub fn add(&mut self, person: &Person) -> Result<(), EvaluationError> {
        self.counts.people += 1;
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
    pub fn finish(mut self, rows: &RowAccount) -> Result<Evaluation, EvaluationError> {
        self.flush()?;
        self.counts.rows.merge(rows);
        Evaluation::of(self.plan, self.counts)
    }

    /// Adds what another evaluator of the same plan has counted.
    ///
    /// # Errors
    ///
    /// [`EvaluationError`] if there are more pairs than a table holds.
    pub fn absorb(&mut self, mut other: Self) -> Result<(), EvaluationError> {
        other.flush()?;
        self.counts.merge(&other.counts)?;
        Ok(())
    }

    fn add_episode(&mut self, person: &Person, episode: &Episode) -> Result<(), EvaluationError> {
        let plan = self.plan;
        let standing = plan.standing(episode);
        self.counts.episodes += 1;
        self.counts.closures.add(standing.closure);
        let measures = plan.measures.iter().zip(&mut self.counts.measures).zip(&mut self.pairs);
        let mut moves = vec![AreaMoves::default(); plan.joint.len()];
        for (place, ((planned, counts), buffers)) in measures.enumerate() {
            let judged = plan.judge(planned, episode, &standing);
            counts.add_sittings(planned, episode, &judged);
            counts.add_groups(&plan.plan.group_by, person, episode, &judged.main);
            counts.add_pairings(&judged, buffers)?;
            let mut together = plan.joint.iter().zip(&mut moves);
            if let Some((_, moves)) = together.find(|(joint, _)| joint.measures.contains(&place))
                && let Some((baseline, follow_up)) = judged.main.pair()
            {
                let direction = planned.measure.scale().direction;
                moves.add(AnyChange::of(direction, baseline.points, follow_up.points));
            }
        }
        for (joint, moves) in self.counts.joint.iter_mut().zip(moves) {
            joint.add(moves);
        }
        Ok(())
    }

    fn flush(&mut self) -> Result<(), EvaluationError> {
        for (counts, buffers) in self.counts.measures.iter_mut().zip(&mut self.pairs) {
            for (rule, buffer) in counts.rules_mut().zip(buffers) {
                buffer.flush(&mut rule.pairs)?;
            }
        }
        Ok(())
    }
}

impl MeasureCounts {
    fn add_sittings(&mut self, planned: &PlannedMeasure, episode: &Episode, judged: &Judged) {
        for sitting in judged.timeline.sittings() {
            let role = match sitting.outcome {
                Ok(_) => judged.main.role(sitting.assessment),
                Err(role) => role,
            };
            self.sittings.add(role);
            if role == SittingRole::OtherVersion {
                continue;
            }
            if let Some(assessment) = episode.assessments.get(sitting.assessment) {
                for answer in answers_to(&planned.measure, &assessment.answers) {
                    self.items_asked += 1;
                    self.items_answered += u64::from(matches!(answer, Answer::Given(_)));
                }
            }
        }
    }

    fn add_groups(
        &mut self,
        group_by: &[GroupBy],
        person: &Person,
        episode: &Episode,
        pairing: &Pairing,
    ) {
        let baseline = pairing.baseline.and_then(|b| episode.assessments.get(b.assessment));
        for by in group_by {
            self.groups.add(*by, by.group(person, episode, baseline), pairing.fate);
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
            if let Some((baseline, follow_up)) = pairing.pair() {
                buffer.baseline.push(baseline.points);
                buffer.follow_up.push(follow_up.points);
                if buffer.baseline.len() >= BUFFERED_PAIRS {
                    buffer.flush(&mut rule.pairs)?;
                }
            }
        }
        Ok(())
    }

    fn rules_mut(&mut self) -> impl Iterator<Item = &mut super::counts::RuleCounts> {
        core::iter::once(&mut self.main).chain(&mut self.compared)
    }
}

impl PairBuffer {
    fn flush(&mut self, pairs: &mut PairCounts) -> Result<(), EvaluationError> {
        let counted = PairCounts::count(*pairs.scale(), &self.baseline, &self.follow_up)?;
        self.baseline.clear();
        self.follow_up.clear();
        Ok(pairs.merge(&counted)?)
    }
}
