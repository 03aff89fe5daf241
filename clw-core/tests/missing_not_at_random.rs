//! Those who came back do well, those who did not do badly, and together nothing changed: the report
//! cannot know that, and must say that it cannot.
#![cfg(feature = "report")]

use clw_core::caseload::{
    Assessment, Attendance, Contact, Episode, Person, Recorded, RowAccount, When,
};
use clw_core::evaluation::Plan;
use clw_core::instrument::Registry;
use clw_core::report;
use clw_core::score::Answer;
use jiff::civil::{Date, date};

const PLAN: &str = r#"
title = "Only the well come back"
as-of = "2026-06-30"
measures = [{ instrument = "swemwbs" }]
pairing.baseline.rule = "first"
pairing.end-point.rule = "last"
pairing.due.rule = "everyone"
"#;

fn form(answer: i64, on: Date) -> Assessment {
    Assessment::new("swemwbs", "2009", When::Date(on), vec![Answer::Given(answer); 7])
}

/// Half answer 2 seven times, 15.32, and half 3, 19.25. Of 200 people 60 come back and answer one more,
/// 3.93 or 5.78 points: a mean of 4.855. That the other 140 fell by 2.08, and the mean of all stayed where
/// it was, is recorded nowhere.
fn person(number: u32) -> Person {
    let answer = 2 + i64::from(number % 2);
    let contact = Contact {
        date: Recorded::Value(date(2025, 1, 6)),
        attendance: Recorded::Value(Attendance::Seen),
        ..Contact::default()
    };
    let mut assessments = vec![form(answer, date(2025, 1, 6))];
    assessments.extend((number < 60).then(|| form(answer + 1, date(2025, 4, 7))));
    let episode = Episode {
        referred: Recorded::Value(date(2025, 1, 2)),
        contacts: Recorded::Value(vec![contact]),
        assessments,
        ..Episode::default()
    };
    Person { id: number.to_string(), episodes: vec![episode], ..Person::default() }
}

#[test]
fn a_report_on_those_who_came_back_says_what_it_cannot_know() {
    let plan = Plan::from_toml(PLAN).unwrap().check(&Registry::new()).unwrap();
    let people: Vec<Person> = (0..200).map(person).collect();
    let evaluation = plan.evaluate(&people, &RowAccount::default()).unwrap();
    let page = report::html(&evaluation).replace('\u{a0}', " ");
    // By hand: 60 · 4.855 = 291.3 points gained, which 140 people lose at 2.08 each; at the ends of the
    // scale they lose 140 · (17.285 − 7) or gain 140 · (35 − 17.285), of 200.
    for sentence in [
        "Of 200 people whose follow-up was due, 60 (30.0 %",
        "rose by 4.86 points",
        "Nothing here says how the other 140 did.",
        "so the pairs say little about the other 140 people, however alike they look.",
        "the mean change could be anything from −5.74 to 13.86 points; had none of them changed, it \
         would be 1.46.",
        "the others would have to have fallen by 2.08 points on average, which the scale allows.",
    ] {
        assert!(page.contains(sentence), "{sentence}");
    }
}
