//! What the scale and the way people come do to a change: its ends, and regression to the mean.

use super::About;
use super::about::share;
use super::format::{decimal, signed};
use crate::change::{RegressionToTheMean, ScaleEnd, ScaleEndShare, ScaleEnds, Sitting};
use crate::estimate::Estimate;

/// Who is at an end of the scale, where a score can move one way only.
#[must_use]
pub fn scale_ends(about: &About<'_>, ends: &ScaleEnds) -> String {
    let many: Vec<String> = ends.effects().map(at_end).collect();
    let limit = format!("{}\u{a0}%", ScaleEnds::EFFECT_PERCENT);
    if many.is_empty() {
        return format!(
            "At neither sitting does an end of the scale of {} hold more than {limit} of {}.",
            about.name(),
            about.pairs()
        );
    }
    format!(
        "Of {} on {}, {}. Whoever is at an end can move one way only, and may have moved by more \
         than the scale shows; more than {limit} at one end is called a floor or ceiling effect.",
        about.pairs(),
        about.name(),
        many.join("; ")
    )
}

/// `12 (30.0 %; …) had the lowest score there is before`.
fn at_end(at: &ScaleEndShare) -> String {
    format!("{} had the {} score there is {}", share(&at.share), end(at.end), sitting(at.sitting))
}

pub(super) const fn end(end: ScaleEnd) -> &'static str {
    match end {
        ScaleEnd::Lowest => "lowest",
        ScaleEnd::Highest => "highest",
    }
}

pub(super) const fn sitting(sitting: Sitting) -> &'static str {
    match sitting {
        Sitting::Baseline => "before",
        Sitting::FollowUp => "after",
    }
}

/// What a group that was low when it came would change by anyway, beside what was observed.
#[must_use]
pub fn regression_to_the_mean(about: &About<'_>, found: &RegressionToTheMean) -> String {
    let places = about.places();
    let rows = found.panel.iter().filter_map(|row| {
        let expected = signed(*row.expected_change.computed()?, places);
        Some((expected, decimal(row.reliability.get(), 1)))
    });
    let rows: Vec<(String, String)> = rows.collect();
    let (Some((most, weak)), Some((least, strong)), Estimate::Computed(mean)) =
        (rows.first(), rows.last(), &found.baseline_mean)
    else {
        return format!(
            "There is no regression to the mean to work out, because there are {}.",
            about.pairs()
        );
    };
    let observed = found.observed_change.computed().copied().unwrap_or_default();
    format!(
        "Scores move towards the usual by themselves. Of {} with a mean of {} on {} at first, where \
         that of the population is {}, a change of {most} points would be expected at a reliability of \
         {weak} and of {least} points at {strong}, were nobody to change truly{}; the change seen is {} \
         points. Which reliability holds is not known, so no figure is corrected by it.",
        about.pairs(),
        decimal(*mean, places),
        about.name(),
        decimal(found.rule.population.mean.get(), places),
        of_selected(found, places).unwrap_or_default(),
        signed(observed, places)
    )
}

/// The same for people who had to be worse than a cut-off to come.
fn of_selected(found: &RegressionToTheMean, places: usize) -> Option<String> {
    let cut_off = found.rule.cut_off?;
    let most = found.panel.first()?.expected_change_of_selected?;
    let least = found.panel.last()?.expected_change_of_selected?;
    let [most, least] = [most, least].map(|change| signed(change, places));
    Some(format!(" ({most} and {least} points of people selected for scores worse than {cut_off})"))
}
