use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::*;

/// A definition that passes, with one of everything a check looks at.
fn sound() -> Value {
    json!({
        "id": "tool", "version": "1", "title": "Tool",
        "rights": {"holder": "us", "licence": "free", "wording": "shipped"},
        "sources": [{"id": "paper", "citation": "A paper", "locator": "https://doi.org/10.1/x"}],
        "items": [
            {"id": "a", "label": "A", "lowest": 0, "highest": 1},
            {"id": "b", "label": "B", "lowest": 0, "highest": 1}
        ],
        "measures": [{
            "id": "total", "label": "Total", "direction": "higher-is-better", "items": ["a", "b"],
            "rule": {"kind": "sum-then-table", "table": [
                {"raw": 0, "score": 0}, {"raw": 1, "score": 1.5}, {"raw": 2, "score": 4}
            ]},
            "sources": ["paper"], "certainty": "firm",
            "band-sets": [{
                "id": "halves", "label": "Halves", "sources": ["paper"], "certainty": "firm",
                "bands": [
                    {"id": "low", "label": "Low", "at-most": 1.5},
                    {"id": "high", "label": "High", "more-than": 1.5}
                ]
            }],
            "default-band-set": "halves",
            "change-rules": [{
                "id": "big", "label": "Big", "threshold": {"at-least": 1.5},
                "sources": ["paper"], "certainty": "firm"
            }],
            "norms": [{"id": "all", "label": "All", "mean": 2, "sources": ["paper"], "certainty": "firm"}],
            "reliabilities": [{
                "id": "alpha", "kind": "cronbach-alpha", "value": 0.8,
                "sources": ["paper"], "certainty": "firm"
            }]
        }]
    })
}

/// The sound definition with the value at each pointer replaced, or removed where it is null.
fn changed(changes: &[(&str, Value)]) -> Result<Instrument, DefinitionError> {
    let mut definition = sound();
    for (pointer, value) in changes {
        let (parent, key) = pointer.rsplit_once('/').unwrap();
        match definition.pointer_mut(parent).unwrap() {
            Value::Object(fields) if value.is_null() => drop(fields.remove(key).unwrap()),
            Value::Object(fields) => drop(fields.insert(key.into(), value.clone())),
            list => list[key.parse::<usize>().unwrap()] = value.clone(),
        }
    }
    Instrument::from_json(&definition.to_string())
}

const M: &str = "/measures/0";

/// What is changed, and the code and message that answers it.
type Case = (Vec<(String, Value)>, &'static str, &'static str);

#[test]
fn every_check_names_the_place_and_the_remedy() {
    let at = |path: &str| format!("{M}{path}");
    let table = |rows: &[(i32, i32)]| -> Value {
        rows.iter().map(|(raw, score)| json!({"raw": raw, "score": score})).collect()
    };
    let local = |rule: Value| json!([{"id": "fill", "rule": rule, "certainty": "local"}]);
    let sum = || (at("/rule"), json!({"kind": "sum"}));
    let cases: Vec<Case> = vec![
        (
            vec![("/id".into(), json!("My Tool"))],
            "invalid-id",
            "instrument: \"My Tool\" is not an id; write lower-case letters, digits, `-` and `.`, beginning and ending with a letter or digit",
        ),
        (vec![("/version".into(), json!(" "))], "empty", "version is empty; fill it in"),
        (vec![("/items".into(), json!([]))], "empty", "items is empty; fill it in"),
        (vec![("/measures".into(), json!([]))], "empty", "measures is empty; fill it in"),
        (vec![(at("/items"), json!([]))], "empty", "measure 1, items is empty; fill it in"),
        (
            vec![("/items/1/id".into(), json!("a"))],
            "duplicate-id",
            "items: `a` occurs twice; give each its own id",
        ),
        (
            vec![("/items/1/highest".into(), json!(0))],
            "answer-range",
            "item `b`: codes 0..=0 hold fewer than two answers; `lowest` must be below `highest`",
        ),
        (
            vec![(at("/items/1"), json!("c"))],
            "unknown-item",
            "measure `total`: there is no item `c`; list only ids from `items`",
        ),
        (
            vec![(at("/items/1"), json!("a"))],
            "duplicate-id",
            "measure `total`, items: `a` occurs twice; give each its own id",
        ),
        (
            vec![(at("/rule"), json!({"kind": "each-item"}))],
            "measure-name",
            "measure 1: rule `each-item` names its measures after their items; remove `id` and `label`",
        ),
        (
            vec![(at("/label"), Value::Null)],
            "measure-name",
            "measure 1 has no name; give it an `id` and a `label`",
        ),
        (
            vec![(at("/rule"), json!({"kind": "sum", "multiply": 0}))],
            "multiply",
            "measure `total`: a sum cannot be multiplied by 0; use 1 or more",
        ),
        (
            vec![(at("/rule/table"), table(&[(0, 0), (2, 4)]))],
            "table-gap",
            "measure `total`: the table has no row for the sum 1; add it",
        ),
        (
            vec![(at("/rule/table"), table(&[(0, 0), (1, 1), (1, 2), (2, 4)]))],
            "table-repeat",
            "measure `total`: the table has two rows for the sum 1; keep one",
        ),
        (
            vec![(at("/rule/table"), table(&[(0, 0), (1, 1), (2, 4), (3, 5)]))],
            "table-outside",
            "measure `total`: the table has a row for the sum 3, outside 0..=2; remove it",
        ),
        (
            vec![("/items/1/highest".into(), json!(70_000)), sum()],
            "scale-too-large",
            "measure `total`: the scores do not fit an exact scale (codes up to a million, sums spanning at most 65535, steps within 32 bits); use fewer items or shorter answer ranges",
        ),
        (
            vec![(
                "/items/0".into(),
                json!({"id": "a", "label": "A", "lowest": i32::MAX - 1, "highest": i32::MAX, "reversed": true}),
            )],
            "scale-too-large",
            "measure `total`: the scores do not fit an exact scale (codes up to a million, sums spanning at most 65535, steps within 32 bits); use fewer items or shorter answer ranges",
        ),
        (
            vec![(at("/rule"), json!({"kind": "sum", "multiply": i32::MAX}))],
            "scale-too-large",
            "measure `total`: the scores do not fit an exact scale (codes up to a million, sums spanning at most 65535, steps within 32 bits); use fewer items or shorter answer ranges",
        ),
        (
            vec![(at("/missing-rules"), local(json!({"kind": "person-mean", "max-missing": 1})))],
            "missing-rule",
            "measure `total`, missing rule `fill`: a table is read at a sum of all items, never at an estimated one; remove the rule",
        ),
        (
            vec![
                sum(),
                (at("/missing-rules"), local(json!({"kind": "person-mean", "max-missing": 2}))),
            ],
            "missing-rule",
            "measure `total`, missing rule `fill`: `max-missing` must be at least 1 and below the number of items",
        ),
        (
            vec![sum(), (at("/missing-rules"), local(json!({"kind": "not-applicable"})))],
            "missing-rule",
            "measure `total`, missing rule `fill`: a sum over fewer items is another score; use the rule `mean`",
        ),
        (
            vec![
                sum(),
                ("/items/1/highest".into(), json!(2)),
                (at("/missing-rules"), local(json!({"kind": "person-mean", "max-missing": 1}))),
            ],
            "missing-rule",
            "measure `total`, missing rule `fill`: the items have different answer ranges, so one cannot stand in for another; remove the rule",
        ),
        (
            vec![
                (at("/rule"), json!({"kind": "each-item"})),
                (at("/id"), Value::Null),
                (at("/label"), Value::Null),
                (at("/band-sets"), Value::Null),
                (at("/default-band-set"), Value::Null),
                (at("/missing-rules"), local(json!({"kind": "not-applicable"}))),
            ],
            "number-outside",
            "measure `a`, norm `all`: 2 is outside 0..=1; correct it",
        ),
        (
            vec![(
                at("/missing-rules"),
                json!([{"id": "refuse", "rule": {"kind": "refuse"}, "certainty": "local"}]),
            )],
            "duplicate-id",
            "measure `total`, missing rules: `refuse` occurs twice; give each its own id",
        ),
        (
            vec![(at("/band-sets/0/bands/1/at-least"), json!(2))],
            "band-edges",
            "measure `total`, band set `halves`: band `high` has two edges on one side; keep one of `at-least` and `more-than`, and one of `at-most` and `less-than`",
        ),
        (
            vec![(
                at("/band-sets/0/bands/0"),
                json!({"id": "low", "label": "Low", "less-than": 1.5}),
            )],
            "band-gap",
            "measure `total`, band set `halves`: the score 1.5 lies in no band; move an edge to cover it",
        ),
        (
            vec![(at("/band-sets/0/bands/0/at-most"), json!(4))],
            "band-overlap",
            "measure `total`, band set `halves`: the score 4 lies in both `low` and `high`; move an edge",
        ),
        (
            vec![(
                at("/band-sets/0/bands"),
                json!([
                    {"id": "high", "label": "High", "more-than": 1.5},
                    {"id": "low", "label": "Low", "at-most": 1.5}
                ]),
            )],
            "band-order",
            "measure `total`, band set `halves`: band `low` holds no score or comes after a band of higher scores; list the bands from the lowest score to the highest",
        ),
        (
            vec![(at("/change-rules/0/threshold"), json!({"at-least": 0}))],
            "number-outside",
            "measure `total`, change rule `big`: 0 is outside 0..=4; correct it",
        ),
        (
            vec![(at("/change-rules/0/threshold"), json!({"more-than": 4}))],
            "number-outside",
            "measure `total`, change rule `big`: 4 is outside 0..=4; correct it",
        ),
        (
            vec![(at("/norms/0/mean"), json!(4.01))],
            "number-outside",
            "measure `total`, norm `all`: 4.01 is outside 0..=4; correct it",
        ),
        (
            vec![(at("/norms/0/standard-deviation"), json!(-1))],
            "number-outside",
            "measure `total`, norm `all`: -1 is outside 0..=4; correct it",
        ),
        (
            vec![(at("/reliabilities/0/value"), json!(1.2))],
            "number-outside",
            "measure `total`, reliability `alpha`: 1.2 is outside 0..=1; correct it",
        ),
        (
            vec![(at("/change-rules/0/sources"), Value::Null)],
            "source-missing",
            "measure `total`, change rule `big` cites no source; name one in `sources`, or mark it `certainty = \"local\"`",
        ),
        (
            vec![(at("/sources/0"), json!("book"))],
            "source-unknown",
            "measure `total` cites `book`, which is not in the instrument's `sources`; add it there",
        ),
        (
            vec![("/sources/0/locator".into(), json!("somewhere"))],
            "locator",
            "source `paper`: \"somewhere\" does not locate it; give an https:// address or isbn:",
        ),
        (
            vec![(at("/default-band-set"), json!("thirds"))],
            "unknown-default",
            "measure `total`, band sets: the default `thirds` is not defined; define it or name another",
        ),
        (
            vec![
                (at("/default-change-rule"), json!("big")),
                (at("/change-rules/0/certainty"), json!("unverified")),
            ],
            "unverified-default",
            "measure `total`, change rules: the default `big` is unverified; only a verified or local choice can be a default",
        ),
    ];
    changed(&[]).unwrap();
    for (changes, code, message) in cases {
        let changes: Vec<_> = changes.iter().map(|(p, v)| (p.as_str(), v.clone())).collect();
        let error = changed(&changes).unwrap_err();
        assert_eq!((error.code(), error.to_string().as_str()), (code, message));
    }
}

#[test]
fn unknown_keys_are_refused_at_every_depth() {
    for place in [
        "",
        "/rights",
        "/sources/0",
        "/items/0",
        "/measures/0",
        "/measures/0/rule",
        "/measures/0/rule/table/0",
        "/measures/0/band-sets/0",
        "/measures/0/band-sets/0/bands/0",
        "/measures/0/change-rules/0",
        "/measures/0/norms/0",
        "/measures/0/reliabilities/0",
    ] {
        let error = changed(&[(&format!("{place}/colour"), json!(1))]).unwrap_err();
        assert_eq!(error.code(), "unreadable", "{place}");
        assert!(error.to_string().contains("colour"), "{error}");
    }
    for rule in [json!({"kind": "mean", "colour": 1}), json!({"kind": "each-item", "colour": 1})] {
        assert_eq!(changed(&[("/measures/0/rule", rule)]).unwrap_err().code(), "unreadable");
    }
    assert_eq!(
        Instrument::from_json("{}").unwrap_err().to_string(),
        "not a definition in JSON: missing field `id` at line 1 column 2"
    );
}

/// Prorated WEMWBS scores fall between whole points, so bands must tile those too.
#[test]
fn bands_cover_the_scores_of_every_missing_rule() {
    let error = changed(&[
        ("/measures/0/rule", json!({"kind": "sum"})),
        (
            "/measures/0/band-sets/0/bands",
            json!([{"id": "low", "label": "Low", "at-most": 0}, {"id": "high", "label": "High", "at-least": 1}]),
        ),
        ("/items/0/highest", json!(2)),
        ("/items/1/highest", json!(2)),
        ("/items", json!([
            {"id": "a", "label": "A", "lowest": 0, "highest": 1},
            {"id": "b", "label": "B", "lowest": 0, "highest": 1},
            {"id": "c", "label": "C", "lowest": 0, "highest": 1},
        ])),
        ("/measures/0/items", json!(["a", "b", "c"])),
        (
            "/measures/0/missing-rules",
            json!([{"id": "fill", "rule": {"kind": "person-mean", "max-missing": 1}, "certainty": "local"}]),
        ),
        (
            "/measures/0/band-sets/0/bands",
            json!([{"id": "low", "label": "Low", "at-most": 1}, {"id": "high", "label": "High", "at-least": 2}]),
        ),
    ])
    .unwrap_err();
    assert_eq!(
        error.to_string(),
        "measure `total`, band set `halves`: the score 1.5 lies in no band; move an edge to cover it"
    );
}

#[test]
fn definitions_survive_json_and_keep_their_fingerprint() {
    for instrument in catalogue::all() {
        let json = serde_json::to_string(instrument).unwrap();
        let read = Instrument::from_json(&json).unwrap();
        assert_eq!(&read, instrument);
        assert_eq!(read.fingerprint(), instrument.fingerprint());
    }
}

/// The JSON was written by hand; its digest is that of `printf '%s' "$JSON" | sha256sum`.
#[test]
fn fingerprint_is_the_digest_of_the_canonical_json() {
    let canonical = r#"{"id":"walks","version":"1","title":"Walks","rights":{"holder":"us","licence":"free","wording":"shipped"},"items":[{"id":"days","label":"Days","lowest":0,"highest":7}],"measures":[{"direction":"higher-is-better","items":["days"],"rule":{"kind":"each-item"},"certainty":"local","change-rules":[{"id":"half","label":"Half","threshold":{"at-least":0.5},"certainty":"local"}]}]}"#;
    let walks = Instrument::from_json(canonical).unwrap();
    assert_eq!(serde_json::to_string(&walks).unwrap(), canonical);
    assert_eq!(
        walks.fingerprint(),
        "7f0f54507536223d48dff83642a76ffe375c16fc3146b2201ae263131616edd6"
    );
}

#[test]
fn names_resolve_in_any_spelling() {
    for (name, id) in [
        ("SWMWBS", "swemwbs"),
        ("s-wemwbs", "swemwbs"),
        ("WEMWBS7", "swemwbs"),
        ("swemwbs@2009", "swemwbs"),
        ("PHQ 9", "phq-9"),
        ("gad7", "gad-7"),
        ("Wellbeing Star", "well-being-star"),
        ("ONS-4", "ons4"),
    ] {
        assert_eq!(catalogue::find(name).unwrap().id(), id, "{name}");
    }
    // A misspelling of either length: never guessed.
    assert_eq!(
        catalogue::find("WEMWEBS").unwrap_err().to_string(),
        "no instrument is called \"WEMWEBS\"; the nearest names are `wemwbs@2007`, `swemwbs@2009`, `well-being-star@1`"
    );
    assert_eq!(catalogue::find("swemwbs@2010").unwrap_err().code(), "unknown-instrument");
}

#[test]
fn a_registry_keeps_identities_apart() {
    let mut registry = Registry::new();
    registry.add(changed(&[]).unwrap()).unwrap();
    registry.add(changed(&[]).unwrap()).unwrap();
    assert_eq!(registry.iter().count(), catalogue::all().len() + 1);

    let error = registry.add(changed(&[("/title", json!("Other"))]).unwrap()).unwrap_err();
    assert_eq!(error.code(), "instrument-conflict");
    assert_eq!(
        error.to_string(),
        "`tool@1` already stands for another definition; give the changed one a new version"
    );

    let error =
        registry.add(changed(&[("/id", json!("mine")), ("/aliases", json!(["swmwbs"]))]).unwrap());
    let error = error.unwrap_err();
    assert_eq!(error.code(), "name-taken");
    assert_eq!(
        error.to_string(),
        "the name `swmwbs` already belongs to `swemwbs`; choose another id or alias"
    );

    registry.add(changed(&[("/version", json!("2"))]).unwrap()).unwrap();
    let error = registry.find("Tool").unwrap_err();
    assert_eq!(error.code(), "several-versions");
    assert_eq!(error.to_string(), "\"Tool\" names 2 versions; choose one of `tool@1`, `tool@2`");
    assert_eq!(registry.find("tool@2").unwrap().version(), "2");
}

#[test]
fn names_that_are_not_there_are_answered_with_those_that_are() {
    let swemwbs = catalogue::find("swemwbs").unwrap();
    let wellbeing = swemwbs.measure("wellbeing").unwrap();
    let error = wellbeing.change_rule("shah").unwrap_err();
    assert_eq!(error.code(), "unknown-name");
    assert_eq!(
        error.to_string(),
        "`wellbeing` has no change rule `shah`; it has `nhs-england`, `shah-2018-2.77-sem`, `shah-2018-1-sem`"
    );
    let anxious = catalogue::find("ons4").unwrap().measure("anxious").unwrap();
    assert_eq!(
        anxious.change_rule("any").unwrap_err().to_string(),
        "`anxious` has no change rule `any`; it has none"
    );
    assert_eq!(anxious.scale().direction, Direction::LowerIsBetter);
    assert_eq!(
        swemwbs.measure("metric").unwrap_err().to_string(),
        "`swemwbs` has no measure `metric`; it has `wellbeing`"
    );
}

/// What the browser carries is what stands in the hand-edited files.
#[cfg(feature = "toml")]
#[test]
fn baked_instruments_equal_their_sources() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("instruments");
    let mut read = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let instrument = Instrument::from_toml(&std::fs::read_to_string(&path).unwrap()).unwrap();
        assert_eq!(path.file_stem().unwrap(), instrument.id());
        assert_eq!(catalogue::find(instrument.id()).unwrap(), &instrument);
        read += 1;
    }
    assert_eq!(read, catalogue::all().len());
}

#[test]
fn built_in_names_are_unique_and_sources_are_cited() {
    let mut registry = Registry::new();
    for instrument in catalogue::all() {
        registry.add(instrument.clone()).unwrap();
        for name in
            core::iter::once(instrument.id()).chain(instrument.aliases().iter().map(AsRef::as_ref))
        {
            assert_eq!(catalogue::find(name).unwrap().id(), instrument.id(), "{name}");
        }
        let json = serde_json::to_value(&instrument.definition().measures).unwrap().to_string();
        for source in instrument.sources() {
            assert!(json.contains(&format!("\"{}\"", source.id)), "{} is never cited", source.id);
            let doi = source.locator.strip_prefix("https://doi.org/");
            assert!(
                doi.is_none_or(|doi| doi.starts_with("10.") && doi.contains('/')),
                "{}",
                source.id
            );
        }
    }
}

/// A number that was not found in its source is offered by name and never chosen for anyone.
#[test]
fn unverified_numbers_are_never_defaults() {
    let mut unverified = BTreeSet::new();
    for instrument in catalogue::all() {
        for measure in instrument.measures() {
            let note = |id: &str| format!("{}/{id}", instrument.id());
            let sets = measure.band_sets().iter().map(|set| (&set.id, set.certainty));
            let rules = measure.change_rules().iter().map(|rule| (&rule.id, rule.certainty));
            let norms = measure.norms().iter().map(|norm| (&norm.id, norm.certainty));
            let values = measure.reliabilities().iter().map(|value| (&value.id, value.certainty));
            for (id, certainty) in sets.chain(rules).chain(norms).chain(values) {
                if certainty == Certainty::Unverified {
                    unverified.insert(note(id));
                }
            }
            let set = measure.default_band_set().map(|set| set.certainty);
            let rule = measure.default_change_rule().map(|rule| rule.certainty);
            assert!(![set, rule].contains(&Some(Certainty::Unverified)));
            assert_eq!(measure.missing_rule(), "refuse");
        }
    }
    let expected = ["swemwbs/england-2011", "swemwbs/person-separation-2009", "wemwbs/user-guide"];
    assert_eq!(unverified, expected.map(String::from).into());
}

/// A service that is given a megabyte for a name refuses it as soon as any other, in a sentence.
#[test]
fn a_name_of_a_megabyte_is_refused_in_a_sentence() {
    let name = "swemwbs".repeat(150_000);
    let message = catalogue::find(&name).unwrap_err().to_string();
    let begun = "no instrument is called \"swemwbsswemwbsswemwbsswemwbsswemwbsswemw…\"; the nearest names are `";
    assert!(message.starts_with(begun) && message.len() < 200, "{message}");
    let measure = catalogue::find("ucla-3").unwrap().measure(&name).unwrap_err().to_string();
    assert_eq!(
        measure,
        "`ucla-3` has no measure `swemwbsswemwbsswemwbsswemwbsswemwbsswemw…`; it has `loneliness`"
    );
}

/// The areas of a star are stages, as its publisher says, and the loneliness question has named answers.
#[test]
fn steps_and_stages_are_ordinal_and_sums_are_not() {
    let ordinal = |instrument: &Instrument| {
        let levels = instrument.measures().iter().map(Measure::level_of_measurement);
        levels.filter(|level| *level == LevelOfMeasurement::Ordinal).count()
    };
    for instrument in catalogue::all() {
        let of = instrument.measures().len();
        let is_steps = instrument.id().ends_with("-star")
            || ["older-persons-star-short", "ons-loneliness"].contains(&instrument.id());
        assert_eq!(ordinal(instrument), if is_steps { of } else { 0 }, "{}", instrument.id());
    }
}
