//! Whether a mean change is too small to matter: two one-sided tests against named margins.

use serde::{Deserialize, Serialize};

use super::moments::Sample;
use super::reference_numbers::is_of_scores;
use super::{ChangeOptionsError, PairCounts};
use crate::estimate::{ConfidenceLevel, Degenerate, Interval};
use crate::numeric::student_t;

/// The largest fall and the largest rise that do not matter, in units of the printed score.
///
/// ```
/// use clw_core::change::EquivalenceMargins;
///
/// assert!(EquivalenceMargins::new("one point", -1.0, 1.0).is_ok());
/// let error = EquivalenceMargins::new("one point", 1.0, -1.0).unwrap_err();
/// assert_eq!(error.code(), "margins-out-of-order");
/// ```
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(into = "Wire")]
pub struct EquivalenceMargins {
    id: String,
    lower: f64,
    upper: f64,
}

crate::coded::deserialize_checked!(EquivalenceMargins, Wire);

impl EquivalenceMargins {
    /// Margins and the name they are reported by.
    ///
    /// # Errors
    /// When they are not two numbers within ±10¹⁵, the lower first.
    pub fn new(id: impl Into<String>, lower: f64, upper: f64) -> Result<Self, ChangeOptionsError> {
        let id = id.into();
        if lower < upper && is_of_scores(lower) && is_of_scores(upper) {
            Ok(Self { id, lower, upper })
        } else {
            Err(ChangeOptionsError::MarginsOutOfOrder { id, lower, upper })
        }
    }

    /// Their name.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The lower margin.
    #[must_use]
    pub const fn lower(&self) -> f64 {
        self.lower
    }

    /// The upper margin.
    #[must_use]
    pub const fn upper(&self) -> f64 {
        self.upper
    }
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Wire {
    id: String,
    lower: f64,
    upper: f64,
}

impl TryFrom<Wire> for EquivalenceMargins {
    type Error = ChangeOptionsError;

    fn try_from(wire: Wire) -> Result<Self, ChangeOptionsError> {
        Self::new(wire.id, wire.lower, wire.upper)
    }
}

impl From<EquivalenceMargins> for Wire {
    fn from(margins: EquivalenceMargins) -> Self {
        Self { id: margins.id, lower: margins.lower, upper: margins.upper }
    }
}

/// The test that the mean change lies within margins, by two one-sided t tests.
///
/// A small p says that the change is smaller than would matter; a large p of the usual test does not
/// say so. p is the larger of the two one-sided p, and it is below α exactly when the interval of
/// level 1 − 2α lies within the margins. Schuirmann (1987), doi:10.1007/BF01068419.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Equivalence {
    /// Pairs.
    pub n: u64,
    /// Degrees of freedom, n − 1.
    pub df: u64,
    /// The margins.
    pub margins: EquivalenceMargins,
    /// Mean of follow-up − baseline, in units of the printed score.
    pub mean_change: f64,
    /// SD of the change / √n.
    pub standard_error: f64,
    /// The test that the mean change is above the lower margin.
    pub above_lower: OneSidedT,
    /// The test that the mean change is below the upper margin.
    pub below_upper: OneSidedT,
    /// The larger of the two p.
    pub p: f64,
    /// The interval of level 1 − 2α, for α = 1 − the level asked for, where that is above a half.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub interval: Option<Interval>,
}

/// One of the two tests of an equivalence.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct OneSidedT {
    /// (mean change − margin) / standard error.
    pub t: f64,
    /// p, above 0 and at most 1.
    pub p: f64,
}

impl Equivalence {
    /// Tests the changes of a table against margins.
    ///
    /// # Errors
    /// As for [`PairedT::of`](super::PairedT::of): without a spread of changes there is no t.
    ///
    /// ```
    /// use clw_core::change::{Equivalence, EquivalenceMargins, PairCounts};
    /// use clw_core::estimate::ConfidenceLevel;
    /// use clw_core::instrument::{Direction, Points, Scale};
    ///
    /// let scale = Scale {
    ///     direction: Direction::HigherIsBetter,
    ///     steps_per_unit: 1,
    ///     lowest: Points(0),
    ///     highest: Points(10),
    /// };
    /// let pairs = PairCounts::count_steps(scale, &[5, 6, 4, 5, 7, 3], &[6, 5, 4, 5, 8, 2])?;
    /// let margins = EquivalenceMargins::new("two points", -2.0, 2.0)?;
    /// let test = Equivalence::of(&pairs, &margins, ConfidenceLevel::default())?;
    /// assert!(test.p < 0.05);
    /// assert!(test.interval.is_some_and(|within| -2.0 < within.lower && within.upper < 2.0));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn of(
        pairs: &PairCounts,
        margins: &EquivalenceMargins,
        level: ConfidenceLevel,
    ) -> Result<Self, Degenerate> {
        let changes = Sample::of_change(pairs);
        // Refuses what has no spread.
        changes.t_statistic()?;
        let mean_change = changes.mean()?;
        let standard_error = changes.standard_deviation()? / libm::sqrt(changes.n() as f64);
        let df = changes.n() - 1;
        let above_lower = (mean_change - margins.lower) / standard_error;
        let below_upper = (mean_change - margins.upper) / standard_error;
        let p = |t| student_t::above(t, df as f64, 0.0).clamp(f64::MIN_POSITIVE, 1.0);
        let above_lower = OneSidedT { t: above_lower, p: p(above_lower) };
        let below_upper = OneSidedT { t: below_upper, p: p(-below_upper) };
        let reach = student_t::upper_quantile(1.0 - level.get(), df as f64) * standard_error;
        let interval = ConfidenceLevel::new(2.0 * level.get() - 1.0).ok();
        Ok(Self {
            n: changes.n(),
            df,
            margins: margins.clone(),
            mean_change,
            standard_error,
            above_lower,
            below_upper,
            p: above_lower.p.max(below_upper.p),
            interval: interval.map(|level| Interval {
                lower: mean_change - reach,
                upper: mean_change + reach,
                level,
            }),
        })
    }
}
