//! Programmes that have no estimate, orders that make no difference, and what is refused.

use super::*;
use crate::change::{PairCounts, PairedT};
use crate::estimate::Degenerate;
use crate::instrument::{Direction, Points, Scale};

const LIFE_SATISFACTION: Scale = Scale {
    direction: Direction::HigherIsBetter,
    steps_per_unit: 1,
    lowest: Points(0),
    highest: Points(10),
};

fn programme(name: &str, baseline: &[i32], follow_up: &[i32]) -> ProgrammePairs {
    ProgrammePairs {
        name: name.to_owned(),
        context: [("setting".to_owned(), "city".to_owned())].into(),
        pairs: PairCounts::count_steps(LIFE_SATISFACTION, baseline, follow_up).unwrap(),
    }
}

fn of(programmes: &[ProgrammePairs]) -> Synthesis {
    Synthesis::of_mean_changes(programmes, &SynthesisOptions::default()).unwrap()
}

fn three() -> [ProgrammePairs; 3] {
    [
        programme("Kirk", &[4, 5, 6, 3], &[6, 5, 8, 4]),
        programme("Glen", &[2, 5, 5, 7], &[3, 8, 9, 8]),
        programme("Harbour", &[6, 6, 4], &[5, 7, 6]),
    ]
}

#[test]
fn programmes_without_a_variance_are_left_out_with_their_reason() {
    let mut programmes = three().to_vec();
    programmes.push(programme("All alike", &[4, 5], &[5, 6]));
    programmes.push(programme("One", &[4], &[5]));
    programmes.push(programme("Nobody", &[], &[]));
    programmes.push(programme("Still", &[4, 5], &[4, 5]));
    let synthesis = of(&programmes);
    let reasons: Vec<_> =
        synthesis.left_out.iter().map(|of| (of.name.as_str(), of.n, of.reason)).collect();
    assert_eq!(
        reasons,
        [
            ("All alike", 2, Degenerate::AllDifferencesEqual),
            ("One", 1, Degenerate::OnePair),
            ("Nobody", 0, Degenerate::NoPairs),
            ("Still", 2, Degenerate::AllDifferencesZero),
        ]
    );
    assert_eq!(synthesis.programmes, of(&three()).programmes);
}

#[test]
fn programmes_keep_their_order_and_their_own_interval() {
    let synthesis = of(&three());
    let names: Vec<_> = synthesis.programmes.iter().map(|of| of.name.as_str()).collect();
    assert_eq!(names, ["Kirk", "Glen", "Harbour"]);
    let kirk = &synthesis.programmes[0];
    let options = SynthesisOptions::default();
    let test = PairedT::of(&three()[0].pairs, crate::change::Alternative::TwoSided, options.level)
        .unwrap();
    assert_eq!((kirk.estimate, kirk.interval), (test.mean_change, test.interval));
    let weights: f64 = synthesis.programmes.iter().filter_map(|of| of.weight).sum();
    assert!((weights - 1.0).abs() < 1e-15);
    assert_eq!(kirk.context["setting"], "city");
}

/// As metafor prints the thirteen trials of BCG: Q(df = 12).
#[test]
fn q_has_one_degree_of_freedom_fewer_than_there_are_programmes() {
    let effects = [1.0, 2.0, 4.0].repeat(5).into_iter().take(13);
    let effects: Vec<_> = effects.map(|mean| Effect::new(mean, 0.5).unwrap()).collect();
    let RandomEffects { pooling, .. } = RandomEffects::of(&effects, &SynthesisOptions::default());
    let Pooling::Pooled(pooled) = pooling else { panic!("{pooling:?}") };
    assert_eq!(pooled.heterogeneity.degrees_of_freedom, 12);
}

#[test]
fn the_order_of_programmes_changes_no_bit() {
    let [a, b, c] = three();
    let forwards = of(&[a.clone(), b.clone(), c.clone()]);
    let backwards = of(&[c, b, a]);
    assert_eq!(forwards.pooling, backwards.pooling);
}

#[test]
fn one_programme_and_none_are_not_pooled() {
    for (programmes, reason, code, words) in [
        (
            &three()[..1],
            NotPooled::OneProgramme,
            "one-programme",
            "one programme alone has nothing to be put together with",
        ),
        (
            &[],
            NotPooled::NoProgrammes,
            "no-programmes",
            "no programme has a result to put together",
        ),
    ] {
        let synthesis = of(programmes);
        assert_eq!(synthesis.pooling, Pooling::NotPooled { reason });
        assert_eq!((reason.code(), reason.to_string().as_str()), (code, words));
        assert_eq!((synthesis.mean, synthesis.programmes.len()), (None, programmes.len()));
        assert!(synthesis.programmes.iter().all(|of| of.weight.is_none()));
    }
}

#[test]
fn names_scales_and_counts_are_checked() {
    let options = SynthesisOptions::default();
    let twice = [programme("Kirk", &[], &[]), programme("Kirk", &[], &[])];
    let code = |result: Result<Synthesis, SynthesisError>| result.unwrap_err().code();
    assert_eq!(code(Synthesis::of_mean_changes(&twice, &options)), "two-of-one-name");
    let mut scales = three();
    scales[2].pairs = PairCounts::new(Scale { steps_per_unit: 10, ..LIFE_SATISFACTION });
    assert_eq!(code(Synthesis::of_mean_changes(&scales, &options)), "different-scales");
    let share =
        |count, of| ProgrammeShare { name: "Kirk".into(), context: Context::new(), count, of };
    let refused = Synthesis::of_shares(&[share(3, 2)], ShareTransform::LogOdds, &options);
    assert_eq!(code(refused), "count-above-total");
    let nobody = Synthesis::of_shares(&[share(0, 0)], ShareTransform::LogOdds, &options).unwrap();
    assert_eq!(nobody.left_out[0].reason, Degenerate::EmptyDenominator);
    assert!(serde_json::from_str::<Effect>(r#"{"estimate":1.0,"variance":0.0}"#).is_err());
}

#[test]
fn extreme_effects_stay_finite() {
    let effects = [(1e60, 1e-60), (-1e60, 1e60), (0.0, 1.0)]
        .map(|(estimate, variance)| Effect::new(estimate, variance).unwrap());
    let json = serde_json::to_string(&RandomEffects::of(&effects, &SynthesisOptions::default()));
    assert!(!json.unwrap().contains("null"));
}

#[test]
fn results_are_read_as_they_were_written() {
    let synthesis = of(&three());
    let json = serde_json::to_string(&synthesis).unwrap();
    assert_eq!(serde_json::from_str::<Synthesis>(&json).unwrap(), synthesis);
}
