//! Individual change against values made elsewhere: `tests/oracles/individual_change.py`.

use serde::Deserialize;
use serde_json::{Map, Value};

use super::*;
use crate::estimate::{ConfidenceLevel, Estimate};
use crate::golden::{Golden, at_least};
use crate::instrument::Points;

#[derive(Deserialize)]
struct Case {
    name: String,
    method: String,
    pairs: PairCounts,
    options: Map<String, Value>,
    expected: Map<String, Value>,
}

fn cases(method: &str) -> Vec<Case> {
    let json = include_str!("../../tests/golden/individual_change.json");
    let cases = Golden::<Case>::read(json).cases.into_iter();
    at_least(1, cases.filter(|case| case.method == method).collect())
}

impl Case {
    #[track_caller]
    fn assert_close(&self, key: &str, found: f64, tolerance: f64) {
        let expected = self.expected[key].as_f64().unwrap();
        let off = (found - expected).abs();
        assert!(off <= tolerance * expected.abs(), "{}: {key} {found} for {expected}", self.name);
    }

    #[track_caller]
    fn assert_counts(&self, found: &[(&str, u64)]) {
        for (class, count) in found {
            assert_eq!(Some(*count), self.expected[*class].as_u64(), "{}: {class}", self.name);
        }
    }

    fn number(&self, option: &str) -> f64 {
        self.options[option].as_f64().unwrap()
    }

    fn sample_rule(&self) -> SampleRule {
        let mut options = self.options.clone();
        if let Some(reliability) = options.remove("reliability-follow-up") {
            options.insert("follow-up-reliability".to_string(), reliability);
        }
        serde_json::from_value(Value::Object(options)).unwrap()
    }
}

/// mpmath 1.4.1 from exact moments: the index of each cell, and the classes.
#[test]
fn six_methods_of_reliable_change_from_the_moments_of_the_sample() {
    let mut indices = 0;
    for case in cases("reliable-change") {
        let scale = case.pairs.scale();
        let rule = match (case.sample_rule().of(&case.pairs), case.expected.get("not-computed")) {
            (Ok(rule), None) => rule,
            (Err(found), Some(expected)) => {
                assert_eq!(found.code(), expected.as_str().unwrap());
                continue;
            }
            (found, expected) => panic!("{}: {found:?} for {expected:?}", case.name),
        };
        if let ReliableChangeRule::JacobsonTruax(rule) = &rule {
            let error = rule.standard_error_of_measurement();
            case.assert_close("standard-error-of-measurement", error, 1e-14);
        }
        if let ReliableChangeRule::HagemanArrindell(rule) = &rule {
            case.assert_close("reliability-of-change", rule.reliability_of_change(), 1e-12);
        }
        for row in case.expected["indices"].as_array().unwrap() {
            let (baseline, follow_up, expected): (i32, i32, f64) =
                serde_json::from_value(row.clone()).unwrap();
            let found = rule.index(scale, Points(baseline), Points(follow_up)).unwrap();
            let off = (found - expected).abs();
            assert!(off <= 1e-12 * expected.abs().max(1.0), "{} {row}: {found}", case.name);
            indices += 1;
        }
        let counts = ReliableChangeCounts::of(&case.pairs, &rule, ConfidenceLevel::default());
        case.assert_counts(&[
            ("improved", counts.improved.count),
            ("unchanged", counts.unchanged.count),
            ("deteriorated", counts.deteriorated.count),
        ]);
    }
    assert!(indices >= 1500, "{indices}");
}

/// Fractions: cut-offs a, b and c, and the classes that combine them with reliable change.
#[test]
fn cut_offs_and_the_classes_they_make() {
    let mut cut_offs = 0;
    for case in cases("clinical-significance") {
        let rule =
            JacobsonTruax::new(case.number("standard-deviation"), case.number("reliability"));
        let of = |population: &str| {
            serde_json::from_value::<Population>(case.options[population].clone()).unwrap()
        };
        let (clinical, functional) = (of("clinical"), of("functional"));
        let cut_off = match case.options["cut-off"].as_str().unwrap() {
            "a" => CutOff::A { clinical },
            "b" => CutOff::B { functional },
            _ => CutOff::C { clinical, functional },
        };
        case.assert_close("cut-off", cut_off.value(case.pairs.scale()), 1e-14);
        let reliable_change = ReliableChangeRule::JacobsonTruax(rule.unwrap());
        let rule = ClinicalChangeRule { reliable_change, cut_off };
        let counts = ClinicalChangeCounts::of(&case.pairs, &rule, ConfidenceLevel::default());
        case.assert_counts(&[
            ("recovered", counts.recovered.count),
            ("improved", counts.improved.count),
            ("unchanged", counts.unchanged.count),
            ("deteriorated", counts.deteriorated.count),
        ]);
        cut_offs += 1;
    }
    assert!(cut_offs >= 16);
}

/// Another package puts a person whose change meets both bounds into two classes.
#[test]
fn one_person_is_never_both_improved_and_deteriorated() {
    let reliability = ReliabilityCoefficient::new(0.7).unwrap();
    for case in cases("reliable-change") {
        let scale = case.pairs.scale();
        let rules = [
            SampleRule::JacobsonTruax { reliability },
            SampleRule::EdwardsNunnally { reliability },
            SampleRule::GulliksenLordNovick { reliability },
            SampleRule::HsuLinnLord { reliability },
            SampleRule::NunnallyKotsch { reliability, follow_up_reliability: reliability },
            SampleRule::HagemanArrindell { reliability },
        ];
        for rule in rules {
            let counts = SampleRuleCounts::of(&case.pairs, rule, ConfidenceLevel::default());
            let Estimate::Computed(counts) = counts.classes else { continue };
            let [up, same, down] = [counts.improved, counts.unchanged, counts.deteriorated];
            assert_eq!(up.count + same.count + down.count, case.pairs.n());
            for cell in case.pairs.cells() {
                let class = counts.rule.classify(scale, cell.baseline, cell.follow_up);
                let index = counts.rule.index(scale, cell.baseline, cell.follow_up).unwrap();
                let better = match scale.direction {
                    crate::instrument::Direction::HigherIsBetter => index,
                    crate::instrument::Direction::LowerIsBetter => -index,
                };
                assert!(class != ReliableChange::Improved || better > 0.0);
                assert!(class != ReliableChange::Deteriorated || better < 0.0);
            }
        }
    }
}

#[test]
fn rules_are_written_by_their_method_and_checked_when_read() {
    let read = |json: &str| serde_json::from_str::<ReliableChangeRule>(json);
    let rows = [
        r#"{"method":"edwards-nunnally","mean":23.6,"standard-deviation":3.9,"reliability":0.81}"#,
        r#"{"method":"gulliksen-lord-novick","mean":23.6,"standard-deviation":3.9,"reliability":0.81}"#,
        r#"{"method":"hsu-linn-lord","mean":19.3,"follow-up-mean":23.3,"standard-deviation":3.9,"reliability":0.81}"#,
        r#"{"method":"nunnally-kotsch","mean":19.3,"standard-deviation":3.9,"reliability":0.81,"follow-up-reliability":0.845}"#,
        r#"{"method":"hageman-arrindell","mean-change":4.0,"standard-deviation-of-change":4.4,"standard-deviation":3.9,"reliability":0.81}"#,
    ];
    for json in rows {
        let rule = read(json).unwrap();
        assert_eq!(serde_json::to_string(&rule).unwrap(), json);
        assert!(json.contains(rule.name()));
        assert!(read(&json.replace("0.81", "1.0")).is_err());
        assert!(read(&json.replace("}", r#","sd":1.0}"#)).is_err());
    }
    assert!(read(&rows[4].replace("4.4", "2.4")).is_err());
    let important =
        r#"{"anchor":"rating","improvement":{"at-least":3},"deterioration":{"more-than":2}}"#;
    let rule = serde_json::from_str::<ImportantChangeRule>(important).unwrap();
    assert_eq!(rule.anchor(), "rating");
    let zero = important.replace('3', "0");
    assert!(serde_json::from_str::<ImportantChangeRule>(&zero).is_err());
}
