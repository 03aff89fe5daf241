//! More than two sittings against values made elsewhere: `tests/oracles/growth.py`.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::{Map, Value};

use super::*;
use crate::estimate::{ConfidenceLevel, Estimate};
use crate::golden::{Golden, at_least};
use crate::instrument::{Points, Scale};

#[derive(Deserialize)]
struct Case {
    name: String,
    method: String,
    sittings: Rows,
    expected: Map<String, Value>,
}

#[derive(Deserialize)]
struct Rows {
    scale: Scale,
    rows: Vec<(u32, i32, i32)>,
}

fn golden() -> Golden<Case> {
    Golden::read(include_str!("../../tests/golden/growth.json"))
}

impl Golden<Case> {
    fn of_method(&self, method: &str) -> impl Iterator<Item = &Case> {
        let cases = self.cases.iter().filter(|case| case.method == method);
        at_least(1, cases.collect()).into_iter()
    }
}

impl Case {
    fn by_person(&self) -> BTreeMap<u32, Vec<TimedScore>> {
        let mut people: BTreeMap<u32, Vec<TimedScore>> = BTreeMap::new();
        for &(person, time, points) in &self.sittings.rows {
            people.entry(person).or_default().push(TimedScore { time, points: Points(points) });
        }
        people
    }

    fn trajectories(&self) -> Trajectories {
        let mut people = Trajectories::new(self.sittings.scale, TimeUnit::Session).unwrap();
        for sittings in self.by_person().values() {
            people.add(sittings).unwrap();
        }
        people
    }
}

/// Fractions and mpmath 1.4.1.
#[test]
fn mean_trajectories_are_those_of_fractions() {
    let golden = golden();
    let tolerance = golden.tolerance("trajectory");
    for case in golden.of_method("mean-trajectory") {
        let people = case.trajectories();
        let level = ConfidenceLevel::default();
        let found = MeanTrajectory::of(&people, TimeGrouping::Time, level).unwrap();
        let expected = case.expected["trajectory"].as_array().unwrap();
        assert_eq!(found.points.len(), expected.len());
        assert_eq!(found.sittings_left_out, 0);
        for (point, row) in found.points.iter().zip(expected) {
            let (time, n, mean, sd, lower, upper): (
                i32,
                u64,
                f64,
                Option<f64>,
                Option<f64>,
                Option<f64>,
            ) = serde_json::from_value(row.clone()).unwrap();
            assert_eq!((point.from, point.to, point.n), (time, time, n));
            let interval = point.interval.computed();
            let width = upper.zip(lower).map_or(1.0, |(upper, lower)| upper - lower);
            let pairs = [
                (point.mean.computed().copied(), Some(mean), mean.abs()),
                (point.standard_deviation.computed().copied(), sd, sd.unwrap_or(1.0)),
                (interval.map(|interval| interval.lower), lower, width),
                (interval.map(|interval| interval.upper), upper, width),
            ];
            for (found, expected, size) in pairs {
                assert_eq!(found.is_some(), expected.is_some(), "{} at {time}", case.name);
                let off =
                    found.zip(expected).map_or(0.0, |(found, expected)| (found - expected).abs());
                assert!(off <= tolerance * size, "{} at {time}: {found:?}", case.name);
            }
        }
    }
}

/// Fractions.
#[test]
fn slopes_of_persons_are_those_of_fractions() {
    let golden = golden();
    for case in golden.of_method("person-slopes") {
        let expected: Vec<(u32, f64)> =
            serde_json::from_value(case.expected["person-slopes"].clone()).unwrap();
        let mut expected = expected.into_iter().peekable();
        let mut with_slope = 0;
        for (person, sittings) in case.by_person() {
            match PersonSlope::of(&case.sittings.scale, &sittings) {
                Ok(found) => {
                    let (of, slope) = expected.next().unwrap();
                    assert_eq!(of, person);
                    let off = (found.slope - slope).abs();
                    assert!(
                        off <= golden.tolerance("person-slopes") * slope.abs(),
                        "{}",
                        case.name
                    );
                    with_slope += 1;
                }
                Err(reason) => assert_eq!(reason.code(), "one-time"),
            }
        }
        assert_eq!(expected.next(), None);
        let rule = SlopeRule { at_least: 0.into() };
        let slopes = Slopes::of(&case.trajectories(), rule, ConfidenceLevel::default());
        assert_eq!(slopes.n, with_slope);
        let [up, same, down] = [slopes.improving, slopes.steady, slopes.worsening];
        assert_eq!(up.count + same.count + down.count, with_slope);
        assert!(matches!(slopes.mean, Estimate::Computed(_)));
    }
}

/// mpmath 1.4.1 by Newton's method at 40 digits, with lme4 1.1-31 and nlme 3.1-162 beside it.
#[cfg(feature = "mixed-models")]
#[test]
fn mixed_models_have_the_highest_restricted_likelihood() {
    let golden = golden();
    let mut fits = 0;
    for case in &golden.cases {
        let random_effects = match case.method.as_str() {
            "random-intercept" => RandomEffects::Intercept,
            "random-intercept-and-slope" => RandomEffects::InterceptAndSlope,
            _ => continue,
        };
        let people = case.trajectories();
        let model = MixedModel::fit(&people, random_effects, ConfidenceLevel::default()).unwrap();
        let name = format!("{} {}", case.name, case.method);
        assert_eq!(Some(model.people), case.expected["persons"].as_u64(), "{name}");
        assert_eq!(Some(model.sittings), case.expected["sittings"].as_u64(), "{name}");
        assert_eq!(Some(model.singular), case.expected["singular"].as_bool(), "{name}");
        let values = [
            ("intercept", Some(model.intercept.estimate)),
            ("slope", Some(model.slope.estimate)),
            ("standard-error-intercept", Some(model.intercept.standard_error)),
            ("standard-error-slope", Some(model.slope.standard_error)),
            ("variance-intercept", Some(model.variance_intercept)),
            ("variance-slope", model.variance_slope),
            ("covariance-intercept-slope", model.covariance_intercept_slope),
            ("variance-residual", Some(model.variance_residual)),
            ("log-restricted-likelihood", Some(model.log_restricted_likelihood)),
        ];
        for (key, found) in values {
            let expected = case.expected.get(key).and_then(Value::as_f64);
            assert_eq!(found.is_some(), expected.is_some(), "{name}: {key}");
            let (Some(found), Some(expected)) = (found, expected) else { continue };
            let least = match key {
                "variance-intercept" => model.variance_residual / 1000.0,
                _ => 0.0,
            };
            let off = (found - expected).abs();
            assert!(
                off <= golden.tolerance(key) * expected.abs().max(least),
                "{name}: {key} {found} for {expected}"
            );
        }
        fits += 1;
    }
    assert!(fits >= 14, "{fits}");
}

/// A grid of covariances, singular ones among them, over each of the data sets.
#[cfg(feature = "mixed-models")]
#[test]
fn no_other_covariance_has_a_higher_likelihood() {
    use super::restricted_likelihood::RestrictedLikelihood;
    use super::search::Factor;

    for case in golden().of_method("random-intercept-and-slope") {
        let people = case.trajectories();
        let sums = RestrictedLikelihood::of(&people).unwrap();
        let found = case.expected["log-restricted-likelihood"].as_f64().unwrap();
        let steps = f64::from(case.sittings.scale.steps_per_unit);
        let in_units = 2.0 * libm::log(sums.time_unit) - 2.0 * sums.df() * libm::log(steps);
        let sizes = [0.0, 0.03, 0.1, 0.3, 0.6, 1.0, 1.5, 2.0, 3.0, 5.0];
        for (a, c) in sizes.iter().flat_map(|&a| sizes.map(|c| (a, c))) {
            for b in sizes.iter().flat_map(|&b| [-b, b]) {
                let here = -0.5 * (sums.at(Factor([a, b, c]).squared()).deviance + in_units);
                assert!(here <= found + 1e-8, "{}: {a} {b} {c}: {here} above {found}", case.name);
            }
        }
    }
}
