//! No two cells of one evaluation have one name.

#![cfg(feature = "import")]

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use super::super::super::{Evaluation, Plan};
use super::super::cells::tables;
use super::super::levels::Pooled;
use crate::caseload::RowAccount;
use crate::disclosure::Profile;
use crate::import::{Import, Mapping};
use crate::instrument::{Instrument, Registry};

/// What the plan of the caseload has once, once more.
const MORE: &str = r#"
[[equity]]
axis.simd = { index.version = "2020v2", bands = "deciles" }
[[equity]]
axis.simd = { index.version = "2016", bands = "quintiles" }
[[equity]]
axis.urban-rural.classes = "eight-fold"

[[before-after]]
name = "Calls"
before = { from = "2024-06", to = "2024-10" }
after = { from = "2025-06", to = "2025-10" }
"#;
const RULES: &str = r#"
cuts = ["20", "24"]
reliable-change = [
  { method = "jacobson-truax", standard-deviation = 3.9, reliability = 0.81 },
  { method = "jacobson-truax", standard-deviation = 3.9, reliability = 0.89 },
]
"#;

const LOCAL: &str = r#"
id = "tool"
version = "1"
title = "Tool"
rights = { holder = "The programme", licence = "Free to use", wording = "shipped" }
items = [
  { id = "days", label = "Days walked", lowest = 0, highest = 7 },
  { id = "nights", label = "Nights slept", lowest = 0, highest = 7 },
]
[[measures]]
direction = "higher-is-better"
items = ["days", "nights"]
rule = { kind = "each-item" }
certainty = "local"
"#;

fn example(name: &str, change: impl Fn(String) -> String) -> Evaluation {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../examples").join(name);
    let registry = Registry::new();
    let read = |file| fs::read_to_string(folder.join(file)).unwrap();
    let plan = Plan::from_toml(&change(read("plan.toml"))).unwrap().check(&registry).unwrap();
    let mapping = Mapping::from_toml(&read("mapping.toml")).unwrap();
    let import = Import::new(mapping, &registry).unwrap().open(&folder).unwrap();
    plan.evaluate_import(import, 2).unwrap().0
}

/// Every measure that there is, and two of a name.
fn everything() -> Evaluation {
    let mut registry = Registry::new();
    for version in ["1", "2"] {
        let text = LOCAL.replace("version = \"1\"", &format!("version = \"{version}\""));
        registry.add(Instrument::from_toml(&text).unwrap()).unwrap();
    }
    let measures = registry.iter().flat_map(|of| {
        let measures = of.measures().iter();
        measures.map(move |measure| {
            let name = format!("{}@{}", of.id(), of.version());
            format!("[[measures]]\ninstrument = \"{name}\"\nmeasure = \"{}\"\n", measure.id())
        })
    });
    let rest = r#"
title = "Everything"
as-of = "2026-06-30"
after-exit-days = 84
pairing = { baseline = { rule = "first" }, end-point = { rule = "last" }, due = { rule = "closed" } }
"#;
    let text = rest.to_owned() + &measures.collect::<String>();
    let plan = Plan::from_toml(&text).unwrap().check(&registry).unwrap();
    plan.evaluate([], &RowAccount::default()).unwrap()
}

#[test]
fn no_two_cells_of_an_evaluation_share_a_name() {
    let rules = "change-rules = [\"nhs-england\", \"shah-2018-2.77-sem\"]";
    let more = |plan: String| plan.replacen(rules, &format!("{rules}{RULES}"), 1) + MORE;
    let evaluations = [
        example("caseload", |plan| plan),
        example("caseload", more),
        example("came-back", |plan| plan),
        example("dass21", |plan| plan),
        everything(),
    ];
    for evaluation in evaluations {
        let tables = tables(&evaluation, &Profile::default(), &Pooled::default()).unwrap();
        let mut named: BTreeMap<String, u32> = BTreeMap::new();
        for (key, _) in tables.iter() {
            *named.entry(key.in_words(&evaluation)).or_default() += 1;
        }
        assert!(named.len() > 100);
        named.retain(|_, cells| *cells > 1);
        assert_eq!(named, BTreeMap::new(), "{}", evaluation.provenance.plan.title);
    }
}
