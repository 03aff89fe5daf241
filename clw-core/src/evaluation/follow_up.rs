//! When people were followed up, and how those fared who were asked again long after the end.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::MergeError;
use super::evaluator::Judged;
use super::findings::Benefit;
use crate::caseload::{Closure, CountOverflow, Episode, add_count, days_between};
use crate::change::{PairCounts, PairCountsError};
use crate::completion::{FollowedUpBy, KaplanMeier, MedianDays, SurvivalInterval, TimesToFollowUp};
use crate::estimate::{ConfidenceLevel, Estimate, Share};
use crate::instrument::Scale;
use crate::pairing::{Scored, Standing};

/// The days from each baseline to the first scored sitting after it.
///
/// It is the first and not the one the end-point rule chose: what will turn out to be the last is not
/// known on the day, and a time that later events move is no time to an event. Who has none yet is
/// watched up to the as-of date, or up to the beginning of the hold if on hold, or up to the closure
/// if deceased. Who is closed without one stays among those watched: a follow-up can still be made,
/// and to leave them out would promise that everybody is followed up in the end.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct FollowUpTimes {
    /// Those followed up and those watched without, by days since the baseline.
    pub days: TimesToFollowUp,
    /// Baselines that have an order and no date.
    pub without_dates: u64,
}

/// Times waiting to be counted: a place in a list takes less time than one in a map.
#[derive(Debug, Clone, Default)]
pub(super) struct WaitingTimes {
    /// By the days: those followed up, and those watched without.
    days: Vec<(u64, u64)>,
}

impl WaitingTimes {
    /// The most days that are listed, some eleven years.
    const MOST_DAYS: u32 = 1 << 12;

    fn day(&mut self, day: u32) -> Option<&mut (u64, u64)> {
        let place = usize::try_from(day).ok().filter(|_| day < Self::MOST_DAYS)?;
        if self.days.len() <= place {
            self.days.resize(place + 1, (0, 0));
        }
        self.days.get_mut(place)
    }

    pub(super) fn flush(&mut self, times: &mut FollowUpTimes) {
        for (day, (followed_up, censored)) in (0..).zip(self.days.drain(..)) {
            times.days.add_many(day, followed_up, censored);
        }
    }
}

impl FollowUpTimes {
    pub(super) fn add(
        &mut self,
        episode: &Episode,
        standing: &Standing,
        judged: &Judged,
        waiting: &mut WaitingTimes,
    ) {
        let Some(baseline) = judged.main.baseline else { return };
        let Some(from) = baseline.when.date() else {
            self.without_dates = self.without_dates.saturating_add(1);
            return;
        };
        let days = |date| u32::try_from(days_between(from, date)).unwrap_or(0);
        let next = judged.timeline.scored().nth(1).and_then(|sitting| sitting.when.date());
        let day = next.map_or_else(|| days(watched_until(episode, standing)), days);
        let one = if next.is_some() { (1, 0) } else { (0, 1) };
        match waiting.day(day) {
            Some((followed_up, censored)) => {
                *followed_up += one.0;
                *censored += one.1;
            }
            None => self.days.add_many(day, one.0, one.1),
        }
    }

    pub(super) fn merge(&mut self, other: &Self) -> Result<(), CountOverflow> {
        self.days.merge(&other.days)?;
        add_count(&mut self.without_dates, other.without_dates)
    }

    /// Whether each baseline is there once.
    pub(super) fn fit(&self, baselines: u64) -> bool {
        let mut all = self.without_dates;
        let sum = self.days.days().try_for_each(|(_, day)| {
            add_count(&mut all, day.followed_up)?;
            add_count(&mut all, day.censored)
        });
        sum.is_ok() && all == baselines
    }
}

fn watched_until(episode: &Episode, standing: &Standing) -> Date {
    let as_of = standing.as_of;
    if standing.deceased {
        return standing.closure.date().unwrap_or(as_of);
    }
    let held = episode.holds.iter().filter(|hold| standing.on_hold && hold.covers(as_of));
    held.map(|hold| hold.from).min().unwrap_or(as_of)
}

/// Those asked again some time after their episode had ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct AfterExitCounts {
    /// Episodes with a baseline that were closed so long ago, of people not known to have died.
    pub closed: u64,
    /// From the baseline to the first scored sitting so long after the end.
    pub since_baseline: PairCounts,
    /// To the same sitting, from the last one up to the end, where it is not the baseline.
    pub since_exit: PairCounts,
}

impl AfterExitCounts {
    pub(super) fn new(scale: Scale) -> Self {
        let none = PairCounts::new(scale);
        Self { closed: 0, since_baseline: none.clone(), since_exit: none }
    }

    pub(super) fn add(
        &mut self,
        days: u32,
        standing: &Standing,
        judged: &Judged,
    ) -> Result<(), PairCountsError> {
        let (Some(baseline), Closure::Closed { on, .. }) = (judged.main.baseline, standing.closure)
        else {
            return Ok(());
        };
        let since_end = |date| days_between(on, date);
        if standing.deceased || since_end(standing.as_of) < i64::from(days) {
            return Ok(());
        }
        self.closed = self.closed.saturating_add(1);
        let day = |sitting: &Scored| sitting.when.date().map(since_end);
        let after = |sitting: &Scored| day(sitting).is_some_and(|day| day >= i64::from(days));
        let mut later = judged.timeline.scored().skip(1);
        let Some(long_after) = later.find(after) else { return Ok(()) };
        self.since_baseline.add(baseline.points, long_after.points)?;
        let by_the_end = |sitting: &Scored| day(sitting).is_some_and(|day| day <= 0);
        let exit = judged.timeline.scored().skip(1).filter(by_the_end).last();
        exit.map_or(Ok(()), |exit| self.since_exit.add(exit.points, long_after.points))
    }

    pub(super) fn merge(&mut self, other: &Self) -> Result<(), MergeError> {
        add_count(&mut self.closed, other.closed)?;
        self.since_baseline.merge(&other.since_baseline)?;
        Ok(self.since_exit.merge(&other.since_exit)?)
    }

    /// Whether these are counts on this scale that add up.
    pub(super) fn fit(&self, scale: Scale) -> bool {
        *self.since_baseline.scale() == scale
            && *self.since_exit.scale() == scale
            && self.since_exit.n() <= self.since_baseline.n()
            && self.since_baseline.n() <= self.closed
    }
}

/// What was found of those asked again some time after the end.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct AfterExit {
    /// How many days after the end a sitting has to be.
    pub days: u32,
    /// Episodes with such a sitting, of those with a baseline that ended so long ago.
    pub followed_up: Share,
    /// What changed from the baseline to it.
    pub since_baseline: Benefit,
    /// What changed from the end to it: whether a gain has lasted.
    pub since_exit: Benefit,
}

impl AfterExit {
    pub(super) fn of(days: u32, counts: &AfterExitCounts, level: ConfidenceLevel) -> Self {
        let AfterExitCounts { closed, since_baseline, since_exit } = counts;
        Self {
            days,
            followed_up: Share::of(since_baseline.n(), *closed, level),
            since_baseline: Benefit::of_pairs(since_baseline, *closed, level),
            since_exit: Benefit::of_pairs(since_exit, *closed, level),
        }
    }
}

/// The days after the baseline by which the share followed up is given: 4, 12, 26 and 52 weeks.
const DAYS_SHOWN: [u32; 4] = [28, 84, 182, 364];

/// How long it took to follow people up, by Kaplan and Meier's curve of [`FollowUpTimes`].
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct TimeToFollowUp {
    /// Those with a dated baseline.
    pub people: u64,
    /// Those followed up, at whatever time.
    pub followed_up: u64,
    /// The day by which half are followed up.
    pub median: Estimate<MedianDays>,
    /// The share followed up by some days.
    pub by_day: Vec<FollowedUpBy>,
    /// Baselines that have an order and no date, and are not in it.
    pub without_dates: u64,
}

impl TimeToFollowUp {
    pub(super) fn of(counts: &FollowUpTimes, level: ConfidenceLevel) -> Self {
        let curve = KaplanMeier::of(&counts.days, SurvivalInterval::default(), level);
        Self {
            people: curve.people,
            followed_up: curve.followed_up,
            median: curve.median,
            by_day: DAYS_SHOWN.map(|day| curve.followed_up_by(day)).into(),
            without_dates: counts.without_dates,
        }
    }
}
