//! The four questions of equity in one table.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{
    Axis, BandCount, BandPairs, BandRate, Bands, EquityError, Inequality, ListPopulation,
    NotPlaced, PersonLevel, RateKind, Reach,
};
use crate::OrderedMap;
use crate::change::{AnyChangeCounts, Moments, PairCounts, PairCountsError, PairedT};
use crate::completion::Flow;
use crate::estimate::{ConfidenceLevel, Degenerate, Estimate, Interval, Share};
use crate::instrument::{Direction, Scale};
use crate::pairing::FlowBox;

/// What became of the episodes of one band under one measure and rule.
#[derive(Debug, Clone, Copy)]
pub struct BandEvidence<'a> {
    /// The band, as [`Axis::place`] gives it.
    pub band: u8,
    /// The fates of its episodes.
    pub flow: &'a Flow,
    /// Its pairs.
    pub pairs: &'a PairCounts,
}

/// Who is reached, who engages, who is followed up and who benefits, by band.
///
/// | question | answer for each band |
/// |---|---|
/// | reach | its share of the referrals over its share of the practice lists |
/// | engagement | first contacts of referrals |
/// | completion | pairs of those whose follow-up is due and who have a baseline |
/// | benefit | the mean change and the share improved, of pairs |
///
/// Completion stands before benefit on purpose: where one band is followed up less, its benefit is
/// that of fewer and perhaps other people. An episode counts once under its band, so a person with
/// two counts twice; intervals take episodes as independent.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct EquityTable {
    /// What people are placed along, with the version of SIMD.
    pub axis: Axis,
    /// The episodes that are in a band, of all.
    pub placed: Share,
    /// One row for each band in order, whether or not anybody is in it.
    pub rows: Vec<EquityRow>,
    /// Those in no band, by the reason.
    pub not_placed: OrderedMap<NotPlaced, NotPlacedRow>,
    /// The practice lists that reach is told from, where they are given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lists: Option<ListSource>,
    /// How unequal each answer is; absent where the axis has no order of advantage.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gradients: Option<Gradients>,
}

/// One band of an [`EquityTable`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct EquityRow {
    /// The band. Along SIMD 1 is the most deprived, whichever way the version is numbered.
    pub band: u8,
    /// Its episodes.
    pub referred: u64,
    /// Reach, where the practice lists are given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reach: Option<Reach>,
    /// Those who attended a first contact, of those referred.
    pub engagement: Share,
    /// Pairs of those whose follow-up is due and who have a baseline.
    pub completion: Share,
    /// The mean change of the pairs.
    pub mean_change: Estimate<MeanChange>,
    /// Those better at follow-up by any number of points, of the pairs.
    pub improved: Share,
}

/// A mean of follow-up − baseline, in units of the printed score.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct MeanChange {
    /// The mean.
    pub value: f64,
    /// Its t interval.
    pub interval: Estimate<Interval>,
}

/// Episodes in no band, for one reason.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct NotPlacedRow {
    /// The episodes.
    pub referred: u64,
    /// Those who attended a first contact, of those referred.
    pub engagement: Share,
    /// Pairs of those whose follow-up is due and who have a baseline.
    pub completion: Share,
}

/// The practice lists that reach is told from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct ListSource {
    /// Where the numbers come from.
    pub source: String,
    /// The day they are of.
    #[serde(deserialize_with = "crate::stored_date::deserialize")]
    pub as_of: Date,
    /// Everybody in a band.
    pub people: u64,
    /// Everybody in none.
    pub not_placed: u64,
}

/// How unequal each of the answers is over deprivation bands.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Gradients {
    /// Of referrals for each person on the practice lists, where those are given. More are better:
    /// they are referrals to help. There is none over people, as a person may be referred twice.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reach: Option<Estimate<Inequality>>,
    /// Of first contacts of referrals.
    pub engagement: Gradient,
    /// Of pairs of those due.
    pub completion: Gradient,
    /// Of the mean change.
    pub mean_change: Gradient,
    /// Of the share improved.
    pub improved: Gradient,
}

/// How unequal one answer is: by the rates of bands, and by people.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Gradient {
    /// By the method of the Scottish Public Health Observatory.
    pub of_bands: Estimate<Inequality>,
    /// The same slope with the error that people give it.
    pub of_people: Estimate<PersonLevel>,
}

impl EquityTable {
    /// The table of what is known of each band, of those in none, and of the practice lists.
    ///
    /// A band that is not given has nobody in it.
    ///
    /// # Errors
    /// When a band is outside the axis or given twice, the scales of the pairs differ, a flow has
    /// another number of pairs than there are, there are more than 4,294,967,295 episodes, or the
    /// lists are counted by another version of SIMD or along another axis than the records.
    ///
    /// ```
    /// use clw_core::OrderedMap;
    ///
    /// use clw_core::change::PairCounts;
    /// use clw_core::completion::Flow;
    /// use clw_core::equity::{Axis, BandEvidence, Bands, EquityTable, SimdIndex};
    /// use clw_core::estimate::{ConfidenceLevel, Degenerate};
    /// use clw_core::instrument::{Direction, Points, Scale};
    /// use clw_core::pairing::Fate;
    ///
    /// let axis = Axis::Simd { index: SimdIndex::known("2020v2")?, bands: Bands::Quintiles };
    /// let scale = Scale {
    ///     direction: Direction::HigherIsBetter,
    ///     steps_per_unit: 1,
    ///     lowest: Points(0),
    ///     highest: Points(10),
    /// };
    /// let mut flow = Flow::default();
    /// flow.add(Fate::Paired);
    /// flow.add(Fate::FollowUpMissing);
    /// let pairs = PairCounts::count_steps(scale, &[4], &[6])?;
    /// let evidence = [BandEvidence { band: 1, flow: &flow, pairs: &pairs }];
    /// let level = ConfidenceLevel::default();
    /// let table = EquityTable::of(&axis, &evidence, &OrderedMap::new(), None, level)?;
    ///
    /// assert_eq!((table.rows.len(), table.rows[0].referred), (5, 2));
    /// assert_eq!(table.rows[0].completion.count, 1);
    /// // Nobody is known of the other four bands, so nothing is fitted.
    /// let gradients = table.gradients.unwrap();
    /// let reason = gradients.completion.of_bands.not_computed();
    /// assert_eq!(reason, Some(Degenerate::EmptyBand));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn of(
        axis: &Axis,
        evidence: &[BandEvidence<'_>],
        not_placed: &OrderedMap<NotPlaced, Flow>,
        lists: Option<&ListPopulation>,
        level: ConfidenceLevel,
    ) -> Result<Self, EquityError> {
        if let Some(lists) = lists.filter(|lists| lists.axis() != axis) {
            let lists = lists.axis().clone();
            return Err(EquityError::AxesDiffer { records: axis.clone(), lists });
        }
        let (scale, by_band) = check(axis, evidence)?;
        let none = (Flow::default(), PairCounts::new(scale));
        let all: Vec<BandEvidence<'_>> = (1..=axis.count())
            .map(|band| {
                let nobody = BandEvidence { band, flow: &none.0, pairs: &none.1 };
                by_band.get(&band).copied().unwrap_or(nobody)
            })
            .collect();
        let referred = episodes(all.iter().map(|band| band.flow))?;
        let everybody = episodes(all.iter().map(|band| band.flow).chain(not_placed.values()))?;
        let row = |band: &BandEvidence<'_>| EquityRow::of(band, referred, lists, level);
        let gradients = match axis {
            Axis::Simd { bands, .. } => Some(Gradients::of(*bands, &all, lists, level)?),
            Axis::UrbanRural { .. } => None,
        };
        let not_placed =
            not_placed.iter().map(|(reason, flow)| (*reason, nowhere_row(flow, level)));
        Ok(Self {
            axis: axis.clone(),
            placed: Share::of(referred, everybody, level),
            rows: all.iter().map(row).collect(),
            not_placed: not_placed.collect(),
            lists: lists.map(|lists| ListSource {
                source: lists.source().to_owned(),
                as_of: lists.as_of(),
                people: lists.people(),
                not_placed: lists.not_placed(),
            }),
            gradients,
        })
    }
}

type ByBand<'a> = OrderedMap<u8, BandEvidence<'a>>;

/// The scale of all pairs, and the evidence by band.
fn check<'a>(
    axis: &Axis,
    evidence: &[BandEvidence<'a>],
) -> Result<(Scale, ByBand<'a>), EquityError> {
    let mut by_band = ByBand::new();
    let mut scale = None;
    for row in evidence {
        let band = row.band;
        if !(1..=axis.count()).contains(&band) {
            return Err(EquityError::BandOutside { band, bands: axis.count() });
        }
        if by_band.insert(band, *row).is_some() {
            return Err(EquityError::BandTwice { band });
        }
        let (left, right) = (*scale.get_or_insert(*row.pairs.scale()), *row.pairs.scale());
        if left != right {
            return Err(PairCountsError::DifferentScales { left, right }.into());
        }
        let (paired, pairs) = (row.flow.in_box(FlowBox::Paired), row.pairs.n());
        if paired != pairs {
            return Err(EquityError::PairsNotOfFlow { band, paired, pairs });
        }
    }
    Ok((scale.unwrap_or(NO_SCALE), by_band))
}

/// Of a caseload without pairs, which nothing is computed from.
const NO_SCALE: Scale = Scale {
    direction: Direction::HigherIsBetter,
    steps_per_unit: 1,
    lowest: crate::instrument::Points(0),
    highest: crate::instrument::Points(0),
};

/// The episodes of several flows, never overflowing.
fn episodes<'a>(flows: impl Iterator<Item = &'a Flow>) -> Result<u64, EquityError> {
    let referred = flows.map(|flow| flow.in_box(FlowBox::Referred));
    let episodes = referred.fold(0, u64::saturating_add);
    EquityError::check_people(episodes)?;
    Ok(episodes)
}

fn share(flow: &Flow, part: FlowBox, whole: FlowBox, level: ConfidenceLevel) -> Share {
    Share::of(flow.in_box(part), flow.in_box(whole), level)
}

fn nowhere_row(flow: &Flow, level: ConfidenceLevel) -> NotPlacedRow {
    NotPlacedRow {
        referred: flow.in_box(FlowBox::Referred),
        engagement: share(flow, FlowBox::Seen, FlowBox::Referred, level),
        completion: share(flow, FlowBox::Paired, FlowBox::Due, level),
    }
}

impl EquityRow {
    fn of(
        &BandEvidence { band, flow, pairs }: &BandEvidence<'_>,
        all_referred: u64,
        lists: Option<&ListPopulation>,
        level: ConfidenceLevel,
    ) -> Self {
        let referred = flow.in_box(FlowBox::Referred);
        let reach = lists.map(|lists| {
            let of_lists = (lists.in_band(band), lists.people());
            Reach::of((referred, all_referred), of_lists, level)
        });
        Self {
            band,
            referred,
            reach,
            engagement: share(flow, FlowBox::Seen, FlowBox::Referred, level),
            completion: share(flow, FlowBox::Paired, FlowBox::Due, level),
            mean_change: MeanChange::of(pairs, level),
            improved: AnyChangeCounts::of(pairs, level).improved,
        }
    }
}

impl MeanChange {
    fn of(pairs: &PairCounts, level: ConfidenceLevel) -> Estimate<Self> {
        let mean = Result::from(Moments::of_change(pairs).mean);
        let interval = || {
            let test = PairedT::of(pairs, crate::change::Alternative::TwoSided, level)?;
            Ok::<_, Degenerate>(test.interval)
        };
        mean.map(|value| Self { value, interval: interval().into() }).into()
    }
}

impl Gradients {
    fn of(
        bands: Bands,
        all: &[BandEvidence<'_>],
        lists: Option<&ListPopulation>,
        level: ConfidenceLevel,
    ) -> Result<Self, EquityError> {
        let of_flow = |part, whole| {
            let count = |row: &BandEvidence<'_>| {
                let (count, population) = (row.flow.in_box(part), row.flow.in_box(whole));
                BandCount { band: row.band, count, population }
            };
            Gradient::of_shares(bands, &all.iter().map(count).collect::<Vec<_>>(), level)
        };
        let reach = lists.map(|lists| {
            let count = |row: &BandEvidence<'_>| BandCount {
                band: row.band,
                count: row.flow.in_box(FlowBox::Referred),
                population: lists.in_band(row.band),
            };
            let counts: Vec<BandCount> = all.iter().map(count).collect();
            let better = Direction::HigherIsBetter;
            Inequality::of_counts(bands, &counts, RateKind::Rate, better, level)
        });
        let improved = all.iter().map(|row| {
            let improved = AnyChangeCounts::of(row.pairs, level).improved;
            BandCount { band: row.band, count: improved.count, population: improved.of }
        });
        Ok(Self {
            reach: reach.transpose()?,
            engagement: of_flow(FlowBox::Seen, FlowBox::Referred)?,
            completion: of_flow(FlowBox::Paired, FlowBox::Due)?,
            mean_change: Gradient::of_changes(bands, all, level)?,
            improved: Gradient::of_shares(bands, &improved.collect::<Vec<_>>(), level)?,
        })
    }
}

impl Gradient {
    /// Of shares of which more are better.
    pub(crate) fn of_shares(
        bands: Bands,
        counts: &[BandCount],
        level: ConfidenceLevel,
    ) -> Result<Self, EquityError> {
        let better = Direction::HigherIsBetter;
        let kind = RateKind::Proportion;
        Ok(Self {
            of_bands: Inequality::of_counts(bands, counts, kind, better, level)?,
            of_people: PersonLevel::of_counts(bands, counts, better, level)?,
        })
    }

    fn of_changes(
        bands: Bands,
        all: &[BandEvidence<'_>],
        level: ConfidenceLevel,
    ) -> Result<Self, EquityError> {
        let scale = all.first().map_or(NO_SCALE, |row| *row.pairs.scale());
        let rate = |row: &BandEvidence<'_>| {
            let mean = Moments::of_change(row.pairs).mean;
            let rate = mean.computed().copied().unwrap_or_default();
            BandRate { band: row.band, rate, population: row.pairs.n() }
        };
        let rates: Vec<BandRate> = all.iter().map(rate).collect();
        let kind = RateKind::MeanChange(scale);
        let pairs: Vec<BandPairs<'_>> =
            all.iter().map(|row| BandPairs { band: row.band, pairs: row.pairs }).collect();
        Ok(Self {
            of_bands: Inequality::of_rates(bands, &rates, kind, scale.direction, level)?,
            of_people: PersonLevel::of_changes(bands, &pairs, level)?,
        })
    }
}
