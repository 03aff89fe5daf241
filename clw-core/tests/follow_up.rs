//! When people were followed up, whose follow-up is wanted, and how those fared after the end.
#![cfg(feature = "toml")]
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use clw_core::caseload::{
    Assessment, Attendance, Contact, EndReason, Episode, Hold, Person, Recorded, RowAccount, When,
};
use clw_core::evaluation::{CheckedPlan, DueRow, DueState, DueWindow, MeasureFindings, Plan};
use clw_core::instrument::Registry;
use clw_core::score::Answer;
use jiff::ToSpan;
use jiff::civil::{Date, date};

const START: Date = date(2026, 1, 1);

fn day(n: i32) -> Date {
    START.checked_add(n.days()).unwrap()
}

/// As of day 180.
fn plan(pairing: &str) -> CheckedPlan {
    let text = format!(
        "title = \"A plan\"\nas-of = \"2026-06-30\"\nafter-exit-days = 28\n\
         pairing.baseline.rule = \"first\"\n{pairing}\n[[measures]]\ninstrument = \"swemwbs\"\n"
    );
    Plan::from_toml(&text).unwrap().check(&Registry::default()).unwrap()
}

fn last_when_closed() -> CheckedPlan {
    plan("pairing.end-point.rule = \"last\"\npairing.due.rule = \"closed\"")
}

fn ended_by(end_point: &str) -> CheckedPlan {
    plan(&format!("pairing.end-point = {end_point}\npairing.due.rule = \"closed\""))
}

fn at_twelve_weeks() -> CheckedPlan {
    plan(
        "pairing.end-point = { rule = \"within-days\", target = 84, window = 28 }\n\
         pairing.due = { rule = \"days-since-baseline\", days = 112 }",
    )
}

/// Sittings on (day, answer), seen on the first of these days.
fn episode(id: &str, sittings: &[(i32, i64)]) -> Episode {
    let form = |(n, answer): &(i32, i64)| {
        Assessment::new("swemwbs", "2009", When::Date(day(*n)), vec![Answer::Given(*answer); 7])
    };
    let contact = |(n, _): &(i32, i64)| Contact {
        date: Recorded::Value(day(*n)),
        attendance: Recorded::Value(Attendance::Seen),
        ..Contact::default()
    };
    Episode {
        id: id.to_owned(),
        worker: Recorded::Value("LW1".to_owned()),
        referred: Recorded::Value(START),
        accepted: Recorded::Value(true),
        contacts: Recorded::Value(sittings.iter().take(1).map(contact).collect()),
        assessments: sittings.iter().map(form).collect(),
        ..Episode::default()
    }
}

fn closed(on: i32, mut episode: Episode) -> Episode {
    episode.closed = Recorded::Value(day(on));
    episode
}

fn held(from: i32, mut episode: Episode) -> Episode {
    episode.holds.push(Hold { from: day(from), to: None });
    episode
}

fn deceased(mut episode: Episode) -> Episode {
    episode.end_reason = Recorded::Value(EndReason::Deceased);
    episode
}

fn person(episodes: Vec<Episode>) -> Person {
    Person { id: "P1".to_owned(), episodes, ..Person::default() }
}

fn findings(plan: &CheckedPlan, episodes: Vec<Episode>) -> MeasureFindings {
    plan.evaluate(&[person(episodes)], &RowAccount::default()).unwrap().findings.remove(0)
}

#[test]
fn each_baseline_is_watched_until_a_follow_up_or_until_nothing_can_be_seen() {
    let mut undated = episode("8", &[(10, 2)]);
    undated.assessments[0].when = When::Occasion(1);
    let episodes = vec![
        episode("1", &[(10, 2), (38, 3), (90, 4)]), // followed up on day 28
        episode("2", &[(10, 2)]),                   // open: 170 days
        held(50, episode("3", &[(10, 2)])),         // on hold: 40 days
        closed(60, episode("4", &[(10, 2)])),       // closed without: 170 days
        deceased(closed(60, episode("5", &[(10, 2)]))), // 50 days
        closed(60, episode("6", &[(10, 2), (80, 3)])), // after the closure: 70 days
        episode("7", &[]),                          // no baseline
        undated,
    ];
    let plan = last_when_closed();
    let evaluation = plan.evaluate(&[person(episodes)], &RowAccount::default()).unwrap();
    let counts = &evaluation.counts.measures[0].follow_up_times;
    let days: Vec<_> =
        counts.days.days().map(|(day, of)| (day, of.followed_up, of.censored)).collect();
    assert_eq!(days, [(28, 1, 0), (40, 0, 1), (50, 0, 1), (70, 1, 0), (170, 0, 2)]);
    assert_eq!(counts.without_dates, 1);
    let found = &evaluation.findings[0].time_to_follow_up;
    assert_eq!((found.people, found.followed_up, found.without_dates), (6, 2, 1));
    // 1 − 5/6 after four weeks; 1 − 5/6 · 2/3 after twelve.
    let shares: Vec<f64> =
        found.by_day.iter().filter_map(|by| by.share.computed().copied()).collect();
    assert!((shares[0] - 1.0 / 6.0).abs() < 1e-12);
    assert!((shares[1] - 4.0 / 9.0).abs() < 1e-12);
}

#[test]
fn a_gain_is_looked_at_again_some_time_after_the_end() {
    let episodes = vec![
        closed(60, episode("1", &[(10, 2), (58, 4), (100, 3)])),
        closed(60, episode("2", &[(10, 2), (87, 4)])), // day 27 after the end is too early
        closed(60, episode("3", &[(10, 2), (88, 4)])), // no score at the end
        closed(160, episode("4", &[(10, 2), (170, 4)])), // ended too lately to tell
        episode("5", &[(10, 2), (170, 4)]),
        deceased(closed(60, episode("6", &[(10, 2)]))),
    ];
    let after = findings(&last_when_closed(), episodes).after_exit.unwrap();
    assert_eq!((after.days, after.followed_up.count, after.followed_up.of), (28, 2, 3));
    // Raw 14, 21, 28 are 15.32, 19.25 and 25.03.
    let mean = after.since_baseline.change.mean.computed().unwrap();
    assert!((mean - (3.93 + 9.71) / 2.0).abs() < 1e-12);
    assert_eq!(after.since_exit.change.n, 1);
    assert!((after.since_exit.change.mean.computed().unwrap() + 5.78).abs() < 1e-12);
}

fn rows(plan: &CheckedPlan, episodes: Vec<Episode>, from: i32, until: i32) -> Vec<DueRow> {
    plan.due_list(&[person(episodes)], DueWindow::new(day(from), day(until)).unwrap())
}

fn states(rows: &[DueRow]) -> Vec<(&str, DueState, Option<i64>)> {
    rows.iter().map(|row| (row.episode.as_str(), row.state, row.days_overdue)).collect()
}

#[test]
fn a_due_list_says_whose_follow_up_is_wanted_and_how_urgently() {
    let episodes = vec![
        episode("open", &[(10, 2)]),
        closed(190, episode("will-close", &[(10, 2)])),
        closed(100, episode("closed", &[(10, 2)])),
        closed(170, episode("just-closed", &[(10, 2)])),
        closed(150, episode("followed-up", &[(10, 2), (150, 3)])),
        held(50, episode("held", &[(10, 2)])),
        episode("no-baseline", &[]),
    ];
    let listed = rows(&last_when_closed(), episodes, 170, 184);
    let expected = [
        ("closed", DueState::Overdue, Some(70)),
        ("just-closed", DueState::Due, None),
        ("held", DueState::OnHold, None),
        ("open", DueState::NotYetKnowable, None),
        // A closure after the as-of date is not known yet.
        ("will-close", DueState::NotYetKnowable, None),
    ];
    assert_eq!(states(&listed), expected);
    assert_eq!(listed[0].due, Some(day(100)));
    assert_eq!((listed[0].worker.as_deref(), listed[0].baseline), (Some("LW1"), Some(day(10))));
}

#[test]
fn nothing_is_wanted_of_a_person_who_has_died_in_any_episode() {
    let left_open = || closed(100, episode("earlier", &[(10, 2)]));
    assert_eq!(rows(&last_when_closed(), vec![left_open()], 170, 184).len(), 1);
    // Before the as-of date, after it, and on a day that nobody recorded.
    for last in
        [closed(120, episode("last", &[])), closed(190, episode("last", &[])), episode("last", &[])]
    {
        let listed = rows(&last_when_closed(), vec![left_open(), deceased(last)], 170, 184);
        assert_eq!(states(&listed), []);
    }
}

#[test]
fn a_follow_up_near_a_day_is_wanted_while_it_can_count() {
    let of = |baseline: i32, then: &[(i32, i64)]| {
        let sittings: Vec<_> = [(baseline, 2)].into_iter().chain(then.iter().copied()).collect();
        let listed = rows(&at_twelve_weeks(), vec![episode("1", &sittings)], 180, 194);
        listed.first().map(|row| (row.state, row.due, row.counts_until))
    };
    // 112 days before the list begins is the last baseline whose follow-up would still count.
    assert_eq!(of(67, &[]), None);
    assert_eq!(of(68, &[]), Some((DueState::Due, Some(day(180)), Some(day(180)))));
    assert_eq!(of(100, &[]), Some((DueState::Due, Some(day(212)), Some(day(212)))));
    // 56 days after the list ends it can count for the first time.
    assert_eq!(of(138, &[]), Some((DueState::Due, Some(day(250)), Some(day(250)))));
    assert_eq!(of(139, &[]), None);
    // One too early does not count; one in time does.
    assert!(of(100, &[(120, 3)]).is_some());
    assert_eq!(of(100, &[(156, 3)]), None);
}

#[test]
fn a_follow_up_up_to_the_closure_is_wanted_while_it_can_count() {
    let of = |end_point: &str, episode: Episode| {
        let listed = rows(&ended_by(end_point), vec![episode], 180, 194);
        listed.first().map(|row| (row.state, row.days_overdue, row.counts_until))
    };
    let overdue = |days: i64, until: i32| Some((DueState::Overdue, Some(days), Some(day(until))));
    for rule in ["last-until-closure\", days", "at-closure\", window"] {
        let rule = format!("{{ rule = \"{rule} = 28 }}");
        assert_eq!(of(&rule, closed(152, episode("1", &[(10, 2)]))), overdue(28, 180), "{rule}");
        // 28 days after the end are over before the list begins.
        assert_eq!(of(&rule, closed(151, episode("1", &[(10, 2)]))), None, "{rule}");
        let open = Some((DueState::NotYetKnowable, None, None));
        assert_eq!(of(&rule, episode("1", &[(10, 2)])), open, "{rule}");
    }
    // Closed for want of activity, which a form would show.
    let pairing = "infer-closure-after-days = 90\n\
                   pairing.end-point = { rule = \"last-until-closure\", days = 28 }\n\
                   pairing.due.rule = \"closed\"";
    let quiet = rows(&plan(pairing), vec![episode("1", &[(10, 2)])], 180, 194);
    assert_eq!(quiet.first().map(|row| row.counts_until), Some(None));
    let endless = "{ rule = \"last-until-closure\", days = 4294967295 }";
    let listed = of(endless, closed(20, episode("1", &[(10, 2)])));
    assert_eq!(listed, Some((DueState::Overdue, Some(160), None)));
}

#[test]
fn the_order_of_a_due_list_does_not_hang_on_the_order_of_people() {
    let of = |id: &str, on| Person {
        id: id.to_owned(),
        episodes: vec![closed(on, episode("1", &[(10, 2)])), episode("2", &[(20, 2)])],
        ..Person::default()
    };
    let mut people = vec![of("C", 100), of("A", 120), of("B", 100)];
    let window = DueWindow::new(day(170), day(180)).unwrap();
    let listed = last_when_closed().due_list(&people, window);
    let order: Vec<&str> = listed.iter().map(|row| row.person.as_str()).collect();
    assert_eq!(order, ["B", "C", "A", "A", "B", "C"]);
    people.reverse();
    assert_eq!(last_when_closed().due_list(&people, window), listed);
}

#[test]
fn a_window_ends_no_earlier_than_it_begins() {
    let error = DueWindow::new(day(2), day(1)).unwrap_err();
    assert_eq!(
        error.to_string(),
        "until is before from, which nothing can meet; give a day on or after it"
    );
    assert!(DueWindow::new(day(1), day(1)).is_ok());
}
