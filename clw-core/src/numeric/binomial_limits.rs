//! Which counts a binomial distribution makes unlikely.

use super::binomial::{Chances, outer_tail, point};

/// So many trials with one chance of success, strictly between 0 and 1.
#[derive(Clone, Copy)]
pub(crate) struct Binomial {
    trials: u64,
    chances: Chances,
}

/// The smallest count whose lower tail reaches a probability.
#[derive(Clone, Copy)]
pub(crate) struct LowerLimit {
    pub(crate) count: u64,
    /// Of the probability of exactly the count, the part by which the tail overshoots: 0 where it
    /// reaches the probability exactly, below 1 otherwise.
    pub(crate) overshoot: f64,
}

impl Binomial {
    /// `p` and `q = 1 − p` each with its own digits, neither of them 0.
    pub(crate) const fn new(trials: u64, p: f64, q: f64) -> Self {
        Self { trials, chances: Chances { p, q } }
    }

    /// The failures, which are binomial too.
    pub(crate) const fn failures(self) -> Self {
        Self::new(self.trials, self.chances.q, self.chances.p)
    }

    /// The smallest count for which at most as many have at least the probability `tail`.
    pub(crate) fn lower_limit(self, tail: f64) -> LowerLimit {
        let count = self.smallest(|count| self.at_most(count) >= tail);
        let overshoot = (self.at_most(count) - tail) / point(count, self.trials, self.chances);
        LowerLimit { count, overshoot: overshoot.clamp(0.0, 1.0) }
    }

    /// The smallest count for which fewer, and half of exactly as many, have more than `tail`.
    pub(crate) fn mid_p_lower_limit(self, tail: f64) -> u64 {
        self.smallest(|count| {
            self.at_most(count) - 0.5 * point(count, self.trials, self.chances) > tail
        })
    }

    /// The smallest count from which on `holds`; all of the trials where it never does before.
    fn smallest(self, holds: impl Fn(u64) -> bool) -> u64 {
        let (mut low, mut high) = (0, self.trials);
        while low < high {
            let middle = low + (high - low) / 2;
            if holds(middle) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        low
    }

    fn at_most(self, count: u64) -> f64 {
        self.failures().at_least(self.trials - count)
    }

    fn at_least(self, count: u64) -> f64 {
        if count as f64 >= self.trials as f64 * self.chances.p {
            outer_tail(count, self.trials, self.chances)
        } else {
            // Below the mean `count` is below the number of trials.
            1.0 - outer_tail(self.trials - count + 1, self.trials, self.failures().chances)
        }
    }
}
