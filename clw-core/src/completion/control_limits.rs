//! Between which shares chance alone keeps most of what is charted.

use serde::{Deserialize, Serialize};

use crate::numeric::binomial_limits::Binomial;

/// The limits that a charted value is expected between. A value on a limit is not outside.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct ControlLimits {
    /// The lower limit.
    pub lower: f64,
    /// The upper limit.
    pub upper: f64,
}

/// On which side of the limits, or of the centre.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ChartSide {
    /// Above: more.
    Above,
    /// Below: fewer.
    Below,
}

impl ChartSide {
    pub(super) const fn other(self) -> Self {
        match self {
            Self::Above => Self::Below,
            Self::Below => Self::Above,
        }
    }
}

impl ControlLimits {
    /// The side on which a value is outside.
    #[must_use]
    pub fn outside(&self, value: f64) -> Option<ChartSide> {
        if value > self.upper {
            Some(ChartSide::Above)
        } else if value < self.lower {
            Some(ChartSide::Below)
        } else {
            None
        }
    }
}

/// A share and what is missing from 1, each with its own digits.
#[derive(Clone, Copy)]
pub(super) struct Centre {
    pub(super) p: f64,
    q: f64,
}

impl Centre {
    /// `count` of `of`, `of > 0`.
    pub(super) fn of_counts(count: u64, of: u64) -> Self {
        Self { p: count as f64 / of as f64, q: (of - count) as f64 / of as f64 }
    }

    pub(super) const fn of_share(p: f64) -> Self {
        Self { p, q: 1.0 - p }
    }

    /// Whether it is 0 or 1, so that nothing varies.
    pub(super) const fn is_certain(self) -> bool {
        self.p <= 0.0 || self.q <= 0.0
    }

    /// The binomial standard deviation of a share of `of`.
    pub(super) fn standard_deviation(self, of: u64) -> f64 {
        libm::sqrt(self.p * self.q / of as f64)
    }

    /// So many standard deviations either side, cut at 0 and 1.
    pub(super) fn normal(self, of: u64, deviations: f64) -> ControlLimits {
        let by = deviations * self.standard_deviation(of);
        ControlLimits { lower: (self.p - by).max(0.0), upper: (self.p + by).min(1.0) }
    }

    /// The fewest and the most of `of` beyond which there is at most the probability `tail`.
    pub(super) fn exact(self, of: u64, tail: f64) -> ControlLimits {
        self.counted(of, |binomial| binomial.lower_limit(tail).count)
    }

    /// The fewest and the most of `of` whose mid-p on either side is above `tail`.
    pub(super) fn mid_p(self, of: u64, tail: f64) -> ControlLimits {
        self.counted(of, |binomial| binomial.mid_p_lower_limit(tail))
    }

    /// Spiegelhalter's interpolation: `(r − α)/n` with `r` the smallest count whose lower tail reaches
    /// the probability and `α` the part of its own probability by which it overshoots.
    pub(super) fn interpolated(self, of: u64, tail: f64) -> ControlLimits {
        if self.is_certain() {
            return ControlLimits { lower: self.p, upper: self.p };
        }
        let (successes, n) = (Binomial::new(of, self.p, self.q), of as f64);
        let lower = successes.lower_limit(tail);
        // At the upper limit r is what is left of the failures, and what their tail overshoots by is
        // what is left of α.
        let upper = successes.failures().lower_limit(tail);
        let (r, alpha) = ((of - upper.count) as f64, 1.0 - upper.overshoot);
        ControlLimits {
            lower: ((lower.count as f64 - lower.overshoot) / n).max(0.0),
            upper: ((r - alpha) / n).min(1.0),
        }
    }

    fn counted(self, of: u64, fewest: impl Fn(Binomial) -> u64) -> ControlLimits {
        if self.is_certain() {
            return ControlLimits { lower: self.p, upper: self.p };
        }
        let successes = Binomial::new(of, self.p, self.q);
        let (lower, upper) = (fewest(successes), of - fewest(successes.failures()));
        ControlLimits { lower: lower as f64 / of as f64, upper: upper as f64 / of as f64 }
    }
}
