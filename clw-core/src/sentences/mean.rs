//! The mean change, and the tests of it.

use super::About;
use super::about::{better, how_often, interval, p_of};
use super::format::{self, count, decimal, from_to, mean_places, p_value, printable, signed};
use crate::change::{
    Alternative, Change, Equivalence, PairCounts, PairedT, SignFlip, SignFlipMethod,
};
use crate::estimate::{Estimate, Interval};
use crate::evaluation::FEW_PAIRS;

/// What happened to the mean, or why nothing is said about it.
///
/// With fewer than [`FEW_PAIRS`] there is no mean, only its interval.
#[must_use]
pub fn mean_change(about: &About<'_>, change: &Change) -> String {
    let (Some(baseline), Some(follow_up), Some(mean)) = (
        change.baseline.mean.computed(),
        change.follow_up.mean.computed(),
        change.change.mean.computed(),
    ) else {
        return format!("There are 0 pairs of scores to compare on {}.", about.name());
    };
    if about.is_few() {
        return format!("{} {}", few_pairs(about), interval_of_mean(about, &change.paired_t));
    }
    let places = about.places();
    let moved = match signed(*mean, places).chars().next() {
        Some('+') => format!("rose by {} points", decimal(*mean, places)),
        Some('−') => format!("fell by {} points", decimal(0.0 - mean, places)),
        _ => "did not change".to_owned(),
    };
    let (from, to) = (decimal(*baseline, places), decimal(*follow_up, places));
    let (sure, none) = match &change.paired_t {
        Estimate::Computed(test) => {
            let includes = test.interval.contains(0.0);
            let none = if includes { " The interval includes no change at all." } else { "" };
            (interval(&test.interval, places), none)
        }
        Estimate::NotComputed(reason) => (format!("no interval, because {reason}"), ""),
    };
    format!(
        "Among {}, the mean score on {} {moved} ({sure}), from {from} to {to}; {}.{none}",
        about.whoever(),
        about.name(),
        better(about.scale.direction)
    )
}

/// Why there is no mean.
#[must_use]
pub fn few_pairs(about: &About<'_>) -> String {
    let are = if about.n == 1 { "is" } else { "are" };
    format!(
        "There {are} {} on {}, fewer than the {FEW_PAIRS} that the guidance for WEMWBS asks for \
         before a mean is reported.",
        about.pairs(),
        about.name()
    )
}

/// The smallest and the largest change of anyone, for a sample too small for a mean.
#[must_use]
pub fn range_of_change(pairs: &PairCounts) -> Option<String> {
    let changes = pairs.changes();
    let (least, _) = changes.first_key_value()?;
    let (most, _) = changes.last_key_value()?;
    let scale = pairs.scale();
    let value = |steps: i64| steps as f64 / f64::from(scale.steps_per_unit.max(1));
    let places = if scale.steps_per_unit == 1 { 0 } else { mean_places(scale) };
    let [least_points, most_points] = [least, most].map(|steps| signed(value(*steps), places));
    Some(match (least == most, pairs.n()) {
        (true, 1) => format!("The one change was {least_points} points."),
        (true, n) => format!("Every one of {} changes was {least_points} points.", count(n)),
        (_, n) => {
            format!("The {} changes ranged from {least_points} to {most_points} points.", count(n))
        }
    })
}

/// The interval of the mean change, without the mean.
#[must_use]
pub fn interval_of_mean(about: &About<'_>, test: &Estimate<PairedT>) -> String {
    about.tell("interval of the mean change", test, |test| {
        let Interval { lower, upper, level } = test.interval;
        format!(
            "The {} interval of the mean change of {} is {} points.",
            format::level(level),
            about.pairs(),
            from_to(lower, upper, about.places())
        )
    })
}

/// The paired t test.
#[must_use]
pub fn paired_t(about: &About<'_>, test: &Estimate<PairedT>) -> String {
    about.tell("paired t test", test, |test| {
        let limit = test.one_sided_limit.map(|limit| {
            let bound = match test.alternative {
                Alternative::Less => "most",
                _ => "least",
            };
            let limit = signed(limit, about.places());
            let level = format::level(test.interval.level);
            format!(" The mean change is at {bound} {limit} points ({level} one-sided limit).")
        });
        format!(
            "If scores had not moved on average, a mean change {} would be seen in {} (paired t \
             test of {}: {}).{}",
            far(test.alternative),
            how_often(test.p),
            about.pairs(),
            paired_t_figures(test),
            limit.unwrap_or_default()
        )
    })
}

/// A paired t test as statisticians write it.
pub(crate) fn paired_t_figures(test: &PairedT) -> String {
    let (df, t) = (count(test.df), decimal(test.t, 2));
    format!("t({df}) = {t}, {}", p_of(test.p, test.alternative))
}

/// What a p counts of mean changes.
const fn far(alternative: Alternative) -> &'static str {
    match alternative {
        Alternative::TwoSided => "at least this far from none",
        Alternative::Greater => "at least this high",
        Alternative::Less => "at least this low",
    }
}

/// The sign-flip permutation test of the mean change.
#[must_use]
pub fn sign_flip(about: &About<'_>, test: &Estimate<SignFlip>) -> String {
    about.tell("sign-flip test", test, |test| {
        let how = match test.method {
            SignFlipMethod::Exact => "every pattern of signs counted".to_owned(),
            SignFlipMethod::MonteCarlo { patterns, seed } => {
                format!("{} patterns of signs drawn from seed {seed}", count(patterns.into()))
            }
        };
        format!(
            "If each change were as likely to be a rise as a fall, a mean change {} would be \
             seen in {} (sign-flip permutation test of {}, {} of them without change: {}, {how}).",
            far(test.alternative),
            how_often(test.p),
            about.pairs(),
            count(test.zeros),
            p_of(test.p, test.alternative),
        )
    })
}

/// Whether the mean change is too small to matter, by named margins.
#[must_use]
pub fn equivalence(about: &About<'_>, test: &Estimate<Equivalence>) -> String {
    about.tell("test of equivalence", test, |test| {
        let places = about.places();
        let (lower, upper) = (test.margins.lower(), test.margins.upper());
        let within = test.interval.map(|Interval { lower: least, upper: most, level }| {
            let lies = if lower < least && most < upper { "lies within" } else { "reaches beyond" };
            let (level, limits) = (format::level(level), from_to(least, most, places));
            format!(" The {level} interval, {limits}, {lies} them.")
        });
        format!(
            "Mean changes from {} points were called too small to matter (margins “{}”). If the true \
             mean change were at the nearer margin, one at least as far inside would be seen in {} \
             (two one-sided t tests of {}: df = {}, {}).{}",
            from_to(lower, upper, places),
            printable(test.margins.id()),
            how_often(test.p),
            about.pairs(),
            count(test.df),
            p_value(test.p),
            within.unwrap_or_default()
        )
    })
}
