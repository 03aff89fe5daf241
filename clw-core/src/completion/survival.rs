//! Time to follow-up: Kaplan and Meier's curve from counts by day.
//!
//! Whoever has not been followed up yet is not left out: they are watched up to some day and
//! *censored* there, because they are on hold, still open, or the data end. The curve says what share
//! of people is not yet followed up by each day. It takes for granted that those censored would have
//! been followed up as others were; who can never be (deceased, closed without one) is no such person,
//! and what a caller does with them belongs beside the figure.

use serde::{Deserialize, Serialize};

use crate::OrderedMap;
use crate::caseload::{CountOverflow, add_count};
use crate::estimate::{ConfidenceLevel, Degenerate, Estimate, Interval};
use crate::numeric::normal;

/// How far the curve may miss one half and still count as having reached it.
///
/// A product of fractions that is ½ exactly may come out a few units in the last place above.
const HALF: f64 = 0.5 + 1e-12;

/// What happened on one day after the start.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct DayCounts {
    /// People followed up on this day.
    pub followed_up: u64,
    /// People last seen without follow-up on this day.
    pub censored: u64,
}

/// How many were followed up, and how many were last seen without, by whole days since the start.
///
/// A sum of counts: those of two programmes add.
///
/// ```
/// use clw_core::completion::TimesToFollowUp;
///
/// let mut north = TimesToFollowUp::default();
/// north.add_followed_up(28);
/// let mut south = TimesToFollowUp::default();
/// south.add_censored(28);
/// north.merge(&south)?;
/// assert_eq!((north.people(), north.followed_up()), (2, 1));
/// assert_eq!(serde_json::to_string(&north)?, r#"{"28":{"followed-up":1,"censored":1}}"#);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(into = "OrderedMap<u32, DayCounts>")]
pub struct TimesToFollowUp {
    /// All of them together fit an integer.
    days: OrderedMap<u32, DayCounts>,
}

crate::coded::deserialize_checked!(TimesToFollowUp, OrderedMap<u32, DayCounts>);

impl TryFrom<OrderedMap<u32, DayCounts>> for TimesToFollowUp {
    type Error = CountOverflow;

    fn try_from(days: OrderedMap<u32, DayCounts>) -> Result<Self, CountOverflow> {
        let mut total = 0;
        for counts in days.values() {
            add_count(&mut total, counts.followed_up)?;
            add_count(&mut total, counts.censored)?;
        }
        Ok(Self { days })
    }
}

impl From<TimesToFollowUp> for OrderedMap<u32, DayCounts> {
    fn from(times: TimesToFollowUp) -> Self {
        times.days
    }
}

impl TimesToFollowUp {
    /// Counts one person followed up so many days after the start.
    pub fn add_followed_up(&mut self, day: u32) {
        self.days.entry(day).or_default().followed_up += 1;
    }

    /// Counts one person last seen, without follow-up, so many days after the start.
    pub fn add_censored(&mut self, day: u32) {
        self.days.entry(day).or_default().censored += 1;
    }

    /// Counts several people of one day.
    pub(crate) fn add_many(&mut self, day: u32, followed_up: u64, censored: u64) {
        if followed_up > 0 || censored > 0 {
            let counts = self.days.entry(day).or_default();
            counts.followed_up += followed_up;
            counts.censored += censored;
        }
    }

    /// Adds the counts of others, day by day.
    ///
    /// # Errors
    /// [`CountOverflow`] if the sum is beyond an integer, as it can be only of counts that were read;
    /// nothing is added then.
    pub fn merge(&mut self, other: &Self) -> Result<(), CountOverflow> {
        add_count(&mut self.people(), other.people())?;
        for (day, counts) in &other.days {
            let own = self.days.entry(*day).or_default();
            own.followed_up += counts.followed_up;
            own.censored += counts.censored;
        }
        Ok(())
    }

    /// Everybody counted.
    #[must_use]
    pub fn people(&self) -> u64 {
        self.days.values().map(|counts| counts.followed_up + counts.censored).sum()
    }

    /// Those followed up.
    #[must_use]
    pub fn followed_up(&self) -> u64 {
        self.days.values().map(|counts| counts.followed_up).sum()
    }

    /// The days on which anything happened, in order.
    pub fn days(&self) -> impl Iterator<Item = (u32, DayCounts)> + '_ {
        self.days.iter().map(|(day, counts)| (*day, *counts))
    }
}

/// How the interval of the curve is made from Greenwood's variance, with `v = Σ d/(n(n − d))`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SurvivalInterval {
    /// `S ± z·S·√v`, cut at 0 and 1.
    Plain,
    /// `S·exp(± z·√v)`, cut at 1; what R's `survfit` does unless told otherwise.
    Log,
    /// `S^exp(± z·√v / ln S)`, which stays between 0 and 1 and holds its level best in small samples.
    /// Kalbfleisch & Prentice (1980), *The Statistical Analysis of Failure Time Data*; Borgan &
    /// Liestøl (1990), Scandinavian Journal of Statistics 17, 35-41.
    #[default]
    LogLog,
}

/// The curve on one day.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct SurvivalPoint {
    /// Days since the start.
    pub day: u32,
    /// Those watched up to this day and not followed up before it.
    pub at_risk: u64,
    /// Those followed up on this day.
    pub followed_up: u64,
    /// Those last seen on this day. They were at risk on it: a follow-up goes before a censoring.
    pub censored: u64,
    /// The share not followed up by the end of the day.
    pub not_followed_up: f64,
    /// Its standard error, by Greenwood's formula.
    pub standard_error: Estimate<f64>,
    /// Its interval.
    pub interval: Estimate<Interval>,
}

/// The day by which half are followed up.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct MedianDays {
    /// The first day on which the share not followed up is at most ½.
    pub days: u32,
    /// The first day on which its lower limit is at most ½.
    pub lower: Option<u32>,
    /// The first day on which its upper limit is at most ½; absent where it never is.
    pub upper: Option<u32>,
    /// The confidence level of the two.
    pub level: ConfidenceLevel,
}

/// The share followed up by one day.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct FollowedUpBy {
    /// Days since the start.
    pub day: u32,
    /// Those watched up to this day and not followed up before it.
    pub at_risk: u64,
    /// The share followed up by the end of the day: one less the curve.
    pub share: Estimate<f64>,
    /// Its interval: one less the limits of the curve.
    pub interval: Estimate<Interval>,
}

/// Kaplan and Meier's curve of the share not yet followed up.
///
/// `S(t) = Π (1 − d/n)` over the days up to `t`, with `d` followed up of `n` at risk. Kaplan & Meier
/// (1958), doi:10.1080/01621459.1958.10501452. Variance `S² Σ d/(n(n − d))`: Greenwood (1926), Reports
/// on Public Health and Medical Subjects 33. The interval of the median is that of Brookmeyer &
/// Crowley (1982), doi:10.2307/2530286, by the method of the curve's interval.
///
/// Where the curve is ½ exactly over some days, the median here is the first of them; R gives the
/// middle of them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct KaplanMeier {
    /// Everybody counted.
    pub people: u64,
    /// Those followed up.
    pub followed_up: u64,
    /// How the intervals were made.
    pub method: SurvivalInterval,
    /// Their confidence level.
    pub level: ConfidenceLevel,
    /// The days on which somebody was followed up or censored, in order.
    pub points: Vec<SurvivalPoint>,
    /// The day by which half are followed up.
    pub median: Estimate<MedianDays>,
}

impl KaplanMeier {
    /// The curve of some counts.
    ///
    /// ```
    /// use clw_core::completion::{KaplanMeier, SurvivalInterval, TimesToFollowUp};
    /// use clw_core::estimate::ConfidenceLevel;
    ///
    /// let mut times = TimesToFollowUp::default();
    /// [21, 28, 35].into_iter().for_each(|day| times.add_followed_up(day));
    /// times.add_censored(30); // on hold: at risk up to then
    /// let curve = KaplanMeier::of(&times, SurvivalInterval::LogLog, ConfidenceLevel::default());
    /// assert_eq!(curve.points[1].not_followed_up, 0.5);
    /// assert_eq!(curve.points[3].at_risk, 1);
    /// assert_eq!(curve.median.computed().unwrap().days, 28);
    /// ```
    #[must_use]
    pub fn of(times: &TimesToFollowUp, method: SurvivalInterval, level: ConfidenceLevel) -> Self {
        let z = normal::upper_quantile(0.5 * (1.0 - level.get()));
        let mut steps = Steps::of(times.people());
        let point = |(day, counts): (u32, DayCounts)| {
            let at_risk = steps.at_risk;
            let (survival, variance) = steps.take(counts);
            let root = variance.map(libm::sqrt);
            let interval = root.and_then(|root| method.limits(survival, root, z, level));
            SurvivalPoint {
                day,
                at_risk,
                followed_up: counts.followed_up,
                censored: counts.censored,
                not_followed_up: survival,
                standard_error: root.map(|root| survival * root).into(),
                interval: interval.into(),
            }
        };
        let points: Vec<SurvivalPoint> = times.days().map(point).collect();
        let median = median(&points, level).into();
        let (people, followed_up) = (times.people(), times.followed_up());
        Self { people, followed_up, method, level, points, median }
    }

    /// The share followed up by the end of a day.
    ///
    /// Not computed after the last day on which anybody was watched, unless everybody was followed up
    /// by then.
    #[must_use]
    pub fn followed_up_by(&self, day: u32) -> FollowedUpBy {
        let not_later = self.points.iter().take_while(|point| point.day <= day);
        let at_risk = self.points.iter().find(|point| point.day >= day);
        let (share, interval) = match (not_later.last(), at_risk) {
            (None, None) => (Err(Degenerate::EmptyDenominator), Err(Degenerate::EmptyDenominator)),
            (None, Some(_)) => (Ok(0.0), Err(Degenerate::NobodyFollowedUpYet)),
            (Some(last), None) if last.not_followed_up > 0.0 => {
                (Err(Degenerate::NobodyStillWatched), Err(Degenerate::NobodyStillWatched))
            }
            (Some(point), _) => {
                let limits = |i: Interval| Interval {
                    lower: 1.0 - i.upper,
                    upper: 1.0 - i.lower,
                    level: i.level,
                };
                let interval: Result<Interval, Degenerate> = point.interval.into();
                (Ok(1.0 - point.not_followed_up), interval.map(limits))
            }
        };
        FollowedUpBy {
            day,
            at_risk: at_risk.map_or(0, |point| point.at_risk),
            share: share.into(),
            interval: interval.into(),
        }
    }
}

/// The product and Greenwood's sum, day by day.
///
/// Between two censorings the factors cancel, `(n − d₁)/n · (n − d₁ − d₂)/(n − d₁)`, so one fraction
/// stands for all of them and a sample without censoring has exact shares.
struct Steps {
    at_risk: u64,
    before: f64,
    run_began_with: u64,
    greenwood: f64,
}

impl Steps {
    const fn of(people: u64) -> Self {
        Self { at_risk: people, before: 1.0, run_began_with: people, greenwood: 0.0 }
    }

    /// The curve at the end of a day, and the variance of its logarithm where there is one.
    fn take(&mut self, day: DayCounts) -> (f64, Result<f64, Degenerate>) {
        let left = self.at_risk - day.followed_up;
        if day.followed_up > 0 && left > 0 {
            self.greenwood += day.followed_up as f64 / (self.at_risk as f64 * left as f64);
        }
        // With nobody left of nobody at risk there is no day to ask about.
        let survival = self.before * left as f64 / self.run_began_with.max(1) as f64;
        self.at_risk = left - day.censored;
        if day.censored > 0 {
            (self.before, self.run_began_with) = (survival, self.at_risk);
        }
        let variance =
            if left == 0 { Err(Degenerate::EverybodyFollowedUp) } else { Ok(self.greenwood) };
        (survival, variance)
    }
}

impl SurvivalInterval {
    /// The interval of the curve at `s`, strictly above 0, whose logarithm has the standard error `root`.
    fn limits(
        self,
        s: f64,
        root: f64,
        z: f64,
        level: ConfidenceLevel,
    ) -> Result<Interval, Degenerate> {
        if root <= 0.0 {
            return Err(Degenerate::NobodyFollowedUpYet);
        }
        let (lower, upper) = match self {
            Self::Plain => (s - z * s * root, s + z * s * root),
            Self::Log => (s * libm::exp(-z * root), s * libm::exp(z * root)),
            Self::LogLog => {
                let log = libm::log(s);
                let width = z * root / log;
                (libm::exp(log * libm::exp(-width)), libm::exp(log * libm::exp(width)))
            }
        };
        Ok(Interval { lower: lower.max(0.0), upper: upper.min(1.0), level })
    }
}

fn median(points: &[SurvivalPoint], level: ConfidenceLevel) -> Result<MedianDays, Degenerate> {
    let first = |at: &dyn Fn(&SurvivalPoint) -> Option<f64>| {
        points.iter().find(|point| at(point).is_some_and(|s| s <= HALF)).map(|point| point.day)
    };
    if points.is_empty() {
        return Err(Degenerate::EmptyDenominator);
    }
    let days = first(&|point| Some(point.not_followed_up)).ok_or(Degenerate::MedianNotReached)?;
    let lower = first(&|point| point.interval.computed().map(|interval| interval.lower));
    let upper = first(&|point| point.interval.computed().map(|interval| interval.upper));
    // The curve falls to 0 at once where everybody is followed up on one day: no limits on the way.
    Ok(MedianDays { days, lower, upper, level })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn times(days: &[(u32, u64, u64)]) -> TimesToFollowUp {
        let count = |&(day, followed_up, censored)| (day, DayCounts { followed_up, censored });
        TimesToFollowUp { days: days.iter().map(count).collect() }
    }

    fn curve(days: &[(u32, u64, u64)]) -> KaplanMeier {
        KaplanMeier::of(&times(days), SurvivalInterval::default(), ConfidenceLevel::default())
    }

    #[test]
    fn nobody_has_no_curve() {
        let nobody = curve(&[]);
        assert_eq!((nobody.people, nobody.points.len()), (0, 0));
        assert_eq!(nobody.median.not_computed(), Some(Degenerate::EmptyDenominator));
        let by = nobody.followed_up_by(28);
        assert_eq!(by.share.not_computed(), Some(Degenerate::EmptyDenominator));
    }

    #[test]
    fn with_everybody_censored_nothing_falls() {
        let open = curve(&[(10, 0, 3), (40, 0, 2)]);
        assert!(open.points.iter().all(|point| point.not_followed_up >= 1.0));
        assert_eq!(open.median.not_computed(), Some(Degenerate::MedianNotReached));
        let by = open.followed_up_by(20);
        assert_eq!((by.at_risk, by.share), (2, Estimate::Computed(0.0)));
        assert_eq!(by.interval.not_computed(), Some(Degenerate::NobodyFollowedUpYet));
        let later = open.followed_up_by(41);
        assert_eq!(
            (later.at_risk, later.share.not_computed()),
            (0, Some(Degenerate::NobodyStillWatched))
        );
    }

    #[test]
    fn with_everybody_followed_up_on_one_day_there_is_no_spread() {
        let all = curve(&[(28, 5, 0)]);
        assert_eq!(all.points[0].interval.not_computed(), Some(Degenerate::EverybodyFollowedUp));
        let median = *all.median.computed().unwrap();
        assert_eq!((median.days, median.lower, median.upper), (28, None, None));
        assert_eq!(all.followed_up_by(27).share, Estimate::Computed(0.0));
        assert_eq!(all.followed_up_by(400).share, Estimate::Computed(1.0));
    }

    #[test]
    fn whoever_is_censored_on_the_day_of_a_follow_up_was_at_risk_on_it() {
        let tied = curve(&[(7, 1, 1), (9, 0, 2)]);
        assert_eq!(tied.followed_up_by(7).share, Estimate::Computed(0.25));
        assert_eq!(tied.points[1].at_risk, 2);
    }

    #[test]
    fn counts_of_parts_are_the_counts_of_the_whole() {
        let mut parts = times(&[(7, 1, 0), (9, 0, 2)]);
        parts.merge(&times(&[(7, 2, 1), (30, 1, 0)])).unwrap();
        assert_eq!(parts, times(&[(7, 3, 1), (9, 0, 2), (30, 1, 0)]));
        let json = serde_json::to_string(&parts).unwrap();
        assert_eq!(serde_json::from_str::<TimesToFollowUp>(&json).unwrap(), parts);
    }

    #[test]
    fn counts_beyond_an_integer_are_refused() {
        let mut all = times(&[(7, u64::MAX, 0)]);
        assert_eq!(all.merge(&times(&[(9, 0, 1)])).unwrap_err().code(), "count-overflow");
        assert_eq!(all, times(&[(7, u64::MAX, 0)]));
        let json = serde_json::to_string(&times(&[(7, u64::MAX, 0), (9, 0, 1)])).unwrap();
        assert!(serde_json::from_str::<TimesToFollowUp>(&json).is_err());
    }

    #[test]
    fn a_curve_survives_json() {
        let curve = curve(&[(7, 3, 1), (9, 0, 2), (30, 1, 0)]);
        let json = serde_json::to_string(&curve).unwrap();
        assert_eq!(serde_json::from_str::<KaplanMeier>(&json).unwrap(), curve);
    }
}
