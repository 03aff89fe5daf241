//! Regression to the mean: how much a group that was low when it came would change anyway.

use serde::{Deserialize, Serialize};

use super::{Moments, PairCounts, Population, ReliabilityCoefficient};
use crate::estimate::Estimate;
use crate::instrument::{Decimal, Direction};
use crate::numeric::normal;

/// The population people are drawn from, and the cut-off they were selected by, if there was one.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct RegressionToTheMeanRule {
    /// The mean and SD of the population.
    pub population: Population,
    /// The score that people had to be worse than to come, in units of the printed score.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cut_off: Option<Decimal>,
}

impl RegressionToTheMeanRule {
    /// The change expected of people whose mean is not the population's, were nothing done for them.
    ///
    /// (1 − ρ)(μ − mean at baseline), with μ the population's mean and ρ the correlation of two
    /// sittings, which is the reliability where nobody truly changes.
    #[must_use]
    pub fn expected_change(&self, baseline_mean: f64, reliability: ReliabilityCoefficient) -> f64 {
        (1.0 - reliability.get()) * (self.population.mean.get() - baseline_mean)
    }

    /// The change expected of people selected for being worse than the cut-off, were nothing done for
    /// them; `None` without a cut-off.
    ///
    /// ± σ(1 − ρ)·φ(z)/(1 − Φ(z)), with z = (μ − c)/σ for people below a cut-off c and (c − μ)/σ for
    /// people above it. Barnett, van der Pols & Dobson (2005), doi:10.1093/ije/dyh299.
    ///
    /// ```
    /// use clw_core::change::{
    ///     Mean, Population, RegressionToTheMeanRule, ReliabilityCoefficient, StandardDeviation,
    /// };
    /// use clw_core::instrument::Direction;
    ///
    /// let (mean, standard_deviation) = (Mean::new(23.6)?, StandardDeviation::new(3.9)?);
    /// let rule = RegressionToTheMeanRule {
    ///     population: Population { mean, standard_deviation },
    ///     cut_off: Some(20.into()),
    /// };
    /// let expected = |reliability| -> Result<String, clw_core::change::ChangeOptionsError> {
    ///     let reliability = ReliabilityCoefficient::new(reliability)?;
    ///     let change = rule.expected_change_of_selected(Direction::HigherIsBetter, reliability);
    ///     Ok(format!("{:.2}", change.unwrap_or_default()))
    /// };
    /// assert_eq!(expected(0.5)?, "2.85");
    /// assert_eq!(expected(0.9)?, "0.57");
    /// # Ok::<(), clw_core::change::ChangeOptionsError>(())
    /// ```
    #[must_use]
    pub fn expected_change_of_selected(
        &self,
        direction: Direction,
        reliability: ReliabilityCoefficient,
    ) -> Option<f64> {
        let better = match direction {
            Direction::HigherIsBetter => 1.0,
            Direction::LowerIsBetter => -1.0,
        };
        let Population { mean, standard_deviation } = self.population;
        let z = better * (mean.get() - self.cut_off?.to_f64()) / standard_deviation.get();
        let within = standard_deviation.get() * (1.0 - reliability.get());
        Some(better * within * normal::hazard(z))
    }
}

/// The changes that regression to the mean alone would make, over the reliabilities a measure may have.
///
/// People come when they are low, and a low score is in part a passing one, so the next is higher on
/// average whatever is done. How much so depends on a correlation that a programme does not know, and
/// so there is a panel over it and no corrected figure: the observed change belongs beside the panel,
/// not less any row of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct RegressionToTheMean {
    /// Pairs.
    pub n: u64,
    /// The population and the cut-off.
    pub rule: RegressionToTheMeanRule,
    /// The mean of the baseline scores of the pairs.
    pub baseline_mean: Estimate<f64>,
    /// Their mean change as observed.
    pub observed_change: Estimate<f64>,
    /// What would be expected, for each reliability of [`RELIABILITIES`](Self::RELIABILITIES).
    pub panel: Vec<ExpectedRegression>,
}

/// One row of the panel.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct ExpectedRegression {
    /// ρ.
    pub reliability: ReliabilityCoefficient,
    /// The change expected of a group with this mean at baseline.
    pub expected_change: Estimate<f64>,
    /// The change expected of people who were selected by the cut-off, where there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expected_change_of_selected: Option<f64>,
}

impl RegressionToTheMean {
    /// The reliabilities of the panel.
    pub const RELIABILITIES: [f64; 5] = [0.5, 0.6, 0.7, 0.8, 0.9];

    /// The panel for the pairs of a table.
    ///
    /// ```
    /// use clw_core::change::{
    ///     Mean, PairCounts, Population, RegressionToTheMean, RegressionToTheMeanRule,
    ///     StandardDeviation,
    /// };
    /// use clw_core::instrument::{Direction, Points, Scale};
    ///
    /// let (mean, standard_deviation) = (Mean::new(24.0)?, StandardDeviation::new(4.0)?);
    /// let population = Population { mean, standard_deviation };
    /// let rule = RegressionToTheMeanRule { population, cut_off: None };
    /// let scale = Scale {
    ///     direction: Direction::HigherIsBetter,
    ///     steps_per_unit: 1,
    ///     lowest: Points(7),
    ///     highest: Points(35),
    /// };
    /// let pairs = PairCounts::count_steps(scale, &[18, 22], &[24, 23])?;
    /// let found = RegressionToTheMean::of(&pairs, rule);
    /// assert_eq!(found.observed_change.computed(), Some(&3.5));
    /// // Half of the 4 points between a mean of 20 and the population's.
    /// assert_eq!(found.panel[0].expected_change.computed(), Some(&2.0));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn of(pairs: &PairCounts, rule: RegressionToTheMeanRule) -> Self {
        let baseline_mean = Moments::of_baseline(pairs).mean;
        let direction = pairs.scale().direction;
        let row = |reliability| {
            let expected = Result::from(baseline_mean);
            ExpectedRegression {
                reliability,
                expected_change: expected
                    .map(|mean| rule.expected_change(mean, reliability))
                    .into(),
                expected_change_of_selected: rule
                    .expected_change_of_selected(direction, reliability),
            }
        };
        let reliabilities = Self::RELIABILITIES.into_iter();
        Self {
            n: pairs.n(),
            rule,
            baseline_mean,
            observed_change: Moments::of_change(pairs).mean,
            panel: reliabilities
                .filter_map(|reliability| ReliabilityCoefficient::new(reliability).ok())
                .map(row)
                .collect(),
        }
    }
}
