//! What must hold of classes of change, moves and adjusted p-values, whatever the scores.

#![expect(clippy::unwrap_used, reason = "a test: inputs are valid by construction")]

use clw_core::change::{
    Bowker, Change, ChangeOptions, ClinicalChange, ClinicalChangeRule, Continuity, CutOff,
    EdwardsNunnally, GulliksenLordNovick, HagemanArrindell, HsuLinnLord, ImportantChange,
    ImportantChangeRule, JacobsonTruax, McNemar, McNemarMethod, Mean, Multiplicity, NamedP,
    NunnallyKotsch, PairCounts, Population, RegressionToTheMeanRule, ReliabilityCoefficient,
    ReliableChange, ReliableChangeRule, SampleRule, StandardDeviation, StuartMaxwell, Transitions,
};
use clw_core::instrument::{Direction, Points, Scale, Threshold};
use proptest::prelude::*;

fn scale(direction: Direction) -> Scale {
    Scale { direction, steps_per_unit: 10, lowest: Points(0), highest: Points(400) }
}

fn any_direction() -> impl Strategy<Value = Direction> {
    prop_oneof![Just(Direction::HigherIsBetter), Just(Direction::LowerIsBetter)]
}

type Pairs = Vec<(i32, i32)>;

fn any_pairs() -> impl Strategy<Value = Pairs> {
    prop::collection::vec((0..=400_i32, 0..=400_i32), 0..60)
}

fn any_mean() -> impl Strategy<Value = Mean> {
    (0.0..40.0_f64).prop_map(|mean| Mean::new(mean).unwrap())
}

fn any_sd() -> impl Strategy<Value = StandardDeviation> {
    (0.1..20.0_f64).prop_map(|sd| StandardDeviation::new(sd).unwrap())
}

fn any_reliability() -> impl Strategy<Value = ReliabilityCoefficient> {
    (0.0..0.999_f64).prop_map(|r| ReliabilityCoefficient::new(r).unwrap())
}

/// Each of the six methods, with one set of numbers.
fn any_rules() -> impl Strategy<Value = Vec<ReliableChangeRule>> {
    let numbers = (any_mean(), any_mean(), any_sd(), any_reliability(), any_reliability());
    numbers.prop_map(|(mean, follow_up_mean, standard_deviation, reliability, later)| {
        let jacobson = JacobsonTruax::new(standard_deviation.get(), reliability.get()).unwrap();
        let (change, sd) =
            (Mean::new(follow_up_mean.get() - mean.get()).unwrap(), standard_deviation);
        // Changes that vary by √2 of S are reliable to the extent that scores are.
        let of_change = StandardDeviation::new(1.5 * sd.get()).unwrap();
        let mut rules = vec![
            ReliableChangeRule::JacobsonTruax(jacobson),
            ReliableChangeRule::EdwardsNunnally(EdwardsNunnally {
                mean,
                standard_deviation,
                reliability,
            }),
            ReliableChangeRule::GulliksenLordNovick(GulliksenLordNovick {
                mean,
                standard_deviation,
                reliability,
            }),
            ReliableChangeRule::HsuLinnLord(HsuLinnLord {
                mean,
                follow_up_mean,
                standard_deviation,
                reliability,
            }),
            ReliableChangeRule::NunnallyKotsch(NunnallyKotsch {
                mean,
                standard_deviation,
                reliability,
                follow_up_reliability: later,
            }),
        ];
        let hageman = HagemanArrindell::new(change, of_change, sd, reliability);
        rules.extend(hageman.ok().map(ReliableChangeRule::HagemanArrindell));
        rules
    })
}

fn any_cut_off() -> impl Strategy<Value = CutOff> {
    let population = || {
        (any_mean(), any_sd())
            .prop_map(|(mean, standard_deviation)| Population { mean, standard_deviation })
    };
    prop_oneof![
        population().prop_map(|clinical| CutOff::A { clinical }),
        population().prop_map(|functional| CutOff::B { functional }),
        (population(), population())
            .prop_map(|(clinical, functional)| CutOff::C { clinical, functional }),
        (0..=400_i32).prop_map(|points| {
            CutOff::Published { id: "caseness".to_string(), worst_functional: Points(points) }
        }),
    ]
}

fn any_important() -> impl Strategy<Value = ImportantChangeRule> {
    (1..100_i32, 1..100_i32).prop_map(|(gain, loss)| {
        let tenths = |n: i32| format!("{}.{}", n / 10, n % 10).parse().unwrap();
        let (gain, loss) = (Threshold::AtLeast(tenths(gain)), Threshold::MoreThan(tenths(loss)));
        ImportantChangeRule::new("rating", gain, loss).unwrap()
    })
}

fn any_options() -> impl Strategy<Value = ChangeOptions> {
    (any_rules(), any_cut_off(), any_important(), 0..=400_i32, any_reliability()).prop_map(
        |(rules, cut_off, important, cut, reliability)| ChangeOptions {
            sample_rules: vec![
                SampleRule::HsuLinnLord { reliability },
                SampleRule::HagemanArrindell { reliability },
            ],
            clinical_change_rules: vec![ClinicalChangeRule {
                reliable_change: rules.first().unwrap().clone(),
                cut_off,
            }],
            reliable_change_rules: rules,
            important_change_rules: vec![important],
            cuts: vec![Points(cut)],
            mcnemar: McNemarMethod::MidP,
            regression_to_the_mean: Some(RegressionToTheMeanRule {
                population: Population {
                    mean: Mean::new(20.0).unwrap(),
                    standard_deviation: StandardDeviation::new(4.0).unwrap(),
                },
                cut_off: Some(15.into()),
            }),
            ..ChangeOptions::default()
        },
    )
}

fn count(scale: Scale, pairs: &[(i32, i32)]) -> PairCounts {
    let (baseline, follow_up): (Vec<_>, Vec<_>) = pairs.iter().copied().unzip();
    PairCounts::count_steps(scale, &baseline, &follow_up).unwrap()
}

fn json(value: &impl serde::Serialize) -> String {
    serde_json::to_string(value).unwrap()
}

fn any_moves() -> impl Strategy<Value = Transitions> {
    (2..6_usize).prop_flat_map(|bands| {
        let row = prop::collection::vec(prop_oneof![Just(0_u64), 0..30_u64], bands);
        prop::collection::vec(row, bands).prop_map(move |pairs| Transitions {
            band_set: "any".to_string(),
            bands: (0..bands).map(|band| band.to_string()).collect(),
            n: pairs.iter().flatten().sum(),
            pairs,
        })
    })
}

/// The same people with the sittings exchanged.
fn swapped(moves: &Transitions) -> Transitions {
    let column = |to: usize| moves.pairs.iter().filter_map(|row| row.get(to).copied()).collect();
    Transitions { pairs: (0..moves.pairs.len()).map(column).collect(), ..moves.clone() }
}

proptest! {
    #[test]
    fn a_person_is_of_one_class_and_a_better_score_is_never_of_a_worse_one(
        rules in any_rules(),
        cut_off in any_cut_off(),
        direction in any_direction(),
        (baseline, follow_up, better) in (0..=400_i32, 0..=400_i32, 0..=400_i32),
    ) {
        let scale = scale(direction);
        let better = match direction {
            Direction::HigherIsBetter => follow_up.max(better),
            Direction::LowerIsBetter => follow_up.min(better),
        };
        let rank = |class| match class {
            ReliableChange::Deteriorated => 0,
            ReliableChange::Unchanged => 1,
            ReliableChange::Improved => 2,
        };
        for rule in rules {
            let class = |to| rule.classify(&scale, Points(baseline), Points(to));
            prop_assert!(rank(class(follow_up)) <= rank(class(better)));
            let combined = ClinicalChangeRule { reliable_change: rule.clone(), cut_off: cut_off.clone() };
            let combined = combined.classify(&scale, Points(baseline), Points(follow_up));
            prop_assert_eq!(
                class(follow_up) == ReliableChange::Improved,
                matches!(combined, ClinicalChange::Recovered | ClinicalChange::Improved)
            );
            prop_assert_eq!(
                class(follow_up) == ReliableChange::Deteriorated,
                combined == ClinicalChange::Deteriorated
            );
        }
    }

    #[test]
    fn classes_add_up_and_parts_merge_into_the_whole(
        direction in any_direction(),
        pairs in any_pairs(),
        at in 0..60_usize,
        options in any_options(),
    ) {
        let whole = count(scale(direction), &pairs);
        let (first, second) = pairs.split_at(at.min(pairs.len()));
        let mut merged = count(scale(direction), second);
        merged.merge(&count(scale(direction), first)).unwrap();
        let change = Change::of(&whole, &options).unwrap();
        prop_assert_eq!(json(&Change::of(&merged, &options).unwrap()), json(&change));
        let read: Change = serde_json::from_str(&json(&change)).unwrap();
        prop_assert_eq!(&read, &change);
        prop_assert!(!json(&change).contains("null"));
        let n = change.n;
        for found in &change.reliable_change {
            prop_assert_eq!(found.improved.count + found.unchanged.count + found.deteriorated.count, n);
        }
        for found in &change.clinical_change {
            let better = found.recovered.count + found.improved.count;
            prop_assert_eq!(better + found.unchanged.count + found.deteriorated.count, n);
            prop_assert_eq!(better, change.reliable_change.first().unwrap().improved.count);
            prop_assert!(found.recovered.count <= found.recovered_of_clinical.of);
        }
        for found in &change.agreement {
            prop_assert_eq!(found.pairs.iter().flatten().sum::<u64>(), n);
            if let Some(kappa) = found.cohens_kappa.computed() {
                prop_assert!(kappa.interval.contains(kappa.kappa), "{:?}", kappa);
                prop_assert!(-1.0 <= kappa.kappa && kappa.kappa <= 1.0);
            }
        }
    }

    #[test]
    fn exchanging_the_sittings_exchanges_the_classes(
        direction in any_direction(),
        pairs in any_pairs(),
        jacobson in (0.1..20.0_f64, 0.0..0.999_f64),
        size in 1..100_i32,
    ) {
        let size = Threshold::AtLeast(size.into());
        let options = ChangeOptions {
            reliable_change_rules: vec![ReliableChangeRule::JacobsonTruax(
                JacobsonTruax::new(jacobson.0, jacobson.1).unwrap(),
            )],
            important_change_rules: vec![ImportantChangeRule::new("rating", size, size).unwrap()],
            ..ChangeOptions::default()
        };
        let forth = count(scale(direction), &pairs);
        let back = Change::of(&forth.swapped(), &options).unwrap();
        let forth = Change::of(&forth, &options).unwrap();
        for (here, there) in forth.reliable_change.iter().zip(&back.reliable_change) {
            prop_assert_eq!(here.improved, there.deteriorated);
            prop_assert_eq!(here.unchanged, there.unchanged);
        }
        for (here, there) in forth.important_change.iter().zip(&back.important_change) {
            prop_assert_eq!(here.improved, there.deteriorated);
            prop_assert_eq!(here.unimportant, there.unimportant);
        }
    }

    #[test]
    fn bounds_that_differ_are_each_met_in_their_own_direction(
        direction in any_direction(),
        rule in any_important(),
        (baseline, follow_up) in (0..=400_i32, 0..=400_i32),
    ) {
        let class = rule.classify(&scale(direction), Points(baseline), Points(follow_up));
        let gain = direction.gain(Points(baseline), Points(follow_up));
        prop_assert!(class != ImportantChange::Improved || gain > 0);
        prop_assert!(class != ImportantChange::Deteriorated || gain < 0);
        prop_assert!(class != ImportantChange::Unimportant || gain.abs() <= 100);
    }

    #[test]
    fn tests_of_moves_do_not_depend_on_the_direction_of_time(moves in any_moves()) {
        let back = swapped(&moves);
        prop_assert_eq!(Bowker::of(&moves), Bowker::of(&back));
        prop_assert_eq!(StuartMaxwell::of(&moves), StuartMaxwell::of(&back));
        if let (Ok(symmetry), Ok(margins)) = (Bowker::of(&moves), StuartMaxwell::of(&moves)) {
            prop_assert!(margins.df <= symmetry.df);
            prop_assert!(margins.df < moves.bands.len() as u64);
            // Symmetry is the stronger hypothesis, so it is further from the data.
            prop_assert!(margins.chi_squared <= symmetry.chi_squared * (1.0 + 1e-9));
        }
        let methods = [
            McNemarMethod::Exact,
            McNemarMethod::MidP,
            McNemarMethod::ChiSquared { continuity: Continuity::Corrected },
            McNemarMethod::ChiSquared { continuity: Continuity::Uncorrected },
        ];
        for method in methods {
            match (McNemar::of(&moves, method), McNemar::of(&back, method)) {
                (Ok(here), Ok(there)) => {
                    prop_assert_eq!(moves.bands.len(), 2);
                    prop_assert_eq!(here.not_computed(), there.not_computed());
                    if let (Some(here), Some(there)) = (here.computed(), there.computed()) {
                        prop_assert_eq!(here.p.to_bits(), there.p.to_bits());
                        prop_assert_eq!(here.moved_up, there.moved_down);
                        prop_assert!(here.p > 0.0 && here.p <= 1.0);
                    }
                }
                (Err(here), Err(_)) => {
                    prop_assert_eq!(here.code(), "not-two-by-two");
                    prop_assert_ne!(moves.bands.len(), 2);
                }
                _ => prop_assert!(false, "one of two mirrored tables was refused"),
            }
        }
    }

    #[test]
    fn adjusting_keeps_the_order_and_never_makes_a_p_smaller(
        p in prop::collection::vec(0.0..=1.0_f64, 0..20),
    ) {
        let named: Vec<NamedP> =
            p.iter().enumerate().map(|(name, &p)| NamedP { name: name.to_string(), p }).collect();
        let [holm, hochberg] = [Multiplicity::Holm, Multiplicity::BenjaminiHochberg]
            .map(|method| method.adjust(&named).unwrap().p_values);
        for (given, (holm, hochberg)) in named.iter().zip(holm.iter().zip(&hochberg)) {
            prop_assert_eq!(&given.name, &holm.name);
            prop_assert!(given.p <= hochberg.p_adjusted && hochberg.p_adjusted <= holm.p_adjusted);
            prop_assert!(holm.p_adjusted <= 1.0);
        }
        for adjusted in [&holm, &hochberg] {
            for (one, other) in adjusted.iter().flat_map(|one| adjusted.iter().map(move |other| (one, other))) {
                prop_assert!(one.p > other.p || one.p_adjusted <= other.p_adjusted);
            }
        }
    }
}
