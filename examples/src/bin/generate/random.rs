//! Seeded draws that are the same on every machine: ChaCha8 words, integer arithmetic and `libm`.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng as _, SeedableRng as _};

/// The seed everything here is drawn from.
pub(crate) const SEED: u64 = 20_260_630;

/// What a stream of draws is for. Streams are independent, so that a change in how something is
/// written down does not change who the people are.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Stream {
    People = 1,
    Journeys = 2,
    Sittings = 3,
    Mess = 4,
    Writing = 5,
    Wide = 6,
    Extras = 7,
    CameBack = 8,
    AfterExit = 9,
}

/// One stream of draws.
pub(crate) struct Draws(ChaCha8Rng);

impl Draws {
    pub(crate) fn new(stream: Stream) -> Self {
        let mut rng = ChaCha8Rng::seed_from_u64(SEED);
        rng.set_stream(stream as u64);
        Self(rng)
    }

    /// A whole number from 0 up to, not including, `n`.
    pub(crate) fn below(&mut self, n: u32) -> u32 {
        let high = (u64::from(self.0.next_u32()) * u64::from(n)) >> 32;
        u32::try_from(high).unwrap_or(0)
    }

    /// A whole number from `low` to `high`, both included.
    pub(crate) fn between(&mut self, low: i32, high: i32) -> i32 {
        low.saturating_add_unsigned(self.below((high - low).unsigned_abs() + 1))
    }

    /// A number in [0, 1) on a grid of 2⁻³².
    pub(crate) fn unit(&mut self) -> f64 {
        f64::from(self.0.next_u32()) / 4_294_967_296.0
    }

    pub(crate) fn chance(&mut self, probability: f64) -> bool {
        self.unit() < probability
    }

    /// A normal draw by Box and Muller.
    pub(crate) fn normal(&mut self, mean: f64, sd: f64) -> f64 {
        let radius = libm::sqrt(-2.0 * libm::log(1.0 - self.unit()));
        mean + sd * radius * libm::cos(core::f64::consts::TAU * self.unit())
    }

    /// One member of a list, all equally likely.
    #[expect(clippy::indexing_slicing, reason = "every list here is a non-empty constant")]
    pub(crate) fn pick<T: Copy>(&mut self, list: &[T]) -> T {
        let at = self.below(u32::try_from(list.len()).unwrap_or(u32::MAX));
        list[usize::try_from(at).unwrap_or(0)]
    }

    /// One member of a list of (weight, member).
    #[expect(clippy::indexing_slicing, reason = "every list here is a non-empty constant")]
    pub(crate) fn weighted<T: Copy>(&mut self, list: &[(u32, T)]) -> T {
        let mut left = self.below(list.iter().map(|(weight, _)| weight).sum());
        for (weight, member) in list {
            if left < *weight {
                return *member;
            }
            left -= weight;
        }
        list[0].1
    }

    /// Puts a list in a random order (Fisher and Yates).
    pub(crate) fn shuffle<T>(&mut self, list: &mut [T]) {
        for last in (1..list.len()).rev() {
            let other = self.below(u32::try_from(last + 1).unwrap_or(u32::MAX));
            list.swap(last, usize::try_from(other).unwrap_or(0));
        }
    }
}

/// The logistic function, from log-odds to a probability.
pub(crate) fn logistic(log_odds: f64) -> f64 {
    1.0 / (1.0 + libm::exp(-log_odds))
}
