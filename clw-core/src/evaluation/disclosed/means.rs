//! Means of pairs, and when one would say more than it seems to.
//!
//! A mean of so many people is the sum of their scores, one equation more for who works backwards. It
//! is published under three conditions.
//!
//! 1. It is of [`FEW_PAIRS`] pairs at least, on a scale of more than three values: of two values a mean
//!    is a share, and of three it fixes one count by the others.
//! 2. No division of people into parts with means leaves a rest of fewer pairs, whose mean would be
//!    the difference of the others, and no part is nearly one of another division, or several of it
//!    together ([`overlap`](super::overlap)).
//! 3. Where a class of the pairs is hidden for being small, it could still be anything from the
//!    smallest count that is hidden to the largest, with the same sums of scores, changes and
//!    squares. Moving people from one hidden class to another must be made up for by others who move
//!    within their classes; [`leaves_open`](super::leaves_open) takes these to reach no further than
//!    the scores that did occur. So on a star with five stages and five bands a mean goes with the
//!    first hidden band, and on SWEMWBS, where thousands of steps lie in a band, it stays.
//!
//! After earlier releases there are more conditions; [`came`](super::came) has them.
//!
//! The moves inside a table whose margins are shown cannot be worked out from means: whoever exchanges
//! two follow-ups changes them and no sum of scores.

use serde::{Deserialize, Serialize};

use super::super::FEW_PAIRS;
use super::View;
use super::came::Pairs;
use super::keys::{Key, Whose};
use super::leaves_open::{Class, leaves_open};
use crate::OrderedMap;
use crate::change::{Alternative, Moments, PairCell, PairCounts, PairedT};
use crate::disclosure::{Published, PublishedCount};
use crate::estimate::Interval;

/// Means of the pairs, in units of the printed score.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct DisclosedMeans {
    /// The mean baseline.
    pub baseline: f64,
    /// The mean change.
    pub change: f64,
    /// The interval of the mean change, Student's t; absent where the changes have no spread.
    pub interval: Option<Interval>,
}

/// A division of pairs into classes whose counts are published: the cells, and the place of a pair.
pub(super) struct Division<'d> {
    pub(super) classes: Vec<Key>,
    pub(super) class_of: ClassOf<'d>,
}

/// The place of the class of a pair.
pub(super) type ClassOf<'d> = Box<dyn Fn(&PairCell) -> Option<usize> + 'd>;

/// What a published mean or SD says of a pair.
const QUANTITIES: [fn(&PairCell) -> i128; 5] = [
    |cell| i128::from(cell.baseline.0),
    |cell| i128::from(cell.baseline.0) * i128::from(cell.baseline.0),
    |cell| i128::from(cell.follow_up.0),
    |cell| i128::from(cell.change_points()),
    |cell| i128::from(cell.change_points()) * i128::from(cell.change_points()),
];

impl View<'_> {
    pub(super) fn means(
        &self,
        whose: &Whose,
        pairs: &PairCounts,
        divisions: &[Division<'_>],
    ) -> Option<DisclosedMeans> {
        self.means_of(&whose.pairs(), &Pairs::Of(whose), pairs, divisions)
    }

    /// `all` is the cell of the pairs.
    pub(super) fn means_of(
        &self,
        all: &Key,
        of: &Pairs<'_>,
        pairs: &PairCounts,
        divisions: &[Division<'_>],
    ) -> Option<DisclosedMeans> {
        self.count(all).shown()?;
        let scale = pairs.scale();
        let values = i64::from(scale.highest.0) - i64::from(scale.lowest.0) + 1;
        let gives_away = || divisions.iter().any(|division| self.gives_away(pairs, division));
        if pairs.n() < FEW_PAIRS || values <= 3 || gives_away() {
            return None;
        }
        if self.few_came(of, pairs) || self.difference_gives_away(of, pairs, divisions) {
            return None;
        }
        let test = PairedT::of(pairs, Alternative::TwoSided, self.level).ok();
        Some(DisclosedMeans {
            baseline: *Moments::of_baseline(pairs).mean.computed()?,
            change: *Moments::of_change(pairs).mean.computed()?,
            interval: test.map(|test| test.interval),
        })
    }

    /// Whether a mean or an SD of the pairs narrows a hidden class of a division.
    fn gives_away(&self, pairs: &PairCounts, division: &Division<'_>) -> bool {
        let hidden = division.classes.iter().map(|key| self.count(key) == PublishedCount::Hidden);
        let hidden: Vec<bool> = hidden.collect();
        self.narrows(&pairs.cells().collect::<Vec<_>>(), division, &hidden)
    }

    /// Whether an earlier mean of these pairs narrows a hidden class of those who came since, or this one
    /// a class that was hidden then.
    fn difference_gives_away(
        &self,
        of: &Pairs<'_>,
        pairs: &PairCounts,
        divisions: &[Division<'_>],
    ) -> bool {
        self.shown_before(of).any(|(release, was)| {
            let left =
                was.cells().any(|cell| pairs.get(cell.baseline, cell.follow_up) < cell.pairs);
            let before: Vec<PairCell> = was.cells().collect();
            let came = pairs.cells().map(|cell| {
                let before = was.get(cell.baseline, cell.follow_up);
                PairCell { pairs: cell.pairs.saturating_sub(before), ..cell }
            });
            let came: Vec<PairCell> = came.filter(|cell| cell.pairs > 0).collect();
            divisions.iter().any(|division| {
                let hidden_in = |published: &Published<Key>| -> Vec<bool> {
                    let hidden = |key| published.get(key).is_none_or(|of| of.shown().is_none());
                    division.classes.iter().map(hidden).collect()
                };
                let (then, now) = (hidden_in(&release.published), hidden_in(self.published));
                let both = |join: fn(bool, bool) -> bool| -> Vec<bool> {
                    then.iter().zip(&now).map(|(then, now)| join(*then, *now)).collect()
                };
                let either = both(|then, now| then || now);
                if was == pairs && then == now {
                    return false;
                }
                (left && either.contains(&true))
                    || self.narrows(&came, division, &either)
                    || self.becomes_known(&before, division, &then, &now)
                    || self.narrows(&before, division, &both(|then, now| then && now))
            })
        })
    }

    /// Whether a small class that was hidden is shown now.
    fn becomes_known(
        &self,
        was: &[PairCell],
        division: &Division<'_>,
        then: &[bool],
        now: &[bool],
    ) -> bool {
        let mut counts: OrderedMap<usize, u64> = OrderedMap::new();
        for cell in was {
            if let Some(class) = (division.class_of)(cell) {
                *counts.entry(class).or_default() += cell.pairs;
            }
        }
        let is = |of: &[bool], class: usize| of.get(class).copied().unwrap_or(true);
        counts.into_iter().any(|(class, count)| {
            is(then, class) && !is(now, class) && self.profile.is_sensitive(count)
        })
    }

    /// Whether a total of some pairs narrows a small class, of those that are hidden.
    fn narrows(&self, cells: &[PairCell], division: &Division<'_>, hidden: &[bool]) -> bool {
        QUANTITIES.into_iter().any(|quantity| {
            let mut classes: OrderedMap<usize, Class> = OrderedMap::new();
            let mut total = 0;
            for cell in cells {
                let Some(class) = (division.class_of)(cell) else { continue };
                let hidden = hidden.get(class).copied().unwrap_or(true);
                let value = quantity(cell);
                total += i128::from(cell.pairs) * value;
                let class = classes.entry(class).or_insert(Class::nobody(hidden, value));
                class.add(cell.pairs, value);
            }
            !leaves_open(&classes.into_values().collect::<Vec<_>>(), total, &self.profile)
        })
    }
}

/// Improved, and all others.
pub(super) fn improved_or_not(pairs: &PairCounts) -> ClassOf<'_> {
    Box::new(|cell| {
        let gain = pairs.scale().direction.gain(cell.baseline, cell.follow_up);
        Some(usize::from(gain <= 0))
    })
}

/// The mean of all less the means of some parts is the mean of the rest, which must not be few either:
/// the means of the fewest go until it is not. Each part has its pairs and its means.
pub(super) fn hide_means_that_leave_few<T>(
    all: u64,
    parts: &mut [T],
    pairs: impl Fn(&T) -> u64,
    means: impl Fn(&mut T) -> &mut Option<DisclosedMeans>,
) {
    loop {
        let mut shown = 0_u64;
        let mut fewest: Option<(u64, &mut Option<DisclosedMeans>)> = None;
        for part in &mut *parts {
            let of = pairs(part);
            let means = means(part);
            if means.is_some() {
                shown = shown.saturating_add(of);
                if fewest.as_ref().is_none_or(|(least, _)| of < *least) {
                    fewest = Some((of, means));
                }
            }
        }
        let rest = all.saturating_sub(shown);
        if rest == 0 || rest >= FEW_PAIRS {
            return;
        }
        let Some((_, means)) = fewest else { return };
        *means = None;
    }
}
