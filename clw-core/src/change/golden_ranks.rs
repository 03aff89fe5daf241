//! Rank based results against fractions, mpmath, R and SciPy; each file states what by.

#![expect(
    clippy::float_cmp,
    reason = "exact results are compared to the bit, others by their relative error"
)]

use serde::Deserialize;

use super::golden::{ByAlternative, assert_close, method};
use super::*;
use crate::estimate::{ConfidenceLevel, Degenerate, Interval};

const CONTINUITIES: [Continuity; 2] = [Continuity::Corrected, Continuity::Uncorrected];

/// The exact limit that makes every case exact, and the one that makes none.
fn options(zeros: ZerosMethod, exact: bool, continuity: Continuity) -> SignedRankOptions {
    let exact_limit = ExactLimit::new(if exact { ExactLimit::MOST } else { 0 }).unwrap();
    SignedRankOptions { zeros, exact_limit, continuity }
}

#[derive(Deserialize)]
struct Ranked {
    zeros: ZerosMethod,
    level: Option<ConfidenceLevel>,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
struct Wilcoxon {
    n: u64,
    n_used: u64,
    zeros: u64,
    ties: u64,
    w_plus: f64,
    p_exact: Option<ByAlternative>,
    z_corrected: f64,
    z_uncorrected: f64,
    p_normal_corrected: ByAlternative,
    p_normal_uncorrected: ByAlternative,
}

/// `tests/oracles/wilcoxon.py`: fractions over all sign patterns, and mpmath's normal tails.
#[test]
fn signed_rank_by_zeros_method_and_alternative() {
    let json = include_str!("../../tests/golden/wilcoxon.json");
    let (mut exact, mut wide) = (0, 0);
    for case in method::<Ranked, Wilcoxon>(json, "wilcoxon") {
        let (name, zeros) = (&case.name, case.options.zeros);
        let test = |exact: bool, continuity, alternative| {
            SignedRank::of(&case.pairs, &options(zeros, exact, continuity), alternative)
        };
        let expected = match Result::from(case.expected) {
            Ok(expected) => expected,
            Err(reason) => {
                let found = test(true, Continuity::Corrected, Alternative::TwoSided);
                assert_eq!(found, Err(reason), "{name}");
                continue;
            }
        };
        for (alternative, p) in expected.p_exact.into_iter().flat_map(ByAlternative::of) {
            let test = test(true, Continuity::Corrected, alternative).unwrap();
            let counted = (test.n, test.n_used, test.zeros, test.ties, test.w_plus);
            let Wilcoxon { n, n_used, zeros, ties, w_plus, .. } = expected;
            assert_eq!(counted, (n, n_used, zeros, ties, w_plus), "{name}");
            assert_eq!(test.method, SignedRankMethod::Exact, "{name}");
            if test.n_used <= 127 {
                assert_eq!(test.p, p.max(f64::MIN_POSITIVE), "{name} {alternative:?}");
                exact += 1;
            } else {
                assert_close(name, test.p, p.max(f64::MIN_POSITIVE), 1e-12);
                wide += 1;
            }
        }
        for (continuity, z, p) in [
            (Continuity::Corrected, expected.z_corrected, expected.p_normal_corrected),
            (Continuity::Uncorrected, expected.z_uncorrected, expected.p_normal_uncorrected),
        ] {
            for (alternative, p) in p.of() {
                let test = test(false, continuity, alternative).unwrap();
                assert_eq!(test.w_plus, expected.w_plus, "{name}");
                assert_close(name, test.p, p.max(f64::MIN_POSITIVE), 1e-12);
                if let SignedRankMethod::NormalApproximation { z: found, .. } = test.method
                    && alternative == Alternative::TwoSided
                {
                    assert_close(name, found, z, 1e-12);
                }
            }
        }
    }
    assert!(exact >= 180 && wide >= 12, "{exact} {wide}");
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
struct Pseudomedian {
    n_used: u64,
    estimate: f64,
    interval_exact: Option<(f64, f64)>,
    achieved_level_exact: Option<f64>,
    interval_normal_corrected: Option<(f64, f64)>,
    achieved_level_normal_corrected: Option<f64>,
    interval_normal_uncorrected: Option<(f64, f64)>,
    achieved_level_normal_uncorrected: Option<f64>,
}

/// `tests/oracles/hodges_lehmann.py`: every Walsh average written out, in fractions; R beside it.
#[test]
fn hodges_lehmann_is_the_median_of_all_walsh_averages() {
    let json = include_str!("../../tests/golden/hodges_lehmann.json");
    let mut intervals = 0;
    for case in method::<Ranked, Pseudomedian>(json, "hodges-lehmann") {
        let (name, level) = (&case.name, case.options.level.unwrap());
        let of = |exact: bool, continuity| {
            let options = options(case.options.zeros, exact, continuity);
            HodgesLehmann::of(&case.pairs, &options, level)
        };
        let expected = match Result::from(case.expected) {
            Ok(expected) => expected,
            Err(reason) => {
                assert_eq!(of(true, Continuity::Corrected), Err(reason), "{name}");
                continue;
            }
        };
        let found = of(false, Continuity::Corrected).unwrap();
        let (n_used, estimate) = (found.n_used, found.hodges_lehmann);
        assert_eq!((n_used, estimate), (expected.n_used, expected.estimate), "{name}");
        let [corrected, uncorrected] = CONTINUITIES;
        for (exact, continuity, limits, achieved, relative) in [
            (true, corrected, expected.interval_exact, expected.achieved_level_exact, 1e-15),
            (
                false,
                corrected,
                expected.interval_normal_corrected,
                expected.achieved_level_normal_corrected,
                1e-12,
            ),
            (
                false,
                uncorrected,
                expected.interval_normal_uncorrected,
                expected.achieved_level_normal_uncorrected,
                1e-12,
            ),
        ] {
            let Some((limits, achieved)) = limits.zip(achieved) else {
                let small = found.interval.not_computed() == Some(Degenerate::OnePair);
                assert!(small || found.n_used > 200, "{name}");
                continue;
            };
            let found = of(exact, continuity).unwrap();
            let interval = *found.interval.computed().unwrap();
            let (lower, upper) = limits;
            assert_eq!(interval.limits, Interval { lower, upper, level }, "{name}");
            assert_close(name, interval.achieved_level, achieved, relative);
            let method = match exact {
                true => RankIntervalMethod::Exact,
                false => RankIntervalMethod::NormalApproximation { continuity },
            };
            assert_eq!(interval.method, method, "{name}");
            intervals += 1;
        }
    }
    assert!(intervals >= 250, "{intervals}");
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
struct Correlation {
    n_used: u64,
    rank_biserial: f64,
    interval: Option<(f64, f64)>,
    interval_not_computed: Option<Degenerate>,
}

/// `tests/oracles/rank_biserial.py`: fractions and mpmath; effectsize and pingouin beside them.
#[test]
fn rank_biserial_with_its_interval() {
    let json = include_str!("../../tests/golden/rank_biserial.json");
    let mut intervals = 0;
    for case in method::<Ranked, Correlation>(json, "rank-biserial") {
        let (name, level) = (&case.name, case.options.level.unwrap());
        let found = RankBiserial::of(&case.pairs, case.options.zeros, level);
        let (found, expected) = match Result::from(case.expected) {
            Ok(expected) => (found.unwrap(), expected),
            Err(reason) => {
                assert_eq!(found, Err(reason), "{name}");
                continue;
            }
        };
        assert_eq!(found.n_used, expected.n_used, "{name}");
        assert_close(name, found.rank_biserial, expected.rank_biserial, 1e-15);
        assert_eq!(found.interval.not_computed(), expected.interval_not_computed, "{name}");
        if let Some((lower, upper)) = expected.interval {
            let interval = found.interval.computed().unwrap();
            assert_close(name, interval.lower, lower, 1e-12);
            assert_close(name, interval.upper, upper, 1e-12);
            intervals += 1;
        }
    }
    assert!(intervals >= 40, "{intervals}");
}

#[derive(Deserialize)]
struct Levelled {
    level: Option<ConfidenceLevel>,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
struct Signs {
    n_used: u64,
    positive: u64,
    negative: u64,
    zeros: u64,
    p: ByAlternative,
    share_positive: f64,
    share_positive_interval: (f64, f64),
}

/// `tests/oracles/sign_and_permutation.py`: binomial sums in fractions; R's `binom.test` beside them.
#[test]
fn sign_test_is_the_binomial_sum() {
    let json = include_str!("../../tests/golden/sign_and_permutation.json");
    for case in method::<Levelled, Signs>(json, "sign") {
        let (name, level) = (&case.name, case.options.level.unwrap());
        let test = |alternative| SignTest::of(&case.pairs, alternative, level);
        let expected = match Result::from(case.expected) {
            Ok(expected) => expected,
            Err(reason) => {
                assert_eq!(test(Alternative::TwoSided), Err(reason), "{name}");
                continue;
            }
        };
        for (alternative, p) in expected.p.of() {
            let test = test(alternative).unwrap();
            let Signs { n_used, positive, negative, zeros, .. } = expected;
            let counted = (test.n_used, test.positive, test.negative, test.zeros);
            assert_eq!(counted, (n_used, positive, negative, zeros), "{name}");
            assert_close(name, test.p, p, 1e-15);
            assert_eq!(test.share_positive, expected.share_positive, "{name}");
            let (lower, upper) = expected.share_positive_interval;
            let width = upper - lower;
            assert!((test.interval.lower - lower).abs() <= 1e-12 * width, "{name}");
            assert!((test.interval.upper - upper).abs() <= 1e-12 * width, "{name}");
        }
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
struct Permutation {
    n_used: u64,
    zeros: u64,
    p: ByAlternative,
}

/// `tests/oracles/sign_and_permutation.py`: every sign pattern counted in Python's integers, and
/// drawn patterns within five standard errors of that.
#[test]
fn sign_flip_is_the_share_of_all_sign_patterns() {
    let json = include_str!("../../tests/golden/sign_and_permutation.json");
    for case in method::<Levelled, Permutation>(json, "sign-flip-permutation") {
        let name = &case.name;
        let exact_limit = ExactLimit::new(127).unwrap();
        let exact = SignFlipOptions { exact_limit, ..SignFlipOptions::default() };
        let exact_limit = ExactLimit::new(0).unwrap();
        let drawn = SignFlipOptions { exact_limit, seed: 5, ..SignFlipOptions::default() };
        let test = |options: SignFlipOptions, alternative| {
            SignFlip::of(&case.pairs, &options, alternative)
        };
        let expected = match Result::from(case.expected) {
            Ok(expected) => expected,
            Err(reason) => {
                assert_eq!(test(exact, Alternative::TwoSided), Err(reason), "{name}");
                continue;
            }
        };
        for (alternative, p) in expected.p.of() {
            let exact = test(exact, alternative).unwrap();
            let counted = (exact.n_used, exact.zeros, exact.method);
            let Permutation { n_used, zeros, .. } = expected;
            assert_eq!(counted, (n_used, zeros, SignFlipMethod::Exact), "{name}");
            assert_eq!(exact.p, p, "{name} {alternative:?}");
            let drawn = test(drawn, alternative).unwrap();
            let method = SignFlipMethod::MonteCarlo { patterns: 9_999, seed: 5 };
            assert_eq!(drawn.method, method, "{name}");
            let standard_error = (p * (1.0 - p) / 9_999.0).sqrt();
            let off = (drawn.p - p).abs();
            assert!(off <= 5.0 * standard_error + 1e-4, "{name}: {} is not {p}", drawn.p);
        }
    }
}
