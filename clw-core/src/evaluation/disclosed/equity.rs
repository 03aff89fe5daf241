//! Who is reached, followed up and helped along an axis of equity, as published.
//!
//! The slope and relative indices, the population attributable risk and the ranges of a share are
//! functions of the counts of all bands: they are made of the published ones, and are there where all
//! of them are. Those of the mean change are functions of the bands' pairs, means and intervals, and are
//! there where every band has these. Those in no band are one row, without the reasons: a reason would
//! divide a group that is published elsewhere.

use serde::{Deserialize, Serialize};

use super::super::counts::MeasureCounts;
use super::super::findings::MeasureFindings;
use super::super::{EquityCounts, EquityPlan, Evaluation};
use super::keys::{ChangeClass, Outcome, Part, Step, Whose};
use super::means::hide_means_that_leave_few;
use super::{DisclosedMeans, View};
use crate::disclosure::{PublishedCount, PublishedShare, Rounding};
use crate::equity::{
    Axis, BandCount, Bands, EquityTable, Gradient, Inequality, ListPopulation, ListSource,
    RateKind, Reach,
};
use crate::estimate::Estimate;
use crate::instrument::Direction;
use crate::pairing::FlowBox;

/// Who is reached, who engages, who is followed up and who benefits, by band, as published.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct DisclosedEquity {
    /// What people are placed along, with the version of SIMD.
    pub axis: Axis,
    /// The episodes that are in a band, of all.
    pub placed: PublishedShare,
    /// One row for each band in order, whether or not anybody is in it.
    pub rows: Vec<DisclosedBand>,
    /// Those in no band, for whatever reason.
    pub not_placed: DisclosedNotPlaced,
    /// The practice lists that reach is told from, where they are given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lists: Option<ListSource>,
    /// How unequal each answer is; absent where the axis has no order of advantage.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gradients: Option<DisclosedGradients>,
}

/// One band of an axis, as published.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct DisclosedBand {
    /// The band. Along SIMD 1 is the most deprived, whichever way the version is numbered.
    pub band: u8,
    /// Its episodes.
    pub referred: PublishedCount,
    /// Reach, where the practice lists are given and its episodes are shown.
    pub reach: Option<Reach>,
    /// Those who attended a first contact, of those referred.
    pub engagement: PublishedShare,
    /// Pairs of those whose follow-up is due and who have a baseline.
    pub completion: PublishedShare,
    /// Those better at follow-up by any number of points, of the pairs.
    pub improved: PublishedShare,
    /// Means; `None` where there are few pairs, or few are left without.
    pub means: Option<DisclosedMeans>,
}

/// Episodes in no band, as published.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct DisclosedNotPlaced {
    /// Those who attended a first contact, of those referred.
    pub engagement: PublishedShare,
    /// Pairs of those whose follow-up is due and who have a baseline.
    pub completion: PublishedShare,
}

/// How unequal each answer is; `None` where a band has a hidden count or no mean.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct DisclosedGradients {
    /// Of referrals for each person on the practice lists.
    pub reach: Option<Estimate<Inequality>>,
    /// Of first contacts of referrals.
    pub engagement: Option<Gradient>,
    /// Of pairs of those due.
    pub completion: Option<Gradient>,
    /// Of the mean change.
    pub mean_change: Option<Gradient>,
    /// Of the share improved.
    pub improved: Option<Gradient>,
}

impl View<'_> {
    pub(super) fn equity(
        &self,
        evaluation: &Evaluation,
        place: usize,
        counts: &MeasureCounts,
        found: &MeasureFindings,
    ) -> Vec<DisclosedEquity> {
        let plans = &evaluation.plan().plan().equity;
        let axes = plans.iter().zip(&counts.equity).zip(&found.equity).enumerate();
        let with_means =
            |at: usize, axis: &Axis| plans.iter().take(at).all(|of| apart(&of.axis, axis));
        axes.map(|(at, ((plan, counted), table))| {
            let mut rows: Vec<DisclosedBand> =
                (1..=plan.axis.count()).map(|of| self.band(place, at, of, plan, counted)).collect();
            let pairs =
                |row: &DisclosedBand| counted.bands.get(&row.band).map_or(0, |of| of.pairs.n());
            if with_means(at, &plan.axis) {
                hide_means_that_leave_few(counts.main.pairs.n(), &mut rows, pairs, |row| {
                    &mut row.means
                });
                let whose = |row: &DisclosedBand| Whose::of(place, Part::Band(at, row.band));
                self.hide_means_of_few_who_came(&counts.main.pairs, &mut rows, whose, |row| {
                    &mut row.means
                });
            } else {
                rows.iter_mut().for_each(|row| row.means = None);
            }
            let nowhere = Whose::of(place, Part::Nowhere(at));
            let placed = Whose::of(place, Part::Placed(at)).step(Step::In(FlowBox::Referred));
            DisclosedEquity {
                axis: plan.axis.clone(),
                placed: self.share(&placed, &Whose::all(place).step(Step::In(FlowBox::Referred))),
                not_placed: DisclosedNotPlaced {
                    engagement: self.engagement(&nowhere),
                    completion: self.completion(&nowhere).paired_completion,
                },
                lists: table.lists.clone(),
                gradients: self.gradients(&rows, plan, table),
                rows,
            }
        })
        .collect()
    }

    fn engagement(&self, whose: &Whose) -> PublishedShare {
        let [seen, referred] = [FlowBox::Seen, FlowBox::Referred].map(Step::In);
        self.share(&whose.step(seen), &whose.step(referred))
    }

    fn band(
        &self,
        place: usize,
        axis: usize,
        band: u8,
        plan: &EquityPlan,
        counted: &EquityCounts,
    ) -> DisclosedBand {
        let whose = Whose::of(place, Part::Band(axis, band));
        let engagement = self.engagement(&whose);
        let placed = Whose::of(place, Part::Placed(axis)).step(Step::In(FlowBox::Referred));
        let referred = engagement.of.shown().zip(self.count(&placed).shown());
        let reach = |lists: &ListPopulation| {
            Some(Reach::of(referred?, (lists.in_band(band), lists.people()), self.level))
        };
        let pairs = counted.bands.get(&band).map(|of| &of.pairs);
        DisclosedBand {
            band,
            referred: engagement.of,
            reach: plan.lists.as_ref().and_then(reach),
            engagement,
            completion: self.completion(&whose).paired_completion,
            improved: self
                .share(&whose.change(Outcome::Any(ChangeClass::Improved)), &whose.pairs()),
            means: pairs
                .and_then(|pairs| self.means(&whose, pairs, &[self.improved(&whose, pairs)])),
        }
    }

    fn gradients(
        &self,
        rows: &[DisclosedBand],
        plan: &EquityPlan,
        table: &EquityTable,
    ) -> Option<DisclosedGradients> {
        let Axis::Simd { bands, .. } = plan.axis else { return None };
        let of = |share: fn(&DisclosedBand) -> PublishedShare| {
            let count = |row: &DisclosedBand| band_count(row.band, share(row));
            let counts: Vec<BandCount> = rows.iter().map(count).collect::<Option<_>>()?;
            Gradient::of_shares(bands, &counts, self.level).ok()
        };
        let has_means = |row: &DisclosedBand| row.means.is_some_and(|of| of.interval.is_some());
        // It is weighted by the exact pairs of the bands, which a profile that rounds does not show.
        let exact = self.profile.rounding() == Rounding::None;
        let mean_change = table.gradients.as_ref().map(|of| of.mean_change).filter(|_| exact);
        Some(DisclosedGradients {
            reach: plan.lists.as_ref().and_then(|lists| self.reach_gradient(bands, rows, lists)),
            engagement: of(|row| row.engagement),
            completion: of(|row| row.completion),
            mean_change: mean_change.filter(|_| rows.iter().all(has_means)),
            improved: of(|row| row.improved),
        })
    }

    fn reach_gradient(
        &self,
        bands: Bands,
        rows: &[DisclosedBand],
        lists: &ListPopulation,
    ) -> Option<Estimate<Inequality>> {
        let count = |row: &DisclosedBand| {
            let population = lists.in_band(row.band);
            Some(BandCount { band: row.band, count: row.referred.shown()?, population })
        };
        let counts: Vec<BandCount> = rows.iter().map(count).collect::<Option<_>>()?;
        let better = Direction::HigherIsBetter;
        Inequality::of_counts(bands, &counts, RateKind::Rate, better, self.level).ok()
    }
}

/// Whether two axes may both have means: their bands must not be of the same people.
const fn apart(one: &Axis, other: &Axis) -> bool {
    !matches!(
        (one, other),
        (Axis::Simd { .. }, Axis::Simd { .. }) | (Axis::UrbanRural { .. }, Axis::UrbanRural { .. })
    )
}

fn band_count(band: u8, share: PublishedShare) -> Option<BandCount> {
    Some(BandCount { band, count: share.count.shown()?, population: share.of.shown()? })
}
