//! Completion and referrals by month and practice, and the indicators made of them.
#![cfg(all(feature = "toml", feature = "report"))]
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use clw_core::attrition::Weighting;
use clw_core::caseload::{
    Assessment, Attendance, Contact, Episode, Person, Recorded, RowAccount, Simd, When,
};
use clw_core::completion::GroupBy;
use clw_core::evaluation::{Evaluation, NamedThing, Plan, PlanRemark, Valuation};
use clw_core::instrument::Registry;
use clw_core::pairing::DueRule;
use clw_core::score::Answer;
use clw_core::sentences::indicators;
use clw_core::sentences::plan_remarks::plan_remark;
use jiff::civil::{Date, date};

const PLAN: &str = r#"
title = "A plan"
as-of = "2026-06-29"
attrition.weighting.traits = ["worker"]
control-charts = { rule-set = "western-electric-1956", limits = "three-sigma", constants = "rounded", recalculate-from = ["2026-04"] }
funnel = { limits = "exact-binomial", target = "pooled" }

[pairing]
baseline.rule = "first"
end-point.rule = "last"
due.rule = "closed"

[indicators]
span = { from = "2026-01", to = "2026-06" }
length = "quarter"
built-in = ["paired-completion"]
[[indicators.own]]
id = "reliable"
title = "Reliable improvement of all who finished"
population = "finished"
numerator = { reliably-improved = "nhs-england" }
denominator = "referred"
month-of = "closure-month"
direction = "higher-is-better"
source = { id = "a", citation = "b", locator = "local" }

[[before-after]]
name = "Paper forms"
before = { from = "2026-01", to = "2026-03" }
after = { from = "2026-04", to = "2026-06" }
practices = ["Ardmoran"]

[[measures]]
instrument = "swemwbs"
change-rules = ["nhs-england"]

[[measures]]
instrument = "phq-9"
value = { duration-years = 1, attributed-share = 0.5 }

[[measures]]
instrument = "ons4"
measure = "life-satisfaction"
value = { duration-years = 1, attributed-share = 0.5 }
"#;

/// Referred, seen and asked in January, closed on a day, with or without a second form.
fn episode(practice: Option<&str>, closed: Date, follow_up: Option<i64>) -> Episode {
    let form = |day, code| {
        Assessment::new(
            "swemwbs",
            "2009",
            When::Date(date(2026, 1, day)),
            vec![Answer::Given(code); 7],
        )
    };
    let contact = |day| Contact {
        date: Recorded::Value(date(2026, 1, day)),
        attendance: Recorded::Value(Attendance::Seen),
        ..Contact::default()
    };
    Episode {
        practice: practice.map(str::to_owned).into(),
        worker: Recorded::Value("LW1".to_owned()),
        referred: Recorded::Value(date(2026, 1, 3)),
        accepted: Recorded::Value(true),
        closed: Recorded::Value(closed),
        contacts: Recorded::Value(vec![contact(5), contact(9)]),
        assessments: [Some(form(5, 2)), follow_up.map(|code| form(20, code))]
            .into_iter()
            .flatten()
            .collect(),
        ..Episode::default()
    }
}

fn evaluation() -> Evaluation {
    let mut late = episode(Some("Balnacorrie"), date(2026, 6, 10), None);
    late.referred = Recorded::Value(date(2026, 6, 1));
    late.contacts = Recorded::Value(Vec::new());
    late.assessments.clear();
    let mut march = episode(None, date(2026, 6, 11), Some(2));
    march.referred = Recorded::Value(date(2025, 11, 3));
    let episodes = vec![
        episode(Some("Ardmoran"), date(2026, 2, 1), Some(4)),
        episode(Some("Ardmoran"), date(2026, 2, 2), None),
        episode(Some("Ardmoran"), date(2026, 5, 2), Some(4)),
        episode(Some("Balnacorrie"), date(2026, 2, 3), None),
        march,
        late,
    ];
    let person = Person { episodes, ..Person::default() };
    let plan = Plan::from_toml(PLAN).unwrap().check(&Registry::default()).unwrap();
    plan.evaluate(&[person], &RowAccount::default()).unwrap()
}

#[test]
fn a_month_in_which_nobody_was_due_is_a_gap() {
    let evaluation = evaluation();
    let chart = evaluation.findings[0].over_periods.completion_chart.as_ref().unwrap();
    let points: Vec<_> = chart
        .phases
        .iter()
        .map(|phase| {
            let points = phase.points.iter();
            points.map(|point| (point.period.as_str(), point.count, point.of)).collect::<Vec<_>>()
        })
        .collect();
    assert_eq!(
        points,
        [
            vec![("2026-02", 1, 3), ("2026-03", 0, 0)],
            vec![("2026-04", 0, 0), ("2026-05", 1, 1), ("2026-06", 1, 1)],
        ]
    );
}

#[test]
fn a_month_that_is_not_over_has_no_number_of_referrals() {
    let evaluation = evaluation();
    let chart = evaluation.records.referral_chart.as_ref().unwrap();
    let points = chart.phases.iter().flat_map(|phase| &phase.points);
    let points: Vec<_> = points.map(|point| (point.period.as_str(), point.value)).collect();
    assert_eq!(points, [("2025-11", Some(1.0)), ("2025-12", Some(0.0)), ("2026-01", Some(4.0))]);
}

#[test]
fn where_nobody_can_tell_whether_it_is_due_the_month_is_not_known() {
    let mut plan = Plan::from_toml(PLAN).unwrap();
    plan.group_by = vec![GroupBy::DueMonth];
    plan.pairing.due = DueRule::AttendedAtLeast { contacts: 4 };
    let plan = plan.check(&Registry::default()).unwrap();
    let seen_twice = episode(None, date(2026, 2, 3), None);
    let mut not_counted = seen_twice.clone();
    not_counted.contacts = Recorded::NotKnown;
    let person = Person { episodes: vec![seen_twice, not_counted], ..Person::default() };
    let evaluation = plan.evaluate(&[person], &RowAccount::default()).unwrap();
    let groups = evaluation.findings[0].groups.iter();
    let groups: Vec<_> = groups.map(|of| (of.group.as_str(), of.flow.boxes[0].episodes)).collect();
    assert_eq!(groups, [("not due", 1), ("not known", 1)]);
}

#[test]
fn a_year_typed_wrongly_does_not_stretch_the_charts() {
    let plan = Plan::from_toml(PLAN).unwrap().check(&Registry::default()).unwrap();
    let of = |earliest: Date| {
        let mut first = episode(Some("Ardmoran"), date(2025, 12, 1), Some(4));
        first.referred = Recorded::Value(earliest);
        let mut last = episode(Some("Ardmoran"), date(2026, 2, 3), Some(4));
        last.referred = Recorded::Value(date(2026, 1, 30));
        let person = Person { episodes: vec![first, last], ..Person::default() };
        let records = plan.evaluate(&[person], &RowAccount::default()).unwrap().records;
        let phases = records.referral_chart.unwrap().phases;
        let months: usize = phases.iter().map(|phase| phase.points.len()).sum();
        (months, records.referrals_before_chart)
    };
    // Eleven months between them without a referral are drawn, twelve are not.
    assert_eq!(of(date(2025, 1, 31)), (13, 0));
    assert_eq!(of(date(2024, 12, 31)), (1, 1));
    assert_eq!(of(date(1926, 1, 5)), (1, 1));
}

#[test]
fn practices_are_in_a_funnel_by_their_size_and_nobody_without_one() {
    let evaluation = evaluation();
    let funnel = evaluation.findings[0].over_periods.completion_funnel.as_ref().unwrap();
    let points: Vec<_> =
        funnel.points.iter().map(|point| (point.name.as_str(), point.count, point.of)).collect();
    assert_eq!(points, [("Balnacorrie", 0, 1), ("Ardmoran", 2, 3)]);
    assert!(evaluation.findings[0].groups.is_empty(), "the plan groups by nothing");
}

#[test]
fn a_change_is_compared_in_the_practices_it_concerned() {
    let evaluation = evaluation();
    let [change] = evaluation.findings[0].over_periods.before_after.as_slice() else {
        panic!("one change")
    };
    let completion = &change.completion;
    assert_eq!((completion.before.count, completion.before.of), (1, 2));
    assert_eq!((completion.after.count, completion.after.of), (1, 1));
}

#[test]
fn an_indicator_is_reported_where_its_rule_is_known() {
    let evaluation = evaluation();
    let ids = |place: usize| -> Vec<_> {
        let reports = evaluation.findings[place].over_periods.indicators.iter();
        reports.map(|report| report.indicator.definition().id.as_str()).collect()
    };
    assert_eq!(ids(0), ["paired-completion", "reliable"]);
    assert_eq!(ids(1), ["paired-completion"]);
    let periods: Vec<_> = evaluation.findings[0].over_periods.indicators[1]
        .periods
        .iter()
        .map(|period| (period.period.as_str(), period.share.count, period.share.of))
        .collect();
    // From raw 14 to 28 is 9.71, reliable by 3 points. Who was never seen has not finished.
    assert_eq!(periods, [("2025-26 Q4", 1, 3), ("2026-27 Q1", 1, 2)]);
}

#[test]
fn a_change_is_valued_only_where_the_plan_says_on_what_assumptions() {
    let findings = evaluation().findings;
    let refused = |place: usize| match &findings[place].value {
        Some(Valuation::NotValued(reason)) => reason.code(),
        _ => "valued, or not asked for",
    };
    assert_eq!(findings[0].value, None);
    assert_eq!((refused(1), refused(2)), ("not-life-satisfaction", "too-few-pairs"));
}

#[test]
fn pairs_are_weighted_by_what_the_plan_names() {
    let evaluation = evaluation();
    let profiles = evaluation.counts.measures[0].profiles.as_ref().unwrap();
    let cells: Vec<_> = profiles.cells().collect();
    let [(profile, cell)] = cells.as_slice() else { panic!("one profile: {cells:?}") };
    assert_eq!(
        (profile.baseline_steps, profile.levels.as_slice()),
        (1532, &["LW1".to_owned()][..])
    );
    assert_eq!((cell.paired, cell.unpaired, cell.improved, cell.change_steps), (3, 2, 2, 1942));
    let Some(Weighting::Weighted(weighted)) = &evaluation.findings[0].weighting else {
        panic!("weighted")
    };
    // With one profile there is nothing to weight by.
    assert!((weighted.mean_change.difference).abs() < 1e-12);
    assert!((weighted.mean_change.unweighted - 19.42 / 3.0).abs() < 1e-12);
}

#[test]
fn whoever_may_be_finished_or_not_is_counted_and_told() {
    let plan = Plan::from_toml(PLAN).unwrap().check(&Registry::default()).unwrap();
    let closed = episode(Some("Ardmoran"), date(2026, 2, 1), Some(4));
    let only_first = Episode { contacts: Recorded::NotKnown, ..closed.clone() };
    let once = |mut of: Episode| {
        of.contacts = of.contacts.value().map(|all| all[..1].to_vec()).into();
        of
    };
    let open = Episode { closed: Recorded::Missing, ..closed.clone() };
    let episodes = vec![closed.clone(), only_first.clone(), only_first, once(closed), open];
    let person = Person { episodes, ..Person::default() };
    let evaluation = plan.evaluate(&[person], &RowAccount::default()).unwrap();
    let reliable = &evaluation.findings[0].over_periods.indicators[1];
    assert_eq!((reliable.whole.count, reliable.whole.of), (1, 1));
    let left_out: Vec<(&str, u64)> =
        reliable.not_finished.iter().map(|(reason, episodes)| (reason.code(), *episodes)).collect();
    assert_eq!(left_out, [("open", 1), ("fewer-contacts", 1), ("contacts-not-known", 2)]);
    let said = indicators::not_known_whether_finished(reliable).unwrap();
    assert_eq!(
        said,
        "2 closed episodes are left out: how many contacts were attended is not known, so nobody \
         can tell whether they finished a course."
    );
    let page = clw_core::report::html(&evaluation);
    assert!(page.contains(&said), "the page says so too");
    assert!(page.contains("Not known: closed, number of contacts not known"));
    // Neither indicator has a target to stand beside.
    assert!(!page.contains("Beside the target"));
    // The other indicator is of everybody.
    assert!(evaluation.findings[0].over_periods.indicators[0].not_finished.is_empty());
}

/// What the plan asks for and is of nobody, by the code of each remark.
fn remarks(toml: &str) -> Vec<PlanRemark> {
    let plan = Plan::from_toml(toml).unwrap().check(&Registry::default()).unwrap();
    let episodes = vec![
        episode(Some("Ardmoran"), date(2026, 2, 1), Some(4)),
        episode(Some("Ardmoran"), date(2026, 5, 1), Some(4)),
        episode(Some("Balnacorrie"), date(2026, 5, 2), None),
        episode(Some("Carnbeg"), date(2026, 5, 3), None),
        episode(Some("Dunlarig"), date(2026, 5, 4), None),
    ];
    let simd = Simd { version: "2020v2".into(), quintile: 1, decile: None };
    let person = Person { episodes, simd: Recorded::Value(simd), ..Person::default() };
    let evaluation = plan.evaluate(&[person], &RowAccount::default()).unwrap();
    let remarks = evaluation.records.plan_remarks.clone();
    let (page, summary) =
        (clw_core::report::html(&evaluation), clw_core::report::summary(&evaluation));
    for said in remarks.iter().map(plan_remark) {
        assert!(page.contains(&said) && summary.contains(&said), "{said}");
    }
    assert_eq!(page.contains("The plan and the records do not fit."), !remarks.is_empty());
    remarks
}

#[test]
fn a_name_or_a_month_of_the_plan_that_no_record_has_is_told() {
    let eligible = PLAN.replacen(
        "[pairing]",
        "eligibility = { rule = \"practices\", practices = [\"Ardmorn\", \"Carnbeg\"] }\n[pairing]",
        1,
    );
    for (plan, expected) in [
        (PLAN.to_owned(), vec![]),
        (
            // Where only Carnbeg is asked, nobody is due at Ardmoran, and nobody in April.
            eligible.clone(),
            vec![
                "name-in-no-record",
                "nobody-due-in-months",
                "nobody-due-in-months",
                "month-not-charted",
            ],
        ),
        (eligible.replace(", \"Carnbeg\"", ""), vec!["name-in-no-record", "nobody-asked", "nobody-asked", "nobody-asked"]),
        (PLAN.replace("[\"Ardmoran\"]", "[\"Ardmoran\", \"ardmoran\"]"), vec!["name-in-no-record"]),
        (PLAN.replace("\"2026-01\", to = \"2026-03\"", "\"2016-01\", to = \"2016-03\""), vec!["nobody-due-in-months"]),
        (PLAN.replace("[\"2026-04\"]", "[\"2026-04\", \"2062-05\"]"), vec!["month-not-charted"]),
        (PLAN.replace("[\"2026-04\"]", "[\"2006-04\"]"), vec!["month-not-charted"]),
        (PLAN.replace("span = { from = \"2026-01\", to = \"2026-06\" }", "span = { from = \"2016-01\", to = \"2016-06\" }"), vec!["nobody-in-span"]),
        (PLAN.replacen("[pairing]", "equity = [{ axis.simd = { index.version = \"2016\", bands = \"quintiles\" } }]\n[pairing]", 1), vec!["other-version-only"]),
        (PLAN.replacen("[pairing]", "equity = [{ axis.simd = { index.version = \"2020v2\", bands = \"quintiles\" } }]\n[pairing]", 1), vec![]),
    ] {
        let found = remarks(&plan);
        assert_eq!(found.iter().map(PlanRemark::code).collect::<Vec<_>>(), expected, "{plan}");
    }
    let misspelt = PlanRemark::NameInNoRecord {
        of: NamedThing::Practice,
        name: "Ardmorn".to_owned(),
        settings: vec!["eligibility".to_owned()],
        nearest: ["Ardmoran", "Carnbeg", "Dunlarig"].map(str::to_owned).into(),
    };
    assert_eq!(remarks(&eligible)[0], misspelt);
}

#[test]
fn records_that_hold_nobody_are_told() {
    let plan = Plan::from_toml(PLAN).unwrap().check(&Registry::default()).unwrap();
    let evaluation = plan.evaluate([], &RowAccount::default()).unwrap();
    assert_eq!(evaluation.records.plan_remarks, [PlanRemark::NoEpisodes]);
    let said = "The records hold nobody, so there is nothing to report. Give files with rows below \
                their headings, and look at why rows were left out.";
    assert!(clw_core::report::summary(&evaluation).contains(said));
    assert!(clw_core::report::html(&evaluation).contains(said));
}
