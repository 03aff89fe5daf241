//! Distributions and intervals, accurate in the tails and the same on every platform.

#[cfg(test)]
mod golden;
pub(crate) mod normal;
pub(crate) mod proportion;
mod root;
pub(crate) mod student_t;

/// The two ends of an interval.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Limits {
    pub(crate) lower: f64,
    pub(crate) upper: f64,
}
