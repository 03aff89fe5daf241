//! Shares over time, with limits for each period's denominator.

use serde::{Deserialize, Serialize};

use super::rules::{Plotted, special_causes};
use super::{ControlChartOptions, SpecialCause};
use crate::completion::control_limits::Centre;
use crate::completion::named_count::check;
use crate::completion::{ComparisonError, ControlLimits, NamedCount};
use crate::estimate::{Degenerate, Estimate};
use crate::numeric::normal;

/// How the limits of a p-chart are made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PChartLimits {
    /// `p̄ ± 3·√(p̄(1 − p̄)/n)`, cut at 0 and 1. Shewhart (1931); Montgomery, *Introduction to
    /// Statistical Quality Control*, on the fraction nonconforming.
    ThreeSigma,
    /// The counts beyond which the binomial distribution has at most what the normal one has beyond
    /// three sigma, 0.00135 on each side. For the small denominators of a practice, where three sigma
    /// promise more than they hold.
    ExactBinomial,
}

/// The share of one period.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct PChartPoint {
    /// The period.
    pub period: String,
    /// The numerator.
    pub count: u64,
    /// The denominator.
    pub of: u64,
    /// The one over the other; absent in a gap.
    pub share: Option<f64>,
    /// The limits at this denominator; absent in a gap.
    pub limits: Option<ControlLimits>,
    /// The rules it is part of.
    pub special_causes: Vec<SpecialCause>,
}

/// Periods that share a centre.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct PChartPhase {
    /// The periods behind the centre.
    pub baseline_periods: u64,
    /// The sum of their numerators.
    pub baseline_count: u64,
    /// The sum of their denominators.
    pub baseline_of: u64,
    /// The one over the other.
    pub centre: Estimate<f64>,
    /// All periods of the phase.
    pub points: Vec<PChartPoint>,
}

/// A chart of shares.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct PChart {
    /// How the limits were made.
    pub limits: PChartLimits,
    /// The rules and phases asked for.
    pub options: ControlChartOptions,
    /// The phases, in their order in time.
    pub phases: Vec<PChartPhase>,
}

impl PChart {
    /// The chart of some periods in their order in time.
    ///
    /// The rules within 1σ and 2σ use the binomial standard deviation under either kind of limits.
    ///
    /// # Errors
    /// [`ComparisonError::MoreThanAll`], [`ComparisonError::TotalTooLarge`],
    /// [`ComparisonError::NameTwice`],
    /// [`ComparisonError::UnknownPeriod`], [`ComparisonError::PeriodsOutOfOrder`],
    /// [`ComparisonError::BaselineTooShort`], [`ComparisonError::RunTooShort`].
    ///
    /// ```
    /// use clw_core::completion::{ControlChartOptions, NamedCount, PChart, PChartLimits, RuleSet};
    ///
    /// let months = [
    ///     NamedCount::new("2024-01", 13, 100),
    ///     NamedCount::new("2024-02", 0, 0),
    ///     NamedCount::new("2024-03", 11, 100),
    ///     NamedCount::new("2024-04", 55, 100),
    /// ];
    /// let mut options = ControlChartOptions::new(RuleSet::NhsEnglandMakingDataCount);
    /// options.baseline_periods = Some(2);
    /// let chart = PChart::of(&months, PChartLimits::ThreeSigma, options)?;
    /// let phase = &chart.phases[0];
    /// assert_eq!(phase.centre.computed(), Some(&0.12));
    /// assert_eq!(phase.points[1].share, None);
    /// assert_eq!(phase.points[3].special_causes.len(), 1);
    /// # Ok::<(), clw_core::completion::ComparisonError>(())
    /// ```
    pub fn of(
        periods: &[NamedCount],
        limits: PChartLimits,
        options: ControlChartOptions,
    ) -> Result<Self, ComparisonError> {
        check(periods)?;
        options.check()?;
        let phases = options.phases(periods, |period| &period.name)?;
        let phases = phases.into_iter().map(|periods| phase(periods, limits, &options)).collect();
        Ok(Self { limits, options, phases })
    }
}

impl PChartLimits {
    fn at(self, centre: Centre, of: u64) -> ControlLimits {
        match self {
            Self::ThreeSigma => centre.normal(of, 3.0),
            Self::ExactBinomial => centre.exact(of, normal::sf(3.0)),
        }
    }
}

fn phase(
    periods: &[NamedCount],
    limits: PChartLimits,
    options: &ControlChartOptions,
) -> PChartPhase {
    let with_people = || periods.iter().filter(|period| period.of > 0);
    let baseline = || with_people().take(options.baseline());
    let count = baseline().map(|period| period.count).sum();
    let of: u64 = baseline().map(|period| period.of).sum();
    // Where nobody is counted in any period, every one of them is a gap and needs no limits.
    let centre = Centre::of_counts(count, of.max(1));
    let plotted = |period: &NamedCount| {
        let value = period.count as f64 / period.of as f64;
        let limits = limits.at(centre, period.of);
        let sigma = centre.standard_deviation(period.of);
        (Plotted { value, centre: centre.p, sigma, outside: limits.outside(value) }, limits)
    };
    let (plotted, bands): (Vec<Plotted>, Vec<ControlLimits>) = with_people().map(plotted).unzip();
    let mut causes = special_causes(&plotted, &options.rules).into_iter();
    let mut bands = bands.into_iter();
    let point = |period: &NamedCount| {
        let is_drawn = period.of > 0;
        PChartPoint {
            period: period.name.clone(),
            count: period.count,
            of: period.of,
            share: period.share(),
            limits: is_drawn.then(|| bands.next()).flatten(),
            special_causes: is_drawn.then(|| causes.next()).flatten().unwrap_or_default(),
        }
    };
    PChartPhase {
        baseline_periods: baseline().count() as u64,
        baseline_count: count,
        baseline_of: of,
        centre: if of > 0 { Ok(centre.p) } else { Err(Degenerate::EmptyDenominator) }.into(),
        points: periods.iter().map(point).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::completion::RuleSet;

    fn chart(counts: &[(u64, u64)], limits: PChartLimits) -> PChart {
        let month = |(month, &(count, of)): (u32, &(u64, u64))| {
            NamedCount::new(format!("{month:03}"), count, of)
        };
        let months: Vec<NamedCount> = (1..).zip(counts).map(month).collect();
        PChart::of(&months, limits, ControlChartOptions::new(RuleSet::Nelson1984)).unwrap()
    }

    #[test]
    fn no_periods_have_no_phase_and_gaps_alone_no_centre() {
        assert!(chart(&[], PChartLimits::ThreeSigma).phases.is_empty());
        let gaps = chart(&[(0, 0), (0, 0)], PChartLimits::ExactBinomial);
        let phase = &gaps.phases[0];
        assert_eq!(phase.centre.not_computed(), Some(Degenerate::EmptyDenominator));
        assert!(phase.points.iter().all(|point| point.share.is_none() && point.limits.is_none()));
    }

    #[test]
    fn a_gap_is_not_a_zero_and_does_not_end_a_run() {
        let mut counts = vec![(9, 10); 9];
        counts.insert(4, (0, 0));
        counts.extend([(1, 10); 3]);
        let found = chart(&counts, PChartLimits::ExactBinomial);
        let points = &found.phases[0].points;
        assert!(points[4].special_causes.is_empty());
        let run = |point: &PChartPoint| !point.special_causes.is_empty();
        assert!(points[..4].iter().all(run) && points[5..10].iter().all(run));
    }

    #[test]
    fn where_nobody_ever_counts_the_limits_meet() {
        for limits in [PChartLimits::ThreeSigma, PChartLimits::ExactBinomial] {
            let found = chart(&[(0, 10), (0, 7)], limits);
            let meeting = Some(ControlLimits { lower: 0.0, upper: 0.0 });
            assert!(found.phases[0].points.iter().all(|point| point.limits == meeting));
        }
    }

    #[test]
    fn a_chart_survives_json() {
        let found = chart(&[(3, 10), (0, 0), (7, 9), (1, 1)], PChartLimits::ThreeSigma);
        let json = serde_json::to_string(&found).unwrap();
        assert_eq!(serde_json::from_str::<PChart>(&json).unwrap(), found);
    }
}
