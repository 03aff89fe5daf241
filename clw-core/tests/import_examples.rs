//! The example files, read through their mappings, come out as they were made.

#![cfg(feature = "import")]
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test stops at the first surprise"
)]

use std::path::PathBuf;

use clw_core::caseload::{Person, Recorded, RowAccount};
use clw_core::import::{Import, Mapping};
use clw_core::instrument::{Registry, catalogue};

fn example(name: &str) -> Import<'static> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../examples").join(name);
    let mapping = std::fs::read_to_string(folder.join("mapping.toml")).unwrap();
    let mapping = Mapping::from_toml(&mapping).unwrap();
    Import::new(mapping, &Registry::new()).unwrap().open(&folder).unwrap()
}

fn rejected(account: &RowAccount, table: &str) -> Vec<(String, u64)> {
    account.tables[table].rejected.clone().into_iter().collect()
}

/// The counts are those of `truth.json`: `assessment-rows` and `people`.
#[test]
fn the_caseload_comes_out_as_it_was_spoilt() {
    let run = example("caseload").dry_run().unwrap();
    let account = &run.report.account;
    assert_eq!(run.people, 2250);
    assert_eq!(account.tables["assessments"].read, 2626 + 559);
    let expected = [("missing-date", 9), ("two-person-ids", 1), ("unknown-episode", 4)];
    assert_eq!(rejected(account, "assessments"), expected.map(|(code, n)| (code.to_owned(), n)));
    for (name, table) in &account.tables {
        assert_eq!(table.read, table.used + table.rejected.values().sum::<u64>(), "{name}");
        let spoilt = name == "assessments";
        assert!(spoilt || table.warned.is_empty(), "{name}: {:?}", table.warned);
        assert!(spoilt || table.rejected.is_empty(), "{name}");
    }
    let warned = &account.tables["assessments"].warned;
    assert_eq!(*warned, [("answer-out-of-range".to_owned(), 7)].into());
    assert_eq!(account.tables["episodes"].used, 2400);
}

/// Torveith lists no contacts; everyone it saw has a date first seen.
#[test]
fn contacts_of_a_practice_that_lists_none_are_not_known() {
    let (people, _) = example("caseload").read().unwrap();
    let torveith = Recorded::Value("Torveith Surgery".to_owned());
    let episodes = || people.iter().flat_map(|p| &p.episodes).filter(|e| e.practice == torveith);
    assert_eq!(episodes().count(), 179);
    assert_eq!(episodes().filter(|e| e.contacts == Recorded::NotKnown).count(), 145);
    assert!(episodes().all(|e| e.contacts.value().is_none_or(Vec::is_empty)));
}

/// The counts and the mean are those of `truth.json`.
#[test]
fn the_wide_file_has_the_pairs_it_was_made_with() {
    let (people, report) = example("wide").read().unwrap();
    assert_eq!(people.len(), 120);
    let last_before_first = [("follow-up-before-baseline".to_owned(), 3)];
    assert_eq!(rejected(&report.account, "forms"), last_before_first);
    let wellbeing = catalogue::find("swemwbs").unwrap().measure("wellbeing").unwrap();
    let changes: Vec<i32> = people
        .iter()
        .filter_map(|person| {
            let [first, last] = person.episodes[0].assessments.as_slice() else { return None };
            let points = |form: &clw_core::caseload::Assessment| wellbeing.points(&form.answers);
            Some(points(last).ok()?.0 - points(first).ok()?.0)
        })
        .collect();
    assert_eq!(changes.len(), 66);
    let mean = f64::from(changes.iter().sum::<i32>()) / 66.0 / 100.0;
    assert!((mean - 3.245_909_090_909_090_6).abs() < 1e-12, "{mean}");
}

/// 220 people, two occasions, three subscales: `python3 -c "import csv; …"` counts 1,320 rows.
#[test]
fn rows_of_subscales_become_whole_forms() {
    let (people, report) = example("dass21").read().unwrap();
    assert_eq!(people.len(), 220);
    assert_eq!(report.account.tables["assessments"].used, 1320);
    let forms = |person: &Person| person.episodes[0].assessments.len();
    assert_eq!(people.iter().map(forms).sum::<usize>(), 440);
    // Person 1 before: depression 1,1,1,1,1,2,0 at items 3, 5, 10, 13, 16, 17 and 21.
    let before = &people[0].episodes[0].assessments[0];
    let dass = catalogue::find("dass-21").unwrap();
    let total = |id: &str| dass.measure(id).unwrap().points(&before.answers).unwrap().0;
    assert_eq!((total("depression"), total("anxiety"), total("stress")), (14, 18, 18));
}
