//! The slope index of inequality from people, not from the rates of bands.

use serde::{Deserialize, Serialize};

use super::bands::{BandCount, Banded, Bands, in_order};
use super::indices::{RelativeIndex, SlopeIndex, WorseOff, t_interval};
use super::ridit::{Line, Ridits};
use super::{EquityError, RateKind};
use crate::change::{PairCounts, PairCountsError, PairSums};
use crate::estimate::{ConfidenceLevel, Degenerate, Estimate};
use crate::instrument::Direction;

/// The slope of an outcome of people on their relative rank, with the error that people give it.
///
/// The line is the least-squares line over people, each at the rank of their band. Its slope is
/// that of [`Inequality`](super::Inequality) exactly, as the mean of a band stands for its people;
/// what differs is the interval. That of the bands asks how far five rates are from a line, with 3
/// degrees of freedom, and is narrow wherever they happen to be on one, however few people there
/// are. This asks how far people differ, and narrows as people are added.
///
/// For an outcome of yes or no it is the linear probability model. Its slope is the difference
/// between the ends in percentage points, the definition of the index; a logistic slope would answer
/// another question and need translating back. People do not vary alike around it, so the errors
/// are those of the sandwich HC3, with N − 2 degrees of freedom:
///
/// ```text
/// var(b) = Σ (x − ½)² e² / (1 − h)² / (Σ (x − ½)²)²,   h = 1/N + (x − ½)² / Σ (x − ½)²
/// ```
///
/// The interval of the relative index is by the delta method from the same sandwich. MacKinnon &
/// White (1985), doi:10.1016/0304-4076(85)90158-7; Long & Ervin (2000),
/// doi:10.1080/00031305.2000.10474549.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct PersonLevel {
    /// How it was computed.
    pub method: PersonLevelMethod,
    /// People.
    pub n: u64,
    /// Which way of the outcome is better.
    pub better: Direction,
    /// The mean outcome of everybody.
    pub overall: f64,
    /// SII, with N − 2 degrees of freedom.
    pub slope_index: SlopeIndex,
    /// RII, where the overall mean is not 0 and the outcome has a zero.
    pub relative_index: Estimate<RelativeIndex>,
    /// Who is worse off by the slope.
    pub worse_off: WorseOff,
}

/// How a slope over people was computed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PersonLevelMethod {
    /// Least squares on ridit, errors by the HC3 sandwich.
    LeastSquaresHc3,
}

/// The pairs of one band.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct BandPairs<'a> {
    /// The band, 1 the most deprived.
    pub band: u8,
    /// Its pairs.
    pub pairs: &'a PairCounts,
}

/// The exact sums of the outcome in one band, in whole steps.
#[derive(Debug, Clone, Copy)]
struct BandSums {
    band: u8,
    people: u64,
    sum: i128,
    sum_of_squares: i128,
}

impl Banded for BandSums {
    fn band(&self) -> u8 {
        self.band
    }

    fn population(&self) -> u64 {
        self.people
    }
}

impl BandSums {
    fn mean(&self) -> f64 {
        self.sum as f64 / self.people as f64
    }

    /// Σ (z − z̄)², rounded twice.
    fn within(&self) -> f64 {
        let squared_sum = self.sum.unsigned_abs() * self.sum.unsigned_abs();
        let n_sum_of_squares = u128::from(self.people) * self.sum_of_squares.unsigned_abs();
        (n_sum_of_squares - squared_sum) as f64 / self.people as f64
    }
}

impl PersonLevel {
    /// Of an outcome of yes or no, counted in all bands.
    ///
    /// Not computed where a band is [missing](Degenerate::MissingBand) or has
    /// [nobody in it](Degenerate::EmptyBand).
    ///
    /// # Errors
    /// When a band is outside 1 to K or given twice, counts more people than it has, or there are
    /// more than 4,294,967,295 people.
    ///
    /// ```
    /// use clw_core::equity::{BandCount, Bands, PersonLevel};
    /// use clw_core::estimate::ConfidenceLevel;
    /// use clw_core::instrument::Direction;
    ///
    /// // Half of 20, then 60, 70, 80 and 90 %.
    /// let counts = [(1, 10), (2, 12), (3, 14), (4, 16), (5, 18)];
    /// let counts = counts.map(|(band, count)| BandCount { band, count, population: 20 });
    /// let better = Direction::HigherIsBetter;
    /// let level = ConfidenceLevel::default();
    /// let completion = PersonLevel::of_counts(Bands::Quintiles, &counts, better, level)?;
    /// let completion = completion.computed().unwrap();
    /// // Ten points a band are fifty from end to end.
    /// assert!((completion.slope_index.value - -0.5).abs() < 1e-15);
    /// assert!(completion.slope_index.interval.computed().unwrap().upper < 0.0);
    /// # Ok::<(), clw_core::equity::EquityError>(())
    /// ```
    pub fn of_counts(
        bands: Bands,
        counts: &[BandCount],
        better: Direction,
        level: ConfidenceLevel,
    ) -> Result<Estimate<Self>, EquityError> {
        let sums = counts.iter().map(|&BandCount { band, count, population }| {
            if count > population {
                return Err(EquityError::CountAbovePopulation { band, count, population });
            }
            let sum = i128::from(count);
            Ok(BandSums { band, people: population, sum, sum_of_squares: sum })
        });
        let sums: Vec<BandSums> = sums.collect::<Result<_, _>>()?;
        let ordered = in_order(bands, &sums)?;
        let fit = |sums: Vec<_>| Self::fit(&sums, 1, RateKind::Proportion, better, level);
        Ok(ordered.map(fit).into())
    }

    /// Of the changes of people, from the pairs of all bands.
    ///
    /// The slope is in units of the printed score, of follow-up − baseline. There is no relative
    /// index of a change.
    ///
    /// # Errors
    /// When a band is outside 1 to K or given twice, the scales differ, or there are more than
    /// 4,294,967,295 pairs.
    pub fn of_changes(
        bands: Bands,
        pairs: &[BandPairs<'_>],
        level: ConfidenceLevel,
    ) -> Result<Estimate<Self>, EquityError> {
        let Some(first) = pairs.first() else {
            return Ok(Estimate::NotComputed(Degenerate::MissingBand));
        };
        let scale = *first.pairs.scale();
        if let Some(other) = pairs.iter().find(|other| *other.pairs.scale() != scale) {
            let right = *other.pairs.scale();
            return Err(PairCountsError::DifferentScales { left: scale, right }.into());
        }
        let sums = pairs.iter().map(|BandPairs { band, pairs }| {
            let sums = PairSums::of(pairs);
            let (sum, sum_of_squares) = (sums.change(), sums.change_squared());
            BandSums { band: *band, people: sums.n, sum, sum_of_squares }
        });
        let sums: Vec<BandSums> = sums.collect();
        let ordered = in_order(bands, &sums)?;
        let kind = RateKind::MeanChange(scale);
        let fit =
            |sums: Vec<_>| Self::fit(&sums, scale.steps_per_unit, kind, scale.direction, level);
        Ok(ordered.map(fit).into())
    }

    fn fit(
        sums: &[BandSums],
        steps_per_unit: u32,
        kind: RateKind,
        better: Direction,
        level: ConfidenceLevel,
    ) -> Self {
        let ridits = Ridits::of(sums.iter().map(|band| band.people));
        let means: Vec<f64> = sums.iter().map(BandSums::mean).collect();
        let line = Line::through(&ridits, &means);
        let sandwich = Sandwich::of(&ridits, &line, sums);
        let unit = f64::from(steps_per_unit);
        let (n, overall, slope) = (ridits.people(), line.overall / unit, line.slope / unit);
        let value = 0.0 - slope;
        let relative_index = kind.ratio_to(overall).map(|overall| {
            let value = value / overall;
            let standard_error = sandwich.of_ratio(value) / (unit * overall);
            RelativeIndex { value, interval: t_interval(value, standard_error, n - 2, level) }
        });
        Self {
            method: PersonLevelMethod::LeastSquaresHc3,
            n,
            better,
            overall,
            slope_index: SlopeIndex::new(value, libm::sqrt(sandwich.slope) / unit, n - 2, level),
            relative_index: relative_index.into(),
            worse_off: WorseOff::of(value, better),
        }
    }
}

/// The HC3 variances of the mean and the slope, in squared steps.
struct Sandwich {
    mean: f64,
    slope: f64,
    both: f64,
}

impl Sandwich {
    fn of(ridits: &Ridits, line: &Line, sums: &[BandSums]) -> Self {
        let (mut mean, mut slope, mut both) = (0.0, 0.0, 0.0);
        let bands = ridits.centred().zip(ridits.leverages()).zip(&line.residuals).zip(sums);
        for ((((people, centred), leverage), residual), band) in bands {
            let squares = band.within() + people * residual * residual;
            let weighted = squares / ((1.0 - leverage) * (1.0 - leverage));
            mean += weighted;
            both += centred * weighted;
            slope += centred * centred * weighted;
        }
        let (people, spread) = (ridits.people() as f64, ridits.sum_of_squares());
        Self {
            mean: mean / (people * people),
            slope: slope / (spread * spread),
            both: both / (people * spread),
        }
    }

    /// The standard error of −slope / mean, times the mean, by the delta method.
    fn of_ratio(&self, ratio: f64) -> f64 {
        let variance = self.slope + ratio * ratio * self.mean + 2.0 * ratio * self.both;
        libm::sqrt(variance.max(0.0))
    }
}
