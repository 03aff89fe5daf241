//! Reports of small caseloads, counted by hand.

use super::*;
use crate::OrderedMap;
use crate::caseload::{Closure, ClosureBasis};
use crate::change::{PairCounts, PublishedThreshold, ReliableChangeRule};
use crate::completion::{CountsByGroup, Flow, GroupBy, GroupCounts};
use crate::estimate::{ConfidenceLevel, Degenerate};
use crate::instrument::{Direction, Points, Scale, Source};
use crate::pairing::{Fate, FlowBox, Standing};

const PHQ_9: Scale = Scale {
    direction: Direction::LowerIsBetter,
    steps_per_unit: 1,
    lowest: Points(0),
    highest: Points(27),
};

fn definition() -> IndicatorDefinition {
    IndicatorDefinition {
        id: "paired-completion".into(),
        title: "Paired completion".into(),
        population: IndicatorPopulation::AllEpisodes,
        numerator: IndicatorCount::Box(FlowBox::Paired),
        denominator: FlowBox::Due,
        month_of: GroupBy::DueMonth,
        direction: Direction::HigherIsBetter,
        target: Some("0.5".parse().unwrap()),
        source: Source { id: "a".into(), citation: "b".into(), locator: "local".into() },
    }
}

/// In each group so many pairs that fell from 15 by the points given, and so many missing.
fn counts(by: GroupBy, groups: &[(&str, &[i32], u32)]) -> CountsByGroup {
    let mut counts = CountsByGroup::default();
    for &(group, falls, missing) in groups {
        let mut here = GroupCounts::new(PHQ_9);
        let follow_ups: Vec<i32> = falls.iter().map(|fall| 15 - fall).collect();
        here.pairs = PairCounts::count_steps(PHQ_9, &vec![15; falls.len()], &follow_ups).unwrap();
        falls.iter().for_each(|_| here.flow.add(Fate::Paired));
        (0..missing).for_each(|_| here.flow.add(Fate::FollowUpMissing));
        counts.add(by, group, &here).unwrap();
    }
    counts
}

fn span(from: &str, to: &str) -> IndicatorSpan {
    IndicatorSpan { from: from.parse().unwrap(), to: to.parse().unwrap() }
}

fn report(
    definition: IndicatorDefinition,
    input: IndicatorInput<'_>,
    span: IndicatorSpan,
    length: PeriodLength,
) -> Result<IndicatorReport, IndicatorError> {
    let indicator = Indicator::new(definition).unwrap();
    IndicatorReport::of(&indicator, input, span, length, ConfidenceLevel::default())
}

const fn input(all_episodes: &CountsByGroup) -> IndicatorInput<'_> {
    IndicatorInput { all_episodes, finished: None, not_finished: None, reliable_change: &[] }
}

#[test]
fn every_episode_is_in_one_period_outside_them_or_without_a_month() {
    let counts = counts(
        GroupBy::DueMonth,
        &[
            ("2024-03", &[6], 1),
            ("2024-04", &[6, 1], 0),
            ("2024-09", &[0], 2),
            ("2025-03", &[], 4),
            ("2025-04", &[6], 0),
            ("not known", &[6], 2),
        ],
    );
    let year = span("2024-04", "2025-03");
    for (length, expected) in [
        (PeriodLength::FinancialYear, vec![("2024-25", 3, 9)]),
        (PeriodLength::HalfYear, vec![("2024-25 H1", 3, 5), ("2024-25 H2", 0, 4)]),
        (
            PeriodLength::Quarter,
            vec![
                ("2024-25 Q1", 2, 2),
                ("2024-25 Q2", 1, 3),
                ("2024-25 Q3", 0, 0),
                ("2024-25 Q4", 0, 4),
            ],
        ),
    ] {
        let found = report(definition(), input(&counts), year, length).unwrap();
        let periods = found.periods.iter();
        let periods =
            periods.map(|found| (found.period.as_str(), found.share.count, found.share.of));
        assert_eq!(periods.collect::<Vec<_>>(), expected);
        assert_eq!((found.whole.count, found.whole.of), (3, 9));
        assert_eq!(found.outside_span, IndicatorTotal { count: 2, of: 3 });
        assert_eq!(found.without_month, IndicatorTotal { count: 1, of: 3 });
        let json = serde_json::to_string(&found).unwrap();
        assert_eq!(serde_json::from_str::<IndicatorReport>(&json).unwrap(), found);
    }
    let months = report(definition(), input(&counts), year, PeriodLength::Month).unwrap();
    assert_eq!(months.periods.len(), 12);
}

#[test]
fn a_period_without_anybody_has_no_share_and_no_place_beside_the_target() {
    let nobody = CountsByGroup::default();
    let quarter = span("2024-04", "2024-06");
    let found = report(definition(), input(&nobody), quarter, PeriodLength::Quarter).unwrap();
    let reason = found.periods[0].share.proportion.not_computed();
    assert_eq!(reason, Some(Degenerate::EmptyDenominator));
    assert_eq!((found.periods[0].beside_target, found.whole_beside_target), (None, None));
}

#[test]
fn a_period_says_how_many_of_its_months_are_left_out() {
    let nobody = CountsByGroup::default();
    let found =
        report(definition(), input(&nobody), span("2024-05", "2025-01"), PeriodLength::HalfYear);
    let left_out =
        found.unwrap().periods.iter().map(|period| period.months_left_out).collect::<Vec<_>>();
    assert_eq!(left_out, [1, 2]);
}

/// Wilson limits by statsmodels 0.15.0, `proportion_confint(k, 10, method="wilson")`: 9 of 10 from 0.596
/// to 0.982, 6 from 0.313 to 0.832, 1 from 0.018 to 0.404.
#[test]
fn the_target_is_compared_with_the_interval_and_not_with_the_share() {
    for (paired, missing, higher, lower) in [
        (9, 1, TargetComparison::AtTargetOrBeyond, TargetComparison::ShortOfTarget),
        (6, 4, TargetComparison::NotDistinguishable, TargetComparison::NotDistinguishable),
        (1, 9, TargetComparison::ShortOfTarget, TargetComparison::AtTargetOrBeyond),
    ] {
        let counts = counts(GroupBy::DueMonth, &[("2024-04", &vec![6; paired], missing)]);
        for (direction, expected) in
            [(Direction::HigherIsBetter, higher), (Direction::LowerIsBetter, lower)]
        {
            let definition = IndicatorDefinition { direction, ..definition() };
            let month = span("2024-04", "2024-04");
            let found = report(definition, input(&counts), month, PeriodLength::Month).unwrap();
            assert_eq!(found.periods[0].beside_target, Some(expected), "{paired}");
            assert!(expected.words().contains("target"));
        }
    }
}

#[test]
fn reliable_improvement_is_of_all_who_finished() {
    let all = counts(GroupBy::ClosureMonth, &[("2024-04", &[6, 7, 5, -6], 6)]);
    let finished = counts(GroupBy::ClosureMonth, &[("2024-04", &[6, 5, -6], 2)]);
    let mut unknown = Flow::default();
    unknown.add(Fate::Paired);
    (0..4).for_each(|_| unknown.add(Fate::FollowUpMissing));
    let not_finished = OrderedMap::from([(NotFinished::ContactsNotKnown, unknown)]);
    let rule = PublishedThreshold { id: "nhs-talking-therapies".into(), fewest_steps: 6 };
    let rules = [ReliableChangeRule::PublishedThreshold(rule)];
    let input = IndicatorInput {
        all_episodes: &all,
        finished: Some(&finished),
        not_finished: Some(&not_finished),
        reliable_change: &rules,
    };
    for (numerator, population, expected) in [
        (IndicatorCount::Improved, IndicatorPopulation::Finished, (2, 5)),
        (IndicatorCount::Worse, IndicatorPopulation::Finished, (1, 5)),
        (IndicatorCount::ReliablyImproved(name()), IndicatorPopulation::Finished, (1, 5)),
        (IndicatorCount::ReliablyDeteriorated(name()), IndicatorPopulation::Finished, (1, 5)),
        (IndicatorCount::ReliablyImproved(name()), IndicatorPopulation::AllEpisodes, (2, 10)),
        (IndicatorCount::Fate(Fate::FollowUpMissing), IndicatorPopulation::AllEpisodes, (6, 10)),
    ] {
        let definition = IndicatorDefinition {
            numerator,
            population,
            denominator: FlowBox::Referred,
            month_of: GroupBy::ClosureMonth,
            ..definition()
        };
        let month = span("2024-04", "2024-04");
        let found = report(definition, input, month, PeriodLength::Month).unwrap();
        assert_eq!((found.whole.count, found.whole.of), expected);
        // Whoever was referred is in the share or left out of it by a reason.
        let left_out: u64 = found.not_finished.values().sum();
        assert_eq!(found.whole.of + left_out, 10);
    }
}

fn name() -> String {
    "nhs-talking-therapies".into()
}

#[test]
fn what_was_not_counted_is_not_made_up() {
    let counts = counts(GroupBy::DueMonth, &[("2024-04", &[6], 1)]);
    let year = span("2024-04", "2025-03");
    let finished =
        IndicatorDefinition { population: IndicatorPopulation::Finished, ..definition() };
    let by_closure = IndicatorDefinition { month_of: GroupBy::ClosureMonth, ..definition() };
    let numerator = IndicatorCount::ReliablyImproved(name());
    let unknown = IndicatorDefinition { numerator, ..definition() };
    for (definition, span, code) in [
        (finished, year, "finished-not-counted"),
        (by_closure, year, "not-grouped"),
        (unknown, year, "unknown-rule"),
        (definition(), span("2025-03", "2024-04"), "span-backwards"),
    ] {
        let found = report(definition, input(&counts), span, PeriodLength::Month);
        assert_eq!(found.unwrap_err().code(), code);
    }
}

#[test]
fn whoever_is_not_finished_has_one_reason() {
    let on = jiff::civil::date(2024, 5, 1);
    let closed = Closure::Closed { on, basis: ClosureBasis::Recorded };
    for (closure, attended, expected) in [
        (closed, Some(2), None),
        (closed, Some(1), Some(NotFinished::FewerContacts)),
        (closed, None, Some(NotFinished::ContactsNotKnown)),
        (Closure::Open, Some(9), Some(NotFinished::Open)),
        (Closure::Open, None, Some(NotFinished::Open)),
    ] {
        let episode = crate::caseload::Episode::default();
        let standing = Standing { closure, attended, ..Standing::of(&episode, on, None) };
        assert_eq!(NotFinished::of(&standing), expected);
    }
}

#[test]
fn those_of_the_library_can_be_read_and_set_no_target() {
    let all = Indicator::built_in().unwrap();
    let ids: Vec<&str> = all.iter().map(|found| found.definition().id.as_str()).collect();
    assert_eq!(
        ids,
        [
            "paired-completion",
            "coverage",
            "improved-of-pairs",
            "improved-of-due",
            "talking-therapies-reliable-improvement",
        ]
    );
    assert!(all.iter().all(|found| found.definition().target.is_none()));
}
