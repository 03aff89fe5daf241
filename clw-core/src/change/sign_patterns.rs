//! How many of the 2ⁿ ways to give n sizes a sign have a sum in a tail: the exact distribution
//! behind the signed rank test, the sign test and the sign-flip permutation test.

use std::cmp::Ordering;
use std::ops::AddAssign;

use super::ExactLimit;

/// So many things of one weight, each of which counts or does not.
#[derive(Clone, Copy)]
pub(super) struct Weighted {
    pub(super) weight: u64,
    pub(super) count: u64,
}

/// The chances of a sum at most, and at least, as large as one observed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Tails {
    pub(super) at_most: f64,
    pub(super) at_least: f64,
}

/// The largest number of things whose patterns are counted in 128 bits.
const COUNTED_EXACTLY: u64 = 127;

/// The most sums told apart: beyond it, time and memory are no longer those of one small sample.
const MOST_SUMS: usize = 1 << 21;

impl Tails {
    /// Of the sum of those weights that count, when each of the 2ⁿ patterns is as likely.
    ///
    /// Patterns are counted by their sum, one thing at a time, the lower tail only: the upper is its
    /// mirror image, and the larger tail is all patterns without those beyond. Up to 127 things the
    /// counts are whole numbers and a tail the `f64` nearest to the fraction. Up to
    /// [`ExactLimit::MOST`] they are sums of positive `f64`, of which each adds at most half a unit
    /// in the last place, so that a tail has a relative error below 1e-12 however small it is.
    ///
    /// `None` above that limit, or when more than [`MOST_SUMS`] sums would be told apart.
    pub(super) fn of(things: &[Weighted], observed: u128) -> Option<Self> {
        let n = things.iter().map(|thing| thing.count).sum::<u64>();
        // Without ties all doubled ranks are even; with one tied group they are all the same.
        let unit = things.iter().fold(0, |unit, thing| gcd(unit, thing.weight)).max(1);
        let scaled =
            |thing: &Weighted| Weighted { weight: thing.weight / unit, count: thing.count };
        let things: Vec<_> = things.iter().map(scaled).collect();
        let all: u128 = things.iter().map(|t| u128::from(t.weight) * u128::from(t.count)).sum();
        let observed = observed / u128::from(unit);
        let nearer = usize::try_from(observed.min(all - observed)).ok()?;
        if n > ExactLimit::MOST || nearer > MOST_SUMS {
            return None;
        }
        let (tail, beyond) = if n <= COUNTED_EXACTLY {
            let (beyond, at) = lower_tail::<u128>(&things, nearer);
            let patterns = 1_u128 << n;
            (share(beyond + at, n), share(patterns - beyond, n))
        } else {
            let (beyond, at) = lower_tail::<f64>(&things, nearer);
            let scale = |count| libm::scalbn(count, -i32::try_from(n).unwrap_or(i32::MAX));
            (scale(beyond + at), 1.0 - scale(beyond))
        };
        Some(Self::of_smaller(tail, beyond, observed.cmp(&(all - observed))))
    }

    /// From the tail at the observation that does not reach over the middle and the one that does;
    /// in the middle they are one. So exchanged sittings exchange their tails to the bit.
    pub(super) fn of_smaller(smaller: f64, larger: f64, from_middle: Ordering) -> Self {
        match from_middle {
            Ordering::Less => Self { at_most: smaller, at_least: larger },
            Ordering::Equal => Self { at_most: smaller, at_least: smaller },
            Ordering::Greater => Self { at_most: larger, at_least: smaller },
        }
    }
}

/// The patterns with a sum below `nearer`, and those with that sum.
fn lower_tail<T: Copy + Default + From<u8> + AddAssign + std::iter::Sum>(
    things: &[Weighted],
    nearer: usize,
) -> (T, T) {
    let patterns = patterns_by_sum::<T>(things, nearer);
    let (at, beyond) =
        patterns.split_last().map_or((T::default(), [].as_slice()), |(at, beyond)| (*at, beyond));
    // In two levels, so that few additions of floats lie on the way of any one count.
    let sums = beyond.chunks(512).map(|chunk| chunk.iter().copied().sum::<T>());
    (sums.sum(), at)
}

/// How many patterns have each sum from 0 to `highest`.
pub(super) fn patterns_by_sum<T: Copy + Default + From<u8> + AddAssign>(
    things: &[Weighted],
    highest: usize,
) -> Vec<T> {
    let mut patterns = vec![T::default(); highest + 1];
    if let Some(none_counts) = patterns.first_mut() {
        *none_counts = T::from(1);
    }
    let mut without = patterns.clone();
    let mut reached = 0_usize;
    for thing in things {
        let weight = usize::try_from(thing.weight).unwrap_or(usize::MAX);
        for _ in 0..thing.count {
            let before = reached + 1;
            reached = reached.saturating_add(weight).min(highest);
            for (copy, &count) in without.iter_mut().zip(patterns.iter().take(before)) {
                *copy = count;
            }
            let with = patterns.iter_mut().skip(weight);
            for (with, &one_fewer) in with.zip(without.iter().take(before)) {
                *with += one_fewer;
            }
        }
    }
    patterns
}

/// `count / 2ⁿ`; halving is exact in floats, so only the conversion of the count rounds.
fn share(count: u128, n: u64) -> f64 {
    count as f64 / (1_u128 << n) as f64
}

const fn gcd(mut a: u64, mut b: u64) -> u64 {
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a
}
