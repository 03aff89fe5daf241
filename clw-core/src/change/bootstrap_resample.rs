//! One resample of a paired sample, and the five statistics of it.

use super::hodges_lehmann::WalshAverages;
use super::moments::Sample;
use super::{PairCounts, ZerosMethod};
use crate::instrument::{Direction, Scale};
use crate::numeric::random::{Binomial, Stream};

/// Mean change, median change, d_z, Hodges-Lehmann estimate and share improved, in this order.
pub(super) const STATISTICS: usize = 5;

/// Each statistic in the units of its estimate; none where the sample has none.
pub(super) type Values = [Option<f64>; STATISTICS];

/// The changes of a table as something to draw from.
///
/// All five statistics depend on a pair through its change alone. So people are drawn by their
/// change: one count for each of d different changes, of which there are fewer than cells, from the
/// multinomial distribution that people drawn with replacement have.
pub(super) struct Urn {
    scale: Scale,
    zeros: ZerosMethod,
    n: u64,
    /// Different changes in ascending order, in steps.
    changes: Vec<i64>,
    /// How many people have each.
    counts: Vec<u64>,
    /// The chance of each among itself and those after it.
    chances: Vec<Binomial>,
    /// The doubled Walsh average in the middle of the sample's; those of resamples are near it.
    middle_average: Option<i64>,
}

impl Urn {
    pub(super) fn of(pairs: &PairCounts, zeros: ZerosMethod) -> Self {
        let (changes, counts): (Vec<_>, Vec<_>) = pairs.changes().into_iter().unzip();
        let mut rest = pairs.n();
        let chances = counts.iter().map(|&count| {
            let chance = Binomial::new(count, rest);
            rest -= count;
            chance
        });
        let chances = chances.collect();
        let (scale, n) = (*pairs.scale(), pairs.n());
        let urn = Self { scale, zeros, n, changes, counts, chances, middle_average: None };
        let averages = urn.walsh_averages(&urn.counts);
        Self { middle_average: averages.map(|walsh| walsh.doubled_middle_two(None).0), ..urn }
    }

    /// The statistics of the sample itself.
    pub(super) fn values(&self) -> Values {
        self.values_of(&self.counts)
    }

    /// The statistics of so many resamples of n pairs.
    ///
    /// A count is a binomial draw of those left, given the counts before it: the multinomial
    /// distribution by its conditionals. Devroye (1986), §XI.1.4, doi:10.1007/978-1-4613-8643-8.
    pub(super) fn resampled(
        &self,
        stream: &mut Stream,
        resamples: u32,
    ) -> impl Iterator<Item = Values> {
        let mut drawn = vec![0; self.counts.len()];
        (0..resamples).map(move |_| {
            let mut left = self.n;
            for (count, chance) in drawn.iter_mut().zip(&self.chances) {
                *count = chance.draw(stream, left);
                left -= *count;
            }
            self.values_of(&drawn)
        })
    }

    /// The statistics without one pair, by the change of that pair, and how many pairs have it.
    pub(super) fn without_one(&self) -> impl Iterator<Item = (Values, u64)> {
        let mut counts = self.counts.clone();
        self.counts.iter().enumerate().map(move |(place, &pairs)| {
            let set = |counts: &mut [u64], to| {
                counts.get_mut(place).into_iter().for_each(|count| *count = to);
            };
            set(&mut counts, pairs - 1);
            let values = self.values_of(&counts);
            set(&mut counts, pairs);
            (values, pairs)
        })
    }

    /// The statistics of a sample with so many people of each change.
    fn values_of(&self, counts: &[u64]) -> Values {
        let (mut n, mut improved, mut sum, mut sum_of_squares) = (0, 0, 0, 0);
        for (&change, &pairs) in self.changes.iter().zip(counts) {
            n += pairs;
            improved += if self.improves(change) { pairs } else { 0 };
            let (change, pairs) = (i128::from(change), i128::from(pairs));
            sum += pairs * change;
            sum_of_squares += pairs * change * change;
        }
        let sample = Sample::new(n, &self.scale, sum, sum_of_squares);
        let units = f64::from(self.scale.steps_per_unit);
        let median = self.middle_two(counts, n);
        let averages = self.walsh_averages(counts);
        let pseudomedian = averages.map(|walsh| walsh.doubled_middle_two(self.middle_average));
        [
            sample.mean().ok(),
            median.map(|(lower, upper)| (lower + upper) as f64 / (2.0 * units)),
            sample.t_statistic().ok().map(|t| t / libm::sqrt(n as f64)),
            pseudomedian.map(|(lower, upper)| (lower + upper) as f64 / (4.0 * units)),
            (n > 0).then(|| improved as f64 / n as f64),
        ]
    }

    /// The averages of the changes that the zeros method has, where there is one.
    fn walsh_averages(&self, counts: &[u64]) -> Option<WalshAverages> {
        let changes = self.changes.iter().copied().zip(counts.iter().copied());
        let averaged = changes.filter(|&(change, pairs)| {
            pairs > 0 && (change != 0 || self.zeros == ZerosMethod::Pratt)
        });
        let mut averaged = averaged.peekable();
        averaged.peek().is_some().then(|| WalshAverages::of(averaged))
    }

    /// The changes in the middle two places of n in ascending order, one place of an odd number.
    fn middle_two(&self, counts: &[u64], n: u64) -> Option<(i64, i64)> {
        let mut reached = 0;
        let mut ends = self.changes.iter().zip(counts).map(|(&change, &pairs)| {
            reached += pairs;
            (change, reached)
        });
        let (lower, reached) = ends.find(|&(_, reached)| reached > 0 && 2 * reached >= n)?;
        if 2 * reached > n {
            return Some((lower, lower));
        }
        ends.find(|&(_, further)| further > reached).map(|(upper, _)| (lower, upper))
    }

    const fn improves(&self, change: i64) -> bool {
        match self.scale.direction {
            Direction::HigherIsBetter => change > 0,
            Direction::LowerIsBetter => change < 0,
        }
    }
}
