//! Each person's own slope over time.

use serde::{Deserialize, Serialize};

use super::mean_interval::t_interval;
use super::{TimeUnit, TimedScore, Trajectories};
use crate::estimate::{ConfidenceLevel, Degenerate, Estimate, Interval, Share};
use crate::instrument::{Decimal, Direction, Points, Scale};

/// Which way one person's scores go over time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SlopeClass {
    /// Better from time to time, by the rule's slope at least.
    Improving,
    /// By less than the rule's slope either way.
    Steady,
    /// Worse from time to time, by the rule's slope at least.
    Worsening,
}

/// From which slope on a person is improving or worsening.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct SlopeRule {
    /// The smallest slope that counts, in units of the printed score for each unit of time; with 0,
    /// any slope does.
    pub at_least: Decimal,
}

/// A person's least-squares slope.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct PersonSlope {
    /// The sittings behind it.
    pub sittings: u64,
    /// In units of the printed score for each unit of time.
    pub slope: f64,
}

impl PersonSlope {
    /// The slope of one person's scores, from exact sums: (n·Σty − Σt·Σy)/(n·Σt² − (Σt)²).
    ///
    /// # Errors
    /// [`Degenerate::OneTime`] without scores at two times.
    ///
    /// ```
    /// use clw_core::estimate::Degenerate;
    /// use clw_core::instrument::{Direction, Points, Scale};
    /// use clw_core::trajectory::{PersonSlope, TimedScore};
    ///
    /// let phq_9 = Scale {
    ///     direction: Direction::LowerIsBetter,
    ///     steps_per_unit: 1,
    ///     lowest: Points(0),
    ///     highest: Points(27),
    /// };
    /// let score = |time, points| TimedScore { time, points: Points(points) };
    /// let person = [score(1, 18), score(2, 15), score(3, 14), score(4, 9)];
    /// assert_eq!(PersonSlope::of(&phq_9, &person)?.slope, -2.8);
    /// assert_eq!(PersonSlope::of(&phq_9, &person[..1]), Err(Degenerate::OneTime));
    /// # Ok::<(), Degenerate>(())
    /// ```
    pub fn of(scale: &Scale, sittings: &[TimedScore]) -> Result<Self, Degenerate> {
        let (mut t, mut y, mut tt, mut ty) = (0_i128, 0_i128, 0_i128, 0_i128);
        for &TimedScore { time, points: Points(steps) } in sittings {
            let (time, steps) = (i128::from(time), i128::from(steps));
            t += time;
            y += steps;
            tt += time * time;
            ty += time * steps;
        }
        let n = sittings.len() as i128;
        let spread = n * tt - t * t;
        if spread == 0 {
            return Err(Degenerate::OneTime);
        }
        let slope = (n * ty - t * y) as f64 / (spread * i128::from(scale.steps_per_unit)) as f64;
        Ok(Self { sittings: sittings.len() as u64, slope })
    }

    /// The class of the slope.
    #[must_use]
    pub fn classify(&self, direction: Direction, rule: SlopeRule) -> SlopeClass {
        let better = match direction {
            Direction::HigherIsBetter => self.slope,
            Direction::LowerIsBetter => -self.slope,
        };
        let at_least = rule.at_least.to_f64();
        if better > 0.0 && better >= at_least {
            SlopeClass::Improving
        } else if better < 0.0 && -better >= at_least {
            SlopeClass::Worsening
        } else {
            SlopeClass::Steady
        }
    }
}

/// The slopes of people, each from their own scores alone.
///
/// Everybody counts alike, whether their slope rests on two sittings or on twenty; a mixed model
/// weighs them. People without scores at two times have no slope and are counted apart.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Slopes {
    /// What one unit of time is.
    pub unit: TimeUnit,
    /// The rule of the classes.
    pub rule: SlopeRule,
    /// People with scores at two times at least.
    pub n: u64,
    /// People with scores at one time only.
    pub without_slope: u64,
    /// The mean of the slopes, in units of the printed score for each unit of time.
    pub mean: Estimate<f64>,
    /// Their standard deviation (n − 1).
    pub standard_deviation: Estimate<f64>,
    /// The t interval of their mean.
    pub interval: Estimate<Interval>,
    /// Those who are improving, of those with a slope.
    pub improving: Share,
    /// Those who are neither.
    pub steady: Share,
    /// Those who are worsening.
    pub worsening: Share,
}

impl Slopes {
    /// The slopes of everybody.
    ///
    /// ```
    /// use clw_core::estimate::ConfidenceLevel;
    /// use clw_core::instrument::{Direction, Points, Scale};
    /// use clw_core::trajectory::{SlopeRule, Slopes, TimeUnit, TimedScore, Trajectories};
    ///
    /// let scale = Scale {
    ///     direction: Direction::HigherIsBetter,
    ///     steps_per_unit: 1,
    ///     lowest: Points(0),
    ///     highest: Points(10),
    /// };
    /// let mut people = Trajectories::new(scale, TimeUnit::Session)?;
    /// for scores in [[3, 5], [4, 4], [6, 7]] {
    ///     let score = |(time, points)| TimedScore { time, points: Points(points) };
    ///     people.add(&(1..).zip(scores).map(score).collect::<Vec<_>>())?;
    /// }
    /// let slopes = Slopes::of(&people, SlopeRule { at_least: 2.into() }, ConfidenceLevel::default());
    /// assert_eq!(slopes.mean.computed(), Some(&1.0));
    /// assert_eq!((slopes.improving.count, slopes.steady.count), (1, 2));
    /// # Ok::<(), clw_core::trajectory::TrajectoryError>(())
    /// ```
    #[must_use]
    pub fn of(people: &Trajectories, rule: SlopeRule, level: ConfidenceLevel) -> Self {
        let (mut slopes, mut without_slope) = (Vec::new(), 0);
        for (sittings, count) in people.sequences() {
            let score = |&(time, steps)| TimedScore { time, points: Points(steps) };
            let sittings: Vec<TimedScore> = sittings.iter().map(score).collect();
            match PersonSlope::of(people.scale(), &sittings) {
                Ok(slope) => slopes.push((slope, count)),
                Err(_) => without_slope += count,
            }
        }
        let n = slopes.iter().map(|(_, people)| people).sum();
        let (mean, standard_deviation) = (mean(n, &slopes), standard_deviation(n, &slopes));
        let interval = mean.and_then(|mean| Ok(t_interval(n, mean, standard_deviation?, level)));
        let direction = people.scale().direction;
        let share = |class| {
            let of_class =
                slopes.iter().filter(|(slope, _)| slope.classify(direction, rule) == class);
            Share::of(of_class.map(|(_, people)| people).sum(), n, level)
        };
        Self {
            unit: people.unit(),
            rule,
            n,
            without_slope,
            mean: mean.into(),
            standard_deviation: standard_deviation.into(),
            interval: interval.into(),
            improving: share(SlopeClass::Improving),
            steady: share(SlopeClass::Steady),
            worsening: share(SlopeClass::Worsening),
        }
    }
}

/// Slopes stand in the order of the people's scores, so the sums do not depend on who came first.
fn mean(n: u64, slopes: &[(PersonSlope, u64)]) -> Result<f64, Degenerate> {
    if n == 0 {
        return Err(Degenerate::NobodySeenTwice);
    }
    let sum: f64 = slopes.iter().map(|(slope, people)| slope.slope * *people as f64).sum();
    Ok(sum / n as f64)
}

fn standard_deviation(n: u64, slopes: &[(PersonSlope, u64)]) -> Result<f64, Degenerate> {
    let mean = mean(n, slopes)?;
    if n == 1 {
        return Err(Degenerate::OneValue);
    }
    let squares = slopes.iter().map(|(slope, people)| {
        let deviation = slope.slope - mean;
        deviation * deviation * *people as f64
    });
    Ok(libm::sqrt(squares.sum::<f64>() / (n - 1) as f64))
}

#[cfg(test)]
mod tests {
    use super::*;

    const SCALE: Scale = Scale {
        direction: Direction::HigherIsBetter,
        steps_per_unit: 10,
        lowest: Points(0),
        highest: Points(100),
    };

    /// Two sittings, two units of time apart.
    fn sittings(first: i32, last: i32) -> [TimedScore; 2] {
        [(1, first), (3, last)].map(|(time, points)| TimedScore { time, points: Points(points) })
    }

    #[test]
    fn a_slope_counts_from_the_size_of_the_rule_on_in_the_better_direction() {
        use Direction::{HigherIsBetter, LowerIsBetter};
        for (first, last, at_least, if_higher_is_better, if_lower_is_better) in [
            (30, 50, "1", SlopeClass::Improving, SlopeClass::Worsening),
            (30, 50, "1.01", SlopeClass::Steady, SlopeClass::Steady),
            (50, 30, "1", SlopeClass::Worsening, SlopeClass::Improving),
            (50, 30, "1.01", SlopeClass::Steady, SlopeClass::Steady),
            // With 0 any slope counts, but no slope is none.
            (40, 41, "0", SlopeClass::Improving, SlopeClass::Worsening),
            (40, 40, "0", SlopeClass::Steady, SlopeClass::Steady),
        ] {
            let slope = PersonSlope::of(&SCALE, &sittings(first, last)).unwrap();
            let rule = SlopeRule { at_least: at_least.parse().unwrap() };
            let classes = [HigherIsBetter, LowerIsBetter].map(|of| slope.classify(of, rule));
            assert_eq!(classes, [if_higher_is_better, if_lower_is_better], "{first} to {last}");
        }
    }

    /// R 4.2.2: `x <- c(2, 2, 0, 1, -1.5); mean(x); sd(x); t.test(x)$conf.int`. One more person came once.
    #[test]
    fn slopes_have_the_mean_the_sd_and_the_t_interval_of_r() {
        let mut people = Trajectories::new(SCALE, TimeUnit::Session).unwrap();
        for (first, last) in [(30, 70), (30, 70), (50, 50), (20, 40), (60, 30)] {
            people.add(&sittings(first, last)).unwrap();
        }
        people.add(&sittings(30, 70)[..1]).unwrap();
        let rule = SlopeRule { at_least: Decimal::ZERO };
        let slopes = Slopes::of(&people, rule, ConfidenceLevel::default());
        assert_eq!((slopes.n, slopes.without_slope), (5, 1));
        let interval = slopes.interval.computed().unwrap();
        for (found, expected) in [
            (*slopes.mean.computed().unwrap(), 0.7),
            (*slopes.standard_deviation.computed().unwrap(), 1.483_239_697_419_132_6),
            (interval.lower, -1.141_685_333_0),
            (interval.upper, 2.541_685_333_0),
        ] {
            assert!((found - expected).abs() <= 1e-10 * expected.abs(), "{found} for {expected}");
        }
        let classes = [slopes.improving, slopes.steady, slopes.worsening].map(|of| of.count);
        assert_eq!(classes, [3, 1, 1]);
    }
}
