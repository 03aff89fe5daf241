//! The slope and relative index of inequality from the rates of bands, as ScotPHO computes them.

use serde::{Deserialize, Serialize};

use super::bands::{BandCount, BandRate, Bands, in_order};
use super::ridit::{Line, Ridits};
use super::{EquityError, RateKind};
use crate::estimate::{ConfidenceLevel, Degenerate, Estimate, Interval};
use crate::instrument::Direction;
use crate::numeric::student_t;

/// How unequal a rate is over deprivation bands, by the method of the Scottish Public Health
/// Observatory.
///
/// With the rates yᵢ of bands 1 (most deprived) to K and their shares of the population pᵢ, the rank
/// of a band is the place of its middle person, `xᵢ = Σ_{j<i} pⱼ + pᵢ/2`. The line of y on x is
/// fitted by least squares with the weights p.
///
/// - **SII**, the slope index, is the fitted rate of the very most deprived less that of the very
///   least: minus the slope, in the unit of the rate. Positive: the most deprived have more of it.
/// - **RII**, the relative index, is SII / overall rate.
/// - **PAR %**, the population attributable risk, is how much lower the overall rate would be if
///   everybody had that of the least deprived: `100·S/(S + 1)` with `S = Σ(yᵢ/y_K − 1)pᵢ`, which is
///   `100·(overall − y_K)/overall`.
/// - The **ranges** compare the two end bands alone: `y₁ − y_K` and `y₁ / y_K`.
///
/// The intervals are t intervals with K − 2 degrees of freedom: they tell how far the bands are from
/// a line, not how few people there are. [`PersonLevel`](super::PersonLevel) tells that.
///
/// Pamuk (1985), doi:10.1080/0032472031000141256; Mackenbach & Kunst (1997),
/// doi:10.1016/S0277-9536(96)00073-1; ScotPHO, "How to measure health inequalities".
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Inequality {
    /// The bands that were compared.
    pub bands: Bands,
    /// Everybody in them.
    pub population: u64,
    /// Which way of the rate is better.
    pub better: Direction,
    /// The rate of everybody, `Σ pᵢ yᵢ`.
    pub overall: f64,
    /// SII.
    pub slope_index: SlopeIndex,
    /// RII, where the overall rate is not 0 and the rate has a zero.
    pub relative_index: Estimate<RelativeIndex>,
    /// PAR %, under the same conditions.
    pub population_attributable_risk_percent: Estimate<f64>,
    /// The rate of the most deprived band less that of the least.
    pub absolute_range: f64,
    /// The one over the other, where the latter is not 0 and the rate has a zero.
    pub relative_range: Estimate<f64>,
    /// Who is worse off by the slope.
    pub worse_off: WorseOff,
}

/// The slope index of inequality: the fitted rate at the most deprived end less that at the least.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct SlopeIndex {
    /// The index, in the unit of the rate.
    pub value: f64,
    /// Its standard error.
    pub standard_error: f64,
    /// Degrees of freedom of its t interval.
    pub degrees_of_freedom: u64,
    /// Its t interval, unless everything lies on the line.
    pub interval: Estimate<Interval>,
}

/// The relative index of inequality: the slope index over the overall rate.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct RelativeIndex {
    /// The index.
    pub value: f64,
    /// Its interval, unless everything lies on the line.
    pub interval: Estimate<Interval>,
}

/// Who is worse off by the slope of a line, whether or not its interval leaves that open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum WorseOff {
    /// The most deprived.
    MostDeprived,
    /// The least deprived.
    LeastDeprived,
    /// Nobody: the line is level.
    Nobody,
}

impl WorseOff {
    pub(super) fn of(slope_index: f64, better: Direction) -> Self {
        let more_is_worse = better == Direction::LowerIsBetter;
        match slope_index.partial_cmp(&0.0) {
            Some(core::cmp::Ordering::Greater) if more_is_worse => Self::MostDeprived,
            Some(core::cmp::Ordering::Greater) => Self::LeastDeprived,
            Some(core::cmp::Ordering::Less) if more_is_worse => Self::LeastDeprived,
            Some(core::cmp::Ordering::Less) => Self::MostDeprived,
            _ => Self::Nobody,
        }
    }
}

impl SlopeIndex {
    /// With a t interval; none where there is no error.
    pub(super) fn new(
        value: f64,
        standard_error: f64,
        degrees_of_freedom: u64,
        level: ConfidenceLevel,
    ) -> Self {
        let interval = t_interval(value, standard_error, degrees_of_freedom, level);
        Self { value, standard_error, degrees_of_freedom, interval }
    }
}

/// value ± t · standard error.
pub(super) fn t_interval(
    value: f64,
    standard_error: f64,
    degrees_of_freedom: u64,
    level: ConfidenceLevel,
) -> Estimate<Interval> {
    if standard_error <= 0.0 {
        return Estimate::NotComputed(Degenerate::NoResidualSpread);
    }
    let tail = 0.5 * (1.0 - level.get());
    let reach = student_t::upper_quantile(tail, degrees_of_freedom as f64) * standard_error;
    Estimate::Computed(Interval { lower: value - reach, upper: value + reach, level })
}

impl Inequality {
    /// Of the rates of all bands, given in any order.
    ///
    /// Not computed where a band is [missing](Degenerate::MissingBand) or has
    /// [nobody in it](Degenerate::EmptyBand).
    ///
    /// # Errors
    /// When a band is outside 1 to K or given twice, a rate is not one of its kind, or there are
    /// more than 4,294,967,295 people.
    ///
    /// ```
    /// use clw_core::equity::{BandRate, Bands, Inequality, RateKind, WorseOff};
    /// use clw_core::estimate::ConfidenceLevel;
    /// use clw_core::instrument::Direction;
    ///
    /// let rates = [(1, 40.0, 120), (2, 35.0, 110), (3, 30.0, 100), (4, 26.0, 90), (5, 22.0, 80)];
    /// let rates = rates.map(|(band, rate, population)| BandRate { band, rate, population });
    /// let (kind, better) = (RateKind::Rate, Direction::LowerIsBetter);
    /// let level = ConfidenceLevel::default();
    /// let found = Inequality::of_rates(Bands::Quintiles, &rates, kind, better, level)?;
    /// let found = found.computed().unwrap();
    ///
    /// let round = |value: f64| (value * 1e6).round() / 1e6;
    /// assert_eq!((found.overall, round(found.slope_index.value)), (31.5, 22.488722));
    /// let interval = found.slope_index.interval.computed().unwrap();
    /// assert_eq!((round(interval.lower), round(interval.upper)), (21.783980, 23.193464));
    /// let relative = found.relative_index.computed().unwrap();
    /// assert_eq!(round(relative.value), 0.713928);
    /// let attributable = found.population_attributable_risk_percent.computed().unwrap();
    /// assert_eq!(round(*attributable), 30.158730);
    /// assert_eq!(found.worse_off, WorseOff::MostDeprived);
    /// # Ok::<(), clw_core::equity::EquityError>(())
    /// ```
    pub fn of_rates(
        bands: Bands,
        rates: &[BandRate],
        kind: RateKind,
        better: Direction,
        level: ConfidenceLevel,
    ) -> Result<Estimate<Self>, EquityError> {
        for BandRate { band, rate, .. } in rates {
            kind.check(*band, *rate)?;
        }
        let ordered = in_order(bands, rates)?;
        Ok(ordered.map(|ordered| Self::of_ordered(bands, &ordered, kind, better, level)).into())
    }

    /// Of counts in all bands: the rates are counts over populations.
    ///
    /// # Errors
    /// As for [`of_rates`](Self::of_rates); with [`RateKind::Proportion`] also when more are counted
    /// than there are.
    pub fn of_counts(
        bands: Bands,
        counts: &[BandCount],
        kind: RateKind,
        better: Direction,
        level: ConfidenceLevel,
    ) -> Result<Estimate<Self>, EquityError> {
        let rates = counts.iter().map(|&BandCount { band, count, population }| {
            if kind == RateKind::Proportion && count > population {
                return Err(EquityError::CountAbovePopulation { band, count, population });
            }
            let rate = if population == 0 { 0.0 } else { count as f64 / population as f64 };
            Ok(BandRate { band, rate, population })
        });
        let rates: Vec<BandRate> = rates.collect::<Result<_, _>>()?;
        Self::of_rates(bands, &rates, kind, better, level)
    }

    fn of_ordered(
        bands: Bands,
        ordered: &[BandRate],
        kind: RateKind,
        better: Direction,
        level: ConfidenceLevel,
    ) -> Self {
        let ridits = Ridits::of(ordered.iter().map(|row| row.population));
        let rates: Vec<f64> = ordered.iter().map(|row| row.rate).collect();
        let line = Line::through(&ridits, &rates);
        let (most, least) =
            (rates.first().copied().unwrap_or_default(), rates.last().copied().unwrap_or_default());
        let degrees_of_freedom = u64::from(bands.count()) - 2;
        let squares = ridits.centred().zip(&line.residuals).map(|((n, _), r)| n * r * r);
        let residual_variance = squares.sum::<f64>() / degrees_of_freedom as f64;
        let standard_error = libm::sqrt(residual_variance / ridits.sum_of_squares());
        let slope_index =
            SlopeIndex::new(0.0 - line.slope, standard_error, degrees_of_freedom, level);
        let over = |value: f64, base: f64| kind.ratio_to(base).map(|base| value / base);
        let overall = line.overall;
        let relative_index = over(slope_index.value, overall).map(|value| {
            let interval = t_interval(value, standard_error / overall, degrees_of_freedom, level);
            RelativeIndex { value, interval }
        });
        Self {
            bands,
            population: ridits.people(),
            better,
            overall,
            slope_index,
            relative_index: relative_index.into(),
            population_attributable_risk_percent: over(100.0 * (overall - least), overall).into(),
            absolute_range: most - least,
            relative_range: over(most, least).into(),
            worse_off: WorseOff::of(slope_index.value, better),
        }
    }
}
