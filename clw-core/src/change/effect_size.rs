//! What every effect size has: an interval and how it was obtained, and a correction for bias.

use serde::{Deserialize, Serialize};

use super::PairCounts;
use super::moments::Sample;
use crate::estimate::{ConfidenceLevel, Degenerate, Estimate, Interval};
use crate::numeric::{Limits, gamma, student_t};

/// Cohen's d_z: the mean change in standard deviations of the change, with its interval.
///
/// Also called the standardised response mean. It says how consistent the change is from person to
/// person; it is not the d that divides by the SD of baseline scores. Its sign is that of the
/// change. d_z = mean change / SD of change = t / √n (Cohen 1988, ISBN 978-0-8058-0283-2, §2.3.5).
/// The limits are the noncentralities at which t has (1 − level)/2 beyond it, over √n: Steiger &
/// Fouladi (1997, in *What if there were no significance tests?*); Cumming & Finch (2001),
/// doi:10.1177/0013164401614002. At levels up to about a third the interval of a handful of pairs is
/// beside d_z, nearer to 0, as d_z is biased away from it; so are the intervals made from it.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct CohensDz {
    /// Pairs.
    pub n: u64,
    /// d_z, in standard deviations of the change.
    pub cohens_dz: f64,
    /// Its interval.
    pub interval: Interval,
    /// How the interval was obtained.
    pub interval_method: EffectIntervalMethod,
    /// Hedges' g_z: the same without the bias of small samples.
    pub hedges_corrected: Estimate<HedgesCorrected>,
}

/// How the interval of an effect size was obtained.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum EffectIntervalMethod {
    /// By inverting the noncentral t distribution; where the standardiser is not the SD of change,
    /// times their quotient. Algina & Keselman (2003), doi:10.1177/0013164403256358.
    NoncentralT,
    /// By Fisher's z transformation, atanh, and a normal quantile.
    FisherZ,
    /// d ± z·√(S_change²/(S_baseline²(n − 1)) + d²/(2(n − 1))), for unequal variances. Bonett (2008),
    /// doi:10.1037/1082-989X.13.2.99.
    Bonett,
    /// g ± z·√(2(1 − r)/n + g²/(2n)), for equal variances. Becker (1988),
    /// doi:10.1111/j.2044-8317.1988.tb00901.x.
    Becker,
    /// Tango's score interval of the difference of the shares improved and worse, halved and moved by
    /// a half. Tango (1998), doi:10.1002/(SICI)1097-0258(19980430)17:8<891::AID-SIM780>3.0.CO;2-B.
    Tango,
}

/// An effect size and its limits without the bias of small samples.
///
/// Both are multiplied by J = Γ(m/2)/(√(m/2)·Γ((m − 1)/2)), m = n − 1. Hedges (1981),
/// doi:10.3102/10769986006002107.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct HedgesCorrected {
    /// J.
    pub hedges_j: f64,
    /// J times the estimate.
    pub estimate: f64,
    /// J times the limits.
    pub interval: Interval,
}

impl HedgesCorrected {
    /// Of an estimate from `n` pairs; of two pairs there is none.
    pub(super) fn of(n: u64, estimate: f64, interval: Interval) -> Result<Self, Degenerate> {
        if n < 3 {
            return Err(Degenerate::TwoPairs);
        }
        let hedges_j = gamma::hedges_correction(n - 1);
        let Interval { lower, upper, level } = interval;
        let interval = Interval { lower: hedges_j * lower, upper: hedges_j * upper, level };
        Ok(Self { hedges_j, estimate: hedges_j * estimate, interval })
    }
}

/// t of the mean change and the limits of its noncentrality, both over √n: d_z and its interval.
pub(super) fn standardised(
    changes: &Sample,
    level: ConfidenceLevel,
) -> Result<(f64, Limits), Degenerate> {
    let t = changes.t_statistic()?;
    let root_n = libm::sqrt(changes.n() as f64);
    let df = (changes.n() - 1) as f64;
    let Limits { lower, upper } = student_t::noncentrality_limits(t, df, level.get());
    Ok((t / root_n, Limits { lower: lower / root_n, upper: upper / root_n }))
}

impl CohensDz {
    /// The d_z of a table.
    ///
    /// # Errors
    /// As for [`PairedT::of`](super::PairedT::of): without a spread of changes there is no d_z.
    ///
    /// ```
    /// use clw_core::change::{CohensDz, PairCounts};
    /// use clw_core::estimate::{ConfidenceLevel, Degenerate};
    /// use clw_core::instrument::{Direction, Points, Scale};
    ///
    /// let scale = Scale {
    ///     direction: Direction::HigherIsBetter,
    ///     steps_per_unit: 1,
    ///     lowest: Points(0),
    ///     highest: Points(10),
    /// };
    /// let level = ConfidenceLevel::default();
    /// // Changes 1, 2 and 3 have mean 2 and SD 1.
    /// let pairs = PairCounts::count_steps(scale, &[5, 5, 5], &[6, 7, 8])?;
    /// assert!((CohensDz::of(&pairs, level)?.cohens_dz - 2.0).abs() < 1e-15);
    /// let same = PairCounts::count_steps(scale, &[5, 4], &[7, 6])?;
    /// assert_eq!(CohensDz::of(&same, level), Err(Degenerate::AllDifferencesEqual));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn of(pairs: &PairCounts, level: ConfidenceLevel) -> Result<Self, Degenerate> {
        let changes = Sample::of_change(pairs);
        let (cohens_dz, Limits { lower, upper }) = standardised(&changes, level)?;
        let interval = Interval { lower, upper, level };
        Ok(Self {
            n: changes.n(),
            cohens_dz,
            interval,
            interval_method: EffectIntervalMethod::NoncentralT,
            hedges_corrected: HedgesCorrected::of(changes.n(), cohens_dz, interval).into(),
        })
    }
}
