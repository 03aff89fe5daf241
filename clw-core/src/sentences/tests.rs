//! The sentences of one sample read as a table, and what holds for all of them.

use super::*;
use crate::change::{
    Alternative, Change, ChangeOptions, ChangeRequest, Equivalence, EquivalenceMargins,
    MinimumDetectableChange, Multiplicity, NamedP, PairCell, PairCounts, PairedT,
    PlannedComparison,
};
use crate::completion::ImprovedBounds;
use crate::estimate::{ConfidenceLevel, Share};
use crate::instrument::{Decimal, Direction, Points, Scale};
use crate::trajectory::{
    MeanTrajectory, SlopeRule, Slopes, TimeGrouping, TimeUnit, TimedScore, Trajectories,
};

/// A scale of whole points from 0 to 40.
const fn scale_of(direction: Direction) -> Scale {
    Scale { direction, steps_per_unit: 1, lowest: Points(0), highest: Points(40) }
}

/// So many pairs from each baseline to each follow-up.
fn table(direction: Direction, cells: &[(i32, i32, u64)]) -> PairCounts {
    let mut table = PairCounts::new(scale_of(direction));
    for &(baseline, follow_up, pairs) in cells {
        let (baseline, follow_up) = (Points(baseline), Points(follow_up));
        table.add_many(PairCell { baseline, follow_up, pairs }).unwrap();
    }
    table
}

fn plain(text: &str) -> String {
    text.replace('\u{a0}', " ")
}

/// Every option there is.
const OPTIONS: &str = r#"{
    "sign-flip": {"exact-limit": 10},
    "bootstrap": {"resamples": 9999, "seed": 3},
    "equivalence-margins": [{"id": "small", "lower": -1.0, "upper": 3.0}],
    "reliable-change-rules": [
        {"method": "jacobson-truax", "standard-deviation": 4.0, "reliability": 0.9}
    ],
    "sample-rules": [{"method": "edwards-nunnally", "reliability": 0.8}],
    "clinical-change-rules": [{
        "reliable-change": {"method": "jacobson-truax", "standard-deviation": 4.0, "reliability": 0.9},
        "cut-off": {"cut-off": "published", "id": "caseness", "worst-functional": 25}
    }],
    "important-change-rules": [
        {"anchor": "felt better", "improvement": {"at-least": "3"}, "deterioration": {"more-than": "1"}}
    ],
    "cuts": [24],
    "regression-to-the-mean": {"population": {"mean": 25.0, "standard-deviation": 5.0}}
}"#;

fn told(pairs: &PairCounts) -> Sentences {
    let request = ChangeRequest { level: 0.95, options: OPTIONS, measure: None };
    ChangeInWords::answer(&request, pairs).unwrap().sentences
}

/// 40 pairs: 24 changes of +4, 4 of 0 and 12 of −2.
const FORTY: [(i32, i32, u64); 6] =
    [(20, 24, 14), (20, 20, 2), (20, 18, 4), (24, 28, 10), (24, 24, 2), (24, 22, 8)];

/// SciPy 1.17.1 (`t.interval`, `ttest_1samp`, `nct`, `binomtest` and its exact interval, `rankdata`)
/// and statsmodels 0.15.0 (`proportion_confint(…, method="wilson")`, `cohens_kappa`): mean 1.8
/// (0.90945, 2.69055), t 4.0883, p 0.00021; W⁺ 588, median of the Walsh averages 1; rank-biserial
/// 0.76577 (0.57209, 0.87855); sign test 0.06525, 2/3 (0.49030, 0.81444); dz 0.64642 (0.30169,
/// 0.98428), 0.63389 corrected; Δ 0.88868, dav 0.70719, pooled 0.69289, drm 0.67018; McNemar 0.28628;
/// the larger one-sided p 0.00478 and the 90 % interval (1.05818, 2.54182); κ 0.5 (0.37036, 0.62964);
/// 24, 4, 10 and 28 of 40: (0.44596, 0.73652), (0.03958, 0.23052), (0.14187, 0.40194), (0.54570,
/// 0.81925). The limits of the typical change are Walsh averages 209 and 458 of 666, by the exact
/// distribution of W⁺ of 36 in whole numbers, whose level is 0.95036. The intervals of Δ and of the
/// share better off have golden cases of their own; those of the bootstrap are near `bootstrap(…,
/// n_resamples=9999)`: mean (0.9, 2.6), dz (0.311, 1.046), share (0.45, 0.75), each BCa; median (0, 4)
/// and median of the Walsh averages (1, 4) by percentiles, where SciPy's BCa is NaN. Of regression to
/// the mean, half and a tenth of 25 − 22.
const SENTENCES: &[(&str, &str)] = &[
    (
        "change",
        "Among 40 people with a pair of scores, the mean score on this measure rose by 1.8 points \
         (95 % interval 0.9 to 2.7), from 22.0 to 23.8; higher is better.",
    ),
    (
        "hodges-lehmann",
        "The typical change of the 36 of 40 pairs that changed on this measure is a rise of 1.0 points \
         (Hodges-Lehmann estimate; 95 % interval 1.0 to 4.0, achieved level 95.0 %).",
    ),
    (
        "any-change",
        "Of 40 people with a pair of scores, 24 (60.0 %; 95 % interval 44.6 to 73.7 %) scored \
         better than before on this measure, by any amount, 4 (10.0 %) the same and 12 (30.0 %) \
         worse.",
    ),
    (
        "reliable-change",
        "Of 40 people with a pair of scores, 24 (60.0 %; 95 % interval 44.6 to 73.7 %) changed \
         for the better on this measure by 4.0 points or more, beyond the questionnaire’s own \
         error, 0 (0.0 %; 95 % interval 0.0 to 8.8 %) for the worse, and 16 (40.0 %) by less \
         either way (Jacobson and Truax’s criterion).",
    ),
    (
        "sample-rules",
        "Of 40 people with a pair of scores, 24 (60.0 %; 95 % interval 44.6 to 73.7 %) changed \
         for the better on this measure by more than the questionnaire’s own error, 4 (10.0 %; 95 \
         % interval 4.0 to 23.1 %) for the worse, and 12 (30.0 %) by less either way (Edwards and \
         Nunnally’s criterion, worked out from these pairs themselves).",
    ),
    (
        "clinical-change",
        "Of 40 people with a pair of scores, 10 (25.0 %; 95 % interval 14.2 to 40.2 %) changed \
         reliably for the better on this measure and crossed the cut-off “caseness” at 25.0 \
         (“recovered”), 14 (35.0 %) changed reliably for the better without crossing it, 16 (40.0 \
         %) did not change reliably and 0 (0.0 %) changed reliably for the worse (Jacobson and \
         Truax’s criterion). Of the 40 on the clinical side at first, 10 (25.0 %; 95 % interval \
         14.2 to 40.2 %) recovered.",
    ),
    (
        "important-change",
        "Of 40 people with a pair of scores, 24 (60.0 %; 95 % interval 44.6 to 73.7 %) changed \
         for the better on this measure by enough to matter (at least 3 points), 12 (30.0 %; 95 % \
         interval 18.1 to 45.4 %) for the worse (more than 1 point), and 4 (10.0 %) by less \
         either way (anchor “felt better”).",
    ),
    (
        "agreement",
        "Any change and Jacobson and Truax’s criterion put 28 of 40 pairs (70.0 \
         %; 95 % interval 54.6 to 81.9 %) in the same class, better, neither or worse (Cohen’s κ \
         0.50, 95 % interval 0.37 to 0.63). Any change and Important change by “felt better” put \
         40 of 40 pairs (100.0 %; 95 % interval 91.2 to 100.0 %) in the same class, better, \
         neither or worse (Cohen’s κ 1.00, 95 % interval 1.00 to 1.00). Jacobson and Truax’s \
         criterion and Important change by “felt better” put 28 of 40 pairs (70.0 %; \
         95 % interval 54.6 to 81.9 %) in the same class, better, neither or worse (Cohen’s κ \
         0.50, 95 % interval 0.37 to 0.63).",
    ),
    (
        "transitions",
        "Of 40 people with a pair of scores, 14 (35.0 %) moved to a better band on this measure, 18 \
         (45.0 %) stayed in theirs and 8 (20.0 %) moved to a worse one (cut at 24).",
    ),
    (
        "transition-tests",
        "14 of 40 pairs crossed upwards and 8 downwards. If either were as likely, a split at \
         least this uneven would be seen in about 286 of 1,000 such samples (McNemar’s test: p = \
         0.286, two-sided, exact).",
    ),
    (
        "paired-t",
        "If scores had not moved on average, a mean change at least this far from none would be \
         seen in fewer than 1 of 1,000 such samples (paired t test of 40 pairs: t(39) = 4.09, p < \
         0.001, two-sided).",
    ),
    (
        "equivalence",
        "Mean changes from −1.0 to 3.0 points were called too small to matter (margins “small”). If \
         the true mean change were at the nearer margin, one at least as far inside would be seen \
         in about 5 of 1,000 such samples (two one-sided t tests of 40 pairs: df = 39, p = \
         0.005). The 90 % interval, 1.1 to 2.5, lies within them.",
    ),
    (
        "sign-flip",
        "If each change were as likely to be a rise as a fall, a mean change at least this far \
         from none would be seen in fewer than 1 of 1,000 such samples (sign-flip permutation \
         test of 40 pairs, 4 of them without change: p < 0.001, two-sided, 9,999 patterns of \
         signs drawn from seed 0).",
    ),
    (
        "signed-rank",
        "If a rise of any size were as likely as a fall of that size, a balance at least this \
         uneven would be seen in fewer than 1 of 1,000 such samples (Wilcoxon’s signed rank test \
         of 40 pairs: W⁺ = 588 of 36 changes, 36 of them tied in size, 4 without change left out; \
         p < 0.001, two-sided; exact, ties included).",
    ),
    (
        "rank-biserial",
        "Of 40 pairs, 36 changed; by the size of change rises outweigh falls (rank-biserial \
         correlation 0.77, where 1 is rises only and −1 falls only; 95 % interval 0.57 to 0.88).",
    ),
    (
        "sign-test",
        "Of 40 pairs, 36 changed: 24 rose and 12 fell (66.7 % rose; 95 % interval 49.0 to 81.4 \
         %). If either were as likely, a split at least this uneven would be seen in about 65 of \
         1,000 such samples (sign test: p = 0.065, two-sided, exact).",
    ),
    (
        "cohens-dz",
        "The mean change of 40 pairs is 0.65 standard deviations of the change (Cohen’s dz, or \
         0.63 corrected for small samples; 95 % interval 0.30 to 0.98, from the noncentral t \
         distribution).",
    ),
    (
        "effect-sizes",
        "The mean change of 40 pairs over the standard deviation of the baseline scores: 0.89 \
         (Glass’s Δ; 95 % interval 0.41 to 1.36, Bonett’s); the baseline scores, corrected for \
         small samples: 0.87 (Glass’s Δ; 95 % interval 0.50 to 1.25, Becker’s); both sittings, \
         averaged: 0.71 (Cohen’s dav; 95 % interval 0.33 to 1.08, from the noncentral t \
         distribution); both sittings, pooled: 0.69 (Cohen’s d, pooled; 95 % interval 0.32 to \
         1.06, from the noncentral t distribution); the change, for their correlation: 0.67 \
         (Cohen’s drm; 95 % interval 0.31 to 1.02, from the noncentral t distribution). Counting \
         those without change half, 65.0 % of 40 pairs are better off (95 % interval 50.3 to 77.2 \
         %, Tango’s); 50 % is as many better off as worse off.",
    ),
    (
        "bootstrap",
        "Were other people like these to take part, other figures would come out. By 9,999 \
         resamples of 40 pairs, drawn from seed 3: the mean change +1.8 points (95 % interval 0.9 to \
         2.6, BCa); the median change +4.0 points (95 % interval 0.0 to 4.0, percentiles); the \
         Hodges-Lehmann estimate +1.0 points (95 % interval 1.0 to 4.0, percentiles); Cohen’s dz \
         0.65 (95 % interval 0.31 to 1.05, BCa); the share improved 60.0 % (95 % interval 45.0 to \
         75.0 %, BCa).",
    ),
    (
        "scale-ends",
        "At neither sitting does an end of the scale of this measure hold more than 15 % of 40 \
         pairs.",
    ),
    (
        "regression-to-the-mean",
        "Scores move towards the usual by themselves. Of 40 pairs with a mean of 22.0 on this \
         measure at first, where that of the population is 25.0, a change of +1.5 points would be \
         expected at a reliability of 0.5 and of +0.3 points at 0.9, were nobody to change truly; \
         the change seen is +1.8 points. Which reliability holds is not known, so no figure is \
         corrected by it.",
    ),
];

#[test]
fn every_result_of_a_change_has_its_sentence() {
    let told = told(&table(Direction::HigherIsBetter, &FORTY));
    let told: Vec<(&str, String)> = told.iter().map(|(of, text)| (of, plain(text))).collect();
    assert_eq!(told.len(), SENTENCES.len());
    for ((result, text), &(expected_result, expected)) in told.iter().zip(SENTENCES) {
        assert_eq!((*result, text.as_str()), (expected_result, expected));
    }
}

/// Every field of a change but n and its moments has a text under the same key.
#[test]
fn the_sentences_stand_beside_the_numbers() {
    let pairs = table(Direction::HigherIsBetter, &FORTY);
    let request = ChangeRequest { level: 0.95, options: OPTIONS, measure: None };
    let json = ChangeInWords::answer(&request, &pairs).unwrap().to_json();
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    let keys = |value: &serde_json::Value| -> Vec<String> {
        value.as_object().unwrap().keys().cloned().collect()
    };
    let mut results = keys(&json);
    results.retain(|key| !["n", "baseline", "follow-up", "sentences"].contains(&key.as_str()));
    let mut told = keys(&json["sentences"]);
    told.sort();
    results.sort();
    assert_eq!(told, results);
}

#[test]
fn every_sentence_has_its_number_and_none_says_why() {
    let few = [(20, 24, 7), (24, 20, 2)];
    let samples: [(&[_], &str); 7] = [
        (&FORTY, "40"),
        (&[], "0 pairs"),
        (&[(20, 24, 1)], "1 "),
        (&[(20, 20, 1)], "1 "),
        (&[(20, 20, 50)], "50"),
        (&[(20, 24, 50)], "50"),
        (&few, "9"),
    ];
    for (cells, n) in samples {
        for direction in [Direction::HigherIsBetter, Direction::LowerIsBetter] {
            for (result, text) in told(&table(direction, cells)).iter() {
                let text = plain(text);
                assert!(text.contains(n), "{n} is not in {result}: {text}");
                let lower = text.to_lowercase();
                for word in ["significant", "caus", "due to", "effect of", "impact", "thanks"] {
                    let word_is_of_reason = word == "caus" && lower.contains("because");
                    assert!(word_is_of_reason || !lower.contains(word), "{word}: {text}");
                }
                for none in ["NaN", "inf ", "None ", "−0.0 "] {
                    assert!(none == "None " || !text.contains(none), "{none}: {text}");
                }
            }
        }
    }
}

#[test]
fn a_sample_without_a_result_says_so() {
    let of = |cells: &[_], result: &str| {
        plain(told(&table(Direction::HigherIsBetter, cells)).get(result).unwrap())
    };
    for (cells, result, text) in [
        (&[][..], "change", "There are 0 pairs of scores to compare on this measure."),
        (&[], "sign-test", "There is no sign test, because there are 0 pairs."),
        (
            &[(3, 4, 1)],
            "change",
            "There is 1 pair on this measure, fewer than the 30 that the guidance for WEMWBS asks for \
             before a mean is reported. There is no interval of the mean change of this 1 pair, \
             because one pair has no spread to estimate from.",
        ),
        (
            &[(3, 4, 50)],
            "paired-t",
            "There is no paired t test of these 50 pairs, because everybody's score changed by the \
             same amount.",
        ),
        (
            &[(3, 3, 50)],
            "hodges-lehmann",
            "There is no typical change of these 50 pairs, because nobody's score changed.",
        ),
        (
            &[(3, 3, 50)],
            "transition-tests",
            "None of 50 pairs crossed, so rises and falls are the same (McNemar’s test: p > 0.999, \
             two-sided, exact).",
        ),
        (
            &[(0, 0, 10), (0, 4, 30)],
            "scale-ends",
            "Of 40 pairs on this measure, 40 (100.0 %; 95 % interval 91.2 to 100.0 %) had the lowest \
             score there is before; 10 (25.0 %; 95 % interval 14.2 to 40.2 %) had the lowest score \
             there is after. Whoever is at an end can move one way only, and may have moved by more \
             than the scale shows; more than 15 % at one end is called a floor or ceiling effect.",
        ),
    ] {
        assert_eq!(of(cells, result), text);
    }
}

/// Intervals: SciPy 1.17.1, `t.interval(.95, n - 1, x.mean(), sem(x))`, of 20 × 4 and 20 × 0,
/// (1.3522, 2.6478), its mirror image, and 20 × 1 and 20 × −1, (−0.3239, 0.3239).
#[test]
fn a_mean_change_says_which_way_and_whether_that_is_good() {
    use Direction::{HigherIsBetter, LowerIsBetter};
    let of = |direction, changes: &[(i32, u64)]| {
        let cells: Vec<_> = changes.iter().map(|&(change, n)| (20, 20 + change, n)).collect();
        let pairs = table(direction, &cells);
        let change = Change::of(&pairs, &ChangeOptions::default()).unwrap();
        let about = About { name: "Hope (H)".into(), ..About::scale(*pairs.scale(), pairs.n()) };
        plain(&mean::mean_change(&about, &change))
    };
    for (direction, changes, sentence) in [
        (
            HigherIsBetter,
            &[(4, 20), (0, 20)][..],
            "Among 40 people with a pair of scores, the mean score on Hope (H) rose by 2.0 points \
             (95 % interval 1.4 to 2.6), from 20.0 to 22.0; higher is better.",
        ),
        (
            LowerIsBetter,
            &[(-4, 20), (0, 20)],
            "Among 40 people with a pair of scores, the mean score on Hope (H) fell by 2.0 points \
             (95 % interval −2.6 to −1.4), from 20.0 to 18.0; lower is better.",
        ),
        (
            HigherIsBetter,
            &[(1, 20), (-1, 20)],
            "Among 40 people with a pair of scores, the mean score on Hope (H) did not change (95 % \
             interval −0.3 to 0.3), from 20.0 to 20.0; higher is better. The interval includes no \
             change at all.",
        ),
        (
            HigherIsBetter,
            &[(3, 30)],
            "Among 30 people with a pair of scores, the mean score on Hope (H) rose by 3.0 points (no \
             interval, because everybody's score changed by the same amount), from 20.0 to 23.0; \
             higher is better.",
        ),
        (
            HigherIsBetter,
            &[(3, 28), (4, 1)],
            "There are 29 pairs on Hope (H), fewer than the 30 that the guidance for WEMWBS asks for \
             before a mean is reported. The 95 % interval of the mean change of 29 pairs is 3.0 to 3.1 \
             points.",
        ),
    ] {
        assert_eq!(of(direction, changes), sentence);
    }
}

/// The p of one side are half of 0.00021, and 1 less half: SciPy as above.
#[test]
fn a_one_sided_test_names_its_side_and_its_limit() {
    let pairs = table(Direction::HigherIsBetter, &FORTY);
    let about = About::scale(*pairs.scale(), pairs.n());
    let of = |alternative| {
        let level = ConfidenceLevel::default();
        plain(&mean::paired_t(&about, &PairedT::of(&pairs, alternative, level).into()))
    };
    assert_eq!(
        of(Alternative::Less),
        "If scores had not moved on average, a mean change at least this low would be seen in nearly \
         all such samples (paired t test of 40 pairs: t(39) = 4.09, p > 0.999, one-sided, for a fall). \
         The mean change is at most +2.5 points (95 % one-sided limit)."
    );
    assert!(of(Alternative::Greater).contains("p < 0.001, one-sided, for a rise"));
    let margins = EquivalenceMargins::new("wide", -5.0, 5.0).unwrap();
    let half = ConfidenceLevel::new(0.4).unwrap();
    let test = Equivalence::of(&pairs, &margins, half).into();
    assert!(!mean::equivalence(&about, &test).contains("interval"));
}

#[test]
fn a_range_is_of_anyones_change() {
    for (changes, sentence) in [
        (&[(-3, 1), (5, 2)][..], Some("The 3 changes ranged from −3 to +5 points.")),
        (&[(4, 1)], Some("The one change was +4 points.")),
        (&[(0, 7)], Some("Every one of 7 changes was 0 points.")),
        (&[], None),
    ] {
        let cells: Vec<_> = changes.iter().map(|&(change, n)| (20, 20 + change, n)).collect();
        let pairs = table(Direction::HigherIsBetter, &cells);
        assert_eq!(mean::range_of_change(&pairs).as_deref(), sentence);
    }
}

/// 0 of 20 and 13 of 100: statsmodels 0.15.0, `proportion_confint(…, method="wilson")`, gives
/// (0, 0.161125) and (0.077616, 0.209783).
#[test]
fn completion_always_has_its_numerator_and_denominator() {
    for (noun, paired, due, sentence) in [
        (
            Noun::PEOPLE,
            13,
            100,
            "Of 100 people whose follow-up was due, 13 (13.0 %; 95 % interval 7.8 to 21.0 %) have a \
             pair of scores to compare.",
        ),
        (
            Noun::EPISODES,
            0,
            20,
            "Of 20 episodes whose follow-up was due, 0 (0.0 %; 95 % interval 0.0 to 16.1 %) have a \
             pair of scores to compare.",
        ),
        (Noun::PEOPLE, 0, 0, "No follow-up was due, so there are no people to compare."),
    ] {
        let share = Share::of(paired, due, ConfidenceLevel::default());
        assert_eq!(plain(&completion::paired_completion(noun, &share)), sentence);
    }
}

/// Voluntary Health Scotland (2023): 93 % of 13 % means anything from 12.1 % to 99.1 %.
#[test]
fn a_share_improved_comes_with_its_bounds() {
    let about = About::scale(scale_of(Direction::HigherIsBetter), 1300);
    let bounds = ImprovedBounds::of(1209, 1300, 10_000);
    let share = Share::of(1300, 10_000, ConfidenceLevel::default());
    assert_eq!(
        plain(&completion::improved(&about, &bounds, &share).unwrap()),
        "1,209 of the 1,300 with a pair (93.0 %) scored better than before, by any amount. Pairs are \
         13.0 % of those due: among all 10,000 people the share who improved could lie anywhere from 12.1 % to 99.1 \
         %."
    );
    let unknown = completion::unknown(&bounds).unwrap();
    assert_eq!(unknown, "Nothing here says how the other 8,700 did.");
    let few = ImprovedBounds::of(9, 29, 40);
    assert_eq!(completion::improved(&about, &few, &share), None);
    assert_eq!(completion::unknown(&ImprovedBounds::of(9, 40, 40)), None);
}

/// Holm by hand: 3 × 0.01, 2 × 0.02 and 0.2.
#[test]
fn several_tests_are_told_with_their_number() {
    let named = [("hope", 0.01), ("home", 0.2), ("money", 0.02)];
    let named = named.map(|(name, p)| NamedP { name: name.into(), p });
    let found = Multiplicity::Holm.adjust(&named).unwrap();
    assert_eq!(
        plain(&several::adjusted_ps(&found, str::to_uppercase)),
        "3 tests, adjusted for their number by Holm’s method: HOPE p = 0.030 (p = 0.010 by itself); \
         HOME p = 0.200 (p = 0.200 by itself); MONEY p = 0.040 (p = 0.020 by itself)."
    );
    let none = Multiplicity::Holm.adjust(&[]).unwrap();
    let none = several::adjusted_ps(&none, str::to_owned);
    assert_eq!(none, "There are 0 tests to adjust for their number.");
}

/// R 4.2.2: `power.t.test(delta = 1, sd = 4, type = "paired", strict = TRUE)` gives n = 127.5 for power 0.8,
/// power 0.80151 with 128 pairs and 0.33831 with 40.
#[test]
fn a_plan_says_what_it_rests_on() {
    let about = About::scale(scale_of(Direction::HigherIsBetter), 40);
    let level = ConfidenceLevel::default();
    let plan = PlannedComparison::new(1.0, 4.0, Alternative::TwoSided, level).unwrap();
    let needed = plan.pairs_needed(0.8).unwrap();
    assert_eq!(
        plain(&planning::pairs_needed(&about, &plan, &needed)),
        "To see a mean change of +1.0 points on this measure where changes have a standard deviation \
         of 4.0, a paired t test (two-sided, intervals of 95 %) needs 128 pairs for a chance of 80.2 \
         %. More have to start, since not everybody is followed up."
    );
    let power = plan.power(40).unwrap();
    assert_eq!(
        plain(&planning::power(&about, &plan, power)),
        "With 40 pairs, a paired t test (two-sided, intervals of 95 %) has a chance of 33.8 % to see a \
         mean change of +1.0 points on this measure where changes have a standard deviation of 4.0."
    );
    let detectable = MinimumDetectableChange::of_standard_error(1.5).unwrap();
    assert_eq!(
        planning::minimum_detectable_change(&about, &detectable),
        "One person’s change on this measure has to be larger than 4.16 points to be more than the \
         questionnaire’s own error would make in 95 of 100 cases (standard error of measurement 1.50 \
         points)."
    );
}

/// SciPy 1.17.1, `t.interval`: of 10, 12, 14, 16 (8.8919, 17.1081), of 14 and 16 (2.2938, 27.7062);
/// slopes 0.5, 1, 1: mean 0.83333 (0.11624, 1.55042).
#[test]
fn trajectories_say_whose_means_they_are() {
    let mut people =
        Trajectories::new(scale_of(Direction::HigherIsBetter), TimeUnit::Week).unwrap();
    for sittings in [&[(0, 10), (4, 14)][..], &[(0, 12), (4, 16)], &[(0, 14), (2, 15)], &[(0, 16)]]
    {
        let score = |&(time, points)| TimedScore { time, points: Points(points) };
        people.add(&sittings.iter().map(score).collect::<Vec<_>>()).unwrap();
    }
    let about = About::scale(*people.scale(), people.people());
    let level = ConfidenceLevel::default();
    let means = MeanTrajectory::of(&people, TimeGrouping::Time, level).unwrap();
    assert_eq!(
        plain(&trajectory::mean_trajectory(&about, &means)),
        "Of 7 scores of 4 people on this measure, at week 0 the mean of 4 people is 13.0 (95 % interval \
         8.9 to 17.1), and at week 4 the mean of 2 people is 15.0 (95 % interval 2.3 to 27.7). They \
         need not be the same people."
    );
    let slopes = Slopes::of(&people, SlopeRule { at_least: Decimal::from(1) }, level);
    assert_eq!(
        plain(&trajectory::slopes(&about, &slopes)),
        "Of 3 people with scores on this measure at two times or more, 2 improved by 1 point or more a \
         week, 0 got worse by as much and 1 did neither; 1 with scores at one time have no slope. The \
         mean slope is 0.83 points a week (95 % interval 0.12 to 1.55)."
    );
    let nobody = Trajectories::new(*people.scale(), TimeUnit::Week).unwrap();
    let means = MeanTrajectory::of(&nobody, TimeGrouping::Time, level).unwrap();
    let none = trajectory::mean_trajectory(&about, &means);
    assert_eq!(none, "There are 0 scores on this measure at any time.");
}

/// Three people whose scores lie about lines; the estimates are those of the model itself, whose golden
/// cases are lme4’s.
#[test]
#[cfg(feature = "mixed-models")]
fn a_mixed_model_says_what_it_rests_on() {
    use crate::trajectory::{MixedModel, RandomEffects};

    let mut people =
        Trajectories::new(scale_of(Direction::HigherIsBetter), TimeUnit::Session).unwrap();
    for scores in [[10, 13, 15], [20, 21, 24], [31, 33, 34]] {
        let score = |(time, points)| TimedScore { time, points: Points(points) };
        people.add(&(0..).zip(scores).map(score).collect::<Vec<_>>()).unwrap();
    }
    let about = About::scale(*people.scale(), people.people());
    let fit = MixedModel::fit(&people, RandomEffects::Intercept, ConfidenceLevel::default());
    let text = plain(&trajectory::mixed_model(&about, &fit.into()));
    assert!(
        text.starts_with(
            "A straight line through 9 scores of 3 people on this measure begins at 20.3 and goes by \
             2.00 points a session (95 % interval "
        ),
        "{text}"
    );
    let none = Err(crate::estimate::Degenerate::OneTime).into();
    assert_eq!(
        plain(&trajectory::mixed_model(&about, &none)),
        "There is no mixed model of the scores of 3 people on this measure, because the scores are \
         all of one time."
    );
}

#[test]
fn names_of_bands_and_rules_are_those_in_print() {
    let depression = crate::instrument::catalogue::find("phq-9").unwrap();
    let depression = depression.measure("depression").unwrap();
    let mut pairs = PairCounts::new(depression.scale());
    for (baseline, follow_up, n) in [(12, 4, 30), (4, 12, 10)] {
        let (baseline, follow_up) = (Points(baseline), Points(follow_up));
        pairs.add_many(PairCell { baseline, follow_up, pairs: n }).unwrap();
    }
    let options = r#"{"band-sets": ["severity"], "change-rules": ["nhs-talking-therapies"]}"#;
    let request = ChangeRequest { level: 0.95, options, measure: Some(depression) };
    let told = ChangeInWords::answer(&request, &pairs).unwrap().sentences;
    let label = depression.change_rule("nhs-talking-therapies").unwrap().label.as_ref();
    assert!(told.get("reliable-change").unwrap().ends_with(&format!("({label}).")));
    assert!(told.get("agreement").unwrap().contains(label));
    let moves = plain(told.get("transitions").unwrap());
    assert!(moves.contains("30 (75.0 %) moved to a better band on Depression"), "{moves}");
}
