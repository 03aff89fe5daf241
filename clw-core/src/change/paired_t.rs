//! The paired t test, and the mean change with its interval.

use serde::{Deserialize, Serialize};

use super::moments::Sample;
use super::{Alternative, PairCounts};
use crate::estimate::{ConfidenceLevel, Degenerate, Interval};
use crate::numeric::student_t;

/// Student's paired t test, with the mean change and its interval.
///
/// It asks whether a mean change so far from zero would be unusual had nobody's score moved on
/// average. t = mean change / (SD of change / √n) with n − 1 degrees of freedom; the interval is
/// the mean change ± the t quantile times its standard error. Student (1908),
/// doi:10.1093/biomet/6.1.1.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct PairedT {
    /// Pairs.
    pub n: u64,
    /// Degrees of freedom, n − 1.
    pub df: u64,
    /// t.
    pub t: f64,
    /// What p speaks against.
    pub alternative: Alternative,
    /// p, above 0 and at most 1. The smallest reported is 2.2e-308.
    pub p: f64,
    /// Mean of follow-up − baseline, in units of the printed score.
    pub mean_change: f64,
    /// SD of the change / √n.
    pub standard_error: f64,
    /// The t interval of the mean change, two-sided whatever the alternative.
    pub interval: Interval,
    /// The one limit of the one-sided interval at the same level: the mean change is at least that
    /// with [`Alternative::Greater`], at most that with [`Alternative::Less`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub one_sided_limit: Option<f64>,
}

impl PairedT {
    /// Tests the changes of a table.
    ///
    /// # Errors
    /// [`Degenerate::NoPairs`], [`Degenerate::OnePair`], and [`Degenerate::AllDifferencesZero`] or
    /// [`Degenerate::AllDifferencesEqual`] where the changes have no spread.
    ///
    /// ```
    /// use clw_core::change::{Alternative, PairCounts, PairedT};
    /// use clw_core::estimate::ConfidenceLevel;
    /// use clw_core::instrument::{Direction, Points, Scale};
    ///
    /// let scale = Scale {
    ///     direction: Direction::HigherIsBetter,
    ///     steps_per_unit: 1,
    ///     lowest: Points(0),
    ///     highest: Points(10),
    /// };
    /// // Changes 1, 2 and 3: t = 2 / (1 / √3).
    /// let pairs = PairCounts::count_steps(scale, &[5, 5, 5], &[6, 7, 8])?;
    /// let test = PairedT::of(&pairs, Alternative::TwoSided, ConfidenceLevel::default())?;
    /// assert_eq!((test.mean_change, test.df), (2.0, 2));
    /// assert!((test.t - 12.0_f64.sqrt()).abs() < 1e-15);
    /// assert!(test.interval.contains(test.mean_change));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn of(
        pairs: &PairCounts,
        alternative: Alternative,
        level: ConfidenceLevel,
    ) -> Result<Self, Degenerate> {
        let changes = Sample::of_change(pairs);
        let t = changes.t_statistic()?;
        let mean_change = changes.mean()?;
        let standard_error = changes.standard_deviation()? / libm::sqrt(changes.n() as f64);
        let df = changes.n() - 1;
        let reach = |tail: f64| student_t::upper_quantile(tail, df as f64) * standard_error;
        let (beyond, half_width) = (1.0 - level.get(), reach(0.5 * (1.0 - level.get())));
        let (p, one_sided_limit) = match alternative {
            Alternative::TwoSided => (student_t::two_sided_p(t, df as f64), None),
            Alternative::Greater => {
                (student_t::above(t, df as f64, 0.0), Some(mean_change - reach(beyond)))
            }
            Alternative::Less => {
                (student_t::above(-t, df as f64, 0.0), Some(mean_change + reach(beyond)))
            }
        };
        Ok(Self {
            n: changes.n(),
            df,
            t,
            alternative,
            p: p.clamp(f64::MIN_POSITIVE, 1.0),
            mean_change,
            standard_error,
            interval: Interval {
                lower: mean_change - half_width,
                upper: mean_change + half_width,
                level,
            },
            one_sided_limit,
        })
    }
}
