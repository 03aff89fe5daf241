//! An attacker who holds releases of the example caseload, quarter by quarter.

#![cfg(feature = "import")]

#[path = "../../../tests/attack/mod.rs"]
mod attack;
#[path = "../../../tests/attack_releases/mod.rs"]
mod attack_releases;

use std::fs;
use std::path::PathBuf;
use std::sync::LazyLock;

use self::attack_releases::caught_in_releases;
use super::super::{Evaluation, FEW_PAIRS, Plan};
use super::cells::tables;
use super::keys::Key;
use super::levels::Pooled;
use super::releases::ReleaseError;
use super::{DisclosedEvaluation, DisclosedMeans};
use crate::disclosure::{Profile, Published, Tables};
use crate::import::{Import, Mapping};
use crate::instrument::Registry;

const PLAN: &str = r#"
title = "Example Valley"
as-of = "2026-06-30"
group-by = ["simd-quintile", "referral-month"]
measures = [{ instrument = "swemwbs", bands = "england-2010-2013", change-rules = ["nhs-england"] }]
pairing.baseline.rule = "first"
pairing.end-point.rule = "last"
pairing.due = { rule = "any-of", rules = [
  { rule = "closed" },
  { rule = "attended-at-least", contacts = 4 },
] }
attrition.traits = ["gender", "age-band"]
indicators.span = { from = "2024-04", to = "2026-06" }
indicators.length = "half-year"
indicators.built-in = ["paired-completion"]
"#;

fn quarter(as_of: &str) -> Evaluation {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../examples/caseload");
    let registry = Registry::new();
    let text = PLAN.replace("2026-06-30", as_of).replace("to = \"2026-06\"", &to_month(as_of));
    let plan = Plan::from_toml(&text).unwrap().check(&registry).unwrap();
    let mapping = fs::read_to_string(folder.join("mapping.toml")).unwrap();
    let mapping = Mapping::from_toml(&mapping).unwrap();
    let import = Import::new(mapping, &registry).unwrap().open(&folder).unwrap();
    plan.evaluate_import(import, 2).unwrap().0
}

fn to_month(as_of: &str) -> String {
    format!("to = \"{}\"", as_of.rsplit_once('-').unwrap().0)
}

/// Three quarters, as they are published one after the other.
fn quarters() -> &'static [Evaluation; 3] {
    static QUARTERS: LazyLock<[Evaluation; 3]> =
        LazyLock::new(|| ["2025-06-30", "2025-09-30", "2025-12-31"].map(quarter));
    &QUARTERS
}

fn published(quarters: &[Evaluation], together: bool) -> Vec<(Tables<Key>, Published<Key>)> {
    let profile = Profile::default();
    let mut releases: Vec<(Tables<Key>, Published<Key>)> = Vec::new();
    let mut pooled = Pooled::default();
    for evaluation in quarters {
        let tables = tables(evaluation, &profile, &pooled).unwrap();
        pooled = pooled.and(evaluation, &profile);
        let earlier: Vec<_> = releases.iter().map(|(of, published)| (of, published)).collect();
        let earlier = if together { earlier } else { Vec::new() };
        let published = tables.protect_after(&profile, &earlier).unwrap();
        releases.push((tables, published));
    }
    releases
}

#[test]
fn who_holds_three_quarters_learns_no_small_count() {
    let together = published(quarters(), true);
    assert_eq!(caught_in_releases(&together, 4), []);
    let shown = together.last().unwrap().1.iter().filter(|(_, of)| of.shown().is_some()).count();
    assert!(shown > 200, "{shown}");
    let alone = published(quarters(), false);
    assert!(caught_in_releases(&alone, 4).len() > 50);
    assert_eq!(caught_in_releases(&alone[..1], 4), []);
}

#[test]
fn the_same_evaluation_is_published_in_the_same_bytes() {
    let [first, second, _] = quarters();
    let profile = Profile::default();
    let json = |of: &Evaluation, after: &[Evaluation]| {
        of.disclosed_after(&profile, after).unwrap().to_json().unwrap()
    };
    let alone = first.disclosed(&profile).unwrap().to_json().unwrap();
    assert_eq!(json(first, &[]), alone);
    assert_eq!(json(first, std::slice::from_ref(first)), alone);
    let later = json(second, std::slice::from_ref(first));
    assert_eq!(json(second, &[first.clone(), second.clone()]), later);
    assert_eq!(json(second, &[first.clone(), first.clone()]), later);
}

/// The means of all pairs and of each group and band, with the pairs they are of.
fn means(of: &DisclosedEvaluation) -> Vec<(String, Option<DisclosedMeans>, Option<u64>)> {
    let mut means = Vec::new();
    for measure in &of.measures {
        let change = &measure.change;
        means.push((measure.measure.clone(), change.means, change.pairs.shown()));
        for group in &measure.groups {
            means.push((group.group.clone(), group.means, group.improved.of.shown()));
        }
    }
    means
}

#[test]
fn means_are_of_many_and_so_are_their_differences() {
    let [first, second, third] = quarters();
    let profile = Profile::default();
    let earlier = [first.clone(), second.clone()];
    let releases = [
        means(&first.disclosed(&profile).unwrap()),
        means(&second.disclosed_after(&profile, &earlier[..1]).unwrap()),
        means(&third.disclosed_after(&profile, &earlier).unwrap()),
    ];
    for (at, later) in releases.iter().enumerate() {
        for earlier in &releases[..at] {
            for (name, is, now) in later {
                let before = earlier.iter().find(|(of, ..)| of == name);
                let Some((_, Some(_), Some(before))) = before else { continue };
                if let (Some(_), Some(now)) = (is, now) {
                    let came = now.abs_diff(*before);
                    assert!(came == 0 || came >= FEW_PAIRS, "{name}: {before}, {now}");
                }
            }
        }
    }
    let alone = means(&third.disclosed(&profile).unwrap());
    let shown = |of: &[(String, Option<DisclosedMeans>, Option<u64>)]| {
        of.iter().filter(|(_, means, _)| means.is_some()).count()
    };
    assert!(shown(&releases[2]) < shown(&alone) && shown(&releases[0]) > 0);
}

#[test]
fn releases_must_be_of_one_plan_and_in_their_order() {
    let [first, second, _] = quarters();
    let profile = Profile::default();
    let error = first.disclosed_after(&profile, std::slice::from_ref(second)).unwrap_err();
    assert_eq!(error.code(), "release-not-earlier");
    let text = PLAN.replace("\"gender\", ", "");
    let plan = Plan::from_toml(&text).unwrap().check(&Registry::new()).unwrap();
    let other = plan.evaluate([], &crate::caseload::RowAccount::default()).unwrap();
    let error = second.disclosed_after(&profile, &[other]).unwrap_err();
    assert!(matches!(error, ReleaseError::OtherPlan(_)), "{error}");
}

/// Nobody at first, everybody then, and nobody again.
#[test]
fn nobody_is_a_release_too() {
    let [first, ..] = quarters();
    let profile = Profile::default();
    let plan = Plan::from_toml(
        &PLAN.replace("2026-06-30", "2025-06-30").replace("to = \"2026-06\"", "to = \"2025-06\""),
    );
    let plan = plan.unwrap().check(&Registry::new()).unwrap();
    let nobody = plan.evaluate([], &crate::caseload::RowAccount::default()).unwrap();
    let shown = |of: &DisclosedEvaluation| of.people.shown();
    let everybody = first.disclosed_after(&profile, std::slice::from_ref(&nobody)).unwrap();
    assert!(shown(&everybody).is_some_and(|people| people > 1000));
    let again = nobody.disclosed_after(&profile, &[nobody.clone(), first.clone()]).unwrap();
    assert_eq!(again, nobody.disclosed(&profile).unwrap());
}
