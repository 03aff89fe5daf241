//! Control charts, funnels and changes before and after, made of the counts that are shown.
#![cfg(feature = "toml")]
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod attack;
mod book;

use clw_core::caseload::{Assessment, Episode, Person, Recorded, RowAccount, When};
use clw_core::disclosure::{Profile, PublishedCount, Rounding, Zeros};
use clw_core::estimate::Estimate;
use clw_core::evaluation::{ChangeLeftOut, DisclosedOverTime, Evaluation, Plan};
use clw_core::instrument::Registry;
use clw_core::score::Answer;
use jiff::civil::date;

const PLAN: &str = r#"
title = "Over time"
as-of = "2026-12-31"
measures = [{ instrument = "swemwbs" }]
pairing = { baseline = { rule = "first" }, end-point = { rule = "last" }, due = { rule = "closed" } }
attrition.traits = []
control-charts = { rule-set = "western-electric-1956", limits = "three-sigma", constants = "rounded" }
funnel = { limits = "exact-binomial", target = "pooled" }
"#;

/// The month of 2026 in which they were referred and fell due, their practice, how many were due and
/// how many of them have a pair.
type Row = (i8, &'static str, usize, usize);

/// Nothing small in it: 60 of 120 due, 5 at least with a pair and 5 without everywhere.
const LARGE: [Row; 6] = [
    (1, "North", 20, 8),
    (1, "South", 20, 12),
    (2, "North", 20, 9),
    (2, "South", 20, 11),
    (3, "North", 20, 6),
    (3, "South", 20, 14),
];

fn person(month: i8, practice: &str, has_pair: bool) -> Person {
    let form = |day, code| {
        let when = When::Date(date(2026, month, day));
        Assessment::new("swemwbs", "2009", when, vec![Answer::Given(code); 7])
    };
    let mut assessments = vec![form(5, 2)];
    assessments.extend(has_pair.then(|| form(20, 3)));
    let episode = Episode {
        practice: Recorded::Value(practice.to_owned()),
        referred: Recorded::Value(date(2026, month, 1)),
        closed: Recorded::Value(date(2026, month, 25)),
        assessments,
        ..Episode::default()
    };
    Person { episodes: vec![episode], ..Person::default() }
}

fn evaluation(more: &str, rows: &[Row]) -> Evaluation {
    let people = rows.iter().flat_map(|&(month, practice, due, paired)| {
        (0..due).map(move |number| person(month, practice, number < paired))
    });
    let people = people.enumerate().map(|(id, person)| Person { id: id.to_string(), ..person });
    let plan = Plan::from_toml(&format!("{PLAN}\n{more}")).unwrap();
    let plan = plan.check(&Registry::new()).unwrap();
    plan.evaluate(&people.collect::<Vec<_>>(), &RowAccount::default()).unwrap()
}

fn over_time(evaluation: &Evaluation) -> DisclosedOverTime {
    let disclosed = evaluation.disclosed(&Profile::default()).unwrap();
    disclosed.measures.into_iter().next().unwrap().over_time
}

const CHANGE: &str = r#"
[[before-after]]
name = "Forms on paper"
before = { from = "2026-01", to = "2026-01" }
after = { from = "2026-02", to = "2026-03" }
"#;

#[test]
fn where_nothing_is_small_the_public_form_is_that_of_the_programme() {
    let evaluation = evaluation(CHANGE, &LARGE);
    let public = over_time(&evaluation);
    let own = &evaluation.findings[0].over_periods;
    let (chart, truth) = (public.completion_chart.unwrap(), own.completion_chart.as_ref().unwrap());
    assert_eq!(chart.phases[0].centre, truth.phases[0].centre.computed().copied());
    for (month, point) in chart.phases[0].months.iter().zip(&truth.phases[0].points) {
        assert_eq!((&month.month, month.limits), (&point.period, point.limits));
        assert_eq!(month.completion.count, PublishedCount::Shown(point.count));
        assert_eq!(month.special_causes, point.special_causes);
    }
    let (funnel, truth) =
        (public.completion_funnel.unwrap(), own.completion_funnel.as_ref().unwrap());
    assert_eq!(funnel.target, Some(0.5));
    assert_eq!(funnel.curve, truth.curve);
    let names: Vec<&str> = funnel.practices.iter().map(|of| of.practice.as_str()).collect();
    assert_eq!(names, ["North", "South"]);
    let change = &public.before_after[0];
    // 40 of 80 after, 20 of 40 before.
    assert_eq!(change.difference, Some(own.before_after[0].completion.difference));
    assert_eq!(change.after.of, PublishedCount::Shown(80));
    let disclosed = evaluation.disclosed(&Profile::default()).unwrap();
    let (chart, truth) = (disclosed.referral_chart.unwrap(), &evaluation.records.referral_chart);
    let truth = &truth.as_ref().unwrap().phases[0];
    assert_eq!(chart.centre, truth.centre.computed().copied());
    assert_eq!(chart.limits, truth.limits.computed().copied());
    assert_eq!(chart.months.len(), 3);
}

/// One month has two pairs: it is hidden, one more with it, and the average is that of the other two.
#[test]
fn an_average_is_that_of_the_months_shown() {
    let rows =
        [(1, "North", 20, 8), (2, "North", 12, 2), (3, "North", 30, 12), (4, "North", 40, 30)];
    let evaluation = evaluation("", &rows);
    let chart = over_time(&evaluation).completion_chart.unwrap();
    let months = &chart.phases[0].months;
    let hidden = |at: usize| months[at].completion.proportion.is_none();
    let shown: Vec<usize> = (0..4).filter(|at| !hidden(*at)).collect();
    assert!(hidden(1) && shown.len() == 2, "{months:?}");
    for month in months {
        assert_eq!(month.limits.is_none(), month.completion.proportion.is_none(), "{month:?}");
    }
    let sum =
        |part: fn(&Row) -> usize| shown.iter().map(|at| part(&rows[*at])).sum::<usize>() as f64;
    let centre = sum(|row| row.3) / sum(|row| row.2);
    assert_eq!(chart.phases[0].centre, Some(centre));
    // That of all four, with which the hidden month would follow, is another.
    assert!((centre - 52.0 / 102.0).abs() > 0.01);
    book::attack(&evaluation);
}

#[test]
fn a_practice_that_is_hidden_has_no_place_and_no_part_in_the_target() {
    let rows = [(1, "East", 8, 6), (1, "North", 20, 8), (1, "South", 30, 12), (1, "West", 40, 30)];
    let evaluation = evaluation("", &rows);
    let funnel = over_time(&evaluation).completion_funnel.unwrap();
    assert_eq!(funnel.practices.len(), 4);
    assert_eq!(funnel.practices[0].practice, "East");
    let (mut count, mut of) = (0, 0);
    for practice in &funnel.practices {
        let shown = practice.completion.proportion.is_some();
        assert_eq!((practice.band.is_some(), practice.position.is_some()), (shown, shown));
        let both = practice.completion.count.shown().zip(practice.completion.of.shown());
        let (pairs, due) = both.unwrap_or((0, 0));
        (count, of) = (count + pairs, of + due);
    }
    assert!(of < 98, "{funnel:?}");
    assert_eq!(funnel.target, Some(count as f64 / of as f64));
    book::attack(&evaluation);
}

/// The change at one practice and the same months at the other leave nobody; what is left in its months
/// and at its practice is what is protected.
#[test]
fn changes_of_other_practices_stand_beside_each_other_and_overlapping_ones_do_not() {
    let change = |name: &str, practice: &str| {
        format!("{}practices = [\"{practice}\"]\n", CHANGE.replace("Forms on paper", name))
    };
    let overlapping = CHANGE.replace("Forms on paper", "All practices");
    let more = [change("Paper", "North"), change("None", "South"), overlapping].concat();
    let mut rows = LARGE;
    rows[1] = (1, "South", 20, 17);
    let evaluation = evaluation(&more, &rows);
    let changes = over_time(&evaluation).before_after;
    let left_out: Vec<_> = changes.iter().map(|of| of.left_out.clone()).collect();
    assert_eq!(left_out, [None, None, Some(ChangeLeftOut::OverlapsWith("Paper".to_owned()))]);
    assert_eq!(changes[2].before.of, PublishedCount::Hidden);
    assert_eq!(changes[2].difference, None);
    // 17 of 20: the three without a pair are hidden, and what they would follow from.
    assert_eq!(changes[1].before.proportion, None);
    book::attack(&evaluation);
}

#[test]
fn changes_of_some_practices_stay_where_programmes_are_told_apart() {
    let more = format!("{CHANGE}practices = [\"North\"]\n");
    let plan = more.replace("[[before-after]]", "group-by = [\"programme\"]\n[[before-after]]");
    let people: Vec<Person> = (0..60)
        .map(|number| {
            let mut person =
                person(1 + i8::try_from(number % 3).unwrap(), "North", number % 2 == 0);
            let programme = if number < 30 { "A" } else { "B" };
            person.episodes[0].programme = Recorded::Value(programme.to_owned());
            Person { id: number.to_string(), ..person }
        })
        .collect();
    let plan =
        Plan::from_toml(&format!("{PLAN}\n{plan}")).unwrap().check(&Registry::new()).unwrap();
    let public = over_time(&plan.evaluate(&people, &RowAccount::default()).unwrap());
    assert_eq!(public.completion_funnel, None);
    assert_eq!(public.before_after[0].left_out, Some(ChangeLeftOut::PracticesNotToldApart));
    assert!(public.completion_chart.is_some());
}

/// Nobody, one person, and every way to hide and to round.
#[test]
fn every_profile_has_a_public_form_over_time() {
    let few = [(1, "North", 1, 1)];
    let mixed =
        [(1, "North", 20, 18), (3, "North", 20, 20), (4, "South", 6, 0), (5, "South", 30, 9)];
    let rounding = Rounding::Conventional { base: 5 };
    for rows in [&[][..], &few, &mixed, &LARGE] {
        let evaluation = evaluation(CHANGE, rows);
        for profile in [
            Profile::default(),
            Profile::strict(),
            Profile::new(4, Zeros::Hidden, Rounding::None).unwrap(),
            Profile::new(4, Zeros::Shown, rounding).unwrap(),
        ] {
            let disclosed = evaluation.disclosed(&profile).unwrap();
            for month in disclosed.referral_chart.iter().flat_map(|chart| &chart.months) {
                let count = month.referrals.shown();
                assert!(
                    count.is_none_or(|count| !profile.is_sensitive(count)),
                    "{rows:?}: {month:?}"
                );
            }
            let chart = disclosed.measures[0].over_time.completion_chart.as_ref().unwrap();
            for month in chart.phases.iter().flat_map(|phase| &phase.months) {
                let gap = month.completion.of.shown().is_none_or(|of| of == 0);
                let drawn = matches!(month.completion.proportion, Some(Estimate::Computed(_)));
                assert!(!(gap && drawn), "{month:?}");
                assert_eq!(month.limits.is_some(), drawn, "{rows:?}: {month:?}");
            }
        }
        book::attack(&evaluation);
    }
}
