//! Rules of reliable change whose means and SDs are those of the pairs being judged.

use serde::{Deserialize, Serialize};

use super::{
    ChangeOptionsError, EdwardsNunnally, GulliksenLordNovick, HagemanArrindell, HsuLinnLord,
    JacobsonTruax, Mean, Moments, NunnallyKotsch, PairCounts, ReliabilityCoefficient,
    ReliableChangeCounts, ReliableChangeRule, StandardDeviation,
};
use crate::estimate::{ConfidenceLevel, Degenerate, Estimate};

/// A method of reliable change that takes its means and SDs from the pairs being judged.
///
/// Published values are to be preferred where there are any: from the sample itself, whether a person
/// changed reliably depends on who else came.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(tag = "method", rename_all = "kebab-case", rename_all_fields = "kebab-case")]
#[serde(deny_unknown_fields)]
pub enum SampleRule {
    /// [`JacobsonTruax`] with the SD of baseline scores.
    JacobsonTruax {
        /// The reliability of the measure.
        reliability: ReliabilityCoefficient,
    },
    /// [`EdwardsNunnally`] with the mean and SD of baseline scores.
    EdwardsNunnally {
        /// The reliability of the measure.
        reliability: ReliabilityCoefficient,
    },
    /// [`GulliksenLordNovick`] with the mean and SD of baseline scores.
    GulliksenLordNovick {
        /// The reliability of the measure.
        reliability: ReliabilityCoefficient,
    },
    /// [`HsuLinnLord`] with both means and the SD of baseline scores.
    HsuLinnLord {
        /// The reliability of the measure.
        reliability: ReliabilityCoefficient,
    },
    /// [`NunnallyKotsch`] with the mean and SD of baseline scores.
    NunnallyKotsch {
        /// The reliability at baseline.
        reliability: ReliabilityCoefficient,
        /// The reliability at follow-up.
        follow_up_reliability: ReliabilityCoefficient,
    },
    /// [`HagemanArrindell`] with the mean and SD of change and the SD of baseline scores.
    HagemanArrindell {
        /// The reliability of the measure.
        reliability: ReliabilityCoefficient,
    },
}

impl SampleRule {
    /// The rule with the numbers of a table.
    ///
    /// # Errors
    /// [`Degenerate::NoPairs`] or [`Degenerate::OnePair`]; [`Degenerate::AllBaselinesEqual`] and, for
    /// Hageman and Arrindell, [`Degenerate::AllDifferencesEqual`] where there is no spread; and
    /// [`Degenerate::ReliabilityOfChangeNotPositive`].
    ///
    /// ```
    /// use clw_core::change::{PairCounts, ReliabilityCoefficient, SampleRule};
    /// use clw_core::estimate::Degenerate;
    /// use clw_core::instrument::{Direction, Points, Scale};
    ///
    /// let scale = Scale {
    ///     direction: Direction::HigherIsBetter,
    ///     steps_per_unit: 1,
    ///     lowest: Points(0),
    ///     highest: Points(100),
    /// };
    /// let reliability = ReliabilityCoefficient::new(0.8)?;
    /// let rule = SampleRule::HsuLinnLord { reliability };
    /// let alike = PairCounts::count_steps(scale, &[30, 30], &[35, 42])?;
    /// assert_eq!(rule.of(&alike), Err(Degenerate::AllBaselinesEqual));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn of(&self, pairs: &PairCounts) -> Result<ReliableChangeRule, Degenerate> {
        let baseline = Moments::of_baseline(pairs);
        let mean = number(baseline.mean, Mean::new, Degenerate::NoPairs)?;
        let all_equal = Degenerate::AllBaselinesEqual;
        let standard_deviation =
            number(baseline.standard_deviation, StandardDeviation::new, all_equal)?;
        Ok(match *self {
            Self::JacobsonTruax { reliability } => ReliableChangeRule::JacobsonTruax(
                JacobsonTruax::from_numbers(standard_deviation, reliability),
            ),
            Self::EdwardsNunnally { reliability } => {
                ReliableChangeRule::EdwardsNunnally(EdwardsNunnally {
                    mean,
                    standard_deviation,
                    reliability,
                })
            }
            Self::GulliksenLordNovick { reliability } => {
                ReliableChangeRule::GulliksenLordNovick(GulliksenLordNovick {
                    mean,
                    standard_deviation,
                    reliability,
                })
            }
            Self::HsuLinnLord { reliability } => {
                let follow_up = Moments::of_follow_up(pairs).mean;
                let follow_up_mean = number(follow_up, Mean::new, Degenerate::NoPairs)?;
                ReliableChangeRule::HsuLinnLord(HsuLinnLord {
                    mean,
                    follow_up_mean,
                    standard_deviation,
                    reliability,
                })
            }
            Self::NunnallyKotsch { reliability, follow_up_reliability } => {
                ReliableChangeRule::NunnallyKotsch(NunnallyKotsch {
                    mean,
                    standard_deviation,
                    reliability,
                    follow_up_reliability,
                })
            }
            Self::HagemanArrindell { reliability } => {
                let change = Moments::of_change(pairs);
                let mean_change = number(change.mean, Mean::new, Degenerate::NoPairs)?;
                let equal = Degenerate::AllDifferencesEqual;
                let of_change = number(change.standard_deviation, StandardDeviation::new, equal)?;
                let rule =
                    HagemanArrindell::new(mean_change, of_change, standard_deviation, reliability);
                let rule = rule.map_err(|_| Degenerate::ReliabilityOfChangeNotPositive)?;
                ReliableChangeRule::HagemanArrindell(rule)
            }
        })
    }
}

/// A moment as a checked number, or the reason there is none.
fn number<T>(
    moment: Estimate<f64>,
    check: impl Fn(f64) -> Result<T, ChangeOptionsError>,
    otherwise: Degenerate,
) -> Result<T, Degenerate> {
    check(Result::from(moment)?).map_err(|_| otherwise)
}

/// The classes of the pairs of a table under a rule made from them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct SampleRuleCounts {
    /// The method and what was given for it.
    pub sample_rule: SampleRule,
    /// The rule with its numbers, and how many people are of each class; or why there is none.
    pub classes: Estimate<ReliableChangeCounts>,
}

impl SampleRuleCounts {
    /// The classes of the pairs of a table.
    #[must_use]
    pub fn of(pairs: &PairCounts, sample_rule: SampleRule, level: ConfidenceLevel) -> Self {
        let rule = sample_rule.of(pairs);
        let classes = rule.map(|rule| ReliableChangeCounts::of(pairs, &rule, level));
        Self { sample_rule, classes: classes.into() }
    }
}
