//! The limits that a bootstrap distribution gives: by its own quantiles, and corrected for bias and
//! acceleration.

use serde::{Deserialize, Serialize};

use crate::estimate::{ConfidenceLevel, Degenerate, Interval};
use crate::numeric::normal;

/// A bias-corrected and accelerated interval, with the two corrections.
///
/// Its limits are quantiles of the resamples at Φ(z₀ + (z₀ ± z)/(1 − a(z₀ ± z))), where z is the
/// normal quantile of the level. Efron (1987), doi:10.1080/01621459.1987.10478410; DiCiccio & Efron
/// (1996), doi:10.1214/ss/1032280214, §2.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct BcaInterval {
    /// The limits, in the units of the estimate.
    pub limits: Interval,
    /// z₀: the normal quantile of the share of resamples below the estimate, those equal to it
    /// counted half.
    pub bias_correction: f64,
    /// a: Σ(θ̄ − θᵢ)³ / (6·(Σ(θ̄ − θᵢ)²)^1.5), where θᵢ is the estimate without pair i and θ̄ their
    /// mean. Efron & Tibshirani (1993), ISBN 978-0-412-04231-7, eq. 14.15.
    pub acceleration: f64,
}

/// The values of a statistic in the resamples that have one, in ascending order.
pub(super) struct Distribution(Vec<f64>);

/// From which end of a distribution a share is counted.
#[derive(Clone, Copy)]
enum End {
    Lowest,
    Highest,
}

impl Distribution {
    pub(super) fn of(mut values: Vec<f64>) -> Self {
        values.sort_unstable_by(f64::total_cmp);
        Self(values)
    }

    /// The limits that leave half of what the level leaves on either side.
    pub(super) fn percentile(&self, level: ConfidenceLevel) -> Result<Interval, Degenerate> {
        let tail = 0.5 * (1.0 - level.get());
        self.interval([tail, tail], level)
    }

    /// The limits corrected by z₀ and by the acceleration.
    pub(super) fn bca(
        &self,
        estimate: f64,
        acceleration: f64,
        level: ConfidenceLevel,
    ) -> Result<BcaInterval, Degenerate> {
        let bias_correction = self.bias_correction(estimate)?;
        let z = normal::upper_quantile(0.5 * (1.0 - level.get()));
        let corrected = |z: f64| {
            let moved = bias_correction + z;
            let stretch = 1.0 - acceleration * moved;
            // At 0 the limit is infinite, and so beyond all resamples; further on the formula turns back.
            (stretch >= 0.0).then(|| bias_correction + moved / stretch)
        };
        let tails =
            corrected(-z).zip(corrected(z)).map(|(low, high)| (normal::sf(-low), normal::sf(high)));
        let (low, high) = tails.ok_or(Degenerate::LimitBeyondResamples)?;
        Ok(BcaInterval {
            limits: self.interval([low, high], level)?,
            bias_correction,
            acceleration,
        })
    }

    fn bias_correction(&self, estimate: f64) -> Result<f64, Degenerate> {
        let below = self.0.partition_point(|&value| value < estimate);
        let not_above = self.0.partition_point(|&value| value <= estimate);
        let twice_all = 2 * self.0.len();
        match below + not_above {
            _ if twice_all == 0 => Err(Degenerate::LimitBeyondResamples),
            0 => Err(Degenerate::AllResamplesOnOneSide),
            twice if twice == twice_all => Err(Degenerate::AllResamplesOnOneSide),
            twice => Ok(-normal::upper_quantile(twice as f64 / twice_all as f64)),
        }
    }

    fn interval(
        &self,
        [below, above]: [f64; 2],
        level: ConfidenceLevel,
    ) -> Result<Interval, Degenerate> {
        let limits = self.quantile(below, End::Lowest).zip(self.quantile(above, End::Highest));
        let (lower, upper) = limits.ok_or(Degenerate::LimitBeyondResamples)?;
        Ok(Interval { lower, upper, level })
    }

    /// The value with this share of the resamples beyond it: in place (R + 1)·share from the end,
    /// between two places in proportion. None before the first place and after the last.
    ///
    /// Hyndman & Fan (1996), doi:10.1080/00031305.1996.10473566, definition 6.
    fn quantile(&self, share: f64, end: End) -> Option<f64> {
        // 1 − 0.95 is not 0.05 to the last digit, and place 250 not place 250.000 000 000 000 2.
        const SAME_PLACE: f64 = 1e-9;
        let place = (self.0.len() + 1) as f64 * share;
        let nearest = libm::round(place);
        let place = if libm::fabs(place - nearest) < SAME_PLACE { nearest } else { place };
        let whole = libm::floor(place);
        let value = self.in_place(crate::numeric::whole(whole), end)?;
        if place > whole {
            let next = self.in_place(crate::numeric::whole(whole) + 1, end)?;
            return Some(value + (place - whole) * (next - value));
        }
        Some(value)
    }

    /// The value in a place counted from 1.
    fn in_place(&self, place: u64, end: End) -> Option<f64> {
        let place = usize::try_from(place).ok()?;
        let index = match end {
            End::Lowest => place.checked_sub(1)?,
            End::Highest => self.0.len().checked_sub(place)?,
        };
        self.0.get(index).copied()
    }
}

/// The acceleration, from the statistic without one pair and how many pairs that is true of.
pub(super) fn acceleration(without_one: &[(Option<f64>, u64)]) -> Result<f64, Degenerate> {
    let values = without_one.iter().map(|&(value, pairs)| Some((value?, pairs as f64)));
    let values: Vec<_> = values.collect::<Option<_>>().ok_or(Degenerate::JackknifeUndefined)?;
    let first = values.first().map_or(0.0, |&(value, _)| value);
    let same = values.iter().all(|(value, _)| value.total_cmp(&first).is_eq());
    if same {
        return Err(Degenerate::JackknifeWithoutSpread);
    }
    let n: f64 = values.iter().map(|&(_, pairs)| pairs).sum();
    let mean = values.iter().map(|&(value, pairs)| pairs * value).sum::<f64>() / n;
    let (mut squares, mut cubes) = (0.0, 0.0);
    for (value, pairs) in values {
        let deviation = mean - value;
        squares += pairs * deviation * deviation;
        cubes += pairs * deviation * deviation * deviation;
    }
    Ok(cubes / (6.0 * squares * libm::sqrt(squares)))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// NumPy 2.4.6: `quantile(x, [p, 1 - p], method="weibull")`, x the squares of 1 to 19.
    #[test]
    fn quantiles_are_those_of_definition_six() {
        let squares = Distribution::of((1..=19).rev().map(|i| f64::from(i * i)).collect());
        for (level, lower, upper) in [(0.9, 1.0, 361.0), (0.8, 4.0, 324.0), (0.85, 2.5, 342.5)] {
            let found = squares.percentile(ConfidenceLevel::new(level).unwrap()).unwrap();
            assert!((found.lower - lower).abs() < 1e-9, "{found:?}");
            assert!((found.upper - upper).abs() < 1e-9, "{found:?}");
        }
        let wide = squares.percentile(ConfidenceLevel::new(0.91).unwrap());
        assert_eq!(wide, Err(Degenerate::LimitBeyondResamples));
    }

    #[test]
    fn an_acceleration_beyond_the_formula_leaves_no_interval() {
        let values = Distribution::of((0..999).map(f64::from).collect());
        // 499 is the median, so that z₀ is 0 and 1 − a·z is 0 where a is 1/z.
        let z = normal::upper_quantile(0.025);
        for acceleration in [-0.9, 0.9, -1.0 / z, 1.0 / z] {
            let found = values.bca(499.0, acceleration, ConfidenceLevel::default());
            assert_eq!(found, Err(Degenerate::LimitBeyondResamples));
        }
    }
}
