//! An attacker who knows the rule tries to work out what was hidden, and fails.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test: tables are valid by construction"
)]

mod attack;
mod attack_releases;
mod disclosure_samples;

use std::collections::{BTreeMap, BTreeSet};

use attack::Attack;
use attack_releases::caught_in_releases;
use clw_core::disclosure::{
    InRelease, Profile, Publication, Published, PublishedCount, Rounding, Tables, Zeros,
};
use disclosure_samples::{Cell, table};
use proptest::prelude::*;

/// No small count is worked out, and none is shown.
fn holds_against_attack<K: Ord + Clone + std::fmt::Debug>(
    tables: &Tables<K>,
    published: &Published<K>,
) {
    let truth: BTreeMap<K, u64> = tables.iter().map(|(cell, n)| (cell.clone(), n)).collect();
    let sums: Vec<(K, Vec<K>)> =
        tables.sums().map(|(total, parts)| (total.clone(), parts.to_vec())).collect();
    let shown = published.iter().filter_map(|(cell, count)| Some((cell.clone(), count.shown()?)));
    let limit = published.profile().hide_up_to();
    let attack = Attack::on(&truth, &sums, &shown.collect(), limit);
    assert_eq!(attack.caught(&truth, limit), []);
}

fn profiles() -> impl Strategy<Value = Profile> {
    prop_oneof![Just(Profile::default()), Just(Profile::strict())]
}

/// Two and three axes, with and without nested totals, up to a few hundred cells; counts are mostly
/// small, as in the tables that need protection.
fn tables() -> impl Strategy<Value = Tables<Cell>> {
    let lengths = prop_oneof![
        (2..12_u8, 2..9_u8).prop_map(|(a, b)| vec![a, b]),
        (2..5_u8, 2..6_u8, 2..5_u8).prop_map(|(a, b, c)| vec![a, b, c]),
    ];
    let count = prop_oneof![4 => 0..6_u64, 3 => 0..40_u64, 1 => 0..2000_u64];
    (lengths, any::<bool>(), prop::collection::vec(count, 125))
        .prop_map(|(lengths, nested, counts)| table(&lengths, nested, &counts).unwrap())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nothing_small_follows_from_random_tables(tables in tables(), profile in profiles()) {
        let published = tables.protect(&profile).unwrap();
        holds_against_attack(&tables, &published);
        prop_assert_eq!(tables.exposed(&published), Vec::<Cell>::new());
    }

    /// Cells and sums are given in another order, and some of them twice.
    #[test]
    fn the_order_of_cells_and_sums_does_not_matter(tables in tables(), turn in 0..50_usize) {
        let mut cells: Vec<(Cell, u64)> = tables.iter().map(|(c, n)| (c.clone(), n)).collect();
        let mut sums: Vec<(Cell, Vec<Cell>)> =
            tables.sums().map(|(total, parts)| (total.clone(), parts.to_vec())).collect();
        let (by_cells, by_sums) = (turn % cells.len(), turn % sums.len());
        cells.rotate_left(by_cells);
        sums.rotate_left(by_sums);
        sums.extend_from_within(..sums.len() / 2);
        let mut turned = Tables::new();
        for (cell, count) in cells {
            turned.insert(cell, count).unwrap();
        }
        for (total, mut parts) in sums {
            parts.reverse();
            turned.sum(total, parts).unwrap();
        }
        let profile = Profile::default();
        prop_assert_eq!(turned.protect(&profile).unwrap(), tables.protect(&profile).unwrap());
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 32, failure_persistence: None, ..ProptestConfig::default() })]

    /// Three releases of the same groups, to which people come and which some leave.
    #[test]
    fn nothing_small_follows_from_three_releases(
        before in prop::collection::vec(0..30_u64, 20),
        came in prop::collection::vec(prop_oneof![4 => Just(0), 4 => 0..8_i64, 1 => -6..0_i64], 20),
        then in prop::collection::vec(prop_oneof![4 => Just(0), 4 => 0..8_i64, 2 => 0..60_i64], 20),
    ) {
        let add = |counts: &[u64], more: &[i64]| -> Vec<u64> {
            counts.iter().zip(more).map(|(a, b)| a.saturating_add_signed(*b)).collect()
        };
        let after = add(&before, &came);
        let last = add(&after, &then);
        let profile = Profile::default();
        let mut releases: Vec<(Tables<Cell>, Published<Cell>)> = Vec::new();
        for counts in [before, after, last] {
            let tables = table(&[5, 4], false, &counts).unwrap();
            let earlier: Vec<_> = releases.iter().map(|(of, published)| (of, published)).collect();
            let published = tables.protect_after(&profile, &earlier).unwrap();
            releases.push((tables, published));
            prop_assert_eq!(caught_in_releases(&releases, 4), []);
        }
        let alone = releases.iter().map(|(of, _)| (of.clone(), of.protect(&profile).unwrap()));
        let alone: Vec<_> = alone.collect();
        let (last, earlier) = alone.split_last().unwrap();
        let earlier: Vec<_> = earlier.iter().map(|(of, published)| (of, published)).collect();
        let exposed = last.0.exposed_by_difference(&last.1, &earlier);
        for (cell, _) in caught_in_releases(&alone, 4) {
            prop_assert!(exposed.contains(&cell), "{:?} is worked out, and not among {:?}", cell, exposed);
        }
        let earlier: Vec<_> = releases.iter().map(|(of, published)| (of, published)).collect();
        let again = releases[2].0.protect_after(&profile, &earlier);
        prop_assert_eq!(again.as_ref(), Ok(&releases[2].1));
        // Counts that come back are a release like any other, or refused.
        for back in [1, 0] {
            let tables = releases[back].0.clone();
            let earlier: Vec<_> = releases.iter().map(|(of, published)| (of, published)).collect();
            let Ok(published) = tables.protect_after(&profile, &earlier) else { break };
            releases.push((tables, published));
            prop_assert_eq!(caught_in_releases(&releases, 4), []);
        }
    }
}

/// The first row has four more people in the last release than in the second. Were it taken for small,
/// nothing else would be possible; that it is more than the limit is.
#[test]
fn a_difference_of_the_limit_can_be_a_larger_one() {
    let profile = Profile::default();
    let mut releases: Vec<(Tables<Cell>, Published<Cell>)> = Vec::new();
    for counts in [
        [27, 19, 21, 24, 24, 15],
        [27, 26, 26, 29, 30, 15],
        [32, 26, 30, 34, 30, 37],
        [27, 26, 30, 29, 30, 37],
    ] {
        let tables = table(&[2, 3], false, &counts).unwrap();
        let earlier: Vec<_> = releases.iter().map(|(of, published)| (of, published)).collect();
        let published = tables.protect_after(&profile, &earlier).unwrap();
        releases.push((tables, published));
        assert_eq!(caught_in_releases(&releases, 4), []);
    }
}

/// Releases that were protected one by one say that one person came to the west.
#[test]
fn releases_that_were_not_looked_at_together_give_people_away() {
    let profile = Profile::default();
    let quarter = |north, south, west| {
        let mut tables = Tables::new();
        for (group, count) in [("north", north), ("south", south), ("west", west)] {
            tables.insert(group, count).unwrap();
        }
        tables.insert("all", north + south + west).unwrap();
        tables.sum("all", ["north", "south", "west"]).unwrap();
        let published = tables.protect(&profile).unwrap();
        (tables, published)
    };
    let (first, second) = (quarter(3, 20, 40), quarter(9, 30, 41));
    let caught = caught_in_releases(&[first.clone(), second.clone()], 4);
    assert_eq!(caught, [(InRelease::Between(0, 1, "west"), 1)]);
    let exposed = second.0.exposed_by_difference(&second.1, &[(&first.0, &first.1)]);
    assert_eq!(exposed, [InRelease::Between(0, 1, "west")]);
    let later = second.0.protect_after(&profile, &[(&first.0, &first.1)]).unwrap();
    assert_eq!(caught_in_releases(&[first, (second.0, later)], 4), []);
}

/// Counts that are as they were two releases ago say that whoever came since has left: `c` fell in
/// neither of the two steps, so it was 21 throughout, and one person came to all and left again.
#[test]
fn counts_that_come_back_are_a_release_like_any_other() {
    let profile = Profile::new(3, Zeros::Shown, Rounding::None).unwrap();
    let quarter = |[a, b, c]: [u64; 3]| {
        let mut tables = Tables::new();
        for (group, count) in [("a", a), ("b", b), ("c", c), ("all", a + b + c)] {
            tables.insert(group, count).unwrap();
        }
        tables.sum("all", ["a", "b", "c"]).unwrap();
        tables
    };
    let (first, second) = (quarter([4, 27, 21]), quarter([0, 32, 21]));
    let shown = first.protect(&profile).unwrap();
    let then = second.protect_after(&profile, &[(&first, &shown)]).unwrap();
    let earlier = [(&first, &shown), (&second, &then)];
    let exposed = first.exposed_by_difference(&shown, &earlier);
    assert_eq!(exposed, [InRelease::Between(0, 1, "all"), InRelease::Between(1, 2, "all")]);
    let again = first.protect_after(&profile, &earlier).unwrap();
    assert_eq!(first.exposed_by_difference(&again, &earlier), []);
}

/// A group of nobody that was a gap may stay one, but for one that everybody knows to be empty now.
#[test]
fn what_is_known_now_is_no_gap_because_it_was_one() {
    let quarter = |here: u64, publication| {
        let mut tables = Tables::new();
        for (group, count) in [("there", 10), ("elsewhere", 20), ("all", 30 + here)] {
            tables.insert(group, count).unwrap();
        }
        tables.insert_as("here", here, publication).unwrap();
        tables.sum("all", ["here", "there", "elsewhere"]).unwrap();
        tables
    };
    let profile = Profile::default();
    let first = quarter(3, Publication::Open);
    let gap = first.protect(&profile).unwrap();
    assert_eq!(gap.get(&"here"), Some(PublishedCount::Hidden));
    let later = quarter(0, Publication::Known).protect_after(&profile, &[(&first, &gap)]);
    assert_eq!(later.unwrap().get(&"here"), Some(PublishedCount::Shown(0)));
}

/// Nobody, then somebody; a group that is new, one that is gone, and nobody again.
#[test]
fn groups_may_come_and_go_between_releases() {
    let profile = Profile::default();
    let quarter = |groups: &[(&'static str, u64)]| {
        let mut tables = Tables::new();
        for (group, count) in groups {
            tables.insert(*group, *count).unwrap();
        }
        tables.insert("all", groups.iter().map(|(_, count)| count).sum()).unwrap();
        tables.sum("all", groups.iter().map(|(group, _)| *group)).unwrap();
        tables
    };
    let mut releases: Vec<(Tables<&str>, Published<&str>)> = Vec::new();
    for groups in [
        &[][..],
        &[("north", 12), ("south", 30)],
        &[("north", 12), ("south", 32), ("west", 20)],
        &[("south", 32), ("west", 23)],
        &[],
    ] {
        let tables = quarter(groups);
        let earlier: Vec<_> = releases.iter().map(|(of, published)| (of, published)).collect();
        let published = tables.protect_after(&profile, &earlier).unwrap();
        releases.push((tables, published));
        assert_eq!(caught_in_releases(&releases, 4), []);
    }
    let shown =
        |release: usize, group: &'static str| releases[release].1.get(&group).unwrap().shown();
    assert_eq!([shown(1, "all"), shown(2, "west"), shown(2, "south")], [Some(42), Some(20), None]);
}

/// A table by rows with totals, and what is hidden of it, marked by a minus.
fn hidden_in(rows: &[&[u64]]) -> Vec<Vec<bool>> {
    let length = |of: usize| u8::try_from(of).unwrap();
    let (height, width) = (length(rows.len()), length(rows[0].len()));
    let counts: Vec<u64> = rows.iter().flat_map(|row| row.iter().copied()).collect();
    let tables = table(&[height, width], false, &counts).unwrap();
    let published = tables.protect(&Profile::default()).unwrap();
    holds_against_attack(&tables, &published);
    let hidden: BTreeSet<&Cell> = published.hidden().collect();
    let places = |row: u8| (0..width).chain([disclosure_samples::TOTAL]).map(move |c| vec![row, c]);
    let all_rows = (0..height).chain([disclosure_samples::TOTAL]);
    all_rows.map(|row| places(row).map(|cell| hidden.contains(&cell)).collect()).collect()
}

#[test]
fn a_lone_small_count_takes_a_rectangle_with_it() {
    let (x, o) = (true, false);
    assert_eq!(
        hidden_in(&[&[3, 20, 31], &[40, 21, 50], &[60, 70, 80]]),
        [[x, x, o, o], [x, x, o, o], [o, o, o, o], [o, o, o, o]]
    );
}

#[test]
fn two_fours_that_add_up_to_eight_hide_more_than_each_other() {
    // 4 + 4 = 8 leaves each of two counts up to 4 one value only; the pair of columns does not help.
    let hidden = hidden_in(&[&[4, 4, 0, 30], &[4, 4, 0, 40], &[9, 9, 50, 60]]);
    let row = &hidden[0];
    assert!(row[0] && row[1] && (row[3] || row[4]), "{hidden:?}");
}

#[test]
fn a_small_total_hides_what_it_is_made_of() {
    let (x, o) = (true, false);
    // The zero at the end of the first row follows from its column, in which nothing else is hidden.
    assert_eq!(
        hidden_in(&[&[0, 2, 0], &[30, 40, 50], &[25, 35, 45]]),
        [[x, x, o, x], [o, o, o, o], [x, x, o, x], [o, o, o, o]]
    );
}

#[test]
fn nothing_is_hidden_without_a_reason() {
    for rows in [&[&[0, 20][..], &[7, 0]][..], &[&[0, 0], &[0, 0]], &[&[5, 5], &[5, 5]]] {
        assert!(hidden_in(rows).into_iter().flatten().all(|hidden| !hidden), "{rows:?}");
    }
}

#[test]
fn no_tables_and_one_cell_are_tables_too() {
    let profile = Profile::default();
    assert_eq!(Tables::<u8>::new().protect(&profile).unwrap().iter().count(), 0);
    for (count, shown) in
        [(0, Some(0)), (1, None), (4, None), (5, Some(5)), (u64::MAX, Some(u64::MAX))]
    {
        let mut tables = Tables::new();
        tables.insert("all", count).unwrap();
        assert_eq!(tables.protect(&profile).unwrap().get(&"all").unwrap().shown(), shown);
    }
}

#[test]
fn what_is_known_already_cannot_be_protected() {
    let mut tables = Tables::new();
    tables.insert_as("all", 12, Publication::Known).unwrap();
    tables.insert_as("others", 10, Publication::Known).unwrap();
    tables.insert("here", 2).unwrap();
    tables.sum("all", ["here", "others"]).unwrap();
    let error = tables.protect(&Profile::default()).unwrap_err();
    assert_eq!(error.code(), "cannot-be-protected");
    assert!(error.to_string().contains("\"here\""), "{error}");
}

#[test]
fn a_sum_of_nothing_is_nobody_under_every_profile() {
    let mut tables = Tables::new();
    tables.insert_as("all", 9, Publication::Headline).unwrap();
    for (cell, count) in [("here", 9), ("there", 0), ("next year", 0), ("May", 0)] {
        tables.insert(cell, count).unwrap();
    }
    tables.sum("all", ["here", "there"]).unwrap();
    tables.sum("next year", []).unwrap();
    tables.sum("next year", ["May"]).unwrap();
    let profile = Profile::new(4, Zeros::Hidden, Rounding::None).unwrap();
    let published = tables.protect(&profile).unwrap();
    assert!(published.hidden().eq(&["here", "there"]), "{published:?}");
    assert!(tables.exposed(&published).is_empty());
}

#[test]
fn a_complement_is_a_count_too() {
    // 47 of 48 paired says that one is not.
    let mut tables = Tables::new();
    tables.insert("due", 48).unwrap();
    tables.insert("paired", 47).unwrap();
    tables.insert_as("not paired", 1, Publication::Withheld).unwrap();
    tables.sum("due", ["paired", "not paired"]).unwrap();
    let published = tables.protect(&Profile::default()).unwrap();
    assert_eq!(published.hidden().count(), 1);
    assert_eq!(published.get(&"not paired"), None);
}

#[test]
fn a_group_within_a_group_is_found_by_subtraction() {
    // The valley was published first, then the valley without its smallest village.
    let mut tables = Tables::new();
    tables.insert_as("valley", 60, Publication::Known).unwrap();
    tables.insert("without the village", 57).unwrap();
    tables.insert_as("village", 3, Publication::Withheld).unwrap();
    tables.sum("valley", ["without the village", "village"]).unwrap();
    let profile = Profile::default();
    let published = tables.protect(&profile).unwrap();
    assert_eq!(published.get(&"without the village"), Some(PublishedCount::Hidden));
    let mut alone = Tables::new();
    alone.insert("without the village", 57).unwrap();
    let careless = alone.protect(&profile).unwrap();
    assert_eq!(careless.hidden().count(), 0);
    assert_eq!(tables.exposed(&careless), ["village"]);
}

/// What integer programming finds possible of each small count in what is published here: SciPy
/// 1.17.1 `milp` by `oracles/disclosure.py`, on these very views.
#[test]
fn integer_programming_finds_no_small_count() {
    let golden: serde_json::Value =
        serde_json::from_str(include_str!("golden/disclosure.json")).unwrap();
    for case in golden["cases"].as_array().unwrap() {
        let read = |key: &str| -> Vec<u64> { serde_json::from_value(case[key].clone()).unwrap() };
        let lengths: Vec<u8> = serde_json::from_value(case["lengths"].clone()).unwrap();
        let tables = table(&lengths, case["nested"] == true, &read("counts")).unwrap();
        let limit = case["hide-up-to"].as_u64().unwrap();
        let profile = Profile::new(limit, Zeros::Shown, Rounding::None).unwrap();
        let published = tables.protect(&profile).unwrap();
        let name = |cell: &Cell| {
            cell.iter().map(|place| format!("{place:03}")).collect::<Vec<_>>().join(".")
        };
        let hidden: Vec<String> = published.hidden().map(name).collect();
        assert_eq!(serde_json::json!(hidden), case["hidden"], "{}", case["name"]);
        let possible: Vec<(String, u64, u64)> =
            serde_json::from_value(case["possible"].clone()).unwrap();
        for (cell, least, most) in &possible {
            assert!(least < most && hidden.contains(cell), "{}: {cell}", case["name"]);
        }
        assert_eq!(case["as-wide-as-could-be"], possible.len(), "{}", case["name"]);
    }
}
