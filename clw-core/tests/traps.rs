//! Traps that packages for this work were seen to fall into, where no other test is about them.
//!
//! The others are tested where they belong:
//!
//! | trap | test |
//! |---|---|
//! | an even split has p = 1 with and without zeros; no change at all has no p | `change::golden::an_even_split_has_p_1_and_no_change_at_all_is_an_outcome` |
//! | less and greater exchange with the sittings, to the bit | `properties_change::less_is_greater_of_the_exchanged_sittings` |
//! | a tiny p is not 0 | `change::golden::a_tiny_p_is_not_0` |
//! | an interval contains its estimate and states the level it achieves | `properties_change::intervals_contain_their_estimates_and_p_is_a_probability`, `change::golden_ranks::hodges_lehmann_is_the_median_of_all_walsh_averages` |
//! | many spellings of a blank; −9 and 300 are no answers | `import::answers_are_numbers_labels_and_many_kinds_of_blank`, `score::offered::what_is_no_answer_is_refused`, and each binding's tests of scoring |
//! | an unknown key, a gap or an overlap of bands in a definition | `instrument::tests::unknown_keys_are_refused_at_every_depth`, `every_check_names_the_place_and_the_remedy` |
//! | a conversion table read at an estimated sum | `instrument::tests::every_check_names_the_place_and_the_remedy` |
//! | nobody is both improved and deteriorated | `properties_classes::a_person_is_of_one_class_and_a_better_score_is_never_of_a_worse_one` |
//! | n³ in a narrow integer | `change::golden::tie_terms_and_sums_are_wide_enough_for_the_largest_table` |
//! | other bytes in another language | `change_lines::golden_tables_have_one_line_each`, read again by pytest and Node |
#![cfg(feature = "import")]
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use clw_core::change::{BootstrapOptions, Change, ChangeOptions, PairCounts, SignFlipOptions};
use clw_core::evaluation::{CheckedPlan, Plan};
use clw_core::import::{Import, Mapping, TableName};
use clw_core::instrument::{Direction, Points, Registry, Scale, catalogue};
use clw_core::score::{Answer, Outcome};
use serde_json::Value;

const HEADINGS: &str = "Client,When,1,2,3,4,5,6,7\n";

/// Answers of all 2, 3, … on SWEMWBS; `C` has no follow-up, and one far from the others' scores.
const ROWS: [&str; 6] = [
    "A,2026-01-05,2,2,2,2,2,2,2\n",
    "A,2026-03-05,3,3,3,3,3,3,3\n",
    "B,2026-01-06,3,3,3,3,3,3,3\n",
    "B,2026-03-06,5,5,5,5,5,5,5\n",
    "C,2026-01-07,1,1,1,1,1,1,1\n",
    "D,2026-03-07,4,4,4,4,4,4,4\n",
];

fn mapping(sitting: &str, more: &str) -> Mapping {
    Mapping::from_toml(&format!(
        r#"
        dates = ["iso"]
        [tables.assessments]
        file = "forms.csv"
        columns = {{ person = "Client", {sitting} = "When", answers = ["1", "2", "3", "4", "5", "6", "7"] }}
        constants = {{ instrument = "swemwbs" }}
        {more}
        "#
    ))
    .unwrap()
}

fn plan() -> CheckedPlan {
    let plan = r#"
        title = "Traps"
        as-of = "2026-06-30"
        pairing.baseline.rule = "first"
        pairing.end-point.rule = "last"
        pairing.due.rule = "everyone"
        [[measures]]
        instrument = "swemwbs"
    "#;
    Plan::from_toml(plan).unwrap().check(&Registry::new()).unwrap()
}

fn import<'a>(mapping: Mapping, csv: &'a str) -> Import<'a> {
    Import::new(mapping, &Registry::new()).unwrap().table(TableName::Assessments, csv.as_bytes())
}

#[test]
fn shuffled_rows_with_their_ids_give_the_same_bytes_and_say_who_is_not_paired() {
    let plan = plan();
    let evaluated = |rows: &[&str]| {
        let csv = format!("{HEADINGS}{}", rows.concat());
        let import = || import(mapping("date", ""), &csv);
        let (evaluation, _) = plan.evaluate_import(import(), 1).unwrap();
        let people = import().read().unwrap().0;
        let rows = people.iter().flat_map(|person| plan.person_rows(person));
        let mut fates: Vec<_> = rows.map(|row| (row.person, row.fate.code())).collect();
        fates.sort();
        (evaluation.to_json().unwrap(), fates)
    };
    let [a1, a2, b1, b2, c1, d2] = ROWS;
    let (bytes, fates) = evaluated(&ROWS);
    assert_eq!(
        fates,
        [
            ("A".to_owned(), "paired"),
            ("B".to_owned(), "paired"),
            ("C".to_owned(), "follow-up-missing"),
            ("D".to_owned(), "follow-up-missing"),
        ]
    );
    for shuffled in [[d2, b2, a2, c1, b1, a1], [b2, a1, d2, c1, a2, b1]] {
        assert_eq!(evaluated(&shuffled), (bytes.clone(), fates.clone()));
    }
}

#[test]
fn after_and_before_have_no_order_but_a_declared_one() {
    // By the alphabet, after comes before before.
    let csv = format!("{HEADINGS}A,After,3,3,3,3,3,3,3\nA,Before,2,2,2,2,2,2,2\n");
    let undeclared = import(mapping("occasion", ""), &csv).dry_run().unwrap();
    assert_eq!(undeclared.report.account.tables["assessments"].used, 0);
    assert_eq!(
        undeclared.report.problems[0].to_string(),
        "forms.csv, row 2 (line 2): \"When\" holds \"After\", which has no place in [occasions]; \
         give it one [unknown-occasion]"
    );
    let declared = mapping("occasion", "[occasions]\nbefore = 1\nafter = 2");
    let (evaluation, _) = plan().evaluate_import(import(declared, &csv), 1).unwrap();
    let change = &evaluation.findings[0].change;
    assert_eq!((change.n, change.any_change.improved.count), (1, 1));
}

#[test]
fn an_incomplete_form_and_a_form_of_noughts_have_no_total() {
    let swemwbs = catalogue::find("swemwbs").unwrap();
    let mut one_blank = vec![Answer::Given(3); 7];
    one_blank[6] = Answer::Blank;
    for answers in [one_blank, vec![Answer::Given(0); 7], vec![Answer::Blank; 7]] {
        let sheet = swemwbs.score(&answers).unwrap();
        let outcome = &sheet.measures[0].outcome;
        assert!(!matches!(outcome, Outcome::Scored(_)), "{answers:?}");
    }
}

#[test]
fn descriptives_are_of_the_pairs_and_of_nobody_else() {
    let evaluated = |rows: &[&str]| {
        let csv = format!("{HEADINGS}{}", rows.concat());
        let (evaluation, _) = plan().evaluate_import(import(mapping("date", ""), &csv), 1).unwrap();
        evaluation.findings[0].change.clone()
    };
    let all = evaluated(&ROWS);
    assert_eq!(all, evaluated(&ROWS[..4]));
    // By the published table the sums 14 and 21 are 15.32 and 19.25.
    assert_eq!(all.baseline.mean.computed(), Some(&17.285));
    assert_eq!((all.baseline.n, all.follow_up.n, all.change.n), (2, 2, 2));
}

#[test]
fn every_result_has_its_n_and_numbers_of_one_name_are_equal() {
    let scale = Scale {
        direction: Direction::HigherIsBetter,
        steps_per_unit: 1,
        lowest: Points(0),
        highest: Points(10),
    };
    let pairs =
        PairCounts::count_steps(scale, &[3, 3, 4, 5, 5, 6, 7], &[4, 3, 6, 4, 8, 9, 9]).unwrap();
    let options = ChangeOptions {
        sign_flip: Some(SignFlipOptions::default()),
        bootstrap: Some(BootstrapOptions::default()),
        ..ChangeOptions::default()
    };
    let change = Change::of(&pairs, &options).unwrap();
    let results = serde_json::to_value(&change).unwrap();
    let results = results.as_object().unwrap();
    let of_everybody = Value::from(7);
    for (name, result) in results.iter().filter(|(_, result)| result.is_object()) {
        assert_eq!(result.get("n"), Some(&of_everybody), "{name}");
    }
    let at = |path: &str| {
        results.get(path.split('/').next().unwrap()).map(|result| {
            path.split('/').skip(1).fold(result, |value, key| &value[key]).as_f64().unwrap()
        })
    };
    for alike in [
        &["change/mean", "paired-t/mean-change", "bootstrap/mean-change/estimate"][..],
        &["cohens-dz/cohens-dz", "bootstrap/cohens-dz/estimate"],
        &["hodges-lehmann/hodges-lehmann", "bootstrap/hodges-lehmann/estimate"],
        &[
            "signed-rank/n-used",
            "rank-biserial/n-used",
            "sign-test/n-used",
            "hodges-lehmann/n-used",
        ],
        &["signed-rank/zeros", "rank-biserial/zeros", "sign-test/zeros", "hodges-lehmann/zeros"],
        &["any-change/improved/proportion/value", "bootstrap/share-improved/estimate"],
    ] {
        let values: Vec<_> = alike.iter().map(|path| at(path).unwrap()).collect();
        assert!(
            values.windows(2).all(|two| two[0].to_bits() == two[1].to_bits()),
            "{alike:?}: {values:?}"
        );
    }
}
