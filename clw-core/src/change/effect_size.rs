//! Standardised mean change.

use serde::{Deserialize, Serialize};

use super::PairCounts;
use super::moments::Sample;
use crate::estimate::{ConfidenceLevel, Degenerate, Interval};
use crate::numeric::student_t;

/// Cohen's d_z: the mean change in standard deviations of the change, with its interval.
///
/// Also called the standardised response mean. It says how consistent the change is from person to
/// person; it is not the d that divides by the SD of baseline scores. Its sign is that of the
/// change. d_z = mean change / SD of change = t / √n (Cohen 1988, ISBN 978-0-8058-0283-2, §2.3.5).
/// The limits are the noncentralities at which t has (1 − level)/2 beyond it, over √n: Steiger &
/// Fouladi (1997, in *What if there were no significance tests?*); Cumming & Finch (2001),
/// doi:10.1177/0013164401614002.
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
}

/// How the interval of an effect size was obtained.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum EffectIntervalMethod {
    /// By inverting the noncentral t distribution.
    NoncentralT,
    /// By Fisher's z transformation, atanh, and a normal quantile.
    FisherZ,
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
        let t = changes.t_statistic()?;
        let root_n = libm::sqrt(changes.n() as f64);
        let df = (changes.n() - 1) as f64;
        let noncentrality = student_t::noncentrality_limits(t, df, level.get());
        Ok(Self {
            n: changes.n(),
            cohens_dz: t / root_n,
            interval: Interval {
                lower: noncentrality.lower / root_n,
                upper: noncentrality.upper / root_n,
                level,
            },
            interval_method: EffectIntervalMethod::NoncentralT,
        })
    }
}
