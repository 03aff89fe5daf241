//! Who is reached, followed up and helped, by how deprived or how remote the area is.

use serde::{Deserialize, Serialize};

use super::RuleCounts;
use super::tally::GroupTally;
use super::{EvaluationError, MergeError, PlanError};
use crate::OrderedMap;
use crate::caseload::Person;
use crate::change::{PairCell, PairCounts};
use crate::completion::{Flow, GroupCounts};
use crate::equity::{
    Axis, BandEvidence, EquityError, EquityTable, ListPopulation, NotPlaced, Placement,
};
use crate::estimate::ConfidenceLevel;
use crate::instrument::Scale;
use crate::pairing::{FlowBox, Pairing};

/// Along what equity is looked at.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct EquityPlan {
    /// The axis: one version of SIMD, or the urban-rural classification.
    pub axis: Axis,
    /// The practice lists by the same axis, from which reach follows; there is none if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lists: Option<ListPopulation>,
}

impl EquityPlan {
    pub(super) fn check(&self) -> Result<(), PlanError> {
        match &self.lists {
            Some(lists) if *lists.axis() != self.axis => {
                Err(PlanError::Equity(EquityError::AxesDiffer {
                    records: self.axis.clone(),
                    lists: lists.axis().clone(),
                }))
            }
            _ => Ok(()),
        }
    }
}

/// What was counted along one axis under one measure and the main rule.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct EquityCounts {
    /// The episodes of each band in which there are any.
    pub bands: OrderedMap<u8, GroupCounts>,
    /// The episodes in no band, by the reason.
    pub not_placed: OrderedMap<NotPlaced, Flow>,
}

impl EquityCounts {
    pub(super) fn merge(&mut self, other: &Self) -> Result<(), MergeError> {
        for (band, counts) in &other.bands {
            match self.bands.get_mut(band) {
                Some(own) => own.merge(counts)?,
                None => {
                    self.bands.insert(*band, counts.clone());
                }
            }
        }
        for (reason, flow) in &other.not_placed {
            self.not_placed.entry(*reason).or_default().merge(flow)?;
        }
        Ok(())
    }

    /// Whether everybody is in one band or in none for one reason, and every pair one of the whole.
    pub(super) fn fit(&self, axis: &Axis, whole: &RuleCounts, scale: Scale) -> bool {
        let mut all = Flow::default();
        let mut pairs = PairCounts::new(scale);
        let placed = self.bands.values().all(|band| pairs.merge(&band.pairs).is_ok());
        let within = |cell: PairCell| cell.pairs <= whole.pairs.get(cell.baseline, cell.follow_up);
        let flows = self.bands.values().map(|band| &band.flow).chain(self.not_placed.values());
        let sum = flows.map(|flow| all.merge(flow)).collect::<Result<Vec<()>, _>>();
        let bands = self.bands.iter().all(|(band, counts)| {
            (1..=axis.count()).contains(band)
                && *counts.pairs.scale() == scale
                && counts.pairs.n() == counts.flow.in_box(FlowBox::Paired)
        });
        sum.is_ok() && all == whole.flow && bands && placed && pairs.cells().all(within)
    }

    pub(super) fn table(
        &self,
        plan: &EquityPlan,
        level: ConfidenceLevel,
    ) -> Result<EquityTable, EquityError> {
        let bands = self.bands.iter();
        let evidence: Vec<BandEvidence<'_>> = bands
            .map(|(band, GroupCounts { flow, pairs })| BandEvidence { band: *band, flow, pairs })
            .collect();
        EquityTable::of(&plan.axis, &evidence, &self.not_placed, plan.lists.as_ref(), level)
    }
}

/// The counts of one axis while people go by.
#[derive(Debug, Clone)]
pub(super) struct EquityTally {
    axis: Axis,
    scale: Scale,
    /// From band 1.
    bands: Vec<GroupTally>,
    not_placed: OrderedMap<NotPlaced, Flow>,
}

impl EquityTally {
    pub(super) fn new(axis: &Axis, scale: Scale) -> Self {
        let bands = vec![GroupTally::new(scale); usize::from(axis.count())];
        Self { axis: axis.clone(), scale, bands, not_placed: OrderedMap::new() }
    }

    pub(super) fn add(
        &mut self,
        person: &Person,
        pairing: &Pairing,
    ) -> Result<(), EvaluationError> {
        match self.axis.place(person) {
            Placement::Band(band) => {
                let band = usize::from(band).checked_sub(1).and_then(|at| self.bands.get_mut(at));
                band.map_or(Ok(()), |band| band.add(pairing))
            }
            Placement::Nowhere(reason) => {
                self.not_placed.entry(reason).or_default().add(pairing.fate);
                Ok(())
            }
        }
    }

    /// Moves what was counted to the counts.
    pub(super) fn flush(&mut self, counts: &mut EquityCounts) -> Result<(), EvaluationError> {
        let mut bands = OrderedMap::new();
        let none = vec![GroupTally::new(self.scale); self.bands.len()];
        for (band, tally) in (1..).zip(core::mem::replace(&mut self.bands, none)) {
            if let Some(group) = tally.finish()? {
                bands.insert(band, group);
            }
        }
        let not_placed = core::mem::take(&mut self.not_placed);
        Ok(counts.merge(&EquityCounts { bands, not_placed })?)
    }
}
