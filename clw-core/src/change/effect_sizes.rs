//! The mean change in standard deviations of scores: the forms that the literature uses.

use serde::{Deserialize, Serialize};

use super::effect_size::standardised;
use super::moments::Sample;
use super::{CommonLanguage, EffectIntervalMethod, HedgesCorrected, PairCounts, PairSums};
use crate::estimate::{ConfidenceLevel, Degenerate, Estimate, Interval};
use crate::numeric::{Limits, normal};

/// The mean change M over a standard deviation, with its interval. Its sign is that of the change.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct StandardisedChange {
    /// The mean change in units of the standardiser.
    pub estimate: f64,
    /// Its interval.
    pub interval: Interval,
    /// How the interval was obtained.
    pub interval_method: EffectIntervalMethod,
    /// The same without the bias of small samples.
    pub hedges_corrected: Estimate<HedgesCorrected>,
}

/// The corrected Glass's Δ with an interval of its own.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct CorrectedGlassDelta {
    /// J times Glass's Δ.
    pub estimate: f64,
    /// Its interval.
    pub interval: Interval,
    /// How the interval was obtained.
    pub interval_method: EffectIntervalMethod,
}

/// Effect sizes by name, for readers who compare with other studies: each standardiser answers
/// another question, so a comparison needs two of one name.
///
/// S₁ and S₂ are the SDs at baseline and follow-up, r is their correlation. d_z, by the SD of the
/// change, is [`CohensDz`](super::CohensDz).
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct EffectSizes {
    /// Pairs.
    pub n: u64,
    /// r, Pearson's correlation of follow-up and baseline.
    pub correlation: Estimate<f64>,
    /// M/S₁, "the effect size" of the outcomes literature: Kazis, Anderson & Meenan (1989),
    /// doi:10.1097/00005650-198903001-00015. Interval for unequal variances.
    pub glass_delta: Estimate<StandardisedChange>,
    /// Its corrected form with the interval for equal variances.
    pub glass_delta_becker: Estimate<CorrectedGlassDelta>,
    /// M/((S₁ + S₂)/2): Cumming (2012), ISBN 978-0-415-87968-2; Lakens (2013),
    /// doi:10.3389/fpsyg.2013.00863.
    pub cohens_dav: Estimate<StandardisedChange>,
    /// M/√((S₁² + S₂²)/2): Algina & Keselman (2003), doi:10.1177/0013164403256358.
    pub cohens_d_pooled: Estimate<StandardisedChange>,
    /// d_z·√(2(1 − r)): Morris & DeShon (2002), doi:10.1037/1082-989X.7.1.105.
    pub cohens_drm: Estimate<StandardisedChange>,
    /// The share improved and half of the share unchanged.
    pub common_language: Estimate<CommonLanguage>,
    /// The share improved that a normal distribution of changes would have, Φ(M/S_change): McGraw &
    /// Wong (1992), doi:10.1037/0033-2909.111.2.361.
    pub common_language_normal: Estimate<CommonLanguage>,
}

impl EffectSizes {
    /// The effect sizes of a table, each with its value or the reason why it has none.
    ///
    /// ```
    /// use clw_core::change::{EffectSizes, PairCounts};
    /// use clw_core::estimate::{ConfidenceLevel, Degenerate};
    /// use clw_core::instrument::{Direction, Points, Scale};
    ///
    /// let scale = Scale {
    ///     direction: Direction::HigherIsBetter,
    ///     steps_per_unit: 1,
    ///     lowest: Points(0),
    ///     highest: Points(10),
    /// };
    /// // Baselines 4, 5 and 6 have SD 1; the mean change is 2.
    /// let pairs = PairCounts::count_steps(scale, &[4, 5, 6], &[5, 7, 9])?;
    /// let sizes = EffectSizes::of(&pairs, ConfidenceLevel::default());
    /// assert_eq!(sizes.glass_delta.computed().unwrap().estimate, 2.0);
    /// assert_eq!(sizes.cohens_drm.not_computed(), Some(Degenerate::PerfectCorrelation));
    /// # Ok::<(), clw_core::change::PairCountsError>(())
    /// ```
    #[must_use]
    pub fn of(pairs: &PairCounts, level: ConfidenceLevel) -> Self {
        let sittings = Sittings::of(pairs, level);
        let by = |form: fn(&Sittings) -> Result<StandardisedChange, Degenerate>| {
            Estimate::from(sittings.as_ref().map_err(|&reason| reason).and_then(form))
        };
        let becker = sittings.as_ref().map_err(|&reason| reason).and_then(Sittings::becker);
        Self {
            n: pairs.n(),
            correlation: correlation(pairs).map(|of| of.r).into(),
            glass_delta: by(Sittings::glass_delta),
            glass_delta_becker: becker.into(),
            cohens_dav: by(|sittings| {
                let [s1, s2] = sittings.relative_spreads();
                Ok(sittings.rescaled(2.0 / (s1 + s2)))
            }),
            cohens_d_pooled: by(|sittings| {
                let [s1, s2] = sittings.relative_spreads();
                Ok(sittings.rescaled(libm::sqrt(2.0 / (s1 * s1 + s2 * s2))))
            }),
            cohens_drm: by(|sittings| {
                let root = sittings.correlation?.root_of_twice_what_is_left();
                if root > 0.0 {
                    Ok(sittings.rescaled(root))
                } else {
                    Err(Degenerate::PerfectCorrelation)
                }
            }),
            common_language: CommonLanguage::of(pairs, level).into(),
            common_language_normal: CommonLanguage::of_normal(pairs, level).into(),
        }
    }
}

/// What the forms are made of.
struct Sittings {
    n: u64,
    dz: f64,
    dz_limits: Limits,
    /// n(n − 1) times the variances of baseline, follow-up and change.
    squares: [f64; 3],
    correlation: Result<Correlation, Degenerate>,
    level: ConfidenceLevel,
}

impl Sittings {
    fn of(pairs: &PairCounts, level: ConfidenceLevel) -> Result<Self, Degenerate> {
        let samples =
            [Sample::of_baseline(pairs), Sample::of_follow_up(pairs), Sample::of_change(pairs)];
        let [.., changes] = &samples;
        let (dz, dz_limits) = standardised(changes, level)?;
        let squares = samples.map(|sample| sample.n_sum_of_squared_deviations());
        Ok(Self { n: pairs.n(), dz, dz_limits, squares, correlation: correlation(pairs), level })
    }

    /// S₁ and S₂ in units of the SD of the change.
    fn relative_spreads(&self) -> [f64; 2] {
        let [baseline, follow_up, change] = self.squares;
        [libm::sqrt(baseline / change), libm::sqrt(follow_up / change)]
    }

    /// d_z and its limits times the SD of change over another standardiser.
    fn rescaled(&self, factor: f64) -> StandardisedChange {
        let Limits { lower, upper } = self.dz_limits;
        let interval = Interval { lower: lower * factor, upper: upper * factor, level: self.level };
        self.form(self.dz * factor, interval, EffectIntervalMethod::NoncentralT)
    }

    fn form(
        &self,
        estimate: f64,
        interval: Interval,
        interval_method: EffectIntervalMethod,
    ) -> StandardisedChange {
        let hedges_corrected = HedgesCorrected::of(self.n, estimate, interval).into();
        StandardisedChange { estimate, interval, interval_method, hedges_corrected }
    }

    fn glass_delta(&self) -> Result<StandardisedChange, Degenerate> {
        let [baseline, _, change] = self.squares;
        if baseline <= 0.0 {
            return Err(Degenerate::AllBaselinesEqual);
        }
        let delta = self.dz * libm::sqrt(change / baseline);
        let df = (self.n - 1) as f64;
        let interval = self.around(delta, change / (baseline * df) + delta * delta / (2.0 * df));
        Ok(self.form(delta, interval, EffectIntervalMethod::Bonett))
    }

    fn becker(&self) -> Result<CorrectedGlassDelta, Degenerate> {
        let Correlation { r, .. } = self.correlation?;
        let HedgesCorrected { estimate, .. } = Result::from(self.glass_delta()?.hedges_corrected)?;
        let n = self.n as f64;
        Ok(CorrectedGlassDelta {
            estimate,
            interval: self.around(estimate, 2.0 * (1.0 - r) / n + estimate * estimate / (2.0 * n)),
            interval_method: EffectIntervalMethod::Becker,
        })
    }

    /// The normal interval of an estimate with a variance.
    fn around(&self, estimate: f64, variance: f64) -> Interval {
        let level = self.level;
        let reach = normal::upper_quantile(0.5 * (1.0 - level.get())) * libm::sqrt(variance);
        Interval { lower: estimate - reach, upper: estimate + reach, level }
    }
}

/// Pearson's r, and what it is made of.
#[derive(Clone, Copy)]
struct Correlation {
    r: f64,
    /// √(n(n − 1)) times the SDs of baseline and follow-up.
    roots: [f64; 2],
    /// n(n − 1) times the variance of the change.
    change: f64,
}

fn correlation(pairs: &PairCounts) -> Result<Correlation, Degenerate> {
    let [baseline, follow_up, change] =
        [Sample::of_baseline(pairs), Sample::of_follow_up(pairs), Sample::of_change(pairs)]
            .map(|sample| sample.n_sum_of_squared_deviations());
    match pairs.n() {
        0 => return Err(Degenerate::NoPairs),
        1 => return Err(Degenerate::OnePair),
        _ if baseline <= 0.0 => return Err(Degenerate::AllBaselinesEqual),
        _ if follow_up <= 0.0 => return Err(Degenerate::AllFollowUpsEqual),
        _ => {}
    }
    let sums = PairSums::of(pairs);
    let covariance = i128::from(sums.n) * sums.product - sums.baseline * sums.follow_up;
    let roots = [baseline, follow_up].map(libm::sqrt);
    let r = covariance as f64 / (roots.iter().product::<f64>());
    Ok(Correlation { r: r.clamp(-1.0, 1.0), roots, change })
}

impl Correlation {
    /// √(2(1 − r)), from S_change² = (S₁ − S₂)² + 2(1 − r)S₁S₂, so that nothing cancels where r is
    /// near 1.
    fn root_of_twice_what_is_left(&self) -> f64 {
        let [s1, s2] = self.roots;
        let left = (self.change - (s1 - s2) * (s1 - s2)) / (s1 * s2);
        // What two nearly equal squares leave, over S₁S₂, when they are rounded.
        let rounding = 5e-15 * (s1 / s2 + s2 / s1);
        if left > rounding { libm::sqrt(left) } else { 0.0 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::instrument::{Direction, Points, Scale};

    #[test]
    fn sittings_that_go_together_entirely_have_no_drm_however_unequal_their_spreads() {
        let scale = Scale {
            direction: Direction::HigherIsBetter,
            steps_per_unit: 1,
            lowest: Points(0),
            highest: Points(i32::MAX),
        };
        for times in [2, 7, 50, 101, 333, 1_000, 4_321, 100_000, 10_000_000] {
            for follow_up in [&[0, 1, 1, 3][..], &[0, 2, 3, 7, 7, 7], &[1, 4, 6, 13, 20]] {
                let baseline: Vec<i32> = follow_up.iter().map(|points| times * points).collect();
                let pairs = PairCounts::count_steps(scale, &baseline, follow_up).unwrap();
                let sizes = EffectSizes::of(&pairs, ConfidenceLevel::default());
                let drm = sizes.cohens_drm.not_computed();
                assert_eq!(drm, Some(Degenerate::PerfectCorrelation), "{times} {follow_up:?}");
            }
        }
    }
}
