//! Where scores stop being those of a clinical population and start being those of a functional one.

use serde::{Deserialize, Serialize};

use super::jacobson_truax::to_whole_steps;
use super::{Mean, StandardDeviation};
use crate::instrument::{Direction, Points, Scale};

/// The mean and SD of a population's scores, in units of the printed score.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Population {
    /// M.
    pub mean: Mean,
    /// S.
    pub standard_deviation: StandardDeviation,
}

/// The edge between scores of a clinical and of a functional population.
///
/// Cut-offs a, b and c are those of Jacobson & Truax (1991), doi:10.1037/0022-006X.59.1.12; a person
/// is on the functional side when strictly beyond them in the better direction.
///
/// ```
/// use clw_core::change::{CutOff, Mean, Population, Side, StandardDeviation};
/// use clw_core::instrument::{Direction, Points, Scale};
///
/// let population = |mean, sd| -> Result<Population, clw_core::change::ChangeOptionsError> {
///     let (mean, standard_deviation) = (Mean::new(mean)?, StandardDeviation::new(sd)?);
///     Ok(Population { mean, standard_deviation })
/// };
/// let cut_off = CutOff::C { clinical: population(40.0, 7.5)?, functional: population(60.0, 7.5)? };
/// let scale = Scale {
///     direction: Direction::HigherIsBetter,
///     steps_per_unit: 1,
///     lowest: Points(0),
///     highest: Points(100),
/// };
/// assert_eq!(cut_off.value(&scale), 50.0);
/// assert_eq!(cut_off.side(&scale, Points(50)), Side::Clinical);
/// assert_eq!(cut_off.side(&scale, Points(51)), Side::Functional);
/// # Ok::<(), clw_core::change::ChangeOptionsError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "cut-off", rename_all = "kebab-case", rename_all_fields = "kebab-case")]
#[serde(deny_unknown_fields)]
pub enum CutOff {
    /// a: two SDs from the clinical mean, in the better direction. M_clin ± 2·S_clin.
    A {
        /// People who seek help.
        clinical: Population,
    },
    /// b: within two SDs of the functional mean. M_func ∓ 2·S_func.
    B {
        /// People who do not.
        functional: Population,
    },
    /// c: as many SDs from the one mean as from the other.
    /// (S_clin·M_func + S_func·M_clin)/(S_clin + S_func).
    C {
        /// People who seek help.
        clinical: Population,
        /// People who do not.
        functional: Population,
    },
    /// An edge as published for a measure, such as caseness at 10 points and more.
    Published {
        /// Its name.
        id: String,
        /// The worst score on the functional side, in points of the scale: 9 for caseness at 10 and
        /// more where fewer points are better.
        worst_functional: Points,
    },
}

/// On which side of a cut-off a score lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Side {
    /// Among scores of people who seek help, the cut-off itself included.
    Clinical,
    /// Beyond the cut-off in the better direction.
    Functional,
}

impl CutOff {
    /// Its name: a, b, c, or that of a published edge.
    #[must_use]
    pub fn name(&self) -> &str {
        match self {
            Self::A { .. } => "a",
            Self::B { .. } => "b",
            Self::C { .. } => "c",
            Self::Published { id, .. } => id,
        }
    }

    /// The cut-off in units of the printed score; of a published one, the worst functional score.
    #[must_use]
    pub fn value(&self, scale: &Scale) -> f64 {
        let better = match scale.direction {
            Direction::HigherIsBetter => 1.0,
            Direction::LowerIsBetter => -1.0,
        };
        match self {
            Self::A { clinical } => {
                clinical.mean.get() + better * 2.0 * clinical.standard_deviation.get()
            }
            Self::B { functional } => {
                functional.mean.get() - better * 2.0 * functional.standard_deviation.get()
            }
            Self::C { clinical, functional } => {
                let (of_clinical, of_functional) =
                    (clinical.standard_deviation.get(), functional.standard_deviation.get());
                (of_clinical * functional.mean.get() + of_functional * clinical.mean.get())
                    / (of_clinical + of_functional)
            }
            Self::Published { worst_functional, .. } => scale.value(*worst_functional),
        }
    }

    /// The side a score lies on; a cut-off that is a score but for rounding is that score.
    #[must_use]
    pub fn side(&self, scale: &Scale, points: Points) -> Side {
        let beyond = match self {
            Self::Published { worst_functional, .. } => match scale.direction {
                Direction::HigherIsBetter => points.0 >= worst_functional.0,
                Direction::LowerIsBetter => points.0 <= worst_functional.0,
            },
            _ => {
                let steps = to_whole_steps(self.value(scale) * f64::from(scale.steps_per_unit));
                match scale.direction {
                    Direction::HigherIsBetter => f64::from(points.0) > steps,
                    Direction::LowerIsBetter => f64::from(points.0) < steps,
                }
            }
        };
        if beyond { Side::Functional } else { Side::Clinical }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// "Caseness at 10 and more" makes 9 the worst functional score; turned round, "10 and fewer" 11.
    #[test]
    fn the_worst_functional_score_is_functional_and_the_next_is_not() {
        for (direction, worst_functional, next) in
            [(Direction::LowerIsBetter, 9, 10), (Direction::HigherIsBetter, 11, 10)]
        {
            let scale =
                Scale { direction, steps_per_unit: 1, lowest: Points(0), highest: Points(27) };
            let cut_off = CutOff::Published {
                id: "caseness".to_owned(),
                worst_functional: Points(worst_functional),
            };
            let sides = [worst_functional, next].map(|points| cut_off.side(&scale, Points(points)));
            assert_eq!(sides, [Side::Functional, Side::Clinical], "{direction:?}");
        }
    }
}
