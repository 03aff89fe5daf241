//! Distributions and intervals, accurate in the tails and the same on every platform.
//!
//! Only IEEE operations and `libm` are used. The area below a point is the area above its
//! negative, so each distribution has one tail, which keeps its digits down to 1e-300.
//!
//! `statrs` 0.19.1 without default features was tried first and left: its elementary functions
//! turn into the platform's as soon as another crate switches on `num-traits/std`, it has no
//! noncentral t, and of random points (half ordinary, half down to 1e-300; `df` 1 to 1e6) it
//! got these wrong, mpmath 1.4.1 being right:
//!
//! | function | `statrs`: over 1e-12 off | its worst relative error | here, worst |
//! |---|---|---|---|
//! | [`normal::sf`] | 1236 of 1523 | 1.0e-10, at an ordinary z = 0.74 | 2.6e-13 |
//! | [`normal::upper_quantile`] | 0 of 1523 | 1.8e-14 | 1.8e-14 |
//! | [`student_t::two_sided_p`] | 333 of 1532 | 1, nothing left | 3.4e-13 |
//! | [`student_t::upper_quantile`], p > 1e-6 | 202 of 807 | 2.9e-4, at p = 0.1, df = 1e6 | 9.4e-14 |
//! | the same, p down to 1e-300 | panics at 361 and does not return from 28 of 1547 | 1 | 9.4e-14 |
//! | [`student_t::noncentrality_limits`] | none | | 2.2e-14 |
//! | [`gamma::chi_squared_sf`] | 4 of 310 | 1.9e-12, at df = 3000 | 6.4e-14 |
//!
//! A t tail takes about 10 µs, a t quantile 50, a pair of noncentrality limits 100.

pub(crate) mod binomial;
pub(crate) mod binomial_limits;
pub(crate) mod gamma;
#[cfg(test)]
mod golden;
pub(crate) mod normal;
pub(crate) mod proportion;
pub(crate) mod random;
pub(crate) mod root;
pub(crate) mod student_t;
pub(crate) mod symmetric;
#[cfg(test)]
mod tails;

/// The two ends of an interval.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Limits {
    pub(crate) lower: f64,
    pub(crate) upper: f64,
}

/// A float that is a whole number of at least 0, as an integer; what is above is the largest there is.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "called with whole numbers of at least 0, and the cast saturates"
)]
pub(crate) const fn whole(number: f64) -> u64 {
    number as u64
}
