//! Reliable change against the follow-up expected of a person: five methods, one form.
//!
//! Each expects of a person with baseline x a follow-up of `intercept + slope·x`, and calls the
//! change reliable when the follow-up is further from that than `criterion` standard errors. The
//! methods differ in how far they expect people to come back to the mean, and in whose mean.

use serde::{Deserialize, Serialize};

use super::jacobson_truax::standard_error_of_measurement;
use super::{ChangeOptionsError, JacobsonTruax, Mean, ReliabilityCoefficient, StandardDeviation};

/// What is expected of a person's follow-up, and how far from it is reliable.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct ExpectedFollowUp {
    slope: f64,
    intercept: f64,
    standard_error: f64,
    pub(super) criterion: f64,
}

impl ExpectedFollowUp {
    /// A follow-up's distance from the expected one in standard errors; scores as printed.
    pub(super) fn index(&self, baseline: f64, follow_up: f64) -> f64 {
        (follow_up - (self.intercept + self.slope * baseline)) / self.standard_error
    }

    /// Whether an index is beyond the criterion; one that equals it but for rounding is not.
    pub(super) fn is_reliable(&self, index: f64) -> bool {
        libm::fabs(index) > self.criterion * (1.0 + 1e-12)
    }

    /// Towards a mean by the share r: the line through (from, to) with slope r.
    fn regressed(r: ReliabilityCoefficient, from: Mean, to: Mean, standard_error: f64) -> Self {
        Self {
            slope: r.get(),
            intercept: to.get() - r.get() * from.get(),
            standard_error,
            criterion: JacobsonTruax::CRITERION,
        }
    }
}

/// The method of Edwards and Nunnally: an interval of measurement error about the estimated true
/// baseline.
///
/// index = (y − (r(x − M) + M)) / SEM, SEM = S·√(1 − r), reliable beyond ±1.96, with x the baseline,
/// y the follow-up, M, S and r the mean, SD and reliability of baseline scores. Edwards, Yarvis,
/// Mueller, Zingale & Wagman (1978); Speer (1992), doi:10.1037/0022-006X.60.3.402.
///
/// ```
/// use clw_core::change::{
///     EdwardsNunnally, Mean, ReliabilityCoefficient, ReliableChange, ReliableChangeRule,
///     StandardDeviation,
/// };
/// use clw_core::instrument::{Direction, Points, Scale};
///
/// let rule = ReliableChangeRule::EdwardsNunnally(EdwardsNunnally {
///     mean: Mean::new(40.0)?,
///     standard_deviation: StandardDeviation::new(7.5)?,
///     reliability: ReliabilityCoefficient::new(0.80)?,
/// });
/// let scale = Scale {
///     direction: Direction::HigherIsBetter,
///     steps_per_unit: 1,
///     lowest: Points(0),
///     highest: Points(100),
/// };
/// // The true baseline of 30 is estimated as 32, and 1.96 · 3.354 = 6.57.
/// assert_eq!(rule.classify(&scale, Points(30), Points(38)), ReliableChange::Unchanged);
/// assert_eq!(rule.classify(&scale, Points(30), Points(39)), ReliableChange::Improved);
/// assert_eq!(rule.classify(&scale, Points(30), Points(25)), ReliableChange::Deteriorated);
/// # Ok::<(), clw_core::change::ChangeOptionsError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct EdwardsNunnally {
    /// M, the mean of baseline scores.
    pub mean: Mean,
    /// S, their standard deviation.
    pub standard_deviation: StandardDeviation,
    /// r, the reliability of the measure.
    pub reliability: ReliabilityCoefficient,
}

impl EdwardsNunnally {
    pub(super) fn expected(&self) -> ExpectedFollowUp {
        let error = standard_error_of_measurement(self.standard_deviation, self.reliability);
        ExpectedFollowUp::regressed(self.reliability, self.mean, self.mean, error)
    }
}

/// The method of Gulliksen, Lord and Novick: the follow-up predicted from the baseline by the
/// reliability, about the mean of baseline scores.
///
/// index = ((y − M) − r(x − M)) / (S·√(1 − r²)), reliable beyond ±1.96. Gulliksen (1950); Lord & Novick
/// (1968); Hsu (1989), Behavioral Assessment 11:459-467.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct GulliksenLordNovick {
    /// M, the mean of baseline scores.
    pub mean: Mean,
    /// S, their standard deviation.
    pub standard_deviation: StandardDeviation,
    /// r, the reliability of the measure.
    pub reliability: ReliabilityCoefficient,
}

impl GulliksenLordNovick {
    pub(super) fn expected(&self) -> ExpectedFollowUp {
        let error = standard_error_of_prediction(self.standard_deviation, self.reliability);
        ExpectedFollowUp::regressed(self.reliability, self.mean, self.mean, error)
    }
}

/// The method of Hsu, Linn and Lord: the follow-up predicted from the baseline, about the mean of
/// follow-up scores, so that a change which everybody made is no person's own.
///
/// index = ((y − M₂) − r(x − M₁)) / (S·√(1 − r²)), reliable beyond ±1.96. Hsu (1989), Behavioral
/// Assessment 11:459-467.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct HsuLinnLord {
    /// M₁, the mean of baseline scores.
    pub mean: Mean,
    /// M₂, the mean of follow-up scores.
    pub follow_up_mean: Mean,
    /// S, the standard deviation of baseline scores.
    pub standard_deviation: StandardDeviation,
    /// r, the reliability of the measure.
    pub reliability: ReliabilityCoefficient,
}

impl HsuLinnLord {
    pub(super) fn expected(&self) -> ExpectedFollowUp {
        let error = standard_error_of_prediction(self.standard_deviation, self.reliability);
        ExpectedFollowUp::regressed(self.reliability, self.mean, self.follow_up_mean, error)
    }
}

/// The method of Nunnally and Kotsch: the error of the estimated true baseline and that of the
/// follow-up together.
///
/// index = (y − (r₁(x − M) + M)) / √(r₁²S²(1 − r₁) + S²(1 − r₂)), reliable beyond ±1.96. Nunnally &
/// Kotsch (1983), British Journal of Clinical Psychology 22:83-93.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct NunnallyKotsch {
    /// M, the mean of baseline scores.
    pub mean: Mean,
    /// S, their standard deviation.
    pub standard_deviation: StandardDeviation,
    /// r₁, the reliability at baseline.
    pub reliability: ReliabilityCoefficient,
    /// r₂, the reliability at follow-up.
    pub follow_up_reliability: ReliabilityCoefficient,
}

impl NunnallyKotsch {
    pub(super) fn expected(&self) -> ExpectedFollowUp {
        let (r, r_follow_up) = (self.reliability.get(), self.follow_up_reliability.get());
        let error =
            self.standard_deviation.get() * libm::sqrt(r * r * (1.0 - r) + (1.0 - r_follow_up));
        ExpectedFollowUp::regressed(self.reliability, self.mean, self.mean, error)
    }
}

/// The method of Hageman and Arrindell: the change a person is estimated to have truly made, from the
/// reliability of changes in the sample.
///
/// index = ((y − x)·r_dd + (M₂ − M₁)(1 − r_dd)) / (√r_dd·√2·SEM), reliable beyond ±1.65, with
/// SEM = S₁·√(1 − r). The reliability of change r_dd = (S₁²r₁ + S₂²r₂ − 2S₁S₂ρ)/(S₁² + S₂² − 2S₁S₂ρ),
/// r_k = (S_k² − SEM²)/S_k², is 1 − 2·SEM²/S_D² with S_D the SD of change, which is how it is asked
/// for here. Hageman & Arrindell (1999), doi:10.1016/S0005-7967(99)00032-7.
///
/// ```
/// use clw_core::change::{HagemanArrindell, Mean, ReliabilityCoefficient, StandardDeviation};
///
/// let sd = StandardDeviation::new;
/// let reliability = ReliabilityCoefficient::new(0.84)?;
/// // SEM = 2, and 1 − 2·4/32.
/// let rule = HagemanArrindell::new(Mean::new(4.0)?, sd(32.0_f64.sqrt())?, sd(5.0)?, reliability)?;
/// assert!((rule.reliability_of_change() - 0.75).abs() < 1e-15);
/// // Changes of SD 2 are less than measurement error alone makes.
/// let error = HagemanArrindell::new(Mean::new(4.0)?, sd(2.0)?, sd(5.0)?, reliability).unwrap_err();
/// assert_eq!(error.code(), "reliability-of-change-not-positive");
/// # Ok::<(), clw_core::change::ChangeOptionsError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[serde(into = "HagemanArrindellWire")]
pub struct HagemanArrindell(HagemanArrindellWire);

crate::coded::deserialize_checked!(HagemanArrindell, HagemanArrindellWire);

#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct HagemanArrindellWire {
    mean_change: Mean,
    standard_deviation_of_change: StandardDeviation,
    standard_deviation: StandardDeviation,
    reliability: ReliabilityCoefficient,
}

impl HagemanArrindell {
    /// The index beyond which a change is reliable: the one-sided 5 % point of the normal
    /// distribution, with the two decimals of the paper.
    pub const CRITERION: f64 = 1.65;

    /// The rule for the mean and SD of change M₂ − M₁ and S_D, the SD of baseline scores S₁ and the
    /// reliability r.
    ///
    /// # Errors
    /// [`ChangeOptionsError::ReliabilityOfChangeNotPositive`] when changes vary no more than
    /// measurement error alone makes them.
    pub fn new(
        mean_change: Mean,
        standard_deviation_of_change: StandardDeviation,
        standard_deviation: StandardDeviation,
        reliability: ReliabilityCoefficient,
    ) -> Result<Self, ChangeOptionsError> {
        HagemanArrindellWire {
            mean_change,
            standard_deviation_of_change,
            standard_deviation,
            reliability,
        }
        .try_into()
    }

    /// r_dd, the share of the variance of changes that is not error: above 0.
    #[must_use]
    pub fn reliability_of_change(&self) -> f64 {
        self.0.reliability_of_change()
    }

    pub(super) fn expected(&self) -> ExpectedFollowUp {
        let numbers = &self.0;
        let of_change = self.reliability_of_change();
        let error = standard_error_of_measurement(numbers.standard_deviation, numbers.reliability);
        ExpectedFollowUp {
            slope: 1.0,
            intercept: -numbers.mean_change.get() * (1.0 - of_change) / of_change,
            standard_error: libm::sqrt(2.0 / of_change) * error,
            criterion: Self::CRITERION,
        }
    }
}

impl HagemanArrindellWire {
    fn reliability_of_change(&self) -> f64 {
        let error = standard_error_of_measurement(self.standard_deviation, self.reliability);
        let of_all = error / self.standard_deviation_of_change.get();
        1.0 - 2.0 * of_all * of_all
    }
}

impl TryFrom<HagemanArrindellWire> for HagemanArrindell {
    type Error = ChangeOptionsError;

    fn try_from(numbers: HagemanArrindellWire) -> Result<Self, ChangeOptionsError> {
        let reliability_of_change = numbers.reliability_of_change();
        if reliability_of_change > 0.0 {
            Ok(Self(numbers))
        } else {
            Err(ChangeOptionsError::ReliabilityOfChangeNotPositive { reliability_of_change })
        }
    }
}

impl From<HagemanArrindell> for HagemanArrindellWire {
    fn from(rule: HagemanArrindell) -> Self {
        rule.0
    }
}

/// S·√(1 − r²), the standard error of a follow-up predicted from its baseline.
fn standard_error_of_prediction(
    standard_deviation: StandardDeviation,
    reliability: ReliabilityCoefficient,
) -> f64 {
    let r = reliability.get();
    standard_deviation.get() * libm::sqrt((1.0 - r) * (1.0 + r))
}
