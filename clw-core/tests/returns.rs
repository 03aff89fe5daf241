//! Returns of programmes add up to the evaluation of everybody, and what does not fit is refused.
#![cfg(feature = "toml")]
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs;

use clw_core::caseload::{
    Assessment, Attendance, Contact, Episode, Need, OnwardLink, OnwardStatus, Person, Recorded,
    ReferralReason, RowAccount, Simd, When,
};
use clw_core::change::{Alternative, PairedT};
use clw_core::completion::{FunnelOptions, GroupBy};
use clw_core::disclosure::{Profile, Rounding, Zeros};
use clw_core::evaluation::{CheckedPlan, Plan, WeightingPlan};
use clw_core::instrument::Registry;
use clw_core::pairing::FlowBox;
use clw_core::returns::{
    CountBounds, DisclosedReturn, National, NationalPicture, Programme, Return, ReturnError,
    ReturnFile,
};
use clw_core::score::Answer;
use clw_core::synthesis::SynthesisOptions;
use jiff::ToSpan;
use jiff::civil::date;

const PLAN: &str = r#"
title = "The national plan"
as-of = "2026-06-30"
group-by = ["simd-quintile", "referral-month"]
pairing.baseline.rule = "first"
pairing.end-point.rule = "last"
pairing.due.rule = "closed"

[[measures]]
instrument = "swemwbs"
bands = "england-2010-2013"
change-rules = ["nhs-england"]
"#;

fn plan_with(change: impl Fn(&mut Plan)) -> CheckedPlan {
    let mut plan = Plan::from_toml(PLAN).unwrap();
    change(&mut plan);
    plan.check(&Registry::default()).unwrap()
}

fn plan() -> CheckedPlan {
    plan_with(|_| {})
}

/// The people of one area: each area has its own number of people, completion and change.
fn people(area: u32) -> Vec<Person> {
    // Knuth's multiplicative hash: numbers without a pattern that any machine repeats.
    let draw = |person: u32, what: u32, below: u32| {
        let mixed = (area * 10_007 + person * 101 + what).wrapping_mul(2_654_435_761);
        (mixed >> 8) % below
    };
    let day = |n: u32| date(2025, 1, 1).checked_add(i64::from(n).days()).unwrap();
    let form = |person: u32, number: u32, on| {
        let level = 2 + number * draw(person, 7, 2);
        let item = |item| Answer::Given(i64::from(level + draw(person, item + 10 * number, 2)));
        Assessment::new("swemwbs", "2009", When::Date(on), (0..7).map(item).collect())
    };
    let person = |person: u32| {
        let start = draw(person, 1, 300);
        let contact = Contact {
            date: Recorded::Value(day(start)),
            attendance: Recorded::Value(Attendance::Seen),
            ..Contact::default()
        };
        let followed_up = draw(person, 2, 100) < 20 + 2 * area;
        let mut assessments = vec![form(person, 0, day(start))];
        assessments.extend(followed_up.then(|| form(person, 1, day(start + 90))));
        let episode = Episode {
            referred: Recorded::Value(day(start)),
            contacts: Recorded::Value(vec![contact]),
            assessments,
            closed: (draw(person, 3, 4) > 0).then(|| day(start + 100)).into(),
            ..Episode::default()
        };
        let quintile = u8::try_from(1 + draw(person, 4, 5)).unwrap();
        let simd = Simd { version: "2020v2".into(), quintile, decile: None };
        let id = format!("{area}-{person}");
        Person { simd: Recorded::Value(simd), episodes: vec![episode], id, ..Person::default() }
    };
    (0..40 + 10 * area).map(person).collect()
}

fn file(area: u32) -> String {
    let evaluation = plan().evaluate(&people(area), &RowAccount::default()).unwrap();
    Return::of(Programme::named(&format!("Area {area:02}")), &evaluation).unwrap().to_json()
}

fn picture(national: &National) -> NationalPicture {
    national.picture(&SynthesisOptions::default()).unwrap()
}

fn read(text: &str) -> Result<Return, ReturnError> {
    Return::from_json(text, &Registry::default())
}

#[test]
fn twenty_seven_areas_are_the_nation_to_the_byte() {
    let mut national = National::new();
    // The order in which post comes in.
    for area in (0..27).rev() {
        national.add(read(&file(area)).unwrap()).unwrap();
    }
    let picture = picture(&national);
    let everybody: Vec<Person> = (0..27).flat_map(people).collect();
    let pooled = plan().evaluate(&everybody, &RowAccount::default()).unwrap();
    assert_eq!(picture.evaluation.unwrap().to_json().unwrap(), pooled.to_json().unwrap());
    assert!(pooled.findings[0].change.n > 1000);

    let names: Vec<&str> = picture.programmes.iter().map(|p| p.programme.name.as_str()).collect();
    assert!(names.is_sorted() && names.len() == 27);
    let people: u64 = picture.programmes.iter().map(|p| p.people).sum();
    assert_eq!(people, pooled.counts.people);
    let between = &picture.between[0].mean_change;
    assert_eq!(between.programmes.len() + between.left_out.len(), 27);
    let bounds = picture.bounds[0];
    assert_eq!(bounds.paired, CountBounds::exactly(pooled.counts.measures[0].main.pairs.n()));
    let improved = &pooled.findings[0].improved_bounds;
    let share = |share: Option<f64>| share.unwrap();
    assert_eq!(bounds.improved_of_due.lowest, improved.worst);
    assert!((share(bounds.improved_of_due.highest) - share(improved.best)).abs() < 1e-12);
}

#[test]
fn a_programme_stands_beside_the_others_with_its_own_numbers() {
    let mut national = National::new();
    national.add(read(&file(3)).unwrap()).unwrap();
    let picture = picture(&national);
    let own = plan().evaluate(&people(3), &RowAccount::default()).unwrap();
    let measure = &picture.programmes[0].measures[0];
    assert_eq!(measure.rates, own.findings[0].flow.rates);
    assert_eq!(measure.any_change, own.findings[0].change.any_change);
    let pairs = &own.counts.measures[0].main.pairs;
    let level = own.plan().plan().interval_level;
    let t = PairedT::of(pairs, Alternative::TwoSided, level).unwrap();
    assert_eq!(measure.mean_change.computed(), Some(&t));
}

#[test]
fn a_return_reads_back_as_it_was_written_and_holds_no_row() {
    let text = file(5);
    assert_eq!(read(&text).unwrap().to_json(), text);
    assert!(people(5).iter().all(|person| !text.contains(&format!("\"{}\"", person.id))));
    fs::write(concat!(env!("CARGO_TARGET_TMPDIR"), "/return.json"), text).unwrap();
}

#[test]
fn no_count_of_a_return_is_by_worker_or_practice() {
    let refused = |change: &dyn Fn(&mut Plan)| {
        let evaluation = plan_with(change).evaluate([], &RowAccount::default()).unwrap();
        Return::of(Programme::named("Fife"), &evaluation).unwrap_err()
    };
    let weighted = |by: GroupBy| -> WeightingPlan {
        serde_json::from_value(serde_json::json!({"traits": [by.code()]})).unwrap()
    };
    for by in [GroupBy::Worker, GroupBy::Practice] {
        let of = ReturnError::GroupsWorkers { by };
        assert_eq!(refused(&|plan| plan.group_by.push(by)), of);
        assert_eq!(refused(&|plan| plan.attrition.traits.push(by)), of);
        assert_eq!(refused(&|plan| plan.attrition.weighting = Some(weighted(by))), of);
    }
    let funnel = refused(&|plan| plan.funnel = Some(FunnelOptions::default()));
    assert_eq!(funnel.code(), "return-groups-workers");
    assert_eq!(
        funnel.to_string(),
        "the plan counts by practice, and a return is about a whole programme; leave practice out \
         of group-by and of the traits of attrition, and the funnel out, in the plan of the return"
    );
}

#[test]
fn what_does_not_fit_is_refused_and_the_rest_goes_on() {
    let text = file(1);
    let other_plan = plan_with(|plan| plan.as_of = date(2026, 7, 31));
    let other = other_plan.evaluate([], &RowAccount::default()).unwrap();
    let other = Return::of(Programme::named("Elsewhere"), &other).unwrap();
    let by_worker = plan_with(|plan| plan.group_by.push(GroupBy::Worker));
    let by_worker = by_worker.evaluate([], &RowAccount::default()).unwrap();
    let mut national = National::new();
    let none = national.picture(&SynthesisOptions::default()).unwrap_err();
    assert_eq!(
        none.to_string(),
        "no return has been added, fewer than 1; add one to make a picture"
    );
    national.add(read(&text).unwrap()).unwrap();
    let before = national.clone();
    let rows = [
        (
            national.add(read(&text).unwrap()).unwrap_err(),
            "same-programme",
            "a return of `Area 01` has been added; add one of each programme, or name them apart",
        ),
        (
            national.add(read(&text.replacen("Area 01", "Area 01 ", 1)).unwrap()).unwrap_err(),
            "same-programme",
            "a return of `Area 01` has been added; add one of each programme, or name them apart",
        ),
        (
            national.add(other).unwrap_err(),
            "different-plans",
            "the plans differ in as-of: \"2026-06-30\" and \"2026-07-31\"; evaluate both \
             caseloads under one plan",
        ),
        (
            Return::of(Programme::named(" "), &by_worker).unwrap_err(),
            "programme-without-name",
            "the programme of the return has no name; give the name it is known by",
        ),
        (
            Return::of(Programme::named("Fife"), &by_worker).unwrap_err(),
            "return-groups-workers",
            "the plan counts by worker, and a return is about a whole programme; leave worker out \
             of group-by and of the traits of attrition in the plan of the return",
        ),
        (
            DisclosedReturn::of(Programme::named("Fife"), &by_worker, &Profile::default())
                .unwrap_err(),
            "return-groups-workers",
            "the plan counts by worker, and a return is about a whole programme; leave worker out \
             of group-by and of the traits of attrition in the plan of the return",
        ),
        (
            read(&text.replacen("clw-return", "clw", 1)).unwrap_err(),
            "no-return",
            "the file says it is `clw`, not a `clw-return`; give a return",
        ),
        (
            read(&text.replacen("\"format-version\":1", "\"format-version\":2", 1)).unwrap_err(),
            "other-return-version",
            "the return is of version 2, and this library reads 1; write and read returns with \
             libraries of one format",
        ),
        (
            read("{}").unwrap_err(),
            "unreadable-return",
            "the return cannot be read: missing field `format` at line 1 column 2; ask for the \
             file again",
        ),
        (
            read(&text.replacen("\"people\":50", "\"people\":50,\"rank\":1", 1)).unwrap_err(),
            "unreadable-return",
            "",
        ),
        (
            read(&text.replacen("\"episodes\":50", "\"episodes\":51", 1)).unwrap_err(),
            "counts-do-not-fit",
            "the closures do not fit the plan or do not add up; read the file as the library wrote \
             it",
        ),
    ];
    for (error, code, message) in rows {
        assert_eq!(error.code(), code, "{error}");
        assert!(message.is_empty() || error.to_string() == message, "{error}");
    }
    assert_eq!(national, before);
    national.add(read(&file(2)).unwrap()).unwrap();
    assert_eq!(picture(&national).programmes.len(), 2);
    let edited = text.replacen("\"fingerprint\":\"", "\"fingerprint\":\"x", 1);
    assert_eq!(read(&edited).unwrap_err().code(), "different-definitions");
}

/// A number written into a place of the counts.
fn edited(text: &str, place: &str, number: u64) -> Result<Return, ReturnError> {
    let mut file: serde_json::Value = serde_json::from_str(text).unwrap();
    *file.pointer_mut(&format!("/counts/{place}")).unwrap() = number.into();
    read(&file.to_string())
}

#[test]
fn numbers_written_by_hand_are_refused_where_they_cannot_be_counts_of_the_same_people() {
    let plan = plan_with(|plan| {
        plan.equity = vec![
            serde_json::from_value(serde_json::json!({
                "axis": {"simd": {"index": {"version": "2020v2"}, "bands": "quintiles"}}
            }))
            .unwrap(),
        ];
        plan.attrition.weighting =
            serde_json::from_str(r#"{"traits": ["simd-quintile"]}"#).unwrap();
    });
    let mut everybody = people(3);
    let first = &mut everybody[0].episodes[0];
    first.needs = Recorded::Value(vec![Need {
        reason: ReferralReason::Housing,
        identified: Recorded::Missing,
        met: Recorded::Value(false),
    }]);
    let status = Recorded::Value(OnwardStatus::Engaged);
    let (destination, made) = (Recorded::Missing, Recorded::Missing);
    first.onward_links = Recorded::Value(vec![OnwardLink { destination, made, status }]);
    let evaluation = plan.evaluate(&everybody, &RowAccount::default()).unwrap();
    let text = Return::of(Programme::named("Fife"), &evaluation).unwrap().to_json();
    assert!(read(&text).is_ok());
    let cells = evaluation.counts.measures[0].equity[0].bands[&1].pairs.cells();
    let (last, cell) = cells.enumerate().last().unwrap();
    assert_ne!(cell.follow_up.0, 3500);
    let profiles = evaluation.counts.measures[0].profiles.as_ref().unwrap();
    let paired = profiles.cells().position(|(_, cell)| cell.paired > 0).unwrap();
    let rows = [
        ("measures/0/sittings/follow-up", u64::MAX, "the sittings"),
        ("measures/0/sittings/baseline", 0, "the sittings"),
        ("measures/0/sittings/not-chosen", u64::MAX, "the sittings"),
        (&format!("measures/0/equity/0/bands/1/pairs/cells/{last}/1"), 3500, "the bands"),
        (
            &format!("measures/0/profiles/cells/{paired}/1/change-steps-squared"),
            1 << 62,
            "the profiles",
        ),
        (&format!("measures/0/profiles/cells/{paired}/1/improved"), 0, "the profiles"),
        ("help/needs/by-reason/housing/met", u64::MAX, "the needs, referrals onward and outcomes"),
        ("help/needs/by-reason/housing/unmet", 0, "the needs, referrals onward and outcomes"),
        ("help/onward/by-status/engaged", 0, "the needs, referrals onward and outcomes"),
        ("help/outcomes/outcomes", u64::MAX, "the needs, referrals onward and outcomes"),
    ];
    for (place, number, what) in rows {
        let error = edited(&text, place, number).expect_err(place);
        assert!(error.to_string().starts_with(what), "{place}: {error}");
    }
}

/// The true counts of due, paired and improved lie within the bounds that are published, whatever
/// each programme hides.
#[test]
fn a_picture_with_hidden_counts_holds_the_truth() {
    let rounding = Profile::new(4, Zeros::Shown, Rounding::Conventional { base: 5 }).unwrap();
    let profiles = [None, Some(Profile::default()), Some(Profile::strict()), Some(rounding)];
    let mut national = National::new();
    for (area, profile) in (0..12).zip(profiles.into_iter().cycle()) {
        let evaluation = plan().evaluate(&people(area), &RowAccount::default()).unwrap();
        let programme = Programme::named(&format!("Area {area:02}"));
        let file = match profile {
            None => Return::of(programme, &evaluation).unwrap().to_json(),
            Some(profile) => {
                let disclosed = DisclosedReturn::of(programme, &evaluation, &profile).unwrap();
                let text = disclosed.to_json();
                let registry = Registry::default();
                assert_eq!(DisclosedReturn::from_json(&text, &registry).unwrap(), disclosed);
                assert_eq!(read(&text).unwrap_err().code(), "no-return");
                text
            }
        };
        national.add(ReturnFile::from_json(&file, &Registry::default()).unwrap()).unwrap();
    }
    let picture = picture(&national);
    assert_eq!((picture.programmes.len(), picture.disclosed.len()), (3, 9));

    let everybody: Vec<Person> = (0..12).flat_map(people).collect();
    let whole = plan().evaluate(&everybody, &RowAccount::default()).unwrap();
    let main = &whole.counts.measures[0].main;
    let improved = whole.findings[0].change.any_change.improved.count;
    let (due, paired) = (main.flow.in_box(FlowBox::Due), main.pairs.n());
    let bounds = picture.bounds[0];
    let holds = |bounds: CountBounds, count: u64| {
        bounds.lowest <= count && bounds.highest.is_none_or(|highest| count <= highest)
    };
    assert!(holds(bounds.due, due), "{due} in {:?}", bounds.due);
    assert!(holds(bounds.paired, paired), "{paired} in {:?}", bounds.paired);
    assert!(holds(bounds.improved, improved), "{improved} in {:?}", bounds.improved);
    assert!(holds(bounds.not_improved, paired - improved));
    // Rounding alone leaves room, so no bound is the number itself.
    assert!(bounds.due.lowest < bounds.due.highest.unwrap());
    let completion = paired as f64 / due as f64;
    assert!(bounds.paired_completion.lowest.unwrap() <= completion);
    assert!(completion <= bounds.paired_completion.highest.unwrap());
}

#[test]
fn nobody_has_a_return_too() {
    let nobody = plan().evaluate([], &RowAccount::default()).unwrap();
    let hidden = DisclosedReturn::of(Programme::named("Empty"), &nobody, &Profile::default());
    let mut national = National::new();
    national.add(hidden.unwrap()).unwrap();
    let picture = picture(&national);
    assert_eq!(picture.evaluation, None);
    assert_eq!(picture.bounds[0].due, CountBounds::exactly(0));
    assert_eq!(picture.bounds[0].paired_completion.lowest, None);
}
