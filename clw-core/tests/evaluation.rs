//! An evaluation is a function of its people, whatever their order and however they are split.
#![cfg(feature = "toml")]
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use clw_core::caseload::{
    Assessment, Attendance, Contact, EndReason, Episode, Hold, Need, OnwardLink, OnwardStatus,
    Person, Reason, Recorded, ReferralReason, RowAccount, Simd, TangibleOutcome, When,
};
use clw_core::change::{AnyChange, ClinicalChange, ImportantChange};
use clw_core::completion::GroupBy;
use clw_core::estimate::ConfidenceLevel;
use clw_core::evaluation::{Caution, CheckedPlan, Clock, Evaluation, OverTime, Plan};
use clw_core::instrument::Registry;
use clw_core::pairing::{Counted, Fate, FlowBox};
use clw_core::score::Answer;
use clw_core::trajectory::{MeanTrajectory, TimeGrouping};
use jiff::ToSpan;
use jiff::civil::date;
use proptest::prelude::*;

const PLAN: &str = r#"
title = "A plan"
after-exit-days = 14
attrition.traits = ["age-band", "simd-quintile", "baseline-mode"]
attrition.weighting.traits = ["simd-quintile", "gender"]
control-charts = { rule-set = "nelson-1984", limits = "three-sigma", constants = "rounded" }
funnel = { limits = "exact-binomial", target = "pooled" }
indicators = { span = { from = "2026-01", to = "2026-06" }, length = "quarter", built-in = ["paired-completion", "coverage"], own = [
  { id = "reliable", title = "Reliable improvement", population = "finished", numerator = { reliably-improved = "nhs-england" }, denominator = "referred", month-of = "closure-month", direction = "higher-is-better", source = { id = "a", citation = "b", locator = "local" } },
] }
before-after = [
  { name = "paper", before = { from = "2026-01", to = "2026-04" }, after = { from = "2026-05", to = "2026-06" }, practices = ["Practice 1", "Practice 2"] },
]
equity = [
  { axis.simd = { index.version = "2020v2", bands = "quintiles" }, lists = { axis.simd = { index.version = "2020v2", bands = "quintiles" }, source = "practice lists", as-of = "2026-04-01", people = [50, 40, 30, 20, 10] } },
  { axis.urban-rural.classes = "six-fold" },
]
as-of = "2026-06-30"
group-by = ["practice", "simd-quintile", "referral-month", "baseline-mode", "referral-reason", "urban-rural", "due-month", "closure-month", "baseline-month"]
pairing.baseline.rule = "first"
pairing.end-point.rule = "last"
pairing.due = { rule = "any-of", rules = [{ rule = "closed" }, { rule = "attended-at-least", contacts = 3 }] }

[[compare]]
baseline = { rule = "first-within", days = 28 }
end-point = { rule = "within-days", target = 84, window = 28 }
due = { rule = "days-since-baseline", days = 112 }

[[measures]]
instrument = "swemwbs"
bands = "england-2010-2013"
change-rules = ["nhs-england", "shah-2018-1-sem"]
cuts = [19.5]
mcnemar.method = "mid-p"
regression-to-the-mean = { norm = "england-2011", cut-off = 19.5 }
reliable-change = [{ method = "jacobson-truax", standard-deviation = 3.9, reliability = 0.81 }]
sample-rules = [
  { method = "hsu-linn-lord", reliability = 0.81 },
  { method = "hageman-arrindell", reliability = 0.81 },
]

[[measures.clinical-change]]
reliable-change = { method = "jacobson-truax", standard-deviation = 3.9, reliability = 0.81 }
cut-off = { cut-off = "published", id = "low", worst-functional = 1998 }

[[measures.important-change]]
anchor = "a rating of overall change"
improvement = { at-least = 1.5 }
deterioration = { more-than = 1 }

[[measures]]
instrument = "ons4"
measure = "anxious"
bands = "ons"

[[measures]]
instrument = "ons4"
measure = "happy"
eligibility = { rule = "practices", practices = ["Practice 1", "Practice 2"] }
"#;

fn plan() -> CheckedPlan {
    Plan::from_toml(PLAN).unwrap().check(&Registry::default()).unwrap()
}

fn evaluate(plan: &CheckedPlan, people: &[Person]) -> Evaluation {
    plan.evaluate(people, &RowAccount::default()).unwrap()
}

/// Answers to SWEMWBS or ONS4, now and then blank or out of range.
fn assessment() -> impl Strategy<Value = Assessment> {
    let answer = prop_oneof![
        20 => (1_i64..=5).prop_map(Answer::Given),
        1 => Just(Answer::Blank),
        1 => Just(Answer::Given(55)),
    ];
    let answers = prop::collection::vec(answer, 7);
    (0_i32..200, any::<bool>(), answers).prop_map(|(day, swemwbs, mut answers)| {
        let (instrument, version, items) =
            if swemwbs { ("swemwbs", "2009", 7) } else { ("ons4", "2011", 4) };
        answers.truncate(items);
        let date = date(2026, 1, 1).checked_add(day.days()).unwrap();
        Assessment::new(instrument, version, When::Date(date), answers)
    })
}

fn episode() -> impl Strategy<Value = Episode> {
    let seen = prop::collection::vec(0_i32..200, 0..5);
    let assessments = prop::collection::vec(assessment(), 0..5);
    (seen, assessments, 0_u8..4, prop::option::of(100_i32..200), 0_u8..9).prop_map(
        |(seen, assessments, practice, closed, end)| {
            let day = |n: i32| date(2026, 1, 1).checked_add(n.days()).unwrap();
            let contact = |n: i32| Contact {
                date: Recorded::Value(day(n)),
                attendance: Recorded::Value(Attendance::Seen),
                ..Contact::default()
            };
            let reason = |reason| Reason { reason, primary: false };
            Episode {
                reasons: match end {
                    0 => Recorded::NotKnown,
                    1..=3 => Recorded::Value(vec![reason(ReferralReason::Housing)]),
                    _ => Recorded::Value(
                        [ReferralReason::Abuse, ReferralReason::Other].map(reason).into(),
                    ),
                },
                practice: Recorded::Value(format!("Practice {practice}")),
                referred: Recorded::Value(day(0)),
                accepted: if end == 8 { Recorded::Missing } else { Recorded::Value(end != 7) },
                closed: closed.map(day).into(),
                end_reason: Recorded::Value(if end == 6 {
                    EndReason::Deceased
                } else {
                    EndReason::GoalsMet
                }),
                needs: Recorded::Value(vec![Need {
                    reason: *ReferralReason::ALL.get(usize::from(end)).unwrap(),
                    identified: Recorded::Missing,
                    met: if end > 4 { Recorded::NotKnown } else { Recorded::Value(end > 2) },
                }]),
                onward_links: match end {
                    0 => Recorded::Missing,
                    1 => Recorded::Value(Vec::new()),
                    _ => Recorded::Value(vec![OnwardLink {
                        destination: Recorded::Missing,
                        made: Recorded::Value(day(i32::from(practice) * 90)),
                        status: OnwardStatus::ALL.get(usize::from(end)).copied().into(),
                    }]),
                },
                outcomes: Recorded::Value(
                    seen.iter()
                        .map(|n| TangibleOutcome {
                            reason: if *n % 3 == 0 {
                                ReferralReason::Housing
                            } else {
                                ReferralReason::Caring
                            },
                            description: Recorded::Missing,
                            date: Recorded::Value(day(*n)),
                            value_pence: Recorded::Value(i64::from(*n)),
                        })
                        .collect(),
                ),
                holds: (end == 5).then(|| Hold { from: day(120), to: None }).into_iter().collect(),
                contacts: Recorded::Value(seen.into_iter().map(contact).collect()),
                assessments,
                ..Episode::default()
            }
        },
    )
}

fn person() -> impl Strategy<Value = Person> {
    (prop::collection::vec(episode(), 1..3), 1_u8..=5).prop_map(|(episodes, quintile)| Person {
        simd: Recorded::Value(Simd { version: "2020v2".to_owned(), quintile, decile: None }),
        episodes,
        ..Person::default()
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn the_merged_parts_are_the_whole_byte_for_byte(
        mut people in prop::collection::vec((person(), 0_usize..4, any::<u32>()), 0..40),
    ) {
        let plan = plan();
        let everyone: Vec<Person> = people.iter().map(|(person, ..)| person.clone()).collect();
        let whole = evaluate(&plan, &everyone).to_json().unwrap();

        people.sort_by_key(|(_, part, order)| (*part, *order));
        let part_of = |part| -> Vec<Person> {
            people.iter().filter(|(_, p, _)| *p == part).map(|(person, ..)| person.clone()).collect()
        };
        let merged = (0..4)
            .map(|part| evaluate(&plan, &part_of(part)))
            .reduce(|a, b| b.merge(&a).unwrap())
            .unwrap();
        prop_assert_eq!(merged.to_json().unwrap(), whole.clone());

        let read = Evaluation::from_json(&whole, &Registry::default()).unwrap();
        prop_assert_eq!(read.to_json().unwrap(), whole);
    }

    #[test]
    fn the_flow_counts_every_episode_once_and_the_person_rows_say_who(
        people in prop::collection::vec(person(), 0..20),
    ) {
        let plan = plan();
        let evaluation = evaluate(&plan, &people);
        let rows: Vec<_> = people.iter().flat_map(|person| plan.person_rows(person)).collect();
        let episodes: usize = people.iter().map(|person| person.episodes.len()).sum();
        for (counts, findings) in evaluation.counts.measures.iter().zip(&evaluation.findings) {
            let of_measure = || rows.iter().filter(|row| row.measure == findings.measure);
            prop_assert_eq!(of_measure().count(), episodes);
            for fate in Fate::ALL {
                let with_fate = of_measure().filter(|row| row.fate == *fate).count() as u64;
                prop_assert_eq!(counts.main.flow.with_fate(*fate), with_fate);
            }
            prop_assert_eq!(counts.main.pairs.n(), counts.main.flow.in_box(FlowBox::Paired));
            for by in counts.groups.kinds() {
                let together = counts.groups.together(by, findings.scale).unwrap();
                prop_assert_eq!(&together.flow, &counts.main.flow);
                prop_assert_eq!(&together.pairs, &counts.main.pairs);
            }
            let changes: f64 = of_measure().filter_map(|row| row.change.as_ref()).map(|c| c.score).sum();
            let total: i64 = counts.main.pairs.changes().iter().map(|(c, n)| c * *n as i64).sum();
            let expected = total as f64 / f64::from(findings.scale.steps_per_unit);
            prop_assert!((changes - expected).abs() < 1e-6);
            let sittings: u64 = counts.sittings.iter().map(|(_, count)| count).sum();
            let recorded = people.iter().flat_map(|p| &p.episodes).flat_map(|e| &e.assessments);
            let of_instrument = recorded.filter(|a| a.instrument == *findings.instrument).count();
            prop_assert_eq!(sittings, of_instrument as u64);
        }
    }

    #[test]
    fn the_measures_of_an_instrument_are_counted_together_per_episode(
        people in prop::collection::vec(person(), 0..20),
    ) {
        let plan = plan();
        let evaluation = evaluate(&plan, &people);
        let [joint] = evaluation.joint_findings.as_slice() else { panic!("one instrument has two") };
        let mut changes: Vec<Vec<AnyChange>> = Vec::new();
        for person in &people {
            for rows in plan.person_rows(person).chunks(3) {
                let of_ons4 = rows.iter().filter(|row| row.instrument == "ons4");
                changes.push(of_ons4.filter_map(|row| row.change.as_ref()).map(|c| c.any).collect());
            }
        }
        let count = |kind: &dyn Fn(&[AnyChange]) -> bool| {
            changes.iter().filter(|changes| kind(changes)).count() as u64
        };
        let forward = |changes: &[AnyChange]| changes.contains(&AnyChange::Improved);
        let back = |changes: &[AnyChange]| changes.contains(&AnyChange::Worse);
        prop_assert_eq!(joint.episodes, count(&|changes| !changes.is_empty()));
        prop_assert_eq!(joint.forward_in_at_least_one.count, count(&forward));
        prop_assert_eq!(joint.back_in_at_least_one.count, count(&back));
        prop_assert_eq!(joint.forward_and_back.count, count(&|c| forward(c) && back(c)));
        let by_areas: u64 = joint.by_areas_forward.iter().map(|row| row.episodes).sum();
        prop_assert_eq!(by_areas, joint.episodes);
        let improved: u64 = evaluation.findings[1..].iter().map(|f| f.change.any_change.improved.count).sum();
        let forward_areas: u64 =
            joint.by_areas_forward.iter().map(|row| u64::from(row.areas) * row.episodes).sum();
        prop_assert_eq!(forward_areas, improved);
        // One more episode than the areas have pairs for.
        let mut file: serde_json::Value = serde_json::from_str(&evaluation.to_json().unwrap()).unwrap();
        let rows = file.pointer_mut("/counts/joint/0/episodes").unwrap().as_array_mut().unwrap();
        rows.push(serde_json::json!([1, 1, 0, 1]));
        let read = Evaluation::from_json(&file.to_string(), &Registry::default());
        let refused = read.unwrap_err();
        prop_assert_eq!(refused.code(), "counts-do-not-fit");
    }
}

#[test]
fn a_plan_reaches_every_rule_of_change_by_name() {
    let person = |id: usize, before: i64, after: i64| {
        let sitting = |month, code| {
            let date = When::Date(date(2026, month, 5));
            Assessment::new("swemwbs", "2009", date, vec![Answer::Given(code); 7])
        };
        let assessments = vec![sitting(2, before), sitting(4, after)];
        let closed = Recorded::Value(date(2026, 4, 20));
        let accepted = Recorded::Value(true);
        let referred = Recorded::Value(date(2026, 1, 20));
        let episode = Episode { assessments, closed, accepted, referred, ..Episode::default() };
        Person { id: id.to_string(), episodes: vec![episode], ..Person::default() }
    };
    // Raw 14, 21, 28 and 35: 15.32, 19.25, 25.03 and 35.00.
    let moves = [(2, 4), (2, 3), (3, 4), (4, 4), (4, 3), (2, 4), (5, 2)];
    let people: Vec<Person> =
        moves.iter().enumerate().map(|(id, &(before, after))| person(id, before, after)).collect();
    let plan = plan();
    let evaluation = evaluate(&plan, &people);
    let change = &evaluation.findings[0].change;
    assert_eq!(change.n, 7);
    // 3.93, 5.78 and 9.71: all of at least 3, and 3.93 within 4.71.
    let improved: Vec<u64> =
        change.reliable_change.iter().map(|rule| rule.improved.count).collect();
    assert_eq!(improved, [4, 4, 3]);
    let clinical = &change.clinical_change[0];
    assert_eq!((clinical.recovered.count, clinical.deteriorated.count), (3, 2));
    assert_eq!((clinical.recovered_of_clinical.count, clinical.recovered_of_clinical.of), (3, 4));
    assert_eq!(change.important_change[0].improved.count, 4);
    assert_eq!(change.sample_rules.len(), 2);
    assert_eq!(change.agreement.len(), 10);
    assert_eq!(change.transitions[1].band_set, "cut-at-19.5");
    let mcnemar = change.transition_tests[1].mcnemar.unwrap();
    let mcnemar = mcnemar.computed().unwrap();
    // Three went up across 19.5 and two down: 2 · (1 + 5 + 10)/2⁵ − 10/2⁵.
    assert_eq!((mcnemar.moved_up, mcnemar.moved_down), (3, 2));
    assert!((mcnemar.p - 0.6875).abs() < 1e-15);
    let regression = change.regression_to_the_mean.as_ref().unwrap();
    assert_eq!(regression.panel.len(), 5);
    let row = plan.person_rows(&people[0]).remove(0).change.unwrap();
    let classes: Vec<_> = row.reliable.iter().map(|class| class.rule.as_str()).collect();
    assert_eq!(classes, ["nhs-england", "shah-2018-1-sem", "jacobson-truax"]);
    assert_eq!(row.clinical[0].class, ClinicalChange::Recovered);
    assert_eq!(row.clinical[0].rule, "jacobson-truax and cut-off low");
    assert_eq!(row.important[0].class, ImportantChange::Improved);
}

#[test]
fn every_scored_sitting_has_a_place_in_time() {
    let sitting =
        |when, code| Assessment::new("swemwbs", "2009", when, vec![Answer::Given(code); 7]);
    let dated = |month, day| When::Date(date(2026, month, day));
    let episodes = vec![
        Episode {
            assessments: vec![
                sitting(dated(3, 2), 4),
                sitting(dated(2, 2), 2),
                sitting(dated(2, 16), 9),
                sitting(dated(5, 4), 5),
            ],
            ..Episode::default()
        },
        Episode {
            assessments: vec![sitting(When::Occasion(1), 2), sitting(When::Occasion(7), 3)],
            ..Episode::default()
        },
        Episode::default(),
    ];
    let people = [Person { episodes, ..Person::default() }];
    let plan = plan();
    let days = plan.over_time(0, Clock::DaysSinceFirst, &people).unwrap().unwrap();
    assert_eq!(days.episodes_without_dates, 1);
    let means = |over_time: &OverTime| {
        let level = ConfidenceLevel::default();
        let by_time = MeanTrajectory::of(&over_time.trajectories, TimeGrouping::Time, level);
        let points = by_time.unwrap().points;
        points.iter().map(|p| (p.from, p.n, *p.mean.computed().unwrap())).collect::<Vec<_>>()
    };
    // A code of 9 is off the form, so that sitting has no score. Raw 14, 28 and 35.
    assert_eq!(means(&days), [(0, 1, 15.32), (28, 1, 25.03), (91, 1, 35.0)]);
    let sessions = plan.over_time(0, Clock::Session, &people).unwrap().unwrap();
    assert_eq!(sessions.episodes_without_dates, 0);
    assert_eq!(means(&sessions), [(1, 2, 15.32), (2, 2, 22.14), (3, 1, 35.0)]);
    assert_eq!(plan.over_time(9, Clock::Session, &people), Ok(None));
}

#[test]
fn a_star_is_read_in_all_its_areas_together() {
    let areas = ["lifestyle", "money", "family-and-friends"];
    let measures: String = areas
        .iter()
        .map(|area| {
            format!("[[measures]]\ninstrument = \"well-being-star\"\nmeasure = \"{area}\"\n")
        })
        .collect();
    let head = PLAN.split("[[measures]]").next().unwrap();
    // No measure of a star has the rule of reliable change that the plan's own indicator names.
    let head = head.replace("reliably-improved = \"nhs-england\"", "box = \"paired\"");
    let plan = Plan::from_toml(&format!("multiplicity = \"benjamini-hochberg\"\n{head}{measures}"));
    let plan = plan.unwrap().check(&Registry::default()).unwrap();
    // Lifestyle, money and family are the first, fifth and seventh of eight areas.
    let sitting = |month, [lifestyle, money, family]: [i64; 3]| {
        let given = |code| if code == 0 { Answer::Blank } else { Answer::Given(code) };
        let mut answers = vec![Answer::Given(3); 8];
        (answers[0], answers[4], answers[6]) = (given(lifestyle), given(money), given(family));
        Assessment::new("well-being-star", "1", When::Date(date(2026, month, 5)), answers)
    };
    let person = |(before, after): ([i64; 3], [i64; 3])| {
        let assessments = vec![sitting(2, before), sitting(4, after)];
        let (closed, accepted) = (Recorded::Value(date(2026, 4, 20)), Recorded::Value(true));
        Person {
            episodes: vec![Episode { assessments, closed, accepted, ..Episode::default() }],
            ..Person::default()
        }
    };
    let people: Vec<Person> = [
        ([2, 2, 2], [3, 3, 2]), // two forward
        ([2, 2, 2], [3, 1, 2]), // one forward, one back
        ([2, 2, 2], [2, 2, 2]),
        ([2, 0, 2], [1, 4, 0]), // money and family without a pair; lifestyle back
        ([0, 2, 0], [4, 0, 4]), // no pair
    ]
    .map(person)
    .into();
    let evaluation = evaluate(&plan, &people);
    let [star] = evaluation.joint_findings.as_slice() else { panic!("one star") };
    assert_eq!(star.measures, areas);
    assert_eq!(star.episodes, 4);
    // Everybody's star was due again. The fourth has a pair in lifestyle alone, the fifth in no area,
    // though in lifestyle, the first of the areas, it is not even missing a follow-up on its baseline.
    let completion = [star.paired_completion, star.paired_throughout];
    assert_eq!(completion.map(|share| (share.count, share.of)), [(4, 5), (3, 5)]);
    let share = star.forward_in_at_least_one;
    assert_eq!((share.count, share.of), (2, 4));
    // Wilson's interval of 2 of 4, statsmodels 0.15.0 `proportion_confint(2, 4, method="wilson")`.
    let interval = share.proportion.computed().unwrap().interval;
    assert!((interval.lower - 0.15003898915214947).abs() < 1e-12);
    assert!((interval.upper - 0.8499610108478506).abs() < 1e-12);
    assert_eq!((star.back_in_at_least_one.count, star.forward_and_back.count), (2, 1));
    let forward: Vec<u64> = star.by_areas_forward.iter().map(|row| row.episodes).collect();
    assert_eq!(forward, [2, 1, 1, 0]);
    // Nobody moved among family and friends, so it has no test and does not count among them.
    assert_eq!(star.not_tested, ["family-and-friends"]);
    assert_eq!(star.signed_rank.p_values.len(), 2);
    let json = evaluation.to_json().unwrap();
    assert!(json.contains(r#""joint":[{"instrument":"well-being-star","due":5,"paired-throughout":3,"episodes":[[1,0,1,1],[3,0,0,1],[3,1,1,1],[3,2,0,1]]}]"#));
    for (from, to) in [
        ("[3,1,1,1]", "[3,2,2,1]"),
        ("\"due\":5,\"paired-t", "\"due\":3,\"paired-t"),
        ("\"due\":5,\"paired-t", "\"due\":16,\"paired-t"),
        ("\"paired-throughout\":3", "\"paired-throughout\":5"),
    ] {
        assert!(json.contains(from), "{from}");
        let refused = Evaluation::from_json(&json.replacen(from, to, 1), &Registry::default());
        assert_eq!(refused.unwrap_err().code(), "counts-do-not-fit", "{to}");
    }
}

#[test]
fn a_group_has_its_own_completion_and_benefit() {
    let sitting = |month, code| {
        let date = When::Date(date(2026, month, 5));
        Assessment::new("swemwbs", "2009", date, vec![Answer::Given(code); 7])
    };
    let person = |(quintile, version, after): (u8, &str, Option<i64>)| Person {
        simd: Recorded::Value(Simd { version: version.to_owned(), quintile, decile: None }),
        urban_rural: Recorded::Value(2),
        episodes: vec![Episode {
            accepted: Recorded::Value(true),
            closed: Recorded::Value(date(2026, 5, 20)),
            assessments: [Some(sitting(2, 2)), after.map(|code| sitting(4, code))]
                .into_iter()
                .flatten()
                .collect(),
            ..Episode::default()
        }],
        ..Person::default()
    };
    let people = [
        (1, "2020v2", Some(3)),
        (1, "2020v2", Some(4)),
        (1, "2020v2", None),
        (1, "2016", Some(2)),
        (5, "2020v2", None),
    ];
    let evaluation = evaluate(&plan(), &people.map(person));
    let groups = &evaluation.findings[0].groups;
    let of = |by: GroupBy| -> Vec<_> {
        let groups = groups.iter().filter(|group| group.by == by);
        groups
            .map(|group| {
                let completion = group.flow.rates.paired_completion;
                let mean = group.benefit.change.mean.computed().map(|mean| (mean * 100.0).round());
                let improved = group.benefit.improved.count;
                (group.group.as_str(), completion.count, completion.of, mean, improved)
            })
            .collect()
    };
    // Raw 14, 21 and 28 are 15.32, 19.25 and 25.03: changes of 3.93, 9.71 and 0.
    let expected = [
        ("SIMD 2016 quintile 1", 1, 1, Some(0.0), 0),
        ("SIMD 2020v2 quintile 1", 2, 3, Some(682.0), 2),
        ("SIMD 2020v2 quintile 5", 0, 1, None, 0),
    ];
    assert_eq!(of(GroupBy::SimdQuintile), expected);
    let all = |group| vec![(group, 3, 5, Some(455.0), 2)];
    assert_eq!(of(GroupBy::UrbanRural), all("class 2"));
    assert_eq!(of(GroupBy::DueMonth), all("2026-05"));
    assert_eq!(of(GroupBy::ClosureMonth), all("2026-05"));
    assert_eq!(of(GroupBy::BaselineMonth), all("2026-02"));
    assert_eq!(of(GroupBy::ReferralReason), all("not recorded"));
    let bounds = &groups.iter().find(|g| g.group == "SIMD 2020v2 quintile 1").unwrap().benefit;
    assert_eq!(bounds.improved_bounds.best, Some(1.0));
    assert_eq!(bounds.improved_bounds.worst, Some(2.0 / 3.0));
}

#[test]
fn who_is_without_a_follow_up_is_compared_and_placed() {
    let sitting = |month, code| {
        let date = When::Date(date(2026, month, 5));
        Assessment::new("swemwbs", "2009", date, vec![Answer::Given(code); 7])
    };
    let person = |(band, quintile, before, after): (&str, Option<u8>, i64, Option<i64>)| Person {
        age_band: Recorded::Value(band.to_owned()),
        simd: match quintile {
            Some(quintile) => {
                Recorded::Value(Simd { version: "2020v2".to_owned(), quintile, decile: None })
            }
            None => Recorded::NotKnown,
        },
        episodes: vec![Episode {
            accepted: Recorded::Value(true),
            closed: Recorded::Value(date(2026, 5, 20)),
            assessments: [Some(sitting(2, before)), after.map(|code| sitting(4, code))]
                .into_iter()
                .flatten()
                .collect(),
            ..Episode::default()
        }],
        ..Person::default()
    };
    let people = [
        ("16-24", Some(1), 2, Some(3)),
        ("16-24", Some(1), 3, None),
        ("16-24", Some(5), 3, Some(4)),
        ("65-74", Some(5), 2, Some(3)),
        ("65-74", None, 2, None),
    ];
    let evaluation = evaluate(&plan(), &people.map(person));
    let counts = &evaluation.counts.measures[0].attrition;
    let of = |name: &str| -> Vec<_> {
        let found = counts.traits().iter().find(|of| of.name == name).unwrap();
        found.levels.iter().map(|(level, n)| (level.as_str(), n.paired, n.unpaired)).collect()
    };
    assert_eq!(of("age band"), [("16-24", 2, 1), ("65-74", 1, 1)]);
    let quintiles =
        [("SIMD 2020v2 quintile 1", 1, 1), ("SIMD 2020v2 quintile 5", 2, 0), ("not known", 0, 1)];
    assert_eq!(of("SIMD quintile"), quintiles);
    assert_eq!(of("how the baseline was filled in"), [("not recorded", 3, 2)]);
    let unpaired: Vec<_> = counts.unpaired().scores().map(|(p, n)| (p.0, n)).collect();
    assert_eq!(unpaired, [(1532, 1), (1925, 1)]);
    let attrition = &evaluation.findings[0].attrition;
    assert_eq!((attrition.completion.count, attrition.completion.of), (3, 5));

    let [simd, urban_rural] = evaluation.findings[0].equity.as_slice() else { panic!("two axes") };
    let rows: Vec<_> = simd
        .rows
        .iter()
        .map(|row| (row.referred, row.completion.count, row.completion.of, row.improved.count))
        .collect();
    assert_eq!(rows, [(2, 1, 2, 1), (0, 0, 0, 0), (0, 0, 0, 0), (0, 0, 0, 0), (2, 2, 2, 2)]);
    assert_eq!((simd.placed.count, simd.placed.of), (4, 5));
    // Half of those placed are of band 1, a third of the lists.
    let reach = simd.rows[0].reach.as_ref().unwrap().reach_ratio.computed().unwrap().value;
    assert!((reach - 1.5).abs() < 1e-12);
    assert_eq!((urban_rural.placed.count, urban_rural.placed.of), (0, 5));
}

#[test]
fn a_measure_that_few_are_asked_for_is_not_missing_from_the_others() {
    let episode = |practice: &str| Episode {
        practice: Recorded::Value(practice.to_owned()),
        accepted: Recorded::Value(true),
        first_contact: Recorded::Value(date(2026, 2, 1)),
        ..Episode::default()
    };
    let episodes = ["Practice 1", "Practice 3", "Practice 3"].map(episode).into();
    let person = Person { episodes, ..Person::default() };
    let found = evaluate(&plan(), &[person]).findings;
    let eligible: Vec<u64> =
        found.iter().map(|found| found.flow.rates.baseline_completion.of).collect();
    assert_eq!(eligible, [3, 3, 1]);
}

#[test]
fn nobody_is_an_evaluation_too() {
    let evaluation = evaluate(&plan(), &[]);
    let findings = &evaluation.findings[0];
    assert_eq!(findings.change.n, 0);
    assert_eq!(findings.improved_bounds.worst, None);
    assert!(findings.cautions.contains(&Caution::FewPairs { pairs: 0, needed: 30 }));
    assert!(!evaluation.to_json().unwrap().contains("null,null"));
}

#[test]
fn what_was_referred_after_the_as_of_date_is_counted_apart() {
    let referred = |date| Episode { referred: Recorded::Value(date), ..Episode::default() };
    let episodes = vec![referred(date(2026, 6, 30)), referred(date(2026, 7, 1))];
    let person = Person { episodes, ..Person::default() };
    let plan = plan();
    let Evaluation { counts, findings, .. } = evaluate(&plan, core::slice::from_ref(&person));
    assert_eq!((counts.episodes, counts.later_episodes), (1, 1));
    assert_eq!(counts.measures[0].main.flow.in_box(FlowBox::Referred), 1);
    assert_eq!(plan.person_rows(&person).len(), findings.len(), "one episode, each measure");
}

#[test]
fn evaluations_under_different_plans_are_not_added() {
    let registry = Registry::default();
    let other =
        |from, to| Plan::from_toml(&PLAN.replace(from, to)).unwrap().check(&registry).unwrap();
    let left = evaluate(&plan(), &[]);
    let refused = |other: CheckedPlan| left.merge(&evaluate(&other, &[])).unwrap_err();
    let error = refused(other("target = 84", "target = 90"));
    assert_eq!(error.code(), "different-plans");
    assert_eq!(
        error.to_string(),
        "the plans differ in compare.1.end-point.target: 84 and 90; \
         evaluate both caseloads under one plan"
    );
    assert_eq!(
        refused(other("\"shah-2018-1-sem\"", "\"shah-2018-2.77-sem\"")).to_string(),
        "the plans differ in measures.1.change-rules.2: \"shah-2018-1-sem\" and \
         \"shah-2018-2.77-sem\"; evaluate both caseloads under one plan"
    );
}

#[test]
fn stored_evaluations_that_were_edited_are_refused() {
    let registry = Registry::default();
    let stored = evaluate(&plan(), &[]).to_json().unwrap();
    let refused = |from: &str, to: &str| {
        assert!(stored.contains(from), "{from}");
        Evaluation::from_json(&stored.replacen(from, to, 1), &registry).unwrap_err()
    };
    let version = format!("\"library\":\"{}\"", env!("CARGO_PKG_VERSION"));
    assert_eq!(
        refused(&version, "\"library\":\"0.0.9\"").to_string(),
        format!(
            "the evaluations were made by clw {} and clw 0.0.9; make both with one version",
            env!("CARGO_PKG_VERSION")
        )
    );
    assert_eq!(refused("\"people\":0", "\"people\":-1").code(), "unreadable-evaluation");
    assert_eq!(
        refused("\"steps-per-unit\":100", "\"steps-per-unit\":10").code(),
        "counts-do-not-fit"
    );
}

#[test]
fn stored_counts_that_do_not_add_up_are_refused_in_words() {
    let registry = Registry::default();
    let sitting = |month| {
        let date = When::Date(date(2026, month, 5));
        Assessment::new("swemwbs", "2009", date, vec![Answer::Given(2); 7])
    };
    let assessments = vec![sitting(2), sitting(4)];
    let closed = Recorded::Value(date(2026, 3, 20));
    let referred = Recorded::Value(date(2026, 1, 5));
    let episode = Episode { assessments, closed, referred, ..Episode::default() };
    let person = Person { episodes: vec![episode], ..Person::default() };
    let stored = evaluate(&plan(), &[person]).to_json().unwrap();
    assert!(Evaluation::from_json(&stored, &registry).is_ok());
    for (from, to, what) in [
        ("\"recorded\":1", "\"recorded\":2", "the closures"),
        ("\"value\":{\"referral-date\"", "\"value\":{\"age\":1,\"referral-date\"", "the fields"),
        ("\"end-reason-not-recorded\":1}}", "\"end-reason-not-recorded\":2}}", "the issues"),
        ("\"scores\":[]", "\"scores\":[[700,1]]", "those without a follow-up"),
        ("\"not-placed\":{\"not-recorded\":{\"paired\":1}}", "\"not-placed\":{}", "the bands"),
        ("\"unpaired\":0,\"improved\"", "\"unpaired\":1,\"improved\"", "the profiles"),
        ("\"after\":{}", "\"after\":{\"paired\":2}", "those before and after a change"),
        (
            "\"not-finished\":{\"contacts-not-known\":{\"paired\":1}}",
            "\"not-finished\":{}",
            "the finished episodes",
        ),
        ("\"names\":[{\"episodes\":0},", "\"names\":[{\"episodes\":2},", "the names"),
        ("\"not-kept\":1", "\"not-kept\":2", "the needs, referrals onward and outcomes"),
        (
            "\"days\":{\"59\"",
            "\"days\":{\"7\":{\"followed-up\":1,\"censored\":0},\"59\"",
            "the times to follow-up",
        ),
        ("\"closed\":1,\"since", "\"closed\":0,\"since", "those asked after the end"),
        ("\"flow\":{\"paired\":1}", "\"flow\":{\"paired\":2}", "the fates and pairs"),
        ("[[1532,1532,1]]", "[[1532,1532,2]]", "the fates and pairs"),
        ("\"items-answered\":14", "\"items-answered\":15", "the items answered"),
        (
            "\"not recorded\":{\"flow\":{\"paired\":1}",
            "\"not recorded\":{\"flow\":{\"paired\":2}",
            "the groups",
        ),
        ("{\"practice\":{", "{\"worker\":{", "the groups"),
        (
            "\"rows\":{}",
            "\"rows\":{\"people\":{\"read\":2,\"used\":1,\"rejected\":{},\"warned\":{}}}",
            "the rows",
        ),
    ] {
        assert!(stored.contains(from), "{from} in {stored}");
        let edited = stored.replacen(from, to, 1);
        let error = Evaluation::from_json(&edited, &registry).unwrap_err();
        assert_eq!(
            error.to_string(),
            format!(
                "{what} do not fit the plan or do not add up; read the file as the library wrote it"
            )
        );
    }
}

#[test]
fn counts_beyond_an_integer_are_not_added() {
    let registry = Registry::default();
    let stored = evaluate(&plan(), &[]).to_json().unwrap();
    let many = stored.replace("\"later-episodes\":0", "\"later-episodes\":18446744073709551615");
    let many = Evaluation::from_json(&many, &registry).unwrap();
    let error = many.merge(&many).unwrap_err();
    assert_eq!(error.code(), "count-overflow");
}

#[test]
fn a_plan_names_only_what_there_is() {
    let registry = Registry::default();
    let refused = |from: &str, to: &str| {
        assert!(PLAN.contains(from), "{from}");
        Plan::from_toml(&PLAN.replace(from, to)).unwrap().check(&registry).unwrap_err()
    };
    assert_eq!(
        refused("\"nhs-england\"", "\"nhs-scotland\"").to_string(),
        "`wellbeing` has no change rule `nhs-scotland`; \
         it has `nhs-england`, `shah-2018-2.77-sem`, `shah-2018-1-sem`"
    );
    assert_eq!(
        refused("\"england-2011\"", "\"england-2010-2013-men\"").to_string(),
        "the norm england-2010-2013-men has a mean and no standard deviation; \
         use a norm with both for regression to the mean"
    );
    assert_eq!(
        refused("measure = \"anxious\"\n", "").to_string(),
        "ons4 has 4 measures and the plan names none; \
         use one of life-satisfaction, worthwhile, happy, anxious"
    );
    assert_eq!(refused("\"swemwbs\"", "\"sfemwbs\"").code(), "unknown-instrument");
    let no_date = Plan::from_toml(&PLAN.replace("as-of = \"2026-06-30\"", "")).unwrap_err();
    assert_eq!(no_date.code(), "unreadable-plan");
    assert!(no_date.to_string().contains("missing field `as-of`"), "{no_date}");
    let misspelt = Plan::from_toml(&PLAN.replace("group-by", "groupby")).unwrap_err();
    assert!(misspelt.to_string().contains("unknown field `groupby`"), "{misspelt}");
}

/// A setting that its own check refuses keeps the code of that check, and says where it stands.
#[test]
fn a_refused_setting_of_a_plan_has_its_own_code_and_place() {
    let level = Plan::from_toml(&format!("interval-level = 95.0\n{PLAN}")).unwrap_err();
    assert_eq!(level.code(), "level-outside");
    assert_eq!(
        level.to_string(),
        "line 1 (interval-level = 95.0): the confidence level is 95, not strictly between 0 and 1; \
         write 0.95 for 95 %"
    );
    let written = serde_json::to_string(&Plan::from_toml(PLAN).unwrap()).unwrap();
    for (from, to, code, message) in [
        (
            "\"interval-level\":0.95",
            "\"interval-level\":95.0",
            "level-outside",
            "interval-level: the confidence level is 95, not strictly between 0 and 1; write 0.95 \
             for 95 %",
        ),
        (
            "\"standard-deviation\":3.9,\"reliability\":0.81}]",
            "\"standard-deviation\":3.9,\"reliability\":1.5}]",
            "reliability-outside",
            "measures.1.reliable-change: the reliability is 1.5, not at least 0 and below 1; give a \
             published coefficient",
        ),
        (
            "\"month-of\":\"closure-month\"",
            "\"month-of\":\"practice\"",
            "not-by-month",
            "indicators.own: the indicator counts by practice, which is no month; use \
             referral-month, baseline-month, due-month or closure-month",
        ),
        (
            "\"from\":\"2026-01\",\"to\":\"2026-06\"",
            "\"from\":\"2026-13\",\"to\":\"2026-06\"",
            "not-a-month",
            "indicators.span.from: \"2026-13\" is not a month from 0000-01 to 9999-12; write 2025-03 \
             for March 2025",
        ),
    ] {
        assert!(written.contains(from), "{from} in {written}");
        let refused = Plan::from_json(&written.replacen(from, to, 1)).unwrap_err();
        assert_eq!((refused.code(), refused.to_string().as_str()), (code, message));
    }
    let list = written.replacen("{\"rule\":\"first\"}", "[\"first\"]", 1);
    let list = Plan::from_json(&list).unwrap_err();
    assert_eq!(list.code(), "unreadable-plan");
    assert!(list.to_string().contains("invalid type: sequence"), "{list}");
}

#[test]
fn a_plan_counts_nothing_twice_and_asks_nothing_impossible() {
    let registry = Registry::default();
    let refused = |from: &str, to: &str| {
        assert!(PLAN.contains(from), "{from}");
        Plan::from_toml(&PLAN.replacen(from, to, 1)).unwrap().check(&registry).unwrap_err()
    };
    let named = refused("group-by = [\"practice\"", "group-by = [\"practice\", \"practice\"");
    assert_eq!(named.code(), "named-twice");
    assert_eq!(named.to_string(), "group-by names practice twice; name it once");
    assert_eq!(
        refused("\"shah-2018-1-sem\"", "\"nhs-england\"").to_string(),
        "change-rules names nhs-england twice; name it once"
    );
    assert_eq!(
        refused("[[measures]]", "[[measures]]\ninstrument = \"SWMWBS\"\n[[measures]]").to_string(),
        "measures names swemwbs@2009 wellbeing twice; name it once"
    );
    let never = refused(
        "{ rule = \"within-days\", target = 84, window = 28 }",
        "{ rule = \"nth-contact\", n = 0 }",
    );
    assert_eq!(never.code(), "rule-never-holds");
    assert_eq!(
        never.to_string(),
        "end-point.n is 0, which nothing can meet; contacts are counted from 1"
    );
    let asked = |rule: &str| {
        refused("\n[[measures]]", &format!("\n[[measures]]\neligibility = {rule}")).to_string()
    };
    assert_eq!(
        asked("{ rule = \"practices\", practices = [] }"),
        "eligibility.practices is empty, which nothing can meet; name at least one practice"
    );
    assert_eq!(
        asked("{ rule = \"programmes\", programmes = [\"A\", \"A\"] }"),
        "eligibility names A twice; name it once"
    );
    assert_eq!(
        asked("{ rule = \"first-seen-between\", from = \"2026-02-01\", until = \"2026-01-31\" }"),
        "eligibility.until is before from, which nothing can meet; give a day on or after it"
    );
    assert_eq!(
        asked("{ rule = \"all-of\", rules = [{ rule = \"all-of\", rules = [] }] }"),
        "eligibility.rules is empty, which nothing can meet; give at least one rule"
    );
    assert_eq!(
        refused(
            "{ from = \"2026-05\", to = \"2026-06\" }, prac",
            "{ from = \"2026-04\", to = \"2026-06\" }, prac"
        )
        .to_string(),
        "before-after is out of order, which nothing can meet; give months before, and months after these"
    );
    assert_eq!(
        refused(
            "constants = \"rounded\"",
            "constants = \"rounded\", recalculate-from = [\"2026-05\", \"2026-02\"]"
        )
        .to_string(),
        "control-charts.recalculate-from is out of order, which nothing can meet; give the months in their order in time"
    );
    assert_eq!(
        refused("constants = \"rounded\"", "constants = \"rounded\", baseline-periods = 1").code(),
        "baseline-too-short"
    );
    assert_eq!(refused("target = \"pooled\"", "target = { given = 1.5 }").code(), "target-outside");
    let unknown = refused("\"coverage\"", "\"cover\"");
    assert_eq!(unknown.code(), "unknown-indicator");
    assert!(
        unknown
            .to_string()
            .starts_with("there is no indicator cover; use one of paired-completion, coverage, ")
    );
    assert!(unknown.to_string().ends_with(", or define it in the plan"));
    assert_eq!(refused("= \"nhs-england\" }", "= \"nhs-wales\" }").code(), "unknown-rule");
    assert_eq!(
        refused(
            "from = \"2026-01\", to = \"2026-06\" }, length",
            "from = \"2026-07\", to = \"2026-06\" }, length"
        )
        .code(),
        "span-backwards"
    );
    assert_eq!(
        refused("[\"paired-completion\", \"coverage\"]", "[\"coverage\", \"coverage\"]")
            .to_string(),
        "indicators names coverage twice; name it once"
    );
    let lists = "lists = { axis.simd = { index.version = \"2020v2\"";
    assert_eq!(refused(lists, &lists.replace("2020v2", "2016")).code(), "axes-differ");
    assert_eq!(
        refused(
            "axis.urban-rural.classes = \"six-fold\"",
            "axis.simd = { index.version = \"2020v2\", bands = \"quintiles\" }"
        )
        .code(),
        "named-twice"
    );
    assert_eq!(
        refused("traits = [\"age-band\"", "traits = [\"age-band\", \"age-band\"").to_string(),
        "attrition.traits names age-band twice; name it once"
    );
    let any_of = "[{ rule = \"closed\" }, { rule = \"attended-at-least\", contacts = 3 }]";
    assert_eq!(
        refused(any_of, "[]").to_string(),
        "due.rules is empty, which nothing can meet; give at least one rule"
    );
    let unread = |from: &str, to: &str| {
        assert!(PLAN.contains(from), "{from}");
        Plan::from_toml(&PLAN.replacen(from, to, 1)).unwrap_err().to_string()
    };
    for (from, to) in [
        ("{ rule = \"first-within\", days = 28 }", "{ rule = \"first\", days = 28 }"),
        ("{ rule = \"closed\" }", "{ rule = \"closed\", days = 28 }"),
        ("end-point.rule = \"last\"", "end-point = { rule = \"last\", days = 28 }"),
    ] {
        let error = unread(from, to);
        assert!(error.contains("unknown field `days`"), "{error}");
    }
}
