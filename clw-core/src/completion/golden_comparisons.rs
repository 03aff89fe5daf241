//! Comparisons against values made elsewhere, by the scripts of the same names in `tests/oracles`.

use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::*;
use crate::estimate::ConfidenceLevel;
use crate::golden::{Golden, assert_within};

#[derive(Deserialize)]
struct Difference {
    name: String,
    before: (u64, u64),
    after: (u64, u64),
    options: Level,
    expected: ExpectedDifference,
}

#[derive(Deserialize)]
struct Level {
    level: ConfidenceLevel,
}

#[derive(Deserialize)]
struct ExpectedDifference {
    difference: f64,
    interval: (f64, f64),
}

/// Fractions and mpmath 1.4.1, with statsmodels 0.15.0 and Newcombe's table II beside them.
#[test]
fn differences_are_those_of_newcombes_method_10() {
    let cases =
        Golden::<Difference>::read(include_str!("../../tests/golden/difference.json")).cases;
    assert!(cases.len() >= 30);
    for case in cases {
        let [before, after] = [("before", case.before), ("after", case.after)]
            .map(|(name, (count, of))| NamedCount::new(name, count, of));
        let found = DifferenceOfShares::of(&before, &after, case.options.level).unwrap();
        let found = *found.difference.computed().unwrap();
        let (difference, (lower, upper)) = (case.expected.difference, case.expected.interval);
        assert_within(&case.name, found.value, difference, 1e-15 * difference.abs());
        assert_within(&case.name, found.interval.lower, lower, 1e-12 * (upper - lower));
        assert_within(&case.name, found.interval.upper, upper, 1e-12 * (upper - lower));
    }
}

#[derive(Deserialize)]
struct Funnel {
    name: String,
    practices: Vec<(String, u64, u64)>,
    options: FunnelOptions,
    expected: ExpectedFunnel,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
struct ExpectedFunnel {
    target: f64,
    points: Vec<(String, f64, f64, f64, f64, f64, FunnelPosition)>,
    without_denominator: Vec<String>,
    estimated: Option<f64>,
    winsorised_each_side: Option<u64>,
}

/// mpmath 1.4.1, with `qbinom` of R 4.2.2 and `winsorize` of SciPy 1.17.1 beside it.
#[test]
fn funnels_are_those_of_spiegelhalter() {
    let cases = Golden::<Funnel>::read(include_str!("../../tests/golden/funnel.json")).cases;
    assert!(cases.len() >= 20);
    for case in cases {
        let name = format!("{} {:?}", case.name, case.options);
        let practices =
            case.practices.iter().map(|(name, count, of)| NamedCount::new(name, *count, *of));
        let found = FunnelPlot::of(&practices.collect::<Vec<_>>(), case.options).unwrap();
        assert_within(&name, *found.target.computed().unwrap(), case.expected.target, 0.0);
        assert_eq!(found.without_denominator, case.expected.without_denominator, "{name}");
        assert_eq!(found.points.len(), case.expected.points.len());
        for (point, expected) in found.points.iter().zip(case.expected.points) {
            let (practice, share, lower_95, upper_95, lower_99_8, upper_99_8, position) = expected;
            assert_eq!(point.name, practice, "{name}");
            assert_within(&name, point.share, share, 0.0);
            let band = *point.band.computed().unwrap();
            assert_within(&name, band.limits_95.lower, lower_95, 1e-12);
            assert_within(&name, band.limits_95.upper, upper_95, 1e-12);
            assert_within(&name, band.limits_99_8.lower, lower_99_8, 1e-12);
            assert_within(&name, band.limits_99_8.upper, upper_99_8, 1e-12);
            assert_eq!(*point.position.computed().unwrap(), position, "{name} {practice}");
        }
        let moved = found.overdispersion.map(|found| found.winsorised_each_side);
        assert_eq!(moved, case.expected.winsorised_each_side, "{name}");
        if let Some((found, expected)) = found.overdispersion.zip(case.expected.estimated) {
            assert_within(&name, found.estimated, expected, 1e-12 * expected);
        }
    }
}

#[derive(Deserialize)]
struct ControlChart {
    name: String,
    method: String,
    counts: Option<Vec<(u64, u64)>>,
    values: Option<Vec<Option<f64>>>,
    options: ChartOptions,
    expected: ExpectedChart,
}

#[derive(Debug, Deserialize)]
struct ChartOptions {
    limits: Option<PChartLimits>,
    constants: Option<XmrConstants>,
    #[serde(flatten)]
    chart: ControlChartOptionsAsWritten,
}

/// The options beside others in one object, where unknown keys are not refused.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
struct ControlChartOptionsAsWritten {
    rules: Vec<SpecialCauseRule>,
    recalculate_from: Vec<String>,
    baseline_periods: Option<u32>,
}

impl ChartOptions {
    fn chart(&self) -> ControlChartOptions {
        ControlChartOptions {
            rules: self.chart.rules.clone(),
            recalculate_from: self.chart.recalculate_from.clone(),
            baseline_periods: self.chart.baseline_periods,
        }
    }
}

#[derive(Deserialize)]
struct ExpectedChart {
    phases: Vec<ExpectedPhase>,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
struct ExpectedPhase {
    baseline_periods: u64,
    centre: f64,
    mean_moving_range: Option<f64>,
    lower: Option<f64>,
    upper: Option<f64>,
    moving_range_limit: Option<f64>,
    points: Vec<serde_json::Value>,
}

type Cause = (SpecialCauseRule, Option<ChartSide>);

fn as_causes(causes: &[SpecialCause]) -> Vec<Cause> {
    causes.iter().map(|cause| (cause.rule, cause.side)).collect()
}

fn same_points<E: DeserializeOwned>(expected: &ExpectedPhase) -> Vec<E> {
    expected.points.iter().map(|point| serde_json::from_value(point.clone()).unwrap()).collect()
}

#[track_caller]
fn maybe_close(name: &str, found: Option<f64>, expected: Option<f64>, off_by: f64) {
    assert_eq!(found.is_some(), expected.is_some(), "{name}");
    found
        .zip(expected)
        .into_iter()
        .for_each(|(found, expected)| assert_within(name, found, expected, off_by));
}

/// mpmath 1.4.1 with the rules tried on every stretch of points, `qbinom` of R 4.2.2 beside it, and two
/// charts printed in Montgomery.
#[test]
fn control_charts_are_those_of_their_definitions() {
    let cases =
        Golden::<ControlChart>::read(include_str!("../../tests/golden/control_chart.json")).cases;
    assert!(cases.len() >= 20);
    for case in cases {
        let name = format!("{} {:?}", case.name, case.options);
        match case.method.as_str() {
            "p-chart" => check_p_chart(&name, &case),
            _ => check_xmr(&name, &case),
        }
    }
}

fn check_p_chart(name: &str, case: &ControlChart) {
    let period =
        |(nth, &(count, of)): (u32, &(u64, u64))| NamedCount::new(format!("{nth:03}"), count, of);
    let periods: Vec<NamedCount> = (1..).zip(case.counts.as_ref().unwrap()).map(period).collect();
    let chart = PChart::of(&periods, case.options.limits.unwrap(), case.options.chart()).unwrap();
    assert_eq!(chart.phases.len(), case.expected.phases.len(), "{name}");
    for (phase, expected) in chart.phases.iter().zip(&case.expected.phases) {
        assert_eq!(phase.baseline_periods, expected.baseline_periods, "{name}");
        assert_within(name, *phase.centre.computed().unwrap(), expected.centre, 0.0);
        type Point = (Option<f64>, Option<f64>, Option<f64>, Vec<Cause>);
        let points = same_points::<Point>(expected);
        assert_eq!(phase.points.len(), points.len(), "{name}");
        for (point, (share, lower, upper, causes)) in phase.points.iter().zip(points) {
            maybe_close(name, point.share, share, 0.0);
            maybe_close(name, point.limits.map(|limits| limits.lower), lower, 1e-12);
            maybe_close(name, point.limits.map(|limits| limits.upper), upper, 1e-12);
            assert_eq!(as_causes(&point.special_causes), causes, "{name} {}", point.period);
        }
    }
}

fn check_xmr(name: &str, case: &ControlChart) {
    let period =
        |(nth, &value): (u32, &Option<f64>)| PeriodValue { name: format!("{nth:03}"), value };
    let periods: Vec<PeriodValue> = (1..).zip(case.values.as_ref().unwrap()).map(period).collect();
    let constants = case.options.constants.unwrap();
    let chart = XmrChart::of(&periods, constants, case.options.chart()).unwrap();
    assert_eq!(chart.phases.len(), case.expected.phases.len(), "{name}");
    for (phase, expected) in chart.phases.iter().zip(&case.expected.phases) {
        assert_eq!(phase.baseline_periods, expected.baseline_periods, "{name}");
        let limits = phase.limits.computed();
        for (found, expected) in [
            (phase.centre.computed().copied(), Some(expected.centre)),
            (phase.mean_moving_range.computed().copied(), expected.mean_moving_range),
            (limits.map(|limits| limits.lower), expected.lower),
            (limits.map(|limits| limits.upper), expected.upper),
            (phase.moving_range_limit.computed().copied(), expected.moving_range_limit),
        ] {
            maybe_close(name, found, expected, 1e-12 * expected.unwrap_or(1.0));
        }
        type Point = (Option<f64>, Option<f64>, bool, Vec<Cause>);
        let points = same_points::<Point>(expected);
        assert_eq!(phase.points.len(), points.len(), "{name}");
        for (point, (value, range, outside, causes)) in phase.points.iter().zip(points) {
            maybe_close(name, point.value, value, 0.0);
            maybe_close(name, point.moving_range, range, 1e-12);
            assert_eq!(point.moving_range_outside, outside, "{name} {}", point.period);
            assert_eq!(as_causes(&point.special_causes), causes, "{name} {}", point.period);
        }
    }
}
