//! Degenerate evaluations have a public form too.
#![cfg(feature = "toml")]
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::BTreeMap;

use clw_core::caseload::{Assessment, Episode, Gender, Person, Recorded, RowAccount, Simd, When};
use clw_core::disclosure::{Profile, PublishedCount};
use clw_core::evaluation::{DisclosedEvaluation, Evaluation, Plan};
use clw_core::instrument::Registry;
use clw_core::score::Answer;
use jiff::ToSpan;
use jiff::civil::date;
use serde_json::Value;

const PLAN: &str = r#"
title = "Example Valley"
as-of = "2026-06-30"
group-by = ["practice", "gender"]
pairing.baseline.rule = "first"
pairing.end-point.rule = "last"
pairing.due.rule = "everyone"

[[measures]]
instrument = "swemwbs"
bands = "england-2010-2013"

[[equity]]
axis.simd = { index.version = "2020v2", bands = "quintiles" }

[indicators]
span = { from = "2026-01", to = "2026-06" }
length = "quarter"
built-in = ["paired-completion", "improved-of-due"]
"#;

/// A person of a practice: every other one has a follow-up, which is better for most.
fn person(number: u32, practice: &str) -> Person {
    let day = |n: u32| date(2026, 1, 1).checked_add(i64::from(n).days()).unwrap();
    let form = |level: i64, on| {
        let answers = vec![Answer::Given(level); 7];
        Assessment::new("swemwbs", "2009", When::Date(on), answers)
    };
    let level = 2 + i64::from(number % 3);
    let mut assessments = vec![form(level, day(number % 90))];
    if number.is_multiple_of(2) {
        let better = i64::from(!number.is_multiple_of(5));
        assessments.push(form(level + better, day(number % 90 + 60)));
    }
    let episode = Episode {
        referred: Recorded::Value(day(number % 90)),
        practice: Recorded::Value(practice.to_owned()),
        assessments,
        ..Episode::default()
    };
    let simd = Simd {
        version: "2020v2".into(),
        quintile: u8::try_from(1 + number % 5).unwrap(),
        decile: None,
    };
    let gender = if number.is_multiple_of(3) { Gender::Man } else { Gender::Woman };
    Person {
        id: format!("{practice} {number}"),
        simd: Recorded::Value(simd),
        gender: Recorded::Value(gender),
        episodes: vec![episode],
        ..Person::default()
    }
}

fn evaluation(practices: &[(&str, u32)]) -> Evaluation {
    let plan = Plan::from_toml(PLAN).unwrap();
    let people = practices
        .iter()
        .flat_map(|(practice, people)| (0..*people).map(|number| person(number, practice)));
    let people: Vec<Person> = people.collect();
    let checked = plan.check(&Registry::new()).unwrap();
    checked.evaluate(&people, &RowAccount::default()).unwrap()
}

/// What holds numbers that are not of people, or repeats counts.
const NOT_COUNTS: [&str; 12] = [
    "provenance",
    "profile",
    "scale",
    "method",
    "gradients",
    "comparison",
    "options",
    "indicator",
    "axis",
    "band",
    "bounds",
    "months-left-out",
];

/// Every count that is published, by its place.
fn counts(disclosed: &DisclosedEvaluation) -> BTreeMap<String, PublishedCount> {
    fn walk(path: &str, value: &Value, found: &mut BTreeMap<String, PublishedCount>) {
        match value {
            Value::Object(fields) => {
                for (name, value) in fields {
                    if !NOT_COUNTS.contains(&name.as_str()) {
                        walk(&format!("{path}/{name}"), value, found);
                    }
                }
            }
            Value::Array(values) => {
                for (place, value) in values.iter().enumerate() {
                    walk(&format!("{path}/{place}"), value, found);
                }
            }
            Value::Number(number) => {
                if let Some(count) = number.as_u64() {
                    found.insert(path.to_owned(), PublishedCount::Shown(count));
                }
            }
            Value::String(text) if text == "hidden" => {
                found.insert(path.to_owned(), PublishedCount::Hidden);
            }
            _ => {}
        }
    }
    let mut found = BTreeMap::new();
    walk("", &serde_json::from_str(&disclosed.to_json().unwrap()).unwrap(), &mut found);
    found
}

/// Nobody, one person, all small, nothing small, one group, two of which one is small.
#[test]
fn degenerate_evaluations_have_a_public_form() {
    let profile = Profile::default();
    let shown = |practices: &[(&str, u32)]| {
        let disclosed = evaluation(practices).disclosed(&profile).unwrap();
        for (path, count) in counts(&disclosed) {
            let small = count.shown().is_some_and(|count| (1..=4).contains(&count));
            assert!(!small, "{practices:?}: {path}: {count:?}");
        }
        let groups = &disclosed.measures[0].groups;
        let practices = groups.iter().filter(|group| group.by.code() == "practice");
        let practices = practices.map(|group| group.boxes[0].episodes.shown()).collect::<Vec<_>>();
        (disclosed.episodes.shown(), practices)
    };
    assert_eq!(shown(&[]), (Some(0), vec![]));
    assert_eq!(shown(&[("North", 1)]), (None, vec![None]));
    assert_eq!(shown(&[("North", 2), ("South", 1)]), (None, vec![None, None]));
    assert_eq!(shown(&[("North", 300)]), (Some(300), vec![Some(300)]));
    assert_eq!(shown(&[("North", 300), ("South", 3)]), (Some(303), vec![None, None]));
    assert_eq!(shown(&[("North", 300), ("South", 300)]), (Some(600), vec![Some(300), Some(300)]));
}
