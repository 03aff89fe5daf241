//! The paired statistics against values made elsewhere; each file states what by.

#![expect(
    clippy::float_cmp,
    reason = "exact results are compared to the bit, others by their relative error"
)]

use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::*;
use crate::estimate::{ConfidenceLevel, Degenerate, Estimate, Interval};
use crate::golden::{Golden, at_least};
use crate::instrument::{Direction, Points, Scale};

/// One case of a file made by `tests/oracles/kit.py`: a sample, how it was asked for, what was found.
#[derive(Deserialize)]
pub(super) struct Case<O, E> {
    pub(super) name: String,
    pub(super) pairs: PairCounts,
    pub(super) options: O,
    pub(super) expected: Estimate<E>,
}

/// The cases of one method in such a file.
pub(super) fn method<O: DeserializeOwned, E: DeserializeOwned>(
    json: &str,
    method: &str,
) -> Vec<Case<O, E>> {
    let cases = Golden::<serde_json::Value>::read(json).cases.into_iter();
    let cases = cases.filter(|case| case["method"] == method);
    at_least(1, cases.map(|case| serde_json::from_value(case).unwrap()).collect())
}

/// The cases of one method that are not about a sample: name, options and what was found.
pub(super) fn unpaired<O: DeserializeOwned, E: DeserializeOwned>(
    json: &str,
    method: &str,
) -> Vec<(String, O, E)> {
    #[derive(Deserialize)]
    struct Case<O, E> {
        name: String,
        options: O,
        expected: E,
    }
    let cases = Golden::<serde_json::Value>::read(json).cases.into_iter();
    let cases = cases.filter(|case| case["method"] == method);
    let cases = cases.map(|case| serde_json::from_value(case).unwrap());
    let cases = cases.map(|Case { name, options, expected }| (name, options, expected));
    at_least(1, cases.collect())
}

/// A p for each alternative.
#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) struct ByAlternative {
    two_sided: f64,
    less: f64,
    greater: f64,
}

impl ByAlternative {
    pub(super) fn of(self) -> [(Alternative, f64); 3] {
        [
            (Alternative::TwoSided, self.two_sided),
            (Alternative::Less, self.less),
            (Alternative::Greater, self.greater),
        ]
    }
}

/// Differences as pairs of a baseline of 0 and a follow-up of the difference.
fn table(steps_per_unit: u32, differences: impl IntoIterator<Item = (i32, u64)>) -> PairCounts {
    let mut table = PairCounts::new(Scale {
        direction: Direction::HigherIsBetter,
        steps_per_unit,
        lowest: Points(-1_000_000_000),
        highest: Points(1_000_000_000),
    });
    for (difference, pairs) in differences {
        table
            .add_many(PairCell { baseline: Points(0), follow_up: Points(difference), pairs })
            .unwrap();
    }
    table
}

fn signed_rank(pairs: &PairCounts, exact_limit: u64, continuity: Continuity) -> SignedRank {
    let exact_limit = ExactLimit::new(exact_limit).unwrap();
    let options = SignedRankOptions { exact_limit, continuity, ..SignedRankOptions::default() };
    SignedRank::of(pairs, &options, Alternative::TwoSided).unwrap()
}

#[track_caller]
pub(super) fn assert_close(what: &str, value: f64, expected: f64, relative: f64) {
    let error = (value - expected).abs() / expected.abs().max(f64::MIN_POSITIVE);
    assert!(
        value == expected || error <= relative,
        "{what}: {value:e} is not {expected:e} to {relative:e}, but to {error:e}"
    );
}

/// Both limits, to an error relative to their width.
#[track_caller]
pub(super) fn assert_limits(
    what: &str,
    interval: &Interval,
    (lower, upper): (f64, f64),
    relative: f64,
) {
    let off = (interval.lower - lower).abs().max((interval.upper - upper).abs());
    assert!(off <= relative * (upper - lower), "{what}: {interval:?} is not ({lower}, {upper})");
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
struct Enumerated {
    name: String,
    differences: Vec<i32>,
    n_used: u64,
    zeros: u64,
    ties: u64,
    w_plus: f64,
    p_fraction: String,
    p: f64,
}

/// `tests/oracles/signed_rank.py`: every sign pattern written out, p an exact fraction.
#[test]
fn signed_rank_is_the_exact_fraction_of_all_sign_patterns() {
    let json = include_str!("../../tests/golden/signed_rank.json");
    let cases = Golden::<Enumerated>::read(json).cases;
    assert!(cases.len() >= 60);
    for case in cases {
        let pairs = table(1, case.differences.iter().map(|&difference| (difference, 1)));
        let test = signed_rank(&pairs, 100, Continuity::Corrected);
        let found = (test.n_used, test.zeros, test.ties, test.w_plus, test.p, test.method);
        let expected =
            (case.n_used, case.zeros, case.ties, case.w_plus, case.p, SignedRankMethod::Exact);
        assert_eq!(found, expected, "{}, p = {}", case.name, case.p_fraction);
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
struct Paired {
    name: String,
    counts: Vec<(i32, u64)>,
    exact_p: Option<f64>,
    normal_p_corrected: f64,
    normal_z_corrected: f64,
    normal_p_uncorrected: f64,
    normal_z_uncorrected: f64,
    w_plus: f64,
    mean: f64,
    sd: f64,
    t: f64,
    t_p: f64,
    t_interval: (f64, f64),
    dz_interval: Option<(f64, f64)>,
}

fn paired() -> Vec<Paired> {
    Golden::read(include_str!("../../tests/golden/paired.json")).cases
}

/// `tests/oracles/paired.py`: the distribution of W⁺ in Python's integers.
#[test]
fn signed_rank_is_exact_up_to_127_differences() {
    let mut exact = 0;
    for case in paired() {
        let Some(p) = case.exact_p else { continue };
        let test = signed_rank(&table(1, case.counts), 127, Continuity::Corrected);
        assert_eq!((test.w_plus, test.p), (case.w_plus, p), "{}", case.name);
        assert_eq!(test.method, SignedRankMethod::Exact, "{}", case.name);
        exact += 1;
    }
    assert!(exact >= 12);
}

/// `tests/oracles/paired.py`: scipy 1.17.1 `wilcoxon(method="asymptotic")`, both corrections.
#[test]
fn signed_rank_approximates_as_scipy_does() {
    for case in paired() {
        let pairs = table(1, case.counts.iter().copied());
        for (continuity, z, p) in [
            (Continuity::Corrected, case.normal_z_corrected, case.normal_p_corrected),
            (Continuity::Uncorrected, case.normal_z_uncorrected, case.normal_p_uncorrected),
        ] {
            let test = signed_rank(&pairs, 0, continuity);
            let SignedRankMethod::NormalApproximation { z: found, .. } = test.method else {
                panic!("{} is not approximated", case.name)
            };
            assert_eq!(test.w_plus, case.w_plus, "{}", case.name);
            // scipy gives z of the smaller of W⁺ and W⁻, which is never positive.
            assert_close(&case.name, -found.abs(), z, 1e-13);
            let above = 4.0 * test.w_plus > (test.n_used * (test.n_used + 1)) as f64;
            assert!(found == 0.0 || above == (found > 0.0), "{}", case.name);
            assert_close(&case.name, test.p, p, 1e-11);
        }
    }
}

/// `tests/oracles/paired.py`: mpmath 1.4.1 at 50 digits.
#[test]
fn paired_t_and_its_interval_are_those_of_fifty_digits() {
    for case in paired() {
        let pairs = table(1, case.counts.iter().copied());
        let level = ConfidenceLevel::default();
        let (test, change) = (
            PairedT::of(&pairs, Alternative::TwoSided, level).unwrap(),
            Moments::of_change(&pairs),
        );
        assert_close(&case.name, *change.mean.computed().unwrap(), case.mean, 1e-15);
        assert_close(&case.name, *change.standard_deviation.computed().unwrap(), case.sd, 5e-16);
        assert_close(&case.name, test.t, case.t, 1e-15);
        assert_close(&case.name, test.p, case.t_p, 1e-12);
        let (lower, upper) = case.t_interval;
        let width = upper - lower;
        assert!((test.interval.lower - lower).abs() <= 1e-12 * width, "{}", case.name);
        assert!((test.interval.upper - upper).abs() <= 1e-12 * width, "{}", case.name);
    }
}

/// `tests/oracles/paired.py`: mpmath 1.4.1 at 25 digits, the noncentral t integrated.
#[test]
fn cohens_dz_has_the_noncentral_t_limits() {
    for case in paired() {
        let Some((lower, upper)) = case.dz_interval else { continue };
        let pairs = table(1, case.counts.iter().copied());
        let effect = CohensDz::of(&pairs, ConfidenceLevel::default()).unwrap();
        assert_close(&case.name, effect.cohens_dz, case.mean / case.sd, 1e-14);
        assert_close(&case.name, effect.interval.lower, lower, 1e-9);
        assert_close(&case.name, effect.interval.upper, upper, 1e-9);
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
struct Nist {
    name: String,
    n: u64,
    steps_per_unit: u32,
    mean: f64,
    sd: f64,
    counts: Vec<(i32, u64)>,
}

/// NIST StRD, univariate summary statistics, certified to 15 digits; `tests/oracles/nist_univariate.py`.
#[test]
fn means_and_standard_deviations_have_the_digits_nist_certifies() {
    for case in Golden::<Nist>::read(include_str!("../../tests/golden/nist_univariate.json")).cases
    {
        let change = Moments::of_change(&table(case.steps_per_unit, case.counts));
        assert_eq!(change.n, case.n, "{}", case.name);
        assert_close(&case.name, *change.mean.computed().unwrap(), case.mean, 1e-14);
        assert_close(&case.name, *change.standard_deviation.computed().unwrap(), case.sd, 1e-14);
    }
}

/// Where other packages go wrong.
mod traps {
    use super::*;

    /// Another package gave p = 0.9 or NaN for an even split, by the method for zeros.
    #[test]
    fn an_even_split_has_p_1_and_no_change_at_all_is_an_outcome() {
        let even = table(1, [(1, 15), (0, 40), (-1, 15)]);
        for exact_limit in [100, 0] {
            for continuity in [Continuity::Corrected, Continuity::Uncorrected] {
                assert_eq!(signed_rank(&even, exact_limit, continuity).p, 1.0);
            }
        }
        let still = table(1, [(0, 70)]);
        let options = SignedRankOptions::default();
        assert_eq!(
            SignedRank::of(&still, &options, Alternative::TwoSided),
            Err(Degenerate::AllDifferencesZero)
        );
    }

    /// scipy 1.17.1 `wilcoxon(method="exact")` gives 0.0; the fraction is from Python's integers.
    #[test]
    fn a_tiny_p_is_not_0() {
        let against = [2, 9, 34, 39, 56, 60, 68, 98];
        let differences = (1..=100).map(|d| if against.contains(&d) { -d } else { d });
        let pairs = table(1, differences.map(|difference| (difference, 1)));
        assert_eq!(signed_rank(&pairs, 100, Continuity::Corrected).p, 8.125_119_170_992_55e-17);
        // Where p is below every double, the smallest normal one stands for it.
        let everyone = table(1, [(1, 1_000_000_000), (2, 1_000_000_000)]);
        for p in [
            PairedT::of(&everyone, Alternative::TwoSided, ConfidenceLevel::default()).unwrap().p,
            signed_rank(&everyone, 100, Continuity::Corrected).p,
        ] {
            assert_eq!(p, f64::MIN_POSITIVE);
        }
    }

    #[test]
    fn the_smallest_samples_have_a_reason_in_place_of_a_number() {
        let options = ChangeOptions::default();
        let reasons = |differences: &[(i32, u64)]| {
            let change = Change::of(&table(1, differences.iter().copied()), &options).unwrap();
            assert!(!serde_json::to_string(&change).unwrap().contains("null"));
            [
                change.change.mean.not_computed(),
                change.change.standard_deviation.not_computed(),
                change.paired_t.not_computed(),
                change.signed_rank.not_computed(),
                change.cohens_dz.not_computed(),
                change.any_change.improved.proportion.not_computed(),
            ]
        };
        let none = Some(Degenerate::NoPairs);
        let one = Some(Degenerate::OnePair);
        let zero = Some(Degenerate::AllDifferencesZero);
        let equal = Some(Degenerate::AllDifferencesEqual);
        let nobody = Some(Degenerate::EmptyDenominator);
        assert_eq!(reasons(&[]), [none, none, none, none, none, nobody]);
        assert_eq!(reasons(&[(3, 1)]), [None, one, one, None, one, None]);
        assert_eq!(reasons(&[(0, 9)]), [None, None, zero, zero, zero, None]);
        assert_eq!(reasons(&[(3, 9)]), [None, None, equal, None, equal, None]);
    }

    /// n³ leaves 32 bits at 1,626 and 64 bits at 2,642,246.
    #[test]
    fn tie_terms_and_sums_are_wide_enough_for_the_largest_table() {
        let half = PairCounts::MAX_PAIRS / 2;
        let pairs = table(1, [(-1, half), (1, half + 1)]);
        let test = signed_rank(&pairs, 100, Continuity::Uncorrected);
        // All sizes tied: z = (difference of the counts) / √n = 1 / √4294967295, W⁺ = (half + 1)(n + 1)/2.
        let SignedRankMethod::NormalApproximation { z, .. } = test.method else {
            panic!("{test:?} is not approximated")
        };
        assert_close("z", z, 1.0 / 4_294_967_295.0_f64.sqrt(), 1e-15);
        assert_eq!(test.w_plus, 2_147_483_648.0 * 2_147_483_648.0);

        let wide = Scale {
            direction: Direction::HigherIsBetter,
            steps_per_unit: 1,
            lowest: Points(i32::MIN),
            highest: Points(i32::MAX),
        };
        let mut widest = PairCounts::new(wide);
        for (baseline, follow_up, pairs) in
            [(wide.lowest, wide.highest, half), (wide.highest, wide.lowest, half)]
        {
            widest.add_many(PairCell { baseline, follow_up, pairs }).unwrap();
        }
        let change = Moments::of_change(&widest);
        assert_eq!(change.mean, Estimate::Computed(0.0));
        // Every deviation is 2³² − 1, so the SD is that times √(n / (n − 1)), n = 4294967294.
        let sd = 4_294_967_295.0 * (4_294_967_294.0_f64 / 4_294_967_293.0).sqrt();
        assert_close("SD", *change.standard_deviation.computed().unwrap(), sd, 1e-15);
    }
}

/// Numbers printed in evaluations, and what must follow from them.
mod published {
    use super::*;

    /// Luton social prescribing, SWEMWBS: t(67) = 5.026, so d_z = t/√68 = 0.609, and scipy 1.17.1
    /// `2*t.sf(5.026, 67)` = 3.97e-6.
    #[test]
    fn luton() {
        // 68 whole changes with that t, found by search.
        let pairs = table(1, [(-1, 15), (0, 16), (1, 16), (3, 21)]);
        let level = ConfidenceLevel::default();
        let test = PairedT::of(&pairs, Alternative::TwoSided, level).unwrap();
        let effect = CohensDz::of(&pairs, level).unwrap();
        assert_eq!((test.df, format!("{:.3}", test.t)), (67, "5.026".to_string()));
        assert_eq!(format!("{:.3}", effect.cohens_dz), "0.609");
        assert_eq!(format!("{:.2e}", test.p), "3.97e-6");
    }

    /// British Red Cross (Foster et al. 2021), UCLA-3: n 2,250, change −1.84 (−1.91, −1.77), 1,634
    /// less lonely, so SD of change 1.69, d_z −1.09 and 72.62 %.
    #[test]
    fn british_red_cross() {
        let loneliness = Scale {
            direction: Direction::LowerIsBetter,
            steps_per_unit: 1,
            lowest: Points(3),
            highest: Points(9),
        };
        let mut pairs = PairCounts::new(loneliness);
        // Whole changes with the printed n, mean, interval and number less lonely, found by search.
        for (follow_up, people) in [(4, 328), (5, 697), (6, 509), (7, 100), (8, 235), (9, 381)] {
            let cell =
                PairCell { baseline: Points(8), follow_up: Points(follow_up), pairs: people };
            pairs.add_many(cell).unwrap();
        }
        let change = Change::of(&pairs, &ChangeOptions::default()).unwrap();
        let (test, effect) =
            (change.paired_t.computed().unwrap(), change.cohens_dz.computed().unwrap());
        let Interval { lower, upper, .. } = test.interval;
        let printed = format!("{} {:.2} ({lower:.2}, {upper:.2})", change.n, test.mean_change);
        assert_eq!(printed, "2250 -1.84 (-1.91, -1.77)");
        let sd = change.change.standard_deviation.computed().unwrap();
        assert_eq!(format!("{sd:.2} {:.2}", effect.cohens_dz), "1.69 -1.09");
        let improved = change.any_change.improved;
        let share = improved.proportion.computed().unwrap();
        assert_eq!(improved.count, 1634);
        assert_eq!(format!("{:.2} %", 100.0 * share.value), "72.62 %");
    }

    /// 48 of 120, Wilson's formula in Python with scipy 1.17.1 `norm.isf(0.025)`. The 31.676265 % and
    /// 48.944140 % in circulation have z = 1.96.
    #[test]
    fn wilson_interval_of_a_share() {
        let classes =
            AnyChangeCounts::of(&table(1, [(1, 48), (0, 72)]), ConfidenceLevel::default());
        let share = classes.improved.proportion.computed().unwrap();
        assert_eq!(share.value, 0.4);
        assert_close("lower", share.interval.lower, 0.316_764_081_208_371_4, 1e-14);
        assert_close("upper", share.interval.upper, 0.489_439_752_075_369_4, 1e-14);
    }
}
