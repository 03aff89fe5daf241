//! Every end-point, baseline and due rule on small episodes, as tables.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

use clw_core::caseload::{
    Assessment, Attendance, Contact, EndReason, Episode, Hold, Rater, Recorded, When,
};
use clw_core::instrument::catalogue;
use clw_core::pairing::{
    BaselineRule, DueRule, Eligibility, EndPoint, Fate, PairingRule, SittingRole, Standing,
    Timeline,
};
use clw_core::score::Answer;
use jiff::ToSpan;
use jiff::civil::{Date, date};

const START: Date = date(2026, 1, 1);
const AS_OF: Date = date(2026, 6, 30);

fn day(n: i32) -> Date {
    START.checked_add(n.days()).unwrap()
}

/// A sitting in which every item has the same answer; `0` leaves the form blank.
fn sitting(when: When, answer: i64) -> Assessment {
    let answer = if answer == 0 { Answer::Blank } else { Answer::Given(answer) };
    let swemwbs = catalogue::find("swemwbs").unwrap();
    Assessment::new(swemwbs.id(), swemwbs.version(), when, vec![answer; 7])
}

/// Seen on the days given, with sittings on (day, answer).
fn episode(seen: &[i32], sittings: &[(i32, i64)]) -> Episode {
    let contact = |n: &i32| Contact {
        date: Recorded::Value(day(*n)),
        attendance: Recorded::Value(Attendance::Seen),
        ..Contact::default()
    };
    Episode {
        referred: Recorded::Value(START),
        accepted: Recorded::Value(true),
        contacts: Recorded::Value(seen.iter().map(contact).collect()),
        assessments: sittings
            .iter()
            .map(|(n, answer)| sitting(When::Date(day(*n)), *answer))
            .collect(),
        ..Episode::default()
    }
}

fn rule(end_point: EndPoint, due: DueRule) -> PairingRule {
    PairingRule { baseline: BaselineRule::First, end_point, due }
}

/// The fate, and the day of the follow-up of a pair.
fn judge(episode: &Episode, rule: &PairingRule) -> (Fate, Option<i32>) {
    let standing = Standing::of(episode, AS_OF, None);
    let pairing = rule.pair(episode, &standing, &Eligibility::Seen, &timeline(episode));
    let day_of = |date: Date| i32::try_from(date.duration_since(START).as_hours() / 24).unwrap();
    (pairing.fate, pairing.follow_up.and_then(|s| s.when.date()).map(day_of))
}

fn timeline(episode: &Episode) -> Timeline {
    let swemwbs = catalogue::find("swemwbs").unwrap();
    let referred = episode.referred.value().copied();
    Timeline::of(episode, swemwbs, &swemwbs.measures()[0], referred, AS_OF)
}

#[test]
fn end_points_choose_among_the_later_sittings() {
    let mut closed = episode(&[0, 14, 28, 42, 56], &[(0, 2), (28, 3), (44, 3), (90, 4)]);
    closed.closed = Recorded::Value(day(60));
    let cases = [
        (EndPoint::Last, Some(90)),
        (EndPoint::LastUntilClosure { days: 0 }, Some(44)),
        (EndPoint::LastUntilClosure { days: 29 }, Some(44)),
        (EndPoint::LastUntilClosure { days: 30 }, Some(90)),
        (EndPoint::NthContact { n: 3 }, Some(28)),
        (EndPoint::NthContact { n: 4 }, None),
        (EndPoint::FirstAfter { n: 3 }, Some(28)),
        (EndPoint::FirstAfter { n: 4 }, Some(44)),
        (EndPoint::FirstAfter { n: 9 }, None),
        (EndPoint::WithinDays { target: 42, window: 7 }, Some(44)),
        (EndPoint::WithinDays { target: 36, window: 8 }, Some(28)),
        (EndPoint::WithinDays { target: 70, window: 7 }, None),
        (EndPoint::AtClosure { window: 16 }, Some(44)),
        (EndPoint::AtClosure { window: 15 }, None),
        (EndPoint::AtClosure { window: 30 }, Some(90)),
    ];
    for (end_point, chosen) in cases {
        let fate = if chosen.is_some() { Fate::Paired } else { Fate::FollowUpOutside };
        let judged = judge(&closed, &rule(end_point, DueRule::Everyone));
        assert_eq!(judged, (fate, chosen), "{end_point:?}");
    }
}

#[test]
fn a_call_long_after_the_end_is_no_end_of_support() {
    let until = |days| rule(EndPoint::LastUntilClosure { days }, DueRule::Everyone);
    let asked = [(0, 2), (28, 3), (90, 4)];
    let open = episode(&[0, 14], &asked);
    assert_eq!(judge(&open, &until(0)), (Fate::Paired, Some(90)), "it goes on");
    let ended = |seen: &[i32], day_of: i32| {
        let mut ended = episode(seen, &asked);
        ended.closed = Recorded::Value(day(day_of));
        ended
    };
    assert_eq!(judge(&ended(&[0, 14], 30), &until(0)), (Fate::Paired, Some(28)));
    assert_eq!(judge(&ended(&[0, 14], 28), &until(0)), (Fate::Paired, Some(28)), "on the day");
    assert_eq!(judge(&ended(&[0, 14], 27), &until(0)), (Fate::FollowUpOutside, None));
    assert_eq!(judge(&ended(&[0, 14], 27), &until(1)), (Fate::Paired, Some(28)));
    assert_eq!(judge(&ended(&[0, 60], 30), &until(0)), (Fate::Paired, Some(90)), "reopened");
    assert_eq!(judge(&ended(&[-9], -1), &until(0)), (Fate::FollowUpOutside, None), "all later");
    let quiet = Standing::of(&open, AS_OF, Some(60));
    let inferred = until(60).pair(&open, &quiet, &Eligibility::Seen, &timeline(&open));
    assert_eq!(inferred.follow_up.map(|s| s.when), Some(When::Date(day(90))), "inferred on day 90");
}

#[test]
fn what_no_date_or_contact_places_is_neither_chosen_nor_ruled_out() {
    use Fate::{FollowUpOutside, FollowUpTimeNotKnown, Paired};
    use SittingRole::{Baseline, FollowUp, NotChosen, TimeNotKnown};
    // The contact numbers of the second and the third sitting, and whether the episode is closed.
    let undated = |numbers: [Option<u32>; 2], closed: bool| {
        let mut episode = episode(&[0, 14, 28], &[]);
        episode.closed = if closed { Recorded::Value(day(30)) } else { Recorded::Missing };
        episode.assessments = (1..4).map(|n| sitting(When::Occasion(n), 2)).collect();
        for (form, number) in episode.assessments[1..].iter_mut().zip(numbers) {
            form.contact_ordinal = number.map_or(Recorded::Missing, Recorded::Value);
        }
        episode
    };
    let until = EndPoint::LastUntilClosure { days: 28 };
    let at = EndPoint::NthContact { n: 3 };
    for (end_point, numbers, closed, fate, [second, third]) in [
        (until, [None, None], false, Paired, [NotChosen, FollowUp]),
        (until, [None, None], true, FollowUpTimeNotKnown, [TimeNotKnown, TimeNotKnown]),
        (until, [Some(3), None], true, Paired, [FollowUp, TimeNotKnown]),
        (until, [None, Some(3)], true, Paired, [TimeNotKnown, FollowUp]),
        (EndPoint::Last, [None, None], true, Paired, [NotChosen, FollowUp]),
        (at, [Some(3), None], false, Paired, [FollowUp, TimeNotKnown]),
        (at, [Some(2), None], false, FollowUpTimeNotKnown, [NotChosen, TimeNotKnown]),
        (at, [Some(2), Some(4)], false, FollowUpOutside, [NotChosen, NotChosen]),
        (EndPoint::FirstAfter { n: 3 }, [None, Some(4)], false, Paired, [TimeNotKnown, FollowUp]),
        (
            EndPoint::AtClosure { window: 28 },
            [Some(3), None],
            true,
            FollowUpTimeNotKnown,
            [TimeNotKnown, TimeNotKnown],
        ),
        (
            EndPoint::AtClosure { window: 28 },
            [None, None],
            false,
            FollowUpOutside,
            [NotChosen, NotChosen],
        ),
        (
            EndPoint::WithinDays { target: 84, window: 28 },
            [Some(2), Some(3)],
            false,
            FollowUpTimeNotKnown,
            [TimeNotKnown, TimeNotKnown],
        ),
    ] {
        let (episode, rule) = (undated(numbers, closed), rule(end_point, DueRule::Everyone));
        let (standing, timeline) = (Standing::of(&episode, AS_OF, None), timeline(&episode));
        let pairing = rule.pair(&episode, &standing, &Eligibility::Seen, &timeline);
        assert_eq!(pairing.fate, fate, "{rule:?} {numbers:?}");
        let roles: Vec<_> =
            timeline.sittings().iter().map(|s| rule.role(&pairing, &standing, s)).collect();
        assert_eq!(roles, [Baseline, second, third], "{rule:?} {numbers:?}");
    }

    // Nobody asks when it was while nothing is due.
    let (episode, rule) =
        (undated([None, None], true), rule(at, DueRule::AttendedAtLeast { contacts: 4 }));
    let (standing, timeline) = (Standing::of(&episode, AS_OF, None), timeline(&episode));
    let pairing = rule.pair(&episode, &standing, &Eligibility::Seen, &timeline);
    assert_eq!(pairing.fate, Fate::NotDueFollowedUp);
    assert_eq!(rule.role(&pairing, &standing, &timeline.sittings()[2]), NotChosen);
}

#[test]
fn a_recorded_contact_number_goes_before_the_dates() {
    let mut numbered = episode(&[0, 14, 28], &[(0, 2), (30, 3)]);
    numbered.assessments[1].contact_ordinal = Recorded::Value(3);
    let nth = rule(EndPoint::NthContact { n: 3 }, DueRule::AttendedAtLeast { contacts: 3 });
    assert_eq!(judge(&numbered, &nth), (Fate::Paired, Some(30)));
}

#[test]
fn due_rules_tell_not_yet_due_from_missing() {
    let quiet = episode(&[0, 14], &[(0, 2)]);
    let mut closed = quiet.clone();
    closed.closed = Recorded::Value(day(20));
    let closed_or_four =
        DueRule::AnyOf { rules: vec![DueRule::Closed, DueRule::AttendedAtLeast { contacts: 4 }] };
    let cases = [
        (&quiet, DueRule::Everyone, Fate::FollowUpMissing),
        (&quiet, DueRule::Closed, Fate::NotDueYet),
        (&closed, DueRule::Closed, Fate::FollowUpMissing),
        (&quiet, DueRule::AttendedAtLeast { contacts: 2 }, Fate::FollowUpMissing),
        (&quiet, DueRule::AttendedAtLeast { contacts: 3 }, Fate::NotDueYet),
        (&quiet, DueRule::DaysSinceBaseline { days: 180 }, Fate::FollowUpMissing),
        (&quiet, DueRule::DaysSinceBaseline { days: 181 }, Fate::NotDueYet),
        (&quiet, closed_or_four.clone(), Fate::NotDueYet),
        (&closed, closed_or_four, Fate::FollowUpMissing),
    ];
    for (episode, due, fate) in cases {
        let message = format!("{due:?}");
        assert_eq!(judge(episode, &rule(EndPoint::Last, due)), (fate, None), "{message}");
    }
}

#[test]
fn unknown_contacts_leave_it_unknown_whether_a_follow_up_is_due() {
    let mut emis = episode(&[], &[(0, 2)]);
    emis.contacts = Recorded::NotKnown;
    let fourth = rule(EndPoint::Last, DueRule::AttendedAtLeast { contacts: 4 });
    assert_eq!(judge(&emis, &fourth).0, Fate::DueNotKnown);
    emis.assessments.push(sitting(When::Date(day(60)), 3));
    emis.assessments[1].contact_ordinal = Recorded::Value(4);
    assert_eq!(judge(&emis, &fourth).0, Fate::DueNotKnown, "a follow-up does not make itself due");
    emis.attended_contacts = Recorded::Value(4);
    assert_eq!(judge(&emis, &fourth), (Fate::Paired, Some(60)));
}

type Change = fn(&mut Episode);

#[test]
fn contacts_after_the_as_of_date_have_not_happened_yet() {
    let mut booked = episode(&[0, 14, 181], &[(0, 2)]);
    let third = rule(EndPoint::Last, DueRule::AttendedAtLeast { contacts: 3 });
    assert_eq!(judge(&booked, &third).0, Fate::NotDueYet, "day 181 is the day after");
    booked = episode(&[0, 14, 180], &[(0, 2)]);
    assert_eq!(judge(&booked, &third).0, Fate::FollowUpMissing);
}

#[test]
fn every_episode_has_the_fate_of_the_first_box_it_does_not_pass() {
    let cases: [(Fate, Change); 16] = [
        (Fate::Paired, |_| {}),
        (Fate::NotAccepted, |e| e.accepted = Recorded::Value(false)),
        (Fate::AcceptanceNotKnown, |e| *e = Episode::default()),
        (Fate::NotSeen, |e| e.contacts = Recorded::Value(Vec::new())),
        (Fate::BaselineMissing, |e| e.assessments.clear()),
        (Fate::BaselineUnscored, |e| {
            e.assessments = vec![sitting(When::Date(day(0)), 0), sitting(When::Date(day(9)), 6)];
        }),
        (Fate::BaselineMissing, |e| {
            e.assessments = vec![sitting(When::Date(date(2026, 7, 1)), 2)];
        }),
        (Fate::NotDueDeceased, |e| e.end_reason = Recorded::Value(EndReason::Deceased)),
        (Fate::NotDueOnHold, |e| {
            e.closed = Recorded::Missing;
            e.holds.push(Hold { from: day(15), to: None });
        }),
        (Fate::NotDueFollowedUp, |e| e.closed = Recorded::Missing),
        (Fate::NotDueYet, |e| {
            e.closed = Recorded::Missing;
            e.assessments.truncate(1);
        }),
        (Fate::FollowUpMissing, |e| e.assessments.truncate(1)),
        (Fate::FollowUpUnscored, |e| e.assessments[1] = sitting(When::Date(day(14)), 0)),
        (Fate::FollowUpUnscored, |e| e.assessments.push(sitting(When::Date(day(14)), 4))),
        (Fate::FollowUpUnscored, |e| e.assessments[1].when = When::Occasion(2)),
        (Fate::FollowUpMissing, |e| e.assessments[1].when = When::Date(date(2026, 7, 1))),
    ];
    for (place, (fate, change)) in cases.into_iter().enumerate() {
        let mut episode = episode(&[0, 14], &[(0, 2), (14, 3)]);
        episode.closed = Recorded::Value(day(20));
        change(&mut episode);
        assert_eq!(judge(&episode, &rule(EndPoint::Last, DueRule::Closed)).0, fate, "case {place}");
    }
}

#[test]
fn a_plan_may_ask_only_those_who_came_more_than_once() {
    let once = episode(&[0], &[(0, 2)]);
    let standing = Standing::of(&once, AS_OF, None);
    let last = rule(EndPoint::Last, DueRule::Everyone);
    let twice = Eligibility::AttendedAtLeast { contacts: 2 };
    let pairing = last.pair(&once, &standing, &twice, &timeline(&once));
    assert_eq!(pairing.fate, Fate::NotEligible);
}

#[test]
fn a_measure_is_asked_only_where_and_when_the_plan_says() {
    let mut first_seen_on_day_14 = episode(&[14], &[(14, 2)]);
    first_seen_on_day_14.practice = Recorded::Value("Ardmoran".to_owned());
    first_seen_on_day_14.programme = Recorded::Value("Valley".to_owned());
    let mut unknown = episode(&[], &[(14, 2)]);
    unknown.contacts = Recorded::NotKnown;
    let practices = |name: &str| Eligibility::Practices { practices: vec![name.to_owned()] };
    let programmes = |name: &str| Eligibility::Programmes { programmes: vec![name.to_owned()] };
    let between = |from: Option<i32>, until: Option<i32>| Eligibility::FirstSeenBetween {
        from: from.map(day),
        until: until.map(day),
    };
    let both = |rules: [Eligibility; 2]| Eligibility::AllOf { rules: rules.into() };
    let cases = [
        (practices("Ardmoran"), true, false),
        (practices("Balnacorrie"), false, false),
        (programmes("Valley"), true, false),
        (between(Some(14), None), true, false),
        (between(Some(15), None), false, false),
        (between(None, Some(14)), true, true),
        (between(None, Some(13)), false, true),
        // Without contacts the referral on day 0 decides.
        (between(Some(0), Some(0)), false, true),
        (both([practices("Ardmoran"), between(Some(14), Some(14))]), true, false),
        (both([practices("Ardmoran"), between(None, Some(13))]), false, false),
    ];
    for (eligibility, asked, unknown_asked) in cases {
        for (episode, asked) in [(&first_seen_on_day_14, asked), (&unknown, unknown_asked)] {
            let standing = Standing::of(episode, AS_OF, None);
            let last = rule(EndPoint::Last, DueRule::Everyone);
            let fate = last.pair(episode, &standing, &eligibility, &timeline(episode)).fate;
            assert_eq!(fate != Fate::NotEligible, asked, "{eligibility:?}");
        }
    }
}

#[test]
fn a_follow_up_falls_due_on_a_day_where_that_can_be_told() {
    let mut closed = episode(&[0, 14, 28], &[(7, 2)]);
    closed.closed = Recorded::Value(day(60));
    let open = episode(&[0, 14, 28], &[(7, 2)]);
    let any_of = |rules: [DueRule; 2]| DueRule::AnyOf { rules: rules.into() };
    let attended = |contacts| DueRule::AttendedAtLeast { contacts };
    let cases = [
        (DueRule::Everyone, Some(7), Some(7)),
        (DueRule::Closed, Some(60), None),
        (attended(3), Some(28), Some(28)),
        // Attended before the baseline, so due with it.
        (attended(1), Some(7), Some(7)),
        (attended(0), Some(7), Some(7)),
        (attended(4), None, None),
        (DueRule::DaysSinceBaseline { days: 84 }, Some(91), Some(91)),
        (DueRule::DaysSinceBaseline { days: u32::MAX }, None, None),
        (any_of([DueRule::Closed, attended(3)]), Some(28), Some(28)),
        (any_of([DueRule::Closed, attended(4)]), Some(60), None),
    ];
    for (due, of_closed, of_open) in cases {
        for (episode, expected) in [(&closed, of_closed), (&open, of_open)] {
            let standing = Standing::of(episode, AS_OF, None);
            let baseline = timeline(episode).scored().next().unwrap();
            let falls_due = due.falls_due(episode, &standing, baseline);
            assert_eq!(falls_due, expected.map(day), "{due:?}");
        }
    }
}

#[test]
fn a_late_baseline_is_none_under_a_rule_that_asks_for_an_early_one() {
    let late = episode(&[0, 14], &[(29, 2), (60, 3)]);
    let within = |days| PairingRule {
        baseline: BaselineRule::FirstWithin { days },
        end_point: EndPoint::Last,
        due: DueRule::Everyone,
    };
    assert_eq!(judge(&late, &within(29)).0, Fate::Paired);
    assert_eq!(judge(&late, &within(28)).0, Fate::BaselineLate);
}

#[test]
fn a_score_before_the_referral_belongs_to_an_earlier_episode() {
    let returned = episode(&[0], &[(-30, 2), (0, 3)]);
    let roles: Vec<_> = timeline(&returned).sittings().iter().map(|s| s.outcome.err()).collect();
    assert_eq!(roles, [Some(SittingRole::BeforeReferral), None]);
}

#[test]
fn sittings_of_one_moment_are_one_if_they_agree_and_none_if_they_do_not() {
    let outcome = |answers: [i64; 2], raters: [Recorded<Rater>; 2]| {
        let mut twice = episode(&[0], &[(5, answers[0]), (5, answers[1])]);
        for (assessment, rater) in twice.assessments.iter_mut().zip(raters) {
            assessment.rater = rater;
        }
        let timeline = timeline(&twice);
        let roles: Vec<_> = timeline.sittings().iter().map(|s| s.outcome.err()).collect();
        (roles, timeline.scored().count())
    };
    let nobody = [Recorded::Missing, Recorded::Missing];
    let both = [Recorded::Value(Rater::Person), Recorded::Value(Rater::Worker)];
    let conflicting = Some(SittingRole::Conflicting);
    assert_eq!(outcome([3, 3], nobody), (vec![None, Some(SittingRole::Repeated)], 1));
    assert_eq!(outcome([3, 4], nobody), (vec![conflicting, conflicting], 0));
    assert_eq!(outcome([0, 4], nobody), (vec![Some(SittingRole::Unscored), None], 1));
    assert_eq!(outcome([3, 4], both), (vec![Some(SittingRole::OtherRater), None], 1));
}

#[test]
fn occasions_order_what_has_no_dates_and_are_not_mixed_with_dates() {
    let mut fixed = episode(&[0], &[]);
    fixed.assessments = vec![sitting(When::Occasion(2), 4), sitting(When::Occasion(1), 2)];
    let order: Vec<_> = timeline(&fixed).scored().map(|s| s.assessment).collect();
    assert_eq!(order, [1, 0]);

    fixed.assessments.push(sitting(When::Date(day(3)), 3));
    let roles: Vec<_> = timeline(&fixed).sittings().iter().map(|s| s.outcome.err()).collect();
    let undated = Some(SittingRole::Undated);
    assert_eq!(roles, [None, undated, undated]);
}
