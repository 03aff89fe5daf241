//! What happened over more than two sittings.

use super::about::{About, interval, share, share_alone};
use super::format::{count, decimal, points};
use crate::estimate::{Estimate, Interval};
use crate::instrument::Decimal;
use crate::trajectory::{MeanTrajectory, Slopes, TimeGrouping, TimeUnit, TrajectoryPoint};
#[cfg(feature = "mixed-models")]
use crate::trajectory::{MixedModel, RandomEffects};

/// The mean at the first and the last time, each with its own people.
#[must_use]
pub fn mean_trajectory(about: &About<'_>, found: &MeanTrajectory) -> String {
    let mut seen = found.points.iter().filter(|point| point.n > 0);
    let Some(first) = seen.next() else {
        return format!("There are 0 scores on {} at any time.", about.name());
    };
    let at = |point: &TrajectoryPoint| {
        let mean = point.mean.computed().copied().unwrap_or_default();
        let limits = match &point.interval {
            Estimate::Computed(limits) => interval(limits, about.places()),
            Estimate::NotComputed(reason) => format!("no interval, because {reason}"),
        };
        let people = about.noun.counted(point.n);
        let mean = decimal(mean, about.places());
        format!("{} the mean of {people} is {mean} ({limits})", when(found, point))
    };
    let scores = format!(
        "{}\u{a0}scores of {} on {}",
        count(found.sittings),
        about.noun.counted(found.people),
        about.name()
    );
    match seen.next_back() {
        None => format!("Of {scores}, {}.", at(first)),
        Some(last) => format!(
            "Of {scores}, {}, and {}. They need not be the same people.",
            at(first),
            at(last)
        ),
    }
}

/// `in week 12`, `at the first sitting`.
fn when(found: &MeanTrajectory, point: &TrajectoryPoint) -> String {
    let unit = match found.grouping {
        TimeGrouping::Occasion => "sitting".to_owned(),
        _ => found.unit.to_string(),
    };
    if point.from == point.to {
        format!("at {unit} {}", point.from)
    } else {
        format!("from {unit} {} to {}", point.from, point.to)
    }
}

/// Each person’s own slope: how many improve, and the mean.
#[must_use]
pub fn slopes(about: &About<'_>, found: &Slopes) -> String {
    if found.n == 0 {
        return format!(
            "Of {} with scores on {}, 0 have them at two times, so there are no slopes.",
            about.noun.counted(found.without_slope),
            about.name()
        );
    }
    let mean = match (&found.mean, &found.interval) {
        (Estimate::Computed(mean), Estimate::Computed(limits)) => {
            format!("The mean slope is {}.", slope(*mean, limits, found.unit))
        }
        (_, Estimate::NotComputed(reason)) => {
            format!("The mean slope has no interval, because {reason}.")
        }
        (Estimate::NotComputed(reason), _) => format!("There is no mean slope, because {reason}."),
    };
    let at_least = match found.rule.at_least {
        rule if rule == Decimal::from(0) => "by any amount".to_owned(),
        rule => format!("by {} or more a {}", points(rule), found.unit),
    };
    format!(
        "Of {} with scores on {} at two times or more, {} improved {at_least}, {} got worse by as \
         much and {} did neither; {} with scores at one time have no slope. {mean}",
        about.noun.counted(found.n),
        about.name(),
        share(&found.improving),
        share_alone(&found.worsening),
        share_alone(&found.steady),
        count(found.without_slope)
    )
}

/// `0.42 points a week (95 % interval 0.20 to 0.64)`; slopes a day are small, so with three places.
fn slope(slope: f64, limits: &Interval, unit: TimeUnit) -> String {
    let places = if unit == TimeUnit::Day { 3 } else { 2 };
    format!("{} points a {unit} ({})", decimal(slope, places), interval(limits, places))
}

/// The line of the average person.
#[cfg(feature = "mixed-models")]
#[must_use]
pub fn mixed_model(about: &About<'_>, found: &Estimate<MixedModel>) -> String {
    let model = match found {
        Estimate::Computed(model) => model,
        Estimate::NotComputed(reason) => {
            return format!(
                "There is no mixed model of the scores of {} on {}, because {reason}.",
                about.noun.counted(about.n),
                about.name()
            );
        }
    };
    let differ = match model.random_effects {
        RandomEffects::Intercept => "in level",
        RandomEffects::InterceptAndSlope => "in level and slope",
    };
    let singular = if model.singular {
        " The data do not tell all the ways apart in which people may differ."
    } else {
        ""
    };
    format!(
        "A straight line through {} scores of {} on {} begins at {} and goes by {} (linear mixed \
         model by restricted likelihood; people differ {differ}).{singular}",
        count(model.sittings),
        about.noun.counted(model.people),
        about.name(),
        decimal(model.intercept.estimate, about.places()),
        slope(model.slope.estimate, &model.slope.interval, model.unit)
    )
}
