//! One value a period, with limits from how much neighbours differ: individuals and moving ranges.

use core::f64::consts::PI;

use serde::{Deserialize, Serialize};

use super::rules::{Plotted, special_causes};
use super::{ControlChartOptions, SpecialCause};
use crate::completion::named_count::check_names;
use crate::completion::{ComparisonError, ControlLimits};
use crate::estimate::{Degenerate, Estimate};

/// Beyond this a sum of values could leave the range of a double.
const LARGEST: f64 = 1e100;

/// The value of one period: a mean, a median, a number of days.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct PeriodValue {
    /// The period.
    pub name: String,
    /// The value; absent is a gap.
    pub value: Option<f64>,
}

/// What the mean moving range is multiplied by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum XmrConstants {
    /// 2.66 and 3.268, rounded as in textbooks and in NHS charts. Wheeler & Chambers (1992),
    /// *Understanding Statistical Process Control*.
    Rounded,
    /// 3/d₂ = 3√π/2 = 2.6587 and 1 + 3·d₃/d₂ = 1 + 3·√(π/2 − 1) = 3.2665, which they round: the mean
    /// and the standard deviation of the range of two normal values are d₂ = 2/√π and d₃ = √(2 − 4/π).
    Unrounded,
}

impl XmrConstants {
    /// For the limits of the values.
    #[must_use]
    pub fn of_values(self) -> f64 {
        match self {
            Self::Rounded => 2.66,
            Self::Unrounded => 1.5 * libm::sqrt(PI),
        }
    }

    /// For the upper limit of the moving ranges.
    #[must_use]
    pub fn of_moving_ranges(self) -> f64 {
        match self {
            Self::Rounded => 3.268,
            Self::Unrounded => 1.0 + 3.0 * libm::sqrt(0.5 * PI - 1.0),
        }
    }
}

/// One period.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct XmrPoint {
    /// The period.
    pub period: String,
    /// The value; absent in a gap.
    pub value: Option<f64>,
    /// By how much it differs from the period before; absent at the beginning of a phase, in a gap and
    /// after one.
    pub moving_range: Option<f64>,
    /// Whether that is more than chance explains.
    pub moving_range_outside: bool,
    /// The rules it is part of; none where there are no limits.
    pub special_causes: Vec<SpecialCause>,
}

/// Periods that share a centre and limits.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct XmrPhase {
    /// The periods behind centre and limits.
    pub baseline_periods: u64,
    /// The mean of their values.
    pub centre: Estimate<f64>,
    /// The mean of their moving ranges.
    pub mean_moving_range: Estimate<f64>,
    /// The limits of the values.
    pub limits: Estimate<ControlLimits>,
    /// The upper limit of the moving ranges; the lower one is 0.
    pub moving_range_limit: Estimate<f64>,
    /// All periods of the phase.
    pub points: Vec<XmrPoint>,
}

/// A chart of individual values and moving ranges.
///
/// Limits of the values: their mean ± 2.66 times the mean moving range; of the moving ranges: 3.268
/// times their mean. Wheeler & Chambers (1992), *Understanding Statistical Process Control*;
/// Montgomery, *Introduction to Statistical Quality Control*, on charts for individual measurements.
/// For shares with small or very unequal denominators a [`PChart`](super::PChart) is the chart to use.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct XmrChart {
    /// The constants.
    pub constants: XmrConstants,
    /// The rules and phases asked for.
    pub options: ControlChartOptions,
    /// The phases, in their order in time.
    pub phases: Vec<XmrPhase>,
}

impl XmrChart {
    /// The chart of some periods in their order in time.
    ///
    /// # Errors
    /// [`ComparisonError::NameTwice`], [`ComparisonError::ValueOutside`],
    /// [`ComparisonError::UnknownPeriod`], [`ComparisonError::PeriodsOutOfOrder`],
    /// [`ComparisonError::BaselineTooShort`], [`ComparisonError::RunTooShort`].
    ///
    /// ```
    /// use clw_core::completion::{ControlChartOptions, PeriodValue, RuleSet, XmrChart, XmrConstants};
    ///
    /// let weeks = [("1", 28.0), ("2", 31.0), ("3", 27.0), ("4", 30.0)]
    ///     .map(|(week, days)| PeriodValue { name: week.to_owned(), value: Some(days) });
    /// let options = ControlChartOptions::new(RuleSet::NhsEnglandMakingDataCount);
    /// let chart = XmrChart::of(&weeks, XmrConstants::Rounded, options)?;
    /// let phase = &chart.phases[0];
    /// assert_eq!(phase.centre.computed(), Some(&29.0));
    /// assert_eq!(phase.mean_moving_range.computed(), Some(&(10.0 / 3.0)));
    /// # Ok::<(), clw_core::completion::ComparisonError>(())
    /// ```
    pub fn of(
        periods: &[PeriodValue],
        constants: XmrConstants,
        options: ControlChartOptions,
    ) -> Result<Self, ComparisonError> {
        check_names(periods.iter().map(|period| period.name.as_str()))?;
        for PeriodValue { name, value } in periods {
            if let Some(value) = value.filter(|value| !(-LARGEST..=LARGEST).contains(value)) {
                return Err(ComparisonError::ValueOutside { name: name.clone(), value });
            }
        }
        options.check()?;
        let phases = options.phases(periods, |period| &period.name)?;
        let phases =
            phases.into_iter().map(|periods| phase(periods, constants, &options)).collect();
        Ok(Self { constants, options, phases })
    }
}

/// A value and how far it is from its neighbour.
#[derive(Clone, Copy)]
struct Individual {
    value: f64,
    moving_range: Option<f64>,
}

fn individuals(periods: &[PeriodValue]) -> Vec<Option<Individual>> {
    let mut before = None;
    let individual = |period: &PeriodValue| {
        let from = core::mem::replace(&mut before, period.value);
        period.value.map(|value| Individual {
            value,
            moving_range: from.map(|from| libm::fabs(value - from)),
        })
    };
    periods.iter().map(individual).collect()
}

fn phase(
    periods: &[PeriodValue],
    constants: XmrConstants,
    options: &ControlChartOptions,
) -> XmrPhase {
    let individuals = individuals(periods);
    let baseline = || individuals.iter().flatten().take(options.baseline());
    let centre = mean(baseline().map(|point| point.value)).ok_or(Degenerate::NoPeriods);
    let range = mean(baseline().filter_map(|point| point.moving_range));
    let range = centre.and_then(|_| range.ok_or(Degenerate::NoNeighbouringPeriods));
    let by = range.map(|range| constants.of_values() * range);
    let limits = centre
        .and_then(|centre| by.map(|by| ControlLimits { lower: centre - by, upper: centre + by }));
    let range_limit = range.map(|range| constants.of_moving_ranges() * range);
    let plotted = |point: &Individual| {
        let (centre, limits, by) = (centre.ok()?, limits.ok()?, by.ok()?);
        let outside = limits.outside(point.value);
        Some(Plotted { value: point.value, centre, sigma: by / 3.0, outside })
    };
    let plotted: Vec<Plotted> = individuals.iter().flatten().filter_map(plotted).collect();
    let mut causes = special_causes(&plotted, &options.rules).into_iter();
    let points = periods.iter().zip(&individuals).map(|(period, individual)| {
        let moving_range = individual.and_then(|point| point.moving_range);
        let over = |range: f64| range_limit.is_ok_and(|limit| range > limit);
        XmrPoint {
            period: period.name.clone(),
            value: period.value,
            moving_range,
            moving_range_outside: moving_range.is_some_and(over),
            special_causes: individual.and_then(|_| causes.next()).unwrap_or_default(),
        }
    });
    XmrPhase {
        points: points.collect(),
        baseline_periods: baseline().count() as u64,
        centre: centre.into(),
        mean_moving_range: range.into(),
        limits: limits.into(),
        moving_range_limit: range_limit.into(),
    }
}

/// Summed as differences from the first, so that equal values have exactly their own mean: one that
/// rounding moved would lie outside limits that meet.
fn mean(mut values: impl Iterator<Item = f64>) -> Option<f64> {
    let first = values.next()?;
    let (above, n) =
        values.fold((0.0, 1_u64), |(above, n), value| (above + (value - first), n + 1));
    Some(first + above / n as f64)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::completion::RuleSet;

    fn periods(values: &[Option<f64>]) -> Vec<PeriodValue> {
        let period =
            |(nth, &value): (u32, &Option<f64>)| PeriodValue { name: nth.to_string(), value };
        (1..).zip(values).map(period).collect()
    }

    fn chart(values: &[Option<f64>]) -> XmrChart {
        let options = ControlChartOptions::new(RuleSet::Nelson1984);
        XmrChart::of(&periods(values), XmrConstants::Rounded, options).unwrap()
    }

    #[test]
    fn without_values_or_neighbours_there_are_no_limits() {
        assert!(chart(&[]).phases.is_empty());
        let gaps = &chart(&[None, None]).phases[0];
        assert_eq!(gaps.centre.not_computed(), Some(Degenerate::NoPeriods));
        assert_eq!(gaps.limits.not_computed(), Some(Degenerate::NoPeriods));
        for values in [&[Some(4.0)][..], &[Some(4.0), None, Some(5.0), None]] {
            let apart = &chart(values).phases[0];
            assert!(apart.centre.computed().is_some());
            assert_eq!(apart.limits.not_computed(), Some(Degenerate::NoNeighbouringPeriods));
            assert!(apart.points.iter().all(|point| point.special_causes.is_empty()));
        }
    }

    #[test]
    fn no_moving_range_reaches_across_a_gap() {
        let found = chart(&[Some(1.0), Some(3.0), None, Some(9.0), Some(9.0)]);
        let ranges = found.phases[0].points.iter().map(|point| point.moving_range);
        assert_eq!(ranges.collect::<Vec<_>>(), [None, Some(2.0), None, None, Some(0.0)]);
        assert_eq!(found.phases[0].mean_moving_range, Estimate::Computed(1.0));
    }

    #[test]
    fn equal_values_have_limits_that_meet() {
        // Added up and divided, ten times 0.1 or 28.7 is not ten times itself.
        for value in [2.5, 0.1, 28.7, 1.0 / 3.0] {
            for periods in [4, 10, 20] {
                let found = &chart(&vec![Some(value); periods]).phases[0];
                let meeting = ControlLimits { lower: value, upper: value };
                assert_eq!(found.limits, Estimate::Computed(meeting));
                assert!(found.points.iter().all(|point| point.special_causes.is_empty()));
                // On its limit, 0, a moving range is not outside.
                assert!(found.points.iter().all(|point| !point.moving_range_outside));
            }
        }
    }

    #[test]
    fn what_cannot_be_added_up_is_refused() {
        for value in [f64::NAN, f64::INFINITY, -1e101] {
            let options = ControlChartOptions::new(RuleSet::Nelson1984);
            let periods = periods(&[Some(1.0), Some(value)]);
            let error = XmrChart::of(&periods, XmrConstants::Rounded, options).unwrap_err();
            assert_eq!(error.code(), "value-outside");
        }
    }

    #[test]
    fn a_chart_survives_json() {
        let found = chart(&[Some(3.0), None, Some(2.0), Some(2.25)]);
        let json = serde_json::to_string(&found).unwrap();
        assert_eq!(serde_json::from_str::<XmrChart>(&json).unwrap(), found);
    }
}
