//! Hájek's weighted mean, Σwy/Σw, from sums over profiles, with its standard error.

use super::design::Design;
use super::logistic::Fit;
use super::profile_counts::ProfileCell;
use super::weighting::{WeightSummary, WeightVariance, WeightedEstimate, WeightingOptions};
use crate::estimate::{Degenerate, Interval};
use crate::numeric::student_t;

/// People of one profile, with the chance of being followed up.
pub(super) struct People {
    values: Vec<f64>,
    chance: f64,
    paired: f64,
    unpaired: f64,
    pub(super) change_steps: Spread,
    pub(super) improved: Spread,
}

/// A sum over the pairs of one profile, and Σ(y − ȳ)² around their own mean.
#[derive(Clone, Copy)]
pub(super) struct Spread {
    sum: f64,
    within: f64,
}

pub(super) fn people(design: &Design<'_>, fit: &Fit) -> Vec<People> {
    let of_profile = |(values, cell): (Vec<f64>, &ProfileCell)| People {
        chance: fit.chance(&values),
        values,
        paired: cell.paired as f64,
        unpaired: cell.unpaired as f64,
        change_steps: Spread::of(
            cell.paired,
            i128::from(cell.change_steps),
            u128::from(cell.change_steps_squared),
        ),
        improved: Spread::of(cell.paired, i128::from(cell.improved), u128::from(cell.improved)),
    };
    design.profiles().map(of_profile).collect()
}

impl Spread {
    fn of(n: u64, sum: i128, squares: u128) -> Self {
        // n·Σx² ≥ (Σx)², and both fit: fewer than 2³² people, sums of at most 2⁶⁴.
        let deviations = (u128::from(n) * squares).saturating_sub(sum.unsigned_abs().pow(2));
        let within = if n == 0 { 0.0 } else { deviations as f64 / n as f64 };
        Self { sum: sum as f64, within }
    }

    /// Σ(y − μ)² over n pairs.
    fn around(self, n: f64, mean: f64) -> f64 {
        let off = if n > 0.0 { self.sum / n - mean } else { 0.0 };
        self.within + n * off * off
    }
}

pub(super) struct Pairs<'a> {
    pub(super) paired: u64,
    pub(super) options: &'a WeightingOptions,
    pub(super) fit: &'a Fit,
    pub(super) people: Vec<People>,
}

/// A weighted mean with its standard error, and the mean without weights.
#[derive(Clone, Copy)]
pub(super) struct Hajek {
    weighted: f64,
    unweighted: f64,
    standard_error: f64,
}

impl Pairs<'_> {
    pub(super) fn summary(&self, overall: f64) -> WeightSummary {
        let followed_up = || self.people.iter().filter(|of| of.paired > 0.0);
        let weights = || followed_up().map(|of| (of.paired, overall / of.chance));
        let sum: f64 = weights().map(|(n, w)| n * w).sum();
        let squares: f64 = weights().map(|(n, w)| n * w * w).sum();
        WeightSummary {
            smallest: weights().map(|(_, w)| w).fold(f64::INFINITY, f64::min),
            mean: sum / self.paired as f64,
            largest: weights().map(|(_, w)| w).fold(0.0, f64::max),
            effective_sample_size: sum * sum / squares,
        }
    }

    pub(super) fn estimate(&self, of: impl Fn(&People) -> &Spread) -> Hajek {
        let followed_up = || self.people.iter().filter(|people| people.paired > 0.0);
        let weights: f64 = followed_up().map(|people| people.paired / people.chance).sum();
        let weighted =
            followed_up().map(|people| of(people).sum / people.chance).sum::<f64>() / weights;
        let unweighted =
            followed_up().map(|people| of(people).sum).sum::<f64>() / self.paired as f64;
        let squares = match self.options.variance {
            WeightVariance::WeightsAsKnown => {
                let n = self.paired as f64;
                let squared = |people: &People| {
                    of(people).around(people.paired, weighted) / (people.chance * people.chance)
                };
                n / (n - 1.0) * followed_up().map(squared).sum::<f64>()
            }
            WeightVariance::WeightsAsEstimated => self.squared_influence(weighted, of),
        };
        Hajek { weighted, unweighted, standard_error: libm::sqrt(squares) / weights }
    }

    /// Σ over all due of (R(y − μ)/π − h′(R − π)x)², h = I⁻¹ Σ R(y − μ)(1 − π)/π·x.
    fn squared_influence(&self, mean: f64, of: impl Fn(&People) -> &Spread) -> f64 {
        let columns = self.people.first().map_or(0, |people| people.values.len());
        let mut slope = vec![0.0; columns];
        for people in &self.people {
            let residuals = of(people).sum - people.paired * mean;
            let scaled = residuals * (1.0 - people.chance) / people.chance;
            slope.iter_mut().zip(&people.values).for_each(|(sum, x)| *sum += scaled * x);
        }
        let per_value = self.fit.over_information(&slope);
        let squared = |people: &People| {
            let by_model: f64 = per_value.iter().zip(&people.values).map(|(h, x)| h * x).sum();
            let (chance, other) = (people.chance, by_model * (1.0 - people.chance));
            // (r/π − h(1 − π))² = (r − hπ(1 − π))²/π²: a spread around a mean moved by hπ(1 − π).
            let paired =
                of(people).around(people.paired, mean + other * chance) / (chance * chance);
            paired + people.unpaired * (by_model * chance) * (by_model * chance)
        };
        self.people.iter().map(squared).sum()
    }

    fn reach(&self) -> f64 {
        let tail = 0.5 * (1.0 - self.options.level.get());
        student_t::upper_quantile(tail, (self.paired - 1) as f64)
    }

    pub(super) fn mean_change(&self, steps: Hajek, units: f64) -> WeightedEstimate {
        let Hajek { weighted, unweighted, standard_error } = steps;
        let [weighted, unweighted, standard_error] =
            [weighted, unweighted, standard_error].map(|steps| steps / units);
        let half = self.reach() * standard_error;
        let level = self.options.level;
        let interval = if standard_error > 0.0 {
            Ok(Interval { lower: weighted - half, upper: weighted + half, level })
        } else {
            Err(Degenerate::AllDifferencesEqual)
        };
        WeightedEstimate {
            weighted,
            unweighted,
            difference: weighted - unweighted,
            standard_error,
            interval: interval.into(),
        }
    }

    pub(super) fn share_improved(&self, of: Hajek) -> WeightedEstimate {
        let Hajek { weighted, unweighted, standard_error } = of;
        let both = weighted * (1.0 - weighted);
        let level = self.options.level;
        let interval = if both > 0.0 {
            let log_odds = libm::log(weighted / (1.0 - weighted));
            let half = self.reach() * standard_error / both;
            let share = |log_odds: f64| 1.0 / (1.0 + libm::exp(-log_odds));
            Ok(Interval { lower: share(log_odds - half), upper: share(log_odds + half), level })
        } else {
            Err(Degenerate::OneClass)
        };
        WeightedEstimate {
            weighted,
            unweighted,
            difference: weighted - unweighted,
            standard_error,
            interval: interval.into(),
        }
    }
}
