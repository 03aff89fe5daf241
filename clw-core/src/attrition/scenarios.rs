//! Programmes whose truth is known, and what is said of them.

use super::*;
use crate::change::{PairCell, PairCounts};
use crate::estimate::Degenerate;
use crate::instrument::{Direction, Points, Scale};
use crate::sentences::{About, Noun, attrition as words, completion};

const LIFE_SATISFACTION: Scale = Scale {
    direction: Direction::HigherIsBetter,
    steps_per_unit: 1,
    lowest: Points(0),
    highest: Points(10),
};

/// Pairs `(baseline, follow-up, people, gender)` and unpaired `(baseline, people, gender)`.
fn programme(
    pairs: &[(i32, i32, u64, &str)],
    unpaired: &[(i32, u64, &str)],
) -> (PairCounts, AttritionCounts) {
    let mut table = PairCounts::new(LIFE_SATISFACTION);
    let mut counts = AttritionCounts::new(LIFE_SATISFACTION, ["gender"]);
    for &(baseline, follow_up, people, gender) in pairs {
        let (baseline, follow_up) = (Points(baseline), Points(follow_up));
        table.add_many(PairCell { baseline, follow_up, pairs: people }).unwrap();
        for _ in 0..people {
            counts.add(baseline, FollowUp::Paired, &[gender]).unwrap();
        }
    }
    for &(baseline, people, gender) in unpaired {
        for _ in 0..people {
            counts.add(Points(baseline), FollowUp::Unpaired, &[gender]).unwrap();
        }
    }
    (table, counts)
}

fn attrition((pairs, counts): &(PairCounts, AttritionCounts)) -> Attrition {
    Attrition::of(pairs, counts, &AttritionOptions::default()).unwrap()
}

/// What a reader is told.
fn told(found: &Attrition) -> String {
    let about = About::scale(LIFE_SATISFACTION, found.completion.count);
    let of_improved = completion::improved_among_due;
    let parts = [
        Some(words::verdict(Noun::PEOPLE, found)),
        of_improved(&about, &found.improved_bounds, &found.completion),
        words::mean_bounds(&about, found),
        words::tipping_point(&about, found),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" ").replace('\u{a0}', " ")
}

/// The same 93 % improved of the pairs, at 13 % and at 55 % completion: Voluntary Health Scotland
/// (2023); bounds as p·c and p·c + 1 − c in exact fractions.
#[test]
fn the_same_completers_say_far_less_at_13_percent_than_at_55() {
    let of = |paired: u64, due: u64| {
        let improved = paired * 93 / 100;
        let pairs = [(4, 6, improved, "woman"), (4, 4, paired - improved, "woman")];
        let others = (due - paired) / 2;
        attrition(&programme(&pairs, &[(4, others, "woman"), (4, due - paired - others, "man")]))
    };
    let low = of(1300, 10_000);
    assert_eq!((low.improved_bounds.worst, low.improved_bounds.best), (Some(0.1209), Some(0.9909)));
    assert!(matches!(low.verdict, AttritionVerdict::CompletionTooLow { .. }));
    let words = told(&low);
    assert!(words.contains("from 12.1 % to 99.1 %"), "{words}");

    let higher = of(5500, 10_000);
    assert_eq!(
        (higher.improved_bounds.worst, higher.improved_bounds.best),
        (Some(0.5115), Some(0.9615))
    );
    let words = told(&higher);
    assert!(words.contains("from 51.2 % to 96.2 %"), "{words}");
}

/// Two hundred people whose scores change by +2 or −2, half and half, so that the truth is zero. Most
/// of those who gained come back, few of those who lost: missing not at random. Nothing recorded at
/// baseline tells them apart.
#[test]
fn where_completers_look_good_and_the_truth_is_zero_the_bounds_hold_it_and_the_words_say_so() {
    let mut pairs = Vec::new();
    let mut unpaired = Vec::new();
    for (baseline, gender) in [(3, "woman"), (4, "man"), (5, "woman"), (6, "man")] {
        pairs.extend([(baseline, baseline + 2, 24, gender), (baseline, baseline - 2, 6, gender)]);
        unpaired.push((baseline, 20, gender));
    }
    let found = attrition(&programme(&pairs, &unpaired));
    let bounds = found.mean_change_bounds.computed().unwrap();
    assert!(bounds.worst < 0.0 && bounds.best > 0.0 && !bounds.sign_is_certain());
    // The 80 unpaired are 1 that gained for 19 that lost in 20: −1.8 each, which is where it tips.
    let Some(TippingPoint::WithinTheScale(tipping)) = found.tipping_point.computed() else {
        panic!("{:?}", found.tipping_point)
    };
    assert_eq!((bounds.mean_change_of_pairs, tipping.mean_change_of_unpaired), (1.2, -1.8));
    let AttritionVerdict::NoDifferenceFound { unclear_on } = &found.verdict else {
        panic!("{:?}", found.verdict)
    };
    assert_eq!(unclear_on, &["baseline score", "gender"]);
    assert_eq!(
        told(&found),
        "No difference was found between those with and without a follow-up, and one cannot be ruled \
         out on baseline score (0.00 SD) and gender (0.00 SD). Pairs are 60.0 % of those due: among all \
         200 people the share who improved could lie anywhere from 48.0 % to 88.0 %. How the other 80 \
         fared is in no record. Among everyone due the mean change could be anything from −1.08 to 2.92 \
         points; had none of them changed, it would be 0.72. For everyone due to come out with no change \
         on average, the others would have to have fallen by 1.80 points on average, which the scale \
         allows."
    );
}

#[test]
fn those_without_a_follow_up_who_look_different_are_said_to() {
    let pairs = [(6, 7, 80, "woman"), (4, 5, 40, "man")];
    let found = attrition(&programme(&pairs, &[(3, 60, "woman"), (5, 30, "man")]));
    assert_eq!(
        found.verdict,
        AttritionVerdict::LooksDifferent { different_on: vec!["baseline score".into()] }
    );
    let words = told(&found);
    assert!(
        words.contains("look different from those with one, on baseline score (1.76 SD)."),
        "{words}"
    );
    assert_eq!(found.traits[0].reading(), Some(DifferenceReading::Different));
    assert_eq!(found.traits[1].reading(), Some(DifferenceReading::Unclear));
}

#[test]
fn a_trait_recorded_only_at_follow_up_is_a_complete_difference() {
    let pairs = [(6, 7, 40, "woman"), (4, 5, 40, "man")];
    let found = attrition(&programme(&pairs, &[(4, 30, "not recorded"), (6, 30, "not recorded")]));
    assert_eq!(
        found.verdict,
        AttritionVerdict::LooksDifferent { different_on: vec!["gender".into()] }
    );
}

#[test]
fn many_people_alike_rule_a_difference_out() {
    let pairs = [(6, 7, 4000, "woman"), (4, 5, 4000, "man")];
    let found = attrition(&programme(&pairs, &[(6, 3000, "woman"), (4, 3000, "man")]));
    assert_eq!(found.verdict, AttritionVerdict::LittleDifference);
    let words = told(&found);
    assert!(words.contains("how the others fared is still in no record"), "{words}");
    assert!(!words.contains("representative"));
}

#[test]
fn where_even_the_worst_leaves_a_rise_the_words_say_it() {
    let found = attrition(&programme(&[(2, 8, 95, "woman")], &[(2, 5, "woman")]));
    let bounds = found.mean_change_bounds.computed().unwrap();
    assert!(bounds.sign_is_certain());
    let words = told(&found);
    assert!(words.ends_with("the direction stands whatever happened to them."), "{words}");
    assert_eq!(found.verdict, AttritionVerdict::NothingToCompare);
}

#[test]
fn nobody_due_nobody_followed_up_and_everybody_followed_up() {
    let nobody = attrition(&programme(&[], &[]));
    assert_eq!(nobody.verdict, AttritionVerdict::NobodyDue);
    assert_eq!(told(&nobody), "No follow-up was due, so nobody is missing.");

    let none = attrition(&programme(&[], &[(4, 3, "woman")]));
    assert_eq!(none.verdict, AttritionVerdict::NobodyFollowedUp);
    assert_eq!(none.mean_change_bounds.not_computed(), Some(Degenerate::NoPairs));
    assert_eq!(told(&none), "Nobody has a follow-up, so nothing is known of change.");

    let all = attrition(&programme(&[(4, 6, 3, "woman")], &[]));
    assert_eq!(all.verdict, AttritionVerdict::EverybodyFollowedUp);
    let words = "Everybody whose follow-up was due has one, so nobody is missing.";
    assert_eq!(told(&all), words);
}

#[test]
fn pairs_of_other_people_or_another_scale_are_refused() {
    let (pairs, counts) = programme(&[(4, 6, 3, "woman")], &[(4, 1, "man")]);
    let options = AttritionOptions::default();
    let other = AttritionCounts::new(Scale { steps_per_unit: 2, ..LIFE_SATISFACTION }, ["gender"]);
    assert_eq!(Attrition::of(&pairs, &other, &options).unwrap_err().code(), "different-scales");
    let fewer = programme(&[(4, 6, 2, "woman")], &[]).0;
    assert_eq!(Attrition::of(&fewer, &counts, &options).unwrap_err().code(), "other-people");
}

#[test]
fn results_are_read_as_they_were_written() {
    let found = attrition(&programme(
        &[(6, 7, 80, "woman"), (4, 5, 40, "man")],
        &[(3, 60, "woman"), (5, 30, "man")],
    ));
    let json = serde_json::to_string(&found).unwrap();
    assert_eq!(serde_json::from_str::<Attrition>(&json).unwrap(), found);
    assert!(
        json.contains(r#""verdict":{"kind":"looks-different","different-on":["baseline score"]}"#)
    );
}

fn profiles(people: &[(i32, Option<i32>, u64, &str)]) -> ProfileCounts {
    let mut profiles = ProfileCounts::new(LIFE_SATISFACTION, ["gender"]);
    for &(baseline, follow_up, people, gender) in people {
        for _ in 0..people {
            profiles.add(Points(baseline), follow_up.map(Points), &[gender]).unwrap();
        }
    }
    profiles
}

/// Women gain 2 and men nothing, and women are followed up more often: the truth is 1. What is recorded
/// explains who is missing, and weights bring the mean to the truth. Where those who gained nothing
/// stay away whoever they are, the truth is 1 too and weights change nothing.
#[test]
fn weights_undo_what_is_recorded_and_nothing_else() {
    let weighted =
        |profiles: &ProfileCounts| match Weighting::of(profiles, &WeightingOptions::default()) {
            Weighting::Weighted(weighted) => weighted.mean_change,
            Weighting::NotWeighted(reason) => panic!("{reason}"),
        };
    let recorded = profiles(&[
        (4, Some(6), 90, "woman"),
        (4, None, 10, "woman"),
        (4, Some(4), 30, "man"),
        (4, None, 70, "man"),
    ]);
    let found = weighted(&recorded);
    assert!((found.unweighted - 1.5).abs() < 1e-12 && (found.weighted - 1.0).abs() < 1e-12);

    let not_recorded = profiles(&[
        (4, Some(6), 45, "woman"),
        (4, Some(4), 15, "woman"),
        (4, None, 40, "woman"),
        (4, Some(6), 45, "man"),
        (4, Some(4), 15, "man"),
        (4, None, 40, "man"),
    ]);
    let found = weighted(&not_recorded);
    assert!((found.unweighted - 1.5).abs() < 1e-12 && found.difference.abs() < 1e-12);
}

/// Whatever their weights, people who all moved alike say nothing of how far others differ.
#[test]
fn where_all_moved_alike_the_mean_has_no_interval() {
    for (follow_up, change, share) in [(6, 2.0, 1.0), (2, -2.0, 0.0)] {
        let people = profiles(&[
            (4, Some(follow_up), 9, "woman"),
            (4, None, 6, "woman"),
            (4, Some(follow_up), 5, "man"),
            (4, None, 8, "man"),
        ]);
        for variance in [WeightVariance::WeightsAsKnown, WeightVariance::WeightsAsEstimated] {
            let options = WeightingOptions { variance, ..WeightingOptions::default() };
            let Weighting::Weighted(found) = Weighting::of(&people, &options) else { panic!() };
            let (mean, improved) = (found.mean_change, found.share_improved);
            assert_eq!((mean.weighted, improved.weighted), (change, share));
            assert_eq!(mean.interval.not_computed(), Some(Degenerate::AllDifferencesEqual));
            assert_eq!(improved.interval.not_computed(), Some(Degenerate::OneClass));
        }
    }
}

#[test]
fn where_there_are_no_weights_the_reason_is_said() {
    let options = WeightingOptions { fewest_of_a_level: 0, ..WeightingOptions::default() };
    let of =
        |people: &[(i32, Option<i32>, u64, &str)]| match Weighting::of(&profiles(people), &options)
        {
            Weighting::NotWeighted(reason) => reason,
            Weighting::Weighted(weighted) => panic!("{weighted:?}"),
        };
    let rows = [
        (of(&[]), "nobody-paired", "nobody has a follow-up to weight"),
        (
            of(&[(4, Some(6), 1, "woman"), (4, None, 1, "woman")]),
            "one-pair",
            "one pair alone cannot stand for others",
        ),
        (
            of(&[(4, Some(6), 9, "woman")]),
            "nobody-unpaired",
            "everybody has a follow-up, so all count the same",
        ),
        (
            of(&[(4, Some(6), 9, "woman"), (4, None, 9, "woman"), (4, None, 5, "man")]),
            "separated",
            "some of those without a follow-up have nobody like them with one, by gender: man",
        ),
        (
            of(&[(3, None, 9, "woman"), (4, None, 9, "woman"), (6, Some(7), 9, "woman")]),
            "separated",
            "some of those without a follow-up have nobody like them with one, by the baseline score",
        ),
    ];
    for (reason, code, words) in rows {
        assert_eq!((reason.code(), reason.to_string().as_str()), (code, words));
        let json = serde_json::to_string(&Weighting::NotWeighted(reason.clone())).unwrap();
        let read: Weighting = serde_json::from_str(&json).unwrap();
        assert_eq!(read, Weighting::NotWeighted(reason), "{json}");
    }
    let words = NotWeightable::NotConverged.to_string();
    assert_eq!(words, "the search for the highest likelihood did not settle");
}

#[test]
fn rare_levels_are_taken_together_and_listed() {
    let people = [
        (4, Some(6), 20, "woman"),
        (5, None, 20, "woman"),
        (4, Some(5), 3, "man"),
        (5, None, 4, "man"),
        (4, Some(4), 3, "not recorded"),
        (5, Some(7), 1, "not recorded"),
        (5, Some(7), 9, "woman"),
        (4, None, 8, "woman"),
    ];
    let counted_as = |fewest_of_a_level| {
        let options = WeightingOptions { fewest_of_a_level, ..WeightingOptions::default() };
        match Weighting::of(&profiles(&people), &options) {
            Weighting::Weighted(weighted) => weighted.pooled_levels,
            Weighting::NotWeighted(reason) => panic!("{reason}"),
        }
    };
    let pooled = |counted_as: &str| PooledLevels {
        of: "gender".into(),
        levels: vec!["man".into(), "not recorded".into()],
        counted_as: counted_as.into(),
    };
    assert_eq!(counted_as(4), [pooled(PooledLevels::TOGETHER)]);
    assert_eq!(counted_as(5), [pooled("woman")]);
}
