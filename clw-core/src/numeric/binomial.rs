//! The binomial distribution, of fair coins to the last digit.

use super::gamma::power_over_gamma;

/// The lower tail at so many heads, up to the middle.
#[derive(Clone, Copy, Debug)]
pub(crate) struct FairTail {
    /// The probability of exactly `k` heads.
    pub(crate) point: f64,
    /// The probability of at most `k` heads.
    pub(crate) lower: f64,
    /// The probability of fewer, and half of that of exactly `k`.
    pub(crate) mid_lower: f64,
}

/// Up to this many coins the tail is told to the last digit, in time proportional to their number.
const MOST_ADDED: u64 = 100_000;

/// Up to this many heads every term is added. They are whole numbers, which are exact while they are
/// small, so that one halfway between two doubles is rounded as it must be.
const FEW_HEADS: u64 = 64;

/// The tail of `n` fair coins at `k` heads, where `2k ≤ n`.
///
/// To the last digit up to 100,000 coins, to 1e-12 above.
pub(crate) fn fair_tail(k: u64, n: u64) -> FairTail {
    if n > MOST_ADDED {
        approximated(k, n)
    } else if k > FEW_HEADS {
        added_down(k, n)
    } else {
        added_up(k, n)
    }
}

/// `C(n, 0) + … + C(n, k)` over `2ⁿ` in twice the digits of a double, which are left at the end.
fn added_up(k: u64, n: u64) -> FairTail {
    // 100,000 over 64 is below 2⁷⁶⁸, and the sum too.
    let (mut term, mut below) = (Double::from(1.0), Double::from(0.0));
    for i in 0..k {
        below = below.plus(term);
        term = term.times((n - i) as f64).over((i + 1) as f64);
    }
    tail(term, below, 0, n)
}

/// The same from the largest term down, as far as terms can be told in so many digits.
fn added_down(k: u64, n: u64) -> FairTail {
    let (point, twos) = choose(k, n);
    let (mut term, mut below) = (point, Double::from(0.0));
    for i in (1..=k).rev() {
        term = term.times(i as f64).over((n - i + 1) as f64);
        below = below.plus(term);
        if term.high <= 1e-32 * below.high {
            break;
        }
    }
    tail(point, below, twos, n)
}

fn tail(point: Double, below: Double, twos: i32, n: u64) -> FairTail {
    let twos = twos - i32::try_from(n).unwrap_or(i32::MAX);
    FairTail {
        point: libm::ldexp(point.high, twos),
        lower: libm::ldexp(below.plus(point).high, twos),
        mid_lower: libm::ldexp(below.plus(point.scaled(-1)).high, twos),
    }
}

/// How many products grow side by side in [`choose`], none of which waits for another.
const SIDE_BY_SIDE: usize = 4;

/// `C(n, k)`: a number of twice the digits and the power of two that it is multiplied by.
///
/// Three factors of at most 100,000 have an exact product, so that a third of them are left.
fn choose(k: u64, n: u64) -> (Double, i32) {
    let mut above = [(Double::from(1.0), 0); SIDE_BY_SIDE];
    let mut below = above;
    for first in (1..=k).step_by(3 * SIDE_BY_SIDE) {
        let firsts = (first..).step_by(3);
        for ((above, below), first) in above.iter_mut().zip(&mut below).zip(firsts) {
            let three = || first..(first + 3).min(k + 1);
            multiply(above, three().map(|factor| (n - k + factor) as f64).product());
            multiply(below, three().map(|factor| factor as f64).product());
        }
    }
    let one = |products: [(Double, i32); SIDE_BY_SIDE]| {
        products.into_iter().fold((Double::from(1.0), 0), |(all, twos), (product, more)| {
            let (product, shift) = product.between_half_and_one();
            let (all, shift_of_all) = all.times_double(product).between_half_and_one();
            (all, twos + more + shift + shift_of_all)
        })
    };
    let ((above, up), (below, down)) = (one(above), one(below));
    (above.over_double(below), up - down)
}

/// Multiplies a product, whose powers of two are taken out as they come.
fn multiply((product, twos): &mut (Double, i32), factor: f64) {
    const LARGE: i32 = 500;
    /// 2 to the power of [`LARGE`].
    const LIMIT: f64 = 3.273_390_607_896_142e150;
    *product = product.times(factor);
    if product.high > LIMIT {
        *product = product.scaled(-LARGE);
        *twos += LARGE;
    }
}

/// `C(n, k) / 2ⁿ` through Poisson probabilities, `P(k; m) P(n − k; m) / P(n; n)` with `m = n/2`.
///
/// The terms below it are positive and fall by at least the ratio `k / (n − k + 1)`, so their sum
/// keeps its digits however small it is.
fn approximated(k: u64, n: u64) -> FairTail {
    let mean = 0.5 * n as f64;
    let point = power_over_gamma(k as f64, mean) * power_over_gamma((n - k) as f64, mean)
        / power_over_gamma(n as f64, n as f64);
    let (mut term, mut below) = (1.0, 0.0);
    for i in (1..=k).rev() {
        term *= i as f64 / (n - i + 1) as f64;
        below += term;
        if term <= 1e-17 * below {
            break;
        }
    }
    FairTail { point, lower: point * (1.0 + below), mid_lower: point * (0.5 + below) }
}

/// The chances of a success and of a failure, neither of them 0, each with its own digits.
#[derive(Clone, Copy)]
pub(super) struct Chances {
    pub(super) p: f64,
    pub(super) q: f64,
}

/// The probability of exactly `k` successes in `n` trials, through Poisson probabilities.
pub(super) fn point(k: u64, n: u64, chances: Chances) -> f64 {
    let (successes, failures, n) = (k as f64, (n - k) as f64, n as f64);
    power_over_gamma(successes, n * chances.p) * power_over_gamma(failures, n * chances.q)
        / power_over_gamma(n, n)
}

/// The probability of at least `k` successes in `n` trials, `k` not below their mean.
///
/// Summed from the largest term outwards, all terms positive, so that a tail of 1e-300 keeps its
/// digits.
pub(super) fn outer_tail(k: u64, n: u64, chances: Chances) -> f64 {
    let (mut sum, mut term) = (1.0, 1.0);
    for successes in k..n {
        term *= (n - successes) as f64 / (successes + 1) as f64 * (chances.p / chances.q);
        sum += term;
        if term <= 1e-17 * sum {
            break;
        }
    }
    (point(k, n, chances) * sum).min(1.0)
}

/// A number as the sum of two doubles that do not overlap.
///
/// Dekker (1971), doi:10.1007/BF01397083; without fused operations, the same on every platform.
#[derive(Clone, Copy)]
struct Double {
    high: f64,
    low: f64,
}

impl From<f64> for Double {
    fn from(high: f64) -> Self {
        Self { high, low: 0.0 }
    }
}

impl Double {
    /// Of two numbers, the first the larger.
    fn of(high: f64, low: f64) -> Self {
        let sum = high + low;
        Self { high: sum, low: low - (sum - high) }
    }

    fn plus(self, other: Self) -> Self {
        let sum = self.high + other.high;
        let part = sum - self.high;
        let error = (self.high - (sum - part)) + (other.high - part);
        Self::of(sum, error + self.low + other.low)
    }

    fn times(self, factor: f64) -> Self {
        let product = self.high * factor;
        Self::of(product, product_error(self.high, factor, product) + self.low * factor)
    }

    fn over(self, divisor: f64) -> Self {
        let quotient = self.high / divisor;
        let product = quotient * divisor;
        let rest = (self.high - product) - product_error(quotient, divisor, product);
        Self::of(quotient, (rest + self.low) / divisor)
    }

    fn times_double(self, other: Self) -> Self {
        let product = self.high * other.high;
        let error = product_error(self.high, other.high, product);
        Self::of(product, error + (self.high * other.low + self.low * other.high))
    }

    fn over_double(self, other: Self) -> Self {
        let quotient = self.high / other.high;
        let product = other.times(quotient);
        let rest = self.plus(Self { high: -product.high, low: -product.low });
        Self::of(quotient, rest.high / other.high)
    }

    /// The number between ½ and 1 that is this one without its power of two, and that power.
    fn between_half_and_one(self) -> (Self, i32) {
        let (_, twos) = libm::frexp(self.high);
        (self.scaled(-twos), twos)
    }

    fn scaled(self, twos: i32) -> Self {
        Self { high: libm::ldexp(self.high, twos), low: libm::ldexp(self.low, twos) }
    }
}

/// What rounding took from `a · b`.
fn product_error(a: f64, b: f64, product: f64) -> f64 {
    let halves = |x: f64| {
        let carried = 134_217_729.0 * x;
        let high = carried - (carried - x);
        (high, x - high)
    };
    let ((a_high, a_low), (b_high, b_low)) = (halves(a), halves(b));
    ((a_high * b_high - product) + a_high * b_low + a_low * b_high) + a_low * b_low
}
