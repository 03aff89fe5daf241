//! Bootstrap intervals against whole bootstrap distributions and SciPy's; the file states what by.

use serde::Deserialize;

use super::golden::{assert_close, method};
use super::*;
use crate::estimate::{ConfidenceLevel, Degenerate, Estimate, Interval};
use crate::instrument::{Direction, Points, Scale};

#[derive(Deserialize)]
struct Drawing {
    level: ConfidenceLevel,
    zeros: ZerosMethod,
    resamples: Resamples,
    seed: u32,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
struct Expected {
    mean_change: ExpectedEstimate,
    median_change: ExpectedEstimate,
    cohens_dz: ExpectedEstimate,
    hodges_lehmann: ExpectedEstimate,
    share_improved: Estimate<ExpectedEstimate>,
}

/// The lowest and the highest value that chance makes of something.
type Range = [f64; 2];

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "kebab-case")]
struct ExpectedEstimate {
    estimate: f64,
    undefined_resamples: Range,
    percentile: Estimate<ExpectedLimits>,
    /// Left out where chance decides whether there is one.
    bca: Option<Estimate<ExpectedBca>>,
}

#[derive(Clone, Copy, Deserialize)]
struct ExpectedLimits {
    lower: Range,
    upper: Range,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "kebab-case")]
struct ExpectedBca {
    bias_correction: Range,
    acceleration: f64,
    #[serde(flatten)]
    limits: ExpectedLimits,
}

#[track_caller]
fn assert_within(what: &str, value: f64, [lowest, highest]: Range) {
    let rounding = 1e-12 * value.abs();
    assert!(
        lowest - rounding <= value && value <= highest + rounding,
        "{what}: {value} is not in {lowest}..={highest}"
    );
}

fn assert_limits_within(what: &str, limits: Interval, expected: ExpectedLimits) {
    assert_within(&format!("{what}, lower"), limits.lower, expected.lower);
    assert_within(&format!("{what}, upper"), limits.upper, expected.upper);
}

/// How many limits were looked at.
fn check(what: &str, found: BootstrapEstimate, expected: ExpectedEstimate) -> usize {
    assert_close(what, found.estimate, expected.estimate, 1e-14);
    let undefined = found.undefined_resamples as f64;
    assert_within(&format!("{what}, undefined"), undefined, expected.undefined_resamples);
    let mut limits = 0;
    match (found.percentile, expected.percentile) {
        (Estimate::Computed(found), Estimate::Computed(expected)) => {
            assert_limits_within(&format!("{what}, percentile"), found, expected);
            limits += 2;
        }
        (found, expected) => assert_eq!(found.not_computed(), expected.not_computed(), "{what}"),
    }
    match (found.bca, expected.bca) {
        (_, None) => {}
        (Estimate::Computed(found), Some(Estimate::Computed(expected))) => {
            let z0 = found.bias_correction;
            assert_within(&format!("{what}, z0"), z0, expected.bias_correction);
            let off = (found.acceleration - expected.acceleration).abs();
            assert!(off <= 1e-12, "{what}: {found:?} is off {}", expected.acceleration);
            assert_limits_within(&format!("{what}, BCa"), found.limits, expected.limits);
            limits += 2;
        }
        (found, Some(expected)) => {
            assert_eq!(found.not_computed(), expected.not_computed(), "{what}: {found:?}");
        }
    }
    limits
}

/// `tests/oracles/bootstrap.py`: whole bootstrap distributions as fractions, and SciPy's draws.
#[test]
fn intervals_are_where_the_bootstrap_distribution_puts_them() {
    let mut limits = 0;
    for case in
        method::<Drawing, Expected>(include_str!("../../tests/golden/bootstrap.json"), "bootstrap")
    {
        let Drawing { level, zeros, resamples, seed } = case.options;
        let name = format!("{}, {zeros:?}, {}", case.name, level.get());
        let options = BootstrapOptions { resamples, seed };
        let found = Bootstrap::of(&case.pairs, &options, zeros, level);
        let (found, expected) = match (found, Result::from(case.expected)) {
            (Ok(found), Ok(expected)) => (found, expected),
            (found, expected) => {
                assert_eq!(found.err(), expected.err(), "{name}");
                continue;
            }
        };
        for (statistic, found, expected) in [
            ("mean", found.mean_change, expected.mean_change),
            ("median", found.median_change, expected.median_change),
            ("dz", found.cohens_dz, expected.cohens_dz),
            ("pseudomedian", found.hodges_lehmann, expected.hodges_lehmann),
        ] {
            limits += check(&format!("{name}, {statistic}"), found, expected);
        }
        match (found.share_improved, expected.share_improved) {
            (Estimate::Computed(found), Estimate::Computed(expected)) => {
                limits += check(&format!("{name}, share"), found, expected);
            }
            (found, expected) => {
                assert_eq!(found.not_computed(), expected.not_computed(), "{name}");
            }
        }
    }
    assert!(limits >= 500, "{limits}");
}

/// Differences on a scale of whole points, better if higher.
fn of_differences(differences: &[(i32, u64)]) -> PairCounts {
    let (lowest, highest) = (Points(-1_000_000_000), Points(1_000_000_000));
    let direction = Direction::HigherIsBetter;
    let mut pairs = PairCounts::new(Scale { direction, steps_per_unit: 1, lowest, highest });
    for &(difference, people) in differences {
        let follow_up = Points(difference);
        pairs.add_many(PairCell { baseline: Points(0), follow_up, pairs: people }).unwrap();
    }
    pairs
}

fn drawn(pairs: &PairCounts, resamples: u64, seed: u32) -> Bootstrap {
    let options = BootstrapOptions { resamples: Resamples::new(resamples).unwrap(), seed };
    Bootstrap::of(pairs, &options, ZerosMethod::Wilcox, ConfidenceLevel::default()).unwrap()
}

#[test]
fn intervals_that_resamples_do_not_give_have_a_reason() {
    let pairs = of_differences(&[(-17, 1), (2, 1), (5, 2), (11, 1), (31, 1), (64, 1)]);
    let reasons = |resamples| {
        let mean = drawn(&pairs, resamples, 0).mean_change;
        (mean.percentile.not_computed(), mean.bca.not_computed())
    };
    let beyond = Some(Degenerate::LimitBeyondResamples);
    assert_eq!(reasons(0), (beyond, beyond));
    // One resample is above the mean of the sample or below it: it is not the same sum.
    assert_eq!(reasons(1), (beyond, Some(Degenerate::AllResamplesOnOneSide)));
    // At 0.95, the first place is reached by 39 resamples.
    assert_eq!(reasons(38).0, beyond);
    assert_eq!(reasons(39).0, None);
}

#[test]
fn a_statistic_that_no_pair_moves_has_no_corrected_interval() {
    let still = drawn(&of_differences(&[(-1, 2), (0, 9), (3, 2)]), 999, 0);
    assert_eq!(still.median_change.bca.not_computed(), Some(Degenerate::JackknifeWithoutSpread));
    assert!(still.median_change.percentile.computed().unwrap().contains(0.0));
    assert_eq!(still.share_improved.not_computed(), None);
    let all_better = drawn(&of_differences(&[(1, 3), (2, 2)]), 999, 0);
    assert_eq!(all_better.share_improved.not_computed(), Some(Degenerate::OneClass));
    let none_better = drawn(&of_differences(&[(-1, 3), (0, 2)]), 999, 0);
    assert_eq!(none_better.share_improved.not_computed(), Some(Degenerate::OneClass));
}

#[test]
fn a_seed_makes_the_same_intervals_and_another_seed_others() {
    let pairs = of_differences(&[(-17, 1), (2, 1), (5, 2), (11, 1), (31, 1), (64, 1)]);
    assert_eq!(drawn(&pairs, 199, 7), drawn(&pairs, 199, 7));
    assert_ne!(drawn(&pairs, 199, 7).mean_change, drawn(&pairs, 199, 8).mean_change);
}

/// Standard error of the mean of 2³² − 1 changes of ±10⁹: 10⁹/2¹⁶, so ±1.96 of that within 5 %.
#[test]
fn the_largest_table_is_drawn_from_like_any_other() {
    let half = PairCounts::MAX_PAIRS / 2;
    let widest = of_differences(&[(-1_000_000_000, half), (1_000_000_000, half + 1)]);
    let found = drawn(&widest, 9_999, 0);
    let width = {
        let limits = found.mean_change.percentile.computed().unwrap();
        limits.upper - limits.lower
    };
    assert_close("width", width, 2.0 * 1.96e9 / 65_536.0, 0.05);
    // The middle is the one change or the other, and the two by turns between resamples.
    let median = found.median_change.percentile.computed().unwrap();
    assert_eq!((median.lower, median.upper), (-1e9, 1e9));
    let share = found.share_improved.computed().unwrap().bca.computed().unwrap().limits;
    assert!(share.contains(0.5) && share.upper - share.lower < 4e-5);
}

#[test]
fn an_estimate_is_that_of_the_same_change_elsewhere() {
    let pairs = of_differences(&[(-17, 3), (0, 4), (2, 1), (5, 2), (11, 1), (31, 1), (64, 1)]);
    for zeros in [ZerosMethod::Wilcox, ZerosMethod::Pratt] {
        let signed_rank = SignedRankOptions { zeros, ..SignedRankOptions::default() };
        let drawing = BootstrapOptions { resamples: Resamples::new(99).unwrap(), seed: 0 };
        let options =
            ChangeOptions { signed_rank, bootstrap: Some(drawing), ..ChangeOptions::default() };
        let change = Change::of(&pairs, &options).unwrap();
        let bootstrap = change.bootstrap.unwrap();
        let bootstrap = bootstrap.computed().unwrap();
        assert_eq!(change.change.mean, Estimate::Computed(bootstrap.mean_change.estimate));
        let dz = change.cohens_dz.computed().unwrap().cohens_dz;
        assert_eq!(dz.to_bits(), bootstrap.cohens_dz.estimate.to_bits());
        let typical = change.hodges_lehmann.computed().unwrap().hodges_lehmann;
        assert_eq!(typical.to_bits(), bootstrap.hodges_lehmann.estimate.to_bits());
        let improved = change.any_change.improved.proportion.computed().unwrap().value;
        let share = bootstrap.share_improved.computed().unwrap().estimate;
        assert_eq!(improved.to_bits(), share.to_bits());
    }
}
