//! Practices side by side without a league table: a funnel plot.
//!
//! A small practice may have 0 % or 100 % by chance, a large one may not. The limits widen to the left
//! accordingly, and only what lies outside them asks for an explanation. There are no positions: the
//! order is that of the denominators, and what is outside is more or fewer than chance explains, not
//! better or worse. With 20 practices one outside the 95 % limits is expected.

use serde::{Deserialize, Serialize};

use super::control_limits::Centre;
use super::named_count::check;
use super::{ChartSide, ComparisonError, ControlLimits, NamedCount};
use crate::estimate::{Degenerate, Estimate};
use crate::numeric::{normal, whole};

/// What is left above and below the 95 % and the 99.8 % limits.
const TAIL_95: f64 = 0.025;
const TAIL_99_8: f64 = 0.001;

/// The steps in which the limits are drawn.
const CURVE_STEPS: u64 = 60;

/// How the limits are made.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum FunnelLimits {
    /// Counts beyond which the binomial distribution has at most 2.5 % or 0.1 % on each side. They hold
    /// what they promise at every size, and go in steps.
    #[default]
    ExactBinomial,
    /// The same made smooth by interpolation between counts, as published: Spiegelhalter (2005),
    /// appendix A.1.1, doi:10.1002/sim.1970. With few people a count that is not unlikely at all may
    /// lie outside: 1 of 1 at a target of ½ does.
    InterpolatedBinomial,
    /// Counts whose mid-p, the chance of more and half of that of as many, is above 2.5 % or 0.1 % on
    /// each side. Lancaster (1961), doi:10.1080/01621459.1961.10482105.
    MidP,
    /// `θ ± z·√(φ·θ(1 − θ)/n)`, where practices differ by more than chance for reasons nobody
    /// recorded: Spiegelhalter (2005), sections 5.1 and A.3.
    ///
    /// φ is the mean square of the z scores of the practices, after those of the given share furthest
    /// out on each side were set to the next one; below 1 it counts as 1. The binomial's exact limits
    /// have no room for φ.
    NormalOverdispersed {
        /// The share of the practices winsorised on each side, at least 0 and below ½; 0.1 in the
        /// paper.
        winsorised: f64,
    },
}

/// What the practices are compared with.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FunnelTarget {
    /// The share of all practices together.
    #[default]
    Pooled,
    /// A share set from outside, strictly between 0 and 1.
    Given(f64),
}

/// How a funnel is made.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct FunnelOptions {
    /// The limits.
    pub limits: FunnelLimits,
    /// The target.
    pub target: FunnelTarget,
}

/// Where a practice lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FunnelPosition {
    /// Within the 95 % limits.
    AsExpected,
    /// Above the 95 % limit.
    #[serde(rename = "more-than-expected-95")]
    MoreThanExpected95,
    /// Above the 99.8 % limit.
    #[serde(rename = "more-than-expected-99-8")]
    MoreThanExpected99_8,
    /// Below the 95 % limit.
    #[serde(rename = "fewer-than-expected-95")]
    FewerThanExpected95,
    /// Below the 99.8 % limit.
    #[serde(rename = "fewer-than-expected-99-8")]
    FewerThanExpected99_8,
}

impl FunnelPosition {
    /// In words that do not judge.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::AsExpected => "within what chance explains (95 % limits)",
            Self::MoreThanExpected95 => "more than expected by chance (95 % limits)",
            Self::MoreThanExpected99_8 => "more than expected by chance (99.8 % limits)",
            Self::FewerThanExpected95 => "fewer than expected by chance (95 % limits)",
            Self::FewerThanExpected99_8 => "fewer than expected by chance (99.8 % limits)",
        }
    }
}

/// Both limits at one denominator.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct FunnelBand {
    /// The denominator.
    pub of: u64,
    /// The 95 % limits.
    #[serde(rename = "limits-95")]
    pub limits_95: ControlLimits,
    /// The 99.8 % limits.
    #[serde(rename = "limits-99-8")]
    pub limits_99_8: ControlLimits,
}

impl FunnelBand {
    fn position(&self, share: f64) -> FunnelPosition {
        match (self.limits_99_8.outside(share), self.limits_95.outside(share)) {
            (Some(ChartSide::Above), _) => FunnelPosition::MoreThanExpected99_8,
            (Some(ChartSide::Below), _) => FunnelPosition::FewerThanExpected99_8,
            (None, Some(ChartSide::Above)) => FunnelPosition::MoreThanExpected95,
            (None, Some(ChartSide::Below)) => FunnelPosition::FewerThanExpected95,
            (None, None) => FunnelPosition::AsExpected,
        }
    }
}

/// One practice.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct FunnelPoint {
    /// Its name.
    pub name: String,
    /// The numerator.
    pub count: u64,
    /// The denominator.
    pub of: u64,
    /// The one over the other.
    pub share: f64,
    /// The limits at this denominator.
    pub band: Estimate<FunnelBand>,
    /// Where it lies.
    pub position: Estimate<FunnelPosition>,
}

/// By how much practices differ beyond chance.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Overdispersion {
    /// The mean square of the winsorised z scores: about 1 where chance explains all.
    pub estimated: f64,
    /// What the limits were widened by: the same, or 1 where it is below.
    pub applied: f64,
    /// The practices whose z score was moved in, on each side.
    pub winsorised_each_side: u64,
}

/// Practices by their denominators, and the limits that chance sets.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct FunnelPlot {
    /// How it was made.
    pub options: FunnelOptions,
    /// The share that all are compared with.
    pub target: Estimate<f64>,
    /// The overdispersion, where the limits allow for it.
    pub overdispersion: Option<Overdispersion>,
    /// The practices, by denominator and then by name: the order says nothing about them.
    pub points: Vec<FunnelPoint>,
    /// The practices with a denominator of 0, by name.
    pub without_denominator: Vec<String>,
    /// The limits from the smallest denominator to the largest, for drawing.
    pub curve: Vec<FunnelBand>,
}

impl FunnelPlot {
    /// The funnel of some practices, in any order.
    ///
    /// # Errors
    /// [`ComparisonError::MoreThanAll`], [`ComparisonError::TotalTooLarge`],
    /// [`ComparisonError::NameTwice`],
    /// [`ComparisonError::TargetOutside`], [`ComparisonError::WinsorisedOutside`].
    ///
    /// ```
    /// use clw_core::completion::{FunnelOptions, FunnelPlot, FunnelPosition, NamedCount};
    ///
    /// let practices = [
    ///     NamedCount::new("Elm Row", 2, 4),
    ///     NamedCount::new("Hill Street", 12, 40),
    ///     NamedCount::new("Mill Lane", 33, 50),
    ///     NamedCount::new("New Town", 0, 0),
    /// ];
    /// let funnel = FunnelPlot::of(&practices, FunnelOptions::default())?;
    /// assert_eq!(funnel.target.computed(), Some(&0.5));
    /// assert_eq!(funnel.without_denominator, ["New Town"]);
    /// let hill_street = funnel.points[1].position.computed().unwrap();
    /// assert_eq!(hill_street.words(), "fewer than expected by chance (95 % limits)");
    /// # Ok::<(), clw_core::completion::ComparisonError>(())
    /// ```
    pub fn of(practices: &[NamedCount], options: FunnelOptions) -> Result<Self, ComparisonError> {
        check(practices)?;
        options.check()?;
        let (mut with, mut without): (Vec<&NamedCount>, Vec<&NamedCount>) =
            practices.iter().partition(|practice| practice.of > 0);
        with.sort_by_key(|practice| (practice.of, &practice.name));
        without.sort_by_key(|practice| &practice.name);
        let centre = options.target.centre(&with);
        let overdispersion =
            centre.ok().and_then(|centre| options.limits.dispersion(centre, &with));
        let band = |of| centre.map(|centre| options.limits.band(centre, of, overdispersion));
        let point = |practice: &&NamedCount| {
            let share = practice.count as f64 / practice.of as f64;
            let band = band(practice.of);
            FunnelPoint {
                name: practice.name.clone(),
                count: practice.count,
                of: practice.of,
                share,
                band: band.into(),
                position: band.map(|band| band.position(share)).into(),
            }
        };
        Ok(Self {
            options,
            target: centre.map(|centre| centre.p).into(),
            overdispersion,
            points: with.iter().map(point).collect(),
            without_denominator: without.iter().map(|practice| practice.name.clone()).collect(),
            curve: denominators(&with).filter_map(|of| band(of).ok()).collect(),
        })
    }
}

/// From the smallest denominator to the largest, in equal steps of whole numbers.
fn denominators(by_size: &[&NamedCount]) -> impl Iterator<Item = u64> {
    let ends = by_size.first().zip(by_size.last()).map(|(first, last)| (first.of, last.of));
    let (from, to) = ends.unwrap_or((1, 0));
    let wide = to.saturating_sub(from);
    let steps = wide.min(CURVE_STEPS);
    let at = move |step: u64| {
        let part = u128::from(wide) * u128::from(step) / u128::from(steps.max(1));
        from + u64::try_from(part).unwrap_or(wide)
    };
    (0..=steps).map(at).filter(move |of| *of <= to)
}

impl FunnelOptions {
    fn check(self) -> Result<(), ComparisonError> {
        match (self.target, self.limits) {
            (FunnelTarget::Given(target), _) if !(target > 0.0 && target < 1.0) => {
                Err(ComparisonError::TargetOutside { target })
            }
            (_, FunnelLimits::NormalOverdispersed { winsorised: share })
                if !(0.0..0.5).contains(&share) =>
            {
                Err(ComparisonError::WinsorisedOutside { share })
            }
            _ => Ok(()),
        }
    }
}

impl FunnelTarget {
    fn centre(self, practices: &[&NamedCount]) -> Result<Centre, Degenerate> {
        let sum = |part: fn(&NamedCount) -> u64| practices.iter().map(|p| part(p)).sum::<u64>();
        let (count, of) = (sum(|practice| practice.count), sum(|practice| practice.of));
        let centre = match self {
            Self::Pooled if of == 0 => return Err(Degenerate::EmptyDenominator),
            Self::Pooled => Centre::of_counts(count, of),
            Self::Given(share) => Centre::of_share(share),
        };
        if centre.is_certain() { Err(Degenerate::OneClass) } else { Ok(centre) }
    }
}

impl FunnelLimits {
    fn band(self, centre: Centre, of: u64, overdispersion: Option<Overdispersion>) -> FunnelBand {
        let limits = |tail| match self {
            Self::ExactBinomial => centre.exact(of, tail),
            Self::InterpolatedBinomial => centre.interpolated(of, tail),
            Self::MidP => centre.mid_p(of, tail),
            Self::NormalOverdispersed { .. } => {
                let widened = overdispersion.map_or(1.0, |found| libm::sqrt(found.applied));
                centre.normal(of, normal::upper_quantile(tail) * widened)
            }
        };
        FunnelBand { of, limits_95: limits(TAIL_95), limits_99_8: limits(TAIL_99_8) }
    }

    fn dispersion(self, centre: Centre, practices: &[&NamedCount]) -> Option<Overdispersion> {
        let Self::NormalOverdispersed { winsorised } = self else { return None };
        let z = |practice: &&NamedCount| {
            let share = practice.count as f64 / practice.of as f64;
            (share - centre.p) / centre.standard_deviation(practice.of)
        };
        let mut scores: Vec<f64> = practices.iter().map(z).collect();
        scores.sort_by(f64::total_cmp);
        let cut = whole(libm::floor(winsorised * scores.len() as f64));
        let inner = usize::try_from(cut).ok()?;
        let low = *scores.get(inner)?;
        let high = *scores.get(scores.len().checked_sub(inner + 1)?)?;
        let squares = scores.iter().map(|score| score.clamp(low, high)).map(|score| score * score);
        let estimated = squares.sum::<f64>() / scores.len() as f64;
        Some(Overdispersion { estimated, applied: estimated.max(1.0), winsorised_each_side: cut })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn practices(counts: &[(&str, u64, u64)]) -> Vec<NamedCount> {
        counts.iter().map(|&(name, count, of)| NamedCount::new(name, count, of)).collect()
    }

    fn funnel(counts: &[(&str, u64, u64)]) -> FunnelPlot {
        FunnelPlot::of(&practices(counts), FunnelOptions::default()).unwrap()
    }

    #[test]
    fn no_practice_or_none_with_people_has_no_funnel() {
        for counts in [&[][..], &[("A", 0, 0), ("B", 0, 0)]] {
            let found = funnel(counts);
            assert_eq!(found.target.not_computed(), Some(Degenerate::EmptyDenominator));
            assert_eq!((found.points.len(), found.curve.len()), (0, 0));
            assert_eq!(found.without_denominator.len(), counts.len());
        }
    }

    #[test]
    fn where_everybody_or_nobody_counts_there_is_no_chance_to_speak_of() {
        for found in [funnel(&[("A", 0, 3), ("B", 0, 9)]), funnel(&[("A", 3, 3), ("B", 9, 9)])] {
            assert_eq!(found.target.not_computed(), Some(Degenerate::OneClass));
            assert_eq!(found.points[0].position.not_computed(), Some(Degenerate::OneClass));
        }
    }

    #[test]
    fn the_order_is_that_of_size_and_not_of_the_share() {
        let counts = [("C", 1, 30), ("B", 30, 30), ("A", 2, 80), ("D", 0, 0), ("E", 7, 8)];
        let found = funnel(&counts);
        let names: Vec<&str> = found.points.iter().map(|point| point.name.as_str()).collect();
        assert_eq!(names, ["E", "B", "C", "A"]);
        let mut reversed = counts;
        reversed.reverse();
        assert_eq!(funnel(&reversed), found);
    }

    #[test]
    fn one_practice_lies_on_its_own_target() {
        let found = funnel(&[("A", 3, 10)]);
        assert_eq!(found.points[0].position, Estimate::Computed(FunnelPosition::AsExpected));
        assert_eq!(found.curve.len(), 1);
    }

    #[test]
    fn one_of_one_is_never_unlikely_at_one_half() {
        let half = FunnelTarget::Given(0.5);
        let position = |limits| {
            let options = FunnelOptions { limits, target: half };
            let found = FunnelPlot::of(&practices(&[("A", 1, 1)]), options).unwrap();
            *found.points[0].position.computed().unwrap()
        };
        assert_eq!(position(FunnelLimits::ExactBinomial), FunnelPosition::AsExpected);
        assert_eq!(position(FunnelLimits::MidP), FunnelPosition::AsExpected);
        let interpolated = position(FunnelLimits::InterpolatedBinomial);
        assert_eq!(interpolated, FunnelPosition::MoreThanExpected99_8);
    }

    #[test]
    fn the_curve_has_few_points_for_any_size() {
        let found = funnel(&[("A", 1, 3), ("B", 400, 1_000), ("C", 90_000, 200_000)]);
        assert_eq!(found.curve.len(), 61);
        assert_eq!((found.curve[0].of, found.curve[60].of), (3, 200_000));
        assert_eq!(funnel(&[("A", 1, 3), ("B", 2, 5)]).curve.len(), 3);
    }

    #[test]
    fn settings_outside_their_range_are_refused() {
        let counts = practices(&[("A", 3, 10)]);
        for (target, winsorised, code) in [
            (FunnelTarget::Given(1.0), 0.1, "target-outside"),
            (FunnelTarget::Given(f64::NAN), 0.1, "target-outside"),
            (FunnelTarget::Pooled, 0.5, "winsorised-outside"),
            (FunnelTarget::Pooled, -0.1, "winsorised-outside"),
        ] {
            let limits = FunnelLimits::NormalOverdispersed { winsorised };
            let error = FunnelPlot::of(&counts, FunnelOptions { limits, target }).unwrap_err();
            assert_eq!(error.code(), code);
        }
        let twice = practices(&[("A", 3, 10), ("A", 1, 2)]);
        let error = FunnelPlot::of(&twice, FunnelOptions::default()).unwrap_err();
        assert_eq!(error.code(), "name-twice");
        for (counts, code) in [
            ([("A", 3, 2), ("B", 0, 1)], "more-than-all"),
            ([("A", 0, u64::MAX), ("B", 0, 1)], "total-too-large"),
        ] {
            let error = FunnelPlot::of(&practices(&counts), FunnelOptions::default()).unwrap_err();
            assert_eq!(error.code(), code);
        }
    }

    #[test]
    fn a_funnel_survives_json() {
        let counts = practices(&[("A", 3, 10), ("B", 9, 10), ("C", 0, 0)]);
        let json = |limits| {
            let options = FunnelOptions { limits, target: FunnelTarget::Given(0.3) };
            let found = FunnelPlot::of(&counts, options).unwrap();
            let json = serde_json::to_string(&found).unwrap();
            assert_eq!(serde_json::from_str::<FunnelPlot>(&json).unwrap(), found);
            json
        };
        let exact = json(FunnelLimits::ExactBinomial);
        assert!(exact.contains(r#""position":"more-than-expected-99-8""#), "{exact}");
        let overdispersed = json(FunnelLimits::NormalOverdispersed { winsorised: 0.1 });
        assert!(overdispersed.contains(r#""winsorised-each-side":0"#), "{overdispersed}");
    }
}
