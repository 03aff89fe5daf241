//! Results about the mean change against mpmath, fractions, R and statsmodels; each file states what
//! by.

use serde::Deserialize;

use super::golden::{ByAlternative, assert_close, assert_limits, method, unpaired};
use super::*;
use crate::estimate::{ConfidenceLevel, Degenerate, Estimate};

#[derive(Deserialize)]
struct Levelled {
    level: ConfidenceLevel,
}

#[derive(Clone, Deserialize)]
#[serde(rename_all = "kebab-case")]
struct StudentT {
    n: u64,
    mean_change: f64,
    standard_error: f64,
    t: f64,
    p: ByAlternative,
    interval: (f64, f64),
    lower_limit: f64,
    upper_limit: f64,
}

/// `tests/oracles/paired_t.py`: mpmath 1.4.1 at 40 digits; SciPy and R beside it.
#[test]
fn paired_t_by_alternative() {
    let json = include_str!("../../tests/golden/paired_t.json");
    for case in method::<Levelled, StudentT>(json, "paired-t") {
        let (name, level) = (&case.name, case.options.level);
        let test = |alternative| PairedT::of(&case.pairs, alternative, level);
        let expected = match case.expected {
            Estimate::Computed(expected) => expected,
            Estimate::NotComputed(reason) => {
                assert_eq!(test(Alternative::Less), Err(reason), "{name}");
                continue;
            }
        };
        for (alternative, p) in expected.p.of() {
            let limit = match alternative {
                Alternative::TwoSided => None,
                Alternative::Less => Some(expected.upper_limit),
                Alternative::Greater => Some(expected.lower_limit),
            };
            let test = test(alternative).unwrap();
            assert_eq!(test.n, expected.n, "{name}");
            assert_close(name, test.mean_change, expected.mean_change, 1e-15);
            assert_close(name, test.standard_error, expected.standard_error, 1e-15);
            assert_close(name, test.t, expected.t, 1e-14);
            assert_close(name, test.p, p.max(f64::MIN_POSITIVE), 1e-12);
            assert_limits(name, &test.interval, expected.interval, 1e-12);
            assert_eq!(test.one_sided_limit.is_some(), limit.is_some(), "{name}");
            if let (Some(found), Some(limit)) = (test.one_sided_limit, limit) {
                let distance = (limit - expected.mean_change).abs();
                assert!((found - limit).abs() <= 1e-12 * distance, "{name}: {found}, not {limit}");
            }
        }
    }
}

#[derive(Deserialize)]
struct Margins {
    margins: (f64, f64),
    level: ConfidenceLevel,
}

#[derive(Clone, Deserialize)]
#[serde(rename_all = "kebab-case")]
struct Tost {
    t_above_lower: f64,
    p_above_lower: f64,
    t_below_upper: f64,
    p_below_upper: f64,
    p_equivalence: f64,
    interval_equivalence: (f64, f64),
}

/// `tests/oracles/paired_t.py`: mpmath 1.4.1 at 40 digits; statsmodels' `ttost_paired` beside it.
#[test]
fn equivalence_is_two_one_sided_tests() {
    let json = include_str!("../../tests/golden/paired_t.json");
    for case in method::<Margins, Tost>(json, "equivalence") {
        let (name, (lower, upper)) = (&case.name, case.options.margins);
        let margins = EquivalenceMargins::new("golden", lower, upper).unwrap();
        let test = Equivalence::of(&case.pairs, &margins, case.options.level);
        let (test, expected) = match case.expected {
            Estimate::Computed(expected) => (test.unwrap(), expected),
            Estimate::NotComputed(reason) => {
                assert_eq!(test, Err(reason), "{name}");
                continue;
            }
        };
        assert_close(name, test.above_lower.t, expected.t_above_lower, 1e-13);
        assert_close(name, test.above_lower.p, expected.p_above_lower, 1e-12);
        assert_close(name, test.below_upper.t, expected.t_below_upper, 1e-13);
        assert_close(name, test.below_upper.p, expected.p_below_upper, 1e-12);
        assert_close(name, test.p, expected.p_equivalence, 1e-12);
        assert_limits(name, &test.interval.unwrap(), expected.interval_equivalence, 1e-12);
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
struct Planned {
    effect: f64,
    standard_deviation_of_change: f64,
    alpha: f64,
    sides: u8,
    pairs: Option<u64>,
    power: Option<f64>,
}

impl Planned {
    fn comparison(&self) -> PlannedComparison {
        let alternative = match self.sides {
            1 => Alternative::Greater,
            _ => Alternative::TwoSided,
        };
        let level = ConfidenceLevel::new(1.0 - self.alpha).unwrap();
        let spread = self.standard_deviation_of_change;
        PlannedComparison::new(self.effect, spread, alternative, level).unwrap()
    }
}

#[derive(Deserialize)]
struct Power {
    power: f64,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
struct Needed {
    pairs_needed: u64,
    power_with_pairs_needed: f64,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
struct Measured {
    standard_deviation: f64,
    reliability: f64,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
struct Detectable {
    standard_error_of_measurement: f64,
    minimum_detectable_change: f64,
}

/// `tests/oracles/planning.py`: mpmath 1.4.1, the noncentral t integrated; R's `power.t.test` beside.
#[test]
fn plans_have_the_power_of_the_noncentral_t() {
    let json = include_str!("../../tests/golden/planning.json");
    let powers = unpaired::<Planned, Power>(json, "paired-t-power");
    assert!(powers.len() >= 12);
    for (name, planned, expected) in powers {
        let found = planned.comparison().power(planned.pairs.unwrap()).unwrap();
        assert_close(&name, found, expected.power, 1e-9);
        // The same plan for a fall.
        if planned.sides == 1 {
            let (effect, spread) = (-planned.effect, planned.standard_deviation_of_change);
            let level = ConfidenceLevel::new(1.0 - planned.alpha).unwrap();
            let fall = PlannedComparison::new(effect, spread, Alternative::Less, level).unwrap();
            assert_close(&name, fall.power(planned.pairs.unwrap()).unwrap(), expected.power, 1e-9);
        }
    }
    for (name, planned, expected) in unpaired::<Planned, Needed>(json, "pairs-needed") {
        let found = planned.comparison().pairs_needed(planned.power.unwrap()).unwrap();
        assert_eq!(found.pairs, expected.pairs_needed, "{name}");
        assert_close(&name, found.power, expected.power_with_pairs_needed, 1e-9);
    }
    for (name, measured, expected) in
        unpaired::<Measured, Detectable>(json, "minimum-detectable-change")
    {
        let Measured { standard_deviation, reliability } = measured;
        let found =
            MinimumDetectableChange::of_reliability(standard_deviation, reliability).unwrap();
        let Detectable { standard_error_of_measurement, minimum_detectable_change } = expected;
        let error = found.standard_error_of_measurement;
        assert_close(&name, error, standard_error_of_measurement, 1e-14);
        assert_close(&name, found.minimum_detectable_change, minimum_detectable_change, 1e-14);
    }
}

type Keyed = serde_json::Map<String, serde_json::Value>;

/// An effect size against `key`, `key-interval…`, `key-corrected` and `key-corrected-interval…`.
fn assert_form(
    name: &str,
    expected: &Keyed,
    key: &str,
    method: &str,
    found: &Estimate<StandardisedChange>,
) -> bool {
    let number = |key: &str| expected[key].as_f64().unwrap();
    let limits =
        |key: &str| (expected[key][0].as_f64().unwrap(), expected[key][1].as_f64().unwrap());
    assert_eq!(expected.contains_key(key), found.computed().is_some(), "{name} {key}");
    let Some(found) = found.computed() else { return false };
    let tolerance = if key == "cohens-drm" { 1e-13 } else { 1e-14 };
    assert_close(&format!("{name} {key}"), found.estimate, number(key), tolerance);
    let relative = if method.is_empty() { 1e-9 } else { 1e-12 };
    assert_limits(name, &found.interval, limits(&format!("{key}-interval{method}")), relative);
    let corrected = format!("{key}-corrected");
    match found.hedges_corrected {
        Estimate::Computed(g) => {
            assert_close(&format!("{name} J"), g.hedges_j, number("hedges-j"), 1e-14);
            assert_close(&format!("{name} {corrected}"), g.estimate, number(&corrected), 1e-13);
            let interval = limits(&format!("{corrected}-interval{method}"));
            assert_limits(name, &g.interval, interval, relative);
        }
        Estimate::NotComputed(reason) => {
            assert_eq!(reason, Degenerate::TwoPairs, "{name}");
            assert!(!expected.contains_key(&corrected), "{name} {key}");
        }
    }
    true
}

fn assert_common_language(
    name: &str,
    expected: &Keyed,
    key: &str,
    found: &Estimate<CommonLanguage>,
) {
    let interval = &expected[&format!("{key}-interval")];
    let found = found.computed().unwrap();
    assert_close(&format!("{name} {key}"), found.share, expected[key].as_f64().unwrap(), 1e-13);
    let limits = (interval[0].as_f64().unwrap(), interval[1].as_f64().unwrap());
    assert_limits(&format!("{name} {key}"), &found.interval, limits, 1e-9);
}

/// `tests/oracles/effect_sizes.py`: mpmath 1.4.1 from exact moments; metafor and effectsize beside it.
#[test]
fn effect_sizes_by_name_with_their_intervals() {
    let json = include_str!("../../tests/golden/effect_sizes.json");
    let mut forms = 0;
    for case in method::<Levelled, Keyed>(json, "effect-sizes") {
        let (name, level) = (&case.name, case.options.level);
        let found = EffectSizes::of(&case.pairs, level);
        let dz = CohensDz::of(&case.pairs, level);
        let expected = match &case.expected {
            Estimate::Computed(expected) => expected,
            Estimate::NotComputed(reason) => {
                assert_eq!(dz, Err(*reason), "{name}");
                assert_eq!(found.glass_delta.not_computed(), Some(*reason), "{name}");
                continue;
            }
        };
        let dz = dz.map(|dz| StandardisedChange {
            estimate: dz.cohens_dz,
            interval: dz.interval,
            interval_method: dz.interval_method,
            hedges_corrected: dz.hedges_corrected,
        });
        for (key, method, found) in [
            ("cohens-dz", "", &dz.into()),
            ("glass-delta", "-bonett", &found.glass_delta),
            ("cohens-dav", "", &found.cohens_dav),
            ("cohens-d-pooled", "", &found.cohens_d_pooled),
            ("cohens-drm", "", &found.cohens_drm),
        ] {
            forms += u32::from(assert_form(name, expected, key, method, found));
        }
        let becker = expected.get("glass-delta-corrected-interval-becker");
        assert_eq!(becker.is_some(), found.glass_delta_becker.computed().is_some(), "{name}");
        if let (Some(limits), Some(found)) = (becker, found.glass_delta_becker.computed()) {
            let limits = (limits[0].as_f64().unwrap(), limits[1].as_f64().unwrap());
            assert_limits(name, &found.interval, limits, 1e-12);
        }
        if let Some(r) = found.correlation.computed() {
            assert_close(
                &format!("{name} r"),
                *r,
                expected["correlation"].as_f64().unwrap(),
                1e-14,
            );
        }
        assert_common_language(name, expected, "common-language-share", &found.common_language);
        let normal = &found.common_language_normal;
        assert_common_language(name, expected, "common-language-normal", normal);
    }
    assert!(forms >= 120, "{forms}");
    for case in method::<Levelled, Keyed>(json, "common-language-share") {
        let found = CommonLanguage::of(&case.pairs, case.options.level);
        let expected = case.expected.computed().unwrap();
        assert_common_language(&case.name, expected, "common-language-share", &found.into());
    }
}
