//! What a sentence is about, and the phrases that all of them share.

use std::borrow::Cow;

use super::format::{
    count, from_to, level, mean_places, p_value, percent, percent_from_to, printable,
};
use crate::change::Alternative;
use crate::estimate::{Degenerate, Estimate, Interval, Share};
use crate::evaluation::FEW_PAIRS;
use crate::instrument::{Direction, Measure, Scale};

/// What is counted: people, or episodes where some people have several.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Noun {
    /// One of them.
    pub one: &'static str,
    /// Several.
    pub several: &'static str,
}

impl Noun {
    /// Each pair is a person's.
    pub const PEOPLE: Self = Self { one: "person", several: "people" };
    /// A person may have several pairs, one for each episode.
    pub const EPISODES: Self = Self { one: "episode", several: "episodes" };

    /// `1 person`, `1,215 people`, with a space that does not break.
    #[must_use]
    pub fn counted(self, number: u64) -> String {
        let noun = if number == 1 { self.one } else { self.several };
        format!("{}\u{a0}{noun}", count(number))
    }
}

/// What a sentence is about: the pairs of one measure.
#[derive(Debug, Clone)]
pub struct About<'a> {
    /// What the measure is called, as in "the mean score on …".
    pub name: Cow<'a, str>,
    /// The scale of its scores.
    pub scale: Scale,
    /// The pairs.
    pub n: u64,
    /// Whose they are.
    pub noun: Noun,
    /// The measure, whose bands and rules have labels; without one they go by their names.
    pub measure: Option<&'a Measure>,
}

impl<'a> About<'a> {
    /// So many pairs of a measure, each a person's.
    #[must_use]
    pub fn measure(measure: &'a Measure, n: u64) -> Self {
        let (name, scale) = (Cow::Borrowed(measure.label()), measure.scale());
        Self { name, scale, n, noun: Noun::PEOPLE, measure: Some(measure) }
    }

    /// So many pairs on a scale, each a person's, of a measure without a name.
    #[must_use]
    pub const fn scale(scale: Scale, n: u64) -> Self {
        Self { name: Cow::Borrowed("this measure"), scale, n, noun: Noun::PEOPLE, measure: None }
    }

    /// The name as it may be printed.
    pub(super) fn name(&self) -> String {
        printable(&self.name)
    }

    /// Whether there are too few pairs for an estimate that stands alone.
    pub(super) const fn is_few(&self) -> bool {
        self.n < FEW_PAIRS
    }

    /// `40 pairs`.
    pub(super) fn pairs(&self) -> String {
        let noun = if self.n == 1 { "pair" } else { "pairs" };
        format!("{}\u{a0}{noun}", count(self.n))
    }

    /// `40 people with a pair of scores`.
    pub(super) fn whoever(&self) -> String {
        format!("{} with a pair of scores", self.noun.counted(self.n))
    }

    pub(super) fn places(&self) -> usize {
        mean_places(&self.scale)
    }

    /// Why there is no such result.
    pub(super) fn none(&self, what: &str, reason: Degenerate) -> String {
        if reason == Degenerate::NoPairs {
            return format!("There is no {what}, because there are {}.", self.pairs());
        }
        let these = if self.n == 1 { "this" } else { "these" };
        format!("There is no {what} of {these} {}, because {reason}.", self.pairs())
    }

    /// The sentence of counts, or that there is nobody to count.
    pub(super) fn count(&self, what: &str, say: impl FnOnce() -> String) -> String {
        if self.n == 0 { self.none(what, Degenerate::NoPairs) } else { say() }
    }

    /// The sentence of a result, or why there is none.
    pub(super) fn tell<T>(
        &self,
        what: &str,
        result: &Estimate<T>,
        say: impl FnOnce(&T) -> String,
    ) -> String {
        match result {
            Estimate::Computed(result) => say(result),
            Estimate::NotComputed(reason) => self.none(what, *reason),
        }
    }
}

/// `95 % interval 1.39 to 3.09`.
pub(crate) fn interval(interval: &Interval, places: usize) -> String {
    let limits = from_to(interval.lower, interval.upper, places);
    format!("{} interval {limits}", level(interval.level))
}

/// `95 % interval 44.8 to 50.4 %`.
pub(crate) fn interval_of_percent(interval: &Interval) -> String {
    let limits = percent_from_to(interval.lower, interval.upper);
    format!("{} interval {limits}\u{a0}%", level(interval.level))
}

/// `95 % interval 0.47 to 1.20`, or why there is none.
pub(super) fn interval_or_reason(limits: &Estimate<Interval>, places: usize) -> String {
    match limits {
        Estimate::Computed(limits) => interval(limits, places),
        Estimate::NotComputed(reason) => format!("no interval, because {reason}"),
    }
}

/// `24 (60.0 %; 95 % interval 44.6 to 73.7 %)`; of few, the count alone.
pub(crate) fn share(share: &Share) -> String {
    match share.proportion {
        Estimate::Computed(of) if share.of >= FEW_PAIRS => format!(
            "{} ({}; {})",
            count(share.count),
            percent(of.value),
            interval_of_percent(&of.interval)
        ),
        _ => count(share.count),
    }
}

/// `24 of 40 pairs (60.0 %; 95 % interval 44.6 to 73.7 %)`; of few, the counts alone.
pub(super) fn share_of_pairs(about: &About<'_>, found: &Share) -> String {
    let counts = format!("{} of {}", count(found.count), about.pairs());
    match found.proportion {
        Estimate::Computed(of) if !about.is_few() => {
            format!("{counts} ({}; {})", percent(of.value), interval_of_percent(&of.interval))
        }
        _ => counts,
    }
}

/// `24 (60.0 %)`; of few, the count alone.
pub(super) fn share_alone(share: &Share) -> String {
    share_of(share.count, share.of)
}

/// The same of two counts.
pub(super) fn share_of(part: u64, of: u64) -> String {
    if of < FEW_PAIRS {
        return count(part);
    }
    format!("{} ({})", count(part), percent(part as f64 / of as f64))
}

/// `p = 0.034, two-sided`.
pub(crate) fn p_of(p: f64, alternative: Alternative) -> String {
    format!("{}, {}", p_value(p), sides(alternative))
}

/// What a p is about.
pub(crate) const fn sides(alternative: Alternative) -> &'static str {
    match alternative {
        Alternative::TwoSided => "two-sided",
        Alternative::Greater => "one-sided, for a rise",
        Alternative::Less => "one-sided, for a fall",
    }
}

/// A p as so many of a thousand samples: `about 34 of 1,000 such samples`.
pub(super) fn how_often(p: f64) -> String {
    let of_thousand = libm::round(1000.0 * p);
    if p < 0.001 {
        "fewer than 1 of 1,000 such samples".to_owned()
    } else if p >= 0.9995 {
        "nearly all such samples".to_owned()
    } else {
        format!("about {of_thousand} of 1,000 such samples")
    }
}

pub(crate) const fn better(direction: Direction) -> &'static str {
    match direction {
        Direction::HigherIsBetter => "higher is better",
        Direction::LowerIsBetter => "lower is better",
    }
}
