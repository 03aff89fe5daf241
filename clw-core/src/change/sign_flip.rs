//! The sign-flip permutation test of the mean change.

use serde::{Deserialize, Serialize};

use super::sign_patterns::{Tails, Weighted};
use super::{Alternative, ExactLimit, PairCounts, Resamples, Watch};
use crate::estimate::Degenerate;
use crate::numeric::random::{Binomial, Purpose, Stream};

/// The permutation test of the mean change: each change is as likely to have either sign.
///
/// It asks how many of the 2ⁿ ways to give the changes their signs have a sum as far from 0 as the
/// one observed. It needs no normal distribution, and unlike the signed rank test it is about the
/// mean. Fisher (1935), *The Design of Experiments*, §21.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct SignFlip {
    /// All pairs, those without change included.
    pub n: u64,
    /// Pairs with a change.
    pub n_used: u64,
    /// Pairs without change, whose sign makes no difference.
    pub zeros: u64,
    /// Mean of follow-up − baseline over all pairs, in units of the printed score.
    pub mean_change: f64,
    /// What p speaks against.
    pub alternative: Alternative,
    /// p, above 0 and at most 1. The smallest reported is 2.2e-308.
    pub p: f64,
    /// How p was obtained.
    pub method: SignFlipMethod,
}

/// How the p of a sign-flip test was obtained.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", rename_all_fields = "kebab-case")]
pub enum SignFlipMethod {
    /// From all 2ⁿ sign patterns.
    Exact,
    /// From so many patterns drawn at random: (b + 1)/(m + 1), where b of m are as far out. Davison &
    /// Hinkley (1997), §4.3, doi:10.1017/CBO9780511802843.
    MonteCarlo {
        /// m.
        patterns: u32,
        /// What the stream of random numbers starts from.
        seed: u32,
    },
}

/// The conventions of a sign-flip test.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct SignFlipOptions {
    /// The most non-zero changes for which all patterns are counted. Where changes are told apart in
    /// more than two million steps, patterns are drawn at fewer.
    pub exact_limit: ExactLimit,
    /// How many patterns are drawn above that; 9,999 unless stated.
    pub patterns: Resamples,
    /// What their stream of random numbers starts from; 0 unless stated.
    pub seed: u32,
}

impl SignFlip {
    /// Tests the changes of a table, at a cost that depends on how many sizes of change there are.
    ///
    /// # Errors
    /// [`Degenerate::NoPairs`] for an empty table, [`Degenerate::AllDifferencesZero`] when nobody's
    /// score changed, [`Degenerate::NoPatternsDrawn`] where patterns are to be drawn and the options
    /// ask for none: the (0 + 1)/(0 + 1) that the formula makes of that is no p.
    ///
    /// ```
    /// use clw_core::change::{Alternative, PairCounts, SignFlip, SignFlipOptions};
    /// use clw_core::instrument::{Direction, Points, Scale};
    ///
    /// let scale = Scale {
    ///     direction: Direction::HigherIsBetter,
    ///     steps_per_unit: 1,
    ///     lowest: Points(1),
    ///     highest: Points(9),
    /// };
    /// // Changes 1, 2 and 4: the observed sum is the largest of the eight there are.
    /// let pairs = PairCounts::count_steps(scale, &[2, 2, 3], &[3, 4, 7])?;
    /// let test = SignFlip::of(&pairs, &SignFlipOptions::default(), Alternative::Greater)?;
    /// assert_eq!(test.p, 1.0 / 8.0);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn of(
        pairs: &PairCounts,
        options: &SignFlipOptions,
        alternative: Alternative,
    ) -> Result<Self, Degenerate> {
        Self::watched(pairs, options, alternative, &Watch::default())
    }

    /// The same while somebody watches; of fewer patterns, and good for nothing, once stopped.
    pub(super) fn watched(
        pairs: &PairCounts,
        options: &SignFlipOptions,
        alternative: Alternative,
        watch: &Watch,
    ) -> Result<Self, Degenerate> {
        let flips = Flips::of(pairs);
        let n_used = flips.sizes.iter().map(|size| size.count).sum();
        if n_used == 0 {
            return Err(pairs.nothing_changed());
        }
        let exact = n_used <= options.exact_limit.get();
        let counted = exact.then(|| Tails::of(&flips.sizes, flips.rises())).flatten();
        let (p, method) = match counted {
            Some(tails) => (alternative.p(tails), SignFlipMethod::Exact),
            None => {
                let SignFlipOptions { patterns, seed, .. } = *options;
                let patterns = patterns.get();
                if patterns == 0 {
                    return Err(Degenerate::NoPatternsDrawn);
                }
                watch.expect(patterns);
                let p = flips.drawn_p(patterns, seed, alternative, watch);
                (p, SignFlipMethod::MonteCarlo { patterns, seed })
            }
        };
        Ok(Self {
            n: pairs.n(),
            n_used,
            zeros: pairs.n() - n_used,
            mean_change: flips.sum as f64
                / (pairs.n() * u64::from(pairs.scale().steps_per_unit)) as f64,
            alternative,
            p: p.clamp(f64::MIN_POSITIVE, 1.0),
            method,
        })
    }
}

/// The sizes of the non-zero changes and their sum as observed, in steps.
struct Flips {
    sizes: Vec<Weighted>,
    sum: i128,
    sum_of_sizes: u128,
}

impl Flips {
    fn of(pairs: &PairCounts) -> Self {
        let mut sizes = std::collections::BTreeMap::<u64, u64>::new();
        let (mut sum, mut sum_of_sizes) = (0, 0);
        for (change, pairs) in pairs.changes() {
            sum += i128::from(change) * i128::from(pairs);
            sum_of_sizes += u128::from(change.unsigned_abs()) * u128::from(pairs);
            *sizes.entry(change.unsigned_abs()).or_default() += pairs;
        }
        sizes.remove(&0);
        let sizes = sizes.into_iter().map(|(weight, count)| Weighted { weight, count });
        Self { sizes: sizes.collect(), sum, sum_of_sizes }
    }

    /// The sum of the positive changes: half of what the sum and the sum of sizes make together.
    const fn rises(&self) -> u128 {
        if self.sum < 0 {
            (self.sum_of_sizes - self.sum.unsigned_abs()) / 2
        } else {
            (self.sum_of_sizes + self.sum.unsigned_abs()) / 2
        }
    }

    /// A pattern of each size is how many of its changes rise, of as many fair coins.
    fn drawn_p(&self, patterns: u32, seed: u32, alternative: Alternative, watch: &Watch) -> f64 {
        let fair = Binomial::new(1, 2);
        let mut stream = Stream::new(seed, Purpose::Permutation);
        let observed = self.rises();
        let mirrored_observed = self.sum_of_sizes - observed;
        let mut as_far = 0_u32;
        for _ in (0..patterns).take_while(|_| watch.goes_on()) {
            let rises = |size: &Weighted| {
                u128::from(size.weight) * u128::from(fair.draw(&mut stream, size.count))
            };
            let rises: u128 = self.sizes.iter().map(rises).sum();
            let mirrored = self.sum_of_sizes - rises;
            let counts = match alternative {
                Alternative::TwoSided => rises.max(mirrored) >= observed.max(mirrored_observed),
                Alternative::Greater => rises >= observed,
                // The mirrored pattern is as likely; taken here, exchanged sittings give one p.
                Alternative::Less => rises >= mirrored_observed,
            };
            as_far += u32::from(counts);
        }
        (f64::from(as_far) + 1.0) / (f64::from(patterns) + 1.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::change::ChangeOptionsError;
    use crate::instrument::{Direction, Points, Scale};

    #[test]
    fn a_p_from_no_pattern_at_all_is_not_computed() -> Result<(), ChangeOptionsError> {
        let scale = Scale {
            direction: Direction::HigherIsBetter,
            steps_per_unit: 1,
            lowest: Points(1),
            highest: Points(9),
        };
        let pairs = PairCounts::count_steps(scale, &[2, 2, 3], &[3, 4, 7]).unwrap();
        let none = SignFlipOptions { patterns: Resamples::new(0)?, ..SignFlipOptions::default() };
        let exact = SignFlip::of(&pairs, &none, Alternative::Greater).unwrap();
        assert_eq!(exact.method, SignFlipMethod::Exact);
        let drawn = SignFlipOptions { exact_limit: ExactLimit::new(0)?, ..none };
        let refused = SignFlip::of(&pairs, &drawn, Alternative::TwoSided);
        assert_eq!(refused, Err(Degenerate::NoPatternsDrawn));
        Ok(())
    }
}
