//! A seeded stream of random numbers, the same on every platform, and binomial draws from it.
//!
//! ChaCha with 8 rounds (Bernstein 2008): a published function of seed, stream and position, so that
//! a seed printed in a result makes the same draws in any language and in any later version.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

/// What a stream is for: results with one seed do not share their draws.
#[derive(Clone, Copy)]
pub(crate) enum Purpose {
    Permutation,
    Bootstrap,
}

/// A stream of draws.
pub(crate) struct Stream(ChaCha8Rng);

impl Stream {
    /// The seed is the first four bytes of ChaCha's key, the purpose its nonce.
    pub(crate) fn new(seed: u32, purpose: Purpose) -> Self {
        let mut key = [0; 32];
        for (byte, of_seed) in key.iter_mut().zip(seed.to_le_bytes()) {
            *byte = of_seed;
        }
        let mut generator = ChaCha8Rng::from_seed(key);
        generator.set_stream(match purpose {
            Purpose::Permutation => 0,
            Purpose::Bootstrap => 1,
        });
        Self(generator)
    }

    /// Uniform on the odd multiples of 2⁻⁵⁴ between 0 and 1: never either end.
    fn uniform(&mut self) -> f64 {
        const STEP: f64 = 1.0 / (1_u64 << 53) as f64;
        ((self.0.next_u64() >> 11) as f64 + 0.5) * STEP
    }
}

/// So many of those left, each with the same chance: what of it does not depend on how many.
#[derive(Clone, Copy)]
pub(crate) struct Binomial {
    /// The smaller of the chances of success and failure, so that draws take the short way.
    p: f64,
    odds: f64,
    log_failure: f64,
    counts_failures: bool,
}

impl Binomial {
    /// Successes with the chance `part / whole`, where 0 < `part` ≤ `whole`.
    pub(crate) fn new(part: u64, whole: u64) -> Self {
        let counts_failures = 2 * part > whole;
        let rarer = if counts_failures { whole - part } else { part };
        let p = rarer as f64 / whole as f64;
        let odds = rarer as f64 / (whole - rarer) as f64;
        Self { p, odds, log_failure: libm::log1p(-p), counts_failures }
    }

    /// The successes of `trials` trials.
    ///
    /// Where fewer than ten are expected, the distribution function is inverted from 0 upwards;
    /// elsewhere Hörmann's transformed rejection with squeeze, algorithm BTRS (1993),
    /// doi:10.1080/00949659308811496. Both are exact but for the rounding of `f64`.
    pub(crate) fn draw(&self, stream: &mut Stream, trials: u64) -> u64 {
        let rarer = if self.p <= 0.0 || trials == 0 {
            0
        } else if trials as f64 * self.p < 10.0 {
            self.inverted(stream, trials)
        } else {
            self.transformed(stream, trials as f64)
        };
        if self.counts_failures { trials - rarer } else { rarer }
    }

    fn inverted(&self, stream: &mut Stream, trials: u64) -> u64 {
        let mut left = stream.uniform();
        let mut chance = libm::exp(trials as f64 * self.log_failure);
        let mut successes = 0;
        while left > chance && successes < trials {
            left -= chance;
            successes += 1;
            chance *= self.odds * (trials - successes + 1) as f64 / successes as f64;
            // Rounding can leave a rest that no term reaches.
            if chance <= 0.0 {
                break;
            }
        }
        successes
    }

    fn transformed(&self, stream: &mut Stream, n: f64) -> u64 {
        let spread = libm::sqrt(n * self.p * (1.0 - self.p));
        let b = 1.15 + 2.53 * spread;
        let a = -0.0873 + 0.0248 * b + 0.01 * self.p;
        let centre = n * self.p + 0.5;
        let squeeze = 0.92 - 4.2 / b;
        loop {
            let u = stream.uniform() - 0.5;
            let v = stream.uniform();
            let us = 0.5 - libm::fabs(u);
            let k = libm::floor((2.0 * a / us + b) * u + centre);
            if us >= 0.07 && v <= squeeze {
                return super::whole(k);
            }
            if k < 0.0 || k > n {
                continue;
            }
            let alpha = (2.83 + 5.1 / b) * spread;
            let height = libm::log(v * alpha / (a / (us * us) + b));
            let mode = libm::floor((n + 1.0) * self.p);
            if height <= self.log_chance_over_mode(n, k, mode) {
                return super::whole(k);
            }
        }
    }

    /// The logarithm of the chance of `k` over that of the mode, by ratios, so that little is lost
    /// where both are far below 1.
    fn log_chance_over_mode(&self, n: f64, k: f64, mode: f64) -> f64 {
        let (rest, rest_of_mode) = (n - k, n - mode);
        (mode + 0.5) * libm::log((mode + 1.0) / (self.odds * (rest_of_mode + 1.0)))
            + (n + 1.0) * libm::log((rest_of_mode + 1.0) / (rest + 1.0))
            + (k + 0.5) * libm::log(self.odds * (rest + 1.0) / (k + 1.0))
            + stirling_correction(mode)
            + stirling_correction(rest_of_mode)
            - stirling_correction(k)
            - stirling_correction(rest)
    }
}

/// ln k! − (½ ln 2π + (k + ½) ln(k + 1) − (k + 1)).
fn stirling_correction(k: f64) -> f64 {
    const FIRST: [f64; 10] = [
        0.081_061_466_795_327_26,
        0.041_340_695_955_409_29,
        0.027_677_925_684_998_34,
        0.020_790_672_103_765_09,
        0.016_644_691_189_821_19,
        0.013_876_128_823_070_75,
        0.011_896_709_945_891_77,
        0.010_411_265_261_972_1,
        0.009_255_462_182_712_733,
        0.008_330_563_433_362_87,
    ];
    if k < 10.0 {
        let first = usize::try_from(super::whole(k)).ok().and_then(|k| FIRST.get(k));
        return first.copied().unwrap_or(0.0);
    }
    let square = 1.0 / ((k + 1.0) * (k + 1.0));
    (1.0 / 12.0 - (1.0 / 360.0 - square / 1260.0) * square) / (k + 1.0)
}

#[cfg(test)]
mod tests {
    use super::super::binomial;
    use super::*;

    /// draft-strombergson-chacha-test-vectors-01, TC1: 8 rounds, key of 256 zero bits, IV 0.
    #[test]
    fn seed_zero_is_the_published_stream_of_the_zero_key() {
        let mut stream = Stream::new(0, Purpose::Permutation);
        assert_eq!(
            stream.0.next_u64().to_le_bytes(),
            [0x3e, 0, 0xef, 0x2f, 0x89, 0x5f, 0x40, 0xd6]
        );
    }

    /// Pearson's statistic of 100,000 draws over bins of at least 20 expected is within five of its
    /// standard deviations of its mean, against the exact chances.
    #[test]
    fn draws_have_the_binomial_distribution() {
        let cases = [
            (5, 1, 2),
            (40, 1, 9),
            (40, 8, 9),
            (19, 1, 2),
            (20, 1, 2),
            (21, 1, 2),
            (100, 1, 10),
            (100, 99, 1000),
            (1_000, 1, 3),
            (1_000, 2, 3),
            (1_000_000, 1, 650),
            (4_000_000_000, 1, 400_000_000),
            (4_000_000_000, 3, 7),
        ];
        let mut stream = Stream::new(7, Purpose::Permutation);
        for (n, part, whole) in cases {
            let binomial = Binomial::new(part, whole);
            let draws = 100_000;
            let mut counts = std::collections::BTreeMap::<u64, u64>::new();
            for _ in 0..draws {
                *counts.entry(binomial.draw(&mut stream, n)).or_default() += 1;
            }
            let p = part as f64 / whole as f64;
            let chances = binomial::Chances { p, q: (whole - part) as f64 / whole as f64 };
            let (mut statistic, mut bins, mut seen, mut chance) = (0.0, 0_u32, 0_u64, 0.0);
            let (lowest, highest) =
                (*counts.keys().next().unwrap(), *counts.keys().last().unwrap());
            let mut before = 0.0;
            for k in lowest..=highest {
                seen += counts.get(&k).copied().unwrap_or(0);
                chance += binomial::point(k, n, chances);
                if k == lowest && k > 0 {
                    let turned = binomial::Chances { p: chances.q, q: chances.p };
                    chance = binomial::outer_tail(n - k, n, turned);
                }
                let rest = 1.0 - before - chance;
                if chance * draws as f64 >= 20.0 && rest * draws as f64 >= 20.0 {
                    let expected = chance * draws as f64;
                    statistic += (seen as f64 - expected) * (seen as f64 - expected) / expected;
                    bins += 1;
                    before += chance;
                    (seen, chance) = (0, 0.0);
                }
            }
            let expected = (1.0 - before) * draws as f64;
            statistic += (seen as f64 - expected) * (seen as f64 - expected) / expected;
            let df = f64::from(bins);
            assert!(
                (statistic - df).abs() < 5.0 * (2.0 * df).sqrt(),
                "{n} {part}/{whole}: {statistic} on {df}"
            );
        }
    }
}
