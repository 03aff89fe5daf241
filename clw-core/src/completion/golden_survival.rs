//! Kaplan and Meier's curve against `tests/golden/survival.json`, written by
//! `tests/oracles/survival.py`.

use serde::Deserialize;

use super::{KaplanMeier, SurvivalInterval, TimesToFollowUp};
use crate::estimate::{ConfidenceLevel, Degenerate, Estimate, Interval};
use crate::golden::Golden;

#[derive(Deserialize)]
struct Case {
    name: String,
    days: Vec<(u32, u64, u64)>,
    options: Options,
    expected: Expected,
}

#[derive(Debug, Deserialize)]
struct Options {
    interval: SurvivalInterval,
    level: ConfidenceLevel,
}

/// At risk, S, its standard error and its limits.
type Point = (u64, f64, Option<f64>, Option<f64>, Option<f64>);

/// The day, the share followed up by then and its limits.
type ByDay = (u32, Option<f64>, Option<f64>, Option<f64>);

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct Expected {
    people: u64,
    followed_up: u64,
    points: Vec<Point>,
    by: Vec<ByDay>,
    median: Option<u32>,
    median_lower: Option<u32>,
    median_upper: Option<u32>,
}

impl Case {
    fn curve(&self) -> KaplanMeier {
        let mut times = TimesToFollowUp::default();
        for &(day, followed_up, censored) in &self.days {
            (0..followed_up).for_each(|_| times.add_followed_up(day));
            (0..censored).for_each(|_| times.add_censored(day));
        }
        KaplanMeier::of(&times, self.options.interval, self.options.level)
    }

    #[track_caller]
    fn close(&self, day: u32, found: Option<f64>, expected: Option<f64>, size: f64) {
        let off = found.zip(expected).map_or(0.0, |(found, expected)| (found - expected).abs());
        let same = found.is_some() == expected.is_some() && off <= 1e-12 * size;
        assert!(same, "{} {:?} day {day}: {found:?}, {expected:?}", self.name, self.options);
    }
}

fn limits(interval: Estimate<Interval>) -> (Option<f64>, Option<f64>) {
    let interval = interval.computed();
    (interval.map(|i| i.lower), interval.map(|i| i.upper))
}

/// Fractions and mpmath 1.4.1, with survival 3.5-3 and lifelines 0.30.3 beside them.
#[test]
fn curves_are_those_of_fractions() {
    let golden: Golden<Case> = Golden::read(include_str!("../../tests/golden/survival.json"));
    assert!(golden.cases.len() >= 20);
    for case in &golden.cases {
        let (curve, expected) = (case.curve(), &case.expected);
        assert_eq!((curve.people, curve.followed_up), (expected.people, expected.followed_up));
        assert_eq!(curve.points.len(), expected.points.len(), "{}", case.name);
        for (point, &(at_risk, s, error, lower, upper)) in curve.points.iter().zip(&expected.points)
        {
            let day = point.day;
            assert_eq!(point.at_risk, at_risk, "{} day {day}", case.name);
            case.close(day, Some(point.not_followed_up), Some(s), s);
            case.close(day, point.standard_error.computed().copied(), error, error.unwrap_or(1.0));
            let width = upper.zip(lower).map_or(1.0, |(upper, lower)| upper - lower);
            let (found_lower, found_upper) = limits(point.interval);
            case.close(day, found_lower, lower, width);
            case.close(day, found_upper, upper, width);
        }
        for &(day, share, lower, upper) in &expected.by {
            let by = curve.followed_up_by(day);
            let (found_lower, found_upper) = limits(by.interval);
            let pairs =
                [(by.share.computed().copied(), share), (found_lower, lower), (found_upper, upper)];
            pairs.into_iter().for_each(|(found, expected)| case.close(day, found, expected, 1.0));
        }
        match curve.median {
            Estimate::Computed(median) => assert_eq!(
                (Some(median.days), median.lower, median.upper),
                (expected.median, expected.median_lower, expected.median_upper),
                "{} {:?}",
                case.name,
                case.options
            ),
            Estimate::NotComputed(reason) => {
                assert_eq!((reason, expected.median), (Degenerate::MedianNotReached, None));
            }
        }
    }
}
