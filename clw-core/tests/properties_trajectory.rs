//! What must hold of more than two sittings, whatever the scores.

#![expect(clippy::unwrap_used, reason = "a test: inputs are valid by construction")]

use clw_core::estimate::ConfidenceLevel;
use clw_core::instrument::{Direction, Points, Scale};
use clw_core::trajectory::{
    MeanTrajectory, OneOfBin, SlopeRule, Slopes, TimeGrouping, TimeUnit, TimedScore, Trajectories,
};
use proptest::prelude::*;

const SCALE: Scale = Scale {
    direction: Direction::HigherIsBetter,
    steps_per_unit: 100,
    lowest: Points(700),
    highest: Points(3500),
};

type Person = Vec<TimedScore>;

fn any_person() -> impl Strategy<Value = Person> {
    prop::collection::btree_map(-40..200_i32, 700..=3500_i32, 0..7).prop_map(|sittings| {
        sittings
            .into_iter()
            .map(|(time, points)| TimedScore { time, points: Points(points) })
            .collect()
    })
}

fn trajectories<'a>(people: impl IntoIterator<Item = &'a Person>) -> Trajectories {
    let mut all = Trajectories::new(SCALE, TimeUnit::Day).unwrap();
    for person in people {
        all.add(person).unwrap();
    }
    all
}

fn groupings() -> [TimeGrouping; 4] {
    let bins = |one_of_bin| TimeGrouping::Bins { edges: vec![-10, 0, 28, 84], one_of_bin };
    [TimeGrouping::Time, TimeGrouping::Occasion, bins(OneOfBin::First), bins(OneOfBin::Last)]
}

/// Everything there is to say, as bytes.
fn everything(people: &Trajectories) -> String {
    let level = ConfidenceLevel::default();
    let means = groupings().map(|by| MeanTrajectory::of(people, by, level).unwrap());
    let slopes = Slopes::of(people, SlopeRule { at_least: 1.into() }, level);
    let mut said = serde_json::to_string(&(means, slopes)).unwrap();
    #[cfg(feature = "mixed-models")]
    {
        use clw_core::trajectory::{MixedModel, RandomEffects};
        for effects in [RandomEffects::Intercept, RandomEffects::InterceptAndSlope] {
            match MixedModel::fit(people, effects, level) {
                Ok(model) => said.push_str(&serde_json::to_string(&model).unwrap()),
                Err(reason) => said.push_str(reason.code()),
            }
        }
    }
    said
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn neither_the_order_of_rows_nor_of_people_nor_the_parts_matter(
        (people, shuffled) in prop::collection::vec(any_person(), 0..25).prop_flat_map(|people| {
            (Just(people.clone()), Just(people).prop_shuffle())
        }),
        at in 0..25_usize,
    ) {
        let whole = everything(&trajectories(&people));
        let (first, second) = shuffled.split_at(at.min(shuffled.len()));
        let first: Vec<Person> = first.iter().map(|p| p.iter().rev().copied().collect()).collect();
        let mut merged = trajectories(&first);
        merged.merge(&trajectories(second)).unwrap();
        prop_assert_eq!(everything(&merged), whole.clone());
        prop_assert!(!whole.contains("null"));
    }

    #[test]
    fn every_sitting_is_in_a_mean_or_counted_as_left_out(
        people in prop::collection::vec(any_person(), 0..25),
    ) {
        let all = trajectories(&people);
        for grouping in groupings() {
            let found = MeanTrajectory::of(&all, grouping, ConfidenceLevel::default()).unwrap();
            let counted: u64 = found.points.iter().map(|point| point.n).sum();
            prop_assert_eq!(counted + found.sittings_left_out, all.sittings());
            for point in &found.points {
                prop_assert!(point.n <= all.people());
                if let (Some(mean), Some(interval)) = (point.mean.computed(), point.interval.computed()) {
                    prop_assert!(interval.contains(*mean));
                }
            }
        }
    }

    #[test]
    fn another_day_0_changes_no_slope(
        people in prop::collection::vec(any_person(), 0..25),
        days in -3000..3000_i32,
    ) {
        let level = ConfidenceLevel::default();
        let later: Vec<Person> = people
            .iter()
            .map(|p| p.iter().map(|s| TimedScore { time: s.time + days, ..*s }).collect())
            .collect();
        let rule = SlopeRule { at_least: 1.into() };
        let [here, there] = [&people, &later].map(|people| Slopes::of(&trajectories(people), rule, level));
        prop_assert_eq!(here, there);
        #[cfg(feature = "mixed-models")]
        {
            use clw_core::trajectory::{MixedModel, RandomEffects};
            for effects in [RandomEffects::Intercept, RandomEffects::InterceptAndSlope] {
                let fit = |people| MixedModel::fit(&trajectories(people), effects, level);
                match (fit(&people), fit(&later)) {
                    (Ok(here), Ok(there)) => {
                        let close = |here: f64, there: f64, size: f64| (here - there).abs() <= 1e-6 * size;
                        let error = here.slope.standard_error;
                        prop_assert!(close(here.slope.estimate, there.slope.estimate, error));
                        prop_assert!(close(error, there.slope.standard_error, error));
                        let (one, other) =
                            (here.log_restricted_likelihood, there.log_restricted_likelihood);
                        prop_assert!(close(one, other, 1.0), "{} {}", one, other);
                        prop_assert!(here.slope.interval.contains(here.slope.estimate));
                    }
                    (here, there) => prop_assert_eq!(here, there),
                }
            }
        }
    }
}
