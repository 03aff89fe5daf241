//! Several p-values at once: Holm's and Benjamini and Hochberg's adjustments.

use serde::{Deserialize, Serialize};

use super::ChangeOptionsError;

/// How p-values of several measures or areas are adjusted for their number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Multiplicity {
    /// Holm's: adjusted p below 0.05 name a measure falsely in at most 5 % of evaluations.
    ///
    /// Of p(1) ≤ … ≤ p(m), the adjusted p(i) is the largest of (m − j + 1)·p(j) for j ≤ i, at most 1.
    /// Holm (1979), Scandinavian Journal of Statistics 6:65-70.
    #[default]
    Holm,
    /// Benjamini and Hochberg's: of the measures with adjusted p below 0.05, at most 5 % are expected
    /// to be named falsely.
    ///
    /// The adjusted p(i) is the smallest of m·p(j)/j for j ≥ i, at most 1. Benjamini & Hochberg (1995),
    /// doi:10.1111/j.2517-6161.1995.tb02031.x.
    BenjaminiHochberg,
}

/// A p-value and what it is of.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct NamedP {
    /// The measure or area.
    pub name: String,
    /// Its p.
    pub p: f64,
}

/// A p-value, and the same adjusted for the others.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct AdjustedP {
    /// The measure or area.
    pub name: String,
    /// Its own p.
    pub p: f64,
    /// Its p adjusted, at least its own and at most 1.
    pub p_adjusted: f64,
}

/// Adjusted p-values, in the order they were given.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct AdjustedPs {
    /// How they were adjusted; for as many as there are.
    pub method: Multiplicity,
    /// Each with its adjusted p.
    pub p_values: Vec<AdjustedP>,
}

impl Multiplicity {
    /// Adjusts p-values for their number.
    ///
    /// A measure without a p, such as one on which nobody changed, is left out by the caller and does
    /// not count.
    ///
    /// # Errors
    /// [`ChangeOptionsError::ProbabilityOutside`] when a p is not between 0 and 1.
    ///
    /// ```
    /// use clw_core::change::{Multiplicity, NamedP};
    ///
    /// let areas = [("money", 0.04), ("friends", 0.01), ("work", 0.5)];
    /// let areas = areas.map(|(name, p)| NamedP { name: name.to_string(), p });
    /// let adjusted = Multiplicity::Holm.adjust(&areas)?;
    /// let p: Vec<f64> = adjusted.p_values.iter().map(|area| area.p_adjusted).collect();
    /// assert_eq!(p, [0.08, 0.03, 0.5]);
    /// # Ok::<(), clw_core::change::ChangeOptionsError>(())
    /// ```
    pub fn adjust(self, p_values: &[NamedP]) -> Result<AdjustedPs, ChangeOptionsError> {
        if let Some(NamedP { name, p }) = p_values.iter().find(|of| !(0.0..=1.0).contains(&of.p)) {
            return Err(ChangeOptionsError::ProbabilityOutside { name: name.clone(), p: *p });
        }
        let mut order: Vec<(usize, &NamedP)> = p_values.iter().enumerate().collect();
        order.sort_by(|(_, left), (_, right)| left.p.total_cmp(&right.p));
        let of = order.len();
        let mut adjusted: Vec<(usize, AdjustedP)> = order
            .into_iter()
            .enumerate()
            .map(|(place, (given, NamedP { name, p }))| {
                let p_adjusted = match self {
                    Self::Holm => (of - place) as f64 * p,
                    // The quotient first: m·p/m may round to below p or above Holm's.
                    Self::BenjaminiHochberg => of as f64 / (place + 1) as f64 * p,
                };
                let p_adjusted = p_adjusted.min(1.0);
                (given, AdjustedP { name: name.clone(), p: *p, p_adjusted })
            })
            .collect();
        match self {
            Self::Holm => keep_running(adjusted.iter_mut(), f64::max),
            Self::BenjaminiHochberg => keep_running(adjusted.iter_mut().rev(), f64::min),
        }
        adjusted.sort_by_key(|&(given, _)| given);
        let p_values = adjusted.into_iter().map(|(_, adjusted)| adjusted).collect();
        Ok(AdjustedPs { method: self, p_values })
    }
}

/// Puts the largest, or smallest, so far in the place of each.
fn keep_running<'a>(
    adjusted: impl Iterator<Item = &'a mut (usize, AdjustedP)>,
    better: fn(f64, f64) -> f64,
) {
    let mut so_far = None;
    for (_, AdjustedP { p_adjusted, .. }) in adjusted {
        *p_adjusted = so_far.map_or(*p_adjusted, |kept| better(kept, *p_adjusted));
        so_far = Some(*p_adjusted);
    }
}
