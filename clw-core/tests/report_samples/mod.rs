//! Evaluations made from counts, so that a test states exactly what the report is made from.

use std::collections::BTreeMap;

use clw_core::caseload::{
    Assessment, Attendance, Contact, Episode, Person, Recorded, RowAccount, Simd, When,
};
use clw_core::evaluation::{Evaluation, Plan};
use clw_core::instrument::Registry;
use clw_core::score::Answer;
use jiff::ToSpan;
use jiff::civil::{Date, date};
use serde_json::{Value, json};

pub(crate) const PLAN: &str = r#"
title = "Example Valley"
as-of = "2026-06-30"
group-by = ["practice", "simd-quintile", "referral-month"]

[[measures]]
instrument = "swemwbs"
bands = "england-2010-2013"
change-rules = ["nhs-england", "shah-2018-2.77-sem"]

[pairing]
baseline.rule = "first"
end-point.rule = "last"
due.rule = "any-of"
due.rules = [{ rule = "closed" }, { rule = "attended-at-least", contacts = 4 }]

[[compare]]
baseline.rule = "first"
end-point = { rule = "nth-contact", n = 4 }
due = { rule = "attended-at-least", contacts = 4 }
"#;

/// An evaluation under a plan whose counts are set by `edit`; its findings follow from them.
///
/// A measure is given by its main flow and pairs, and by the flows of its groups; whatever else must
/// add up to them follows.
pub(crate) fn evaluation(plan: &str, edit: impl FnOnce(&mut Value)) -> Evaluation {
    let registry = Registry::new();
    let plan = Plan::from_toml(plan).unwrap().check(&registry).unwrap();
    let empty = plan.evaluate([], &RowAccount::default()).unwrap();
    let mut json: Value = serde_json::from_str(&empty.to_json().unwrap()).unwrap();
    edit(&mut json["counts"]);
    let kinds = json["provenance"]["plan"]["group-by"].clone();
    make_consistent(&mut json["counts"], kinds.as_array().unwrap());
    Evaluation::from_json(&json.to_string(), &registry).unwrap()
}

type Fates = BTreeMap<String, u64>;
type Cells = BTreeMap<(i32, i32), u64>;

fn fates(flow: &Value) -> Fates {
    serde_json::from_value(flow.clone()).unwrap()
}

fn make_consistent(counts: &mut Value, kinds: &[Value]) {
    let measure = &mut counts["measures"][0];
    let scale = measure["main"]["pairs"]["scale"].clone();
    let mut flow = fates(&measure["main"]["flow"]);
    let given = measure["groups"].as_object().unwrap().clone();
    for groups in given.values() {
        let mut together = Fates::new();
        for (fate, episodes) in groups.as_object().unwrap().values().flat_map(fates) {
            *together.entry(fate).or_default() += episodes;
        }
        for (fate, episodes) in together {
            let all = flow.entry(fate).or_default();
            *all = episodes.max(*all);
        }
    }
    let cells: Vec<(i32, i32, u64)> =
        serde_json::from_value(measure["main"]["pairs"]["cells"].clone()).unwrap();
    let mut cells: Cells = cells.into_iter().map(|(from, to, n)| ((from, to), n)).collect();
    let paired = flow.get("paired").copied().unwrap_or(0);
    let drawn: u64 = cells.values().sum();
    if paired > drawn {
        *cells.entry((1798, 1798)).or_default() += paired - drawn;
    }
    let counted = |flow: &Fates, cells: &Cells| {
        let cells: Vec<_> = cells.iter().map(|((from, to), n)| (from, to, n)).collect();
        json!({"flow": flow, "pairs": {"scale": scale, "cells": cells}})
    };
    let episodes: u64 = flow.values().sum();
    let by_kind = kinds.iter().filter(|_| episodes > 0).map(|kind| {
        let kind = kind.as_str().unwrap();
        let groups = given.get(kind).map(fates_of_groups).unwrap_or_default();
        let divided = divide(&flow, &cells, groups);
        let divided =
            divided.into_iter().map(|(name, (flow, cells))| (name, counted(&flow, &cells)));
        (kind, divided.collect::<BTreeMap<_, _>>())
    });
    measure["groups"] = json!(by_kind.collect::<BTreeMap<_, _>>());
    measure["main"] = counted(&flow, &cells);
    for rule in measure["compared"].as_array_mut().unwrap() {
        *rule = counted(&flow, &cells);
    }
    for measure in counts["measures"].as_array_mut().unwrap() {
        let flow = fates(&measure["main"]["flow"]);
        measure["follow-up-times"]["without-dates"] = json!(baselines(&flow));
        measure["sittings"]["baseline"] = json!(baselines(&flow));
        measure["sittings"]["follow-up"] = json!(flow.get("paired").copied().unwrap_or(0));
        let of_fate = |fate: &str| flow.get(fate).copied().unwrap_or(0);
        let unpaired = ["follow-up-missing", "follow-up-unscored", "follow-up-outside"];
        let unpaired: u64 = unpaired.into_iter().map(of_fate).sum();
        if unpaired > 0 {
            let lowest = measure["main"]["pairs"]["scale"]["lowest"].clone();
            measure["attrition"]["unpaired"]["scores"] = json!([[lowest, unpaired]]);
        }
        for of_trait in measure["attrition"]["traits"].as_array_mut().unwrap() {
            let everybody = json!({"paired": of_fate("paired"), "unpaired": unpaired});
            of_trait["levels"] = match of_fate("paired") + unpaired {
                0 => json!({}),
                _ => json!({"not recorded": everybody}),
            };
        }
    }
    let people = counts["people"].clone();
    counts["fields"]["missing"] = json!({
        "age": people, "gender": people, "simd": people, "referral-date": episodes,
        "referral-source": episodes, "referral-reason": episodes, "first-meeting": episodes,
        "repeat-contacts": episodes, "onward-referral": episodes,
    });
    counts["episodes"] = json!(episodes);
    counts["closures"]["open"] = json!(episodes);
}

/// The episodes with a baseline.
fn baselines(flow: &Fates) -> u64 {
    let past_baseline = |fate: &String| {
        ["not-due", "due-not", "follow-up", "paired"].iter().any(|start| fate.starts_with(start))
    };
    flow.iter().filter(|(fate, _)| past_baseline(fate)).map(|(_, episodes)| episodes).sum()
}

fn fates_of_groups(groups: &Value) -> BTreeMap<String, Fates> {
    groups.as_object().unwrap().iter().map(|(name, flow)| (name.clone(), fates(flow))).collect()
}

/// The groups with pairs for those paired; who is in none of them is in one of their own.
fn divide(
    flow: &Fates,
    cells: &Cells,
    groups: BTreeMap<String, Fates>,
) -> BTreeMap<String, (Fates, Cells)> {
    let (mut rest, mut left) = (flow.clone(), cells.clone());
    let mut divided = BTreeMap::new();
    for (name, mut fates) in groups {
        fates.retain(|_, episodes| *episodes > 0);
        let mut own = Cells::new();
        let mut wanted = fates.get("paired").copied().unwrap_or(0);
        for (cell, pairs) in &mut left {
            let taken = wanted.min(*pairs);
            wanted -= taken;
            *pairs -= taken;
            if taken > 0 {
                own.insert(*cell, taken);
            }
        }
        for (fate, episodes) in &fates {
            *rest.get_mut(fate).unwrap() -= episodes;
        }
        if !fates.is_empty() {
            divided.insert(name, (fates, own));
        }
    }
    rest.retain(|_, episodes| *episodes > 0);
    left.retain(|_, pairs| *pairs > 0);
    if !rest.is_empty() {
        divided.insert("not recorded".to_owned(), (rest, left));
    }
    divided
}

/// The areas of a Well-being Star, all followed up under one rule.
pub(crate) const STAR: &str = r#"
title = "Star Valley"
as-of = "2026-06-30"

[[measures]]
instrument = "well-being-star"
measure = "lifestyle"
bands = "stages"
change-rules = ["one-stage"]

[[measures]]
instrument = "well-being-star"
measure = "money"

[[measures]]
instrument = "well-being-star"
measure = "feeling-positive"

[pairing]
baseline.rule = "first"
end-point.rule = "last"
due.rule = "closed"
"#;

/// 40 episodes with pairs on a star, of which 30 moved forward in one area or two, 6 also back; nobody has
/// a pair in the last area.
pub(crate) fn star() -> Evaluation {
    evaluation(STAR, |counts| {
        counts["people"] = json!(60);
        counts["episodes"] = json!(60);
        for (area, cells) in [
            json!([[1, 2, 12], [2, 2, 16], [2, 3, 10], [4, 3, 2]]),
            json!([[2, 2, 24], [2, 4, 8], [3, 3, 4], [4, 3, 4]]),
        ]
        .into_iter()
        .enumerate()
        {
            counts["measures"][area]["main"]["flow"] =
                json!({"paired": 40, "follow-up-missing": 20});
            counts["measures"][area]["main"]["pairs"]["cells"] = cells;
        }
        counts["measures"][2]["main"]["flow"] = json!({"baseline-missing": 60});
        counts["joint"][0]["due"] = json!(60);
        counts["joint"][0]["paired-throughout"] = json!(40);
        counts["joint"][0]["episodes"] = json!([[2, 0, 0, 10], [2, 1, 0, 24], [2, 1, 1, 6]]);
    })
}

/// Fates that give 100 referred, 80 due and `pairs` paired, and as many pairs: of each ten, six up
/// by 4.37 points, one the same and three down by 1.27.
pub(crate) fn with_pairs(pairs: u64) -> Evaluation {
    with_pairs_under(PLAN, pairs)
}

/// The same under another plan with the same groups.
pub(crate) fn with_pairs_under(plan: &str, pairs: u64) -> Evaluation {
    evaluation(plan, |counts| {
        let flow = json!({
            "not-accepted": 5, "not-seen": 3, "baseline-missing": 2, "not-due-yet": 7,
            "not-due-deceased": 3, "follow-up-missing": 80 - pairs, "paired": pairs,
        });
        let down = pairs * 3 / 10;
        let same = pairs / 10;
        let cells =
            json!([[1798, 1798, same], [1798, 2235, pairs - down - same], [1925, 1798, down],]);
        let cells: Vec<&Value> =
            cells.as_array().unwrap().iter().filter(|cell| cell[2] != 0).collect();
        counts["people"] = json!(100);
        counts["measures"][0]["main"]["flow"] = flow;
        counts["measures"][0]["main"]["pairs"]["cells"] = json!(cells);
        counts["measures"][0]["groups"] = json!({
            "practice": {"Balnacorrie": {"follow-up-missing": (80 - pairs).min(3), "paired": 1}},
            "simd-quintile": {"SIMD 2020 quintile 1": {"not-due-yet": 7, "paired": pairs - 2, "follow-up-missing": 80 - pairs}},
            "referral-month": {"2026-02": {"follow-up-missing": (80 - pairs).min(9)}},
        });
        counts["rows"] = json!({
            "assessments": {
                "read": 160, "used": 157, "rejected": {"out-of-range": 3}, "warned": {},
            },
        });
    })
}

/// A plan that asks for everything over months, practices, days and deprivation bands.
pub(crate) const EVERYTHING: &str = r#"
title = "Valley of everything"
as-of = "2026-06-30"
after-exit-days = 84
attrition.weighting.traits = ["gender"]
control-charts = { rule-set = "nhs-england-making-data-count", limits = "exact-binomial", constants = "rounded" }
funnel = { limits = "exact-binomial", target = "pooled" }

[[measures]]
instrument = "swemwbs"
value = { duration-years = 1, attributed-share = 0.5 }

[pairing]
baseline.rule = "first"
end-point.rule = "last"
due.rule = "closed"

[[equity]]
axis.simd = { index.version = "2020v2", bands = "quintiles" }
lists.axis.simd = { index.version = "2020v2", bands = "quintiles" }
lists.source = "Lists"
lists.as-of = "2026-04-01"
lists.people = [1000, 1000, 1000, 1000, 1000]

[[equity]]
axis.urban-rural.classes = "two-fold"

[[before-after]]
name = "Forms on paper"
before = { from = "2025-04", to = "2025-06" }
after = { from = "2025-07", to = "2026-01" }

[indicators]
span = { from = "2025-04", to = "2026-03" }
length = "half-year"
[[indicators.own]]
id = "agreed"
title = "Followed up, as agreed"
numerator = { box = "paired" }
denominator = "due"
month-of = "due-month"
direction = "higher-is-better"
target = 0.5
source = { id = "local", citation = "Funding agreement", locator = "local" }
"#;

/// 200 people, 40 in each quintile of whom 20, 24, 28, 32 and 36 are followed up after 88 days, 20 in
/// each of ten months and 50 at each of four practices, of whom 35 are followed up at each.
pub(crate) fn everything() -> Evaluation {
    let plan = Plan::from_toml(EVERYTHING).unwrap().check(&Registry::new()).unwrap();
    let people: Vec<Person> = (0..200).map(person).collect();
    plan.evaluate(&people, &RowAccount::default()).unwrap()
}

fn person(at: u8) -> Person {
    let quintile = 1 + at / 40;
    let referred = date(2025, 1, 5) + i32::from(at % 10).months();
    let form = |on: Date, code| {
        Assessment::new("swemwbs", "2009", When::Date(on), vec![Answer::Given(code); 7])
    };
    let closed = referred + 90.days();
    let followed_up = at % 40 < 16 + 4 * quintile;
    let contact = Contact {
        date: Recorded::Value(referred + 2.days()),
        attendance: Recorded::Value(Attendance::Seen),
        ..Contact::default()
    };
    let episode = Episode {
        practice: Recorded::Value(format!("Practice {}", at % 4)),
        referred: Recorded::Value(referred),
        accepted: Recorded::Value(true),
        closed: Recorded::Value(closed),
        contacts: Recorded::Value(vec![contact]),
        assessments: [Some(form(referred + 2.days(), 2 + i64::from(at % 2)))]
            .into_iter()
            .chain([followed_up.then(|| form(closed, 3))])
            .flatten()
            .collect(),
        ..Episode::default()
    };
    Person {
        simd: Recorded::Value(Simd { version: "2020v2".into(), quintile, decile: None }),
        urban_rural: Recorded::Value(1 + at % 2),
        episodes: vec![episode],
        ..Person::default()
    }
}
