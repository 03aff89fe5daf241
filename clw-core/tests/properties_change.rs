//! What must hold of every paired sample, whatever its scores.

#![expect(
    clippy::unwrap_used,
    clippy::float_cmp,
    reason = "a test: inputs are valid by construction, and mirrored results are equal to the bit"
)]

use clw_core::change::{
    Alternative, BootstrapOptions, Change, ChangeOptions, Continuity, EquivalenceMargins,
    ExactLimit, JacobsonTruax, PairCounts, PublishedThreshold, ReliableChangeRule, Resamples,
    SignFlipOptions, SignedRankMethod, SignedRankOptions, ZerosMethod,
};
use clw_core::estimate::{ConfidenceLevel, Estimate, Interval};
use clw_core::instrument::{Direction, Points, Scale};
use proptest::prelude::*;

type Pairs = Vec<(i32, i32)>;

/// Whole points of a form, hundredths of a metric, and a grid too wide to index.
fn any_scale() -> impl Strategy<Value = Scale> {
    let direction = prop_oneof![Just(Direction::HigherIsBetter), Just(Direction::LowerIsBetter)];
    let grid = prop_oneof![
        Just((1, 1, 5)),
        Just((1, 0, 27)),
        Just((100, 700, 3500)),
        Just((7, -1_000_000_000, 1_000_000_000))
    ];
    (direction, grid).prop_map(|(direction, (steps_per_unit, lowest, highest))| Scale {
        direction,
        steps_per_unit,
        lowest: Points(lowest),
        highest: Points(highest),
    })
}

fn any_sample() -> impl Strategy<Value = (Scale, Pairs)> {
    any_scale().prop_flat_map(|scale| {
        let score = scale.lowest.0..=scale.highest.0;
        (Just(scale), prop::collection::vec((score.clone(), score), 0..160))
    })
}

/// Approximations for half of the samples, so that both sorts of p are looked at.
fn any_options() -> impl Strategy<Value = ChangeOptions> {
    (0.5..0.999_f64, any::<bool>(), any::<bool>(), any::<bool>()).prop_map(
        |(level, exact, corrected, wilcox)| {
            let exact_limit = if exact { 127 } else { 0 };
            let threshold = PublishedThreshold { id: "local".to_string(), fewest_steps: 3 };
            ChangeOptions {
                level: ConfidenceLevel::new(level).unwrap(),
                signed_rank: SignedRankOptions {
                    zeros: if wilcox { ZerosMethod::Wilcox } else { ZerosMethod::Pratt },
                    exact_limit: ExactLimit::new(exact_limit).unwrap(),
                    continuity: if corrected {
                        Continuity::Corrected
                    } else {
                        Continuity::Uncorrected
                    },
                },
                sign_flip: wilcox.then(|| SignFlipOptions {
                    exact_limit: ExactLimit::new(exact_limit).unwrap(),
                    patterns: Resamples::new(99).unwrap(),
                    seed: 3,
                }),
                bootstrap: corrected
                    .then(|| BootstrapOptions { resamples: Resamples::new(99).unwrap(), seed: 3 }),
                equivalence_margins: vec![EquivalenceMargins::new("local", -1.5, 2.0).unwrap()],
                reliable_change_rules: vec![
                    ReliableChangeRule::PublishedThreshold(threshold),
                    ReliableChangeRule::JacobsonTruax(JacobsonTruax::new(3.9, 0.81).unwrap()),
                ],
                ..ChangeOptions::default()
            }
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

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn the_order_of_rows_changes_nothing(
        ((scale, pairs), shuffled) in any_sample().prop_flat_map(|(scale, pairs)| {
            (Just((scale, pairs.clone())), Just(pairs).prop_shuffle())
        }),
    ) {
        prop_assert_eq!(json(&count(scale, &pairs)), json(&count(scale, &shuffled)));
    }

    #[test]
    fn merging_the_parts_is_pooling_them(
        (scale, pairs) in any_sample(),
        parts in prop::collection::vec(0..5_usize, 160),
        options in any_options(),
    ) {
        let whole = count(scale, &pairs);
        let mut merged = PairCounts::new(scale);
        for part in 0..5 {
            let rows = pairs.iter().zip(&parts).filter(|&(_, &of)| of == part);
            let rows: Vec<_> = rows.map(|(&pair, _)| pair).collect();
            let sent: PairCounts = serde_json::from_str(&json(&count(scale, &rows))).unwrap();
            merged.merge(&sent).unwrap();
        }
        prop_assert_eq!(json(&whole), json(&merged));
        let change = |pairs| json(&Change::of(pairs, &options).unwrap());
        prop_assert_eq!(change(&whole), change(&merged));
    }

    #[test]
    fn counting_columns_is_adding_rows((scale, pairs) in any_sample()) {
        let mut added = PairCounts::new(scale);
        for &(baseline, follow_up) in &pairs {
            added.add(Points(baseline), Points(follow_up)).unwrap();
        }
        prop_assert_eq!(count(scale, &pairs), added);
    }

    #[test]
    fn exchanging_the_sittings_flips_the_signs((scale, pairs) in any_sample(), options in any_options()) {
        let forth = count(scale, &pairs);
        let back = forth.swapped();
        let (forth, back) =
            (Change::of(&forth, &options).unwrap(), Change::of(&back, &options).unwrap());
        let mirrored = |there: Interval, here: Interval| {
            there.lower == -here.upper && there.upper == -here.lower
        };
        prop_assert_eq!(forth.baseline, back.follow_up);
        prop_assert_eq!(forth.paired_t.not_computed(), back.paired_t.not_computed());
        if let (Some(here), Some(there)) = (forth.paired_t.computed(), back.paired_t.computed()) {
            prop_assert_eq!((here.t, here.mean_change, here.p), (-there.t, -there.mean_change, there.p));
            prop_assert!(mirrored(there.interval, here.interval));
        }
        if let (Some(here), Some(there)) = (forth.cohens_dz.computed(), back.cohens_dz.computed()) {
            prop_assert_eq!(here.cohens_dz, -there.cohens_dz);
            prop_assert!(mirrored(there.interval, here.interval));
        }
        if let (Some(here), Some(there)) = (forth.signed_rank.computed(), back.signed_rank.computed()) {
            let sum_to = |ranks: u64| (ranks * (ranks + 1)) as f64 / 2.0;
            let ranks = match here.zeros_method {
                ZerosMethod::Wilcox => sum_to(here.n_used),
                ZerosMethod::Pratt => sum_to(here.n) - sum_to(here.zeros),
            };
            prop_assert_eq!((here.w_plus, here.p), (ranks - there.w_plus, there.p));
            if let (
                SignedRankMethod::NormalApproximation { z: here, .. },
                SignedRankMethod::NormalApproximation { z: there, .. },
            ) = (here.method, there.method) {
                prop_assert_eq!(here, -there);
            }
        }
        if let (Some(here), Some(there)) = (forth.hodges_lehmann.computed(), back.hodges_lehmann.computed()) {
            prop_assert_eq!(here.hodges_lehmann, -there.hodges_lehmann);
            if let (Some(here), Some(there)) = (here.interval.computed(), there.interval.computed()) {
                prop_assert!(mirrored(there.limits, here.limits));
                prop_assert_eq!(here.achieved_level, there.achieved_level);
            }
        }
        if let (Some(here), Some(there)) = (forth.rank_biserial.computed(), back.rank_biserial.computed()) {
            prop_assert_eq!(here.rank_biserial, -there.rank_biserial);
            if let (Some(here), Some(there)) = (here.interval.computed(), there.interval.computed()) {
                prop_assert!(mirrored(*there, *here));
            }
        }
        let (here, there) = (forth.effect_sizes, back.effect_sizes);
        for (here, there) in [
            (here.cohens_dav, there.cohens_dav),
            (here.cohens_d_pooled, there.cohens_d_pooled),
            (here.cohens_drm, there.cohens_drm),
        ] {
            if let (Some(here), Some(there)) = (here.computed(), there.computed()) {
                prop_assert_eq!(here.estimate, -there.estimate);
                prop_assert!(mirrored(there.interval, here.interval));
            }
        }
        if let (Some(here), Some(there)) = (here.common_language.computed(), there.common_language.computed()) {
            prop_assert!((here.share + there.share - 1.0).abs() < 1e-15);
        }
        prop_assert_eq!(forth.any_change.improved, back.any_change.worse);
        prop_assert_eq!(forth.any_change.same, back.any_change.same);
        for (here, there) in forth.reliable_change.iter().zip(&back.reliable_change) {
            prop_assert_eq!(here.improved, there.deteriorated);
            prop_assert_eq!(here.unchanged, there.unchanged);
        }
    }

    #[test]
    fn less_is_greater_of_the_exchanged_sittings(
        (scale, pairs) in any_sample(),
        options in any_options(),
    ) {
        let forth = count(scale, &pairs);
        let of = |pairs: &PairCounts, alternative| {
            Change::of(pairs, &ChangeOptions { alternative, ..options.clone() }).unwrap()
        };
        let less = of(&forth, Alternative::Less);
        let greater = of(&forth.swapped(), Alternative::Greater);
        let p = |change: &Change| change.signed_rank.computed().map(|test| test.p);
        prop_assert_eq!(p(&less), p(&greater));
        let p_of_signs = |change: &Change| change.sign_test.computed().map(|test| test.p);
        prop_assert_eq!(p_of_signs(&less), p_of_signs(&greater));
        let p_of_flips = |change: &Change| change.sign_flip?.computed().map(|test| test.p);
        prop_assert_eq!(p_of_flips(&less), p_of_flips(&greater));
        if let (Some(less), Some(greater), Some(either)) =
            (p(&less), p(&of(&forth, Alternative::Greater)), p(&of(&forth, Alternative::TwoSided))) {
            prop_assert!(less + greater >= 1.0 - 1e-15);
            prop_assert!(either >= less.min(greater));
        }
    }

    #[test]
    fn adding_a_constant_to_both_sittings_changes_no_change(
        pairs in prop::collection::vec((0..40_i32, 0..40_i32), 0..160),
        constant in -700..700_i32,
        options in any_options(),
    ) {
        let scale = Scale {
            direction: Direction::HigherIsBetter,
            steps_per_unit: 10,
            lowest: Points(-1000),
            highest: Points(1000),
        };
        let moved: Vec<_> = pairs.iter().map(|&(b, f)| (b + constant, f + constant)).collect();
        let [here, there] =
            [&pairs, &moved].map(|pairs| Change::of(&count(scale, pairs), &options).unwrap());
        prop_assert_eq!(json(&Change { baseline: here.baseline, follow_up: here.follow_up, ..there }), json(&here));
    }

    #[test]
    fn intervals_contain_their_estimates_and_p_is_a_probability(
        (scale, pairs) in any_sample(),
        options in any_options(),
    ) {
        let change = Change::of(&count(scale, &pairs), &options).unwrap();
        if let Some(test) = change.paired_t.computed() {
            prop_assert!(test.interval.contains(test.mean_change));
            prop_assert!(test.p > 0.0 && test.p <= 1.0);
        }
        if let Some(effect) = change.cohens_dz.computed() {
            prop_assert!(effect.interval.contains(effect.cohens_dz), "{:?}", effect);
        }
        if let Some(test) = change.signed_rank.computed() {
            prop_assert!(test.p > 0.0 && test.p <= 1.0);
        }
        if let Some(test) = change.sign_test.computed() {
            prop_assert!(test.p > 0.0 && test.p <= 1.0);
            prop_assert!(test.interval.contains(test.share_positive), "{:?}", test);
        }
        if let Some(test) = change.sign_flip.as_ref().and_then(Estimate::computed) {
            prop_assert!(test.p > 0.0 && test.p <= 1.0);
        }
        if let Some(typical) = change.hodges_lehmann.computed()
            && let Some(interval) = typical.interval.computed() {
            prop_assert!(interval.limits.contains(typical.hodges_lehmann), "{:?}", typical);
            prop_assert!(interval.achieved_level >= 0.0 && interval.achieved_level < 1.0);
        }
        if let Some(effect) = change.rank_biserial.computed()
            && let Some(interval) = effect.interval.computed() {
            prop_assert!(interval.contains(effect.rank_biserial), "{:?}", effect);
        }
        let sizes = change.effect_sizes;
        for form in [sizes.glass_delta, sizes.cohens_dav, sizes.cohens_d_pooled, sizes.cohens_drm] {
            if let Some(form) = form.computed() {
                prop_assert!(form.interval.contains(form.estimate), "{:?}", form);
                if let Some(corrected) = form.hedges_corrected.computed() {
                    prop_assert!(corrected.interval.contains(corrected.estimate), "{:?}", form);
                }
            }
        }
        for share in [sizes.common_language, sizes.common_language_normal] {
            if let Some(share) = share.computed() {
                prop_assert!(share.interval.contains(share.share), "{:?}", share);
                prop_assert!(share.interval.lower >= 0.0 && share.interval.upper <= 1.0);
            }
        }
        for test in change.equivalence.iter().filter_map(Estimate::computed) {
            prop_assert!(test.p > 0.0 && test.p <= 1.0);
        }
        let classes = change.any_change;
        prop_assert_eq!(classes.improved.count + classes.same.count + classes.worse.count, change.n);
        for share in [classes.improved, classes.same, classes.worse] {
            if let Some(proportion) = share.proportion.computed() {
                prop_assert!(proportion.interval.contains(proportion.value));
                prop_assert!(proportion.interval.lower >= 0.0 && proportion.interval.upper <= 1.0);
            }
        }
        for classes in &change.reliable_change {
            let [up, same, down] = [classes.improved, classes.unchanged, classes.deteriorated];
            prop_assert_eq!(up.count + same.count + down.count, change.n);
            prop_assert!(up.count <= change.any_change.improved.count);
            prop_assert!(down.count <= change.any_change.worse.count);
        }
    }

    #[test]
    fn results_read_back_as_they_were_written((scale, pairs) in any_sample(), options in any_options()) {
        let change = Change::of(&count(scale, &pairs), &options).unwrap();
        let read: Change = serde_json::from_str(&json(&change)).unwrap();
        prop_assert_eq!(read, change);
    }
}
