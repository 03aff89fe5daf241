//! Moves between bands, adjusted p-values and regression to the mean against values made elsewhere.

use serde::Deserialize;
use serde_json::{Map, Value};

use super::*;
use crate::golden::Golden;
use crate::instrument::{BandSet, Certainty, Direction, Points};

#[derive(Deserialize)]
struct Moves {
    name: String,
    method: String,
    pairs: PairCounts,
    options: Cuts,
    expected: Map<String, Value>,
}

#[derive(Deserialize)]
struct Cuts {
    cuts: Vec<i32>,
}

/// The bands between some cuts.
fn bands(pairs: &PairCounts, cuts: &[i32]) -> BandSet {
    let scale = pairs.scale();
    let lowest = core::iter::once(scale.lowest.0).chain(cuts.iter().copied());
    let highest = cuts.iter().map(|cut| cut - 1).chain([scale.highest.0]);
    let band = |(lowest, highest): (i32, i32)| crate::instrument::Band {
        id: format!("from-{lowest}").into(),
        label: format!("From {lowest}").into(),
        lowest: Points(lowest),
        highest: Points(highest),
    };
    BandSet {
        id: "cuts".into(),
        label: "Cuts".into(),
        bands: lowest.zip(highest).map(band).collect::<Vec<_>>().into(),
        sources: Vec::new().into(),
        certainty: Certainty::Local,
    }
}

/// `tests/oracles/transitions.py`: fractions, mpmath 1.4.1.
#[test]
fn mcnemars_test_is_that_of_fractions() {
    let golden = Golden::<Moves>::read(include_str!("../../tests/golden/transitions.json"));
    let mut tested = 0;
    for case in golden.cases.iter().filter(|case| case.method == "mcnemar") {
        let moves = Transitions::of(&case.pairs, &bands(&case.pairs, &case.options.cuts)).unwrap();
        let cut = Transitions::at_cut(&case.pairs, Points(case.options.cuts[0]));
        assert_eq!(moves.pairs, cut.pairs);
        let corrected = McNemarMethod::ChiSquared { continuity: Continuity::Corrected };
        let uncorrected = McNemarMethod::ChiSquared { continuity: Continuity::Uncorrected };
        for (method, p, chi_squared) in [
            (McNemarMethod::Exact, "p-exact", None),
            (McNemarMethod::MidP, "p-mid", None),
            (uncorrected, "p", Some("chi-squared")),
            (corrected, "p-corrected", Some("chi-squared-corrected")),
        ] {
            let test = McNemar::of(&moves, method).unwrap();
            let reason = case.expected.get("not-computed");
            let reason = reason
                .or_else(|| chi_squared.and_then(|_| case.expected.get("asymptotic-not-computed")));
            if let Some(reason) = reason {
                assert_eq!(test.not_computed().unwrap().code(), reason.as_str().unwrap());
                continue;
            }
            let test = test.computed().unwrap();
            golden.assert_value(&case.name, p, test.p, &case.expected[p]);
            assert_eq!(test.chi_squared.is_some(), chi_squared.is_some());
            if let (Some(key), Some(found)) = (chi_squared, test.chi_squared) {
                golden.assert_value(&case.name, key, found, &case.expected[key]);
            }
            tested += 1;
        }
    }
    assert!(tested >= 55, "{tested}");
}

/// `tests/oracles/transitions.py`: fractions, mpmath 1.4.1.
#[test]
fn tests_of_any_number_of_bands_are_those_of_fractions() {
    let golden = Golden::<Moves>::read(include_str!("../../tests/golden/transitions.json"));
    let mut tested = 0;
    for case in golden.cases.iter().filter(|case| case.method != "mcnemar") {
        let moves = Transitions::of(&case.pairs, &bands(&case.pairs, &case.options.cuts)).unwrap();
        let found = match case.method.as_str() {
            "bowker" => Bowker::of(&moves).map(|test| (test.chi_squared, test.df, test.p)),
            _ => StuartMaxwell::of(&moves).map(|test| (test.chi_squared, test.df, test.p)),
        };
        let name = format!("{} {}", case.method, case.name);
        match (found, case.expected.get("not-computed")) {
            (Err(found), Some(expected)) => assert_eq!(found.code(), expected.as_str().unwrap()),
            (Ok((chi_squared, df, p)), None) => {
                golden.assert_value(
                    &name,
                    "chi-squared",
                    chi_squared,
                    &case.expected["chi-squared"],
                );
                golden.assert_value(&name, "p", p, &case.expected["p"]);
                assert_eq!(Some(df), case.expected["df"].as_u64(), "{name}");
            }
            (found, expected) => panic!("{name}: {found:?} for {expected:?}"),
        }
        tested += 1;
    }
    assert!(tested >= 30, "{tested}");
}

/// Other packages apply McNemar's test to any table, and mean another test by it.
#[test]
fn mcnemars_test_of_more_than_two_bands_names_the_tests_there_are() {
    let moves = Transitions {
        band_set: "three".to_string(),
        bands: ["low", "medium", "high"].map(String::from).into(),
        n: 3,
        pairs: vec![vec![0, 1, 0], vec![0, 0, 1], vec![0, 1, 0]],
    };
    let error = McNemar::of(&moves, McNemarMethod::Exact).unwrap_err();
    assert_eq!(error.code(), "not-two-by-two");
    assert!(error.to_string().contains("Bowker") && error.to_string().contains("Stuart"));
}

/// A test between bands in the order in which they happen to occur is another test each time.
#[test]
fn up_and_down_follow_the_scale_and_not_the_order_of_the_pairs() {
    let scale = crate::instrument::Scale {
        direction: Direction::LowerIsBetter,
        steps_per_unit: 1,
        lowest: Points(0),
        highest: Points(27),
    };
    for (baseline, follow_up) in [([14, 3, 15], [3, 12, 9]), ([3, 15, 14], [12, 9, 3])] {
        let pairs = PairCounts::count_steps(scale, &baseline, &follow_up).unwrap();
        let test =
            McNemar::of(&Transitions::at_cut(&pairs, Points(10)), McNemarMethod::MidP).unwrap();
        let test = test.computed().unwrap();
        assert_eq!((test.moved_up, test.moved_down), (1, 2));
    }
}

#[derive(Deserialize)]
struct Family {
    name: String,
    method: Multiplicity,
    options: FamilyOptions,
    #[serde(default)]
    measures: Vec<PairCounts>,
    expected: Map<String, Value>,
}

#[derive(Deserialize)]
struct FamilyOptions {
    #[serde(default)]
    p: Vec<f64>,
}

/// `tests/oracles/multiplicity.py`: fractions, R 4.2.2 `p.adjust`.
#[test]
fn adjusted_p_values_are_those_of_fractions() {
    let golden = Golden::<Family>::read(include_str!("../../tests/golden/multiplicity.json"));
    for case in &golden.cases {
        let mut p = case.options.p.clone();
        if !case.measures.is_empty() {
            let options = SignedRankOptions::default();
            let test = |pairs| SignedRank::of(pairs, &options, Alternative::TwoSided).unwrap().p;
            p = case.measures.iter().map(test).collect();
            assert_eq!(serde_json::to_value(&p).unwrap(), case.expected["p"], "{}", case.name);
        }
        let named: Vec<NamedP> =
            p.iter().enumerate().map(|(name, &p)| NamedP { name: name.to_string(), p }).collect();
        let adjusted = case.method.adjust(&named).unwrap().p_values;
        let expected = case.expected["p-adjusted"].as_array().unwrap();
        assert_eq!(adjusted.len(), expected.len());
        for (found, expected) in adjusted.iter().zip(expected) {
            golden.assert_value(&case.name, "p-adjusted", found.p_adjusted, expected);
        }
    }
    assert!(golden.cases.len() >= 20);
}

#[derive(Deserialize)]
struct Planned {
    name: String,
    method: String,
    options: Map<String, Value>,
    expected: Map<String, Value>,
}

/// `tests/oracles/planning.py`: mpmath 1.4.1.
#[test]
fn regression_to_the_mean_is_that_of_forty_digits() {
    let golden = Golden::<Planned>::read(include_str!("../../tests/golden/planning.json"));
    let mut tested = 0;
    for case in golden.cases.iter().filter(|case| case.method == "regression-to-the-mean") {
        let number = |option: &str| case.options.get(option).and_then(Value::as_f64);
        let direction = match case.options.get("selected").and_then(Value::as_str) {
            Some("above") => Direction::LowerIsBetter,
            _ => Direction::HigherIsBetter,
        };
        let standard_deviation = number("standard-deviation").unwrap_or(1.0);
        let cut_off = case.options.get("cut-off").map(|cut_off| cut_off.to_string().parse());
        let rule = RegressionToTheMeanRule {
            population: Population {
                mean: Mean::new(number("mean").unwrap()).unwrap(),
                standard_deviation: StandardDeviation::new(standard_deviation).unwrap(),
            },
            cut_off: cut_off.transpose().unwrap(),
        };
        let reliability = ReliabilityCoefficient::new(number("correlation").unwrap()).unwrap();
        let found = match number("mean-at-baseline") {
            Some(mean) => rule.expected_change(mean, reliability),
            None => rule.expected_change_of_selected(direction, reliability).unwrap(),
        };
        golden.assert_value(&case.name, "shift", found, &case.expected["shift"]);
        tested += 1;
    }
    assert!(tested >= 20, "{tested}");
}

/// Everybody selected far below the mean is expected to come back by nearly the whole way; the ratio
/// of two numbers too small for a double is never met.
#[test]
fn selection_far_from_the_mean_still_has_an_expectation() {
    let standard_deviation = StandardDeviation::new(0.1).unwrap();
    let population = Population { mean: Mean::new(0.0).unwrap(), standard_deviation };
    for cut_off in [-3, -4, -100] {
        let rule = RegressionToTheMeanRule { population, cut_off: Some(cut_off.into()) };
        let reliability = ReliabilityCoefficient::new(0.0).unwrap();
        let expected = rule.expected_change_of_selected(Direction::HigherIsBetter, reliability);
        let beyond = expected.unwrap() + f64::from(cut_off);
        assert!(beyond > 0.0 && beyond < 0.01, "{beyond}");
    }
}
