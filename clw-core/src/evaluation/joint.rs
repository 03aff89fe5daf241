//! The measures of one instrument together: in how many areas of a star a person moved.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::RuleCounts;
use super::findings::MeasureFindings;
use super::plan::{CheckedPlan, JointPlan};
use crate::caseload::{CountOverflow, add_count};
use crate::change::{AdjustedPs, AnyChange, ChangeOptionsError, NamedP};
use crate::estimate::Share;
use crate::instrument::Direction;
use crate::pairing::{FlowBox, Pairing};

/// The episodes of an instrument with several measures in the plan, by how many of them moved.
///
/// Pairs are those of the main rule. Counts of two caseloads add. In JSON each row is
/// `[areas paired, areas forward, areas back, episodes]`, in ascending order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct JointCounts {
    /// The instrument's id.
    pub instrument: String,
    /// The episodes whose follow-up is due in one area at least.
    pub due: u64,
    /// Those of them with a pair in each area in which it is due.
    pub paired_throughout: u64,
    #[serde(with = "rows")]
    episodes: BTreeMap<AreaMoves, u64>,
}

/// One episode under the measures of an instrument.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct JointEpisode {
    /// The areas in which a follow-up is due.
    due: u32,
    moves: AreaMoves,
}

impl JointEpisode {
    pub(super) fn add(&mut self, direction: Direction, pairing: &Pairing) {
        self.due += u32::from(pairing.is_due());
        if let Some((baseline, follow_up)) = pairing.pair() {
            self.moves.add(AnyChange::of(direction, baseline.points, follow_up.points));
        }
    }
}

/// In how many areas one episode has a pair, and in how many of these it moved which way.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct AreaMoves {
    /// Areas with a pair.
    pub paired: u32,
    /// Areas with a better follow-up, by any amount.
    pub forward: u32,
    /// Areas with a worse follow-up, by any amount.
    pub back: u32,
}

impl AreaMoves {
    const fn add(&mut self, change: AnyChange) {
        self.paired += 1;
        match change {
            AnyChange::Improved => self.forward += 1,
            AnyChange::Same => {}
            AnyChange::Worse => self.back += 1,
        }
    }
}

impl JointCounts {
    pub(super) fn new(plan: &JointPlan) -> Self {
        Self {
            instrument: plan.instrument.clone(),
            due: 0,
            paired_throughout: 0,
            episodes: BTreeMap::new(),
        }
    }

    pub(super) fn add(&mut self, JointEpisode { due, moves }: JointEpisode) {
        self.due += u64::from(due > 0);
        self.paired_throughout += u64::from(due > 0 && moves.paired == due);
        if moves.paired > 0 {
            *self.episodes.entry(moves).or_default() += 1;
        }
    }

    pub(super) fn merge(&mut self, other: &Self) -> Result<(), CountOverflow> {
        add_count(&mut self.due, other.due)?;
        add_count(&mut self.paired_throughout, other.paired_throughout)?;
        for (&moves, &episodes) in &other.episodes {
            add_count(self.episodes.entry(moves).or_default(), episodes)?;
        }
        Ok(())
    }

    /// Whether these are counts of this plan, their moves those of the pairs of its areas, and those
    /// due at least as many as in any area and at most as many as in all.
    pub(super) fn fit<'p>(
        &self,
        plan: &JointPlan,
        areas: impl Iterator<Item = &'p RuleCounts>,
    ) -> bool {
        let fits = |(moves, episodes): (&AreaMoves, &u64)| {
            let within = u64::from(moves.forward) + u64::from(moves.back) <= moves.paired.into();
            within && (1..=plan.measures.len()).contains(&(moves.paired as usize)) && *episodes > 0
        };
        let mut pairs = [0_u128; 3];
        let (mut due_in_one, mut due_in_all) = (0, 0_u64);
        for RuleCounts { flow, pairs: area } in areas {
            let due = flow.in_box(FlowBox::Due);
            due_in_one = due.max(due_in_one);
            due_in_all = due_in_all.saturating_add(due);
            for cell in area.cells() {
                let moves =
                    match AnyChange::of(area.scale().direction, cell.baseline, cell.follow_up) {
                        AnyChange::Improved => [1, 1, 0],
                        AnyChange::Same => [1, 0, 0],
                        AnyChange::Worse => [1, 0, 1],
                    };
                add(&mut pairs, moves, cell.pairs);
            }
        }
        let paired = self.count(|_| true);
        let due = (due_in_one..=due_in_all).contains(&self.due)
            && paired <= self.due
            && self.paired_throughout <= paired;
        let mut counted = [0_u128; 3];
        for (moves, episodes) in &self.episodes {
            add(&mut counted, [moves.paired, moves.forward, moves.back], *episodes);
        }
        self.instrument == plan.instrument
            && due
            && self.episodes.iter().all(fits)
            && counted == pairs
    }

    /// The episodes whose moves are of one kind.
    #[must_use]
    pub fn count(&self, kind: impl Fn(AreaMoves) -> bool) -> u64 {
        let of_kind = self.episodes.iter().filter(|(moves, _)| kind(**moves));
        of_kind.fold(0, |sum, (_, episodes)| sum.saturating_add(*episodes))
    }
}

/// Adds as many areas, paired, forward and back, as so many episodes have together.
fn add(sums: &mut [u128; 3], areas: [u32; 3], episodes: u64) {
    for (sum, areas) in sums.iter_mut().zip(areas) {
        *sum = sum.saturating_add(u128::from(areas) * u128::from(episodes));
    }
}

/// The JSON form of the counts.
mod rows {
    use std::collections::BTreeMap;

    use serde::de::Error as _;
    use serde::{Deserialize, Deserializer, Serializer};

    use super::AreaMoves;
    use crate::caseload::add_count;

    pub(super) fn serialize<S: Serializer>(
        episodes: &BTreeMap<AreaMoves, u64>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        let rows = episodes.iter();
        serializer.collect_seq(rows.map(|(moves, n)| (moves.paired, moves.forward, moves.back, n)))
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<BTreeMap<AreaMoves, u64>, D::Error> {
        let rows = Vec::<(u32, u32, u32, u64)>::deserialize(deserializer)?;
        let mut episodes = BTreeMap::new();
        for (paired, forward, back, n) in rows {
            let sum = episodes.entry(AreaMoves { paired, forward, back }).or_default();
            add_count(sum, n).map_err(D::Error::custom)?;
        }
        Ok(episodes)
    }
}

/// What was found for an instrument with several measures in the plan, such as a star.
///
/// To move forward in one of many areas is likelier the more areas there are, and by chance alone; so
/// the share who moved back in one stands beside it, and the tests of the areas are adjusted for their
/// number. Areas are ordinal: a move is any change of stage, and the tests are of ranks.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct JointFindings {
    /// The instrument's id.
    pub instrument: String,
    /// Its name, for print.
    pub title: String,
    /// The ids of the measures looked at together.
    pub measures: Vec<String>,
    /// The episodes with a pair in one area at least.
    pub episodes: u64,
    /// These, of those whose follow-up is due in one area at least: the star was asked again, as far as
    /// its areas apply. An area without a baseline is not due, and takes nothing away.
    pub paired_completion: Share,
    /// Those with a pair in each area in which it is due, of the same.
    pub paired_throughout: Share,
    /// Those that moved forward in one area at least.
    pub forward_in_at_least_one: Share,
    /// Those that moved back in one area at least.
    pub back_in_at_least_one: Share,
    /// Those that moved forward in one area at least and back in another.
    pub forward_and_back: Share,
    /// How many moved forward in none, one, two, … of the areas.
    pub by_areas_forward: Vec<AreasForward>,
    /// The p of the signed rank test of each measure, adjusted for the number of them.
    pub signed_rank: AdjustedPs,
    /// The measures without such a p, for want of pairs or of change.
    pub not_tested: Vec<String>,
}

/// The episodes that moved forward in so many areas.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct AreasForward {
    /// The areas.
    pub areas: u32,
    /// The episodes.
    pub episodes: u64,
}

impl JointFindings {
    pub(super) fn all(
        plan: &CheckedPlan,
        counts: &[JointCounts],
        findings: &[MeasureFindings],
    ) -> Result<Vec<Self>, ChangeOptionsError> {
        let joint = plan.joint.iter().zip(counts);
        joint.map(|(joint, counts)| Self::of(plan, joint, counts, findings)).collect()
    }

    fn of(
        plan: &CheckedPlan,
        joint: &JointPlan,
        counts: &JointCounts,
        findings: &[MeasureFindings],
    ) -> Result<Self, ChangeOptionsError> {
        let measures: Vec<_> = joint.measures.iter().filter_map(|&m| findings.get(m)).collect();
        let episodes = counts.count(|_| true);
        let level = plan.plan.interval_level;
        let share = |kind: fn(AreaMoves) -> bool| Share::of(counts.count(kind), episodes, level);
        let forward =
            |areas| AreasForward { areas, episodes: counts.count(|moves| moves.forward == areas) };
        let (mut tested, mut not_tested) = (Vec::new(), Vec::new());
        for found in &measures {
            let name = found.measure.clone();
            match found.change.signed_rank.computed() {
                Some(test) => tested.push(NamedP { name, p: test.p }),
                None => not_tested.push(name),
            }
        }
        Ok(Self {
            instrument: joint.instrument.clone(),
            title: measures.first().map(|found| found.title.clone()).unwrap_or_default(),
            measures: measures.iter().map(|found| found.measure.clone()).collect(),
            episodes,
            paired_completion: Share::of(episodes, counts.due, level),
            paired_throughout: Share::of(counts.paired_throughout, counts.due, level),
            forward_in_at_least_one: share(|moves| moves.forward > 0),
            back_in_at_least_one: share(|moves| moves.back > 0),
            forward_and_back: share(|moves| moves.forward > 0 && moves.back > 0),
            by_areas_forward: (0..).take(measures.len() + 1).map(forward).collect(),
            signed_rank: plan.plan.multiplicity.adjust(&tested)?,
            not_tested,
        })
    }
}
