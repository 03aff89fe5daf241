//! What may leave a programme: nothing small in it, and nothing small to be worked out of it.
#![cfg(feature = "import")]
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod attack;
mod book;

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;
use std::sync::LazyLock;

use book::attack;
use clw_core::caseload::{Assessment, Episode, Person, Recorded, RowAccount, When};
use clw_core::completion::GroupBy;
use clw_core::disclosure::{Profile, PublishedShare, Rounding, Zeros};
use clw_core::evaluation::{DisclosedEvaluation, Evaluation, Plan};
use clw_core::import::{Import, Mapping};
use clw_core::instrument::Registry;
use clw_core::score::Answer;
use jiff::civil::date;
use serde_json::Value;

fn example() -> &'static Evaluation {
    static EXAMPLE: LazyLock<Evaluation> = LazyLock::new(|| example_by(&[]));
    &EXAMPLE
}

/// The example caseload, grouped by some things more.
fn example_by(more: &[GroupBy]) -> Evaluation {
    example_with(|plan| plan.group_by.extend(more))
}

/// The example caseload under another plan.
fn example_with(change: impl FnOnce(&mut Plan)) -> Evaluation {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../examples/caseload");
    let read = |name: &str| fs::read_to_string(folder.join(name)).unwrap();
    let registry = Registry::new();
    let mut plan = Plan::from_toml(&read("plan.toml")).unwrap();
    change(&mut plan);
    let plan = plan.check(&registry).unwrap();
    let mapping = Mapping::from_toml(&read("mapping.toml")).unwrap();
    let import = Import::new(mapping, &registry).unwrap().open(&folder).unwrap();
    plan.evaluate_import(import, 2).unwrap().0
}

fn json(disclosed: &DisclosedEvaluation) -> Value {
    serde_json::from_str(&disclosed.to_json().unwrap()).unwrap()
}

/// Every count in a value, by its path; `None` for a hidden one.
fn counts(path: &str, value: &Value, found: &mut BTreeMap<String, Option<u64>>) {
    const LEFT_OUT: [&str; 18] = [
        "provenance",
        "profile",
        "scale",
        "rule",
        // Of these the counts stand elsewhere, or are not of people.
        "axis",
        "band",
        "comparison",
        "curve",
        "days",
        "gradients",
        "indicator",
        "months-left-out",
        "lists",
        "options",
        "overdispersion",
        "reach",
        "special-causes",
        "value-pence",
    ];
    match value {
        Value::Object(fields) => fields
            .iter()
            .filter(|(name, _)| !LEFT_OUT.contains(&name.as_str()))
            .for_each(|(name, value)| counts(&format!("{path}/{name}"), value, found)),
        Value::Array(values) => values
            .iter()
            .enumerate()
            .for_each(|(place, value)| counts(&format!("{path}/{place}"), value, found)),
        Value::Number(number) if number.is_u64() => {
            found.insert(path.to_owned(), number.as_u64());
        }
        Value::String(text) if text == "hidden" => {
            found.insert(path.to_owned(), None);
        }
        _ => {}
    }
}

#[test]
fn no_small_count_stands_anywhere_in_what_is_published() {
    let evaluation = example();
    let no_zeros = Profile::new(4, Zeros::Hidden, Rounding::None).unwrap();
    for (profile, limit) in [(Profile::default(), 4), (Profile::strict(), 9), (no_zeros, 4)] {
        let disclosed = evaluation.disclosed(&profile).unwrap();
        let mut found = BTreeMap::new();
        counts("", &json(&disclosed), &mut found);
        let hidden = found.values().filter(|count| count.is_none()).count();
        assert!(hidden > 100 && found.len() > 2 * hidden, "{hidden} of {}", found.len());
        for (path, count) in found {
            assert!(count.is_none_or(|count| count == 0 || count > limit), "{path}: {count:?}");
        }
    }
}

/// A share is there if and only if both its counts are, and bounds and means as well.
#[test]
fn what_rests_on_a_hidden_count_is_hidden_with_it() {
    fn check(value: &Value) {
        if let Some(proportion) = value.get("proportion") {
            let hidden = [&value["count"], &value["of"]].iter().any(|count| *count == "hidden");
            assert_eq!(proportion.is_null(), hidden, "{value}");
        }
        match value {
            Value::Object(fields) => fields.values().for_each(check),
            Value::Array(values) => values.iter().for_each(check),
            _ => {}
        }
    }
    let disclosed = example().disclosed(&Profile::default()).unwrap();
    check(&json(&disclosed));
    for measure in &disclosed.measures {
        let change = &measure.change;
        assert!(change.means.is_none() || change.pairs.shown().is_some());
        for group in &measure.groups {
            let pairs = group.improved.of.shown();
            assert!(group.means.is_none() || pairs.is_some_and(|pairs| pairs >= 30));
        }
    }
}

/// The attacker builds the sums from what the report prints: boxes and who left them, groups and
/// their total, classes and moves and their margins, and what is left when one is taken from
/// another. The truth is only used to tell what was caught.
#[test]
fn nothing_small_is_worked_out_of_what_is_published() {
    // Months of the baseline divide people otherwise under each measure. Where months and practices
    // are no groups, charts show them.
    attack(&example_by(&[GroupBy::Gender, GroupBy::BaselineMonth, GroupBy::DueMonth]));
    attack(&example_with(|plan| plan.group_by = vec![GroupBy::SimdQuintile, GroupBy::AgeBand]));
}

/// All, forward, back and both say how many moved in neither of two areas, though no table has them.
#[test]
fn the_few_who_moved_in_no_area_of_a_star_are_not_worked_out() {
    let plan = r#"
        title = "Two areas"
        as-of = "2026-06-30"
        measures = [
          { instrument = "ons4", measure = "life-satisfaction" },
          { instrument = "ons4", measure = "anxious" },
        ]
        pairing = { baseline = { rule = "first" }, end-point = { rule = "last" }, due = { rule = "everyone" } }
    "#;
    let form = |month, [satisfied, anxious]: [i64; 2]| {
        let answers = [satisfied, 5, 5, anxious].map(Answer::Given).to_vec();
        Assessment::new("ons4", "2011", When::Date(date(2026, month, 1)), answers)
    };
    // Forward in one, forward and back, back in one, neither, forward in both, back in both.
    let moves = [([7, 5], 30), ([7, 7], 10), ([5, 7], 38), ([5, 5], 2), ([7, 3], 10), ([3, 7], 10)];
    let after = moves.iter().flat_map(|(after, people)| std::iter::repeat_n(*after, *people));
    let person = |(number, after): (usize, [i64; 2])| Person {
        id: number.to_string(),
        episodes: vec![Episode {
            referred: Recorded::Value(date(2026, 1, 1)),
            assessments: vec![form(1, [5, 5]), form(3, after)],
            ..Episode::default()
        }],
        ..Person::default()
    };
    let people: Vec<Person> = after.enumerate().map(person).collect();
    let plan = Plan::from_toml(plan).unwrap().check(&Registry::new()).unwrap();
    let evaluation = plan.evaluate(&people, &RowAccount::default()).unwrap();
    assert_eq!(evaluation.joint_findings[0].forward_and_back.count, 10);
    attack(&evaluation);
}

/// Few lost in one area, in two, or in each: whoever was asked again in one area at least and whoever in
/// each that was due say how many, beside the areas.
#[test]
fn the_few_lost_in_some_areas_of_a_star_are_not_worked_out() {
    let plan = r#"
        title = "Three areas"
        as-of = "2026-06-30"
        measures = [
          { instrument = "ons4", measure = "life-satisfaction" },
          { instrument = "ons4", measure = "worthwhile" },
          { instrument = "ons4", measure = "anxious" },
        ]
        pairing = { baseline = { rule = "first" }, end-point = { rule = "last" }, due = { rule = "everyone" } }
    "#;
    let plan = Plan::from_toml(plan).unwrap().check(&Registry::new()).unwrap();
    let form = |month, asked: [bool; 3], score: i64| {
        let answer = |asked: bool| if asked { Answer::Given(score) } else { Answer::Blank };
        let [satisfied, worthwhile, anxious] = asked.map(answer);
        let answers = vec![satisfied, worthwhile, Answer::Given(5), anxious];
        Assessment::new("ons4", "2011", When::Date(date(2026, month, 1)), answers)
    };
    let areas = |of: u32| [of & 1 > 0, of & 2 > 0, of & 4 > 0];
    let mut shown = 0;
    for seed in 0_u32..16 {
        // Of each way to be asked before and after, nobody, few or many.
        let number = |of: u32| (seed * 7919 + of * 104_729 + seed * of * 31) % 97;
        let mut people = Vec::new();
        for before in 1..8 {
            for after in (0..8).filter(|after| after & !before == 0) {
                let drawn = number(before * 8 + after);
                let many = if drawn % 3 == 0 { drawn % 5 } else { drawn % 13 * (drawn % 2) };
                people.extend((0..many).map(|at| Person {
                    id: format!("{before}-{after}-{at}"),
                    episodes: vec![Episode {
                        referred: Recorded::Value(date(2026, 1, 1)),
                        assessments: vec![
                            form(1, areas(before), 5),
                            form(3, areas(after), 4 + i64::from(at % 3)),
                        ],
                        ..Episode::default()
                    }],
                    ..Person::default()
                }));
            }
        }
        let evaluation = plan.evaluate(&people, &RowAccount::default()).unwrap();
        attack(&evaluation);
        let disclosed = evaluation.disclosed(&Profile::default()).unwrap();
        shown += usize::from(disclosed.joint[0].paired_throughout.proportion.is_some());
    }
    assert!(shown > 4, "{shown}");
}

/// Indices are there if and only if every count they are made of is; who has the counts has the indices.
#[test]
fn indices_of_inequality_rest_on_counts_that_are_all_shown() {
    let evaluation = example();
    for profile in [Profile::default(), Profile::strict()] {
        let disclosed = evaluation.disclosed(&profile).unwrap();
        for of in disclosed.measures.iter().flat_map(|measure| &measure.equity) {
            let Some(gradients) = &of.gradients else { continue };
            let shown = |share: fn(&clw_core::evaluation::DisclosedBand) -> PublishedShare| {
                of.rows.iter().map(share).all(|share| share.proportion.is_some())
            };
            assert_eq!(gradients.engagement.is_some(), shown(|row| row.engagement));
            assert_eq!(gradients.completion.is_some(), shown(|row| row.completion));
            assert_eq!(gradients.improved.is_some(), shown(|row| row.improved));
            assert_eq!(
                gradients.mean_change.is_some(),
                of.rows.iter().all(|row| row.means.is_some())
            );
        }
        for of in disclosed.measures.iter().flat_map(|measure| &measure.attrition.traits) {
            let shown = |of: &PublishedShare| of.count.shown().is_some();
            let others = of.other_levels.as_ref();
            let all = of.levels.iter().all(|of| shown(&of.paired) && shown(&of.unpaired))
                && others.is_none_or(|of| shown(&of.paired) && shown(&of.unpaired));
            assert_eq!(of.comparison.is_some(), all, "{:?}", of.by);
        }
    }
}

#[test]
fn rounded_counts_are_rounded_everywhere_and_shares_follow_them() {
    let profile = Profile::new(4, Zeros::Shown, Rounding::Conventional { base: 5 }).unwrap();
    let disclosed = example().disclosed(&profile).unwrap();
    let mut found = BTreeMap::new();
    counts("", &json(&disclosed), &mut found);
    found.retain(|path, _| !path.contains("bounds"));
    for (path, count) in found {
        assert!(count.is_none_or(|count| count % 5 == 0), "{path}: {count:?}");
    }
}

/// The page, the tables and the charts say what the JSON says and nothing else.
#[cfg(feature = "report")]
#[test]
fn page_tables_and_charts_hold_no_small_count() {
    use clw_core::report::{public_charts, public_csv, public_html};

    let disclosed = example_by(&[GroupBy::Gender]).disclosed(&Profile::default()).unwrap();
    let csv = public_csv(&disclosed);
    let counted =
        ["Episodes", "Count", "Of", "Referred", "Eligible", "Due", "Paired", "Improved", "All"];
    let mut seen = 0;
    for line in csv.lines().skip(1) {
        let (rest, value) = line.rsplit_once(',').unwrap();
        let column = rest.rsplit(',').next().unwrap();
        if counted.contains(&column) {
            seen += 1;
            let small = value.parse::<u64>().is_ok_and(|count| (1..=4).contains(&count));
            assert!(!small, "{line}");
            assert!(value == "hidden" || value.parse::<u64>().is_ok(), "{line}");
        }
    }
    assert!(seen > 500, "{seen}");
    let page = public_html(&disclosed);
    assert!(page.contains("Counts from 1 to 4 are hidden"));
    let cells = page.split("<td class=\"number\">").skip(1);
    for cell in cells.filter_map(|cell| cell.split_once('<')).map(|(cell, _)| cell) {
        assert!(!["1", "2", "3", "4"].contains(&cell), "a cell holds {cell}");
    }
    for chart in public_charts(&disclosed) {
        let layers = chart.vega_lite["layer"].as_array();
        let own = layers.into_iter().flatten().map(|layer| &layer["data"]["values"]);
        let rows = core::iter::once(&chart.vega_lite["data"]["values"]).chain(own);
        for row in rows.filter_map(Value::as_array).flatten() {
            for count in ["count", "of"] {
                assert!(!(1..=4).contains(&row[count].as_u64().unwrap_or(0)), "{row}");
            }
            // Bars of classes are counts themselves, and numbers of referrals.
            let Some(basis) = row["basis"].as_str() else { continue };
            let empty = basis.contains("hidden") || basis.ends_with(" of 0");
            assert_eq!(row["value"].is_null(), empty, "{row}");
        }
    }
}

#[test]
fn how_one_link_workers_episodes_came_out_stays_in_the_programme() {
    let evaluation = example();
    assert!(evaluation.plan().plan().group_by.contains(&GroupBy::Worker));
    assert!(evaluation.to_json().unwrap().contains("LW1"));
    assert!(!evaluation.disclosed(&Profile::default()).unwrap().to_json().unwrap().contains("LW1"));
}
